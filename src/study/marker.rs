//! Marking: attempts at one question until its grade is known.

use super::ask::{Ask, Gaps, Options, Typed};
use super::compare::Likeness;
use super::question::Question;
use super::session::Turn;
use crate::model::{Answer, Grade, letter};

/// The attempts at one question.
#[derive(Debug, Clone)]
pub struct Marker {
    allowed: u8,
    hinted: bool,
    /// Whether a typo is wrong: nobody is there to decide.
    is_exact: bool,
    responses: Vec<String>,
    /// Places of options that were picked and are wrong.
    crossed: Vec<usize>,
    /// What stands in each gap that is right.
    filled: Vec<Option<String>>,
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// Places of options as they are shown.
    Picks(Vec<usize>),
    /// A text, or one a gap that is still open.
    Texts(Vec<String>),
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Right, with the grade that it earns.
    Right(Grade),
    /// A typo away, with what was typed: the learner decides.
    Near(Vec<String>),
    /// Wrong, and there are attempts left; which parts were right.
    Again(Vec<bool>),
    /// Wrong, and there are none; which parts were right.
    Spent(Vec<bool>),
}

/// Why something is no attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// Nothing was given.
    Empty,
    /// There is no option with this letter.
    NoSuchOption(char),
    /// The option was tried before.
    CrossedOut(char),
    /// One option is right, several were given.
    OneOnly,
    /// So many texts are needed.
    Count(usize),
}

impl Marker {
    /// Attempts at a question, of which the setting allows so many.
    pub fn new(question: &Question, setting: u8) -> Self {
        let gaps = if let Ask::Blanks(gaps) = &question.ask { gaps.answers.len() } else { 0 };
        Self {
            allowed: question.attempts(setting),
            hinted: false,
            is_exact: false,
            responses: Vec::new(),
            crossed: Vec::new(),
            filled: vec![None; gaps],
        }
    }

    /// Attempts at the question of a turn. In a test there is one, and a typo is wrong: nobody judges himself there, and
    /// what is a typo to a program may be another thing ("supervised", "unsupervised").
    pub fn of(turn: &Turn) -> Self {
        let attempts = if turn.is_test() { 1 } else { turn.attempts };
        Self { is_exact: turn.is_test(), ..Self::new(&turn.question, attempts) }
    }

    /// Attempts that are left.
    pub fn left(&self) -> u8 {
        self.allowed.saturating_sub(self.used())
    }

    fn used(&self) -> u8 {
        u8::try_from(self.responses.len()).unwrap_or(u8::MAX)
    }

    /// The hint is shown now.
    pub fn show_hint(&mut self) {
        self.hinted = true;
    }

    /// Whether an option was tried and is wrong.
    pub fn is_crossed_out(&self, place: usize) -> bool {
        self.crossed.contains(&place)
    }

    /// What stands in each gap, if it is right.
    pub fn filled(&self) -> &[Option<String>] {
        &self.filled
    }

    /// Marks an attempt.
    /// A response of the wrong sort is no attempt.
    pub fn respond(&mut self, question: &Question, response: &Response) -> Result<Verdict, Unfit> {
        match (&question.ask, response) {
            (Ask::Choice(options), Response::Picks(picks)) => self.pick(options, picks),
            (Ask::Typed(typed), Response::Texts(texts)) => self.type_in(typed, texts),
            (Ask::Blanks(gaps), Response::Texts(texts)) => self.fill(gaps, texts),
            (Ask::Reveal(_) | Ask::Choice(_) | Ask::Typed(_) | Ask::Blanks(_), _) => Err(Unfit::Empty),
        }
    }

    /// What goes into the log with this grade. The time is the session's to measure.
    pub fn answer(&self, grade: Grade) -> Answer {
        Answer {
            grade,
            took_ms: 0,
            attempts: self.used().max(1),
            hinted: self.hinted,
            responses: self.responses.clone(),
        }
    }

