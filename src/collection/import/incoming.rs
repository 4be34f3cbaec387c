//! The notes of one bank coming in, one by one.

use std::collections::{BTreeMap, HashMap};

use super::arrived::{Arrived, Counted};
use super::banks::{Bank, Banks};
use super::elsewhere::Elsewhere;
use super::from_anki::FromAnki;
use super::plan::{Change, Missing, SAMPLES, Sample, differences};
use super::said::{came_packed, entangled, moved, overwrites, replaced};
use super::update::Update;
use crate::bank::native::{Cells, compose};
use crate::bank::{Base, Draft, Rejected, Restated, guid_in_scope, is_another};
use crate::collection::{Context, steps};
use crate::error::Result;
use crate::model::{DeckId, DeckName, Field, Guid, NoteId, Slot};
use crate::store::note::{By, RemovedBy};
use crate::store::{Tx, bank as bank_table, deck, log, note, reworded, scope};
use crate::text;

/// One bank on its way in.
pub(super) struct Incoming<'t, 'c> {
    tx: &'t Tx<'c>,
    context: Context,
    options: Told,
    before: Before,
    decks: Decks,
    elsewhere: Elsewhere,
    anki: FromAnki,
    arrived: Arrived,
    /// How many notes went from one deck to another.
    moves: BTreeMap<(DeckName, DeckName), u64>,
    /// What notes ask that were changed where the change cannot be taken.
    entangled: Vec<String>,
    /// New notes that are stored together, and the local number of the first of them.
    waiting: Vec<Waiting>,
    next: NoteId,
    /// Cards of notes that stay as they are, to be shown where there are no others.
    spare: Vec<Sample>,
}

/// What was said about the import that matters note by note.
struct Told {
    dry_run: bool,
    bring_back: bool,
}

/// As many new notes are stored together.
const TOGETHER: usize = 64;

/// A new note that is not stored yet.
struct Waiting {
    guid: Guid,
    draft: Draft,
    deck: DeckId,
    slots: Vec<Slot>,
}

/// What a bank states as a note of a deck.
fn arrival<'d>(guid: &'d Guid, draft: &'d Draft, deck: DeckId) -> note::Arrival<'d> {
    note::Arrival {
        guid,
        content: &draft.content,
        deck,
        bank_id: draft.id.as_deref(),
        bank_deck: bank_deck(draft),
        marked: draft.marked == Some(true),
    }
}

/// Whether there are notes that the bank may state again, rows about them in the log, guids that were others before.
#[expect(clippy::struct_excessive_bools, reason = "each is found out apart")]
struct Before {
    notes: bool,
    log: bool,
    reworded: bool,
    /// Whether a top-level deck had another name.
    renamed: bool,
}

/// A bank that came in whole, with what is needed to look at what it lacks.
pub(super) struct Whole<'t, 'c> {
    pub(super) tx: &'t Tx<'c>,
    pub(super) context: Context,
    pub(super) arrived: Arrived,
}

impl<'t, 'c> Incoming<'t, 'c> {
    pub(super) fn begin(tx: &'t Tx<'c>, context: Context, banks: &Banks, file: usize) -> Result<Self> {
        let tops = deck::all(tx)?.iter().map(|deck| deck.name.top().to_owned()).collect();
        let next = note::next_id(tx)?;
        let notes = file > 0 || !note::is_empty(tx)?;
        let format = banks.files.get(file).map_or("", |bank| bank.report.format);
        Ok(Self {
            tx,
            context,
            options: Told { dry_run: banks.options.dry_run, bring_back: banks.options.bring_back },
            before: Before {
                notes,
                log: !log::is_empty(tx)?,
                reworded: !reworded::is_empty(tx)?,
                renamed: !scope::is_empty(tx)?,
            },
            decks: Decks::default(),
            elsewhere: Elsewhere::among(tops),
            anki: FromAnki::begin(tx, format, notes)?,
            arrived: Arrived::from(next),
            moves: BTreeMap::new(),
            entangled: Vec::new(),
            waiting: Vec::with_capacity(TOGETHER),
            next,
            spare: Vec::new(),
        })
    }

