//! Reports: cue and content put together, and what is left in marks given to whoever speaks.

use super::chains::go_on;
use super::clauses::{clause_end, clause_start, has_verb};
use super::contents::{Content, content};
use super::cues::{cue_at, phrasal, plain};
use super::lexicon::{form, frame, tag};
use super::line::{Line, gap};
use super::marks::trimmed;
use super::passives::{noun_of, owner, passive};
use super::phrases::{Phrase, phrase_after};
use super::rules::Rule;
use super::{Manner, Quotation, Speaker};
use crate::base::Span;

/// How certain a clause after a verb of thought is.
const THOUGHT: u8 = 62;

/// How certain a quotation is whose mark is never closed.
const OPEN: u8 = 40;

/// Words credited to somebody, in items.
#[derive(Clone, Debug)]
pub(super) struct Report {
    /// The cue, as a range of items.
    pub(super) cue: (usize, usize),
    pub(super) speaker: Option<Phrase>,
    pub(super) addressee: Option<Phrase>,
    /// Ranges of items, in order.
    pub(super) parts: Vec<(usize, usize)>,
    pub(super) rule: Rule,
    /// Whether the speaker is the subject of the cue itself, not of a verb before it.
    pub(super) is_sure: bool,
    /// First item after all of it.
    pub(super) end: usize,
}

/// The reports of a text in order of their cues.
pub(super) fn reports(line: &Line) -> Vec<Report> {
    let mut out: Vec<Report> = Vec::new();
    let mut claimed = vec![false; line.quotes.len()];
    for (low, high) in line.sentences() {
        let label = colon(line, low, high);
        for n in low..high {
            let found = if n == low { label.clone() } else { None };
            let found = found
                .or_else(|| according(line, low, n, high))
                .or_else(|| noun(line, low, n, high))
                .or_else(|| verb(line, low, n, high))
                .or_else(|| passive(line, low, n, high))
                .or_else(|| noun_of(line, low, n, high));
            let Some(report) = found else { continue };
            let marks = report
                .parts
                .iter()
                .filter(|(first, end)| end - first == 1)
                .filter_map(|&(first, _)| line.at(first).quote);
            let marks: Vec<u32> = marks.collect();
            if marks.iter().any(|&n| claimed.get(n as usize).copied().unwrap_or(false)) {
                continue;
            }
            for n in marks {
                if let Some(claimed) = claimed.get_mut(n as usize) {
                    *claimed = true;
                }
            }
            out.push(report);
        }
    }
    go_on(line, &mut out, &mut claimed);
    outermost(line, out)
}

/// Leaves out what somebody is said to think, want or oppose: it is part of what is said. Kept is speech inside speech
/// where a name stands beside it: "the paper reported that Roe said …".
fn outermost(line: &Line, mut reports: Vec<Report>) -> Vec<Report> {
    reports.sort_by_key(|report| report.cue);
    let mut order: Vec<(usize, usize)> = reports.iter().flat_map(|report| report.parts.iter().copied()).collect();
    order.sort_unstable();
    let mut order = order.into_iter().peekable();
    // How far the contents reach that begin at or before the cue.
    let mut reach = 0;
    reports.retain(|report| {
        while let Some((_, end)) = order.next_if(|&(first, _)| first <= report.cue.0) {
            reach = reach.max(end);
        }
        let is_inside = report.cue.1 > report.cue.0 && report.cue.1 <= reach;
        !is_inside || report.stands_inside(line)
    });
    reports
}

/// A verb and what it gives back.
fn verb(line: &Line, low: usize, n: usize, high: usize) -> Option<Report> {
    let cue = cue_at(line, low, n, high)?;
    let Content { parts, rule, addressee, end } = content(line, low, &cue, high)?;
    Some(Report {
        cue: (cue.first, cue.verb + 1 + usize::from(phrasal(line, cue.verb).is_some())),
        speaker: cue.subject,
        addressee,
        parts,
        rule,
        is_sure: !cue.is_dependent,
        end: end.max(cue.verb + 1),
    })
}

