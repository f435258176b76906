//! A corpus packed in memory answers as one that is kept as it is.

use sheaf_core::base::Problem;
use sheaf_core::document::{Corpus, Document};
use sheaf_core::query::filter::Filter;
use sheaf_core::views::AboutView;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::export::Format;
use sheaf_core::workspace::{LensRequest, Question, Request, Response, Workspace};
use sheaf_tests::asking::{QUERIES, question, requests, seeds};
use sheaf_tests::chunks::{ChunkCorpus, TINY};
use sheaf_tests::packed::packed;

fn assert_same(flat: &mut Workspace, packed: &mut Workspace, request: &Request) {
    let (expected, found) = (flat.handle(request), packed.handle(request));
    assert_eq!(format!("{found:#?}"), format!("{expected:#?}"), "{request:?}");
}

/// What is said of the corpus. Its fingerprint says that something has changed, not what it is: packed it is another.
fn about(workspace: &mut Workspace) -> AboutView {
    match workspace.handle(&Request::About) {
        Response::About(view) => view,
        _ => unreachable!("what the corpus is was asked"),
    }
}

#[test]
fn packed_answers_as_flat_does() {
    let corpus = seeds();
    let names: Vec<String> = corpus.documents.iter().map(|document| document.name.clone()).collect();
    for batch_tokens in [1, 900, 1_000_000] {
        let mut flat = Workspace::new(corpus.clone());
        let mut packed = packed(&corpus, batch_tokens);
        assert!(packed.corpus().documents.is_empty(), "nothing is held twice");
        let [flat_view, packed_view] = [&mut flat, &mut packed].map(about);
        assert_eq!(AboutView { fingerprint: flat_view.fingerprint.clone(), ..packed_view }, flat_view);
        for query in QUERIES.iter().chain(&["person:erdogan", "said:lavrov(talks)"]) {
            for request in requests(&question(query), &names[..2]) {
                assert_same(&mut flat, &mut packed, &request);
            }
            let question = question(query);
            let cite = Request::Cite {
                name: names[1].clone(),
                question: question.clone(),
                hit: Some(0),
                link: String::new(),
                today: String::new(),
            };
            assert_same(&mut flat, &mut packed, &cite);
            let complete = Request::Complete { question, caret: query.len() as u32, limit: 8 };
            assert_same(&mut flat, &mut packed, &complete);
        }
    }
}

#[test]
fn every_lens_shows_the_same_of_packed_and_flat() {
    let corpus = seeds();
    let mut flat = Workspace::new(corpus.clone());
    let mut packed = packed(&corpus, 700);
    for lens in Lens::ALL {
        for query in ["talks", "", "\"peace talks\"", "person:erdogan", "(lavrov talks) within <s/>"] {
            let request = LensRequest { lens: *lens, question: question(query), limit: 30, ..LensRequest::default() };
            assert_same(&mut flat, &mut packed, &Request::Lens(request.clone()));
            let (link, today) = (String::new(), String::new());
            let export = Request::Export { lens: request, format: Format::Csv, link, today };
            let exported = [&mut flat, &mut packed].map(|workspace| {
                let fingerprint = about(workspace).fingerprint;
                let Response::Exported(exported) = workspace.handle(&export) else { unreachable!("a file was asked") };
                let exported = exported.open().expect("a file");
                format!("{exported:?}").replace(&fingerprint, "fingerprint")
            });
            assert_eq!(exported[0], exported[1], "{export:?}");
        }
    }
}

#[test]
fn filters_by_what_the_texts_name_are_there_in_packed_too() {
    let corpus = seeds();
    let mut flat = Workspace::new(corpus.clone());
    let mut packed = packed(&corpus, 700);
    let facets = Request::Facets { question: question("talks"), reads: true };
    assert_same(&mut flat, &mut packed, &facets);
    let Response::Facets(view) = packed.handle(&facets) else { unreachable!("filters were asked") };
    let view = view.open().expect("filters");
    assert!(view.facets.iter().any(|facet| facet.field == "person"), "{view:#?}");
    let filters = vec![Filter { field: "person".to_owned(), values: vec!["Sergey Lavrov".to_owned()] }];
    let question = Question { filters, ..question("talks") };
    for request in requests(&question, &[]) {
        assert_same(&mut flat, &mut packed, &request);
    }
}

#[test]
fn whatever_changes_changes_the_fingerprint_of_a_packed_corpus() {
    let fingerprint = |corpus: &Corpus| about(&mut packed(corpus, 700)).fingerprint;
    let corpus = seeds();
    let changes: &[fn(&mut Corpus)] = &[
        |corpus| corpus.title.push('x'),
        |corpus| corpus.credit.push('x'),
        |corpus| corpus.documents[1].text.push('x'),
        |corpus| corpus.documents[2].name.push('x'),
        |corpus| corpus.documents[3].language.value = Some("tr".to_owned()),
        |corpus| drop(corpus.documents.pop()),
        |corpus| corpus.documents.swap(0, 1),
        |corpus| corpus.problems.push(Problem::new("a", "b")),
    ];
    let mut all = vec![fingerprint(&corpus)];
    for change in changes {
        let mut changed = corpus.clone();
        change(&mut changed);
        all.push(fingerprint(&changed));
    }
    assert_eq!(all[0], fingerprint(&corpus));
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count);
}

#[test]
fn a_packed_index_is_written_as_a_flat_one_is() {
    let corpus = seeds();
    let flat = ChunkCorpus::of(&Workspace::new(corpus.clone()), TINY);
    let workspace = packed(&corpus, 700);
    let mut chunks = std::collections::BTreeMap::new();
    let root = sheaf_core::index::files::write::write(workspace.index(), &corpus, TINY, &mut |file| {
        chunks.extend(file.chunks())
    });
    assert_eq!((root.to_bytes(), chunks), (flat.root.to_bytes(), flat.chunks));
}

#[test]
fn documents_without_words_and_none_at_all_are_packed_too() {
    let document = |name: &str, text: &str| Document { name: name.to_owned(), text: text.to_owned(), ..seed() };
    let texts =
        [vec![], vec![document("a", "")], vec![document("a", ""), document("b", "..."), document("c", "talks")]];
    for documents in texts {
        let corpus = Corpus { documents, ..Corpus::default() };
        let (mut flat, mut packed) = (Workspace::new(corpus.clone()), packed(&corpus, 1));
        for query in ["", "talks", "ta*"] {
            for request in requests(&question(query), &["a".to_owned()]) {
                assert_same(&mut flat, &mut packed, &request);
            }
        }
    }
}

/// A document with nothing known of it but its words.
fn seed() -> Document {
    let first = seeds().documents.into_iter().next().expect("a seed");
    Document { title: Default::default(), ..first }
}