    /// Takes a note in.
    pub(super) fn take(&mut self, bank: &mut Bank, guid: Guid, mut draft: Draft) -> Result<()> {
        if !bank.media.names.is_empty() {
            draft.content = draft.content.with_media(&bank.media.names);
        }
        if self.is_unchanged(&guid, &draft)? {
            bank.report.unchanged += 1;
            return Ok(());
        }
        let slots = steps::slots(&draft.content)?;
        let stored = self.stored(&guid, &draft)?;
        if self.options.dry_run {
            let is_news = stored.as_ref().is_none_or(|stored| stored.note.content != draft.content);
            let samples = if is_news { &mut bank.report.samples } else { &mut self.spare };
            if let Some(slot) = slots.first().filter(|_| samples.len() < SAMPLES) {
                samples.push(Sample::of(draft.line, &draft.content, *slot)?);
            }
        }
        match stored {
            None => self.add(bank, guid, draft, slots),
            Some(stored) => self.update(bank, &stored, draft),
        }
    }

    /// Whether the note stands as the bank states it, which of most notes of a bank that comes again is so.
    fn is_unchanged(&mut self, guid: &Guid, draft: &Draft) -> Result<bool> {
        if !self.before.notes
            || self.options.dry_run
            || self.anki.writes_it()
            || draft.guid.is_some()
            || draft.base != Base::Kept
        {
            return Ok(false);
        }
        // in which deck it stands is the learner's
        let found = note::unchanged(self.tx, &arrival(guid, draft, DeckId::default()))?;
        if let Some(found) = found {
            self.arrived.see_unchanged(found, draft.deck.is_some());
        }
        Ok(found.is_some())
    }

    /// The note that a bank states under a guid: one that stands before one that has been removed.
    fn stored(&self, guid: &Guid, draft: &Draft) -> Result<Option<note::Stored>> {
        if !self.before.notes {
            return Ok(None);
        }
        let own = note::by_guid(self.tx, guid)?;
        if self.before.reworded
            && own.as_ref().is_none_or(note::Stored::is_removed)
            && let Some(id) = reworded::note_of(self.tx, guid)?
        {
            return note::get(self.tx, id);
        }
        if own.is_none() && self.before.renamed {
            return self.stored_under_another_name(draft);
        }
        Ok(own)
    }

