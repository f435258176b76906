//! Which name a speaker is: "Roe", "she", "the minister".
//!
//! Careful rather than complete: a pronoun takes the nearest person before it who was subject or speaker and whose
//! gender does not speak against it; a role takes the one name of the text that bears it; where two fit, none is given.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::super::{Kind, Mention};
use super::first_names::{FEMALE, MALE};
use super::line::{Line, gap};
use super::{Quotation, Speaker};
use crate::base::Span;

/// How many names back a pronoun is looked for.
const NAMES_BACK: usize = 12;

/// How many items back.
const ITEMS_BACK: usize = 300;

/// How many sentences back.
const SENTENCES_BACK: usize = 6;

/// Gives the speakers of `quotations` their names; both lists are in order of place.
///
/// Cost: O(names + quotations), with a bounded look back for each pronoun.
pub(super) fn resolve(line: &Line, names: &[Mention], quotations: &mut [Quotation]) {
    if names.is_empty() {
        return;
    }
    let known = Known::new(line.text, names);
    let mut order: Vec<usize> = (0..quotations.len()).collect();
    order.sort_by_key(|&n| quotations.get(n).and_then(|quotation| quotation.speaker).map(|speaker| speaker.span));
    let mut heard: Vec<u32> = Vec::new();
    for n in order {
        let Some(speaker) = quotations.get_mut(n).and_then(|quotation| quotation.speaker.as_mut()) else { continue };
        let found = named(line.text, names, speaker.span)
            .or_else(|| known.surname(line.text, speaker.span))
            .or_else(|| pronoun(line, names, &known, &heard, speaker.span))
            .or_else(|| known.role(line.text, speaker.span));
        if let Some(found) = found {
            credit(speaker, names, found);
            heard.push(found.mention);
        }
    }
}

/// A name found for a speaker.
#[derive(Clone, Copy)]
struct Found {
    mention: u32,
    certainty: u8,
    reason: &'static str,
}

fn credit(speaker: &mut Speaker, names: &[Mention], found: Found) {
    let of_name = names.get(found.mention as usize).map_or(100, |name| name.certainty);
    speaker.mention = Some(found.mention);
    speaker.certainty = speaker.certainty.min(found.certainty).min(of_name);
    speaker.reason = found.reason;
}

/// The name that the phrase itself has at its head: "Foreign Minister Jane Roe", "the Ministry".
fn named(text: &str, names: &[Mention], span: Span) -> Option<Found> {
    let first = names.partition_point(|name| name.span.end <= span.start);
    let inside = names.get(first..)?.iter().take_while(|name| name.span.start < span.end).count();
    let candidates = names.get(first..first + inside)?;
    let mut heads = candidates.iter().enumerate().filter(|(_, name)| {
        let before = Span::new(span.start, name.span.start).of(text);
        let after = Span::new(name.span.end, span.end).of(text);
        // "a spokesman for Roe", "Roe's lawyer" are not Roe.
        let is_bound = before.split_whitespace().any(|word| {
            matches!(
                word.to_ascii_lowercase().as_str(),
                "for" | "of" | "at" | "from" | "in" | "with" | "by" | "to" | "and"
            )
        });
        let is_owner = after.starts_with("'s") || after.starts_with('’') || after.starts_with('\'');
        let is_last = after.trim().is_empty()
            || after.trim_start().starts_with([',', '('])
            || after.starts_with(" of ")
            || after.starts_with(" and ");
        !is_bound && !is_owner && is_last
    });
    let (n, _) = heads.next()?;
    // "Smith and Jones": two speakers.
    let is_joined = Span::new(span.start, span.end).of(text).contains(" and ") && candidates.len() > 1;
    (!is_joined).then_some(Found {
        mention: (first + n) as u32,
        certainty: 97,
        reason: "the name stands beside the verb",
    })
}

/// What the names of a text say of each other.
struct Known<'a> {
    /// Last word of a person's name → the first fullest mention, none where two people share it.
    surnames: FxHashMap<&'a str, Option<u32>>,
    /// Last word of a role in small letters → the surname of who bears it and a mention, none where two do.
    roles: FxHashMap<String, Option<(&'a str, u32)>>,
    /// Surname → whether a woman, where a title or first name says so.
    women: FxHashMap<&'a str, bool>,
    text: &'a str,
}

