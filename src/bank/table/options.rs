//! The options of a row.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::letter_index;

/// The options of a row by the order of their columns; an empty one is none, but keeps its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Opts<'r>(Vec<Cow<'r, str>>);

impl<'r> Opts<'r> {
    pub(super) fn new(mut texts: Vec<Cow<'r, str>>) -> Self {
        strip_labels(&mut texts);
        Self(texts)
    }

    /// How many places there are up to the last option.
    pub(super) fn len(&self) -> usize {
        self.0.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1)
    }

    /// How many options there are.
    pub(super) fn filled(&self) -> usize {
        self.iter().count()
    }

    /// The option at a place.
    pub(super) fn get(&self, place: usize) -> Option<&str> {
        self.0.get(place).map(AsRef::as_ref).filter(|text| !text.is_empty())
    }

    /// The options with their places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        self.0.iter().map(AsRef::as_ref).enumerate().filter(|(_, text)| !text.is_empty())
    }
}

/// Takes `A)`, `b.` or `(C)` off every option if all of them carry their own letter.
fn strip_labels(texts: &mut [Cow<'_, str>]) {
    let filled = || texts.iter().enumerate().filter(|(_, text)| !text.is_empty());
    if filled().nth(1).is_none() || !filled().all(|(place, text)| label(text, place).is_some()) {
        return;
    }
    for (place, text) in texts.iter_mut().enumerate() {
        let Some(length) = label(text, place) else { continue };
        *text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(length..).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(length..).unwrap_or_default().to_owned()),
        };
    }
}

/// The length of the label that an option carries if that is its own and a text follows it.
fn label(text: &str, place: usize) -> Option<usize> {
    let rest = text.strip_prefix('(').unwrap_or(text);
    let mut chars = rest.chars();
    let is_own = chars.next().and_then(letter_index) == Some(place);
    let rest = chars.as_str().strip_prefix([')', '.', ':']).filter(|_| is_own)?.trim_start();
    (!rest.is_empty()).then(|| text.len() - rest.len())
}

/// Options that are in no cell of their own.
pub(super) fn owned(texts: Vec<String>) -> Opts<'static> {
    Opts::new(texts.into_iter().map(Cow::Owned).collect())
}

/// The readings of a cell with several options, the likeliest first.
pub(super) fn in_cell(cell: &str) -> Vec<Vec<String>> {
    if cell.starts_with('[')
        && let Ok(Value::Array(items)) = serde_json::from_str(cell)
    {
        let texts: Option<Vec<String>> = items.iter().map(json_text).collect();
        return texts.into_iter().collect();
    }
    ["\n", "|", ";", ","]
        .into_iter()
        .map(|separator| split(cell, separator))
        .filter(|items| items.len() > 1)
        .collect()
}

/// The items between separators. Where one is missing the separator itself is an item: `,` `;` `.` written as `,;;;.`.
fn split(cell: &str, separator: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut empty = 0;
    for part in cell.split(separator).map(str::trim) {
        if part.is_empty() {
            empty += 1;
            if empty == 2 {
                items.push(separator.trim().to_owned());
                empty = 0;
            }
            continue;
        }
        empty = 0;
        items.push(part.to_owned());
    }
    items.retain(|item| !item.is_empty());
    items
}

fn json_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Object(fields) => ["text", "answer", "option", "label", "value", "content"]
            .iter()
            .find_map(|name| fields.get(*name))
            .and_then(json_text),
        Value::Null | Value::Array(_) => None,
    }
}

/// The places that a cell of JSON objects marks as right: `[{"text":"x","correct":true}]`.
pub(super) fn marked_in_json(cell: &str) -> Option<Vec<usize>> {
    let Ok(Value::Array(items)) = serde_json::from_str(cell) else { return None };
    let is_right = |item: &Value| {
        ["correct", "isCorrect", "is_correct", "right"].iter().find_map(|name| item.get(*name)).map(|value| {
            match value {
                Value::Bool(truth) => *truth,
                Value::Number(number) => number.as_f64().is_some_and(|number| number > 0.0),
                Value::String(text) => truth(text) == Some(true),
                Value::Null | Value::Array(_) | Value::Object(_) => false,
            }
        })
    };
    let marks: Option<Vec<bool>> = items.iter().map(is_right).collect();
    marks.map(|marks| {
        marks.into_iter().enumerate().filter(|(_, right)| *right).map(|(place, _)| place).collect()
    })
}

/// A cell that says yes or no.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" | "100" | "x" | "wahr" | "richtig" | "ja" | "verdadero" | "v"
        | "sí" | "si" | "vrai" | "vero" | "verdadeiro" | "correct" | "right" | "是" | "对" | "正确"
        | "да" | "✓" | "✔" => Some(true),
        "" | "false" | "f" | "no" | "n" | "0" | "-" | "falsch" | "nein" | "falso" | "faux" | "incorrect"
        | "wrong" | "否" | "错" | "错误" | "нет" => Some(false),
        _ => None,
    }
}

/// A cell that says true or false as the answer of a true/false question.
pub(super) fn true_or_false(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.is_empty() || matches!(text, "x" | "1" | "0" | "100" | "-") { None } else { truth(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_in_one_cell_are_found_by_every_separator() {
        for (cell, first) in [
            ("a|b|c", vec!["a", "b", "c"]),
            ("a; b ;c", vec!["a", "b", "c"]),
            ("[\"a, b\", \"c\"]", vec!["a, b", "c"]),
            ("[{\"text\":\"a\"},{\"text\":\"b\"}]", vec!["a", "b"]),
            (",;;;.;:", vec![",", ";", ".", ":"]),
            ("a\nb", vec!["a", "b"]),
        ] {
            assert_eq!(in_cell(cell).first().unwrap(), &first, "{cell}");
        }
        assert_eq!(
            marked_in_json("[{\"text\":\"a\",\"correct\":true},{\"text\":\"b\",\"correct\":false}]"),
            Some(vec![0])
        );
    }

    #[test]
    fn letters_in_front_of_options_go_only_if_every_option_has_its_own() {
        let texts = |opts: &Opts<'_>| opts.iter().map(|(_, text)| text.to_owned()).collect::<Vec<_>>();
        let opts = |list: &[&'static str]| Opts::new(list.iter().map(|text| Cow::Borrowed(*text)).collect());
        assert_eq!(texts(&opts(&["A) x", "b. y", "(C) z", ""])), ["x", "y", "z"]);
        assert_eq!(texts(&opts(&["A) x", "y"])), ["A) x", "y"]);
        assert_eq!(texts(&opts(&["A. Einstein", "A. Smith"])), ["A. Einstein", "A. Smith"]);
    }
}
