//! Documents and queries that mean harm, or that nobody thought of. Documents are data: nothing of theirs ever runs.

use serde_json::json;
use sheaf_core::document::{Corpus, Document, Fact, Field};
use sheaf_tests::browser::Browser;
use sheaf_tests::corpora::{PageCopy, imported};
use sheaf_tests::server::Hosting;
use sheaf_tests::settings::Settings;
use sheaf_tests::story::{story, story_on};

/// Markup that would run somewhere, if anything ran.
const SCRIPTS: &[&str] = &[
    "<script>window.__pwned = 1</script>",
    "<img src=x onerror=\"window.__pwned = 1\">",
    "<svg onload=\"window.__pwned = 1\"></svg>",
    "<iframe srcdoc=\"<script>parent.__pwned = 1</script>\"></iframe>",
    "<a href=\"javascript:window.__pwned=1\">click</a>",
    "\"><script>window.__pwned = 1</script>",
    "'-(window.__pwned = 1)-'",
    "</title></style></textarea></script><script>window.__pwned = 1</script>",
    "<body onload=\"window.__pwned = 1\">",
    "<details open ontoggle=\"window.__pwned = 1\">x</details>",
    "<math><mtext><table><mglyph><style><img src=x onerror=\"window.__pwned = 1\">",
    "{{constructor.constructor('window.__pwned = 1')()}}",
    "${window.__pwned = 1}",
    "javascript:window.__pwned=1//",
    "<link rel=stylesheet href=\"http://stranger.example/x.css\">",
    "<meta http-equiv=refresh content=\"0;url=http://stranger.example/\">",
    "<base href=\"http://stranger.example/\">",
    "<form action=\"http://stranger.example/\"><button>send</button></form>",
    "<!--sheaf:documents-->",
    "<mark id=\"hit-1\">false</mark>",
];

