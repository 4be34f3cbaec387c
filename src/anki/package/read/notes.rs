//! Notes of a package as matura's: by its own notetypes as they were, by other people's as their templates have it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::foreign::foreign;
use super::media::Media;
use super::schema::{Card, Notetype, Schema};
use crate::anki::package::own::Own;
use crate::anki::tags::labelled;
use crate::bank::{Base, Draft, Problem};
use crate::html;
use crate::model::{Content, DeckName, Guid};
use crate::text;

/// Makes notes, and takes down what could not be taken.
pub(super) struct Maker<'s> {
    schema: &'s Schema,
    media: &'s Media,
    /// Decks that were looked up.
    decks: HashMap<i64, DeckName>,
    /// The guids of those that were made.
    guids: HashSet<Guid>,
    made: u64,
    /// Why notes stay in the package.
    left: BTreeMap<String, Told>,
    /// What is otherwise than in Anki.
    told: BTreeMap<&'static str, Told>,
}

/// Notes of which the same is told: how many they are, and what some of them ask.
#[derive(Debug, Default)]
struct Told {
    count: u64,
    asks: Vec<String>,
}

/// So many of them are named.
const NAMED: usize = 10;

const LACKS: &str = "with an image or a sound that is not in the package";
const EDITED: &str = "changed in Anki in options, answers or code, where that cannot be taken";
const TEMPLATES: &str = "with cards that ask something else than the first one, which are not taken";

const UNSEEN: &str = "with text in fields that its cards do not show, which is left out";

/// A note that was made, with what it was when it went to Anki from here.
struct Made {
    content: Content,
    bank_id: Option<String>,
    own: Option<Own>,
}

impl<'s> Maker<'s> {
    pub(super) fn new(schema: &'s Schema, media: &'s Media) -> Self {
        Self {
            schema,
            media,
            decks: HashMap::new(),
            guids: HashSet::new(),
            made: 0,
            left: BTreeMap::new(),
            told: BTreeMap::new(),
        }
    }

    /// The note of a row; none if it cannot be one here, which is told.
    pub(super) fn note(
        &mut self,
        guid: Guid,
        notetype: i64,
        tags: &str,
        fields: &str,
        cards: &[Card],
    ) -> Option<Draft> {
        let (fields, tags) = (without_controls(fields), without_controls(tags));
        let fields: Vec<&str> = fields.split('\u{1f}').collect();
        let found = self.schema.notetypes.get(&notetype);
        let made = if guid.as_str().is_empty() || guid.as_str().contains(char::is_control) {
            Err("without a guid that Anki gives, left out".to_owned())
        } else if self.guids.contains(&guid) {
            Err("with a guid that another note of the package has, left out".to_owned())
        } else {
            found.ok_or_else(|| "of a notetype that the package does not hold, left out".to_owned())
        };
        let made = made.and_then(|notetype| self.content(notetype, &fields, cards));
        let made = made.and_then(|made| {
            let (content, marked) = labelled(made.content, tags.split_whitespace());
            Ok((finished(content)?, marked, made.bank_id, made.own))
        });
        let (content, marked, id, own) = match made {
            Ok(made) => made,
            Err(reason) => {
                let asks = html::to_text(fields.first().copied().unwrap_or_default());
                self.left.entry(reason).or_default().take(&asks);
                return None;
            }
        };
        if content.media_files().any(|name| !self.media.has(&name)) {
            self.tell(LACKS, &content);
        }
        self.made += 1;
        self.guids.insert(guid.clone());
        let base = own.map_or(Base::Kept, |own| own.base(&content));
        let (guid, deck) = (Some(guid), Some(self.deck(cards)));
        Some(Draft { guid, id, deck, marked: Some(marked), base, ..Draft::new(self.made, content, 0..0) })
    }

    fn deck(&mut self, cards: &[Card]) -> DeckName {
        let id = cards.first().map(|card| card.deck);
        if let Some(known) = id.and_then(|id| self.decks.get(&id)) {
            return known.clone();
        }
        let name = id.and_then(|id| self.schema.decks.get(&id)).map(String::as_str).unwrap_or_default();
        let levels = name.split("::").map(str::trim).filter(|level| !level.is_empty());
        let levels: Vec<&str> = levels.take(11).collect();
        let default = || DeckName::kept("Default".to_owned());
        let deck = DeckName::parse(&levels.join("::")).unwrap_or_else(|_| default());
        self.decks.extend(id.map(|id| (id, deck.clone())));
        deck
    }

    fn tell(&mut self, what: &'static str, content: &Content) {
        self.told.entry(what).or_default().take(&content.readable().prompt);
    }

    fn content(&mut self, notetype: &Notetype, fields: &[&str], cards: &[Card]) -> Result<Made, String> {
        if let Some((content, own)) = Own::read(&notetype.name, &notetype.fields, fields) {
            if own.is_lost {
                self.tell(EDITED, &content);
            }
            return Ok(Made { content, bank_id: own.bank_id.clone(), own: Some(own) });
        }
        if fields.iter().any(|field| field.contains("::image-occlusion:")) {
            return Err("with hidden parts of a picture, left out".to_owned());
        }
        let value = |name: &str| {
            let place = notetype.fields.iter().position(|field| field == name)?;
            fields.get(place).copied()
        };
        let foreign = foreign(notetype, &value, cards)?;
        if foreign.has_more_cards {
            self.tell(TEMPLATES, &foreign.content);
        }
        if foreign.has_unseen {
            self.tell(UNSEEN, &foreign.content);
        }
        Ok(Made { content: foreign.content, bank_id: None, own: None })
    }

    /// What could not be taken, and what is otherwise than in Anki.
    pub(super) fn warnings(self) -> Vec<Problem> {
        let left = self.left.into_iter().map(|(reason, told)| told.problem(&reason, "they stay in Anki"));
        let told = self.told.into_iter().map(|(what, told)| told.problem(what, "look at them here"));
        left.chain(told).collect()
    }
}

impl Told {
    fn take(&mut self, asks: &str) {
        self.count += 1;
        if self.asks.len() < NAMED {
            self.asks.push(text::one_line(asks, 40));
        }
    }

    fn problem(&self, what: &str, fix: &str) -> Problem {
        let asks: Vec<String> = self.asks.iter().map(|asks| format!("{asks:?}")).collect();
        let more = self.count.saturating_sub(u64::try_from(asks.len()).unwrap_or(u64::MAX));
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        Problem::new(1, format!("{} {what}: {}{more}", text::count(self.count, "note"), asks.join(", ")), fix)
    }
}

/// A text without control characters, of which Anki itself keeps none.
fn without_controls(text: &str) -> Cow<'_, str> {
    let is_control = |byte: u8| byte.is_ascii_control() & !matches!(byte, b'\n' | b'\r' | b'\t' | 0x1f);
    // without leaving early, which is done many bytes at a time
    if text.bytes().fold(false, |has, byte| has | is_control(byte)) {
        Cow::Owned(text.replace(|c: char| u8::try_from(c).is_ok_and(is_control), ""))
    } else {
        Cow::Borrowed(text)
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
