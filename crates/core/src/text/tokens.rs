//! Tokens: the running words of a text.
//!
//! The rule is UAX #29 words (those with a letter or a digit in them; everything else lies in the gaps), with
//! these tailorings, each for a reason that readers of news meet every day:
//!
//! | written | tokens | why |
//! |---|---|---|
//! | `don’t`, `Türkiye's` | one | UAX #29: an apostrophe between letters joins, straight or curly |
//! | `1,000` `3.14` `24.02.2025` | one | UAX #29: separators between digits join |
//! | `cease-fire` | `cease` `fire` | UAX #29: a hyphen separates; the index remembers that it stood there |
//! | `U.S.` `e.g.` `U.S.'s` | one, with its last dot | an acronym of single letters owns its dots |
//! | `News.Az` `enclave.Turkish` | two | UAX #29 would join; a full stop between longer parts ends a word, and scraped texts often lack the space after it |
//! | `said:that` | two | UAX #29 (before 15.1) would join at a colon |
//! | `北京市` | `北` `京` `市` | scripts written without spaces: a token is one character, and its *term* is the bigram with the next character |
//!
//! Offsets are exact: tokens and the gaps between them give back the text. Rejected: dictionary segmentation of
//! Chinese or Thai (megabytes of data, and index and query disagree as soon as the context differs).

use std::ops::Range;

use sheaf_kernels::words::{BYTES, word_bits};
use unicode_segmentation::UnicodeSegmentation;

use crate::base::Span;

/// One running word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text, in bytes.
    pub span: Span,
    /// Where its term ends: the end of the span, or, in a script without spaces, of the character after it.
    pub term_end: u32,
}

impl Token {
    /// The characters the index stores for this token: the word itself, or a bigram.
    pub fn term(self, text: &str) -> &str {
        Span::new(self.span.start, self.term_end).of(text)
    }
}

/// Calls `each` for every token of `text`, in order.
///
/// Texts longer than 4 GiB are cut there (offsets are 32 bits). Cost: one pass, no allocation; about 250 MB/s on
/// ASCII, 40 MB/s where every word needs the Unicode tables.
pub fn tokenize(text: &str, mut each: impl FnMut(Token)) {
    // One copy of the cutting for all who call it: it is 2 KB.
    cut(text, &mut each);
}

fn cut(text: &str, each: &mut dyn FnMut(Token)) {
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        // White space never lies inside a word, so what is between it can be cut on its own: all up to the last white space
        // before a character beyond ASCII, and then what that character stands in.
        let rest = &bytes[start..];
        let ascii = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let is_space = |byte: &u8| byte.is_ascii_whitespace();
        let mut end = start + ascii;
        if ascii < rest.len() {
            let piece = start + rest[..ascii].iter().rposition(is_space).map_or(0, |space| space + 1);
            end += rest[ascii..].iter().position(is_space).unwrap_or(rest.len() - ascii);
            ascii_words(bytes, start..piece, each);
            unicode_words(&text[piece..end], piece, each);
        } else {
            ascii_words(bytes, start..bytes.len(), each);
        }
        start = end;
    }
}

/// All tokens of `text`.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(text, |token| tokens.push(token));
    tokens
}

