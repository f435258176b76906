//! A corpus in files: what is asked is brought, a part at a time, and what does not come is said.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sheaf_cli::published::Reading;
use sheaf_core::index::files::file_name;
use sheaf_core::workspace::ChunkKind;
use sheaf_tests::browser::Browser;
use sheaf_tests::corpora::PageCopy;
use sheaf_tests::server::{Fault, Gate, Hosting, Recorded};
use sheaf_tests::settings::Settings;
use sheaf_tests::story::story_on;

/// Documents of the corpus: enough for a table of many windows.
const DOCUMENTS: u32 = 3_000;

const WORDS: &[&str] = &[
    "harbour",
    "treaty",
    "envoy",
    "delegation",
    "border",
    "grain",
    "corridor",
    "pipeline",
    "summit",
    "minister",
    "ceasefire",
    "sanction",
    "election",
    "parliament",
    "currency",
    "tourism",
    "airport",
    "military",
    "exercise",
    "embassy",
];

/// Short reports, each with a word that no other has.
fn documents() -> String {
    let mut lines = String::new();
    let mut state = 1u32;
    for number in 0..DOCUMENTS {
        let mut text = format!("Report marker{number} opens.");
        for _ in 0..60 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let word = WORDS[(state >> 16) as usize % WORDS.len()];
            write!(text, " The {word} was discussed{}", if state >> 30 == 0 { "." } else { "," }).expect("a string");
        }
        let source = ["Daily", "Herald", "Gazette"][number as usize % 3];
        let (year, month) = (1990 + number / 100, number % 12 + 1);
        writeln!(
            lines,
            r#"{{"id":"d{number}","title":"Report {number:04}","date":"{year}-{month:02}-01","source":"{source}","language":"en","text":"{text}"}}"#
        )
        .expect("a string");
    }
    lines
}

fn published(play: impl AsyncFnOnce(&Browser)) {
    published_with(&documents(), play);
}

fn published_with(documents: &str, play: impl AsyncFnOnce(&Browser)) {
    let mut copy = None;
    story_on(
        |settings: &Settings| {
            let site = PageCopy::with_index(&settings.dist, documents);
            let hosting = Hosting::of(site.folder());
            copy = Some(site);
            hosting
        },
        play,
    );
}

#[test]
fn a_corpus_in_files_is_searched_filtered_and_read() {
    published(async |page| {
        page.open("").await;
        page.until("the first documents are there", "texts('main h2').includes('Report 0000')").await;
        page.search("marker1234").await;
        page.until("its one document is found", "text('main h2') === 'Report 1234'").await;
        page.until("with the passage", "texts('main mark').includes('marker1234')").await;
        page.search("harbour treaty").await;
        page.until("the passages are there", "texts('main mark').includes('treaty')").await;
        page.until("the filters are counted", "text('#filters').includes('Gazette')").await;
        let before = page.echo().await;
        page.click("#filters button", "Gazette").await;
        page.until_with(
            "the filter counts",
            "text('#echo') !== input && text('#echo').includes('with these filters')",
            before.into(),
        )
        .await;
        page.run("one('main h2 a').click()").await;
        page.until("the document is open", "texts('#reader mark').includes('harbour')").await;
    });
}

#[test]
fn a_search_brings_little_of_the_index() {
    published(async |page| {
        page.open("#/results?q=marker77").await;
        page.until("it is found", "texts('main mark').includes('marker77')").await;
        let folder = page.server.folder().join("index");
        let size = |name: &str| fs::metadata(folder.join(name)).map(|file| file.len()).unwrap_or(0);
        let all: u64 = fs::read_dir(&folder)
            .expect("the index")
            .flatten()
            .map(|file| size(&file.file_name().to_string_lossy()))
            .sum();
        let recorded = page.server.recorded();
        let names = recorded.iter().filter_map(|request| request.address.rsplit_once("/index/").map(|(_, name)| name));
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "nothing is brought twice");
        let read: u64 = names.into_iter().map(size).sum();
        assert!(read > 0 && read * 2 < all, "{read} of {all} bytes");
    });
}

