//! Tables in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Milliseconds by kind of query.
pub(crate) type Times = BTreeMap<String, Vec<f64>>;

/// The report, a heading and a table after the other.
#[derive(Default)]
pub(crate) struct Report(String);

impl Report {
    /// Adds a heading and what it is about.
    pub(crate) fn heading(&mut self, heading: &str, about: &str) {
        // Writing into a string cannot fail.
        let _ = write!(self.0, "### {heading}\n\n{about}\n\n");
    }

    /// Adds a table.
    pub(crate) fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        self.0.push_str(&line(&head.iter().map(ToString::to_string).collect::<Vec<_>>()));
        self.0.push_str(&format!("|{}\n", "---|".repeat(head.len())));
        rows.iter().for_each(|row| self.0.push_str(&line(row)));
        self.0.push('\n');
    }

    /// The whole, as Markdown.
    pub(crate) fn markdown(&self) -> &str {
        self.0.trim_end()
    }
}

/// The value below which this share of the values lies (nearest rank); 0 of none.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1));
    sorted.get(place - 1).copied().unwrap_or(0.0)
}

/// Median, 95th percentile and longest of a kind, in milliseconds.
pub(crate) fn spread(times: &Times, kind: &str) -> String {
    match times.get(kind) {
        Some(times) => {
            format!("{} / {} / {}", ms(quantile(times, 0.5)), ms(quantile(times, 0.95)), ms(quantile(times, 1.0)))
        }
        None => "–".to_owned(),
    }
}

/// Milliseconds with as many digits as mean anything.
pub(crate) fn ms(millis: f64) -> String {
    match millis {
        ..1.0 => format!("{millis:.2}"),
        ..100.0 => format!("{millis:.1}"),
        _ => format!("{millis:.0}"),
    }
}

/// Bytes as megabytes.
pub(crate) fn mb(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// Bytes as kilobytes.
pub(crate) fn kb(bytes: f64) -> String {
    format!("{:.0}", bytes / 1e3)
}

/// A share in per cent.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    format!("{:.1} %", 100.0 * part as f64 / (whole as f64).max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let values: Vec<f64> = (1..=40).rev().map(f64::from).collect();
        assert_eq!([0.5, 0.95, 1.0].map(|share| quantile(&values, share)), [20.0, 38.0, 40.0]);
        assert_eq!(quantile(&[], 0.5), 0.0);
    }
}
