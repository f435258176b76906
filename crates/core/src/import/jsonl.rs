//! JSON Lines: one object per line, one document per object. Also `.json` with an array of objects, or with one.
//!
//! The one decision: a line stands alone. A broken one is reported with its number and the rest is kept; so lines are
//! split first and parsed one by one, straight into the document's text, without a tree of values for it. An array has no
//! such seams: after a fault in it the rest cannot be found again, and the report says so.

use std::ops::ControlFlow;

use serde::de::IgnoredAny;
use serde_json::error::Category;
use thiserror::Error;

use super::bytes::{Line, Lines};
use super::error::ImportError;
use super::record::{ColumnError, Columns, Made, Record, Slot, Value};
use super::stream::{Pieces, Sink};
use super::{Confidence, has_extension, stem};
use crate::base::Problem;

/// File name extensions of JSON Lines and JSON.
pub const EXTENSIONS: &[&str] = &["jsonl", "ndjson", "json"];
/// Those of them that promise one object per line.
pub(super) const LINES: &[&str] = &["jsonl", "ndjson"];

/// What can be wrong with one line or one element of an array.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LineError {
    /// No JSON.
    #[error("This is not valid JSON at column {column}: {message}. Mend it; the other lines were read.")]
    NotJson {
        /// Column of the line, in bytes from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// JSON, but no object.
    #[error("This is JSON but no object. Write {{\"id\": …, \"title\": …, \"text\": …}}.")]
    NotAnObject,
    /// An object without a text.
    #[error(
        "The object has no \"text\" (also read: body, content, articleBody, maintext, fulltext, article). Add it, or say \
         which key it is: [columns] text = \"…\" in sheaf.toml."
    )]
    NoText,
    /// An object without the key that was said to be the text.
    #[error(transparent)]
    NoColumn(#[from] ColumnError),
    /// A text of blanks. The document was kept for its metadata.
    #[error("The text is empty; only its metadata was kept. Add the text.")]
    EmptyText,
    /// Half of a character written as an escape. The document was kept.
    #[error(
        "Escapes such as \\ud800 are halves of a character and show as \u{FFFD}: {count}. Write the text as UTF-8."
    )]
    LoneSurrogate {
        /// How many.
        count: usize,
    },
    /// A fault in an array, after which nothing can be found.
    #[error(
        "This is not valid JSON at column {column}: {message}. The rest of the file was not read. Mend it, or write one \
         object per line (.jsonl)."
    )]
    RestLost {
        /// Column of the line, in bytes from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// A file without any object.
    #[error("There is no object in it. Write one per line: {{\"id\": …, \"title\": …, \"text\": …}}.")]
    NoObjects,
}

/// By name only; the content decides between lines and array.
pub fn sniff(_bytes: &[u8], name: &str) -> Confidence {
    if has_extension(name, EXTENSIONS) { Confidence::ByName } else { Confidence::No }
}

/// Reads every object as a document: known keys by the table of aliases in `record`, other keys as fields.
///
/// A document without `id` is called after the file and its line (in arrays: its number). Its `file` is
/// `file.jsonl:17`. Lines are read one by one, arrays whole. Cost: O(n), about 240 MB/s of JSON.
pub fn read(file: &mut Pieces<'_, '_>, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let nothing = Problem::new(file.path, LineError::NoObjects.to_string());
    sink.if_nothing(nothing);
    let columns = &file.options.columns;
    let mut reader = Reader { file: file.path, stem: stem(file.path), columns, sink };
    match is_one_value(file) {
        Ok(true) if !file.is_first() => ControlFlow::Continue(()),
        Ok(true) => match file.take_text() {
            Ok(text) => reader.read_values(&text),
            Err(error) => reader.fail(&error),
        },
        Ok(false) => reader.read_lines(file),
        Err(error) => reader.fail(&ImportError::unreadable(&error)),
    }
}

/// Reads one object, handed in as JSON, as line `number` of `file`. Its `text` may come apart from it.
pub(super) fn read_object(
    json: &str,
    text: Option<String>,
    file: &str,
    number: usize,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    Reader { file, stem: file.to_owned(), columns: &Columns::default(), sink }.read_record(json, text, number)
}

