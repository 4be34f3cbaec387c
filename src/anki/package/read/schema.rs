//! Notetypes and decks of a collection, as Anki's schema 11 has them (as JSON in one row) and as later ones have them (in
//! tables, with what is more as Protocol Buffers).

use std::collections::HashMap;

use rusqlite::Connection;
use serde_json::Value;

use super::protobuf;
use super::sqlite::{broken, failed};
use super::template::Template;
use crate::error::Result;

/// A notetype.
#[derive(Debug, Clone, Default)]
pub(super) struct Notetype {
    pub(super) name: String,
    pub(super) is_cloze: bool,
    /// The names of its fields in order.
    pub(super) fields: Vec<String>,
    /// Those of its cards in order.
    pub(super) templates: Vec<Template>,
}

/// A card of a note.
#[derive(Debug, Clone, Copy)]
pub(super) struct Card {
    pub(super) ord: i64,
    pub(super) deck: i64,
}

/// What the rows of notes and cards refer to.
#[derive(Debug, Default)]
pub(super) struct Schema {
    pub(super) notetypes: HashMap<i64, Notetype>,
    /// Names of decks with `::` between their levels.
    pub(super) decks: HashMap<i64, String>,
}

/// The schemas that Anki 2.1 and later have written.
const KNOWN: std::ops::RangeInclusive<i64> = 11..=18;

/// Reads both.
pub(super) fn read(connection: &Connection) -> Result<Schema> {
    let version = connection.query_row("SELECT ver FROM col", [], |row| row.get::<_, i64>(0));
    let version = version.map_err(|cause| failed(&cause))?;
    if !KNOWN.contains(&version) {
        let message =
            format!("it has schema version {version}, matura knows {} to {}", KNOWN.start(), KNOWN.end());
        return Err(broken(message).hint("in Anki's export dialog tick \"Support older Anki versions\""));
    }
    let schema = if version < 15 { from_json(connection) } else { from_tables(connection) };
    schema.map_err(|cause| failed(&cause))
}

fn from_json(connection: &Connection) -> rusqlite::Result<Schema> {
    let (models, decks): (String, String) =
        connection.query_row("SELECT models, decks FROM col", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let parsed = |json: &str| serde_json::from_str(json).unwrap_or(Value::Null);
    let (models, decks): (Value, Value) = (parsed(&models), parsed(&decks));
    let entries = |value: &Value| {
        let entries = value.as_object().cloned().unwrap_or_default();
        entries.into_iter().filter_map(|(id, value)| Some((id.parse::<i64>().ok()?, value)))
    };
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let notetype = |model: &Value| {
        let mut fields: Vec<&Value> = model["flds"].as_array().into_iter().flatten().collect();
        fields.sort_by_key(|field| field["ord"].as_i64());
        let mut templates: Vec<&Value> = model["tmpls"].as_array().into_iter().flatten().collect();
        templates.sort_by_key(|template| template["ord"].as_i64());
        Notetype {
            name: text(model, "name"),
            is_cloze: model["type"].as_i64() == Some(1),
            fields: fields.iter().map(|field| text(field, "name")).collect(),
            templates: templates
                .iter()
                .map(|template| Template::new(text(template, "qfmt"), &text(template, "afmt")))
                .collect(),
        }
    };
    Ok(Schema {
        notetypes: entries(&models).map(|(id, model)| (id, notetype(&model))).collect(),
        decks: entries(&decks).map(|(id, deck)| (id, text(&deck, "name"))).collect(),
    })
}

fn from_tables(connection: &Connection) -> rusqlite::Result<Schema> {
    let mut schema = Schema::default();
    let mut each =
        |sql: &str, take: &mut dyn FnMut(&rusqlite::Row<'_>, &mut Schema) -> rusqlite::Result<()>| {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                take(row, &mut schema)?;
            }
            Ok::<(), rusqlite::Error>(())
        };
    each("SELECT id, name, config FROM notetypes", &mut |row, schema| {
        let config: Vec<u8> = row.get(2)?;
        let notetype =
            Notetype { name: row.get(1)?, is_cloze: protobuf::value(&config, 1) == 1, ..Notetype::default() };
        schema.notetypes.insert(row.get(0)?, notetype);
        Ok(())
    })?;
    each("SELECT ntid, name FROM fields ORDER BY ntid, ord", &mut |row, schema| {
        let name = row.get(1)?;
        if let Some(notetype) = schema.notetypes.get_mut(&row.get(0)?) {
            notetype.fields.push(name);
        }
        Ok(())
    })?;
    each("SELECT ntid, config FROM templates ORDER BY ntid, ord", &mut |row, schema| {
        let config: Vec<u8> = row.get(1)?;
        if let Some(notetype) = schema.notetypes.get_mut(&row.get(0)?) {
            notetype.templates.push(Template::new(protobuf::text(&config, 1), &protobuf::text(&config, 2)));
        }
        Ok(())
    })?;
    each("SELECT id, name FROM decks", &mut |row, schema| {
        let name: String = row.get(1)?;
        schema.decks.insert(row.get(0)?, name.replace('\u{1f}', "::"));
        Ok(())
    })?;
    Ok(schema)
}
