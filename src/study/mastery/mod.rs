//! The mastery test: what it asks and what comes out of it.

mod draw;
mod score;

pub use draw::{Candidate, Markable, draw};
pub use score::{MASTERED, Mastery, Score};

use super::{After, Ask, Question, Typed};
use crate::model::{DeckName, Difficulty};
use crate::text::fold;

/// A question as a test asks it: without help, and typed where the learner would judge. What belongs behind its answer
/// is for the end.
pub fn examine(question: Question) -> (Question, After) {
    let ask = match question.ask {
        Ask::Reveal(reveal) => Ask::Typed(Typed { answer: reveal.answer, accept: Vec::new() }),
        ask @ (Ask::Typed(_) | Ask::Choice(_) | Ask::Blanks(_)) => ask,
    };
    (Question { ask, hint: None, after: After::default(), ..question }, question.after)
}

/// An answer of a test with the labels of its note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The difficulty of the note.
    pub difficulty: Option<Difficulty>,
    /// The level that the note is about.
    pub level: Option<String>,
    /// Whether the answer is right.
    pub right: bool,
}

/// A part of a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Notes of a difficulty.
    Difficulty(Difficulty),
    /// Notes about a level.
    Level(String),
}

/// The scores of a test: of all of it, of each difficulty, of each level.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scores {
    /// Of all questions.
    pub whole: Score,
    /// Of each difficulty that was asked, easy first, then of each level in the order of names.
    pub parts: Vec<(Part, Score)>,
}

impl Scores {
    /// Counts answers.
    pub fn of(answers: &[Examined]) -> Self {
        let mut scores = Self::default();
        let mut levels: Vec<(String, Part, Score)> = Vec::new();
        let mut difficulties = Difficulty::ALL.map(|difficulty| (difficulty, Score::default()));
        for answer in answers {
            scores.whole.count(answer.right);
            if let Some((_, score)) = difficulties.iter_mut().find(|(of, _)| Some(*of) == answer.difficulty) {
                score.count(answer.right);
            }
            let Some(level) = &answer.level else { continue };
            let key = fold(level);
            if let Some((_, _, score)) = levels.iter_mut().find(|(of, _, _)| *of == key) {
                score.count(answer.right);
            } else {
                let score = Score { right: u32::from(answer.right), asked: 1 };
                levels.push((key, Part::Level(level.clone()), score));
            }
        }
        levels.sort_by(|(one, _, _), (other, _, _)| one.cmp(other));
        let asked = difficulties.into_iter().filter(|(_, score)| score.asked > 0);
        scores.parts.extend(asked.map(|(difficulty, score)| (Part::Difficulty(difficulty), score)));
        scores.parts.extend(levels.into_iter().map(|(_, part, score)| (part, score)));
        scores
    }

    /// The part that was worst, if anything was wrong: the smallest share, of equal ones that with more questions.
    pub fn weakest(&self) -> Option<&Part> {
        let missed = self.parts.iter().filter(|(_, score)| score.right < score.asked);
        let order = |one: &Score, other: &Score| {
            one.share().total_cmp(&other.share()).then(other.asked.cmp(&one.asked))
        };
        missed.min_by(|(_, one), (_, other)| order(one, other)).map(|(part, _)| part)
    }
}

/// A question that was not answered right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// What was asked.
    pub prompt: String,
    /// The code that belongs to it.
    pub code: Option<String>,
    /// What was answered, if anything was.
    pub given: Option<String>,
    /// What is right.
    pub answer: String,
    /// What belongs behind the answer.
    pub after: After,
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TestEnd {
    /// The deck; none for everything.
    pub deck: Option<DeckName>,
    /// Questions that were drawn.
    pub questions: u32,
    /// The scores of what was answered.
    pub scores: Scores,
    /// What was not right, in the order of asking.
    pub missed: Vec<Missed>,
    /// Whether the time was up before all was answered.
    pub is_late: bool,
}

impl TestEnd {
    /// Whether every question has its answer.
    pub fn is_finished(&self) -> bool {
        self.scores.whole.asked == self.questions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(difficulty: Option<Difficulty>, level: Option<&str>, right: bool) -> Examined {
        Examined { difficulty, level: level.map(str::to_owned), right }
    }

    #[test]
    fn every_difficulty_and_level_has_its_score_and_the_worst_is_named() {
        use Difficulty::{Easy, Hard};
        let scores = Scores::of(&[
            answer(Some(Hard), Some("Level 2"), false),
            answer(Some(Easy), Some("level  2"), false),
            answer(Some(Easy), Some("1"), true),
            answer(None, None, true),
        ]);
        assert_eq!(scores.whole, Score { right: 2, asked: 4 });
        let expected = [
            (Part::Difficulty(Easy), Score { right: 1, asked: 2 }),
            (Part::Difficulty(Hard), Score { right: 0, asked: 1 }),
            (Part::Level("1".into()), Score { right: 1, asked: 1 }),
            (Part::Level("Level 2".into()), Score { right: 0, asked: 2 }),
        ];
        assert_eq!(scores.parts, expected);
        assert_eq!(scores.weakest(), Some(&Part::Level("Level 2".into())));
        assert_eq!(Scores::of(&[answer(Some(Easy), None, true)]).weakest(), None);
    }
}