    fn pick(&mut self, options: &Options, picks: &[usize]) -> Result<Verdict, Unfit> {
        let mut picks = picks.to_vec();
        picks.sort_unstable();
        picks.dedup();
        if picks.is_empty() {
            return Err(Unfit::Empty);
        }
        if let Some(beyond) = picks.iter().find(|place| **place >= options.shown.len()) {
            return Err(Unfit::NoSuchOption(letter(*beyond)));
        }
        if let Some(again) = picks.iter().find(|place| self.is_crossed_out(**place)) {
            return Err(Unfit::CrossedOut(letter(*again)));
        }
        if picks.len() > 1 && !options.several {
            return Err(Unfit::OneOnly);
        }
        let picked: Vec<_> = picks.iter().filter_map(|place| options.shown.get(*place)).collect();
        let mut stored: Vec<usize> = picked.iter().map(|option| option.stored).collect();
        stored.sort_unstable();
        let texts = stored.into_iter().filter_map(|place| options.text_of(place));
        self.responses.push(texts.collect::<Vec<_>>().join("\n"));
        let parts: Vec<bool> = picked.iter().map(|option| option.right).collect();
        let right = options.shown.iter().filter(|option| option.right).count();
        if parts.iter().all(|part| *part) && parts.len() == right {
            return Ok(Verdict::Right(self.grade()));
        }
        self.crossed.extend(picks.iter().zip(&parts).filter(|(_, part)| !**part).map(|(place, _)| *place));
        Ok(self.wrong(parts))
    }

    fn type_in(&mut self, typed: &Typed, texts: &[String]) -> Result<Verdict, Unfit> {
        let [text] = texts else { return Err(Unfit::Count(1)) };
        if text.trim().is_empty() {
            return Err(Unfit::Empty);
        }
        self.responses.push(text.trim().to_owned());
        Ok(match typed.likeness(text) {
            Likeness::Same => Verdict::Right(self.grade()),
            Likeness::Near if !self.is_exact => Verdict::Near(vec![text.trim().to_owned()]),
            Likeness::Near | Likeness::Other => self.wrong(vec![false]),
        })
    }

    fn fill(&mut self, gaps: &Gaps, texts: &[String]) -> Result<Verdict, Unfit> {
        let open = self.filled.iter().filter(|filled| filled.is_none()).count();
        if texts.len() != open {
            return Err(Unfit::Count(open));
        }
        if texts.iter().any(|text| text.trim().is_empty()) {
            return Err(Unfit::Empty);
        }
        let mut given = texts.iter().map(|text| text.trim().to_owned());
        let whole: Vec<String> = self
            .filled
            .iter()
            .map(|filled| filled.clone().or_else(|| given.next()).unwrap_or_default())
            .collect();
        self.responses.push(whole.join("\n"));
        let with_bank = !gaps.bank.is_empty();
        let marks: Vec<Likeness> = whole
            .iter()
            .zip(&gaps.answers)
            .map(|(text, gap)| match gap.likeness(text) {
                // a word of the bank is the one or the other, never a typo
                Likeness::Near if with_bank || self.is_exact => Likeness::Other,
                mark => mark,
            })
            .collect();
        if marks.iter().all(|mark| *mark == Likeness::Same) {
            return Ok(Verdict::Right(self.grade()));
        }
        let parts: Vec<bool> = marks.iter().map(|mark| *mark == Likeness::Same).collect();
        for ((filled, text), part) in self.filled.iter_mut().zip(&whole).zip(&parts) {
            if *part {
                *filled = Some(text.clone());
            }
        }
        if marks.contains(&Likeness::Other) { Ok(self.wrong(parts)) } else { Ok(Verdict::Near(whole)) }
    }

    /// The learner does not take the near miss for right: the attempt was wrong, and others may be left.
    pub fn refuse(&self) -> Verdict {
        let parts: Vec<bool> = self.filled.iter().map(Option::is_some).collect();
        self.wrong(if parts.is_empty() { vec![false] } else { parts })
    }

    fn wrong(&self, parts: Vec<bool>) -> Verdict {
        if self.left() == 0 { Verdict::Spent(parts) } else { Verdict::Again(parts) }
    }

