//! What the cells of a row mean: a note, or everything that keeps the row from being one.

use super::cells::Cells;
use super::{blanks, choice, cloze, fact};
use crate::bank::values::{deck, flag};
use crate::bank::{Base, Draft};
use crate::model::{Body, Code, Content, Difficulty, Field, Guid, Invalid, Kind, Tags};
use crate::text;

/// The note of a row with what its author should know, or everything that is wrong with it.
pub(in crate::bank) fn draft(line: u64, mut cells: Cells) -> Result<(Draft, Option<Invalid>), Vec<Invalid>> {
    let mut faults: Vec<Invalid> = Vec::new();
    let mut keep = |invalid: Invalid| faults.push(invalid);
    let deck = optional(&cells, Field::Deck, deck, &mut keep);
    let kind = optional(&cells, Field::Kind, kind, &mut keep);
    let difficulty = optional(&cells, Field::Difficulty, difficulty, &mut keep);
    let reversed = optional(&cells, Field::Reverse, flag, &mut keep).unwrap_or(false);
    let typed = optional(&cells, Field::Typed, flag, &mut keep).unwrap_or(false);
    let html = optional(&cells, Field::Html, flag, &mut keep).unwrap_or(false);
    let marked = optional(&cells, Field::Marked, flag, &mut keep);
    for field in [Field::Guid, Field::Id] {
        if cells.get(field).contains(|c: char| c.is_control()) {
            keep(Invalid::new(field, format!("{field} is more than one line"), "write it on one line"));
        }
    }
    if cells.get(Field::Prompt).is_empty() {
        keep(Invalid::new(Field::Prompt, "the prompt is empty", "write the question here"));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let one = |invalid: Invalid| vec![invalid];
    let kind = kind.unwrap_or_else(|| {
        Kind::infer(cells.get(Field::Prompt), cells.get(Field::Code), !cells.get(Field::Options).is_empty())
    });
    let body = match kind {
        Kind::Fact => fact::read(&mut cells, reversed, typed).map(Body::Fact),
        Kind::Cloze => cloze::read(&cells).map(|()| Body::Cloze),
        Kind::Choice => choice::read(&cells).map(Body::Choice),
        Kind::Blanks => blanks::read(&cells).map(Body::Blanks),
    }
    .map_err(one)?;
    for (field, set) in [(Field::Reverse, reversed), (Field::Typed, typed)] {
        if set && kind != Kind::Fact {
            return Err(one(Invalid::new(
                field,
                format!("only a fact can be {field}; this is a {kind}"),
                "empty the cell",
            )));
        }
    }
    let warning = if kind == Kind::Choice { choice::two_readings(&cells) } else { None };
    let tags = Tags::parse(cells.get(Field::Tags));
    let mut filled = |field| Some(cells.take(field)).filter(|text| !text.is_empty());
    let (code, language) = (filled(Field::Code), filled(Field::Language));
    let content = Content {
        prompt: filled(Field::Prompt).unwrap_or_default(),
        code: (code.is_some() || language.is_some())
            .then(|| Code { text: code.unwrap_or_default(), language }),
        body,
        html,
        hint: filled(Field::Hint),
        explanation: filled(Field::Explanation),
        mistakes: filled(Field::Mistakes),
        check: filled(Field::Check),
        difficulty,
        level: filled(Field::Level),
        tags,
        source: filled(Field::Source),
    };
    let (guid, id) = (filled(Field::Guid).map(Guid::new), filled(Field::Id));
    let content = content.tidy()?;
    let base = if guid.is_some() { Base::Nothing } else { Base::Kept };
    Ok((Draft { guid, id, deck, marked, base, ..Draft::new(line, content, 0..0) }, warning))
}

/// What a cell states, if it states something; what is wrong with it goes to `keep`.
fn optional<T>(
    cells: &Cells,
    field: Field,
    read: impl Fn(&str) -> Result<T, (String, String)>,
    keep: &mut impl FnMut(Invalid),
) -> Option<T> {
    cells
        .filled(field)
        .and_then(|text| read(text).map_err(|(message, fix)| keep(Invalid::new(field, message, fix))).ok())
}

fn kind(text: &str) -> Result<Kind, (String, String)> {
    text.parse().map_err(|()| {
        (
            format!("{:?} is no kind of note", text::one_line(text, 30)),
            format!("write {}, or nothing", Kind::ALL.map(Kind::name).join(", ")),
        )
    })
}

fn difficulty(text: &str) -> Result<Difficulty, (String, String)> {
    text.parse().map_err(|()| {
        (
            format!("{:?} is no difficulty", text::one_line(text, 30)),
            format!("write {}, or nothing", Difficulty::ALL.map(Difficulty::name).join(", ")),
        )
    })
}
