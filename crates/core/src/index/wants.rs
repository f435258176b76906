//! What an answer still lacks.
//!
//! An index in files holds only the chunks that it was given. What looks for more gets nothing and leaves the chunk's
//! name here; whoever asked throws the answer away, has the chunks brought, and asks again. So the engine stays free of
//! waiting, and an index in memory, which never lacks anything, runs the same code.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::files::ChunkId;

/// Names of chunks that were looked for and are not there. Clones share one list.
#[derive(Clone, Debug, Default)]
pub struct Wants(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Ascending, each once: a sorted list, since a tree weighs 2 KB of the page more.
    chunks: Vec<ChunkId>,
    /// In the order in which they were looked for: the best documents first.
    later: Vec<ChunkId>,
    /// Looked at only where the answer has nothing without them.
    put_off: Vec<ChunkId>,
    /// One that is there, but makes no sense.
    broken: Option<ChunkId>,
}

impl Wants {
    /// Notes a chunk.
    pub fn note(&self, chunk: ChunkId) {
        insert(&mut self.state().chunks, chunk);
    }

    /// Notes a chunk that is there and whose bytes make no sense: then no answer is right.
    pub fn note_broken(&self, chunk: ChunkId) {
        self.state().broken = Some(chunk);
    }

    /// Takes a chunk that was found to make no sense.
    pub fn take_broken(&self) -> Option<ChunkId> {
        self.state().broken.take()
    }

    /// Whether nothing was missing so far.
    pub fn is_empty(&self) -> bool {
        self.state().chunks.is_empty()
    }

    /// What `ask` gives where all it needs is there; else nothing, and nothing is brought for it.
    pub fn if_there<T>(&self, ask: impl FnOnce() -> T) -> Option<T> {
        self.apart(ask).0
    }

    /// What `ask` gives where all it needs is there. Else nothing, and what it lacks is wanted later: the answer is
    /// right without it.
    pub fn now_or_later<T>(&self, ask: impl FnOnce() -> T) -> Option<T> {
        let (answer, lacking) = self.apart(ask);
        self.note_later(lacking);
        answer
    }

    /// What `ask` lacks; nothing is brought for it.
    pub fn lacking(&self, ask: impl FnOnce()) -> Vec<ChunkId> {
        self.apart(ask).1
    }

    fn apart<T>(&self, ask: impl FnOnce() -> T) -> (Option<T>, Vec<ChunkId>) {
        let before = self.replace(Vec::new());
        let answer = ask();
        let lacking = self.replace(before);
        (lacking.is_empty().then_some(answer), lacking)
    }

    // Apart from what is made anew for each kind of answer.
    fn replace(&self, chunks: Vec<ChunkId>) -> Vec<ChunkId> {
        std::mem::replace(&mut self.state().chunks, chunks)
    }

    fn note_later(&self, chunks: Vec<ChunkId>) {
        let later = &mut self.state().later;
        for chunk in chunks {
            if !later.contains(&chunk) {
                later.push(chunk);
            }
        }
    }

    /// Notes chunks that are wanted only where the answer has nothing without them.
    pub fn put_off(&self, chunks: Vec<ChunkId>) {
        let put_off = &mut self.state().put_off;
        chunks.into_iter().for_each(|chunk| insert(put_off, chunk));
    }

    /// Takes what was put off.
    pub fn take_put_off(&self) -> Vec<ChunkId> {
        std::mem::take(&mut self.state().put_off)
    }

    /// Takes what is wanted: at once, and later.
    pub fn take(&self) -> (Vec<ChunkId>, Vec<ChunkId>) {
        let (chunks, mut later) = {
            let mut state = self.state();
            (std::mem::take(&mut state.chunks), std::mem::take(&mut state.later))
        };
        later.retain(|chunk| chunks.binary_search(chunk).is_err());
        (chunks, later)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn insert(chunks: &mut Vec<ChunkId>, chunk: ChunkId) {
    if let Err(place) = chunks.binary_search(&chunk) {
        chunks.insert(place, chunk);
    }
}
