//! Behaviour through one door: texts with marked names in, entities out.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::base::Span;

/// A text in which mentions are marked, taken apart: `<P Ada Orhan>`, with a role `<P Foreign Minister|Ada Orhan>`.
struct Marked {
    text: String,
    mentions: Vec<Mention>,
}

fn marked(source: &str) -> Marked {
    let mut marked = Marked { text: String::new(), mentions: Vec::new() };
    for piece in source.split_inclusive(['<', '>']) {
        let Some(inside) = piece.strip_suffix('>') else {
            marked.text.push_str(piece.trim_end_matches('<'));
            continue;
        };
        let (kind, name) = inside.split_once(' ').expect("kind and name");
        let kind = match kind {
            "P" => Kind::Person,
            "O" => Kind::Organisation,
            "L" => Kind::Place,
            _ => Kind::Other,
        };
        let mut push = |words: &str| {
            let start = marked.text.len() as u32;
            marked.text.push_str(words);
            Span { start, end: marked.text.len() as u32 }
        };
        let (role, name) = match name.split_once('|') {
            Some((role, name)) => {
                let role = push(role);
                push(" ");
                (Some(role), name)
            }
            None => (None, name),
        };
        let span = push(name);
        marked.mentions.push(Mention { span, kind, role, certainty: 90, reason: "marked" });
    }
    marked
}

fn all(sources: &[&str], corrections: &Corrections) -> Outcome<Entities> {
    let marked: Vec<Marked> = sources.iter().map(|source| marked(source)).collect();
    let named: Vec<Named> = marked.iter().map(|own| Named { text: &own.text, mentions: &own.mentions }).collect();
    entities_with(&named, corrections)
}

/// Entities as `name: spelling ×n, spelling`, sorted.
fn shown(entities: &Entities) -> Vec<String> {
    let spelling = |(name, count): &(String, u32)| if *count > 1 { format!("{name} ×{count}") } else { name.clone() };
    let mut lines: Vec<String> = entities
        .list
        .iter()
        .map(|own| {
            let spellings: Vec<String> = own.spellings.iter().map(spelling).collect();
            let hidden = if own.is_hidden { " (hidden)" } else { "" };
            format!("{}: {}{hidden}", own.name, spellings.join(", "))
        })
        .collect();
    lines.sort();
    lines
}

#[track_caller]
fn check(sources: &[&str], expected: &[&str]) {
    assert_eq!(shown(&all(sources, &Corrections::default()).value), expected);
}

#[test]
fn a_family_name_stands_for_the_full_name_of_its_document() {
    check(
        &["<P Ada Orhan> came. <P Orhan's> car waited; <P Mrs. Orhan> waved. <P Ada> smiled."],
        &["Ada Orhan: Orhan ×2, Ada, Ada Orhan"],
    );
    check(&["<P Orhan> resigns. <P Ada Orhan> left."], &["Ada Orhan: Ada Orhan, Orhan"]);
    check(
        &["<P Jan van der Meer> left. <P Van der Meer> came."],
        &["Jan van der Meer: Jan van der Meer, Van der Meer"],
    );
    check(&["<P Salim al-Tamir> left. <P Al-Tamir> came."], &["Salim al-Tamir: Al-Tamir, Salim al-Tamir"]);
    check(
        &["<P Rosa Lind Marquez> left. <P Lind Marquez> came."],
        &["Rosa Lind Marquez: Lind Marquez, Rosa Lind Marquez"],
    );
}

#[test]
fn over_documents_only_where_one_full_name_fits() {
    check(&["<P Ada Orhan> came.", "<P Orhan> left."], &["Ada Orhan: Ada Orhan, Orhan"]);
    check(
        &["<P Ada Orhan> came.", "<P Deniz Orhan> came.", "<P Orhan> left."],
        &["Ada Orhan: Ada Orhan", "Deniz Orhan: Deniz Orhan", "Orhan: Orhan"],
    );
    // A first name in another document is anybody's, but a family name may stand first.
    check(&["<P Ada Orhan> came.", "<P Ada> left."], &["Ada Orhan: Ada Orhan", "Ada: Ada"]);
    check(&["<P Zhao Mingli> came.", "<P Zhao> left."], &["Zhao Mingli: Zhao, Zhao Mingli"]);
}

