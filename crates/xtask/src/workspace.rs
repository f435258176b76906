//! Where things are: the repository, cargo's target folder, and the cargo that runs us.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The repository's folder.
///
/// Asked at run time first: one target folder may serve several checkouts.
pub(crate) fn root() -> PathBuf {
    let manifest =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.ancestors().nth(2).map_or(manifest.clone(), Path::to_path_buf)
}

/// Cargo's target folder, wherever environment or configuration put it.
pub(crate) fn target_dir() -> Result<PathBuf> {
    let output =
        cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output().context("cargo cannot be run")?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("cargo's metadata cannot be read")?;
    metadata["target_directory"].as_str().map(PathBuf::from).context("cargo's metadata names no target folder")
}

/// The cargo that runs us, at the root of the repository.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}
