//! What is walked through, and its copy.

use proptest::prelude::*;

use super::*;
use crate::store::{Store, effort};

#[test]
fn notes_and_cards_are_never_sorted_and_cards_are_read_from_an_index_alone() {
    let plan = |sql| Store::in_memory().unwrap().read(|tx| Ok(effort::plan(tx, sql))).unwrap();
    assert_eq!(plan(NOTES), ["SCAN note"]);
    assert_eq!(plan(CARDS), ["SCAN card USING COVERING INDEX sqlite_autoindex_card_1"]);
}

const SLOTS: [Slot; 5] = [Slot::Front, Slot::Back, Slot::Blanks, Slot::Cloze(1), Slot::Cloze(u16::MAX)];

fn notes() -> impl Strategy<Value = Notes> {
    let of = |all: &'static [Difficulty]| proptest::option::of(prop::sample::select(all));
    let place = || proptest::option::of(0_u32..300);
    let kind = prop::sample::select(&Kind::ALL[..]);
    let note = (any::<NoteId>(), any::<DeckId>(), kind, of(&Difficulty::ALL), place(), place());
    let card =
        (any::<CardId>(), any::<prop::sample::Index>(), prop::sample::select(&SLOTS[..]), any::<bool>());
    let texts = prop::collection::vec(".{0,20}", 0..5);
    (prop::collection::vec(note, 1..40), prop::collection::vec(card, 0..40), texts).prop_map(
        |(rows, cards, texts)| {
            let count = rows.len();
            let note = |(id, deck, kind, difficulty, level, tags)| NoteRow {
                id,
                deck,
                kind,
                difficulty,
                level,
                tags,
            };
            let card = |(id, note, slot, suspended): (_, prop::sample::Index, _, _)| CardRow {
                id,
                note: note.index(count),
                slot,
                suspended,
            };
            let (rows, cards) = (rows.into_iter().map(note).collect(), cards.into_iter().map(card).collect());
            Notes { rows, cards, texts }
        },
    )
}

proptest! {
    #[test]
    fn a_copy_says_what_it_was_made_of(notes in notes()) {
        prop_assert_eq!(NoteCopy::of(&notes).unwrap().unpacked().unwrap(), notes);
    }
}

/// Three notes: a suspended one with two cards, one with a level and tags, one that was removed.
const SOME: [&str; 4] = [
    "INSERT INTO deck (id, name, key) VALUES (1, 'D', 'd'), (2, 'E', 'e')",
    "INSERT INTO note (id, guid, deck_id, kind, prompt, difficulty, level, tags, suspended, removed_at, removed_by, created_at, edited_at, placed_at)
        VALUES (3, 'a', 1, 'fact', 'q', NULL, NULL, NULL, 'back', NULL, NULL, 1, 1, 1),
            (5, 'b', 2, 'cloze', 'q', 'hard', '2', 'x y', NULL, NULL, NULL, 1, 1, 1),
            (9, 'c', 1, 'fact', 'q', NULL, NULL, 'x y', NULL, 1, 'learner', 1, 1, 1)",
    "INSERT INTO card (id, note_id, slot, deck_id, suspended, repetitions, ease, interval, lapses)
        VALUES (7, 3, 'front', 1, 0, 0, 2500, 0, 0), (8, 3, 'back', 1, 1, 0, 2500, 0, 0), (4, 5, 'c2', 2, 0, 0, 2500, 0, 0)",
    "UPDATE deck SET cards = 2, fresh = 2 WHERE id = 1",
];

fn fill(tx: &Tx<'_>) -> Result<()> {
    SOME.iter().try_for_each(|sql| tx.execute(sql, []).map(drop))?;
    NoteCopy::of(&Notes::walk(tx)?)?.keep(tx)
}