#[test]
fn two_people_of_one_family_name_stay_two() {
    let texts = ["<P Tom Weaver> came. <P Weaver> spoke, then <P Weaver> left. <P Ann Weaver> came, <P Ann> spoke."];
    check(&texts, &["Ann Weaver: Ann, Ann Weaver", "Tom Weaver: Weaver ×2, Tom Weaver"]);
    let found =
        all(&["<P Tom Weaver> met <P Ann Weaver>. <P Mrs. Weaver> spoke to <P Mr. Weaver>."], &Corrections::default())
            .value;
    assert_eq!(shown(&found), ["Ann Weaver: Ann Weaver, Weaver", "Tom Weaver: Tom Weaver, Weaver"]);
    // Nobody named before: it stands alone and says why.
    let found = all(&["<P Weaver> resigns. <P Tom Weaver> met <P Ann Weaver>."], &Corrections::default()).value;
    let alone = found.list.iter().find(|own| own.name == "Weaver").expect("it stands alone");
    assert_eq!((alone.certainty, alone.reasons.as_slice()), (40, [Link::Ambiguous.reason()].as_slice()));
    // Title and role tell people apart who have no full name, or contradict the one full name that there is.
    check(&["<P Mr Weaver> met <P Mrs Weaver>."], &["Weaver: Weaver", "Weaver: Weaver"]);
    check(&["<P Tom Weaver> came.", "<P Mrs Weaver> left."], &["Tom Weaver: Tom Weaver", "Weaver: Weaver"]);
    check(
        &["<P Turkish Foreign Minister|Ada Orhan> came.", "<P Greek Foreign Minister|Orhan> left."],
        &["Ada Orhan: Ada Orhan", "Orhan: Orhan"],
    );
}

#[test]
fn spellings_initials_and_middle_names() {
    check(
        &["<P Sergey Volkonin> came.", "<P Sergei Volkonin> left.", "<P S. Volkonin> wrote."],
        &["Sergei Volkonin: S. Volkonin, Sergei Volkonin, Sergey Volkonin"],
    );
    check(
        &["<P Oleksandr Tarnavskyy>", "<P Alexander Tarnavsky>", "<P Tarnavskiy>"],
        &["Oleksandr Tarnavskyy: Alexander Tarnavsky, Oleksandr Tarnavskyy, Tarnavskiy"],
    );
    check(&["<P Ada Çelikoğlu> and <P Ada Celikoglu>"], &["Ada Çelikoğlu: Ada Celikoglu, Ada Çelikoğlu"]);
    check(
        &["<P Tom J. Weaver>", "<P Tom Weaver>", "<P Thomas John Weaver>"],
        &["Thomas John Weaver: Thomas John Weaver, Tom J. Weaver, Tom Weaver"],
    );
    check(
        &["<P Tom J. Weaver>", "<P Tom H. Weaver>", "<P Tom Weaver>"],
        &["Tom H. Weaver: Tom H. Weaver", "Tom J. Weaver: Tom J. Weaver", "Tom Weaver: Tom Weaver"],
    );
    check(
        &["<P Tom Weaver Sr.>", "<P Tom Weaver Jr.>"],
        &["Tom Weaver Jr.: Tom Weaver Jr.", "Tom Weaver Sr.: Tom Weaver Sr."],
    );
    check(&["<P Lin Aiko> wrote. <P Aiko Lin> read."], &["Aiko Lin: Aiko Lin, Lin Aiko"]);
    check(
        &["<P Osman Tarik Yilmazer>", "<P Tarik Yilmazer>"],
        &["Osman Tarik Yilmazer: Osman Tarik Yilmazer, Tarik Yilmazer"],
    );
}

