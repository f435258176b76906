//! From a piece of a query without white space to the words that the tokenizer sees in it.

use super::ast::{Word, WordKind};
use super::letters::{LettersError, regular};
use super::lex::Lex;
use super::parse::MAX_EDITS;
use super::problem::Fault;
use crate::text::fold::{is_accent, is_ignorable, nfc};
use crate::text::tokens::{Token, is_spaceless, tokens};

/// Letters that stand for `*` and `?` while the tokenizer looks, so that they do not end a word. Two letters that no
/// text on earth is likely to hold (Latin epigraphic letters for Roman inscriptions).
const ANY_LETTERS: char = '\u{A7F7}';
const ANY_LETTER: char = '\u{A7FB}';

/// The words of a piece.
#[derive(Debug, Default)]
pub struct Chunk {
    /// In order.
    pub words: Vec<Word>,
    /// Whether only hyphens stand between them.
    pub is_hyphenated: bool,
    /// What could not be used.
    pub faults: Vec<Fault>,
}

/// Cuts a piece into words. With `is_open` its last word may go on; with `is_quoted` a `*` by itself is any word.
pub fn chunk(text: &str, is_exact: bool, is_open: bool, is_quoted: bool) -> Chunk {
    if let Some((Lex::Regex(inside), len)) = super::lex::expression(text).filter(|_| is_quoted)
        && len == text.len()
    {
        return expression(&inside, is_exact);
    }
    let (text, edits) = split_edits(text);
    let mut chunk = words(text);
    if chunk.words.is_empty() {
        chunk.faults.push(Fault::NoWord(text.chars().take(20).collect()));
    }
    if !is_quoted && chunk.words.iter().any(|word| word.kind == WordKind::Any) {
        chunk.words.retain(|word| word.kind != WordKind::Any);
        chunk.faults.push(Fault::LoneSign("*".to_owned()));
    }
    if is_open && text.ends_with(char::is_alphanumeric) {
        open_last(&mut chunk.words, true);
    }
    if let Some(edits) = edits {
        match chunk.words.as_mut_slice() {
            [word] if word.kind == WordKind::Plain && word.width == 1 => {
                if edits > MAX_EDITS {
                    chunk.faults.push(Fault::TooManyEdits);
                }
                word.kind = if edits == 0 { WordKind::Plain } else { WordKind::Fuzzy(edits.min(MAX_EDITS)) };
            }
            [] => {}
            _ => chunk.faults.push(Fault::EditsOfSeveral),
        }
    }
    for word in &mut chunk.words {
        word.is_exact = is_exact && word.kind != WordKind::Any;
    }
    chunk
}

/// A regular expression as the one word of a piece; as plain text where it cannot be read.
pub fn expression(text: &str, is_exact: bool) -> Chunk {
    match regular(text) {
        Ok(_) => {
            let word = Word { text: text.to_owned(), width: 1, kind: WordKind::Regex, is_exact, is_open: false };
            Chunk { words: vec![word], ..Chunk::default() }
        }
        Err(error) => Chunk { faults: vec![Fault::BadExpression(error)], ..literal(text, is_exact) },
    }
}

/// The words of a text, its signs without meaning.
pub fn literal(text: &str, is_exact: bool) -> Chunk {
    let plain: String = text.chars().map(|c| if matches!(c, '*' | '?' | '~') { ' ' } else { c }).collect();
    let mut chunk = words(&plain);
    chunk.words.iter_mut().for_each(|word| word.is_exact = is_exact);
    chunk
}

/// Whether the value of an attribute can be used, and why not.
pub fn expression_error(text: &str) -> Option<LettersError> {
    regular(text).err()
}

