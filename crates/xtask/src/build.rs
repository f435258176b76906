//! `cargo xtask build`: from sources and a corpus to a folder that any static host can serve.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use sheaf_core::document::Corpus;
use sheaf_core::workspace::needs_snowball;

use sheaf_cli::page::{Assets, Listing, MAX_LISTED, Page, SiteFile, render};
use sheaf_cli::site::{Staging, refuse_foreign};

use crate::dist;
use crate::wasm::{self, BoundWasm};
use crate::{console, corpus, report, setup, shorten, workspace};

/// What to build.
#[derive(Args, Clone, Debug)]
pub(crate) struct BuildArgs {
    /// Folder or file with the documents; the five seeds when left out
    #[arg(long, value_name = "PATH")]
    pub corpus: Option<PathBuf>,
    /// Address of the published page, for its canonical link; nothing else depends on it
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// Folder to write, replaced as a whole; `dist` beside Cargo.toml when left out
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
}

impl BuildArgs {
    /// The folder or file with the documents.
    pub(crate) fn corpus_path(&self) -> PathBuf {
        self.corpus.clone().unwrap_or_else(|| workspace::root().join("seeds"))
    }

    /// The folder to write, as an absolute path without links where it exists.
    ///
    /// # Errors
    /// It is no path.
    pub(crate) fn out_path(&self) -> Result<PathBuf> {
        let out = self.out.clone().unwrap_or_else(|| workspace::root().join("dist"));
        let out = std::path::absolute(&out).with_context(|| format!("{} is no path", out.display()))?;
        Ok(fs::canonicalize(&out).unwrap_or(out))
    }
}

/// Builds the page and prints what it weighs.
///
/// # Errors
/// Something is missing or does not compile; the folder stays as it was.
pub(crate) fn run(args: &BuildArgs) -> Result<()> {
    // What may be wrong with the arguments is told before minutes of compiling.
    let out = args.out_path()?;
    refuse_foreign(&out)?;
    let path = args.corpus_path();
    let corpus = console::step(&format!("Importing {}", path.display()), || corpus::read(&path))?;
    let target = workspace::target_dir()?;
    let toolchain = setup::wasm_toolchain()?;
    let bound = wasm::build(&toolchain, &target)?;
    let stemmers = SiteFile::hashed("stemmers", "wasm", wasm::build_stemmers(&toolchain, &target)?);
    let later: Vec<String> = bound.annexes.iter().map(|annex| annex.name.clone()).collect();
    let on_demand = on_demand(&corpus, &stemmers);
    let page = assemble(bound, stemmers)?;
    let files =
        console::step(&format!("Writing {}", out.display()), || write(&out, page, &corpus, args.base.as_deref()))?;
    report::print(&files, &later, &on_demand, args.corpus.is_none());
    Ok(())
}

/// Names of the files that the page does not load for this corpus.
fn on_demand(corpus: &Corpus, stemmers: &SiteFile) -> Vec<String> {
    let is_needed = corpus.languages().into_iter().any(needs_snowball);
    if is_needed { Vec::new() } else { vec![stemmers.name.clone()] }
}

/// Puts page and corpus into a folder. Returns the files that the page loads.
fn write(out: &Path, page: Page, corpus: &Corpus, base: Option<&str>) -> Result<Vec<SiteFile>> {
    let packed = SiteFile::hashed("corpus", "bin", corpus.to_bytes());
    let listing = Listing {
        title: corpus.title.clone(),
        documents: corpus.documents.len(),
        first: corpus.documents.iter().take(MAX_LISTED).cloned().collect(),
        corpus: packed.name.clone(),
        ..Listing::default()
    };
    let index = render(&page.template, &page.assets, &listing, base)?;
    let manifest = page.manifest()?;
    let index = SiteFile { name: "index.html".to_owned(), bytes: index.into_bytes() };
    let files: Vec<SiteFile> = [index, packed].into_iter().chain(page.files).collect();
    let staging = Staging::begin(out)?;
    files.iter().chain([&manifest]).try_for_each(|file| staging.write(file))?;
    if let Some(old) = staging.finish()? {
        console::warn(&format!("the former page stays in {}.", old.display()));
    }
    Ok(files)
}

/// The page without a corpus.
fn assemble(bound: BoundWasm, stemmers: SiteFile) -> Result<Page> {
    let web = workspace::root().join("crates/web");
    let css = String::from_utf8(dist::styles(&web.join("styles"))?).context("the styles are not UTF-8")?;
    let css = SiteFile::hashed("sheaf", "css", shorten::styles(&css).into_bytes());
    let boot = String::from_utf8(read(&web.join("boot.js"))?).context("boot.js is not UTF-8")?;
    let boot = SiteFile::hashed("boot", "js", shorten::without_comments(&boot).into_bytes());
    let glue = SiteFile::hashed("sheaf", "js", bound.glue);
    let wasm = SiteFile::hashed("sheaf", "wasm", bound.wasm);
    let icon_path = web.join("icon.svg");
    let icon = if icon_path.exists() { Some(SiteFile::hashed("icon", "svg", read(&icon_path)?)) } else { None };
    let assets = Assets {
        css: css.name.clone(),
        boot: boot.name.clone(),
        glue: glue.name.clone(),
        wasm: wasm.name.clone(),
        stemmers: stemmers.name.clone(),
        icon: icon.as_ref().map(|icon| icon.name.clone()),
        ..Assets::default()
    };
    let template_path = workspace::root().join("index.html");
    let template = String::from_utf8(read(&template_path)?).context("index.html is not UTF-8")?;
    let files = [css, boot, glue, wasm].into_iter().chain(icon).chain(bound.annexes).chain([stemmers]).collect();
    Ok(Page { template, assets, files })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}
