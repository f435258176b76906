//! The words that the rules know: reporting verbs by what they take, and the little words around them.
//!
//! One string per list, split by blanks and hashed once ([`super::lexicon`]). Verbs stand in their dictionary form;
//! their inflections come by rule, those without a rule stand in [`IRREGULAR`]. A verb may stand in several lists:
//! it then takes what each of them says. Chosen as general English knowledge, from no corpus.

use super::lexicon::frame::{ADDRESSEE, AS, CLAUSE, DIRECT, INFINITIVE, OBJECT, PREPOSITION, QUOTE, WEAK, WH, ZERO};

/// Verbs that give back words, thoughts or wishes, with what may follow them.
pub(super) const VERBS: &[(u16, &str)] = &[
    // Verbs of saying proper: a quotation in marks, a clause with or without "that".
    (
        DIRECT | QUOTE | CLAUSE | ZERO,
        "say add admit argue assert claim complain conclude confess declare explain insist joke lament maintain note \
         observe predict proclaim remark recall reply report respond state stress suggest tweet vow warn write \
         acknowledge affirm allege announce answer boast caution concede confirm contend counter disclose emphasize \
         emphasise estimate exclaim reason reckon recount reiterate repeat reveal speculate testify underline underscore \
         volunteer quip muse opine posit protest retort post blog cable assess surmise recollect grumble gripe \
         preach hint retweet swear attest certify lie gush crow brag fume moan whine aver avow relate relay gloat \
         stipulate profess maintain summarize summarise theorize theorise philosophize hypothesize deadpan \
         rejoin interject interpose elaborate echo rule point",
    ),
    // These speak to somebody: "told Reuters that …".
    (DIRECT | QUOTE | CLAUSE | ZERO | ADDRESSEE, "tell remind assure inform advise notify email text reassure"),
    (DIRECT | QUOTE | ADDRESSEE | INFINITIVE | WH, "ask urge"),
    (QUOTE | ADDRESSEE | INFINITIVE | CLAUSE, "instruct order beg implore beseech exhort command counsel"),
    (ADDRESSEE | CLAUSE | ZERO, "convince persuade warn promise show teach caution"),
    (ADDRESSEE | INFINITIVE, "encourage invite persuade convince press pressure challenge advise tell remind"),
    // Ways of uttering: they introduce marks, seldom clauses.
    (
        DIRECT | QUOTE,
        "shout yell scream whisper mutter murmur continue cry sigh laugh snap bark growl chant intone drawl stammer \
         stutter scoff sneer groan mumble bellow roar shriek howl hiss chuckle giggle chime interrupt conclude intervene \
         inquire enquire query wonder demand plead croon sob gasp grunt rasp croak bawl holler thunder taunt tease \
         pronounce utter recite read sing riff press blare fire ramble enthuse",
    ),
    (
        QUOTE,
        "put go begin start finish smile grin shrug nod laugh call label dub brand deride rail rant vent signal quote call",
    ),
    // "… that", seldom marks.
    (
        CLAUSE | ZERO,
        "think believe know feel hope fear expect doubt suspect assume guess understand realize realise imagine figure \
         wish worry foresee see find show indicate mean learn discover decide determine agree remember forget \
         demonstrate imply signal suppose presume anticipate project calculate pray bet hear sense notice \
         recognize recognise concur dream deduce infer gather gauge forecast judge pledge pretend",
    ),
    (
        CLAUSE,
        "deny hold ensure prove demand propose recommend request require urge order dispute stipulate agree plead doubt regret \
         appreciate accept consider intend prefer desire resolve question reflect complain advocate rejoice rumor \
         rumour publicize document record specify clarify verify establish mention convey communicate express \
         caution charge",
    ),
    (
        WH,
        "ask wonder know say explain decide determine question consider debate discuss doubt understand describe show \
         see learn tell realize realise discuss reveal contemplate ponder examine weigh wonder remember forget \
         figure specify clarify indicate note recall assess mull judge discover predict disclose suggest report care \
         outline detail demonstrate highlight imagine guess state",
    ),
    // Wishes and intentions: "vowed to …".
    (
        INFINITIVE,
        "want plan hope vow pledge promise threaten intend seek decline refuse agree offer decide propose prefer aim \
         ask demand expect wish claim swear resolve volunteer opt profess yearn undertake consent \
         hesitate desire vote",
    ),
    // Stances: what follows is the thing spoken of. Weak: nobody's words are given back, only what he is for or against.
    (
        OBJECT | WEAK,
        "support oppose endorse back favor favour reject criticize criticise praise condemn denounce slam blast \
         attack mock ridicule defend dismiss welcome applaud challenge embrace tout demand seek want prefer dislike \
         fear regret doubt disavow decry deplore repudiate ignore disparage assail lambaste excoriate rip \
         castigate rebuke chastise laud commend bemoan admire distrust mistrust \
         protest resent blame thank congratulate consider contemplate \
         view regard approve authorize authorise prohibit forbid \
         despise loathe detest savage disown urge desire expect dread question dispute trust",
    ),
    // Speech about something: "cited", "outlined a plan".
    (
        OBJECT,
        "cite mention describe discuss propose announce outline recommend deny accuse confirm acknowledge admit \
         reference detail recount recall report explain emphasize emphasise stress highlight underline underscore reiterate \
         repeat reveal predict warn allege suggest promise pledge offer dispute question refute rebut contradict debunk \
         debate address express voice articulate vent echo declare proclaim invoke unveil advocate \
         request ask note quote portray depict characterize characterise downplay exaggerate \
         lament disclose divulge rebuff recite summarize summarise show know \
         demand threaten concede estimate believe indicate say refuse label dub brand call deem liken criticize reassert \
         clarify convey tweet deplore vow hint guarantee compare imply",
    ),
    // What follows stands after a little word: "called for", "warned of", "spoke about".
    (
        PREPOSITION,
        "call warn talk speak campaign complain argue refer point allude object agree disagree respond comment dream worry hope \
         apologize apologise boast brag joke push plead advocate insist side concur quarrel argue ask rail lobby hint \
         gripe testify inquire wish fret muse reflect speculate elaborate expand dwell touch focus approve disapprove say \
         vow threaten",
    ),
    // "described X as Y", "accused X of …", "called X Y".
    (
        AS | OBJECT,
        "describe characterize characterise portray depict denounce dismiss hail praise criticize criticise regard \
         view accuse blame call label dub brand deem tout",
    ),
];

