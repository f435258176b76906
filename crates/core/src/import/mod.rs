//! Floor 1: files become documents.
//!
//! The one decision: importing never fails as a whole. Each file gives documents, problems or both; forty files of which
//! one is broken give 39 documents and one problem, and nothing is left out without saying so. The caller reads the disk;
//! here are only bytes, so the same folder gives the same corpus everywhere.
//!
//! ```text
//! stream    manifest ─▶ order of files ─▶ unzip, gunzip ─▶ kind (images, archives: a problem) ─▶ importer (by IMPORTERS)
//!                       ─▶ what the manifest says ─▶ title ─▶ documents, one after the other
//! gathered  names made unique, languages inferred, problems ─▶ corpus
//! ```

use std::io::{Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::base::Outcome;
use crate::document::{Corpus, Document};

mod ahead;
mod archive;
mod bytes;
pub mod date;
pub mod encoding;
pub mod error;
pub mod gathered;
pub mod html;
pub mod jsonl;
pub mod kind;
pub mod language;
pub mod manifest;
pub mod markdown;
pub mod objects;
pub mod part;
pub mod plain;
pub mod record;
pub mod stream;
pub mod table;
#[cfg(test)]
mod template;
pub mod title;

pub use error::ImportError;
pub use gathered::Gathered;
pub use objects::Objects;
pub use part::Part;
pub use record::{Columns, Slot};
pub use stream::{Input, read};

/// One file of the corpus folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Relative to the folder, `/` between folders.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a file is read from. Archives are read here and there.
pub trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// How to import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Title of the corpus where the manifest gives none: the folder's name, for example.
    pub title: String,
    /// How much is read.
    pub limits: Limits,
    /// The part of the corpus to read; nothing for all of it. Parts 1 to n, one after the other, are the whole in its order.
    pub part: Option<Part>,
    /// Which columns of tables and keys of JSON are what, beyond the usual names and before what the manifest says.
    pub columns: Columns,
}

/// How much is read of one file. A file of many documents, one per line, may have any length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest decoded file, in bytes. Positions in texts are counted in 32 bits.
    pub text_bytes: usize,
    /// Longest line of JSON Lines, or row of a table, in bytes: a quote that is never closed makes one of the whole file.
    pub line_bytes: usize,
    /// Most that a gzip file may unpack to, in bytes.
    pub unpacked_bytes: usize,
    /// Most problems that are told of one file.
    pub problems: usize,
    /// Shortest file of lines that may be cut between two parts of a corpus, in bytes on disk.
    pub cut_bytes: u64,
    /// Most that the files of one archive may unpack to, together, in bytes.
    pub archive_bytes: u64,
}

impl Default for Limits {
    /// Texts below 2³¹ bytes, lines up to 256 MiB, gzip up to 1 GiB, 100 problems, cuts from 1 MiB on, archives up to 64 GiB.
    fn default() -> Limits {
        Limits {
            text_bytes: (1 << 31) - 1,
            line_bytes: 256 << 20,
            unpacked_bytes: 1 << 30,
            problems: 100,
            cut_bytes: 1 << 20,
            archive_bytes: 64 << 30,
        }
    }
}

/// How sure an importer is that a file is its own; the surest reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not.
    No,
    /// If nobody else wants it.
    LastResort,
    /// Its name says so.
    ByName,
    /// Its bytes say so.
    ByContent,
}

/// A format.
#[derive(Clone, Copy, Debug)]
pub struct Importer {
    /// What it is called in messages and in the file dialog.
    pub name: &'static str,
    /// File name extensions, small letters, without the dot.
    pub extensions: &'static [&'static str],
    /// How sure it is, from the bytes (unpacked) and the path.
    pub sniff: fn(&[u8], &str) -> Confidence,
    /// How a file is read.
    pub reading: Reading,
}

/// How an importer reads. Never panics. A document's `name` need not be unique yet.
#[derive(Clone, Copy, Debug)]
pub enum Reading {
    /// A whole file at once: path, bytes (unpacked), limits.
    Whole(fn(&str, Vec<u8>, &Limits) -> Outcome<Vec<Document>>),
    /// A file of many documents, one after the other.
    Pieces(stream::ReadPieces),
}

