//! What is read of files: all of one, or the part of a file of cards or texts that has the chunks that are wanted.
//!
//! Cards and texts are read for rows and passages: a document here, one there. In files of their own they would be
//! thousands of files more, so several lie in one, and a host is asked for a part of it (a range request: RFC 9110, §14).
//! Whoever gets the whole file instead takes what it wants of that.

use std::ops::Range;

use super::{ChunkId, Root};

/// Bytes between two chunks of a file that are read with them: what an answer takes to come, about.
const MOST_BETWEEN: u32 = 8 << 10;

/// A file or a part of one, to be read at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePart {
    /// The file, without folder.
    pub file: String,
    /// Which bytes of it; nothing where it is all of them.
    pub bytes: Option<Range<u32>>,
    /// The chunks that are wanted, and where each is in the file; nothing where it is the file.
    pub chunks: Vec<(ChunkId, Option<Range<u32>>)>,
}

impl FilePart {
    /// The bytes of each chunk, still deflated, out of those that were read: of the part, or of all the file where
    /// `is_whole`. Of too few bytes there are fewer or none, which are no chunk.
    pub fn cut<'b>(&self, read: &'b [u8], is_whole: bool) -> impl Iterator<Item = (ChunkId, &'b [u8])> {
        let from = self.bytes.as_ref().filter(|_| !is_whole).map_or(0, |bytes| bytes.start);
        self.chunks.iter().map(move |(chunk, bytes)| {
            let own = bytes.as_ref().map(|bytes| {
                let place = |at: u32| (at.saturating_sub(from) as usize).min(read.len());
                read.get(place(bytes.start)..place(bytes.end)).unwrap_or_default()
            });
            (*chunk, own.unwrap_or(read))
        })
    }
}

impl Root {
    /// The parts of files in which `chunks` are, in the order of the first of each; one that the index does not have is in
    /// a file without a name. What is between two chunks of a file is read with them where it is little: one answer of a
    /// host comes sooner than two.
    pub fn parts(&self, chunks: &[ChunkId]) -> Vec<FilePart> {
        let mut parts: Vec<FilePart> = Vec::new();
        for &chunk in chunks {
            let file = self.file_name(chunk).unwrap_or_default();
            let Some(own) = self.place_in_file(chunk) else {
                parts.push(FilePart { file, bytes: None, chunks: vec![(chunk, None)] });
                continue;
            };
            let is_near = |bytes: &Range<u32>| {
                own.start <= bytes.end.saturating_add(MOST_BETWEEN)
                    && bytes.start <= own.end.saturating_add(MOST_BETWEEN)
            };
            let near = parts.iter_mut().find(|part| part.file == file && part.bytes.as_ref().is_some_and(is_near));
            let placed = (chunk, Some(own.clone()));
            match near {
                Some(FilePart { bytes: Some(bytes), chunks, .. }) => {
                    *bytes = bytes.start.min(own.start)..bytes.end.max(own.end);
                    chunks.push(placed);
                }
                _ => parts.push(FilePart { file, bytes: Some(own), chunks: vec![placed] }),
            }
        }
        for FilePart { bytes, chunks, .. } in &mut parts {
            let whole = chunks.first().and_then(|(chunk, _)| self.file_bytes(*chunk));
            *bytes = bytes.take().filter(|bytes| Some(bytes) != whole.as_ref());
        }
        parts
    }

    /// All bytes of the file that a chunk is in, where it is not all of it.
    fn file_bytes(&self, chunk: ChunkId) -> Option<Range<u32>> {
        let last = self.parted_file_of(chunk)?.end.checked_sub(1)?;
        Some(0..self.place_in_file(ChunkId { number: last, ..chunk })?.end)
    }

    /// Where a chunk is in its file; nothing where it is all of it.
    fn place_in_file(&self, chunk: ChunkId) -> Option<Range<u32>> {
        let file = self.parted_file_of(chunk).filter(|file| file.len() > 1)?;
        let (_, bytes) = self.parted(chunk.kind)?;
        let before = bytes.get(file.start as usize..chunk.number as usize)?;
        let start = before.iter().copied().fold(0, u32::saturating_add);
        Some(start..start.saturating_add(*bytes.get(chunk.number as usize)?))
    }

    /// The numbers of the chunks that lie in a file with this one.
    fn parted_file_of(&self, chunk: ChunkId) -> Option<Range<u32>> {
        let (firsts, bytes) = self.parted(chunk.kind)?;
        let next = firsts.partition_point(|first| *first <= chunk.number);
        let first = firsts.get(next.checked_sub(1)?)?;
        Some(*first..firsts.get(next).copied().unwrap_or(bytes.len() as u32))
    }

