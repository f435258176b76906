//! Building the index of a corpus held in memory.
//!
//! One pass over the texts numbers the types as they come; then the types are sorted and the token stream is
//! turned around by counting, so that no posting is ever compared with another. Memory at the peak: 8 bytes a
//! token beside the result.

use std::collections::hash_map::Entry;
use std::hash::Hasher;
use std::ops::{ControlFlow, Range};

use rustc_hash::{FxHashMap, FxHasher};

use super::columns::Columns;
use super::postings::Postings;
use super::vocabulary::{Block, Compound, KeyRun, Stems, Vocabulary};
use super::{FIELD_GAP, Index, PostingsList, Shape, Shapes};
use crate::base::order::sort_by;
use crate::base::{DocId, Strings, TypeId};
use crate::document::{Document, Fact, Known};
use crate::text::tokens::is_spaceless;
use crate::text::{fold, stem, tokenize};

/// Longest chain of hyphens that is remembered as one word: `state-of-the-art`.
const MAX_PARTS: usize = 4;
/// More languages than this in one corpus share the last place; inflections then meet by folded form only there.
const MAX_LANGUAGES: usize = 64;

/// Builds the index. `progress` is called after each document with its number and may stop the work.
///
/// Returns nothing where it was stopped. Cost: linear in the text.
pub fn build(documents: &[Document], progress: impl FnMut(usize) -> ControlFlow<()>) -> Option<Index> {
    let Part { vocabulary, postings, shapes, languages, .. } = read(documents, true, progress)?;
    Some(Index {
        vocabulary,
        postings,
        token_count: shapes.iter().map(|shape| u64::from(shape.len)).sum(),
        doc_count: shapes.len() as u32,
        shapes: Shapes::of(&shapes),
        languages,
        columns: Columns::of(documents),
        ..Index::default()
    })
}

/// What the texts of some documents give: an index without their metadata.
pub(super) struct Part {
    /// Without stems, where they were not asked for.
    pub(super) vocabulary: Vocabulary,
    pub(super) postings: Postings,
    pub(super) shapes: Vec<Shape>,
    /// Languages of these documents, sorted.
    pub(super) languages: Vec<String>,
    /// Languages in which each type stands, one bit each.
    pub(super) type_languages: Vec<u64>,
    /// All tokens, as numbers of types in the order of their first occurrence, and where each document ends.
    pub(super) stream: Vec<u32>,
    pub(super) doc_ends: Vec<usize>,
    /// Of each type its number there.
    pub(super) old_ids: Vec<u32>,
}

/// Reads the texts of `documents`. Returns nothing where `progress` stopped it.
pub(super) fn read(
    documents: &[Document],
    with_stems: bool,
    mut progress: impl FnMut(usize) -> ControlFlow<()>,
) -> Option<Part> {
    let languages = languages(documents.iter().map(|document| document.language.value.as_deref().unwrap_or("")));
    let text_bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    // A word and the space after it are six bytes in most languages; one list that grows would be there twice at its end.
    let mut reader = Reader { stream: Vec::with_capacity(text_bytes / 5), ..Reader::default() };
    let mut shapes = Vec::with_capacity(documents.len());
    for (number, document) in documents.iter().enumerate() {
        let code = document.language.value.as_deref().unwrap_or("");
        shapes.push(reader.read(document, language_place(&languages, code)));
        if progress(number).is_break() {
            return None;
        }
    }
    let (mut block, new_ids) = reader.block();
    let mut old_ids = vec![0; new_ids.len()];
    (0u32..).zip(&new_ids).for_each(|(old, new)| old_ids[*new as usize] = old);
    let postings = invert(&reader.stream, &reader.doc_ends, &shapes, &new_ids);
    let language_of = |doc: &DocId| shapes.get(doc.0 as usize).map_or(0, |shape| 1 << shape.language);
    let languages_of = |list: PostingsList| list.docs().iter().fold(0, |all, doc| all | language_of(doc));
    let type_languages: Vec<u64> =
        (0..new_ids.len() as u32).map(|id| languages_of(postings.list(TypeId(id)))).collect();
    if with_stems {
        block.stems = stems(&block, &languages, &type_languages);
    }
    let (vocabulary, Reader { stream, doc_ends, .. }) = (Vocabulary::of(block), reader);
    Some(Part { vocabulary, postings, shapes, languages, type_languages, stream, doc_ends, old_ids })
}

/// The place of a language in the list of an index.
pub(crate) fn language_place(languages: &[String], code: &str) -> u8 {
    languages.iter().position(|other| other == code).unwrap_or(MAX_LANGUAGES - 1) as u8
}

