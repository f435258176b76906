//! The Quotes lens: who said what.
//!
//! Rows are quotations, or what they are grouped by. The same words in several documents are one group, told with what
//! differs: `[-left out-]` and `[+put in+]` as word differences are written in plain text, so that table, command line and
//! file say the same.

use std::collections::BTreeMap;

use super::super::settings::Settings;
use super::super::table::{Cell, Column, Content, Link, Rows, TEXT, Table, column, table};
use super::super::{Ground, Lens, LensView, nothing_to_count};
use super::named::{entity_key, named};
use super::place::{self, Places, certainty_column, is_wide, prose, reason_column};
use super::side_by_side::told;
use crate::base::{DocId, Span};
use crate::extract::quotations::{Manner, Quotation};
use crate::extract::{Read, Sort, shared};
use crate::text::tokens::tokens;
use crate::text::{fold, stem};
use crate::views::words::{count, grouped};

const MANNERS: &[(&str, &str)] = &[
    ("", "all"),
    ("direct", "direct: in quotation marks"),
    ("mixed", "mixed: partly in quotation marks"),
    ("reported", "reported: in the writer's words"),
];

const GROUPS: &[(&str, &str)] = &[
    ("", "nothing"),
    ("speaker", "speaker"),
    ("cue", "verb"),
    ("source", "paper"),
    ("document", "document"),
    ("same", "same words"),
];

/// Columns before those of the place.
const OWN: usize = 8;

/// A quotation with its place among what was read.
#[derive(Clone, Copy)]
pub(super) struct Quoted<'r> {
    pub(super) doc_id: DocId,
    pub(super) quotation: &'r Quotation,
    /// The entity that speaks, where it is known.
    pub(super) speaker: Option<u32>,
}

impl Quoted<'_> {
    /// From its first word to its last.
    pub(super) fn span(&self) -> Span {
        let first = self.quotation.content.first().copied().unwrap_or(Span::new(0, 0));
        let last = self.quotation.content.last().copied().unwrap_or(first);
        Span::new(first.start, last.end)
    }
}

/// The quotations of the documents chosen, in the order of the corpus.
pub(super) fn quoted<'r>(ground: &Ground, read: &'r Read) -> Vec<Quoted<'r>> {
    let mut all = Vec::new();
    for doc_id in ground.selected.docs {
        let doc = doc_id.0 as usize;
        let quotations = read.findings.get(doc).map_or(&[][..], |found| &found.quotations);
        let start = |quotation: &Quotation| quotation.content.first().map_or(0, |span| span.start);
        let kept = quotations.iter().filter(|quotation| read.keeps(*doc_id, Sort::Quotation, start(quotation)));
        all.extend(kept.map(|quotation| {
            let speaker = quotation.speaker.and_then(|speaker| read.entity(doc, speaker.mention?));
            Quoted { doc_id: *doc_id, quotation, speaker }
        }));
    }
    all
}

/// How words are given back, in the words of settings and exports.
pub(super) fn manner_name(manner: Manner) -> &'static str {
    match manner {
        Manner::Direct => "direct",
        Manner::Mixed => "mixed",
        Manner::Reported => "reported",
    }
}

