//! What is measured in Node, by `bench.mjs`: one process for each thing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value;

use crate::table::Times;

/// Megabytes that JavaScript may take for itself: documents are held as objects, and peers hold their indexes so.
const HEAP: &str = "--max-old-space-size=14000";

/// Node with the script.
pub(crate) struct Node {
    pub program: PathBuf,
    /// A process that takes longer is ended.
    pub limit: Duration,
}

/// Sheaf's module over documents in memory.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InMemory {
    pub seconds: f64,
    pub peak_bytes: u64,
    pub problems: usize,
    pub times: Times,
    pub totals: Vec<u32>,
}

/// Sheaf's module over an index in files.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InFiles {
    pub memory_bytes: u64,
    pub root_bytes: u64,
    pub times: Times,
    pub totals: Vec<u32>,
    pub cold: Vec<Cold>,
}

/// What a first search took, part after part.
#[derive(Deserialize)]
pub(crate) struct Cold {
    pub kind: String,
    pub words: Vec<String>,
    /// Until the rows are there, with titles and the exact total.
    pub rows: Loaded,
    /// What goes beside them: passages of those in view, spellings, counts of the facets.
    pub beside: Loaded,
    /// The passages of the other rows.
    pub others: Loaded,
}

/// What was loaded, in bytes.
#[derive(Deserialize)]
pub(crate) struct Loaded {
    /// Rounds that brought nothing but what is the same for most questions, and all others.
    pub idle_rounds: u32,
    pub rounds: u32,
    /// The same for most questions.
    pub idle: u64,
    pub lists: u64,
    pub metadata: u64,
    /// What passages are taken from.
    pub texts: u64,
    /// What only this question needed until there were first rows, and the rounds of that.
    pub first: u64,
    pub first_rounds: u32,
}

impl Loaded {
    /// What only this question needed.
    pub(crate) fn own(&self) -> u64 {
        self.lists + self.metadata + self.texts
    }

    pub(crate) fn all(&self) -> u64 {
        self.idle + self.own()
    }
}

/// A peer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Peer {
    pub seconds: f64,
    pub gzip_bytes: Option<u64>,
    #[serde(default)]
    pub text_bytes: u64,
    #[serde(default)]
    pub note: String,
    pub rss_bytes: u64,
    pub times: Times,
    /// Documents found; nothing where the peer has no such query.
    pub totals: Vec<Option<u32>>,
    pub cold: Vec<PeerCold>,
}

/// What a peer loads for a first search.
#[derive(Deserialize)]
pub(crate) struct PeerCold {
    pub bytes: u64,
}

impl Peer {
    /// How many of the queries that it was asked found nothing, though all stand in the documents.
    pub(crate) fn found_nothing(&self) -> (usize, usize) {
        let asked = self.totals.iter().flatten();
        (asked.clone().filter(|total| **total == 0).count(), asked.count())
    }
}

impl Node {
    /// Runs a task of the script.
    ///
    /// # Errors
    /// It fails, takes too long, or says something else than expected.
    pub(crate) fn run<T: for<'d> Deserialize<'d>>(&self, task: &str, options: &Value, folder: &Path) -> Result<T> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench.mjs");
        let out = folder.join("node.out");
        // The names of all chunks are more than an argument may be long.
        let given = folder.join("options.json");
        std::fs::write(&given, options.to_string())?;
        let mut command = Command::new(&self.program);
        command.arg(HEAP).arg(script).arg(task).arg(given).current_dir(folder).stdin(Stdio::null());
        let start = Instant::now();
        let mut child = command.stdout(std::fs::File::create(&out)?).spawn().context("Node.js cannot be started")?;
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if start.elapsed() > self.limit {
                child.kill()?;
                child.wait()?;
                bail!("given up after {} s", self.limit.as_secs());
            }
            thread::sleep(Duration::from_millis(50));
        };
        if !status.success() {
            bail!("Node.js failed ({status}); its message stands above");
        }
        let said = std::fs::read_to_string(&out)?;
        let line = said.lines().last().unwrap_or_default();
        serde_json::from_str(line).with_context(|| format!("{task} said: {}", &line[..line.len().min(200)]))
    }
}
