//! Dates in metadata: the forms that files, feeds and front matter carry.
//!
//! The one decision: an ambiguous date is not guessed. `03/04/2025` is April to some and March to others, so it is
//! reported and the document has no date. The zone is not applied: a date is what its source wrote. English month
//! names only. Dates in running text are no business of this module.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::Offset;
use thiserror::Error;

use crate::base::PartialDate;

/// Why a date could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DateError {
    /// A form that is not known, or a day that does not exist.
    #[error("The date was not understood. Write it as 2025-02-24, 2025-02 or 2025; it reads {text:?}.")]
    NotUnderstood {
        /// The date as given, at most 60 characters of it.
        text: String,
    },
    /// Day and month cannot be told apart.
    #[error("The date could be day/month or month/day. Write it as 2025-02-24; it reads {text:?}.")]
    Ambiguous {
        /// The date as given.
        text: String,
    },
}

/// Reads a date as metadata writes it.
///
/// Known forms: ISO 8601 (`2025`, `2025-02`, `2025-02-24T15:01Z`), `20250224`, `2025/02/24`, `24.02.2025` (dots put the
/// day first), `02/24/2025` where one number is above 12, `24 February 2025`, `Feb 24, 2025`, `February 2025`, each
/// with an optional weekday before and time after, RFC 2822, and seconds or milliseconds since 1970.
/// Errors: [`DateError`]. Cost: O(length).
pub fn read(text: &str) -> Result<PartialDate, DateError> {
    let trimmed = text.trim();
    if let Some(date) = PartialDate::parse(trimmed) {
        return Ok(date);
    }
    if let Ok(number) = trimmed.parse::<i64>() {
        return read_number(number);
    }
    if let Ok(zoned) = rfc2822::parse(trimmed) {
        return from_civil(zoned.datetime()).ok_or_else(|| not_understood(text));
    }
    let (day, time) = split_time(trimmed);
    let day = numeric(day).or_else(|error| written(day).ok_or(error))?;
    Ok(PartialDate { minute: time.filter(|_| day.day > 0).unwrap_or(0), ..day })
}

/// Reads a date given as a number: a year (`1946`), a month (`202502`), a day (`20250224`), or seconds or milliseconds
/// since 1970 where nothing else fits (9–10 and 12–13 digits; the time is then that of UTC).
///
/// Errors: [`DateError::NotUnderstood`] for any other number. Cost: O(1).
pub fn read_number(number: i64) -> Result<PartialDate, DateError> {
    let part = |value: i64, digits: usize| format!("{value:0digits$}");
    let iso = match number {
        1000..=2999 => part(number, 4),
        100_001..=299_912 => format!("{}-{}", part(number / 100, 4), part(number % 100, 2)),
        10_000_101..=29_991_231 => {
            format!("{}-{}-{}", part(number / 10_000, 4), part(number / 100 % 100, 2), part(number % 100, 2))
        }
        100_000_000..=9_999_999_999 => return from_epoch_millis(number.saturating_mul(1000)),
        100_000_000_000..=9_999_999_999_999 => return from_epoch_millis(number),
        _ => String::new(),
    };
    PartialDate::parse(&iso).ok_or_else(|| not_understood(&number.to_string()))
}

fn from_epoch_millis(millis: i64) -> Result<PartialDate, DateError> {
    Timestamp::from_millisecond(millis)
        .ok()
        .and_then(|timestamp| from_civil(Offset::UTC.to_datetime(timestamp)))
        .ok_or_else(|| not_understood(&millis.to_string()))
}

fn from_civil(at: DateTime) -> Option<PartialDate> {
    let minute = u16::try_from(i32::from(at.hour()) * 60 + i32::from(at.minute()) + 1).ok()?;
    Some(PartialDate {
        year: at.year(),
        month: u8::try_from(at.month()).ok()?,
        day: u8::try_from(at.day()).ok()?,
        minute,
    })
}

/// Takes a time such as `, 15:01`, ` at 3:01 pm` or `T15:01:01Z` off the end; minutes since midnight plus 1.
fn split_time(text: &str) -> (&str, Option<u16>) {
    let Some(colon) = text.find(':') else {
        return (text, None);
    };
    let before = text.get(..colon).unwrap_or("");
    let hour_at = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let after = text.get(colon + 1..).unwrap_or("");
    let hour = before.get(hour_at..).and_then(|digits| digits.parse::<u16>().ok());
    let minute = after.get(..2).and_then(|digits| digits.parse::<u16>().ok());
    let (Some(hour), Some(minute)) = (hour, minute) else {
        return (text, None);
    };
    let rest = after.to_ascii_lowercase();
    let hour = match hour {
        1..=11 if rest.contains("pm") || rest.contains("p.m") => hour + 12,
        12 if rest.contains("am") || rest.contains("a.m") => 0,
        _ => hour,
    };
    let day = before.get(..hour_at).unwrap_or("").trim_end_matches([' ', ',', 'T']);
    let day = day.strip_suffix(" at").unwrap_or(day).trim_end_matches([' ', ',']);
    (day, (hour < 24 && minute < 60).then_some(hour * 60 + minute + 1))
}

