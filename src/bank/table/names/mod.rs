//! What a column is called, in the languages and habits of those who make banks.

mod known;

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::Field;

use self::known::{ALPHABETS, LANGUAGES, NAMES, OPTION_BEGINNINGS, OPTION_ENDS};

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// A field of a note, as in the native bank.
    Field(Field),
    /// One option; its number as the name has it, from 0 for letters.
    Option(u16),
    /// A wrong option beside the answer.
    Distractor,
    /// An option in a row of its own.
    OneOption,
    /// Whether the option of the row is right.
    IsRight,
    /// A picture or a sound by its name.
    Media,
    /// Known, and of no use here: time limits, points, running numbers.
    Ignored,
}

/// The roles by their bare names, with how telling each is; of two roles with one name the first has it.
static KNOWN: LazyLock<HashMap<String, (Role, usize)>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (role, names) in NAMES {
        for (rank, name) in names.split_whitespace().enumerate() {
            known.entry(bare(name)).or_insert((role, rank + 1));
        }
    }
    known
});

/// A name without what differs between people: case, accents, blanks and signs, and what stands in parentheses or after
/// a dash (help for those who fill the sheet in).
pub(super) fn bare(name: &str) -> String {
    let name = name.trim_start_matches('\u{feff}');
    let without_help = name.split(" - ").next().unwrap_or(name).split(" – ").next().unwrap_or(name);
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in without_help.chars() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    let letters = kept.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let letters: String = letters.filter(|c| c.is_alphanumeric()).nfc().collect();
    letters.replace('ß', "ss")
}

/// The role of a column by its name, and how telling the name is (0 is most).
pub(super) fn role(name: &str) -> Option<(Role, usize)> {
    known_role(name).or_else(|| nearly(&bare(name)))
}

/// The same for names without a typo.
pub(super) fn known_role(name: &str) -> Option<(Role, usize)> {
    let mut bare = bare(name);
    if bare.is_empty() {
        // "(a)" is a name in parentheses
        bare = self::bare(name.trim().trim_matches(['(', ')']));
        bare = Some(bare).filter(|inner| is_one(inner)).unwrap_or_default();
    }
    // "Question #" counts
    if name.trim_end().ends_with('#') || name.trim_end().ends_with("No.") {
        return Some((Role::Ignored, 0));
    }
    // Č. is číslo, and no C
    if bare.is_empty() || matches!(name.trim().trim_end_matches('.'), "Č" | "č") {
        return Some((Role::Ignored, 0));
    }
    let known = |name: &str| KNOWN.get(name).copied();
    // what is marked elsewhere has another meaning
    let own = Field::ALL.into_iter().filter(|field| *field != Field::Marked);
    if let Some(field) = own.into_iter().find(|field| field.name() == bare) {
        // beside "correct answers" the "answer" is that of a player
        let rank = known(&bare).filter(|(role, _)| *role == Role::Field(field)).map_or(0, |(_, rank)| rank);
        return Some((Role::Field(field), rank));
    }
    known(&bare)
        .or_else(|| distractor(&bare))
        .or_else(|| option(name, &bare).map(|number| (Role::Option(number), 0)))
        .or_else(|| {
            known(bare.trim_end_matches(|c: char| c.is_ascii_digit()))
                .filter(|(role, _)| *role != Role::Ignored && bare.ends_with('1'))
        })
}

/// The role of a name with a typo in it; a right one goes before.
fn nearly(bare: &str) -> Option<(Role, usize)> {
    const NAMES: [(&str, Field); 9] = [
        ("prompt", Field::Prompt),
        ("question", Field::Prompt),
        ("answer", Field::Answer),
        ("options", Field::Options),
        ("hint", Field::Hint),
        ("explanation", Field::Explanation),
        ("mistakes", Field::Mistakes),
        ("difficulty", Field::Difficulty),
        ("source", Field::Source),
    ];
    let is_word = bare.len() > 4 && bare.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_near = |name: &str| is_word && strsim::damerau_levenshtein(bare, name) == 1;
    NAMES.iter().find(|(name, _)| is_near(name)).map(|(_, field)| (Role::Field(*field), usize::MAX))
}

