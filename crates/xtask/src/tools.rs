//! Programs of this machine: finding them, running them, and installing what is missing.

use std::env;
use std::fs;
use std::io::{IsTerminal, stdin};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Once;

use anyhow::{Context, Result, bail};

use crate::console;

/// The first of the names that is a program on the `PATH`; a name may be a whole path, too.
pub(crate) fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|program| program.is_file()))
}

/// The program that an environment variable names.
///
/// # Errors
/// The variable is set, but there is no such file.
pub(crate) fn named_by(variable: &str) -> Result<Option<PathBuf>> {
    let Some(path) = env::var_os(variable).map(PathBuf::from) else {
        return Ok(None);
    };
    if !path.is_file() {
        bail!("{variable} names {}, which is no file. Correct or unset it.", path.display());
    }
    Ok(Some(path))
}

/// Runs a command to its end, its output going where ours goes.
///
/// # Errors
/// It cannot be started, or it fails; the message shows the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("`{shown}` cannot be started"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status}); its own message stands above.");
    }
    Ok(())
}

/// What a command prints, or nothing when it fails.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    // A failure here only means "not this way": the caller has another one or a sentence of its own.
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Installs packages of Debian or Ubuntu.
///
/// # Errors
/// There is no `apt-get`, or it fails.
pub(crate) fn apt_install(packages: &[&str]) -> Result<()> {
    if find_program(&["apt-get"]).is_none() {
        bail!("this machine has no apt-get");
    }
    apt_refresh();
    console::step(&format!("Installing {} (apt-get)", packages.join(" ")), || {
        run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
    })
}

/// Refreshes the package lists, once a run. Lists that cannot be refreshed may still be good enough to install from.
pub(crate) fn apt_refresh() {
    static REFRESHED: Once = Once::new();
    REFRESHED.call_once(|| {
        if console::step("Refreshing the package lists (apt-get)", || run(apt_get().arg("update"))).is_err() {
            console::warn("the package lists could not be refreshed.");
        }
    });
}

/// Whether the package lists of this machine know the package.
pub(crate) fn apt_knows(package: &str) -> bool {
    output_of(Command::new("apt-cache").args(["show", "--no-all-versions", package]))
        .is_some_and(|text| !text.is_empty())
}

/// The folder of an npm package at exactly this version, installed below `target/tools` when it is not there yet.
///
/// # Errors
/// npm is missing or fails.
pub(crate) fn npm_package(target: &Path, name: &str, version: &str) -> Result<PathBuf> {
    let tools = target.join("tools");
    let folder = tools.join("node_modules").join(name);
    if npm_version(&folder).as_deref() == Some(version) {
        return Ok(folder);
    }
    let npm = find_program(&["npm"]).context("npm is missing: install Node.js")?;
    fs::create_dir_all(&tools).with_context(|| format!("{} cannot be created", tools.display()))?;
    console::step(&format!("Installing {name} {version} (npm)"), || {
        run(Command::new(npm)
            .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--save-exact"])
            .args(["--fetch-retries=1", "--fetch-timeout=60000", "--prefix"])
            .arg(&tools)
            .arg(format!("{name}@{version}"))
            .stdout(Stdio::null()))
    })?;
    Ok(folder)
}

fn npm_version(folder: &Path) -> Option<String> {
    // No file: not installed.
    let manifest = fs::read(folder.join("package.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).ok()?;
    manifest["version"].as_str().map(str::to_owned)
}

fn apt_get() -> Command {
    let is_root = output_of(Command::new("id").arg("-u")).as_deref() == Some("0");
    let mut command = Command::new(if is_root { "apt-get" } else { "sudo" });
    if !is_root {
        // Where nobody can type a password, fail instead of waiting for one.
        if !stdin().is_terminal() {
            command.arg("--non-interactive");
        }
        command.arg("apt-get");
    }
    // Its progress is no news; what goes wrong comes on the other channel.
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet=2").stdout(Stdio::null());
    command
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
