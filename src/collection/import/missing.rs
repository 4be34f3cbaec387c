//! What a later version of a bank no longer holds: told, removed on demand, and known again when it was reworded.

use super::arrived::Counted;
use super::banks::Bank;
use super::incoming::Whole;
use super::options::ImportOptions;
use super::plan::{Missing, Reworded};
use super::update::Update;
use crate::bank::{Draft, Pair, Problem, rewordings};
use crate::collection::steps;
use crate::error::Result;
use crate::files::STDIO;
use crate::model::{BankId, Body, Content, NoteId};
use crate::store::note::{By, RemovedBy};
use crate::store::{bank, deck, note, reworded};
use crate::text;

/// Looks at what the bank lacks when all of it is there.
pub(super) fn settle(whole: &Whole<'_, '_>, options: &ImportOptions, bank: &mut Bank) -> Result<()> {
    let Some(lineage) = lineage(whole, options, bank)? else { return Ok(()) };
    let tx = whole.tx;
    gather(whole, bank)?;
    if whole.arrived.standing(lineage) == Some(bank::size(tx, lineage)?) {
        return Ok(());
    }
    let gone = bank::notes(tx, lineage)?.into_iter().filter(|id| !whole.holds(*id)).collect::<Vec<_>>();
    if gone.is_empty() {
        return Ok(());
    }
    let mut gone = stored(whole, &gone)?;
    gone.retain(|stored| !bank.left.contains(&stored.note.guid));
    if options.match_reworded != Some(false) {
        let new = stored(whole, &whole.fresh(lineage, &gone)?)?;
        let texts = |notes: &[note::Stored]| -> Vec<Content> {
            notes.iter().map(|stored| stored.note.content.clone()).collect()
        };
        let takes = options.match_reworded == Some(true);
        let mut matched = Vec::new();
        for pair in rewordings(&texts(&gone), &texts(&new)) {
            let (Some(old), Some(new)) = (gone.get(pair.old), new.get(pair.new)) else { continue };
            bank.report.reworded.push(told(whole, pair, old, new, takes));
            if takes {
                take_over(whole, old, new, bank)?;
            }
            matched.push(old.id);
        }
        gone.retain(|stored| !matched.contains(&stored.id));
    }
    if gone.is_empty() {
        return Ok(());
    }
    let removes = options.prune && bank.report.rejected == 0;
    for stored in &gone {
        bank.report.missing.push(Missing::of(&stored.note));
        if removes {
            steps::cards(tx, stored.id, &stored.note.guid, stored.deck_id, &[], &[])?;
            note::set_removed(tx, stored.id, Some(RemovedBy::Bank), whole.context.now)?;
            bank.report.removed += 1;
        }
    }
    if options.prune && !removes {
        bank.report.warnings.push(Problem::new(
            1,
            "nothing was removed: a row that could not be read may be one of the notes that seem to be missing",
            "mend the rows and import again with --prune",
        ));
    }
    Ok(())
}

impl Whole<'_, '_> {
    /// Whether the bank states a note.
    fn holds(&self, note: NoteId) -> bool {
        self.arrived.has_seen(note) || self.arrived.line_of(note).is_some()
    }

    /// Notes that the bank states and that may be one of those in new words.
    fn fresh(&self, lineage: BankId, gone: &[note::Stored]) -> Result<Vec<NoteId>> {
        let since = gone.iter().map(|stored| (stored.created_at, stored.id)).max();
        let since = since.unwrap_or((i64::MAX, NoteId::MAX));
        let mut fresh = bank::unanswered(self.tx, lineage, since, self.arrived.first_new)?;
        fresh.retain(|note| self.holds(*note));
        Ok(fresh)
    }
}

/// Puts new notes for which nobody named a deck where the notes of the earlier version stand, if that is one deck.
fn gather(whole: &Whole<'_, '_>, bank: &mut Bank) -> Result<()> {
    let (tx, arrived) = (whole.tx, &whole.arrived);
    let mut decks = arrived.homes.iter();
    let (Some(home), None) = (decks.next(), decks.next()) else { return Ok(()) };
    let mut moved = 0;
    for (id, _) in (arrived.first_new..).zip(&arrived.lines) {
        let Some(stored) = note::get(tx, id)? else { continue };
        if stored.bank_deck.is_some() || stored.deck_id == *home {
            continue;
        }
        let slots = steps::slots(&stored.note.content)?;
        note::place(tx, id, *home, &stored.suspended, By::Bank, whole.context.now)?;
        steps::cards(tx, id, &stored.note.guid, *home, &slots, &stored.suspended)?;
        moved += 1;
    }
    if moved > 0 {
        let name = deck::all(tx)?.into_iter().find(|deck| deck.id == *home).map(|deck| deck.name.to_string());
        let message = format!(
            "{} in {}, where those of the earlier version are",
            text::count_verb(moved, "new note stands", "new notes stand"),
            name.unwrap_or_default()
        );
        bank.report.warnings.push(Problem::new(1, message, "say --deck if they belong elsewhere"));
        deck::remove_if_empty(tx, &bank.fallback)?;
    }
    Ok(())
}

