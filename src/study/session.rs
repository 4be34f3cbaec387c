//! A session as a screen sees it.

use std::path::PathBuf;

use serde::Serialize;

use super::mastery::TestEnd;
use super::{Question, Way};
use crate::error::{Error, Result};
use crate::model::{
    Answer, CardId, Day, DeckName, Difficulty, Event, Grade, Grading, Guid, Kind, Matched, Slot, State, Tags,
    Theme,
};

/// Something that asks cards and takes answers: what a screen works on.
pub trait Session {
    /// The card to ask; the same until it is answered, suspended or an answer is taken back.
    fn next(&mut self) -> Result<Option<Turn>>;
    /// Saves an answer to the card that [`Session::next`] gave. When this returns, the answer is on disk. A card that is not
    /// there any more is an error of the kind [`Kind::NotFound`](crate::error::Kind::NotFound), and the next one comes.
    fn answer(&mut self, answer: Answer) -> Result<Saved>;
    /// The card that [`Session::next`] gave was only shown, and the learner has looked at it.
    fn seen(&mut self) -> Result<()> {
        Err(Error::internal("this session shows no cards"))
    }
    /// Gives the answer just saved another grade; none if nothing was saved since the last undo.
    fn regrade(&mut self, grade: Grade) -> Result<Option<Saved>>;
    /// Takes back what was done last in the session: an answer, or that a card was put away. Before that come the answers
    /// of the study day that stand, from wherever they are. The card comes next if it is asked here at all. Practice
    /// takes back no other answers than of practice. None if there is nothing.
    fn undo(&mut self) -> Result<Option<TakenBack>>;
    /// Whether [`Session::undo`] would take something back.
    fn can_undo(&mut self) -> Result<bool> {
        Ok(false)
    }
    /// Suspends a card: the one to ask, or the one answered last.
    fn suspend(&mut self, card: CardId) -> Result<()>;
    /// Puts a card off until the next study day: the one to ask, or the repeat of the one answered last.
    fn bury(&mut self, card: CardId) -> Result<()>;
    /// Marks the note of a card, or takes the mark away; says whether it is marked now.
    fn mark(&mut self, card: CardId) -> Result<bool>;
    /// The note of a card as a form for an editor.
    fn form(&mut self, _card: CardId) -> Result<String> {
        Err(Error::internal("this session edits nothing"))
    }
    /// Takes the form of a card's note back, as it was given and as it is now. The card to ask is asked as it is then.
    /// What the learner should know of the change; none if nothing was changed.
    fn edit(&mut self, _card: CardId, _before: &str, _after: &str) -> Result<Option<Vec<String>>> {
        Err(Error::internal("this session edits nothing"))
    }
    /// The file of an image or a sound of the collection, by the name that notes give it; none if it is not there.
    fn medium(&mut self, _name: &str) -> Result<Option<PathBuf>> {
        Ok(None)
    }
    /// What is known of a card.
    fn details(&mut self, card: CardId) -> Result<Details>;
    /// What comes after today.
    fn outlook(&mut self) -> Result<Outlook>;
    /// The way of studying that it is.
    fn way(&self) -> Way {
        Way::Review
    }
    /// What it is narrowed to, in words; none if it asks everything.
    fn scope(&self) -> Option<String> {
        None
    }
    /// How the learner wants the full screen coloured.
    fn theme(&self) -> Theme {
        Theme::default()
    }
    /// How a test has come out so far; none if this is no test.
    fn test(&mut self) -> Result<Option<TestEnd>> {
        Ok(None)
    }
    /// Seconds that are left for the whole of a test, if its time is limited (at none, [`Session::next`] ends it), or that
    /// matching has taken so far.
    fn seconds(&mut self) -> Result<Option<u64>> {
        Ok(None)
    }
    /// What came of the pairs that were matched, and the best round of as many pairs before; none if this is no match.
    fn matched(&mut self) -> Result<Option<(Matched, Option<Matched>)>> {
        Ok(None)
    }
    /// What was done so far.
    fn tally(&self) -> Tally;
    /// Cards left for today.
    fn left(&self) -> Left;
}

/// What a card is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// It is due.
    #[default]
    Due,
    /// It is new.
    New,
    /// It scored below 4 today.
    Drill,
    /// It is new, and only shown.
    Shown,
    /// It is practised.
    Practice,
    /// It is practised until it was right.
    Cram,
    /// Its back is looked for among others, against the clock.
    Match,
    /// It was drawn for a test: no help, one attempt, and nothing is told before the end.
    Test,
}

impl Stage {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::New => "new",
            Self::Drill => "drill",
            Self::Shown => "new, to look at",
            Self::Practice => "practice",
            Self::Cram => "practice until right",
            Self::Match => "match",
            Self::Test => "test",
        }
    }

    /// Whether an answer changes the schedule.
    pub const fn is_scheduled(self) -> bool {
        match self {
            Self::Due | Self::New => true,
            Self::Drill | Self::Shown | Self::Practice | Self::Cram | Self::Match | Self::Test => false,
        }
    }

    /// Whether a card with this grade comes again: today, or in this session where that is practice.
    pub const fn comes_again(self, grade: Grade) -> bool {
        match self {
            Self::Due | Self::New | Self::Drill => grade.needs_drill(),
            Self::Cram => !grade.is_pass(),
            Self::Shown | Self::Practice | Self::Match | Self::Test => false,
        }
    }
}

