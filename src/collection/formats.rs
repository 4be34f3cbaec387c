//! The formats of banks, in the order in which they are tried.

use crate::bank::table::{BLOOKET, GIMKIT, KAHOOT, QUIZIZZ};
use crate::bank::{Aiken, Format, Native, Table};

/// Every format that `import` reads; the first that recognises a file reads it.
pub static FORMATS: [&dyn Format; 7] = [&Native, &Aiken, &BLOOKET, &KAHOOT, &QUIZIZZ, &GIMKIT, &Table];
