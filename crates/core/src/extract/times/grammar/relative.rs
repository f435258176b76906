//! Dates that are counted from another: `yesterday`, `last week`, `the third quarter`, `the end of the month`.

use super::super::calendar::Unit;
use super::super::lexicon::{Class, PLURAL, SHORT};
use super::super::sense::{Counted, Date, From, Part, Which, Year};
use super::super::words::{Gap, Words};
use super::amounts::{amount, unit};
use super::dates;
use super::lengths::whole;
use super::years::{is_word, relative_year, year_after};

/// A date of any form that begins with word `i`, its article included where it belongs to it.
pub(super) fn date(w: &Words, i: usize) -> Option<(usize, Date)> {
    early(w, i).or_else(|| border(w, i)).or_else(|| phrase(w, i)).or_else(|| dates::date(w, i))
}

/// A date within another: `the last week of [next month]`. Not deeper than a few, whatever the text repeats.
fn inner(w: &Words, i: usize) -> Option<(usize, Date)> {
    w.deeper(|| date(w, i))
}

/// `earlier this month`, `late last week`, `mid-May`, `later in the year`.
fn early(w: &Words, i: usize) -> Option<(usize, Date)> {
    if !matches!(w.class(i), Class::Early | Class::Earlier | Class::Later) || !w.is_joined(i + 1) {
        return None;
    }
    let at = i + 1 + usize::from(matches!(w.class(i + 1), Class::In | Class::On));
    let decade = w.is(at, Class::Nineties).then(|| (at + 1, Date::Decade(190 + w.lex(at).value as i32)));
    let (end, date) = decade.or_else(|| phrase(w, at)).or_else(|| dates::date(w, at))?;
    let is_point = !matches!(date, Date::Vague(_) | Date::Shift(..) | Date::Latest(_) | Date::YearsBefore(..));
    is_point.then_some((end, date))
}

/// `the end of the month`, `the beginning of 2000`, `year end`.
fn border(w: &Words, i: usize) -> Option<(usize, Date)> {
    let at = i + usize::from(w.is(i, Class::The));
    if w.is(at, Class::Unit) && w.is(at + 1, Class::Border) && w.lex(at + 1).value == 1 {
        let is_year = w.lex(at).value == 8 && (w.lex(at).is_possessive || w.is_joined(at + 1));
        let is_month = w.lex(at).value == 6 && w.lex(at).shape != PLURAL && w.is_joined(at + 1);
        let unit = if is_year { Unit::Year } else { Unit::Month };
        return (is_year || is_month).then_some((at + 2, Date::Unit(Which::This, unit)));
    }
    if !w.is(at, Class::Border) || !w.is(at + 1, Class::Of) || !w.is_near(at + 1) {
        return None;
    }
    let (end, date) = phrase(w, at + 2).or_else(|| dates::date(w, at + 2)).or_else(|| bare_unit(w, at + 2))?;
    let is_point = matches!(date, Date::Unit(..) | Date::Part(..) | Date::Year(_) | Date::Decade(_) | Date::Century(_));
    let is_week = matches!(date, Date::Weekday(..) | Date::Days(_));
    (is_point || is_week).then_some((end, date))
}

/// `end of month`.
fn bare_unit(w: &Words, i: usize) -> Option<(usize, Date)> {
    let (unit, _) = unit(w, i).filter(|(unit, _)| *unit >= Unit::Day && w.lex(i).shape != PLURAL)?;
    Some((i + 1, Date::Unit(Which::Definite, unit)))
}

