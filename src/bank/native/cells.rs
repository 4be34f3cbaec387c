//! One row of the native bank: a text for every field.

use crate::model::Field;

/// The cells of a row by field; a column that the file lacks is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cells([String; Field::ALL.len()]);

impl Cells {
    /// The text under a field.
    pub(super) fn get(&self, field: Field) -> &str {
        self.0.get(field as usize).map(String::as_str).unwrap_or_default()
    }

    /// The text under a field, unless it is empty.
    pub(super) fn filled(&self, field: Field) -> Option<&str> {
        Some(self.get(field)).filter(|text| !text.is_empty())
    }

    /// Puts a text under a field.
    pub(super) fn set(&mut self, field: Field, text: impl Into<String>) {
        if let Some(cell) = self.0.get_mut(field as usize) {
            *cell = text.into();
        }
    }

    /// Puts a text under a field if there is one.
    pub(super) fn set_filled(&mut self, field: Field, text: Option<&str>) {
        if let Some(text) = text {
            self.set(field, text);
        }
    }

    /// All texts in the order of [`Field::ALL`].
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// A cell as it is kept: line ends as LF, nothing around it. Code keeps the indentation of its first line.
pub(super) fn clean(field: Field, cell: &str) -> String {
    let text =
        if cell.contains('\r') { cell.replace("\r\n", "\n").replace('\r', "\n") } else { cell.to_owned() };
    if field == Field::Code {
        let end = text.trim_end();
        let blank_lines = end.len() - end.trim_start().len();
        let start = end.get(..blank_lines).and_then(|blank| blank.rfind('\n')).map_or(0, |at| at + 1);
        return end.get(start..).unwrap_or_default().to_owned();
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_keeps_its_indentation_and_other_cells_their_inside() {
        for (field, cell, kept) in [
            (Field::Code, "\r\n  \n    if x:\r\n        y\r\n\r\n", "    if x:\n        y"),
            (Field::Code, "  \n ", ""),
            (Field::Prompt, "  a\r  b  ", "a\n  b"),
        ] {
            assert_eq!(clean(field, cell), kept);
            assert_eq!(clean(field, kept), kept);
        }
    }

    #[test]
    fn every_field_has_its_own_cell() {
        let mut cells = Cells::default();
        for field in Field::ALL {
            cells.set(field, field.name());
        }
        assert!(Field::ALL.iter().all(|field| cells.get(*field) == field.name()));
    }
}