/// Whether the file is one array or one object over several lines, rather than an object per line.
fn is_one_value(file: &Pieces<'_, '_>) -> std::io::Result<bool> {
    let mut lines = Lines::new(file.bytes, file.choice, &file.options.limits)?;
    let Some(first) = next_filled(&mut lines) else {
        // Nothing at all, or a line too long for one object; it may be an array.
        return Ok(file.bytes.head.trim_ascii_start().starts_with(b"["));
    };
    let error = match first.as_bytes().first() {
        Some(b'[' | b'{') => serde_json::from_str::<IgnoredAny>(&first).err(),
        _ => return Ok(false),
    };
    Ok(if first.starts_with('[') {
        error.is_some() || next_filled(&mut lines).is_none()
    } else {
        // `{` alone, or cut in mid-object: pretty-printed. A line that is broken otherwise is a broken line.
        error.is_some_and(|error| error.is_eof())
            && next_filled(&mut lines).is_some_and(|second| !second.starts_with('{'))
    })
}

/// The next line with something on it; nothing too where it is too long to be read.
fn next_filled(lines: &mut Lines<'_>) -> Option<String> {
    loop {
        match lines.next()? {
            Line::Text(line) if trim(line).is_empty() => {}
            Line::Text(line) => return Some(trim(line).to_string()),
            Line::TooLong(_) => return None,
        }
    }
}

struct Reader<'a, 's, 'g> {
    file: &'a str,
    stem: String,
    columns: &'a Columns,
    sink: &'s mut Sink<'g>,
}

impl Reader<'_, '_, '_> {
    fn read_lines(&mut self, file: &Pieces<'_, '_>) -> ControlFlow<()> {
        let mut lines = match Lines::new(file.bytes, file.choice, &file.options.limits) {
            Ok(lines) => lines,
            Err(error) => return self.fail(&ImportError::unreadable(&error)),
        };
        let mut number = 0;
        while let Some(line) = lines.next() {
            let index = number as u64;
            number += 1;
            if index >= file.lines.end {
                break;
            }
            if index < file.lines.start {
                continue;
            }
            match line {
                Line::Text(line) if trim(line).is_empty() => {}
                Line::Text(line) => self.read_record(trim(line), None, number)?,
                Line::TooLong(len_bytes) => {
                    let error = ImportError::TooLong { len_bytes, limit_bytes: file.options.limits.line_bytes };
                    self.sink.problem(error.at(&self.place(number)));
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn read_record(&mut self, line: &str, text: Option<String>, number: usize) -> ControlFlow<()> {
        match parse(line) {
            Ok((mut record, surrogates)) => {
                if surrogates > 0 {
                    self.report(number, &LineError::LoneSurrogate { count: surrogates });
                }
                record.entries.extend(text.map(|text| ("text".to_owned(), Value::Text(text))));
                self.add(record, number, number)
            }
            Err(error) => {
                self.report(number, &line_error(&error));
                ControlFlow::Continue(())
            }
        }
    }

    /// Reads objects one after the other, with or without the brackets and commas of an array around them.
    fn read_values(&mut self, text: &str) -> ControlFlow<()> {
        let mut rest = text.trim_start();
        let mut places = PlaceCounter { text, line_start: 0, line: 1, offset: 0 };
        let is_array = rest.starts_with('[');
        rest = rest.strip_prefix('[').unwrap_or(rest);
        let mut number = 0;
        loop {
            rest = rest.trim_start();
            let place = places.at(text.len() - rest.len());
            if rest.is_empty() || (is_array && rest.starts_with(']')) {
                if is_array && trim(rest) != "]" {
                    let message = if rest.is_empty() { "the array is not closed" } else { "text after the array" };
                    self.report(
                        place.line,
                        &LineError::RestLost { column: place.column, message: message.to_string() },
                    );
                }
                return ControlFlow::Continue(());
            }
            number += 1;
            let Some(after) = self.read_value(rest, place, number)? else {
                return ControlFlow::Continue(());
            };
            rest = after.trim_start();
            if is_array && !rest.starts_with(']') {
                // A missing comma is forgiven: the objects on both sides are whole.
                rest = rest.strip_prefix(',').unwrap_or(rest);
            }
        }
    }

    /// Reads the value that `rest` starts with; what follows it, or nothing where its end cannot be found.
    fn read_value<'t>(&mut self, rest: &'t str, place: Place, number: usize) -> ControlFlow<(), Option<&'t str>> {
        // A lone surrogate does not hide where the value ends; other faults do.
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        if let Some(Err(error)) = values.next() {
            let before = if error.line() == 1 { place.column - 1 } else { 0 };
            let lost = LineError::RestLost { column: before + error.column(), message: without_place(&error) };
            self.report(place.line + error.line().saturating_sub(1), &lost);
            return ControlFlow::Continue(None);
        }
        let Some((value, after)) = rest.split_at_checked(values.byte_offset()) else {
            return ControlFlow::Continue(None);
        };
        match parse(value) {
            Ok((record, surrogates)) => {
                if surrogates > 0 {
                    self.report(place.line, &LineError::LoneSurrogate { count: surrogates });
                }
                self.add(record, place.line, number)?;
            }
            Err(error) => self.report(place.line, &line_error(&error)),
        }
        ControlFlow::Continue(Some(after))
    }

    fn add(&mut self, record: Record, line: usize, number: usize) -> ControlFlow<()> {
        let missing = self.columns.missing(record.entries.iter().map(|(key, _)| key.as_str()));
        let no_text = missing.into_iter().find(|error| error.slot == Slot::Text).map(LineError::from);
        let Made { mut document, has_text, problems } = record.into_document(self.columns);
        for problem in problems {
            self.sink.problem(Problem::new(self.place(line), problem.to_string()));
        }
        if !has_text {
            self.report(line, &no_text.unwrap_or(LineError::NoText));
            return ControlFlow::Continue(());
        }
        if document.text.trim().is_empty() {
            self.report(line, &LineError::EmptyText);
        }
        if document.name.is_empty() {
            document.name = format!("{}-{number}", self.stem);
        }
        document.file = self.place(line);
        self.sink.document(document)
    }

    fn report(&mut self, line: usize, error: &LineError) {
        self.sink.problem(Problem::new(self.place(line), error.to_string()));
    }

    fn fail(&mut self, error: &ImportError) -> ControlFlow<()> {
        self.sink.problem(error.at(self.file));
        ControlFlow::Continue(())
    }

    fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.file)
    }
}

