//! The Reader: one document with its metadata and its hits.
//!
//! A long document comes in parts, so that opening a hit in the middle of megabytes costs what a page costs.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::card::{Card, Certainty, certainty, title_text};
use super::marked::{Located, MarkedSpan, Run, runs};
use super::results::marked_title;
use super::words;
use crate::base::{Apart, PartialDate, Span};
use crate::document::Document;
use crate::index::Shape;
use crate::query::{Hit, HitPart};
use crate::text::paragraphs;

/// Bytes of one part of a long document.
pub const PART_BYTES: u32 = 60_000;
/// A paragraph longer than this is shown in pieces.
const PIECE_BYTES: u32 = 8_000;

/// One document, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct ReaderView {
    /// Its head; hits in the title are marked.
    pub card: Card,
    /// Whether the title is also the beginning of the text, so that the text need not repeat it.
    pub title_is_in_text: bool,
    /// Everything known about it.
    pub meta: Vec<MetaRow>,
    /// Where the original can be read, or empty.
    pub url: String,
    /// The shown part, paragraph by paragraph.
    pub paragraphs: Vec<Paragraph>,
    /// Hits in the whole document.
    pub hits: u32,
    /// The hit the part was chosen for, from 0.
    pub at_hit: u32,
    /// Where the hits lie in the text, in thousandths of its length.
    pub bars: Vec<u16>,
    /// Share of the text before the shown part, in thousandths; 0 at the beginning.
    pub from: u16,
    /// Share of the text up to the end of the shown part, in thousandths; 1000 at the end.
    pub to: u16,
    /// Whether text lies before or after the shown part.
    pub has_more: (bool, bool),
    /// Reference to the document, to put after a quotation.
    pub citation: String,
}

/// What the Reader answers: what the page needs of it at once, and the rest packed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct ReaderAnswer {
    /// Hits in the whole document.
    pub hits: u32,
    /// Reference to the document, to put after a quotation.
    pub citation: String,
    /// What it shows.
    pub view: Apart<ReaderView>,
}

/// A line of metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct MetaRow {
    /// What.
    pub label: String,
    /// Its value, in words.
    pub value: String,
    /// How it is known.
    pub known: Certainty,
}

/// A paragraph, or a piece of a long one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Paragraph {
    /// Its text.
    pub runs: Vec<Run>,
    /// Byte offset in the text: its address for links and citations.
    pub offset: u32,
    /// Number of the paragraph in the document, from 1.
    pub number: u32,
    /// Whether it goes on with the paragraph before.
    pub is_continued: bool,
}

/// What of a document is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    /// What is around this hit, from 0.
    pub hit: u32,
    /// What is around this byte of the text instead.
    pub at: Option<u32>,
    /// So many parts, at least 1.
    pub extent: u32,
}

/// Shows a document, or a part of it.
pub fn reader(
    document: &Document,
    shape: Shape,
    hits: &[Hit],
    parts: &[HitPart],
    focus: Focus,
    corpus_title: &str,
) -> ReaderView {
    let text = &document.text;
    let located = Located::of(title_text(document), text, shape);
    let marks = located.in_text(parts);
    let at_hit = focus.hit.min((hits.len() as u32).saturating_sub(1));
    let pieces = pieces(text);
    let of_hit = || marks.iter().find(|mark| mark.mark.hit == at_hit).map_or(0, |mark| mark.span.start);
    let shown = part(&pieces, focus.at.unwrap_or_else(of_hit), focus.extent.max(1).saturating_mul(PART_BYTES));
    let length = text.len().max(1) as u64;
    let share = |at: u32| (u64::from(at) * 1000 / length) as u16;
    let mut bars: Vec<u16> = marks.iter().map(|mark| share(mark.span.start)).collect();
    bars.dedup();
    let from = shown.first().map_or(0, |piece| piece.span.start);
    let to = shown.last().map_or(text.len() as u32, |piece| piece.span.end);
    let has_more = (
        from > pieces.first().map_or(0, |piece| piece.span.start),
        to < pieces.last().map_or(0, |piece| piece.span.end),
    );
    let mut card = Card::of(document, shape.text_len);
    card.title = marked_title(document, &located, parts);
    ReaderView {
        card,
        title_is_in_text: shape.title_end > 0 && shape.text_start == 0,
        meta: meta(document, shape),
        url: document.url.clone().unwrap_or_default(),
        paragraphs: shown.iter().map(|piece| paragraph(text, piece, &marks)).collect(),
        hits: hits.len() as u32,
        at_hit,
        bars,
        from: if has_more.0 { share(from) } else { 0 },
        to: if has_more.1 { share(to) } else { 1000 },
        has_more,
        citation: citation(document, corpus_title),
    }
}

