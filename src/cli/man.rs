//! `matura man`: the man page.

use clap::CommandFactory;

use super::{Cli, Context};
use crate::error::{Error, Result};

pub(super) fn run(context: &Context) -> Result<()> {
    let mut page = Vec::new();
    let defect = |cause: std::io::Error| Error::internal(cause.to_string());
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(defect)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let man = clap_mangen::Man::new(sub.clone());
        page.extend_from_slice(format!(".SH \"MATURA {}\"\n", sub.get_name().to_uppercase()).as_bytes());
        man.render_description_section(&mut page).map_err(defect)?;
        man.render_options_section(&mut page).map_err(defect)?;
    }
    context.out.bytes(&page)
}
