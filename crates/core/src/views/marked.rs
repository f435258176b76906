//! Text with hits marked in it, sliced from the source: never re-joined from tokens.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use crate::base::{Span, TokenPos};
use crate::index::Shape;
use crate::query::HitPart;
use crate::text::tokens::{Token, tokens};

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Run {
    /// As in the source.
    pub text: String,
    /// The hit it is part of.
    pub mark: Option<Mark>,
}

/// What a marked stretch belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Mark {
    /// Which hit of the document, from 0, in the order of the text.
    pub hit: u32,
    /// Which word or phrase of the query, from 0: for telling them apart by colour.
    pub word: u16,
}

/// A hit's place in bytes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkedSpan {
    /// Where.
    pub span: Span,
    /// What.
    pub mark: Mark,
}

/// A document's title and text cut into tokens, to find the bytes of positions.
pub struct Located {
    title: Vec<Token>,
    text: Vec<Token>,
    shape: Shape,
}

impl Located {
    /// Cuts a document. Cost: one pass over its text.
    pub fn of(title: &str, text: &str, shape: Shape) -> Located {
        let title = if shape.text_start > 0 { tokens(title) } else { Vec::new() };
        Located { title, text: tokens(text), shape }
    }

    /// Parts of hits in the text, as spans of its bytes.
    pub fn in_text(&self, hits: &[HitPart]) -> Vec<MarkedSpan> {
        let start = self.shape.text_start;
        spans(hits, &self.text, |position| position.checked_sub(start).filter(|_| start == 0 || position >= start))
    }

    /// Parts of hits in a title of its own, as spans of its bytes. None where the title is the beginning of the text.
    pub fn in_title(&self, hits: &[HitPart]) -> Vec<MarkedSpan> {
        let end = self.shape.title_end;
        spans(hits, &self.title, |position| (position < end).then_some(position))
    }
}

fn spans(parts: &[HitPart], tokens: &[Token], place: impl Fn(TokenPos) -> Option<TokenPos>) -> Vec<MarkedSpan> {
    let marked = |part: &HitPart| {
        let first = place(part.position)? as usize;
        let last = (first + part.width.max(1) as usize - 1).min(tokens.len().saturating_sub(1));
        let span = Span::new(tokens.get(first)?.span.start, tokens.get(last)?.span.end);
        Some(MarkedSpan { span, mark: Mark { hit: part.hit, word: part.word } })
    };
    parts.iter().filter_map(marked).collect()
}

/// The part `part` of `text` as runs, with `marks` (sorted by start) in it. Where marks overlap the earlier, longer
/// one wins, and what a later one adds beyond it is marked as its own.
pub fn runs(text: &str, part: Span, marks: &[MarkedSpan]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = part.start;
    let mut push = |span: Span, mark: Option<Mark>| {
        if !span.is_empty() {
            runs.push(Run { text: span.of(text).to_owned(), mark });
        }
    };
    let first = marks.partition_point(|mark| mark.span.end <= part.start);
    for mark in &marks[first..] {
        if mark.span.start >= part.end {
            break;
        }
        let start = mark.span.start.max(at);
        let end = mark.span.end.min(part.end);
        if start >= end {
            continue;
        }
        push(Span::new(at, start), None);
        push(Span::new(start, end), Some(mark.mark));
        at = end;
    }
    push(Span::new(at, part.end), None);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: u32, end: u32, hit: u32) -> MarkedSpan {
        MarkedSpan { span: Span::new(start, end), mark: Mark { hit, word: 0 } }
    }

    #[test]
    fn runs_give_back_the_part_and_mark_what_lies_in_it() {
        let text = "abcdefghij";
        let show = |part: Span, marks: &[MarkedSpan]| {
            let shown = runs(text, part, marks);
            assert_eq!(shown.iter().map(|run| run.text.as_str()).collect::<String>(), part.of(text));
            shown
                .iter()
                .map(|run| run.mark.map_or(run.text.clone(), |mark| format!("[{}{}]", run.text, mark.hit)))
                .collect::<String>()
        };
        assert_eq!(show(Span::new(0, 10), &[mark(2, 4, 0), mark(6, 7, 1)]), "ab[cd0]ef[g1]hij");
        assert_eq!(show(Span::new(3, 7), &[mark(2, 4, 0), mark(6, 9, 1)]), "[d0]ef[g1]");
        assert_eq!(show(Span::new(0, 10), &[mark(2, 6, 0), mark(4, 8, 1)]), "ab[cdef0][gh1]ij");
        assert_eq!(show(Span::new(0, 3), &[]), "abc");
    }
}
