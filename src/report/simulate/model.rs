//! How the learner is taken to answer.

use serde::Serialize;

use super::stage::{PerStage, Stage};
use crate::model::Grade;

/// The chances of grades 0 to 5; they add up to 1.
pub(super) type Chances = [f64; Grade::ALL.len()];

/// Repeats of one card on one day at most, so that a day ends even if no repeat can succeed. Where every second one does,
/// two cards in a million come to as many.
pub const MOST_DRILLS: u32 = 20;

/// How cards of one stage are answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Answers {
    pub(super) chances: Chances,
    /// The mean time of an answer, in milliseconds.
    pub(super) ms: u32,
    /// Answers that were observed, and how many of them were remembered.
    pub(super) observed: (u32, u32),
}

/// How repeats on the same day are answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Drills {
    /// The chance that one ends them, by a grade of 4 or more.
    pub(super) success: f64,
    /// The mean time of one, in milliseconds.
    pub(super) ms: u32,
    /// Repeats that were observed, and how many of them ended them.
    pub(super) observed: (u32, u32),
}

/// How the learner is taken to answer: by the [`Stage`] of a card alone, each answer independent of all others. So a
/// hard card is remembered as well as an easy one of its stage, and a late one as well as one in time.
///
/// [`Model::default`] is an **assumption** about learners in general; it holds until there are answers to go by
/// ([`Model::observed`]). Of new cards 76 % are known (grade 3 or more), of those that were forgotten 80 % at the next
/// review, of young ones 85 % and of mature ones 90 %. What is remembered has grade 3 in 22 of 100 cases, 4 in 63 and 5
/// in 15; what is not has grade 1. A repeat on the same day succeeds in 72 of 100 cases. A new card takes 15 seconds, a
/// known one 14, a repeat 13.
///
/// All but the recall of known cards is what the simulator of FSRS assumes, rounded (fsrs-rs, `src/simulation.rs`,
/// `SimulatorConfig::default`: first ratings 0.24, 0.094, 0.495, 0.171; later ones that are no lapse 0.224, 0.631,
/// 0.145; Good or Easy in 0.6595 + 0.0604 after Again; the seconds of each rating, weighted with these). The recall
/// of known cards is in round numbers, around the nine in ten that schedulers commonly aim at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Model {
    pub(super) stages: PerStage<Answers>,
    pub(super) drills: Drills,
}

/// On what a forecast rests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Basis {
    /// Each stage, in order.
    pub stages: Vec<StageBasis>,
    /// Repeats on the same day.
    pub drills: DrillBasis,
}

/// What a forecast assumes of the cards of one stage.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct StageBasis {
    /// The stage.
    pub stage: Stage,
    /// Answers that were observed.
    pub answers: u32,
    /// How many of them had grade 3 or more.
    pub remembered: u32,
    /// The chance of a grade of 3 or more that the forecast assumes, 0 to 1.
    pub recall: f64,
    /// The mean time of an answer that it assumes, in milliseconds.
    pub ms: u32,
}

/// What a forecast assumes of repeats on the same day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DrillBasis {
    /// Repeats that were observed.
    pub answers: u32,
    /// How many of them had grade 4 or more, so that the card was done for the day.
    pub done: u32,
    /// The chance of that which the forecast assumes, 0 to 1.
    pub success: f64,
    /// The mean time of a repeat that it assumes, in milliseconds.
    pub ms: u32,
}

impl Default for Model {
    fn default() -> Self {
        let (new, known) = (15_000, 14_000);
        let stages = PerStage::new(|stage| {
            let (recall, ms) = match stage {
                Stage::New => (0.76, new),
                Stage::Relearning => (0.80, known),
                Stage::Short | Stage::Days | Stage::Weeks => (0.85, known),
                Stage::Months | Stage::Quarters => (0.90, known),
            };
            Answers { chances: split(recall), ms, observed: (0, 0) }
        });
        Self { stages, drills: Drills { success: 0.72, ms: 13_000, observed: (0, 0) } }
    }
}

/// The chances of grades where this is the chance of 3 or more.
fn split(recall: f64) -> Chances {
    [0.0, 1.0 - recall, 0.0, recall * 0.22, recall * 0.63, recall * 0.15]
}

/// The chance of grade 3 or more.
pub(super) fn recall(chances: &Chances) -> f64 {
    let passes = Grade::ALL.iter().zip(chances).filter(|(grade, _)| grade.is_pass());
    passes.map(|(_, chance)| chance).sum::<f64>().clamp(0.0, 1.0)
}

impl Model {
    /// With one stated recall, 0 to 1, at every review of a known card: whatever its interval is, and after a lapse. New cards,
    /// repeats on the same day and the times stay as they are; grades are split as in the default. A recall below 0 or no number
    /// counts as 0, one above 1 as 1.
    #[must_use]
    pub fn with_recall(mut self, recall: f64) -> Self {
        let recall = if recall >= 0.0 { recall.min(1.0) } else { 0.0 };
        for stage in Stage::ALL.into_iter().filter(|stage| *stage != Stage::New) {
            self.stages.of_mut(stage).chances = split(recall);
        }
        self
    }

