//! Where the right option stands.

use super::figures::{Places, places};
use super::{Bank, Finding, ONE_PERCENT, Rule};
use crate::model::letter;

/// The right option stands in one place more often than chance would have it.
pub(super) const POSITION: Rule = Rule {
    name: "position",
    reason: "whoever guesses learns the place instead of the answer",
    source: "Guess where: the position of correct answers in multiple-choice test items, Journal of Educational Measurement \
        40(2), 2003, doi:10.1111/j.1745-3984.2003.tb01099.x",
    mend: "move the right option in some of them; matura itself shuffles options where their order means nothing",
    find: find_position,
};

/// So many questions for each place, and a test of how they are spread can be trusted.
const EXPECTED: usize = 5;

fn find_position(bank: &Bank) -> Vec<Finding> {
    places(&bank.items)
        .iter()
        .filter(|places| is_uneven(&places.right))
        .map(|places| told(bank, places))
        .collect()
}

fn told(bank: &Bank, places: &Places) -> Finding {
    let most = places.right.iter().copied().max().unwrap_or(0);
    let favourite = places.right.iter().position(|count| *count == most).unwrap_or(0);
    let all: usize = places.right.iter().sum();
    let is_there = |options: &[String], right: usize| options.len() == places.options && right == favourite;
    let lines = bank
        .items
        .iter()
        .filter(|item| item.single().is_some_and(|(options, right)| is_there(options, right)));
    let message = format!(
        "of {all} questions with {} options and one right one, {} is right in {most} ({})",
        places.options,
        letter(favourite),
        places.told()
    );
    Finding::new(lines.map(|item| item.line), message)
}

/// Whether counts differ from an even spread as chance has it in less than one case of a hundred: chi-square, whose distribution
/// is approximated as in doi:10.1073/pnas.17.12.684.
#[expect(clippy::cast_precision_loss, reason = "questions of a bank are few")]
fn is_uneven(counts: &[usize]) -> bool {
    let all: usize = counts.iter().sum();
    if counts.len() < 2 || all < EXPECTED * counts.len() {
        return false;
    }
    let expected = all as f64 / counts.len() as f64;
    let chi_square: f64 = counts.iter().map(|count| (*count as f64 - expected).powi(2) / expected).sum();
    let freedom = (counts.len() - 1) as f64;
    let spread = 2.0 / (9.0 * freedom);
    ((chi_square / freedom).cbrt() - (1.0 - spread)) / spread.sqrt() > ONE_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_uneven_from_the_published_critical_values_on() {
        // chi-square at 1 %: 6.635 for two places, 11.345 for four, 13.277 for five
        for (even, uneven) in [
            (vec![38, 62], vec![37, 63]),
            (vec![39, 21, 20, 20], vec![40, 20, 20, 20]),
            (vec![34, 17, 17, 16, 16], vec![35, 17, 16, 16, 16]),
        ] {
            assert!(!is_uneven(&even) && is_uneven(&uneven), "{even:?} {uneven:?}");
        }
        assert!(!is_uneven(&[19, 0, 0, 0]), "too few to tell");
    }
}
