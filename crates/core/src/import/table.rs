//! Tables: CSV, TSV and what spreadsheets export; a header row, then one document per row.
//!
//! The one decision: a row stands alone, as a line of JSON Lines does. One with too many or too few cells is reported with
//! its line and kept. Which column is what is known by the same names as in JSON (`record`), or said by
//! [`ImportOptions::columns`](super::ImportOptions); a table in which no column is the text gives no documents and a
//! problem that lists the columns there are. Rejected: taking the longest column for the text; it is right until it is not.

use std::io::{self, Read};
use std::ops::ControlFlow;

use thiserror::Error;

use super::bytes::Text;
use super::error::ImportError;
use super::jsonl::LineError;
use super::record::{ColumnError, Made, Record, Slot, Value};
use super::stream::{Pieces, Sink};
use super::{Confidence, encoding, has_extension, stem};
use crate::base::Problem;

/// File name extensions of tables.
pub const EXTENSIONS: &[&str] = &["csv", "tsv", "tab"];

/// What may stand between cells; of equally frequent ones the first.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// What is put after the end of the file, so that a quote that is never closed shows: it is a row of its own, or else in
/// the last cell. No text contains it.
const END: &str = "\u{1}\u{2}end of table\u{2}\u{1}";

/// What can be wrong with a table or one of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// No column is the text.
    #[error(
        "No column is known to be the text. Call it \"text\", or say which it is: [columns] text = \"…\" in sheaf.toml. \
         The columns are: {columns}."
    )]
    NoText {
        /// The columns there are.
        columns: String,
    },
    /// More or fewer cells than columns. The row was kept.
    #[error(
        "This row has {found} cells, the table {expected} columns; it was kept as far as it goes. Check for a delimiter \
         in a cell, and put quotes around it."
    )]
    Ragged {
        /// Cells of the row.
        found: usize,
        /// Columns of the table.
        expected: usize,
    },
    /// A quote that is never closed.
    #[error(
        "A quote in this row is never closed: all that follows it in the file became part of one cell. Close it, or \
         double it where it is meant as a character."
    )]
    OpenQuote,
    /// Nothing under the header.
    #[error("There is no row under the header. Put the documents there, one per row, or remove the file.")]
    NoRows,
}

/// By name only: any text might be a table.
pub fn sniff(_bytes: &[u8], name: &str) -> Confidence {
    if has_extension(name, EXTENSIONS) { Confidence::ByName } else { Confidence::No }
}

/// Reads every row as a document, called after the file and the line of the row unless there is an `id`. Rows of empty
/// cells are skipped. Its `file` is `file.csv:17`. Cost: O(n), about 150 MB/s; memory for the longest row.
pub fn read(file: &mut Pieces<'_, '_>, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let form = Form::of(file);
    let source = match Text::new(file.bytes, file.choice) {
        Ok(text) => Source::new(text, form.has_returns_only, file.options.limits.line_bytes),
        Err(error) => {
            sink.problem(ImportError::unreadable(&error).at(file.path));
            return ControlFlow::Continue(());
        }
    };
    let rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(form.delimiter)
        .quoting(form.has_quotes)
        .from_reader(source);
    let mut reader = Reader { file, sink, stem: stem(file.path), columns: Vec::new(), rows: 0 };
    reader.read(rows, form.skipped_lines)
}

struct Reader<'r, 'p, 'o, 's> {
    file: &'r Pieces<'p, 'o>,
    sink: &'r mut Sink<'s>,
    stem: String,
    columns: Vec<String>,
    rows: u64,
}

