//! A browser as a reader uses it: open, type, click, look.
//!
//! Actions go through WebDriver, as a hand would do them; looking is a JavaScript expression over what is on the
//! screen. Nothing waits for a fixed time: [`Browser::until`] asks again until the answer is there, and names what was
//! missing when it does not come.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use crate::driver::Driver;
use crate::server::Server;
use crate::settings::Settings;

/// Longest time that anything on the page may take: generous, since the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(40);
/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(25);
/// Longest time that the driver may take over one command.
const COMMAND: Duration = Duration::from_secs(90);

/// What the expressions may use: `one`, `all` and `text` take a selector; `named` finds the visible element with that
/// accessible name, or with one that begins so; `labelled` the control of the visible label with that text.
const HELPERS: &str = "
const one = (css) => document.querySelector(css);
const all = (css) => [...document.querySelectorAll(css)];
const seen = (element) => element !== null && element.getClientRects().length > 0
  && getComputedStyle(element).visibility !== 'hidden';
const nameOf = (element) => (element.getAttribute('aria-label') ?? element.innerText).trim().replace(/\\s+/g, ' ');
const text = (css) => { const element = one(css); return seen(element) ? element.innerText : ''; };
const texts = (css) => all(css).filter(seen).map((element) => element.innerText.trim());
const named = (css, name) => {
  const shown = all(css).filter(seen);
  return shown.find((element) => nameOf(element) === name) ?? shown.find((element) => nameOf(element).startsWith(name)) ?? null;
};
const labelled = (name) => named('label', name)?.control ?? null;
const query = () => new URLSearchParams(location.hash.split('?')[1] ?? '');
";

/// Flags of every browser: no window, and none of the browser's own talk with its makers.
const FLAGS: &[&str] = &[
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-component-extensions-with-background-pages",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-client-side-phishing-detection",
    "--disable-features=AutofillServerCommunication,NetworkTimeServiceQuerying,OptimizationHints,MediaRouter,Translate",
];

/// Size and colours of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Whether it is a phone, with touch and its own viewport.
    pub is_phone: bool,
    /// Whether the reader prefers dark colours.
    pub is_dark: bool,
}

/// A desk.
pub const WIDE: Screen = Screen { width: 1440, height: 900, is_phone: false, is_dark: false };
/// A hand.
pub const PHONE: Screen = Screen { width: 390, height: 844, is_phone: true, is_dark: false };

impl Screen {
    /// The same in dark colours.
    pub fn dark(self) -> Screen {
        Screen { is_dark: true, ..self }
    }

    /// `wide-light`.
    pub fn name(self) -> String {
        let size = if self.is_phone { "phone" } else { "wide" };
        format!("{size}-{}", if self.is_dark { "dark" } else { "light" })
    }
}

/// A browser with an empty profile, before one page. Dropping it ends it.
pub struct Browser {
    /// Serves the page, and records what the browser asks for.
    pub server: Arc<Server>,
    settings: Settings,
    // In this order: the session is ended before its driver, and the profile removed after both.
    session: WebDriver,
    _driver: Driver,
    profile: TempDir,
    screen: Cell<Screen>,
    expected: RefCell<Vec<String>>,
}

impl Browser {
    /// Starts Chromium behind the recording server.
    ///
    /// # Panics
    /// It cannot be started.
    pub async fn start(settings: &Settings, server: Arc<Server>) -> Browser {
        let driver = Driver::start(&settings.chromedriver).await;
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let capabilities = capabilities(settings, &server, profile.path());
        let session = WebDriver::builder(driver.url(), capabilities).request_timeout(COMMAND).connect().await;
        let session = session.unwrap_or_else(|error| panic!("Chromium cannot be started: {error}"));
        session.set_script_timeout(PATIENCE).await.expect("a time limit for scripts");
        let browser = Browser {
            server,
            settings: settings.clone(),
            session,
            _driver: driver,
            profile,
            screen: Cell::new(WIDE),
            expected: RefCell::default(),
        };
        browser.set_screen(WIDE).await;
        browser
    }

    /// Another browser that knows nothing of this one, before the same server.
    pub async fn second(&self) -> Browser {
        Browser::start(&self.settings, self.server.clone()).await
    }

    /// Where things are.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Ends the session in an orderly way.
    pub async fn close(self) {
        // A browser that is gone already needs no ending.
        let _ = self.session.quit().await;
    }