/// Line and column, both from 1; the column in bytes.
#[derive(Clone, Copy)]
struct Place {
    line: usize,
    column: usize,
}

/// Places of ever greater offsets of one text, each byte looked at once.
struct PlaceCounter<'t> {
    text: &'t str,
    line_start: usize,
    line: usize,
    offset: usize,
}

impl PlaceCounter<'_> {
    fn at(&mut self, offset: usize) -> Place {
        let between = self.text.as_bytes().get(self.offset..offset).unwrap_or(&[]);
        for (index, _) in between.iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
            self.line += 1;
            self.line_start = self.offset + index + 1;
        }
        self.offset = offset;
        Place { line: self.line, column: offset.saturating_sub(self.line_start) + 1 }
    }
}

/// Parses one object; where halves of characters are escaped in it, once more with U+FFFD in their place.
fn parse(json: &str) -> Result<(Record, usize), serde_json::Error> {
    let error = match serde_json::from_str(json) {
        Ok(record) => return Ok((record, 0)),
        Err(error) => error,
    };
    let (mended, count) = without_lone_surrogates(json);
    if count == 0 {
        return Err(error);
    }
    serde_json::from_str(&mended).map(|record| (record, count))
}

/// Puts `\ufffd` for each escaped half of a character that its other half does not follow.
fn without_lone_surrogates(json: &str) -> (String, usize) {
    let mut mended = String::with_capacity(json.len());
    let mut count = 0;
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        mended.push_str(before);
        let len = match (surrogate(escape, 0), surrogate(escape, 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                count += 1;
                mended.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or("");
                continue;
            }
            // The character after a backslash, so that `\\ud800` is not taken for an escape.
            _ => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        mended.push_str(escape.get(..len).unwrap_or(escape));
        rest = escape.get(len..).unwrap_or("");
    }
    mended.push_str(rest);
    (mended, count)
}

/// The code of a `\uXXXX` at `at`.
fn surrogate(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

fn line_error(error: &serde_json::Error) -> LineError {
    match error.classify() {
        Category::Data => LineError::NotAnObject,
        _ => LineError::NotJson { column: error.column(), message: without_place(error) },
    }
}

/// The parser's message without its ` at line 1 column 7`, which counts from the start of what it was given.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or(&message).to_string()
}

