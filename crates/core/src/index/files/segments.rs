//! Building an index of more than fits in memory: batch by batch, then merged (single-pass in-memory indexing: Heinz &
//! Zobel 2003, JASIST 54(8)).
//!
//! Each batch of documents is turned around in memory and written as a *segment*: its types in order, each with its lists.
//! Merging reads all segments side by side, one type at a time. What is written is the same for any size of batch.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Write};
use std::ops::ControlFlow;

use super::super::build::{read, stems};
use super::super::vocabulary::{Block, Compound};
use super::super::{Shape, TypeId};
use super::pack::push_varint;
use super::write::{ListsPart, ListsWriter, Sink, Sizes, TypeLists};
use crate::base::DocId;
use crate::document::Document;
use crate::text::fold;

/// Turns a batch around and writes it as a segment. Returns the shape of each document. Memory: some eight times the
/// text.
///
/// # Errors
/// As the writer's.
pub fn write_segment(documents: &[Document], out: &mut dyn Write) -> io::Result<Vec<Shape>> {
    let Some(part) = read(documents, false, |_| ControlFlow::Continue(())) else { return Ok(Vec::new()) };
    let Some(block) = part.vocabulary.blocks.first().and_then(|slot| slot.part.as_ref()) else {
        return Ok(part.shapes);
    };
    let mut record = Vec::new();
    push_varint(part.languages.len() as u64, &mut record);
    part.languages.iter().for_each(|code| push_bytes(code.as_bytes(), &mut record));
    push_varint(block.compounds.len() as u64, &mut record);
    for compound in &block.compounds {
        push_varint(compound.parts.len() as u64, &mut record);
        compound.parts.iter().for_each(|part| push_bytes(part.as_bytes(), &mut record));
    }
    push_varint(block.forms.len() as u64, &mut record);
    out.write_all(&record)?;
    for (type_id, languages) in (0u32..).zip(&part.type_languages) {
        record.clear();
        push_bytes(block.forms.get(type_id as usize).as_bytes(), &mut record);
        push_varint(*languages, &mut record);
        let list = part.postings.list(TypeId(type_id));
        push_varint(list.docs().len() as u64, &mut record);
        let mut next = 0;
        for (place, doc_id) in list.docs().iter().enumerate() {
            let title_end = part.shapes.get(doc_id.0 as usize).map_or(0, |shape| shape.title_end);
            push_varint(u64::from(doc_id.0 - next), &mut record);
            next = doc_id.0 + 1;
            push_varint(list.frequency(place).into(), &mut record);
            push_varint(list.in_title(place, || title_end).into(), &mut record);
            let mut last = 0;
            for position in list.flat(place) {
                push_varint((position - std::mem::replace(&mut last, *position)).into(), &mut record);
            }
        }
        out.write_all(&record)?;
    }
    Ok(part.shapes)
}

/// A segment to be merged: where it is read from, and the number of its first document.
pub struct Segment<R> {
    /// Its bytes.
    pub reader: R,
    /// Documents before it.
    pub first_doc: u32,
}

/// Merges segments, in the order of their documents, into chunks of lists and of the dictionary. `languages` are those of
/// all documents, sorted. Memory: the dictionary, and the lists of one type at a time.
///
/// # Errors
/// As the readers', or a segment is none.
pub fn merge<R: BufRead>(
    segments: Vec<Segment<R>>,
    languages: &[String],
    sizes: Sizes,
    sink: Sink,
) -> io::Result<ListsPart> {
    let mut compounds: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut heads = Vec::new();
    for Segment { reader, first_doc } in segments {
        heads.push(Head::open(reader, first_doc, languages, &mut compounds)?);
    }
    let mut writer = ListsWriter::new(sizes);
    let mut type_languages = Vec::new();
    let mut lists = TypeLists::default();
    // A dozen segments: asking all for the least is no work.
    while let Some((key, form)) = heads.iter().filter_map(|head| head.current.clone()).min() {
        lists.docs.clear();
        lists.frequencies.clear();
        lists.in_title.clear();
        lists.positions.clear();
        let mut own_languages = 0;
        for head in &mut heads {
            if head.current.as_ref().is_some_and(|(_, own)| *own == form) {
                own_languages |= head.take_lists(&mut lists)?;
            }
        }
        writer.push(&key, &form, &lists, sink);
        type_languages.push(own_languages);
    }
    let fill = |block: &mut Block| {
        block.stems = stems(block, languages, &type_languages);
        for (joined, mut all) in compounds {
            all.sort();
            all.dedup();
            block.compounds.extend(all.into_iter().map(|parts| Compound { joined: joined.clone(), parts }));
        }
    };
    Ok(writer.finish(fill, sink))
}