/// Forms without a rule: dictionary form, past, participle.
pub(super) const IRREGULAR: &str = "put put put,go went gone,say said said,tell told told,write wrote written,think thought thought,know knew known,\
 feel felt felt,see saw seen,find found found,show showed shown,mean meant meant,hold held held,forget forgot forgotten,\
 understand understood understood,foresee foresaw foreseen,hear heard heard,forecast forecast forecast,bet bet bet,\
 swear swore sworn,seek sought sought,choose chose chosen,speak spoke spoken,read read read,begin began begun,\
 forbid forbade forbidden,sing sang sung,lie lied lied,dream dreamed dreamed,teach taught taught,cast cast cast,fight fought fought,\
 withhold withheld withheld,undertake undertook undertaken,plead pleaded pleaded,prove proved proven,beseech besought besought";

/// Verbs whose last consonant doubles before "-ed" and "-ing".
pub(super) const DOUBLING: &str = "admit quip pan rip dub ban slam plan chat brag nod submit refer opt wrap blog grin \
 permit omit forget bet begin shrug rebut sob gab vet pin tap stop drop get put let hit set run win cut sit prefer compel \
 rebut plug transmit allot gag hug dog tag recap tip shun";

/// Verbs whose base form or form in "-s" is as often a noun.
pub(super) const ALSO_NOUNS: &str = "claim report call demand plan hope promise vow view question support attack request \
 order post tweet record note state estimate comment answer signal project forecast bet guess fear worry doubt wish need \
 want praise blame thank love hate trust respect protest document text email study judge figure sense show \
 find reply pledge threat offer dream regret address list name issue release share pitch challenge charge debate dispute \
 detail echo focus fight hint ban back value honor honour book joke lie rule ask boast cry laugh sigh smile cable process \
 poll survey care press insult reference question voice pressure brand label cast reason gripe rant invite aim \
 complaint caution sanction contest desire choice chant shout lament vote quote contact respond counter plug \
 touch side talk like blast slam present remark appeal command counsel campaign object push lobby wait stress trash express \
 rail gauge hail pan rip hiss murmur whisper groan roar shriek growl scream chuckle giggle start finish begin interrupt smile \
 nod shrug chime nod boast brag savage champion pitch blog gush fear rant venture rebuke care reply peer wonder focus \
 mistrust distrust benefit trumpet advocate rebel object whisper press testament conduct counsel rumor rumour \
 conceit cable pan dread regard embrace slam assault blow";

