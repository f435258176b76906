//! The worked example of `docs/format.md` is what is written: each of its bytes, and each table of numbers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sheaf_core::base::PartialDate;
use sheaf_core::document::{Corpus, Document, Fact, Field};
use sheaf_core::index::files::pairs::PairSizes;
use sheaf_core::index::files::tails::{CutSizes, Heads};
use sheaf_core::index::files::write::Sizes;
use sheaf_core::index::files::{ChunkId, ChunkKind, KINDS, Root};
use sheaf_core::workspace::Workspace;
use sheaf_tests::chunks::ChunkCorpus;

fn document(name: &str, title: Fact<String>, text: &str) -> Document {
    Document {
        name: name.into(),
        file: format!("{name}.txt"),
        title,
        date: Fact::unknown(),
        source: Fact::unknown(),
        language: Fact::unknown(),
        url: None,
        fields: Vec::new(),
        text: text.into(),
    }
}

/// The two documents of the example.
fn example() -> ChunkCorpus {
    let first = Document {
        date: Fact::stated(PartialDate::parse("2025-02-24").unwrap()),
        source: Fact::stated("TASS".into()),
        language: Fact::stated("en".into()),
        fields: vec![Field { name: "topic".into(), values: vec!["talks".into(), "war".into()] }],
        ..document("a", Fact::inferred("Talks go on".into(), "line 1"), "Talks go on. The talks, cease-fire talks.")
    };
    let second = document("b", Fact::stated("Talks".into()), "Go on!\n\nCease.");
    let corpus = Corpus { title: "Ex".into(), documents: vec![first, second], ..Corpus::default() };
    let full = Sizes::default();
    let pairs = PairSizes { frequent: 3, share: 2, ..full.pairs };
    let sizes = Sizes { pairs, cut: CutSizes { frequent: 2, heads: Heads { stretch: 1, of: 2 } }, ..full };
    ChunkCorpus::of(&Workspace::new(corpus), sizes)
}

fn format() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/format.md");
    fs::read_to_string(path).unwrap()
}

/// The bytes of each block "```hex NAME": before two spaces bytes, after them what they are.
fn blocks(text: &str) -> BTreeMap<String, Vec<u8>> {
    let mut blocks = BTreeMap::new();
    let mut open: Option<(String, Vec<u8>)> = None;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("```hex ") {
            open = Some((name.to_owned(), Vec::new()));
        } else if line == "```" {
            blocks.extend(open.take());
        } else if let Some((name, bytes)) = &mut open {
            let hex = line.split("  ").next().unwrap_or("");
            let byte = |word| u8::from_str_radix(word, 16).unwrap_or_else(|_| panic!("{name}: “{word}” is no byte"));
            bytes.extend(hex.split_whitespace().map(byte));
        }
    }
    blocks
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x} ")).collect()
}

#[test]
fn the_example_is_what_is_written() {
    let files = example();
    let documented = blocks(&format());
    let mut expected: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    expected.insert("root".to_owned(), files.root.to_bytes());
    for (chunk, payload) in &files.chunks {
        expected.insert(format!("{} {}", chunk.kind.label(), chunk.number), payload.clone());
    }
    for (name, bytes) in &expected {
        let found = documented.get(name).map(|bytes| hex(bytes));
        assert_eq!(found, Some(hex(bytes)), "the block “hex {name}”");
    }
    assert_eq!(documented.len(), expected.len(), "blocks of files that are not written");
}

#[test]
fn the_example_reads_back() {
    let bytes = &blocks(&format())["root"];
    let root = Root::from_bytes(bytes).unwrap();
    assert_eq!((root.title.as_str(), root.documents), ("Ex", 2));
    for (kind, names) in KINDS.iter().zip(&root.chunks) {
        for number in 0..names.len() {
            let payload = &blocks(&format())[&format!("{} {number}", kind.label())];
            assert!(root.is_of(ChunkId { kind: *kind, number: number as u32 }, payload), "{kind:?} {number}");
        }
    }
}

#[test]
fn the_tables_have_the_numbers_of_the_code() {
    let text = format();
    let Sizes {
        block_types,
        run_blocks,
        postings,
        near,
        positions,
        prefixes,
        pairs,
        cut,
        cards,
        card_chunks,
        texts,
        text_chunks,
        preset,
        borders,
        names,
    } = Sizes::default();
    let PairSizes { frequent, share, lists, near: pair_near } = pairs;
    let sizes = [
        ("block_types", block_types as usize),
        ("run_blocks", run_blocks),
        ("postings", postings),
        ("near", near),
        ("positions", positions),
        ("prefixes", prefixes),
        ("pairs.frequent", frequent as usize),
        ("pairs.share", share as usize),
        ("pairs.lists", lists),
        ("pairs.near", pair_near),
        ("cut.frequent", cut.frequent as usize),
        ("cut.heads.stretch", cut.heads.stretch as usize),
        ("cut.heads.of", cut.heads.of as usize),
        ("cards", cards),
        ("card_chunks", card_chunks),
        ("texts", texts),
        ("text_chunks", text_chunks),
        ("preset", preset),
        ("borders", borders),
        ("names", names),
    ];
    for (name, size) in sizes {
        let row = format!("| `{name}` | {size} |");
        assert!(text.contains(&row), "{row}");
    }
    for (bytes, part) in [(0, 8), (18_750_001, 4), (37_500_000, 4), (75_000_000, 2), (75_000_001, 1), (u64::MAX, 1)] {
        let own = Sizes::of_text(bytes);
        let by_document = (own.texts, own.text_chunks, own.cards, own.card_chunks, own.preset);
        let lists_part = part.min(4);
        assert_eq!(
            (by_document, own.postings),
            (
                (texts, text_chunks / part, cards / lists_part, card_chunks * lists_part / part, preset / part),
                postings / lists_part
            ),
            "{bytes} bytes of text"
        );
        let own_pairs = (own.pairs.lists, own.pairs.near, own.pairs.frequent);
        assert_eq!(own_pairs, (lists / part.min(4), pair_near / part.min(4), frequent));
        assert_eq!((own.near, own.positions), (near / part.min(4), positions / part.min(4)));
    }
    assert!(text.contains("75,000,000 bytes of text"));
    for (place, kind) in KINDS.iter().enumerate() {
        let file = if ChunkKind::is_deflated(*kind) { "zlib" } else { "as it is" };
        let row = format!("| {place} | {} | {file} |", kind.label());
        assert!(text.contains(&row), "{row}");
    }
}
