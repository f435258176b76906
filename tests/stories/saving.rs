//! Saving a view as a file, and citing what is open.

use serde_json::Value;
use sheaf_tests::browser::Browser;
use sheaf_tests::story::story;

/// How a PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

async fn open_dialog(page: &Browser) {
    page.click(".tools button", "Save & cite").await;
    page.until("the dialog is open", "one('dialog').open && named('dialog button', 'CSV') !== null").await;
}

/// Saves the view in that form; gives the name of the file and its text.
async fn save(page: &Browser, form: &str, ending: &str) -> (String, String) {
    page.click("dialog button", form).await;
    let (name, bytes) = page.saved(ending).await;
    (name, String::from_utf8(bytes).expect("a file in UTF-8"))
}

/// The version of the corpus, as links have it.
async fn fingerprint(page: &Browser) -> String {
    let about = page.until("a link has it", "named('.lenses a', 'About')?.href.match(/in=(\\w+)/)?.[1]").await;
    about.as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_view_is_saved_with_what_it_answers() {
    story(async |page| {
        page.allow_saving().await;
        page.open("#/collocates?q=fidan&before=2&source=News.Az").await;
        page.until("the table is there", "all('main tbody tr:not(.gap)').length").await;
        let rows = page.look("Number(one('main table').getAttribute('aria-rowcount')) - 1").await;
        let rows = rows.as_u64().expect("a number of rows") as usize;
        let fingerprint = fingerprint(page).await;
        open_dialog(page).await;

        let (name, csv) = save(page, "CSV", ".csv").await;
        assert!(name.contains("collocates"), "{name}");
        let (head, body): (Vec<&str>, Vec<&str>) =
            csv.trim_start_matches('\u{feff}').lines().partition(|line| line.starts_with('#'));
        let has = |part: &str| head.iter().any(|line| line.contains(part));
        assert!(has("query: fidan") && has("setting.before: 2") && has(&fingerprint), "{head:#?}");
        assert!(has("News.Az"), "{head:#?}");
        assert!(has(&page.server.url()) && has("#/collocates?q=fidan"), "the link is in it: {head:#?}");
        assert_eq!(body.len(), rows + 1, "all rows, under a heading");
        page.until("it is announced", "text('.announcement').startsWith('Saved')").await;

        let (_, tsv) = save(page, "TSV", ".tsv").await;
        assert!(tsv.lines().any(|line| line.starts_with("word\tobserved\texpected")), "{tsv}");

        let (_, json) = save(page, "JSON", ".json").await;
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["rows"].as_array().map(Vec::len), Some(rows));
        assert!(json.to_string().contains(&fingerprint));

        let (_, report) = save(page, "Report", ".md").await;
        assert!(
            report.starts_with("# Collocates") && report.contains("`fidan`") && report.contains("#/collocates?q=fidan"),
            "{report}"
        );
        assert!(page.is("one('dialog').open").await, "the dialog stays for the next form");
    });
}

#[test]
fn all_lines_are_saved_not_only_those_on_the_screen() {
    story(async |page| {
        page.allow_saving().await;
        page.open("#/words").await;
        page.until("the table is there", "all('main tbody tr:not(.gap)').length").await;
        let rows = page.look("Number(one('main table').getAttribute('aria-rowcount')) - 1").await;
        assert!(page.is("all('main tbody tr:not(.gap)').length < 1000").await, "not all rows are drawn");
        open_dialog(page).await;
        let (_, json) = save(page, "JSON", ".json").await;
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["rows"].as_array().map(|rows| rows.len() as u64), rows.as_u64());
    });
}

#[test]
fn pictures_are_saved_as_they_are_seen() {
    story(async |page| {
        page.allow_saving().await;
        page.open("#/keyness?source=News.Az").await;
        page.until("the picture is there", "all('main .drawn .mark').length").await;
        page.click("main .figure button", "SVG").await;
        let (name, svg) = page.saved(".svg").await;
        let svg = String::from_utf8(svg).expect("a picture in UTF-8");
        assert_eq!(name, "keyness.svg");
        assert!(svg.starts_with("<svg") && svg.contains("xmlns=\"http://www.w3.org/2000/svg\""), "{svg}");
        assert!(svg.contains("<style>") && !svg.contains("var(--"), "its colours are inside");
        assert!(svg.matches("<circle").count() > 50, "its marks are inside");

        page.click("main .figure button", "PNG").await;
        let (name, png) = page.saved(".png").await;
        assert_eq!(name, "keyness.png");
        assert!(png.starts_with(PNG) && png.len() > 10_000, "{} bytes", png.len());
    });
}

#[test]
fn a_line_that_is_open_is_cited() {
    story(async |page| {
        page.allow_clipboard().await;
        page.open("#/concordance?q=fidan").await;
        page.until("the lines are there", "all('main a.kwic').length === 28").await;
        page.keys("s").await;
        page.until("it is said what to open", "text('dialog').includes('Open a document, or a line of it')").await;
        page.click("dialog button", "Close").await;

        page.keys("jo").await;
        page.until("the Reader is at the hit", "one('#reader mark.is-current')").await;
        open_dialog(page).await;
        page.until("the references are there", "all('dialog .reference').length === 6").await;
        assert!(page.text("dialog blockquote").await.contains("Fidan"));
        let forms = page.texts("dialog .reference h4").await.join(" ");
        for form in ["Chicago, note", "Chicago, bibliography", "APA", "BibTeX", "RIS", "Plain"] {
            assert!(forms.contains(form), "{form} is not among {forms}");
        }
        let texts = page.texts("dialog .reference pre").await;
        assert!(texts.iter().all(|text| text.contains("Lavrov")), "each has the title: {texts:#?}");
        assert!(texts.iter().any(|text| text.trim_start().starts_with('@')), "{texts:#?}");
        page.click("dialog .reference button", "Copy").await;
        page.until("it is announced", "text('.announcement') === 'Copied.'").await;
        assert_eq!(page.clipboard().await.trim(), texts[0].trim());
    });
}
