//! Import of banks: all files or none.

mod arrived;
mod banks;
mod elsewhere;
mod from_anki;
mod history;
mod incoming;
mod judged;
mod media;
mod missing;
mod options;
mod plan;
mod said;
mod stream;
mod update;

use super::{Collection, Context, steps};
use crate::error::{Error, Kind, Result};
use crate::model::Act;
use crate::store::backup::{Before, Reason};
use crate::store::media::Folder;
use crate::store::{Tx, log, note, operation};
use banks::Bank;
pub use banks::{BankFile, Banks, FileReport, ImportReport, RejectedRows};
use history::DayOf;
use incoming::Incoming;
pub use judged::{BankReport, Learners, UsedBank, UsedQuestion};
pub use options::ImportOptions;
pub use plan::{Change, Missing, Reworded, Sample};

impl Collection {
    /// Imports banks. If one has a problem nothing is imported, and the report says what to mend.
    ///
    /// With `skip_bad_rows` the good rows are imported and the others handed back.
    pub fn import(&mut self, mut banks: Banks) -> Result<(ImportReport, Vec<RejectedRows>)> {
        // The counts of a bank with a problem are what they would be without the bad rows.
        let keep = !banks.options.dry_run && banks.are_sound();
        let folder = self.media.clone().filter(|_| keep);
        let backups = self.backups.clone().filter(|_| keep);
        let reason = if banks.options.prune { Reason::Prune } else { Reason::Import };
        let mut before = Before::begin(&self.store, backups.as_ref(), reason, self.now())?;
        let done = self.bulk(keep, |tx, context, clock| {
            let day_of = |at| clock.moment_at(at, context.settings.day_starts_at).day;
            let names: Vec<String> = banks.files.iter().map(Bank::name).collect();
            let was_empty = note::is_empty(tx)? && log::is_empty(tx)?;
            let ((), changed) = steps::operate(tx, context, Act::Import, || {
                operation::tell(tx, &names.join(", "))?;
                store(tx, context, &mut banks, &day_of, folder.as_ref())
            })?;
            if changed.is_some() && !was_empty { before.changes(context.now.ms) } else { Ok(()) }
        });
        done.or_else(|error| if error.kind == Kind::Reported { Ok(()) } else { Err(error) })?;
        let imported = !banks.options.dry_run && banks.are_sound();
        let left_out = if imported { banks.rejected_rows()? } else { Vec::new() };
        Ok((ImportReport { imported, files: banks.into_reports() }, left_out))
    }
}

fn store(
    tx: &Tx<'_>,
    context: Context,
    banks: &mut Banks,
    day_of: &DayOf<'_>,
    folder: Option<&Folder>,
) -> Result<()> {
    banks.files.iter_mut().try_for_each(|bank| media::name(tx, bank))?;
    let mut at = 0;
    let mut incoming = Incoming::begin(tx, context, banks, at)?;
    while let Some((file, found)) = banks.next()? {
        while at < file {
            end(incoming, banks, at)?;
            at += 1;
            incoming = Incoming::begin(tx, context, banks, at)?;
        }
        let Some(bank) = banks.files.get_mut(file) else { continue };
        for found in found {
            if let Some((guid, draft)) = bank.take(found) {
                incoming.take(bank, guid, draft)?;
            }
        }
    }
    end(incoming, banks, at)?;
    banks.files.iter_mut().try_for_each(|bank| history::take(tx, context, bank, day_of))?;
    if let Some(folder) = folder.filter(|_| banks.are_sound()) {
        banks.files.iter().try_for_each(|bank| media::put(folder, bank))?;
    }
    if banks.are_sound() { Ok(()) } else { Err(Error::new(Kind::Reported, "there are problems")) }
}

/// What can be told of a file only when all of it is there.
fn end(incoming: Incoming<'_, '_>, banks: &mut Banks, file: usize) -> Result<()> {
    let options = &banks.options;
    match banks.files.get_mut(file) {
        Some(bank) => missing::settle(&incoming.end(bank)?, options, bank),
        None => Ok(()),
    }
}
