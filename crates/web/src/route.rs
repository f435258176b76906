//! The URL is the state: what is asked, through which lens, and what is open in the Reader.
//!
//! `#/results?q=erdogan&case=1&source=News.Az&date=2025-02&sort=date&doc=001_9b&hit=2&in=4f3a90c1`
//!
//! Parameters that are no words of ours are filters, named by their field; a field that has the name of one of our
//! parameters is written `field.NAME`. Parsing never fails: nonsense gives the first lens and a problem. A query too
//! long for an address is left out, and `long=1` says so: the page that asked it still knows it.

use form_urlencoded::{Serializer, parse};
use sheaf_core::base::Span;
use sheaf_core::query::Filter;
use sheaf_core::views::lens::table::Link;
use sheaf_core::views::lens::{Lens as Counted, SETTINGS};
use sheaf_core::workspace::{Exactness, Question, Sort, SortKey};

/// The tabs, each with its lenses: one entry here adds a lens to the tabs, the help and the smoke tests.
pub const TABS: &[(&str, &[Lens])] = &[
    ("Results", &[Lens::Results]),
    ("Concordance", &[Lens::Counted(Counted::Concordance)]),
    (
        "Words",
        &[
            Lens::Counted(Counted::Words),
            Lens::Counted(Counted::Collocates),
            Lens::Counted(Counted::Keyness),
            Lens::Counted(Counted::Dispersion),
            Lens::Counted(Counted::Trends),
        ],
    ),
    ("People & places", &[Lens::Counted(Counted::Entities), Lens::Counted(Counted::Findings)]),
    ("Quotes", &[Lens::Counted(Counted::Quotes)]),
    ("Timeline", &[Lens::Counted(Counted::Timeline), Lens::Counted(Counted::Events), Lens::Counted(Counted::Dates)]),
    ("Compare", &[Lens::Counted(Counted::Compare), Lens::Counted(Counted::Shared)]),
    ("Documents", &[Lens::Documents, Lens::Counted(Counted::Measures)]),
    ("About", &[Lens::About]),
];

/// Rows first shown by a lens, and added by "show more".
pub const PAGE: u32 = 20;
/// Most rows a link may ask for.
const MAX_LIMIT: u32 = 10_000;
/// Most bytes of a query in a link: what mails and messengers let through, and browsers keep in their history.
pub const MAX_LINK_QUERY: usize = 4_000;
/// Names that are ours: a field of one of these names is written `field.NAME`.
const RESERVED: &[&str] = &[
    "q", "typing", "case", "accents", "forms", "long", "sort", "rows", "doc", "hit", "at", "extent", "marks", "in", "",
];
/// Settings that all lenses share: they are kept on the way from one to the next.
const SHARED_SETTINGS: &[&str] = &["by", "stop", "stopwords"];

/// A view of the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lens {
    /// Documents ranked, with passages.
    #[default]
    Results,
    /// All chosen documents as a table.
    Documents,
    /// A lens that counts.
    Counted(Counted),
    /// What the corpus is.
    About,
}

/// What is open in the Reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Stable name of the document.
    pub doc: String,
    /// The hit shown, from 0; nothing where the document was opened at its beginning.
    pub hit: Option<u32>,
    /// The place shown, in bytes of the text, where it was opened at one.
    pub at: Option<Span>,
    /// Parts of a long text shown, at least 1.
    pub extent: u32,
}

/// A view of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Which lens.
    pub lens: Lens,
    /// What is asked.
    pub question: Question,
    /// In which order; the lens's own where nothing is said.
    pub sort: Option<Sort>,
    /// How many rows; 0 for the first page.
    pub limit: u32,
    /// Settings of a lens that counts, by name and value, each once.
    pub settings: Vec<(String, String)>,
    /// What is open beside it.
    pub open: Option<Open>,
    /// What the Reader marks, its sorts joined by commas; what suits the corpus where nothing is said.
    pub marks: Option<String>,
    /// Fingerprint of the corpus the link was made with.
    pub fingerprint: Option<String>,
    /// Whether the query was left out of the link, being too long.
    pub is_cut: bool,
}

