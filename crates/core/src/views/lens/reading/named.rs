//! How links, settings and queries name an entity, and which ones a reader's words mean.

use std::collections::BTreeMap;

use super::kind_name;
use crate::base::{DocId, Span};
use crate::document::Document;
use crate::extract::entities::{Entities, Entity};
use crate::extract::{Kind, Read};
use crate::index::named::{FIELDS, NameKind, Named, NamedThing, Stretch};
use crate::index::{Column, Index};
use crate::text::fold;
use crate::text::fold::fold_line;
use crate::text::tokens::{Token, tokens};

/// What names an entity in links: `person:Hakan Fidan`. It holds as long as its name does, over rebuilds too.
pub fn entity_key(entity: &Entity) -> String {
    [kind_name(entity.kind), ":", &entity.name].concat()
}

/// The entities that a reader's words mean, as indices into the list: the one of this key; else those that have all the
/// words in one of their spellings, folded: `lavrov`, `hakan fidan`, `place:ankara`. Cost: linear in the spellings.
pub fn named(entities: &Entities, written: &str) -> Vec<u32> {
    let written = written.trim();
    if let Some(exact) = entities.list.iter().position(|entity| entity_key(entity) == written) {
        return vec![exact as u32];
    }
    let (kind, words) = match written.split_once(':') {
        Some(("person", words)) => (Some(Kind::Person), words),
        Some(("org", words)) => (Some(Kind::Organisation), words),
        Some(("place", words)) => (Some(Kind::Place), words),
        Some(("name", words)) => (Some(Kind::Other), words),
        _ => (None, written),
    };
    let folded = fold(words);
    let words: Vec<&str> = parts(&folded).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let has_words = |spelling: &str| {
        let spelling = fold(spelling);
        words.iter().all(|word| parts(&spelling).any(|own| own == *word))
    };
    let is_meant = |entity: &Entity| {
        kind.is_none_or(|kind| kind == entity.kind)
            && (has_words(&entity.name) || entity.spellings.iter().any(|(spelling, _)| has_words(spelling)))
    };
    (0..).zip(&entities.list).filter(|(_, entity)| is_meant(entity)).map(|(place, _)| place).collect()
}

fn parts(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// Where all entities are named and quoted, for queries. Cost: one pass over the texts.
pub fn stretches(index: &Index, documents: &[Document], read: &Read) -> Named {
    let thing = |entity: &Entity| NamedThing {
        kind: Some(match entity.kind {
            Kind::Person => NameKind::Person,
            Kind::Organisation => NameKind::Organisation,
            Kind::Place => NameKind::Place,
            Kind::Other => NameKind::Other,
        }),
        names: std::iter::once(&entity.name)
            .chain(entity.spellings.iter().map(|(spelling, _)| spelling))
            .map(|name| fold_line(name))
            .collect(),
        ..NamedThing::default()
    };
    let mut things: Vec<NamedThing> = read.entities.list.iter().map(thing).collect();
    // Speakers without a name: as they are written.
    let mut roles: BTreeMap<String, Vec<Stretch>> = BTreeMap::new();
    for ((doc, document), found) in (0..).zip(documents).zip(read.findings.iter()) {
        let doc_id = DocId(doc);
        let words = tokens(&document.text);
        let text_start = index.shapes.text_start(doc_id);
        let stretch = |span: Span| -> Option<Stretch> {
            let range = positions(&words, span);
            let width = range.len() as u32;
            (width > 0).then(|| (doc_id, text_start + range.start as u32, width))
        };
        for (mention, name) in (0..).zip(&found.names) {
            let entity = read.entity(doc as usize, mention).and_then(|id| things.get_mut(id as usize));
            if let Some((entity, at)) = entity.zip(stretch(name.span)) {
                entity.mentions.push(at);
            }
        }
        for quotation in &found.quotations {
            let Some(speaker) = quotation.speaker else { continue };
            let entity = speaker.mention.and_then(|mention| read.entity(doc as usize, mention));
            let said = quotation.content.iter().filter_map(|span| stretch(*span));
            match entity.and_then(|id| things.get_mut(id as usize)) {
                Some(entity) => entity.quotations.extend(said),
                None => roles.entry(fold_line(speaker.span.of(&document.text))).or_default().extend(said),
            }
        }
    }
    things.extend(roles.into_iter().map(|(name, quotations)| NamedThing {
        names: vec![name],
        quotations,
        ..NamedThing::default()
    }));
    Named { things }
}

/// Who and what each document names, by [`FIELDS`]. Cost: linear in the mentions.
pub fn columns(read: &Read) -> Vec<Column> {
    let of_document = |field: &str, mentions: &[u32]| {
        let mut ids = mentions.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let named = ids.into_iter().filter_map(|id| read.entities.list.get(id as usize));
        named.filter(|entity| kind_name(entity.kind) == field).map(|entity| entity.name.clone()).collect()
    };
    let column = |field| Column::of(field, read.entities.of.iter().map(|mentions| of_document(field, mentions)));
    FIELDS.into_iter().map(column).collect()
}

/// The words that begin inside a span.
fn positions(words: &[Token], span: Span) -> std::ops::Range<usize> {
    let first = words.partition_point(|word| word.span.end <= span.start);
    first..words.partition_point(|word| word.span.start < span.end).max(first)
}
