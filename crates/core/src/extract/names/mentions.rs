//! From labels to mentions: where each begins and ends, with role, certainty and reason.

use std::ops::Range;

use super::Tagged;
use super::cut::{Piece, Shape};
use super::evidence::Evidence;
use super::model::{KINDS, is_beginning, kind};
use super::{classes, reasons, roles};
use crate::base::Span;
use crate::extract::{Certainty, Kind, Mention};

/// The mentions that the labels speak of, in order. Cost: O(pieces of runs).
pub(super) fn mentions(pieces: &[Piece], runs: &[Range<usize>], tagged: &Tagged, evidence: &Evidence) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut from = 0;
    for run in runs {
        let labels = tagged.labels.get(from..from + run.len()).unwrap_or(&[]);
        let chances = tagged.chances.get(from..from + run.len()).unwrap_or(&[]);
        let mut at = 0;
        while let Some(&label) = labels.get(at) {
            let Some(kind) = kind(usize::from(label)).and_then(|kind| KINDS.get(kind)) else {
                at += 1;
                continue;
            };
            let rest = labels.get(at + 1..).unwrap_or(&[]);
            let len = 1 + rest.iter().take_while(|label| **label != 0 && !is_beginning(usize::from(**label))).count();
            let sure = labels.iter().zip(chances).skip(at).take(len);
            let chance = sure
                .filter_map(|(label, chances)| chances.get(usize::from(*label)))
                .fold(1.0f32, |low, one| low.min(*one));
            let place = run.start + at..run.start + at + len;
            for (place, kind) in halves(pieces, place, *kind) {
                found.extend(mention(pieces, place, kind, chance, evidence));
            }
            at += len;
        }
        from += run.len();
    }
    found
}

/// Two names that `and` was taken to join, apart: people, and known places (`Warsaw and Paris`).
fn halves(pieces: &[Piece], place: Range<usize>, kind: Kind) -> Vec<(Range<usize>, Kind)> {
    let inside = pieces.get(place.clone()).unwrap_or(&[]);
    let is_and = |piece: &Piece| {
        piece.shape == Shape::Small && piece.is(classes::JOINT) && piece.span.len() == 3 && piece.entry == 0
    };
    let Some(joint) = inside.iter().position(is_and).filter(|_| inside.len() > 2) else { return vec![(place, kind)] };
    let is_known = |piece: &Piece| (piece.classes | piece.entry) & (classes::PLACE | classes::COUNTRY) != 0;
    let are_places = inside.iter().enumerate().all(|(n, piece)| n == joint || is_known(piece));
    match kind {
        Kind::Person => {}
        _ if are_places => {}
        _ => return vec![(place, kind)],
    }
    let kind = if are_places { Kind::Place } else { kind };
    vec![(place.start..place.start + joint, kind), (place.start + joint + 1..place.end, kind)]
}

/// What lists say outright: a country that is no name of people, an organisation or a people that is nothing else.
fn settled(inside: &[Piece], kind: Kind) -> Kind {
    let known = match inside {
        [piece] if piece.entry == 0 => piece.classes,
        [first, .., last] if first.entry_part == 1 && last.entry_part == 3 && first.entry == last.entry => first.entry,
        _ => return kind,
    };
    const KINDS: u32 = classes::FIRST
        | classes::LAST
        | classes::PLACE
        | classes::COUNTRY
        | classes::PEOPLE
        | classes::ORGANISATION
        | classes::OTHER
        | classes::ORDINARY;
    match known & KINDS {
        classes::COUNTRY => Kind::Place,
        known if known == classes::COUNTRY | classes::PLACE => Kind::Place,
        classes::ORGANISATION if kind != Kind::Person => Kind::Organisation,
        classes::PEOPLE if kind != Kind::Person => Kind::Other,
        _ => kind,
    }
}

fn mention(pieces: &[Piece], place: Range<usize>, kind: Kind, chance: f32, evidence: &Evidence) -> Option<Mention> {
    let place = trimmed(pieces, place)?;
    let place = if kind == Kind::Person { roles::without_titles(pieces, place) } else { place };
    let kind = settled(pieces.get(place.clone())?, kind);
    let (first, last) = (pieces.get(place.start)?, pieces.get(place.end.checked_sub(1)?)?);
    let role = if kind == Kind::Person { roles::role(pieces, &place) } else { None };
    Some(Mention {
        span: Span::new(first.span.start, last.span.end),
        kind,
        role,
        certainty: certainty(chance),
        reason: reasons::reason(pieces, &place, kind, role, evidence),
    })
}

/// Without signs at either end.
fn trimmed(pieces: &[Piece], place: Range<usize>) -> Option<Range<usize>> {
    let inside = pieces.get(place.clone())?;
    let is_sign = |piece: &Piece| matches!(piece.shape, Shape::Hyphen | Shape::Possessive | Shape::And | Shape::Quote);
    let first = inside.iter().position(|piece| !is_sign(piece))?;
    let last = inside.iter().rposition(|piece| !is_sign(piece))?;
    Some(place.start + first..place.start + last + 1)
}

/// What share of the names with a chance of 0, 10 … 100 % was right in span and kind, in percent; between them on a line.
///
/// Measured on developing halves of CoNLL-2003, wikigold and re3d with a model that was learnt from other documents
/// (`sheaf-train --quarter`).
const RIGHT: [f32; 11] = [5.0, 15.0, 24.0, 32.0, 40.0, 47.0, 54.0, 60.0, 69.0, 84.0, 96.0];

fn certainty(chance: f32) -> Certainty {
    let tenths = (chance * 10.0).clamp(0.0, 10.0);
    let low = (tenths as usize).min(RIGHT.len() - 2);
    let share = tenths - low as f32;
    let (from, to) = (RIGHT.get(low).copied().unwrap_or(0.0), RIGHT.get(low + 1).copied().unwrap_or(0.0));
    (from + (to - from) * share) as Certainty
}
