//! The store by itself: actions in, requests answered at once by a worker of its own.

use std::rc::Rc;

use sheaf_core::document::{Corpus, Document, Fact};
use sheaf_core::query::parse::MAX_BYTES;
use sheaf_core::views::{Completion, CompletionKind, CompletionsView, ResultsView};
use sheaf_core::workspace::{Request, RequestError, Response, Workspace};

use super::answer::MAX_DEATHS;
use super::state::FIRST_PASSAGES;
use super::update::ROWS_AHEAD;
use super::*;
use crate::protocol::{Ask, Reading, RequestId, Slot};
use crate::route::{Lens, Route};
use crate::words;

/// A page with a worker of its own: actions in, requests answered at once.
struct Page {
    state: State,
    workspace: Workspace,
    effects: Vec<Effect>,
}

impl Page {
    fn new(texts: &[&str]) -> Page {
        let documents = (0..).zip(texts).map(|(number, text)| document(number, text)).collect();
        let workspace = Workspace::new(Corpus { title: "Test".into(), documents, ..Corpus::default() });
        let mut page =
            Page { state: State::new(Route::default(), vec![], true, Default::default()), workspace, effects: vec![] };
        page.act(Action::Started);
        page.act(Action::WorkerReady);
        page
    }

    fn act(&mut self, action: Action) -> &mut Page {
        let effects = update(&mut self.state, action);
        let asks: Vec<_> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Ask(id, ask) => Some((*id, ask.request.clone())),
                _ => None,
            })
            .collect();
        self.effects = effects;
        for (id, request) in asks {
            let response = self.workspace.handle(&request);
            let more = update(&mut self.state, Action::Answered(id, Box::new(response)));
            self.effects.extend(more);
        }
        self
    }
}

fn document(number: usize, text: &str) -> Document {
    Document {
        name: format!("d{number}"),
        file: format!("d{number}.txt"),
        title: Fact::unknown(),
        date: Fact::unknown(),
        source: Fact::unknown(),
        language: Fact::stated("en".into()),
        url: None,
        fields: vec![],
        text: text.into(),
    }
}

#[test]
fn typing_asks_and_the_first_letter_begins_a_history_entry() {
    let mut page = Page::new(&["alpha beta", "alpha"]);
    page.act(Action::Typed("a".into(), None));
    assert!(page.effects.contains(&Effect::SetUrl { route: page.state.link(), is_new: true }));
    page.act(Action::Typed("al".into(), None));
    assert!(page.effects.contains(&Effect::SetUrl { route: page.state.link(), is_new: false }));
    assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 2);
    page.act(Action::Committed);
    assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 0);
}

#[test]
fn what_was_understood_is_of_this_question_in_every_lens() {
    let mut page = Page::new(&["alpha", "alpha", "beta"]);
    let matched = |page: &mut Page, link: &str| {
        let (route, problems) = Route::parse(link);
        page.act(Action::UrlChanged { route, problems });
        page.state.understood.as_ref().and_then(|(_, matched)| *matched)
    };
    assert_eq!(matched(&mut page, "#/results?q=alpha"), Some(2));
    assert_eq!(matched(&mut page, "#/documents?q=beta"), Some(1));
    assert_eq!(matched(&mut page, "#/about?q=beta"), Some(1));
    assert_eq!(matched(&mut page, "#/about?q=gamma"), Some(0));
    assert_eq!(matched(&mut page, "#/words?q=alpha"), Some(2));
    assert_eq!(matched(&mut page, "#/about"), Some(3));
}

#[test]
fn what_is_understood_alike_is_not_drawn_anew() {
    let mut page = Page::new(&["alpha", "beta"]);
    page.act(Action::Typed("alpha".into(), None));
    let (before, _) = page.state.understood.clone().unwrap();
    let (route, problems) = Route::parse("#/documents?q=alpha&typing=1");
    page.act(Action::UrlChanged { route, problems });
    assert!(page.state.documents.shown.is_some());
    assert!(Rc::ptr_eq(&before, &page.state.understood.unwrap().0));
}

