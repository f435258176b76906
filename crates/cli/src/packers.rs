//! Chunks on their way into files, and documents on their way into chunks: what is done beside indexing, by all cores.
//!
//! Nobody waits for room: who hands over more than may lie here does some of it first. So indexing, which is one thread,
//! goes on as long as there is room, and what has gathered is done while it merges.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fs;
use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use sheaf_core::document::Document;
use sheaf_core::index::Shape;
use sheaf_core::index::files::deltas::Deltas;
use sheaf_core::index::files::write::{ChunkFile, DocumentsWriter, Sizes};
use sheaf_core::index::files::{ChunkId, ChunkKind, KINDS, file_name};

use crate::publish::{deflated, deflated_after};

/// For each kind of chunk: its name, and how many files and bytes they are.
pub(crate) type Kinds = Vec<(&'static str, usize, u64)>;

/// What is to be done, and who has what in hand.
pub(crate) struct Packers<'f> {
    folder: &'f Path,
    /// How hard chunks are deflated, and what texts are deflated with.
    level: u32,
    preset: String,
    /// Bytes of chunks that may wait.
    room: usize,
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

struct Waiting {
    /// Writes documents, one batch after the other; not here while it does.
    writer: Option<Box<DocumentsWriter>>,
    batches: VecDeque<Batch>,
    files: VecDeque<ChunkFile>,
    /// Of `files`.
    bytes: usize,
    is_closed: bool,
    /// Why chunks are no longer written.
    error: Option<anyhow::Error>,
    /// The first chunk of each file, and the bytes of all of its chunks.
    written: Vec<(ChunkId, Vec<u32>)>,
}

/// Documents with their shapes.
type Batch = (Vec<Document>, Vec<Shape>);

enum Task<'p, 'f> {
    Documents(Borrowed<'p, 'f>, Batch),
    File(ChunkFile),
}

/// The writer in somebody's hands. It comes back whatever happens there: others wait for it.
struct Borrowed<'p, 'f> {
    packers: &'p Packers<'f>,
    writer: Box<DocumentsWriter>,
}

impl Drop for Borrowed<'_, '_> {
    fn drop(&mut self) {
        let mut waiting = self.packers.lock();
        waiting.writer = Some(std::mem::take(&mut self.writer));
        self.packers.changed.notify_all();
    }
}

/// Ends the work of others when it is dropped, whichever way that comes.
pub(crate) struct Closing<'p, 'f>(pub(crate) &'p Packers<'f>);

impl Drop for Closing<'_, '_> {
    fn drop(&mut self) {
        self.0.lock().is_closed = true;
        self.0.changed.notify_all();
    }
}

impl<'f> Packers<'f> {
    /// Packers that write chunks of `sizes` into `folder`, deflated at `level`, texts with `preset`, and keep up to `room` bytes
    /// waiting.
    pub(crate) fn new(folder: &'f Path, (level, preset): (u32, String), sizes: Sizes, room: usize) -> Packers<'f> {
        let waiting = Waiting {
            writer: Some(Box::new(DocumentsWriter::new(sizes, preset.clone()))),
            batches: VecDeque::new(),
            files: VecDeque::new(),
            bytes: 0,
            is_closed: false,
            error: None,
            written: Vec::new(),
        };
        Packers { folder, level, preset, room, waiting: Mutex::new(waiting), changed: Condvar::new() }
    }

    /// Does what there is to do until nothing more will come.
    pub(crate) fn work(&self) {
        self.help_until(|waiting| waiting.is_closed && waiting.batches.is_empty() && waiting.files.is_empty());
    }

    /// Hands over documents to be written after those before. One batch may wait.
    pub(crate) fn push_documents(&self, documents: Vec<Document>, shapes: Vec<Shape>) {
        self.help_until(|waiting| waiting.batches.is_empty());
        self.lock().batches.push_back((documents, shapes));
        self.changed.notify_one();
    }

    /// Hands over a file to be packed and written. After an error it is dropped; [`Packers::written`] tells that.
    pub(crate) fn push(&self, file: ChunkFile) {
        self.help_until(|waiting| waiting.bytes <= self.room);
        let mut waiting = self.lock();
        waiting.bytes += bytes_of(&file);
        waiting.files.push_back(file);
        self.changed.notify_one();
    }

    /// The writer, when it has written all documents that were handed over.
    pub(crate) fn writer(&self) -> DocumentsWriter {
        self.help_until(|waiting| waiting.batches.is_empty() && waiting.writer.is_some());
        *self.lock().writer.take().unwrap_or_default()
    }

    /// What was written, when nothing is left; and the bytes of each chunk in its file, of a kind.
    ///
    /// # Errors
    /// Something could not be written.
    pub(crate) fn written(self) -> Result<(Kinds, impl Fn(ChunkKind) -> Deltas)> {
        let Waiting { error, mut written, .. } = self.waiting.into_inner().unwrap_or_else(PoisonError::into_inner);
        error.map_or(Ok(()), Err)?;
        written.sort_unstable();
        let of = |kind: ChunkKind| {
            let files = written.iter().filter(move |(first, _)| first.kind == kind);
            let bytes = files.clone().flat_map(|(_, chunks)| chunks).map(|bytes| u64::from(*bytes));
            (kind.label(), files.count(), bytes.sum())
        };
        let kinds = KINDS.into_iter().map(of).collect();
        let bytes = move |kind: ChunkKind| {
            let files = written.iter().filter(|(first, _)| first.kind == kind);
            Deltas(files.flat_map(|(_, chunks)| chunks).copied().collect())
        };
        Ok((kinds, bytes))
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what there is to do until `is_enough`; waits where there is nothing.
    fn help_until(&self, is_enough: impl Fn(&Waiting) -> bool) {
        let mut waiting = self.lock();
        while !is_enough(&waiting) {
            waiting = match self.next(&mut waiting) {
                Some(task) => {
                    drop(waiting);
                    self.carry_out(task);
                    self.lock()
                }
                None => self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Documents first: chunks come of them.
    fn next(&self, waiting: &mut Waiting) -> Option<Task<'_, 'f>> {
        if !waiting.batches.is_empty()
            && let Some(writer) = waiting.writer.take()
        {
            let borrowed = Borrowed { packers: self, writer };
            return waiting.batches.pop_front().map(|batch| Task::Documents(borrowed, batch));
        }
        let file = waiting.files.pop_front()?;
        waiting.bytes -= bytes_of(&file);
        Some(Task::File(file))
    }

    fn carry_out(&self, task: Task) {
        match task {
            Task::Documents(mut borrowed, (documents, shapes)) => {
                // There may be room for another batch.
                self.changed.notify_all();
                for (document, shape) in documents.into_iter().zip(&shapes) {
                    borrowed.writer.push(document, shape, &mut |file| self.push(file));
                }
            }
            Task::File(file) => {
                // After an error the rest is dropped: whoever hands over must not wait for ever.
                let written = if self.lock().error.is_none() { self.write(&file) } else { Ok(Vec::new()) };
                let mut waiting = self.lock();
                match written {
                    Ok(bytes) => waiting.written.push((file.first, bytes)),
                    Err(error) => waiting.error = waiting.error.take().or(Some(error)),
                }
                self.changed.notify_all();
            }
        }
    }

    /// Writes a file: the bytes of its chunks there.
    fn write(&self, file: &ChunkFile) -> Result<Vec<u32>> {
        let packed: Vec<Cow<'_, [u8]>> = file
            .payloads
            .iter()
            .map(|payload| match file.first.kind {
                ChunkKind::Texts => deflated_after(&self.preset, payload, self.level).map(Cow::Owned),
                kind if kind.is_deflated() => deflated(payload, self.level).map(Cow::Owned),
                _ => Ok(Cow::Borrowed(payload.as_slice())),
            })
            .collect::<Result<_>>()?;
        let path = self.folder.join(file_name(file.name));
        fs::write(&path, packed.concat()).with_context(|| format!("{} cannot be written", path.display()))?;
        packed.iter().map(|chunk| u32::try_from(chunk.len()).context("a part of the index is too large")).collect()
    }
}

fn bytes_of(file: &ChunkFile) -> usize {
    file.payloads.iter().map(Vec::len).sum()
}
