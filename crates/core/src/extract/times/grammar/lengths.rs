//! Lengths of time, and the dates they lead to: `three days`, `two weeks ago`, `the past five years`.

use super::super::calendar::Unit;
use super::super::lexicon::{Class, PLURAL};
use super::super::sense::{Amount, Date, From, Length, Sense, Side};
use super::super::words::{Gap, Words};
use super::amounts::{Measured, about, length, unit};
use super::relative;
use super::years::is_word;

/// A length, or the date that is counted by it, beginning with word `i`.
pub(super) fn counted(w: &Words, i: usize) -> Option<(usize, Sense)> {
    let at = about(w, i);
    if let Some(found) = one(w, at) {
        return Some(found);
    }
    if let Some(found) = period(w, i) {
        return Some(found);
    }
    let measured = length(w, at)?;
    // The article before an adjective does not belong to it: `a [three hour] meeting`.
    let starts_with_a = w.is(i, Class::A);
    if measured.is_adjective && starts_with_a && !matches!(w.class(measured.end), Class::Ago) {
        return None;
    }
    // `5 minutes past eight` is no length, and a quarter is a share more often than three months.
    if matches!(w.class(measured.end), Class::Past) && w.is_near(measured.end) {
        return None;
    }
    finish(w, measured)
}

/// `a three-year period`.
fn period(w: &Words, i: usize) -> Option<(usize, Sense)> {
    let measured = length(w, i + 1).filter(|found| w.is(i, Class::A) && found.is_adjective)?;
    let end = measured.end;
    let is_period = w.is(end, Class::Unit) && w.lex(end).value == 14 && w.lex(end).shape != PLURAL && w.is_near(end);
    is_period.then_some((end + 1, Sense::Length(measured.length, Side::Neither)))
}

/// `a year`, `an hour and a half`, `a day or two`.
fn one(w: &Words, i: usize) -> Option<(usize, Sense)> {
    if !w.is(i, Class::A) {
        return None;
    }
    let mut at = i + 1;
    while w.is(at, Class::Filler) && at < i + 3 {
        at += 1;
    }
    let (unit, times) = unit(w, at)?;
    let lex = w.lex(at);
    let is_plain = (i + 1..=at).all(|k| w.is_near(k)) && lex.shape != PLURAL && !lex.is_possessive;
    let is_compound = w.gap(at + 1) == Gap::Hyphen || matches!(unit, Unit::Quarter | Unit::Weekend);
    if !is_plain || is_compound || (unit == Unit::Second) {
        return None;
    }
    let mut hundredths = 100 * times;
    let mut end = at + 1;
    if w.is(end, Class::And) && w.is(end + 1, Class::A) && w.is(end + 2, Class::Half) {
        (end, hundredths) = (end + 3, 150);
    }
    let mut length = Length { parts: vec![(Amount::Hundredths(hundredths), unit)] };
    let more =
        length_after(w, end).filter(|more| more.length.parts.first().is_some_and(|(_, smaller)| *smaller < unit));
    if let Some(more) = more {
        end = more.end;
        length.parts.extend(more.length.parts);
    }
    if is_rate(w, i) && !matches!(w.class(end), Class::Ago | Class::Earlier | Class::Later) {
        return Some((end, Sense::Set(length.value())));
    }
    finish(w, Measured { end, length, is_adjective: false })
}

/// The rest of `an hour and thirty minutes`.
fn length_after(w: &Words, end: usize) -> Option<Measured> {
    let follows = w.is(end, Class::And) && w.is_near(end) && w.is_near(end + 1);
    follows.then(|| length(w, end + 1)).flatten().filter(|more| !more.is_adjective)
}

