//! From files to a site: the builder.
//!
//! ```text
//! files ─▶ import ─▶ spool ─▶ settle ─▶ batches ─┬▶ segments ─▶ merge ─▶ lists, dictionary ─┬▶ deflate ─▶ index/
//!                     (disk)                     └▶ cards, texts, borders, columns ─────────┘  (all cores)
//! ```
//!
//! Memory is bounded by the size of a batch, not by the corpus: what grows with it are the dictionary, four bytes for
//! each type of each batch, and some 200 bytes a document. The same input gives the same bytes, whatever the batch, and
//! whether it was read at once or in parts.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::thread;

use adler2::Adler32;
use anyhow::{Context, Result, anyhow, bail};
use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, FlushCompress, Status};
use nanoserde::{DeBin, SerBin};
use sheaf_core::base::{Outcome, Problem};
use sheaf_core::document::{Corpus, Document};
use sheaf_core::import::manifest::FILE as MANIFEST_FILE;
use sheaf_core::import::{Gathered, ImportOptions, read};
use sheaf_core::index::files::preset::Sample;
use sheaf_core::index::files::segments::{Segment, merge, write_segment};
use sheaf_core::index::files::write::{CorpusFacts, Sizes, root};
use sheaf_core::index::files::{ChunkKind, Root};

use crate::packers::{Closing, Kinds, Packers};
use crate::page::{Listing, MAX_LISTED, Page, SiteFile, render};
use crate::site::Staging;
use crate::spool::{SpoolReader, SpoolWriter};
use crate::{CorpusFile, title_of, walk};

/// Folder of the index in a site.
pub const INDEX: &str = "index";
/// Texts up to so many bytes are published as one file, which the page loads whole: no second round.
const WHOLE_BYTES: u64 = 4 << 20;
/// Bytes that are taken whatever the batch: the program and the dictionary; and what is kept of each document. Measured on
/// 209,197 documents.
const RESERVED: u64 = 48 << 20;
const RESERVED_PER_DOCUMENT: u64 = 192;
/// A batch takes so many times its text: the text, the batches before and after it, and what it is turned into.
const BATCH_SHARE: u64 = 14;
/// Bytes of text of a batch: small enough for both cores to have something to do, large enough for few segments.
const BATCH_BYTES: (u64, u64) = (2 << 20, 16 << 20);
/// Chunks that wait for a core take so much of what is not reserved.
const ROOM_SHARE: u64 = 12;
/// Places of pairs that are sorted at once take so much of it, 16 bytes each, up to 64 MB.
const PAIRS_SHARE: u64 = 8;
const MOST_PAIRS: u64 = 4 << 20;

/// How to publish.
#[derive(Clone, Debug)]
pub struct PublishOptions {
    /// How to import.
    pub import: ImportOptions,
    /// Title of the site; else that of the manifest, else the name of the input.
    pub title: Option<String>,
    /// Address of the published page, for its canonical link.
    pub base: Option<String>,
    /// Memory that may be used, in bytes.
    pub memory: u64,
    /// One file or an index in files; by size where nothing is said.
    pub layout: Option<Layout>,
    /// How hard texts and the like are deflated, 1 to 9.
    pub level: u32,
    /// A manifest in place of the one that the input has.
    pub manifest: Option<PathBuf>,
    /// What was put right of names, as JSON, for the page to begin with; empty for nothing.
    pub corrections: String,
}

/// How a corpus is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Layout {
    /// One file that the page loads whole and indexes by itself: for up to some thousand documents
    One,
    /// An index in files, of which the page loads what is asked for
    Files,
}

impl Default for PublishOptions {
    /// A gigabyte of memory; layout by size.
    fn default() -> PublishOptions {
        PublishOptions {
            import: ImportOptions::default(),
            title: None,
            base: None,
            memory: 1 << 30,
            layout: None,
            level: 4,
            manifest: None,
            corrections: String::new(),
        }
    }
}

/// What was published.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Documents.
    pub documents: usize,
    /// Bytes of their texts.
    pub text_bytes: u64,
    /// For each kind of chunk: how many, and their bytes in files.
    pub kinds: Vec<(&'static str, usize, u64)>,
    /// What could not be read, or not wholly.
    pub problems: Vec<Problem>,
}

/// Tells how far a step has come: its name, what is done, and of how much.
pub type Progress<'p> = &'p (dyn Fn(&str, u64, u64) + Sync);

