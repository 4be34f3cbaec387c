//! A question of a Brightspace CSV: its rows, and the note that they make.

use std::collections::HashMap;

use super::rows::Row;
use crate::bank::blocks::{Item, Refusal};
use crate::bank::bodies::{as_html, choice, fact, join, matching, ordering, true_false, typed};
use crate::bank::records::Place;
use crate::bank::{Options, Problem, Rejected, Sink};
use crate::model::{Content, Difficulty};
use crate::text;

/// What to do about a choice without a right option.
const MARK: &str = "write 100 (in a multi-select question 1) in the second cell of the right option";

/// A text, and whether it is HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Text {
    text: String,
    is_html: bool,
}

/// Something to choose, order, match or type.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    /// Its weight in percent, or the number of a choice.
    weight: Option<f64>,
    text: Text,
    feedback: Text,
    /// Whether the answer is a pattern.
    is_pattern: bool,
}

impl Entry {
    /// What tells its number from others.
    fn number(&self) -> u64 {
        self.weight.unwrap_or_default().to_bits()
    }
}

/// The rows of a question.
#[derive(Debug)]
pub(super) struct Question {
    item: Item,
    kind: Option<String>,
    title: String,
    prompt: Text,
    difficulty: String,
    image: String,
    key: Text,
    hint: Text,
    feedback: Vec<Text>,
    /// Options, answers or items in order.
    entries: Vec<Entry>,
    choices: Vec<Entry>,
    matches: Vec<Entry>,
    truth: [Option<f64>; 2],
    faults: Vec<Problem>,
}

impl Question {
    pub(super) fn new(place: &Place) -> Self {
        Self {
            item: Item::new(place.line, place.span.clone()),
            kind: None,
            title: String::new(),
            prompt: Text::default(),
            difficulty: String::new(),
            image: String::new(),
            key: Text::default(),
            hint: Text::default(),
            feedback: Vec::new(),
            entries: Vec::new(),
            choices: Vec::new(),
            matches: Vec::new(),
            truth: [None, None],
            faults: Vec::new(),
        }
    }

    /// Whether an id that follows may belong to the next question.
    pub(super) fn is_whole(&self) -> bool {
        self.item.id.is_some() || !self.prompt.text.is_empty()
    }

    /// Takes the id back that was thought to be the next question's.
    pub(super) fn absorb(&mut self, early: Self) {
        self.item.span.end = early.item.span.end;
        self.item.id = early.item.id.or(self.item.id.take());
        self.faults.extend(early.faults);
    }

    /// Takes a row.
    pub(super) fn take(&mut self, row: &Row, place: &Place) {
        self.item.span.end = place.span.end;
        if let Some(fault) = &place.fault {
            self.faults.push(fault.clone());
            return;
        }
        let text = |at| Text { text: row.cell(at).to_owned(), is_html: row.says_html(at + 1) };
        match row.key.as_str() {
            "newquestion" => self.kind = Some(row.cell(1).to_owned()),
            "id" => {
                self.item.id = Some(row.cell(1).to_owned())
                    .filter(|id| !id.is_empty() && !id.contains(|c: char| c.is_control()));
            }
            "title" => row.cell(1).clone_into(&mut self.title),
            "questiontext" => self.prompt = text(1),
            "difficulty" => row.cell(1).clone_into(&mut self.difficulty),
            "image" => row.cell(1).clone_into(&mut self.image),
            "answerkey" => self.key = text(1),
            "hint" => self.hint = text(1),
            "feedback" => self.feedback.push(text(1)),
            "option" | "answer" => {
                let entry = self.weighed(row, place);
                self.entries.extend(entry);
            }
            "choice" => {
                let entry = self.weighed(row, place);
                self.choices.extend(entry);
            }
            "match" => {
                let entry = self.weighed(row, place);
                self.matches.extend(entry);
            }
            "item" => {
                let text = Text { text: row.cell(1).to_owned(), is_html: row.says_html(2) };
                let feedback = Text { text: row.cell(3).to_owned(), is_html: row.says_html(4) };
                self.entries.push(Entry { weight: None, text, feedback, is_pattern: false });
            }
            "true" | "false" => {
                let weight = self.weight(row.cell(1), place);
                if let Some(slot) = self.truth.get_mut(usize::from(row.key == "false")) {
                    *slot = weight;
                }
                let feedback = text(2);
                if !feedback.text.is_empty() {
                    let name = if row.key == "true" { "True" } else { "False" };
                    self.feedback.push(Text { text: format!("{name}: {}", feedback.text), ..feedback });
                }
            }
            // What Brightspace needs and a card does not.
            "points" | "scoring" | "inputbox" | "initialtext" => {}
            _ => self.faults.push(Problem::new(
                place.line,
                format!("{:?} is no row of a Brightspace question", text::one_line(row.cell(0), 30)),
                "begin the row with // if it is a remark, else with a word such as QuestionText or Option",
            )),
        }
    }

