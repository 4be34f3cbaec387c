//! The replay of one card's log: its state is what comes out.

use std::collections::HashSet;

use super::next;
use crate::model::{Day, Entry, Event, Grade, Graded, Row, RowId, State};

/// A review that changed the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviewed {
    /// The study day on which it was given.
    pub day: Day,
    /// The state that it found.
    pub before: State,
}

/// What a card's log comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replay {
    /// The state of the card.
    pub state: State,
    /// The reviews that changed the schedule, in order of replay.
    pub reviews: Vec<Reviewed>,
    /// The study days on which another review would count as a drill.
    taken: Vec<Day>,
}

impl Replay {
    /// Whether a further review on this day would count as a drill, since the day has its review.
    ///
    /// After a schedule was set by hand a review counts again, or a card that was reset on the day of its review
    /// could not be learnt that day.
    pub fn is_taken(&self, day: Day) -> bool {
        self.taken.contains(&day)
    }

    /// The review that changed the schedule on this day, if there was one.
    pub fn review_on(&self, day: Day) -> Option<Reviewed> {
        self.reviews.iter().rev().find(|review| review.day == day).copied()
    }

    /// The next answer; gives the state that it found if it changes the schedule.
    pub fn answered(&mut self, event: Event, day: Day, grade: Grade) -> Option<State> {
        if event != Event::Review || self.is_taken(day) {
            return None;
        }
        let before = self.state;
        self.taken.push(day);
        self.reviews.push(Reviewed { day, before });
        self.state = next(before, grade, day);
        Some(before)
    }

    /// The schedule is set by hand.
    pub fn set(&mut self, state: State) {
        self.taken.clear();
        self.state = state;
    }
}

/// Runs the scheduler over the rows of one card.
///
/// The rows may come in any order; they are sorted as [`Row::order`] says, and rows that others retract are left
/// out. At most one review a study day changes the schedule: the first.
pub fn replay(rows: &mut [Row]) -> Replay {
    rows.sort_unstable_by_key(Row::order);
    let mut replay = Replay::default();
    for row in not_retracted(rows) {
        match &row.entry {
            Entry::Answered(event, answer) => {
                replay.answered(*event, row.day, answer.grade);
            }
            Entry::Set(state, _) => replay.set(*state),
            Entry::Retract(_) => {}
        }
    }
    replay
}

/// The same for a card of which nothing was ever set or retracted. The answers are sorted; none if their order hangs on ids.
pub fn replay_answers(answers: &mut [Graded]) -> Option<Replay> {
    let order = |answer: &Graded| (answer.seq, answer.at);
    answers.sort_unstable_by_key(order);
    if !answers.is_sorted_by(|one, next| order(one) < order(next)) {
        return None;
    }
    let mut replay = Replay::default();
    for answer in answers.iter() {
        replay.answered(answer.event, answer.day, answer.grade);
    }
    Some(replay)
}

/// The state of a card while its rows come one by one, as long as they come in the order of replay and days do not go back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Follower {
    state: State,
    seq: u32,
    /// The study day of the last review that changed the schedule, unless the schedule was set by hand since.
    taken: Option<Day>,
    /// Whether a row came that only a [`replay`] of all of them can place.
    is_lost: bool,
}

impl Follower {
    /// The next row.
    pub fn follow(&mut self, row: &Row) {
        match &row.entry {
            Entry::Answered(event, answer) => {
                self.answered(row.seq, *event, row.day, answer.grade);
            }
            Entry::Set(state, _) => self.set(row.seq, *state),
            Entry::Retract(_) => self.is_lost = true,
        }
    }

    /// The next row, which is an answer; gives the state that it found if it changes the schedule.
    pub fn answered(&mut self, seq: u32, event: Event, day: Day, grade: Grade) -> Option<State> {
        self.comes(seq);
        if event != Event::Review {
            return None;
        }
        match self.taken {
            Some(taken) if taken >= day => {
                self.is_lost |= taken > day;
                None
            }
            Some(_) | None => {
                let before = self.state;
                self.state = next(before, grade, day);
                self.taken = Some(day);
                Some(before)
            }
        }
    }

    /// The next row, by which the schedule is set by hand.
    pub fn set(&mut self, seq: u32, state: State) {
        self.comes(seq);
        (self.state, self.taken) = (state, None);
    }

    const fn comes(&mut self, seq: u32) {
        self.is_lost |= seq <= self.seq;
        self.seq = seq;
    }

    /// Whether only a [`replay`] of all rows can tell what each did.
    pub const fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// What the rows come to; none if it takes a [`replay`] to know.
    pub const fn state(&self) -> Option<State> {
        if self.is_lost { None } else { Some(self.state) }
    }
}

