//! What the asker is told: counts of clauses, blame, offers, and the arithmetic of a rank.

use proptest::prelude::*;
use sheaf_core::base::math::ln;
use sheaf_core::document::{Corpus, Document, Fact};
use sheaf_core::views::{EchoRun, EchoView, ExplanationView, Part};
use sheaf_core::workspace::{Exactness, Question, Request, Response, Sort, Workspace};

const TEXTS: &[(&str, &str)] = &[
    (
        "Lavrov in Ankara",
        "Lavrov met Fidan in Ankara. They talked about a prisoner exchange. The exchange of prisoners began.",
    ),
    ("Talks", "Zelensky said that talks begin. Zelensky, Zelensky and Zelensky again. Prisoners wait for an exchange."),
    ("A letter", "Zelenskij wrote a letter to Ankara."),
    ("Istanbul", "Putin did not come to Istanbul. The talks in Istanbul ended. Erdoğan was there."),
];

fn workspace(texts: &[(&str, &str)]) -> Workspace {
    let document = |(number, (title, text)): (usize, &(&str, &str))| Document {
        name: format!("d{number}"),
        file: String::new(),
        title: Fact::stated((*title).to_owned()),
        date: Fact::unknown(),
        source: Fact::stated(if number % 2 == 0 { "TASS" } else { "AA" }.to_owned()),
        language: Fact::stated("en".to_owned()),
        url: None,
        fields: vec![],
        text: (*text).to_owned(),
    };
    Workspace::new(Corpus { documents: texts.iter().enumerate().map(document).collect(), ..Corpus::default() })
}

fn question(query: &str) -> Question {
    Question { query: query.to_owned(), ..Question::default() }
}

fn echo(query: &str) -> EchoView {
    let request = Request::Results { question: question(query), sort: Sort::default(), limit: 10, passages: None };
    match workspace(TEXTS).handle(&request) {
        Response::Results(view) => view.echo,
        _ => unreachable!("results were asked"),
    }
}

fn said(runs: &[EchoRun]) -> String {
    runs.iter().map(EchoRun::text).collect()
}

fn explanation(workspace: &mut Workspace, query: &str, name: &str) -> ExplanationView {
    match workspace.handle(&Request::Explain { name: name.to_owned(), question: question(query) }) {
        Response::Explanation(view) => view.open().unwrap(),
        _ => unreachable!("an explanation was asked"),
    }
}

fn counts(part: &Part) -> Vec<(String, u32, Option<u64>)> {
    let mut all = vec![(part.description.clone(), part.documents, part.hits)];
    part.parts.iter().for_each(|part| all.extend(counts(part)));
    all
}

#[test]
fn the_sentence_says_what_was_understood() {
    let sentence = |query: &str| said(&echo(query).sentence);
    assert_eq!(
        sentence("lavrov NEAR/5 fidan -putin"),
        "Documents with lavrov within 5 words of fidan and not putin, case, accents and inflections ignored: 1 of 4, 1 hit."
    );
    assert_eq!(
        sentence("title:talks OR zelensky~1"),
        "Documents with talks in the title or zelensky give or take a letter, case, accents and inflections ignored: 1 of 4, 5 hits."
    );
    assert_eq!(sentence("source:tass"), "Documents with source tass: 2 of 4, 0 hits.");
    let exact = Exactness { case: true, accents: true, forms: false };
    let request = Request::Results {
        question: Question { exactness: exact, ..question("Talks") },
        sort: Sort::default(),
        limit: 1,
        passages: None,
    };
    let Response::Results(view) = workspace(TEXTS).handle(&request) else { unreachable!() };
    assert_eq!(
        said(&view.echo.sentence),
        "Documents with Talks, inflections ignored, case and accents as written: 1 of 4, 1 hit."
    );
}

#[test]
fn every_clause_has_its_counts() {
    let parts = echo("talks (zelensky OR putin) -source:tass").parts.open().flatten().unwrap();
    assert_eq!(
        counts(&parts),
        [
            ("talks and (zelensky or putin) and not source tass".to_owned(), 2, Some(8)),
            ("talks".to_owned(), 3, Some(4)),
            ("(zelensky or putin)".to_owned(), 2, Some(5)),
            ("zelensky".to_owned(), 1, Some(4)),
            ("putin".to_owned(), 1, Some(1)),
            ("source tass".to_owned(), 2, None),
        ]
    );
}

