//! Bytes as text: which encoding a bank is in.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257,
    WINDOWS_1258,
};
use memchr::{memchr, memmem};

use super::lines::count_breaks;
use super::{Guess, Problem};
use crate::error::{Error, Kind, Result};
use crate::text;

/// An encoding of text.
pub type Encoding = &'static encoding_rs::Encoding;

/// A bank as text, with what was concluded on the way.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) guess: Option<Guess>,
    pub(super) warnings: Vec<Problem>,
}

/// The encoding of this name, as the web knows it.
pub fn encoding_named(name: &str) -> Option<Encoding> {
    let bare = name.to_lowercase().replace('_', "-");
    let label = bare
        .strip_prefix("cp")
        .map_or_else(|| bare.clone(), |number| format!("windows-{}", number.trim_start_matches('-')));
    encoding_rs::Encoding::for_label(label.as_bytes())
        .or_else(|| encoding_rs::Encoding::for_label(bare.as_bytes()))
}

/// Reads the bytes in the encoding that is stated, else in the one that they seem to be in.
pub(super) fn decode(mut bytes: Vec<u8>, stated: Option<Encoding>) -> Result<Decoded> {
    let is_cut = |encoding: Encoding| [UTF_16LE, UTF_16BE].contains(&encoding) && bytes.len() % 2 == 1;
    let encoding = stated.or_else(|| encoding_rs::Encoding::for_bom(&bytes).map(|(encoding, _)| encoding));
    if let Some(encoding) = encoding.or_else(|| utf_16(&bytes)).filter(|encoding| is_cut(encoding)) {
        let message = format!(
            "the file is {} and has an odd number of bytes: it is cut off or damaged",
            encoding.name()
        );
        return Err(Error::new(Kind::Input, message).hint("export the bank again"));
    }
    let mut decoded = if let Some(encoding) = stated {
        in_encoding(&bytes, encoding)
    } else if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(&bytes) {
        let mut decoded = if encoding == UTF_8 {
            bytes.drain(..length);
            guessed(bytes)
        } else {
            in_encoding(bytes.get(length..).unwrap_or_default(), encoding)
        };
        decoded.guess = Some(guess(encoding.name(), "the file begins with its byte order mark"));
        decoded
    } else if let Some(encoding) = utf_16(&bytes) {
        let decoded = in_encoding(&bytes, encoding);
        Decoded { guess: Some(guess(encoding.name(), "every other byte is zero")), ..decoded }
    } else {
        guessed(bytes)
    };
    // DOS ended files with Ctrl-Z
    decoded.text.truncate(decoded.text.trim_end_matches('\u{1a}').len());
    if decoded.text.trim().is_empty() {
        return Err(Error::new(Kind::Input, "there is nothing but blank lines in the file")
            .hint("export the bank again"));
    }
    if let Some(at) = memchr(0, decoded.text.as_bytes()) {
        return Err(Error::new(Kind::Input, format!("the file is no text: byte {} is zero", at + 1)).hint(
            "name a bank: a CSV file, a spreadsheet, or one of the formats of matura import --formats",
        ));
    }
    decoded.warnings.extend(mojibake(&decoded.text));
    Ok(decoded)
}

fn guess(value: impl Into<String>, reason: impl Into<String>) -> Guess {
    Guess::new("encoding", value, reason, "--encoding")
}

