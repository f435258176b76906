//! What a reader puts right: the entity desk.
//!
//! A correction names what it is about by a spelling and a kind, as the reader saw them, never by a place in a list: it
//! means the same after documents were added. All names are looked up in what the rules have made, splits first; so the
//! order of corrections does not matter, saying one twice is saying it once, and taking one out of the list undoes it.

use std::collections::{BTreeMap, BTreeSet};

use nanoserde::{DeBin, SerBin};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::intake::Corpus;
use super::nodes::{Assigned, NodeId, Nodes};
use super::{Kind, Link, form, people, things};
use crate::base::Problem;

/// What a reader has put right, in six lists; the order within a list does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
#[serde(default, deny_unknown_fields)]
pub struct Corrections {
    /// Entities that are one.
    pub merge: Vec<Merge>,
    /// Spellings that name something else than the rest of their entity.
    pub split: Vec<Split>,
    /// Entities that are shown with another name.
    pub rename: Vec<Rename>,
    /// Entities of another kind.
    pub retype: Vec<Retype>,
    /// Entities that are not shown.
    pub hide: Vec<Name>,
    /// Findings in the texts that are none.
    pub reject: Vec<Reject>,
}

/// An entity, by one of its spellings.
///
/// Where several entities are written so, it means the one whose own name it is, not those it is short for; where there is
/// none of this kind, that of another kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, SerBin, DeBin)]
pub struct Name {
    /// The spelling; article, title and possessive do not matter.
    pub spelling: String,
    /// The kind.
    pub kind: Kind,
}

/// Two entities that are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, SerBin, DeBin)]
pub struct Merge {
    /// One of them.
    pub one: Name,
    /// The other.
    pub other: Name,
}

/// A spelling that does not belong to an entity: its mentions there become an entity of their own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, SerBin, DeBin)]
pub struct Split {
    /// The spelling that goes.
    pub spelling: String,
    /// The entity that it leaves, by a spelling that stays.
    pub from: Name,
}

/// An entity that is shown with another name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, SerBin, DeBin)]
pub struct Rename {
    /// The entity.
    pub entity: Name,
    /// What it is called.
    pub name: String,
}

/// A finding that is none. It holds as long as these words stand at this place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, SerBin, DeBin)]
pub struct Reject {
    /// The document, by its name.
    pub document: String,
    /// What it was taken for.
    pub sort: Sort,
    /// The words, as written.
    pub text: String,
    /// First byte in the text of the document.
    pub start: u32,
}

/// The sorts of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, SerBin, DeBin)]
pub enum Sort {
    /// A name.
    Name,
    /// A date or time.
    Time,
    /// A quotation.
    Quotation,
    /// A meeting, visit, call or talks.
    Event,
    /// A credit of a news agency.
    Credit,
}

/// An entity of another kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, SerBin, DeBin)]
pub struct Retype {
    /// The entity, with the kind that the rules gave it.
    pub entity: Name,
    /// What it is.
    pub kind: Kind,
}

/// What came of corrections, by root.
#[derive(Default)]
pub(super) struct Corrected {
    pub(super) names: FxHashMap<NodeId, String>,
    pub(super) kinds: FxHashMap<NodeId, Kind>,
    pub(super) hidden: FxHashSet<NodeId>,
    pub(super) problems: Vec<Problem>,
}

/// Applies corrections. Cost: O(mentions + corrections); nothing without corrections.
pub(super) fn apply(
    corrections: &Corrections,
    corpus: &Corpus,
    nodes: &mut Nodes,
    assigned: &mut [Vec<Assigned>],
) -> Corrected {
    let mut corrected = Corrected::default();
    if *corrections == Corrections::default() {
        return corrected;
    }
    let own = own_nodes(corpus, nodes);
    split(&corrections.split, corpus, &own, nodes, assigned, &mut corrected.problems);
    let desk = Desk::new(corpus, &own, nodes, assigned);
    let problems = &mut corrected.problems;
    let merged: Vec<[Option<NodeId>; 2]> = corrections
        .merge
        .iter()
        .map(|merge| [&merge.one, &merge.other].map(|name| desk.find(name, nodes, problems)))
        .collect();
    let renamed = looked_up(&corrections.rename, |rename| (&rename.entity, &rename.name), &desk, nodes, problems);
    let retyped = looked_up(&corrections.retype, |retype| (&retype.entity, &retype.kind), &desk, nodes, problems);
    let hidden: Vec<NodeId> = corrections.hide.iter().filter_map(|name| desk.find(name, nodes, problems)).collect();
    for merge in merged {
        if let [Some(one), Some(other)] = merge {
            nodes.unite(one, other, Link::Reader);
        }
    }
    nodes.flatten();
    corrected.names = one_each(renamed, nodes, |name| format!("the name “{name}”"), problems);
    corrected.kinds = one_each(retyped, nodes, |kind| format!("the kind {kind:?}"), problems);
    corrected.hidden = hidden.into_iter().map(|node| nodes.root(node)).collect();
    corrected.problems.sort();
    corrected.problems.dedup();
    corrected
}

/// The node that each spelling has by itself.
fn own_nodes(corpus: &Corpus, nodes: &mut Nodes) -> Vec<NodeId> {
    let node = |spelling: &super::intake::Spelling| {
        nodes.of(&if spelling.is_person { people::key(&spelling.form) } else { things::key(&spelling.form) })
    };
    corpus.spellings.iter().map(node).collect()
}

