//! Several options in one cell.

use crate::bank::table::tokens::letter_of;
use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use super::literal::Literal;
use super::{labelled, truth};

/// Separators, the surer first; a comma that is part of all numbers around it comes after them.
const SEPARATORS: [&str; 14] =
    ["\n", "|", "<br>", ";", "；", " // ", ", ", ",", "，", "、", " / ", "~", " # ", "\t"];

/// Signs in front of the items of a list.
const BULLETS: [&str; 9] = ["- ", "– ", "* ", "•", "·", "◦", "▪", "○", "●"];

/// The readings of a cell with several options, the likeliest first.
pub(super) fn readings(cell: &str) -> Vec<Vec<String>> {
    if let Some(Value::Array(items)) = json(cell) {
        let ends = items.iter().rposition(|item| !item.is_null()).map_or(0, |last| last + 1);
        let texts: Option<Vec<String>> = items.iter().take(ends).map(json_text).collect();
        return texts.into_iter().collect();
    }
    if let Some(texts) = object(cell) {
        return vec![texts];
    }
    let labelled = labelled(cell).filter(|(before, _)| before.is_empty()).map(|(_, texts)| texts);
    let cell = without_brackets(cell);
    let cell = with_plain_breaks(cell);
    let cell = cell.as_ref();
    let separators = separators(cell).into_iter().map(|separator| split(cell, separator));
    [list_items(cell), bulleted(cell)]
        .into_iter()
        .flatten()
        .chain(separators)
        .filter(|items| items.len() > 1)
        .fold(labelled.into_iter().collect(), |mut found, items| {
            if !found.contains(&items) {
                found.push(items);
            }
            found
        })
}

/// The separators that a cell may have, the surer first.
fn separators(cell: &str) -> Vec<&'static str> {
    let parts: Vec<&str> = cell.split(',').collect();
    let behind =
        |is_it: fn(char) -> bool| parts.iter().skip(1).filter(move |part| part.starts_with(is_it)).count();
    let commas = parts.len() - 1;
    let (blank, digit) = (behind(char::is_whitespace), behind(|c| c.is_ascii_digit()));
    let digits_before = parts.iter().take(commas).all(|part| part.ends_with(|c: char| c.is_ascii_digit()));
    let is_in_numbers = commas > 0 && digit == commas && digits_before;
    let mut found: Vec<&str> = SEPARATORS
        .into_iter()
        // 1,000, 2,000
        .filter(|separator| *separator != ", " || (blank > 0 && blank < commas))
        .filter(|separator| *separator != "," || !is_in_numbers)
        .collect();
    if is_in_numbers {
        found.push(",");
    }
    found
}

/// Places at which no separator stands: in entities of HTML and in formulas.
fn masked(cell: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (start, _) in cell.match_indices('&') {
        let name = cell.get(start + 1..).unwrap_or_default();
        let length = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        if length > 0 && name.as_bytes().get(length) == Some(&b';') {
            found.push(start..start + length + 2);
        }
    }
    // a dollar before a blank or a digit closes no formula
    let mut opened: Option<usize> = None;
    for (at, _) in cell.match_indices('$') {
        let after = cell.get(at + 1..).and_then(|rest| rest.chars().next());
        let before = cell.get(..at).and_then(|rest| rest.chars().next_back());
        match opened {
            Some(start)
                if !before.is_some_and(char::is_whitespace) && !after.is_some_and(|c| c.is_ascii_digit()) =>
            {
                found.push(start..at + 1);
                opened = None;
            }
            _ if !after.is_none_or(char::is_whitespace) => opened = Some(at),
            _ => {}
        }
    }
    found
}