/// The table.
pub(super) fn quotes(ground: &Ground, read: &Read, settings: &mut Settings, rows: Rows) -> LensView {
    let manner = settings.choice("manner", "Show", MANNERS);
    let speaker = settings.text("speaker", "Speaker", "Lavrov; - for none");
    let about = settings.text("about", "About", "a word of the quotation");
    let cue = settings.text("cue", "Verb", "said");
    let certain = settings.number("certain", "Certain to at least, percent", 0, 100, 65);
    let group = settings.choice("group", "Group by", GROUPS);
    let places = Places::new(ground);
    let mut items = quoted(ground, read);
    let all = items.len();
    items.retain(|item| manner.is_empty() || manner == manner_name(item.quotation.manner));
    let before = items.len();
    items.retain(|item| u32::from(item.quotation.certainty) >= certain);
    let doubtful = (before - items.len()) as u64;
    retain_speaker(&mut items, read, &places, speaker);
    if !cue.is_empty() {
        let wanted = stem(&fold(cue), "en");
        items.retain(|item| cue_of(item, &places) == wanted);
    }
    if !about.is_empty() {
        let wanted: Vec<String> = stems(about);
        items.retain(|item| {
            let own = stems(&places.texts(item.doc_id, &item.quotation.content));
            wanted.iter().all(|word| own.contains(word))
        });
    }
    let mut view = match group {
        "" => LensView { table: lines(read, &items, &places, settings, rows), ..LensView::default() },
        "same" => same(read, &items, &places, settings, rows),
        group => LensView { table: groups(group, read, &items, &places, settings, rows), ..LensView::default() },
    };
    if let Some(reason) = nothing_to_count(ground) {
        view.notes.push(reason);
        return view;
    }
    view.summary = summary(&items, all);
    if doubtful > 0 {
        view.notes.push(format!(
            "{} less certain: lower the setting to see {}.",
            count(doubtful, "passage is", "passages are"),
            if doubtful == 1 { "it" } else { "them" }
        ));
    }
    view
}

fn stems(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| stem(&fold(token.span.of(text)), "en")).collect()
}

fn retain_speaker(items: &mut Vec<Quoted>, read: &Read, places: &Places, speaker: &str) {
    match speaker {
        "" => {}
        "-" => items.retain(|item| item.quotation.speaker.is_none()),
        speaker => {
            let meant = named(&read.entities, speaker);
            let folded = fold(speaker);
            items.retain(|item| match (item.speaker, item.quotation.speaker) {
                (Some(entity), _) => meant.contains(&entity),
                (None, Some(written)) => fold(&places.text(item.doc_id, written.span)).contains(&folded),
                (None, None) => false,
            });
        }
    }
}

fn summary(items: &[Quoted], all: usize) -> String {
    // That there is nothing is said beside it.
    if items.is_empty() {
        return String::new();
    }
    let of = |manner: Manner| items.iter().filter(|item| item.quotation.manner == manner).count() as u64;
    let unattributed = items.iter().filter(|item| item.quotation.speaker.is_none()).count() as u64;
    let shown = match items.len() < all {
        true => format!("{} of {}", grouped(items.len() as u64), count(all as u64, "quotation", "quotations")),
        false => count(all as u64, "quotation", "quotations"),
    };
    format!(
        "{shown}: {} direct, {} mixed, {} reported; {}.",
        grouped(of(Manner::Direct)),
        grouped(of(Manner::Mixed)),
        grouped(of(Manner::Reported)),
        match unattributed {
            0 => "all credited to somebody".to_owned(),
            _ => format!("{} credited to nobody", grouped(unattributed)),
        },
    )
}

/// Who speaks: the entity, else as written.
fn speaker_text(item: &Quoted, read: &Read, places: &Places) -> Option<String> {
    let entity = item.speaker.and_then(|entity| read.entities.list.get(entity as usize));
    let written = || item.quotation.speaker.map(|speaker| places.text(item.doc_id, speaker.span));
    entity.map(|entity| entity.name.clone()).or_else(written)
}

/// The stem of the cue's first word, so that `said` and `says` are one.
fn cue_of(item: &Quoted, places: &Places) -> String {
    let cue = item.quotation.cue.map(|cue| fold(&places.text(item.doc_id, cue))).unwrap_or_default();
    match cue.as_str() {
        // The commonest verb is irregular.
        "said" | "says" | "saying" => "say".to_owned(),
        "told" | "tells" | "telling" => "tell".to_owned(),
        cue if cue.contains(' ') => cue.to_owned(),
        cue => stem(cue, "en"),
    }
}

