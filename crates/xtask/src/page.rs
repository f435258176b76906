//! `index.html` from its template: the links to the files, and the corpus as it shows before any code has loaded.
//!
//! Titles and names are hostile data. Each marker is replaced once, from left to right, and what is put in is escaped,
//! so that nothing in a title can be taken for a marker or for markup.

use anyhow::{Result, bail};
use sheaf_core::document::{Corpus, Document};

/// Most documents that the page lists before the corpus has loaded: it must stay small for any corpus.
const MAX_LISTED: usize = 50;
/// Most characters of a title in that list.
const MAX_TITLE_CHARS: usize = 200;

/// Names of the files that the page loads, without folder.
pub(crate) struct Assets {
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
    /// The corpus.
    pub corpus: String,
    /// The icon, where there is one.
    pub icon: Option<String>,
}

/// The page: `template` with its markers replaced.
///
/// `base` is the canonical address, written as given. The markers: `<!--sheaf:head-->`, `<!--sheaf:title-->`,
/// `<!--sheaf:summary-->`, `<!--sheaf:documents-->`; each may occur any number of times.
///
/// # Errors
/// The template has a marker of another name, or lacks that of the head.
pub(crate) fn render(template: &str, assets: &Assets, corpus: &Corpus, base: Option<&str>) -> Result<String> {
    if !template.contains("<!--sheaf:head-->") {
        bail!("index.html lacks the marker <!--sheaf:head-->: the page would load nothing.");
    }
    let mut page = String::new();
    let mut parts = template.split("<!--sheaf:");
    page.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (marker, rest) = part.split_once("-->").unwrap_or((part, ""));
        match marker {
            "head" => page.push_str(&head(assets, base)),
            "title" => page.push_str(&escape(&corpus.title)),
            "summary" => page.push_str(&summary(corpus)),
            "documents" => page.push_str(&documents(corpus)),
            other => bail!("index.html has a marker that nobody knows: sheaf:{other}"),
        }
        page.push_str(rest);
    }
    Ok(page)
}

fn head(assets: &Assets, base: Option<&str>) -> String {
    let Assets { css, boot, glue, wasm, stemmers, corpus, icon } = assets;
    let canonical = base.map(|base| format!(r#"<link rel="canonical" href="{}">"#, escape(base)));
    let icon = icon.as_ref().map(|icon| format!(r#"<link rel="icon" type="image/svg+xml" href="./{icon}">"#));
    let wasm_preload = r#"<link rel="preload" as="fetch" type="application/wasm" crossorigin"#;
    let lines = [
        canonical,
        Some(format!(r#"<link rel="stylesheet" href="./{css}">"#)),
        Some(format!(r#"<link rel="modulepreload" href="./{glue}" data-role="glue">"#)),
        Some(format!(r#"{wasm_preload} href="./{wasm}" data-role="wasm">"#)),
        Some(format!(r#"<link rel="preload" as="fetch" crossorigin href="./{corpus}" data-role="corpus">"#)),
        icon,
        // Not a link: a browser may fetch what a link names.
        Some(format!(r#"<meta name="sheaf-stemmers" content="./{stemmers}">"#)),
        Some(format!(r#"<script type="module" src="./{boot}"></script>"#)),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn summary(corpus: &Corpus) -> String {
    match corpus.documents.len() {
        1 => "1 document".to_owned(),
        count => format!("{} documents", grouped(count)),
    }
}

fn documents(corpus: &Corpus) -> String {
    let mut items: Vec<String> = corpus.documents.iter().take(MAX_LISTED).map(item).collect();
    let more = corpus.documents.len().saturating_sub(MAX_LISTED);
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
            corpus: "corpus-1.bin".to_owned(),
            icon: None,
        };
        let corpus = Corpus { title: title.to_owned(), documents, ..Corpus::default() };
        let page = render(&format!("<!--sheaf:head-->|{template}"), &assets, &corpus, Some("/a\"b/")).unwrap();
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
        let corpus = Corpus { documents, ..Corpus::default() };
        let list = super::documents(&corpus);
        assert_eq!(list.lines().count(), MAX_LISTED + 1);
        assert!(list.ends_with("\n<li>and 1,010 more</li>"), "{list}");
        assert_eq!(summary(&corpus), "1,060 documents");
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
