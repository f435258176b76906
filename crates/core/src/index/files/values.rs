//! What is known of documents, as chunks: columns, cards, texts, names, borders.

use nanoserde::SerBin;
use xxhash_rust::xxh64::xxh64;

use super::super::borders::{BorderRun, Starts};
use super::super::columns::Column;
use super::pack::{push_varint, take_u32, take_varint};
use super::terms::{push_front_coded, push_string, take_front_coded, take_len, take_string};
use crate::base::binary::{FromBinary, from_binary};
use crate::base::{PartialDate, Problem};
use crate::document::{Document, Fact, Field};

/// The head of a document: what lists show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRecord {
    /// Its metadata, without text and details.
    pub document: Document,
    /// Tokens of its text.
    pub text_len: u32,
}

/// What lies with the text: what else of the document is indexed, and what only its reader sees.
#[derive(Clone, Debug, PartialEq, Eq, SerBin)]
pub struct DetailsRecord {
    /// [`Document::title`].
    pub title: Fact<String>,
    /// [`Document::language`], if known.
    pub language: Option<String>,
    /// [`Document::file`].
    pub file: String,
    /// [`Document::url`].
    pub url: Option<String>,
    /// [`Document::fields`].
    pub fields: Vec<Field>,
}

from_binary!(DetailsRecord { title, language, file, url, fields });

/// Like beside like: names, titles, how many words, and the rest in `nanoserde`'s binary form.
pub(crate) fn cards_to_bytes(cards: &[CardRecord]) -> Vec<u8> {
    let mut out = Vec::new();
    push_front_coded(cards.iter().map(|card| card.document.name.as_str()), &mut out);
    let title = |card: &CardRecord| card.document.title.value.clone();
    let titles: Vec<String> = cards.iter().map(|card| title(card).unwrap_or_default()).collect();
    push_front_coded(titles.iter().map(String::as_str), &mut out);
    let lens: Vec<u32> = cards.iter().map(|card| card.text_len).collect();
    out.extend(planes_to_bytes(&lens));
    let rest = cards.iter().map(|CardRecord { document, .. }| RestRecord {
        title: Fact { value: document.title.value.as_ref().map(|_| ()), known: document.title.known.clone() },
        date: document.date.clone(),
        source: document.source.clone(),
        language: document.language.clone(),
    });
    out.extend(rest.collect::<Vec<_>>().serialize_bin());
    out
}

pub(crate) fn cards_from_bytes(mut bytes: &[u8]) -> Option<Vec<CardRecord>> {
    let bytes = &mut bytes;
    let names = take_front_coded(bytes)?;
    let titles = take_front_coded(bytes)?;
    let count = names.len();
    let planes = usize::from(*bytes.first()?);
    let (lens, rest) = bytes.split_at_checked(planes.checked_mul(count)?.checked_add(1)?)?;
    let lens = planes_from_bytes(lens, count)?;
    let rest = Vec::<RestRecord>::from_binary(rest)?;
    if titles.len() != count || rest.len() != count {
        return None;
    }
    let card = |(place, (rest, text_len)): (usize, (RestRecord, u32))| CardRecord {
        document: Document {
            name: names.get(place).to_owned(),
            file: String::new(),
            title: Fact { value: rest.title.value.map(|()| titles.get(place).to_owned()), known: rest.title.known },
            date: rest.date,
            source: rest.source,
            language: rest.language,
            url: None,
            fields: Vec::new(),
            text: String::new(),
        },
        text_len,
    };
    Some(rest.into_iter().zip(lens).enumerate().map(card).collect())
}

/// The rest of a card.
#[derive(SerBin)]
struct RestRecord {
    title: Fact<()>,
    date: Fact<PartialDate>,
    source: Fact<String>,
    language: Fact<String>,
}

from_binary!(RestRecord { title, date, source, language });

/// What is said about the corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq, SerBin)]
pub struct AboutRecord {
    /// "About this corpus".
    pub about: String,
    /// Credit or licence.
    pub credit: String,
    /// Where it comes from.
    pub url: String,
    /// What could not be read when it was built.
    pub problems: Vec<Problem>,
}

