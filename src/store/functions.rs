//! Functions that the search and the check have SQLite call: what a pattern fits, and what is a text at all, is no matter of SQL.

use std::borrow::Cow;

use memchr::memchr;
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use serde_json::Value;

use crate::html::to_text;
use crate::model::{Cloze, Tags};
use crate::query::Pattern;
use crate::text::fold;

/// Makes them known to a connection.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    // says(pattern, whether the texts are HTML, what the kind has as JSON, texts...)
    connection.create_scalar_function("says", -1, flags, says)?;
    // tagged(pattern, tags, whether it is a leech)
    connection.create_scalar_function("tagged", 3, flags, tagged)?;
    // fits(pattern, text)
    connection.create_scalar_function("fits", 2, flags, |call| {
        let pattern = call.get_or_create_aux(0, read)?;
        Ok(text(call, 1).is_some_and(|text| pattern.is_whole(&fold(text))))
    })?;
    // is_text(texts...): whether none holds bytes that are no text
    connection.create_scalar_function("is_text", -1, flags, |call| {
        Ok((0..call.len()).all(|place| call.get_raw(place).as_str_or_null().is_ok()))
    })?;
    // mended_text(text): with a mark where bytes are no text
    connection.create_scalar_function("mended_text", 1, flags, |call| {
        let text = call.get_raw(0).as_bytes_or_null();
        Ok(text.ok().flatten().map(|bytes| String::from_utf8_lossy(bytes).into_owned()))
    })
}

fn read(value: ValueRef<'_>) -> Result<Pattern, rusqlite::types::FromSqlError> {
    value.as_str().map(Pattern::parse)
}

fn text<'c>(call: &'c Context<'_>, place: usize) -> Option<&'c str> {
    call.get_raw(place).as_str_or_null().ok().flatten()
}

fn says(call: &Context<'_>) -> rusqlite::Result<bool> {
    let pattern = call.get_or_create_aux(0, read)?;
    let is_html: bool = call.get(1)?;
    let fits = |text: &str| pattern.is_in_text(&shown(text, is_html));
    if (3..call.len()).filter_map(|place| text(call, place)).any(fits) {
        return Ok(true);
    }
    let detail = text(call, 2).and_then(|json| serde_json::from_str(json).ok());
    Ok(detail.is_some_and(|detail| holds(&detail, &fits)))
}

/// A text as a person reads it: without markup and marks of clozes.
fn shown(text: &str, is_html: bool) -> Cow<'_, str> {
    let text = if is_html { Cow::Owned(to_text(text)) } else { Cow::Borrowed(text) };
    if memchr(b'{', text.as_bytes()).is_none() || !text.contains("{{c") {
        return text;
    }
    // there is no number 0, so nothing is hidden
    Cloze::parse(&text).map_or(text, |cloze| Cow::Owned(cloze.answer(0)))
}

/// Whether a text in a JSON document fits.
fn holds(value: &Value, fits: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => fits(text),
        Value::Array(items) => items.iter().any(|item| holds(item, fits)),
        Value::Object(fields) => fields.values().any(|field| holds(field, fits)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn tagged(call: &Context<'_>) -> rusqlite::Result<bool> {
    let pattern = call.get_or_create_aux(0, read)?;
    let leech: bool = call.get(2)?;
    let tags = text(call, 1).map(Tags::kept).unwrap_or_default();
    let fits = |tag: &str| {
        let tag = fold(tag);
        let levels = tag.match_indices("::").map(|(end, _)| end).chain([tag.len()]);
        levels.filter_map(|end| tag.get(..end)).any(|tag| pattern.is_whole(tag))
    };
    Ok(tags.iter().any(fits) || (leech && fits(crate::model::LEECH_TAG)))
}
