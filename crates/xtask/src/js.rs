//! `cargo xtask js`: the ES module, a folder that is an npm package and that any static host can serve.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{console, report, setup, wasm, workspace};

/// Files of `crates/js` that go into the module as they are.
const COPIED: &[&str] = &["sheaf.js", "sheaf.d.ts", "README.md", "example/index.html"];
/// Files of the repository that do.
const LICENSES: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE"];

/// Builds the module and prints what it weighs.
///
/// # Errors
/// Something does not compile, or the folder cannot be written.
pub(crate) fn run() -> Result<()> {
    let folder = build(&workspace::target_dir()?)?;
    for name in ["sheaf.js", "sheaf_bg.js", "sheaf_bg.wasm"] {
        let bytes = read(&folder.join(name))?;
        println!("  {name:<14} {:>10} bytes, {:>8} after gzip", bytes.len(), report::gzip_len(&bytes));
    }
    println!("  in {}", folder.display());
    Ok(())
}

/// Builds the module into `js` below `target`; returns that folder.
///
/// # Errors
/// As [`run`].
pub(crate) fn build(target: &Path) -> Result<PathBuf> {
    let bound = wasm::build_module(&setup::wasm_toolchain()?, target)?;
    let root = workspace::root();
    let source = root.join("crates/js");
    let folder = target.join("js");
    console::step(&format!("Writing {}", folder.display()), || {
        let manifest = String::from_utf8(read(&source.join("package.json"))?).context("package.json is not UTF-8")?;
        let manifest = manifest.replace("VERSION", env!("CARGO_PKG_VERSION"));
        write(&folder.join("package.json"), manifest.as_bytes())?;
        write(&folder.join("sheaf_bg.js"), &bound.glue)?;
        write(&folder.join("sheaf_bg.wasm"), &bound.wasm)?;
        COPIED.iter().try_for_each(|name| write(&folder.join(name), &read(&source.join(name))?))?;
        LICENSES.iter().try_for_each(|name| write(&folder.join(name), &read(&root.join(name))?))
    })?;
    Ok(folder)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}
