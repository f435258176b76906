//! Pictures of every lens, to be looked at before a change is called done.

use std::fs;

use sheaf_core::views::lens::Lens;
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
fn pictures_of_every_lens_that_counts() {
    story(async |page| {
        for screen in [WIDE, WIDE.dark(), PHONE, PHONE.dark()] {
            page.set_screen(screen).await;
            for lens in Lens::ALL {
                let fragment = format!("#/{}?q=fidan", lens.name());
                show(page, &fragment, "", "text('main .summary') && all('main tbody tr').length").await;
                page.picture(lens.name()).await;
                // Of a long page also what is under the first screen.
                if page.is("one('main table').getBoundingClientRect().top > innerHeight / 2").await {
                    page.run("one('main .figure, main table').scrollIntoView()").await;
                    page.picture(&format!("{}-below", lens.name())).await;
                }
            }
        }
    });
}

/// A picture's name, what it shows, what is done there, and what then is on the screen.
const COUNTED: &[(&str, &str, &str, &str)] = &[
    ("concordance-sorted", "#/concordance?q=lavrov&sort=after1,before1", "", "one('main table.lines')"),
    ("concordance-grouped", "#/concordance?q=fidan&group=after1", "", "one('main table.numbers')"),
    (
        "concordance-reader",
        "#/concordance?q=fidan&doc=002_8c5d5f984634a6eb&hit=2",
        "",
        "one('#reader mark.is-current')",
    ),
    ("concordance-none", "#/concordance", "", "text('main .note')"),
    ("sequences", "#/words?n=2-6&stop=1", "", "text('main .summary').includes('come again')"),
    ("keyness-cursor", "#/keyness?source=News.Az", "one('main .picture').focus()", "one('main .picture svg')"),
    ("trends-further", "#/trends?q=fidan&with=lavrov;peace&period=week", "", "one('main .drawn .series-2')"),
    ("trends-documents", "#/trends", "", "all('main .figure').length === 2"),
    ("arithmetic", "#/collocates?q=fidan", "one('main .sum').click()", "all('dialog math').length"),
    ("arithmetic-keyness", "#/keyness?source=News.Az", "one('main .sum').click()", "all('dialog math').length"),
    (
        "save-and-cite",
        "#/concordance?q=fidan&doc=002_8c5d5f984634a6eb&hit=2",
        "named('.tools button', 'Save').click()",
        "all('dialog .reference').length",
    ),
];

#[test]
fn pictures_of_what_the_counting_lenses_open() {
    story(async |page| {
        for screen in [WIDE, WIDE.dark(), PHONE, PHONE.dark()] {
            page.set_screen(screen).await;
            for (name, fragment, script, shown) in COUNTED {
                page.open(fragment).await;
                page.until("there is something to see", "text('main .said')").await;
                page.run(script).await;
                page.press(Key::Right).await;
                page.until(name, shown).await;
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
