//! From the crate `sheaf-web` to its wasm, the annexes and the glue: compile, cut, bind, optimise. The stemmers are a
//! wasm that needs no glue.
//!
//! Binding uses the library at the version of the lock file: an installed `wasm-bindgen` drifts away from it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sheaf_cli::page::SiteFile;
use wasm_bindgen_cli_support::Bindgen;

use crate::setup::{self, WasmToolchain};
use crate::{annexes, console, shorten, tools, wasm_opt, workspace};

/// Cutting the wasm needs to know what refers to what: the linker is to keep its relocations.
const KEEP_RELOCATIONS: &[&str] = &["-C", "link-arg=--emit-relocs"];

/// The page's code, ready to be served.
pub(crate) struct BoundWasm {
    /// The wasm.
    pub wasm: Vec<u8>,
    /// The JavaScript module that instantiates it, and the annexes when they are needed.
    pub glue: Vec<u8>,
    /// The annexes, named as the glue names them.
    pub annexes: Vec<SiteFile>,
}

/// Compiles, binds and optimises; what is unchanged since the last time is taken from `target`.
///
/// # Errors
/// The code does not compile, or it cannot be bound.
pub(crate) fn build(toolchain: &WasmToolchain, target: &Path) -> Result<BoundWasm> {
    let label = format!("Compiling the page ({})", toolchain.name());
    let compiled = console::step(&label, || compile(toolchain, target, "sheaf-web", "page", KEEP_RELOCATIONS))?;
    let wasm = fs::read(&compiled).with_context(|| format!("{} cannot be read", compiled.display()))?;
    let cache = Cache::of(&wasm, target);
    if let Some(bound) = cache.read() {
        return Ok(bound);
    }
    let bound = cut_and_bind(&wasm, target)?;
    cache.write(&bound)?;
    Ok(bound)
}

/// Compiles the wasm with the stemmers of languages other than English, which the page loads where it needs them.
///
/// # Errors
/// The code does not compile.
pub(crate) fn build_stemmers(toolchain: &WasmToolchain, target: &Path) -> Result<Vec<u8>> {
    // Nothing binds it, so nothing else would strip its names.
    let flags = ["-C", "strip=symbols"];
    let compile = || compile(toolchain, target, "sheaf-stemmers", "page", &flags);
    let compiled = console::step("Compiling the stemmers", compile)?;
    fs::read(&compiled).with_context(|| format!("{} cannot be read", compiled.display()))
}

/// Compiles, binds and optimises the ES module: its wasm, and the glue that `sheaf.js` imports.
///
/// # Errors
/// The code does not compile, or it cannot be bound.
pub(crate) fn build_module(toolchain: &WasmToolchain, target: &Path) -> Result<BoundWasm> {
    let label = format!("Compiling the module ({})", toolchain.name());
    let compiled = console::step(&label, || compile(toolchain, target, "sheaf-js", "module", &[]))?;
    let wasm = fs::read(&compiled).with_context(|| format!("{} cannot be read", compiled.display()))?;
    let (glue, bound) = console::step("Binding", || bind(&wasm, false))?;
    console::step("Optimising (wasm-opt)", || {
        let (glue, bound) = shorten::imports(&glue, &bound)?;
        Ok(BoundWasm { wasm: wasm_opt::smaller(&bound, target)?, glue: glue.into_bytes(), annexes: Vec::new() })
    })
}

/// Compiles the library of a package, its last step with these flags.
///
/// One package at a time: together they would share their features, and the page would link what it must not.
fn compile(toolchain: &WasmToolchain, target: &Path, package: &str, profile: &str, flags: &[&str]) -> Result<PathBuf> {
    let mut cargo = toolchain.cargo();
    cargo.args(["rustc", "--locked", "--profile", profile, "--package", package, "--lib"]);
    cargo
        .args(["--target", setup::TARGET])
        .arg("--config")
        .arg(format!("target.{}.rustflags={:?}", setup::TARGET, remapped_paths()))
        .args(toolchain.arguments())
        .arg("--target-dir")
        .arg(target)
        .arg("--")
        .args(flags);
    tools::run(&mut cargo)?;
    let file = format!("{}.wasm", package.replace('-', "_"));
    Ok(target.join(setup::TARGET).join(profile).join(file))
}

