//! One note with all that is known of it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Collection, NoteLine};
use crate::bank::native::content_cells;
use crate::error::{Error, Kind, Result};
use crate::model::{CardKey, Content, Entry, Event, Guid, RowId, SetReason, State};
use crate::store::note::Stored;
use crate::store::{Tx, card, log, note};

/// A note with its cards and their history.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The note as a list has it.
    pub line: NoteLine,
    /// What it says.
    pub content: Content,
    /// The id that its bank gives it.
    pub bank_id: Option<String>,
    /// What happened to its cards, in the order of replay.
    pub history: Vec<HistoryLine>,
    /// What it said before, here or on another device, the last first.
    pub versions: Vec<VersionLine>,
}

/// What a note said before.
#[derive(Debug, Clone, Serialize)]
pub struct VersionLine {
    /// Since when it did, as RFC 3339 writes it.
    pub since: String,
    /// The fields that say something else now, with what they said.
    pub fields: BTreeMap<&'static str, String>,
}

/// A row of the log in words.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryLine {
    /// Which card of the note.
    pub slot: String,
    /// The study day.
    pub day: String,
    /// Milliseconds since 1970.
    pub at: i64,
    /// `review`, `drill`, `practice`, `test`, `set` or `retract`.
    pub kind: &'static str,
    /// The grade of an answer.
    pub grade: Option<u8>,
    /// What was answered at each attempt.
    pub responses: Vec<String>,
    /// Of a schedule that was set by hand: why, and what it was set to.
    #[serde(flatten)]
    pub set: Option<SetLine>,
    /// Whether a later row took it back.
    pub retracted: bool,
}

/// A schedule that was set by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetLine {
    /// `import`, `reset` or `reschedule`.
    pub reason: &'static str,
    /// The study day on which the card came next; none if it was new again.
    pub due: Option<String>,
    /// Days.
    pub interval: u32,
    /// Thousandths.
    pub ease: u32,
}

impl SetLine {
    fn of(state: &State, reason: SetReason) -> Self {
        let reason = match reason {
            SetReason::Import => "import",
            SetReason::Reset => "reset",
            SetReason::Reschedule => "reschedule",
        };
        let due = state.due.map(|day| day.to_string());
        Self { reason, due, interval: state.interval, ease: state.ease.get() }
    }
}

impl Collection {
    /// The note with this guid, or with a card of this number.
    pub fn show(&mut self, name: &str) -> Result<Shown> {
        let clock = &self.clock;
        self.store.read(|tx| {
            let context = super::context(tx, clock.as_ref())?;
            let stored = find(tx, name)?;
            let cards = card::of_note(tx, stored.id)?;
            let mut history = Vec::new();
            for card in &cards {
                let key = CardKey { guid: stored.note.guid.clone(), slot: card.slot };
                history.extend(lines(&key, &log::of_card(tx, &key)?));
            }
            let now = content_cells(&stored.note.content);
            let mut versions = Vec::new();
            for (at, content) in note::versions(tx, &stored.note.guid)? {
                let changes = now.changes(&content_cells(&content)).into_iter();
                let fields: BTreeMap<_, _> = changes.map(|(field, text)| (field.name(), text)).collect();
                if !fields.is_empty() {
                    versions.push(VersionLine { since: clock.written(at), fields });
                }
            }
            Ok(Shown {
                line: NoteLine::of(&stored, &cards, context.now.day),
                content: stored.note.content,
                bank_id: stored.note.bank_id,
                history,
                versions,
            })
        })
    }
}

fn find(tx: &Tx<'_>, name: &str) -> Result<Stored> {
    let card = name.parse().ok().map(|number| card::get(tx, number)).transpose()?.flatten();
    let by_card = card.map(|card| note::get(tx, card.note)).transpose()?.flatten();
    let found = by_card.map_or_else(|| note::by_guid(tx, &Guid::new(name)), |note| Ok(Some(note)))?;
    found.ok_or_else(|| {
        Error::new(Kind::NotFound, format!("there is no card or note {name:?}"))
            .hint("matura list shows the numbers of cards, matura list --json the guids of notes")
    })
}

fn lines(key: &CardKey, rows: &[crate::model::Row]) -> Vec<HistoryLine> {
    let retracted: Vec<RowId> = rows
        .iter()
        .filter_map(|row| if let Entry::Retract(target) = row.entry { Some(target) } else { None })
        .collect();
    rows.iter()
        .map(|row| {
            let (kind, answer) = match &row.entry {
                Entry::Answered(Event::Review, answer) => ("review", Some(answer)),
                Entry::Answered(Event::Drill, answer) => ("drill", Some(answer)),
                Entry::Answered(Event::Practice, answer) => ("practice", Some(answer)),
                Entry::Answered(Event::Test, answer) => ("test", Some(answer)),
                Entry::Set(..) => ("set", None),
                Entry::Retract(_) => ("retract", None),
            };
            HistoryLine {
                slot: key.slot.to_string(),
                day: row.day.to_string(),
                at: row.at,
                kind,
                grade: answer.map(|answer| answer.grade.number()),
                set: match &row.entry {
                    Entry::Set(state, reason) => Some(SetLine::of(state, *reason)),
                    Entry::Answered(..) | Entry::Retract(_) => None,
                },
                responses: answer.map(|answer| answer.responses.clone()).unwrap_or_default(),
                retracted: retracted.contains(&row.id),
            }
        })
        .collect()
}