#[test]
fn nothing_found_names_the_clause_to_blame() {
    let blamed = |query: &str| said(&echo(query).blame);
    let offers = |query: &str| -> Vec<(String, String, u32)> {
        echo(query).offers.into_iter().map(|offer| (offer.label, offer.query, offer.documents)).collect()
    };
    assert_eq!(blamed("ankara lavrow"), "lavrow is in no document of this corpus.");
    assert_eq!(offers("ankara lavrow"), [("Did you mean".to_owned(), "ankara Lavrov".to_owned(), 1)]);
    assert_eq!(blamed("lavrov putin"), "Each part is found, but never all in one document: lavrov in 1, putin in 1.");
    assert_eq!(offers("lavrov putin").last().unwrap(), &("Any of them".to_owned(), "lavrov OR putin".to_owned(), 2));
    assert_eq!(
        blamed("ankara -lavrov -letter"),
        "Each part is found, but never all in one document: ankara in 2, without lavrov in 1, without letter in 1."
    );
    assert_eq!(offers("lavrov NEAR/2 exchange"), [("At any distance".to_owned(), "lavrov exchange".to_owned(), 1)]);
    assert_eq!(offers("\"ankara fidan\""), [("The words apart".to_owned(), "ankara fidan".to_owned(), 1)]);
    assert_eq!(offers("title:fidan"), [("Not only in titles".to_owned(), "fidan".to_owned(), 1)]);
    assert_eq!(
        offers("=erdogan"),
        [("Did you mean".to_owned(), "Erdoğan".to_owned(), 1), ("In any spelling".to_owned(), "erdogan".to_owned(), 1)]
    );
    assert_eq!(offers("putin?"), [("Without the question mark".to_owned(), "putin".to_owned(), 1)]);
    assert_eq!(
        offers("lavrov talks within <s/>"),
        [("Anywhere in a document".to_owned(), "lavrov talks".to_owned(), 1)]
    );
}

#[test]
fn a_switch_that_hides_a_word_is_blamed_and_its_spelling_offered() {
    let exact = Exactness { case: true, ..Exactness::default() };
    let question = Question { exactness: exact, ..question("fidan") };
    let request = Request::Results { question, sort: Sort::default(), limit: 1, passages: None };
    let Response::Results(view) = workspace(TEXTS).handle(&request) else { unreachable!() };
    assert_eq!(said(&view.echo.blame), "fidan is in no document as written here.");
    assert_eq!((view.echo.offers[0].query.as_str(), view.echo.offers[0].documents), ("Fidan", 1));
    assert_eq!(echo("=fidan").offers[0].query, "Fidan");
}

#[test]
fn two_words_offer_the_phrase_and_a_rare_word_its_variant() {
    let offers = |query: &str| -> Vec<(String, String, u32)> {
        echo(query).offers.into_iter().map(|offer| (offer.label, offer.query, offer.documents)).collect()
    };
    assert_eq!(offers("prisoner exchange"), [("As a phrase".to_owned(), "\"prisoner exchange\"".to_owned(), 1)]);
    assert_eq!(offers("*riso* exch*"), [("As a phrase".to_owned(), "\"*riso* exch*\"".to_owned(), 1)]);
    assert_eq!(offers("zelenskij"), [("More often spelt".to_owned(), "Zelensky".to_owned(), 1)]);
    assert_eq!(offers("zelensky"), []);
}

/// The score from nothing but what the panel shows, by the formula it gives.
fn recomputed(view: &ExplanationView) -> f64 {
    let knobs = &view.knobs;
    let saturation = knobs.k1 * (1.0 - knobs.b + knobs.b * f64::from(view.length) / view.mean_length);
    assert_eq!(saturation.to_bits(), view.saturation.to_bits());
    let mut score = 0.0;
    for term in &view.terms {
        let (all, found) = (f64::from(view.documents), f64::from(term.found));
        let idf = ln(1.0 + (all - found + 0.5) / (found + 0.5));
        assert_eq!(idf.to_bits(), term.idf.to_bits());
        let f = f64::from(term.exact)
            + knobs.inflected_weight * f64::from(term.inflected)
            + (knobs.title_weight - 1.0) * f64::from(term.in_title);
        let own = f64::from(term.times) * idf * f / (f + saturation);
        assert_eq!(own.to_bits(), term.score.to_bits());
        score += own;
    }
    view.phrases.iter().for_each(|phrase| score += phrase.score);
    let group = |pairs: &Vec<sheaf_core::views::explanation::PairRow>| -> f64 {
        let pair = |pair: &sheaf_core::views::explanation::PairRow| {
            let near: f64 = pair.distances.iter().map(|distance| 1.0 / f64::from(*distance).sqrt()).sum();
            pair.weight * near / (near + saturation)
        };
        knobs.near_weight * pairs.iter().map(pair).sum::<f64>()
    };
    if !view.groups.is_empty() {
        score += view.groups.iter().map(group).sum::<f64>();
    }
    score
}

