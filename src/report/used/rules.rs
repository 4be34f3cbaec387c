//! What the answers say against a question.

use serde::Serialize;

use super::chance::outstanding;
use super::item::LEAST_LEARNERS;
use super::whole::median;
use super::{ItemUse, OptionUse, Proportion};
use crate::model::{Z_95, letter};
use crate::text;

/// From this share of right answers at first sight on, a question tells nothing apart.
const NEARLY_ALL: f64 = 0.95;
/// What is not answered by choosing one option is hardly known below this share: as with the most options that are usual, five.
const HARDLY_ANY: f64 = 0.2;
/// A distractor that is chosen by a smaller share does not work.
const FUNCTIONING: f64 = 0.05;

const GUIDELINES: &str = "A review of multiple-choice item-writing guidelines for classroom assessment, Applied Measurement in \
    Education 15(3), 2002, doi:10.1207/S15324818AME1503_5";
const DISTRACTORS: &str = "An assessment of functioning and non-functioning distractors in multiple-choice questions: a \
    descriptive analysis, BMC Medical Education 9, 2009, doi:10.1186/1472-6920-9-40";

/// Something that the answers say against a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The place of the question in the bank, from 0.
    pub item: usize,
    /// The place of the option that it is about, from 0, if it is about one.
    pub option: Option<usize>,
    /// What was found.
    pub message: String,
}

/// A rule for questions that work.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rule {
    /// The name by which programs know it.
    #[serde(rename = "rule")]
    pub name: &'static str,
    /// Why it matters.
    pub reason: &'static str,
    /// Where that was found out.
    pub source: &'static str,
    /// What to do about it.
    pub mend: &'static str,
    /// How many learners it takes at the least before anything is found.
    pub needs: &'static str,
    /// What may be said of each question, if it stands out.
    #[serde(skip)]
    claims: fn(&[ItemUse]) -> Vec<Claim>,
}

/// A rule is its name.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// What may be said of a question, and by how many standard errors it is beyond what is sound.
struct Claim {
    beyond: f64,
    finding: Finding,
}

/// What breaks one rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Broken {
    /// The rule.
    #[serde(flatten)]
    pub rule: Rule,
    /// What breaks it, in the order of the bank.
    pub findings: Vec<Finding>,
}

/// Every rule, in the order in which they are told: first what may be wrong, then what is of little use.
static RULES: [Rule; 6] = [NEGATIVE, HARD, OUTCHOSEN, DRAWS_BETTER, EASY, UNCHOSEN];

/// The rules that questions break, as far as their learners allow it to be said.
pub(super) fn judge(items: &[ItemUse]) -> Vec<Broken> {
    let judged = RULES.iter().map(|rule| {
        let claims = (rule.claims)(items);
        let beyond: Vec<f64> = claims.iter().map(|claim| claim.beyond).collect();
        let found = claims.into_iter().zip(outstanding(&beyond)).filter(|(_, stands_out)| *stands_out);
        Broken { rule: *rule, findings: found.map(|(claim, _)| claim.finding).collect() }
    });
    judged.filter(|broken| !broken.findings.is_empty()).collect()
}

impl Claim {
    fn new(beyond: f64, item: &ItemUse, option: Option<usize>, message: String) -> Self {
        Self { beyond, finding: Finding { item: item.item, option, message: text::legible(message) } }
    }
}

/// By how many standard errors a share is above a limit; none where so few could not show it even if all of them did.
fn above(proportion: Proportion, limit: f64) -> Option<f64> {
    let most = Proportion::new(proportion.of(), proportion.of()).above(limit)?;
    if most < Z_95 || proportion.of() < LEAST_LEARNERS { None } else { proportion.above(limit) }
}

/// By how many standard errors a share is below a limit; none where so few could not show it even if none of them did.
fn below(proportion: Proportion, limit: f64) -> Option<f64> {
    let rest = Proportion::new(proportion.of() - proportion.count(), proportion.of());
    above(rest, 1.0 - limit)
}

/// Those who know more of the rest are wrong here.
const NEGATIVE: Rule = Rule {
    name: "negative-discrimination",
    reason: "those who know more of the rest get it wrong: the key may be wrong, or the question can be read in two ways",
    source: "Corrected item-test correlations, Psychometrika 31(1), 1966, doi:10.1007/BF02289461",
    mend: "check the key; then ask somebody who knows the matter how they read the question",
    needs: "10 learners who met it and five other questions",
    claims: negative,
};

fn negative(items: &[ItemUse]) -> Vec<Claim> {
    let claim = |item: &ItemUse| {
        let correlation = item.discrimination.correlation?;
        let message = format!(
            "the correlation with the rest is {} over {}",
            correlation.words(),
            text::count(item.discrimination.learners, "learner")
        );
        Some(Claim::new(-correlation.above_zero, item, None, message))
    };
    items.iter().filter_map(claim).collect()
}

/// Fewer are right than chance would have it.
const HARD: Rule = Rule {
    name: "below-chance",
    reason: "whoever guesses does better: something draws learners to a wrong answer, or the key is wrong",
    source: GUIDELINES,
    mend: "check the key; then see whether the question says all that is needed to answer it",
    needs: "10 learners who answered it; 12 with four options, 16 with five or none, more with more",
    claims: hard,
};

