//! How things look. No meaning is in a colour alone: a word or a sign says the same.

use ratatui::style::{Color, Modifier, Style};

pub(super) const PLAIN: Style = Style::new();
/// What is asked.
pub(super) const PROMPT: Style = Style::new().add_modifier(Modifier::BOLD);
/// What is beside the matter: labels, keys, counts.
pub(super) const QUIET: Style = Style::new().fg(Color::DarkGray);
/// Keys that can be pressed.
pub(super) const KEY: Style = Style::new().add_modifier(Modifier::BOLD);
pub(super) const RIGHT: Style = Style::new().fg(Color::Green).add_modifier(Modifier::BOLD);
pub(super) const WRONG: Style = Style::new().fg(Color::Red);
/// A wrong option that was tried.
pub(super) const CROSSED: Style = Style::new().fg(Color::Red).add_modifier(Modifier::CROSSED_OUT);
pub(super) const HINT: Style = Style::new().fg(Color::Yellow);
/// Where the cursor is.
pub(super) const CURRENT: Style = Style::new().add_modifier(Modifier::REVERSED);
/// A gap to fill.
pub(super) const GAP: Style = Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD);
pub(super) const CODE: Style = Style::new().fg(Color::Cyan);
