//! One answer from a script.

use serde::Serialize;

use super::{Collection, Context, steps};
use crate::error::{Error, Kind, Result};
use crate::model::{Answer, CardId, Content, Entry, Event, Grade, Slot, State};
use crate::schedule::replay;
use crate::store::{Tx, log};
use crate::study::{Ask, Marker, Question, Response, Unfit, Verdict};
use crate::text;

/// What a script answers.
#[derive(Debug, Clone)]
pub enum Given {
    /// The grade.
    Grade(Grade),
    /// What to mark: one text an attempt, and whether the last one ends it.
    Responses(Vec<String>, bool),
}

/// What became of it.
#[derive(Debug, Clone, Serialize)]
pub struct Answered {
    /// The card.
    pub card: CardId,
    /// The grade that was saved; none while attempts remain.
    pub grade: Option<u8>,
    /// Whether the answer is right; none if nothing was marked.
    pub correct: Option<bool>,
    /// When the card comes next.
    pub due: Option<String>,
    /// Days.
    pub interval: u32,
    /// Thousandths.
    pub ease: u32,
    /// Answers of grade 3 or more in a row.
    pub repetitions: u32,
    /// Attempts that remain; none if nothing was marked.
    pub attempts_left: Option<u8>,
    /// Whether the answer made it a leech: it is suspended.
    pub leech: bool,
}

impl Collection {
    /// Answers a card, whatever the limits, its siblings and the order say.
    pub fn answer(&mut self, card: CardId, given: &Given) -> Result<Answered> {
        self.write(|tx, context| answer(tx, context, card, given))
    }
}

fn answer(tx: &Tx<'_>, context: Context, id: CardId, given: &Given) -> Result<Answered> {
    let (card, key, stored) = steps::find(tx, id)?;
    let marked = match given {
        Given::Grade(grade) => Marked { answer: Some(Answer::of_grade(*grade)), correct: None, left: None },
        Given::Responses(texts, last) => {
            mark(&stored.note.content, card.slot, texts, *last, context.settings.attempts)?
        }
    };
    let mut state = card.state;
    let mut grade = None;
    let mut leech = false;
    if let Some(answer) = marked.answer {
        grade = Some(answer.grade.number());
        let mut rows = log::of_card(tx, &key)?;
        let event = if replay(&mut rows).is_taken(context.now.day) { Event::Drill } else { Event::Review };
        let recorded = steps::record(tx, &key, Some(&card), rows, context, [Entry::Answered(event, answer)])?;
        state = recorded.state;
        leech = recorded.leech == Some(true);
    }
    Ok(Answered { leech, ..answered(id, grade, marked.correct, marked.left, state) })
}

fn answered(
    card: CardId,
    grade: Option<u8>,
    correct: Option<bool>,
    left: Option<u8>,
    state: State,
) -> Answered {
    Answered {
        card,
        grade,
        correct,
        due: state.due.map(|day| day.to_string()),
        interval: state.interval,
        ease: state.ease.get(),
        repetitions: state.repetitions,
        attempts_left: left,
        leech: false,
    }
}

/// An answer that is marked: none yet while attempts remain.
struct Marked {
    answer: Option<Answer>,
    correct: Option<bool>,
    left: Option<u8>,
}

fn mark(content: &Content, slot: Slot, texts: &[String], last: bool, attempts: u8) -> Result<Marked> {
    let question = Question::new(content, slot, 0)?;
    if !question.is_marked() {
        return Err(Error::new(Kind::Usage, "the learner judges this card, so there is nothing to mark")
            .hint("give a grade: matura answer CARD --grade N"));
    }
    let mut marker = Marker::new(&question, attempts);
    for text in texts {
        if marker.left() == 0 {
            break;
        }
        let response = response(&question, text)?;
        let verdict = marker.respond(&question, &response).map_err(|unfit| unfit_error(&unfit))?;
        if let Verdict::Right(grade) = verdict {
            return Ok(Marked {
                answer: Some(marker.answer(grade)),
                correct: Some(true),
                left: Some(marker.left()),
            });
        }
    }
    let is_over = last || marker.left() == 0;
    let answer = is_over.then(|| marker.answer(Grade::WRONG));
    Ok(Marked { answer, correct: Some(false), left: Some(if is_over { 0 } else { marker.left() }) })
}

/// A script names options by their stored letters or their texts, and separates gaps by line breaks.
fn response(question: &Question, text: &str) -> Result<Response> {
    let Ask::Choice(options) = &question.ask else {
        return Ok(Response::Texts(match &question.ask {
            Ask::Blanks(_) => text.trim_end_matches('\n').split('\n').map(str::to_owned).collect(),
            Ask::Reveal(_) | Ask::Typed(_) | Ask::Choice(_) => vec![text.to_owned()],
        }));
    };
    options.places_of(text).map(Response::Picks).ok_or_else(|| {
        Error::new(Kind::Usage, format!("{text:?} is neither a letter nor the text of an option"))
            .hint("write the letter that matura show gives the option, several separated by blanks")
    })
}

fn unfit_error(unfit: &Unfit) -> Error {
    let message = match unfit {
        Unfit::Empty => "the response is empty".to_owned(),
        Unfit::NoSuchOption(letter) => format!("there is no option {letter}"),
        Unfit::CrossedOut(_) => "the same wrong option is given twice".to_owned(),
        Unfit::OneOnly => "one option is right, several are given".to_owned(),
        Unfit::Count(count) => format!(
            "{} to fill, separated by line breaks; those that are right stay filled",
            text::count(*count, "gap")
        ),
    };
    Error::new(Kind::Usage, message).hint("matura show CARD shows the question")
}
