//! Abbreviations by language, and the words that tell whether one of them also ends a sentence.
//!
//! Small general lists: what any newspaper of the language prints without explanation. A missing abbreviation costs
//! one wrong border, a wrong one swallows many right ones, so words that also occur in full ("art.", "no.") count only
//! before a number. Initials, "U.S." and "e.g." need no list: their shape tells. Kept as lines of words, which are
//! read and changed more easily than sorted arrays; the tables are built once, on first use.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a period after an abbreviation can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A name follows ("Dr."): never the end of a sentence.
    Title,
    /// An abbreviation before a number ("p. 5", "Feb. 20"), else a word like any other.
    BeforeNumber,
    /// May end a sentence ("Inc.", "etc."): it does if the next word is one that opens sentences.
    Any,
}

/// The classes by number; 0 for none.
const CLASSES: [Option<Class>; 4] = [None, Some(Class::Title), Some(Class::BeforeNumber), Some(Class::Any)];
/// Added to the class of a word that opens sentences.
const OPENS: u32 = 4;

/// What is known about one language.
#[derive(Default)]
pub(super) struct Rules {
    /// Places in [`CLASSES`], [`OPENS`] more for words that open sentences. The words are owned, so that this is the kind of
    /// map that the index has: each kind weighs 1 KB of the page.
    words: FxHashMap<String, u32>,
    /// Whether a number with a period is an ordinal ("26. Mai").
    pub(super) has_ordinals: bool,
}

impl Rules {
    /// The rules for a BCP 47 tag (its first part decides); what all languages share where it is unknown.
    pub(super) fn of(language: Option<&str>) -> &'static Rules {
        static LANGUAGES: LazyLock<Vec<(&'static str, Rules)>> =
            LazyLock::new(|| TABLES.iter().map(|table| (table.language, rules(table))).collect());
        static SHARED: LazyLock<Rules> = LazyLock::new(|| rules(&NONE));
        let language = primary(language);
        LANGUAGES.iter().find(|(known, _)| *known == language).map_or(&SHARED, |(_, rules)| rules)
    }

    /// The class of `word`, in lower case and without its last period.
    pub(super) fn class(&self, word: &str) -> Option<Class> {
        CLASSES.get(*self.words.get(word)? as usize % OPENS as usize).copied().flatten()
    }

    /// Whether sentences often begin with `word`, in lower case, and names never.
    pub(super) fn opens_sentences(&self, word: &str) -> bool {
        self.words.get(word).is_some_and(|class| *class >= OPENS)
    }
}

/// The first part of a BCP 47 tag, in lower case: `en` of `en-GB`.
pub(super) fn primary(language: Option<&str>) -> String {
    language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("").to_ascii_lowercase()
}

fn rules(table: &Table) -> Rules {
    let mut rules = Rules { has_ordinals: table.has_ordinals, ..Rules::default() };
    for table in [&SHARED_TABLE, table] {
        let lists = [(table.any, Class::Any), (table.before_number, Class::BeforeNumber), (table.titles, Class::Title)];
        let mut set = |word: &str, class: &dyn Fn(u32) -> u32| {
            let known = rules.words.get(word).copied().unwrap_or(0);
            rules.words.insert(word.to_owned(), class(known));
        };
        for (words, class) in lists {
            let class = CLASSES.iter().position(|other| *other == Some(class)).unwrap_or(0) as u32;
            for word in words.split_whitespace() {
                set(word, &|known| known / OPENS * OPENS + class);
            }
        }
        for word in table.openers.split_whitespace() {
            set(word, &|known| known % OPENS + OPENS);
        }
    }
    rules
}

/// What follows "6 p.m." within a sentence; other capitals begin the next one.
pub(super) const AFTER_CLOCK: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "eastern",
    "pacific",
    "central",
];

/// What follows the last period of a host's or file's name; shorter ones (countries) are told by their length.
pub(super) const DOMAINS: &[&str] = &[
    "com", "net", "org", "info", "biz", "edu", "gov", "mil", "int", "news", "pdf", "txt", "doc", "jpg", "png", "html",
];

struct Table {
    language: &'static str,
    titles: &'static str,
    before_number: &'static str,
    any: &'static str,
    openers: &'static str,
    has_ordinals: bool,
}

const NONE: Table = Table { language: "", titles: "", before_number: "", any: "", openers: "", has_ordinals: false };

