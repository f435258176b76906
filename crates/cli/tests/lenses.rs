//! Lenses, exports and references as a script meets them.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn sheaf(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sheaf"));
    // The second day of 2026.
    command.args(arguments).env("SOURCE_DATE_EPOCH", "1767312000").output().unwrap()
}

fn seeds() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds").to_string_lossy().into_owned()
}

fn printed(arguments: &[&str]) -> String {
    let output = sheaf(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn is_refused(arguments: &[&str], words: &str) {
    let output = sheaf(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(words) && output.stdout.is_empty(), "{said}");
}

#[test]
fn trends_are_lines_of_json() {
    let text = printed(&["trends", "--corpus", &seeds(), "istanbul", "--with", "putin; lavrov", "--json"]);
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let periods: Vec<&str> = rows.iter().map(|row| row["period"].as_str().unwrap()).collect();
    assert_eq!(periods, ["2025-02", "2025-03", "2025-04", "2025-05"]);
    assert_eq!(rows[0]["to"], "2025-02-28");
    assert_eq!((&rows[1]["documents"], &rows[1]["relative_3"]), (&Value::from(0), &Value::Null));
    let hits: u64 = rows.iter().map(|row| row["hits_3"].as_u64().unwrap()).sum();
    let found = printed(&["search", "--corpus", &seeds(), "lavrov", "--count-only"]);
    assert_eq!(found.trim().split('\t').nth(1), Some(hits.to_string().as_str()));
}

#[test]
fn every_lens_is_printed_in_every_form() {
    for lens in ["concordance", "words", "collocates", "keyness", "trends"] {
        let lines = printed(&[lens, "--corpus", &seeds(), "istanbul", "--json"]).lines().count();
        let print = |format: &str| printed(&[lens, "--corpus", &seeds(), "istanbul", "--format", format]);
        let json: Value = serde_json::from_str(&print("json")).unwrap();
        assert_eq!(json["rows"].as_array().unwrap().len(), lines, "{lens}");
        assert_eq!((&json["about"]["view"], &json["about"]["date"]), (&Value::from(lens), &Value::from("2026-01-02")));
        assert_eq!(json["about"]["corpus"], "Turkish–Russian diplomacy, 2025");
        for format in ["csv", "tsv"] {
            let text = print(format);
            assert!(text.contains("# query: istanbul"), "{text}");
            assert!(text.lines().filter(|line| !line.trim_start_matches('\u{feff}').starts_with("# ")).count() > lines);
        }
        assert!(print("markdown").starts_with("# "));
        is_refused(&[lens, "--corpus", &seeds(), "--format", "xls"], "invalid value 'xls'");
        is_refused(&[lens, "--corpus", &seeds(), "--format", "csv", "--limit", "3"], "cannot be used with");
    }
}

#[test]
fn all_documents_of_a_search_are_printed_as_a_table() {
    let text = printed(&["search", "--corpus", &seeds(), "fidan", "--format", "tsv"]);
    let rows: Vec<Vec<&str>> =
        text.lines().filter(|line| !line.starts_with("# ")).map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0], ["name", "title", "source", "date", "language", "words", "hits", "score"]);
    let line = printed(&["search", "--corpus", &seeds(), "fidan", "--json"]);
    let found: Value = serde_json::from_str(&line).unwrap();
    let documents = found["documents"].as_array().unwrap();
    assert_eq!(rows.len() - 1, documents.len());
    for (row, document) in rows[1..].iter().zip(documents) {
        assert_eq!(row[0], document["id"].as_str().unwrap());
        // As text: a reader of numbers may round.
        assert!(line.contains(&format!("\"score\":{}}}", row[7])), "{} in {line}", row[7]);
    }
    is_refused(&["search", "--corpus", &seeds(), "fidan", "--format", "csv", "--json"], "cannot be used with");
}

#[test]
fn a_document_is_cited_with_the_sentence_of_a_hit() {
    let cite = |more: &[&str]| {
        let seeds = seeds();
        let mut arguments = vec!["cite", "--corpus", &seeds, "000_cbe971fa9256f24b"];
        arguments.extend(more);
        printed(&arguments)
    };
    let quoted = cite(&["--query", "mediator", "--hit", "1"]);
    let sentence = "During his visit, Lavrov and Turkish officials underscored Türkiye’s role as a mediator in peace negotiations.\n";
    assert!(quoted.starts_with(sentence), "{quoted}");
    assert!(quoted.contains("\nChicago, note\n“") && quoted.contains("\nBibTeX\n@"), "{quoted}");
    let note = cite(&["--form", "ris", "--link", "https://example.org/"]);
    assert!(note.starts_with("TY  - ") && note.ends_with("ER  - \n"), "{note}");
    assert!(note.contains("UR  - https://example.org/\r\nY2  - 2026/01/02/"), "{note}");
    let json: Value = serde_json::from_str(&cite(&["--json"])).unwrap();
    assert_eq!(json["forms"].as_array().unwrap().len(), 6);
    is_refused(&["cite", "--corpus", &seeds(), "nobody"], "no document named “nobody”");
    is_refused(&["cite", "--corpus", &seeds(), "x", "--query", "a", "--hit", "0"], "invalid value '0'");
}
