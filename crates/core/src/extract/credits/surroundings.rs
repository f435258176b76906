//! What stands before and after a name of an agency, and what that says.

use super::names::Name;
use super::{CreditKind, agencies};
use crate::base::Span;
use crate::extract::{Certainty, Reading};

/// Bytes looked at on either side of a name: a text without paragraphs costs no more than another.
const REACH: u32 = 160;

/// A credit's span, kind and certainty, and why it is one.
pub(super) type Judged = Option<(Span, CreditKind, Certainty, &'static str)>;

/// A name with what is near it in its paragraph.
pub(super) struct Surroundings<'a> {
    name: Span,
    before: &'a str,
    /// Begins after *news agency*, where that follows the name.
    after: &'a str,
    after_from: u32,
    /// Whether `before` begins where the paragraph does.
    is_first: bool,
    /// Whether `after` ends where the paragraph does.
    is_last: bool,
    /// Whether the paragraph is among the first of the text.
    is_early: bool,
    is_doubtful: bool,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(reading: &Reading<'a>, name: &Name) -> Surroundings<'a> {
        let number = reading.paragraph_at(name.span.start).unwrap_or(0);
        let paragraph = reading.paragraphs.get(number).copied().unwrap_or(name.span);
        let from = paragraph.start.max(border(reading.text, name.span.start.saturating_sub(REACH)));
        let to = paragraph.end.min(border(reading.text, name.end.saturating_add(REACH))).max(name.end);
        Surroundings {
            name: name.span,
            before: Span::new(from, name.span.start).of(reading.text),
            after: Span::new(name.end, to).of(reading.text),
            after_from: name.end,
            is_first: from == paragraph.start,
            is_last: to == paragraph.end,
            is_early: number < 4,
            is_doubtful: name.is_doubtful,
        }
    }

    /// The name with so many bytes before it, and so many of `after`.
    fn span(&self, before: usize, after: usize) -> Span {
        let end = if after == 0 { self.name.end } else { self.after_from + after as u32 };
        Span::new(self.name.start - before as u32, end)
    }

    /// Bytes of an opening bracket before the name and of a closing one after it, with what may stand between.
    fn brackets(&self) -> Option<(usize, usize)> {
        let inner = self.before.trim_end();
        let (open, close) =
            [('(', ')'), ('[', ']'), ('/', '/')].into_iter().find(|(open, _)| inner.ends_with(*open))?;
        // `[Reuters.]`, but not `(Reuters, AFP)`.
        let rest = self.after.trim_start_matches(['.', ' ']);
        let len = (self.before.len() - inner.len() + open.len_utf8(), self.after.len() - rest.len() + close.len_utf8());
        rest.starts_with(close).then_some(len)
    }

    /// `WASHINGTON (AP) —`, `MOSCOW, May 26. /TASS/.`
    pub(super) fn dateline(&self) -> Judged {
        let (open, close) = self.brackets()?;
        let head = self.before.get(..self.before.len() - open)?;
        let line = head.rsplit(['\n', '\r']).next().unwrap_or(head).trim();
        let rest = self.after.get(close..)?.trim_start();
        let is_slashed = self.before.trim_end().ends_with('/');
        let is_led = rest.starts_with(['-', '–', '—', '_', ':']) || is_slashed;
        let letters = line.chars().filter(|c| c.is_alphabetic()).take(3);
        let is_capitals = line.chars().any(char::is_alphabetic) && letters.into_iter().all(char::is_uppercase);
        let is_place = line.starts_with(char::is_uppercase) && words(line) <= 9 && !line.contains(['"', '“', ';', '(']);
        (self.is_first && is_led && is_place && (is_capitals || self.is_early)).then(|| {
            let before = open + head.len() - head.trim_end().len() + line.len();
            (self.span(before, close), CreditKind::Dateline, 98, "the agency stands in the line of place and date")
        })
    }

    /// `Source: Reuters`, `(AFP)` at the end, `— AP`, `Reuters` as the last line, `J. Doe / Reuters`.
    pub(super) fn line(&self) -> Judged {
        let line = self.before.rsplit(['\n', '\r']).next().unwrap_or("");
        let lead = line.trim();
        if let Some(label) = label(lead) {
            let (kind, reason) = if PICTURES.contains(&label) {
                (CreditKind::Picture, "a picture is credited to the agency")
            } else {
                (CreditKind::Line, "the text names the agency as its source")
            };
            return Some((self.span(line.trim_start().len(), 0), kind, 95, reason));
        }
        if let Some((open, close)) = self.brackets() {
            let head = self.before.get(..self.before.len() - open)?.trim_end();
            let rest = self.after.get(close..)?;
            let is_alone = head.is_empty() && self.is_first;
            let ends_line = rest.trim_start_matches('.').trim_start_matches(' ').is_empty() && self.is_last
                || rest.starts_with(['\n', '\r']);
            let is_after_sentence = head.ends_with(['.', '!', '?', '”', '"']);
            let is_set_off = is_alone || !self.is_doubtful && (is_after_sentence || ends_line);
            return is_set_off.then_some((
                self.span(open, close),
                CreditKind::Line,
                90,
                "the agency stands alone in brackets",
            ));
        }
        let rest = self.after.split(['\n', '\r']).next().unwrap_or("");
        let ends = rest.trim_matches(['.', ' ', '\u{a0}', '*', '-', ')', ']', '/']).is_empty()
            && (rest.len() < self.after.len() || self.is_last);
        let begins = self.is_first || line.len() < self.before.len();
        if !ends || !begins || self.is_doubtful {
            return None;
        }
        if lead.is_empty() {
            return Some((self.name, CreditKind::Line, 90, "the agency stands on a line of its own"));
        }
        if (lead.ends_with(['/', '|', '©']) || lead.ends_with(" via")) && words(lead) <= 8 {
            return Some((
                self.span(line.trim_start().len(), 0),
                CreditKind::Picture,
                92,
                "a picture is credited to the agency",
            ));
        }
        let dash = lead.trim_end_matches(['—', '–']).trim_end_matches("--").len();
        let is_signed = dash < lead.len() || lead == "-";
        is_signed.then(|| {
            let marks = line.len() - line.trim_end().len() + lead.len() - dash;
            (self.span(marks, 0), CreditKind::Line, 90, "the agency stands at the end, after a dash")
        })
    }

    /// `with contributions from AFP`, `With reporting by Reuters`.
    pub(super) fn contribution(&self) -> Judged {
        let near = self.before.rsplit(['.', ';', '\n']).next().unwrap_or("");
        let lower = near.to_ascii_lowercase();
        let found = agencies::CONTRIBUTIONS.lines().filter_map(|phrase| lower.rfind(phrase)).max()?;
        // Names may stand between: `reporting by Anna Bell, Tom Hale and AFP`.
        let between = near.get(found..)?;
        let reason = "the text thanks the agency for a contribution";
        (words(between) <= 12).then_some((self.span(between.len(), 0), CreditKind::Contribution, 93, reason))
    }

    /// `TASS reported`, `according to the AP`, `told AFP`.
    pub(super) fn report(&self) -> Judged {
        let (gap, next) = next_word(self.after);
        let is_joined = self.after.starts_with(['/', '-', '’', '\'']);
        if is_joined || self.is_doubtful || has(agencies::NO_CREDIT, next) {
            return None;
        }
        // `economists contacted by Reuters said`: it is they who said so.
        let is_agent = self.before.trim_end().ends_with(" by");
        if gap.trim().is_empty() && has(agencies::TELLS, next) && !is_agent {
            return Some((
                self.span(0, gap.len() + next.len()),
                CreditKind::Report,
                95,
                "a verb of telling follows the agency’s name",
            ));
        }
        let before = cue(self.before)?;
        Some((
            self.span(before, 0),
            CreditKind::Report,
            95,
            "the words before the agency’s name say who was told, or who told it",
        ))
    }
}

/// Labels of pictures.
const PICTURES: &[&str] = &["photo", "picture", "image", "credit", "photograph", "video"];

/// Labels of texts.
const SOURCES: &[&str] = &["source", "sources", "via", "agency", "agencies"];

/// The label that a line before a name is: `Source:`, `Photo by J. Doe/`, `Via`.
fn label(lead: &str) -> Option<&'static str> {
    let lead = lead.trim_start_matches(['(', '[', '*', '-', ' ']);
    PICTURES.iter().chain(SOURCES).copied().find(|label| {
        let Some((start, rest)) = lead.split_at_checked(label.len()) else { return false };
        let rest = rest.trim_start();
        let is_label = rest.starts_with(':') || rest.starts_with("by ") || *label == "via" && rest.is_empty();
        start.eq_ignore_ascii_case(label) && is_label && words(rest) <= 6
    })
}

