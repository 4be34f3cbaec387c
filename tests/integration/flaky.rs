//! A session over a disk that is full for a while.

use matura::error::{Error, Kind, Result};
use matura::model::{Answer, CardId, Grade};
use matura::study::{Details, Left, Outlook, Saved, Session, TakenBack, Tally, Turn};

pub(crate) struct Flaky<'s> {
    pub(crate) session: &'s mut dyn Session,
    /// So many answers fail.
    pub(crate) failures: u32,
}

impl Session for Flaky<'_> {
    fn next(&mut self) -> Result<Option<Turn>> {
        self.session.next()
    }

    fn answer(&mut self, answer: Answer) -> Result<Saved> {
        if self.failures > 0 {
            self.failures -= 1;
            return Err(Error::new(Kind::Io, "the disk is full").hint("free some space"));
        }
        self.session.answer(answer)
    }

    fn regrade(&mut self, grade: Grade) -> Result<Option<Saved>> {
        self.session.regrade(grade)
    }

    fn undo(&mut self) -> Result<Option<TakenBack>> {
        self.session.undo()
    }

    fn can_undo(&mut self) -> Result<bool> {
        self.session.can_undo()
    }

    fn suspend(&mut self, card: CardId) -> Result<()> {
        self.session.suspend(card)
    }

    fn bury(&mut self, card: CardId) -> Result<()> {
        self.session.bury(card)
    }

    fn mark(&mut self, card: CardId) -> Result<bool> {
        self.session.mark(card)
    }

    fn form(&mut self, card: CardId) -> Result<String> {
        self.session.form(card)
    }

    fn edit(&mut self, card: CardId, before: &str, after: &str) -> Result<Option<Vec<String>>> {
        self.session.edit(card, before, after)
    }

    fn details(&mut self, card: CardId) -> Result<Details> {
        self.session.details(card)
    }

    fn outlook(&mut self) -> Result<Outlook> {
        self.session.outlook()
    }

    fn seconds(&mut self) -> Result<Option<u64>> {
        self.session.seconds()
    }

    fn tally(&self) -> Tally {
        self.session.tally()
    }

    fn left(&self) -> Left {
        self.session.left()
    }
}
