//! The report of banks as a page for a browser.

use super::{after, before};
use crate::cli::page::{Part, page, paragraphs, table};
use crate::collection::{BankReport, UsedBank};
use crate::model::letter;
use crate::text;

/// Columns of a question or an option.
const WIDTH: usize = 200;

/// The page of these banks.
pub(super) fn report(reports: &[BankReport]) -> String {
    let files: Vec<&str> = reports.iter().map(|report| report.file.as_str()).collect();
    let parts = reports.iter().enumerate().flat_map(|(place, report)| parts(place, report)).collect();
    page("Report of banks", &files.join(", "), parts)
}

fn parts(place: usize, report: &BankReport) -> Vec<Part> {
    let part = |name: &str, title: String, body: String| Part {
        id: format!("{name}-{place}"),
        title,
        across: true,
        body,
    };
    let mut parts = vec![part("bank", report.file.clone(), made_of(report))];
    let rows: Vec<Vec<String>> = report
        .broken
        .iter()
        .flat_map(|broken| {
            broken.findings.iter().map(|finding| {
                let lines: Vec<String> = finding.lines.iter().map(ToString::to_string).collect();
                let rule = broken.rule;
                found([rule.name, &lines.join(", "), &finding.message, rule.reason, rule.mend, rule.source])
            })
        })
        .collect();
    let body = if rows.is_empty() {
        paragraphs(&["nothing found that could be better".to_owned()])
    } else {
        table("Findings before use", &FOUND, &[1, 2, 3, 4, 5], &rows)
    };
    parts.push(part("before", format!("{}: before use", report.file), body));
    if let Some(used) = &report.used {
        parts.push(part("after", format!("{}: after use", report.file), after_use(used)));
        parts.extend(
            findings(used).map(|body| part("found", format!("{}: what the answers say", report.file), body)),
        );
        parts.extend(options(used).map(|body| part("options", format!("{}: options", report.file), body)));
    }
    parts
}

fn made_of(report: &BankReport) -> String {
    let rows: Vec<Vec<String>> =
        before::figures(report).into_iter().map(|(name, figure)| vec![name.to_owned(), figure]).collect();
    let summary = paragraphs(&[before::summary(report)]);
    if rows.is_empty() {
        return summary;
    }
    format!("{summary}{}", table("What its questions are made of", &["what", "how many"], &[1], &rows))
}

const FOUND: [&str; 6] = ["rule", "lines", "what was found", "why it matters", "what to do", "source"];

/// A row of the tables of findings.
fn found(cells: [&str; FOUND.len()]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn after_use(used: &UsedBank) -> String {
    let rows: Vec<Vec<String>> = after::met(used)
        .map(|question| after::row(question, WIDTH).iter().map(|cell| unbroken(cell)).collect())
        .collect();
    let summary = paragraphs(&[after::summary(used)]);
    if rows.is_empty() {
        return summary;
    }
    let titles = after::TITLES.map(|title| title.trim_start_matches('>'));
    format!("{summary}{}", table("Questions after use", &titles, &[1, 3, 4, 5], &rows))
}

/// Percentages that no line breaks.
fn unbroken(cell: &str) -> String {
    cell.replace(" %", "\u{a0}%")
}

fn findings(used: &UsedBank) -> Option<String> {
    let rows: Vec<Vec<String>> = used
        .broken
        .iter()
        .flat_map(|broken| {
            broken.findings.iter().map(move |finding| {
                let (rule, line) = (broken.rule, after::line(used, finding.item).to_string());
                found([rule.name, &line, &finding.message, rule.reason, rule.mend, rule.source])
            })
        })
        .collect();
    (!rows.is_empty()).then(|| table("Findings after use", &FOUND, &[1, 2, 3, 4, 5], &rows))
}

/// Every option of every choice, with how often it was chosen at first sight.
fn options(used: &UsedBank) -> Option<String> {
    let rows: Vec<Vec<String>> = after::met(used)
        .flat_map(|question| {
            question.item.options.iter().enumerate().map(|(place, option)| {
                vec![
                    question.line.to_string(),
                    format!("{}{}", letter(place), if option.right { " (right)" } else { "" }),
                    text::one_line(&option.text, WIDTH),
                    unbroken(&option.chosen.words()),
                    option
                        .rest_score
                        .map_or_else(|| "-".to_owned(), |score| format!("{:.0}\u{a0}%", score * 100.0)),
                ]
            })
        })
        .collect();
    let titles = ["line", "option", "text", "chosen at first sight", "right on the rest"];
    (!rows.is_empty()).then(|| table("Options of choices", &titles, &[1, 2, 3], &rows))
}
