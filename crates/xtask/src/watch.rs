//! Building again whenever a source or a document changes.
//!
//! The build runs as a new `cargo xtask build`: this program holds the core, and its import, as they were when it started.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::event::{Event, EventKind, ModifyKind};
use notify::{RecursiveMode, Watcher};
use tokio::sync::watch;

use crate::build::BuildArgs;
use crate::{console, tools, workspace};

/// Number of the build that is being served; the first is 1.
pub(crate) type Build = u64;

/// Editors write in bursts: a change counts when nothing has followed it for so long.
const QUIET: Duration = Duration::from_millis(200);

/// Watches in a thread of its own; the receiver tells the number of the last build that worked.
///
/// # Errors
/// The system refuses to watch.
pub(crate) fn rebuild_on_change(args: &BuildArgs) -> Result<watch::Receiver<Build>> {
    let (sender, receiver) = watch::channel(1);
    let watched = watched_paths(args)?;
    let (events_in, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(events_in).context("changes of files cannot be watched")?;
    for path in &watched {
        watch_one(&mut watcher, path)?;
    }
    let args = args.clone();
    thread::spawn(move || {
        // Watching ends when the watcher is dropped: it lives here.
        let _watcher = watcher;
        while wait_for_change(&events, &watched) {
            match console::step("Building again", || build(&args)) {
                Ok(()) => sender.send_modify(|build| *build += 1),
                Err(_) => console::warn("the page stays as it was until the next change."),
            }
        }
    });
    Ok(receiver)
}

fn watched_paths(args: &BuildArgs) -> Result<Vec<PathBuf>> {
    let root = workspace::root();
    let sources = ["crates/kernels", "crates/core", "crates/web", "crates/cli/src/lib.rs", "index.html", "Cargo.toml"];
    let paths = sources.iter().map(|path| root.join(path)).chain([args.corpus_path()]);
    // As the system names them in its events: without links.
    paths.map(|path| path.canonicalize().with_context(|| format!("{} cannot be found", path.display()))).collect()
}

/// A single file is watched through its folder: editors replace files, and the watch would stay with the old one.
fn watch_one(watcher: &mut impl Watcher, path: &Path) -> Result<()> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let mode = if path.is_dir() { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
    watcher.watch(folder, mode).with_context(|| format!("{} cannot be watched", folder.display()))
}

/// Waits for a change and for the quiet after it; `false` when there will be none any more.
fn wait_for_change(events: &Receiver<notify::Result<Event>>, watched: &[PathBuf]) -> bool {
    loop {
        let Ok(event) = events.recv() else { return false };
        if event.is_ok_and(|event| is_change(&event, watched)) {
            break;
        }
    }
    while events.recv_timeout(QUIET).is_ok() {}
    true
}

fn is_change(event: &Event, watched: &[PathBuf]) -> bool {
    let is_write = match event.kind {
        EventKind::Create(_) | EventKind::Remove(_) => true,
        EventKind::Modify(kind) => !matches!(kind, ModifyKind::Metadata(_)),
        EventKind::Any | EventKind::Access(_) | EventKind::Other => false,
    };
    is_write && event.paths.iter().any(|path| watched.iter().any(|watched| path.starts_with(watched)))
}

fn build(args: &BuildArgs) -> Result<()> {
    let mut cargo = workspace::cargo();
    cargo.args(["run", "--quiet", "--package", "xtask", "--", "build", "--out"]).arg(args.out_path()?);
    if let Some(corpus) = &args.corpus {
        cargo.arg("--corpus").arg(std::path::absolute(corpus)?);
    }
    if let Some(base) = &args.base {
        cargo.arg("--base").arg(base);
    }
    tools::run(&mut cargo)
}
