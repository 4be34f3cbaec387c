//! A review that a test talks to, line by line.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::builder::Matura;

pub(crate) struct Dialogue {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// What the review asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Prompt {
    Reveal,
    Grade,
    Type,
    Pick,
    Gap(usize),
    Decide,
    /// The review has ended.
    End,
}

/// What was said since the last prompt.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    pub(crate) lines: Vec<String>,
}

impl Said {
    /// The card and the stage of the last question in it.
    pub(crate) fn question(&self) -> Option<(i64, String)> {
        let header = self.lines.iter().rev().find(|line| line.starts_with("--- "))?;
        let card = header.rsplit("card ").next()?.parse().ok()?;
        Some((card, header.split(" · ").nth(1)?.to_owned()))
    }

    pub(crate) fn saved(&self) -> usize {
        self.lines.iter().filter(|line| line.starts_with("saved:")).count()
    }

    /// The letter under which an option is shown.
    pub(crate) fn letter(&self, option: &str) -> String {
        let line = self.lines.iter().rev().find(|line| line.ends_with(&format!(") {option}")));
        line.unwrap_or_else(|| panic!("{option}: {self:?}")).trim().chars().take(1).collect()
    }
}

impl Dialogue {
    pub(crate) fn start(matura: &Matura, args: &[&str]) -> Self {
        Self::of(matura.command(&[&["review"], args].concat()))
    }

    pub(crate) fn of(mut command: Command) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, input, output }
    }

    pub(crate) fn say(&mut self, line: &str) {
        // Whoever was killed does not listen any more.
        drop(self.input.as_mut().unwrap().write_all(format!("{line}\n").as_bytes()));
    }

    /// Reads until the review asks for something, or ends.
    pub(crate) fn listen(&mut self) -> (Prompt, Said) {
        let mut said = Said::default();
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).unwrap_or(0) == 0 || !line.ends_with('\n') {
                return (Prompt::End, said);
            }
            let line = line.trim_end_matches('\n').to_owned();
            let prompt = match line.split([' ', ':']).next().unwrap() {
                "Enter" => Some(Prompt::Reveal),
                "How" => Some(Prompt::Grade),
                "Type" if line.starts_with("Type the answer") => Some(Prompt::Type),
                "Type" | "Several" => Some(Prompt::Pick),
                "Gap" => Some(Prompt::Gap(
                    line.trim_start_matches("Gap ").split(':').next().unwrap().parse().unwrap(),
                )),
                "Does" => Some(Prompt::Decide),
                _ => None,
            };
            said.lines.push(line);
            if let Some(prompt) = prompt {
                return (prompt, said);
            }
        }
    }

    /// Says a line and listens to what comes.
    pub(crate) fn ask(&mut self, line: &str) -> (Prompt, Said) {
        self.say(line);
        self.listen()
    }

    /// Ends the input.
    pub(crate) fn hang_up(mut self) -> i32 {
        self.input = None;
        let mut rest = String::new();
        while self.output.read_line(&mut rest).unwrap_or(0) > 0 {}
        self.child.wait().unwrap().code().unwrap_or(-1)
    }

    /// Ends the process without a warning.
    pub(crate) fn kill(self) {
        self.end_by("KILL");
    }

    /// Sends the process a signal and waits for its end.
    pub(crate) fn end_by(mut self, signal: &str) {
        // it may have come to its end by itself
        drop(
            Command::new("kill")
                .args([&format!("-{signal}"), &self.child.id().to_string()])
                .output()
                .unwrap(),
        );
        self.child.wait().unwrap();
    }
}
