//! The quality of banks before anybody learns from them, in words.

use crate::collection::BankReport;
use crate::report::bank::{Broken, Finding, Share};
use crate::text;

/// Findings of one rule that are told, lines of one finding, and levels or tags: --json tells all.
const MOST_FINDINGS: usize = 8;
const MOST_LINES: usize = 8;
const MOST_NAMES: usize = 12;

/// What a bank is.
pub(super) fn summary(report: &BankReport) -> String {
    format!("{} ({}): {}", report.file, report.format, text::count(report.figures.items, "question"))
}

/// What its questions are made of, each by its name.
pub(super) fn figures(report: &BankReport) -> Vec<(&'static str, String)> {
    let figures = &report.figures;
    if figures.items == 0 {
        return Vec::new();
    }
    let mut rows = vec![
        ("kinds", shares(&figures.kinds)),
        ("difficulty", shares(&figures.difficulties)),
        ("level", shares(&figures.levels)),
        ("tags", shares(&figures.tags)),
        ("explained", format!("{} of {}", figures.explained, figures.items)),
    ];
    let places = figures.places.iter();
    rows.extend(
        places.map(|places| ("right one", format!("of {} options: {}", places.options, places.told()))),
    );
    let line = figures.reading.line.map(|line| format!(" (line {line})")).unwrap_or_default();
    rows.push((
        "words to read",
        format!("median {}, most {}{line}", figures.reading.median, figures.reading.most),
    ));
    rows
}

/// All of it, with what could be better.
pub(super) fn told(report: &BankReport) -> String {
    let mut lines = vec![summary(report)];
    lines.extend(figures(report).into_iter().map(|(name, figure)| format!("  {name:<13} {figure}")));
    if report.figures.items == 0 {
        return lines.join("\n");
    }
    if report.broken.is_empty() {
        lines.push("nothing found that could be better".to_owned());
    }
    lines.extend(report.broken.iter().map(broken));
    if !report.broken.is_empty() {
        lines.push("\nSources".to_owned());
        lines.extend(sources(&report.broken));
    }
    lines.join("\n")
}

/// Each source once, with the rules that rest on it.
fn sources(broken: &[Broken]) -> Vec<String> {
    let mut rules: Vec<(&str, Vec<&str>)> = Vec::new();
    for Broken { rule, .. } in broken {
        match rules.iter_mut().find(|(source, _)| *source == rule.source) {
            Some((_, rules)) => rules.push(rule.name),
            None => rules.push((rule.source, vec![rule.name])),
        }
    }
    rules.into_iter().map(|(source, rules)| format!("  {}: {source}", rules.join(", "))).collect()
}

fn shares(shares: &[Share]) -> String {
    let name = |share: &Share| share.of.clone().unwrap_or_else(|| "not said".to_owned());
    let told = shares.iter().take(MOST_NAMES).map(|share| format!("{} {}", name(share), share.items));
    let more = shares.len().saturating_sub(MOST_NAMES);
    told.chain((more > 0).then(|| format!("and {more} more"))).collect::<Vec<_>>().join(", ")
}

fn broken(broken: &Broken) -> String {
    let mut lines = vec![format!("\n{}: {}", broken.rule.name, broken.rule.reason)];
    lines.extend(broken.findings.iter().take(MOST_FINDINGS).map(|finding| format!("  {}", found(finding))));
    let more = broken.findings.len().saturating_sub(MOST_FINDINGS);
    if more > 0 {
        lines.push(format!("  and {more} more, which --json tells"));
    }
    lines.push(format!("  What to do: {}.", broken.rule.mend));
    lines.join("\n")
}

fn found(finding: &Finding) -> String {
    let told = finding.lines.iter().take(MOST_LINES).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let more = finding.lines.len().saturating_sub(MOST_LINES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    match finding.lines.len() {
        0 => finding.message.clone(),
        1 => format!("line {told}: {}", finding.message),
        _ => format!("lines {told}{more}: {}", finding.message),
    }
}
