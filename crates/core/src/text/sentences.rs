//! Sentences: a scan for terminators, and one decision at each of them.
//!
//! UAX #29 gives the base: what terminates, that closing quotes and brackets stay with their sentence, that a small
//! letter after a period means the sentence goes on. Added are abbreviations, initials, acronyms, ordinals, numbered
//! items and line breaks. Rejected: building on `unicode-segmentation`, whose borders would have to be merged again
//! (it cuts at each line break and after each "Mr."); and learning abbreviations from the text (Punkt), where the
//! same sentence would be cut differently in another corpus.
//!
//! Useful for contexts, snippets and co-occurrence within a sentence; not useful as grammar: a quotation of three
//! sentences is three sentences, and "the U.S. Millions came" is taken for one.

#[path = "abbreviations.rs"]
mod abbreviations;
#[path = "signs.rs"]
mod signs;

use super::fold::small_letters;
use super::paragraphs::{Item, span, units};
use crate::base::Span;
use abbreviations::{AFTER_CLOCK, Class, DOMAINS, Rules, primary};
use signs::{
    Sign, after, before, closes_quote, continues, first_word, footnote, is_acronym, is_initial, is_invisible,
    is_number, is_roman, is_spaced_dot, is_spaced_quote, may_be_sign, opens, sign, word_before,
};

/// The sentences of `text` in order, each without surrounding white space. Together they hold every character that
/// is not white space, no two overlap, and none crosses the border of a paragraph.
///
/// `language` is a BCP 47 tag; it chooses the abbreviations, ordinals and a few signs (`;` in Greek). Unknown or
/// `None`: those shared by all. A headline or an item on a line of its own is a sentence. Cost: O(bytes).
/// Source for the base: UAX #29, Sentence_Break.
pub fn sentences(text: &str, language: Option<&str>) -> Vec<Span> {
    let language = primary(language);
    let mut scan = Scan::new(text, Rules::of(Some(&language)), &language);
    let mut out = Vec::new();
    for unit in units(text) {
        scan.run(unit.span.of(text));
        scan.collect(unit.span.start as usize, &mut out);
    }
    out
}

/// The scan of one unit of text.
struct Scan<'a> {
    rules: &'a Rules,
    language: &'a str,
    whole: &'a str,
    /// The unit at hand; all offsets count from its start.
    text: &'a str,
    at: usize,
    /// Where sentences begin, the first at 0 left out.
    cuts: Vec<usize>,
    open: Vec<Bracket>,
    /// What the present sentence opens with.
    item: Item,
    /// Whether the whole text has a capital letter, once that was asked.
    has_capitals: Option<bool>,
}

/// An open bracket: when it closes, the cuts inside are taken back.
struct Bracket {
    at: usize,
    cuts_before: usize,
    /// Whether it stands within a sentence and not around whole ones.
    is_inside: bool,
}

/// A terminator with all terminators, closing quotes and brackets that stand right behind it.
struct Run {
    start: usize,
    end: usize,
    sign: Sign,
    is_closed: bool,
    /// Whether a bracket closed that had opened within the sentence.
    ends_aside: bool,
}

/// What comes after a run.
struct Next<'a> {
    is_spaced: bool,
    is_quoted: bool,
    /// The first character that is not white space.
    sign: Option<char>,
    /// All from the first character that is no opening sign either.
    rest: &'a str,
}

/// Of brackets nested deeper the outer ones are forgotten.
const DEEPEST: usize = 8;
/// Bytes that a pair of brackets holds together; two further apart are hardly a pair.
const LONGEST_ASIDE: usize = 1000;
/// Opening signs looked at after a terminator.
const MOST_OPENERS: usize = 8;

