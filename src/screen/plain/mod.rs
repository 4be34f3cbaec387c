//! The plain screen: lines on an output, answers from an input, nothing that moves a cursor.

mod blanks;
mod choice;
mod commands;
mod details;
mod input;
mod page;
mod reveal;
mod shown;
mod summary;
mod typed;

use std::io::BufRead;

use commands::{BARE, COMMANDS};
use input::{Command, Line, Reader};
pub use page::Page;

use crate::error::{Kind, Result};
use crate::model::{Answer, CardId, Grade};
use crate::screen::{test, words};
use crate::study::{Ask, Likeness, Marker, Saved, Session, Stage, Turn, Typed, Verdict};
use crate::text;

/// Runs a session until it is done, the learner leaves or the input ends.
///
/// `pauses`: a person at a terminal sees the answer to a marked card until Enter; a script needs no such line.
pub fn run(
    session: &mut dyn Session,
    input: &mut dyn BufRead,
    page: &mut Page<'_>,
    pauses: bool,
) -> Result<()> {
    let mut screen = Plain {
        session,
        reader: Reader::new(input),
        page,
        pauses,
        explained: None,
        images: Vec::new(),
        answered: String::new(),
        leeches: Vec::new(),
        gives_help: true,
    };
    if screen.session.left().sum() == 0 {
        let nothing = words::nothing(screen.session);
        return screen.page.line(&nothing);
    }
    let heading = match screen.session.left().test {
        0 => words::heading(screen.session),
        questions => test::beginning(questions),
    };
    screen.page.line(&heading)?;
    while let Some(turn) = screen.session.next()? {
        if screen.ask(&turn)? == Step::Leave {
            break;
        }
    }
    summary::write(&mut screen)
}

/// What comes after a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Next,
    Leave,
}

/// What a line came to, where a kind of question asked for it.
enum Asked {
    /// A text that is no command.
    Text(String),
    /// A command that everyone treats alike was done; the same prompt again.
    Again,
    /// Don't know.
    DontKnow,
    /// The card is done with.
    Done(Step),
}

/// What the learner made of a typo.
enum Decided {
    /// It counts as right, or it is a wrong attempt.
    Verdict(Verdict),
    /// The card is done with.
    Done(Step),
}

/// What a prompt expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expects {
    /// A key: commands are bare.
    Keys,
    /// Letters of options: commands are bare, but for those that are such letters.
    Letters,
    /// A text: commands take a colon.
    Text,
    /// Nothing: the card is only shown, and commands are bare.
    Nothing,
}

struct Plain<'s, 'i, 'p, 'o> {
    session: &'s mut dyn Session,
    reader: Reader<'i>,
    page: &'p mut Page<'o>,
    pauses: bool,
    /// The way in which commands were last explained, whether one could take something back, and whether there were images.
    explained: Option<(Expects, bool, bool)>,
    /// Where the images are that the page shows of the card.
    images: Vec<String>,
    /// What the card asks that was answered last.
    answered: String,
    /// The cards that were suspended as leeches, with what they ask.
    leeches: Vec<(CardId, String)>,
    /// Whether there is more to do with the card than to answer.
    gives_help: bool,
}

/// Columns of a prompt beside other words.
const PROMPT: usize = 50;

impl Plain<'_, '_, '_, '_> {
    fn ask(&mut self, turn: &Turn) -> Result<Step> {
        self.page.line("")?;
        let (left, stage) = (words::left(turn.left), turn.stage.name());
        let time = turn.seconds.map_or_else(String::new, |seconds| {
            let time = if turn.is_test() { test::time(seconds) } else { test::clock(seconds) };
            format!(" · {time}")
        });
        self.page.line(&format!("--- {left} left{time} · {stage} · {} · card {}", turn.deck, turn.card))?;
        self.page.block(&turn.question.prompt)?;
        self.page.code(turn.question.code.as_ref())?;
        self.images.clone_from(&turn.question.images);
        let mut marker = Marker::of(turn);
        if turn.stage == Stage::Shown {
            return shown::show(self, turn, &mut marker);
        }
        self.gives_help = turn.gives_help();
        match &turn.question.ask {
            Ask::Reveal(reveal) => reveal::ask(self, turn, &mut marker, reveal),
            Ask::Typed(right) => typed::ask(self, turn, &mut marker, right),
            Ask::Choice(options) => choice::ask(self, turn, &mut marker, options),
            Ask::Blanks(gaps) => blanks::ask(self, turn, &mut marker, gaps),
        }
    }

