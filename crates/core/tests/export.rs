//! Views as files: read back by other readers than ours, and complete.

use proptest::prelude::*;
use serde_json::Value;
use sheaf_core::base::PartialDate;
use sheaf_core::document::{Corpus, Document, Fact};
use sheaf_core::query::{Exactness, Filter};
use sheaf_core::views::LensView;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::export::{Exported, Format, Origin, export};
use sheaf_core::views::lens::settings::{Kind, Setting};
use sheaf_core::views::lens::table::{Cell, Row, TEXT, Table, column};
use sheaf_core::workspace::{LensRequest, Question, Request, Response, Sort, SortKey, Workspace};

const ORIGIN: Origin = Origin {
    corpus: "Haber\nler, “2025”",
    fingerprint: "0a1b2c3d",
    name: "words",
    title: "Frequency",
    query: "barış,\"=x\"",
    question: "Documents with barış: 1 of 2, 3 hits.",
    filters: &[],
    exactness: Exactness { case: true, accents: false, forms: false },
    common: &[],
    link: "https://example.org/#/words?q=x",
    today: "2026-01-02",
};

fn view(rows: Vec<Vec<Cell>>) -> LensView {
    let columns = vec![column("word", "Word", "As written", TEXT), column("rate", "per 1,000", "Its rate", 2)];
    let row = |cells| Row { cells, is_flagged: true, ..Row::default() };
    let total = rows.len() as u32;
    let rows = rows.into_iter().map(row).collect();
    let setting = Setting {
        name: "stop".into(),
        label: "Leave out".into(),
        value: "0".into(),
        default: "1".into(),
        kind: Kind::Switch,
    };
    LensView {
        lens: Lens::Words,
        summary: "Two words.".into(),
        notes: vec!["One note,\nin two lines.".into()],
        settings: vec![setting],
        table: Table { caption: "Words".into(), columns, rows, total, ..Table::default() },
        ..LensView::default()
    }
}

/// The rows as another reader takes them, with their header.
fn read(exported: &Exported, format: Format) -> Vec<Vec<String>> {
    let delimiter = if format == Format::Csv { b',' } else { b'\t' };
    // The first line is skipped by its place: before it stands the mark of the encoding.
    let lines = exported.text.split_once("lines before the header: ").unwrap().1;
    let skipped: usize = lines.lines().next().unwrap().parse().unwrap();
    let rest = exported.text.split_inclusive('\n').skip(skipped).collect::<String>();
    assert!(!rest.starts_with('#'));
    let read = |text: &str, comment| {
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).delimiter(delimiter).comment(comment).flexible(false);
        let records = reader.from_reader(text.as_bytes()).into_records();
        records.map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect::<Vec<Vec<String>>>()
    };
    // Lines may be skipped by their number or by their sign.
    let by_sign = read(exported.text.trim_start_matches('\u{feff}'), Some(b'#'));
    assert_eq!(read(&rest, None), by_sign);
    by_sign
}

fn check(cells: &[&str], expected: &[&str]) {
    let rows = cells.iter().map(|cell| vec![Cell::Text((*cell).to_owned()), Cell::Count(1)]).collect();
    let view = view(rows);
    for format in [Format::Csv, Format::Tsv] {
        let found = read(&export(&ORIGIN, &view, format), format);
        assert_eq!(found[0], ["word", "rate"]);
        let found: Vec<&str> = found[1..].iter().map(|row| row[0].as_str()).collect();
        assert_eq!(found, expected, "{format:?}");
    }
    let json: Value = serde_json::from_str(&export(&ORIGIN, &view, Format::Json).text).unwrap();
    let found: Vec<&str> = json["rows"].as_array().unwrap().iter().map(|row| row["word"].as_str().unwrap()).collect();
    assert_eq!(found, cells, "JSON has cells as they are");
}

#[test]
fn cells_come_back_as_they_were() {
    let cells = [
        "İstanbul’da ağaç, çiçek",
        "قال \"نعم\"، ثم ذهب",
        "two\nlines\r\nand three",
        "a\ttab",
        "#hashtag",
        " spaces ",
        "",
        "\"",
        "😀,\"\"",
    ];
    check(&cells, &cells);
}

