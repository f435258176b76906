//! `cargo xtask bench` and `cargo xtask conformance`: how fast, and how good. The programs live beside what they measure.

use std::env::consts::EXE_SUFFIX;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::{console, js, node, tools, workspace};

/// The peers that are measured beside Sheaf, from npm.
const PEERS: [(&str, &str); 4] =
    [("minisearch", "7.2.0"), ("flexsearch", "0.8.212"), ("@orama/orama", "3.1.18"), ("pagefind", "1.6.0")];

/// What to measure speed on.
#[derive(Args, Debug)]
pub(crate) struct BenchArgs {
    /// The corpus, or the folder that has the corpora
    #[arg(long, value_name = "PATH")]
    pub data: Option<PathBuf>,
    /// The parts of the core one by one instead of the whole
    #[arg(long)]
    pub core: bool,
    /// Put the table into docs/performance.md
    #[arg(long, conflicts_with = "core")]
    pub write: bool,
    /// More for the program that measures, after `--`: `--documents 5000`, or `--help`
    #[arg(last = true, conflicts_with = "core")]
    pub more: Vec<OsString>,
}

/// What to measure quality on.
#[derive(Args, Debug)]
pub(crate) struct ConformanceArgs {
    /// Folder with the published collections
    #[arg(long, value_name = "PATH")]
    pub data: PathBuf,
}

/// Measures the whole beside its peers; without a corpus, or where asked, the core's parts one by one.
///
/// # Errors
/// The path does not exist, something does not compile, or an answer is wrong.
pub(crate) fn bench(args: &BenchArgs) -> Result<()> {
    match &args.data {
        Some(data) if !args.core => whole(&existing(data)?, args),
        _ => core(args),
    }
}

/// Runs the benchmarks of the core; they find the larger corpus in `SHEAF_DATA`.
fn core(args: &BenchArgs) -> Result<()> {
    let mut cargo = workspace::cargo();
    cargo.args(["bench", "--locked", "--package", "sheaf-core"]);
    if let Some(data) = &args.data {
        cargo.env("SHEAF_DATA", existing(data)?);
    }
    tools::run(&mut cargo)
}

/// Runs `crates/bench` with all that it needs.
fn whole(data: &Path, args: &BenchArgs) -> Result<()> {
    let target = workspace::target_dir()?;
    let module = js::build(&target)?;
    let mut sheaf = workspace::cargo();
    sheaf.args(["build", "--locked", "--release", "--package", "sheaf-cli", "--bin", "sheaf"]);
    console::step("Compiling the command line", || tools::run(&mut sheaf))?;
    let mut cargo = workspace::cargo();
    cargo.args(["run", "--locked", "--release", "--package", "sheaf-bench", "--features", "oracle", "--", "--data"]);
    cargo.arg(data).arg("--work").arg(target.join("bench")).arg("--module").arg(module);
    cargo.arg("--sheaf").arg(target.join("release").join(format!("sheaf{EXE_SUFFIX}")));
    cargo.arg("--node").arg(node::find()?);
    match peers(&target) {
        Ok(packages) => _ = cargo.arg("--packages").arg(packages),
        Err(error) => console::warn(&format!("the peers are left out: {error:#}")),
    }
    if args.write {
        cargo.arg("--write").arg(workspace::root().join("docs/performance.md"));
    }
    tools::run(cargo.args(&args.more))
}

/// Installs the peers; the folder that has their `node_modules`.
fn peers(target: &Path) -> Result<PathBuf> {
    let target = target.join("bench");
    PEERS.iter().try_for_each(|(name, version)| tools::npm_package(&target, name, version).map(|_| ()))?;
    Ok(target.join("tools"))
}

/// Compares the core with published figures; fails where one is missed that must be reached.
///
/// # Errors
/// The path does not exist, or a figure is missed.
pub(crate) fn conformance(args: &ConformanceArgs) -> Result<()> {
    let mut cargo = workspace::cargo();
    cargo.args(["run", "--locked", "--release", "--package", "sheaf-tests", "--bin", "conformance", "--", "--data"]);
    tools::run(cargo.arg(existing(&args.data)?))
}

/// The path made absolute: cargo runs its programs in other folders.
fn existing(path: &Path) -> Result<PathBuf> {
    path.canonicalize().with_context(|| format!("{} cannot be found", path.display()))
}
