//! Ranges as they are written: `from..to`.

/// What stands before and after the two dots, where there are any; either may be empty.
pub fn ends(text: &str) -> Option<(&str, &str)> {
    // Not `split_once("..")`: the general search for a string is 4 KB of the page, and nothing else needs it.
    let at = text.as_bytes().windows(2).position(|pair| pair == b"..")?;
    Some((text.get(..at)?, text.get(at + 2..)?))
}
