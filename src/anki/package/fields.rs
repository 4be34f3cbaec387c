//! What the fields of a note hold.

use sha2::{Digest as _, Sha256};

use super::notetype::Notetype;
use crate::anki::fields::{clean, code_block, field, link, listing};
use crate::anki::guard::no_cloze;
use crate::anki::{blanks, cloze};
use crate::bank::digest_of;
use crate::bank::native::content_cells;
use crate::error::Result;
use crate::model::{Body, Choice, Content, Fact, Field, Note, letter};
use crate::text;

/// The notetype of a note and its fields in order.
pub(super) fn of(note: &Note) -> Result<(Notetype, Vec<String>)> {
    let (notetype, mut fields) = texts(&note.content)?;
    let data = data(note, notetype, &fields)?;
    fields.push(data);
    Ok((notetype, fields))
}

/// The notetype of a note and its fields but for the last.
pub(super) fn texts(content: &Content) -> Result<(Notetype, Vec<String>)> {
    let (notetype, mut fields) = match &content.body {
        Body::Fact(fact) => (of_fact(fact), fact_fields(content, fact)),
        Body::Cloze => (Notetype::Cloze, vec![cloze::text(content)?, cloze::code(content)?]),
        Body::Choice(choice) => (Notetype::Choice, choice_fields(content, choice)),
        Body::Blanks(gaps) => {
            let own = [blanks::text, blanks::words, blanks::also, blanks::code];
            (Notetype::Blanks, own.into_iter().map(|part| part(content, gaps)).collect())
        }
    };
    // no mark of a cloze is one beside the text
    let guard = |text: String| match content.body {
        Body::Cloze | Body::Blanks(_) => no_cloze(text),
        Body::Fact(_) | Body::Choice(_) => text,
    };
    let more = [&content.hint, &content.explanation, &content.mistakes, &content.check];
    fields.extend(more.map(|text| guard(text.as_ref().map(|text| field(content, text)).unwrap_or_default())));
    fields.push(guard(content.source.as_ref().map(|source| link(&clean(source))).unwrap_or_default()));
    Ok((notetype, fields))
}

const fn of_fact(fact: &Fact) -> Notetype {
    match (fact.reversed, fact.typed) {
        (false, false) => Notetype::Basic,
        (true, false) => Notetype::Reversed,
        (false, true) => Notetype::Typed,
        (true, true) => Notetype::TypedReversed,
    }
}

fn fact_fields(content: &Content, fact: &Fact) -> Vec<String> {
    let also: Vec<String> = fact.accept.iter().map(|text| field(content, text)).collect();
    vec![field(content, &content.prompt), field(content, &fact.answer), also.join("<br>"), code(content)]
}

fn choice_fields(content: &Content, choice: &Choice) -> Vec<String> {
    let option = |option: &String| format!("<li>{}</li>", field(content, option));
    let options: String = choice.options.iter().map(option).collect();
    let letters: Vec<String> = choice.right.iter().map(|place| letter(*place).to_string()).collect();
    let right: Vec<String> = choice.right_options().map(|option| field(content, option)).collect();
    vec![
        field(content, &content.prompt),
        format!("<ol type=\"A\">{options}</ol>"),
        letters.join("|"),
        right.join("<br>"),
        if choice.several() { "Several are right.".to_owned() } else { String::new() },
        if choice.keeps_order() { "keep".to_owned() } else { String::new() },
        code(content),
    ]
}

fn code(content: &Content) -> String {
    let block = |code: &crate::model::Code| code_block(code, &listing(&clean(&code.text)));
    content.code.as_ref().map(block).unwrap_or_default()
}

/// The keys in the data of a note, in this order: the digest of its fields, and the cells that stand in fields as they
/// are, each with a digest of its own.
pub(super) const DIGEST: &str = "{\"#\":\"";
pub(super) const SHOWN: &str = "\",\"=\":\"";
pub(super) const CELLS: &str = "\",";

/// The cell whose text a field shows, often as it is.
pub(super) fn cell(field: &str) -> Option<Field> {
    match field {
        "Front" | "Text" => Some(Field::Prompt),
        "Back" => Some(Field::Answer),
        "Hint" => Some(Field::Hint),
        "Explanation" => Some(Field::Explanation),
        "Mistakes" => Some(Field::Mistakes),
        "Check" => Some(Field::Check),
        "Source" => Some(Field::Source),
        _ => None,
    }
}

/// By what one sees that no field was changed: the first half of SHA-256 in hexadecimal digits.
pub(super) fn digest<'f>(fields: impl Iterator<Item = &'f str>) -> String {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update(field);
        hash.update("\u{1f}");
    }
    text::hex(hash.finalize().iter().take(16))
}

/// The note as a bank states it, for the way back, without the texts that its fields show as they are. Nothing in it is
/// a mark of Anki's.
fn data(note: &Note, notetype: Notetype, fields: &[String]) -> Result<String> {
    let mut cells = content_cells(&note.content);
    cells.put(Field::Id, note.bank_id.as_deref().unwrap_or_default());
    cells.put(Field::Deck, note.deck.as_str());
    cells.put(Field::Marked, if note.marked { "yes" } else { "" });
    let mut shown = String::new();
    for (name, text) in notetype.fields().zip(fields) {
        if let Some(cell) = cell(name)
            && !text.is_empty()
            && cells.get(cell) == text
        {
            cells.put(cell, "");
            shown.push_str(if shown.is_empty() { "" } else { " " });
            shown.push_str(cell.name());
            shown.push('=');
            shown.push_str(&digest_of(text));
        }
    }
    let cells = cells.to_json()?;
    let digest = digest(fields.iter().map(String::as_str));
    let cells = cells.strip_prefix('{').unwrap_or_default();
    let plain = format!("{DIGEST}{digest}{SHOWN}{shown}{CELLS}{cells}");
    let is_marked = |byte: u8| !byte.is_ascii() | matches!(byte, b'<' | b'>' | b'&' | b'{' | b'[' | 0x7f);
    // without leaving early, which is done many bytes at a time
    if !plain.bytes().skip(1).fold(false, |has, byte| has | is_marked(byte)) {
        return Ok(plain);
    }
    let mut json = String::with_capacity(plain.len() * 2);
    for c in plain.chars() {
        match c {
            '<' | '>' | '&' | '{' | '[' | '\u{7f}'..='\u{9f}' => {
                json.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            // Anki composes characters, which would be other ones then
            c if !c.is_ascii() => {
                let mut units = [0; 2];
                json.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
            }
            _ => json.push(c),
        }
    }
    // the braces around all of it are no mark
    Ok(json.replacen("\\u007b", "{", 1))
}
