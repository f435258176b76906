//! What of a query could not be used as written.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::filter::FilterError;
use super::letters::LettersError;
use super::parse::{MAX_BYTES, MAX_DEPTH, MAX_DISTANCE, MAX_EDITS, MAX_NEAR, MAX_WORDS};
use crate::base::Span;

/// Something in a query that could not be used as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct QueryProblem {
    /// Where in the query's text, in bytes.
    pub at: Span,
    /// What.
    pub fault: Fault,
}

impl QueryProblem {
    /// What happened, where in `query`, and what to do.
    pub fn message(&self, query: &str) -> String {
        let before = query.get(..self.at.start as usize).unwrap_or(query).chars().count();
        format!("At {}: {}", before + 1, self.fault)
    }
}

/// What cannot be used, and what was done instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin, thiserror::Error)]
pub enum Fault {
    /// A quotation mark without its partner.
    #[error("This quotation mark is not closed; the phrase was taken to the end. Add a closing mark.")]
    UnclosedPhrase,
    /// An opening bracket without its partner.
    #[error("This bracket is not closed; it was taken to the end. Add ) or remove it.")]
    UnclosedGroup,
    /// A closing bracket without its partner.
    #[error("This bracket closes nothing and was left out.")]
    UnopenedGroup,
    /// A square bracket without its partner.
    #[error("This bracket is not closed; it was taken to the end. Add ].")]
    UnclosedToken,
    /// An operator with nothing to work on.
    #[error("“{0}” has nothing to work on and was left out. Put it in quotes to search for the word.")]
    DanglingOperator(String),
    /// Signs without a letter or digit.
    #[error("There is no word in “{0}”, only signs; it was left out.")]
    NoWord(String),
    /// A wildcard or repetition with nothing to work on.
    #[error("“{0}” was left out: it needs letters beside it (turk*, t?rkey), or words around it in a phrase.")]
    LoneSign(String),
    /// A regular expression that cannot be read.
    #[error("This is no regular expression: {0}. It was searched for as text.")]
    BadExpression(LettersError),
    /// An expression whose repetitions ask for too much.
    #[error("This expression asks for too much work and was left out. Repeat less, or begin with a word.")]
    TooComplex,
    /// More than [`MAX_EDITS`].
    #[error("At most {MAX_EDITS} typing errors can be allowed for; {MAX_EDITS} were.")]
    TooManyEdits,
    /// `~` after something that is several words.
    #[error("~ allows for typing errors in one word; this is several, and was searched as written.")]
    EditsOfSeveral,
    /// NEAR beside something that selects documents.
    #[error("Beside {0} only words, phrases and sequences can stand; AND was used instead.")]
    NearDocuments(String),
    /// More than [`MAX_NEAR`] parts.
    #[error("At most {MAX_NEAR} words can be looked for near each other; these were searched anywhere in a document.")]
    TooManyNear,
    /// More than [`MAX_DISTANCE`].
    #[error("Near reaches at most {MAX_DISTANCE} words; {MAX_DISTANCE} was used.")]
    TooFar,
    /// `within` after nothing that selects hits.
    #[error("There are no words before “within” that could stand in one {0}; it was left out.")]
    WithinNothing(String),
    /// `within` with something other than `<s/>` or `<p/>`.
    #[error("“within” knows <s/> for a sentence and <p/> for a paragraph; it was searched as a word.")]
    UnknownUnit,
    /// The inside of `[…]` cannot be read.
    #[error("“{0}” cannot be read here and was searched as words. Write [word=\"…\"], [stem=\"…\"] or [form=\"…\"].")]
    BadToken(String),
    /// An attribute that tokens do not have.
    #[error("Tokens have no “{0}”: word, stem and form are known. The value was searched as a word.")]
    UnknownAttribute(String),
    /// A sequence that every token begins.
    #[error("A sequence needs at least one token that says which word it is; this was left out.")]
    TooWide,
    /// A name that is no field here, or a value that cannot be read.
    #[error("{0} It was searched as words.")]
    NotAFilter(FilterError),
    /// Something that is no value after the name of a field.
    #[error("A field can be followed by a value, a phrase, or alternatives in brackets; this was left out.")]
    NotAValue,
    /// A value that this corpus does not have.
    #[error("{0}")]
    Filter(FilterError),
    /// `person:` or `said:` where the texts cannot be read.
    #[error(
        "Who is named and quoted is known only where the page holds the whole corpus; this one lies in files, of which a search brings parts. Nothing is found here."
    )]
    NamesInFiles,
    /// More problems than are told.
    #[error("There are {0} more problems of this kind.")]
    AndMore(usize),
    /// More than [`MAX_BYTES`].
    #[error("The query is longer than {MAX_BYTES} bytes; the rest was left out. Search for less at once.")]
    TooLong,
    /// More than [`MAX_WORDS`] words.
    #[error("The query has more than {MAX_WORDS} words; the rest was left out. Search for less at once.")]
    TooManyWords,
    /// More than [`MAX_DEPTH`] nested brackets.
    #[error("Brackets are nested more than {MAX_DEPTH} deep here and were left out.")]
    TooDeep,
}
