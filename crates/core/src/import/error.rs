//! What can be wrong with a file, told so that its owner can mend it.
//!
//! One enum for whole files; the manifest, lines of JSON and dates have their own beside their readers. Each becomes a
//! [`Problem`] at the border of its stage, where the place (file, line) is known; so no message repeats the file name.

use thiserror::Error;

use crate::base::Problem;

/// Why a file, or a part of it, could not be read, or not for certain.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ImportError {
    /// No byte, or nothing but blanks.
    #[error("The file is empty. Put its text in, or remove it.")]
    Empty,
    /// A kind of file that is known and not read.
    #[error("This is {kind}, which cannot be read yet. {advice}")]
    Unsupported {
        /// The kind with its article: `a PDF`.
        kind: &'static str,
        /// What to do instead: a whole sentence.
        advice: &'static str,
    },
    /// Bytes that are no text in any encoding we know.
    #[error(
        "The file is not text: {share_percent} % of its first bytes are control characters. Save it as text (UTF-8), \
         or remove it."
    )]
    Binary {
        /// Share of control characters among the bytes looked at, 0 to 100.
        share_percent: usize,
    },
    /// An encoding that had to be guessed. The text was read.
    #[error("Read as {encoding}, which is a guess. If letters look wrong, save the file as UTF-8.")]
    GuessedEncoding {
        /// Name of the encoding after the WHATWG standard.
        encoding: &'static str,
    },
    /// Bytes that the encoding has no character for. The text was read without them.
    #[error(
        "Bytes that are not valid {encoding} show as \u{FFFD}: {count}, the first at byte {offset}. Write those characters \
         again and save the file as UTF-8."
    )]
    InvalidBytes {
        /// Name of the encoding after the WHATWG standard.
        encoding: &'static str,
        /// How many replacement characters stand in the text.
        count: usize,
        /// Where the first one is: bytes from the start of the file.
        offset: usize,
    },
    /// NUL characters in otherwise good text. They were kept.
    #[error("NUL characters were kept as they are: {count}. If they are not meant, remove them.")]
    Nul {
        /// How many.
        count: usize,
    },
    /// A text longer than positions in it can be counted.
    #[error("The text has {len_bytes} bytes; at most {limit_bytes} can be read. Split the file.")]
    TooLong {
        /// Its length.
        len_bytes: usize,
        /// The most that is read.
        limit_bytes: usize,
    },
    /// A gzip file that unpacks to more than is allowed.
    #[error("Unpacked, this is larger than {limit_bytes} bytes. Split the file, or pass it unpacked.")]
    UnpackedTooLong {
        /// The most that is unpacked.
        limit_bytes: usize,
    },
    /// A gzip file with an end missing or damaged. What could be unpacked was read.
    #[error("The gzip file is damaged or cut off; {unpacked_bytes} bytes could be unpacked. Make it again.")]
    DamagedGzip {
        /// How much could be unpacked.
        unpacked_bytes: usize,
    },
    /// A ZIP archive whose list of files cannot be read.
    #[error("The ZIP archive is damaged or cut off: its list of files cannot be read. Make it again.")]
    DamagedZip,
    /// An entry of a ZIP archive that does not begin where the archive says.
    #[error("The ZIP archive is damaged here; this file was left out. Make the archive again.")]
    DamagedEntry,
    /// Two entries of one name.
    #[error("Several files in the archive have the same name; the last one counts. Make it again without the others.")]
    EntryTwice,
    /// An entry whose name leads out of the archive.
    #[error("The name of this file leads out of its archive; it was left out. Pack it again from inside its folder.")]
    UnsafePath,
    /// An encrypted entry.
    #[error("This file is encrypted; it was left out. Pack it again without a password.")]
    Encrypted,
    /// An entry that packs better than anything people write.
    #[error(
        "This unpacks to {ratio} times its size, as no text does; it was left out. If it is meant, unpack it first."
    )]
    TooTight {
        /// How many times.
        ratio: u64,
    },
    /// An archive that unpacks to more than is allowed.
    #[error(
        "Up to here the archive unpacks to more than {limit_bytes} bytes; this file was left out. Split the archive."
    )]
    ArchiveTooLong {
        /// The most that is unpacked.
        limit_bytes: u64,
    },
    /// A web page that cannot be parsed in reasonable time.
    #[error(
        "The page has too many elements, or too deep ones, to find its text; it was read as plain text. Save its text."
    )]
    TooMuchMarkup,
    /// Front matter that is no YAML or TOML. It was kept as part of the text.
    #[error("The front matter is not valid {language} at line {line}: {message}. It was read as text.")]
    FrontMatter {
        /// `YAML` or `TOML`.
        language: &'static str,
        /// Line of the file, from 1.
        line: usize,
        /// What the parser says, in one line.
        message: String,
    },
    /// A date that was not understood. The document has none.
    #[error(transparent)]
    Date(#[from] super::date::DateError),
    /// A name that another document had already.
    #[error(
        "Another document is already called so; this one is now {name:?}. Links use these names: make them unique."
    )]
    NameTaken {
        /// The name it has now.
        name: String,
    },
    /// A file that the system does not give.
    #[error("This cannot be read; it was left out. The system says: {message}.")]
    Unreadable {
        /// What the system says.
        message: String,
    },
    /// More problems of one file than anybody reads.
    #[error("More problems of this file are not shown: {count}. Mend the first ones and try again.")]
    More {
        /// How many are not shown.
        count: usize,
    },
}

impl ImportError {
    /// What the system says about a file that cannot be read.
    pub(super) fn unreadable(error: &std::io::Error) -> ImportError {
        ImportError::Unreadable { message: error.to_string() }
    }

    /// The problem at its place: a file, or a file with a line (`news.jsonl:17`).
    pub fn at(&self, place: &str) -> Problem {
        Problem::new(place, self.to_string())
    }
}
