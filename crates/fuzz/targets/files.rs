//! libFuzzer's program for the target `files`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sheaf_fuzz::at_work::keep(bytes);
    sheaf_fuzz::files::check(bytes);
});
