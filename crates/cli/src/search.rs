//! `sheaf search`: one query, or a file of them.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use serde::Serialize;
use sheaf_core::query::Filter;
use sheaf_core::views::{ResultRow, ResultsView, Run};
use sheaf_core::workspace::{Question, Ranked, RankedDocument, Request, Response, Sort, Workspace};

use crate::CorpusArgs;

/// Arguments of `sheaf search`.
#[derive(Args)]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// What to search for: words, "a phrase", OR, -without, (brackets), turk*
    #[arg(required_unless_present = "queries", conflicts_with = "queries")]
    query: Option<String>,
    /// Only documents with this value, for example source=Reuters, date=2025-02..2025-03, words=500..; may be repeated
    #[arg(long = "filter", value_name = "FIELD=VALUE")]
    filters: Vec<String>,
    /// How many documents to print
    #[arg(long, default_value_t = 10)]
    limit: u32,
    /// Print one JSON object a line: {"query","total","millis","documents":[{"id","score"}]}
    #[arg(long)]
    json: bool,
    /// Search for every line of this file, one JSON object out for each
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
}

/// One line of JSON out.
#[derive(Serialize)]
struct Line<'l> {
    query: &'l str,
    /// Documents that match.
    total: u32,
    /// Hits in them.
    hits: u64,
    /// Time to answer, in milliseconds.
    millis: f64,
    documents: Vec<RankedDocument>,
    /// What of the query could not be used as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<String>,
}

/// Searches.
pub(crate) fn run(args: &SearchArgs) -> Result<(), String> {
    let filters = filters(&args.filters)?;
    // Read before the corpus: a wrong path should not cost a minute.
    let queries = match &args.queries {
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        }
        None => None,
    };
    let mut workspace = args.corpus.open()?;
    check_filters(&mut workspace, &filters)?;
    let question = |query: &str| Question { query: query.to_owned(), is_typing: false, filters: filters.clone() };
    match (&queries, &args.query) {
        (Some(queries), _) => {
            for query in queries.lines() {
                print_ranked(&mut workspace, question(query.trim_end_matches('\r')), args.limit)?;
            }
            Ok(())
        }
        (None, Some(query)) if args.json => print_ranked(&mut workspace, question(query), args.limit),
        (None, query) => print_results(&mut workspace, question(query.as_deref().unwrap_or("")), args.limit),
    }
}

/// Prints a value as one line of JSON.
pub(crate) fn print_line(value: &impl Serialize) -> Result<(), String> {
    let line =
        serde_json::to_string(value).map_err(|error| format!("The answer cannot be written as JSON: {error}."))?;
    write_out(&line)
}

/// Prints a line. A reader that has gone away (`| head`) ends the work quietly.
fn write_out(line: &str) -> Result<(), String> {
    match writeln!(std::io::stdout().lock(), "{line}") {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => Err(format!("The answer cannot be written: {error}.")),
    }
}

/// `field=value` pairs as filters; several values of one field are alternatives.
fn filters(pairs: &[String]) -> Result<Vec<Filter>, String> {
    let mut filters: Vec<Filter> = Vec::new();
    for pair in pairs {
        let (field, value) =
            pair.split_once('=').ok_or_else(|| format!("--filter {pair}: write it as field=value."))?;
        match filters.iter_mut().find(|filter| filter.field == field) {
            Some(filter) => filter.values.push(value.to_owned()),
            None => filters.push(Filter { field: field.to_owned(), values: vec![value.to_owned()] }),
        }
    }
    Ok(filters)
}

/// A filter that cannot be read is an error here: a script must not get numbers for another question.
fn check_filters(workspace: &mut Workspace, filters: &[Filter]) -> Result<(), String> {
    let question = Question { filters: filters.to_vec(), ..Question::default() };
    let ranked = ask_ranked(workspace, question, 0);
    match ranked.problems.first() {
        Some(problem) => Err(problem.clone()),
        None => Ok(()),
    }
}

fn ask_ranked(workspace: &mut Workspace, question: Question, limit: u32) -> Ranked {
    match workspace.handle(&Request::Ranked { question, sort: Sort::default(), limit }) {
        Response::Ranked(ranked) => ranked,
        _ => Ranked::default(),
    }
}

fn print_ranked(workspace: &mut Workspace, question: Question, limit: u32) -> Result<(), String> {
    let query = question.query.clone();
    let start = Instant::now();
    let ranked = ask_ranked(workspace, question, limit);
    let millis = (start.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    let Ranked { total, hits, documents, problems } = ranked;
    print_line(&Line { query: &query, total, hits, millis, documents, problems })
}

fn print_results(workspace: &mut Workspace, question: Question, limit: u32) -> Result<(), String> {
    let response = workspace.handle(&Request::Results { question, sort: Sort::default(), limit });
    let Response::Results(view) = response else {
        return Ok(());
    };
    write_out(&echo(&view))?;
    for row in &view.rows {
        write_out(&result(row))?;
    }
    Ok(())
}

fn echo(view: &ResultsView) -> String {
    use sheaf_core::views::EchoRun;
    let text = |runs: &[EchoRun]| -> String {
        let run = |run: &EchoRun| match run {
            EchoRun::Plain(text) | EchoRun::Term(text) | EchoRun::Strong(text) => text.clone(),
        };
        runs.iter().map(run).collect()
    };
    let mut lines = vec![text(&view.echo.sentence)];
    lines.extend(view.echo.marks.iter().map(|mark| mark.message.clone()));
    if !view.echo.blame.is_empty() {
        lines.push(text(&view.echo.blame));
    }
    lines
        .extend(view.echo.offers.iter().map(|offer| format!("{}: {} ({})", offer.label, offer.query, offer.documents)));
    lines.join("\n")
}

fn result(row: &ResultRow) -> String {
    let marked = |runs: &[Run]| -> String {
        let run = |run: &Run| {
            if run.mark.is_some() { format!("[{}]", run.text) } else { run.text.clone() }
        };
        runs.iter().map(run).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let card = &row.card;
    let facts = [card.name.as_str(), &card.source, &card.date].into_iter().filter(|fact| !fact.is_empty());
    let hits = sheaf_core::views::words::count(row.hits.into(), "hit", "hits");
    let mut lines =
        vec![String::new(), marked(&card.title), format!("  {} · {hits}", facts.collect::<Vec<_>>().join(" · "))];
    lines.extend(row.snippets.iter().map(|snippet| format!("  {}", marked(&snippet.runs))));
    lines.join("\n")
}
