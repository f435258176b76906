//! Phrases: words one after the other, looked up by the lists of their words, or, in files, by those of pairs of them.
//!
//! Some thousand documents that all words have are taken at a time, and the positions of one word after the other are
//! compared. Where a word is frequent, the lists of pairs ([`crate::index::files::pairs`]) say where it stands beside
//! another, and the word's own are not loaded.

use sheaf_kernels::OfLanguage;
use sheaf_kernels::sets;
use sheaf_kernels::sorted::{docs_of_starts, keep_common, parts_of_start, places};

use super::evaluate::{Alternative, Entry, LeafMatches, either, of_entries};
use super::expand::TypeMatch;
use super::in_texts::{self, Source};
use super::plan::Element;
use crate::base::order::{sort_by, sort_runs};
use crate::base::{DocId, Span};
use crate::index::borders::fields;
use crate::index::files::pairs::Pair;
use crate::index::{Index, PostingsList};

/// Documents in which a phrase is looked for at a time: what stands in all of them is held at once.
const AT_ONCE: usize = 16_384;

/// Most pairs that are looked up for two words: those of two words that begin anyhow are more than the words.
const MOST_PAIRS: usize = 100_000;

/// What one or two words of a phrase are looked up by.
enum Lookup {
    /// The lists of a word, by its place.
    Word(usize),
    /// The lists of pairs of the word at this place and the next; those of the words themselves only for types neither of
    /// which has pairs.
    Pair(usize),
}

/// What the words of a phrase are looked up by: all of them but those that may be anything, which only take up room.
fn lookups(index: &Index, words: &[Element]) -> Vec<Lookup> {
    let any = |word: &Element, is: fn(&Index, u32) -> bool| word.types.iter().any(|found| is(index, found.type_id.0));
    // Whether the lists of pairs know where this word stands before the next.
    let is_listed = |place: usize| match words.get(place..place + 2) {
        Some([first, second]) => {
            let are_plain = index.reads_pairs() && first.width == 1 && !first.is_negated && !second.is_negated;
            let are_few = first.types.len().saturating_mul(second.types.len()) <= MOST_PAIRS;
            are_plain && are_few && ![first, second].into_iter().any(|word| any(word, is_unpaired))
        }
        _ => false,
    };
    let is_frequent = |place: usize| words.get(place).is_some_and(|word| any(word, is_paired));
    let mut lookups = Vec::new();
    let mut place = 0;
    while let Some(word) = words.get(place) {
        let is_before = is_listed(place) && (is_frequent(place) || is_frequent(place + 1));
        // The last of three words: beside the one before it, which is known already. Not where that takes the word's own
        // lists, too.
        let is_after = place > 0
            && is_listed(place - 1)
            && [place - 1, place].into_iter().any(|place| rare(index, &words[place]).is_empty());
        match (is_before, is_after) {
            (true, _) => lookups.push(Lookup::Pair(place)),
            (false, true) => lookups.push(Lookup::Pair(place - 1)),
            _ if word.is_negated => {}
            _ => lookups.push(Lookup::Word(place)),
        }
        place += if is_before { 2 } else { 1 };
    }
    lookups
}

fn is_paired(index: &Index, type_id: u32) -> bool {
    index.files.as_ref().is_some_and(|store| store.root().is_paired(type_id))
}

fn is_unpaired(index: &Index, type_id: u32) -> bool {
    index.files.as_ref().is_some_and(|store| store.root().is_unpaired(type_id))
}

/// Types of a word that are in lists of pairs only where the other word's are, too.
fn rare<'t>(index: &Index, word: &'t Element) -> Vec<&'t TypeMatch> {
    word.types.iter().filter(|found| !is_paired(index, found.type_id.0)).collect()
}

/// The pairs of two words that have lists; each with the language in which it counts and whether it is exact.
fn pairs(index: &Index, first: &Element, second: &Element) -> Vec<(Pair, Option<u8>, bool)> {
    let all: Vec<&TypeMatch> = second.types.iter().collect();
    let paired: Vec<&TypeMatch> = second.types.iter().filter(|found| is_paired(index, found.type_id.0)).collect();
    let mut pairs = Vec::new();
    for a in &first.types {
        let listed = if is_paired(index, a.type_id.0) { &all } else { &paired };
        // No document is of two languages.
        let is_somewhere = |b: &&&TypeMatch| a.language.is_none() || b.language.is_none() || a.language == b.language;
        for b in listed.iter().filter(is_somewhere) {
            let pair = (a.type_id.0, b.type_id.0);
            pairs.push((pair, a.language.or(b.language), a.is_exact && b.is_exact));
        }
    }
    pairs
}