    // ---- the page ----

    /// Goes to the page with this fragment (`#/…`, or nothing) without waiting for it to answer.
    pub async fn go(&self, fragment: &str) {
        self.visit(&format!("{}{fragment}", self.server.url())).await;
    }

    /// Goes to an address.
    pub async fn visit(&self, url: &str) {
        self.session.goto(url).await.unwrap_or_else(|error| panic!("{url} cannot be opened: {error}"));
    }

    /// Loads the page anew with this fragment and waits until it has answered.
    pub async fn open(&self, fragment: &str) {
        // Where only the fragment differs, a browser would keep the page and its state.
        self.visit("about:blank").await;
        self.go(fragment).await;
        self.answered().await;
    }

    /// Waits until nothing is on its way: the corpus is there and the lens shows the answer.
    pub async fn answered(&self) {
        let is_settled = "one('#lens')?.getAttribute('aria-busy') === 'false' && one('#titles') === null
            && !text('#echo').startsWith('Loading')";
        self.until("the page has answered", is_settled).await;
    }

    /// Writes into the search field, in place of what is there, and waits for the answer.
    pub async fn search(&self, query: &str) {
        let field = self.element("one('#search')").await;
        field.click().await.expect("a search field to click");
        field.send_keys(Key::Control + "a").await.expect("a search field to write into");
        self.keys(query).await;
        self.until_with("the query is in the field", "one('#search').value === input", json!(query)).await;
        self.answered().await;
    }

    /// Types at whatever has the keyboard.
    pub async fn keys(&self, keys: &str) {
        self.session.action_chain().send_keys(keys).perform().await.expect("keys that can be typed");
    }

    /// Presses one key that has no letter.
    pub async fn press(&self, key: Key) {
        self.session.action_chain().send_keys(key).perform().await.expect("a key that can be pressed");
    }

    /// Clicks the visible element of that kind with that accessible name.
    pub async fn click(&self, css: &str, name: &str) {
        let found = format!("named({}, {})", json!(css), json!(name));
        self.until(&format!("{css} is named “{name}”"), &format!("{found} !== null")).await;
        let element = self.element(&found).await;
        element.click().await.unwrap_or_else(|error| panic!("{css} “{name}” cannot be clicked: {error}"));
    }

    /// Writes into the field with that label, in place of what is there, and ends with Enter.
    pub async fn fill(&self, label: &str, text: &str) {
        let found = format!("labelled({})", json!(label));
        self.until(&format!("there is a field “{label}”"), &format!("{found} !== null")).await;
        let field = self.element(&found).await;
        field.click().await.unwrap_or_else(|error| panic!("“{label}” cannot be clicked: {error}"));
        field.send_keys(Key::Control + "a").await.expect("a field to write into");
        self.keys(text).await;
        self.press(Key::Enter).await;
    }

    /// Chooses in the list with that label.
    pub async fn choose(&self, label: &str, option: &str) {
        let found =
            format!("[...labelled({})?.options ?? []].find(({{ text }}) => text === {})", json!(label), json!(option));
        self.until(&format!("“{label}” has “{option}”"), &format!("({found}) !== undefined")).await;
        let element = self.element(&found).await;
        element.click().await.unwrap_or_else(|error| panic!("“{option}” of “{label}” cannot be chosen: {error}"));
    }

    /// Back in the history.
    pub async fn back(&self) {
        self.session.back().await.expect("a history");
    }

    /// Forward in the history.
    pub async fn forward(&self) {
        self.session.forward().await.expect("a history");
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.session.refresh().await.expect("a page to load again");
    }

    /// The address bar.
    pub async fn url(&self) -> String {
        self.session.current_url().await.expect("an address").to_string()
    }

    // ---- looking ----

    /// The value of an expression; the helpers above are at hand.
    pub async fn look(&self, expression: &str) -> Value {
        self.look_with(expression, Value::Null).await
    }

    /// The value of an expression that may use `input`.
    pub async fn look_with(&self, expression: &str, input: Value) -> Value {
        let script = format!("{HELPERS}const input = arguments[0]; return ({expression});");
        let value = self.session.execute(script, vec![input]).await;
        value.unwrap_or_else(|error| panic!("“{expression}” cannot be evaluated: {error}")).json().clone()
    }

