//! What can be said only of a bank as a whole.

use std::collections::BTreeMap;

use super::{Bank, Finding, GUIDELINES, Item, Rule};
use crate::model::Difficulty;
use crate::text;

/// A question stands in the bank twice.
pub(super) const DOUBLES: Rule = Rule {
    name: "duplicate",
    reason: "it would be learnt twice, and a test that draws it twice measures less",
    source: GUIDELINES,
    mend: "take one of them out; an import keeps it once",
    find: find_doubles,
};

fn find_doubles(bank: &Bank) -> Vec<Finding> {
    bank.doubles.iter().map(|(line, message)| Finding::new([*line], message)).collect()
}

/// Two questions are nearly the same.
pub(super) const ALIKE: Rule = Rule {
    name: "near-duplicate",
    reason: "each gives the other away, and what was meant to be mended may stand there in both versions",
    source: GUIDELINES,
    mend: "take one of them out, or say what makes them two",
    find: find_alike,
};

fn find_alike(bank: &Bank) -> Vec<Finding> {
    let prompt = |place: usize| bank.items.get(place).map(|item| text::one_line(&item.content.prompt, 60));
    let told = |(one, other): &(usize, usize)| {
        let message = format!("{:?} and {:?}", prompt(*one)?, prompt(*other)?);
        Some(Finding::new([bank.line(*one)?, bank.line(*other)?], message))
    };
    bank.alike.iter().filter_map(told).collect()
}

/// Questions have no explanation.
pub(super) const UNEXPLAINED: Rule = Rule {
    name: "no-explanation",
    reason: "who took a wrong option remembers it as right unless told why it is wrong",
    source: "Feedback enhances the positive effects and reduces the negative effects of multiple-choice testing, Memory & \
        Cognition 36(3), 2008, doi:10.3758/MC.36.3.604",
    mend: "say in one sentence why the answer is right",
    find: find_unexplained,
};

fn find_unexplained(bank: &Bank) -> Vec<Finding> {
    let choices: Vec<&Item> = bank.items.iter().filter(|item| item.choice().is_some()).collect();
    let without: Vec<u64> =
        choices.iter().filter(|item| item.content.explanation.is_none()).map(|item| item.line).collect();
    let message = format!("{} of {} have none", without.len(), text::count(choices.len(), "choice"));
    if without.is_empty() { Vec::new() } else { vec![Finding::new(without, message)] }
}

/// How hard the questions are is not mixed, or not said.
pub(super) const MIX: Rule = Rule {
    name: "difficulty-mix",
    reason: "a test draws from easy, medium and hard; from one of them alone it tells those who know much or little apart, not both",
    source: "the mastery test of matura",
    mend: "say of each how hard it is (easy, medium, hard) and write some of what is missing",
    find: find_mix,
};

/// Questions from which on a mix is expected.
const ENOUGH: usize = 10;
/// More percent than these of one difficulty are no mix.
const MOST_PERCENT: usize = 80;

fn find_mix(bank: &Bank) -> Vec<Finding> {
    if bank.items.len() < ENOUGH {
        return Vec::new();
    }
    let lines = |of: Option<Difficulty>| {
        bank.items
            .iter()
            .filter(move |item| item.content.difficulty == of)
            .map(|item| item.line)
            .collect::<Vec<_>>()
    };
    let stated: Vec<(&str, Vec<u64>)> =
        Difficulty::ALL.into_iter().map(|difficulty| (difficulty.name(), lines(Some(difficulty)))).collect();
    let all: usize = stated.iter().map(|(_, lines)| lines.len()).sum();
    let unstated = lines(None);
    let choices = bank.items.iter().filter(|item| item.choice().is_some()).count();
    let mut findings = Vec::new();
    if all == 0 && choices * 2 >= bank.items.len() {
        findings.push(Finding::new([], "it is said of none"));
    } else if all > 0 && !unstated.is_empty() {
        let message =
            format!("of {} it is not said how hard they are", text::count(unstated.len(), "question"));
        findings.push(Finding::new(unstated, message));
    }
    for (name, lines) in stated.into_iter().filter(|_| all > 0) {
        if lines.is_empty() {
            findings.push(Finding::new([], format!("none is {name}")));
        } else if lines.len() * 100 > all * MOST_PERCENT {
            findings.push(Finding::new([], format!("{} of {all} are {name}", lines.len())));
        }
    }
    findings
}

/// Levels and tags that are hardly covered.
pub(super) const COVERAGE: Rule = Rule {
    name: "coverage",
    reason: "what one or two questions ask about is known or not known by chance",
    source: GUIDELINES,
    mend: "write more questions about it, or give it another name if it is a slip of the pen",
    find: find_coverage,
};

/// So few questions about something say little about whether it is known.
const FEW: usize = 2;
/// Names that are told of them.
const MOST_NAMES: usize = 10;

fn find_coverage(bank: &Bank) -> Vec<Finding> {
    let mut findings = scarce(bank, "level", |item| item.content.level.as_deref().into_iter().collect());
    findings.extend(scarce(bank, "tag", |item| item.content.tags.iter().collect()));
    findings
}

/// What few questions have, and that some have none where others have.
fn scarce(bank: &Bank, what: &str, of: impl Fn(&Item) -> Vec<&str>) -> Vec<Finding> {
    let mut lines: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    let mut without = Vec::new();
    for item in &bank.items {
        let names = of(item);
        if names.is_empty() {
            without.push(item.line);
        }
        for name in names {
            lines.entry(name).or_default().push(item.line);
        }
    }
    let is_stated_mostly = without.len() * 2 < bank.items.len();
    lines.retain(|_, lines| lines.len() <= FEW);
    let mut findings = Vec::new();
    if !lines.is_empty() {
        let names: Vec<&str> = lines.keys().copied().take(MOST_NAMES).collect();
        let more = lines.len() - names.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!(
            "{} with one or two questions: {}{more}",
            text::count(lines.len(), what),
            names.join(", ")
        );
        let mut lines: Vec<u64> = lines.into_values().flatten().collect();
        lines.sort_unstable();
        lines.dedup();
        findings.push(Finding::new(lines, message));
    }
    if is_stated_mostly && !without.is_empty() {
        let message =
            format!("{} without a {what}, where most have one", text::count(without.len(), "question"));
        findings.push(Finding::new(without, message));
    }
    findings
}
