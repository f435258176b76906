//! The Concordance: hits in context, sorted, grouped, drawn at random, and read.

use sheaf_tests::browser::Browser;
use sheaf_tests::story::story;
use thirtyfour::Key;

/// The lines, without the room for those that are not drawn.
const LINES: &str = "all('main table.lines tbody tr:not(.gap)')";
/// The line that has the keyboard.
const ROW: &str = "document.activeElement.dataset.doc";
/// The word after the hit of each line, folded as the core sorts it.
const NEXT: &str = "all('main a.kwic .after')
    .map((after) => after.textContent.slice(after.firstChild.textContent.length))
    .map((after) => (after.match(/[\\p{L}\\p{N}]+/u)?.[0] ?? ''))
    .map((word) => word.normalize('NFKD').replace(/\\p{M}/gu, '').toLowerCase())";

/// Waits until there are so many lines.
async fn until_lines(page: &Browser, count: u32) {
    page.until_with("the lines are there", &format!("{LINES}.length === input"), count.into()).await;
}

/// What names the lines on the screen.
async fn keys(page: &Browser) -> Vec<String> {
    let keys = page.look("all('main a.kwic').map((line) => line.dataset.doc)").await;
    serde_json::from_value(keys).expect("a list of names")
}

async fn next_words(page: &Browser) -> Vec<String> {
    serde_json::from_value(page.look(NEXT).await).expect("a list of words")
}

/// The other settings, one click away.
async fn show_settings(page: &Browser) {
    page.click("main .settings summary", "More settings").await;
    page.until("they are shown", "one('main .settings details').open").await;
}

#[test]
fn hits_are_seen_in_context_and_sorted_by_the_next_word() {
    story(async |page| {
        page.open("").await;
        page.search("fidan").await;
        page.click(".lenses a", "Concordance").await;
        until_lines(page, 28).await;
        assert_eq!(page.text("main .summary").await, "28 lines in 4 documents.");
        assert!(
            page.is(
                "texts('main a.kwic mark').length === 28 && texts('main a.kwic mark').every((hit) => hit === 'Fidan')"
            )
            .await
        );
        let unsorted = next_words(page).await;
        assert!(!unsorted.is_sorted(), "{unsorted:?}");

        page.choose("Sort by", "1st word after").await;
        page.until("the link says so", "query().get('sort') === 'after1'").await;
        page.answered().await;
        page.until(
            "the first line has another word",
            &format!("{NEXT}[0] !== {}", serde_json::to_string(&unsorted[0]).expect("a text")),
        )
        .await;
        let sorted = next_words(page).await;
        assert!(sorted.is_sorted(), "{sorted:?}");
        assert_eq!(sorted.len(), unsorted.len());

        page.choose("then by", "1st word before").await;
        page.until("the link says both", "query().get('sort') === 'after1,before1'").await;
        page.back().await;
        page.back().await;
        page.until("the order of the corpus is back", "!query().has('sort') && labelled('Sort by').value === ''").await;
        page.answered().await;
        assert_eq!(next_words(page).await, unsorted);
    });
}

#[test]
fn the_hits_stand_under_each_other() {
    story(async |page| {
        page.open("#/concordance?q=fidan&width=20").await;
        until_lines(page, 28).await;
        let edges = "[...new Set(all('main a.kwic mark').map((hit) => Math.round(hit.getBoundingClientRect().left)))]";
        assert!(page.is(&format!("{edges}.length === 1")).await, "{}", page.look(edges).await);
    });
}

#[test]
fn a_reader_without_a_mouse_opens_a_line_at_its_hit_and_comes_back() {
    story(async |page| {
        page.open("#/concordance?q=fidan&sort=after1").await;
        until_lines(page, 28).await;
        page.keys("j").await;
        page.until("the first line has the keyboard", ROW).await;
        page.keys("jj").await;
        let keys = keys(page).await;
        page.until_with("the third line has it", &format!("{ROW} === input"), keys[2].clone().into()).await;
        let context = page.look("document.activeElement.querySelector('.before').innerText.trim()").await;

        page.keys("o").await;
        page.until("the Reader has the keyboard", "document.activeElement.closest('#reader') !== null").await;
        page.until("it is at a hit", "one('#reader mark.is-current')?.innerText === 'Fidan'").await;
        assert!(page.is("query().has('doc') && query().has('hit') && query().get('sort') === 'after1'").await);
        // Of several hits in a paragraph it is the one of this line.
        let before =
            "(() => { const range = document.createRange(), letters = (text) => text.replace(/\\s+/g, '').slice(-30);
            range.setStart(one('#reader .text'), 0); range.setEndBefore(one('#reader mark.is-current'));
            return letters(range.toString()) === letters(input); })()";
        page.until_with("it is the hit of this line", before, context).await;
        page.until_with(
            "its line is marked",
            "one('main tr.is-open a')?.dataset.doc === input",
            keys[2].clone().into(),
        )
        .await;

        page.press(Key::Escape).await;
        page.until("the Reader is gone", "one('#reader') === null && !query().has('doc')").await;
        page.until_with("its line has the keyboard", &format!("{ROW} === input"), keys[2].clone().into()).await;
        page.press(Key::Enter).await;
        page.until("Enter opens it too", "one('#reader mark.is-current')").await;
        page.back().await;
        page.until("back closes it", "one('#reader') === null").await;
        until_lines(page, 28).await;
        assert!(page.is("query().get('sort') === 'after1'").await);
    });
}

