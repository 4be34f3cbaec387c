//! The notes of one bank coming in, one by one.

use std::collections::{BTreeSet, HashMap};

use super::banks::{Bank, Banks};
use super::plan::{Change, SAMPLES, Sample, differences};
use crate::bank::{Draft, Problem, Rejected, guid_in_scope, is_another};
use crate::collection::{Context, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{BankId, Content, DeckId, DeckName, Field, Guid, Note, NoteId, Slot};
use crate::store::{Tx, bank as bank_table, deck, log, note, reworded};
use crate::text;

/// One bank on its way in.
pub(super) struct Incoming<'t, 'c> {
    tx: &'t Tx<'c>,
    context: Context,
    dry_run: bool,
    before: Before,
    decks: Decks,
    elsewhere: Elsewhere,
    arrived: Arrived,
    /// New notes that are stored together, and the local number of the first of them.
    waiting: Vec<Waiting>,
    next: NoteId,
    /// Cards of notes that stay as they are, to be shown where there are no others.
    spare: Vec<Sample>,
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

impl Waiting {
    fn arrival(&self) -> note::Arrival<'_> {
        note::Arrival {
            guid: &self.guid,
            content: &self.draft.content,
            deck: self.deck,
            bank_id: self.draft.id.as_deref(),
            bank_deck: bank_deck(&self.draft),
            marked: self.draft.marked == Some(true),
        }
    }
}

/// Whether there are notes that the bank may state again, rows about them in the log, guids that were others before.
struct Before {
    notes: bool,
    log: bool,
    reworded: bool,
}

/// Which notes a bank stated.
#[derive(Debug, Default)]
pub(super) struct Arrived {
    /// The bank as the collection knows it, once it brought a note.
    pub(super) bank: Option<BankId>,
    /// The lines of the notes that are new, from the first local number on.
    pub(super) first_new: NoteId,
    pub(super) lines: Vec<u64>,
    /// The notes that were there before, as bits by their local number.
    seen: Vec<u64>,
    /// Those of them that were not counted as unchanged.
    counted: HashMap<NoteId, Counted>,
    /// How many of them each bank brought.
    pub(super) from: HashMap<BankId, u64>,
    /// The decks of those for which no bank names one.
    pub(super) homes: BTreeSet<DeckId>,
    /// Those of which nobody knows which bank brought them.
    pub(super) strays: Vec<NoteId>,
}

/// As what a note was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Added,
    Updated,
    Unchanged,
}

impl Arrived {
    fn see(&mut self, stored: &note::Stored) {
        if stored.bank_deck.is_none() {
            self.homes.insert(stored.deck_id);
        }
        match stored.from_bank {
            Some(bank) => *self.from.entry(bank).or_default() += 1,
            None => self.strays.push(stored.id),
        }
        let Ok(place) = usize::try_from(stored.id) else { return };
        let word = place / 64;
        if self.seen.len() <= word {
            self.seen.resize(word + 1, 0);
        }
        if let Some(bits) = self.seen.get_mut(word) {
            *bits |= 1 << (place % 64);
        }
    }

    /// Whether the bank stated a note that was there before.
    pub(super) fn has_seen(&self, note: NoteId) -> bool {
        let place = usize::try_from(note).unwrap_or(usize::MAX);
        self.seen.get(place / 64).is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }

    /// As what a note was counted that the bank states.
    pub(super) fn counted(&self, note: NoteId) -> Counted {
        match self.line_of(note) {
            Some(_) => Counted::Added,
            None => self.counted.get(&note).copied().unwrap_or(Counted::Unchanged),
        }
    }

