//! From a row of an Anki text file to a note, or to everything that is wrong with it.

use std::collections::HashMap;

use super::columns::{Columns, Role};
use crate::anki::package::own::{Own, fields_of};
use crate::anki::stock::Notetype;
use crate::anki::tags::labelled;
use crate::bank::{Draft, Place, Problem};
use crate::html;
use crate::model::{Body, Content, DeckName, Fact, Field, Guid, Invalid, Kind, SOUND};
use crate::text;

/// Makes notes of rows.
pub(super) struct Maker<'r> {
    pub(super) columns: &'r Columns,
    /// What the header states for all rows.
    pub(super) notetype: Option<Notetype>,
    pub(super) deck: Option<DeckName>,
    pub(super) tags: &'r str,
    /// Whether fields are HTML.
    pub(super) html: bool,
    /// Names of notetypes that were looked up.
    pub(super) known: HashMap<String, Option<Notetype>>,
    /// The lines of matura's own notes that were changed where that cannot be taken.
    pub(super) lost: Vec<u64>,
}

/// The texts of a note, all of them HTML or none.
#[derive(Default)]
struct Texts {
    front: String,
    back: String,
    hint: String,
    mistakes: String,
    check: String,
    /// Explanations, with the names of their fields.
    more: Vec<(Option<String>, String)>,
}

