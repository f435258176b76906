//! The input at work, kept in a file.
//!
//! libFuzzer saves an input on which the program panics or takes too long. Where the stack overflows it is killed
//! without a word: then this file still tells on what. It costs microseconds where an input takes a millisecond.

use std::env;
use std::fs::File;
use std::io::{Seek, Write};
use std::sync::OnceLock;

/// The environment variable that names the file; nothing is kept without it.
pub const VARIABLE: &str = "SHEAF_FUZZ_AT_WORK";

/// Keeps an input before it is tried.
///
/// # Panics
/// The file cannot be written.
pub fn keep(bytes: &[u8]) {
    static FILE: OnceLock<Option<File>> = OnceLock::new();
    let open = || env::var_os(VARIABLE).map(|path| File::create(path).expect("a file for the input at work"));
    if let Some(mut file) = FILE.get_or_init(open).as_ref() {
        let kept = file.set_len(bytes.len() as u64).and_then(|()| file.rewind()).and_then(|()| file.write_all(bytes));
        kept.expect("the input at work in its file");
    }
}
