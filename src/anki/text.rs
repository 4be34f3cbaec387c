//! Anki's text import. What the header must say and how fields, decks and tags must be written was found by
//! importing into Anki 26.9; `tests/anki` holds it against the real program.

use std::collections::HashSet;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use serde::Serialize;

use super::fields::{AnkiNote, Stock};
use super::order::parents_first;
use super::{blanks, choice, cloze, fact, stock, tags};
use crate::error::{Error, Result};
use crate::model::{Body, Content, DeckName, Note};

/// States everything that Anki would else guess or remember from the last import.
const HEADER: &str = "#separator:comma
#html:true
#if matches:update current
#match scope:notetype
#guid column:1
#notetype column:2
#deck column:3
#tags column:4
";

/// The names of Anki's stock notetypes; they are in the language of the profile that imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notetypes {
    /// Basic.
    pub basic: String,
    /// Basic (and reversed card).
    pub reversed: String,
    /// Basic (type in the answer).
    pub typed: String,
    /// Cloze.
    pub cloze: String,
}

impl Notetypes {
    /// The names in the language of a profile, such as `de` or `pt_BR`. An error names the languages that there are.
    pub fn in_language(language: &str) -> Result<Self> {
        let [basic, reversed, _, typed, cloze, _] = stock::names(language)?.map(str::to_owned);
        Ok(Self { basic, reversed, typed, cloze })
    }
}

/// Something that Anki gets otherwise than the collection has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The note.
    pub note: String,
    /// What is otherwise.
    pub message: String,
}

/// The file that Anki imports with these notes.
pub fn write(notes: &[Note], notetypes: &Notetypes) -> Result<(Vec<u8>, Vec<Warning>)> {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::Any(b'\n'))
        .from_writer(HEADER.as_bytes().to_vec());
    let defect = |cause: &dyn std::fmt::Display| {
        Error::internal(format!("the file for Anki cannot be written: {cause}"))
    };
    let (mut warnings, mut numbers) = (Vec::new(), HashSet::new());
    for note in parents_first(notes) {
        let mut warn = |message: String| warnings.push(Warning { note: note.guid.to_string(), message });
        let AnkiNote { notetype, fields: [first, second] } = anki_note(&note.content)?;
        if first.is_empty() {
            warn("its prompt has no character that Anki takes; it is left out".to_owned());
            continue;
        }
        if let Body::Fact(fact) = &note.content.body
            && fact.typed
            && fact.reversed
        {
            warn("Anki has no notetype for facts that are typed and reversed; both cards are there, without typing".to_owned());
        }
        let deck = deck_in_text(&note.deck);
        if deck != note.deck.as_str() && numbers.insert(&note.deck) {
            warn(format!(
                "Anki takes the deck name {:?} for a number; the deck becomes {deck:?}",
                note.deck.as_str()
            ));
        }
        let name = match notetype {
            Stock::Basic => &notetypes.basic,
            Stock::Reversed => &notetypes.reversed,
            Stock::Typed => &notetypes.typed,
            Stock::Cloze => &notetypes.cloze,
        };
        let row = [note.guid.as_str(), name, &deck, &tags::write(note, true), &first, &second];
        writer.write_record(row).map_err(|cause| defect(&cause))?;
    }
    let bytes = writer.into_inner().map_err(|cause| defect(&cause))?;
    Ok((bytes, warnings))
}

/// A note in a stock notetype.
pub(super) fn anki_note(content: &Content) -> Result<AnkiNote> {
    Ok(match &content.body {
        Body::Fact(body) => fact::note(content, body),
        Body::Cloze => cloze::note(content)?,
        Body::Choice(body) => choice::note(content, body),
        Body::Blanks(body) => blanks::note(content, body),
    })
}

/// The name of a deck in a text file: Anki takes one that is a whole number for the id of a deck and rejects the row.
pub fn deck_in_text(name: &DeckName) -> String {
    if name.top().parse::<i64>().is_ok() { format!("Deck {name}") } else { name.to_string() }
}
