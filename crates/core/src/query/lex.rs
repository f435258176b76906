//! Cutting the text of a query into lexemes.

use super::ast::Unit;
use super::letters::repeat_bounds;
use crate::base::Span;

/// A piece of a query's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Lexeme {
    /// What it is.
    pub lex: Lex,
    /// Where it stands.
    pub span: Span,
}

/// What a piece of a query's text is.
#[derive(Clone, Debug, PartialEq)]
pub enum Lex {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `OR` or `|`.
    Or(&'static str),
    /// `AND`
    And,
    /// `NOT` or `-`.
    Not(&'static str),
    /// `NEAR`, `NEAR/5`, `BEFORE/5`
    Near {
        /// The number, where there is one.
        distance: Option<u32>,
        /// Whether the order counts.
        is_ordered: bool,
    },
    /// `within <s/>`; nothing for a unit that is not known.
    Within(Option<Unit>),
    /// `name:`, its value right after it.
    Field(String),
    /// `=` before a word or a quotation mark.
    Exact,
    /// What stands between quotation marks.
    Phrase {
        /// The words.
        text: String,
        /// The quotation mark before them.
        mark: Span,
        /// Whether there is a mark after them.
        is_closed: bool,
        /// `~8` after the closing mark.
        distance: Option<u32>,
    },
    /// Anything else up to white space.
    Word {
        /// As written.
        text: String,
        /// Whether it may go on: the last word while typing.
        is_open: bool,
    },
    /// What stands between slashes.
    Regex(String),
    /// What stands between square brackets.
    Token {
        /// The tests.
        text: String,
        /// Whether the bracket is closed.
        is_closed: bool,
    },
    /// `?`, `*`, `+`, `{2,3}` right after a token, a phrase or a bracket.
    Repeat {
        /// At least.
        min: u32,
        /// At most.
        max: Option<u32>,
    },
}

/// Cuts a query. With `is_typing` a word that ends it is open.
pub fn lex(text: &str, is_typing: bool) -> Vec<Lexeme> {
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (lex, len) = one(&text[at..], at, &lexemes);
        lexemes.push(Lexeme { lex, span: Span::new(at as u32, (at + len) as u32) });
        at += len;
    }
    if let Some(Lexeme { lex: Lex::Word { is_open, .. }, span }) = lexemes.last_mut() {
        *is_open = is_typing && span.end as usize == text.len();
    }
    lexemes
}

/// The marks that may close what `open` opened.
pub fn closing_marks(open: char) -> Option<&'static str> {
    match open {
        '"' => Some("\"”“"),
        '“' | '„' => Some("”“\""),
        '«' => Some("»"),
        _ => None,
    }
}

/// Whether a character is among `marks`. For the library a character is a text of one, and looking for texts weighs 1 KB
/// of the page.
pub fn is_among(marks: &str, c: char) -> bool {
    marks.chars().any(|mark| mark == c)
}

/// The lexeme at the beginning of `rest`, which starts at byte `at`, and its length.
fn one(rest: &str, at: usize, before: &[Lexeme]) -> (Lex, usize) {
    let first = rest.chars().next().unwrap_or(' ');
    let after = &rest[first.len_utf8()..];
    let last = before.last().filter(|lexeme| lexeme.span.end as usize == at).map(|lexeme| &lexeme.lex);
    if let Some((repeat, len)) = last.filter(|lex| may_repeat(lex)).and_then(|_| repeat(rest)) {
        return (repeat, len);
    }
    let field = match last {
        Some(Lex::Field(name)) => Some(name.as_str()),
        _ => None,
    };
    match first {
        '(' => (Lex::Open, 1),
        ')' => (Lex::Close, 1),
        '|' => (Lex::Or("|"), 1),
        '[' => token(rest),
        c if closing_marks(c).is_some() => phrase(rest, at),
        _ if field.is_some_and(|name| name != "title") => {
            (Lex::Word { text: run(rest).to_owned(), is_open: false }, run(rest).len())
        }
        '-' if after.starts_with(|c: char| !c.is_whitespace() && !matches!(c, ')' | '-')) => (Lex::Not("-"), 1),
        '=' if after.starts_with(|c: char| !c.is_whitespace() && !matches!(c, ')' | '=')) => (Lex::Exact, 1),
        '/' => expression(rest).unwrap_or_else(|| word(rest, field.is_some())),
        _ => word(rest, field.is_some()),
    }
}

fn may_repeat(lex: &Lex) -> bool {
    matches!(lex, Lex::Token { is_closed: true, .. } | Lex::Close | Lex::Phrase { is_closed: true, distance: None, .. })
}

fn repeat(rest: &str) -> Option<(Lex, usize)> {
    let (min, max, len) = match rest.chars().next()? {
        '?' => (0, Some(1), 1),
        '*' => (0, None, 1),
        '+' => (1, None, 1),
        '{' => {
            let end = rest.find('}')?;
            let (min, max) = repeat_bounds(&rest[1..end])?;
            (min, max, end + 1)
        }
        _ => return None,
    };
    Some((Lex::Repeat { min, max }, len))
}

