//! How often: `every Monday`, `each year`, `daily`, `Thursdays`.

use super::super::calendar::Unit;
use super::super::lexicon::{Class, PLURAL};
use super::super::sense::{Amount, Clock, Length, Sense, Side};
use super::super::words::Words;
use super::amounts::{cardinal, unit};
use super::clock;

/// An expression of how often that begins with word `i`.
pub(super) fn set(w: &Words, i: usize) -> Option<(usize, Sense)> {
    let (end, value) = match w.class(i) {
        Class::Each if w.lex(i).value == 4 => return all(w, i),
        Class::Each => each(w, i)?,
        Class::Weekdays => (i + 1, weekday_value(w.lex(i).value)),
        Class::Unit if w.lex(i).value == 11 && w.lex(i).shape == PLURAL && w.is(i.wrapping_sub(1), Class::On) => {
            (i + 1, "XXXX-WXX-WE".to_owned())
        }
        Class::Weekday => {
            let is_plural = w.is(i + 1, Class::DayPart) && w.lex(i + 1).shape == PLURAL && w.is_near(i + 1);
            let part = clock::part(w, i + 1).filter(|_| is_plural)?;
            (i + 2, format!("{}{}", weekday_value(w.lex(i).value), part.value()))
        }
        Class::Prefix => prefixed(w, i)?,
        Class::Adverb => (adverb(w, i)?, adverb_value(w.lex(i).value).to_owned()),
        _ => return None,
    };
    let (end, value) = with_clock(w, end, value);
    Some((end, Sense::Set(value)))
}

fn weekday_value(day: u32) -> String {
    format!("XXXX-WXX-{day}")
}

/// `every two weeks`, `each July`, `every other Friday`.
fn each(w: &Words, i: usize) -> Option<(usize, String)> {
    let is_other = w.is(i + 1, Class::Other);
    let mut at = i + 1 + usize::from(is_other);
    let mut number = if is_other { 2 } else { 1 };
    if let Some((end, n)) = cardinal(w, at).filter(|_| !is_other) {
        (at, number) = (end, n);
    }
    if w.is(at, Class::Ordinal) && !is_other && unit(w, at + 1).is_some() {
        (at, number) = (at + 1, w.lex(at).value);
    }
    at += usize::from(w.is(at, Class::Filler));
    if !(i + 1..=at).all(|k| w.is_near(k)) {
        return None;
    }
    let lex = w.lex(at);
    let is_any = w.lex(i).value == 3;
    let value = match lex.class {
        Class::Weekday if !is_any => weekday_value(lex.value),
        Class::Month if !is_any && lex.is_capital => format!("XXXX-{:02}", lex.value),
        Class::Season if !is_any => format!("XXXX-{}", ["SP", "SU", "FA", "WI"].get(lex.value as usize - 1)?),
        Class::DayPart if !is_any => format!("XXXX-XX-XX{}", clock::part(w, at)?.value()),
        Class::Unit => {
            let (unit, times) = unit(w, at).filter(|(unit, _)| !is_any || *unit >= Unit::Week)?;
            Length { parts: vec![(Amount::Hundredths(number.saturating_mul(100 * times)), unit)] }.value()
        }
        _ => return None,
    };
    let ends = !lex.is_possessive || lex.class != Class::Unit;
    ends.then_some((at + 1, value))
}

/// `all day`, `all week`: a length.
fn all(w: &Words, i: usize) -> Option<(usize, Sense)> {
    let (unit, _) = unit(w, i + 1).filter(|_| w.is_near(i + 1) && w.lex(i + 1).shape != PLURAL)?;
    let length = Length { parts: vec![(Amount::Hundredths(100), unit)] };
    (unit >= Unit::Day).then_some((i + 2, Sense::Length(length, Side::Neither)))
}

/// Where an adverb of frequency ends, if it is one: `a quarterly dividend` names a sort of dividend instead.
fn adverb(w: &Words, i: usize) -> Option<usize> {
    let is_prefixed = i > 0 && w.gap(i) == super::super::words::Gap::Hyphen;
    let next = w.class(i + 1);
    // `quarterly` is nearly always said of a dividend or a loss, also where that word is left out.
    let is_quarterly = w.lex(i).value == 4;
    let qualifies = w.is_near(i + 1) && (next == Class::None || is_quarterly) && !is_prefixed;
    let is_named = w.lex(i).is_capital && w.is_near(i);
    (!qualifies && !is_named).then_some(i + 1)
}

/// `bi-monthly`, `semi-annually`: every two months, every half year.
fn prefixed(w: &Words, i: usize) -> Option<(usize, String)> {
    let is_adverb = w.is(i + 1, Class::Adverb) && w.gap(i + 1) == super::super::words::Gap::Hyphen;
    let value = match (w.lex(i).value, w.lex(i + 1).value) {
        (1, 2) => "P2W",
        (1, 3) => "P2M",
        (2, 3) => "P0.5M",
        (2, 5) => "P6M",
        _ => return None,
    };
    is_adverb.then(|| (i + 2, value.to_owned()))
}

fn adverb_value(n: u32) -> &'static str {
    const VALUES: [&str; 9] = ["P1D", "P1W", "P1M", "P3M", "P1Y", "PT1H", "P1D", "P2W", "P2M"];
    VALUES.get(n as usize - 1).unwrap_or(&"P1D")
}

/// `every Monday at 4pm`, `every evening at 7:13 p.m.`.
fn with_clock(w: &Words, end: usize, value: String) -> (usize, String) {
    let at = end + usize::from(matches!(w.class(end), Class::At | Class::In | Class::On));
    let at = at + usize::from(at > end && w.is(at, Class::The));
    let part = || clock::part(w, at).map(|part| (at + 1, part));
    let found = if w.is(end, Class::At) { clock::hour(w, at) } else { clock::clock(w, at).or_else(part) };
    match found.filter(|_| (end..=at).all(|k| w.is_near(k))) {
        Some((end, Clock::At(..) | Clock::Part(_))) if value.contains('T') && !value.contains("XX-XX") => (end, value),
        Some((end, clock)) => {
            let day = if value.contains("WXX") { value } else { "XXXX-XX-XX".to_owned() };
            (end, format!("{day}{}", clock.value()))
        }
        None => (end, value),
    }
}

impl Clock {
    /// The time of day as TIMEX3 writes it, with its `T`.
    pub(in super::super) fn value(self) -> String {
        match self {
            Clock::At(minutes, _) => format!("T{:02}:{:02}", minutes / 60, minutes % 60),
            Clock::Part(part) => format!("T{part}"),
        }
    }
}
