//! What the columns of an Anki text file hold.

use super::header::Header;
use crate::bank::table::side_named;
use crate::bank::{Input, Options, Records};
use crate::error::{Error, Kind, Result};
use crate::model::Field;
use crate::text::{self, fold};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A field of a note; `Kind` is the notetype, `Prompt` the first field and `Answer` the second.
    Field(Field),
    /// A further field of the notetype.
    Further,
    /// Nothing that is wanted.
    Ignored,
}

/// The columns by what they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// What messages and explanations call each.
    pub(super) names: Vec<String>,
    /// What each holds.
    pub(super) roles: Vec<Role>,
    /// Whether the file names them.
    pub(super) are_named: bool,
}

/// Fields that columns may be said to hold.
const MAPPED: [Field; 15] = [
    Field::Guid,
    Field::Id,
    Field::Deck,
    Field::Kind,
    Field::Prompt,
    Field::Answer,
    Field::Hint,
    Field::Explanation,
    Field::Mistakes,
    Field::Check,
    Field::Level,
    Field::Tags,
    Field::Source,
    Field::Reverse,
    Field::Typed,
];

/// Columns that a spreadsheet may have added on the right, and more.
pub(super) const MOST_COLUMNS: usize = 1000;

impl Columns {
    /// The columns of rows with `width` cells; the names are those that the file gives them.
    pub(super) fn new(header: &Header, names: &[String], width: usize) -> Self {
        let width = if header.is_of_rejected && !names.is_empty() { 0 } else { width };
        let width = width.max(names.len()).clamp(1, MOST_COLUMNS);
        let mut columns = Self {
            names: names.iter().map(|name| text::one_line(name, 40)).collect(),
            roles: vec![Role::Further; width],
            are_named: !names.is_empty(),
        };
        columns.names.resize(width, String::new());
        for (field, column) in [
            (Field::Guid, header.guid_column),
            (Field::Kind, header.notetype.column()),
            (Field::Deck, header.deck.column()),
            (Field::Tags, header.tags_column),
        ] {
            let role = column.and_then(|column| columns.roles.get_mut(column.place));
            if let Some(role) = role.filter(|role| **role == Role::Further) {
                *role = Role::Field(field);
            }
        }
        columns.by_names();
        columns.sides();
        columns.name_all();
        columns
    }

    /// Lets names speak that mean one thing.
    fn by_names(&mut self) {
        for place in 0..self.roles.len() {
            let name = fold(self.names.get(place).map_or("", String::as_str));
            let field = match name.as_str() {
                "guid" => Field::Guid,
                "id" => Field::Id,
                "deck" => Field::Deck,
                "notetype" | "note type" => Field::Kind,
                "tags" => Field::Tags,
                "hint" => Field::Hint,
                "explanation" | "extra" | "back extra" => Field::Explanation,
                "mistakes" => Field::Mistakes,
                "source" => Field::Source,
                "add reverse" => Field::Reverse,
                _ => continue,
            };
            if self.roles.get(place) == Some(&Role::Further) && self.column(field).is_none() {
                self.set(place, Role::Field(field));
            }
        }
    }

    /// Front and back: by their names if both have one, else the first two fields as in Anki.
    fn sides(&mut self) {
        let named = |columns: &Self, side| {
            let named = |(place, name): (usize, &String)| {
                (columns.roles.get(place) == Some(&Role::Further) && side_named(name) == Some(side))
                    .then_some(place)
            };
            columns.names.iter().enumerate().find_map(named)
        };
        if let (Some(front), Some(back)) = (named(self, Field::Prompt), named(self, Field::Answer)) {
            self.set(front, Role::Field(Field::Prompt));
            self.set(back, Role::Field(Field::Answer));
            return;
        }
        for side in [Field::Prompt, Field::Answer] {
            if let Some(place) = self.roles.iter().position(|role| *role == Role::Further) {
                self.set(place, Role::Field(side));
            }
        }
        // the second field of a cloze note
        if self.column(Field::Answer).is_none()
            && let Some(place) = self.column(Field::Explanation)
        {
            self.set(place, Role::Field(Field::Answer));
        }
    }

    fn name_all(&mut self) {
        for (place, (name, role)) in self.names.iter_mut().zip(&self.roles).enumerate() {
            if !name.trim().is_empty() {
                continue;
            }
            *name = match role {
                Role::Field(Field::Prompt) => "front".to_owned(),
                Role::Field(Field::Answer) => "back".to_owned(),
                Role::Field(Field::Kind) => "notetype".to_owned(),
                Role::Field(field) => field.name().to_owned(),
                Role::Further | Role::Ignored => format!("column {}", place + 1),
            };
        }
    }

    /// Columns that the learner named: `prompt=3`, `answer=Meaning`.
    pub(super) fn map(&mut self, options: &Options) -> Result<()> {
        let mut said: Vec<(usize, &str)> = Vec::new();
        for (name, column) in &options.map {
            let role = mapped(name)?;
            for part in column.split('+') {
                let place = self.place(part)?;
                if let Some((_, other)) = said.iter().find(|(other, _)| *other == place) {
                    let message = format!("--map gives column {} to {other} and to {name}", place + 1);
                    return Err(Error::new(Kind::Usage, message).hint("name each column once"));
                }
                said.push((place, name));
                if role != Role::Ignored && role != Role::Field(Field::Tags) {
                    self.roles
                        .iter_mut()
                        .filter(|held| **held == role)
                        .for_each(|held| *held = Role::Further);
                }
                self.set(place, role);
            }
        }
        Ok(())
    }

