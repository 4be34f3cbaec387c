//! Which cards practice asks, and in which order.

use std::collections::HashMap;

use super::today::last_answer;
use super::way::Pool;
use crate::model::{Candidate, CardId, CardKey, Day, Event, Grade, Row};

/// Puts those candidates that belong to a pool into the order in which they are practised.
///
/// What was answered the longest ago comes first; what was never answered comes last, for practice is about what one
/// has met before. Of weak cards those come first that were forgotten most often, then those of the lowest ease. What
/// was missed `today` comes in the order in which it was missed.
pub fn choose(pool: Pool, candidates: Vec<Candidate>, today: &[CardId]) -> Vec<Candidate> {
    let by_time = |candidate: &Candidate| {
        (candidate.answered_at.is_none(), candidate.answered_at, candidate.card.note, candidate.card.card)
    };
    let mut chosen = candidates;
    match pool {
        Pool::All => chosen.sort_by_key(by_time),
        Pool::Weak => {
            chosen.retain(Candidate::is_weak);
            chosen.sort_by_key(|candidate| {
                (std::cmp::Reverse(candidate.lapses), candidate.ease.get(), by_time(candidate))
            });
        }
        Pool::MissedToday => {
            let places: HashMap<CardId, usize> = today.iter().copied().zip(0..).collect();
            chosen.retain(|candidate| places.contains_key(&candidate.card.card));
            chosen.sort_by_key(|candidate| places.get(&candidate.card.card).copied());
        }
    }
    chosen
}

/// The cards of which the last answer of a study day scored below 3, in the order of these answers. A mastery test is
/// no study.
pub fn missed(cards: impl IntoIterator<Item = (CardKey, Vec<Row>)>, day: Day) -> Vec<CardKey> {
    let mut missed = Vec::new();
    for (key, mut rows) in cards {
        rows.sort_unstable_by_key(Row::order);
        if let Some((at, grade)) = last_answer(&rows, day, |event| event != Event::Test)
            && !grade.is_pass()
        {
            missed.push((at, key));
        }
    }
    missed.sort();
    missed.into_iter().map(|(_, key)| key).collect()
}

