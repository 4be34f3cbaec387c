//! What the program prints: results on stdout, talk on stderr.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use serde::Serialize;
use serde_json::{Value, json};

use crate::error::{Error, Kind, Result};
use crate::text;

/// Stdout and stderr, and whether results are JSON.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    pub(super) json: bool,
}

impl Output {
    pub(super) const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Prints a result: as JSON, or as `plain` puts it into words.
    pub(super) fn result(self, value: &impl Serialize, plain: impl FnOnce() -> String) -> Result<()> {
        if self.json { self.json(value) } else { self.lines(&plain()) }
    }

    /// Prints a JSON document.
    pub(super) fn json(self, value: &impl Serialize) -> Result<()> {
        let document =
            serde_json::to_string_pretty(value).map_err(|cause| Error::internal(cause.to_string()))?;
        self.bytes(format!("{}\n", text::escape_json(&document)).as_bytes())
    }

    /// Prints lines, scrubbed.
    pub(super) fn lines(self, lines: &str) -> Result<()> {
        self.bytes(format!("{}\n", text::scrub(lines)).as_bytes())
    }

    /// Prints bytes as they are.
    #[expect(clippy::unused_self, reason = "all that is printed goes through the output")]
    pub(super) fn bytes(self, bytes: &[u8]) -> Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|cause| match cause.kind() {
            io::ErrorKind::BrokenPipe => Error::new(Kind::OutputClosed, "nobody reads the output any more"),
            _ => Error::new(Kind::Io, format!("the output cannot be written: {cause}")),
        })
    }

    /// Says something that is no result.
    #[expect(clippy::unused_self, reason = "all that is printed goes through the output")]
    pub(super) fn say(self, message: &str) {
        let size =
            if io::stderr().is_terminal() { terminal_size::terminal_size_of(io::stderr()) } else { None };
        let width = size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0);
        drop(writeln!(io::stderr(), "{}", text::wrap(message, "", width)));
    }

    /// Reports an error and gives the exit status that goes with it.
    pub(super) fn fail(self, error: &Error) -> ExitCode {
        if !matches!(error.kind, Kind::OutputClosed | Kind::Reported) {
            // where the document cannot be written either, it is said
            if !self.json || self.json(&error_document(error, None)).is_err() {
                self.say(&format!("error: {}", error.message));
                if let Some(hint) = &error.hint {
                    self.say(&format!("hint: {hint}"));
                }
            }
        }
        ExitCode::from(error.exit_status())
    }
}

/// `{"error": ...}`, with more beside it if there is more to report.
pub(super) fn error_document(error: &Error, more: Option<Value>) -> Value {
    let mut document =
        json!({ "error": { "kind": error.kind, "message": error.message, "hint": error.hint } });
    if let (Some(Value::Object(more)), Some(fields)) = (more, document.as_object_mut()) {
        fields.extend(more);
    }
    document
}

/// Reports that the command line is wrong, or prints the help or the version that it asks for.
pub(super) fn usage(error: &clap::Error, json: bool) -> ExitCode {
    if json && error.use_stderr() {
        let rendered = error.render().to_string();
        // what is missing stands on lines of its own
        let lines = rendered.lines().take_while(|line| !line.is_empty()).map(str::trim);
        let message = lines.collect::<Vec<_>>().join(" ");
        let error = Error::new(Kind::Usage, message.trim_start_matches("error: ")).hint("matura --help");
        return Output::new(true).fail(&error);
    }
    drop(error.print());
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// The width of the terminal that stdout is, if it is one.
pub(super) fn width() -> Option<usize> {
    let size = if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
    size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0)
}
