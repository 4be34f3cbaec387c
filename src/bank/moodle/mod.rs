//! What Moodle's formats share: a question as Moodle knows it, and the note that it becomes.

mod body;
mod category;
mod embedded;
mod maker;
mod question;
mod text;

pub(in crate::bank) use category::deck;
pub(in crate::bank) use embedded::{find, is_embedded, parts, worth};
pub(in crate::bank) use maker::{Maker, Mend, Place};
pub(in crate::bank) use question::{Amount, Answer, Asked, Gapped, Number, Question, no_number, number};
pub(in crate::bank) use text::{Markup, Text};