/// What begins with an article, a demonstrative or an ordinal, and the words that need none.
fn phrase(w: &Words, i: usize) -> Option<(usize, Date)> {
    let has_the = w.is(i, Class::The);
    let at = i + usize::from(has_the);
    if has_the && !w.is_near(at) {
        return None;
    }
    match w.class(at) {
        Class::Today if !has_the && !is_title(w, at) => Some((at + 1, Date::Days(0))),
        Class::Yesterday if !has_the => Some((at + 1, Date::Days(-1))),
        Class::Tomorrow if !has_the => Some((at + 1, Date::Days(1))),
        Class::Last
        | Class::Past
        | Class::Next
        | Class::Coming
        | Class::This
        | Class::That
        | Class::Current
        | Class::Same
        | Class::Latest => chosen(w, at, has_the),
        Class::Ordinal => ordinal(w, at, has_the),
        Class::Unit => definite(w, at, has_the),
        Class::Season if has_the => {
            let found = dates::date(w, at)?;
            Some(found)
        }
        Class::Decade | Class::Fiscal | Class::Early if has_the => early(w, at).or_else(|| dates::date(w, at)),
        Class::Nineties if has_the => Some((at + 1, Date::Decade(190 + w.lex(at).value as i32))),
        Class::Tens | Class::Small if has_the => the_day(w, at),
        Class::Fiscal if has_the && w.is(at + 1, Class::Unit) => {
            dates::date(w, at).or_else(|| definite(w, at + 1, true))
        }
        Class::Filler if has_the && is_word(w, at, "full") => definite(w, at + 1, true),
        Class::Digits if has_the => of_a_year(w, at),
        Class::Digits => of_a_year(w, at).filter(|_| w.is(at + 1, Class::Ordinal)),
        _ => None,
    }
}

/// Whether `Today` is the last word of a name: `USA Today`.
fn is_title(w: &Words, at: usize) -> bool {
    let before = w.lex(at.wrapping_sub(1));
    let is_small = w.text(at).ends_with("oday");
    w.lex(at).is_capital && is_small && w.is_near(at) && before.is_capital && before.class == Class::None
}

/// `the twenty-sixth day of the month`, `the 23rd of September`.
fn the_day(w: &Words, at: usize) -> Option<(usize, Date)> {
    let (end, _) = dates::day_number(w, at)?;
    if w.is(end - 1, Class::Ordinal) { dates::date(w, at).or_else(|| day_of_month(w, end, at)) } else { None }
}

fn day_of_month(w: &Words, end: usize, at: usize) -> Option<(usize, Date)> {
    let (_, n) = dates::day_number(w, at)?;
    let is_day = w.is(end, Class::Unit) && w.lex(end).value == 4 && w.is(end + 1, Class::Of);
    let (end, month) = if is_day { inner(w, end + 2)? } else { return None };
    Some((end, Date::Nth(n as i32, Counted::Unit(Unit::Day), Box::new(month))))
}

/// `the 1988 period`, `the 1988 second quarter`.
fn of_a_year(w: &Words, at: usize) -> Option<(usize, Date)> {
    let lex = w.lex(at);
    let is_year = lex.shape == 4 && (1900..2100).contains(&lex.value);
    if !is_year || !w.is_near(at + 1) {
        return None;
    }
    let year = Year::Known(lex.value as i32);
    if w.is(at + 1, Class::Ordinal) {
        let (end, date) = dates::quarter(w, at + 1)?;
        let Date::Part(_, part) = date else { return None };
        return Some((end, Date::Part(year, part)));
    }
    let is_part = w.is(at + 1, Class::Unit) && matches!(w.lex(at + 1).value, 7 | 14) && w.lex(at + 1).shape != PLURAL;
    is_part.then_some((at + 2, Date::Part(year, Part::Quarter(0))))
}

