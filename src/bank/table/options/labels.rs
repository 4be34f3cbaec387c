//! Labels in front of options: `A)`, `(b)`, `1.`, `в)`, `Ａ．`, `①`.

/// What the letters of a label are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    Upper,
    Lower,
    Digits,
    Circled,
    /// An alphabet other than the Latin one, by its place among those known, and whether it is in upper case.
    Other(usize, bool),
}

/// What stands behind the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    Bracket,
    /// `、` or `．`, which stand behind labels and hardly elsewhere.
    Wide,
    Dot,
    Colon,
    Dash,
    Equals,
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Style {
    letters: Letters,
    opened: bool,
    close: Close,
}

/// A label in a text.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    number: usize,
    style: Style,
    starts_line: bool,
    separated: bool,
}

/// Alphabets in which options are counted, beside the Latin one.
const ALPHABETS: [&str; 8] = [
    "абвгдежзиклмн",
    "αβγδεζηθ",
    "אבגדהוזח",
    "アイウエオカキク",
    "ابجدهو",
    "กขคงจฉชซ",
    "甲乙丙丁戊己",
    "가나다라마바사아",
];

/// A letter or digit in full width as its plain one.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).filter(char::is_ascii_alphanumeric).unwrap_or(c)
        }
        c => c,
    }
}

/// The place of a letter in its alphabet.
fn place(c: char) -> Option<(Letters, usize)> {
    let within = |first: char| usize::try_from(u32::from(c) - u32::from(first)).ok();
    match c {
        'A'..='Z' => Some((Letters::Upper, within('A')?)),
        'a'..='z' => Some((Letters::Lower, within('a')?)),
        '①'..='⑳' => Some((Letters::Circled, within('①')? + 1)),
        c => {
            let lower = c.to_lowercase().next()?;
            let found = |(alphabet, letters): (usize, &&str)| {
                letters.chars().position(|letter| letter == lower).map(|place| (alphabet, place))
            };
            let (alphabet, place) = ALPHABETS.iter().enumerate().find_map(found)?;
            Some((Letters::Other(alphabet, lower != c), place))
        }
    }
}

/// The label with which a text begins: its style, its number as written (letters from 0) and its length.
fn parse(text: &str) -> Option<(Style, usize, usize)> {
    let opened = text.starts_with(['(', '（', '[']);
    let mut rest = if opened { text.get(text.chars().next()?.len_utf8()..)? } else { text };
    let digits: String = rest.chars().map(plain).take_while(char::is_ascii_digit).take(3).collect();
    let (letters, number) = if digits.is_empty() {
        let first = rest.chars().next()?;
        rest = rest.get(first.len_utf8()..)?;
        place(plain(first))?
    } else {
        rest = rest.get(rest.chars().take(digits.len()).map(char::len_utf8).sum()..)?;
        (Letters::Digits, digits.parse().ok().filter(|number| *number <= 26)?)
    };
    let bracket = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix([')', '）', ']']);
    let dash = || {
        let behind = rest.trim_start_matches(' ').strip_prefix(['-', '–', '—'])?;
        (behind.starts_with(' ')).then_some(behind)
    };
    let (close, behind) = if letters == Letters::Circled && !opened {
        (Close::Nothing, bracket.unwrap_or(rest))
    } else if let Some(behind) = bracket {
        (Close::Bracket, behind.strip_prefix(['.', ':']).unwrap_or(behind))
    } else if opened {
        return None;
    } else if let Some(behind) = rest.strip_prefix(['、', '．']) {
        (Close::Wide, behind)
    } else if let Some(behind) = rest.strip_prefix('.') {
        let mut chars = behind.chars();
        let next = chars.next()?;
        // 1.5 is a number, A.D. an abbreviation
        if (letters == Letters::Digits && next.is_ascii_digit()) || chars.next() == Some('.') {
            return None;
        }
        (Close::Dot, behind)
    } else if let Some(behind) = rest.strip_prefix([':', '：']) {
        let is_ratio = letters == Letters::Digits && behind.starts_with(|c: char| c.is_ascii_digit());
        (Close::Colon, (!is_ratio).then_some(behind)?)
    } else if let Some(behind) = dash() {
        (Close::Dash, behind)
    } else if letters == Letters::Upper {
        (Close::Equals, rest.strip_prefix('=')?)
    } else {
        return None;
    };
    let behind = behind.trim_start_matches([' ', '\t', '\u{a0}', '\u{3000}']);
    Some((Style { letters, opened, close }, number, text.len() - behind.len()))
}

