//! `sheaf search`: one query, or a file of them.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use serde::Serialize;
use sheaf_core::query::Filter;
use sheaf_core::query::grammar::GRAMMAR;
use sheaf_core::views::{EchoRun, ExplanationView, Part, ResultRow, ResultsView, Run};
use sheaf_core::workspace::{Exactness, Question, Ranked, RankedDocument, Request, Response, Sort};

use sheaf_cli::published::{Cost, Reading};

use crate::{CorpusArgs, cite};

/// Arguments of `sheaf search`.
#[derive(Args)]
#[command(after_long_help = language())]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// What to search for: words, "a phrase", OR, -without, a NEAR/5 b, turk*, title:x, date:2025-02 …; `sheaf search --help` lists all
    #[arg(required_unless_present = "queries", conflicts_with = "queries")]
    query: Option<String>,
    /// Only documents with this value, for example source=Reuters, date=2025-02..2025-03, words=500..; may be repeated
    #[arg(long = "filter", value_name = "FIELD=VALUE")]
    filters: Vec<String>,
    /// Case counts, in the whole query
    #[arg(long)]
    case: bool,
    /// Accents count, in the whole query
    #[arg(long)]
    accents: bool,
    /// Inflections are other words, in the whole query
    #[arg(long)]
    forms: bool,
    /// How many documents to print
    #[arg(long, default_value_t = 10)]
    limit: u32,
    /// Print one JSON object a line: {"query","total","millis","documents":[{"id","score"}]}
    #[arg(long)]
    json: bool,
    /// Print how many documents and hits there are, and nothing else
    #[arg(long)]
    count_only: bool,
    /// Print also how the query was understood, how often each part is found, and how each score comes about
    #[arg(long)]
    explain: bool,
    /// Print all documents as a file that says what was asked: a table, one JSON object, or a report
    #[arg(long, value_name = "FORM", value_parser = cite::formats(), conflicts_with_all = ["json", "limit", "count_only", "explain", "queries"])]
    format: Option<String>,
    /// Search for every line of this file, one JSON object out for each
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
}

/// The query language, for the help.
fn language() -> String {
    let mut lines = vec!["The query language:".to_owned()];
    for row in GRAMMAR {
        lines.push(format!("  {}\n      {}", row.write.replace('\t', "   "), row.means));
    }
    lines.join("\n")
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
    /// What was read for it; of a corpus in memory nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<Cost>,
    /// The best; left out where only counts are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<Vec<RankedDocument>>,
    /// What of the query could not be used as written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<String>,
    /// The query's parts with their counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Part>,
    /// The arithmetic of each document's score.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanations: Vec<ExplanationView>,
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
    let mut corpus = args.corpus.open()?;
    check_filters(&mut corpus, &filters)?;
    let exactness = Exactness { case: args.case, accents: args.accents, forms: args.forms };
    let question = |query: &str| Question {
        query: query.to_owned(),
        is_typing: false,
        filters: filters.clone(),
        exactness,
        ..Question::default()
    };
    match (&queries, &args.query) {
        (Some(queries), _) => {
            for query in queries.lines() {
                print_ranked(&mut corpus, question(query.trim_end_matches('\r')), args)?;
            }
            Ok(())
        }
        (None, query) => {
            let question = question(query.as_deref().unwrap_or(""));
            if let Some(format) = args.format.as_deref().and_then(cite::format) {
                let (link, today) = (String::new(), cite::today());
                let request = Request::ExportDocuments { question, sort: Sort::default(), format, link, today };
                return cite::print_exported(ask(&mut corpus, &request)?);
            }
            if args.json {
                print_ranked(&mut corpus, question, args)
            } else {
                print_results(&mut corpus, question, args)
            }
        }
    }
}

/// Prints a value as one line of JSON.
pub(crate) fn print_line(value: &impl Serialize) -> Result<(), String> {
    let line =
        serde_json::to_string(value).map_err(|error| format!("The answer cannot be written as JSON: {error}."))?;
    write_out(&line)
}

/// Prints a line. A reader that has gone away (`| head`) ends the work quietly.
pub(crate) fn write_out(line: &str) -> Result<(), String> {
    match writeln!(std::io::stdout().lock(), "{line}") {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => Err(format!("The answer cannot be written: {error}.")),
    }
}

