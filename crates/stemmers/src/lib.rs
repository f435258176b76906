//! The Snowball stemmers as a wasm of their own: the page loads it when a text is in a language other than English.
//!
//! Bare exports, without `wasm-bindgen`: four of them need no glue. The host writes the language and then the word into
//! the buffer, as UTF-8, calls [`stem`], and finds the stem at the beginning of the buffer. The buffer is a row of
//! atomics, which on one thread cost nothing, so that no memory is touched behind the compiler's back.

// SAFETY (of all in this file): `no_mangle` counts as unsafe because two functions of one name would be mixed up.
// These are the only such functions of the wasm, and nothing links the native library but its tests.
#![allow(unsafe_code)]

#[path = "../../core/src/text/snowball.rs"]
mod snowball;

use std::sync::atomic::{AtomicU8, Ordering};

/// Bytes for a language and a word together: words of real languages have less than 200.
const LEN: usize = 1024;

/// What [`stem`] returns where there is no stem.
pub const NONE: u32 = u32::MAX;

static BUFFER: [AtomicU8; LEN] = [const { AtomicU8::new(0) }; LEN];

/// Where the host writes and reads: [`buffer_len`] bytes that stay where they are.
#[unsafe(no_mangle)]
pub extern "C" fn buffer() -> *mut u8 {
    BUFFER.as_ptr().cast_mut().cast()
}

/// How many bytes the buffer has; a host writes no more than that.
#[unsafe(no_mangle)]
pub extern "C" fn buffer_len() -> u32 {
    LEN as u32
}

/// Stems the word in the buffer: the language (ISO 639) in its first bytes, the word in lower case right after it.
///
/// The stem is in the buffer from its beginning on; its length is returned, or [`NONE`] where the language is unknown,
/// or a length is wrong, or the bytes are not UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn stem(language_len: u32, word_len: u32) -> u32 {
    stem_in_buffer(language_len as usize, word_len as usize).unwrap_or(NONE)
}

fn stem_in_buffer(language_len: usize, word_len: usize) -> Option<u32> {
    let given = BUFFER.get(..language_len.checked_add(word_len)?)?;
    let given: Vec<u8> = given.iter().map(|byte| byte.load(Ordering::Relaxed)).collect();
    let (language, word) = std::str::from_utf8(&given).ok()?.split_at_checked(language_len)?;
    let stem = snowball::stem(word, language)?;
    let place = BUFFER.get(..stem.len())?;
    place.iter().zip(stem.bytes()).for_each(|(place, byte)| place.store(byte, Ordering::Relaxed));
    u32::try_from(stem.len()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the host does it.
    fn check(word: &str, language: &str, expected: Option<&str>) {
        assert_eq!(buffer_len() as usize, LEN);
        for (place, byte) in BUFFER.iter().zip(language.bytes().chain(word.bytes())) {
            place.store(byte, Ordering::Relaxed);
        }
        let len = stem(language.len() as u32, word.len() as u32);
        let stem = (len != NONE).then(|| BUFFER.iter().take(len as usize).map(|byte| byte.load(Ordering::Relaxed)));
        let stem = stem.map(|bytes| String::from_utf8(bytes.collect()).unwrap());
        assert_eq!(stem.as_deref(), expected, "{word} ({language})");
    }

    /// One test, since there is one buffer.
    #[test]
    fn a_word_in_the_buffer_is_stemmed() {
        check("verhandlungen", "de", Some("verhandl"));
        check("görüşmeler", "tr", Some("görüşme"));
        check("переговорах", "ru", Some("переговор"));
        check("", "de", Some(""));
        check("北京", "zh", None);
        check(&"ü".repeat(LEN / 2), "de", None);
        check(&"x".repeat(LEN - 2), "de", Some(&"x".repeat(LEN - 2)));
        // The cut between language and word must lie between characters.
        assert!(!buffer().is_null());
        check("ü", "de", Some("u"));
        assert_eq!(stem(u32::MAX, u32::MAX), NONE);
        BUFFER.iter().zip("deü".bytes()).for_each(|(place, byte)| place.store(byte, Ordering::Relaxed));
        assert_eq!(stem(3, 1), NONE);
        assert_eq!(stem(2, 1), NONE);
    }
}
