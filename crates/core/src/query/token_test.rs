//! The inside of `[…]`: what one token of a sequence must be.

use super::ast::{Attribute, TokenTest, Word};
use super::chunk::{expression_error, literal};
use super::lex::{closing_marks, is_among};
use super::problem::Fault;
use crate::text::tokens::tokens;

/// Deepest nesting of brackets and negations.
const MAX_DEPTH: usize = 20;

/// Reads the inside of `[…]`. What cannot be read is taken for a word, and said.
pub fn token_test(text: &str) -> (TokenTest, Vec<Fault>) {
    if text.trim().is_empty() {
        return (TokenTest::Any, Vec::new());
    }
    let mut reader = Reader { rest: text, faults: Vec::new() };
    match reader.either(0).filter(|_| reader.rest.trim().is_empty()) {
        Some(test) => (test, reader.faults),
        None => {
            let shown: String = text.trim().chars().take(20).collect();
            (as_word(text), vec![Fault::BadToken(shown)])
        }
    }
}

/// The first word of a text, or any.
fn as_word(text: &str) -> TokenTest {
    let word = literal(text, false).words.into_iter().next();
    // Of the signs of expressions only the dots of acronyms stand in words.
    let value = |word: Word| TokenTest::Attribute { attribute: Attribute::Word, value: word.text.replace('.', "\\.") };
    word.map_or(TokenTest::Any, value)
}

struct Reader<'t> {
    rest: &'t str,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        match rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn either(&mut self, depth: usize) -> Option<TokenTest> {
        let mut tests = vec![self.all(depth)?];
        while self.take("|") {
            tests.push(self.all(depth)?);
        }
        Some(if tests.len() == 1 { tests.pop()? } else { TokenTest::Either(tests) })
    }

    fn all(&mut self, depth: usize) -> Option<TokenTest> {
        let mut tests = vec![self.one(depth)?];
        while self.take("&") {
            tests.push(self.one(depth)?);
        }
        Some(if tests.len() == 1 { tests.pop()? } else { TokenTest::All(tests) })
    }

    fn one(&mut self, depth: usize) -> Option<TokenTest> {
        if depth > MAX_DEPTH {
            return None;
        }
        if self.take("!") {
            return Some(TokenTest::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.take("(") {
            let inner = self.either(depth + 1)?;
            return self.take(")").then_some(inner);
        }
        self.attribute()
    }

    fn attribute(&mut self) -> Option<TokenTest> {
        let rest = self.rest.trim_start();
        let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let (name, after) = rest.split_at(len);
        self.rest = after;
        if name.is_empty() {
            return None;
        }
        let is_negated = self.take("!=");
        if !is_negated && !self.take("=") {
            return None;
        }
        let value = self.value()?;
        let test = self.test(name, value)?;
        Some(if is_negated { TokenTest::Not(Box::new(test)) } else { test })
    }

    fn value(&mut self) -> Option<String> {
        let rest = self.rest.trim_start();
        let open = rest.chars().next()?;
        let (value, after) = match closing_marks(open) {
            Some(marks) => {
                let inside = &rest[open.len_utf8()..];
                let end = inside.find(|c| is_among(marks, c))?;
                let close = inside[end..].chars().next().map_or(0, char::len_utf8);
                (&inside[..end], &inside[end + close..])
            }
            None => rest
                .split_at(rest.find(|c: char| c.is_whitespace() || matches!(c, '&' | '|' | ')')).unwrap_or(rest.len())),
        };
        self.rest = after;
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// Nothing where the value can neither be used nor has a word in it.
    fn test(&mut self, name: &str, value: String) -> Option<TokenTest> {
        let attribute = match name {
            "word" => Attribute::Word,
            // There is no lemmatizer: the stem is what inflections share.
            "stem" | "lemma" => Attribute::Stem,
            "form" => Attribute::Form,
            _ => {
                self.faults.push(Fault::UnknownAttribute(name.to_owned()));
                return Some(as_word(&value)).filter(|test| *test != TokenTest::Any);
            }
        };
        let error = match attribute {
            Attribute::Stem => stems(&value).is_none().then(|| Fault::BadToken(value.clone())),
            Attribute::Word | Attribute::Form => expression_error(&value).map(Fault::BadExpression),
        };
        match error {
            None => Some(TokenTest::Attribute { attribute, value }),
            Some(fault) => {
                self.faults.push(fault);
                Some(as_word(&value)).filter(|test| *test != TokenTest::Any)
            }
        }
    }
}

/// The words of a value of `stem=`, where it is words with `|` between them.
pub fn stems(value: &str) -> Option<Vec<Word>> {
    let word = |part: &str| {
        let part = part.trim();
        (tokens(part).len() == 1 && !part.contains(['*', '?', '.', '(', '['])).then(|| Word::plain(part))
    };
    value.split('|').map(word).collect()
}