impl Reader<'_, '_, '_, '_> {
    fn read(&mut self, mut rows: csv::Reader<Source<'_>>, skipped_lines: u64) -> ControlFlow<()> {
        let mut row = csv::StringRecord::new();
        loop {
            let offset = rows.position().byte();
            rows.get_mut().start_row(offset);
            // What is read is text, in memory: it can fail in no way but its length.
            if !rows.read_record(&mut row).unwrap_or(false) {
                return self.finish(&rows);
            }
            let line = row.position().map_or(1, csv::Position::line) + rows.get_ref().blank_lines;
            if line <= skipped_lines {
                continue;
            }
            let (cells, is_open) = cells_of(&row);
            if cells.is_empty() {
                return self.finish(&rows);
            }
            if self.columns.is_empty() {
                self.columns = names_of(&cells);
                if !self.check_columns(line) {
                    return ControlFlow::Continue(());
                }
                continue;
            }
            self.rows += 1;
            let index = line - 1;
            if index >= self.file.lines.end {
                return ControlFlow::Continue(());
            }
            if index >= self.file.lines.start && cells.iter().any(|cell| !cell.trim().is_empty()) {
                self.add(cells, line, is_open)?;
            }
        }
    }

    /// Whether the table has a text; what is wrong with the columns is reported.
    fn check_columns(&mut self, line: u64) -> bool {
        let columns = &self.file.options.columns;
        let missing = columns.missing(self.columns.iter().map(String::as_str));
        let mut problems: Vec<Problem> =
            missing.iter().map(|error| Problem::new(self.place(line), error.to_string())).collect();
        let has_text =
            self.columns.iter().any(|column| columns.slot_of(column).is_some_and(|(slot, _)| slot == Slot::Text));
        if !has_text && missing.is_empty() {
            let columns = ColumnError::listed(self.columns.iter().map(String::as_str));
            problems.push(Problem::new(self.place(line), TableError::NoText { columns }.to_string()));
        }
        if self.file.is_first() {
            problems.into_iter().for_each(|problem| self.sink.problem(problem));
        }
        has_text
    }

    fn add(&mut self, cells: Vec<String>, line: u64, is_open: bool) -> ControlFlow<()> {
        if is_open {
            self.report(line, &TableError::OpenQuote.to_string());
        } else if cells.len() != self.columns.len() {
            let ragged = TableError::Ragged { found: cells.len(), expected: self.columns.len() };
            self.report(line, &ragged.to_string());
        }
        let name_of = |index: usize| self.columns.get(index).cloned().unwrap_or_else(|| numbered(index));
        let entries = cells.into_iter().enumerate().map(|(index, cell)| (name_of(index), Value::Text(cell))).collect();
        let Made { mut document, has_text, problems } = Record { entries }.into_document(&self.file.options.columns);
        problems.iter().for_each(|problem| self.report(line, &problem.to_string()));
        if !has_text || document.text.trim().is_empty() {
            self.report(line, &LineError::EmptyText.to_string());
        }
        if document.name.is_empty() {
            document.name = format!("{}-{line}", self.stem);
        }
        document.file = self.place(line);
        self.sink.document(document)
    }

    fn finish(&mut self, rows: &csv::Reader<Source<'_>>) -> ControlFlow<()> {
        if rows.get_ref().is_too_long {
            let limit_bytes = self.file.options.limits.line_bytes;
            let line = rows.position().line();
            self.report(
                line,
                &ImportError::TooLong { len_bytes: limit_bytes.saturating_add(1), limit_bytes }.to_string(),
            );
        }
        if self.rows == 0 && self.file.is_first() && !self.columns.is_empty() {
            self.sink.problem(Problem::new(self.file.path, TableError::NoRows.to_string()));
        }
        ControlFlow::Continue(())
    }

    fn report(&mut self, line: u64, message: &str) {
        self.sink.problem(Problem::new(self.place(line), message));
    }

    fn place(&self, line: u64) -> String {
        format!("{}:{line}", self.file.path)
    }
}

/// The cells of a row, none for the row after the end; and whether its last cell swallowed that.
fn cells_of(row: &csv::StringRecord) -> (Vec<String>, bool) {
    if row.len() == 1 && row.get(0) == Some(END) {
        return (Vec::new(), false);
    }
    let mut cells: Vec<String> = row.iter().map(str::to_string).collect();
    let swallowed = cells.last_mut().and_then(|last| {
        let len = last.strip_suffix(END)?.strip_suffix('\n').map(str::len)?;
        last.truncate(len);
        Some(())
    });
    (cells, swallowed.is_some())
}

