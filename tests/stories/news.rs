//! Reading the news: marks and cards of the Reader, people, quotations, time, and putting right what the program got wrong.

use sheaf_tests::browser::{Browser, PHONE};
use sheaf_tests::story::story;
use thirtyfour::Key;

/// An article of the seeds.
const ARTICLE: &str = "003_5c4658f505a2a263";

async fn opened(page: &Browser) {
    page.open(&format!("#/results?doc={ARTICLE}")).await;
    page.until("names are marked", "all('#reader a.found.person').length > 3").await;
}

#[test]
fn what_was_found_is_marked_sort_by_sort() {
    story(async |page| {
        opened(page).await;
        for sort in ["person", "place", "org", "date"] {
            assert!(page.is(&format!("all('#reader a.found.{sort}').length > 0")).await, "{sort}");
        }
        assert!(page.is("all('#reader span.quote').length > 0").await, "quotations are tinted");
        let text = page.text("#reader .text").await;
        page.click("#reader .layer", "People").await;
        page.until("people are no longer marked", "all('#reader a.found.person').length === 0").await;
        assert!(page.is("all('#reader a.found.place').length > 0").await, "places still are");
        assert!(page.url().await.contains("marks="), "the link says so");
        assert_eq!(page.text("#reader .text").await, text, "the text is the same with and without marks");
        page.reload().await;
        page.until("places are marked", "all('#reader a.found.place').length > 0").await;
        assert!(page.is("all('#reader a.found.person').length === 0").await);
    });
}

#[test]
fn documents_are_filtered_by_who_they_name() {
    story(async |page| {
        page.open("#/results").await;
        page.until("names can be read", "all('#filters .names:not([hidden]) button').length === 1").await;
        page.run("one('#filters .names button').focus()").await;
        page.press(Key::Enter).await;
        page.until("people are listed", "texts('#filters h2').includes('Person')").await;
        assert!(page.is("texts('#filters h2').includes('Place') && one('#filters .names').hidden").await);
        page.until("the keyboard is somewhere", "document.activeElement !== document.body").await;
        let all = page.texts("#lens article").await.len();
        page.click("#filters button.value", "Volodymyr Zelensky").await;
        page.until(
            "the link has it",
            "query().get('person') === 'Volodymyr Zelensky' || location.hash.includes('person')",
        )
        .await;
        page.answered().await;
        page.until("there is a chip", "texts('.chips').join(' ').includes('Volodymyr Zelensky')").await;
        let some = page.texts("#lens article").await.len();
        assert!(some > 0 && some < all, "{some} of {all}");
        // The link alone is enough to read the texts.
        page.reload().await;
        page.until("it is still chosen", "all('#filters button.value[aria-pressed=true]').length === 1").await;
        assert_eq!(page.texts("#lens article").await.len(), some);
        page.click(".chips button", "Remove filter Person: Volodymyr Zelensky").await;
        page.until("all are there again", &format!("all('#lens article').length === {all}")).await;
    });
}

#[test]
fn a_mark_leads_to_a_card_and_the_card_to_a_profile() {
    story(async |page| {
        opened(page).await;
        page.run("one('#reader a.found.person').focus()").await;
        page.press(Key::Enter).await;
        page.until("the card is there", "text('#reader .found-card h3')").await;
        let name = page.text("#reader .found-card h3").await;
        assert!(page.text("#reader .found-card .why").await.contains("percent"), "it says how certain it is");
        assert!(page.is("one('#reader #at') !== null").await, "its place is marked");
        page.click("#reader .found-card a", "Profile").await;
        page.until("the profile", "text('main .summary').includes('mention')").await;
        assert!(page.text("main .summary").await.contains(&name), "{}", page.text("main .summary").await);
        assert!(page.is("all('main .short-tables table').length > 1").await);
    });
}

#[test]
fn what_is_not_so_is_rejected_and_can_be_taken_back() {
    story(async |page| {
        opened(page).await;
        let href = page.look("one('#reader a.found.person').getAttribute('href')").await;
        page.run("one('#reader a.found.person').click()").await;
        page.until("the card is there", "text('#reader .found-card h3')").await;
        page.click("#reader .found-card button", "Not so").await;
        let is_gone = "!all('#reader a.found').some((mark) => mark.getAttribute('href').includes(input))";
        let place = href.as_str().and_then(|href| href.split("at=").nth(1)).unwrap_or_default();
        let place = format!("at={}", place.split('&').next().unwrap_or_default());
        page.until_with("it is no longer marked", is_gone, place.as_str().into()).await;
        page.reload().await;
        page.until("other names are marked", "all('#reader a.found.person').length > 3").await;
        page.until_with("it still is not", is_gone, place.as_str().into()).await;
        page.open("#/entities").await;
        page.until("the desk", "text('main .desk summary').includes('1 correction')").await;
        page.click("main .desk summary", "Put names right").await;
        assert!(page.text("main .desk li").await.contains("is not what it was taken for"));
        page.click("main .desk li button", "Take back").await;
        page.until("it is taken back", "!text('main .desk summary').includes('correction')").await;
        page.open(&format!("#/results?doc={ARTICLE}")).await;
        let is_back = "all('#reader a.found').some((mark) => mark.getAttribute('href').includes(input))";
        page.until_with("it is marked again", is_back, place.as_str().into()).await;
    });
}

