//! Tantivy as a second opinion on ranking: how far the ten best agree, and what the differences come from.
//!
//! Our features are switched off one after the other, or both are given the same, until what is left is the arithmetic:
//! what agreement a step adds, is what the feature makes different.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use sheaf_core::base::DocId;
use sheaf_core::document::Document;
use sheaf_core::query::evaluate::evaluate;
use sheaf_core::query::rank::scores;
use sheaf_core::query::{Exactness, Ranking, parse, plan};
use sheaf_core::text::fold::fold;
use sheaf_core::text::tokens::{Token as Own, tokens};
use sheaf_core::workspace::Workspace;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token, TokenizerManager};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

/// Documents that are compared.
const TOP: usize = 10;
/// Documents whose scores are taken from Tantivy: those of ours that are not there differ by more than details.
const DEPTH: usize = 1_000;
/// Memory for indexing, in bytes.
const MEMORY: usize = 400_000_000;

/// How both are set, each step keeping what the steps before it changed.
struct Step {
    /// What this step makes alike.
    label: &'static str,
    field: &'static str,
    has_phrases: bool,
    has_nearness: bool,
    title_weight: f64,
    inflected_weight: f64,
    has_stemming: bool,
}

const AS_IT_IS: Step = Step {
    label: "both as they are",
    field: "stemmed",
    has_phrases: true,
    has_nearness: true,
    title_weight: 2.0,
    inflected_weight: 0.9,
    has_stemming: true,
};
const WITHOUT_NEARNESS: Step = Step { label: "no nearness", has_phrases: false, has_nearness: false, ..AS_IT_IS };
const PLAIN_WEIGHTS: Step =
    Step { label: "inflected forms count as the word", title_weight: 1.0, inflected_weight: 1.0, ..WITHOUT_NEARNESS };
const STEPS: [Step; 7] = [
    AS_IT_IS,
    Step { label: "no phrases first", has_phrases: false, ..AS_IT_IS },
    WITHOUT_NEARNESS,
    Step { label: "titles count as text", title_weight: 1.0, ..WITHOUT_NEARNESS },
    PLAIN_WEIGHTS,
    Step { label: "no stemming, on either side", field: "plain", has_stemming: false, ..PLAIN_WEIGHTS },
    Step { label: "our words, on both sides", field: "ours", has_stemming: false, ..PLAIN_WEIGHTS },
];

