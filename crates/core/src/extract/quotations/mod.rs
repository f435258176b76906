//! Quotations: direct, reported, mixed; with cue, speaker and addressee.
//!
//! Step by step, each a module: quotation marks are paired ([`marks`]), words are looked up ([`line`], [`lexicon`]),
//! verbs of speech and thought find their subject ([`cues`], [`phrases`]) and what they give back ([`contents`],
//! [`clauses`]; [`passives`]), and stretches in marks that are left over are given to the speaker before them
//! ([`chains`]). Then speakers get their names ([`resolve`]). No tagger and no parser: little words,
//! commas and some six hundred verbs decide. Rejected: patterns over raw text, which break at the first apposition.
//!
//! Wishes, intentions and stances are told as well ("vowed to", "opposes"), with a certainty that says how loose the
//! word is: 64 and less. A list of sayings proper asks for 65 and more.
//!
//! Useful for who said what in news; not useful for speech without marks or cues (free indirect speech), for nested
//! reports inside marks, nor for telling how much of a long sentence is still reported: readers disagree there too.

mod chains;
mod clauses;
mod contents;
mod cues;
mod first_names;
mod lexicon;
mod line;
mod lists;
mod marks;
mod passives;
mod phrases;
mod reports;
mod resolve;
mod rules;

use super::{Certainty, Mention, Reading};
use crate::base::Span;

/// How words are given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manner {
    /// All in quotation marks.
    Direct,
    /// Partly in quotation marks.
    Mixed,
    /// In the words of the writer: `said that`, `according to`.
    Reported,
}

/// Who is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// As written at the quotation: `Lavrov`, `he`, `the minister`.
    pub span: Span,
    /// The name it stands for: an index into the mentions given, where that is safe.
    pub mention: Option<u32>,
    /// How certain it is that this is the speaker, and that the name is his.
    pub certainty: Certainty,
    /// Why, in the words of a reader.
    pub reason: &'static str,
}

/// Words that a text credits to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// What was said: one span, or several where it is interrupted; without the outer quotation marks.
    pub content: Vec<Span>,
    /// How it is given back.
    pub manner: Manner,
    /// The verb or phrase that introduces it: `said`, `according to`.
    pub cue: Option<Span>,
    /// Who is credited, where the text says so.
    pub speaker: Option<Speaker>,
    /// To whom it was said, as written.
    pub addressee: Option<Span>,
    /// How certain it is that these words are credited to somebody.
    pub certainty: Certainty,
    /// Why, in the words of a reader.
    pub reason: &'static str,
}

/// The quotations of a text in order of place. `names` are its mentions in order of place.
///
/// Contents may lie inside one another ("said that critics claim …"). Cost: O(words) with a bounded look around each
/// verb.
pub fn quotations(reading: &Reading, names: &[Mention]) -> Vec<Quotation> {
    if !reading.is_covered() {
        return Vec::new();
    }
    let quotes = marks::quoted(reading);
    let line = line::Line::new(reading, &quotes);
    let mut found: Vec<Quotation> =
        reports::reports(&line).iter().filter_map(|report| report.quotation(&line)).collect();
    found.sort_by_key(|quotation| (quotation.content.first().copied(), quotation.cue));
    resolve::resolve(&line, names, &mut found);
    found
}

#[cfg(test)]
mod tests;
