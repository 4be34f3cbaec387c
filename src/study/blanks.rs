//! Asking gaps.

use super::ask::{Ask, Gaps, Typed};
use crate::model::{Blanks, Code, Content};

pub(super) fn ask(content: &Content, blanks: &Blanks, seed: u64) -> (String, Option<Code>, Ask) {
    let answers = blanks
        .gaps
        .iter()
        .map(|gap| Typed { answer: gap.answer.clone(), accept: gap.accept.clone() })
        .collect();
    let mut bank = blanks.bank.clone();
    fastrand::Rng::with_seed(seed).shuffle(&mut bank);
    (content.prompt.clone(), content.code.clone(), Ask::Blanks(Gaps { answers, bank }))
}

/// What belongs into the gaps; with their numbers if there are several.
pub(super) fn right_answer(gaps: &Gaps) -> String {
    match gaps.answers.as_slice() {
        [only] => only.answer.clone(),
        several => {
            let numbered =
                several.iter().enumerate().map(|(place, gap)| format!("{}: {}", place + 1, gap.answer));
            numbered.collect::<Vec<_>>().join("\n")
        }
    }
}
