//! What was done in a session.

use std::collections::HashSet;

use crate::model::CardId;
use crate::study::{Saved, Stage, Tally};

/// An answer of a session.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub(super) saved: Saved,
    pub(super) stage: Stage,
    pub(super) lapses_before: u32,
    /// The time that it counts in figures.
    pub(super) took_ms: u32,
    /// Attempts that it took.
    pub(super) attempts: u8,
}

/// The figures of these answers.
pub(super) fn tally<'r>(given: impl Iterator<Item = &'r Record>) -> Tally {
    let mut tally = Tally::default();
    let mut practised: HashSet<CardId> = HashSet::new();
    for Record { saved, stage, lapses_before, took_ms, .. } in given {
        tally.took_ms += u64::from(*took_ms);
        tally.leeches += u32::from(saved.leech);
        match stage {
            Stage::Due => tally.due += 1,
            Stage::New => tally.new += 1,
            Stage::Drill => tally.drill += 1,
            Stage::Practice | Stage::Cram | Stage::Match => {
                tally.practice += 1;
                if practised.insert(saved.card) {
                    tally.practised += 1;
                    tally.known += u32::from(saved.grade.is_pass());
                }
            }
            Stage::Shown | Stage::Test => {}
        }
        if stage.is_scheduled() {
            tally.passed += u32::from(saved.grade.is_pass());
            tally.lapsed += saved.state.lapses.saturating_sub(*lapses_before);
        }
    }
    tally
}