/// "according to …".
fn according(line: &Line, low: usize, n: usize, high: usize) -> Option<Report> {
    if !line.at(n).is(tag::ACCORDING) || !line.at(n + 1).is(tag::TO) || n + 2 >= high {
        return None;
    }
    let source = phrase_after(line, n + 2, high, true)?;
    let report = |parts, end| Report {
        cue: (n, n + 2),
        speaker: Some(source),
        addressee: None,
        parts,
        rule: Rule::According,
        is_sure: true,
        end,
    };
    let cue = plain(n);
    if n == low || n == low + 1 && line.at(low).is(tag::CONJUNCTION) {
        let start = (source.end..high.min(source.end + 40)).find(|&m| line.at(m).after(gap::COMMA))?;
        let end = clause_end(line, &cue, start, high);
        return Some(report(vec![(start, end)], end));
    }
    let start = clause_start(line, low, n);
    let mut parts = vec![(start, n)];
    let rest = line.at(source.end);
    // "Last year, according to the bank, prices fell."
    if source.end < high && rest.after(gap::COMMA) && !has_verb(line, start, n) {
        parts.push((source.end, clause_end(line, &cue, source.end, high)));
    }
    Some(report(parts, source.end))
}

/// What stands before a colon and speaks for nobody.
const HEADINGS: &[&str] = &[
    "note",
    "notes",
    "warning",
    "update",
    "exclusive",
    "breaking",
    "analysis",
    "subject",
    "from",
    "to",
    "date",
    "source",
    "sources",
    "photo",
    "video",
    "watch",
    "read",
    "more",
    "correction",
    "abstract",
    "summary",
    "keywords",
    "contact",
    "tel",
    "phone",
    "fax",
    "email",
    "web",
    "location",
    "title",
    "author",
    "topic",
    "tags",
    "opinion",
    "review",
    "listen",
    "factbox",
    "timeline",
    "table",
    "figure",
    "example",
    "editor",
    "copyright",
    "published",
    "updated",
    "time",
    "place",
];

/// `SMITH: …`, at the start of a paragraph: a transcript, an interview, a headline.
fn colon(line: &Line, low: usize, high: usize) -> Option<Report> {
    if !line.at(low).after(gap::PARAGRAPH) {
        return None;
    }
    let start = (low + 1..high.min(low + 8)).find(|&n| line.at(n).after(gap::HARD))?;
    let label = Span::new(line.at(low).span.start, line.at(start).span.start).of(line.text);
    let is_name = (low..start).all(|n| {
        line.at(n).is(tag::CAPITAL) && !line.at(n).is(tag::DETERMINER | tag::PRONOUN | tag::QUESTION | tag::TIME)
    });
    if !line.at(start).after(gap::COLON) || !is_name || label.contains('\n') {
        return None;
    }
    let is_shouted = !label.contains(char::is_lowercase) && label.len() > 4;
    let is_headline = low == 0;
    if (low..start).any(|n| line.is_word(n, HEADINGS)) {
        return None;
    }
    let is_marked = line.at(start).quote.is_some();
    if !is_shouted && !is_headline && !is_marked {
        return None;
    }
    let end = (start + 1..line.len()).find(|&n| line.at(n).after(gap::PARAGRAPH)).unwrap_or(line.len());
    let end = if is_shouted {
        end
    } else if is_marked && line.at(start + 1).after(gap::STOP) {
        start + 1
    } else {
        high
    };
    let speaker = Some(Phrase { first: low, end: start });
    Some(Report {
        cue: (start, start),
        speaker,
        addressee: None,
        parts: vec![(start, end)],
        rule: Rule::Colon,
        is_sure: true,
        end,
    })
}

/// "her claim that …", "the government's promise to …".
fn noun(line: &Line, low: usize, n: usize, high: usize) -> Option<Report> {
    if !line.at(n).is(tag::CUE_NOUN) || n == low {
        return None;
    }
    let next = line.at(n + 1);
    let is_clause = next.is(tag::THAT) && !line.at(n + 2).is(tag::AUXILIARY | tag::PREDICATE)
        || next.is(tag::TO) && !line.at(n + 2).is(tag::DETERMINER | tag::CAPITAL);
    if n + 1 >= high || next.after(gap::HARD) || !is_clause {
        return None;
    }
    let speaker = owner(line, low, n)?;
    let end = clause_end(line, &plain(n), n + 1, high);
    Some(Report {
        cue: (n, n + 1),
        speaker: Some(speaker),
        addressee: None,
        parts: vec![(n + 1, end)],
        rule: Rule::Noun,
        is_sure: true,
        end,
    })
}

impl Report {
    /// A sentence in marks that nothing credits.
    pub(super) fn unsaid(n: usize) -> Report {
        Report {
            cue: (n, n),
            speaker: None,
            addressee: None,
            parts: vec![(n, n + 1)],
            rule: Rule::GoesOn,
            is_sure: false,
            end: n + 1,
        }
    }

