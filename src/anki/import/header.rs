//! The directives in front of Anki's text files: `#key:value`, a line each.

use super::REJECTED_BECAUSE;
use crate::bank::lines;

/// What the directives say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Where the first row can begin, in bytes.
    pub(super) end: usize,
    /// The directives that stand there, in order.
    pub(super) found: Vec<&'static str>,
    /// What stands between cells.
    pub(super) separator: Option<u8>,
    /// What a spreadsheet put behind directives, if it is not what they say.
    pub(super) padding: Option<u8>,
    /// Whether fields are HTML.
    pub(super) html: Option<bool>,
    /// Tags for every note, separated by blanks.
    pub(super) tags: String,
    /// The names of the columns, as they stand there.
    pub(super) columns: Option<String>,
    /// Where the notetype stands.
    pub(super) notetype: Stated,
    /// Where the deck stands.
    pub(super) deck: Stated,
    /// The columns of tags and guids, from 0.
    pub(super) tags_column: Option<Column>,
    pub(super) guid_column: Option<Column>,
    /// Directives that should name a column by its number and do not.
    pub(super) unnumbered: Vec<Unnumbered>,
    /// Whether it is a file of rejected rows, which states how many columns there are.
    pub(super) is_of_rejected: bool,
}

/// Something that is stated for the whole file or in a column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Stated {
    /// Nowhere.
    #[default]
    Nowhere,
    /// For all rows, in a directive on this line.
    Whole(u64, String),
    /// In a column.
    In(Column),
}

/// A column that a directive names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    /// The line of the directive.
    pub(super) line: u64,
    /// Which column, from 0.
    pub(super) place: usize,
}

/// A directive that has something else where the number of a column belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unnumbered {
    /// The line of the directive.
    pub(super) line: u64,
    /// Which one.
    pub(super) key: &'static str,
    /// What stands there.
    pub(super) value: String,
}

impl Stated {
    /// The column, if it is one.
    pub(super) fn column(&self) -> Option<Column> {
        match self {
            Self::In(column) => Some(*column),
            Self::Nowhere | Self::Whole(..) => None,
        }
    }
}

/// The keys of directives.
const KEYS: [&str; 12] = [
    "separator",
    "html",
    "tags",
    "columns",
    "notetype",
    "deck",
    "notetype column",
    "deck column",
    "tags column",
    "guid column",
    "if matches",
    "match scope",
];

/// What spreadsheets put between cells, so that it may stand behind a directive.
const PADDING: [char; 3] = [',', ';', '\t'];

/// Reads the lines in front of the first row: directives, comments and blank ones.
pub(super) fn read(text: &str) -> Header {
    let mut header = Header::default();
    for line in lines(text) {
        let legacy = line.text.strip_prefix("tags:").filter(|_| line.number == 1);
        if let Some(tags) = legacy {
            header.take("tags", tags, line.number);
        } else if let Some(comment) = line.text.strip_prefix('#') {
            header.is_of_rejected |= line.text.starts_with(REJECTED_BECAUSE.trim_end());
            if let Some((key, value)) = directive(comment) {
                header.take(key, value, line.number);
            }
        } else if let Some(comment) = unquoted(line.text) {
            // in quotes it is a cell, if it is no directive
            let Some((key, value)) = directive(&comment) else { break };
            header.take(key, value, line.number);
        } else if !line.is_blank() {
            break;
        }
        header.end = line.next;
    }
    header
}

/// Whether a comment would be a directive if it stood above the first row.
pub(super) fn is_directive(line: &str) -> bool {
    line.strip_prefix('#').and_then(directive).is_some()
}

fn directive(comment: &str) -> Option<(&'static str, &str)> {
    let (key, value) = comment.split_once(':')?;
    let key = key.trim();
    let known = KEYS.into_iter().find(|known| known.eq_ignore_ascii_case(key))?;
    Some((known, value))
}

/// What stands behind `#` where a spreadsheet put the line in quotes.
fn unquoted(line: &str) -> Option<String> {
    let (inside, behind) = line.strip_prefix("\"#")?.rsplit_once('"')?;
    let is_whole = !inside.replace("\"\"", "").contains('"');
    let is_alone = behind.chars().all(|c| PADDING.contains(&c) || c == ' ');
    (is_whole && is_alone).then(|| inside.replace("\"\"", "\"") + behind)
}

impl Header {
    fn take(&mut self, key: &'static str, value: &str, line: u64) {
        self.found.push(key);
        let text = value.trim_end_matches(|c: char| PADDING.contains(&c) || c.is_whitespace());
        let text = text.trim();
        if key.ends_with(" column") {
            return self.take_column(key, text, line);
        }
        match key {
            "separator" => {
                self.separator = separator(value).or(self.separator);
                let behind = value.trim_end_matches(' ').bytes().next_back();
                let is_padding = |byte: &u8| !text.is_empty() && PADDING.contains(&char::from(*byte));
                self.padding = behind.filter(is_padding).filter(|byte| Some(*byte) != self.separator);
            }
            "html" => match word(text).to_ascii_lowercase().as_str() {
                "true" => self.html = Some(true),
                "false" => self.html = Some(false),
                _ => {}
            },
            "tags" => text.clone_into(&mut self.tags),
            "columns" => self.columns = Some(value.to_owned()),
            "notetype" => self.notetype = Stated::Whole(line, text.to_owned()),
            "deck" => self.deck = Stated::Whole(line, text.to_owned()),
            // what Anki does with notes that it has already
            _ => {}
        }
    }

