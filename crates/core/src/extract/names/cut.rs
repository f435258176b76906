//! A text cut for names: words and the signs between them, each with its shape and what is known of it.

use super::classes::{self, Classes};
use super::lexicon::{LEXICON, hash, join};
use crate::base::Span;
use crate::extract::Reading;

/// How a piece is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Shape {
    /// `minister`
    Small,
    /// `Minister`
    Capitalised,
    /// `NATO`
    Capitals,
    /// `J`, `J.`
    Initial,
    /// `McDonald`, `iPhone`
    Mixed,
    /// `1996`, `3.5`
    Number,
    /// `G7`, `10th`
    NumberWithLetters,
    /// `U.S.`
    Acronym,
    /// `Corp.`: capitalised, with a dot that ends no sentence
    Abbreviation,
    /// A hyphen or dash
    Hyphen,
    /// A comma
    Comma,
    /// A full stop, colon, semicolon, question or exclamation mark
    Stop,
    /// A quotation mark
    Quote,
    /// `(` or `[`
    Open,
    /// `)` or `]`
    Close,
    /// `'s` that stands for a possessive
    Possessive,
    /// `&`
    And,
    /// Anything else
    Sign,
}

/// How the words of a sentence are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Style {
    /// Capitals mean something.
    Plain,
    /// Most words are all in capitals.
    Capitals,
    /// Most longer words begin with a capital.
    Titles,
}

/// A word, or a sign between words.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Where it stands.
    pub span: Span,
    /// The hash of its folded form.
    pub hash: u32,
    /// What is known of it, also as a part of longer entries.
    pub classes: Classes,
    /// Of the entry of several words that it is part of: classes, 0 for none.
    pub entry: Classes,
    /// Where in that entry: 1 first, 2 inside, 3 last.
    pub entry_part: u8,
    /// How it is written.
    pub shape: Shape,
    /// How its sentence is written.
    pub style: Style,
    /// Whether its sentence begins with it.
    pub is_first: bool,
    /// Whether nothing but quotation marks, numbers and the like stands before it in its sentence.
    pub opens: bool,
    /// Whether no space stands before it.
    pub is_glued: bool,
}

impl Piece {
    /// Whether it begins with a capital letter.
    pub fn is_capital(&self) -> bool {
        matches!(
            self.shape,
            Shape::Capitalised | Shape::Capitals | Shape::Initial | Shape::Mixed | Shape::Acronym | Shape::Abbreviation
        )
    }

    /// Whether it is one of these.
    pub fn is(&self, classes: Classes) -> bool {
        self.classes & classes != 0
    }
}

/// The pieces of a text in order. Cost: O(bytes).
pub fn cut(reading: &Reading) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(reading.words.len() * 5 / 4);
    let mut words = reading.words.iter().copied().peekable();
    for sentence in &reading.sentences {
        let from = pieces.len();
        let mut at = sentence.start;
        while let Some(word) = words.next_if(|word| word.start < sentence.end) {
            if word.end <= at {
                continue;
            }
            signs(reading.text, at, word.start, &mut pieces);
            at = push_word(reading.text, word, sentence.end, from, &mut pieces);
        }
        signs(reading.text, at, sentence.end, &mut pieces);
        if let Some(sentence) = pieces.get_mut(from..) {
            note_style(sentence);
            find_entries(sentence);
        }
    }
    pieces
}

