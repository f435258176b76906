//! Reading the corpus: once, document after document, in steps that let other work in; then names are put together.

use std::cell::RefCell;
use std::rc::Rc;

use super::{LensRequest, Question, RequestError, Workspace};
use crate::base::Apart;
use crate::extract::{Corrections, Findings, Read};
use crate::index;
use crate::index::named::{NameKind, Named};
use crate::query::{parse, plan};
use crate::views::lens::reading::{self, SharedWork};
use crate::views::lens::{Lens, ReadingLens};

/// The code that reads texts and shows what was found: a part of [`super::Deferred`] that is loaded when it is first
/// needed. Only [`Readers::linked`] refers to it.
#[derive(Clone, Copy, Debug)]
pub struct Readers {
    read: fn(&mut Workspace, &Apart<Corrections>) -> Result<Rc<Read>, RequestError>,
    named: fn(&Workspace, &Read) -> Named,
    look: ReadingLens,
}

impl Readers {
    /// All of it, linked here.
    pub fn linked() -> Readers {
        Readers {
            read: Workspace::read,
            named: |own, read| reading::stretches(&own.index, &own.all_documents(), read),
            look: reading::look,
        }
    }
}

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Reading {
    findings: Rc<Vec<Findings>>,
    /// With the corrections that it was put together with.
    read: Option<(Apart<Corrections>, Rc<Read>)>,
    /// What documents share, as far as it is worked out.
    pub(super) shared: RefCell<SharedWork>,
}

/// Bytes of texts that are read before other work is let in: some 100 ms in the page.
const BYTES_AT_ONCE: usize = 1 << 17;

impl Workspace {
    /// What a reading lens looks at, with the code that shows it.
    ///
    /// # Errors
    /// There is more to read than can be read at once: asked again, it goes on.
    pub(super) fn provide_reading(
        &mut self,
        request: &LensRequest,
        readers: Readers,
    ) -> Result<(Rc<Read>, ReadingLens), RequestError> {
        // Passages are compared, not read.
        if matches!(request.lens, Lens::Shared | Lens::Compare) {
            return Ok((Rc::default(), readers.look));
        }
        Ok(((readers.read)(self, &request.question.corrections)?, readers.look))
    }

    /// Has the corpus read.
    ///
    /// # Errors
    /// There is more to read than can be read at once: asked again, it goes on.
    fn read(&mut self, corrections: &Apart<Corrections>) -> Result<Rc<Read>, RequestError> {
        if let Some((own, read)) = &self.reading.read
            && own == corrections
        {
            return Ok(read.clone());
        }
        let of = self.index.doc_count();
        let mut bytes = 0;
        let mut done = self.reading.findings.len();
        while let Some(document) = self.held(done) {
            if bytes > BYTES_AT_ONCE {
                return Err(RequestError::Working { done: done as u32, of });
            }
            bytes += document.text.len();
            let found = Findings::of(&document);
            drop(document);
            Rc::make_mut(&mut self.reading.findings).push(found);
            done += 1;
        }
        let own = corrections.open().unwrap_or_default();
        let read = Rc::new(Read::of(&self.all_documents(), self.reading.findings.clone(), &own));
        self.reading.read = Some((corrections.clone(), read.clone()));
        self.index.named_columns = reading::columns(&read);
        // Made from other corrections.
        self.index.named = None;
        Ok(read)
    }

    /// Has the texts read where the filters by who and what they name are wanted and can be had.
    ///
    /// # Errors
    /// As [`Workspace::provide_named`].
    pub(super) fn provide_names(&mut self, question: &Question, readers: Option<Readers>) -> Result<(), RequestError> {
        if index::named::FIELDS.iter().any(|field| self.index.is_read_field(field)) {
            (readers.ok_or(RequestError::NotLoaded)?.read)(self, &question.corrections)?;
        }
        Ok(())
    }

    /// Says where entities are named and quoted, where a question asks for that, in its query or its filters: most
    /// never do. Not in an index in files, whose texts are not here.
    ///
    /// # Errors
    /// The code that reads is not loaded, or there is more to read than can be read at once.
    pub(super) fn provide_named(&mut self, question: &Question, readers: Option<Readers>) -> Result<(), RequestError> {
        let asks = || {
            NameKind::ALL.iter().any(|(prefix, _)| asks_for(&question.query, prefix))
                || asks_for(&question.query, "said")
        };
        if question.filters.iter().any(|filter| self.index.is_read_field(&filter.field)) {
            (readers.ok_or(RequestError::NotLoaded)?.read)(self, &question.corrections)?;
        }
        let is_current = self.reading.read.as_ref().is_some_and(|(own, _)| *own == question.corrections);
        if self.index.named.is_some() && is_current || self.index.files.is_some() || !asks() {
            return Ok(());
        }
        let parsed = parse(&question.query, question.is_typing);
        if plan(&self.index, parsed.root.as_ref(), question.exactness).needs_named {
            let readers = readers.ok_or(RequestError::NotLoaded)?;
            let read = (readers.read)(self, &question.corrections)?;
            self.index.named = Some((readers.named)(self, &read));
        }
        Ok(())
    }
}

/// Whether a query may have a clause of this name: cheaper than to parse it.
fn asks_for(query: &str, prefix: &str) -> bool {
    // What stands before a colon; what is after the last one is none.
    query.split(':').rev().skip(1).any(|before| before.ends_with(prefix))
}
