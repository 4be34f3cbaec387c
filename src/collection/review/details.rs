//! What a session can tell beside its questions.

use crate::collection::{Context, steps};
use crate::error::Result;
use crate::model::{CardId, Entry};
use crate::schedule::{not_retracted, replay};
use crate::store::{Tx, log};
use crate::study::{Details, Outlook, Past};

/// What is known of a card.
pub(super) fn details(tx: &Tx<'_>, id: CardId) -> Result<Details> {
    let (card, key, stored) = steps::find(tx, id)?;
    let mut rows = log::of_card(tx, &key)?;
    // in the order of replay
    let state = replay(&mut rows).state;
    let past = |row: &crate::model::Row| match &row.entry {
        Entry::Answered(event, answer) => Some(Past { day: row.day, event: *event, answer: answer.clone() }),
        Entry::Set(..) | Entry::Retract(_) => None,
    };
    let mut history: Vec<Past> = not_retracted(&rows).filter_map(past).collect();
    history.reverse();
    let tags = stored.note.tags();
    let content = stored.note.content;
    Ok(Details {
        card: card.id,
        note: key.guid,
        slot: card.slot,
        kind: content.kind(),
        deck: stored.note.deck,
        tags,
        difficulty: content.difficulty,
        level: content.level,
        source: content.source,
        state,
        history,
    })
}

/// What comes after today.
pub(super) fn outlook(tx: &Tx<'_>, context: Context) -> Result<Outlook> {
    let today = context.now.day;
    let (due_tomorrow, new_tomorrow) = steps::tomorrow(tx, context)?;
    let mut streak = 0;
    let mut day = if log::has_answer_on(tx, today)? { today } else { today.minus(1) };
    while log::has_answer_on(tx, day)? {
        streak += 1;
        day = day.minus(1);
    }
    Ok(Outlook { due_tomorrow, new_tomorrow, streak })
}
