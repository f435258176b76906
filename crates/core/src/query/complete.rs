//! Where the caret stands in a query: what may be put there, and in place of which part.
//!
//! What stands before the caret decides, cut by [`lex`] as the parser cuts it: what comes after it was written for
//! another word than the one that is being typed.

use super::ast::Attribute;
use super::lex::{Lex, Lexeme, closing_marks, lex};
use super::parse::MAX_BYTES;
use crate::base::Span;
use crate::text::tokens::{is_spaceless, tokens};

/// The place of the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// What may be put there.
    pub place: Place,
    /// The part that it replaces: begins before the caret or at it, and ends with the word in which the caret stands.
    pub span: Span,
    /// What was typed of it.
    pub typed: String,
}

/// What may be put at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nothing that could be told.
    Nothing,
    /// Anything: no word has been written yet.
    Start,
    /// An operator: something complete stands before it.
    Between,
    /// A word.
    Word {
        /// Only as written.
        is_exact: bool,
        /// In the title.
        is_in_title: bool,
        /// Between quotation marks.
        is_quoted: bool,
        /// Everything without white space that ends with it: where it may be the name of a field, that name.
        run: Span,
    },
    /// The value of an attribute of a token.
    Token(Attribute),
    /// A value of a field.
    Value(String),
}

/// Where `caret` (bytes of `query`) stands. A caret inside a character stands before it, one beyond the end at the end.
pub fn spot(query: &str, caret: u32) -> Spot {
    let at = floor(query, caret as usize);
    let text = &query[..floor(query, MAX_BYTES)];
    let found = text.get(..at).and_then(|before| place(text, before));
    let (place, start, end) = found.unwrap_or((Place::Nothing, at, at));
    Spot { place, span: Span::new(start as u32, end as u32), typed: query[start..at].to_owned() }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The place of a caret after `before` in `text`, with the start and the end of what is replaced.
fn place(text: &str, before: &str) -> Option<(Place, usize, usize)> {
    let at = before.len();
    let is_free = text[at..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '|'));
    let lexemes = lex(before, false);
    let Some((last, others)) = lexemes.split_last() else {
        return text.trim().is_empty().then_some((Place::Start, at, at));
    };
    let is_gap = (last.span.end as usize) < at;
    let scope = Scope::of(if is_gap { &lexemes } else { others });
    let field = scope.field.filter(|field| *field != "title");
    match (&last.lex, field) {
        (Lex::Open | Lex::Or(_), Some(field)) if is_free => Some((Place::Value(field.to_owned()), at, at)),
        (lex, _) if is_gap => (is_free && is_complete(lex)).then_some((Place::Between, at, at)),
        (Lex::Phrase { mark, is_closed: false, .. }, Some(field)) => {
            let start = mark.start as usize;
            let marks = closing_marks(text[start..].chars().next()?)?;
            let close = text[at..].char_indices().find(|(_, c)| marks.contains(*c));
            let end = close.map_or_else(|| run_end(text, at), |(len, c)| at + len + c.len_utf8());
            Some((Place::Value(field.to_owned()), start, end))
        }
        (Lex::Phrase { is_closed: false, text: inside, .. }, None) => {
            let run = inside.rfind(char::is_whitespace).map_or(inside.as_str(), |gap| &inside[gap..]).trim_start();
            word(text, at, at - run.len(), &scope, true)
        }
        (Lex::Token { text: inside, is_closed: false }, _) => {
            let (attribute, len) = attribute(inside)?;
            Some((Place::Token(attribute), at - len, word_end(text, at - len, at)))
        }
        (Lex::Word { .. }, Some(field)) => {
            let start = last.span.start as usize;
            Some((Place::Value(field.to_owned()), start, run_end(text, at)))
        }
        (Lex::Word { text: run, .. }, None) if run.ends_with(':') => {
            let is_name = scope.field.is_none() && !scope.is_exact && is_free;
            is_name.then(|| (Place::Value(run.strip_suffix(':').unwrap_or(run).to_owned()), at, at))
        }
        (Lex::Word { .. } | Lex::Or("OR") | Lex::And | Lex::Not("NOT") | Lex::Near { .. }, _) => {
            word(text, at, last.span.start as usize, &scope, false)
        }
        _ => None,
    }
}

/// What the lexemes before a word say about it.
struct Scope<'l> {
    /// The field in which it stands.
    field: Option<&'l str>,
    /// Whether `=` stands before it.
    is_exact: bool,
}

