//! Dates of the calendar: days, months, years, quarters, seasons, decades, centuries, feasts.

use super::super::feasts;
use super::super::lexicon::{Class, SHORT};
use super::super::sense::{Date, Part, Which, Year};
use super::super::words::{Gap, Words};
use super::amounts::cardinal;
use super::figures;
use super::years::{is_word, short_year, spelled_year, thousands, year, year_after};

/// A date that names its place in the calendar, beginning with word `i`.
pub(super) fn date(w: &Words, i: usize) -> Option<(usize, Date)> {
    match w.class(i) {
        Class::Digits => {
            let short = || figures::short(w, i).filter(|(end, _)| may_be_short(w, i, *end));
            let figures = figures::date(w, i).or_else(short);
            figures.or_else(|| day_first(w, i)).or_else(|| year_first(w, i))
        }
        Class::Dotted => figures::dotted(w, i),
        Class::Ordinal => day_first(w, i),
        Class::Small if w.lex(i).value == 2 && is_word(w, i.wrapping_sub(1), "in") && thousands(w, i).is_some() => {
            thousands(w, i).filter(|(end, _)| w.class(*end) != Class::None || !w.is_near(*end)).map(known)
        }
        Class::Small | Class::Tens => day_first(w, i).or_else(|| spelled_year(w, i).map(known)),
        Class::Month => figures::month_in_the_middle(w, i).or_else(|| month_first(w, i)),
        Class::MonthDay => {
            let (month, day) = (w.lex(i).value / 32, w.lex(i).value % 32);
            let (end, year) = year_after(w, i + 1, true).unwrap_or((i + 1, Year::Open));
            Some((end, Date::Part(year, Part::Day(month, day))))
        }
        Class::Weekday => weekday(w, i),
        Class::Season => season(w, i),
        Class::Decade => decade(w, i),
        Class::Fraction => fraction(w, i),
        Class::FiscalYear => Some((i + 1, Date::Year(Year::Known(w.lex(i).value as i32)))),
        Class::Fiscal => fiscal(w, i),
        Class::Feast => feast(w, i),
        _ => None,
    }
}

/// Whether day and month in figures stand where a day is expected: `on 22/04`, `from 10/1 to 11/7`.
fn may_be_short(w: &Words, i: usize, end: usize) -> bool {
    let is_led = i > 0
        && w.is_near(i)
        && matches!(
            w.class(i - 1),
            Class::On
                | Class::By
                | Class::Since
                | Class::Until
                | Class::From
                | Class::Before
                | Class::After
                | Class::This
                | Class::Next
                | Class::Last
        );
    let is_second = i > 2
        && w.is_near(i)
        && w.is(i - 1, Class::To)
        && w.gap(i - 2) == Gap::Slash
        && matches!(w.class(i - 4), Class::From | Class::This);
    // `10/1-11/2/2017`: the second of the two is a date beyond doubt.
    let is_first = w.gap(end) == Gap::Hyphen && w.is(end, Class::Digits) && figures::date(w, end).is_some();
    (is_led || is_second || is_first || figures::is_no_fraction(w, i))
        && !matches!(w.class(end), Class::Measure | Class::Huge)
}

fn known((end, year): (usize, i32)) -> (usize, Date) {
    (end, Date::Year(Year::Known(year)))
}

/// The month word `i` names, unless it is more likely a verb or a name.
pub(super) fn month(w: &Words, i: usize) -> Option<u32> {
    let lex = w.lex(i);
    (lex.class == Class::Month).then_some(lex.value)
}

/// `26 May 2025`, `26th of May`, `the twenty-third day of September`.
fn day_first(w: &Words, i: usize) -> Option<(usize, Date)> {
    // `three-for-two October 1986`.
    if w.gap(i) == Gap::Hyphen && w.is(i, Class::Small) {
        return None;
    }
    if w.char_before(i).is_some_and(|c| matches!(c, '$' | '£' | '€' | '#')) {
        return None;
    }
    let (mut at, day) = day_number(w, i)?;
    if w.is(at, Class::Unit) && w.lex(at).value == 4 && w.is(at + 1, Class::Of) && w.is(i, Class::Ordinal) {
        at += 1;
    }
    if w.is(at, Class::Of) && w.is_near(at) {
        at += 1;
    }
    if !w.is_joined(at) && w.gap(at) != Gap::Dot {
        return None;
    }
    let month = month(w, at)?;
    let end = at + 1;
    let after = year_after(w, end, true);
    // `the second may not`: a verb, unless the month has its capital, a day in figures or a year.
    let is_verb =
        matches!(month, 3 | 5) && !w.lex(at).is_capital && !w.is(i, Class::Digits) && !w.is(at - 1, Class::Of);
    if is_verb && after.is_none() {
        return None;
    }
    let (end, year) = after.unwrap_or((end, Year::Open));
    Some((end, Date::Part(year, Part::Day(month, day))))
}

