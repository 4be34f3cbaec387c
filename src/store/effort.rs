//! How much work SQLite does for something, in figures that no machine changes: statements that are run, and steps of its virtual
//! machine (<https://www.sqlite.org/c3ref/c_stmtstatus_counter.html>). The tests hold the hot paths against them.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};

use rusqlite::{CachedStatement, StatementStatus};

use super::Tx;

/// What was done so far, or for something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Effort {
    /// Statements that were run.
    pub(crate) statements: usize,
    /// Steps of SQLite's virtual machine.
    pub(crate) steps: usize,
}

thread_local! {
    static SO_FAR: Cell<Effort> = const { Cell::new(Effort { statements: 0, steps: 0 }) };
}

/// What something takes that is done on this thread.
pub(crate) fn of<T>(work: impl FnOnce() -> T) -> (T, Effort) {
    SO_FAR.set(Effort::default());
    let done = work();
    (done, SO_FAR.get())
}

/// How SQLite runs a statement, step by step.
pub(super) fn plan(tx: &Tx<'_>, sql: &str) -> Vec<String> {
    let mut statement = tx.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let mut rows = statement.raw_query();
    let mut plan = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        plan.push(row.get(3).unwrap());
    }
    plan
}

/// A statement that is counted when it was run.
pub(super) struct Counted<'s>(pub(super) CachedStatement<'s>);

impl<'s> Deref for Counted<'s> {
    type Target = CachedStatement<'s>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Counted<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        let steps = usize::try_from(self.0.reset_status(StatementStatus::VmStep)).unwrap_or(0);
        let Effort { statements, steps: before } = SO_FAR.get();
        SO_FAR.set(Effort { statements: statements + 1, steps: before + steps });
    }
}