/// Asks for what a phrase takes: lists, or of very frequent words the texts that may have it.
pub(super) fn want_lists(index: &Index, words: &[Element], with_positions: bool) {
    match in_texts::source(index, words, with_positions) {
        Source::Lists => want_all(index, words, with_positions),
        Source::Known(known) => in_texts::want_known(index, &known),
        Source::Texts(docs) => in_texts::want_texts(index, &docs),
    }
}

/// Asks for the lists of all words of a phrase; for the positions of its pairs where these are asked for, or compared.
pub(super) fn want_all(index: &Index, words: &[Element], with_positions: bool) {
    let want = |found: &TypeMatch| index.want_list(found.type_id, true);
    let lookups = lookups(index, words);
    // Of one pair by itself nothing but the documents is read.
    let are_compared = with_positions || lookups.len() > 1 || words.len() > 2;
    for lookup in &lookups {
        match *lookup {
            Lookup::Word(place) => words[place].types.iter().for_each(want),
            Lookup::Pair(place) => {
                let (first, second) = (&words[place], &words[place + 1]);
                let pairs: Vec<Pair> = pairs(index, first, second).into_iter().map(|(pair, ..)| pair).collect();
                index.want_pairs(&pairs, are_compared);
                let (first, second) = (rare(index, first), rare(index, second));
                if !first.is_empty() && !second.is_empty() {
                    first.into_iter().chain(second).for_each(want);
                }
            }
        }
    }
    if words.iter().flat_map(|word| &word.types).any(|found| found.language.is_some()) {
        index.shapes.language(DocId(0));
    }
}

/// Where words stand one after the other.
pub(super) fn matches<'i>(index: &'i Index, words: &[Element]) -> LeafMatches<'i> {
    match in_texts::source(index, words, true) {
        Source::Lists => in_lists(index, words),
        Source::Known(known) => {
            in_texts::want_known(index, &known);
            LeafMatches::default()
        }
        Source::Texts(docs) => in_texts::matches(index, words, &docs),
    }
}

/// Where words stand one after the other, by their lists.
pub(super) fn in_lists<'i>(index: &'i Index, words: &[Element]) -> LeafMatches<'i> {
    let lookups = lookups(index, words);
    let mut width = 0;
    let mut offsets = Vec::with_capacity(words.len());
    for word in words {
        offsets.push(width);
        width += word.width;
    }
    let terms = || lookups.iter().map(|lookup| Term::of(index, words, &offsets, lookup));
    if let ([Lookup::Pair(_)], 2) = (lookups.as_slice(), words.len()) {
        let Some(Term { lists, rest, .. }) = terms().next() else { return LeafMatches::default() };
        return one_pair(index, lists, rest, width);
    }
    let has_gaps = words.iter().any(|word| word.is_negated);
    let mut entries = entries(index, terms().collect(), width);
    if has_gaps {
        entries.retain(|(doc_id, position, ..)| {
            let is_inside = |field: &Span| field.start <= *position && position + width <= field.end;
            fields(index, *doc_id).iter().any(is_inside)
        });
    }
    of_entries(entries)
}

/// Where one pair stands: of its lists no position is read.
fn one_pair<'i>(index: &'i Index, lists: Vec<TermList<'i>>, rest: Vec<Term<'i>>, width: u32) -> LeafMatches<'i> {
    let mut parts: Vec<Alternative> = Vec::new();
    if !rest.is_empty() {
        parts.push(Alternative { matches: of_entries(entries(index, rest, width)), language: None });
    }
    for TermList { list, language, is_exact } in lists {
        let language = language.map(|language| (language, &index.shapes));
        parts.push(Alternative { matches: LeafMatches::of_list(list, is_exact, width), language });
    }
    either(index, parts)
}

/// What stands at one place of a phrase: any of these lists, or a row of other terms.
struct Term<'i> {
    /// How far it is from the first word.
    offset: u32,
    lists: Vec<TermList<'i>>,
    /// Words of which each is looked up by itself.
    rest: Vec<Term<'i>>,
}

struct TermList<'i> {
    list: PostingsList<'i>,
    language: Option<u8>,
    is_exact: bool,
}

