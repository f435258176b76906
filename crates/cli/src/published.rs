//! A published corpus, read from its files: the driver of the command line.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::read::ZlibDecoder;
use serde::Serialize;
use sheaf_core::document::Corpus;
use sheaf_core::index::files::{ChunkId, Root};
use sheaf_core::workspace::{Answer, Request, Response, Workspace};

use crate::publish::INDEX;

/// Most that a file of an index may inflate to: chunks are some hundred kilobytes, columns a few megabytes.
const MOST_INFLATED: u64 = 1 << 30;

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
        let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let Some(rest) = bytes.strip_prefix(Root::MAGIC.as_slice()) else {
            let (corpus, fingerprint) = Corpus::from_bytes(&bytes).with_context(|| path.display().to_string())?;
            let workspace = Workspace::index_corpus(corpus, fingerprint, |_, _| std::ops::ControlFlow::Continue(()));
            return Ok(workspace.map(|workspace| Reading { workspace, files: None, cost: Cost::default() }));
        };
        let root = Root::from_bytes(&inflated(rest)?).with_context(|| path.display().to_string())?;
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
        loop {
            match self.workspace.answer(request) {
                Answer::Need(chunks) => self.supply(&chunks)?,
                Answer::Ready { response, later } if later.is_empty() => return Ok(*response),
                Answer::Ready { later, .. } => self.supply(&later)?,
            }
        }
    }

    /// Answers a request with what must be read for it, and no more.
    ///
    /// # Errors
    /// As [`Reading::ask`].
    pub fn ask_first(&mut self, request: &Request) -> Result<Response> {
        self.cost = Cost::default();
        loop {
            match self.workspace.answer(request) {
                Answer::Need(chunks) => self.supply(&chunks)?,
                Answer::Ready { response, .. } => return Ok(*response),
            }
        }
    }

    fn supply(&mut self, chunks: &[ChunkId]) -> Result<()> {
        let Some((folder, root)) = &self.files else { bail!("a corpus in memory lacks nothing") };
        self.cost.rounds += 1;
        for chunk in chunks {
            let name = root.file_name(*chunk).context("the index has no such part")?;
            let path = folder.join(&name);
            let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            self.cost.bytes += bytes.len();
            let kind = self.cost.kinds.entry(chunk.kind.label()).or_default();
            *kind = (kind.0 + 1, kind.1 + bytes.len());
            let payload = match chunk.kind.is_deflated() {
                true => inflated(&bytes).with_context(|| format!("{} is damaged", path.display()))?,
                false => bytes,
            };
            self.workspace.supply(*chunk, payload).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }
}

fn inflated(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut payload = Vec::new();
    ZlibDecoder::new(bytes).take(MOST_INFLATED).read_to_end(&mut payload)?;
    Ok(payload)
}

/// The file that a site's page loads its corpus from, relative to the site.
fn corpus_file(site: &Path) -> Result<Option<String>> {
    let find = |folder: &Path, stem: &str| -> Option<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .ok()?
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.retain(|name| name.starts_with(stem) && name.ends_with(".bin"));
        names.sort();
        names.into_iter().next()
    };
    if !site.is_dir() {
        return Ok(None);
    }
    if let Some(name) = find(&site.join(INDEX), "root-") {
        return Ok(Some(format!("{INDEX}/{name}")));
    }
    // A folder of texts may hold a file of that name; only a site has the mark and the page, or nothing else.
    Ok(find(site, "corpus-").filter(|_| site.join(".nojekyll").is_file()))
}
