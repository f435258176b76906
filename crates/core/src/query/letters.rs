//! Expressions over the letters of a word: wildcards and regular expressions.
//!
//! | sign | means |
//! |---|---|
//! | `.` | any letter |
//! | `[aeiou]` `[a-z]` `[^0-9]` | one of these, none of these |
//! | `\d` `\w` | a digit; a letter, digit or `_` |
//! | `\.` `\/` | the sign itself |
//! | `x*` `x+` `x?` `x{2}` `x{2,}` `x{2,5}` | repeated |
//! | `(a\|b)` | either; `(?:…)` groups as well |
//! | `^` `$` | nothing: an expression always stands for the whole word |
//!
//! Folded like the words they are compared with, unless case or accents count: `/ERDO[GĞ]AN/` finds `Erdoğan`.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::ast::Exactness;
use super::regular::Regular;
use crate::text::fold::{fold_keeping, is_accent, is_ignorable, nfc};

/// What one letter of a word must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// Anything.
    Any,
    /// This.
    One(char),
    /// One in these ranges (both ends inside), or none of them.
    Set {
        /// The ranges.
        ranges: Vec<(char, char)>,
        /// None of them.
        is_negated: bool,
    },
}

/// Why a regular expression cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin, thiserror::Error)]
pub enum LettersError {
    /// `(` without `)`.
    #[error("a bracket ( is not closed")]
    UnclosedGroup,
    /// `)` without `(`.
    #[error("a bracket ) closes nothing")]
    UnopenedGroup,
    /// `[` without `]`.
    #[error("a bracket [ is not closed")]
    UnclosedSet,
    /// `*`, `+`, `?` or `{` after nothing.
    #[error("there is nothing to repeat before *, +, ? or {{")]
    NothingToRepeat,
    /// `{` without numbers.
    #[error("a repetition is written {{2}}, {{2,}} or {{2,5}}")]
    BadRepeat,
    /// A range from a later to an earlier letter.
    #[error("a range runs backwards")]
    BadRange,
    /// A sign after `\` that means nothing here.
    #[error("only \\d, \\w and signs may follow a \\")]
    UnknownEscape,
    /// A space.
    #[error("it is about one word and cannot have a space")]
    Space,
    /// Brackets in brackets in brackets.
    #[error("its brackets are nested too deeply")]
    TooDeep,
    /// A repetition of repetitions.
    #[error("its repetitions ask for too much")]
    TooLarge,
}

/// Deepest nesting of brackets.
const MAX_DEPTH: usize = 50;
/// Most often that a part may be repeated.
const MAX_REPEAT: u32 = 1_000;

impl Letter {
    /// Whether `c` will do.
    pub fn fits(&self, c: char) -> bool {
        match self {
            Letter::Any => true,
            Letter::One(letter) => *letter == c,
            Letter::Set { ranges, is_negated } => {
                ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != *is_negated
            }
        }
    }
}

/// Reads a wildcard expression: `*` for any letters, `?` for one.
pub fn wildcard(text: &str) -> Regular<Letter> {
    let composed = nfc(text);
    let parts = composed.chars().map(|c| match c {
        '*' => Regular::Repeat { part: Box::new(Regular::Symbol(Letter::Any)), min: 0, max: None },
        '?' => Regular::Symbol(Letter::Any),
        c => Regular::Symbol(Letter::One(c)),
    });
    Regular::Concat(parts.collect())
}

/// Reads a regular expression.
///
/// # Errors
/// Says what cannot be read; nothing is guessed.
pub fn regular(text: &str) -> Result<Regular<Letter>, LettersError> {
    let composed = nfc(text);
    let letters: Vec<char> = composed.chars().filter(|c| !is_ignorable(*c)).collect();
    let mut reader = Reader { letters, at: 0 };
    let expression = reader.either(0)?;
    if reader.at < reader.letters.len() {
        return Err(LettersError::UnopenedGroup);
    }
    Ok(expression)
}