/// Text in UTF-16 without a byte order mark: ASCII in it makes every other byte zero.
fn utf_16(bytes: &[u8]) -> Option<Encoding> {
    let sample = bytes.get(..bytes.len().min(4096) & !1).unwrap_or_default();
    let zeros = |place: usize| sample.iter().skip(place).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    match pairs {
        0..4 => None,
        _ if odd * 3 > pairs && even == 0 => Some(UTF_16LE),
        _ if even * 3 > pairs && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn in_encoding(bytes: &[u8], encoding: Encoding) -> Decoded {
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    // where Windows has no character the decoder makes a control character
    let unknown = |c: char| matches!(c, '\u{fffd}' | '\u{80}'..='\u{9f}');
    let warnings = text.find(unknown).map(|at| {
        let line = 1 + count_breaks(text.get(..at).unwrap_or_default());
        let message =
            format!("there are bytes that {} does not know, so it may be another encoding", encoding.name());
        Problem::new(line, message, "name the right one with --encoding, or export the bank again as UTF-8")
    });
    Decoded { warnings: warnings.into_iter().collect(), text: text.into_owned(), guess: None }
}

/// Text without a byte order mark: UTF-8 if it can be, with bad bytes among it if they are few, else what it looks like.
fn guessed(bytes: Vec<u8>) -> Decoded {
    if is_iso_2022_jp(&bytes) {
        let guess = guess(ISO_2022_JP.name(), "the file is ASCII with escape sequences of this");
        return Decoded { guess: Some(guess), ..in_encoding(&bytes, ISO_2022_JP) };
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, guess: None, warnings: Vec::new() },
        Err(cause) => cause.into_bytes(),
    };
    let chunks = || bytes.utf8_chunks();
    let good: usize = chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    let bad: usize = chunks().map(|chunk| chunk.invalid().len()).sum();
    if good * 4 < bad {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        detector.feed(&bytes, true);
        let encoding = detector.guess(None, Utf8Detection::Deny);
        if good > 0 && BESIDE_UTF_8.contains(&encoding) {
            return line_by_line(&bytes, encoding, bad);
        }
        return looks_like(&bytes, encoding, bad);
    }
    if good < bad
        && let Some(encoding) = of_most_lines(&bytes)
    {
        return looks_like(&bytes, encoding, bad);
    }
    mixed(&bytes, good, bad)
}

/// Text in an encoding that was told by its bytes.
fn looks_like(bytes: &[u8], encoding: Encoding, bad: usize) -> Decoded {
    let reason = format!("the file is not UTF-8 ({} of it) and looks like this", text::count(bad, "byte"));
    Decoded { guess: Some(guess(encoding.name(), reason)), ..in_encoding(bytes, encoding) }
}

/// Japanese in seven bits: ASCII with the escape sequences that begin it.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    memchr(0x1b, bytes).is_some()
        && bytes.is_ascii()
        && bytes.windows(3).any(|window| matches!(window, b"\x1b$B" | b"\x1b$@"))
}

