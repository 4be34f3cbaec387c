//! Notes of a package as matura's: by its own notetypes as they were, by other people's as their templates have it.

use std::collections::BTreeMap;

use super::media::Media;
use super::schema::{Notetype, Schema};
use super::template::named;
use crate::anki::package::fields;
use crate::anki::package::notetype::Notetype as Own;
use crate::anki::tags::labelled;
use crate::bank::Problem;
use crate::html;
use crate::model::{Body, Content, DeckName, Fact, Guid, Note, SOUND};
use crate::text;

/// A card of a note.
#[derive(Debug, Clone, Copy)]
pub(super) struct Card {
    pub(super) ord: i64,
    pub(super) deck: i64,
}

/// Makes notes, and counts what could not be.
pub(super) struct Maker<'s> {
    schema: &'s Schema,
    media: &'s Media,
    /// Reasons with the number of notes and what the first of them asks.
    left_out: BTreeMap<String, (u64, String)>,
    told: BTreeMap<&'static str, (u64, String)>,
}

const LACKS: &str = "with an image or a sound that is not in the package";
const EDITED: &str = "changed in Anki in options, answers or code, taken as before";
const TEMPLATES: &str = "with cards beyond the first two, which are not taken";

impl<'s> Maker<'s> {
    pub(super) fn new(schema: &'s Schema, media: &'s Media) -> Self {
        Self { schema, media, left_out: BTreeMap::new(), told: BTreeMap::new() }
    }

    /// The note of a row; none if it cannot be one here, which is counted.
    pub(super) fn note(
        &mut self,
        guid: &str,
        notetype: i64,
        tags: &str,
        fields: &str,
        cards: &[Card],
    ) -> Option<Note> {
        let fields: Vec<&str> = fields.split('\u{1f}').collect();
        let found = self.schema.notetypes.get(&notetype);
        let made = found.ok_or_else(|| "of a notetype that the package does not hold, left out".to_owned());
        let mut bank_id = None;
        let made = made.and_then(|notetype| self.content(notetype, &fields, cards, &mut bank_id));
        let asks = || text::one_line(&html::to_text(fields.first().copied().unwrap_or_default()), 40);
        let made = made.map(|content| labelled(content, tags.split_whitespace()));
        match made.and_then(|(content, marked)| Ok((finished(content)?, marked))) {
            Ok((content, marked)) => {
                let is_file = |name: &String| !text::is_address(name) && !name.starts_with("data:");
                if content.media().iter().any(|name| is_file(name) && !self.media.has(name)) {
                    self.count(LACKS, &content.prompt);
                }
                let (guid, deck) = (Guid::new(guid), self.deck(cards));
                Some(Note { guid, bank_id, deck, marked, leech: false, content })
            }
            Err(reason) => {
                self.left_out.entry(reason).or_insert_with(|| (0, asks())).0 += 1;
                None
            }
        }
    }

    fn deck(&self, cards: &[Card]) -> DeckName {
        let name = cards.first().and_then(|card| self.schema.decks.get(&card.deck));
        let levels = name
            .map(String::as_str)
            .unwrap_or_default()
            .split("::")
            .map(str::trim)
            .filter(|level| !level.is_empty());
        let levels: Vec<&str> = levels.take(11).collect();
        let default = || DeckName::kept("Default".to_owned());
        DeckName::parse(&levels.join("::")).unwrap_or_else(|_| default())
    }

    fn count(&mut self, what: &'static str, asks: &str) {
        let asks = || text::one_line(&html::to_text(asks), 40);
        self.told.entry(what).or_insert_with(|| (0, asks())).0 += 1;
    }

    fn content(
        &mut self,
        notetype: &Notetype,
        fields: &[&str],
        cards: &[Card],
        bank_id: &mut Option<String>,
    ) -> Result<Content, String> {
        let value = |name: &str| {
            let place = notetype.fields.iter().position(|field| field == name)?;
            fields.get(place).copied()
        };
        let first = fields.first().copied().unwrap_or_default();
        if Own::ALL.iter().any(|own| own.name() == notetype.name)
            && let Some(own) = fields::read(&notetype.fields, fields)
        {
            bank_id.clone_from(&own.bank_id);
            return Ok(if own.is_as_packed { own.content } else { self.changed(own, notetype, fields) });
        }
        if fields.iter().any(|field| field.contains("::image-occlusion:")) {
            return Err("with hidden parts of a picture, left out".to_owned());
        }
        if cards.iter().any(|card| card.ord > 1) && !notetype.is_cloze {
            self.count(TEMPLATES, first);
        }
        foreign(notetype, &value, cards)
    }

