//! What is known of a word: its little-word classes, and what it takes where it is a reporting verb.
//!
//! One table for all words, built from [`super::lists`] at first use (about a millisecond) and asked once per word of
//! a text. Inflections are made by rule when the table is built, so that a text's words need no stemming.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::lists;

/// What a reporting verb takes.
pub(super) mod frame {
    /// A quotation in marks: its subject is then the speaker.
    pub(in super::super) const DIRECT: u16 = 1;
    /// A quotation in marks, where comma or colon stand beside.
    pub(in super::super) const QUOTE: u16 = 2;
    /// "that" and a clause.
    pub(in super::super) const CLAUSE: u16 = 4;
    /// A clause without "that".
    pub(in super::super) const ZERO: u16 = 8;
    /// "to" and an infinitive.
    pub(in super::super) const INFINITIVE: u16 = 16;
    /// A noun phrase.
    pub(in super::super) const OBJECT: u16 = 32;
    /// An addressee as its object.
    pub(in super::super) const ADDRESSEE: u16 = 64;
    /// A preposition and what follows it.
    pub(in super::super) const PREPOSITION: u16 = 128;
    /// A question word and its clause.
    pub(in super::super) const WH: u16 = 256;
    /// Its object, then "as" or "of" and more.
    pub(in super::super) const AS: u16 = 512;
    /// Speaks of a stance; nobody's words are given back.
    pub(in super::super) const WEAK: u16 = 1024;
}

/// Classes of words, as bits.
pub(super) mod tag {
    pub(in super::super) const DETERMINER: u32 = 1;
    pub(in super::super) const PRONOUN: u32 = 1 << 1;
    pub(in super::super) const OBJECT: u32 = 1 << 2;
    pub(in super::super) const PREPOSITION: u32 = 1 << 3;
    pub(in super::super) const CONJUNCTION: u32 = 1 << 4;
    pub(in super::super) const SUBORDINATOR: u32 = 1 << 5;
    pub(in super::super) const QUESTION: u32 = 1 << 6;
    pub(in super::super) const AUXILIARY: u32 = 1 << 7;
    pub(in super::super) const BE: u32 = 1 << 8;
    pub(in super::super) const TO: u32 = 1 << 9;
    pub(in super::super) const ADVERB: u32 = 1 << 10;
    pub(in super::super) const TIME: u32 = 1 << 11;
    pub(in super::super) const ROLE: u32 = 1 << 12;
    pub(in super::super) const TITLE: u32 = 1 << 13;
    /// A predicate that reports nothing.
    pub(in super::super) const PREDICATE: u32 = 1 << 14;
    /// A noun that gives back words.
    pub(in super::super) const CUE_NOUN: u32 = 1 << 15;
    pub(in super::super) const THAT: u32 = 1 << 16;
    /// As "by": who did it.
    pub(in super::super) const BY: u32 = 1 << 17;
    pub(in super::super) const OF: u32 = 1 << 18;
    pub(in super::super) const AND: u32 = 1 << 19;
    pub(in super::super) const AS: u32 = 1 << 20;
    pub(in super::super) const ACCORDING: u32 = 1 << 21;
    /// A noun for taking a side.
    pub(in super::super) const STANCE_NOUN: u32 = 1 << 22;
    // The following depend on how the word is written.
    /// Begins with a capital letter.
    pub(in super::super) const CAPITAL: u32 = 1 << 24;
    /// Ends in "'s" or "s'".
    pub(in super::super) const POSSESSIVE: u32 = 1 << 25;
    /// A pronoun or noun with an auxiliary: "he'd", "it's".
    pub(in super::super) const CONTRACTED: u32 = 1 << 26;
    pub(in super::super) const NUMBER: u32 = 1 << 27;
    /// Ends in "-ly".
    pub(in super::super) const LY: u32 = 1 << 28;
    /// Ends in "-ed", and no list knows it.
    pub(in super::super) const ED: u32 = 1 << 29;
    /// Ends in "-ing".
    pub(in super::super) const ING: u32 = 1 << 30;
}

/// Forms of a verb, as bits.
pub(super) mod form {
    pub(in super::super) const BASE: u8 = 1;
    pub(in super::super) const S: u8 = 2;
    pub(in super::super) const ING: u8 = 4;
    pub(in super::super) const PAST: u8 = 8;
    pub(in super::super) const PARTICIPLE: u8 = 16;
    /// In its base form or that in "-s" as often a noun.
    pub(in super::super) const NOUN: u8 = 32;
    /// Any form of "say", the cue that needs least support.
    pub(in super::super) const SAY: u8 = 64;
    /// An adjective for what somebody thinks, after "be".
    pub(in super::super) const ADJECTIVE: u8 = 128;
}

