//! Who is named together with whom: in one sentence.

use std::collections::BTreeMap;

use crate::base::{DocId, Span};
use crate::extract::Read;

/// Two entities, the lower first, with the sentences that name both.
pub(super) struct Pair {
    pub(super) entities: [u32; 2],
    /// Sentences, by document in the order of the corpus.
    pub(super) sentences: Vec<(DocId, Span)>,
}

/// Sentences with more names than this are lists, not company: they would pair everybody with everybody.
const MOST_NAMES: usize = 40;

/// The pairs that `wanted` lets through, those with most sentences first. Cost: linear in the mentions, times those of a
/// sentence.
pub(super) fn pairs(read: &Read, docs: &[DocId], wanted: &dyn Fn(u32, u32) -> bool) -> Vec<Pair> {
    let mut pairs: BTreeMap<[u32; 2], Vec<(DocId, Span)>> = BTreeMap::new();
    for doc_id in docs {
        let doc = doc_id.0 as usize;
        let (Some(found), Some(of)) = (read.findings.get(doc), read.entities.of.get(doc)) else { continue };
        let mut at = 0;
        while let Some(mention) = found.names.get(at) {
            let Some(sentence) = found.sentence_at(mention.span.start) else { break };
            let until = at + found.names[at..].partition_point(|name| name.span.start < sentence.end).max(1);
            let mut named: Vec<u32> = of.get(at..until).unwrap_or(&[]).to_vec();
            at = until;
            named.sort_unstable();
            named.dedup();
            if named.len() > MOST_NAMES {
                continue;
            }
            for (place, a) in named.iter().enumerate() {
                for b in named[place + 1..].iter().filter(|b| wanted(*a, **b)) {
                    pairs.entry([*a, *b]).or_default().push((*doc_id, sentence));
                }
            }
        }
    }
    let mut pairs: Vec<Pair> = pairs.into_iter().map(|(entities, sentences)| Pair { entities, sentences }).collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.sentences.len()));
    pairs
}

/// Documents among places, each once.
pub(super) fn documents(sentences: &[(DocId, Span)]) -> u64 {
    let mut docs: Vec<DocId> = sentences.iter().map(|(doc_id, _)| *doc_id).collect();
    docs.dedup();
    docs.len() as u64
}
