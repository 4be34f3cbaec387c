//! A note that changed in its bank and at the learner's: what both say.

use super::cells::Cells;
use crate::model::{Field, Tags};

/// What the changes of both sides come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The cells.
    pub cells: Cells,
    /// Fields that both changed, each in its own way: the bank's text stands, this was the learner's.
    pub lost: Vec<(Field, String)>,
}

/// Joins what the learner and the bank made of the same note. Each side's change of a field holds, of tags each one
/// that was added or taken away; where both changed a field the bank's text holds.
pub fn merge(base: &Cells, learner: &Cells, bank: &Cells) -> Merged {
    let mut merged = Merged { cells: Cells::default(), lost: Vec::new() };
    for field in Field::ALL {
        let (before, mine, theirs) = (base.get(field), learner.get(field), bank.get(field));
        let text = if field == Field::Tags {
            tags(before, mine, theirs)
        } else if theirs == before {
            mine.to_owned()
        } else {
            if mine != before && mine != theirs {
                merged.lost.push((field, mine.to_owned()));
            }
            theirs.to_owned()
        };
        merged.cells.set(field, text);
    }
    merged
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
        assert_eq!(merged.lost, [(Field::Hint, "my hint".to_owned())]);
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
