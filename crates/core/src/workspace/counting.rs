//! Lenses that count: what they look at, made when the first of them is used and kept.

use std::cell::RefCell;
use std::rc::Rc;

use super::selection::Selection;
use super::{LensRequest, Workspace};
use crate::base::{Apart, DocId};
use crate::index::{Borders, Forward};
use crate::measure::{Selected, Unit, Units};
use crate::query::{Exactness, parse, plan};
use crate::views::EchoView;
use crate::views::lens::arithmetic::ArithmeticView;
use crate::views::lens::table::Rows;
use crate::views::lens::{self, Ground, LensAnswer, LensView, trends};

/// What counting takes beside the index.
#[derive(Debug, Default)]
pub(super) struct Counting {
    forward: Option<Forward>,
    units: RefCell<Vec<(Unit, Rc<Units>)>>,
}

impl Workspace {
    /// Looks through a lens.
    pub(super) fn lens(&mut self, request: &LensRequest) -> Option<LensAnswer> {
        let (view, echo, matched) = self.look(request)?;
        Some(LensAnswer {
            lens: request.lens,
            echo,
            matched,
            of: self.index.doc_count(),
            keys: view.table.rows.iter().map(|row| row.key.clone()).collect(),
            view: Apart::of(&view),
        })
    }

    /// What can be seen, what was understood, and the number of documents that match.
    pub(super) fn look(&mut self, request: &LensRequest) -> Option<(LensView, EchoView, u32)> {
        self.provide_counting(&request.settings, request.question.exactness);
        let rows = Rows { first: request.first, limit: request.limit };
        let look = |ground: &Ground, selection: &Selection| {
            let view = lens::lens(request.lens, ground, &request.settings, rows);
            (view, selection.echo(selection.total_hits()), selection.docs.len() as u32)
        };
        self.on_ground(request, look)
    }

    /// The arithmetic behind a row.
    pub(super) fn arithmetic(&mut self, request: &LensRequest, key: &str) -> Apart<Option<ArithmeticView>> {
        self.provide_counting(&request.settings, request.question.exactness);
        let look = |ground: &Ground, _: &Selection| lens::arithmetic(request.lens, ground, &request.settings, key);
        Apart::of(&self.on_ground(request, look).flatten())
    }

    /// Makes what counting takes. Cost: one pass over the postings, once; over the texts where sentences are asked for.
    fn provide_counting(&mut self, settings: &[(String, String)], exactness: Exactness) {
        if self.counting.forward.is_none() {
            self.counting.forward = Some(Forward::of(&self.index));
        }
        let further = settings.iter().filter(|(name, _)| name == "with").flat_map(|(_, with)| trends::further(with));
        let is_within = |query: &str| plan(&self.index, parse(query, false).root.as_ref(), exactness).needs_borders();
        if self.index.borders.is_none() && (lens::needs_borders(settings) || further.into_iter().any(is_within)) {
            self.index.borders = Some(Borders::of(&self.index, &self.corpus.documents));
        }
    }

    /// Gives what a question selects to `look`.
    fn on_ground<T>(&self, request: &LensRequest, look: impl FnOnce(&Ground, &Selection) -> T) -> Option<T> {
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
            document: &document,
        };
        Some(look(&ground, &selection))
    }
}
