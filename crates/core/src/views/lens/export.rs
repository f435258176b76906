//! A view as a file: CSV, TSV and JSON with all rows to count with, Markdown to read.
//!
//! Every form says beside the rows what they are an answer to: corpus and fingerprint, query, filters, switches, all
//! settings, version, day and link, and what each column means. Whoever finds the file can get the same numbers again.
//!
//! Numbers have as many digits as it takes to read the same number back. In CSV and TSV a cell of words that a
//! spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@` or a control character) gets an apostrophe
//! before it, as OWASP advises against "CSV injection": texts of a corpus come from strangers. The file says how many cells that
//! were; JSON has them as they are. Rejected: leaving them, since who double-clicks a file cannot see what it will do.

use std::borrow::Cow;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::LensView;
use super::table::{Cell, Column, Row, Table, column};
use crate::query::{Exactness, Filter};
use crate::text::fold;
use crate::views::words::{count, grouped};

/// A form of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated values, RFC 4180, in UTF-8 with a byte order mark: spreadsheets take it for another encoding
    /// without. Lines before the header begin with `# `.
    #[default]
    Csv,
    /// The same with tabs, lines that end in LF, and without a mark: for scripts.
    Tsv,
    /// One object: `about`, `columns`, `rows`, and `facts` where there are some.
    Json,
    /// A report: the question in words, settings, summary, and the first [`MOST_REPORTED`] rows.
    Markdown,
}

/// Rows of a report.
pub const MOST_REPORTED: usize = 100;

impl Format {
    /// All of them.
    pub const ALL: &'static [Format] = &[Format::Csv, Format::Tsv, Format::Json, Format::Markdown];

    /// Its name, on the command line and in requests.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Json => "json",
            Format::Markdown => "markdown",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            format => format.name(),
        }
    }

    fn mime(self) -> &'static str {
        match self {
            Format::Csv => "text/csv;charset=utf-8",
            Format::Tsv => "text/tab-separated-values;charset=utf-8",
            Format::Json => "application/json",
            Format::Markdown => "text/markdown;charset=utf-8",
        }
    }
}

/// A file to save.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct Exported {
    /// Its name: corpus, lens, query and day.
    pub file_name: String,
    /// Its media type.
    pub mime: String,
    /// What is in it.
    pub text: String,
}

/// What the rows are an answer to.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'o> {
    /// Title of the corpus.
    pub corpus: &'o str,
    /// Its fingerprint.
    pub fingerprint: &'o str,
    /// Name of the view in links.
    pub name: &'o str,
    /// Its name on the screen.
    pub title: &'o str,
    /// The query as written.
    pub query: &'o str,
    /// The question in words, with what was found.
    pub question: &'o str,
    /// The filters.
    pub filters: &'o [Filter],
    /// What counts as written.
    pub exactness: Exactness,
    /// Settings of the table that are no setting of the view, by name and value: `find`.
    pub common: &'o [(String, String)],
    /// Where the view can be seen; empty where that is nowhere.
    pub link: &'o str,
    /// The day, as ISO 8601 writes it; the core has no clock.
    pub today: &'o str,
}

/// Writes a view, whose table has all its rows. Where a threshold speaks against some of them, one more column says of
/// each whether it passes. Cost: linear in the rows.
pub fn export(origin: &Origin, view: &LensView, format: Format) -> Exported {
    let view = &with_thresholds(view);
    let text = match format {
        Format::Csv => separated(origin, view, ','),
        Format::Tsv => separated(origin, view, '\t'),
        Format::Json => json(origin, view),
        Format::Markdown => markdown(origin, view),
    };
    let parts = [origin.corpus, origin.name, origin.query, origin.today].map(slug);
    let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    let name = if name.is_empty() { "sheaf".to_owned() } else { name };
    Exported { file_name: format!("{name}.{}", format.extension()), mime: format.mime().to_owned(), text }
}

fn with_thresholds(view: &LensView) -> Cow<'_, LensView> {
    if view.table.rows.iter().all(|row| row.is_flagged) {
        return Cow::Borrowed(view);
    }
    let mut view = view.clone();
    view.table.columns.push(column("passes", "Passes", "Whether it passes the thresholds of the settings: 1 or 0", 0));
    for row in &mut view.table.rows {
        row.cells.push(Cell::Count(row.is_flagged.into()));
    }
    Cow::Owned(view)
}

