//! Quotes that are not closed as they should be: a lenient reader would swallow rows with them.

/// What is wrong with a quote that opens a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bank) enum Fault {
    /// Text follows where it closes.
    TextFollows,
    /// It never closes.
    Open,
}

/// Where in a record a quote opens that is not closed as it should be, and what is wrong with it.
pub(in crate::bank) fn quote_fault(record: &str, delimiter: u8) -> Option<(usize, Fault)> {
    let bytes = record.as_bytes();
    if !bytes.contains(&b'"') {
        return None;
    }
    let ends_cell =
        |byte: Option<&u8>| byte.is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'));
    let mut opened = None;
    let mut cell_begins = true;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (opened, byte) {
            (None, b'"') if cell_begins => opened = Some(at),
            (Some(_), b'"') if bytes.get(at + 1) == Some(&b'"') => at += 1,
            (Some(start), b'"') if !ends_cell(bytes.get(at + 1)) => {
                return Some((start, Fault::TextFollows));
            }
            (Some(_), b'"') => opened = None,
            _ => {}
        }
        cell_begins = opened.is_none() && ends_cell(Some(byte));
        at += 1;
    }
    opened.map(|start| (start, Fault::Open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_at_fault_only_where_a_cell_begins_with_it() {
        for (record, at) in [
            ("a,\"b\"\"c\",\"\"\r\n", None),
            ("\"two\r\nlines\",x\n", None),
            ("5\" disk,a\"b\"\n", None),
            ("a,\"b\"", None),
            ("a,\"b\" c\n", Some(2)),
            ("a,\"b\nc,d\n", Some(2)),
            ("\"\"a,b\n", Some(0)),
        ] {
            assert_eq!(quote_fault(record, b',').map(|(at, _)| at), at, "{record:?}");
        }
    }
}
