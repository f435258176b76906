//! An index in files answers as one in memory does, and notices every damage.

use sheaf_core::base::Apart;
use sheaf_core::document::{Corpus, Document};
use sheaf_core::index::files::pairs::PairSizes;
use sheaf_core::index::files::tails::{CutSizes, Heads};
use sheaf_core::index::files::write::Sizes;
use sheaf_core::query::filter::Filter;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::{EchoRun, FacetsView, ResultRow, ResultsView};
use sheaf_core::workspace::{
    Answer, ChunkId, ChunkKind, Exactness, LensRequest, Question, Request, Response, Sort, SortKey, Workspace,
};
use sheaf_tests::asking::{QUERIES, question, requests, seeds};
use sheaf_tests::chunks::{ChunkCorpus, TINY};

fn assert_same(memory: &mut Workspace, files: &mut ChunkCorpus, request: &Request) {
    let expected = without_reading(memory.handle(request));
    let found = without_reading(files.ask(request));
    assert_eq!(format!("{found:#?}"), format!("{expected:#?}"), "{request:?}");
}

/// Only where the texts are at hand can they be read for more filters: nothing else may differ.
fn without_reading(response: Response) -> Response {
    match response {
        Response::Facets(view) => {
            let view = view.open().expect("filters");
            Response::Facets(Apart::of(&FacetsView { can_read: false, ..view }))
        }
        other => other,
    }
}

#[test]
fn files_answer_as_memory_does() {
    let corpus = seeds();
    let names: Vec<String> = corpus.documents.iter().map(|document| document.name.clone()).collect();
    let mut memory = Workspace::new(corpus);
    for sizes in [TINY, Default::default()] {
        let mut files = ChunkCorpus::of(&memory, sizes);
        for query in QUERIES {
            for request in requests(&question(query), &names[..2]) {
                assert_same(&mut memory, &mut files, &request);
            }
            // From cold, too.
            let mut files = ChunkCorpus::of(&memory, sizes);
            let request =
                Request::Results { question: question(query), sort: Sort::default(), limit: 10, passages: None };
            assert_same(&mut memory, &mut files, &request);
        }
    }
}

#[test]
fn filters_and_switches_hold_in_files() {
    let mut memory = Workspace::new(seeds());
    let mut files = ChunkCorpus::of(&memory, TINY);
    let filter = |field: &str, value: &str| Filter { field: field.to_owned(), values: vec![value.to_owned()] };
    for filters in [
        vec![filter("date", "2025-05..")],
        vec![filter("source", ""), filter("words", "..600")],
        vec![filter("nofield", "x")],
        vec![filter("source", "Nobody")],
    ] {
        for exactness in [
            Exactness::default(),
            Exactness { case: true, ..Exactness::default() },
            Exactness { accents: true, forms: true, ..Exactness::default() },
        ] {
            for query in ["", "Erdogan", "talks", "Turk*"] {
                let question =
                    Question { query: query.to_owned(), filters: filters.clone(), exactness, ..Question::default() };
                for request in requests(&question, &[]) {
                    assert_same(&mut memory, &mut files, &request);
                }
            }
        }
    }
}

#[test]
fn a_name_that_no_document_has_is_said_to_be_unknown() {
    let memory = Workspace::new(seeds());
    let mut files = ChunkCorpus::of(&memory, TINY);
    let request = Request::Reader { name: "nobody".into(), question: question(""), hit: 0, at: None, extent: 1 };
    assert!(matches!(files.ask(&request), Response::Failed(_)));
}

#[test]
fn a_corpus_of_nothing_is_an_index_too() {
    let mut memory = Workspace::new(Corpus::default());
    let mut files = ChunkCorpus::of(&memory, Default::default());
    for query in ["", "word", "pre*", "\"a b\""] {
        for request in requests(&question(query), &[]) {
            assert_same(&mut memory, &mut files, &request);
        }
    }
}

#[test]
fn while_typing_a_letter_does_not_load_all_that_begins_with_it() {
    let mut memory = Workspace::new(seeds());
    let mut files = ChunkCorpus::of(&memory, TINY);
    let matched = |response: &Response| match response {
        Response::Results(view) => (view.matched, format!("{:?}", view.echo.sentence)),
        _ => unreachable!("results were asked"),
    };
    let request = |query: &str, is_typing: bool| {
        let question = Question { is_typing, ..question(query) };
        Request::Results { question, sort: Sort::default(), limit: 5, passages: None }
    };
    let (found, sentence) = matched(&files.ask(&request("t", true)));
    let chunks = files.cost;
    assert_eq!(found, matched(&memory.handle(&request("t", false))).0);
    assert!(sentence.contains("once more letters are typed"), "{sentence}");
    // Asked for, it is loaded, and with enough letters the endings are there.
    let (all, sentence) = matched(&files.ask(&request("t*", false)));
    assert!(all > found && !sentence.contains("once more"), "{sentence}");
    assert!(files.cost.1 > 4 * chunks.1, "{chunks:?} {:?}", files.cost);
    assert_same(&mut memory, &mut files, &request("negotiati", true));
}

