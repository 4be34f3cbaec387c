//! One row of the native bank: a text for every field.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serializer as _};

use crate::error::{Error, Result};
use crate::html;
use crate::model::{Field, is_plain_html, tidy_listing, tidy_text};

/// The cells of a row by field; a column that the file lacks is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells([String; Field::ALL.len()]);

impl Cells {
    /// The text under a field.
    pub fn get(&self, field: Field) -> &str {
        self.0.get(field as usize).map(String::as_str).unwrap_or_default()
    }

    /// The text under a field, unless it is empty.
    pub fn filled(&self, field: Field) -> Option<&str> {
        Some(self.get(field)).filter(|text| !text.is_empty())
    }

    /// Takes the text under a field away.
    pub(in crate::bank) fn take(&mut self, field: Field) -> String {
        self.0.get_mut(field as usize).map(std::mem::take).unwrap_or_default()
    }

    /// Puts a text under a field, tidied as a cell of a file is.
    pub fn put(&mut self, field: Field, text: &str) {
        self.set(field, clean(field, text));
    }

    /// Puts a text under a field as it is.
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

    /// The fields that have another text in other cells, with what they have there.
    pub fn changes(&self, other: &Self) -> Vec<(Field, String)> {
        let differ = |field: &Field| self.get(*field) != other.get(*field);
        Field::ALL.into_iter().filter(differ).map(|field| (field, other.get(field).to_owned())).collect()
    }

    /// The cells with their texts as HTML.
    #[must_use]
    pub fn in_html(&self) -> Self {
        let mut cells = self.clone();
        if self.get(Field::Html).is_empty() {
            for field in TEXTS {
                cells.set(field, html::from_text(self.get(field)));
            }
            cells.set(Field::Html, "yes");
        }
        cells
    }

    /// The cells with their texts as plain text; none if one of them is more than that.
    pub fn in_text(&self) -> Option<Self> {
        let mut cells = self.clone();
        if !self.get(Field::Html).is_empty() {
            for field in TEXTS {
                let text = Some(self.get(field)).filter(|text| is_plain_html(text))?;
                cells.set(field, html::to_text(text));
            }
            cells.set(Field::Html, "");
        }
        Some(cells)
    }

    /// The cells that hold something, as JSON by field.
    pub fn to_json(&self) -> Result<String> {
        let mut filled: Vec<(&str, &str)> =
            Field::ALL.iter().filter_map(|field| Some((field.name(), self.filled(*field)?))).collect();
        filled.sort_unstable();
        let failed = |cause: serde_json::Error| Error::internal(cause.to_string());
        let mut json = Vec::with_capacity(512);
        serde_json::Serializer::new(&mut json).collect_map(filled).map_err(failed)?;
        String::from_utf8(json).map_err(|cause| Error::internal(cause.to_string()))
    }

    /// Cells that [`Cells::to_json`] wrote; none if it is something else.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str::<Filled>(json).ok().map(|filled| filled.0)
    }

    /// All texts in the order of [`Field::ALL`].
    pub(in crate::bank) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// The fields whose texts are HTML where a note is.
const TEXTS: [Field; 8] = [
    Field::Prompt,
    Field::Answer,
    Field::Accept,
    Field::Options,
    Field::Hint,
    Field::Explanation,
    Field::Mistakes,
    Field::Check,
];

/// Cells as a JSON object has them.
struct Filled(Cells);

impl<'de> Deserialize<'de> for Filled {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(FilledVisitor).map(Self)
    }
}

struct FilledVisitor;

impl<'de> Visitor<'de> for FilledVisitor {
    type Value = Cells;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object of cells")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Cells, A::Error> {
        let mut cells = Cells::default();
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            let field = Field::ALL.into_iter().find(|field| field.name() == name);
            let field = field.ok_or_else(|| A::Error::custom("no such cell"))?;
            cells.set(field, map.next_value::<String>()?);
        }
        Ok(cells)
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
        assert_eq!(Cells::from_json(&cells.to_json().unwrap()), Some(cells));
    }

    #[test]
    fn texts_become_html_and_plain_text_again_unless_they_are_more() {
        let cells = |texts: &[(Field, &str)]| {
            let mut cells = Cells::default();
            for (field, text) in texts {
                cells.set(*field, *text);
            }
            cells
        };
        let plain =
            cells(&[(Field::Prompt, "a < b\nc"), (Field::Options, "x|y & z"), (Field::Source, "A & B")]);
        let html = plain.in_html();
        assert_eq!(html.get(Field::Prompt), "a &lt; b<br>c");
        assert_eq!((html.get(Field::Options), html.get(Field::Source)), ("x|y &amp; z", "A & B"));
        assert_eq!((html.in_html(), html.in_text()), (html.clone(), Some(plain.clone())));
        assert_eq!(plain.in_text(), Some(plain));
        for more in ["<b>x</b>", "x [sound:x.mp3]", "<img src=x.png>"] {
            assert_eq!(cells(&[(Field::Prompt, more), (Field::Html, "yes")]).in_text(), None, "{more}");
        }
    }
}