/// Strings that have broken programs before.
const NAUGHTY: &[&str] = &[
    "undefined",
    "null",
    "NaN",
    "true",
    "-1",
    "0x0",
    "1e309",
    "1/0",
    "../../etc/passwd",
    "C:\\con\\aux",
    "%00%0d%0a",
    "%s%s%n",
    "'; DROP TABLE documents; --",
    "$(rm -rf /)",
    "`id`",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "\u{0}",
    "\u{1}\u{7}\u{1b}[31m",
    "\u{feff}byte order mark",
    "\u{fffd}",
    "\u{202e}override\u{202c}",
    "\u{2066}isolate\u{2069}",
    "\u{200b}\u{200c}\u{200d}",
    "\u{ad}soft\u{ad}hyphen",
    "שלום עולם",
    "مرحبا بالعالم",
    "नमस्ते दुनिया",
    "สวัสดีชาวโลก",
    "你好，世界",
    "こんにちは世界",
    "안녕하세요 세계",
    "İstanbul ısı I i",
    "ß ẞ ﬁ ǅ",
    "Z̷͔̈́a̸̰̚l̶̰̂g̵̗̈́o̷̤̐",
    "👩‍👩‍👧‍👦 🏳️‍🌈 🇹🇷🇷🇺",
    "𝕳𝖊𝖑𝖑𝖔 𝟙𝟚𝟛",
    "ﷺ ﷽",
    "\u{1d173}\u{e0041}\u{10ffff}",
    "\r\r\n\n\r",
    "\t\u{b}\u{c}\u{85}\u{2028}\u{2029}",
    "\"\"\"\"",
    "'‘’“”«»‚„",
    "((((((((((",
    "]]]]{{{{",
    "&amp;lt;b&amp;gt; &#x3c;",
    "?q=&doc=#/results",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

/// Queries that mean nothing, or too much.
const QUERIES: &[&str] = &[
    "\"",
    "\"lavrov",
    "*",
    "***",
    "a*b*c*",
    "(((",
    ")))",
    "()",
    "\"\"",
    "-",
    "--",
    "-lavrov",
    "OR",
    "OR OR",
    "NOT",
    "lavrov OR",
    "OR lavrov",
    "AND",
    "~",
    "lavrov~",
    "/[/",
    "title:",
    ":",
    "=",
    "[word=",
    "'",
    "‘’“”",
    "\u{202e}vorval\u{202c}",
    "👩‍👩‍👧‍👦",
    "🇹🇷",
    "\u{0}",
    "\u{fffd}",
    "<script>window.__pwned = 1</script>",
    "%",
    "%zz",
    "+",
    "&",
    "#",
    "\\",
    "   ",
    "你好",
    "שלום",
];

fn document(number: usize, evil: &str, text: &str) -> Document {
    Document {
        name: format!("{number}-{evil}"),
        file: format!("{evil}.html"),
        title: Fact::stated(evil.to_owned()),
        date: Fact::unknown(),
        source: Fact::stated(evil.to_owned()),
        language: Fact::stated("en".to_owned()),
        url: Some("javascript:window.__pwned=1".to_owned()),
        fields: vec![Field { name: "section".to_owned(), values: vec![evil.to_owned()] }],
        text: text.to_owned(),
    }
}

/// One document for each string, which is its text, title, source, field and name.
fn evil_corpus(strings: &[&str]) -> Corpus {
    let numbered = strings.iter().enumerate();
    let documents = numbered.map(|(number, evil)| document(number, evil, &format!("sentinel {evil} end"))).collect();
    let evil = strings[0].to_owned();
    Corpus {
        title: evil.clone(),
        about: evil.clone(),
        credit: evil,
        url: "javascript:window.__pwned=1".to_owned(),
        documents,
        ..Corpus::default()
    }
}

fn hosting_of(settings: &Settings, corpus: &Corpus) -> (PageCopy, Hosting) {
    let copy = PageCopy::with_corpus(&settings.dist, corpus);
    let hosting = Hosting::of(copy.folder());
    (copy, hosting)
}

/// Plays a story on the page with this corpus.
fn story_with(corpus: &Corpus, play: impl AsyncFnOnce(&Browser)) {
    let mut kept = None;
    story_on(
        |settings| {
            let (copy, hosting) = hosting_of(settings, corpus);
            kept = Some(copy);
            hosting
        },
        play,
    );
}

/// Nothing ran, nothing was asked for elsewhere, nothing became markup.
async fn assert_harmless(page: &Browser) {
    assert!(page.is("window.__pwned === undefined").await, "a document ran");
    assert_eq!(page.server.foreign(), vec![]);
    let intruders =
        "all('#app script, #app img, #app iframe, #app form, #app style, #app base, #app meta, #app math').length";
    assert_eq!(page.look(intruders).await, json!(0), "a document became markup");
    let links = "all('a[href]').filter((link) => !['http:', 'https:'].includes(link.protocol)).length";
    assert_eq!(page.look(links).await, json!(0), "a document became a link that runs");
}

/// Every document opens in the Reader and shows what it is; gives those that do not.
async fn open_each(page: &Browser, strings: &[&str]) {
    for (number, evil) in strings.iter().enumerate() {
        let link =
            "(() => { const name = input; const link = all('main [data-doc]').find((row) => row.dataset.doc === name);
            if (!link) return false; link.click(); return true; })()";
        let name = format!("{number}-{evil}");
        page.until_with(&format!("{evil:?} is listed"), link, json!(name)).await;
        let shown = "one('#reader .text')?.textContent === input";
        page.until_with(&format!("{evil:?} is shown as it is"), shown, json!(shown_text(evil))).await;
        assert_harmless(page).await;
    }
}

/// What the Reader's paragraphs hold of a text: line ends may become paragraphs, everything else stays.
fn shown_text(evil: &str) -> String {
    format!("sentinel {evil} end")
}

#[test]
fn scripts_in_documents_are_shown_and_never_run() {
    story_with(&evil_corpus(SCRIPTS), async |page| {
        page.open("#/documents?rows=100").await;
        assert_harmless(page).await;
        open_each(page, SCRIPTS).await;
        page.open("#/about").await;
        page.until("the title is shown as it is", "text('main h2').includes('<script>')").await;
        assert_harmless(page).await;
        page.open("#/results?q=onerror").await;
        page.until("markup can be searched", "all('main mark').length").await;
        page.until("the filters are there", "all('#filters section button').length").await;
        assert_harmless(page).await;
    });
}

#[test]
fn naughty_strings_are_shown_as_they_are() {
    let strings: Vec<&str> =
        NAUGHTY.iter().copied().filter(|string| !string.contains(['\r', '\n', '\u{85}', '\u{2028}'])).collect();
    story_with(&evil_corpus(&strings), async |page| {
        page.open("#/documents?rows=100").await;
        open_each(page, &strings).await;
        page.search("sentinel").await;
        page.until("all are found", &format!("text('#echo').includes('{} of {}')", strings.len(), strings.len())).await;
    });
}

