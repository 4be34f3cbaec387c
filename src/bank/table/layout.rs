//! What each column of a table holds.

use super::key::Key;
use super::names::{self, Role};
use super::suggest;
use crate::bank::Problem;
use crate::error::{Error, Kind, Result};
use crate::model::Field;
use crate::text;

/// The columns of a table by what they hold.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// What messages call each column.
    pub(super) names: Vec<String>,
    /// What each column holds.
    pub(super) roles: Vec<Option<Role>>,
    /// How right options are marked.
    pub(super) marks: Marks,
    /// How the answer names options.
    pub(super) key: Key,
    /// Whether the first row named the columns.
    pub(super) has_header: bool,
}

/// Where a table without a key says which options are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// In a column of its own.
    Key,
    /// By a sign in front of the option.
    Sign(char),
    /// By true or false in the column after the option.
    Next,
}

/// Where a layout has everything, looked up once for all rows.
#[derive(Debug, Clone)]
pub(super) struct Places {
    fields: [Option<usize>; Field::ALL.len()],
    /// Options in the order of their numbers.
    pub(super) options: Vec<usize>,
    pub(super) distractors: Vec<usize>,
    pub(super) media: Vec<usize>,
    pub(super) explanations: Vec<usize>,
    pub(super) tags: Vec<usize>,
    pub(super) one_option: Option<usize>,
    pub(super) is_right: Option<usize>,
}

impl Places {
    pub(super) fn of(layout: &Layout) -> Self {
        let all = |role| layout.columns(role).collect::<Vec<_>>();
        Self {
            fields: Field::ALL.map(|field| layout.column(field)),
            options: layout.option_columns(),
            distractors: all(Role::Distractor),
            media: all(Role::Media),
            explanations: all(Role::Field(Field::Explanation)),
            tags: all(Role::Field(Field::Tags)),
            one_option: layout.columns(Role::OneOption).next(),
            is_right: layout.columns(Role::IsRight).next(),
        }
    }

    /// The column of a field.
    pub(super) fn field(&self, field: Field) -> Option<usize> {
        self.fields.get(field as usize).copied().flatten()
    }
}

impl Layout {
    /// Columns by position, for a table without a header.
    pub(super) fn by_position(roles: Vec<Option<Role>>, marks: Marks) -> Self {
        let names = (1..=roles.len()).map(|number| format!("column {number}")).collect();
        Self { names, roles, marks, key: Key::Texts, has_header: false }
    }

    /// Columns by their names. Of several for one field the most telling name wins, of equal names the first.
    pub(super) fn by_names(header: &[String]) -> Self {
        let known: Vec<Option<(Role, usize)>> = header.iter().map(|name| names::role(name)).collect();
        let numbered = known.iter().flatten().filter(|(role, _)| matches!(role, Role::Option(_))).count();
        let mut roles: Vec<Option<Role>> = Vec::new();
        for (place, found) in known.iter().enumerate() {
            let better = |rank: usize, role: Role| {
                known.iter().enumerate().any(|(other, found)| {
                    found
                        .is_some_and(|(same, other_rank)| same == role && (other_rank, other) < (rank, place))
                })
            };
            roles.push(found.and_then(|(role, rank)| match role {
                // one "answer 1" alone is the answer
                Role::Option(_) if numbered == 1 => Some(Role::Field(Field::Answer)),
                Role::Field(Field::Tags | Field::Explanation)
                | Role::Distractor
                | Role::Ignored
                | Role::Media => Some(role),
                // the same number on two neighbours is a slip of the hand
                Role::Option(_) if place > 0 && roles.get(place - 1) == Some(&Some(role)) => Some(role),
                _ => (!better(rank, role)).then_some(role),
            }));
        }
        let mut layout = Self {
            names: header
                .iter()
                .map(|name| text::one_line(name.trim_start_matches('\u{feff}'), 40))
                .collect(),
            roles,
            marks: Marks::Key,
            key: Key::Texts,
            has_header: true,
        };
        layout.settle();
        layout
    }