/// `incorrect answer 2`, `wrong3`.
fn distractor(bare: &str) -> Option<(Role, usize)> {
    let beginning = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let (role, names) = NAMES.iter().find(|(role, _)| *role == Role::Distractor)?;
    (beginning != bare && names.split(' ').any(|known| known == beginning)).then_some((*role, 0))
}

/// The beginnings and the ends of the names of option columns, bare.
static OPTION_NAMES: LazyLock<[Vec<String>; 2]> = LazyLock::new(|| {
    [OPTION_BEGINNINGS, OPTION_ENDS].map(|names| names.split_whitespace().map(bare).collect())
});

/// `option 1`, `choiceA`, `B`, `A válasz`, `Вариант Б`, `Option II`: the number, or the place of the letter.
fn option(name: &str, bare: &str) -> Option<u16> {
    let [beginnings, ends] = &*OPTION_NAMES;
    let begun = beginnings
        .iter()
        .filter_map(|beginning| bare.strip_prefix(beginning.as_str()))
        .filter(|suffix| !suffix.is_empty())
        .min_by_key(|suffix| suffix.len());
    let ended =
        || ends.iter().filter_map(|end| bare.strip_suffix(end.as_str())).min_by_key(|rest| rest.len());
    let counted = |text: &str| match text.parse::<u16>() {
        Ok(number) => (number <= 26).then_some(number),
        Err(_) => lettered(text),
    };
    match begun {
        Some(suffix) => {
            let is_ending = is_one(suffix)
                && suffix.starts_with(char::is_alphabetic)
                && is_attached(name)
                && !suffix.starts_with(|c| matches!(c, 'a'..='h'));
            counted(suffix).filter(|_| !is_ending)
        }
        None if is_one(bare) => lettered(bare),
        None => ended().and_then(counted),
    }
}

fn is_one(text: &str) -> bool {
    text.chars().nth(1).is_none()
}

/// Whether a name ends with a small letter of its last word: the s of "Atbildes" counts nothing.
fn is_attached(name: &str) -> bool {
    let name = name.split(['(', '（', '[', '\n']).next().unwrap_or(name);
    let mut end = name.trim_end_matches(|c: char| !c.is_alphanumeric()).chars().rev();
    end.next().is_some_and(char::is_lowercase) && end.next().is_some_and(char::is_alphabetic)
}

/// The place of a letter in its alphabet; Roman numbers come in their order behind the letter I.
fn lettered(text: &str) -> Option<u16> {
    const ROMAN: [(&str, u16); 6] =
        [("ii", 9), ("iii", 10), ("iv", 11), ("vi", 22), ("vii", 23), ("viii", 24)];
    let roman = || ROMAN.iter().find(|(numeral, _)| *numeral == text).map(|(_, place)| *place);
    let mut letters = text.chars();
    let Some(letter) = letters.next().filter(|_| letters.next().is_none()) else { return roman() };
    let place = match letter {
        'a'..='z' => usize::try_from(u32::from(letter) - u32::from('a')).ok()?,
        // the Cyrillic С stands for C only beside A and B
        'с' => 2,
        letter => ALPHABETS.iter().find_map(|alphabet| alphabet.chars().position(|other| other == letter))?,
    };
    u16::try_from(place).ok()
}

