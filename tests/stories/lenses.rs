//! Every lens that counts, one by one: reached, readable by all, as narrow as the screen, and never without a word.

use sheaf_core::views::lens::Lens;
use sheaf_tests::axe::violations;
use sheaf_tests::browser::{Browser, PHONE, Screen, WIDE};
use sheaf_tests::story::story;
use thirtyfour::Key;

/// A question that every lens has something to say about.
const QUESTION: &str = "q=fidan";
/// The lens has answered: a sentence, and a table.
const SHOWN: &str = "text('main .summary') && all('main tbody tr:not(.gap)').length";
/// Nothing is wider than the screen; a phone would make more room by drawing everything smaller.
const FITS: &str = "document.scrollingElement.scrollWidth <= 390 && innerWidth === 390";

/// The tab that leads to a lens.
fn tab(lens: Lens) -> &'static str {
    match lens {
        Lens::Concordance => "Concordance",
        Lens::Words | Lens::Collocates | Lens::Keyness | Lens::Dispersion | Lens::Trends => "Words",
        Lens::Measures => "Documents",
        Lens::Entities | Lens::Findings => "People & places",
        Lens::Quotes => "Quotes",
        Lens::Timeline | Lens::Events | Lens::Dates => "Timeline",
        Lens::Compare | Lens::Shared => "Compare",
    }
}

/// Both tabs have the number that the sentence has.
const TABS_AGREE: &str = r"(() => {
    const own = /: (\d+) of/.exec(text('#echo'));
    return own && text('#echo').includes(input) && texts('.lenses .count').join() === `${own[1]},${own[1]}`;
})()";

#[test]
fn the_tabs_count_what_the_lens_has_found() {
    story(async |page| {
        page.open("#/results?q=putin").await;
        let asked = [("documents", "prisoner"), ("about", "ankara"), ("results", "fidan"), ("concordance", "zelensky")];
        for (lens, query) in asked {
            page.run(&format!("location.hash = '#/{lens}?q={query}'")).await;
            page.until_with("the tabs say what the sentence says", TABS_AGREE, query.into()).await;
        }
    });
}

/// How many pictures a lens draws of the question.
fn pictures(lens: Lens) -> u64 {
    match lens {
        Lens::Concordance | Lens::Words | Lens::Collocates | Lens::Measures => 0,
        Lens::Keyness | Lens::Dispersion | Lens::Trends | Lens::Timeline => 1,
        Lens::Entities | Lens::Findings | Lens::Quotes | Lens::Events | Lens::Dates | Lens::Compare | Lens::Shared => 0,
    }
}

/// What is waited for: the seeds share no passage, which is said in a sentence.
fn shown(lens: Lens) -> &'static str {
    if lens == Lens::Shared { "text('main .summary')" } else { SHOWN }
}

async fn show(page: &Browser, lens: Lens) {
    page.open(&format!("#/{}?{QUESTION}", lens.name())).await;
    page.until("the filters have come", "all('#filters section button').length").await;
    page.until(lens.name(), shown(lens)).await;
}

/// Goes to the link of that name among the tabs, by keyboard.
async fn reach(page: &Browser, name: &str) {
    let there =
        "document.activeElement.closest('.lenses') !== null && document.activeElement.innerText.startsWith(input)";
    for _ in 0..60 {
        page.press(Key::Tab).await;
        if page.look_with(there, name.into()).await == true {
            return;
        }
    }
    panic!("The keyboard does not reach the tab {name}.");
}

#[test]
fn every_lens_is_reached_by_keyboard() {
    story(async |page| {
        for lens in Lens::ALL {
            page.open(&format!("#/results?{QUESTION}")).await;
            page.run("one('#search').focus()").await;
            reach(page, tab(*lens)).await;
            page.press(Key::Enter).await;
            if tab(*lens) != lens.title() {
                page.until("its lenses are shown", "seen(one('.lenses .sub a'))").await;
                // The first is where the tab leads to.
                reach(page, lens.title()).await;
                page.press(Key::Enter).await;
            }
            let current = "text('.lenses a[aria-current=page]') === input";
            page.until_with("the lens is marked", current, lens.title().into()).await;
            page.until(lens.name(), shown(*lens)).await;
            assert!(page.is("query().get('q') === 'fidan'").await, "{}: the question is kept", lens.name());
            assert_eq!(page.look("all('main .picture svg').length").await, pictures(*lens), "{}", lens.name());
        }
    });
}