/// How far the ten best agree at a step.
pub(crate) struct Agreement {
    /// What this step makes alike.
    pub label: &'static str,
    /// Mean share of documents that both have among their ten best.
    pub overlap: f64,
    /// The same, where a document counts as shared whose score there is that of the tenth.
    pub overlap_with_ties: f64,
    /// Share of queries with the same ten.
    pub same: f64,
    /// Of our documents that Tantivy does not have, how far their scores there are behind its tenth: by label, in order.
    pub gaps: Vec<(&'static str, usize)>,
}

/// Compares the ten best documents for each query, all of its words required.
///
/// # Errors
/// Tantivy cannot index or answer.
pub(crate) fn compare(workspace: &Workspace, queries: &[Vec<String>]) -> Result<Vec<Agreement>> {
    let tantivy = Oracle::of(&workspace.corpus().documents)?;
    let exact = Exact::of(workspace);
    let mut agreements = Vec::new();
    for step in &STEPS {
        let field = tantivy.searcher.schema().get_field(step.field)?;
        let own = |words: &[String]| best(workspace, words, step);
        agreements.push(agreement(step.label, queries, own, |words| tantivy.best(field, words))?);
    }
    // Lengths cannot be exact in either; a third ranking, by the formula, tells what rounding does to each.
    let last = &STEPS[STEPS.len() - 1];
    let field = tantivy.searcher.schema().get_field(last.field)?;
    let own = |words: &[String]| exact.best(words).into_iter().take(TOP).map(|(place, _)| place).collect();
    agreements.push(agreement("exact lengths in place of ours", queries, own, |words| tantivy.best(field, words))?);
    let own = |words: &[String]| best(workspace, words, last);
    agreements.push(agreement("exact lengths in place of Tantivy’s", queries, own, |words| Ok(exact.best(words)))?);
    Ok(agreements)
}

fn agreement(
    label: &'static str,
    queries: &[Vec<String>],
    own: impl Fn(&[String]) -> Vec<u64>,
    theirs: impl Fn(&[String]) -> Result<Vec<(u64, f32)>>,
) -> Result<Agreement> {
    let (mut overlaps, mut ties, mut same) = (0.0, 0.0, 0);
    let mut gaps: BTreeMap<usize, usize> = BTreeMap::new();
    for words in queries {
        let own = own(words);
        let theirs = theirs(words)?;
        let top: Vec<u64> = theirs.iter().take(TOP).map(|(place, _)| *place).collect();
        let last = theirs.get(TOP - 1).or(theirs.last()).map_or(0.0, |(_, score)| *score);
        let whole = own.len().max(top.len()).max(1) as f64;
        let (shared, strange): (Vec<u64>, Vec<u64>) = own.iter().partition(|place| top.contains(place));
        let mut tied = 0;
        for place in strange {
            let score = theirs.iter().find(|(other, _)| *other == place).map(|(_, score)| *score);
            let gap = gap(score, last);
            tied += usize::from(gap == 0);
            *gaps.entry(gap).or_default() += 1;
        }
        overlaps += shared.len() as f64 / whole;
        ties += (shared.len() + tied) as f64 / whole;
        same += usize::from(shared.len() as f64 == whole);
    }
    let of = queries.len().max(1) as f64;
    let gaps = GAPS.iter().enumerate().map(|(place, label)| (*label, gaps.get(&place).copied().unwrap_or(0))).collect();
    Ok(Agreement { label, overlap: overlaps / of, overlap_with_ties: ties / of, same: same as f64 / of, gaps })
}

/// How far a document is behind.
const GAPS: [&str; 5] = ["the same score", "below 1 %", "below 5 %", "more", "not found"];

fn gap(score: Option<f32>, last: f32) -> usize {
    match score.map(|score| (last - score) / last) {
        Some(gap) if gap < 1e-5 => 0,
        Some(gap) if gap < 0.01 => 1,
        Some(gap) if gap < 0.05 => 2,
        Some(_) => 3,
        None => 4,
    }
}

/// Our ten best documents, as places in the corpus.
fn best(workspace: &Workspace, words: &[String], step: &Step) -> Vec<u64> {
    let index = workspace.index();
    let exactness = Exactness { forms: !step.has_stemming, ..Exactness::default() };
    let mut plan = plan(index, parse(&words.join(" "), false).root.as_ref(), exactness);
    if !step.has_phrases {
        plan.neighbours.iter_mut().for_each(|group| group.all_required = false);
    }
    if !step.has_nearness {
        plan.neighbours.clear();
    }
    let Step { title_weight, inflected_weight, .. } = *step;
    let ranking = Ranking { title_weight, inflected_weight, ..Ranking::default() };
    let matches = evaluate(index, &plan, None);
    let scores = scores(index, &plan, &matches, &matches.docs, &ranking);
    let mut ranked: Vec<(f64, DocId)> = scores.into_iter().zip(matches.docs.iter().copied()).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.into_iter().take(TOP).map(|(_, doc_id)| u64::from(doc_id.0)).collect()
}

/// BM25 by its formula, with exact lengths, over our words as they are written.
struct Exact<'w> {
    workspace: &'w Workspace,
    mean_len: f64,
}

impl Exact<'_> {
    fn of(workspace: &Workspace) -> Exact<'_> {
        let documents = &workspace.corpus().documents;
        let sum: usize = documents.iter().map(|document| tokens(&whole(document)).len()).sum();
        Exact { workspace, mean_len: sum as f64 / documents.len().max(1) as f64 }
    }

    fn best(&self, words: &[String]) -> Vec<(u64, f32)> {
        let documents = &self.workspace.corpus().documents;
        let found = |query: &str| -> Vec<DocId> {
            let exactness = Exactness { forms: true, ..Exactness::default() };
            let index = self.workspace.index();
            evaluate(index, &plan(index, parse(query, false).root.as_ref(), exactness), None).docs
        };
        let idf = |word: &String| {
            let (of, with) = (documents.len() as f64, found(word).len() as f64);
            (1.0 + (of - with + 0.5) / (with + 0.5)).ln()
        };
        let idfs: Vec<f64> = words.iter().map(idf).collect();
        let Ranking { k1, b, .. } = Ranking::default();
        let score = |document: &Document| {
            let text = whole(document);
            let own: Vec<String> = tokens(&text).iter().map(|token| fold(token.term(&text))).collect();
            let length = k1 * (1.0 - b + b * own.len() as f64 / self.mean_len);
            let frequency = |word: &String| own.iter().filter(|own| *own == word).count() as f64;
            words.iter().zip(&idfs).map(|(word, idf)| idf * frequency(word) / (frequency(word) + length)).sum::<f64>()
        };
        let ranked = found(&words.join(" ")).into_iter();
        let mut ranked: Vec<(u64, f32)> = ranked
            .filter_map(|doc_id| Some((u64::from(doc_id.0), score(documents.get(doc_id.0 as usize)?) as f32)))
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(DEPTH);
        ranked
    }
}

