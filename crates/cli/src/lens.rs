//! `sheaf concordance`, `sheaf words` and the other lenses that count: one command each, whose flags are the settings
//! of the lens, as the page has them.

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Map, Value};
use sheaf_cli::published::Reading;
use sheaf_core::base::Apart;
use sheaf_core::document::Corpus;
use sheaf_core::views::LensView;
use sheaf_core::views::lens::Lens;
use sheaf_core::views::lens::settings::{Kind, Setting};
use sheaf_core::views::lens::table::{Cell, Table};
use sheaf_core::workspace::{Exactness, LensRequest, Question, Request, Response, Workspace};

use crate::cite;
use crate::corrections;
use crate::search::{check_filters, filters, print_line, write_out};

/// Names of flags that are no settings.
const OWN: &[&str] =
    &["corpus", "query", "filter", "case", "accents", "forms", "limit", "json", "format", "corrections"];

/// A command for each lens.
pub(crate) fn commands() -> impl Iterator<Item = Command> {
    Lens::ALL.iter().map(|lens| {
        let settings = view(*lens).settings;
        let is_sorted_by_column = settings.iter().all(|setting| setting.name != "sort");
        let sort = Arg::new("sort").long("sort").value_name("COLUMN").allow_hyphen_values(true);
        let sort = sort.help("Sort by a column; -COLUMN begins with the largest");
        let find =
            Arg::new("find").long("find").value_name("TEXT").help("Only rows whose first column has these letters");
        let corrections = Arg::new("corrections").long("corrections").value_name("FILE");
        let corrections = corrections.help("What was put right of names: a file that the page has saved");
        Command::new(lens.name())
            .about(lens.about())
            .args(own_flags())
            .args(lens.is_reading().then_some(corrections))
            .args(settings.iter().map(flag))
            .args(is_sorted_by_column.then_some(sort))
            .arg(find)
            .after_long_help(columns(*lens))
    })
}

/// The lens of a command.
pub(crate) fn named(name: &str) -> Option<Lens> {
    Lens::ALL.iter().copied().find(|lens| lens.name() == name)
}

/// What a lens shows of nothing: its settings and columns, those of a query among them.
fn view(lens: Lens) -> LensView {
    let settings = vec![("columns".to_owned(), "all".to_owned())];
    let question = Question { query: "QUERY".to_owned(), ..Question::default() };
    let request = Request::Lens(LensRequest { lens, question, settings, ..LensRequest::default() });
    match Workspace::new(Corpus::default()).handle(&request) {
        Response::Lens(answer) => answer.view.open().unwrap_or_default(),
        _ => LensView::default(),
    }
}

fn own_flags() -> Vec<Arg> {
    let on = |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help).action(ArgAction::SetTrue);
    vec![
        Arg::new("corpus").long("corpus").value_name("PATH").required(true).help(
            "A folder of documents, a file (text, Markdown, HTML, CSV, TSV, JSON Lines; .gz and .zip as well), or a published site",
        ),
        Arg::new("query").value_name("QUERY").help("What to look for, in the query language of `sheaf search --help`"),
        Arg::new("filter").long("filter").value_name("FIELD=VALUE").action(ArgAction::Append)
            .help("Only documents with this value; may be repeated"),
        on("case", "Case counts, in the whole query"),
        on("accents", "Accents count, in the whole query"),
        on("forms", "Inflections are other words, in the whole query"),
        Arg::new("limit").long("limit").value_name("ROWS").value_parser(value_parser!(u32))
            .help("How many rows to print; all where nothing is said"),
        Arg::new("read").long("read").value_name("PARTS")
            .help("Of a published site, in how many of the parts that its texts lie in is counted where the index does not tell"),
        on("json", "Print one JSON object a row; what was counted, and what of it is a sample, goes to standard error"),
        Arg::new("format").long("format").value_name("FORM").value_parser(cite::formats()).conflicts_with_all(["json", "limit"])
            .help("Print all rows as a file that says what was asked: a table, one JSON object, or a report"),
    ]
}

fn flag(setting: &Setting) -> Arg {
    let values = |choices: &[(String, String)]| {
        choices.iter().map(|(value, _)| if value.is_empty() { "\"\"" } else { value }).collect::<Vec<_>>().join(", ")
    };
    let may_be = match &setting.kind {
        Kind::Choice(choices) => format!(": {}", values(choices)),
        Kind::Several(choices, most) => format!(": up to {most} of {}, joined by commas", values(choices)),
        Kind::Number(..) => String::new(),
        Kind::Text(example) => format!(", for example {example}"),
        Kind::Switch => ": 1 or 0".to_owned(),
        Kind::Rows => ": their keys, document:position, one a line".to_owned(),
    };
    let default = if setting.default.is_empty() { String::new() } else { format!(" [default: {}]", setting.default) };
    let help = format!("{}{may_be}{default}", setting.label);
    Arg::new(setting.name.clone()).long(setting.name.clone()).value_name("VALUE").help(help).allow_hyphen_values(true)
}

