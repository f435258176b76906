//! Dates as documents carry them: a year, a month or a day, sometimes with a time.
//!
//! The one decision: a date is never more exact than what was given. `2025-02` stays a month, sorts before
//! its days, and matches any range that it overlaps.

use std::fmt;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::binary::FromBinary;

/// A calendar date known to the year, the month or the day, with the time of day where one was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, SerBin, DeBin)]
pub struct PartialDate {
    /// Year of the proleptic Gregorian calendar, −9999 to 9999.
    pub year: i16,
    /// 1 to 12, or 0 where only the year is known.
    pub month: u8,
    /// 1 to 31, or 0 where only the month is known.
    pub day: u8,
    /// Minutes since midnight plus 1, or 0 where no time was given (so that a bare day sorts first).
    pub minute: u16,
}

impl FromBinary for PartialDate {
    fn take(bytes: &mut &[u8]) -> Option<PartialDate> {
        let (year, (month, day), minute) = FromBinary::take(bytes)?;
        Some(PartialDate { year, month, day, minute }).filter(|date| date.is_sound())
    }
}

impl PartialDate {
    /// Whether it is a date: its parts are in their ranges, and none is known without the one before it.
    pub fn is_sound(self) -> bool {
        let is_known_in_order = (self.month > 0 || self.day == 0) && (self.day > 0 || self.minute == 0);
        let days = days_in_month(self.year, self.month);
        let is_in_range = (-9999..=9999).contains(&self.year) && self.month <= 12 && self.day <= days;
        is_known_in_order && is_in_range && self.minute <= 24 * 60
    }

    /// Reads `2025`, `2025-02`, `2025-02-24` and `2025-02-24T15:01[:01][Z|±hh:mm]`; the zone is not applied:
    /// a date is what its source wrote. Returns nothing for anything else or for a day that does not exist.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let text = text.trim();
        let (date, time) = match text.split_once(['T', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let (negative, date) = match date.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, date),
        };
        let mut parts = date.split('-');
        let year = digits(parts.next()?, 4)? as i16;
        let month = parts.next().map_or(Some(0), |part| digits(part, 2).filter(|m| (1..=12).contains(m)))? as u8;
        let year = if negative { -year } else { year };
        let day = parts
            .next()
            .map_or(Some(0), |part| digits(part, 2).filter(|d| (1..=days_in_month(year, month).into()).contains(d)))?
            as u8;
        if parts.next().is_some() || (time.is_some() && day == 0) {
            return None;
        }
        let minute = time.map_or(Some(0), minute_of_day)?;
        Some(PartialDate { year, month, day, minute })
    }

    /// The date without its time.
    pub fn day(self) -> PartialDate {
        PartialDate { minute: 0, ..self }
    }

    /// The date known only to its month; a bare year stays a year.
    pub fn month(self) -> PartialDate {
        PartialDate { day: 0, minute: 0, ..self }
    }

    /// The first and the last day that this date may mean.
    pub fn days(self) -> DateRange {
        let from = PartialDate { year: self.year, month: self.month.max(1), day: self.day.max(1), minute: 0 };
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in_month(self.year, month) } else { self.day };
        DateRange { from, to: PartialDate { year: self.year, month, day, minute: 0 } }
    }

    /// Days from 1 January 1970 to the first day that this date may mean, negative before.
    pub fn day_number(self) -> i32 {
        // Years that begin in March, so that the leap day is the last (Hinnant, chrono-Compatible Low-Level Date
        // Algorithms, 2021).
        let (month, day) = (i32::from(self.month.max(1)), i32::from(self.day.max(1)));
        let year = i32::from(self.year) - i32::from(month <= 2);
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + year * 365 + year / 4 - year / 100 + day_of_year - 719_468
    }

    /// The day of this number, as [`PartialDate::day_number`] counts; years out of range become the nearest in it.
    pub fn of_day_number(number: i32) -> PartialDate {
        let number = number.saturating_add(719_468);
        let (era, day) = (number.div_euclid(146_097), number.rem_euclid(146_097));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month + 2) / 5 + 1) as u8;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year + i32::from(month <= 2);
        PartialDate { year: year.clamp(-9999, 9999) as i16, month: month as u8, day, minute: 0 }
    }

    /// The month after this date's month.
    pub fn next_month(self) -> PartialDate {
        let (year, month) =
            if self.month >= 12 { (self.year.saturating_add(1), 1) } else { (self.year, self.month + 1) };
        PartialDate { year, month, day: 0, minute: 0 }
    }
}

impl fmt::Display for PartialDate {
    /// ISO 8601, as exact as the date is known; the time is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}", self.year.unsigned_abs())?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// An inclusive range of days. Open ends are the first and last representable day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct DateRange {
    /// First day inside.
    pub from: PartialDate,
    /// Last day inside.
    pub to: PartialDate,
}

const FIRST: PartialDate = PartialDate { year: -9999, month: 1, day: 1, minute: 0 };
const LAST: PartialDate = PartialDate { year: 9999, month: 12, day: 31, minute: 0 };