/// The bank that this one is a later version of, with its notes made the same bank's: one that brought notes of
/// which this one states at least half, or a tenth if the files have the same name.
fn lineage(whole: &Whole<'_, '_>, options: &ImportOptions, bank: &mut Bank) -> Result<Option<BankId>> {
    let (tx, arrived) = (whole.tx, &whole.arrived);
    let name = bank.name();
    let mut earlier: Vec<(BankId, u64)> = arrived.from.iter().map(|(bank, seen)| (*bank, *seen)).collect();
    earlier.sort_unstable_by_key(|(bank, seen)| (std::cmp::Reverse(*seen), *bank));
    let mut lineage = None;
    for (id, seen) in earlier {
        let known = bank::name(tx, id)?.unwrap_or_default();
        let size = bank::size(tx, id)?;
        let enough = if known == name && name != STDIO { 10 } else { 2 };
        if seen * enough < size {
            if options.prune {
                bank.report.warnings.push(another(seen, size, &known));
            }
            continue;
        }
        match lineage {
            None => lineage = Some(id),
            Some(first) => bank::absorb(tx, id, first)?,
        }
    }
    let lineage = match (lineage, arrived.bank) {
        (Some(earlier), Some(new)) => {
            bank::absorb(tx, new, earlier)?;
            Some(earlier)
        }
        (None, None) if !arrived.strays.is_empty() => Some(bank::add(tx, &name, bank.report.format)?),
        (earlier, new) => earlier.or(new),
    };
    if let Some(lineage) = lineage {
        bank::rename(tx, lineage, &name)?;
        arrived.strays.iter().try_for_each(|note| bank::set_of_note(tx, *note, lineage))?;
    }
    Ok(lineage)
}

fn another(seen: u64, size: u64, known: &str) -> Problem {
    let message = format!(
        "it holds {seen} of the {} that {known} brought, too few to be a later version of it; of these nothing is removed",
        text::count(size, "note")
    );
    Problem::new(1, message, format!("if it is one, name the file {known} and import it again"))
}

fn stored(whole: &Whole<'_, '_>, notes: &[NoteId]) -> Result<Vec<note::Stored>> {
    notes.iter().filter_map(|id| note::get(whole.tx, *id).transpose()).collect()
}

fn told(whole: &Whole<'_, '_>, pair: Pair, old: &note::Stored, new: &note::Stored, taken: bool) -> Reworded {
    let (before, now) = (old.note.content.readable(), new.note.content.readable());
    Reworded {
        line: whole.arrived.line_of(new.id),
        note: old.note.guid.to_string(),
        before: unlike(&before, &now),
        now: unlike(&now, &before),
        likeness: (pair.likeness * 100.0).round() / 100.0,
        taken,
    }
}

/// What a note asks, and where that does not tell it from the other the options that only it has.
fn unlike(content: &Content, other: &Content) -> String {
    let prompt = text::one_line(&content.prompt, 100);
    let (Body::Choice(choice), Body::Choice(others)) = (&content.body, &other.body) else { return prompt };
    let own = choice.options.iter().filter(|option| !others.options.contains(option));
    let own: Vec<String> = own.map(|option| text::one_line(option, 40)).collect();
    if content.prompt != other.prompt || own.is_empty() {
        return prompt;
    }
    format!("{prompt} ({})", own.join(" | "))
}

/// Gives an older note the words of a new one, which goes; from now on the bank finds the older one under its guid.
fn take_over(whole: &Whole<'_, '_>, old: &note::Stored, new: &note::Stored, bank: &mut Bank) -> Result<()> {
    let (tx, now) = (whole.tx, whole.context.now);
    let draft = Draft::new(whole.arrived.line_of(new.id).unwrap_or(1), new.note.content.clone(), 0..0);
    let update = Update::of(old, &draft, true)?;
    bank.report.warnings.extend(update.warnings(draft.line));
    let slots = steps::slots(&update.content)?;
    steps::cards(tx, new.id, &new.note.guid, new.deck_id, &[], &[])?;
    if whole.arrived.line_of(new.id).is_some() {
        note::take_back(tx, new.id)?;
    } else {
        note::set_removed(tx, new.id, Some(RemovedBy::Bank), now)?;
    }
    let report = &mut bank.report;
    match whole.arrived.counted(new.id) {
        Counted::Added => report.added -= 1,
        Counted::Updated => report.updated -= 1,
        Counted::Unchanged => report.unchanged -= 1,
    }
    report.updated += 1;
    reworded::add(tx, &new.note.guid, old.id)?;
    note::edit(tx, old.id, &update.content, By::Bank, now)?;
    note::set_bank_says(tx, old.id, update.bank_says.as_deref())?;
    let moved = new.bank_deck.is_some() && new.bank_deck != old.bank_deck;
    let deck = if moved { new.deck_id } else { old.deck_id };
    if moved {
        note::place(tx, old.id, deck, &old.suspended, By::Bank, now)?;
        note::set_bank(tx, old.id, old.note.bank_id.as_deref(), new.bank_deck.as_ref())?;
    }
    steps::cards(tx, old.id, &old.note.guid, deck, &slots, &old.suspended)
}