/// What is left of the cards of a session after these answers. A card is asked once, or `until_right`; then one that
/// was wrong comes again behind all others.
pub fn left(chosen: &[CardId], answers: &[(CardId, Grade)], until_right: bool) -> Vec<CardId> {
    let last: HashMap<CardId, (usize, Grade)> =
        answers.iter().enumerate().map(|(place, (card, grade))| (*card, (place, *grade))).collect();
    let mut left: Vec<CardId> = chosen.iter().copied().filter(|card| !last.contains_key(card)).collect();
    if until_right {
        let wrong = last.iter().filter(|(_, (_, grade))| !grade.is_pass());
        let mut wrong: Vec<(usize, CardId)> = wrong.map(|(card, (place, _))| (*place, *card)).collect();
        wrong.sort_unstable();
        left.extend(wrong.into_iter().map(|(_, card)| card));
    }
    left
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Answer, CardRef, Ease, Entry, Guid, Kind, RowId, Slot};

    fn candidate(
        card: CardId,
        lapses: u32,
        ease: u32,
        answered_at: Option<i64>,
        was_wrong: bool,
    ) -> Candidate {
        let ease = Ease::thousandths(ease);
        let card = CardRef { card, note: card, deck: 1 };
        Candidate { card, kind: Kind::Fact, lapses, ease, answered_at, was_wrong }
    }

    fn numbers(candidates: &[Candidate]) -> Vec<CardId> {
        candidates.iter().map(|candidate| candidate.card.card).collect()
    }

    #[test]
    fn each_pool_has_its_cards_and_their_order() {
        let all = vec![
            candidate(1, 0, 2500, None, false),
            candidate(2, 0, 2500, Some(30), false),
            candidate(3, 1, 2000, Some(10), true),
            candidate(4, 4, 2300, Some(50), true),
            candidate(5, 1, 1300, Some(40), true),
            candidate(6, 0, 2400, Some(20), true),
        ];
        for (pool, today, expected) in [
            (Pool::All, &[][..], &[3, 6, 2, 5, 4, 1][..]),
            (Pool::Weak, &[], &[4, 5, 3, 6]),
            (Pool::MissedToday, &[], &[]),
            (Pool::MissedToday, &[6, 9, 2], &[6, 2]),
        ] {
            assert_eq!(numbers(&choose(pool, all.clone(), today)), expected, "{pool:?}");
        }
    }

    #[test]
    fn a_card_is_missed_today_if_its_last_answer_of_today_was_wrong() {
        use Event::{Drill, Practice, Review, Test};
        let answered = |event, grade| Entry::Answered(event, Answer::of_grade(Grade::new(grade).unwrap()));
        for (entries, is_missed) in [
            (vec![(10, answered(Review, 2))], true),
            (vec![(10, answered(Review, 3))], false),
            (vec![(10, answered(Review, 1)), (10, answered(Drill, 4))], false),
            (vec![(10, answered(Review, 5)), (10, answered(Practice, 0))], true),
            (vec![(10, answered(Review, 1)), (10, answered(Practice, 3))], false),
            (vec![(10, answered(Review, 1)), (10, answered(Test, 5))], true),
            (vec![(10, answered(Test, 0))], false),
            (vec![(9, answered(Review, 1))], false),
            (vec![(10, answered(Practice, 1)), (10, Entry::Retract(RowId([1; 16])))], false),
        ] {
            let numbered = entries.iter().zip(1_u8..);
            let row = |((day, entry), n): (&(i32, Entry), u8)| Row {
                id: RowId([n; 16]),
                seq: n.into(),
                at: n.into(),
                day: Day::new(*day),
                entry: entry.clone(),
            };
            let key = CardKey { guid: Guid::new("k"), slot: Slot::Front };
            let found = missed([(key, numbered.map(row).collect())], Day::new(10));
            assert_eq!(found.len(), usize::from(is_missed), "{entries:?}");
        }
    }

    /// Answers a session to its end; grades come in a circle.
    fn run(chosen: &[CardId], grades: &[u8], until_right: bool) -> Vec<(CardId, Grade)> {
        let mut answers = Vec::new();
        let mut grades = grades.iter().cycle();
        while let Some(card) = left(chosen, &answers, until_right).first().copied() {
            answers.push((card, Grade::new(*grades.next().unwrap()).unwrap()));
        }
        answers
    }

    #[test]
    fn until_right_a_wrong_card_comes_again_at_the_end() {
        let asked = |until_right| -> Vec<CardId> {
            run(&[7, 8, 9], &[1, 4, 2, 0, 3, 3], until_right).into_iter().map(|(card, _)| card).collect()
        };
        assert_eq!(asked(true), [7, 8, 9, 7, 9, 7]);
        assert_eq!(asked(false), [7, 8, 9]);
    }

    proptest! {
        #[test]
        fn every_card_is_asked_and_until_right_ends_with_a_right_answer_to_each(
            count in 0_i64..12,
            mut grades in proptest::collection::vec(0_u8..=5, 1..9),
            until_right: bool,
        ) {
            // a learner who never knows anything goes on for ever
            grades.push(4);
            let chosen: Vec<CardId> = (0..count).collect();
            let mut answers = run(&chosen, &grades, until_right);
            let right = |card: CardId| {
                answers.iter().filter(|(of, grade)| *of == card && grade.is_pass()).count()
            };
            for card in &chosen {
                let asked = answers.iter().filter(|(of, _)| of == card).count();
                let as_promised = if until_right { right(*card) == 1 } else { asked == 1 };
                prop_assert!(as_promised);
            }
            // taking the last answer back brings its card back
            if let Some((card, _)) = answers.pop() {
                prop_assert!(left(&chosen, &answers, until_right).contains(&card));
            }
        }

        #[test]
        fn a_pool_invents_no_card_and_asks_none_twice(
            cards in proptest::collection::vec((0_u32..3, 1300_u32..2600, proptest::option::of(0_i64..50), any::<bool>()), 0..20),
            today in proptest::collection::vec(0_i64..30, 0..10),
        ) {
            let all: Vec<Candidate> = (0..).zip(&cards)
                .map(|(card, (lapses, ease, at, wrong))| candidate(card, *lapses, *ease, *at, *wrong)).collect();
            for pool in [Pool::All, Pool::Weak, Pool::MissedToday] {
                let mut chosen = numbers(&choose(pool, all.clone(), &today));
                let count = chosen.len();
                chosen.sort_unstable();
                chosen.dedup();
                prop_assert_eq!(chosen.len(), count);
                prop_assert!(chosen.iter().all(|card| numbers(&all).contains(card)));
            }
        }
    }
}
