//! Numbers in figures and in words, units, and lengths made of both.

use super::super::calendar::Unit;
use super::super::lexicon::{Class, PLURAL};
use super::super::sense::{Amount, Length};
use super::super::words::{Gap, Words};

/// At most this many words make a number.
const LONGEST_NUMBER: usize = 8;

/// A cardinal in figures or words: `24`, `twenty-four`, `a hundred thirty`.
pub(super) fn cardinal(w: &Words, i: usize) -> Option<(usize, u32)> {
    if w.is(i, Class::Digits) {
        return Some((i + 1, w.lex(i).value));
    }
    let (mut total, mut current, mut end) = (0u32, 0u32, i);
    let mut before = Class::None;
    for at in i..i + LONGEST_NUMBER {
        if at > i && !w.is_joined(at) {
            break;
        }
        let lex = w.lex(at);
        match lex.class {
            Class::Small if !matches!(before, Class::Small) && (before != Class::Tens || lex.value < 10) => {
                current += lex.value;
            }
            Class::Tens if !matches!(before, Class::Small | Class::Tens) => current += lex.value * 10,
            Class::Scale if lex.value == 1 && current < 100 && before != Class::None => current = current.max(1) * 100,
            Class::Scale if lex.value == 2 && total == 0 && before != Class::None => {
                total = current.max(1) * 1000;
                current = 0;
            }
            Class::A if at == i && w.is(at + 1, Class::Scale) => {}
            Class::And if before == Class::Scale && matches!(w.class(at + 1), Class::Small | Class::Tens) => continue,
            _ => break,
        }
        before = lex.class;
        end = at + 1;
    }
    (end > i && before != Class::A).then_some((end, total + current))
}

/// A number of things, exact or not: `three`, `a few`, `a couple of`, `two and a half`, `two to three` (the first).
pub(super) fn amount(w: &Words, i: usize) -> Option<(usize, Amount)> {
    let exact = |end, number: u32| Some((end, Amount::Hundredths(number.saturating_mul(100))));
    let after_a = i + usize::from(w.is(i, Class::A));
    match w.class(after_a) {
        Class::Couple => return exact(after_a + 1 + usize::from(w.is(after_a + 1, Class::Of)), 2),
        Class::Few => return Some((after_a + 1, Amount::Vague)),
        Class::Dozen if w.lex(after_a).value == 1 => return exact(after_a + 1, 12),
        Class::Dozen => return Some((after_a + 1 + usize::from(w.is(after_a + 1, Class::Of)), Amount::Vague)),
        Class::Half if w.is(i + 1, Class::A) => return Some((i + 2, Amount::Hundredths(50))),
        Class::Half => return Some((after_a + 1, Amount::Hundredths(50))),
        Class::Decimal => {
            let lex = w.lex(i);
            return Some((i + 1, Amount::Hundredths(lex.value)));
        }
        _ if w.text(i) == "½" => return Some((i + 1, Amount::Hundredths(50))),
        _ => {}
    }
    let (end, number) = cardinal(w, i)?;
    if w.is(end, Class::And) && w.is(end + 1, Class::A) && w.is(end + 2, Class::Half) {
        return Some((end + 3, Amount::Hundredths(number.saturating_mul(100).saturating_add(50))));
    }
    if w.is(end, Class::Dozen) {
        return exact(end + 1, number.saturating_mul(12));
    }
    if let Some(second) = second_of_range(w, end) {
        return exact(cardinal(w, second)?.0, number);
    }
    exact(end, number)
}

/// Where the second number of `two to three` begins, given where the first ends.
fn second_of_range(w: &Words, end: usize) -> Option<usize> {
    if matches!(w.class(end), Class::To | Class::Or) && w.is_joined(end) && w.is_joined(end + 1) {
        return cardinal(w, end + 1).map(|_| end + 1);
    }
    let is_dashed = matches!(w.gap(end), Gap::Hyphen | Gap::Dash) && w.is(end, Class::Digits);
    (is_dashed && w.lex(end).shape < 3).then_some(end)
}

/// A unit of time and how many of it the word means; a fortnight is two weeks.
pub(super) fn unit(w: &Words, i: usize) -> Option<(Unit, u32)> {
    const UNITS: [(Unit, u32); 13] = [
        (Unit::Second, 1),
        (Unit::Minute, 1),
        (Unit::Hour, 1),
        (Unit::Day, 1),
        (Unit::Week, 1),
        (Unit::Month, 1),
        (Unit::Quarter, 1),
        (Unit::Year, 1),
        (Unit::Decade, 1),
        (Unit::Century, 1),
        (Unit::Weekend, 1),
        (Unit::Week, 2),
        (Unit::Millennium, 1),
    ];
    let lex = w.lex(i);
    match lex.class {
        Class::Unit => UNITS.get(lex.value as usize - 1).copied(),
        Class::DayPart if lex.value == 4 && lex.shape == PLURAL => Some((Unit::Day, 1)),
        _ => None,
    }
}

