//! Asking and filtering.

use sheaf_tests::browser::{Browser, PHONE, Screen, WIDE};
use sheaf_tests::story::story;

/// The marked passages in the lens, each once.
async fn marked(page: &Browser) -> Vec<String> {
    let mut marked = page.texts("main mark").await;
    marked.sort();
    marked.dedup();
    marked
}

/// The documents of the list, in order.
async fn titles(page: &Browser) -> Vec<String> {
    page.texts("main article h2").await
}

#[test]
fn a_name_typed_without_accents_is_found_and_marked() {
    story(async |page| {
        page.open("").await;
        assert_eq!(page.echo().await, "All 5 documents.");
        page.search("erdogan").await;
        page.until("Erdoğan is marked", "texts('main mark').includes('Erdoğan')").await;
        assert!(page.echo().await.contains("erdogan"), "{}", page.echo().await);
        assert!(page.is("document.title.startsWith('erdogan')").await);
    });
}

/// The rows are where they were when what is loaded after them has come. The browser must not have it.
async fn check_rows_stay(page: &Browser, screen: Screen) {
    const TOPS: &str = "all('main .why, main .snippet').map((element) => element.getBoundingClientRect().top)";
    page.set_screen(screen).await;
    let gate = page.server.hold("screens-");
    page.open("#/results?q=foreign+minister").await;
    assert!(page.is("one('#parts') === null && one('#filters section') === null").await, "it is there already");
    let before = page.look(TOPS).await;
    assert!(before.as_array().is_some_and(|tops| tops.len() > 5), "{before}");
    gate.open();
    page.until("the parts and the filters are there", "seen(one('#parts')) && one('#filters section')").await;
    assert_eq!(page.look(TOPS).await, before);
    page.server.mend();
}

#[test]
fn what_comes_after_the_rows_moves_none_of_them() {
    story(async |page| {
        check_rows_stay(page, WIDE).await;
        let second = page.second().await;
        check_rows_stay(&second, PHONE).await;
        second.close().await;
    });
}

#[test]
fn a_phrase_is_found_as_one_passage() {
    story(async |page| {
        page.open("").await;
        page.search("\"prisoner exchange\"").await;
        page.until("something is marked", "all('main mark').length").await;
        for passage in marked(page).await {
            assert!(passage.to_lowercase().starts_with("prisoner exchange"), "{passage}");
        }
        assert!(page.echo().await.contains("the phrase “prisoner exchange”"), "{}", page.echo().await);
        page.search("\"minister foreign\"").await;
        assert_eq!(titles(page).await, Vec::<String>::new());
    });
}

#[test]
fn bare_words_offer_the_phrase() {
    story(async |page| {
        page.open("#/results?q=prisoner+exchange").await;
        page.until("the phrase is offered", "text('#echo').includes('As a phrase')").await;
        page.click("#echo a", "\"prisoner exchange\"").await;
        page.until("the phrase is asked", "one('#search').value === '\"prisoner exchange\"'").await;
    });
}

#[test]
fn a_filter_survives_a_reload_and_goes_by_its_chip() {
    story(async |page| {
        page.open("").await;
        page.search("lavrov").await;
        let all = titles(page).await;
        page.click("#filters button", "News.Az").await;
        page.until("the filter is pressed", "named('#filters button', 'News.Az').ariaPressed === 'true'").await;
        page.answered().await;
        let chosen = titles(page).await;
        assert_eq!(chosen.len(), 2, "{chosen:?}");
        assert!(chosen.len() < all.len());

        page.reload().await;
        page.answered().await;
        page.until("the filters are there", "named('#filters button', 'News.Az')").await;
        assert_eq!(titles(page).await, chosen);
        assert!(page.is("one('#search').value === 'lavrov'").await);
        assert!(page.is("named('#filters button', 'News.Az').ariaPressed === 'true'").await);

        page.click(".chip", "Remove filter Source: News.Az").await;
        page.until_with("all results are back", "texts('main article h2').length === input", all.len().into()).await;
        assert_eq!(titles(page).await, all);
        assert!(page.is("named('#filters button', 'News.Az').ariaPressed === 'false'").await);
        assert!(!page.url().await.contains("News.Az"));
    });
}

