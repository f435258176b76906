//! The English stemmer: Snowball's “english” (Porter2), as of Snowball 3.0, in a few kilobytes.
//!
//! The library of all Snowball stemmers cannot be linked in parts: whoever asks for one language gets every one
//! (119 KB after gzip), while most corpora need English only. So English is written out here and the others come
//! with the library (see [`super::stem`]). The tests hold both equal, on whole texts and on random words.
//!
//! A word is a row of bytes, one a letter: a letter beyond ASCII is a consonant to this algorithm whichever it is, so
//! all are one placeholder on the way and come back in their order at the end. `Y` is a `y` that is a consonant.
//! Source: <https://snowballstem.org/algorithms/english/stemmer.html>.

/// Stands for any letter beyond ASCII.
const OTHER: u8 = 0x80;

/// Words with a stem of their own.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("skis", "ski"),
    ("skies", "sky"),
    ("idly", "idl"),
    ("gently", "gentl"),
    ("ugly", "ugli"),
    ("early", "earli"),
    ("only", "onli"),
    ("singly", "singl"),
    ("sky", "sky"),
    ("news", "news"),
    ("howe", "howe"),
    ("atlas", "atlas"),
    ("cosmos", "cosmos"),
    ("bias", "bias"),
    ("andes", "andes"),
];

/// Beginnings that belong to the stem whatever follows: *generic*, *general* and *generous* are three words.
const BEGINNINGS: &[&str] = &["arsen", "commun", "emerg", "gener", "inter", "later", "organ", "past", "univers"];

/// Endings with what replaces them. The first that fits counts, so an ending stands before those it ends with.
type Endings = &'static [(&'static str, &'static str)];