/// Languages: a table whose two columns are named after two of them teaches words.
pub(super) fn is_language(name: &str) -> bool {
    let bare = bare(name);
    LANGUAGES.split_whitespace().any(|language| language == bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_the_names_that_people_give_them() {
        for (name, expected) in [
            ("Question", Role::Field(Field::Prompt)),
            ("\u{feff}Question - max 120 characters", Role::Field(Field::Prompt)),
            ("Énoncé", Role::Field(Field::Prompt)),
            ("Correct Answer(s)\n(Only include Answer #)", Role::Field(Field::Answer)),
            ("Correct answer(s) - choose at least one", Role::Field(Field::Answer)),
            ("Lösung", Role::Field(Field::Answer)),
            ("correct_option_ids", Role::Field(Field::Answer)),
            ("Answer 3\n(Optional)", Role::Option(3)),
            ("OptionA", Role::Option(0)),
            ("Opción B", Role::Option(1)),
            ("ans_4", Role::Option(4)),
            ("C", Role::Option(2)),
            ("choice0", Role::Option(0)),
            ("Incorrect Answer 2 (Optional)", Role::Distractor),
            ("Time limit (sec) – 5, 10", Role::Ignored),
            ("Question #", Role::Ignored),
            ("题目", Role::Field(Field::Prompt)),
            ("Libellé de la question", Role::Field(Field::Prompt)),
            ("Treść pytania", Role::Field(Field::Prompt)),
            ("Termo", Role::Field(Field::Prompt)),
            ("Side 1", Role::Field(Field::Prompt)),
            ("Side 2", Role::Field(Field::Answer)),
            ("Gabarito", Role::Field(Field::Answer)),
            ("Keyed Response", Role::Field(Field::Answer)),
            ("释义", Role::Field(Field::Answer)),
            ("뜻", Role::Field(Field::Answer)),
            ("Şıklar", Role::Field(Field::Options)),
            ("Lựa chọn", Role::Field(Field::Options)),
            ("Odpowiedzi", Role::Field(Field::Options)),
            ("Atbildes", Role::Field(Field::Options)),
            ("MCQ options", Role::Field(Field::Options)),
            ("Вариант Б", Role::Option(1)),
            ("В", Role::Option(2)),
            ("Επιλογή Δ", Role::Option(3)),
            ("B válasz", Role::Option(1)),
            ("C şıkkı", Role::Option(2)),
            ("Svarmulighed 4", Role::Option(4)),
            ("Đáp án A", Role::Option(0)),
            ("ตัวเลือก 1", Role::Option(1)),
            ("विकल्प A", Role::Option(0)),
            ("الخيار 3", Role::Option(3)),
            ("תשובה ב", Role::Option(1)),
            ("선택지2", Role::Option(2)),
            ("選項三", Role::Option(2)),
            ("選択肢イ", Role::Option(1)),
            ("odp. a", Role::Option(0)),
            ("(a)", Role::Option(0)),
            ("optionb", Role::Option(1)),
            ("Option I (optional)", Role::Option(8)),
            ("Wrong Answers", Role::Distractor),
            ("incorrect_answers", Role::Distractor),
            ("Argumentación", Role::Field(Field::Explanation)),
            ("Lời giải", Role::Field(Field::Explanation)),
            ("N°", Role::Ignored),
            ("N.", Role::Ignored),
            ("Č.", Role::Ignored),
            ("S.No", Role::Ignored),
            ("Sr", Role::Ignored),
        ] {
            assert_eq!(role(name).map(|(role, _)| role), Some(expected), "{name}");
        }
        for name in ["flurb", "Question Bank Owner", "sentences"] {
            assert_eq!(role(name), None, "{name}");
        }
    }

    #[test]
    fn columns_with_roman_numbers_are_options_in_their_order() {
        let numbers = ["Option I", "Option II", "Option III", "Option IV", "Option V", "Option VI"].map(role);
        let numbers: Vec<u16> = numbers
            .into_iter()
            .map(|role| match role {
                Some((Role::Option(number), _)) => number,
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    }

    #[test]
    fn the_answer_that_is_called_correct_is_more_telling_than_another() {
        let rank = |name: &str| role(name).unwrap();
        for correct in ["Correct Answers", "Correct answer", "Correct Option"] {
            assert_eq!(rank(correct).0, rank("Answer").0);
            assert!(rank(correct).1 < rank("Answer").1, "{correct}");
        }
        assert!(rank("Answer").1 < rank("Correct").1);
    }
}
