//! `sheaf`: the command line over the one door of the core.

mod ask;
mod build;
mod cite;
mod corrections;
mod lens;
mod search;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use sheaf_cli::open_corpus;
use sheaf_cli::published::Reading;

/// Publish a corpus as a static site, and search one: a folder of texts, a table, a JSON Lines file, or a site.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Search, and print the best documents
    Search(search::SearchArgs),
    /// Publish documents as a site: a folder that any static host serves
    Build(build::BuildArgs),
    /// Put parts of a corpus that were read apart together into a site
    Merge(build::MergeArgs),
    /// Serve a site on this machine
    Serve(serve::ServeArgs),
    /// Refer to a document in the forms that manuscripts and reference managers take
    Cite(cite::CiteArgs),
    /// Take a request as JSON (from the argument, or standard input) and print the response as JSON
    Ask(ask::AskArgs),
}

/// Where the corpus is.
#[derive(Args)]
struct CorpusArgs {
    /// A folder of documents, a file (text, Markdown, HTML, CSV, TSV, JSON Lines; .gz and .zip as well), or a published site
    #[arg(long, value_name = "PATH")]
    corpus: PathBuf,
}

impl CorpusArgs {
    /// Reads and indexes the corpus, or opens the site; what could not be read goes to standard error.
    fn open(&self) -> Result<Reading, String> {
        if let Some(reading) = Reading::open(&self.corpus).map_err(|error| format!("{error:#}"))? {
            return Ok(reading);
        }
        let outcome = open_corpus(&self.corpus).map_err(|error| error.to_string())?;
        for problem in &outcome.problems {
            eprintln!("sheaf: {problem}");
        }
        Ok(Reading::of(outcome.value))
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("sheaf: {message}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), String> {
    // Lines are not wrapped here: whether clap can depends on what else is built with it.
    let matches = Cli::command().term_width(0).subcommands(lens::commands()).get_matches();
    if let Some((name, matches)) = matches.subcommand()
        && let Some(lens) = lens::named(name)
    {
        return lens::run(lens, matches);
    }
    match Cli::from_arg_matches(&matches).map_err(|error| error.to_string())?.command {
        Command::Search(args) => search::run(&args),
        Command::Cite(args) => cite::run(&args),
        Command::Ask(args) => ask::run(&args),
        Command::Build(args) => build::build(&args),
        Command::Merge(args) => build::merge(&args),
        Command::Serve(args) => serve::run(&args),
    }
}
