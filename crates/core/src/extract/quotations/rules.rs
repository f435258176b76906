//! The rules by which words are credited, each with what it is worth.

use super::super::Certainty;

/// Why words are taken for somebody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rule {
    /// `"…," she said`
    MarksThenCue,
    /// `She said: "…"`
    CueThenMarks,
    /// `She called it "…"`
    WordsInMarks,
    /// `She said that …`
    That,
    /// `She said …`, a clause
    Clause,
    /// `She asked whether …`
    Question,
    /// `…, she said`
    Fronted,
    /// `according to her`
    According,
    /// `She vowed to …`
    Infinitive,
    /// `She called for …`, `She outlined …`
    Topic,
    /// `She opposes …`
    Stance,
    /// `her claim that …`
    Noun,
    /// `her support for …`
    NounOf,
    /// `… is expected to …`
    Hearsay,
    /// `SHE: …`
    Colon,
    /// `"…"`, a sentence of its own, no cue.
    GoesOn,
    /// `… a message: "…"`
    Announced,
}

impl Rule {
    /// In a hundred, how many were right (content at least half shared with one that readers marked).
    pub(super) fn certainty(self) -> Certainty {
        match self {
            Rule::MarksThenCue => 95,
            Rule::CueThenMarks => 90,
            Rule::WordsInMarks => 80,
            Rule::That => 86,
            Rule::Clause => 84,
            Rule::Question => 67,
            Rule::Fronted => 77,
            Rule::According => 80,
            Rule::Infinitive => 64,
            Rule::Topic => 61,
            Rule::Stance => 60,
            Rule::Noun => 56,
            Rule::NounOf => 45,
            Rule::Hearsay => 60,
            Rule::Colon => 88,
            Rule::GoesOn => 43,
            Rule::Announced => 70,
        }
    }

    /// A sentence fragment for readers.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Rule::MarksThenCue => "words in quotation marks before a verb of saying",
            Rule::CueThenMarks => "words in quotation marks after a verb of saying",
            Rule::WordsInMarks => "some words in quotation marks beside a verb of speech",
            Rule::That => "a verb of speech or thought, and a clause with “that”",
            Rule::Clause => "a verb of speech or thought, and a clause after it",
            Rule::Question => "a verb of speech or thought, and an indirect question",
            Rule::Fronted => "a clause, then who said it",
            Rule::According => "“according to” names the source",
            Rule::Infinitive => "a verb of intention, and what is intended",
            Rule::Topic => "a verb of speech, and what is spoken of",
            Rule::Stance => "a verb that takes a side, and what it is about",
            Rule::Noun => "a noun for what somebody said, and a clause with what it says",
            Rule::NounOf => "a noun for taking a side, and what it is about",
            Rule::Hearsay => "said or expected of somebody, the text does not say by whom",
            Rule::Colon => "a name, a colon, and what is said",
            Rule::GoesOn => "a sentence in quotation marks, the text does not say who speaks",
            Rule::Announced => "words in quotation marks after a colon",
        }
    }
}
