//! Figures and judgements for whoever learns and whoever teaches: pure over what they are handed.

pub mod bank;
pub mod simulate;
