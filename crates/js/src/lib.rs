//! Sheaf's core for JavaScript: what `sheaf.js` calls, and nobody else.
//!
//! Requests and responses cross as plain objects (`serde-wasm-bindgen`). Documents cross as JSON: one means here what it
//! means as a line of JSON Lines, dates and halves of characters included. Bytes cross as they are.
//!
//! Nothing here waits: what must be fetched is returned, and `sheaf.js` brings it and asks again.

use std::ops::{ControlFlow, Range};

use js_sys::{Error, Function};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use sheaf_core::document::{Corpus, CorpusError};
use sheaf_core::import::Objects;
use sheaf_core::index::files::{ChunkError, ChunkId, ChunkKind, FilePart, KINDS, Root, RootError, pack};
use sheaf_core::workspace::{Answer, FIRST_FROM, Intake, Response, Workspace};
use wasm_bindgen::prelude::*;

/// A corpus while its documents are handed in.
#[wasm_bindgen]
pub struct Documents {
    reading: Objects,
    intake: Intake,
}

#[wasm_bindgen]
impl Documents {
    /// None yet, of a corpus of this title.
    #[wasm_bindgen(constructor)]
    pub fn new(title: &str) -> Documents {
        Documents { reading: Objects::new(title), intake: Intake::default() }
    }

    /// Takes the next document, as JSON, its text perhaps apart, in UTF-8. What is wrong with it becomes a problem of the
    /// corpus.
    pub fn push(&mut self, json: &str, text: Option<Vec<u8>>) {
        // Encoded by the host: nothing in it is not UTF-8.
        let text = text.map(|bytes| String::from_utf8(bytes).unwrap_or_default());
        if let Some(document) = self.reading.push(json, text) {
            self.intake.push(document);
        }
    }

    /// Notes what else is wrong with the document handed in last.
    pub fn problem(&mut self, message: &str) {
        self.reading.problem(message);
    }

    /// Indexes them. `progress` is called with (documents done, of).
    ///
    /// # Errors
    /// What `progress` throws.
    pub fn index(self, progress: &Function) -> Result<Engine, JsValue> {
        let mut gathered = self.reading.finish();
        let names = gathered.take_names();
        let corpus = gathered.about();
        told(progress, |tell| self.intake.finish(corpus, names, move |number| gathered.language(number), tell))
    }
}

/// Does work that tells how far it is, until that throws.
fn told(
    progress: &Function,
    work: impl FnOnce(&mut dyn FnMut(usize, usize) -> ControlFlow<()>) -> Option<Workspace>,
) -> Result<Engine, JsValue> {
    let mut thrown = None;
    let mut tell = |done: usize, of: usize| match progress.call2(&JsValue::NULL, &done.into(), &of.into()) {
        Ok(_) => ControlFlow::Continue(()),
        Err(error) => {
            thrown = Some(error);
            ControlFlow::Break(())
        }
    };
    work(&mut tell).map(Engine).ok_or_else(|| thrown.unwrap_or_default())
}

/// A corpus with its index, whole in memory or in files.
#[wasm_bindgen]
pub struct Engine(Workspace);

/// What a request comes to.
#[derive(Default, Serialize)]
struct Step<'s> {
    /// Must be brought before there is a response.
    need: Vec<File>,
    /// Would make the response more; where there is none yet, the one to come.
    later: Vec<File>,
    /// Whether it is to be asked again: a part of long work is done.
    is_working: bool,
    /// What can be shown until the response is there.
    meanwhile: Option<&'s Response>,
    response: Option<&'s Response>,
}

/// A file or a part of one, as `sheaf.js` brings it.
#[derive(Serialize)]
struct File {
    name: String,
    /// Which bytes of it, up to before the last; nothing where it is all of them.
    bytes: Option<(u32, u32)>,
    is_deflated: bool,
    chunks: Vec<Chunk>,
}

/// A chunk that is wanted of a file.
#[derive(Serialize)]
struct Chunk {
    /// Place of its kind in [`KINDS`].
    kind: usize,
    number: u32,
    /// Which bytes of the file; nothing where it is the file.
    bytes: Option<(u32, u32)>,
}

#[wasm_bindgen]
impl Engine {
    /// Whether these are the first bytes of an index in files; else they should be those of a corpus.
    #[wasm_bindgen(js_name = isRoot)]
    pub fn is_root(bytes: &[u8]) -> bool {
        bytes.starts_with(Root::MAGIC)
    }

    /// How many bytes stand before the deflated part of a root.
    #[wasm_bindgen(js_name = rootStart)]
    pub fn root_start() -> usize {
        Root::MAGIC.len()
    }

    /// Opens an index in files by its root, inflated.
    ///
    /// # Errors
    /// It is of another version, or damaged.
    #[wasm_bindgen(js_name = fromRoot)]
    pub fn from_root(payload: &[u8]) -> Result<Engine, JsValue> {
        let code = |error: &RootError| match error {
            RootError::Magic => "version",
            RootError::Damaged => "damaged",
        };
        let root = Root::from_bytes(payload).map_err(|error| coded(code(&error), &error))?;
        Ok(Engine(Workspace::in_files(root)))
    }

