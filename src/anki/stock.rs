//! Anki's stock notetypes, whose names are in the language of the profile that makes them.

use crate::error::{Error, Kind, Result};
use crate::text::fold;

/// What a stock notetype makes of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notetype {
    /// A front and a back.
    Basic,
    /// The same, asked both ways.
    Reversed,
    /// Asked both ways if a third field is filled.
    Optional,
    /// The back is typed.
    Typed,
    /// A text with hidden parts.
    Cloze,
    /// A picture with hidden parts.
    Occlusion,
}

/// The languages of Anki 26.9: the code, the name of the language, and the names of the notetypes in the order of
/// [`Notetype`]. Taken from Anki itself; a test compares them.
const LANGUAGES: &str = include_str!("stock.tsv");

/// The languages with their codes and names.
fn languages() -> impl Iterator<Item = (&'static str, [&'static str; 6])> {
    LANGUAGES.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        let (code, _) = (cells.next()?, cells.next()?);
        let names: Vec<&str> = cells.collect();
        Some((code, names.try_into().ok()?))
    })
}

/// The names of the notetypes in the language that a code such as `de`, `pt-BR` or `zh_TW` means.
pub(super) fn names(language: &str) -> Result<[&'static str; 6]> {
    let wanted = language.trim().replace('-', "_");
    let is = |code: &str| code.eq_ignore_ascii_case(&wanted);
    if let Some((_, names)) = languages().find(|(code, _)| is(code)) {
        return Ok(names);
    }
    let of_language: Vec<_> =
        languages().filter(|(code, _)| code.split('_').next().is_some_and(is)).collect();
    let listed = |codes: &mut dyn Iterator<Item = &str>| codes.collect::<Vec<_>>().join(", ");
    match of_language.as_slice() {
        [(_, names), others @ ..] if others.iter().all(|(_, other)| other == names) => Ok(*names),
        [] => {
            let message = format!("Anki has no language {language:?}");
            let codes = listed(&mut languages().map(|(code, _)| code));
            Err(Error::new(Kind::Usage, message).hint(format!("it has {codes}")))
        }
        several => {
            let message = format!("Anki has more than one language {language:?}");
            let codes = listed(&mut several.iter().map(|(code, _)| *code));
            Err(Error::new(Kind::Usage, message).hint(format!("name one of {codes}")))
        }
    }
}

impl Notetype {
    const ALL: [Self; 6] =
        [Self::Basic, Self::Reversed, Self::Optional, Self::Typed, Self::Cloze, Self::Occlusion];

    /// The stock notetype of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let wanted = fold(name);
        let place = |names: [&str; 6]| names.iter().position(|known| fold(known) == wanted);
        languages().find_map(|(_, names)| Self::ALL.get(place(names)?).copied())
    }

    /// Whether it has two fields, a front and a back.
    pub(super) fn is_front_and_back(self) -> bool {
        matches!(self, Self::Basic | Self::Reversed | Self::Typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_notetypes_are_known_in_every_language_of_anki() {
        for (name, notetype) in [
            ("Basic", Notetype::Basic),
            ("basic (AND reversed card)", Notetype::Reversed),
            ("Einfach (Antwort eintippen)", Notetype::Typed),
            ("Básico (tarjeta invertida opcional)", Notetype::Optional),
            ("穴埋め問題", Notetype::Cloze),
            ("Doplňovačka", Notetype::Cloze),
            ("Image Occlusion", Notetype::Occlusion),
        ] {
            assert_eq!(Notetype::named(name), Some(notetype), "{name}");
        }
        for name in ["", "Basic+", "My notes", "1700000000000"] {
            assert_eq!(Notetype::named(name), None, "{name}");
        }
    }

    #[test]
    fn a_language_is_named_by_its_code_and_a_name_means_one_notetype_in_all_of_them() {
        for (code, basic) in [
            ("de", "Einfach"),
            ("DE-de", "Einfach"),
            ("en", "Basic"),
            ("zh_TW", "基本型"),
            ("pt-br", "Básico"),
        ] {
            assert_eq!(names(code).unwrap()[0], basic, "{code}");
        }
        let told = |code| names(code).unwrap_err();
        assert_eq!(told("zh").hint.unwrap(), "name one of zh_CN, zh_TW");
        assert_eq!(told("pt").hint.unwrap(), "name one of pt_BR, pt_PT");
        for code in ["", "xx", "d", "_DE"] {
            assert!(told(code).message.contains("no language"), "{code}");
        }
        assert_eq!(languages().count(), LANGUAGES.lines().count());
        let all = languages().flat_map(|(_, names)| names.into_iter().zip(Notetype::ALL));
        for (name, notetype) in all {
            assert_eq!(Notetype::named(name), Some(notetype), "{name}");
        }
    }
}