/// A corpus that was read and put aside, whole or in part.
pub struct Aside {
    folder: PathBuf,
    gathered: Gathered,
    text_bytes: u64,
    problems: Vec<Problem>,
}

#[derive(SerBin, DeBin)]
struct AsideRecord {
    gathered: Gathered,
    text_bytes: u64,
    problems: Vec<Problem>,
}

const DOCUMENTS: &str = "documents.bin";
const GATHERED: &str = "gathered.bin";
/// Texts are told in steps of so many bytes.
const STEP_BYTES: u64 = 1 << 20;

impl Aside {
    /// Reads the documents of `inputs` and puts them aside in `folder`, which must exist.
    ///
    /// # Errors
    /// An input itself cannot be read, or the folder not written; what is wrong inside files is in the report.
    pub fn read(inputs: &[PathBuf], folder: &Path, options: &PublishOptions, progress: Progress) -> Result<Aside> {
        let mut problems = Vec::new();
        let mut files: Vec<CorpusFile> = Vec::new();
        for input in inputs {
            let Outcome { value, problems: found } = walk(input)?;
            problems.extend(found);
            // Several inputs lie side by side, each under its name.
            let prefix = if inputs.len() > 1 && input.is_dir() {
                let name = input.canonicalize().ok().and_then(|path| path.file_name().map(|name| name.to_owned()));
                format!("{}/", name.unwrap_or_default().to_string_lossy())
            } else {
                String::new()
            };
            files.extend(value.into_iter().map(|file| CorpusFile { path: format!("{prefix}{}", file.path), ..file }));
        }
        if let Some(at) = &options.manifest {
            let metadata = fs::metadata(at).with_context(|| format!("{} cannot be read", at.display()))?;
            files.retain(|file| file.path != MANIFEST_FILE);
            let path = MANIFEST_FILE.to_owned();
            files.push(CorpusFile { path, at: at.clone(), len_bytes: metadata.len() });
        }
        let mut import = options.import.clone();
        if import.title.is_empty() {
            import.title = inputs.first().map(|input| title_of(input)).unwrap_or_default();
        }
        let of: u64 = files.iter().map(|file| file.len_bytes).sum();
        let path = folder.join(DOCUMENTS);
        let mut spool = SpoolWriter::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
        let mut written = Ok(());
        let (mut text_bytes, mut told) = (0, 0);
        let gathered = read(files.iter().map(CorpusFile::as_input).collect(), &import, &mut |document| {
            text_bytes += document.text.len() as u64;
            if text_bytes >= told + STEP_BYTES {
                told = text_bytes;
                // Packed input is smaller than its text: the end is not known, only how far it is.
                progress("Reading", text_bytes, of.max(text_bytes));
            }
            written = spool.push(&document);
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        written.and_then(|()| spool.finish()).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(Aside { folder: folder.to_path_buf(), gathered, text_bytes, problems })
    }

    /// Keeps what was gathered beside the documents, for [`Aside::open`].
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(self) -> Result<()> {
        let Aside { folder, gathered, text_bytes, problems } = self;
        let record = AsideRecord { gathered, text_bytes, problems };
        let path = folder.join(GATHERED);
        let record = record.serialize_bin();
        let bytes = [blake3::hash(&record).as_bytes().as_slice(), &record].concat();
        fs::write(&path, bytes).with_context(|| format!("{} cannot be written", path.display()))
    }

    /// Opens a part that was kept.
    ///
    /// # Errors
    /// The folder holds none.
    pub fn open(folder: &Path) -> Result<Aside> {
        let path = folder.join(GATHERED);
        let bytes = fs::read(&path).with_context(|| format!("{} holds no part of a corpus", folder.display()))?;
        let record = bytes.split_first_chunk().filter(|(hash, record)| blake3::hash(record) == **hash);
        // Lengths in it are believed, so its bytes must be those that were written.
        let (_, record) = record.with_context(|| format!("{} is not whole; read this part again", path.display()))?;
        let record = AsideRecord::deserialize_bin(record)
            .map_err(|_| anyhow!("{} was written by another version of Sheaf.", path.display()))?;
        let AsideRecord { gathered, text_bytes, problems } = record;
        Ok(Aside { folder: folder.to_path_buf(), gathered, text_bytes, problems })
    }
}

/// Publishes a corpus, read in one or more parts, as the site that `staging` began. Without a page only what the page
/// would load is written.
///
/// # Errors
/// Something cannot be read or written; then there is no new site, and the old one stays.
pub fn publish(
    parts: Vec<Aside>,
    page: Option<&Page>,
    staging: Staging,
    options: &PublishOptions,
    progress: Progress,
) -> Result<Report> {
    let text_bytes = parts.iter().map(|part| part.text_bytes).sum();
    let mut problems: Vec<Problem> = parts.iter().flat_map(|part| part.problems.clone()).collect();
    let folders: Vec<PathBuf> = parts.iter().map(|part| part.folder.clone()).collect();
    let gathered = Gathered::merge(parts.into_iter().map(|part| part.gathered).collect());
    let mut corpus = gathered.about();
    problems.append(&mut corpus.problems);
    corpus.problems.clone_from(&problems);
    if let Some(title) = &options.title {
        corpus.title.clone_from(title);
    }
    let documents = Settled { folders: folders.iter(), current: None, gathered: &gathered, number: 0 };
    let layout = options.layout.unwrap_or(if text_bytes <= WHOLE_BYTES { Layout::One } else { Layout::Files });
    let (mut listing, kinds) = match layout {
        Layout::One => publish_one(documents, corpus, &staging)?,
        Layout::Files => publish_files(documents, &corpus, text_bytes, &staging, options, progress)?,
    };
    listing.corrections.clone_from(&options.corrections);
    if let Some(page) = page {
        let index = render(&page.template, &page.assets, &listing, options.base.as_deref())?;
        staging.write(&SiteFile { name: "index.html".to_owned(), bytes: index.into_bytes() })?;
        page.files.iter().try_for_each(|file| staging.write(file))?;
        staging.write(&page.manifest()?)?;
    }
    if !problems.is_empty() {
        let report: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        staging.write(&SiteFile { name: "problems.txt".to_owned(), bytes: report.into_bytes() })?;
    }
    staging.finish()?;
    Ok(Report { documents: listing.documents, text_bytes, kinds, problems })
}

fn publish_one(documents: Settled, mut corpus: Corpus, staging: &Staging) -> Result<(Listing, Kinds)> {
    corpus.documents = documents.collect::<Result<_>>()?;
    let file = SiteFile::hashed("corpus", "bin", corpus.to_bytes());
    staging.write(&file)?;
    let first = corpus.documents.iter().take(MAX_LISTED).cloned().collect();
    let kinds = vec![("corpus", 1, file.bytes.len() as u64)];
    Ok((
        Listing {
            title: corpus.title,
            documents: corpus.documents.len(),
            first,
            corpus: file.name,
            ..Listing::default()
        },
        kinds,
    ))
}

fn publish_files(
    mut documents: Settled,
    corpus: &Corpus,
    text_bytes: u64,
    staging: &Staging,
    options: &PublishOptions,
    progress: Progress,
) -> Result<(Listing, Kinds)> {
    let folder = staging.folder().join(INDEX);
    fs::create_dir(&folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    let scratch = tempfile::tempdir_in(staging.folder()).context("the site's folder cannot be written")?;
    let reserved = RESERVED + RESERVED_PER_DOCUMENT * documents.gathered.len() as u64;
    let spare = options.memory.saturating_sub(reserved);
    let batch_bytes = (spare / BATCH_SHARE).clamp(BATCH_BYTES.0, BATCH_BYTES.1);
    let mut first = Vec::new();
    let sizes = Sizes::of_text(text_bytes);
    let pairs_at_once = (spare / PAIRS_SHARE / 16).clamp(1 << 16, MOST_PAIRS) as usize;
    progress("Sampling", 0, text_bytes);
    let mut sample = Sample::new(text_bytes, sizes.preset);
    documents.again().try_for_each(|document| document.map(|document| sample.push(&document.text)))?;
    let preset = sample.finish();
    let packers = Packers::new(&folder, (options.level, preset), sizes, (spare / ROOM_SHARE) as usize);
    let mut root = thread::scope(|scope| -> Result<Root> {
        let closing = Closing(&packers);
        let workers = thread::available_parallelism().map_or(2, usize::from);
        (1..workers.max(2)).for_each(|_| drop(scope.spawn(|| packers.work())));
        let (batches, read) = sync_channel(0);
        scope.spawn(move || {
            let next = || documents.batch(batch_bytes).map(|batch| (!batch.is_empty()).then_some(batch)).transpose();
            // Where nobody takes it any more, something else failed.
            let _ = std::iter::from_fn(next).try_for_each(|batch| batches.send(batch));
        });
        let mut segments: Vec<(PathBuf, u32)> = Vec::new();
        let (mut done, mut count) = (0, 0u32);
        for batch in read {
            let batch = batch?;
            if first.len() < MAX_LISTED {
                let heads = batch.iter().take(MAX_LISTED - first.len());
                first.extend(heads.map(|document| Document { text: String::new(), ..document.clone() }));
            }
            let path = scratch.path().join(format!("{}.segment", segments.len()));
            let write = || {
                let mut out = BufWriter::with_capacity(1 << 20, File::create(&path)?);
                let shapes = write_segment(&batch, &mut out)?;
                out.flush()?;
                Ok::<_, std::io::Error>(shapes)
            };
            let shapes = write().with_context(|| format!("{} cannot be written", path.display()))?;
            segments.push((path, count));
            count = u32::try_from(batch.len())
                .ok()
                .and_then(|more| count.checked_add(more))
                .context("too many documents")?;
            done += batch.iter().map(|document| document.text.len() as u64).sum::<u64>();
            packers.push_documents(batch, shapes);
            progress("Indexing", done, text_bytes);
        }
        let writer = packers.writer();
        let languages = writer.languages();
        // Merging takes nothing else of the documents, and goes on beside the columns.
        let documents = scope.spawn(|| writer.finish(&CorpusFacts::of(corpus), &mut |file| packers.push(file)));
        let open = |(path, first_doc): &(PathBuf, u32)| {
            let reader = BufReader::with_capacity(1 << 16, File::open(path)?);
            Ok(Segment { reader, first_doc: *first_doc })
        };
        progress("Merging", 0, 1);
        let opened = segments.iter().map(open).collect::<std::io::Result<Vec<_>>>();
        let sink = &mut |file| packers.push(file);
        let lists = opened
            .and_then(|segments| merge(segments, (&languages, count), sizes, pairs_at_once, sink))
            .context("the index could not be put together")?;
        let documents = documents.join().map_err(|_| anyhow!("the texts could not be packed"))?;
        drop(closing);
        packers.work();
        Ok(root(documents, lists))
    })?;
    let (mut kinds, bytes) = packers.written()?;
    root.card_files.1 = bytes(ChunkKind::Cards);
    root.text_files.1 = bytes(ChunkKind::Texts);
    progress("Merging", 1, 1);
    let bytes = [Root::MAGIC.as_slice(), &deflated(&root.to_bytes(), 9)?].concat();
    let name = SiteFile::hashed("root", "bin", bytes);
    fs::write(folder.join(&name.name), &name.bytes).context("the root of the index cannot be written")?;
    kinds.push(("root", 1, name.bytes.len() as u64));
    let corpus_file = format!("{INDEX}/{}", name.name);
    Ok((
        Listing {
            title: root.title,
            documents: root.documents as usize,
            first,
            corpus: corpus_file,
            ..Listing::default()
        },
        kinds,
    ))
}

/// Deflates, with a header and checksum (zlib, RFC 1950): browsers inflate that by themselves.
pub(crate) fn deflated(bytes: &[u8], level: u32) -> Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(level));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Deflates as if `preset` had come before: what [`Root::stream`] puts before it again.
pub(crate) fn deflated_after(preset: &str, bytes: &[u8], level: u32) -> Result<Vec<u8>> {
    let mut deflating = Compress::new(Compression::new(level), false);
    deflating.set_dictionary(preset.as_bytes())?;
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    while deflating.compress_vec(&bytes[deflating.total_in() as usize..], &mut out, FlushCompress::Finish)?
        != Status::StreamEnd
    {
        out.reserve(bytes.len() / 4 + 64);
    }
    let mut sum = Adler32::new();
    sum.write_slice(preset.as_bytes());
    sum.write_slice(bytes);
    out.extend(sum.checksum().to_be_bytes());
    Ok(out)
}

/// The documents that were put aside, as the whole corpus settles them.
struct Settled<'s> {
    folders: std::slice::Iter<'s, PathBuf>,
    current: Option<SpoolReader>,
    gathered: &'s Gathered,
    number: usize,
}

impl<'s> Settled<'s> {
    /// All of them once more, from the first.
    fn again(&self) -> Settled<'s> {
        Settled { folders: self.folders.clone(), current: None, gathered: self.gathered, number: 0 }
    }