#[test]
fn what_begins_with_a_common_prefix_is_counted_by_the_list_of_that() {
    let mut memory = Workspace::new(seeds());
    let answered =
        |query: &str, sort: Sort| Request::Results { question: question(query), sort, limit: 10, passages: None };
    for query in ["p*", "m*", "-p*", "m* -p*"] {
        // No list of a word is there.
        let mut files = ChunkCorpus::of(&memory, TINY);
        files.chunks.retain(|chunk, _| chunk.kind != ChunkKind::Postings);
        assert_same(&mut memory, &mut files, &answered(query, Sort::default()));
    }
    // What has to know where each word stands asks the words, also after the list of the prefix was brought.
    let mut files = ChunkCorpus::of(&memory, TINY);
    let newest = Sort { key: SortKey::Date, is_descending: true };
    for query in [
        "p*",
        "p* russia",
        "\"p* m*\"",
        "\"the p*\"",
        "p* NEAR/3 m*",
        "p* OR pu*",
        "p* within <s/>",
        "p* m* within <p/>",
        "title:p*",
        "[word=\"p.*\"] []",
        "p* talks -m*",
        "-(p* OR pu*)",
        "talks -(p* OR pu*)",
        "NOT (p* OR m*) OR (p* pu*)",
    ] {
        for request in requests(&question(query), &[]) {
            assert_same(&mut memory, &mut files, &request);
        }
        let mut files = ChunkCorpus::of(&memory, TINY);
        assert_same(&mut memory, &mut files, &answered(query, newest));
        assert_same(&mut memory, &mut files, &answered(query, Sort::default()));
    }
}

/// The words of the texts, in runs of so many, folded.
fn runs(memory: &Workspace, len: usize) -> Vec<String> {
    let mut runs = Vec::new();
    for document in &memory.corpus().documents {
        let words: Vec<&str> =
            document.text.split(' ').filter(|word| word.chars().all(char::is_alphanumeric)).collect();
        runs.extend(words.windows(len).map(|words| format!("\"{}\"", words.join(" "))));
    }
    runs
}

#[test]
fn phrases_of_frequent_words_are_found_by_the_lists_of_pairs() {
    let mut memory = Workspace::new(seeds());
    let answered =
        |query: &str| Request::Results { question: question(query), sort: Sort::default(), limit: 3, passages: None };
    let mut files = ChunkCorpus::of(&memory, TINY);
    for (len, step) in [(2, 5), (3, 11), (4, 17)] {
        for query in runs(&memory, len).iter().step_by(step) {
            assert_same(&mut memory, &mut files, &answered(query));
        }
    }
    // What begins alike is both frequent and rare: some of it is told by pairs, some by the words.
    for query in runs(&memory, 2).iter().step_by(9) {
        let words = query.trim_matches('"').split(' ').filter(|word| word.len() > 3);
        let beginnings: Vec<String> = words.filter_map(|word| Some(format!("{}*", word.get(..3)?))).collect();
        if beginnings.len() == 2 {
            assert_same(&mut memory, &mut files, &answered(&format!("\"{}\"", beginnings.join(" "))));
        }
    }
    for query in [
        "\"=Foreign =Minister\"",
        "\"foreign ministers\"",
        "\"minister foreign\"",
        "\"foreign * minister\"",
        "\"foreign minister *\"",
        "\"foreign minist*\"",
        "\"for* minister\"",
        "\"foreign minister sergey lavrov\"",
        "title:\"russia ukraine\"",
        "\"foreign minister\" within <s/>",
        "\"foreign minister\" NEAR/5 lavrov",
        "\"foreign minister\" OR \"foreign ministry\" OR minister",
        "-\"foreign minister\"",
        "\"foreign foreign\"",
    ] {
        for request in requests(&question(query), &[]) {
            assert_same(&mut memory, &mut files, &request);
        }
        let mut files = ChunkCorpus::of(&memory, TINY);
        assert_same(&mut memory, &mut files, &answered(query));
    }
    // No list of a word is there.
    let phrases = [
        "\"foreign minister\"",
        "\"foreign minister sergey lavrov\"",
        "\"prisoner exchange\"",
        "\"russian delegation\"",
    ];
    for query in phrases {
        let mut files = ChunkCorpus::of(&memory, TINY);
        files.chunks.retain(|chunk, _| !matches!(chunk.kind, ChunkKind::Postings | ChunkKind::Positions));
        assert_same(&mut memory, &mut files, &answered(query));
    }
}

#[test]
fn texts_come_in_the_order_of_the_rows_that_show_them() {
    let memory = Workspace::new(seeds());
    let mut files = ChunkCorpus::of(&memory, TINY);
    for is_descending in [false, true] {
        let sort = Sort { key: SortKey::Title, is_descending };
        let request = Request::Results { question: question("russia"), sort, limit: 10, passages: None };
        let Answer::Ready { response, later } = files.ask_once(&request) else { unreachable!("asked until ready") };
        let Response::Results(view) = *response else { panic!("{response:?}") };
        let place = |name: &str| memory.corpus().documents.iter().position(|document| document.name == name);
        let docs = view.rows.iter().map(|row| place(&row.card.name).expect("a document of the corpus") as u32);
        let expected: Vec<u32> = docs.flat_map(|doc| files.root.texts_of(doc)).collect();
        let texts = later.iter().filter(|chunk| chunk.kind == ChunkKind::Texts).map(|chunk| chunk.number);
        assert!(view.rows.len() > 2 && !expected.is_empty());
        assert_eq!(texts.collect::<Vec<_>>(), expected);
    }
}

