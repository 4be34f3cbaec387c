//! Notes of other people's notetypes, by their templates.

use super::schema::{Card, Notetype};
use super::template::{Named, Template, filled};
use crate::html;
use crate::model::{Body, Content, Fact, is_plain_html};

/// What a note comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Foreign {
    pub(super) content: Content,
    /// Whether it has cards that are none here.
    pub(super) has_more_cards: bool,
    /// Whether it has texts that no card shows.
    pub(super) has_unseen: bool,
}

/// A note of other people's notetype: what its first template asks and shows. A second that asks the other way round
/// makes it a fact in both directions; what other cards show beside that goes to the explanation.
pub(super) fn foreign<'f>(
    notetype: &Notetype,
    value: &impl Fn(&str) -> Option<&'f str>,
    cards: &[Card],
) -> Result<Foreign, String> {
    let Some(first) = notetype.templates.first() else {
        return Err("of a notetype without cards, left out".to_owned());
    };
    let has_text = |name: &str| value(name).filter(|text| !html::is_empty(text));
    let (asked, shown) = (&first.asked, &first.shown);
    let is_asked = |field: &str| asked.iter().any(|named| named.field == field);
    let hints: Vec<&str> =
        asked.iter().filter(|named| named.is("hint")).filter_map(|named| has_text(&named.field)).collect();
    let mut behind: Vec<&Named> = shown.iter().filter(|named| !is_asked(&named.field)).collect();
    if notetype.is_cloze {
        let is_cloze = |named: &&Named| named.is("cloze");
        let mut clozes = asked.iter().filter(is_cloze);
        let text = match (clozes.next(), clozes.next()) {
            (Some(one), None) if !first.asks_in_words && asked.iter().all(|named| named.is("cloze")) => {
                value(&one.field).unwrap_or_default().to_owned()
            }
            _ => prompt(first, value),
        };
        let more: Vec<String> =
            behind.iter().filter_map(|named| has_text(&named.field)).map(str::to_owned).collect();
        let content = settled(&text, Body::Cloze, &hints, &more);
        let placed: Vec<&str> = asked.iter().chain(shown).map(|named| named.field.as_str()).collect();
        let has_unseen = has_unseen(notetype, &placed, &has_text);
        return Ok(Foreign { content, has_more_cards: false, has_unseen });
    }
    // what is typed is named in front, and is the answer
    let typed = asked.iter().find(|named| named.is("type")).filter(|named| has_text(&named.field).is_some());
    let first_behind = behind.iter().position(|named| has_text(&named.field).is_some());
    let answer = typed.or_else(|| first_behind.map(|place| behind.remove(place)));
    let Some((answer, text)) = answer.and_then(|named| Some((&named.field, has_text(&named.field)?))) else {
        return Err("with nothing behind, left out".to_owned());
    };
    let is_other_way_round = |second: &Template| {
        let is_answer = matches!(second.asked.as_slice(), [one] if one.field == *answer && !one.is("hint"));
        let is_shown = |named: &Named| second.shown.iter().any(|theirs| theirs.field == named.field);
        is_answer && !second.asks_in_words && asked.iter().any(is_shown)
    };
    let is_reversible = !first.asks_in_words && notetype.templates.get(1).is_some_and(is_other_way_round);
    let has_card = |ord: i64| cards.iter().any(|card| card.ord == ord);
    let others = || cards.iter().filter(|card| card.ord > i64::from(is_reversible));
    let mut placed: Vec<&str> = asked.iter().chain(shown).map(|named| named.field.as_str()).collect();
    let mut more: Vec<String> =
        behind.iter().filter_map(|named| has_text(&named.field)).map(str::to_owned).collect();
    for card in others() {
        let template = usize::try_from(card.ord).ok().and_then(|ord| notetype.templates.get(ord));
        for Named { field, .. } in
            template.iter().flat_map(|template| template.asked.iter().chain(&template.shown))
        {
            if let Some(text) = has_text(field).filter(|_| !placed.contains(&field.as_str())) {
                placed.push(field);
                more.push(format!("{}: {text}", html::escape(field)));
            }
        }
    }
    let fact = Fact {
        answer: text.to_owned(),
        accept: Vec::new(),
        reversed: is_reversible && has_card(1),
        typed: typed.is_some(),
    };
    let content = settled(&prompt(first, value), Body::Fact(fact), &hints, &more);
    let has_unseen = has_unseen(notetype, &placed, &has_text);
    Ok(Foreign { content, has_more_cards: others().next().is_some(), has_unseen })
}

/// Whether a field is filled that neither stands in the note nor in a condition of a template.
fn has_unseen<'f>(notetype: &Notetype, placed: &[&str], has_text: &impl Fn(&str) -> Option<&'f str>) -> bool {
    let is_condition = |field| notetype.templates.iter().any(|template| template.conditions.contains(field));
    let mut unseen = notetype.fields.iter().filter(|field| !placed.contains(&field.as_str()));
    unseen.any(|field| has_text(field).is_some() && !is_condition(field))
}

/// What a front asks: its fields, with its words if it has some.
fn prompt<'f>(template: &Template, value: &impl Fn(&str) -> Option<&'f str>) -> String {
    let asked = &template.asked;
    if template.asks_in_words {
        let shown = filled(&template.front, value);
        let texts = asked.iter().filter_map(|named| value(&named.field));
        // then what stands around them is no more than how they look
        let is_text = texts.into_iter().all(is_plain_html);
        return if is_text { html::from_text(&html::to_text(&shown)) } else { shown };
    }
    let is_seen = |named: &&Named| !named.is("type") && !named.is("hint");
    let texts = asked.iter().filter(is_seen).filter_map(|named| value(&named.field));
    let texts: Vec<&str> = texts.filter(|text| !html::is_empty(text)).collect();
    texts.join("<br>")
}

/// Texts as HTML, or as plain text where nothing in them is more than that.
fn settled(prompt: &str, body: Body, hints: &[&str], more: &[String]) -> Content {
    let joined = |texts: String| Some(texts).filter(|text| !text.is_empty());
    let (hint, explanation) = (joined(hints.join("<br>")), joined(more.join("<br>")));
    let answer = if let Body::Fact(fact) = &body { fact.answer.as_str() } else { "" };
    let texts =
        [prompt, answer, hint.as_deref().unwrap_or_default(), explanation.as_deref().unwrap_or_default()];
    if !texts.into_iter().all(is_plain_html) {
        return Content { html: true, hint, explanation, ..Content::new(prompt, body) };
    }
    let plain = |text: &str| if html::is_marked(text) { html::to_text(text) } else { text.to_owned() };
    let body = match body {
        Body::Fact(fact) => Body::Fact(Fact { answer: plain(&fact.answer), ..fact }),
        body => body,
    };
    let [hint, explanation] = [hint, explanation].map(|text| text.map(|text| plain(&text)));
    Content { hint, explanation, ..Content::new(plain(prompt), body) }
}