    fn take_column(&mut self, key: &'static str, text: &str, line: u64) {
        self.unnumbered.retain(|other| other.key != key);
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        // as in Anki an earlier directive holds then
        let Ok(number) = digits.parse::<usize>() else {
            return self.unnumbered.push(Unnumbered { line, key, value: text.to_owned() });
        };
        let column = number.checked_sub(1).map(|place| Column { line, place });
        let stated = column.map_or(Stated::Nowhere, Stated::In);
        match key {
            "notetype column" => self.notetype = stated,
            "deck column" => self.deck = stated,
            "tags column" => self.tags_column = column,
            _ => self.guid_column = column,
        }
    }
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
}

/// A separator by its name, or the character itself.
fn separator(value: &str) -> Option<u8> {
    let named = match word(value.trim()).to_ascii_lowercase().as_str() {
        "comma" => b',',
        "semicolon" => b';',
        "tab" => b'\t',
        "space" => b' ',
        "pipe" => b'|',
        "colon" => b':',
        _ => 0,
    };
    if named != 0 {
        return Some(named);
    }
    let trimmed = value.trim_matches([' ', '\r']);
    let first = if trimmed.is_empty() { value.bytes().next() } else { trimmed.bytes().next() };
    first.filter(|byte| matches!(byte, b',' | b';' | b'\t' | b' ' | b'|' | b':'))
}

/// The name of a separator.
pub(super) fn separator_name(separator: u8) -> String {
    match separator {
        b',' => "comma".to_owned(),
        b';' => "semicolon".to_owned(),
        b'\t' => "tab".to_owned(),
        b' ' => "space".to_owned(),
        b'|' => "pipe".to_owned(),
        b':' => "colon".to_owned(),
        other => char::from(other).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_words_are_read_whatever_their_case() {
        let text = "# vim: noet\n#Separator:Semicolon\n# HTML : TRUE\n#GUID Column: 2\n\n#TAGS:a b\r\nx;y\n";
        let header = read(text);
        assert_eq!(header.found, ["separator", "html", "guid column", "tags"]);
        assert_eq!((header.separator, header.html), (Some(b';'), Some(true)));
        assert_eq!(header.guid_column, Some(Column { line: 4, place: 1 }));
        assert_eq!((header.tags.as_str(), text.get(header.end..)), ("a b", Some("x;y\n")));
    }

    #[test]
    fn a_separator_is_a_word_or_the_sign_itself() {
        for (value, separator) in [
            ("Tab", Some(b'\t')),
            ("\t", Some(b'\t')),
            (" ", Some(b' ')),
            (",", Some(b',')),
            (";,,,", Some(b';')),
            ("pipe\t\t", Some(b'|')),
            (":", Some(b':')),
            ("\\t", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(read(&format!("#separator:{value}\nq")).separator, separator, "{value:?}");
        }
    }

    #[test]
    fn what_a_spreadsheet_puts_around_directives_is_no_part_of_them() {
        let header = read(
            "#separator:tab,,,\n\"#deck:A::B, C\",,\n#notetype:Basic;;\n#tags:x y\t\t\n#tags column:4,,\n",
        );
        assert_eq!((header.separator, header.padding), (Some(b'\t'), Some(b',')));
        assert_eq!(header.deck, Stated::Whole(2, "A::B, C".to_owned()));
        assert_eq!(header.notetype, Stated::Whole(3, "Basic".to_owned()));
        assert_eq!(header.tags, "x y");
        assert_eq!(header.tags_column, Some(Column { line: 5, place: 3 }));
        // a note whose front begins with #, and one with an open quote
        for row in ["\"#html:true\",\"back\"\n", "\"#html:true\nx\"\n", "\"#5 is odd\",,\n"] {
            assert_eq!(read(row), Header::default());
        }
    }

    #[test]
    fn of_two_directives_for_one_thing_the_last_counts() {
        let header = read(
            "#deck:A\n#deck column:3\n#notetype column:1\n#notetype:Cloze\n#html:true\n#html:false\n#html:yes\n",
        );
        assert_eq!(header.deck, Stated::In(Column { line: 2, place: 2 }));
        assert_eq!(header.notetype, Stated::Whole(4, "Cloze".to_owned()));
        assert_eq!(header.html, Some(false));
        assert_eq!(read("#guid column:2\n#guid column:0\n").guid_column, None);
    }

    #[test]
    fn a_column_is_named_by_a_number_and_zero_means_none() {
        for (value, place) in [("2", Some(1)), (" 2 ", Some(1)), ("2,,", Some(1)), ("0", None), ("00", None)]
        {
            let header = read(&format!("#guid column:{value}\nq"));
            assert_eq!(header.guid_column.map(|column| column.place), place, "{value:?}");
            assert_eq!(header.unnumbered, [], "{value:?}");
        }
        for value in ["one", "", " ", ",,", "-1", "٣", "99999999999999999999999"] {
            let header = read(&format!("#guid column:3\n#guid column:{value}\nq"));
            let [unnumbered] = header.unnumbered.as_slice() else { panic!("{value:?}") };
            assert_eq!((unnumbered.line, unnumbered.key), (2, "guid column"));
            assert_eq!(header.guid_column, Some(Column { line: 1, place: 2 }), "{value:?}");
        }
        // the last one counts
        assert_eq!(read("#deck column:x\n#deck column:3\n#tags column:0\n").unnumbered, []);
    }

    #[test]
    fn other_lines_with_a_hash_are_comments_and_tags_may_stand_in_the_old_form() {
        assert_eq!(read("# a title\n#: x\n#deck\nq\n").found, Vec::<&str>::new());
        let header = read("tags: a b\n#html:true\nq,tags:\n");
        assert_eq!((header.tags.as_str(), header.html), ("a b", Some(true)));
    }
}
