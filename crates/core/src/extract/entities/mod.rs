//! Entities: which mentions, over all documents, name the same person, organisation or place.
//!
//! A mention is either *strong*, a name that says by itself who is meant (`Ada Orhan`, `Weaver Foundation`), or *weak*
//! (`Orhan`, `A. Orhan`, `WF`). Strong names are keys: the same key is the same thing, and few rules put two keys together
//! (other spelling, middle name, known other name), by union-find. A weak mention asks under which strong name of its
//! own document it may stand, the one named most before it first, and only then all documents, where exactly one must fit.
//!
//! | file | what |
//! |---|---|
//! | `form`, `titles` | a spelling without what stands around it |
//! | `key` | one key for all the ways in which a personal name is written in Latin letters |
//! | `gazetteer`, `countries`, `aliases` | what is known of names beforehand |
//! | `intake` | mentions as spellings, with what their surroundings tell |
//! | `nodes` | keys, and which of them were put together |
//! | `people`, `things` | the rules |
//! | `corrections` | what a reader puts right |
//! | `assemble` | the answer |
//!
//! Rejected: comparing names pair by pair and clustering by similarity. It is quadratic, and it gives no reason that a
//! reader could check.

mod aliases;
mod assemble;
mod corrections;
mod countries;
mod form;
pub(crate) mod gazetteer;
mod intake;
mod key;
mod nodes;
mod people;
#[cfg(test)]
mod tests;
mod things;
mod titles;

pub use corrections::{Corrections, Merge, Name, Reject, Rename, Retype, Sort, Split};

use super::{Certainty, Kind, Mention};
use crate::base::Outcome;

/// A document's text with its mentions.
pub struct Named<'a> {
    /// The text.
    pub text: &'a str,
    /// Its mentions in order of place.
    pub mentions: &'a [Mention],
}

/// One thing that is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its fullest name, as most often written: `Hakan Fidan`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The spellings found, most frequent first, with the number of mentions of each.
    pub spellings: Vec<(String, u32)>,
    /// Titles, roles and affiliations found, most frequent first, with counts.
    pub roles: Vec<(String, u32)>,
    /// The country, as ISO 3166-1 alpha-2: which a place is or lies in, whose people a demonym names, which most roles
    /// of a person speak of.
    pub country: Option<&'static str>,
    /// How certain it is that all of these name one thing: that of the weakest link.
    pub certainty: Certainty,
    /// Why they were put together, in the words of a reader, one for each kind of link that was used.
    pub reasons: Vec<&'static str>,
    /// Whether the reader does not want to see it.
    pub is_hidden: bool,
}

/// The entities of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entities {
    /// All entities: those with most mentions first, then by name; hidden ones behind all others.
    pub list: Vec<Entity>,
    /// For each document given, for each of its mentions: the entity, an index into the list.
    pub of: Vec<Vec<u32>>,
    /// For each document given, for each of its mentions: why it is that entity.
    pub links: Vec<Vec<Link>>,
}

/// Why a mention is taken for an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// The entity's name itself.
    Same,
    /// The name in other letters: `Sergey`, `Sergei`.
    Spelling,
    /// A known other name: `Kiev`, `Kyiv`.
    Known,
    /// With and without `Inc.`.
    Company,
    /// With and without a middle name.
    Middle,
    /// First and last name in the other order, in one document.
    Turned,
    /// A family name where the document has one full name with it.
    Family,
    /// A family name where the document has several full names with it: the one named most often before, the nearest of
    /// those. On GUM four in five of these are right; of the nearest before, whoever it is, only half.
    FamilyLikeliest,
    /// A family name where only other documents have a full name with it, and only one.
    FamilyElsewhere,
    /// The first word of a full name of the document.
    First,
    /// The first word of a full name of other documents, a family name that stands first.
    FirstElsewhere,
    /// Part of a longer name of the document.
    Part,
    /// Part of a longer name of other documents.
    PartElsewhere,
    /// Initials with a family name of the document.
    Initials,
    /// Initials with a family name of other documents.
    InitialsElsewhere,
    /// An abbreviation that the document explains.
    Explained,
    /// An abbreviation that other documents explain.
    ExplainedElsewhere,
    /// An abbreviation that a name of the document begins with, letter for letter.
    Letters,
    /// The same, where the name is in other documents.
    LettersElsewhere,
    /// The beginning of a longer name of the document.
    Short,
    /// The end of a longer name of the document.
    Ending,
    /// Several people have this family name, and nothing says which is meant.
    Ambiguous,
    /// A reader has said so.
    Reader,
}

