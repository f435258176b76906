//! A title for a text that came without one.
//!
//! The one decision: a title that nobody wrote is marked as inferred, and the text keeps every word of it. The first
//! line is taken where it looks like a headline; else the opening words stand in, so that lists and links have
//! something to show. Useful for lists. Not useful as data: do not count these as titles.

use super::date;
use crate::document::Fact;

/// Longest first line that can be a headline, in characters.
const HEADLINE_MAX: usize = 120;
/// Longest stand-in made of opening words, in characters, without the ellipsis.
const OPENING_MAX: usize = 80;
/// A line right under a headline must be a whole paragraph on one line: longer than lines are ever wrapped.
const PARAGRAPH_MIN: usize = 150;
/// How many lines are looked at: enough to get past debris, little enough to be cheap.
const LINES_LOOKED_AT: usize = 50;

/// What a title made from the first line is inferred from.
pub const FROM_FIRST_LINE: &str = "the first line";
/// What a title made from the opening words is inferred from.
pub const FROM_OPENING: &str = "the opening words; the text has no headline";

/// The title of `text`: its first line where that looks like a headline, else its opening words with ` …`; unknown
/// where no line has a letter or digit. Runs of blanks become one. Cost: O(first 50 lines).
pub fn infer(text: &str) -> Fact<String> {
    let mut lines = text.lines().map(trim).skip_while(|line| line.is_empty()).take(LINES_LOOKED_AT);
    if let (Some(first), Some(next)) = (lines.next(), lines.next())
        && is_headline(first, next)
        && (!next.is_empty() || lines.any(|line| !line.is_empty()))
    {
        return Fact::inferred(squeezed(first), FROM_FIRST_LINE);
    }
    opening_words(text).map_or_else(Fact::unknown, |words| Fact::inferred(words, FROM_OPENING))
}

/// Whether `line` is short, stands apart from the `next` one and is neither a sentence nor debris.
fn is_headline(line: &str, next: &str) -> bool {
    let len = line.chars().take(HEADLINE_MAX + 1).count();
    let next_len = next.chars().take(PARAGRAPH_MIN.max(2 * len) + 1).count();
    let is_apart = next.is_empty() || next_len > PARAGRAPH_MIN.max(2 * len);
    let unquoted = line.trim_end_matches(['"', '”', '’', '»', ')']);
    is_apart
        && len <= HEADLINE_MAX
        && is_prose(line)
        && !unquoted.ends_with(['.', ',', ';', ':', '…', '。', '،'])
        && !line.contains("://")
        && !begins_small(line)
}

/// Whether a line is made of words rather than of numbers and marks: `date 2025-02-27 + ↺ − 16 px` is not.
fn is_prose(line: &str) -> bool {
    let (mut letters, mut visible) = (0_usize, 0_usize);
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        visible += 1;
        // Combining marks count as letters: they carry the vowels of Indic and Semitic scripts.
        letters += usize::from(c.is_alphabetic() || (!c.is_ascii() && !c.is_alphanumeric() && is_mark(c)));
    }
    letters > 0 && letters * 2 >= visible && date::read(line).is_err()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{94f}'
        | '\u{e31}'..='\u{e4e}')
}

/// Whether the first letter is small, as in the middle of a sentence; `iPhone` and `de Gaulle Returns` pass.
fn begins_small(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is_small = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let has_capital = |word: &str| word.chars().any(char::is_uppercase);
    words.next().is_some_and(|first| is_small(first) && !has_capital(first) && !words.next().is_some_and(has_capital))
}

/// The opening words of the first paragraph that has some, cut before [`OPENING_MAX`] characters.
fn opening_words(text: &str) -> Option<String> {
    let start = opening_line(text, is_prose)
        .or_else(|| opening_line(text, |line| line.chars().any(char::is_alphabetic)))
        .or_else(|| opening_line(text, |line| line.chars().any(char::is_alphanumeric)))?;
    let mut opening = String::new();
    let mut len = 0;
    for word in words(text.get(start..)?) {
        let word_len = word.chars().take(OPENING_MAX + 1).count();
        if len + word_len > OPENING_MAX {
            if opening.is_empty() {
                opening.extend(word.chars().take(OPENING_MAX)); // no blanks to cut at: Chinese, Thai, a long link
            }
            return Some(cut(&opening));
        }
        if !opening.is_empty() {
            opening.push(' ');
        }
        opening.push_str(&word);
        len += word_len + 1;
    }
    Some(opening)
}

