//! The documents of a large corpus in memory, compressed: some 0.6 bytes for each byte of text.
//!
//! Useful for corpora whose documents are looked at one by one. Not useful for reading all of them again and again: each
//! look unpacks its block. They lie in blocks of 64 KB, the reach of LZ4's references, heads apart from texts, so that a
//! list of titles unpacks no text; names lie apart from both, so that they are looked up without unpacking anything.
//! Rejected: Deflate, which takes 0.39 of a text (level 2) where LZ4 takes 0.56, but three times as long to pack and eight
//! times as long to unpack (measured natively on 152 MB of English).

use std::cell::RefCell;

use lz4_flex::block::{compress_into, decompress, get_maximum_output_size};
use nanoserde::SerBin;

use super::{Document, Fact};
use crate::base::Strings;
use crate::base::binary::{FromBinary, from_binary};

/// Bytes of documents after which a block is closed.
const BLOCK_BYTES: usize = 64 << 10;
/// What a document takes beside its text, about.
const HEAD_BYTES: usize = 200;

/// Documents in blocks. The last block is open until [`PackedDocuments::settle`].
#[derive(Debug, Default)]
pub struct PackedDocuments {
    blocks: Vec<Block>,
    /// Documents in them.
    len: usize,
    open: Unpacked,
    /// Of all documents.
    names: Strings,
    /// Languages that were decided, each once, and for each document the place of its own, from 1; 0 where it stays.
    languages: (Vec<Fact<String>>, Vec<u32>),
    /// Room to pack in: what is kept is as long as it has to be, with no holes around it.
    room: Vec<u8>,
    /// The block that was looked at last.
    last: RefCell<Option<(usize, Unpacked)>>,
}

#[derive(Debug)]
struct Block {
    /// Documents up to its end.
    end: usize,
    heads: Packed,
    texts: Packed,
}

/// Bytes as LZ4 has them.
#[derive(Debug)]
struct Packed {
    bytes: Box<[u8]>,
    /// Bytes before packing.
    len: usize,
}

impl Packed {
    fn of(bytes: &[u8], room: &mut Vec<u8>) -> Packed {
        room.resize(get_maximum_output_size(bytes.len()), 0);
        // There is room for the worst case.
        let len = compress_into(bytes, room).unwrap_or(0);
        Packed { bytes: room.get(..len).unwrap_or_default().into(), len: bytes.len() }
    }

    /// Nothing only where it was not packed here.
    fn open(&self) -> Option<Vec<u8>> {
        decompress(&self.bytes, self.len).ok()
    }
}

#[derive(Debug, Default)]
struct Unpacked {
    heads: Heads,
    /// Texts, one after the other; nothing where only heads were looked at.
    texts: Option<String>,
}

#[derive(Debug, Default, SerBin)]
struct Heads {
    /// Without their texts and names.
    documents: Vec<Document>,
    /// Where each text ends.
    ends: Vec<u64>,
}

from_binary!(Heads { documents, ends });

impl Unpacked {
    fn document(&self, place: usize, with_text: bool) -> Option<Document> {
        let end = |place: usize| self.heads.ends.get(place).map(|end| *end as usize);
        let start = place.checked_sub(1).and_then(end).unwrap_or(0);
        let texts = self.texts.as_ref().filter(|_| with_text);
        let text = texts.and_then(|texts| texts.get(start..end(place)?)).unwrap_or_default().to_owned();
        Some(Document { text, ..self.heads.documents.get(place)?.clone() })
    }

    /// Bytes of it, about.
    fn len(&self) -> usize {
        self.texts.as_ref().map_or(0, String::len) + HEAD_BYTES * self.heads.documents.len()
    }
}

impl Block {
    fn unpack(&self, with_texts: bool) -> Option<Unpacked> {
        let heads = Heads::from_binary(&self.heads.open()?)?;
        let texts = if with_texts { Some(String::from_utf8(self.texts.open()?).ok()?) } else { None };
        Some(Unpacked { heads, texts })
    }
}

impl PackedDocuments {
    /// Appends a document; its name is told at the end. Cost: linear; packing takes some 3 ms a megabyte natively.
    pub fn push(&mut self, mut document: Document) {
        let Unpacked { heads, texts } = &mut self.open;
        let texts = texts.get_or_insert_default();
        texts.push_str(&std::mem::take(&mut document.text));
        heads.ends.push(texts.len() as u64);
        heads.documents.push(document);
        if self.open.len() >= BLOCK_BYTES {
            self.close();
        }
    }

    /// Packs the block that is open.
    fn close(&mut self) {
        let Unpacked { mut heads, texts } = std::mem::take(&mut self.open);
        // All at once: names that go one by one leave holes between what stays.
        heads.documents.iter_mut().for_each(|document| document.name = String::new());
        if !heads.documents.is_empty() {
            self.len += heads.documents.len();
            let texts = Packed::of(texts.unwrap_or_default().as_bytes(), &mut self.room);
            let heads = Packed::of(&heads.serialize_bin(), &mut self.room);
            self.blocks.push(Block { end: self.len, heads, texts });
        }
    }

