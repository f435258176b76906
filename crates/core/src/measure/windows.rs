//! Windows: what stands around the hits, every token counted once however many windows it is in.

use std::ops::Range;

use super::selected::{Place, Selected};
use super::units::Units;
use crate::base::{DocId, TokenPos};

/// How far a window reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Tokens before the node.
    pub before: u32,
    /// Tokens after it.
    pub after: u32,
}

/// What stands in windows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Hits.
    pub nodes: u64,
    /// Tokens inside windows: R1 of the table.
    pub tokens: u64,
    /// For each unit, how often it stands in a window.
    pub observed: Vec<u32>,
    /// For each unit, in how many documents it stands in a window.
    pub documents: Vec<u32>,
    /// For each unit, in how many hits' own windows it stands.
    pub nodes_with: Vec<u32>,
}

/// Counts what stands in the windows of all hits. Windows never reach out of a title, a text, or, where `sentences`
/// gives the first positions of a document's sentences, out of the sentence of the hit. A token that is part of one hit
/// counts in the window of another, as in CQPweb. Cost: linear in hits × window, and in the units.
pub fn count<'b>(
    selected: &Selected,
    units: &Units,
    window: Window,
    sentences: Option<&dyn Fn(DocId) -> &'b [TokenPos]>,
) -> Counted {
    let mut counted = Counted {
        observed: vec![0; units.len()],
        documents: vec![0; units.len()],
        nodes_with: vec![0; units.len()],
        ..Counted::default()
    };
    // The last document, and the last hit, in which a unit was counted.
    let mut seen_doc = vec![u32::MAX; units.len()];
    let mut seen_node = vec![u32::MAX; units.len()];
    let mut node = 0u32;
    for &doc_id in selected.docs {
        let types = selected.forward.types(doc_id);
        let starts = sentences.map(|sentences| sentences(doc_id));
        // Tokens before this place were counted.
        let mut done = 0usize;
        let mut spans: Vec<(usize, usize)> = Vec::new();
        selected.places_in(doc_id, &mut |place| {
            counted.nodes += 1;
            let (first, end) = (place.start as usize, (place.start + place.width) as usize);
            let field = match starts {
                Some(starts) => sentence_of(selected, starts, place),
                None => selected.forward.field(doc_id, first),
            };
            let before = (first.saturating_sub(window.before as usize).max(field.start), first);
            let after = (end, (end + window.after as usize).min(field.end));
            for (from, to) in [before, after] {
                if from < to {
                    spans.push((from, to));
                    for type_id in types.get(from..to).unwrap_or(&[]) {
                        let unit = units.unit_of(*type_id) as usize;
                        if seen_node[unit] != node {
                            seen_node[unit] = node;
                            counted.nodes_with[unit] += 1;
                        }
                    }
                }
            }
            node = node.wrapping_add(1);
        });
        spans.sort_unstable();
        for (from, to) in spans {
            let from = from.max(done);
            for type_id in types.get(from..to).unwrap_or(&[]) {
                let unit = units.unit_of(*type_id) as usize;
                counted.observed[unit] += 1;
                counted.tokens += 1;
                if seen_doc[unit] != doc_id.0 {
                    seen_doc[unit] = doc_id.0;
                    counted.documents[unit] += 1;
                }
            }
            done = to.max(done);
        }
    }
    counted
}

/// The places of the sentence that a hit begins in, within its title or text. `starts` are the first positions of the
/// document's sentences.
pub fn sentence_of(selected: &Selected, starts: &[TokenPos], place: Place) -> Range<usize> {
    let field = selected.forward.field(place.doc_id, place.start as usize);
    let place_of = |position: &TokenPos| selected.forward.place(place.doc_id, *position);
    let own = starts.partition_point(|start| place_of(start) <= place.start as usize);
    let from = own.checked_sub(1).and_then(|own| starts.get(own)).map_or(field.start, place_of);
    let to = starts.get(own).map_or(field.end, place_of);
    field.start.max(from)..field.end.min(to)
}
