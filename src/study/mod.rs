//! What to ask next, marking an answer, and the session as a screen sees it. Pure over what it is handed.

mod ask;
mod blanks;
mod budget;
mod choice;
mod cloze;
mod compare;
mod fact;
mod marker;
pub mod mastery;
mod pairs;
mod practice;
mod question;
mod queue;
mod session;
mod today;
mod wanted;
mod way;

pub use ask::{Ask, Gaps, Options, Reveal, Shown, Typed};
pub use budget::{Budget, Tree};
pub use compare::{Likeness, compare, difference};
pub use marker::{Marker, Response, Unfit, Verdict};
pub use pairs::{ROUND, Rounds, paired, table};
pub use practice::{choose, left, missed};
pub use question::{After, Question};
pub use queue::{Pick, Queue, arrange};
pub use session::{
    Details, Left, Outlook, Past, PutAway, Saved, Session, Stage, TakenBack, Tally, Turn, Undone,
};
pub use today::{CardDay, SoFar, so_far};
pub use wanted::Wanted;
pub use way::{Pool, Practice, Way};
