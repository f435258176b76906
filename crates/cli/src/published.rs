//! A published corpus, read from its files: the driver of the command line.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use flate2::read::ZlibDecoder;
use serde::Serialize;
use sheaf_core::document::Corpus;
use sheaf_core::index::files::{ChunkId, Root};
use sheaf_core::workspace::{Answer, Request, Response, Workspace};

use crate::page::MANIFEST as PAGE_MANIFEST;
use crate::publish::INDEX;
use crate::site::MARK;

/// Most that a file of an index may inflate to: chunks are some hundred kilobytes, columns a few megabytes.
const MOST_INFLATED: u64 = 1 << 30;

/// Rounds after which an answer is taken for one that never comes: a real one takes five.
const MOST_ROUNDS: usize = 100;

/// A corpus to be asked: whole in memory, or in files of which it reads what is asked for.
pub struct Reading {
    workspace: Workspace,
    /// Folder and root of the index, for a corpus in files.
    files: Option<(PathBuf, Root)>,
    /// What the last answer took.
    pub cost: Cost,
}

/// What was read for an answer: of a corpus in memory nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cost {
    /// Times that it had to wait for files.
    pub rounds: usize,
    /// Bytes of them, as they lie there.
    pub bytes: usize,
    /// Files and bytes by kind.
    pub kinds: BTreeMap<&'static str, (usize, usize)>,
}

impl Reading {
    /// A corpus in memory.
    pub fn of(corpus: Corpus) -> Reading {
        Reading { workspace: Workspace::new(corpus), files: None, cost: Cost::default() }
    }

    /// Opens a site; nothing where the folder is none.
    ///
    /// # Errors
    /// It is one, but its corpus cannot be read.
    pub fn open(site: &Path) -> Result<Option<Reading>> {
        let Some(name) = corpus_file(site)? else { return Ok(None) };
        let path = site.join(&name);
        let bytes = fs::read(&path).with_context(|| incomplete(&path))?;
        let Some(rest) = bytes.strip_prefix(Root::MAGIC.as_slice()) else {
            let (corpus, fingerprint) = Corpus::from_bytes(&bytes).with_context(|| path.display().to_string())?;
            let workspace = Workspace::index_corpus(corpus, fingerprint, |_, _| std::ops::ControlFlow::Continue(()));
            return Ok(workspace.map(|workspace| Reading { workspace, files: None, cost: Cost::default() }));
        };
        let root = inflated(rest).with_context(|| damaged(&path))?;
        let root = Root::from_bytes(&root).with_context(|| damaged(&path))?;
        let folder = path.parent().unwrap_or(site).to_path_buf();
        let workspace = Workspace::in_files(root.clone());
        Ok(Some(Reading { workspace, files: Some((folder, root)), cost: Cost::default() }))
    }

    /// The workspace.
    pub fn workspace(&mut self) -> &mut Workspace {
        &mut self.workspace
    }

    /// Answers a request, with all that the answer may become.
    ///
    /// # Errors
    /// A file of the index is missing or damaged.
    pub fn ask(&mut self, request: &Request) -> Result<Response> {
        self.cost = Cost::default();
        while self.cost.rounds < MOST_ROUNDS {
            match self.workspace.answer(request) {
                Answer::Working { .. } => {}
                Answer::Need { now, later, .. } => self.bring(&[now, later].concat())?,
                Answer::Ready { response, later } if later.is_empty() => return Ok(*response),
                Answer::Ready { later, .. } => self.bring(&later)?,
            }
        }
        bail!("the index asks for its files again and again. Build the site again")
    }

    /// Answers a request with what must be read for it, and no more.
    ///
    /// # Errors
    /// As [`Reading::ask`].
    pub fn ask_first(&mut self, request: &Request) -> Result<Response> {
        self.cost = Cost::default();
        while self.cost.rounds < MOST_ROUNDS {
            match self.workspace.answer(request) {
                Answer::Working { .. } => {}
                Answer::Need { now, .. } => self.bring(&now)?,
                Answer::Ready { response, .. } => return Ok(*response),
            }
        }
        bail!("the index asks for its files again and again. Build the site again")
    }

    /// Reads chunks and hands them in.
    ///
    /// # Errors
    /// A file of the index is missing or damaged, or the corpus is in memory.
    pub fn bring(&mut self, chunks: &[ChunkId]) -> Result<()> {
        let Some((folder, root)) = &self.files else { bail!("a corpus in memory lacks nothing") };
        self.cost.rounds += 1;
        let parts = root.parts(chunks);
        for part in parts {
            ensure!(!part.file.is_empty(), "the index has no such part");
            let path = folder.join(&part.file);
            let bytes = read(&path, part.bytes.as_ref()).with_context(|| incomplete(&path))?;
            self.cost.bytes += bytes.len();
            for (chunk, packed) in part.cut(&bytes, false) {
                let kind = self.cost.kinds.entry(chunk.kind.label()).or_default();
                *kind = (kind.0 + 1, kind.1 + packed.len());
                let payload = match chunk.kind.is_deflated() {
                    true => inflated(&root.stream(chunk.kind, packed)).with_context(|| damaged(&path))?,
                    false => packed.to_vec(),
                };
                self.workspace.supply(chunk, payload).with_context(|| damaged(&path))?;
            }
        }
        Ok(())
    }
}

/// All of a file, or a part of it: where it is shorter, less.
fn read(path: &Path, part: Option<&Range<u32>>) -> std::io::Result<Vec<u8>> {
    let Some(part) = part else { return fs::read(path) };
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(part.start.into()))?;
    let mut bytes = Vec::new();
    file.take(part.len() as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What to do about a file that is not there.
fn incomplete(path: &Path) -> String {
    format!(
        "{} cannot be read, so the site is not whole. Copy all of its files again, or build it again",
        path.display()
    )
}

/// What to do about a file that is not what it should be.
fn damaged(path: &Path) -> String {
    format!("{} cannot be used. Copy it again from the site that was built, or build the site again", path.display())
}

fn inflated(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut payload = Vec::new();
    ZlibDecoder::new(bytes).take(MOST_INFLATED).read_to_end(&mut payload)?;
    Ok(payload)
}

/// The files that may be what a site's page loads its corpus from, relative to the site: one, if the site is whole.
pub fn corpus_files(site: &Path) -> Vec<String> {
    let find = |folder: &Path, stem: &str| -> Vec<String> {
        // What cannot be looked at is no site.
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| name.starts_with(stem) && name.ends_with(".bin"));
        names.sort();
        names
    };
    let roots = find(&site.join(INDEX), "root-");
    if !roots.is_empty() {
        return roots.into_iter().map(|name| format!("{INDEX}/{name}")).collect();
    }
    // A folder of texts may hold a file of that name; only a site has the mark and the page, or nothing else.
    if site.join(MARK).is_file() { find(site, "corpus-") } else { Vec::new() }
}

/// The one file that holds a site's corpus, or leads to it; nothing where the folder is no site.
fn corpus_file(site: &Path) -> Result<Option<String>> {
    let mut files = corpus_files(site);
    if files.len() > 1 {
        let all = files.join(", ");
        bail!("{} holds several corpora ({all}). Build it again, or copy it into an empty folder.", site.display());
    }
    let is_site = site.join(MARK).is_file() && (site.join(INDEX).is_dir() || site.join(PAGE_MANIFEST).is_file());
    if files.is_empty() && is_site {
        bail!(
            "{} is a site without its corpus: there is neither {INDEX}/root-….bin nor corpus-….bin. Copy all of its files again, or build it again.",
            site.display()
        );
    }
    Ok(files.pop())
}
