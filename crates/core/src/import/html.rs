//! Web pages: their main text and what they say about themselves.
//!
//! The one decision: what a reader's view would show is the text, its paragraphs separated by blank lines; menus, comments
//! and scripts are not what somebody wrote there. Where no main text is found (a short page, a list) all text of the body
//! is taken. Rejected: showing the markup as given; a count of words would count its tags.

use dom_smoothie::{Article, Config, Readability, TextMode};

use super::error::ImportError;
use super::plain::{self, read_text};
use super::record::{self, Value, blank_document};
use super::{Confidence, Limits, date, has_extension, language, stem};
use crate::base::Outcome;
use crate::document::{Document, Fact};

/// File name extensions of web pages.
pub const EXTENSIONS: &[&str] = &["html", "htm", "xhtml"];

/// How deep elements may lie in each other. The parser's time grows with depth times length, and people write no more
/// than a hundred.
const MOST_DEPTH: usize = 1000;
/// Longest page, in bytes of UTF-8: the tree of one takes some ten times its size.
const MOST_BYTES: usize = 64 << 20;
/// How many tags a page may have, closing ones and stray `<` included: the parser keeps a note of each fault.
const MOST_TAGS: usize = 1_000_000;
/// How many marks (quotes and equal signs) a tag may have, and how many references a text between two tags: the parser's
/// time grows with their square.
const MOST_MARKS: usize = 20_000;
/// How much of a file is looked at for its first tag, in bytes.
const SNIFFED_BYTES: usize = 512;

/// By its first tag, or by name.
pub fn sniff(bytes: &[u8], name: &str) -> Confidence {
    let head = bytes.get(..SNIFFED_BYTES.min(bytes.len())).unwrap_or(bytes);
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).to_ascii_lowercase();
    if is_page(&head) {
        Confidence::ByContent
    } else if has_extension(name, EXTENSIONS) {
        Confidence::ByName
    } else {
        Confidence::No
    }
}

/// Whether the first tag is that of a page, after the declaration that XHTML has before it.
fn is_page(head: &[u8]) -> bool {
    let mut head = head.trim_ascii_start();
    if head.starts_with(b"<?xml") {
        let end = head.windows(2).position(|window| window == b"?>").map_or(head.len(), |at| at + 2);
        head = head.get(end..).unwrap_or(&[]).trim_ascii_start();
    }
    head.starts_with(b"<!doctype html") || head.starts_with(b"<html")
}

/// Reads one document, named after its file: title, author (as a field), date, site, language and address where the page
/// states them. A page too deep or too large to be understood is read as plain text, and reported.
///
/// Cost: O(n), about 10 MB/s of markup.
pub fn read(file: &str, bytes: Vec<u8>, limits: &Limits) -> Outcome<Vec<Document>> {
    let (markup, mut problems) = match read_text(file, bytes, limits) {
        Ok(read) => read,
        Err(problem) => {
            return Outcome { value: Vec::new(), problems: vec![problem] };
        }
    };
    if is_too_much(&markup) {
        problems.push(ImportError::TooMuchMarkup.at(file));
        let outcome = plain::read(file, markup.into_bytes(), limits);
        problems.extend(outcome.problems);
        return Outcome { value: outcome.value, problems };
    }
    let mut page = Page::new(&markup);
    let text = page.text();
    if text.trim().is_empty() {
        problems.push(ImportError::Empty.at(file));
        return Outcome { value: Vec::new(), problems };
    }
    let mut document = Document { name: stem(file), file: file.to_string(), text, ..blank_document() };
    if let Err(error) = page.describe(&mut document) {
        problems.push(error.at(file));
    }
    Outcome { value: vec![document], problems }
}

/// Whether a page is so large or deep that the parser would not come to an end; by its tags alone, which need not be
/// balanced. Cost: O(n), a hundredth of the parser's.
fn is_too_much(markup: &str) -> bool {
    let mut depth = 0_usize;
    let is_tag_too_much = |(count, tag): (usize, &str)| {
        let name_of =
            |tag: &str| tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("").to_ascii_lowercase();
        match tag.strip_prefix('/') {
            Some(closing) if !is_flat(&name_of(closing)) => depth = depth.saturating_sub(1),
            None if tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_flat(&name_of(tag)) => depth += 1,
            _ => {}
        }
        let (inside, text) = tag.split_once('>').unwrap_or((tag, ""));
        let marks = inside.bytes().filter(|byte| matches!(byte, b'=' | b'"' | b'\'')).count();
        let references = text.bytes().filter(|byte| matches!(byte, b'&' | 0)).count();
        count > MOST_TAGS || depth > MOST_DEPTH || marks > MOST_MARKS || references > MOST_MARKS
    };
    let references_before =
        markup.bytes().take_while(|byte| *byte != b'<').filter(|byte| matches!(byte, b'&' | 0)).count();
    markup.len() > MOST_BYTES
        || references_before > MOST_MARKS
        || markup.split('<').skip(1).enumerate().any(is_tag_too_much)
}

