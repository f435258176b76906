//! `index.html` from its template: the links to the files, and the corpus as it shows before any code has loaded.
//!
//! Titles and names are hostile data. Each marker is replaced once, from left to right, and what is put in is escaped,
//! so that nothing in a title can be taken for a marker or for markup.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use sheaf_core::document::Document;

/// Most documents that the page lists before the corpus has loaded: it must stay small for any corpus.
pub const MAX_LISTED: usize = 50;
/// The file in a site that says what its page is made of, so that another site can be made from it.
pub const MANIFEST: &str = "page.json";
/// Most characters of a title in that list.
const MAX_TITLE_CHARS: usize = 200;

/// A file to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Its name in the folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl SiteFile {
    /// A file named by its content: `STEM-HASH.EXTENSION`, so that it may be cached for ever.
    pub fn hashed(stem: &str, extension: &str, bytes: Vec<u8>) -> SiteFile {
        let hash = blake3::hash(&bytes).to_hex();
        SiteFile { name: format!("{stem}-{}.{extension}", &hash[..16]), bytes }
    }
}

/// The page without a corpus: a template and the files that it loads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// `index.html` with markers for what depends on the corpus.
    pub template: String,
    /// Names of the files that the page loads, without folder.
    pub assets: Assets,
    /// All its files.
    pub files: Vec<SiteFile>,
}

/// What a site says of its page.
#[derive(Serialize, Deserialize)]
struct Manifest {
    template: String,
    assets: Assets,
    files: Vec<String>,
}

impl Page {
    /// The page of a site that was built before.
    ///
    /// # Errors
    /// The folder is none, or a file of its page is missing.
    pub fn read(site: &Path) -> Result<Page> {
        let read = |name: &str| {
            fs::read(site.join(name)).with_context(|| format!("{} cannot be read", site.join(name).display()))
        };
        let manifest = read(MANIFEST).context("that folder holds no page of Sheaf")?;
        Page::from_manifest(&manifest, &mut |name| read(name))
    }

    /// The page that was built into this program, if it was.
    ///
    /// # Errors
    /// It cannot be read: the program was put together wrongly.
    pub fn embedded() -> Result<Option<Page>> {
        let file = |name: &str| EMBEDDED.iter().find(|(own, _)| *own == name).map(|(_, bytes)| bytes.to_vec());
        let Some(manifest) = file(MANIFEST) else { return Ok(None) };
        Page::from_manifest(&manifest, &mut |name| file(name).with_context(|| format!("{name} is missing"))).map(Some)
    }

    fn from_manifest(manifest: &[u8], read: &mut dyn FnMut(&str) -> Result<Vec<u8>>) -> Result<Page> {
        let Manifest { template, assets, files } =
            serde_json::from_slice(manifest).context("page.json cannot be read")?;
        let files = files.into_iter().map(|name| Ok(SiteFile { bytes: read(&name)?, name })).collect::<Result<_>>()?;
        Ok(Page { template, assets, files })
    }

    /// The file that says what the page is made of.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub fn manifest(&self) -> Result<SiteFile> {
        let files = self.files.iter().map(|file| file.name.clone()).collect();
        let manifest = Manifest { template: self.template.clone(), assets: self.assets.clone(), files };
        Ok(SiteFile { name: MANIFEST.to_owned(), bytes: serde_json::to_vec(&manifest)? })
    }
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Names of the files that the page loads, without folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assets {
    /// All styles.
    pub css: String,
    /// The module that starts everything.
    pub boot: String,
    /// The glue of the wasm.
    pub glue: String,
    /// The wasm.
    pub wasm: String,
    /// The stemmers of languages other than English, loaded only where the corpus needs them.
    pub stemmers: String,
    /// The icon, where there is one.
    pub icon: Option<String>,
    /// What else is loaded on demand: role and name.
    #[serde(default)]
    pub on_demand: BTreeMap<String, String>,
}

/// What the page says of a corpus before it has loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Its title.
    pub title: String,
    /// How many documents it has.
    pub documents: usize,
    /// The first of them, [`MAX_LISTED`] at most.
    pub first: Vec<Document>,
    /// The file to load first, relative to the page.
    pub corpus: String,
    /// What was put right of names, as JSON, for the page to begin with; empty for nothing.
    pub corrections: String,
}