/// Title and text, the title once where it is the beginning of the text.
fn whole(document: &Document) -> String {
    let title = document.title.value.as_deref().filter(|title| !document.text.starts_with(title));
    [title.unwrap_or_default(), &document.text].join("\n")
}

/// Tantivy over the same documents.
struct Oracle {
    searcher: Searcher,
    tokenizers: TokenizerManager,
}

impl Oracle {
    /// Title and text are one field, as they are for our lengths and frequencies; three times: stemmed, plain, and cut
    /// into our words.
    fn of(documents: &[Document]) -> Result<Oracle> {
        let mut schema = Schema::builder();
        let text = |tokenizer: &str| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
            TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqs))
        };
        let stemmed = schema.add_text_field("stemmed", text("en_stem"));
        let plain = schema.add_text_field("plain", text("default"));
        let ours = schema.add_text_field("ours", text("default"));
        let place = schema.add_u64_field("place", FAST);
        let index = Index::create_in_ram(schema.build());
        // One thread, one order: the same documents give the same segments.
        let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
        for (number, document) in documents.iter().enumerate() {
            let text = whole(document);
            let mut own = TantivyDocument::default();
            own.add_u64(place, number as u64);
            own.add_pre_tokenized_text(ours, our_words(&text));
            own.add_text(stemmed, &text);
            own.add_text(plain, text);
            writer.add_document(own)?;
        }
        writer.commit()?;
        let searcher = index.reader().context("Tantivy's index cannot be read")?.searcher();
        Ok(Oracle { searcher, tokenizers: index.tokenizers().clone() })
    }

    /// Its best documents, as places in the corpus with their scores.
    fn best(&self, field: Field, words: &[String]) -> Result<Vec<(u64, f32)>> {
        let stemmed = self.searcher.schema().get_field("stemmed")?;
        let term = |word: &String| {
            let word = if field == stemmed { self.stem(word) } else { word.clone() };
            let query = TermQuery::new(Term::from_field_text(field, &word), IndexRecordOption::WithFreqs);
            (Occur::Must, Box::new(query) as Box<dyn Query>)
        };
        let query = BooleanQuery::new(words.iter().map(term).collect());
        let found = self.searcher.search(&query, &TopDocs::with_limit(DEPTH).order_by_score())?;
        let columns: Vec<_> = self
            .searcher
            .segment_readers()
            .iter()
            .map(|reader| reader.fast_fields().u64("place"))
            .collect::<Result<_, _>>()?;
        let place = |segment: u32, doc: u32| columns.get(segment as usize)?.first(doc);
        Ok(found.into_iter().filter_map(|(score, at)| Some((place(at.segment_ord, at.doc_id)?, score))).collect())
    }

    fn stem(&self, word: &str) -> String {
        let mut stem = word.to_owned();
        if let Some(mut tokenizer) = self.tokenizers.get("en_stem") {
            tokenizer.token_stream(word).process(&mut |token| stem.clone_from(&token.text));
        }
        stem
    }
}

fn our_words(text: &str) -> PreTokenizedString {
    let token = |(position, token): (usize, Own)| Token {
        offset_from: token.span.start as usize,
        offset_to: token.span.end as usize,
        position,
        text: fold(token.term(text)),
        position_length: 1,
    };
    PreTokenizedString { text: text.to_owned(), tokens: tokens(text).into_iter().enumerate().map(token).collect() }
}