#[test]
fn a_month_of_the_calendar_filters() {
    story(async |page| {
        page.open("").await;
        page.click(".calendar button", "Feb 2025").await;
        page.until("three are left", "texts('main article').length === 3").await;
        assert!(page.echo().await.starts_with("Filters leave 3 of 5 documents"), "{}", page.echo().await);
        assert!(page.is("query().get('date') === '2025-02'").await);
    });
}

/// What the bars' names say of matching documents, how high they are of the strip, and what the axis says of the highest.
const BARS: &str = r"(() => {
    const bars = all('.calendar button');
    const strip = one('.calendar')?.clientHeight;
    const counts = bars.map((bar) => Number(/: (\d+) of/.exec(bar.ariaLabel)[1]));
    const heights = bars.map((bar) => parseFloat(getComputedStyle(bar, '::after').height) / strip);
    const most = Math.max(...counts);
    return text('.axis').includes(`up to ${most}`)
        && bars.length > 0 && bars.every((_, place) => Math.abs(heights[place] - Math.max(counts[place] / most, counts[place] ? 0.05 : 0)) < 0.03)
        && counts.join();
})()";

#[test]
fn the_highest_bar_of_the_calendar_is_of_what_matches() {
    story(async |page| {
        page.open("").await;
        let all = page.until("the bars stand for all documents", BARS).await;
        page.search("prisoner ").await;
        page.until_with("they stand for fewer", &format!("{BARS} && {BARS} !== input"), all).await;
    });
}

#[test]
fn the_table_sorts_by_a_click_on_its_heading() {
    story(async |page| {
        page.open("#/documents").await;
        page.click("main th button", "Words").await;
        page.until("it is sorted", "one('main th[aria-sort=descending]')").await;
        page.answered().await;
        let words = page.texts("main tbody td.number").await;
        let words: Vec<u32> = words.iter().map(|text| text.replace(',', "").parse().expect("a number")).collect();
        assert_eq!(words.len(), 5);
        assert!(words.is_sorted_by(|a, b| a >= b), "{words:?}");
    });
}

#[test]
fn nothing_found_names_the_word_to_blame_and_offers_another() {
    story(async |page| {
        page.open("").await;
        page.search("zelenskj ").await;
        page.until("nothing is found", "text('main h2') !== '' && all('main article').length === 0").await;
        assert!(page.text("main .empty").await.contains("zelenskj"), "{}", page.text("main").await);
        let offer = page.until("a spelling is offered", "texts('main .offers a')[0]").await;
        page.click("main .offers a", offer.as_str().expect("a text")).await;
        page.until("the offer finds something", "all('main article').length").await;
    });
}

#[test]
fn a_fault_in_the_query_is_marked_in_its_place() {
    story(async |page| {
        page.open("").await;
        page.search("lavrov (fidan").await;
        page.until("the fault is marked", "one('.mirror .fault')?.textContent === '('").await;
        page.until("the fault is explained", "text('#echo .problem')").await;
        assert!(
            page.is("one('#search').ariaInvalid === 'true' || one('#search').getAttribute('aria-invalid') === 'true'")
                .await
        );
        page.until("something is found all the same", "all('main article').length").await;
    });
}

#[test]
fn switches_make_case_accents_and_endings_count() {
    story(async |page| {
        page.open("").await;
        page.search("erdogan ").await;
        page.until("Erdoğan is found", "texts('main mark').includes('Erdoğan')").await;
        page.click(".switches button", "Accents").await;
        page.until("accents count", "query().get('accents') === '1' && query().get('q') === 'erdogan '").await;
        page.until("Erdoğan is no longer found", "!texts('main mark').includes('Erdoğan')").await;
        page.until("the switch is pressed", "named('.switches button', 'Accents').ariaPressed === 'true'").await;

        page.open("#/results?q=Talk&case=1&forms=1").await;
        assert!(page.is("all('.switches [aria-pressed=true]').length === 2").await);
        page.click(".switches button", "Endings").await;
        page.click(".switches button", "Case").await;
        page.until("they are off again", "!query().has('case') && !query().has('forms')").await;
        page.until("any form is found", "texts('main mark').includes('talks')").await;
    });
}
