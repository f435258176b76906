//! Lenses that count: what they look at, made when the first of them is used and kept.

use std::cell::RefCell;
use std::rc::Rc;

use super::selection::Selection;
use super::{LensRequest, PackedArithmetic, Readers, RequestError, Workspace};
use crate::base::{Apart, DocId};
use crate::extract::Read;
use crate::index::{Borders, Forward};
use crate::measure::frequency::{Frequencies, count as frequencies};
use crate::measure::ngrams::Ngrams;
use crate::measure::readability::Prose;
use crate::measure::{Selected, Unit, Units};
use crate::query::{Exactness, parse, plan};
use crate::text::tokens::is_spaceless;
use crate::views::EchoView;
use crate::views::lens::table::Rows;
use crate::views::lens::{self, Clusters, Ground, LensAnswer, LensView, ReadingLens, Working, trends};

/// What counting takes beside the index.
#[derive(Debug, Default)]
pub(super) struct Counting {
    forward: Option<Forward>,
    units: RefCell<Vec<(Unit, Rc<Units>)>>,
    whole: RefCell<Vec<(Unit, Rc<Frequencies>)>>,
    /// The sequences that were asked for last, as far as they are found.
    ngrams: RefCell<Option<(NgramKey, Rc<Ngrams>)>>,
    /// Of a sample: the parts that were drawn.
    pub(super) clusters: Option<Clusters>,
    /// The prose of the documents that were read.
    prose: RefCell<Vec<Option<Option<Prose>>>>,
}

/// What sequences depend on.
#[derive(Debug, PartialEq, Eq)]
struct NgramKey {
    unit: Unit,
    docs: Vec<DocId>,
    longest: usize,
    least: u32,
}

/// Words of texts that are read for their prose before other work is let in: some 50 ms in the page.
const WORDS_AT_ONCE: u32 = 1 << 16;

impl Workspace {
    /// Looks through a lens.
    pub(super) fn lens(&mut self, request: &LensRequest, readers: Option<Readers>) -> Result<LensAnswer, RequestError> {
        let (view, echo, matched) = self.look(request, readers)?;
        Ok(LensAnswer {
            lens: request.lens,
            echo,
            matched,
            of: self.index.doc_count(),
            keys: view.table.rows.iter().map(|row| row.key.clone()).collect(),
            view: Apart::of(&view),
        })
    }

    /// What can be seen, what was understood, and the number of documents that match.
    ///
    /// # Errors
    /// There is more to do than can be done at once: asked again, it goes on.
    pub(super) fn look(
        &mut self,
        request: &LensRequest,
        readers: Option<Readers>,
    ) -> Result<(LensView, EchoView, u32), RequestError> {
        if let Some(sampled) = self.provide_sample(request)? {
            let (mut view, ..) = sampled.workspace.look(request, readers)?;
            sampled.said.say(&mut view);
            let selection = Selection::of(&self.index, &request.question, None);
            let (echo, matched) = (selection.echo(selection.total_hits()), selection.docs.len() as u32);
            return Ok((view, echo, matched));
        }
        if request.lens.counts_hits_alone() {
            // In files they are wanted together with the dictionary: each by itself would be a round.
            let (columns, shapes) = (&self.index.columns, &self.index.shapes);
            let _ = (columns.dates(), shapes.text_lens(), shapes.titles());
        }
        self.provide_counting(&request.settings, request.question.exactness);
        let reading = match request.lens.is_reading() {
            true => Some(self.provide_reading(request, readers.ok_or(RequestError::NotLoaded)?)?),
            false => None,
        };
        let rows = Rows { first: request.first, limit: request.limit };
        let look = |ground: &Ground, selection: &Selection| {
            let view = lens::lens(request.lens, ground, &request.settings, rows)?;
            Ok((view, selection.echo(selection.total_hits()), selection.docs.len() as u32))
        };
        let working = |Working { done, of }| RequestError::Working { done, of };
        let reading = reading.as_ref().map(|(read, look)| (&**read, *look));
        self.on_ground(request, reading, look).ok_or(RequestError::NotThere)?.map_err(working)
    }

    /// The arithmetic behind a row.
    ///
    /// # Errors
    /// A part of the corpus is not there.
    pub(super) fn arithmetic(&mut self, request: &LensRequest, key: &str) -> Result<PackedArithmetic, RequestError> {
        if let Some(sampled) = self.provide_sample(request)? {
            return sampled.workspace.arithmetic(request, key);
        }
        self.provide_counting(&request.settings, request.question.exactness);
        let look = |ground: &Ground, _: &Selection| lens::arithmetic(request.lens, ground, &request.settings, key);
        Ok(Apart::of(&self.on_ground(request, None, look).flatten()))
    }