/// Adjectives and other words that a rule would take for a form of a verb above.
pub(super) const NO_VERBS: &str = "meaning meanings feeling feelings writing writings building offering united stating \
 saw readings ruling rulings findings finding offerings";

/// Nouns that give back words: "the claim that", "his promise to".
pub(super) const NOUNS: &str = "claim claims statement statements assertion assertions allegation allegations accusation \
 accusations argument arguments belief beliefs conclusion contention declaration denial denials fear fears suggestion \
 suggestions hope hopes notion idea report reports promise promises pledge pledges vow threat threats warning warnings \
 admission announcement complaint complaints call calls demand demands proposal proposals insistence view opinion comment \
 comments acknowledgment confirmation concern concerns charge charges remark remarks prediction predictions \
 assurance assurances revelation rumor rumors speculation decision plan plans desire intention refusal offer \
 request requests recommendation assessment feeling sense worry worries perception criticism";

/// Nouns for taking a side: "their attacks on", "her support for".
pub(super) const STANCE_NOUNS: &str = "criticism criticisms attack attacks support opposition endorsement endorsements praise \
 condemnation denunciation rejection defense defence call calls demand demands concern concerns question questions doubt \
 doubts mention views opinion opinions remarks comments position stance skepticism scepticism mockery complaint complaints \
 fear fears hatred disdain contempt admiration appeal appeals proposal proposals pledge pledges description dismissal \
 denial acceptance embrace advocacy assessment characterization portrayal distrust anger";

/// Adjectives for what somebody thinks or wants, after "be".
pub(super) const ADJECTIVES: &[(u16, &str)] = &[
    (
        CLAUSE | ZERO,
        "aware convinced confident certain sure glad hopeful worried concerned afraid proud optimistic skeptical \
     sceptical adamant doubtful happy sorry surprised disappointed pleased positive mindful unaware unsure insistent fearful",
    ),
    (INFINITIVE, "eager willing ready unwilling reluctant determined prepared inclined keen anxious loath hesitant"),
    (
        PREPOSITION,
        "critical supportive skeptical sceptical dismissive wary aware proud confident optimistic concerned worried \
     angry furious upset enthusiastic sure fond tired afraid unaware certain",
    ),
    (WH, "unsure sure certain"),
];

/// Determiners and possessives.
pub(super) const DETERMINERS: &str = "the a an this these those his her its their my our your some many several most no every \
 each any both all another few such more other half either neither much less fewer certain various numerous one";

/// Pronouns that can be subjects.
pub(super) const PRONOUNS: &str = "he she they i we it you one everyone somebody someone nobody everybody others none \
 anyone anybody nothing something everything many some most few both several all another critics others";

/// Pronouns that cannot.
pub(super) const OBJECTS: &str = "him them me us her himself themselves itself herself myself ourselves yourself";

/// Prepositions.
pub(super) const PREPOSITIONS: &str = "of in on at by for with from to into about against among between during under over \
 through without within toward towards upon across along amid near outside inside behind beyond despite off onto per \
 via around like unlike including concerning regarding throughout aboard above below beneath beside besides except \
 after before since until as than up down out";

