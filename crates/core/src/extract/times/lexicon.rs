//! The words of time: what each says, as a class and a number.
//!
//! One line per class; words that say the same stand together with `|` between them, and the value of a word is its
//! place in the line, from 1. Read once into a hash map; a word that is not in it costs one look-up. Words with
//! digits (`26th`, `1990s`, `10pm`, `Q3`) are read by [`super::figures`] instead.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What sort of word it is for the grammar of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Class {
    /// No word of time.
    #[default]
    None,
    /// Plain digits, at most six; the value is the number.
    Digits,
    /// Digits with a comma for thousands, or more than six: an amount, never a year.
    Quantity,
    /// `2.5`, in hundredths.
    Decimal,
    /// `26.05.2025`: day, month and year packed by [`super::figures`].
    Dotted,
    /// `first`, `26th`.
    Ordinal,
    /// `one` to `nineteen`.
    Small,
    /// `twenty` to `ninety`; the value is 2 to 9.
    Tens,
    /// `hundred`, `thousand`.
    Scale,
    /// `million` and beyond: an amount that counts no time.
    Huge,
    /// `1990s`: the value is the first year; `90s`, `nineties`: below 100.
    Decade,
    /// `10pm`: minutes since midnight.
    Hour,
    /// `3h`, `10min`: an amount joined to its unit, packed by [`super::figures`].
    Amount,
    /// `26T10`: day and hour of a date in figures, packed.
    DayHour,
    /// `Q3`, `H1`: quarters 1 to 4, halves 5 and 6.
    Fraction,
    /// `FY2024`: the year.
    FiscalYear,
    /// `Dec31`: month and day, packed.
    MonthDay,
    Month,
    Weekday,
    Weekdays,
    Season,
    Unit,
    DayPart,
    The,
    This,
    That,
    Last,
    Past,
    Next,
    Coming,
    Current,
    Recent,
    Latest,
    Same,
    Each,
    Other,
    A,
    Prefix,
    Few,
    Couple,
    Dozen,
    Half,
    Early,
    Border,
    Approximate,
    Only,
    More,
    Least,
    Than,
    Up,
    No,
    Filler,
    Fiscal,
    Ago,
    Earlier,
    Later,
    Before,
    After,
    From,
    To,
    Until,
    Between,
    Of,
    In,
    On,
    At,
    By,
    For,
    Since,
    And,
    Or,
    Per,
    Within,
    So,
    Now,
    Recently,
    Soon,
    Future,
    Today,
    Tonight,
    Tomorrow,
    Yesterday,
    Then,
    Moment,
    Right,
    Adverb,
    Meridiem,
    Zone,
    OClock,
    Old,
    Measure,
    Times,
    /// `nineties`: the value is 2 for the twenties to 9.
    Nineties,
    Ended,
    Feast,
    /// `will`: the sentence looks ahead.
    Ahead,
    /// `was`, `said`: the sentence looks back.
    Back,
    /// `be`, `been`: what follows is a participle and has no tense of its own.
    Be,
    /// `is`, `are`.
    Present,
    /// `would`, `could`.
    Would,
    /// Function words that end a noun phrase.
    Function,
}