/// The page: `template` with its markers replaced.
///
/// `base` is the canonical address, written as given. The markers: `<!--sheaf:head-->`, `<!--sheaf:title-->`,
/// `<!--sheaf:summary-->`, `<!--sheaf:documents-->`; each may occur any number of times.
///
/// # Errors
/// The template has a marker of another name, or lacks that of the head.
pub fn render(template: &str, assets: &Assets, listing: &Listing, base: Option<&str>) -> Result<String> {
    if !template.contains("<!--sheaf:head-->") {
        bail!("index.html lacks the marker <!--sheaf:head-->: the page would load nothing.");
    }
    let mut page = String::new();
    let mut parts = template.split("<!--sheaf:");
    page.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (marker, rest) = part.split_once("-->").unwrap_or((part, ""));
        match marker {
            "head" => page.push_str(&head(assets, listing, base)),
            "title" => page.push_str(&escape(&listing.title)),
            "summary" => page.push_str(&summary(listing)),
            "documents" => page.push_str(&documents(listing)),
            other => bail!("index.html has a marker that nobody knows: sheaf:{other}"),
        }
        page.push_str(rest);
    }
    Ok(page)
}

fn head(assets: &Assets, listing: &Listing, base: Option<&str>) -> String {
    let Listing { corpus, corrections, .. } = listing;
    let Assets { css, boot, glue, wasm, stemmers, icon, on_demand } = assets;
    let canonical = base.map(|base| format!(r#"<link rel="canonical" href="{}">"#, escape(base)));
    let icon = icon.as_ref().map(|icon| format!(r#"<link rel="icon" type="image/svg+xml" href="./{icon}">"#));
    let wasm_preload = r#"<link rel="preload" as="fetch" type="application/wasm" crossorigin"#;
    let more = on_demand.iter().map(|(role, name)| format!(r#"<meta name="sheaf-{role}" content="./{name}">"#));
    let more: Vec<String> = more.collect();
    let lines = [
        canonical,
        Some(format!(r#"<link rel="stylesheet" href="./{css}">"#)),
        Some(format!(r#"<link rel="modulepreload" href="./{glue}" data-role="glue">"#)),
        Some(format!(r#"{wasm_preload} href="./{wasm}" data-role="wasm">"#)),
        Some(format!(r#"<link rel="preload" as="fetch" crossorigin href="./{corpus}" data-role="corpus">"#)),
        icon,
        // Not a link: a browser may fetch what a link names.
        Some(format!(r#"<meta name="sheaf-stemmers" content="./{stemmers}">"#)),
        Some(more.join("\n")).filter(|more| !more.is_empty()),
        (!corrections.is_empty())
            .then(|| format!(r#"<meta name="sheaf-corrections" content="{}">"#, escape(corrections))),
        Some(format!(r#"<script type="module" src="./{boot}"></script>"#)),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn summary(listing: &Listing) -> String {
    match listing.documents {
        1 => "1 document".to_owned(),
        count => format!("{} documents", grouped(count)),
    }
}

fn documents(listing: &Listing) -> String {
    let mut items: Vec<String> = listing.first.iter().take(MAX_LISTED).map(item).collect();
    let more = listing.documents.saturating_sub(items.len());
    if more > 0 {
        items.push(format!("<li>and {} more</li>", grouped(more)));
    }
    items.join("\n")
}

fn item(document: &Document) -> String {
    let title = document.title.value.as_ref().unwrap_or(&document.name);
    let language = document.language.value.as_deref().filter(|tag| is_language_tag(tag));
    let lang = language.map(|tag| format!(r#" lang="{tag}""#)).unwrap_or_default();
    let href = format!("#/documents?doc={}", percent_encode(&document.name));
    format!(r#"<li{lang} dir="auto"><a href="{href}">{}</a></li>"#, escape(&shorten(title)))
}

fn is_language_tag(tag: &str) -> bool {
    !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn shorten(title: &str) -> String {
    let words = title.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MAX_TITLE_CHARS) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
        None => words,
    }
}

/// Text that is safe between tags and in quoted attributes; control characters, which HTML forbids, become U+FFFD.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(character),
            _ if character.is_control() => escaped.push('\u{FFFD}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A value of a link: all but the unreserved characters of RFC 3986 as `%` and two digits.
fn percent_encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// `10788` as `10,788`.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use sheaf_core::document::Fact;

    use super::*;

    fn document(name: &str, title: &str) -> Document {
        Document {
            name: name.to_owned(),
            file: String::new(),
            title: Fact::stated(title.to_owned()),
            date: Fact::unknown(),
            source: Fact::unknown(),
            language: Fact::stated("en".to_owned()),
            url: None,
            fields: Vec::new(),
            text: String::new(),
        }
    }

    fn check(template: &str, title: &str, documents: Vec<Document>, expected: &str) {
        let assets = Assets {
            css: "sheaf-1.css".to_owned(),
            boot: "boot-1.js".to_owned(),
            glue: "sheaf-1.js".to_owned(),
            wasm: "sheaf-1.wasm".to_owned(),
            stemmers: "stemmers-1.wasm".to_owned(),
            ..Assets::default()
        };
        let listing = Listing {
            title: title.to_owned(),
            documents: documents.len(),
            first: documents,
            corpus: "corpus-1.bin".to_owned(),
            ..Listing::default()
        };
        let page = render(&format!("<!--sheaf:head-->|{template}"), &assets, &listing, Some("/a\"b/")).unwrap();
        let (head, body) = page.split_once('|').unwrap();
        assert!(head.starts_with("<link rel=\"canonical\" href=\"/a&quot;b/\">\n<link rel=\"stylesheet\""), "{head}");
        assert_eq!(body, expected);
    }

    #[test]
    fn a_title_of_markup_is_shown_as_text() {
        let title = "</title><script>alert('1')</script> \"&\" \0";
        let shown = "&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &quot;&amp;&quot; \u{FFFD}";
        check("<title><!--sheaf:title--></title>", title, vec![], &format!("<title>{shown}</title>"));
    }

    #[test]
    fn a_title_that_looks_like_a_marker_is_not_replaced() {
        check("<!--sheaf:title-->", "<!--sheaf:summary-->", vec![], "&lt;!--sheaf:summary--&gt;");
    }

    #[test]
    fn a_document_is_a_link_with_its_name_encoded() {
        let documents = vec![document("a b\"&<ü>.txt", "One\n <b>two</b>")];
        let href = "#/documents?doc=a%20b%22%26%3C%C3%BC%3E.txt";
        let item = format!("<li lang=\"en\" dir=\"auto\"><a href=\"{href}\">One &lt;b&gt;two&lt;/b&gt;</a></li>");
        check("<!--sheaf:documents-->", "", documents, &item);
    }

    #[test]
    fn a_language_that_is_no_tag_is_left_out() {
        let language = Fact::stated("en\" onclick=\"x".to_owned());
        let documents = vec![Document { language, ..document("a", "A") }];
        check("<!--sheaf:documents-->", "", documents, "<li dir=\"auto\"><a href=\"#/documents?doc=a\">A</a></li>");
    }

    #[test]
    fn a_long_list_ends_with_how_many_more() {
        let documents: Vec<Document> = (0..1_060).map(|at| document(&at.to_string(), "T")).collect();
        let listing = Listing { documents: documents.len(), first: documents, ..Listing::default() };
        let list = super::documents(&listing);
        assert_eq!(list.lines().count(), MAX_LISTED + 1);
        assert!(list.ends_with("\n<li>and 1,010 more</li>"), "{list}");
        assert_eq!(summary(&listing), "1,060 documents");
    }

    #[test]
    fn a_long_title_is_cut_between_characters() {
        assert_eq!(shorten(&"ü".repeat(300)), format!("{}…", "ü".repeat(MAX_TITLE_CHARS)));
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (209_197, "209,197"), (1_000_000, "1,000,000")];
        for (count, expected) in cases {
            assert_eq!(grouped(count), expected);
        }
    }
}
