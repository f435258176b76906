//! Documents that a host hands in one by one, each as a JSON object: what a line of JSON Lines is, without the file.
//!
//! The one decision: they are read by the code of JSON Lines, so that the same objects give the same corpus either way.
//! The formats of files are not referred to from here, and a host that reads none does not link them.

use std::mem;
use std::ops::ControlFlow;

use super::gathered::{Gathered, Report};
use super::jsonl;
use super::{ImportOptions, stream::Sink};
use crate::base::Problem;
use crate::base::memory::reserve;
use crate::document::{Corpus, Document};

/// What stands for the file in places: `documents:17`.
const FILE: &str = "documents";

/// Bytes of documents for which memory is reserved at once.
const RESERVED: usize = 2 << 20;

/// A corpus while its documents are handed in.
///
/// Useful for hosts that have the documents in memory. Not useful for files: they are read in pieces.
#[derive(Debug)]
pub struct Objects {
    options: ImportOptions,
    gathered: Gathered,
    report: Report,
    pushed: usize,
    /// Bytes pushed since memory was reserved for them.
    unreserved: usize,
}

impl Objects {
    /// None yet, of a corpus of this title.
    pub fn new(title: &str) -> Objects {
        let options = ImportOptions { title: title.to_owned(), ..ImportOptions::default() };
        let corpus = Corpus { title: title.to_owned(), ..Corpus::default() };
        let gathered = Gathered::new(corpus, options.limits.problems);
        let report = Report { path: FILE.to_owned(), ..Report::default() };
        Objects { options, gathered, report, pushed: 0, unreserved: 0 }
    }

    /// Reads the next document from JSON: known keys by the table of aliases in `record`, other keys as fields. Its `text`
    /// may be handed in apart, and then is not escaped and read back. The document is to be put aside until
    /// [`Objects::finish`], in this order.
    ///
    /// Infallible: what is no object, or has no text, is a problem of the corpus, and one document less. A document
    /// without `id` is called after its number. Cost: O(length), and 0.1 ms where the language is not stated.
    pub fn push(&mut self, json: &str, text: Option<String>) -> Option<Document> {
        self.pushed += 1;
        self.unreserved += json.len() + text.as_ref().map_or(0, String::len);
        if self.unreserved > RESERVED {
            self.unreserved = 0;
            reserve(2 * RESERVED);
        }
        let Objects { options, gathered, report, pushed, .. } = self;
        let mut read = None;
        let mut keep = |document| {
            read = Some(document);
            ControlFlow::Continue(())
        };
        let mut sink = Sink::of_objects(mem::take(report), options, gathered, &mut keep);
        // Nobody stops it: all documents are wanted.
        let _ = jsonl::read_object(json, text, FILE, *pushed, &mut sink);
        *report = sink.into_report();
        read
    }

    /// Notes what the host found wrong with the document handed in last.
    pub fn problem(&mut self, message: &str) {
        let problem = Problem::new(format!("{FILE}:{}", self.pushed), message);
        self.report.add(problem, self.options.limits.problems);
    }

    /// What settles the documents that were read, each by its place among them. Cost: O(documents).
    pub fn finish(mut self) -> Gathered {
        self.gathered.report(self.report);
        self.gathered.settle_all();
        self.gathered
    }
}

#[cfg(test)]
mod tests {
    use super::super::{InputFile, import};
    use super::*;

    fn check(objects: &[&str]) -> Corpus {
        let mut reading = Objects::new("T");
        let documents = objects.iter().filter_map(|object| reading.push(object, None)).collect();
        settled(documents, reading)
    }

    fn settled(mut documents: Vec<Document>, reading: Objects) -> Corpus {
        let gathered = reading.finish();
        documents.iter_mut().enumerate().for_each(|(place, document)| gathered.settle(place, document));
        Corpus { documents, ..gathered.about() }
    }

    const GOOD: &[&str] = &[
        r#"{"id":"a","title":"One","text":"The ministers met in the capital and talked.","date":"24 Feb 2025","tag":["x","y"]}"#,
        r#"{"id":"b","body":"Die Minister trafen sich in der Hauptstadt und sprachen miteinander.","outlet":"News"}"#,
        r#"{"text":"A third one, without a name and with half a character: \ud800.","meta":{"split":1}}"#,
    ];

    #[test]
    fn objects_give_the_corpus_that_their_lines_give() {
        let file = InputFile { path: "documents.jsonl".to_owned(), bytes: GOOD.join("\n").into_bytes() };
        let lines = import(vec![file], &ImportOptions { title: "T".to_owned(), ..ImportOptions::default() }).value;
        let mut objects = check(GOOD);
        assert_eq!(objects.problems.len(), 1);
        // The file has an extension; that is all the difference.
        objects.documents.iter_mut().for_each(|document| document.file = document.file.replace(':', ".jsonl:"));
        objects.problems.iter_mut().for_each(|problem| problem.place = problem.place.replace(':', ".jsonl:"));
        assert_eq!(objects, lines);
    }

    #[test]
    fn a_text_may_come_apart_from_its_object() {
        let mut apart = Objects::new("T");
        let text = "Say \"yes\".\n\u{e9}".to_owned();
        let documents = [
            apart.push(r#"{"id":"a","content":"c"}"#, Some(text.clone())),
            apart.push("{", Some(text.clone())),
            apart.push("{}", Some(String::new())),
        ];
        let json = serde_json::to_string(&text).unwrap();
        let whole = [format!(r#"{{"id":"a","content":"c","text":{json}}}"#), "{".into(), r#"{"text":""}"#.into()];
        let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
        assert_eq!(settled(documents.into_iter().flatten().collect(), apart), check(&whole));
    }

    #[test]
    fn what_is_no_document_is_a_problem_with_its_number() {
        let corpus = check(&[r#"{"title":"no text"}"#, "null", "[1]", "{", r#"{"text":"good"}"#, r#"{"text":""}"#]);
        let names: Vec<&str> = corpus.documents.iter().map(|document| document.name.as_str()).collect();
        assert_eq!(names, ["documents-5", "documents-6"]);
        let places: Vec<&str> = corpus.problems.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(places, ["documents:1", "documents:2", "documents:3", "documents:4", "documents:6"]);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number_and_a_problem() {
        let corpus = check(&[r#"{"id":"a","text":"one"}"#, r#"{"id":"a","text":"two"}"#]);
        assert_eq!(corpus.documents[1].name, "a~2");
        assert_eq!(corpus.problems[0].place, "documents:2");
    }

    #[test]
    fn what_the_host_found_stands_at_its_document() {
        let mut objects = Objects::new("");
        let document = objects.push(r#"{"text":42}"#, None);
        objects.problem("a number");
        let corpus = settled(document.into_iter().collect(), objects);
        assert_eq!(corpus.documents[0].text, "42");
        assert_eq!(corpus.problems, [Problem::new("documents:1", "a number")]);
    }
}