#[test]
fn abbreviations_stand_for_what_the_document_explains() {
    check(
        &["The <O Weaver Institute of Marine Studies> (<O WIMS>) opened. <O WIMS> is new.", "<O WIMS> closed."],
        &["Weaver Institute of Marine Studies: WIMS ×3, Weaver Institute of Marine Studies"],
    );
    check(
        &["<O Organization for Security & Cooperation in Europe> (<O OSCE>)", "<O OSCE>"],
        &[
            "Organization for Security & Cooperation in Europe: OSCE ×2, Organization for Security & Cooperation in Europe",
        ],
    );
    // In its own document an explanation is worth more than what is known.
    check(
        &["<O International Cheese Council> (<O ICC>)", "<O World Cup of Cheese> and <O ICC>."],
        &[
            "International Cheese Council: ICC ×2, International Cheese Council",
            "World Cup of Cheese: World Cup of Cheese",
        ],
    );
    check(&["<O United Noodles> (<O UN>) grew.", "<O UN> met."], &["UN: UN", "United Noodles: UN, United Noodles"]);
    check(
        &["<O Northern Cod Union>", "<O Norwegian Card Union>", "<O NCU>"],
        &["NCU: NCU", "Northern Cod Union: Northern Cod Union", "Norwegian Card Union: Norwegian Card Union"],
    );
    check(&["In <L Izmit> (<O AFP>) it rained."], &["AFP: AFP", "Izmit: Izmit"]);
}

#[test]
fn known_names_and_shorter_names() {
    check(&["<L Turkey>, <L Türkiye> and <L TURKEY's>"], &["Türkiye: TURKEY, Turkey, Türkiye"]);
    check(&["the <L United States>, the <L U.S.> and <L America>"], &["United States: America, U.S., United States"]);
    check(&["<L Kiev>", "<L Kyiv>"], &["Kyiv: Kiev, Kyiv"]);
    check(&["<O Orlan Motors Inc.> and <O Orlan Motors>"], &["Orlan Motors Inc.: Orlan Motors, Orlan Motors Inc."]);
    check(&["<O Orlan University> grew. <O Orlan> is old."], &["Orlan University: Orlan, Orlan University"]);
    check(&["<L Orlan Province> and <L Orlan>"], &["Orlan Province: Orlan Province", "Orlan: Orlan"]);
    check(&["<O Turkish Airlines> and <X Turkish>"], &["Turkish Airlines: Turkish Airlines", "Turkish: Turkish"]);
}

#[test]
fn kinds_countries_and_roles() {
    let found = all(
        &[
            "<P Turkish Foreign Minister|Ada Orhan> in <L Ankara>. <O Ankara> denied it. <X Turkish> tea. <L Izmit>, <L Turkey>.",
            "<P Foreign Minister|Ada Orhan> of <O Bank of Greece>.",
        ],
        &Corrections::default(),
    )
    .value;
    let own: BTreeMap<&str, (Kind, Option<&str>)> =
        found.list.iter().map(|own| (own.name.as_str(), (own.kind, own.country))).collect();
    assert_eq!(own["Ada Orhan"], (Kind::Person, Some("TR")));
    assert_eq!(own["Ankara"], (Kind::Place, Some("TR")));
    assert_eq!(own["Turkish"], (Kind::Other, Some("TR")));
    assert_eq!(own["Izmit"], (Kind::Place, Some("TR")));
    assert_eq!(own["Bank of Greece"], (Kind::Organisation, Some("GR")));
    assert_eq!(found.list[0].roles, [("Foreign Minister".to_owned(), 1), ("Turkish Foreign Minister".to_owned(), 1)]);
}

fn name(spelling: &str, kind: Kind) -> Name {
    Name { spelling: spelling.to_owned(), kind }
}

const TEXTS: &[&str] = &[
    "<P Tom Weaver> came to <L Orlan>. <P Weaver> spoke.",
    "<P Ann Weaver> runs the <O Weaver Fund>. <P Weaver> and <P Kim Lake> left.",
    "<P T. Weaver> of <L Orlan City> and the <L Orlan>.",
];