fn columns(is_wide: bool) -> Vec<Column> {
    let mut columns = vec![
        column("speaker", "Speaker", "Who is credited: the name where that is safe, else as written", TEXT),
        prose("text", "Words", "What was said, without the quotation marks around it"),
        column("manner", "Manner", "Direct, mixed or reported", TEXT),
        column("cue", "Verb", "The verb or phrase that introduces it", TEXT),
        certainty_column(),
    ];
    let mut places = place::columns(is_wide);
    // What says more of each is on its card and in files.
    if is_wide {
        columns.extend([
            column("addressee", "To", "To whom it was said", TEXT),
            column("written", "As written", "How the speaker is named at the quotation", TEXT),
            reason_column(),
        ]);
    } else {
        places.truncate(2);
    }
    columns.extend(places);
    columns
}

fn lines(read: &Read, items: &[Quoted], places: &Places, settings: &mut Settings, rows: Rows) -> Table {
    let known = |text: Option<String>| text.map_or(Cell::None, Cell::Text);
    let is_wide = is_wide(settings);
    let cell = |item: &Quoted, place: usize| {
        let quotation = item.quotation;
        match place {
            0 => known(speaker_text(item, read, places)),
            1 => Cell::Text(places.texts(item.doc_id, &quotation.content)),
            2 => Cell::Text(manner_name(quotation.manner).to_owned()),
            3 => known(quotation.cue.map(|cue| places.text(item.doc_id, cue))),
            4 => Cell::Count(quotation.certainty.into()),
            place if !is_wide => places.cell(item.doc_id, item.span(), place - 5),
            5 => known(quotation.addressee.map(|span| places.text(item.doc_id, span))),
            6 => known(quotation.speaker.map(|speaker| places.text(item.doc_id, speaker.span))),
            7 => Cell::Text(match quotation.speaker {
                Some(speaker) => format!("{}; the speaker: {}", quotation.reason, speaker.reason),
                None => quotation.reason.to_owned(),
            }),
            place => places.cell(item.doc_id, item.span(), place - OWN),
        }
    };
    let head = |item: &Quoted| (places.key(item.doc_id, item.span()), places.link(item.doc_id, item.span()), true);
    let caption = "Quotations".to_owned();
    let columns = columns(is_wide);
    table(Content { caption, columns, items, cell: &cell, head: &head, sort: "" }, settings, rows)
}

/// Quotations counted by what they have in common.
fn groups(by: &str, read: &Read, items: &[Quoted], places: &Places, settings: &mut Settings, rows: Rows) -> Table {
    #[derive(Default)]
    struct Group {
        manners: [u64; 3],
        documents: Vec<DocId>,
        speaker: Option<u32>,
    }
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for item in items {
        let name = match by {
            "speaker" => speaker_text(item, read, places),
            "cue" => Some(cue_of(item, places)).filter(|cue| !cue.is_empty()),
            "source" => places.document(item.doc_id).and_then(|document| document.source.value.clone()),
            _ => places.document(item.doc_id).map(|document| document.name.clone()),
        };
        let group = groups.entry(name.unwrap_or_default()).or_default();
        group.manners[item.quotation.manner as usize] += 1;
        group.documents.push(item.doc_id);
        group.speaker = item.speaker;
    }
    let mut groups: Vec<(String, Group)> = groups.into_iter().collect();
    groups.iter_mut().for_each(|(_, group)| group.documents.dedup());
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.manners.iter().sum::<u64>()));
    let title = match by {
        "speaker" => "Speaker",
        "cue" => "Verb",
        "source" => "Paper",
        _ => "Document",
    };
    let columns = vec![
        column(by, title, "What the quotations have in common", TEXT),
        column("quotations", "Quotations", "How many", 0),
        column("direct", "Direct", "Of them in quotation marks", 0),
        column("mixed", "Mixed", "Of them partly in quotation marks", 0),
        column("reported", "Reported", "Of them in the writer's words", 0),
        column("documents", "Documents", "In how many documents", 0),
    ];
    let cell = |(name, group): &(String, Group), place: usize| match place {
        0 if name.is_empty() => Cell::Text("(nobody)".to_owned()).pick(by == "speaker"),
        0 => Cell::Text(name.clone()),
        1 => Cell::Count(group.manners.iter().sum()),
        place @ 2..=4 => Cell::Count(group.manners[place - 2]),
        _ => Cell::Count(group.documents.len() as u64),
    };
    let head = |(name, group): &(String, Group)| {
        let pair = |name: &str, value: String| (name.to_owned(), value);
        let key = group.speaker.and_then(|entity| read.entities.list.get(entity as usize)).map(entity_key);
        let (setting, filter) = match by {
            "speaker" if name.is_empty() => (Some(pair("speaker", "-".to_owned())), None),
            "speaker" => (Some(pair("speaker", key.unwrap_or_else(|| name.clone()))), None),
            "cue" => (Some(pair("cue", name.clone())), None),
            "source" => (None, Some(pair("source", name.clone()))),
            _ => return (name.clone(), Link::Hit(name.clone(), None), true),
        };
        let settings = setting.into_iter().chain([pair("group", String::new())]).collect();
        (name.clone(), Link::Lens { lens: Lens::Quotes, query: None, filter, settings }, true)
    };
    let caption = format!("Quotations by {}", title.to_lowercase());
    table(Content { caption, columns, items: &groups, cell: &cell, head: &head, sort: "" }, settings, rows)
}

