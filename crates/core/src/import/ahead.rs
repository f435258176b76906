//! Reading ahead: what takes time to read is read beside the work on what was read before.

use std::io::{self, Cursor, Read};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::bytes::CHUNK_BYTES;

/// Chunks that wait to be taken.
const WAITING: usize = 4;

/// What `reader` reads, read by a thread of its own where there are threads. Cost: memory for a few chunks. Errors: no more
/// threads can be had.
pub(super) fn ahead(mut reader: impl Read + Send + 'static) -> io::Result<Box<dyn Read>> {
    if cfg!(target_family = "wasm") {
        return Ok(Box::new(reader));
    }
    let (full, chunks) = sync_channel(WAITING);
    thread::Builder::new().spawn(move || {
        loop {
            let mut chunk = Vec::with_capacity(CHUNK_BYTES);
            let error = reader.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut chunk).err();
            let is_last = chunk.is_empty() || error.is_some();
            // An empty chunk is the end: an error comes without one. Whoever wants no more has let go of the chunks.
            let is_good = !chunk.is_empty() || error.is_none();
            let is_taken = !is_good || full.send(Ok(chunk)).is_ok();
            let is_told = error.is_none_or(|error| full.send(Err(error)).is_ok());
            if is_last || !is_taken || !is_told {
                return;
            }
        }
    })?;
    Ok(Box::new(Ahead { chunk: Cursor::default(), chunks: Some(chunks) }))
}

struct Ahead {
    chunk: Cursor<Vec<u8>>,
    /// Chunks, the last one empty; nothing after it.
    chunks: Option<Receiver<io::Result<Vec<u8>>>>,
}

impl Read for Ahead {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let len = self.chunk.read(into)?;
        if len > 0 || into.is_empty() {
            return Ok(len);
        }
        let Some(chunks) = &self.chunks else { return Ok(0) };
        // A thread that ended without a word is no end of a file.
        let chunk = chunks.recv().map_err(|_| io::Error::other("unpacking has stopped"))??;
        if chunk.is_empty() {
            self.chunks = None;
        }
        self.chunk = Cursor::new(chunk);
        self.chunk.read(into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `good` bytes, then fails, or panics where that is asked for.
    struct Failing {
        good: usize,
        panics: bool,
    }

    impl Read for Failing {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let len = into.len().min(self.good);
            self.good -= len;
            into[..len].fill(b'x');
            assert!(len > 0 || !self.panics, "as asked for");
            if len == 0 { Err(io::Error::other("torn")) } else { Ok(len) }
        }
    }

    #[test]
    fn the_same_is_read_ahead() {
        for len in [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES * 7 + 5] {
            let bytes: Vec<u8> = (0..len).map(|at| (at % 251) as u8).collect();
            let mut got = Vec::new();
            ahead(Cursor::new(bytes.clone())).unwrap().read_to_end(&mut got).unwrap();
            assert!(got == bytes, "{len}");
        }
    }

    #[test]
    fn what_was_read_before_a_fault_is_there_and_then_the_fault() {
        for good in [0, 1, CHUNK_BYTES, CHUNK_BYTES + 9, 3 * CHUNK_BYTES] {
            for panics in [false, true] {
                let mut got = Vec::new();
                let read = ahead(Failing { good, panics }).unwrap().read_to_end(&mut got);
                assert!(read.is_err(), "{good} {panics}");
                // What a thread that breaks off was at is lost with it.
                assert_eq!(got.len(), if panics { good - good % CHUNK_BYTES } else { good });
            }
        }
    }

    #[test]
    fn nobody_has_to_read_to_the_end() {
        let mut first = [0; 3];
        ahead(io::repeat(b'x')).unwrap().read_exact(&mut first).unwrap();
        assert_eq!(&first, b"xxx");
    }
}