    /// Writes a prompt, with the commands when they are others, or written in another way, than before.
    fn prompt(&mut self, prompt: &str, expects: Expects) -> Result<()> {
        let can_undo = self.session.can_undo()?;
        let has_images = !self.images.is_empty();
        let now = (expects, can_undo, has_images);
        if self.explained.replace(now) == Some(now) {
            return self.page.line(prompt);
        }
        let commands = if self.gives_help { COMMANDS } else { BARE };
        let is_offered = |name: &str| match name {
            "?" | "!" => expects != Expects::Nothing,
            "u" => can_undo,
            "o" => has_images,
            _ => true,
        };
        let said = commands.iter().filter(|(name, _)| is_offered(name)).map(|(name, does)| {
            let colon = if input::is_bare(name, expects) { "" } else { ":" };
            format!("{colon}{name} {does}")
        });
        self.page.line(&format!("{prompt} ({})", said.collect::<Vec<_>>().join(", ")))
    }

    /// Reads a line and does what every kind of question does alike.
    fn read(&mut self, turn: &Turn, marker: &mut Marker, expects: Expects) -> Result<Asked> {
        let Some(line) = self.reader.line(expects)? else {
            return Ok(Asked::Done(Step::Leave));
        };
        match line {
            Line::Text(text) => Ok(Asked::Text(text)),
            Line::Unknown(text) => {
                self.explained = None;
                self.page.line(&format!("There is no command {text}."))?;
                Ok(Asked::Again)
            }
            Line::Command(Command::Hint) if turn.gives_help() => {
                match &turn.question.hint {
                    Some(hint) => {
                        marker.show_hint();
                        self.page.labelled("hint", hint)?;
                    }
                    None => self.page.line("This card has no hint.")?,
                }
                Ok(Asked::Again)
            }
            Line::Command(command) => self.obey(turn, command),
        }
    }

    /// Saves the answer to a marked card, shows what belongs behind it and says that it is saved.
    fn finish(&mut self, turn: &Turn, answer: Answer, verdict: &str) -> Result<Step> {
        let saved = match self.answer(turn, answer)? {
            Ok(saved) => saved,
            Err(step) => return Ok(step),
        };
        if turn.is_test() {
            // nothing is told before the end
            self.page.line(test::SAVED)?;
            return Ok(Step::Next);
        }
        if turn.stage == Stage::Match {
            // the clock goes on
            self.page.line(words::found(saved.grade))?;
            return Ok(Step::Next);
        }
        self.page.line(verdict)?;
        self.page.labelled("answer", &turn.question.right_answer())?;
        self.after(turn)?;
        self.saved(&saved, "")?;
        if self.pauses { self.pause(turn, saved) } else { Ok(Step::Next) }
    }

    /// Saves an answer; what comes instead if its card is gone or the learner leaves without it, both of which are said.
    fn answer(&mut self, turn: &Turn, answer: Answer) -> Result<std::result::Result<Saved, Step>> {
        let kept = answer.clone();
        let mut saved = self.session.answer(answer);
        loop {
            match saved {
                Err(error) if error.kind == Kind::NotFound => {
                    self.page.line(words::GONE)?;
                    return Ok(Err(Step::Next));
                }
                // a person can make room or wait; what a script says next was meant for other prompts
                Err(error) if self.pauses => {
                    self.not_done("Not saved", error)?;
                    if !self.tries_again()? {
                        return Ok(Err(Step::Leave));
                    }
                    saved = self.session.answer(kept.clone());
                }
                saved => {
                    self.answered = text::one_line(&turn.question.prompt, PROMPT);
                    return saved.map(Ok);
                }
            }
        }
    }

    /// Whether an answer that could not be saved is to be tried again.
    fn tries_again(&mut self) -> Result<bool> {
        loop {
            self.page.line("Enter tries again, q leaves without this answer")?;
            match self.reader.line(Expects::Keys)? {
                Some(Line::Text(text)) if text.is_empty() => return Ok(true),
                None | Some(Line::Command(Command::Quit)) => return Ok(false),
                Some(_) => {}
            }
        }
    }

    /// Saves the grade of a card whose answer is on the page.
    fn graded(&mut self, turn: &Turn, answer: Answer) -> Result<Step> {
        let saved = match self.answer(turn, answer)? {
            Ok(saved) => saved,
            Err(step) => return Ok(step),
        };
        self.saved(&saved, "")?;
        // after the last card there is no other place to take the grade back
        if self.pauses && self.session.next()?.is_none() { self.pause(turn, saved) } else { Ok(Step::Next) }
    }

