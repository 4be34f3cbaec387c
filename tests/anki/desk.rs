//! What a test works with: a folder of its own, matura in it, and Anki beside it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::chromium;

/// The columns of a bank that tests fill.
const COLUMNS: [&str; 21] = [
    "guid",
    "id",
    "deck",
    "kind",
    "prompt",
    "code",
    "language",
    "answer",
    "accept",
    "options",
    "hint",
    "explanation",
    "mistakes",
    "check",
    "difficulty",
    "level",
    "tags",
    "source",
    "reverse",
    "typed",
    "html",
];

/// A bank in the making.
pub struct Bank(String);

impl Bank {
    pub fn new() -> Self {
        Self(COLUMNS.join(",") + "\n")
    }

    /// A row with these cells; the others are empty.
    pub fn row(mut self, cells: &[(&str, &str)]) -> Self {
        assert!(cells.iter().all(|(name, _)| COLUMNS.contains(name)), "{cells:?}");
        let cell = |column: &&str| {
            let text = cells.iter().find(|(name, _)| name == column).map_or("", |(_, text)| text);
            format!("\"{}\"", text.replace('"', "\"\""))
        };
        self.0 += &COLUMNS.iter().map(cell).collect::<Vec<_>>().join(",");
        self.0.push('\n');
        self
    }
}

impl Bank {
    pub fn write(&self, path: &Path) {
        fs::write(path, &self.0).unwrap();
    }
}

/// How many rows of an import went which way, as Anki logs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub struct Log {
    pub new: usize,
    pub updated: usize,
    pub duplicate: usize,
    pub conflicting: usize,
    pub first_field_match: usize,
    pub missing_notetype: usize,
    pub missing_deck: usize,
    pub empty_first_field: usize,
}

/// What Anki has after its imports.
#[derive(Debug, Deserialize)]
pub struct Verdict {
    pub imports: Vec<Log>,
    pub notes: Vec<Note>,
    /// What Anki says to what was typed, as HTML.
    pub typed: BTreeMap<String, String>,
    /// The stock notetypes and their names in this profile.
    pub notetypes: BTreeMap<String, String>,
    pub decks: Vec<String>,
    /// The files that notes name, in hexadecimal digits.
    pub media: BTreeMap<String, String>,
    /// What Check Database mends.
    pub problems: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Note {
    pub id: u64,
    pub guid: String,
    pub notetype: String,
    /// The stock notetype that it is of; none if it is of another.
    pub stock: Option<String>,
    pub tags: Vec<String>,
    pub fields: Vec<String>,
    pub cards: Vec<Card>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Card {
    pub deck: String,
    pub question: Side,
    pub answer: Side,
    /// Its style and the HTML of both sides.
    pub page: [String; 3],
    /// What Anki's scheduler keeps.
    pub state: Vec<i64>,
    /// The date on which it comes, if it was reviewed.
    pub date: Option<String>,
    /// Its rows of the revlog: id, ease, ivl, lastIvl, factor, time, type.
    pub reviews: Vec<[i64; 7]>,
}

/// A side of a card as a reader sees it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Side {
    pub text: String,
    /// What stands where the asked clozes are.
    pub cloze: Vec<String>,
    /// Blocks of code.
    pub code: Vec<String>,
    /// Items of a list, and by which letters it counts.
    pub item: Vec<String>,
    pub letters: Vec<Option<String>>,
    pub bold: Vec<String>,
    /// What opens on a click.
    pub folded: Vec<String>,
}

impl Verdict {
    pub fn note(&self, guid: &str) -> &Note {
        let mut found = self.notes.iter().filter(|note| note.guid == guid);
        let note = found.next().unwrap_or_else(|| panic!("no note {guid:?}"));
        assert!(found.next().is_none(), "two notes {guid:?}");
        note
    }

    /// The one card of a note.
    pub fn card(&self, guid: &str) -> &Card {
        let cards = &self.note(guid).cards;
        assert_eq!(cards.len(), 1, "{guid}");
        &cards[0]
    }

