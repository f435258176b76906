//! Everything by keyboard, from the moment the page has loaded.

use sheaf_tests::browser::Browser;
use sheaf_tests::story::story;
use thirtyfour::Key;

/// The document whose row has the keyboard.
const ROW: &str = "document.activeElement.dataset.doc";

async fn row(page: &Browser) -> String {
    page.look(ROW).await.as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_reader_without_a_mouse_searches_reads_and_comes_back() {
    story(async |page| {
        page.open("").await;
        page.keys("/").await;
        page.until("the field has the keyboard", "document.activeElement.id === 'search'").await;
        page.keys("fidan").await;
        page.press(Key::Enter).await;
        page.until("the query is complete", "query().get('q') === 'fidan' && !query().has('typing')").await;
        page.answered().await;
        page.press(Key::Tab).await;
        page.until("the keyboard has left the field", "document.activeElement.id !== 'search'").await;

        page.keys("j").await;
        page.until("the first row has the keyboard", ROW).await;
        let first = row(page).await;
        page.keys("j").await;
        page.until_with("the second row has it", "document.activeElement.dataset.doc !== input", first.clone().into())
            .await;
        page.keys("k").await;
        page.until_with(
            "the first row has it again",
            "document.activeElement.dataset.doc === input",
            first.clone().into(),
        )
        .await;

        page.keys("o").await;
        page.until("the Reader has the keyboard", "document.activeElement.closest('#reader') !== null").await;
        page.until("the first hit is current", "one('#reader mark.is-current')?.id === 'hit-1'").await;
        page.keys("j").await;
        page.until("the second hit is current", "one('#reader mark.is-current')?.id === 'hit-2'").await;

        page.press(Key::Escape).await;
        page.until("the Reader is gone", "one('#reader') === null").await;
        page.until_with("its row has the keyboard", "document.activeElement.dataset.doc === input", first.into()).await;
    });
}

#[test]
fn next_and_previous_document_work_while_reading() {
    story(async |page| {
        page.open("#/results?q=fidan").await;
        page.keys("jo").await;
        page.until("the Reader shows a text", "text('#reader .text')").await;
        let first = page.text("#reader-title").await;
        page.keys("n").await;
        page.until_with(
            "another document is open",
            "text('#reader-title') !== '' && text('#reader-title') !== input",
            first.clone().into(),
        )
        .await;
        page.keys("p").await;
        page.until_with("the first is open again", "text('#reader-title') === input", first.into()).await;
    });
}

#[test]
fn help_opens_and_closes_and_gives_the_keyboard_back() {
    story(async |page| {
        page.open("#/results?q=fidan").await;
        page.keys("j").await;
        page.until("a row has the keyboard", ROW).await;
        let before = row(page).await;
        page.keys("?").await;
        page.until("the help is open", "one('dialog').open && text('dialog').includes('go to the search field')").await;
        assert!(page.is("one('dialog').contains(document.activeElement)").await, "the help has the keyboard");
        page.press(Key::Escape).await;
        page.until("the help is closed", "!one('dialog').open").await;
        page.until_with("the row has the keyboard", "document.activeElement.dataset.doc === input", before.into())
            .await;
        page.keys("?").await;
        page.until("the help opens again", "one('dialog').open").await;
        page.click("dialog button", "Close").await;
        page.until("the help is closed", "!one('dialog').open").await;
    });
}

#[test]
fn an_example_of_the_help_is_asked_by_a_click() {
    story(async |page| {
        page.open("#/results?source=News.Az").await;
        page.keys("?").await;
        page.until("the help is open", "one('dialog').open").await;
        page.until("its words have come", "all('dialog dt a').length > 0").await;
        let examples = page.texts("dialog dt a").await;
        assert!(examples.len() > 20, "{examples:?}");
        page.click("dialog dt a", "talks -syria").await;
        page.until("it is asked", "one('#search').value === 'talks -syria' && query().get('source') === 'News.Az'")
            .await;
        page.until("the help is closed", "!one('dialog').open").await;
    });
}

#[test]
fn filters_are_reached_and_chosen_by_keyboard() {
    story(async |page| {
        page.open("").await;
        page.until("the filters are there", "all('#filters section button').length").await;
        page.keys("f").await;
        page.until("the filters have the keyboard", "document.activeElement.closest('#filters') !== null").await;
        for _ in 0..30 {
            if page.is("document.activeElement.innerText.startsWith('News.Az')").await {
                break;
            }
            page.press(Key::Tab).await;
        }
        page.press(Key::Enter).await;
        page.until("the filter is chosen", "query().get('source') === 'News.Az'").await;
        page.until("two are left", "texts('main article').length === 2").await;
        assert!(page.is("document.activeElement.innerText.startsWith('News.Az')").await, "the keyboard stays");
        page.press(Key::Enter).await;
        page.until("the filter is given up", "!query().has('source')").await;
    });
}

#[test]
fn lenses_are_keys_and_letters_in_the_field_are_letters() {
    story(async |page| {
        page.open("").await;
        let tabs = [
            ("2", "Concordance"),
            ("3", "Frequency"),
            ("4", "People & places"),
            ("5", "Quotes"),
            ("6", "Timeline"),
            ("7", "Compare"),
            ("8", "Documents"),
            ("9", "About"),
            ("1", "Results"),
        ];
        for (key, lens) in tabs {
            page.keys(key).await;
            page.until_with(
                "the lens is chosen",
                "text('.lenses a[aria-current=page]').startsWith(input)",
                lens.into(),
            )
            .await;
        }
        page.keys("/").await;
        page.until("the field has the keyboard", "document.activeElement.id === 'search'").await;
        page.keys("jfo?/123").await;
        page.until("they are letters there", "one('#search').value === 'jfo?/123'").await;
        assert!(!page.is("one('dialog').open").await);
    });
}

#[test]
fn single_keys_can_be_turned_off() {
    story(async |page| {
        page.open("").await;
        page.keys("?").await;
        page.until("the help is open", "one('dialog').open").await;
        page.click("dialog label", "Single keys are shortcuts").await;
        page.until("they are off", "!one('dialog input').checked").await;
        page.press(Key::Escape).await;
        page.until("the help is closed", "!one('dialog').open").await;
        page.reload().await;
        page.answered().await;
        page.keys("2").await;
        page.keys("?").await;
        assert!(page.is("!one('dialog').open && text('.lenses a[aria-current=page]').startsWith('Results')").await);
    });
}

#[test]
fn the_skip_link_leads_to_the_results() {
    story(async |page| {
        page.open("").await;
        page.press(Key::Tab).await;
        page.until("the first stop is the skip link", "document.activeElement.className === 'skip'").await;
        page.press(Key::Enter).await;
        page.until("the results have the keyboard", "document.activeElement.id === 'lens'").await;
    });
}
