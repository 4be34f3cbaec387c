//! How the learner answered until now.

use super::model::{Answers, Chances, Drills, Model};
use super::stage::{PerStage, Stage};
use crate::model::Grade;
use crate::report::learning::Found;

/// For how many answers the default counts beside those that were observed. A stage with none is as the default says, one
/// with as many is half way, one with hundreds is nearly as it was observed, and nowhere does one answer more change much.
pub const PRIOR_ANSWERS: u32 = 20;

/// Answers that were observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    stages: PerStage<Tally>,
    drills: Tally,
}

/// Answers of one sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tally {
    /// How many had each grade, 0 to 5.
    grades: [u32; Grade::ALL.len()],
    /// How many of them were timed.
    timed: u32,
    /// What those took together, in milliseconds.
    ms: u64,
}

impl Counts {
    /// Counts a day's first answer to a card that was found so. An answer that took 0 milliseconds was not
    /// timed: nobody looked.
    pub fn review(&mut self, found: Found, grade: Grade, took_ms: u32) {
        self.stages.of_mut(Stage::of(found)).count(grade, took_ms);
    }

    /// Counts a repeat on the same day; 0 milliseconds as at a review.
    pub fn drill(&mut self, grade: Grade, took_ms: u32) {
        self.drills.count(grade, took_ms);
    }
}

impl Tally {
    fn count(&mut self, grade: Grade, took_ms: u32) {
        if let Some(count) = self.grades.get_mut(usize::from(grade.number())) {
            *count = count.saturating_add(1);
        }
        self.timed = self.timed.saturating_add(u32::from(took_ms > 0));
        self.ms = self.ms.saturating_add(u64::from(took_ms));
    }

    /// Answers that had one of these grades.
    fn having(&self, has: impl Fn(Grade) -> bool) -> u32 {
        let counts = Grade::ALL.into_iter().zip(self.grades).filter(|(grade, _)| has(*grade));
        counts.fold(0, |sum, (_, count)| sum.saturating_add(count))
    }

    /// The chances of grades, where the prior counts as so many answers more.
    fn chances(&self, prior: &Chances) -> Chances {
        let all: f64 = self.grades.map(f64::from).iter().sum();
        let mut chances = *prior;
        for (chance, count) in chances.iter_mut().zip(self.grades) {
            *chance = shrunk(*chance, f64::from(count), all);
        }
        chances
    }

    /// The mean time in milliseconds, where the prior counts as so many answers more.
    fn mean_ms(&self, prior: u32) -> u32 {
        let answers = u64::from(PRIOR_ANSWERS) + u64::from(self.timed);
        let ms = self.ms.saturating_add(u64::from(PRIOR_ANSWERS) * u64::from(prior));
        u32::try_from(ms.saturating_add(answers / 2) / answers).unwrap_or(u32::MAX)
    }
}

/// A share of so many of all, with [`PRIOR_ANSWERS`] more of which the prior holds: the mean of a Dirichlet distribution.
fn shrunk(prior: f64, count: f64, all: f64) -> f64 {
    let weight = f64::from(PRIOR_ANSWERS);
    (weight * prior + count) / (weight + all)
}

impl Model {
    /// The learner as observed: in each stage the default counts for [`PRIOR_ANSWERS`] answers beside those that were
    /// counted.
    #[must_use]
    pub fn observed(counts: &Counts) -> Self {
        let prior = Self::default();
        let stages = PerStage::new(|stage| {
            let (tally, prior) = (counts.stages.of(stage), prior.stages.of(stage));
            Answers {
                chances: tally.chances(&prior.chances),
                ms: tally.mean_ms(prior.ms),
                observed: (tally.having(|_| true), tally.having(Grade::is_pass)),
            }
        });
        let tally = &counts.drills;
        let (all, done) = (tally.having(|_| true), tally.having(|grade| !grade.needs_drill()));
        let drills = Drills {
            success: shrunk(prior.drills.success, f64::from(done), f64::from(all)),
            ms: tally.mean_ms(prior.drills.ms),
            observed: (all, done),
        };
        Self { stages, drills }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Day, State};
    use proptest::prelude::*;