impl<'a> Known<'a> {
    fn new(text: &'a str, names: &[Mention]) -> Known<'a> {
        let mut known =
            Known { surnames: FxHashMap::default(), roles: FxHashMap::default(), women: FxHashMap::default(), text };
        let mut firsts: FxHashMap<&str, &str> = FxHashMap::default();
        for (n, name) in names.iter().enumerate().filter(|(_, name)| name.kind == Kind::Person) {
            let written = name.span.of(text);
            let surname = surname(written);
            let given = written.split_whitespace().next().filter(|&given| given != surname);
            if let Some(given) = given {
                let other = *firsts.entry(surname).or_insert(given);
                let entry = known.surnames.entry(surname).or_insert(Some(n as u32));
                if other != given {
                    *entry = None;
                }
            }
            if let Some(role) = name.role {
                let role = role.of(text);
                let title = role.split_whitespace().next_back().unwrap_or(role).trim_matches('.').to_lowercase();
                let entry = known.roles.entry(title).or_insert(Some((surname, n as u32)));
                if entry.is_some_and(|(other, _)| other != surname) {
                    *entry = None;
                }
            }
            let title = name.role.map_or("", |role| role.of(text));
            if let Some(is_woman) = gender(title, given.unwrap_or("")) {
                known.women.entry(surname).or_insert(is_woman);
            }
        }
        known
    }

    /// The fuller name that a surname stands for.
    fn surname(&self, text: &str, span: Span) -> Option<Found> {
        let written = span.of(text);
        let last = surname(written);
        let is_name = last.starts_with(char::is_uppercase) && written.split_whitespace().count() < 4;
        let mention = (*self.surnames.get(last).filter(|_| is_name)?)?;
        Some(Found { mention, certainty: 90, reason: "the surname of a name in this text" })
    }

    /// The only name that bears a role: "the minister".
    fn role(&self, text: &str, span: Span) -> Option<Found> {
        let written = span.of(text);
        let rest = written.strip_prefix("the ").or_else(|| written.strip_prefix("The "))?;
        let head = rest.split([',', '(']).next()?.split(" of ").next()?.split_whitespace().next_back()?;
        let (_, mention) = (*self.roles.get(&head.to_lowercase())?)?;
        Some(Found { mention, certainty: 75, reason: "the only name in this text with that role" })
    }

    /// Whether a person is a woman, where something says so.
    fn is_woman(&self, name: &Mention) -> Option<bool> {
        self.women.get(surname(name.span.of(self.text))).copied()
    }
}

/// The last word of a name; "Jr." and the like left out.
fn surname(name: &str) -> &str {
    let is_suffix = |word: &&str| !matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III");
    let last = name.split_whitespace().rfind(is_suffix).unwrap_or(name);
    last.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches([',', '.', '\'', '’'])
}

/// Whether title or first name are a woman's; nothing where neither says.
fn gender(title: &str, given: &str) -> Option<bool> {
    for word in title.split_whitespace() {
        match word.trim_end_matches('.').to_ascii_lowercase().as_str() {
            "mr" | "sir" | "king" | "prince" | "lord" | "chairman" | "congressman" | "spokesman" => return Some(false),
            "mrs" | "ms" | "miss" | "madam" | "lady" | "queen" | "princess" | "chairwoman" | "congresswoman"
            | "spokeswoman" => return Some(true),
            _ => {}
        }
    }
    FIRST_NAMES.get_or_init(first_names).get(given).copied()
}

/// First name → whether a woman's.
static FIRST_NAMES: OnceLock<FxHashMap<&'static str, bool>> = OnceLock::new();

fn first_names() -> FxHashMap<&'static str, bool> {
    let women = FEMALE.split_ascii_whitespace().map(|name| (name, true));
    women.chain(MALE.split_ascii_whitespace().map(|name| (name, false))).collect()
}

/// The nearest person before "he" or "she" who was subject or speaker.
fn pronoun(line: &Line, names: &[Mention], known: &Known, heard: &[u32], span: Span) -> Option<Found> {
    let is_woman = match span.of(line.text).to_ascii_lowercase().split(['\'', '’']).next()? {
        "she" | "her" => true,
        "he" | "his" => false,
        _ => return None,
    };
    let here = line.item_at(span.start);
    let before = names.partition_point(|name| name.span.end <= span.start);
    let mut best: Option<(u32, &str)> = None;
    let mut others = 0;
    for n in (before.saturating_sub(NAMES_BACK)..before).rev() {
        let Some(name) = names.get(n).filter(|name| name.kind == Kind::Person) else { continue };
        if known.is_woman(name).is_some_and(|woman| woman != is_woman) {
            continue;
        }
        let at = line.item_at(name.span.start);
        if here - at.min(here) > ITEMS_BACK
            || (at..here).filter(|&m| line.at(m).after(gap::STOP)).take(SENTENCES_BACK + 1).count() > SENTENCES_BACK
        {
            break;
        }
        let surname = surname(name.span.of(line.text));
        let is_speaker = heard.iter().rev().take(NAMES_BACK).any(|&other| other as usize == n);
        match best {
            None if is_speaker || is_subject(line, at) => best = Some((n as u32, surname)),
            None => others += 1,
            Some((_, other)) => others += usize::from(other != surname),
        }
    }
    let (mention, _) = best?;
    let is_sure = names.get(mention as usize).is_some_and(|name| known.is_woman(name).is_some());
    let certainty = match (others, is_sure) {
        (0, _) => 88,
        (_, true) => 75,
        _ => 65,
    };
    Some(Found { mention, certainty, reason: "the nearest person before it who speaks or acts" })
}

/// Whether item `n` stands before the first verb of its sentence.
fn is_subject(line: &Line, n: usize) -> bool {
    let low = n.saturating_sub(12);
    for m in (low..=n).rev() {
        if m < n && line.at(m).is_finite() {
            return false;
        }
        if line.at(m).after(gap::STOP) || line.at(m).quote.is_some() {
            return true;
        }
    }
    false
}