#[test]
fn cells_that_a_spreadsheet_would_run_get_an_apostrophe_and_it_is_said() {
    check(
        &["=1+1", "@user", "-dash", "+49", "\t=x", "a=b", "＝x"],
        &["'=1+1", "'@user", "'-dash", "'+49", "'\t=x", "a=b", "'＝x"],
    );
    let text = export(&ORIGIN, &view(vec![vec![Cell::Text("=1".into()), Cell::Number(-1.5)]]), Format::Csv).text;
    assert!(text.contains("# apostrophe: put before 1 cell "), "{text}");
    assert!(text.ends_with("'=1,-1.5\r\n"), "numbers are no formulas");
}

#[test]
fn a_table_says_what_it_is_an_answer_to() {
    let filters = [Filter { field: "source".into(), values: vec!["TASS".into(), String::new()] }];
    let origin = Origin { filters: &filters, common: &[("find".to_owned(), "x".to_owned())], ..ORIGIN };
    let exported = export(&origin, &view(vec![vec![Cell::Text("a".into()), Cell::Number(0.1 + 0.2)]]), Format::Tsv);
    assert_eq!(exported.file_name, "haber-ler-2025_words_baris-x_2026-01-02.tsv");
    assert_eq!(exported.mime, "text/tab-separated-values;charset=utf-8");
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "# lines before the header: 20
# sheaf: {version}
# corpus: Haber ler, “2025”
# fingerprint: 0a1b2c3d
# view: Frequency (words)
# query: barış,\"=x\"
# question: Documents with barış: 1 of 2, 3 hits.
# filter: source = TASS or (none given)
# case: counts
# accents: ignored
# inflections: ignored
# setting.stop: 0
# setting.find: x
# date: 2026-01-02
# link: https://example.org/#/words?q=x
# summary: Two words.
# note: One note, in two lines.
# rows: 1
# column.word: Word: As written
# column.rate: per 1,000: Its rate
word\trate
a\t0.30000000000000004
"
    );
    assert_eq!(exported.text, expected);
    let csv = export(&origin, &view(vec![]), Format::Csv).text;
    assert!(csv.starts_with("\u{feff}# lines before the header: 20\r\n"));
    assert!(csv.contains("# query: barış, \"=x\"\r\n"), "no cell begins with a quote in a line that is no row: {csv}");
}

#[test]
fn an_object_has_what_the_table_has() {
    let rows = vec![vec![Cell::Text("a".into()), Cell::Number(0.1 + 0.2)], vec![Cell::None, Cell::Number(f64::NAN)]];
    let text = export(&ORIGIN, &view(rows), Format::Json).text;
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["about"]["corpus"], ORIGIN.corpus);
    assert_eq!(json["about"]["query"], ORIGIN.query);
    assert_eq!(json["about"]["switches"]["case"], true);
    assert_eq!(json["about"]["settings"][0]["default"], "1");
    assert_eq!(json["about"]["notes"][0], "One note,\nin two lines.");
    assert_eq!(json["about"]["rows"], 2);
    assert_eq!(json["columns"][1]["meaning"], "Its rate");
    assert_eq!(json["rows"][0]["rate"].as_f64().unwrap().to_bits(), (0.1f64 + 0.2).to_bits());
    assert_eq!(json["rows"][1], serde_json::json!({"word": null, "rate": null}));
}

#[test]
fn rows_that_a_threshold_speaks_against_are_there_and_say_so() {
    let mut view =
        view(vec![vec![Cell::Text("a".into()), Cell::Count(2)], vec![Cell::Text("b".into()), Cell::Count(1)]]);
    view.table.rows[1].is_flagged = false;
    assert!(export(&ORIGIN, &view, Format::Tsv).text.ends_with("\nword\trate\tpasses\na\t2\t1\nb\t1\t0\n"));
}

