//! `matura backup`: a copy of the collection.

use std::path::PathBuf;

use clap::Args;

use super::Context;
use super::backups::size;
use crate::error::Result;

#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// The file to write, instead of one in the folder beside the collection
    file: Option<PathBuf>,
    /// Write it in place of a file that is there
    #[arg(long, requires = "file")]
    replace: bool,
}

pub(super) fn run(args: &BackupArgs, context: &mut Context) -> Result<()> {
    let backup = context.look()?.back_up(args.file.as_deref(), args.replace)?;
    context.out.result(&backup, || format!("backed up to {} ({})", backup.file, size(backup.bytes)))
}
