//! The hardest cards, with what was answered instead.

use std::collections::HashMap;

use super::{HardCard, Instead};
use crate::error::Result;
use crate::model::{Answer, CardKey, Entry, Row};
use crate::report::learning::Learning;
use crate::schedule::not_retracted;
use crate::store::{Tx, card, log, note};
use crate::study::Question;
use crate::text;

/// Wrong answers to a card that are told.
const MOST: usize = 3;
/// Columns of a prompt or of an answer.
const WIDTH: usize = 200;

pub(super) fn hardest(tx: &Tx<'_>, learning: &Learning) -> Result<Vec<HardCard>> {
    let mut hardest = Vec::new();
    for (standing, retention) in &learning.hardest {
        let Some(card) = card::get(tx, standing.card)? else { continue };
        let Some(stored) = note::get(tx, card.note)? else { continue };
        let question = Question::new(&stored.note.content, card.slot, 0)?;
        let key = CardKey { guid: stored.note.guid, slot: card.slot };
        let mut rows = log::of_card(tx, &key)?;
        rows.retain(|row| (learning.from..=learning.study_day).contains(&row.day) || is_retraction(row));
        hardest.push(HardCard {
            card: card.id,
            deck: stored.note.deck,
            prompt: text::one_line(&question.prompt, WIDTH),
            retention: *retention,
            lapses: card.state.lapses,
            instead: instead(not_retracted(&rows), &question),
        });
    }
    Ok(hardest)
}

const fn is_retraction(row: &Row) -> bool {
    matches!(row.entry, Entry::Retract(_))
}

/// The wrong answers, the most frequent first; of equals that which was given last.
fn instead<'r>(rows: impl Iterator<Item = &'r Row>, question: &Question) -> Vec<Instead> {
    let mut wrong: HashMap<String, (Instead, usize)> = HashMap::new();
    let answers = rows.filter_map(|row| match &row.entry {
        Entry::Answered(_, answer) => Some(answer),
        Entry::Set(..) | Entry::Retract(_) => None,
    });
    let responses = answers.flat_map(|Answer { responses, .. }| responses);
    for (place, response) in responses.filter(|response| !question.is_right(response)).enumerate() {
        let answer = text::one_line(&response.replace('\n', " / "), WIDTH);
        let (told, last) = wrong.entry(text::fold(response)).or_insert((Instead { answer, times: 0 }, 0));
        told.times += 1;
        *last = place;
    }
    let mut wrong: Vec<(Instead, usize)> = wrong.into_values().collect();
    wrong.sort_by_key(|(told, last)| std::cmp::Reverse((told.times, *last)));
    wrong.into_iter().map(|(told, _)| told).take(MOST).collect()
}
