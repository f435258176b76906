//! `sheaf build` and `sheaf merge`: from files to a site.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::Args;
use sheaf_cli::publish::{Aside, Layout, PublishOptions, Report, find_page, parse_memory, publish};
use sheaf_cli::site::Staging;
use sheaf_core::import::record::Slot;
use sheaf_core::import::{ImportOptions, Part};

/// Most problems that are printed one by one; all are in the site's `problems.txt`.
const MAX_SHOWN: usize = 20;

/// Arguments of `sheaf build`.
#[derive(Args)]
pub(crate) struct BuildArgs {
    /// Folders and files with the documents: text, Markdown, HTML, CSV, TSV, JSON Lines, each also as .gz or .zip
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    site: SiteArgs,
    /// Read only this part of the corpus and put it aside in --out, for `sheaf merge`: 3/8
    #[arg(long, value_name = "K/N", value_parser = parse_part)]
    part: Option<Part>,
    /// Which column of tables, or key of JSON, is what: text=body, title=headline, date=published; may be repeated
    #[arg(long = "column", value_name = "FIELD=COLUMN", value_parser = parse_column)]
    columns: Vec<(String, String)>,
    /// A manifest in place of the `sheaf.toml` in the folder
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

/// Arguments of `sheaf merge`.
#[derive(Args)]
pub(crate) struct MergeArgs {
    /// Folders that `sheaf build --part` wrote, in order
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,
    #[command(flatten)]
    site: SiteArgs,
}

/// What the site is to be.
#[derive(Args)]
struct SiteArgs {
    /// Folder to write, replaced as a whole
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Title of the corpus; else that of the manifest, else the name of the input
    #[arg(long)]
    title: Option<String>,
    /// Address of the published page, for its canonical link; nothing else depends on it
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// A site whose page is to be used; else the one in this program, else that in ./dist
    #[arg(long, value_name = "FOLDER")]
    page: Option<PathBuf>,
    /// Memory that may be used: 512M, 2G; 80M and 200 bytes a document are taken at least
    #[arg(long, default_value = "1G", value_parser = memory)]
    memory: u64,
    /// One file or an index in files; by the size of the texts when left out
    #[arg(long, value_enum)]
    layout: Option<Layout>,
    /// What was put right of names, for the page to begin with: a file that a page has saved
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// How hard texts are packed, 1 (fast) to 9 (small)
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=9))]
    level: u32,
}

impl SiteArgs {
    fn options(&self, import: ImportOptions) -> PublishOptions {
        PublishOptions {
            import,
            title: self.title.clone(),
            base: self.base.clone(),
            memory: self.memory,
            layout: self.layout,
            level: self.level,
            ..PublishOptions::default()
        }
    }

    fn publish(
        &self,
        parts: Vec<Aside>,
        staging: Staging,
        options: &PublishOptions,
        meter: &Meter,
    ) -> anyhow::Result<()> {
        let mut options = options.clone();
        if let Some(path) = &self.corrections {
            let corrections = crate::corrections::read(path).map_err(anyhow::Error::msg)?;
            options.corrections = serde_json::to_string(&corrections)?;
        }
        let page = find_page(self.page.as_deref())?;
        let tell = |step: &str, done, of| meter.tell(step, done, of);
        let report = publish(parts, page.as_ref(), staging, &options, &tell)?;
        meter.end();
        print_report(&report, meter.start.elapsed());
        if page.is_none() {
            eprintln!(
                "sheaf: there is no page in this program, so only the corpus was written. Build one with `cargo xtask build`, and name it with --page."
            );
        }
        println!("{}", self.out.display());
        Ok(())
    }
}

/// Builds a site, or puts a part of its corpus aside.
pub(crate) fn build(args: &BuildArgs) -> Result<(), String> {
    let mut import = ImportOptions { part: args.part, ..ImportOptions::default() };
    for (field, column) in &args.columns {
        let slot = Slot::named(field).ok_or_else(|| {
            let known: Vec<&str> = Slot::ALL.iter().map(|(_, name)| *name).collect();
            format!("--column {field}={column}: there is no “{field}” to fill; there are {}.", known.join(", "))
        })?;
        import.columns.0.insert(slot, column.clone());
    }
    let options = PublishOptions { manifest: args.manifest.clone(), ..args.site.options(import) };
    let run = || -> anyhow::Result<()> {
        let meter = Meter::new();
        let tell = |step: &str, done, of| meter.tell(step, done, of);
        if args.part.is_some() {
            std::fs::create_dir_all(&args.site.out)?;
            let aside = Aside::read(&args.inputs, &args.site.out, &options, &tell)?;
            meter.end();
            return aside.keep();
        }
        // What is wrong with the folder is told before anything is read.
        let staging = Staging::begin(&args.site.out)?;
        let aside = Aside::read(&args.inputs, &staging.parts()?, &options, &tell)?;
        args.site.publish(vec![aside], staging, &options, &meter)
    };
    run().map_err(|error| format!("{error:#}"))
}

