//! The `matura` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    matura::cli::run(std::env::args_os())
}