#[test]
fn a_reader_merges_splits_renames_retypes_and_hides() {
    let corrections = Corrections {
        merge: vec![Merge { one: name("Kim Lake", Kind::Person), other: name("Ann Weaver", Kind::Person) }],
        split: vec![Split { spelling: "T. Weaver".to_owned(), from: name("Tom Weaver", Kind::Person) }],
        rename: vec![Rename { entity: name("the Weaver Fund", Kind::Organisation), name: "The Fund".to_owned() }],
        retype: vec![Retype { entity: name("Orlan", Kind::Place), kind: Kind::Organisation }],
        hide: vec![name("T. Weaver", Kind::Person)],
        ..Corrections::default()
    };
    let found = all(TEXTS, &corrections);
    assert_eq!(found.problems, []);
    assert_eq!(
        shown(&found.value),
        [
            "Ann Weaver: Ann Weaver, Kim Lake, Weaver",
            "Orlan City: Orlan, Orlan City",
            "Orlan: Orlan",
            "T. Weaver: T. Weaver (hidden)",
            "The Fund: Weaver Fund",
            "Tom Weaver: Tom Weaver, Weaver",
        ]
    );
    assert!(found.value.list.last().expect("some").is_hidden);
    assert!(found.value.list.iter().any(|own| own.name == "Orlan" && own.kind == Kind::Organisation));
}

#[test]
fn a_correction_that_names_nothing_is_reported() {
    let nobody = name("Nobody Here", Kind::Person);
    let corrections = Corrections {
        hide: vec![nobody.clone()],
        merge: vec![Merge { one: nobody.clone(), other: name("Tom Weaver", Kind::Person) }],
        split: vec![Split { spelling: "Timmy".to_owned(), from: name("Tom Weaver", Kind::Person) }],
        rename: vec![Rename { entity: name("Weaver", Kind::Person), name: "X".to_owned() }],
        retype: vec![Retype { entity: nobody, kind: Kind::Place }],
        ..Corrections::default()
    };
    let found = all(TEXTS, &corrections);
    let plain = all(TEXTS, &Corrections::default());
    assert_eq!((found.value, plain.problems), (plain.value, Vec::new()));
    let messages: Vec<&str> = found.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
    assert!(messages.iter().any(|message| message.contains("several are written so")), "{messages:?}");
}

#[test]
fn corrections_that_contradict_each_other_are_reported() {
    let rename = |to: &str| Rename { entity: name("Kim Lake", Kind::Person), name: to.to_owned() };
    for renames in [["Lake", "Sea"], ["Sea", "Lake"]] {
        let corrections = Corrections { rename: renames.map(rename).to_vec(), ..Corrections::default() };
        let found = all(TEXTS, &corrections);
        assert_eq!(found.problems.len(), 1);
        assert!(found.value.list.iter().any(|own| own.name == "Lake"));
    }
}

#[test]
fn corrections_are_kept_in_both_forms() {
    use nanoserde::{DeBin, SerBin};
    let corrections = Corrections { hide: vec![name("Orlan", Kind::Place)], ..Corrections::default() };
    assert_eq!(Corrections::deserialize_bin(&corrections.serialize_bin()).ok(), Some(corrections.clone()));
    let json = serde_json::to_string(&corrections).expect("it is plain");
    assert_eq!(serde_json::from_str::<Corrections>(&json).ok(), Some(corrections));
    assert_eq!(serde_json::from_str::<Corrections>("{}").ok(), Some(Corrections::default()));
}

#[test]
fn a_thousand_people_of_one_name_cost_no_more_than_others() {
    let mut sources: Vec<String> = (0..1000).map(|n| format!("<P A{} B{n} Weaver> and <P Weaver>.", n % 7)).collect();
    sources.push((0..20_000).map(|n| format!("<P Q{}x Weaver> <P Weaver> ", n % 1000)).collect());
    sources.push((0..20_000).map(|n| format!("<O A B C{n} D{n}> (<O ABCD>) ")).collect());
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let found = all(&sources, &Corrections::default()).value;
    assert!(found.list.len() > 1000);
}

