//! Features: what the model is told of a candidate, each a hash of a kind and a value.

use std::ops::Range;

use super::cut::{Piece, Shape, Style};
use super::evidence::{self, Evidence};
use super::{classes, lexicon};

/// A feature: 20 bits of the hash of its kind and value.
pub type Feature = u32;

/// Number of features.
pub const FEATURES: Feature = 1 << 20;

/// All that features are made from.
pub struct Context<'a> {
    /// The text.
    pub text: &'a str,
    /// Its pieces.
    pub pieces: &'a [Piece],
    /// Where it says something of itself.
    pub evidence: &'a Evidence,
}

/// Writes the features of the piece `at` of a run of candidates into `out`. Cost: some fifty hashes.
pub fn features(context: &Context, run: &Range<usize>, at: usize, out: &mut Vec<Feature>) {
    out.clear();
    let Some(piece) = context.pieces.get(at) else { return };
    let mut add = |kind: u32, value: u32| out.push(mixed(kind, value));
    let around = Around::new(context.pieces, at);
    let style = piece.style as u32;
    let place = style * 2 + u32::from(piece.opens);
    add(0, 0);
    add(1, piece.hash);
    for (n, neighbour) in [around.before2, around.before, around.after, around.after2].into_iter().enumerate() {
        let n = n as u32;
        add(2 + n, neighbour.map_or(n, |other| other.hash));
        add(6 + n, neighbour.map_or(99, |other| other.shape as u32));
        let known = neighbour.map_or(0, all_classes);
        if n == 1 || n == 2 {
            each_bit(known, classes::COUNT, |bit| add(10 + n, bit));
            add(14 + n, known & !classes::BEGINNING);
        } else {
            each_bit(known & NEAR, classes::COUNT, |bit| add(10 + n, bit));
        }
    }
    let shape = piece.shape as u32;
    let shapes = [around.before, around.after].map(|other| other.map_or(31, |other| other.shape as u32));
    add(20, shape * 8 + place);
    add(21, (shapes[0] * 32 + shape) * 8 + style);
    add(22, (shapes[1] * 32 + shape) * 8 + style);
    add(23, ((shapes[0] * 32 + shape) * 32 + shapes[1]) * 8 + place);
    let own = all_classes(piece) & !classes::BEGINNING;
    each_bit(own, classes::COUNT, |bit| add(24, bit * 8 + place));
    add(25, own.wrapping_mul(8) + place);
    add(26, piece.entry.wrapping_mul(4) + u32::from(piece.entry_part));
    let told = context.evidence.get(&piece.hash).copied().unwrap_or(0);
    each_bit(u32::from(told), evidence::COUNT, |bit| add(27, bit * 4 + style));
    add(28, u32::from(told) * 8 + place);
    add(29, (u32::from(told) & 0xff).wrapping_mul(0x10_0000) ^ own);
    affixes(piece.span.of(context.text), &mut add);
    of_run(context, run, at, &mut add);
    // Pairs of what is known of neighbours.
    let classes_before = around.before.map_or(1 << 31, all_classes);
    let classes_after = around.after.map_or(1 << 31, all_classes);
    add(40, own.wrapping_mul(31) ^ classes_before.wrapping_mul(0x9e37));
    add(41, own.wrapping_mul(31) ^ classes_after.wrapping_mul(0x9e37));
    add(42, around.before.map_or(0, |other| other.hash).wrapping_mul(31) ^ shape);
    add(43, around.after.map_or(0, |other| other.hash).wrapping_mul(31) ^ shape);
}

/// Classes that tell something at a distance of two.
const NEAR: u32 = classes::FIRST
    | classes::PLACE
    | classes::COUNTRY
    | classes::ORGANISATION_HEAD
    | classes::TITLE
    | classes::ROLE
    | classes::SPEAKING
    | classes::WHERE
    | classes::SPORT
    | classes::BUSINESS;

struct Around<'a> {
    before2: Option<&'a Piece>,
    before: Option<&'a Piece>,
    after: Option<&'a Piece>,
    after2: Option<&'a Piece>,
}

