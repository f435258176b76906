//! Ways to go on, under the search field.

use serde_json::json;
use sheaf_tests::browser::{Browser, PHONE};
use sheaf_tests::story::story;
use thirtyfour::Key;

/// Whether the list is on the screen, and the field says so.
const IS_OPEN: &str = "seen(one('#options')) && one('#search').getAttribute('aria-expanded') === 'true'";
/// Whether neither is so.
const IS_CLOSED: &str = "!seen(one('#options')) && one('#search').getAttribute('aria-expanded') === 'false'";
/// What the field says the keyboard is on.
const ACTIVE: &str = "document.getElementById(one('#search').getAttribute('aria-activedescendant') ?? '')";

/// Types into the empty field, and waits for the list that belongs to it.
async fn type_for_list(page: &Browser, text: &str, first: &str) {
    page.keys("/").await;
    page.until("the field has the keyboard", "document.activeElement.id === 'search'").await;
    page.keys(text).await;
    page.until_with("the list is open", "texts('#options li bdi')[0] === input", json!(first)).await;
    assert!(page.is(IS_OPEN).await);
}

#[test]
fn arrows_walk_the_list_and_enter_takes_what_they_are_on() {
    story(async |page| {
        page.open("").await;
        type_for_list(page, "lavrov anka", "Ankara").await;
        assert!(page.is(&format!("{ACTIVE} === null")).await, "nothing is chosen by itself");
        assert!(page.is("all('#options [aria-selected=true]').length === 0").await);
        assert!(page.is("texts('#options li').length <= 8").await);
        page.press(Key::Down).await;
        page.until("the first is active", &format!("{ACTIVE}?.ariaSelected === 'true'")).await;
        page.press(Key::Up).await;
        page.until("none is active again", &format!("{ACTIVE} === null")).await;
        page.press(Key::Down).await;
        page.until("the first is active", ACTIVE).await;
        page.press(Key::Enter).await;
        page.until("it is in the field", "one('#search').value === 'lavrov Ankara '").await;
        page.until("it is asked", "query().get('q') === 'lavrov Ankara ' && !query().has('typing')").await;
        page.until("the list is closed", IS_CLOSED).await;
        assert!(page.is("document.activeElement.id === 'search' && one('#search').selectionStart === 14").await);
    });
}

#[test]
fn a_choice_goes_where_the_cursor_is() {
    story(async |page| {
        page.open("").await;
        // What comes after the first answer draws the page once more, and the field with what the page knows of it.
        page.until("the page is at rest", "all('#filters section').length").await;
        page.keys("/").await;
        page.until("the field has the keyboard", "document.activeElement.id === 'search'").await;
        // Two units of the browser, four bytes of ours: places behind it must agree.
        page.run("one('#search').value = '😀 anka lavrov'; one('#search').setSelectionRange(7, 7)").await;
        page.keys("r").await;
        page.until("Ankara is offered", "texts('#options li bdi')[0] === 'Ankara'").await;
        page.press(Key::Down).await;
        page.until("the first is active", ACTIVE).await;
        page.press(Key::Tab).await;
        page.until("it is in its place", "one('#search').value.replace(/ +/g, ' ') === '😀 Ankara lavrov'").await;
        page.until("the cursor is behind it", "[9, 10].includes(one('#search').selectionStart)").await;
        assert!(page.is("document.activeElement.id === 'search'").await, "the field keeps the keyboard");
    });
}

#[test]
fn escape_closes_the_list_before_anything_else() {
    story(async |page| {
        page.open("#/results?doc=001_9b23693f54f7dc8a").await;
        page.until("the Reader shows a text", "text('#reader .text')").await;
        type_for_list(page, "anka", "Ankara").await;
        page.press(Key::Escape).await;
        page.until("the list is closed", IS_CLOSED).await;
        assert!(page.is("one('#search').value === 'anka' && one('#reader') !== null").await);
        page.press(Key::Down).await;
        page.until("an arrow opens it again", IS_OPEN).await;
        page.press(Key::Escape).await;
        page.until("the list is closed again", IS_CLOSED).await;
        page.press(Key::Escape).await;
        page.until("now the Reader closes", "one('#reader') === null").await;
    });
}

#[test]
fn the_list_opens_while_typing_only_and_closes_with_the_question() {
    story(async |page| {
        page.open("#/results?q=anka&typing=1").await;
        assert!(page.is(IS_CLOSED).await, "not when the page is opened");
        page.keys("/").await;
        page.until("the field has the keyboard", "document.activeElement.id === 'search'").await;
        page.answered().await;
        assert!(page.is(IS_CLOSED).await, "not when the field is entered");
        page.press(Key::End).await;
        page.keys("r").await;
        page.until("the list is open", IS_OPEN).await;
        page.until("how many there are is said", "one('.field [role=status]').textContent.includes('suggestion')")
            .await;
        page.press(Key::Enter).await;
        page.until("Enter without a choice asks and closes", IS_CLOSED).await;
        page.until("as typed", "query().get('q') === 'ankar' && !query().has('typing')").await;
        page.keys("a").await;
        page.until("the list is open", IS_OPEN).await;
        page.press(Key::Tab).await;
        page.until("Tab without a choice moves on", "document.activeElement.id !== 'search'").await;
        page.until("and the list is closed", IS_CLOSED).await;
        assert!(page.is("one('#search').value === 'ankara'").await);
    });
}

#[test]
fn a_field_leads_to_its_values() {
    story(async |page| {
        page.open("").await;
        page.keys("/").await;
        page.until("the field has the keyboard", "document.activeElement.id === 'search'").await;
        page.keys("sourc").await;
        page.until("the field is offered", "texts('#options li bdi').includes('source:')").await;
        page.click("#options li", "source:").await;
        page.until("its values are offered", "texts('#options li bdi').includes('News.Az')").await;
    });
}

#[test]
fn a_finger_chooses_and_the_field_keeps_the_keyboard() {
    story(async |page| {
        page.set_screen(PHONE).await;
        page.open("").await;
        type_for_list(page, "anka", "Ankara").await;
        let fits = "(() => { const list = one('#options').getBoundingClientRect(), field = one('.field').getBoundingClientRect();
            return list.top >= field.bottom && list.left >= 0 && list.right <= innerWidth
              && all('#options li').every((row) => row.getBoundingClientRect().height >= 44); })()";
        assert!(page.is(fits).await, "the list lies under the field, its rows large enough for a thumb");
        page.click("#options li", "Ankara").await;
        page.until("it is asked", "query().get('q')?.startsWith('Ankara')").await;
        page.until("the list is closed", IS_CLOSED).await;
        assert!(page.is("document.activeElement.id === 'search'").await);
    });
}
