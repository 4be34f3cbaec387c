//! What is fuzzed, for the fuzzer and for a test without it.

pub mod targets;