from_binary!(AboutRecord { about, credit, url, problems });

/// Numbers of documents as bytes: how many bytes each takes, then the lowest byte of all, then the next of all.
pub(crate) fn planes_to_bytes(values: &[u32]) -> Vec<u8> {
    let largest = values.iter().copied().max().unwrap_or(0);
    let planes = (4 - largest.leading_zeros() / 8).max(1);
    let mut out = vec![planes as u8];
    for plane in 0..planes {
        out.extend(values.iter().map(|value| (value >> (8 * plane)) as u8));
    }
    out
}

/// Reads [`planes_to_bytes`] of `count` numbers.
pub(crate) fn planes_from_bytes(bytes: &[u8], count: usize) -> Option<Vec<u32>> {
    let (&planes, bytes) = bytes.split_first()?;
    if !(1..=4).contains(&planes) || bytes.len() != count.checked_mul(planes.into())? {
        return None;
    }
    let mut values = vec![0u32; count];
    for (plane, bytes) in (0u32..).zip(bytes.chunks_exact(count.max(1))) {
        for (value, byte) in values.iter_mut().zip(bytes) {
            *value |= u32::from(*byte) << (8 * plane);
        }
    }
    Some(values)
}

/// Dates as six planes: known or not, year (low, high), month, day, minute (low, high).
pub(crate) fn dates_to_bytes(dates: &[Option<PartialDate>]) -> Vec<u8> {
    let planes: [fn(&PartialDate) -> u8; 6] = [
        |date| date.year as u8,
        |date| (date.year >> 8) as u8,
        |date| date.month,
        |date| date.day,
        |date| date.minute as u8,
        |date| (date.minute >> 8) as u8,
    ];
    let mut out: Vec<u8> = dates.iter().map(|date| u8::from(date.is_some())).collect();
    for plane in planes {
        out.extend(dates.iter().map(|date| date.as_ref().map_or(0, plane)));
    }
    out
}

pub(crate) fn dates_from_bytes(bytes: &[u8], count: usize) -> Option<Vec<Option<PartialDate>>> {
    if bytes.len() != count.checked_mul(7)? {
        return None;
    }
    let at = |plane: usize, doc: usize| bytes.get(plane * count + doc).copied().unwrap_or(0);
    let date = |doc: usize| PartialDate {
        year: i16::from_le_bytes([at(1, doc), at(2, doc)]),
        month: at(3, doc),
        day: at(4, doc),
        minute: u16::from_le_bytes([at(5, doc), at(6, doc)]),
    };
    // Nothing as a whole where one is no date.
    let known = |doc: usize| match at(0, doc) {
        0 => Some(None),
        _ => Some(date(doc)).filter(|date| date.is_sound()).map(Some),
    };
    (0..count).map(known).collect()
}

/// A field: its values, how many each document has where that is not one, then which.
pub(crate) fn column_to_bytes(column: &Column) -> Vec<u8> {
    let mut out = Vec::new();
    push_varint(column.values.len() as u64, &mut out);
    column.values.iter().for_each(|value| push_string(value, &mut out));
    out.push(u8::from(!column.starts.is_empty()));
    for pair in column.starts.windows(2) {
        push_varint((pair[1] - pair[0]).into(), &mut out);
    }
    push_varint(column.ordinals.len() as u64, &mut out);
    out.extend(planes_to_bytes(&column.ordinals));
    out
}

pub(crate) fn column_from_bytes(name: &str, mut bytes: &[u8], documents: usize) -> Option<Column> {
    let bytes = &mut bytes;
    let mut column = Column { name: name.to_owned(), ..Column::default() };
    for _ in 0..take_len(bytes)? {
        column.values.push(take_string(bytes)?.to_owned());
    }
    let (&has_starts, rest) = bytes.split_first()?;
    *bytes = rest;
    if has_starts == 1 {
        column.starts.push(0);
        for _ in 0..documents {
            column.starts.push(column.starts.last()?.checked_add(take_u32(bytes)?)?);
        }
    }
    let count = take_varint(bytes)? as usize;
    column.ordinals = planes_from_bytes(bytes, count)?;
    let expected = column.starts.last().map_or(documents, |end| *end as usize);
    let is_sound = count == expected && column.ordinals.iter().all(|place| (*place as usize) < column.values.len());
    is_sound.then_some(column)
}

