//! What becomes of an index in files when its files are not what they should be.
//!
//! Two questions. Damage on the way, to any file and anywhere: there must be an error or the right answer, never a wrong
//! one. And files whose names fit what is in them, but which no builder of ours wrote: there the checksums say nothing, so
//! nothing must break, whatever the answer.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use sheaf_core::document::Corpus;
use sheaf_core::import::{ImportOptions, InputFile, import};
use sheaf_core::index::files::write::Sizes;
use sheaf_core::index::files::{ChunkId, ChunkKind, KINDS, Root, checksum, chunk_name, part_check};
use sheaf_core::workspace::{Answer, Question, Request, RequestError, Response, Sort, SortKey, Workspace};
use sheaf_tests::chunks::{ChunkCorpus, Lacking, TINY};

fn seeds() -> Corpus {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds");
    let files = fs::read_dir(folder).unwrap().map(|entry| {
        let entry = entry.unwrap();
        InputFile { path: entry.file_name().to_string_lossy().into_owned(), bytes: fs::read(entry.path()).unwrap() }
    });
    import(files.collect(), &ImportOptions::default()).value
}

/// Requests that together read every kind of chunk.
fn requests(corpus: &Corpus) -> Vec<Request> {
    let question = |query: &str| Question { query: query.to_owned(), ..Question::default() };
    let name = corpus.documents[1].name.clone();
    let sort = |key| Sort { key, is_descending: false };
    vec![
        // First, when nothing is held: completions are counted by what is there already.
        Request::Complete { question: question("neg"), caret: 3, limit: 8 },
        Request::About,
        Request::Results {
            question: question("\"peace talks\" OR \"of the\""),
            sort: Sort::default(),
            limit: 5,
            passages: None,
        },
        Request::Results {
            question: question(
                "\"peace talks\" \"foreign minister\" OR \"russian president\" OR \"russia and ukraine\"",
            ),
            sort: Sort::default(),
            limit: 5,
            passages: None,
        },
        Request::Results { question: question("p*"), sort: Sort::default(), limit: 5, passages: None },
        Request::Results {
            question: question("lavrov NEAR/10 fidan"),
            sort: sort(SortKey::Title),
            limit: 5,
            passages: None,
        },
        Request::Documents { question: question("negotiat* *stan"), sort: sort(SortKey::Date), first: 0, limit: 5 },
        Request::Documents { question: question("zelenksy~1 -putin"), sort: sort(SortKey::Length), first: 0, limit: 5 },
        Request::Documents {
            question: question("ceasefire within <s/>"),
            sort: sort(SortKey::Source),
            first: 0,
            limit: 5,
        },
        Request::Facets { question: question("turkey"), reads: false },
        Request::Reader { name: name.clone(), question: question("the"), hit: 0, at: None, extent: 2 },
        Request::Explain { name, question: question("talks russia") },
        Request::Ranked { question: question("title:putin"), sort: Sort::default(), limit: 5 },
    ]
}

/// Some texts lie with others in a file, some are longer than one.
const SIZES: Sizes = Sizes { texts: 900, text_chunks: 6, ..TINY };

thread_local! {
    /// The corpus, its index in small chunks, requests and their right answers.
    static WHOLE: (ChunkCorpus, Vec<(Request, Response)>) = {
        let memory = Workspace::new(seeds());
        let requests = requests(memory.corpus());
        let mut files = ChunkCorpus::of(&memory, SIZES);
        let answered = requests.into_iter().map(|request| (request.clone(), files.ask(&request))).collect();
        (fresh(&files), answered)
    };
}

/// The same files, of which nothing has been read.
fn fresh(files: &ChunkCorpus) -> ChunkCorpus {
    reopened(files, files.root.clone())
}

fn reopened(files: &ChunkCorpus, root: Root) -> ChunkCorpus {
    ChunkCorpus { workspace: Workspace::in_files(root.clone()), chunks: files.chunks.clone(), root, cost: (0, 0) }
}

/// Up to so many chunks of a kind, from all over the index.
fn some(files: &ChunkCorpus, kind: ChunkKind, most: usize) -> Vec<ChunkId> {
    let count = files.root.names(kind).len();
    (0..count).step_by(count.div_ceil(most)).map(|number| ChunkId { kind, number: number as u32 }).collect()
}

