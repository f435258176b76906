//! The Results lens: documents ranked, each with the passages that show why it matched.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::card::{Card, title_text};
use super::echo::EchoView;
use super::marked::{Located, MarkedSpan, Run, runs};
use crate::base::Span;
use crate::base::order::sort_by;
use crate::document::Document;
use crate::index::Shape;
use crate::query::{Hit, HitPart};
use crate::text::sentences;

/// Passages shown for one document.
const MAX_SNIPPETS: usize = 2;
/// Bytes of a passage, about two to three lines.
const SNIPPET_BYTES: u32 = 280;
/// Passages looked at in one document: the first ones.
const MAX_WINDOWS: usize = 200;
/// Marks of a barcode: more would melt together.
const MAX_BARS: usize = 400;

/// The ranked list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct ResultsView {
    /// What was understood.
    pub echo: EchoView,
    /// Documents that match.
    pub matched: u32,
    /// Documents in the corpus.
    pub of: u32,
    /// Where more is still to come: from how many of these it is so far, spread over the corpus. Of these, too, it may not have
    /// all: words without inflections were asked for, the first of many alternatives, sentences as far as is known, and texts as far as
    /// they were read.
    pub so_far: Option<u32>,
    /// Hits in them.
    pub hits: u64,
    /// The first rows, in the order asked.
    pub rows: Vec<ResultRow>,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct ResultRow {
    /// Its head; hits in the title are marked.
    pub card: Card,
    /// Hits in it.
    pub hits: u32,
    /// Passages, in the order of the text.
    pub snippets: Vec<Snippet>,
    /// Where the hits lie in the text, in thousandths of its length, ascending.
    pub bars: Vec<u16>,
    /// Whether its text was there to take passages from; else they come with a later answer.
    pub has_text: bool,
}

/// A passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Snippet {
    /// Its text.
    pub runs: Vec<Run>,
    /// The first hit in it, for opening the Reader there.
    pub hit: u32,
    /// Whether it begins or ends inside a sentence.
    pub is_cut: (bool, bool),
}

/// The row of a document with these hits.
pub fn row(document: &Document, shape: Shape, hits: &[Hit], parts: &[HitPart]) -> ResultRow {
    let mut card = Card::of(document, shape.text_len);
    if hits.is_empty() {
        let snippets = opening(document).into_iter().collect();
        return ResultRow { card, hits: 0, snippets, bars: Vec::new(), has_text: true };
    }
    let title = title_text(document);
    let located = Located::of(title, &document.text, shape);
    let in_text = located.in_text(parts);
    card.title = marked_title(document, &located, parts);
    let length = document.text.len().max(1) as u64;
    let mut bars: Vec<u16> = in_text.iter().map(|mark| (u64::from(mark.span.start) * 1000 / length) as u16).collect();
    bars.dedup();
    if bars.len() > MAX_BARS {
        let step = bars.len().div_ceil(MAX_BARS);
        bars = bars.into_iter().step_by(step).collect();
    }
    let mut snippets = snippets(&document.text, document.language.value.as_deref(), &in_text);
    if snippets.is_empty() {
        snippets.extend(opening(document));
    }
    ResultRow { card, hits: hits.len() as u32, snippets, bars, has_text: true }
}

/// The row of a document whose text is not there yet.
pub fn row_without_text(card: Card, hits: u32) -> ResultRow {
    ResultRow { card, hits, snippets: Vec::new(), bars: Vec::new(), has_text: false }
}

/// The title with hits marked.
pub fn marked_title(document: &Document, located: &Located, hits: &[HitPart]) -> Vec<Run> {
    let title = title_text(document);
    let mut marks = located.in_title(hits);
    if let Some(end) = crate::index::build::title_in_text(title, &document.text) {
        // The title repeats the beginning of the text: its marks are the text's, moved to where the title begins.
        let indent = (document.text.len() - document.text.trim_start().len()) as u32;
        let in_text = located.in_text(hits).into_iter().filter(|mark| mark.span.end <= end as u32);
        marks = in_text
            .map(|mark| MarkedSpan { span: Span::new(mark.span.start - indent, mark.span.end - indent), ..mark })
            .collect();
    }
    runs(title, Span::new(0, title.len() as u32), &marks)
}

/// The first words of a document, for lists without a query.
fn opening(document: &Document) -> Option<Snippet> {
    let text = &document.text;
    // The title was just read: begin after it.
    let title = document.title.value.as_deref().unwrap_or("");
    let is_elided = title.ends_with('…');
    let skip = crate::index::build::title_in_text(title, text).filter(|_| !is_elided).unwrap_or(0);
    let start = skip + text[skip..].len() - text[skip..].trim_start().len();
    let end = cut_after(text, start as u32 + SNIPPET_BYTES, start as u32);
    let part = trimmed(text, Span::new(start as u32, end));
    let is_cut = (part.end as usize) < text.trim_end().len();
    (!part.is_empty()).then(|| Snippet { runs: runs(text, part, &[]), hit: 0, is_cut: (false, is_cut) })
}