/// English, whose titles, companies and quoted sentences occur in the news of every language.
const SHARED_TABLE: Table = Table {
    titles: "mr mrs ms messrs dr prof gen sen rep reps gov lt sgt cpl capt cmdr col maj adm pres rev hon fr supt det \
             insp amb vs mt ft viz cf",
    before_number: "no nos nr n° nº p pp art arts fig figs vol vols sec sect ch chap ext tel op ver v \
                    jan feb mar apr jun jul aug sep sept oct nov dec",
    any: "st inc ltd co corp bros llc plc jr sr esq al dept univ assn dist ave blvd rd hwy apt est approx ed eds \
          ph.d m.d b.a m.a ind mass conn calif wash tex fla ariz colo penn pa",
    openers: "the he she it they we i you this that these those there here a an and but or so yet if in on at by for \
              from to of with as after before since while when where who what why how which however meanwhile \
              although though because his her its their our your my some many most all no not one another both \
              each every also then now today yesterday is are was were do does did can could would should",
    ..NONE
};

const TABLES: &[Table] = &[
    Table { language: "en", ..NONE },
    Table {
        language: "de",
        titles: "hr fr frl dr dres prof med jur phil rer nat ing dipl mag st skt gen hl bzw ca z.b d.h u.a vgl zzgl \
                 inkl exkl evtl ggf bspw sog s.o s.u insb insbes gem lt hrsg tägl jhrl geb verh gest",
        before_number: "nr nrn abs abb art bd bde kap tel s ziff anm aufl jan feb mär apr jun jul aug sep sept okt nov dez",
        any: "usw usf etc str pl mio mrd tsd std min sek jh jhd chr",
        openers: "der die das den dem des ein eine einer einem einen er sie es wir ihr ich du man und aber doch oder \
                  wenn weil als da dann dort hier heute gestern auch nach vor in im am an auf bei mit von zu zum zur \
                  für so wie was wer wo warum sein seine dies diese dieser dieses jetzt nun damit dabei nur noch",
        has_ordinals: true,
    },
    Table {
        language: "fr",
        titles: "m mm mme mmes mlle mlles me mgr dr pr st ste ex",
        before_number: "n no nos p pp art al chap fig vol t tél janv févr avr juill sept oct nov déc",
        any: "etc cie av bd env min hab apr",
        openers: "le la les l un une des il elle ils elles on nous vous je tu ce cette ces cet mais et or donc si \
                  dans en au aux à de du pour par sur avec sans sous après avant depuis quand où qui que comment \
                  pourquoi son sa ses leur leurs c'est selon ainsi",
        ..NONE
    },
    Table {
        language: "es",
        titles: "sr sra sres sras srta dr dra dres prof profa lic ing arq d dª dn dña fr gral cnel cap tte mons sto sta \
                 admón excmo excma ilmo ilma p.ej",
        before_number: "núm nº n pág págs p pp art arts cap vol fig tel tfno cra cl av avda \
                        ene feb abr may jun jul ago sept oct nov dic lun mié jue vie sáb dom",
        any: "etc cía s.a ee uu ee.uu aprox km min hs ud uds vd vds",
        openers: "el la los las lo un una unos unas él ella ellos ellas yo tú usted nosotros esto este esta estos \
                  estas ese esa y pero o si no en de del al a con por para sin sobre tras desde cuando donde \
                  quién qué cómo por su sus se es también según además así",
        ..NONE
    },
    Table {
        language: "it",
        titles: "sig sigg sig.ra sig.na sigra dott dott.ssa dr prof prof.ssa ing avv arch geom rag on sen mons don \
                 egr gent spett ill psicol amm dir pres vicepres gen col cap ten magg mar s ss",
        before_number: "n nn nr num pag pagg p pp art artt cap vol fig tel tav gen feb apr mag giu lug ago set sett \
                        ott nov dic",
        any: "ecc etc s.p.a s.r.l ca c.a es max min cit st d econ",
        openers: "il lo la i gli le l un uno una egli lui lei loro noi voi io tu questo questa questi queste quello \
                  e ma o se non in nel nella di del della a al alla da dal con per su tra fra dopo prima quando dove \
                  chi che cosa come perché suo sua anche secondo così è si",
        ..NONE
    },
    Table {
        language: "nl",
        titles: "dhr mevr mw mej dr drs prof ir ing mr ds st jhr bijv bv d.w.z o.a m.b.t i.v.m t.a.v aanw vnw",
        before_number: "nr nrs blz p pag art tel fig hfst jan feb mrt apr jun jul aug sep sept okt nov dec",
        any: "enz etc ca e.d e.a",
        openers: "de het een hij zij ze wij we ik jij je u dit dat deze die er en maar of als in op aan bij met van \
                  voor na naar door om toen nu ook zo wie wat waar hoe waarom zijn haar hun volgens",
        ..NONE
    },
    Table {
        language: "pt",
        titles: "sr sra srs sras srta dr dra drs prof profa eng arq d exmo exma gen cel cap ten sto sta p.ex",
        before_number: "n nº nos pág págs p pp art arts cap vol fig tel r av jan fev abr mai jun jul ago set out nov dez",
        any: "etc cia ltda s.a km min",
        openers: "o a os as um uma ele ela eles elas eu tu você nós este esta isto esse essa isso aquele e mas ou se \
                  não em no na nos nas de do da ao à com por para sem sobre após antes desde quando onde quem que \
                  como seu sua também segundo é há",
        ..NONE
    },
    Table {
        language: "ru",
        titles: "г-н г-жа гг ул пл просп пр пер пос пгт дер им проф акад доц ген полк канд д-р св напр см ср т.е т.н \
                 и.о врио обл корп кв",
        before_number: "д стр с п пп ст рис табл гл т тт тел кн вып абз янв февр апр июн июл авг сент окт нояб дек",
        any: "г гг в вв руб коп долл млн млрд тыс экз др пр т.д т.п т.к н.э у.е куб м кг км чел",
        openers: "в на с со к ко по о об от до из за у и а но или если не он она оно они я ты мы вы это этот эта эти \
                  тот как что кто где когда почему так также там тогда теперь затем после при для его её ее их \
                  однако кроме во",
        ..NONE
    },
    Table {
        language: "uk",
        titles: "вул пл просп пров проф акад доц ген ім св див напр т.зв обл",
        before_number: "ст с п пп рис табл гл т тел буд кв січ лют бер квіт трав черв лип серп вер жовт лист груд",
        any: "р рр ст грн коп млн млрд тис ін т.д т.п",
        openers: "в у на з зі до по про від за і й а але або якщо не він вона воно вони я ти ми ви це цей ця ці той як \
                  що хто де коли чому так також там тоді тепер після при для його її їх однак",
        ..NONE
    },
    Table {
        language: "bg",
        titles: "ул бул пл гр с проф акад доц инж д-р ген св напр вж т.нар т.е г-н г-жа",
        before_number: "стр с чл ал т бр тел фиг табл",
        any: "г т.г др лв ст хил млн млрд и.др т.н",
        openers: "в във на с със к по от до из за у и а но или ако не той тя то те аз ти ние вие това този тази тези \
                  как какво кой къде кога защо така също там тогава сега след при според",
        ..NONE
    },
    Table {
        language: "tr",
        titles: "sn dr doç prof av yrd öğr gör org alb alm yzb tğm hz ing bkz örn mah cad sok sk",
        before_number: "no s sf sy c tel md şek",
        any: "vb vs vd a.ş ltd şti yy",
        openers: "bu şu o ve ama ancak fakat bir biz siz onlar ben sen ise de da için ile gibi daha çok en her ne \
                  nasıl neden nerede kim eğer sonra önce şimdi bugün dün ayrıca böylece buna bunun ona onun",
        has_ordinals: true,
    },
    Table {
        language: "az",
        titles: "prof akad dos dr bax məs küç pr",
        before_number: "səh s c tel mad",
        any: "və s b.e il",
        openers: "bu o və amma lakin bir biz siz onlar mən sən də da üçün ilə daha çox ən hər nə necə niyə harada kim \
                  əgər sonra əvvəl indi bu",
        has_ordinals: true,
    },
    Table {
        language: "pl",
        titles: "dr prof hab mgr inż ks św bł gen płk ppłk mjr kpt por sierż min ul al pl os woj np tzw tj m.in im red",
        before_number: "nr str s t art ust pkt poz tab rys tel godz r",
        any: "itd itp r w zł gr mln mld tys wyd ok",
        openers: "w we na z ze do od po o u i a ale lub jeśli nie on ona ono oni one ja ty my wy to ten ta te ci jak co \
                  kto gdzie kiedy dlaczego tak także tam wtedy teraz potem po przy dla jego jej ich jednak według",
        has_ordinals: true,
    },
    Table {
        language: "cs",
        titles: "dr prof doc mgr ing bc judr mudr phdr rndr sv gen plk mjr kpt např tzv tj ul nám p pí",
        before_number: "č čís str s odst čl obr tab tel r",
        any: "atd apod kč mil mld tis stol hod aj",
        openers: "v ve na s se z ze do od po o u k ke i a ale nebo pokud ne on ona ono oni já ty my vy to ten ta ti jak \
                  co kdo kde kdy proč tak také tam pak teď při pro jeho její jejich však podle",
        has_ordinals: true,
    },
    Table {
        language: "hu",
        titles: "dr prof id ifj özv szt pl ún ill",
        before_number: "sz o old bek tel kb",
        any: "stb kft rt nyrt zrt u",
        openers: "a az ez egy és de vagy ha nem ő ők én te mi ti hogy ki hol mikor miért így is ott akkor most után",
        has_ordinals: true,
    },
    Table {
        language: "da",
        titles: "hr fr frk dr prof adv ing cand mag skt st kbh bl.a f.eks fx dvs jf pga vedr hhv evt inkl ekskl",
        before_number: "nr s side kap stk bd fig tlf jan feb mar apr jun jul aug sep sept okt nov dec",
        any: "osv mv mio mia kr ca mfl m.m m.fl",
        openers: "den det de en et han hun vi jeg du i men og eller hvis når som der her på til fra med for om efter \
                  før hvad hvem hvor hvorfor hvordan ikke også så nu da hans hendes deres ifølge",
        has_ordinals: true,
    },
    Table {
        language: "no",
        titles: "hr fr frk dr prof adv ing cand st bl.a f.eks dvs jf pga vedr hhv evt inkl ekskl",
        before_number: "nr s kap bd fig tlf jan feb mar apr jun jul aug sep sept okt nov des",
        any: "osv mv mill mrd kr ca m.m m.fl",
        openers: "den det de en et han hun vi jeg du i men og eller hvis når som der her på til fra med for om etter \
                  før hva hvem hvor hvorfor hvordan ikke også så nå da hans hennes deres ifølge",
        has_ordinals: true,
    },
    Table {
        language: "sv",
        titles: "hr fr dr prof doc ing st bl.a t.ex d.v.s dvs jfr resp inkl exkl s.k f.d",
        before_number: "nr s sid kap bd fig tel jan feb mar apr jun jul aug sep sept okt nov dec",
        any: "osv m.m m.fl mkr milj mdr kr ca",
        openers: "den det de en ett han hon vi jag du i men och eller om när som där här på till från med för efter \
                  före vad vem var varför hur inte också så nu då hans hennes deras enligt",
        ..NONE
    },
    Table {
        language: "fi",
        titles: "prof tri hra rva nti esim ts ns mm",
        before_number: "n s nro puh luku",
        any: "jne yms ym eaa jaa ao",
        openers: "se ne hän he minä sinä me te tämä nämä tuo ja mutta tai jos kun ei myös niin nyt sitten mitä kuka \
                  missä miksi miten",
        has_ordinals: true,
    },
    Table {
        language: "el",
        titles: "κ κα κος δρ καθ αγ βλ π.χ δηλ λεωφ πλ",
        before_number: "αρ σελ σ τηλ άρθ παρ κεφ τ",
        any: "κλπ κ.λπ κ.ά π.μ μ.μ χλμ εκ",
        openers: "ο η το οι τα τον την του της των ένας μια ένα και αλλά ή αν δεν σε στο στη με για από αυτός αυτή \
                  αυτό πως τι ποιος πού πότε γιατί όταν μετά πριν",
        ..NONE
    },
    Table {
        language: "kk", any: "т.б б ж жж ғ", openers: "бұл ол және бірақ мен сен біз сіз олар", ..NONE
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_lower_case_and_have_no_last_period() {
        for table in TABLES.iter().chain([&SHARED_TABLE]) {
            for word in [table.titles, table.before_number, table.any, table.openers].join(" ").split_whitespace() {
                assert!(word == word.to_lowercase() && !word.ends_with('.'), "{} {word}", table.language);
            }
        }
    }

    #[test]
    fn the_first_part_of_a_tag_decides() {
        assert!(Rules::of(Some("de-AT")).has_ordinals);
        assert!(Rules::of(Some("DE")).has_ordinals);
        assert!(!Rules::of(Some("xx")).has_ordinals);
        assert_eq!(Rules::of(None).class("dr"), Some(Class::Title));
    }
}