/// The bytes at the start of `text` that are its title, where the text begins with it.
///
/// A title that was made from the opening words ends with an ellipsis, which is not part of the text.
pub fn title_in_text(title: &str, text: &str) -> Option<usize> {
    let title = title.trim_end_matches(['…', '.', ' ']).trim();
    let start = text.len() - text.trim_start().len();
    let rest = text[start..].strip_prefix(title)?;
    (!title.is_empty() && !rest.starts_with(char::is_alphanumeric)).then_some(start + title.len())
}

/// Whether a title is a stand-in made from the opening words: it weighs no more than they do.
fn is_stand_in(title: &Fact<String>, text: &str, title_bytes: usize) -> bool {
    let is_elided = title.value.as_deref().unwrap_or("").ends_with('…');
    let is_whole_text = text.get(title_bytes..).unwrap_or("").trim().is_empty();
    matches!(title.known, Known::Inferred { .. }) && (is_elided || is_whole_text)
}

/// The languages of documents, sorted, as many as an index tells apart.
pub(super) fn languages<'c>(codes: impl Iterator<Item = &'c str>) -> Vec<String> {
    let mut distinct: Vec<&str> = Vec::new();
    for code in codes {
        if !distinct.contains(&code) {
            distinct.push(code);
        }
    }
    sort_by(&mut distinct, Ord::cmp);
    distinct.into_iter().take(MAX_LANGUAGES).map(str::to_owned).collect()
}

/// The stems of all types, by language.
pub(super) fn stems(block: &Block, languages: &[String], type_languages: &[u64]) -> Vec<Stems> {
    languages.iter().enumerate().map(|(place, code)| stems_of(block, place, code, type_languages)).collect()
}

fn stems_of(block: &Block, place: usize, language: &str, type_languages: &[u64]) -> Stems {
    let mut pairs: Vec<(String, TypeId)> = (0u32..)
        .zip(block.forms.iter().zip(type_languages))
        .filter(|(_, (form, languages))| *languages >> place & 1 == 1 && !form.starts_with(is_spaceless))
        .map(|(id, (form, _))| (stem(form, language), TypeId(id)))
        .collect();
    sort_by(&mut pairs, Ord::cmp);
    let mut stems = Stems::default();
    for (stem, type_id) in pairs {
        if stems.stems.is_empty() || stems.stems.get(stems.stems.len() - 1) != stem {
            stems.stems.push(&stem);
            stems.starts.push(stems.types.len() as u32);
        }
        stems.types.push(type_id);
    }
    stems.starts.push(stems.types.len() as u32);
    stems
}

impl Block {
    /// Adds a type after all others.
    pub(super) fn push(&mut self, key: &str, form: &str) {
        let count = self.forms.len() as u32;
        let KeyRun { keys, starts } = &mut self.run;
        if keys.is_empty() {
            starts.push(0);
        }
        if keys.is_empty() || keys.get(keys.len() - 1) != key {
            keys.push(key);
            starts.push(count);
        }
        self.forms.push(form);
        if let Some(end) = starts.last_mut() {
            *end = count + 1;
        }
    }
}

/// What is gathered while reading: types in order of first occurrence and the token stream in their numbers.
#[derive(Debug, Default)]
pub(super) struct Reader {
    ids: FxHashMap<Key, u32>,
    /// Types that were looked up last, each at a place that its key gives; empty while there are few.
    recent: Vec<(Key, u32)>,
    forms: Strings,
    pub(super) stream: Vec<u32>,
    pub(super) doc_ends: Vec<usize>,
    /// Chains of types with hyphens between them; a map like others, for one copy of the code.
    chains: FxHashMap<Vec<u32>, u32>,
}

impl Reader {
    /// Reads the next document, in the language at a place of the index's. Cost: linear in its text.
    pub(super) fn read(&mut self, document: &Document, language: u8) -> Shape {
        let title = document.title.value.as_deref().unwrap_or("");
        let title_bytes = title_in_text(title, &document.text);
        let mut shape = Shape { language, ..Shape::default() };
        if title_bytes.is_none() {
            shape.title_end = self.read_field(title, |_| ());
            shape.text_start = if shape.title_end == 0 { 0 } else { shape.title_end + FIELD_GAP };
            shape.len = shape.title_end;
        }
        let mut in_title = 0;
        let title_bytes =
            title_bytes.filter(|bytes| !is_stand_in(&document.title, &document.text, *bytes)).unwrap_or(0) as u32;
        shape.text_len = self.read_field(&document.text, |start| in_title += u32::from(start < title_bytes));
        shape.title_end += in_title;
        shape.len += shape.text_len;
        self.doc_ends.push(self.stream.len());
        shape
    }