/// Whether a character belongs to a script that is written without spaces between words.
pub fn is_spaceless(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF           // Thai, Lao
        | 0x1000..=0x109F         // Myanmar
        | 0x1780..=0x17FF         // Khmer
        | 0x2E80..=0x2FDF         // radicals
        | 0x3005..=0x3007         // iteration mark, ideographic zero
        | 0x3021..=0x3029 | 0x3038..=0x303B
        | 0x3041..=0x309F         // Hiragana
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

fn word(start: usize, end: usize) -> Token {
    Token { span: Span::new(start as u32, end as u32), term_end: end as u32 }
}

/// The same cuts as [`unicode_words`] for ASCII that ends with white space or the text: most of what most corpora hold.
///
/// Letters and digits in a row are found 64 bytes at a time; what is decided for each row is only whether it goes on behind
/// the sign after it.
fn ascii_words(bytes: &[u8], at_hand: Range<usize>, each: &mut dyn FnMut(Token)) {
    let at = |i: usize| bytes.get(i).copied().unwrap_or(b' ');
    // Where the word at hand begins: at the row, or, where that goes on with one, before it. Rows before `done` were taken.
    let (mut from, mut done) = (None, at_hand.start);
    let mut row = |row_start: usize, end: usize| {
        if row_start < done {
            return;
        }
        if from.is_none() && end == row_start + 1 && at(end) == b'.' {
            let acronym = ascii_acronym(&at, row_start);
            if acronym > row_start {
                done = acronym;
                return each(word(row_start, acronym));
            }
        }
        let first = from.take().unwrap_or(row_start);
        if joins(at(end - 1), at(end), at(end + 1)) {
            from = Some(first);
        } else if at(first) != b'_' || bytes[first..end].iter().any(|byte| *byte != b'_') {
            each(word(first, end));
        }
    };
    let mut open = None;
    for block_start in at_hand.clone().step_by(BYTES) {
        let rest = &bytes[block_start..];
        let bits = match rest.first_chunk() {
            Some(block) => word_bits(block),
            None => word_bits(&std::array::from_fn(|place| rest.get(place).copied().unwrap_or(b' '))),
        };
        let left = at_hand.end - block_start;
        let bits = if left < BYTES { bits & ((1 << left) - 1) } else { bits };
        // Where a row begins, or has just ended.
        let mut edges = bits ^ (bits << 1 | u64::from(open.is_some()));
        while edges != 0 {
            let edge = block_start + edges.trailing_zeros() as usize;
            edges &= edges - 1;
            open = match open {
                None => Some(edge),
                Some(row_start) => {
                    row(row_start, edge);
                    None
                }
            };
        }
    }
    if let Some(row_start) = open {
        row(row_start, at_hand.end);
    }
}

/// Whether a word of ASCII goes on behind a sign in it.
fn joins(before: u8, sign: u8, after: u8) -> bool {
    let are = |is: fn(&u8) -> bool| is(&before) && is(&after);
    match sign {
        b'\'' => are(u8::is_ascii_alphabetic) || are(u8::is_ascii_digit),
        b'.' | b',' | b';' => are(u8::is_ascii_digit),
        _ => false,
    }
}

/// The end of an acronym of single letters that starts at `i` (`U.S.`, `e.g`, `U.S.'s`), or `i`.
fn ascii_acronym(at: &impl Fn(usize) -> u8, i: usize) -> usize {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let single = |i: usize| at(i).is_ascii_alphabetic() && !is_word(at(i + 1)) && at(i + 1) != b'\'';
    if !(at(i).is_ascii_alphabetic() && at(i + 1) == b'.' && single(i + 2)) {
        return i;
    }
    let mut last = i + 2;
    while at(last + 1) == b'.' && single(last + 2) {
        last += 2;
    }
    // A longer word after the last dot (`U.S.Navy`) is a word of its own: the acronym keeps its letters and dot.
    let end = if at(last + 1) == b'.' { last + 2 } else { last + 1 };
    let possessive = at(end) == b'\'' && matches!(at(end + 1), b's' | b'S') && !is_word(at(end + 2));
    if possessive && end == last + 2 { end + 2 } else { end }
}

/// Cuts a chunk without ASCII white space, which starts at `base` of the text.
fn unicode_words(chunk: &str, base: usize, each: &mut dyn FnMut(Token)) {
    // The last character of a script without spaces, held back until its neighbour is known.
    let mut pending: Option<Token> = None;
    let mut skip_until = 0;
    for (start, piece) in chunk.split_word_bound_indices() {
        let end = start + piece.len();
        if end <= skip_until || !piece.contains(char::is_alphanumeric) {
            if let Some(token) = pending.take() {
                each(token);
            }
            continue;
        }
        let spaceless = piece.chars().next().is_some_and(is_spaceless);
        let token = word(base + start, base + end);
        if let Some(mut before) = pending.take() {
            if spaceless {
                before.term_end = token.term_end;
            }
            each(before);
        }
        if spaceless {
            pending = Some(token);
            continue;
        }
        let mut from = start.max(skip_until);
        while from < end {
            if matches!(chunk.as_bytes()[from], b'.' | b':') {
                from += 1;
                continue;
            }
            let to = unicode_acronym(chunk, from).unwrap_or_else(|| from + word_length(&chunk[from..end]));
            if chunk[from..to].contains(char::is_alphanumeric) {
                each(word(base + from, base + to));
            }
            skip_until = to;
            from = to;
        }
    }
    if let Some(token) = pending {
        each(token);
    }
}

/// Length of the first word of a UAX #29 piece: up to a full stop or colon that does not stand between digits.
fn word_length(piece: &str) -> usize {
    let mut before = ' ';
    let mut chars = piece.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if i > 0 && matches!(c, '.' | ':') {
            let after = chars.peek().map_or(' ', |&(_, c)| c);
            if !(before.is_numeric() && after.is_numeric()) {
                return i;
            }
        }
        before = c;
    }
    piece.len()
}

/// [`ascii_acronym`] for any letters: the end of an acronym that starts at `start`.
fn unicode_acronym(chunk: &str, start: usize) -> Option<usize> {
    let mut chars = chunk[start..].chars();
    let mut end = start;
    let mut letters = 0;
    loop {
        // One letter …
        let mut ahead = chars.clone();
        let Some(letter) = ahead.next().filter(|c| c.is_alphabetic() && !is_spaceless(*c)) else { break };
        let next = ahead.clone().next();
        if next.is_some_and(|c| is_word_inside(c) || (letters > 0 && is_apostrophe(c))) {
            break;
        }
        end += letter.len_utf8();
        letters += 1;
        chars = ahead;
        // … and a dot.
        if next != Some('.') {
            break;
        }
        let mut after_dot = chars.clone();
        after_dot.next();
        let mut beyond = after_dot.clone();
        let goes_on = beyond.next().is_some_and(|c| c.is_alphabetic() && !is_spaceless(c))
            && !beyond.next().is_some_and(|c| is_word_inside(c) || is_apostrophe(c));
        if letters == 1 && !goes_on {
            return None;
        }
        end += 1;
        chars = after_dot;
        if !goes_on {
            let mut tail = chars.clone();
            if tail.next().is_some_and(is_apostrophe)
                && tail.next().is_some_and(|c| matches!(c, 's' | 'S'))
                && !tail.next().is_some_and(is_word_inside)
            {
                end += chars.next().map_or(0, char::len_utf8) + 1;
            }
            break;
        }
    }
    (letters >= 2).then_some(end)
}