    /// Waits until the learner has read the answer.
    fn pause(&mut self, turn: &Turn, saved: Saved) -> Result<Step> {
        loop {
            let bury = if saved.can_be_buried() { ", b bury" } else { "" };
            self.page.line(&format!(
                "Enter goes on; =4 gives this answer the grade 4, u takes it back, s suspend{bury}, m mark, i details, q leaves"
            ))?;
            let Some(line) = self.reader.line(Expects::Keys)? else { return Ok(Step::Leave) };
            match line {
                Line::Command(Command::Bury) if !saved.can_be_buried() => {
                    self.page.line(words::NOT_AGAIN)?;
                }
                Line::Command(
                    command @ (Command::Undo
                    | Command::Regrade(_)
                    | Command::Suspend
                    | Command::Bury
                    | Command::Mark
                    | Command::Details
                    | Command::Image
                    | Command::Quit),
                ) => {
                    if let Asked::Done(step) = self.obey(turn, command)? {
                        return Ok(step);
                    }
                }
                Line::Command(Command::Edit) => drop(self.edit(turn)?),
                Line::Text(text) if text.is_empty() => return Ok(Step::Next),
                Line::Command(Command::Hint | Command::DontKnow) | Line::Text(_) | Line::Unknown(_) => {}
            }
        }
    }

    /// Whether a text is a command that lacks its colon and no right answer; says so, for it costs no attempt.
    fn lacks_colon(&mut self, text: &str, right: &[Typed]) -> Result<bool> {
        let text = text.trim();
        let is_right = || right.iter().any(|right| right.likeness(text) == Likeness::Same);
        let is_bare = input::is_command(text) && !is_right();
        if is_bare {
            self.page.line(&format!("A command takes a colon here: :{text}"))?;
        }
        Ok(is_bare)
    }

    /// Answers "don't know".
    fn dont_know(&mut self, turn: &Turn, marker: &Marker) -> Result<Step> {
        self.finish(turn, marker.answer(Grade::NOTHING), "You did not know it.")
    }

    /// Ends a marked question if the verdict ends it.
    fn judge(&mut self, turn: &Turn, marker: &Marker, verdict: &Verdict) -> Result<Option<Step>> {
        match verdict {
            Verdict::Right(grade) => self.finish(turn, marker.answer(*grade), "Right.").map(Some),
            Verdict::Spent(_) => {
                self.finish(turn, marker.answer(Grade::WRONG), "Wrong; no attempt is left.").map(Some)
            }
            Verdict::Again(_) => {
                self.page.line(&format!("Wrong; {} left.", text::count(marker.left(), "attempt")))?;
                Ok(None)
            }
            Verdict::Near(_) => Ok(None),
        }
    }

    /// A typo: the learner decides whether it counts.
    fn decide(&mut self, turn: &Turn, marker: &mut Marker, difference: &str) -> Result<Decided> {
        self.page.labelled("almost", difference)?;
        loop {
            self.prompt("Does that count as right? y yes, n no", Expects::Text)?;
            match self.read(turn, marker, Expects::Text)? {
                Asked::Text(text) if text.trim().eq_ignore_ascii_case("y") => {
                    return Ok(Decided::Verdict(Verdict::Right(marker.grade())));
                }
                Asked::Text(text) if text.trim().eq_ignore_ascii_case("n") => {
                    return Ok(Decided::Verdict(marker.refuse()));
                }
                Asked::DontKnow => return self.dont_know(turn, marker).map(Decided::Done),
                Asked::Done(step) => return Ok(Decided::Done(step)),
                Asked::Text(_) | Asked::Again => {}
            }
        }
    }

    fn after(&mut self, turn: &Turn) -> Result<()> {
        let after = &turn.question.after;
        self.images.extend_from_slice(&after.images);
        let parts = [("why", &after.explanation), ("mistakes", &after.mistakes), ("check", &after.check)];
        parts.into_iter().try_for_each(|(label, text)| {
            text.as_ref().map_or(Ok(()), |text| self.page.labelled(label, text))
        })
    }

    fn saved(&mut self, saved: &Saved, of: &str) -> Result<()> {
        self.leeches.retain(|(card, _)| *card != saved.card);
        if saved.leech {
            self.leeches.push((saved.card, self.answered.clone()));
        }
        self.page.line(&words::saved(saved, of))
    }
}
