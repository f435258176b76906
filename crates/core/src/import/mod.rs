//! Floor 1: files become documents.
//!
//! The one decision: importing never fails as a whole. Each file gives documents, problems or both; forty files of which
//! one is broken give 39 documents and one problem, and nothing is left out without saying so. The caller reads the disk;
//! here are only bytes, so the same folder gives the same corpus everywhere.
//!
//! ```text
//! files ─▶ gunzip ─▶ kind (images, archives: a problem) ─▶ importer (by IMPORTERS) ─▶ documents
//!       manifest ─▶ order, what is known ─▶ names made unique ─▶ titles, then languages inferred ─▶ corpus
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Read;

use crate::base::{Outcome, Problem};
use crate::document::{Corpus, Document, Known};

pub mod date;
pub mod encoding;
pub mod error;
pub mod jsonl;
pub mod kind;
pub mod language;
pub mod manifest;
pub mod markdown;
pub mod plain;
pub mod record;
#[cfg(test)]
mod template;
pub mod title;

pub use error::ImportError;
use manifest::{Entry, Manifest, ManifestError};

/// One file of the corpus folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Relative to the folder, `/` between folders.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// How to import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Title of the corpus where the manifest gives none: the folder's name, for example.
    pub title: String,
    /// How much is read.
    pub limits: Limits,
}

/// How much is read of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest decoded file, in bytes. Positions in texts are counted in 32 bits.
    pub text_bytes: usize,
    /// Most that a gzip file may unpack to, in bytes.
    pub unpacked_bytes: usize,
    /// Most problems that are told of one file.
    pub problems: usize,
}