    /// The value of an expression that is a promise.
    pub async fn promised(&self, expression: &str) -> Value {
        let script = format!(
            "{HELPERS}const done = arguments[arguments.length - 1];
             Promise.resolve({expression}).then(done, (error) => done({{ failed: String(error) }}));"
        );
        let value = self.session.execute_async(script, vec![]).await;
        value.unwrap_or_else(|error| panic!("“{expression}” cannot be evaluated: {error}")).json().clone()
    }

    /// Runs statements in the page.
    pub async fn run(&self, script: &str) {
        self.run_with(script, Value::Null).await;
    }

    /// Runs statements that may use `arguments[0]` in the page.
    pub async fn run_with(&self, script: &str, input: Value) {
        let outcome = self.session.execute(format!("{HELPERS}{script}"), vec![input]).await;
        outcome.unwrap_or_else(|error| panic!("“{script}” cannot be run: {error}"));
    }

    /// Whether an expression is true now.
    pub async fn is(&self, expression: &str) -> bool {
        self.look(expression).await == Value::Bool(true)
    }

    /// Asks until the expression is neither false nor empty, and gives its value.
    ///
    /// # Panics
    /// It does not come: `what` was missing.
    pub async fn until(&self, what: &str, expression: &str) -> Value {
        self.until_with(what, expression, Value::Null).await
    }

    /// As [`Browser::until`], for an expression that may use `input`.
    pub async fn until_with(&self, what: &str, expression: &str, input: Value) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let value = self.look_with(expression, input.clone()).await;
            if !is_empty(&value) {
                return value;
            }
            assert!(Instant::now() < deadline, "After {PATIENCE:?} it is still not so that {what}.");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// The text that is visible in an element; nothing where there is none.
    pub async fn text(&self, css: &str) -> String {
        self.look_with("text(input)", json!(css)).await.as_str().unwrap_or_default().to_owned()
    }

