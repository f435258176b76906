//! The corpora that are asked: small, so that thousands of questions a second are answered, and mixed.
//!
//! Among them are what has been hard: scripts without spaces and from right to left, accents apart from their letters,
//! words with and without hyphens, a title that begins its text, documents without title, date, source or language.

use sheaf_core::base::PartialDate;
use sheaf_core::document::{Corpus, Document, Fact, Field};

/// Their names, in the order of [`all`].
pub(crate) const NAMES: &[&str] = &["six documents", "empty", "one document"];

/// All corpora.
pub(crate) fn all() -> Vec<Corpus> {
    vec![
        corpus(SIX.iter().map(document).collect()),
        corpus(Vec::new()),
        corpus(SIX.iter().take(1).map(document).collect()),
    ]
}

fn corpus(documents: Vec<Document>) -> Corpus {
    Corpus { title: "Six languages".to_owned(), documents, ..Corpus::default() }
}

/// A document in short; what is empty is not known.
struct Text {
    title: &'static str,
    date: &'static str,
    source: &'static str,
    language: &'static str,
    topics: &'static [&'static str],
    text: &'static str,
}

const SIX: &[Text] = &[
    Text {
        title: "Turkey and Russia talk about a cease-fire",
        date: "2025-02-24",
        source: "Daily News",
        language: "en",
        topics: &["talks", "ceasefire"],
        text: "The Turkish foreign minister, Hakan Fidan, met Sergey Lavrov in Ankara. “The talks on a ceasefire go \
            on,” he said. The prisoner exchange went on; prisoners were exchanged near the Black Sea.\n\nThe U.S. \
            asked us for a cease fire. Turkey's answer: talk, talk and talk again. Kazakhstan, Uzbekistan and \
            Tajikistan agreed on 3.5 million tonnes in 2025 (see www.example.org).",
    },
    Text {
        title: "Türkiye ile Rusya görüşüyor",
        date: "2025-02",
        source: "Günlük",
        language: "tr",
        topics: &["talks"],
        text: "Türkiye ile Rusya görüşüyor. Dışişleri Bakanı Hakan Fidan, İstanbul'da Lavrov ile görüştü. ISPARTA ve \
            ısparta, IĞDIR ve iğdır. Erdoğan’ın açıklaması: ateşkes görüşmeleri sürüyor.",
    },
    Text {
        title: "Обмен пленными",
        date: "2025-03-01T15:01",
        source: "Daily News",
        language: "ru",
        topics: &["prisoners"],
        text: "Россия и Турция обсудили обмен пленными. «Переговоры продолжаются», — сказал Лавров. Ещё раз: всё ещё \
            и́дут переговоры о перемирии.\r\n\r\nТурции предложили встречу в Анкаре; Турция согласилась.",
    },
    Text {
        title: "محادثات في أنقرة",
        date: "2024",
        source: "",
        language: "ar",
        topics: &["talks", "prisoners"],
        text: "قال وزير الخارجية التركي إن المحادثات مستمرة. وَقْفُ إطلاق النار في ٢٤ فبراير ٢٠٢٥، وتبادل الأسرى بعده.",
    },
    Text {
        title: "土耳其与俄罗斯会谈",
        date: "",
        source: "新闻",
        language: "zh",
        topics: &[],
        text: "土耳其外交部长在北京会见了俄罗斯外交部长。北京市的会谈继续进行。NATO和G20的北京会谈，2025年2月。東京タワーは高い。",
    },
    Text {
        title: "",
        date: "2025-05-26",
        source: "Daily News",
        language: "",
        topics: &["ceasefire"],
        text: "a b a b c. A-b a_b ab: e\u{301}te\u{301} ÉTÉ été, naïve coöperation, 👩‍👩‍👧 🇹🇷 ﬁrst ﬀ ẞ ß SS.\n\tOR AND NOT \
            near NEAR before word form stem within <s/> title: date: source: / \\ \" ' * ? ~ = [ ] { } ( ) | & - – —",
    },
];

fn document(text: &Text) -> Document {
    let known = |value: &str| match value {
        "" => Fact::unknown(),
        value => Fact::stated(value.to_owned()),
    };
    let topic = Field { name: "topic".to_owned(), values: text.topics.iter().map(ToString::to_string).collect() };
    let name = format!("{}-{}", text.language, text.date);
    Document {
        file: format!("{name}.txt"),
        name,
        title: known(text.title),
        date: PartialDate::parse(text.date).map_or_else(Fact::unknown, Fact::stated),
        source: known(text.source),
        language: known(text.language),
        url: None,
        fields: vec![topic],
        text: text.text.to_owned(),
    }
}
