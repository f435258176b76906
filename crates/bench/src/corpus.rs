//! The documents that are measured on, written once so that all who are compared read the same.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use sheaf_core::document::{Corpus, Document};

/// Documents in memory, and the same as a file.
pub(crate) struct Sample {
    /// Its documents, in the order of the corpus.
    pub corpus: Corpus,
    /// Folder of all that is made from them.
    pub folder: PathBuf,
    /// The documents, as JSON Lines.
    pub documents: PathBuf,
    /// Bytes of the texts.
    pub text_bytes: u64,
}

/// Takes `count` documents, evenly spread over the corpus; all where it has no more.
///
/// # Errors
/// The folder or the file cannot be written.
pub(crate) fn sample(corpus: &Corpus, count: Option<usize>, work: &Path) -> Result<Sample> {
    let of = corpus.documents.len();
    let count = count.unwrap_or(of).min(of);
    let chosen: Vec<Document> = (0..count).map(|place| corpus.documents[place * of / count].clone()).collect();
    let folder = work.join(count.to_string());
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    let path = folder.join("documents.jsonl");
    let mut file =
        BufWriter::new(File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?);
    for document in &chosen {
        writeln!(file, "{}", object(document))?;
    }
    file.flush()?;
    let text_bytes = chosen.iter().map(|document| document.text.len() as u64).sum();
    let corpus = Corpus { documents: chosen, title: corpus.title.clone(), ..Corpus::default() };
    Ok(Sample { corpus, folder, documents: path, text_bytes })
}

/// A document as a line of JSON Lines has it.
fn object(document: &Document) -> Value {
    let mut object = Map::new();
    object.insert("id".to_owned(), json!(document.name));
    let facts = [
        ("title", document.title.value.clone()),
        ("date", document.date.value.map(|date| date.to_string())),
        ("source", document.source.value.clone()),
        ("lang", document.language.value.clone()),
    ];
    for (name, value) in facts {
        object.extend(value.map(|value| (name.to_owned(), json!(value))));
    }
    for field in &document.fields {
        let value = if field.values.len() == 1 { json!(field.values[0]) } else { json!(field.values) };
        object.entry(field.name.clone()).or_insert(value);
    }
    object.insert("text".to_owned(), json!(document.text));
    Value::Object(object)
}