impl Default for Limits {
    /// Texts below 2³¹ bytes, gzip up to 1 GiB, 100 problems.
    fn default() -> Limits {
        Limits { text_bytes: (1 << 31) - 1, unpacked_bytes: 1 << 30, problems: 100 }
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
    /// Reads a file: path, bytes (unpacked), limits. Never panics. A document's `name` need not be unique yet.
    pub read: fn(&str, Vec<u8>, &Limits) -> Outcome<Vec<Document>>,
}

/// The formats that are read; of equally sure ones the first. To add one, copy `template.rs`.
pub const IMPORTERS: &[Importer] = &[
    Importer { name: "JSON Lines", extensions: jsonl::EXTENSIONS, sniff: jsonl::sniff, read: jsonl::read },
    Importer { name: "Markdown", extensions: markdown::EXTENSIONS, sniff: markdown::sniff, read: markdown::read },
    Importer { name: "plain text", extensions: plain::EXTENSIONS, sniff: plain::sniff, read: plain::read },
];

/// Whether a path is none of the corpus: hidden files and folders, and what systems and editors leave behind.
///
/// Callers that walk a folder skip these, so that all agree; [`import`] skips them as well, without a problem.
pub fn is_ignored(path: &str) -> bool {
    const LEFT_BEHIND: [&str; 4] = ["__MACOSX", "Thumbs.db", "desktop.ini", "node_modules"];
    path.split('/').any(|part| part.starts_with('.') || part.ends_with('~') || LEFT_BEHIND.contains(&part))
}

/// Makes a corpus of files, in the order of the manifest (`sheaf.toml` at the root) or else of their paths.
///
/// Infallible: what could not be read stands in the problems, which the corpus carries too. Names are unique. Titles and
/// languages that nobody states are inferred. Cost: O(bytes), and about 0.1 ms per document without a stated language.
pub fn import(files: Vec<InputFile>, options: &ImportOptions) -> Outcome<Corpus> {
    let mut files: Vec<InputFile> = files.into_iter().filter(|file| !is_ignored(&file.path)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let (manifest, mut problems) = take_manifest(&mut files);
    let mut documents = Vec::new();
    let mut explicit = Explicit::default();
    for (file, entry) in in_order(files, &manifest, &mut problems) {
        let Outcome { value: mut read, problems: found } = import_file(file, &options.limits);
        problems.extend(found);
        if let Some(entry) = entry {
            if let Err(error) = entry.apply(&mut read) {
                problems.push(Problem::new(entry.place(), error.to_string()));
            }
            explicit.note(entry, documents.len()..documents.len() + read.len());
        }
        documents.append(&mut read);
    }
    make_names_unique(&mut documents, &mut problems);
    for (index, document) in documents.iter_mut().enumerate() {
        if document.title.known == Known::Unknown && !explicit.titles.contains(&index) {
            document.title = title::infer(&document.text);
        }
    }
    language::fill(&mut documents, |index| !explicit.languages.contains(&index));
    let Manifest { title, about, credit, url, .. } = manifest;
    let title = if title.is_empty() { options.title.clone() } else { title };
    let value = Corpus { title, about, credit, url, documents, problems: problems.clone() };
    Outcome { value, problems }
}

/// Reads one file with the importer that is surest of it. Titles and languages that it does not state stay unknown.
pub fn import_file(file: InputFile, limits: &Limits) -> Outcome<Vec<Document>> {
    let InputFile { path, bytes } = file;
    let (bytes, damage) = match unpacked(bytes, limits) {
        Ok(unpacked) => unpacked,
        Err(error) => {
            return Outcome { value: Vec::new(), problems: vec![error.at(&path)] };
        }
    };
    let mut problems: Vec<Problem> = damage.iter().map(|damage| damage.at(&path)).collect();
    let check = if bytes.is_empty() { Err(ImportError::Empty) } else { kind::check(&bytes) };
    if let Err(error) = check {
        problems.push(error.at(&path));
        return Outcome { value: Vec::new(), problems };
    }
    let surest = IMPORTERS.iter().rev().max_by_key(|importer| (importer.sniff)(&bytes, &path));
    let read = surest.map_or(plain::read as fn(&str, Vec<u8>, &Limits) -> _, |importer| importer.read);
    let outcome = read(&path, bytes, limits);
    problems.extend(outcome.problems);
    Outcome { value: outcome.value, problems: capped(problems, &path, limits.problems) }
}

/// Documents for which the manifest says outright that something is unknown: nothing is inferred for them.
#[derive(Default)]
struct Explicit {
    titles: BTreeSet<usize>,
    languages: BTreeSet<usize>,
}

impl Explicit {
    fn note(&mut self, entry: &Entry, indices: std::ops::Range<usize>) {
        if entry.title.as_ref().is_some_and(|title| title.known == Known::Unknown) {
            self.titles.extend(indices.clone());
        }
        if entry.language.as_ref().is_some_and(|language| language.known == Known::Unknown) {
            self.languages.extend(indices);
        }
    }
}

/// Takes the manifest out of the files and reads it.
fn take_manifest(files: &mut Vec<InputFile>) -> (Manifest, Vec<Problem>) {
    let Some(index) = files.iter().position(|file| file.path == manifest::FILE) else {
        return (Manifest::default(), Vec::new());
    };
    match encoding::decode(files.remove(index).bytes) {
        Ok(decoded) => {
            let mut problems: Vec<Problem> = decoded.notes.iter().map(|note| note.at(manifest::FILE)).collect();
            let outcome = manifest::read(&decoded.text);
            problems.extend(outcome.problems);
            (outcome.value, problems)
        }
        Err(error) => (Manifest::default(), vec![error.at(manifest::FILE)]),
    }
}

/// The files that belong to the corpus, in order, with what the manifest says about each.
fn in_order<'m>(
    files: Vec<InputFile>,
    manifest: &'m Manifest,
    problems: &mut Vec<Problem>,
) -> Vec<(InputFile, Option<&'m Entry>)> {
    if manifest.entries.is_empty() {
        return files.into_iter().map(|file| (file, None)).collect();
    }
    let mut by_path: BTreeMap<String, InputFile> = files.into_iter().map(|file| (file.path.clone(), file)).collect();
    let mut listed = Vec::new();
    for entry in &manifest.entries {
        match by_path.remove(&entry.file) {
            Some(file) => listed.push((file, Some(entry))),
            None => {
                let error = ManifestError::Missing { file: entry.file.clone() };
                problems.push(Problem::new(entry.place(), error.to_string()));
            }
        }
    }
    if !by_path.is_empty() {
        let mut names = by_path.keys().take(10).cloned().collect::<Vec<_>>().join(", ");
        if by_path.len() > 10 {
            names.push_str(", …");
        }
        let error = ManifestError::NotListed { count: by_path.len(), names };
        problems.push(Problem::new(manifest::FILE, error.to_string()));
    }
    listed
}

/// The bytes of a gzip file, or those of any other file as they are; and what was wrong with the gzip.
fn unpacked(bytes: Vec<u8>, limits: &Limits) -> Result<(Vec<u8>, Option<ImportError>), ImportError> {
    if !bytes.starts_with(b"\x1f\x8b\x08") {
        return Ok((bytes, None));
    }
    let limit_bytes = limits.unpacked_bytes;
    let mut unpacked = Vec::new();
    let most = u64::try_from(limit_bytes).unwrap_or(u64::MAX).saturating_add(1);
    let result = flate2::read::MultiGzDecoder::new(bytes.as_slice()).take(most).read_to_end(&mut unpacked);
    if unpacked.len() > limit_bytes {
        return Err(ImportError::UnpackedTooLong { limit_bytes });
    }
    let damage = result.err().map(|_| ImportError::DamagedGzip { unpacked_bytes: unpacked.len() });
    Ok((unpacked, damage))
}

fn capped(mut problems: Vec<Problem>, place: &str, most: usize) -> Vec<Problem> {
    if problems.len() > most {
        let count = problems.len() - most;
        problems.truncate(most);
        problems.push(ImportError::More { count }.at(place));
    }
    problems
}

/// Gives each document a name of its own. Files of the same stem get their folder, then their extension; whatever is
/// still taken gets `~2`, and a problem.
fn make_names_unique(documents: &mut [Document], problems: &mut Vec<Problem>) {
    let longer: [fn(&str) -> String; 2] = [path_stem, |file| unpacked_name(file).to_string()];
    let mut shorter: fn(&str) -> String = stem;
    for longer in longer {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        documents.iter().for_each(|document| *counts.entry(document.name.as_str()).or_default() += 1);
        let is_clash = |document: &Document| {
            counts.get(document.name.as_str()).is_some_and(|count| *count > 1)
                && document.name == shorter(&document.file)
        };
        let clashing: Vec<usize> = (0..documents.len()).filter(|&at| documents.get(at).is_some_and(is_clash)).collect();
        for index in clashing {
            if let Some(document) = documents.get_mut(index) {
                document.name = longer(&document.file);
            }
        }
        shorter = longer;
    }
    let mut taken: HashSet<String> = HashSet::with_capacity(documents.len());
    let mut next: HashMap<String, usize> = HashMap::new();
    for document in documents {
        if taken.insert(document.name.clone()) {
            continue;
        }
        let number = next.entry(document.name.clone()).or_insert(2);
        let mut name = format!("{}~{number}", document.name);
        while !taken.insert(name.clone()) {
            *number += 1;
            name = format!("{}~{number}", document.name);
        }
        *number += 1;
        problems.push(ImportError::NameTaken { name: name.clone() }.at(&document.file));
        document.name = name;
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
