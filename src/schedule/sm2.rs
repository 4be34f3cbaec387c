//! SM-2, as P. A. Wozniak published it in 1990 ("Optimization of learning", chapter 3.2), in integers.
//!
//! Two sentences of the text are read in different ways; here the author's own program decides. The interval is
//! multiplied by the ease from before the grade, and a lapse lowers the ease like any other grade ("without
//! changing the E-Factor" means that a lapse does not put it back to 2.5).

use crate::model::{Day, Ease, Grade, MAX_INTERVAL, State};

/// The state of a card after an answer of this grade on this study day.
pub fn next(state: State, grade: Grade, day: Day) -> State {
    let (repetitions, interval) = if grade.is_pass() {
        let interval = match state.repetitions {
            0 => 1,
            1 => 6,
            _ => longer(state.interval, state.ease),
        };
        (state.repetitions.saturating_add(1), interval)
    } else {
        (0, 1)
    };
    let is_lapse = !grade.is_pass() && state.repetitions > 0;
    State {
        repetitions,
        ease: eased(state.ease, grade),
        interval,
        lapses: state.lapses.saturating_add(u32::from(is_lapse)),
        due: Some(day.plus(interval)),
    }
}

/// What each grade from 0 to 5 would make of the card.
pub fn preview(state: State, day: Day) -> [State; 6] {
    Grade::ALL.map(|grade| next(state, grade, day))
}

/// interval × ease, to the nearest day, halves up.
fn longer(interval: u32, ease: Ease) -> u32 {
    let product = u64::from(interval) * u64::from(ease.get());
    let days = u32::try_from((product + 500) / 1000).unwrap_or(MAX_INTERVAL);
    days.clamp(1, MAX_INTERVAL)
}

/// ease + (0.1 − (5−g)(0.08 + (5−g)·0.02)), in thousandths.
fn eased(ease: Ease, grade: Grade) -> Ease {
    let short_of_perfect = 5 - u32::from(grade.number());
    let loss = short_of_perfect * (80 + short_of_perfect * 20);
    Ease::thousandths((ease.get().saturating_add(100)).saturating_sub(loss))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(grades: &str) -> (State, Vec<u32>) {
        let mut state = State::default();
        let intervals = grades
            .chars()
            .map(|grade| {
                let day = state.due.unwrap_or(Day::new(0));
                state =
                    next(state, Grade::new(grade.to_digit(10).unwrap().try_into().unwrap()).unwrap(), day);
                assert_eq!(state.due, Some(day.plus(state.interval)));
                state.interval
            })
            .collect();
        (state, intervals)
    }

    #[test]
    fn the_published_vectors_come_out_exactly() {
        let text = include_str!("../../tests/sm2-vectors.csv");
        let mut count = 0;
        for row in csv::Reader::from_reader(text.as_bytes()).records() {
            let row = row.unwrap();
            let (state, intervals) = run(&row[0]);
            let intervals: Vec<String> = intervals.iter().map(ToString::to_string).collect();
            assert_eq!(state.repetitions.to_string(), row[1], "{row:?}");
            assert_eq!(state.ease.get().to_string(), row[2], "{row:?}");
            assert_eq!(intervals.join(" "), row[3], "{row:?}");
            count += 1;
        }
        assert_eq!(count, 300);
    }

    #[test]
    fn a_late_review_counts_from_its_own_day() {
        let state = State { repetitions: 2, interval: 6, due: Some(Day::new(6)), ..State::default() };
        assert_eq!(next(state, Grade::GOOD, Day::new(100)).due, Some(Day::new(115)));
    }

    #[test]
    fn only_a_card_that_was_learnt_can_lapse() {
        let unlearnt = next(State::default(), Grade::WRONG, Day::new(0));
        assert_eq!(unlearnt.lapses, 0);
        let learnt = next(State::default(), Grade::GOOD, Day::new(0));
        assert_eq!(next(learnt, Grade::WRONG, Day::new(1)).lapses, 1);
    }

    /// SM-2 in floating point, word for word from its description; slow and obvious.
    fn described(grades: &[u8]) -> (u32, f64, Vec<f64>) {
        let (mut n, mut ef, mut interval, mut intervals) = (0, 2.5_f64, 0.0_f64, Vec::new());
        for grade in grades {
            let q = f64::from(*grade);
            if *grade >= 3 {
                interval = match n {
                    0 => 1.0,
                    1 => 6.0,
                    _ => (interval * ef + 0.5 + 1e-9).floor().min(36_500.0),
                };
                n += 1;
            } else {
                (n, interval) = (0, 1.0);
            }
            ef = (ef + (0.1 - (5.0 - q) * (0.08 + (5.0 - q) * 0.02))).max(1.3);
            intervals.push(interval);
        }
        (n, ef, intervals)
    }

    proptest! {
        #[test]
        fn any_history_stays_in_bounds_and_agrees_with_the_description(grades in prop::collection::vec(0_u8..=5, 1..60)) {
            let text: String = grades.iter().map(ToString::to_string).collect();
            let (state, intervals) = run(&text);
            let (repetitions, ease, described) = described(&grades);
            prop_assert!(state.ease >= Ease::LOWEST);
            prop_assert!(intervals.iter().all(|days| (1..=MAX_INTERVAL).contains(days)));
            prop_assert_eq!(state.repetitions, repetitions);
            prop_assert!((f64::from(state.ease.get()) / 1000.0 - ease).abs() < 1e-9);
            prop_assert_eq!(intervals.into_iter().map(f64::from).collect::<Vec<_>>(), described);
        }

        #[test]
        fn a_preview_is_what_answering_does(grades in prop::collection::vec(0_u8..=5, 0..20), day in -1000_i32..40_000) {
            let text: String = grades.iter().map(ToString::to_string).collect();
            let (state, _) = run(&text);
            let previews = preview(state, Day::new(day));
            for grade in Grade::ALL {
                prop_assert_eq!(previews[usize::from(grade.number())], next(state, grade, Day::new(day)));
            }
        }
    }
}