#[test]
fn a_report_shows_its_first_rows_and_how_to_cite_it() {
    let rows = (0..101).map(|number| vec![Cell::Text(format!("a|b*{number}\n<x>")), Cell::Number(1.0 / 3.0)]);
    let exported = export(&ORIGIN, &view(rows.collect()), Format::Markdown);
    assert!(exported.file_name.ends_with(".md"));
    let text = exported.text;
    for expected in [
        "# Frequency: Haber ler, “2025”\n\nDocuments with barış: 1 of 2, 3 hits.\n\nTwo words.\n",
        "- Query: `barış,\"=x\"`\n- Case counts\n- Leave out (`stop`): `0`\n",
        "## Words\n\nThe first 100 of 101 rows.\n\n| Word | per 1,000 |\n| --- | ---: |\n| a\\|b\\*0 \\<x\\> | 0.33 |\n",
        "Frequency of “barış,\"=x\"” in the corpus “Haber ler, “2025”” (fingerprint 0a1b2c3d), computed with Sheaf",
        "The same view: <https://example.org/#/words?q=x>\n",
    ] {
        assert!(text.contains(expected), "{expected}\n—\n{text}");
    }
    assert!(!text.contains("\\*100"));
}

fn workspace() -> Workspace {
    let document = |(number, text): (usize, &&str)| Document {
        name: format!("d{number}"),
        file: String::new(),
        title: Fact::stated(format!("Title, \"{number}\"")),
        date: Fact::stated(PartialDate::parse(if number == 0 { "2025" } else { "2025-02-01" }).unwrap()),
        source: if number == 0 { Fact::unknown() } else { Fact::stated("TASS".to_owned()) },
        language: Fact::stated("en".to_owned()),
        url: None,
        fields: vec![],
        text: (*text).to_owned(),
    };
    let texts = ["Talks begin, =and talks end.", "Talks: \"no\".", "War"];
    let documents = texts.iter().enumerate().map(document).collect();
    Workspace::new(Corpus { title: "T".into(), documents, ..Corpus::default() })
}

fn exported(request: &Request) -> Exported {
    match workspace().handle(request) {
        Response::Exported(exported) => exported.open().unwrap(),
        other => panic!("{other:?} is no file"),
    }
}

#[test]
fn every_lens_is_exported_whole_in_every_form() {
    for &lens in Lens::ALL {
        let question = Question { query: "talks".into(), ..Question::default() };
        // Rows that are asked for are all the same to an export.
        let lens = LensRequest { lens, question, first: 5, limit: 0, ..LensRequest::default() };
        let whole = LensRequest { first: 0, limit: u32::MAX, ..lens.clone() };
        let Response::Lens(answer) = workspace().handle(&Request::Lens(whole)) else { unreachable!() };
        let view = answer.view.open().unwrap();
        // These few words name nobody; what is found in texts is in `tests/reading.rs`.
        assert!(view.table.total > 0 || lens.lens.is_reading());
        for &format in Format::ALL {
            let (link, today) = (String::new(), "2026-01-02".to_owned());
            let exported = exported(&Request::Export { lens: lens.clone(), format, link, today });
            assert!(exported.text.contains("Documents with talks"), "the question in words");
            match format {
                Format::Csv | Format::Tsv => {
                    assert_eq!(read(&exported, format).len() as u32, view.table.total + 1)
                }
                Format::Json => {
                    let json: Value = serde_json::from_str(&exported.text).unwrap();
                    assert_eq!(json["rows"].as_array().unwrap().len() as u32, view.table.total);
                    assert_eq!(json["about"]["fingerprint"].as_str().unwrap().len(), 8);
                }
                Format::Markdown => assert!(exported.text.starts_with("# ")),
            }
        }
    }
}

#[test]
fn documents_are_exported_in_their_order() {
    let question = Question { query: "talks".into(), ..Question::default() };
    let sort = Sort { key: SortKey::Hits, is_descending: true };
    let request = |question: &Question, sort| Request::ExportDocuments {
        question: question.clone(),
        sort,
        format: Format::Csv,
        link: String::new(),
        today: String::new(),
    };
    let rows = read(&exported(&request(&question, sort)), Format::Csv);
    assert_eq!(rows[0], ["name", "title", "source", "date", "language", "words", "hits", "score"]);
    assert_eq!(rows[1][..7], ["d0", "Title, \"0\"", "", "2025", "en", "5", "2"]);
    assert_eq!(rows[2][..7], ["d1", "Title, \"1\"", "TASS", "2025-02-01", "en", "2", "1"]);
    assert_eq!(rows.len(), 3);
    let ranked = Request::Ranked { question, sort, limit: 9 };
    let Response::Ranked(ranked) = workspace().handle(&ranked) else { unreachable!() };
    let ranked = ranked.open().unwrap_or_default();
    assert_eq!(rows[1][7].parse::<f64>().unwrap().to_bits(), ranked.documents[0].score.to_bits());
    let all = read(&exported(&request(&Question::default(), Sort::default())), Format::Csv);
    assert_eq!(all[3][6..], ["", ""], "without a query there is no score");
}