/// The columns as the header names them; those without a name by their number.
fn names_of(cells: &[String]) -> Vec<String> {
    let name = |(index, cell): (usize, &String)| match cell.trim() {
        "" => numbered(index),
        name => name.to_string(),
    };
    cells.iter().enumerate().map(name).collect()
}

fn numbered(index: usize) -> String {
    format!("column {}", index + 1)
}

/// How a table is written.
struct Form {
    delimiter: u8,
    has_quotes: bool,
    /// Whether lines end with a carriage return alone, as on very old Macs.
    has_returns_only: bool,
    /// Lines before the header: `sep=;`, as Excel reads and writes it.
    skipped_lines: u64,
}

impl Form {
    /// Looks at the beginning of the file.
    fn of(file: &Pieces<'_, '_>) -> Form {
        let mut text = String::new();
        encoding::Decoding::new(file.choice).push(&file.bytes.head, &mut text);
        let has_returns_only = !text.contains('\n');
        if has_returns_only {
            text = text.replace('\r', "\n");
        }
        let first = text.lines().next().unwrap_or("");
        let said = first.strip_prefix("sep=").map(str::as_bytes).and_then(|said| said.first().copied());
        let header = if said.is_some() { text.lines().nth(1).unwrap_or("") } else { first };
        let fallback = if has_extension(file.path, &["csv"]) { b',' } else { b'\t' };
        let delimiter = said.or_else(|| most_frequent(header)).unwrap_or(fallback);
        let has_quotes = delimiter != b'\t' || has_balanced_quotes(&text);
        Form { delimiter, has_quotes, has_returns_only, skipped_lines: u64::from(said.is_some()) }
    }
}

/// The delimiter that stands most often in the header, outside quotes.
fn most_frequent(header: &str) -> Option<u8> {
    let outside: Vec<u8> = header.split('"').step_by(2).flat_map(str::bytes).collect();
    let count = |delimiter: u8| outside.iter().filter(|byte| **byte == delimiter).count();
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| count(*delimiter)).filter(|delimiter| count(*delimiter) > 0)
}

/// Whether quotes stand around cells, rather than in them: tables with tabs are written both ways, and the second way
/// `"No," he said.` is a cell.
fn has_balanced_quotes(text: &str) -> bool {
    let count = |pattern: &str| text.matches(pattern).count();
    count("\t\"") + count("\n\"") + usize::from(text.starts_with('"'))
        == count("\"\t") + count("\"\n") + count("\"\r") + usize::from(text.ends_with('"'))
}

/// A decoded file, its end marked.
struct Source<'b> {
    text: Text<'b>,
    buffer: String,
    /// How much of `buffer` was given.
    given: usize,
    has_returns_only: bool,
    is_ended: bool,
    /// How much more the row may take, in bytes.
    left: usize,
    row_bytes: usize,
    is_too_long: bool,
    /// How much was given in all, and the last time.
    total: u64,
    last_len: usize,
    /// Line ends between the row before and this one. The parser says where the row before ends, which is in the middle of
    /// a `\r\n`, and before blank lines.
    blank_lines: u64,
    /// Whether all that was given of this row is line ends.
    is_blank: bool,
}

