//! Banks on their way into a collection: what is stated about them, and the report of each.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::media::Arriving;
use super::options::ImportOptions;
use super::plan::{Change, Missing, Reworded, Sample};
use super::stream::{Found, Stream};
use crate::anki::package::{AnkiPackage, Opened, is_package};
use crate::bank::{self, Draft, Format, Guess, Problem, Rejected};
use crate::collection::FORMATS;
use crate::error::{Error, Kind, Result};
use crate::files::{DATABASE, STDIO};
use crate::model::{DeckName, Guid};

/// A bank to import.
#[derive(Debug, Clone)]
pub struct BankFile {
    /// Its name as the learner gave it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
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
    /// Notes that stay in the file, since they cannot be notes here.
    pub left: u64,
    /// Blank rows.
    pub skipped: u64,
    /// Notes that were removed because the file no longer holds them.
    pub removed: u64,
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
    /// Notes that an earlier version of the bank brought and that this one no longer holds.
    pub missing: Vec<Missing>,
    /// Notes that the learner removed and that the bank states; they stay removed.
    pub removed_earlier: Vec<Missing>,
    /// Notes that had been removed and are back with their history.
    pub brought_back: Vec<Missing>,
    /// Images and sounds that are new.
    pub media: u64,
    /// Answers of a package that are in the log now.
    pub reviews: u64,
    /// Cards that have the schedule of a package now.
    pub scheduled: u64,
    /// Cards that were suspended in Anki since.
    pub suspended: u64,
    /// Cards that are suspended there no longer.
    pub resumed: u64,
    /// Answers of a package that were left out, as nobody asked for them.
    pub history_left: u64,
    /// Notes that look like one that is missing, reworded.
    pub reworded: Vec<Reworded>,
    /// Of a dry run: three cards as they would look.
    pub samples: Vec<Sample>,
}

/// A file that is being imported.
pub(super) struct Bank {
    pub(super) report: FileReport,
    /// Where notes go for which neither the bank nor `--deck` names a deck.
    pub(super) fallback: DeckName,
    source: Arc<bank::Bank>,
    rejected: Vec<Rejected>,
    /// The guids of notes that stay in the file.
    pub(super) left: HashSet<Guid>,
    /// The package of which it is, if the history is taken too.
    pub(super) package: Option<Opened>,
    /// Its images and sounds.
    pub(super) media: Arriving,
}

impl Bank {
    /// The name of its file without the folder.
    pub(super) fn name(&self) -> String {
        let name = Path::new(&self.report.file).file_name();
        name.map_or_else(|| self.report.file.clone(), |name| name.to_string_lossy().into_owned())
    }

    /// The format in which it is.
    pub(super) fn format(&self) -> &dyn Format {
        &*self.source.format
    }

    /// Takes down what is no note, and hands back a note.
    pub(super) fn take(&mut self, found: Found) -> Option<(Guid, Draft)> {
        let report = &mut self.report;
        match found {
            Found::Note(guid, draft) => {
                report.read += 1;
                return Some((guid, draft));
            }
            Found::Duplicate(problem) => {
                report.read += 1;
                report.duplicates += 1;
                report.warnings.push(problem);
            }
            Found::Rejected(rejected) => {
                report.read += 1;
                self.reject(rejected);
            }
            Found::Left(guid) => {
                report.read += 1;
                report.left += 1;
                self.left.insert(guid);
            }
            Found::Warning(problem) => report.warnings.push(problem),
            Found::Skipped(rows) => report.skipped += rows,
            Found::Guess(guess) => report.guesses.push(guess),
        }
        None
    }