fn hard(items: &[ItemUse]) -> Vec<Claim> {
    let free = || items.iter().filter(|item| item.key().is_none());
    // a bank that teaches what nobody can know yet is hard at first sight throughout, and no question of it is at fault
    let is_known =
        median(free().filter_map(|item| item.difficulty.share())).is_some_and(|share| share >= 0.5);
    let claim = |item: &ItemUse| match item.key() {
        Some((place, key)) => {
            let chance = 1.0 / f64::from(super::as_count(item.options.len()));
            let message = format!(
                "{} chose the right option {}, guessing gives {:.0} %",
                key.chosen.words(),
                letter(place),
                chance * 100.0
            );
            (item.options.len() > 1).then_some(())?;
            Some(Claim::new(below(key.chosen, chance)?, item, None, message))
        }
        None if is_known => {
            let message = format!("{} knew it at first sight", item.difficulty.words());
            Some(Claim::new(below(item.difficulty, HARDLY_ANY)?, item, None, message))
        }
        None => None,
    };
    items.iter().filter_map(claim).collect()
}

/// The distractors of a choice with one right option and two distractors at least, and that option. With one distractor, it is
/// chosen wherever the key is not, and rules for whole questions say the same.
fn rivals(item: &ItemUse) -> impl Iterator<Item = (usize, &OptionUse, usize, &OptionUse)> {
    let key = item.key().filter(|_| item.options.len() > 2);
    key.into_iter().flat_map(move |(key_place, key)| {
        let distractors = item.options.iter().enumerate().filter(|(_, option)| !option.right);
        distractors.map(move |(place, option)| (place, option, key_place, key))
    })
}

/// A distractor is chosen more often than the key.
const OUTCHOSEN: Rule = Rule {
    name: "chosen-over-key",
    reason: "most who hesitate between both take the wrong one: it may be right as well, or be the key by mistake",
    source: GUIDELINES,
    mend: "check the key; if it is right, say in the explanation why the other is not, or change the other",
    needs: "10 learners who chose one of the two",
    claims: outchosen,
};

fn outchosen(items: &[ItemUse]) -> Vec<Claim> {
    let claims = |item: &ItemUse| {
        let claim = |(place, option, key_place, key): (usize, &OptionUse, usize, &OptionUse)| {
            let (wrong, right) = (option.chosen.count(), key.chosen.count());
            let message = format!(
                "{} is wrong and was chosen by {wrong} of {}, the right option {} by {right}",
                letter(place),
                option.chosen.of(),
                letter(key_place)
            );
            let among_both = Proportion::new(wrong, wrong.saturating_add(right));
            Some(Claim::new(above(among_both, 0.5)?, item, Some(place), message))
        };
        rivals(item).filter_map(claim).collect::<Vec<_>>()
    };
    items.iter().flat_map(claims).collect()
}

/// A distractor draws those who know more than those who take the key.
const DRAWS_BETTER: Rule = Rule {
    name: "draws-the-better",
    reason: "those who took it did better on the rest than those who took the right one: they may have seen something in it",
    source: DISTRACTORS,
    mend: "ask what speaks for it; then change it, or the question, so that nothing does",
    needs: "5 learners with a rest score who chose it, and 5 who chose the right option",
    claims: draws_better,
};

fn draws_better(items: &[ItemUse]) -> Vec<Claim> {
    let claims = |item: &ItemUse| {
        let claim = |(place, option, key_place, key): (usize, &OptionUse, usize, &OptionUse)| {
            let message = format!(
                "{} is wrong and those who took it had {:.0} % of the rest right, those who took the right option {} had {:.0} %",
                letter(place),
                option.rest_score? * 100.0,
                letter(key_place),
                key.rest_score? * 100.0
            );
            Some(Claim::new(-option.against_key?.above_zero, item, Some(place), message))
        };
        rivals(item).filter_map(claim).collect::<Vec<_>>()
    };
    items.iter().flat_map(claims).collect()
}

/// Nearly everybody is right at first sight.
const EASY: Rule = Rule {
    name: "known-by-all",
    reason: "a question that all can answer before they learn tells nobody apart and teaches nothing",
    source: GUIDELINES,
    mend: "take it out, or ask for something that has to be learnt; leave it if all must know it",
    needs: "73 learners: of fewer, even all right leaves 95 % possible",
    claims: easy,
};

fn easy(items: &[ItemUse]) -> Vec<Claim> {
    let claim = |item: &ItemUse| {
        let message = format!("{} knew it at first sight", item.difficulty.words());
        Some(Claim::new(above(item.difficulty, NEARLY_ALL)?, item, None, message))
    };
    items.iter().filter_map(claim).collect()
}

/// A distractor is chosen by hardly anybody.
const UNCHOSEN: Rule = Rule {
    name: "non-functioning-distractor",
    reason: "an option that hardly anybody chooses is read for nothing, and guessing among the others is easier than it seems",
    source: "How many options is enough for a multiple-choice test item?, Educational and Psychological Measurement 53(4), 1993, \
        doi:10.1177/0013164493053004013",
    mend: "put a mistake that learners make in its place, or take it out",
    needs: "73 learners who chose an option: of fewer, even nobody leaves 5 % possible",
    claims: unchosen,
};

fn unchosen(items: &[ItemUse]) -> Vec<Claim> {
    let claims = |item: &ItemUse| {
        let distractors = item.options.iter().enumerate().filter(|(_, option)| !option.right);
        let claim = |(place, option): (usize, &OptionUse)| {
            let message = format!("{} was chosen by {}", letter(place), option.chosen.words());
            Some(Claim::new(below(option.chosen, FUNCTIONING)?, item, Some(place), message))
        };
        distractors.filter_map(claim).collect::<Vec<_>>()
    };
    items.iter().flat_map(claims).collect()
}
