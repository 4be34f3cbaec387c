//! As much of Protocol Buffers as Anki's tables need: the fields of one message.

/// A field of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'m> {
    Number(u64),
    Bytes(&'m [u8]),
}

/// The fields of a message in order; none if it is none.
pub(super) fn fields(mut message: &[u8]) -> Option<Vec<(u64, Value<'_>)>> {
    let mut fields = Vec::new();
    while !message.is_empty() {
        let tag = number(&mut message)?;
        let value = match tag & 7 {
            0 => Value::Number(number(&mut message)?),
            1 => Value::Bytes(take(&mut message, 8)?),
            2 => {
                let length = usize::try_from(number(&mut message)?).ok()?;
                Value::Bytes(take(&mut message, length)?)
            }
            5 => Value::Bytes(take(&mut message, 4)?),
            _ => return None,
        };
        fields.push((tag >> 3, value));
    }
    Some(fields)
}

/// The text in a field of a message; empty if there is none.
pub(super) fn text(message: &[u8], field: u64) -> String {
    let found = fields(message).into_iter().flatten().find(|(number, _)| *number == field);
    match found {
        Some((_, Value::Bytes(bytes))) => String::from_utf8_lossy(bytes).into_owned(),
        Some((_, Value::Number(_))) | None => String::new(),
    }
}

/// The number in a field of a message; 0 if there is none.
pub(super) fn value(message: &[u8], field: u64) -> u64 {
    let found = fields(message).into_iter().flatten().find(|(number, _)| *number == field);
    match found {
        Some((_, Value::Number(number))) => number,
        Some((_, Value::Bytes(_))) | None => 0,
    }
}

fn take<'m>(message: &mut &'m [u8], length: usize) -> Option<&'m [u8]> {
    let (taken, rest) = message.split_at_checked(length)?;
    *message = rest;
    Some(taken)
}

fn number(message: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = message.split_first()?;
        *message = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_and_texts_are_found_by_their_field() {
        let message = b"\x08\xac\x02\x12\x03abc\x1d\x00\x00\x00\x00";
        assert_eq!((value(message, 1), text(message, 2), value(message, 9)), (300, "abc".to_owned(), 0));
        assert_eq!(fields(b"\x12\x05ab"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            drop((fields(&bytes), text(&bytes, 1), value(&bytes, 2)));
        }
    }
}
