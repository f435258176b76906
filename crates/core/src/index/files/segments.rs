//! Building an index of more than fits in memory: batch by batch, then merged (single-pass in-memory indexing: Heinz &
//! Zobel 2003, JASIST 54(8)).
//!
//! Each batch of documents is turned around in memory and written as a *segment*: its types in order, each with its lists.
//! Merging reads all segments side by side, one type at a time. What is written is the same for any size of batch.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;

use super::super::build::{Part, read, stems};
use super::super::records::{push_lists, take_lists};
use super::super::vocabulary::{Block, Compound};
use super::super::{FIELD_GAP, Shape, TypeId};
use super::pack::{push_varint, take_u32, take_varint};
use super::pairs::{Gathering, Run};
use super::write::{ListsPart, ListsWriter, Sink, Sizes, TypeLists};
use crate::document::Document;

/// Turns a batch around and writes it as a segment. Returns the shape of each document. Memory: some nine times the
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
    write_record(&record, out)?;
    record.clear();
    push_tokens(&part, &mut record);
    write_record(&record, out)?;
    let keys = &block.run.keys;
    for place in 0..keys.len() {
        for type_id in block.run.types_of(place..place + 1) {
            record.clear();
            push_bytes(keys.get(place).as_bytes(), &mut record);
            push_bytes(block.forms.get(type_id as usize).as_bytes(), &mut record);
            push_varint(part.type_languages.get(type_id as usize).copied().unwrap_or(0), &mut record);
            push_varint(part.old_ids.get(type_id as usize).copied().unwrap_or(0).into(), &mut record);
            push_lists(&part.postings.list(TypeId(type_id)), &part.shapes, &mut record);
            write_record(&record, out)?;
        }
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
/// all `documents`, sorted. Memory: the dictionary, the lists of one type at a time, and of each segment the largest, packed;
/// four bytes for each type of each segment; then the tokens of one segment, and `pairs_at_once` places of pairs, or those of one,
/// 16 bytes each.
///
/// # Errors
/// As the readers', or a segment is none.
pub fn merge<R: BufRead + Seek>(
    segments: Vec<Segment<R>>,
    (languages, documents): (&[String], u32),
    sizes: Sizes,
    pairs_at_once: usize,
    sink: Sink,
) -> io::Result<ListsPart> {
    let mut compounds: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let mut heads = Vec::new();
    for Segment { reader, first_doc } in segments {
        heads.push(Head::open(reader, first_doc, languages, &mut compounds)?);
    }
    let mut writer = ListsWriter::new(sizes, documents);
    let mut type_languages = Vec::new();
    let mut lists = TypeLists::default();
    let (mut key, mut form) = (String::new(), String::new());
    // A dozen segments: asking all for the least is no work.
    while let Some((least_key, least_form)) = heads.iter().filter_map(Head::current).min() {
        least_key.clone_into(&mut key);
        least_form.clone_into(&mut form);
        lists.clear();
        let mut own_languages = 0;
        for head in &mut heads {
            if head.current().is_some_and(|(_, own)| own == form) {
                own_languages |= head.take_lists(type_languages.len() as u32, &mut lists)?;
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
    let mut scan = |gathering: &mut Gathering| heads.iter_mut().try_for_each(|head| head.scan(gathering));
    writer.finish(languages, fill, (&mut scan, pairs_at_once), sink)
}

/// Appends all tokens: of each document how many, those of a title of its own, and where the title ends; then the types of
/// all, by their numbers in the batch, in two bytes each where these fit.
fn push_tokens(part: &Part, record: &mut Vec<u8>) {
    push_varint(part.shapes.len() as u64, record);
    let mut start = 0;
    for (shape, end) in part.shapes.iter().zip(&part.doc_ends) {
        push_varint((end - start) as u64, record);
        push_varint(shape.text_start.saturating_sub(FIELD_GAP).into(), record);
        push_varint(shape.title_end.into(), record);
        start = *end;
    }
    match part.old_ids.len() <= 1 << 16 {
        true => part.stream.iter().for_each(|old| record.extend_from_slice(&(*old as u16).to_le_bytes())),
        false => part.stream.iter().for_each(|old| record.extend_from_slice(&old.to_le_bytes())),
    }
}

/// A segment being read: its next type.
struct Head<R> {
    reader: R,
    first_doc: u32,
    /// For each language of the segment, its bit in the whole.
    bits: Vec<u64>,
    left: u64,
    /// Where its tokens are, and for each type, by its number there, that in the whole.
    tokens_at: u64,
    types: Vec<u32>,
    /// The key and the form of the next type.
    key: String,
    form: String,
    /// Its record, and where its languages and lists begin in that.
    record: Vec<u8>,
    at: usize,
    is_there: bool,
}

impl<R: BufRead + Seek> Head<R> {
    fn open(
        mut reader: R,
        first_doc: u32,
        languages: &[String],
        compounds: &mut BTreeMap<String, Vec<Vec<String>>>,
    ) -> io::Result<Head<R>> {
        let mut record = Vec::new();
        read_record(&mut reader, &mut record)?;
        let (bits, left) = head_of(&record, languages, compounds).ok_or(io::ErrorKind::InvalidData)?;
        let tokens_at = reader.stream_position()?;
        let len = take_len(&mut reader)?;
        let types_at = (tokens_at + 8).checked_add(len).ok_or(io::ErrorKind::InvalidData)?;
        // Whoever goes beyond the end is not told.
        if types_at > reader.seek(SeekFrom::End(0))? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        reader.seek(SeekFrom::Start(types_at))?;
        let (key, form) = (String::new(), String::new());
        // Each stands somewhere: no more of them than there are bytes is believed.
        let types = if left <= len { vec![0; left as usize] } else { return Err(io::ErrorKind::InvalidData.into()) };
        let mut head =
            Head { reader, first_doc, bits, left, tokens_at, types, key, form, record, at: 0, is_there: false };
        head.next()?;
        Ok(head)
    }

    fn current(&self) -> Option<(&str, &str)> {
        self.is_there.then_some((self.key.as_str(), self.form.as_str()))
    }

    fn next(&mut self) -> io::Result<()> {
        self.is_there = self.left > 0;
        if !self.is_there {
            return Ok(());
        }
        self.left -= 1;
        read_record(&mut self.reader, &mut self.record)?;
        let mut rest = self.record.as_slice();
        for text in [&mut self.key, &mut self.form] {
            take_str(&mut rest).ok_or(io::ErrorKind::InvalidData)?.clone_into(text);
        }
        self.at = self.record.len() - rest.len();
        Ok(())
    }

    /// Appends the lists of the current type, which has a number in the whole, and goes on to the next. Returns its
    /// languages.
    fn take_lists(&mut self, type_id: u32, lists: &mut TypeLists) -> io::Result<u64> {
        let mut rest = self.record.get(self.at..).unwrap_or_default();
        let own = take_varint(&mut rest).ok_or(io::ErrorKind::InvalidData)?;
        let old = take_u32(&mut rest).ok_or(io::ErrorKind::InvalidData)?;
        *self.types.get_mut(old as usize).ok_or(io::ErrorKind::InvalidData)? = type_id;
        let bits = (0..64).filter(|place| own >> place & 1 == 1).filter_map(|place| self.bits.get(place));
        let languages = bits.fold(0, |all, bit| all | bit);
        let taken = take_lists(&mut rest, self.first_doc, lists);
        taken.filter(|()| rest.is_empty()).ok_or(io::ErrorKind::InvalidData)?;
        self.next()?;
        Ok(languages)
    }

    /// Goes through all tokens, when all types have been taken.
    fn scan(&mut self, gathering: &mut Gathering) -> io::Result<()> {
        self.reader.seek(SeekFrom::Start(self.tokens_at))?;
        let mut record = Vec::new();
        read_record(&mut self.reader, &mut record)?;
        let first = self.first_doc;
        let scanned = match self.types.len() <= 1 << 16 {
            true => gather(&record, first, &self.types, |old| u16::from_le_bytes(old).into(), gathering),
            false => gather(&record, first, &self.types, |old| u32::from_le_bytes(old) as usize, gathering),
        };
        scanned.ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

fn take_len(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut len = [0; 8];
    reader.read_exact(&mut len)?;
    Ok(u64::from_le_bytes(len))
}

/// What a segment begins with: for each of its languages the bit among `languages`, and the number of its types. Adds its
/// joined spellings to `compounds`.
fn head_of(
    mut record: &[u8],
    languages: &[String],
    compounds: &mut BTreeMap<String, Vec<Vec<String>>>,
) -> Option<(Vec<u64>, u64)> {
    let record = &mut record;
    let mut bits = Vec::new();
    for _ in 0..take_varint(record)? {
        bits.push(1 << super::super::build::language_place(languages, take_str(record)?));
    }
    for _ in 0..take_varint(record)? {
        let mut parts = Vec::new();
        for _ in 0..take_varint(record)? {
            parts.push(take_str(record)?.to_owned());
        }
        let all = compounds.entry(parts.concat()).or_default();
        if !all.contains(&parts) {
            all.push(parts);
        }
    }
    let types = take_varint(record)?;
    record.is_empty().then_some((bits, types))
}

/// Gathers from the tokens of a segment, whose types have these numbers in the whole.
fn gather<const BYTES: usize>(
    mut record: &[u8],
    first_doc: u32,
    ids: &[u32],
    number: fn([u8; BYTES]) -> usize,
    gathering: &mut Gathering,
) -> Option<()> {
    let numbering = gathering.numbering(ids);
    let mut documents = Vec::new();
    for _ in 0..take_u32(&mut record)? {
        let mut next = || take_u32(&mut record);
        documents.push((next()?, next()?, next()?));
    }
    let (mut tokens, rest) = record.as_chunks();
    for (doc, (count, title_len, title_end)) in (first_doc..).zip(documents) {
        let (own, after) = tokens.split_at_checked(count as usize)?;
        tokens = after;
        let (title, text) = own.split_at_checked(title_len as usize)?;
        gathering.run(Run { doc, first: 0, title_end }, title, number, &numbering);
        let first = if title.is_empty() { 0 } else { title_len.checked_add(FIELD_GAP)? };
        gathering.run(Run { doc, first, title_end }, text, number, &numbering);
    }
    (tokens.is_empty() && rest.is_empty()).then_some(())
}

fn take_str<'b>(bytes: &mut &'b [u8]) -> Option<&'b str> {
    let len = usize::try_from(take_varint(bytes)?).ok()?;
    let (text, rest) = bytes.split_at_checked(len)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

fn push_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    push_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

/// Writes a record after its length.
fn write_record(record: &[u8], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&(record.len() as u64).to_le_bytes())?;
    out.write_all(record)
}

/// Reads the next record. Memory is taken for what there is, whatever its length says.
fn read_record(reader: &mut impl BufRead, record: &mut Vec<u8>) -> io::Result<()> {
    let len = take_len(reader)?;
    record.clear();
    let read = reader.by_ref().take(len).read_to_end(record)?;
    if read as u64 == len { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::Cursor;

    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::pairs::PairSizes;
    use super::super::tails::{CutSizes, Heads};
    use super::super::write::{ChunkFile, CorpusFacts, DocumentsWriter, root, write};
    use super::super::{ChunkId, ChunkKind, Root};
    use super::*;
    use crate::document::{Corpus, Fact, Field};
    use crate::index;

    type Chunks = BTreeMap<ChunkId, Vec<u8>>;

    /// Words that differ in case, accents, endings and hyphens only, or not at all; some scripts; an empty text.
    const WORDS: &[&str] = &[
        "cease-fire",
        "ceasefire",
        "Cease-Fire",
        "talks",
        "Talks",
        "talking",
        "TALKS",
        "\u{e9}t\u{e9}",
        "E\u{301}TE\u{301}",
        "ete",
        "g\u{f6}r\u{fc}\u{15f}me",
        "\u{5317}\u{4eac}\u{5e02}",
        "e-mail-address",
        "a",
        ".\n\n",
        "!",
        "3.5",
    ];

    fn documents() -> impl Strategy<Value = Vec<Document>> {
        let text = vec(select(WORDS), 0..30).prop_map(|words| words.join(" "));
        let title = prop_oneof![Just(None), vec(select(WORDS), 1..4).prop_map(|words| Some(words.join(" ")))];
        let language = select(vec![None, Some("en"), Some("tr"), Some("zh")]);
        let document = (text, title, language, vec(select(WORDS), 0..3));
        vec(document, 0..12).prop_map(|all| all.into_iter().enumerate().map(document_of).collect())
    }

    /// Text, title, language, topics.
    type Given = (String, Option<String>, Option<&'static str>, Vec<&'static str>);

    fn document_of((number, (text, title, language, topics)): (usize, Given)) -> Document {
        let fact = |value: Option<String>| value.map_or_else(Fact::unknown, Fact::stated);
        let topics = Field { name: "topic".to_owned(), values: topics.into_iter().map(str::to_owned).collect() };
        Document {
            name: format!("n{number}"),
            file: format!("n{number}.txt"),
            title: fact(title),
            date: Fact::unknown(),
            source: Fact::unknown(),
            language: fact(language.map(str::to_owned)),
            url: None,
            fields: if topics.values.is_empty() { Vec::new() } else { vec![topics] },
            text,
        }
    }

    fn sizes() -> impl Strategy<Value = Sizes> {
        let lists = (1usize..40, 0usize..10, 1usize..40, 1usize..40, 1u32..30, 1u32..5);
        (1u32..6, 1usize..4, lists, 1usize..80, 1usize..4).prop_map(
            |(block_types, run_blocks, (postings, near, positions, prefixes, frequent, of), texts, few)| Sizes {
                block_types,
                run_blocks,
                postings,
                near,
                positions,
                prefixes,
                pairs: PairSizes { frequent: block_types.into(), share: few as u64, lists: postings, near },
                cut: CutSizes { frequent, heads: Heads { stretch: few as u32, of } },
                cards: few,
                card_chunks: few,
                texts,
                text_chunks: few,
                preset: 300 * few,
                borders: few,
                names: few,
            },
        )
    }

    fn in_memory(corpus: &Corpus, sizes: Sizes) -> (Root, Chunks) {
        let mut chunks = Chunks::new();
        let index = index::build(&corpus.documents, |_| ControlFlow::Continue(())).unwrap();
        let root = write(&index, corpus, sizes, &mut |file| chunks.extend(file.chunks()));
        (root, chunks)
    }

    /// Batches that end after these documents, each a segment.
    fn in_batches(corpus: &Corpus, ends: &[usize], sizes: Sizes) -> (Root, Chunks) {
        let mut chunks = Chunks::new();
        let mut sink = |file: ChunkFile| chunks.extend(file.chunks());
        let texts = || corpus.documents.iter().map(|document| document.text.as_str());
        let total = texts().map(|text| text.len() as u64).sum();
        let mut writer = DocumentsWriter::new(sizes, super::super::preset::sample(texts(), total, sizes.preset));
        let mut segments: Vec<(Vec<u8>, u32)> = Vec::new();
        let mut from = 0;
        for end in ends.iter().copied().chain([corpus.documents.len()]) {
            let batch = &corpus.documents[from..end];
            let mut segment = Vec::new();
            let shapes = write_segment(batch, &mut segment).unwrap();
            batch.iter().zip(&shapes).for_each(|(document, shape)| writer.push(document.clone(), shape, &mut sink));
            segments.push((segment, from as u32));
            from = end;
        }
        let languages = writer.languages();
        let documents = writer.finish(&CorpusFacts::of(corpus), &mut sink);
        let segments =
            segments.iter().map(|(bytes, first_doc)| Segment { reader: Cursor::new(bytes), first_doc: *first_doc });
        let documents_count = corpus.documents.len() as u32;
        let lists = merge(segments.collect(), (&languages, documents_count), sizes, 40, &mut sink).unwrap();
        (root(documents, lists), chunks)
    }

    #[test]
    fn many_documents_without_text_do_not_lie_in_one_chunk() {
        let documents = (0..1_000).map(|number| document_of((number, (String::new(), None, None, Vec::new()))));
        let corpus = Corpus { documents: documents.collect(), ..Corpus::default() };
        let sizes = Sizes { texts: 1_000, text_chunks: 2, ..Sizes::default() };
        let (_, chunks) = in_memory(&corpus, sizes);
        let texts: Vec<usize> = chunks
            .iter()
            .filter(|(chunk, _)| chunk.kind == ChunkKind::Texts)
            .map(|(_, payload)| payload.len())
            .collect();
        assert!(texts.len() > 10 && texts.iter().all(|len| *len < 1_500), "{texts:?}");
    }

    proptest! {
        #[test]
        fn batches_of_any_size_give_the_chunks_that_memory_gives(
            documents in documents(),
            sizes in sizes(),
            ends in vec(any::<prop::sample::Index>(), 0..5),
        ) {
            let corpus = Corpus { title: "C".to_owned(), documents, ..Corpus::default() };
            let mut ends: Vec<usize> = ends.iter().map(|end| end.index(corpus.documents.len() + 1)).collect();
            ends.sort_unstable();
            let (expected_root, expected) = in_memory(&corpus, sizes);
            let (root, chunks) = in_batches(&corpus, &ends, sizes);
            prop_assert_eq!(&chunks, &expected);
            prop_assert_eq!(root.to_bytes(), expected_root.to_bytes());
            prop_assert_eq!(Root::from_bytes(&root.to_bytes()), Ok(root));
        }

        #[test]
        fn a_segment_that_is_cut_or_damaged_is_merged_or_refused(
            documents in documents(),
            at in any::<prop::sample::Index>(),
            bit in 0u8..8,
        ) {
            let mut bytes = Vec::new();
            write_segment(&documents, &mut bytes).unwrap();
            let languages = vec!["en".to_owned(), "tr".to_owned(), "zh".to_owned()];
            let merged = |bytes: &[u8]| {
                let segments = vec![Segment { reader: Cursor::new(bytes), first_doc: 0 }];
                let pairs = PairSizes { frequent: 2, share: 1, lists: 20, near: 4 };
                let all = (languages.as_slice(), documents.len() as u32);
                merge(segments, all, Sizes { pairs, ..Sizes::default() }, 40, &mut |_| ()).is_ok()
            };
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                prop_assert!(!merged(&bytes[..at]));
                bytes[at] ^= 1 << bit;
                merged(&bytes);
            }
        }
    }
}
