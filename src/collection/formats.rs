//! The formats of banks, in the order in which they are tried.

use crate::bank::table::{BLOOKET, GIMKIT, KAHOOT, QUIZIZZ};
use crate::bank::{
    Aiken, Blackboard, Format, Hascard, Hashcards, Native, OpenTriviaQa, Quizlet, SuperMemo, Table,
};

/// Every format that `import` reads; the first that recognises a file reads it.
pub static FORMATS: [&dyn Format; 13] = [
    &Native,
    &Aiken,
    &Blackboard,
    &OpenTriviaQa,
    &SuperMemo,
    &Quizlet,
    &Hashcards,
    &Hascard,
    &BLOOKET,
    &KAHOOT,
    &QUIZIZZ,
    &GIMKIT,
    &Table,
];