/// `field=value` pairs as filters; several values of one field are alternatives.
pub(crate) fn filters(pairs: &[String]) -> Result<Vec<Filter>, String> {
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
pub(crate) fn check_filters(corpus: &mut Reading, filters: &[Filter]) -> Result<(), String> {
    let question = Question { filters: filters.to_vec(), ..Question::default() };
    let ranked = ask_ranked(corpus, question, 0)?;
    match ranked.problems.first() {
        Some(problem) => Err(problem.clone()),
        None => Ok(()),
    }
}

fn ask_ranked(corpus: &mut Reading, question: Question, limit: u32) -> Result<Ranked, String> {
    match ask(corpus, &Request::Ranked { question, sort: Sort::default(), limit })? {
        Response::Ranked(ranked) => Ok(ranked.open().unwrap_or_default()),
        _ => Ok(Ranked::default()),
    }
}

fn ask(corpus: &mut Reading, request: &Request) -> Result<Response, String> {
    corpus.ask(request).map_err(|error| format!("{error:#}"))
}

fn print_ranked(corpus: &mut Reading, question: Question, args: &SearchArgs) -> Result<(), String> {
    let start = Instant::now();
    let limit = if args.count_only { 0 } else { args.limit };
    let ranked = ask_ranked(corpus, question.clone(), limit)?;
    let read = Some(corpus.cost.clone()).filter(|cost| cost.rounds > 0);
    let millis = (start.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    let Ranked { total, hits, documents, problems } = ranked;
    let mut explanations = Vec::new();
    let mut parts = None;
    if args.explain {
        for document in &documents {
            explanations.extend(explain(corpus, &question, &document.id)?);
        }
        parts = ask_results(corpus, question.clone(), 0)?.and_then(|view| view.echo.parts.open().flatten());
    }
    let documents = (!args.count_only).then_some(documents);
    print_line(&Line { query: &question.query, total, hits, millis, read, documents, problems, parts, explanations })
}

fn ask_results(corpus: &mut Reading, question: Question, limit: u32) -> Result<Option<ResultsView>, String> {
    match ask(corpus, &Request::Results { question, sort: Sort::default(), limit, passages: None })? {
        Response::Results(view) => Ok(Some(view)),
        _ => Ok(None),
    }
}

fn explain(corpus: &mut Reading, question: &Question, name: &str) -> Result<Option<ExplanationView>, String> {
    match ask(corpus, &Request::Explain { name: name.to_owned(), question: question.clone() })? {
        Response::Explanation(view) => Ok(view.open()),
        _ => Ok(None),
    }
}

fn print_results(corpus: &mut Reading, question: Question, args: &SearchArgs) -> Result<(), String> {
    let limit = if args.count_only { 0 } else { args.limit };
    let Some(view) = ask_results(corpus, question.clone(), limit)? else { return Ok(()) };
    if args.count_only {
        view.echo.marks.iter().for_each(|mark| eprintln!("sheaf: {}", mark.message));
        return write_out(&format!("{}\t{}", view.matched, view.hits));
    }
    write_out(&echo(&view))?;
    if let Some(part) = view.echo.parts.open().flatten().filter(|_| args.explain) {
        write_out(&parts(&part, 1))?;
    }
    for row in &view.rows {
        write_out(&result(row))?;
        if args.explain
            && let Some(view) = explain(corpus, &question, &row.card.name)?
        {
            write_out(&arithmetic(&view))?;
        }
    }
    Ok(())
}

/// The parts of a query, one a line, with their counts.
fn parts(part: &Part, depth: usize) -> String {
    let count = sheaf_core::views::words::count;
    let hits = part.hits.map(|hits| format!(", {}", count(hits, "hit", "hits"))).unwrap_or_default();
    let without = if part.is_negated { "without " } else { "" };
    let documents = count(part.documents.into(), "document", "documents");
    let mut lines = vec![format!("{}{without}{}: {documents}{hits}", "  ".repeat(depth), part.description)];
    lines.extend(part.parts.iter().map(|part| parts(part, depth + 1)));
    lines.join("\n")
}

/// How a score comes about; the numbers in the last column add up to it.
fn arithmetic(view: &ExplanationView) -> String {
    let knobs = &view.knobs;
    let mut lines = vec![format!(
        "    {} of {}: score {} ({} words, {} on average, K {})",
        view.rank, view.matched, view.score, view.length, view.mean_length, view.saturation
    )];
    for term in &view.terms {
        lines.push(format!(
            "    {}: in {} of {} documents, idf {}{}; {} as asked, {} inflected, {} in the title, f {}: {}",
            term.text,
            term.found,
            view.documents,
            term.idf,
            if term.times > 1 { format!(" × {}", term.times) } else { String::new() },
            term.exact,
            term.inflected,
            term.in_title,
            term.frequency,
            term.score
        ));
    }
    lines.extend(
        view.phrases.iter().map(|phrase| format!("    “{}” one after the other: {}", phrase.text, phrase.score)),
    );
    for pair in view.groups.iter().flatten() {
        let distances: Vec<String> = pair.distances.iter().map(u32::to_string).collect();
        lines.push(format!(
            "    {} and {} near each other ({} apart): {} × {}",
            pair.words.0,
            pair.words.1,
            distances.join(", "),
            knobs.near_weight,
            pair.score
        ));
    }
    lines.join("\n")
}

fn echo(view: &ResultsView) -> String {
    let text = |runs: &[EchoRun]| -> String { runs.iter().map(EchoRun::text).collect() };
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
