//! Accessibility: what axe-core objects to, on every lens and in every state.

use sheaf_tests::axe::violations;
use sheaf_tests::browser::{Browser, PHONE, Screen, WIDE};
use sheaf_tests::story::story;
use thirtyfour::Key;

/// A view, the key that changes it further, and what then is on the screen.
const VIEWS: &[(&str, &str, &str)] = &[
    ("#/results", "", "all('main article').length"),
    ("#/results?q=lavrov&source=News.Az", "", "all('main mark').length"),
    ("#/results?q=%28lavrov", "", "text('#echo .problem')"),
    ("#/results?q=fidan+%28talks+OR+kyiv%29+-trump&accents=1", "", "all('#parts bdi').length === 4"),
    ("#/results?q=zelenskj", "", "text('main .empty')"),
    ("#/documents?q=fidan&sort=-date", "", "all('main tbody tr').length"),
    ("#/about", "", "text('main .about')"),
    ("#/results?q=fidan&doc=002_8c5d5f984634a6eb&hit=2", "", "one('#reader mark.is-current')"),
    ("#/results?q=fidan", "?", "one('dialog').open"),
    ("#/nowhere?q=fidan", "", "text('.notice')"),
];

async fn check_views(page: &Browser, screen: Screen) {
    page.set_screen(screen).await;
    let mut found = Vec::new();
    for (fragment, key, shown) in VIEWS {
        page.open(fragment).await;
        page.until("the filters have come", "all('#filters section button').length").await;
        if !key.is_empty() {
            page.keys(key).await;
        }
        page.until(fragment, shown).await;
        found.extend(violations(page).await.into_iter().map(|violation| format!("{fragment} {violation}")));
    }
    assert_eq!(found, Vec::<String>::new());
}

async fn check_sheet(page: &Browser, screen: Screen) {
    page.set_screen(screen).await;
    page.open("#/results?q=fidan").await;
    page.click("#filters-button", "Filters").await;
    page.until("the sheet is open", "seen(one('#filters'))").await;
    assert_eq!(violations(page).await, Vec::<String>::new());
}

async fn check_what_opens(page: &Browser, screen: Screen) {
    page.set_screen(screen).await;
    page.open("#/results?q=foreign+minister").await;
    page.click(".why", "Why here?").await;
    page.until("the dialog explains", "all('dialog table').length").await;
    let mut found = violations(page).await;
    page.open("").await;
    page.search("lavrov pr").await;
    page.until("the list is open", "seen(one('#options'))").await;
    page.press(Key::Down).await;
    page.until("an option is active", "one('#options [aria-selected=true]')").await;
    found.extend(violations(page).await);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn axe_objects_to_nothing_that_opens() {
    story(async |page| {
        for screen in [WIDE, WIDE.dark(), PHONE] {
            check_what_opens(page, screen).await;
        }
    });
}

#[test]
fn axe_objects_to_nothing_on_a_wide_screen() {
    story(async |page| check_views(page, WIDE).await);
}

#[test]
fn axe_objects_to_nothing_in_dark_colours() {
    story(async |page| check_views(page, WIDE.dark()).await);
}

#[test]
fn axe_objects_to_nothing_on_a_phone() {
    story(async |page| {
        check_views(page, PHONE).await;
        check_sheet(page, PHONE).await;
        check_sheet(page, PHONE.dark()).await;
    });
}

#[test]
fn axe_objects_to_nothing_while_the_program_loads() {
    story(async |page| {
        let gate = page.server.hold(".wasm");
        page.go("").await;
        page.until("the titles are there", "all('#titles a').length === 5").await;
        assert_eq!(violations(page).await, Vec::<String>::new());
        gate.open();
        page.answered().await;
    });
}

#[test]
fn axe_would_object_to_a_button_without_a_name() {
    story(async |page| {
        page.open("").await;
        page.run("one('.tools').append(document.createElement('button'))").await;
        let found = violations(page).await;
        assert!(found.iter().any(|violation| violation.contains("button-name")), "{found:?}");
    });
}
