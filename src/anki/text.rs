//! Anki's text import. What the header must say and how fields, decks and tags must be written was found by
//! importing into Anki 26.9; `tests/anki` holds it against the real program.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use csv::{QuoteStyle, Terminator, WriterBuilder};
use serde::Serialize;

use super::fields::{AnkiNote, Stock};
use super::package::Written;
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

/// A file that Anki imports in the making: the caller's thread hands over notes, another writes them.
pub struct TextWriter {
    /// Notes that are handed over together.
    waiting: Vec<Note>,
    notes: SyncSender<Vec<Note>>,
    writing: JoinHandle<Result<Written>>,
}

/// How many notes are handed over together, and how many such parts may wait.
const TOGETHER: usize = 256;
const MOST_WAITING: usize = 16;
/// A row takes less than so many bytes as a rule; memory that is not written to costs nothing.
const ROW: usize = 512;

impl TextWriter {
    /// A file of about so many notes, in notetypes with these names.
    pub fn new(notetypes: Notetypes, notes: usize) -> Result<Self> {
        let (sender, taken) = sync_channel::<Vec<Note>>(MOST_WAITING);
        let writing = Builder::new()
            .name("text writer".to_owned())
            .spawn(move || {
                let mut text = Text::new(notetypes, notes);
                for notes in taken {
                    notes.iter().try_for_each(|note| text.add(note))?;
                }
                text.finish()
            })
            .map_err(|cause| defect(&cause))?;
        Ok(Self { waiting: Vec::with_capacity(TOGETHER), notes: sender, writing })
    }

    /// Adds a note; [`early_notes`](super::early_notes) says in which order they come. An error comes at the end.
    pub fn add(&mut self, note: Note) {
        self.waiting.push(note);
        if self.waiting.len() == TOGETHER {
            let waiting = std::mem::replace(&mut self.waiting, Vec::with_capacity(TOGETHER));
            drop(self.notes.send(waiting));
        }
    }

    /// The file. The images and sounds that its notes name lack in it.
    pub fn finish(self) -> Result<Written> {
        drop(self.notes.send(self.waiting));
        drop(self.notes);
        self.writing.join().map_err(|_| Error::internal("the writer for Anki stopped in the middle"))?
    }
}

fn defect(cause: &dyn std::fmt::Display) -> Error {
    Error::internal(format!("the file for Anki cannot be written: {cause}"))
}

/// The other thread's work.
struct Text {
    writer: csv::Writer<Vec<u8>>,
    notetypes: Notetypes,
    warnings: Vec<Warning>,
    /// Decks that were warned of.
    numbers: HashSet<DeckName>,
    lacking: BTreeSet<String>,
}

impl Text {
    fn new(notetypes: Notetypes, notes: usize) -> Self {
        let mut bytes = Vec::with_capacity(HEADER.len() + notes.saturating_mul(ROW));
        bytes.extend_from_slice(HEADER.as_bytes());
        let writer = WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .terminator(Terminator::Any(b'\n'))
            .from_writer(bytes);
        Self { writer, notetypes, warnings: Vec::new(), numbers: HashSet::new(), lacking: BTreeSet::new() }
    }

    fn add(&mut self, note: &Note) -> Result<()> {
        let mut warn = |message: String| self.warnings.push(Warning { note: note.guid.to_string(), message });
        self.lacking.extend(note.content.media_files());
        let AnkiNote { notetype, fields: [first, second] } = anki_note(&note.content)?;
        if first.is_empty() {
            warn("its prompt has no character that Anki takes; it is left out".to_owned());
            return Ok(());
        }
        if let Body::Fact(fact) = &note.content.body
            && fact.typed
            && fact.reversed
        {
            warn("Anki has no notetype for facts that are typed and reversed; both cards are there, without typing".to_owned());
        }
        let deck = deck_in_text(&note.deck);
        if deck != note.deck.as_str() && self.numbers.insert(note.deck.clone()) {
            warn(format!(
                "Anki takes the deck name {:?} for a number; the deck becomes {deck:?}",
                note.deck.as_str()
            ));
        }
        let name = match notetype {
            Stock::Basic => &self.notetypes.basic,
            Stock::Reversed => &self.notetypes.reversed,
            Stock::Typed => &self.notetypes.typed,
            Stock::Cloze => &self.notetypes.cloze,
        };
        let row = [note.guid.as_str(), name, &deck, &tags::write(note, true), &first, &second];
        self.writer.write_record(row).map_err(|cause| defect(&cause))
    }

    fn finish(self) -> Result<Written> {
        let bytes = self.writer.into_inner().map_err(|cause| defect(&cause))?;
        let lacking = self.lacking.into_iter().collect();
        Ok(Written { bytes, warnings: self.warnings, media: 0, lacking })
    }
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
pub fn deck_in_text(name: &DeckName) -> Cow<'_, str> {
    if name.top().parse::<i64>().is_ok() { format!("Deck {name}").into() } else { name.as_str().into() }
}
