//! The program in a pseudo-terminal: what it sends is read as a terminal would.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtyPair, PtySize, native_pty_system};

use crate::builder::Matura;

/// Nothing takes longer, on however slow a machine.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Pty<'m> {
    matura: &'m Matura,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    input: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    terminal: vt100::Parser,
    /// All that was sent.
    pub(crate) sent: Vec<u8>,
}

/// How the program is started.
pub(crate) struct Start<'s> {
    /// What stands before the program in the shell, such as `ulimit -f 100;`.
    pub(crate) before: &'s str,
    pub(crate) command: &'s str,
    pub(crate) env: &'s [(&'s str, &'s str)],
    /// Columns and rows.
    pub(crate) size: (u16, u16),
}

impl Default for Start<'_> {
    fn default() -> Self {
        let command = concat!(env!("CARGO_BIN_EXE_matura"), " review");
        Self { before: "", command, env: &[("TERM", "xterm-256color")], size: (80, 24) }
    }
}

fn size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// A new pseudo-terminal; none where there are none, which is said, and a failure where all tests have to be run.
fn pair(columns_and_rows: (u16, u16)) -> Option<PtyPair> {
    match native_pty_system().openpty(size(columns_and_rows)) {
        Ok(pair) => Some(pair),
        Err(cause) => {
            let all = std::env::var_os("CI").is_some_and(|value| value == "true");
            assert!(!all, "there is no pseudo-terminal: {cause}");
            println!("not run: there is no pseudo-terminal: {cause}");
            None
        }
    }
}

impl<'m> Pty<'m> {
    /// Starts a review in a terminal; none where there is no terminal to be had.
    pub(crate) fn review(matura: &'m Matura) -> Option<Self> {
        Self::start(matura, &Start::default())
    }

    /// A shell that notes the settings of the terminal, runs the program, notes them again and tells its status.
    pub(crate) fn start(matura: &'m Matura, start: &Start<'_>) -> Option<Self> {
        let PtyPair { slave, master } = pair(start.size)?;
        let inner = format!("echo $$ >pid; {} exec {}", start.before, start.command);
        let script = format!(
            "trap : INT; stty -g >before; sh -c '{inner}'; status=$?; stty -g >after; echo \"status $status\""
        );
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", &script]);
        command.env_clear();
        command.cwd(matura.collection().parent().unwrap());
        for (name, value) in matura.command(&[]).get_envs() {
            command.env(name, value.unwrap());
        }
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (name, value) in start.env {
            command.env(name, value);
        }
        let child = slave.spawn_command(command).unwrap();
        drop(slave);
        let mut reader = master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let input = master.take_writer().unwrap();
        let shown = if start.size.0 == 0 { (80, 24) } else { start.size };
        let terminal = vt100::Parser::new(rows(shown.1), rows(shown.0), 0);
        Some(Self { matura, master, child, input, output, terminal, sent: Vec::new() })
    }

    /// Types this.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
        self
    }

    pub(crate) fn screen(&self) -> String {
        self.terminal.screen().contents().replace('\u{a0}', " ")
    }

    pub(crate) fn terminal(&self) -> &vt100::Screen {
        self.terminal.screen()
    }

    /// Reads until the screen is as wanted.
    pub(crate) fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self) {
            let left = deadline.saturating_duration_since(Instant::now());
            // what is no output, such as a process that stops, is looked for now and then
            match self.output.recv_timeout(left.min(Duration::from_millis(50))) {
                Ok(bytes) => {
                    self.sent.extend_from_slice(&bytes);
                    self.terminal.process(&bytes);
                }
                Err(RecvTimeoutError::Timeout) if !left.is_zero() => {}
                Err(why) => panic!("{what} ({why}): {}", self.screen()),
            }
        }
        self
    }

    /// Reads until this stands on the screen.
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        self.until(text, |pty| pty.screen().contains(text))
    }

    /// The process of the program itself.
    pub(crate) fn pid(&self) -> String {
        std::fs::read_to_string(self.matura.path("pid")).unwrap().trim().to_owned()
    }

    /// Sends a signal to the program alone.
    pub(crate) fn signal(&self, signal: &str) {
        assert!(Command::new("kill").args([&format!("-{signal}"), &self.pid()]).status().unwrap().success());
    }

    /// Has the program go on with all that was stopped with it.
    pub(crate) fn goes_on(&self) {
        let group = Command::new("ps").args(["-o", "pgid=", "-p", &self.pid()]).output().unwrap();
        let group = format!("-{}", String::from_utf8(group.stdout).unwrap().trim());
        assert!(Command::new("kill").args(["-CONT", "--", &group]).status().unwrap().success());
    }

    /// Takes the terminal away and waits until the program is gone.
    pub(crate) fn goes_away(self) {
        let pid = self.pid();
        let Self { master, input, output, .. } = self;
        drop((input, master, output));
        let deadline = Instant::now() + PATIENCE;
        let is_there = || {
            let state = Command::new("ps").args(["-o", "stat=", "-p", &pid]).output().unwrap();
            let state = String::from_utf8_lossy(&state.stdout).trim().to_owned();
            !state.is_empty() && !state.starts_with('Z')
        };
        while is_there() {
            assert!(Instant::now() < deadline, "the program goes on without a terminal");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Whether the program is stopped.
    pub(crate) fn is_stopped(&self) -> bool {
        let state = Command::new("ps").args(["-o", "stat=", "-p", &self.pid()]).output().unwrap();
        String::from_utf8_lossy(&state.stdout).trim().starts_with('T')
    }

    /// The settings of the terminal in words, where they can be told.
    pub(crate) fn settings(&self) -> String {
        format!("{:?}", self.master.get_termios())
    }

    pub(crate) fn resize(&mut self, columns_and_rows: (u16, u16)) -> &mut Self {
        // the program has drawn nothing for the new size yet
        self.terminal.screen_mut().set_size(rows(columns_and_rows.1), rows(columns_and_rows.0));
        self.master.resize(size(columns_and_rows)).unwrap();
        self
    }

    /// Waits for the end of the program, which has to leave the terminal as it was; gives what it sent.
    pub(crate) fn ends(&mut self, status: i32) -> Vec<u8> {
        self.sees(&format!("status {status}"));
        let screen = self.terminal.screen();
        assert!(!screen.alternate_screen(), "the other screen was left");
        assert!(!screen.hide_cursor(), "the cursor is back");
        assert!(!screen.bracketed_paste(), "pastes are as before");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is as before");
        let read = |name| std::fs::read_to_string(self.matura.path(name)).unwrap();
        assert_eq!(read("before"), read("after"), "the settings are as before");
        self.child.wait().unwrap();
        std::mem::take(&mut self.sent)
    }
}

fn rows(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}
