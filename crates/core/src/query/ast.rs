//! The tree of a query. Plain data: made by `parse`, printed by `print`, planned by `plan`.

use crate::base::Span;

/// A part of a query with where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it asks.
    pub op: Op,
    /// Where it stands in the text of the query, in bytes.
    pub span: Span,
}

/// What a part of a query asks. Boolean operators select documents; words and phrases select hits in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// One word.
    Word(Word),
    /// Words one after the other.
    Phrase {
        /// At least two.
        words: Vec<Word>,
        /// Written as one word with hyphens (`cease-fire`), so that the solid spelling counts as well.
        is_hyphenated: bool,
    },
    /// All of them, at least two.
    And(Vec<Node>),
    /// Any of them, at least two.
    Or(Vec<Node>),
    /// Documents without it.
    Not(Box<Node>),
}

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As typed; in a script without spaces a bigram or a single character.
    pub text: String,
    /// Tokens it covers: 2 for a bigram, else 1.
    pub width: u32,
    /// Whether any ending counts (`turk*`, or the last word while typing).
    pub is_prefix: bool,
}