    const WEEK: State = State { repetitions: 2, interval: 6, due: Some(Day::new(0)), ..NEW };
    const NEW: State =
        State { repetitions: 0, ease: crate::model::Ease::LOWEST, interval: 0, lapses: 0, due: None };

    #[test]
    fn without_answers_the_default_holds() {
        let (observed, default) = (Model::observed(&Counts::default()).basis(), Model::default().basis());
        for (observed, default) in observed.stages.iter().zip(&default.stages) {
            assert!((observed.recall - default.recall).abs() < 1e-12);
            assert_eq!((observed.ms, observed.answers), (default.ms, 0));
        }
        assert!((observed.drills.success - default.drills.success).abs() < 1e-12);
    }

    #[test]
    fn as_many_answers_as_the_default_counts_for_bring_it_half_way() {
        let mut counts = Counts::default();
        for _ in 0..PRIOR_ANSWERS {
            counts.review(Found::from(&WEEK), Grade::NOTHING, 30_000);
            counts.drill(Grade::PERFECT, 4_000);
        }
        let model = Model::observed(&counts);
        let basis = model.basis();
        let days = basis.stages.iter().find(|basis| basis.stage == Stage::Days).unwrap();
        assert!((days.recall - 0.425).abs() < 1e-12);
        assert_eq!((days.answers, days.remembered, days.ms), (PRIOR_ANSWERS, 0, 22_000));
        assert!((basis.drills.success - 0.86).abs() < 1e-12);
        assert_eq!((basis.drills.answers, basis.drills.done, basis.drills.ms), (20, 20, 8_500));
        assert!((model.stages.of(Stage::Days).chances[0] - 0.5).abs() < 1e-12);
        let other = basis.stages.iter().find(|basis| basis.stage == Stage::Weeks).unwrap();
        assert!((other.recall - 0.85).abs() < 1e-12 && other.answers == 0, "other stages are left alone");
    }

    #[test]
    fn an_answer_at_which_nobody_looked_says_nothing_about_time() {
        let mut counts = Counts::default();
        for _ in 0..1000 {
            counts.review(Found::from(&NEW), Grade::GOOD, 0);
            counts.drill(Grade::WRONG, 0);
        }
        let basis = Model::observed(&counts).basis();
        assert_eq!(
            (basis.stages[0].answers, basis.stages[0].ms),
            (1000, Model::default().basis().stages[0].ms)
        );
        assert_eq!((basis.drills.answers, basis.drills.ms), (1000, Model::default().basis().drills.ms));
    }

    #[test]
    fn counts_that_are_full_stay_full() {
        let mut full = Tally { grades: [u32::MAX; 6], timed: u32::MAX, ms: u64::MAX };
        full.count(Grade::GOOD, u32::MAX);
        let counts = Counts { stages: PerStage::new(|_| full), drills: full };
        let model = Model::observed(&counts);
        for stage in Stage::ALL {
            assert!((model.stages.of(stage).chances.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    proptest! {
        #[test]
        fn what_is_assumed_is_off_what_was_observed_by_the_weight_of_the_default_at_most(
            grades in prop::collection::vec(0_u8..=5, 1..400),
        ) {
            let mut counts = Counts::default();
            for grade in &grades {
                counts.review(Found::from(&WEEK), Grade::new(*grade).unwrap(), 1);
                counts.drill(Grade::new(*grade).unwrap(), 1);
            }
            let n = f64::from(u32::try_from(grades.len()).unwrap());
            let share = |from: u8| {
                f64::from(u32::try_from(grades.iter().filter(|grade| **grade >= from).count()).unwrap()) / n
            };
            let model = Model::observed(&counts);
            let basis = model.basis();
            let most = f64::from(PRIOR_ANSWERS) / (f64::from(PRIOR_ANSWERS) + n) + 1e-12;
            prop_assert!((basis.stages[3].recall - share(3)).abs() <= most);
            prop_assert!((basis.drills.success - share(4)).abs() <= most);
            prop_assert!((model.stages.of(Stage::Days).chances.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }
}
