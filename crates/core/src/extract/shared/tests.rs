use proptest::prelude::*;

use super::*;

/// The passages that texts share, as the text of the first with what differs in brackets: `0+1: the mill [old] closed`.
fn check(texts: &[&str], expected: &[&str]) {
    let found: Vec<String> =
        found(texts, Options::default()).passages.iter().map(|passage| shown(texts, passage)).collect();
    assert_eq!(found, expected, "{texts:?}");
}

fn found(texts: &[&str], options: Options) -> Found {
    let mut shared = Shared::new(options);
    for (n, text) in (0..).zip(texts) {
        shared.add(DocId(n), &Reading::new(text, "en"));
    }
    shared.pairs().finish()
}

fn shown(texts: &[&str], passage: &Passage) -> String {
    let [a, b] = passage.documents;
    let parts: Vec<&str> = passage.same.iter().map(|[part, _]| part.of(texts[a.0 as usize])).collect();
    format!("{}+{}: {}", a.0, b.0, parts.join(" … "))
}

const MILL: &str = "The old mill by the river was closed on Monday after its owner had left the valley for good";

#[test]
fn what_two_texts_share_is_found_whatever_stands_around_it() {
    let whole = format!("0+1: {MILL}");
    check(&[&format!("Yes. {MILL}."), &format!("People say: {}! So.", MILL.to_uppercase())], &[&whole]);
    check(&[MILL, "Nothing of the kind was ever heard by anybody in any other valley"], &[]);
    check(&["", "", "a"], &[]);
}

#[test]
fn small_differences_lie_inside_a_passage() {
    let edited = MILL.replace("on Monday", "late on Tuesday night").replace("for good", "");
    check(&[MILL, &edited], &["0+1: The old mill by the river was closed … after its owner had left the valley"]);
    let with_more = MILL.replace("was closed", "was, as the mayor told us, closed");
    check(
        &[MILL, &with_more],
        &["0+1: The old mill by the river was … closed on Monday after its owner had left the valley for good"],
    );
}

#[test]
fn seven_words_are_too_few_and_eight_are_enough() {
    check(&["one two three four five six seven", "one two three four five six seven"], &[]);
    check(
        &["one two three four five six seven eight", "x one two three four five six seven eight y"],
        &["0+1: one two three four five six seven eight"],
    );
}

#[test]
fn two_passages_of_one_pair_are_two() {
    let other = "Rain fell all week and the lower fields stood under water until the dam was opened";
    let first = format!("{MILL}. Between them lies quite a lot of text that is nowhere else at all. {other}.");
    let second = format!("{other}. {MILL}.");
    check(&[&first, &second], &[&format!("0+1: {MILL}"), &format!("0+1: {other}")]);
}

#[test]
fn what_one_text_repeats_is_no_passage() {
    check(&[&format!("{MILL}. {MILL}. {MILL}.")], &[]);
}

#[test]
fn scripts_without_spaces_share_passages_of_characters() {
    let text = "老磨坊在河边的山谷里星期一关闭了因为主人离开";
    check(&[text, &format!("据报道，{text}。")], &[&format!("0+1: {text}")]);
    check(&["北京市长说", "北京市长说"], &[]);
}