impl Maker<'_> {
    /// The note of a row.
    pub(super) fn draft(&mut self, place: &Place, row: &[&str]) -> Result<Draft, Vec<Problem>> {
        let line = place.line;
        if let Some(draft) = self.own(place, row) {
            return Ok(draft);
        }
        let mut problems = Vec::new();
        let notetype = self.notetype(line, row).map_err(|problem| problems.push(problem)).unwrap_or_default();
        let deck = self.deck(line, row).map_err(|problem| problems.push(problem)).unwrap_or_default();
        let guid = self.cell(row, Field::Guid);
        problems.extend(self.missing(line, row, Field::Guid));
        let front = self.cell(row, Field::Prompt);
        let is_cloze = match notetype {
            Some(Notetype::Cloze) => true,
            Some(_) => false,
            None => Kind::infer(front, "", false) == Kind::Cloze,
        };
        let short = self.missing(line, row, Field::Prompt);
        let short = short.or_else(|| self.missing(line, row, Field::Answer).filter(|_| !is_cloze));
        problems.extend(short);
        if notetype == Some(Notetype::Occlusion) || front.contains("::image-occlusion:") {
            let message = "it hides parts of a picture, and pictures are not taken";
            problems.push(
                Problem::new(line, message, "leave the note to Anki, or say in words what the picture shows")
                    .in_column(self.columns.name_of(Field::Prompt)),
            );
        }
        let (content, marked) = labelled(self.content(row, notetype, is_cloze), self.tags(row));
        let marked = marked.then_some(true);
        if problems.is_empty() {
            match content.tidy() {
                Ok(content) => {
                    let guid = Some(guid).filter(|guid| !guid.trim().is_empty()).map(Guid::new);
                    let id = Some(self.cell(row, Field::Id).trim()).filter(|id| !id.is_empty());
                    let id = id.map(str::to_owned);
                    return Ok(Draft {
                        guid,
                        id,
                        deck,
                        marked,
                        ..Draft::new(line, content, place.span.clone())
                    });
                }
                Err(invalid) => {
                    problems.extend(invalid.into_iter().map(|invalid| self.problem(line, invalid)));
                }
            }
        }
        Err(problems)
    }

    /// The note of a row of one of matura's own notetypes, which came from a package; none if it is of another.
    fn own(&mut self, place: &Place, row: &[&str]) -> Option<Draft> {
        let notetype = self.cell(row, Field::Kind).trim();
        let names = fields_of(notetype)?;
        let is_field = |role: &Role| match role {
            Role::Field(Field::Guid | Field::Kind | Field::Deck | Field::Tags) | Role::Ignored => false,
            Role::Field(_) | Role::Further => true,
        };
        let cells = self.columns.roles.iter().zip(row).filter(|(role, _)| is_field(role));
        let fields: Vec<&str> = cells.map(|(_, cell)| *cell).take(names.len()).collect();
        let (content, own) = Own::read(notetype, &names, &fields)?;
        let (content, marked) = labelled(content, self.tags(row));
        let content = content.tidy().ok()?;
        let deck = self.deck(place.line, row).ok()?;
        if own.is_lost {
            self.lost.push(place.line);
        }
        let guid = Some(self.cell(row, Field::Guid)).filter(|guid| !guid.trim().is_empty()).map(Guid::new);
        let (id, base) = (own.bank_id.clone(), own.base(&content));
        let draft = Draft::new(place.line, content, place.span.clone());
        Some(Draft { guid, id, deck, marked: Some(marked), base, ..draft })
    }

    fn cell<'c>(&self, row: &[&'c str], field: Field) -> &'c str {
        self.columns.column(field).and_then(|place| row.get(place)).copied().unwrap_or_default()
    }

    /// A fault in the column that it is about.
    fn problem(&self, line: u64, Invalid { field, message, fix }: Invalid) -> Problem {
        Problem::new(line, message, fix).in_column(self.columns.name_of(field))
    }

    /// What is wrong if a row ends before the column of a field.
    fn missing(&self, line: u64, row: &[&str], field: Field) -> Option<Problem> {
        let place = self.columns.column(field).filter(|place| *place >= row.len())?;
        let cells = text::count(row.len(), "cell");
        let message = format!("the row has {cells} and ends before column {}", place + 1);
        let problem = Problem::new(line, message, "add the missing cells, or the separator between them");
        Some(problem.in_column(self.columns.name_of(field)))
    }

    fn notetype(&mut self, line: u64, row: &[&str]) -> Result<Option<Notetype>, Problem> {
        if self.columns.column(Field::Kind).is_none() {
            return Ok(self.notetype);
        }
        let name = self.cell(row, Field::Kind).trim();
        if name.is_empty() {
            let fix = "write Basic or Cloze there; Anki leaves such a row out";
            return Err(
                Problem::new(line, "the notetype is empty", fix).in_column(self.columns.name_of(Field::Kind))
            );
        }
        if let Some(known) = self.known.get(name) {
            return Ok(*known);
        }
        let notetype = Notetype::named(name);
        self.known.insert(name.to_owned(), notetype);
        Ok(notetype)
    }

    fn deck(&self, line: u64, row: &[&str]) -> Result<Option<DeckName>, Problem> {
        if self.columns.column(Field::Deck).is_none() {
            return Ok(self.deck.clone());
        }
        deck(self.cell(row, Field::Deck)).map_err(|message| {
            Problem::new(line, message, "write fewer levels").in_column(self.columns.name_of(Field::Deck))
        })
    }

    fn content(&self, row: &[&str], notetype: Option<Notetype>, is_cloze: bool) -> Content {
        let (mut texts, turns) = self.texts(row, notetype, is_cloze);
        let is_html = self.html && texts.settle();
        let body = if is_cloze {
            Body::Cloze
        } else {
            let reversed = turns || notetype == Some(Notetype::Reversed);
            let typed = notetype == Some(Notetype::Typed) || is_yes(self.cell(row, Field::Typed));
            Body::Fact(Fact { answer: texts.back.clone(), accept: Vec::new(), reversed, typed })
        };
        let line = |field| {
            let cell = self.cell(row, field);
            Some(if self.html { html::to_text(cell) } else { cell.to_owned() })
        };
        Content {
            html: is_html,
            explanation: Some(texts.explanation(is_html)),
            hint: Some(texts.hint),
            mistakes: Some(texts.mistakes),
            check: Some(texts.check),
            level: line(Field::Level),
            source: line(Field::Source),
            ..Content::new(texts.front, body)
        }
    }

    fn tags<'t>(&'t self, row: &'t [&'t str]) -> impl Iterator<Item = &'t str> {
        let cells = self.columns.places(Role::Field(Field::Tags)).filter_map(|place| row.get(place));
        self.tags.split_whitespace().chain(cells.flat_map(|cell| cell.split_whitespace()))
    }

    /// The texts of a row, and whether it says that the back is asked too.
    fn texts(&self, row: &[&str], notetype: Option<Notetype>, is_cloze: bool) -> (Texts, bool) {
        let text = |field| self.cell(row, field).to_owned();
        let mut texts = Texts {
            front: text(Field::Prompt),
            hint: text(Field::Hint),
            mistakes: text(Field::Mistakes),
            check: text(Field::Check),
            ..Texts::default()
        };
        let mut turns = is_yes(self.cell(row, Field::Reverse));
        if is_cloze {
            // the second field of a cloze note is shown with the answer
            texts.more.push((None, text(Field::Answer)));
        } else {
            texts.back = text(Field::Answer);
        }
        texts.more.push((None, text(Field::Explanation)));
        let has_column = self.columns.column(Field::Reverse).is_some();
        for (number, place) in self.columns.places(Role::Further).enumerate() {
            let cell = row.get(place).copied().unwrap_or_default();
            if number == 0 && notetype == Some(Notetype::Optional) && !has_column {
                turns = !cell.trim().is_empty();
                continue;
            }
            texts.more.push((self.columns.names.get(place).cloned(), cell.to_owned()));
        }
        (texts, turns)
    }
}

