//! Dates in figures: `2025-05-26`, `26/5/2025`, `10/26/89`, `26.05.2025`, `22/Jan/2019`.

use super::super::calendar::day_of;
use super::super::lexicon::Class;
use super::super::sense::{Date, Part, Year};
use super::super::words::{Gap, Words};
use super::years::full_year;

/// A date of three numbers, one of which may be the name of a month.
pub(super) fn date(w: &Words, i: usize) -> Option<(usize, Date)> {
    let gap = w.gap(i + 1);
    if !matches!(gap, Gap::Hyphen | Gap::Slash | Gap::Space) {
        return None;
    }
    let is_three = w.gap(i + 2) == gap && w.is(i + 2, Class::Digits);
    let (a, b, c) = (w.lex(i), w.lex(i + 1), w.lex(i + 2));
    if gap == Gap::Space {
        // `2016 10 16`: with blanks only where the year is in front and the rest has two figures each.
        let is_date = is_three && b.class == Class::Digits && (a.shape, b.shape, c.shape) == (4, 2, 2);
        return is_date.then(|| year_month_day(i, a.value, b.value, c.value)).flatten();
    }
    if is_glued(w, i) {
        return None;
    }
    if b.class == Class::Month && is_three {
        let (day, year) = if a.shape == 4 { (c, a) } else { (a, c) };
        let year = if year.shape == 4 { year.value as i32 } else { full_year(year.value) };
        return checked(i + 3, year, b.value, day.value);
    }
    if b.class == Class::Digits && w.gap(i + 2) == gap && w.is(i + 2, Class::Month) && a.shape == 4 {
        return checked(i + 3, a.value as i32, w.lex(i + 2).value, b.value);
    }
    if b.class != Class::Digits {
        return None;
    }
    if !is_three {
        return year_and_month(w, i, gap);
    }
    if matches!(w.gap(i + 3), Gap::Slash) && w.is(i + 3, Class::Digits) {
        return None;
    }
    match (a.shape, b.shape, c.shape) {
        (4, 1 | 2, 1 | 2) => year_month_day(i, a.value, b.value, c.value),
        (1 | 2, 1 | 2, 4) => Some((i + 3, figures(a.value, b.value, Year::Known(c.value as i32), false))),
        (1 | 2, 1 | 2, 2) if gap == Gap::Slash => {
            Some((i + 3, figures(a.value, b.value, Year::Known(full_year(c.value)), false)))
        }
        _ => None,
    }
}

/// `2025-05-26T10:30:00Z`: the day and its minutes since midnight.
pub(super) fn moment(w: &Words, i: usize) -> Option<(usize, Date, u32)> {
    let (year, month, day) = (w.lex(i), w.lex(i + 1), w.lex(i + 2));
    let is_date = w.gap(i + 1) == Gap::Hyphen && w.gap(i + 2) == Gap::Hyphen && month.class == Class::Digits;
    if !is_date || year.class != Class::Digits || year.shape != 4 || day.class != Class::DayHour {
        return None;
    }
    let (_, date) = checked(i + 3, year.value as i32, month.value, day.value / 32)?;
    let mut end = i + 3;
    let minute = if w.gap(end) == Gap::Colon { w.lex(end).value.min(59) } else { 0 };
    while w.gap(end) == Gap::Colon && end < i + 6 {
        end += 1;
    }
    Some((end, date, day.value % 32 * 60 + minute))
}

/// Day and month in figures without a year, where a day is expected: `on 22/04`.
pub(super) fn short(w: &Words, i: usize) -> Option<(usize, Date)> {
    let (a, b) = (w.lex(i), w.lex(i + 1));
    let is_short = w.gap(i + 1) == Gap::Slash && b.class == Class::Digits && a.shape <= 2 && b.shape <= 2;
    let is_alone = w.gap(i + 2) != Gap::Slash && !is_glued(w, i);
    let is_day = (1..=31).contains(&a.value) && (1..=31).contains(&b.value) && (a.value <= 12 || b.value <= 12);
    (is_short && is_alone && is_day).then(|| (i + 2, figures(a.value, b.value, Year::Open, false)))
}

