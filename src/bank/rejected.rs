//! Rejected rows of a table as a table: each in its original form, its reasons in a column in front.

use super::records::Records;
use super::{Input, Rejected};

/// The name of the column in front.
pub(super) const REJECTED_BECAUSE: &str = "rejected because";

/// The rows with their reasons, under the record at `header` (counted without blank ones) if there is one.
pub(super) fn rows(input: &Input, delimiter: u8, header: Option<usize>, items: &[Rejected]) -> String {
    let mut text = REJECTED_BECAUSE.to_owned();
    if let Some(raw) = header.and_then(|header| raw_record(input, delimiter, header)) {
        text.push(char::from(delimiter));
        text.push_str(
            raw.strip_prefix(&format!("{REJECTED_BECAUSE}{}", char::from(delimiter))).unwrap_or(raw),
        );
    }
    text.push('\n');
    for item in items {
        let raw = input.text.get(item.original.clone()).unwrap_or_default().trim_end_matches(['\n', '\r']);
        text.push_str(&format!(
            "\"{}\"{}{raw}\n",
            item.reasons().replace('"', "\"\""),
            char::from(delimiter)
        ));
    }
    text
}

fn raw_record(input: &Input, delimiter: u8, wanted: usize) -> Option<&str> {
    let mut records = Records::new(input, delimiter);
    let mut seen = 0;
    while let Some(place) = records.next() {
        if records.record().iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if seen == wanted {
            return input.text.get(place.span).map(|raw| raw.trim_end_matches(['\n', '\r']));
        }
        seen += 1;
    }
    None
}
