//! What a bank that states a note again makes of it, where the learner has edited it too.

use std::borrow::Cow;

use crate::bank::native::{Cells, Merged, compose, content_cells, merge};
use crate::bank::{Draft, Problem};
use crate::error::Result;
use crate::model::{Body, Content, Field};
use crate::store::note::Stored;

/// What becomes of a note.
pub(super) struct Update<'c> {
    /// What the bank said of it before.
    pub(super) before: Cow<'c, Content>,
    /// What it says from now on.
    pub(super) content: Cow<'c, Content>,
    /// What the bank says, if that is something else.
    pub(super) bank_says: Option<String>,
    /// Fields of which the learner's text gave way to the bank's.
    lost: Vec<Field>,
    /// What the note said.
    own: &'c Content,
}

impl<'c> Update<'c> {
    /// What a draft makes of a note. A row with a guid is matura's own export: all that it says is meant.
    pub(super) fn of(stored: &'c Stored, draft: &'c Draft) -> Result<Self> {
        let own = &stored.note.content;
        let whole = |before, bank_says, lost| Self {
            before,
            content: Cow::Borrowed(&draft.content),
            bank_says,
            lost,
            own,
        };
        let Some(base) = stored.bank_says.as_deref().and_then(Cells::from_json) else {
            return Ok(whole(Cow::Borrowed(own), None, Vec::new()));
        };
        let bank = content_cells(&draft.content);
        if draft.guid.is_some() {
            let says = stored.bank_says.clone().filter(|_| bank != base);
            return Ok(whole(Cow::Borrowed(own), says, Vec::new()));
        }
        // of a note that was written by hand no bank has said anything yet
        let before = compose(&base).map_or(Cow::Borrowed(own), |(draft, _)| Cow::Owned(draft.content));
        let learner = content_cells(own);
        let Merged { cells, lost } = merge(&base, &learner, &bank);
        if let Ok((joined, _)) = compose(&cells) {
            let bank_says = (joined.content != draft.content).then(|| bank.to_json()).transpose()?;
            return Ok(Self { before, content: Cow::Owned(joined.content), bank_says, lost, own });
        }
        // they do not go together, as gaps of the one and answers of the other do not
        let changed = base.changes(&learner).into_iter().map(|(field, _)| field);
        let lost = changed.filter(|field| learner.get(*field) != bank.get(*field)).collect();
        Ok(whole(before, None, lost))
    }

    /// What the learner has to know of it, with all that is lost.
    pub(super) fn warnings(&self, line: u64) -> impl Iterator<Item = Problem> {
        let own = content_cells(self.own);
        self.lost.iter().map(move |field| {
            let text = match (&self.own.body, field) {
                (Body::Choice(choice), Field::Answer) => {
                    choice.right_options().collect::<Vec<_>>().join(" | ")
                }
                _ => own.get(*field).to_owned(),
            };
            let message =
                format!("the bank and you both changed it; the bank's text holds, yours was {text:?}");
            Problem::new(line, message, "matura edit puts yours back").in_column(field.name())
        })
    }
}