/// The rows that no other row retracts, in the order in which they come.
pub fn not_retracted(rows: &[Row]) -> impl Iterator<Item = &Row> {
    let retracted: HashSet<RowId> = rows
        .iter()
        .filter_map(|row| match row.entry {
            Entry::Retract(target) => Some(target),
            Entry::Answered(..) | Entry::Set(..) => None,
        })
        .collect();
    rows.iter().filter(move |row| !retracted.contains(&row.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Answer, Ease, Grade, SetReason};
    use proptest::prelude::*;

    fn row(number: u8, seq: u32, day: i32, entry: Entry) -> Row {
        Row { id: RowId([number; 16]), seq, at: i64::from(number), day: Day::new(day), entry }
    }

    fn answered(event: Event, grade: u8) -> Entry {
        Entry::Answered(event, Answer::of_grade(Grade::new(grade).unwrap()))
    }

    #[test]
    fn only_the_first_review_of_a_day_moves_the_schedule() {
        let first = row(1, 1, 10, answered(Event::Review, 4));
        let second = row(2, 2, 10, answered(Event::Review, 0));
        let drill = row(3, 3, 11, answered(Event::Drill, 0));
        let alone = replay(&mut [first.clone()]).state;
        assert_eq!(replay(&mut [second.clone(), drill, first.clone()]).state, alone);
        // a day that comes again after the clock went back is still the same day
        let back = row(4, 3, 9, answered(Event::Review, 4));
        let again = row(5, 4, 10, answered(Event::Review, 4));
        let without = replay(&mut [first.clone(), back.clone()]);
        assert_eq!(replay(&mut [first, back, again]).state, without.state);
        assert_eq!(without.state.repetitions, 2);
    }

    #[test]
    fn a_retracted_review_leaves_no_trace_and_the_next_one_counts() {
        let first = row(1, 1, 10, answered(Event::Review, 0));
        let undo = row(2, 2, 10, Entry::Retract(first.id));
        let second = row(3, 3, 10, answered(Event::Review, 5));
        let expected = replay(&mut [row(3, 1, 10, answered(Event::Review, 5))]).state;
        assert_eq!(replay(&mut [undo.clone(), first.clone()]).state, State::default());
        assert_eq!(replay(&mut [second, undo, first]).state, expected);
    }

    #[test]
    fn a_schedule_set_by_hand_stands_until_the_next_review() {
        let state = State {
            repetitions: 3,
            ease: Ease::thousandths(2360),
            interval: 30,
            lapses: 1,
            due: Some(Day::new(50)),
        };
        let review = row(1, 1, 10, answered(Event::Review, 4));
        let set = row(2, 2, 10, Entry::Set(state, SetReason::Import));
        let replayed = replay(&mut [review.clone(), set.clone()]);
        assert_eq!(replayed.state, state);
        assert!(!replayed.is_taken(Day::new(10)), "a review on that day counts again");
        let after = row(3, 3, 10, answered(Event::Review, 4));
        assert_eq!(replay(&mut [review, set, after]).state, next(state, Grade::GOOD, Day::new(10)));
    }

    fn any_rows() -> impl Strategy<Value = Vec<Row>> {
        let entry = prop_oneof![
            6 => (0_u8..=5).prop_map(|grade| answered(Event::Review, grade)),
            2 => (0_u8..=5).prop_map(|grade| answered(Event::Drill, grade)),
            2 => (0_u8..30).prop_map(|target| Entry::Retract(RowId([target; 16]))),
            1 => (0_u32..5, 0_i32..40).prop_map(|(repetitions, due)| {
                Entry::Set(State { repetitions, interval: 5, due: Some(Day::new(due)), ..State::default() }, SetReason::Reschedule)
            }),
        ];
        prop::collection::vec((0_i32..20, entry), 0..30).prop_map(|entries| {
            entries
                .into_iter()
                .enumerate()
                .map(|(n, (day, entry))| {
                    let number = u8::try_from(n + 1).unwrap();
                    row(number, u32::from(number), day, entry)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn what_is_followed_row_by_row_comes_to_what_a_replay_comes_to(rows in any_rows(), sorted in any::<bool>()) {
            let mut rows = rows;
            let replayed = replay(&mut rows.clone()).state;
            if sorted {
                rows.sort_unstable_by_key(Row::order);
            }
            let mut follower = Follower::default();
            for row in &rows {
                follower.follow(row);
            }
            prop_assert!(follower.state().is_none_or(|state| state == replayed));
            let is_plain = |row: &Row| matches!(row.entry, Entry::Answered(..));
            if rows.iter().all(is_plain) && rows.is_sorted_by(|one, next| one.seq < next.seq && one.day <= next.day) {
                prop_assert_eq!(follower.state(), Some(replayed));
            }
        }

        #[test]
        fn answers_alone_come_to_what_a_replay_of_their_rows_comes_to(rows in any_rows(), ties in 1_u32..3, seed in any::<u64>()) {
            let mut rows = rows;
            rows.retain(|row| matches!(row.entry, Entry::Answered(..)));
            for row in &mut rows {
                (row.seq, row.at) = (row.seq / ties, row.at / i64::from(ties));
            }
            let mut answers: Vec<Graded> = rows.iter().filter_map(Row::graded).collect();
            prop_assert_eq!(answers.len(), rows.len());
            fastrand::Rng::with_seed(seed).shuffle(&mut answers);
            let replayed = replay(&mut rows);
            let is_plain = rows.is_sorted_by(|one, next| (one.seq, one.at) < (next.seq, next.at));
            prop_assert_eq!(replay_answers(&mut answers), is_plain.then_some(replayed));
        }

        #[test]
        fn the_order_in_which_rows_arrive_does_not_matter(rows in any_rows(), seed in any::<u64>()) {
            let mut shuffled = rows.clone();
            fastrand::Rng::with_seed(seed).shuffle(&mut shuffled);
            let mut rows = rows;
            prop_assert_eq!(replay(&mut rows), replay(&mut shuffled));
        }

        #[test]
        fn replay_equals_going_step_by_step(days in prop::collection::btree_map(0_i32..200, 0_u8..=5, 0..40)) {
            let mut state = State::default();
            let mut rows = Vec::new();
            for (n, (day, grade)) in days.iter().enumerate() {
                state = next(state, Grade::new(*grade).unwrap(), Day::new(*day));
                rows.push(row(u8::try_from(n).unwrap(), u32::try_from(n).unwrap(), *day, answered(Event::Review, *grade)));
                prop_assert_eq!(replay(&mut rows).state, state);
            }
        }
    }
}