/// Whether two numbers with a slash are hardly a share of anything: `4/22`, but not `7/8`, `9/16` or `24/7`.
pub(super) fn is_no_fraction(w: &Words, i: usize) -> bool {
    let (a, b) = (w.lex(i).value, w.lex(i + 1).value);
    let is_month_first = a <= 12 && (13..=31).contains(&b) && b != 16 && b != 20 && b != 25;
    let is_alone = !w.is_near(i) || !w.is(i.wrapping_sub(1), Class::Digits);
    is_alone && (is_month_first || (a > 12 && a != 24 && b <= 12 && b > 0 && a > b && w.text(i + 1).starts_with('0')))
}

/// `26.05.2025`, `2025.05.26`, `26.5.89`.
pub(super) fn dotted(w: &Words, i: usize) -> Option<(usize, Date)> {
    let (first, second, year, is_year_first) = w.lex(i).parts();
    if is_year_first {
        return year_month_day(i, year, second, first).map(|(_, date)| (i + 1, date));
    }
    let year = if year > 99 { year as i32 } else { full_year(year) };
    let is_year = (1000..=2199).contains(&year) && first > 0 && second > 0;
    is_year.then(|| (i + 1, figures(first, second, Year::Known(year), true)))
}

/// `Sep-23-2020`, `May/22`: the month in front, joined to figures.
pub(super) fn month_in_the_middle(w: &Words, i: usize) -> Option<(usize, Date)> {
    let gap = w.gap(i + 1);
    let is_joined = matches!(gap, Gap::Hyphen | Gap::Slash) && w.gap(i + 2) == gap;
    let (day, year) = (w.lex(i + 1), w.lex(i + 2));
    let is_date = is_joined && day.class == Class::Digits && year.class == Class::Digits && year.shape == 4;
    is_date.then(|| checked(i + 3, year.value as i32, w.lex(i).value, day.value)).flatten()
}

/// `2015-12`, `12-2015`, `05/2025`: a month in figures.
fn year_and_month(w: &Words, i: usize, gap: Gap) -> Option<(usize, Date)> {
    let (a, b) = (w.lex(i), w.lex(i + 1));
    let (year, month) = match (a.shape, b.shape) {
        // `2004-05` is more often two years than May; with a slash always.
        (4, 2) if gap == Gap::Hyphen && b.value != a.value % 100 + 1 => (a.value, b.value),
        (1 | 2, 4) => (b.value, a.value),
        _ => return None,
    };
    let ends = !(matches!(w.gap(i + 2), Gap::Hyphen | Gap::Slash) && w.is(i + 2, Class::Digits));
    let is_month = (1..=12).contains(&month) && (1900..2100).contains(&year) && ends;
    is_month.then_some((i + 2, Date::Part(Year::Known(year as i32), Part::Month(month))))
}

/// Whether figures belong to something longer that is no date: a telephone number, a sum.
fn is_glued(w: &Words, i: usize) -> bool {
    let is_after_digits = matches!(w.gap(i), Gap::Hyphen | Gap::Slash) && {
        let before = w.lex(i.wrapping_sub(1));
        before.class == Class::Digits && before.shape != 4
    };
    is_after_digits || w.char_before(i).is_some_and(|c| matches!(c, '$' | '£' | '€' | '+' | '#' | '='))
}

fn year_month_day(i: usize, year: u32, month: u32, day: u32) -> Option<(usize, Date)> {
    checked(i + 3, year as i32, month, day)
}

/// A day that exists, or a date that says it is none: the figures are spent either way.
fn checked(end: usize, year: i32, month: u32, day: u32) -> Option<(usize, Date)> {
    let exists = day_of(year, month, day).is_some();
    Some((end, if exists { Date::Part(Year::Known(year), Part::Day(month, day)) } else { Date::Vague("") }))
}

/// A day and a month of which only one order may be possible.
fn figures(a: u32, b: u32, year: Year, is_dotted: bool) -> Date {
    let whole = if let Year::Known(year) = year { year } else { 2000 };
    match (day_of(whole, b, a).is_some(), day_of(whole, a, b).is_some()) {
        (true, true) if a == b => Date::Part(year, Part::Day(a, b)),
        (true, true) => Date::Figures(a, b, year, is_dotted),
        (true, false) => Date::Part(year, Part::Day(b, a)),
        (false, true) => Date::Part(year, Part::Day(a, b)),
        (false, false) => Date::Vague(""),
    }
}
