//! `sheaf`: the command line over the one door of the core.

mod ask;
mod search;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use sheaf_cli::open_corpus;
use sheaf_core::workspace::Workspace;

/// Search and read a corpus: a folder of texts, one text, a table, or a JSON Lines file.
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
    /// Take a request as JSON (from the argument, or standard input) and print the response as JSON
    Ask(ask::AskArgs),
}

/// Where the corpus is.
#[derive(Args)]
struct CorpusArgs {
    /// A folder, a text, a table, or a JSON Lines file; .gz and .zip as well
    #[arg(long, value_name = "PATH")]
    corpus: PathBuf,
}

impl CorpusArgs {
    /// Reads and indexes the corpus; what could not be read goes to standard error.
    fn open(&self) -> Result<Workspace, String> {
        let outcome = open_corpus(&self.corpus).map_err(|error| error.to_string())?;
        for problem in &outcome.problems {
            eprintln!("sheaf: {problem}");
        }
        Ok(Workspace::new(outcome.value))
    }
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Search(args) => search::run(&args),
        Command::Ask(args) => ask::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("sheaf: {message}");
            ExitCode::from(2)
        }
    }
}
