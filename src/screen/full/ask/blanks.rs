//! Gaps to fill.

use tui_input::{Input, InputRequest};

use super::{Reaction, Shown};
use crate::model::{GapPiece, gap_pieces};
use crate::screen::full::keys::Action;
use crate::screen::full::paper::{Paper, Piece, Target};
use crate::screen::full::style::Look;
use crate::screen::full::{card, field};
use crate::study::{Gaps, Marker, Question, Response};

/// What stands in the gaps so far, and in which of them the learner is.
#[derive(Debug, Clone)]
pub(in crate::screen::full) struct Entry {
    at: usize,
    gaps: Vec<Input>,
    /// What was wrong in each gap at the last attempt.
    wrong: Vec<Option<String>>,
}

impl Entry {
    pub(super) fn new(gaps: &Gaps) -> Self {
        let count = gaps.answers.len();
        Self { at: 0, gaps: vec![Input::default(); count], wrong: vec![None; count] }
    }

    pub(super) fn act(&mut self, action: Action, gaps: &Gaps, marker: &Marker) -> Reaction {
        match action {
            Action::NextGap => self.go(marker, 1),
            Action::PreviousGap => self.go(marker, self.gaps.len().saturating_sub(1)),
            Action::Submit => {
                if let Err(number) = self.resolve(gaps) {
                    return Reaction::Say(format!("There is no word {number}."));
                }
                let open = Self::open(marker);
                let empty = open.iter().find(|gap| self.text(**gap).trim().is_empty());
                match empty {
                    Some(gap) if *gap != self.at => {
                        self.at = *gap;
                        Reaction::Changed
                    }
                    Some(_) => Reaction::Say("Fill every gap first.".to_owned()),
                    None => {
                        let texts = open.iter().map(|gap| self.text(*gap).to_owned()).collect();
                        Reaction::Attempt(Response::Texts(texts))
                    }
                }
            }
            _ => Reaction::Nothing,
        }
    }

    pub(super) fn edit(&mut self, request: InputRequest, gaps: &Gaps, marker: &Marker) -> Reaction {
        // a word of the bank gives way to another
        let text = self.text(self.at);
        let is_empty = text.is_empty() || gaps.bank.iter().any(|word| word == text);
        let has_numbered_words = gaps.bank.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        if let InputRequest::InsertChar(c) = request
            && is_empty
            && let Some(digit) = c.to_digit(10)
            && !has_numbered_words
            && (1..=9).contains(&gaps.bank.len())
            && let Some(place) = usize::try_from(digit).ok().and_then(|digit| digit.checked_sub(1))
            && place < gaps.bank.len()
        {
            return self.put(place, gaps, marker);
        }
        self.write_in(request)
    }

    /// Changes the text in the gap, whatever it is.
    pub(super) fn write_in(&mut self, request: InputRequest) -> Reaction {
        if let Some(input) = self.gaps.get_mut(self.at) {
            field::edit(input, request);
        }
        Reaction::Changed
    }

    pub(super) fn click(&mut self, target: Target, gaps: &Gaps, marker: &Marker) -> Reaction {
        match target {
            Target::Gap(gap) if Self::open(marker).contains(&gap) => {
                self.at = gap;
                Reaction::Changed
            }
            Target::Word(place) => self.put(place, gaps, marker),
            Target::Gap(_) | Target::Option(_) | Target::Cursor => Reaction::Nothing,
        }
    }

    /// What was right stays; the others are empty again.
    pub(super) fn after_attempt(&mut self, marker: &Marker) {
        for (place, filled) in marker.filled().iter().enumerate() {
            let text = self.text(place).to_owned();
            if let Some(wrong) = self.wrong.get_mut(place) {
                *wrong = filled.is_none().then_some(text);
            }
            if let Some(input) = self.gaps.get_mut(place).filter(|_| filled.is_none()) {
                *input = Input::default();
            }
        }
        if let Some(first) = Self::open(marker).first() {
            self.at = *first;
        }
    }

    fn text(&self, gap: usize) -> &str {
        self.gaps.get(gap).map_or("", Input::value)
    }

    /// Gaps that are not right yet.
    fn open(marker: &Marker) -> Vec<usize> {
        let open = marker.filled().iter().enumerate().filter(|(_, filled)| filled.is_none());
        open.map(|(gap, _)| gap).collect()
    }

    /// Puts a word of the bank into the gap and goes to the next that is empty.
    fn put(&mut self, place: usize, gaps: &Gaps, marker: &Marker) -> Reaction {
        let Some(word) = gaps.bank.get(place) else { return Reaction::Nothing };
        if let Some(input) = self.gaps.get_mut(self.at) {
            *input = Input::new(word.clone());
        }
        let open = Self::open(marker);
        let here = open.iter().position(|gap| *gap == self.at).unwrap_or(0);
        let mut next = open.iter().copied().cycle().skip(here + 1).take(open.len());
        if let Some(empty) = next.find(|gap| self.text(*gap).is_empty()) {
            self.at = empty;
        }
        Reaction::Changed
    }

