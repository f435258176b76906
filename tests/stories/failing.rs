//! What goes wrong: a worker that dies, files that are slow, damaged or missing.

use std::fs;

use sheaf_tests::browser::Browser;
use sheaf_tests::corpora::file_in;
use sheaf_tests::server::Fault;
use sheaf_tests::story::story;
use thirtyfour::Key;

/// Gets hold of every worker that the page starts.
const CATCH_WORKERS: &str = "
  window.workers = [];
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(...given) { super(...given); window.workers.push(this); }
  };";

/// The page with its worker at hand.
async fn open_with_worker(page: &Browser) {
    page.before_every_page(CATCH_WORKERS).await;
    page.open("").await;
    assert!(page.is("workers.length === 1").await);
}

#[test]
fn a_worker_that_dies_without_a_word_is_missed_and_replaced() {
    story(async |page| {
        open_with_worker(page).await;
        page.run("workers[0].terminate()").await;
        page.keys("/").await;
        page.keys("erdogan").await;
        let notice = page.until("the page says what happened", "text('.notice')").await;
        assert!(notice.as_str().unwrap_or_default().contains("stopped and was started again"), "{notice}");
        page.until("the query is answered", "texts('main mark').includes('Erdoğan')").await;
        assert!(page.is("workers.length === 2 && one('#search').value === 'erdogan'").await);
        page.search("putin").await;
        page.until("the next one, too", "texts('main mark').includes('Putin')").await;
    });
}

#[test]
fn a_worker_that_reports_its_death_is_replaced_at_once() {
    story(async |page| {
        open_with_worker(page).await;
        page.search("erdogan").await;
        page.run("workers[0].dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }))")
            .await;
        let notice = page.until("the page says what happened", "text('.notice')").await;
        assert!(notice.as_str().unwrap_or_default().contains("out of memory"), "{notice}");
        page.until("there is a new one", "workers.length === 2").await;
        page.answered().await;
        page.until("the results are there", "texts('main mark').includes('Erdoğan')").await;
        page.search("putin").await;
        page.until("the next query is answered", "texts('main mark').includes('Putin')").await;
    });
}

#[test]
fn a_worker_that_dies_again_and_again_is_given_up_with_a_way_out() {
    story(async |page| {
        // Each worker dies as soon as it has been started.
        let dying = format!(
            "{CATCH_WORKERS}
             setInterval(() => {{ if (window.isCursed) workers.splice(0).forEach((worker) => {{
               worker.terminate();
               worker.dispatchEvent(new ErrorEvent('error', {{ message: 'cursed', cancelable: true }}));
             }}); }}, 10);"
        );
        page.before_every_page(&dying).await;
        page.open("").await;
        page.run("window.isCursed = true").await;
        page.until("the page gives up", "text('main [role=alert]').includes('several times in a row')").await;
        page.run("window.isCursed = false").await;
        page.click("main button", "Try again").await;
        page.answered().await;
        page.search("erdogan").await;
        page.until("it works again", "texts('main mark').includes('Erdoğan')").await;
    });
}

#[test]
fn what_is_typed_before_the_program_is_there_is_kept_and_answered() {
    story(async |page| {
        let gate = page.server.hold(".wasm");
        page.go("").await;
        page.until("the frame is there", "seen(one('#search')) && text('#echo').startsWith('Loading')").await;
        assert_eq!(page.texts("#titles a").await.len(), 5, "the titles are there");
        page.run("one('#search').focus()").await;
        page.keys("erdogn").await;
        page.press(Key::Left).await;
        page.keys("a").await;
        assert!(page.is("one('#search').value === 'erdogan'").await);
        gate.open();
        page.until("it is answered", "texts('main mark').includes('Erdoğan')").await;
        assert!(page.is("one('#search').value === 'erdogan'").await, "the text is kept");
        assert!(page.is("document.activeElement.id === 'search'").await, "the keyboard is kept");
        assert!(page.is("one('#search').selectionStart === 6").await, "the place of the cursor is kept");
    });
}

