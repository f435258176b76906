//! First rows of a question for several words, found by the rarest of them and looked for in the texts.
//!
//! Each word is a list of its own to read, and those of function words are megabytes; what has all of many words is seldom in
//! more than a document or two. So some words are looked up, the rarest first, and documents that have them are read. What
//! is taken next is what should take the fewest bytes in all: the list of one word more, where the words of a phrase stand, a
//! text, or the lists of another tier ([`Tier`]).

use super::lookup::{LookUp, Word, may_be_given_up, required, required_in_any_form};
use super::selection::{Selection, first_places, passing, want_order};
use super::{Question, Sort, SortKey, Workspace};
use crate::base::DocId;
use crate::base::order::sort_by;
use crate::index::Index;
use crate::index::files::ChunkId;
use crate::index::files::tiers::Tier;
use crate::query::filter::{self, DocSet};
use crate::query::plan::{Frame, Leaf};
use crate::query::{Matches, Plan, Ranking, evaluate, parse, plan, rank};
use crate::views::{ResultRow, ResultsView, results};

/// Words that are looked up at first, at most: fewer leave too many documents, more take too much.
const AT_FIRST: usize = 3;
/// Bytes of texts that are read, of those that are there.
const MOST_READ: usize = 1 << 20;
/// Most texts that are asked for at once.
const MOST_AT_ONCE: usize = 8;

/// What came of it.
pub(super) enum Sifted {
    /// Rows, with all their hits.
    Found(ResultsView),
    /// What it takes to go on.
    Takes(Vec<ChunkId>),
    /// The lists of the heads are the better way.
    Heads,
    /// The lists of all documents are.
    Narrow,
    /// Nothing has the words that were looked up.
    Nowhere,
}

/// What rows are looked for.
struct Asked<'q> {
    question: &'q Question,
    sort: Sort,
    limit: u32,
    tiers: TierBytes,
    /// The plan of all words, and the documents that pass what is not of words.
    whole: Plan,
    sets: Vec<DocSet>,
}

/// Bytes of lists that answers of the other tiers take.
#[derive(Clone, Copy)]
pub(super) struct TierBytes {
    pub(super) narrow: u64,
    pub(super) heads: u64,
}

/// Documents that have the words that were looked up.
#[derive(Default)]
pub(super) struct Candidates {
    /// Those that have all that is asked for, with their rows.
    pub(super) found: Vec<(DocId, ResultRow)>,
    /// How many have not.
    missed: u32,
    pub(super) unread: Vec<Unread>,
}

/// Documents whose texts are not there, in one chunk or in several that one document fills.
pub(super) struct Unread {
    docs: Vec<DocId>,
    /// Chunks of texts.
    chunks: usize,
    /// Occurrences of the words that were looked up.
    frequency: u64,
}

impl Workspace {
    /// The first `limit` rows of a question, as far as texts were read, or what they take; nothing where it has not several
    /// words that rows have, or where what it asks for is not in texts. Cost: the lists of some words; of the documents that
    /// have them an index of each, as far as they are there, a megabyte at most.
    pub(super) fn sifted(&mut self, question: &Question, sort: Sort, limit: u32, tiers: TierBytes) -> Option<Sifted> {
        self.index.begin();
        self.index.set_tier(Tier::Lists);
        let found = self.sift(question, sort, limit, tiers);
        self.index.set_tier(Tier::All);
        let (lacking, _) = self.index.wants.take();
        if lacking.is_empty() { found } else { Some(Sifted::Takes(lacking)) }
    }

    fn sift(&mut self, question: &Question, sort: Sort, limit: u32, tiers: TierBytes) -> Option<Sifted> {
        let index = &self.index;
        let parsed = parse(&question.query, question.is_typing);
        let mut whole = plan(index, parsed.root.as_ref(), question.exactness);
        let mut sets: Vec<DocSet> = question.filters.iter().map(|own| filter::select(index, own).0).collect();
        take_sets(&mut whole, &mut sets);
        if !can_be_read(index, &whole) {
            return None;
        }
        let asked = Asked { question, sort, limit, tiers, whole, sets };
        // Inflections of rare words take little: they are left until there is nothing without them.
        match self.sift_words(&asked, &required(&self.index, &asked.whole)) {
            Some(Sifted::Nowhere) => {
                let found = self.sift_words(&asked, &required_in_any_form(&self.index, &asked.whole));
                found.map(|found| if matches!(found, Sifted::Nowhere) { Sifted::Narrow } else { found })
            }
            found => found,
        }
    }