/// All labels of a text.
fn marks(text: &str) -> Vec<Mark> {
    const BEFORE: [char; 14] = [';', '|', ',', '/', '；', '，', '、', '>', '?', '？', ':', '：', '!', '。'];
    let mut found = Vec::new();
    let mut before = None;
    for (start, c) in text.char_indices() {
        let may_begin = before.is_none_or(|before: char| before.is_whitespace() || BEFORE.contains(&before));
        let is_circled = matches!(c, '①'..='⑳');
        if (may_begin || is_circled)
            && let Some((style, number, length)) = parse(text.get(start..).unwrap_or_default())
            // a list 1、5、2、7 has no labels
            && !(style.close == Close::Wide && before == Some('、'))
        {
            let ahead = text.get(..start).unwrap_or_default().trim_end_matches([' ', '\t', '\u{3000}']);
            let starts_line = ahead.is_empty() || ahead.ends_with(['\n', '>']);
            let separated = starts_line || ahead.ends_with([';', '|', '/', '；', ',', '，']);
            found.push(Mark { start, end: start + length, number, style, starts_line, separated });
        }
        before = Some(c);
    }
    found
}

/// The longest run of labels one after the other: the last of the first number before the second, then the next each.
fn run(marks: &[Mark]) -> Vec<Mark> {
    let Some(first) = marks.iter().find(|mark| mark.number <= 1).map(|mark| match mark.style.letters {
        Letters::Digits => mark.number,
        Letters::Circled => 1,
        _ => 0,
    }) else {
        return Vec::new();
    };
    let Some(second) = marks.iter().enumerate().position(|(at, mark)| {
        mark.number == first + 1 && marks.iter().take(at).any(|before| before.number == first)
    }) else {
        return Vec::new();
    };
    let mut run: Vec<Mark> =
        marks.iter().take(second).rfind(|mark| mark.number == first).copied().into_iter().collect();
    for mark in marks.iter().skip(second) {
        if run.last().is_some_and(|last| last.number + 1 == mark.number) {
            run.push(*mark);
        }
    }
    run
}

/// The text before the first label, and the options behind their labels; see [`super::labelled`].
pub(super) fn labelled(text: &str) -> Option<(&str, Vec<String>)> {
    let marks = marks(text);
    let mut styles: Vec<Style> = Vec::new();
    for mark in &marks {
        if !styles.contains(&mark.style) {
            styles.push(mark.style);
        }
    }
    let mut best: Option<(&str, Vec<String>)> = None;
    for style in styles {
        let all: Vec<Mark> = marks.iter().filter(|mark| mark.style == style).copied().collect();
        let lines: Vec<Mark> = all.iter().filter(|mark| mark.starts_line).copied().collect();
        for among in [&lines, &all] {
            if let Some(found) = reading(text, style, among)
                && best.as_ref().is_none_or(|(_, texts)| texts.len() < found.1.len())
            {
                best = Some(found);
            }
        }
    }
    best
}

/// What a run of labels of one style parts, if it is certain enough.
fn reading<'t>(text: &'t str, style: Style, marks: &[Mark]) -> Option<(&'t str, Vec<String>)> {
    let run = run(marks);
    let first = run.first()?;
    let before = text.get(..first.start)?.trim();
    let in_lines = run.iter().all(|mark| mark.starts_line);
    let separated = in_lines || run.iter().skip(1).all(|mark| mark.separated);
    let is_strong = matches!(style.close, Close::Bracket | Close::Wide | Close::Nothing);
    if !is_strong {
        let once = |mark: &Mark| marks.iter().filter(|other| other.number == mark.number).count() == 1;
        let is_rare = matches!(style.close, Close::Dash | Close::Equals);
        // what one line runs on may be initials, and A: and B: may speak to each other
        if !run.iter().all(once)
            || (run.len() < 3 && !(separated && before.is_empty()))
            || (is_rare && !(separated && (before.is_empty() || in_lines)))
            || (style.letters == Letters::Digits && style.close == Close::Dash && !in_lines)
        {
            return None;
        }
    }
    let ends = run.iter().skip(1).map(|mark| mark.start).chain([text.len()]);
    let texts: Option<Vec<&str>> =
        run.iter().zip(ends).map(|(mark, end)| text.get(mark.end..end).map(str::trim)).collect();
    let texts = without_separators(texts?);
    let certain = texts.len() > 1
        && texts.iter().all(|text| !text.is_empty())
        && !(style.close == Close::Dot && style.letters == Letters::Upper && are_epithets(&texts))
        && !(!is_strong && style.close != Close::Dot && texts.iter().all(|text| is_letter(text)));
    certain.then(|| (before, texts.into_iter().map(str::to_owned).collect()))
}

/// Options without what stands between them.
fn without_separators(mut texts: Vec<&str>) -> Vec<&str> {
    const BETWEEN: [&str; 12] =
        ["<li>", "</li>", "<br>", "<br/>", "<br />", "//", "/", ";", "；", ",", "，", "|"];
    for separator in BETWEEN {
        let Some((_, parted)) = texts.split_last() else { break };
        if !parted.is_empty() && parted.iter().all(|text| text.ends_with(separator)) {
            for text in &mut texts {
                *text = text.strip_suffix(separator).unwrap_or(text).trim();
            }
        }
    }
    texts
}