/// Flags that leave the folders of this machine out of the wasm: panics name their files, and the page should be the
/// same wherever it is built, and shorter.
fn remapped_paths() -> Vec<String> {
    let home =
        |name: &str, folder: &str| env::var_os(name).map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(folder)));
    let mut folders = vec![workspace::root()];
    if let Some(sources) = home("CARGO_HOME", ".cargo").map(|cargo| cargo.join("registry/src")) {
        folders.extend(fs::read_dir(sources).into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    folders.sort();
    folders.iter().map(|folder| format!("--remap-path-prefix={}/=", folder.display())).collect()
}

fn cut_and_bind(wasm: &[u8], target: &Path) -> Result<BoundWasm> {
    let cut = console::step("Cutting off what comes later", || annexes::cut(wasm, target))?;
    let (glue, main) = console::step("Binding", || bind(&cut.main, true))?;
    console::step("Optimising (wasm-opt)", || {
        let mut published = Vec::new();
        for (name, wasm) in &cut.annexes {
            published.push(SiteFile::hashed(
                name.trim_start_matches("split_"),
                "wasm",
                wasm_opt::smaller(wasm, target)?,
            ));
        }
        let named: Vec<(&str, &SiteFile)> = cut.annexes.iter().map(|(name, _)| name.as_str()).zip(&published).collect();
        let glue = annexes::joined(&glue, &cut, &named)?;
        let (glue, main) = shorten::imports(&glue, &main)?;
        Ok(BoundWasm { wasm: wasm_opt::smaller(&main, target)?, glue: glue.into_bytes(), annexes: published })
    })
}

/// The glue as the binder writes it, and the wasm that goes with it; whether annexes will be linked to it.
fn bind(wasm: &[u8], has_annexes: bool) -> Result<(String, Vec<u8>)> {
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("sheaf", wasm.to_vec()).web(true)?.typescript(false).omit_default_module_path(true);
    // The annexes take the table of functions from the main part.
    bindgen.keep_lld_exports(has_annexes);
    // The names of functions help to put like beside like; they are removed when that is done.
    bindgen.remove_name_section(false).remove_producers_section(true);
    let mut output = bindgen.generate_output()?;
    if let Some((crate_name, _)) = output.snippets().iter().find(|(_, snippets)| !snippets.is_empty()) {
        bail!("{crate_name} brings JavaScript of its own; the glue is one file. Write it without a snippet.");
    }
    let wasm = output.wasm_mut().emit_wasm();
    Ok((output.js().to_owned(), wasm))
}

/// The outcome of the last binding, in a folder named by what went in.
struct Cache {
    folder: PathBuf,
    key: String,
}

impl Cache {
    fn of(wasm: &[u8], target: &Path) -> Cache {
        let mut hasher = blake3::Hasher::new();
        // How it is bound and optimised counts as well; the binder's version stands in the wasm.
        hasher.update(wasm).update(include_bytes!("wasm.rs")).update(include_bytes!("wasm_opt.rs"));
        hasher.update(include_bytes!("shorten.rs")).update(include_bytes!("annexes.rs"));
        Cache { folder: target.join("page-bound"), key: hasher.finalize().to_hex()[..16].to_owned() }
    }

    fn read(&self) -> Option<BoundWasm> {
        // A missing file is what an empty cache looks like.
        let folder = self.folder.join(&self.key);
        let wasm = fs::read(folder.join("page.wasm")).ok()?;
        let glue = fs::read(folder.join("page.js")).ok()?;
        let mut annexes = Vec::new();
        for entry in fs::read_dir(folder.join("annexes")).ok()? {
            let path = entry.ok()?.path();
            annexes.push(SiteFile { name: path.file_name()?.to_str()?.to_owned(), bytes: fs::read(&path).ok()? });
        }
        annexes.sort_by(|a, b| a.name.cmp(&b.name));
        Some(BoundWasm { wasm, glue, annexes })
    }

    fn write(&self, bound: &BoundWasm) -> Result<()> {
        let folder = self.folder.join(&self.key);
        // Only the last outcome is kept; where there was none, there is nothing to remove.
        fs::remove_dir_all(&self.folder).ok();
        let annexes = folder.join("annexes");
        fs::create_dir_all(&annexes).with_context(|| format!("{} cannot be created", annexes.display()))?;
        for SiteFile { name, bytes } in &bound.annexes {
            fs::write(annexes.join(name), bytes).context("the bound page cannot be kept")?;
        }
        fs::write(folder.join("page.js"), &bound.glue).context("the bound page cannot be kept")?;
        fs::write(folder.join("page.wasm"), &bound.wasm).context("the bound page cannot be kept")
    }
}