/// Puts parts together into a site.
pub(crate) fn merge(args: &MergeArgs) -> Result<(), String> {
    let options = args.site.options(ImportOptions::default());
    let run = || -> anyhow::Result<()> {
        let meter = Meter::new();
        let parts = args.parts.iter().map(|part| Aside::open(part)).collect::<anyhow::Result<Vec<_>>>()?;
        args.site.publish(parts, Staging::begin(&args.site.out)?, &options, &meter)
    };
    run().map_err(|error| format!("{error:#}"))
}

fn print_report(report: &Report, elapsed: Duration) {
    let megabytes = report.text_bytes as f64 / 1e6;
    let seconds = elapsed.as_secs_f64();
    eprintln!(
        "{} documents, {megabytes:.1} MB of text, in {seconds:.1} s ({:.1} MB/s)",
        report.documents,
        megabytes / seconds.max(1e-9)
    );
    // Of no text there is no share.
    let share = |bytes: u64| match report.text_bytes {
        0 => String::new(),
        of => format!("{:>6.2} %", 100.0 * bytes as f64 / of as f64),
    };
    for (kind, files, bytes) in report.kinds.iter().filter(|(_, files, _)| *files > 0) {
        eprintln!("  {kind:<12} {files:>6} files {bytes:>12} bytes {}", share(*bytes));
    }
    let files: usize = report.kinds.iter().map(|(_, files, _)| files).sum();
    let bytes: u64 = report.kinds.iter().map(|(.., bytes)| bytes).sum();
    eprintln!("  {:<12} {files:>6} files {bytes:>12} bytes {}", "in all", share(bytes));
    for problem in report.problems.iter().take(MAX_SHOWN) {
        eprintln!("sheaf: {problem}");
    }
    let more = report.problems.len().saturating_sub(MAX_SHOWN);
    if more > 0 {
        eprintln!("sheaf: and {more} more problems; all are in problems.txt of the site.");
    }
}

/// How far the work has come, on one line of the terminal.
struct Meter {
    start: Instant,
    state: Mutex<(String, Instant, Instant)>,
    is_shown: bool,
}

impl Meter {
    fn new() -> Meter {
        let now = Instant::now();
        let is_shown = std::io::stderr().is_terminal();
        Meter { start: now, state: Mutex::new((String::new(), now, now)), is_shown }
    }

    fn tell(&self, step: &str, done: u64, of: u64) {
        let Ok(mut state) = self.state.lock() else { return };
        let now = Instant::now();
        let is_new = state.0 != step;
        if is_new {
            *state = (step.to_owned(), now, now);
        }
        if !self.is_shown || (!is_new && now.duration_since(state.2) < Duration::from_millis(200)) {
            return;
        }
        state.2 = now;
        let seconds = now.duration_since(state.1).as_secs_f64();
        let rate = done as f64 / seconds.max(1e-9);
        let mut line = format!("{step}: {:.0} MB", done as f64 / 1e6);
        if of > done {
            line.push_str(&format!(" of {:.0}", of as f64 / 1e6));
        }
        if seconds > 0.5 && done > 0 {
            line.push_str(&format!(", {:.1} MB/s", rate / 1e6));
            if of > done {
                line.push_str(&format!(", {:.0} s left", (of - done) as f64 / rate));
            }
        }
        // A terminal that has gone away need not hear of it.
        let _ = write!(std::io::stderr(), "\r\x1b[K{line}");
    }

    fn end(&self) {
        if self.is_shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

fn memory(text: &str) -> Result<u64, String> {
    parse_memory(text).map_err(|error| error.to_string())
}

fn parse_part(text: &str) -> Result<Part, String> {
    let numbers = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    match numbers {
        Some((number, of)) if (1..=of).contains(&number) => Ok(Part { number, of }),
        _ => Err(format!("“{text}” is no part; write 3/8 for the third of eight.")),
    }
}

fn parse_column(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, column)) if !field.is_empty() && !column.is_empty() => Ok((field.to_owned(), column.to_owned())),
        _ => Err(format!("“{text}” is no column; write text=body.")),
    }
}
