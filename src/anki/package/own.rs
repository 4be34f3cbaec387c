//! Notes of matura's own notetypes on their way back, by package or by text.

use std::borrow::Cow;

use super::fields::{CELLS, DIGEST, SHOWN, cell, digest, texts};
use super::notetype::Notetype;
use crate::bank::native::{Cells, compose, content_cells};
use crate::bank::{Altered, Base, Went};
use crate::html;
use crate::model::{Body, Content, DeckName, Difficulty, Field, Tags, is_plain_html};

/// What such a note was when it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::anki) struct Own {
    /// What it said; none if its fields still say that. Of a text that stands in a field alone it is what stands there
    /// now.
    said: Option<Box<Content>>,
    /// Those of these texts that were changed since.
    altered: Vec<Altered>,
    /// What it said that travels as tags: its tags, its difficulty and its level.
    labels: (Tags, Option<Difficulty>, Option<String>),
    /// Whether something was changed that cannot be taken.
    pub(in crate::anki) is_lost: bool,
    /// The id that its bank gives it.
    pub(in crate::anki) bank_id: Option<String>,
    deck: Option<DeckName>,
    marked: bool,
}

/// The names of the fields of one of matura's notetypes; none if it is another's.
pub(in crate::anki) fn fields_of(notetype: &str) -> Option<Vec<String>> {
    Some(named(notetype)?.fields().map(str::to_owned).collect())
}

fn named(notetype: &str) -> Option<Notetype> {
    Notetype::ALL.into_iter().find(|own| own.name() == notetype)
}

impl Own {
    /// What the fields of a note say, of which the last is its data, and what it was; none if the notetype is another's,
    /// or the data is not there any more.
    pub(in crate::anki) fn read(
        notetype: &str,
        names: &[String],
        fields: &[&str],
    ) -> Option<(Content, Self)> {
        named(notetype)?;
        let (data, others) = fields.split_last()?;
        let (said, rest) = data.strip_prefix(DIGEST)?.split_once(SHOWN)?;
        let (shown, cells) = rest.split_once(CELLS)?;
        let mut cells = Cells::from_json(&format!("{{{cells}"))?;
        let is_as_packed = digest(others.iter().copied()) == said;
        let is_text = !is_as_packed && cells.get(Field::Html).is_empty();
        let mut altered = Vec::new();
        for (name, text) in names.iter().zip(others) {
            let Some(cell) = cell(name) else { continue };
            let mut shown = shown.split(' ').filter_map(|shown| shown.split_once('='));
            let Some((_, digest)) = shown.find(|(shown, _)| *shown == cell.name()) else { continue };
            let text = if is_text { Cow::Owned(html::to_text(text)) } else { Cow::Borrowed(*text) };
            altered.extend(if is_as_packed { None } else { Altered::since(cell, digest, &text) });
            cells.put(cell, &text);
        }
        let (draft, _) = compose(&cells).ok()?;
        let said = draft.content;
        let labels = (said.tags.clone(), said.difficulty, said.level.clone());
        let (now, said, is_lost) = if is_as_packed {
            (said, None, false)
        } else {
            let (now, is_lost) = changed(&said, names, others);
            (now, Some(Box::new(said)), is_lost)
        };
        let marked = draft.marked == Some(true);
        Some((now, Self { said, altered, labels, is_lost, bank_id: draft.id, deck: draft.deck, marked }))
    }

    /// Against what it is held, if it comes to this content in the end.
    pub(in crate::anki) fn base(self, content: &Content) -> Base {
        let (tags, difficulty, level) = self.labels;
        let has_labels = content.tags == tags && content.difficulty == difficulty && content.level == level;
        let said = match self.said {
            None if has_labels => None,
            None => Some(Box::new(Content { difficulty, level, tags, ..content.clone() })),
            said => said,
        };
        Base::Went(Went { content: said, altered: self.altered, deck: self.deck, marked: self.marked })
    }
}

