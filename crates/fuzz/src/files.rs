//! The target `files`: an index in files whose names fit, and whose bytes may be anybody's.
//!
//! An input is a byte that says how it is read, one that says what is asked first, and then either the bytes of one
//! chunk or of the root, or changes to the files of a real index. Their names are made to fit, so that no checksum
//! stands between the bytes and their readers. What must hold:
//!
//! - nothing panics, nothing takes long, and memory stays bounded: libFuzzer sees to these;
//! - each round of an answer brings something, so that there is an end of them;
//! - what is asked twice is answered alike.

use std::cell::RefCell;
use std::collections::BTreeMap;

use sheaf_core::index::files::pairs::PairSizes;
use sheaf_core::index::files::tails::{CutSizes, Heads};
use sheaf_core::index::files::write::{Sizes, write};
use sheaf_core::index::files::{ChunkId, KINDS, Root, checksum, chunk_name, part_check};
use sheaf_core::workspace::{Answer, Question, Request, Response, Sort, SortKey, Workspace};

use crate::corpora;

/// Chunks that are cut small, so that few documents have all there is to an index.
const SMALL: Sizes = Sizes {
    block_types: 40,
    run_blocks: 2,
    postings: 200,
    near: 6,
    positions: 60,
    prefixes: 100,
    pairs: PairSizes { frequent: 5, share: 2, lists: 60, near: 6 },
    cut: CutSizes { frequent: 4, heads: Heads { stretch: 1, of: 3 } },
    cards: 2,
    card_chunks: 2,
    text_chunks: 2,
    preset: 300,
    texts: 300,
    borders: 2,
    names: 2,
};

/// Rounds after which an answer is one that never comes: a real one takes five.
const ROUNDS: usize = 100;
/// Requests that are made of one input.
const ASKED: usize = 4;
/// Bytes of a change: kind, number, place (two), what, with what.
const CHANGE: usize = 6;

/// A real index, to be changed.
#[derive(Clone, Debug)]
struct Files {
    root: Root,
    chunks: BTreeMap<ChunkId, Vec<u8>>,
}

thread_local! {
    static FILES: RefCell<Files> = RefCell::new(real());
}

fn real() -> Files {
    let corpus = corpora::all().swap_remove(0);
    let workspace = Workspace::new(corpus);
    let mut chunks = BTreeMap::new();
    let root = write(workspace.index(), workspace.corpus(), SMALL, &mut |file| chunks.extend(file.chunks()));
    Files { root, chunks }
}

fn requests() -> Vec<Request> {
    let question = |query: &str| Question { query: query.to_owned(), ..Question::default() };
    let sort = |key| Sort { key, is_descending: false };
    let results =
        |query, key| Request::Results { question: question(query), sort: sort(key), limit: 5, passages: None };
    let documents = |query, key| Request::Documents { question: question(query), sort: sort(key), first: 0, limit: 5 };
    let name = "en-2025-02-24".to_owned();
    vec![
        results("talk", SortKey::Relevance),
        results("\"cease fire\" OR \"russia talks\" OR \"talks talk\" OR lavrov", SortKey::Date),
        documents("a* *stan", SortKey::Title),
        results("hakan NEAR/3 fidan", SortKey::Length),
        documents("ankra~1 -nowhere", SortKey::Source),
        documents("talk within <s/>", SortKey::Hits),
        documents("", SortKey::Language),
        Request::Facets { question: question("the"), reads: false },
        Request::Reader { name: name.clone(), question: question("talks"), hit: 0, at: None, extent: 1 },
        Request::Explain { name, question: question("title:talk prisoners") },
        Request::Complete { question: question("t"), caret: 1, limit: 8 },
        Request::Ranked {
            question: question("[word=\"the\"] []{0,2} [stem=\"talk\"]"),
            sort: Sort::default(),
            limit: 9,
        },
        Request::About,
        results("talk within <s/>", SortKey::Relevance),
        results("[word!=\"the\"] [] -t*", SortKey::Date),
    ]
}

/// An input as it is understood.
#[derive(Clone, Debug)]
struct Input {
    first: usize,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    /// Other bytes in place of a chunk: kind, number.
    Chunk(usize, usize, Vec<u8>),
    /// Other bytes in place of the root.
    Root(Vec<u8>),
    /// Bytes here and there.
    Changes(Vec<[u8; CHANGE]>),
}

impl Input {
    fn of(bytes: &[u8]) -> Input {
        let (head, rest) = bytes.split_at(bytes.len().min(2));
        let at = |place: usize| head.get(place).copied().unwrap_or(0);
        let what = match usize::from(at(0)) {
            how if how % 2 == 1 => {
                What::Changes(rest.chunks_exact(CHANGE).filter_map(|one| one.try_into().ok()).collect())
            }
            how if how / 2 % (KINDS.len() + 1) == KINDS.len() => What::Root(rest.to_vec()),
            how => {
                let (number, payload) = rest.split_at(rest.len().min(1));
                What::Chunk(
                    how / 2 % (KINDS.len() + 1),
                    usize::from(number.first().copied().unwrap_or(0)),
                    payload.to_vec(),
                )
            }
        };
        Input { first: at(1).into(), what }
    }
}

