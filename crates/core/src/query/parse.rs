//! The parser. It never fails: whatever is typed gives a tree (or nothing, for nothing to search) and problems.
//!
//! ```text
//! query    = either                            an empty query selects every document
//! either   = all { ("OR" | "|") all }          OR binds loosest
//! all      = near { ["AND"] near } { "within" ("<s/>" | "<p/>") }
//!                                              words side by side must all occur; `within` is about all of them
//! near     = item { ("NEAR" | "BEFORE") ["/" number] item }
//! item     = ("-" | "NOT") item                documents without it
//!          | name ":" item                     `title:` for hits in the title; `person:`, `place:`, `org:`, `name:` for
//!                                              where an entity is named; `said:` for hits in a speaker's quotations,
//!                                              about all words after it in the same list; else metadata
//!          | "(" either ")"
//!          | ["="] quote words quote ["~" number]
//!          | ["="] word ["~" [number]]         `*` and `?` inside it are wildcards
//!          | "/" expression "/"                see `letters`
//!          | sequence
//! sequence = { piece [repeat] }                at least one piece is a token in square brackets
//! piece    = "[" [test] "]" | quote words quote | "(" sequence { "|" sequence } ")"
//! repeat   = "?" | "*" | "+" | "{" number ["," [number]] "}"
//! test     = test { "&" test } | test { "|" test } | "!" test | "(" test ")"
//!          | ("word" | "stem" | "form") ("=" | "!=") (quoted | plain)
//! ```
//!
//! Operators are written in capitals. A word that the tokenizer cuts (`cease-fire`, `News.Az`, `北京`) is searched as
//! the phrase of its parts. What cannot be used is searched literally where that makes sense, or left out; a problem
//! marks it either way. [`super::grammar`] says the same in the words of readers.

use std::mem::discriminant;

use super::ast::{Attribute, Field, Node, Op, TokenTest, Unit, Word, WordKind};
use super::chunk::{Chunk, chunk, expression};
use super::filter::unreadable;
use super::lex::{Lex, Lexeme, lex};
use super::problem::{Fault, QueryProblem};
use super::regular::Regular;
use super::token_test::token_test;
use crate::base::Span;
use crate::base::order::sort_by;
use crate::index::named::NameKind;
use crate::text::tokens::is_spaceless;

/// Longest query that is read, in bytes: more is a paste by mistake.
pub const MAX_BYTES: usize = 20_000;
/// Most words that are searched.
pub const MAX_WORDS: usize = 256;
/// Deepest nesting of brackets.
pub const MAX_DEPTH: usize = 100;
/// Most problems of one kind that are told one by one.
const MAX_ALIKE: usize = 20;
/// Most parts of one proximity.
pub const MAX_NEAR: usize = 8;
/// Farthest distance of a proximity, in words.
pub const MAX_DISTANCE: u32 = 1_000;
/// Most often that a part of a sequence is repeated, and so what `*` and `+` mean there.
pub const MAX_REPEAT: u32 = 100;
/// What NEAR means without a number.
pub const NEAR: u32 = 10;
/// Most typing errors in a word.
pub const MAX_EDITS: u8 = 2;

/// Puts what selects hits after a `said:` into the quotations of its speaker, up to the next one.
fn quoted(parts: Vec<Node>) -> Vec<Node> {
    let mut speaker: Option<(String, Span)> = None;
    let mut has_words = true;
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match (part.op, &speaker) {
            (Op::Said { speaker: next, part: None }, _) => {
                all.extend(whole(speaker.take().filter(|_| !has_words)));
                speaker = Some((next, part.span));
                has_words = false;
            }
            (op @ Op::Said { .. }, _) => all.push(Node { op, span: part.span }),
            (op, Some((name, at))) => {
                let node = Node { op, span: part.span };
                if !node.selects_hits() {
                    all.push(node);
                    continue;
                }
                has_words = true;
                let span = Span::new(at.start.min(node.span.start), node.span.end);
                all.push(Node { op: Op::Said { speaker: name.clone(), part: Some(Box::new(node)) }, span });
            }
            (op, None) => all.push(Node { op, span: part.span }),
        }
    }
    all.extend(whole(speaker.filter(|_| !has_words)));
    all
}

/// All quotations of a speaker.
fn whole(speaker: Option<(String, Span)>) -> Option<Node> {
    speaker.map(|(speaker, span)| Node { op: Op::Said { speaker, part: None }, span })
}

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The tree; nothing where there is no word to search for.
    pub root: Option<Node>,
    /// What was left out or changed, in the order of the text.
    pub problems: Vec<QueryProblem>,
}

