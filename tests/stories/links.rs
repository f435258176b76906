//! Links: the same view elsewhere, and links that cannot be followed.

use serde_json::Value;
use sheaf_tests::browser::Browser;
use sheaf_tests::story::story;

/// Everything that the view shows, and in which state.
async fn view(page: &Browser) -> Value {
    let view = "({
        query: one('#search').value,
        lens: text('.lenses a[aria-current=page]'),
        echo: text('#echo'),
        list: text('main'),
        reader: text('#reader'),
        current: one('#reader mark.is-current')?.id,
        chips: texts('.chip'),
        filters: text('#filters'),
        pressed: all('[aria-pressed=true]').map(nameOf),
        order: one('main select')?.value,
        sorted: one('main th:not([aria-sort=none])')?.innerText,
        settings: all('main .settings :is(input, select)').map(({ value, checked }) => [value, checked]),
        drawn: one('main .drawn')?.outerHTML,
    })";
    page.look(view).await
}

/// The document that is open is there with its marks, which come after its text.
const SHOWN: (&str, &str) = (
    "what is open is shown and marked",
    "!query().has('doc') || text('#reader .text') && all('#reader .layer .count').length",
);

/// A link opened by somebody else shows this very view.
fn check_same_elsewhere(fragment: &str) {
    story(async |page| {
        page.open(fragment).await;
        page.until("the filters are there", "all('#filters section button').length").await;
        page.until(SHOWN.0, SHOWN.1).await;
        page.allow_clipboard().await;
        page.click(".tools button", "Copy link").await;
        page.until("it is announced", "text('.announcement') === 'Link copied.'").await;
        let link = page.clipboard().await;
        assert!(link.contains("in="), "{link}");
        let here = view(page).await;

        let elsewhere = page.second().await;
        elsewhere.visit(&link).await;
        elsewhere.answered().await;
        elsewhere.until("the filters are there", "all('#filters section button').length").await;
        elsewhere.until(SHOWN.0, SHOWN.1).await;
        assert_eq!(view(&elsewhere).await, here);
        assert_eq!(elsewhere.text(".notice").await, "");
        elsewhere.assert_no_complaints().await;
        elsewhere.close().await;
    });
}

#[test]
fn a_link_to_filtered_and_sorted_results_shows_the_same_in_another_browser() {
    check_same_elsewhere("#/results?q=lavrov+talks&source=News.Az&date=2025-02&sort=-date");
}

#[test]
fn a_link_to_a_hit_in_the_reader_shows_the_same_in_another_browser() {
    check_same_elsewhere("#/documents?q=fidan&sort=-length&doc=002_8c5d5f984634a6eb&hit=3");
}

#[test]
fn a_link_to_sorted_lines_shows_the_same_in_another_browser() {
    check_same_elsewhere(
        "#/concordance?q=fidan+OR+lavrov&sort=after1,before1&width=8&source=News.Az&doc=000_cbe971fa9256f24b&hit=2",
    );
}

#[test]
fn a_link_to_random_lines_shows_the_same_in_another_browser() {
    check_same_elsewhere("#/concordance?q=lavrov&sample=5&seed=7&batch=2");
}

#[test]
fn a_link_to_keywords_shows_the_same_in_another_browser() {
    check_same_elsewhere("#/keyness?source=News.Az&direction=under&least=3&stop=1&stopwords=-the&sort=-g2");
}

#[test]
fn a_link_to_trends_shows_the_same_in_another_browser() {
    check_same_elsewhere("#/trends?q=fidan&with=peace;lavrov&period=week&per=documents");
}

#[test]
fn a_link_made_with_another_corpus_says_so() {
    story(async |page| {
        page.open("#/results?q=fidan&in=00000000").await;
        let notice = page.until("there is a notice", "text('.notice')").await;
        assert!(notice.as_str().unwrap_or_default().starts_with("This link was made with another version"), "{notice}");
        assert!(!page.texts("main article").await.is_empty(), "the view is shown all the same");
        page.click(".notice button", "Dismiss").await;
        page.until("the notice is gone", "one('.notice') === null").await;
    });
}

#[test]
fn a_link_full_of_nonsense_says_so_and_the_page_works() {
    story(async |page| {
        page.open("#/nowhere?%%%").await;
        let notice = page.until("there is a notice", "text('.notice')").await;
        assert!(notice.as_str().unwrap_or_default().contains("nowhere"), "{notice}");
        page.search("erdogan").await;
        page.until("Erdoğan is marked", "texts('main mark').includes('Erdoğan')").await;
    });
}

#[test]
fn an_unknown_document_or_filter_says_so_and_the_rest_works() {
    story(async |page| {
        page.open("#/results?q=fidan&doc=no-such-document").await;
        page.until("the Reader says so", "text('#reader').includes('no-such-document')").await;
        assert!(!page.texts("main article").await.is_empty());
        page.open("#/results?q=fidan&colour=green").await;
        page.until("the filter is named", "text('.problem').includes('colour')").await;
    });
}

#[test]
fn an_address_edited_by_hand_is_followed() {
    story(async |page| {
        page.open("#/results?q=fidan").await;
        page.run("location.hash = '#/documents?q=putin'").await;
        page.until("the lens follows", "text('.lenses a[aria-current=page]').startsWith('Documents')").await;
        page.until("the query follows", "one('#search').value === 'putin'").await;
        page.answered().await;
        page.until("the table is there", "all('main tbody tr').length").await;
    });
}