/// The expression as it is compared with words folded in the same way.
pub fn folded(expression: &Regular<Letter>, exactness: Exactness) -> Regular<Letter> {
    match expression {
        Regular::Symbol(Letter::One(c)) => {
            if !exactness.accents && is_accent(*c) {
                return Regular::Concat(Vec::new());
            }
            let letters = fold_keeping(&c.to_string(), exactness.case, exactness.accents);
            Regular::Concat(letters.chars().map(|c| Regular::Symbol(Letter::One(c))).collect())
        }
        Regular::Symbol(Letter::Set { ranges, is_negated }) => {
            let ranges = ranges.iter().flat_map(|range| folded_ranges(*range, exactness)).collect();
            Regular::Symbol(Letter::Set { ranges, is_negated: *is_negated })
        }
        Regular::Symbol(Letter::Any) => Regular::Symbol(Letter::Any),
        Regular::Concat(parts) => Regular::Concat(parts.iter().map(|part| folded(part, exactness)).collect()),
        Regular::Either(parts) => Regular::Either(parts.iter().map(|part| folded(part, exactness)).collect()),
        Regular::Repeat { part, min, max } => {
            Regular::Repeat { part: Box::new(folded(part, exactness)), min: *min, max: *max }
        }
    }
}

/// A range with what its ends fold to: a single letter folds to whatever it folds to, a longer range by its ends.
fn folded_ranges((from, to): (char, char), exactness: Exactness) -> Vec<(char, char)> {
    let fold = |c: char| {
        let folded = fold_keeping(&c.to_string(), exactness.case, exactness.accents);
        let mut letters = folded.chars();
        letters.next().filter(|_| letters.next().is_none())
    };
    match (fold(from), fold(to)) {
        (Some(first), Some(last)) if from == to || (first, last) == (from, to) => vec![(first, last)],
        (Some(first), Some(last)) if first <= last => vec![(from, to), (first, last)],
        _ => vec![(from, to)],
    }
}

struct Reader {
    letters: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn take(&mut self, c: char) -> bool {
        let is_next = self.peek() == Some(c);
        self.at += usize::from(is_next);
        is_next
    }

    fn either(&mut self, depth: usize) -> Result<Regular<Letter>, LettersError> {
        if depth > MAX_DEPTH {
            return Err(LettersError::TooDeep);
        }
        let mut parts = vec![self.concat(depth)?];
        while self.take('|') {
            parts.push(self.concat(depth)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Regular::Either(parts) })
    }