/// `zelensky~1` → `zelensky` and 1; `~` alone is 1.
fn split_edits(text: &str) -> (&str, Option<u8>) {
    let Some((stem, number)) = text.rsplit_once('~').filter(|(stem, _)| stem.ends_with(char::is_alphanumeric)) else {
        return (text, None);
    };
    match number {
        "" => (stem, Some(1)),
        number if number.bytes().all(|b| b.is_ascii_digit()) => {
            (stem, Some(number.parse::<u32>().ok().and_then(|edits| edits.try_into().ok()).unwrap_or(u8::MAX)))
        }
        _ => (text, None),
    }
}

fn words(text: &str) -> Chunk {
    // What is not seen does not count: without it the words are cut as they will be when the query is printed.
    let seen: String = nfc(text).chars().filter(|c| !is_ignorable(*c)).collect();
    let text = seen.as_str();
    let stem = text.trim_end_matches('*');
    if stem.len() < text.len() && !stem.contains(['*', '?']) && stem.ends_with(char::is_alphanumeric) {
        // The end alone is open: the tokenizer cuts the rest as it would without the star.
        let mut chunk = words(stem);
        open_last(&mut chunk.words, false);
        return chunk;
    }
    let has_wildcards = text.contains(['*', '?']);
    let shown: String = if has_wildcards {
        let stand_in = |c: char| match c {
            '*' => ANY_LETTERS,
            '?' => ANY_LETTER,
            c => c,
        };
        text.chars().map(stand_in).collect()
    } else {
        text.to_owned()
    };
    let found = tokens(&shown);
    let is_hyphen = |pair: &[Token]| {
        matches!(&shown[pair[0].span.end as usize..pair[1].span.start as usize], "-" | "\u{2010}" | "\u{2011}")
    };
    let mut words = query_words(&shown, &found);
    if has_wildcards {
        let starts_spaceless = words.first().is_some_and(|word| word.text.starts_with(is_spaceless));
        words.iter_mut().for_each(read_wildcards);
        if starts_spaceless {
            // In a script without spaces any continuation counts anyway.
            words.retain(|word| word.kind != WordKind::Any);
        }
    }
    Chunk { is_hyphenated: found.len() > 1 && found.windows(2).all(is_hyphen), words, faults: Vec::new() }
}

/// Lets any ending follow the last word; in a script without spaces it does anyway.
fn open_last(words: &mut [Word], is_open: bool) {
    if let Some(last) = words.last_mut()
        && last.kind == WordKind::Plain
        && !last.text.starts_with(is_spaceless)
    {
        last.kind = WordKind::Prefix;
        last.is_open = is_open;
    }
}

fn read_wildcards(word: &mut Word) {
    if !word.text.contains([ANY_LETTERS, ANY_LETTER]) {
        return;
    }
    let mut text = String::new();
    for c in word.text.chars() {
        match c {
            ANY_LETTERS if text.ends_with('*') => {}
            ANY_LETTERS => text.push('*'),
            ANY_LETTER => text.push('?'),
            c => text.push(c),
        }
    }
    let stem = text.trim_end_matches('*');
    if !text.contains(char::is_alphanumeric) {
        word.kind = WordKind::Any;
        word.text = "*".to_owned();
    } else if stem.len() < text.len() && !stem.contains(['*', '?']) {
        word.kind = WordKind::Prefix;
        word.text = stem.to_owned();
    } else {
        word.kind = WordKind::Wildcard;
        word.text = text;
    }
}

/// Tokens of a query as words: in a script without spaces a run of characters becomes its bigrams, and its last
/// character, covered by the bigram before, is dropped.
fn query_words(text: &str, tokens: &[Token]) -> Vec<Word> {
    let is_bigram = |token: &Token| token.term_end > token.span.end;
    let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
    for (place, token) in tokens.iter().enumerate() {
        let follows_bigram = place > 0 && is_bigram(&tokens[place - 1]);
        if follows_bigram && !is_bigram(token) {
            if let Some(last) = words.last_mut() {
                last.width = 2;
            }
            continue;
        }
        // A mark that stands on no letter does not count.
        let word = token.term(text).trim_start_matches(is_accent);
        if !word.is_empty() {
            words.push(Word::plain(word));
        }
    }
    words
}
