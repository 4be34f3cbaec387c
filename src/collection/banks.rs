//! Banks that have been read and are ready to be imported together.

use std::collections::HashMap;
use std::path::Path;

use serde::Serialize;

use super::FORMATS;
use super::plan::{Change, Sample};
use crate::bank::{self, Draft, Guess, Identified, Problem, Reading, Rejected, identify};
use crate::error::{Error, Result};
use crate::files::STDIO;
use crate::model::{DeckName, Guid, Tags};

/// A bank to import.
#[derive(Debug, Clone)]
pub struct BankFile {
    /// Its name as the learner gave it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The deck of notes for which the bank states none.
    pub deck: Option<DeckName>,
    /// Tags that every note gets.
    pub tags: Tags,
    /// Whether everything is taken back at the end.
    pub dry_run: bool,
    /// Whether rows with a problem are left out instead of refusing their file.
    pub skip_bad_rows: bool,
    /// What is stated about the banks.
    pub bank: bank::Options,
}

/// What an import did.
#[derive(Debug, Clone, Serialize)]
pub struct ImportReport {
    /// Whether the notes are in the collection now; no, if a file has a problem or it was a dry run.
    pub imported: bool,
    /// File by file.
    pub files: Vec<FileReport>,
}

/// What became of one file: `read` = `added` + `updated` + `unchanged` + `duplicates` + `rejected`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FileReport {
    /// Its name.
    pub file: String,
    /// Its format.
    pub format: &'static str,
    /// Items in it.
    pub read: u64,
    /// Notes that are new.
    pub added: u64,
    /// Notes that say something else now, or stand in another deck.
    pub updated: u64,
    /// Notes that were there already.
    pub unchanged: u64,
    /// Items that stand in the file more than once.
    pub duplicates: u64,
    /// Items that cannot be a note.
    pub rejected: u64,
    /// Blank rows.
    pub skipped: u64,
    /// Where the rejected items were written to, if they were left out.
    pub rejected_file: Option<String>,
    /// Why items were rejected.
    pub problems: Vec<Problem>,
    /// What the reader should know.
    pub warnings: Vec<Problem>,
    /// What the file does not say and was concluded from it.
    pub guesses: Vec<Guess>,
    /// Of a dry run: the notes that would change.
    pub changes: Vec<Change>,
    /// Of a dry run: three cards as they would look.
    pub samples: Vec<Sample>,
}

impl FileReport {
    fn reject(&mut self, rejected: &Rejected) {
        self.rejected += 1;
        self.problems.extend(rejected.problems.iter().cloned());
    }
}

/// A file that has been read.
pub(super) struct Bank {
    pub(super) report: FileReport,
    /// Where notes go for which neither the bank nor `--deck` names a deck.
    pub(super) fallback: DeckName,
    pub(super) notes: Vec<(Guid, Draft)>,
    source: bank::Bank,
    rejected: Vec<Rejected>,
}

impl Bank {
    /// Leaves a note out.
    pub(super) fn reject(&mut self, draft: &Draft, problem: Problem) {
        let rejected = Rejected::one(problem, draft.span.clone());
        self.report.reject(&rejected);
        self.rejected.push(rejected);
    }
}

/// The rows that one file had rejected, as a bank of their own.
#[derive(Debug, Clone)]
pub struct RejectedRows {
    /// Which file of the report they come from.
    pub file: usize,
    /// What to write.
    pub text: String,
    /// The ending of a name for it.
    pub ending: String,
}

/// Banks that have been read, to be imported together.
pub struct Banks {
    pub(super) banks: Vec<Bank>,
    pub(super) options: ImportOptions,
}

impl Banks {
    /// Reads banks. An error is one of a whole file: it cannot be read as a bank at all.
    pub fn read(files: &[BankFile], options: &ImportOptions) -> Result<Self> {
        let mut banks = files.iter().map(|file| read(file, options)).collect::<Result<Vec<_>>>()?;
        refuse_contradictions(&mut banks);
        Ok(Self { banks, options: options.clone() })
    }

