//! Reports whose verb is passive: "was asked whether …", "is expected to …".
//!
//! The grammatical subject is not the speaker: it is who was spoken to, or what was spoken of. Rejected: "was criticised
//! by", where a quarter of what it found was anybody's words.

use super::clauses::{clause_end, object_end};
use super::cues::plain;
use super::lexicon::{form, frame, tag};
use super::line::{Line, gap};
use super::phrases::{Phrase, phrase_after, phrase_before, subject_before};
use super::reports::Report;
use super::rules::Rule;

/// The report of a participle at item `n`, in the sentence from `low` to `high`.
pub(super) fn passive(line: &Line, low: usize, n: usize, high: usize) -> Option<Report> {
    let item = line.at(n);
    let is_participle = item.has_form(form::PARTICIPLE) && !item.has_form(form::ADJECTIVE);
    if !is_participle || n + 1 >= high || item.after(gap::HYPHEN) || item.is(tag::CAPITAL) && n > low {
        return None;
    }
    let first = auxiliary(line, low, n);
    asked(line, low, n, first, high).or_else(|| raised(line, low, n, first?, high))
}

/// The first item of "has been", "was also" before the participle at `n`.
fn auxiliary(line: &Line, low: usize, n: usize) -> Option<usize> {
    let low = low.max(n.saturating_sub(6));
    let mut first = n;
    let mut has_be = false;
    while first > low && !line.at(first).after(gap::HARD) {
        let item = line.at(first - 1);
        if item.is(tag::AUXILIARY) {
            has_be |= item.is(tag::BE) && (first == n || !has_be);
        } else if !item.is(tag::LY | tag::ADVERB) || item.is(tag::PREPOSITION) {
            break;
        }
        first -= 1;
    }
    has_be.then_some(first)
}

/// "He was asked about …", "when asked whether …".
fn asked(line: &Line, low: usize, n: usize, first: Option<usize>, high: usize) -> Option<Report> {
    if !line.at(n).takes(frame::ADDRESSEE) || line.at(n + 1).after(gap::HARD) {
        return None;
    }
    let start = first.unwrap_or(n);
    let is_short =
        line.at(start).after(gap::STOP | gap::COMMA) || start > low && line.is_word(start - 1, &["when", "if", "once"]);
    if first.is_none() && !is_short {
        return None;
    }
    let addressee = first.and_then(|first| subject_before(line, low, first));
    let next = line.at(n + 1);
    let cue = plain(n);
    let is_question = next.is(tag::QUESTION) || line.is_word(n + 1, &["if"]);
    let (parts, rule) = if next.is(tag::THAT) || is_question && line.at(n).takes(frame::WH) {
        ((n + 1, clause_end(line, &cue, n + 1, high)), Rule::Question)
    } else if next.is(tag::TO) && line.at(n).takes(frame::INFINITIVE) {
        ((n + 1, clause_end(line, &cue, n + 1, high)), Rule::Infinitive)
    } else if line.is_word(n + 1, &["about", "for", "of"]) {
        ((n + 2, object_end(line, &cue, n + 2, high)), Rule::Topic)
    } else {
        return None;
    };
    let end = parts.1;
    Some(Report { cue: (start, n + 1), speaker: None, addressee, parts: vec![parts], rule, is_sure: true, end })
}

/// "She is expected to resign", "The bank is said to be …".
fn raised(line: &Line, low: usize, n: usize, first: usize, high: usize) -> Option<Report> {
    let is_raised = line.is_word(n, RAISED) && line.at(n + 1).is(tag::TO) && !line.at(n + 1).after(gap::HARD);
    if !is_raised {
        return None;
    }
    let theme = subject_before(line, low, first)?;
    let end = clause_end(line, &plain(n), n + 1, high);
    let parts = vec![(theme.first, theme.end), (n + 1, end)];
    Some(Report { cue: (first, n + 1), speaker: None, addressee: None, parts, rule: Rule::Hearsay, is_sure: true, end })
}

/// Participles that say what is said, believed or expected of somebody, by nobody in particular.
const RAISED: &[&str] = &[
    "expected",
    "said",
    "reported",
    "believed",
    "thought",
    "alleged",
    "rumored",
    "rumoured",
    "understood",
    "known",
    "considered",
    "projected",
    "assumed",
    "supposed",
    "predicted",
    "estimated",
    "claimed",
    "scheduled",
    "intended",
];

/// "critics' attacks on …", "her support for …".
pub(super) fn noun_of(line: &Line, low: usize, n: usize, high: usize) -> Option<Report> {
    if !line.at(n).is(tag::STANCE_NOUN) || n == low || n + 2 >= high {
        return None;
    }
    let is_linked = line.is_word(n + 1, &["of", "on", "for", "to", "about", "against", "with"]);
    if !is_linked || line.at(n + 1).after(gap::HARD) || line.at(n + 2).after(gap::HARD) {
        return None;
    }
    let speaker = owner(line, low, n)?;
    let theme = phrase_after(line, n + 2, high, true)?;
    let end = object_end(line, &plain(n), n + 2, high).min(theme.end + 12);
    Some(Report {
        cue: (n, n + 2),
        speaker: Some(speaker),
        addressee: None,
        parts: vec![(n + 2, end)],
        rule: Rule::NounOf,
        is_sure: false,
        end,
    })
}

/// Whose noun it is: "the union's", "her".
pub(super) fn owner(line: &Line, low: usize, n: usize) -> Option<Phrase> {
    let owner = (low.max(n.saturating_sub(5))..n).rev().find(|&m| {
        line.at(m).is(tag::POSSESSIVE) || line.is_word(m, &["his", "her", "their", "its", "my", "our", "your"])
    })?;
    if (owner..n).any(|m| line.at(m + 1).after(gap::HARD)) {
        return None;
    }
    let pronoun = Phrase { first: owner, end: owner + 1 };
    let named = phrase_before(line, low, owner + 1).filter(|_| line.at(owner).is(tag::POSSESSIVE));
    Some(named.unwrap_or(pronoun))
}
