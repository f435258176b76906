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

/// All lenses that count.
const LENSES: &[&str] = &["concordance", "words", "collocates", "keyness", "dispersion", "trends", "measures"];

/// Columns that the help of a lens describes.
fn documented(lens: &str) -> Vec<String> {
    let help = printed(&[lens, "--help"]);
    let (_, columns) = help.split_once("Columns:\n").unwrap();
    let lines: Vec<&str> = columns.lines().collect();
    let mut names = Vec::new();
    for pair in lines.chunks(2) {
        let [name, meaning] = pair else { panic!("{pair:?}: a column with its meaning") };
        assert!(name.starts_with("  ") && !name.starts_with("   ") && meaning.trim().len() > 8, "{pair:?}");
        names.push(name.trim().to_owned());
    }
    names
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    printed(arguments).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_column_of_a_lens_is_in_its_help() {
    let seeds = seeds();
    for lens in LENSES {
        let documented = documented(lens);
        let rows = rows(&[lens, "--corpus", &seeds, "istanbul", "--json"]);
        assert!(!rows.is_empty(), "{lens}");
        for row in &rows {
            // In no order of its own: an object has none.
            let columns: Vec<&String> = row.as_object().unwrap().keys().filter(|name| *name != "passes").collect();
            let mut expected: Vec<&String> = documented.iter().collect();
            expected.sort();
            let mut found = columns.clone();
            found.sort();
            assert_eq!(found, expected, "{lens}");
        }
    }
}

#[test]
fn scores_are_there_in_all_their_forms() {
    for (lens, names) in [
        (
            "keyness",
            &[
                "g2",
                "g2_two_term",
                "log_ratio",
                "log_ratio_low",
                "log_ratio_high",
                "log_ratio_conservative",
                "log_ratio_high_corrected",
                "fisher_greater",
                "fisher_less",
                "fisher_two_sided",
            ][..],
        ),
        ("collocates", &["observed", "expected", "g2", "log_dice", "delta_p_node", "fisher_greater", "fisher_less"]),
    ] {
        let documented = documented(lens);
        for name in names {
            assert!(documented.iter().any(|own| own == name), "{lens} has no {name}: {documented:?}");
        }
    }
}

#[test]
fn all_rows_are_printed_and_thresholds_only_flag() {
    let seeds = seeds();
    let count = |rows: &[Value], passes: bool| rows.iter().filter(|row| row["passes"] == passes).count();
    // Both parts together have every word of the corpus once.
    let words = rows(&["words", "--corpus", &seeds, "--json"]).len();
    let keyness = rows(&["keyness", "--corpus", &seeds, "--json", "--against", "rest", "--filter", "source=News.Az"]);
    assert_eq!(keyness.len(), words);
    assert_eq!(count(&keyness, true) + count(&keyness, false), words, "every row says whether it passes");
    let collocates = rows(&["collocates", "--corpus", &seeds, "lavrov", "--json", "--least", "3"]);
    for row in &collocates {
        assert_eq!(row["passes"], row["observed"].as_u64().unwrap() >= 3, "{row}");
    }
    assert!(count(&collocates, true) > 0 && count(&collocates, false) > 0);
    // What is asked for is left out after all.
    let frequent = rows(&["collocates", "--corpus", &seeds, "lavrov", "--json", "--least", "3", "--show", "frequent"]);
    assert_eq!(frequent.len(), count(&collocates, true));
    let lines = rows(&["concordance", "--corpus", &seeds, "lavrov", "--json"]).len();
    let found = printed(&["search", "--corpus", &seeds, "lavrov", "--count-only"]);
    assert_eq!(found.trim().split('\t').nth(1), Some(lines.to_string().as_str()));
    assert_eq!(rows(&["concordance", "--corpus", &seeds, "lavrov", "--json", "--limit", "4"]).len(), 4);
}

#[test]
fn settings_of_no_use_are_said_and_unknown_ones_refused() {
    let seeds = seeds();
    let said = |arguments: &[&str]| {
        let output = sheaf(&[&[arguments[0], "--corpus", &seeds, "lavrov", "--json"], &arguments[1..]].concat());
        assert!(output.status.success() && !output.stdout.is_empty(), "the default is taken");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    for (arguments, words) in [
        (&["words", "--by", "colour"][..], "“colour” is no value of by. It may be: word, form, stem."),
        (&["words", "--least", "-3"], "“-3” cannot be used as least: write a whole number from 1 to"),
        (&["words", "--sort", "colour"], "This table cannot be sorted by “colour”. It has: word, count,"),
        (&["words", "--stop", "maybe"], "“maybe” is no value of stop: it is 1 or 0."),
        (&["concordance", "--sort", "after1,sideways"], "“sideways” is no value of sort. It may be: node, after1"),
        (&["concordance", "--width", "wide"], "“wide” is no value of width. It may be: 12, 5,"),
        (&["concordance", "--only", "lavrov"], "“lavrov” says not which lines to keep."),
        (&["concordance", "--sample", "many"], "“many” cannot be used as sample"),
        (
            &["collocates", "--before", "51"],
            "“51” cannot be used as before: write a whole number from 0 to 50. 5 was taken.",
        ),
        (&["collocates", "--convention", "mine"], "“mine” is no value of convention. It may be: window, span, none."),
        (&["keyness", "--direction", "up"], "“up” is no value of direction."),
        (
            &["dispersion", "--parts", "1"],
            "“1” cannot be used as parts: write a whole number from 2 to 1000. 20 was taken.",
        ),
    ] {
        let said = said(arguments);
        assert!(said.lines().any(|line| line.starts_with("sheaf: ") && line.contains(words)), "{arguments:?}: {said}");
    }
    is_refused(&["words", "--corpus", &seeds, "--colour", "red"], "unexpected argument '--colour'");
    is_refused(&["words", "--corpus", &seeds, "--filter", "colour=red"], "There is no field “colour”");
    // Of a folder all is counted anyway.
    assert_eq!(said(&["words", "--read", "2"]), said(&["words"]));
}

#[test]
fn a_part_is_compared_with_a_value_of_a_field() {
    let seeds = seeds();
    let keyness = |more: &[&str]| rows(&[&["keyness", "--corpus", &seeds, "--json"], more].concat());
    let sum = |rows: &[Value], column: &str| rows.iter().map(|row| row[column].as_u64().unwrap()).sum::<u64>();
    let words = |filter: &str| sum(&rows(&["words", "--corpus", &seeds, "--json", "--filter", filter]), "count");
    // The documents without a source against those of one.
    let against = keyness(&["--filter", "source=", "--against", "source=News.Az"]);
    assert_eq!(sum(&against, "count"), words("source="));
    assert_eq!(sum(&against, "reference_count"), words("source=News.Az"));
    // The other way around everything is the other way around.
    let back = keyness(&["--filter", "source=News.Az", "--against", "source="]);
    assert_eq!(back.len(), against.len());
    for row in &against {
        let other = back.iter().find(|other| other["word"] == row["word"]).unwrap();
        assert_eq!((&row["count"], &row["reference_count"]), (&other["reference_count"], &other["count"]));
        let (one, other) = (row["g2"].as_f64().unwrap(), other["g2"].as_f64().unwrap());
        assert!((one - other).abs() < 1e-9 * one.max(1.0), "{row}");
    }
    // A field or a value that is not there is said, and nothing is compared.
    for (against, words) in [
        ("source=Reuters", "No document has “Reuters” as its source"),
        ("colour=red", "There is no field “colour”"),
        ("Reuters", "“Reuters” says not what to compare with."),
    ] {
        let output = sheaf(&["keyness", "--corpus", &seeds, "--filter", "source=", "--against", against, "--json"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && output.stdout.is_empty() && said.contains(words), "{against}: {said}");
    }
}
