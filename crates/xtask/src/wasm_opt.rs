//! `wasm-opt`, where it can be had and where it helps.
//!
//! Rust's compiler has optimised already. The usual levels (`-O1` to `-O4`, `-Os`, `-Oz`) made the page 2–5 % larger
//! after gzip and took up to half a minute; the few passes below make it 4 % smaller in two seconds. Even so the outcome
//! is used only when it measures smaller, and a build without it is a good build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{console, report, shorten, tools};

/// The npm package that has `wasm-opt`, at the version it was tried with.
const BINARYEN: &str = "132.0.0";

/// The passes that help gzip, each measured on the page: what is equal becomes the same, blocks and locals fewer; and,
/// worth most, functions of one name stand together. They are the copies of one generic function for several types,
/// much alike, and gzip sees only 32 KB back. (Ordering them by the likeness of their code was no better.)
const PASSES: &[&str] = &[
    "--duplicate-function-elimination",
    "--merge-blocks",
    "--remove-unused-brs",
    "--remove-unused-names",
    "--coalesce-locals",
    "--reorder-locals",
    "--vacuum",
    "--optimize-instructions",
    "--precompute",
    "--rse",
    "--vacuum",
    "--remove-unused-brs",
    "--merge-blocks",
    "--coalesce-locals",
    "--reorder-locals",
    "--duplicate-function-elimination",
    "--remove-unused-module-elements",
    // Hints that engines do without: one number in place of three.
    "--dealign",
    "--reorder-functions-by-name",
    "--strip-debug",
];

/// What the compiler uses for browsers of our baseline, plus `simd128`.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// The wasm, optimised where `wasm-opt` can be had and its outcome is smaller after gzip; otherwise as it was. Either
/// way without the names that came with it.
///
/// # Errors
/// The wasm is no wasm.
pub(crate) fn smaller(wasm: &[u8], target: &Path) -> Result<Vec<u8>> {
    let plain = shorten::without_names(wasm)?;
    Ok(match program(target).and_then(|program| optimise(&program, wasm, target)) {
        Ok(optimised) => choose(plain, optimised),
        Err(error) => {
            console::note(&format!("left out: {error:#}"));
            plain
        }
    })
}

fn choose(wasm: Vec<u8>, optimised: Vec<u8>) -> Vec<u8> {
    let (before, after) = (report::gzip_len(&wasm), report::gzip_len(&optimised));
    let is_smaller = after < before;
    let verdict = if is_smaller { "kept" } else { "not smaller, left out" };
    console::note(&format!("{before} → {after} bytes after gzip: {verdict}"));
    if is_smaller { optimised } else { wasm }
}

fn installed(target: &Path) -> Option<PathBuf> {
    let by_npm = target.join("tools/node_modules/.bin/wasm-opt");
    tools::find_program(&["wasm-opt"]).or_else(|| by_npm.is_file().then_some(by_npm))
}

fn program(target: &Path) -> Result<PathBuf> {
    if installed(target).is_none() {
        tools::npm_package(target, "binaryen", BINARYEN)?;
    }
    installed(target).context("npm's binaryen came without wasm-opt")
}

fn optimise(program: &Path, wasm: &[u8], target: &Path) -> Result<Vec<u8>> {
    let (input, output) = (target.join("page-unoptimised.wasm"), target.join("page-optimised.wasm"));
    fs::write(&input, wasm).with_context(|| format!("{} cannot be written", input.display()))?;
    tools::run(Command::new(program).args(PASSES).args(FEATURES).arg(&input).arg("-o").arg(&output))?;
    fs::read(&output).with_context(|| format!("{} cannot be read", output.display()))
}
