//! A corpus packed in memory.

use std::ops::ControlFlow;

use sheaf_core::document::{Corpus, Document, Fact};
use sheaf_core::workspace::{Intake, Workspace};

/// Takes the documents of a corpus in one by one and packs them, in batches of so many tokens. What the whole of a corpus
/// decides is not told before its end.
///
/// # Panics
/// The work stops though nobody stops it.
pub fn packed(corpus: &Corpus, batch_tokens: usize) -> Workspace {
    let mut intake = Intake::of_batches(batch_tokens);
    for document in &corpus.documents {
        intake.push(Document { name: "nobody".to_owned(), language: Fact::unknown(), ..document.clone() });
    }
    let names = corpus.documents.iter().map(|document| &document.name).collect();
    let language = |number: usize| Some(corpus.documents[number].language.clone());
    let head = Corpus { documents: Vec::new(), ..corpus.clone() };
    intake.finish(head, names, language, |_, _| ControlFlow::Continue(())).expect("an index")
}