#[test]
fn texts_are_wanted_for_as_many_rows_as_are_looked_at_and_shown_where_they_are() {
    let memory = Workspace::new(seeds());
    let mut files = ChunkCorpus::of(&memory, TINY);
    let results =
        |passages| Request::Results { question: question("russia"), sort: Sort::default(), limit: 10, passages };
    for (passages, shown) in [
        (Some((0, 0)), 0..0),
        (Some((1, 3)), 1..3),
        (Some((2, 2)), 1..3),
        (Some((2, 4)), 1..4),
        (None, 0..5),
        (Some((0, 0)), 0..5),
    ] {
        // Until nothing more comes of it.
        let view = loop {
            let Answer::Ready { response, later } = files.ask_once(&results(passages)) else { unreachable!() };
            let Response::Results(view) = *response else { panic!("{response:?}") };
            let texts: Vec<ChunkId> = later.into_iter().filter(|chunk| chunk.kind == ChunkKind::Texts).collect();
            if texts.is_empty() {
                break view;
            }
            files.supply(&texts);
        };
        let have: Vec<bool> = view.rows.iter().map(|row| row.has_text && !row.snippets.is_empty()).collect();
        assert_eq!(have, (0..5).map(|place| shown.contains(&place)).collect::<Vec<_>>(), "{passages:?}");
    }
}

#[test]
fn a_lens_counts_in_as_many_parts_of_the_corpus_as_it_is_asked_to_up_to_all() {
    let mut corpus = seeds();
    let like = corpus.documents[0].clone();
    let document = |number: u32| Document {
        name: format!("d{number}"),
        text: format!("The harbour of port{number} was repaired again, and opened on the day after that."),
        ..like.clone()
    };
    corpus.documents = (0..60).map(document).collect();
    let mut memory = Workspace::new(corpus);
    let mut files = ChunkCorpus::of(&memory, Sizes { text_chunks: 1, ..TINY });
    let request = |read: &[&str]| {
        let settings = read.iter().map(|read| ("read".to_owned(), (*read).to_owned())).collect();
        let (lens, question) = (Lens::Concordance, question("harbour"));
        Request::Lens(LensRequest { lens, question, settings, first: 0, limit: 100 })
    };
    let mut view = |read: &[&str]| match files.ask(&request(read)) {
        Response::Lens(answer) => answer.view.open().expect("a view"),
        other => panic!("{other:?}"),
    };
    let unused = |read| format!("“{read}” cannot be used as read: write a whole number from 2 to 96. 12 was taken.");
    for (read, parts, more) in
        [(&[][..], "12 of 60", Some(48)), (&["48"], "48 of 60", Some(60)), (&["2"], "2 of 60", Some(8))]
    {
        let view = view(read);
        assert!(view.sample.contains(parts), "{read:?}: {}", view.sample);
        assert_eq!(
            (view.more, view.table.total),
            (more, parts.split_once(' ').unwrap().0.parse().unwrap()),
            "{read:?}"
        );
    }
    for read in ["1", "97", "many"] {
        let view = view(&[read]);
        assert!(view.sample.contains("12 of 60") && view.notes.contains(&unused(read)), "{:?}", view.notes);
    }
    for read in ["60", "96"] {
        let view = view(&[read]);
        assert_eq!((view.sample.as_str(), view.more, view.table.total), ("", None, 60));
        let Response::Lens(expected) = memory.handle(&request(&[])) else { panic!("a lens was asked") };
        let expected = expected.view.open().expect("a view");
        assert_eq!(format!("{:#?}", view.table), format!("{:#?}", expected.table));
    }
}

/// Each paragraph of the seeds as a document.
fn paragraphs() -> Corpus {
    let corpus = seeds();
    let paragraph = |document: &Document, (place, text): (usize, &str)| Document {
        name: format!("{}-{place}", document.name),
        text: text.to_owned(),
        ..document.clone()
    };
    let all = |document: &Document| -> Vec<Document> {
        let texts = document.text.split("\n\n").filter(|text| !text.trim().is_empty());
        texts.enumerate().map(|own| paragraph(document, own)).collect()
    };
    Corpus { documents: corpus.documents.iter().flat_map(all).collect(), ..corpus }
}

/// Names of rows and hits in them, by name; documents and hits in all.
fn found(response: &Response, is_counted: impl Fn(&str) -> bool) -> (Vec<(String, u32)>, u32, u64) {
    let Response::Results(view) = response else { panic!("results were asked: {response:?}") };
    assert_eq!(view.rows.len() as u32, view.matched);
    let rows = view.rows.iter().filter(|row| is_counted(&row.card.name));
    let mut rows: Vec<(String, u32)> = rows.map(|row| (row.card.name.clone(), row.hits)).collect();
    rows.sort();
    let hits = rows.iter().map(|(_, hits)| u64::from(*hits)).sum();
    (rows.clone(), rows.len() as u32, hits)
}

/// What an answer of all documents has, for one that has not all of them.
type Twin = (Vec<(String, u32)>, u32, u64);

/// Checks a first answer. Its naive twins: the whole answer has each of its documents, with no fewer hits (of no more than
/// two words near each other: of three, more of one may make fewer spans); and it has what the whole answer without
/// inflections has (`least`), where it can be said what that is.
fn check_first(query: &str, first: &ResultsView, whole: &Twin, least: Option<&Twin>) {
    let hits = |twin: &Twin, name: &str| twin.0.iter().find(|(own, _)| own == name).map(|(_, hits)| *hits);
    for row in &first.rows {
        let most = hits(whole, &row.card.name).unwrap_or_else(|| panic!("{query}: {} is not found", row.card.name));
        assert!(row.hits <= most, "{query}: {}", row.card.name);
        if let Some(least) = least {
            assert_eq!(hits(least, &row.card.name), Some(row.hits), "{query}: {}", row.card.name);
        }
    }
    assert!(first.matched <= whole.1 && first.hits <= whole.2, "{query}");
    assert_eq!(first.rows.len() as u32, first.matched.min(10), "{query}");
    if let Some(least) = least {
        assert_eq!((first.matched, first.hits), (least.1, least.2), "{query}");
    }
}