#[test]
fn what_is_walked_through_is_what_stands_there() {
    let (walked, read) = Store::in_memory()
        .unwrap()
        .write(|tx| {
            fill(tx)?;
            Ok((Notes::walk(tx)?, Notes::read(tx)?))
        })
        .unwrap();
    let note = |id, deck, kind| NoteRow { id, deck, kind, difficulty: None, level: None, tags: None };
    let rows = vec![
        note(3, 1, Kind::Fact),
        NoteRow {
            difficulty: Some(Difficulty::Hard),
            level: Some(0),
            tags: Some(1),
            ..note(5, 2, Kind::Cloze)
        },
        NoteRow { tags: Some(1), ..note(9, 1, Kind::Fact) },
    ];
    let card = |id, note, slot, suspended| CardRow { id, note, slot, suspended };
    let cards =
        vec![card(8, 0, Slot::Back, true), card(7, 0, Slot::Front, false), card(4, 1, Slot::Cloze(2), false)];
    let expected = Notes { rows, cards, texts: vec!["2".to_owned(), "x y".to_owned()] };
    assert_eq!(walked, expected);
    // so few are not worth another copy, but the one that is there is used
    assert_eq!(read, (expected, None));
}

#[test]
fn whatever_changes_what_figures_look_at_throws_the_copy_away_and_an_answer_does_not() {
    let changes = [
        "INSERT INTO note (guid, deck_id, kind, prompt, created_at, edited_at, placed_at) VALUES ('n', 1, 'fact', 'q', 1, 1, 1)",
        "UPDATE note SET level = '3' WHERE id = 5",
        "UPDATE note SET tags = NULL WHERE id = 5",
        "UPDATE note SET difficulty = 'easy' WHERE id = 5",
        "UPDATE note SET kind = 'fact' WHERE id = 5",
        "UPDATE note SET deck_id = 1 WHERE id = 5",
        "UPDATE note SET suspended = NULL WHERE id = 3",
        "DELETE FROM note WHERE id = 9",
        "INSERT INTO card (note_id, slot, deck_id, suspended, repetitions, ease, interval, lapses) VALUES (5, 'c1', 2, 0, 0, 2500, 0, 0)",
        "UPDATE card SET id = 40 WHERE id = 4",
        "DELETE FROM card WHERE id = 4",
    ];
    let others = [
        "UPDATE card SET due = 9, repetitions = 1, ease = 2600, interval = 1, lapses = 0 WHERE id = 4",
        "UPDATE note SET buried_on = 4, buried = 'front' WHERE id = 3",
        "UPDATE note SET prompt = 'p', edited_at = 2 WHERE id = 3",
    ];
    for (change, stays) in changes.map(|sql| (sql, false)).into_iter().chain(others.map(|sql| (sql, true))) {
        Store::in_memory()
            .unwrap()
            .write(|tx| {
                fill(tx)?;
                assert!(!copy::is_wrong(tx)?);
                tx.execute(change, [])?;
                assert_eq!(NoteCopy::stored(tx)?.is_some(), stays, "{change}");
                assert!(!copy::is_wrong(tx)?);
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn a_copy_that_is_not_the_notes_is_found_and_a_repair_throws_it_away() {
    let changes = [
        "UPDATE note_copy SET notes = CAST(x'02' || substr(notes, 2) AS BLOB)",
        "UPDATE note_copy SET notes = substr(notes, 1, length(notes) - 1)",
        "UPDATE note_copy SET cards = x''",
        "UPDATE note_copy SET texts = CAST(x'0133' || substr(texts, 3) AS BLOB)",
        // what a program that knows nothing of it leaves
        "DROP TRIGGER note_copy_has_old_note; UPDATE note SET level = '7' WHERE id = 5",
    ];
    for change in changes {
        Store::in_memory()
            .unwrap()
            .write(|tx| {
                fill(tx)?;
                change.split("; ").try_for_each(|sql| tx.execute(sql, []).map(drop))?;
                let faults = crate::store::integrity(tx)?.join("\n");
                assert!(
                    faults.contains("the copy of the notes from which figures are read"),
                    "{change}: {faults}"
                );
                let told = crate::store::mend(tx, true)?.told.join("\n");
                assert!(
                    told.contains("the copy of the notes from which figures are read was taken away"),
                    "{told}"
                );
                assert_eq!(NoteCopy::stored(tx)?, None);
                Ok(())
            })
            .unwrap();
    }
}
