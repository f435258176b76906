//! The lists of a type on their way: as varints, while the batch that they were read in waits to be merged.
//!
//! For each document what lies between it and the one before, with two flags; how often the type stands in it and how
//! often in its title, where the flags say so; what lies between its positions.

use super::files::pack::{push_ascending, push_varint, take_ascending, take_varint};
use super::files::write::TypeLists;
use super::{PostingsList, Shape};
use crate::base::DocId;

/// Beside a document: whether the type stands in it more than once, and whether in its title.
const MANY: u64 = 1;
const TITLED: u64 = 2;
const FLAGS: u64 = 4;

/// Appends the lists of a type in memory. `shapes` are those of the documents that they count. Cost: linear.
pub(super) fn push_lists(list: &PostingsList, shapes: &[Shape], record: &mut Vec<u8>) {
    push_varint(list.docs().len() as u64, record);
    let mut next = 0;
    for (place, doc_id) in list.docs().iter().enumerate() {
        let positions = list.flat(place);
        let title_end = shapes.get(doc_id.0 as usize).map_or(0, |shape| shape.title_end);
        let in_title = positions.iter().take_while(|position| **position < title_end).count();
        let flags = u64::from(positions.len() > 1) * MANY + u64::from(in_title > 0) * TITLED;
        push_varint(u64::from(doc_id.0 - next) * FLAGS + flags, record);
        next = doc_id.0 + 1;
        if positions.len() > 1 {
            push_varint(positions.len() as u64, record);
        }
        if in_title > 0 {
            push_varint(in_title as u64, record);
        }
        push_ascending(positions, record);
    }
}

/// Takes lists from the front, and appends them to those of batches before, in which `first_doc` documents are. Nothing
/// where the bytes are none. Cost: linear.
pub(super) fn take_lists(record: &mut &[u8], first_doc: u32, lists: &mut TypeLists) -> Option<()> {
    let mut next = first_doc;
    for _ in 0..take_varint(record)? {
        let head = take_varint(record)?;
        let doc = next.checked_add(u32::try_from(head / FLAGS).ok()?)?;
        next = doc.checked_add(1)?;
        lists.docs.push(DocId(doc));
        let mut number = |is_there: bool, otherwise| match is_there {
            true => u32::try_from(take_varint(record)?).ok().filter(|number| *number > 0),
            false => Some(otherwise),
        };
        let frequency = number(head & MANY > 0, 1)?;
        lists.frequencies.push(frequency);
        lists.in_title.push(number(head & TITLED > 0, 0)?);
        take_ascending(record, frequency, &mut lists.positions)?;
    }
    Some(())
}
