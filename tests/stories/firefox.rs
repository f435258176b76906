//! One story in another browser, where it can be had.

use std::path::Path;
use std::time::{Duration, Instant};

use sheaf_tests::driver::Driver;
use sheaf_tests::server::{Hosting, Server};
use sheaf_tests::settings::{Settings, firefox};
use thirtyfour::prelude::*;

/// Longest time that anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_name_typed_without_accents_is_found_in_firefox() {
    let settings = Settings::read();
    match firefox() {
        Some((program, driver)) => {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(search(&settings, &program, &driver));
        }
        None => println!("Firefox story skipped"),
    }
}

async fn search(settings: &Settings, program: &Path, driver: &Path) {
    let server = Server::start(Hosting::of(&settings.dist)).await;
    let driver = Driver::start(driver).await;
    let mut capabilities = DesiredCapabilities::firefox();
    capabilities.set_firefox_binary(program.to_str().expect("a path in UTF-8")).expect("a path");
    capabilities.set_headless().expect("a flag");
    let session = WebDriver::new(driver.url(), capabilities).await.expect("Firefox starts");
    session.goto(server.url()).await.expect("the page opens");
    let deadline = Instant::now() + PATIENCE;
    // The field that came with the page is taken over by the program, at the very moment that it is typed into, perhaps.
    while let Err(error) = session.find(By::Id("search")).await.expect("a search field").send_keys("erdogan").await {
        assert!(Instant::now() < deadline, "keys: {error}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    while !marks(&session).await.iter().any(|mark| mark == "Erdoğan") {
        assert!(Instant::now() < deadline, "Erdoğan is not marked after {PATIENCE:?}.");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    session.quit().await.expect("Firefox ends");
}

async fn marks(session: &WebDriver) -> Vec<String> {
    let script = "return [...document.querySelectorAll('main mark')].map((mark) => mark.textContent);";
    let found = session.execute(script, vec![]).await.expect("a script");
    found.convert().expect("a list of texts")
}