/// `last week`, `this Friday`, `next year's first quarter`, `the same period last year`.
fn chosen(w: &Words, i: usize, has_the: bool) -> Option<(usize, Date)> {
    let mut at = i;
    // `this past Wednesday`, `this coming Friday`: the second word decides.
    if w.is(i, Class::This) && matches!(w.class(i + 1), Class::Past | Class::Coming | Class::Last | Class::Next) {
        at += 1;
    }
    let which = which(w, at, has_the)?;
    let mut k = at + 1;
    while matches!(w.class(k), Class::Fiscal | Class::Filler) && k < at + 3 {
        k += 1;
    }
    if !(at + 1..=k).all(|n| w.is_joined(n)) {
        return None;
    }
    let year = match which {
        Which::Last | Which::Previous => Year::Nearest(-1),
        Which::Next | Which::Coming => Year::Nearest(1),
        _ => Year::Nearest(0),
    };
    match w.class(k) {
        Class::Weekday if k == at + 1 && (which != Which::Mentioned || w.lex(k).shape != SHORT) => {
            let day = w.lex(k).value;
            // `the last Monday of May`: the last of something, not the one before today.
            let is_led = which == Which::Last && matches!(w.class(k + 1), Class::Of | Class::In);
            if let Some((end, of)) = is_led.then(|| inner(w, k + 2)).flatten().filter(|(_, of)| is_container(of)) {
                return Some((end, Date::Nth(-1, Counted::Weekday(day), Box::new(of))));
            }
            let (end, date) = dates::date(w, k).unwrap_or((k + 1, Date::Weekday(which, day, None)));
            let date = match date {
                Date::Weekday(Which::Bare, day, number) => Date::Weekday(which, day, number),
                other => other,
            };
            Some((end, date))
        }
        Class::Month if k == at + 1 && which != Which::Mentioned => {
            let month = w.lex(k).value;
            let is_month = w.lex(k).is_capital || !matches!(month, 3 | 5);
            if let Some((end, year @ Year::Known(_))) = year_after(w, k + 1, false) {
                return Some((end, Date::Part(year, Part::Month(month))));
            }
            let day = dates::day_number(w, k + 1).filter(|_| w.is_after_short(k + 1));
            let (end, part) = day.map_or((k + 1, Part::Month(month)), |(end, day)| (end, Part::Day(month, day)));
            is_month.then_some((end, Date::Part(year, part)))
        }
        Class::Season if k == at + 1 && w.lex(k).shape != PLURAL => {
            Some((k + 1, Date::Part(year, Part::Season(w.lex(k).value))))
        }
        Class::Feast => {
            let (end, n) = super::super::feasts::feast(w, k)?;
            Some((end, Date::Part(year, Part::Feast(n))))
        }
        Class::Moment if matches!(which, Which::This) && w.is(i, Class::This) => {
            let is_led = w.is(i.wrapping_sub(1), Class::At) || w.lex(k).value == 1;
            is_led.then_some((k + 1, Date::Vague("PRESENT_REF")))
        }
        Class::Unit | Class::DayPart => chosen_unit(w, i, k, which),
        _ => None,
    }
}

fn which(w: &Words, at: usize, has_the: bool) -> Option<Which> {
    Some(match (w.class(at), w.lex(at).value) {
        (Class::Last, 1) | (Class::Past, _) => Which::Last,
        (Class::Last, _) if has_the => Which::AfterMentioned(-1),
        (Class::Last, _) => Which::Previous,
        (Class::Next, _) => Which::Next,
        (Class::Coming, 1) => Which::Coming,
        (Class::Coming, _) if has_the => Which::AfterMentioned(1),
        (Class::Coming, _) => Which::Next,
        (Class::This | Class::Current, _) => Which::This,
        (Class::That, _) => Which::Mentioned,
        (Class::Same, _) => Which::Mentioned,
        (Class::Latest, _) => Which::Definite,
        _ => return None,
    })
}