    fn concat(&mut self, depth: usize) -> Result<Regular<Letter>, LettersError> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            let part = self.one(depth)?;
            parts.extend(match part {
                Some(part) => Some(self.repeated(part)?),
                None => None,
            });
        }
        Ok(Regular::Concat(parts))
    }

    /// One letter, set or group; nothing for an anchor.
    fn one(&mut self, depth: usize) -> Result<Option<Regular<Letter>>, LettersError> {
        let Some(c) = self.peek() else { return Ok(None) };
        self.at += 1;
        let letter = match c {
            '^' | '$' => return Ok(None),
            '(' => {
                if self.take('?') && !self.take(':') {
                    return Err(LettersError::NothingToRepeat);
                }
                let inner = self.either(depth + 1)?;
                return if self.take(')') { Ok(Some(inner)) } else { Err(LettersError::UnclosedGroup) };
            }
            '[' => self.set()?,
            '.' => Letter::Any,
            '\\' => self.escape()?,
            '*' | '+' | '?' | '{' => return Err(LettersError::NothingToRepeat),
            c if c.is_whitespace() => return Err(LettersError::Space),
            c => Letter::One(c),
        };
        Ok(Some(Regular::Symbol(letter)))
    }

    fn repeated(&mut self, mut part: Regular<Letter>) -> Result<Regular<Letter>, LettersError> {
        let mut is_repeated = false;
        while let Some(c) = self.peek() {
            let (min, max) = match c {
                '*' => (0, None),
                '+' => (1, None),
                // After a repetition it asks for the shortest match, which changes nothing for whole words.
                '?' if is_repeated => {
                    self.at += 1;
                    is_repeated = false;
                    continue;
                }
                '?' => (0, Some(1)),
                '{' => {
                    self.at += 1;
                    self.bounds()?
                }
                _ => break,
            };
            self.at += 1;
            is_repeated = true;
            part = Regular::Repeat { part: Box::new(part), min, max };
        }
        Ok(part)
    }

    /// The numbers after `{`, up to but without `}`.
    fn bounds(&mut self) -> Result<(u32, Option<u32>), LettersError> {
        let end = self.letters[self.at..].iter().position(|c| *c == '}').ok_or(LettersError::BadRepeat)?;
        let text: String = self.letters[self.at..self.at + end].iter().collect();
        self.at += end;
        let bounds = repeat_bounds(&text).ok_or(LettersError::BadRepeat)?;
        if bounds.0.max(bounds.1.unwrap_or(0)) > MAX_REPEAT { Err(LettersError::TooLarge) } else { Ok(bounds) }
    }

    fn set(&mut self) -> Result<Letter, LettersError> {
        let is_negated = self.take('^');
        let mut ranges = Vec::new();
        let mut is_first = true;
        loop {
            let c = self.peek().ok_or(LettersError::UnclosedSet)?;
            self.at += 1;
            let from = match c {
                ']' if !is_first => return Ok(Letter::Set { ranges, is_negated }),
                '\\' => match self.escape()? {
                    Letter::One(c) => c,
                    Letter::Set { ranges: more, .. } => {
                        ranges.extend(more);
                        is_first = false;
                        continue;
                    }
                    Letter::Any => continue,
                },
                c => c,
            };
            is_first = false;
            let is_range = self.peek() == Some('-') && self.letters.get(self.at + 1).is_some_and(|c| *c != ']');
            if !is_range {
                ranges.push((from, from));
                continue;
            }
            self.at += 1;
            let to = match self.peek().ok_or(LettersError::UnclosedSet)? {
                '\\' => {
                    self.at += 1;
                    match self.escape()? {
                        Letter::One(c) => c,
                        _ => return Err(LettersError::BadRange),
                    }
                }
                c => {
                    self.at += 1;
                    c
                }
            };
            if from > to {
                return Err(LettersError::BadRange);
            }
            ranges.push((from, to));
        }
    }

    fn escape(&mut self) -> Result<Letter, LettersError> {
        let c = self.peek().ok_or(LettersError::UnknownEscape)?;
        self.at += 1;
        match c {
            'd' => Ok(Letter::Set { ranges: vec![('0', '9')], is_negated: false }),
            // Everything beyond ASCII that can stand in a word.
            'w' => Ok(Letter::Set {
                ranges: vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'), ('\u{AA}', char::MAX)],
                is_negated: false,
            }),
            c if c.is_alphanumeric() || c.is_whitespace() => Err(LettersError::UnknownEscape),
            c => Ok(Letter::One(c)),
        }
    }
}

