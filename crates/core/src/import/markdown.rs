//! Markdown, with YAML (`---`) or TOML (`+++`) front matter.
//!
//! The one decision: the body is shown as given, marks and all, because counts and quotations must be those of the file.
//! Only the front matter is taken off; where it cannot be read it stays, and nothing is lost.

use std::ops::Range;

use super::plain::read_text;
use super::record::{Columns, Made, Record, blank_document};
use super::{Confidence, ImportError, Limits, manifest, stem};
use crate::base::{Outcome, Problem};
use crate::document::{Document, Fact, Known};

/// File name extensions of Markdown.
pub const EXTENSIONS: &[&str] = &["md", "markdown", "mdown", "mkd", "qmd", "rmd"];

/// By name only: any text might be Markdown.
pub fn sniff(_bytes: &[u8], name: &str) -> Confidence {
    if super::has_extension(name, EXTENSIONS) { Confidence::ByName } else { Confidence::No }
}

/// Reads one document, named after its file unless the front matter has an `id`. The title is that of the front matter,
/// else the first `# ` heading.
pub fn read(file: &str, bytes: Vec<u8>, limits: &Limits) -> Outcome<Vec<Document>> {
    let (text, mut problems) = match read_text(file, bytes, limits) {
        Ok(read) => read,
        Err(problem) => {
            return Outcome { value: Vec::new(), problems: vec![problem] };
        }
    };
    let mut document = with_front_matter(file, text, &mut problems);
    if document.text.trim().is_empty() {
        problems.push(ImportError::Empty.at(file));
        return Outcome { value: Vec::new(), problems };
    }
    if document.name.is_empty() {
        document.name = stem(file);
    }
    if document.title.known == Known::Unknown {
        document.title = heading(&document.text).map_or_else(Fact::unknown, Fact::stated);
    }
    Outcome { value: vec![Document { file: file.to_string(), ..document }], problems }
}

/// The document with its front matter applied and taken off the text, or with all the text where there is none.
fn with_front_matter(file: &str, text: String, problems: &mut Vec<Problem>) -> Document {
    let whole = |text: String| Document { text, ..blank_document() };
    let Some(block) = FrontMatter::find(&text) else {
        return whole(text);
    };
    let record = match block.parse(&text) {
        Ok(Some(record)) => record,
        Ok(None) => return whole(text),
        Err(error) => {
            problems.push(error.at(file));
            return whole(text);
        }
    };
    let Made { mut document, has_text, problems: date_problems } = record.into_document(&Columns::default());
    problems.extend(date_problems.into_iter().map(|problem| ImportError::from(problem).at(file)));
    if has_text {
        // A key such as `content` in front matter is metadata: the text is the body.
        let value = std::mem::take(&mut document.text);
        super::record::add_fields(&mut document.fields, "text", &super::record::Value::Text(value));
    }
    document.text = text.get(block.body_start..).unwrap_or("").to_string();
    document
}

/// Where the front matter lies in a file.
struct FrontMatter {
    is_toml: bool,
    /// Between the fences.
    inside: Range<usize>,
    /// After the closing fence and the blank lines under it.
    body_start: usize,
}

impl FrontMatter {
    /// A fence alone on the first line, and the same (or `...` for YAML) alone on a later one.
    fn find(text: &str) -> Option<FrontMatter> {
        let fence = text.lines().next()?.trim_end();
        let is_toml = match fence {
            "---" => false,
            "+++" => true,
            _ => return None,
        };
        let mut offset = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let is_fence = line.trim_end() == fence || (!is_toml && line.trim_end() == "...");
            if index > 0 && is_fence {
                let after = offset + line.len();
                let rest = text.get(after..)?;
                let body_start = after + (rest.len() - rest.trim_start_matches(['\n', '\r']).len());
                let inside_start = text.find('\n')? + 1;
                return Some(FrontMatter { is_toml, inside: inside_start..offset, body_start });
            }
            offset += line.len();
        }
        None
    }

    /// What it says; nothing where it is no list of keys (a text between two rules).
    fn parse(&self, text: &str) -> Result<Option<Record>, ImportError> {
        let inside = text.get(self.inside.clone()).unwrap_or("");
        if self.is_toml {
            return manifest::toml_record(inside).map(Some).map_err(|(line, message)| ImportError::FrontMatter {
                language: "TOML",
                line: line + 1,
                message,
            });
        }
        if inside.lines().all(|line| line.trim().is_empty() || line.starts_with('#')) {
            return Ok(Some(Record::default()));
        }
        if !inside.lines().any(|line| line.contains(':')) {
            return Ok(None);
        }
        serde_saphyr::from_str::<Record>(inside).map(Some).map_err(|error| ImportError::FrontMatter {
            language: "YAML",
            line: error.location().map_or(1, |location| usize::try_from(location.line()).unwrap_or(1)) + 1,
            message: first_line(&error.without_snippet().to_string()),
        })
    }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or("").trim_end_matches('.').to_string()
}

