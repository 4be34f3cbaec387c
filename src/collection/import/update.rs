//! What a bank that states a note again makes of it, where the learner has edited it too.

use std::borrow::Cow;

use crate::bank::native::{Cells, Merged, compose, content_cells, merge};
use crate::bank::{Draft, Problem};
use crate::error::Result;
use crate::model::{Content, Field};
use crate::store::note::Stored;
use crate::text;

/// What becomes of a note.
pub(super) struct Update<'c> {
    /// What the bank said of it before.
    pub(super) before: Cow<'c, Content>,
    /// What it says from now on.
    pub(super) content: Cow<'c, Content>,
    /// What the bank says, if that is something else.
    pub(super) bank_says: Option<String>,
    /// Fields of which the learner's text gave way to the bank's.
    lost: Vec<(Field, String)>,
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
        };
        let base = stored.bank_says.as_deref().and_then(Cells::from_json);
        let Some((base, before)) =
            base.and_then(|base| compose(&base).ok().map(|(draft, _)| (base, draft.content)))
        else {
            return Ok(whole(Cow::Borrowed(own), None, Vec::new()));
        };
        let bank = content_cells(&draft.content);
        if draft.guid.is_some() {
            let says = stored.bank_says.clone().filter(|_| bank != base);
            return Ok(whole(Cow::Borrowed(own), says, Vec::new()));
        }
        let learner = content_cells(own);
        let Merged { cells, lost } = merge(&base, &learner, &bank);
        match compose(&cells) {
            Ok((joined, _)) => {
                let bank_says = (joined.content != draft.content).then(|| bank.to_json()).transpose()?;
                Ok(Self { before: Cow::Owned(before), content: Cow::Owned(joined.content), bank_says, lost })
            }
            // they do not go together, as options of the one and the answer of the other do not
            Err(_) => Ok(whole(Cow::Owned(before), None, base.changes(&learner))),
        }
    }

    /// What the learner has to know of it.
    pub(super) fn warnings(&self, line: u64) -> impl Iterator<Item = Problem> {
        self.lost.iter().map(move |(field, text)| {
            let text = text::one_line(text, 60);
            let message =
                format!("the bank and you both changed it; the bank's text holds, yours was {text:?}");
            Problem::new(line, message, "matura edit puts yours back").in_column(field.name())
        })
    }
}
