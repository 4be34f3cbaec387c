//! What moves which time of a note.

use super::*;
use crate::model::Moment;
use crate::store::{Store, deck};

/// A note, and the times of its last edit and of its last change of place.
fn times(tx: &Tx<'_>) -> Result<(i64, i64)> {
    let times =
        tx.first("SELECT edited_at, placed_at FROM note", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(times.unwrap())
}

#[test]
fn a_mark_is_a_change_of_place_and_no_edit_and_burying_is_neither() {
    let mut store = Store::in_memory().unwrap();
    let guid = Guid::new("g");
    let day = Day::new(20_000);
    let at = |ms| Moment { ms, day };
    let body = Body::Fact(Fact { answer: "a".into(), accept: Vec::new(), reversed: false, typed: false });
    let content = Content { tags: Tags::parse("x"), ..Content::new("q", body) };
    let run = store.write(|tx| {
        let deck = deck::ensure(tx, &DeckName::parse("D").unwrap())?;
        let arrival =
            Arrival { guid: &guid, content: &content, deck, bank_id: None, bank_deck: None, marked: false };
        insert(tx, 1, &[arrival], None, at(1))?;
        bury(tx, 1, day, &[Slot::Front])?;
        assert_eq!(times(tx)?, (1, 1));
        assert_eq!(buried_on(tx, day)?, [(1, vec![Slot::Front])]);
        assert_eq!(buried_on(tx, day.plus(1))?, []);
        mark(tx, 1, true, at(2))?;
        assert_eq!(times(tx)?, (1, 2));
        let leeches = [Leech { slot: Slot::Front, lapses: 8, was_suspended: false }];
        place(tx, 1, deck, &[Slot::Front], By::Learner, at(3))?;
        set_leeches(tx, 1, &leeches)?;
        assert_eq!(times(tx)?, (1, 3));
        let stored = get(tx, 1)?.unwrap();
        assert!(stored.note.marked && stored.note.leech);
        assert_eq!((stored.buried, stored.leeches), (Some((day, vec![Slot::Front])), leeches.to_vec()));
        assert_eq!(stored.note.content.tags.to_string(), "x", "what the note says is as it was");
        assert_eq!(labels(tx, 1)?.tags.to_string(), "leech x");
        bury(tx, 1, day, &[])?;
        set_leeches(tx, 1, &[])?;
        let stored = get(tx, 1)?.unwrap();
        assert_eq!((stored.buried, stored.leeches, stored.note.leech), (None, Vec::new(), false));
        Ok(())
    });
    run.unwrap();
}
