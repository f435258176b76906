//! ZIP archives: each entry is a file of the corpus, `archive.zip/folder/file.txt`.
//!
//! The one decision: an archive is unpacked entry by entry into the importers and never onto a disk, so that a name that
//! climbs out of its folder can do no harm; it is left out and reported all the same, since nobody means it. What an
//! archive claims to unpack to is checked before, and held to. Archives inside archives are not opened.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::error::ImportError;
use super::part::Cut;
use super::stream::{Input, Sink, read_file};
use super::{ImportOptions, Limits, is_ignored};

/// How a ZIP archive begins, with entries or without.
const MAGICS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
/// Nothing that people write packs so well: an entry that unpacks to more times its size is made to fill a disk.
const MOST_RATIO: u64 = 200;
/// Shorter entries may pack as well as they like, in bytes unpacked.
const RATIO_FROM_BYTES: u64 = 10 << 20;
/// Entries that only office documents and books have.
const OFFICE: [&str; 3] = ["[Content_Types].xml", "mimetype", "META-INF/container.xml"];

/// One entry that is to be read.
struct Entry {
    name: String,
    /// Where its packed bytes begin in the archive.
    start: u64,
    packed_bytes: u64,
    unpacked_bytes: u64,
    crc: u32,
    is_deflated: bool,
}

/// Whether a file is an archive, by its first bytes. Errors: it cannot be read.
pub(super) fn is_archive(input: &Input<'_>) -> io::Result<bool> {
    let mut magic = Vec::new();
    (input.open)()?.take(4).read_to_end(&mut magic)?;
    Ok(MAGICS.contains(&magic.as_slice()))
}

/// Reads all entries, in the order of their paths. Cost: O(unpacked bytes); memory as for the same files outside.
pub(super) fn read(input: &Input<'_>, options: &ImportOptions, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let archive = (input.open)()
        .map_err(|error| ImportError::unreadable(&error))
        .and_then(|file| ZipArchive::new(io::BufReader::new(file)).map_err(|_| ImportError::DamagedZip));
    let mut archive = match archive {
        Ok(archive) => archive,
        Err(error) => {
            sink.problem(error.at(&input.path));
            return ControlFlow::Continue(());
        }
    };
    if OFFICE.iter().any(|name| archive.index_for_name(name).is_some()) {
        let advice = "Save its text as .txt, .md or .html and put that in its place.";
        let kind = "an office document or book (docx, xlsx, odt, epub)";
        sink.problem(ImportError::Unsupported { kind, advice }.at(&input.path));
        return ControlFlow::Continue(());
    }
    let entries = entries_of(&mut archive, &input.path, &options.limits, sink);
    drop(archive);
    for entry in entries {
        let path = format!("{}/{}", input.path, entry.name);
        sink.next_file(&path);
        read_file(&path, &|| entry.open(input), &Cut::WHOLE, options, sink)?;
    }
    ControlFlow::Continue(())
}

