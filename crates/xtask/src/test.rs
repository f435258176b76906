//! `cargo xtask test`: sets up what the tests need, builds the page, runs everything and counts.
//!
//! The tests learn where things are from their environment: `SHEAF_DIST` (the page with the seeds), `SHEAF_BIN` (the
//! command line), `SHEAF_CHROMIUM`, `SHEAF_CHROMEDRIVER`, `SHEAF_AXE` (axe-core's script), `SHEAF_ARTEFACTS` (a folder
//! for screenshots), `SHEAF_JS` (the ES module), and `SHEAF_FIREFOX` with `SHEAF_GECKODRIVER` where there is a Firefox. All
//! paths are absolute.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result};
use clap::Args;

use crate::build::{self, BuildArgs};
use crate::outcome::Tally;
use crate::{browsers, console, js, node, tools, workspace};

/// The version of axe-core that checks the accessibility of the page.
const AXE: &str = "4.14.1";

/// Which tests to run.
#[derive(Args, Debug)]
pub(crate) struct TestArgs {
    /// Run only the tests whose name contains this
    pub filter: Option<String>,
    /// Install Firefox where it is missing, so that its story runs, too (Debian)
    #[arg(long)]
    pub firefox: bool,
}

/// Runs the tests. The last line is `N passed, N failed`; the exit code is 1 when anything failed.
pub(crate) fn run(args: &TestArgs) -> ExitCode {
    let tally = set_up_and_test(args).unwrap_or_else(|error| {
        println!("error: {error:#}");
        Tally::default().finish(false)
    });
    println!("{tally}");
    if tally.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn set_up_and_test(args: &TestArgs) -> Result<Tally> {
    let target = workspace::target_dir()?;
    let mut environment = find_browsers(args, &target)?;
    environment.push(("SHEAF_AXE", find_axe(&target)?));
    environment.push(("SHEAF_ARTEFACTS", make_artefacts(&target)?));
    let node = node::find()?;
    environment.push(("SHEAF_DIST", build_page(&target)?));
    environment.push(("SHEAF_JS", js::build(&target)?));
    environment.push(("SHEAF_BIN", build_command_line(&target)?));
    let has_firefox = environment.iter().any(|(name, _)| *name == "SHEAF_FIREFOX");
    let filter = args.filter.as_deref();
    let tally = console::step("Testing", || test(filter, &environment))?;
    let tally = tally.and(node::test(&node, filter, &environment)?);
    if let Some(filter) = args.filter.as_ref().filter(|_| tally == Tally::default()) {
        println!("no test has “{filter}” in its name");
    }
    if !has_firefox {
        println!("Firefox story skipped: no Firefox here");
    }
    Ok(tally)
}

type Environment = Vec<(&'static str, PathBuf)>;

fn find_browsers(args: &TestArgs, target: &Path) -> Result<Environment> {
    let chromium = browsers::chromium()?;
    let mut environment = vec![("SHEAF_CHROMIUM", chromium.program), ("SHEAF_CHROMEDRIVER", chromium.driver)];
    match browsers::firefox(args.firefox, target) {
        Ok(firefox) => environment.extend([("SHEAF_FIREFOX", firefox.program), ("SHEAF_GECKODRIVER", firefox.driver)]),
        Err(error) => console::note(&format!("without Firefox: {error:#}")),
    }
    Ok(environment)
}

fn find_axe(target: &Path) -> Result<PathBuf> {
    if let Some(script) = tools::named_by("SHEAF_AXE")? {
        return Ok(script);
    }
    if tools::find_program(&["npm"]).is_none() {
        tools::apt_install(&["npm"]).context("npm is needed for axe-core: install Node.js")?;
    }
    let folder = tools::npm_package(target, "axe-core", AXE).context("axe-core cannot be installed")?;
    Ok(folder.join("axe.min.js"))
}

fn make_artefacts(target: &Path) -> Result<PathBuf> {
    let folder = target.join("artefacts");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    Ok(folder)
}

/// The page with the seeds, in a folder of its own: `dist` may hold another corpus.
fn build_page(target: &Path) -> Result<PathBuf> {
    let out = target.join("test-page");
    build::run(&BuildArgs { corpus: None, base: None, out: Some(out.clone()) })?;
    Ok(out)
}

fn build_command_line(target: &Path) -> Result<PathBuf> {
    // The whole workspace is selected so that features are the same as in the tests: nothing is compiled twice.
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--locked", "--workspace", "--bin", "sheaf", "--target-dir"]).arg(target);
    console::step("Compiling the command line", || tools::run(&mut cargo))?;
    Ok(target.join("debug").join(format!("sheaf{EXE_SUFFIX}")))
}

fn test(filter: Option<&str>, environment: &Environment) -> Result<Tally> {
    let mut cargo = workspace::cargo();
    cargo.args(["test", "--locked", "--workspace", "--no-fail-fast"]).args(filter);
    cargo.envs(environment.iter().map(|(name, path)| (name, path)));
    let mut child =
        cargo.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("`cargo test` cannot be started")?;
    let mut tally = Tally::default();
    let mut output = BufReader::new(child.stdout.take().context("the output of `cargo test` cannot be read")?);
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line).context("the output of `cargo test` cannot be read")? > 0 {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        tally.read(text.trim_end());
        line.clear();
    }
    Ok(tally.finish(child.wait().context("`cargo test` was lost")?.success()))
}
