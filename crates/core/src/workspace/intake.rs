//! A corpus on its way into memory, document by document.
//!
//! The one decision: a small corpus is kept as it is, flat and fast; from some megabytes on it is packed as it comes, texts
//! and lists, and answers the same. So no more is ever held than what is kept, the lists on their way and a batch of them.

use std::ops::ControlFlow;

use super::Workspace;
use crate::base::Strings;
use crate::document::packed::PackedDocuments;
use crate::document::{Corpus, Document, Fact, Fingerprint};
use crate::index::packing::{Heads, Packing};

/// Bytes of text that are kept as they are; with their index they take some 70 MB.
const WHOLE_BYTES: usize = 16 << 20;

/// Documents handed in so far.
#[derive(Debug)]
pub struct Intake {
    whole_bytes: usize,
    bytes: usize,
    whole: Vec<Document>,
    packed: PackedDocuments,
    heads: Heads,
    packing: Packing,
    fingerprint: Fingerprint,
}

impl Default for Intake {
    fn default() -> Intake {
        Intake::new(WHOLE_BYTES, Packing::default())
    }
}

impl Intake {
    fn new(whole_bytes: usize, packing: Packing) -> Intake {
        Intake {
            whole_bytes,
            bytes: 0,
            whole: Vec::new(),
            packed: PackedDocuments::default(),
            heads: Heads::default(),
            packing,
            fingerprint: Fingerprint::default(),
        }
    }

    /// None yet, of which all will be packed, in batches of so many tokens: for tests.
    pub fn of_batches(batch_tokens: usize) -> Intake {
        Intake::new(0, Packing::in_batches(batch_tokens))
    }

    /// Takes the next document. Cost: linear in its text.
    pub fn push(&mut self, document: Document) {
        self.bytes = self.bytes.saturating_add(document.text.len());
        self.whole.push(document);
        if self.bytes > self.whole_bytes {
            for document in std::mem::take(&mut self.whole) {
                self.packing.push(&document);
                self.heads.push(&document);
                self.fingerprint.add(&document);
                self.packed.push(document);
            }
        }
    }

    /// The corpus of these documents, indexed. `corpus` is what is known of it as a whole; `names` are those of all
    /// documents, and `language` is that of each, by its number, where the whole decides it. `progress` is called with
    /// (documents done, of) and may stop the work: then there is none.
    pub fn finish(
        self,
        corpus: Corpus,
        names: Strings,
        language: impl Fn(usize) -> Option<Fact<String>>,
        mut progress: impl FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Option<Workspace> {
        let Intake { whole_bytes, bytes, whole: mut documents, mut packed, mut heads, packing, mut fingerprint } = self;
        if bytes <= whole_bytes {
            for (number, document) in documents.iter_mut().enumerate() {
                names.get(number).clone_into(&mut document.name);
                language(number).into_iter().for_each(|language| document.language = language);
            }
            let corpus = Corpus { documents, ..corpus };
            let fingerprint = corpus.fingerprint();
            return Workspace::index_corpus(corpus, fingerprint, progress);
        }
        names.iter().for_each(|name| fingerprint.add(&name.to_owned()));
        packed.settle(names, |number| {
            let decided = language(number)?;
            fingerprint.add(&decided);
            heads.set_language(number, decided.value.as_deref().unwrap_or(""));
            Some(decided)
        });
        drop(language);
        let Corpus { title, about, credit, url, problems, .. } = &corpus;
        [title, about, credit, url].iter().for_each(|text| fingerprint.add(*text));
        fingerprint.add(problems);
        let fingerprint = fingerprint.end();
        // Merging is told in documents, as indexing is.
        let of = packed.len();
        let mut told = 0;
        let index = packing.finish(heads, |done, types| {
            let done = (done as u64 * of as u64 / types.max(1) as u64) as usize;
            if std::mem::replace(&mut told, done) == done { ControlFlow::Continue(()) } else { progress(done, of) }
        })?;
        Some(Workspace { packed: Some(packed), ..Workspace::of(corpus, fingerprint, index) })
    }
}
