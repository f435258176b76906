//! What all chunks of texts are deflated with: a preset dictionary (RFC 1950, §2.3), drawn from the corpus.
//!
//! A chunk of texts is small, so that a reader of one document loads little, and by itself it has little to repeat. So
//! each is deflated as if the same 30 KB of the corpus had come before it. No inflater need know of that: its stream begins
//! with these as stored blocks, and that beginning, which all have in common, is in no file but the root.

use super::{ChunkKind, Root};
use std::borrow::Cow;

/// Most bytes of a preset: one stored block, and no further back than deflate looks.
pub const MOST: usize = 32 << 10;
/// Bytes of a piece of it. Of the UN debates pieces of 200, 300 and 1,000 bytes make texts 34, 33.2 and 33.8 % of
/// themselves.
const PIECE: usize = 300;

/// Of so many bytes of the texts one is in it at most: whoever opens the corpus loads it.
const SHARE: u64 = 8;

/// Draws a preset of some bytes at most from texts that have `total` bytes together: pieces from equal distances, so from
/// early and late documents and from all of a long one. Cost: linear in the number of texts.
pub fn sample<'t>(texts: impl Iterator<Item = &'t str>, total: u64, most: usize) -> String {
    let mut sample = Sample::new(total, most);
    texts.for_each(|text| sample.push(text));
    sample.finish()
}

/// A preset that is being drawn, text after text.
#[derive(Debug)]
pub struct Sample {
    pieces: u64,
    total: u64,
    taken: u64,
    /// Bytes of the texts so far.
    seen: u64,
    preset: String,
}

impl Sample {
    /// Of texts that have `total` bytes together, some bytes at most.
    pub fn new(total: u64, most: usize) -> Sample {
        let pieces = (most.min(MOST) as u64).min(total / SHARE) / PIECE as u64;
        Sample { pieces, total, taken: 0, seen: 0, preset: String::new() }
    }

    /// Takes pieces of the next text.
    pub fn push(&mut self, text: &str) {
        let end = self.seen + text.len() as u64;
        while self.taken < self.pieces {
            // The middle of its share of the texts.
            let at = (u128::from(self.total) * (2 * u128::from(self.taken) + 1) / (2 * u128::from(self.pieces))) as u64;
            if at >= end {
                break;
            }
            let from = whole_before(text, at.saturating_sub(self.seen) as usize);
            let to = whole_before(text, from + PIECE);
            self.preset.push_str(text.get(from..to).unwrap_or_default());
            self.taken += 1;
        }
        self.seen = end;
    }

    /// What was drawn.
    pub fn finish(self) -> String {
        self.preset
    }
}

impl Root {
    /// What is to be inflated (zlib, RFC 1950) for a chunk that lies deflated in `bytes` of its file, to be handed in: before
    /// texts comes what all of them begin with.
    pub fn stream<'b>(&self, kind: ChunkKind, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        match kind {
            ChunkKind::Texts => Cow::Owned([beginning(&self.preset).as_slice(), bytes].concat()),
            _ => Cow::Borrowed(bytes),
        }
    }
}

/// What the streams of all texts begin with: the header of zlib, and the preset as a stored block (RFC 1951, §3.2.4).
pub fn beginning(preset: &str) -> Vec<u8> {
    // A window of 32 KB, deflated fast; not the last block, stored.
    let mut stream = vec![0x78, 0x01, 0];
    let len = preset.len() as u16;
    stream.extend(len.to_le_bytes());
    stream.extend((!len).to_le_bytes());
    stream.extend_from_slice(preset.as_bytes());
    stream
}

/// Where the last character begins that does not begin after `at`, or the text ends.
fn whole_before(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn naive(text: &str, at: usize) -> usize {
        text.char_indices().map(|(start, _)| start).chain([text.len()]).rfind(|start| *start <= at).unwrap_or(0)
    }

    proptest! {
        /// Each piece is what stands in the middle of its share of all texts.
        #[test]
        fn pieces_come_from_all_of_the_texts(texts in vec("[a-zа-я\u{4e00}-\u{4e20}]{0,900}", 0..30), most in 0usize..4000) {
            let total: usize = texts.iter().map(String::len).sum();
            let preset = sample(texts.iter().map(String::as_str), total as u64, most);
            prop_assert!(preset.len() <= most.min(total / 8));
            let pieces = most.min(total / 8) / PIECE;
            let mut rest = preset.as_str();
            for piece in 0..pieces {
                // Naively: the text that has the middle of the share.
                let at = total * (2 * piece + 1) / (2 * pieces);
                let mut start = 0;
                let text = texts.iter().find(|text| {
                    start += text.len();
                    at < start
                }).unwrap();
                let from = naive(text, at - (start - text.len()));
                let own = &text[from..naive(text, from + PIECE)];
                prop_assert!(rest.starts_with(own), "{piece} of {preset}");
                rest = &rest[own.len()..];
            }
            prop_assert_eq!(rest, "");
        }
    }

    #[test]
    fn a_stream_begins_as_the_standard_has_it() {
        assert_eq!(beginning("ab"), [0x78, 0x01, 0, 2, 0, 0xfd, 0xff, b'a', b'b']);
        let root = Root { preset: "ab".to_owned(), ..Root::default() };
        assert_eq!(*root.stream(ChunkKind::Texts, &[7]), [0x78, 0x01, 0, 2, 0, 0xfd, 0xff, b'a', b'b', 7]);
        assert_eq!(*root.stream(ChunkKind::Cards, &[7]), [7]);
    }
}
