//! The learner's own editor, for a text that is filled in.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::error::{Error, Kind, Result};
use crate::files;

/// How the name of the file ends that is edited.
const ENDING: &str = ".matura.txt";
/// What stands above a text that was not taken, with the reason.
const NOT_TAKEN: &str = "NOT TAKEN: ";

/// Has a text edited with `edit` until `take` takes it. A text that `take` refuses as wrong input is shown again with the
/// reason above it; if it comes back as it was, the reason is the error.
pub fn revise<T>(
    text: &str,
    mut edit: impl FnMut(&str) -> Result<String>,
    mut take: impl FnMut(&str) -> Result<T>,
) -> Result<T> {
    let mut shown = text.to_owned();
    let mut refused: Option<Error> = None;
    loop {
        let edited = edit(&shown)?;
        if edited == shown
            && let Some(error) = refused
        {
            return Err(kept(without_reason(&edited), error));
        }
        let body = without_reason(&edited);
        match take(body) {
            Err(error) if error.kind == Kind::Input => {
                let hint = error.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
                let reason = format!("{}{hint}", error.message).replace('\n', " ");
                shown = format!("{NOT_TAKEN}{reason}\n{body}");
                refused = Some(error);
            }
            Err(error) => return Err(kept(body, error)),
            taken => return taken,
        }
    }
}

/// Keeps what was typed, and says where with the reason for which it was not taken.
fn kept(text: &str, error: Error) -> Error {
    let Ok(place) = files::keep_temporary(text, ENDING) else { return error };
    Error { message: format!("{}; what you typed is in {}", error.message, place.display()), ..error }
}

fn without_reason(text: &str) -> &str {
    match text.strip_prefix(NOT_TAKEN) {
        Some(rest) => rest.split_once('\n').map_or("", |(_, body)| body),
        None => text,
    }
}

/// Has a text edited in the learner's editor, and gives it as it was left.
pub fn edit(text: &str) -> Result<String> {
    // an editor needs a terminal, unless it is one that the learner named for a script
    if named().is_none() && !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        return Err(Error::new(Kind::Usage, "there is no terminal for an editor").hint(
            "use options, as in matura add PROMPT ANSWER and matura edit CARD --answer TEXT, or set EDITOR",
        ));
    }
    let file = files::temporary(text, ENDING)?;
    let editor = editor();
    let ended = run(&editor, &file);
    let ended = ended.map_err(|cause| cannot(&format!("cannot be started: {cause}"), &editor))?;
    let bytes = files::read(&file).map_err(|_| cannot("left no file, so nothing was changed", &editor))?;
    let left = String::from_utf8_lossy(&bytes);
    let failed = if !ended.success() {
        Some(format!("ended with {ended}; nothing was changed"))
    } else if matches!(left, Cow::Owned(_)) {
        Some("left a text that is not UTF-8; nothing was changed".to_owned())
    } else {
        None
    };
    match failed {
        None => Ok(left.into_owned()),
        Some(why) if left == text => Err(cannot(&why, &editor)),
        Some(why) => Err(kept(&left, cannot(&why, &editor))),
    }
}

fn cannot(what: &str, editor: &str) -> Error {
    Error::new(Kind::Io, format!("the editor {editor} {what}"))
        .hint("the variable EDITOR names another, for example EDITOR=nano")
}

fn named() -> Option<String> {
    ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|editor| !editor.trim().is_empty()))
}

fn editor() -> String {
    named().unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned())
}

/// The name may have arguments behind it, as in `code --wait`; the shell takes them apart. Ctrl-C is the editor's.
#[cfg(unix)]
fn run(editor: &str, file: &Path) -> std::io::Result<ExitStatus> {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("trap : INT; {editor} \"$1\"")).arg("matura").arg(file);
    if !io::stdin().is_terminal() {
        // what a script sends belongs to the session
        shell.stdin(Stdio::null());
    }
    shell.status()
}

#[cfg(not(unix))]
fn run(editor: &str, file: &Path) -> std::io::Result<ExitStatus> {
    let mut words = editor.split_whitespace();
    Command::new(words.next().unwrap_or_default()).args(words).arg(file).status()
}
