//! Floor 3: from the text of a query to its hits.
//!
//! `parse` gives a tree and problems (it never fails), `plan` turns the tree into leaves over the vocabulary and a
//! Boolean frame, `evaluate` finds documents and hits, `rank` orders them, `filter` narrows by metadata.

pub mod ast;
pub mod evaluate;
pub mod expand;
pub mod filter;
pub mod parse;
pub mod plan;
pub mod print;
pub mod rank;
pub mod suggest;

pub use ast::{Node, Op, Word};
pub use evaluate::{Hit, Matches};
pub use filter::{DocSet, Filter, FilterError};
pub use parse::{Parsed, QueryProblem, parse};
pub use plan::{Leaf, Neighbours, Plan, plan};
pub use rank::Ranking;