    /// The next documents, some `bytes` of text.
    fn batch(&mut self, bytes: u64) -> Result<Vec<Document>> {
        let mut batch = Vec::new();
        let mut held = 0;
        while held < bytes {
            let Some(document) = self.next() else { break };
            let document = document?;
            // A document without text takes memory, too.
            held += document.text.len() as u64 + 256;
            batch.push(document);
        }
        Ok(batch)
    }
}

impl Iterator for Settled<'_> {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Result<Document>> {
        loop {
            match self.current.as_mut().and_then(Iterator::next) {
                Some(Ok(mut document)) => {
                    self.gathered.settle(self.number, &mut document);
                    self.number += 1;
                    return Some(Ok(document));
                }
                Some(Err(error)) => return Some(Err(error).context("documents that were put aside cannot be read")),
                None => {
                    let Some(folder) = self.folders.next() else {
                        let is_whole = std::mem::replace(&mut self.number, self.gathered.len()) == self.gathered.len();
                        return (!is_whole).then(|| Err(anyhow!("{DOCUMENTS} of a part is not whole; read it again.")));
                    };
                    let path = folder.join(DOCUMENTS);
                    match SpoolReader::open(&path) {
                        Ok(reader) => self.current = Some(reader),
                        Err(error) => {
                            return Some(Err(error).with_context(|| format!("{} cannot be read", path.display())));
                        }
                    }
                }
            }
        }
    }
}