/// Pushes a word, its possessive ending apart; gives where to go on.
fn push_word(text: &str, word: Span, sentence_end: u32, from: usize, pieces: &mut Vec<Piece>) -> u32 {
    let form = word.of(text);
    let is_glued = word.start > 0 && !ends_in_space(text, word.start);
    // The `s` of a possessive that tokenised text sets apart.
    let is_ending = matches!(form, "s" | "S") && is_glued && pieces.len() > from;
    let quote = pieces.last_mut().filter(|last| is_ending && last.shape == Shape::Quote && last.span.end == word.start);
    if let Some(quote) = quote {
        quote.span.end = word.end;
        quote.shape = Shape::Possessive;
        quote.classes = classes::SIGN | classes::POSSESSIVE;
        return word.end;
    }
    let base_len = without_possessive(form);
    let base = form.get(..base_len).unwrap_or(form);
    let mut end = word.start + base_len as u32;
    let mut shape = shape(base);
    if base_len == form.len() && end < sentence_end && is_abbreviating_dot(text, end, sentence_end) {
        shape = match shape {
            Shape::Capitalised => Shape::Abbreviation,
            shape => shape,
        };
        if matches!(shape, Shape::Abbreviation | Shape::Initial | Shape::Capitals | Shape::Mixed) {
            end += 1;
        }
    }
    let hash = hash(base);
    let known = LEXICON.classes(hash);
    pieces.push(Piece { is_glued, ..piece(Span::new(word.start, end), hash, known, shape) });
    if base_len < form.len() {
        let span = Span::new(end, word.end);
        let known = classes::SIGN | classes::POSSESSIVE;
        pieces.push(Piece { is_glued: true, ..piece(span, 1, known, Shape::Possessive) });
    }
    end.max(word.end)
}

fn piece(span: Span, hash: u32, classes: Classes, shape: Shape) -> Piece {
    Piece {
        span,
        hash,
        classes,
        entry: 0,
        entry_part: 0,
        shape,
        style: Style::Plain,
        is_first: false,
        opens: false,
        is_glued: false,
    }
}

/// Of more signs between two words the rest says nothing.
const MOST_SIGNS: usize = 12;

/// Pushes the signs between two words; of the same sign in a row one.
fn signs(text: &str, start: u32, end: u32, pieces: &mut Vec<Piece>) {
    let mut before = None;
    let most = pieces.len() + MOST_SIGNS;
    for (offset, c) in Span::new(start, end).of(text).char_indices() {
        if c.is_whitespace() || before == Some(c) {
            continue;
        }
        if pieces.len() == most {
            break;
        }
        before = Some(c);
        let at = start + offset as u32;
        let shape = match c {
            '-' | '–' | '—' | '‐' | '‑' => Shape::Hyphen,
            ',' => Shape::Comma,
            '.' | ':' | ';' | '?' | '!' | '…' => Shape::Stop,
            '"' | '\'' | '“' | '”' | '‘' | '’' | '`' | '«' | '»' => Shape::Quote,
            '(' | '[' | '{' => Shape::Open,
            ')' | ']' | '}' => Shape::Close,
            '&' => Shape::And,
            _ => Shape::Sign,
        };
        let known = classes::SIGN | if c == '&' { classes::JOINT } else { 0 };
        let is_glued = at > 0 && !ends_in_space(text, at);
        let span = Span::new(at, at + c.len_utf8() as u32);
        pieces.push(Piece { is_glued, ..piece(span, u32::from(c), known, shape) });
    }
}

fn ends_in_space(text: &str, at: u32) -> bool {
    text.as_bytes().get(at as usize - 1).is_none_or(u8::is_ascii_whitespace)
}

/// Length of the word without a final `'s`.
fn without_possessive(form: &str) -> usize {
    let Some(bare) = form.strip_suffix(['s', 'S']) else { return form.len() };
    let base = bare.strip_suffix('\'').or_else(|| bare.strip_suffix('’')).unwrap_or("");
    if base.is_empty() { form.len() } else { base.len() }
}

/// Whether the byte at `end` is a dot that belongs to the word before it: white space follows, and the sentence goes on.
fn is_abbreviating_dot(text: &str, end: u32, sentence_end: u32) -> bool {
    let bytes = text.as_bytes();
    bytes.get(end as usize) == Some(&b'.')
        && end + 1 < sentence_end
        && bytes.get(end as usize + 1).is_some_and(|b| b.is_ascii_whitespace() || *b == b',')
}