/// What opens a subordinate clause.
pub(super) const SUBORDINATORS: &str = "that if when while because although though as since until unless whether before after \
 where than once whereas so lest";

/// Words in "-ly", "-ing", "-ed", "-er" that are none of what their endings promise.
pub(super) const PLAIN: &str = "early family supply ally rally italy july assembly daily weekly monthly elderly monopoly anomaly \
 friendly belly bully fly jelly king thing nothing spring ring wing evening bring string hundred bed red need speed seed \
 breed united never other another after paper power number water summer winter center centre order matter letter offer \
 whether her over under later earlier former floor door color colour error terror";

/// Question words and relative pronouns.
pub(super) const QUESTIONS: &str = "who which what how why whose whom where when whether whoever whatever";

/// Forms of "be".
pub(super) const BE: &str = "is are was were be been being am isn't aren't wasn't weren't";

/// Other auxiliaries.
pub(super) const AUXILIARIES: &str = "has have had having do does did don't doesn't didn't hasn't haven't hadn't \
 will would can could may might must should shall won't wouldn't can't couldn't cannot shouldn't mustn't ought ain't";

/// Adverbs without "-ly", and negation.
pub(super) const ADVERBS: &str = "not never also then now still just even again once twice often always soon later already \
 ever instead too perhaps maybe however nevertheless nonetheless further rather quite very almost about only first \
 earlier recently previously flatly thus therefore so yet there here back away together though seldom sometimes \
 n't elsewhere meanwhile moreover out up on";

/// Days, months and other times that stand without a preposition.
pub(super) const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight \
 january february march april june july august september october november december week month year morning afternoon \
 evening night weekend ago earlier later jan feb apr aug sept oct nov dec summer spring \
 autumn winter noon midnight weeks months years days hours minutes recently now";

/// Titles before a name.
pub(super) const TITLES: &str = "mr mrs ms dr prof sen rep gov gen col lt sgt capt adm rev hon st sir lord lady president \
 senator representative governor general colonel minister chancellor king queen prince princess pope judge justice \
 secretary ambassador professor chairman chairwoman mayor sheriff captain sergeant miss madam commissioner director \
 speaker congressman congresswoman deputy premier admiral archbishop bishop cardinal father sister imam rabbi sheikh";

/// Nouns for people who speak, besides those in "-er", "-or", "-ist", "-ian", "-man" and "-woman".
pub(super) const ROLES: &str = "spokesman spokeswoman spokesperson official officials minister president analyst analysts \
 critic critics expert experts source sources secretary chief head chair aide aides democrat democrats republican republicans \
 police authorities attorney attorneys nominee candidate candidates diplomat diplomats delegate delegates \
 envoy ambassador general prosecutor prosecutors activist activists scientist scientists economist economists \
 neighbor friend mother wife husband son daughter brother sister colleague colleagues veteran journalist \
 chancellor premier king queen prince coach pope judge lawmaker people person guy physician resident residents \
 citizen participant student students assistant deputy surgeon neurosurgeon pilot host guest mayor congressman \
 congresswoman correspondent columnist executive ceo co-founder representative representatives mogul billionaire magnate";

/// Common verbs that report nothing, in the forms that can be predicates.
pub(super) const PREDICATES: &str = "went came got made took gave became left put brought kept began ran met sat stood lost paid \
 set led grew fell sent spent built broke won drew drove held rose chose wore threw hit cut caught fought bought \
 sold let seemed appeared looked remained continues continued comes goes makes takes gives gets becomes keeps leads \
 turns seems appears looks remains needs helps works lives runs plays moves happens lets follows pays loses wins \
 sits stands spends opens allows includes creates carries means stops reaches kills raises passes serves sends \
 requires depends provides faces faced leaves brings begins starts turned turns has get gets go goes come comes make \
 take give become need help work live run play move happen lead win lose pay serve remain";