    /// The line on which the bank states a note that is new.
    pub(super) fn line_of(&self, note: NoteId) -> Option<u64> {
        let place = usize::try_from(note.checked_sub(self.first_new)?).ok()?;
        self.lines.get(place).copied()
    }
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
        Ok(Self {
            tx,
            context,
            dry_run: banks.options.dry_run,
            before: Before {
                notes: file > 0 || !note::is_empty(tx)?,
                log: !log::is_empty(tx)?,
                reworded: !reworded::is_empty(tx)?,
            },
            decks: Decks::default(),
            elsewhere: Elsewhere { tops, ..Elsewhere::default() },
            arrived: Arrived { first_new: next, ..Arrived::default() },
            waiting: Vec::with_capacity(TOGETHER),
            next,
            spare: Vec::new(),
        })
    }

    /// Takes a note in.
    pub(super) fn take(&mut self, bank: &mut Bank, guid: Guid, draft: Draft) -> Result<()> {
        let slots = draft.content.slots().map_err(|invalid| Error::new(Kind::Input, invalid.message))?;
        let stored = self.stored(&guid)?;
        if self.dry_run {
            let is_news = stored.as_ref().is_none_or(|stored| stored.note.content != draft.content);
            let samples = if is_news { &mut bank.report.samples } else { &mut self.spare };
            if let Some(slot) = slots.first().filter(|_| samples.len() < SAMPLES) {
                samples.push(Sample::of(draft.line, &draft.content, *slot)?);
            }
        }
        match stored {
            None => self.add(bank, guid, draft, slots),
            Some(stored) => self.update(bank, &stored, &draft, &slots),
        }
    }

    /// The note that a bank states under a guid: one that stands before one that has been removed.
    fn stored(&self, guid: &Guid) -> Result<Option<note::Stored>> {
        if !self.before.notes {
            return Ok(None);
        }
        let own = note::by_guid(self.tx, guid)?;
        if self.before.reworded
            && own.as_ref().is_none_or(|own| own.is_removed)
            && let Some(id) = reworded::note_of(self.tx, guid)?
        {
            return note::get(self.tx, id);
        }
        Ok(own)
    }

    fn add(&mut self, bank: &mut Bank, guid: Guid, draft: Draft, slots: Vec<Slot>) -> Result<()> {
        if self.before.notes {
            self.elsewhere.look(self.tx, &draft, self.arrived.first_new)?;
        }
        let deck = self.decks.id(self.tx, draft.deck.as_ref().unwrap_or(&bank.fallback))?;
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
            None => *self.arrived.bank.insert(bank_table::add(tx, &bank.name())?),
        };
        let first = self.next;
        self.next += NoteId::try_from(self.waiting.len()).unwrap_or(0);
        let notes: Vec<note::Arrival<'_>> = self.waiting.iter().map(Waiting::arrival).collect();
        note::insert(tx, first, &notes, from_bank, now)?;
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

    fn update(
        &mut self,
        bank: &mut Bank,
        stored: &note::Stored,
        draft: &Draft,
        slots: &[Slot],
    ) -> Result<()> {
        let tx = self.tx;
        let edited = stored.note.content != draft.content;
        if edited
            && draft.id.is_some()
            && draft.guid.is_none()
            && !stored.is_removed
            && is_another(&stored.note.content, &draft.content)
        {
            // Banks without a deck share one scope: two of them that count 1, 2, 3 are not one.
            if draft.deck.is_none() && bank.fallback != stored.note.deck {
                bank.reject(Rejected::one(overwrites(draft, &stored.note), draft.span.clone()));
                return Ok(());
            }
            bank.report.warnings.push(replaced(draft, &stored.note.content));
        }
        self.arrived.see(stored);
        let moved_to = moved_to(draft, stored).map(|name| self.decks.id(tx, name)).transpose()?;
        let deck = moved_to.unwrap_or(stored.deck_id);
        if edited {
            note::edit(tx, stored.id, &draft.content, self.context.now)?;
        }
        if deck != stored.deck_id {
            note::place(tx, stored.id, deck, &stored.suspended, self.context.now)?;
        }
        let marked = marked(draft, stored);
        marked.map_or(Ok(()), |marked| note::mark(tx, stored.id, marked, self.context.now))?;
        if stored.is_removed {
            note::set_removed(tx, stored.id, false, self.context.now)?;
        }
        remember_bank(tx, draft, stored)?;
        let report = &mut bank.report;
        if edited || deck != stored.deck_id || stored.is_removed {
            steps::cards(tx, stored.id, &stored.note.guid, deck, slots, &stored.suspended)?;
        }
        if stored.is_removed {
            report.added += 1;
            self.arrived.counted.insert(stored.id, Counted::Added);
        } else if edited || deck != stored.deck_id || marked.is_some() {
            report.updated += 1;
            self.arrived.counted.insert(stored.id, Counted::Updated);
            if self.dry_run {
                let mut fields = differences(&stored.note.content, &draft.content);
                fields.extend((deck != stored.deck_id).then_some(Field::Deck.name()));
                fields.extend(marked.map(|_| Field::Marked.name()));
                let prompt = text::one_line(&draft.content.readable().prompt, 60);
                report.changes.push(Change { line: draft.line, prompt, fields });
            }
        } else {
            report.unchanged += 1;
        }
        Ok(())
    }

    /// All of the bank is there.
    pub(super) fn end(mut self, bank: &mut Bank) -> Result<Whole<'t, 'c>> {
        self.store_waiting(bank)?;
        let samples = &mut bank.report.samples;
        samples.extend(self.spare.into_iter().take(SAMPLES - samples.len()));
        bank.report.warnings.extend(self.elsewhere.warning());
        Ok(Whole { tx: self.tx, context: self.context, arrived: self.arrived })
    }
}