    /// Names that mean one thing alone and another beside others.
    fn settle(&mut self) {
        let has = |layout: &Self, role: Role| layout.roles.contains(&Some(role));
        let has_options =
            self.roles.iter().any(|role| matches!(role, Some(Role::Option(_) | Role::Distractor)));
        if has_options || has(self, Role::Field(Field::Options)) || !has(self, Role::IsRight) {
            self.replace(Role::OneOption, None);
        }
        // "answers" beside the questions alone
        if self.roles.len() == 2 && has(self, Role::Field(Field::Prompt)) {
            self.replace(Role::Field(Field::Options), Some(Role::Field(Field::Answer)));
        }
        if !has(self, Role::Field(Field::Prompt)) && has(self, Role::Field(Field::Hint)) {
            return;
        }
        // "answer" beside "is correct" is an option of a row
        if has(self, Role::IsRight) && !has(self, Role::OneOption) && !has_options {
            self.replace(Role::Field(Field::Answer), Some(Role::OneOption));
        }
    }

    pub(super) fn replace(&mut self, role: Role, by: Option<Role>) {
        for held in self.roles.iter_mut().filter(|held| **held == Some(role)) {
            *held = by;
        }
    }

    /// The place of the column with this name.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let wanted = text::fold(name);
        self.names.iter().position(|name| text::fold(name) == wanted)
    }

    /// Takes columns for options whose names say nothing, if the answers name one of them row by row; says whether it did.
    pub(super) fn adopt_options(&mut self, rows: &[Vec<String>]) -> bool {
        // "answers" may hold the keys
        let listed = self.column(Field::Options);
        let key = self.column(Field::Answer).or(listed).filter(|_| self.column(Field::Prompt).is_some());
        let Some(key) = key else { return false };
        let has_options = listed.is_some_and(|listed| listed != key)
            || self
                .roles
                .iter()
                .any(|role| matches!(role, Some(Role::Option(_) | Role::Distractor | Role::OneOption)));
        let unknown =
            self.roles.iter().enumerate().filter(|(_, role)| role.is_none()).map(|(place, _)| place);
        let Some((first, last)) = suggest::named_by(rows, key, unknown).filter(|_| !has_options) else {
            return false;
        };
        if let Some(role) = self.roles.get_mut(key) {
            *role = Some(Role::Field(Field::Answer));
        }
        for (number, role) in self.roles.iter_mut().skip(first).take(last + 1 - first).enumerate() {
            *role = Some(Role::Option(u16::try_from(number).unwrap_or(u16::MAX)));
        }
        true
    }

    /// Makes the options wrong ones, beside the right one in a column of its own.
    pub(super) fn take_options_as_wrong(&mut self) {
        let options = self.roles.iter_mut().filter(|role| matches!(role, Some(Role::Option(_))));
        options.for_each(|role| *role = Some(Role::Distractor));
    }

    pub(super) fn listed(&self) -> String {
        let named = self.names.iter().enumerate().map(|(place, name)| format!("{} {name:?}", place + 1));
        format!("the columns are {}", named.take(26).collect::<Vec<_>>().join(", "))
    }

    /// The columns of a role, in order; options by their numbers.
    pub(super) fn columns(&self, role: Role) -> impl Iterator<Item = usize> {
        self.roles.iter().enumerate().filter(move |(_, held)| **held == Some(role)).map(|(place, _)| place)
    }

    /// The column of a field.
    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.columns(Role::Field(field)).next()
    }

    /// The columns of options in the order of their numbers.
    pub(super) fn option_columns(&self) -> Vec<usize> {
        let number = |(place, role): (usize, &Option<Role>)| match role {
            Some(Role::Option(number)) => Some((*number, place)),
            _ => None,
        };
        let mut found: Vec<(u16, usize)> = self.roles.iter().enumerate().filter_map(number).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, place)| place).collect()
    }

    /// Whether the names of the option columns count from zero.
    pub(super) fn counts_from_zero(&self) -> bool {
        self.option_columns()
            .first()
            .and_then(|first| self.names.get(*first))
            .is_some_and(|name| name.trim_end().ends_with('0'))
    }

    /// What a message calls the column of a field.
    pub(super) fn name_of(&self, field: Field) -> Option<&str> {
        let role = match field {
            Field::Options => self.option_columns().first().copied().or_else(|| self.column(field)),
            _ => self.column(field),
        };
        role.and_then(|place| self.names.get(place)).map(String::as_str)
    }

    /// Names under which a table of rows of this one is read alike; none if the way in which it marks right options has
    /// no name.
    pub(super) fn telling_names(&self) -> Option<Vec<String>> {
        let base = match self.key {
            Key::Numbers(base) => base,
            Key::Letters | Key::Texts => 1,
        };
        let name = |role: &Option<Role>| match role {
            Some(Role::Field(Field::Prompt)) => "question".to_owned(),
            Some(Role::Field(field)) => field.name().to_owned(),
            Some(Role::Option(number)) => format!("option {}", usize::from(*number) + base),
            Some(Role::Distractor) => "wrong answer".to_owned(),
            Some(Role::OneOption) => "option text".to_owned(),
            Some(Role::IsRight) => "is correct".to_owned(),
            Some(Role::Media) => "image".to_owned(),
            Some(Role::Ignored) | None => String::new(),
        };
        let names: Vec<String> = self.roles.iter().map(name).collect();
        self.is_told_by(&names).then_some(names)
    }

    /// Whether a table with these names is read like this one.
    pub(super) fn is_told_by(&self, names: &[String]) -> bool {
        // options by their order, whatever they are counted from
        let used = |layout: &Self| -> Vec<Option<Role>> {
            let options = layout.option_columns();
            let rank = |place: usize| options.iter().position(|option| *option == place);
            let used = layout.roles.iter().enumerate().map(|(place, role)| match (role, rank(place)) {
                (_, Some(rank)) => Some(Role::Option(u16::try_from(rank).unwrap_or(u16::MAX))),
                (Some(Role::Ignored) | None, _) => None,
                (role, _) => *role,
            });
            used.collect()
        };
        self.marks == Marks::Key && used(self) == used(&Self::by_names(names))
    }

    /// Refuses a table in which nobody knows what is asked or what is right.
    pub(super) fn must_ask(&self, line: u64, rows: &[Vec<String>]) -> Result<()> {
        let holds = |field| self.column(field).is_some();
        let missing = if !holds(Field::Prompt) {
            "the questions"
        } else if holds(Field::Answer)
            || holds(Field::Options)
            || self.roles.contains(&Some(Role::OneOption))
            || self.marks != Marks::Key
        {
            return Ok(());
        } else {
            "the answers"
        };
        let message = format!("line {line}: no column seems to hold {missing}");
        let advice = suggest::advice(rows, self.names.len(), false);
        Err(Error::new(Kind::Input, message).hint(format!("{}; {advice}", self.listed())))
    }

    /// Refuses a table whose answers are keys of options that no column seems to hold.
    pub(super) fn must_have_options(&self, line: u64, rows: &[Vec<String>]) -> Result<()> {
        let unknown = self
            .roles
            .iter()
            .zip(&self.names)
            .filter(|(role, name)| role.is_none() && !name.trim().is_empty());
        if unknown.count() == 0 {
            return Ok(());
        }
        let message = format!("line {line}: the answers name options, and no column seems to hold them");
        let advice = suggest::advice(rows, self.names.len(), false);
        Err(Error::new(Kind::Input, message).hint(format!("{}; {advice}", self.listed())))
    }

    /// What holds what, in words.
    pub(super) fn describe(&self) -> String {
        let name = |place: &usize| self.names.get(*place).map_or("", String::as_str).to_owned();
        let mut parts: Vec<String> = Vec::new();
        let options = self.option_columns();
        for (place, role) in self.roles.iter().enumerate() {
            let role = match role {
                Some(Role::Field(field)) => field.name(),
                Some(Role::Distractor) => "wrong option",
                Some(Role::OneOption) => "option of the row",
                Some(Role::IsRight) => "whether it is right",
                Some(Role::Media) => "picture",
                Some(Role::Option(_) | Role::Ignored) | None => continue,
            };
            parts.push(format!("{role} = {}", name(&place)));
        }
        if let [first, .., last] = options.as_slice() {
            parts.insert(1.min(parts.len()), format!("options = {} to {}", name(first), name(last)));
        }
        parts.join(", ")
    }

    /// A word about columns of which nothing is taken.
    pub(super) fn left_out(&self, line: u64) -> Option<Problem> {
        let unknown = self
            .roles
            .iter()
            .zip(&self.names)
            .filter(|(role, name)| role.is_none() && !name.trim().is_empty());
        let unknown: Vec<String> = unknown.map(|(_, name)| format!("{name:?}")).collect();
        let message = match unknown.as_slice() {
            [] => return None,
            [one] => format!("the column {one} is left out"),
            several => {
                format!("{} are left out: {}", text::count(several.len(), "column"), several.join(", "))
            }
        };
        Some(Problem::new(line, message, "say what it holds with --map, for example --map tags=NAME"))
    }
}