/// A length in so many words: where it ends, what it is, and whether it is joined by a hyphen or in the singular,
/// as before a noun (`five-year`, `three hour`).
pub(super) struct Measured {
    pub(super) end: usize,
    pub(super) length: Length,
    pub(super) is_adjective: bool,
}

/// `three days`, `2 hours and 30 minutes`, `six-month`, `two more weeks`, `3h`.
pub(super) fn length(w: &Words, i: usize) -> Option<Measured> {
    let mut measured = one_length(w, i)?;
    while measured.length.parts.len() < 4 {
        let end = measured.end;
        let next = end + usize::from(w.is(end, Class::And));
        let is_near = w.is_near(end) || w.gap(end) == Gap::Comma;
        let Some(more) = one_length(w, next).filter(|_| is_near) else { break };
        let smallest = measured.length.parts.last().map(|(_, unit)| *unit);
        let follows = more.length.parts.first().map(|(_, unit)| *unit) < smallest;
        // `3 months and 2 weeks ago` is one length only where the second does not stand for itself.
        if !follows || (w.is(more.end, Class::Ago) && next > end) {
            break;
        }
        measured.end = more.end;
        measured.length.parts.extend(more.length.parts);
    }
    Some(measured)
}

fn one_length(w: &Words, i: usize) -> Option<Measured> {
    let lex = w.lex(i);
    if lex.class == Class::Amount {
        let unit = match lex.value % 16 {
            2 => Unit::Minute,
            3 => Unit::Hour,
            _ => Unit::Year,
        };
        let parts = vec![(Amount::Hundredths(lex.value / 16 * 100), unit)];
        return Some(Measured { end: i + 1, length: Length { parts }, is_adjective: false });
    }
    let (mut at, number) = amount(w, i)?;
    let mut is_hyphened = false;
    while (w.is(at, Class::Filler) || w.is(at, Class::More)) && w.is_joined(at) && at < i + LONGEST_NUMBER {
        at += 1;
    }
    if !w.is_joined(at) {
        return None;
    }
    is_hyphened |= w.gap(at) == Gap::Hyphen;
    let is_second = w.lex(at).class == Class::Ordinal && w.text(at).eq_ignore_ascii_case("second");
    let (unit, times) = if is_second && number != Amount::Vague { (Unit::Second, 1) } else { unit(w, at)? };
    let number = match number {
        Amount::Hundredths(n) => Amount::Hundredths(n.saturating_mul(times)),
        Amount::Vague => Amount::Vague,
    };
    // A fraction of a century is a share of something else: `three quarters of them`, `half quarter`.
    if unit == Unit::Quarter && w.is(at + 1, Class::Of) {
        return None;
    }
    let is_singular = w.lex(at).shape != PLURAL && !matches!(number, Amount::Hundredths(1..=100));
    let mut end = at + 1;
    if w.is(end, Class::And)
        && w.is(end + 1, Class::A)
        && w.is(end + 2, Class::Half)
        && number == Amount::Hundredths(100)
    {
        end += 3;
        let parts = vec![(Amount::Hundredths(150), unit)];
        return Some(Measured { end, length: Length { parts }, is_adjective: false });
    }
    let parts = vec![(number, unit)];
    Some(Measured { end, length: Length { parts }, is_adjective: is_hyphened || is_singular })
}

/// Where `about`, `more than`, `at least`, `up to`, `no more than` end; `i` itself where none stands there.
pub(super) fn about(w: &Words, i: usize) -> usize {
    let at = match (w.class(i), w.class(i + 1), w.class(i + 2)) {
        (Class::No, Class::More, Class::Than) => i + 3,
        (Class::More, Class::Than, _) => i + 2,
        (Class::At, Class::Least, _) => i + 2,
        (Class::Up, Class::To, _) => i + 2,
        // `over several years` is a stretch, `over a week` more than one.
        (Class::Approximate, Class::Few | Class::The, _) => return i,
        (Class::Approximate, Class::A, Class::Few | Class::Couple) if w.lex(i).value == 3 => return i,
        (Class::Approximate, ..) => i + 1,
        _ => return i,
    };
    if (i + 1..=at).all(|k| w.is_near(k)) { at } else { i }
}
