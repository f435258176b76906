//! The lenses that count: lists, scores with their arithmetic, pictures, and the way from each number to its lines.

use sheaf_tests::browser::{Browser, PHONE, WIDE};
use sheaf_tests::story::story;
use thirtyfour::Key;

/// A number in the row of that name, by the place of its column from 1.
async fn number(page: &Browser, row: &str, column: u32) -> f64 {
    let expression = format!("named('main tbody th a', input)?.closest('tr').children[{}]?.innerText", column - 1);
    let text = page.until_with(&format!("there is a row {row}"), &expression, row.into()).await;
    let text = text.as_str().unwrap_or_default().replace(',', "").replace('−', "-");
    text.parse().unwrap_or_else(|_| panic!("“{text}” of {row} is no number"))
}

/// Follows the row of that name, which must lead to so many lines.
async fn follow(page: &Browser, row: &str, lines: f64) {
    page.click("main tbody th a", row).await;
    until_lines(page, lines).await;
}

/// Waits until the Concordance shows so many lines.
async fn until_lines(page: &Browser, lines: f64) {
    let shown = "text('.lenses a[aria-current=page]') === 'Concordance'
        && Number(one('main table.lines')?.getAttribute('aria-rowcount')) === input + 1";
    page.until_with(&format!("there are {lines} lines"), shown, lines.into()).await;
}

/// The words in the first column.
async fn words(page: &Browser) -> Vec<String> {
    page.texts("main tbody th a").await
}

/// Puts the keyboard onto the picture.
async fn enter_picture(page: &Browser) {
    page.until("there is a picture", "one('main .picture svg') !== null").await;
    page.run("one('main .picture').focus()").await;
}

/// What is said of the mark under the cursor.
async fn until_said(page: &Browser, not: &str) -> String {
    let said = "text('main .figure .cursor') !== input && text('main .figure .cursor')";
    page.until_with("the mark is said", said, not.into()).await.as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_most_frequent_words_are_listed_found_and_followed() {
    story(async |page| {
        page.open("").await;
        page.click(".lenses a", "Words").await;
        page.until("the list is there", "texts('main tbody th')[0] === 'the'").await;
        assert!(page.text("main .summary").await.starts_with("3,722 running words in 5 documents"));

        page.fill("Find in the list", "lavr").await;
        page.until("only some are left", "texts('main tbody th').length < 5").await;
        let found = words(page).await;
        assert!(!found.is_empty() && found.iter().all(|word| word.to_lowercase().contains("lavr")), "{found:?}");
        page.run("one('#find').select()").await;
        page.press(Key::Backspace).await;
        page.until("all are back", "!query().has('find') && texts('main tbody th')[0] === 'the'").await;

        page.click("main .settings label", "Leave out function words").await;
        page.until("they are left out", "query().get('stop') === '1' && texts('main tbody th')[0] === 'Russia'").await;
        let left = words(page).await;
        assert!(left.iter().all(|word| !["the", "and", "of", "is"].contains(&word.as_str())), "{left:?}");
        assert!(page.is("all('.lenses .sub a').every(({ href }) => href.includes('stop=1'))").await, "all lenses do");

        let count = number(page, "Russia", 2).await;
        follow(page, "Russia", count).await;
        page.back().await;
        page.until("the list is back", "texts('main tbody th')[0] === 'Russia'").await;
    });
}

#[test]
fn words_that_follow_each_other_are_counted_together() {
    story(async |page| {
        page.open("#/words").await;
        page.choose("Sequences of", "3 words").await;
        // Long work may say how far it is before it is done.
        page.until(
            "progress or result is shown",
            "text('#echo').startsWith('Counting: ') || text('main .summary').includes('come again')",
        )
        .await;
        page.until("there are sequences", "texts('main tbody th').every((words) => words.split(' ').length === 3)")
            .await;
        let first = words(page).await.remove(0);
        let count = number(page, &first, 2).await;
        assert!(count >= 2.0, "{first}: {count}");
        follow(page, &first, count).await;
    });
}

#[test]
fn a_list_sorts_by_a_click_on_its_heading() {
    story(async |page| {
        page.open("#/words").await;
        page.until("the list is there", "texts('main tbody th')[0] === 'the'").await;
        page.click("main th button", "Word").await;
        page.until("it is sorted", "one('main th[aria-sort=ascending]')?.innerText.startsWith('Word')").await;
        page.until("the first is another", "texts('main tbody th')[0] !== 'the'").await;
        page.click("main th button", "Word").await;
        page.until("the other way round", "one('main th[aria-sort=descending]')?.innerText.startsWith('Word')").await;
    });
}

#[test]
fn a_field_goes_to_a_row_of_a_long_list() {
    story(async |page| {
        page.open("#/words").await;
        page.until("the list is there", "texts('main tbody th')[0] === 'the'").await;
        page.fill("Go to row", "700").await;
        let is_in_view = "(() => { const row = one('main tr[aria-rowindex=\"701\"]')?.getBoundingClientRect();
            return row !== undefined && row.top > 0 && row.bottom < innerHeight; })()";
        page.until("it is in view", is_in_view).await;
    });
}