/// `2025/02/24`, `2025.02.24`, `24.02.2025`, `24/02/2025`.
fn numeric(text: &str) -> Result<PartialDate, DateError> {
    let separator = if text.contains('/') { '/' } else { '.' };
    let parts: Vec<&str> = text.trim_end_matches('.').split(separator).map(str::trim).collect();
    let [first, second, third] = parts.as_slice() else {
        return Err(not_understood(text));
    };
    let number = |part: &str, longest: usize| {
        let is_number = !part.is_empty() && part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse::<u16>().ok()).flatten()
    };
    let date = if first.len() == 4 {
        (number(first, 4), number(second, 2), number(third, 2))
    } else if separator == '.' && third.len() == 4 {
        (number(third, 4), number(second, 2), number(first, 2))
    } else if third.len() == 4 {
        let (Some(a), Some(b)) = (number(first, 2), number(second, 2)) else {
            return Err(not_understood(text));
        };
        if a <= 12 && b <= 12 && a != b {
            return Err(DateError::Ambiguous { text: shortened(text) });
        }
        (number(third, 4), Some(if a > 12 { b } else { a }), Some(if a > 12 { a } else { b }))
    } else {
        return Err(not_understood(text));
    };
    let (Some(year), Some(month), Some(day)) = date else {
        return Err(not_understood(text));
    };
    PartialDate::parse(&format!("{year:04}-{month:02}-{day:02}")).ok_or_else(|| not_understood(text))
}

/// `24 February 2025`, `Feb. 24th, 2025`, `Monday, 24 February 2025`, `February 2025`.
fn written(text: &str) -> Option<PartialDate> {
    let (mut month, mut day, mut year) = (None, None, None);
    for word in text.split([' ', ',', '.', '-', '\u{a0}']).filter(|word| !word.is_empty()) {
        if let Some(found) = month_number(word) {
            month.replace(found).is_none().then_some(())?;
        } else if word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) {
            year.replace(word.parse::<u16>().ok()?).is_none().then_some(())?;
        } else if let Some(found) = day_number(word) {
            day.replace(found).is_none().then_some(())?;
        } else if !is_weekday(word) && !word.eq_ignore_ascii_case("of") && !word.eq_ignore_ascii_case("the") {
            return None;
        }
    }
    let (year, month) = (year?, month?);
    PartialDate::parse(&match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    })
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn month_number(word: &str) -> Option<usize> {
    MONTHS.iter().position(|month| is_name_or_short(word, month)).map(|index| index + 1)
}

fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|day| is_name_or_short(word, day))
}

/// Whether `word` is `name` or its beginning of at least three letters, in any case.
fn is_name_or_short(word: &str, name: &str) -> bool {
    word.len() >= 3 && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn day_number(word: &str) -> Option<u16> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_ordinal = matches!(word.get(digits.len()..), Some("" | "st" | "nd" | "rd" | "th"));
    (is_ordinal && digits.len() <= 2).then(|| digits.parse().ok()).flatten()
}

fn not_understood(text: &str) -> DateError {
    DateError::NotUnderstood { text: shortened(text) }
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the ISO date, with ` hh:mm` where a time was read; `?` not understood, `??` ambiguous.
    fn check(text: &str, expected: &str) {
        let got = match read(text) {
            Ok(date) if date.minute > 0 => {
                format!("{date} {:02}:{:02}", (date.minute - 1) / 60, (date.minute - 1) % 60)
            }
            Ok(date) => date.to_string(),
            Err(DateError::NotUnderstood { .. }) => "?".to_string(),
            Err(DateError::Ambiguous { .. }) => "??".to_string(),
        };
        assert_eq!(got, expected, "{text}");
    }

    const CASES: &[(&str, &str)] = &[
        ("2025-02-24", "2025-02-24"),
        (" 2025-02 ", "2025-02"),
        ("2025-02-24T15:01:20+03:00", "2025-02-24 15:01"),
        ("1946", "1946"),
        ("20250224", "2025-02-24"),
        ("202502", "2025-02"),
        ("2025/02/24", "2025-02-24"),
        ("2025/2/4", "2025-02-04"),
        ("24.02.2025", "2025-02-24"),
        ("4.2.2025", "2025-02-04"),
        ("24/02/2025", "2025-02-24"),
        ("02/24/2025", "2025-02-24"),
        ("03/03/2025", "2025-03-03"),
        ("03/04/2025", "??"),
        ("03/04/2025 10:30", "??"),
        ("24.02.25", "?"),
        ("24 February 2025", "2025-02-24"),
        ("February 24, 2025", "2025-02-24"),
        ("Feb 24, 2025", "2025-02-24"),
        ("Feb. 24th, 2025", "2025-02-24"),
        ("Monday, 24 February 2025", "2025-02-24"),
        ("24-Feb-2025", "2025-02-24"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26 15:01"),
        ("the 3rd of March 2025", "2025-03-03"),
        ("Sept 2024", "2024-09"),
        ("February 24, 2025 at 3:01 PM", "2025-02-24 15:01"),
        ("Mon, 24 Feb 2025 15:01:01 +0300", "2025-02-24 15:01"),
        ("Mon, 24 Feb 2025 15:01:01 GMT", "2025-02-24 15:01"),
        ("1740409260", "2025-02-24 15:01"),
        ("1740409260000", "2025-02-24 15:01"),
        ("31 February 2025", "?"),
        ("31.02.2025", "?"),
        ("26 May", "?"),
        ("last Tuesday", "?"),
        ("12", "?"),
        ("99999999999999999", "?"),
        ("-5", "?"),
        ("", "?"),
        ("::", "?"),
        ("ä:1", "?"),
    ];

    #[test]
    fn dates_are_read_as_exactly_as_they_are_written_and_never_guessed() {
        for (text, expected) in CASES {
            check(text, expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = read(&text);
        }

        #[test]
        fn iso_dates_survive(year in 1000u16..=2999, month in 1u8..=12, day in 1u8..=28) {
            check(&format!("{year:04}-{month:02}-{day:02}"), &format!("{year:04}-{month:02}-{day:02}"));
            check(&format!("{day:02}.{month:02}.{year:04}"), &format!("{year:04}-{month:02}-{day:02}"));
        }
    }
}
