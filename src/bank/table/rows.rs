//! Rows of cells, as the beginning of a table is judged by them.

/// The first rows of a table.
pub(super) type Rows<'r> = &'r [Vec<String>];

/// A cell without the blanks around it; empty where the row is shorter.
pub(super) fn cell(row: &[String], place: usize) -> &str {
    row.get(place).map(|cell| cell.trim()).unwrap_or_default()
}

/// Whether nine of ten rows have this; of a few rows one may be bad.
pub(super) fn nearly_all(rows: Rows<'_>, has: impl Fn(&[String]) -> bool) -> bool {
    share(rows, has, 9)
}

/// Whether eight of ten rows have this; of a few rows one may be bad.
pub(super) fn most(rows: Rows<'_>, has: impl Fn(&[String]) -> bool) -> bool {
    share(rows, has, 8)
}

fn share(rows: Rows<'_>, has: impl Fn(&[String]) -> bool, tenths: usize) -> bool {
    let count = rows.iter().filter(|row| has(row)).count();
    count * 10 >= rows.len() * tenths || (rows.len() > 3 && count + 1 >= rows.len())
}
