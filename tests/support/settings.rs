//! Where things are: `cargo xtask test` says so in the environment.

use std::path::PathBuf;

/// What the stories need.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The built page with the seeds.
    pub dist: PathBuf,
    /// The browser.
    pub chromium: PathBuf,
    /// Its driver.
    pub chromedriver: PathBuf,
    /// The script of axe-core.
    pub axe: PathBuf,
    /// Where screenshots go.
    pub artefacts: PathBuf,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Panics
    /// Something is not set.
    pub fn read() -> Settings {
        Settings {
            dist: needed("SHEAF_DIST"),
            chromium: needed("SHEAF_CHROMIUM"),
            chromedriver: needed("SHEAF_CHROMEDRIVER"),
            axe: needed("SHEAF_AXE"),
            artefacts: needed("SHEAF_ARTEFACTS"),
        }
    }
}

/// Firefox and its driver, where both are there.
pub fn firefox() -> Option<(PathBuf, PathBuf)> {
    path("SHEAF_FIREFOX").zip(path("SHEAF_GECKODRIVER"))
}

/// A path from the environment.
pub fn path(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn needed(name: &str) -> PathBuf {
    path(name).unwrap_or_else(|| panic!("Run the stories with `cargo xtask test`. ({name} is not set.)"))
}
