//! Whether the collection is sound, and making anew what follows from its notes and its log.

use std::collections::HashMap;

use serde::Serialize;

use super::{Collection, steps};
use crate::error::{Kind, Result};
use crate::model::{CardId, CardKey, State};
use crate::schedule::replay;
use crate::store::backup::Reason;
use crate::store::{Tx, card, log, mend, note};
use crate::text;

pub use super::steps::CheckReport;

/// What a repair did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repaired {
    /// What was wrong, a sentence each.
    pub found: Vec<String>,
    /// What was changed, a sentence each.
    pub changed: Vec<String>,
    /// The state from before, as a backup; none if nothing was wrong.
    pub before: Option<String>,
    /// The collection as it is now. What is still wrong cannot be made anew from the rest.
    #[serde(flatten)]
    pub now: CheckReport,
}

impl Collection {
    /// Runs SQLite's own checks, replays every card's log and compares the outcome with what is stored, and
    /// compares cards with their notes and totals with the cards.
    pub fn check(&mut self) -> Result<CheckReport> {
        self.read(|tx, _| steps::check(tx))
    }

    /// Makes cards, schedules, totals, indexes and triggers anew from the notes and the log, after a backup, if something is
    /// wrong with the collection.
    pub fn repair(&mut self) -> Result<Repaired> {
        let found = self.check()?;
        if found.ok {
            return Ok(Repaired { found: Vec::new(), changed: Vec::new(), before: None, now: found });
        }
        let now = self.read(|_, context| Ok(context.now.ms))?;
        let before = self.backups.as_ref().map(|backups| {
            backups.keep(Reason::Repair, now).map(|backup| backups.path(&backup).display().to_string())
        });
        let before = before.transpose()?;
        let changed = self.bulk(true, |tx, _, _| repair(tx))?;
        Ok(Repaired { found: found.problems, changed, before, now: self.check()? })
    }
}

fn repair(tx: &Tx<'_>) -> Result<Vec<String>> {
    let mut changed = mend(tx)?;
    let unreadable = card::delete_unreadable(tx)?;
    if unreadable > 0 {
        changed.push(format!("{} that could not be read was made anew", text::count(unreadable, "card")));
    }
    let was: HashMap<CardId, card::Card> = card::all(tx)?.into_iter().map(|card| (card.id, card)).collect();
    let mut notes = Vec::new();
    note::each_readable(
        tx,
        |stored| {
            notes.push(stored);
            Ok(())
        },
        |_, _| {},
    )?;
    for stored in notes {
        let slots = if stored.is_removed() { Ok(Vec::new()) } else { stored.note.content.slots() };
        // a text that makes no cards is the learner's to mend
        let Ok(slots) = slots else { continue };
        let guid = &stored.note.guid;
        match steps::cards(tx, stored.id, guid, stored.deck_id, &slots, &stored.suspended) {
            Err(error) if error.kind == Kind::Damaged => continue,
            done => done?,
        }
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
            let before = was.get(&card.id);
            let is_same = before.is_some_and(|before| *before == card::Card { state, ..card });
            if !is_same {
                let (before, now) =
                    (before.map_or("missing".to_owned(), |card| words(card.state)), words(state));
                changed.push(format!("card {} ({asks:?}) is {now}; it was {before}", card.id));
            }
        }
        let slots_gone = was.values().filter(|card| card.note == stored.id && !slots.contains(&card.slot));
        changed.extend(
            slots_gone.map(|card| format!("card {}, which its note does not make, is gone", card.id)),
        );
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
