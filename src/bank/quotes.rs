//! Quotes that are not closed as they should be: a lenient reader would swallow rows with them.

use memchr::memchr;

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
    let ends_cell =
        |byte: Option<&u8>| byte.is_none_or(|byte| *byte == delimiter || matches!(byte, b'\n' | b'\r'));
    let mut opened = None;
    let mut at = 0;
    while let Some(quote) = bytes.get(at..).and_then(|rest| memchr(b'"', rest)).map(|found| at + found) {
        let next = bytes.get(quote + 1);
        at = quote + 1;
        match opened {
            // in the middle of a cell it is a letter like any other
            None => {
                let before = quote.checked_sub(1).and_then(|before| bytes.get(before));
                opened = ends_cell(before).then_some(quote);
            }
            Some(_) if next == Some(&b'"') => at += 1,
            Some(start) if !ends_cell(next) => return Some((start, Fault::TextFollows)),
            Some(_) => opened = None,
        }
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