/// A segment being read: its next type.
struct Head<R> {
    reader: R,
    first_doc: u32,
    /// For each language of the segment, its bit in the whole.
    bits: Vec<u64>,
    left: u64,
    current: Option<(String, String)>,
}

impl<R: BufRead> Head<R> {
    fn open(
        mut reader: R,
        first_doc: u32,
        languages: &[String],
        compounds: &mut BTreeMap<String, Vec<Vec<String>>>,
    ) -> io::Result<Head<R>> {
        let mut bits = Vec::new();
        for _ in 0..read_varint(&mut reader)? {
            let code = read_string(&mut reader)?;
            bits.push(1 << super::super::build::language_place(languages, &code));
        }
        for _ in 0..read_varint(&mut reader)? {
            let parts =
                (0..read_varint(&mut reader)?).map(|_| read_string(&mut reader)).collect::<io::Result<Vec<_>>>()?;
            let all = compounds.entry(parts.concat()).or_default();
            if !all.contains(&parts) {
                all.push(parts);
            }
        }
        let left = read_varint(&mut reader)?;
        let mut head = Head { reader, first_doc, bits, left, current: None };
        head.next()?;
        Ok(head)
    }

    fn next(&mut self) -> io::Result<()> {
        self.current = None;
        if self.left > 0 {
            self.left -= 1;
            let form = read_string(&mut self.reader)?;
            self.current = Some((fold(&form), form));
        }
        Ok(())
    }

    /// Appends the lists of the current type, and goes on to the next. Returns its languages.
    fn take_lists(&mut self, lists: &mut TypeLists) -> io::Result<u64> {
        let own = read_varint(&mut self.reader)?;
        let bits = (0..64).filter(|place| own >> place & 1 == 1).filter_map(|place| self.bits.get(place));
        let languages = bits.fold(0, |all, bit| all | bit);
        let mut next = self.first_doc;
        for _ in 0..read_varint(&mut self.reader)? {
            let doc = next.checked_add(read_u32(&mut self.reader)?).ok_or(io::ErrorKind::InvalidData)?;
            next = doc + 1;
            let frequency = read_u32(&mut self.reader)?;
            lists.docs.push(DocId(doc));
            lists.frequencies.push(frequency);
            lists.in_title.push(read_u32(&mut self.reader)?);
            let mut position = 0u32;
            for _ in 0..frequency {
                position = position.wrapping_add(read_u32(&mut self.reader)?);
                lists.positions.push(position);
            }
        }
        self.next()?;
        Ok(languages)
    }
}

fn push_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    push_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

fn read_varint(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let buffer = reader.fill_buf()?;
        let &byte = buffer.first().ok_or(io::ErrorKind::UnexpectedEof)?;
        reader.consume(1);
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(io::ErrorKind::InvalidData.into())
}

fn read_u32(reader: &mut impl BufRead) -> io::Result<u32> {
    u32::try_from(read_varint(reader)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

fn read_string(reader: &mut impl BufRead) -> io::Result<String> {
    let len = read_varint(reader)?;
    let mut bytes = Vec::new();
    reader.by_ref().take(len).read_to_end(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData.into())
}