    /// All rows of all imports arrived as new notes, and Anki finds nothing to mend.
    #[track_caller]
    pub fn assert_all_new(&self, notes: usize) {
        let logged: usize = self.imports.iter().map(|log| log.new).sum();
        assert_eq!((logged, self.notes.len()), (notes, notes), "{:?}", self.imports);
        assert!(self.imports.iter().all(|log| *log == Log { new: log.new, ..Log::default() }));
        assert_eq!(self.problems, None);
    }
}

/// What many texts became that should not have changed, told all at once.
#[derive(Default)]
pub struct Differences(Vec<String>);

impl Differences {
    pub fn compare(&mut self, what: &str, shown: &str, meant: &str) {
        if shown != meant {
            let start = |text: &str| text.chars().take(300).collect::<String>();
            self.0.push(format!("{what}\n  shown {:?}\n  meant {:?}", start(shown), start(meant)));
        }
    }

    #[track_caller]
    pub fn assert_none(&self) {
        assert!(self.0.is_empty(), "{} differ\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// A folder with a collection of matura and one of Anki.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Imports the bank into matura and the export of everything into a new English Anki.
    pub fn judged(bank: &Bank, typed: &Value) -> Verdict {
        let desk = Self::new();
        desk.import(bank);
        let file = desk.export(&[]);
        desk.anki("en", &[json!({ "import": file })], typed)
    }

    /// Exports everything as a package and names the file.
    pub fn package(&self, more: &[&str]) -> PathBuf {
        let file = self.path("export.apkg");
        let mut args = vec!["export", "--to", "apkg", "-o", file.to_str().unwrap()];
        args.extend(more);
        self.matura(&args);
        file
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn import(&self, bank: &Bank) {
        let path = self.path("bank.csv");
        bank.write(&path);
        self.import_file(&path);
    }

    pub fn import_file(&self, path: &Path) {
        self.matura(&["import", path.to_str().unwrap()]);
    }

    /// Exports everything for Anki and names the file.
    pub fn export(&self, more: &[&str]) -> PathBuf {
        let file = self.path("export.csv");
        let mut args = vec!["export", "--to", "anki", "-o", file.to_str().unwrap()];
        args.extend(more);
        self.matura(&args);
        file
    }

    /// Runs matura on the collection of this desk and gives what it says, as JSON.
    pub fn matura(&self, args: &[&str]) -> Value {
        let output = self
            .apart(Path::new(env!("CARGO_BIN_EXE_matura")))
            .args(args)
            .arg("--json")
            .arg("--collection")
            .arg(self.path("collection.db"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{args:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(&said).unwrap()
    }

    /// Runs the steps in the Anki of this desk.
    pub fn anki(&self, language: &str, steps: &[Value], typed: &Value) -> Verdict {
        self.anki_in("UTC", language, steps, typed)
    }

    /// The same in a time zone.
    pub fn anki_in(&self, zone: &str, language: &str, steps: &[Value], typed: &Value) -> Verdict {
        let request = json!({
            "collection": self.path("anki.anki2"),
            "language": language,
            "steps": steps,
            "typed": typed,
        });
        let mut judge = self
            .apart(&python())
            .env("TZ", zone)
            .args(["-I", "-B", "-X", "utf8"])
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/anki/judge.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        judge.stdin.take().unwrap().write_all(request.to_string().as_bytes()).unwrap();
        let output = judge.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Runs a script in the Python that has Anki.
    pub fn python(&self, script: &str) {
        let output = self.apart(&python()).args(["-I", "-B", "-X", "utf8", "-c", script]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// What a script in a page leaves behind as JSON: runs it in a browser that has no network.
    pub fn browser(&self, page: &str) -> Value {
        chromium::told(self.0.path(), page, &[])
    }

    /// A command that writes nothing outside this desk.
    fn apart(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().current_dir(self.0.path());
        for place in ["HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env(place, self.0.path());
        }
        command
    }
}

fn python() -> PathBuf {
    let named = std::env::var_os("MATURA_ANKI_PYTHON").map(PathBuf::from);
    // A venv's Python is a link: it must be started by its own name.
    let python =
        named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/anki-venv/bin/python"));
    assert!(
        python.exists(),
        "there is no Python at {}: let MATURA_ANKI_PYTHON name one that has the package anki",
        python.display()
    );
    std::path::absolute(python).unwrap()
}
