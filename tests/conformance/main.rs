//! `cargo xtask conformance --data PATH`: how well the core does on corpora and gold sets that are not ours to ship.
//!
//! Prints figures beside their references and exits with 1 where a must is missed. A set that is absent is said to be
//! skipped.

mod credits;
mod entities;
mod names;
mod quotations;
mod ranking;
mod segmentation;
mod shared;
mod statistics;
mod times;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

/// Measures the core on gold sets.
#[derive(Parser)]
struct Args {
    /// Folder with the gold sets: `dates/`, `entities/`, `ir/`, `quotes/`, `segmentation/`, `statistics/`
    #[arg(long)]
    data: PathBuf,
}

/// What came of one measurement.
enum Verdict {
    /// Nothing was missed.
    Reached,
    /// A must was missed.
    Missed,
    /// The set is not there.
    Skipped,
}

/// Measures the sets in a folder.
type Measure = fn(&Path) -> Result<Verdict, String>;

fn main() -> ExitCode {
    let args = Args::parse();
    let parts: &[(&str, Measure)] = &[
        (".", credits::measure),
        (".", shared::measure),
        ("dates", times::measure),
        ("entities", entities::measure),
        ("entities", names::measure_names),
        ("ir", ranking::measure),
        ("quotes", quotations::measure),
        ("segmentation", segmentation::measure),
        ("statistics", statistics::measure),
    ];
    let mut is_missed = false;
    for (folder, measure) in parts {
        let folder = args.data.join(folder);
        match measure(&folder) {
            Ok(Verdict::Reached) => {}
            Ok(Verdict::Missed) => is_missed = true,
            Ok(Verdict::Skipped) => println!("skipped: {} is not there", folder.display()),
            Err(error) => {
                println!("failed: {error}");
                is_missed = true;
            }
        }
    }
    if is_missed {
        println!("\nA must was missed.");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