/// The encoding of the lines that are not UTF-8, if more of them are not than are, and all bytes of the file have a
/// meaning in it. In an encoding with two bytes a character some pairs of bytes are UTF-8 by chance. One of Latin
/// letters is left to [`mixed`].
fn of_most_lines(bytes: &[u8]) -> Option<Encoding> {
    let lines = || bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    let (good, bad): (Vec<&[u8]>, Vec<&[u8]>) = lines().partition(|line| std::str::from_utf8(line).is_ok());
    if bad.len() <= good.len() {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for line in bad {
        detector.feed(line, false);
        detector.feed(b"\n", false);
    }
    detector.feed(b"", true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let is_latin = BESIDE_UTF_8.contains(&encoding) || encoding == WINDOWS_1258;
    (!is_latin && in_encoding(bytes, encoding).warnings.is_empty()).then_some(encoding)
}

/// Encodings in which a whole line of UTF-8 makes no sense: it is UTF-8.
const BESIDE_UTF_8: [Encoding; 4] = [WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257];

/// Lines of an encoding with a byte a character, among which lines of UTF-8 stand.
fn line_by_line(bytes: &[u8], encoding: Encoding, bad: usize) -> Decoded {
    let mut text = String::with_capacity(bytes.len() + bad);
    let mut warnings = Vec::new();
    for (line, number) in bytes.split_inclusive(|byte| *byte == b'\n').zip(1..) {
        match std::str::from_utf8(line) {
            Ok(line) => {
                text.push_str(line);
                let foreign: String = line.chars().filter(|c| !c.is_ascii()).collect();
                if !foreign.is_empty() {
                    let message = format!(
                        "this line is UTF-8 in a file that is {}: {:?}; both are read",
                        encoding.name(),
                        text::one_line(&foreign, 30)
                    );
                    let fix = "save the file in UTF-8, or name its encoding with --encoding";
                    warnings.push(Problem::new(number, message, fix));
                }
            }
            Err(_) => text.push_str(&encoding.decode_without_bom_handling(line).0),
        }
    }
    let reason = format!(
        "{} not UTF-8, and some lines are",
        text::count_verb(u64::try_from(bad).unwrap_or(0), "byte is", "bytes are")
    );
    let value = format!("{} with lines of UTF-8 among it", encoding.name());
    Decoded { text, guess: Some(guess(value, reason)), warnings }
}

/// UTF-8 with bytes of Windows-1252 among it: files that were put together from several.
fn mixed(bytes: &[u8], good: usize, bad: usize) -> Decoded {
    let mut text = String::with_capacity(bytes.len() + bad);
    let mut line = 1;
    let mut found: Vec<(u64, String)> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        line += count_breaks(chunk.valid());
        if !chunk.invalid().is_empty() {
            let (read, _) = WINDOWS_1252.decode_without_bom_handling(chunk.invalid());
            match found.last_mut() {
                Some((last, read_there)) if *last == line => read_there.push_str(&read),
                _ => found.push((line, read.to_string())),
            }
            text.push_str(&read);
        }
    }
    let warnings = found
        .into_iter()
        .map(|(line, read)| {
            let message =
                format!("bytes that are not UTF-8 are read as Windows-1252: {:?}", text::one_line(&read, 30));
            Problem::new(line, message, "save the file in UTF-8, or name its encoding with --encoding")
        })
        .collect();
    let reason =
        format!("{} of UTF-8 and {} that are not", text::count(good, "character"), text::count(bad, "byte"));
    Decoded { text, guess: Some(guess("UTF-8 with Windows-1252 among it", reason)), warnings }
}

/// A word about text that was decoded wrongly before it came into this file.
fn mojibake(text: &str) -> Option<Problem> {
    const SIGNS: [&str; 6] = [
        "\u{c3}\u{a4}",
        "\u{c3}\u{b6}",
        "\u{c3}\u{bc}",
        "\u{c3}\u{a9}",
        "\u{c3}\u{b1}",
        "\u{e2}\u{20ac}\u{2122}",
    ];
    if text.is_ascii() {
        return None;
    }
    let found = |sign: &&'static str| Some((memmem::find(text.as_bytes(), sign.as_bytes())?, *sign));
    let (at, sign) = SIGNS.iter().filter_map(found).min()?;
    let before = text.get(..at).unwrap_or_default();
    let meant = WINDOWS_1252.encode(sign).0;
    let meant: Cow<'_, str> = String::from_utf8_lossy(&meant);
    let message = format!(
        "{sign:?} stands where {meant:?} is meant, it seems: an earlier program read UTF-8 as Windows-1252"
    );
    Some(Problem::new(
        1 + count_breaks(before),
        message,
        "export the bank again from where it comes, as UTF-8",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), None).unwrap()
    }

    #[test]
    fn text_is_read_in_the_encoding_that_it_is_in() {
        let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let (cyrillic, ..) = encoding_rs::WINDOWS_1251
            .encode("вопрос,ответ\nСтолица Франции?,Париж\nСколько дней в неделе?,семь дней\n");
        for (bytes, text, encoding) in [
            (b"\xef\xbb\xbfa\xc3\xa9".to_vec(), "a\u{e9}", Some("UTF-8")),
            ("a\u{e9}".as_bytes().to_vec(), "a\u{e9}", None),
            (
                b"Fr\xfchst\xfcck,breakfast\nM\xe4dchen,girl\n".to_vec(),
                "Fr\u{fc}hst\u{fc}ck,breakfast\nM\u{e4}dchen,girl\n",
                Some("windows-1252"),
            ),
            ([b"\xff\xfe", utf_16("q\u{e9}").as_slice()].concat(), "q\u{e9}", Some("UTF-16LE")),
            (utf_16("question;answer"), "question;answer", Some("UTF-16LE")),
            (
                cyrillic.into_owned(),
                "вопрос,ответ\nСтолица Франции?,Париж\nСколько дней в неделе?,семь дней\n",
                Some("windows-1251"),
            ),
        ] {
            let decoded = decoded(&bytes);
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.guess.map(|guess| guess.value).as_deref(), encoding, "{text}");
        }
    }

    #[test]
    fn lines_of_two_encodings_in_one_file_are_both_read_and_the_second_is_named() {
        let decoded = decoded(b"B\xc3\xa4ckerei,bakery\nFr\xfchst\xfcck,breakfast\nM\xc3\xa4use,mice\n");
        assert_eq!(decoded.text, "B\u{e4}ckerei,bakery\nFr\u{fc}hst\u{fc}ck,breakfast\nM\u{e4}use,mice\n");
        assert_eq!(decoded.warnings.iter().map(|warning| warning.line).collect::<Vec<_>>(), [2]);
        assert!(decoded.warnings[0].message.contains("\u{fc}\u{fc}"));
    }

    #[test]
    fn a_line_of_utf_8_in_a_file_of_another_encoding_is_read_as_what_it_is() {
        let decoded =
            decoded(b"Fr\xfchst\xfcck,breakfast\nM\xe4dchen,girl\nB\xc3\xa4r,bear\n\xd6l,oil\nT\xfcr,door\n");
        assert_eq!(
            decoded.text,
            "Fr\u{fc}hst\u{fc}ck,breakfast\nM\u{e4}dchen,girl\nB\u{e4}r,bear\n\u{d6}l,oil\nT\u{fc}r,door\n"
        );
        assert_eq!(decoded.guess.unwrap().value, "windows-1252 with lines of UTF-8 among it");
        assert_eq!(decoded.warnings.iter().map(|warning| warning.line).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn a_few_lines_of_an_asian_encoding_are_not_taken_for_utf_8_with_others_among_it() {
        for (encoding, text) in [
            (encoding_rs::GBK, "问题,答案\n中国的首都？,北京\n水的化学式？,H2O\n一年几个月？,十二\n"),
            (
                encoding_rs::EUC_JP,
                "問題,答え\n日本の首都は？,東京\n水の化学式は？,H2O\n一年は何ヶ月？,十二\n",
            ),
            (encoding_rs::WINDOWS_874, "คำถาม,คำตอบ\nเมืองหลวงของไทย,กรุงเทพ\nน้ำ,water\nหมา,dog\n"),
            (ISO_2022_JP, "問題,答え\n日本の首都は？,東京\n"),
        ] {
            let decoded = decoded(&encoding.encode(text).0);
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.guess.unwrap().value, encoding.name());
            assert!(decoded.warnings.is_empty(), "{text}");
        }
    }

    #[test]
    fn lines_of_utf_8_with_single_bytes_of_windows_among_them_stay_utf_8() {
        let line = "M\u{e4}dchen und K\u{f6}nige in \u{d6}sterreich";
        let bytes = [line.as_bytes(), b"\x92s\n"].concat().repeat(5);
        let decoded = decoded(&bytes);
        assert_eq!(decoded.text, format!("{line}\u{2019}s\n").repeat(5));
    }

    #[test]
    fn the_end_that_dos_wrote_is_no_text() {
        assert_eq!(decoded(b"q,a\n\x1a").text, "q,a\n");
    }

    #[test]
    fn text_that_was_spoilt_before_is_named_and_what_is_no_text_is_refused() {
        let spoilt = decoded("fine\nM\u{c3}\u{a4}use\n".as_bytes());
        assert_eq!((spoilt.warnings.len(), spoilt.warnings[0].line), (1, 2));
        assert!(decode(b"a\0b\0\0\0".to_vec(), None).is_err());
        assert!(decode([vec![b'a'; 100_000], vec![0]].concat(), None).is_err());
        for blank in [&b"\n \r\n\t\n"[..], b"\xef\xbb\xbf"] {
            assert!(decode(blank.to_vec(), None).unwrap_err().message.contains("blank lines"));
        }
    }

    #[test]
    fn encodings_go_by_the_names_that_people_use() {
        for name in ["cp1252", "windows-1252", "latin1", "CP_1252", "ISO-8859-1"] {
            assert_eq!(encoding_named(name), Some(WINDOWS_1252), "{name}");
        }
        assert_eq!(encoding_named("utf8"), Some(UTF_8));
        assert_eq!(encoding_named("klingon"), None);
    }
}
