//! Dates and times in English text: absolute, partial, relative, ranges, durations, recurring.
//!
//! Two steps. The *grammar* says what an expression says, without any date ([`grammar`]: classes of words from
//! [`lexicon`] and [`figures`], rules over them); *resolving* counts it from the document's date, from what was
//! mentioned before and by the tense of the sentence ([`resolve`]). Values are those of TIMEX3. What was rejected:
//! choosing a value where the text leaves two equally likely without saying so; the certainty and the reason say it.
//!
//! Sources for the rules: the TIMEX3 guidelines (TimeML 1.2.1), HeidelTime (Strötgen & Gertz 2010) and SUTime (Chang &
//! Manning 2012) for what counts as an expression and how news resolves it. Cost: one look-up a word, a bounded number
//! of words looked at from each.

mod calendar;
mod feasts;
mod figures;
mod grammar;
mod lexicon;
mod reasons;
mod resolve;
mod sense;
mod tense;
#[cfg(test)]
mod tests;
mod words;

use super::{Certainty, Reading};
use crate::base::{DateRange, PartialDate, Span};

/// What sort of time an expression speaks of (TIMEX3 `type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A day, week, month, season, year, decade, century; or now, the past, the future.
    Date,
    /// A time of a day.
    Time,
    /// How long.
    Duration,
    /// How often.
    Set,
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Where it stands.
    pub span: Span,
    /// What sort of time.
    pub kind: TimeKind,
    /// Its value as TIMEX3 writes it: `2025-05-26`, `2025-W22`, `P3D`, `PRESENT_REF`, `XXXX-WXX-2`.
    pub value: String,
    /// The days it covers, where those are known: what a timeline can show.
    pub days: Option<DateRange>,
    /// How certain the value is.
    pub certainty: Certainty,
    /// Why, in the words of a reader: `the Tuesday before the document's date`.
    pub reason: &'static str,
}

/// The expressions of time in a text, in order of place; no two overlap. Relative ones are resolved against
/// `published`, the document's date; without it they keep a value that says so (`XXXX-XX-XX`).
///
/// A date that does not exist (`31.02.2025`) is no finding. The two ends of a range are two findings, as TimeBank has
/// them. Cost: O(bytes), about a look-up a word.
pub fn times(reading: &Reading, published: Option<PartialDate>) -> Vec<Time> {
    if !reading.is_covered() {
        return Vec::new();
    }
    let words = words::Words::new(reading);
    let mut matches = grammar::matches(&words);
    let mut found = resolve::resolve(reading, &words, &mut matches, published);
    let spans: Vec<Span> = found.iter().map(|time| time.span).collect();
    found.retain(|time| !is_part_of_a_code(reading.text, time.span, &spans));
    found
}

/// Whether figures go on where an expression of figures ends or begins: `12-7-3000-44` is no date but the number of a
/// part. What goes on as another expression (`spans`, in order) is a range: `2014-2018`.
fn is_part_of_a_code(text: &str, span: Span, spans: &[Span]) -> bool {
    let is_of_figures = span.of(text).bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'.' || b == b'/');
    let bytes = text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    let at = |place: Option<usize>| place.and_then(|place| bytes.get(place)).copied().unwrap_or(b' ');
    let joins = |sign: u8, figure: u8| matches!(sign, b'-' | b'/') && figure.is_ascii_digit();
    let goes_on = joins(at(Some(end)), at(Some(end + 1)))
        && spans.binary_search_by_key(&(span.end + 1), |other| other.start).is_err();
    let went_before = joins(at(start.checked_sub(1)), at(start.checked_sub(2)))
        && spans.binary_search_by_key(&span.start, |other| other.end + 1).is_err();
    is_of_figures && (goes_on || went_before)
}