    /// Whether it gives back words in marks.
    pub(super) fn is_spoken(&self, line: &Line) -> bool {
        let is_marked = self.parts.last().is_some_and(|&(_, end)| end > 0 && line.at(end - 1).quote.is_some());
        is_marked && matches!(self.rule, Rule::MarksThenCue | Rule::CueThenMarks | Rule::Colon)
    }

    /// Clauses after verbs of saying are surer than those after verbs of thought.
    fn certainty(&self, line: &Line) -> u8 {
        let says = self.cue.1 > 0 && line.at(self.cue.1 - 1).takes(frame::DIRECT);
        if self.rule == Rule::Clause && !says { THOUGHT } else { self.rule.certainty() }
    }

    fn speaker_certainty(&self) -> u8 {
        match self.rule {
            Rule::MarksThenCue | Rule::According | Rule::Colon => 96,
            Rule::Announced => 58,
            Rule::NounOf | Rule::Noun | Rule::Stance => 75,
            _ if self.is_sure => 90,
            _ => 70,
        }
    }

    /// Whether it has a mark that nothing closes.
    fn is_open(&self, line: &Line) -> bool {
        let is_open = |n: u32| {
            let next = line.quotes.get(n as usize + 1);
            line.quotes.get(n as usize).is_some_and(|quoted| !quoted.is_closed)
                && !next.is_some_and(|next| next.goes_on)
        };
        self.parts.iter().any(|&(first, end)| end == first + 1 && line.at(first).quote.is_some_and(is_open))
    }

    /// Whether it is worth telling although it stands inside another report.
    fn stands_inside(&self, line: &Line) -> bool {
        match self.rule {
            Rule::MarksThenCue | Rule::CueThenMarks | Rule::Fronted | Rule::According => true,
            Rule::That | Rule::Clause => {
                let is_named = self.speaker.is_some_and(|phrase| line.at(phrase.end - 1).is(tag::CAPITAL));
                is_named && line.at(self.cue.1 - 1).has_form(form::SAY)
            }
            _ => false,
        }
    }

    /// The finding for readers.
    pub(super) fn quotation(&self, line: &Line) -> Option<Quotation> {
        let mut parts = self.parts.clone();
        parts.sort_unstable();
        let mut content: Vec<Span> = Vec::new();
        for span in parts.iter().map(|&part| words(line, part)).filter(|span| !span.is_empty()) {
            match content.last_mut() {
                // What marks that are never closed leave open may be in two parts.
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => content.push(span),
            }
        }
        if content.is_empty() {
            return None;
        }
        let has_marks = |&(first, end): &(usize, usize)| (first..end).any(|n| line.at(n).quote.is_some());
        let is_all = parts.iter().all(|&(first, end)| end == first + 1 && line.at(first).quote.is_some());
        let manner = if is_all {
            Manner::Direct
        } else if parts.iter().any(has_marks) {
            Manner::Mixed
        } else {
            Manner::Reported
        };
        let speaker = self.speaker.map(|phrase| Speaker {
            span: phrase_span(line, phrase),
            mention: None,
            certainty: self.speaker_certainty(),
            reason: if self.is_sure { "who the verb beside it names" } else { "who the sentence speaks of before it" },
        });
        let (certainty, reason) = match self.is_open(line) {
            true => (self.rule.certainty().min(OPEN), "a quotation mark that is never closed"),
            false => (self.certainty(line), self.rule.reason()),
        };
        Some(Quotation {
            content,
            manner,
            cue: (self.cue.0 < self.cue.1).then(|| line.span(self.cue.0, self.cue.1)),
            speaker,
            addressee: self.addressee.map(|phrase| phrase_span(line, phrase)),
            certainty,
            reason,
        })
    }
}

/// A phrase as written, a possessive without its "'s".
fn phrase_span(line: &Line, phrase: Phrase) -> Span {
    let span = line.span(phrase.first, phrase.end);
    let written = span.of(line.text);
    let bare = written.strip_suffix("'s").or_else(|| written.strip_suffix("’s")).unwrap_or(written);
    Span::new(span.start, span.start + bare.len() as u32)
}

/// The words of a part: a stretch in marks without them.
fn words(line: &Line, (first, end): (usize, usize)) -> Span {
    if end == first + 1
        && let Some(quoted) = line.quote(first)
    {
        return quoted.inner;
    }
    trimmed(line.text, line.span(first, end))
}
