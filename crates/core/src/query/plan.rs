//! The plan: leaves that select hits, under a Boolean frame that selects documents.
//!
//! | rewrite | example | reason |
//! |---|---|---|
//! | a solid word also as its parts apart | `ceasefire` → `ceasefire` ∪ “cease fire” | spelling varies within one story |
//! | a hyphenated word also solid | `cease-fire` → “cease fire” ∪ `ceasefire` | the same |
//! | neighbours also solid, where the corpus has it and both have three letters | `cease fire` → (`cease` ∧ `fire`) ∨ `ceasefire` | the same |
//! | equal leaves once | `a OR a` → `a` | hits are counted once |

use super::ast::{Node, Op, Word};
use super::expand::{self, MIN_SIDE, TypeMatch};
use crate::index::Index;

/// A query laid out for an index.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What selects hits.
    pub leaves: Vec<Leaf>,
    /// What selects documents; nothing where every document is asked for.
    pub frame: Option<Frame>,
    /// Leaves that stand side by side in the query, for ranking by nearness.
    pub neighbours: Vec<Neighbours>,
}

/// Leaves that stand side by side under one operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbours {
    /// Places in [`Plan::leaves`], in the order of the query.
    pub leaves: Vec<usize>,
    /// Whether a document must have all of them (AND).
    pub all_required: bool,
}

/// One word or phrase with all its spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// As the query has it, for the echo.
    pub op: Op,
    /// Each spelling is a sequence of words; a hit is a place where one of them stands.
    pub spellings: Vec<Vec<Element>>,
    /// Whether it stands under a NOT: then it selects no hits.
    pub is_negated: bool,
    /// How often the query has it: a word asked for twice weighs twice.
    pub times: u32,
}

/// One place of a sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Types that may stand here, sorted.
    pub types: Vec<TypeMatch>,
    /// Tokens it covers.
    pub width: u32,
}

/// Which documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Those with a hit of the leaf.
    Leaf(usize),
    /// Those in all.
    And(Vec<Frame>),
    /// Those in any.
    Or(Vec<Frame>),
    /// All others.
    Not(Box<Frame>),
}

/// Lays out a tree. Cost: the look-ups of its words.
pub fn plan(index: &Index, root: Option<&Node>) -> Plan {
    let mut plan = Plan::default();
    plan.frame = root.map(|node| frame(index, node, false, &mut plan));
    plan
}

fn frame(index: &Index, node: &Node, is_negated: bool, plan: &mut Plan) -> Frame {
    match &node.op {
        Op::Word(word) => Frame::Leaf(add(plan, word_leaf(index, word, is_negated))),
        Op::Phrase { words, is_hyphenated } => {
            Frame::Leaf(add(plan, phrase_leaf(index, words, *is_hyphenated, is_negated)))
        }
        Op::Not(inner) => Frame::Not(Box::new(frame(index, inner, !is_negated, plan))),
        Op::Or(parts) => {
            let frames: Vec<Frame> = parts.iter().map(|part| frame(index, part, is_negated, plan)).collect();
            note_neighbours(&frames, false, is_negated, plan);
            Frame::Or(frames)
        }
        Op::And(parts) => {
            let frames: Vec<Frame> = parts.iter().map(|part| frame(index, part, is_negated, plan)).collect();
            note_neighbours(&frames, true, is_negated, plan);
            Frame::And(with_solid_neighbours(index, parts, frames, is_negated, plan))
        }
    }
}

fn word_leaf(index: &Index, word: &Word, is_negated: bool) -> Leaf {
    let mut spellings = vec![vec![element(index, word)]];
    if word.width == 1 {
        spellings.extend(expand::spellings_apart(index, word).iter().map(|parts| {
            let words = parts.iter().map(|part| Word { text: part.clone(), width: 1, is_prefix: false });
            words.map(|word| element(index, &word)).collect()
        }));
    }
    Leaf { op: Op::Word(word.clone()), spellings, is_negated, times: 1 }
}

fn phrase_leaf(index: &Index, words: &[Word], is_hyphenated: bool, is_negated: bool) -> Leaf {
    let mut spellings = vec![words.iter().map(|word| element(index, word)).collect()];
    if is_hyphenated && let Some(solid) = expand::solid_spelling(index, words) {
        spellings.push(vec![element(index, &solid)]);
    }
    Leaf { op: Op::Phrase { words: words.to_vec(), is_hyphenated }, spellings, is_negated, times: 1 }
}

fn element(index: &Index, word: &Word) -> Element {
    Element { types: expand::types(index, word), width: word.width }
}

fn add(plan: &mut Plan, leaf: Leaf) -> usize {
    // Two words that find nothing are alike, but not the same word.
    let finds_types = leaf.spellings.iter().flatten().any(|element| !element.types.is_empty());
    let same = |other: &Leaf| {
        other.is_negated == leaf.is_negated && other.spellings == leaf.spellings && (finds_types || other.op == leaf.op)
    };
    if let Some(place) = plan.leaves.iter().position(same) {
        plan.leaves[place].times += 1;
        return place;
    }
    plan.leaves.push(leaf);
    plan.leaves.len() - 1
}

fn note_neighbours(frames: &[Frame], all_required: bool, is_negated: bool, plan: &mut Plan) {
    let leaves: Vec<usize> = frames
        .iter()
        .filter_map(|frame| match frame {
            Frame::Leaf(leaf) => Some(*leaf),
            _ => None,
        })
        .collect();
    if leaves.len() > 1 && !is_negated {
        plan.neighbours.push(Neighbours { leaves, all_required });
    }
}

/// The rewrite of neighbouring words: pairs from the left, each word in at most one pair.
fn with_solid_neighbours(
    index: &Index,
    parts: &[Node],
    frames: Vec<Frame>,
    is_negated: bool,
    plan: &mut Plan,
) -> Vec<Frame> {
    let mut result = Vec::with_capacity(frames.len());
    let mut frames = frames.into_iter();
    let mut i = 0;
    while let Some(first) = frames.next() {
        let pair = match (parts.get(i).map(|part| &part.op), parts.get(i + 1).map(|part| &part.op)) {
            (Some(Op::Word(a)), Some(Op::Word(b))) => Some([a.clone(), b.clone()]),
            _ => None,
        };
        let long = |word: &Word| !word.is_prefix && word.text.chars().count() >= MIN_SIDE;
        let solid = pair.filter(|pair| pair.iter().all(long)).and_then(|pair| expand::solid_spelling(index, &pair));
        match (solid, frames.len()) {
            (Some(solid), 1..) => {
                let leaf = Leaf {
                    op: Op::Word(solid.clone()),
                    spellings: vec![vec![element(index, &solid)]],
                    is_negated,
                    times: 1,
                };
                let second = frames.next();
                let apart = Frame::And([Some(first), second].into_iter().flatten().collect());
                result.push(Frame::Or(vec![apart, Frame::Leaf(add(plan, leaf))]));
                i += 2;
            }
            _ => {
                result.push(first);
                i += 1;
            }
        }
    }
    result
}
