//! Dates and times.
//!
//! - *times*: any overlap. *times, exact extent*: the same words, but for an article before and a possessive after them.
//! - *times, value*: of those that count and were found, the kind and the value are among those of the table.

use sheaf_core::base::Span;

use crate::found::Found;
use crate::score::Score;
use crate::seeds::{Seeds, common, time_word};

pub(crate) fn scores(seeds: &Seeds, found: &[Found]) -> Vec<Score> {
    let mut relaxed = Score::new("times");
    let mut exact = Score::new("times, exact extent");
    let mut values = Score::new("times, value");
    for (article, found) in seeds.articles.iter().zip(found) {
        let table = &article.table.times;
        let entries: Vec<(Span, bool)> = table.iter().map(|time| (article.at(&time.at), time.optional)).collect();
        let findings: Vec<Span> = found.times.iter().map(|time| time.span).collect();
        let pairs = relaxed.count(article, &entries, &findings, |e, f| common(entries[e].0, findings[f]));
        exact.count(article, &entries, &findings, |entry, finding| {
            let [entry, finding] = [entries[entry].0, findings[finding]].map(|span| core(&article.text, span));
            u32::from(entry == finding)
        });
        for (entry, finding) in pairs {
            let (entry, finding) = (&table[entry], &found.times[finding]);
            let kind = time_word(finding.kind);
            values.expected += 1;
            values.found += 1;
            if entry.value.contains(&finding.value) && entry.kind.iter().any(|word| word == kind) {
                values.right += 1;
            } else {
                let should = entry.value.join(" or ");
                values.note(article, finding.span, format_args!("{kind} {} is {should}", finding.value));
            }
        }
    }
    vec![relaxed, exact, values]
}

/// The expression without an article before it and a possessive after it.
fn core(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = ["the ", "The ", "a ", "A "].iter().find(|article| words.starts_with(**article)).map_or(0, |a| a.len());
    let end = ["’s", "'s", "’", "'"].iter().find(|ending| words.ends_with(**ending)).map_or(0, |ending| ending.len());
    Span::new(span.start + start as u32, span.end - end as u32)
}