    fn place(&self, column: &str) -> Result<usize> {
        let named = self.names.iter().position(|name| fold(name) == fold(column));
        let number = column.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        named.or(number).filter(|place| *place < self.names.len()).ok_or_else(|| {
            let listed = self.names.iter().enumerate().map(|(place, name)| format!("{} {name:?}", place + 1));
            let listed = listed.take(26).collect::<Vec<_>>().join(", ");
            Error::new(Kind::Usage, format!("--map names the column {column:?}, which is not there"))
                .hint(format!("the columns are {listed}"))
        })
    }

    fn set(&mut self, place: usize, role: Role) {
        if let Some(held) = self.roles.get_mut(place) {
            *held = role;
        }
    }

    /// Lets a column hold tags.
    pub(super) fn hold_tags(&mut self, place: usize) {
        self.set(place, Role::Field(Field::Tags));
        if !self.are_named
            && let Some(name) = self.names.get_mut(place)
        {
            Field::Tags.name().clone_into(name);
        }
    }

    /// How many there are.
    pub(super) fn width(&self) -> usize {
        self.roles.len()
    }

    /// The columns of a role, in order.
    pub(super) fn places(&self, role: Role) -> impl Iterator<Item = usize> {
        self.roles.iter().enumerate().filter(move |(_, held)| **held == role).map(|(place, _)| place)
    }

    /// The column of a field.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.places(Role::Field(field)).next()
    }

    /// What a message calls the column of a field.
    pub(super) fn name_of(&self, field: Field) -> &str {
        self.column(field).and_then(|place| self.names.get(place)).map_or(field.name(), String::as_str)
    }

    /// What holds what, in words.
    pub(super) fn describe(&self) -> String {
        let name = |place: usize| match self.names.get(place) {
            Some(name) if self.are_named => name.clone(),
            _ => format!("column {}", place + 1),
        };
        let part = |(place, role): (usize, &Role)| match role {
            Role::Field(Field::Kind) => Some(format!("notetype = {}", name(place))),
            Role::Field(field) => Some(format!("{field} = {}", name(place))),
            Role::Further | Role::Ignored => None,
        };
        let mut parts: Vec<String> = self.roles.iter().enumerate().filter_map(part).collect();
        let further: Vec<String> = self.places(Role::Further).map(name).collect();
        if !further.is_empty() {
            parts.push(format!("lines of the explanation = {}", further.join(" + ")));
        }
        parts.join(", ")
    }
}

fn mapped(name: &str) -> Result<Role> {
    let folded = fold(name);
    let field = MAPPED.into_iter().find(|field| field.name() == folded);
    match folded.as_str() {
        "front" | "question" | "text" => Ok(Role::Field(Field::Prompt)),
        "back" => Ok(Role::Field(Field::Answer)),
        "notetype" => Ok(Role::Field(Field::Kind)),
        "ignore" | "none" => Ok(Role::Ignored),
        _ => field.map(Role::Field).ok_or_else(|| {
            let names = MAPPED.map(Field::name).join(", ");
            Error::new(Kind::Usage, format!("--map knows nothing called {name:?} in a text file of Anki"))
                .hint(format!("it knows {names}, and front, back, notetype, ignore"))
        }),
    }
}

/// The names in a directive or a row; empty ones on the right are padding.
pub(super) fn names_in(line: &str, separator: u8) -> Vec<String> {
    let input = Input { text: line.to_owned(), ..Input::default() };
    let mut records = Records::new(&input, separator);
    if records.next().is_none() {
        return Vec::new();
    }
    let mut names: Vec<String> = records.record().iter().map(|name| name.trim().to_owned()).collect();
    let filled = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
    names.truncate(filled.min(MOST_COLUMNS));
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anki::import::header;

    fn columns(header: &str, names: &[&str], width: usize) -> String {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Columns::new(&header::read(header), &names, width).describe()
    }

    #[test]
    fn fields_go_to_the_columns_that_are_left_in_order_unless_both_sides_are_named() {
        for (header, names, width, expected) in [
            ("", &[][..], 2, "prompt = column 1, answer = column 2"),
            (
                "#guid column:1\n#tags column:4\n",
                &[],
                5,
                "guid = column 1, prompt = column 2, answer = column 3, tags = column 4, lines of the explanation = column 5",
            ),
            ("", &["Rückseite", "Vorderseite"], 2, "answer = Rückseite, prompt = Vorderseite"),
            ("", &["Text", "Back Extra"], 2, "prompt = Text, answer = Back Extra"),
            (
                "",
                &["ID", "Kanji", "Meaning", "Tags", "Reading"],
                5,
                "id = ID, prompt = Kanji, answer = Meaning, tags = Tags, lines of the explanation = Reading",
            ),
            ("", &["Meaning", "Kanji"], 2, "prompt = Meaning, answer = Kanji"),
        ] {
            assert_eq!(columns(header, names, width), expected);
        }
    }

    #[test]
    fn names_of_columns_are_cells() {
        assert_eq!(names_in("a,\"b, c\",,d,,", b','), ["a", "b, c", "", "d"]);
        assert_eq!(names_in("\t\t", b'\t'), Vec::<String>::new());
    }
}