/// Whether `a year` at word `i` says how often: something that is counted or paid stands before it.
fn is_rate(w: &Words, i: usize) -> bool {
    let before = i.wrapping_sub(1);
    let is_percent = w.between(i).contains('%');
    let is_counted = matches!(
        w.class(before),
        Class::Digits | Class::Quantity | Class::Decimal | Class::Huge | Class::Times | Class::Measure | Class::Scale
    );
    let is_small = matches!(w.class(before), Class::Small | Class::Tens);
    is_percent || w.is_near(i) && (is_counted || is_small)
}

/// What follows a length and makes it a date or an age.
fn finish(w: &Words, measured: Measured) -> Option<(usize, Sense)> {
    let Measured { mut end, length, .. } = measured;
    // `or so`, `or two`.
    if w.is(end, Class::Or) && (w.is(end + 1, Class::So) || w.is(end + 1, Class::Small)) && w.is_near(end) {
        let is_length = w.is(end + 1, Class::Small) && unit(w, end + 2).is_some();
        end += if is_length { 0 } else { 2 };
    }
    let (next, is_near) = (w.class(end), w.is_joined(end));
    let is_age = next == Class::Old && is_near;
    if is_age {
        return Some((end + 1, Sense::Length(length, Side::Neither)));
    }
    let is_year = length.parts.first().is_some_and(|(_, unit)| *unit == Unit::Year) && length.parts.len() == 1;
    let years = length.parts.first().and_then(|(n, unit)| whole(*n, *unit)).map(|(n, _)| n).filter(|_| is_year);
    let point = |end, date| Some((end, Sense::Point(date, None)));
    let is_vague = length.parts.iter().any(|(n, _)| *n == Amount::Vague);
    match next {
        // `a few days later` says how long after, and no day.
        Class::Earlier | Class::Later if is_vague => Some((end, Sense::Length(length, Side::Neither))),
        Class::Ago if is_near => match years {
            Some(1) => point(end + 1, Date::YearsBefore(1, false)),
            _ => point(end + 1, shift(&length, -1, From::Published)),
        },
        Class::Earlier if is_near => match years {
            Some(1) => point(end + 1, Date::YearsBefore(1, false)),
            _ => point(end + 1, shift(&length, -1, From::Mentioned)),
        },
        Class::Later if is_near => point(end + 1, shift(&length, 1, From::Mentioned)),
        Class::From if w.is(end + 1, Class::Now) => point(end + 2, shift(&length, 1, From::Published)),
        _ if is_word(w, end, "hence") => point(end + 1, shift(&length, 1, From::Published)),
        Class::From | Class::After | Class::Before if w.is_near(end) => {
            let sign = if next == Class::Before { -1 } else { 1 };
            let anchor = relative::date(w, end + 1).filter(|(_, date)| relative::is_day(date));
            match anchor {
                Some((after, date)) => point(after, shift(&length, sign, From::Point(Box::new(date)))),
                None => Some((end, Sense::Length(length, Side::Neither))),
            }
        }
        _ => Some((end, Sense::Length(length, Side::Neither))),
    }
}

/// `in two weeks`: the date that is so far ahead; where the sentence looks back, resolving takes it for a length.
pub(super) fn ahead(w: &Words, i: usize, found: (usize, Sense)) -> (usize, Sense) {
    let is_led = i > 0 && w.is_near(i) && is_word(w, i - 1, "in");
    match found {
        (end, Sense::Length(length, Side::Neither)) if is_led && is_exact(&length) => {
            let date = shift(&length, 1, From::Published);
            (end, Sense::Ahead(date, length))
        }
        other => other,
    }
}

fn is_exact(length: &Length) -> bool {
    length.parts.iter().all(|(number, _)| *number != Amount::Vague)
}

