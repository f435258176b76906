//! References to a document, in the forms that manuscripts and reference managers take, with the sentence quoted.
//!
//! A reference says what is known and nothing else. What is not known is left out, or written as the style has it; what
//! was concluded and not stated stands in square brackets, as editors write it. Names of authors stand as they were
//! given: which of their words is the family name cannot be known.
//!
//! Sources: The Chicago Manual of Style, 17th edition, 14.191–200 (newspapers; an unsigned article is listed under its newspaper, and
//! noted under its title) and 14.12 (a day of access only where there is no date); Publication Manual of the APA, 7th
//! edition, 10.1 (16, newspaper article) and 9.12 (no author: the title moves to the front); BibTeX; RIS as of 2012.

use std::borrow::Cow;

use nanoserde::{DeBin, SerBin};
use serde::{Deserialize, Serialize};

use super::words;
use crate::base::{PartialDate, Span};
use crate::document::{Document, Fact, Known};
use crate::text::{fold, sentences};

/// References to a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct CitationView {
    /// Name of the document.
    pub name: String,
    /// The sentence of the hit, as written; empty where no hit was asked for or there is none.
    pub quotation: String,
    /// The forms, in the order of [`NAMES`].
    pub forms: Vec<CitationForm>,
}

/// A reference in one form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, SerBin, DeBin)]
pub struct CitationForm {
    /// Its name on the command line.
    pub name: String,
    /// On the screen.
    pub title: String,
    /// The reference; BibTeX and RIS have several lines.
    pub text: String,
}

/// Names and titles of the forms.
pub const NAMES: &[(&str, &str)] = &[
    ("chicago", "Chicago, note"),
    ("chicago-bibliography", "Chicago, bibliography"),
    ("apa", "APA"),
    ("bibtex", "BibTeX"),
    ("ris", "RIS"),
    ("plain", "Plain"),
];

/// Where a document was read.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    /// Title of the corpus.
    pub corpus: &'p str,
    /// Where the document can be seen in it; empty where that is nowhere.
    pub link: &'p str,
    /// The day, as ISO 8601 writes it; without one no form has a day of access.
    pub today: &'p str,
}

/// Refers to a document, quoting `quotation`.
pub fn citation(document: &Document, quotation: String, place: Place) -> CitationView {
    let source = Source::of(document, place);
    let texts = [
        source.chicago_note(),
        source.chicago_bibliography(),
        source.apa(),
        source.bibtex(),
        source.ris(),
        source.plain(),
    ];
    let form = |(text, (name, title)): (String, &(&str, &str))| CitationForm {
        name: (*name).to_owned(),
        title: (*title).to_owned(),
        text,
    };
    CitationView { name: document.name.clone(), quotation, forms: texts.into_iter().zip(NAMES).map(form).collect() }
}

/// The sentence, or the sentences, that a span of a text lies in, without white space around. Cost: linear in the text.
pub fn sentence_of(text: &str, language: Option<&str>, hit: Span) -> String {
    let found = sentences(text, language);
    let inside = found.iter().filter(|span| span.end > hit.start && span.start < hit.end);
    let whole = inside.copied().reduce(|first, last| Span::new(first.start, last.end)).unwrap_or(hit);
    whole.of(text).trim().to_owned()
}

/// What is known of a document.
struct Source<'s> {
    title: &'s str,
    authors: Vec<&'s str>,
    publisher: Option<&'s str>,
    publisher_is_inferred: bool,
    date: Option<PartialDate>,
    date_is_inferred: bool,
    language: Option<&'s str>,
    /// Where the original can be read.
    url: Option<&'s str>,
    name: &'s str,
    corpus: &'s str,
    link: &'s str,
    today: Option<PartialDate>,
}

/// Fields that name authors, folded.
const AUTHORS: &[&str] = &["author", "authors", "byline", "creator"];

/// A value that has letters.
fn known(value: &str) -> Option<&str> {
    Some(value.trim()).filter(|value| !value.is_empty())
}

fn is_inferred<T>(fact: &Fact<T>) -> bool {
    matches!(fact.known, Known::Inferred { .. })
}

