//! Documents to show, from memory or from files, and the marks in them.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::Workspace;
use crate::base::DocId;
use crate::document::Document;
use crate::index::{self, Borders, Shape};
use crate::query::expand::types_in;
use crate::query::plan::Frame;
use crate::query::{Hit, HitPart, Matches, Plan, evaluate};
use crate::views::Card;

/// What is marked in a document.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) shape: Shape,
    pub(super) hits: Vec<Hit>,
    pub(super) parts: Vec<HitPart>,
}

impl Workspace {
    /// A document of a corpus in memory.
    pub(super) fn held(&self, place: usize) -> Option<Cow<'_, Document>> {
        #[cfg(feature = "packed")]
        if let Some(packed) = &self.packed {
            return packed.get(place).map(Cow::Owned);
        }
        self.corpus.documents.get(place).map(Cow::Borrowed)
    }

    /// What is seen of a document of a corpus in memory; its text may be left out.
    fn held_head<T>(&self, place: usize, see: impl FnOnce(&Document) -> T) -> Option<T> {
        #[cfg(feature = "packed")]
        if let Some(packed) = &self.packed {
            return packed.head(place).as_ref().map(see);
        }
        self.corpus.documents.get(place).map(see)
    }

    /// All documents of a corpus in memory, in order.
    pub(super) fn all_held(&self) -> impl Iterator<Item = Cow<'_, Document>> {
        (0..).map_while(|place| self.held(place))
    }

    /// All documents of a corpus in memory at once; those of a packed one are unpacked.
    pub(super) fn all_documents(&self) -> Cow<'_, [Document]> {
        #[cfg(feature = "packed")]
        if let Some(packed) = &self.packed {
            return Cow::Owned(packed.iter().collect());
        }
        Cow::Borrowed(&self.corpus.documents)
    }

    /// The number of the document with a name.
    pub(super) fn by_name(&self, name: &str) -> Option<u32> {
        if let Some(store) = &self.index.files {
            return store.by_name(name);
        }
        #[cfg(feature = "packed")]
        if let Some(packed) = &self.packed {
            return packed.by_name(name).map(|place| place as u32);
        }
        self.corpus.documents.iter().position(|document| document.name == name).map(|place| place as u32)
    }

    /// The name of a document.
    pub(super) fn name(&self, doc_id: DocId) -> Option<String> {
        #[cfg(feature = "packed")]
        if let Some(packed) = &self.packed {
            return packed.name(doc_id.0 as usize).map(str::to_owned);
        }
        match &self.index.files {
            None => self.corpus.documents.get(doc_id.0 as usize).map(|document| document.name.clone()),
            Some(store) => store.card(doc_id.0).map(|card| card.document.name.clone()),
        }
    }

    /// The head of a document.
    pub(super) fn card(&self, doc_id: DocId) -> Option<Card> {
        match &self.index.files {
            None => self.held_head(doc_id.0 as usize, |head| Card::of(head, self.index.shapes.text_len(doc_id))),
            Some(store) => store.card(doc_id.0).map(|card| Card::of(&card.document, card.text_len)),
        }
    }

    /// A document with its text, where that is there; else its text is wanted later.
    pub(super) fn document(&self, doc_id: DocId) -> Option<Cow<'_, Document>> {
        self.index.wants.now_or_later(|| self.whole_document(doc_id)).flatten()
    }

    /// A document with its text.
    pub(super) fn whole_document(&self, doc_id: DocId) -> Option<Cow<'_, Document>> {
        let Some(store) = &self.index.files else {
            return self.held(doc_id.0 as usize);
        };
        store.document(doc_id.0).map(Cow::Owned)
    }

    /// What of a document is indexed: of one in files the rest of it is not asked for.
    pub(super) fn indexed_document(&self, doc_id: DocId) -> Option<Cow<'_, Document>> {
        match &self.index.files {
            Some(store) => store.indexed(doc_id.0).map(Cow::Owned),
            None => self.held(doc_id.0 as usize),
        }
    }

    /// The hits in a document.
    ///
    /// From files they are found in the text itself, by the same plan over an index of this one document: that takes no
    /// positions, which are most of an index.
    pub(super) fn marks(&self, plan: &Plan, matches: &Matches, doc_id: DocId, document: &Document) -> Marks {
        if self.index.files.is_none() {
            let hits = matches.hits(plan, doc_id);
            let parts = matches.parts(plan, doc_id, &hits);
            return Marks { shape: self.index.shape(doc_id), hits, parts };
        }
        self.marks_in(plan, None, document).unwrap_or_default()
    }

    /// The hits in a document, found in its text; nothing where a frame is given that leaves it out.
    pub(super) fn marks_in(&self, plan: &Plan, frame: Option<&Frame>, document: &Document) -> Option<Marks> {
        let documents = std::slice::from_ref(document);
        let mut own = index::build(documents, |_| ControlFlow::Continue(())).unwrap_or_default();
        let plan = plan.with_types(&|types| types_in(&self.index, &own, types));
        let plan = Plan { frame: frame.cloned(), ..plan };
        if plan.needs_borders() {
            own.borders = Some(Borders::of(&own, &mut documents.iter().map(Cow::Borrowed)));
        }
        let matches = evaluate::evaluate(&own, &plan, None);
        let hits = matches.hits(&plan, DocId(0));
        let parts = matches.parts(&plan, DocId(0), &hits);
        (!matches.docs.is_empty()).then(|| Marks { shape: own.shape(DocId(0)), hits, parts })
    }
}
