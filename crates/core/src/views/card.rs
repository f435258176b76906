//! The head of a document: what every view says about it.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::marked::{Run, runs};
use super::words;
use crate::base::Span;
use crate::document::{Document, Fact, Known};

/// How a shown value is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub enum Certainty {
    /// It stands in the document or came with it.
    Stated,
    /// It was concluded from this.
    Inferred(String),
    /// Nobody knows: what is shown stands for "none".
    Unknown,
}

/// A document's head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Card {
    /// Stable name, for links.
    pub name: String,
    /// Title, with hits marked; the name where there is none.
    pub title: Vec<Run>,
    /// How the title is known.
    pub title_known: Certainty,
    /// Source, or empty.
    pub source: String,
    /// How the source is known.
    pub source_known: Certainty,
    /// Date as written for readers, or empty.
    pub date: String,
    /// Date in ISO 8601, or empty.
    pub date_iso: String,
    /// How the date is known.
    pub date_known: Certainty,
    /// Code of the language, or empty.
    pub language: String,
    /// Length of the text in words.
    pub words: u32,
}

impl Card {
    /// The head of `document`, whose text has so many words, its title unmarked.
    pub fn of(document: &Document, words: u32) -> Card {
        let title = title_text(document);
        Card {
            name: document.name.clone(),
            title: runs(title, Span::new(0, title.len() as u32), &[]),
            title_known: certainty(&document.title),
            source: document.source.value.clone().unwrap_or_default(),
            source_known: certainty(&document.source),
            date: document.date.value.map(words::date).unwrap_or_default(),
            date_iso: document.date.value.map(|date| date.to_string()).unwrap_or_default(),
            date_known: certainty(&document.date),
            language: document.language.value.clone().unwrap_or_default(),
            words,
        }
    }

    /// The title as plain text.
    pub fn title_text(&self) -> String {
        self.title.iter().map(|run| run.text.as_str()).collect()
    }
}

/// The title, or the name where there is none.
pub fn title_text(document: &Document) -> &str {
    document.title.value.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(&document.name)
}

/// How a fact is known, for the screen.
pub fn certainty<T>(fact: &Fact<T>) -> Certainty {
    match &fact.known {
        Known::Stated if fact.value.is_some() => Certainty::Stated,
        Known::Inferred { from } if fact.value.is_some() => Certainty::Inferred(from.clone()),
        _ => Certainty::Unknown,
    }
}
