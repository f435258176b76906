//! Floor 1: a document's text as tokens, sentences and paragraphs, and a token's form as search sees it.

pub mod fold;
mod fold_table;
pub mod paragraphs;
pub mod porter2;
pub mod sentences;
#[cfg(feature = "snowball")]
mod snowball;
pub mod stem;
pub mod tokens;

pub use fold::fold;
pub use paragraphs::paragraphs;
pub use sentences::sentences;
pub use stem::stem;
pub use tokens::{Token, tokenize};