/// Parses a query. Cost: linear in its length (times the depth of brackets around sequences); bounded by
/// [`MAX_BYTES`], [`MAX_WORDS`] and [`MAX_DEPTH`].
///
/// With `is_typing` the last word counts as the beginning of a word, unless white space or a closing mark follows.
pub fn parse(text: &str, is_typing: bool) -> Parsed {
    let mut cut = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let lexemes = lex(&text[..cut], is_typing && cut == text.len());
    let has_token = runs_with_token(&lexemes);
    let mut parser =
        Parser { lexemes, has_token, at: 0, end: cut as u32, words: 0, scope: Scope::Text, problems: Vec::new() };
    if cut < text.len() {
        parser.problem(Span::new(cut as u32, text.len() as u32), Fault::TooLong);
    }
    let mut parts = Vec::new();
    while parser.at < parser.lexemes.len() {
        parts.extend(parser.either(0));
        // Only a closing bracket without partner ends `either` early.
        if let Some(lexeme) = parser.next() {
            parser.problem(lexeme.span, Fault::UnopenedGroup);
        }
    }
    sort_by(&mut parser.problems, |a, b| a.at.cmp(&b.at));
    let mut problems: Vec<QueryProblem> = Vec::new();
    let mut more = 0;
    for problem in parser.problems {
        let is_alike = |other: &&QueryProblem| discriminant(&other.fault) == discriminant(&problem.fault);
        if problems.iter().filter(is_alike).count() < MAX_ALIKE {
            problems.push(problem);
        } else {
            more += 1;
        }
    }
    if more > 0 {
        problems.push(QueryProblem { at: Span::new(cut as u32, cut as u32), fault: Fault::AndMore(more) });
    }
    Parsed { root: joined(parts, Op::And), problems }
}

/// Where words are looked for.
#[derive(Clone, Debug, PartialEq)]
enum Scope {
    Text,
    Title,
    Field(String),
}

struct Parser {
    lexemes: Vec<Lexeme>,
    /// For each lexeme, whether what may belong to a sequence goes on from it to a token.
    has_token: Vec<bool>,
    at: usize,
    end: u32,
    words: usize,
    scope: Scope,
    problems: Vec<QueryProblem>,
}

/// A sequence is only tried where it can succeed: else every one of ten thousand phrases would be tried with all that
/// follow it.
fn runs_with_token(lexemes: &[Lexeme]) -> Vec<bool> {
    let mut has_token = vec![false; lexemes.len()];
    let mut is_ahead = false;
    for (place, lexeme) in lexemes.iter().enumerate().rev() {
        is_ahead = match lexeme.lex {
            Lex::Token { .. } => true,
            Lex::Phrase { .. } | Lex::Open | Lex::Close | Lex::Or("|") | Lex::Repeat { .. } => is_ahead,
            _ => false,
        };
        has_token[place] = is_ahead;
    }
    has_token
}

/// `parts` under one operator; a single part stands for itself.
fn joined(mut parts: Vec<Node>, op: impl FnOnce(Vec<Node>) -> Op) -> Option<Node> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let span = around(&parts);
    Some(Node { op: op(parts), span })
}

fn around(parts: &[Node]) -> Span {
    let start = parts.iter().map(|part| part.span.start).min().unwrap_or(0);
    Span::new(start, parts.iter().map(|part| part.span.end).max().unwrap_or(start))
}

impl Parser {
    fn peek(&self) -> Option<&Lex> {
        self.lexemes.get(self.at).map(|lexeme| &lexeme.lex)
    }

    fn next(&mut self) -> Option<Lexeme> {
        let lexeme = self.lexemes.get(self.at).cloned();
        self.at += 1;
        lexeme
    }

    fn here(&self) -> Span {
        self.lexemes.get(self.at).map_or(Span::new(self.end, self.end), |lexeme| lexeme.span)
    }

    fn problem(&mut self, at: Span, fault: Fault) {
        self.problems.push(QueryProblem { at, fault });
    }

    fn dangling(&mut self, at: Span, operator: &str) {
        self.problem(at, Fault::DanglingOperator(operator.to_owned()));
    }

