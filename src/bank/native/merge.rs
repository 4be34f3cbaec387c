//! A note that changed in its bank and at the learner's: what both say.

use super::cells::Cells;
use crate::model::{Field, Tags};

/// What the changes of both sides come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The cells.
    pub cells: Cells,
    /// Fields that both changed, each in its own way: the bank's text stands, the learner's is lost.
    pub lost: Vec<Field>,
}

/// Fields that mean something only together: an answer is the letter of an option.
const TOGETHER: [Field; 4] = [Field::Kind, Field::Options, Field::Answer, Field::Accept];

/// Joins what the learner and the bank made of the same note. Each side's change of a field holds, of tags each one
/// that was added or taken away; where both changed a field the bank's text holds. A question that is marked is taken
/// with its answer from one side.
pub fn merge(base: &Cells, learner: &Cells, bank: &Cells) -> Merged {
    let mut merged = Merged { cells: Cells::default(), lost: Vec::new() };
    let is_fact = |cells: &Cells| matches!(cells.get(Field::Kind), "fact" | "");
    let apart = [base, learner, bank].into_iter().all(is_fact);
    let (together, single): (Vec<Field>, Vec<Field>) =
        Field::ALL.into_iter().partition(|field| !apart && TOGETHER.contains(field));
    merged.take(base, learner, bank, &together);
    for field in single {
        if field == Field::Tags {
            let [base, learner, bank] = [base, learner, bank].map(|cells| cells.get(Field::Tags));
            merged.cells.set(field, tags(base, learner, bank));
        } else {
            merged.take(base, learner, bank, &[field]);
        }
    }
    merged
}

impl Merged {
    /// Takes fields from one side.
    fn take(&mut self, base: &Cells, learner: &Cells, bank: &Cells, fields: &[Field]) {
        let differ =
            |one: &Cells, other: &Cells| fields.iter().any(|field| one.get(*field) != other.get(*field));
        let is_banks = differ(bank, base);
        let side = if is_banks { bank } else { learner };
        for field in fields {
            self.cells.set(*field, side.get(*field));
            let mine = learner.get(*field);
            if is_banks && mine != base.get(*field) && mine != bank.get(*field) {
                self.lost.push(*field);
            }
        }
    }
}

fn tags(before: &str, mine: &str, theirs: &str) -> String {
    let (before, mine, theirs) = (Tags::kept(before), Tags::kept(mine), Tags::kept(theirs));
    let has = |tags: &Tags, tag: &str| tags.iter().any(|own| own == tag);
    let kept = theirs.iter().filter(|tag| has(&mine, tag) || !has(&before, tag));
    let added = mine.iter().filter(|tag| !has(&before, tag));
    Tags::new(kept.chain(added)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(prompt: &str, hint: &str, tags: &str) -> Cells {
        let mut cells = Cells::default();
        for (field, text) in [(Field::Prompt, prompt), (Field::Hint, hint), (Field::Tags, tags)] {
            cells.set(field, text);
        }
        cells
    }

    #[test]
    fn both_sides_keep_their_changes_and_where_they_contradict_the_bank_holds() {
        let base = cells("q", "", "a b");
        let learner = cells("q", "my hint", "b exam");
        let bank = cells("Q?", "", "a b c");
        assert_eq!(
            merge(&base, &learner, &bank),
            Merged { cells: cells("Q?", "my hint", "b c exam"), lost: vec![] }
        );
        let other = cells("q", "their hint", "a b");
        let merged = merge(&base, &learner, &other);
        assert_eq!(merged.cells.get(Field::Hint), "their hint");
        assert_eq!(merged.lost, [Field::Hint]);
    }

    #[test]
    fn the_key_of_a_choice_is_never_read_among_the_options_of_the_other_side() {
        let choice = |options: &str, answer: &str| {
            let mut cells = Cells::default();
            for (field, text) in [(Field::Kind, "choice"), (Field::Options, options), (Field::Answer, answer)]
            {
                cells.set(field, text);
            }
            cells
        };
        let base = choice("manual|auto|third", "A");
        // both mean "auto"
        let (learner, bank) = (choice("manual|auto|third", "B"), choice("auto|manual|third", "A"));
        assert_eq!(merge(&base, &learner, &bank), Merged { cells: bank, lost: vec![Field::Answer] });
        let (learner, bank) = (choice("none|manual|auto", "B"), choice("manual|auto|third", "B"));
        assert_eq!(merge(&base, &learner, &bank).cells, bank);
        let learner = choice("x|y|z", "A");
        assert_eq!(merge(&base, &learner, &base).cells, learner);
    }

    proptest! {
        #[test]
        fn a_side_that_changed_nothing_takes_what_the_other_made(
            base in ("[ab]?", "[ab]?"), other in ("[ab]?", "[ab]?"),
        ) {
            let (base, other) = (cells(&base.0, &base.1, ""), cells(&other.0, &other.1, ""));
            for (learner, bank) in [(&base, &other), (&other, &base)] {
                prop_assert_eq!(merge(&base, learner, bank), Merged { cells: other.clone(), lost: vec![] });
            }
        }
    }
}