fn chosen_unit(w: &Words, i: usize, k: usize, which: Which) -> Option<(usize, Date)> {
    let lex = w.lex(k);
    if lex.class == Class::DayPart {
        return None;
    }
    if lex.shape == PLURAL {
        let is_now = w.is(i, Class::This) && lex.value == 4 && w.text(i).eq_ignore_ascii_case("these");
        return is_now.then_some((k + 1, Date::Vague("PRESENT_REF")));
    }
    let is_period = lex.value == 14;
    if w.is(i, Class::Same) && (is_period || lex.value == 7) {
        // `the same period last year`.
        let year = relative_year(w, k + 1).or_else(|| relative_year(w, k + 2));
        return match year {
            Some((end, Year::Offset(n))) => Some((end, Date::YearsBefore(-n, true))),
            _ => earlier_year(w, k + 1).map(|end| (end, Date::YearsBefore(1, true))),
        };
    }
    if w.is(i, Class::Latest) {
        let unit = if is_period { Unit::Quarter } else { unit(w, k)?.0 };
        return Some((k + 1, Date::Latest(unit)));
    }
    if is_period {
        return None;
    }
    // `This Week` in the middle of a sentence is the name of a programme.
    if lex.is_capital && w.text(k).as_bytes().get(1).is_some_and(u8::is_ascii_lowercase) && w.lex(i).is_capital {
        return None;
    }
    let (unit, times) = unit(w, k)?;
    if unit < Unit::Day && !matches!(which, Which::Last | Which::Next) {
        return None;
    }
    if lex.is_possessive
        && unit == Unit::Year
        && let Some(found) = part_of_that_year(w, k, which)
    {
        return Some(found);
    }
    if unit == Unit::Week && times == 1 && !lex.is_possessive {
        let at = k + 1 + usize::from(w.is(k + 1, Class::On));
        if w.is(at, Class::Weekday) && (k + 1..=at).all(|n| w.is_near(n)) {
            let which = if which == Which::Last { Which::Previous } else { which };
            return Some((at + 1, Date::Weekday(which, w.lex(at).value, None)));
        }
    }
    // `the last week of May`: the last of something, not the one before this.
    if w.is(k + 1, Class::Of)
        && which == Which::Last
        && let Some((end, of)) = inner(w, k + 2).filter(|(_, of)| is_container(of))
    {
        return Some((end, Date::Nth(-1, Counted::Unit(unit), Box::new(of))));
    }
    let which = match which {
        Which::Next if unit == Unit::Day => Which::AfterMentioned(1),
        Which::Last if times == 2 => Which::Offset(-1),
        other => other,
    };
    let is_or_so = w.is(k + 1, Class::Or) && w.is(k + 2, Class::So);
    Some((if is_or_so { k + 3 } else { k + 1 }, Date::Unit(which, unit)))
}

/// `last year's third quarter`, `last year's quarter`.
fn part_of_that_year(w: &Words, k: usize, which: Which) -> Option<(usize, Date)> {
    let year = Year::Offset(match which {
        Which::Last | Which::Previous => -1,
        Which::Next => 1,
        Which::This => 0,
        _ => return None,
    });
    if w.is(k + 1, Class::Ordinal) || w.is(k + 1, Class::Fiscal) {
        let (end, date) = dates::quarter(w, k + 1 + usize::from(w.is(k + 1, Class::Fiscal)))?;
        let Date::Part(_, part) = date else { return None };
        return Some((end, Date::Part(year, part)));
    }
    if w.is(k + 1, Class::Season) {
        return Some((k + 2, Date::Part(year, Part::Season(w.lex(k + 1).value))));
    }
    let is_quarter = w.is(k + 1, Class::Unit) && matches!(w.lex(k + 1).value, 7 | 14) && w.lex(k + 1).shape != PLURAL;
    is_quarter.then_some((k + 2, Date::Part(year, Part::Quarter(0))))
}

/// Whether smaller units can be counted in a point.
fn is_container(date: &Date) -> bool {
    matches!(date, Date::Year(_) | Date::Part(..) | Date::Unit(..) | Date::Decade(_) | Date::Century(_) | Date::Nth(..))
}

