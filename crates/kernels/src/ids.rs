//! Dense numbers for things that are counted. A newtype each, so that they cannot be mixed up.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

/// A document's place in its corpus: dense from 0, in the order of the manifest or of the file names.
/// Valid within one loaded corpus only; links use the stable name of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, SerBin, DeBin)]
pub struct DocId(pub u32);

/// A word type's place in the vocabulary, ordered by folded key, then by form as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, SerBin, DeBin)]
pub struct TypeId(pub u32);

/// A language, with those of all documents, for what counts only in documents of it.
pub type OfLanguage<'l> = Option<(u8, &'l [u8])>;

/// The position of a token in its document, counted from 0; punctuation is not counted.
pub type TokenPos = u32;
