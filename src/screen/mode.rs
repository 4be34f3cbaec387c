//! Which of the two screens a session is shown on.

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A screen that is drawn.
    Full,
    /// Lines that stay.
    Plain,
}

/// What decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surroundings<'t> {
    /// Whether the learner asks for lines.
    pub plain: bool,
    /// The variable `TERM`.
    pub term: Option<&'t str>,
    /// Whether input and output are a terminal.
    pub is_terminal: bool,
}

/// The full screen on a terminal that can draw, unless the learner wants lines.
pub fn choose(around: Surroundings<'_>) -> Mode {
    let can_draw = around.is_terminal && !matches!(around.term, None | Some("" | "dumb"));
    if can_draw && !around.plain { Mode::Full } else { Mode::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_for_pipes_for_terminals_that_cannot_draw_and_for_those_who_ask() {
        for (plain, term, is_terminal, mode) in [
            (false, Some("xterm-256color"), true, Mode::Full),
            (true, Some("xterm-256color"), true, Mode::Plain),
            (false, Some("xterm-256color"), false, Mode::Plain),
            (false, Some("dumb"), true, Mode::Plain),
            (false, Some(""), true, Mode::Plain),
            (false, None, true, Mode::Plain),
        ] {
            assert_eq!(choose(Surroundings { plain, term, is_terminal }), mode, "{term:?} {is_terminal}");
        }
    }
}
