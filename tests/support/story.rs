//! A story: one reader, one browser, one page.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::runtime::Runtime;

use crate::browser::Browser;
use crate::server::{Hosting, Server};
use crate::settings::Settings;

/// No story takes longer than this.
const PATIENCE: Duration = Duration::from_secs(240);

/// Plays a story on the page with the seeds.
///
/// # Panics
/// What the story expects is not so, or the console complains of something that the story does not expect.
pub fn story(play: impl AsyncFnOnce(&Browser)) {
    story_on(|settings| Hosting::of(&settings.dist), play);
}

/// Plays a story on a page that is hosted otherwise.
///
/// # Panics
/// As [`story`].
pub fn story_on(hosting: impl FnOnce(&Settings) -> Hosting, play: impl AsyncFnOnce(&Browser)) {
    let settings = Settings::read();
    let hosting = hosting(&settings);
    let runtime = Runtime::new().expect("a runtime");
    let browser = runtime.block_on(async {
        let server = Arc::new(Server::start(hosting).await);
        Browser::start(&settings, server).await
    });
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let played = tokio::time::timeout(PATIENCE, play(&browser)).await;
            assert!(played.is_ok(), "The story took longer than {PATIENCE:?}.");
            browser.assert_no_complaints().await;
        });
    }));
    if let Err(panic) = outcome {
        // What was on the screen helps to see why; a browser that is gone shows nothing.
        let _ = catch_unwind(AssertUnwindSafe(|| runtime.block_on(tell(&browser))));
        runtime.block_on(browser.close());
        resume_unwind(panic);
    }
    runtime.block_on(browser.close());
}

/// Prints where the story ended, with a picture among the artefacts.
async fn tell(browser: &Browser) {
    let name = thread::current().name().unwrap_or("story").replace("::", "-");
    let picture = browser.picture_as("failures", &name).await;
    println!("address: {}", browser.url().await);
    println!("echo: {}", browser.echo().await);
    println!("console: {:?}", browser.complaints().await);
    println!("picture: {}", picture.display());
}
