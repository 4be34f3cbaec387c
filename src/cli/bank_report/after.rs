//! How the questions of banks worked, as a table and in words.

use crate::cli::table::table;
use crate::collection::{UsedBank, UsedQuestion};
use crate::error::{Error, Result};
use crate::model::letter;
use crate::report::used::{Correlation, Discrimination, OptionUse};
use crate::text;

/// Questions that are told, and findings of one rule: the table for a spreadsheet and --json tell all.
const MOST: usize = 30;
const MOST_FINDINGS: usize = 8;
/// Columns of a prompt.
const WIDTH: usize = 36;

/// What is told of a bank.
pub(super) fn told(used: &UsedBank) -> String {
    let bank = &used.bank;
    let mut parts = vec![summary(used)];
    if bank.learners > 0 {
        let met: Vec<&UsedQuestion> = met(used).collect();
        let rows = met.iter().take(MOST).map(|question| row(question, WIDTH));
        parts.push(table(&TITLES, rows));
        if let Some(more) = met.len().checked_sub(MOST).filter(|more| *more > 0) {
            parts.push(format!("  and {more} more, which --csv FILE and --json tell"));
        }
    }
    parts.extend(findings(used));
    parts.join("\n")
}

/// The questions that somebody met.
pub(super) fn met(used: &UsedBank) -> impl Iterator<Item = &UsedQuestion> {
    used.questions.iter().filter(|question| question.item.learners > 0)
}

/// The line on which a question starts, by its place in the bank.
pub(super) fn line(used: &UsedBank, item: usize) -> u64 {
    used.questions.get(item).map_or(0, |question| question.line)
}

pub(super) const TITLES: [&str; 6] =
    [">line", "question", ">learners", "right at first sight", "discrimination", "remembered later"];

/// A question with what its answers say, as many columns of it as there is room for.
pub(super) fn row(question: &UsedQuestion, width: usize) -> Vec<String> {
    let item = &question.item;
    vec![
        question.line.to_string(),
        text::one_line(&question.prompt, width),
        item.learners.to_string(),
        item.difficulty.words(),
        discrimination(item.discrimination),
        if item.later.of() == 0 { "-".to_owned() } else { item.later.words() },
    ]
}

fn discrimination(discrimination: Discrimination) -> String {
    match (discrimination.correlation, discrimination.missing) {
        (Some(correlation), _) => correlation.words(),
        (None, Some(missing)) => missing.words().to_owned(),
        (None, None) => "-".to_owned(),
    }
}

/// The bank as a whole.
pub(super) fn summary(used: &UsedBank) -> String {
    let bank = &used.bank;
    if bank.learners == 0 {
        return "After use: in the answers given nobody met a question of it. Import and report it with the same --deck: \
                notes are known by that and by the ids of the bank."
            .to_owned();
    }
    let mut line = format!(
        "After use: {} met {} of {}",
        text::count(bank.learners, "learner"),
        bank.met,
        text::count(bank.items, "question")
    );
    if let Some(difficulty) = bank.median_difficulty {
        line += &format!("; half of these were right at first sight for {:.0} % or more", difficulty * 100.0);
    }
    if let Some(discrimination) = bank.mean_discrimination {
        line += &format!("; mean discrimination {discrimination:.2}");
    }
    if let Some(reliability) = bank.reliability.kr20 {
        line += &format!("; reliability (KR-20) {reliability:.2}");
    }
    line
}

/// What the answers say against questions, a rule each.
fn findings(used: &UsedBank) -> Vec<String> {
    let told = used.broken.iter().map(|broken| {
        let mut lines = vec![format!("\n{}: {}", broken.rule.name, broken.rule.reason)];
        let found = broken.findings.iter().take(MOST_FINDINGS);
        lines
            .extend(found.map(|finding| format!("  line {}: {}", line(used, finding.item), finding.message)));
        if let Some(more) = broken.findings.len().checked_sub(MOST_FINDINGS).filter(|more| *more > 0) {
            lines.push(format!("  and {more} more, which --json tells"));
        }
        lines.push(format!("  What to do: {}.", broken.rule.mend));
        lines.push(format!("  Source: {}", broken.rule.source));
        lines.join("\n")
    });
    told.collect()
}

/// Every question of these banks as a table for a spreadsheet, in UTF-8 with a mark of it.
pub(super) fn csv<'b>(banks: impl Iterator<Item = (&'b str, &'b UsedBank)>) -> Result<Vec<u8>> {
    let failed = |cause: csv::Error| Error::internal(cause.to_string());
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS).map_err(failed)?;
    for (file, used) in banks {
        for question in &used.questions {
            writer.write_record(record(file, question)).map_err(failed)?;
        }
    }
    writer.into_inner().map_err(|cause| Error::internal(cause.to_string()))
}

const COLUMNS: [&str; 16] = [
    "file",
    "line",
    "question",
    "learners",
    "right",
    "difficulty",
    "difficulty_low",
    "difficulty_high",
    "compared",
    "discrimination",
    "discrimination_low",
    "discrimination_high",
    "later_reviews",
    "later_remembered",
    "options",
    "omitted",
];

fn record(file: &str, question: &UsedQuestion) -> Vec<String> {
    let item = &question.item;
    let number = |value: f64| format!("{value:.4}");
    let (low, high) = item.difficulty.interval();
    let share = item.difficulty.share();
    let correlation = item.discrimination.correlation;
    let of = |of: fn(Correlation) -> f64| correlation.map(of).map(number).unwrap_or_default();
    let options: Vec<String> =
        item.options.iter().enumerate().map(|(place, option)| chosen(place, option)).collect();
    vec![
        text::no_formula(file).into_owned(),
        question.line.to_string(),
        text::no_formula(&question.prompt).into_owned(),
        item.learners.to_string(),
        item.difficulty.count().to_string(),
        share.map(number).unwrap_or_default(),
        share.map(|_| number(low)).unwrap_or_default(),
        share.map(|_| number(high)).unwrap_or_default(),
        item.discrimination.learners.to_string(),
        of(|correlation| correlation.value),
        of(|correlation| correlation.low),
        of(|correlation| correlation.high),
        item.later.of().to_string(),
        item.later.count().to_string(),
        options.join(" "),
        item.omitted.to_string(),
    ]
}

/// An option by its letter, with how often it was chosen; `*` marks a right one.
fn chosen(place: usize, option: &OptionUse) -> String {
    let mark = if option.right { "*" } else { "" };
    format!("{}{mark}:{}", letter(place), option.chosen.count())
}
