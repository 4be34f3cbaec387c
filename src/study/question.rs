//! A question: one card as it is asked.

use super::ask::{Ask, Typed};
use super::compare::Likeness;
use super::{Practice, blanks, choice, cloze, fact};
use crate::error::{Error, Kind, Result};
use crate::model::{Body, Code, Content, Slot};

/// One card as it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub prompt: String,
    /// The code that belongs to it.
    pub code: Option<Code>,
    /// How it is answered.
    pub ask: Ask,
    /// A nudge.
    pub hint: Option<String>,
    /// Where the images are that belong to it.
    pub images: Vec<String>,
    /// What is shown when it is answered.
    pub after: After,
}

/// What is shown when a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct After {
    /// Why the answer is right, a step a line.
    pub explanation: Option<String>,
    /// Common mistakes, one a line.
    pub mistakes: Option<String>,
    /// One line by which to check the answer.
    pub check: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Where the images are that belong to the answer.
    pub images: Vec<String>,
}

impl Question {
    /// The question of one card of a note, asked in this way of practising; `seed` decides the order of options.
    pub fn practised(content: &Content, slot: Slot, seed: u64, practice: Practice) -> Result<Self> {
        let mut question = match (&content.body, slot) {
            (Body::Fact(_), Slot::Front) if practice.reverse => Self::new(content, Slot::Back, seed)?,
            (Body::Fact(_), Slot::Back) if practice.reverse => Self::new(content, Slot::Front, seed)?,
            _ => Self::new(content, slot, seed)?,
        };
        if practice.typed
            && let Ask::Reveal(reveal) = &question.ask
        {
            question.ask = Ask::Typed(Typed { answer: reveal.answer.clone(), accept: Vec::new() });
        }
        Ok(question)
    }

    /// The question of one card of a note; `seed` decides the order of options.
    pub fn new(content: &Content, slot: Slot, seed: u64) -> Result<Self> {
        let (images, images_after) = content.media_of(slot);
        let content = content.readable();
        let content = content.as_ref();
        let (prompt, code, ask) = match (&content.body, slot) {
            (Body::Fact(body), Slot::Front) => fact::front(content, body),
            (Body::Fact(body), Slot::Back) => fact::back(content, body),
            (Body::Cloze, Slot::Cloze(number)) => cloze::ask(content, number)?,
            (Body::Choice(body), Slot::Front) => choice::ask(content, body, seed),
            (Body::Blanks(body), Slot::Blanks) => blanks::ask(content, body, seed),
            (Body::Fact(_) | Body::Cloze | Body::Choice(_) | Body::Blanks(_), _) => {
                let message = format!("a {} has no card {slot}", content.kind());
                return Err(Error::new(Kind::Damaged, message).hint("matura check tells more"));
            }
        };
        let after = After {
            explanation: content.explanation.clone(),
            mistakes: content.mistakes.clone(),
            check: content.check.clone(),
            source: content.source.clone(),
            images: images_after,
        };
        Ok(Self { prompt, code, ask, hint: content.hint.clone(), images, after })
    }

    /// Whether the program marks the answer.
    pub const fn is_marked(&self) -> bool {
        !matches!(self.ask, Ask::Reveal(_))
    }

    /// How many attempts there are when the setting allows `setting`: never more than wrong options.
    pub fn attempts(&self, setting: u8) -> u8 {
        let wrong = match &self.ask {
            Ask::Reveal(_) => 1,
            Ask::Choice(options) => options.shown.iter().filter(|option| !option.right).count(),
            Ask::Blanks(gaps) if gaps.answers.len() == 1 && !gaps.bank.is_empty() => gaps.bank.len() - 1,
            Ask::Typed(_) | Ask::Blanks(_) => usize::MAX,
        };
        u8::try_from(wrong).unwrap_or(u8::MAX).min(setting).max(1)
    }

    /// Whether what was answered at an attempt, as the log keeps it, is right. A typo is not.
    pub fn is_right(&self, response: &str) -> bool {
        let same = |typed: &Typed, text: &str| typed.likeness(text) == Likeness::Same;
        match &self.ask {
            Ask::Reveal(_) => false,
            Ask::Typed(typed) => same(typed, response),
            Ask::Choice(options) => {
                let mut right: Vec<_> = options.shown.iter().filter(|option| option.right).collect();
                right.sort_unstable_by_key(|option| option.stored);
                let texts: Vec<&str> = right.iter().map(|option| option.text.as_str()).collect();
                response == texts.join("\n")
            }
            Ask::Blanks(gaps) => {
                let texts: Vec<&str> = response.split('\n').collect();
                texts.len() == gaps.answers.len()
                    && gaps.answers.iter().zip(texts).all(|(gap, text)| same(gap, text))
            }
        }
    }

    /// The right answer in words, with the letters under which options are shown.
    pub fn right_answer(&self) -> String {
        match &self.ask {
            Ask::Reveal(reveal) => reveal.answer.clone(),
            Ask::Typed(typed) => typed.answer.clone(),
            Ask::Choice(options) => choice::right_answer(options),
            Ask::Blanks(gaps) => blanks::right_answer(gaps),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank;

    #[test]
    fn practice_turns_facts_round_and_has_typed_what_is_self_graded() {
        let csv = "prompt,answer,options,reverse,typed,accept\n\
            front,back,,yes,,\nfront,back,,,yes,rear\n{{c1::one}} {{c2::two}} {{c1::three}},,,,,\nwhich,A,a|b,,,\n";
        let drafts = bank::read(&bank::Native, csv).unwrap().drafts;
        let asked = |note: usize, slot, practice| {
            let question = Question::practised(&drafts[note].content, slot, 1, practice).unwrap();
            let how = match &question.ask {
                Ask::Reveal(_) => "judged",
                Ask::Typed(_) => "typed",
                Ask::Choice(_) => "picked",
                Ask::Blanks(_) => "filled",
            };
            format!("{} -> {} {how}", question.prompt, question.right_answer())
        };
        let as_it_is = Practice::default();
        let reverse = Practice { reverse: true, ..as_it_is };
        let typed = Practice { typed: true, ..as_it_is };
        let both = Practice { reverse: true, typed: true, ..as_it_is };
        for (note, slot, practice, expected) in [
            (0, Slot::Front, as_it_is, "front -> back judged"),
            (0, Slot::Front, reverse, "back -> front judged"),
            (0, Slot::Back, reverse, "front -> back judged"),
            (0, Slot::Front, typed, "front -> back typed"),
            (0, Slot::Front, both, "back -> front typed"),
            (1, Slot::Front, reverse, "back -> front typed"),
            (2, Slot::Cloze(1), typed, "[...] two [...] -> one, three typed"),
            (2, Slot::Cloze(2), as_it_is, "one [...] three -> two judged"),
        ] {
            assert_eq!(asked(note, slot, practice), expected);
        }
        assert!(asked(3, Slot::Front, typed).ends_with("picked"));
    }
}