/// Bytes from a cue such as `according to the official` to the end of `before`.
fn cue(before: &str) -> Option<usize> {
    let clause = before.rsplit(['.', ';', '"', '”', '(', ')', '—', ':']).next().unwrap_or("");
    let start = before.len() - clause.len();
    let mut last = clause.len();
    // Several words may lie between: *the official Chinese state-run*.
    for _ in 0..8 {
        let head = clause.get(..last)?.trim_end();
        let at = head.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
        let word = head.get(at..)?;
        let earlier = head.get(..at)?.trim_end();
        for cue in agencies::TOLD.split(' ') {
            let (own, first) = cue.split_once('+').unwrap_or((cue, ""));
            let from = earlier.len().saturating_sub(first.len());
            let ends = earlier.get(from..).is_some_and(|end| end.eq_ignore_ascii_case(first));
            let is_whole = earlier
                .get(..from)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with(|c: char| !c.is_alphanumeric()));
            if word.eq_ignore_ascii_case(own) && (first.is_empty() || ends && is_whole) {
                let begins = if first.is_empty() { at } else { from };
                return Some(before.len() - start - begins);
            }
        }
        if word.is_empty() || !is_modifier(word) {
            return None;
        }
        last = at;
    }
    None
}

/// Whether a word may stand between a cue and a name.
fn is_modifier(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    // *Russian*, *Chinese*, *Turkish*, *Iraqi*; *China's*.
    let is_people = word.starts_with(char::is_uppercase)
        && ["an", "ese", "ish", "i", "s", "ch"].iter().any(|end| word.ends_with(end));
    is_people || has(agencies::MODIFIERS, word)
}

fn next_word(text: &str) -> (&str, &str) {
    let rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (gap, rest) = text.split_at(text.len() - rest.len());
    (gap, rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(""))
}

fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|own| own.eq_ignore_ascii_case(word))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The border of a character at `at` or before it.
fn border(text: &str, at: u32) -> u32 {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at as u32
}
