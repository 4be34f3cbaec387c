//! Export of decks: to matura's own bank, and to Anki.

mod since;

use std::collections::{HashMap, HashSet};

use super::steps::{self, Each};
use super::{Collection, decks};
use crate::anki;
use crate::anki::package::{Packed, PackedCard, Writer, Written};
use crate::bank::native;
use crate::error::{Error, Kind, Result};
use crate::model::{CardKey, DeckId, DeckName, Note, NoteId};
use crate::report::answers::write;
use crate::store::card;
use crate::store::media::{self, Folder};
use crate::store::note::{self, Stored};
use crate::store::{Tx, bank, deck, log};

pub use crate::anki::{Notetypes, Warning};
pub use since::{Earlier, Gone, Moved};

/// What to export to.
#[derive(Debug, Clone)]
pub enum Format {
    /// The native bank, complete.
    Csv,
    /// The same table for people who open it in a spreadsheet.
    Spreadsheet,
    /// Anki's text import, with these names of notetypes.
    Anki(Notetypes),
    /// Anki's package, with schedules and history if they are to travel.
    Apkg {
        /// Whether they are.
        with_schedule: bool,
    },
    /// The answers, a line each, of a learner of this name; none makes one that says nothing of who it is.
    Log {
        /// The name.
        learner: Option<String>,
    },
}

/// An export.
#[derive(Debug, Clone)]
pub struct Export {
    /// What goes into the file.
    pub bytes: Vec<u8>,
    /// Notes in it.
    pub notes: usize,
    /// Answers in it, if it is one of answers.
    pub answers: Option<usize>,
    /// What did not fit as it was.
    pub warnings: Vec<Warning>,
    /// Images and sounds in it.
    pub media: usize,
    /// Images and sounds that its notes name and that are not in it.
    pub lacking: Vec<String>,
    /// Notes in it that Anki had before the collection, in notetypes of its own.
    pub from_anki: usize,
    /// Notes that an earlier export held in another deck.
    pub moved: Vec<Moved>,
    /// Notes that an earlier export held and that are gone here.
    pub gone: Vec<Gone>,
}

impl Collection {
    /// Exports a deck with the decks below it, or everything, and says what an earlier export for Anki held otherwise.
    pub fn export(
        &mut self,
        deck: Option<&str>,
        format: &Format,
        earlier: Option<Earlier>,
    ) -> Result<Export> {
        let folder = self.media.clone();
        let clock = self.clock.as_ref();
        self.store.read(|tx| {
            let decks = decks::subtree(tx, deck)?;
            let is_wanted =
                |stored: &Stored| decks.as_ref().is_none_or(|decks| decks.contains(&stored.deck_id));
            let mut places = earlier.is_some().then(HashMap::new);
            let of_anki = bank::in_formats(tx, &anki::FORMATS)?;
            let is_from_anki = |stored: &Stored| {
                stored.bank_deck.is_some() && stored.from_bank.is_some_and(|bank| of_anki.contains(&bank))
            };
            let (mut count, mut from_anki) = (0, 0);
            let mut each = |take: &mut dyn FnMut(Stored) -> Result<()>| {
                note::each(tx, |stored| {
                    if !is_wanted(&stored) {
                        return Ok(());
                    }
                    count += 1;
                    from_anki += usize::from(is_from_anki(&stored));
                    if let Some(places) = &mut places {
                        places.insert(stored.note.guid.clone(), stored.note.deck.clone());
                    }
                    take(stored)
                })
            };
            let mut all = || -> Result<Vec<Note>> {
                let mut notes = Vec::new();
                each(&mut |stored| {
                    notes.push(stored.note);
                    Ok(())
                })?;
                Ok(notes)
            };
            let mut answers = None;
            let written = match format {
                Format::Csv => {
                    let bytes = native::write(&all()?)?;
                    Written { bytes, warnings: Vec::new(), media: 0, lacking: Vec::new() }
                }
                Format::Spreadsheet => {
                    let bytes = native::write_for_spreadsheet(&all()?)?;
                    Written { bytes, warnings: Vec::new(), media: 0, lacking: Vec::new() }
                }
                Format::Anki(notetypes) => text(tx, decks.as_ref(), &mut each, notetypes)?,
                Format::Apkg { with_schedule } => package(tx, &mut each, *with_schedule, folder.as_ref())?,
                Format::Log { learner } => {
                    let lines = steps::answers(tx, clock, &mut each, learner.as_deref())?;
                    answers = Some(lines.len());
                    let bytes = write(&lines)?;
                    Written { bytes, warnings: Vec::new(), media: 0, lacking: Vec::new() }
                }
            };
            if count == 0 {
                return Err(Error::new(Kind::NotFound, "there is nothing to export")
                    .hint("matura import FILE or matura review brings notes into the collection"));
            }
            let (moved, gone) = match earlier.zip(places) {
                Some((earlier, places)) => earlier.against(tx, &places)?,
                None => (Vec::new(), Vec::new()),
            };
            let Written { bytes, warnings, media, lacking } = written;
            Ok(Export { bytes, notes: count, answers, warnings, media, lacking, from_anki, moved, gone })
        })
    }
}