/// The deck to which an import moves a note that is there. A bank moves it when its own deck changed; a row with a
/// guid is matura's own export and says where the note stands. (A note that came from an export has no bank deck yet.)
fn moved_to<'d>(draft: &'d Draft, stored: &note::Stored) -> Option<&'d DeckName> {
    let before = if draft.guid.is_some() { Some(&stored.note.deck) } else { stored.bank_deck.as_ref() };
    draft.deck.as_ref().filter(|deck| before.is_some_and(|before| before.folded() != deck.folded()))
}

/// A mark that an import changes: only rows with a guid, of matura's own export or of Anki, know of the learner's.
fn marked(draft: &Draft, stored: &note::Stored) -> Option<bool> {
    draft.marked.filter(|marked| draft.guid.is_some() && *marked != stored.note.marked)
}

/// The deck that a bank states; an export of matura states the learner's.
fn bank_deck(draft: &Draft) -> Option<&DeckName> {
    draft.deck.as_ref().filter(|_| draft.guid.is_none())
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

fn overwrites(draft: &Draft, old: &Note) -> Problem {
    let asked = text::one_line(&old.content.readable().prompt, 40);
    let message = format!("this id belongs to another question already, in {}: {asked:?}", old.deck);
    let fix = format!(
        "give the bank a top-level deck of its own with --deck; if it is the bank of {} under a new name, give it its old name",
        old.deck
    );
    Problem::new(draft.line, message, fix).in_column(Field::Id.name())
}

fn replaced(draft: &Draft, old: &Content) -> Problem {
    let message = format!(
        "the note with this id asked something else before: {:?}",
        text::one_line(&old.readable().prompt, 50)
    );
    Problem::new(
        draft.line,
        message,
        "if that was another note, give this one an id of its own and import both banks again",
    )
    .in_column(Field::Id.name())
}

/// Notes that are new here and stand under another top-level deck already: looked for among the first that are
/// added, for a bank that is imported elsewhere is so from its first row on.
#[derive(Default)]
struct Elsewhere {
    tops: BTreeSet<String>,
    looked_at: u32,
    found: Vec<DeckName>,
    /// Whether a bank brought them that named no deck.
    without_deck: bool,
}

const LOOKED_AT: u32 = 50;

impl Elsewhere {
    fn look(&mut self, tx: &Tx<'_>, draft: &Draft, first_new: NoteId) -> Result<()> {
        if self.looked_at == LOOKED_AT {
            return Ok(());
        }
        self.looked_at += 1;
        for scope in self.tops.iter().map(String::as_str).chain([""]) {
            let Some(guid) = guid_in_scope(draft, scope) else { continue };
            let twin = note::by_guid(tx, &guid)?;
            let twin = twin.filter(|twin| !twin.is_removed && twin.id < first_new);
            if let Some(twin) = twin.filter(|twin| twin.note.content.prompt == draft.content.prompt) {
                self.without_deck |= scope.is_empty();
                self.found.push(twin.note.deck);
                break;
            }
        }
        Ok(())
    }

    fn warning(&self) -> Option<Problem> {
        let deck = self.found.first()?;
        let message = format!(
            "{} of the first {} that were added are in the collection already, in {deck}",
            self.found.len(),
            text::count(self.looked_at, "note")
        );
        Some(Problem::new(
            1,
            message,
            if self.without_deck {
                "they came from a bank without --deck; to have it known again, leave --deck out"
            } else {
                "a bank is known again by its top-level deck: import it with the same --deck as before"
            },
        ))
    }
}
