//! The five articles with their tables, every place found.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use sheaf_core::base::{PartialDate, Span};
use sheaf_core::extract::Kind;
use sheaf_core::extract::events::{EventKind, Status};
use sheaf_core::extract::quotations::Manner;
use sheaf_core::extract::times::TimeKind;
use sheaf_core::import::{ImportOptions, InputFile, import};

use crate::table::{Entity, Everybody, Place, Table, locate, whole_words};

/// The articles, and who and what they name.
pub(crate) struct Seeds {
    pub(crate) articles: Vec<Article>,
    pub(crate) entities: BTreeMap<String, Entity>,
    pub(crate) shared: Vec<String>,
}

/// An article as imported, with its table.
pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) date: Option<PartialDate>,
    pub(crate) table: Table,
    /// Names in order of place.
    pub(crate) names: Vec<Named>,
}

/// One mention in the table.
pub(crate) struct Named {
    pub(crate) span: Span,
    pub(crate) is: String,
    pub(crate) is_optional: bool,
}

impl Seeds {
    /// Reads articles and tables.
    pub(crate) fn open() -> Seeds {
        let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("reading/seeds");
        let everybody: Everybody = toml::from_str(&fs::read_to_string(tables.join("entities.toml")).unwrap()).unwrap();
        let files = paths(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds")).into_iter().map(|path| InputFile {
            path: path.file_name().unwrap().to_string_lossy().into_owned(),
            bytes: fs::read(path).unwrap(),
        });
        let articles = import(files.collect(), &ImportOptions::default()).value.documents.into_iter().map(|document| {
            let table = fs::read_to_string(tables.join(&document.file[..3]).with_extension("toml")).unwrap();
            let table: Table = toml::from_str(&table).unwrap_or_else(|error| panic!("{}: {error}", document.file));
            assert_eq!(table.file, document.file);
            let names = named(&document.text, &table);
            Article { text: document.text, date: document.date.value, table, names }
        });
        let entities = everybody.entities.into_iter().map(|entity| (entity.is.clone(), entity)).collect();
        Seeds { articles: articles.collect(), entities, shared: everybody.shared }
    }

    /// Whether the table takes this kind for that of an entity.
    pub(crate) fn is_of_kind(&self, is: &str, kind: Kind) -> bool {
        self.entities.get(is).is_some_and(|entity| entity.kind.iter().any(|word| word == kind_word(kind)))
    }

    /// What is wrong with the tables: places that are not there, words that are not known, names that were forgotten.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults: Vec<String> = self.articles.iter().flat_map(|article| self.faults_of(article)).collect();
        let mentioned: BTreeSet<&str> =
            self.articles.iter().flat_map(|a| &a.names).map(|name| name.is.as_str()).collect();
        let idle = self.entities.keys().filter(|is| !mentioned.contains(is.as_str()));
        faults.extend(idle.map(|is| format!("{is} is mentioned nowhere")));
        faults
    }

    fn faults_of(&self, article: &Article) -> Vec<String> {
        let Article { text, table, names, .. } = article;
        let mut faults = Vec::new();
        for place in table.places() {
            if locate(text, &place).is_none() {
                faults.push(format!("not there: {place:?}"));
            }
        }
        for name in &table.names {
            if !self.entities.get(&name.is).is_some_and(|entity| entity.spellings.contains(&name.text)) {
                faults.push(format!("{} is no spelling of {}", name.text, name.is));
            }
        }
        for pair in names.windows(2).filter(|pair| pair[1].span.start < pair[0].span.end) {
            faults.push(format!("{} overlaps {}", pair[0].is, pair[1].is));
        }
        for spelling in self.entities.values().flat_map(|entity| &entity.spellings) {
            let forgotten = whole_words(text, spelling)
                .into_iter()
                .filter(|at| !names.iter().any(|name| (name.span.start..name.span.end).contains(&(*at as u32))));
            faults.extend(forgotten.map(|at| format!("{spelling} at {at} is no name in the table")));
        }
        let is_named = |is: &String| names.iter().any(|name| name.is == *is);
        let events = table.events.iter();
        let needed = events.flat_map(|event| event.who.iter().flatten().chain(&event.perhaps).chain(&event.place));
        let needed = needed.chain(table.quotations.iter().filter_map(|quotation| quotation.who.as_ref()));
        let needed = needed.chain(table.credits.iter().map(|credit| &credit.agency));
        faults.extend(needed.filter(|is| !is_named(is)).map(|is| format!("{is} is not named here")));
        let is_value = |value: &String| table.times.iter().any(|time| time.value.contains(value));
        let values = table.events.iter().flat_map(|event| &event.time);
        faults.extend(values.filter(|value| !is_value(value)).map(|value| format!("no time is {value}")));
        faults.extend(self.unknown_words(table).map(|word| format!("{word} is no word of the table")));
        faults.into_iter().map(|fault| format!("{}: {fault}", table.file)).collect()
    }

    fn unknown_words<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = &'a String> {
        let kinds = [Kind::Person, Kind::Organisation, Kind::Place, Kind::Other].map(kind_word);
        let times = [TimeKind::Date, TimeKind::Time, TimeKind::Duration, TimeKind::Set].map(time_word);
        let events = [EventKind::Meeting, EventKind::Visit, EventKind::Call, EventKind::Talks].map(event_word);
        let statuses = [Status::Happened, Status::Planned, Status::Denied].map(status_word);
        let manners = [Manner::Direct, Manner::Mixed, Manner::Reported].map(manner_word);
        let check = |word: &'a String, known: &[&str]| (!known.contains(&word.as_str())).then_some(word);
        let in_names = self.entities.values().flat_map(|entity| &entity.kind).map(move |w| check(w, &kinds));
        let in_times = table.times.iter().flat_map(|time| &time.kind).map(move |w| check(w, &times));
        let in_events = table.events.iter().flat_map(|event| &event.kind).map(move |w| check(w, &events));
        let in_statuses = table.events.iter().flat_map(|event| &event.status).map(move |w| check(w, &statuses));
        let in_manners = table.quotations.iter().map(move |quotation| check(&quotation.manner, &manners));
        in_names.chain(in_times).chain(in_events).chain(in_statuses).chain(in_manners).flatten()
    }
}