#[test]
fn an_answer_to_an_old_question_is_dropped() {
    let mut page = Page::new(&["alpha", "beta"]);
    let first = update(&mut page.state, Action::Typed("alpha".into(), None));
    page.act(Action::Typed("beta".into(), None));
    let shown = page.state.results.shown.clone().unwrap();
    for effect in first {
        if let Effect::Ask(id, ask) = effect {
            let response = page.workspace.handle(&ask.request);
            update(&mut page.state, Action::Answered(id, Box::new(response)));
        }
    }
    assert_eq!(page.state.results.shown.unwrap(), shown);
}

#[test]
fn the_keyboard_walks_rows_opens_closes_and_returns() {
    let mut page = Page::new(&["alpha", "alpha alpha"]);
    page.act(Action::Typed("alpha ".into(), None)).act(Action::MoveRow(1)).act(Action::MoveRow(1));
    let row = page.state.row.clone().unwrap();
    page.act(Action::MoveRow(1));
    assert_eq!(page.state.row, Some(row.clone()));
    page.act(Action::OpenRow);
    assert_eq!(page.state.route.open.as_ref().unwrap().doc, row);
    assert!(page.effects.contains(&Effect::Focus(Focus::Reader)));
    page.act(Action::Escape);
    assert!(page.effects.contains(&Effect::Focus(Focus::Row(row))));
    assert_eq!(page.state.route.open, None);
}

#[test]
fn hits_stop_at_both_ends() {
    let mut page = Page::new(&["alpha beta alpha"]);
    page.act(Action::Typed("alpha ".into(), None)).act(Action::MoveRow(1)).act(Action::OpenRow);
    let hit = |page: &Page| page.state.route.open.as_ref().unwrap().hit;
    page.act(Action::MoveHit(1)).act(Action::MoveHit(1));
    assert_eq!(hit(&page), Some(1));
    page.act(Action::MoveHit(-1)).act(Action::MoveHit(-1));
    assert_eq!(hit(&page), Some(0));
}

#[test]
fn a_dead_worker_is_started_again_and_asked_again_but_not_for_ever() {
    let mut page = Page::new(&["alpha"]);
    page.act(Action::Typed("alpha".into(), None));
    page.act(Action::WorkerDied("killed".into()));
    assert!(page.effects.contains(&Effect::StartWorker));
    assert_eq!(page.state.notices.len(), 1);
    page.act(Action::WorkerReady);
    assert!(page.effects.iter().any(|effect| matches!(effect, Effect::Ask(..))));
    for _ in 0..=MAX_DEATHS {
        page.act(Action::WorkerDied("again".into()));
    }
    assert!(matches!(page.state.engine, Engine::Failed(_)));
    page.act(Action::Retry);
    assert_eq!(page.effects, vec![Effect::StartWorker]);
}

#[test]
fn screens_are_loaded_after_the_first_answer_and_again_only_when_asked() {
    let mut page = Page::new(&["alpha"]);
    assert_eq!(page.state.screens, Loaded::OnItsWay);
    page.act(Action::ScreensLoaded(false));
    page.act(Action::ToggleHelp);
    assert_eq!((page.state.screens, page.effects.as_slice()), (Loaded::Failed, &[][..]));
    page.act(Action::LoadScreens);
    assert_eq!((page.state.screens, page.effects.as_slice()), (Loaded::OnItsWay, &[Effect::LoadScreens][..]));
    page.act(Action::ScreensLoaded(true));
    page.act(Action::Typed("alpha".into(), None));
    assert!(page.state.screens == Loaded::Here && !page.effects.contains(&Effect::LoadScreens));
}

#[test]
fn a_screen_in_the_link_is_loaded_at_once() {
    for link in ["#/about", "#/documents", "#/results?doc=a"] {
        let mut state = State::new(Route::parse(link).0, Vec::new(), true, Default::default());
        let effects = [Effect::StartWorker, Effect::ShowTab, Effect::LoadScreens];
        assert_eq!(update(&mut state, Action::Started), effects, "{link}");
    }
    let mut state = State::new(Route::parse("#/results?q=a").0, Vec::new(), true, Default::default());
    assert_eq!(update(&mut state, Action::Started), [Effect::StartWorker, Effect::ShowTab]);
}