    fn sift_words(&mut self, asked: &Asked, words: &[Word]) -> Option<Sifted> {
        let Asked { question, sort, limit, tiers, whole, sets } = asked;
        let (sort, limit) = (*sort, *limit);
        let index = &self.index;
        let root = index.files.as_ref()?.root();
        let mut look_up = LookUp::first(words, AT_FIRST)?;
        want_order(index, Some(sort));
        if !index.wants.is_empty() {
            return None;
        }
        let bytes = |next: &LookUp| {
            next.plan(whole).want_lists(index, false);
            self.list_bytes(&index.wants.take().0)
        };
        // Where they are frequent and stand side by side, their pairs take less.
        if let Some(in_place) = look_up.with_places().filter(|in_place| bytes(in_place) <= bytes(&look_up)) {
            look_up = in_place;
        }
        // What is there tells more for nothing.
        let is_there = |next: &LookUp| bytes(next) == 0;
        while let Some(next) = look_up.with_places().filter(is_there).or(look_up.with_one_more().filter(is_there)) {
            look_up = next;
        }
        let rare = look_up.plan(whole);
        rare.want_lists(index, sort.key == SortKey::Relevance);
        if !index.wants.is_empty() {
            return None;
        }
        let matches = evaluate::evaluate(index, &rare, None);
        let mut candidates = self.candidates(whole, &passing(sets, &matches), &matches, limit)?;
        // What something was lacking for is not sure.
        if !index.wants.is_empty() {
            return None;
        }
        if !candidates.found.is_empty() {
            let (docs, rows): (Vec<DocId>, Vec<ResultRow>) = candidates.found.into_iter().unzip();
            let values = match sort.key {
                SortKey::Relevance => rank::scores(index, &rare, &matches, &docs, &Ranking::default()),
                _ => rows.iter().map(|row| row.hits.into()).collect(),
            };
            let places = first_places(index, &docs, sort, limit, &values);
            drop(matches);
            return Some(Sifted::Found(self.view_so_far(question, sort, docs, (rows, &places))));
        }
        sort_by(&mut candidates.unread, |a, b| b.weight().cmp(&a.weight()));
        let Some(best) = candidates.unread.first() else { return Some(Sifted::Nowhere) };
        let share = look_up.share(whole, root);
        let text = root.text_bytes() as f64;
        let texts = text * candidates.texts(best, share);
        let all = texts.min(tiers.narrow as f64);
        // Where the heads have none, all of that comes after them.
        let heads = tiers.heads as f64 + all * (1.0 - share * self.heads_of(&candidates)).max(0.0);
        // A list must save twice what it takes: it need not save anything.
        let pays = |next: &LookUp| 2.0 * bytes(next) as f64 + text < all.min(heads);
        match look_up.with_places().filter(pays).or(look_up.with_one_more().filter(pays)) {
            Some(next) => next.plan(whole).want_lists(index, false),
            None if heads < all => return Some(Sifted::Heads),
            None if all < texts => return Some(Sifted::Narrow),
            // The more had not what was asked for, the more come at once.
            None => {
                let at_once = MOST_AT_ONCE.min(2 + candidates.missed as usize);
                for unread in candidates.unread.iter().take(at_once) {
                    let doc_id = *unread.docs.first()?;
                    self.indexed_document(doc_id);
                    // The first may well have it.
                    if candidates.missed == 0 {
                        self.whole_document(doc_id);
                    }
                }
            }
        }
        None
    }