/// Words of which names are made that are alike.
fn source() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Tom",
        "Thomas",
        "Ann",
        "T.",
        "J.",
        "Weaver",
        "Lake",
        "Weever",
        "Mrs",
        "Mr.",
        "Jr.",
        "van",
        "al-Lake",
        "Orlan",
        "City",
        "University",
        "of",
        "WF",
        "Weaver Fund",
        "UN",
        "Turkey",
        "Türkiye",
        "Turkish",
        "Inc.",
        "ßÆ",
        "é",
        "-",
        "'s",
        "(WF)",
        ",",
    ]);
    let name = (prop::sample::select(vec!["P", "O", "L", "X"]), prop::collection::vec(word, 1..4), any::<bool>());
    prop::collection::vec((name, prop::sample::select(vec![" ", ", ", " (", ") ", ". "])), 0..12).prop_map(|parts| {
        let name = |((kind, words, has_role), gap): ((&str, Vec<&str>, bool), &str)| {
            format!("<{kind} {}{}>{gap}", if has_role { "Turkish envoy|" } else { "" }, words.join(" "))
        };
        parts.into_iter().map(name).collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_documents_changes_nothing(sources in prop::collection::vec(source(), 0..6), turn in 0usize..6) {
        let plain: Vec<&str> = sources.iter().map(String::as_str).collect();
        let found = all(&plain, &Corrections::default()).value;
        let mut order: Vec<usize> = (0..plain.len()).rev().collect();
        if !order.is_empty() { order.rotate_left(turn % plain.len()); }
        let turned: Vec<&str> = order.iter().map(|n| plain[*n]).collect();
        let other = all(&turned, &Corrections::default()).value;
        prop_assert_eq!(&found.list, &other.list);
        for (place, n) in order.iter().enumerate() {
            prop_assert_eq!(&found.of[*n], &other.of[place]);
            prop_assert_eq!(&found.links[*n], &other.links[place]);
        }
    }

    #[test]
    fn every_mention_is_one_entity_and_counts_once(sources in prop::collection::vec(source(), 0..6)) {
        let plain: Vec<&str> = sources.iter().map(String::as_str).collect();
        let found = all(&plain, &Corrections::default()).value;
        let mut counts = vec![0u32; found.list.len()];
        found.of.iter().flatten().for_each(|id| counts[*id as usize] += 1);
        for (own, count) in found.list.iter().zip(counts) {
            prop_assert_eq!(own.spellings.iter().map(|(_, count)| count).sum::<u32>(), count);
            prop_assert!(count > 0 && !own.reasons.is_empty() && own.certainty <= 100);
        }
    }

    #[test]
    fn corrections_said_twice_or_in_another_order_are_the_same(
        sources in prop::collection::vec(source(), 1..4),
        picks in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index, bool)>(), 0..5),
    ) {
        let plain: Vec<&str> = sources.iter().map(String::as_str).collect();
        let found = all(&plain, &Corrections::default()).value;
        prop_assume!(!found.list.is_empty());
        let named = |at: &prop::sample::Index| { let own = at.get(&found.list); name(&own.spellings[0].0, own.kind) };
        let mut corrections = Corrections::default();
        for (one, other, is_hidden) in &picks {
            corrections.merge.push(Merge { one: named(one), other: named(other) });
            corrections.split.push(Split { spelling: one.get(&found.list).spellings.last().unwrap().0.clone(), from: named(one) });
            corrections.rename.push(Rename { entity: named(other), name: "New".to_owned() });
            if *is_hidden { corrections.hide.push(named(one)); }
        }
        let once = all(&plain, &corrections);
        let mut twice = corrections.clone();
        twice.merge.extend(corrections.merge.iter().rev().cloned());
        twice.split.extend(corrections.split.iter().rev().cloned());
        twice.rename.extend(corrections.rename.iter().cloned());
        twice.hide.extend(corrections.hide.iter().rev().cloned());
        twice.merge.reverse();
        twice.split.reverse();
        twice.hide.reverse();
        prop_assert_eq!(once, all(&plain, &twice));
    }

    #[test]
    fn mentions_anywhere_in_any_text_do_not_panic(text in "\\PC{0,60}", spans in prop::collection::vec(any::<(u8, u8, u8, bool)>(), 0..8)) {
        let kinds = [Kind::Person, Kind::Organisation, Kind::Place, Kind::Other];
        let mention = |(start, length, kind, has_role): &(u8, u8, u8, bool)| {
            let span = Span { start: u32::from(*start), end: u32::from(*start) + u32::from(*length % 16) };
            let role = has_role.then_some(Span { start: span.start / 2, end: span.start });
            Mention { span, kind: kinds[usize::from(*kind) % 4], role, certainty: 50, reason: "any" }
        };
        let mentions: Vec<Mention> = spans.iter().map(mention).collect();
        let found = entities(&[Named { text: &text, mentions: &mentions }]);
        prop_assert_eq!(found.of[0].len(), mentions.len());
    }
}