impl<'a> Around<'a> {
    /// The neighbours in the same sentence.
    fn new(pieces: &'a [Piece], at: usize) -> Around<'a> {
        let is_first = |at: usize| pieces.get(at).is_none_or(|piece| piece.is_first);
        let before = (!is_first(at)).then(|| pieces.get(at.wrapping_sub(1))).flatten();
        let before2 = before.filter(|before| !before.is_first).and_then(|_| pieces.get(at.wrapping_sub(2)));
        let after = pieces.get(at + 1).filter(|after| !after.is_first);
        let after2 = after.and_then(|_| pieces.get(at + 2)).filter(|after| !after.is_first);
        Around { before2, before, after, after2 }
    }
}

fn all_classes(piece: &Piece) -> u32 {
    piece.classes | piece.entry
}

fn each_bit(bits: u32, count: u32, mut each: impl FnMut(u32)) {
    let mut rest = bits;
    while rest != 0 {
        let bit = rest.trailing_zeros();
        if bit < count {
            each(bit);
        }
        rest &= rest - 1;
    }
}

/// Beginnings and endings of two to four bytes.
fn affixes(word: &str, add: &mut impl FnMut(u32, u32)) {
    let bytes = word.as_bytes();
    for len in 2..=4u32 {
        if bytes.len() > len as usize {
            let hash = |part: &[u8]| {
                part.iter()
                    .fold(len, |hash, byte| (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
            };
            add(30 + len, hash(bytes.get(bytes.len() - len as usize..).unwrap_or(&[])));
            if len > 2 {
                add(34 + len, hash(bytes.get(..len as usize).unwrap_or(&[])));
            }
        }
    }
}

/// What the whole run says: where it begins and ends, and what stands around it.
fn of_run(context: &Context, run: &Range<usize>, at: usize, add: &mut impl FnMut(u32, u32)) {
    let pieces = context.pieces;
    let Some(piece) = pieces.get(at) else { return };
    let run = &between_numbers(pieces, run, at);
    let (Some(first), Some(last)) = (pieces.get(run.start), pieces.get(run.end - 1)) else { return };
    let len = run.len().min(6) as u32;
    let from_start = (at - run.start).min(3) as u32;
    let from_end = (run.end - 1 - at).min(3) as u32;
    let style = piece.style as u32;
    add(50, (len * 4 + from_start) * 8 + style);
    add(51, from_end * 8 + style);
    let before = (!first.is_first).then(|| pieces.get(run.start.wrapping_sub(1))).flatten();
    let after = pieces.get(run.end).filter(|after| !after.is_first);
    if style == Style::Plain as u32 || run.len() < 6 {
        each_bit(all_classes(last), classes::COUNT, |bit| add(52, bit * 4 + from_end));
        each_bit(all_classes(first), classes::COUNT, |bit| add(53, bit * 4 + from_start));
        add(54, last.hash);
        add(55, before.map_or(0, |other| other.hash));
        add(56, after.map_or(0, |other| other.hash));
        each_bit(before.map_or(0, all_classes), classes::COUNT, |bit| add(57, bit * 8 + len));
        each_bit(after.map_or(0, all_classes), classes::COUNT, |bit| add(58, bit * 8 + len));
        let ends = [before, after].map(|other| other.map_or(31, |other| other.shape as u32));
        add(59, (ends[0] * 32 + ends[1]) * 8 + len);
        let told = |piece: &Piece| context.evidence.get(&piece.hash).map_or(0, |bits| u32::from(*bits));
        each_bit(told(last), evidence::COUNT, |bit| add(60, bit * 4 + from_end));
        each_bit(told(first), evidence::COUNT, |bit| add(61, bit * 4 + from_start));
    }
    line(pieces, run, add);
}

/// Pieces to each side of one that its run is followed over.
const FARTHEST: usize = 10;

/// The part of a run around `at` that holds no number and no possessive: `Rovers` of `United 2 Rovers 1`.
fn between_numbers(pieces: &[Piece], run: &Range<usize>, at: usize) -> Range<usize> {
    let is_number = |at: usize| {
        pieces
            .get(at)
            .is_none_or(|piece| matches!(piece.shape, Shape::Number | Shape::NumberWithLetters | Shape::Possessive))
    };
    if is_number(at) {
        return at..at + 1;
    }
    let mut part = at..at + 1;
    while part.start > run.start && at - part.start < FARTHEST && !is_number(part.start - 1) {
        part.start -= 1;
    }
    while part.end < run.end && part.end - at < FARTHEST && !is_number(part.end) {
        part.end += 1;
    }
    part
}

/// Scores and results: numbers at the borders of the run, and how its line begins.
fn line(pieces: &[Piece], run: &Range<usize>, add: &mut impl FnMut(u32, u32)) {
    let shape = |at: Option<usize>| at.and_then(|at| pieces.get(at)).map_or(31, |piece| piece.shape as u32);
    let back = |n: usize| shape(run.start.checked_sub(n));
    let is_number = |shape: u32| u32::from(shape == Shape::Number as u32);
    let pattern = is_number(back(1)) * 8
        + is_number(back(2)) * 4
        + is_number(shape(Some(run.end))) * 2
        + is_number(shape(Some(run.end + 1)));
    add(62, pattern);
    let opens = pieces.get(run.start).is_some_and(|first| first.opens);
    add(63, pattern * 2 + u32::from(opens));
    let ahead = (0..3).fold(0, |shapes, n| shapes * 32 + shape(Some(run.end + n)));
    add(64, ahead * 2 + u32::from(opens));
}

fn mixed(kind: u32, value: u32) -> Feature {
    lexicon::join(kind.wrapping_mul(0x85eb_ca6b), value) % FEATURES
}