    /// The texts of all visible elements, in order.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        serde_json::from_value(self.look_with("texts(input)", json!(css)).await).expect("a list of texts")
    }

    /// The sentence under the search field.
    pub async fn echo(&self) -> String {
        self.text("#echo").await
    }

    async fn element(&self, expression: &str) -> WebElement {
        let script = format!("{HELPERS}return ({expression});");
        let found = self.session.execute(script, vec![]).await.and_then(|value| value.element());
        found.unwrap_or_else(|error| panic!("“{expression}” finds no element: {error}"))
    }

    // ---- the screen ----

    /// The size and colours now.
    pub fn screen(&self) -> Screen {
        self.screen.get()
    }

    /// Changes size and colours.
    pub async fn set_screen(&self, screen: Screen) {
        let size = json!({
            "width": screen.width, "height": screen.height, "deviceScaleFactor": 1, "mobile": screen.is_phone,
        });
        self.command("Emulation.setDeviceMetricsOverride", size).await;
        let scheme = if screen.is_dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.command("Emulation.setEmulatedMedia", media).await;
        self.screen.set(screen);
    }

    /// Takes a picture of what is visible, `screens/NAME-wide-light.png` among the artefacts. Gives its path.
    pub async fn picture(&self, name: &str) -> PathBuf {
        self.picture_as("screens", &format!("{name}-{}", self.screen().name())).await
    }

    /// Takes a picture, `FOLDER/NAME.png` among the artefacts. Gives its path.
    pub async fn picture_as(&self, folder: &str, name: &str) -> PathBuf {
        let folder = self.settings.artefacts.join(folder);
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        let path = folder.join(format!("{name}.png"));
        self.session.screenshot(&path).await.expect("a picture");
        path
    }

    // ---- the browser ----

    /// Sends a command of the Chrome DevTools Protocol.
    pub async fn command(&self, method: &str, parameters: Value) -> Value {
        let answer = self.session.cdp().send_raw(method, parameters).await;
        answer.unwrap_or_else(|error| panic!("{method} failed: {error}"))
    }

    /// Runs a script in every page from now on, before anything of the page itself.
    pub async fn before_every_page(&self, script: &str) {
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Lets the page read and write the clipboard, as a reader does who says yes.
    pub async fn allow_clipboard(&self) {
        let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.command("Browser.grantPermissions", permissions).await;
    }

    /// What is on the clipboard.
    pub async fn clipboard(&self) -> String {
        let text = self.promised("navigator.clipboard.readText()").await;
        text.as_str().unwrap_or_else(|| panic!("The clipboard cannot be read: {text}")).to_owned()
    }

    /// Lets the page save files from now on: among the downloads, as a reader's browser does.
    pub async fn allow_saving(&self) {
        let folder = self.downloads();
        std::fs::create_dir_all(&folder).expect("a folder for downloads");
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder });
        self.command("Browser.setDownloadBehavior", behaviour).await;
    }

    /// The first file among the downloads whose name ends so, once it is whole; it is taken away. Gives its name and bytes.
    ///
    /// # Panics
    /// None comes.
    pub async fn saved(&self, ending: &str) -> (String, Vec<u8>) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // Until all is there, the browser writes under another name, and keeps this one with an empty file.
            let entries = std::fs::read_dir(self.downloads()).expect("downloads").map(|entry| entry.expect("a file"));
            let mut whole = entries.filter(|entry| entry.metadata().is_ok_and(|file| file.len() > 0));
            if let Some(file) = whole.find(|entry| entry.file_name().to_string_lossy().ends_with(ending)) {
                let bytes = std::fs::read(file.path()).expect("a file that was saved");
                std::fs::remove_file(file.path()).expect("a file that can be taken away");
                return (file.file_name().to_string_lossy().into_owned(), bytes);
            }
            assert!(Instant::now() < deadline, "After {PATIENCE:?} no file …{ending} was saved.");
            tokio::time::sleep(PAUSE).await;
        }
    }

    fn downloads(&self) -> PathBuf {
        self.profile.path().join("downloads")
    }

    /// Errors and warnings that contain this part are part of the story.
    pub fn expect_in_console(&self, part: &str) {
        self.expected.borrow_mut().push(part.to_owned());
    }

    /// Errors and warnings in the console since the last look, breaches of the security policy among them.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.session.browser_log().await.expect("the console");
        let is_bad = |level: &str| level == "SEVERE" || level == "WARNING";
        entries.into_iter().filter(|entry| is_bad(&entry.level)).map(|entry| entry.message).collect()
    }

    /// # Panics
    /// The console has an error or a warning that is not part of the story.
    pub async fn assert_no_complaints(&self) {
        let mut complaints = self.complaints().await;
        let expected = self.expected.borrow();
        complaints.retain(|complaint| !expected.iter().any(|part| complaint.contains(part)));
        assert_eq!(complaints, Vec::<String>::new(), "The console complains.");
    }
}

/// The flags: see DESIGN §10. The profile is empty, and everything goes through the recording server, which needs an
/// entry of its own for addresses of this machine.
fn capabilities(settings: &Settings, server: &Server, profile: &Path) -> ChromeCapabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    let binary = settings.chromium.to_str().expect("a path in UTF-8");
    capabilities.set_binary(binary).expect("a path");
    let own = [
        format!("--user-data-dir={}", profile.display()),
        format!("--proxy-server={}", server.authority()),
        "--proxy-bypass-list=<-loopback>".to_owned(),
    ];
    for flag in FLAGS.iter().copied().chain(own.iter().map(String::as_str)) {
        capabilities.add_arg(flag).expect("a flag");
    }
    if is_root() {
        // Chromium has no sandbox for root, as in containers.
        capabilities.set_no_sandbox().expect("a flag");
    }
    capabilities.add_experimental_option("prefs", quiet_preferences()).expect("preferences");
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All).expect("a setting of the log");
    capabilities
}

/// Settings of the profile under which the browser asks for nothing by itself.
fn quiet_preferences() -> Value {
    json!({
        "signin.allowed": false,
        "signin.allowed_on_next_startup": false,
        "search.suggest_enabled": false,
        "autofill.profile_enabled": false,
        "autofill.credit_card_enabled": false,
        "credentials_enable_service": false,
        "safebrowsing.enabled": false,
        "alternate_error_pages.enabled": false,
        "net.network_prediction_options": 2,
    })
}

fn is_root() -> bool {
    // The owner of a process's folder is its user; there is no such folder on macOS, and nobody tests as root there.
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata("/proc/self").is_ok_and(|folder| folder.uid() == 0)
    }
    #[cfg(not(unix))]
    false
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(is_true) => !is_true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(_) => false,
    }
}