struct Piece {
    span: Span,
    number: u32,
    is_continued: bool,
}

/// Paragraphs, long ones cut at white space.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (number, paragraph) in (1u32..).zip(paragraphs(text)) {
        let mut start = paragraph.start;
        while start < paragraph.end {
            let mut end = paragraph.end;
            if end - start > PIECE_BYTES {
                end = start + PIECE_BYTES;
                while !text.is_char_boundary(end as usize) {
                    end -= 1;
                }
                let border = Span::new(start, end).of(text).rfind(char::is_whitespace).filter(|at| *at > 0);
                end = border.map_or(end, |at| start + at as u32);
            }
            pieces.push(Piece { span: Span::new(start, end), number, is_continued: start > paragraph.start });
            start = end;
        }
    }
    pieces
}

/// The pieces around byte `focus`: about `room` bytes, a third of them before it.
fn part(pieces: &[Piece], focus: u32, room: u32) -> &[Piece] {
    let own = pieces.iter().position(|piece| piece.span.end > focus).unwrap_or(0);
    let (mut first, mut last) = (own, own);
    let len = |piece: &Piece| piece.span.len().max(1);
    let mut before = 0u32;
    while first > 0 && before.saturating_add(len(&pieces[first - 1])) <= room / 3 {
        first -= 1;
        before += len(&pieces[first]);
    }
    let mut used = before;
    while last < pieces.len() && used < room {
        used = used.saturating_add(len(&pieces[last]));
        last += 1;
    }
    while first > 0 && last == pieces.len() && used.saturating_add(len(&pieces[first - 1])) <= room {
        first -= 1;
        used += len(&pieces[first]);
    }
    pieces.get(first..last).unwrap_or(&[])
}

fn paragraph(text: &str, piece: &Piece, marks: &[MarkedSpan]) -> Paragraph {
    Paragraph {
        runs: runs(text, piece.span, marks),
        offset: piece.span.start,
        number: piece.number,
        is_continued: piece.is_continued,
    }
}

fn meta(document: &Document, shape: Shape) -> Vec<MetaRow> {
    let known = |label: &str, value: Option<String>, known: Certainty, none: &str| MetaRow {
        label: label.to_owned(),
        value: value.unwrap_or_else(|| none.to_owned()),
        known,
    };
    let date: Option<PartialDate> = document.date.value;
    let mut rows = vec![
        known("Title", document.title.value.clone(), certainty(&document.title), "none"),
        known("Source", document.source.value.clone(), certainty(&document.source), "not stated"),
        known("Published", date.map(words::whole_date), certainty(&document.date), "not stated"),
        known(
            "Language",
            document.language.value.as_deref().map(|code| words::language(code).to_owned()),
            certainty(&document.language),
            "not known",
        ),
        known("Length", Some(words::count(shape.text_len.into(), "word", "words")), Certainty::Stated, ""),
    ];
    rows.extend(document.fields.iter().map(|field| MetaRow {
        label: field.name.clone(),
        value: field.values.join(", "),
        known: Certainty::Stated,
    }));
    rows.push(known("File", Some(document.file.clone()), Certainty::Stated, ""));
    rows
}

/// “Title”, Source, date. Corpus, name. What was inferred says so.
fn citation(document: &Document, corpus_title: &str) -> String {
    let inferred = |known: Certainty| if matches!(known, Certainty::Inferred(_)) { " (inferred)" } else { "" };
    let mut parts = vec![format!("“{}”", title_text(document).trim())];
    if let Some(source) = &document.source.value {
        parts.push(format!("{source}{}", inferred(certainty(&document.source))));
    }
    if let Some(date) = document.date.value {
        parts.push(format!("{}{}", words::whole_date(date), inferred(certainty(&document.date))));
    }
    let place = [corpus_title, document.name.as_str()].into_iter().filter(|part| !part.is_empty());
    format!("{}. {}.", parts.join(", "), place.collect::<Vec<_>>().join(", "))
}