/// Letters and digits of a text with `-` between them, not too many.
fn slug(text: &str) -> String {
    const MOST: usize = 40;
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").chars().take(MOST).collect::<String>().trim_end_matches('-').to_owned()
}

/// Name and value of everything that is said beside the rows, in order.
fn about(origin: &Origin, view: &LensView) -> Vec<(String, String)> {
    let switch = |counts: bool| if counts { "counts" } else { "ignored" }.to_owned();
    let mut lines = vec![
        ("sheaf".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ("corpus".to_owned(), origin.corpus.to_owned()),
        ("fingerprint".to_owned(), origin.fingerprint.to_owned()),
        ("view".to_owned(), format!("{} ({})", origin.title, origin.name)),
        ("query".to_owned(), origin.query.to_owned()),
        ("question".to_owned(), origin.question.to_owned()),
    ];
    lines.extend(origin.filters.iter().map(|filter| ("filter".to_owned(), filter_in_words(filter))));
    lines.extend([
        ("case".to_owned(), switch(origin.exactness.case)),
        ("accents".to_owned(), switch(origin.exactness.accents)),
        ("inflections".to_owned(), if origin.exactness.forms { "other words" } else { "ignored" }.to_owned()),
    ]);
    lines.extend(view.settings.iter().map(|setting| (format!("setting.{}", setting.name), setting.value.clone())));
    lines.extend(origin.common.iter().map(|(name, value)| (format!("setting.{name}"), value.clone())));
    if !view.table.sort.is_empty() {
        lines.push(("sorted_by".to_owned(), view.table.sort.clone()));
    }
    lines.extend([
        ("date".to_owned(), origin.today.to_owned()),
        ("link".to_owned(), origin.link.to_owned()),
        ("summary".to_owned(), view.summary.clone()),
        ("sample".to_owned(), view.sample.clone()),
    ]);
    lines.extend(view.notes.iter().map(|note| ("note".to_owned(), note.clone())));
    lines.push(("rows".to_owned(), view.table.total.to_string()));
    lines.retain(|(name, value)| !value.is_empty() || name == "query" || name.starts_with("setting."));
    lines
}

/// `source = TASS or AA`.
fn filter_in_words(filter: &Filter) -> String {
    let value = |value: &String| if value.is_empty() { "(none given)".to_owned() } else { value.clone() };
    format!("{} = {}", filter.field, filter.values.iter().map(value).collect::<Vec<_>>().join(" or "))
}

/// A number as it can be read back; nothing where there is none.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) if number.is_finite() => number.to_string(),
        Cell::Number(_) => String::new(),
    }
}

// Rows with a separator between cells.

fn separated(origin: &Origin, view: &LensView, separator: char) -> String {
    let end = if separator == ',' { "\r\n" } else { "\n" };
    let mut guarded = 0u64;
    let mut rows = String::new();
    let names = view.table.columns.iter().map(|column| quoted(&column.name, separator)).collect::<Vec<_>>();
    rows.push_str(&names.join(&separator.to_string()));
    rows.push_str(end);
    for row in &view.table.rows {
        for (place, cell) in row.cells.iter().enumerate() {
            if place > 0 {
                rows.push(separator);
            }
            let mut text = plain(cell);
            if matches!(cell, Cell::Text(_)) && is_formula(&text) {
                text.insert(0, '\'');
                guarded += 1;
            }
            rows.push_str(&quoted(&text, separator));
        }
        rows.push_str(end);
    }
    let mut lines = about(origin, view);
    if guarded > 0 {
        let cells = count(guarded, "cell", "cells");
        let value =
            format!("put before {cells} that a spreadsheet would take for a formula; JSON has them as they are");
        lines.push(("apostrophe".to_owned(), value));
    }
    for table in &view.facts {
        lines.extend(table.rows.iter().map(|row| (format!("fact {}", table.caption), fact(&table.columns, row))));
    }
    for column in &view.table.columns {
        lines.push((format!("column.{}", column.name), format!("{}: {}", column.title, column.meaning)));
    }
    // Of a byte order mark only what spreadsheets make of it is wanted.
    let mut text = if separator == ',' { "\u{feff}".to_owned() } else { String::new() };
    // Readers that cannot skip comments can skip lines.
    lines.insert(0, ("lines before the header".to_owned(), (lines.len() + 1).to_string()));
    for (name, value) in &lines {
        text.push_str(&comment(&format!("# {name}: {value}"), separator));
        text.push_str(end);
    }
    text + &rows
}