/// Whether elements of that name have no content, or are closed by the next of their kind: people do not close them.
fn is_flat(name: &str) -> bool {
    const FLAT: [&str; 26] = [
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
        "param", "path", "rect", "source", "tbody", "td", "th", "thead", "tr", "track", "wbr",
    ];
    FLAT.contains(&name)
}

/// A page that is being read.
struct Page<'m> {
    markup: &'m str,
    article: Option<Article>,
    /// Where the page says it is to be found.
    address: Option<String>,
    language: Option<String>,
    date: Option<String>,
}

impl Page<'_> {
    fn new(markup: &str) -> Page<'_> {
        let mut page = Page { markup, article: None, address: None, language: None, date: None };
        if let Ok(mut readability) = reader(markup) {
            page.address =
                first_of(&readability, &[("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")]);
            page.language = first_of(&readability, &[("html[lang]", "lang"), ("html", "xml:lang")]);
            page.date = first_of(&readability, DATES);
            page.article = readability.parse().ok();
        }
        page
    }

    /// The main text, or all text where there is none.
    fn text(&self) -> String {
        let main = self.article.as_ref().map_or("", |article| article.text_content.trim());
        if main.is_empty() { tidied(&self.all_text()) } else { tidied(main) }
    }

    fn all_text(&self) -> String {
        let Ok(readability) = reader(self.markup) else { return String::new() };
        readability.doc.select("script, style, noscript, template").remove();
        readability.doc.body().map_or_else(String::new, |body| body.formatted_text().to_string())
    }

    /// Puts what the page says about itself into its document. Errors: a date that is not understood; it becomes a field.
    fn describe(&mut self, document: &mut Document) -> Result<(), ImportError> {
        let stated = |text: Option<String>| {
            let text = text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
            text.filter(|text| !text.is_empty()).map_or_else(Fact::unknown, Fact::stated)
        };
        let language = self.language.take();
        document.url = self.address.take();
        let mut written = self.date.take();
        if let Some(article) = self.article.take() {
            document.title = stated(Some(article.title));
            document.source = stated(article.site_name);
            document.language = stated(language.or(article.lang).map(|language| language::primary_subtag(&language)));
            document.url = document.url.take().or(article.url);
            if let Some(author) = stated(article.byline).value {
                record::add_fields(&mut document.fields, "author", &Value::Text(author));
            }
            written = article.published_time.or(written);
        } else {
            document.language = stated(language.map(|language| language::primary_subtag(&language)));
        }
        let Some(written) = written else { return Ok(()) };
        match date::read(&written) {
            Ok(date) => document.date = Fact::stated(date),
            Err(error) => {
                record::add_fields(&mut document.fields, "date", &Value::Text(written));
                return Err(error.into());
            }
        }
        Ok(())
    }
}

/// Where pages write their date, beyond what the reader's view knows.
const DATES: &[(&str, &str)] = &[
    ("meta[property='article:published_time']", "content"),
    ("meta[itemprop=datePublished]", "content"),
    ("meta[name=date]", "content"),
    ("meta[name='dc.date' i]", "content"),
    ("meta[name='dcterms.date' i]", "content"),
    ("article time[datetime]", "datetime"),
];

fn reader(markup: &str) -> Result<Readability, dom_smoothie::ReadabilityError> {
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    Readability::new(markup, None, Some(config))
}

/// The first attribute that is there and not blank.
fn first_of(page: &Readability, places: &[(&str, &str)]) -> Option<String> {
    places.iter().find_map(|(selector, attribute)| {
        let value = page.doc.try_select(selector)?.attr(attribute)?.trim().to_string();
        Some(value).filter(|value| !value.is_empty())
    })
}

