//! A corpus as it is given: documents with their metadata, and how each piece of metadata is known.
//!
//! Plain data, made by `import` and read by every floor above it. Texts are kept as they were given: what is
//! displayed is what came in. A corpus travels as one file: a magic, a checksum, and its fields in `nanoserde`'s binary form.

#[cfg(feature = "packed")]
pub mod packed;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh64::{Xxh64, xxh64};

use crate::base::binary::{FromBinary, from_binary};
use crate::base::order::sort_by;
use crate::base::{PartialDate, Problem};

/// How a piece of metadata is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub enum Known {
    /// It stands in the document or in the data that came with it.
    Stated,
    /// It was concluded; `from` says from what, in one line.
    Inferred {
        /// What it was concluded from: `“on Sunday” and “Feb. 20”`.
        from: String,
    },
    /// Nobody knows; the value is empty.
    #[default]
    Unknown,
}

impl FromBinary for Known {
    fn take(bytes: &mut &[u8]) -> Option<Known> {
        match u16::take(bytes)? {
            0 => Some(Known::Stated),
            1 => Some(Known::Inferred { from: String::take(bytes)? }),
            2 => Some(Known::Unknown),
            _ => None,
        }
    }
}

/// A value with how it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Fact<T> {
    /// The value; nothing where it is [`Known::Unknown`].
    pub value: Option<T>,
    /// How it is known.
    pub known: Known,
}

impl<T: FromBinary> FromBinary for Fact<T> {
    fn take(bytes: &mut &[u8]) -> Option<Fact<T>> {
        Some(Fact { value: FromBinary::take(bytes)?, known: Known::take(bytes)? })
    }
}

impl<T> Fact<T> {
    /// A stated value.
    pub fn stated(value: T) -> Fact<T> {
        Fact { value: Some(value), known: Known::Stated }
    }

    /// A value concluded from something.
    pub fn inferred(value: T, from: impl Into<String>) -> Fact<T> {
        Fact { value: Some(value), known: Known::Inferred { from: from.into() } }
    }

    /// No value.
    pub fn unknown() -> Fact<T> {
        Fact { value: None, known: Known::Unknown }
    }
}

/// One text with its metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Document {
    /// Stable name, unique in the corpus: the file stem, or the `id` of a JSON line. Links use it.
    pub name: String,
    /// The file it came from, relative to the corpus, `/` between folders; with the line for JSON Lines: `news.jsonl:17`.
    pub file: String,
    /// Headline. Where none is known, the first words of the text stand in, marked as inferred.
    pub title: Fact<String>,
    /// Publication date.
    pub date: Fact<PartialDate>,
    /// Who published it.
    pub source: Fact<String>,
    /// Language: the primary subtag of BCP 47, lower case (`en`, `tr`).
    pub language: Fact<String>,
    /// Where the original can be read.
    pub url: Option<String>,
    /// Further metadata, in the order given; a name occurs once.
    pub fields: Vec<Field>,
    /// The text, as given (decoded; line ends and everything else untouched).
    pub text: String,
}

from_binary!(Document { name, file, title, date, source, language, url, fields, text });

/// A further piece of metadata with one or more values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Field {
    /// Its name as given, nested objects joined by dots: `meta.split`.
    pub name: String,
    /// Its values as text, in the order given, each once.
    pub values: Vec<String>,
}

from_binary!(Field { name, values });

/// All documents of a corpus with what is known about the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Corpus {
    /// Title of the corpus.
    pub title: String,
    /// "About this corpus": paragraphs of plain text, empty where none was given.
    pub about: String,
    /// Credit or licence of the texts, empty where none was given.
    pub credit: String,
    /// Where the corpus comes from, empty where none was given.
    pub url: String,
    /// The documents, in order.
    pub documents: Vec<Document>,
    /// Files and lines that could not be read, or not wholly.
    pub problems: Vec<Problem>,
}

from_binary!(Corpus { title, about, credit, url, documents, problems });

/// First bytes of a corpus file: name and version of the format.
const MAGIC: &[u8; 8] = b"SHEAF\0\0\x01";
/// Bytes of the checksum after the magic.
const CHECKSUM: usize = 8;

