//! `sheaf cite`: references to a document, and the sentence of a hit; and what exports of all commands share.

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use clap::builder::PossibleValuesParser;
use sheaf_core::base::PartialDate;
use sheaf_core::views::CitationView;
use sheaf_core::views::citation::NAMES;
use sheaf_core::views::lens::export::{Exported, Format};
use sheaf_core::workspace::{Question, Request, Response};

use crate::CorpusArgs;
use crate::search::{print_line, write_out};

/// Arguments of `sheaf cite`.
#[derive(Args)]
pub(crate) struct CiteArgs {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// The document, by its name: what `sheaf search` prints first under its title
    name: String,
    /// The query whose hits are counted
    #[arg(long, requires = "hit")]
    query: Option<String>,
    /// Quote the sentence of this hit of the query, from 1
    #[arg(long, value_name = "N", requires = "query", value_parser = clap::value_parser!(u32).range(1..))]
    hit: Option<u32>,
    /// Only this form
    #[arg(long, value_name = "FORM", value_parser = PossibleValuesParser::new(NAMES.iter().map(|(name, _)| *name)))]
    form: Option<String>,
    /// Where the document can be read in the corpus, for one without an address of its own
    #[arg(long, value_name = "URL", default_value = "")]
    link: String,
    /// Print one JSON object: {"name","quotation","forms":[{"name","title","text"}]}
    #[arg(long)]
    json: bool,
}

/// Prints references.
pub(crate) fn run(args: &CiteArgs) -> Result<(), String> {
    let request = Request::Cite {
        name: args.name.clone(),
        question: Question { query: args.query.clone().unwrap_or_default(), ..Question::default() },
        hit: args.hit.map(|hit| hit.saturating_sub(1)),
        link: args.link.clone(),
        today: today(),
    };
    let view = match args.corpus.open()?.ask(&request).map_err(|error| format!("{error:#}"))? {
        Response::Citation(view) => view.open().unwrap_or_default(),
        Response::Failed(error) => return Err(error.to_string()),
        _ => CitationView::default(),
    };
    if args.hit.is_some() && view.quotation.is_empty() {
        eprintln!("sheaf: The query has no hit in this document, so there is nothing to quote.");
    }
    let is_asked = |name: &str| args.form.as_deref().is_none_or(|form| form == name);
    let forms: Vec<_> = view.forms.into_iter().filter(|form| is_asked(&form.name)).collect();
    if args.json {
        return print_line(&CitationView { forms, ..view });
    }
    if !view.quotation.is_empty() {
        write_out(&view.quotation)?;
    }
    for form in &forms {
        // A form by itself goes into a file as it is.
        if args.form.is_none() {
            write_out(&format!("\n{}", form.title))?;
        }
        write_out(form.text.trim_end_matches(['\r', '\n']))?;
    }
    Ok(())
}

/// The day in UTC, as ISO 8601 writes it; that of `SOURCE_DATE_EPOCH` where it is set, so that outputs can be compared
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
pub(crate) fn today() -> String {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<u64>().ok());
    // A clock before 1970 is none.
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = i32::try_from(set.unwrap_or_else(now) / 86_400).unwrap_or(i32::MAX);
    PartialDate::of_day_number(days).to_string()
}

/// The names of all forms of files.
pub(crate) fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.name()))
}

/// The form of file of a name.
pub(crate) fn format(name: &str) -> Option<Format> {
    Format::ALL.iter().copied().find(|format| format.name() == name)
}

/// Prints the answer to a request for a file.
pub(crate) fn print_exported(response: Response) -> Result<(), String> {
    let exported = match response {
        Response::Exported(exported) => exported.open().unwrap_or_default(),
        Response::Failed(error) => return Err(error.to_string()),
        _ => Exported::default(),
    };
    match std::io::stdout().lock().write_all(exported.text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        result => result.map_err(|error| format!("The answer cannot be written: {error}.")),
    }
}
