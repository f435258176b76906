//! The parser. It never fails: whatever is typed gives a tree (or nothing, for nothing to search) and problems.
//!
//! ```text
//! query   = either                     an empty query selects every document
//! either  = all { "OR" all }           OR binds loosest
//! all     = item { ["AND"] item }      words side by side must all occur
//! item    = ("-" | "NOT") item         documents without it
//!         | "(" either ")"
//!         | '"' words '"'              a phrase; “curly” and «angled» quotation marks as well
//!         | word ["*"]                 any ending
//! ```
//!
//! `OR`, `AND` and `NOT` are operators in capitals only. A word that the tokenizer cuts (`cease-fire`, `News.Az`,
//! `北京`) is searched as the phrase of its parts. What cannot be used is left out, with a problem that marks it.

use serde::{Deserialize, Serialize};

use super::ast::{Node, Op, Word};
use crate::base::Span;
use crate::base::order::sort_by;
use crate::text::tokens::{Token, is_spaceless, tokens};

/// Longest query that is read, in bytes: more is a paste by mistake.
pub const MAX_BYTES: usize = 20_000;
/// Most words that are searched.
pub const MAX_WORDS: usize = 1_000;
/// Deepest nesting of brackets.
pub const MAX_DEPTH: usize = 100;

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The tree; nothing where there is no word to search for.
    pub root: Option<Node>,
    /// What was left out or changed, in the order of the text.
    pub problems: Vec<QueryProblem>,
}

/// Something in a query that could not be used as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum QueryProblem {
    /// A quotation mark without its partner.
    #[error("The quotation mark at {} is not closed; the phrase was taken to the end. Add a closing mark.", .at.start + 1)]
    UnclosedPhrase {
        /// The mark.
        at: Span,
    },
    /// An opening bracket without its partner.
    #[error("The bracket at {} is not closed; it was taken to the end. Add ) or remove it.", .at.start + 1)]
    UnclosedGroup {
        /// The bracket.
        at: Span,
    },
    /// A closing bracket without its partner.
    #[error("The bracket at {} closes nothing and was left out.", .at.start + 1)]
    UnopenedGroup {
        /// The bracket.
        at: Span,
    },
    /// `OR`, `AND` or `NOT` with nothing to work on.
    #[error("“{operator}” at {} has nothing to work on and was left out. Put it in quotes to search for the word.", .at.start + 1)]
    DanglingOperator {
        /// The operator.
        at: Span,
        /// As written.
        operator: String,
    },
    /// Signs without a letter or digit.
    #[error("There is no word in “{text}”, only signs; it was left out.")]
    NoWord {
        /// The signs.
        at: Span,
        /// As written, shortened.
        text: String,
    },
    /// A `*` that does not end a word of at least one letter.
    #[error("The * at {} was left out: it works at the end of a word (turk*).", .at.start + 1)]
    LoneStar {
        /// The star.
        at: Span,
    },
    /// More than [`MAX_BYTES`].
    #[error("The query is longer than {MAX_BYTES} bytes; the rest was left out. Search for less at once.")]
    TooLong {
        /// What was left out.
        at: Span,
    },
    /// More than [`MAX_WORDS`] words.
    #[error("The query has more than {MAX_WORDS} words; the rest was left out. Search for less at once.")]
    TooManyWords {
        /// What was left out.
        at: Span,
    },
    /// More than [`MAX_DEPTH`] nested brackets.
    #[error("The brackets at {} are nested too deeply and were left out.", .at.start + 1)]
    TooDeep {
        /// The first bracket beyond the limit.
        at: Span,
    },
}

impl QueryProblem {
    /// Where in the query's text, in bytes.
    pub fn at(&self) -> Span {
        match self {
            QueryProblem::UnclosedPhrase { at }
            | QueryProblem::UnclosedGroup { at }
            | QueryProblem::UnopenedGroup { at }
            | QueryProblem::DanglingOperator { at, .. }
            | QueryProblem::NoWord { at, .. }
            | QueryProblem::LoneStar { at }
            | QueryProblem::TooLong { at }
            | QueryProblem::TooManyWords { at }
            | QueryProblem::TooDeep { at } => *at,
        }
    }
}

