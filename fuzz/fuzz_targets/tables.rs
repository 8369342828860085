#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tlevel_fuzz::tables(bytes));
