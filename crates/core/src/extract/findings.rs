//! All that the extractors find, in one text and in a corpus.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::credits::{Credit, credits};
use super::entities::{Corrections, Entities, Named, Sort, entities_with};
use super::events::{Event, events};
use super::names::names;
use super::quotations::{Quotation, quotations};
use super::times::{Time, times};
use super::{Mention, Reading};
use crate::base::{DocId, Outcome, PartialDate, Problem, Span};
use crate::document::Document;

/// What one text says. Those that follow refer to those before by their places in the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Sentences, in order.
    pub sentences: Vec<Span>,
    /// Names, in order of place.
    pub names: Vec<Mention>,
    /// Dates and times, in order of place.
    pub times: Vec<Time>,
    /// Quotations, in order of place.
    pub quotations: Vec<Quotation>,
    /// Meetings, visits, calls and talks, in order of place.
    pub events: Vec<Event>,
    /// Credits of news agencies, in order of place.
    pub credits: Vec<Credit>,
    /// Whether the extractors do not know the language of the text, so that there is nothing.
    pub is_foreign: bool,
}

impl Findings {
    /// Reads a document. Cost: linear in its text.
    pub fn of(document: &Document) -> Findings {
        let language = document.language.value.as_deref().unwrap_or("");
        let reading = Reading::new(&document.text, language);
        Findings::of_reading(&reading, document.date.value)
    }

    /// Reads a text that was published on a day.
    pub fn of_reading(reading: &Reading, published: Option<PartialDate>) -> Findings {
        if !reading.is_covered() {
            return Findings { is_foreign: true, ..Findings::default() };
        }
        let names = names(reading);
        let times = times(reading, published);
        let quotations = quotations(reading, &names);
        let events = events(reading, &names, &times, &quotations);
        let credits = credits(reading);
        let sentences = reading.sentences.clone();
        Findings { sentences, names, times, quotations, events, credits, is_foreign: false }
    }
}

impl Findings {
    /// The sentence that holds the byte `offset`, or the first after it. Cost: O(log sentences).
    pub fn sentence_at(&self, offset: u32) -> Option<Span> {
        self.sentences.get(self.sentences.partition_point(|span| span.end <= offset)).copied()
    }
}

/// The entity of what is shown as none: hidden or rejected.
const NOBODY: u32 = u32::MAX;

/// What the reader rejected, where it still stands.
fn rejected(
    documents: &[Document],
    corrections: &Corrections,
    problems: &mut Vec<Problem>,
) -> BTreeSet<(u32, Sort, u32)> {
    let mut rejected = BTreeSet::new();
    for reject in &corrections.reject {
        let doc = documents.iter().position(|document| document.name == reject.document);
        let stands = |doc: &usize| {
            let text = &documents[*doc].text;
            // As they were shown: in one line, perhaps cut at the end.
            let mut own = text.get(reject.start as usize..).unwrap_or("").split_whitespace();
            reject.text.split_whitespace().all(|word| own.next().is_some_and(|own| own.starts_with(word)))
        };
        match doc.filter(stands) {
            Some(doc) => {
                rejected.insert((doc as u32, reject.sort, reject.start));
            }
            None => problems.push(Problem::new(
                reject.document.clone(),
                format!("“{}” does not stand there any more, so that rejecting it means nothing.", reject.text),
            )),
        }
    }
    rejected
}

/// A corpus that was read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// By document.
    pub findings: Rc<Vec<Findings>>,
    /// Who and what is named, over all of them.
    pub entities: Entities,
    /// What of the reader's corrections could not be used.
    pub problems: Vec<Problem>,
    /// Findings that the reader has rejected: document, sort, first byte.
    rejected: BTreeSet<(u32, Sort, u32)>,
}

impl Read {
    /// Puts what was found in these documents together. Cost: near linear in the mentions.
    pub fn of(documents: &[Document], findings: Rc<Vec<Findings>>, corrections: &Corrections) -> Read {
        let named: Vec<Named> = documents
            .iter()
            .zip(findings.iter())
            .map(|(document, found)| Named { text: &document.text, mentions: &found.names })
            .collect();
        let Outcome { value: mut entities, mut problems } = entities_with(&named, corrections);
        let rejected = rejected(documents, corrections, &mut problems);
        for (doc, (of, found)) in (0..).zip(entities.of.iter_mut().zip(findings.iter())) {
            for (entity, name) in of.iter_mut().zip(&found.names) {
                let is_hidden = entities.list.get(*entity as usize).is_some_and(|entity| entity.is_hidden);
                if is_hidden || rejected.contains(&(doc, Sort::Name, name.span.start)) {
                    *entity = NOBODY;
                }
            }
        }
        Read { findings, entities, problems, rejected }
    }

    /// Whether a finding was not rejected.
    pub fn keeps(&self, doc_id: DocId, sort: Sort, start: u32) -> bool {
        self.rejected.is_empty() || !self.rejected.contains(&(doc_id.0, sort, start))
    }

    /// The entity that a mention of a document names: an index into the list.
    pub fn entity(&self, doc: usize, mention: u32) -> Option<u32> {
        self.entities.of.get(doc)?.get(mention as usize).copied().filter(|entity| *entity != NOBODY)
    }
}
