//! Commands that have nothing to do with the kind of question.

use super::input::Command;
use super::{Asked, Plain, Step, details};
use crate::error::{Error, Result};
use crate::screen::{editor, media, words};
use crate::study::{TakenBack, Turn};

/// The commands as a prompt explains them.
pub(super) const COMMANDS: &[(&str, &str)] = &[
    ("?", "hint"),
    ("!", "don't know"),
    ("u", "undo"),
    ("=4", "grade the last answer 4"),
    ("s", "suspend"),
    ("b", "bury"),
    ("m", "mark"),
    ("e", "edit"),
    ("o", "open image"),
    ("i", "details"),
    ("q", "quit"),
];
/// Those where there is no more to do than to answer.
pub(super) const BARE: &[(&str, &str)] = &[("!", "don't know"), ("q", "leave")];

impl Plain<'_, '_, '_, '_> {
    /// Does what a command asks that has nothing to do with the kind of question.
    pub(super) fn obey(&mut self, turn: &Turn, command: Command) -> Result<Asked> {
        match command {
            Command::DontKnow => return Ok(Asked::DontKnow),
            Command::Quit => return Ok(Asked::Done(Step::Leave)),
            Command::Image => self.open_images()?,
            _ if !turn.gives_help() => self.page.line(words::no_help(turn.stage))?,
            Command::Hint => {}
            Command::Undo => {
                if let Some(undone) = self.session.undo()? {
                    if let TakenBack::Answer(undone) = &undone {
                        self.leeches.retain(|(card, _)| Some(*card) != undone.card);
                    }
                    let told = words::taken_back(&undone, |grade| format!("grade {grade}"));
                    self.page.line(&format!("undone: {told}"))?;
                    return Ok(Asked::Done(Step::Next));
                }
                self.page.line(words::nothing_to_undo(self.session.way()))?;
            }
            Command::Suspend => {
                let card = turn.card;
                self.session.suspend(card)?;
                self.page.line(&format!(
                    "suspended: card {card} is not asked any more until matura resume {card}"
                ))?;
                return Ok(Asked::Done(Step::Next));
            }
            Command::Bury => {
                let card = turn.card;
                self.session.bury(card)?;
                self.page.line(&format!(
                    "buried: card {card} is not asked before the next study day, or matura unbury {card}"
                ))?;
                return Ok(Asked::Done(Step::Next));
            }
            Command::Mark => {
                let marked = self.session.mark(turn.card)?;
                self.page.line(if marked {
                    "The note is marked."
                } else {
                    "The note is not marked any more."
                })?;
            }
            Command::Edit => {
                if self.edit(turn)? {
                    return Ok(Asked::Done(Step::Next));
                }
            }
            Command::Details => details::write(self.page, &self.session.details(turn.card)?)?,
            Command::Regrade(grade) => match self.session.regrade(grade)? {
                Some(saved) => {
                    self.saved(&saved, &format!(" for card {}", saved.card))?;
                    if saved.card == turn.card {
                        return Ok(Asked::Done(Step::Next));
                    }
                }
                None => self.page.line("There is no answer whose grade could be moved.")?,
            },
        }
        Ok(Asked::Again)
    }

    /// Opens the images that the page shows of the card.
    fn open_images(&mut self) -> Result<()> {
        if self.images.is_empty() {
            return self.page.line("There is no image here.");
        }
        for source in self.images.clone().iter().take(media::MOST) {
            match media::place(self.session, source).and_then(|place| media::open(&place)) {
                Ok(()) => self.page.line(&media::opened(source))?,
                Err(error) => self.not_done("Not opened", error)?,
            }
        }
        Ok(())
    }

    /// Says why something was not done, and what to do.
    pub(super) fn not_done(&mut self, what: &str, error: Error) -> Result<()> {
        self.page.line(&format!("{what}: {error}"))?;
        error.hint.map_or(Ok(()), |hint| self.page.line(&hint))
    }

    /// Has the note of the card edited; says whether it was changed.
    pub(super) fn edit(&mut self, turn: &Turn) -> Result<bool> {
        let form = self.session.form(turn.card)?;
        let session = &mut *self.session;
        let edited = editor::revise(&form, editor::edit, |after| session.edit(turn.card, &form, after));
        match edited {
            Ok(edited) => {
                self.page.line(&words::edited(edited.as_deref()))?;
                Ok(edited.is_some())
            }
            Err(error) => {
                self.not_done("Not changed", error)?;
                Ok(false)
            }
        }
    }
}
