//! The table of benchmarks: Sheaf natively, in wasm and over HTTP, and peers over the same documents and queries.
//!
//! `cargo xtask bench --data PATH` builds what is needed and runs it. Documents and queries are drawn once and written to
//! files (`queries.rs`), so all read the same. Answers are checked while they are timed: a query stands in the corpus, so
//! it finds something, and it finds as many documents in wasm as natively.

mod corpus;
mod native;
mod node;
#[cfg(feature = "oracle")]
mod oracle;
mod peers;
mod queries;
mod run;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Parser, ValueEnum};

/// Where the table stands in the file that it is written into.
const MARKS: [&str; 2] = ["<!-- bench: begin -->", "<!-- bench: end -->"];
/// The corpus that is measured on where a folder of corpora is given.
const CORPUS: &str = "un-debates-dev.jsonl.gz";

/// Measures Sheaf on a corpus, beside its peers.
#[derive(Parser, Clone, Debug)]
struct Args {
    /// The corpus: a file or folder as for `sheaf search`, or the folder that has un-debates-dev.jsonl.gz
    #[arg(long, value_name = "PATH")]
    data: PathBuf,
    /// Measure on so many of its documents only
    #[arg(long, value_name = "N")]
    documents: Option<usize>,
    /// Compare with peers on so many documents
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    common: usize,
    /// Try the peers on all documents, too
    #[arg(long)]
    all_peers: bool,
    /// Give up on a peer after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 1_800)]
    limit: u64,
    /// Queries of each kind
    #[arg(long, value_name = "N", default_value_t = 40)]
    queries: usize,
    /// Queries for comparing rankings
    #[arg(long, value_name = "N", default_value_t = 200)]
    rankings: usize,
    /// What the queries are drawn with
    #[arg(long, default_value_t = 1945)]
    seed: u64,
    /// Leave a part out; may be repeated
    #[arg(long, value_name = "PART")]
    without: Vec<Part>,
    /// Put the table between its marks in this file
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// The command line to build with
    #[arg(long, value_name = "FILE")]
    sheaf: PathBuf,
    /// Folder of the ES module
    #[arg(long, value_name = "FOLDER")]
    module: PathBuf,
    /// Node.js
    #[arg(long, value_name = "FILE", default_value = "node")]
    node: PathBuf,
    /// Folder with the peers in its node_modules
    #[arg(long, value_name = "FOLDER")]
    packages: Option<PathBuf>,
    /// Folder for what is made on the way
    #[arg(long, value_name = "FOLDER")]
    work: PathBuf,
}

/// A part that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// All that runs in Node
    Node,
    /// Peers from npm
    Peers,
    /// Tantivy's opinion on ranking
    Rankings,
}

fn main() -> Result<()> {
    let mut args = Args::parse();
    let named = args.data.join(CORPUS);
    if named.is_file() {
        args.data = named;
    }
    let report = run::run(&args)?;
    println!("\n{}", report.markdown());
    match &args.write {
        Some(file) => put(file, report.markdown()),
        None => Ok(()),
    }
}

/// Puts the table between its marks.
fn put(file: &Path, table: &str) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let parts = text.split_once(MARKS[0]).and_then(|(before, rest)| Some((before, rest.split_once(MARKS[1])?.1)));
    let Some((before, after)) = parts else {
        bail!("{} has no place for the table: put {} and {} into it.", file.display(), MARKS[0], MARKS[1]);
    };
    let text = format!("{before}{}\n{table}\n{}{after}", MARKS[0], MARKS[1]);
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}
