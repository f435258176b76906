//! `cargo xtask bench` and `cargo xtask conformance`: how fast, and how good. The programs live beside what they measure.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::{tools, workspace};

/// What to measure speed on.
#[derive(Args, Debug)]
pub(crate) struct BenchArgs {
    /// A larger corpus beside the seeds: folder, file, or JSON Lines
    #[arg(long, value_name = "PATH")]
    pub data: Option<PathBuf>,
}

/// What to measure quality on.
#[derive(Args, Debug)]
pub(crate) struct ConformanceArgs {
    /// Folder with the published collections
    #[arg(long, value_name = "PATH")]
    pub data: PathBuf,
}

/// Runs the benchmarks of the core; they find the larger corpus in `SHEAF_DATA`.
///
/// # Errors
/// The path does not exist, or a benchmark fails.
pub(crate) fn bench(args: &BenchArgs) -> Result<()> {
    let mut cargo = workspace::cargo();
    cargo.args(["bench", "--locked", "--package", "sheaf-core"]);
    if let Some(data) = &args.data {
        cargo.env("SHEAF_DATA", existing(data)?);
    }
    tools::run(&mut cargo)
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
fn existing(path: &std::path::Path) -> Result<PathBuf> {
    path.canonicalize().with_context(|| format!("{} cannot be found", path.display()))
}
