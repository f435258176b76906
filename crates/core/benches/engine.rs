//! Building and asking: on the seeds, and on Reuters where `SHEAF_DATA` names `reuters-dev.jsonl.gz` or its folder.
//!
//! Every benchmark checks its answer too: a fast wrong result fails.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::BytesCount;
use sheaf_core::document::Corpus;
use sheaf_core::import::{ImportOptions, InputFile, import};
use sheaf_core::index;
use sheaf_core::text::{sentences, tokenize};
use sheaf_core::workspace::{Question, Request, Response, Sort, Workspace};

fn main() {
    if reuters().is_none() {
        println!("Reuters is skipped: give its folder with `cargo xtask bench --core --data PATH`.");
    }
    divan::main();
}

/// Queries with the number of documents they find on Reuters.
const QUERIES: &[(&str, u32)] = &[
    ("oil", 1_131),
    ("the", 11_310),
    ("opec -saudi", 81),
    ("\"oil prices\"", 265),
    ("oil price opec", 86),
    ("japan OR trade OR tariff", 2_785),
    ("turk*", 65),
    ("s*", 14_788),
    ("\"the bank of england\"", 171),
    ("nosuchword", 0),
];

fn seeds() -> Corpus {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        files.push(InputFile {
            path: path.file_name().unwrap().to_string_lossy().into(),
            bytes: std::fs::read(&path).unwrap(),
        });
    }
    import(files, &ImportOptions::default()).value
}

fn reuters() -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os("SHEAF_DATA")?);
    let path = if path.is_dir() { path.join("reuters-dev.jsonl.gz") } else { path };
    path.is_file().then_some(path)
}

fn reuters_corpus() -> Option<Corpus> {
    let file = InputFile { path: "reuters-dev.jsonl.gz".into(), bytes: std::fs::read(reuters()?).unwrap() };
    Some(import(vec![file], &ImportOptions::default()).value)
}

fn bytes(corpus: &Corpus) -> BytesCount {
    BytesCount::new(corpus.documents.iter().map(|document| document.text.len()).sum::<usize>())
}

fn results(workspace: &mut Workspace, query: &str) -> u32 {
    let question = Question { query: query.into(), ..Question::default() };
    match workspace.handle(&Request::Results { question, sort: Sort::default(), limit: 20, passages: None }) {
        Response::Results(view) => view.matched,
        _ => u32::MAX,
    }
}

#[divan::bench]
fn seeds_build(bencher: Bencher) {
    let corpus = seeds();
    bencher.counter(bytes(&corpus)).bench(|| {
        let index = index::build(&corpus.documents, |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(index.doc_count(), 5);
        index
    });
}

#[divan::bench(args = ["erdogan", "fidan lavrov", "\"prisoner exchange\"", "t*", "nosuchword"])]
fn seeds_results(bencher: Bencher, query: &str) {
    let mut workspace = Workspace::new(seeds());
    let expected = results(&mut workspace, query);
    assert_eq!(expected == 0, query == "nosuchword");
    bencher.bench_local(|| assert_eq!(results(&mut workspace, query), expected));
}

#[divan::bench(sample_count = 10, ignore = reuters().is_none())]
fn reuters_build(bencher: Bencher) {
    let corpus = reuters_corpus().unwrap();
    bencher.counter(bytes(&corpus)).bench(|| {
        let index = index::build(&corpus.documents, |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(index.doc_count(), 15_390);
        index
    });
}

#[divan::bench(sample_count = 10, ignore = reuters().is_none())]
fn reuters_tokenize(bencher: Bencher) {
    let corpus = reuters_corpus().unwrap();
    bencher.counter(bytes(&corpus)).bench(|| {
        let mut count = 0u32;
        corpus.documents.iter().for_each(|document| tokenize(&document.text, |_| count += 1));
        assert!(count > 1_500_000);
        count
    });
}

#[divan::bench(sample_count = 10, ignore = reuters().is_none())]
fn reuters_sentences(bencher: Bencher) {
    let corpus = reuters_corpus().unwrap();
    bencher.counter(bytes(&corpus)).bench(|| {
        let count: usize = corpus.documents.iter().map(|document| sentences(&document.text, Some("en")).len()).sum();
        assert!(count > 80_000);
        count
    });
}

#[divan::bench(args = QUERIES.iter().map(|(query, _)| *query), sample_count = 50, ignore = reuters().is_none())]
fn reuters_results(bencher: Bencher, query: &str) {
    let mut workspace = Workspace::new(reuters_corpus().unwrap());
    let expected = QUERIES.iter().find(|(known, _)| *known == query).unwrap().1;
    bencher.bench_local(|| assert_eq!(results(&mut workspace, query), expected));
}

#[divan::bench(sample_count = 20, ignore = reuters().is_none())]
fn reuters_facets(bencher: Bencher) {
    let mut workspace = Workspace::new(reuters_corpus().unwrap());
    let question = Question { query: "the".into(), ..Question::default() };
    bencher.bench_local(|| {
        let Response::Facets(view) = workspace.handle(&Request::Facets { question: question.clone(), reads: false })
        else {
            unreachable!()
        };
        assert!(view.open().unwrap().facets.len() > 3);
        view
    });
}
