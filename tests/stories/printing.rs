//! On paper: dark ink, what was found and no buttons, no white pages.

use serde_json::json;
use sheaf_tests::browser::Browser;
use sheaf_tests::story::story;

/// What is in the way on paper, and still there.
const PRESSED: &str =
    "all('.tools, .switches, .filters, .settings, .to-rows, .show-more, .why, .layer-list, .reader > .bar')
    .filter((one) => one.getClientRects().length > 0).map((one) => one.className).join()";

/// As a printer draws it, for somebody whose screen is dark.
async fn print(page: &Browser) {
    let media = json!({ "media": "print", "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
    page.command("Emulation.setEmulatedMedia", media).await;
}

#[test]
fn results_are_printed_dark_on_light_and_without_what_is_pressed() {
    story(async |page| {
        page.open("#/results?q=fidan").await;
        page.until("the filters have come, and with them the styles", "all('#filters section button').length").await;
        assert_ne!(page.look(PRESSED).await, "");
        print(page).await;
        assert_eq!(page.look(PRESSED).await, "");
        let lightness =
            "getComputedStyle(one('main article h2')).color.match(/[0-9]+/g).every((part) => Number(part) < 64)";
        assert!(page.is(lightness).await, "light ink");
        assert!(page.is("text('main article').includes('Fidan') && text('#echo').includes('fidan')").await);
        // Of the tabs only the one that is printed.
        assert!(page.is("text('.lenses').startsWith('Results') && !text('.lenses').includes('Documents')").await);
    });
}

#[test]
fn a_document_that_is_open_is_printed_whole_and_alone() {
    story(async |page| {
        page.open("#/results?q=fidan&doc=001_9b23693f54f7dc8a").await;
        page.until("it is open", "text('.reader').length > 1000").await;
        print(page).await;
        assert!(page.is("one('main').getClientRects().length === 0").await, "the list is printed, too");
        let whole =
            "one('.reader').scrollHeight <= one('.reader').clientHeight + 1 && one('.reader').clientHeight > 1000";
        assert!(page.is(whole).await, "a part of it is cut off");
    });
}

#[test]
fn a_long_table_prints_the_rows_that_are_there_and_says_how_many_are_not() {
    story(async |page| {
        page.open("#/words").await;
        page.until("there are more rows than are drawn", "one('main .gap:not([hidden])')?.clientHeight > 5000").await;
        print(page).await;
        assert!(page.is("one('main .gap:not([hidden])').clientHeight < 100").await, "white pages");
        let said = page.look("getComputedStyle(one('main .gap:not([hidden])'), '::before').content").await;
        assert!(said.as_str().is_some_and(|said| said.contains("more rows")), "{said}");
    });
}