/// A day of the month in figures or words: `26`, `26th`, `twenty-third`.
pub(super) fn day_number(w: &Words, i: usize) -> Option<(usize, u32)> {
    let lex = w.lex(i);
    let (end, day) = match lex.class {
        Class::Digits if lex.shape <= 2 => (i + 1, lex.value),
        Class::Ordinal => (i + 1, lex.value),
        Class::Tens if w.is(i + 1, Class::Ordinal) && w.is_joined(i + 1) && w.lex(i + 1).value < 10 => {
            (i + 2, lex.value * 10 + w.lex(i + 1).value)
        }
        Class::Small | Class::Tens => cardinal(w, i)?,
        _ => return None,
    };
    (1..=31).contains(&day).then_some((end, day))
}

/// `May 26, 2025`, `May 26`, `May 2025`, `May`.
fn month_first(w: &Words, i: usize) -> Option<(usize, Date)> {
    let month = month(w, i)?;
    if let Some((end, year)) = year_after(w, i + 1, false) {
        return Some((end, Date::Part(year, Part::Month(month))));
    }
    let at = i + 1 + usize::from(w.is(i + 1, Class::The));
    let is_near = w.is_after_short(at) || (w.is_joined(at) && !w.lex(i).is_possessive) || w.gap(at) == Gap::Slash;
    let day = day_number(w, at).filter(|(end, _)| is_near && !is_counted(w, *end) && w.gap(*end) != Gap::Colon);
    if let Some((end, day)) = day {
        let with_year = year_after(w, end, true).or_else(|| year_of_range(w, end));
        return match with_year {
            Some((end, year)) => Some((end, Date::Part(year, Part::Day(month, day)))),
            None => Some((end, Date::Part(Year::Open, Part::Day(month, day)))),
        };
    }
    stands_alone(w, i).then_some((i + 1, Date::Part(Year::Open, Part::Month(month))))
}

/// Whether a number is followed by what it counts: `May 26 percent`.
fn is_counted(w: &Words, end: usize) -> bool {
    matches!(w.class(end), Class::Measure | Class::Huge) && w.is_near(end)
}

/// The year of `May 26-27, 2025`, given where the first day ends; the expression itself ends there.
fn year_of_range(w: &Words, end: usize) -> Option<(usize, Year)> {
    let at = match w.gap(end) {
        Gap::Hyphen | Gap::Dash => end,
        Gap::Space if matches!(w.class(end), Class::To | Class::And | Class::Until) => end + 1,
        _ => return None,
    };
    let (after, _) = day_number(w, at)?;
    year_after(w, after, true).map(|(_, year)| (end, year))
}

/// Whether a month without day and year is meant as one: it has a capital, and stands where a time may stand.
fn stands_alone(w: &Words, i: usize) -> bool {
    let lex = w.lex(i);
    let before = w.class(i.wrapping_sub(1));
    let is_led = matches!(
        before,
        Class::In
            | Class::Of
            | Class::Since
            | Class::By
            | Class::Until
            | Class::From
            | Class::To
            | Class::Between
            | Class::And
            | Class::Or
            | Class::Last
            | Class::Next
            | Class::Coming
            | Class::This
            | Class::That
            | Class::Each
            | Class::Early
            | Class::After
            | Class::Before
            | Class::For
            | Class::On
            | Class::Earlier
            | Class::Later
            | Class::Past
    ) || (before == Class::The && i >= 2 && w.is(i - 2, Class::In))
        || (matches!(w.gap(i + 1), Gap::Dash | Gap::Hyphen) && w.is(i + 1, Class::Month))
        || matches!(w.gap(i), Gap::Dash | Gap::Hyphen | Gap::Slash) && w.is(i.wrapping_sub(1), Class::Month);
    let is_verb = matches!(lex.value, 3 | 5);
    let is_name = w.lex(i + 1).is_capital && w.lex(i + 1).class == Class::None && w.is_near(i + 1);
    if !lex.is_capital {
        let follows_month = before == Class::And && w.is(i.wrapping_sub(2), Class::Month);
        return is_led
            && !is_verb
            && (follows_month || !matches!(before, Class::And | Class::Or | Class::Before | Class::For | Class::On));
    }
    if is_verb || (lex.shape == SHORT && lex.value != 9) {
        return is_led && (!is_name || !matches!(before, Class::And | Class::Or | Class::To | Class::By | Class::Of));
    }
    // `April Smith`, `June Carter`: names, unless something before says otherwise.
    is_led || !is_name
}