    /// The note that a bank states, if it came when its top-level deck had another name.
    fn stored_under_another_name(&self, draft: &Draft) -> Result<Option<note::Stored>> {
        let now = draft.deck.as_ref().map(DeckName::top).unwrap_or_default();
        for was in scope::earlier(self.tx, now)? {
            let Some(guid) = guid_in_scope(draft, &was) else { return Ok(None) };
            if let Some(found) = note::by_guid(self.tx, &guid)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn add(&mut self, bank: &mut Bank, guid: Guid, draft: Draft, slots: Vec<Slot>) -> Result<()> {
        if self.before.notes {
            self.elsewhere.look(self.tx, &draft, self.arrived.first_new)?;
        }
        let deck = self.deck(draft.deck.as_ref().unwrap_or(&bank.fallback))?;
        self.arrived.lines.push(draft.line);
        self.waiting.push(Waiting { guid, draft, deck, slots });
        bank.report.added += 1;
        if self.waiting.len() == TOGETHER { self.store_waiting(bank) } else { Ok(()) }
    }

    /// Stores the new notes that wait for it.
    fn store_waiting(&mut self, bank: &Bank) -> Result<()> {
        let (tx, now) = (self.tx, self.context.now);
        if self.waiting.is_empty() {
            return Ok(());
        }
        let from_bank = match self.arrived.bank {
            Some(known) => known,
            None => *self.arrived.bank.insert(bank_table::add(tx, &bank.name(), bank.report.format)?),
        };
        let first = self.next;
        self.next += NoteId::try_from(self.waiting.len()).unwrap_or(0);
        let notes: Vec<note::Arrival<'_>> =
            self.waiting.iter().map(|new| arrival(&new.guid, &new.draft, new.deck)).collect();
        note::insert(tx, first, &notes, Some(from_bank), now)?;
        if self.before.log {
            for (waiting, id) in self.waiting.iter().zip(first..) {
                steps::cards(tx, id, &waiting.guid, waiting.deck, &waiting.slots, &[])?;
            }
        } else {
            let cards: Vec<(DeckId, &[Slot])> =
                self.waiting.iter().map(|waiting| (waiting.deck, waiting.slots.as_slice())).collect();
            steps::first_cards(tx, first, &cards)?;
        }
        self.waiting.clear();
        Ok(())
    }

    fn update(&mut self, bank: &mut Bank, stored: &note::Stored, draft: Draft) -> Result<()> {
        let tx = self.tx;
        let draft = self.restated(bank, stored, draft);
        let draft = &self.anki.said_before(tx, stored, draft)?;
        if self.anki.came_packed(stored, draft) {
            self.arrived.see(stored, draft);
            bank.report.unchanged += 1;
            return Ok(());
        }
        if stored.removed == Some(RemovedBy::Learner) && !self.options.bring_back {
            self.arrived.see(stored, draft);
            bank.report.unchanged += 1;
            bank.report.removed_earlier.push(Missing::of(&stored.note));
            return remember_bank(tx, draft, stored);
        }
        let is_banks = self.anki.is_banks(stored, draft);
        let by = if is_banks { By::Bank } else { By::Learner };
        let update = Update::of(stored, draft, is_banks)?;
        if *update.before != draft.content
            && draft.id.is_some()
            && draft.guid.is_none()
            && !stored.is_removed()
            && is_another(&update.before, &draft.content)
        {
            // Banks without a deck share one scope: two of them that count 1, 2, 3 are not one.
            if draft.deck.is_none() && bank.fallback != stored.note.deck {
                bank.reject(Rejected::one(overwrites(draft, &stored.note), draft.span.clone()));
                return Ok(());
            }
            bank.report.warnings.push(replaced(draft, &update.before));
        }
        bank.report.warnings.extend(update.warnings(draft.line));
        self.arrived.see(stored, draft);
        let moved_to = moved_to(draft, stored).map(|name| self.deck(name)).transpose()?;
        let deck = moved_to.unwrap_or(stored.deck_id);
        let edited = stored.note.content != *update.content;
        if edited {
            note::edit(tx, stored.id, &update.content, by, self.context.now)?;
        }
        if stored.bank_says != update.bank_says {
            note::set_bank_says(tx, stored.id, update.bank_says.as_deref())?;
        }
        if deck != stored.deck_id {
            note::place(tx, stored.id, deck, &stored.suspended, by, self.context.now)?;
            if let Some(to) = &draft.deck {
                *self.moves.entry((stored.note.deck.clone(), to.clone())).or_default() += 1;
            }
        }
        let marked = marked(draft, stored);
        marked.map_or(Ok(()), |marked| note::mark(tx, stored.id, marked, self.context.now))?;
        if stored.is_removed() {
            note::set_removed(tx, stored.id, None, self.context.now)?;
            self.decks
                .id(tx, draft.deck.as_ref().filter(|_| moved_to.is_some()).unwrap_or(&stored.note.deck))?;
        }
        remember_bank(tx, draft, stored)?;
        let report = &mut bank.report;
        if edited || deck != stored.deck_id || stored.is_removed() {
            let slots = steps::slots(&update.content)?;
            steps::cards(tx, stored.id, &stored.note.guid, deck, &slots, &stored.suspended)?;
        }
        if stored.is_removed() {
            report.added += 1;
            if stored.removed != Some(RemovedBy::Withdrawal) {
                report.brought_back.push(Missing::of(&stored.note));
            }
            self.arrived.counted.insert(stored.id, Counted::Added);
        } else if edited || deck != stored.deck_id || marked.is_some() {
            report.updated += 1;
            self.arrived.counted.insert(stored.id, Counted::Updated);
            if self.options.dry_run {
                let mut fields = differences(&stored.note.content, &update.content);
                fields.extend((deck != stored.deck_id).then_some(Field::Deck.name()));
                fields.extend(marked.map(|_| Field::Marked.name()));
                let prompt = text::one_line(&update.content.readable().prompt, 60);
                report.changes.push(Change { line: draft.line, prompt, fields });
            }
        } else {
            report.unchanged += 1;
        }
        Ok(())
    }

    /// The deck for notes for which a bank states this one.
    fn deck(&mut self, name: &DeckName) -> Result<DeckId> {
        match self.anki.home(self.tx, name)? {
            Some(home) => Ok(home),
            None => self.decks.id(self.tx, name),
        }
    }

    /// What a bank states of a note that is there, but for what its format cannot hold: held against what it said before
    /// where the learner has other words now.
    fn restated(&mut self, bank: &Bank, stored: &note::Stored, draft: Draft) -> Draft {
        let own = &stored.note.content;
        if *own == draft.content || draft.base != Base::Kept || self.anki.is_banks(stored, &draft) {
            return draft;
        }
        let said = stored.bank_says.as_deref().and_then(Cells::from_json);
        let said = said.and_then(|cells| compose(&cells).ok()).map(|(said, _)| said.content);
        let restated = bank.format().restated(said.as_ref().unwrap_or(own), &draft.content);
        let Some(Restated { content, is_changed }) = restated else { return draft };
        if is_changed {
            self.entangled.push(text::one_line(&own.readable().prompt, 40));
        }
        Draft { content, ..draft }
    }

    /// All of the bank is there.
    pub(super) fn end(mut self, bank: &mut Bank) -> Result<Whole<'t, 'c>> {
        self.store_waiting(bank)?;
        let samples = &mut bank.report.samples;
        samples.extend(self.spare.into_iter().take(SAMPLES - samples.len()));
        bank.report.warnings.extend(self.elsewhere.warning());
        bank.report.warnings.extend(self.moves.iter().map(moved));
        bank.report.warnings.extend(entangled(&self.entangled));
        bank.report.warnings.extend(came_packed(self.anki.packed));
        Ok(Whole { tx: self.tx, context: self.context, arrived: self.arrived })
    }
}

/// The deck to which an import moves a note that is there. A bank moves it when its own deck changed; a row with a
/// guid is matura's own export and says where the note stands. (A note that came from an export has no bank deck yet.)
fn moved_to<'d>(draft: &'d Draft, stored: &note::Stored) -> Option<&'d DeckName> {
    let before = match &draft.base {
        Base::Nothing => Some(&stored.note.deck),
        Base::Went(went) => went.deck.as_ref(),
        Base::Kept => stored.bank_deck.as_ref(),
    };
    draft.deck.as_ref().filter(|deck| before.is_some_and(|before| before.folded() != deck.folded()))
}

