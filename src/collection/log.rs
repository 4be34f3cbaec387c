//! What was done to the collection, the last first.

use serde::Serialize;

use super::Collection;
use crate::error::Result;
use crate::model::Event;
use crate::store::log::Stretch;
use crate::store::operation::Operation;
use crate::store::{Tx, log, operation};

/// Something that was done: an operation, or answers of one sort that follow each other on one study day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogLine {
    /// When, as RFC 3339 writes it; of answers when the last was given.
    pub at: String,
    /// The study day.
    pub day: String,
    /// What.
    pub what: &'static str,
    /// What it was done to, if that can be named.
    pub about: Option<String>,
    /// Notes that it changed or added.
    pub notes: u32,
    /// Answers that stand.
    pub answers: u32,
    /// Those of them with a grade of 3 or more.
    pub passed: u32,
    /// Whether it was taken back.
    pub undone: bool,
}

impl Collection {
    /// What was done last, in so many lines at most.
    pub fn log(&mut self, most: u32) -> Result<Vec<LogLine>> {
        let steps =
            self.read(|tx, context| steps(tx, operation::recent(tx, context.now.day, most)?, most))?;
        Ok(steps.into_iter().map(|step| self.line(step)).collect())
    }

    fn line(&self, step: Step) -> LogLine {
        match step {
            Step::Answers(Stretch { day, event, at, answers, passed }) => LogLine {
                at: self.clock.written(at),
                day: day.to_string(),
                what: match event {
                    Event::Review => "review",
                    Event::Drill => "repeat",
                    Event::Practice => "practice",
                    Event::Test => "test",
                },
                about: None,
                notes: 0,
                answers,
                passed,
                undone: false,
            },
            Step::Operation(Operation { at, day, act, about, notes, is_undone, .. }) => LogLine {
                at: self.clock.written(at),
                day: day.to_string(),
                what: act.name(),
                about: Some(about),
                notes,
                answers: 0,
                passed: 0,
                undone: is_undone,
            },
        }
    }
}

enum Step {
    Answers(Stretch),
    Operation(Operation),
}

/// The answers that were given between operations, and these.
fn steps(tx: &Tx<'_>, operations: Vec<Operation>, most: u32) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    let wanted = usize::try_from(most).unwrap_or(usize::MAX);
    let mut upto = i64::MAX;
    for operation in operations {
        if steps.len() >= wanted {
            break;
        }
        steps.extend(log::stretches(tx, (operation.log_after, upto), most)?.into_iter().map(Step::Answers));
        upto = operation.log_before;
        steps.push(Step::Operation(operation));
    }
    if steps.len() < wanted {
        steps.extend(log::stretches(tx, (0, upto), most)?.into_iter().map(Step::Answers));
    }
    steps.truncate(wanted);
    Ok(steps)
}
