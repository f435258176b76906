//! Where the page is served from, and what it asks for.

use std::collections::BTreeMap;
use std::fs;

use sheaf_tests::browser::Browser;
use sheaf_tests::server::{BROWSERS_OWN, Hosting};
use sheaf_tests::settings::Settings;
use sheaf_tests::story::{story, story_on};
use thirtyfour::Key;

/// Everything that a reader may do, once.
async fn walk(page: &Browser) {
    page.open("").await;
    page.search("lavrov").await;
    page.until("Lavrov is marked", "texts('main mark').includes('Lavrov')").await;
    page.click("#filters button", "News.Az").await;
    page.until("the filter is chosen", "query().get('source') === 'News.Az'").await;
    page.answered().await;
    for key in ["2", "3", "1", "j", "o"] {
        page.keys(key).await;
        page.answered().await;
    }
    page.until("the Reader shows a text", "text('#reader .text')").await;
    page.click("#reader summary", "About this document").await;
    page.press(Key::Escape).await;
    page.keys("?").await;
    page.until("the help is open", "one('dialog').open").await;
    page.press(Key::Escape).await;
    page.reload().await;
    page.answered().await;
    page.until("Lavrov is marked", "texts('main mark').includes('Lavrov')").await;
}

#[test]
fn every_request_of_a_walk_stays_with_the_site() {
    story(async |page| {
        walk(page).await;
        assert_eq!(page.server.foreign(), vec![]);
        assert!(page.server.recorded().len() > 5, "the recorder saw the page: {:?}", page.server.recorded());
    });
}

#[test]
fn the_first_load_asks_for_every_file_once() {
    story(async |page| {
        page.open("").await;
        page.search("erdogan").await;
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for recorded in page.server.recorded() {
            *times.entry(recorded.address).or_default() += 1;
        }
        let twice: Vec<_> = times.iter().filter(|(_, times)| **times > 1).collect();
        assert!(twice.is_empty(), "{twice:?}");
        for part in [".css", "boot-", "sheaf-", ".wasm", "corpus-"] {
            assert!(times.keys().any(|address| address.contains(part)), "{part} is asked for: {times:?}");
        }
    });
}

/// The recorder cannot tell whether page or browser speaks to these hosts; so no file of the page may name them.
#[test]
fn no_file_of_the_page_names_a_host_that_the_browser_itself_speaks_to() {
    for entry in fs::read_dir(Settings::read().dist).expect("the built page") {
        let file = entry.expect("a file").path();
        let bytes = fs::read(&file).expect("a file that can be read");
        for host in BROWSERS_OWN {
            let is_named = bytes.windows(host.len()).any(|window| window == host.as_bytes());
            assert!(!is_named, "{} names {host}", file.display());
        }
    }
}

/// A page without a policy that speaks to strangers, from itself and from a worker.
const TELLTALE: &str = "<!doctype html><title>Control</title><link rel=icon href=data:,><script>
  const quiet = () => {};
  const worker = \"fetch('http://worker.example/a').catch(() => {}).finally(() => postMessage('done'))\";
  const heard = new Promise((done) => {
    new Worker(URL.createObjectURL(new Blob([worker], { type: 'text/javascript' }))).onmessage = done;
  });
  const asked = [fetch('http://page.example/b').catch(quiet), fetch('https://secret.example/c').catch(quiet), heard];
  Promise.all(asked).then(() => { document.title = 'Told'; });
</script>";

#[test]
fn the_recorder_would_catch_a_page_and_a_worker_that_speak_to_strangers() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("index.html"), TELLTALE).expect("a page");
    story_on(
        |_| Hosting::of(folder.path()),
        async |page| {
            page.expect_in_console("example");
            page.visit(&page.server.url()).await;
            page.until("everything is told", "document.title === 'Told'").await;
            let foreign: Vec<_> = page.server.foreign().into_iter().map(|recorded| recorded.address).collect();
            for address in ["http://page.example/b", "http://worker.example/a", "secret.example:443"] {
                assert!(foreign.iter().any(|seen| seen == address), "{address}: {foreign:?}");
            }
        },
    );
}

#[test]
fn the_policy_forbids_page_and_worker_to_speak_to_strangers() {
    story(async |page| {
        page.open("").await;
        page.expect_in_console("Content Security Policy");
        page.expect_in_console("stranger.example");
        let worker = "new Promise((done) => {
            const script = \"fetch('http://stranger.example/worker').then(() => postMessage('sent'), () => postMessage('refused'))\";
            const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
            new Worker(url).onmessage = ({ data }) => done(data);
        })";
        assert_eq!(page.promised(worker).await, "refused");
        let fetch = "fetch('http://stranger.example/page').then(() => 'sent', () => 'refused')";
        assert_eq!(page.promised(fetch).await, "refused");
        assert_eq!(page.server.foreign(), vec![], "nothing went out");
        assert!(!page.complaints().await.is_empty(), "the console says so");
    });
}

#[test]
fn the_page_works_below_any_path_of_the_simplest_host() {
    let hosting = |settings: &Settings| Hosting {
        base: "/deep/er/path/".to_owned(),
        is_well_kept: false,
        ..Hosting::of(&settings.dist)
    };
    story_on(hosting, async |page| {
        walk(page).await;
        for recorded in page.server.recorded() {
            assert!(recorded.address.starts_with(&page.server.url()), "{recorded:?}");
        }
    });
}

#[test]
fn the_page_says_so_where_there_is_no_javascript() {
    story(async |page| {
        page.command("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true })).await;
        page.go("").await;
        assert!(page.text("noscript").await.contains("needs JavaScript"), "{}", page.text("body").await);
    });
}