/// Parses a query. Cost: linear in its length; bounded by [`MAX_BYTES`], [`MAX_WORDS`] and [`MAX_DEPTH`].
///
/// With `is_typing` the last word counts as the beginning of a word, unless white space or a closing mark follows.
pub fn parse(text: &str, is_typing: bool) -> Parsed {
    let mut cut = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let mut parser = Parser { lexemes: lex(&text[..cut]), at: 0, end: cut as u32, words: 0, problems: Vec::new() };
    if cut < text.len() {
        parser.problems.push(QueryProblem::TooLong { at: Span::new(cut as u32, text.len() as u32) });
    }
    if is_typing {
        open_last_word(&mut parser.lexemes, cut);
    }
    let mut parts = Vec::new();
    while parser.at < parser.lexemes.len() {
        parts.extend(parser.either(0));
        // Only a closing bracket without partner ends `either` early.
        if let Some(lexeme) = parser.next() {
            parser.problems.push(QueryProblem::UnopenedGroup { at: lexeme.span });
        }
    }
    sort_by(&mut parser.problems, |a, b| a.at().cmp(&b.at()));
    Parsed { root: joined(parts, Op::And), problems: parser.problems }
}

#[derive(Clone, Debug, PartialEq)]
enum Lex {
    Open,
    Close,
    Or,
    And,
    Not,
    Phrase { text: String, text_start: u32, is_closed: bool },
    Word { text: String, is_prefix: bool },
}

#[derive(Clone, Debug)]
struct Lexeme {
    lex: Lex,
    span: Span,
}

struct Parser {
    lexemes: Vec<Lexeme>,
    at: usize,
    end: u32,
    words: usize,
    problems: Vec<QueryProblem>,
}

fn lex(text: &str) -> Vec<Lexeme> {
    let mut lexemes = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let start = text.len() - rest.len();
        let after = &rest[c.len_utf8()..];
        let (lex, len) = match c {
            c if c.is_whitespace() => {
                rest = after;
                continue;
            }
            '(' => (Lex::Open, 1),
            ')' => (Lex::Close, 1),
            '-' if after.starts_with(|c: char| !c.is_whitespace() && c != ')') && !after.starts_with('-') => {
                (Lex::Not, 1)
            }
            c if closing_mark(c).is_some() => {
                let close = closing_mark(c).unwrap_or("");
                let len = after.find(|c| close.contains(c));
                let inside = &after[..len.unwrap_or(after.len())];
                let closing = len.and_then(|len| after[len..].chars().next()).map_or(0, char::len_utf8);
                let text_start = (start + c.len_utf8()) as u32;
                let lex = Lex::Phrase { text: inside.to_owned(), text_start, is_closed: len.is_some() };
                (lex, c.len_utf8() + inside.len() + closing)
            }
            _ => {
                let len = rest
                    .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”' | '„' | '«' | '»'))
                    .filter(|len| *len > 0)
                    .unwrap_or(if matches!(c, '”' | '»') { c.len_utf8() } else { rest.len() });
                let lex = match &rest[..len] {
                    "OR" => Lex::Or,
                    "AND" => Lex::And,
                    "NOT" => Lex::Not,
                    word => Lex::Word { text: word.to_owned(), is_prefix: false },
                };
                (lex, len)
            }
        };
        lexemes.push(Lexeme { lex, span: Span::new(start as u32, (start + len) as u32) });
        rest = &rest[len..];
    }
    lexemes
}

/// The marks that may close what `open` opened.
fn closing_mark(open: char) -> Option<&'static str> {
    match open {
        '"' => Some("\"”“"),
        '“' | '„' => Some("”“\""),
        '«' => Some("»"),
        _ => None,
    }
}

