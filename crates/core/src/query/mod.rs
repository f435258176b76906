//! Floor 3: from the text of a query to its hits.
//!
//! `parse` gives a tree and problems (it never fails), `plan` turns the tree into leaves over the vocabulary and a
//! Boolean frame, `evaluate` finds documents and hits, `rank` orders them, `filter` narrows by metadata.

pub mod ast;
pub mod chunk;
pub mod complete;
pub mod evaluate;
pub mod expand;
pub mod filter;
mod frame;
pub mod grammar;
mod in_texts;
pub mod letters;
pub mod lex;
pub mod near;
pub mod parse;
mod phrase;
pub mod plan;
pub mod print;
pub mod problem;
pub mod rank;
pub mod regular;
pub mod sequence;
pub mod suggest;
pub mod token_test;
pub mod walk;

pub use ast::{Exactness, Node, Op, Word, WordKind};
pub use evaluate::{Hit, HitPart, Matches};
pub use filter::{DocSet, Filter, FilterError};
pub use parse::{Parsed, parse};
pub use plan::{Leaf, Neighbours, Plan, plan};
pub use problem::QueryProblem;
pub use rank::Ranking;