/// Cards left for today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Left {
    /// Due cards.
    pub due: u32,
    /// New cards.
    pub new: u32,
    /// Cards to be repeated.
    pub drill: u32,
    /// Cards to be practised.
    pub practice: u32,
    /// Questions of a test.
    #[serde(skip)]
    pub test: u32,
}

impl Left {
    /// All of them.
    pub const fn sum(self) -> u32 {
        let days = self.due.saturating_add(self.new).saturating_add(self.drill);
        days.saturating_add(self.practice).saturating_add(self.test)
    }
}

/// A card whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckName,
    /// What it is asked for.
    pub stage: Stage,
    /// The question.
    pub question: Question,
    /// The state that each grade from 0 to 5 would give.
    pub preview: [State; 6],
    /// Cards left, this one too.
    pub left: Left,
    /// Attempts that the setting allows.
    pub attempts: u8,
    /// The keys that grade the card.
    pub grading: Grading,
    /// Whether the learner marked its note.
    pub marked: bool,
    /// Seconds that are left for the whole test, if its time is limited, or that matching has taken so far.
    pub seconds: Option<u64>,
}

impl Turn {
    /// Whether there is help, and more to do than to answer.
    pub const fn gives_help(&self) -> bool {
        !matches!(self.stage, Stage::Test | Stage::Match)
    }

    /// Whether it is a question of a test.
    pub const fn is_test(&self) -> bool {
        matches!(self.stage, Stage::Test)
    }
}

/// What is known of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// The card.
    pub card: CardId,
    /// The note.
    pub note: Guid,
    /// Which card of the note.
    pub slot: Slot,
    /// The kind of the note.
    pub kind: Kind,
    /// Its deck.
    pub deck: DeckName,
    /// Its tags.
    pub tags: Tags,
    /// Its difficulty.
    pub difficulty: Option<Difficulty>,
    /// The maturity level that it is about.
    pub level: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Its schedule.
    pub state: State,
    /// Its answers that stand, the last first.
    pub history: Vec<Past>,
}

/// An answer of another time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The study day.
    pub day: Day,
    /// Whether it changed the schedule.
    pub event: Event,
    /// The answer.
    pub answer: Answer,
}

/// What comes after today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Outlook {
    /// Cards that are due tomorrow, with what is left of today.
    pub due_tomorrow: u32,
    /// New cards that tomorrow brings.
    pub new_tomorrow: u32,
    /// Study days in a row with an answer, up to today.
    pub streak: u32,
}

/// An answer that is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The card.
    pub card: CardId,
    /// Its grade.
    pub grade: Grade,
    /// Whether it changed the schedule or was a drill or practice.
    pub event: Event,
    /// The study day of the answer.
    pub day: Day,
    /// The card's state now.
    pub state: State,
    /// Whether it was forgotten so often that it is suspended now.
    pub leech: bool,
    /// Whether it comes again: today, or in this session where that is practice.
    pub again: bool,
}

impl Saved {
    /// Whether burying its card changes what is asked today: practice leaves the day's own questions.
    pub const fn can_be_buried(&self) -> bool {
        self.again || matches!(self.event, Event::Practice)
    }
}

/// How a card was put away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutAway {
    /// Until it is resumed.
    Suspended,
    /// Until the next study day.
    Buried,
}

/// What a session took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakenBack {
    /// An answer.
    Answer(Undone),
    /// A card had been put away; it is asked again.
    PutAway {
        /// The card.
        card: CardId,
        /// What it asks.
        prompt: String,
        /// How it had been.
        was: PutAway,
    },
}

impl TakenBack {
    /// The card; none if its note is gone.
    pub const fn card(&self) -> Option<CardId> {
        match self {
            Self::Answer(undone) => undone.card,
            Self::PutAway { card, .. } => Some(*card),
        }
    }
}

/// An answer that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The card; none if its note is gone.
    pub card: Option<CardId>,
    /// What it asks, on one line.
    pub prompt: String,
    /// The grade that does not count any more.
    pub grade: Grade,
    /// Whether it had changed the schedule or was a drill.
    pub event: Event,
    /// The card's state now.
    pub state: State,
}

/// What was done in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Due cards answered.
    pub due: u32,
    /// New cards answered.
    pub new: u32,
    /// Repeats answered.
    pub drill: u32,
    /// Answers in practice.
    pub practice: u32,
    /// Cards that were practised.
    pub practised: u32,
    /// Those of them of which the first answer was of grade 3 or more.
    pub known: u32,
    /// Questions of a test answered.
    pub test: u32,
    /// Reviews of grade 3 or more.
    pub passed: u32,
    /// Cards that were learnt and forgotten.
    pub lapsed: u32,
    /// Cards that were suspended as leeches.
    pub leeches: u32,
    /// Milliseconds spent on all of them, none for longer than the setting counts.
    pub took_ms: u64,
}

impl Tally {
    /// All answers.
    pub const fn answers(&self) -> u32 {
        let days = self.due.saturating_add(self.new).saturating_add(self.drill);
        days.saturating_add(self.practice).saturating_add(self.test)
    }
}