/// Reads `2`, `2,`, `,5` and `2,5`.
pub fn repeat_bounds(text: &str) -> Option<(u32, Option<u32>)> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let (min, max) = match text.split_once(',') {
        None => (number(text)?, Some(number(text)?)),
        Some((min, max)) if max.trim().is_empty() => (number(min)?, None),
        Some((min, max)) if min.trim().is_empty() => (0, Some(number(max)?)),
        Some((min, max)) => (number(min)?, Some(number(max)?)),
    };
    max.is_none_or(|max| min <= max).then_some((min, max))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::regular::{Machine, Program};

    fn accepts(expression: &Regular<Letter>, word: &str) -> bool {
        let mut letters = Vec::new();
        let numbered = expression.map(&mut |letter| {
            letters.push(letter.clone());
            letters.len() as u16 - 1
        });
        let program = Program::of(&numbered).unwrap();
        let mut machine = Machine::new(&program);
        let mut state = machine.start();
        for c in word.chars() {
            state = machine.step(state, u64::from(c), &mut |symbol| letters[symbol as usize].fits(c));
        }
        machine.accepts(state)
    }

    fn check(expression: &str, accepted: &[&str], refused: &[&str]) {
        let read = folded(&regular(expression).unwrap(), Exactness::default());
        for word in accepted {
            assert!(accepts(&read, word), "{expression} should accept {word}");
        }
        for word in refused {
            assert!(!accepts(&read, word), "{expression} should refuse {word}");
        }
    }

    #[test]
    fn expressions_stand_for_whole_folded_words() {
        check("zelensk(y|yy|iy)", &["zelensky", "zelenskyy", "zelenskiy"], &["zelensk", "zelenskyyy", "xzelensky"]);
        check("ERDO[GĞ]AN", &["erdogan"], &["erdoan", "erdo"]);
        check("^turk.*$", &["turk", "turkish"], &["aturk"]);
        check(r"\d{4}", &["2025"], &["202", "20255", "abcd"]);
        check(r"[^a-m]\w+", &["news", "über"], &["air", "n"]);
        check("colou?r(s|ed)?", &["color", "colours", "coloured"], &["colr"]);
        check("stra[ß]e|straße", &["strasse"], &["strase"]);
        check("(?:ab){2,3}", &["abab", "ababab"], &["ab", "abababab"]);
        check("a.*?b", &["ab", "axxb"], &["a"]);
        check(r"[\]x-]", &["]", "x", "-"], &["y"]);
        check("", &[""], &["a"]);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let error = |text: &str| regular(text).unwrap_err();
        assert_eq!(error("(a"), LettersError::UnclosedGroup);
        assert_eq!(error("a)"), LettersError::UnopenedGroup);
        assert_eq!(error("[a"), LettersError::UnclosedSet);
        assert_eq!(error("*a"), LettersError::NothingToRepeat);
        assert_eq!(error("a{x}"), LettersError::BadRepeat);
        assert_eq!(error("a{3,2}"), LettersError::BadRepeat);
        assert_eq!(error("a{9999}"), LettersError::TooLarge);
        assert_eq!(error("[z-a]"), LettersError::BadRange);
        assert_eq!(error(r"\p{L}"), LettersError::UnknownEscape);
        assert_eq!(error("a b"), LettersError::Space);
        assert_eq!(error(&"(".repeat(100)), LettersError::TooDeep);
    }

    #[test]
    fn wildcards_are_expressions() {
        assert!(accepts(&wildcard("t?rk*y"), "turkey"));
        assert!(accepts(&wildcard("*stan"), "stan"));
        assert!(!accepts(&wildcard("t?rkey"), "trkey"));
    }

    const PIECES: &[&str] =
        &["a", "b", "c", ".", "[ab]", "[^a]", "(", "(?:", ")", "|", "*", "+", "?", "{2}", "{1,2}", "{1,}", r"\d"];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        /// The twin is the crate `regex`, anchored at both ends.
        #[test]
        fn expressions_mean_what_they_mean_elsewhere(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..8), words in proptest::collection::vec("[abc1]{0,5}", 8),
        ) {
            let text = pieces.concat();
            let (Ok(ours), Ok(theirs)) = (regular(&text), regex::Regex::new(&format!("^(?:{text})$"))) else { return Ok(()) };
            let ours = folded(&ours, Exactness::default());
            for word in words {
                prop_assert_eq!(accepts(&ours, &word), theirs.is_match(&word), "{} on {}", text, word);
            }
        }

        #[test]
        fn no_expression_breaks_the_reader(text in "\\PC{0,20}|[a-c(){}|*+?.^$\\[\\],0-9\\\\-]{0,20}") {
            if let Err(error) = regular(&text) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