/// The passages that show most of the query: windows of whole sentences where they fit, chosen by how many
/// different words they hold, then by hits, then by place; at most [`MAX_SNIPPETS`].
fn snippets(text: &str, language: Option<&str>, marks: &[MarkedSpan]) -> Vec<Snippet> {
    let mut windows: Vec<Window> = Vec::new();
    for (first, mark) in marks.iter().enumerate() {
        // A hit that the window before shows already starts none of its own.
        if windows.last().is_some_and(|window| mark.span.end <= window.span.end) {
            continue;
        }
        let span = window_around(text, language, mark.span);
        let inside = marks[first..].iter().take_while(|mark| mark.span.end <= span.end);
        let hits = inside.clone().count();
        let mut words: Vec<u16> = Vec::new();
        for mark in inside {
            if !words.contains(&mark.mark.word) {
                words.push(mark.mark.word);
            }
        }
        windows.push(Window { span, first, words, hits });
        if windows.len() >= MAX_WINDOWS {
            break;
        }
    }
    let mut chosen: Vec<Window> = Vec::new();
    let mut seen: Vec<u16> = Vec::new();
    while chosen.len() < MAX_SNIPPETS && !windows.is_empty() {
        let value = |window: &Window| {
            let new = window.words.iter().filter(|word| !seen.contains(word)).count();
            (new, window.words.len(), window.hits, std::cmp::Reverse(window.first))
        };
        let best = windows.iter().enumerate().max_by_key(|(_, window)| value(window)).map(|(place, _)| place);
        let Some(best) = best else { break };
        let window = windows.remove(best);
        seen.extend(&window.words);
        windows.retain(|other| other.span.end <= window.span.start || window.span.end <= other.span.start);
        chosen.push(window);
    }
    sort_by(&mut chosen, |a, b| a.span.start.cmp(&b.span.start));
    chosen
        .into_iter()
        .map(|window| Snippet {
            runs: runs(text, window.span, marks),
            hit: marks[window.first].mark.hit,
            is_cut: (!begins_sentence(text, window.span.start), !ends_sentence(text, window.span.end)),
        })
        .collect()
}

struct Window {
    span: Span,
    first: usize,
    words: Vec<u16>,
    hits: usize,
}

/// The sentence around a hit with the one after it where both fit; a part of it where it is long.
fn window_around(text: &str, language: Option<&str>, hit: Span) -> Span {
    // Sentences are cut in a neighbourhood only: a document may be one line of megabytes. Twice a passage is enough: a
    // sentence that reaches beyond is too long to be shown whole.
    const NEIGHBOURHOOD: u32 = 2 * SNIPPET_BYTES;
    let from = floor(text, hit.start.saturating_sub(NEIGHBOURHOOD));
    let to = floor(text, hit.end.saturating_add(NEIGHBOURHOOD).min(text.len() as u32));
    let near = Span::new(from, to);
    let found = sentences(near.of(text), language);
    let absolute = |span: &Span| Span::new(span.start + from, span.end + from);
    let own = found.iter().position(|span| absolute(span).end >= hit.end && absolute(span).start <= hit.start);
    if let Some(own) = own {
        let mut window = absolute(&found[own]);
        if window.len() <= SNIPPET_BYTES {
            if let Some(next) = found.get(own + 1).map(absolute).filter(|next| {
                next.end - window.start <= SNIPPET_BYTES
                    && !Span::new(window.end, next.start).of(text).as_bytes().contains(&b'\n')
            }) {
                window.end = next.end;
            }
            return window;
        }
        return cut_around(text, window, hit);
    }
    cut_around(text, near, hit)
}

/// At most [`SNIPPET_BYTES`] of `whole`, around `hit`, cut at white space where there is some.
fn cut_around(text: &str, whole: Span, hit: Span) -> Span {
    let room = SNIPPET_BYTES.saturating_sub(hit.len()) / 2;
    let start = hit.start.saturating_sub(room).max(whole.start);
    let start = if start == whole.start { start } else { cut_before(text, start, hit.start) };
    let end = (start + SNIPPET_BYTES).max(hit.end).min(whole.end);
    let end = if end == whole.end { end } else { cut_after(text, end, hit.end) };
    trimmed(text, Span::new(start, end))
}

/// The first border of a word at or after `at`, not beyond `limit`.
fn cut_before(text: &str, at: u32, limit: u32) -> u32 {
    let at = floor(text, at);
    let gap = Span::new(at, limit).of(text).find(char::is_whitespace);
    gap.map_or(at, |gap| at + gap as u32)
}

/// The last border of a word at or before `at`, not before `limit`.
fn cut_after(text: &str, at: u32, limit: u32) -> u32 {
    let at = floor(text, at.min(text.len() as u32));
    if at as usize == text.len() {
        return at;
    }
    let gap = Span::new(limit, at).of(text).rfind(char::is_whitespace);
    gap.map_or(at, |gap| limit + gap as u32)
}

fn floor(text: &str, mut at: u32) -> u32 {
    while !text.is_char_boundary(at as usize) {
        at -= 1;
    }
    at
}

fn trimmed(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let start = span.start + (inside.len() - inside.trim_start().len()) as u32;
    Span::new(start, start + inside.trim().len() as u32)
}

fn begins_sentence(text: &str, at: u32) -> bool {
    let before = text[..at as usize].trim_end_matches([' ', '\t', '“', '"', '(', '«']);
    before.is_empty() || before.ends_with(['\n', '\r', '.', '!', '?', '”', '"', '»', '。', '؟', ':', '…', ')'])
}

fn ends_sentence(text: &str, at: u32) -> bool {
    let after = text[at as usize..].trim_start_matches([' ', '\t']);
    let before = &text[..at as usize];
    after.is_empty()
        || after.starts_with(['\n', '\r'])
        || before.ends_with(['.', '!', '?', '”', '"', '»', '。', '！', '？', '؟', '…', ')', ':'])
}
