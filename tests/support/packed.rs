//! A corpus packed in memory.

use std::ops::ControlFlow;

use sheaf_core::document::{Corpus, Decided, Document, Fact};
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
    let decided = |number: usize| {
        let Document { name, language, .. } = corpus.documents[number].clone();
        Decided { name: Some(name), language: Some(language) }
    };
    let head = Corpus { documents: Vec::new(), ..corpus.clone() };
    intake.finish(head, decided, |_, _| ControlFlow::Continue(())).expect("an index")
}
