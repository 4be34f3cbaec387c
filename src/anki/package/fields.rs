//! What the fields of a note hold.

use sha2::{Digest as _, Sha256};

use super::notetype::Notetype;
use crate::anki::fields::{clean, code_block, field, link, listing};
use crate::anki::guard::no_cloze;
use crate::anki::{blanks, cloze};
use crate::bank::native::{Cells, compose, content_cells};
use crate::error::Result;
use crate::model::{Body, Choice, Content, Fact, Field, letter};

/// The notetype of a note and its fields in order.
pub(super) fn of(content: &Content, bank_id: Option<&str>) -> Result<(Notetype, Vec<String>)> {
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
    let data = data(content, bank_id, &digest(fields.iter().map(String::as_str)))?;
    fields.push(data);
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

/// The key of the digest in the data of a note.
const DIGEST: &str = "{\"#\":\"";

/// By what one sees that no field was changed: the first half of SHA-256 in hexadecimal digits.
pub(super) fn digest<'f>(fields: impl Iterator<Item = &'f str>) -> String {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update(field);
        hash.update("\u{1f}");
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What a note said when it was packed, the id that its bank gives it, and the digest of its fields.
pub(super) fn from_data(data: &str) -> Option<(Content, Option<String>, &str)> {
    let (digest, cells) = data.strip_prefix(DIGEST)?.split_once("\",")?;
    let (draft, _) = compose(&Cells::from_json(&format!("{{{cells}"))?).ok()?;
    Some((draft.content, draft.id, digest))
}

/// The note as a bank states it, for the way back. Nothing in it is a mark of Anki's.
fn data(content: &Content, bank_id: Option<&str>, digest: &str) -> Result<String> {
    let mut cells = content_cells(content);
    cells.put(Field::Id, bank_id.unwrap_or_default());
    let cells = cells.to_json()?;
    let plain = format!("{DIGEST}{digest}\",{}", cells.strip_prefix('{').unwrap_or_default());
    let is_marked = |byte: u8| !byte.is_ascii() || matches!(byte, b'<' | b'>' | b'&' | b'{' | b'[' | 0x7f);
    if !plain.bytes().skip(1).any(is_marked) {
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

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn the_data_of_a_note_is_plain_and_comes_back_the_same() {
        let nasty =
            "a <b> & {{c1::x}} [sound:a.mp3] e\u{301} \u{212b} \u{1f469}\u{200d}\u{1f467} \u{7f} \"\\";
        let fact = Fact { answer: nasty.into(), accept: vec![nasty.into()], reversed: true, typed: true };
        let content = Content::new(nasty, Body::Fact(fact));
        let json = data(&content, None, "abcd").unwrap();
        assert!(json.is_ascii() && !json.contains("{{") && !json.contains(['<', '[']), "{json}");
        assert_eq!(from_data(&json), Some((content.clone(), None, "abcd")));
        let (notetype, fields) = of(&content, None).unwrap();
        let (data, others) = fields.split_last().unwrap();
        assert_eq!(from_data(data).unwrap().2, digest(others.iter().map(String::as_str)));
        assert_eq!(fields.len(), notetype.fields().count());
    }
}