/// A year in figures, and what may follow it: `1988`, `2017 q1`.
fn year_first(w: &Words, i: usize) -> Option<(usize, Date)> {
    let year = year(w, i)?;
    if w.is(i + 1, Class::Fraction) && w.is_joined(i + 1) {
        return Some((i + 2, Date::Part(Year::Known(year), fraction_part(w.lex(i + 1).value))));
    }
    let ends = !w.is_near(i + 2) || w.class(i + 2) != Class::None;
    if w.is(i + 1, Class::Season) && w.is_near(i + 1) && ends {
        return Some((i + 2, Date::Part(Year::Known(year), Part::Season(w.lex(i + 1).value))));
    }
    Some((i + 1, Date::Year(Year::Known(year))))
}

/// `Tuesday`, `Tuesday, May 26`, `Tuesday the 26th`, `Tuesday next week`, `Monday of last week`.
fn weekday(w: &Words, i: usize) -> Option<(usize, Date)> {
    let (end, day) = (i + 1, w.lex(i).value);
    let gap = w.gap(end);
    if matches!(gap, Gap::Space | Gap::Comma | Gap::Dot) || (gap == Gap::Slash) {
        let at = end + usize::from(w.is(end, Class::The));
        let is_full = |date: &Date| matches!(date, Date::Part(_, Part::Day(..)) | Date::Figures(..));
        if let Some(found) = date_of_day(w, at).filter(|(_, date)| is_full(date)) {
            return Some(found);
        }
        let number = day_number(w, at).filter(|(after, _)| {
            let is_counted = super::amounts::unit(w, *after).is_some() || w.gap(*after) == Gap::Colon;
            let is_figure = matches!(w.class(at), Class::Digits | Class::Ordinal) || at > end;
            let is_clock = matches!(w.class(*after), Class::Meridiem | Class::OClock | Class::Month);
            let is_range = matches!(w.gap(*after), Gap::Hyphen | Gap::Dash | Gap::Slash);
            is_figure && gap == Gap::Space && !is_counted && !is_clock && !is_range && !w.is(*after, Class::To)
        });
        if let Some((after, number)) = number.filter(|_| is_sure(w, i) || at > end || w.is(at, Class::Ordinal)) {
            return Some((after, Date::Weekday(Which::Bare, day, Some(number))));
        }
    }
    let of = end + usize::from(w.is(end, Class::Of));
    let week = match w.class(of) {
        Class::Next => Some(Which::Next),
        Class::Last => Some(Which::Previous),
        Class::This => Some(Which::This),
        _ => None,
    };
    if let Some(week) = week.filter(|_| is_word(w, of + 1, "week") && w.is_near(of) && w.is_near(of + 1)) {
        return Some((of + 2, Date::Weekday(week, day, None)));
    }
    is_sure(w, i).then_some((end, Date::Weekday(Which::Bare, day, None)))
}

/// A date of a day in figures or with its month.
fn date_of_day(w: &Words, i: usize) -> Option<(usize, Date)> {
    match w.class(i) {
        Class::Digits => figures::date(w, i).or_else(|| figures::short(w, i)).or_else(|| day_first(w, i)),
        Class::Dotted => figures::dotted(w, i),
        Class::Ordinal | Class::Tens => day_first(w, i),
        Class::Month => month_first(w, i),
        _ => None,
    }
}

/// Whether a weekday is written in full, or stands where a day may stand.
fn is_sure(w: &Words, i: usize) -> bool {
    let lex = w.lex(i);
    if lex.shape != SHORT {
        return true;
    }
    let is_led = i > 0
        && w.is_near(i)
        && matches!(
            w.class(i - 1),
            Class::On
                | Class::Next
                | Class::Last
                | Class::This
                | Class::Each
                | Class::Until
                | Class::Or
                | Class::Coming
                | Class::Unit
        );
    let is_followed = matches!(w.class(i + 1), Class::At | Class::DayPart) && w.is_near(i + 1) && lex.value < 6;
    (is_led || is_followed) && !(w.lex(i + 1).is_capital && w.class(i + 1) == Class::None)
}

/// `summer 2024`, `the summer of 2024`, `spring`.
fn season(w: &Words, i: usize) -> Option<(usize, Date)> {
    let lex = w.lex(i);
    if let Some((end, year)) = year_after(w, i + 1, false) {
        return Some((end, Date::Part(year, Part::Season(lex.value))));
    }
    let before = w.class(i.wrapping_sub(1));
    let led = |class: Class| {
        matches!(class, Class::In | Class::By | Class::Since | Class::Until | Class::Early | Class::Of | Class::For)
    };
    let is_led = led(before) || (before == Class::The && led(w.class(i.wrapping_sub(2))));
    let is_the = before == Class::The && lex.value != 3 && !w.lex(i + 1).is_capital;
    // `the fall of`, `fall in prices`, `spring cleaning`: not a season of any year.
    let is_other = lex.value == 3 && (w.is(i + 1, Class::In) || w.is(i + 1, Class::Of));
    let stands = is_led || (is_the && !matches!(w.class(i + 1), Class::Of | Class::In));
    (stands && !is_other).then_some((i + 1, Date::Part(Year::Open, Part::Season(lex.value))))
}