impl Lens {
    /// The word in the URL.
    pub fn slug(self) -> &'static str {
        match self {
            Lens::Results => "results",
            Lens::Documents => "documents",
            Lens::Counted(lens) => lens.name(),
            Lens::About => "about",
        }
    }

    /// The word on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Lens::Results => "Results",
            Lens::Documents => "Documents",
            Lens::Counted(lens) => lens.title(),
            Lens::About => "About",
        }
    }

    /// Its place among the tabs.
    pub fn tab(self) -> usize {
        TABS.iter().position(|(_, lenses)| lenses.contains(&self)).unwrap_or(0)
    }

    /// All lenses, in the order of the tabs.
    pub fn all() -> impl Iterator<Item = Lens> {
        TABS.iter().flat_map(|(_, lenses)| lenses.iter().copied())
    }
}

impl Route {
    /// Reads the fragment of a URL, with or without `#`. Gives what could not be used as sentences.
    pub fn parse(fragment: &str) -> (Route, Vec<String>) {
        let fragment = fragment.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let mut route = Route::default();
        let mut problems = Vec::new();
        match Lens::all().find(|lens| lens.slug() == path) {
            Some(lens) => route.lens = lens,
            None if path.is_empty() => {}
            None => problems
                .push(format!("This link names no view of Sheaf (“{}”). Results are shown instead.", short(path))),
        }
        let mut unread = Vec::new();
        let is_counted = matches!(route.lens, Lens::Counted(_));
        for (key, value) in parse(query.as_bytes()) {
            let is_read = match key.as_ref() {
                name if is_counted && (name == "sort" || SETTINGS.contains(&name)) => {
                    route.set(name, &value);
                    true
                }
                "q" => {
                    route.question.query = value.into_owned();
                    true
                }
                "typing" => {
                    route.question.is_typing = value == "1";
                    true
                }
                "case" | "accents" | "forms" => {
                    *switch(&mut route.question.exactness, &key) = value == "1";
                    true
                }
                "long" => {
                    route.is_cut = value == "1";
                    true
                }
                "sort" => {
                    route.sort = parse_sort(&value);
                    route.sort.is_some()
                }
                "rows" => value.parse().map(|rows: u32| route.limit = rows.min(MAX_LIMIT)).is_ok(),
                "doc" => {
                    route.open_mut().doc = value.into_owned();
                    true
                }
                "hit" => match value.parse::<u32>().ok().and_then(|hit| hit.checked_sub(1)) {
                    Some(hit) => {
                        route.open_mut().hit = Some(hit);
                        true
                    }
                    None => false,
                },
                "at" => match value.split_once('-').map(|(from, to)| (from.parse(), to.parse())) {
                    Some((Ok(from), Ok(to))) => {
                        route.open_mut().at = Some(Span::new(from, to));
                        true
                    }
                    _ => false,
                },
                "marks" => {
                    route.marks = Some(value.into_owned());
                    true
                }
                "extent" => value.parse().map(|extent: u32| route.open_mut().extent = extent.clamp(1, 1_000)).is_ok(),
                "in" => {
                    route.fingerprint = Some(value.into_owned()).filter(|value| !value.is_empty());
                    true
                }
                "" => false,
                field => {
                    route.add_filter(field.strip_prefix("field.").unwrap_or(field), &value);
                    true
                }
            };
            if !is_read {
                unread.push(key.into_owned());
            }
        }
        if route.open.as_ref().is_some_and(|open| open.doc.is_empty()) {
            route.open = None;
        }
        if route.is_cut {
            route.question.query.clear();
        }
        if !unread.is_empty() {
            problems.push(format!(
                "A part of this link could not be read ({}). The rest is shown.",
                short(&unread.join(", "))
            ));
        }
        (route, problems)
    }

