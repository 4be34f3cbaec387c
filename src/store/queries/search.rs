//! The cards that a query finds.

use std::collections::BTreeMap;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::error::{Error, Kind, Result};
use crate::model::{CardId, Day, DeckId, Difficulty, Field, MATURE_INTERVAL, NoteId};
use crate::query::{Figure, Pattern, Query, Standing, Term};
use crate::store::Tx;

/// Conditions that one query may have: SQLite takes a thousand levels of an expression.
const MOST_TERMS: usize = 500;

/// The cards that fit a query, note by note. `decks` holds what each name of a deck in it stands for.
pub fn search(
    tx: &Tx<'_>,
    query: &Query,
    today: Day,
    decks: &BTreeMap<&str, Vec<DeckId>>,
) -> Result<Vec<(NoteId, CardId)>> {
    let mut terms = 0;
    query.each_term(&mut |_| terms += 1);
    if terms > MOST_TERMS {
        return Err(Error::new(
            Kind::Usage,
            format!("the query has {terms} conditions, more than {MOST_TERMS}"),
        )
        .hint("search in parts"));
    }
    let mut condition = Condition { today, decks, values: Vec::new() };
    let sql = format!(
        "SELECT note.id, card.id FROM note JOIN card ON card.note_id = note.id WHERE {} ORDER BY note.id, card.id",
        condition.of(query)
    );
    tx.all(&sql, params_from_iter(condition.values), |row| Ok((row.get(0)?, row.get(1)?)))
}

struct Condition<'q> {
    today: Day,
    decks: &'q BTreeMap<&'q str, Vec<DeckId>>,
    values: Vec<Value>,
}

impl Condition<'_> {
    fn of(&mut self, query: &Query) -> String {
        match query {
            Query::All(parts) => self.joined(parts, " AND ", "1"),
            Query::Any(parts) => self.joined(parts, " OR ", "0"),
            Query::Not(part) => format!("NOT {}", self.of(part)),
            // what is not known does not fit, and its contrary does
            Query::Term(term) => format!("coalesce({}, 0)", self.term(term)),
        }
    }

    fn joined(&mut self, parts: &[Query], by: &str, none: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.of(part)).collect();
        if parts.is_empty() { none.to_owned() } else { format!("({})", parts.join(by)) }
    }

    /// A parameter with this value.
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn pattern(&mut self, pattern: &Pattern) -> String {
        self.value(pattern.source())
    }

    fn term(&mut self, term: &Term) -> String {
        match term {
            Term::Says(fields, pattern) => {
                let detail = if fields.contains(&Field::Answer) { "note.detail" } else { "NULL" };
                let texts: Vec<&str> = fields.iter().filter_map(|field| column(*field)).collect();
                format!("says({}, note.html, {detail}, {})", self.pattern(pattern), texts.join(", "))
            }
            Term::Deck(name) => {
                let ids = self.decks.get(name.as_str()).map(Vec::as_slice).unwrap_or_default();
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                format!("note.deck_id IN ({})", ids.join(","))
            }
            Term::Tag(None) => "note.tags IS NULL AND note.leeches IS NULL".to_owned(),
            Term::Tag(Some(pattern)) => {
                format!("tagged({}, note.tags, note.leeches IS NOT NULL)", self.pattern(pattern))
            }
            Term::Kind(kind) => format!("note.kind = {}", self.value(kind.name().to_owned())),
            Term::Difficulty(None) => "note.difficulty IS NULL".to_owned(),
            Term::Difficulty(Some(difficulty)) => {
                format!("note.difficulty = {}", self.value(Difficulty::name(*difficulty).to_owned()))
            }
            Term::Level(None) => "note.level IS NULL".to_owned(),
            Term::Level(Some(pattern)) => format!("fits({}, note.level)", self.pattern(pattern)),
            Term::Is(standing) => self.standing(*standing),
            Term::Between(figure, low, high) => {
                let figure = self.figure(*figure);
                let (low, high) = (self.value(*low), self.value(*high));
                format!("{figure} BETWEEN {low} AND {high}")
            }
            Term::Answered(days) => {
                let since = self.value(i64::from(self.today.minus(*days).number()));
                format!(
                    "(note.guid, card.slot) IN (SELECT guid, slot FROM log WHERE day > {since} AND grade IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id))"
                )
            }
            Term::Card(card) => format!("card.id = {}", self.value(*card)),
            Term::Note(guid) => format!("note.guid = {}", self.value(guid.clone())),
        }
    }

    fn standing(&mut self, standing: Standing) -> String {
        let today = i64::from(self.today.number());
        match standing {
            Standing::Due => {
                let buried = self.standing(Standing::Buried);
                let today = self.value(today);
                format!("card.due <= {today} AND card.suspended = 0 AND NOT coalesce({buried}, 0)")
            }
            Standing::New => "card.due IS NULL".to_owned(),
            Standing::Learnt => "card.due IS NOT NULL".to_owned(),
            Standing::Young => format!("card.due IS NOT NULL AND card.interval < {MATURE_INTERVAL}"),
            Standing::Mature => format!("card.due IS NOT NULL AND card.interval >= {MATURE_INTERVAL}"),
            Standing::Suspended => "card.suspended = 1".to_owned(),
            Standing::Buried => {
                let today = self.value(today);
                format!(
                    "note.buried_on = {today} AND instr(' ' || note.buried || ' ', ' ' || card.slot || ' ') > 0"
                )
            }
            Standing::Marked => "note.marked = 1".to_owned(),
            Standing::Leech => "note.leeches IS NOT NULL".to_owned(),
        }
    }

    fn figure(&mut self, figure: Figure) -> String {
        match figure {
            // a new card has none yet
            Figure::Ease => "CASE WHEN card.due IS NOT NULL THEN card.ease END".to_owned(),
            Figure::Interval => "card.interval".to_owned(),
            Figure::Lapses => "card.lapses".to_owned(),
            Figure::Repetitions => "card.repetitions".to_owned(),
            Figure::Due => format!("card.due - {}", self.value(i64::from(self.today.number()))),
        }
    }
}

/// The column in which a field of a note stands as text.
fn column(field: Field) -> Option<&'static str> {
    match field {
        Field::Prompt => Some("note.prompt"),
        Field::Code => Some("note.code"),
        Field::Answer => Some("note.answer"),
        Field::Hint => Some("note.hint"),
        Field::Explanation => Some("note.explanation"),
        Field::Mistakes => Some("note.mistakes"),
        Field::Check => Some("note.check_line"),
        Field::Source => Some("note.source"),
        Field::Guid
        | Field::Id
        | Field::Deck
        | Field::Kind
        | Field::Language
        | Field::Accept
        | Field::Options
        | Field::Difficulty
        | Field::Level
        | Field::Tags
        | Field::Reverse
        | Field::Typed
        | Field::Html
        | Field::Marked => None,
    }
}