#[test]
fn the_panel_gives_the_score_to_the_last_digit() {
    let mut workspace = workspace(TEXTS);
    for query in [
        "exchange",
        "prisoner exchange",
        "exchange exchange talks",
        "prisoner OR exchange OR zelensky",
        "talks \"prisoner exchange\"~3",
        "title:talks said",
    ] {
        let request = Request::Ranked { question: question(query), sort: Sort::default(), limit: 10 };
        let Response::Ranked(ranked) = workspace.handle(&request) else { unreachable!() };
        let ranked = ranked.open().unwrap_or_default();
        for (place, document) in (1..).zip(&ranked.documents) {
            let view = explanation(&mut workspace, query, &document.id);
            assert_eq!((view.rank, view.matched), (place, ranked.total), "{query}");
            assert_eq!(view.score.to_bits(), document.score.to_bits(), "{query}");
            assert_eq!(recomputed(&view).to_bits(), document.score.to_bits(), "{query}");
        }
    }
}

proptest! {
    #[test]
    fn every_rank_is_explained_to_the_last_bit(
        texts in proptest::collection::vec("(cease|fire|talk|talks|Ankara|peace|, |\\. ){0,20}", 1..6),
        query in "(cease|fire|talks|ankara|\"peace talks\"| OR | ){1,8}",
    ) {
        let texts: Vec<(&str, &str)> = texts.iter().map(|text| ("talks", text.as_str())).collect();
        let mut workspace = workspace(&texts);
        let request = Request::Ranked { question: question(&query), sort: Sort::default(), limit: 10 };
        let Response::Ranked(ranked) = workspace.handle(&request) else { unreachable!() };
    let ranked = ranked.open().unwrap_or_default();
        for document in &ranked.documents {
            let view = explanation(&mut workspace, &query, &document.id);
            prop_assert_eq!(recomputed(&view).to_bits(), document.score.to_bits(), "{}", query);
        }
    }
}

#[test]
fn a_spelling_with_a_common_word_is_left_alone_where_the_solid_word_is_there() {
    let found = |apart: &str, solid: &str, times: usize| {
        let common = "with ".repeat(times);
        let mut workspace = workspace(&[("Common", &common), ("Apart", apart), ("Solid", solid)]);
        let question = Question { query: "withstand".to_owned(), ..Question::default() };
        let response = workspace.handle(&Request::Ranked { question, sort: Sort::default(), limit: 9 });
        let Response::Ranked(ranked) = response else { panic!("{response:?}") };
        ranked.open().unwrap_or_default().total
    };
    assert_eq!(found("with stand", "withstand", 9), 2);
    assert_eq!(found("with stand", "withstand", 32_768), 1);
    assert_eq!(found("with stand", "something else", 32_768), 1, "the only way to find it");
}

#[test]
fn what_is_common_counts_with_its_inflections() {
    let found = |apart: &str, times: usize| {
        let common = "nation ".repeat(times);
        let texts = [("Common", common.as_str()), ("Apart", apart), ("Solid", "international")];
        let mut workspace = workspace(&texts);
        let question = Question { query: "international".to_owned(), ..Question::default() };
        let response = workspace.handle(&Request::Ranked { question, sort: Sort::default(), limit: 9 });
        let Response::Ranked(ranked) = response else { panic!("{response:?}") };
        ranked.open().unwrap_or_default().total
    };
    assert_eq!(found("inter national", 9), 2);
    assert_eq!(found("inter national", 32_768), 1, "“national” itself is rare, but “nation” is looked for with it");
}