/// As editors write what they concluded.
fn bracketed(text: String, is_inferred: bool) -> String {
    if is_inferred { format!("[{text}]") } else { text }
}

/// With a full stop, where it does not end a sentence already.
fn stopped(text: &str) -> String {
    let end = text.trim_end_matches(['”', '’', '"', ')', ']']);
    if end.ends_with(['.', '?', '!', '…', '。', '！', '？', '؟']) { text.to_owned() } else { format!("{text}.") }
}

/// A title between quotation marks: its own become single ones.
fn inner(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for c in title.chars() {
        let opens = out.chars().next_back().is_none_or(|last| last.is_whitespace() || "([‘—–-".contains(last));
        out.push(match c {
            '“' | '„' => '‘',
            '”' => '’',
            '"' => {
                if opens {
                    '‘'
                } else {
                    '’'
                }
            }
            c => c,
        });
    }
    out
}

/// `February 24, 2025`, `February 2025`, `2025`.
fn american(date: PartialDate) -> String {
    let month = words::whole_date(date.month());
    match (month.split_once(' '), date.day) {
        (Some((month, year)), day) if day > 0 => format!("{month} {day}, {year}"),
        _ => month,
    }
}

impl<'s> Source<'s> {
    fn of(document: &'s Document, place: Place<'s>) -> Source<'s> {
        let named = |field: &&'s crate::document::Field| AUTHORS.contains(&fold(&field.name).as_str());
        let authors = document.fields.iter().find(named).map(|field| field.values.as_slice()).unwrap_or_default();
        Source {
            title: document.title.value.as_deref().and_then(known).unwrap_or(&document.name),
            authors: authors.iter().filter_map(|author| known(author)).collect(),
            publisher: document.source.value.as_deref().and_then(known),
            publisher_is_inferred: is_inferred(&document.source),
            date: document.date.value,
            date_is_inferred: is_inferred(&document.date),
            language: document.language.value.as_deref().and_then(known),
            url: document.url.as_deref().and_then(known),
            name: &document.name,
            corpus: place.corpus.trim(),
            link: place.link.trim(),
            today: PartialDate::parse(place.today),
        }
    }

    fn publisher(&self) -> Option<String> {
        self.publisher.map(|publisher| bracketed(publisher.to_owned(), self.publisher_is_inferred))
    }

    /// Where it can be read: the original, or the corpus with its link.
    fn place(&self) -> Vec<String> {
        match self.url {
            Some(url) => vec![url.to_owned()],
            None => [self.corpus, self.link].into_iter().filter_map(known).map(str::to_owned).collect(),
        }
    }

    fn accessed(&self) -> Option<String> {
        self.today.filter(|_| self.date.is_none()).map(american)
    }

    fn authors(&self, and: &str) -> Option<String> {
        match self.authors.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            [one, other] => Some(format!("{one}{}{other}", and.trim_start_matches(','))),
            [first @ .., last] => Some(format!("{}{and}{last}", first.join(", "))),
        }
    }

    fn chicago_note(&self) -> String {
        let mut parts: Vec<String> = self.authors(", and ").into_iter().collect();
        let rest =
            self.publisher().into_iter().chain(self.date.map(|date| bracketed(american(date), self.date_is_inferred)));
        let rest: Vec<String> =
            rest.chain(self.accessed().map(|day| format!("accessed {day}"))).chain(self.place()).collect();
        let comma = if rest.is_empty() { "." } else { "," };
        parts.push(format!("“{}{comma}”", inner(self.title)));
        let rest = if rest.is_empty() { String::new() } else { format!(" {}.", rest.join(", ")) };
        parts.join(", ") + &rest
    }

    fn chicago_bibliography(&self) -> String {
        let title = format!("“{}”", stopped(&inner(self.title)));
        let authors = self.authors(", and ").map(|authors| stopped(&authors));
        let publisher = self.publisher().map(|publisher| stopped(&publisher));
        let date = self.date.map(|date| bracketed(american(date), self.date_is_inferred));
        // An unsigned article is listed under its newspaper; between title and date of a signed one stands a comma.
        let mut parts = match (authors, self.publisher()) {
            (Some(authors), Some(publisher)) => {
                let own: Vec<String> = std::iter::once(publisher).chain(date).collect();
                vec![authors, title, stopped(&own.join(", "))]
            }
            (authors, _) => {
                let head = authors.or(publisher);
                head.into_iter().chain([title]).chain(date.map(|date| stopped(&date))).collect()
            }
        };
        parts.extend(self.accessed().map(|day| format!("Accessed {day}.")));
        parts.extend(self.place().iter().map(|place| stopped(place)));
        parts.join(" ")
    }

    fn apa(&self) -> String {
        let date = match self.date {
            None => "n.d.".to_owned(),
            Some(date) => {
                let american = american(date);
                let year = words::date(PartialDate { month: 0, day: 0, minute: 0, ..date });
                let month_and_day = american.strip_suffix(&year).unwrap_or("").trim_end_matches([' ', ',']);
                if month_and_day.is_empty() { year } else { format!("{year}, {month_and_day}") }
            }
        };
        let date = format!("({}).", bracketed(date, self.date_is_inferred));
        let title = stopped(self.title);
        let mut parts = match self.authors(", & ") {
            Some(authors) => vec![stopped(&authors), date, title],
            None => vec![title, date],
        };
        parts.extend(self.publisher().map(|publisher| stopped(&publisher)));
        match self.url {
            // Nothing follows an address.
            Some(url) => parts.push(url.to_owned()),
            None => {
                parts.extend(known(self.corpus).map(stopped));
                parts.extend(known(self.link).map(str::to_owned));
            }
        }
        parts.join(" ")
    }

    fn bibtex(&self) -> String {
        let mut fields: Vec<(&str, String)> = Vec::new();
        let braced = |text: &str| format!("{{{}}}", tex(text));
        // Twice: styles leave the capitals of a title alone.
        fields.push(("title", format!("{{{}}}", braced(self.title))));
        if !self.authors.is_empty() {
            let authors: Vec<String> = self.authors.iter().map(|author| braced(author)).collect();
            fields.push(("author", format!("{{{}}}", authors.join(" and "))));
        }
        fields.extend(self.publisher.map(|publisher| ("journal", braced(publisher))));
        if let Some(date) = self.date {
            fields.push(("year", format!("{{{}}}", date.year)));
            if date.month > 0 {
                // The macros of every style: three small letters.
                let month = words::date(PartialDate { year: 0, day: 0, ..date }).chars().take(3).collect::<String>();
                fields.push(("month", month.to_lowercase()));
            }
            if date.day > 0 {
                fields.push(("day", format!("{{{}}}", date.day)));
            }
        }
        fields.extend(self.language.map(|code| ("language", braced(words::language(code)))));
        // No sign of an address is escaped; braces would end it.
        let address = |url: &str| format!("{{{}}}", url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C"));
        fields.extend(self.url.or(known(self.link)).map(|url| ("url", address(url))));
        fields.extend(self.today.map(|today| ("urldate", format!("{{{today}}}"))));
        fields.push(("note", braced(&self.notes().join(". "))));
        let kind = if self.publisher.is_some() { "article" } else { "misc" };
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("  {name} = {value},\n")).collect();
        format!("@{kind}{{{},\n{}}}", self.key(), fields.concat())
    }

    /// The source, the year and the first word of the title that says something, in letters and digits of ASCII.
    fn key(&self) -> String {
        let plain = |text: &str| fold(text).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let year = self.date.map_or("nd".to_owned(), |date| date.year.unsigned_abs().to_string());
        let mut words = self.title.split_whitespace().map(plain).filter(|word| !word.is_empty());
        let word = words.find(|word| !["a", "an", "the"].contains(&word.as_str())).unwrap_or_default();
        let head = self.publisher.or(self.authors.first().copied()).map(plain).unwrap_or_default();
        let key = format!("{head}{year}{word}");
        if head.is_empty() && word.is_empty() { format!("{}{key}", plain(self.name)) } else { key }
    }

    /// What no field of a reference manager has.
    fn notes(&self) -> Vec<String> {
        let corpus =
            if self.corpus.is_empty() { String::new() } else { format!(" of the corpus “{}”", self.corpus) };
        let mut notes = vec![format!("Document {}{corpus}", self.name)];
        if self.publisher.is_some() && self.publisher_is_inferred {
            notes.push("The source was inferred".to_owned());
        }
        if self.date.is_some() && self.date_is_inferred {
            notes.push("The date was inferred".to_owned());
        }
        notes
    }

    fn ris(&self) -> String {
        let day = |date: PartialDate| {
            let part = |part: u8| if part > 0 { format!("{part:02}") } else { String::new() };
            format!("{:04}/{}/{}/", date.year, part(date.month), part(date.day))
        };
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut tags = vec![("TY", if self.publisher.is_some() { "NEWS" } else { "GEN" }.to_owned())];
        tags.push(("TI", line(self.title)));
        tags.extend(self.authors.iter().map(|author| ("AU", line(author))));
        tags.extend(self.publisher.map(|publisher| ("T2", line(publisher))));
        tags.extend(self.date.map(|date| ("PY", date.year.to_string())));
        tags.extend(self.date.map(|date| ("DA", day(date))));
        tags.extend(self.language.map(|code| ("LA", words::language(code).to_owned())));
        tags.extend(self.url.or(known(self.link)).map(|url| ("UR", line(url))));
        tags.extend(self.today.map(|today| ("Y2", day(today))));
        tags.extend(self.notes().iter().map(|note| ("N1", line(note))));
        tags.push(("ER", String::new()));
        tags.iter().map(|(tag, value)| format!("{tag}  - {value}\r\n")).collect()
    }

    fn plain(&self) -> String {
        let mut own: Vec<String> = self.authors(" and ").into_iter().collect();
        own.push(format!("“{}”", inner(self.title)));
        own.extend(self.publisher());
        own.extend(self.date.map(|date| bracketed(words::whole_date(date), self.date_is_inferred)));
        let place = [self.corpus, self.name].into_iter().filter_map(known).collect::<Vec<_>>().join(", ");
        let mut parts = vec![stopped(&own.join(", ")), stopped(&place)];
        let accessed = self.today.map(|today| format!(" (accessed {})", words::whole_date(today))).unwrap_or_default();
        parts.extend(self.url.or(known(self.link)).map(|url| format!("{url}{accessed}.")));
        parts.join(" ")
    }
}