/// The page to publish with: that of `given`, else the one that this program has in it, else that of `dist` here.
///
/// # Errors
/// What was given is none.
pub fn find_page(given: Option<&Path>) -> Result<Option<Page>> {
    if let Some(given) = given {
        return Page::read(given).map(Some);
    }
    if let Some(page) = Page::embedded()? {
        return Ok(Some(page));
    }
    let dist = Path::new("dist");
    if dist.join(crate::page::MANIFEST).is_file() { Page::read(dist).map(Some) } else { Ok(None) }
}

/// Reads `1.5G`, `512M`, `200000K` or a number of bytes.
///
/// # Errors
/// It is none of these, or less than 80 MB, which building takes at least.
pub fn parse_memory(text: &str) -> Result<u64> {
    const LEAST: u64 = 80 << 20;
    let trimmed = text.trim().trim_end_matches(['b', 'B']).trim_end_matches('i');
    let (number, unit) = match trimmed.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (&trimmed[..at], 1u64 << 10),
        Some((at, 'm' | 'M')) => (&trimmed[..at], 1 << 20),
        Some((at, 'g' | 'G')) => (&trimmed[..at], 1 << 30),
        _ => (trimmed, 1),
    };
    let Ok(number) = number.trim().parse::<f64>() else {
        bail!("“{text}” is no amount of memory; write 512M or 2G.");
    };
    let bytes = (number * unit as f64) as u64;
    if bytes < LEAST {
        bail!("“{text}” is too little memory: 80M is the least.");
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;

    use super::*;

    /// Any inflater reads what was deflated after a preset, with nothing but the stream that the root makes of it.
    #[test]
    fn what_is_deflated_after_a_preset_inflates() {
        // Noise, which does not shrink, and text of which the preset has most.
        let noise: Vec<u8> =
            (0..40_000u64).flat_map(|at| (at.wrapping_mul(0x9e37_79b9_7f4a_7c15)).to_le_bytes()).collect();
        let text = "the general assembly of the united nations ".repeat(40);
        let longest = "é".repeat(16 << 10);
        for preset in ["", &text, &longest] {
            let root = Root { preset: preset.to_owned(), ..Root::default() };
            for payload in [b"".as_slice(), b"a", text.as_bytes(), &noise, &[text.as_bytes(), &noise].concat()] {
                for level in [1, 4, 9] {
                    let packed = deflated_after(preset, payload, level).unwrap();
                    let mut read = Vec::new();
                    let stream = root.stream(ChunkKind::Texts, &packed);
                    ZlibDecoder::new(&*stream).read_to_end(&mut read).unwrap();
                    assert_eq!(read.strip_prefix(preset.as_bytes()), Some(payload), "{} {level}", preset.len());
                }
            }
        }
        let alone = deflated_after("", text.as_bytes(), 4).unwrap();
        let after = deflated_after(&text, text.as_bytes(), 4).unwrap();
        assert!(after.len() < alone.len() / 2, "{} {}", after.len(), alone.len());
    }
}
