//! The options of a row.

mod cell;
mod labels;
mod literal;

use std::borrow::Cow;

/// The options of a row by the order of their columns; an empty one is none, but keeps its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Opts<'r>(Vec<Cow<'r, str>>);

impl<'r> Opts<'r> {
    pub(super) fn new(mut texts: Vec<Cow<'r, str>>) -> Self {
        drop_placeholders(&mut texts);
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

/// Takes `A)`, `b.`, `(C)` or `D - ` off every option if all of them carry their own label.
fn strip_labels(texts: &mut [Cow<'_, str>]) {
    let Some(lengths) = labels::in_columns(texts.iter().map(AsRef::as_ref)) else { return };
    for (text, length) in texts.iter_mut().zip(lengths) {
        *text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(length..).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(length..).unwrap_or_default().to_owned()),
        };
    }
}

/// Empties what programs write where the last options are missing: `nan`, `N/A`, `-`.
fn drop_placeholders(texts: &mut [Cow<'_, str>]) {
    const PLACEHOLDERS: [&str; 5] = ["nan", "n/a", "#n/a", "null", "-"];
    let Some(last) = texts.iter().rposition(|text| !text.is_empty()) else { return };
    let filler = texts.get(last).map(|text| text.to_lowercase()).unwrap_or_default();
    if !PLACEHOLDERS.contains(&filler.as_str()) {
        return;
    }
    let is_filler = |text: &Cow<'_, str>| text.is_empty() || text.to_lowercase() == filler;
    let first = texts.iter().rposition(|text| !is_filler(text)).map_or(0, |last| last + 1);
    let (real, fillers) = texts.split_at_mut(first);
    let repeated = fillers.iter().filter(|text| !text.is_empty()).count() > 1;
    let before = real.iter().filter(|text| !text.is_empty());
    // one of them alone may be an option: Null after Zero, NaN after undefined, - after +
    let is_option = match filler.as_str() {
        "-" => before.clone().any(|text| !text.contains(char::is_alphanumeric)),
        "n/a" | "#n/a" => false,
        "null" => true,
        _ => {
            before.clone().all(|text| !text.contains(char::is_alphabetic))
                || before.clone().any(|text| is_of_programs(text))
        }
    };
    if before.count() > 1 && (repeated || !is_option) {
        fillers.fill(Cow::Borrowed(""));
    }
}

/// Whether an option is a value as programs have them.
fn is_of_programs(text: &str) -> bool {
    const WORDS: [&str; 9] =
        ["undefined", "null", "nan", "nil", "none", "infinity", "error", "exception", "void"];
    let lower = text.to_lowercase();
    lower == "0" || WORDS.iter().any(|word| lower.contains(word))
}

/// Options that are in no cell of their own.
pub(super) fn owned(texts: Vec<String>) -> Opts<'static> {
    Opts::new(texts.into_iter().map(Cow::Owned).collect())
}

/// The readings of a cell with several options, the likeliest first.
pub(super) fn in_cell(cell: &str) -> Vec<Vec<String>> {
    cell::readings(cell.trim())
}

/// The text before the first label, and the options behind the labels: `Which? A) x B) y`.
///
/// The labels are of one style, in order from A, 1 or 0, each at the beginning or behind a blank or a separator. `a.`,
/// `1.` and `A:` are labels only if they begin lines, stand behind separators in a text that begins with the first, or
/// are three.
pub(super) fn labelled(text: &str) -> Option<(&str, Vec<String>)> {
    labels::labelled(text)
}

/// The places that a cell of JSON objects marks as right: `[{"text":"x","correct":true}]`.
pub(super) fn marked_in_json(cell: &str) -> Option<Vec<usize>> {
    cell::marked(cell.trim())
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

    fn texts(list: &[&str]) -> Vec<String> {
        let opts = Opts::new(list.iter().map(|text| Cow::Borrowed(*text)).collect());
        opts.iter().map(|(_, text)| text.to_owned()).collect()
    }

    #[test]
    fn labels_in_front_of_options_go_only_if_every_option_has_its_own() {
        assert_eq!(texts(&["A) x", "b. y", "(C) z", ""]), ["x", "y", "z"]);
        assert_eq!(texts(&["A) Lima", "B)Quito", "C ) Rome", "D). Oslo"]), ["Lima", "Quito", "Rome", "Oslo"]);
        assert_eq!(texts(&["A - x", "B - y"]), ["x", "y"]);
        assert_eq!(texts(&["a) x", "b) y"]), ["x", "y"]);
        assert_eq!(texts(&["1) x", "2) y"]), ["x", "y"]);
        assert_eq!(texts(&["1. x", "2. y", "3. z"]), ["x", "y", "z"]);
        assert_eq!(texts(&["A. Paris", "B. Rome"]), ["Paris", "Rome"]);
        assert_eq!(texts(&["A. red", "B. blue"]), ["red", "blue"]);
        for kept in [
            ["A) x", "y"].as_slice(),
            &["A. Einstein", "A. Smith"],
            &["A. thaliana", "B. subtilis", "C. elegans", "D. melanogaster"],
            &["A.D.", "B.C."],
            &["A - B", "B - A"],
            &["A: B", "B: A"],
            &["1. FC Köln", "2. Bundesliga"],
            &["1.5", "2.5"],
        ] {
            assert_eq!(texts(kept), kept);
        }
    }

    #[test]
    fn what_stands_for_missing_options_at_the_end_is_none() {
        assert_eq!(texts(&["True", "False", "nan", "nan"]), ["True", "False"]);
        assert_eq!(texts(&["a", "b", "c", "N/A"]), ["a", "b", "c"]);
        assert_eq!(texts(&["a", "b", "#N/A", "#N/A"]), ["a", "b"]);
        assert_eq!(texts(&["a", "b", "null", "null", ""]), ["a", "b"]);
        assert_eq!(texts(&["1", "2", "-", "-"]), ["1", "2"]);
        for kept in [
            ["+", "*", "-"].as_slice(),
            &["undefined", "false", "null"],
            &["0", "1", "NULL"],
            &["Blank", "Zero", "Space", "Null"],
            &["0", "undefined", "NaN"],
            &["a", "N/A", "b"],
            &["a", "nan"],
        ] {
            assert_eq!(texts(kept), kept);
        }
    }
}
