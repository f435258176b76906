//! Folding: the form of a word in which case, accents and typographic variants no longer count.
//!
//! | rule | example |
//! |---|---|
//! | compatibility decomposition (NFKD) | `ﬁ` → `fi`, `Ａ` → `a`, NFC and NFD alike |
//! | accents of Latin, Greek, Cyrillic, Hebrew and Arabic go; the breve of `й` stays (a letter of its own), as do the vowel signs of Indic scripts and the voicing marks of Japanese | `Erdoğan` → `erdogan`, `ё` → `е` |
//! | letters that do not decompose are spelt out | `ß` → `ss`, `ø` → `o`, `æ` → `ae`, `ł` → `l`, `ə` → `a` |
//! | lower case, without regard to language: dotted and dotless i are one | `İstanbul`, `ISTANBUL`, `ıstanbul` → `istanbul` |
//! | invisible characters go | soft hyphen, joiners, direction marks |
//! | apostrophes are one; a final *'s* goes | `Türkiye’s` → `turkiye` |
//! | dots of acronyms go | `U.S.` → `us` (see `query::expand` for what `U.S.` finds) |
//! | variants of Arabic letters are one; Eastern digits become `0`–`9` | `أ` → `ا`, `ة` → `ه`, `ی` → `ي`, `٣` → `3` |
//!
//! Folding is idempotent, and never gives an empty string for a token.

pub(crate) use super::fold_table::nfc;
use super::fold_table::{nfkd, small_letter};

/// Folds one word. Cost: O(length); words of ASCII letters and digits need no table.
pub fn fold(form: &str) -> String {
    let mut folded = String::with_capacity(form.len());
    if form.is_ascii() {
        folded.push_str(form);
        folded.make_ascii_lowercase();
    } else {
        fold_decomposed(nfkd(form).chars(), &mut folded);
    }
    strip_possessive(&mut folded);
    strip_acronym_dots(&mut folded);
    if folded.is_empty() { form.to_owned() } else { folded }
}

/// Folds one word, but keeps its case, its accents, or both: what is compared where they count.
///
/// Without case the letters are lower-cased without regard to language (`İ` and `I` give `i`; `ı` stays, being another
/// letter once accents count). Apostrophes, invisible characters, ligatures and a final *'s* are folded all the same.
pub fn fold_keeping(form: &str, case: bool, accents: bool) -> String {
    if !case && !accents {
        return fold(form);
    }
    let decomposed = nfkd(form);
    let composed = if accents { nfc(&decomposed).into_owned() } else { decomposed.into_owned() };
    let mut folded = String::with_capacity(form.len());
    let mut before = ' ';
    for c in composed.chars().filter(|c| !is_ignorable(*c)) {
        match c {
            c if is_apostrophe(c) => folded.push('\''),
            'İ' if !case => folded.push('i'),
            c if accents && case => folded.push(c),
            c if accents => folded.push(small_letter(c)),
            '\u{306}' if matches!(before, 'и' | 'И') => folded.push(c),
            c => {
                let from = folded.len();
                fold_decomposed(std::iter::once(c), &mut folded);
                // A capital stays what it is, or is spelt out in capitals of ASCII: `Ж`, `Ø` → `O`.
                if case && c.is_uppercase() {
                    if folded.get(from..).is_some_and(str::is_ascii) {
                        folded.get_mut(from..).into_iter().for_each(str::make_ascii_uppercase);
                    } else {
                        folded.truncate(from);
                        folded.push(c);
                    }
                }
            }
        }
        before = c;
    }
    strip_possessive(&mut folded);
    if !(case && accents) {
        strip_acronym_dots(&mut folded);
    }
    if folded.is_empty() { form.to_owned() } else { folded }
}

/// Folds a line of several words: for sorting titles and comparing values of metadata.
pub fn fold_line(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    fold_decomposed(nfkd(line).chars(), &mut folded);
    let mut line = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    line
}

