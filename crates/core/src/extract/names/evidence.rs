//! What a document says of a word elsewhere: the word is small there, follows a title, ends a name of known kind.
//!
//! News name a thing in full once and shortly afterwards. Each word that is capitalised somewhere keeps a few bits of
//! what stood around it anywhere in the document (Chieu and Ng 2003, CoNLL: "global features"). Only sentences whose
//! capitals mean something speak here; the others, headlines and tables, listen.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::classes;
use super::cut::{Piece, Shape, Style};

/// Written small somewhere.
pub const SMALL: u16 = 1;
/// Capitalised inside a sentence.
pub const INSIDE: u16 = 1 << 1;
/// After a title, a role or a first name; after an initial.
pub const AFTER_TITLE: u16 = 1 << 2;
/// A first name before another capitalised word.
pub const BEFORE_SURNAME: u16 = 1 << 3;
/// Beside a verb of speaking.
pub const SPEAKS: u16 = 1 << 4;
/// Alone after a word that places follow.
pub const AFTER_WHERE: u16 = 1 << 5;
/// Before the name of a country or a head of places.
pub const BEFORE_PLACE: u16 = 1 << 6;
/// In a run that ends in a head of organisations.
pub const IN_ORGANISATION: u16 = 1 << 7;
/// After `the`.
pub const AFTER_THE: u16 = 1 << 8;
/// Before a possessive.
pub const OWNS: u16 = 1 << 9;
/// In brackets after a run of capitalised words.
pub const IN_BRACKETS: u16 = 1 << 10;
/// In a run that ends in a head of other names.
pub const IN_OTHER: u16 = 1 << 11;
/// Number of kinds of evidence.
pub const COUNT: u32 = 12;

/// Evidence by the hash of a word.
pub type Evidence = FxHashMap<u32, u16>;

/// Gathers the evidence of all pieces. `runs` are the candidates for names. Cost: O(pieces).
pub fn gather(pieces: &[Piece], runs: &[Range<usize>]) -> Evidence {
    let mut evidence = Evidence::default();
    for run in runs {
        note_run(pieces, run.clone(), &mut evidence);
    }
    note_small(pieces, &mut evidence);
    evidence
}

fn note_run(pieces: &[Piece], run: Range<usize>, evidence: &mut Evidence) {
    let Some(inside) = pieces.get(run.clone()) else { return };
    let is_plain = inside.first().is_some_and(|piece| piece.style == Style::Plain);
    let last_word = inside.iter().rev().find(|piece| piece.is_capital());
    let ends_in = |class| inside.len() > 1 && last_word.is_some_and(|piece| piece.is(class));
    let whole = if ends_in(classes::ORGANISATION_HEAD) {
        IN_ORGANISATION
    } else if ends_in(classes::OTHER_HEAD) {
        IN_OTHER
    } else {
        0
    };
    for at in run.clone() {
        let Some(piece) = pieces.get(at).filter(|piece| piece.is_capital()) else { continue };
        let bits = if is_plain { whole | around(pieces, at, &run) } else { 0 };
        *evidence.entry(piece.hash).or_insert(0) |= bits;
    }
}

/// What the neighbours of a capitalised word say of it.
fn around(pieces: &[Piece], at: usize, run: &Range<usize>) -> u16 {
    let Some(piece) = pieces.get(at) else { return 0 };
    let before = at.checked_sub(1).and_then(|before| pieces.get(before)).filter(|_| !piece.is_first);
    let after = pieces.get(at + 1).filter(|after| !after.is_first);
    let is_alone = run.len() == 1;
    let mut bits = 0;
    let mut set = |bit, holds: bool| bits |= if holds { bit } else { 0 };
    set(INSIDE, !piece.opens);
    if let Some(before) = before {
        let is_name_before = before.is_capital()
            && (before.is(classes::TITLE | classes::FIRST) || before.shape == Shape::Initial)
            && !before.is(classes::COUNTRY | classes::PLACE);
        set(AFTER_TITLE, is_name_before || before.is(classes::ROLE) && at == run.start);
        set(SPEAKS, at == run.start && before.is(classes::SPEAKING) && before.shape == Shape::Small);
        set(AFTER_WHERE, is_alone && before.is(classes::WHERE));
        set(AFTER_THE, at == run.start && before.is(classes::GRAMMAR) && before.span.len() == 3);
        let is_bracketed = before.shape == Shape::Open && after.is_some_and(|after| after.shape == Shape::Close);
        set(IN_BRACKETS, is_bracketed && piece.shape == Shape::Capitals);
    }
    if let Some(after) = after {
        let is_followed = at + 1 < run.end && after.is_capital();
        set(BEFORE_SURNAME, is_followed && piece.is(classes::FIRST) && !piece.is(classes::PLACE | classes::COUNTRY));
        set(SPEAKS, at + 1 == run.end && after.is(classes::SPEAKING));
        set(OWNS, after.shape == Shape::Possessive);
        let beyond = pieces.get(at + 2).filter(|beyond| !beyond.is_first);
        let is_in_country = after.shape == Shape::Comma
            && beyond.is_some_and(|beyond| {
                (beyond.classes | beyond.entry) & (classes::COUNTRY | classes::PLACE) != 0 && beyond.is_capital()
            });
        set(BEFORE_PLACE, is_in_country || after.is(classes::PLACE_HEAD) && after.is_capital());
    }
    bits
}

/// Marks the words that are also written small. A filter of bits keeps most small words from the map.
fn note_small(pieces: &[Piece], evidence: &mut Evidence) {
    let mut filter = vec![0u64; 1 << 10];
    for hash in evidence.keys() {
        if let Some(bits) = filter.get_mut((*hash >> 6) as usize % (1 << 10)) {
            *bits |= 1 << (hash % 64);
        }
    }
    for piece in pieces.iter().filter(|piece| piece.shape == Shape::Small) {
        let is_possible =
            filter.get((piece.hash >> 6) as usize % (1 << 10)).is_some_and(|bits| bits >> (piece.hash % 64) & 1 == 1);
        let found = if is_possible { evidence.get_mut(&piece.hash) } else { None };
        if let Some(bits) = found {
            *bits |= SMALL;
        }
    }
}