/// A mark that an import changes: only rows with a guid, of matura's own export or of Anki, know of the learner's.
fn marked(draft: &Draft, stored: &note::Stored) -> Option<bool> {
    let is_meant = |marked: &bool| match &draft.base {
        Base::Nothing => true,
        Base::Went(went) => *marked != went.marked,
        // nobody knows whether it was taken away there or set here
        Base::Kept => draft.guid.is_some() && *marked,
    };
    draft.marked.filter(is_meant).filter(|marked| *marked != stored.note.marked)
}

/// The deck that a bank states; an export of matura states the learner's.
fn bank_deck(draft: &Draft) -> Option<&DeckName> {
    draft.deck.as_ref().filter(|_| draft.base == Base::Kept)
}

/// Keeps what the bank calls the note and where it has it. An export of matura knows the learner's deck only.
fn remember_bank(tx: &Tx<'_>, draft: &Draft, stored: &note::Stored) -> Result<()> {
    let id = draft.id.as_ref().or(stored.note.bank_id.as_ref());
    let deck = bank_deck(draft).or(stored.bank_deck.as_ref());
    if id == stored.note.bank_id.as_ref() && deck == stored.bank_deck.as_ref() {
        return Ok(());
    }
    note::set_bank(tx, stored.id, id.map(String::as_str), deck)
}

/// The local numbers of decks, looked up once.
#[derive(Default)]
struct Decks(HashMap<DeckName, DeckId>);

impl Decks {
    fn id(&mut self, tx: &Tx<'_>, name: &DeckName) -> Result<DeckId> {
        if let Some(id) = self.0.get(name) {
            return Ok(*id);
        }
        let id = deck::ensure(tx, name)?;
        self.0.insert(name.clone(), id);
        Ok(id)
    }
}
