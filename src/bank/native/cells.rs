//! One row of the native bank: a text for every field.

use crate::model::{Field, tidy_listing, tidy_text};

/// The cells of a row by field; a column that the file lacks is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::bank) struct Cells([String; Field::ALL.len()]);

impl Cells {
    /// The text under a field.
    pub(in crate::bank) fn get(&self, field: Field) -> &str {
        self.0.get(field as usize).map(String::as_str).unwrap_or_default()
    }

    /// The text under a field, unless it is empty.
    pub(in crate::bank) fn filled(&self, field: Field) -> Option<&str> {
        Some(self.get(field)).filter(|text| !text.is_empty())
    }

    /// Puts a text under a field.
    pub(in crate::bank) fn set(&mut self, field: Field, text: impl Into<String>) {
        if let Some(cell) = self.0.get_mut(field as usize) {
            *cell = text.into();
        }
    }

    /// Puts a text under a field if there is one.
    pub(in crate::bank) fn set_filled(&mut self, field: Field, text: Option<&str>) {
        if let Some(text) = text {
            self.set(field, text);
        }
    }

    /// All texts in the order of [`Field::ALL`].
    pub(in crate::bank) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// A cell as it is kept.
pub(in crate::bank) fn clean(field: Field, cell: &str) -> String {
    if field == Field::Code { tidy_listing(cell) } else { tidy_text(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_own_cell() {
        let mut cells = Cells::default();
        for field in Field::ALL {
            cells.set(field, field.name());
        }
        assert!(Field::ALL.iter().all(|field| cells.get(*field) == field.name()));
    }
}