/// `third quarter`, `20th century`, `first week of January`, `last Friday in May`, `the 18th`.
fn ordinal(w: &Words, at: usize, has_the: bool) -> Option<(usize, Date)> {
    if let Some(found) = dates::quarter(w, at) {
        // `the third-quarter loss`: the article belongs to the loss.
        let is_hyphened = w.gap(at + 1) == Gap::Hyphen || (w.is(at + 1, Class::Fiscal) && w.gap(at + 2) == Gap::Hyphen);
        return (!has_the || !is_hyphened).then_some(found);
    }
    let (after, n) = dates::day_number(w, at)?;
    if has_the && w.is(after, Class::Month) || w.is(after, Class::Of) && w.is(after + 1, Class::Month) {
        return dates::date(w, at);
    }
    if w.is(after, Class::Of)
        && w.is_near(after)
        && matches!(w.class(after + 1), Class::Next | Class::This | Class::Last | Class::The)
    {
        // `the 12th of next month`.
        let month = inner(w, after + 1).filter(|(_, of)| matches!(of, Date::Unit(_, Unit::Month)));
        if let Some((end, of)) = month {
            return Some((end, Date::Nth(n as i32, Counted::Unit(Unit::Day), Box::new(of))));
        }
    }
    let next = w.lex(after);
    if next.class == Class::Unit && next.value == 10 && w.is_joined(after) {
        return (n > 1 && next.shape != PLURAL).then_some((after + 1, Date::Century(n as i32 - 1)));
    }
    let counted = match next.class {
        Class::Weekday => Some(Counted::Weekday(next.value)),
        Class::Unit if next.shape != PLURAL => unit(w, after).map(|(unit, _)| Counted::Unit(unit)),
        _ => None,
    };
    let counted = counted.filter(|_| w.is_near(after));
    if let Some(counted) = counted {
        let is_led = matches!(w.class(after + 1), Class::Of | Class::In);
        let of = is_led.then(|| inner(w, after + 2)).flatten().filter(|(_, of)| is_container(of));
        if let Some((end, of)) = of {
            return Some((end, Date::Nth(n as i32, counted, Box::new(of))));
        }
        return None;
    }
    let is_figure = w.is(at, Class::Ordinal) && w.text(at).starts_with(|c: char| c.is_ascii_digit());
    let ends =
        !w.is_near(after) || !matches!(w.class(after), Class::None | Class::Unit | Class::DayPart | Class::Ordinal);
    (has_the && is_figure && ends && w.gap(after) != Gap::Hyphen).then_some((after, Date::DayOfMonth(n)))
}

/// `the first ten days of May`, `last two weeks of this year`.
pub(super) fn run(w: &Words, i: usize) -> Option<(usize, Date)> {
    let at = i + usize::from(w.is(i, Class::The));
    let sign = match w.class(at) {
        Class::Ordinal if w.lex(at).value == 1 => 1,
        Class::Last if w.lex(at).value == 1 => -1,
        _ => return None,
    };
    let (number_end, number) = amount(w, at + 1)?;
    let (unit, times) = unit(w, number_end)?;
    let (n, unit) = whole(number, unit)?;
    if !w.is(number_end + 1, Class::Of) {
        return None;
    }
    let (end, of) = inner(w, number_end + 2).filter(|(_, of)| is_container(of))?;
    Some((end, Date::Run(sign * n * times as i32, unit, Box::new(of))))
}