    /// Prints the fragment, beginning with `#`.
    pub fn print(&self) -> String {
        let mut parameters = Serializer::new(String::new());
        if self.is_cut || self.question.query.len() > MAX_LINK_QUERY {
            parameters.append_pair("long", "1");
        } else if !self.question.query.is_empty() {
            parameters.append_pair("q", &self.question.query);
        }
        if self.question.is_typing && !self.question.query.is_empty() {
            parameters.append_pair("typing", "1");
        }
        for (name, is_on) in switches(self.question.exactness) {
            if is_on {
                parameters.append_pair(name, "1");
            }
        }
        for filter in &self.question.filters {
            let field = filter.field.as_str();
            let is_ours = RESERVED.contains(&field) || SETTINGS.contains(&field) || field.starts_with("field.");
            let key = [if is_ours { "field." } else { "" }, field].concat();
            for value in &filter.values {
                parameters.append_pair(&key, value);
            }
        }
        for (name, value) in &self.settings {
            parameters.append_pair(name, value);
        }
        if let Some(sort) = self.sort {
            parameters.append_pair("sort", &print_sort(sort));
        }
        if self.limit > 0 {
            parameters.append_pair("rows", &self.limit.to_string());
        }
        if let Some(open) = &self.open {
            parameters.append_pair("doc", &open.doc);
            if let Some(hit) = open.hit {
                parameters.append_pair("hit", &(hit + 1).to_string());
            }
            if let Some(at) = open.at {
                parameters.append_pair("at", &[at.start.to_string().as_str(), "-", &at.end.to_string()].concat());
            }
            if open.extent > 1 {
                parameters.append_pair("extent", &open.extent.to_string());
            }
        }
        if let Some(marks) = &self.marks {
            parameters.append_pair("marks", marks);
        }
        if let Some(fingerprint) = &self.fingerprint {
            parameters.append_pair("in", fingerprint);
        }
        let parameters = parameters.finish();
        let mark = if parameters.is_empty() { "" } else { "?" };
        format!("#/{}{mark}{parameters}", self.lens.slug())
    }

    /// The order of the lens.
    pub fn sort(&self) -> Sort {
        self.sort.unwrap_or_default()
    }

    /// Rows to ask for.
    pub fn limit(&self) -> u32 {
        self.limit.max(PAGE)
    }

    /// Values chosen of a field.
    pub fn chosen(&self, field: &str) -> &[String] {
        self.question.filters.iter().find(|filter| filter.field == field).map_or(&[], |filter| &filter.values)
    }

    /// The same view with a value of a filter added, or taken away where it is there.
    pub fn toggled(&self, field: &str, value: &str) -> Route {
        let mut route = self.narrowed();
        if self.chosen(field).iter().any(|chosen| chosen == value) {
            for filter in route.question.filters.iter_mut().filter(|filter| filter.field == field) {
                filter.values.retain(|chosen| chosen != value);
            }
            route.question.filters.retain(|filter| !filter.values.is_empty());
        } else {
            route.add_filter(field, value);
        }
        route
    }

    /// The same view with a filter replaced by `values`.
    pub fn with_filter(&self, field: &str, values: Vec<String>) -> Route {
        let mut route = self.narrowed();
        route.question.filters.retain(|filter| filter.field != field);
        if !values.is_empty() {
            route.question.filters.push(Filter { field: field.to_owned(), values });
        }
        route
    }

    /// The same view with another query, complete.
    pub fn with_query(&self, query: &str) -> Route {
        let mut route = self.narrowed();
        route.question.query = query.to_owned();
        route.question.is_typing = false;
        route
    }

    /// The same view with a switch (`case`, `accents` or `forms`) turned.
    pub fn switched(&self, name: &str) -> Route {
        let mut route = self.narrowed();
        let switch = switch(&mut route.question.exactness, name);
        *switch = !*switch;
        route
    }

    /// The same view with a document open.
    pub fn opened(&self, doc: &str, hit: Option<u32>) -> Route {
        Route { open: Some(Open { doc: doc.to_owned(), hit, at: None, extent: 1 }), ..self.clone() }
    }

    /// The same view with a document open at a place.
    pub fn opened_at(&self, doc: &str, at: Span) -> Route {
        Route { open: Some(Open { doc: doc.to_owned(), hit: None, at: Some(at), extent: 1 }), ..self.clone() }
    }