    /// Makes what counting takes. Cost: one pass over the postings, once; over the texts where sentences are asked for. Of an
    /// index in files no word is counted ([`Lens::counts_hits_alone`]).
    fn provide_counting(&mut self, settings: &[(String, String)], exactness: Exactness) {
        if self.counting.forward.is_none() {
            let is_in_files = self.index.files.is_some();
            self.counting.forward = Some(if is_in_files { Forward::default() } else { Forward::of(&self.index) });
        }
        let further = settings.iter().filter(|(name, _)| name == "with").flat_map(|(_, with)| trends::further(with));
        let is_within = |query: &str| plan(&self.index, parse(query, false).root.as_ref(), exactness).needs_borders();
        if self.index.borders.is_none() && (lens::needs_borders(settings) || further.into_iter().any(is_within)) {
            let borders = Borders::of(&self.index, &mut self.all_held());
            self.index.borders = Some(borders);
        }
    }

    /// Gives what a question selects to `look`.
    fn on_ground<T>(
        &self,
        request: &LensRequest,
        reading: Option<(&Read, ReadingLens)>,
        look: impl FnOnce(&Ground, &Selection) -> T,
    ) -> Option<T> {
        let forward = self.counting.forward.as_ref()?;
        let question = &request.question;
        let selection = Selection::of(&self.index, question, None);
        let passes = |doc_id: &DocId| selection.sets.iter().all(|set| set.contains(*doc_id));
        let scope: Vec<DocId> = (0..self.index.doc_count()).map(DocId).filter(passes).collect();
        let units = |unit: Unit| {
            let mut known = self.counting.units.borrow_mut();
            if let Some((_, units)) = known.iter().find(|(own, _)| *own == unit) {
                return units.clone();
            }
            let units = Rc::new(Units::of(&self.index, unit));
            known.push((unit, units.clone()));
            units
        };
        let whole = |unit: Unit| {
            let known =
                self.counting.whole.borrow().iter().find(|(own, _)| *own == unit).map(|(_, whole)| whole.clone());
            known.unwrap_or_else(|| {
                let all: Vec<DocId> = (0..self.index.doc_count()).map(DocId).collect();
                let counted = Rc::new(frequencies(forward, &units(unit), &all));
                self.counting.whole.borrow_mut().push((unit, counted.clone()));
                counted
            })
        };
        let docs = &selection.docs;
        let ngrams = |unit: Unit, longest: usize, least: u32| -> Result<Rc<Ngrams>, Working> {
            let mut kept = self.counting.ngrams.borrow_mut();
            let key = NgramKey { unit, docs: docs.clone(), longest, least };
            match &mut *kept {
                Some((own, found)) if *own == key => {
                    if let Some(found) = Rc::get_mut(found) {
                        found.step();
                    }
                }
                slot => *slot = Some((key, Rc::new(Ngrams::new(forward, &units(unit), docs, longest, least)))),
            }
            let found = kept.as_ref().map(|(_, found)| found.clone()).ok_or(Working { done: 0, of: 1 })?;
            let (done, of) = found.progress();
            if found.is_done() { Ok(found) } else { Err(Working { done, of }) }
        };
        let read = |doc_id: DocId| -> Option<Prose> {
            let known = self.counting.prose.borrow().get(doc_id.0 as usize).copied().flatten();
            known.unwrap_or_else(|| {
                let prose = self.whole_document(doc_id).and_then(|document| {
                    let is_spaced = !document.text.chars().take(200).any(is_spaceless);
                    is_spaced.then(|| Prose::of(&document.text, document.language.value.as_deref()))
                });
                let mut kept = self.counting.prose.borrow_mut();
                let len = kept.len().max(doc_id.0 as usize + 1);
                kept.resize(len, None);
                if let Some(slot) = kept.get_mut(doc_id.0 as usize) {
                    *slot = Some(prose);
                }
                prose
            })
        };
        let read_all = |docs: &[DocId]| -> Result<(), Working> {
            let mut words = 0;
            for (done, doc_id) in (0..).zip(docs) {
                if self.counting.prose.borrow().get(doc_id.0 as usize).copied().flatten().is_some() {
                    continue;
                }
                if words > WORDS_AT_ONCE {
                    return Err(Working { done, of: docs.len() as u32 });
                }
                words += self.index.shapes.text_len(*doc_id);
                read(*doc_id);
            }
            Ok(())
        };
        let document = |doc_id| self.whole_document(doc_id);
        let selected = Selected {
            index: &self.index,
            forward,
            scope: &scope,
            docs: &selection.docs,
            plan: &selection.plan,
            matches: &selection.matches,
        };
        let ground = Ground {
            selected,
            query: &question.query,
            has_hits: selection.plan.leaves.iter().any(|leaf| !leaf.is_negated),
            exactness: question.exactness,
            filters: &question.filters,
            units: &units,
            whole: &whole,
            clusters: self.counting.clusters.as_ref(),
            ngrams: &ngrams,
            prose: &read,
            read_all: &read_all,
            document: &document,
            reading,
            shared: &self.reading.shared,
        };
        Some(look(&ground, &selection))
    }
}
