//! Unicode's normal forms NFKD and NFC, from a table small enough for the page.
//!
//! Useful for single words and lines, most of which are in normal form already and are given back as they are. Not
//! useful for texts of any size: composing searches the whole table (microseconds a mark), because words with free
//! marks are rare and an index of pairs would cost as much as it saves. Rejected: the tables of
//! `unicode-normalization`, 61 KB after gzip where these take 14 KB. `build.rs` makes ours from that crate, and the tests
//! compare the two over all characters.
//!
//! | part | holds |
//! |---|---|
//! | `PAGES` | for each run of 64 characters of which some decompose: which ones, and where their entries begin |
//! | `HEADERS` | a byte an entry: its length in UTF-16 units and the two flags below |
//! | `HIGH`, `LOW` | the decompositions as UTF-16, high and low bytes apart, which gzip likes better |
//! | `MARKS` | the borders of runs of equal marks: `character << 9 \| composes with one before << 8 \| combining class` |
//!
//! An entry is the canonical decomposition if there is one. The characters in it may have a compatibility
//! decomposition of their own (`ẛ` → `ſ` + dot, `ſ` → `s`), so NFKD looks twice. Hangul is arithmetic.

use std::{borrow::Cow, iter};

/// The entry is a canonical decomposition, else one of compatibility only.
const CANONICAL: u8 = 0x80;
/// NFC puts the decomposition together again; without it the decomposition is for good (`Å` the unit, `क़`).
const COMPOSES: u8 = 0x40;
const LENGTH: u8 = 0x3F;

/// The 64 characters from `number << 6` on.
struct Page {
    number: u16,
    /// Bit *i* is set when the *i*th character decomposes.
    bits: u64,
    /// Place in `HEADERS` of its first entry.
    entry: u16,
    /// Place in `HIGH` and `LOW` of its first entry.
    unit: u16,
}

include!(concat!(env!("OUT_DIR"), "/fold_table_data.rs"));

/// Compatibility decomposition, marks in canonical order. Cost: O(length); borrowed when nothing changes.
pub(super) fn nfkd(form: &str) -> Cow<'_, str> {
    if is_ordered(form) && !form.chars().any(decomposes) {
        return Cow::Borrowed(form);
    }
    Cow::Owned(decompose(form, Reach::Compatibility))
}

/// Canonical composition. Cost: O(length), and O(table) for each mark that composes; borrowed when nothing changes
/// and there is no such mark.
pub(crate) fn nfc(form: &str) -> Cow<'_, str> {
    if is_ordered(form) && form.chars().all(stays_in_nfc) {
        return Cow::Borrowed(form);
    }
    Cow::Owned(compose(&decompose(form, Reach::Canonical)))
}

/// The small letter of a capital, without regard to language; `İ` gives `i`. Cost: O(log table).
pub(crate) fn small_letter(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    if c == 'İ' {
        return 'i';
    }
    let code = u32::from(c);
    let after = SMALL_LETTERS.partition_point(|(first, ..)| *first <= code);
    let run = after.checked_sub(1).and_then(|place| SMALL_LETTERS.get(place));
    let run = run.filter(|(first, last, step, _)| code <= *last && (code - first).is_multiple_of(*step));
    run.and_then(|(.., distance)| char::from_u32(code.wrapping_add_signed(*distance))).unwrap_or(c)
}

/// No character before this one decomposes or is a mark.
const FIRST: char = '\u{A0}';

/// Whether the marks on one letter stand in the order of their classes.
fn is_ordered(form: &str) -> bool {
    let classes = form.chars().map(|c| mark(c).class);
    classes.clone().zip(classes.skip(1)).all(|(before, class)| class == 0 || before <= class)
}

fn decomposes(c: char) -> bool {
    c >= FIRST && (hangul::is_syllable(c) || entry(c).is_some())
}

/// Whether NFC leaves a character alone, whatever stands before it.
fn stays_in_nfc(c: char) -> bool {
    c < FIRST || (!mark(c).composes && entry(c).is_none_or(|e| e.header & (CANONICAL | COMPOSES) != CANONICAL))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Canonical,
    Compatibility,
}

fn decompose(form: &str, reach: Reach) -> String {
    let mut decomposed = String::with_capacity(form.len() + 8);
    for c in form.chars() {
        push_decomposed(c, reach, &mut decomposed);
    }
    if is_ordered(&decomposed) { decomposed } else { reorder(&decomposed) }
}

fn push_decomposed(c: char, reach: Reach, decomposed: &mut String) {
    if c < FIRST {
        return decomposed.push(c);
    }
    match entry(c) {
        // Its characters have no canonical decomposition left, so this goes down once.
        Some(entry) if entry.header & CANONICAL != 0 && reach == Reach::Compatibility => {
            entry.chars().for_each(|c| push_decomposed(c, reach, decomposed));
        }
        Some(entry) if entry.header & CANONICAL != 0 || reach == Reach::Compatibility => {
            decomposed.extend(entry.chars())
        }
        None if hangul::is_syllable(c) => decomposed.extend(hangul::decompose(c)),
        _ => decomposed.push(c),
    }
}

