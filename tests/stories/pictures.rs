//! Pictures of every lens, to be looked at before a change is called done.

use std::fs;

use sheaf_tests::browser::{Browser, PHONE, WIDE};
use sheaf_tests::settings;
use sheaf_tests::story::story;
use thirtyfour::Key;

/// A picture's name, what it shows, the key that changes it further, and what then is on the screen.
const PICTURES: &[(&str, &str, &str, &str)] = &[
    ("results", "#/results?q=erdogan", "", "all('main mark').length"),
    ("reader", "#/results?q=erdogan&doc=001_9b23693f54f7dc8a&hit=2", "", "one('#reader mark.is-current')"),
    ("documents", "#/documents", "", "all('main tbody tr').length"),
    ("parts", "#/results?q=fidan+%28talks+OR+%22prisoner+exchange%22%29+-trump", "", "all('main mark').length"),
    ("nothing", "#/results?q=zelenskj", "", "text('main .empty')"),
    ("about", "#/about", "", "text('main .about')"),
    ("help", "#/results?q=erdogan", "?", "one('dialog').open"),
];

async fn show(page: &Browser, fragment: &str, key: &str, shown: &str) {
    page.open(fragment).await;
    page.until("the filters have come", "all('#filters section button').length").await;
    if !key.is_empty() {
        page.keys(key).await;
    }
    page.until(fragment, shown).await;
}

#[test]
fn pictures_of_every_lens_wide_and_narrow_light_and_dark() {
    story(async |page| {
        for screen in [WIDE, WIDE.dark(), PHONE, PHONE.dark()] {
            page.set_screen(screen).await;
            for (name, fragment, key, shown) in PICTURES {
                show(page, fragment, key, shown).await;
                page.picture(name).await;
            }
        }
    });
}

#[test]
fn pictures_of_what_opens() {
    story(async |page| {
        for screen in [WIDE, WIDE.dark(), PHONE, PHONE.dark()] {
            page.set_screen(screen).await;
            page.open("#/results?q=foreign+minister+lavrov").await;
            page.click(".why", "Why here?").await;
            page.until("the dialog explains", "all('dialog table').length").await;
            page.picture("why").await;
            page.open("").await;
            page.search("lavrov pr").await;
            page.until("the list is open", "seen(one('#options'))").await;
            page.press(Key::Down).await;
            page.until("an option is active", "one('#options [aria-selected=true]')").await;
            page.picture("suggestions").await;
        }
    });
}

#[test]
fn the_picture_of_the_readme() {
    story(async |page| {
        page.set_screen(WIDE).await;
        show(page, "#/results?q=erdogan&doc=001_9b23693f54f7dc8a&hit=1", "", "one('#reader mark.is-current')").await;
        let picture = page.picture_as("screens", "readme").await;
        if let Some(copy) = settings::path("SHEAF_README_SHOT") {
            fs::copy(&picture, &copy).expect("a copy of the picture");
        }
    });
}
