//! Stretches of the calendar that documents are counted in.
//!
//! A date is in the period that all days it may mean lie in; where they lie in several it is in none: `2025` is in no
//! month. Periods of one length are numbered in the order of time without gaps, so that those without documents are
//! known too.

use crate::base::{DateRange, PartialDate};
use crate::views::words;

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// A day.
    Day,
    /// Monday to Sunday, as ISO 8601 has it.
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
    /// Ten years, the first of which ends in 0.
    Decade,
}

/// The Monday before 1 January 1970.
const FIRST_MONDAY: i32 = -3;

impl Period {
    /// All of them, the shortest first.
    pub const ALL: &'static [Period] =
        &[Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year, Period::Decade];

    /// The number of the period that a date is in; nothing where the date is not known so exactly.
    pub fn of(self, date: PartialDate) -> Option<i32> {
        let year = i32::from(date.year);
        let month = (date.month > 0).then(|| year * 12 + i32::from(date.month) - 1);
        match self {
            Period::Day => (date.day > 0).then(|| date.day_number()),
            Period::Week => (date.day > 0).then(|| (date.day_number() - FIRST_MONDAY).div_euclid(7)),
            Period::Month => month,
            Period::Quarter => month.map(|month| month.div_euclid(3)),
            Period::Year => Some(year),
            Period::Decade => Some(year.div_euclid(10)),
        }
    }

    /// Its first and last day.
    pub fn days(self, number: i32) -> DateRange {
        let days = |from: i32, to: i32| DateRange {
            from: PartialDate::of_day_number(from),
            to: PartialDate::of_day_number(to),
        };
        let months = |from: i32, count: i32| {
            let month = |month: i32| PartialDate {
                year: month.div_euclid(12).clamp(-9999, 9999) as i16,
                month: month.rem_euclid(12) as u8 + 1,
                day: 0,
                minute: 0,
            };
            DateRange { from: month(from).days().from, to: month(from.saturating_add(count - 1)).days().to }
        };
        match self {
            Period::Day => days(number, number),
            Period::Week => {
                let monday = number.saturating_mul(7).saturating_add(FIRST_MONDAY);
                days(monday, monday.saturating_add(6))
            }
            Period::Month => months(number, 1),
            Period::Quarter => months(number.saturating_mul(3), 3),
            Period::Year => months(number.saturating_mul(12), 12),
            Period::Decade => {
                let year = number.saturating_mul(10);
                // The first year that can be written is no first of ten.
                let from = year.max(-9999);
                months(from.saturating_mul(12), (year.saturating_add(10) - from) * 12)
            }
        }
    }

    /// The value of a filter by date that lets this period through: `2025-02`, `2025-02-24..2025-03-02`.
    pub fn filter(self, number: i32) -> String {
        let DateRange { from, to } = self.days(number);
        match self {
            Period::Day => from.to_string(),
            Period::Week => format!("{from}..{to}"),
            Period::Month => from.month().to_string(),
            Period::Quarter => format!("{}..{}", from.month(), to.month()),
            Period::Year => year(from).to_string(),
            Period::Decade => format!("{}..{}", year(from), year(to)),
        }
    }

    /// Its name in tables, in the order of time where years have four digits: `2025-02-24`, `2025-W09`, `2025-02`, `2025-Q1`, `2025`, `2020s`.
    pub fn name(self, number: i32) -> String {
        let DateRange { from, to } = self.days(number);
        match self {
            Period::Week => {
                // A week belongs to the year of its Thursday.
                let thursday = PartialDate::of_day_number(from.day_number().saturating_add(3));
                let first = PartialDate { month: 1, day: 1, ..thursday }.day_number();
                format!("{}-W{:02}", year(thursday), (thursday.day_number() - first) / 7 + 1)
            }
            Period::Quarter => format!("{}-Q{}", year(from), to.month / 3),
            Period::Decade => format!("{}s", year(from)),
            _ => self.filter(number),
        }
    }

    /// Its name in sentences: `24 Feb 2025`, `24 Feb to 2 Mar 2025`, `Feb 2025`, `Jan to Mar 2025`, `2025`, `the 2020s`.
    pub fn words(self, number: i32) -> String {
        let DateRange { from, to } = self.days(number);
        match self {
            Period::Day => words::date(from),
            Period::Week => range_in_words(from, to),
            Period::Month => words::date(from.month()),
            Period::Quarter => range_in_words(from.month(), to.month()),
            Period::Year => words::date(year(from)),
            Period::Decade => format!("the {}s", words::date(year(from))),
        }
    }

    /// One of them, as a word: `month`.
    pub fn noun(self) -> &'static str {
        match self {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Year => "year",
            Period::Decade => "decade",
        }
    }
}

fn year(date: PartialDate) -> PartialDate {
    PartialDate { month: 0, day: 0, minute: 0, ..date }
}

/// The year is said once where both have the same.
fn range_in_words(from: PartialDate, to: PartialDate) -> String {
    let (first, last) = (words::date(from), words::date(to));
    let own_year = format!(" {}", words::date(year(from)));
    match first.strip_suffix(&own_year).filter(|_| from.year == to.year) {
        Some(first) => format!("{first} to {last}"),
        None => format!("{first} to {last}"),
    }
}
