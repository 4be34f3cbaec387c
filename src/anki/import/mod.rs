//! Anki's text files with their directives, which Anki calls notes in plain text.

mod columns;
mod faults;
mod guids;
mod header;
mod plan;
mod row;
mod survey;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use super::restated::restated;
use crate::bank::{Comment, Format, Input, Options, Place, Problem, Records, Rejected, Restated, Sink};
use crate::error::Result;
use crate::model::Content;
use crate::text;
use plan::Plan;
use row::Maker;

/// Text files as Anki exports and imports them.
#[derive(Debug)]
pub struct AnkiText;

/// What stands before the reason for which the row below was rejected.
const REJECTED_BECAUSE: &str = "# rejected because: ";

impl Format for AnkiText {
    fn name(&self) -> &'static str {
        "anki"
    }

    fn about(&self) -> &'static str {
        "text file of Anki (notes in plain text) with directives such as #separator:tab or #deck:French"
    }

    fn recognise(&self, input: &Input) -> Option<String> {
        // where a line that begins with # is a title
        if matches!(input.ending().as_str(), "md" | "markdown") {
            return None;
        }
        let header = header::read(&input.text);
        if input.text.starts_with("tags:") && header.found.len() == 1 {
            return survey::is_table(input.text.get(header.end..)?)
                .then(|| "its first line states tags as Anki does".to_owned());
        }
        let first = header.found.first()?;
        Some(format!("it has directives of Anki, such as #{first}"))
    }

    fn read(&self, input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
        read(&with_line_feeds(input), options, out)
    }

    fn restated(&self, stored: &Content, stated: &Content) -> Option<Restated> {
        restated(stored, stated)
    }

    fn rejected(&self, input: &Input, options: &Options, items: &[Rejected]) -> Result<String> {
        let input = with_line_feeds(input);
        let mut text = Plan::new(&input, options)?.directives(&input);
        for item in items {
            for problem in &item.problems {
                text.push_str(&format!("{REJECTED_BECAUSE}{}\n", text::one_line(&problem.to_string(), 1000)));
            }
            text.push_str(
                input.text.get(item.original.clone()).unwrap_or_default().trim_end_matches(['\n', '\r']),
            );
            text.push('\n');
        }
        Ok(text)
    }

    fn ending(&self, input: &Input) -> String {
        match input.ending().as_str() {
            _ if input.is_sheet => "csv".to_owned(),
            "" => "txt".to_owned(),
            ending => ending.to_owned(),
        }
    }
}

/// The text with LF where lines end with a lone CR; every byte stays in its place.
fn with_line_feeds(input: &Input) -> Cow<'_, Input> {
    if input.text.contains('\n') || !input.text.contains('\r') {
        return Cow::Borrowed(input);
    }
    Cow::Owned(Input { text: input.text.replace('\r', "\n"), ..input.clone() })
}

fn read(input: &Input, options: &Options, out: &mut dyn Sink) -> Result<()> {
    let mut plan = Plan::new(input, options)?;
    for guess in std::mem::take(&mut plan.guesses) {
        out.guess(guess);
    }
    for warning in std::mem::take(&mut plan.warnings) {
        out.warn(warning);
    }
    let maker = Maker {
        columns: &plan.columns,
        notetype: plan.notetype,
        deck: plan.deck.clone(),
        tags: &plan.header.tags,
        html: plan.html,
        known: HashMap::new(),
        lost: Vec::new(),
    };
    let mut reader = Reader { plan: &plan, options, maker, media: (0, 0), marked: (0, 0) };
    let mut records =
        Records::with_comments(input, plan.start, plan.delimiter).of_width(plan.columns.width());
    while let Some(place) = records.next() {
        out.skip(place.blank);
        let row: Vec<&str> = records.record().iter().collect();
        if row.iter().all(|cell| cell.trim().is_empty()) {
            out.skip(1);
        } else {
            reader.row(&place, &row, out);
        }
    }
    reader.tell(out);
    tell_comments(records.comments(), out);
    Ok(())
}

struct Reader<'r> {
    plan: &'r Plan,
    options: &'r Options,
    maker: Maker<'r>,
    /// Rows that name a sound or a picture, and rows that look like HTML and are none: how many, and the first line.
    media: (u64, u64),
    marked: (u64, u64),
}