/// Why a corpus file cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorpusError {
    /// It begins otherwise.
    #[error("This is no corpus file of this version of Sheaf. Build the site again, or reload the page.")]
    Magic,
    /// Its bytes are not those that were written.
    #[error(
        "The corpus file is damaged or incomplete ({len} bytes). Reload the page; if that does not help, publish the site again."
    )]
    Checksum {
        /// Bytes there are.
        len: usize,
    },
    /// Its fields cannot be read, though the checksum is right.
    #[error("The corpus file was written by another version of Sheaf. Build the site again.")]
    Fields,
}

impl Corpus {
    /// The corpus as a file. The same corpus gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let payload = SerBin::serialize_bin(self);
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&checksum(&payload));
        bytes.extend_from_slice(&payload);
        bytes
    }

    /// Reads a corpus file, checking it. Returns the corpus with its fingerprint.
    pub fn from_bytes(bytes: &[u8]) -> Result<(Corpus, String), CorpusError> {
        let rest = bytes.strip_prefix(MAGIC.as_slice()).ok_or(CorpusError::Magic)?;
        let (stored, payload) = rest.split_at_checked(CHECKSUM).ok_or(CorpusError::Checksum { len: bytes.len() })?;
        let actual = checksum(payload);
        if stored != actual {
            return Err(CorpusError::Checksum { len: bytes.len() });
        }
        let corpus = Corpus::from_binary(payload).ok_or(CorpusError::Fields)?;
        Ok((corpus, short(&actual)))
    }

    /// Languages of the documents, sorted; those without one count for nothing.
    pub fn languages(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for code in self.documents.iter().filter_map(|document| document.language.value.as_deref()) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        sort_by(&mut codes, Ord::cmp);
        codes
    }

    /// Eight hexadecimal digits that change when anything in the corpus does: links carry them.
    pub fn fingerprint(&self) -> String {
        let Corpus { title, about, credit, url, documents, problems } = self;
        let mut fingerprint = Fingerprint::default();
        [title, about, credit, url].iter().for_each(|text| fingerprint.add(*text));
        fingerprint.add(&documents.len());
        documents.iter().for_each(|document| fingerprint.add(document));
        fingerprint.add(problems);
        fingerprint.end()
    }
}

/// [`Corpus::fingerprint`], part by part: all of it at once would take as much memory again.
#[derive(Default)]
pub struct Fingerprint {
    hasher: Xxh64,
    part: Vec<u8>,
}

impl Fingerprint {
    /// Adds the next part.
    pub fn add(&mut self, part: &impl SerBin) {
        self.part.clear();
        part.ser_bin(&mut self.part);
        self.hasher.update(&self.part);
    }

    /// That of all parts.
    pub fn end(self) -> String {
        short(&self.hasher.digest().to_be_bytes())
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fingerprint")
    }
}

/// XXH64 (Collet, <https://xxhash.com>): against damage on the way, not against forgers, who could change the page too.
fn checksum(payload: &[u8]) -> [u8; CHECKSUM] {
    xxh64(payload, 0).to_be_bytes()
}

fn short(checksum: &[u8; CHECKSUM]) -> String {
    checksum[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus() -> Corpus {
        let document = Document {
            name: "a".into(),
            file: "a.txt".into(),
            title: Fact::inferred("A".into(), "the first line"),
            date: Fact::unknown(),
            source: Fact::stated("S".into()),
            language: Fact::stated("en".into()),
            url: None,
            fields: vec![],
            text: "A text.".into(),
        };
        Corpus { title: "T".into(), documents: vec![document], ..Corpus::default() }
    }

    #[test]
    fn a_corpus_file_gives_back_the_corpus() {
        let corpus = corpus();
        let (read, fingerprint) = Corpus::from_bytes(&corpus.to_bytes()).unwrap();
        assert_eq!((&read, fingerprint), (&corpus, corpus.fingerprint()));
    }

    #[test]
    fn a_damaged_file_is_noticed() {
        let bytes = corpus().to_bytes();
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(Corpus::from_bytes(&damaged).is_err(), "byte {at}");
            assert!(Corpus::from_bytes(&bytes[..at]).is_err(), "cut at {at}");
        }
    }
}