impl TermList<'_> {
    /// The language in which it counts, with those of all documents.
    fn languages<'l>(&self, index: &'l Index) -> OfLanguage<'l> {
        self.language.map(|language| (language, index.shapes.languages()))
    }
}

impl<'i> Term<'i> {
    fn of(index: &'i Index, words: &[Element], offsets: &[u32], lookup: &Lookup) -> Term<'i> {
        match *lookup {
            Lookup::Word(place) => Term::of_word(index, words[place].types.iter(), offsets[place]),
            Lookup::Pair(place) => {
                let (first, second) = (&words[place], &words[place + 1]);
                let pairs = pairs(index, first, second);
                let numbers: Vec<Pair> = pairs.iter().map(|(pair, ..)| *pair).collect();
                let of_pair = |(place, list): (usize, PostingsList<'i>)| {
                    let (_, language, is_exact) = pairs[place];
                    TermList { list, language, is_exact }
                };
                let lists = index.pairs(&numbers).into_iter().map(of_pair).collect();
                let others = (rare(index, first), rare(index, second));
                let rest = if others.0.is_empty() || others.1.is_empty() {
                    Vec::new()
                } else {
                    let term =
                        |types: Vec<&TypeMatch>, place: usize| Term::of_word(index, types.into_iter(), offsets[place]);
                    vec![term(others.0, place), term(others.1, place + 1)]
                };
                Term { offset: offsets[place], lists, rest }
            }
        }
    }

    fn of_word<'t>(index: &'i Index, types: impl Iterator<Item = &'t TypeMatch>, offset: u32) -> Term<'i> {
        let list = |found: &TypeMatch| TermList {
            list: index.postings(found.type_id),
            language: found.language,
            is_exact: found.is_exact,
        };
        Term { offset, lists: types.map(list).collect(), rest: Vec::new() }
    }

    fn frequency(&self) -> u64 {
        let own: u64 = self.lists.iter().map(|own| u64::from(own.list.total_frequency())).sum();
        own + self.rest.iter().map(Term::frequency).min().unwrap_or(0)
    }

    /// Keeps the documents in which it stands; a bit each.
    fn keep(&self, index: &Index, all: &mut [u64]) {
        let mut own = vec![0; all.len()];
        if !self.rest.is_empty() {
            own.fill(u64::MAX);
            self.rest.iter().for_each(|term| term.keep(index, &mut own));
        }
        for own_list in &self.lists {
            sets::insert_all(&mut own, own_list.list.docs(), own_list.languages(index));
        }
        all.iter_mut().zip(own).for_each(|(all, own)| *all &= own);
    }

    /// Where spans start in `docs` to which it belongs, sorted.
    fn starts(&self, index: &Index, docs: &[DocId]) -> Vec<u64> {
        let mut starts = common_starts(index, &self.rest, docs);
        for own in &self.lists {
            let places = places(own.list.docs(), docs, own.languages(index));
            own.list.push_starts(&places, self.offset, own.is_exact, &mut starts);
        }
        sort_runs(&mut starts);
        starts
    }
}

/// Where spans start in `docs` that have all terms, sorted; nowhere where there is none.
fn common_starts(index: &Index, terms: &[Term], docs: &[DocId]) -> Vec<u64> {
    let mut docs = docs.to_vec();
    let mut starts: Vec<u64> = Vec::new();
    for (number, term) in terms.iter().enumerate() {
        let own = term.starts(index, &docs);
        if number == 0 {
            starts = own;
        } else {
            keep_common(&mut starts, &own);
            docs = docs_of_starts(&starts);
        }
    }
    starts
}

/// Where all terms stand, as spans of a width, sorted.
fn entries(index: &Index, mut terms: Vec<Term>, width: u32) -> Vec<Entry> {
    // Rare ones first: they leave little to compare.
    sort_by(&mut terms, |a, b| a.frequency().cmp(&b.frequency()));
    let mut all = vec![u64::MAX; index.doc_count().div_ceil(64) as usize];
    terms.iter().for_each(|term| term.keep(index, &mut all));
    let docs = sets::members(&all);
    let entry = |start: &u64| {
        let (doc_id, position, is_exact) = parts_of_start(*start);
        (doc_id, position, width, is_exact)
    };
    let mut entries: Vec<Entry> = Vec::new();
    for docs in docs.chunks(AT_ONCE) {
        entries.extend(common_starts(index, &terms, docs).iter().map(entry));
    }
    entries
}