#[test]
fn a_request_is_read_as_a_script_writes_it() {
    let text = r#"{"Export":{"lens":{"lens":"words","question":{"query":"talks"}},"format":"csv"}}"#;
    let request: Request = serde_json::from_str(text).unwrap();
    assert!(exported(&request).text.contains("Talks,3,"));
}

#[test]
fn the_sentence_of_a_hit_is_quoted() {
    let quotation = |query: &str, hit: Option<u32>| {
        let question = Question { query: query.into(), ..Question::default() };
        let (link, today) = (String::new(), "2026-01-02".to_owned());
        match workspace().handle(&Request::Cite { name: "d1".into(), question, hit, link, today }) {
            Response::Citation(view) => {
                let view = view.open().unwrap();
                assert!(view.forms.iter().any(|form| form.text.contains("February 1, 2025")));
                view.quotation
            }
            other => panic!("{other:?} is no citation"),
        }
    };
    assert_eq!(quotation("no", Some(0)), "Talks: \"no\".");
    assert_eq!(quotation("no", Some(9)), "Talks: \"no\".", "there is but one");
    assert_eq!(quotation("title", Some(0)), "Title, \"1\"");
    assert_eq!(quotation("war", Some(0)), "", "it stands in another document");
    assert_eq!(quotation("no", None), "");
    let unknown = Request::Cite {
        name: "x".into(),
        question: Question::default(),
        hit: None,
        link: String::new(),
        today: String::new(),
    };
    assert!(matches!(workspace().handle(&unknown), Response::Failed(_)));
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::None),
        any::<u64>().prop_map(Cell::Count),
        any::<f64>().prop_map(Cell::Number),
        "[a-zığ،ن\",;\n\r\t#=+@' 😀-]{0,8}".prop_map(Cell::Text),
        any::<String>().prop_map(Cell::Text),
    ]
}

proptest! {
    #[test]
    fn any_cells_come_back(rows in prop::collection::vec((any_cell(), any_cell()), 0..6)) {
        let rows: Vec<Vec<Cell>> = rows.into_iter().map(|(a, b)| vec![a, b]).collect();
        let view = view(rows.clone());
        for format in [Format::Csv, Format::Tsv] {
            let found = read(&export(&ORIGIN, &view, format), format);
            prop_assert_eq!(found.len(), rows.len() + 1);
            for (found, row) in found[1..].iter().zip(&rows) {
                for (found, cell) in found.iter().zip(row) {
                    match cell {
                        Cell::None => prop_assert_eq!(found, ""),
                        Cell::Text(text) => prop_assert_eq!(found.strip_suffix(text.as_str()).map(|guard| guard.len() <= 1), Some(true)),
                        Cell::Count(count) => prop_assert_eq!(found.parse::<u64>().ok(), Some(*count)),
                        Cell::Number(number) if number.is_finite() => prop_assert_eq!(found.parse::<f64>().unwrap().to_bits(), number.to_bits()),
                        Cell::Number(_) => prop_assert_eq!(found, ""),
                    }
                }
            }
        }
        let json: Value = serde_json::from_str(&export(&ORIGIN, &view, Format::Json).text).unwrap();
        for (found, row) in json["rows"].as_array().unwrap().iter().zip(&rows) {
            for (name, cell) in ["word", "rate"].into_iter().zip(row) {
                match cell {
                    Cell::Text(text) => prop_assert_eq!(found[name].as_str(), Some(text.as_str())),
                    Cell::Count(count) => prop_assert_eq!(found[name].as_u64(), Some(*count)),
                    Cell::Number(number) if number.is_finite() => prop_assert!(found[name].is_number()),
                    Cell::None | Cell::Number(_) => prop_assert!(found[name].is_null()),
                }
            }
        }
        // Every form is written, whatever the cells.
        prop_assert!(!export(&ORIGIN, &view, Format::Markdown).text.is_empty());
    }
}