    /// The grade of a right answer at the attempt just made; of a near miss that the learner takes for right.
    pub fn grade(&self) -> Grade {
        let number = match (self.used(), self.hinted) {
            (0 | 1, false) => 5,
            (0 | 1, true) => 4,
            (2, _) => 3,
            _ => 2,
        };
        Grade::new(number).unwrap_or(Grade::WRONG)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank;
    use crate::model::Slot;

    fn question(csv: &str, slot: Slot) -> Question {
        let reading = bank::read(&bank::Native, csv).unwrap();
        Question::new(&reading.drafts[0].content, slot, 1).unwrap()
    }

    fn texts(texts: &[&str]) -> Response {
        Response::Texts(texts.iter().map(ToString::to_string).collect())
    }

    /// The place at which the stored option is shown.
    fn place(question: &Question, stored: usize) -> usize {
        let Ask::Choice(options) = &question.ask else { panic!("a choice") };
        options.shown.iter().position(|option| option.stored == stored).unwrap()
    }

    #[test]
    fn the_grade_falls_with_each_attempt_and_with_the_hint() {
        let csv = "prompt,answer,options\nq,A,a|b|c|d\n";
        for (wrong, hinted, grade) in
            [(0, false, 5), (0, true, 4), (1, false, 3), (1, true, 3), (2, false, 2)]
        {
            let question = question(csv, Slot::Front);
            let mut marker = Marker::new(&question, 3);
            if hinted {
                marker.show_hint();
            }
            for stored in 1..=wrong {
                let pick = Response::Picks(vec![place(&question, stored)]);
                assert_eq!(marker.respond(&question, &pick), Ok(Verdict::Again(vec![false])));
            }
            let right = Response::Picks(vec![place(&question, 0)]);
            assert_eq!(marker.respond(&question, &right), Ok(Verdict::Right(Grade::new(grade).unwrap())));
            assert_eq!(marker.answer(Grade::PERFECT).attempts, u8::try_from(wrong).unwrap() + 1);
        }
    }

    #[test]
    fn there_are_never_more_attempts_than_wrong_options() {
        for (csv, slot, allowed) in [
            ("prompt,answer,options\nq,A,a|b\n", Slot::Front, 1),
            ("prompt,answer,options\nq,A,a|b|c\n", Slot::Front, 2),
            ("prompt,answer,options\nq,A|B|C|D,a|b|c|d\n", Slot::Front, 1),
            ("prompt,answer,options\nq,A,a|b|c|d|e|f\n", Slot::Front, 3),
            ("prompt,answer,typed\nq,a,yes\n", Slot::Front, 3),
            ("prompt,answer,options\n__1__,a,a|b|c\n", Slot::Blanks, 2),
            ("prompt,answer,options\n__1__ __2__,a|b,a|b|c\n", Slot::Blanks, 3),
        ] {
            assert_eq!(question(csv, slot).attempts(3), allowed, "{csv}");
        }
    }

    #[test]
    fn a_wrong_option_stays_crossed_out_and_costs_no_second_attempt() {
        let question = question("prompt,answer,options\nq,A,a|b|c|d\n", Slot::Front);
        let mut marker = Marker::new(&question, 3);
        let wrong = place(&question, 1);
        assert_eq!(marker.respond(&question, &Response::Picks(vec![wrong])), Ok(Verdict::Again(vec![false])));
        assert_eq!(
            marker.respond(&question, &Response::Picks(vec![wrong])),
            Err(Unfit::CrossedOut(letter(wrong)))
        );
        assert_eq!(marker.left(), 2);
        assert_eq!(marker.respond(&question, &Response::Picks(vec![])), Err(Unfit::Empty));
        assert_eq!(marker.respond(&question, &Response::Picks(vec![25])), Err(Unfit::NoSuchOption('Z')));
    }

    #[test]
    fn every_right_option_and_no_other_must_be_picked() {
        let question = question("prompt,answer,options\nq,A|C,a|b|c|d\n", Slot::Front);
        let picks = |stored: &[usize]| Response::Picks(stored.iter().map(|s| place(&question, *s)).collect());
        for (stored, right) in [(&[0][..], false), (&[0, 1], false), (&[0, 1, 2], false), (&[2, 0], true)] {
            let verdict = Marker::new(&question, 3).respond(&question, &picks(stored)).unwrap();
            assert_eq!(matches!(verdict, Verdict::Right(_)), right, "{stored:?}");
        }
    }

    #[test]
    fn right_gaps_stay_filled_and_only_the_others_are_asked_again() {
        let question = question("prompt,answer\n__1__ and __2__,CI|training\n", Slot::Blanks);
        let mut marker = Marker::new(&question, 3);
        assert_eq!(marker.respond(&question, &texts(&["ci", "x"])), Ok(Verdict::Again(vec![true, false])));
        assert_eq!(marker.filled(), [Some("ci".to_owned()), None]);
        assert_eq!(marker.respond(&question, &texts(&["a", "b"])), Err(Unfit::Count(1)));
        assert_eq!(
            marker.respond(&question, &texts(&["trainig"])),
            Ok(Verdict::Near(vec!["ci".into(), "trainig".into()]))
        );
        assert_eq!(marker.grade(), Grade::new(3).unwrap());
        assert_eq!(marker.answer(Grade::WRONG).responses, ["ci\nx", "ci\ntrainig"]);
    }

    #[test]
    fn a_near_miss_that_is_refused_is_a_wrong_attempt_like_others() {
        let question = question("prompt,answer\n__1__ and __2__,CI|training\n", Slot::Blanks);
        let mut marker = Marker::new(&question, 2);
        assert!(matches!(marker.respond(&question, &texts(&["ci", "trainig"])), Ok(Verdict::Near(_))));
        assert_eq!((marker.refuse(), marker.left()), (Verdict::Again(vec![true, false]), 1));
        assert!(matches!(marker.respond(&question, &texts(&["trainin"])), Ok(Verdict::Near(_))));
        assert_eq!(marker.refuse(), Verdict::Spent(vec![true, false]));
    }

    #[test]
    fn a_word_of_the_bank_is_never_a_typo() {
        let question = question("prompt,answer,options\n__1__,training,training|trainings|c\n", Slot::Blanks);
        let verdict = Marker::new(&question, 3).respond(&question, &texts(&["trainings"]));
        assert_eq!(verdict, Ok(Verdict::Again(vec![false])));
    }

    #[test]
    fn other_accepted_answers_are_as_good_and_used_up_attempts_end_it() {
        let question =
            question("prompt,answer,accept,typed\nq,continuous training,CT|retraining,yes\n", Slot::Front);
        assert_eq!(
            Marker::new(&question, 3).respond(&question, &texts(&["ct"])),
            Ok(Verdict::Right(Grade::PERFECT))
        );
        let mut marker = Marker::new(&question, 2);
        assert_eq!(marker.respond(&question, &texts(&["no"])), Ok(Verdict::Again(vec![false])));
        assert_eq!(marker.respond(&question, &texts(&["never"])), Ok(Verdict::Spent(vec![false])));
    }

    #[test]
    fn where_nobody_decides_a_typo_is_wrong() {
        for (csv, slot) in [
            ("prompt,answer,typed\nq,training,yes\n", Slot::Front),
            ("prompt,answer\n__1__,training\n", Slot::Blanks),
        ] {
            let question = question(csv, slot);
            let mut marker = Marker { is_exact: true, ..Marker::new(&question, 1) };
            assert_eq!(marker.respond(&question, &texts(&["trainig"])), Ok(Verdict::Spent(vec![false])));
            let mut marker = Marker { is_exact: true, ..Marker::new(&question, 1) };
            let verdict = marker.respond(&question, &texts(&[" Training"]));
            assert_eq!(verdict, Ok(Verdict::Right(Grade::PERFECT)));
        }
    }
}