/// What may happen to bytes.
#[derive(Clone, Debug)]
enum Damage {
    Cut(Index),
    Flip(Index, u8),
    Longer,
    Swapped(Index, Index),
    Zeroed(Index, Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), 0u8..8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        Just(Damage::Longer),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Damage::Swapped(a, b)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Damage::Zeroed(a, b)),
    ]
}

fn damaged(bytes: &[u8], damage: &Damage) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if bytes.is_empty() {
        return vec![0];
    }
    let len = bytes.len();
    match damage {
        Damage::Cut(at) => bytes.truncate(at.index(len)),
        Damage::Flip(at, bit) => bytes[at.index(len)] ^= 1 << bit,
        Damage::Longer => bytes.push(0),
        Damage::Swapped(a, b) => bytes.swap(a.index(len), b.index(len)),
        Damage::Zeroed(a, b) => {
            let (a, b) = (a.index(len), b.index(len));
            bytes[a.min(b)..a.max(b)].fill(0);
        }
    }
    bytes
}

/// Cuts and flips at the places where readers err: the ends, and the middle.
fn classes(bytes: &[u8]) -> Vec<Vec<u8>> {
    let len = bytes.len();
    let mut all = vec![[bytes, &[0]].concat()];
    for at in [0, 1, len / 2, len.saturating_sub(1)].into_iter().filter(|at| *at < len) {
        all.push(bytes[..at].to_vec());
        for bit in [0, 3, 7] {
            let mut flipped = bytes.to_vec();
            flipped[at] ^= 1 << bit;
            all.push(flipped);
        }
    }
    all
}

/// Asks everything. Each request must be answered rightly or not at all.
fn check_right_or_refused(files: &mut ChunkCorpus, answered: &[(Request, Response)]) -> usize {
    let mut refused = 0;
    for (request, expected) in answered {
        match files.try_ask(request) {
            Ok(found) => assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{request:?}"),
            Err(_) => refused += 1,
        }
    }
    refused
}

#[test]
fn damage_to_any_chunk_is_refused_and_the_right_bytes_are_taken_afterwards() {
    WHOLE.with(|(whole, answered)| {
        let mut files = fresh(whole);
        let mut seen = Vec::new();
        for (chunk, payload) in &whole.chunks {
            for damaged in classes(payload) {
                let refused = files.workspace.supply(*chunk, damaged);
                assert!(refused.is_err_and(|error| error.to_string().contains(".bin")), "{chunk:?}");
            }
            // Another one of its kind, one of another kind, and none at all.
            for (other, foreign) in whole.chunks.iter().filter(|(_, foreign)| *foreign != payload) {
                if other.kind != chunk.kind || other.number.abs_diff(chunk.number) == 1 {
                    assert!(files.workspace.supply(*chunk, foreign.clone()).is_err(), "{chunk:?} from {other:?}");
                }
            }
            seen.push(chunk.kind);
        }
        assert!(KINDS.iter().all(|kind| seen.contains(kind)), "there are chunks of every kind");
        assert_eq!(check_right_or_refused(&mut files, answered), 0);
    });
}

#[test]
fn chunks_that_are_not_in_the_root_are_refused() {
    WHOLE.with(|(whole, _)| {
        let mut files = fresh(whole);
        for kind in KINDS {
            for number in [u32::MAX, whole.root.count(kind) as u32] {
                assert!(files.workspace.supply(ChunkId { kind, number }, Vec::new()).is_err(), "{kind:?} {number}");
            }
        }
    });
}

