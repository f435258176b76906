//! The tree of a query. Plain data: made by `parse`, printed by `print`, planned by `plan`.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::regular::Regular;
use crate::base::Span;
use crate::index::named::NameKind;

/// A part of a query with where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it asks.
    pub op: Op,
    /// Where it stands in the text of the query, in bytes.
    pub span: Span,
}

/// What a part of a query asks. Boolean operators and metadata select documents; everything else selects hits in them.
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
    /// Parts close to each other.
    Near {
        /// At least two, each of which selects hits.
        parts: Vec<Node>,
        /// Most positions from the end of the first to the start of the last; nothing where any distance will do.
        distance: Option<u32>,
        /// Whether they must stand in this order.
        is_ordered: bool,
    },
    /// A sequence of tokens.
    Sequence(Regular<TokenTest>),
    /// Hits inside one sentence or paragraph.
    Within {
        /// What selects the hits.
        part: Box<Node>,
        /// Inside what.
        unit: Unit,
    },
    /// Hits in the title.
    Title(Box<Node>),
    /// Where an entity is named: `person:lavrov`.
    Named {
        /// What sort of thing.
        kind: NameKind,
        /// Words of its name; `*` at the end where the last may go on.
        name: String,
    },
    /// Hits inside what somebody is quoted with: `said:lavrov talks`.
    Said {
        /// Words of the speaker's name, as in [`Op::Named`].
        speaker: String,
        /// What selects the hits; all quotations where it is nothing.
        part: Option<Box<Node>>,
    },
    /// A piece of metadata.
    Field(Field),
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
    /// As typed, signs of [`Word::kind`] included where they stand inside the word; in a script without spaces a
    /// bigram or a single character.
    pub text: String,
    /// Positions from it to the next word: 2 for a bigram at the end of its run, else 1.
    pub width: u32,
    /// How the text is read.
    pub kind: WordKind,
    /// Whether only this form counts, case and accents included.
    pub is_exact: bool,
    /// Whether it is a prefix only because it is still being typed.
    pub is_open: bool,
}

/// How the text of a word is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// A word with its inflections.
    Plain,
    /// The beginning of a word: `turk*`, or the last word while typing.
    Prefix,
    /// `*` stands for any letters, `?` for one.
    Wildcard,
    /// A regular expression for the whole word.
    Regex,
    /// As many typing errors.
    Fuzzy(u8),
    /// Any word at all: `*` inside a phrase.
    Any,
}

impl Word {
    /// A plain word.
    pub fn plain(text: impl Into<String>) -> Word {
        Word { text: text.into(), width: 1, kind: WordKind::Plain, is_exact: false, is_open: false }
    }
}

/// A piece of metadata that documents must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// `source`, `language`, `date`, `words`, or a field of the corpus.
    pub name: String,
    /// A value, `*` and `?` standing for any letters; a range for dates and lengths.
    pub value: String,
}

/// What one token of a sequence must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenTest {
    /// Anything: `[]`.
    Any,
    /// A word of a phrase: `"tuesday"`.
    Word(Word),
    /// An attribute with a value: `[word="last|next"]`.
    Attribute {
        /// Which.
        attribute: Attribute,
        /// A regular expression; for [`Attribute::Stem`] words with `|` between them.
        value: String,
    },
    /// All of them: `[word="a.*" & stem="b"]`.
    All(Vec<TokenTest>),
    /// Any of them: `[word="a" | stem="b"]`.
    Either(Vec<TokenTest>),
    /// Not it: `[!word="a"]`, `[word!="a"]`.
    Not(Box<TokenTest>),
}

/// What of a token is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// The word, folded.
    Word,
    /// The stem that its inflections share.
    Stem,
    /// The word as written.
    Form,
}

/// A unit of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
}

/// What counts as written, for a whole query: three switches, all off by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
#[serde(default)]
pub struct Exactness {
    /// Whether capitals count.
    pub case: bool,
    /// Whether accents count.
    pub accents: bool,
    /// Whether inflections are other words.
    pub forms: bool,
}

impl Node {
    /// Whether it selects hits, and not documents only: then it may stand beside NEAR and before `within`.
    pub fn selects_hits(&self) -> bool {
        match &self.op {
            Op::Word(_)
            | Op::Phrase { .. }
            | Op::Near { .. }
            | Op::Sequence(_)
            | Op::Within { .. }
            | Op::Title(_)
            | Op::Named { .. }
            | Op::Said { .. } => true,
            Op::Or(parts) => parts.iter().all(Node::selects_hits),
            Op::And(_) | Op::Not(_) | Op::Field(_) => false,
        }
    }
}