/// Without blanks, byte order marks and record separators (RFC 7464) around.
fn trim(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{1e}' || c == '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::super::{InputFile, Limits, import_file};
    use super::*;
    use crate::base::Outcome;
    use crate::document::Document;

    fn read(file: &str, bytes: Vec<u8>, limits: &Limits) -> Outcome<Vec<Document>> {
        import_file(InputFile { path: file.to_string(), bytes }, limits)
    }

    /// Checks `name=text` of each document, and the places of the problems.
    fn check(file: &str, bytes: &[u8], documents: &[&str], problems: &[&str]) {
        let outcome = read(file, bytes.to_vec(), &Limits::default());
        let got: Vec<String> = outcome.value.iter().map(|d| format!("{}={}", d.name, d.text)).collect();
        let places: Vec<&str> = outcome.problems.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(
            (got, places),
            (documents.iter().map(ToString::to_string).collect(), problems.to_vec()),
            "{outcome:?}"
        );
    }

    #[test]
    fn a_broken_line_is_reported_and_the_rest_is_kept() {
        let broken = include_bytes!("../../../../tests/import/jsonl/broken.jsonl");
        check(
            "b.jsonl",
            broken,
            &["one=First.", "b-5=Fifth.", "b-6=Sixth \u{fffd}.", "seven="],
            &["b.jsonl:2", "b.jsonl:3", "b.jsonl:4", "b.jsonl:6", "b.jsonl:7"],
        );
        check("e.jsonl", include_bytes!("../../../../tests/import/jsonl/empty.jsonl"), &[], &["e.jsonl"]);
    }

    #[test]
    fn an_array_is_read_too() {
        let array = include_bytes!("../../../../tests/import/jsonl/array.json");
        check("a.json", array, &["first=One.", "a-2=Two."], &["a.json:7"]);
        check("a.json", b"[{\"text\": \"x\"}, {\"text\": \"y\"}]", &["a-1=x", "a-2=y"], &[]);
        check("a.json", b"[{\"text\": \"x\"}, {\"text\": ", &["a-1=x"], &["a.json:1"]);
        check("a.json", b"{\n \"text\": \"x\"\n}\n", &["a-1=x"], &[]);
        check("a.json", b"{\"text\": \"x\"}\n{\"text\": \"y\"}", &["a-1=x", "a-2=y"], &[]);
        check("a.json", b"[]", &[], &["a.json"]);
        let broken = read("a.json", b"[\n {\"text\": \"x\"},\n {\"text\": ?}]".to_vec(), &Limits::default());
        assert!(
            broken.problems[0].to_string().starts_with("a.json:3: This is not valid JSON at column 11"),
            "{broken:?}"
        );
        check("a.json", b"3", &[], &["a.json:1"]);
    }

    #[test]
    fn halves_of_characters_do_not_lose_the_line() {
        let mend = |json: &str| without_lone_surrogates(json);
        assert_eq!(mend(r#""\ud800""#), (r#""\ufffd""#.to_string(), 1));
        assert_eq!(
            mend(r#""\ud83d\ude00 \uDC00\ud800x\\ud800""#),
            (r#""\ud83d\ude00 \ufffd\ufffdx\\ud800""#.to_string(), 2)
        );
        check("s.jsonl", br#"{"id": 1, "text": "a\ud800b"}"#, &["1=a\u{fffd}b"], &["s.jsonl:1"]);
        check(
            "s.json",
            br#"[{"id": 1, "text": "a\ud800b"}, {"id": 2, "text": "c"}]"#,
            &["1=a\u{fffd}b", "2=c"],
            &["s.json:1"],
        );
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let deep = format!("{{\"text\": {}", "[".repeat(100_000));
        check("d.jsonl", deep.as_bytes(), &[], &["d.jsonl:1"]);
        check("d.json", "[".repeat(100_000).as_bytes(), &[], &["d.json:1"]);
    }

    proptest::proptest! {
        #[test]
        fn escapes_are_mended_into_valid_json(text in "[\\\\ud8cDf0-9a\"x]{0,40}") {
            let json = format!("\"{text}\"");
            let (mended, count) = without_lone_surrogates(&json);
            if count == 0 {
                proptest::prop_assert_eq!(mended, json);
            }
        }
    }
}
