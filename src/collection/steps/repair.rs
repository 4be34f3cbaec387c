//! Making anew what follows from the notes and the log.

use std::collections::HashMap;
use std::path::Path;

use super::cards::cards;
use super::check::{CheckReport, check};
use crate::error::{Error, Kind, Result};
use crate::model::{CardKey, NoteId, State};
use crate::schedule::replay;
use crate::store::backup::Copy;
use crate::store::card::{self, Card};
use crate::store::{Mended, Tx, log, mend, note};
use crate::text;

/// A sound copy of the collection in a file, made in a folder. A file is refused if what is damaged in it does not follow from
/// the rest; the error does not name it.
pub(in crate::collection) fn sound_copy(from: &Path, folder: &Path) -> Result<(Copy, CheckReport)> {
    let refused = |error: Error| match error.kind {
        Kind::Damaged | Kind::NotACollection => {
            let hint = "nothing was changed; matura --collection FILE check tells more of that file";
            error.hint(hint)
        }
        _ => error,
    };
    let mut copy = Copy::of(from, folder).map_err(refused)?;
    let report = make_sound(&mut copy).map_err(refused)?;
    Ok((copy, report))
}

fn make_sound(copy: &mut Copy) -> Result<CheckReport> {
    let mut report = copy.store.read(check)?;
    if !report.ok {
        copy.store.bulk(true, |tx| mend(tx, false).and_then(|_| follow(tx)))?;
        report = copy.store.read(check)?;
    }
    let Some(problem) = report.problems.first() else { return Ok(report) };
    let problems = text::count(report.problems.len(), "problem");
    Err(Error::new(Kind::Damaged, format!("it is damaged: {problems}, the first: {problem}")))
}

/// All that can be done about damage within a collection; says what was changed. What is to come back from elsewhere is taken
/// out.
pub(in crate::collection) fn repair_all(tx: &Tx<'_>) -> Result<Mended> {
    let mut mended = mend(tx, true)?;
    let told = take_out_unreadable(tx)?;
    mended.extend(Mended { is_lossy: !told.is_empty(), told });
    mended.told.append(&mut follow(tx)?);
    Ok(mended)
}

/// Takes the notes and the rows of the log out that cannot be read, for they keep the rest from being read; says which.
fn take_out_unreadable(tx: &Tx<'_>) -> Result<Vec<String>> {
    let mut taken_out = Vec::new();
    let mut notes = Vec::new();
    note::each_readable(
        tx,
        |_| Ok(()),
        |id, guid, why| {
            taken_out.push(format!(
                "note {guid} could not be read ({why}): it was taken out, its answers were not"
            ));
            notes.push(id);
        },
    )?;
    notes.iter().try_for_each(|id| note::take_out(tx, *id))?;
    let mut rows = Vec::new();
    log::each(
        tx,
        |_, _| {},
        |row| {
            let (n, (guid, slot), why) = (row.n, &row.card, &row.why);
            taken_out.push(format!(
                "row {n} of the log, of note {guid}, card {slot}, could not be read ({why}): it was taken out"
            ));
            rows.push(n);
        },
    )?;
    log::take_out(tx, &rows)?;
    Ok(taken_out)
}

/// Makes cards, schedules and totals anew; says what was otherwise.
fn follow(tx: &Tx<'_>) -> Result<Vec<String>> {
    let mut changed = Vec::new();
    let unreadable = card::delete_unreadable(tx)?;
    if unreadable > 0 {
        let cards = text::count_verb(
            unreadable,
            "card that could not be read was",
            "cards that could not be read were",
        );
        changed.push(format!("{cards} made anew"));
    }
    let mut was: HashMap<NoteId, Vec<Card>> = HashMap::new();
    for card in card::all(tx)? {
        was.entry(card.note).or_default().push(card);
    }
    let mut notes = Vec::new();
    note::each_readable(
        tx,
        |stored| {
            notes.push(stored);
            Ok(())
        },
        |_, _, _| {},
    )?;
    for stored in notes {
        let slots = if stored.is_removed() { Ok(Vec::new()) } else { stored.note.content.slots() };
        // a text that makes no cards is the learner's to mend
        let Ok(slots) = slots else { continue };
        let guid = &stored.note.guid;
        match cards(tx, stored.id, guid, stored.deck_id, &slots, &stored.suspended) {
            Err(error) if error.kind == Kind::Damaged => continue,
            done => done?,
        }
        let was = was.remove(&stored.id).unwrap_or_default();
        let asks = text::one_line(&stored.note.content.readable().prompt, 40);
        for card in card::of_note(tx, stored.id)? {
            let key = CardKey { guid: guid.clone(), slot: card.slot };
            let state = match log::of_card(tx, &key) {
                Err(error) if error.kind == Kind::Damaged => continue,
                rows => replay(&mut rows?).state,
            };
            if state != card.state {
                card::set_state(tx, card.id, state)?;
            }
            let before = was.iter().find(|before| before.id == card.id);
            if before != Some(&Card { state, ..card }) {
                let (before, now) =
                    (before.map_or("missing".to_owned(), |card| words(card.state)), words(state));
                changed.push(format!("card {} ({asks:?}) is {now}; it was {before}", card.id));
            }
        }
        let gone = was.iter().filter(|card| !slots.contains(&card.slot));
        changed.extend(gone.map(|card| format!("card {}, which its note does not make, is gone", card.id)));
    }
    tx.count_anew()?;
    changed.push("the totals beside the decks were counted anew".to_owned());
    Ok(changed)
}

fn words(state: State) -> String {
    match state.due {
        Some(due) => format!("due on {due} (interval {}, ease {})", state.interval, state.ease.get()),
        None => "new".to_owned(),
    }
}
