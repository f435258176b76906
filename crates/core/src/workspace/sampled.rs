//! Counting in a corpus that lies in files: on a sample of it, which is brought, indexed in memory and looked at through
//! the same lenses. Trends alone need no texts and are of the whole corpus.
//!
//! What is drawn are whole files of texts, among those that have documents to look at: a sample costs as many. Documents of
//! one file resemble each other (they follow each other in the corpus), so where an interval is given the files are the
//! sampled units, not the documents or words. Rejected: chunks drawn one by one, or documents, each of which would be a
//! request, and a whole file from a host that knows no parts.

use std::ops::ControlFlow;

use super::selection::Selection;
use super::{LensRequest, RequestError, Workspace};
use crate::base::DocId;
use crate::document::Corpus;
use crate::measure::sampling::sample;
use crate::views::lens::settings::{Setting, Settings};
use crate::views::lens::{Clusters, Lens, LensView};
use crate::views::words::{count, grouped};

/// Files of texts that are drawn where nothing is said: some 3 MB of text, of which about a third is loaded.
const FILES: u32 = 12;
/// Fewest: what is compared is drawn from two kinds of them.
const LEAST_FILES: u32 = 2;
/// Most: what is drawn is indexed in memory.
const MOST_FILES: u32 = 96;
/// So many times as many are offered.
const STEP: usize = 4;

/// A sample of the corpus, in memory.
#[derive(Debug)]
pub(super) struct Sampled {
    /// First documents of the files that were drawn.
    drawn: Vec<DocId>,
    pub(super) workspace: Workspace,
    pub(super) said: Said,
}

/// What is said of a sample.
#[derive(Debug)]
pub(super) struct Said {
    /// What was counted; empty where that is all.
    sentence: String,
    /// How many files could be drawn instead; nothing where these are all, or most.
    more: Option<u32>,
    /// How many were asked for, and what of that was of no use.
    settings: Vec<Setting>,
    problems: Vec<String>,
}

impl Said {
    /// Puts it into a view of the sample.
    pub(super) fn say(&self, view: &mut LensView) {
        if !self.sentence.is_empty() {
            view.sample = [self.sentence.as_str(), view.sample.as_str()].join(" ").trim().to_owned();
        }
        view.more = self.more;
        view.settings.extend_from_slice(&self.settings);
        view.notes.extend_from_slice(&self.problems);
    }
}

impl Workspace {
    /// The sample that a question is looked at in, drawn and indexed; nothing where the whole corpus can be.
    ///
    /// # Errors
    /// Its texts are not all there: what is wanted is noted.
    pub(super) fn provide_sample(&mut self, request: &LensRequest) -> Result<Option<&mut Sampled>, RequestError> {
        if self.index.files.is_none() || request.lens.counts_hits_alone() {
            return Ok(None);
        }
        self.draw(request)?;
        Ok(self.sampled.as_deref_mut())
    }