    /// Whether nothing keeps them from being imported.
    pub fn are_sound(&self) -> bool {
        self.options.skip_bad_rows || self.banks.iter().all(|bank| bank.report.problems.is_empty())
    }

    /// The rejected rows of each file that has some.
    pub(super) fn rejected_rows(&self) -> Result<Vec<RejectedRows>> {
        let with_some = self.banks.iter().enumerate().filter(|(_, bank)| !bank.rejected.is_empty());
        with_some
            .map(|(file, bank)| {
                let mut items = bank.rejected.clone();
                items.sort_by_key(|item| item.original.start);
                let (text, ending) = bank.source.rejected(&self.options.bank, &items)?;
                Ok(RejectedRows { file, text, ending })
            })
            .collect()
    }
}

fn read(file: &BankFile, options: &ImportOptions) -> Result<Bank> {
    let bank = bank::open(&file.name, file.bytes.clone(), &options.bank, &FORMATS)?;
    let mut reading = Reading::default();
    bank.read(&options.bank, &mut reading)?;
    for draft in &mut reading.drafts {
        if draft.deck.is_none() {
            draft.deck.clone_from(&options.deck);
        }
        if !options.tags.is_empty() {
            let tags = draft.content.tags.iter().chain(options.tags.iter());
            draft.content.tags = Tags::new(tags);
        }
    }
    let Identified { notes, duplicates, mut warnings, rejected: mut clashes } = identify(reading.drafts);
    let mut rejected = reading.rejected;
    rejected.append(&mut clashes);
    rejected.sort_by_key(|rejected| rejected.problems.first().map(|problem| problem.line));
    let rejected_items = u64::try_from(rejected.len()).unwrap_or(u64::MAX);
    let count = u64::try_from(notes.len()).unwrap_or(u64::MAX);
    reading.warnings.append(&mut warnings);
    let report = FileReport {
        file: file.name.clone(),
        format: bank.format.name(),
        read: count + duplicates + rejected_items,
        duplicates,
        rejected: rejected_items,
        skipped: reading.skipped,
        problems: rejected.iter().flat_map(|rejected| rejected.problems.iter().cloned()).collect(),
        warnings: reading.warnings,
        guesses: reading.guesses,
        ..FileReport::default()
    };
    Ok(Bank { report, fallback: fallback_deck(&file.name)?, notes, source: bank, rejected })
}

/// A note that two files of one import state differently would be the first's only for a moment.
fn refuse_contradictions(banks: &mut [Bank]) {
    let mut found: Vec<(usize, Draft, Problem)> = Vec::new();
    let mut seen: HashMap<&Guid, (&str, &Draft)> = HashMap::new();
    for (place, bank) in banks.iter().enumerate().filter(|_| banks.len() > 1) {
        for (guid, draft) in &bank.notes {
            let (file, first) = *seen.entry(guid).or_insert((&bank.report.file, draft));
            if first.content != draft.content {
                let what = if draft.id.is_some() { "id" } else { "question" };
                let message =
                    format!("line {} of {file} has the same {what} and says something else", first.line);
                let fix = "give them other ids, or import the files one by one into decks with other top levels (--deck)";
                found.push((place, draft.clone(), Problem::new(draft.line, message, fix)));
            }
        }
    }
    for (place, draft, problem) in found {
        if let Some(bank) = banks.get_mut(place) {
            bank.notes.retain(|(_, other)| other.line != draft.line);
            bank.reject(&draft, problem);
        }
    }
}

/// The deck named after the file.
fn fallback_deck(name: &str) -> Result<DeckName> {
    let stem = if name == STDIO { None } else { Path::new(name).file_stem().and_then(|stem| stem.to_str()) };
    let named = stem.and_then(|stem| DeckName::parse(&stem.replace("::", " ")).ok());
    named.map_or_else(|| DeckName::parse("Default"), Ok).map_err(Error::internal)
}