    /// Words of the bank for their numbers: `#2`, and `2` unless it is a word itself. A number that no word has is given
    /// back.
    fn resolve(&mut self, gaps: &Gaps) -> Result<(), String> {
        for input in &mut self.gaps {
            let text = input.value().trim();
            if gaps.bank.iter().any(|word| word == text) {
                continue;
            }
            let number = text.strip_prefix('#').unwrap_or(text).parse::<usize>().ok();
            let word = number.and_then(|number| gaps.bank.get(number.checked_sub(1)?));
            match word {
                Some(word) => *input = Input::new(word.clone()),
                None if number.is_some() && text.starts_with('#') && !gaps.bank.is_empty() => {
                    return Err(text.to_owned());
                }
                None => {}
            }
        }
        Ok(())
    }

    fn go(&mut self, marker: &Marker, step: usize) -> Reaction {
        let open = Self::open(marker);
        let here = open.iter().position(|gap| *gap == self.at).unwrap_or(0);
        if let Some(gap) = open.get((here + step) % open.len().max(1)) {
            self.at = *gap;
        }
        Reaction::Changed
    }

    pub(super) fn write(
        &self,
        paper: &mut Paper,
        question: &Question,
        gaps: &Gaps,
        marker: &Marker,
        shown: Shown,
    ) {
        paper.pieces(&self.with_gaps(&question.prompt, Look::Prompt, gaps, marker, shown), ("", ""));
        if let Some(code) = &question.code {
            paper.blank();
            card::language(paper, code);
            paper.code(&self.with_gaps(&code.text, Look::Code, gaps, marker, shown), Look::Quiet);
        }
        let start = paper.rows.len();
        self.write_bank(paper, gaps, shown);
        let is = if shown == Shown::Answer { "was" } else { "is" };
        for (gap, wrong) in self.wrong.iter().enumerate() {
            if let Some(wrong) = wrong {
                paper.given(&format!("gap {} {is} wrong", gap + 1), wrong, (Look::Wrong, Look::Plain));
            } else if shown == Shown::Question
                && let Some(right) = marker.filled().get(gap).and_then(Option::as_ref)
            {
                paper.labelled(&format!("gap {} is right", gap + 1), right, (Look::Right, Look::Plain));
            }
        }
        if shown == Shown::Answer {
            paper.blank();
            paper.answer(&question.right_answer(), (Look::Quiet, Look::Right));
            card::after(paper, question);
            paper.focus_from(start);
        }
    }

    fn write_bank(&self, paper: &mut Paper, gaps: &Gaps, shown: Shown) {
        if gaps.bank.is_empty() || shown == Shown::Answer {
            return;
        }
        paper.blank();
        let mut pieces = vec![Piece::new("words: ", Look::Quiet)];
        for (place, word) in gaps.bank.iter().enumerate() {
            let is_used = self.gaps.iter().any(|input| input.value() == word);
            let target = Target::Word(place);
            pieces.push(Piece::new(&format!("{} ", place + 1), Look::Key).at(target));
            pieces.push(Piece::new(word, if is_used { Look::Quiet } else { Look::Plain }).at(target));
            pieces.push(Piece::new("   ", Look::Plain));
        }
        paper.pieces(&pieces, ("", "  "));
    }

    /// A text with what stands in its gaps.
    fn with_gaps(&self, text: &str, look: Look, gaps: &Gaps, marker: &Marker, shown: Shown) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for piece in gap_pieces(text) {
            let gap = match piece {
                GapPiece::Text(text) => {
                    pieces.push(Piece::new(text, look));
                    continue;
                }
                GapPiece::Gap(number) => number.saturating_sub(1),
            };
            let target = Target::Gap(gap);
            let solid = |text: &str, look| Piece::new(&text.replace(' ', "\u{a0}"), look).at(target);
            if shown == Shown::Answer {
                let answer = gaps.answers.get(gap).map_or("", |gap| gap.answer.as_str());
                pieces.push(solid(&format!("[{}:{answer}]", gap + 1), Look::Right));
            } else if let Some(filled) = marker.filled().get(gap).and_then(Option::as_ref) {
                pieces.push(solid(&format!("[{}:{filled}]", gap + 1), Look::Right));
            } else if gap == self.at {
                pieces.push(solid(&format!("[{}:", gap + 1), Look::Gap));
                pieces.extend(self.gaps.get(gap).map(field::pieces).unwrap_or_default());
                pieces.push(solid("]", Look::Gap));
            } else {
                let text = self.text(gap);
                let text = if text.is_empty() { "____" } else { text };
                pieces.push(solid(&format!("[{}:{text}]", gap + 1), Look::Gap));
            }
        }
        pieces
    }
}
