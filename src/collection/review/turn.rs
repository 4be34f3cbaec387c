//! A card as a session asks it.

use super::pool::pair;
use crate::collection::{Context, steps};
use crate::error::{Kind, Result};
use crate::model::{CardId, CardKey};
use crate::schedule::{preview, replay};
use crate::store::card::{self, Card};
use crate::store::{Tx, log};
use crate::study::{CardDay, Left, Question, Stage, Turn, Way, paired, so_far};

/// The card as it is asked, and the time; `table` are the cards that are matched with it. None if it is not to be asked any more.
pub(super) fn turn(
    tx: &Tx<'_>,
    context: Context,
    way: Way,
    (id, stage): (CardId, Stage),
    left: Left,
    table: &[CardId],
) -> Result<Option<(Turn, i64)>> {
    let (card, key, stored) = match steps::find(tx, id) {
        Ok(found) => found,
        Err(error) if error.kind == Kind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let is_done = match stage {
        Stage::Drill => is_passed(tx, &key, context)?,
        Stage::Due | Stage::New | Stage::Shown => is_answered(tx, &card, &key, context)?,
        Stage::Practice | Stage::Cram | Stage::Match | Stage::Test => false,
    };
    let day = context.now.day;
    // the other cards of a note wait with the one that is buried
    let is_buried = match stage {
        Stage::Drill | Stage::Practice | Stage::Cram | Stage::Match | Stage::Test => {
            steps::is_buried(&stored, card.slot, day)
        }
        Stage::Due | Stage::New | Stage::Shown => stored.buried.as_ref().is_some_and(|(on, _)| *on == day),
    };
    if card.suspended || is_buried || is_done {
        return Ok(None);
    }
    let seed = context.now.ms.unsigned_abs() ^ id.unsigned_abs().rotate_left(40);
    let note = &stored.note;
    let question = match way {
        Way::Review | Way::Learn => Question::new(&note.content, card.slot, seed)?,
        Way::Practice(practice) => {
            let question = Question::practised(&note.content, card.slot, seed, practice)?;
            if practice.pairs {
                let back = |other: &CardId| Ok((pair(tx, *other, practice)?.1, *other == id));
                paired(question, table.iter().map(back).collect::<Result<_>>()?)
            } else {
                question
            }
        }
    };
    let preview = if stage.is_scheduled() { preview(card.state, day) } else { [card.state; 6] };
    let turn = Turn {
        card: id,
        deck: stored.note.deck,
        stage,
        question,
        preview,
        left,
        // matching goes on until the pair is found
        attempts: if stage == Stage::Match { u8::MAX } else { context.settings.attempts },
        grading: context.settings.grading,
        marked: stored.note.marked,
        seconds: None,
    };
    Ok(Some((turn, context.now.ms)))
}

/// Whether a card of the note had its answer of the day.
fn is_answered(tx: &Tx<'_>, card: &Card, key: &CardKey, context: Context) -> Result<bool> {
    for sibling in card::of_note(tx, card.note)?.iter().filter(|sibling| !sibling.state.is_new()) {
        let key = CardKey { slot: sibling.slot, ..key.clone() };
        if log::has_row_on(tx, &key, context.now.day)?
            && replay(&mut log::of_card(tx, &key)?).is_taken(context.now.day)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the card had its answer of the day and needs no repeat any more.
fn is_passed(tx: &Tx<'_>, key: &CardKey, context: Context) -> Result<bool> {
    let day = context.now.day;
    let so_far = so_far([(key.clone(), CardDay::of_rows(&mut log::of_card(tx, key)?, day))], day);
    Ok(!so_far.answered.is_empty() && so_far.drills.is_empty())
}