    /// The default with one stated recall.
    #[must_use]
    pub fn stated(recall: f64) -> Self {
        Self::default().with_recall(recall)
    }

    /// What it assumes, and on how many answers that rests.
    pub fn basis(&self) -> Basis {
        let stages = Stage::ALL.map(|stage| {
            let Answers { chances, ms, observed: (answers, remembered) } = self.stages.of(stage);
            StageBasis { stage, answers: *answers, remembered: *remembered, recall: recall(chances), ms: *ms }
        });
        let Drills { success, ms, observed: (answers, done) } = self.drills;
        Basis { stages: stages.to_vec(), drills: DrillBasis { answers, done, success, ms } }
    }

    /// The mean time of an answer to a card of this stage, in milliseconds.
    pub(super) const fn answer_ms(&self, stage: Stage) -> u32 {
        self.stages.of(stage).ms
    }

    /// The grade of an answer to a card of this stage. The worse the luck, the lower.
    pub(super) fn grade(&self, stage: Stage, luck: &mut fastrand::Rng) -> Grade {
        let mut luck = luck.f64();
        let mut drawn = Grade::NOTHING;
        let possible = Grade::ALL.into_iter().zip(self.stages.of(stage).chances);
        for (grade, chance) in possible.filter(|(_, chance)| *chance > 0.0) {
            // the last one also takes what rounding leaves over
            drawn = grade;
            if luck < chance {
                break;
            }
            luck -= chance;
        }
        drawn
    }

    /// How many repeats a card takes that has to be repeated today, 1 to [`MOST_DRILLS`].
    pub(super) fn repeats(&self, luck: &mut fastrand::Rng) -> u32 {
        let mut repeats = 1;
        while repeats < MOST_DRILLS && luck.f64() >= self.drills.success {
            repeats += 1;
        }
        repeats
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chances_of(model: &Model) -> Vec<Chances> {
        Stage::ALL.iter().map(|stage| model.stages.of(*stage).chances).collect()
    }

    #[test]
    fn a_stated_recall_holds_for_every_known_card_and_for_no_new_one() {
        for (stated, expected) in [
            (0.0, 0.0),
            (0.9, 0.9),
            (1.0, 1.0),
            (-1.0, 0.0),
            (7.0, 1.0),
            (f64::NAN, 0.0),
            (f64::INFINITY, 1.0),
        ] {
            for basis in Model::stated(stated).basis().stages {
                let expected = if basis.stage == Stage::New { 0.76 } else { expected };
                assert!((basis.recall - expected).abs() < 1e-12, "{stated} {basis:?}");
            }
        }
    }

    #[test]
    fn a_grade_without_a_chance_is_never_drawn_and_a_certain_one_always() {
        let mut model = Model::default();
        for grade in Grade::ALL {
            let chances = Grade::ALL.map(|other| if other == grade { 1.0 } else { 0.0 });
            model.stages.of_mut(Stage::Days).chances = chances;
            for seed in 0..200 {
                assert_eq!(model.grade(Stage::Days, &mut fastrand::Rng::with_seed(seed)), grade);
            }
        }
    }

    #[test]
    fn repeats_end_at_once_where_they_always_succeed_and_at_the_stated_number_where_they_never_do() {
        let mut model = Model::default();
        for (success, repeats) in [(1.0, 1), (0.0, MOST_DRILLS)] {
            model.drills.success = success;
            assert_eq!(model.repeats(&mut fastrand::Rng::with_seed(7)), repeats);
        }
    }

    #[test]
    fn grades_are_drawn_as_often_as_the_model_says() {
        // Hoeffding: a share of n draws is off by more than this in one case of a thousand million
        let n = 100_000;
        let bound = ((2.0_f64 * 1e9).ln() / (2.0 * f64::from(n))).sqrt();
        let model = Model::default();
        for stage in Stage::ALL {
            let mut counts = [0_u32; 6];
            for card in 0..n {
                let mut luck = super::super::luck::luck(11, usize::try_from(card).unwrap(), 3);
                counts[usize::from(model.grade(stage, &mut luck).number())] += 1;
            }
            for (count, chance) in counts.iter().zip(model.stages.of(stage).chances) {
                assert!((f64::from(*count) / f64::from(n) - chance).abs() < bound, "{stage:?} {counts:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_chances_of_a_model_add_up_to_one(stated in 0.0..=1.0_f64) {
            for chances in [chances_of(&Model::default()), chances_of(&Model::stated(stated))].concat() {
                prop_assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                prop_assert!(chances.iter().all(|chance| (0.0..=1.0).contains(chance)));
            }
        }

        #[test]
        fn the_same_luck_has_no_lower_grade_where_more_is_remembered(
            seed in any::<u64>(),
            one in 0.0..=1.0_f64,
            other in 0.0..=1.0_f64,
        ) {
            let [worse, better] = [one.min(other), one.max(other)].map(|recall| {
                Model::stated(recall).grade(Stage::Weeks, &mut fastrand::Rng::with_seed(seed))
            });
            prop_assert!(worse <= better);
        }
    }
}
