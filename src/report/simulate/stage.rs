//! How far a card has come when it is asked.

use serde::{Serialize, Serializer};

use crate::model::MATURE_INTERVAL;
use crate::report::learning::Found;

/// How far a card has come before an answer: cards of one stage are taken to be remembered alike.
///
/// SM-2 itself makes the first cuts: its first two intervals are 1 and 6 days, and a lapse begins with them again.
/// From the third on intervals grow with the ease; 21 days is where a card counts as mature, and 90 parts those that
/// come within the quarter from those that hardly come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Never answered.
    New,
    /// Asked before, but with no answer of grade 3 or more since: it was forgotten, or never learnt.
    Relearning,
    /// Learnt, with an interval of 1 day.
    Short,
    /// An interval of 2 to 6 days.
    Days,
    /// An interval of 7 to 20 days.
    Weeks,
    /// An interval of 21 to 89 days.
    Months,
    /// An interval of 90 days or more.
    Quarters,
}

impl Stage {
    /// Every stage, in the order in which a card comes through them.
    pub const ALL: [Self; 7] =
        [Self::New, Self::Relearning, Self::Short, Self::Days, Self::Weeks, Self::Months, Self::Quarters];

    /// The stage of a card that is found so.
    pub fn of(found: Found) -> Self {
        if found.new {
            return Self::New;
        }
        if found.repetitions == 0 {
            return Self::Relearning;
        }
        match found.interval.into() {
            0..=1 => Self::Short,
            2..=6 => Self::Days,
            7..MATURE_INTERVAL => Self::Weeks,
            MATURE_INTERVAL..90 => Self::Months,
            90.. => Self::Quarters,
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Relearning => "relearning",
            Self::Short => "1 day",
            Self::Days => "2 to 6 days",
            Self::Weeks => "7 to 20 days",
            Self::Months => "21 to 89 days",
            Self::Quarters => "90 days and more",
        }
    }
}

impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Something of each stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PerStage<T>([T; Stage::ALL.len()]);

impl<T> PerStage<T> {
    pub(super) fn new(of: impl FnMut(Stage) -> T) -> Self {
        Self(Stage::ALL.map(of))
    }

    pub(super) const fn of(&self, stage: Stage) -> &T {
        let [new, relearning, short, days, weeks, months, quarters] = &self.0;
        match stage {
            Stage::New => new,
            Stage::Relearning => relearning,
            Stage::Short => short,
            Stage::Days => days,
            Stage::Weeks => weeks,
            Stage::Months => months,
            Stage::Quarters => quarters,
        }
    }

    pub(super) const fn of_mut(&mut self, stage: Stage) -> &mut T {
        let [new, relearning, short, days, weeks, months, quarters] = &mut self.0;
        match stage {
            Stage::New => new,
            Stage::Relearning => relearning,
            Stage::Short => short,
            Stage::Days => days,
            Stage::Weeks => weeks,
            Stage::Months => months,
            Stage::Quarters => quarters,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Day, Grade, State};
    use crate::schedule::next;

    #[test]
    fn a_card_that_is_learnt_goes_through_the_stages_in_order_and_a_lapse_begins_anew() {
        let mut state = State::default();
        let mut stages = vec![Stage::of(Found::from(&state))];
        for grade in [Grade::WRONG, Grade::GOOD, Grade::GOOD, Grade::GOOD, Grade::GOOD, Grade::GOOD] {
            state = next(state, grade, Day::new(0));
            stages.push(Stage::of(Found::from(&state)));
        }
        // 1.96: 1, 6, 12, 24, 47
        let months = [Stage::Months; 2];
        assert_eq!(stages, [&Stage::ALL[..5], &months].concat());
        state = next(state, Grade::GOOD, Day::new(0));
        assert_eq!(Stage::of(Found::from(&state)), Stage::Quarters);
        state = next(state, Grade::NOTHING, Day::new(0));
        assert_eq!(Stage::of(Found::from(&state)), Stage::Relearning);
    }

    #[test]
    fn each_interval_has_the_stage_whose_name_says_so() {
        for (interval, name) in [
            (0, "1 day"),
            (1, "1 day"),
            (2, "2 to 6 days"),
            (6, "2 to 6 days"),
            (7, "7 to 20 days"),
            (20, "7 to 20 days"),
            (21, "21 to 89 days"),
            (89, "21 to 89 days"),
            (90, "90 days and more"),
            (u32::MAX, "90 days and more"),
        ] {
            let state = State { repetitions: 3, interval, due: Some(Day::new(0)), ..State::default() };
            assert_eq!(Stage::of(Found::from(&state)).name(), name, "{interval}");
        }
    }

    #[test]
    fn what_is_kept_of_a_stage_is_found_under_it() {
        let mut names = PerStage::new(Stage::name);
        for stage in Stage::ALL {
            assert_eq!(*names.of(stage), stage.name());
            *names.of_mut(stage) = "changed";
            assert_eq!(*names.of(stage), "changed");
        }
    }
}
