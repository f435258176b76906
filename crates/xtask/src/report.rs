//! What the page weighs.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use sheaf_cli::page::SiteFile;

use crate::console;

/// Most bytes, after gzip, that the browser may load until the first answer on the seeds.
const BUDGET: usize = 350_000;

/// Prints each file with its sizes, and their sum; warns over the budget where it applies.
///
/// The files named in `later` are loaded after the first answer, those in `on_demand` not at all for this corpus: both
/// come after the sum.
pub(crate) fn print(files: &[SiteFile], later: &[String], on_demand: &[String], is_seeds: bool) {
    let width = files.iter().map(|file| file.name.len()).max().unwrap_or(0);
    println!("  {:<width$} {:>12} {:>12}", "file", "bytes", "gzip");
    let print_one = |SiteFile { name, bytes }: &SiteFile| {
        let packed = gzip_len(bytes);
        println!("  {name:<width$} {:>12} {packed:>12}", bytes.len());
        packed
    };
    let is_first = |file: &&SiteFile| !later.contains(&file.name) && !on_demand.contains(&file.name);
    let mut total = (0, 0);
    for file in files.iter().filter(is_first) {
        total = (total.0 + file.bytes.len(), total.1 + print_one(file));
    }
    let is_index = files.iter().any(|file| file.name.contains('/'));
    let all = if is_index { "all, but what of the index is asked for" } else { "all, until the first answer" };
    println!("  {all:<width$} {:>12} {:>12}", total.0, total.1);
    for (names, when) in [(later, "loaded after it"), (on_demand, "loaded only where a corpus needs it")] {
        if !names.is_empty() {
            println!("  {when}:");
        }
        for file in files.iter().filter(|file| names.contains(&file.name)) {
            print_one(file);
        }
    }
    if !is_seeds {
        return;
    }
    let share = total.1 * 100 / BUDGET;
    if total.1 > BUDGET {
        console::warn(&format!("over the budget of {BUDGET} bytes after gzip: {share} %."));
    } else {
        console::note(&format!("{share} % of the budget of {BUDGET} bytes after gzip"));
    }
}

/// The length after gzip at its best level, which is near what static hosts serve.
pub(crate) fn gzip_len(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory cannot fail; if it did, the plain length is the honest bound.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_or(bytes.len(), |packed| packed.len())
}
