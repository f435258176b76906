//! Feasts whose day can be computed, and how.

use super::calendar::{Point, day_of, monday};
use super::lexicon::Class;
use super::words::Words;

/// Name and rule, the longer of two names first. A rule is a day (`12-25`), the nth (or last, 0) weekday of a month
/// with days added (`4.4.11+1`: the day after the fourth Thursday of November), or days after Easter (`E-2`).
const FEASTS: &str = "christmas eve=12-24,christmas day=12-25,christmas=12-25,xmas eve=12-24,xmas day=12-25,xmas=12-25,\
boxing day=12-26,new year eve=12-31,new year day=1-1,new years eve=12-31,new years day=1-1,new year=1-1,\
valentine day=2-14,valentines day=2-14,st patrick day=3-17,saint patrick day=3-17,april fool day=4-1,fools day=4-1,\
earth day=4-22,anzac day=4-25,workers day=5-1,international workers day=5-1,international women day=3-8,women day=3-8,\
juneteenth=6-19,independence day=7-4,bastille day=7-14,halloween=10-31,armistice day=11-11,veterans day=11-11,\
remembrance day=11-11,guy fawkes night=11-5,guy fawkes day=11-5,groundhog day=2-2,burns night=1-25,epiphany=1-6,\
human rights day=12-10,st nicholas day=12-6,martin luther king day=3.1.1,mlk day=3.1.1,presidents day=3.1.2,\
president day=3.1.2,memorial day=0.1.5,labor day=1.1.9,labour day=1.1.9,columbus day=2.1.10,\
thanksgiving day=4.4.11,thanksgiving=4.4.11,black friday=4.4.11+1,cyber monday=4.4.11+4,mother day=2.7.5,\
father day=3.7.6,good friday=E-2,maundy thursday=E-3,palm sunday=E-7,ash wednesday=E-46,pancake day=E-47,\
easter monday=E+1,easter sunday=E+0,easter=E+0,ascension day=E+39,whit sunday=E+49,whit monday=E+50,pentecost=E+49,\
mardi gras=E-47,trinity sunday=E+56,corpus christi=E+60,mothers day=2.7.5,fathers day=3.7.6,flag day=6-14,\
canada day=7-1,australia day=1-26,inauguration day=1-20,st george day=4-23,st andrew day=11-30,singles day=11-11";

/// The feast that word `i` begins: where its name ends and its place in the list.
pub(super) fn feast(w: &Words, i: usize) -> Option<(usize, usize)> {
    if !w.is(i, Class::Feast) {
        return None;
    }
    FEASTS.split(',').enumerate().find_map(|(n, line)| {
        let (name, _) = line.split_once('=')?;
        let mut at = i;
        for word in name.split(' ') {
            let is_near = at == i || matches!(w.between(at), " " | "' " | "’ " | ". ");
            if !is_near || !w.place(at, at + 1).of(w.text).eq_ignore_ascii_case(word) {
                return None;
            }
            at += 1;
        }
        // `new year` and `labor day` written small are other things more often than the feast.
        let is_plain = matches!(name, "new year" | "earth day" | "independence day" | "mother day" | "father day");
        let is_sure = !is_plain || w.lex(i).is_capital || w.is(at, Class::Digits) || w.class(at) == Class::Of;
        (is_sure && !w.lex(at - 1).is_possessive).then_some((at, n))
    })
}

/// Feast `n` of the list in a year.
pub(super) fn day_in(n: usize, year: i32) -> Option<Point> {
    let (_, rule) = FEASTS.split(',').nth(n)?.split_once('=')?;
    if let Some(days) = rule.strip_prefix('E') {
        return Some(Point::Day(easter(year)? + days.parse::<i32>().ok()?));
    }
    if let Some((month, day)) = rule.split_once('-') {
        return day_of(year, month.parse().ok()?, day.parse().ok()?).map(Point::Day);
    }
    let (rule, more) = rule.split_once('+').unwrap_or((rule, "0"));
    let mut parts = rule.split('.').map(|part| part.parse::<i32>().unwrap_or(1));
    let (nth, weekday, month) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Point::Day(nth_weekday(year, month as u32, nth, weekday)? + more.parse::<i32>().ok()?))
}

/// The nth weekday (1 Monday to 7 Sunday) of a month; the last where `nth` is 0.
fn nth_weekday(year: i32, month: u32, nth: i32, weekday: i32) -> Option<i32> {
    let first = day_of(year, month, 1)?;
    let mut day = monday(first) + weekday - 1;
    if day < first {
        day += 7;
    }
    if nth > 0 {
        return Some(day + 7 * (nth - 1));
    }
    let last = Point::holding(first, super::calendar::Unit::Month).last_day();
    Some(day + (last - day).div_euclid(7) * 7)
}

/// Easter Sunday in the Gregorian calendar. Source: the anonymous algorithm printed in Nature, 20 April 1876.
fn easter(year: i32) -> Option<i32> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day_of(year, (n / 31) as u32, (n % 31 + 1) as u32)
}