#[test]
fn every_setting_has_a_label_and_every_picture_a_sentence() {
    story(async |page| {
        for lens in Lens::ALL {
            show(page, *lens).await;
            page.run("all('main .settings details').forEach((details) => { details.open = true; })").await;
            let unnamed = "all('main .settings :is(input, select)')
                .filter(({ labels }) => (labels[0]?.innerText ?? '') === '').length";
            assert_eq!(page.look(unnamed).await, 0, "{}", lens.name());
            let mute = "all('main .figure figcaption').filter((said) => !said.innerText.endsWith('.')).length";
            assert_eq!(page.look(mute).await, 0, "{}", lens.name());
            assert!(page.is("one('main table caption').innerText.length > 5").await, "{}", lens.name());
        }
    });
}

/// What axe-core objects to in every lens with all its settings, and in the dialogs over them.
async fn check_lenses(page: &Browser, screen: Screen) {
    page.set_screen(screen).await;
    let mut found = Vec::new();
    let mut look = async |name: &str| {
        found.extend(violations(page).await.into_iter().map(|violation| format!("{name} {violation}")));
    };
    for lens in Lens::ALL {
        show(page, *lens).await;
        page.run("all('main .settings details').forEach((details) => { details.open = true; })").await;
        look(lens.name()).await;
        if has_arithmetic(*lens) {
            page.run("one('main .sum').click()").await;
            page.until("the dialog explains", "all('dialog math').length").await;
            look(&format!("the arithmetic of {}", lens.name())).await;
        }
    }
    page.open("#/concordance?q=fidan&doc=002_8c5d5f984634a6eb&hit=2").await;
    page.until("the Reader is open", "one('#reader mark.is-current')").await;
    page.keys("s").await;
    page.until("the references are there", "all('dialog .reference').length").await;
    look("saving").await;
    assert_eq!(found, Vec::<String>::new());
}

fn has_arithmetic(lens: Lens) -> bool {
    matches!(lens, Lens::Collocates | Lens::Keyness | Lens::Dispersion)
}

#[test]
fn axe_objects_to_no_lens_on_a_wide_screen() {
    story(async |page| check_lenses(page, WIDE).await);
}

#[test]
fn axe_objects_to_no_lens_in_dark_colours() {
    story(async |page| check_lenses(page, WIDE.dark()).await);
}

#[test]
fn axe_objects_to_no_lens_on_a_phone() {
    story(async |page| check_lenses(page, PHONE).await);
}

#[test]
fn axe_objects_to_no_lens_on_a_phone_in_dark_colours() {
    story(async |page| check_lenses(page, PHONE.dark()).await);
}

#[test]
fn no_lens_is_wider_than_a_phone() {
    story(async |page| {
        page.set_screen(PHONE).await;
        let mut wide = Vec::new();
        let mut look = async |name: &str| {
            if !page.is(FITS).await {
                wide.push(format!("{name}: {}", page.look("document.scrollingElement.scrollWidth").await));
            }
        };
        for lens in Lens::ALL {
            show(page, *lens).await;
            look(lens.name()).await;
            page.run("all('main .settings details').forEach((details) => { details.open = true; })").await;
            look(&format!("the settings of {}", lens.name())).await;
            if has_arithmetic(*lens) {
                page.run("one('main .sum').click()").await;
                page.until("the dialog explains", "all('dialog math').length").await;
                look(&format!("the arithmetic of {}", lens.name())).await;
                let inner = "one('dialog').scrollWidth <= one('dialog').clientWidth";
                assert!(page.is(inner).await, "the arithmetic of {} scrolls sideways", lens.name());
            }
        }
        assert_eq!(wide, Vec::<String>::new());
    });
}

