//! Whether a sentence looks back or ahead at the place of an expression.

use super::lexicon::Class;
use super::words::{Gap, Words};

/// Where a clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// How far from an expression its verb is looked for, in words.
const REACH: usize = 10;

/// The tense of the clause around words `first..last` of the sentence `from..to`: that of the nearest verb before
/// them, else of the nearest after them.
pub(super) fn tense(w: &Words, from: usize, to: usize, first: usize, last: usize) -> Tense {
    let before = (from.max(first.saturating_sub(REACH))..first).rev().find_map(|i| of_word(w, i, from));
    // A quotation or a bracket that begins after the expression is another clause.
    let clause = |i: &usize| *i == last || !matches!(w.gap(*i), Gap::Other | Gap::Colon);
    let after = || (last..to.min(last.saturating_add(REACH))).take_while(clause).find_map(|i| of_word(w, i, from));
    // `postponed until Tuesday` whatever the verb; `by May` where there is none.
    let lead = w.class(first.wrapping_sub(1));
    if lead == Class::Until && w.text(first - 1).starts_with(['u', 'U']) {
        return Tense::Future;
    }
    let leads_ahead = || (lead == Class::By).then_some(Tense::Future);
    before.or_else(after).or_else(leads_ahead).unwrap_or(Tense::Unknown)
}

fn of_word(w: &Words, i: usize, from: usize) -> Option<Tense> {
    let class = w.class(i);
    match class {
        Class::Ahead => return Some(Tense::Future),
        // `to be published`.
        Class::Be if i > from && w.is(i - 1, Class::To) => return Some(Tense::Future),
        Class::Ended => return Some(if w.lex(i).value == 1 { Tense::Past } else { Tense::Future }),
        Class::Back => {
            // `will have met`, `to be held`: a participle, whose tense stands before it.
            let is_participle =
                (i.saturating_sub(2).max(from)..i).any(|k| matches!(w.class(k), Class::Be | Class::Ahead));
            return (!is_participle).then_some(Tense::Past);
        }
        Class::None => {}
        _ => return None,
    }
    let text = w.text(i);
    if text == "set" && w.is(i + 1, Class::To) && w.is_near(i + 1) {
        return Some(Tense::Future);
    }
    if text.ends_with("'ll") || text.ends_with("’ll") {
        return Some(Tense::Future);
    }
    let is_past = text.len() > 3 && text.ends_with("ed") && !text.ends_with("eed");
    let is_participle = || (i.saturating_sub(2).max(from)..i).any(|k| matches!(w.class(k), Class::Be | Class::Ahead));
    (is_past && !is_participle()).then_some(Tense::Past)
}
