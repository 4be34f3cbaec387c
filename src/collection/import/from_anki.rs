//! Notes that Anki states: which of them it had first, and what it said of the others before.

use std::collections::{HashMap, HashSet};

use crate::anki;
use crate::bank::native::content_cells;
use crate::bank::{Base, Draft, Went, digest_of};
use crate::error::Result;
use crate::model::{BankId, DeckId, DeckName};
use crate::store::{Tx, bank, deck, note};

/// What is known of Anki's notes while one bank comes in.
pub(super) struct FromAnki {
    /// The format of the bank, if Anki writes it.
    format: Option<&'static str>,
    /// Whether there were notes before.
    has_notes: bool,
    /// Banks whose notes Anki had before this collection, and those of them that are packages.
    banks: Vec<BankId>,
    packages: Vec<BankId>,
    /// Where notes stand whose deck was renamed, by the name that their bank states, if all stand in one.
    homes: Option<HashMap<DeckName, Option<DeckId>>>,
    /// Notes of a text file that came in a package before.
    pub(super) packed: u64,
}

impl FromAnki {
    pub(super) fn begin(tx: &Tx<'_>, format: &'static str, has_notes: bool) -> Result<Self> {
        Ok(Self {
            format: Some(format).filter(|format| anki::FORMATS.contains(format)),
            has_notes,
            banks: bank::in_formats(tx, &anki::FORMATS)?,
            packages: bank::in_formats(tx, &[anki::PACKAGE])?,
            homes: None,
            packed: 0,
        })
    }

    /// Whether Anki writes the bank.
    pub(super) const fn writes_it(&self) -> bool {
        self.format.is_some()
    }

    /// Whether a draft is a later version of what the note's bank said. Of a note that went to Anki from here it is not.
    pub(super) fn is_banks(&self, stored: &note::Stored, draft: &Draft) -> bool {
        let is_from_anki = stored.from_bank.is_some_and(|from| self.banks.contains(&from));
        draft.base == Base::Kept && (is_from_anki || self.format.is_none())
    }

    /// Where notes stand for which Anki states this deck, if it was renamed here.
    pub(super) fn home(&mut self, tx: &Tx<'_>, name: &DeckName) -> Result<Option<DeckId>> {
        if self.format.is_none() || !self.has_notes {
            return Ok(None);
        }
        if self.homes.is_none() {
            self.homes = Some(homes(tx)?);
        }
        Ok(self.homes.as_ref().and_then(|homes| homes.get(name).copied().flatten()))
    }

    /// Whether a draft of a text file is of a note that came in a package, with more than a text file holds.
    pub(super) fn came_packed(&mut self, stored: &note::Stored, draft: &Draft) -> bool {
        let is_text = self.format.is_some_and(|format| format != anki::PACKAGE);
        let is_packed = stored.from_bank.is_some_and(|from| self.packages.contains(&from));
        let is_so = is_text && is_packed && draft.base == Base::Kept && stored.bank_deck.is_some();
        self.packed += u64::from(is_so);
        is_so
    }

    /// What Anki says of a note that went there from here, which is nothing if it said the same before.
    pub(super) fn said_before(&self, tx: &Tx<'_>, stored: &note::Stored, draft: Draft) -> Result<Draft> {
        let is_new = match &draft.base {
            _ if self.format.is_none() || self.is_banks(stored, &draft) => false,
            Base::Nothing => false,
            Base::Kept => true,
            Base::Went(went) => {
                went.content.is_some() || went.deck != draft.deck || Some(went.marked) != draft.marked
            }
        };
        if !is_new {
            return Ok(draft);
        }
        let said = content_cells(&draft.content).to_json()?;
        let deck = draft.deck.as_ref().map(DeckName::as_str).unwrap_or_default();
        let digest = digest_of(&format!("{said}\u{1f}{deck}\u{1f}{:?}", draft.marked));
        if note::said_there(tx, stored.id)?.as_ref() == Some(&digest) {
            let (deck, marked) = (draft.deck.clone(), draft.marked == Some(true));
            let went = Went { content: None, altered: Vec::new(), deck, marked };
            return Ok(Draft { base: Base::Went(went), ..draft });
        }
        note::set_said_there(tx, stored.id, &digest)?;
        Ok(draft)
    }
}

/// Where notes stand whose deck is no longer there, by the name that their bank states; none where they stand apart.
fn homes(tx: &Tx<'_>) -> Result<HashMap<DeckName, Option<DeckId>>> {
    let there: HashSet<String> = deck::all(tx)?.into_iter().map(|deck| deck.name.folded()).collect();
    let mut homes = HashMap::new();
    for (stated, home) in note::homes(tx)? {
        if !there.contains(&stated.folded()) {
            let known = homes.entry(stated).or_insert(Some(home));
            *known = known.filter(|known| *known == home);
        }
    }
    Ok(homes)
}