#[test]
fn the_arithmetic_of_a_collocate_is_open_to_the_last_cell() {
    story(async |page| {
        page.open("#/collocates?q=fidan").await;
        page.until("there are words around it", "all('main tbody tr:not(.gap)').length > 20").await;
        page.fill("Words before", "2").await;
        page.until("the window is smaller", "text('main .summary').includes('within 2 before and 5 after')").await;
        page.fill("Words after", "1").await;
        page.until("on both sides", "text('main .summary').includes('within 2 before and 1 after')").await;
        let observed = number(page, "Lavrov", 2).await;

        page.click("main .sum", "The arithmetic of “Lavrov”").await;
        page.until("the dialog is open", "one('dialog').open && all('dialog table.sums').length === 3").await;
        assert!(page.text("dialog .lead").await.contains("“Lavrov”"));
        let cells = "all('dialog table.sums')[0].querySelectorAll('tbody tr:not(:last-child) td:not(.sum)').length";
        assert_eq!(page.look(cells).await, 4);
        let first = page.texts("dialog table.sums td a").await.remove(0);
        assert_eq!(first.parse::<f64>().ok(), Some(observed), "{first}");

        let drawn = "all('dialog math').map((formula) => formula.getBoundingClientRect())";
        page.until("there are formulas", "all('dialog math').length > 10").await;
        assert!(
            page.is(&format!("{drawn}.every(({{ width, height }}) => width > 5 && height > 5)")).await,
            "formulas are drawn"
        );
        // A formula that is no MathML is one long line of letters.
        assert!(page.is("one('dialog math mfrac') !== null").await, "a fraction is a fraction");
        let conventions = page.texts("dialog .measure:first-of-type dt").await;
        assert_eq!(conventions.len(), 3, "{conventions:?}");
        assert!(conventions[0].contains("CQPweb") && conventions[1] != conventions[0], "{conventions:?}");
        assert!(
            page.is("all('dialog .measure').every((measure) => measure.querySelectorAll('dd').length === 3)").await
        );
        let sources = page.texts("dialog .source").await;
        assert!(!sources.is_empty() && sources.iter().all(|source| source.len() > "Source: ".len()), "{sources:?}");

        page.press(Key::Escape).await;
        page.until("the dialog is closed", "!one('dialog').open").await;
        page.until("its button has the keyboard", "nameOf(document.activeElement) === 'The arithmetic of “Lavrov”'")
            .await;

        page.press(Key::Enter).await;
        page.until("it opens again", "all('dialog table.sums').length === 3").await;
        page.click("dialog table.sums td a", &first).await;
        until_lines(page, observed).await;
        page.until("the dialog is closed", "!one('dialog').open").await;
        assert!(page.is("texts('main a.kwic').every((line) => line.includes('Lavrov'))").await);
    });
}

#[test]
fn another_convention_expects_another_number() {
    story(async |page| {
        page.open("#/collocates?q=fidan").await;
        let by_window = number(page, "Hakan", 3).await;
        page.click("main .settings summary", "More settings").await;
        page.choose("Expected from", "hits × width of the window (KorAP, Evert)").await;
        page.until("the link says so", "query().get('convention') === 'span'").await;
        page.until_with(
            "another is expected",
            "Number(named('main tbody th a', 'Hakan')?.closest('tr').children[2].innerText) !== input",
            by_window.into(),
        )
        .await;
    });
}

