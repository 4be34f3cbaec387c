//! Where the plain screen writes: lines that stay.

use std::io::Write;

use crate::error::{Error, Kind, Result};
use crate::model::Code;
use crate::text;

/// An output of lines, broken at a width if there is one. Everything on it is scrubbed.
pub struct Page<'o> {
    out: &'o mut dyn Write,
    width: Option<usize>,
}

impl std::fmt::Debug for Page<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Page").field("width", &self.width).finish_non_exhaustive()
    }
}

impl<'o> Page<'o> {
    /// A page on this output.
    pub fn new(out: &'o mut dyn Write, width: Option<usize>) -> Self {
        Self { out, width }
    }

    /// Writes a line, and at once: whoever reads it may answer.
    pub fn line(&mut self, line: &str) -> Result<()> {
        let line = text::wrap(line, "", self.width);
        self.write(&line)
    }

    /// Writes a card's text. It is set in if one of its lines looks like one of ours, which scripts read.
    pub(super) fn block(&mut self, text: &str) -> Result<()> {
        let is_ours = text.lines().any(|line| line.starts_with("saved:") || line.starts_with("---"));
        let block = text::wrap(text, if is_ours { "  " } else { "" }, self.width);
        self.write(&block)
    }

    /// Writes a text behind a label; further lines are indented.
    pub(super) fn labelled(&mut self, label: &str, text: &str) -> Result<()> {
        if text.contains('\n') {
            self.line(&format!("{label}:"))?;
            let block = text::wrap(text, "  ", self.width);
            self.write(&block)
        } else {
            self.line(&format!("{label}: {text}"))
        }
    }

    /// Writes a piece of code, indented and not broken.
    pub(super) fn code(&mut self, code: Option<&Code>) -> Result<()> {
        let Some(code) = code else { return Ok(()) };
        if let Some(language) = &code.language {
            self.line(&format!("code ({language}):"))?;
        }
        let block = text::indent(&code.text, "    ");
        self.write(&block)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        writeln!(self.out, "{text}").and_then(|()| self.out.flush()).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::BrokenPipe => {
                Error::new(Kind::OutputClosed, "nobody reads the output any more")
            }
            _ => Error::new(Kind::Io, format!("the output cannot be written: {cause}")),
        })
    }
}