/// Lines without blanks at their ends, and never more than one blank line.
fn tidied(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blank_lines = 0;
    for line in text.trim().lines().map(str::trim_end) {
        if line.trim().is_empty() {
            blank_lines += 1;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if blank_lines > 0 { "\n\n" } else { "\n" });
        }
        blank_lines = 0;
        tidy.push_str(line);
    }
    if !tidy.is_empty() {
        tidy.push('\n');
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markup: &str, text: &str) -> Document {
        let outcome = read("a/page.html", markup.as_bytes().to_vec(), &Limits::default());
        assert_eq!(outcome.value.len(), 1, "{:?}", outcome.problems);
        assert_eq!(outcome.value[0].text, text);
        outcome.value[0].clone()
    }

    #[test]
    fn a_page_gives_its_main_text_and_what_it_says_about_itself() {
        let outcome =
            read("news.html", include_bytes!("../../../../tests/import/html/news.html").to_vec(), &Limits::default());
        assert_eq!(outcome.problems, []);
        let document = &outcome.value[0];
        assert_eq!(document.title, Fact::stated("Harbour to Reopen After Storm".to_string()));
        assert_eq!(document.date.value.unwrap().to_string(), "2025-02-24");
        assert_eq!(document.source, Fact::stated("The Harbour Post".to_string()));
        assert_eq!(document.language, Fact::stated("en".to_string()));
        assert_eq!(document.url.as_deref(), Some("https://post.example/harbour-reopens"));
        let fields: Vec<_> = document.fields.iter().map(|f| (f.name.as_str(), f.values.join("|"))).collect();
        assert_eq!(fields, [("author", "Ada Pilot".to_string())]);
        assert_eq!(document.text.split("\n\n").count(), 4, "{}", document.text);
        assert!(document.text.contains("“We open on Monday,” she said & smiled."));
        for debris in ["Subscribe", "track(", "Most read", "©"] {
            assert!(!document.text.contains(debris), "{debris} in {}", document.text);
        }
    }

    #[test]
    fn a_short_page_gives_all_its_text() {
        check(
            "<html><body><h1>One</h1><p>First <b>bold</b> words.<p>Second.<script>x()</script></body>",
            "One\n\nFirst bold words.\n\nSecond.\n",
        );
        check("<p>A &lt;b&gt; &eacute;", "A <b> é\n");
    }

    #[test]
    fn empty_and_deep_pages_are_reported() {
        let outcome = read("a.html", b"<html><body><script>x()</script></body></html>".to_vec(), &Limits::default());
        assert_eq!((outcome.value.len(), outcome.problems.len()), (0, 1));
        let deep = format!("{}deep", "<div>".repeat(100_000));
        let outcome = read("a.html", deep.into_bytes(), &Limits::default());
        assert_eq!((outcome.value.len(), outcome.problems.len()), (1, 1));
        for long in [
            "&amp;".repeat(MOST_MARKS + 1),
            format!("<p {}>x", "a=b ".repeat(MOST_MARKS + 1)),
            "<".repeat(MOST_TAGS + 2),
        ] {
            let outcome = read("a.html", long.into_bytes(), &Limits::default());
            assert_eq!((outcome.value.len(), outcome.problems.len()), (1, 1));
        }
        let nested = format!("{}deep{}", "<div>".repeat(900), "</div>".repeat(900));
        check(&nested, "deep\n");
    }

    #[test]
    fn a_page_is_known_by_its_first_tag() {
        assert_eq!(sniff(b" <!DOCTYPE HTML><p>", "a.txt"), Confidence::ByContent);
        assert_eq!(sniff(b"<?xml version='1.0'?>\n<html>", "a.xml"), Confidence::ByContent);
        assert_eq!(sniff(b"<?xml version='1.0'?>\n<rss>", "a.xml"), Confidence::No);
        assert_eq!(sniff(b"<p>", "a.htm"), Confidence::ByName);
        assert_eq!(sniff(b"<p>", "a.txt"), Confidence::No);
    }

    proptest::proptest! {
        #[test]
        fn no_markup_panics(markup in "(?s)(<[a-z]{1,6}>|</[a-z]{1,6}>|<(div|p|table|tr|td|article|svg|template|meta|title|select)( [a-z]+='?.?'?)?>|&[a-z#0-9]{1,5};|[a-z ]{1,30}|.){0,60}") {
            let _ = read("a.html", markup.into_bytes(), &Limits::default());
        }
    }
}