impl Cell {
    fn pick(self, is_wanted: bool) -> Cell {
        if is_wanted { self } else { Cell::Text("(not known)".to_owned()) }
    }
}

/// The same words in several documents: each beside the longest, with what differs.
fn same(read: &Read, items: &[Quoted], places: &Places, settings: &mut Settings, rows: Rows) -> LensView {
    let texts: Vec<String> = items.iter().map(|item| places.texts(item.doc_id, &item.quotation.content)).collect();
    let quoted: Vec<shared::Quoted> = items
        .iter()
        .zip(&texts)
        .map(|(item, text)| shared::Quoted { doc_id: item.doc_id, text, language: "en" })
        .collect();
    let groups = shared::same_quotations(&quoted);
    // Every member of a group, the longest first.
    let mut members: Vec<(usize, &shared::Same, u32)> = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        members.push((number, group, group.longest));
        members.extend(group.members.iter().filter(|own| **own != group.longest).map(|own| (number, group, *own)));
    }
    let mut columns = vec![
        column("group", "Group", "Quotations of one number are the same words, or nearly", 0),
        prose(
            "difference",
            "Words",
            "The longest, then each other beside it: [-what it leaves out-], {+what it puts in+}",
        ),
        column("speaker", "Speaker", "Who is credited", TEXT),
        column("documents", "Documents", "In how many documents they are quoted", 0),
    ];
    columns.extend(place::columns(is_wide(settings)));
    let text = |place: u32| texts.get(place as usize).map_or("", String::as_str);
    let cell = |(number, group, own): &(usize, &shared::Same, u32), place: usize| {
        let Some(item) = items.get(*own as usize) else { return Cell::None };
        match place {
            0 => Cell::Count(*number as u64 + 1),
            1 if *own == group.longest => Cell::Text(text(*own).to_owned()),
            1 => Cell::Text(told(text(group.longest), text(*own))),
            2 => speaker_text(item, read, places).map_or(Cell::None, Cell::Text),
            3 => Cell::Count(group.documents.into()),
            place => places.cell(item.doc_id, item.span(), place - 4),
        }
    };
    let head = |(_, _, own): &(usize, &shared::Same, u32)| match items.get(*own as usize) {
        Some(item) => (places.key(item.doc_id, item.span()), places.link(item.doc_id, item.span()), true),
        None => Default::default(),
    };
    let caption = "The same words in several documents".to_owned();
    let table =
        table(Content { caption, columns, items: &members, cell: &cell, head: &head, sort: "" }, settings, rows);
    let notes = match groups.is_empty() {
        true => vec!["No quotation stands in two of these documents.".to_owned()],
        false => Vec::new(),
    };
    LensView { table, notes, ..LensView::default() }
}
