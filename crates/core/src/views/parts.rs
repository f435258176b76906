//! The query as parts that can be changed without typing: each with its counts, and with the query that removing,
//! negating or joining it otherwise would give.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::describe::description;
use crate::query::parse::NEAR;
use crate::query::print::print;
use crate::query::{Node, Op};

/// Beyond so many parts a list is no longer easier than the text.
const MAX_PARTS: usize = 40;

/// A part of the query, for changing it without typing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Part {
    /// Its text in the query; for a list, empty.
    pub text: String,
    /// What it is, in plain words.
    pub description: String,
    /// Whether documents must be without it.
    pub is_negated: bool,
    /// Documents that have it (under the filters, the rest of the query left aside).
    pub documents: u32,
    /// Hits in them; nothing for metadata, which has no hits.
    pub hits: Option<u64>,
    /// The parts of a list; empty for a single part.
    pub parts: Vec<Part>,
    /// How the parts hang together: one joint between each two.
    pub joints: Vec<Joint>,
    /// The query without it.
    pub removed: String,
    /// The query with it negated, or no longer.
    pub negated: String,
}

/// How two neighbouring parts hang together, and how else they might.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Joint {
    /// Now.
    pub now: Join,
    /// The other ways that are possible here, each with the query that it gives.
    pub choices: Vec<(Join, String)>,
}

/// A way in which two parts hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub enum Join {
    /// Both.
    And,
    /// Either.
    Or,
    /// Both, near each other.
    Near,
    /// One right after the other.
    Phrase,
}

/// What a part finds by itself: documents, and hits where it selects any.
pub type Count<'c> = &'c dyn Fn(&Node) -> (u32, u64);

/// The parts of a query; nothing where there are too many to be shown.
pub fn parts(root: &Node, count: Count) -> Option<Part> {
    (leaf_count(root) <= MAX_PARTS).then(|| part(root, root, &[], count))
}

/// Whether [`parts`] gives more than one part, or one that is negated.
pub fn has_parts(root: &Node) -> bool {
    matches!(root.op, Op::And(_) | Op::Or(_) | Op::Not(_)) && leaf_count(root) <= MAX_PARTS
}

fn leaf_count(node: &Node) -> usize {
    match &node.op {
        Op::And(parts) | Op::Or(parts) => parts.iter().map(leaf_count).sum(),
        Op::Not(inner) => leaf_count(inner),
        _ => 1,
    }
}

/// The part at `path`: the place of a child at each level.
fn part(root: &Node, node: &Node, path: &[usize], count: Count) -> Part {
    let printed = |root: Option<Node>| root.as_ref().map(print).unwrap_or_default();
    let removed = printed(changed(root, path, &|_| None));
    let negated = printed(changed(root, path, &|node| Some(negated(node))));
    let (inner, is_negated) = match &node.op {
        Op::Not(inner) => (&**inner, true),
        _ => (node, false),
    };
    let inner_path: Vec<usize> = if is_negated { [path, &[0]].concat() } else { path.to_vec() };
    let (documents, hits) = count(inner);
    let list = match &inner.op {
        Op::And(parts) => Some((parts, Join::And)),
        Op::Or(parts) => Some((parts, Join::Or)),
        _ => None,
    };
    let mut shown = Part {
        text: if list.is_none() { print(inner) } else { String::new() },
        // A list inside another is told in brackets, so that it is clear what belongs to it.
        description: description(inner, !path.is_empty()),
        is_negated,
        documents,
        hits: selects_hits(inner).then_some(hits),
        parts: Vec::new(),
        joints: Vec::new(),
        removed,
        negated,
    };
    if let Some((parts, now)) = list {
        for (place, child) in parts.iter().enumerate() {
            let child_path = [inner_path.as_slice(), &[place]].concat();
            shown.parts.push(part(root, child, &child_path, count));
        }
        for place in 1..parts.len() {
            let joined = |join: Join| {
                let pair = [parts[place - 1].clone(), parts[place].clone()];
                let joined = join_pair(pair, join)?;
                changed(root, &inner_path, &|list| Some(with_pair(list, place - 1, &joined)))
            };
            let others = [Join::And, Join::Or, Join::Near, Join::Phrase].into_iter().filter(|join| *join != now);
            let choices = others.filter_map(|join| Some((join, print(&joined(join)?)))).collect();
            shown.joints.push(Joint { now, choices });
        }
    }
    shown
}

fn selects_hits(node: &Node) -> bool {
    match &node.op {
        Op::And(parts) | Op::Or(parts) => parts.iter().any(selects_hits),
        Op::Not(_) | Op::Field(_) => false,
        _ => true,
    }
}

/// Whatever can hold children, as a list; a NOT holds one.
fn children(node: &Node) -> &[Node] {
    match &node.op {
        Op::And(parts) | Op::Or(parts) => parts,
        Op::Not(inner) => std::slice::from_ref(inner),
        _ => &[],
    }
}