fn fact(columns: &[Column], row: &Row) -> String {
    let cells = columns.iter().zip(&row.cells).map(|(column, cell)| format!("{}={}", column.name, plain(cell)));
    cells.collect::<Vec<_>>().join("; ")
}

/// One line, of which no spreadsheet makes a formula or a cell that goes on.
fn comment(line: &str, separator: char) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        let c = if c.is_control() { ' ' } else { c };
        if out.ends_with(separator) && (c == '"' || FORMULA.contains(&c)) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// What a formula begins with.
const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠'];

fn is_formula(text: &str) -> bool {
    text.starts_with(|c: char| FORMULA.contains(&c) || c.is_control())
}

/// A cell, in quotes where it needs them: where it has a separator, a quote or an end of line, where spaces at its ends
/// could be lost, and where it could be taken for a comment.
fn quoted(text: &str, separator: char) -> String {
    let needs = text.contains([separator, '"', '\n', '\r']) || text.starts_with(['#', ' ']) || text.ends_with(' ');
    if needs { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

// JSON.

fn json(origin: &Origin, view: &LensView) -> String {
    let setting = |setting: &super::settings::Setting| {
        json_object(&[
            ("name", json_text(&setting.name)),
            ("label", json_text(&setting.label)),
            ("value", json_text(&setting.value)),
            ("default", json_text(&setting.default)),
        ])
    };
    let common =
        |(name, value): &(String, String)| json_object(&[("name", json_text(name)), ("value", json_text(value))]);
    let settings = view.settings.iter().map(setting).chain(origin.common.iter().map(common));
    let filter = |filter: &Filter| {
        let values = filter.values.iter().map(|value| json_text(value));
        json_object(&[("field", json_text(&filter.field)), ("values", json_list(values))])
    };
    let switches = [
        ("case", origin.exactness.case.to_string()),
        ("accents", origin.exactness.accents.to_string()),
        ("forms", origin.exactness.forms.to_string()),
    ];
    let about = [
        ("sheaf", json_text(env!("CARGO_PKG_VERSION"))),
        ("corpus", json_text(origin.corpus)),
        ("fingerprint", json_text(origin.fingerprint)),
        ("view", json_text(origin.name)),
        ("query", json_text(origin.query)),
        ("question", json_text(origin.question)),
        ("filters", json_list(origin.filters.iter().map(filter))),
        ("switches", json_object(&switches)),
        ("settings", json_list(settings)),
        ("sorted_by", json_text(&view.table.sort)),
        ("date", json_text(origin.today)),
        ("link", json_text(origin.link)),
        ("summary", json_text(&view.summary)),
        ("sample", json_text(&view.sample)),
        ("notes", json_list(view.notes.iter().map(|note| json_text(note)))),
        ("rows", view.table.total.to_string()),
    ];
    let table = |table: &Table| {
        json_object(&[
            ("caption", json_text(&table.caption)),
            ("columns", json_columns(&table.columns)),
            ("rows", json_rows(table)),
        ])
    };
    format!(
        "{{\n\"about\": {},\n\"columns\": {},\n\"facts\": {},\n\"rows\": {}\n}}\n",
        json_object(&about),
        json_columns(&view.table.columns),
        json_list(view.facts.iter().map(table)),
        json_rows(&view.table),
    )
}

fn json_columns(columns: &[Column]) -> String {
    json_list(columns.iter().map(|column| {
        json_object(&[
            ("name", json_text(&column.name)),
            ("title", json_text(&column.title)),
            ("meaning", json_text(&column.meaning)),
        ])
    }))
}

fn json_rows(table: &Table) -> String {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => json_text(text),
        cell => Some(plain(cell)).filter(|text| !text.is_empty()).unwrap_or_else(|| "null".to_owned()),
    };
    let row = |row: &Row| {
        let pairs: Vec<(&str, String)> =
            table.columns.iter().zip(&row.cells).map(|(column, own)| (column.name.as_str(), cell(own))).collect();
        json_object(&pairs)
    };
    json_list(table.rows.iter().map(row))
}

/// One thing a line: files that can be compared and searched.
fn json_list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { "[]".to_owned() } else { format!("[\n{}\n]", items.join(",\n")) }
}