/// The entries that can be read, sorted by name; the others are problems.
fn entries_of<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    path: &str,
    limits: &Limits,
    sink: &mut Sink<'_>,
) -> Vec<Entry> {
    if archive.is_empty() {
        sink.problem(ImportError::Empty.at(path));
    }
    if archive.has_duplicate_names() {
        sink.problem(ImportError::EntryTwice.at(path));
    }
    let mut entries = Vec::new();
    let mut total: u64 = 0;
    for index in 0..archive.len() {
        let (name, entry) = entry_of(archive, index);
        if name.ends_with('/') || is_ignored(&name) && !is_unsafe(&name) {
            continue;
        }
        let entry = entry.and_then(|entry| {
            total = total.saturating_add(entry.unpacked_bytes);
            let is_too_much = total > limits.archive_bytes;
            if is_too_much { Err(ImportError::ArchiveTooLong { limit_bytes: limits.archive_bytes }) } else { Ok(entry) }
        });
        match entry {
            Ok(entry) => entries.push(entry),
            Err(error) => sink.problem(error.at(&format!("{path}/{name}"))),
        }
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    entries
}

/// The name of an entry, and the entry where it can be read.
fn entry_of<R: Read + Seek>(archive: &mut ZipArchive<R>, index: usize) -> (String, Result<Entry, ImportError>) {
    let Ok(file) = archive.by_index_raw(index) else {
        let name = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().into_owned();
        return (name, Err(ImportError::DamagedEntry));
    };
    // Some programs on Windows write their own separators.
    let raw =
        file.name().map_or_else(|_| String::from_utf8_lossy(file.name_raw()).into_owned(), |name| name.into_owned());
    let name = raw.replace('\\', "/");
    let is_deflated = file.compression() == CompressionMethod::Deflated;
    let ratio = file.size() / file.compressed_size().max(1);
    let result = if is_unsafe(&name) {
        Err(ImportError::UnsafePath)
    } else if file.encrypted() {
        Err(ImportError::Encrypted)
    } else if !is_deflated && file.compression() != CompressionMethod::Stored {
        let advice = "Pack it again with the usual method (deflate), or put its files in its place.";
        Err(ImportError::Unsupported { kind: "packed by a rare method", advice })
    } else if ratio > MOST_RATIO && file.size() > RATIO_FROM_BYTES {
        Err(ImportError::TooTight { ratio })
    } else {
        file.data_start().ok_or(ImportError::DamagedEntry).map(|start| Entry {
            name: name.clone(),
            start,
            packed_bytes: file.compressed_size(),
            unpacked_bytes: file.size(),
            crc: file.crc32(),
            is_deflated,
        })
    };
    (name, result)
}

/// Whether a name is absolute (on Windows, too) or climbs.
fn is_unsafe(name: &str) -> bool {
    name.starts_with('/')
        || name.get(1..2) == Some(":")
        || name.contains('\0')
        || name.split('/').any(|part| part == "..")
}

impl Entry {
    /// Opens the entry at its beginning. The archive's own reader would have to be held, and can be read but once.
    fn open(&self, input: &Input<'_>) -> io::Result<Box<dyn Read + Send>> {
        let mut file = (input.open)()?;
        file.seek(SeekFrom::Start(self.start))?;
        let packed = io::BufReader::new(file.take(self.packed_bytes));
        let unpacked: Box<dyn Read + Send> =
            if self.is_deflated { Box::new(DeflateDecoder::new(packed)) } else { Box::new(packed) };
        Ok(Box::new(Checked { unpacked, left: self.unpacked_bytes, expected: self.crc, crc: Crc::new() }))
    }
}

/// Unpacked bytes, held to the length and checksum that the archive gives.
struct Checked {
    unpacked: Box<dyn Read + Send>,
    left: u64,
    expected: u32,
    crc: Crc,
}

impl Read for Checked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let len = self.unpacked.read(into)?;
        self.crc.update(into.get(..len).unwrap_or(&[]));
        let is_end = len == 0 && !into.is_empty();
        let is_good = len as u64 <= self.left && !(is_end && (self.left > 0 || self.crc.sum() != self.expected));
        if !is_good {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the archive is damaged here"));
        }
        self.left -= len as u64;
        Ok(len)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::{ImportOptions, InputFile, import};
    use super::*;

    fn packed(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// Checks `file=text` of the documents, and the places of the problems.
    fn check(bytes: &[u8], limits: Limits, documents: &[&str], problems: &[&str]) {
        let files = vec![InputFile { path: "a.zip".to_string(), bytes: bytes.to_vec() }];
        let corpus = import(files, &ImportOptions { limits, ..ImportOptions::default() }).value;
        let got: Vec<String> = corpus.documents.iter().map(|d| format!("{}={}", d.file, d.text)).collect();
        let places: Vec<&str> = corpus.problems.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(
            (got, places),
            (documents.iter().map(ToString::to_string).collect(), problems.to_vec()),
            "{:#?}",
            corpus.problems
        );
    }

    const FILES: &[(&str, &[u8])] = &[
        ("b.txt", b"Second."),
        ("a/x.jsonl", b"{\"text\": \"First.\"}\n{\"text\": \"And.\"}"),
        ("__MACOSX/b.txt", b"x"),
        (".hidden", b"x"),
        ("c.csv", b"text\nThird.\n"),
        ("d.txt", b""),
    ];
    const READ: &[&str] =
        &["a.zip/a/x.jsonl:1=First.", "a.zip/a/x.jsonl:2=And.", "a.zip/b.txt=Second.", "a.zip/c.csv:2=Third."];

    #[test]
    fn entries_are_files_of_the_corpus() {
        for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
            check(&packed(FILES, method), Limits::default(), READ, &["a.zip/d.txt"]);
        }
    }

    #[test]
    fn names_that_climb_and_archives_inside_are_reported() {
        let inner = packed(FILES, CompressionMethod::Deflated);
        let files: &[(&str, &[u8])] = &[
            ("../x.txt", b"x"),
            ("/y.txt", b"y"),
            ("a/../../z.txt", b"z"),
            ("in.zip", &inner),
            ("ok\\w.txt", b"Fine."),
        ];
        check(
            &packed(files, CompressionMethod::Deflated),
            Limits::default(),
            &["a.zip/ok/w.txt=Fine."],
            &["a.zip/../x.txt", "a.zip//y.txt", "a.zip/a/../../z.txt", "a.zip/in.zip"],
        );
    }

    #[test]
    fn bombs_are_not_unpacked() {
        let zeros = vec![b' '; 20 << 20];
        let bomb = packed(&[("big.txt", &zeros), ("ok.txt", b"Fine.")], CompressionMethod::Deflated);
        check(&bomb, Limits::default(), &["a.zip/ok.txt=Fine."], &["a.zip/big.txt"]);
        let limits = Limits { archive_bytes: 10, ..Limits::default() };
        check(&packed(&FILES[..2], CompressionMethod::Stored), limits, &["a.zip/b.txt=Second."], &["a.zip/a/x.jsonl"]);
    }

    #[test]
    fn damage_is_reported_where_it_is() {
        let whole = packed(FILES, CompressionMethod::Stored);
        check(&whole[..whole.len() / 2], Limits::default(), &[], &["a.zip"]);
        let mut damaged = whole.clone();
        let at = whole.windows(7).position(|window| window == b"Second.").unwrap();
        damaged[at] = b'X';
        check(&damaged, Limits::default(), &[READ[0], READ[1], READ[3]], &["a.zip/b.txt", "a.zip/d.txt"]);
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0xff;
            let files = vec![InputFile { path: "a.zip".to_string(), bytes: damaged }];
            let outcome = import(files, &ImportOptions::default());
            assert!(outcome.value.documents.len() <= 5, "{at}");
        }
    }
}
