//! What the extractors find in one text.

use sheaf_core::base::{PartialDate, Span};
use sheaf_core::extract::events::{Event, events};
use sheaf_core::extract::names::names;
use sheaf_core::extract::quotations::{Quotation, quotations};
use sheaf_core::extract::times::{Time, times};
use sheaf_core::extract::{Mention, Reading};

pub(crate) struct Found {
    pub(crate) names: Vec<Mention>,
    pub(crate) times: Vec<Time>,
    pub(crate) quotations: Vec<Quotation>,
    pub(crate) events: Vec<Event>,
}

impl Found {
    /// Runs all extractors of one document, in the order in which they need each other.
    pub(crate) fn of(text: &str, language: &str, published: Option<PartialDate>) -> Found {
        let reading = Reading::new(text, language);
        let names = names(&reading);
        let times = times(&reading, published);
        let quotations = quotations(&reading, &names);
        let events = events(&reading, &names, &times, &quotations);
        Found { names, times, quotations, events }
    }

    /// How many things were found.
    pub(crate) fn len(&self) -> usize {
        self.names.len() + self.times.len() + self.quotations.len() + self.events.len()
    }

    /// What is wrong with the form of what was found: spans outside the text or within a character, out of order,
    /// indices to nothing.
    pub(crate) fn faults(&self, text: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let names: Vec<Span> = self.names.iter().map(|name| name.span).collect();
        let times: Vec<Span> = self.times.iter().map(|time| time.span).collect();
        let firsts: Vec<Span> = self.quotations.iter().filter_map(|q| q.content.first().copied()).collect();
        let triggers: Vec<Span> = self.events.iter().map(|event| event.trigger).collect();
        for (what, spans) in [("names", &names), ("times", &times)] {
            if spans.windows(2).any(|pair| pair[1].start < pair[0].end) {
                faults.push(format!("{what} overlap or are out of order"));
            }
        }
        for (what, spans) in [("quotations", &firsts), ("events", &triggers)] {
            if !spans.is_sorted_by_key(|span| span.start) {
                faults.push(format!("{what} are out of order"));
            }
        }
        if firsts.len() < self.quotations.len() {
            faults.push("a quotation without content".to_owned());
        }
        let outside = self.spans().into_iter().filter(|(_, span)| span.is_empty() || span.of(text).is_empty());
        faults.extend(outside.map(|(what, span)| format!("{what} at {span:?} is no part of the text")));
        let mentions = self.quotations.iter().filter_map(|q| q.speaker.as_ref()?.mention);
        let mentions = mentions.chain(self.events.iter().flat_map(|e| e.participants.iter().copied().chain(e.place)));
        faults.extend(mentions.filter(|n| *n as usize >= names.len()).map(|n| format!("there is no mention {n}")));
        let used = self.events.iter().filter_map(|event| event.time);
        faults.extend(used.filter(|n| *n as usize >= times.len()).map(|n| format!("there is no time {n}")));
        let certainties = self.names.iter().map(|n| n.certainty).chain(self.times.iter().map(|t| t.certainty));
        let certainties = certainties.chain(self.quotations.iter().map(|q| q.certainty));
        let mut certainties = certainties.chain(self.events.iter().map(|e| e.certainty));
        if certainties.any(|certainty| certainty > 100) {
            faults.push("more than certain".to_owned());
        }
        faults
    }

    fn spans(&self) -> Vec<(&'static str, Span)> {
        let mut spans: Vec<(&'static str, Span)> = Vec::new();
        spans.extend(self.names.iter().map(|name| ("a name", name.span)));
        spans.extend(self.names.iter().filter_map(|name| Some(("a role", name.role?))));
        spans.extend(self.times.iter().map(|time| ("a time", time.span)));
        for quotation in &self.quotations {
            spans.extend(quotation.content.iter().map(|part| ("a quotation", *part)));
            spans.extend(quotation.cue.map(|cue| ("a cue", cue)));
            spans.extend(quotation.speaker.as_ref().map(|speaker| ("a speaker", speaker.span)));
            spans.extend(quotation.addressee.map(|addressee| ("an addressee", addressee)));
        }
        spans.extend(self.events.iter().flat_map(|e| [("a trigger", e.trigger), ("a sentence", e.sentence)]));
        spans
    }
}
