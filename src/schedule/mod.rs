//! When a card comes again: SM-2 as a pure function, and the replay of a card's log through it.

mod replay;
mod sm2;

pub use replay::{Follower, Replay, Reviewed, not_retracted, replay, replay_answers};
pub use sm2::{next, preview};