/// A question that leaves a lens little or nothing to count, and a part of what it says about that.
const LITTLE: &[(Lens, &str, &str)] = &[
    (Lens::Concordance, "", "Ask for a word"),
    (Lens::Collocates, "", "Ask for a word"),
    (Lens::Dispersion, "", "Ask for a word"),
    (Lens::Concordance, "q=fidan&only=nonsense", "which lines to keep"),
    (Lens::Concordance, "q=fidan&only=after1:zelenskj", ""),
    (Lens::Concordance, "q=fidan&sort=sideways", "sideways"),
    (Lens::Concordance, "q=fidan&sample=5&batch=99", "no batch 99"),
    (Lens::Collocates, "q=fidan&before=0&after=0", "Make them wider"),
    (Lens::Collocates, "q=fidan&before=50&after=50", ""),
    (Lens::Collocates, "q=fidan&before=5000", "whole number from 0 to 50"),
    (Lens::Collocates, "q=fidan&convention=span&columns=all&show=all", ""),
    (Lens::Collocates, "q=fidan&least=1000", "Lower the least count"),
    (Lens::Keyness, "q=fidan&source=News.Az&columns=all&show=all", ""),
    (Lens::Keyness, "source=News.Az&against=nonsense", "what to compare with"),
    (Lens::Keyness, "source=News.Az&against=source%3DNews.Az", "nothing to compare"),
    (Lens::Keyness, "source=News.Az&against=source%3DNobody", "Nobody"),
    (Lens::Keyness, "direction=under&show=key&least=1000", "No word passes"),
    (Lens::Words, "least=1000000", "Nothing in the list"),
    (Lens::Words, "find=zzzzz", "Nothing in the list"),
    (Lens::Words, "n=6&least=1000", "Nothing in the list"),
    (Lens::Words, "n=many", "no value of n"),
    (Lens::Dispersion, "q=fidan&source=News.Az&date=2025-02-27", ""),
    (Lens::Dispersion, "q=fidan&parts=1000", ""),
    (Lens::Trends, "q=fidan&from=1990&to=1991", "no"),
    (Lens::Trends, "q=fidan&with=zelenskj;%28", ""),
    (Lens::Trends, "q=fidan&per=documents&period=decade", ""),
    (Lens::Measures, "columns=all", ""),
    (Lens::Entities, "entity=Nobody", "No name found"),
    (Lens::Entities, "show=network&n=2", ""),
    (Lens::Entities, "show=countries", ""),
    (Lens::Entities, "least=1000000", ""),
    (Lens::Quotes, "speaker=Nobody", ""),
    (Lens::Quotes, "group=same", ""),
    (Lens::Quotes, "certain=101", "certain"),
    (Lens::Timeline, "from=1900&to=1901", "no"),
    (Lens::Timeline, "from=noon", "cannot be read"),
    (Lens::Events, "status=denied", ""),
    (Lens::Dates, "kind=set", ""),
    (Lens::Compare, "first=no-such&second=000", "There is no document named"),
    (Lens::Compare, "against=source%3DNobody", "Nobody"),
    (Lens::Shared, "least=1000", "No two of these"),
    (Lens::Findings, "document=no-such", ""),
];

/// Questions that leave every lens nothing, or next to nothing.
const NOTHING: &[&str] =
    &["q=zelenskj", "q=fidan&source=News.Az&date=1999", "q=-fidan", "q=antalya", "q=fidan&doc=no-such", "q=%28"];

/// What nobody should read: a number that is none, or a word of the program.
const NO_NUMBER: &str = "(document.body.innerHTML
    .match(/.{0,60}\\b(NaN|Infinity|undefined|null|-?inf)\\b.{0,60}|.{0,60}∞.{0,60}/gs) ?? [])";

async fn check_sensible(page: &Browser, lens: Lens, question: &str, reason: &str) {
    page.open(&format!("#/{}?{question}", lens.name())).await;
    let what = format!("{} {question}", lens.name());
    page.until(&what, "text('main .said') || text('main .empty')").await;
    assert_eq!(page.look(NO_NUMBER).await, serde_json::json!([]), "{what}");
    // Without the link to what was not seen yet.
    let said = "all('main .said > :is(.summary, .note, .sample)').filter(seen)
        .map(({ firstChild }) => firstChild.textContent)";
    let said: Vec<String> = serde_json::from_value(page.look(said).await).expect("a list of sentences");
    assert!(said.iter().all(|sentence| sentence.ends_with('.')), "{what}: no sentences: {said:?}");
    assert!(said.iter().any(|sentence| sentence.contains(reason)), "{what}: “{reason}” is not in {said:?}");
    if page.is("all('main tbody tr:not(.gap)').length === 0").await {
        assert!(said.iter().any(|sentence| sentence.split(' ').count() > 4), "{what}: no reason for nothing");
    }
}

#[test]
fn what_leaves_little_to_count_is_said_in_a_sentence() {
    story(async |page| {
        for (lens, question, reason) in LITTLE {
            check_sensible(page, *lens, question, reason).await;
        }
    });
}

#[test]
fn no_lens_is_without_a_word_where_nothing_is_left() {
    story(async |page| {
        for lens in Lens::ALL {
            for question in NOTHING {
                check_sensible(page, *lens, question, "").await;
            }
        }
    });
}
