//! Options to pick from.

use super::{Reaction, Shown};
use crate::model::{letter, letter_index};
use crate::screen::full::card;
use crate::screen::full::keys::Action;
use crate::screen::full::paper::{Paper, Piece, Target};
use crate::screen::full::style::Look;
use crate::study::{Marker, Options, Question, Response};

/// What was picked so far, and where the learner is.
#[derive(Debug, Clone)]
pub(in crate::screen::full) struct Entry {
    at: usize,
    picked: Vec<bool>,
}

impl Entry {
    pub(super) fn new(options: &Options) -> Self {
        Self { at: 0, picked: vec![false; options.shown.len()] }
    }

    /// How many options there are.
    pub(super) fn count(&self) -> usize {
        self.picked.len()
    }

    pub(super) fn act(&mut self, action: Action, options: &Options, marker: &Marker) -> Reaction {
        match action {
            Action::Up => self.go(marker, |at, count| (at + count - 1) % count),
            Action::Down => self.go(marker, |at, count| (at + 1) % count),
            Action::Pick => self.take(self.at, options, marker),
            Action::Submit if !options.several => self.take(self.at, options, marker),
            Action::Submit => {
                let picks = self.picks();
                if picks.is_empty() {
                    return Reaction::Say(
                        "Pick the right ones with Space or their letters first.".to_owned(),
                    );
                }
                Reaction::Attempt(Response::Picks(picks))
            }
            _ => Reaction::Nothing,
        }
    }

    /// Takes the option with this letter.
    pub(super) fn letter(&mut self, letter: char, options: &Options, marker: &Marker) -> Reaction {
        letter_index(letter).map_or(Reaction::Nothing, |place| self.take(place, options, marker))
    }

    /// Takes an option: the only one is the answer, one of several is picked or put back.
    pub(super) fn take(&mut self, place: usize, options: &Options, marker: &Marker) -> Reaction {
        let Some(picked) = self.picked.get_mut(place) else { return Reaction::Nothing };
        self.at = place;
        if !options.several || marker.is_crossed_out(place) {
            return Reaction::Attempt(Response::Picks(vec![place]));
        }
        *picked = !*picked;
        Reaction::Changed
    }

    /// Puts back what is wrong and goes to an option that may be right.
    pub(super) fn after_attempt(&mut self, marker: &Marker) {
        for (place, picked) in self.picked.iter_mut().enumerate() {
            *picked &= !marker.is_crossed_out(place);
        }
        if marker.is_crossed_out(self.at) {
            self.go(marker, |at, count| (at + 1) % count);
        }
    }

    fn picks(&self) -> Vec<usize> {
        self.picked.iter().enumerate().filter(|(_, picked)| **picked).map(|(place, _)| place).collect()
    }

    fn go(&mut self, marker: &Marker, step: impl Fn(usize, usize) -> usize) -> Reaction {
        let count = self.picked.len();
        let mut at = self.at;
        for _ in 0..count {
            at = step(at, count);
            if !marker.is_crossed_out(at) {
                break;
            }
        }
        self.at = at;
        Reaction::Changed
    }

    pub(super) fn write(
        &self,
        paper: &mut Paper,
        question: &Question,
        options: &Options,
        marker: &Marker,
        shown: Shown,
    ) {
        card::prompt(paper, question);
        card::code(paper, question.code.as_ref());
        paper.blank();
        let mut focus = paper.rows.len();
        for (place, option) in options.shown.iter().enumerate() {
            let is_here = shown == Shown::Question && place == self.at;
            let start = paper.rows.len();
            let picked = self.picked.get(place).copied().unwrap_or(false);
            let box_of = match (options.several, picked) {
                (false, _) => "",
                (true, true) => "[x] ",
                (true, false) => "[ ] ",
            };
            let (style, said) = match shown {
                Shown::Answer if option.right => (Look::Right, "  (right)"),
                _ if marker.is_crossed_out(place) => (Look::Crossed, "  (wrong)"),
                Shown::Answer => (Look::Quiet, ""),
                Shown::Question if is_here => (Look::Key, ""),
                Shown::Question => (Look::Plain, ""),
            };
            let target = Target::Option(place);
            let pieces = [
                Piece::new(&format!("{box_of}{}) ", letter(place)), Look::Key).at(target),
                Piece::new(&option.text, style).at(target),
                Piece::new(said, if option.right { Look::Right } else { Look::Wrong }).at(target),
            ];
            let indent = if is_here { "> " } else { "  " };
            paper.pieces(&pieces, (indent, if options.several { "         " } else { "     " }));
            if shown == Shown::Answer && option.right {
                let first = paper.core.as_ref().map_or(start, |core| core.start);
                paper.core = Some(first..paper.rows.len());
            }
            if is_here {
                focus = start;
                paper.focus = Some(start..paper.rows.len());
            }
        }
        if shown == Shown::Answer {
            paper.blank();
            focus = focus.min(paper.rows.len());
            card::after(paper, question);
            paper.focus_from(focus);
        }
    }
}
