//! Notes that are new in one deck and stand in another already.

use std::collections::BTreeSet;

use crate::bank::{Draft, Problem, guid_in_scope};
use crate::error::Result;
use crate::model::{DeckName, NoteId};
use crate::store::{Tx, note};
use crate::text;

/// Notes that are new here and stand under another top-level deck already: looked for among the first that are
/// added, for a bank that is imported elsewhere is so from its first row on.
#[derive(Default)]
pub(super) struct Elsewhere {
    tops: BTreeSet<String>,
    looked_at: u32,
    found: Vec<DeckName>,
    /// Whether a bank brought them that named no deck.
    without_deck: bool,
}

const LOOKED_AT: u32 = 50;

impl Elsewhere {
    /// Looks among notes below these top-level decks.
    pub(super) fn among(tops: BTreeSet<String>) -> Self {
        Self { tops, ..Self::default() }
    }

    pub(super) fn look(&mut self, tx: &Tx<'_>, draft: &Draft, first_new: NoteId) -> Result<()> {
        if self.looked_at == LOOKED_AT {
            return Ok(());
        }
        self.looked_at += 1;
        for scope in self.tops.iter().map(String::as_str).chain([""]) {
            let Some(guid) = guid_in_scope(draft, scope) else { continue };
            let twin = note::by_guid(tx, &guid)?;
            let twin = twin.filter(|twin| !twin.is_removed() && twin.id < first_new);
            if let Some(twin) = twin.filter(|twin| twin.note.content.prompt == draft.content.prompt) {
                self.without_deck |= scope.is_empty();
                self.found.push(twin.note.deck);
                break;
            }
        }
        Ok(())
    }

    pub(super) fn warning(&self) -> Option<Problem> {
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