#[test]
fn a_first_answer_is_a_part_of_the_whole_one() {
    let (of_heads, of_all, with_phrases, known) = first_answers(TINY);
    assert!(of_heads > 50 && of_all > 0 && with_phrases > 5 && known > 10);
    // Where few lists are cut the heads are often no less.
    let sizes = Sizes { cut: CutSizes { frequent: 40, ..TINY.cut }, ..TINY };
    let (of_heads, of_all, with_phrases, known) = first_answers(sizes);
    assert!(of_heads > 30 && of_all > 5 && with_phrases > 5 && known > 10);
}

/// Checks the first answers of many questions. How many there were: of the heads, of all documents; of phrases, and with
/// a twin.
fn first_answers(sizes: Sizes) -> (u32, u32, u32, u32) {
    let corpus = paragraphs();
    let place = |name: &str| corpus.documents.iter().position(|document| document.name == name);
    let mut memory = Workspace::new(corpus.clone());
    let mut warm = ChunkCorpus::of(&memory, sizes);
    warm.workspace.set_first_answers(Some(0));
    let heads = warm.root.heads;
    let is_head = |name: &str| place(name).is_some_and(|place| heads.has(place as u32));
    let documents = corpus.documents.len() as u32;
    let count = (0..documents).filter(|doc| heads.has(*doc)).count() as u32;
    assert!(count > 20 && !warm.root.tails.is_empty(), "{count}");
    let newest = Sort { key: SortKey::Date, is_descending: true };
    // Of these the twin without inflections is known: words that stand as written, and nothing is left out for them.
    let plain = [
        "talks",
        "talks -wordthatisnowhere",
        "the of",
        "the of talks russia",
        "the OR talks",
        "\"of the\"",
        "\"the talks\"",
        "the NEAR/3 of",
        "talks NEAR/9 russia",
        "title:talks",
        "the -date:2020",
    ];
    let more = [
        "the -turkey",
        "-the",
        "the -talked",
        "the -(talks within <s/>)",
        "the -(nowhere1 OR nowhere2 OR nowhere3 OR nowhere4 OR nowhere5 OR russia)",
        "the NEAR in within <s/>",
        "(talks NEAR russia) within <s/>",
        "\"of the\" within <p/>",
        "[word!=\"the\"] []",
        "[word!=\"the\"] [] within <s/>",
        "the* OR of",
        "[word=\"the\"] []",
        "talks OR peace OR russia OR turkey OR meeting OR president OR minister",
        "the (talks OR peace OR russia OR turkey OR meeting OR president)",
    ];
    let (mut of_heads, mut of_all, mut with_phrases, mut known) = (0, 0, 0, 0);
    for query in QUERIES.iter().chain(&more).chain(&plain) {
        for (sort, filters) in [(Sort::default(), Vec::new()), (newest, vec![("words", "10..")])] {
            let filters: Vec<Filter> = filters
                .into_iter()
                .map(|(field, value)| Filter { field: field.to_owned(), values: vec![value.to_owned()] })
                .collect();
            let question = Question { filters, ..question(query) };
            let as_written = Exactness { forms: true, ..question.exactness };
            let [all, as_written] = [question.exactness, as_written].map(|exactness| {
                let question = Question { exactness, ..question.clone() };
                memory.handle(&Request::Results { question, sort, limit: u32::MAX, passages: None })
            });
            let request = Request::Results { question, sort, limit: u32::MAX, passages: None };
            let mut cold = ChunkCorpus::of(&memory, sizes);
            cold.workspace.set_first_answers(Some(0));
            for (files, is_cold) in [(&mut cold, true), (&mut warm, false)] {
                let (mut has_tails, mut is_given) = (false, false);
                let whole = loop {
                    match files.workspace.answer(&request) {
                        Answer::Need { now, meanwhile, .. } => {
                            if let Some(first) = meanwhile.filter(|_| !std::mem::replace(&mut is_given, true)) {
                                let Response::Results(view) = &*first else { panic!("results were asked") };
                                assert_eq!(view.of, documents);
                                let is_of_heads = view.so_far == Some(count);
                                assert!(is_of_heads || view.so_far == Some(documents), "{query}");
                                assert!(!is_of_heads || !is_cold || !has_tails, "{query}: tails came first");
                                let is_counted = |name: &str| !is_of_heads || is_head(name);
                                let twin = found(&as_written, is_counted);
                                let twin = plain.contains(query).then_some(&twin);
                                check_first(query, view, &found(&all, is_counted), twin);
                                if twin.is_some() && sort == newest {
                                    let names = |view: &ResultsView| -> Vec<String> {
                                        let names = view.rows.iter().map(|row| row.card.name.clone());
                                        names.filter(|name| is_counted(name)).take(10).collect()
                                    };
                                    let Response::Results(all) = &as_written else { panic!("results were asked") };
                                    assert_eq!(names(view), names(all), "{query}");
                                }
                                *(if is_of_heads { &mut of_heads } else { &mut of_all }) += 1;
                                with_phrases += u32::from(query.contains('"'));
                                known += u32::from(twin.is_some());
                            }
                            has_tails |= now.iter().any(|chunk| chunk.kind == ChunkKind::Tails);
                            files.supply(&now);
                        }
                        Answer::Ready { response, .. } => break response,
                        Answer::Working { .. } => unreachable!("{query}"),
                    }
                };
                let Response::Results(view) = *whole else { panic!("results were asked") };
                assert_eq!(view.so_far, None);
            }
            assert_same(&mut memory, &mut warm, &request);
        }
    }
    (of_heads, of_all, with_phrases, known)
}