/// The hits that the sentence under the field tells of are those that the lens counts.
const COUNTS_ALL: &str = r"(() => {
    const hits = / ([0-9,]+) hits/.exec(text('#echo'));
    return hits && text('main .summary').includes(`${hits[1]} hits from 1990 to 2019`) && text('main .sample') === '';
})()";

#[test]
fn trends_are_of_all_of_it_and_what_needs_texts_of_a_sample() {
    published(async |page| {
        page.open("#/trends?q=treaty").await;
        page.until("all hits are counted", COUNTS_ALL).await;
        page.run("location.hash = '#/words?q=treaty'").await;
        page.until(
            "a sample is",
            "text('main .sample').includes('in a sample') && text('main .sample').includes('12 of')",
        )
        .await;
        let wider = page.text("main .sample a").await;
        assert!(wider.starts_with("Count in "), "{wider}");
        page.click("main .sample a", &wider).await;
        page.until("a larger one is", "query().get('read') > 12 && !text('main .sample').includes('12 of')").await;
        // What was drawn for another lens is not counted in.
        page.run("location.hash = '#/trends?q=envoy'").await;
        page.until("all hits are counted again", COUNTS_ALL).await;
    });
}

#[test]
fn passages_are_brought_for_the_rows_that_are_looked_at() {
    published(async |page| {
        page.open("#/results?q=harbour").await;
        page.until(
            "the passages in the window are there",
            "all('.result').length === 20 && all('.snippet mark').length > 0",
        )
        .await;
        page.until("the filters are counted", "text('#filters').includes('Gazette')").await;
        let in_view = "all('.is-coming').map((row) => row.closest('.result').getBoundingClientRect())\
            .filter((row) => row.bottom > 0 && row.top < innerHeight).length";
        page.until("none is lacking in the window", &format!("{in_view} === 0")).await;
        assert!(page.is("all('.is-coming').length >= 8").await, "those that nobody looks at are brought");
        for (place, top) in [("at the end", "document.documentElement.scrollHeight"), ("in the middle", "scrollY / 2")]
        {
            page.run(&format!("window.scrollTo(0, {top})")).await;
            page.until(place, &format!("scrollY > 0 && {in_view} === 0")).await;
        }
        page.search("treaty").await;
        page.until(
            "another question begins anew",
            "texts('.snippet mark').includes('treaty') && all('.is-coming').length >= 8",
        )
        .await;
    });
}

