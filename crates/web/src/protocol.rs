//! What page and worker say to each other: requests and responses of the core in an envelope with an id.
//!
//! The envelope is a plain object with the number of the request (0 for news of the worker itself) as `id`, and the
//! message in `nanoserde`'s binary form as `body`: a typed array whose buffer is transferred, not copied.

use nanoserde::{DeBin, SerBin};
use sheaf_core::workspace::{Request, Response};

/// Number of a request; answers carry it back. Later requests have higher numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, SerBin, DeBin)]
pub struct RequestId(pub u32);

/// A request of the page.
#[derive(Clone, Debug, PartialEq, Eq, SerBin, DeBin)]
pub struct Ask {
    /// What is asked.
    pub request: Request,
    /// Requests of one slot supersede each other: an older one that waits is dropped.
    pub slot: Slot,
}

/// A place on the screen that shows one answer at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, SerBin, DeBin)]
pub enum Slot {
    /// What the corpus is.
    About,
    /// The lens.
    Lens,
    /// The Reader.
    Reader,
    /// What the Reader marks.
    Marks,
    /// The filters.
    Facets,
    /// Ways to go on, under the search field.
    Complete,
    /// What a dialog shows: why a document has its rank, the arithmetic behind a score, references.
    Explain,
    /// A file of the view.
    Save,
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq, SerBin, DeBin)]
pub enum News {
    /// The answer to the request of the envelope; another may follow, from more documents or with more passages.
    Answer(Box<Response>),
    /// Documents indexed so far, of how many; of a long answer, what is done of what.
    Progress {
        /// Done.
        done: u32,
        /// Of.
        of: u32,
    },
    /// An answer waits for parts of the index that lies in files.
    Reading(Reading),
    /// The corpus is indexed; requests are answered from now on.
    Ready,
    /// Something went wrong that the worker can do without: a sentence for the reader.
    Notice(String),
    /// The corpus cannot be opened: a sentence for the reader.
    CorpusFailed(String),
    /// The worker is about to die of a fault in the program.
    Panicked(String),
}

/// What was brought for an answer so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, SerBin, DeBin)]
pub struct Reading {
    /// Files that are here.
    pub done: u32,
    /// Files that are known to be needed.
    pub of: u32,
    /// Bytes of those that are here, inflated.
    pub bytes: u32,
}