    /// Notes what is known of documents only once all were pushed: their names, and for each, by its number, the language
    /// that the whole decides.
    pub fn settle(&mut self, names: Strings, mut language: impl FnMut(usize) -> Option<Fact<String>>) {
        self.close();
        self.room = Vec::new();
        self.names = names;
        let (facts, places) = &mut self.languages;
        for number in 0..self.len {
            places.push(language(number).map_or(0, |language| {
                let place = facts.iter().position(|own| *own == language).unwrap_or_else(|| {
                    facts.push(language);
                    facts.len() - 1
                });
                place as u32 + 1
            }));
        }
    }

    /// How many there are; those of the open block do not count.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A document with its text.
    pub fn get(&self, number: usize) -> Option<Document> {
        self.look(number, true)
    }

    /// A document without its text.
    pub fn head(&self, number: usize) -> Option<Document> {
        self.look(number, false)
    }

    /// The name of a document. Unpacks nothing.
    pub fn name(&self, number: usize) -> Option<&str> {
        (number < self.len).then(|| self.names.get(number))
    }

    /// The number of the document with a name. Cost: linear in the names; unpacks nothing.
    pub fn by_name(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|own| own == name)
    }

    /// All documents with their texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = Document> {
        (0..self.len).map_while(|number| self.get(number))
    }

    fn look(&self, number: usize, with_text: bool) -> Option<Document> {
        let at = self.blocks.partition_point(|block| block.end <= number);
        let block = self.blocks.get(at)?;
        let first = at.checked_sub(1).and_then(|before| self.blocks.get(before)).map_or(0, |before| before.end);
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|(own, unpacked)| *own != at || (with_text && unpacked.texts.is_none())) {
            *last = Some((at, block.unpack(with_text)?));
        }
        let mut document = last.as_ref()?.1.document(number - first, with_text)?;
        let place = self.languages.1.get(number).copied().unwrap_or(0);
        let language = (place as usize).checked_sub(1).and_then(|place| self.languages.0.get(place)).cloned();
        language.into_iter().for_each(|language| document.language = language);
        self.names.get(number).clone_into(&mut document.name);
        Some(document)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::document::Fact;

    fn document(number: usize, text: String) -> Document {
        Document {
            name: format!("n{number}"),
            file: format!("f:{number}"),
            title: Fact::stated(text.chars().take(9).collect()),
            date: Fact::unknown(),
            source: Fact::unknown(),
            language: Fact::unknown(),
            url: None,
            fields: Vec::new(),
            text,
        }
    }

    proptest! {
        #[test]
        fn documents_come_back_settled_in_any_order(
            texts in vec(prop_oneof![".{0,40}", "[a-c ]{0,9}".prop_map(|text| text.repeat(9_000))], 0..30),
            order in vec(any::<(prop::sample::Index, bool)>(), 0..60),
        ) {
            let mut documents: Vec<Document> = (0..).zip(texts).map(|(number, text)| document(number, text)).collect();
            let mut packed = PackedDocuments::default();
            documents.iter().for_each(|document| packed.push(document.clone()));
            let language = |number: usize| {
                (!number.is_multiple_of(4)).then(|| Fact::inferred("en".to_owned(), format!("number {}", number % 4)))
            };
            for (number, document) in documents.iter_mut().enumerate() {
                document.name.push_str("~2");
                language(number).into_iter().for_each(|language| document.language = language);
            }
            packed.settle(documents.iter().map(|document| &document.name).collect(), language);
            prop_assert_eq!(packed.len(), documents.len());
            prop_assert_eq!(&packed.iter().collect::<Vec<_>>(), &documents);
            for (number, document) in documents.iter().enumerate() {
                prop_assert_eq!(packed.name(number), Some(document.name.as_str()));
                prop_assert_eq!(packed.by_name(&document.name), Some(number));
            }
            prop_assert_eq!((packed.name(documents.len()), packed.by_name("n")), (None, None));
            for (index, with_text) in order {
                let number = index.index(documents.len() + 1);
                let expected = documents.get(number).cloned();
                let headed = expected.clone().map(|document| Document { text: String::new(), ..document });
                if with_text {
                    prop_assert_eq!(packed.get(number), expected);
                } else {
                    prop_assert_eq!(packed.head(number), headed);
                }
            }
        }
    }

    #[test]
    fn what_repeats_itself_takes_less() {
        let mut packed = PackedDocuments::default();
        (0..100).for_each(|number| packed.push(document(number, "the ministers met ".repeat(1_000))));
        packed.settle((0..100).map(|number| format!("n{number}")).collect(), |_| None);
        let bytes: usize = packed.blocks.iter().map(|block| block.heads.bytes.len() + block.texts.bytes.len()).sum();
        assert!(bytes < 100_000, "{bytes} of 1,800,000");
        assert!(packed.blocks.len() > 20);
    }
}