/// The nodes that a spelling may have, that of the kind first.
fn nodes_of(name: &str, kind: Kind, nodes: &Nodes) -> Vec<NodeId> {
    let person = nodes.get(&people::key(&form::person(name)));
    let thing = nodes.get(&things::key(&form::thing(name)));
    let both = if kind == Kind::Person { [person, thing] } else { [thing, person] };
    both.into_iter().flatten().collect()
}

fn split(
    splits: &[Split],
    corpus: &Corpus,
    own: &[NodeId],
    nodes: &mut Nodes,
    assigned: &mut [Vec<Assigned>],
    problems: &mut Vec<Problem>,
) {
    let desk = Desk::new(corpus, own, nodes, assigned);
    let mut moves: FxHashMap<(NodeId, NodeId), NodeId> = FxHashMap::default();
    for split in splits {
        let Some(root) = desk.find(&split.from, nodes, problems) else { continue };
        let leaving: Vec<NodeId> = nodes_of(&split.spelling, split.from.kind, nodes)
            .into_iter()
            .filter(|node| desk.bearers.get(node).is_some_and(|roots| roots.contains(&root)))
            .collect();
        if leaving.is_empty() {
            problems.push(unused(&split.spelling, &format!("“{}” has no such spelling", split.from.spelling)));
        }
        for node in leaving {
            let key = format!("{SPLIT}{} {}", nodes.key(node), nodes.key(root));
            moves.insert((node, root), nodes.of(&key));
        }
    }
    if moves.is_empty() {
        return;
    }
    for (seen, assigned) in corpus.seen.iter().flatten().zip(assigned.iter_mut().flatten()) {
        let node = own.get(seen.spelling as usize).copied().unwrap_or_default();
        if let Some(new) = moves.get(&(node, nodes.root(assigned.node))) {
            *assigned = Assigned { node: *new, link: Link::Reader };
        }
    }
}

/// What the keys of nodes begin with that a reader has split off.
const SPLIT: &str = "split ";

/// Looking names up.
struct Desk {
    /// For the node that a spelling has by itself: the entities that have mentions written so.
    bearers: FxHashMap<NodeId, BTreeSet<NodeId>>,
}

impl Desk {
    fn new(corpus: &Corpus, own: &[NodeId], nodes: &Nodes, assigned: &[Vec<Assigned>]) -> Desk {
        let mut bearers: FxHashMap<NodeId, BTreeSet<NodeId>> = FxHashMap::default();
        for (seen, assigned) in corpus.seen.iter().flatten().zip(assigned.iter().flatten()) {
            let node = own.get(seen.spelling as usize).copied().unwrap_or_default();
            bearers.entry(node).or_default().insert(nodes.root(assigned.node));
        }
        Desk { bearers }
    }

    fn find(&self, name: &Name, nodes: &Nodes, problems: &mut Vec<Problem>) -> Option<NodeId> {
        let mut is_written = false;
        for node in nodes_of(&name.spelling, name.kind, nodes) {
            let Some(roots) = self.bearers.get(&node) else { continue };
            is_written = true;
            if roots.contains(&nodes.root(node)) {
                return Some(nodes.root(node));
            }
            let split: Vec<NodeId> = roots.iter().copied().filter(|root| nodes.key(*root).starts_with(SPLIT)).collect();
            let split = if split.is_empty() { roots.iter().copied().take(2).collect() } else { split };
            if let [root] = split.as_slice() {
                return Some(*root);
            }
        }
        let why = if is_written {
            "several are written so; use a full name"
        } else {
            "nothing in these documents is written so"
        };
        problems.push(unused(&name.spelling, why));
        None
    }
}

fn unused(spelling: &str, why: &str) -> Problem {
    Problem::new("", format!("A correction was not used, because {why}. Change or remove it: {spelling}"))
}

fn looked_up<'a, C, T: Clone + 'a>(
    corrections: &'a [C],
    parts: impl Fn(&'a C) -> (&'a Name, &'a T),
    desk: &Desk,
    nodes: &Nodes,
    problems: &mut Vec<Problem>,
) -> Vec<(NodeId, T)> {
    let mut found = Vec::new();
    for (name, value) in corrections.iter().map(parts) {
        found.extend(desk.find(name, nodes, problems).map(|node| (node, value.clone())));
    }
    found
}

/// One value for each entity: where corrections contradict each other, the first in order of value, and a problem.
fn one_each<T: Clone + Ord>(
    found: Vec<(NodeId, T)>,
    nodes: &Nodes,
    shown: impl Fn(&T) -> String,
    problems: &mut Vec<Problem>,
) -> FxHashMap<NodeId, T> {
    let mut values: BTreeMap<NodeId, BTreeSet<T>> = BTreeMap::new();
    for (node, value) in found {
        values.entry(nodes.root(node)).or_default().insert(value);
    }
    let mut each = FxHashMap::default();
    for (node, values) in values {
        let mut values = values.into_iter();
        let Some(value) = values.next() else { continue };
        for other in values {
            let message = format!(
                "Two corrections contradict each other; {} was used, remove one of them: {}",
                shown(&value),
                shown(&other)
            );
            problems.push(Problem::new("", message));
        }
        each.insert(node, value);
    }
    each
}