fn text(
    tx: &Tx<'_>,
    wanted: Option<&HashSet<DeckId>>,
    each: &mut Each<'_>,
    notetypes: &Notetypes,
) -> Result<Written> {
    let names: HashMap<DeckId, DeckName> =
        deck::all(tx)?.into_iter().map(|deck| (deck.id, deck.name)).collect();
    let mut places = note::places(tx)?;
    places.retain(|(_, deck)| wanted.is_none_or(|wanted| wanted.contains(deck)));
    let early = anki::early_notes(places.iter().filter_map(|(_, deck)| names.get(deck)));
    let note_at = |place: usize| places.get(place).map_or(NoteId::default(), |(note, _)| *note);
    let early: Vec<(NoteId, NoteId)> =
        early.into_iter().map(|(before, place)| (note_at(before), note_at(place))).collect();
    let are_early: HashSet<NoteId> = early.iter().map(|(_, note)| *note).collect();
    let mut early = early.into_iter().peekable();
    let mut writer = anki::TextWriter::new(notetypes.clone(), places.len())?;
    each(&mut |stored| {
        while let Some((_, note)) = early.next_if(|(before, _)| *before == stored.id) {
            note::get(tx, note)?.into_iter().for_each(|stored| writer.add(stored.note));
        }
        if !are_early.contains(&stored.id) {
            writer.add(stored.note);
        }
        Ok(())
    })?;
    writer.finish()
}

/// The cards of so many notes are read at once.
const CARDS_OF: NoteId = 1000;

fn package(
    tx: &Tx<'_>,
    each: &mut Each<'_>,
    with_schedule: bool,
    folder: Option<&Folder>,
) -> Result<Written> {
    let has_history = with_schedule && !log::is_empty(tx)?;
    let mut writer = Writer::new(with_schedule)?;
    let mut cards = Vec::new().into_iter().peekable();
    let mut read_to = 0;
    each(&mut |stored| {
        // both come note by note
        if stored.id >= read_to {
            read_to = stored.id + CARDS_OF;
            cards = card::of_notes(tx, stored.id..read_to)?.into_iter().peekable();
        }
        while cards.next_if(|card| card.note < stored.id).is_some() {}
        let mut packed = Vec::new();
        while let Some(card) = cards.next_if(|card| card.note == stored.id) {
            let key = CardKey { guid: stored.note.guid.clone(), slot: card.slot };
            let rows = if has_history { log::of_card(tx, &key)? } else { Vec::new() };
            packed.push(PackedCard { slot: card.slot, state: card.state, suspended: card.suspended, rows });
        }
        let (made_at, changed_at) = (stored.created_at, stored.changed_at);
        writer.add(Packed { made_at, changed_at, cards: packed, note: stored.note });
        Ok(())
    })?;
    let mut find = |name: &str| match (folder, media::get(tx, name)?) {
        (Some(folder), Some(medium)) => folder.read(&medium),
        _ => Ok(None),
    };
    writer.finish(&mut find)
}