    /// A note of matura's, with what was changed in Anki since.
    fn changed(&mut self, own: fields::Own, notetype: &Notetype, values: &[&str]) -> Content {
        let content = own.content;
        let Ok((written_as, written)) = fields::of(&content, own.bank_id.as_deref()) else { return content };
        let mut changed = content.clone();
        let mut lost = false;
        for ((name, before), now) in written_as.fields().zip(&written).zip(values) {
            if before == now || name == "Data" || notetype.fields.iter().all(|field| field != name) {
                continue;
            }
            let text = if content.html { (*now).to_owned() } else { html::to_text(now) };
            let optional = || Some(text.clone()).filter(|text| !text.trim().is_empty());
            match (name, &mut changed.body) {
                ("Front" | "Text", _) => changed.prompt.clone_from(&text),
                ("Back", Body::Fact(fact)) => fact.answer.clone_from(&text),
                ("Hint", _) => changed.hint = optional(),
                ("Explanation", _) => changed.explanation = optional(),
                ("Mistakes", _) => changed.mistakes = optional(),
                ("Check", _) => changed.check = optional(),
                _ => lost = true,
            }
        }
        if lost {
            self.count(EDITED, &content.prompt);
        }
        match changed.tidy() {
            Ok(changed) if changed.slots().is_ok() => changed,
            _ => {
                self.count(EDITED, &content.prompt);
                content
            }
        }
    }

    /// What could not be taken, and what is otherwise than in Anki.
    pub(super) fn warnings(self) -> Vec<Problem> {
        let told = self.told.into_iter().map(|(what, found)| (what.to_owned(), found, "look at them here"));
        let left = self.left_out.into_iter().map(|(reason, found)| (reason, found, "they stay in Anki"));
        let problem = |(what, (count, first), fix): (String, (u64, String), &str)| {
            Problem::new(1, format!("{} {what}; the first asks {first:?}", text::count(count, "note")), fix)
        };
        left.chain(told).map(problem).collect()
    }
}

/// A note that can be one here.
fn finished(content: Content) -> Result<Content, String> {
    let reason = |message: &str| format!("not possible here, left out: {message}");
    let content =
        content.tidy().map_err(|faults| reason(faults.first().map_or("", |fault| fault.message.as_str())))?;
    content.slots().map_err(|fault| reason(&fault.message))?;
    Ok(content)
}

/// A note of other people's notetype, by its templates.
fn foreign<'f>(
    notetype: &Notetype,
    value: &impl Fn(&str) -> Option<&'f str>,
    cards: &[Card],
) -> Result<Content, String> {
    let Some((front, back)) = notetype.templates.first() else {
        return Err("of a notetype without cards, left out".to_owned());
    };
    let (asked, shown) = (named(front), named(back));
    let is_asked = |name: &str| asked.iter().any(|(other, _)| other == name);
    let filled = |name: &str| value(name).filter(|text| !html::to_text(text).trim().is_empty());
    if notetype.is_cloze {
        let is_cloze = |(_, filters): &&(String, Vec<String>)| filters.iter().any(|filter| filter == "cloze");
        let text = asked.iter().find(is_cloze).and_then(|(name, _)| value(name)).unwrap_or_default();
        let more = shown.iter().filter(|(name, _)| !is_asked(name) && name != "FrontSide");
        let more: Vec<&str> = more.filter_map(|(name, _)| filled(name)).collect();
        return Ok(settled(text, Body::Cloze, &more));
    }
    let fronts: Vec<&str> = asked.iter().filter_map(|(name, _)| filled(name)).collect();
    let mut backs = shown
        .iter()
        .filter(|(name, _)| !is_asked(name) && name != "FrontSide")
        .filter_map(|(name, _)| filled(name));
    let typed = asked.iter().find(|(_, filters)| filters.iter().any(|filter| filter == "type"));
    // what is typed is named in front, and is the answer
    let (fronts, answer) = match typed.and_then(|(name, _)| filled(name)) {
        Some(answer) => (fronts.into_iter().filter(|front| *front != answer).collect(), Some(answer)),
        None => (fronts, backs.next()),
    };
    let more: Vec<&str> = backs.collect();
    let fact = Fact {
        answer: answer.unwrap_or_default().to_owned(),
        accept: Vec::new(),
        reversed: cards.iter().any(|card| card.ord == 1),
        typed: typed.is_some(),
    };
    if fact.answer.is_empty() {
        return Err("with nothing behind, left out".to_owned());
    }
    Ok(settled(&fronts.join("<br>"), Body::Fact(fact), &more))
}

/// Texts as HTML, or as plain text where nothing in them is more than that.
fn settled(prompt: &str, body: Body, more: &[&str]) -> Content {
    let explanation = Some(more.join("<br>")).filter(|text| !text.is_empty());
    let answer = if let Body::Fact(fact) = &body { fact.answer.as_str() } else { "" };
    let texts = [prompt, answer, explanation.as_deref().unwrap_or_default()];
    let is_plain = |text: &&str| {
        !text.contains(SOUND)
            && (!html::is_marked(text) || html::from_text(&html::to_text(text)) == text.trim())
    };
    if !texts.iter().all(is_plain) {
        return Content { html: true, explanation, ..Content::new(prompt, body) };
    }
    let plain = |text: &str| if html::is_marked(text) { html::to_text(text) } else { text.to_owned() };
    let body = match body {
        Body::Fact(fact) => Body::Fact(Fact { answer: plain(&fact.answer), ..fact }),
        body => body,
    };
    Content { explanation: explanation.map(|text| plain(&text)), ..Content::new(plain(prompt), body) }
}
