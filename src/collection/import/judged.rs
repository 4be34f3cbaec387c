//! The quality of banks: before anybody learns from them, and after.

use std::path::Path;

use serde::Serialize;

use super::stream::Found;
use super::{Banks, FileReport};
use crate::bank::alike;
use crate::clock::SystemClock;
use crate::collection::steps;
use crate::error::Result;
use crate::files;
use crate::report::answers::{Line, read};
use crate::report::bank::{Bank, Broken, Figures, Item, judge};
use crate::report::used::{self, BankUse, ItemUse, Known, analyse, learners};
use crate::store::backup::Copy;
use crate::store::note;
use crate::text;

/// Columns of a prompt that are told.
const WIDTH: usize = 200;

/// The quality of one bank.
#[derive(Debug, Clone, Serialize)]
pub struct BankReport {
    /// Its file.
    pub file: String,
    /// Its format.
    pub format: &'static str,
    /// Items in it that cannot be read.
    pub rejected: u64,
    /// What it is made of.
    #[serde(flatten)]
    pub figures: Figures,
    /// The rules for good questions that something in it breaks.
    pub broken: Vec<Broken>,
    /// How it worked with learners, if answers of theirs were given.
    pub used: Option<UsedBank>,
}

/// How a bank worked with those who learnt from it.
#[derive(Debug, Clone, Serialize)]
pub struct UsedBank {
    /// As a whole.
    #[serde(flatten)]
    pub bank: BankUse,
    /// Its questions, in the order of the bank.
    pub questions: Vec<UsedQuestion>,
    /// The rules that something in it breaks.
    pub broken: Vec<used::Broken>,
}

/// How one question worked.
#[derive(Debug, Clone, Serialize)]
pub struct UsedQuestion {
    /// The line of the file on which it starts, from 1.
    pub line: u64,
    /// What it asks, on one line.
    pub prompt: String,
    /// The figures.
    #[serde(flatten)]
    pub item: ItemUse,
}

/// The answers of learners, out of their collections or exported logs.
#[derive(Debug, Clone, Default)]
pub struct Learners {
    lines: Vec<Line>,
}

impl Learners {
    /// Adds those of a file: a collection, which stays as it is, or a log.
    pub fn add(&mut self, path: &Path) -> Result<()> {
        if !files::is_database(path) {
            self.lines.extend(read(&path.display().to_string(), &files::read(path)?)?);
            return Ok(());
        }
        let mut copy = Copy::of(path, &std::env::temp_dir())?;
        let lines =
            copy.store.read(|tx| steps::answers(tx, &SystemClock, &mut |take| note::each(tx, take), None))?;
        self.lines.extend(lines);
        Ok(())
    }
}

/// A bank with what is known of its questions beside what they say.
#[derive(Default)]
struct Read {
    bank: Bank,
    known: Vec<Known>,
}

impl Banks {
    /// Judges each of them, also by the answers of learners if there are some; nothing is imported.
    pub fn judge(mut self, learners: Option<&Learners>) -> Result<Vec<BankReport>> {
        let mut banks: Vec<Read> = self.files.iter().map(|_| Read::default()).collect();
        while let Some((file, found)) = self.next()? {
            let (Some(read), Some(bank)) = (self.files.get_mut(file), banks.get_mut(file)) else { continue };
            for found in found {
                if let Found::Duplicate(problem) = &found {
                    bank.bank.doubles.push((problem.line, problem.message.clone()));
                }
                if let Some((guid, draft)) = read.take(found) {
                    bank.bank.items.push(Item::new(draft.line, &draft.content));
                    bank.known.push(Known { guid: guid.to_string(), id: draft.id });
                }
            }
        }
        let files = self.files.into_iter().zip(banks);
        Ok(files.map(|(read, bank)| report(read.report, bank, learners)).collect())
    }
}

fn report(file: FileReport, read: Read, learners: Option<&Learners>) -> BankReport {
    let Read { mut bank, known } = read;
    bank.alike = alike(&bank.items.iter().map(Item::content).collect::<Vec<_>>());
    let used = learners.map(|learners| used_bank(&bank, &known, learners));
    let (figures, broken) = judge(&bank);
    BankReport { file: file.file, format: file.format, rejected: file.rejected, figures, broken, used }
}

fn used_bank(bank: &Bank, known: &[Known], answers: &Learners) -> UsedBank {
    let item = |item: &Item| match item.choice() {
        Some(choice) => used::Item { options: choice.options.clone(), right: choice.right.clone() },
        None => used::Item::default(),
    };
    let items: Vec<used::Item> = bank.items.iter().map(item).collect();
    let analysis = analyse(&items, &learners(known, &answers.lines));
    let question = |(item, used): (&Item, ItemUse)| UsedQuestion {
        line: item.line(),
        prompt: text::one_line(&item.content().prompt, WIDTH),
        item: used,
    };
    UsedBank {
        bank: analysis.bank,
        questions: bank.items.iter().zip(analysis.items).map(question).collect(),
        broken: analysis.broken,
    }
}