#[test]
fn without_a_chunk_what_needs_it_is_not_answered_and_the_rest_is_right() {
    WHOLE.with(|(whole, answered)| {
        for kind in KINDS {
            let mut files = fresh(whole);
            files.chunks.retain(|chunk, _| chunk.kind != kind);
            assert!(check_right_or_refused(&mut files, answered) > 0, "no request needs {kind:?}");
            for lost in &some(whole, kind, 30) {
                let mut files = fresh(whole);
                files.chunks.remove(lost);
                check_right_or_refused(&mut files, answered);
                // Whoever does not wait is told so.
                for (request, expected) in answered.iter().skip(1) {
                    let found = files.workspace.handle(request);
                    let is_told = found == Response::Failed(RequestError::NotThere);
                    let is_partial = matches!(
                        files.workspace.answer(request),
                        Answer::Ready { later, .. } if !later.is_empty()
                    );
                    assert!(is_told || is_partial || found == *expected, "{lost:?}: {request:?}");
                }
            }
        }
    });
}

#[test]
fn a_damaged_root_is_refused() {
    WHOLE.with(|(whole, _)| {
        let bytes = whole.root.to_bytes();
        for damaged in classes(&bytes) {
            assert!(Root::from_bytes(&damaged).is_err());
        }
        for at in 0..bytes.len().min(4_000) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 4;
            assert!(Root::from_bytes(&flipped).is_err(), "byte {at}");
            assert!(Root::from_bytes(&bytes[..at]).is_err(), "cut at {at}");
        }
    });
}

#[test]
fn a_root_takes_no_chunks_of_another_corpus() {
    WHOLE.with(|(whole, answered)| {
        let mut corpus = seeds();
        corpus.documents.reverse();
        corpus.documents.pop();
        let newer = ChunkCorpus::of(&Workspace::new(corpus), SIZES);
        let mut files = fresh(whole);
        files.chunks = newer.chunks;
        assert!(check_right_or_refused(&mut files, answered) > 0);
    });
}

#[test]
fn a_root_that_claims_more_than_its_chunks_can_hold_is_refused() {
    WHOLE.with(|(whole, _)| {
        let claims: [fn(&mut Root); 12] = [
            |root| root.card_files.0.push(u32::MAX),
            |root| root.card_files.1.clear(),
            |root| root.preset = "x".repeat((32 << 10) + 1),
            |root| root.text_files.0.push(u32::MAX),
            |root| root.text_files.0[1] = 0,
            |root| root.text_files.1.truncate(1),
            |root| root.documents = u32::MAX,
            |root| root.types = 0,
            |root| root.doc_starts.0[0] = 1,
            |root| root.doc_starts.1.reverse(),
            |root| root.key_runs.push(0),
            |root| root.blocks[0].0.push('x'),
        ];
        for claim in claims {
            let mut root = whole.root.clone();
            claim(&mut root);
            assert!(Root::from_bytes(&root.to_bytes()).is_err(), "{root:?}");
        }
    });
}

/// Asks everything of files that fit their names. Nothing may panic or go on for ever; an error is always right.
fn check_survives(files: &mut ChunkCorpus, answered: &[(Request, Response)]) -> usize {
    let answers = answered.iter().map(|(request, _)| match files.try_ask(request) {
        Ok(response) => !matches!(response, Response::Failed(_)),
        Err(Lacking::Missing(_) | Lacking::Refused(_)) => false,
    });
    answers.filter(|is_answered| *is_answered).count()
}

/// Puts other bytes in place of a chunk, and their name into the root.
fn forge(files: &ChunkCorpus, chunk: ChunkId, payload: Vec<u8>) -> Option<ChunkCorpus> {
    let mut root = files.root.clone();
    let kind = KINDS.iter().position(|kind| *kind == chunk.kind)?;
    let payload = if chunk.kind.is_parted() {
        let (name, place) = root.name_and_place(chunk)?;
        let texts = payload.get(8..).unwrap_or_default();
        [part_check(name, place, texts).to_le_bytes().as_slice(), texts].concat()
    } else {
        *root.chunks.get_mut(kind)?.get_mut(chunk.number as usize)? = chunk_name(chunk.kind, &payload);
        payload
    };
    let mut forged = reopened(files, Root::from_bytes(&root.to_bytes()).ok()?);
    forged.chunks.insert(chunk, payload);
    Some(forged)
}

