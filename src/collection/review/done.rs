//! What was done in a session, in order: the last of it is taken back first.

use super::tally::Record;
use crate::collection::{Context, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{Act, CardId, OperationId};
use crate::store::{Tx, operation};
use crate::study::{PutAway, Stage};

/// Something that was done and stands.
#[derive(Debug, Clone, Copy)]
enum Step {
    Answered(Record),
    PutAway(Gone),
}

/// A card that was put away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gone {
    pub(super) card: CardId,
    /// What it was asked for; none if that was behind its answer.
    pub(super) stage: Option<Stage>,
    pub(super) how: PutAway,
    /// The operation that it was.
    pub(super) operation: OperationId,
}

/// What was done and stands.
#[derive(Debug, Default)]
pub(super) struct Done(Vec<Step>);

impl Done {
    /// The answers.
    pub(super) fn answers(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.0.iter().filter_map(|step| match step {
            Step::Answered(record) => Some(record),
            Step::PutAway(_) => None,
        })
    }

    pub(super) fn last_answer_mut(&mut self) -> Option<&mut Record> {
        self.0.iter_mut().rev().find_map(|step| match step {
            Step::Answered(record) => Some(record),
            Step::PutAway(_) => None,
        })
    }

    pub(super) fn answered(&mut self, record: Record) {
        self.0.push(Step::Answered(record));
    }

    /// Forgets the last answer, which was taken back.
    pub(super) fn forget_answer(&mut self) {
        if let Some(place) = self.0.iter().rposition(|step| matches!(step, Step::Answered(_))) {
            self.0.remove(place);
        }
    }

    pub(super) fn put_away(&mut self, gone: Gone) {
        self.0.push(Step::PutAway(gone));
    }

    /// The card that was put away last, if nothing was answered since.
    pub(super) fn last_put_away(&self) -> Option<Gone> {
        match self.0.last() {
            Some(Step::PutAway(gone)) => Some(*gone),
            Some(Step::Answered(_)) | None => None,
        }
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    /// Whether a card was put away.
    pub(super) fn is_away(&self, card: CardId) -> bool {
        self.0.iter().any(|step| matches!(step, Step::PutAway(gone) if gone.card == card))
    }
}

/// Puts a card away; gives the number of the operation if that changed anything.
pub(super) fn put_away(
    tx: &Tx<'_>,
    context: Context,
    card: CardId,
    how: PutAway,
) -> Result<Option<OperationId>> {
    let act = match how {
        PutAway::Suspended => Act::Suspend,
        PutAway::Buried => Act::Bury,
    };
    Ok(steps::operate(tx, context, act, || set(tx, context, card, how, true))?.1)
}

/// Has a card asked again that was put away, and gives what it asks; none if it is not put away any more.
pub(super) fn take_out(tx: &Tx<'_>, context: Context, gone: Gone) -> Result<Option<String>> {
    let prompt = match steps::find(tx, gone.card) {
        Ok((_, _, stored)) => stored.note.content.readable().prompt.clone(),
        Err(Error { kind: Kind::NotFound, .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let is_changed = set(tx, context, gone.card, gone.how, false)?;
    operation::set_undone(tx, gone.operation, context.now)?;
    Ok(is_changed.then_some(prompt))
}

fn set(tx: &Tx<'_>, context: Context, card: CardId, how: PutAway, is_away: bool) -> Result<bool> {
    match how {
        PutAway::Suspended => steps::suspend(tx, context.now, card, is_away),
        PutAway::Buried => steps::bury(tx, context, card, is_away),
    }
}