const LINES: &[(Class, &str)] = &[
    (
        Class::Month,
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct november|nov december|dec",
    ),
    (
        Class::Weekday,
        "monday|mon tuesday|tue|tues wednesday|wed|weds thursday|thu|thur|thurs friday|fri saturday|sat sunday|sun",
    ),
    (Class::Weekdays, "mondays tuesdays wednesdays thursdays fridays saturdays sundays"),
    (Class::Season, "spring|springtime summer|summertime|summers fall|autumn winter|wintertime|winters"),
    (
        Class::Unit,
        "seconds|sec|secs minute|minutes|min|mins hour|hours|hr|hrs day|days week|weeks month|months quarter|quarters year|years|yr|yrs decade|decades century|centuries weekend|weekends fortnight|fortnights millennium|millennia period|periods",
    ),
    (
        Class::DayPart,
        "morning|mornings afternoon|afternoons evening|evenings night|nights|nighttime noon|midday|noontime|noonish midnight daytime lunchtime dawn|sunrise dusk|sunset",
    ),
    (
        Class::Ordinal,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    ),
    (
        Class::Small,
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    ),
    (Class::Tens, "- twenty thirty forty|fourty fifty sixty seventy eighty ninety"),
    (Class::Nineties, "- twenties thirties forties fifties sixties seventies eighties nineties"),
    (Class::Scale, "hundred thousand"),
    (Class::Huge, "million|billion|trillion|percent|pct|bln|mln"),
    (Class::The, "the"),
    (Class::This, "this these"),
    (Class::That, "that those"),
    (Class::Last, "last previous prior|preceding"),
    (Class::Past, "past"),
    (Class::Next, "next"),
    (Class::Coming, "coming|upcoming following|subsequent|ensuing"),
    (Class::Current, "current"),
    (Class::Recent, "recent"),
    (Class::Latest, "latest"),
    (Class::Same, "same corresponding|comparable"),
    (Class::Each, "each every any all"),
    (Class::Other, "other"),
    (Class::A, "a|an|another"),
    (Class::Prefix, "bi semi"),
    (Class::Few, "few several|numerous some many"),
    (Class::Couple, "couple pair"),
    (Class::Dozen, "dozen dozens"),
    (Class::Half, "half"),
    (Class::Early, "early late mid"),
    (Class::Border, "end|close|remainder|rest beginning|start|outset|onset middle"),
    (Class::Approximate, "about|around|approximately|roughly|circa nearly|almost|barely over exactly|precisely"),
    (Class::Only, "just only"),
    (Class::More, "more less|fewer"),
    (Class::Least, "least most"),
    (Class::Than, "than"),
    (Class::Up, "up"),
    (Class::No, "no not"),
    (
        Class::Filler,
        "business|trading|working more|additional|extra|further full|whole|entire|consecutive|straight|long|short|solid|calendar|successive",
    ),
    (Class::Fiscal, "fiscal financial academic|school|tax"),
    (Class::Ago, "ago"),
    (Class::Earlier, "earlier"),
    (Class::Later, "later"),
    (Class::Before, "before"),
    (Class::After, "after"),
    (Class::From, "from"),
    (Class::To, "to"),
    (Class::Until, "until|till|til|through|thru"),
    (Class::Between, "between"),
    (Class::Of, "of"),
    (Class::In, "in|into|during|throughout|over"),
    (Class::On, "on"),
    (Class::At, "at"),
    (Class::By, "by"),
    (Class::For, "for"),
    (Class::Since, "since"),
    (Class::And, "and"),
    (Class::Or, "or"),
    (Class::Per, "per"),
    (Class::Within, "within"),
    (Class::So, "so"),
    (Class::Now, "now|currently|nowadays"),
    (Class::Recently, "recently|lately"),
    (Class::Soon, "soon"),
    (Class::Future, "future"),
    (Class::Today, "today"),
    (Class::Tonight, "tonight|tonite"),
    (Class::Tomorrow, "tomorrow|tmrw|tmr"),
    (Class::Yesterday, "yesterday"),
    (Class::Then, "then"),
    (Class::Moment, "moment time juncture"),
    (Class::Right, "right"),
    (
        Class::Adverb,
        "daily|everyday weekly monthly quarterly annually|yearly hourly nightly biweekly|fortnightly bimonthly",
    ),
    (Class::Meridiem, "am|a.m.|a.m pm|p.m.|p.m"),
    (
        Class::Zone,
        "gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|eet|eest|bst|ist|et|pt|ct|jst|msk|hkt|aest|eastern|pacific",
    ),
    (Class::OClock, "o'clock|oclock|o’clock"),
    (Class::Old, "old"),
    (
        Class::Measure,
        "miles|mile|people|persons|meters|metres|feet|foot|dollars|euros|pounds|tons|tonnes|shares|units|pieces|points|words|men|women|troops|soldiers|votes|km|kg|kilometers|kilometres|kilograms|acres|barrels|yards|jobs|employees|workers|students|cases|deaths|copies|pages|square|lbs|cc|calories|seats|rpm|mhz|hectares|homes|houses|guests|members|inches|rooms|times",
    ),
    (Class::Times, "once twice"),
    (Class::Ended, "ended ending"),
    (
        Class::Feast,
        "christmas|xmas|easter|thanksgiving|halloween|good|ash|palm|new|valentine|valentines|independence|labor|labour|memorial|veterans|boxing|mother|father|black|cyber|pentecost|martin|mlk|columbus|bastille|anzac|women|earth|groundhog|pancake|maundy|ascension|whit|remembrance|armistice|presidents|president|juneteenth|international|eid|st|saint|fools|workers|guy|burns|epiphany|human|mardi|trinity|corpus|mothers|fathers|flag|canada|australia|inauguration|singles",
    ),
    (
        Class::Ahead,
        "will|shall|won't|won’t|expected|expects|expect|scheduled|due|plans|planning|supposed|hopes|hope|intends|intend|slated|poised|tomorrow's|effective|payable|expire|expires|going|gonna|anticipates|anticipate|proposed|begins|starts|resumes|can",
    ),
    (Class::Would, "would|could|should|may|might|must"),
    (
        Class::Back,
        "was|were|had|did|said|told|met|left|rose|fell|came|went|made|took|gave|began|saw|held|won|lost|sent|wrote|spoke|died|got|grew|became|found|brought|bought|sold|paid|ran|led|kept|spent|stood|broke|chose|drew|flew|hit|thought|knew|felt|heard|built|caught|fought|sought|shot|sank|struck|threw|wore|swore|overthrew|withdrew|has|have|since|closed|wasn't|weren't|didn't|hadn't",
    ),
    (Class::Be, "be|being"),
    (Class::Present, "is|are|says|say|it's|he's|she's|that's"),
    (
        Class::Function,
        "as|with|but|which|who|whose|where|when|while|because|that|if|although|though|compared|from|against|he|she|it|they|we|i|you|than|also|however|according|including|without|despite|under|against|amid|via|its|his|her|their|our|my|your|been",
    ),
];

