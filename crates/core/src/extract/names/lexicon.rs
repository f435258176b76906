//! The table of known words: from the hash of a folded form, or of several in a row, to classes.
//!
//! Only hashes are kept: 26,000 entries of eight bytes, found with one look. Two of the words of a language meet in one
//! of 2³² hashes so rarely (one query in 160,000) that nothing is compared. Rejected: a sorted list of strings, which
//! costs fifteen comparisons for each word of a text, most of which are in no list.

use std::sync::LazyLock;

use super::classes::{self, Classes};
use super::words;
use crate::text::fold::fold;

/// A list and what its entries are: one by one, and as the last of several words.
const LISTS: &[(&str, Classes)] = &[
    (include_str!("lists/ordinary.txt"), classes::ORDINARY),
    (include_str!("lists/first_names.txt"), classes::FIRST),
    (words::FIRST_NAMES, classes::FIRST),
    (include_str!("lists/surnames.txt"), classes::LAST),
    (words::SURNAMES, classes::LAST),
    (include_str!("lists/places.txt"), classes::PLACE),
    (words::PLACES, classes::PLACE),
    (include_str!("lists/countries.txt"), classes::COUNTRY),
    (include_str!("lists/demonyms.txt"), classes::PEOPLE),
    (include_str!("lists/organisations.txt"), classes::ORGANISATION),
    (words::ORGANISATIONS, classes::ORGANISATION),
    (words::PEOPLES, classes::PEOPLE),
    (words::OTHERS, classes::OTHER),
    (words::ORGANISATION_HEADS, classes::ORGANISATION_HEAD),
    (words::PLACE_HEADS, classes::PLACE_HEAD),
    (words::OTHER_HEADS, classes::OTHER_HEAD),
    (words::TITLES, classes::TITLE),
    (words::ROLES, classes::ROLE),
    (words::SPEAKING, classes::SPEAKING),
    (words::WHERE, classes::WHERE),
    (words::TIMES, classes::TIME),
    (words::GRAMMAR, classes::GRAMMAR),
    (words::PARTICLES, classes::PARTICLE),
    (words::JOINTS, classes::JOINT),
    (words::SPORTS, classes::SPORT),
    (words::KIN, classes::KIN),
    (words::BUSINESS, classes::BUSINESS),
];

/// Slots of the table: a power of two, about twice the entries.
const SLOTS: usize = 1 << 16;
const START: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

/// Known words.
pub(super) struct Lexicon {
    /// Hash and classes; classes of 0 where nothing is.
    slots: Vec<(u32, Classes)>,
}

/// The table, made on first use: about a millisecond.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

impl Lexicon {
    fn new() -> Lexicon {
        let mut lexicon = Lexicon { slots: vec![(0, 0); SLOTS] };
        for (list, class) in LISTS {
            for entry in list.split_ascii_whitespace() {
                lexicon.add_entry(entry, *class);
            }
        }
        lexicon
    }

    fn add_entry(&mut self, entry: &str, class: Classes) {
        let mut parts = entry.split('_').peekable();
        let mut hash = None;
        while let Some(part) = parts.next() {
            let word = hash_folded(part);
            let so_far = hash.map_or(word, |before| join(before, word));
            hash = Some(so_far);
            self.add(so_far, if parts.peek().is_some() { classes::BEGINNING } else { class });
        }
    }

    fn add(&mut self, hash: u32, class: Classes) {
        let mut at = hash as usize % SLOTS;
        // The table never fills: it has twice as many slots as there are entries.
        for _ in 0..SLOTS {
            let Some(slot) = self.slots.get_mut(at) else { return };
            if slot.1 == 0 || slot.0 == hash {
                *slot = (hash, slot.1 | class);
                return;
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// The classes of what has this hash, 0 for the unknown. Cost: one look.
    pub(super) fn classes(&self, hash: u32) -> Classes {
        let mut at = hash as usize % SLOTS;
        loop {
            match self.slots.get(at) {
                Some(&(found, class)) if class != 0 => {
                    if found == hash {
                        return class;
                    }
                    at = (at + 1) % SLOTS;
                }
                _ => return 0,
            }
        }
    }
}

/// The hash of a word's folded form. Cost: O(length); only words that are not ASCII are folded.
pub(super) fn hash(word: &str) -> u32 {
    if word.is_ascii() { hash_ascii(word.as_bytes()) } else { hash_folded(&fold(word)) }
}

fn hash_folded(word: &str) -> u32 {
    hash_ascii(word.as_bytes())
}

/// FNV-1a over small letters; dots of acronyms do not count. The low bits are mixed once more, since they choose the slot.
fn hash_ascii(word: &[u8]) -> u32 {
    let mut hash = START;
    for &byte in word {
        if byte != b'.' {
            hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME);
        }
    }
    hash ^ (hash >> 15)
}

/// The hash of what has the hash `before` and then the word with the hash `word`.
pub(super) fn join(before: u32, word: u32) -> u32 {
    let mixed = (before.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b1);
    mixed ^ (mixed >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case_and_accents() {
        for (word, class) in [
            ("Minister", classes::TITLE),
            ("ANKARA", classes::PLACE),
            ("Zürich", classes::PLACE),
            ("U.S.", classes::PLACE),
            ("Turkish", classes::PEOPLE),
            ("economy", classes::ORDINARY),
        ] {
            assert!(LEXICON.classes(hash(word)) & class != 0, "{word}");
        }
        assert_eq!(LEXICON.classes(hash("Qwrtzp")), 0);
    }

    #[test]
    fn entries_of_several_words_are_found_by_their_joined_hashes() {
        let hash = join(hash("White"), hash("House"));
        assert!(LEXICON.classes(hash) & classes::ORGANISATION != 0);
        assert!(LEXICON.classes(super::hash("white")) & classes::BEGINNING != 0);
    }

    #[test]
    fn half_of_the_table_stays_empty() {
        let used = LEXICON.slots.iter().filter(|slot| slot.1 != 0).count();
        assert!((20_000..SLOTS * 6 / 10).contains(&used), "{used}");
    }
}
