//! Where the cards stand: states, intervals, ease.

use serde::Serialize;

use crate::model::State;

/// A card as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its local number.
    pub card: i64,
    /// Which card of the log it is; none if nothing was ever answered.
    pub logged: Option<u32>,
    /// Which of the notes it belongs to.
    pub note: usize,
    /// Its schedule.
    pub state: State,
    /// Whether it is asked at all.
    pub suspended: bool,
    /// Whether it is put off until tomorrow.
    pub buried: bool,
}

/// Cards by what they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct States {
    /// Never reviewed.
    pub new: u32,
    /// An interval below 21 days.
    pub young: u32,
    /// An interval of 21 days or more.
    pub mature: u32,
    /// Suspended, whatever else they are.
    pub suspended: u32,
}

/// Cards within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Bucket {
    /// The lowest value that is in it.
    pub from: u32,
    /// The highest; none for all above.
    pub upto: Option<u32>,
    /// Cards.
    pub cards: u32,
}

/// The first interval of each bucket, in days: SM-2's first steps, weeks, mature from 21 on, months, years.
const INTERVALS: [u32; 10] = [1, 2, 7, 14, 21, 30, 60, 90, 180, 365];
/// The lowest ease of each bucket, in thousandths; new cards have 2500.
const EASES: [u32; 8] = [1300, 1500, 1700, 1900, 2100, 2300, 2500, 2700];

pub(super) fn states(cards: &[Standing]) -> States {
    let mut states = States::default();
    for card in cards {
        *match card.state.name() {
            _ if card.suspended => &mut states.suspended,
            "new" => &mut states.new,
            "young" => &mut states.young,
            _ => &mut states.mature,
        } += 1;
    }
    states
}

/// The intervals of cards that were learnt and are asked, in days.
pub(super) fn intervals(cards: &[Standing]) -> Vec<Bucket> {
    buckets(&INTERVALS, learnt(cards).map(|state| state.interval.max(1)))
}

/// The ease of the same cards, in thousandths.
pub(super) fn eases(cards: &[Standing]) -> Vec<Bucket> {
    buckets(&EASES, learnt(cards).map(|state| state.ease.get()))
}

fn learnt(cards: &[Standing]) -> impl Iterator<Item = &State> {
    cards.iter().filter(|card| !card.suspended && !card.state.is_new()).map(|card| &card.state)
}

fn buckets(bounds: &[u32], values: impl Iterator<Item = u32>) -> Vec<Bucket> {
    let ends = bounds.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
    let mut buckets: Vec<Bucket> =
        bounds.iter().zip(ends).map(|(from, upto)| Bucket { from: *from, upto, cards: 0 }).collect();
    for value in values {
        let place = bounds.partition_point(|from| *from <= value);
        if let Some(bucket) = place.checked_sub(1).and_then(|place| buckets.get_mut(place)) {
            bucket.cards += 1;
        }
    }
    buckets
}