/// The number under which a slot was asked for.
fn asked(effects: &[Effect], slot: Slot) -> RequestId {
    let id = effects.iter().find_map(|effect| match effect {
        Effect::Ask(id, ask) if ask.slot == slot => Some(*id),
        _ => None,
    });
    id.unwrap()
}

#[test]
fn a_document_whose_code_is_not_loaded_is_asked_for_again() {
    let mut page = Page::new(&["alpha"]);
    let route = page.state.route.opened("d0", None);
    let effects = update(&mut page.state, Action::Go(route));
    let not_loaded = Box::new(Response::Failed(RequestError::NotLoaded));
    page.act(Action::Answered(asked(&effects, Slot::Reader), not_loaded));
    assert_eq!(page.state.reader.failed.as_deref(), Some(words::NOT_LOADED));
    page.act(Action::AskAgain(Slot::Reader));
    assert!(page.state.reader.shown.is_some() && page.state.reader.failed.is_none());
}

#[test]
fn what_is_read_is_told_until_the_answer_is_there() {
    let mut page = Page::new(&["alpha"]);
    update(&mut page.state, Action::Typed("alpha".into(), None));
    let reading = Reading { done: 1, of: 3, bytes: 4_096 };
    page.act(Action::Reading(reading));
    assert_eq!(page.state.reading, Some(reading));
    assert_eq!(page.effects, vec![Effect::Watch(true)], "the worker lives");
    page.act(Action::Typed("alph".into(), None));
    assert_eq!(page.state.reading, None);
}

#[test]
fn a_first_answer_is_shown_while_the_whole_one_is_waited_for() {
    let mut page = Page::new(&["alpha"]);
    page.act(Action::Typed("alpha".into(), None));
    let whole = page.state.results.shown.clone().expect("an answer");
    let effects = update(&mut page.state, Action::Typed("alph".into(), None));
    let id = asked(&effects, Slot::Lens);
    let first = ResultsView { so_far: Some(1), ..(*whole).clone() };
    page.act(Action::Answered(id, Box::new(Response::Results(first.clone()))));
    assert_eq!(page.state.results.shown.as_deref(), Some(&first));
    assert!(page.state.results.is_partial && !page.state.results.is_pending);
    assert!(page.effects.contains(&Effect::Watch(true)), "the worker is still at work");
    page.act(Action::ShowPassages((7, 9)));
    assert!(!page.effects.iter().any(|effect| matches!(effect, Effect::Ask(..))), "these rows may go");
    page.act(Action::Answered(id, Box::new(Response::Results((*whole).clone()))));
    assert_eq!(page.state.results.shown, Some(whole));
    assert!(!page.state.results.is_partial);
}

#[test]
fn a_worker_that_dies_of_the_whole_answer_is_given_up_though_it_gives_first_ones() {
    let mut page = Page::new(&["alpha"]);
    page.act(Action::Typed("alpha".into(), None));
    let whole = page.state.results.shown.clone().expect("an answer");
    let first = ResultsView { so_far: Some(1), ..(*whole).clone() };
    let mut effects = update(&mut page.state, Action::Typed("alph".into(), None));
    for death in 0..=MAX_DEATHS {
        let id = asked(&effects, Slot::Lens);
        page.act(Action::Answered(id, Box::new(Response::Results(first.clone()))));
        let _ = update(&mut page.state, Action::WorkerDied("out of memory".into()));
        assert_eq!(matches!(page.state.engine, Engine::Failed(_)), death == MAX_DEATHS);
        if death < MAX_DEATHS {
            effects = update(&mut page.state, Action::WorkerReady);
        }
    }
}