    /// The same view with nothing open.
    pub fn closed(&self) -> Route {
        Route { open: None, ..self.clone() }
    }

    /// The same question through another lens, in its own order.
    pub fn through(&self, lens: Lens) -> Route {
        let mut settings = self.settings.clone();
        settings.retain(|(name, _)| matches!(lens, Lens::Counted(_)) && SHARED_SETTINGS.contains(&name.as_str()));
        Route { lens, sort: None, limit: 0, settings, ..self.clone() }
    }

    /// The same view with a setting of its lens changed; an empty value is the default.
    pub fn with_setting(&self, name: &str, value: &str) -> Route {
        let mut route = self.clone();
        route.set(name, value);
        if value.is_empty() {
            route.settings.retain(|(own, _)| own != name);
        }
        route
    }

    /// Where a row or a mark leads; nothing where it leads nowhere.
    pub fn followed(&self, link: &Link) -> Option<Route> {
        match link {
            Link::None => None,
            Link::Hit(doc, hit) => Some(self.opened(doc, *hit)),
            Link::Place(doc, at) => Some(self.opened_at(doc, *at)),
            Link::Lens { lens, query, filter, settings } => {
                let mut route = self.closed().through(Lens::Counted(*lens));
                // What the reader did to the lines of this query stays done.
                if self.lens == route.lens && query.is_none() {
                    route
                        .settings
                        .extend(self.settings.iter().filter(|(name, _)| name == "drop" || name == "tags").cloned());
                }
                if let Some(query) = query {
                    route.question.query.clone_from(query);
                    route.question.is_typing = false;
                }
                if let Some((field, value)) = filter {
                    route = route.with_filter(field, vec![value.clone()]);
                }
                settings.iter().for_each(|(name, value)| route = route.with_setting(name, value));
                Some(route)
            }
        }
    }

    /// The same view from its first page.
    fn narrowed(&self) -> Route {
        Route { limit: 0, lens: if self.lens == Lens::About { Lens::Results } else { self.lens }, ..self.clone() }
    }

    fn set(&mut self, name: &str, value: &str) {
        match self.settings.iter_mut().find(|(own, _)| own == name) {
            Some((_, own)) => value.clone_into(own),
            None => self.settings.push((name.to_owned(), value.to_owned())),
        }
    }

    fn add_filter(&mut self, field: &str, value: &str) {
        match self.question.filters.iter_mut().find(|filter| filter.field == field) {
            Some(filter) if filter.values.iter().any(|chosen| chosen == value) => {}
            Some(filter) => filter.values.push(value.to_owned()),
            None => self.question.filters.push(Filter { field: field.to_owned(), values: vec![value.to_owned()] }),
        }
    }

    fn open_mut(&mut self) -> &mut Open {
        self.open.get_or_insert(Open { doc: String::new(), hit: None, at: None, extent: 1 })
    }
}

/// What counts as written: the names of the switches, and whether they are on.
pub fn switches(exactness: Exactness) -> [(&'static str, bool); 3] {
    [("case", exactness.case), ("accents", exactness.accents), ("forms", exactness.forms)]
}

fn switch<'e>(exactness: &'e mut Exactness, name: &str) -> &'e mut bool {
    match name {
        "case" => &mut exactness.case,
        "accents" => &mut exactness.accents,
        _ => &mut exactness.forms,
    }
}

const SORTS: &[(SortKey, &str)] = &[
    (SortKey::Relevance, "match"),
    (SortKey::Date, "date"),
    (SortKey::Title, "title"),
    (SortKey::Length, "length"),
    (SortKey::Source, "source"),
    (SortKey::Language, "language"),
    (SortKey::Hits, "hits"),
];

/// `date`, or `-date` from the last to the first.
pub fn print_sort(sort: Sort) -> String {
    let name = SORTS.iter().find(|(key, _)| *key == sort.key).map_or("", |(_, name)| name);
    format!("{}{name}", if sort.is_descending { "-" } else { "" })
}