const STEP_2: Endings = &[
    ("ational", "ate"),
    ("tional", "tion"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("biliti", "ble"),
    ("lessli", "less"),
    ("entli", "ent"),
    ("fulli", "ful"),
    ("ousli", "ous"),
    ("abli", "able"),
    ("alli", "al"),
    ("bli", "ble"),
    ("li", ""),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("alism", "al"),
    ("ogist", "og"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("ator", "ate"),
    ("ogi", "og"),
];

const STEP_3: Endings = &[
    ("ational", "ate"),
    ("tional", "tion"),
    ("alize", "al"),
    ("icate", "ic"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ative", ""),
    ("ness", ""),
    ("ful", ""),
];

const STEP_4: Endings = &[
    ("ement", ""),
    ("ment", ""),
    ("ent", ""),
    ("ance", ""),
    ("ence", ""),
    ("able", ""),
    ("ible", ""),
    ("ant", ""),
    ("ism", ""),
    ("ate", ""),
    ("iti", ""),
    ("ous", ""),
    ("ive", ""),
    ("ize", ""),
    ("ion", ""),
    ("al", ""),
    ("er", ""),
    ("ic", ""),
];

/// The stem of a word in lower case; apostrophes are `'`. Cost: O(length × endings), about 0.2 µs.
pub fn stem(word: &str) -> String {
    if let Some((_, stem)) = EXCEPTIONS.iter().find(|(exception, _)| *exception == word) {
        return (*stem).to_owned();
    }
    let letters: Vec<u8> = word.chars().map(|c| if c.is_ascii() { c as u8 } else { OTHER }).collect();
    if letters.len() < 3 {
        return word.to_owned();
    }
    let mut stem = Word::new(letters);
    stem.step_1a();
    stem.step_1b();
    stem.step_1c();
    stem.step_2();
    stem.step_3();
    stem.step_4();
    stem.step_5();
    spell(&stem.letters, word)
}

/// The letters as text, the placeholders as they were in the word.
fn spell(letters: &[u8], word: &str) -> String {
    let mut others = word.chars().filter(|c| !c.is_ascii());
    let spelt = letters.iter().map(|&letter| match letter {
        OTHER => others.next().unwrap_or(char::REPLACEMENT_CHARACTER),
        b'Y' => 'y',
        letter => char::from(letter),
    });
    spelt.collect()
}

struct Word {
    letters: Vec<u8>,
    /// Region R1 begins here: after the first consonant that follows a vowel. It may lie beyond the end.
    r1: usize,
    /// Region R2: the same within R1.
    r2: usize,
}

impl Word {
    fn new(mut letters: Vec<u8>) -> Word {
        if letters.first() == Some(&b'\'') {
            letters.remove(0);
        }
        mark_consonant_y(&mut letters);
        let beginning = BEGINNINGS.iter().find(|beginning| letters.starts_with(beginning.as_bytes()));
        let r1 = beginning.map_or_else(|| region(&letters, 0), |beginning| beginning.len());
        let r2 = region(&letters, r1);
        Word { letters, r1, r2 }
    }

    /// Possessives and plurals.
    fn step_1a(&mut self) {
        for ending in ["'s'", "'s", "'"] {
            if self.ends_with(ending) {
                self.cut(ending);
                break;
            }
        }
        if self.ends_with("sses") {
            self.replace("sses", "ss");
        } else if self.ends_with("ied") || self.ends_with("ies") {
            let has_two_before = self.letters.len() >= 5;
            self.replace("ies", if has_two_before { "i" } else { "ie" });
        } else if self.ends_with("s") && !self.ends_with("us") && !self.ends_with("ss") {
            // A vowel that is not right before the s.
            if self.letters.len() >= 2 && has_vowel(self.before("xs")) {
                self.cut("s");
            }
        }
    }

    /// Past tense, gerund, and adverbs of them.
    fn step_1b(&mut self) {
        let endings = ["eedly", "ingly", "edly", "eed", "ing", "ed"];
        let Some(ending) = endings.into_iter().find(|ending| self.ends_with(ending)) else { return };
        let before = self.before(ending);
        if ending.starts_with("eed") {
            if self.r1 <= before.len() && !matches!(before, b"proc" | b"exc" | b"succ") {
                self.replace(ending, "ee");
            }
            return;
        }
        match ending {
            "ing" if matches!(before, b"inn" | b"out" | b"cann" | b"herr" | b"earr" | b"even") => {}
            "ing" if matches!(before, [first, b'y'] if !is_vowel(*first)) => self.replace("ying", "ie"),
            _ if has_vowel(before) => {
                self.cut(ending);
                self.mend();
            }
            _ => {}
        }
    }

    /// What is left after *-ed* and *-ing* gets its *e* back, or loses the second of a double consonant.
    fn mend(&mut self) {
        let doubles = ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"];
        if ["at", "bl", "iz"].iter().any(|ending| self.ends_with(ending)) {
            self.letters.push(b'e');
        } else if doubles.iter().any(|double| self.ends_with(double)) {
            // Not *add*, *egg*, *off*.
            if !matches!(self.before("xx"), b"a" | b"e" | b"o") {
                self.letters.pop();
            }
        } else if self.letters.len() == self.r1 && ends_in_short_syllable(&self.letters) {
            self.letters.push(b'e');
        }
    }

    /// A final *y* after a consonant becomes *i*, but not in *by*.
    fn step_1c(&mut self) {
        if let [_, .., before, last @ (b'y' | b'Y')] = self.letters.as_mut_slice()
            && !is_vowel(*before)
        {
            *last = b'i';
        }
    }

    fn step_2(&mut self) {
        let Some((ending, replacement)) = self.ending(STEP_2, self.r1) else { return };
        let last = self.before(ending).last().copied();
        let fits = match ending {
            "ogi" => last == Some(b'l'),
            "li" => last.is_some_and(|last| b"cdeghkmnrt".contains(&last)),
            _ => true,
        };
        if fits {
            self.replace(ending, replacement);
        }
    }

    fn step_3(&mut self) {
        let Some((ending, replacement)) = self.ending(STEP_3, self.r1) else { return };
        if ending != "ative" || self.r2 <= self.before(ending).len() {
            self.replace(ending, replacement);
        }
    }

    fn step_4(&mut self) {
        let Some((ending, _)) = self.ending(STEP_4, self.r2) else { return };
        if ending != "ion" || matches!(self.before(ending).last(), Some(b's' | b't')) {
            self.cut(ending);
        }
    }

    /// A final *e*, and the second of a final *ll*.
    fn step_5(&mut self) {
        let Some((last, before)) = self.letters.split_last() else { return };
        let (in_r1, in_r2) = (self.r1 <= before.len(), self.r2 <= before.len());
        let goes = match last {
            b'e' => in_r2 || (in_r1 && !ends_in_short_syllable(before)),
            b'l' => in_r2 && before.last() == Some(&b'l'),
            _ => false,
        };
        if goes {
            self.letters.pop();
        }
    }

    /// The first ending that fits, where it lies in the region that begins at `start`.
    fn ending(&self, endings: Endings, start: usize) -> Option<(&'static str, &'static str)> {
        let found = endings.iter().find(|(ending, _)| self.ends_with(ending)).copied();
        found.filter(|(ending, _)| start <= self.before(ending).len())
    }

    fn ends_with(&self, ending: &str) -> bool {
        // Most endings differ in their last letter, and comparing slices is a call.
        self.letters.last() == ending.as_bytes().last() && self.letters.ends_with(ending.as_bytes())
    }

    /// The letters before an ending of that length.
    fn before(&self, ending: &str) -> &[u8] {
        let end = self.letters.len().saturating_sub(ending.len());
        self.letters.get(..end).unwrap_or_default()
    }

    fn cut(&mut self, ending: &str) {
        self.replace(ending, "");
    }

    /// Puts `replacement` where an ending of that length is.
    fn replace(&mut self, ending: &str, replacement: &str) {
        self.letters.truncate(self.letters.len().saturating_sub(ending.len()));
        self.letters.extend_from_slice(replacement.as_bytes());
    }
}

/// A `y` at the beginning or after a vowel is a consonant.
fn mark_consonant_y(letters: &mut [u8]) {
    let mut follows_vowel = true;
    for letter in letters {
        if *letter == b'y' && follows_vowel {
            *letter = b'Y';
        }
        follows_vowel = is_vowel(*letter);
    }
}

/// After the first consonant that follows the first vowel from `start` on; the end where there is none.
fn region(letters: &[u8], start: usize) -> usize {
    let rest = letters.get(start..).unwrap_or_default();
    let after = |rest: &[u8], sought: bool| rest.iter().position(|&letter| is_vowel(letter) == sought).map(|at| at + 1);
    let end = after(rest, true).and_then(|vowel| Some(vowel + after(rest.get(vowel..)?, false)?));
    end.map_or(letters.len(), |end| start + end)
}

/// Consonant, vowel and consonant other than *w*, *x*, *y*; or vowel and consonant alone; or *past*.
fn ends_in_short_syllable(letters: &[u8]) -> bool {
    match letters {
        [.., before, vowel, last] if !is_vowel(*before) && is_vowel(*vowel) && !is_vowel(*last) => {
            !matches!(last, b'w' | b'x' | b'Y')
        }
        [vowel, last] => is_vowel(*vowel) && !is_vowel(*last),
        _ => letters.ends_with(b"past"),
    }
}

fn has_vowel(letters: &[u8]) -> bool {
    letters.iter().any(|&letter| is_vowel(letter))
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use snowball_stemmers_rs::{Algorithm, Stemmer};

    use super::*;
    use crate::text::{fold::lower, tokenize};

    /// Words with their stems; the library must agree.
    const CASES: &[(&str, &str)] = &[
        ("", ""),
        ("as", "as"),
        ("'as", "as"),
        ("''s", ""),
        ("dog's", "dog"),
        ("dogs'", "dog"),
        ("'s''s", "s'"),
        ("skies", "sky"),
        ("news", "news"),
        ("caresses", "caress"),
        ("cries", "cri"),
        ("dies", "die"),
        ("éies", "éie"),
        ("gas", "gas"),
        ("gaps", "gap"),
        ("kiwis", "kiwi"),
        ("agreed", "agre"),
        ("proceed", "proceed"),
        ("exceedingly", "exceed"),
        ("feed", "feed"),
        ("dying", "die"),
        ("saying", "say"),
        ("inning", "inning"),
        ("outing", "outing"),
        ("evening", "evening"),
        ("hopping", "hop"),
        ("hoping", "hope"),
        ("adding", "add"),
        ("egged", "egg"),
        ("luxuriated", "luxuri"),
        ("pasted", "paste"),
        ("sled", "sled"),
        ("aéed", "aée"),
        ("cry", "cri"),
        ("by", "by"),
        ("say", "say"),
        ("youth", "youth"),
        ("yyyyy", "yyyyy"),
        ("negotiation", "negoti"),
        ("negotiations", "negoti"),
        ("conditional", "condit"),
        ("vietnamization", "vietnam"),
        ("geologist", "geolog"),
        ("geology", "geolog"),
        ("hopelessly", "hopeless"),
        ("quickly", "quick"),
        ("formative", "format"),
        ("generate", "generat"),
        ("general", "general"),
        ("university", "universiti"),
        ("universe", "univers"),
        ("adoption", "adopt"),
        ("onion", "onion"),
        ("controll", "control"),
        ("rate", "rate"),
        ("probate", "probat"),
        ("naïveté", "naïveté"),
        ("fiancées", "fiancé"),
        ("erdoğan", "erdoğan"),
        ("türkçe", "türkçe"),
        ("北京ing", "北京ing"),
    ];

    const SEEDS: &[&str] = &[
        include_str!("../../../../seeds/000_cbe971fa9256f24b.txt"),
        include_str!("../../../../seeds/001_9b23693f54f7dc8a.txt"),
        include_str!("../../../../seeds/002_8c5d5f984634a6eb.txt"),
        include_str!("../../../../seeds/003_5c4658f505a2a263.txt"),
        include_str!("../../../../seeds/004_66d5f61bff40c495.txt"),
    ];

    fn check(word: &str) {
        assert_eq!(stem(word), Stemmer::create(Algorithm::English).stem(word), "{word}");
    }

    #[test]
    fn stems_are_those_of_the_rules() {
        for (word, expected) in CASES {
            assert_eq!(stem(word), *expected, "{word}");
            check(word);
        }
    }

    #[test]
    fn words_of_the_tables_stem_as_in_the_library() {
        for (word, _) in EXCEPTIONS {
            check(word);
            check(&format!("x{word}"));
        }
        let endings = [STEP_2, STEP_3, STEP_4].concat();
        for beginning in BEGINNINGS.iter().chain(&["", "l", "at", "ét", "probl"]) {
            for (first, _) in &endings {
                check(&format!("{beginning}{first}"));
                for (second, _) in &endings {
                    check(&format!("{beginning}{first}{second}"));
                }
            }
        }
    }

    #[test]
    fn words_of_the_seeds_stem_as_in_the_library() {
        let mut words = BTreeSet::new();
        for text in SEEDS {
            tokenize(text, |token| {
                words.insert(lower(&text[token.span.start as usize..token.span.end as usize], "en"));
            });
            words.extend(text.split_whitespace().map(str::to_lowercase));
        }
        assert!(words.len() > 1_000, "{}", words.len());
        words.iter().for_each(|word| check(word));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn random_words_stem_as_in_the_library(
            word in "'?([a-zéß]|[aeiouy]|gener|past|succ|inn|sk){0,6}(y|'|at|bl|tt|al|iv|iz|us|e|ful|less|og){0,2}\
                (ed|eed|ing|ingly|edly|eedly|ies|ied|s|ss|sses|li|ly|ation|ational|ization|iti|ity|ness|ousness|ive|ative\
                |ement|ion|sion|tion|er|ic|ical|icate|ll|le|y|ying|ogi|ogist|ism|ance|ence|able|ible|ize|alize|ate|ent){0,3}\
                ('s?'?)?"
        ) {
            check(&word);
        }

        #[test]
        fn random_letters_stem_as_in_the_library(word in "['ayedginslt]{0,9}|[a-z'éß]{0,12}") {
            check(&word);
        }
    }
}
