//! How things look. No meaning is in a colour alone: a word or a sign says the same.

use ratatui::style::{Color, Modifier, Style};

use crate::model::Theme;

/// What something on the screen is, which decides how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// What is asked.
    Prompt,
    /// What is beside the matter: labels, keys, counts.
    Quiet,
    /// Keys that can be pressed.
    Key,
    Right,
    Wrong,
    /// A wrong option that was tried.
    Crossed,
    Hint,
    /// Where the cursor is.
    Current,
    /// A gap to fill.
    Gap,
    Code,
    /// In code: a word of the language.
    Keyword,
    /// A text or a number.
    Literal,
    /// What is called or declared.
    Name,
    Comment,
}

/// How everything looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Palette(Option<Colours>);

/// The colours of a theme that has some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Colours {
    quiet: Color,
    right: Color,
    wrong: Color,
    hint: Color,
    code: Color,
}

const TERMINAL: Colours = Colours {
    quiet: Color::DarkGray,
    right: Color::Green,
    wrong: Color::Red,
    hint: Color::Yellow,
    code: Color::Cyan,
};
const DARK: Colours = Colours {
    quiet: Color::Indexed(248),
    right: Color::Indexed(114),
    wrong: Color::Indexed(210),
    hint: Color::Indexed(221),
    code: Color::Indexed(117),
};
const LIGHT: Colours = Colours {
    quiet: Color::Indexed(240),
    right: Color::Indexed(22),
    wrong: Color::Indexed(124),
    hint: Color::Indexed(58),
    code: Color::Indexed(24),
};

impl Palette {
    /// That of a theme; without colours where the learner wants none.
    pub(super) const fn new(theme: Theme, has_colour: bool) -> Self {
        if !has_colour {
            return Self(None);
        }
        Self(match theme {
            Theme::Terminal => Some(TERMINAL),
            Theme::Dark => Some(DARK),
            Theme::Light => Some(LIGHT),
            Theme::Plain => None,
        })
    }

    /// How something looks.
    pub(super) fn style(self, look: Look) -> Style {
        let style = Style::new();
        let Some(colours) = self.0 else {
            return match look {
                Look::Plain | Look::Quiet | Look::Code | Look::Literal | Look::Name | Look::Comment => style,
                Look::Prompt | Look::Key | Look::Right | Look::Gap | Look::Keyword => {
                    style.add_modifier(Modifier::BOLD)
                }
                Look::Wrong | Look::Crossed | Look::Hint => style.add_modifier(Modifier::UNDERLINED),
                Look::Current => style.add_modifier(Modifier::REVERSED),
            };
        };
        match look {
            Look::Plain => style,
            Look::Prompt | Look::Key => style.add_modifier(Modifier::BOLD),
            Look::Quiet | Look::Comment => style.fg(colours.quiet),
            Look::Right => style.fg(colours.right).add_modifier(Modifier::BOLD),
            Look::Wrong => style.fg(colours.wrong),
            Look::Crossed => style.fg(colours.wrong).add_modifier(Modifier::CROSSED_OUT),
            Look::Hint | Look::Literal => style.fg(colours.hint),
            Look::Current => style.add_modifier(Modifier::REVERSED),
            Look::Gap | Look::Keyword => style.fg(colours.code).add_modifier(Modifier::BOLD),
            Look::Code | Look::Name => style.fg(colours.code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOKS: [Look; 15] = [
        Look::Plain,
        Look::Prompt,
        Look::Quiet,
        Look::Key,
        Look::Right,
        Look::Wrong,
        Look::Crossed,
        Look::Hint,
        Look::Current,
        Look::Gap,
        Look::Code,
        Look::Keyword,
        Look::Literal,
        Look::Name,
        Look::Comment,
    ];

    /// The luminance of a colour of the 256, as WCAG counts it.
    fn luminance(index: u8) -> f64 {
        let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
        let [red, green, blue] = match index {
            232.. => [8 + 10 * (index - 232); 3],
            16.. => [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map(level),
            _ => panic!("how the first sixteen look is the terminal's to say"),
        };
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: f64, other: f64) -> f64 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_colour_of_the_dark_and_of_the_light_theme_can_be_read_on_its_background() {
        // the greys 235 and 254 are backgrounds that are not quite black and white
        for (theme, backgrounds) in
            [(Theme::Dark, [0.0, luminance(235)]), (Theme::Light, [1.0, luminance(254)])]
        {
            for look in LOOKS {
                let style = Palette::new(theme, true).style(look);
                assert_eq!(style.bg, None, "the background is the terminal's");
                let Some(colour) = style.fg else { continue };
                let Color::Indexed(index) = colour else { panic!("{theme:?} {look:?}: {colour:?}") };
                for background in backgrounds {
                    let contrast = contrast(luminance(index), background);
                    assert!(contrast >= 5.0, "{theme:?} {look:?}: {contrast}");
                }
            }
        }
    }

    #[test]
    fn without_colours_there_is_none_in_any_theme_and_what_matters_still_stands_out() {
        for palette in Theme::ALL.map(|theme| Palette::new(theme, false)) {
            assert_eq!(palette, Palette::new(Theme::Plain, true));
            for look in LOOKS {
                let style = palette.style(look);
                assert_eq!((style.fg, style.bg), (None, None), "{look:?}");
                let only = Modifier::BOLD | Modifier::UNDERLINED | Modifier::REVERSED;
                assert!(only.contains(style.add_modifier), "{look:?}");
                let stands_out = !style.add_modifier.is_empty();
                let is_quiet = matches!(
                    look,
                    Look::Plain | Look::Quiet | Look::Code | Look::Literal | Look::Name | Look::Comment
                );
                assert_ne!(stands_out, is_quiet, "{look:?}");
            }
        }
    }
}
