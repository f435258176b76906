//! The parts of the query, changed without typing.

use sheaf_tests::browser::PHONE;
use sheaf_tests::story::story;
use thirtyfour::Key;

const NESTED: &str = "#/results?q=fidan+%28talks+OR+%22prisoner+exchange%22%29+-trump";

#[test]
fn each_part_shows_its_counts_and_can_be_negated_and_removed() {
    story(async |page| {
        page.open(NESTED).await;
        page.until("the parts are there", "all('#parts bdi').length === 4").await;
        let parts = page.texts("#parts bdi").await;
        assert_eq!(parts, ["fidan", "talks", "\"prisoner exchange\"", "trump"]);
        let counts = page.texts("#parts .part > .count > [aria-hidden]").await;
        assert_eq!(counts.len(), 5, "{counts:?}");
        assert!(counts.iter().all(|count| count.contains(" docs · ") && count.contains("hit")), "{counts:?}");
        page.until(
            "they are whole words for the ear",
            "one('#parts .visually-hidden').textContent.includes('documents')",
        )
        .await;

        page.click("#parts button", "Without trump").await;
        page.until("trump must now be there", "query().get('q') === 'fidan (talks OR \"prisoner exchange\") trump'")
            .await;
        page.until("its button says so", "named('#parts button', 'Without trump').ariaPressed === 'false'").await;
        page.click("#parts button", "Remove talks").await;
        page.until("talks is gone", "query().get('q') === 'fidan \"prisoner exchange\" trump'").await;
        page.until("and the field says so", "one('#search').value === 'fidan \"prisoner exchange\" trump'").await;
        page.back().await;
        page.until("back brings it again", "texts('#parts bdi').includes('talks')").await;
    });
}

#[test]
fn neighbours_are_joined_otherwise_and_the_keyboard_stays() {
    story(async |page| {
        page.open("#/results?q=prisoner+exchange").await;
        page.until("the parts are there", "all('#parts select').length === 1").await;
        assert_eq!(page.texts("#parts select").await.len(), 1);
        assert!(page.is("one('#parts select').selectedOptions[0].label === 'and'").await);
        page.run("one('#parts select').focus()").await;
        page.keys("a").await;
        page.keys("s").await;
        page.until("as a phrase", "query().get('q') === '\"prisoner exchange\"'").await;
        page.answered().await;
        // One part is left, which needs no row: the keyboard goes to the results.
        page.until("the keyboard is somewhere", "document.activeElement !== document.body").await;

        page.open(NESTED).await;
        page.until("the parts are there", "all('#parts bdi').length === 4").await;
        page.run("named('#parts button', 'Remove fidan').focus()").await;
        page.press(Key::Enter).await;
        page.until("it is gone", "!texts('#parts bdi').includes('fidan')").await;
        page.until("the keyboard stays in the row", "document.activeElement.closest('#parts') !== null").await;
    });
}

#[test]
fn a_single_word_needs_no_row_and_a_phone_puts_it_away() {
    story(async |page| {
        page.open("#/results?q=fidan").await;
        assert!(page.is("!seen(one('#parts'))").await);
        page.set_screen(PHONE).await;
        page.open(NESTED).await;
        assert!(page.is("!seen(one('#parts ul'))").await, "the parts are put away");
        page.click("#parts > button", "Parts of the query").await;
        page.until("they are shown", "texts('#parts bdi').length === 4").await;
        assert!(page.is("document.scrollingElement.scrollWidth <= innerWidth").await);
    });
}