/// Byte offset of the first line that `is_fit`, among the first ones.
fn opening_line(text: &str, is_fit: impl Fn(&str) -> bool) -> Option<usize> {
    let line = text.lines().take(LINES_LOOKED_AT).find(|line| is_fit(trim(line)))?;
    Some(line.as_ptr() as usize - text.as_ptr() as usize)
}

/// `words` with ` …`, without marks that promise something after them.
fn cut(words: &str) -> String {
    format!("{} …", words.trim_end_matches([' ', ',', ';', ':', '-', '–', '—', '(', '“', '"', '„', '«']))
}

/// Without blanks at both ends; byte order marks in mid-file and no-break spaces are blanks too.
fn trim(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}

fn squeezed(line: &str) -> String {
    words(line).collect::<Vec<_>>().join(" ")
}

/// What blanks separate, without characters that cannot be seen.
fn words(text: &str) -> impl Iterator<Item = String> {
    let is_seen = |c: &char| !c.is_control() && *c != '\u{feff}' && *c != '\u{200b}';
    text.split_whitespace()
        .map(move |word| word.chars().filter(is_seen).collect())
        .filter(|word: &String| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Known;

    /// `expected` begins with `H ` for a headline, `O ` for opening words; `?` is unknown.
    fn check(text: &str, expected: &str) {
        let title = infer(text);
        let got = match (&title.value, &title.known) {
            (Some(value), Known::Inferred { from }) if from == FROM_FIRST_LINE => format!("H {value}"),
            (Some(value), Known::Inferred { .. }) => format!("O {value}"),
            _ => "?".to_string(),
        };
        assert_eq!(got, expected, "{text:?}");
    }

    #[test]
    fn a_headline_stands_apart_and_is_no_sentence() {
        let paragraph = "Words and more words follow here without any break ".repeat(5);
        check("Minister to Visit Moscow\n\n26 May\n\nThe minister …", "H Minister to Visit Moscow");
        check(&format!("Minister  to\u{a0}Visit\r\n{paragraph}"), "H Minister to Visit");
        check("What to expect?\n\nNot much.", "H What to expect?");
        check("iPhone sales fall\n\nNot much.", "H iPhone sales fall");
        check("外交部长访问莫斯科\n\n正文在这里。", "H 外交部长访问莫斯科");
    }

    #[test]
    fn without_a_headline_the_opening_words_stand_in() {
        check(
            "Showers continued throughout the week in\nthe Bahia cocoa zone.",
            "O Showers continued throughout the week in the Bahia cocoa zone.",
        );
        check("He came.\n\nHe saw.", "O He came. He saw.");
        check("the rest of it\n\nand more", "O the rest of it and more");
        check("Only this", "O Only this");
        check("Only this\n\n", "O Only this");
        check("https://example.org/a\n\nText", "O https://example.org/a Text");
        check(
            "Foreign Minister Hakan Fidan will meet Russian counterpart Sergei Lavrov, on Monday in the capital.",
            "O Foreign Minister Hakan Fidan will meet Russian counterpart Sergei Lavrov, on …",
        );
        check(&"字".repeat(200), &format!("O {} …", "字".repeat(80)));
    }

    #[test]
    fn debris_and_dates_are_no_titles() {
        check(" date 2025-02-27 + ↺ − 16 px\n\nToday, diplomats meet.", "O Today, diplomats meet.");
        check("26 May 2025\n\nToday, diplomats meet.", "O Today, diplomats meet.");
        check("2025-05-26\n\nToday", "O Today");
        check("* * *\n\n12", "O 12");
        check("\u{feff}ab\0c", "O abc");
        check("", "?");
        check(" \n\u{a0}\n", "?");
        check("* * *\n---\n…", "?");
    }

    proptest::proptest! {
        #[test]
        fn a_title_is_short_and_on_one_line(text in "(?s).{0,400}") {
            let title = infer(&text).value.unwrap_or_default();
            proptest::prop_assert!(title.chars().count() <= HEADLINE_MAX.max(OPENING_MAX + 2));
            proptest::prop_assert!(!title.contains('\n'));
        }
    }
}
