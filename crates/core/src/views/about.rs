//! What the corpus is.

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use crate::base::Problem;

/// The corpus in short.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct AboutView {
    /// Title of the corpus.
    pub title: String,
    /// "About this corpus", paragraph by paragraph.
    pub about: Vec<String>,
    /// Credit or licence of the texts.
    pub credit: String,
    /// Where it comes from.
    pub url: String,
    /// Changes when anything in the corpus does.
    pub fingerprint: String,
    /// Number of documents.
    pub documents: u32,
    /// Running words of all texts.
    pub words: u64,
    /// Distinct forms.
    pub types: u32,
    /// First and last publication date, as written for readers; empty where no document has one.
    pub dates: String,
    /// What could not be read, or not wholly, when the corpus was made.
    pub problems: Vec<Problem>,
}
