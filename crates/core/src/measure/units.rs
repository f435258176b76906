//! What counts as one word: all its spellings folded together, each form as written, or all forms of one stem.

use crate::base::order::sort_by;
use crate::base::{DocId, TypeId};
use crate::index::Index;
use crate::text::fold;

/// What counts as one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Case and accents folded: `Turkey`, `TURKEY`.
    #[default]
    Word,
    /// As written.
    Form,
    /// With its inflections, by the stemmer of each language: `visit`, `visits`, `visited`.
    Stem,
}

/// The units of a vocabulary, numbered in the order of their keys.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// What counts.
    pub unit: Unit,
    /// For each type its unit.
    pub of_type: Vec<u32>,
    /// For each unit the form that is most frequent in the corpus: how it is shown.
    pub shown: Vec<TypeId>,
}

impl Units {
    /// Groups the types of an index in memory. Cost: linear in the vocabulary; stems are sorted.
    pub fn of(index: &Index, unit: Unit) -> Units {
        let count = index.vocabulary.len();
        let mut of_type = vec![0u32; count];
        let mut units = 0u32;
        match unit {
            Unit::Form => {
                of_type = (0..count as u32).collect();
                units = count as u32;
            }
            Unit::Word => {
                for (_, types) in index.vocabulary.keys(|_| true) {
                    of_type.get_mut(types.start as usize..types.end as usize).unwrap_or_default().fill(units);
                    units += 1;
                }
            }
            Unit::Stem => {
                let mut keyed = stems(index);
                sort_by(&mut keyed, Ord::cmp);
                let mut last: Option<&str> = None;
                for (stem, type_id) in &keyed {
                    if last.is_some_and(|last| last != stem) {
                        units += 1;
                    }
                    last = Some(stem);
                    if let Some(slot) = of_type.get_mut(type_id.0 as usize) {
                        *slot = units;
                    }
                }
                units += u32::from(last.is_some());
            }
        }
        let mut best: Vec<(u32, TypeId)> = vec![(0, TypeId(0)); units as usize];
        for (type_id, unit) in (0..).map(TypeId).zip(&of_type) {
            let frequency = index.list_info(type_id).frequency;
            if let Some(best) = best.get_mut(*unit as usize).filter(|best| best.0 < frequency) {
                *best = (frequency, type_id);
            }
        }
        Units { unit, of_type, shown: best.into_iter().map(|(_, type_id)| type_id).collect() }
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The unit of a type.
    pub fn unit_of(&self, type_id: TypeId) -> u32 {
        self.of_type.get(type_id.0 as usize).copied().unwrap_or(0)
    }
}

/// Every type with its stem; what no stemmer serves goes by its folded form. A type of several languages goes by the
/// one that most documents are in.
fn stems(index: &Index) -> Vec<(String, TypeId)> {
    let mut found: Vec<Option<String>> = vec![None; index.vocabulary.len()];
    let mut documents = vec![0u32; index.languages.len()];
    for doc in 0..index.doc_count() {
        if let Some(count) = documents.get_mut(usize::from(index.shapes.language(DocId(doc)))) {
            *count += 1;
        }
    }
    let mut languages: Vec<usize> = (0..documents.len()).collect();
    sort_by(&mut languages, |a, b| documents[*b].cmp(&documents[*a]));
    for language in languages {
        index.vocabulary.for_each_stem(language, &mut |stem, types| {
            for type_id in types {
                if let Some(slot) = found.get_mut(type_id.0 as usize).filter(|slot| slot.is_none()) {
                    *slot = Some(stem.to_owned());
                }
            }
        });
    }
    let stem_of = |(type_id, stem): (TypeId, Option<String>)| {
        (stem.unwrap_or_else(|| fold(index.vocabulary.form(type_id))), type_id)
    };
    (0..).map(TypeId).zip(found).map(stem_of).collect()
}
