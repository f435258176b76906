//! The frame: which documents, walked one at a time through the lists of the leaves, with skipping.

use std::rc::Rc;

use sheaf_kernels::sorted::advance;

use super::evaluate::{LeafMatches, intersect};
use super::filter::DocSet;
use super::plan::Frame;
use crate::base::DocId;
use crate::index::Index;

/// The documents that a frame selects, ascending. Cost: the shortest list of each AND, all lists of each OR.
pub(super) fn documents(index: &Index, frame: &Frame, leaves: &[Rc<LeafMatches>]) -> Vec<DocId> {
    let own = |frame: &Frame| match frame {
        Frame::Leaf(leaf) => leaves.get(*leaf).map(|found| &*found.docs),
        _ => None,
    };
    // Most often words, all of them: their lists are walked without a frame.
    let lists: Option<Vec<&[DocId]>> = match frame {
        Frame::And(frames) => frames.iter().map(own).collect(),
        frame => own(frame).map(|list| vec![list]),
    };
    match lists {
        Some(lists) if !lists.is_empty() => intersect(lists),
        _ => Cursor::of(index, frame, leaves).docs(),
    }
}

/// A walk over the documents of a frame.
struct Cursor<'c> {
    walk: Walk<'c>,
    /// The last target and what was found for it: targets up to there need no second look, which would come too late
    /// for the parts, as they have gone on.
    last: Option<(DocId, Option<DocId>)>,
}

enum Walk<'c> {
    List { docs: &'c [DocId], place: usize },
    Set(DocSet),
    All(u32),
    And { parts: Vec<Cursor<'c>>, without: Vec<Cursor<'c>> },
    Not(Box<Cursor<'c>>, u32),
}

impl<'c> Cursor<'c> {
    fn of(index: &Index, frame: &'c Frame, leaves: &'c [Rc<LeafMatches>]) -> Cursor<'c> {
        let cursor = |frame: &'c Frame| Cursor::of(index, frame, leaves);
        let walk = match frame {
            Frame::Leaf(leaf) => Walk::List { docs: leaves.get(*leaf).map_or(&[], |found| &found.docs), place: 0 },
            Frame::Docs(set) => Walk::Set(set.clone()),
            Frame::And(frames) => {
                let mut parts = Vec::new();
                let mut without = Vec::new();
                for frame in frames {
                    match frame {
                        Frame::Not(inner) => without.push(cursor(inner)),
                        frame => parts.push(cursor(frame)),
                    }
                }
                if parts.is_empty() {
                    parts.push(Cursor { walk: Walk::All(index.doc_count()), last: None });
                }
                Walk::And { parts, without }
            }
            // Alternatives are put together once: a walk over many would ask all of them at every step.
            Frame::Or(frames) => {
                let mut set = DocSet::new(index, false);
                frames.iter().for_each(|frame| cursor(frame).for_each(&mut |docs| set.insert_all(docs)));
                Walk::Set(set)
            }
            Frame::Not(inner) => Walk::Not(Box::new(cursor(inner)), index.doc_count()),
        };
        Cursor { walk, last: None }
    }

    fn docs(mut self) -> Vec<DocId> {
        let mut all = Vec::new();
        self.for_each(&mut |docs| all.extend_from_slice(docs));
        all
    }

    /// Calls `each` with all documents, ascending, some at a time.
    fn for_each(&mut self, each: &mut dyn FnMut(&[DocId])) {
        match &self.walk {
            Walk::List { docs, .. } => each(docs),
            Walk::Set(set) => each(&set.docs()),
            _ => {
                let mut next = self.seek(DocId(0));
                while let Some(doc_id) = next {
                    each(&[doc_id]);
                    next = self.seek(DocId(doc_id.0 + 1));
                }
            }
        }
    }

    /// The first document not before `target`. Targets must not go back.
    fn seek(&mut self, target: DocId) -> Option<DocId> {
        if let Some((_, found)) =
            self.last.filter(|(from, found)| *from <= target && found.is_none_or(|doc| doc >= target))
        {
            return found;
        }
        let found = self.walk.seek(target);
        self.last = Some((target, found));
        found
    }
}

impl Walk<'_> {
    fn seek(&mut self, mut target: DocId) -> Option<DocId> {
        match self {
            Walk::List { docs, place } => {
                *place = advance(docs, *place, target);
                docs.get(*place).copied()
            }
            Walk::Set(set) => set.next(target),
            Walk::All(count) => (target.0 < *count).then_some(target),
            Walk::Not(inner, count) => {
                while inner.seek(target) == Some(target) {
                    target.0 += 1;
                }
                (target.0 < *count).then_some(target)
            }
            Walk::And { parts, without } => 'search: loop {
                for part in parts.iter_mut() {
                    let found = part.seek(target)?;
                    if found > target {
                        target = found;
                        continue 'search;
                    }
                }
                if !without.iter_mut().any(|part| part.seek(target) == Some(target)) {
                    return Some(target);
                }
                target.0 += 1;
            },
        }
    }
}
