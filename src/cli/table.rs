//! Tables on the terminal.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::output;
use crate::text;

/// A table without lines, as wide as the terminal at most. `>` before a title aligns its column to the right.
pub(super) fn table(titles: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(titles.iter().map(|title| title.trim_start_matches('>')));
    if let Some(width) = output::width() {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    }
    for row in rows {
        table.add_row(row.iter().map(|cell| text::scrub(cell)));
    }
    for (place, title) in titles.iter().enumerate() {
        if let Some(column) = table.column_mut(place).filter(|_| title.starts_with('>')) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}