/// Puts the marks on each letter into the order of their classes; those of one class stay as they came. A pass for
/// each class, not an insertion sort: a letter may be buried under a megabyte of marks.
fn reorder(decomposed: &str) -> String {
    let letters: Vec<(u8, char)> = decomposed.chars().map(|c| (mark(c).class, c)).collect();
    let mut ordered = String::with_capacity(decomposed.len());
    for run in letters.chunk_by(|_, (class, _)| *class > 0) {
        let classes = run.iter().map(|(class, _)| *class);
        let mut next = classes.clone().min();
        while let Some(now) = next {
            ordered.extend(run.iter().filter(|(class, _)| *class == now).map(|(_, c)| c));
            next = classes.clone().filter(|class| *class > now).min();
        }
    }
    ordered
}

/// Unicode Standard, section 3.11, D117: a mark joins the last letter unless one of its class or above is between.
fn compose(decomposed: &str) -> String {
    let mut composed = String::with_capacity(decomposed.len());
    let mut letter: Option<(usize, char)> = None;
    let mut between: Option<u8> = None;
    for c in decomposed.chars() {
        let Mark { class, composes } = mark(c);
        let free = composes && between.is_none_or(|between| between < class);
        let joined = letter.filter(|_| free).and_then(|(at, first)| Some((at, first, composite(first, c)?)));
        if let Some((at, first, whole)) = joined {
            composed.replace_range(at..at + first.len_utf8(), whole.encode_utf8(&mut [0; 4]));
            letter = Some((at, whole));
            continue;
        }
        if class == 0 {
            letter = Some((composed.len(), c));
        }
        between = (class > 0).then_some(class);
        composed.push(c);
    }
    composed
}

/// The character whose decomposition is that of `first` and then `second`. Cost: O(entries).
fn composite(first: char, second: char) -> Option<char> {
    if let Some(syllable) = hangul::compose(first, second) {
        return Some(syllable);
    }
    let mut wanted = String::with_capacity(16);
    push_decomposed(first, Reach::Canonical, &mut wanted);
    wanted.push(second);
    let header = CANONICAL | COMPOSES | u8::try_from(wanted.encode_utf16().count()).ok()?;
    PAGES.iter().find_map(|page| page.find(header, &wanted))
}

struct Entry {
    header: u8,
    high: &'static [u8],
    low: &'static [u8],
}

impl Entry {
    fn at(header: u8, unit: usize) -> Option<Entry> {
        let range = unit..unit + usize::from(header & LENGTH);
        Some(Entry { header, high: HIGH.get(range.clone())?, low: LOW.get(range)? })
    }

    fn units(&self) -> impl Iterator<Item = u16> + use<> {
        iter::zip(self.high, self.low).map(|(high, low)| u16::from_be_bytes([*high, *low]))
    }

