//! An index in files, in memory: the smallest driver there is.

use std::collections::BTreeMap;

use sheaf_core::document::Corpus;
use sheaf_core::index::files::pairs::PairSizes;
use sheaf_core::index::files::tails::{CutSizes, Heads};
use sheaf_core::index::files::write::{Sizes, write};
use sheaf_core::index::files::{ChunkError, ChunkId, Root};
use sheaf_core::workspace::{Answer, Request, Response, Workspace};

/// Chunks that are cut as small as can be, so that few documents have all there is to an index.
pub const TINY: Sizes = Sizes {
    block_types: 3,
    run_blocks: 2,
    postings: 8,
    near: 3,
    prefixes: 60,
    pairs: PairSizes { frequent: 3, share: 1, lists: 600, near: 12 },
    cut: CutSizes { frequent: 2, heads: Heads { stretch: 2, of: 2 } },
    positions: 16,
    cards: 2,
    card_chunks: 2,
    texts: 40,
    text_chunks: 3,
    preset: 900,
    borders: 2,
    names: 2,
};

/// Why there is no answer.
#[derive(Debug)]
pub enum Lacking {
    /// A chunk is not there.
    Missing(ChunkId),
    /// A chunk is not what it should be.
    Refused(ChunkError),
}

/// An index in files with everything that it is made of.
pub struct ChunkCorpus {
    /// The corpus, opened, with what was handed in so far.
    pub workspace: Workspace,
    /// All its chunks.
    pub chunks: BTreeMap<ChunkId, Vec<u8>>,
    /// Its root.
    pub root: Root,
    /// Rounds that the last request took, and bytes.
    pub cost: (usize, usize),
}

impl ChunkCorpus {
    /// Writes a corpus that is in memory and opens it.
    pub fn of(workspace: &Workspace, sizes: Sizes) -> ChunkCorpus {
        Self::of_corpus(workspace, workspace.corpus(), sizes)
    }

    fn of_corpus(workspace: &Workspace, corpus: &Corpus, sizes: Sizes) -> ChunkCorpus {
        let mut chunks = BTreeMap::new();
        let root = write(workspace.index(), corpus, sizes, &mut |file| chunks.extend(file.chunks()));
        let root = Root::from_bytes(&root.to_bytes()).expect("the root that was written");
        ChunkCorpus { workspace: Workspace::in_files(root.clone()), chunks, root, cost: (0, 0) }
    }

    /// Asks until the answer is there, and on until it becomes no more.
    ///
    /// # Panics
    /// A chunk is asked for that was never written, is refused, or is asked for again and again.
    pub fn ask(&mut self, request: &Request) -> Response {
        self.cost = (0, 0);
        for _ in 0..20 {
            let Answer::Ready { response, later } = self.ask_once(request) else { unreachable!() };
            if later.is_empty() {
                return *response;
            }
            self.supply(&later);
        }
        panic!("{request:?} is never answered for good");
    }

    /// Asks until the answer is there.
    ///
    /// # Panics
    /// As [`ChunkCorpus::ask`].
    pub fn ask_once(&mut self, request: &Request) -> Answer {
        for _ in 0..20 {
            match self.workspace.answer(request) {
                Answer::Need { now, .. } => self.supply(&now),
                ready => return ready,
            }
        }
        panic!("{request:?} is never answered");
    }

    /// Asks until the answer is there, or what it needs is refused or was never written.
    ///
    /// # Errors
    /// As [`Lacking`] tells.
    ///
    /// # Panics
    /// It is never answered: each round must bring something.
    pub fn try_ask(&mut self, request: &Request) -> Result<Response, Lacking> {
        for _ in 0..100 {
            let chunks = match self.workspace.answer(request) {
                Answer::Working { .. } => continue,
                Answer::Need { now, later, .. } => [now, later].concat(),
                Answer::Ready { response, later } if later.is_empty() => return Ok(*response),
                Answer::Ready { later, .. } => later,
            };
            for chunk in chunks {
                let payload = self.chunks.get(&chunk).ok_or(Lacking::Missing(chunk))?;
                self.workspace.supply(chunk, payload.clone()).map_err(Lacking::Refused)?;
            }
        }
        panic!("{request:?} is never answered");
    }

    /// Hands chunks in.
    ///
    /// # Panics
    /// One was never written, or is refused.
    pub fn supply(&mut self, chunks: &[ChunkId]) {
        self.cost.0 += 1;
        for chunk in chunks {
            let payload = self.chunks.get(chunk).unwrap_or_else(|| panic!("{chunk:?} was never written"));
            self.cost.1 += payload.len();
            self.workspace.supply(*chunk, payload.clone()).unwrap_or_else(|error| panic!("{chunk:?}: {error}"));
        }
    }
}