impl DateRange {
    /// Reads `2025-02`, `2025-02..2025-03`, `2025-02..` and `..2025-03`; both ends count whole. `>2025-02` begins
    /// after its last day, `<2025-02` ends before its first; with `=` after the sign the date itself counts.
    pub fn parse(text: &str) -> Option<DateRange> {
        if let Some(bound) = text.trim().strip_prefix(['<', '>']) {
            let is_upper = text.trim().starts_with('<');
            let (date, is_inside) = bound.strip_prefix('=').map_or((bound, false), |date| (date, true));
            let days = PartialDate::parse(date.trim())?.days();
            // The ends of a range are whole days, with minute 0: these lie between two days.
            let after = PartialDate { minute: 1, ..days.to };
            let before = PartialDate { day: days.from.day - 1, minute: u16::MAX, ..days.from };
            return Some(match (is_upper, is_inside) {
                (true, true) => DateRange { from: FIRST, to: days.to },
                (true, false) => DateRange { from: FIRST, to: before },
                (false, true) => DateRange { from: days.from, to: LAST },
                (false, false) => DateRange { from: after, to: LAST },
            });
        }
        let Some((from, to)) = super::range::ends(text) else { return PartialDate::parse(text).map(PartialDate::days) };
        let open = |part: &str| part.trim().is_empty();
        if open(from) && open(to) {
            return None;
        }
        let from = if open(from) { FIRST } else { PartialDate::parse(from)?.days().from };
        let to = if open(to) { LAST } else { PartialDate::parse(to)?.days().to };
        (from <= to).then_some(DateRange { from, to })
    }

    /// Whether some day that `date` may mean lies inside.
    pub fn overlaps(self, date: PartialDate) -> bool {
        let days = date.days();
        days.from <= self.to && self.from <= days.to
    }
}

fn digits(text: &str, width: usize) -> Option<u32> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn minute_of_day(time: &str) -> Option<u16> {
    let hour = digits(time.get(0..2)?, 2).filter(|h| *h < 24)?;
    let minute = digits(time.get(3..5)?, 2).filter(|m| *m < 60)?;
    (time.as_bytes().get(2) == Some(&b':')).then_some((hour * 60 + minute + 1) as u16)
}

/// Days of a month, 31 where the month is not known.
fn days_in_month(year: i16, month: u8) -> u8 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_print_as_they_were_read() {
        for text in ["2025", "2025-02", "2025-02-24", "0987-12-31", "-0044-03-15"] {
            assert_eq!(PartialDate::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn impossible_dates_are_no_dates() {
        for text in [
            "",
            "25",
            "2025-13",
            "2025-02-30",
            "2023-02-29",
            "2025-00",
            "2025-02-00",
            "2025-2-3",
            "2025-02T10:00",
            "x",
            "2025-02-24T25:00",
            "2025-02-24-01",
        ] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
        assert!(PartialDate::parse("2024-02-29T15:01:01").is_some());
    }

    #[test]
    fn days_are_numbered_one_after_the_other() {
        let date = |text: &str| PartialDate::parse(text).unwrap();
        for (text, number) in
            [("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2025-02-24", 20_143), ("1970", 0)]
        {
            assert_eq!(date(text).day_number(), number, "{text}");
        }
        let first = date("-9999-01-01").day_number();
        let last = date("9999-12-31").day_number();
        assert_eq!(last - first + 1, 19_999 * 365 + 4_849);
        let mut before = PartialDate::of_day_number(first);
        assert_eq!(before, date("-9999-01-01"));
        for number in first + 1..=last {
            let day = PartialDate::of_day_number(number);
            assert!(day > before && day.is_sound() && day.day_number() == number, "{number}");
            before = day;
        }
    }

    #[test]
    fn a_month_overlaps_a_range_that_touches_any_of_its_days() {
        let overlaps =
            |range: &str, date: &str| DateRange::parse(range).unwrap().overlaps(PartialDate::parse(date).unwrap());
        assert!(overlaps("2025-02-20..2025-03-05", "2025-02"));
        assert!(overlaps("2025", "2025-02-24"));
        assert!(overlaps("..2025-02", "2025-02-28"));
        assert!(!overlaps("2025-03..", "2025-02-28"));
        assert!(overlaps(">2025-02", "2025-03-01") && !overlaps(">2025-02", "2025-02-28"));
        assert!(overlaps(">=2025-02", "2025-02-01") && !overlaps(">=2025-02", "2025-01-31"));
        assert!(overlaps("<2025-02", "2025-01-31") && !overlaps("<2025-02-02", "2025-02-02"));
        assert!(
            overlaps("<2025-02-02", "2025-02-01") && overlaps("<=2025", "2025-12-31") && !overlaps("<=2025", "2026")
        );
        assert_eq!(DateRange::parse(">x"), None);
        assert_eq!(DateRange::parse("2025-03..2025-02"), None);
        assert_eq!(DateRange::parse(".."), None);
    }
}
