//! Import of banks: all files or none.

use std::collections::{BTreeSet, HashMap};

use super::banks::{Bank, Banks, ImportReport, RejectedRows};
use super::plan::{Change, SAMPLES, Sample, differences};
use super::{Collection, Context, steps};
use crate::bank::{Draft, Problem, guid_in_scope};
use crate::error::{Error, Kind, Result};
use crate::model::{Content, DeckId, DeckName, Field, Note};
use crate::store::{Tx, deck, note};
use crate::text;

impl Collection {
    /// Imports banks. If one has a problem nothing is imported, and the report says what to mend.
    ///
    /// With `skip_bad_rows` the good rows are imported and the others handed back.
    pub fn import(&mut self, mut banks: Banks) -> Result<(ImportReport, Vec<RejectedRows>)> {
        // The counts of a bank with a problem are what they would be without the bad rows.
        let done = if banks.options.dry_run || !banks.are_sound() {
            self.rehearse(|tx, context| store_all(tx, context, &mut banks))
        } else {
            self.write(|tx, context| store_all(tx, context, &mut banks))
        };
        done.or_else(|error| if error.kind == Kind::Reported { Ok(()) } else { Err(error) })?;
        let imported = !banks.options.dry_run && banks.are_sound();
        let left_out = if imported { banks.rejected_rows()? } else { Vec::new() };
        let files = banks.banks.into_iter().map(|bank| bank.report).collect();
        Ok((ImportReport { imported, files }, left_out))
    }
}

fn store_all(tx: &Tx<'_>, context: Context, banks: &mut Banks) -> Result<()> {
    let dry_run = banks.options.dry_run;
    banks.banks.iter_mut().try_for_each(|bank| store(tx, context, bank, dry_run))?;
    if banks.are_sound() { Ok(()) } else { Err(Error::new(Kind::Reported, "there are problems")) }
}

fn store(tx: &Tx<'_>, context: Context, bank: &mut Bank, dry_run: bool) -> Result<()> {
    let tops: BTreeSet<String> = deck::all(tx)?.iter().map(|deck| deck.name.top().to_owned()).collect();
    let mut decks = Decks::default();
    let mut elsewhere = Elsewhere::default();
    for (guid, draft) in std::mem::take(&mut bank.notes) {
        let slots = draft.content.slots().map_err(|invalid| Error::new(Kind::Input, invalid.message))?;
        if dry_run
            && bank.report.samples.len() < SAMPLES
            && let Some(slot) = slots.first()
        {
            bank.report.samples.push(Sample::of(draft.line, &draft.content, *slot)?);
        }
        let Some(stored) = note::by_guid(tx, &guid)? else {
            elsewhere.look(tx, &draft, &tops)?;
            let name = draft.deck.clone().unwrap_or_else(|| bank.fallback.clone());
            let deck = decks.id(tx, &name)?;
            let bank_deck = bank_deck(&draft).cloned();
            let note = Note { guid, bank_id: draft.id, deck: name, content: draft.content };
            let id = note::insert(tx, &note, deck, bank_deck.as_ref(), context.now)?;
            steps::cards(tx, id, &note.guid, deck, &slots, &[])?;
            bank.report.added += 1;
            continue;
        };
        let edited = stored.note.content != draft.content;
        if edited
            && draft.id.is_some()
            && draft.guid.is_none()
            && is_another(&stored.note.content, &draft.content)
        {
            // Banks without a deck share one scope: two of them that count 1, 2, 3 are not one.
            if draft.deck.is_none() && bank.fallback != stored.note.deck {
                bank.reject(&draft, overwrites(&draft, &stored.note));
                continue;
            }
            bank.report.warnings.push(replaced(&draft, &stored.note.content));
        }
        let moved_to = moved_to(&draft, &stored).map(|name| decks.id(tx, name)).transpose()?;
        let deck = moved_to.unwrap_or(stored.deck_id);
        if edited {
            note::edit(tx, stored.id, &draft.content, context.now)?;
        }
        if deck != stored.deck_id {
            note::place(tx, stored.id, deck, &stored.suspended, context.now)?;
        }
        remember_bank(tx, &draft, &stored)?;
        if edited || deck != stored.deck_id {
            steps::cards(tx, stored.id, &guid, deck, &slots, &stored.suspended)?;
            bank.report.updated += 1;
            if dry_run {
                let mut fields = differences(&stored.note.content, &draft.content);
                fields.extend((deck != stored.deck_id).then_some(Field::Deck.name()));
                let prompt = text::one_line(&draft.content.prompt, 60);
                bank.report.changes.push(Change { line: draft.line, prompt, fields });
            }
        } else {
            bank.report.unchanged += 1;
        }
    }
    bank.report.warnings.extend(elsewhere.warning());
    Ok(())
}

/// The deck to which an import moves a note that is there. A bank moves it when its own deck changed; a row with a
/// guid is matura's own export and says where the note stands. (A note that came from an export has no bank deck yet.)
fn moved_to<'d>(draft: &'d Draft, stored: &note::Stored) -> Option<&'d DeckName> {
    let before = if draft.guid.is_some() { Some(&stored.note.deck) } else { stored.bank_deck.as_ref() };
    draft.deck.as_ref().filter(|deck| before.is_some_and(|before| before.folded() != deck.folded()))
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

/// Whether a note asks something else than before: then an id that was used twice is likelier than a new wording.
fn is_another(old: &Content, new: &Content) -> bool {
    if old.prompt == new.prompt {
        return false;
    }
    let start =
        |content: &Content| text::fold(&content.readable().prompt).chars().take(COMPARED).collect::<String>();
    let likeness = strsim::normalized_damerau_levenshtein(&start(old), &start(new));
    likeness < 0.6 || (likeness < 0.85 && old.body != new.body)
}

/// Characters of two prompts that are compared.
const COMPARED: usize = 200;

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
    looked_at: u32,
    found: Vec<DeckName>,
}

const LOOKED_AT: u32 = 50;

impl Elsewhere {
    fn look(&mut self, tx: &Tx<'_>, draft: &Draft, tops: &BTreeSet<String>) -> Result<()> {
        if self.looked_at == LOOKED_AT {
            return Ok(());
        }
        self.looked_at += 1;
        for scope in tops.iter().map(String::as_str).chain([""]) {
            let Some(guid) = guid_in_scope(draft, scope) else { continue };
            let twin = note::by_guid(tx, &guid)?;
            if let Some(twin) = twin.filter(|twin| twin.note.content.prompt == draft.content.prompt) {
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
            "a bank is known again by its top-level deck: import it with the same --deck as before",
        ))
    }
}
