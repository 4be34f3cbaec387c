//! The progress of what takes longer than a moment, on a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is over sooner needs no bar.
const A_MOMENT: Duration = Duration::from_millis(500);

/// A bar that nobody sees yet.
pub(super) fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    // The template is a constant that is known to be one.
    if let Ok(style) = ProgressStyle::with_template("{percent:>3} % [{bar:40}] {eta} to go") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}

/// Shows how much is done. On something that is no terminal indicatif itself draws nothing.
pub(super) fn show(bar: &ProgressBar, done: u64, all: u64) {
    if bar.is_hidden() && bar.elapsed() > A_MOMENT {
        bar.set_draw_target(ProgressDrawTarget::stderr());
    }
    bar.set_length(all);
    bar.set_position(done);
}