#[test]
fn strange_line_ends_open_and_are_found() {
    story_with(&evil_corpus(&["\r\r\n\n\r", "\t\u{b}\u{c}\u{85}\u{2028}\u{2029}"]), async |page| {
        page.open("#/results?q=sentinel").await;
        page.until("both are found", "all('main article').length === 2").await;
        page.keys("jo").await;
        page.until("the Reader shows the text", "text('#reader .text').includes('end')").await;
        page.keys("n").await;
        page.until("the next, too", "text('#reader .text').includes('end')").await;
    });
}

#[test]
fn files_of_html_nuls_lone_surrogates_and_long_lines_are_read() {
    let html = format!(
        "<!doctype html><html><body><p>The sentinel stands before all that would run.</p>{}</body></html>",
        SCRIPTS.join("\n")
    );
    // A lone surrogate as three bytes, which is not UTF-8, and as a JSON escape.
    let surrogate = b"sentinel \xed\xa0\x80 after the surrogate, na\xc3\xafve text goes on".to_vec();
    let json = br#"{"id":"json","title":"A \ud800 title","text":"sentinel \udfff in JSON"}"#.to_vec();
    let nuls = "sentinel\u{0}\u{0}after the nuls".into();
    let line = "sentinel lorem ipsum dolor sit amet ".repeat(5_000_000 / 36).into_bytes();
    let files =
        [("a.txt", html.into_bytes()), ("b.txt", surrogate), ("c.jsonl", json), ("d.txt", nuls), ("e.txt", line)];
    let corpus = imported(files);
    println!("imported: {:?}", corpus.documents.iter().map(|document| &document.name).collect::<Vec<_>>());
    println!("problems: {:?}", corpus.problems);
    let count = corpus.documents.len();
    assert!(count >= 3, "{:?}", corpus.problems);
    story_with(&corpus, async |page| {
        page.open("#/results?q=sentinel").await;
        page.until("all are listed", &format!("all('main article').length === {count}")).await;
        assert_harmless(page).await;
        for _ in 0..count {
            let before = page.url().await;
            page.keys("n").await;
            page.until_with("the next is open", "location.href !== input", json!(before)).await;
            page.until("its text is shown", "text('#reader .text')").await;
            assert_harmless(page).await;
        }
        page.keys("9").await;
        page.until("what could not be read is told", "text('main .about')").await;
        println!("told: {:?}", page.texts("main .problems li").await);
        page.search("dolor").await;
        page.until("the page goes on", "all('main mark').length").await;
    });
}

#[test]
fn five_megabytes_in_one_line_can_be_read_hit_by_hit() {
    let line = "sentinel lorem ipsum dolor sit amet ".repeat(5_000_000 / 36);
    story_with(&Corpus { documents: vec![document(0, "long", &line)], ..Corpus::default() }, async |page| {
        page.open("#/results?q=lorem").await;
        page.keys("jo").await;
        page.until("the first hit is current", "one('#reader mark.is-current')?.id === 'hit-1'").await;
        page.keys("j").await;
        page.until("the second hit is current", "one('#reader mark.is-current')?.id === 'hit-2'").await;
        page.open("#/results?q=lorem&doc=0-long&hit=100000").await;
        page.until("a hit far on is current", "one('#reader mark.is-current')?.id === 'hit-100000'").await;
    });
}

#[test]
fn a_single_document_is_a_corpus() {
    story_with(
        &Corpus { title: "One".into(), documents: vec![document(0, "only", "one text alone")], ..Corpus::default() },
        async |page| {
            page.open("").await;
            assert_eq!(page.echo().await, "All 1 document.");
            page.search("alone").await;
            page.until("it is found", "texts('main mark').includes('alone')").await;
            page.open("#/documents").await;
            assert_eq!(page.texts("main tbody tr").await.len(), 1);
        },
    );
}

#[test]
fn an_empty_corpus_says_so() {
    story_with(&Corpus { title: "None".into(), ..Corpus::default() }, async |page| {
        page.open("").await;
        assert_eq!(page.echo().await, "There are no documents.");
        // The words come with the screens, which may still be on their way.
        page.until("it is said why there is nothing", "text('main .empty')").await;
        page.search("anything").await;
        page.until("it is said why nothing was found", "text('main .empty')").await;
        for lens in ["#/documents", "#/about"] {
            page.open(lens).await;
            assert!(!page.text("main").await.is_empty(), "{lens}");
        }
    });
}