    /// Reads and indexes a corpus file. `progress` is called with (documents done, of).
    ///
    /// # Errors
    /// It is of another version, or damaged; or what `progress` throws.
    #[wasm_bindgen(js_name = fromCorpus)]
    pub fn from_corpus(bytes: &[u8], progress: &Function) -> Result<Engine, JsValue> {
        let code = |error: &CorpusError| match error {
            CorpusError::Checksum { .. } => "damaged",
            CorpusError::Magic | CorpusError::Fields => "version",
        };
        let (corpus, fingerprint) = Corpus::from_bytes(bytes).map_err(|error| coded(code(&error), &error))?;
        told(progress, |tell| Workspace::index_corpus(corpus, fingerprint, tell))
    }

    /// Title of the corpus.
    #[wasm_bindgen(getter)]
    pub fn title(&self) -> String {
        self.0.corpus().title.clone()
    }

    /// How many documents it has.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> u32 {
        self.0.index().doc_count()
    }

    /// What could not be read of the documents; of an index in files nothing: it is a part of `About`.
    #[wasm_bindgen(getter)]
    pub fn problems(&self) -> Result<JsValue, JsValue> {
        to_object(&self.0.corpus().problems)
    }

    /// Answers a request, or says what that takes; with a first answer, if that is wanted.
    ///
    /// # Errors
    /// It is no request.
    pub fn ask(&mut self, request: JsValue, wants_first: bool) -> Result<JsValue, JsValue> {
        self.0.set_first_answers(wants_first.then_some(FIRST_FROM));
        let request = serde_wasm_bindgen::from_value(request).map_err(|error| coded("request", &error))?;
        match self.0.answer(&request) {
            Answer::Working { .. } => to_object(&Step { is_working: true, ..Step::default() }),
            Answer::Need { now, later, meanwhile } => {
                let (need, later) = (self.files(&now)?, self.files(&later)?);
                to_object(&Step { need, later, meanwhile: meanwhile.as_deref(), ..Step::default() })
            }
            Answer::Ready { response, later } => {
                let later = self.files(&later)?;
                to_object(&Step { later, response: Some(&response), ..Step::default() })
            }
        }
    }

    /// What is to be inflated for a chunk that lies deflated in these bytes of its file.
    ///
    /// # Errors
    /// There is no such kind.
    pub fn stream(&self, kind: usize, number: u32, bytes: Vec<u8>) -> Result<Vec<u8>, JsValue> {
        let chunk = ChunkId { kind: kind_at(kind)?, number };
        Ok(self.0.stream(chunk, &bytes).into_owned())
    }

    /// Hands in a chunk, inflated where it lies deflated.
    ///
    /// # Errors
    /// These are not its bytes.
    pub fn supply(&mut self, kind: usize, number: u32, payload: Vec<u8>) -> Result<(), JsValue> {
        let code = |error: &ChunkError| match error {
            ChunkError::Damaged { .. } => "damaged",
            ChunkError::Unreadable { .. } => "version",
        };
        self.0.supply(ChunkId { kind: kind_at(kind)?, number }, payload).map_err(|error| coded(code(&error), &error))
    }

    fn files(&self, chunks: &[ChunkId]) -> Result<Vec<File>, JsValue> {
        let ends = |bytes: &Option<Range<u32>>| bytes.as_ref().map(|bytes| (bytes.start, bytes.end));
        let chunk = |(chunk, bytes): &(ChunkId, Option<Range<u32>>)| {
            let kind = KINDS.iter().position(|kind| *kind == chunk.kind)?;
            Some(Chunk { kind, number: chunk.number, bytes: ends(bytes) })
        };
        let file = |part: FilePart| {
            let is_deflated = part.chunks.first()?.0.kind.is_deflated();
            let chunks = part.chunks.iter().map(chunk).collect::<Option<_>>()?;
            (!part.file.is_empty()).then(|| File { bytes: ends(&part.bytes), name: part.file, is_deflated, chunks })
        };
        let files: Option<Vec<File>> = self.0.parts(chunks).into_iter().map(file).collect();
        files.ok_or_else(|| coded("damaged", &"The index lacks a part that it refers to. Publish the site again."))
    }
}

/// Unpacks a block of numbers as the index does: only for testing that on vectors, which natively there are none of.
#[wasm_bindgen(js_name = unpackBlock)]
pub fn unpack_block(mut bytes: &[u8], count: usize) -> Option<Vec<u32>> {
    let mut values = [0; pack::BLOCK];
    pack::unpack(&mut bytes, count, &mut values)?;
    Some(values.get(..count)?.to_vec())
}

fn kind_at(place: usize) -> Result<ChunkKind, JsValue> {
    KINDS.get(place).copied().ok_or_else(|| coded("request", &"there is no such kind of chunk"))
}

/// An error whose name is the code of a `SheafError`.
fn coded(code: &str, message: &impl ToString) -> JsValue {
    let error = Error::new(&message.to_string());
    error.set_name(code);
    error.into()
}

/// As `JSON.parse` would give it: counts as numbers, what is not there as `null`.
fn to_object(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| coded("request", &error))
}
