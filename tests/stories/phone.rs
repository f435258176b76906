//! The page in a hand.

use sheaf_tests::browser::{Browser, PHONE};
use sheaf_tests::story::story;

/// Nothing is wider than the screen.
async fn check_fits(page: &Browser, what: &str) {
    let widths = page.look("[document.scrollingElement.scrollWidth, innerWidth]").await;
    let fits = page.is("document.scrollingElement.scrollWidth <= innerWidth && innerWidth === 390").await;
    assert!(fits, "{what} is wider than the screen: {widths}");
}

#[test]
fn nothing_is_wider_than_a_phone() {
    story(async |page| {
        page.set_screen(PHONE).await;
        let views = [
            "#/results",
            "#/results?q=erdogan",
            "#/results?q=erdogan&source=News.Az&date=2025-02",
            "#/results?q=zelenskj",
            "#/results?q=anextraordinarilylongwordthatnobodyeverwroteinanynewspaperofanycountry",
            "#/results?q=russian+foreign+minister+sergey+lavrov+visited+t%C3%BCrkiye+on+february+24+2025",
            "#/results?source=anextraordinarilylongnameofasourcethatnobodyeverpublishedinanycountry",
            "#/anextraordinarilylongnameofaviewthatdoesnotexist?in=00000000&colour=anextraordinarilylongvalueofafilter",
            "#/documents",
            "#/documents?q=fidan",
            "#/about",
            "#/results?q=erdogan&doc=001_9b23693f54f7dc8a&hit=1",
        ];
        for view in views {
            page.open(view).await;
            page.until("what is open is shown", "!query().has('doc') || text('#reader .text')").await;
            check_fits(page, view).await;
        }
    });
}

#[test]
fn the_tab_of_the_lens_is_in_view() {
    story(async |page| {
        page.set_screen(PHONE).await;
        let tab = "one('.lenses [aria-current]').getBoundingClientRect()";
        let in_view = format!("{tab}.left >= 0 && {tab}.right <= innerWidth");
        page.open("#/documents").await;
        page.until(
            "that of an address",
            &format!("text('.lenses [aria-current]').startsWith('Documents') && {in_view}"),
        )
        .await;
        page.click(".lenses a", "Results").await;
        page.until("that of a click", &format!("text('.lenses [aria-current]').startsWith('Results') && {in_view}"))
            .await;
        page.run("history.back()").await;
        page.until(
            "that of the way back",
            &format!("text('.lenses [aria-current]').startsWith('Documents') && {in_view}"),
        )
        .await;
        assert!(page.is("scrollY === 0").await, "the page stays where it is");
    });
}

#[test]
fn filters_are_a_sheet_that_opens_and_closes() {
    story(async |page| {
        page.set_screen(PHONE).await;
        page.open("").await;
        assert!(page.is("!seen(one('#filters'))").await, "the filters are put away");
        page.click("#filters-button", "Filters").await;
        page.until("the sheet covers the page", "seen(one('#filters')) && one('#filters').clientWidth === innerWidth")
            .await;
        check_fits(page, "the sheet").await;
        page.click("#filters button", "News.Az").await;
        page.until("the filter is pressed", "named('#filters button', 'News.Az').ariaPressed === 'true'").await;
        page.click("#filters button", "Close").await;
        page.until("the sheet is gone", "!seen(one('#filters'))").await;
        page.until("two are left", "texts('main article').length === 2").await;
        page.until("the button has the keyboard", "document.activeElement.id === 'filters-button'").await;
        assert!(page.text("#filters-button").await.contains("(1)"));
    });
}

#[test]
fn the_reader_covers_the_page_and_closes() {
    story(async |page| {
        page.set_screen(PHONE).await;
        page.open("#/results?q=fidan").await;
        let title = page.texts("main article h2 a").await.remove(0);
        page.click("main article h2 a", &title).await;
        page.until("the Reader shows a text", "text('#reader .text')").await;
        let covers = "(() => { const place = one('#reader').getBoundingClientRect();
            return place.left === 0 && place.top === 0 && place.width === innerWidth && place.height === innerHeight; })()";
        page.until("the Reader covers the page", covers).await;
        page.click("#reader button", "Next hit").await;
        page.until("the second hit is current", "one('#reader mark.is-current')?.id === 'hit-2'").await;
        page.click("#reader button", "Close").await;
        page.until("the list is back", "one('#reader') === null && texts('main article').length > 0").await;
    });
}

#[test]
fn targets_are_large_enough_for_a_thumb() {
    story(async |page| {
        page.set_screen(PHONE).await;
        page.open("#/results?q=fidan&source=News.Az").await;
        // WCAG 2.2, 2.5.8: 24 CSS pixels, links within a sentence excepted.
        let small = "all('button, .lenses a, main h2 a, select').filter(seen)
            .filter((element) => { const { width, height } = element.getBoundingClientRect(); return width < 24 || height < 24; })
            .map((element) => nameOf(element))";
        assert_eq!(page.look(small).await, serde_json::json!([]));
    });
}