/// The files of an input; nothing where there is no root.
fn files(what: &What) -> Option<Files> {
    let mut files = FILES.with_borrow(Files::clone);
    match what {
        What::Chunk(kind, number, payload) => {
            put(&mut files, *kind, *number, |_| payload.clone());
            files.root = Root::from_bytes(&files.root.to_bytes()).ok()?;
        }
        What::Root(payload) => files.root = Root::from_bytes(&named(payload)).ok()?,
        What::Changes(changes) => {
            let (roots, chunks): (Vec<&[u8; CHANGE]>, Vec<_>) =
                changes.iter().partition(|change| usize::from(change[0]) % (KINDS.len() + 1) == KINDS.len());
            for change in chunks {
                let kind = usize::from(change[0]) % (KINDS.len() + 1);
                put(&mut files, kind, change[1].into(), |payload| changed(payload, change));
            }
            let payload = files.root.to_bytes().split_off(8);
            let payload = roots.into_iter().fold(payload, changed);
            files.root = Root::from_bytes(&named(&payload)).ok()?;
        }
    }
    Some(files)
}

/// A root with its checksum before it.
fn named(payload: &[u8]) -> Vec<u8> {
    [checksum(payload).to_le_bytes().as_slice(), payload].concat()
}

fn put(files: &mut Files, kind: usize, number: usize, make: impl FnOnce(Vec<u8>) -> Vec<u8>) {
    let Some(number) = number.checked_rem(files.root.count(KINDS[kind])) else { return };
    let chunk = ChunkId { kind: KINDS[kind], number: number as u32 };
    let mut payload = make(files.chunks.get(&chunk).cloned().unwrap_or_default());
    if chunk.kind.is_parted() {
        let Some((name, place)) = files.root.name_and_place(chunk) else { return };
        let texts = payload.get(8..).unwrap_or_default();
        payload = [part_check(name, place, texts).to_le_bytes().as_slice(), texts].concat();
    } else {
        files.root.chunks[kind][number] = chunk_name(chunk.kind, &payload);
    }
    files.chunks.insert(chunk, payload);
}

fn changed(mut payload: Vec<u8>, change: &[u8; CHANGE]) -> Vec<u8> {
    let [_, _, low, high, how, with] = *change;
    let at = usize::from(u16::from_le_bytes([low, high])) % (payload.len() + 1);
    match how % 5 {
        0 => payload.insert(at, with),
        1 => payload.truncate(at),
        2 if at < payload.len() => drop(payload.remove(at)),
        3 if at < payload.len() => payload[at] ^= with,
        _ if at < payload.len() => payload[at] = with,
        _ => payload.push(with),
    }
    payload
}

/// Each kind of chunk and the root as they are, and a change of each.
pub fn seeds() -> Vec<Vec<u8>> {
    let files = real();
    let mut seeds = Vec::new();
    for (kind, own) in KINDS.iter().enumerate() {
        let chunk = files.chunks.iter().find(|(chunk, payload)| chunk.kind == *own && payload.len() < 380);
        if let Some((chunk, payload)) = chunk {
            seeds.push([&[2 * kind as u8, 0, chunk.number as u8], payload.as_slice()].concat());
        }
        seeds.push(vec![1, kind as u8, kind as u8, 0, 3, 0, 4, 200]);
    }
    seeds.push(vec![1, 0, KINDS.len() as u8, 0, 40, 0, 4, 9]);
    seeds
}

/// An input in words.
pub fn describe(bytes: &[u8]) -> String {
    format!("{:?}\nas a Rust literal: {bytes:?}", Input::of(bytes))
}

/// Checks an input.
///
/// # Panics
/// An invariant does not hold.
pub fn check(bytes: &[u8]) {
    let input = Input::of(bytes);
    let Some(files) = files(&input.what) else { return };
    let mut workspace = Workspace::in_files(files.root.clone());
    // Every other time what can wait does, and there are first answers.
    if input.first.is_multiple_of(2) {
        workspace.set_first_answers(Some(0));
    }
    let requests = requests();
    for request in (0..ASKED).filter_map(|place| requests.get((input.first + place * 3) % requests.len())) {
        let Some(response) = ask(&mut workspace, &files, request) else { return };
        let is_counted_by_what_is_there = matches!(request, Request::Complete { .. });
        if !is_counted_by_what_is_there {
            assert_eq!(ask(&mut workspace, &files, request).as_ref(), Some(&response), "asked again: {request:?}");
        }
    }
}

/// The answer; nothing where a chunk is refused or is not there.
fn ask(workspace: &mut Workspace, files: &Files, request: &Request) -> Option<Response> {
    for _ in 0..ROUNDS {
        let chunks = match workspace.answer(request) {
            Answer::Working { .. } => continue,
            Answer::Need { now, later, .. } => [now, later].concat(),
            Answer::Ready { response, later } if later.is_empty() => return Some(*response),
            Answer::Ready { later, .. } => later,
        };
        for chunk in chunks {
            workspace.supply(chunk, files.chunks.get(&chunk)?.clone()).ok()?;
        }
    }
    panic!("{request:?} is never answered");
}
