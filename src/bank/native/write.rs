//! Writing the native bank.

use std::borrow::Cow;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::cells::Cells;
use super::{blanks, choice, fact};
use crate::error::{Error, Result};
use crate::model::{Body, Content, Difficulty, Field, Note};
use crate::text;

/// The bank with these notes in their order, complete: reading it gives the same notes.
pub fn write<'n>(notes: impl IntoIterator<Item = &'n Note>) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
    let defect =
        |cause: &dyn std::fmt::Display| Error::internal(format!("the bank cannot be written: {cause}"));
    writer.write_record(Field::ALL.map(Field::name)).map_err(|cause| defect(&cause))?;
    for note in notes {
        writer.write_record(cells(note).iter()).map_err(|cause| defect(&cause))?;
    }
    writer.into_inner().map_err(|cause| defect(&cause))
}

/// The same table for people who open it in a spreadsheet: what such a program would run as a formula is a text there. Every cell
/// is in quotes, or one that takes semicolons for separators would find beginnings of cells in the middle of a text.
pub fn write_for_spreadsheet<'n>(notes: impl IntoIterator<Item = &'n Note>) -> Result<Vec<u8>> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(&mut bytes);
    let defect =
        |cause: &dyn std::fmt::Display| Error::internal(format!("the table cannot be written: {cause}"));
    writer.write_record(Field::ALL.map(Field::name)).map_err(|cause| defect(&cause))?;
    for note in notes {
        let cells = cells(note);
        let cells: Vec<Cow<'_, str>> = cells.iter().map(|cell| text::no_formula(cell)).collect();
        writer.write_record(cells.iter().map(AsRef::<str>::as_ref)).map_err(|cause| defect(&cause))?;
    }
    writer.flush().map_err(|cause| defect(&cause))?;
    drop(writer);
    Ok(bytes)
}

fn cells(note: &Note) -> Cells {
    let mut cells = content_cells(&note.content);
    cells.set(Field::Guid, note.guid.as_str());
    cells.set_filled(Field::Id, note.bank_id.as_deref());
    cells.set(Field::Deck, note.deck.as_str());
    cells.set(Field::Marked, if note.marked { "yes" } else { "" });
    cells
}

/// What a note says as the cells of a row, without what says who and where it is.
pub fn content_cells(content: &Content) -> Cells {
    let mut cells = Cells::default();
    cells.set(Field::Kind, content.kind().name());
    cells.set(Field::Prompt, &content.prompt);
    cells.set_filled(Field::Code, content.code_text());
    cells.set_filled(Field::Language, content.code.as_ref().and_then(|code| code.language.as_deref()));
    match &content.body {
        Body::Fact(body) => fact::write(body, &mut cells),
        Body::Cloze => {}
        Body::Choice(body) => choice::write(body, &mut cells),
        Body::Blanks(body) => blanks::write(body, &mut cells),
    }
    cells.set_filled(Field::Hint, content.hint.as_deref());
    cells.set_filled(Field::Explanation, content.explanation.as_deref());
    cells.set_filled(Field::Mistakes, content.mistakes.as_deref());
    cells.set_filled(Field::Check, content.check.as_deref());
    cells.set_filled(Field::Difficulty, content.difficulty.map(Difficulty::name));
    cells.set_filled(Field::Level, content.level.as_deref());
    cells.set(Field::Tags, content.tags.to_string());
    cells.set_filled(Field::Source, content.source.as_deref());
    cells.set(Field::Html, if content.html { "yes" } else { "" });
    cells
}
