//! Documents put aside on disk while the rest of the corpus is read.
//!
//! What only the whole corpus decides (names, languages) is not known when a document is read; and several machines may
//! read parts of a corpus for one that puts them together.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use nanoserde::SerBin;
use sheaf_core::base::binary::FromBinary;
use sheaf_core::document::Document;

/// Bytes that are handed over for writing at once.
const BUFFER_BYTES: usize = 1 << 20;

/// Documents being put aside. They are written beside the work of reading the next.
pub(crate) struct SpoolWriter {
    buffer: Vec<u8>,
    full: Option<SyncSender<Vec<u8>>>,
    writer: Option<JoinHandle<io::Result<()>>>,
}

impl SpoolWriter {
    /// Begins a file.
    ///
    /// # Errors
    /// It cannot be created.
    pub(crate) fn create(path: &Path) -> io::Result<SpoolWriter> {
        let mut file = File::create(path)?;
        let (full, buffers) = sync_channel::<Vec<u8>>(1);
        let writer =
            thread::Builder::new().spawn(move || buffers.iter().try_for_each(|buffer| file.write_all(&buffer)))?;
        Ok(SpoolWriter { buffer: Vec::new(), full: Some(full), writer: Some(writer) })
    }

    /// Appends a document.
    ///
    /// # Errors
    /// It, or what was appended before, cannot be written.
    pub(crate) fn push(&mut self, document: &Document) -> io::Result<()> {
        let start = self.buffer.len();
        self.buffer.extend_from_slice(&[0; 8]);
        document.ser_bin(&mut self.buffer);
        let len = (self.buffer.len() - start - 8) as u64;
        if let Some(place) = self.buffer.get_mut(start..start + 8) {
            place.copy_from_slice(&len.to_le_bytes());
        }
        if self.buffer.len() >= BUFFER_BYTES { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> io::Result<()> {
        let buffer = std::mem::replace(&mut self.buffer, Vec::with_capacity(BUFFER_BYTES));
        match self.full.as_ref().map(|full| full.send(buffer)) {
            Some(Ok(())) => Ok(()),
            // The writer ends early only where it failed.
            _ => self.end(),
        }
    }

    /// Waits for what was handed over.
    fn end(&mut self) -> io::Result<()> {
        self.full = None;
        let ended = self.writer.take().map(JoinHandle::join);
        ended.and_then(Result::ok).unwrap_or_else(|| Err(io::Error::other("writing has ended before")))
    }

    /// Ends the file.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.hand_over()?;
        self.end()
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