/// The formats that are read; of equally sure ones the first. To add one, copy `template.rs`.
pub const IMPORTERS: &[Importer] = &[
    Importer {
        name: "JSON Lines",
        extensions: jsonl::EXTENSIONS,
        sniff: jsonl::sniff,
        reading: Reading::Pieces(jsonl::read),
    },
    Importer {
        name: "CSV or TSV",
        extensions: table::EXTENSIONS,
        sniff: table::sniff,
        reading: Reading::Pieces(table::read),
    },
    Importer { name: "HTML", extensions: html::EXTENSIONS, sniff: html::sniff, reading: Reading::Whole(html::read) },
    Importer {
        name: "Markdown",
        extensions: markdown::EXTENSIONS,
        sniff: markdown::sniff,
        reading: Reading::Whole(markdown::read),
    },
    Importer {
        name: "plain text",
        extensions: plain::EXTENSIONS,
        sniff: plain::sniff,
        reading: Reading::Whole(plain::read),
    },
];

/// Whether a path is none of the corpus: hidden files and folders, and what systems and editors leave behind.
///
/// Callers that walk a folder skip these, so that all agree; [`import`] skips them as well, without a problem.
pub fn is_ignored(path: &str) -> bool {
    const LEFT_BEHIND: [&str; 4] = ["__MACOSX", "Thumbs.db", "desktop.ini", "node_modules"];
    path.split('/').any(|part| part.starts_with('.') || part.ends_with('~') || LEFT_BEHIND.contains(&part))
}

/// Makes a corpus of files, in the order of the manifest (`sheaf.toml` at the root) or else of their paths: [`read`] and
/// [`Gathered::settle`] over files that are held in memory.
///
/// Infallible: what could not be read stands in the problems, which the corpus carries too. Names are unique. Titles and
/// languages that nobody states are inferred. Cost: O(bytes), and about 0.1 ms per document without a stated language.
pub fn import(files: Vec<InputFile>, options: &ImportOptions) -> Outcome<Corpus> {
    let inputs = files.into_iter().map(InputFile::into_input).collect();
    let mut documents = Vec::new();
    let gathered = read(inputs, options, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    for (index, document) in documents.iter_mut().enumerate() {
        gathered.settle(index, document);
    }
    let value = Corpus { documents, ..gathered.about() };
    let problems = value.problems.clone();
    Outcome { value, problems }
}

/// Reads one file with the importer that is surest of it. Titles that it does not state are inferred, languages stay
/// unknown.
pub fn import_file(file: InputFile, limits: &Limits) -> Outcome<Vec<Document>> {
    let options = ImportOptions { limits: *limits, ..ImportOptions::default() };
    let mut documents = Vec::new();
    let gathered = read(vec![file.into_input()], &options, &mut |document| {
        documents.push(document);
        ControlFlow::Continue(())
    });
    Outcome { value: documents, problems: gathered.about().problems }
}

impl InputFile {
    /// The file as [`read`] takes it.
    pub fn into_input(self) -> Input<'static> {
        let bytes: Arc<[u8]> = self.bytes.into();
        Input {
            path: self.path,
            len_bytes: bytes.len() as u64,
            open: Box::new(move || Ok(Box::new(Cursor::new(bytes.clone())))),
        }
    }
}

/// A path without the `.gz` of its packing.
fn unpacked_name(path: &str) -> &str {
    let is_packed = path.len() > 3 && path.get(path.len() - 3..).is_some_and(|end| end.eq_ignore_ascii_case(".gz"));
    if is_packed { path.get(..path.len() - 3).unwrap_or(path) } else { path }
}

/// A path without extension: `letters/07` of `letters/07.txt.gz`.
fn path_stem(path: &str) -> String {
    let path = unpacked_name(path);
    let name_start = path.rfind('/').map_or(0, |at| at + 1);
    let end = path.rfind('.').filter(|at| *at > name_start).unwrap_or(path.len());
    path.get(..end).unwrap_or(path).to_string()
}

/// A file's name without folder and extension: `07` of `letters/07.txt.gz`.
fn stem(path: &str) -> String {
    let stem = path_stem(path);
    stem.rsplit('/').next().unwrap_or(&stem).to_string()
}

/// The first `most` bytes, or a few less where that would cut a character.
fn beginning(text: &str, most: usize) -> &str {
    let fits = |end: &usize| text.is_char_boundary(*end);
    let end = (most.saturating_sub(3)..=most).rev().find(fits).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// Whether the name ends so, packed or not, in any case.
fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let path = unpacked_name(path);
    path.rsplit_once('.').is_some_and(|(_, end)| extensions.iter().any(|extension| end.eq_ignore_ascii_case(extension)))
}

#[cfg(test)]
mod tests;
