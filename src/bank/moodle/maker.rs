//! From a question of Moodle to a note, or to the reason why it is none.

use std::ops::Range;

use super::body::{Made, made};
use super::text::without_media;
use super::{Asked, Markup, Question, Text};
use crate::bank::{Draft, Problem, Rejected, Sink};
use crate::model::{Content, Invalid, Tags};
use crate::text;

/// Where a question stands.
#[derive(Debug, Clone)]
pub(in crate::bank) struct Place {
    /// The line on which it begins.
    pub(in crate::bank) line: u64,
    /// Its bytes.
    pub(in crate::bank) span: Range<usize>,
}

/// How a format writes what a question may lack.
#[derive(Debug, Clone, Copy)]
pub(in crate::bank) struct Mend {
    /// An answer that is right.
    pub(in crate::bank) right: &'static str,
    /// Options.
    pub(in crate::bank) options: &'static str,
    /// What an essay should say.
    pub(in crate::bank) essay: &'static str,
}

/// Makes notes of questions and hands them on.
pub(in crate::bank) struct Maker<'o> {
    /// Whether texts that may be HTML are HTML.
    html: bool,
    mend: Mend,
    told_tags: bool,
    told_markdown: bool,
    out: &'o mut dyn Sink,
}

impl<'o> Maker<'o> {
    pub(in crate::bank) fn new(html: bool, mend: Mend, out: &'o mut dyn Sink) -> Self {
        Self { html, mend, told_tags: false, told_markdown: false, out }
    }

    /// Rejects what stands at `place`.
    pub(in crate::bank) fn reject(&mut self, place: Place, (message, fix): (String, String)) {
        self.out.reject(Rejected::one(Problem::new(place.line, message, fix), place.span));
    }

    /// Makes a note of a question, or says why it is none.
    pub(in crate::bank) fn question(&mut self, place: Place, mut question: Question) {
        let mut notes = Vec::new();
        let is_html = self.settle(&mut question, &mut notes);
        if matches!(question.asked, Asked::Description) {
            let shown = text::one_line(&question.prompt.text, 40);
            self.out.skip(1);
            self.warn(
                place.line,
                format!("{shown:?} asks nothing, so it is no note"),
                "leave it if it is a description, or write its answers",
            );
            return;
        }
        let Question { id, deck, tags, prompt, asked, general, hints } = question;
        let (asked, general) = match (asked, general) {
            (Asked::Essay(key), Some(general)) if key.as_ref().is_none_or(Text::is_empty) => {
                notes.push((
                    "the essay has no answer of its own; its general feedback is taken for it".to_owned(),
                    self.mend.essay.to_owned(),
                ));
                (Asked::Essay(Some(general)), None)
            }
            others => others,
        };
        let breaks = if is_html { "<br>" } else { "\n" };
        let Made { prompt, body, lines, notes: more } = match made(prompt.text, asked, breaks, self.mend) {
            Ok(made) => made,
            Err(problem) => return self.reject(place, problem),
        };
        notes.extend(more);
        let mut content = Content::new(prompt, body);
        let general = general.map(|general| general.text).filter(|general| !general.trim().is_empty());
        let lines: Vec<String> = general.into_iter().chain(lines).collect();
        content.explanation = Some(lines.join(breaks));
        content.hint = Some(hints.into_iter().map(|hint| hint.text).collect::<Vec<_>>().join(breaks));
        content.tags = Tags::new(tags.iter().map(String::as_str));
        content.html = is_html;
        match content.tidy() {
            Ok(content) => {
                let id = id.filter(|id| !id.is_empty());
                self.out.draft(Draft { id, deck, ..Draft::new(place.line, content, place.span) });
                for (message, fix) in notes {
                    self.out.warn(Problem::new(place.line, message, fix));
                }
            }
            Err(invalid) => {
                let mended = invalid.into_iter().map(|invalid| self.mended(invalid)).collect();
                self.out.reject(Rejected::invalid(place.line, mended, place.span));
            }
        }
    }

    fn warn(&mut self, line: u64, message: impl Into<String>, fix: impl Into<String>) {
        self.out.warn(Problem::new(line, message, fix));
    }

    /// A fault with a mend for this format, where the common one speaks of cells.
    fn mended(&self, invalid: Invalid) -> Invalid {
        if invalid.fix.contains('|') {
            Invalid { fix: self.mend.options.to_owned(), ..invalid }
        } else {
            invalid
        }
    }

    /// Brings all texts of a question into one form; whether that is HTML.
    fn settle(&mut self, question: &mut Question, notes: &mut Vec<(String, String)>) -> bool {
        let auto_is_html = self.html;
        let (mut has_html, mut has_tags, mut has_markdown, mut has_media) = (false, false, false, false);
        question.each_text(&mut |text| {
            if auto_is_html && text.markup == Markup::Auto {
                text.markup = Markup::Html;
            }
            if text.markup == Markup::Html
                && let Some(kept) = without_media(&text.text)
            {
                has_media = true;
                text.text = kept;
            }
            has_html |= text.has_html();
            has_tags |= text.markup == Markup::Auto && text.has_tags();
            has_markdown |= text.markup == Markup::Markdown;
        });
        question.each_text(&mut |text| text.text = text.shown(has_html));
        if has_media {
            notes.push((
                "it has pictures or sounds in files of Moodle, which are not taken".to_owned(),
                "say in words what they show, if the question needs them".to_owned(),
            ));
        }
        if has_tags && !std::mem::replace(&mut self.told_tags, true) {
            notes.push((
                "there are HTML tags in texts that are not called HTML; they are kept as letters".to_owned(),
                "give --html if they should be read as HTML".to_owned(),
            ));
        }
        if has_markdown && !std::mem::replace(&mut self.told_markdown, true) {
            notes.push((
                "the texts are Markdown; its marks are kept as letters".to_owned(),
                "export as HTML if they matter".to_owned(),
            ));
        }
        has_html
    }
}