impl<'l> Scope<'l> {
    fn of(lexemes: &'l [Lexeme]) -> Scope<'l> {
        let mut groups: Vec<Option<&str>> = Vec::new();
        let mut field = None;
        for lexeme in lexemes {
            match &lexeme.lex {
                // A field in a field is a word.
                Lex::Field(name) => field = field.or(Some(name.as_str())),
                Lex::Open => groups.push(field),
                Lex::Not(_) | Lex::Exact => {}
                lex => {
                    if *lex == Lex::Close {
                        groups.pop();
                    }
                    field = groups.last().copied().flatten();
                }
            }
        }
        Scope { field, is_exact: lexemes.last().is_some_and(|lexeme| lexeme.lex == Lex::Exact) }
    }
}

/// Whether an operator may stand after it.
fn is_complete(lex: &Lex) -> bool {
    !matches!(lex, Lex::Open | Lex::Or(_) | Lex::And | Lex::Not(_) | Lex::Near { .. } | Lex::Field(_) | Lex::Exact)
        && !matches!(lex, Lex::Phrase { is_closed: false, .. } | Lex::Token { is_closed: false, .. })
}

/// The word that ends at `at`, in a run without white space that begins at `run`.
fn word(text: &str, at: usize, run: usize, scope: &Scope, is_quoted: bool) -> Option<(Place, usize, usize)> {
    let whole = &text[run..run_end(text, at)];
    if whole.contains(['*', '?', '~']) || whole.starts_with('/') {
        return None;
    }
    // The number of a distance is no word.
    let is_distance = whole.starts_with("NEAR/") || whole.starts_with("BEFORE/");
    let start = last_word(&text[run..at]).filter(|_| !is_distance).map_or(at, |start| run + start);
    let run = Span::new(run as u32, at as u32);
    let place = Place::Word { is_exact: scope.is_exact, is_in_title: scope.field.is_some(), is_quoted, run };
    Some((place, start, word_end(text, start, at)))
}

/// Where the word that ends a text begins. Nothing in scripts without spaces, where nobody can tell.
fn last_word(text: &str) -> Option<usize> {
    let last = tokens(text).pop().filter(|token| token.span.end as usize == text.len())?;
    let start = last.span.start as usize;
    (!text[start..].starts_with(is_spaceless)).then_some(start)
}

/// The end of the word that begins at `start` and has come to `at`.
fn word_end(text: &str, start: usize, at: usize) -> usize {
    if start == at {
        return at;
    }
    let token = tokens(&text[start..run_end(text, at)]).first().map_or(at, |token| start + token.span.end as usize);
    let end = token.max(at);
    // Letters may join otherwise as long as the word is not whole: `U.S` in `U.Some`.
    end + text[end..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - end)
}

/// The end of what has no white space, bracket or quotation mark in it, from `at`.
fn run_end(text: &str, at: usize) -> usize {
    at + text[at..].find(is_border).unwrap_or(text.len() - at)
}

/// Whether a word ends before it, whatever it is.
pub fn is_border(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '|' | '"' | '“' | '”' | '„' | '«' | '»')
}

/// The attribute whose value ends the inside of `[…`, and the length of the word at its end.
fn attribute(inside: &str) -> Option<(Attribute, usize)> {
    let mut open: Option<(usize, &str)> = None;
    for (at, c) in inside.char_indices() {
        match open {
            Some((_, marks)) if marks.contains(c) => open = None,
            Some(_) => {}
            None => open = closing_marks(c).map(|marks| (at, marks)),
        }
    }
    let (head, value) = inside.split_at(open?.0);
    let head = head.trim_end_matches([' ', '=', '!']);
    let names =
        [("word", Attribute::Word), ("stem", Attribute::Stem), ("lemma", Attribute::Stem), ("form", Attribute::Form)];
    let (_, attribute) = names.into_iter().find(|(name, _)| head.ends_with(name))?;
    let value = &value[value.chars().next()?.len_utf8()..];
    // An expression goes on in ways that no list of words shows.
    let is_sign = |b: u8| matches!(b, b'(' | b'[' | b'*' | b'+' | b'?' | b'.' | b'\\' | b'{');
    let piece =
        if value.bytes().any(is_sign) { None } else { Some(value.rfind('|').map_or(value, |at| &value[at + 1..])) };
    let piece = piece.filter(|piece| last_word(piece) == Some(0))?;
    Some((attribute, piece.len()))
}
