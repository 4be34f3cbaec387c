//! Lines of the learner.

use std::io::{BufRead, Read as _};

use super::Expects;
use crate::error::{Error, Kind, Result};
use crate::model::Grade;

/// What a line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    Command(Command),
    Text(String),
    /// It begins like a command where commands take a colon, and is none.
    Unknown(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Hint,
    DontKnow,
    Undo,
    Suspend,
    Bury,
    Mark,
    Edit,
    Image,
    Details,
    Quit,
    /// Give the answer just saved this grade, 0 to 5.
    Regrade(Grade),
}

/// Bytes of a line that are looked at.
const LONGEST: u64 = 1 << 20;

pub(super) struct Reader<'i> {
    input: &'i mut dyn BufRead,
}

impl<'i> Reader<'i> {
    pub(super) fn new(input: &'i mut dyn BufRead) -> Self {
        Self { input }
    }

    /// The next line; none at the end of the input.
    pub(super) fn line(&mut self, expects: Expects) -> Result<Option<Line>> {
        let mut bytes = Vec::new();
        let failed = |cause| Error::new(Kind::Io, format!("the input cannot be read: {cause}"));
        let count = (&mut *self.input).take(LONGEST).read_until(b'\n', &mut bytes).map_err(failed)?;
        if count == 0 {
            return Ok(None);
        }
        if !bytes.ends_with(b"\n") {
            // more than an answer: the rest of the line goes
            self.input.skip_until(b'\n').map_err(failed)?;
        }
        let line = String::from_utf8_lossy(&bytes);
        Ok(Some(parse(line.trim_end_matches(['\n', '\r']), expects)))
    }
}

fn parse(line: &str, expects: Expects) -> Line {
    let trimmed = line.trim();
    if let Some(name) = trimmed.strip_prefix(':').filter(|name| !name.starts_with(':')) {
        return command(name).map_or_else(|| Line::Unknown(trimmed.to_owned()), Line::Command);
    }
    match command(trimmed).filter(|_| is_bare(trimmed, expects)) {
        Some(command) => Line::Command(command),
        None if expects == Expects::Text => Line::Text(line.to_owned()),
        None => Line::Text(trimmed.to_owned()),
    }
}

/// The text of a literal line: a backslash in front takes the meaning from `:`, `#` and itself. Before anything else it
/// is part of the answer, which may be LaTeX or an escape in code.
pub(super) fn unescape(line: &str) -> &str {
    line.strip_prefix('\\').filter(|rest| rest.starts_with([':', '#', '\\'])).unwrap_or(line)
}

/// Whether a text would be a command where commands are bare.
pub(super) fn is_command(text: &str) -> bool {
    command(text).is_some()
}

/// Whether a command needs no colon: some are letters of options as well, and any may be a text.
pub(super) fn is_bare(name: &str, expects: Expects) -> bool {
    match expects {
        Expects::Keys | Expects::Nothing => true,
        Expects::Letters => !matches!(name, "b" | "e" | "m" | "i" | "o"),
        Expects::Text => false,
    }
}

fn command(name: &str) -> Option<Command> {
    match name.trim() {
        "?" => Some(Command::Hint),
        "!" => Some(Command::DontKnow),
        "u" => Some(Command::Undo),
        "s" => Some(Command::Suspend),
        "b" => Some(Command::Bury),
        "m" => Some(Command::Mark),
        "e" => Some(Command::Edit),
        "o" => Some(Command::Image),
        "i" => Some(Command::Details),
        "q" => Some(Command::Quit),
        other => {
            let grade = other.strip_prefix('=')?.trim().parse().ok().and_then(Grade::new)?;
            Some(Command::Regrade(grade))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_bare_where_no_text_is_expected_and_take_a_colon_elsewhere() {
        use Command::{Bury, Hint, Quit, Regrade};
        for (line, bare, literal) in [
            ("q", Line::Command(Quit), Line::Text("q".into())),
            (":q", Line::Command(Quit), Line::Command(Quit)),
            ("?", Line::Command(Hint), Line::Text("?".into())),
            ("=4", Line::Command(Regrade(Grade::GOOD)), Line::Text("=4".into())),
            (":=4", Line::Command(Regrade(Grade::GOOD)), Line::Command(Regrade(Grade::GOOD))),
            ("=7", Line::Text("=7".into()), Line::Text("=7".into())),
            (":x", Line::Unknown(":x".into()), Line::Unknown(":x".into())),
            ("::", Line::Text("::".into()), Line::Text("::".into())),
            ("", Line::Text(String::new()), Line::Text(String::new())),
            ("b", Line::Command(Bury), Line::Text("b".into())),
            (":b", Line::Command(Bury), Line::Command(Bury)),
        ] {
            assert_eq!(parse(line, Expects::Keys), bare, "{line}");
            assert_eq!(parse(line, Expects::Text), literal, "{line}");
            // among options a letter is one of them
            let letter = if line == "b" { literal } else { bare };
            assert_eq!(parse(line, Expects::Letters), letter, "{line}");
        }
        for (line, text) in [
            (r"\:q", ":q"),
            (r"\#2", "#2"),
            (r"\\a", r"\a"),
            (r"\frac", r"\frac"),
            (r"\n", r"\n"),
            ("a", "a"),
        ] {
            assert_eq!(unescape(line), text);
        }
    }

    #[test]
    fn any_bytes_are_a_line_and_the_end_is_the_end() {
        let mut bytes: &[u8] = b"\xff\xfe\r\nlast";
        let mut reader = Reader::new(&mut bytes);
        assert!(matches!(reader.line(Expects::Keys), Ok(Some(Line::Text(_)))));
        assert_eq!(reader.line(Expects::Keys).unwrap(), Some(Line::Text("last".into())));
        assert_eq!(reader.line(Expects::Keys).unwrap(), None);
    }
}