/// Whether a cell says yes, or anything but no.
fn is_yes(cell: &str) -> bool {
    !matches!(cell.trim().to_lowercase().as_str(), "" | "no" | "0" | "false" | "n")
}

/// The deck that a name means; none if it is empty. Levels without a name, which Anki would call blank, go.
pub(super) fn deck(name: &str) -> Result<Option<DeckName>, String> {
    let levels = name.split("::").map(|level| level.trim_matches(|c: char| c == ':' || c.is_whitespace()));
    let levels: Vec<&str> =
        levels.filter(|level| level.contains(|c: char| !c.is_control() && !c.is_whitespace())).collect();
    if levels.is_empty() {
        return Ok(None);
    }
    DeckName::parse(&levels.join("::")).map(Some)
}

impl Texts {
    fn all(&mut self) -> impl Iterator<Item = &mut String> {
        let fields = [&mut self.front, &mut self.back, &mut self.hint, &mut self.mistakes, &mut self.check];
        fields.into_iter().chain(self.more.iter_mut().map(|(_, text)| text))
    }

    /// Whether texts of a file of HTML are HTML. What has no mark of it is plain text, and so is what is nothing but
    /// plain text with its signs escaped; else what shows nothing is made empty.
    fn settle(&mut self) -> bool {
        let mut plain = Vec::new();
        let (mut is_marked, mut is_html) = (false, false);
        for text in self.all() {
            is_html |= text.contains(SOUND);
            if html::is_marked(text) {
                let read = html::to_text(text);
                is_marked = true;
                is_html |= html::from_text(&read) != text.trim();
                plain.push(read);
            } else {
                plain.push(text.clone());
            }
        }
        for (text, plain) in self.all().zip(plain).filter(|_| is_marked) {
            if !is_html {
                *text = plain;
            } else if plain.trim().is_empty() {
                text.clear();
            }
        }
        is_html
    }

    fn explanation(&self, is_html: bool) -> String {
        let part = |(name, text): &(Option<String>, String)| match name {
            _ if text.trim().is_empty() => None,
            None => Some(text.trim().to_owned()),
            Some(name) if is_html => Some(format!("{}: {}", html::escape(name), text.trim())),
            Some(name) => Some(format!("{name}: {}", text.trim())),
        };
        let parts: Vec<String> = self.more.iter().filter_map(part).collect();
        parts.join(if is_html { "<br>" } else { "\n" })
    }
}