#[test]
fn a_name_is_put_right_and_every_view_follows() {
    story(async |page| {
        page.open("#/entities?entity=person:Hakan%20Fidan").await;
        page.until("the profile", "text('main .summary').includes('Hakan Fidan')").await;
        page.click("main .desk summary", "Put names right").await;
        page.run("one('main .desk input[name=value]').focus()").await;
        page.keys("Minister Fidan").await;
        page.press(Key::Enter).await;
        page.until("there is a correction", "text('main .desk summary').includes('1 correction')").await;
        page.open("#/entities?kind=person").await;
        page.until("the list follows", "texts('main tbody th').includes('Minister Fidan')").await;
        page.open("#/quotes?group=speaker").await;
        page.until("quotations follow", "texts('main tbody th').includes('Minister Fidan')").await;
        page.open("#/results?q=person%3A%22minister+fidan%22").await;
        page.until("the query language follows", "all('main mark').length > 0").await;
    });
}

#[test]
fn a_quotation_opens_where_it_stands() {
    story(async |page| {
        page.open("#/quotes?manner=direct").await;
        page.until("quotations", "all('main tbody tr:not(.gap)').length > 3").await;
        let words = page.text("main tbody tr:not(.gap) .prose-cell").await;
        page.run("one('main tbody tr:not(.gap) th a').click()").await;
        page.until("its place", "text('#reader #at')").await;
        let first = words.split(' ').take(4).collect::<Vec<_>>().join(" ");
        page.until_with("its words", "text('#reader .text').replaceAll(/\\s+/g, ' ').includes(input)", first.into())
            .await;
        page.open("#/quotes?speaker=person:Hakan%20Fidan").await;
        page.until("those of one", "all('main tbody tr:not(.gap)').length > 0").await;
        let speakers = page.texts("main tbody tr:not(.gap) th").await;
        assert!(speakers.iter().all(|speaker| speaker == "Hakan Fidan"), "{speakers:?}");
    });
}

#[test]
fn queries_find_who_is_named_and_what_was_said() {
    story(async |page| {
        page.open("#/results?q=person%3Alavrov").await;
        page.until("mentions are marked", "texts('main mark').some((mark) => mark.includes('Lavrov'))").await;
        assert!(page.echo().await.contains("the person lavrov"), "{}", page.echo().await);
        page.open("#/concordance?q=said%3Afidan+talks").await;
        page.until("lines", "all('main tbody tr:not(.gap)').length > 0 || text('main .note')").await;
        assert!(page.echo().await.contains("quoted of fidan"), "{}", page.echo().await);
        page.open("#/results?q=place%3Anowhereland").await;
        page.until("it is said that nothing was found", "text('main .empty')").await;
    });
}

#[test]
fn the_timeline_is_walked_by_keyboard() {
    story(async |page| {
        page.open("#/timeline").await;
        page.until("the picture", "all('main svg .mark').length > 10").await;
        page.run("one('main .picture').focus()").await;
        page.press(Key::Right).await;
        page.until("the mark is told", "text('main .cursor')").await;
        assert!(page.text("main .cursor").await.contains("202"), "{}", page.text("main .cursor").await);
        page.press(Key::Enter).await;
        page.until("its document opens", "text('#reader h2')").await;
    });
}

#[test]
fn two_parts_are_compared_side_by_side() {
    story(async |page| {
        page.open("#/compare?source=News.Az").await;
        page.until("sentences", "all('main tbody tr:not(.gap)').length > 0").await;
        assert!(page.text("main .summary").await.contains("News.Az"));
        assert!(
            page.is("all('main .short-tables caption').some(({ innerText }) => innerText.includes('Keywords'))").await
        );
        page.open("#/compare?show=first&source=News.Az").await;
        page.until("what only one says", "texts('main thead th').some((title) => title.includes('Sentence'))").await;
    });
}

#[test]
fn marks_and_cards_fit_a_phone() {
    story(async |page| {
        page.set_screen(PHONE).await;
        opened(page).await;
        page.run("one('#reader a.found.person').click()").await;
        page.until("the card is there", "text('#reader .found-card h3')").await;
        assert!(page.is("document.scrollingElement.scrollWidth <= 390 && one('#reader').scrollWidth <= 390").await);
        let card = "one('#reader .cards').getBoundingClientRect()";
        assert!(
            page.is(&format!("{card}.bottom <= innerHeight + 1 && {card}.left >= 0")).await,
            "the card is on the screen"
        );
    });
}