    /// What is known of documents by the texts that are there; nothing where these are many and have not what is asked for.
    /// Stops where there are `limit` rows.
    pub(super) fn candidates(&self, plan: &Plan, docs: &[DocId], rare: &Matches, limit: u32) -> Option<Candidates> {
        let root = self.index.files.as_ref()?.root();
        let mut candidates = Candidates::default();
        let mut read = 0;
        for docs in docs.chunk_by(|a, b| root.texts_of(a.0).start == root.texts_of(b.0).start) {
            let mut unread = Unread { docs: Vec::new(), chunks: 1, frequency: 0 };
            for &doc_id in docs {
                let document = || self.index.wants.if_there(|| self.indexed_document(doc_id)).flatten();
                // Where one is not there, the others need not be looked for.
                let Some(document) = Some(()).filter(|()| unread.docs.is_empty()).and_then(|()| document()) else {
                    unread.docs.push(doc_id);
                    unread.chunks = unread.chunks.max(root.texts_of(doc_id.0).len());
                    unread.frequency += rare.leaves.iter().map(|leaf| u64::from(leaf.frequency(doc_id))).sum::<u64>();
                    continue;
                };
                if read > MOST_READ {
                    return (!candidates.found.is_empty()).then_some(candidates);
                }
                read += document.text.len();
                match self.marks_in(plan, plan.frame.as_ref(), &document) {
                    // What its row says of it comes now.
                    Some(marks) => {
                        if let Some(document) = self.whole_document(doc_id) {
                            let row = results::row(&document, marks.shape, &marks.hits, &marks.parts);
                            candidates.found.push((doc_id, row));
                        }
                    }
                    None => candidates.missed += 1,
                }
                if candidates.found.len() >= limit as usize {
                    return Some(candidates);
                }
            }
            if !unread.docs.is_empty() {
                candidates.unread.push(unread);
            }
        }
        Some(candidates)
    }

    /// How many of the documents that were not read are of the heads.
    fn heads_of(&self, candidates: &Candidates) -> f64 {
        let is_head = |doc_id: &&DocId| self.index.files.as_ref().is_some_and(|store| store.root().heads.has(doc_id.0));
        candidates.unread.iter().flat_map(|unread| &unread.docs).filter(is_head).count() as f64
    }

    /// The rows at some places, and what is said of all of them while more are to come.
    fn view_so_far(
        &mut self,
        question: &Question,
        sort: Sort,
        docs: Vec<DocId>,
        (rows, places): (Vec<ResultRow>, &[usize]),
    ) -> ResultsView {
        let (matched, of) = (docs.len() as u32, self.index.doc_count());
        let hits = rows.iter().map(|row| u64::from(row.hits)).sum();
        self.index.set_tier(Tier::Narrow);
        let mut selection = Selection::of(&self.index, question, Some(sort));
        selection.docs = docs;
        let echo = selection.echo(hits);
        drop(selection);
        // Its lists are not there.
        self.index.wants.take();
        self.index.wants.take_put_off();
        let rows = places.iter().filter_map(|place| rows.get(*place).cloned()).collect();
        ResultsView { matched, of, so_far: Some(of), hits, rows, echo }
    }
}

impl Unread {
    /// What speaks for reading it first.
    fn weight(&self) -> u64 {
        self.frequency / self.chunks as u64
    }
}

impl Candidates {
    /// Chunks of texts until there are rows, about, where such a share of the documents has all that is asked for: at most
    /// half of all; where several had not, it is the rarer (Laplace's rule of succession). Documents of one chunk are of one
    /// time or of one source, and much alike: many of them are worth their square root.
    fn texts(&self, best: &Unread, share: f64) -> f64 {
        let halfway = (self.unread.iter().map(|unread| unread.chunks).sum::<usize>() + 1) as f64 / 2.0;
        let halfway = halfway.max(best.chunks as f64);
        let expected = 1.0 / (share * (best.docs.len() as f64).sqrt()).min(1.0) + f64::from(self.missed);
        halfway.min(best.chunks as f64 * expected)
    }
}

/// Takes the sets of documents out of a frame: in an index of one document they mean nothing.
pub(super) fn take_sets(plan: &mut Plan, sets: &mut Vec<DocSet>) {
    if let Some(Frame::And(parts)) = &mut plan.frame {
        parts.retain(|part| match part {
            Frame::Docs(set) => {
                sets.push(set.clone());
                false
            }
            _ => true,
        });
    }
}

/// Whether documents that a plan selects are known as such by their texts alone.
pub(super) fn can_be_read(index: &Index, plan: &Plan) -> bool {
    let is_given_up = |leaf: &Leaf| may_be_given_up(index, &leaf.spans);
    !plan.is_narrowed
        && !plan.needs_named
        && plan.frame.as_ref().is_some_and(is_of_words)
        && !plan.leaves.iter().any(is_given_up)
}

fn is_of_words(frame: &Frame) -> bool {
    match frame {
        Frame::Leaf(_) => true,
        Frame::Docs(_) => false,
        Frame::And(parts) | Frame::Or(parts) => parts.iter().all(is_of_words),
        Frame::Not(part) => is_of_words(part),
    }
}
