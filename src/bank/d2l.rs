//! Brightspace (D2L): a CSV whose rows are the parts of a question. The first cell says what a row is.

mod question;
mod rows;

use super::records::Records;
use super::{Format, Input, Options, Rejected, Sink};
use crate::error::Result;
use question::Question;
use rows::{Row, delimiter, without_remarks};

/// The question CSV of Brightspace, which was D2L.
#[derive(Debug)]
pub struct D2l;

impl Format for D2l {
    fn name(&self) -> &'static str {
        "d2l"
    }

    fn about(&self) -> &'static str {
        "Brightspace (D2L) question CSV: rows NewQuestion, QuestionText, Option ..."
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        let delimiter = delimiter(&input.text)?;
        let text = without_remarks(input);
        let mut records = Records::new(&text, delimiter);
        while records.next().is_some() {
            let row = Row::new(records.record());
            if !row.is_empty() && !row.is_remark() {
                return row.is_part().then(|| "rows begin with NewQuestion".to_owned());
            }
        }
        None
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        let stated = options.delimiter.as_deref().and_then(|text| match text.as_bytes() {
            [byte] => Some(*byte),
            _ => None,
        });
        let delimiter = stated.or_else(|| delimiter(&input.text)).unwrap_or(b',');
        let text = without_remarks(input);
        let mut records = Records::new(&text, delimiter);
        let mut question: Option<Question> = None;
        // An id may stand before the question that it belongs to.
        let mut waiting: Option<Question> = None;
        while let Some(place) = records.next() {
            out.skip(place.blank);
            let row = Row::new(records.record());
            if row.is_empty() || row.is_remark() {
                if row.is_remark()
                    && let Some(fault) = place.fault.clone()
                {
                    out.reject(Rejected::one(fault, place.span));
                } else {
                    out.skip(1);
                }
                continue;
            }
            let is_new = row.key == "newquestion";
            if let Some(early) = waiting.take() {
                if is_new {
                    if let Some(whole) = question.replace(early) {
                        whole.hand_in(options, out);
                    }
                } else {
                    match question.as_mut() {
                        Some(question) => question.absorb(early),
                        None => question = Some(early),
                    }
                }
            } else if is_new && let Some(whole) = question.take() {
                whole.hand_in(options, out);
            }
            if row.key == "id" && question.as_ref().is_none_or(Question::is_whole) {
                let mut early = Question::new(&place);
                early.take(&row, &place);
                waiting = Some(early);
                continue;
            }
            question.get_or_insert_with(|| Question::new(&place)).take(&row, &place);
        }
        match (question, waiting) {
            (Some(mut question), Some(early)) => {
                question.absorb(early);
                question.hand_in(options, out);
            }
            (question, waiting) => {
                if let Some(whole) = question.or(waiting) {
                    whole.hand_in(options, out);
                }
            }
        }
        Ok(())
    }

    fn remark(&self) -> Option<(&'static str, &'static str)> {
        Some(("// ", ""))
    }
}

#[cfg(test)]
mod tests;