#[test]
fn lines_are_grouped_by_the_next_word_and_a_group_leads_to_its_lines() {
    story(async |page| {
        page.open("#/concordance?q=fidan").await;
        until_lines(page, 28).await;
        page.choose("Group by", "1st word after").await;
        page.until("there are groups", "one('main table.numbers') !== null && query().get('group') === 'after1'").await;
        let counts = page.texts("main tbody td:nth-child(2)").await;
        let counts: Vec<u32> = counts.iter().map(|count| count.parse().expect("a number")).collect();
        assert_eq!(counts.iter().sum::<u32>(), 28, "{counts:?}");
        assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");

        assert_eq!(page.texts("main tbody th").await[0], "will");
        page.click("main tbody th a", "will").await;
        until_lines(page, counts[0]).await;
        assert!(next_words(page).await.iter().all(|word| word == "will"), "{:?}", next_words(page).await);
        assert!(page.text("main .summary").await.contains("of 28 in all"), "{}", page.text("main .summary").await);
        page.back().await;
        page.until("the groups are back", "one('main table.numbers') !== null").await;
    });
}

#[test]
fn random_lines_are_read_batch_by_batch_and_none_comes_twice() {
    story(async |page| {
        page.open("#/concordance?q=fidan").await;
        until_lines(page, 28).await;
        show_settings(page).await;
        page.fill("Random lines (0 for all)", "5").await;
        until_lines(page, 5).await;
        let first = keys(page).await;
        let mut seen = first.clone();
        for (from, to) in [(6, 10), (11, 15), (16, 20), (21, 25), (26, 28)] {
            page.click("main .sample a", "Next 5 unseen").await;
            let said = format!("Random lines {from} to {to} of 28");
            page.until_with("the next are there", "text('main .sample').startsWith(input)", said.into()).await;
            until_lines(page, to - from + 1).await;
            let keys = keys(page).await;
            assert!(keys.iter().all(|key| !seen.contains(key)), "{keys:?} came before: {seen:?}");
            seen.extend(keys);
        }
        assert_eq!(seen.len(), 28);
        page.click("main .sample a", "Next 5 unseen").await;
        page.until("all have been seen", "text('main .sample').startsWith('All 28 lines have been drawn')").await;
        page.click("main .sample a", "Begin again").await;
        until_lines(page, 5).await;
        assert_eq!(keys(page).await, first, "the same seed draws the same lines");
    });
}

#[test]
fn context_may_be_the_whole_sentence() {
    story(async |page| {
        page.open("#/concordance?q=fidan").await;
        until_lines(page, 28).await;
        page.choose("Context", "the sentence").await;
        page.until("the link says so", "query().get('width') === 'sentence'").await;
        page.answered().await;
        page.until(
            "the last sentence begins at its beginning",
            "one('main a.kwic .before').textContent.trim().startsWith('Turkish Foreign Minister')",
        )
        .await;
    });
}

#[test]
fn lines_are_tagged_and_dropped_with_the_keyboard() {
    story(async |page| {
        page.open("#/concordance?q=fidan").await;
        until_lines(page, 28).await;
        let all = keys(page).await;
        page.keys("j").await;
        page.until_with("the first line has the keyboard", &format!("{ROW} === input"), all[0].clone().into()).await;
        page.keys("t").await;
        page.until("it is tagged", "texts('main .tag').join() === 'A'").await;
        page.until_with("it keeps the keyboard", &format!("{ROW} === input"), all[0].clone().into()).await;
        page.keys("t").await;
        page.until("it has the next tag", "texts('main .tag').join() === 'B'").await;
        page.keys("j").await;
        page.until_with("the next line has the keyboard", &format!("{ROW} === input"), all[1].clone().into()).await;

        page.keys("x").await;
        until_lines(page, 27).await;
        page.until_with("the line after it has the keyboard", &format!("{ROW} === input"), all[2].clone().into()).await;
        assert!(!keys(page).await.contains(&all[1]));
        assert!(page.text("main .summary").await.starts_with("27 lines"), "{}", page.text("main .summary").await);
        page.reload().await;
        page.answered().await;
        until_lines(page, 27).await;
        page.until("the tag is in the link too", "texts('main .tag').join() === 'B'").await;

        page.click("main .settings button", "undo all").await;
        page.until("one of both is undone", "all('main .settings p:not([hidden]) button').length === 1").await;
        page.click("main .settings button", "undo all").await;
        until_lines(page, 28).await;
        assert_eq!(page.texts("main .tag").await, Vec::<String>::new());
    });
}
