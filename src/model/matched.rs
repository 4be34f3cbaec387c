//! What came of matching pairs.

use serde::Serialize;

/// What came of pairs that were matched against the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Matched {
    /// Pairs that were found.
    pub pairs: u32,
    /// Wrong picks on the way.
    pub wrong: u32,
    /// Milliseconds from the first pair that was seen to the last that was found.
    pub took_ms: u64,
}
