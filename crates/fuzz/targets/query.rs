//! libFuzzer's program for the target `query`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sheaf_fuzz::at_work::keep(bytes);
    sheaf_fuzz::query::check(bytes);
});
