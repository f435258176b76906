//! The parts of the table, one after the other.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;
use sheaf_core::workspace::Workspace;

use crate::corpus::{Sample, sample};
use crate::node::{Cold, InFiles, InMemory, Node};
use crate::queries::{self, KINDS, Query};
use crate::table::{Report, Times, kb, mb, percent, quantile, spread};
use crate::{Args, Part, native, peers};

/// What a question alone may read from cold until its rows are there, in bytes.
const COLD_BUDGET: u64 = 250_000;
/// Searches from cold that are named, the worst first.
const WORST: usize = 5;

/// Sheaf, measured on a sample.
pub(crate) struct Ours {
    pub built: native::Built,
    /// Time to index the documents in memory, on one core.
    pub index_seconds: f64,
    pub native: Times,
    /// Nothing where Node is left out.
    pub node: Option<(InMemory, InFiles)>,
}

/// Measures everything that is not left out.
///
/// # Errors
/// Something of ours fails or answers wrongly. A peer that fails is said to have failed.
pub(crate) fn run(args: &Args) -> Result<Report> {
    let whole = step("Reading the corpus", || sheaf_cli::open_corpus(&args.data))?.value;
    let full = step("Writing the documents", || sample(&whole, args.documents, &args.work))?;
    if full.corpus.documents.is_empty() {
        bail!("{} holds no document that can be read.", args.data.display());
    }
    let mut report = Report::default();
    introduce(&mut report, args, &full);
    let queries = drawn(args, &full)?;
    let (ours, workspace) = measure(args, &full, &queries)?;
    builds(&mut report, &full, &ours);
    sizes(&mut report, &full, &ours);
    latencies(&mut report, &ours, &queries);
    if let Some((_, files)) = &ours.node {
        cold(&mut report, files);
    }
    if !args.without.contains(&Part::Rankings) {
        rankings(&mut report, args, &workspace)?;
    }
    drop(workspace);
    if args.packages.is_some() && !args.without.contains(&Part::Peers) {
        if args.common < full.corpus.documents.len() {
            let common = sample(&whole, Some(args.common), &args.work)?;
            let queries = drawn(args, &common)?;
            let (ours, _) = measure(args, &common, &queries)?;
            peers::compare(&mut report, args, &common, &ours);
        }
        if args.all_peers || args.common >= full.corpus.documents.len() {
            peers::compare(&mut report, args, &full, &ours);
        }
    }
    Ok(report)
}

/// Announces a step, does it, and tells its time.
pub(crate) fn step<T>(label: &str, work: impl FnOnce() -> T) -> T {
    println!("» {label}");
    let start = Instant::now();
    let result = work();
    println!("  {:.1} s", start.elapsed().as_secs_f64());
    result
}

fn introduce(report: &mut Report, args: &Args, full: &Sample) {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown processor");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let name = args.data.file_name().unwrap_or_default().to_string_lossy();
    let about = format!(
        "`{name}`: {} documents, {} of text. {}, {cores} cores, {}, {}. `cargo xtask bench --data {name}{}`.",
        full.corpus.documents.len(),
        mb(full.text_bytes),
        model.trim_start_matches(['\t', ' ', ':']),
        std::env::consts::OS,
        said_by("date", "+%F"),
        args.documents.map(|count| format!(" --documents {count}")).unwrap_or_default(),
    );
    report.heading("What was measured on", &about);
}