#[test]
fn of_another_question_nothing_more_is_waited_for() {
    let mut page = Page::new(&["alpha"]);
    page.act(Action::Typed("alpha".into(), None));
    let whole = page.state.results.shown.clone().expect("an answer");
    let effects = update(&mut page.state, Action::Typed("alph".into(), None));
    let first = ResultsView { so_far: Some(1), ..(*whole).clone() };
    let answered = Action::Answered(asked(&effects, Slot::Lens), Box::new(Response::Results(first)));
    page.act(answered);
    let documents = page.state.route.through(Lens::Documents);
    let _ = update(&mut page.state, Action::Go(documents));
    assert!(!page.state.results.is_partial);
    assert_eq!(
        page.state.understood.as_ref().map(|(_, matched)| *matched),
        Some(None),
        "no tab counts what is not all"
    );
}

#[test]
fn a_lens_that_cannot_be_answered_says_so_and_is_asked_again() {
    let mut page = Page::new(&["alpha"]);
    let effects = update(&mut page.state, Action::Typed("alpha".into(), None));
    let id = asked(&effects, Slot::Lens);
    let error = RequestError::NotBrought { file: "0.bin".into(), reason: "the server said 404".into() };
    page.act(Action::Answered(id, Box::new(Response::Failed(error))));
    assert!(page.state.results.failed.as_ref().unwrap().contains("0.bin"));
    page.act(Action::AskAgain(Slot::Lens));
    assert!(page.state.results.failed.is_none() && page.state.results.shown.is_some());
}

#[test]
fn passages_are_asked_for_as_far_as_the_window_shows_rows_and_begin_anew_with_another_question() {
    let mut page = Page::new(&["alpha"]);
    let asked = |page: &Page| {
        page.effects.iter().find_map(|effect| match effect {
            Effect::Ask(_, Ask { request: Request::Results { passages, .. }, .. }) => *passages,
            _ => None,
        })
    };
    page.act(Action::ShowPassages(FIRST_PASSAGES));
    assert_eq!(asked(&page), None, "they were asked for");
    page.act(Action::ShowPassages((7, 9)));
    assert_eq!(asked(&page), Some((7, 9 + ROWS_AHEAD)));
    page.act(Action::ShowPassages((8, 9 + ROWS_AHEAD)));
    assert_eq!(asked(&page), None, "they are on their way");
    page.act(Action::ShowPassages((6, 8)));
    assert_eq!(asked(&page), Some((6, 8 + ROWS_AHEAD)), "scrolled back to what is no longer there");
    page.act(Action::Typed("alpha".into(), None));
    assert_eq!(asked(&page), Some(FIRST_PASSAGES));
    // What is shown is of the question before: its rows say nothing of the next.
    let _ = update(&mut page.state, Action::Typed("alphab".into(), None));
    page.act(Action::ShowPassages((9, 20)));
    assert_eq!((asked(&page), page.state.passages), (None, FIRST_PASSAGES));
}

#[test]
fn a_long_table_is_asked_for_in_windows_and_begins_anew_with_another_question() {
    let mut page = Page::new(&["alpha"]);
    page.act(Action::Go(Route { lens: Lens::Documents, ..Route::default() }));
    let first = |page: &Page| {
        page.effects.iter().find_map(|effect| match effect {
            Effect::Ask(_, Ask { request: Request::Documents { first, .. }, .. }) => Some(*first),
            _ => None,
        })
    };
    page.act(Action::ScrolledTo(1_234));
    assert_eq!(first(&page), Some(1_200));
    page.act(Action::ScrolledTo(1_239));
    assert_eq!(first(&page), None, "the window holds these rows as well");
    page.act(Action::Typed("alpha".into(), None));
    assert!(first(&page) == Some(0) && page.effects.contains(&Effect::ScrollUp));
}

#[test]
fn a_switch_keeps_the_question_and_asks_again() {
    let mut page = Page::new(&["Alpha", "alpha"]);
    page.act(Action::Typed("Alpha ".into(), None));
    assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 2);
    page.act(Action::Switch("case"));
    assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 1);
    assert_eq!(page.state.query(), "Alpha ");
    assert!(page.effects.contains(&Effect::SetUrl { route: page.state.link(), is_new: true }));
    page.act(Action::Switch("case"));
    assert_eq!(page.state.results.shown.as_ref().unwrap().matched, 2);
}

