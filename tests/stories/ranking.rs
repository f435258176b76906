//! Why a document stands where it stands.

use sheaf_tests::story::story;
use thirtyfour::Key;

/// What stands in the second column, in the order in which it is added.
const GIVEN: &str = "(() => {
  const [terms, ...rest] = all('dialog table').map((table) =>
    [...table.querySelectorAll('tbody td:nth-child(2)')].map((cell) => Number(cell.textContent)));
  const phrases = rest.length > 1 ? rest.shift() : [];
  return [...terms, ...phrases, ...rest.map((pairs) => pairs.at(-1))];
})()";

#[test]
fn the_numbers_shown_add_up_to_the_score() {
    story(async |page| {
        page.open("#/results?q=foreign+minister+lavrov").await;
        page.click("main article:first-child button", "Why here?").await;
        page.until("the dialog explains", "one('dialog').open && all('dialog table').length === 3").await;
        let title = page.text("main article:first-child h2").await;
        let beginning: String = title.chars().take(20).collect();
        assert!(page.text("dialog").await.contains(&beginning), "{title}");
        assert!(page.text("dialog").await.contains("1st of 5 documents"), "{}", page.text("dialog").await);
        let score = page.text("dialog strong").await;
        let sum = page.look(&format!("String({GIVEN}.reduce((sum, given) => sum + given, 0))")).await;
        assert_eq!(sum.as_str(), Some(score.as_str()), "to the last digit");
        assert!(page.is("all('dialog table').every((table) => table.caption !== null)").await);
    });
}

#[test]
fn escape_closes_it_and_its_button_has_the_keyboard_again() {
    story(async |page| {
        page.open("#/results?q=lavrov").await;
        page.run("all('.why')[1].focus()").await;
        page.press(Key::Enter).await;
        page.until("the dialog explains", "one('dialog').open && all('dialog table').length").await;
        assert!(page.text("dialog").await.contains("2nd of 5"), "{}", page.text("dialog").await);
        page.press(Key::Escape).await;
        page.until("it is closed", "!one('dialog').open").await;
        page.until("its button has the keyboard", "document.activeElement === all('.why')[1]").await;
        page.press(Key::Enter).await;
        page.until("it opens again", "one('dialog').open && all('dialog table').length").await;
        assert!(!page.url().await.contains("why"), "it is not in the address");
    });
}

#[test]
fn where_rank_does_not_order_the_list_nothing_asks_why() {
    story(async |page| {
        for fragment in ["#/results", "#/results?q=lavrov&sort=-date"] {
            page.open(fragment).await;
            page.until("the list is there", "all('main article').length").await;
            assert!(page.is("all('.why').length === 0").await, "{fragment}");
        }
    });
}
