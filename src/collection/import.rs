//! Import of banks: all files or none.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use serde::Serialize;

use super::FORMATS;
use super::{Collection, Context, steps};
use crate::bank::{self, Draft, Guess, Identified, Problem, Reading, Rejected, guid_in_scope, identify};
use crate::error::{Error, Kind, Result};
use crate::files::STDIO;
use crate::model::{Content, DeckId, DeckName, Field, Guid, Note, Tags};
use crate::store::{Tx, deck, note};
use crate::text;

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
}

impl FileReport {
    fn reject(&mut self, rejected: &Rejected) {
        self.rejected += 1;
        self.problems.extend(rejected.problems.iter().cloned());
    }
}

/// A file that has been read.
struct Bank {
    report: FileReport,
    /// Where notes go for which neither the bank nor `--deck` names a deck.
    fallback: DeckName,
    notes: Vec<(Guid, Draft)>,
    source: bank::Bank,
    rejected: Vec<Rejected>,
}

impl Bank {
    fn reject(&mut self, draft: &Draft, problem: Problem) {
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
    banks: Vec<Bank>,
    options: ImportOptions,
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

    fn rejected_rows(&self) -> Result<Vec<RejectedRows>> {
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

    fn store(&mut self, tx: &Tx<'_>, context: Context) -> Result<()> {
        self.banks.iter_mut().try_for_each(|bank| store(tx, context, bank))?;
        if self.are_sound() { Ok(()) } else { Err(Error::new(Kind::Reported, "there are problems")) }
    }
}

impl Collection {
    /// Imports banks. If one has a problem nothing is imported, and the report says what to mend.
    ///
    /// With `skip_bad_rows` the good rows are imported and the others handed back.
    pub fn import(&mut self, mut banks: Banks) -> Result<(ImportReport, Vec<RejectedRows>)> {
        // The counts of a bank with a problem are what they would be without the bad rows.
        let done = if banks.options.dry_run || !banks.are_sound() {
            self.rehearse(|tx, context| banks.store(tx, context))
        } else {
            self.write(|tx, context| banks.store(tx, context))
        };
        done.or_else(|error| if error.kind == Kind::Reported { Ok(()) } else { Err(error) })?;
        let imported = !banks.options.dry_run && banks.are_sound();
        let left_out = if imported { banks.rejected_rows()? } else { Vec::new() };
        let files = banks.banks.into_iter().map(|bank| bank.report).collect();
        Ok((ImportReport { imported, files }, left_out))
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

fn store(tx: &Tx<'_>, context: Context, bank: &mut Bank) -> Result<()> {
    let tops: BTreeSet<String> = deck::all(tx)?.iter().map(|deck| deck.name.top().to_owned()).collect();
    let mut decks = Decks::default();
    let mut elsewhere = Elsewhere::default();
    for (guid, draft) in std::mem::take(&mut bank.notes) {
        let slots = draft.content.slots().map_err(|invalid| Error::new(Kind::Input, invalid.message))?;
        let Some(stored) = note::by_guid(tx, &guid)? else {
            elsewhere.look(tx, &draft, &tops)?;
            let name = draft.deck.clone().unwrap_or_else(|| bank.fallback.clone());
            let deck = decks.id(tx, &name)?;
            let bank_deck = bank_deck(&draft).cloned();
            let note = Note { guid, bank_id: draft.id, deck: name, content: draft.content };
            let id = note::insert(tx, &note, deck, bank_deck.as_ref(), context.now)?;
            steps::cards(tx, id, &note.guid, deck, &slots, &[])?;
            bank.report.added += 1;
            continue;
        };
        let edited = stored.note.content != draft.content;
        if edited
            && draft.id.is_some()
            && draft.guid.is_none()
            && is_another(&stored.note.content, &draft.content)
        {
            // Banks without a deck share one scope: two of them that count 1, 2, 3 are not one.
            if draft.deck.is_none() && bank.fallback != stored.note.deck {
                bank.reject(&draft, overwrites(&draft, &stored.note));
                continue;
            }
            bank.report.warnings.push(replaced(&draft, &stored.note.content));
        }
        let moved_to = moved_to(&draft, &stored).map(|name| decks.id(tx, name)).transpose()?;
        let deck = moved_to.unwrap_or(stored.deck_id);
        if edited {
            note::edit(tx, stored.id, &draft.content, context.now)?;
        }
        if deck != stored.deck_id {
            note::place(tx, stored.id, deck, &stored.suspended, context.now)?;
        }
        remember_bank(tx, &draft, &stored)?;
        if edited || deck != stored.deck_id {
            steps::cards(tx, stored.id, &guid, deck, &slots, &stored.suspended)?;
            bank.report.updated += 1;
        } else {
            bank.report.unchanged += 1;
        }
    }
    bank.report.warnings.extend(elsewhere.warning());
    Ok(())
}

/// The deck to which an import moves a note that is there. A bank moves it when its own deck changed; a row with a
/// guid is matura's own export and says where the note stands. (A note that came from an export has no bank deck yet.)
fn moved_to<'d>(draft: &'d Draft, stored: &note::Stored) -> Option<&'d DeckName> {
    let before = if draft.guid.is_some() { Some(&stored.note.deck) } else { stored.bank_deck.as_ref() };
    draft.deck.as_ref().filter(|deck| before.is_some_and(|before| before.folded() != deck.folded()))
}

/// The deck that a bank states; an export of matura states the learner's.
fn bank_deck(draft: &Draft) -> Option<&DeckName> {
    draft.deck.as_ref().filter(|_| draft.guid.is_none())
}

/// Keeps what the bank calls the note and where it has it. An export of matura knows the learner's deck only.
fn remember_bank(tx: &Tx<'_>, draft: &Draft, stored: &note::Stored) -> Result<()> {
    let id = draft.id.as_ref().or(stored.note.bank_id.as_ref());
    let deck = bank_deck(draft).or(stored.bank_deck.as_ref());
    if id == stored.note.bank_id.as_ref() && deck == stored.bank_deck.as_ref() {
        return Ok(());
    }
    note::set_bank(tx, stored.id, id.map(String::as_str), deck)
}

/// The local numbers of decks, looked up once.
#[derive(Default)]
struct Decks(HashMap<DeckName, DeckId>);

impl Decks {
    fn id(&mut self, tx: &Tx<'_>, name: &DeckName) -> Result<DeckId> {
        if let Some(id) = self.0.get(name) {
            return Ok(*id);
        }
        let id = deck::ensure(tx, name)?;
        self.0.insert(name.clone(), id);
        Ok(id)
    }
}

fn overwrites(draft: &Draft, old: &Note) -> Problem {
    let asked = text::one_line(&old.content.prompt, 40);
    let message = format!("this id belongs to another question already, in {}: {asked:?}", old.deck);
    let fix = format!(
        "give the bank a top-level deck of its own with --deck; if it is the bank of {} under a new name, give it its old name",
        old.deck
    );
    Problem::new(draft.line, message, fix).in_column(Field::Id.name())
}

/// Whether a note asks something else than before: then an id that was used twice is likelier than a new wording.
fn is_another(old: &Content, new: &Content) -> bool {
    if old.prompt == new.prompt {
        return false;
    }
    let start = |content: &Content| text::fold(&content.prompt).chars().take(COMPARED).collect::<String>();
    let likeness = strsim::normalized_damerau_levenshtein(&start(old), &start(new));
    likeness < 0.6 || (likeness < 0.85 && old.body != new.body)
}

/// Characters of two prompts that are compared.
const COMPARED: usize = 200;

fn replaced(draft: &Draft, old: &Content) -> Problem {
    let message =
        format!("the note with this id asked something else before: {:?}", text::one_line(&old.prompt, 50));
    Problem::new(
        draft.line,
        message,
        "if that was another note, give this one an id of its own and import both banks again",
    )
    .in_column(Field::Id.name())
}

/// Notes that are new here and stand under another top-level deck already: looked for among the first that are
/// added, for a bank that is imported elsewhere is so from its first row on.
#[derive(Default)]
struct Elsewhere {
    looked_at: u32,
    found: Vec<DeckName>,
}

const LOOKED_AT: u32 = 50;

impl Elsewhere {
    fn look(&mut self, tx: &Tx<'_>, draft: &Draft, tops: &BTreeSet<String>) -> Result<()> {
        if self.looked_at == LOOKED_AT {
            return Ok(());
        }
        self.looked_at += 1;
        for scope in tops.iter().map(String::as_str).chain([""]) {
            let Some(guid) = guid_in_scope(draft, scope) else { continue };
            let twin = note::by_guid(tx, &guid)?;
            if let Some(twin) = twin.filter(|twin| twin.note.content.prompt == draft.content.prompt) {
                self.found.push(twin.note.deck);
                break;
            }
        }
        Ok(())
    }

    fn warning(&self) -> Option<Problem> {
        let deck = self.found.first()?;
        let message = format!(
            "{} of the first {} that were added are in the collection already, in {deck}",
            self.found.len(),
            text::count(self.looked_at, "note")
        );
        Some(Problem::new(
            1,
            message,
            "a bank is known again by its top-level deck: import it with the same --deck as before",
        ))
    }
}