/// The items between separators. Where one is missing the separator itself is an item: `,` `;` `.` written as `,;;;.`.
fn split(cell: &str, separator: &str) -> Vec<String> {
    let masked = if cell.contains(['&', '$']) { masked(cell) } else { Vec::new() };
    let mut parts: Vec<&str> = Vec::new();
    let mut from = 0;
    for (at, _) in cell.match_indices(separator) {
        if !masked.iter().any(|range| range.contains(&at)) {
            parts.extend(cell.get(from..at));
            from = at + separator.len();
        }
    }
    parts.extend(cell.get(from..));
    let mut items: Vec<String> = Vec::new();
    let mut empty = 0;
    for part in parts.into_iter().map(str::trim) {
        if part.is_empty() {
            empty += 1;
            if empty == 2 && separator.chars().count() == 1 {
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

/// `[Earth, Mars]` without its brackets.
fn without_brackets(cell: &str) -> &str {
    for (open, close) in [('[', ']'), ('{', '}')] {
        let inner = cell.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains([open, close])) {
            return inner.trim();
        }
    }
    cell
}

/// Every break of HTML as `<br>`.
fn with_plain_breaks(cell: &str) -> Cow<'_, str> {
    if !cell.contains("<br") && !cell.contains("<BR") {
        return Cow::Borrowed(cell);
    }
    let plain = ["<br/>", "<br />", "<BR>", "<BR/>", "<BR />"];
    Cow::Owned(plain.into_iter().fold(cell.to_owned(), |cell, form| cell.replace(form, "<br>")))
}

/// The items of a list in HTML.
fn list_items(cell: &str) -> Option<Vec<String>> {
    let mut items = cell.split("<li>");
    let before = items.next()?;
    let is_list = matches!(before.trim(), "" | "<ul>" | "<ol>");
    let text = |item: &str| {
        let end = ["</li>", "</ul>", "</ol>"].iter().filter_map(|tag| item.find(tag)).min();
        item.get(..end.unwrap_or(item.len())).unwrap_or(item).trim().to_owned()
    };
    is_list.then(|| items.map(text).filter(|item| !item.is_empty()).collect())
}

/// The items of a list with a bullet before each; a line without one goes on with the item above.
fn bulleted(cell: &str) -> Option<Vec<String>> {
    let bullet = BULLETS.into_iter().find(|bullet| cell.starts_with(bullet))?;
    let mut items: Vec<String> = Vec::new();
    for line in cell.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.strip_prefix(bullet) {
            // a sign that stands nowhere else parts items on one line too
            Some(_) if !bullet.is_ascii() && !bullet.ends_with(' ') => items.extend(
                line.split(bullet).map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()),
            ),
            Some(item) => items.push(item.trim().to_owned()),
            None => {
                let above = items.last_mut()?;
                above.push('\n');
                above.push_str(line);
            }
        }
    }
    Some(items)
}

/// A list as JSON, Python or numpy write it.
fn json(cell: &str) -> Option<Value> {
    if !cell.starts_with('[') {
        return None;
    }
    serde_json::from_str(cell).ok().or_else(|| Literal::read(cell).map(Literal::value))
}

