//! The Reader, the clipboard, the history.

use sheaf_tests::browser::Browser;
use sheaf_tests::story::story;

/// The number of the current hit in the Reader.
const CURRENT: &str = "one('#reader mark.is-current')?.id";

async fn open_first(page: &Browser) {
    page.until("there are results", "all('main article h2 a').length").await;
    let title = page.texts("main article h2 a").await.remove(0);
    page.click("main article h2 a", &title).await;
    page.until("the Reader shows a text", "text('#reader .text')").await;
}

#[test]
fn a_result_opens_beside_the_list_and_the_next_hit_is_one_step_away() {
    story(async |page| {
        page.open("").await;
        page.search("fidan").await;
        open_first(page).await;
        page.until("the first hit is current", &format!("{CURRENT} === 'hit-1'")).await;
        assert!(page.is("query().get('hit') === '1'").await);
        assert!(page.is("all('main article').length > 0").await, "the list stays");
        page.click("#reader button", "Next hit").await;
        page.until("the second hit is current", &format!("{CURRENT} === 'hit-2'")).await;
        assert!(page.is("query().get('hit') === '2'").await);
        let is_in_view = "(() => {
            const mark = one('#hit-2').getBoundingClientRect(), reader = one('#reader').getBoundingClientRect();
            return mark.top >= reader.top && mark.bottom <= reader.bottom; })()";
        page.until("the second hit is in view", is_in_view).await;
        page.click("#reader button", "Previous hit").await;
        page.until("the first hit is current again", &format!("{CURRENT} === 'hit-1'")).await;
        page.click("#reader button", "Close").await;
        page.until("the Reader is gone", "one('#reader') === null").await;
    });
}

#[test]
fn a_passage_is_copied_with_its_citation_and_a_link() {
    story(async |page| {
        page.open("#/results?q=erdogan").await;
        page.allow_clipboard().await;
        open_first(page).await;
        page.click("#reader button", "Copy with citation").await;
        page.until("it is announced", "text('.announcement').startsWith('Passage copied')").await;
        let copied = page.clipboard().await;
        let lines: Vec<&str> = copied.lines().collect();
        let [.., citation, link] = lines.as_slice() else { panic!("{copied}") };
        assert!(copied.starts_with('“') && copied.contains("Erdoğan"), "{copied}");
        assert!(citation.starts_with("— "), "{copied}");
        assert!(link.starts_with(&page.server.url()) && link.contains("&in="), "{copied}");

        page.visit("about:blank").await;
        page.visit(link).await;
        page.answered().await;
        page.until("the link leads to the hit", &format!("{CURRENT} === 'hit-1'")).await;
    });
}

#[test]
fn what_is_selected_is_what_is_copied() {
    story(async |page| {
        page.open("#/results?q=erdogan").await;
        page.allow_clipboard().await;
        open_first(page).await;
        page.run("getSelection().selectAllChildren(one('#reader mark'))").await;
        page.keys("c").await;
        page.until("it is announced", "text('.announcement').startsWith('Passage copied')").await;
        assert!(page.clipboard().await.starts_with("“Erdoğan”\n— "), "{}", page.clipboard().await);
    });
}

#[test]
fn what_was_inferred_says_so_in_the_reader() {
    story(async |page| {
        page.open("#/documents?doc=001_9b23693f54f7dc8a").await;
        page.until("the Reader shows a text", "text('#reader .text')").await;
        page.click("#reader summary", "About this document").await;
        page.until("the source is unknown and the date inferred", "text('#reader .meta').includes('inferred from')")
            .await;
        assert!(page.text("#reader .card-line").await.contains("source not stated"));
    });
}

#[test]
fn back_and_forward_walk_through_query_filter_and_reader() {
    story(async |page| {
        page.open("").await;
        page.search("lavrov").await;
        page.click("#filters button", "News.Az").await;
        page.until("two are left", "texts('main article').length === 2").await;
        page.answered().await;
        open_first(page).await;

        page.back().await;
        page.until("the Reader is gone", "one('#reader') === null").await;
        page.until("the filter stays", "texts('main article').length === 2 && query().get('source') === 'News.Az'")
            .await;
        page.back().await;
        page.until("the filter is gone", "texts('main article').length > 2 && !query().has('source')").await;
        page.until("the query stays", "one('#search').value === 'lavrov'").await;
        page.back().await;
        page.until("the query is gone", "one('#search').value === '' && text('#echo') === 'All 5 documents.'").await;

        page.forward().await;
        page.until("the query is back", "one('#search').value === 'lavrov'").await;
        page.forward().await;
        page.until("the filter is back", "texts('main article').length === 2").await;
        page.forward().await;
        page.until("the Reader is back", "text('#reader .text')").await;
    });
}

#[test]
fn a_document_that_was_closed_opens_again() {
    story(async |page| {
        page.open("#/results?q=fidan").await;
        for _ in 0..2 {
            open_first(page).await;
            page.click("#reader button", "Close").await;
            page.until("the Reader is gone", "one('#reader') === null").await;
        }
    });
}
