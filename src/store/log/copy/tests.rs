//! The copy against the log, row by row.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;

use super::part::PackedWhat;
use super::*;
use crate::model::{
    Answer, CardKey, DeckName, Entry, Event, Fact, Grade, Guid, Moment, NoteId, SetReason, Slot, State, What,
};
use crate::model::{Body, Content};
use crate::store::note::{Arrival, insert};
use crate::store::packed::push;
use crate::store::{Store, deck, log};

/// Something that happens to a log or to its copy.
#[derive(Debug, Clone)]
enum Step {
    Answer(u8, u8),
    Set(u8),
    /// One of the rows that were written so far is taken back, or one that is still to come.
    Retract(usize),
    /// A note comes of which the log may know cards already.
    Note(u8),
    Keep,
    Forget,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        12 => (0_u8..6, 0_u8..=5).prop_map(|(card, grade)| Step::Answer(card, grade)),
        2 => (0_u8..6).prop_map(Step::Set),
        3 => (0_usize..60).prop_map(Step::Retract),
        2 => (0_u8..6).prop_map(Step::Note),
        4 => Just(Step::Keep),
        1 => Just(Step::Forget),
    ];
    prop::collection::vec(step, 0..60)
}

fn key(card: u8) -> CardKey {
    let slots = [Slot::Front, Slot::Back, Slot::Blanks, Slot::Cloze(1), Slot::Cloze(300), Slot::Front];
    CardKey { guid: Guid::new(format!("g {}", card / 2)), slot: slots[usize::from(card)] }
}

/// The id that a row of this number has.
fn id(number: usize) -> RowId {
    RowId([u8::try_from(number).unwrap(); 16])
}

fn run(tx: &Tx<'_>, steps: &[Step]) -> Result<()> {
    let mut rows = 0;
    for step in steps {
        let at = 1_000_000 - i64::try_from(rows).unwrap() * 7;
        let day = Day::new(20_000 + i32::try_from(rows / 3).unwrap());
        let mut write = |card: u8, entry: Entry| {
            let row = crate::model::Row { id: id(rows), seq: 1 + u32::from(card), at, day, entry };
            rows += 1;
            log::take(tx, &key(card), row).map(drop)
        };
        match step {
            Step::Answer(card, grade) => {
                let events = [Event::Review, Event::Drill, Event::Practice, Event::Test];
                let event = events[usize::from(*grade % 4)];
                let answer = Answer {
                    took_ms: u32::from(*grade) * 70_000,
                    ..Answer::of_grade(Grade::new(*grade).unwrap())
                };
                write(*card, Entry::Answered(event, answer))?;
            }
            Step::Set(card) => {
                let state =
                    State { interval: 40, repetitions: 2, due: Some(Day::new(-5)), ..State::default() };
                write(*card, Entry::Set(state, SetReason::Reschedule))?;
            }
            Step::Retract(target) => write(0, Entry::Retract(id(*target)))?,
            Step::Note(note) => {
                let guid = key(*note).guid;
                if log::copy::cards::note_of(tx, guid.as_str())?.is_none() {
                    let deck = deck::ensure(tx, &DeckName::parse("D").unwrap())?;
                    let body = Body::Fact(Fact {
                        answer: "a".into(),
                        accept: Vec::new(),
                        reversed: false,
                        typed: false,
                    });
                    let content = Content::new("q", body);
                    let arrival = Arrival {
                        guid: &guid,
                        content: &content,
                        deck,
                        bank_id: None,
                        bank_deck: None,
                        marked: false,
                    };
                    insert(tx, NoteId::from(*note) + 1, &[arrival], None, Moment { ms: 1, day })?;
                }
            }
            Step::Keep => LogCopy::read(tx)?.0.keep(tx)?,
            Step::Forget => forget(tx)?,
        }
    }
    Ok(())
}

/// A row as figures look at it, with its card.
type Seen = (CardKey, u32, i64, Day, What);

/// Everything that stands.
fn logged(tx: &Tx<'_>) -> Result<Vec<Seen>> {
    let mut rows = Vec::new();
    log::each(tx, |key, row| rows.push((key, row)), |row| panic!("{row:?}"))?;
    let target = |row: &crate::model::Row| match row.entry {
        Entry::Retract(target) => Some(target),
        Entry::Answered(..) | Entry::Set(..) => None,
    };
    let taken: HashSet<RowId> = rows.iter().filter_map(|(_, row)| target(row)).collect();
    let standing = rows.into_iter().filter(|(_, row)| !taken.contains(&row.id));
    let what = |(key, row): (CardKey, crate::model::Row)| {
        let what = match row.entry {
            Entry::Answered(event, answer) => What::Answered(event, answer.grade, answer.took_ms),
            Entry::Set(state, _) => What::Set(state),
            Entry::Retract(_) => return None,
        };
        Some((key, row.seq, row.at, row.day, what))
    };
    Ok(standing.filter_map(what).collect())
}