/// The date so long before (-1) or after (1) another.
fn shift(length: &Length, sign: i32, from: From) -> Date {
    // Of several units the day counts, of one its own size.
    let mut base = if length.parts.len() > 1 { From::Point(Box::new(Date::Days(0))) } else { from };
    let mut last = Date::Vague("PAST_REF");
    for (number, unit) in &length.parts {
        let (n, unit) = whole(*number, *unit).map_or((None, *unit), |(n, unit)| (Some(n * sign), unit));
        let n = if n.is_none() && sign > 0 { None } else { n };
        last = match n {
            None if sign > 0 => Date::Vague("FUTURE_REF"),
            None => Date::Vague("PAST_REF"),
            Some(n) => Date::Shift(Some(n), unit, base),
        };
        base = From::Point(Box::new(last.clone()));
    }
    last
}

/// A number of units as a whole number, of a smaller unit where there are halves.
pub(in super::super) fn whole(number: Amount, unit: Unit) -> Option<(i32, Unit)> {
    let Amount::Hundredths(n) = number else { return None };
    let n = i32::try_from(n.min(10_000_000)).ok()?;
    if n % 100 == 0 {
        return Some((n / 100, unit));
    }
    let (smaller, times) = match unit {
        Unit::Hour => (Unit::Minute, 60),
        Unit::Day => (Unit::Hour, 24),
        Unit::Week => (Unit::Day, 7),
        Unit::Year => (Unit::Month, 12),
        Unit::Decade => (Unit::Year, 10),
        Unit::Century => (Unit::Year, 100),
        _ => return None,
    };
    Some((n * times / 100, smaller))
}

/// `the past five years`, `the next few days`, `recent weeks`, `the nine months`, `the first nine months`.
pub(super) fn stretch(w: &Words, i: usize) -> Option<(usize, Sense)> {
    if let Some((end, run)) = relative::run(w, i) {
        return Some((end, Sense::Point(run, None)));
    }
    let at = i + usize::from(matches!(w.class(i), Class::The | Class::This));
    let side = match w.class(at) {
        Class::Last | Class::Past | Class::Recent => Side::Before,
        Class::Next | Class::Coming => Side::After,
        Class::Latest => Side::Before,
        Class::Ordinal if w.lex(at).value == 1 => Side::Neither,
        _ => return plain_stretch(w, i).or_else(|| number_first(w, i)),
    };
    let measured = length(w, at + 1).filter(|found| !found.is_adjective && w.is_joined(at + 1));
    if let Some(found) = measured {
        let end = found.end + or_so(w, found.end);
        return Some((end, Sense::Length(found.length, side)));
    }
    // `recent years`, `the coming weeks`.
    let (unit, _) = unit(w, at + 1).filter(|_| w.lex(at + 1).shape == PLURAL && w.is_near(at + 1))?;
    let length = Length { parts: vec![(Amount::Vague, unit)] };
    (side != Side::Neither).then_some((at + 2, Sense::Length(length, side)))
}

fn or_so(w: &Words, end: usize) -> usize {
    if w.is(end, Class::Or) && w.is(end + 1, Class::So) { 2 } else { 0 }
}

/// `the nine months`, `the years`.
fn plain_stretch(w: &Words, i: usize) -> Option<(usize, Sense)> {
    if !w.is(i, Class::The) {
        return None;
    }
    let plain = length(w, i + 1).filter(|found| !found.is_adjective && w.is_near(i + 1));
    if let Some(found) = plain {
        return Some((found.end, Sense::Length(found.length, Side::Neither)));
    }
    // `the fiscal year ended March 31`: a length up to the day that is said.
    let at = i + 1 + usize::from(w.is(i + 1, Class::Fiscal) || w.is(i + 1, Class::Filler));
    if is_word(w, at, "year") && w.is(at + 1, Class::Ended) && (i + 1..=at + 1).all(|k| w.is_near(k)) {
        let length = Length { parts: vec![(Amount::Hundredths(100), Unit::Year)] };
        return Some((at + 1, Sense::Length(length, Side::Neither)));
    }
    // `the whole week`.
    let is_whole = is_word(w, i + 1, "whole") || is_word(w, i + 1, "entire");
    if let Some((unit, _)) =
        unit(w, i + 2).filter(|(unit, _)| is_whole && *unit >= Unit::Day && w.lex(i + 2).shape != PLURAL)
    {
        let length = Length { parts: vec![(Amount::Hundredths(100), unit)] };
        return Some((i + 3, Sense::Length(length, Side::Neither)));
    }
    let is_years = is_word(w, i + 1, "years") && matches!(w.class(i.wrapping_sub(1)), Class::In | Class::Approximate);
    let length = Length { parts: vec![(Amount::Vague, Unit::Year)] };
    is_years.then_some((i + 2, Sense::Length(length, Side::Neither)))
}

