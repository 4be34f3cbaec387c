//! The formats of banks, in the order in which they are tried.

use crate::bank::table::{BLOOKET, GIMKIT, KAHOOT, QUIZIZZ};
use crate::bank::{Aiken, Blackboard, Format, Native, OpenTriviaQa, SuperMemo, Table};

/// Every format that `import` reads; the first that recognises a file reads it.
pub static FORMATS: [&dyn Format; 10] =
    [&Native, &Aiken, &Blackboard, &OpenTriviaQa, &SuperMemo, &BLOOKET, &KAHOOT, &QUIZIZZ, &GIMKIT, &Table];
