//! Counting on Reuters, where `SHEAF_DATA` names `reuters-dev.jsonl.gz` or its folder: each lens as the page asks it, the
//! first 120 rows, warm. Every benchmark checks its answer too.

use std::path::PathBuf;

use divan::Bencher;
use sheaf_core::import::{ImportOptions, InputFile, import};
use sheaf_core::query::Filter;
use sheaf_core::views::lens::Lens;
use sheaf_core::workspace::{LensRequest, Question, Request, Response, Workspace};

fn main() {
    if reuters().is_none() {
        println!("Reuters is skipped: give its folder with `cargo xtask bench --core --data PATH`.");
    }
    divan::main();
}

fn reuters() -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os("SHEAF_DATA")?);
    let path = if path.is_dir() { path.join("reuters-dev.jsonl.gz") } else { path };
    path.is_file().then_some(path)
}

fn workspace() -> Workspace {
    let file = InputFile { path: "reuters-dev.jsonl.gz".into(), bytes: std::fs::read(reuters().unwrap()).unwrap() };
    Workspace::new(import(vec![file], &ImportOptions::default()).value)
}

/// Looks through a lens again and again; its table has so many rows.
fn look(bencher: Bencher, lens: Lens, query: &str, topic: Option<&str>, settings: &[(&str, &str)], rows: u32) {
    let filters = topic.map(|topic| Filter { field: "topics".into(), values: vec![topic.into()] });
    let question = Question { query: query.into(), filters: filters.into_iter().collect(), ..Question::default() };
    let settings = settings.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let request = Request::Lens(LensRequest { lens, question, settings, first: 0, limit: 120 });
    let mut workspace = workspace();
    let mut ask = || {
        let Response::Lens(answer) = workspace.handle(&request) else { unreachable!("a lens was asked") };
        answer
    };
    assert_eq!(ask().view.open().unwrap().table.total, rows);
    bencher.bench_local(ask);
}

macro_rules! lenses {
    ($($name:ident: $lens:expr, $query:expr, $topic:expr, $settings:expr, $rows:expr;)*) => {
        $(
            #[divan::bench(sample_count = 20, ignore = reuters().is_none())]
            fn $name(bencher: Bencher) {
                look(bencher, $lens, $query, $topic, $settings, $rows);
            }
        )*
    };
}

lenses! {
    concordance_of_54_000_lines_sorted_by_three_words:
        Lens::Concordance, "to", None, &[("sort", "after1,after2,after3")], 54_265;
    concordance_of_a_common_word: Lens::Concordance, "said", None, &[("sort", "after1")], 38_660;
    collocates_of_a_common_word: Lens::Collocates, "bank", None, &[], 3_959;
    words: Lens::Words, "", None, &[], 58_033;
    words_by_stem: Lens::Words, "", None, &[("by", "stem")], 48_577;
    sequences_of_two_to_six_words: Lens::Words, "", None, &[("n", "2-6")], 460_015;
    keyness_of_a_topic: Lens::Keyness, "", Some("acq"), &[], 20_560;
    dispersion: Lens::Dispersion, "oil", None, &[], 11;
    trends: Lens::Trends, "oil", None, &[], 17;
    text_measures_sorted_by_readability: Lens::Measures, "", None, &[("sort", "-lix")], 15_390;
}
