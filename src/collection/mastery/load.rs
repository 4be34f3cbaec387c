//! The questions of a test out of the collection.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::error::Result;
use crate::model::{CardId, CardKey, DeckId, DeckName, Difficulty, NoteId, State};
use crate::store::card::{self, Card};
use crate::store::{Tx, note};
use crate::study::mastery::{Candidate, Markable, draw, examine};
use crate::study::{After, Question};

/// A question that was drawn, whole: what other processes do meanwhile does not change the test.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) card: CardId,
    pub(super) key: CardKey,
    pub(super) deck: DeckName,
    pub(super) state: State,
    pub(super) difficulty: Option<Difficulty>,
    pub(super) level: Option<String>,
    pub(super) question: Question,
    /// What belongs behind its answer.
    pub(super) after: After,
}

/// Draws the questions of a test from these decks (all, if none are given); suspended cards are left out.
pub(super) fn questions(
    tx: &Tx<'_>,
    decks: Option<&HashSet<DeckId>>,
    count: u32,
    seed: u64,
) -> Result<VecDeque<Drawn>> {
    let mut cards: HashMap<NoteId, Vec<Card>> = HashMap::new();
    for card in card::all(tx)?.into_iter().filter(|card| !card.suspended) {
        cards.entry(card.note).or_default().push(card);
    }
    let mut candidates = Vec::new();
    let mut found = HashMap::new();
    for stored in note::all(tx)? {
        if decks.is_some_and(|decks| !decks.contains(&stored.deck_id)) {
            continue;
        }
        let content = &stored.note.content;
        for card in cards.get(&stored.id).into_iter().flatten() {
            let key = CardKey { guid: stored.note.guid.clone(), slot: card.slot };
            let markable = Markable::of(&Question::new(content, card.slot, seed)?);
            candidates.push(Candidate { key: key.clone(), difficulty: content.difficulty, markable });
            found.insert(key, (*card, stored.note.deck.clone(), content.clone()));
        }
    }
    let drawn = draw(candidates, usize::try_from(count).unwrap_or(usize::MAX), seed);
    let mut random = fastrand::Rng::with_seed(seed);
    let mut questions = VecDeque::new();
    for key in drawn.into_iter().map(|candidate| candidate.key) {
        let Some((card, deck, content)) = found.remove(&key) else { continue };
        // the order of options hangs on the seed as well
        let (question, after) = examine(Question::new(&content, key.slot, random.u64(..))?);
        let (difficulty, level) = (content.difficulty, content.level);
        questions.push_back(Drawn {
            card: card.id,
            key,
            deck,
            state: card.state,
            difficulty,
            level,
            question,
            after,
        });
    }
    Ok(questions)
}