    /// Reads one field; `each` gets the byte offset of each token. Returns the number of tokens.
    fn read_field(&mut self, text: &str, mut each: impl FnMut(u32)) -> u32 {
        let first = self.stream.len();
        let mut last_end = 0;
        let mut chain_start = first;
        tokenize(text, |token| {
            let id = self.id_of(text, token.span.start as usize..token.term_end as usize);
            let place = self.stream.len();
            self.stream.push(id);
            // Hyphens begin with one of two bytes, and most gaps with neither.
            let may_be = matches!(text.as_bytes().get(last_end), Some(b'-' | 0xe2));
            if may_be && place > first && is_hyphen(&text[last_end..token.span.start as usize]) {
                let from = chain_start.max((place + 1).saturating_sub(MAX_PARTS));
                for start in from..place {
                    self.chains.insert(self.stream[start..=place].to_vec(), 0);
                }
            } else {
                chain_start = place;
            }
            last_end = token.span.end as usize;
            each(token.span.start);
        });
        (self.stream.len() - first) as u32
    }

    /// The number of a type, a new one where it is new.
    fn id_of(&mut self, text: &str, at: Range<usize>) -> u32 {
        let term = &text[at.clone()];
        let (mut key, is_whole) = key_of(text.as_bytes(), at);
        let slot = ((key.0 ^ key.1.rotate_left(23)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - RECENT_BITS)) as usize;
        match self.recent.get(slot) {
            Some((known, id)) if *known == key && is_whole => return *id,
            _ => {}
        }
        let id = self.find_or_add(&mut key, is_whole, term);
        if let Some(recent) = self.recent.get_mut(slot) {
            *recent = (key, id);
        }
        id
    }

    fn find_or_add(&mut self, key: &mut Key, is_whole: bool, term: &str) -> u32 {
        loop {
            match self.ids.entry(*key) {
                Entry::Occupied(known) if is_whole || self.forms.get(*known.get() as usize) == term => {
                    return *known.get();
                }
                // Another long type has the same hash: the next key.
                Entry::Occupied(_) => key.0 = key.0.wrapping_add(1),
                Entry::Vacant(place) => {
                    self.forms.push(term);
                    let id = *place.insert(self.forms.len() as u32 - 1);
                    if id == 1 << RECENT_BITS {
                        self.recent = vec![Default::default(); 1 << RECENT_BITS];
                    }
                    return id;
                }
            }
        }
    }

    /// How many types there are so far.
    #[cfg(feature = "packed")]
    pub(super) fn type_count(&self) -> usize {
        self.forms.len()
    }

    /// The sorted types, and the new number of each.
    pub(super) fn block(&self) -> (Block, Vec<u32>) {
        let folded: Vec<String> = self.forms.iter().map(fold).collect();
        let mut order: Vec<u32> = (0..self.forms.len() as u32).collect();
        let key = |old: &u32| (folded[*old as usize].as_str(), self.forms.get(*old as usize));
        sort_by(&mut order, |a, b| key(a).cmp(&key(b)));

        let mut new_ids = vec![0; order.len()];
        let mut block = Block::default();
        for (new, &old) in order.iter().enumerate() {
            new_ids[old as usize] = new as u32;
            block.push(&folded[old as usize], self.forms.get(old as usize));
        }
        block.compounds = self.compounds(&folded);
        (block, new_ids)
    }

    fn compounds(&self, folded: &[String]) -> Vec<Compound> {
        let mut compounds = Vec::with_capacity(self.chains.len());
        for chain in self.chains.keys() {
            let parts: Vec<String> = chain.iter().map(|&old| folded[old as usize].clone()).collect();
            compounds.push(Compound { joined: parts.concat(), parts });
        }
        sort_by(&mut compounds, Ord::cmp);
        compounds.dedup();
        compounds
    }
}

/// Nine of ten words are among the types that were looked up last: 200 KB that stay at hand, where a look into the table
/// of all types waits for memory.
const RECENT_BITS: u32 = 13;

/// What types are looked up by: up to 15 bytes the type itself with its length, so that most are compared without following
/// a pointer; of longer ones a hash.
type Key = (u64, u64);