/// `1990s`, `’90s`, `nineties`.
fn decade(w: &Words, i: usize) -> Option<(usize, Date)> {
    let lex = w.lex(i);
    let first = if lex.shape == 4 { lex.value } else { 1900 + lex.value };
    let is_year = lex.shape == 4 || w.char_before(i).is_some_and(|c| matches!(c, '\'' | '’' | '‘'));
    let is_led = w.is(i.wrapping_sub(1), Class::The) || w.is(i.wrapping_sub(1), Class::Early);
    (is_year || is_led).then_some((i + 1, Date::Decade(first as i32 / 10)))
}

/// `Q3 2024`, `Q3`, `H1 of 2024`.
fn fraction(w: &Words, i: usize) -> Option<(usize, Date)> {
    let part = fraction_part(w.lex(i).value);
    let (end, year) = year_after(w, i + 1, false).unwrap_or((i + 1, Year::Open));
    // `fy24 q3`, `Q3 FY2024`.
    if w.is(end, Class::FiscalYear) && w.is_joined(end) {
        return Some((end + 1, Date::Part(Year::Known(w.lex(end).value as i32), part)));
    }
    Some((end, Date::Part(year, part)))
}

fn fraction_part(n: u32) -> Part {
    if n > 4 { Part::Half(n - 4) } else { Part::Quarter(n) }
}

/// `fiscal 1989`, `fiscal year 2024`, `fiscal-first quarter`, `fiscal second-quarter`.
fn fiscal(w: &Words, i: usize) -> Option<(usize, Date)> {
    let at = i + 1 + usize::from(is_word(w, i + 1, "year"));
    let at = at + usize::from(at == i + 2 && w.is(at, Class::Of));
    let lex = w.lex(at);
    let is_year = lex.class == Class::Digits && lex.shape == 4 && (1900..2100).contains(&lex.value);
    if is_year && w.is_joined(at) {
        return Some((at + 1, Date::Year(Year::Known(lex.value as i32))));
    }
    if let Some(year) = (w.lex(i).value == 1).then(|| short_year(w, at, false)).flatten() {
        return Some((at + 1, Date::Year(Year::Known(year))));
    }
    if w.is(i + 1, Class::Ordinal) && w.is_joined(i + 1) {
        return quarter(w, i + 1);
    }
    None
}

/// `third quarter`, `third-quarter`, `first half`, with the year where one follows.
pub(super) fn quarter(w: &Words, i: usize) -> Option<(usize, Date)> {
    let n = w.lex(i).value;
    let at = i + 1 + usize::from(w.is(i + 1, Class::Fiscal) && w.is_joined(i + 1));
    if !w.is(i, Class::Ordinal) || !w.is_joined(at) {
        return None;
    }
    let is_quarter = w.is(at, Class::Unit) && w.lex(at).value == 7;
    let part = match (is_quarter, w.class(at)) {
        (true, _) if n <= 4 => Part::Quarter(n),
        (_, Class::Half) if n <= 2 => Part::Half(n),
        _ => return None,
    };
    let found = year_after(w, at + 1, false).or_else(|| of_the_year(w, at + 1));
    // `the third quarter of the match`, `the second half of the group`.
    let is_sum = matches!(w.class(at + 2), Class::Digits | Class::Decimal | Class::Quantity);
    if found.is_none() && w.is(at + 1, Class::Of) && w.is_near(at + 1) && !is_sum {
        return None;
    }
    let (end, year) = found.unwrap_or((at + 1, Year::Open));
    Some((end, Date::Part(year, part)))
}

/// `of the year`, `of fiscal 1989`, `of the year 2008`.
pub(super) fn of_the_year(w: &Words, i: usize) -> Option<(usize, Year)> {
    if !w.is(i, Class::Of) {
        return None;
    }
    let at = i + 1 + usize::from(w.is(i + 1, Class::The));
    if let Some((end, Date::Year(year))) = w.is(at, Class::Fiscal).then(|| w.deeper(|| fiscal(w, at))).flatten() {
        return Some((end, year));
    }
    (at == i + 2 && is_word(w, at, "year")).then_some((at + 1, Year::Offset(0)))
}

/// A feast, with its year where one follows.
fn feast(w: &Words, i: usize) -> Option<(usize, Date)> {
    let (end, n) = feasts::feast(w, i)?;
    let (end, year) = year_after(w, end, false).unwrap_or((end, Year::Open));
    Some((end, Date::Part(year, Part::Feast(n))))
}