/// Sentences are looked at in the documents whose borders are there; those of others come a few files at a time, and no
/// more of them than there must be for rows.
#[test]
fn borders_of_all_documents_are_not_waited_for() {
    let mut corpus = paragraphs();
    let heads = Heads { stretch: 2, of: 12 };
    // Reading the texts themselves would take more.
    let sizes = Sizes { cut: CutSizes { heads, ..TINY.cut }, texts: 1 << 20, ..TINY };
    for document in corpus.documents.iter_mut().step_by(5) {
        document.text.push_str(" The zyzzyva slept. Nobody sang.");
    }
    // In the middle, its borders with those of no other.
    let is_apart = |doc: &usize| !heads.has(*doc as u32) && !doc.is_multiple_of(5) && !(doc ^ 1).is_multiple_of(5);
    let rare = (20..corpus.documents.len()).find(is_apart).unwrap();
    corpus.documents[rare].text.push_str(" The zyzzyva sang of talks. The zyzzyva slept. Kazoo!");
    let memory = Workspace::new(corpus);
    // In the second, documents whose borders are there have the sentence, but not the word.
    for query in ["(zyzzyva NEAR sang) within <s/>", "(zyzzyva NEAR slept) within <s/> kazoo"] {
        let mut files = ChunkCorpus::of(&memory, sizes);
        files.workspace.set_first_answers(Some(0));
        let (first, before, after) = until_first(&mut files, &results(query));
        assert_eq!((first.matched, first.rows.len()), (1, 1), "{query}");
        assert!(!first.rows[0].has_text, "{query}: hits are counted from those of the whole answer");
        let borders = |rounds: &[Vec<ChunkId>]| -> usize {
            let of_round =
                |chunks: &Vec<ChunkId>| chunks.iter().filter(|chunk| chunk.kind == ChunkKind::Borders).count();
            rounds.iter().map(of_round).filter(|count| *count > 0).count()
        };
        assert!(borders(&before) > 1 && borders(&after) > 0, "{query}: {before:?} {after:?}");
    }
}

/// Of many alternatives the lists of the first are enough for rows.
#[test]
fn many_alternatives_are_not_waited_for() {
    let memory = Workspace::new(paragraphs());
    let mut files = ChunkCorpus::of(&memory, TINY);
    files.workspace.set_first_answers(Some(0));
    let words = "talks OR peace OR russia OR turkey OR meeting OR president OR minister OR war OR grain OR ceasefire";
    let (_, before, after) = until_first(&mut files, &results(words));
    let lists =
        |rounds: &[Vec<ChunkId>]| rounds.iter().flatten().filter(|chunk| chunk.kind == ChunkKind::Postings).count();
    assert!(lists(&after) > lists(&before), "{before:?} {after:?}");
}

