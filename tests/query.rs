//! The manual of the query language, run: every example in `query.md` must find what it says.
//!
//! With `SHEAF_BLESS=1` the file is written anew with what is found: look at the difference before keeping it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sheaf_core::base::PartialDate;
use sheaf_core::document::{Corpus, Document, Fact};
use sheaf_core::query::grammar::GRAMMAR;
use sheaf_core::query::parse;
use sheaf_core::views::{Paragraph, Run};
use sheaf_core::workspace::{Question, Request, Response, Sort, SortKey, Workspace};

fn manual() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("query.md")
}

/// The fenced blocks of a kind: where their lines begin and end, without the fences.
fn blocks(lines: &[&str], kind: &str) -> Vec<std::ops::Range<usize>> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while let Some(open) = lines[at..].iter().position(|line| *line == format!("```{kind}")).map(|open| at + open) {
        let close = open + 1 + lines[open + 1..].iter().position(|line| *line == "```").expect("a closed block");
        blocks.push(open + 1..close);
        at = close + 1;
    }
    blocks
}

fn documents(lines: &[&str]) -> Vec<Document> {
    let joined = lines.join("\n");
    let documents = joined.split("== ").skip(1).map(|document| {
        let (head, text) = document.split_once('\n').unwrap();
        let facts: Vec<&str> = head.split(" | ").collect();
        let [name, language, date, source, title] = facts[..] else { panic!("five facts: {head}") };
        Document {
            name: name.to_owned(),
            file: String::new(),
            title: Fact::stated(title.to_owned()),
            date: Fact::stated(PartialDate::parse(date).unwrap()),
            source: Fact::stated(source.to_owned()),
            language: Fact::stated(language.to_owned()),
            url: None,
            fields: vec![],
            text: text.to_owned(),
        }
    });
    documents.collect()
}

/// A query's problems, then its documents with their hits in the order of the text.
fn answer(workspace: &mut Workspace, query: &str) -> Vec<String> {
    let question = Question { query: query.to_owned(), ..Question::default() };
    let sort = Sort { key: SortKey::Title, is_descending: false };
    let Response::Results(view) =
        workspace.handle(&Request::Results { question: question.clone(), sort, limit: 100, passages: None })
    else {
        unreachable!("results were asked")
    };
    let mut lines: Vec<String> = view.echo.marks.iter().map(|mark| format!("! {}", mark.message)).collect();
    let mut names: Vec<String> = view.rows.iter().map(|row| row.card.name.clone()).collect();
    names.sort();
    for name in names {
        let request = Request::Reader { name: name.clone(), question: question.clone(), hit: 0, at: None, extent: 1 };
        let Response::Reader(answer) = workspace.handle(&request) else { unreachable!("a document was asked") };
        let reader = answer.view.open().unwrap();
        let texts = reader.paragraphs.iter().map(|paragraph: &Paragraph| &paragraph.runs);
        let mut hits: BTreeMap<u32, String> = BTreeMap::new();
        for runs in std::iter::once(&reader.card.title).chain(texts) {
            add_hits(runs, &mut hits);
        }
        assert_eq!(hits.len() as u32, reader.hits, "{query} in {name}: {hits:?}");
        let hits: Vec<String> = hits.into_values().collect();
        lines.push(format!("{name}: {}", hits.join(" | ")).trim_end().to_owned());
    }
    if lines.is_empty() { vec!["nothing".to_owned()] } else { lines }
}

/// The text of each hit; `…` between the words of one that stand apart.
fn add_hits(runs: &[Run], hits: &mut BTreeMap<u32, String>) {
    for run in runs {
        if let Some(mark) = run.mark {
            let hit = hits.entry(mark.hit).or_default();
            let _ = write!(hit, "{}{}", if hit.is_empty() { "" } else { " … " }, run.text.replace('\n', " "));
        }
    }
}

#[test]
fn every_example_of_the_manual_finds_what_it_says() {
    let text = fs::read_to_string(manual()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let corpus = blocks(&lines, "corpus");
    let documents = documents(&lines[corpus[0].clone()]);
    let mut workspace = Workspace::new(Corpus { documents, ..Corpus::default() });
    let mut written: Vec<String> = Vec::new();
    let mut copied = 0;
    for block in blocks(&lines, "query") {
        written.extend(lines[copied..block.start].iter().map(|line| (*line).to_owned()));
        // Lines of answers begin with two spaces.
        for query in lines[block.clone()].iter().filter(|line| !line.starts_with("  ")) {
            written.push((*query).to_owned());
            written.extend(answer(&mut workspace, query).iter().map(|line| format!("  {line}")));
        }
        copied = block.end;
    }
    written.extend(lines[copied..].iter().map(|line| (*line).to_owned()));
    let written = written.join("\n") + "\n";
    if std::env::var_os("SHEAF_BLESS").is_some() {
        fs::write(manual(), written).unwrap();
        return;
    }
    for (line, (expected, actual)) in text.lines().zip(written.lines()).enumerate() {
        assert_eq!(actual, expected, "query.md, line {}", line + 1);
    }
    assert_eq!(written.len(), text.len());
}

#[test]
fn every_row_of_the_help_is_an_example_of_the_manual() {
    let text = fs::read_to_string(manual()).unwrap();
    for row in GRAMMAR {
        for example in row.write.split('\t') {
            assert!(text.lines().any(|line| line == example), "{example} is not in query.md");
            assert_eq!(parse(example, false).problems, vec![], "{example}");
        }
        assert!(text.contains(&format!("\n## {}\n", row.topic)), "{} is no section", row.topic);
    }
}