/// What the columns mean, for the help.
fn columns(lens: Lens) -> String {
    let mut lines = vec!["Columns:".to_owned()];
    for column in view(lens).table.columns {
        lines.push(format!("  {}\n      {}", column.name, column.meaning));
    }
    lines.join("\n")
}

/// Looks through a lens.
pub(crate) fn run(lens: Lens, matches: &ArgMatches) -> Result<(), String> {
    let text = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let pairs: Vec<String> = matches.get_many("filter").unwrap_or_default().cloned().collect();
    let filters = filters(&pairs)?;
    let mut corpus = crate::CorpusArgs { corpus: text("corpus").into() }.open()?;
    check_filters(&mut corpus, &filters)?;
    let exactness = Exactness {
        case: matches.get_flag("case"),
        accents: matches.get_flag("accents"),
        forms: matches.get_flag("forms"),
    };
    let path = if lens.is_reading() { text("corrections") } else { String::new() };
    let corrections = if path.is_empty() { Apart::default() } else { Apart::of(&corrections::read(path.as_ref())?) };
    let question = Question { query: text("query"), is_typing: false, filters, exactness, corrections };
    let mut settings = vec![("columns".to_owned(), "all".to_owned())];
    // All rows: thresholds flag, and leave none out.
    if matches!(lens, Lens::Collocates | Lens::Keyness) && matches.get_one::<String>("show").is_none() {
        settings.push(("show".to_owned(), "all".to_owned()));
    }
    if lens == Lens::Keyness && matches.get_one::<String>("direction").is_none() {
        settings.push(("direction".to_owned(), "both".to_owned()));
    }
    if lens == Lens::Quotes && matches.get_one::<String>("certain").is_none() {
        settings.push(("certain".to_owned(), "0".to_owned()));
    }
    for id in matches.ids().map(|id| id.as_str()).filter(|id| !OWN.contains(id)) {
        settings.push((id.to_owned(), text(id)));
    }
    if let Some(format) = matches.get_one::<String>("format").and_then(|name| cite::format(name)) {
        let lens = LensRequest { lens, question, settings, ..LensRequest::default() };
        let request = Request::Export { lens, format, link: String::new(), today: cite::today() };
        return cite::print_exported(corpus.ask(&request).map_err(|error| format!("{error:#}"))?);
    }
    let limit = matches.get_one::<u32>("limit").copied().unwrap_or(u32::MAX);
    let view = ask(&mut corpus, LensRequest { lens, question, settings, first: 0, limit })?;
    let said = std::iter::once(&view.summary).chain(std::iter::once(&view.sample)).chain(&view.notes);
    said.filter(|sentence| !sentence.is_empty()).for_each(|sentence| eprintln!("sheaf: {sentence}"));
    if matches.get_flag("json") { print_json(&view.table) } else { print_text(&view.table) }
}

fn ask(corpus: &mut Reading, request: LensRequest) -> Result<LensView, String> {
    match corpus.ask(&Request::Lens(request)).map_err(|error| format!("{error:#}"))? {
        Response::Lens(answer) => Ok(answer.view.open().unwrap_or_default()),
        Response::Failed(error) => Err(error.to_string()),
        _ => Ok(LensView::default()),
    }
}

fn print_json(table: &Table) -> Result<(), String> {
    let has_thresholds = table.rows.iter().any(|row| !row.is_flagged);
    for row in &table.rows {
        let mut object = Map::new();
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let value = match cell {
                Cell::None => Value::Null,
                Cell::Text(text) => Value::from(text.as_str()),
                Cell::Count(count) => Value::from(*count),
                Cell::Number(number) => Value::from(*number),
            };
            object.insert(column.name.clone(), value);
        }
        if has_thresholds {
            object.insert("passes".to_owned(), Value::from(row.is_flagged));
        }
        print_line(&object)?;
    }
    Ok(())
}

fn print_text(table: &Table) -> Result<(), String> {
    let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    write_out(&titles.join("\t"))?;
    for row in &table.rows {
        let cells = table.columns.iter().zip(&row.cells).map(|(column, cell)| match cell {
            Cell::None => String::new(),
            Cell::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Cell::Count(count) => count.to_string(),
            Cell::Number(number) => format!("{number:.*}", usize::from(column.decimals).min(15)),
        });
        write_out(&cells.collect::<Vec<_>>().join("\t"))?;
    }
    Ok(())
}