/// Many words: the rarest are looked up, the others looked for in the texts. The naive twin: the very rows of the whole
/// answer, passages and hits included.
#[test]
fn rows_of_many_words_are_found_by_the_rarest() {
    let corpus = paragraphs();
    let mut memory = Workspace::new(corpus.clone());
    let (mut given, mut spared, mut ordered) = (0, 0, 0);
    for document in corpus.documents.iter() {
        let words: Vec<&str> =
            document.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let words: Vec<String> = words.iter().skip(3).take(9).map(|word| word.to_lowercase()).collect();
        let is_plain =
            |word: &String| word.is_ascii() && !["and", "or", "not", "near", "within"].contains(&word.as_str());
        let plain: Vec<String> = words.iter().filter(|word| is_plain(word)).cloned().collect();
        let last = plain.last().cloned().unwrap_or_default();
        let quoted = document.text.split(['\n', '.', '"', '“', '”']).find(|part| part.split(' ').count() > 8);
        let quoted: Vec<&str> = quoted.unwrap_or_default().split(' ').filter(|word| !word.is_empty()).take(9).collect();
        for query in [
            plain.join(" "),
            format!("{} -{last}", plain.join(" ")),
            format!("{} -zyzzyva (talks OR peace OR the)", plain.join(" ")),
            format!(
                "{} -{}",
                plain.join(" "),
                last.char_indices().map(|(at, c)| if at == plain.len() % 2 { '?' } else { c }).collect::<String>()
            ),
            format!("{} said:lavrov {last}", plain.join(" ")),
            format!("{} -source:\"{}\"", plain.join(" "), document.source.value.clone().unwrap_or_default()),
            format!("\"{}\"", quoted.join(" ")),
            format!("\"{}\" the within <s/>", quoted.join(" ")),
            format!("\"{}\" source:TASS", quoted.iter().take(4).copied().collect::<Vec<_>>().join(" ")),
            format!("({} NEAR {last}) within <p/>", plain.first().cloned().unwrap_or_default()),
        ] {
            let source = Filter { field: "source".to_owned(), values: vec!["TASS".to_owned()] };
            let by_hits = Sort { key: SortKey::Hits, is_descending: false };
            let newest = Sort { key: SortKey::Date, is_descending: true };
            for (filters, sort) in [
                (Vec::new(), Sort::default()),
                (vec![source], Sort::default()),
                (Vec::new(), by_hits),
                (Vec::new(), newest),
            ] {
                let question = Question { filters, ..question(&query) };
                let all = Request::Results { question: question.clone(), sort, limit: u32::MAX, passages: None };
                let Response::Results(whole) = memory.handle(&all) else { panic!("results were asked") };
                let request = Request::Results { question, sort, limit: 10, passages: Some((0, 0)) };
                let mut files = ChunkCorpus::of(&memory, TINY);
                files.workspace.set_first_answers(Some(0));
                let (mut before, mut after, mut is_given) = (0, 0, false);
                while let Answer::Need { now, meanwhile, .. } = files.workspace.answer(&request) {
                    if let Some(Response::Results(first)) = meanwhile.map(|first| *first).filter(|_| !is_given) {
                        is_given = true;
                        // In the order that is asked for; that of relevance is by all words.
                        let place = |row: &ResultRow| whole.rows.iter().position(|own| own == row);
                        let are_ordered = sort.key == SortKey::Relevance || first.rows.is_sorted_by_key(place);
                        assert!(are_ordered || first.rows.iter().any(|row| !row.has_text), "{query} {sort:?}");
                        ordered += u32::from(sort.key != SortKey::Relevance && first.rows.len() > 1);
                        for row in first.rows.iter().filter(|row| row.has_text) {
                            given += 1;
                            assert!(whole.rows.contains(row), "{query}: {row:#?}");
                            assert_eq!(first.so_far, Some(first.of), "{query}");
                            let said: String = first.echo.sentence.iter().map(EchoRun::text).collect();
                            assert!(said.ends_with(&format!(": {} so far; reading on …", first.matched)), "{said}");
                        }
                        for row in &first.rows {
                            assert!(whole.rows.iter().any(|own| own.card.name == row.card.name), "{query}");
                        }
                    }
                    let lists = now.iter().filter(|chunk| chunk.kind == ChunkKind::Postings).count();
                    *(if is_given { &mut after } else { &mut before }) += lists;
                    files.supply(&now);
                }
                spared += u32::from(is_given && after > before);
            }
        }
    }
    assert!(given > 30 && spared > 10 && ordered > 10, "{given} {spared} {ordered}");
}

/// Of words that are in no document together some lists are enough, or some and a few texts. The naive twin: memory, at once
/// for what is found, and for all that is said of it once everything has come.
#[test]
fn what_no_document_has_is_known_by_some_words() {
    let corpus = paragraphs();
    let mut memory = Workspace::new(corpus.clone());
    let is_plain = |word: &&str| word.is_ascii() && word.len() > 2 && !["and", "not", "near"].contains(word);
    let lower: Vec<String> = corpus.documents.iter().map(|document| document.text.to_lowercase()).collect();
    let words: Vec<Vec<&str>> =
        lower.iter().map(|text| text.split(|c: char| !c.is_alphanumeric()).filter(is_plain).collect()).collect();
    let (mut ruled_out, mut by_texts, mut found) = (0, 0, 0);
    for (place, own) in words.iter().enumerate().filter(|(_, own)| own.len() > 12).step_by(2) {
        // Of one document, and of others.
        let other = |step: usize| {
            let other = &words[(place + step * 7) % words.len()];
            other.get(step % other.len().max(1)).copied().unwrap_or("zyzzyva")
        };
        let (a, b, c, d, e) = (own[0], own[5], other(1), other(2), own[own.len() - 1]);
        for query in [
            format!("{a} {b} {c} {d}"),
            format!("{a} {c} {d} {} {}", other(3), other(4)),
            format!("{a} {b} zyzzyva"),
            format!("({a} OR {c}) ({b} OR {d}) {} {e}", other(3)),
            format!("\"{a} {b}\" {c} {d}"),
            format!("({a} NEAR {c}) {b} {e}"),
            format!("({a} {b} within <p/>) {c} {d} -{e}"),
            format!("{a} {b} {e} source:TASS"),
            format!("{a} {c} -{b} -({d} {e})"),
            format!("in-title:{a} {c} {d}"),
            format!("{}* {c} {d} {}*", &a[..2], &b[..2]),
            format!("{a}~ {b} {c}"),
            format!("({a} {b}) OR ({c} {d} {})", other(3)),
            format!("-{a} {b} {c} {d}"),
            format!("({c} OR {a}) {b} {e}"),
            format!("(({c} OR {a}) NEAR/60 {b}) {e} {}", own[3]),
            format!("({c} {d}) OR ({a} {b} {e})"),
        ] {
            let source = Filter { field: "source".to_owned(), values: vec!["TASS".to_owned()] };
            for filters in [Vec::new(), vec![source]] {
                let question = Question { filters, ..question(&query) };
                let request = Request::Results { question, sort: Sort::default(), limit: 10, passages: None };
                let Response::Results(whole) = memory.handle(&request) else { panic!("results were asked") };
                let mut files = ChunkCorpus::of(&memory, TINY);
                files.workspace.set_first_answers(Some(0));
                let mut texts = 0;
                let (response, mut later) = loop {
                    match files.workspace.answer(&request) {
                        Answer::Need { now, .. } => {
                            texts += now.iter().filter(|chunk| chunk.kind == ChunkKind::Texts).count();
                            files.supply(&now);
                        }
                        Answer::Ready { response, later } => break (response, later),
                        Answer::Working { .. } => unreachable!(),
                    }
                };
                let Response::Results(view) = *response else { panic!("results were asked") };
                let names =
                    |view: &ResultsView| -> Vec<String> { view.rows.iter().map(|row| row.card.name.clone()).collect() };
                assert_eq!((view.matched, view.hits), (whole.matched, whole.hits), "{query}");
                assert_eq!(names(&view), names(&whole), "{query}");
                assert_eq!(view.echo.sentence, whole.echo.sentence, "{query}");
                let has_lists = later.iter().any(|chunk| chunk.kind == ChunkKind::Postings);
                match whole.matched {
                    0 if has_lists && texts > 0 => by_texts += 1,
                    0 if has_lists => ruled_out += 1,
                    0 => {}
                    _ => found += 1,
                }
                while !later.is_empty() {
                    files.supply(&later);
                    let answer = files.workspace.answer(&request);
                    let Answer::Ready { response, later: more } = answer else { panic!("{query}: {answer:?}") };
                    later = more;
                    if later.is_empty() {
                        assert_eq!(format!("{response:?}"), format!("Results({whole:?})"), "{query}");
                    }
                }
            }
        }
    }
    assert!(ruled_out > 300 && by_texts > 0 && found > 80, "{ruled_out} {by_texts} {found}");
}

