//! Which language a text is in, where nobody says.
//!
//! The one decision: the corpus decides together. Letter statistics alone call one short story in seven of an English
//! newswire Danish, Dutch or Latin; so long clear texts are judged first, and a short or strange one is taken to be in
//! the language of most of the corpus, unless its script rules that out. Rejected: a bigger model; the prior does more
//! and costs nothing.

use std::collections::BTreeMap;

use whatlang::{Info, Lang, Script};

use super::beginning;
use crate::document::{Document, Fact, Known};

/// How much of a text is looked at, in bytes.
const SAMPLE_BYTES: usize = 4 << 10;
/// A text needs so many letters to be judged by itself.
const CLEAR_LETTERS: usize = 200;
/// And so many to be of a language that no other document is in.
const ALONE_LETTERS: usize = 1000;
/// A language is at home in the corpus from this share of the clear texts on, in one thousandth.
const AT_HOME_PER_MILLE: usize = 5;

/// What a language read from the words is inferred from.
pub const FROM_WORDS: &str = "the words of the text";
/// What a language taken from the corpus is inferred from.
pub const FROM_CORPUS: &str = "the language of most of the corpus; the text by itself does not tell";

/// Whatlang's languages whose code of two letters is not the start of the one with three, and other usual codes.
const TWO_LETTERS: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("cmn", "zh"),
    ("chi", "zh"),
    ("zho", "zh"),
    ("cym", "cy"),
    ("wel", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ger", "de"),
    ("ell", "el"),
    ("gre", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("eus", "eu"),
    ("baq", "eu"),
    ("fas", "fa"),
    ("per", "fa"),
    ("pes", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("gle", "ga"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("arm", "hy"),
    ("ind", "id"),
    ("isl", "is"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("geo", "ka"),
    ("kaz", "kk"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mac", "mk"),
    ("mya", "my"),
    ("bur", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("nob", "nb"),
    ("nor", "no"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
    ("iw", "he"),
    ("in", "id"),
    ("ji", "yi"),
];

/// The primary subtag of a language as metadata gives it: `en` of `en-US`, `eng`, `EN_us` and `English`.
///
/// What is not known is kept, in small letters. Cost: O(1) for codes; names are looked up in a list of 70.
pub fn primary_subtag(given: &str) -> String {
    let lower = given.trim().to_lowercase();
    let tag = lower.split(['-', '_']).next().unwrap_or("");
    let is_name = tag.len() > 3; // a code has two or three letters, and nearly every record gives one
    let by_name = is_name.then(|| Lang::all().iter().find(|lang| is_called(**lang, &lower))).flatten();
    two_letters(by_name.map_or(tag, |lang| lang.code())).to_string()
}

fn is_called(lang: Lang, lower: &str) -> bool {
    lang.eng_name().to_lowercase() == lower || lang.name().to_lowercase() == lower
}

fn two_letters(code: &str) -> &str {
    TWO_LETTERS.iter().find(|(long, _)| *long == code).map_or(code, |(_, short)| short)
}

/// Fills in the language of those documents for which `is_open` says so and none is known yet.
///
/// Stated languages count as evidence about the corpus. Stays unknown where no document tells anything. The order of
/// the documents does not matter. Cost: about 0.1 ms per document that has to be judged.
pub fn fill(documents: &mut [Document], is_open: impl Fn(usize) -> bool) {
    let guesses: Vec<Option<Guess>> = documents
        .iter()
        .enumerate()
        .map(|(index, document)| {
            let is_asked = document.language.known == Known::Unknown && is_open(index);
            is_asked.then(|| Guess::of(&document.text)).flatten()
        })
        .collect();
    let prior = Prior::of(documents, &guesses);
    for (index, (document, guess)) in documents.iter_mut().zip(&guesses).enumerate() {
        if document.language.known == Known::Unknown && is_open(index) {
            document.language = prior.decide(guess.as_ref());
        }
    }
}

/// What the words of one text say.
struct Guess {
    lang: Lang,
    script: Script,
    is_reliable: bool,
    letters: usize,
}

impl Guess {
    /// Nothing where the text has no letters.
    fn of(text: &str) -> Option<Guess> {
        let sample = beginning(text, SAMPLE_BYTES);
        let info: Info = whatlang::detect(sample)?;
        let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
        Some(Guess { lang: info.lang(), script: info.script(), is_reliable: info.is_reliable(), letters })
    }

    /// A text in letters that only few languages use needs less of them.
    fn is_clear(&self) -> bool {
        self.is_reliable && (self.letters >= CLEAR_LETTERS || self.is_of_few() && self.letters >= CLEAR_LETTERS / 10)
    }

    /// Whether its script is not the Latin one, which 37 languages share.
    fn is_of_few(&self) -> bool {
        self.script != Script::Latin
    }

    fn is_clear_alone(&self) -> bool {
        self.is_reliable && self.letters >= ALONE_LETTERS
    }
}

/// What the corpus says.
struct Prior {
    /// The language of most documents.
    majority: Option<String>,
    /// Languages that enough documents are in.
    at_home: Vec<String>,
}

impl Prior {
    fn of(documents: &[Document], guesses: &[Option<Guess>]) -> Prior {
        let mut votes: BTreeMap<String, usize> = BTreeMap::new();
        for (document, guess) in documents.iter().zip(guesses) {
            let vote = match (&document.language.value, guess) {
                (Some(language), _) => Some(language.clone()),
                (None, Some(guess)) if guess.is_clear() => Some(two_letters(guess.lang.code()).to_string()),
                _ => None,
            };
            *votes.entry(vote.unwrap_or_default()).or_default() += 1;
        }
        votes.remove("");
        if votes.is_empty() {
            return Prior { majority: together(documents), at_home: Vec::new() };
        }
        let total: usize = votes.values().sum();
        // The most frequent; of equals the first by code, so that the order of documents does not matter.
        let majority = votes.iter().rev().max_by_key(|(_, count)| **count).map(|(language, _)| language.clone());
        let at_home = votes.into_iter().filter(|(_, count)| *count >= 2 && count * 1000 >= total * AT_HOME_PER_MILLE);
        Prior { majority, at_home: at_home.map(|(language, _)| language).collect() }
    }

    fn decide(&self, guess: Option<&Guess>) -> Fact<String> {
        let words = guess.map(|guess| (guess, two_letters(guess.lang.code()).to_string()));
        match (words, &self.majority) {
            (Some((guess, language)), Some(majority)) => {
                let is_ruled_out = !guess.script.langs().iter().any(|lang| two_letters(lang.code()) == majority);
                let is_believed = language == *majority && guess.is_reliable
                    || guess.is_clear_alone()
                    || guess.is_clear() && self.at_home.contains(&language)
                    || is_ruled_out && (guess.is_reliable || guess.is_of_few());
                match (is_believed, is_ruled_out) {
                    (true, _) => Fact::inferred(language, FROM_WORDS),
                    (false, true) => Fact::unknown(),
                    (false, false) => Fact::inferred(majority.clone(), FROM_CORPUS),
                }
            }
            (Some((guess, language)), None) if guess.is_reliable || guess.is_of_few() => {
                Fact::inferred(language, FROM_WORDS)
            }
            (None, Some(majority)) => Fact::inferred(majority.clone(), FROM_CORPUS),
            _ => Fact::unknown(),
        }
    }
}

/// The language of all texts read as one, where none is clear by itself.
fn together(documents: &[Document]) -> Option<String> {
    let mut sample = String::new();
    for document in documents {
        sample.push_str(beginning(&document.text, SAMPLE_BYTES));
        sample.push('\n');
        if sample.len() > SAMPLE_BYTES {
            break;
        }
    }
    let info = whatlang::detect(&sample)?;
    info.is_reliable().then(|| two_letters(info.lang().code()).to_string())
}

#[cfg(test)]
mod tests {
    use super::super::record::blank_document;
    use super::*;

    const ENGLISH: &str = "The minister said that the talks would be held in the capital on Monday, and that both sides \
        had agreed to work towards a lasting peace. He thanked the hosts for their help and said another round would \
        follow within weeks, when the two leaders meet again to look at what has been done so far.";
    const TURKISH: &str = "Bakan, görüşmelerin pazartesi günü başkentte yapılacağını ve iki tarafın kalıcı bir barış için \
        çalışmayı kabul ettiğini söyledi. Ev sahiplerine yardımları için teşekkür eden bakan, önümüzdeki haftalarda yeni \
        bir tur görüşmenin yapılacağını ve liderlerin yeniden bir araya geleceğini sözlerine ekledi.";

    /// Checks the languages of a corpus; `*` marks those taken from the corpus, `?` is unknown.
    fn check(texts: &[&str], expected: &str) {
        let mut documents: Vec<Document> =
            texts.iter().map(|text| Document { text: text.to_string(), ..blank_document() }).collect();
        fill(&mut documents, |_| true);
        let got: Vec<String> = documents
            .iter()
            .map(|document| match (&document.language.value, &document.language.known) {
                (Some(language), Known::Inferred { from }) if from == FROM_CORPUS => format!("{language}*"),
                (Some(language), _) => language.clone(),
                (None, _) => "?".to_string(),
            })
            .collect();
        assert_eq!(got.join(" "), expected);
    }

    #[test]
    fn a_short_text_is_taken_to_be_in_the_language_of_the_corpus() {
        check(&[ENGLISH, ENGLISH, "Qtly div 10 cts vs 8 cts"], "en en en*");
        check(&[TURKISH, "Qtly div 10 cts vs 8 cts", "12 345"], "tr tr* tr*");
    }

    #[test]
    fn another_script_rules_the_majority_out() {
        check(&[ENGLISH, ENGLISH, "Президент встретился с Лавровым в Москве."], "en en ru");
        check(&[ENGLISH, ENGLISH, "東京で首相が会見した。"], "en en ja");
        check(&["Президент встретился с Лавровым в Москве.", "abc"], "ru ?");
    }

    #[test]
    fn a_long_text_may_be_alone_and_languages_at_home_are_believed() {
        check(&[ENGLISH, ENGLISH, ENGLISH, &TURKISH.repeat(5)], "en en en tr");
        check(&[ENGLISH, ENGLISH, TURKISH, TURKISH], "en en tr tr");
    }

    #[test]
    fn nothing_is_made_up_where_nothing_tells() {
        check(&["", "12 345", "+ ↺ −"], "? ? ?");
        check(&[], "");
    }

    #[test]
    fn given_languages_are_brought_to_two_letters() {
        for (given, expected) in [
            ("en-US", "en"),
            ("EN_us", "en"),
            ("eng", "en"),
            ("English", "en"),
            ("Türkçe", "tr"),
            ("ger", "de"),
            ("tr", "tr"),
            ("haw", "haw"),
        ] {
            assert_eq!(primary_subtag(given), expected, "{given}");
        }
        for lang in Lang::all() {
            assert_eq!(two_letters(lang.code()).len(), 2, "{lang}");
        }
    }
}