/// Text as TeX takes it. A brace becomes a command: BibTeX counts even those with a backslash before them.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let escaped: Cow<str> = match c {
            '{' => "\\textbraceleft{}".into(),
            '}' => "\\textbraceright{}".into(),
            '\\' => "\\textbackslash{}".into(),
            '~' => "\\textasciitilde{}".into(),
            '^' => "\\textasciicircum{}".into(),
            '&' | '%' | '$' | '#' | '_' => format!("\\{c}").into(),
            c if c.is_whitespace() => " ".into(),
            c => c.to_string().into(),
        };
        out.push_str(&escaped);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Field;

    const PLACE: Place = Place { corpus: "News", link: "https://sheaf.example/#/d", today: "2026-01-02" };

    fn document(title: &str) -> Document {
        Document {
            name: "d1".into(),
            file: "d1.txt".into(),
            title: Fact::stated(title.into()),
            date: Fact::stated(PartialDate::parse("2025-02-24").unwrap()),
            source: Fact::stated("Daily Sabah".into()),
            language: Fact::stated("en".into()),
            url: Some("https://example.org/a_b?c=1&d={x}".into()),
            fields: vec![],
            text: String::new(),
        }
    }

    fn check(document: &Document, expected: [&str; 6]) {
        let view = citation(document, String::new(), PLACE);
        for (form, expected) in view.forms.iter().zip(expected) {
            assert_eq!(form.text.replace("\r\n", "\n"), expected, "{}", form.title);
        }
    }

    #[test]
    fn all_is_known() {
        check(
            &document("The Talks Begin"),
            [
                "“The Talks Begin,” Daily Sabah, February 24, 2025, https://example.org/a_b?c=1&d={x}.",
                "Daily Sabah. “The Talks Begin.” February 24, 2025. https://example.org/a_b?c=1&d={x}.",
                "The Talks Begin. (2025, February 24). Daily Sabah. https://example.org/a_b?c=1&d={x}",
                "@article{dailysabah2025talks,
  title = {{The Talks Begin}},
  journal = {Daily Sabah},
  year = {2025},
  month = feb,
  day = {24},
  language = {English},
  url = {https://example.org/a_b?c=1&d=%7Bx%7D},
  urldate = {2026-01-02},
  note = {Document d1 of the corpus “News”},
}",
                "TY  - NEWS
TI  - The Talks Begin
T2  - Daily Sabah
PY  - 2025
DA  - 2025/02/24/
LA  - English
UR  - https://example.org/a_b?c=1&d={x}
Y2  - 2026/01/02/
N1  - Document d1 of the corpus “News”
ER  - 
",
                "“The Talks Begin”, Daily Sabah, 24 February 2025. News, d1. https://example.org/a_b?c=1&d={x} (accessed 2 January 2026).",
            ],
        );
    }

    #[test]
    fn only_the_year_is_known_and_no_address() {
        let date = Fact::stated(PartialDate::parse("2025").unwrap());
        check(
            &Document { date, url: None, ..document("Who Won?") },
            [
                "“Who Won?,” Daily Sabah, 2025, News, https://sheaf.example/#/d.",
                "Daily Sabah. “Who Won?” 2025. News. https://sheaf.example/#/d.",
                "Who Won? (2025). Daily Sabah. News. https://sheaf.example/#/d",
                "@article{dailysabah2025who,
  title = {{Who Won?}},
  journal = {Daily Sabah},
  year = {2025},
  language = {English},
  url = {https://sheaf.example/#/d},
  urldate = {2026-01-02},
  note = {Document d1 of the corpus “News”},
}",
                "TY  - NEWS
TI  - Who Won?
T2  - Daily Sabah
PY  - 2025
DA  - 2025///
LA  - English
UR  - https://sheaf.example/#/d
Y2  - 2026/01/02/
N1  - Document d1 of the corpus “News”
ER  - 
",
                "“Who Won?”, Daily Sabah, 2025. News, d1. https://sheaf.example/#/d (accessed 2 January 2026).",
            ],
        );
    }

    #[test]
    fn without_a_date_the_day_of_access_stands() {
        check(
            &Document { date: Fact::unknown(), url: Some("https://e.org/".into()), ..document("Talks") },
            [
                "“Talks,” Daily Sabah, accessed January 2, 2026, https://e.org/.",
                "Daily Sabah. “Talks.” Accessed January 2, 2026. https://e.org/.",
                "Talks. (n.d.). Daily Sabah. https://e.org/",
                "@article{dailysabahndtalks,
  title = {{Talks}},
  journal = {Daily Sabah},
  language = {English},
  url = {https://e.org/},
  urldate = {2026-01-02},
  note = {Document d1 of the corpus “News”},
}",
                "TY  - NEWS
TI  - Talks
T2  - Daily Sabah
LA  - English
UR  - https://e.org/
Y2  - 2026/01/02/
N1  - Document d1 of the corpus “News”
ER  - 
",
                "“Talks”, Daily Sabah. News, d1. https://e.org/ (accessed 2 January 2026).",
            ],
        );
    }

    #[test]
    fn without_a_source_and_in_turkish() {
        let date = Fact::inferred(PartialDate::parse("2025-05").unwrap(), "“in May”");
        let language = Fact::stated("tr".into());
        let url = Some("https://e.org/".into());
        check(
            &Document {
                source: Fact::unknown(), date, language, url, ..document("İstanbul’da “barış” ağacı")
            },
            [
                "“İstanbul’da ‘barış’ ağacı,” [May 2025], https://e.org/.",
                "“İstanbul’da ‘barış’ ağacı.” [May 2025]. https://e.org/.",
                "İstanbul’da “barış” ağacı. ([2025, May]). https://e.org/",
                "@misc{2025istanbulda,
  title = {{İstanbul’da “barış” ağacı}},
  year = {2025},
  month = may,
  language = {Turkish},
  url = {https://e.org/},
  urldate = {2026-01-02},
  note = {Document d1 of the corpus “News”. The date was inferred},
}",
                "TY  - GEN
TI  - İstanbul’da “barış” ağacı
PY  - 2025
DA  - 2025/05//
LA  - Turkish
UR  - https://e.org/
Y2  - 2026/01/02/
N1  - Document d1 of the corpus “News”
N1  - The date was inferred
ER  - 
",
                "“İstanbul’da ‘barış’ ağacı”, [May 2025]. News, d1. https://e.org/ (accessed 2 January 2026).",
            ],
        );
    }

    #[test]
    fn a_title_with_braces_and_quotes_and_authors() {
        let byline = Field { name: "Author".into(), values: vec!["Ayşe Öz".into(), "John Doe".into()] };
        let url = Some("https://e.org/".into());
        check(
            &Document { fields: vec![byline], url, ..document("\"No\", he {said} & 5% _of_ C:\\~^") },
            [
                "Ayşe Öz and John Doe, “‘No’, he {said} & 5% _of_ C:\\~^,” Daily Sabah, February 24, 2025, https://e.org/.",
                "Ayşe Öz and John Doe. “‘No’, he {said} & 5% _of_ C:\\~^.” Daily Sabah, February 24, 2025. https://e.org/.",
                "Ayşe Öz & John Doe. (2025, February 24). \"No\", he {said} & 5% _of_ C:\\~^. Daily Sabah. https://e.org/",
                "@article{dailysabah2025no,
  title = {{\"No\", he \\textbraceleft{}said\\textbraceright{} \\& 5\\% \\_of\\_ C:\\textbackslash{}\\textasciitilde{}\\textasciicircum{}}},
  author = {{Ayşe Öz} and {John Doe}},
  journal = {Daily Sabah},
  year = {2025},
  month = feb,
  day = {24},
  language = {English},
  url = {https://e.org/},
  urldate = {2026-01-02},
  note = {Document d1 of the corpus “News”},
}",
                "TY  - NEWS
TI  - \"No\", he {said} & 5% _of_ C:\\~^
AU  - Ayşe Öz
AU  - John Doe
T2  - Daily Sabah
PY  - 2025
DA  - 2025/02/24/
LA  - English
UR  - https://e.org/
Y2  - 2026/01/02/
N1  - Document d1 of the corpus “News”
ER  - 
",
                "Ayşe Öz and John Doe, “‘No’, he {said} & 5% _of_ C:\\~^”, Daily Sabah, 24 February 2025. News, d1. https://e.org/ (accessed 2 January 2026).",
            ],
        );
    }

    #[test]
    fn nothing_is_known() {
        let place = Place { corpus: "", link: "", today: "" };
        let document = Document {
            title: Fact::unknown(),
            date: Fact::unknown(),
            source: Fact::unknown(),
            language: Fact::unknown(),
            url: None,
            ..document("")
        };
        let texts = citation(&document, String::new(), place).forms.into_iter().map(|form| form.text);
        let expected = [
            "“d1.”",
            "“d1.”",
            "d1. (n.d.).",
            "@misc{ndd1,\n  title = {{d1}},\n  note = {Document d1},\n}",
            "TY  - GEN\r\nTI  - d1\r\nN1  - Document d1\r\nER  - \r\n",
            "“d1”. d1.",
        ];
        assert_eq!(texts.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_sentence_around_a_hit_is_quoted_as_written() {
        let text = "One here.\n\nMr. Öz said\nthat “no” was it. Last one.";
        let quoted = |start: usize, end: usize| sentence_of(text, Some("en"), Span::new(start as u32, end as u32));
        let no = text.find("no").unwrap();
        assert_eq!(quoted(no, no + 2), "Mr. Öz said\nthat “no” was it.");
        assert_eq!(quoted(0, no), "One here.\n\nMr. Öz said\nthat “no” was it.");
        assert_eq!(quoted(0, 3), "One here.");
    }
}