/// What was changed in Anki since, and whether some of it cannot be taken.
fn changed(content: &Content, names: &[String], values: &[&str]) -> (Content, bool) {
    let Ok((notetype, written)) = texts(content) else { return (content.clone(), true) };
    let fields = notetype.fields().zip(&written).zip(values);
    let others: Vec<(&str, &str)> = fields
        .filter(|((name, before), now)| before != now && names.iter().any(|field| field == name))
        .map(|((name, _), now)| (name, *now))
        .collect();
    let mut is_lost = false;
    let is_marked = others.iter().any(|(name, now)| cell(name).is_some() && !is_plain_html(now));
    let in_html = is_marked.then(|| compose(&content_cells(content).in_html()).ok()).flatten();
    let mut changed = in_html.map_or_else(|| content.clone(), |(draft, _)| draft.content);
    for (name, now) in others {
        let text = if changed.html { now.to_owned() } else { html::to_text(now) };
        let optional = || Some(text.clone()).filter(|text| !text.trim().is_empty());
        match (name, &mut changed.body) {
            ("Front" | "Text", _) => changed.prompt.clone_from(&text),
            ("Back", Body::Fact(fact)) => fact.answer.clone_from(&text),
            ("Hint", _) => changed.hint = optional(),
            ("Explanation", _) => changed.explanation = optional(),
            ("Mistakes", _) => changed.mistakes = optional(),
            ("Check", _) => changed.check = optional(),
            _ => is_lost = true,
        }
    }
    match changed.tidy() {
        Ok(changed) if changed.slots().is_ok() => (changed, is_lost),
        _ => (content.clone(), true),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::of;
    use super::*;
    use crate::model::{Fact, Guid, Note};

    fn packed(content: Content) -> (Notetype, Vec<String>) {
        let deck = DeckName::parse("A::B").unwrap();
        let guid = Guid::new("g");
        of(&Note { guid, bank_id: Some("q1".into()), deck, marked: true, leech: false, content }).unwrap()
    }

    fn read(notetype: Notetype, fields: &[&str]) -> (Content, Own) {
        let names: Vec<String> = notetype.fields().map(str::to_owned).collect();
        Own::read(notetype.name(), &names, fields).unwrap()
    }

    #[test]
    fn the_data_of_a_note_is_plain_and_comes_back_the_same() {
        let nasty =
            "a <b> & {{c1::x}} [sound:a.mp3] e\u{301} \u{212b} \u{1f469}\u{200d}\u{1f467} \u{7f} \"\\";
        let fact = Fact { answer: nasty.into(), accept: vec![nasty.into()], reversed: true, typed: true };
        let content = Content::new(nasty, Body::Fact(fact));
        let (notetype, fields) = packed(content.clone());
        let data = fields.last().unwrap();
        assert!(data.is_ascii() && !data.contains("{{") && !data.contains(['<', '[']), "{data}");
        assert_eq!(fields.len(), notetype.fields().count());
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let (now, own) = read(notetype, &fields);
        assert_eq!((&now, own.is_lost, own.bank_id.as_deref()), (&content, false, Some("q1")));
        let deck = Some(DeckName::parse("A::B").unwrap());
        let went = Went { content: None, altered: vec![], deck, marked: true };
        assert_eq!(own.base(&content), Base::Went(went));
    }

    #[test]
    fn a_text_that_a_field_shows_as_it_is_stands_there_alone() {
        let fact = Fact { answer: "b".into(), accept: vec![], reversed: false, typed: false };
        let (notetype, fields) = packed(Content::new("two words", Body::Fact(fact)));
        let mut fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        assert!(!fields.last().unwrap().contains("two words"));
        *fields.first_mut().unwrap() = "three <b>words</b> now";
        let (now, own) = read(notetype, &fields);
        assert_eq!((now.prompt.as_str(), now.html), ("three <b>words</b> now", true));
        let [altered] = own.altered.as_slice() else { panic!("{:?}", own.altered) };
        assert!(
            altered.field == Field::Prompt && altered.was("two words") && !altered.was("three words now")
        );
    }
}