impl<'a> Scan<'a> {
    fn new(whole: &'a str, rules: &'a Rules, language: &'a str) -> Scan<'a> {
        Scan {
            rules,
            language,
            whole,
            text: "",
            at: 0,
            cuts: Vec::new(),
            open: Vec::new(),
            item: Item::default(),
            has_capitals: None,
        }
    }

    fn run(&mut self, unit: &'a str) {
        self.text = unit;
        self.cuts.clear();
        self.open.clear();
        self.begin(0);
        while let Some(c) = self.next_candidate() {
            match sign(c, self.language) {
                Sign::None => self.at += c.len_utf8(),
                Sign::Open => self.open_bracket(c),
                Sign::Close => self.close_bracket(c),
                Sign::Bullet => self.bullet(c),
                Sign::Period | Sign::Ellipsis | Sign::Mark | Sign::Solid => self.terminator(),
            }
        }
    }

    /// Writes the sentences found; the unit starts at `offset`.
    fn collect(&self, offset: usize, out: &mut Vec<Span>) {
        let starts = std::iter::once(0).chain(self.cuts.iter().copied());
        let ends = self.cuts.iter().copied().chain([self.text.len()]);
        for (start, end) in starts.zip(ends) {
            let whole = self.text.get(start..end).unwrap_or("");
            let body = whole.trim_start();
            let start = offset + end - body.len();
            let body = body.trim_end();
            if !body.is_empty() {
                out.push(span(start, start + body.len()));
            }
        }
    }

    fn next_candidate(&mut self) -> Option<char> {
        self.at += self.text.as_bytes().get(self.at..)?.iter().position(|&b| may_be_sign(b))?;
        after(self.text, self.at).chars().next()
    }

    /// A sentence begins at `at`. The label of an item ("1.", "a)") is skipped: its period ends nothing.
    fn begin(&mut self, at: usize) {
        let rest = after(self.text, at).trim_start();
        self.item = Item::of(rest);
        self.at = self.text.len() - rest.len() + self.item.len;
    }

    fn cut(&mut self, at: usize) {
        self.cuts.push(at);
        self.begin(at);
    }

    fn open_bracket(&mut self, c: char) {
        if self.open.len() == DEEPEST {
            self.open.remove(0);
        }
        let start = self.cuts.last().copied().unwrap_or(0);
        let is_inside = !before(after(self.text, start), self.at - start).trim().is_empty();
        self.open.push(Bracket { at: self.at, cuts_before: self.cuts.len(), is_inside });
        self.at += c.len_utf8();
    }

    fn close_bracket(&mut self, c: char) {
        self.close(self.at);
        match self.next_item() {
            Some(start) => self.cut(start),
            None => self.at += c.len_utf8(),
        }
    }

    /// Takes back the cuts inside the bracket that closes at `at`; whether it had opened within a sentence.
    fn close(&mut self, at: usize) -> bool {
        let Some(open) = self.open.pop().filter(|open| at - open.at <= LONGEST_ASIDE) else {
            return false;
        };
        self.cuts.truncate(open.cuts_before);
        open.is_inside
    }

    fn bullet(&mut self, c: char) {
        if self.item.bullet == Some(c) && before(self.text, self.at).ends_with(char::is_whitespace) {
            self.cut(self.at);
        } else {
            self.at += c.len_utf8();
        }
    }

    fn terminator(&mut self) {
        if let Some(start) = self.next_item() {
            return self.cut(start);
        }
        let run = self.gather();
        self.at = run.end;
        if self.is_end(&run) {
            self.cut(run.end);
        }
    }

    /// In "1. Bread 2. Butter": where the item begins whose label ends with the sign at hand.
    fn next_item(&self) -> Option<usize> {
        self.item.number?;
        let head = before(self.text, self.at);
        let label = head
            .chars()
            .rev()
            .take(4)
            .take_while(|&c| c.is_alphanumeric() || c == '(')
            .map(char::len_utf8)
            .sum::<usize>();
        let start = head.len() - label;
        let is_next =
            before(head, start).ends_with(char::is_whitespace) && Item::of(after(self.text, start)).follows(&self.item);
        is_next.then_some(start)
    }

    fn gather(&mut self) -> Run {
        let mut run = Run { start: self.at, end: self.at, sign: Sign::None, is_closed: false, ends_aside: false };
        loop {
            let rest = after(self.text, run.end);
            let Some(c) = rest.chars().next() else { return run };
            let following = after(rest, c.len_utf8());
            match sign(c, self.language) {
                Sign::Period if run.sign >= Sign::Period && !run.is_closed => run.sign = run.sign.max(Sign::Ellipsis),
                found if found >= Sign::Period => run.sign = run.sign.max(found),
                Sign::Close => {
                    run.ends_aside |= self.close(run.end);
                    run.is_closed = true;
                }
                Sign::Open => match footnote(rest) {
                    Some(len) => run.end += len - c.len_utf8(),
                    None => return run,
                },
                _ if c == ' ' && run.sign <= Sign::Ellipsis && is_spaced_dot(following) => {}
                _ if c.is_whitespace() && is_spaced_quote(following) => {}
                _ if closes_quote(c, following) => run.is_closed = true,
                _ if is_invisible(c) => {}
                _ => return run,
            }
            run.end += c.len_utf8();
        }
    }

    fn is_end(&mut self, run: &Run) -> bool {
        let next = next(self.text, run.end);
        let is_omission = run.sign == Sign::Ellipsis && before(self.text, run.start).ends_with(['[', '(']);
        if is_omission || next.sign.is_none_or(continues) {
            return false;
        }
        if !next.is_spaced {
            return if run.sign == Sign::Solid { self.is_solid_end(run, &next) } else { self.is_glued_end(run, &next) };
        }
        if run.sign < Sign::Solid && next.rest.starts_with(char::is_lowercase) && self.goes_on_small(run, &next) {
            return false;
        }
        run.sign != Sign::Period || self.is_period_end(run.start, &next)
    }

    /// Whether the small letter after a terminator shows that the sentence goes on. It does not after dots ("...and
    /// then"), as the label of an item ("b) Butter"), or where nobody writes capitals.
    fn goes_on_small(&mut self, run: &Run, next: &Next) -> bool {
        let whole = self.whole;
        let is_label = Item::of(after(self.text, run.end).trim_start()).number.is_some();
        let begins_with_dots = matches!(next.sign, Some('.' | '…'));
        let has_capitals = *self.has_capitals.get_or_insert_with(|| whole.chars().any(char::is_uppercase));
        has_capitals && !is_label && !begins_with_dots
    }

    /// Whether a terminator ends a sentence in a script that writes no space after it.
    fn is_solid_end(&self, run: &Run, next: &Next) -> bool {
        // "３．２９", and the particle ("to", "nado") after a Japanese quotation.
        let is_decimal = before(self.text, run.end).ends_with('．') && next.rest.starts_with(char::is_numeric);
        let is_particle = |c| matches!(c, 'ぁ'..='ゟ');
        !(is_decimal || run.ends_aside || run.is_closed && next.rest.starts_with(is_particle))
    }

    /// Whether the space after the sentence was forgotten ("the end.The next") rather than part of a name ("News.Az").
    fn is_glued_end(&self, run: &Run, next: &Next) -> bool {
        let starts_upper = next.rest.starts_with(char::is_uppercase);
        if run.is_closed || run.sign == Sign::Ellipsis {
            return run.is_closed && starts_upper;
        }
        let is_plain = |word: &str| word.chars().count() >= 3 && word.chars().skip(1).all(char::is_lowercase);
        let (last, first) = (word_before(self.text, run.start), first_word(next.rest));
        let is_open = after(next.rest, first.len()).starts_with(['.', '/', '@', '_', '(', ':', '-']);
        starts_upper
            && is_plain(last)
            && is_plain(first)
            && !is_open
            && !DOMAINS.contains(&small_letters(first).as_str())
    }

    /// Whether the period at `at`, followed by white space and no small letter, ends a sentence.
    fn is_period_end(&self, at: usize, next: &Next) -> bool {
        let word = word_before(self.text, at);
        let first = first_word(next.rest);
        let opens = || next.is_quoted || self.opens_sentence(first, next.rest);
        if is_number(word) || is_roman(word) && word.len() > 1 {
            return !self.rules.has_ordinals || is_number(word) && word.len() > 2 || opens();
        }
        // "l'Avv.", "dell'Ing."
        let word = word.rsplit(['\'', '’']).next().unwrap_or(word);
        let lower = small_letters(word);
        match self.rules.class(&lower) {
            Some(Class::Title) => false,
            Some(Class::BeforeNumber) if !is_initial(word) => !next.rest.starts_with(char::is_numeric),
            Some(Class::Any) => opens(),
            _ if lower == "a.m" || lower == "p.m" => {
                let is_zone = first.len() > 1 && first.chars().all(char::is_uppercase);
                !is_zone && !AFTER_CLOCK.contains(&small_letters(first).as_str())
            }
            _ if word == "I" && self.language == "en" => opens() || self.follows_small_word(at - 1),
            _ if is_initial(word) || is_acronym(word) => opens(),
            _ => true,
        }
    }

    fn opens_sentence(&self, first: &str, rest: &str) -> bool {
        let is_initial = is_initial(first) && after(rest, first.len()).starts_with('.');
        !is_initial && self.rules.opens_sentences(&small_letters(first))
    }

    /// In "you and I. Then" but not in "Albert I. Jones".
    fn follows_small_word(&self, at: usize) -> bool {
        let head = before(self.text, at).trim_end();
        word_before(head, head.len()).starts_with(char::is_lowercase)
    }
}

fn next(text: &str, at: usize) -> Next<'_> {
    let rest = after(text, at);
    let mut next = Next { is_spaced: false, is_quoted: false, sign: None, rest: rest.trim_start() };
    next.is_spaced = next.rest.len() < rest.len();
    next.sign = next.rest.chars().next();
    for _ in 0..MOST_OPENERS {
        let Some(c) = next.rest.chars().next().filter(|&c| opens(c)) else {
            break;
        };
        next.is_quoted |= matches!(c, '"' | '\'' | '“' | '‘' | '„' | '«' | '»' | '`');
        next.rest = after(next.rest, c.len_utf8()).trim_start();
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The door: `marked` is a text with `|` after each sentence but the last; exactly these must be found.
    fn check(language: &str, marked: &str) {
        let text = marked.replace('|', "");
        let found: Vec<&str> = sentences(&text, Some(language)).iter().map(|span| span.of(&text)).collect();
        let expected: Vec<&str> = marked.split('|').map(str::trim).filter(|sentence| !sentence.is_empty()).collect();
        assert_eq!(found, expected, "{language}");
    }

    const CASES: &[(&str, &str)] = &[
        ("en", ""),
        ("en", " \r\n\u{a0}\u{2028} "),
        ("en", "One.| Two!| Three?!| Four"),
        ("en", "\u{0} One.| Two\u{a0}\u{0}"),
        // Abbreviations, initials, acronyms
        (
            "en",
            "Mr. Lavrov met Dr. Fidan on Feb. 20 in St. Louis.| He left at 6 p.m. Monday.| She came at 5 p.m.| Nobody saw.",
        ),
        (
            "en",
            "The U.S. President was in the U.S.| He met J. K. Rowling and Albert I. Jones, you and I.| Then he left.",
        ),
        ("en", "Apple Inc. Chief Tim Cook left Apple Inc.| The shares fell, cf. p. 55, no. 7.| I said no.| Why not?"),
        (
            "en",
            "It rose by 3.5 pct to $1,000.50.| In 1986.| Then News.Az and Jane.Doe@example.com wrote to www.Foo.Bar/x.html.",
        ),
        ("en", "This is the end.|The next begins here."),
        // Quotations, brackets, omissions
        ("en", "“Is it?” he asked.| “It is.”| She left (he stayed. Why?) at noon.| (All of them. Really.)| So."),
        ("en", "Yahoo! said so.| He waited... and went.| He went…| She stayed [...] and so on.[1][2]| End . . .| Now"),
        ("en", "An orphan (bracket.| Two.| Three."),
        ("en", "He said yes.| ...and then no."),
        ("en", "all in small letters.| nobody minds!| right?"),
        // Items
        ("en", "1. Bread| 2. Butter 3) Jam"),
        ("en", "Buy these.| 1. Bread| 2. Butter| 3. Jam"),
        ("en", "a) Bread| b) Butter| c) Jam"),
        ("en", "• Bread| • Butter"),
        // Line breaks
        ("en", "A headline\n\n|The text.| It goes\non here.|\r\nA line|\r\n\r\nEnd\u{2029}|and"),
        // Other languages
        (
            "de",
            "Am 26. Mai kam Dr. Meyer, z. B. mit der Bahn.| Er ist 12.| Die Mutter lebt.| „Kommst du?“, fragte er.| »Ja.«| Im Jahr 2005.| Gut.",
        ),
        ("fr", "« Vous venez ? » demanda M. Dupont.| Il dit : « Oui ! »| L'art. 5 le dit."),
        ("es", "¿Cómo está la Sra. Ruiz?| ¡Muy bien!| Vive en EE. UU. desde 2005."),
        ("it", "È presente l'Avv. Rossi?| Sì, a pag. 5."),
        ("nl", "Dhr. Jansen komt, d.w.z. morgen.| Ook hij."),
        ("pt", "O Sr. Silva mora na Av. 5 de Outubro.| Ele saiu."),
        ("ru", "А. С. Пушкин жил на ул. Мойка в 1836 г.| Он писал.| «Где ты?» — спросил он."),
        ("tr", "26. Mayıs günü Prof. Dr. Ali geldi.| II. Dünya Savaşı bitti mi?| Evet."),
        ("pl", "Prof. Nowak mieszka przy ul. Długiej, tj. w Warszawie.| To 5. Pułk."),
        ("el", "Πού είναι η στάση;| Εδώ."),
        ("en", "See a; Then b."),
        ("hy", "Ի՞նչ ես մտածում:| Ոչինչ։"),
        ("ja", "「今日は。元気？」と言った。|彼は（寒い。）帰った。|３．２９％です！"),
        ("zh", "他来了。|真的？|是！"),
        ("ar", "كيف حالك؟| أنا بخير."),
        ("ur", "کیا حال ہے؟| ٹھیک ہے۔"),
        ("hi", "वह आया।| ठीक है॥"),
        ("am", "እንደምን አለህ፧|መልካም።"),
        ("my", "သူလာမယ်။|ကောင်းတယ်။"),
        // Known to be wrong: a capital that no list knows says nothing after an acronym.
        ("en", "He left the U.S. Millions stayed."),
    ];

    #[test]
    fn cases() {
        CASES.iter().for_each(|(language, marked)| check(language, marked));
    }

    #[test]
    fn wrapped_lines_end_no_sentence() {
        let text = "Showers continued throughout the week in the\nBahia cocoa zone, alleviating the drought of\n\
                    January and improving prospects for it all.\n    The dry period means it will be late. A\n\
                    second one came in the middle of the year.\n Reuter";
        let found: Vec<&str> = sentences(text, Some("en")).iter().map(|span| span.of(text)).collect();
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found.last(), Some(&"Reuter"));
    }