/// The texts of an object: `{"A": "Earth", "B": "Mars"}`, `{'text': ['Earth', 'Mars'], 'label': ['A', 'B']}`.
fn object(cell: &str) -> Option<Vec<String>> {
    let Literal::Object(mut fields) = cell.starts_with('{').then(|| Literal::read(cell)).flatten()? else {
        return None;
    };
    let is_list = |(name, value): &&(String, Literal)| {
        matches!(value, Literal::List(_)) && ["text", "texts", "choices", "options"].contains(&name.as_str())
    };
    if let Some((_, Literal::List(items))) = fields.iter().find(is_list) {
        return items.iter().map(|item| json_text(&item.clone().value())).collect();
    }
    let number = |name: &str| {
        let letter = letter_of(name);
        letter.or_else(|| name.parse().ok())
    };
    let mut numbers: Vec<usize> = fields.iter().filter_map(|(name, _)| number(name)).collect();
    numbers.sort_unstable();
    let are_labels = numbers.len() == fields.len()
        && numbers.first().is_some_and(|first| *first < 2)
        && numbers.windows(2).all(|pair| matches!(pair, [one, next] if one + 1 == *next));
    if are_labels {
        fields.sort_by_key(|(name, _)| number(name));
    }
    fields.retain(|(_, value)| {
        *value != Literal::Word("null".to_owned()) && *value != Literal::Word("None".to_owned())
    });
    let texts: Option<Vec<String>> = fields.into_iter().map(|(_, value)| json_text(&value.value())).collect();
    texts.filter(|texts| texts.len() > 1)
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

/// The places that a list of objects marks as right; see [`super::marked_in_json`].
pub(super) fn marked(cell: &str) -> Option<Vec<usize>> {
    let Some(Value::Array(items)) = json(cell) else { return None };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn first(cell: &str) -> Vec<String> {
        readings(cell).into_iter().next().unwrap_or_default()
    }

    #[test]
    fn options_in_one_cell_are_found_by_every_separator() {
        for (cell, expected) in [
            ("a|b|c", vec!["a", "b", "c"]),
            ("a; b ;c", vec!["a", "b", "c"]),
            (",;;;.;:", vec![",", ";", ".", ":"]),
            ("a\nb", vec!["a", "b"]),
            ("a；b", vec!["a", "b"]),
            ("a、b", vec!["a", "b"]),
            ("a，b", vec!["a", "b"]),
            ("a / b", vec!["a", "b"]),
            ("a // b", vec!["a", "b"]),
            ("a~b", vec!["a", "b"]),
            ("a # b", vec!["a", "b"]),
            ("a\tb", vec!["a", "b"]),
            ("a<br>b<br/><br />c", vec!["a", "b", "c"]),
            ("<ul><li>a</li><li>b, c</li></ul>", vec!["a", "b, c"]),
            ("1,000, 2,000, 3,000", vec!["1,000", "2,000", "3,000"]),
            ("1,5、2,5", vec!["1,5", "2,5"]),
            ("1,2,3", vec!["1", "2", "3"]),
            ("a &lt; b; a &gt; b", vec!["a &lt; b", "a &gt; b"]),
            ("&amp;; &; +", vec!["&amp;", "&", "+"]),
            ("$\\|x\\|$; $-|x|$", vec!["$\\|x\\|$", "$-|x|$"]),
            ("$5; $10", vec!["$5", "$10"]),
            ("- a\n- b\n  c", vec!["a", "b\nc"]),
            ("• a\n• b", vec!["a", "b"]),
            ("• a • b", vec!["a", "b"]),
            ("-1; -2", vec!["-1", "-2"]),
        ] {
            assert_eq!(first(cell), expected, "{cell}");
        }
        for cell in ["a", "a/b", "a~", "- a"] {
            assert_eq!(first(cell), Vec::<String>::new(), "{cell}");
        }
    }

    #[test]
    fn lists_and_objects_of_programs_are_read() {
        for (cell, expected) in [
            ("[\"a, b\", \"c\"]", vec!["a, b", "c"]),
            ("[{\"text\":\"a\"},{\"text\":\"b\"}]", vec!["a", "b"]),
            ("[\"a\", \"b\", null]", vec!["a", "b"]),
            ("['a, b', \"it's\"]", vec!["a, b", "it's"]),
            ("['a' 'b']", vec!["a", "b"]),
            ("[\"a\" \"b\"\n 'c']", vec!["a", "b", "c"]),
            ("[1, 2.5, True]", vec!["1", "2.5", "true"]),
            ("{\"A\": \"a\", \"B\": \"b\"}", vec!["a", "b"]),
            ("{'B': 'b', 'A': 'a'}", vec!["a", "b"]),
            ("{'x': 'b', 'w': 'a'}", vec!["b", "a"]),
            ("{'text': array(['a', 'b'], dtype=object), 'label': array(['A', 'B'])}", vec!["a", "b"]),
            ("[a, b]", vec!["a", "b"]),
            ("{a,b}", vec!["a", "b"]),
            ("[0, 1]; [2, 3]", vec!["[0, 1]", "[2, 3]"]),
        ] {
            assert_eq!(first(cell), expected, "{cell}");
        }
        for cell in [
            "[{\"text\":\"a\",\"correct\":true},{\"text\":\"b\",\"correct\":false}]",
            "[{'text': 'a', 'correct': True}, {'text': 'b', 'correct': False}]",
        ] {
            assert_eq!(marked(cell), Some(vec![0]), "{cell}");
        }
    }
}
