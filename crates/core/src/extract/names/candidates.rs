//! Candidates: the runs of pieces that may hold names. All else is never looked at again.

use std::ops::Range;

use super::classes;
use super::cut::{Piece, Shape, Style};

/// The runs of pieces that may hold names, in order: capitalised words and what may stand between them. No run crosses
/// the border of a sentence. Cost: O(pieces).
pub fn candidates(pieces: &[Piece]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in 0..pieces.len() {
        if !may_be_inside(pieces, at) {
            continue;
        }
        let is_first = pieces.get(at).is_none_or(|piece| piece.is_first);
        match runs.last_mut() {
            Some(run) if run.end == at && !is_first && run.len() < LONGEST => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs.retain(|run| pieces.get(run.clone()).is_some_and(|inside| inside.iter().any(Piece::is_capital)));
    runs
}

/// Pieces of one run; what is longer is no name but a list or a shout, and is cut there.
const LONGEST: usize = 60;

fn may_be_inside(pieces: &[Piece], at: usize) -> bool {
    let Some(piece) = pieces.get(at) else { return false };
    let neighbour = |step: isize| {
        let other = at.checked_add_signed(step)?;
        let found = pieces.get(other)?;
        let later = if step > 0 { at + 1..other + 1 } else { other + 1..at + 1 };
        pieces.get(later)?.iter().all(|between| !between.is_first).then_some(found)
    };
    let is_capital = |step| neighbour(step).is_some_and(Piece::is_capital);
    let is_joint = |step| neighbour(step).is_some_and(|joint| joint.is(classes::JOINT | classes::PARTICLE));
    match piece.shape {
        Shape::Capitalised | Shape::Capitals | Shape::Initial if piece.is(classes::GRAMMAR) => {
            is_capital(1) || !piece.opens && piece.style == Style::Plain && piece.shape != Shape::Initial
        }
        _ if piece.is_capital() => true,
        Shape::Small if piece.is(classes::PARTICLE) && is_capital(1) => true,
        Shape::Small if piece.is(classes::PARTICLE) => {
            neighbour(1).is_some_and(|hyphen| matches!(hyphen.shape, Shape::Hyphen | Shape::Quote)) && is_capital(2)
        }
        Shape::Small if piece.is(classes::JOINT) => {
            (is_capital(-1) || is_joint(-1) && is_capital(-2)) && (is_capital(1) || is_joint(1) && is_capital(2))
        }
        Shape::Number | Shape::NumberWithLetters => {
            is_capital(-1) || is_capital(1) || is_capital(-2) && is_hyphen(neighbour(-1))
        }
        Shape::Hyphen => {
            (is_capital(-1) || neighbour(-1).is_some_and(|before| before.is(classes::PARTICLE)))
                && neighbour(1).is_some_and(|after| after.is_capital() || after.shape == Shape::Number)
        }
        Shape::And | Shape::Possessive => is_capital(-1) && is_capital(1),
        Shape::Quote => {
            piece.is_glued && is_capital(1) && neighbour(-1).is_some_and(|before| before.is(classes::PARTICLE))
        }
        _ => false,
    }
}

fn is_hyphen(piece: Option<&Piece>) -> bool {
    piece.is_some_and(|piece| piece.shape == Shape::Hyphen)
}