impl Reader<'_> {
    fn row(&mut self, place: &Place, row: &[&str], out: &mut dyn Sink) {
        if let Some(fault) = place.fault.as_ref().filter(|_| !place.is_loose) {
            return out.reject(place.rejected(fault.clone()));
        }
        place.loose_quotes().into_iter().for_each(|warning| out.warn(warning));
        self.cells(place, row, out);
    }

    fn cells(&mut self, place: &Place, row: &[&str], out: &mut dyn Sink) {
        let width = self.plan.columns.width();
        let beyond = row.get(width..).unwrap_or_default();
        let joined: Vec<String>;
        let mut cells: Vec<&str> = row.iter().take(width).copied().collect();
        if let Some(first) = beyond.iter().find(|cell| !cell.trim().is_empty()) {
            if !self.options.join_extra {
                let message = format!(
                    "the row has {}, the file {width} columns; the first beyond is {:?}",
                    text::count(row.len(), "cell"),
                    text::one_line(first, 30)
                );
                let delimiter = char::from(self.plan.delimiter);
                let fix = format!(
                    "put quotes around a cell that has {delimiter:?} in it; if the last column goes on there, add --join-extra"
                );
                return out.reject(place.rejected(Problem::new(place.line, message, fix)));
            }
            let delimiter = char::from(self.plan.delimiter).to_string();
            joined = vec![row.get(width - 1..).unwrap_or_default().join(&delimiter)];
            cells.pop();
            cells.extend(joined.iter().map(String::as_str));
        }
        self.look(place.line, &cells);
        match self.maker.draft(place, &cells) {
            Ok(draft) => out.draft(draft),
            Err(problems) => out.reject(Rejected { problems, original: place.span.clone() }),
        }
    }

    /// Counts what the reader should know of and no row is rejected for.
    fn look(&mut self, line: u64, row: &[&str]) {
        let count = |(rows, first): (u64, u64)| (rows + 1, if rows == 0 { line } else { first });
        let has = |mark: &str| row.iter().any(|cell| cell.contains(mark));
        if has("[sound:") || (has("<") && row.iter().any(|cell| cell.to_ascii_lowercase().contains("<img"))) {
            self.media = count(self.media);
        }
        let is_stated = self.plan.html || self.plan.header.html.is_some();
        if !is_stated && row.iter().any(|cell| survey::has_tag(cell)) {
            self.marked = count(self.marked);
        }
    }

    fn tell(&self, out: &mut dyn Sink) {
        if let (rows @ 1.., line) = self.media {
            let message = format!(
                "{} a sound or a picture; its name stays in the text, the file is not taken",
                text::count_verb(rows, "row names", "rows name")
            );
            out.warn(Problem::new(
                line,
                message,
                "say in words what has to be heard or seen, if a question needs it",
            ));
        }
        if let Some(line) = self.maker.lost.first() {
            let lines: Vec<String> = self.maker.lost.iter().take(10).map(u64::to_string).collect();
            let message = format!(
                "{} changed in Anki in options, answers or code, where that cannot be taken (line {})",
                text::count_verb(self.maker.lost.len(), "note was", "notes were"),
                lines.join(", ")
            );
            out.warn(Problem::new(*line, message, "look at them here"));
        }
        if let (rows @ 1.., line) = self.marked {
            let message = format!(
                "{} like HTML, and the file does not say that it is; it is taken as plain text",
                text::count_verb(rows, "row looks", "rows look")
            );
            out.warn(Problem::new(line, message, "add --html, or the line #html:true at the top"));
        }
    }
}

/// Lines that Anki drops without a word.
fn tell_comments(comments: &[Comment<'_>], out: &mut dyn Sink) {
    let count = |comments: usize| u64::try_from(comments).unwrap_or(u64::MAX);
    out.skip(count(comments.len()));
    let ours = |comment: &&Comment<'_>| comment.text.starts_with(REJECTED_BECAUSE.trim_end());
    let others = || comments.iter().filter(|comment| !ours(comment));
    let (late, dropped): (Vec<&Comment>, Vec<&Comment>) =
        others().partition(|comment| header::is_directive(comment.text));
    for (comments, one, several, said, fix) in [
        (
            late,
            "line states",
            "lines state",
            "what holds for the whole file below its first row, where Anki does not look",
            "move it to the top",
        ),
        (
            dropped,
            "line begins",
            "lines begin",
            "with #, which makes it a comment for Anki, and is left out",
            "if it is a note, put its first cell in quotes",
        ),
    ] {
        let Some(first) = comments.first() else { continue };
        let mut lines: Vec<String> =
            comments.iter().take(8).map(|comment| comment.line.to_string()).collect();
        if comments.len() > lines.len() {
            lines.push("...".to_owned());
        }
        let begin = text::count_verb(count(comments.len()), one, several);
        let message = format!("{begin} {said} (line {})", lines.join(", "));
        out.warn(Problem::new(first.line, message, fix));
    }
}