#[test]
fn keyness_says_what_is_compared_and_follows_the_filters() {
    story(async |page| {
        page.open("#/keyness").await;
        page.until(
            "it is said",
            "text('main .said').includes('Nothing is chosen, so the largest source is compared with the rest')",
        )
        .await;
        page.until("the table is there", "all('main tbody tr:not(.gap)').length").await;

        page.until("the filters are there", "named('#filters button', 'News.Az')").await;
        page.click("#filters button", "News.Az").await;
        page.until(
            "they are followed",
            "query().get('source') === 'News.Az' && !text('main .said').includes('Nothing is chosen')",
        )
        .await;
        let summary = page.text("main .summary").await;
        assert!(
            summary.starts_with("News.Az (2 documents") && summary.contains("against the rest (3 documents"),
            "{summary}"
        );
        let first = words(page).await.remove(0);
        let here = number(page, &first, 2).await;
        follow(page, &first, here).await;
        page.back().await;

        page.choose("Show", "less frequent words").await;
        page.until(
            "the others are shown",
            "query().get('direction') === 'under' && !text('main table').includes('diplomatic')",
        )
        .await;
        let ratios = page.texts("main tbody td:nth-child(7)").await;
        assert!(!ratios.is_empty() && ratios.iter().all(|ratio| ratio.starts_with('−')), "{ratios:?}");

        page.choose("Show", "equally frequent words (lockwords)").await;
        let locked = "query().get('direction') === 'lock'
            && (all('main tbody tr:not(.gap)').length || text('main .said').includes('No word passes'))";
        page.until("lockwords, or that there are none", locked).await;
    });
}

#[test]
fn the_arithmetic_of_a_keyword_leads_to_its_lines() {
    story(async |page| {
        page.open("#/keyness?source=News.Az").await;
        let first = page.until("there are words", "texts('main tbody th a')[0]").await;
        let first = first.as_str().unwrap_or_default();
        let here = number(page, first, 2).await;
        page.click("main .sum", &format!("The arithmetic of “{first}”")).await;
        page.until("the dialog explains", "all('dialog table.sums').length === 1 && all('dialog math').length > 10")
            .await;
        page.click("dialog table.sums td a", &format!("{here}")).await;
        until_lines(page, here).await;
    });
}

#[test]
fn the_picture_of_keyness_is_walked_through_with_the_arrow_keys() {
    story(async |page| {
        page.open("#/keyness?source=News.Az").await;
        enter_picture(page).await;
        page.press(Key::Right).await;
        let first = until_said(page, "").await;
        page.until("it is marked", "all('main .mark.is-current').length === 1").await;
        page.press(Key::Down).await;
        let second = until_said(page, &first).await;
        page.press(Key::Left).await;
        assert_eq!(until_said(page, &second).await, first);
        page.press(Key::End).await;
        until_said(page, &first).await;
        page.press(Key::Home).await;
        page.until_with("the first is said again", "text('main .figure .cursor') === input", first.clone().into())
            .await;

        // “diplomatic: 19 times here, 7 there, …”
        let here = first.split(": ").nth(1).and_then(|rest| rest.split(' ').next()).and_then(|here| here.parse().ok());
        page.press(Key::Enter).await;
        until_lines(page, here.unwrap_or_else(|| panic!("“{first}” has no count"))).await;
        page.back().await;
        page.until("the picture is back", "one('main .picture svg') !== null").await;
    });
}

#[test]
fn dispersion_shows_where_the_hits_lie_and_a_bar_opens_the_reader() {
    story(async |page| {
        page.open("#/dispersion?q=fidan").await;
        page.until("the measures are there", "texts('main tbody th').some((name) => name.includes('DPnorm'))").await;
        assert!(page.text("main .summary").await.starts_with("28 hits in 4 of 5 documents"));
        assert!(page.text("main figcaption").await.starts_with("Where the hits lie"));
        enter_picture(page).await;
        page.press(Key::Right).await;
        let said = until_said(page, "").await;
        assert!(said.contains("% of the corpus"), "{said}");
        page.press(Key::Enter).await;
        page.until("the Reader is at that hit", "one('#reader mark.is-current')?.innerText === 'Fidan'").await;
        assert!(
            page.is("query().get('hit') === '1' && query().get('doc').startsWith('000')").await,
            "{}",
            page.url().await
        );
        page.press(Key::Escape).await;
        page.until("the Reader is gone", "one('#reader') === null").await;

        let name = page.texts("main tbody th").await.into_iter().find(|name| name.contains("DPnorm")).expect("DPnorm");
        let name = name.trim_start_matches('Σ').trim();
        page.click("main .sum", &format!("The arithmetic of “{name}”")).await;
        page.until(
            "its formula comes first",
            "text('dialog .measure h4').startsWith('DPnorm') && one('dialog math') !== null",
        )
        .await;
        page.click("dialog button", "Close").await;

        page.choose("Show", "documents").await;
        page.until(
            "the documents are shown",
            "query().get('show') === 'documents' && all('main tbody tr:not(.gap)').length === 5",
        )
        .await;
        let hits = page.texts("main tbody td:nth-child(2)").await;
        assert_eq!(hits.iter().map(|hits| hits.parse::<u32>().expect("a number")).sum::<u32>(), 28);
    });
}

