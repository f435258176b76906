//! Concordance lines: their order, and what they are grouped by.
//!
//! Words are compared by their folded keys, which is the order of the vocabulary, so that comparing words is comparing
//! numbers; a line whose context ends before the slot comes first.

use super::selected::{Place, Selected};
use super::units::Units;
use crate::base::order::first_by;
use crate::base::{DocId, TypeId};

/// What a line has at one of its ends, or what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The word so many places before the node, from 1.
    Before(u8),
    /// The word so many places after the node, from 1.
    After(u8),
    /// The words of the node.
    Node,
    /// The document, in the order of the corpus.
    Document,
    /// The date of publication; lines without one come last.
    Date,
    /// Where it stands in its document, as a share of it.
    Position,
}

/// A key of a line in one slot: smaller comes first.
type Key = u64;

/// The unit at a slot of a line; nothing where the context ends before it, or where the slot is no word.
pub fn unit_at(selected: &Selected, units: &Units, place: Place, slot: Slot) -> Option<u32> {
    type_at(selected, place, slot).map(|type_id| units.unit_of(type_id))
}

/// The type at a slot of a line; the first word for [`Slot::Node`].
pub fn type_at(selected: &Selected, place: Place, slot: Slot) -> Option<TypeId> {
    let types = selected.forward.types(place.doc_id);
    let field = selected.forward.field(place.doc_id, place.start as usize);
    let at = match slot {
        Slot::Before(distance) => (place.start as usize).checked_sub(usize::from(distance))?,
        Slot::After(distance) => (place.start + place.width) as usize + usize::from(distance).checked_sub(1)?,
        Slot::Node => place.start as usize,
        Slot::Document | Slot::Date | Slot::Position => return None,
    };
    field.contains(&at).then(|| types.get(at).copied()).flatten()
}

/// The places of the first `count` of `lines` when sorted by up to three slots, the first weighing most; equal lines stay in the order
/// of the corpus. Cost: O(lines + count log count) comparisons, and a key for each line and slot.
pub fn sorted(selected: &Selected, units: &Units, lines: &[Place], slots: &[Slot], count: usize) -> Vec<usize> {
    let keys: Vec<Vec<Key>> =
        slots.iter().map(|slot| lines.iter().map(|line| key(selected, units, *line, *slot)).collect()).collect();
    let at = |keys: &[Key], place: usize| keys.get(place).copied().unwrap_or(0);
    first_by(lines.len(), count, &mut |a, b| {
        let mut order = std::cmp::Ordering::Equal;
        for keys in &keys {
            order = order.then_with(|| at(keys, a).cmp(&at(keys, b)));
        }
        order.then(a.cmp(&b))
    })
}

fn key(selected: &Selected, units: &Units, line: Place, slot: Slot) -> Key {
    match slot {
        Slot::Before(_) | Slot::After(_) => unit_at(selected, units, line, slot).map_or(0, |unit| Key::from(unit) + 1),
        // Longer nodes of the same beginning come after: the first two words decide, as far as they go.
        Slot::Node => {
            let word = |slot| unit_at(selected, units, line, slot).map_or(0, |unit| Key::from(unit) + 1);
            let second = Place { start: line.start + 1, width: 1, ..line };
            let second = if line.width > 1 {
                unit_at(selected, units, second, Slot::Node).map_or(0, |unit| Key::from(unit) + 1)
            } else {
                0
            };
            word(Slot::Node) << 32 | second
        }
        Slot::Document => Key::from(line.doc_id.0),
        Slot::Date => date_key(selected, line.doc_id),
        Slot::Position => {
            let tokens = selected.forward.types(line.doc_id).len().max(1) as u64;
            (u64::from(line.start) << 32) / tokens
        }
    }
}

fn date_key(selected: &Selected, doc_id: DocId) -> Key {
    let date = selected.index.columns.dates().get(doc_id.0 as usize).copied().flatten();
    date.map_or(Key::MAX, |date| {
        let year = (i64::from(date.year) + 10_000) as u64;
        year << 32 | u64::from(date.month) << 24 | u64::from(date.day) << 16 | u64::from(date.minute)
    })
}

/// Whether a unit stands within so many places (before, after) of a line, in the same title or text, and in the places
/// `inside` where they are given.
pub fn has_near(
    selected: &Selected,
    units: &Units,
    line: Place,
    (before, after): (u32, u32),
    inside: Option<std::ops::Range<usize>>,
    unit: u32,
) -> bool {
    let types = selected.forward.types(line.doc_id);
    let field = inside.unwrap_or_else(|| selected.forward.field(line.doc_id, line.start as usize));
    let start = (line.start as usize).saturating_sub(before as usize).max(field.start);
    let node_end = (line.start + line.width) as usize;
    let end = (node_end + after as usize).min(field.end);
    let window = [start..line.start as usize, node_end.min(end)..end];
    window.into_iter().flat_map(|range| types.get(range).unwrap_or(&[])).any(|type_id| units.unit_of(*type_id) == unit)
}
