//! A collection in a folder of its own, and runs of the program on it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) struct Matura {
    folder: TempDir,
    now: String,
    zone: Option<String>,
}

/// What a run left.
pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) status: i32,
}

impl Matura {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            now: "2026-11-23T09:00:00Z".into(),
            zone: Some("UTC".into()),
        }
    }

    /// A collection into which this bank was imported.
    pub(crate) fn with_bank(bank: &str) -> Self {
        let matura = Self::new();
        matura.import(bank);
        matura
    }

    pub(crate) fn now(&mut self, now: &str) -> &mut Self {
        self.now = now.into();
        self
    }

    pub(crate) fn time(&self) -> &str {
        &self.now
    }

    pub(crate) fn zone(&mut self, zone: Option<&str>) -> &mut Self {
        self.zone = zone.map(str::to_owned);
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn collection(&self) -> PathBuf {
        self.path("collection.db")
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The program with its arguments, in an environment that holds nothing of this machine.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_matura"));
        command.args(args).current_dir(self.folder.path()).env_clear();
        command.env("HOME", self.folder.path().join("home")).env("MATURA_NOW", &self.now);
        command.env("MATURA_COLLECTION", self.collection());
        if let Some(zone) = &self.zone {
            command.env("TZ", zone);
        }
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Ran {
        Ran::of_command(self.command(args), input)
    }

    /// The same program, started by a shell that does something first, such as `umask 0;`.
    #[cfg(unix)]
    pub(crate) fn command_after(&self, before: &str, args: &[&str]) -> Command {
        let program = self.command(args);
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &format!("{before} exec \"$0\" \"$@\"")]);
        command.arg(program.get_program()).args(args).current_dir(self.folder.path()).env_clear();
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    }

    /// Runs a command where a program of ours opens images, and gives what that was given, so many times.
    #[cfg(target_os = "linux")]
    pub(crate) fn run_with_opener(&self, args: &[&str], input: &str, times: usize) -> (Ran, Vec<String>) {
        std::fs::create_dir(self.path("bin")).unwrap();
        let program = self.file("bin/xdg-open", "#!/bin/sh\necho \"$1\" >>\"$(dirname \"$0\")/opened\"\n");
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let mut command = self.command(args);
        command.env("PATH", format!("{}:/usr/bin:/bin", self.path("bin").display()));
        let input = self.file("input", input);
        let ran = Ran::of(&command.stdin(std::fs::File::open(input).unwrap()).output().unwrap());
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let opened = std::fs::read_to_string(self.path("bin/opened")).unwrap_or_default();
            if opened.lines().count() >= times {
                return (ran, opened.lines().map(str::to_owned).collect());
            }
            assert!(std::time::Instant::now() < deadline, "too little was opened: {opened}");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let ran = self.run(&[args, &["--json"]].concat());
        assert_eq!(ran.status, 0, "{args:?}: {}{}", ran.out, ran.err);
        ran.json()
    }

    /// The same, whether it was done or not.
    pub(crate) fn json_of(&self, args: &[&str]) -> Value {
        self.run(&[args, &["--json"]].concat()).json()
    }

    pub(crate) fn import(&self, bank: &str) -> Value {
        let file = self.file("bank.csv", bank);
        self.json(&["import", file.to_str().unwrap()])["files"][0].clone()
    }

    /// The cards in the order of their numbers.
    pub(crate) fn cards(&self) -> Vec<Value> {
        let notes = self.json(&["list"]);
        let cards =
            notes.as_array().unwrap().iter().flat_map(|note| note["cards"].as_array().unwrap().clone());
        let mut cards: Vec<Value> = cards.collect();
        cards.sort_by_key(|card| card["card"].as_i64());
        cards
    }

    pub(crate) fn check(&self) -> Value {
        let report = self.json(&["check"]);
        assert_eq!(report["ok"], true, "{report}");
        report
    }
}

impl Ran {
    /// Runs a program to its end.
    pub(crate) fn of_command(mut command: Command, input: &str) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The program may leave before it has read everything.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        Self::of(&child.wait_with_output().unwrap())
    }

    pub(crate) fn of(output: &Output) -> Self {
        Self {
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
            status: output.status.code().unwrap_or(-1),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// Lines of the output that begin so.
    pub(crate) fn lines(&self, beginning: &str) -> Vec<&str> {
        self.out.lines().filter(|line| line.starts_with(beginning)).collect()
    }
}

/// A bank of plain facts.
pub(crate) fn facts(count: usize) -> String {
    let rows = (1..=count).map(|n| format!("q{n},question {n},answer {n}\n"));
    std::iter::once("id,prompt,answer\n".to_owned()).chain(rows).collect()
}

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
