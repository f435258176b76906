//! Gold numbers through the door: corpora built so that published tables come out of the lenses.
//!
//! The values are those of NLTK 3.10, SciPy 1.17 and the tools named beside them, to the digits given there.

use sheaf_core::document::Document;
use sheaf_core::views::LensView;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::arithmetic::ArithmeticView;
use sheaf_core::views::lens::table::{Cell, Row};

use super::ask::{Ask, cell, text};
use super::corpus::{document, workspace};

/// A text of `size` words with `word` at some places and `other` everywhere else.
fn filled(size: usize, word: &str, places: &[usize], other: &str) -> String {
    (0..size).map(|place| if places.contains(&place) { word } else { other }).collect::<Vec<_>>().join(" ")
}

fn texts(texts: &[String]) -> Vec<Document> {
    // Sources in turn: Daily, TASS, none.
    texts.iter().enumerate().map(|(number, text)| document(number, "", text, "en", number)).collect()
}

fn row_of<'v>(view: &'v LensView, word: &str) -> &'v Row {
    let mut rows = view.table.rows.iter();
    rows.find(|row| text(&view.table, row, &view.table.columns[0].name) == word || row.key == word).unwrap()
}

fn check_cell(cell: &Cell, name: &str, expected: &str) {
    let found = match cell {
        Cell::Number(number) => *number,
        Cell::Count(count) => *count as f64,
        other => panic!("{name} is {other:?}"),
    };
    let decimals = expected.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert_eq!(format!("{found:.decimals$}"), expected, "{name}");
}

fn check(view: &LensView, word: &str, expected: &[(&str, &str)]) {
    for (column, expected) in expected {
        check_cell(cell(&view.table, row_of(view, word), column), column, expected);
    }
}

/// The panel says the same.
fn check_panel(panel: &ArithmeticView, place: usize, expected: &[(&str, &str)]) {
    for (name, expected) in expected {
        let measure = panel.measures.iter().find(|measure| measure.name == *name).unwrap();
        check_cell(&measure.values[place], name, expected);
    }
}

#[test]
fn keywords_of_published_tables() {
    let all: Vec<usize> = (0..10).collect();
    // (times here of 1,000, times there of 2,000), then what is published.
    type Expected = &'static [(&'static str, &'static str)];
    let cases: [(usize, usize, Expected); 2] = [
        (
            10,
            5,
            &[
                ("g2_two_term", "6.9315"),
                ("g2", "6.9692"),
                ("chi2", "7.5377"),
                ("chi2_yates", "6.1055"),
                ("log_ratio", "2.0000"),
                ("log_ratio_low", "0.4551"),
                ("log_ratio_high", "3.5449"),
                ("log_ratio_half", "1.9325"),
                ("simple_maths_1", "3.9988"),
                ("simple_maths_100", "3.8846"),
                ("diff_percent", "300"),
                ("bic", "-1.0749"),
                ("ell", "0.001436"),
                ("odds_ratio", "4.0303"),
                ("fisher_two_sided", "0.010604"),
            ],
        ),
        (
            6,
            0,
            &[
                ("g2_two_term", "13.1833"),
                ("g2", "13.2074"),
                ("chi2", "12.0240"),
                ("chi2_yates", "9.2059"),
                ("log_ratio", "4.5850"),
                ("log_ratio_low", "0.4238"),
                ("log_ratio_high", "8.7462"),
                ("log_ratio_half", "4.7001"),
                ("simple_maths_1", "6001"),
                ("simple_maths_100", "61"),
                ("simple_maths_1000", "7"),
                ("fisher_two_sided", "0.001358"),
            ],
        ),
    ];
    for (here, there, expected) in cases {
        let texts = texts(&[filled(1000, "shard", &all[..here], "word"), filled(2000, "shard", &all[..there], "word")]);
        let mut workspace = workspace(&texts);
        let ask = Ask::new("", &[("source", "Daily")], &[("show", "all"), ("columns", "all")]);
        let view = ask.of(&mut workspace, Lens::Keyness);
        check(&view, "shard", expected);
        let panel = ask.arithmetic(&mut workspace, Lens::Keyness, &row_of(&view, "shard").key).unwrap();
        check_panel(&panel, 0, expected);
        // Expected counts of the word in both parts.
        let total = (here + there) as f64;
        assert_eq!(panel.tables[0].expected[0], Cell::Number(total / 3.0));
        assert_eq!(panel.tables[0].expected[2], Cell::Number(total / 3.0 * 2.0));
    }
}