#[test]
fn chunks_that_fit_their_names_but_were_cut_or_flipped_break_nothing() {
    WHOLE.with(|(whole, answered)| {
        for kind in KINDS {
            for chunk in some(whole, kind, 4) {
                for damaged in classes(&whole.chunks[&chunk]) {
                    check_survives(&mut forge(whole, chunk, damaged).unwrap(), answered);
                }
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn forged_chunks_break_nothing(
        kind in select(KINDS.to_vec()),
        number in any::<Index>(),
        damages in prop::collection::vec(damage(), 1..4),
    ) {
        WHOLE.with(|(whole, answered)| {
            let chunk = ChunkId { kind, number: number.index(whole.root.names(kind).len()) as u32 };
            let payload = damages.iter().fold(whole.chunks[&chunk].clone(), |bytes, damage| damaged(&bytes, damage));
            check_survives(&mut forge(whole, chunk, payload).unwrap(), answered);
        });
    }

    #[test]
    fn chunks_in_each_others_places_break_nothing(kind in select(KINDS.to_vec()), a in any::<Index>(), b in any::<Index>()) {
        WHOLE.with(|(whole, answered)| {
            let all: Vec<&Vec<u8>> = whole.chunks.values().collect();
            let names = whole.root.names(kind).len();
            let chunk = ChunkId { kind, number: a.index(names) as u32 };
            check_survives(&mut forge(whole, chunk, all[b.index(all.len())].clone()).unwrap(), answered);
            let other = ChunkId { kind, number: b.index(names) as u32 };
            check_survives(&mut forge(whole, chunk, whole.chunks[&other].clone()).unwrap(), answered);
        });
    }

    #[test]
    fn forged_roots_break_nothing(damages in prop::collection::vec(damage(), 1..3)) {
        WHOLE.with(|(whole, answered)| {
            let bytes = whole.root.to_bytes();
            let payload = damages.iter().fold(bytes[8..].to_vec(), |bytes, damage| damaged(&bytes, damage));
            let forged = [checksum(&payload).to_le_bytes().as_slice(), &payload].concat();
            if let Ok(root) = Root::from_bytes(&forged) {
                check_survives(&mut reopened(whole, root), answered);
            }
        });
    }

    #[test]
    fn forged_numbers_in_a_root_break_nothing(
        place in 0usize..15,
        at in any::<Index>(),
        number in prop_oneof![0u32..20, (0u32..40).prop_map(|back| u32::MAX - back), any::<u32>()],
    ) {
        WHOLE.with(|(whole, answered)| {
            let mut root = whole.root.clone();
            let set = |list: &mut Vec<u32>| {
                let at = at.index(list.len());
                list[at] = number;
            };
            match place {
                0 => root.documents = number,
                1 => root.types = number,
                2 => root.tokens = number.into(),
                3 => root.words = number.into(),
                4 => set(&mut root.key_runs),
                5 => set(&mut root.list_starts.0),
                6 => set(&mut root.list_starts.1),
                7 => set(&mut root.doc_starts.0),
                8 => set(&mut root.doc_starts.1),
                9 => set(&mut root.doc_starts.2),
                10 => {
                    let at = at.index(root.paired.len());
                    root.paired[at].0 = number;
                }
                11 => set(&mut root.unpaired),
                12 => {
                    let at = at.index(root.pair_starts.len());
                    // Small numbers change the group and the side.
                    root.pair_starts[at] ^= u64::from(number).rotate_right(16);
                }
                13 => {
                    let at = at.index(root.paired.len());
                    root.paired[at].1 = number;
                }
                _ => {
                    let at = at.index(root.blocks.len());
                    root.blocks[at].1 = number;
                }
            }
            if let Ok(root) = Root::from_bytes(&root.to_bytes()) {
                check_survives(&mut reopened(whole, root), answered);
            }
        });
    }
}

#[test]
fn what_fits_its_name_and_makes_no_sense_is_said() {
    WHOLE.with(|(whole, answered)| {
        for kind in KINDS {
            let is_said = |chunk| {
                let mut forged = forge(whole, chunk, vec![0xff; 7]).unwrap();
                answered.iter().any(|(request, _)| match forged.try_ask(request) {
                    Ok(response) => matches!(response, Response::Failed(RequestError::Broken { .. })),
                    Err(_) => true,
                })
            };
            assert!(some(whole, kind, 60).into_iter().any(is_said), "{kind:?}");
        }
    });
}
