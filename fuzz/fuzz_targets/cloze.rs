#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| matura_fuzz::targets::cloze(bytes));