#[test]
fn trends_leave_a_gap_where_nothing_was_published() {
    story(async |page| {
        page.open("#/trends?q=fidan").await;
        page.fill("Further queries", "peace").await;
        page.until("both are drawn", "all('main .drawn .label.series-1').length && query().get('with') === 'peace'")
            .await;
        assert!(page.text("main .summary").await.contains("“peace”: 11 hits"), "{}", page.text("main .summary").await);
        page.until("the months are there", "all('main tbody tr:not(.gap)').length === 4").await;
        let relative = page.texts("main tbody td:nth-child(5)").await;
        assert_eq!(relative[1..3], ["–", "–"], "March and April have no documents: {relative:?}");
        // February and May have a point each, and no line leads over the months between.
        assert_eq!(page.look("all('main .drawn .mark').length").await, 4);
        let points = "all('main .drawn polyline').map((line) => line.getAttribute('points').trim().split(' ').length)";
        assert_eq!(page.look(points).await, serde_json::json!([1, 1, 1, 1]));

        enter_picture(page).await;
        page.press(Key::Right).await;
        let said = until_said(page, "").await;
        assert!(said.starts_with("Feb 2025: 9 hits in 2 of 3 documents"), "{said}");
        page.press(Key::Enter).await;
        until_lines(page, 9.0).await;
        assert!(page.is("query().get('date') === '2025-02'").await);
    });
}

#[test]
fn without_a_query_trends_show_documents_and_words() {
    story(async |page| {
        page.open("#/trends").await;
        page.until("there are two pictures", "all('main .figure svg').length === 2").await;
        let said = page.texts("main figcaption").await;
        assert!(said[0].starts_with("documents") && said[1].starts_with("words"), "{said:?}");
    });
}

#[test]
fn texts_are_measured_and_sorted_by_a_measure() {
    story(async |page| {
        page.open("#/measures").await;
        page.until("all texts are there", "all('main tbody tr:not(.gap)').length === 5").await;
        assert!(page.text("main .summary").await.starts_with("5 texts, with how long, how varied"));
        let place = page.look("texts('main thead th').findIndex((title) => title.startsWith('LIX')) + 1").await;
        page.click("main th button", "LIX").await;
        page.until("they are sorted", "one('main th[aria-sort=descending]')?.innerText.startsWith('LIX')").await;
        let values = page.texts(&format!("main tbody td:nth-child({place})")).await;
        let values: Vec<f64> = values.iter().map(|value| value.parse().expect("a number")).collect();
        assert!(values.len() == 5 && values.is_sorted_by(|a, b| a >= b), "{values:?}");
        let first = words(page).await.remove(0);
        page.click("main tbody th a", &first).await;
        page.until("a text opens beside", "text('#reader .text')").await;
    });
}

#[test]
fn words_in_pictures_stand_apart_and_can_be_read_on_a_phone() {
    story(async |page| {
        // Two boxes that share more than an edge.
        let over = "(() => {
            const labels = all('main .drawn .label').map((label) => [label.textContent, label.getBoundingClientRect()]);
            return labels.flatMap(([text, a], place) => labels.slice(place + 1)
                .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
                .map(([other]) => `${text} | ${other}`)); })()";
        let height = "Math.min(...all('main .drawn .label').map((label) => label.getBoundingClientRect().height))";
        let pictures = [
            "#/keyness?source=News.Az",
            "#/dispersion?q=fidan",
            "#/trends?q=fidan",
            "#/trends?q=fidan&with=lavrov;peace&period=week",
            "#/trends?period=day",
        ];
        for screen in [WIDE, PHONE] {
            page.set_screen(screen).await;
            for picture in pictures {
                page.open(picture).await;
                page.until("it is drawn", "all('main .drawn .label').length").await;
                assert_eq!(page.look(over).await, serde_json::json!([]), "{picture}, {}", screen.name());
                assert!(
                    page.is(&format!("{height} > 9")).await,
                    "{picture}, {}: {}",
                    screen.name(),
                    page.look(height).await
                );
            }
        }
    });
}
