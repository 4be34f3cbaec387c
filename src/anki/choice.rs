//! Choices in Anki: Basic, with the lettered options in front and the right ones behind.

use super::fields::{AnkiNote, Stock, extras, field, hint, left, question, with_extras};
use crate::model::{Choice, Content, letter};

pub(super) fn note(content: &Content, choice: &Choice) -> AnkiNote {
    let mut front = question(content);
    let option = |option: &String| format!("<li>{}</li>", field(content, option));
    let options: String = choice.options.iter().map(option).collect();
    front.push_str(&left(None, &format!("<ol type=\"A\">{options}</ol>")));
    if choice.several() {
        front.push_str("<div>Several are right.</div>");
    }
    front.push_str(&hint(content));
    let right =
        choice.right.iter().filter_map(|place| choice.options.get(*place).map(|option| (*place, option)));
    let right: Vec<String> = right
        .map(|(place, option)| format!("<b>{}) {}</b>", letter(place), field(content, option)))
        .collect();
    AnkiNote {
        notetype: Stock::Basic,
        fields: [front, with_extras(right.join("<br>"), &extras(content, None))],
    }
}
