//! The terminal itself: entered, left whatever happens, and asked for keys and signals.

use std::ffi::OsStr;
use std::io::{Stdout, Write, stdout};
use std::sync::Arc;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event, poll, read,
};
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{cursor, execute};

use crate::error::{Error, Kind, Result};
use crate::screen::{editor, media};

/// What the loop asks of the world around it.
pub trait Host {
    /// Waits for an event at most this long.
    ///
    /// # Errors
    /// The terminal cannot be read.
    fn wait(&mut self, patience: Duration) -> Result<Option<Event>>;
    /// The signal that asked the program to end.
    fn signal(&self) -> Option<i32>;
    /// Whether another program asked this one to stop for a while.
    fn is_to_stop(&self) -> bool;
    /// Whether the learner wants colours.
    fn has_colour(&self) -> bool {
        true
    }
    /// Has the learner edit a text in an editor of his own, and gives it as it was left.
    ///
    /// # Errors
    /// There is no editor, or the terminal cannot be entered again.
    fn edit(&mut self, text: &str) -> Result<String>;
    /// Opens an address in the program that the platform has for it.
    ///
    /// # Errors
    /// There is none.
    fn open(&mut self, place: &OsStr) -> Result<()>;
    /// Stops until the shell has the program go on.
    ///
    /// # Errors
    /// The terminal cannot be entered again.
    fn stop(&mut self) -> Result<()>;
}

/// A terminal in raw mode on its other screen.
pub type Full = Terminal<CrosstermBackend<Stdout>>;

/// The terminal that the program runs in; it is as it was when this is dropped.
#[derive(Debug)]
pub struct Tty {
    signal: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    /// Whether an editor has the terminal: it is stopped like any other program then.
    is_aside: Arc<AtomicBool>,
    #[cfg(unix)]
    watch: signal_hook::iterator::Handle,
    #[cfg(unix)]
    registered: [signal_hook::SigId; 2],
}

/// Whether the screen is entered: what a panic has to leave.
static IS_ENTERED: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

impl Tty {
    /// Enters the full screen.
    ///
    /// # Errors
    /// There is no terminal that could be.
    pub fn enter() -> Result<(Full, Self)> {
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                leave();
                before(info);
            }));
        });
        let tty = Self::listening()?;
        enter()?;
        let terminal = terminal().map_err(failed);
        if terminal.is_err() {
            leave();
        }
        Ok((terminal?, tty))
    }

    #[cfg(unix)]
    fn listening() -> Result<Self> {
        let (signal, stop, is_aside) = (Arc::default(), Arc::default(), Arc::default());
        let watch = watch(Arc::clone(&signal))?;
        let tstp = signal_hook::consts::SIGTSTP;
        let as_usual = signal_hook::flag::register_conditional_default(tstp, Arc::clone(&is_aside));
        let noted = signal_hook::flag::register(tstp, Arc::clone(&stop));
        let registered = [as_usual.map_err(failed)?, noted.map_err(failed)?];
        Ok(Self { signal, stop, is_aside, watch, registered })
    }

    #[cfg(not(unix))]
    fn listening() -> Result<Self> {
        Ok(Self { signal: Arc::default(), stop: Arc::default(), is_aside: Arc::default() })
    }
}

/// How long the loop has to end the session after a signal.
#[cfg(unix)]
const PATIENCE: Duration = Duration::from_secs(2);

/// Listens for signals that end the program. If the loop does not come to end it, the program ends from here: waiting for
/// a key never ends where the terminal itself has gone.
#[cfg(unix)]
fn watch(flag: Arc<AtomicUsize>) -> Result<signal_hook::iterator::Handle> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(failed)?;
    let handle = signals.handle();
    let watch = std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            flag.store(usize::try_from(signal).unwrap_or(0), Ordering::Relaxed);
            std::thread::sleep(PATIENCE);
            let is_meant = flag.load(Ordering::Relaxed) != 0;
            if is_meant && IS_ENTERED.load(Ordering::SeqCst) {
                leave();
                die_of(signal);
            }
        }
    });
    watch.map(|_| handle).map_err(failed)
}

impl Drop for Tty {
    fn drop(&mut self) {
        leave();
        #[cfg(unix)]
        {
            use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
            self.watch.close();
            for registered in self.registered {
                signal_hook::low_level::unregister(registered);
            }
            // without a handler of ours they would be ignored from now on
            for signal in [SIGHUP, SIGINT, SIGTERM, SIGTSTP] {
                let always = Arc::new(AtomicBool::new(true));
                drop(signal_hook::flag::register_conditional_default(signal, always));
            }
        }
    }
}

impl Host for Tty {
    fn wait(&mut self, patience: Duration) -> Result<Option<Event>> {
        if !poll(patience).map_err(failed)? {
            return Ok(None);
        }
        read().map(Some).map_err(failed)
    }

    fn signal(&self) -> Option<i32> {
        i32::try_from(self.signal.load(Ordering::Relaxed)).ok().filter(|signal| *signal != 0)
    }

    fn is_to_stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn has_colour(&self) -> bool {
        std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
    }

    fn edit(&mut self, text: &str) -> Result<String> {
        self.is_aside.store(true, Ordering::SeqCst);
        leave();
        let edited = editor::edit(text);
        self.is_aside.store(false, Ordering::SeqCst);
        // Ctrl-C in the editor was meant for it
        #[cfg(unix)]
        if self.signal() == Some(signal_hook::consts::SIGINT) {
            self.signal.store(0, Ordering::Relaxed);
        }
        self.stop.store(false, Ordering::Relaxed);
        enter()?;
        edited
    }

    fn open(&mut self, place: &OsStr) -> Result<()> {
        media::open(place)
    }

    fn stop(&mut self) -> Result<()> {
        leave();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP).map_err(failed)?;
        self.stop.store(false, Ordering::Relaxed);
        enter()
    }
}

/// Ends the program as a signal that nobody caught would.
pub fn die_of(signal: i32) {
    #[cfg(unix)]
    // If it cannot be done the program ends a moment later by itself.
    drop(signal_hook::low_level::emulate_default_handler(signal));
    #[cfg(not(unix))]
    let _ = signal;
}

/// A terminal that knows no size is taken as one of 80 by 24.
fn terminal() -> std::io::Result<Full> {
    let backend = CrosstermBackend::new(stdout());
    let has_size = ratatui::crossterm::terminal::size().is_ok_and(|(width, height)| width > 0 && height > 0);
    if has_size {
        return Terminal::new(backend);
    }
    let area = ratatui::layout::Rect::new(0, 0, 80, 24);
    Terminal::with_options(backend, ratatui::TerminalOptions { viewport: ratatui::Viewport::Fixed(area) })
}

fn enter() -> Result<()> {
    IS_ENTERED.store(true, Ordering::SeqCst);
    let entered = enable_raw_mode().and_then(|()| {
        execute!(stdout(), EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste, cursor::Hide)
    });
    if entered.is_err() {
        leave();
    }
    entered.map_err(failed)
}

/// Gives the terminal back. Nothing can be done where that fails: it is gone.
fn leave() {
    if IS_ENTERED.swap(false, Ordering::SeqCst) {
        let mut out = stdout();
        drop(execute!(out, DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, cursor::Show));
        drop(out.flush());
        drop(disable_raw_mode());
    }
}

fn failed(cause: impl std::fmt::Display) -> Error {
    Error::new(Kind::Io, format!("the terminal cannot be used: {cause}"))
}
