//! Floor 4: what a text says of the world: who, where, when, who said what, who met whom.
//!
//! Each extractor is a function from a [`Reading`] to findings. A finding names its place in the text, how certain it
//! is, and why in the words of a reader. Nothing is looked up elsewhere, nothing is guessed in a language that the
//! rules do not cover ([`Reading::is_covered`]).

pub mod credits;
pub mod entities;
pub mod events;
mod findings;
pub mod names;
pub mod quotations;
mod reading;
pub mod shared;
pub mod times;

pub use entities::{Corrections, Sort};
pub use findings::{Findings, Read};
pub use reading::Reading;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use crate::base::Span;

/// How certain a finding is, in percent: about how many of a hundred findings by the same rule were right on texts
/// that the rule was not made from.
pub type Certainty = u8;

/// What sort of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, SerBin, DeBin)]
pub enum Kind {
    /// A human being, or several of one surname.
    Person,
    /// A government, party, company, agency, paper, team.
    Organisation,
    /// A country, town, region, river, building.
    Place,
    /// Any other proper name: an event, a work, a people, a law.
    Other,
}

/// One place in a text that names something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name alone, without title, role or possessive: `Hakan Fidan`.
    pub span: Span,
    /// What it names.
    pub kind: Kind,
    /// The title, role or affiliation beside it as written: `Turkish Foreign Minister`.
    pub role: Option<Span>,
    /// How certain it is that this is a name, of this kind.
    pub certainty: Certainty,
    /// Why, in the words of a reader.
    pub reason: &'static str,
}
