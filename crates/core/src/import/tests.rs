//! The door of this floor: folders in, corpora out; and what every importer must do.

use std::io::Write;

use super::*;
use crate::document::Fact;

fn file(path: &str, bytes: impl AsRef<[u8]>) -> InputFile {
    InputFile { path: path.to_string(), bytes: bytes.as_ref().to_vec() }
}

/// Checks the names of the documents, in order, and the places of the problems.
fn check(files: Vec<InputFile>, names: &[&str], places: &[&str]) -> Corpus {
    let Outcome { value, problems } = import(files, &ImportOptions::default());
    let got_names: Vec<&str> = value.documents.iter().map(|document| document.name.as_str()).collect();
    let got_places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!((got_names.as_slice(), got_places.as_slice()), (names, places), "{problems:#?}");
    assert_eq!(value.problems, problems);
    value
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn files_come_in_the_order_of_their_paths_whatever_order_they_are_given_in() {
    check(
        vec![file("b.txt", "B b."), file("a.md", "A a."), file("c/d.jsonl", "{\"text\": \"D d.\"}")],
        &["a", "b", "d-1"],
        &[],
    );
}

#[test]
fn nothing_is_left_out_without_saying_so() {
    check(
        vec![
            file("a.txt", "Good."),
            file("b.txt", ""),
            file("c.png", b"\x89PNG\r\n\x1a\n\0\0"),
            file("d.bin", [1; 40]),
            file("e.html", "<p>Shown as given."),
        ],
        &["a", "e"],
        &["b.txt", "c.png", "d.bin"],
    );
}

#[test]
fn hidden_files_are_no_part_of_a_corpus() {
    assert!(
        is_ignored(".git/config") && is_ignored("a/.DS_Store") && is_ignored("a.txt~") && is_ignored("__MACOSX/a.txt")
    );
    assert!(!is_ignored("a/b.txt") && !is_ignored("sheaf.toml"));
    check(vec![file(".hidden.txt", "x"), file("a.txt", "Good.")], &["a"], &[]);
}

#[test]
fn names_get_their_folder_then_their_extension_then_a_number() {
    check(vec![file("a/x.txt", "1."), file("b/x.txt", "2."), file("y.txt", "3.")], &["a/x", "b/x", "y"], &[]);
    check(vec![file("x.md", "1."), file("x.txt", "2.")], &["x.md", "x.txt"], &[]);
    let lines =
        "{\"id\": \"x\", \"text\": \"1\"}\n{\"id\": \"x\", \"text\": \"2\"}\n{\"id\": \"x~2\", \"text\": \"3\"}";
    check(vec![file("n.jsonl", lines)], &["x", "x~2", "x~2~2"], &["n.jsonl:2", "n.jsonl:3"]);
}

#[test]
fn gzip_is_unpacked_and_bombs_are_not() {
    let corpus = check(vec![file("a.txt.gz", gzip(b"Good."))], &["a"], &[]);
    assert_eq!(corpus.documents[0].text, "Good.");
    let whole = gzip("Good words. ".repeat(2000).as_bytes());
    let corpus = check(vec![file("a.txt.gz", &whole[..whole.len() / 2])], &["a"], &["a.txt.gz"]);
    assert!(corpus.documents[0].text.starts_with("Good words."));
    let limits = Limits { unpacked_bytes: 1000, ..Limits::default() };
    let outcome = import_file(file("bomb.gz", gzip(&[b' '; 100_000])), &limits);
    assert!(outcome.value.is_empty() && outcome.problems[0].message.contains("larger than 1000 bytes"));
    check(vec![file("a.gz.gz", gzip(&gzip(b"Good.")))], &[], &["a.gz.gz"]);
}

#[test]
fn a_flood_of_problems_is_summed_up() {
    let outcome = import_file(file("a.jsonl", "x\n".repeat(1000)), &Limits::default());
    assert_eq!(outcome.problems.len(), 101);
    assert!(outcome.problems[100].message.contains("not shown: 900"));
}

#[test]
fn the_manifest_decides_what_belongs_and_in_which_order() {
    let files = vec![
        file("sheaf.toml", include_str!("../../../../tests/import/manifest/sheaf.toml")),
        file("first.txt", include_str!("../../../../tests/import/manifest/first.txt")),
        file("second.txt", include_str!("../../../../tests/import/manifest/second.txt")),
        file("draft.txt", include_str!("../../../../tests/import/manifest/draft.txt")),
    ];
    let corpus = check(files, &["second", "first"], &["sheaf.toml:21", "sheaf.toml"]);
    assert_eq!(corpus.title, "Letters from the harbour");
    assert_eq!(corpus.documents[0].source, Fact::unknown());
    assert_eq!(corpus.documents[1].title, Fact::unknown(), "an explicit unknown is not filled in");
}

#[test]
fn a_broken_manifest_does_not_stop_the_import() {
    check(vec![file("sheaf.toml", "title = "), file("a.txt", "Good.")], &["a"], &["sheaf.toml:1"]);
}

#[test]
fn a_manifest_entry_for_many_documents_fills_gaps() {
    let toml = "[[document]]\nfile = \"n.jsonl\"\nsource = \"The Post\"\ntitle = \"No\"\n";
    let lines = "{\"text\": \"1\", \"source\": \"Own\"}\n{\"text\": \"2\"}";
    let corpus = check(vec![file("sheaf.toml", toml), file("n.jsonl", lines)], &["n-1", "n-2"], &["sheaf.toml:2"]);
    let sources: Vec<_> = corpus.documents.iter().map(|document| document.source.value.as_deref()).collect();
    assert_eq!(sources, [Some("Own"), Some("The Post")]);
}

#[test]
fn the_starter_corpus_has_no_problem_and_says_how_everything_is_known() {
    macro_rules! seed {
        ($name:literal) => {
            file($name, include_bytes!(concat!("../../../../seeds/", $name)))
        };
    }
    let files = vec![
        seed!("sheaf.toml"),
        seed!("000_cbe971fa9256f24b.txt"),
        seed!("001_9b23693f54f7dc8a.txt"),
        seed!("002_8c5d5f984634a6eb.txt"),
        seed!("003_5c4658f505a2a263.txt"),
        seed!("004_66d5f61bff40c495.txt"),
    ];
    let texts: Vec<Vec<u8>> = files[1..].iter().map(|file| file.bytes.clone()).collect();
    let names = [
        "000_cbe971fa9256f24b",
        "001_9b23693f54f7dc8a",
        "002_8c5d5f984634a6eb",
        "003_5c4658f505a2a263",
        "004_66d5f61bff40c495",
    ];
    let corpus = check(files, &names, &[]);
    for (document, bytes) in corpus.documents.iter().zip(texts) {
        assert_eq!(document.text.as_bytes(), bytes, "texts are shown as given");
        assert_eq!(document.language.value.as_deref(), Some("en"));
        let title = document.title.value.as_deref().unwrap().trim_end_matches(" …");
        assert!(document.text.contains(title), "titles are words of the text: {title}");
    }
    let dates: Vec<String> = corpus.documents.iter().map(|d| d.date.value.unwrap().to_string()).collect();
    assert_eq!(dates, ["2025-02", "2025-02-23", "2025-05-26", "2025-02-27", "2025-05-27"]);
}

const FIXTURES: &[(&str, &[u8])] = &[
    ("a.txt", include_bytes!("../../../../tests/import/plain/windows-lines.txt")),
    ("a.txt", include_bytes!("../../../../tests/import/plain/broken.txt")),
    ("a.md", include_bytes!("../../../../tests/import/markdown/yaml.md")),
    ("a.md", include_bytes!("../../../../tests/import/markdown/toml.md")),
    ("a.md", include_bytes!("../../../../tests/import/markdown/broken.md")),
    ("a.md", include_bytes!("../../../../tests/import/markdown/empty.md")),
    ("a.jsonl", include_bytes!("../../../../tests/import/jsonl/news.jsonl")),
    ("a.jsonl", include_bytes!("../../../../tests/import/jsonl/broken.jsonl")),
    ("a.json", include_bytes!("../../../../tests/import/jsonl/array.json")),
    ("sheaf.toml", include_bytes!("../../../../tests/import/manifest/sheaf.toml")),
    ("sheaf.toml", include_bytes!("../../../../tests/import/manifest/broken/sheaf.toml")),
];

#[test]
fn no_prefix_of_a_fixture_panics_and_each_gives_documents_or_problems() {
    for (path, bytes) in FIXTURES {
        for len in 0..=bytes.len() {
            let outcome = import(vec![file(path, &bytes[..len]), file("z.txt", "Good.")], &ImportOptions::default());
            let is_silent = outcome.value.documents.len() < 2 && outcome.problems.is_empty();
            assert!(!is_silent || *path == "sheaf.toml", "{path} cut at {len}");
        }
    }
}

#[test]
fn fixtures_that_are_whole_are_read_whole() {
    for (path, bytes) in FIXTURES.iter().filter(|(path, _)| *path == "a.md") {
        let outcome = import_file(file(path, bytes), &Limits::default());
        assert!(outcome.value.len() + outcome.problems.len() == 1 || outcome.value.len() == 1, "{outcome:?}");
    }
    let outcome = import_file(file("n.jsonl", FIXTURES[6].1), &Limits::default());
    assert_eq!((outcome.value.len(), outcome.problems.len()), (4, 0), "{outcome:?}");
}

proptest::proptest! {
    #[test]
    fn no_importer_panics_on_any_bytes(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        for importer in IMPORTERS {
            let _ = (importer.sniff)(&bytes, "a.txt");
            let _ = (importer.read)("a.txt", bytes.clone(), &Limits::default());
        }
        let _ = import(vec![file("a.gz", [b"\x1f\x8b\x08", bytes.as_slice()].concat())], &ImportOptions::default());
    }

    #[test]
    fn no_importer_panics_on_text_like_its_own(
        text in "(?s)([\\[\\]{}:,\"\\\\n#+-]|---\n|\\+\\+\\+\n|title: |\\{\"text\": \"a\"\\}|\\\\ud800|\n|.){0,60}",
    ) {
        for importer in IMPORTERS {
            let _ = (importer.read)("a.txt", text.clone().into_bytes(), &Limits::default());
        }
    }

    #[test]
    fn plain_utf8_is_kept_exactly(text in "(?s)[^\\x00-\\x08\\x0e-\\x1f\\x7f\u{feff}]{1,200}") {
        let outcome = import(vec![file("a.txt", text.as_bytes())], &ImportOptions::default());
        if !text.trim().is_empty() && kind::check(text.as_bytes()).is_ok() {
            proptest::prop_assert_eq!(&outcome.value.documents[0].text, &text);
        }
    }

    #[test]
    fn the_order_of_files_does_not_matter(seed in 0_usize..24) {
        let mut files = vec![file("a.txt", "One."), file("b.txt", "Two."), file("c/a.txt", "Three."), file("d.md", "# Four")];
        let expected = import(files.clone(), &ImportOptions::default());
        files.rotate_left(seed % 4);
        files.swap(0, seed / 6);
        proptest::prop_assert_eq!(import(files, &ImportOptions::default()), expected);
    }
}