/// Lower case with accents kept, apostrophes as `'` and a final *'s* gone: what stemmers expect. `language`
/// decides about `I` in Turkish and Azerbaijani.
pub fn lower(form: &str, language: &str) -> String {
    let dotless = matches!(language, "tr" | "az");
    let mut lowered = String::with_capacity(form.len());
    if form.is_ascii() && !dotless {
        lowered.push_str(form);
        lowered.make_ascii_lowercase();
    } else {
        for c in nfc(form).chars().filter(|c| !is_ignorable(*c)) {
            match c {
                'I' if dotless => lowered.push('ı'),
                'İ' => lowered.push('i'),
                c if is_apostrophe(c) => lowered.push('\''),
                c => lowered.push(small_letter(c)),
            }
        }
    }
    strip_possessive(&mut lowered);
    lowered
}

/// Small letters, without regard to language or to anything else.
pub fn small_letters(text: &str) -> String {
    text.chars().map(small_letter).collect()
}

/// Accents that folding removes: combining marks of the scripts in which they are marks on a letter.
pub fn is_accent(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F // Latin, Greek, Cyrillic
        | 0x0483..=0x0489
        | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7                  // Hebrew points
        | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4 | 0x06E7..=0x06E8 | 0x06EA..=0x06ED) // Arabic
}

/// Characters that are not seen: soft hyphen, joiners, direction and format marks, variation selectors, tatweel.
pub fn is_ignorable(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x0640 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F
        | 0xFE00..=0xFE0F | 0xFEFF | 0xE0000..=0xE0FFF)
}

/// Whether a word is an acronym of single letters with dots: `U.S.`, `e.g`.
pub fn is_dotted_acronym(form: &str) -> bool {
    let mut letters = 0;
    let mut expect_letter = true;
    for c in form.chars() {
        match (expect_letter, c) {
            (true, c) if c.is_alphabetic() => letters += 1,
            (false, '.') => {}
            _ => return false,
        }
        expect_letter = !expect_letter;
    }
    letters >= 2
}

fn fold_decomposed(letters: impl Iterator<Item = char>, folded: &mut String) {
    let mut before = ' ';
    for c in letters {
        if is_ignorable(c) || (is_accent(c) && !(c == '\u{306}' && matches!(before, 'и' | 'И'))) {
            continue;
        }
        before = c;
        match c {
            'ı' => folded.push('i'),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'ø' | 'Ø' => folded.push('o'),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ł' | 'Ł' => folded.push('l'),
            'ħ' | 'Ħ' => folded.push('h'),
            'ŧ' | 'Ŧ' => folded.push('t'),
            'ə' | 'Ə' => folded.push('a'),
            'ς' => folded.push('σ'),
            'ة' => folded.push('ه'),
            'ى' | 'ی' => folded.push('ي'),
            'ک' => folded.push('ك'),
            '٠'..='٩' => folded.push(eastern_digit(c, '٠')),
            '۰'..='۹' => folded.push(eastern_digit(c, '۰')),
            c if is_apostrophe(c) => folded.push('\''),
            c if is_accent(c) => folded.push(c),
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => folded.push(small_letter(c)),
        }
    }
}

fn eastern_digit(c: char, zero: char) -> char {
    char::from(b'0' + (u32::from(c) - u32::from(zero)) as u8)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{02B9}' | '\u{FF07}')
}

fn strip_possessive(word: &mut String) {
    while word.len() > 2 && (word.ends_with("'s") || word.ends_with("'S")) {
        word.truncate(word.len() - 2);
    }
}