impl Link {
    /// How certain such a link is, in percent: measured on GUM, where it has enough of them, else estimated.
    pub fn certainty(self) -> Certainty {
        match self {
            Link::Reader => 100,
            Link::Same | Link::Known | Link::Explained => 97,
            Link::Spelling | Link::Company | Link::Family | Link::Initials => 93,
            Link::Middle | Link::Part => 90,
            Link::First | Link::Turned | Link::Letters | Link::ExplainedElsewhere => 85,
            Link::Short | Link::InitialsElsewhere | Link::FamilyElsewhere | Link::PartElsewhere => 80,
            Link::FamilyLikeliest | Link::FirstElsewhere | Link::LettersElsewhere | Link::Ending => 75,
            Link::Ambiguous => 40,
        }
    }

    /// The link in the words of a reader: `the document has one full name with this family name`.
    pub fn reason(self) -> &'static str {
        match self {
            Link::Same => "it is written the same way",
            Link::Spelling => "it is the same name in another spelling or from another alphabet",
            Link::Known => "it is known to be another name of the same thing",
            Link::Company => "it is the same name with or without words such as Inc. and Ltd.",
            Link::Middle => "first and last name are the same, one has a middle name more",
            Link::Turned => "first and last name stand in the other order in the same document",
            Link::Family => "the document has one full name with this family name",
            Link::FamilyLikeliest => {
                "several people in the document have this family name: the one named most often before it was taken"
            }
            Link::FamilyElsewhere => "only one full name in all documents has this family name",
            Link::First => "it is the first word of a full name in the same document",
            Link::FirstElsewhere => "it is the family name, standing first, of one full name in all documents",
            Link::Part => "it is part of a longer name in the same document",
            Link::PartElsewhere => "it is part of one longer name in all documents",
            Link::Initials => "initial and family name fit one full name in the same document",
            Link::InitialsElsewhere => "initial and family name fit one full name in all documents",
            Link::Explained => "the document explains the abbreviation",
            Link::ExplainedElsewhere => "another document explains the abbreviation, and none differently",
            Link::Letters => "its letters are those with which the words of a name in the document begin",
            Link::LettersElsewhere => "its letters are those with which the words of one name in all documents begin",
            Link::Short => "it is the beginning of a longer name in the same document",
            Link::Ending => "it is the end of a longer name in the same document",
            Link::Ambiguous => {
                "several people have this family name, and nothing in the document says which one is meant"
            }
            Link::Reader => "a reader put it there",
        }
    }
}

/// Puts the mentions of a corpus together by what they name. The order of documents changes nothing but their place
/// in the answer. Cost: about linear in mentions and their letters.
pub fn entities(documents: &[Named]) -> Entities {
    entities_with(documents, &Corrections::default()).value
}

/// The same, with what a reader has put right; what a correction names and the documents do not is reported.
pub fn entities_with(documents: &[Named], corrections: &Corrections) -> Outcome<Entities> {
    let corpus = intake::corpus(documents);
    let mut nodes = nodes::Nodes::default();
    let mut assigned = things::resolve(&corpus, documents, &mut nodes);
    people::resolve(&corpus, &mut nodes, &mut assigned);
    let corrected = corrections::apply(corrections, &corpus, &mut nodes, &mut assigned);
    Outcome {
        value: assemble::assemble(documents, &corpus, &nodes, &assigned, &corrected),
        problems: corrected.problems,
    }
}
