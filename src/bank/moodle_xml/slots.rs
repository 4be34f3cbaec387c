//! Texts with slots, `[[1]]`, and what is chosen for each: the questions gapselect and ddwtos.

use super::question::{Fault, text};
use super::tree::Element;
use crate::bank::moodle::{Answer, Gapped, Markup, Text};

/// Something to choose, and the group of those that stand beside it.
struct Choice {
    text: Text,
    group: String,
}

/// The parts of a text with slots, or what is wrong and what to do.
pub(super) fn slots(whole: &str, element: &Element, markup: Markup) -> Result<Vec<Gapped>, Fault> {
    let choice = |choice: &Element| Choice {
        text: text(choice, markup),
        group: choice.text_of("group").unwrap_or("1").to_owned(),
    };
    let choices: Vec<Choice> =
        element.all("selectoption").chain(element.all("dragbox")).map(choice).collect();
    let (mut parts, mut rest, mut has_gap) = (Vec::new(), whole, false);
    while let Some((before, number, after)) = next(rest) {
        let right = number.checked_sub(1).and_then(|place| choices.get(place)).ok_or_else(|| {
            let message = format!("the gap [[{number}]] has no <selectoption> or <dragbox> of that number");
            (message, "write the number of one of them into the gap".to_owned())
        })?;
        parts.push(Gapped::Text(Text::new(before, markup)));
        let beside = choices.iter().filter(|choice| choice.group == right.group);
        let answer = |choice: &Choice| Answer {
            text: choice.text.clone(),
            percent: if std::ptr::eq(choice, right) { 100.0 } else { 0.0 },
            feedback: None,
        };
        parts.push(Gapped::Gap { answers: beside.map(answer).collect(), chosen: true, several: false });
        has_gap = true;
        rest = after;
    }
    if !has_gap {
        let fix = "write gaps as [[1]], with the number of a <selectoption> or <dragbox>";
        return Err(("there is no gap in its text".to_owned(), fix.to_owned()));
    }
    parts.push(Gapped::Text(Text::new(rest, markup)));
    Ok(parts)
}

/// What stands before the next slot, its number, and what stands behind it.
fn next(text: &str) -> Option<(&str, usize, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find("[[")?;
        let inside = text.get(open + 2..)?;
        let digits = inside.bytes().take_while(u8::is_ascii_digit).take(5).count();
        let number = inside.get(..digits).and_then(|digits| digits.parse().ok());
        let after = inside.get(digits..)?.strip_prefix("]]");
        if let (Some(number), Some(after)) = (number, after) {
            return Some((text.get(..open)?, number, after));
        }
        from = open + 1;
    }
}