impl<'b> Source<'b> {
    fn new(text: Text<'b>, has_returns_only: bool, row_bytes: usize) -> Source<'b> {
        Source {
            text,
            buffer: String::new(),
            given: 0,
            has_returns_only,
            is_ended: false,
            left: row_bytes,
            row_bytes,
            is_too_long: false,
            total: 0,
            last_len: 0,
            blank_lines: 0,
            is_blank: true,
        }
    }

    /// The next row starts, `offset` bytes into what was given. It may be as long as any: a quote that is not closed would
    /// make one row of the rest of the file.
    fn start_row(&mut self, offset: u64) {
        self.left = self.row_bytes;
        self.blank_lines = 0;
        self.is_blank = true;
        let len = usize::try_from(self.total.saturating_sub(offset)).unwrap_or(usize::MAX).min(self.last_len);
        self.pass_line_ends(self.given.saturating_sub(len)..self.given);
    }

    /// Counts the line ends that these bytes of the buffer begin with.
    fn pass_line_ends(&mut self, range: std::ops::Range<usize>) {
        let bytes = self.buffer.as_bytes().get(range).unwrap_or(&[]);
        let ends = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.blank_lines += bytes.iter().take(ends).filter(|byte| **byte == b'\n').count() as u64;
        self.is_blank = ends == bytes.len();
    }

    fn fill(&mut self) {
        self.buffer.clear();
        self.given = 0;
        while self.buffer.is_empty() && self.text.more(&mut self.buffer) {}
        if self.has_returns_only {
            self.buffer = self.buffer.replace('\r', "\n");
        }
        if self.buffer.is_empty() && !std::mem::replace(&mut self.is_ended, true) {
            self.buffer.push('\n');
            self.buffer.push_str(END);
        }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.given == self.buffer.len() {
            self.fill();
        }
        let mut rest = self.buffer.as_bytes().get(self.given..).unwrap_or(&[]);
        let len = rest.read(into)?;
        self.is_too_long |= len > self.left;
        if self.is_too_long {
            return Ok(0);
        }
        self.left -= len;
        self.given += len;
        self.total += len as u64;
        self.last_len = len;
        if self.is_blank {
            self.pass_line_ends(self.given - len..self.given);
        }
        Ok(len)
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::Columns;
    use super::super::{ImportOptions, InputFile, Limits, import};
    use super::*;
    use crate::document::{Corpus, Document};

    fn read_all(path: &str, bytes: &[u8], columns: &[(Slot, &str)]) -> Corpus {
        let columns = Columns(columns.iter().map(|(slot, column)| (*slot, column.to_string())).collect());
        let files = vec![InputFile { path: path.to_string(), bytes: bytes.to_vec() }];
        import(files, &ImportOptions { columns, ..ImportOptions::default() }).value
    }

    /// Checks `name=text` of each document with its fields, and the places of the problems.
    fn check(path: &str, bytes: impl AsRef<[u8]>, documents: &[&str], problems: &[&str]) -> Corpus {
        let corpus = read_all(path, bytes.as_ref(), &[]);
        assert_eq!(corpus.documents.iter().map(print).collect::<Vec<_>>(), documents, "{:#?}", corpus.problems);
        let places: Vec<&str> = corpus.problems.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(places, problems, "{:#?}", corpus.problems);
        corpus
    }

    fn print(document: &Document) -> String {
        let fields: Vec<String> =
            document.fields.iter().map(|f| format!(" {}={}", f.name, f.values.join("|"))).collect();
        format!("{}={}{}", document.name, document.text, fields.concat())
    }

    #[test]
    fn a_row_is_a_document() {
        let corpus = check(
            "a/n.csv",
            "id,Headline,Body,Pub Date,Outlet,lang,pages\r\nx,One,\"Text, with\r\n\"\"quotes\"\"\",2025-02-24,The Post,EN,3\r\n,Two,Second,1946,,,\r\n",
            &["x=Text, with\r\n\"quotes\" pages=3", "n-4=Second"],
            &[],
        );
        let first = &corpus.documents[0];
        assert_eq!((first.file.as_str(), first.title.value.as_deref()), ("a/n.csv:2", Some("One")));
        assert_eq!(first.date.value.unwrap().to_string(), "2025-02-24");
        assert_eq!((first.source.value.as_deref(), first.language.value.as_deref()), (Some("The Post"), Some("en")));
    }

    #[test]
    fn spreadsheets_write_other_delimiters_marks_and_encodings() {
        check("n.csv", "\u{feff}text;page\nCaf\u{e9};1,5\n", &["n-2=Café page=1,5"], &[]);
        check("n.csv", "sep=|\ntext|page\na;b,c|1\n", &["n-3=a;b,c page=1"], &[]);
        check("n.csv", b"text;page\nDas Caf\xe9 ist gro\xdf.;1\n", &["n-2=Das Café ist groß. page=1"], &["n.csv"]);
        let utf16: Vec<u8> = "\u{feff}text\tpage\r\nÇağ\t1\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check("n.csv", utf16, &["n-2=Çağ page=1"], &[]);
        check("n.csv", "text,page\ra,1\rb,2", &["n-2=a page=1", "n-3=b page=2"], &[]);
        check(
            "n.csv",
            "text\na\n\n\nb, c\n",
            &["n-2=a", "n-5=b column 2= c".replace("= ", "=").as_str()],
            &["n.csv:5"],
        );
    }

    #[test]
    fn quotes_in_tab_separated_tables_may_be_characters() {
        check(
            "n.tsv",
            "text\tpage\n\"No,\" he said.\t1\n\"Yes.\"\t2\n",
            &["n-2=\"No,\" he said. page=1", "n-3=\"Yes.\" page=2"],
            &[],
        );
        check("n.tsv", "text\tpage\n\"a\nb\tc\"\t1\n", &["n-2=a\nb\tc page=1"], &[]);
    }

    #[test]
    fn ragged_rows_are_reported_and_kept() {
        check(
            "n.csv",
            "text,page\na\nb,2,more\nc,3\n",
            &["n-2=a", "n-3=b page=2 column 3=more", "n-4=c page=3"],
            &["n.csv:2", "n.csv:3"],
        );
        let corpus = check("n.csv", "text,page\na,1\n\"b,2\nc,3\n", &["n-2=a page=1", "n-3=b,2\nc,3\n"], &["n.csv:3"]);
        assert!(corpus.problems[0].message.contains("never closed"));
        check("n.csv", "text,date\n,\n,03/04/2025\n", &["n-3= date=03/04/2025"], &["n.csv:3", "n.csv:3"]);
    }

    #[test]
    fn a_table_without_text_lists_its_columns() {
        let corpus = check("n.csv", "name,,town\na,b,c\n", &[], &["n.csv:1"]);
        assert!(
            corpus.problems[0].message.ends_with("The columns are: name, column 2, town."),
            "{:?}",
            corpus.problems
        );
        check("n.csv", "text,page\n", &[], &["n.csv"]);
        check("n.csv", "\n \n", &[], &["n.csv:2"]);
        check("n.csv", format!("{}text\na\n", "\n".repeat(100_000)), &["n-100002=a"], &[]);
    }

    #[test]
    fn columns_can_be_named() {
        let table = b"nr,text,story\n7,short,The whole story.\n";
        let corpus = read_all("n.csv", table, &[(Slot::Text, "story"), (Slot::Id, "nr"), (Slot::Title, "text")]);
        assert_eq!(print(&corpus.documents[0]), "7=The whole story.");
        assert_eq!(corpus.documents[0].title.value.as_deref(), Some("short"));
        let corpus = read_all("n.csv", table, &[(Slot::Text, "body"), (Slot::Title, "headline")]);
        assert_eq!((corpus.documents.len(), corpus.problems.len()), (0, 2), "{:#?}", corpus.problems);
        assert!(corpus.problems[0].message.contains("nr, text, story"), "{}", corpus.problems[0]);
    }

    #[test]
    fn a_row_that_never_ends_does_not_fill_the_memory() {
        let table = format!("text,page\na,1\n\"{}", "b,2\n".repeat(1 << 20));
        let files = vec![InputFile { path: "n.csv".to_string(), bytes: table.into_bytes() }];
        let limits = Limits { line_bytes: 1 << 20, ..Limits::default() };
        let outcome = import(files, &ImportOptions { limits, ..ImportOptions::default() });
        assert!(
            outcome.problems.iter().any(|problem| problem.message.contains("at most 1048576")),
            "{:?}",
            outcome.problems
        );
        assert_eq!(outcome.value.documents[0].text, "a");
    }
}