/// Whether a character goes on with the word before it: letters, digits, marks, joiners.
fn is_word_inside(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || crate::text::fold::is_ignorable(c) || crate::text::fold::is_accent(c)
}

/// The apostrophes that UAX #29 joins at.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{FF07}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| token.span.of(text)).collect()
    }

    /// The slow twin: every chunk through the Unicode tables.
    fn naive(text: &str) -> Vec<Token> {
        let mut found = Vec::new();
        let mut base = 0;
        for chunk in text.split(|c: char| c.is_ascii_whitespace()) {
            unicode_words(chunk, base, &mut |token| found.push(token));
            base += chunk.len() + 1;
        }
        found
    }

    const CASES: &[(&str, &[&str])] = &[
        ("Hello, world!", &["Hello", "world"]),
        ("don't don’t Türkiye's 'quoted'", &["don't", "don’t", "Türkiye's", "quoted"]),
        ("1,000 3.14 24.02.2025 12.7% 1'000", &["1,000", "3.14", "24.02.2025", "12.7", "1'000"]),
        ("cease-fire Russian–Turkish al-Sharaa", &["cease", "fire", "Russian", "Turkish", "al", "Sharaa"]),
        (
            "the U.S. and U.S.-backed, U.S.'s U.S.’s e.g. U.S",
            &["the", "U.S.", "and", "U.S.", "backed", "U.S.'s", "U.S.’s", "e.g.", "U.S"],
        ),
        ("J. K. Rowling, J.K. Rowling", &["J", "K", "Rowling", "J.K.", "Rowling"]),
        ("News.Az enclave.Turkish Türkiye.Turkish", &["News", "Az", "enclave", "Turkish", "Türkiye", "Turkish"]),
        ("U.S.Navy U.S.Türkiye", &["U.S.", "Navy", "U.S.", "Türkiye"]),
        ("said:that É.U. É:U", &["said", "that", "É.U.", "É", "U"]),
        ("G20 COVID-19 F.16 3G snake_case __ _a", &["G20", "COVID", "19", "F", "16", "3G", "snake_case", "_a"]),
        ("北京市abc 東京", &["北", "京", "市", "abc", "東", "京"]),
        ("カタカナ ひらがな", &["カタカナ", "ひ", "ら", "が", "な"]),
        ("Эрдоган приехал", &["Эрдоган", "приехал"]),
        ("وزير الخارجية", &["وزير", "الخارجية"]),
        ("co\u{AD}operate a\u{0}b", &["co\u{AD}operate", "a", "b"]),
        ("", &[]),
        ("… — “” 👍", &[]),
    ];

    #[test]
    fn words_are_cut_by_the_documented_rules() {
        for (text, expected) in CASES {
            assert_eq!(&words(text), expected, "{text}");
        }
    }

    #[test]
    fn a_character_without_spaces_has_the_bigram_as_its_term() {
        let text = "在北京市 x";
        let terms: Vec<_> = tokens(text).into_iter().map(|token| token.term(text)).collect();
        assert_eq!(terms, ["在北", "北京", "京市", "市", "x"]);
    }

    #[test]
    fn ascii_and_unicode_paths_agree_on_the_cases() {
        for (text, _) in CASES {
            assert_eq!(tokens(text), naive(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn ascii_and_unicode_paths_agree(text in "[a-dS0-3.,;:'_ \\-\"é’北]{0,24}") {
            prop_assert_eq!(tokens(&text), naive(&text));
        }

        #[test]
        fn they_agree_where_blocks_meet(words in prop::collection::vec("[a-c]{1,9}|[A-C.]{2,5}|[0-1.,'_-]{1,4}|é", 0..60), gap in "[ ,.]") {
            let text = words.join(&gap);
            prop_assert_eq!(tokens(&text), naive(&text));
        }

        #[test]
        fn tokens_and_gaps_give_back_the_text(text in "\\PC{0,40}|[a-z.'’ \u{0}\u{AD}\u{301}北ก]{0,40}") {
            let mut rebuilt = String::new();
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start as usize >= last && !token.span.is_empty());
                prop_assert!(text.is_char_boundary(token.term_end as usize) && token.term_end >= token.span.end);
                rebuilt.push_str(&text[last..token.span.start as usize]);
                rebuilt.push_str(token.span.of(&text));
                last = token.span.end as usize;
            }
            rebuilt.push_str(&text[last..]);
            prop_assert_eq!(rebuilt, text);
        }
    }
}
