//! Categories as decks.

use crate::model::DeckName;

/// As many levels as a deck may have.
const MOST_LEVELS: usize = 11;

/// The deck of a category: its levels without Moodle's own roots; none if nothing else is there.
///
/// `/` parts levels and `//` is a slash. What is deeper than a deck can be is one level.
pub(in crate::bank) fn deck(path: &str) -> Option<DeckName> {
    let slash = "\u{0}";
    let mut levels: Vec<String> = path
        .replace("//", slash)
        .split('/')
        .map(|level| level.replace(slash, "/").replace("::", ": ").trim_matches([' ', ':', '\t']).to_owned())
        .filter(|level| !level.is_empty() && !level.chars().all(char::is_control))
        .collect();
    let roots = levels.iter().take_while(|level| is_root(level)).count();
    let tops = levels.iter().skip(roots).take_while(|level| *level == "top").take(1).count();
    levels.drain(..roots + tops);
    if levels.len() > MOST_LEVELS {
        let tail = levels.split_off(MOST_LEVELS - 1).join("/");
        levels.push(tail);
    }
    DeckName::parse(&levels.join("::")).ok()
}

/// Whether a level stands for the course, the module or the site: `$course$`, `$cat1$`.
fn is_root(level: &str) -> bool {
    level.len() > 2 && level.starts_with('$') && level.ends_with('$')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_category_is_a_deck_without_the_roots_of_moodle() {
        for (path, name) in [
            ("$course$/top/Botany/Ferns", Some("Botany::Ferns")),
            ("$course$/Botany", Some("Botany")),
            ("$cat1$/top/top", Some("top")),
            ("$system$/$cat2$/x", Some("x")),
            ("top/Default for B1", Some("Default for B1")),
            ("TCP//IP / Layers/ ", Some("TCP/IP::Layers")),
            ("A::b", Some("A: b")),
            ("1/2/3/4/5/6/7/8/9/10/11/12/13", Some("1::2::3::4::5::6::7::8::9::10::11/12/13")),
            ("$course$/top", None),
            ("", None),
        ] {
            assert_eq!(deck(path).as_ref().map(DeckName::as_str), name, "{path}");
        }
    }

    proptest! {
        #[test]
        fn a_path_with_a_name_in_it_is_a_deck(path in "[a/: ]{0,40}a[a/: ]{0,5}") {
            prop_assert!(deck(&path).is_some(), "{path}");
        }
    }
}