/// `A.` before a word in lower case with an ending of Latin is the genus of a species.
fn are_epithets(texts: &[&str]) -> bool {
    const ENDINGS: [&str; 9] = ["us", "um", "is", "ii", "ae", "ans", "ens", "ana", "aster"];
    let is_word = |text: &&str| text.len() > 3 && text.bytes().all(|byte| byte.is_ascii_lowercase());
    let latin = texts.iter().filter(|text| ENDINGS.iter().any(|ending| text.ends_with(ending))).count();
    texts.iter().all(is_word) && latin * 2 >= texts.len()
}

/// Whether a text is one letter: `A - B`, `A:B`.
fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// The lengths of the labels of options in columns, if all of them that are not empty carry their own.
pub(super) fn in_columns<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Option<Vec<usize>> {
    let mut lengths = Vec::new();
    let mut styles = Vec::new();
    let mut behind = Vec::new();
    for (place, text) in texts.enumerate() {
        if text.is_empty() {
            lengths.push(0);
            continue;
        }
        let (style, number, length) = parse(text)?;
        let counted = matches!(style.letters, Letters::Digits | Letters::Circled);
        let rest = text.get(length..).filter(|rest| !rest.is_empty())?;
        if number != place + usize::from(counted) || style.close == Close::Equals {
            return None;
        }
        lengths.push(length);
        styles.push(style);
        behind.push(rest);
    }
    let has = |wanted: &dyn Fn(&Style) -> bool| styles.iter().all(wanted);
    let are_names =
        has(&|style| style.close == Close::Dot && style.letters == Letters::Upper) && are_epithets(&behind);
    let are_pairs = has(&|style| matches!(style.close, Close::Dash | Close::Colon))
        && behind.iter().all(|text| is_letter(text));
    // two names may begin with 1. and 2.
    let few = styles.len() < 3
        && styles.iter().any(|style| style.letters == Letters::Digits && style.close != Close::Bracket);
    (styles.len() > 1 && !are_names && !are_pairs && !few).then_some(lengths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_with_labels_are_found_in_one_line_and_in_several() {
        for (text, before, expected) in [
            ("A) x B) y C) z", "", vec!["x", "y", "z"]),
            ("(A) x (B) y", "", vec!["x", "y"]),
            ("a. x b. y c. z", "", vec!["x", "y", "z"]),
            ("a. x\nb. y", "", vec!["x", "y"]),
            ("1. x 2. y 3. 4", "", vec!["x", "y", "4"]),
            ("1) x; 2) y", "", vec!["x", "y"]),
            ("0) x\n1) y", "", vec!["x", "y"]),
            ("A、x B、y", "", vec!["x", "y"]),
            ("A．x　B．y", "", vec!["x", "y"]),
            ("Ａ）x Ｂ）y", "", vec!["x", "y"]),
            ("A.4；B.6；C.7", "", vec!["4", "6", "7"]),
            ("A: x | B: y", "", vec!["x", "y"]),
            ("A. x, B. y, C. z", "", vec!["x", "y", "z"]),
            ("A - x\nB - y", "", vec!["x", "y"]),
            ("A=Earth; B=Mars", "", vec!["Earth", "Mars"]),
            ("а) x\nб) y", "", vec!["x", "y"]),
            ("①x②y", "", vec!["x", "y"]),
            ("A) x<br>B) y", "", vec!["x", "y"]),
            ("A) a long option\nwhich wraps\nB) short", "", vec!["a long option\nwhich wraps", "short"]),
            ("A) see B) below\nB) y", "", vec!["see B) below", "y"]),
            ("Which? A) x B) y", "Which?", vec!["x", "y"]),
            ("Which (see a) above)?\na) x\nb) y", "Which (see a) above)?", vec!["x", "y"]),
            ("Which?\nA. x\nB. y\nC. z", "Which?", vec!["x", "y", "z"]),
        ] {
            let expected = expected.into_iter().map(str::to_owned).collect();
            assert_eq!(labelled(text), Some((before, expected)), "{text}");
        }
    }

    #[test]
    fn initials_numbers_speakers_and_lists_of_letters_are_no_labels() {
        for text in [
            "A. Smith met B. Jones",
            "Who are A. Smith, B. Jones?",
            "A. thaliana; B. subtilis; C. elegans; D. melanogaster",
            "1.5; 2.5",
            "1:2; 2:3; 3:4",
            "1、5、2、7",
            "A、B、C、D",
            "A:B; B:C",
            "A - B; B - C",
            "A: Hello! B: Hi! A: How are you? B: Fine. C: ___",
            "Christ was born in\nA.D. 1\nB.C. 4",
            "B) x A) y",
            "A) x",
            "Vitamin A) or C)",
            "",
        ] {
            assert_eq!(labelled(text), None, "{text}");
        }
    }
}