fn shape(word: &str) -> Shape {
    let (mut letters, mut capitals, mut digits, mut dots) = (0, 0, 0, 0);
    let mut first_is_capital = None;
    for c in word.chars() {
        let (is_letter, is_capital) = if c.is_ascii() {
            (c.is_ascii_alphabetic(), c.is_ascii_uppercase())
        } else {
            (c.is_alphabetic(), c.is_uppercase())
        };
        letters += u32::from(is_letter);
        capitals += u32::from(is_capital);
        digits += u32::from(c.is_ascii_digit());
        dots += u32::from(c == '.');
        first_is_capital = first_is_capital.or(is_letter.then_some(is_capital));
    }
    match (letters, digits) {
        (0, _) => Shape::Number,
        (_, 1..) => Shape::NumberWithLetters,
        _ if dots > 0 && capitals > 0 => Shape::Acronym,
        (1, _) if capitals == 1 => Shape::Initial,
        _ if capitals == 0 => Shape::Small,
        _ if capitals == letters => Shape::Capitals,
        _ if capitals == 1 && first_is_capital == Some(true) => Shape::Capitalised,
        _ => Shape::Mixed,
    }
}

/// Sets how the sentence is written, and where it begins.
fn note_style(sentence: &mut [Piece]) {
    let (mut words, mut capitals, mut long, mut capital_long, mut small) = (0, 0, 0, 0, 0);
    for piece in sentence.iter() {
        let is_word = !piece.is(classes::SIGN) && piece.span.len() > 1;
        words += u32::from(is_word && !matches!(piece.shape, Shape::Number | Shape::NumberWithLetters));
        capitals += u32::from(is_word && matches!(piece.shape, Shape::Capitals | Shape::Acronym));
        let is_long = is_word && piece.span.len() > 3 && !matches!(piece.shape, Shape::Number);
        long += u32::from(is_long);
        capital_long += u32::from(is_long && piece.is_capital());
        small += u32::from(is_long && piece.shape == Shape::Small);
    }
    let style = if words >= 2 && capitals * 10 >= words * 6 {
        Style::Capitals
    } else if long >= 4 && capital_long * 10 >= long * 7 && small > 0 || long >= 5 && small == 0 {
        Style::Titles
    } else {
        Style::Plain
    };
    let mut opens = true;
    for (n, piece) in sentence.iter_mut().enumerate() {
        piece.style = style;
        piece.is_first = n == 0;
        piece.opens = opens;
        opens &= piece.is(classes::SIGN) || matches!(piece.shape, Shape::Number);
        if matches!(piece.shape, Shape::Quote | Shape::Stop) && n > 0 {
            opens = true;
        }
    }
}

/// Finds the longest entries of two to five words whose first or last is capitalised.
fn find_entries(sentence: &mut [Piece]) {
    let mut at = 0;
    while at < sentence.len() {
        let (len, known) = longest_entry(sentence.get(at..).unwrap_or(&[]));
        if len < 2 {
            at += 1;
            continue;
        }
        for (n, piece) in sentence.iter_mut().skip(at).take(len).enumerate() {
            piece.entry = known;
            piece.entry_part = if n == 0 {
                1
            } else if n + 1 == len {
                3
            } else {
                2
            };
        }
        at += len;
    }
}

fn longest_entry(pieces: &[Piece]) -> (usize, Classes) {
    let mut best = (0, 0);
    let Some(first) = pieces
        .first()
        .filter(|first| first.is(classes::BEGINNING) && (first.shape != Shape::Small || first.is(classes::PARTICLE)))
    else {
        return best;
    };
    let mut hash = first.hash;
    let mut words = 1;
    for (n, piece) in pieces.iter().enumerate().skip(1).take(8) {
        if piece.shape == Shape::Hyphen || piece.shape == Shape::Stop && piece.is_glued {
            continue;
        }
        hash = join(hash, piece.hash);
        words += 1;
        let known = LEXICON.classes(hash);
        if known & !classes::BEGINNING != 0 && piece.shape != Shape::Small {
            best = (n + 1, known & !classes::BEGINNING);
        }
        if known & classes::BEGINNING == 0 || words == 5 {
            break;
        }
    }
    best
}
