//! Two hours that make a stretch of a day: `from 3 to 5 p.m.`, `between 10 and 11:30`, `Monday 11-4`.

use super::super::lexicon::Class;
use super::super::sense::{Clock, Match, Sense};
use super::super::words::{Gap, Words};
use super::{after_connector, clock, clock_and_date};

/// The two ends, if word `i` begins such a stretch. `before` is the expression found before it.
///
/// An hour whose half of the day is not said takes it from the other end, from a part of the day named before
/// (`this evening from 7 to 8`), or stays as it is written; the second end is never before the first.
pub(super) fn hours(w: &Words, i: usize, before: Option<&Match>) -> Option<(Match, Match)> {
    let lead = w.class(i.wrapping_sub(1));
    let is_led = matches!(lead, Class::From | Class::Between) && w.is_near(i);
    let (first_end, first) = end_of(w, i, is_led)?;
    let second_start = after_connector(w, first_end).filter(|_| !w.is(first_end, Class::Or))?;
    let (second_end, second) = end_of(w, second_start, is_led)?;
    let (Clock::At(a, a_is_sure), Clock::At(b, b_is_sure)) = (first, second) else { return None };
    let is_strong = clock::clock(w, i).is_some() || clock::clock(w, second_start).is_some();
    let follows_date = before.is_some_and(|found| follows(w, found, i));
    let (last, sense) = clock_and_date(w, second_end, second);
    let has_date = follows_date || last > second_end;
    let is_and = w.is(first_end, Class::And);
    if !(is_strong || has_date) || (is_and && lead != Class::Between) || is_counted(w, second_end, is_strong) {
        return None;
    }
    let (b, b_is_sure) = match sense {
        Sense::Point(_, Some(Clock::At(b, is_sure))) => (b, is_sure),
        _ => (b, b_is_sure),
    };
    let is_late = before.filter(|_| follows_date).is_some_and(is_late);
    let (a, b) = halves((a, a_is_sure), (b, b_is_sure), is_late);
    let is_sure = a_is_sure || b_is_sure || is_late;
    let sense = match sense {
        Sense::Point(date, _) => Sense::Point(date, Some(Clock::At(b, is_sure))),
        _ => Sense::Clock(Clock::At(b, is_sure)),
    };
    let first = Match { first: i, last: first_end, sense: Sense::Clock(Clock::At(a, is_sure)) };
    Some((first, Match { first: second_start, last, sense }))
}

/// One end: a time of day, or a bare hour.
fn end_of(w: &Words, i: usize, is_led: bool) -> Option<(usize, Clock)> {
    let lex = w.lex(i);
    // `0730` is an hour only after `from` or `between`.
    if is_led && lex.class == Class::Digits && lex.shape == 4 && w.text(i).starts_with('0') {
        let (hour, minute) = (lex.value / 100, lex.value % 100);
        return (minute < 60).then_some((i + 1, Clock::At(hour * 60 + minute, false)));
    }
    clock::hour(w, i)
}

/// Whether word `i` follows an expression of a day, with nothing between but what leads to an hour.
fn follows(w: &Words, found: &Match, i: usize) -> bool {
    let is_day = matches!(&found.sense, Sense::Point(date, clock) if super::takes_clock(date) && !matches!(clock, Some(Clock::At(..))));
    let between = i.checked_sub(found.last).filter(|n| *n < 3);
    let is_lead = |k: usize| matches!(w.class(k), Class::From | Class::Between | Class::At);
    let is_near = matches!(w.gap(found.last), Gap::Space | Gap::Comma);
    is_day && is_near && between.is_some_and(|n| (0..n).all(|k| is_lead(found.last + k)))
}

/// Whether the hours count something: `3 to 5 people`.
fn is_counted(w: &Words, end: usize, is_strong: bool) -> bool {
    let is_unit = super::amounts::unit(w, end).is_some() || matches!(w.class(end), Class::Measure | Class::Huge);
    !is_strong && is_unit || w.next_char(end - 1) == Some('%')
}

/// Whether an expression names the second half of a day.
fn is_late(found: &Match) -> bool {
    matches!(&found.sense, Sense::Point(_, Some(Clock::Part("AF" | "EV" | "NI"))))
}

/// Both ends with the halves of the day that fit, in minutes since midnight.
fn halves((a, a_is_sure): (u32, bool), (b, b_is_sure): (u32, bool), is_late: bool) -> (u32, u32) {
    let late = |minutes: u32| minutes % 720 + 720;
    match (a_is_sure, b_is_sure) {
        (true, true) => (a, b),
        // `9 to 2 p.m.` begins in the morning, `2 to 5 p.m.` does not.
        (false, true) => (if b >= 720 && late(a) < b { late(a) } else { a % 720 }, b),
        (true, false) => (a, if b <= a && b < 720 { b + 720 } else { b }),
        (false, false) if is_late => (late(a), late(b)),
        (false, false) => (a, if b <= a && b < 720 { b + 720 } else { b }),
    }
}