/// Reads what [`print_sort`] writes.
pub fn parse_sort(text: &str) -> Option<Sort> {
    let name = text.strip_prefix('-').unwrap_or(text);
    let key = SORTS.iter().find(|(_, known)| *known == name).map(|(key, _)| *key)?;
    Some(Sort { key, is_descending: text.starts_with('-') })
}

fn short(text: &str) -> String {
    let mut shortened: String = text.chars().take(40).collect();
    if shortened.len() < text.len() {
        shortened.push('…');
    }
    shortened
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_link_of_every_kind_reads_back() {
        let (route, problems) = Route::parse(
            "#/documents?q=a+%22b%22&typing=1&accents=1&source=News.Az&source=&date=2025-02&field.q=x&field.case=y&sort=-date&rows=40&doc=001&hit=2&in=abcd",
        );
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(route.lens, Lens::Documents);
        assert_eq!(route.question.query, "a \"b\"");
        assert_eq!(route.chosen("source"), ["News.Az", ""]);
        assert_eq!(route.chosen("q"), ["x"]);
        assert_eq!(route.chosen("case"), ["y"]);
        assert_eq!(route.question.exactness, Exactness { accents: true, ..Exactness::default() });
        assert_eq!(route.open, Some(Open { doc: "001".into(), hit: Some(1), at: None, extent: 1 }));
        assert_eq!(Route::parse(&route.print()), (route, vec![]));
    }

    #[test]
    fn nonsense_gives_results_and_says_so() {
        let (route, problems) = Route::parse("#/nowhere?sort=sideways&hit=-3&%%%");
        assert_eq!(route.lens, Lens::Results);
        assert_eq!(route.open, None);
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn a_query_too_long_for_a_link_is_left_out_and_said_to_be() {
        let mut route = Route::default().with_query(&"a".repeat(MAX_LINK_QUERY));
        assert!(route.print().contains("q=aaa"));
        route.question.query.push('a');
        assert_eq!(route.print(), "#/results?long=1");
        let (read, problems) = Route::parse(&route.print());
        assert_eq!((read.is_cut, read.question.query.as_str(), problems), (true, "", vec![]));
        assert_eq!(Route::parse(&read.print()), (read, vec![]));
    }

    #[test]
    fn a_switch_turned_twice_is_as_before() {
        for (name, _) in switches(Exactness::default()) {
            let route = Route::default().with_query("a").switched(name);
            assert!(switches(route.question.exactness).contains(&(name, true)));
            assert_eq!(route.print(), format!("#/results?q=a&{name}=1"));
            assert_eq!(route.switched(name), Route::default().with_query("a"));
        }
    }

    #[test]
    fn choosing_a_value_twice_removes_it() {
        let route = Route::default().toggled("source", "A").toggled("source", "B").toggled("source", "A");
        assert_eq!(route.chosen("source"), ["B"]);
        assert_eq!(route.toggled("source", "B").question.filters, vec![]);
    }

    proptest! {
        #[test]
        fn a_route_reads_back_from_its_link(
            query in "\\PC{0,12}", typing: bool, case: bool, accents: bool, forms: bool,
            field in "[a-z.]{1,8}|case|accents|forms|long", value in "\\PC{0,8}",
            doc in proptest::option::of("\\PC{1,8}"), hit in proptest::option::of(0u32..50),
            descending: bool, rows in 0u32..100,
        ) {
            let mut route = Route { lens: Lens::Documents, limit: rows, ..Route::default() };
            route.question.is_typing = typing && !query.is_empty();
            route.question.query = query;
            route.question.exactness = Exactness { case, accents, forms };
            route.add_filter(&field, &value);
            route.sort = Some(Sort { key: SortKey::Title, is_descending: descending });
            route.open = doc.map(|doc| Open { doc, hit, at: None, extent: 1 });
            prop_assert_eq!(Route::parse(&route.print()), (route, vec![]));
        }

        #[test]
        fn no_fragment_breaks_the_parser(fragment in "\\PC{0,60}") {
            let (route, _) = Route::parse(&fragment);
            prop_assert_eq!(Route::parse(&route.print()).0, route);
        }
    }
}
