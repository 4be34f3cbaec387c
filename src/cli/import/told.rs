//! What an import tells of each file.

use std::collections::HashMap;

use crate::collection::{Change, FileReport, ImportReport, Problem, Reworded};
use crate::text;

use super::Context;

/// More problems of one sort than these are counted and not shown.
const MOST_SHOWN: usize = 5;
/// More notes of one sort than these are counted and not shown.
const MOST_NOTES: usize = 20;
/// The format that says everything itself.
const NATIVE: &str = "native";

/// The outcome file by file, with the plan of a dry run.
pub(super) fn lines(report: &ImportReport, dry_run: bool) -> String {
    let told = report.files.iter().flat_map(|file| [line(file, dry_run), plan(file, dry_run)]);
    told.filter(|lines| !lines.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What there is beside the counts: what would change, what the file lacks, and how cards would look.
fn plan(file: &FileReport, dry_run: bool) -> String {
    let changed = |change: &Change| {
        format!("  changed, line {}: {} ({})", change.line, change.prompt, change.fields.join(", "))
    };
    let mut lines = some(&file.changes, "changed", changed);
    lines.extend(some(&file.reworded, "reworded", reworded));
    if file.reworded.iter().any(|reworded| !reworded.taken) {
        lines.push(
            "  --match-reworded keeps their history, --no-match-reworded takes them for other questions"
                .to_owned(),
        );
    }
    let what = match (file.removed > 0, dry_run) {
        (true, true) => "would be removed",
        (true, false) => "removed",
        (false, _) if file.rejected > 0 => "not in the rows that can be read",
        (false, _) => "no longer in the file",
    };
    lines.extend(some(&file.missing, what, |missing| {
        format!("  {what}: {} ({})", missing.prompt, missing.deck)
    }));
    if !file.missing.is_empty() && file.removed == 0 {
        let prune = if file.rejected > 0 { "once all rows can be read " } else { "" };
        lines.push(format!("  they stay as they are; {prune}--prune removes them"));
    }
    if file.reviews + file.scheduled > 0 {
        lines.push(format!(
            "  history: {}, {} with the schedule of Anki",
            text::count(file.reviews, "answer"),
            text::count(file.scheduled, "card")
        ));
    }
    for (count, what) in [(file.suspended, "suspended"), (file.resumed, "resumed")] {
        if count > 0 {
            lines.push(format!("  {} {what}, as in Anki", text::count(count, "card")));
        }
    }
    if file.media > 0 {
        lines.push(format!("  {} came along", text::count(file.media, "image or sound file")));
    }
    if file.history_left > 0 {
        lines.push(format!(
            "  its history ({}) was not looked at; --with-history takes what is new of it",
            text::count(file.history_left, "answer")
        ));
    }
    let back = if dry_run { "would come back" } else { "back with its history" };
    lines.extend(some(&file.brought_back, back, |note| format!("  {back}: {} ({})", note.prompt, note.deck)));
    lines.extend(some(&file.removed_earlier, "removed by you earlier", |note| {
        format!("  removed by you earlier: {} ({})", note.prompt, note.deck)
    }));
    if !file.removed_earlier.is_empty() {
        lines.push("  they stay removed; --bring-back brings them back with their history".to_owned());
    }
    for sample in &file.samples {
        lines.push(format!("  a card, line {}:", sample.line));
        lines.push(text::indent(&sample.question, "    "));
        lines.push(text::indent(&sample.answer, "    = "));
    }
    lines.join("\n")
}

/// A line for each of the first, and one that counts the others.
fn some<T>(items: &[T], what: &str, line: impl Fn(&T) -> String) -> Vec<String> {
    let mut lines: Vec<String> = items.iter().take(MOST_NOTES).map(line).collect();
    if let Some(more) = items.len().checked_sub(MOST_NOTES).filter(|more| *more > 0) {
        lines.push(format!("  {what}: {more} more (--json lists all)"));
    }
    lines
}

fn reworded(reworded: &Reworded) -> String {
    let line = reworded.line.map(|line| format!(", line {line}")).unwrap_or_default();
    let what = if reworded.taken { "reworded" } else { "looks reworded" };
    text::legible(format!("  {what}{line}: {:?} was {:?}", reworded.now, reworded.before))
}

/// Problems and warnings of a file.
pub(super) fn tell(file: &FileReport, context: &Context) {
    if file.format != NATIVE && !file.guesses.is_empty() {
        context.out.say(&format!("{} is read so:", file.file));
        for guess in &file.guesses {
            let value = text::one_line(&guess.value, 400);
            context.out.say(&format!("  {}: {value}; {} ({})", guess.what, guess.reason, guess.option));
        }
    }
    for (what, problems) in [("", &file.problems), ("note: ", &file.warnings)] {
        for group in groups(problems) {
            group
                .iter()
                .take(MOST_SHOWN)
                .for_each(|problem| context.out.say(&format!("{what}{}:{problem}", file.file)));
            if let Some(rest) = group.get(MOST_SHOWN..).filter(|rest| !rest.is_empty()) {
                let lines: Vec<String> =
                    rest.iter().take(8).map(|problem| problem.line.to_string()).collect();
                let more = if rest.len() > lines.len() { " ..." } else { "" };
                context.out.say(&format!(
                    "{what}{}: {} more like this, lines {}{more} (--json lists all)",
                    file.file,
                    rest.len(),
                    lines.join(", ")
                ));
            }
        }
    }
}

/// Few problems in the order of the file, of many those of one sort together: their messages differ in values and
/// numbers only. Sorts as they come, lines in order.
fn groups(problems: &[Problem]) -> Vec<Vec<&Problem>> {
    if problems.len() <= 2 * MOST_SHOWN {
        return problems.iter().map(|problem| vec![problem]).collect();
    }
    let mut places: HashMap<(String, Option<&str>), usize> = HashMap::new();
    let mut groups: Vec<Vec<&Problem>> = Vec::new();
    for problem in problems {
        let outside_quotes: String = problem.message.split('"').step_by(2).collect();
        let sort: String = outside_quotes.chars().filter(|c| !c.is_ascii_digit()).collect();
        let place = *places.entry((sort, problem.column.as_deref())).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    groups
}

fn line(file: &FileReport, dry_run: bool) -> String {
    let counts = [
        (file.added, "added"),
        (file.updated, "updated"),
        (file.unchanged, "unchanged"),
        (file.duplicates, if file.duplicates == 1 { "duplicate" } else { "duplicates" }),
    ];
    let mut parts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if file.rejected > 0 {
        let place = file.rejected_file.as_ref().map(|name| format!(" (in {name})")).unwrap_or_default();
        parts.push(format!("{} rejected{place}", file.rejected));
    }
    if file.skipped > 0 {
        parts.push(format!("{} without a question", text::count(file.skipped, "row")));
    }
    if parts.is_empty() {
        parts.push("no notes in it".to_owned());
    }
    let would = if dry_run { " (nothing was done)" } else { "" };
    format!("{}: {}{would}", file.file, parts.join(", "))
}