    fn either(&mut self, depth: usize) -> Option<Node> {
        let mut parts = Vec::new();
        let mut operator: Option<(Span, &str)> = None;
        loop {
            let part = self.all(depth);
            if part.is_none() {
                // Nothing stands before this OR, or after the last one.
                let here = match self.peek() {
                    Some(Lex::Or(sign)) => Some((self.here(), *sign)),
                    _ => None,
                };
                if let Some((at, sign)) = operator.take().or(here) {
                    self.dangling(at, sign);
                }
            }
            parts.extend(part);
            match self.peek() {
                Some(Lex::Or(sign)) => {
                    operator = (!parts.is_empty()).then_some((self.here(), *sign));
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
        while let Some(lex) = self.peek() {
            let at = self.here();
            match lex {
                Lex::Or(_) | Lex::Close => break,
                Lex::And => {
                    self.at += 1;
                    if parts.is_empty() || operator.is_some() {
                        self.dangling(at, "AND");
                    } else {
                        operator = Some(at);
                    }
                }
                Lex::Within(Some(unit)) => {
                    let unit = *unit;
                    self.at += 1;
                    parts = self.within(quoted(parts), unit, at);
                }
                _ => {
                    if let Some(part) = self.near(depth) {
                        parts.push(part);
                        operator = None;
                    }
                }
            }
        }
        if let Some(at) = operator {
            self.dangling(at, "AND");
        }
        joined(quoted(parts), Op::And)
    }

    /// Puts what selects hits among `parts` into one unit; the others stay beside it.
    fn within(&mut self, parts: Vec<Node>, unit: Unit, at: Span) -> Vec<Node> {
        let (mut inside, mut outside): (Vec<Node>, Vec<Node>) = parts.into_iter().partition(Node::selects_hits);
        if inside.is_empty() {
            let name = if unit == Unit::Sentence { "sentence" } else { "paragraph" };
            self.problem(at, Fault::WithinNothing(name.to_owned()));
            return outside;
        }
        if inside.len() > MAX_NEAR {
            self.problem(at, Fault::TooManyNear);
            inside.append(&mut outside);
            return inside;
        }
        let span = Span::new(around(&inside).start, at.end);
        let near = |parts| Op::Near { parts, distance: None, is_ordered: false };
        if let Some(part) = joined(inside, near) {
            outside.insert(0, Node { op: Op::Within { part: Box::new(part), unit }, span });
        }
        outside
    }

    fn near(&mut self, depth: usize) -> Option<Node> {
        let mut left = self.item(depth);
        while let Some(Lex::Near { distance, is_ordered }) = self.peek() {
            let (distance, is_ordered, at) = (*distance, *is_ordered, self.here());
            let name = if is_ordered { "BEFORE" } else { "NEAR" };
            self.at += 1;
            let right = match self.peek() {
                None | Some(Lex::Close | Lex::Or(_) | Lex::And | Lex::Near { .. } | Lex::Within(Some(_))) => None,
                _ => self.item(depth),
            };
            left = match (left, right) {
                (Some(left), Some(right)) => Some(self.pair(left, right, distance, is_ordered, at)),
                (left, right) => {
                    self.dangling(at, name);
                    left.or(right)
                }
            };
        }
        left
    }

    fn pair(&mut self, left: Node, right: Node, distance: Option<u32>, is_ordered: bool, at: Span) -> Node {
        let span = Span::new(left.span.start, right.span.end);
        if !left.selects_hits() || !right.selects_hits() {
            self.problem(at, Fault::NearDocuments(if is_ordered { "BEFORE" } else { "NEAR" }.to_owned()));
            return Node { op: Op::And(vec![left, right]), span };
        }
        let distance = Some(self.distance(distance.unwrap_or(NEAR), at));
        Node { op: Op::Near { parts: vec![left, right], distance, is_ordered }, span }
    }

    fn distance(&mut self, distance: u32, at: Span) -> u32 {
        if distance > MAX_DISTANCE {
            self.problem(at, Fault::TooFar);
        }
        distance.clamp(1, MAX_DISTANCE)
    }

    fn item(&mut self, depth: usize) -> Option<Node> {
        // A phrase after the name of a field is its value, whatever follows.
        let may_begin = !matches!(self.scope, Scope::Field(_)) || matches!(self.peek(), Some(Lex::Token { .. }));
        if let Some(sequence) = may_begin.then(|| self.sequence(depth)).flatten() {
            return sequence;
        }
        let Lexeme { lex, span } = self.next()?;
        match lex {
            Lex::Open => self.group(span, depth),
            Lex::Not(sign) => self.not(span, sign, depth),
            Lex::Field(name) => self.field(name, span, depth),
            Lex::Exact => self.exact(span),
            Lex::Phrase { text, mark, is_closed, distance } => {
                self.closed(is_closed, mark);
                self.phrase(&text, span, distance, false)
            }
            Lex::Word { text, is_open } => self.word(&text, span, is_open, false),
            Lex::Regex(text) => self.regex(&text, span, false),
            Lex::Within(None) => {
                self.problem(span, Fault::UnknownUnit);
                self.chunk_leaf(chunk("within", false, false, false), span)
            }
            Lex::Repeat { .. } => {
                self.problem(span, Fault::LoneSign("*, +, ? or {}".to_owned()));
                None
            }
            Lex::Near { is_ordered, .. } => {
                self.dangling(span, if is_ordered { "BEFORE" } else { "NEAR" });
                None
            }
            Lex::Token { .. } | Lex::Close | Lex::Or(_) | Lex::And | Lex::Within(Some(_)) => None,
        }
    }

    fn closed(&mut self, is_closed: bool, mark: Span) {
        if !is_closed {
            self.problem(mark, Fault::UnclosedPhrase);
        }
    }

    fn group(&mut self, open: Span, depth: usize) -> Option<Node> {
        if depth >= MAX_DEPTH {
            self.problem(open, Fault::TooDeep);
            self.skip_group();
            return None;
        }
        let inner = self.either(depth + 1);
        match self.peek() {
            Some(Lex::Close) => self.at += 1,
            _ => self.problem(open, Fault::UnclosedGroup),
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

    fn not(&mut self, at: Span, sign: &str, depth: usize) -> Option<Node> {
        // A chain of negations is folded here, so that it cannot nest without bound.
        let mut is_negated = true;
        while let Some(Lex::Not(_)) = self.peek() {
            self.at += 1;
            is_negated = !is_negated;
        }
        let operand = match self.peek() {
            None | Some(Lex::Close | Lex::Or(_) | Lex::And | Lex::Near { .. } | Lex::Within(Some(_))) => {
                self.dangling(at, sign);
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

    /// What follows the name of a field: everything in it is looked for there.
    fn field(&mut self, name: String, at: Span, depth: usize) -> Option<Node> {
        if self.scope != Scope::Text {
            // A colon in a value: `title:(a:b)`.
            return self.chunk_leaf(chunk(&name, false, false, false), at);
        }
        self.scope = if name == "title" { Scope::Title } else { Scope::Field(name) };
        let item = match self.peek() {
            None | Some(Lex::Close | Lex::Or(_) | Lex::And | Lex::Near { .. } | Lex::Within(Some(_))) => None,
            // The parser calls itself here: brackets bound the depth, and a field in a field is a word.
            _ => self.item(depth),
        };
        self.scope = Scope::Text;
        item.map(|item| Node { span: Span::new(at.start, item.span.end), ..item })
    }

    fn exact(&mut self, at: Span) -> Option<Node> {
        let Lexeme { lex, span } = self.next()?;
        let span = Span::new(at.start, span.end);
        match lex {
            Lex::Phrase { text, mark, is_closed, distance } => {
                self.closed(is_closed, mark);
                self.phrase(&text, span, distance, true)
            }
            Lex::Word { text, is_open } => self.word(&text, span, is_open, true),
            Lex::Regex(text) => self.regex(&text, span, true),
            _ => {
                self.at -= 1;
                self.problem(at, Fault::NoWord("=".to_owned()));
                None
            }
        }
    }

    fn word(&mut self, text: &str, span: Span, is_open: bool, is_exact: bool) -> Option<Node> {
        if let Scope::Field(name) = &self.scope {
            let name = name.clone();
            return self.value(
                name,
                text.strip_prefix('=').filter(|rest| !rest.is_empty()).unwrap_or(text),
                span,
                is_open,
            );
        }
        self.chunk_leaf(chunk(text, is_exact, is_open, false), span)
    }

    fn regex(&mut self, text: &str, span: Span, is_exact: bool) -> Option<Node> {
        if let Scope::Field(_) = self.scope {
            self.problem(span, Fault::NotAValue);
            return None;
        }
        self.chunk_leaf(expression(text, is_exact), span)
    }

    /// A value of a field of metadata.
    fn value(&mut self, name: String, text: &str, span: Span, is_open: bool) -> Option<Node> {
        let is_range = matches!(name.as_str(), "date" | "words");
        let value = if is_open && !is_range && !text.ends_with('*') { format!("{text}*") } else { text.to_owned() };
        if name == "said" {
            return self.leaf(Op::Said { speaker: value, part: None }, span);
        }
        if let Some((_, kind)) = NameKind::ALL.into_iter().find(|(prefix, _)| *prefix == name) {
            return self.leaf(Op::Named { kind, name: value }, span);
        }
        let Some(error) = unreadable(&name, &value) else {
            return self.leaf(Op::Field(Field { name, value }), span);
        };
        if is_open {
            // Half a date is none yet; the next letter may complete it.
            return None;
        }
        self.problem(span, Fault::NotAFilter(error));
        self.scope = Scope::Text;
        let literal = self.chunk_leaf(chunk(&format!("{name}:{text}"), false, false, false), span);
        self.scope = Scope::Field(name);
        literal
    }

    /// What stands between quotation marks, as a phrase or as words near each other.
    fn phrase(&mut self, text: &str, span: Span, distance: Option<u32>, is_exact: bool) -> Option<Node> {
        if let Scope::Field(name) = &self.scope {
            let name = name.clone();
            return self.value(name, text, span, false);
        }
        let chunks: Vec<Chunk> = text.split_whitespace().map(|part| chunk(part, is_exact, false, true)).collect();
        match distance {
            Some(distance) if chunks.len() > 1 => self.near_chunks(chunks, distance, span),
            _ => self.chunk_leaf(run_together(chunks), span),
        }
    }

    fn near_chunks(&mut self, chunks: Vec<Chunk>, distance: u32, span: Span) -> Option<Node> {
        let distance = self.distance(distance, span);
        let mut parts = Vec::new();
        for mut chunk in chunks {
            chunk.words.retain(|word| word.kind != WordKind::Any);
            if !chunk.words.is_empty() || !chunk.faults.is_empty() {
                parts.extend(self.chunk_leaf(chunk, span));
            }
        }
        if parts.len() > MAX_NEAR {
            self.problem(span, Fault::TooManyNear);
            return joined(parts, Op::And);
        }
        let op = |parts| Op::Near { parts, distance: Some(distance), is_ordered: false };
        joined(parts, op).map(|node| Node { span, ..node })
    }

    /// The words of a piece as a word or a phrase.
    fn chunk_leaf(&mut self, chunk: Chunk, span: Span) -> Option<Node> {
        let Chunk { mut words, is_hyphenated, faults } = chunk;
        for fault in faults {
            self.problem(span, fault);
        }
        if words.iter().all(|word| word.kind == WordKind::Any) {
            if self.problems.last().is_none_or(|problem| problem.at != span) {
                self.problem(
                    span,
                    if words.is_empty() { Fault::NoWord("\"\"".to_owned()) } else { Fault::LoneSign("*".to_owned()) },
                );
            }
            return None;
        }
        self.take_room(&mut words, span)?;
        let op = match words.len() {
            1 => Op::Word(words.pop()?),
            _ => Op::Phrase { words, is_hyphenated },
        };
        self.leaf(op, span)
    }

    /// Counts words against [`MAX_WORDS`] and drops what is beyond. Nothing where there is no room at all.
    fn take_room(&mut self, words: &mut Vec<Word>, span: Span) -> Option<()> {
        let room = MAX_WORDS.saturating_sub(self.words);
        if words.len() > room {
            if self.words <= MAX_WORDS {
                self.problem(Span::new(span.start, self.end), Fault::TooManyWords);
            }
            words.truncate(room);
            self.words = MAX_WORDS + 1;
        } else {
            self.words += words.len();
        }
        (!words.is_empty()).then_some(())
    }

    fn leaf(&mut self, op: Op, span: Span) -> Option<Node> {
        match (&self.scope, &op) {
            (Scope::Title, _) => Some(Node { op: Op::Title(Box::new(Node { op, span })), span }),
            (Scope::Field(_), Op::Field(_) | Op::Named { .. } | Op::Said { .. }) | (Scope::Text, _) => {
                Some(Node { op, span })
            }
            (Scope::Field(_), _) => {
                self.problem(span, Fault::NotAValue);
                None
            }
        }
    }

    /// A sequence of tokens, if one begins here, and what came of it. Else nothing is taken.
    fn sequence(&mut self, depth: usize) -> Option<Option<Node>> {
        let may_begin = matches!(self.peek(), Some(Lex::Token { .. } | Lex::Open | Lex::Phrase { .. }));
        if !may_begin || self.has_token.get(self.at) != Some(&true) {
            return None;
        }
        let (at, problems, words) = self.place();
        let start = self.here().start;
        let pieces = self.pieces(depth);
        let tokens = self.lexemes.get(at..self.at).unwrap_or(&[]);
        if pieces.is_none() || !tokens.iter().any(|lexeme| matches!(lexeme.lex, Lex::Token { .. })) {
            self.back_to((at, problems, words));
            return None;
        }
        let end = self.lexemes.get(self.at - 1).map_or(start, |lexeme| lexeme.span.end);
        let span = Span::new(start, end);
        let sequence = concat(pieces?);
        let mut names_a_word = false;
        sequence.for_each(&mut |test| names_a_word |= is_positive(test));
        if !names_a_word {
            self.problem(span, Fault::TooWide);
            return Some(None);
        }
        Some(self.leaf(Op::Sequence(sequence), span))
    }

    fn place(&self) -> (usize, usize, usize) {
        (self.at, self.problems.len(), self.words)
    }

    fn back_to(&mut self, (at, problems, words): (usize, usize, usize)) {
        self.at = at;
        self.problems.truncate(problems);
        self.words = words;
    }

    /// Pieces side by side. Nothing where something else stands among them in brackets.
    fn pieces(&mut self, depth: usize) -> Option<Vec<Regular<TokenTest>>> {
        let mut pieces = Vec::new();
        loop {
            let mut piece = match self.peek() {
                Some(Lex::Token { text, is_closed }) => {
                    let (text, is_closed, at) = (text.clone(), *is_closed, self.here());
                    self.at += 1;
                    if !is_closed {
                        self.problem(Span::new(at.start, at.start + 1), Fault::UnclosedToken);
                    }
                    let (test, faults) = token_test(&text);
                    faults.into_iter().for_each(|fault| self.problem(at, fault));
                    self.words += 1;
                    if self.words > MAX_WORDS {
                        continue;
                    }
                    vec![Regular::Symbol(test)]
                }
                Some(Lex::Phrase { text, mark, is_closed, distance: None }) => {
                    let (text, mark, is_closed, span) = (text.clone(), *mark, *is_closed, self.here());
                    self.at += 1;
                    self.closed(is_closed, mark);
                    self.phrase_pieces(&text, span)
                }
                Some(Lex::Open) if depth < MAX_DEPTH => {
                    let place = self.place();
                    match self.alternatives(depth + 1) {
                        Some(group) => group,
                        None => {
                            self.back_to(place);
                            break;
                        }
                    }
                }
                _ => break,
            };
            while let Some(Lex::Repeat { min, max }) = self.peek() {
                let (min, max) = ((*min).min(MAX_REPEAT), max.map(|max| max.min(MAX_REPEAT)));
                self.at += 1;
                if piece.is_empty() {
                    // An empty phrase: nothing to repeat.
                    continue;
                }
                piece = vec![Regular::Repeat { part: Box::new(concat(piece)), min, max }];
            }
            pieces.append(&mut piece);
        }
        (!pieces.is_empty()).then_some(pieces)
    }

    /// `( sequence | sequence )`.
    fn alternatives(&mut self, depth: usize) -> Option<Vec<Regular<TokenTest>>> {
        self.at += 1;
        let mut alternatives = vec![self.pieces(depth)?];
        while let Some(Lex::Or("|")) = self.peek() {
            self.at += 1;
            alternatives.push(self.pieces(depth)?);
        }
        if !matches!(self.peek(), Some(Lex::Close)) {
            return None;
        }
        self.at += 1;
        if alternatives.len() == 1 {
            return alternatives.pop();
        }
        Some(vec![Regular::Either(alternatives.into_iter().map(concat).collect())])
    }

    fn phrase_pieces(&mut self, text: &str, span: Span) -> Vec<Regular<TokenTest>> {
        let chunks = text.split_whitespace().map(|part| chunk(part, false, false, true)).collect();
        let Chunk { mut words, faults, .. } = run_together(chunks);
        faults.into_iter().for_each(|fault| self.problem(span, fault));
        if self.take_room(&mut words, span).is_none() {
            if self.words <= MAX_WORDS && self.problems.last().is_none_or(|problem| problem.at != span) {
                self.problem(span, Fault::NoWord("\"\"".to_owned()));
            }
            return Vec::new();
        }
        words.into_iter().flat_map(word_tests).map(Regular::Symbol).collect()
    }
}

/// What the tokens of a word in a sequence must be. In a script without spaces a token is one character and is known
/// by the bigram it begins; the second character of the last bigram is a token as well.
fn word_tests(word: Word) -> Vec<TokenTest> {
    if word.kind == WordKind::Any {
        return vec![TokenTest::Any];
    }
    if !word.text.starts_with(is_spaceless) {
        return vec![TokenTest::Word(word)];
    }
    let is_character = word.text.chars().count() == 1;
    let value = if is_character { format!("{}.?", word.text) } else { word.text };
    let mut tests = vec![TokenTest::Attribute { attribute: Attribute::Word, value }];
    tests.extend((word.width == 2).then_some(TokenTest::Any));
    tests
}

/// The words of all pieces of a phrase.
fn run_together(chunks: Vec<Chunk>) -> Chunk {
    let mut all = Chunk::default();
    for chunk in chunks {
        all.words.extend(chunk.words);
        all.faults.extend(chunk.faults);
    }
    all
}

fn concat(mut pieces: Vec<Regular<TokenTest>>) -> Regular<TokenTest> {
    match pieces.pop() {
        Some(piece) if pieces.is_empty() => piece,
        Some(piece) => {
            pieces.push(piece);
            Regular::Concat(pieces)
        }
        None => Regular::Concat(Vec::new()),
    }
}

/// Whether a test names words, and not only words that it is not.
pub(super) fn is_positive(test: &TokenTest) -> bool {
    match test {
        TokenTest::Any | TokenTest::Not(_) => false,
        TokenTest::Word(_) | TokenTest::Attribute { .. } => true,
        TokenTest::All(tests) => tests.iter().any(is_positive),
        TokenTest::Either(tests) => tests.iter().all(is_positive),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::print::print;

    /// The tree without its places in the text.
    fn without_places(mut node: Node) -> Node {
        node.span = Span::new(0, 0);
        node.op = match node.op {
            Op::And(parts) => Op::And(parts.into_iter().map(without_places).collect()),
            Op::Or(parts) => Op::Or(parts.into_iter().map(without_places).collect()),
            Op::Near { parts, distance, is_ordered } => {
                Op::Near { parts: parts.into_iter().map(without_places).collect(), distance, is_ordered }
            }
            Op::Not(part) => Op::Not(Box::new(without_places(*part))),
            Op::Title(part) => Op::Title(Box::new(without_places(*part))),
            Op::Within { part, unit } => Op::Within { part: Box::new(without_places(*part)), unit },
            op => op,
        };
        node
    }

    fn check(query: &str, expected: &str, faults: &[&str]) {
        let parsed = parse(query, false);
        assert_eq!(parsed.root.as_ref().map(print).unwrap_or_default(), expected, "{query}");
        let names: Vec<String> = parsed
            .problems
            .iter()
            .map(|problem| format!("{:?}", problem.fault).split([' ', '{', '(']).next().unwrap_or("").to_owned())
            .collect();
        assert_eq!(names, faults, "{query}");
    }

    #[test]
    fn queries_are_read_by_the_grammar() {
        check("putin", "putin", &[]);
        check("  a   b ", "a b", &[]);
        check("a AND b", "a b", &[]);
        check("a b OR c", "a b OR c", &[]);
        check("a|b", "a OR b", &[]);
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
        check("or and not near", "or and not near", &[]);
        check("北京市", "\"北京市\"", &[]);
        check("北京 talks", "北京 talks", &[]);
        check("\"北京市 talks\"", "\"北京市 talks\"", &[]);
    }

    #[test]
    fn spellings_are_read_by_the_grammar() {
        check("turk*", "turk*", &[]);
        check("turk**", "turk*", &[]);
        check("*stan t?rkey a*b", "*stan t?rkey a*b", &[]);
        check("\"turk* president\"", "\"turk* president\"", &[]);
        check("\"recep * erdogan\"", "\"recep * erdogan\"", &[]);
        check("zelensky~1 zelensky~ zelensky~2", "zelensky~1 zelensky~1 zelensky~2", &[]);
        check("zelensky~3", "zelensky~2", &["TooManyEdits"]);
        check("zelensky~0", "zelensky", &[]);
        check("cease-fire~1", "cease-fire", &["EditsOfSeveral"]);
        check("/zelensk(y|yy|iy)/", "/zelensk(y|yy|iy)/", &[]);
        check("/a b/", "\"a b\"", &["BadExpression"]);
        check("/a(/ b", "a b", &["BadExpression"]);
        check("AC/DC and/or /path/to", "\"AC DC\" \"and or\" \"path to\"", &[]);
        check("=Turkey =\"Prime Minister\"", "=Turkey =\"Prime Minister\"", &[]);
        check("=/Tur.*/", "=/Tur.*/", &[]);
    }

    #[test]
    fn nearness_is_read_by_the_grammar() {
        check("\"lavrov fidan\"~8", "lavrov NEAR/8 fidan", &[]);
        check("\"a b c\"~8", "\"a b c\"~8", &[]);
        check("\"cease-fire News.Az b\"~8", "\"cease-fire News:Az b\"~8", &[]);
        check("a NEAR b", "a NEAR/10 b", &[]);
        check("a NEAR/5 b BEFORE/3 c", "a NEAR/5 b BEFORE/3 c", &[]);
        check("a NEAR/5 (b NEAR/3 c)", "a NEAR/5 (b NEAR/3 c)", &[]);
        check("a NEAR/5 \"b c\" d", "a NEAR/5 \"b c\" d", &[]);
        check("(a OR b) NEAR/5 c", "(a OR b) NEAR/5 c", &[]);
        check("a NEAR/5 -b", "a -b", &["NearDocuments"]);
        check("a NEAR/5", "a", &["DanglingOperator"]);
        check("NEAR/5 a", "a", &["DanglingOperator"]);
        check("a NEAR/5000 b", "a NEAR/1000 b", &["TooFar"]);
        check("a NEAR/x b", "a \"NEAR x\" b", &[]);
        check("\"a\"~5", "a", &[]);
        check("\"a b c d e f g h i\"~5", "a b c d e f g h i", &["TooManyNear"]);
        check("a b within <s/>", "a b within <s/>", &[]);
        check("a -c b within <p/> d", "a b within <p/> -c d", &[]);
        check("a (b c within <s/>)", "a (b c within <s/>)", &[]);
        check("a within <s/> b within <p/>", "a within <s/> b within <p/>", &[]);
        check("-a within <s/>", "-a", &["WithinNothing"]);
        check("a within <x/>", "a within", &["UnknownUnit"]);
        check("within reach", "within reach", &[]);
    }

    #[test]
    fn fields_are_read_by_the_grammar() {
        check("title:putin", "title:putin", &[]);
        check("title:\"a b\" c", "title:\"a b\" c", &[]);
        check("title:(a OR -b)", "title:a OR -title:b", &[]);
        check("source:\"Daily Sabah\"", "source:\"Daily Sabah\"", &[]);
        check("source:(a OR \"b c\")", "source:a OR source:\"b c\"", &[]);
        check("-source:x", "-source:x", &[]);
        check("date:2025-02..2025-03", "date:2025-02..2025-03", &[]);
        check("date:>=2025-02 words:>500", "date:>=2025-02 words:>500", &[]);
        check("date:soon", "\"date soon\"", &["NotAFilter"]);
        check("words:many", "\"words many\"", &["NotAFilter"]);
        check("source:\"\"", "source:\"\"", &[]);
        check("http://a.b 10:30 note: x", "\"http a.b\" \"10 30\" note x", &[]);
        check("source:/x/", "source:/x/", &[]);
        check("source:[word=\"a\"]", "", &["NotAValue"]);
    }

    #[test]
    fn sequences_are_read_by_the_grammar() {
        check("[word=\"last|next\"] [stem=\"tuesday\"]", "[word=\"last|next\"] [stem=\"tuesday\"]", &[]);
        check("[word=a] []{0,3} \"b c\"", "[word=\"a\"] []{0,3} \"b\" \"c\"", &[]);
        check("([word=a]|[form=B])+ [word!=\"c\"]", "([word=\"a\"] | [form=\"B\"])+ [word!=\"c\"]", &[]);
        check("([word=a] [word=b])", "[word=\"a\"] [word=\"b\"]", &[]);
        check("([word=a] [word=b])?", "([word=\"a\"] [word=\"b\"])?", &[]);
        check("[word=a] (b OR c)", "[word=\"a\"] AND (b OR c)", &[]);
        check("[word=a] AND \"b c\"", "[word=\"a\"] AND \"b c\"", &[]);
        check("[word=a] within <s/>", "[word=\"a\"] within <s/>", &[]);
        let tests = "[(word=\"a\" & stem=\"b\") | !(word=\"c\" | form=\"d\")]";
        check("[word=a & stem=b | !(word=c | form=d)]", "", &["TooWide"]);
        check("[word=a & stem=b | !(word=c | form=d)] [word=e]", &format!("{tests} [word=\"e\"]"), &[]);
        check("[lemma=\"be\"]", "[stem=\"be\"]", &[]);
        check("[]", "", &["TooWide"]);
        check("[word!=a] b", "b", &["TooWide"]);
        check("[pos=\"NOUN\"]", "[word=\"NOUN\"]", &["UnknownAttribute"]);
        check("[word=\"a(\"]", "[word=\"a\"]", &["BadExpression"]);
        check("[form=\"a\" & word=([^?]", "[word=\"form\"]", &["BadToken"]);
        check("[what is this", "[word=\"what\"]", &["UnclosedToken", "BadToken"]);
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
        check("*", "", &["LoneSign"]);
        check("\"*\"", "", &["LoneSign"]);
        check("a -*", "a", &["LoneSign"]);
        check("…", "", &["NoWord"]);
        check("()", "", &[]);
        check("\"\"", "", &["NoWord"]);
        check("=", "", &["NoWord"]);
        check("(a b)* c", "(a b) c", &["LoneSign"]);
        let deep = parse(&"(".repeat(300), false);
        assert_eq!(deep.root, None);
        assert!(deep.problems.iter().any(|problem| problem.fault == Fault::TooDeep));
        let long = parse(&"word ".repeat(10_000), false);
        assert_eq!(long.problems[0].fault, Fault::TooManyWords);
        assert_eq!(long.problems.last().unwrap().fault, Fault::TooLong);
        let many = parse(&"\"".repeat(20_000), false);
        assert_eq!(many.problems.last().unwrap().fault, Fault::AndMore(9_980));
    }

    #[test]
    fn the_last_word_is_open_while_typing() {
        let printed = |query: &str| parse(query, true).root.as_ref().map(print).unwrap_or_default();
        assert_eq!(printed("fidan tur"), "fidan tur*");
        assert_eq!(printed("fidan tur "), "fidan tur");
        assert_eq!(printed("\"fidan tur"), "\"fidan tur\"");
        assert_eq!(printed("cease-fi"), "cease-fi*");
        assert_eq!(printed("=Tur"), "=Tur*");
        assert_eq!(printed("title:put"), "title:put*");
        assert_eq!(printed("source:dai"), "source:dai*");
        assert_eq!(printed("a date:2025-0"), "a");
        assert_eq!(printed("t?r"), "t?r");
        assert_eq!(printed("0j.v.n"), "\"0j v.n*\"");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn printing_and_parsing_give_back_the_tree(
            query in "[ab\"() \\-*.北京:=~|]{0,20}",
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..12),
        ) {
            for query in [query, pieces.concat()] {
                let Some(root) = parse(&query, false).root else { continue };
                let printed = print(&root);
                let again = parse(&printed, false);
                prop_assert_eq!(again.problems, vec![], "{} printed as {}", query, printed);
                prop_assert_eq!(again.root.map(without_places), Some(without_places(root)), "{} printed as {}", query, printed);
            }
        }

        #[test]
        fn nothing_typed_can_break_the_parser(query in "\\PC{0,60}", typing: bool) {
            for problem in parse(&query, typing).problems {
                prop_assert!(query.get(problem.at.start as usize..problem.at.end as usize).is_some());
                prop_assert!(problem.message(&query).starts_with("At "));
            }
        }
    }

    const PIECES: &[&str] = &[
        "a",
        "b",
        "cease-fire",
        "\"a b\"",
        "\"c",
        "\"",
        "OR",
        "AND",
        "NOT",
        "NEAR/3",
        "BEFORE/2",
        "NEAR",
        "-",
        "(",
        ")",
        "|",
        "=",
        "title:",
        "source:",
        "date:2025",
        "words:>5",
        "x:y",
        " within <s/>",
        "within",
        "<p/>",
        "[word=\"a|b\"]",
        "[stem=a & word!=b]",
        "[]",
        "[",
        "]",
        "{0,2}",
        "+",
        "*",
        "?",
        "~2",
        "~",
        "/a(b|c)/",
        "/",
        "t?r*",
        "\"a * b\"",
        "北京市",
        "U.S.",
        " ",
        " ",
        " ",
        " ",
        " ",
    ];
}