#[test]
fn no_query_leaves_the_page_without_an_answer() {
    story(async |page| {
        page.open("").await;
        let mut long: Vec<String> = QUERIES.iter().map(|query| (*query).to_owned()).collect();
        long.extend(NAUGHTY.iter().chain(SCRIPTS).map(|query| (*query).to_owned()));
        long.extend(["word ".repeat(2_000), "(".repeat(10_000), "\"a\" OR ".repeat(1_500), "x".repeat(10_000)]);
        for query in &long {
            page.run_with("location.hash = `#/results?q=${encodeURIComponent(arguments[0])}`", json!(query)).await;
            let asked = "(query().get('q') ?? '') === input";
            page.until_with("the query is in the address", asked, json!(query)).await;
            page.answered().await;
            let shown: String = query.chars().take(40).collect();
            assert!(!page.echo().await.is_empty(), "{shown:?} has no echo");
            assert!(!page.text("main").await.is_empty(), "{shown:?} leaves nothing on the screen");
            // Some are too long for a link, which is all that is to be said.
            let is_quiet = "texts('.notice').every((notice) => notice.startsWith('This query is too long for a link'))";
            assert!(page.is(is_quiet).await, "{shown:?}: {}", page.text(".notice").await);
        }
        assert_harmless(page).await;
    });
}

#[test]
fn naughty_queries_can_be_typed() {
    story(async |page| {
        page.open("").await;
        for query in ["\"lavrov", "lavrov (", "*", "- -", "a\" OR", "İstanbul", "‘’", "((()))"] {
            page.search(query).await;
            assert!(!page.echo().await.is_empty(), "{query:?} has no echo");
            assert!(page.is("one('.notice') === null").await, "{query:?}: {}", page.text(".notice").await);
        }
        page.search("lavrov").await;
        page.until("the page goes on", "all('main mark').length").await;
    });
}

/// Puts a text into the field as a paste does, and gives the milliseconds until the page draws again.
async fn paste(page: &Browser, script: &str) -> f64 {
    let pasted = format!(
        "(async () => {{
           const field = one('#search'), begun = performance.now();
           field.focus();
           field.value = {script};
           field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
           await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
           return performance.now() - begun;
         }})()"
    );
    page.promised(&pasted).await.as_f64().expect("a number")
}

#[test]
fn a_megabyte_pasted_by_mistake_is_cut_and_said_to_be() {
    story(async |page| {
        page.open("").await;
        let words = "'lavrov '.repeat(150_000)";
        for text in [words, "'x'.repeat(1_000_000)", "'('.repeat(1_000_000)", "'😀'.repeat(300_000)", words] {
            let millis = paste(page, text).await;
            println!("{text}: drawn after {millis} ms");
            assert!(millis < 2_000.0, "{text} held the page for {millis} ms");
            page.answered().await;
            page.until("the field holds what is read", "one('#search').value.length < 21_000").await;
            page.until("it is said what is left out", "texts('#echo .problem').length").await;
        }
        assert!(page.url().await.len() < 4_000, "a link cannot carry it");
        page.until("which is said, too", "texts('.notice').some((notice) => notice.includes('too long for a link'))")
            .await;

        page.until("Lavrov is found", "all('main article').length").await;
        let title = page.texts("main article h2 a").await.remove(0);
        page.press(thirtyfour::Key::Escape).await;
        page.click("main article h2 a", &title).await;
        page.until("the Reader shows a text", "text('#reader .text')").await;
        assert!(page.is("one('#search').value.startsWith('lavrov lavrov')").await, "the question is kept");
        page.search("fidan").await;
        page.until("a short one goes into links again", "query().get('q') === 'fidan' && !query().has('long')").await;
        page.back().await;
        page.until("back brings the long one", "one('#search').value.startsWith('lavrov lavrov')").await;
    });
}

#[test]
fn letters_that_nobody_sees_are_letters_like_others() {
    story(async |page| {
        page.open("").await;
        for text in
            ["lavrov\u{0000}fidan", "\u{202e}lavrov\u{0000} \u{2066}fidan", "\u{feff}lavrov\u{200f}\u{00ad} \u{0001}"]
        {
            paste(page, &json!(text).to_string()).await;
            page.until_with("it is in the address", "query().get('q') === input", json!(text)).await;
            page.answered().await;
            page.reload().await;
            page.answered().await;
            assert!(page.look_with("one('#search').value === input", json!(text)).await == json!(true), "{text:?}");
            page.until("the echo stands in its own direction", "getComputedStyle(one('#echo')).direction === 'ltr'")
                .await;
        }
    });
}