/// Details and texts in a row: how many, the bytes of each, then all.
pub(crate) fn texts_to_bytes(texts: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    push_varint(texts.len() as u64, &mut out);
    texts.iter().for_each(|text| push_varint(text.len() as u64, &mut out));
    texts.iter().for_each(|text| out.extend_from_slice(text));
    out
}

/// What is at a place of a chunk of texts: the details of a document, then its text.
pub(crate) fn text_at(mut bytes: &[u8], place: usize) -> Option<&[u8]> {
    let bytes = &mut bytes;
    let count = take_len(bytes)?;
    let (mut start, mut len) = (0usize, 0);
    for number in 0..count {
        let own = take_u32(bytes)? as usize;
        match number.cmp(&place) {
            std::cmp::Ordering::Less => start = start.checked_add(own)?,
            std::cmp::Ordering::Equal => len = own,
            std::cmp::Ordering::Greater => {}
        }
    }
    bytes.get(start..start.checked_add(len)?).filter(|_| place < count)
}

/// Where the documents with a name are to be found: the chunk, and what tells it from others there.
pub(crate) fn name_place(name: &str, chunks: usize) -> (u32, u16) {
    place_of_hash(xxh64(name.as_bytes(), 0), chunks)
}

/// [`name_place`] of a name whose XXH64 is known.
pub(crate) fn place_of_hash(hash: u64, chunks: usize) -> (u32, u16) {
    ((((hash >> 32) * chunks as u64) >> 32) as u32, hash as u16)
}

/// Documents by name: how many, what lies between two, and 16 bits of the hash of each name.
pub(crate) fn names_to_bytes(names: &[(u32, u16)]) -> Vec<u8> {
    let mut out = Vec::new();
    push_varint(names.len() as u64, &mut out);
    let mut next = 0;
    for (doc, _) in names {
        push_varint((doc - std::mem::replace(&mut next, doc + 1)).into(), &mut out);
    }
    names.iter().for_each(|(_, hash)| out.extend_from_slice(&hash.to_le_bytes()));
    out
}

/// The documents in a chunk of names that may have the name.
pub(crate) fn names_like(mut bytes: &[u8], hash: u16) -> Option<Vec<u32>> {
    let bytes = &mut bytes;
    let mut docs = Vec::new();
    let mut next = 0u32;
    for _ in 0..take_len(bytes)? {
        let doc = next.checked_add(take_u32(bytes)?)?;
        docs.push(doc);
        next = doc.checked_add(1)?;
    }
    if bytes.len() != 2 * docs.len() {
        return None;
    }
    let hashes = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some(docs.into_iter().zip(hashes).filter(|(_, own)| *own == hash).map(|(doc, _)| doc).collect())
}

pub(crate) fn borders_to_bytes(run: &BorderRun) -> Vec<u8> {
    let mut out = Vec::new();
    for units in [&run.sentences, &run.paragraphs] {
        push_varint(units.ends.len() as u64, &mut out);
        for place in 0..units.ends.len() {
            let positions = units.of(place);
            push_varint(positions.len() as u64, &mut out);
            let mut last = 0;
            for position in positions {
                push_varint((position - std::mem::replace(&mut last, *position)).into(), &mut out);
            }
        }
    }
    out
}

pub(crate) fn borders_from_bytes(mut bytes: &[u8]) -> Option<BorderRun> {
    let bytes = &mut bytes;
    let mut run = BorderRun::default();
    for units in [&mut run.sentences, &mut run.paragraphs] {
        let documents = take_len(bytes)?;
        *units = Starts::default();
        for _ in 0..documents {
            let mut last = 0u32;
            for _ in 0..take_u32(bytes)? {
                last = last.checked_add(take_u32(bytes)?)?;
                units.positions.push(last);
            }
            units.ends.push(units.positions.len() as u32);
        }
    }
    bytes.is_empty().then_some(run)
}