    /// Leaves out an item that was read.
    pub(super) fn reject(&mut self, rejected: Rejected) {
        self.report.rejected += 1;
        self.report.problems.extend(rejected.problems.iter().cloned());
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

/// Takes how many bytes of how many are done.
type Watch = Box<dyn FnMut(u64, u64)>;

/// Banks that are being read, to be imported together.
pub struct Banks {
    pub(super) files: Vec<Bank>,
    pub(super) options: ImportOptions,
    stream: Stream,
    watch: Option<Watch>,
}

impl Banks {
    /// Begins to read banks: small ones whole, large ones while they are imported. An error is one of a whole file: it
    /// cannot be read as a bank at all.
    pub fn read(files: Vec<BankFile>, options: &ImportOptions) -> Result<Self> {
        let sources = files
            .into_iter()
            .map(|file| {
                if is_package(&file.bytes) {
                    let (bank, opened) = AnkiPackage::open(&file.name, file.bytes)?;
                    return Ok((Arc::new(bank), Some(opened)));
                }
                refuse_no_package(&file)?;
                let bank = bank::open(&file.name, file.bytes, &options.bank, &FORMATS)?;
                Ok((Arc::new(bank), None))
            })
            .collect::<Result<Vec<_>>>()?;
        let (sources, opened): (Vec<_>, Vec<_>) = sources.into_iter().unzip();
        let banks = sources.iter().zip(opened).map(|(source, package): (_, Option<Opened>)| {
            let reviews = package.as_ref().map(Opened::reviews).transpose()?.unwrap_or(0);
            let media = package.as_ref().map(Opened::media).transpose()?.unwrap_or_default();
            let mut warnings = Vec::new();
            if options.with_history && package.is_none() {
                let message = "it is no package of Anki's, so there is no history in it";
                warnings.push(Problem::new(1, message, "--with-history is for .apkg and .colpkg"));
            }
            let report = FileReport {
                warnings,
                file: source.input.name.clone(),
                format: source.format.name(),
                history_left: if options.with_history { 0 } else { reviews },
                ..FileReport::default()
            };
            let fallback = fallback_deck(&report.file)?;
            Ok(Bank {
                report,
                fallback,
                source: Arc::clone(source),
                rejected: Vec::new(),
                left: HashSet::new(),
                package: package.filter(|_| options.with_history),
                media: Arriving::of(media),
            })
        });
        let banks = banks.collect::<Result<Vec<_>>>()?;
        let mut stream = Stream::start(sources, options.clone())?;
        stream.read_ahead()?;
        Ok(Self { files: banks, options: options.clone(), stream, watch: None })
    }

    /// Has `watch` told how many bytes of how many are done.
    #[must_use]
    pub fn watched(mut self, watch: impl FnMut(u64, u64) + 'static) -> Self {
        self.watch = Some(Box::new(watch));
        self
    }

    /// Whether nothing that was found so far keeps them from being imported.
    pub fn are_sound(&self) -> bool {
        let is_bad = |found: &Found| matches!(found, Found::Rejected(_));
        self.options.skip_bad_rows
            || (self.files.iter().all(|bank| bank.report.problems.is_empty())
                && !self.stream.ahead().any(is_bad))
    }

    /// The next items, and the number of the bank that they are from.
    pub(super) fn next(&mut self) -> Result<Option<(usize, Vec<Found>)>> {
        let Some(batch) = self.stream.next()? else { return Ok(None) };
        if let Some(watch) = &mut self.watch {
            let length = |bank: &Bank| bank.source.input.text.len();
            let before: usize = self.files.iter().take(batch.file).map(length).sum();
            let all: usize = self.files.iter().map(length).sum();
            let bytes = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
            watch(bytes(before + batch.upto), bytes(all));
        }
        Ok(Some((batch.file, batch.found)))
    }

    /// The rejected rows of each file that has some.
    pub(super) fn rejected_rows(&self) -> Result<Vec<RejectedRows>> {
        let with_some = self.files.iter().enumerate().filter(|(_, bank)| !bank.rejected.is_empty());
        with_some
            .map(|(file, bank)| {
                let mut items = bank.rejected.clone();
                items.sort_by_key(|item| item.original.start);
                let (text, ending) = bank.source.rejected(&self.options.bank, &items)?;
                Ok(RejectedRows { file, text, ending })
            })
            .collect()
    }

    /// The reports, problems in the order of the file.
    pub(super) fn into_reports(self) -> Vec<FileReport> {
        let in_order = |bank: Bank| {
            let mut report = bank.report;
            report.problems.sort_by_key(|problem| problem.line);
            report
        };
        self.files.into_iter().map(in_order).collect()
    }
}

/// Refuses what is of Anki's and no package.
fn refuse_no_package(file: &BankFile) -> Result<()> {
    let ending = Path::new(&file.name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let is_named_so = ending.is_some_and(|ending| matches!(ending.as_str(), "apkg" | "colpkg"));
    let is_database = file.bytes.starts_with(DATABASE);
    if !is_named_so && !is_database {
        return Ok(());
    }
    let message = if is_database {
        format!("{} is a database and no package", file.name)
    } else {
        format!("{} is no package of Anki's, or a broken one: there is no collection in it", file.name)
    };
    Err(Error::new(Kind::Input, message)
        .hint("export what you want from Anki: File › Export, as .apkg or .colpkg"))
}

/// The deck named after the file; rejected rows that were mended go where the others went.
fn fallback_deck(name: &str) -> Result<DeckName> {
    let name = name.rsplit_once(".rejected").map_or(name, |(bank, _)| bank);
    let stem = if name == STDIO { None } else { Path::new(name).file_stem().and_then(|stem| stem.to_str()) };
    let named = stem.and_then(|stem| DeckName::parse(&stem.replace("::", " ")).ok());
    named.map_or_else(|| DeckName::parse("Default"), Ok).map_err(Error::internal)
}