fn strip_acronym_dots(word: &mut String) {
    if word.as_bytes().contains(&b'.') && is_dotted_acronym(word) {
        word.retain(|c| c != '.');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// Folding by way of the crate with the full tables, which ours must agree with.
    fn naive_fold(form: &str) -> String {
        let mut folded = String::new();
        fold_decomposed(form.nfkd(), &mut folded);
        strip_possessive(&mut folded);
        strip_acronym_dots(&mut folded);
        if folded.is_empty() { form.to_owned() } else { folded }
    }

    /// Lower case by way of the crate with the full tables.
    fn naive_lower(form: &str, language: &str) -> String {
        let dotless = matches!(language, "tr" | "az");
        let mut lowered = String::new();
        for c in form.nfc().filter(|c| !is_ignorable(*c)) {
            match c {
                'I' if dotless => lowered.push('ı'),
                'İ' => lowered.push('i'),
                c if is_apostrophe(c) => lowered.push('\''),
                c => lowered.extend(c.to_lowercase()),
            }
        }
        strip_possessive(&mut lowered);
        lowered
    }

    const CASES: &[(&str, &str)] = &[
        ("Erdoğan", "erdogan"),
        ("Erdog\u{306}an", "erdogan"),
        ("İstanbul", "istanbul"),
        ("ISTANBUL", "istanbul"),
        ("ıstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Øre", "ore"),
        ("Æsir", "aesir"),
        ("Türkiye's", "turkiye"),
        ("Türkiye’s", "turkiye"),
        ("TÜRKİYE’S", "turkiye"),
        ("don’t", "don't"),
        ("U.S.", "us"),
        ("U.S.'s", "us"),
        ("e.g", "eg"),
        ("3.14", "3.14"),
        ("'s", "'s"),
        ("ﬁnance", "finance"),
        ("co\u{AD}operate", "cooperate"),
        ("Ａ１", "a1"),
        ("ёлка", "елка"),
        ("мой", "мои\u{306}"),
        ("أحمد", "احمد"),
        ("٢٠٢٥", "2025"),
        ("ΟΔΟΣ", "οδοσ"),
        ("οδός", "οδοσ"),
        ("が", "か\u{3099}"),
        ("नमस्ते", "नमस्ते"),
        ("Əliyev", "aliyev"),
        ("\u{AD}", "\u{AD}"),
    ];

    #[test]
    fn forms_fold_by_the_documented_rules() {
        for (form, expected) in CASES {
            assert_eq!(&fold(form), expected, "{form}");
        }
    }

    #[test]
    fn lower_keeps_accents_and_knows_turkish_i() {
        assert_eq!(lower("Türkiye’s", "en"), "türkiye");
        assert_eq!(lower("KIRMIZI", "tr"), "kırmızı");
        assert_eq!(lower("İZMİR", "en"), "izmir");
        assert_eq!(lower("Re\u{301}sume\u{301}", "fr"), "résumé");
    }

    #[test]
    fn every_character_folds_as_with_the_full_tables() {
        for c in '\0'..=char::MAX {
            let form = c.to_string();
            assert_eq!(fold(&form), naive_fold(&form), "{c:?} {:X}", u32::from(c));
            assert_eq!(lower(&form, "en"), naive_lower(&form, "en"), "{c:?} {:X}", u32::from(c));
        }
    }

    /// Any characters, or letters that compose and decompose among more marks than words have.
    const WORDS: &str = "\\PC{1,12}|[a-zäöğİйѝẛΰᾷ\
        \u{300}-\u{345}\u{5B0}-\u{5C7}\u{64B}-\u{655}ािी़क़ড়ো가각ᄀ-나-ᅣᆨ-ᆪがﬁ]{1,10}";

    #[test]
    fn small_letters_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            let expected: String = c.to_lowercase().filter(|small| *small != '\u{307}' || c == *small).collect();
            assert_eq!(small_letter(c).to_string(), expected, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn words_fold_as_with_the_full_tables(word in WORDS) {
            prop_assert_eq!(fold(&word), naive_fold(&word));
            prop_assert_eq!(lower(&word, "en"), naive_lower(&word, "en"));
            prop_assert_eq!(lower(&word, "tr"), naive_lower(&word, "tr"));
        }

        #[test]
        fn folding_twice_changes_nothing(word in "\\PC{1,12}|[a-zA-ZıİßüğŞ.'’s]{1,12}") {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(!once.is_empty());
        }

        #[test]
        fn composed_and_decomposed_forms_fold_alike(word in "[a-zA-ZäöüßéèğşçİıåøÅ가-힣й]{1,10}") {
            let nfc: String = word.nfc().collect();
            let nfd: String = word.nfd().collect();
            prop_assert_eq!(fold(&nfc), fold(&nfd));
        }
    }
}