/// The first `# ` heading outside code, without closing marks.
fn heading(text: &str) -> Option<String> {
    let mut is_code = false;
    for line in text.lines() {
        if line.starts_with("```") || line.starts_with("~~~") {
            is_code = !is_code;
        }
        if let Some(title) = line.strip_prefix("# ").filter(|_| !is_code) {
            let title = title.trim().trim_end_matches('#').trim();
            return (!title.is_empty()).then(|| title.to_string());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> (Option<Document>, Vec<Problem>) {
        let outcome = read("notes/a.md", text.as_bytes().to_vec(), &Limits::default());
        (outcome.value.into_iter().next(), outcome.problems)
    }

    /// Checks `title | date | body | number of problems`.
    fn check(text: &str, expected: &str) {
        let (document, problems) = document(text);
        let got = document.map_or_else(
            || "none".to_string(),
            |d| {
                let date = d.date.value.map(|date| date.to_string()).unwrap_or_default();
                format!("{} | {date} | {}", d.title.value.unwrap_or_default(), d.text)
            },
        );
        assert_eq!(format!("{got} | {}", problems.len()), expected, "{problems:?}");
    }

    #[test]
    fn front_matter_is_read_and_taken_off() {
        check("---\ntitle: A day\ndate: 2025-02-24\n---\n\nBody", "A day | 2025-02-24 | Body | 0");
        check("---\r\ntitle: 'A day'\r\n...\r\nBody\r\n", "A day |  | Body\r\n | 0");
        check("+++\ntitle = \"A day\"\ndate = 2025-02-24\n+++\nBody", "A day | 2025-02-24 | Body | 0");
        check("---\n---\nBody", " |  | Body | 0");
    }

    #[test]
    fn the_first_heading_is_the_title_unless_front_matter_has_one() {
        check("Before\n\n# A day #\n\nBody", "A day |  | Before\n\n# A day #\n\nBody | 0");
        check("```\n# comment\n```\n## Part\n", " |  | ```\n# comment\n```\n## Part\n | 0");
        check("---\ntitle: A day\n---\n# Other", "A day |  | # Other | 0");
    }

    #[test]
    fn what_is_no_front_matter_stays_text() {
        check("---\nA text between rules\n---\nBody", " |  | ---\nA text between rules\n---\nBody | 0");
        check("---\ntitle: open\nBody", " |  | ---\ntitle: open\nBody | 0");
        check("---\ntitle: [a\nb: }\n---\nBody", " |  | ---\ntitle: [a\nb: }\n---\nBody | 1");
        check("+++\ntitle = \n+++\nBody", " |  | +++\ntitle = \n+++\nBody | 1");
        check("---\ndate: 03/04/2025\n---\nBody", " |  | Body | 1");
        check("---\ntitle: A\n---\n", "none | 1");
    }

    #[test]
    fn fields_keep_their_order_and_lists_their_values() {
        let (document, _) = document(include_str!("../../../../tests/import/markdown/yaml.md"));
        let document = document.unwrap();
        let names: Vec<&str> = document.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["tags", "meta.section", "meta.page"]);
        assert_eq!(document.fields[0].values, ["ferries", "harbour"]);
        assert_eq!(document.source, Fact::stated("The Harbour Post".to_string()));
        assert_eq!(document.language, Fact::stated("en".to_string()));
    }
}
