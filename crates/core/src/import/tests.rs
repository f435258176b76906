//! The door of this floor: folders in, corpora out; and what every importer must do.

use std::io::Write;

use nanoserde::{DeBin, SerBin};

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

/// Has one importer read some bytes, whatever the others think of them.
fn read_with(importer: &Importer, bytes: &[u8]) {
    match (importer.reading, importer.extensions.first()) {
        (Reading::Whole(read), _) => drop(read("a.txt", bytes.to_vec(), &Limits::default())),
        (Reading::Pieces(_), Some(extension)) => {
            drop(import_file(file(&format!("a.{extension}"), bytes), &Limits::default()));
        }
        (Reading::Pieces(_), None) => {}
    }
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

/// Reads a corpus in `of` parts, each packed and unpacked as between two programs, and puts them together.
fn import_in_parts(files: &[InputFile], of: u64, limits: Limits) -> Corpus {
    let mut documents = Vec::new();
    let mut parts = Vec::new();
    for number in 1..=of {
        let options = ImportOptions { part: Some(Part { number, of }), limits, ..ImportOptions::default() };
        let gathered = read(files.iter().cloned().map(InputFile::into_input).collect(), &options, &mut |document| {
            documents.push(document);
            ControlFlow::Continue(())
        });
        parts.push(Gathered::deserialize_bin(&gathered.serialize_bin()).unwrap());
    }
    let gathered = Gathered::merge(parts);
    assert_eq!(gathered.len(), documents.len());
    documents.iter_mut().enumerate().for_each(|(index, document)| gathered.settle(index, document));
    Corpus { documents, ..gathered.about() }
}

/// A folder of everything: clashing names, files of many documents, damage, several languages and encodings.
fn mixed_folder() -> Vec<InputFile> {
    let mut lines = String::new();
    for number in 0..40 {
        let line = match number % 8 {
            0 => "\n".to_string(),
            1 => "{\"text\": \"Она сказала, что президент приедет в понедельник.\"}".to_string(),
            2 => "{\"id\": \"same\", \"text\": \"Qtly div\"}".to_string(),
            3 => "no json".to_string(),
            4 => "{\"id\": \"x\", \"text\": \"The minister said that the talks would be held on Monday.\"}".to_string(),
            5 => "{\"text\": \"a\", \"date\": \"03/04/2025\"}".to_string(),
            _ => format!("{{\"text\": \"Number {number} of them.\", \"lang\": \"en\"}}"),
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    let latin: Vec<u8> =
        lines.replace("Number", "Caf\u{e9}").chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
    let row = |number: usize| match number % 4 {
        0 => "\"over\n\ntwo lines\";1;2\n\n".to_string(),
        1 => "ragged\n".to_string(),
        _ => format!("Row {number};1;2\n"),
    };
    let table = format!("text;date;page\n{}", (0..40).map(row).collect::<String>());
    let utf16: Vec<u8> = format!("\u{feff}{lines}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf32: Vec<u8> = format!("\u{feff}{lines}").chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
    let mut folder = vec![
        file("a/x.txt", "One text."),
        file("b.jsonl", &lines),
        file("b.jsonl.gz", gzip(lines.as_bytes())),
        file("c.jsonl.gz", &gzip(lines.as_bytes())[..200]),
        file("d/latin.jsonl", latin),
        file("d/utf16.jsonl", utf16),
        file("d/utf32.jsonl", utf32),
        file("d/x.txt", "Another text."),
        file("e.jsonl", "\n\n\n"),
        file("empty.txt", ""),
        file("nul.jsonl", "{\"text\": \"a\0b\"}\n"),
        file("t.csv", &table),
        file("t.csv.gz", gzip(table.replace('\n', "\r\n").as_bytes())),
        file("u.csv", "name;town\na;b\n".repeat(20)),
        file("x.md", "# Third\n\nText."),
        file("z.jsonl", "[\n{\"text\": \"An array\"},\n{\"text\": \"of two.\"}]"),
    ];
    folder.extend(
        FIXTURES
            .iter()
            .filter(|(path, _)| *path != "sheaf.toml")
            .enumerate()
            .map(|(number, (path, bytes))| file(&format!("fixtures/{number}/{path}"), bytes)),
    );
    folder
}

#[test]
fn a_corpus_read_in_parts_is_the_corpus_read_at_once() {
    let limits = Limits { cut_bytes: 100, problems: 7, ..Limits::default() };
    let expected = import(mixed_folder(), &ImportOptions { limits, ..ImportOptions::default() }).value;
    assert!(expected.documents.len() > 150 && expected.problems.len() > 40);
    for of in [1, 2, 3, 7, 50] {
        let corpus = import_in_parts(&mixed_folder(), of, limits);
        for (got, expected) in corpus.documents.iter().zip(&expected.documents) {
            assert_eq!(got, expected, "{of} parts");
        }
        assert_eq!(corpus, expected, "{of} parts");
    }
}

#[test]
fn the_manifest_and_the_caller_say_which_key_is_what() {
    let toml = "[columns]\ntext = \"story\"\ntitle = \"nr\"\n";
    let lines = "{\"nr\": \"One\", \"story\": \"1\", \"text\": \"t\"}\n{\"text\": \"2\"}\n";
    let files = || vec![file("sheaf.toml", toml), file("n.jsonl", lines)];
    let corpus = check(files(), &["n-1"], &["n.jsonl:2"]);
    assert!(corpus.problems[0].message.contains("no \"story\""), "{}", corpus.problems[0]);
    let document = &corpus.documents[0];
    assert_eq!((document.text.as_str(), document.title.value.as_deref()), ("1", Some("One")));
    let columns = Columns([(Slot::Text, "text".to_string())].into());
    let outcome = import(files(), &ImportOptions { columns, ..ImportOptions::default() });
    assert_eq!(outcome.value.documents.iter().map(|d| d.text.as_str()).collect::<Vec<_>>(), ["t", "2"]);
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let folder = mixed_folder();
    let mut count = 0;
    let gathered =
        read(folder.into_iter().map(InputFile::into_input).collect(), &ImportOptions::default(), &mut |_| {
            count += 1;
            if count == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    assert_eq!((count, gathered.len()), (5, 5));
}

#[test]
fn an_entry_of_the_manifest_means_the_same_in_parts() {
    let toml = "[[document]]\nfile = \"n.jsonl\"\nsource = \"The Post\"\ntitle = \"No\"\n[[document]]\nfile = \"o.jsonl\"\n\
                source = \"The Post\"\nlanguage = {known = \"unknown\"}\n[[document]]\nfile = \"p.txt\"\n";
    let files = [
        file("sheaf.toml", toml),
        file("n.jsonl", "{\"text\": \"1\", \"source\": \"Own\"}\n{\"text\": \"2\"}"),
        file("o.jsonl", "{\"text\": \"Nur einer.\", \"source\": \"Own\"}\n"),
        file("left.txt", "Not listed."),
    ];
    let expected = import(files.to_vec(), &ImportOptions::default()).value;
    assert_eq!(expected.problems.len(), 3, "{:#?}", expected.problems);
    assert_eq!(expected.documents[2].source.value.as_deref(), Some("The Post"));
    for of in [2, 3, 5] {
        assert_eq!(import_in_parts(&files, of, Limits { cut_bytes: 1, ..Limits::default() }), expected);
    }
}

#[test]
fn a_long_file_of_lines_is_read_as_a_short_one() {
    // Longer than what is looked at and taken at once, the accents after all of that.
    let line = |number: usize| format!("{{\"id\": {number}, \"text\": \"{}\"}}\n", "word ".repeat(number % 700));
    let ascii: String = (0..2000).map(line).collect();
    let accents = "{\"id\": \"end\", \"text\": \"Das Café ist groß, und die Straße führt nach Köln zurück.\"}\n";
    let windows = encoding_rs::WINDOWS_1252.encode(accents).0;
    let cases: [(Vec<u8>, &str, usize); 4] = [
        ([ascii.as_bytes(), accents.as_bytes()].concat(), "Café ist groß", 0),
        ([ascii.as_bytes(), &windows].concat(), "Café ist groß", 1),
        ([ascii.as_bytes(), accents.as_bytes(), b"{\"text\": \"\xff\"}"].concat(), "Café ist groß", 1),
        (format!("\u{feff}{ascii}{accents}").encode_utf16().flat_map(u16::to_be_bytes).collect(), "Café ist groß", 0),
    ];
    for (bytes, words, problems) in cases {
        for bytes in [gzip(&bytes), bytes] {
            let outcome = import_file(file("long.jsonl", &bytes), &Limits::default());
            // The empty texts: one in seven hundred.
            let others: Vec<_> =
                outcome.problems.iter().filter(|problem| !problem.message.contains("is empty")).collect();
            assert_eq!(others.len(), problems, "{others:#?}");
            let end = outcome.value.iter().find(|document| document.name == "end").unwrap();
            assert!(end.text.contains(words), "{}", end.text);
            assert_eq!(outcome.value[1234].text, "word ".repeat(1234 % 700));
            assert!(outcome.value.len() >= 2001);
        }
    }
}

#[test]
fn an_encoding_that_shows_late_is_found() {
    // The head is ASCII, and lines lie across what is read at once.
    let ascii: String = (0..9000).map(|n| format!("{{\"text\": \"{}\"}}\n", "word ".repeat(n % 60 + 1))).collect();
    let cases = [
        (encoding_rs::SHIFT_JIS, "東京で首相が会見した。これは日本語の文章です。"),
        (encoding_rs::WINDOWS_1251, "Президент встретился с Лавровым в Москве. Ёлка."),
        (encoding_rs::GBK, "总统在北京会见了外长。双方讨论了两国关系。"),
        (encoding_rs::WINDOWS_1254, "Türkiye’nin Cumhurbaşkanı Erdoğan, İstanbul’da Çağlayan’a gitti. Iğdır ığdır."),
    ];
    for (encoding, text) in cases {
        let late = format!("{{\"text\": \"{text}\"}}\n").repeat(9000);
        let bytes = [ascii.as_bytes(), &encoding.encode(&late).0].concat();
        let outcome = import_file(file("a.jsonl", bytes), &Limits::default());
        assert_eq!(outcome.value.len(), 18_000);
        assert!(outcome.value[9000..].iter().all(|document| document.text == text), "{}", outcome.value[9001].text);
        assert_eq!(outcome.problems.len(), 1, "{:?}", outcome.problems);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_a_problem_and_the_rest_is_read() {
    struct Failing(usize);
    impl std::io::Read for Failing {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if self.0 == 0 {
                return Err(std::io::Error::other("the disk is gone"));
            }
            let len = into.len().min(self.0);
            self.0 -= len;
            into[..len].fill(b'\n');
            Ok(len)
        }
    }
    impl std::io::Seek for Failing {
        fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
            Ok(0)
        }
    }
    let broken = |path: &str, open: Box<dyn Fn() -> std::io::Result<Box<dyn ReadSeek>>>| Input {
        path: path.to_string(),
        len_bytes: 1,
        open,
    };
    let good = file("c.txt", "Good.");
    let inputs = vec![
        broken("a.txt", Box::new(|| Err(std::io::Error::other("no such file")))),
        broken("b.jsonl", Box::new(|| Ok(Box::new(Failing(1 << 21))))),
        broken("b.txt", Box::new(|| Ok(Box::new(Failing(10))))),
        good.into_input(),
    ];
    let mut names = Vec::new();
    let gathered = read(inputs, &ImportOptions::default(), &mut |document| {
        names.push(document.name);
        ControlFlow::Continue(())
    });
    let places: Vec<String> = gathered.about().problems.into_iter().map(|problem| problem.place).collect();
    assert_eq!((names, places), (vec!["c".to_string()], vec!["a.txt".to_string(), "b.jsonl".into(), "b.txt".into()]));
}

#[test]
fn a_line_that_is_too_long_does_not_lose_the_others() {
    let limits = Limits { line_bytes: 1000, ..Limits::default() };
    let long = format!("{{\"text\": \"a\"}}\n{{\"text\": \"{}\"}}\n{{\"text\": \"c\"}}\n", "b".repeat(1 << 21));
    let outcome = import_file(file("a.jsonl", long), &limits);
    assert_eq!(outcome.value.iter().map(|document| document.name.as_str()).collect::<Vec<_>>(), ["a-1", "a-3"]);
    assert_eq!(outcome.problems[0].place, "a.jsonl:2");
    let array = format!(" [{{\"text\": \"{}\"}}]", "b".repeat(1 << 21));
    assert_eq!(import_file(file("a.json", array), &limits).value.len(), 1, "an array is no line");
}

proptest::proptest! {
    #[test]
    fn any_lines_are_decoded_piece_by_piece_as_they_are_whole(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
        at in 0_usize..300,
    ) {
        if let Ok(choice) = encoding::choose(&bytes)
            && !matches!(choice, encoding::Choice::Utf32 { .. })
        {
            let (first, second) = bytes.split_at(at.min(bytes.len()));
            let mut decoding = encoding::Decoding::new(choice);
            let mut text = String::new();
            decoding.push(first, &mut text);
            decoding.push(second, &mut text);
            decoding.finish(&mut text);
            let mut notes = decoding.notes(text.matches(char::REPLACEMENT_CHARACTER).count());
            let whole = encoding::decode(bytes.clone()).unwrap();
            notes.extend(whole.notes.iter().filter(|note| matches!(note, ImportError::Nul { .. })).cloned());
            proptest::prop_assert_eq!((text, notes), (whole.text, whole.notes));
        }
    }

    #[test]
    fn no_importer_panics_on_any_bytes(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        for importer in IMPORTERS {
            let _ = (importer.sniff)(&bytes, "a.txt");
            read_with(importer, &bytes);
        }
        let _ = import(vec![file("a.gz", [b"\x1f\x8b\x08", bytes.as_slice()].concat())], &ImportOptions::default());
    }

    #[test]
    fn no_importer_panics_on_text_like_its_own(
        text in "(?s)([\\[\\]{}:,\"\\\\n#+-]|---\n|\\+\\+\\+\n|title: |\\{\"text\": \"a\"\\}|\\\\ud800|\n|.){0,60}",
    ) {
        for importer in IMPORTERS {
            read_with(importer, text.as_bytes());
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