/// The tree with the node at `path` changed, or removed with everything that is left empty by it.
fn changed(node: &Node, path: &[usize], change: &dyn Fn(&Node) -> Option<Node>) -> Option<Node> {
    let Some((first, rest)) = path.split_first() else { return change(node) };
    let mut parts = Vec::new();
    for (place, child) in children(node).iter().enumerate() {
        parts.extend(if place == *first { changed(child, rest, change) } else { Some(child.clone()) });
    }
    let rebuilt = match &node.op {
        Op::Not(_) => negated(&parts.pop()?),
        Op::And(_) => list(parts, Op::And, node)?,
        _ => list(parts, Op::Or, node)?,
    };
    Some(rebuilt)
}

/// Parts under one operator: lists of the same kind in it are opened, a single part stands for itself.
fn list(parts: Vec<Node>, op: fn(Vec<Node>) -> Op, like: &Node) -> Option<Node> {
    let is_same = |node: &Node| std::mem::discriminant(&node.op) == std::mem::discriminant(&op(Vec::new()));
    let mut flat = Vec::new();
    for part in parts {
        if is_same(&part) { flat.extend_from_slice(children(&part)) } else { flat.push(part) }
    }
    if flat.len() < 2 { flat.pop() } else { Some(Node { op: op(flat), span: like.span }) }
}

fn negated(node: &Node) -> Node {
    match &node.op {
        Op::Not(inner) => (**inner).clone(),
        _ => Node { op: Op::Not(Box::new(node.clone())), span: node.span },
    }
}

/// The list with the two parts at `place` replaced by one.
fn with_pair(node: &Node, place: usize, joined: &Node) -> Node {
    let mut parts = children(node).to_vec();
    parts.drain(place..(place + 2).min(parts.len()));
    parts.insert(place, joined.clone());
    let op = if matches!(node.op, Op::And(_)) { Op::And } else { Op::Or };
    list(parts, op, node).unwrap_or_else(|| joined.clone())
}

/// Two parts joined in another way, where that is possible.
fn join_pair([a, b]: [Node; 2], join: Join) -> Option<Node> {
    let span = a.span;
    let op = match join {
        Join::And => return list(vec![a, b], Op::And, &Node { op: Op::And(Vec::new()), span }),
        Join::Or => return list(vec![a, b], Op::Or, &Node { op: Op::Or(Vec::new()), span }),
        Join::Near if a.selects_hits() && b.selects_hits() => {
            Op::Near { parts: vec![a, b], distance: Some(NEAR), is_ordered: false }
        }
        Join::Phrase => {
            let mut words = words_of(&a)?.to_vec();
            words.extend_from_slice(words_of(&b)?);
            // One sign before the quotation mark says it for all words.
            let is_exact = words.iter().any(|word| word.is_exact);
            if words.iter().any(|word| word.is_exact != is_exact) {
                return None;
            }
            Op::Phrase { words, is_hyphenated: false }
        }
        Join::Near => return None,
    };
    Some(Node { op, span })
}

fn words_of(node: &Node) -> Option<&[crate::query::Word]> {
    match &node.op {
        Op::Word(word) => Some(std::slice::from_ref(word)),
        Op::Phrase { words, .. } => Some(words),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    fn tree(query: &str) -> Part {
        parts(&parse(query, false).root.unwrap(), &|_| (0, 0)).unwrap()
    }

    #[test]
    fn parts_can_be_removed_and_negated() {
        let tree = tree("kyiv (talks OR \"prisoner exchange\") -trump");
        let texts: Vec<&str> = tree.parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(texts, ["kyiv", "", "trump"]);
        assert_eq!(tree.parts[0].removed, "(talks OR \"prisoner exchange\") -trump");
        assert_eq!(tree.parts[0].negated, "-kyiv (talks OR \"prisoner exchange\") -trump");
        assert_eq!(tree.parts[1].parts[0].removed, "kyiv \"prisoner exchange\" -trump");
        assert_eq!(tree.parts[1].negated, "kyiv -(talks OR \"prisoner exchange\") -trump");
        assert!(tree.parts[2].is_negated);
        assert_eq!(tree.parts[2].negated, "kyiv (talks OR \"prisoner exchange\") trump");
        assert_eq!(
            (tree.removed.as_str(), tree.negated.as_str()),
            ("", "-(kyiv (talks OR \"prisoner exchange\") -trump)")
        );
    }

    #[test]
    fn joints_offer_what_is_possible() {
        let choices = |query: &str, joint: usize| -> Vec<(Join, String)> { tree(query).joints[joint].choices.clone() };
        assert_eq!(
            choices("a b c", 0),
            [
                (Join::Or, "(a OR b) c".to_owned()),
                (Join::Near, "a NEAR/10 b c".to_owned()),
                (Join::Phrase, "\"a b\" c".to_owned())
            ]
        );
        assert_eq!(choices("a OR b", 0)[0], (Join::And, "a b".to_owned()));
        assert_eq!(choices("a -b", 0), [(Join::Or, "a OR -b".to_owned())]);
        assert_eq!(choices("a source:x", 0), [(Join::Or, "a OR source:x".to_owned())]);
    }

    #[test]
    fn a_single_word_can_be_removed() {
        let one = tree("a");
        assert_eq!((one.text.as_str(), one.removed.as_str(), one.negated.as_str()), ("a", "", "-a"));
    }
}
