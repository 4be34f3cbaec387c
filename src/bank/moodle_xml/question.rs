//! From a `<question>` to the question.

use super::slots::slots;
use super::tree::Element;
use crate::bank::moodle::{
    Amount, Answer, Asked, Gapped, Markup, Number, Question, Text, no_number, number, parts,
};
use crate::model::DeckName;
use crate::text::one_line;

/// A problem: what is wrong, and what to do.
pub(super) type Fault = (String, String);

/// The path of a category.
pub(super) fn category(element: &Element) -> String {
    element.text_of("category").unwrap_or_default().to_owned()
}

/// The question of an element, or what is wrong and what to do.
pub(super) fn question(element: &Element, deck: Option<&DeckName>) -> Result<Question, Fault> {
    let prompt = element.first("questiontext");
    let markup = prompt.map_or(Markup::Auto, |prompt| markup(prompt, Markup::Auto));
    let mut question = Question {
        id: element.text_of("idnumber").map(str::to_owned),
        deck: deck.cloned(),
        tags: tags(element),
        prompt: Text::new(prompt.map(Element::text).unwrap_or_default(), markup),
        asked: Asked::Description,
        general: element.first("generalfeedback").map(|feedback| text(feedback, markup)),
        hints: element.all("hint").map(|hint| text(hint, markup)).filter(|hint| !hint.is_empty()).collect(),
    };
    question.general = question.general.filter(|general| !general.is_empty());
    question.asked = match element.attribute("type").unwrap_or_default() {
        "multichoice" => {
            let single = element.text_of("single").is_none_or(|single| matches!(single, "true" | "1"));
            Asked::Choice { answers: answers(element, markup)?, several: !single }
        }
        "multichoiceset" => Asked::Choice { answers: answers(element, markup)?, several: true },
        "truefalse" => Asked::Choice { answers: truths(element, markup)?, several: false },
        "shortanswer" => {
            let plain = |answer: Answer| Answer { text: Text::plain(answer.text.text.trim()), ..answer };
            Asked::Short(answers(element, markup)?.into_iter().map(plain).collect())
        }
        "numerical" => numerical(element, markup)?,
        "matching" => Asked::Matching(element.all("subquestion").map(|pair| sides(pair, markup)).collect()),
        "ordering" => Asked::Ordering(ordered(element, markup)?),
        "gapselect" | "ddwtos" => {
            let whole = std::mem::replace(&mut question.prompt, Text::new("", markup)).text;
            Asked::Gapped(slots(&whole, element, markup)?)
        }
        "essay" => Asked::Essay(element.first("graderinfo").map(|info| text(info, markup))),
        "cloze" => {
            let whole = std::mem::replace(&mut question.prompt, Text::new("", markup)).text;
            gapped(&whole, markup)?
        }
        "description" => Asked::Description,
        "" => {
            return Err((
                "the question has no type".to_owned(),
                "write <question type=\"...\">, such as multichoice".to_owned(),
            ));
        }
        other => {
            return Err((
                format!("matura has no question of the type {:?}", one_line(other, 30)),
                "ask the same as multichoice, shortanswer, numerical, matching, ordering or cloze".to_owned(),
            ));
        }
    };
    Ok(question)
}

/// How the text of an element is to be read.
fn markup(element: &Element, inherited: Markup) -> Markup {
    if element.has_tags() {
        return Markup::Html;
    }
    match element.attribute("format") {
        Some("html") => Markup::Html,
        Some("plain_text" | "plain") => Markup::Plain,
        Some("markdown") => Markup::Markdown,
        Some("moodle_auto_format") => Markup::Auto,
        _ => inherited,
    }
}

pub(super) fn text(element: &Element, inherited: Markup) -> Text {
    Text::new(element.text(), markup(element, inherited))
}

fn tags(element: &Element) -> Vec<String> {
    let tags = element.all("tags").flat_map(|tags| tags.all("tag"));
    tags.map(|tag| tag.text().trim().to_owned()).collect()
}

