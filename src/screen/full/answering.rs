//! What an answer is worth: attempts are marked, and what was saved is told.

use tui_input::InputRequest;

use super::app::App;
use super::ask::{self, Reaction};
use super::keys::Place;
use super::state::{Card, Effect, Gaze, Phase};
use super::words;
use crate::model::{Answer, Grade};
use crate::screen::test;
use crate::screen::words as shared;
use crate::study::{Ask, Marker, Response, Saved, Stage, Verdict, difference};
use crate::text;

impl App {
    pub(super) fn edit(&mut self, request: InputRequest) -> Effect {
        if !matches!(self.place(), Place::Text | Place::Gap | Place::Options(_)) {
            return Effect::None;
        }
        self.react(|card| card.entry.edit(request, &card.turn.question, &card.marker))
    }

    /// Has a card take something, and does what comes of it.
    pub(super) fn react(&mut self, take: impl FnOnce(&mut Card) -> Reaction) -> Effect {
        let Some(card) = &mut self.card else { return Effect::None };
        match take(card) {
            Reaction::Nothing => Effect::None,
            Reaction::Changed => {
                self.notice.clear();
                self.gaze = Gaze::Matter;
                Effect::None
            }
            Reaction::Say(notice) => {
                self.notice = notice;
                Effect::None
            }
            Reaction::Attempt(response) => self.attempt(&response),
        }
    }

    fn attempt(&mut self, response: &Response) -> Effect {
        let Some(card) = &mut self.card else { return Effect::None };
        match card.marker.respond(&card.turn.question, response) {
            Ok(verdict) => self.judge(verdict),
            Err(unfit) => {
                self.notice = ask::unfit(&unfit);
                Effect::None
            }
        }
    }

    /// Does what the verdict on an attempt asks for.
    pub(super) fn judge(&mut self, verdict: Verdict) -> Effect {
        let Some(card) = &mut self.card else { return Effect::None };
        self.gaze = Gaze::Matter;
        match verdict {
            Verdict::Right(grade) => self.save(grade),
            Verdict::Spent(_) => {
                card.entry.after_attempt(&card.marker);
                self.save(Grade::WRONG)
            }
            Verdict::Again(parts) => {
                card.entry.after_attempt(&card.marker);
                self.notice = words::again(&parts, card.marker.left(), &card.turn.question.ask);
                Effect::None
            }
            Verdict::Near(typed) => {
                let right = |place: usize, typed: &str| match &card.turn.question.ask {
                    Ask::Typed(right) => difference(typed, right.nearest(typed)),
                    Ask::Blanks(gaps) => gaps
                        .answers
                        .get(place)
                        .map_or_else(String::new, |gap| difference(typed, gap.nearest(typed))),
                    Ask::Reveal(_) | Ask::Choice(_) => String::new(),
                };
                let shown: Vec<String> =
                    typed.iter().enumerate().map(|(place, typed)| right(place, typed)).collect();
                self.notice.clear();
                self.phase = Phase::Typo(shown.join("\n"));
                Effect::None
            }
        }
    }

    pub(super) fn save(&self, grade: Grade) -> Effect {
        self.save_of(|_| grade)
    }

    pub(super) fn save_of(&self, grade: impl FnOnce(&Marker) -> Grade) -> Effect {
        let Some(card) = &self.card else { return Effect::None };
        Effect::Save(card.marker.answer(grade(&card.marker)))
    }

    /// An answer was saved: the next card comes at once if the learner has looked at the answer to this one.
    pub(super) fn saved(&mut self, saved: &Saved) -> Effect {
        if self.is_test() {
            // nothing is told before the end
            test::SAVED.clone_into(&mut self.notice);
            return Effect::Next;
        }
        if self.card.as_ref().is_some_and(|card| card.turn.stage == Stage::Match) {
            // the clock goes on
            shared::found(saved.grade).clone_into(&mut self.notice);
            return Effect::Next;
        }
        self.note_leech(saved);
        self.notice = shared::saved(saved, "");
        let is_marked = self.card.as_ref().is_some_and(|card| card.turn.question.is_marked());
        if !is_marked && self.phase != Phase::Asked {
            return Effect::Next;
        }
        let verdict = match saved.grade {
            Grade::NOTHING => "You did not know it.",
            Grade::WRONG => "Wrong.",
            _ => "Right.",
        };
        self.phase = Phase::Marked(verdict, *saved);
        self.gaze = Gaze::Matter;
        Effect::None
    }

    /// The answer just saved has another grade now.
    pub(super) fn regraded(&mut self, saved: &Saved) {
        self.note_leech(saved);
        if let Phase::Marked(_, before) = &mut self.phase {
            *before = *saved;
        }
    }

    /// Keeps what the end of the session says of leeches.
    pub(super) fn note_leech(&mut self, saved: &Saved) {
        self.leeches.retain(|(card, _)| *card != saved.card);
        if let Some(card) = self.card.as_ref().filter(|_| saved.leech) {
            self.leeches.push((saved.card, text::one_line(&card.turn.question.prompt, 40)));
        }
    }

    /// An answer could not be saved.
    pub(super) fn failed(&mut self, answer: Answer, why: String) {
        self.phase = Phase::Unsaved(answer);
        self.notice = why;
    }
}
