//! Where entities are named and quoted, in positions: what `person:`, `place:`, `org:` and `said:` find. Made from what
//! was read in the texts when a query first asks for it.

use std::rc::Rc;

use crate::base::order::sort_by;
use crate::base::{DocId, TokenPos};

/// What sort of thing a name names, for queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// `person:`
    Person,
    /// `place:`
    Place,
    /// `org:`
    Organisation,
    /// `name:`
    Other,
}

impl NameKind {
    /// All of them, with what is written before the name.
    pub const ALL: [(&'static str, NameKind); 4] = [
        ("person", NameKind::Person),
        ("place", NameKind::Place),
        ("org", NameKind::Organisation),
        ("name", NameKind::Other),
    ];

    /// What is written before the name.
    pub fn prefix(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(prefix, _)| prefix)
    }
}

/// The fields that filter by who and what is named.
pub const FIELDS: [&str; 3] = ["person", "org", "place"];

/// A stretch of a document: its first position and its length.
pub type Stretch = (DocId, TokenPos, u32);

/// A thing that is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedThing {
    /// What sort; nothing where it is only quoted: a role that no name was found for.
    pub kind: Option<NameKind>,
    /// Its spellings, folded, words with one space between them.
    pub names: Vec<String>,
    /// Where it is named, ascending.
    pub mentions: Vec<Stretch>,
    /// Where it is quoted, ascending.
    pub quotations: Vec<Stretch>,
}

/// All things that are named in a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// In any order.
    pub things: Vec<NamedThing>,
}

impl Named {
    /// Where the things are named that a name means: all its words stand in one spelling; with `*` at its end the last
    /// is the beginning of a word. `name` is folded. Ascending, each once. Cost: linear in the spellings.
    pub fn mentions(&self, kind: NameKind, name: &str) -> Rc<[Stretch]> {
        self.gathered(name, Some(kind))
    }

    /// Where those are quoted whom a name means, as [`Named::mentions`].
    pub fn quotations(&self, name: &str) -> Rc<[Stretch]> {
        self.gathered(name, None)
    }

    /// Mentions of a kind of thing, or quotations.
    fn gathered(&self, name: &str, kind: Option<NameKind>) -> Rc<[Stretch]> {
        let of = |thing: &NamedThing| match kind {
            None => thing.quotations.clone(),
            Some(_) if thing.kind == kind => thing.mentions.clone(),
            Some(_) => Vec::new(),
        };
        let (name, is_open) = name.strip_suffix('*').map_or((name, false), |name| (name, true));
        let words: Vec<&str> = parts(name).collect();
        let is_meant =
            |thing: &&NamedThing| !words.is_empty() && thing.names.iter().any(|own| has(own, &words, is_open));
        let mut all: Vec<Stretch> = self.things.iter().filter(is_meant).flat_map(of).collect();
        sort_by(&mut all, Ord::cmp);
        all.dedup();
        all.into()
    }
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// Whether a spelling has all these words.
fn has(spelling: &str, words: &[&str], is_open: bool) -> bool {
    (1..).zip(words).all(|(number, word)| {
        let is_last_open = is_open && number == words.len();
        parts(spelling).any(|own| own == *word || is_last_open && own.starts_with(word))
    })
}

/// Whether a stretch of a document lies inside one of `stretches` (ascending).
pub fn lies_in(stretches: &[Stretch], doc_id: DocId, start: TokenPos, width: u32) -> bool {
    // Quotations of one document are few, and may lie inside each other.
    let first = stretches.partition_point(|(other, ..)| *other < doc_id);
    let own =
        stretches.get(first..).unwrap_or(&[]).iter().take_while(|(other, from, _)| *other == doc_id && *from <= start);
    own.into_iter().any(|(_, from, len)| start + width <= from + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_those_that_have_all_its_words() {
        let thing = |kind, name: &str, at: u32| NamedThing {
            kind: Some(kind),
            names: vec![name.to_owned()],
            mentions: vec![(DocId(0), at, 1)],
            quotations: vec![(DocId(1), at, 9)],
        };
        let things = vec![
            thing(NameKind::Person, "anna kovacs", 5),
            thing(NameKind::Person, "peter kovacs-nagy", 3),
            thing(NameKind::Place, "kovacs", 1),
        ];
        let named = Named { things };
        let starts = |found: Rc<[Stretch]>| found.iter().map(|stretch| stretch.1).collect::<Vec<_>>();
        assert_eq!(starts(named.mentions(NameKind::Person, "kovacs")), [3, 5]);
        assert_eq!(starts(named.mentions(NameKind::Person, "anna kovacs")), [5]);
        assert_eq!(starts(named.mentions(NameKind::Person, "kovacs pet*")), [3]);
        assert!(named.mentions(NameKind::Person, "kov").is_empty());
        assert_eq!(starts(named.mentions(NameKind::Place, "kovacs")), [1]);
        assert_eq!(starts(named.quotations("nagy")), [3]);
        assert!(named.quotations("").is_empty());
        assert!(lies_in(&[(DocId(1), 5, 9)], DocId(1), 5, 9));
        assert!(lies_in(&[(DocId(1), 5, 9), (DocId(1), 6, 1)], DocId(1), 7, 2));
        assert!(!lies_in(&[(DocId(1), 5, 9)], DocId(1), 10, 5));
        assert!(!lies_in(&[(DocId(1), 5, 9)], DocId(0), 6, 1));
    }
}