/// Ways to go on for "al|", replacing the whole word.
fn with_list(query: &str, start: u32, end: u32, inserts: &[&str]) -> Page {
    let mut page = Page::new(&["alpha alps"]);
    page.act(Action::Typed(query.into(), Some(end)));
    let item = |insert: &&str| Completion {
        insert: (*insert).to_owned(),
        label: (*insert).to_owned(),
        kind: if insert.ends_with(':') { CompletionKind::Field } else { CompletionKind::Term },
        documents: Some(1),
        detail: String::new(),
    };
    let items = inserts.iter().map(item).collect();
    page.state.completions.answer(CompletionsView { query: query.into(), start, end, items });
    page
}

#[test]
fn options_are_walked_around_and_none_is_among_them() {
    let mut page = with_list("al", 0, 2, &["alpha ", "alps "]);
    let mut walked = Vec::new();
    for by in [1, 1, 1, -1, -1, -1] {
        page.act(Action::MoveOption(by));
        walked.push(page.state.option);
    }
    assert_eq!(walked, [Some(0), Some(1), None, Some(1), Some(0), None]);
}

#[test]
fn an_option_takes_the_place_of_its_part_and_the_cursor_goes_behind_it() {
    let mut page = with_list("ß al (x", 3, 5, &["alpha "]);
    page.act(Action::Accept(0));
    assert_eq!(page.state.query(), "ß alpha  (x");
    assert!(!page.state.route.question.is_typing);
    assert!(page.effects.contains(&Effect::Caret(9)));
    assert!(page.state.list().is_none() && page.state.caret.is_none());
}

#[test]
fn an_option_for_an_earlier_text_is_not_taken() {
    let mut page = with_list("al", 0, 2, &["alpha "]);
    update(&mut page.state, Action::Typed("alx".into(), Some(3)));
    page.act(Action::MoveOption(1));
    assert_eq!(page.state.option, None);
    page.act(Action::Accept(0)).act(Action::Accept(9));
    assert_eq!(page.state.query(), "alx");
    // Nor one whose place is no place in the text.
    let mut page = with_list("ßß", 1, 9, &["alpha "]);
    page.act(Action::Accept(0));
    assert_eq!(page.state.query(), "ßß");
}

#[test]
fn the_name_of_a_field_asks_for_its_values() {
    let mut page = with_list("sou", 0, 3, &["source:"]);
    page.act(Action::Accept(0));
    assert_eq!((page.state.query(), page.state.caret), ("source:", Some(7)));
    assert!(page.effects.iter().any(|effect| matches!(effect, Effect::Ask(_, ask) if ask.slot == Slot::Complete)));
}

#[test]
fn escape_closes_the_list_first_and_every_way_on_closes_it() {
    let mut page = with_list("al", 0, 2, &["alpha "]);
    page.state.route = page.state.route.opened("d0", None);
    page.act(Action::Escape);
    assert!(page.state.list().is_none() && page.state.route.open.is_some());
    page.act(Action::Escape);
    assert!(page.state.route.open.is_none());
    let (route, problems) = Route::parse("#/results?q=alps");
    let ways =
        [Action::Committed, Action::CloseList, Action::Go(route.clone()), Action::UrlChanged { route, problems }];
    for way in ways {
        let mut page = with_list("al", 0, 2, &["alpha "]);
        page.act(way.clone());
        assert!(page.state.list().is_none() && page.state.caret.is_none(), "{way:?}");
        page.act(Action::Suggest(2));
        assert!(page.effects.iter().any(|effect| matches!(effect, Effect::Ask(..))), "it is asked anew: {way:?}");
    }
}

#[test]
fn an_emptied_field_has_no_list() {
    let mut page = with_list("a", 0, 1, &["alpha "]);
    page.act(Action::Typed(String::new(), Some(0)));
    assert!(page.state.caret.is_none() && page.state.list().is_none());
}