    #[test]
    fn long_and_hostile_texts_take_linear_time() {
        for piece in ["a", ".", "\"", "(", ") ", "A. ", "a.", ". \"", "1) ", "。「", "\u{200f}", " .", ".\n", "[1]"] {
            let text = piece.repeat(300_000);
            assert!(sentences(&text, None).len() <= text.len());
        }
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_leave_out_only_white_space(
            text in "(?s)([.!?…。 \n\r()\\[\\]\"'”«»Aab1•:-]|\\PC){0,80}|.{0,60}",
            language in "en|de|el|hy|xx",
        ) {
            let mut end = 0;
            for span in sentences(&text, Some(&language)) {
                let body = span.of(&text);
                prop_assert!(!body.is_empty() && body == body.trim());
                prop_assert_eq!(text[end..span.start as usize].trim(), "");
                end = span.end as usize;
            }
            prop_assert_eq!(text[end..].trim(), "");
        }

        #[test]
        fn no_sentence_crosses_a_paragraph(text in "([.A b\n]|   ){0,60}") {
            let paragraphs = crate::text::paragraphs::paragraphs(&text);
            for span in sentences(&text, None) {
                prop_assert!(paragraphs.iter().any(|all| all.start <= span.start && span.end <= all.end));
            }
        }
    }
}