/// What the table knows of a word in small letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Bits of [`tag`].
    pub(super) tags: u32,
    /// Bits of [`frame`]; 0 for what is no reporting verb.
    pub(super) frames: u16,
    /// Bits of [`form`].
    pub(super) forms: u8,
}

/// The longest word that a list has, in bytes.
const LONGEST: usize = 20;

/// What is known of `word`, as written. Cost: one look-up, no allocation.
pub(super) fn entry(word: &str) -> Entry {
    let mut buffer = [0; LONGEST + 4];
    let mut written = 0;
    let is_capital = word.chars().next().is_some_and(char::is_uppercase);
    let mut tags = if is_capital { tag::CAPITAL } else { 0 };
    let mut stem_end = None;
    for c in word.chars() {
        let small = match c {
            '’' | 'ʼ' => b'\'',
            c if c.is_ascii() => (c as u8).to_ascii_lowercase(),
            _ => b'~',
        };
        let Some(place) = buffer.get_mut(written) else {
            return Entry { tags: tags | written_tags(word.as_bytes()), ..Entry::default() };
        };
        if small == b'\'' {
            stem_end = Some(written);
        }
        *place = small;
        written += 1;
    }
    let small = buffer.get(..written).unwrap_or_default();
    let table = TABLE.get_or_init(table);
    if let Some(known) = table.get(small) {
        return Entry { tags: known.tags | tags, ..*known };
    }
    let Some(end) = stem_end else { return Entry { tags: tags | written_tags(small), ..Entry::default() } };
    let (stem, tail) = small.split_at_checked(end).unwrap_or_default();
    let known = table.get(stem).copied().unwrap_or_default();
    tags |= known.tags;
    match tail {
        // "it's", "that's" have a verb in them; "Trump's" has none.
        b"'s" if known.tags & (tag::PRONOUN | tag::QUESTION) != 0 => tags |= tag::CONTRACTED,
        b"'s" | b"'" => tags |= tag::POSSESSIVE,
        b"'t" => return Entry { tags: tag::AUXILIARY, ..Entry::default() },
        b"'d" | b"'ll" | b"'ve" | b"'re" | b"'m" => tags |= tag::CONTRACTED,
        // O'Neill, D'Souza.
        _ => tags &= tag::CAPITAL,
    }
    Entry { tags, ..Entry::default() }
}

/// Tags by how an unknown word is written.
fn written_tags(small: &[u8]) -> u32 {
    if small.first().is_some_and(u8::is_ascii_digit) {
        return tag::NUMBER;
    }
    match small {
        [_, _, .., b'l', b'y'] => tag::LY,
        [_, _, .., b'e', b'd'] => tag::ED,
        [_, _, .., b'i', b'n', b'g'] => tag::ING,
        [_, _, .., b'e' | b'o', b'r'] | [_, _, .., b'e' | b'o', b'r', b's'] => tag::ROLE,
        [_, .., b'i', b's', b't'] | [_, .., b'i', b's', b't', b's'] => tag::ROLE,
        [_, .., b'i', b'a', b'n'] | [_, .., b'i', b'a', b'n', b's'] => tag::ROLE,
        [_, .., b'm', b'a' | b'e', b'n'] => tag::ROLE,
        _ => 0,
    }
}

type Table = FxHashMap<Box<[u8]>, Entry>;

static TABLE: OnceLock<Table> = OnceLock::new();

fn table() -> Table {
    let mut table = Table::default();
    let nouns: Vec<&str> = lists::ALSO_NOUNS.split_ascii_whitespace().collect();
    let doubling: Vec<&str> = lists::DOUBLING.split_ascii_whitespace().collect();
    let no_verbs: Vec<&str> = lists::NO_VERBS.split_ascii_whitespace().collect();
    let irregular: Vec<Vec<&str>> =
        lists::IRREGULAR.split(',').map(|forms| forms.split_ascii_whitespace().collect()).collect();
    for (frames, verbs) in lists::VERBS {
        for verb in verbs.split_ascii_whitespace() {
            let noun = if nouns.contains(&verb) { form::NOUN } else { 0 };
            let known = irregular.iter().find(|forms| forms.first() == Some(&verb)).map(Vec::as_slice);
            for (written, forms) in inflected(verb, doubling.contains(&verb), known) {
                if no_verbs.contains(&written.as_str()) {
                    continue;
                }
                let noun = if forms & (form::BASE | form::S) != 0 { noun } else { 0 };
                let entry = table.entry(written.into_bytes().into()).or_default();
                entry.frames |= frames;
                entry.forms |= forms | noun | if verb == "say" { form::SAY } else { 0 };
            }
        }
    }
    for (frames, words) in lists::ADJECTIVES {
        for word in words.split_ascii_whitespace() {
            let entry = table.entry(word.as_bytes().into()).or_default();
            entry.frames |= frames;
            entry.forms |= form::ADJECTIVE;
        }
    }
    for (bits, words) in CLASSES {
        for word in words.split_ascii_whitespace() {
            table.entry(word.as_bytes().into()).or_default().tags |= bits;
        }
    }
    table
}