#[test]
fn a_rank_is_explained_until_another_question_is_asked() {
    let mut page = Page::new(&["alpha beta", "alpha alpha"]);
    page.act(Action::Typed("alpha ".into(), None)).act(Action::Explain("d1".into()));
    let why = page.state.explanation.shown.clone().unwrap();
    let why = why.open().unwrap();
    assert_eq!((why.name.as_str(), why.rank, why.matched), ("d1", 1, 2));
    page.act(Action::Explain("nowhere".into()));
    assert!(page.state.explanation.failed.as_ref().unwrap().contains("nowhere"));
    page.act(Action::Typed("beta ".into(), None));
    assert_eq!(page.state.dialog, None);
    page.act(Action::Explain("d0".into())).act(Action::Escape);
    assert_eq!(page.state.dialog, None);
}

#[test]
fn after_a_change_of_the_parts_the_keyboard_stays_on_them() {
    let mut page = Page::new(&["alpha beta"]);
    page.act(Action::Typed("alpha beta".into(), None)).act(Action::Rewrite("beta".into()));
    assert_eq!(page.state.query(), "beta");
    assert!(page.effects.contains(&Effect::Focus(Focus::Parts)));
    page.act(Action::Typed("bet".into(), None));
    assert!(!page.effects.contains(&Effect::Focus(Focus::Parts)));
}

#[test]
fn a_query_too_long_for_a_link_comes_back_with_its_entry_of_the_history() {
    let mut page = Page::new(&["alpha"]);
    let long = "alpha ".repeat(1_000);
    page.act(Action::Typed(long.clone(), None));
    assert_eq!(page.state.notices, vec![words::LONG_QUERY.to_owned()]);
    let link = page.state.route.print();
    page.act(Action::Typed("alpha".into(), None));
    assert_eq!(page.state.notices, Vec::<String>::new());
    let (route, problems) = Route::parse(&link);
    page.act(Action::UrlChanged { route: route.clone(), problems });
    assert_eq!(page.state.query(), long);
    page.act(Action::CopyLink);
    assert_eq!(page.effects, vec![], "no link is copied that leads elsewhere");

    let mut other = Page::new(&["alpha"]);
    other.act(Action::UrlChanged { route, problems: vec![] });
    assert_eq!(other.state.notices, vec![words::CUT_QUERY.to_owned()]);
}

#[test]
fn megabytes_are_cut_where_reading_stops() {
    let mut page = Page::new(&["alpha"]);
    page.act(Action::Typed("ß".repeat(500_000), Some(1_000_000)));
    assert_eq!(page.state.query().len(), MAX_BYTES + 2);
    let echo = &page.state.results.shown.as_ref().unwrap().echo;
    assert!(!echo.marks.is_empty(), "the core says that it stopped");
}

#[test]
fn what_the_worker_lacks_is_said_once() {
    let mut page = Page::new(&["alpha"]);
    page.act(Action::Notice("No stemmers.".into())).act(Action::Notice("No stemmers.".into()));
    assert_eq!(page.state.notices, vec!["No stemmers.".to_owned()]);
}

#[test]
fn a_link_of_another_corpus_says_so() {
    let mut page = Page::new(&["alpha"]);
    page.state.asked.clear();
    let (route, problems) = Route::parse("#/results?q=alpha&in=00000000");
    page.act(Action::UrlChanged { route, problems });
    assert_eq!(page.state.notices, vec![words::OTHER_CORPUS.to_owned()]);
}

#[test]
fn nothing_is_asked_twice() {
    let mut page = Page::new(&["alpha"]);
    page.act(Action::Typed("alpha".into(), None));
    let route = page.state.route.clone();
    page.act(Action::UrlChanged { route, problems: vec![] });
    assert!(!page.effects.iter().any(|effect| matches!(effect, Effect::Ask(..))));
}

#[test]
fn an_unknown_document_is_said_in_the_reader() {
    let mut page = Page::new(&["alpha"]);
    let (route, problems) = Route::parse("#/results?doc=nowhere");
    page.act(Action::UrlChanged { route, problems });
    assert!(page.state.reader.failed.as_ref().unwrap().contains("nowhere"));
}