    /// `Option,100,text,HTML,feedback`: a weight and a text.
    fn weighed(&mut self, row: &Row, place: &Place) -> Option<Entry> {
        let weight = self.weight(row.cell(1), place)?;
        let text = Text { text: row.cell(2).to_owned(), is_html: row.says_html(3) };
        let feedback = Text { text: row.cell(4).to_owned(), is_html: row.says_html(5) };
        let is_pattern = row.cell(3).eq_ignore_ascii_case("regexp");
        Some(Entry { weight: Some(weight), text, feedback, is_pattern })
    }

    fn weight(&mut self, cell: &str, place: &Place) -> Option<f64> {
        let number = cell.trim_end_matches('%').trim_end().replace(',', ".").parse::<f64>().ok();
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            self.faults.push(Problem::new(
                place.line,
                format!("{:?} in the second cell is no number", text::one_line(cell, 30)),
                "the second cell says how right it is (0 to 100) or which choice it is, the third is the text",
            ));
        }
        number
    }

    /// Hands on the note.
    pub(super) fn hand_in(mut self, options: &Options, out: &mut dyn Sink) {
        if !self.faults.is_empty() {
            let mut problems = std::mem::take(&mut self.faults);
            // The first one says where the question is.
            if let Some(first) = problems.first_mut()
                && first.line != self.item.line
            {
                first.message = format!("{} (line {})", first.message, first.line);
                first.line = self.item.line;
            }
            return out.reject(Rejected { problems, original: self.item.span });
        }
        if !self.image.is_empty() {
            let message =
                format!("the picture {:?} of this question is left out", text::one_line(&self.image, 60));
            out.warn(Problem::new(self.item.line, message, "say in the text what it shows"));
        }
        if !self.difficulty.is_empty() && self.difficulty().is_none() {
            let message = format!("the difficulty {:?} is left out", text::one_line(&self.difficulty, 30));
            out.warn(Problem::new(self.item.line, message, "write a number from 1 to 10"));
        }
        let content = self.content();
        self.item.hand_in(content, options, out);
    }

    /// 1 to 10 as the three that there are here.
    fn difficulty(&self) -> Option<Difficulty> {
        match self.difficulty.parse::<f64>().ok()? {
            level if (1.0..4.0).contains(&level) => Some(Difficulty::Easy),
            level if (4.0..8.0).contains(&level) => Some(Difficulty::Medium),
            level if (8.0..=10.0).contains(&level) => Some(Difficulty::Hard),
            _ => None,
        }
    }

    fn is_html(&self) -> bool {
        let entries = || self.entries.iter().chain(&self.choices).chain(&self.matches);
        [&self.prompt, &self.key, &self.hint].into_iter().chain(&self.feedback).any(|text| text.is_html)
            || entries().any(|entry| entry.text.is_html || entry.feedback.is_html)
    }

    fn content(&self) -> Result<Content, Refusal> {
        let html = self.is_html();
        let show = |text: &Text| as_html(&text.text, html && !text.is_html);
        let prompt =
            if self.prompt.text.is_empty() { as_html(&self.title, html) } else { show(&self.prompt) };
        let texts = || self.entries.iter().map(|entry| show(&entry.text)).collect::<Vec<_>>();
        let Some(kind) = &self.kind else {
            let message = "rows of a question stand before the first NewQuestion";
            return Err(Refusal::new(message, "begin each question with a row NewQuestion and its type"));
        };
        let content = match kind.to_uppercase().as_str() {
            "MC" => choice(&prompt, texts(), self.right(false), MARK)?,
            "MS" => choice(&prompt, texts(), self.right(true), MARK)?,
            "TF" => match self.truth.map(Option::unwrap_or_default) {
                [yes, no] if yes > no => true_false(&prompt, true),
                [yes, no] if no > yes => true_false(&prompt, false),
                _ => {
                    let message = "neither TRUE nor FALSE is marked as right";
                    return Err(Refusal::new(
                        message,
                        "write 100 behind the right one and 0 behind the other",
                    ));
                }
            },
            "SA" => self.short_answer(&prompt, &show)?,
            "M" => self.matching(&prompt, &show, html)?,
            "O" => ordering(&prompt, &texts(), html)?,
            "WR" if self.key.text.is_empty() => {
                return Err(Refusal::new(
                    "it is a written response and has no answer that could be asked",
                    "add a row AnswerKey with the answer",
                ));
            }
            "WR" => fact(&prompt, &show(&self.key)),
            _ => {
                let message =
                    format!("{:?} is no type of question that can be asked", text::one_line(kind, 30));
                return Err(Refusal::new(message, "the types are MC, MS, TF, SA, M, O and WR"));
            }
        };
        let best = self.best();
        let partly = self.entries.iter().filter(|entry| {
            kind.eq_ignore_ascii_case("SA")
                && entry.weight.is_some_and(|weight| weight > 0.0 && weight < best)
        });
        let partly = partly
            .map(|entry| format!("{} % right: {}", entry.weight.unwrap_or_default(), show(&entry.text)));
        let mut explanation: Vec<String> = self.feedback.iter().map(&show).collect();
        explanation.extend(partly);
        explanation.extend(
            self.entries
                .iter()
                .filter(|entry| !entry.feedback.text.is_empty())
                .map(|entry| format!("{}: {}", show(&entry.text), show(&entry.feedback))),
        );
        Ok(Content {
            html,
            hint: Some(show(&self.hint)),
            explanation: Some(join(explanation, html)),
            difficulty: self.difficulty(),
            ..content
        })
    }

    /// The highest weight.
    fn best(&self) -> f64 {
        self.entries.iter().filter_map(|entry| entry.weight).fold(0.0, f64::max)
    }

    /// The places of the right options: those with a weight above 0, or only those with the highest.
    fn right(&self, several: bool) -> Vec<usize> {
        let best = self.best();
        let is_right = |weight: f64| weight > 0.0 && (several || weight >= best);
        let weighed = self.entries.iter().enumerate();
        weighed.filter(|(_, entry)| entry.weight.is_some_and(is_right)).map(|(place, _)| place).collect()
    }

    fn short_answer(&self, prompt: &str, show: &impl Fn(&Text) -> String) -> Result<Content, Refusal> {
        const PATTERN: &str = r"\^$.|?*+()[]{}";
        let right = self.right(false);
        let right: Vec<&Entry> = right.iter().filter_map(|place| self.entries.get(*place)).collect();
        let is_literal = |entry: &&Entry| {
            // "regexp" is often written behind an ordinary answer
            let bare = entry.text.text.trim_end_matches(['.', '?']);
            !entry.is_pattern || !bare.contains(|c| PATTERN.contains(c))
        };
        let answers: Vec<String> =
            right.iter().copied().filter(is_literal).map(|entry| show(&entry.text)).collect();
        match (answers.split_first(), right.first()) {
            (Some((first, others)), _) => {
                Ok(typed(prompt, first, &others.iter().map(String::as_str).collect::<Vec<_>>()))
            }
            (None, Some(pattern)) => Err(Refusal::new(
                format!("its answer is a pattern: {:?}", text::one_line(&pattern.text.text, 40)),
                "add a row Answer with the answer itself and 100",
            )),
            (None, None) => Err(Refusal::new(
                "it has no answer that could be asked",
                "add a row Answer with 100 in the second cell and the text in the third",
            )),
        }
    }

    /// Several matches may have the same choice, so the choices are what is chosen from.
    fn matching(
        &self,
        prompt: &str,
        show: &impl Fn(&Text) -> String,
        html: bool,
    ) -> Result<Content, Refusal> {
        // "1" and "1.0" are the same number; of two choices with one number the first counts.
        let choices: HashMap<u64, &Entry> =
            self.choices.iter().rev().map(|entry| (entry.number(), entry)).collect();
        let mut pairs = Vec::new();
        for entry in &self.matches {
            let Some(choice) = choices.get(&entry.number()) else {
                let message =
                    format!("there is no choice for the match {:?}", text::one_line(&entry.text.text, 40));
                return Err(Refusal::new(message, "write the number of a row Choice behind Match"));
            };
            pairs.push((show(&entry.text), show(&choice.text)));
        }
        let all: Vec<String> = self.choices.iter().map(|choice| show(&choice.text)).collect();
        matching(prompt, &pairs, &all, html)
    }
}