/// O = 6, node 20 times, collocate 15 times, 5,000 words; windows of 5 on both sides that never meet: R1 = 200.
#[test]
fn collocates_of_published_tables() {
    let mut words = vec!["word"; 5000];
    for node in 0..20 {
        words[100 * node + 50] = "node";
    }
    for with in 0..6 {
        words[100 * with + 53] = "mate";
    }
    for without in 0..9 {
        words[3000 + without] = "mate";
    }
    let mut workspace = workspace(&texts(&[words.join(" ")]));
    let ask = |convention| {
        Ask::new("[word=\"node\"]", &[], &[("convention", convention), ("show", "all"), ("columns", "all")])
    };
    let none = &[
        ("observed", "6"),
        ("count", "15"),
        ("expected", "0.06"),
        ("mi", "6.6439"),
        ("mi2", "9.2288"),
        ("mi3", "11.8138"),
        ("t", "2.4250"),
        ("g2", "48.1237"),
        ("dice", "0.342857"),
        ("log_dice", "12.4557"),
        ("delta_p_collocate", "0.298193"),
        ("delta_p_node", "0.397192"),
    ];
    let window = &[
        ("expected", "0.6"),
        ("mi", "3.3219"),
        ("mi2", "5.9069"),
        ("mi3", "8.4919"),
        ("t", "2.2045"),
        ("z_yates", "6.3259"),
        ("g2", "19.3246"),
        ("log_ratio", "4.0000"),
        ("log_dice_window", "9.8368"),
    ];
    check(&ask("none").of(&mut workspace, Lens::Collocates), "mate", none);
    // Whole windows that never meet: real and nominal are the same.
    let view = ask("window").of(&mut workspace, Lens::Collocates);
    check(&view, "mate", window);
    check(&ask("span").of(&mut workspace, Lens::Collocates), "mate", window);
    let key = &row_of(&view, "mate").key;
    let panel = ask("window").arithmetic(&mut workspace, Lens::Collocates, key).unwrap();
    check_panel(&panel, 0, &window[1..]);
    let last = panel.tables.iter().position(|table| table.convention.contains("Sketch Engine")).unwrap();
    check_panel(&panel, last, &none[3..]);
    assert_eq!(panel.tables[0].observed, [6.0, 194.0, 9.0, 4791.0].map(Cell::Number));
}

/// Gries's toy corpus: parts of 9, 10, 10, 10 and 11 words.
#[test]
fn dispersion_of_published_tables() {
    let sizes = [9, 10, 10, 10, 11];
    let of = |counts: [usize; 5]| {
        let places: Vec<usize> = (0..20).collect();
        let text = |(count, size): (&usize, &usize)| filled(*size.max(count), "node", &places[..*count], "word");
        let texts = texts(&counts.iter().zip(&sizes).map(text).collect::<Vec<_>>());
        Ask::new("[word=\"node\"]", &[], &[("parts", "5")]).of(&mut workspace(&texts), Lens::Dispersion)
    };
    let measures = |view: &LensView, expected: &[(&str, &str)]| {
        for (measure, expected) in expected {
            check_cell(cell(&view.table, row_of(view, measure), "documents"), measure, expected);
        }
    };
    measures(
        &of([1, 2, 3, 4, 5]),
        &[
            ("range", "5"),
            ("cv", "0.4714"),
            ("juilland_d", "0.7643"),
            ("juilland_d_rates", "0.7852"),
            ("carroll_d2", "0.9256"),
            ("carroll_d2_rates", "0.9379"),
            ("rosengren_s", "0.9498"),
            ("dp", "0.18"),
            ("dp_norm", "0.2195"),
            ("kld", "0.1370"),
        ],
    );
    // The published case has 15 of 15 in the part of 9 words, which no text can have: 9 of 9 give the same shares.
    measures(
        &of([9, 0, 0, 0, 0]),
        &[
            ("range", "1"),
            ("juilland_d", "0"),
            ("carroll_d2", "0"),
            ("rosengren_s", "0.18"),
            ("dp", "0.82"),
            ("dp_norm", "1"),
            ("kld", "2.4739"),
        ],
    );
}

/// `w{⌊√(7919 i mod 1009)⌋}` for i from 0 to 399; LexicalRichness 0.5.1.
#[test]
fn diversity_of_a_published_text() {
    let word = |i: u32| format!("w{}", f64::from(7919 * i % 1009).sqrt().floor());
    let text = (0..400).map(word).collect::<Vec<_>>().join(" ");
    let view = Ask::new("", &[], &[("columns", "all")]).of(&mut workspace(&texts(&[text])), Lens::Measures);
    let expected = [
        ("words", "400"),
        ("types", "32"),
        ("ttr", "0.08"),
        ("mattr_50", "0.504444"),
        ("mtld_closed", "33.3333"),
        ("hdd", "0.507703"),
        ("yule_k", "390.875"),
    ];
    check(&view, "d0", &expected);
}