#[test]
fn the_page_can_be_read_while_the_corpus_is_on_its_way() {
    story(async |page| {
        let gate = page.server.hold("corpus-");
        page.go("#/results?q=erdogan").await;
        page.until("the program is there", "one('.tools button') !== null").await;
        assert!(page.echo().await.starts_with("Loading"), "{}", page.echo().await);
        assert_eq!(page.texts("#titles a").await.len(), 5, "the titles are there");
        page.run("one('#search').select()").await;
        page.keys("putin").await;
        gate.open();
        page.until("what was typed meanwhile is answered", "texts('main mark').includes('Putin')").await;
    });
}

#[test]
fn a_missing_corpus_file_is_named_and_can_be_tried_again() {
    story(async |page| {
        page.expect_in_console("corpus-");
        let name = corpus_name(page);
        page.server.fault("corpus-", Fault::Status(404));
        page.go("").await;
        page.until_with("the page names the file", "text('main [role=alert]').includes(input)", name.into()).await;
        page.server.mend();
        page.click("main button", "Try again").await;
        page.answered().await;
        page.search("erdogan").await;
        page.until("it works", "texts('main mark').includes('Erdoğan')").await;
    });
}

#[test]
fn a_damaged_corpus_file_is_named_and_can_be_tried_again() {
    story(async |page| {
        let mut bytes = fs::read(file_in(&page.settings().dist, "corpus-")).expect("the corpus file");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        page.server.fault("corpus-", Fault::Bytes(bytes));
        page.go("").await;
        page.until("the page says what is wrong", "text('main [role=alert]').includes('damaged')").await;
        let message = page.text("main [role=alert]").await;
        assert!(message.contains(&corpus_name(page)), "the message names the file: {message}");
        page.server.mend();
        page.click("main button", "Try again").await;
        page.answered().await;
        page.search("erdogan").await;
        page.until("it works", "texts('main mark').includes('Erdoğan')").await;
    });
}

#[test]
fn a_missing_program_is_named_and_the_titles_stay() {
    story(async |page| {
        page.expect_in_console("sheaf-");
        page.server.fault(".wasm", Fault::Status(404));
        page.go("").await;
        page.until("the page names the file", "text('#failed').includes('.wasm')").await;
        assert_eq!(page.texts("#titles a").await.len(), 5, "the titles stay");
    });
}

#[test]
fn screens_that_cannot_be_loaded_say_so_and_can_be_tried_again() {
    story(async |page| {
        page.expect_in_console("screens-");
        page.server.fault("screens-", Fault::Status(404));
        page.open("").await;
        page.search("erdogan").await;
        page.until("the list needs nothing else", "texts('main mark').includes('Erdoğan')").await;
        page.click("header button", "Help").await;
        page.until("the help says so", "text('dialog [role=alert]').includes('could not be loaded')").await;
        page.click("dialog button", "Try again").await;
        page.until("it says so again", "text('dialog [role=alert]').includes('could not be loaded')").await;
        page.server.mend();
        page.click("dialog button", "Try again").await;
        page.until("the help is there", "one('dialog dl') !== null").await;
    });
}

#[test]
fn a_document_whose_code_cannot_be_loaded_says_so_and_can_be_tried_again() {
    story(async |page| {
        page.expect_in_console("deferred-");
        page.server.fault("deferred-", Fault::Status(404));
        page.open("#/results?q=erdogan&doc=001_9b23693f54f7dc8a").await;
        page.until("the list needs nothing else", "texts('main mark').includes('Erdoğan')").await;
        page.until("the Reader says so", "text('#reader [role=alert]').includes('could not be loaded')").await;
        page.server.mend();
        page.click("#reader button", "Try again").await;
        page.until("the document is there", "texts('#reader mark').includes('Erdoğan')").await;
    });
}

#[test]
fn a_document_whose_code_comes_late_is_waited_for() {
    story(async |page| {
        let gate = page.server.hold("deferred-");
        page.open("#/results?q=erdogan&doc=001_9b23693f54f7dc8a").await;
        // Longer than a worker may be silent.
        page.promised("new Promise((done) => setTimeout(done, 9000, 'late'))").await;
        assert!(page.is("text('#reader').includes('Opening')").await, "{}", page.text("#reader").await);
        assert_eq!(page.texts(".notice").await.len(), 0, "the worker was not taken for dead");
        gate.open();
        page.until("the document is there", "texts('#reader mark').length > 0").await;
    });
}

fn corpus_name(page: &Browser) -> String {
    let file = file_in(&page.settings().dist, "corpus-");
    file.file_name().expect("a name").to_string_lossy().into_owned()
}