/// `the week`, `the year 2000`, `the year-ago quarter`, `the week after next`, `week 10`.
fn definite(w: &Words, at: usize, has_the: bool) -> Option<(usize, Date)> {
    let lex = w.lex(at);
    if lex.shape == PLURAL || lex.is_possessive && lex.value != 8 {
        return None;
    }
    if let Some(end) = earlier_year(w, at) {
        // `the year-ago results`: the article belongs to the results.
        return Some(year_ago(w, end)).filter(|(_, date)| !has_the || !matches!(date, Date::YearsBefore(_, false)));
    }
    if lex.value == 8
        && w.gap(at + 1) == Gap::Space
        && let Some((end, Year::Known(year))) = year_after(w, at + 1, false)
    {
        return Some((end, Date::Year(Year::Known(year))));
    }
    let is_week = lex.value == 5;
    if w.is(at + 1, Class::To) && is_word(w, at + 2, "date") && matches!(lex.value, 5..=8) {
        return Some((at + 3, Date::Unit(Which::This, unit(w, at)?.0)));
    }
    if is_week && w.is(at + 1, Class::Digits) && w.lex(at + 1).shape <= 2 && w.is_near(at + 1) {
        let n = w.lex(at + 1).value;
        let (end, year) = year_after(w, at + 2, false).unwrap_or((at + 2, Year::Nearest(0)));
        return (1..=53).contains(&n).then_some((end, Date::Part(year, Part::Week(n))));
    }
    if !has_the || lex.is_possessive {
        return None;
    }
    let (unit, _) = unit(w, at).filter(|(unit, _)| *unit >= Unit::Day)?;
    if let (Class::After | Class::Before, true) = (w.class(at + 1), w.is_near(at + 1)) {
        return around(w, at, unit);
    }
    if is_week && w.is(at + 1, Class::Of) {
        let day = dates::date(w, at + 2).filter(|(_, of)| matches!(of, Date::Part(_, Part::Day(..))));
        if let Some((end, of)) = day {
            return Some((end, Date::Nth(1, Counted::Unit(unit), Box::new(of))));
        }
    }
    // `the quarter of a million`, `the day of reckoning`, `the year of the rat`.
    let is_of = w.is(at + 1, Class::Of) && w.is_near(at + 1);
    let is_compound = w.gap(at + 1) == Gap::Hyphen;
    let is_general = matches!(unit, Unit::Day | Unit::Decade | Unit::Century | Unit::Millennium);
    if let Some((end, Year::Known(year))) = year_after(w, at + 1, false).filter(|_| unit == Unit::Quarter && is_of) {
        return Some((end, Date::Part(Year::Known(year), Part::Quarter(0))));
    }
    (!is_of && !is_compound && !is_general).then_some((at + 1, Date::Unit(Which::Definite, unit)))
}

/// `the week after next`, `the day before yesterday`, `the day before`.
fn around(w: &Words, at: usize, unit: Unit) -> Option<(usize, Date)> {
    let sign = if w.is(at + 1, Class::After) { 1 } else { -1 };
    match (w.class(at + 2), sign) {
        (Class::Next, 1) | (Class::Last, -1) => Some((at + 3, Date::Unit(Which::Offset(2 * sign), unit))),
        (Class::Tomorrow, 1) | (Class::Yesterday, -1) if unit == Unit::Day => Some((at + 3, Date::Days(2 * sign))),
        _ if unit == Unit::Day => {
            let point = inner(w, at + 2).filter(|(_, date)| is_day(date));
            if let Some((end, date)) = point {
                return Some((end, Date::Shift(Some(sign), unit, From::Point(Box::new(date)))));
            }
            let is_free = !w.is_near(at + 2);
            let end = if is_free { at + 2 } else { at + 1 };
            Some((end, Date::Unit(Which::AfterMentioned(sign), unit)))
        }
        _ => None,
    }
}

/// Whether a date is a day that others are counted from.
pub(super) fn is_day(date: &Date) -> bool {
    matches!(
        date,
        Date::Part(_, Part::Day(..) | Part::Feast(_)) | Date::Weekday(..) | Date::Days(_) | Date::Figures(..)
    )
}

/// Where `year-ago`, `year earlier` end, at word `i`.
fn earlier_year(w: &Words, i: usize) -> Option<usize> {
    let at = i + usize::from(w.is(i, Class::A));
    let is_year =
        w.is(at, Class::Unit) && w.lex(at).value == 8 && w.lex(at).shape != PLURAL && !w.lex(at).is_possessive;
    let follows = matches!(w.class(at + 1), Class::Ago | Class::Earlier) && w.is_joined(at + 1);
    let is_whole = at > i || w.gap(at + 1) == Gap::Hyphen;
    (is_year && follows && is_whole).then_some(at + 2)
}

/// `year-ago`, `year-ago quarter`, `year-earlier period`, `year-ago third quarter`, given where the first two end.
fn year_ago(w: &Words, end: usize) -> (usize, Date) {
    if let Some((end, Date::Part(_, part))) = dates::quarter(w, end).filter(|_| w.is_near(end)) {
        return (end, Date::Part(Year::Offset(-1), part));
    }
    let is_part = w.is(end, Class::Unit) && matches!(w.lex(end).value, 7 | 14) && w.is_near(end);
    let end = if is_part { end + 1 } else { end };
    (end, Date::YearsBefore(1, is_part))
}