/// `the 5 past minutes`, `10 previous weeks`, `5 upcoming years`.
fn number_first(w: &Words, i: usize) -> Option<(usize, Sense)> {
    let at = i + usize::from(w.is(i, Class::The));
    let (k, number) = super::amounts::amount(w, at)?;
    let side = match w.class(k) {
        Class::Last | Class::Past => Side::Before,
        Class::Next | Class::Coming => Side::After,
        _ => return None,
    };
    let (unit, _) = unit(w, k + 1).filter(|_| w.lex(k + 1).shape == PLURAL && w.is_near(k) && w.is_near(k + 1))?;
    Some((k + 2, Sense::Length(Length { parts: vec![(number, unit)] }, side)))
}

/// `weeks`, `decades`: a plural without a number, where a length may stand.
pub(super) fn plural(w: &Words, i: usize) -> Option<(usize, Sense)> {
    let lex = w.lex(i);
    if lex.class != Class::Unit || lex.shape != PLURAL || lex.is_possessive || w.gap(i + 1) == Gap::Hyphen {
        return None;
    }
    let (unit, _) = unit(w, i)?;
    let before = w.class(i.wrapping_sub(1));
    let is_led = w.is_near(i) && matches!(before, Class::For | Class::Within | Class::After | Class::In | Class::By);
    let follows =
        matches!(w.class(i + 1), Class::Ago | Class::Earlier | Class::Later | Class::Of | Class::Before | Class::After);
    let is_long =
        matches!(unit, Unit::Hour | Unit::Week | Unit::Month | Unit::Decade | Unit::Century | Unit::Year | Unit::Day);
    let is_of = w.is(i + 1, Class::Of) && matches!(unit, Unit::Day);
    if !is_long || is_of || !(is_led || (follows && w.is_near(i + 1))) {
        return None;
    }
    let length = Length { parts: vec![(Amount::Vague, unit)] };
    finish(w, Measured { end: i + 1, length, is_adjective: false })
}

impl Length {
    /// The length as TIMEX3 writes it: `P3D`, `PT2H30M`, `P1.5Y`, `PXW`.
    pub(in super::super) fn value(&self) -> String {
        let mut value = String::from("P");
        let mut is_time = false;
        for (number, unit) in &self.parts {
            if *unit < Unit::Day && !is_time {
                value.push('T');
                is_time = true;
            }
            match number {
                Amount::Vague => value.push('X'),
                Amount::Hundredths(n) if n % 100 == 0 => value.push_str(&(n / 100).to_string()),
                Amount::Hundredths(n) if n % 10 == 0 => value.push_str(&format!("{}.{}", n / 100, n % 100 / 10)),
                Amount::Hundredths(n) => value.push_str(&format!("{}.{:02}", n / 100, n % 100)),
            }
            value.push_str(match unit {
                Unit::Second => "S",
                Unit::Minute => "M",
                Unit::Hour => "H",
                Unit::Day => "D",
                Unit::Week => "W",
                Unit::Weekend => "WE",
                Unit::Month => "M",
                Unit::Quarter => "Q",
                Unit::Year => "Y",
                Unit::Decade => "DE",
                Unit::Century => "CE",
                Unit::Millennium => "ML",
            });
        }
        value
    }
}