/// The key of the type that stands at `at`, and whether it is the type itself.
fn key_of(text: &[u8], at: Range<usize>) -> (Key, bool) {
    let len = at.len();
    let term = text.get(at.clone()).unwrap_or_default();
    if len > 15 {
        let mut hasher = FxHasher::default();
        hasher.write(term);
        return ((hasher.finish(), u64::MAX), false);
    }
    let bytes = match text.get(at.start..).and_then(<[u8]>::first_chunk::<16>) {
        Some(chunk) => *chunk,
        None => std::array::from_fn(|place| term.get(place).copied().unwrap_or(0)),
    };
    let [low, high] = [0, 8].map(|at| u64::from_le_bytes(std::array::from_fn(|place| bytes[at + place])));
    // In halves: WebAssembly has no shifts of 128 bits.
    let letters = |half: u64, count: usize| half & ((1 << (8 * count)) - 1);
    let (low, high) = if len < 8 { (letters(low, len), 0) } else { (low, letters(high, len - 8)) };
    ((low, high | (len as u64) << 56), true)
}

/// Whether a gap between two tokens is a hyphen, be it at the end of a line.
fn is_hyphen(gap: &str) -> bool {
    let mut chars = gap.chars();
    matches!(chars.next(), Some('-' | '\u{2010}' | '\u{2011}'))
        && (chars.as_str().is_empty()
            || (matches!(chars.next(), Some('\n' | '\r')) && chars.as_str().trim().is_empty()))
}

/// Turns the token stream around: from (document, position) → type to type → (document, positions).
pub(super) fn invert(stream: &[u32], doc_ends: &[usize], shapes: &[Shape], new_ids: &[u32]) -> Postings {
    // All that a token touches of its type lies together.
    #[derive(Clone, Copy)]
    struct Own {
        last_doc: u32,
        posting: u32,
        position: u32,
    }
    let unseen = Own { last_doc: u32::MAX, posting: 0, position: 0 };
    // How many postings and positions each type has.
    let mut own = vec![unseen; new_ids.len()];
    for (doc, tokens) in docs_of(stream, doc_ends) {
        for id in tokens {
            let own = &mut own[*id as usize];
            own.position += 1;
            own.posting += u32::from(own.last_doc != doc);
            own.last_doc = doc;
        }
    }
    let mut starts = vec![0; new_ids.len() + 1];
    let mut first_positions = starts.clone();
    for (own, new) in own.iter().zip(new_ids) {
        starts[*new as usize] = own.posting;
        first_positions[*new as usize] = own.position;
    }
    let (starts, first_positions) = (running_sum(starts), running_sum(first_positions));
    // And where the next of them goes.
    for (own, new) in own.iter_mut().zip(new_ids) {
        let (posting, position) = (starts[*new as usize], first_positions[*new as usize]);
        *own = Own { last_doc: u32::MAX, posting, position };
    }
    let posting_total = starts.last().copied().unwrap_or(0) as usize;
    let mut postings = Postings {
        docs: vec![DocId(0); posting_total],
        position_starts: vec![0; posting_total + 1],
        positions: vec![0; stream.len()],
        starts,
    };
    postings.position_starts[posting_total] = stream.len() as u32;
    for (doc, tokens) in docs_of(stream, doc_ends) {
        let text_start = shapes[doc as usize].text_start;
        // Before the text lie the tokens of a title of its own, and a gap.
        let title_len = text_start.saturating_sub(FIELD_GAP);
        for (place, id) in (0u32..).zip(tokens) {
            let own = &mut own[*id as usize];
            if own.last_doc != doc {
                own.last_doc = doc;
                postings.docs[own.posting as usize] = DocId(doc);
                postings.position_starts[own.posting as usize] = own.position;
                own.posting += 1;
            }
            let gap = if place < title_len { 0 } else { text_start - title_len };
            postings.positions[own.position as usize] = place + gap;
            own.position += 1;
        }
    }
    postings
}

/// The tokens of each document.
fn docs_of<'s>(stream: &'s [u32], doc_ends: &[usize]) -> impl Iterator<Item = (u32, &'s [u32])> {
    let starts = [0].into_iter().chain(doc_ends.iter().copied());
    (0u32..).zip(starts.zip(doc_ends)).map(|(doc, (start, end))| (doc, stream.get(start..*end).unwrap_or_default()))
}

/// Counts to starts: `[2, 3, 0]` → `[0, 2, 5]`.
fn running_sum(mut counts: Vec<u32>) -> Vec<u32> {
    let mut sum = 0;
    for count in &mut counts {
        sum += std::mem::replace(count, sum);
    }
    counts
}