/// Words that are in all documents; in some, rare words among them, in one order or another.
fn frequent_words(documents: usize) -> Corpus {
    let mut corpus = paragraphs();
    let first = corpus.documents[0].clone();
    let text = |place: usize| match place {
        // Four in a row, with one hit, three, two and four.
        150..154 => format!("Of it{}. ", " the zyzzyva of the kazoo in the quux".repeat([1, 3, 2, 4][place - 150])),
        _ if place % (documents / 60) == 1 => "The quux and the kazoo of the zyzzyva in it. ".to_owned(),
        _ => "The one of the two in the house and to it. ".to_owned(),
    };
    let document = |place: usize| Document { name: format!("made-{place}"), text: text(place), ..first.clone() };
    corpus.documents = (0..documents).map(document).collect();
    corpus
}

/// Of those in [`frequent_words`] only the lists of these are cut.
fn few_are_cut(documents: u32) -> Sizes {
    let cut = CutSizes { frequent: documents, heads: Heads { stretch: 2, of: 24 } };
    let pairs = PairSizes { frequent: 1 << 20, ..TINY.pairs };
    Sizes { texts: 600, cut, pairs, ..TINY }
}

/// A phrase with function words is looked for in the texts of the documents that have its other words in their places: no
/// list that is cut is read, and no text of a document that has them in another order. The naive twin: memory, for all that
/// can be asked of a phrase.
#[test]
fn phrases_of_frequent_words_are_looked_for_in_texts() {
    let mut memory = Workspace::new(frequent_words(2_400));
    let mut read = 0;
    for (query, texts) in [
        ("\"the zyzzyva of the kazoo in the quux\"", 1..3),
        ("\"kazoo in the quux\"", 1..3),
        ("\"THE zyzzyvas OF\"", 2..100),
        ("\"of the kazoo in the qu*\"", 1..3),
        ("\"zyzzyva of a kazoo\"", 0..2),
        ("\"the quux the the zyzzyva\"", 0..1),
        ("\"the zyzzyva of the kazoo\" -\"in the quux the\"", 1..3),
        ("\"the kazoo of the zyzzyva in it\"", 2..100),
        ("\"the kazoo of the zyzzyva in it\" OR \"the kazoo in the quux\"", 2..100),
        ("in-title:\"the zyzzyva\"", 0..100),
        ("\"the zyzzyva of\" within <s/>", 1..100),
    ] {
        let mut files = ChunkCorpus::of(&memory, few_are_cut(2_000));
        let mut asked: Vec<ChunkId> = Vec::new();
        let request = Request::Results { question: question(query), sort: Sort::default(), limit: 300, passages: None };
        let found = loop {
            match files.workspace.answer(&request) {
                Answer::Need { now, .. } => {
                    files.supply(&now);
                    asked.extend(now);
                }
                Answer::Ready { response, .. } => break response,
                Answer::Working { .. } => unreachable!(),
            }
        };
        let (Response::Results(view), Response::Results(whole)) = (*found, memory.handle(&request)) else {
            panic!("results were asked")
        };
        assert_eq!((view.matched, view.hits), (whole.matched, whole.hits), "{query}");
        let count = |kind: ChunkKind| asked.iter().filter(|chunk| chunk.kind == kind).count();
        if count(ChunkKind::Tails) == 0 {
            assert!(texts.contains(&count(ChunkKind::Texts)), "{query}: {asked:?}");
            read += 1;
        }
        let documents = Request::Documents { question: question(query), sort: Sort::default(), first: 1, limit: 9 };
        let ranked = Request::Ranked { question: question(query), sort: Sort::default(), limit: 300 };
        for request in [request, documents, ranked, results(query)] {
            assert_eq!(format!("{:?}", files.ask(&request)), format!("{:?}", memory.handle(&request)), "{query}");
        }
    }
    assert!((5..11).contains(&read), "{read}");
}

