//! Plain text: the whole file is one document, shown exactly as given.
//!
//! Whatever decodes as text and is no other format comes here: logs, tables, markup. Showing it as it is loses nothing;
//! half-understood markup would.

use super::encoding;
use super::record::blank_document;
use super::{Confidence, ImportError, Limits, stem};
use crate::base::{Outcome, Problem};
use crate::document::Document;

/// File name extensions that mean plain text; others are tried as well.
pub const EXTENSIONS: &[&str] = &["txt", "text"];

/// Plain text is what is left when nothing else fits.
pub fn sniff(_bytes: &[u8], _name: &str) -> Confidence {
    Confidence::LastResort
}

/// Reads one document, named after its file. No document where the file is no text, is blank, or is too long.
pub fn read(file: &str, bytes: Vec<u8>, limits: &Limits) -> Outcome<Vec<Document>> {
    let (text, mut problems) = match read_text(file, bytes, limits) {
        Ok(read) => read,
        Err(problem) => {
            return Outcome { value: Vec::new(), problems: vec![problem] };
        }
    };
    if text.trim().is_empty() {
        problems.push(ImportError::Empty.at(file));
        return Outcome { value: Vec::new(), problems };
    }
    let document = Document { name: stem(file), file: file.to_string(), text, ..blank_document() };
    Outcome { value: vec![document], problems }
}

/// Decodes a file and checks its length; for every importer. The problems are about how it was read.
pub(super) fn read_text(file: &str, bytes: Vec<u8>, limits: &Limits) -> Result<(String, Vec<Problem>), Problem> {
    let decoded = encoding::decode(bytes).map_err(|error| error.at(file))?;
    let len_bytes = decoded.text.len();
    if len_bytes > limits.text_bytes {
        return Err(ImportError::TooLong { len_bytes, limit_bytes: limits.text_bytes }.at(file));
    }
    Ok((decoded.text, decoded.notes.iter().map(|note| note.at(file)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], texts: &[&str], problem_count: usize) {
        let outcome = read("a/story.txt", bytes.to_vec(), &Limits { text_bytes: 100, ..Limits::default() });
        assert_eq!(outcome.value.iter().map(|document| document.text.as_str()).collect::<Vec<_>>(), texts);
        assert_eq!(outcome.problems.len(), problem_count, "{:?}", outcome.problems);
        assert!(outcome.value.iter().all(|document| document.name == "story" && document.file == "a/story.txt"));
    }

    #[test]
    fn the_text_is_kept_exactly() {
        let dashes = include_str!("../../../../tests/import/plain/windows-lines.txt");
        assert!(dashes.contains("\r\n"));
        check(b" a\r\nb\t\r\r\n\n ", &[" a\r\nb\t\r\r\n\n "], 0);
        check("Erdo\u{11f}an\u{a0}".as_bytes(), &["Erdo\u{11f}an\u{a0}"], 0);
    }

    #[test]
    fn blank_long_and_binary_files_are_reported() {
        check(include_bytes!("../../../../tests/import/plain/empty.txt"), &[], 1);
        check(b" \n\t\n", &[], 1);
        check(&[b'a'; 101], &[], 1);
        check(&[1; 20], &[], 1);
        check(
            include_bytes!("../../../../tests/import/plain/broken.txt"),
            &["Fidan said “we hope” so – and “we\u{fffd} do”.\n"],
            1,
        );
    }
}