fn json_object(pairs: &[(&str, String)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{}: {value}", json_text(name))).collect();
    format!("{{{}}}", pairs.join(", "))
}

fn json_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

// A report.

fn markdown(origin: &Origin, view: &LensView) -> String {
    let mut blocks = vec![format!("# {}: {}", escaped(origin.title), escaped(origin.corpus))];
    let mut say = |text: &str| {
        if !text.is_empty() {
            blocks.push(escaped(text));
        }
    };
    say(origin.question);
    say(&view.summary);
    say(&view.sample);
    view.figures.iter().for_each(|figure| say(&figure.summary));
    let mut asked = vec![format!("- Query: {}", code(origin.query))];
    asked.extend(origin.filters.iter().map(|filter| format!("- Filter: {}", escaped(&filter_in_words(filter)))));
    let Exactness { case, accents, forms } = origin.exactness;
    for (counts, words) in [(case, "Case counts"), (accents, "Accents count"), (forms, "Inflections are other words")] {
        if counts {
            asked.push(format!("- {words}"));
        }
    }
    for setting in &view.settings {
        let is_default = if setting.value == setting.default { " (default)" } else { "" };
        asked.push(format!("- {} (`{}`): {}{is_default}", escaped(&setting.label), setting.name, code(&setting.value)));
    }
    asked.extend(origin.common.iter().map(|(name, value)| format!("- `{name}`: {}", code(value))));
    blocks.push(format!("## What was asked\n\n{}", asked.join("\n")));
    if !view.notes.is_empty() {
        let notes: Vec<String> = view.notes.iter().map(|note| format!("- {}", escaped(note))).collect();
        blocks.push(format!("## Notes\n\n{}", notes.join("\n")));
    }
    blocks.extend(std::iter::once(&view.table).chain(&view.facts).map(markdown_table));
    let columns = view.table.columns.iter();
    let columns: Vec<String> =
        columns.map(|column| format!("- {}: {}", escaped(&column.title), escaped(&column.meaning))).collect();
    blocks.push(format!("## What the columns mean\n\n{}", columns.join("\n")));
    blocks.push(format!("## How to cite\n\n{}", escaped(&reference(origin))));
    if !origin.link.is_empty() {
        blocks.push(format!("The same view: <{}>", origin.link.replace(['<', '>', ' ', '\n'], "")));
    }
    blocks.join("\n\n") + "\n"
}

fn markdown_table(table: &Table) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let shown: Vec<&Row> = table.rows.iter().take(MOST_REPORTED).collect();
    let title = if table.caption.is_empty() { "Table" } else { &table.caption };
    let of = match shown.len() < table.total as usize {
        true => format!("The first {} of {} rows.", shown.len(), grouped(table.total.into())),
        false => count(table.total.into(), "row", "rows") + ".",
    };
    let is_text = |column: &Column| column.decimals > 15;
    let mut lines = vec![
        line(table.columns.iter().map(|column| escaped(&column.title)).collect()),
        line(table.columns.iter().map(|column| if is_text(column) { "---" } else { "---:" }.to_owned()).collect()),
    ];
    for row in shown {
        let cells = table.columns.iter().zip(&row.cells).map(|(column, cell)| match cell {
            Cell::Count(count) => grouped(*count),
            Cell::Number(number) if number.is_finite() => format!("{number:.*}", usize::from(column.decimals.min(15))),
            cell => escaped(&plain(cell)),
        });
        lines.push(line(cells.collect()));
    }
    if table.columns.is_empty() {
        return format!("## {}\n\n{of}", escaped(title));
    }
    format!("## {}\n\n{of}\n\n{}", escaped(title), lines.join("\n"))
}

/// The view as a source: what was asked of which corpus, with what, and when.
fn reference(origin: &Origin) -> String {
    let asked = if origin.query.is_empty() { String::new() } else { format!(" of “{}”", origin.query) };
    let day = if origin.today.is_empty() { String::new() } else { format!(", {}", origin.today) };
    format!(
        "{}{asked} in the corpus “{}” (fingerprint {}), computed with Sheaf {}{day}.",
        origin.title,
        origin.corpus,
        origin.fingerprint,
        env!("CARGO_PKG_VERSION"),
    )
}

/// Words on one line that Markdown takes as they are.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// Code, between more ticks than it has itself.
fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return "none".to_owned();
    }
    let mut ticks = "`".to_owned();
    while text.contains(&ticks) {
        ticks.push('`');
    }
    let room = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{room}{text}{room}{ticks}")
}