fn open_last_word(lexemes: &mut [Lexeme], end: usize) {
    if let Some(Lexeme { lex: Lex::Word { is_prefix, .. }, span }) = lexemes.last_mut() {
        *is_prefix = span.end as usize == end;
    }
}

/// `parts` under one operator; a single part stands for itself.
fn joined(mut parts: Vec<Node>, op: impl FnOnce(Vec<Node>) -> Op) -> Option<Node> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let span = Span::new(parts.first()?.span.start, parts.last()?.span.end);
    Some(Node { op: op(parts), span })
}

impl Parser {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.at)
    }

    fn next(&mut self) -> Option<Lexeme> {
        let lexeme = self.lexemes.get(self.at).cloned();
        self.at += 1;
        lexeme
    }

    fn either(&mut self, depth: usize) -> Option<Node> {
        let mut parts = Vec::new();
        let mut operator = None;
        loop {
            let part = self.all(depth);
            if part.is_none() {
                // Nothing stands before this OR, or after the last one.
                let here = self.peek().filter(|lexeme| lexeme.lex == Lex::Or).map(|lexeme| lexeme.span);
                for at in [operator.take(), here].into_iter().flatten().take(1) {
                    self.problems.push(QueryProblem::DanglingOperator { at, operator: "OR".to_owned() });
                }
            }
            parts.extend(part);
            match self.peek() {
                Some(Lexeme { lex: Lex::Or, span }) => {
                    operator = (!parts.is_empty()).then_some(*span);
                    self.at += 1;
                }
                _ => break,
            }
        }
        joined(parts, Op::Or)
    }

    fn all(&mut self, depth: usize) -> Option<Node> {
        let mut parts = Vec::new();
        let mut operator: Option<Span> = None;
        while let Some(lexeme) = self.peek() {
            match lexeme.lex {
                Lex::Or | Lex::Close => break,
                Lex::And => {
                    let at = lexeme.span;
                    self.at += 1;
                    if parts.is_empty() || operator.is_some() {
                        self.problems.push(QueryProblem::DanglingOperator { at, operator: "AND".to_owned() });
                    } else {
                        operator = Some(at);
                    }
                }
                _ => {
                    if let Some(part) = self.item(depth) {
                        parts.push(part);
                        operator = None;
                    }
                }
            }
        }
        if let Some(at) = operator {
            self.problems.push(QueryProblem::DanglingOperator { at, operator: "AND".to_owned() });
        }
        joined(parts, Op::And)
    }

    fn item(&mut self, depth: usize) -> Option<Node> {
        let Lexeme { lex, span } = self.next()?;
        match lex {
            Lex::Open => self.group(span, depth),
            Lex::Not => self.not(span, depth),
            Lex::Phrase { text, text_start, is_closed } => {
                if !is_closed {
                    self.problems.push(QueryProblem::UnclosedPhrase { at: Span::new(span.start, text_start) });
                }
                self.word(&text, span, text_start, false, true)
            }
            Lex::Word { text, is_prefix } => self.word(&text, span, span.start, is_prefix, false),
            Lex::Close | Lex::Or | Lex::And => None,
        }
    }

    fn group(&mut self, open: Span, depth: usize) -> Option<Node> {
        if depth >= MAX_DEPTH {
            self.problems.push(QueryProblem::TooDeep { at: open });
            self.skip_group();
            return None;
        }
        let inner = self.either(depth + 1);
        match self.peek() {
            Some(Lexeme { lex: Lex::Close, .. }) => self.at += 1,
            _ => self.problems.push(QueryProblem::UnclosedGroup { at: open }),
        }
        inner
    }

    fn skip_group(&mut self) {
        let mut depth = 1;
        while let Some(lexeme) = self.next() {
            match lexeme.lex {
                Lex::Open => depth += 1,
                Lex::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    fn not(&mut self, at: Span, depth: usize) -> Option<Node> {
        // A chain of negations is folded here, so that it cannot nest without bound.
        let mut is_negated = true;
        while let Some(Lexeme { lex: Lex::Not, .. }) = self.peek() {
            self.at += 1;
            is_negated = !is_negated;
        }
        let operand = match self.peek() {
            None | Some(Lexeme { lex: Lex::Close | Lex::Or | Lex::And, .. }) => {
                let operator = if at.len() == 1 { "-" } else { "NOT" }.to_owned();
                self.problems.push(QueryProblem::DanglingOperator { at, operator });
                return None;
            }
            _ => self.item(depth)?,
        };
        if !is_negated {
            return Some(operand);
        }
        let span = Span::new(at.start, operand.span.end);
        Some(match operand.op {
            Op::Not(inner) => Node { op: inner.op, span },
            _ => Node { op: Op::Not(Box::new(operand)), span },
        })
    }

    /// A word or phrase with `text`, which starts at byte `start` of the query; a `*` at its end opens it.
    fn word(&mut self, text: &str, span: Span, start: u32, is_open: bool, is_quoted: bool) -> Option<Node> {
        let stem = text.trim_end_matches('*');
        let has_star = stem.len() < text.len();
        let is_prefix = (is_open || has_star) && stem.ends_with(char::is_alphanumeric);
        let lone = if is_prefix { stem.find('*') } else { text.find('*') };
        if let Some(at) = lone {
            let at = start + at as u32;
            self.problems.push(QueryProblem::LoneStar { at: Span::new(at, at + 1) });
            if !text.contains(char::is_alphanumeric) {
                return None;
            }
        }
        self.words(stem, span, is_prefix, is_quoted)
    }

    /// The tokens of `text` as a word or a phrase.
    fn words(&mut self, text: &str, span: Span, is_prefix: bool, is_quoted: bool) -> Option<Node> {
        let found = tokens(text);
        if found.is_empty() {
            let shown = text.chars().take(20).collect();
            self.problems.push(QueryProblem::NoWord { at: span, text: shown });
            return None;
        }
        let room = MAX_WORDS.saturating_sub(self.words);
        if found.len() > room {
            if self.words < MAX_WORDS {
                self.problems.push(QueryProblem::TooManyWords { at: Span::new(span.start, self.end) });
            }
            self.words = MAX_WORDS;
            if room == 0 {
                return None;
            }
        }
        let found = &found[..found.len().min(room)];
        self.words += found.len();
        let is_hyphenated = !is_quoted
            && found.windows(2).all(|pair| {
                matches!(&text[pair[0].span.end as usize..pair[1].span.start as usize], "-" | "\u{2010}" | "\u{2011}")
            });
        let mut words = query_words(text, found);
        if let Some(last) = words.last_mut() {
            last.is_prefix = is_prefix && last.width == 1 && !last.text.starts_with(is_spaceless);
        }
        let op = match words.len() {
            1 => Op::Word(words.pop()?),
            _ => Op::Phrase { words, is_hyphenated },
        };
        Some(Node { op, span })
    }
}

/// Tokens of a query as words: in a script without spaces a run of characters becomes its bigrams, and its last
/// character, covered by the bigram before, is dropped.
fn query_words(text: &str, tokens: &[Token]) -> Vec<Word> {
    let is_bigram = |token: &Token| token.term_end > token.span.end;
    let mut words = Vec::with_capacity(tokens.len());
    for (i, token) in tokens.iter().enumerate() {
        let follows_bigram = i > 0 && is_bigram(&tokens[i - 1]);
        if is_bigram(token) || !follows_bigram {
            let width = if is_bigram(token) { 2 } else { 1 };
            words.push(Word { text: token.term(text).to_owned(), width, is_prefix: false });
        }
    }
    debug_assert!(!words.is_empty() || !text.contains(is_spaceless));
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::print::print;

    fn check(query: &str, expected: &str, problems: &[&str]) {
        let parsed = parse(query, false);
        assert_eq!(parsed.root.as_ref().map(print).unwrap_or_default(), expected, "{query}");
        let names: Vec<String> = parsed
            .problems
            .iter()
            .map(|p| format!("{p:?}").split([' ', '{']).next().unwrap_or("").to_owned())
            .collect();
        assert_eq!(names, problems, "{query}");
    }

    #[test]
    fn queries_are_read_by_the_grammar() {
        check("putin", "putin", &[]);
        check("  a   b ", "a b", &[]);
        check("a AND b", "a b", &[]);
        check("a b OR c", "a b OR c", &[]);
        check("a (b OR c)", "a (b OR c)", &[]);
        check("\"prisoner exchange\" -trump", "\"prisoner exchange\" -trump", &[]);
        check("“prisoner exchange”", "\"prisoner exchange\"", &[]);
        check("«обмен пленными»", "\"обмен пленными\"", &[]);
        check("\"one\"", "one", &[]);
        check("NOT a", "-a", &[]);
        check("-(a OR b)", "-(a OR b)", &[]);
        check("--a", "a", &[]);
        check("\"OR\"", "\"OR\"", &[]);
        check("\"a OR b\"", "\"a OR b\"", &[]);
        check("cease-fire", "cease-fire", &[]);
        check("News.Az", "\"News Az\"", &[]);
        check("turk*", "turk*", &[]);
        check("or and not", "or and not", &[]);
        check("北京市", "\"北京市\"", &[]);
    }

    #[test]
    fn what_cannot_be_used_is_left_out_and_said() {
        check("", "", &[]);
        check("(a", "a", &["UnclosedGroup"]);
        check("a) b", "a b", &["UnopenedGroup"]);
        check("\"a b", "\"a b\"", &["UnclosedPhrase"]);
        check("OR a", "a", &["DanglingOperator"]);
        check("a OR", "a", &["DanglingOperator"]);
        check("a OR OR b", "a OR b", &["DanglingOperator"]);
        check("AND", "", &["DanglingOperator"]);
        check("a AND", "a", &["DanglingOperator"]);
        check("NOT", "", &["DanglingOperator"]);
        check("*", "", &["LoneStar"]);
        check("a*b", "\"a b\"", &["LoneStar"]);
        check("…", "", &["NoWord"]);
        check("()", "", &[]);
        check("\"\"", "", &["NoWord"]);
        let deep = parse(&"(".repeat(300), false);
        assert_eq!(deep.root, None);
        assert!(deep.problems.iter().any(|problem| matches!(problem, QueryProblem::TooDeep { .. })));
    }

    #[test]
    fn the_last_word_is_open_while_typing() {
        let printed = |query: &str| parse(query, true).root.as_ref().map(print).unwrap_or_default();
        assert_eq!(printed("fidan tur"), "fidan tur*");
        assert_eq!(printed("fidan tur "), "fidan tur");
        assert_eq!(printed("\"fidan tur"), "\"fidan tur\"");
        assert_eq!(printed("cease-fi"), "cease-fi*");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn printing_and_parsing_give_back_the_tree(query in "[ab\"() \\-*.北京]{0,20}|(a|b|OR|AND|NOT|-|\\(|\\)|\"| ){0,20}") {
            if let Some(root) = parse(&query, false).root {
                let printed = print(&root);
                let again = parse(&printed, false);
                prop_assert_eq!(again.problems, vec![]);
                prop_assert_eq!(again.root.as_ref().map(print), Some(printed));
            }
        }

        #[test]
        fn nothing_typed_can_break_the_parser(query in "\\PC{0,60}", typing: bool) {
            for problem in parse(&query, typing).problems {
                prop_assert!(query.get(problem.at().start as usize..problem.at().end as usize).is_some());
            }
        }
    }
}