    /// The first document of each file of texts; one that fills several by itself is the first of each.
    pub fn text_file_starts(&self) -> Vec<u32> {
        let (firsts, _) = &self.text_files;
        firsts.iter().filter_map(|first| self.doc_starts.1.get(*first as usize)).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;
    use crate::index::files::{ChunkKind, KINDS};

    /// A root of files of texts, each of chunks of so many bytes.
    fn root(files: &[Vec<usize>]) -> Root {
        let mut root = Root { chunks: vec![vec![1, 2]; KINDS.len()], ..Root::default() };
        for (file, own) in (10..).zip(files) {
            root.text_files.0.push(root.text_files.1.len() as u32);
            root.text_files.1.extend(own.iter().map(|bytes| *bytes as u32));
            root.chunks[ChunkKind::Texts as usize].push(file);
        }
        root.chunks[ChunkKind::Texts as usize].drain(..2);
        root
    }

    proptest! {
        /// Each chunk is cut out of the part, and out of the whole file, as it lies there; what lies between two is read where
        /// it is little, and only then.
        #[test]
        fn chunks_are_cut_out_of_what_was_read(
            files in vec(vec(prop_oneof![0usize..5, Just(MOST_BETWEEN as usize), 9_000usize..9_002], 1..7), 1..4),
            wanted in vec((any::<bool>(), any::<Index>()), 1..9),
        ) {
            let root = root(&files);
            let count = root.count(ChunkKind::Texts);
            let chunk = |(is_text, place): &(bool, Index)| match is_text {
                true => ChunkId { kind: ChunkKind::Texts, number: place.index(count) as u32 },
                false => ChunkId { kind: ChunkKind::Postings, number: place.index(2) as u32 },
            };
            let mut wanted: Vec<ChunkId> = wanted.iter().map(chunk).collect();
            wanted.sort_unstable();
            wanted.dedup();
            // What a chunk holds is its number.
            let held = |chunk: ChunkId| match chunk.kind {
                ChunkKind::Texts => vec![chunk.number as u8; root.text_files.1[chunk.number as usize] as usize],
                _ => vec![100 + chunk.number as u8; 3],
            };
            let mut found = Vec::new();
            let parts = root.parts(&wanted);
            for part in &parts {
                let of_file = |number: u32| ChunkId { kind: ChunkKind::Texts, number };
                let name = |chunk: ChunkId| root.file_name(chunk).unwrap();
                let mut whole: Vec<u8> = (0..count as u32).map(of_file).filter(|chunk| name(*chunk) == part.file).flat_map(held).collect();
                if part.chunks[0].0.kind != ChunkKind::Texts {
                    whole = held(part.chunks[0].0);
                }
                let bytes = part.bytes.clone().unwrap_or(0..whole.len() as u32);
                let read = &whole[bytes.start as usize..bytes.end as usize];
                for (own, is_whole) in [(read, false), (&whole, true)] {
                    for (chunk, cut) in part.cut(own, is_whole) {
                        prop_assert_eq!(cut, held(chunk), "{:?}", part);
                        found.push(chunk);
                    }
                }
                // Of what was cut off there is less, and nothing panics.
                for end in 0..read.len() {
                    prop_assert!(part.cut(&read[..end], false).map(|(_, cut)| cut.len()).sum::<usize>() <= end * part.chunks.len());
                }
            }
            found.sort_unstable();
            found.dedup();
            prop_assert_eq!(found, wanted);
            let places = |part: &FilePart| part.chunks.iter().filter_map(|(_, bytes)| bytes.clone()).collect::<Vec<_>>();
            for (number, part) in parts.iter().enumerate() {
                let own = places(part);
                prop_assert!(own.windows(2).all(|pair| pair[1].start <= pair[0].end + MOST_BETWEEN), "{:?}", part);
                for other in parts[number + 1..].iter().filter(|other| other.file == part.file) {
                    prop_assert!(places(other)[0].start > own[own.len() - 1].end + MOST_BETWEEN, "{:?} {:?}", part, other);
                }
            }
        }
    }

    #[test]
    fn a_chunk_that_the_index_does_not_have_is_in_no_file() {
        let root = root(&[vec![3, 4], vec![5]]);
        for (kind, number) in [(ChunkKind::Texts, 3), (ChunkKind::Texts, u32::MAX), (ChunkKind::Postings, 2)] {
            let parts = root.parts(&[ChunkId { kind, number }]);
            assert_eq!(parts.iter().map(|part| part.file.as_str()).collect::<Vec<_>>(), [""], "{kind:?} {number}");
        }
        let last = root.parts(&[ChunkId { kind: ChunkKind::Texts, number: 2 }]);
        assert_eq!(last[0].bytes, None, "alone in its file");
    }
}