#[test]
fn words_of_very_many_documents_are_listed_apart() {
    let foot = "Reported by nobody in particular and edited with great care by somebody else";
    let texts: Vec<String> = (0..100).map(|n| format!("Story {n} tells of number {n}. {foot}.")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = found(&texts, Options::default());
    assert_eq!(found.passages, []);
    assert_eq!(found.widespread.len(), 1);
    let widespread = found.widespread[0];
    assert_eq!((widespread.documents, widespread.example), (100, DocId(0)));
    assert!(widespread.span.of(texts[0]).contains("particular and edited with great care"));
}

#[test]
fn what_is_left_out_is_said() {
    let texts = [MILL; 12];
    let few = found(&texts, Options { most_passages: 5, ..Options::default() });
    assert_eq!((few.passages.len(), few.left_out), (5, 61));
    let capped = found(&texts, Options { most_places: 50, ..Options::default() });
    assert_eq!((capped.passages.len(), capped.widespread.len()), (0, 1));
    assert!(capped.common_above < 12);
    let repeated = format!("{MILL}. ").repeat(9);
    assert!(found(&[&repeated, MILL], Options::default()).repeats > 0);
}

#[test]
fn one_document_may_be_compared_with_all_others() {
    let found = found(&[MILL; 6], Options { with: Some(DocId(2)), ..Options::default() });
    let documents: Vec<[u32; 2]> =
        found.passages.iter().map(|passage| passage.documents.map(|doc_id| doc_id.0)).collect();
    assert_eq!(documents, [[0, 2], [1, 2], [2, 3], [2, 4], [2, 5]]);
}

#[test]
fn a_formula_is_told_from_a_copy_by_how_many_have_it() {
    let formula = "filed a request for leave with the harbour office on the first of May";
    let mills = (0..9).map(|n| format!("Mill {n} {formula} {n}"));
    let texts: Vec<String> = mills.chain([MILL.to_owned(), MILL.to_owned()]).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = found(&texts, Options::default()).passages;
    assert_eq!((found[0].documents, found[0].spread), ([DocId(9), DocId(10)], 2));
    assert!(found[1..].iter().all(|passage| passage.spread == 9) && found.len() == 37);
}

#[test]
fn steps_give_what_one_call_gives() {
    let texts = [MILL; 5];
    let mut shared = Shared::new(Options::default());
    for (n, text) in (0..).zip(texts) {
        shared.add(DocId(n), &Reading::new(text, "en"));
    }
    let mut pairs = shared.pairs();
    assert_eq!((pairs.total(), pairs.step(4), pairs.step(100)), (10, 4, 10));
    assert_eq!(pairs.finish(), found(&texts, Options::default()));
}

#[test]
fn megabytes_that_repeat_themselves_take_no_longer_than_others() {
    let names = "Ivanov ".repeat(300_000);
    let periodic = "one two three four five six seven eight nine ten eleven. ".repeat(20_000);
    let long: String = (0..300_000u32).map(|n| format!("w{} ", n.wrapping_mul(2_654_435_761) % 1000)).collect();
    for text in [&names, &periodic, &long] {
        let found = found(&[text, text], Options::default());
        assert_eq!(found.passages[0].spans[0].end as usize, text.trim_end_matches([' ', '.']).len());
    }
}

#[test]
fn passages_that_stand_the_other_way_round_are_both_found() {
    // Either could go on into what follows them in both texts.
    let [a, b, c] = [("a", 8), ("b", 8), ("c", 12)]
        .map(|(letter, words)| (0..words).map(|n| format!("{letter}{n} ")).collect::<String>());
    let texts = [format!("{a}{b}{c}"), format!("{b}{a}{c}")];
    let found = found(&[&texts[0], &texts[1]], Options::default()).passages;
    let is_in = |part: &str| {
        let part = part.trim();
        found.iter().any(|passage| (0..2).all(|n| passage.spans[n].of(&texts[n]).contains(part)))
    };
    assert!(is_in(&a) && is_in(&b) && is_in(&c), "{found:#?}");
}

/// Runs of at least eight words that two texts of single words share, each as long as can be.
fn naive_runs(a: &[String], b: &[String]) -> Vec<(usize, usize, usize)> {
    let mut runs = Vec::new();
    for i in 0..a.len() {
        for j in 0..b.len() {
            if i > 0 && j > 0 && a[i - 1] == b[j - 1] {
                continue;
            }
            let len = a[i..].iter().zip(&b[j..]).take_while(|(a, b)| a == b).count();
            if len >= 8 {
                runs.push((i, j, len));
            }
        }
    }
    runs
}

proptest! {
    #[test]
    fn every_long_run_lies_in_a_passage(
        lens in proptest::collection::vec(4u8..24, 3),
        order in proptest::sample::subsequence(vec![0usize, 1, 2], 1..4).prop_shuffle(),
        drop in 0usize..40,
    ) {
        // No word stands twice: of what one text has twice, the copy that is in order with the rest is followed, and how
        // texts that repeat themselves are is the subject of other tests.
        let letter = |n: u8| char::from(b'a' + n);
        let part = |n: usize| (0..lens[n]).map(move |word| format!("{}{}", letter(n as u8), letter(word)));
        let a: Vec<String> = (0..3).flat_map(part).collect();
        let mut b: Vec<String> = order.iter().copied().flat_map(part).collect();
        b.remove(drop % b.len());
        let (a_text, b_text) = (a.join(" "), b.join(" "));
        let passages = found(&[&a_text, &b_text], Options::default()).passages;
        for (i, j, len) in naive_runs(&a, &b) {
            // Words are two letters with a blank between.
            let holds = |span: Span, from: usize| span.start as usize <= 3 * from && span.end as usize >= 3 * (from + len) - 1;
            prop_assert!(passages.iter().any(|p| holds(p.spans[0], i) && holds(p.spans[1], j)), "{} {} {}", i, j, len);
        }
    }

    #[test]
    fn passages_are_the_same_words_in_order_inside_the_text(
        texts in proptest::collection::vec("([abcß北京é’.]|e\u{301}| ){0,80}", 0..5),
    ) {
        let options = Options { least_words: 3, ..Options::default() };
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for passage in found(&texts, options).passages {
            let text = passage.documents.map(|doc_id| texts[doc_id.0 as usize]);
            for n in 0..2 {
                prop_assert!(!passage.spans[n].of(text[n]).is_empty());
                prop_assert_eq!(passage.same[0][n].start, passage.spans[n].start);
                prop_assert_eq!(passage.same[passage.same.len() - 1][n].end, passage.spans[n].end);
                prop_assert!(passage.same.windows(2).all(|pair| pair[0][n].end <= pair[1][n].start));
            }
            for same in &passage.same {
                let words = |n: usize| {
                    let part = same[n].of(text[n]);
                    Reading::new(part, "").words.iter().map(|word| crate::text::fold(word.of(part))).collect::<Vec<_>>()
                };
                prop_assert_eq!(words(0), words(1));
            }
        }
    }

    #[test]
    fn the_order_of_documents_changes_nothing(texts in proptest::collection::vec("([a-f] ){0,60}", 2..5)) {
        let add = |order: &mut dyn Iterator<Item = usize>| {
            let mut shared = Shared::new(Options::default());
            for n in order {
                shared.add(DocId(n as u32), &Reading::new(&texts[n], "en"));
            }
            shared.pairs().finish().passages
        };
        prop_assert_eq!(add(&mut (0..texts.len())), add(&mut (0..texts.len()).rev()));
    }
}
