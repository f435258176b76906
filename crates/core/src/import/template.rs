//! A format to copy: a file whose first line is `%%NOTE title` and whose rest is the text.
//!
//! 1. Copy this file, say what the format is and what was decided, and change `sniff` and `read`.
//! 2. Add one line to `IMPORTERS` in `mod.rs`; the generic tests (no panic on any bytes or prefix) then cover it.
//! 3. Put small files into `tests/import/NAME/`, among them a broken and an empty one.

use super::plain::read_text;
use super::record::blank_document;
use super::{Confidence, ImportError, Limits, stem};
use crate::base::Outcome;
use crate::document::{Document, Fact};

/// How sure it is that the file is of this format: by its bytes, or by its name.
pub(super) fn sniff(bytes: &[u8], name: &str) -> Confidence {
    if bytes.starts_with(b"%%NOTE ") {
        Confidence::ByContent
    } else if super::has_extension(name, &["note"]) {
        Confidence::ByName
    } else {
        Confidence::No
    }
}

/// Reads the documents of one file. What cannot be used becomes a problem at its place; the rest is kept.
pub(super) fn read(file: &str, bytes: Vec<u8>, limits: &Limits) -> Outcome<Vec<Document>> {
    let (text, mut problems) = match read_text(file, bytes, limits) {
        Ok(read) => read,
        Err(problem) => {
            return Outcome { value: Vec::new(), problems: vec![problem] };
        }
    };
    let (first, body) = text.split_once('\n').unwrap_or((text.as_str(), ""));
    if body.trim().is_empty() {
        problems.push(ImportError::Empty.at(file));
        return Outcome { value: Vec::new(), problems };
    }
    let title = first.strip_prefix("%%NOTE ").map_or_else(Fact::unknown, |title| Fact::stated(title.to_string()));
    let document =
        Document { name: stem(file), file: file.to_string(), title, text: body.to_string(), ..blank_document() };
    Outcome { value: vec![document], problems }
}

#[test]
fn the_template_works() {
    let outcome = read("a.note", b"%%NOTE Shopping\nMilk\n".to_vec(), &Limits::default());
    assert_eq!(outcome.value[0].title, Fact::stated("Shopping".to_string()));
    assert_eq!(outcome.value[0].text, "Milk\n");
    assert_eq!(sniff(b"%%NOTE Shopping", "a.txt"), Confidence::ByContent);
    assert_eq!(read("a.note", Vec::new(), &Limits::default()).problems.len(), 1);
}