/// Little words by class.
const CLASSES: &[(u32, &str)] = &[
    (tag::DETERMINER, lists::DETERMINERS),
    (tag::PRONOUN, lists::PRONOUNS),
    (tag::OBJECT, lists::OBJECTS),
    (tag::PREPOSITION, lists::PREPOSITIONS),
    (tag::CONJUNCTION, "and or but nor & yet"),
    (tag::AND, "and or &"),
    (tag::SUBORDINATOR, lists::SUBORDINATORS),
    (tag::QUESTION, lists::QUESTIONS),
    (tag::BE | tag::AUXILIARY, lists::BE),
    (tag::AUXILIARY, lists::AUXILIARIES),
    (tag::TO, "to"),
    (tag::ADVERB, lists::ADVERBS),
    (tag::TIME, lists::TIMES),
    (tag::ROLE, lists::ROLES),
    (tag::TITLE, lists::TITLES),
    (tag::PREDICATE, lists::PREDICATES),
    (tag::CUE_NOUN, lists::NOUNS),
    (tag::STANCE_NOUN, lists::STANCE_NOUNS),
    (0, lists::PLAIN),
    (tag::THAT, "that"),
    (tag::BY, "by"),
    (tag::OF, "of"),
    (tag::AS, "as"),
    (tag::ACCORDING, "according"),
];

/// The forms of a verb: base, "-s", "-ing", past, participle.
fn inflected(verb: &str, doubles: bool, irregular: Option<&[&str]>) -> Vec<(String, u8)> {
    let last = verb.chars().last().unwrap_or_default();
    let cut = verb.get(..verb.len().saturating_sub(last.len_utf8())).unwrap_or_default();
    let before = cut.chars().last().unwrap_or_default();
    let ends_in_y = last == 'y' && !"aeiou".contains(before);
    let hisses = matches!(last, 's' | 'x' | 'z') || verb.ends_with("ch") || verb.ends_with("sh");
    let mute_e = last == 'e' && !matches!(before, 'e' | 'o');
    let s = if ends_in_y {
        format!("{cut}ies")
    } else if hisses {
        format!("{verb}es")
    } else {
        format!("{verb}s")
    };
    let ing = if verb.ends_with("ie") {
        format!("{}ying", verb.strip_suffix("ie").unwrap_or_default())
    } else if mute_e {
        format!("{cut}ing")
    } else if doubles {
        format!("{verb}{last}ing")
    } else {
        format!("{verb}ing")
    };
    let past = if ends_in_y {
        format!("{cut}ied")
    } else if last == 'e' {
        format!("{verb}d")
    } else if doubles {
        format!("{verb}{last}ed")
    } else {
        format!("{verb}ed")
    };
    let (past, participle) = match irregular {
        Some([_, past, participle]) => ((*past).to_owned(), (*participle).to_owned()),
        _ => (past.clone(), past),
    };
    vec![
        (verb.to_owned(), form::BASE),
        (s, form::S),
        (ing, form::ING),
        (past, form::PAST),
        (participle, form::PARTICIPLE),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_all_their_forms() {
        const CASES: &[(&str, u8)] = &[
            ("say", form::BASE),
            ("Says", form::S),
            ("replied", form::PAST),
            ("quipping", form::ING),
            ("lying", form::ING),
            ("stresses", form::S),
            ("agreed", form::PARTICIPLE),
            ("agreeing", form::ING),
            ("wrote", form::PAST),
            ("written", form::PARTICIPLE),
            ("insisting", form::ING),
        ];
        for (word, expected) in CASES {
            assert!(entry(word).forms & expected != 0 && entry(word).frames != 0, "{word}: {:?}", entry(word));
        }
        for word in ["table", "insistinging", "admiting", "meaning", ""] {
            assert_eq!(entry(word).frames, 0, "{word}");
        }
    }

    #[test]
    fn words_are_tagged_as_they_are_written() {
        const CASES: &[(&str, u32)] = &[
            ("It’s", tag::PRONOUN | tag::CONTRACTED | tag::CAPITAL),
            ("Lavrov's", tag::CAPITAL | tag::POSSESSIVE),
            ("don’t", tag::AUXILIARY),
            ("1,000", tag::NUMBER),
            ("loudly", tag::LY),
            ("That", tag::THAT | tag::CAPITAL),
            ("teachers", tag::ROLE),
            ("Honorificabilitudinitatibus", tag::CAPITAL),
        ];
        for (word, expected) in CASES {
            assert_eq!(entry(word).tags & expected, *expected, "{word}");
        }
    }
}