fn token(rest: &str) -> (Lex, usize) {
    let mut close: Option<&str> = None;
    for (at, c) in rest.char_indices().skip(1) {
        match close {
            Some(marks) if is_among(marks, c) => close = None,
            Some(_) => {}
            None if c == ']' => return (Lex::Token { text: rest[1..at].to_owned(), is_closed: true }, at + 1),
            None => close = closing_marks(c),
        }
    }
    // The quotation mark may be what is wrong: then the first bracket closes.
    match rest.find(']') {
        Some(at) => (Lex::Token { text: rest[1..at].to_owned(), is_closed: true }, at + 1),
        None => (Lex::Token { text: rest[1..].to_owned(), is_closed: false }, rest.len()),
    }
}

fn phrase(rest: &str, at: usize) -> (Lex, usize) {
    let open = rest.chars().next().map_or(0, char::len_utf8);
    let marks = rest.chars().next().and_then(closing_marks).unwrap_or("");
    let inside = &rest[open..];
    let end = inside.find(|c| is_among(marks, c));
    let text = &inside[..end.unwrap_or(inside.len())];
    let close = end.and_then(|end| inside[end..].chars().next()).map_or(0, char::len_utf8);
    let mut len = open + text.len() + close;
    let mut distance = None;
    if let Some(number) = rest[len..].strip_prefix('~').filter(|_| end.is_some()) {
        let digits = number.len() - number.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            distance = Some(number[..digits].parse().unwrap_or(u32::MAX));
            len += 1 + digits;
        }
    }
    let mark = Span::new(at as u32, (at + open) as u32);
    (Lex::Phrase { text: text.to_owned(), mark, is_closed: end.is_some(), distance }, len)
}

/// `/…/` at the beginning of `rest`, where a slash closes it that no word goes on after; and its length.
pub fn expression(rest: &str) -> Option<(Lex, usize)> {
    rest.strip_prefix('/')?;
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\\' if !is_escaped => {
                is_escaped = true;
                continue;
            }
            '/' if !is_escaped => {
                let is_end = rest[at + 1..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '|'));
                if !is_end || at == 1 {
                    return None;
                }
                return Some((Lex::Regex(rest[1..at].to_owned()), at + 1));
            }
            _ => {}
        }
        is_escaped = false;
    }
    None
}

/// Up to white space, a bracket or a quotation mark; at least one character.
fn run(rest: &str) -> &str {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '|' | '"' | '“' | '”' | '„' | '«' | '»');
    let len =
        rest.find(is_end).filter(|len| *len > 0).unwrap_or(if rest.starts_with(is_end) { first } else { rest.len() });
    &rest[..len]
}

fn word(rest: &str, is_in_field: bool) -> (Lex, usize) {
    let run = run(rest);
    if let Some(name) = field_name(rest, run).filter(|_| !is_in_field) {
        return (Lex::Field(name.to_owned()), name.len() + 1);
    }
    let lex = match run {
        "OR" => Lex::Or("OR"),
        "AND" => Lex::And,
        "NOT" => Lex::Not("NOT"),
        "within" => match unit(&rest[run.len()..]) {
            Some((unit, len)) => return (Lex::Within(unit), run.len() + len),
            None => Lex::Word { text: run.to_owned(), is_open: false },
        },
        _ => near(run).unwrap_or_else(|| Lex::Word { text: run.to_owned(), is_open: false }),
    };
    (lex, run.len())
}

/// The name before a colon, where a value follows at once: not `http://`, not `10:30`, not `note: this`.
fn field_name<'r>(rest: &'r str, run: &str) -> Option<&'r str> {
    let colon = run.find(':')?;
    let is_name = |name: &str| {
        name.starts_with(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    let value = &rest[colon + 1..];
    let has_value = value.chars().next().is_some_and(|c| !c.is_whitespace() && !matches!(c, ')' | ']' | '|' | ':'));
    (is_name(&run[..colon]) && has_value && !value.starts_with("//")).then(|| &rest[..colon])
}

fn near(run: &str) -> Option<Lex> {
    let (name, number) = run.split_once('/').map_or((run, None), |(name, number)| (name, Some(number)));
    let is_ordered = match name {
        "NEAR" => false,
        "BEFORE" => true,
        _ => return None,
    };
    let distance = match number {
        None => None,
        Some(number) if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) => return None,
        Some(number) => Some(number.parse().unwrap_or(u32::MAX)),
    };
    Some(Lex::Near { distance, is_ordered })
}

/// The unit after `within`, and its length with the white space before it.
fn unit(rest: &str) -> Option<(Option<Unit>, usize)> {
    let tag = rest.trim_start();
    let end = tag.strip_prefix('<')?.find('>')? + 2;
    let unit = match tag[1..end - 1].trim_end_matches('/').trim() {
        "s" => Some(Unit::Sentence),
        "p" => Some(Unit::Paragraph),
        _ => None,
    };
    Some((unit, rest.len() - tag.len() + end))
}
