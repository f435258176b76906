//! `cargo xtask ready`: all that is checked before a change goes out.

use std::process::ExitCode;

use anyhow::Result;

use crate::setup::{self, WasmToolchain};
use crate::test::{self, TestArgs};
use crate::{console, tools, workspace};

/// Checks the format, the lints (of page and module also for their own target), then runs all tests.
///
/// # Errors
/// The format or a lint is not as it should be.
pub(crate) fn run(args: &TestArgs) -> Result<ExitCode> {
    console::step("Checking the format", || tools::run(workspace::cargo().args(["fmt", "--all", "--check"])))?;
    console::step("Checking the lints", || clippy(&["--workspace", "--all-targets"]))?;
    // Debian's packages have no clippy that knows the target.
    if setup::wasm_toolchain()? == WasmToolchain::Rustup {
        let page = ["--package", "sheaf-web", "--package", "sheaf-js", "--lib", "--target", setup::TARGET];
        console::step("Checking the lints of page and module", || clippy(&page))?;
    } else {
        console::note("without the lints of page and module for their own target: that needs rustup's target");
    }
    Ok(test::run(args))
}

fn clippy(selection: &[&str]) -> Result<()> {
    let mut cargo = workspace::cargo();
    tools::run(cargo.args(["clippy", "--locked"]).args(selection).args(["--", "-D", "warnings"]))
}
