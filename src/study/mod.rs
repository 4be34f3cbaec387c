//! What to ask next, marking an answer, and the session as a screen sees it. Pure over what it is handed.

mod ask;
mod blanks;
mod choice;
mod cloze;
mod compare;
mod fact;
mod marker;
mod question;
mod queue;
mod session;
mod today;

pub use ask::{Ask, Gaps, Options, Reveal, Shown, Typed};
pub use compare::{Likeness, compare, difference};
pub use marker::{Marker, Response, Unfit, Verdict};
pub use question::{After, Question};
pub use queue::{Pick, Queue};
pub use session::{Details, Left, Outlook, Past, Saved, Session, Stage, Tally, Turn, Undone};
pub use today::{SoFar, so_far};
