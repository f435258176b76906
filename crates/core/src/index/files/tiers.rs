//! Tiers: what an answer is taken from while not all is there.
//!
//! As in a tiered index (Manning, Raghavan & Schütze 2008, §7.2.1) a question is asked of little first, and of more where
//! that gives nothing. Here no list lies twice: a tier is what of the lists is read.

use super::super::borders::Borders;
use super::{ChunkId, ChunkKind, KINDS, Root, Store};
use crate::base::DocId;
use crate::base::order::sort_by;

/// Bytes of lists, about, up to which nothing is put off: with titles and metadata of the first rows, a quarter of a
/// megabyte. Borders and pairs, which lie deflated, are counted as they are when inflated.
pub const MUCH: usize = 160 << 10;

/// What an answer is taken from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tier {
    /// All lists.
    #[default]
    All,
    /// Of each word itself, without its inflections, and of many alternatives the first ([`crate::query::Plan::narrow`]); of
    /// words in one sentence or paragraph what is in documents whose borders are there.
    Narrow,
    /// Of the same words and alternatives what is in the heads ([`super::tails`]).
    Heads,
    /// All lists, and no texts: whoever asks reads these.
    Lists,
}

impl Root {
    /// Bytes of those of `chunks` that are lists, borders or texts, about. Dictionary and columns come while somebody types;
    /// cards are looked at last: these count nothing.
    pub fn list_bytes<'c>(&self, chunks: impl IntoIterator<Item = &'c ChunkId>) -> u64 {
        let bytes = |chunk: &ChunkId| match chunk.kind {
            ChunkKind::Tails => {
                let (_, postings, positions) = self.tails.get(chunk.number as usize / 2).copied().unwrap_or_default();
                u64::from(if chunk.number.is_multiple_of(2) { postings } else { positions })
            }
            ChunkKind::Postings | ChunkKind::Positions | ChunkKind::Prefixes | ChunkKind::Pairs => {
                self.mean_bytes(chunk.kind)
            }
            ChunkKind::Borders => self.border_bytes(chunk.number),
            ChunkKind::Texts => self.text_files.1.get(chunk.number as usize).copied().unwrap_or(0).into(),
            _ => 0,
        };
        chunks.into_iter().map(bytes).fold(0, u64::saturating_add)
    }

    /// Bytes of a chunk of texts in its file, on average.
    pub fn text_bytes(&self) -> u64 {
        let (_, bytes) = &self.text_files;
        let all: u64 = bytes.iter().map(|bytes| u64::from(*bytes)).sum();
        all.checked_div(bytes.len() as u64).unwrap_or(0)
    }

    /// Bytes of a chunk of a kind, on average, before deflating.
    fn mean_bytes(&self, kind: ChunkKind) -> u64 {
        self.all_bytes(kind).checked_div(self.names(kind).len() as u64).unwrap_or(0)
    }

    /// Bytes of a chunk of borders, by its documents: those of the heads have few.
    fn border_bytes(&self, number: u32) -> u64 {
        let starts = &self.doc_starts.2;
        let first = starts.get(number as usize).copied().unwrap_or(self.documents);
        let end = starts.get(number as usize + 1).copied().unwrap_or(self.documents);
        let share = self.all_bytes(ChunkKind::Borders).saturating_mul(u64::from(end.saturating_sub(first)));
        share.checked_div(self.documents.into()).unwrap_or(0)
    }

    fn all_bytes(&self, kind: ChunkKind) -> u64 {
        let place = KINDS.iter().position(|own| *own == kind).unwrap_or(0);
        self.bytes.get(place).copied().unwrap_or(0)
    }
}

/// Chunks of borders that are asked for at once, at least.
const BORDERS_AT_ONCE: u64 = 2;

impl Store {
    /// Leaves of documents those whose borders are there. Puts off the chunks that have those of most of the others: as much
    /// again as is there, so that all are there after a few times.
    pub(super) fn keep_bordered(&self, borders: &Borders, docs: &mut Vec<DocId>) {
        // How many documents each lacks, and its number; documents ascend.
        let mut lacking: Vec<(u32, u32)> = Vec::new();
        docs.retain(|doc_id| {
            let (number, is_there) = borders.place_of(*doc_id);
            match lacking.last_mut() {
                _ if is_there => {}
                Some((count, last)) if *last == number => *count += 1,
                _ => lacking.push((1, number)),
            }
            is_there
        });
        sort_by(&mut lacking, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let there = borders.held().map(|number| self.root.border_bytes(number)).fold(0, u64::saturating_add);
        let least = self.root.mean_bytes(ChunkKind::Borders).saturating_mul(BORDERS_AT_ONCE);
        let mut rest = there.max(least);
        let mut asked = Vec::new();
        for (_, number) in lacking {
            if rest == 0 {
                break;
            }
            rest = rest.saturating_sub(self.root.border_bytes(number));
            asked.push(ChunkId { kind: ChunkKind::Borders, number });
        }
        self.wants.put_off(asked);
    }
}
