//! Browsers and their drivers for the stories: found on this machine, or installed.
//!
//! `SHEAF_CHROMIUM`, `SHEAF_CHROMEDRIVER`, `SHEAF_FIREFOX` and `SHEAF_GECKODRIVER` name other ones.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{console, tools, workspace};

/// The version of geckodriver on crates.io that is installed where Firefox has none.
const GECKODRIVER: &str = "0.37.1";

const CHROMIUMS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const CHROMEDRIVERS: &[&str] = &[
    "chromedriver",
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
    "/snap/bin/chromium.chromedriver",
    "/opt/homebrew/bin/chromedriver",
    "/usr/local/bin/chromedriver",
];
const FIREFOXES: &[&str] = &["firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"];

const CHROMIUM_ADVICE: &str = "The browser stories need Chromium (or Chrome) and chromedriver of the same version. \
    Install them (Debian: `apt-get install chromium chromium-driver`; macOS: Chrome and \
    `brew install --cask chromedriver`), or name them in SHEAF_CHROMIUM and SHEAF_CHROMEDRIVER.";

/// A browser and the program that drives it.
pub(crate) struct Browser {
    /// The browser.
    pub program: PathBuf,
    /// Its WebDriver.
    pub driver: PathBuf,
}

/// Chromium or Chrome, installed where it is missing.
///
/// # Errors
/// There is none and it cannot be installed; the message says what to do.
pub(crate) fn chromium() -> Result<Browser> {
    if let Some(found) = found_chromium()? {
        return Ok(found);
    }
    // Ubuntu has the same under other names.
    tools::apt_install(&["chromium", "chromium-driver"])
        .or_else(|_| tools::apt_install(&["chromium-browser", "chromium-chromedriver"]))
        .context(CHROMIUM_ADVICE)?;
    found_chromium()?.context(CHROMIUM_ADVICE)
}

fn found_chromium() -> Result<Option<Browser>> {
    let program = tools::named_by("SHEAF_CHROMIUM")?.or_else(|| tools::find_program(CHROMIUMS));
    let driver = tools::named_by("SHEAF_CHROMEDRIVER")?.or_else(|| tools::find_program(CHROMEDRIVERS));
    Ok(program.zip(driver).map(|(program, driver)| Browser { program, driver }))
}

/// Firefox; installed only when `may_install` says so, its driver wherever there is a Firefox.
///
/// # Errors
/// Why there is none; the stories do without it.
pub(crate) fn firefox(may_install: bool, target: &Path) -> Result<Browser> {
    if may_install && found_firefox()?.is_none() {
        tools::apt_install(&["firefox-esr"])?;
    }
    let program = found_firefox()?.context("no Firefox here; --firefox installs it on Debian")?;
    let driver = match found_geckodriver(target)? {
        Some(driver) => driver,
        None => install_geckodriver(target)?,
    };
    Ok(Browser { program, driver })
}

fn found_firefox() -> Result<Option<PathBuf>> {
    Ok(tools::named_by("SHEAF_FIREFOX")?.or_else(|| tools::find_program(FIREFOXES)))
}

fn found_geckodriver(target: &Path) -> Result<Option<PathBuf>> {
    let installed = our_geckodriver(target);
    let found = || tools::find_program(&["geckodriver"]).or_else(|| installed.is_file().then_some(installed));
    Ok(tools::named_by("SHEAF_GECKODRIVER")?.or_else(found))
}

fn our_geckodriver(target: &Path) -> PathBuf {
    target.join("tools/bin/geckodriver")
}

fn install_geckodriver(target: &Path) -> Result<PathBuf> {
    console::step(&format!("Installing geckodriver {GECKODRIVER} (cargo, takes minutes once)"), || {
        let mut cargo = workspace::cargo();
        cargo.args(["install", "--quiet", "--locked", "geckodriver", "--version", GECKODRIVER, "--root"]);
        tools::run(cargo.arg(target.join("tools")).env("CARGO_TARGET_DIR", target.join("tools/build")))
    })?;
    Ok(our_geckodriver(target))
}