impl Article {
    /// Where a place of the table is.
    pub(crate) fn at(&self, place: &Place) -> Span {
        locate(&self.text, place).unwrap_or_else(|| panic!("{}: {place:?} is not there", self.table.file))
    }

    /// The name in the table that a span of the text names.
    pub(crate) fn named_at(&self, span: Span) -> Option<&Named> {
        self.names.iter().find(|name| name.span == span).or_else(|| self.names.iter().find(|n| overlaps(n.span, span)))
    }
}

impl Table {
    fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = self.optional_events.clone();
        places.extend(self.names.iter().flat_map(|name| name.nth.iter().map(|nth| (name.text.clone(), *nth))));
        places.extend(self.roles.iter().flat_map(|role| [role.role.clone(), role.of.clone()]));
        places.extend(self.times.iter().map(|time| time.at.clone()));
        places.extend(self.events.iter().map(|event| event.trigger.clone()));
        places.extend(self.credits.iter().map(|credit| credit.at.clone()));
        for quotation in &self.quotations {
            places.extend(quotation.content.iter().cloned());
            places.extend([&quotation.cue, &quotation.speaker, &quotation.to].into_iter().flatten().cloned());
        }
        places
    }
}

/// Whether two spans have a byte in common.
pub(crate) fn overlaps(a: Span, b: Span) -> bool {
    common(a, b) > 0
}

/// The number of bytes that two spans have in common.
pub(crate) fn common(a: Span, b: Span) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

pub(crate) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Place => "place",
        Kind::Other => "other",
    }
}

pub(crate) fn time_word(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::Date => "date",
        TimeKind::Time => "time",
        TimeKind::Duration => "duration",
        TimeKind::Set => "set",
    }
}

pub(crate) fn event_word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Meeting => "meeting",
        EventKind::Visit => "visit",
        EventKind::Call => "call",
        EventKind::Talks => "talks",
    }
}

pub(crate) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Happened => "happened",
        Status::Planned => "planned",
        Status::Denied => "denied",
    }
}

pub(crate) fn manner_word(manner: Manner) -> &'static str {
    match manner {
        Manner::Direct => "direct",
        Manner::Mixed => "mixed",
        Manner::Reported => "reported",
    }
}

fn named(text: &str, table: &Table) -> Vec<Named> {
    let mut names: Vec<Named> = Vec::new();
    for name in &table.names {
        let spans = name.nth.iter().filter_map(|nth| locate(text, &(name.text.clone(), *nth)));
        names.extend(spans.map(|span| Named { span, is: name.is.clone(), is_optional: name.optional }));
    }
    names.sort_by_key(|name| name.span);
    names
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}