/// Of a phrase with function words the others are looked up, and where they stand: of documents that have them in another
/// order no text is read. Rows stand in the order that is asked for.
#[test]
fn phrases_are_found_by_their_rare_words() {
    let mut memory = Workspace::new(frequent_words(240));
    for key in [SortKey::Hits, SortKey::Length] {
        for is_descending in [false, true] {
            let sort = Sort { key, is_descending };
            let question = question("\"the zyzzyva of the kazoo in the quux\" of the");
            let request = Request::Results { question, sort, limit: 10, passages: Some((0, 10)) };
            let mut files = ChunkCorpus::of(&memory, few_are_cut(200));
            files.workspace.set_first_answers(Some(0));
            let (first, before, after) = until_first(&mut files, &request);
            let chunks = |rounds: &[Vec<ChunkId>], kind: ChunkKind| {
                rounds.iter().flatten().filter(|chunk| chunk.kind == kind).count()
            };
            assert!((1..=2).contains(&chunks(&before, ChunkKind::Texts)), "{sort:?}: {before:?}");
            assert!(chunks(&before, ChunkKind::Tails) < chunks(&after, ChunkKind::Tails), "{sort:?}");
            let Response::Results(whole) = memory.handle(&request) else { panic!("results were asked") };
            assert_eq!(whole.matched, 4);
            let expected: Vec<&ResultRow> = whole.rows.iter().filter(|row| first.rows.contains(row)).collect();
            assert!(expected.len() > 1, "{sort:?}: {first:#?}");
            assert_eq!(first.rows.iter().collect::<Vec<_>>(), expected, "{sort:?}");
        }
    }
}

/// What is put off of a question is announced, also where what is left of it would not have been put off, and where
/// something else is asked in between.
#[test]
fn what_was_begun_is_announced() {
    let memory = Workspace::new(paragraphs());
    let request = results("talks OR peace OR russia OR turkey OR meeting OR president OR minister OR war OR grain");
    // How much that takes in all.
    let mut files = ChunkCorpus::of(&memory, TINY);
    let mut all = 0;
    while let Answer::Need { now, .. } = files.workspace.answer(&request) {
        all += files.root.list_bytes(&now);
        files.supply(&now);
    }
    for between in [None, Some(results("kazoo"))] {
        let mut files = ChunkCorpus::of(&memory, TINY);
        files.workspace.set_first_answers(Some(all as usize - 1));
        let (mut given, mut left) = (false, 0);
        while let Answer::Need { now, meanwhile, .. } = files.workspace.answer(&request) {
            given |= meanwhile.is_some();
            left += if given { files.root.list_bytes(&now) } else { 0 };
            files.supply(&now);
            between.iter().for_each(|other| drop(files.ask_once(other)));
            files.workspace.set_first_answers(Some(all as usize - 1));
        }
        assert!(given && left > 0 && left < all - 1, "{left} of {all}");
    }
}

fn results(query: &str) -> Request {
    Request::Results { question: question(query), sort: Sort::default(), limit: 10, passages: None }
}

/// The first answer, and what was asked for, by round, before it and after.
fn until_first(files: &mut ChunkCorpus, request: &Request) -> (ResultsView, Vec<Vec<ChunkId>>, Vec<Vec<ChunkId>>) {
    let (mut before, mut after, mut given) = (Vec::new(), Vec::new(), None);
    loop {
        match files.workspace.answer(request) {
            Answer::Need { now, meanwhile, .. } => {
                if let Some(Response::Results(view)) = meanwhile.map(|first| *first) {
                    given = Some(view);
                }
                files.supply(&now);
                (if given.is_none() { &mut before } else { &mut after }).push(now);
            }
            Answer::Ready { .. } => return (given.expect("a first answer"), before, after),
            Answer::Working { .. } => unreachable!("{request:?}"),
        }
    }
}

/// The budget of a first search: once the dictionary is there, lists, then everything that is shown.
#[test]
fn after_the_dictionary_a_first_answer_with_its_passages_takes_two_rounds() {
    let memory = Workspace::new(seeds());
    for sizes in [TINY, Default::default()] {
        for query in ["erdogan", "\"prisoner exchange\"", "turkey russia", "lavrov OR fidan OR putin"] {
            let mut files = ChunkCorpus::of(&memory, sizes);
            let dictionary = files.workspace.useful_chunks().into_iter().filter(|chunk| chunk.kind == ChunkKind::Terms);
            files.supply(&dictionary.collect::<Vec<_>>());
            let request =
                Request::Results { question: question(query), sort: Sort::default(), limit: 10, passages: None };
            let mut rounds = Vec::new();
            let later = loop {
                match files.workspace.answer(&request) {
                    Answer::Need { now, later, .. } => {
                        let mut kinds: Vec<ChunkKind> = now.iter().chain(&later).map(|chunk| chunk.kind).collect();
                        kinds.dedup();
                        rounds.push(kinds);
                        files.supply(&[now, later].concat());
                    }
                    Answer::Ready { later, .. } => break later,
                    Answer::Working { .. } => unreachable!("{query}"),
                }
            };
            assert_eq!(rounds.len(), 2, "{query}: {rounds:?}");
            assert_eq!(rounds[1][0], ChunkKind::Cards, "{query}: {rounds:?}");
            assert!(rounds[1].contains(&ChunkKind::Texts), "{query}: {rounds:?}");
            assert!(!later.iter().any(|chunk| chunk.kind == ChunkKind::Texts), "{query}: {later:?}");
        }
    }
}
