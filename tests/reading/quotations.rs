//! Quotations and who is credited with them.
//!
//! What is counted are parts of content: a quotation interrupted by “he said” has two, and so has one over two paragraphs.
//!
//! - *quotations, direct*: parts of direct quotations, the same bytes but for blanks, quotation marks and the last
//!   punctuation mark.
//! - *quotations, all*: parts of any manner that share at least half of the longer of the two; of what may be found or not,
//!   more than half of the finding.
//! - *speakers, as written*: of the parts of *all* that count and were found: the speaker shares at least half of the shorter
//!   of the two with that of the table.
//! - *speakers, resolved*: the speaker is resolved to a mention of the one whom the table has; parts that were not found
//!   count as missed. A speaker without a name of his own (“sources in the ministry”) may be resolved to a name within it.

use sheaf_core::base::Span;
use sheaf_core::extract::Mention;
use sheaf_core::extract::quotations::{Manner, Speaker};

use crate::found::Found;
use crate::score::Score;
use crate::seeds::{Article, Seeds, common};
use crate::table;

/// A part of the content of a quotation, with the number of the quotation.
struct Part {
    span: Span,
    of: usize,
}

pub(crate) fn scores(seeds: &Seeds, found: &[Found]) -> Vec<Score> {
    let mut direct = Score::new("quotations, direct");
    let mut all = Score::new("quotations, all");
    let mut written = Score::new("speakers, as written");
    let mut resolved = Score::new("speakers, resolved");
    for (article, found) in seeds.articles.iter().zip(found) {
        let table = &article.table.quotations;
        let entries = parts(article, table.iter().map(|q| q.content.iter().map(|place| article.at(place)).collect()));
        let findings = parts(article, found.quotations.iter().map(|q| q.content.clone()));
        let marked = entries.iter().filter(|part| table[part.of].manner == "direct");
        let marked: Vec<(Span, bool)> = marked.map(|part| (part.span, table[part.of].optional)).collect();
        let quoted = findings.iter().filter(|part| found.quotations[part.of].manner == Manner::Direct);
        let quoted: Vec<Span> = quoted.map(|part| part.span).collect();
        direct.count(article, &marked, &quoted, |entry, finding| u32::from(marked[entry].0 == quoted[finding]));

        let spans: Vec<(Span, bool)> = entries.iter().map(|part| (part.span, table[part.of].optional)).collect();
        let found_spans: Vec<Span> = findings.iter().map(|part| part.span).collect();
        let pairs = all.count(article, &spans, &found_spans, |entry, finding| {
            let ((span, is_optional), finding) = (spans[entry], found_spans[finding]);
            // What counts goes first; of what may be found a part is enough.
            if is_optional { most(span, finding) } else { overlap_of_half(span, finding).saturating_mul(1000) }
        });
        let speaker_of = |finding: usize| found.quotations[findings[finding].of].speaker.as_ref();
        for (entry, finding) in &pairs {
            count_written(&mut written, article, &table[entries[*entry].of], spans[*entry].0, speaker_of(*finding));
        }
        for (n, part) in entries.iter().enumerate().filter(|(_, part)| !table[part.of].optional) {
            let finding = pairs.iter().find(|(entry, _)| *entry == n).map(|(_, finding)| *finding);
            let mention = finding.and_then(|f| found.names.get(speaker_of(f)?.mention? as usize));
            count_resolved(&mut resolved, article, &table[part.of], part.span, mention);
        }
    }
    vec![direct, all, written, resolved]
}

fn count_written(
    score: &mut Score,
    article: &Article,
    entry: &table::Quotation,
    content: Span,
    found: Option<&Speaker>,
) {
    let should = entry.speaker.as_ref().map(|place| article.at(place));
    score.expected += usize::from(should.is_some());
    // Where the table has none as written, the one whose turn it is may be given as it stands further up.
    score.found += usize::from(should.is_some() && found.is_some());
    match (should, found.map(|speaker| speaker.span)) {
        (Some(should), Some(is)) if 2 * common(should, is) >= should.len().min(is.len()) => score.right += 1,
        (Some(should), Some(is)) => {
            score.note(article, content, format_args!("{} is {}", is.of(&article.text), should.of(&article.text)));
        }
        (Some(should), None) => score.note(article, content, format_args!("no {}", should.of(&article.text))),
        (None, _) => {}
    }
}

fn count_resolved(
    score: &mut Score,
    article: &Article,
    entry: &table::Quotation,
    content: Span,
    found: Option<&Mention>,
) {
    let speaker = entry.speaker.as_ref().map(|place| article.at(place));
    let is_within = |mention: &&Mention| speaker.is_some_and(|speaker| common(speaker, mention.span) > 0);
    let found = found.filter(|mention| entry.who.is_some() || !is_within(mention));
    let is = found.map(|mention| article.named_at(mention.span).map_or("nobody", |named| named.is.as_str()));
    score.expected += usize::from(entry.who.is_some());
    score.found += usize::from(is.is_some());
    match (entry.who.as_deref(), is) {
        (Some(should), Some(is)) if should == is => score.right += 1,
        (None, None) => {}
        (should, is) => {
            let [is, should] = [is, should].map(|name| name.unwrap_or("nobody"));
            score.note(article, content, format_args!("{is} for {should}"));
        }
    }
}

/// The parts of quotations, one for each paragraph, without what may stand at their ends.
fn parts(article: &Article, contents: impl Iterator<Item = Vec<Span>>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (of, spans) in contents.enumerate() {
        for span in spans.into_iter().flat_map(|span| paragraphs_of(&article.text, span)) {
            let span = trimmed(&article.text, span);
            if !span.is_empty() {
                parts.push(Part { span, of });
            }
        }
    }
    parts
}

fn paragraphs_of(text: &str, span: Span) -> Vec<Span> {
    let mut start = span.start;
    let mut out = Vec::new();
    for line in span.of(text).split_inclusive('\n') {
        let end = start + line.len() as u32;
        out.push(Span::new(start, end));
        start = end;
    }
    out
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let is_edge = |c: char| c.is_whitespace() || "\"'“”‘’«»„‟.,;:!?…".contains(c);
    let start = words.len() - words.trim_start_matches(is_edge).len();
    Span::new(span.start + start as u32, span.start + words.trim_end_matches(is_edge).len() as u32)
}

/// The bytes in common, if they are at least half of the longer.
fn overlap_of_half(a: Span, b: Span) -> u32 {
    if 2 * common(a, b) >= a.len().max(b.len()) { common(a, b) } else { 0 }
}

/// The bytes in common, if they are more than half of what was found.
fn most(entry: Span, finding: Span) -> u32 {
    if 2 * common(entry, finding) > finding.len() { common(entry, finding) } else { 0 }
}