/// Some 19 MB of text: so much that several chunks of texts lie in a file. Most of it are words of 300 letters, since these
/// are indexed in no time. Those that are looked for lie apart: none is
/// in a file with another.
fn many_texts() -> String {
    let mut lines = String::new();
    for number in 0..3_200 {
        let word =
            [(7, "harbour"), (20, "treaty"), (33, "border")].into_iter().find(|(place, _)| number % 40 == *place);
        let word = word.map_or("embassy", |(_, word)| word);
        let mut text = format!("Report marker{number} opens at the {word}.");
        for place in 0..20 {
            let letter = char::from(b'a' + (number as u8).wrapping_mul(7).wrapping_add(place) % 26);
            write!(text, " {}", letter.to_string().repeat(300)).expect("a string");
        }
        writeln!(lines, r#"{{"id":"d{number}","title":"Report {number:04}","language":"en","text":"{text}"}}"#)
            .expect("a string");
    }
    lines
}

/// Also where the host does not know parts, or gives wrong ones.
#[test]
fn passages_take_parts_of_files() {
    published_with(&many_texts(), async |page| {
        page.open("").await;
        page.until("the first documents are there", "texts('main h2').includes('Report 0000')").await;
        for (word, fault) in [("harbour", None), ("treaty", Some(Fault::Whole)), ("border", Some(Fault::OtherPart))] {
            page.server.mend();
            if let Some(fault) = fault {
                page.server.fault(".bin", fault);
            }
            let before = page.server.recorded().len();
            page.search(word).await;
            page.until(
                "there are passages",
                &format!(
                    "all('.snippet mark').length > 2 && texts('.snippet mark').every((mark) => mark === '{word}')"
                ),
            )
            .await;
            let recorded = page.server.recorded().split_off(before);
            let mut parts = recorded.iter().filter(|request| request.range.is_some());
            let is_whole = |part: &Recorded| {
                recorded.iter().any(|request| request.range.is_none() && request.address == part.address)
            };
            assert!(parts.clone().count() > 0, "{word}: {recorded:#?}");
            assert_eq!(parts.any(is_whole), word == "border", "{word}: {recorded:#?}");
        }
    });
}

#[test]
fn a_long_table_is_scrolled_to_its_end_and_sorted_from_its_beginning() {
    published(async |page| {
        page.open("#/documents").await;
        page.until("its beginning is there", "texts('.documents tbody th').includes('Report 0000')").await;
        page.run("window.scrollTo(0, document.documentElement.scrollHeight / 2)").await;
        page.until("its middle is there", "texts('.documents tbody th').includes('Report 1500')").await;
        assert!(page.is("all('.documents tbody tr').length < 150").await, "not all rows are drawn");
        page.run("window.scrollTo(0, document.documentElement.scrollHeight)").await;
        page.until("its end is there", "texts('.documents tbody th').includes('Report 2999')").await;
        let last = "all('.documents tbody tr[aria-rowindex]').at(-1)";
        assert!(page.is(&format!("{last}.getAttribute('aria-rowindex') === '3001'")).await);
        assert!(page.is(&format!("{last}.getBoundingClientRect().bottom <= innerHeight")).await, "one sees it");
        page.run("location.hash = '#/documents?sort=-title'").await;
        page.until("it begins anew", "scrollY === 0 && texts('.documents tbody th').includes('Report 2999')").await;
        page.click(".documents thead button", "Title").await;
        page.until("from the other side", "texts('.documents tbody th').includes('Report 0000')").await;
    });
}

#[test]
fn a_part_that_does_not_come_is_named_and_can_be_tried_again() {
    published(async |page| {
        page.expect_in_console(".bin");
        page.open("").await;
        page.until("the first documents are there", "texts('main h2').includes('Report 0000')").await;
        page.server.fault(".bin", Fault::Status(404));
        page.search("embassy").await;
        page.until("the page says so", "text('main [role=alert]').includes('the server said 404')").await;
        assert!(page.text("main [role=alert]").await.contains(".bin"), "and names the file");
        page.server.mend();
        page.click("main button", "Try again").await;
        page.until("it is answered", "texts('main mark').includes('embassy')").await;
    });
}

#[test]
fn code_that_does_not_come_is_missed_and_can_be_tried_again() {
    published(async |page| {
        page.expect_in_console("files-");
        page.server.fault("files-", Fault::Status(404));
        page.go("").await;
        page.until("the page says so", "text('main [role=alert]').includes('could not be loaded')").await;
        page.server.mend();
        page.click("main button", "Try again").await;
        page.until("the first documents are there", "texts('main h2').includes('Report 0000')").await;
    });
}

#[test]
fn a_part_that_is_damaged_is_named_and_never_believed() {
    published(async |page| {
        page.open("").await;
        page.until("the first documents are there", "texts('main h2').includes('Report 0000')").await;
        page.server.fault(".bin", Fault::Bytes(b"these are not its bytes".to_vec()));
        page.search("embassy").await;
        page.until("the page says so", "text('main [role=alert]').includes('it is damaged')").await;
        page.server.mend();
        page.search("embassy border").await;
        page.until("the next question is answered", "texts('main mark').includes('border')").await;
    });
}

/// Words of which each is every eighth: where they stand takes more than a first answer waits for.
const FREQUENT: [&str; 8] = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"];

/// Asks for some of them at once: letter by letter each word would be waited for.
const MUCH: &str = r#"location.hash = '#/results?q="alpha beta gamma" "delta epsilon zeta"'"#;

/// Documents of frequent words in no order.
fn frequent_documents() -> String {
    let mut lines = String::new();
    let mut state = 1u32;
    for number in 0..2_600 {
        write!(lines, r#"{{"id":"f{number}","title":"Series {number:04}","language":"en","text":""#).expect("a string");
        for _ in 0..240 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            write!(lines, "{} ", FREQUENT[(state >> 16) as usize % FREQUENT.len()]).expect("a string");
        }
        writeln!(lines, "\"}}").expect("a string");
    }
    lines
}

/// The files that have what lists have beyond the heads.
fn tails(site: &Path) -> Vec<String> {
    let mut reading = Reading::open(site).expect("a site").expect("a corpus");
    let root = reading.workspace().index().files.as_ref().expect("a corpus in files").root().clone();
    root.names(ChunkKind::Tails).iter().map(|name| file_name(*name)).collect()
}

#[test]
fn a_question_that_takes_much_is_answered_from_some_documents_first() {
    published_with(&frequent_documents(), async |page| {
        let tails = tails(page.server.folder());
        assert_eq!(tails.len(), 2 * FREQUENT.len());
        page.open("").await;
        page.until("the first documents are there", "texts('main h2').includes('Series 0000')").await;
        let gates: Vec<Gate> = tails.iter().map(|tail| page.server.hold(tail)).collect();
        page.run(MUCH).await;
        page.until(
            "it is said of how many",
            "text('#echo').includes('so far, in 1,024 of 2,600 documents; reading on')",
        )
        .await;
        let first = page.texts("main h2").await;
        assert!(first.len() > 5, "{first:?}");
        assert!(page.is("one('#lens').ariaBusy === 'false'").await, "what is shown is of this question");
        assert!(page.is("!all('nav .count').length").await, "no tab counts what is not all");
        // Longer than a worker may be silent.
        page.promised("new Promise((done) => setTimeout(done, 9000, 'late'))").await;
        assert_eq!(page.texts(".notice").await.len(), 0, "the worker was not taken for dead");
        drop(gates);
        page.until("all are counted", "text('#echo').includes(' of 2,600, ')").await;
        page.until("with passages", "texts('main mark').includes('alpha beta gamma')").await;
        assert!(!page.echo().await.contains("so far"), "{}", page.echo().await);
    });
}

#[test]
fn what_does_not_come_after_a_first_answer_is_named() {
    published_with(&frequent_documents(), async |page| {
        page.expect_in_console(".bin");
        page.open("").await;
        page.until("the first documents are there", "texts('main h2').includes('Series 0000')").await;
        tails(page.server.folder()).iter().for_each(|tail| page.server.fault(tail, Fault::Status(404)));
        page.run(MUCH).await;
        page.until("the page says so", "text('main [role=alert]').includes('the server said 404')").await;
        page.server.mend();
        page.click("main button", "Try again").await;
        page.until("all are counted", "text('#echo').includes(' of 2,600, ')").await;
    });
}

#[test]
fn a_slow_line_is_told_and_the_newest_question_answered() {
    published(async |page| {
        page.open("").await;
        page.until("the first documents are there", "texts('main h2').includes('Report 0000')").await;
        let gate = page.server.hold(".bin");
        page.keys("/").await;
        page.keys("grain").await;
        page.until("the page says what it waits for", "text('#echo').startsWith('Reading the index: 0 of ')").await;
        // Longer than a worker may be silent.
        page.promised("new Promise((done) => setTimeout(done, 9000, 'late'))").await;
        assert_eq!(page.texts(".notice").await.len(), 0, "the worker was not taken for dead");
        page.run("one('#search').select()").await;
        page.keys("pipeline").await;
        gate.open();
        page.until("what was asked last is answered", "texts('main mark').includes('pipeline')").await;
    });
}
