//! Frequencies: how often each unit stands in some documents, and in how many of them.

use super::units::Units;
use crate::base::DocId;
use crate::index::Forward;

/// Frequencies of all units, by unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frequencies {
    /// Tokens counted.
    pub tokens: u64,
    /// Documents counted in.
    pub documents: u32,
    /// How often each unit stands there.
    pub counts: Vec<u32>,
    /// In how many documents each stands.
    pub ranges: Vec<u32>,
}

/// Counts units in `docs` (ascending). Cost: linear in their tokens and in the units.
pub fn count(forward: &Forward, units: &Units, docs: &[DocId]) -> Frequencies {
    let mut found = Frequencies {
        tokens: 0,
        documents: docs.len() as u32,
        counts: vec![0; units.len()],
        ranges: vec![0; units.len()],
    };
    let mut seen = vec![u32::MAX; units.len()];
    for &doc_id in docs {
        let types = forward.types(doc_id);
        found.tokens += types.len() as u64;
        for type_id in types {
            let unit = units.unit_of(*type_id) as usize;
            if let (Some(count), Some(range), Some(seen)) =
                (found.counts.get_mut(unit), found.ranges.get_mut(unit), seen.get_mut(unit))
            {
                *count += 1;
                if *seen != doc_id.0 {
                    *seen = doc_id.0;
                    *range += 1;
                }
            }
        }
    }
    found
}

impl Frequencies {
    /// What is left when a part of the documents is taken away: `part` was counted in some of the same documents. Cost:
    /// linear in the units.
    pub fn without(&self, part: &Frequencies) -> Frequencies {
        let less =
            |all: &[u32], part: &[u32]| all.iter().zip(part).map(|(all, part)| all.saturating_sub(*part)).collect();
        Frequencies {
            tokens: self.tokens.saturating_sub(part.tokens),
            documents: self.documents.saturating_sub(part.documents),
            counts: less(&self.counts, &part.counts),
            ranges: less(&self.ranges, &part.ranges),
        }
    }
}
