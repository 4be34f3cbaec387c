//! Notes that went to Anki in its stock notetypes, whose two fields cannot hold all of them, and came back.

use super::fields::extras;
use super::tags::{labelled, labels};
use super::text::anki_note;
use crate::bank::Restated;
use crate::html;
use crate::model::{Body, Content};

/// What a note comes to that is `stored` here and `stated` by Anki. None if it is what Anki says.
pub(super) fn restated(stored: &Content, stated: &Content) -> Option<Restated> {
    let second = match &stated.body {
        Body::Fact(fact) => fact.answer.as_str(),
        Body::Cloze => stated.explanation.as_deref().unwrap_or_default(),
        Body::Choice(_) | Body::Blanks(_) => return None,
    };
    let now = [stated.prompt.as_str(), second].map(|text| seen(text, stated.html));
    let then = anki_note(stored).ok()?.fields.map(|field| seen(&field, true));
    let is_other = stated.kind() != stored.kind() && !matches!(stored.body, Body::Fact(_) | Body::Cloze);
    let says_apart = stated.hint.is_some() || stated.mistakes.is_some() || stated.check.is_some();
    let is_folded = !says_apart
        && folded(stored).any(|part| {
            let part = seen(part, stored.html);
            !part.is_empty() && now.iter().any(|text| text.contains(&part))
        });
    let [is_asked_otherwise, is_answered_otherwise] = [0, 1].map(|field| now.get(field) != then.get(field));
    if (is_asked_otherwise || is_answered_otherwise) && !is_other && !is_folded {
        return None;
    }
    let labels = labels(stated);
    let (mut content, _) = labelled(stored.clone(), stated.tags.iter().chain(labels.iter()));
    let [alone, alone_behind] = stand_alone(stored);
    let mut is_changed = (is_asked_otherwise && !alone) || (is_answered_otherwise && !alone_behind);
    if !is_changed && is_asked_otherwise {
        content.prompt = converted(&stated.prompt, stated.html, stored.html);
    }
    match &mut content.body {
        Body::Fact(fact) if !is_changed && is_answered_otherwise => {
            fact.answer = converted(second, stated.html, stored.html);
        }
        _ => is_changed |= is_answered_otherwise,
    }
    Some(Restated { content, is_changed })
}

/// Whether the prompt and the answer have a field of their own.
fn stand_alone(content: &Content) -> [bool; 2] {
    let Body::Fact(fact) = &content.body else {
        return [content.body == Body::Cloze && content.code.is_none() && content.hint.is_none(), false];
    };
    let has_more = !fact.accept.is_empty() || !extras(content, None).is_empty();
    let is_typed = fact.typed && !fact.reversed;
    let alone = content.code.is_none() && content.hint.is_none();
    [alone && !(is_typed && has_more), is_typed || !has_more]
}

/// What stands in a stock notetype among other things.
fn folded(content: &Content) -> impl Iterator<Item = &str> {
    let explanation = content.explanation.as_ref().filter(|_| content.body != Body::Cloze);
    let accept = if let Body::Fact(fact) = &content.body { fact.accept.as_slice() } else { &[] };
    let code = content.code.as_ref().map(|code| &code.text);
    let texts = [explanation, content.hint.as_ref(), content.mistakes.as_ref(), content.check.as_ref()];
    texts.into_iter().chain([content.source.as_ref(), code]).flatten().chain(accept).map(String::as_str)
}

/// A text as a reader sees it, but for white space.
fn seen(text: &str, is_html: bool) -> String {
    converted(text, is_html, false).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn converted(text: &str, from_html: bool, to_html: bool) -> String {
    match (from_html, to_html) {
        (true, false) => html::to_text(text),
        (false, true) => html::from_text(text),
        (true, true) | (false, false) => text.to_owned(),
    }
}
