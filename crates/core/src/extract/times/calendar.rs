//! The calendar: points of different size, how they are written, the days they cover, how they are counted on.

use crate::base::{DateRange, PartialDate};

/// A stretch of the calendar. Numbers count from the year 0 (or, for days, from 1970), so that counting on is adding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// A minute of a day: day number, minutes since midnight.
    Minute(i32, u32),
    /// A day, by its number.
    Day(i32),
    /// A week, by the number of its Monday.
    Week(i32),
    /// A Saturday with its Sunday, by the number of the Monday before.
    Weekend(i32),
    /// Months since the year 0.
    Month(i32),
    /// Quarters since the year 0.
    Quarter(i32),
    /// Halves since the year 0.
    Half(i32),
    /// Seasons since the spring of the year 0: spring, summer, autumn, winter of a year.
    Season(i32),
    /// A year.
    Year(i32),
    /// A decade: its first year divided by ten.
    Decade(i32),
    /// A century: its first year divided by a hundred.
    Century(i32),
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

impl Point {
    /// The point as TIMEX3 writes it.
    pub(super) fn value(self) -> String {
        match self {
            Point::Minute(day, minute) => {
                format!("{}T{:02}:{:02}", PartialDate::of_day_number(day), minute / 60, minute % 60)
            }
            Point::Day(day) => PartialDate::of_day_number(day).to_string(),
            Point::Week(monday) => week_value(monday),
            Point::Weekend(monday) => format!("{}-WE", week_value(monday)),
            Point::Month(n) => format!("{:04}-{:02}", n.div_euclid(12), n.rem_euclid(12) + 1),
            Point::Quarter(n) => format!("{:04}-Q{}", n.div_euclid(4), n.rem_euclid(4) + 1),
            Point::Half(n) => format!("{:04}-H{}", n.div_euclid(2), n.rem_euclid(2) + 1),
            Point::Season(n) => {
                format!("{:04}-{}", n.div_euclid(4), SEASONS.get(n.rem_euclid(4) as usize).unwrap_or(&"XX"))
            }
            Point::Year(n) => format!("{n:04}"),
            Point::Decade(n) => format!("{n:03}"),
            Point::Century(n) => format!("{n:02}"),
        }
    }

    /// The days it covers; nothing beyond the calendar.
    pub(super) fn days(self) -> Option<DateRange> {
        let (from, to) = match self {
            Point::Minute(day, _) | Point::Day(day) => (day, day),
            Point::Week(monday) => (monday, monday + 6),
            Point::Weekend(monday) => (monday + 5, monday + 6),
            Point::Month(n) => months(n, 1)?,
            Point::Quarter(n) => months(n.checked_mul(3)?, 3)?,
            Point::Half(n) => months(n.checked_mul(6)?, 6)?,
            // Spring begins in March.
            Point::Season(n) => months(n.checked_mul(3)?.checked_add(2)?, 3)?,
            Point::Year(n) => months(n.checked_mul(12)?, 12)?,
            Point::Decade(n) => months(n.checked_mul(120)?, 120)?,
            Point::Century(n) => months(n.checked_mul(1200)?, 1200)?,
        };
        Some(DateRange { from: PartialDate::of_day_number(from), to: PartialDate::of_day_number(to) })
    }

    /// The number of its first day.
    pub(super) fn first_day(self) -> i32 {
        self.days().map_or(0, |days| days.from.day_number())
    }

    /// The number of its last day.
    pub(super) fn last_day(self) -> i32 {
        self.days().map_or(0, |days| days.to.day_number())
    }

    /// The point `n` of its own size later.
    pub(super) fn plus(self, n: i32) -> Point {
        let add = |at: i32, each: i32| at.saturating_add(n.saturating_mul(each));
        match self {
            Point::Minute(day, minute) => {
                let minutes = i64::from(day) * 1440 + i64::from(minute) + i64::from(n);
                Point::Minute(minutes.div_euclid(1440) as i32, minutes.rem_euclid(1440) as u32)
            }
            Point::Day(at) => Point::Day(add(at, 1)),
            Point::Week(at) => Point::Week(add(at, 7)),
            Point::Weekend(at) => Point::Weekend(add(at, 7)),
            Point::Month(at) => Point::Month(add(at, 1)),
            Point::Quarter(at) => Point::Quarter(add(at, 1)),
            Point::Half(at) => Point::Half(add(at, 1)),
            Point::Season(at) => Point::Season(add(at, 1)),
            Point::Year(at) => Point::Year(add(at, 1)),
            Point::Decade(at) => Point::Decade(add(at, 1)),
            Point::Century(at) => Point::Century(add(at, 1)),
        }
    }

    /// The point of the size of `unit` that holds `day`.
    pub(super) fn holding(day: i32, unit: Unit) -> Point {
        let date = PartialDate::of_day_number(day);
        let year = i32::from(date.year);
        let month = year * 12 + i32::from(date.month) - 1;
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Point::Day(day),
            Unit::Week => Point::Week(monday(day)),
            Unit::Weekend => Point::Weekend(monday(day)),
            Unit::Month => Point::Month(month),
            Unit::Quarter => Point::Quarter(month.div_euclid(3)),
            Unit::Year => Point::Year(year),
            Unit::Decade => Point::Decade(year.div_euclid(10)),
            Unit::Century | Unit::Millennium => Point::Century(year.div_euclid(100)),
        }
    }

    /// Whether its years are years of the calendar.
    pub(super) fn is_sound(self) -> bool {
        self.days().is_some_and(|days| days.from.year > -9999 && days.to.year < 9999)
    }

    /// The year it lies in, or begins in.
    pub(super) fn year(self) -> i32 {
        self.days().map_or(0, |days| i32::from(days.from.year))
    }
}

/// The Monday of the week that holds `day`.
pub(super) fn monday(day: i32) -> i32 {
    // 1 January 1970 was a Thursday.
    day - (day + 3).rem_euclid(7)
}

/// The number of a day of the calendar, if there is such a day.
pub(super) fn day_of(year: i32, month: u32, day: u32) -> Option<i32> {
    let year = i16::try_from(year).ok()?;
    let date = PartialDate { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()?, minute: 0 };
    (month > 0 && day > 0 && date.is_sound()).then(|| date.day_number())
}

/// The `n`th week of a year, by ISO 8601: its Monday.
pub(super) fn week_of(year: i32, n: u32) -> Option<i32> {
    let first = monday(day_of(year, 1, 4)?);
    Some(first + 7 * (i32::try_from(n).ok()? - 1))
}

fn week_value(start: i32) -> String {
    // The year of a week is the year of its Thursday.
    let year = i32::from(PartialDate::of_day_number(start + 3).year);
    let first = day_of(year, 1, 4).map_or(start, monday);
    format!("{year:04}-W{:02}", (start - first) / 7 + 1)
}

/// First and last day of `count` months from month `n`.
fn months(n: i32, count: i32) -> Option<(i32, i32)> {
    let first = |n: i32| day_of(n.div_euclid(12), n.rem_euclid(12) as u32 + 1, 1);
    Some((first(n)?, first(n.checked_add(count)?)? - 1))
}
