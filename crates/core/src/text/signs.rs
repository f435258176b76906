//! What characters and words look like to the scan for sentences: terminators, brackets, quotation marks, initials.
//!
//! Tables and shapes only; what follows from them is decided in `sentences`.

use crate::text::paragraphs::is_bullet;

/// What a character means to the scan. Of several terminators in a row the greatest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    None,
    Open,
    Close,
    Bullet,
    /// Ends a sentence or an abbreviation.
    Period,
    /// An omission, perhaps at the end of a sentence.
    Ellipsis,
    /// Question and exclamation marks, and full stops that nothing else uses.
    Mark,
    /// A terminator of a script that need not write a space after it.
    Solid,
}

pub(super) fn sign(c: char, language: &str) -> Sign {
    match c {
        '.' | '\u{2024}' | '\u{FE52}' => Sign::Period,
        '…' => Sign::Ellipsis,
        '!' | '?' | '‼' | '‽' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '؞' | '᠃' => Sign::Mark,
        '。' | '．' | '！' | '？' | '｡' | '։' | '।' | '॥' | '።' | '፧' | '፨' | '။' | '។' | '៕' => {
            Sign::Solid
        }
        ';' | '\u{37E}' if language == "el" => Sign::Mark,
        // The sign Armenians type for their full stop, which it resembles.
        ':' if language == "hy" => Sign::Mark,
        '(' | '[' | '（' | '［' | '「' | '『' | '【' | '〔' | '《' | '〈' => Sign::Open,
        ')' | ']' | '）' | '］' | '」' | '』' | '】' | '〕' | '》' | '〉' => Sign::Close,
        _ if is_bullet(c) => Sign::Bullet,
        _ => Sign::None,
    }
}

/// Whether a character with a [`Sign`] can start with byte `b`; the scan skips all others.
pub(super) fn may_be_sign(b: u8) -> bool {
    matches!(
        b,
        b'.' | b'!' | b'?' | b'(' | b')' | b'[' | b']' | b':' | b';' | 0xCD | 0xD6 | 0xD8 | 0xDB | 0xE0..=0xE3 | 0xEF
    )
}

/// Characters looked at before a period; no abbreviation is longer.
const LONGEST: usize = 24;

pub(super) fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or("")
}

pub(super) fn after(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

/// Whether a sentence can begin with `c` before its first word.
pub(super) fn opens(c: char) -> bool {
    let is_quote =
        matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '‚' | '„' | '«' | '»' | '‹' | '›' | '¿' | '¡' | ',');
    is_quote || matches!(c, '-' | '–' | '—' | '―' | '.' | '…') || sign(c, "") == Sign::Open || is_invisible(c)
}

/// Whether the sentence goes on where `c` is the next sign.
pub(super) fn continues(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '،' | '؛' | '、' | '，' | '；' | '：' | '!' | '?' | '%' | '/' | '=' | '}')
        || sign(c, "") == Sign::Close
}

/// Whether `c` closes a quotation after a terminator, when `rest` follows.
pub(super) fn closes_quote(c: char, rest: &str) -> bool {
    let stands_free = || rest.chars().next().is_none_or(|next| !next.is_alphanumeric() && sign(next, "") != Sign::Open);
    match c {
        '”' | '’' | '›' | '»' => true,
        '"' | '\'' | '“' | '‘' | '«' | '‹' | '`' => stands_free(),
        _ => false,
    }
}

/// The length of a reference to a footnote, "[12]", at the start of `text`.
pub(super) fn footnote(text: &str) -> Option<usize> {
    let digits = text.strip_prefix('[')?.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=3).contains(&digits) && after(text, digits + 1).starts_with(']')).then_some(digits + 2)
}

/// Whether `text` begins with a period that stands alone, no ".net" and no ".5".
pub(super) fn is_spaced_dot(text: &str) -> bool {
    text.strip_prefix('.').is_some_and(|rest| rest.chars().next().is_none_or(|c| c != '.' && !c.is_alphanumeric()))
}

/// Whether `text` begins with the closing mark of "« Oui ! »".
pub(super) fn is_spaced_quote(text: &str) -> bool {
    text.strip_prefix(['»', '›']).is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()))
}

/// Marks of direction and joiners, which UAX #29 passes over.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The word, with periods inside, that ends at `at`; of a long one the end.
pub(super) fn word_before(text: &str, at: usize) -> &str {
    let head = before(text, at).trim_end_matches(is_invisible);
    let is_part = |&c: &char| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’' | '°' | '_' | '@' | '/');
    let len = head.chars().rev().take(LONGEST).take_while(is_part).map(char::len_utf8).sum::<usize>();
    after(head, head.len() - len).trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// The letters at the start of `text`; of a long word the start.
pub(super) fn first_word(text: &str) -> &str {
    before(text, text.chars().take(LONGEST).take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum())
}

pub(super) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b"IVXLC".contains(&b))
}

pub(super) fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// "U.S", "Ph.D", "т.е": short groups of letters, and a period inside.
pub(super) fn is_acronym(word: &str) -> bool {
    let is_short = |part: &str| matches!(part.chars().count(), 1..=3) && part.chars().all(char::is_alphabetic);
    word.as_bytes().contains(&b'.') && word.split('.').all(is_short)
}