    /// Draws the sample, and has it indexed. Nothing to do where it is there.
    fn draw(&mut self, request: &LensRequest) -> Result<(), RequestError> {
        let Some(store) = &self.index.files else { return Ok(()) };
        let mut settings = Settings::of(&request.settings);
        let seed = settings.given("seed").and_then(|seed| seed.parse::<u64>().ok()).unwrap_or(1);
        let many = settings.number("read", "Parts of the corpus counted in", LEAST_FILES, MOST_FILES, FILES);
        let (many, most_files) = (many as usize, MOST_FILES as usize);
        let starts = store.root().text_file_starts();
        let end = self.index.doc_count();
        let mut files: Vec<(DocId, DocId)> = Vec::new();
        for (place, start) in starts.iter().enumerate() {
            let next = starts.get(place + 1).copied().unwrap_or(end);
            // A document of several files is the first of each.
            if *start < next {
                files.push((DocId(*start), DocId(next)));
            }
        }
        // What is asked of one document is asked of it, not of a sample that may lack it.
        let named = request.settings.iter().rev().find(|(name, value)| name == "document" && !value.is_empty());
        if let Some((_, name)) = named.filter(|_| request.lens == Lens::Findings) {
            let doc = store.by_name(name);
            if !self.index.wants.is_empty() {
                return Err(RequestError::NotThere);
            }
            files.retain(|(from, to)| doc.is_some_and(|doc| (from.0..to.0).contains(&doc)));
        }
        let (own, others, matched) = {
            let selection = Selection::of(&self.index, &request.question, None);
            if !self.index.wants.is_empty() {
                return Err(RequestError::NotThere);
            }
            let docs = &selection.docs;
            let has = |(from, to): &(DocId, DocId)| {
                docs.get(docs.partition_point(|doc_id| doc_id < from)).is_some_and(|doc_id| doc_id < to)
            };
            let (own, others): (Vec<_>, Vec<_>) = files.into_iter().partition(has);
            (own, others, docs.len() as u64)
        };
        // What is compared with the rest needs some of the rest.
        let wants_others = request.lens == Lens::Keyness && !others.is_empty();
        let most = if wants_others { many / 2 } else { many };
        let pick = |from: &[(DocId, DocId)], most: usize| -> Vec<(DocId, DocId)> {
            sample(from.len() as u32, most as u32, seed)
                .into_iter()
                .filter_map(|place| from.get(place as usize))
                .copied()
                .collect()
        };
        let mut drawn = pick(&own, most);
        let from_own = drawn.len();
        if wants_others {
            drawn.extend(pick(&others, many - most));
        }
        drawn.sort_unstable();
        let starts: Vec<DocId> = drawn.iter().map(|(from, _)| *from).collect();
        let all = if wants_others { 2 * own.len() } else { own.len() };
        let more = (many * STEP).min(all).min(most_files);
        let more = (from_own < own.len() && more > many).then_some(more as u32);
        let sentence = counted(from_own, own.len(), &drawn, (matched, end.into()), seed);
        let said = Said { sentence, more, settings: settings.used, problems: settings.problems };
        if let Some(sampled) = self.sampled.as_mut().filter(|sampled| sampled.drawn == starts) {
            sampled.said = said;
            return Ok(());
        }
        let mut documents = Vec::new();
        let mut firsts = Vec::new();
        for (from, to) in &drawn {
            firsts.push(DocId(documents.len() as u32));
            for doc in from.0..to.0 {
                documents.extend(store.document(doc));
            }
        }
        if !self.index.wants.is_empty() {
            return Err(RequestError::NotThere);
        }
        let corpus = Corpus { title: self.corpus.title.clone(), documents, ..Corpus::default() };
        let workspace = Workspace::index_corpus(corpus, self.fingerprint.clone(), |_, _| ControlFlow::Continue(()));
        let mut workspace = workspace.ok_or(RequestError::NotThere)?;
        workspace.counting.clusters = Some(Clusters { firsts, of: (own.len() + others.len()) as u64 });
        self.sampled = Some(Box::new(Sampled { drawn: starts, workspace, said }));
        Ok(())
    }
}

/// What was counted.
fn counted(drawn: usize, own: usize, all: &[(DocId, DocId)], (matched, documents): (u64, u64), seed: u64) -> String {
    let documents_drawn: u64 = all.iter().map(|(from, to)| u64::from(to.0 - from.0)).sum();
    if drawn == own && documents_drawn == documents {
        return String::new();
    }
    let which = if drawn == own { "all" } else { "a sample" };
    format!(
        "This is counted in {which} of the parts of the corpus that have such documents: {} of {}, with {} of the {} in \
         the corpus, drawn with seed {seed}. {} answer in all.",
        grouped(drawn as u64),
        grouped(own as u64),
        grouped(documents_drawn),
        count(documents, "document", "documents"),
        count(matched, "document", "documents"),
    )
}