fn percent(answer: &Element) -> Result<f64, Fault> {
    let written = answer.attribute("fraction").unwrap_or("0").trim();
    written.replace(',', ".").parse().ok().filter(|percent: &f64| percent.is_finite()).ok_or_else(|| {
        let message = format!("fraction={:?} is no number", one_line(written, 20));
        (message, "write how much the answer is worth, from -100 to 100".to_owned())
    })
}

fn feedback(answer: &Element, markup: Markup) -> Option<Text> {
    answer.first("feedback").map(|feedback| text(feedback, markup)).filter(|feedback| !feedback.is_empty())
}

fn answers(element: &Element, markup: Markup) -> Result<Vec<Answer>, Fault> {
    let answer = |answer: &Element| {
        Ok(Answer {
            text: text(answer, markup),
            percent: percent(answer)?,
            feedback: feedback(answer, markup),
        })
    };
    element.all("answer").map(answer).collect()
}

/// The items of an ordering, whose fractions count them.
fn ordered(element: &Element, markup: Markup) -> Result<Vec<Text>, Fault> {
    let mut items = answers(element, markup)?;
    items.sort_by(|a, b| a.percent.total_cmp(&b.percent));
    Ok(items.into_iter().map(|item| item.text).collect())
}

/// The answers true and false, whichever comes first.
fn truths(element: &Element, markup: Markup) -> Result<Vec<Answer>, Fault> {
    let mut found = answers(element, markup)?;
    for answer in &mut found {
        let name = match answer.text.text.trim().to_ascii_lowercase().as_str() {
            "true" => "True",
            "false" => "False",
            other => {
                let message = format!("{:?} is neither true nor false", one_line(other, 30));
                return Err((message, "write true or false as the text of the answer".to_owned()));
            }
        };
        answer.text = Text::plain(name);
    }
    found.sort_by(|a, b| b.text.text.cmp(&a.text.text));
    Ok(found)
}

fn numerical(element: &Element, markup: Markup) -> Result<Asked, Fault> {
    let read = |answer: &Element| {
        let written = answer.text().trim();
        let value = if written.is_empty() || written == "*" {
            Amount::Rest
        } else {
            let tolerance = answer.text_of("tolerance").map(number).transpose();
            let tolerance = tolerance.map_err(|other| no_number(&other))?;
            Amount::about(number(written).map_err(|other| no_number(&other))?, tolerance)
        };
        Ok::<_, Fault>(Number { value, percent: percent(answer)?, feedback: feedback(answer, markup) })
    };
    let is_base = |unit: &&Element| {
        let factor = unit.text_of("multiplier").unwrap_or("1").parse::<f64>();
        factor.is_ok_and(|factor| (factor - 1.0).abs() < 1e-9)
    };
    let units = element.all("units").flat_map(|units| units.all("unit")).filter(is_base);
    Ok(Asked::Number {
        answers: element.all("answer").map(read).collect::<Result<_, _>>()?,
        units: units.filter_map(|unit| unit.text_of("unit_name")).map(Text::plain).collect(),
    })
}

fn sides(pair: &Element, markup: Markup) -> (Text, Text) {
    let right = pair.first("answer").map(Element::text).unwrap_or_default();
    let mut left = text(pair, markup);
    if left.is_empty() {
        left.text.clear();
    }
    (left, Text::plain(right.trim()))
}

fn gapped(whole: &str, markup: Markup) -> Result<Asked, Fault> {
    let text = |part: &str, is_answer: bool| {
        Text::new(if is_answer { unescaped(part) } else { part.to_owned() }, markup)
    };
    let parts = Gapped::all(parts(whole), &text)?;
    if !parts.iter().any(|part| matches!(part, Gapped::Gap { .. })) {
        return Err((
            "a cloze question has no gap in its text".to_owned(),
            "write gaps as {1:SA:=answer} or {1:MC:=right~wrong}".to_owned(),
        ));
    }
    Ok(Asked::Gapped(parts))
}

/// An answer of a gap without the backslashes before the signs that would end it.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(sign @ ('}' | '{' | '~' | '#' | '=' | '"' | '/' | '\\')) if c == '\\' => {
                plain.push(*sign);
                chars.next();
            }
            _ => plain.push(c),
        }
    }
    plain
}
