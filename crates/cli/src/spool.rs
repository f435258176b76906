//! Documents put aside on disk while the rest of the corpus is read.
//!
//! What only the whole corpus decides (names, languages) is not known when a document is read; and several machines may
//! read parts of a corpus for one that puts them together.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use nanoserde::SerBin;
use sheaf_core::base::binary::FromBinary;
use sheaf_core::document::Document;

/// Documents being put aside.
pub(crate) struct SpoolWriter(BufWriter<File>);

impl SpoolWriter {
    /// Begins a file.
    ///
    /// # Errors
    /// It cannot be created.
    pub(crate) fn create(path: &Path) -> io::Result<SpoolWriter> {
        Ok(SpoolWriter(BufWriter::with_capacity(1 << 20, File::create(path)?)))
    }

    /// Appends a document.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn push(&mut self, document: &Document) -> io::Result<()> {
        let record = document.serialize_bin();
        self.0.write_all(&(record.len() as u64).to_le_bytes())?;
        self.0.write_all(&record)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Documents that were put aside, in order.
pub(crate) struct SpoolReader {
    file: BufReader<File>,
    left: u64,
}

impl SpoolReader {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn open(path: &Path) -> io::Result<SpoolReader> {
        let file = File::open(path)?;
        let left = file.metadata()?.len();
        Ok(SpoolReader { file: BufReader::with_capacity(1 << 20, file), left })
    }
}

impl Iterator for SpoolReader {
    type Item = io::Result<Document>;

    fn next(&mut self) -> Option<io::Result<Document>> {
        if self.left == 0 {
            return None;
        }
        let mut read = || {
            let mut len = [0; 8];
            self.file.read_exact(&mut len)?;
            let len = u64::from_le_bytes(len);
            self.left = self.left.checked_sub(len.saturating_add(8)).ok_or(io::ErrorKind::InvalidData)?;
            let mut record = vec![0; usize::try_from(len).map_err(|_| io::ErrorKind::InvalidData)?];
            self.file.read_exact(&mut record)?;
            Document::from_binary(&record).ok_or_else(|| io::ErrorKind::InvalidData.into())
        };
        let result = read();
        if result.is_err() {
            self.left = 0;
        }
        Some(result)
    }
}
