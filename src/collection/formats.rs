//! The formats of banks, in the order in which they are tried.

use crate::anki::AnkiText;
use crate::anki::package::AnkiPackage;
use crate::bank::table::{BLOOKET, GIMKIT, KAHOOT, QUIZIZZ};
use crate::bank::{
    Aiken, Blackboard, D2l, Format, Gift, Hascard, Hashcards, MoodleXml, Native, Obsidian, OpenTriviaQa,
    Quizlet, SuperMemo, Table,
};

/// Every format that `import` reads; the first that recognises a file reads it.
pub static FORMATS: [&dyn Format; 19] = [
    &Native,
    &AnkiText,
    &AnkiPackage::LISTED,
    &MoodleXml,
    &D2l,
    &Gift,
    &Aiken,
    &Blackboard,
    &OpenTriviaQa,
    &SuperMemo,
    &Quizlet,
    &Hashcards,
    &Hascard,
    &Obsidian,
    &BLOOKET,
    &KAHOOT,
    &QUIZIZZ,
    &GIMKIT,
    &Table,
];
