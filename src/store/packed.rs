//! Values in bytes, for what follows from the rest and is read as a whole: in the format of postcard
//! (<https://postcard.jamesmunns.com/wire-format>).

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, Result};
use crate::model::Slot;

/// A value in bytes.
pub(super) fn pack(value: &impl Serialize) -> Result<Vec<u8>> {
    postcard::to_allocvec(value).map_err(|cause| Error::internal(cause.to_string()))
}

/// The value in bytes.
pub(super) fn unpack<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T> {
    postcard::from_bytes(bytes).map_err(|_| damaged())
}

/// Adds a value to others.
pub(super) fn push(bytes: &mut Vec<u8>, value: &impl Serialize) -> Result<()> {
    let all = postcard::to_extend(value, std::mem::take(bytes));
    *bytes = all.map_err(|cause| Error::internal(cause.to_string()))?;
    Ok(())
}

/// The values that were added one after another.
pub(super) fn each<'b, T: Deserialize<'b>>(mut bytes: &'b [u8]) -> impl Iterator<Item = Result<T>> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        Some(take(&mut bytes))
    })
}

/// Takes a value off the front; behind one that cannot be read there is nothing more.
pub(super) fn take<'b, T: Deserialize<'b>>(bytes: &mut &'b [u8]) -> Result<T> {
    let (value, rest) = postcard::take_from_bytes(std::mem::take(bytes)).map_err(|_| damaged())?;
    *bytes = rest;
    Ok(value)
}

/// Takes a number in the way of postcard off the front: seven bits a byte, the lowest first, until one without the eighth. None if it is
/// longer than four bytes or not there.
#[expect(clippy::inline_always, reason = "what is handed over in memory is waited for: a third of the time")]
#[inline(always)]
pub(super) fn short_number(bytes: &mut &[u8]) -> Option<u32> {
    let (mut number, mut rest) = (0, *bytes);
    for shift in [0, 7, 14, 21] {
        let (byte, behind) = rest.split_first()?;
        rest = behind;
        number |= u32::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            *bytes = rest;
            return Some(number);
        }
    }
    None
}

/// The number that postcard writes so: 0, -1, 1, -2 and so on are 0, 1, 2, 3.
pub(super) const fn signed(number: u32) -> i32 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// A slot as a number: 0, 1 and 2 for front, back and blanks; above that the number of a cloze.
pub(super) fn slot_code(slot: Slot) -> u32 {
    match slot {
        Slot::Front => 0,
        Slot::Back => 1,
        Slot::Blanks => 2,
        Slot::Cloze(number) => 2 + u32::from(number),
    }
}

/// The slot with a number.
pub(super) fn slot(code: u32) -> Result<Slot> {
    match code {
        0 => Ok(Slot::Front),
        1 => Ok(Slot::Back),
        2 => Ok(Slot::Blanks),
        _ => u16::try_from(code - 2).map(Slot::Cloze).map_err(|_| damaged()),
    }
}

/// The place of one among all in the order of their codes, which the file keeps.
pub(super) fn code<T: Copy + PartialEq>(all: &[T], one: T) -> Result<u8> {
    let place = all.iter().position(|other| *other == one);
    let code = place.and_then(|place| u8::try_from(place).ok());
    code.ok_or_else(|| Error::internal("something has no code in a copy from which figures are read"))
}

/// The one with a code.
pub(super) fn of_code<T: Copy>(all: &[T], code: u8) -> Result<T> {
    all.get(usize::from(code)).copied().ok_or_else(damaged)
}

/// That bytes are none that this program writes.
pub(super) fn damaged() -> Error {
    Error::new(Kind::Damaged, "a copy from which figures are read is damaged")
        .hint("matura check --repair makes it anew")
}
