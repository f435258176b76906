//! The words of a text as the grammar of time sees them, and what lies between them.

use std::cell::Cell;

use super::figures::figures;
use super::lexicon::{Class, Lex, look_up};
use crate::base::Span;
use crate::extract::Reading;

/// What lies between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space within a paragraph.
    Space,
    /// A hyphen between two words.
    Hyphen,
    /// A longer dash, or a hyphen between blanks.
    Dash,
    /// A comma and white space.
    Comma,
    /// A full stop and white space or nothing.
    Dot,
    /// A slash.
    Slash,
    /// A colon between two words.
    Colon,
    /// Anything else, and the ends of the text.
    Other,
}

/// All words of a text.
pub(super) struct Words<'a> {
    /// The text.
    pub(super) text: &'a str,
    spans: &'a [Span],
    lexes: Vec<Lex>,
    /// How many dates within dates are being read.
    depth: Cell<u8>,
}

impl<'a> Words<'a> {
    /// Looks all words up. Cost: one look-up a word.
    pub(super) fn new(reading: &'a Reading) -> Words<'a> {
        let lexes = reading.words.iter().map(|span| lex(span.of(reading.text))).collect();
        Words { text: reading.text, spans: &reading.words, lexes, depth: Cell::new(0) }
    }

    /// What `read` finds one level deeper; nothing beyond the third, so that no text costs more than a few looks ahead
    /// from each word.
    pub(super) fn deeper<T>(&self, read: impl FnOnce() -> Option<T>) -> Option<T> {
        let depth = self.depth.get();
        if depth >= 3 {
            return None;
        }
        self.depth.set(depth + 1);
        let found = read();
        self.depth.set(depth);
        found
    }

    /// How many words.
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// Word `i`; a word of no class beyond the ends.
    pub(super) fn lex(&self, i: usize) -> Lex {
        self.lexes.get(i).copied().unwrap_or_default()
    }

    /// The class of word `i`.
    pub(super) fn class(&self, i: usize) -> Class {
        self.lex(i).class
    }

    /// Whether word `i` is of `class`.
    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.class(i) == class
    }

    /// Where word `i` stands.
    pub(super) fn span(&self, i: usize) -> Span {
        let end = self.text.len() as u32;
        self.spans.get(i).copied().unwrap_or(Span { start: end, end })
    }

    /// What word `i` says, as written.
    pub(super) fn text(&self, i: usize) -> &'a str {
        self.span(i).of(self.text)
    }

    /// The place of words `first..last`, without the possessive of the last one.
    pub(super) fn place(&self, first: usize, last: usize) -> Span {
        let last = last.saturating_sub(1);
        let word = self.text(last);
        let end = self.span(last).end - if self.lex(last).is_possessive { possessive(word) as u32 } else { 0 };
        Span::new(self.span(first).start, end)
    }

    /// What lies before word `i`.
    pub(super) fn gap(&self, i: usize) -> Gap {
        if i == 0 || i >= self.len() {
            return Gap::Other;
        }
        gap(self.between(i))
    }

    /// The characters before word `i`, back to the word before it.
    pub(super) fn between(&self, i: usize) -> &'a str {
        let from = if i == 0 { 0 } else { self.span(i - 1).end };
        Span::new(from, self.span(i).start).of(self.text)
    }

    /// The character right after word `i`.
    pub(super) fn next_char(&self, i: usize) -> Option<char> {
        self.text.get(self.span(i).end as usize..)?.chars().next()
    }

    /// The character right before word `i`.
    pub(super) fn char_before(&self, i: usize) -> Option<char> {
        self.text.get(..self.span(i).start as usize)?.chars().next_back()
    }

    /// Whether word `i` follows the one before it after white space.
    pub(super) fn is_near(&self, i: usize) -> bool {
        self.gap(i) == Gap::Space
    }

    /// Whether word `i` follows the one before it after white space or a hyphen.
    pub(super) fn is_joined(&self, i: usize) -> bool {
        matches!(self.gap(i), Gap::Space | Gap::Hyphen)
    }

    /// Whether word `i` follows a word that may be short for another: `Aug. 2`.
    pub(super) fn is_after_short(&self, i: usize) -> bool {
        match self.gap(i) {
            Gap::Space => true,
            Gap::Dot => self.lex(i.wrapping_sub(1)).shape == super::lexicon::SHORT,
            _ => false,
        }
    }
}

/// A gap longer than this is none of the short ones; a text of blanks costs no more.
const LONGEST: usize = 64;

fn gap(text: &str) -> Gap {
    if text.len() > LONGEST {
        return Gap::Other;
    }
    match text {
        " " => return Gap::Space,
        "-" | "\u{2010}" | "\u{2011}" => return Gap::Hyphen,
        "/" => return Gap::Slash,
        ":" => return Gap::Colon,
        "–" | "—" | "--" | "~" => return Gap::Dash,
        "" => return Gap::Other,
        _ => {}
    }
    if text.matches('\n').count() > 1 {
        return Gap::Other;
    }
    match text.trim() {
        "" => Gap::Space,
        "," => Gap::Comma,
        "." => Gap::Dot,
        "-" | "–" | "—" | "--" => Gap::Dash,
        _ => Gap::Other,
    }
}

fn lex(word: &str) -> Lex {
    let cut = possessive(word);
    let bare = word.get(..word.len() - cut).unwrap_or(word);
    let mut lex =
        if bare.len() < 16 && bare.bytes().any(|b| b.is_ascii_digit()) { figures(bare) } else { look_up(bare) };
    lex.is_possessive = cut > 0;
    lex.is_capital = bare.bytes().next().is_some_and(|b| b.is_ascii_uppercase());
    lex
}

/// How many bytes of `word` are a possessive.
fn possessive(word: &str) -> usize {
    let ends = ["'s", "’s", "'S"];
    ends.iter().find(|end| word.len() > end.len() && word.ends_with(**end)).map_or(0, |end| end.len())
}