fn said_by(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output();
    output
        .map_or_else(|_| "date unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Draws the queries and writes them down for those who run elsewhere.
fn drawn(args: &Args, sample: &Sample) -> Result<Vec<Query>> {
    let queries = step("Drawing queries", || queries::draw(&sample.corpus, args.queries, args.seed));
    let path = sample.folder.join("queries.json");
    fs::write(&path, serde_json::to_vec(&queries)?).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(queries)
}

fn measure(args: &Args, sample: &Sample, queries: &[Query]) -> Result<(Ours, Workspace)> {
    let site = sample.folder.join("site");
    let built = step("Building the site", || {
        fastest(|| native::build(&args.sheaf, &sample.documents, &site), |built| built.seconds)
    })?;
    let corpus = sample.corpus.clone();
    let start = Instant::now();
    let mut workspace = step("Indexing in memory", || Workspace::new(corpus));
    let index_seconds = start.elapsed().as_secs_f64();
    let (native, totals) = step("Asking natively", || native::latency(&mut workspace, queries))?;
    let node = match args.without.contains(&Part::Node) {
        true => None,
        false => Some(in_node(args, sample, &built, &totals)?),
    };
    Ok((Ours { built, index_seconds, native, node }, workspace))
}

/// Builds that are timed.
const BUILDS: usize = 3;

/// The fastest of some: others were held up by something.
fn fastest<T>(build: impl Fn() -> Result<T>, seconds: impl Fn(&T) -> f64) -> Result<T> {
    let mut best = build()?;
    for _ in 1..BUILDS {
        let next = build()?;
        if seconds(&next) < seconds(&best) {
            best = next;
        }
    }
    Ok(best)
}

fn in_node(args: &Args, sample: &Sample, built: &native::Built, totals: &[u32]) -> Result<(InMemory, InFiles)> {
    let node = Node { program: args.node.clone(), limit: Duration::from_secs(args.limit.max(3_600)) };
    let queries = sample.folder.join("queries.json");
    let options = json!({ "module": args.module, "documents": sample.documents, "queries": queries });
    let memory: InMemory = step("Indexing and asking in wasm", || {
        fastest(|| node.run("ours-memory", &options, &sample.folder), |memory: &InMemory| memory.seconds)
    })?;
    let chunks = serde_json::to_value(&built.chunks)?;
    let options = json!({
        "module": args.module, "queries": queries, "index": built.index, "root": built.root, "chunks": chunks,
    });
    let files: InFiles =
        step("Asking the index in files, in wasm", || node.run("ours-files", &options, &sample.folder))?;
    if memory.problems > 0 || memory.totals != totals || files.totals != totals {
        bail!("Wasm finds other documents than the native program does: {} problems.", memory.problems);
    }
    Ok((memory, files))
}

fn builds(report: &mut Report, full: &Sample, ours: &Ours) {
    report.heading(
        "Building",
        "Reading included for the site; from documents in memory for the others. The fastest of three, but for the native index \
         in memory.",
    );
    let row = |what: &str, seconds: f64, memory: Option<u64>| {
        let rate = full.text_bytes as f64 / 1e6 / seconds;
        let memory = memory.map_or("–".to_owned(), |bytes| {
            format!("{}, {:.2} × text", mb(bytes), bytes as f64 / full.text_bytes.max(1) as f64)
        });
        vec![what.to_owned(), format!("{seconds:.2} s"), format!("{rate:.1}"), memory]
    };
    let mut rows = vec![
        row("site, natively (`sheaf build`)", ours.built.seconds, ours.built.peak_bytes),
        row("index in memory, natively, one core", ours.index_seconds, None),
    ];
    if let Some((memory, _)) = &ours.node {
        rows.push(row("index in memory, wasm in Node", memory.seconds, Some(memory.peak_bytes)));
    }
    report.table(&["what", "time", "MB/s of text", "most memory"], &rows);
}

fn sizes(report: &mut Report, full: &Sample, ours: &Ours) {
    report.heading(
        "The index in files",
        "Bytes as they lie there, and as a share of the text. Positions of rare words lie with their postings; pairs answer \
         phrases, and count as positions.",
    );
    let mut rows = Vec::new();
    let mut add = |what: &str, (files, bytes): (usize, u64)| {
        rows.push(vec![what.to_owned(), files.to_string(), bytes.to_string(), percent(bytes, full.text_bytes)]);
    };
    let sum = |wanted: &dyn Fn(&str) -> bool| {
        let kinds = ours.built.kinds.iter().filter(|(kind, _)| wanted(kind));
        kinds.fold((0, 0), |(files, bytes), (_, own)| (files + own.0, bytes + own.1))
    };
    ours.built.kinds.iter().for_each(|(kind, own)| add(kind, *own));
    let is_shown = |kind: &str| matches!(kind, "texts" | "metadata" | "names" | "about" | "borders");
    add("of postings and tails: positions", (0, ours.built.near_bytes));
    // Pairs answer phrases, as positions do, and have theirs.
    let (files, bytes) = sum(&|kind| !is_shown(kind) && !matches!(kind, "positions" | "pairs"));
    add("**to search, without any positions**", (files, bytes - ours.built.near_bytes));
    add("**to search**", sum(&|kind| !is_shown(kind)));
    add("**all**", sum(&|_| true));
    report.table(&["part", "files", "bytes", "of the text"], &rows);
}

fn latencies(report: &mut Report, ours: &Ours, queries: &[Query]) {
    report.heading(
        "Answers, warm",
        "The ten best with exact totals, on one core; median / p95 / longest in milliseconds. A filter comes with the counts \
         of all facets.",
    );
    let rows = KINDS.iter().map(|kind| {
        let count = queries.iter().filter(|query| query.kind == *kind).count();
        let mut row = vec![(*kind).to_owned(), count.to_string(), spread(&ours.native, kind)];
        if let Some((memory, files)) = &ours.node {
            row.extend([spread(&memory.times, kind), spread(&files.times, kind)]);
        }
        row
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let head = ["kind", "queries", "native, in memory", "wasm, in memory", "wasm, in files"];
    report.table(&head[..if ours.node.is_some() { 5 } else { 3 }], &rows);
}

fn cold(report: &mut Report, files: &InFiles) {
    let about = format!(
        "A corpus opened anew for each query, its root of {} bytes loaded with the page. First the ten best with titles and the \
         exact total, and of that what is loaded until there are first ones: where much is asked for, these are from a part of \
         the documents. Then what goes beside them: passages of the first three, which are in view, spellings, and counts of \
         the facets where they were asked for; the passages of the others come when somebody scrolls, or the window shows \
         more. What is the same for most questions (dictionary, keys, lengths) comes while somebody types, and is counted \
         apart. Median and most in KB. Held after 50 different queries: {} of WebAssembly memory.",
        files.root_bytes,
        mb(files.memory_bytes)
    );
    report.heading("First search over HTTP, cold", &about);
    let rows: Vec<Vec<String>> = KINDS.iter().filter_map(|kind| cold_row(kind, &files.cold)).collect();
    let head = [
        "kind",
        "rounds for the same for most",
        "then until the rows",
        "same for most",
        "lists",
        "metadata",
        "rounds until first rows",
        "lists and metadata of these",
        "first rows ≤ 250 KB",
        "then rounds beside them",
        "lists and metadata beside them",
        "three texts",
        "the other texts",
    ];
    report.table(&head, &rows);
    let mut worst: Vec<&Cold> = files.cold.iter().collect();
    worst.sort_by_key(|cold| std::cmp::Reverse(cold.rows.first));
    let named = worst.iter().take(WORST).map(|cold| {
        let parts =
            [cold.rows.first, cold.rows.idle, cold.rows.lists, cold.rows.metadata].map(|bytes| kb(bytes as f64));
        [cold.kind.clone(), cold.words.join(" ")].into_iter().chain(parts).collect()
    });
    let head = ["most until first rows", "words", "until these", "same for most", "all lists", "metadata"];
    report.table(&head, &named.collect::<Vec<_>>());
}

fn cold_row(kind: &str, cold: &[Cold]) -> Option<Vec<String>> {
    let own: Vec<&Cold> = cold.iter().filter(|cold| cold.kind == kind).collect();
    let of = |part: &dyn Fn(&Cold) -> u64| {
        let values: Vec<f64> = own.iter().map(|cold| part(cold) as f64).collect();
        format!("{} / {}", kb(quantile(&values, 0.5)), kb(quantile(&values, 1.0)))
    };
    let rounds = |part: &dyn Fn(&Cold) -> u32| {
        let rounds = own.iter().map(|cold| part(cold));
        let (least, most) = (rounds.clone().min()?, rounds.max()?);
        Some(if least == most { most.to_string() } else { format!("{least}–{most}") })
    };
    let within = own.iter().filter(|cold| cold.rows.first <= COLD_BUDGET).count();
    Some(vec![
        kind.to_owned(),
        rounds(&|cold| cold.rows.idle_rounds)?,
        rounds(&|cold| cold.rows.rounds)?,
        of(&|cold| cold.rows.idle),
        of(&|cold| cold.rows.lists),
        of(&|cold| cold.rows.metadata),
        rounds(&|cold| cold.rows.first_rounds)?,
        of(&|cold| cold.rows.first),
        format!("{within} of {}", own.len()),
        rounds(&|cold| cold.beside.rounds)?,
        of(&|cold| cold.beside.lists + cold.beside.metadata),
        of(&|cold| cold.beside.texts),
        of(&|cold| cold.others.texts),
    ])
}

#[cfg(not(feature = "oracle"))]
fn rankings(report: &mut Report, _: &Args, _: &Workspace) -> Result<()> {
    report.heading("Rankings beside Tantivy's", "Not compared: this program was built without Tantivy.");
    Ok(())
}

#[cfg(feature = "oracle")]
fn rankings(report: &mut Report, args: &Args, workspace: &Workspace) -> Result<()> {
    let queries = queries::draw_for_ranking(workspace.corpus(), args.rankings, args.seed);
    let steps = step("Comparing rankings with Tantivy", || crate::oracle::compare(workspace, &queries))?;
    let about = format!(
        "The ten best for {} queries of one to three words, all required. Each row makes one more thing alike, so what it adds \
         is what that thing makes different. The last columns are our documents that Tantivy does not have, by how far \
         their scores there are behind its tenth.",
        queries.len()
    );
    report.heading("Rankings beside Tantivy's", &about);
    let mut head = vec!["alike", "shared of ten", "ties counted as shared", "same ten"];
    head.extend(steps.iter().take(1).flat_map(|step| step.gaps.iter().map(|(label, _)| *label)));
    let rows = steps.iter().map(|step| {
        let shares = [step.overlap, step.overlap_with_ties, step.same].map(|share| format!("{:.1} %", share * 100.0));
        let gaps = step.gaps.iter().map(|(_, count)| count.to_string());
        [step.label.to_owned()].into_iter().chain(shares).chain(gaps).collect()
    });
    report.table(&head, &rows.collect::<Vec<Vec<String>>>());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::Parser;

    use super::*;

    fn seeds() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds")
    }

    #[test]
    fn queries_drawn_from_the_seeds_are_the_same_each_time_and_find_something() {
        let corpus = sheaf_cli::open_corpus(&seeds()).unwrap().value;
        let queries = queries::draw(&corpus, 3, 1);
        assert_eq!(format!("{queries:?}"), format!("{:?}", queries::draw(&corpus, 3, 1)));
        let (times, totals) = native::latency(&mut Workspace::new(corpus), &queries).unwrap();
        assert_eq!(totals.len(), queries.len());
        // The seeds may have no field to filter by; every other kind is there.
        let missing: Vec<&str> = KINDS.into_iter().filter(|kind| !times.contains_key(*kind)).collect();
        assert!(missing.iter().all(|kind| kind.starts_with("filter")), "{missing:?}");
    }

    #[test]
    fn the_seeds_are_measured_natively_in_wasm_and_over_http() {
        let built = |name: &str| std::env::var_os(name);
        let (Some(sheaf), Some(module)) = (built("SHEAF_BIN"), built("SHEAF_JS")) else {
            println!("skipped: it takes the program and the module that `cargo xtask test` builds");
            return;
        };
        let work = tempfile::tempdir().unwrap();
        let mut args = Args::parse_from(["bench", "--data=x", "--sheaf=x", "--module=x", "--work=x"]);
        args = Args { data: seeds(), sheaf: sheaf.into(), module: module.into(), queries: 2, ..args };
        args = Args { work: work.path().to_path_buf(), without: vec![Part::Rankings], ..args };
        let report = run(&args).unwrap();
        for row in ["index in memory, wasm in Node", "wasm, in files", "most until first rows"] {
            assert!(report.markdown().contains(row), "{row} is missing in {}", report.markdown());
        }
    }
}
