//! `cargo xtask build`: from sources and a corpus to a folder that any static host can serve.
//!
//! The page is compiled here; it is published with its corpus by what `sheaf build` is, so that small corpora are one file
//! and large ones an index in files either way.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use sheaf_cli::page::{Assets, Page, SiteFile};
use sheaf_cli::publish::{Aside, PublishOptions, Report, publish};
use sheaf_cli::published::corpus_files;
use sheaf_cli::site::{Staging, refuse_foreign};

use crate::dist;
use crate::wasm::{self, BoundWasm};
use crate::{console, report, setup, shorten, workspace};

/// Most problems that are printed one by one; all are in the site's `problems.txt`.
const MAX_SHOWN: usize = 20;

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
    let options = PublishOptions { base: args.base.clone(), ..PublishOptions::default() };
    let staging = Staging::begin(&out)?;
    let aside = console::step(&format!("Importing {}", path.display()), || {
        Aside::read(std::slice::from_ref(&path), &staging.parts()?, &options, &|_, _, _| ())
    })?;
    let target = workspace::target_dir()?;
    let toolchain = setup::wasm_toolchain()?;
    let bound = wasm::build(&toolchain, &target)?;
    let stemmers = SiteFile::hashed("stemmers", "wasm", wasm::build_stemmers(&toolchain, &target)?);
    let later: Vec<String> = bound.annexes.iter().map(|annex| annex.name.clone()).collect();
    let on_demand = [stemmers.name.clone()];
    let page = assemble(bound, stemmers)?;
    let published = console::step(&format!("Writing {}", out.display()), || {
        publish(vec![aside], Some(&page), staging, &options, &|_, _, _| ())
    })?;
    tell_problems(&path, &published);
    report::print(&first_files(&out, page)?, &later, &on_demand, args.corpus.is_none());
    Ok(())
}

/// Prints what could not be read.
fn tell_problems(path: &Path, published: &Report) {
    let problems = &published.problems;
    problems.iter().take(MAX_SHOWN).for_each(|problem| console::warn(&problem.to_string()));
    if problems.len() > MAX_SHOWN {
        console::warn(&format!("and {} more problems.", problems.len() - MAX_SHOWN));
    }
    if published.documents == 0 {
        console::warn(&format!("{} holds no document that can be read: the page will say so.", path.display()));
    }
}

/// The files that the page loads of itself: those of the program, and the corpus or the root of its index.
fn first_files(out: &Path, page: Page) -> Result<Vec<SiteFile>> {
    let index = SiteFile { name: "index.html".to_owned(), bytes: read(&out.join("index.html"))? };
    let mut files = vec![index];
    for name in corpus_files(out) {
        let bytes = read(&out.join(&name))?;
        files.push(SiteFile { name, bytes });
    }
    files.extend(page.files);
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
