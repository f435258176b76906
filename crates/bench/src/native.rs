//! What is measured natively: building a site, the sizes of its parts, and answers from memory.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use sheaf_cli::published::Reading;
use sheaf_core::base::TypeId;
use sheaf_core::index::files::{ChunkId, ChunkKind, KINDS};
use sheaf_core::workspace::{Request, Response, Workspace};

use crate::queries::Query;
use crate::table::Times;

/// How often memory is looked at while a site is built.
const GLANCE: Duration = Duration::from_millis(20);
/// Answers of each query that are timed, after one that is not; the middle one counts.
const RUNS: usize = 3;

/// A site that was built.
pub(crate) struct Built {
    /// Where its index is.
    pub index: PathBuf,
    /// Name of the file that is read first.
    pub root: String,
    /// Time of the whole program, reading included.
    pub seconds: f64,
    /// Most memory that it held, where this system tells.
    pub peak_bytes: Option<u64>,
    /// Files and bytes by kind.
    pub kinds: BTreeMap<&'static str, (usize, u64)>,
    /// Bytes of positions that lie with their postings.
    pub near_bytes: u64,
    /// By file: its kind, and whether it is the same for most questions, so that it comes while there is time.
    pub chunks: BTreeMap<String, (&'static str, bool)>,
}

/// Builds a site of the documents with the command line, its index in files.
///
/// # Errors
/// The build fails, or the site cannot be read.
pub(crate) fn build(sheaf: &Path, documents: &Path, site: &Path) -> Result<Built> {
    if site.exists() {
        fs::remove_dir_all(site).with_context(|| format!("{} cannot be removed", site.display()))?;
    }
    let log = site.with_extension("log");
    let mut command = Command::new(sheaf);
    command.arg("build").arg(documents).arg("--out").arg(site).args(["--layout", "files"]).stdin(Stdio::null());
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(File::create(&log)?).spawn().context("sheaf is missing")?;
    let mut peak_bytes = None;
    let status = loop {
        peak_bytes = peak_of(child.id()).max(peak_bytes);
        match child.try_wait()? {
            Some(status) => break status,
            None => thread::sleep(GLANCE),
        }
    };
    let seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        bail!("`sheaf build` failed; its message is in {}", log.display());
    }
    let index = site.join("index");
    let mut reading = Reading::open(site)?.with_context(|| format!("{} is no site", site.display()))?;
    let workspace = reading.workspace();
    let chunks = chunks(workspace);
    let mut kinds: BTreeMap<&'static str, (usize, u64)> = BTreeMap::new();
    let mut root = String::new();
    for entry in fs::read_dir(&index)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = chunks.get(&name).map_or("root", |(kind, _)| kind);
        let sum = kinds.entry(kind).or_default();
        *sum = (sum.0 + 1, sum.1 + entry.metadata()?.len());
        if name.starts_with("root-") {
            root = name;
        }
    }
    let postings = postings_bytes(&mut reading)?;
    let with_positions = [ChunkKind::Postings, ChunkKind::Tails].into_iter();
    let near_bytes =
        with_positions.filter_map(|kind| kinds.get(kind.label())).map(|(_, bytes)| bytes).sum::<u64>() - postings;
    Ok(Built { index, root, seconds, peak_bytes, kinds, near_bytes, chunks })
}

/// Bytes of all postings without any positions, as the dictionary has them.
fn postings_bytes(reading: &mut Reading) -> Result<u64> {
    let store = reading.workspace().index().files.as_ref().context("the index is not in files")?;
    let (types, blocks) = (store.root().types, store.root().names(ChunkKind::Terms).len() as u32);
    let blocks: Vec<ChunkId> = (0..blocks).map(|number| ChunkId { kind: ChunkKind::Terms, number }).collect();
    reading.bring(&blocks)?;
    let index = reading.workspace().index();
    Ok((0..types).map(|number| index.list_bytes(TypeId(number))).sum())
}

/// The most memory that a process has held so far, where the system tells.
fn peak_of(process: u32) -> Option<u64> {
    // On other systems there is no such file.
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

fn chunks(workspace: &Workspace) -> BTreeMap<String, (&'static str, bool)> {
    let Some(store) = &workspace.index().files else { return BTreeMap::new() };
    let useful = workspace.useful_chunks();
    let all = KINDS
        .into_iter()
        .flat_map(|kind| (0..store.root().count(kind) as u32).map(move |number| ChunkId { kind, number }));
    all.filter_map(|chunk| Some((workspace.file_name(chunk)?, (chunk.kind.label(), useful.contains(&chunk))))).collect()
}

/// Times of the answers by kind of query, from memory, warm; and the documents each query finds.
///
/// # Errors
/// A query has problems or finds nothing: it stands in the corpus, so the answer is wrong.
pub(crate) fn latency(workspace: &mut Workspace, queries: &[Query]) -> Result<(Times, Vec<u32>)> {
    let mut times = Times::new();
    let mut totals = Vec::new();
    for query in queries {
        totals.push(total(workspace, query)?);
        let mut runs: Vec<f64> = (0..RUNS).map(|_| time(workspace, &query.requests)).collect();
        runs.sort_by(f64::total_cmp);
        times.entry(query.kind.to_owned()).or_default().push(runs[RUNS / 2]);
    }
    Ok((times, totals))
}

fn total(workspace: &mut Workspace, query: &Query) -> Result<u32> {
    let first = query.requests.first().context("nothing is asked")?;
    let Response::Ranked(ranked) = workspace.handle(first) else { bail!("{first:?} is not answered by documents") };
    let ranked = ranked.open().unwrap_or_default();
    if ranked.total == 0 || !ranked.problems.is_empty() {
        bail!("{:?} finds {} documents: {:?}", query.words, ranked.total, ranked.problems);
    }
    Ok(ranked.total)
}

fn time(workspace: &mut Workspace, requests: &[Request]) -> f64 {
    let start = Instant::now();
    for request in requests {
        std::hint::black_box(workspace.handle(request));
    }
    start.elapsed().as_secs_f64() * 1e3
}
