//! The formats of banks, in the order in which they are tried.

use crate::bank::{Format, Native};

/// Every format that `import` reads; the first that recognises a file reads it.
pub static FORMATS: [&dyn Format; 1] = [&Native];