    fn chars(&self) -> impl Iterator<Item = char> + use<> {
        char::decode_utf16(self.units()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

impl Page {
    fn headers(&self) -> &'static [u8] {
        let first = usize::from(self.entry);
        HEADERS.get(first..first + self.bits.count_ones() as usize).unwrap_or_default()
    }

    /// The character that has this entry.
    fn find(&self, wanted: u8, decomposed: &str) -> Option<char> {
        let mut unit = usize::from(self.unit);
        let at = self.headers().iter().position(|header| {
            let from = unit;
            unit += usize::from(header & LENGTH);
            *header == wanted && Entry::at(*header, from).is_some_and(|e| e.units().eq(decomposed.encode_utf16()))
        })?;
        let bit = (0..64).filter(|bit| self.bits >> bit & 1 == 1).nth(at)?;
        char::from_u32((u32::from(self.number) << 6) + bit)
    }
}

fn entry(c: char) -> Option<Entry> {
    let c = u32::from(c);
    let page =
        PAGES.binary_search_by_key(&(c >> 6), |page| u32::from(page.number)).ok().and_then(|at| PAGES.get(at))?;
    let bit = 1 << (c & 63);
    if page.bits & bit == 0 {
        return None;
    }
    let (before, from) = page.headers().split_at_checked((page.bits & (bit - 1)).count_ones() as usize)?;
    let skipped: usize = before.iter().map(|header| usize::from(header & LENGTH)).sum();
    Entry::at(*from.first()?, usize::from(page.unit) + skipped)
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Mark {
    /// Canonical combining class; 0 for letters and all else that is no mark.
    class: u8,
    /// Whether it makes one character with some character before it.
    composes: bool,
}

impl Mark {
    const NONE: Mark = Mark { class: 0, composes: false };
}

fn mark(c: char) -> Mark {
    if c < '\u{300}' {
        return Mark::NONE;
    }
    let after = MARKS.partition_point(|border| border >> 9 <= u32::from(c));
    let Some(border) = after.checked_sub(1).and_then(|at| MARKS.get(at)) else { return Mark::NONE };
    Mark { class: (border & 0xFF) as u8, composes: border >> 8 & 1 == 1 }
}

/// Hangul syllables are numbered by their parts. Source: Unicode Standard, section 3.12.
mod hangul {
    const SYLLABLES: u32 = 0xAC00;
    const LEADS: u32 = 0x1100;
    const VOWELS: u32 = 0x1161;
    /// One before the first tail: tail 0 is none.
    const TAILS: u32 = 0x11A7;

    pub(super) fn is_syllable(c: char) -> bool {
        ('가'..='힣').contains(&c)
    }

    pub(super) fn decompose(syllable: char) -> impl Iterator<Item = char> {
        let number = u32::from(syllable).saturating_sub(SYLLABLES);
        let tail = Some(TAILS + number % 28).filter(|tail| *tail > TAILS);
        [Some(LEADS + number / 588), Some(VOWELS + number % 588 / 28), tail]
            .into_iter()
            .flatten()
            .filter_map(char::from_u32)
    }

    pub(super) fn compose(first: char, second: char) -> Option<char> {
        let (first, second) = (u32::from(first), u32::from(second));
        let open = first.checked_sub(SYLLABLES).filter(|number| *number < 11_172 && number % 28 == 0);
        let syllable = match (first.checked_sub(LEADS), second.checked_sub(VOWELS), second.checked_sub(TAILS)) {
            (Some(lead @ 0..19), Some(vowel @ 0..21), _) => SYLLABLES + lead * 588 + vowel * 28,
            (_, _, Some(tail @ 1..28)) if open.is_some() => first + tail,
            _ => return None,
        };
        char::from_u32(syllable)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

    use super::*;

    fn check(form: &str) {
        assert_eq!(nfkd(form), form.nfkd().collect::<String>(), "NFKD of {form:?}");
        assert_eq!(nfc(form), form.nfc().collect::<String>(), "NFC of {form:?}");
    }

    fn characters() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn every_character_has_the_forms_of_unicode() {
        for c in characters() {
            check(c.encode_utf8(&mut [0; 4]));
        }
    }

    #[test]
    fn every_canonical_decomposition_has_the_forms_of_unicode() {
        for c in characters().filter(|c| !c.nfd().eq([*c]) && (!hangul::is_syllable(*c) || u32::from(*c) % 7 == 0)) {
            let decomposed: String = c.nfd().collect();
            check(&decomposed);
            // With a mark before, and after, those of its own.
            check(&format!("{c}\u{323}\u{93C}\u{301}"));
            check(&decomposed.chars().rev().collect::<String>());
        }
    }

    #[test]
    fn marks_have_their_classes() {
        for c in characters() {
            assert_eq!(mark(c).class, canonical_combining_class(c), "{c:?}");
        }
    }

    #[test]
    fn words_in_normal_form_are_not_copied() {
        for word in ["Türkiye", "мой", "ἀρχή", "東京", "서울", "नमस्ते"] {
            assert!(matches!(nfc(word), Cow::Borrowed(_)), "{word}");
        }
        for word in ["straße", "мир", "東京", "नमस्ते"] {
            assert!(matches!(nfkd(word), Cow::Borrowed(_)), "{word}");
        }
    }

    #[test]
    fn a_megabyte_of_marks_on_one_letter_takes_linear_time() {
        let form = format!("a{}", "\u{301}\u{323}\u{5B0}\u{345}".repeat(120_000));
        check(&form);
    }

    /// Any characters, and as many marks among letters that take them as words never have.
    fn word() -> impl Strategy<Value = String> {
        let any = "\\PC{0,12}";
        let latin = "[a-zA-ZäöüßéèğşçİıåøÅǖṩậẛ\u{300}-\u{345}\u{323}-\u{331}]{1,10}";
        let greek = "[α-ωΑ-Ωάὰᾷΰϓ\u{300}\u{301}\u{308}\u{313}\u{314}\u{342}\u{345}]{1,8}";
        let cyrillic = "[а-яА-ЯйёїѝӁ\u{300}-\u{30F}\u{483}-\u{487}]{1,8}";
        let arabic = "[ا-يآأؤئۀۂۓ\u{64B}-\u{655}\u{670}]{1,8}";
        let other = "[क-हक़ऩ\u{93C}\u{94D}োোொொ가각ᄀ-나-ᅣᆨ-ᆪがかは\u{3099}\u{309A}\u{F71}-\u{F75}\u{1D165}\u{1D15E}]{1,8}";
        prop_oneof![any, latin, greek, cyrillic, arabic, other]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn words_have_the_forms_of_unicode(word in word()) {
            check(&word);
        }
    }
}
