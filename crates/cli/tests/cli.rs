//! The command line as a script meets it: JSON Lines out, sentences on standard error, exit codes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

fn sheaf(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sheaf")).args(arguments).output().unwrap()
}

fn seeds() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds").to_string_lossy().into_owned()
}

fn lines(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let path = folder.path().to_string_lossy().into_owned();
    (folder, path)
}

fn search(corpus: &str, query: &str) -> Vec<Value> {
    lines(&sheaf(&["search", "--corpus", corpus, "--json", query]))
}

#[test]
fn a_search_prints_one_line_with_totals_and_documents() {
    let found = search(&seeds(), "erdogan");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["query"], "erdogan");
    assert_eq!(found[0]["total"], 2);
    assert!(found[0]["millis"].is_number());
    let ids: Vec<&str> = found[0]["documents"].as_array().unwrap().iter().map(|d| d["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["001_9b23693f54f7dc8a", "004_66d5f61bff40c495"]);
    assert!(found[0]["documents"][0]["score"].as_f64().unwrap() > 0.0);
}

#[test]
fn every_line_of_a_query_file_gives_a_line_empty_ones_too() {
    let (_keep, corpus) = folder(&[("a.txt", b"alpha beta"), ("b.txt", b"beta")]);
    let (_keep, queries) = folder(&[("q.txt", b"alpha\n\nnowhere\r\n\"alpha beta\"\n")]);
    let file = PathBuf::from(queries).join("q.txt");
    let found = lines(&sheaf(&["search", "--corpus", &corpus, "--queries", &file.to_string_lossy()]));
    let totals: Vec<i64> = found.iter().map(|line| line["total"].as_i64().unwrap()).collect();
    assert_eq!(totals, [1, 2, 0, 1]);
    assert_eq!(found[2]["query"], "nowhere");
}

#[test]
fn filters_narrow_and_a_wrong_one_is_an_error() {
    let all = seeds();
    let total = |filters: &[&str]| {
        let mut arguments = vec!["search", "--corpus", &all, "--json", "fidan"];
        for filter in filters {
            arguments.extend(["--filter", filter]);
        }
        lines(&sheaf(&arguments))[0]["total"].as_i64().unwrap()
    };
    assert_eq!(total(&[]), 4);
    assert_eq!(total(&["source="]), 2);
    assert_eq!(total(&["source=", "source=News.Az"]), 3);
    assert_eq!(total(&["date=2025-05"]), 2);
    assert_eq!(total(&["date=2025-02..2025-03", "source="]), 1);
    assert_eq!(total(&["words=900.."]), 1);
    let wrong = |filter: &str| sheaf(&["search", "--corpus", &all, "--json", "--filter", filter, "fidan"]);
    for (filter, words) in [
        ("colour=red", "There is no field “colour”"),
        ("date=tomorrow", "“tomorrow” is no date"),
        ("words=many", "“many” is no length"),
        ("source=Reuters", "No document has “Reuters” as its source"),
        ("source", "field=value"),
    ] {
        let output = wrong(filter);
        assert_eq!(output.status.code(), Some(2), "{filter}");
        assert!(said(&output).contains(words), "{filter}: {}", said(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn ask_takes_a_request_and_prints_the_response() {
    let request = r#"{"Results":{"question":{"query":"putin","is_typing":false,"filters":[]},"sort":{"key":"Date","is_descending":true},"limit":2}}"#;
    let found = lines(&sheaf(&["ask", "--corpus", &seeds(), request]));
    let rows = found[0]["Results"]["rows"].as_array().unwrap();
    assert_eq!(rows[0]["card"]["date_iso"], "2025-05-27");
    let unknown =
        lines(&sheaf(&["ask", "--corpus", &seeds(), r#"{"Reader":{"name":"x","question":{},"hit":0,"extent":1}}"#]));
    assert!(unknown[0]["Failed"].is_object());
    let nonsense = sheaf(&["ask", "--corpus", &seeds(), "{"]);
    assert_eq!(nonsense.status.code(), Some(2));
    assert!(said(&nonsense).contains("This is no request"));
}

#[test]
fn a_missing_corpus_is_named() {
    let output = sheaf(&["search", "--corpus", "/no/such/folder", "x"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("/no/such/folder"), "{}", said(&output));
}

#[test]
fn an_empty_folder_is_a_corpus_without_documents() {
    let (_keep, corpus) = folder(&[]);
    assert_eq!(search(&corpus, "anything")[0]["total"], 0);
    let output = sheaf(&["search", "--corpus", &corpus, "anything"]);
    assert!(output.status.success());
}

#[test]
fn a_broken_file_is_named_and_the_good_one_is_found() {
    let binary: Vec<u8> = (0..=255).cycle().take(4_000).collect();
    let (_keep, corpus) = folder(&[("good.txt", b"a good text"), ("broken.txt", &binary), ("empty.txt", b"")]);
    let output = sheaf(&["search", "--corpus", &corpus, "--json", "good"]);
    assert_eq!(lines(&output)[0]["total"], 1);
    assert!(said(&output).contains("broken.txt"), "{}", said(&output));
    assert!(said(&output).contains("empty.txt"), "{}", said(&output));
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_named_and_the_rest_is_found() {
    let (keep, corpus) = folder(&[("good.txt", b"a good text")]);
    std::os::unix::fs::symlink("/no/such/file", keep.path().join("lost.txt")).unwrap();
    let output = sheaf(&["search", "--corpus", &corpus, "--json", "good"]);
    assert_eq!(lines(&output)[0]["total"], 1);
    assert!(said(&output).contains("lost.txt"), "{}", said(&output));
}

#[test]
fn a_manifest_naming_a_missing_file_says_where() {
    let manifest = "[[document]]\nfile = \"a.txt\"\n\n[[document]]\nfile = \"lost.txt\"\n";
    let (_keep, corpus) = folder(&[("a.txt", b"alpha"), ("sheaf.toml", manifest.as_bytes())]);
    let output = sheaf(&["search", "--corpus", &corpus, "--json", "alpha"]);
    assert_eq!(lines(&output)[0]["total"], 1);
    assert!(said(&output).contains("sheaf.toml:5") && said(&output).contains("lost.txt"), "{}", said(&output));
}

#[test]
fn one_line_of_five_megabytes_is_searched() {
    let mut text = "lorem ipsum ".repeat(420_000);
    text.push_str("needle");
    let (_keep, corpus) = folder(&[("long.txt", text.as_bytes())]);
    let output = sheaf(&["search", "--corpus", &corpus, "needle"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("[needle]"));
}

#[test]
fn strange_documents_and_queries_neither_break_nor_vanish() {
    let strange: &[&str] = &[
        "\u{0}nul\u{0}",
        "\u{202E}right to left\u{202C}",
        "<script>alert(1)</script>",
        "'; DROP TABLE x; --",
        "\u{FEFF}bom",
        "Z̸̢͝a̷l̵g̶o̴",
        "👩‍👩‍👧‍👦 family",
        "ﷺ",
        "田中さんにあげて下さい",
        "۱۲۳",
        "%s%n%x",
        "../../etc/passwd",
        "NaN",
        "undefined",
        "\u{D7FF}\u{E000}",
        "(((((((",
        "\"unclosed",
        "a OR",
        "NOT",
        "*",
        "-",
        "--",
        "a AND AND b",
        "\u{200B}\u{200D}",
        "İıŞ",
        "𝕳𝖊𝖑𝖑𝖔",
    ];
    let files: Vec<(String, Vec<u8>)> = strange
        .iter()
        .enumerate()
        .map(|(n, text)| (format!("{n}.txt"), format!("{text} marker{n}").into_bytes()))
        .collect();
    let borrowed: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (_keep, corpus) = folder(&borrowed);
    let (_keep, queries) = folder(&[("q.txt", strange.join("\n").as_bytes())]);
    let file = PathBuf::from(queries).join("q.txt");
    let found = lines(&sheaf(&["search", "--corpus", &corpus, "--queries", &file.to_string_lossy()]));
    assert_eq!(found.len(), strange.len());
    for (n, text) in strange.iter().enumerate() {
        assert_eq!(search(&corpus, &format!("marker{n}"))[0]["total"], 1, "{text:?}");
    }
}

#[test]
fn switches_make_case_accents_and_endings_count() {
    let rows = [("a", "Talk of Erdoğan."), ("b", "They talked of Erdogan.")]
        .map(|(id, text)| format!("{{\"id\":\"{id}\",\"language\":\"en\",\"text\":\"{text}\"}}\n"));
    let (_keep, corpus) = folder(&[("a.jsonl", rows.concat().as_bytes())]);
    let total = |arguments: &[&str]| {
        let all = [&["search", "--corpus", corpus.as_str(), "--json"], arguments].concat();
        lines(&sheaf(&all))[0]["total"].as_i64().unwrap()
    };
    assert_eq!(total(&["talk erdogan"]), 2);
    assert_eq!(total(&["--case", "talk"]), 1);
    assert_eq!(total(&["--case", "Talk"]), 1);
    assert_eq!(total(&["--accents", "erdoğan"]), 1);
    assert_eq!(total(&["--forms", "talk"]), 1);
    assert_eq!(total(&["--case", "--accents", "--forms", "Talk Erdoğan"]), 1);
}

#[test]
fn counts_can_be_had_alone() {
    let output = sheaf(&["search", "--corpus", &seeds(), "--count-only", "erdogan"]);
    let counted = search(&seeds(), "erdogan");
    let expected = format!("{}\t{}\n", counted[0]["total"], counted[0]["hits"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    let line = lines(&sheaf(&["search", "--corpus", &seeds(), "--count-only", "--json", "erdogan"]));
    assert_eq!(line[0]["total"], counted[0]["total"]);
    assert!(line[0].get("documents").is_none());
}

#[test]
fn an_explanation_has_the_parts_and_the_arithmetic() {
    let found = lines(&sheaf(&["search", "--corpus", &seeds(), "--json", "--explain", "lavrov NEAR/9 fidan -trump"]));
    let parts = found[0]["parts"]["parts"].as_array().unwrap();
    assert_eq!(parts[0]["text"], "lavrov NEAR/9 fidan");
    assert_eq!(parts[1]["is_negated"], true);
    let documents = found[0]["documents"].as_array().unwrap();
    assert!(!documents.is_empty());
    for (document, explanation) in documents.iter().zip(found[0]["explanations"].as_array().unwrap()) {
        assert_eq!(document["score"], explanation["score"]);
        let sum: f64 =
            explanation["terms"].as_array().unwrap().iter().map(|term| term["score"].as_f64().unwrap()).sum();
        assert_eq!(explanation["score"].as_f64().unwrap(), sum);
    }
    let text = sheaf(&["search", "--corpus", &seeds(), "--explain", "lavrov fidan"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("  lavrov: ") && text.contains("near each other"), "{text}");
}

#[test]
fn the_help_has_the_whole_language() {
    let help = String::from_utf8(sheaf(&["search", "--help"]).stdout).unwrap();
    for row in sheaf_core::query::grammar::GRAMMAR {
        assert!(row.write.split('\t').all(|way| help.contains(way)), "{}", row.write);
    }
}

#[test]
fn a_site_begins_with_the_corrections_it_was_published_with() {
    let (_kept, at) = folder(&[
        ("page.json", br#"{"template":"<!--sheaf:head-->","assets":{"css":"","boot":"","glue":"","wasm":"","stemmers":"","icon":null},"files":[]}"#),
        ("good.json", br#"{"hide":[{"spelling":"Trump","kind":"Person"}]}"#),
        ("bad.json", br#"{"title":"something else"}"#),
    ]);
    let build = |corrections: &str, out: &str| {
        let (out, corrections) = (format!("{at}/{out}"), format!("{at}/{corrections}"));
        sheaf(&["build", &seeds(), "--out", &out, "--page", &at, "--corrections", &corrections])
    };
    let output = build("good.json", "site");
    assert!(output.status.success(), "{}", said(&output));
    let page = std::fs::read_to_string(format!("{at}/site/index.html")).unwrap();
    let (_, rest) = page.split_once(r#"<meta name="sheaf-corrections" content=""#).expect("the page carries them");
    let (content, _) = rest.split_once('"').unwrap();
    let carried: Value = serde_json::from_str(&content.replace("&quot;", "\"")).unwrap();
    assert_eq!(carried["hide"][0]["spelling"], "Trump");

    for (file, reason) in [("bad.json", "holds no corrections"), ("none.json", "cannot be read")] {
        let output = build(file, "other");
        assert!(!output.status.success() && said(&output).contains(reason), "{}", said(&output));
        assert!(said(&output).contains(file) && !Path::new(&format!("{at}/other")).exists(), "{}", said(&output));
    }
}
