//! The parts of an answer that names several options: letters, numbers, words between them.

use super::names::bare;
use crate::model::{MOST_OPTIONS, letter_index};

/// What may stand between the right ones of several options.
const BETWEEN: [char; 10] = [',', ';', '|', '/', '&', '\n', '+', '，', '；', '、'];

/// Words for "and"; those of one letter are it only between blanks and beside capitals or numbers, for they may be options.
const JOINTS: [&str; 8] = ["and", "und", "et", "и/или", "y", "e", "i", "и"];

pub(super) fn tokens<'a>(answer: &'a str, separator: Option<&str>) -> Vec<&'a str> {
    let trim = |token: &'a str| token.trim_matches(|c: char| c.is_whitespace() || "()[].:\"'".contains(c));
    // "Option 1, Option 3"
    let is_word =
        |part: &&str| !matches!(bare(part).as_str(), "option" | "answer" | "choice" | "opcion" | "antwort");
    if let Some(separator) = separator {
        return answer.split(separator).map(trim).filter(|part| !part.is_empty()).collect();
    }
    let has_signs = answer.contains(BETWEEN);
    let is_joint = |word: &str| {
        let is_capital = |c: char| c.is_uppercase();
        let may_be = word.chars().nth(1).is_some()
            || (!has_signs
                && !word.contains(is_capital)
                && answer.contains(|c| is_capital(c) || c.is_ascii_digit()));
        may_be && JOINTS.contains(&word.to_lowercase().as_str())
    };
    let parts = answer.split(|c: char| BETWEEN.contains(&c) || c.is_whitespace()).map(trim);
    let parts = parts.filter(|part| !part.is_empty()).enumerate();
    let parts: Vec<&str> =
        parts.filter(|(n, part)| *n == 0 || !is_joint(part)).map(|(_, part)| part).collect();
    let named: Vec<&str> = parts.iter().copied().filter(is_word).collect();
    if named.is_empty() { parts } else { named }
}

/// The place of the option that a letter names, in the alphabets in which options are lettered.
pub(super) fn index_of(letter: char) -> Option<usize> {
    const ALPHABETS: [&str; 11] = [
        "กขคงจฉชซ",
        "אבגדהוזח",
        "أبجدهو",
        "アイウエオカキク",
        "가나다라마바사아",
        "АБВГДЕЖЗ",
        "абвгдежз",
        "ΑΒΓΔΕΖΗΘ",
        "কখগঘঙচ",
        "一二三四五六",
        "甲乙丙丁戊己",
    ];
    let wide =
        u32::from(letter).checked_sub(0xfee0).and_then(char::from_u32).filter(char::is_ascii_alphabetic);
    let foreign = || ALPHABETS.iter().find_map(|alphabet| alphabet.chars().position(|other| other == letter));
    letter_index(wide.unwrap_or(letter)).or_else(foreign)
}

/// `B`, `(b)`, `A, C`, `A and C`, `AC`, `Option B`.
pub(super) fn letters(answer: &str, separator: Option<&str>) -> Option<Vec<usize>> {
    let tokens = tokens(answer, separator);
    if let [several] = tokens.as_slice()
        && several.len() > 1
        && several.len() <= 8
        && several.bytes().all(|byte| byte.is_ascii_uppercase())
        && several.as_bytes().windows(2).all(|pair| matches!(pair, [a, b] if a < b))
    {
        return several.chars().map(index_of).collect();
    }
    let places: Option<Vec<usize>> = tokens.iter().map(|token| single(token).and_then(index_of)).collect();
    places.filter(|places| !places.is_empty())
}

/// The place of the option whose Latin letter is all of a text.
pub(super) fn letter_of(text: &str) -> Option<usize> {
    single(text).and_then(letter_index)
}

pub(super) fn single(token: &str) -> Option<char> {
    let mut chars = token.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// `2`, `1,3`, `2.0` as spreadsheets write it, `Option 2`.
pub(super) fn numbers(answer: &str, separator: Option<&str>) -> Option<Vec<usize>> {
    let number = |token: &&str| {
        let token = token.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ');
        token
            .strip_suffix(".0")
            .unwrap_or(token)
            .parse::<usize>()
            .ok()
            .filter(|number| *number <= MOST_OPTIONS)
    };
    let tokens = tokens(answer, separator);
    let numbers: Option<Vec<usize>> = tokens.iter().map(number).collect();
    numbers.filter(|numbers| !numbers.is_empty())
}

/// An answer without what people put around a key: `**B**`, `<b>B</b>`, `#2`, `Ans: B`, `option_b`.
pub(super) fn bared(answer: &str) -> &str {
    let mut text = answer.trim();
    while let Some(inside) = ["**", "__", "`", "*"]
        .iter()
        .find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark).filter(|inside| !inside.is_empty()))
    {
        text = inside.trim();
    }
    while text.starts_with('<') && text.ends_with('>') {
        let inside =
            text.split_once('>').and_then(|(_, rest)| rest.rsplit_once('<')).map(|(inside, _)| inside);
        match inside.filter(|inside| !inside.trim().is_empty()) {
            Some(inside) => text = inside.trim(),
            None => break,
        }
    }
    let text = text.strip_prefix('#').unwrap_or(text);
    let marked = text.split_once([':', '：', '_']).filter(|(word, rest)| {
        let word = bare(word);
        !rest.trim().is_empty()
            && matches!(
                word.as_str(),
                "answer"
                    | "ans"
                    | "correctanswer"
                    | "correct"
                    | "option"
                    | "choice"
                    | "key"
                    | "antwort"
                    | "losung"
                    | "respuesta"
                    | "reponse"
                    | "risposta"
                    | "resposta"
                    | "ответ"
                    | "правильныиответ"
                    | "правильныйответ"
                    | "答案"
                    | "正解"
            )
    });
    marked.map_or(text, |(_, rest)| rest.trim())
}