/// A word as the grammar sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lex {
    /// What sort of word.
    pub(super) class: Class,
    /// Which of its sort; 0 where there is but one.
    pub(super) value: u32,
    /// How many digits it has; for words, whether it is short for another (1) or a plural (2).
    pub(super) shape: u8,
    /// Whether it begins with a capital.
    pub(super) is_capital: bool,
    /// Whether it ends with a possessive.
    pub(super) is_possessive: bool,
}

/// The shape of a word that is short for another.
pub(super) const SHORT: u8 = 1;
/// The shape of a plural.
pub(super) const PLURAL: u8 = 2;

/// The longest word in the list, in bytes.
const LONGEST: usize = 16;

/// What `word` says, without its possessive.
pub(super) fn look_up(word: &str) -> Lex {
    static WORDS: LazyLock<FxHashMap<&'static str, Lex>> = LazyLock::new(read);
    let mut small = [0u8; LONGEST];
    let Some(small) = small.get_mut(..word.len()) else { return Lex::default() };
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    std::str::from_utf8(small).ok().and_then(|word| WORDS.get(word)).copied().unwrap_or_default()
}

fn read() -> FxHashMap<&'static str, Lex> {
    let mut words = FxHashMap::default();
    for (class, line) in LINES {
        for (n, alternatives) in line.split(' ').enumerate() {
            for (k, word) in alternatives.split('|').enumerate() {
                let is_short = matches!(class, Class::Month | Class::Weekday) && k > 0;
                let is_plural = word.ends_with('s') || word == "millennia";
                let shape = if is_short { SHORT } else { u8::from(is_plural) * PLURAL };
                let lex = Lex { class: *class, value: n as u32 + 1, shape, ..Lex::default() };
                // A word in two lines belongs to the first.
                words.entry(word).or_insert(lex);
            }
        }
    }
    words
}