proptest! {
    #[test]
    fn the_copy_and_what_is_behind_it_say_what_the_log_says(steps in steps()) {
        let mut store = Store::in_memory().unwrap();
        let (expected, found, cards, wrong) = store.write(|tx| {
            run(tx, &steps)?;
            let (copy, cards) = LogCopy::read(tx)?;
            let mut found = Vec::new();
            copy.each(tx, |row| found.push(row))?;
            Ok((logged(tx)?, found, cards, is_wrong(tx)?))
        }).unwrap();
        prop_assert!(!wrong);
        prop_assert_eq!(expected.len(), found.len());
        let mut places: BTreeMap<u32, CardKey> = BTreeMap::new();
        for ((key, seq, at, day, what), row) in expected.iter().zip(&found) {
            prop_assert_eq!((*seq, *at, *day, *what), (row.seq, row.at, row.day, row.what));
            // the same place is the same card, and the other way round
            prop_assert_eq!(places.entry(row.card).or_insert_with(|| key.clone()), key);
        }
        let keys: HashSet<&CardKey> = places.values().collect();
        prop_assert_eq!(keys.len(), places.len());
        let notes = store.read(|tx| tx.all("SELECT guid, id FROM note", [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, NoteId>(1)?)))).unwrap();
        for (guid, note) in notes {
            for (place, key) in places.iter().filter(|(_, key)| key.guid.as_str() == guid) {
                prop_assert!(cards.notes().any(|(of, slot, at)| (of, slot, at) == (note, key.slot, *place)));
            }
        }
    }
}

#[test]
fn a_copy_that_is_not_the_log_is_found_and_a_repair_throws_it_away() {
    let changes = [
        "UPDATE log_copy SET rows = CAST(x'00' || substr(rows, 2) AS BLOB)",
        "UPDATE log_copy SET rows = substr(rows, 1, length(rows) - 1)",
        "UPDATE log_copy SET taken = x'0000'",
        "UPDATE log_copy SET cards = x''",
        "UPDATE log_copy SET upto = upto + 10",
        "DELETE FROM log_copy WHERE upto = (SELECT min(upto) FROM log_copy)",
    ];
    for change in changes {
        let mut store = Store::in_memory().unwrap();
        store
            .write(|tx| {
                let steps = [
                    Step::Note(0),
                    Step::Answer(0, 4),
                    Step::Retract(0),
                    Step::Keep,
                    Step::Answer(1, 3),
                    Step::Keep,
                ];
                run(tx, &steps)?;
                assert_eq!(crate::store::integrity(tx)?, [""; 0]);
                tx.execute(change, [])?;
                let faults = crate::store::integrity(tx)?.join("\n");
                assert!(faults.contains("copy of the log"), "{change}: {faults}");
                let told = crate::store::mend(tx, true)?.told.join("\n");
                assert!(told.contains("is made anew"), "{told}");
                assert_eq!(crate::store::integrity(tx)?, [""; 0]);
                assert_eq!(upto(tx)?, 0);
                let mut rows = 0;
                LogCopy::read(tx)?.0.each(tx, |_| rows += 1)?;
                assert_eq!(rows, 1);
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn whatever_changes_a_row_of_the_log_throws_the_copy_away() {
    let mut store = Store::in_memory().unwrap();
    store
        .write(|tx| {
            run(tx, &[Step::Answer(0, 4), Step::Answer(1, 4), Step::Keep])?;
            assert_eq!(upto(tx)?, 2);
            // a row from elsewhere that stands at an earlier time on another device
            tx.execute("UPDATE log SET at = at - 1 WHERE n = 1", [])?;
            assert_eq!(upto(tx)?, 0);
            run(tx, &[Step::Keep])?;
            log::take_out(tx, &[2])?;
            assert_eq!(upto(tx)?, 0);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_another_process_has_put_there_meanwhile_stays() {
    let mut store = Store::in_memory().unwrap();
    store
        .write(|tx| {
            run(tx, &[Step::Answer(0, 4)])?;
            let (slow, _) = LogCopy::read(tx)?;
            run(tx, &[Step::Keep])?;
            slow.keep(tx)?;
            assert!(!is_wrong(tx)?);
            assert_eq!(heads(tx)?.len(), 1);
            Ok(())
        })
        .unwrap();
}

fn packed() -> impl Strategy<Value = Packed> {
    let answer = (any::<u8>(), any::<u32>()).prop_map(|(code, took_ms)| PackedWhat::Answered(code, took_ms));
    let set =
        (any::<[u32; 4]>(), any::<Option<i32>>()).prop_map(|([repetitions, ease, interval, lapses], due)| {
            PackedWhat::Set { repetitions, ease, interval, lapses, due }
        });
    let what = prop_oneof![3 => answer, 1 => set];
    // of most bytes or few
    let shifted = (any::<[u64; 4]>(), any::<i32>(), [0_u32..64, 0..32, 0..32, 0..64, 0..32]);
    (shifted, what).prop_map(|((numbers, day, shifts), what)| Packed {
        n: numbers[0].cast_signed() >> shifts[0],
        card: u32::try_from(numbers[1] >> 32).unwrap() >> shifts[1],
        seq: u32::try_from(numbers[2] >> 32).unwrap() >> shifts[2],
        at: numbers[3].cast_signed() >> shifts[3],
        day: day >> shifts[4],
        what,
    })
}

proptest! {
    #[test]
    fn rows_come_back_as_they_were_packed(rows in prop::collection::vec(packed(), 0..20)) {
        let mut bytes = Vec::new();
        for row in &rows {
            push(&mut bytes, row).unwrap();
        }
        let (mut rest, mut read) = (bytes.as_slice(), Vec::new());
        while !rest.is_empty() {
            read.push(Packed::next(&mut rest).unwrap());
        }
        prop_assert_eq!(read, rows);
    }

    #[test]
    fn any_bytes_are_the_row_that_the_library_reads(bytes in prop::collection::vec(prop_oneof![3 => 0_u8..4, 1 => any::<u8>()], 0..40)) {
        let mut rest = bytes.as_slice();
        let read = Packed::next(&mut rest).ok();
        let expected = postcard::take_from_bytes::<Packed>(&bytes).ok();
        prop_assert_eq!(read.map(|read| (read, rest)), expected);
    }
}
