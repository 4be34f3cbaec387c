//! Words in the cells of a table: kinds of questions, degrees of difficulty.

use super::names::bare;
use crate::model::Difficulty;

/// What a column of types says of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    /// Options of which some are right.
    Choice,
    /// True or false.
    TrueFalse,
    /// An answer to be typed.
    Short,
    /// An answer in free words.
    Open,
    /// A text with hidden parts.
    Cloze,
    /// Something that has no right answer.
    Poll,
}

/// Words for types, bare and between blanks.
const TYPES: [(Type, &str); 6] = [
    (
        Type::Choice,
        "choice mc mcq mcqs ma ms msq multiplechoice multichoice multiselect multipleselect \
            multipleanswers multipleresponse multipleanswer single singlechoice singleanswer singleselect \
            multi multiple checkbox radio schoice mchoice opcionmultiple seleccionmultiple unicaopcion \
            einfachauswahl mehrfachauswahl qcm quiz 单选 单选题 多选 多选题 选择题",
    ),
    (
        Type::TrueFalse,
        "tf truefalse trueorfalse boolean bool verdaderofalso richtigfalsch wahrfalsch vraifaux 判断 判断题",
    ),
    (
        Type::Short,
        "short shortanswer sa fillin fillintheblank fillintheblanks fillinblank fib fitb blank string \
            text numeric numerical num typed respuestacorta kurzantwort 填空 填空题",
    ),
    (
        Type::Open,
        "open openended essay wr long longanswer fact flashcard basic qa ensayo freitext 简答 简答题 问答题",
    ),
    (Type::Cloze, "cloze luckentext luckentexte"),
    (Type::Poll, "poll survey draw opinion slide wordcloud umfrage encuesta sondage"),
];

/// The type that a cell names, in the words of platforms and languages.
pub(super) fn question_type(text: &str) -> Option<Type> {
    let word = bare(text);
    TYPES.iter().find(|(_, words)| words.split(' ').any(|known| known == word)).map(|(kind, _)| *kind)
}

/// How a column writes difficulty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Words, or the levels of languages from A1 to C2.
    Words,
    /// Numbers up to this.
    UpTo(u32),
}

impl Scale {
    /// The scale of these values; none if less than half of them are about difficulty.
    pub(super) fn of<'v>(values: impl IntoIterator<Item = &'v str>) -> Option<Self> {
        let values: Vec<&str> = values.into_iter().collect();
        if values.is_empty() {
            return None;
        }
        if values.iter().filter(|value| word(value).is_some()).count() * 2 >= values.len() {
            return Some(Self::Words);
        }
        let numbers: Vec<u32> = values.iter().filter_map(|value| value.trim().parse().ok()).collect();
        let most = numbers.iter().copied().max().filter(|_| numbers.len() * 2 >= values.len())?;
        // one number beyond a scale that the others fill is a slip
        let within = |end: u32| numbers.iter().filter(|number| **number <= end).count();
        let slip = [3, 5]
            .into_iter()
            .find(|end| most > *end && numbers.len() > 3 && within(*end) + 1 == numbers.len());
        let highest = slip.unwrap_or(most);
        match highest {
            0..=3 => Some(Self::UpTo(3)),
            4..=5 => Some(Self::UpTo(5)),
            6..=10 => Some(Self::UpTo(10)),
            100..=500 => Some(Self::UpTo(500)),
            _ => None,
        }
    }

    /// What to write for a degree of difficulty.
    pub(super) fn describe(self) -> String {
        match self {
            Self::Words => "easy, medium or hard".to_owned(),
            Self::UpTo(highest) => format!("a number from 1 to {highest}"),
        }
    }

    /// The difficulty that a cell states.
    pub(super) fn read(self, text: &str) -> Option<Difficulty> {
        let Self::UpTo(highest) = self else { return word(text) };
        let number: u32 = text.trim().parse().ok().filter(|number| *number <= highest)?;
        // thirds: of five 1-2, 3, 4-5; of ten 1-3, 4-7, 8-10
        Some(match number * 100 / highest {
            0..=40 => Difficulty::Easy,
            41..=70 => Difficulty::Medium,
            _ => Difficulty::Hard,
        })
    }
}

/// Words for degrees of difficulty, bare and between blanks.
const DEGREES: [(Difficulty, &str); 3] = [
    (
        Difficulty::Easy,
        "easy e beginner basic simple low leicht einfach facil bajo basico facile latwe latwy snadne \
            легкий легко легкии простой 简单 易 容易 쉬움 a1 a2",
    ),
    (
        Difficulty::Medium,
        "medium m moderate intermediate normal average mid mittel mittelschwer medio media moyen medio \
            srednie sredni stredni средний среднии 中等 中 普通 보통 b1 b2",
    ),
    (
        Difficulty::Hard,
        "hard h difficult advanced expert high challenging schwer schwierig dificil alto avanzado \
            difficile trudne trudny tezke сложный сложныи трудный трудныи 困难 难 難しい 어려움 c1 c2",
    ),
];

fn word(text: &str) -> Option<Difficulty> {
    let word = bare(text);
    DEGREES.iter().find(|(_, words)| words.split(' ').any(|known| known == word)).map(|(degree, _)| *degree)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn difficulty_is_read_from_words_and_from_numbers_of_any_scale() {
        use Difficulty::{Easy, Hard, Medium};
        for (values, expected) in [
            (vec!["Easy", "medium", "HARD"], vec![Easy, Medium, Hard]),
            (vec!["fácil", "Mittel", "сложный"], vec![Easy, Medium, Hard]),
            (vec!["A1", "B2", "C1"], vec![Easy, Medium, Hard]),
            (vec!["1", "2", "3"], vec![Easy, Medium, Hard]),
            (vec!["1", "2", "3", "4", "5"], vec![Easy, Easy, Medium, Hard, Hard]),
            (vec!["3", "4", "7", "8", "10"], vec![Easy, Easy, Medium, Hard, Hard]),
        ] {
            let scale = Scale::of(values.iter().copied()).unwrap();
            assert_eq!(
                values.iter().map(|value| scale.read(value).unwrap()).collect::<Vec<_>>(),
                expected,
                "{values:?}"
            );
        }
        for values in [vec!["Level 1"], vec!["-0.37"], vec![], vec!["easy", "riddle", "joke"]] {
            assert_eq!(Scale::of(values.iter().copied()), None, "{values:?}");
        }
    }

    #[test]
    fn types_are_known_in_the_words_of_the_platforms() {
        for (text, expected) in [
            ("Multiple Choice", Some(Type::Choice)),
            ("Fill-in-the-Blank", Some(Type::Short)),
            ("True/False", Some(Type::TrueFalse)),
            ("判断题", Some(Type::TrueFalse)),
            ("Open-Ended", Some(Type::Open)),
            ("Poll", Some(Type::Poll)),
            ("noun", None),
        ] {
            assert_eq!(question_type(text), expected, "{text}");
        }
    }
}
