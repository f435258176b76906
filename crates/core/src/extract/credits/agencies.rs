//! News agencies of the world.

/// One agency a line: the name it is known by, then, after bars, other names. Names with a star are also other things
/// (`PA`, `MAP`): they count only where a credit is set off from the text or `news agency` stands beside them.
///
/// Of general knowledge; where one was renamed, both names stand here.
pub(super) const AGENCIES: &str = "\
Reuters|Reuter
Associated Press|AP|A.P.
Agence France-Presse|Agence France Presse|AFP|A.F.P.
United Press International|UPI|U.P.I.
Press Association|PA Media|PA*
Deutsche Presse-Agentur|Deutsche Presse Agentur|DPA|dpa
Agencia EFE|EFE
ANSA
Adnkronos|AKI*
LUSA|Agência Lusa
Belga
ANP*
Keystone-SDA|Keystone SDA|SDA*
APA*|Austria Press Agency|Austria Presse Agentur
TASS|ITAR-TASS|ITAR TASS
Interfax|Interfax-Ukraine
RIA Novosti|RIA|Sputnik*
Ukrinform
UNIAN
BelTA|BELTA
Belapan
PAP*|Polish Press Agency
CTK|ČTK|Czech News Agency
TASR
SITA*
MTI*|Hungarian News Agency
Agerpres|AGERPRES
Rompres
Mediafax
Moldpres
BTA*|Bulgarian News Agency
Tanjug
Beta*|Beta News Agency
HINA|Hina
FENA
MIA*|Makfax
ATA*|Albanian Telegraphic Agency
ANA-MPA|AMNA|Athens News Agency
Cyprus News Agency|CNA*
Anadolu Agency|Anadolu|Anatolian News Agency|Anadolu Ajansı|Anatolia News Agency|AA*
Demirören News Agency|DHA*|Doğan News Agency
İhlas News Agency|Ihlas News Agency|IHA*
Trend News Agency|Trend*
Azertac|AZERTAC|Azertag
Report News Agency|Report*
Armenpress|ARMENPRESS
Interpress News|InterPressNews
Kazinform|Kabar*
Xinhua|Xinhua News Agency|New China News Agency
China News Service
CNA*|Central News Agency|Focus Taiwan*
Kyodo|Kyodo News
Jiji|Jiji Press
Yonhap|Yonhap News Agency
Newsis|News1*
KCNA|Korean Central News Agency
Vietnam News Agency|VNA*
Bernama
Antara
Philippine News Agency|PNA*
Thai News Agency|TNA*
Press Trust of India|PTI|P.T.I.
Asian News International|ANI*
Indo-Asian News Service|IANS
United News of India|UNI*
Associated Press of Pakistan|APP*
Bangladesh Sangbad Sangstha|BSS*
Pajhwok|Pajhwok Afghan News
IRNA|Islamic Republic News Agency
ISNA
Mehr News Agency|Mehr*
Tasnim|Tasnim News Agency
Fars News Agency|Fars*
SANA|Sana|Syrian Arab News Agency
National News Agency|NNA*
Petra*|Petra News Agency|Jordan News Agency
INA*|Iraqi News Agency
KUNA|Kuwait News Agency
Qatar News Agency|QNA
WAM|Emirates News Agency
Saudi Press Agency|SPA*
Bahrain News Agency|BNA*
Oman News Agency|ONA*
Saba*|Saba News Agency
WAFA|Wafa|Palestinian News Agency
Jewish Telegraphic Agency|JTA
Middle East News Agency|MENA*
Libyan News Agency|LANA
Tunis Afrique Presse|TAP*
Algeria Press Service|APS*
Maghreb Arabe Presse|MAP*
SUNA|Sudan News Agency
Ethiopian News Agency|ENA*
Kenya News Agency|KNA*
Rwanda News Agency
News Agency of Nigeria|NAN*
Ghana News Agency|GNA*
PANA|Panapress|Pan African News Agency
SAPA|South African Press Association
ZIANA
Angop|ANGOP
Canadian Press|The Canadian Press
Agência Brasil|Agencia Brasil
Estadão Conteúdo
Télam|Telam
Andina*
Notimex
Prensa Latina
ABN*|Agencia Bolivariana de Noticias
Venpres
Australian Associated Press|AAP
RNZ*
TT News Agency|TT*
NTB
Ritzau
STT*|Suomen Tietotoimisto
BNS*|Baltic News Service
LETA
ELTA
Bloomberg News|Bloomberg*
Dow Jones Newswires|Dow Jones*
Getty Images
Inter Press Service|IPS*
";

/// Verbs and phrases by which a text says what an agency tells, after its name.
pub(super) const TELLS: &str =
    "reported reports said says wrote writes quoted quotes quoting cited cites citing announced noted added learned";

/// Words before a name, last word first, with `+` for a blank.
pub(super) const TOLD: &str = "told tells to+according by+reported by+quoted by+cited by+carried by+published by+released \
    by+distributed by+obtained by+seen by+reviewed by+contacted by+interviewed by+monitored by+issued by+provided citing quoting cited \
    with+interview to+interview to+statement to+spoke with+spoke via per";

/// What stands beside a name that means the company or its poll and not a credit, after it.
pub(super) const NO_CREDIT: &str = "holdings plc inc corp ltd group poll polls survey surveys ipsos index tally count \
    foundation institute council terminal";

/// Words that may stand between `TOLD` and a name.
pub(super) const MODIFIERS: &str = "the a its this official state run state-run state-owned state-controlled government semi-official \
    semiofficial private independent national local domestic news agency newspaper daily wire service and";

/// What thanks for a contribution, before a name.
pub(super) const CONTRIBUTIONS: &str = "\
contributions from
contribution from
contributions by
with reporting by
with reporting from
additional reporting by
with files from
with material from
with inputs from
with input from
with information from
with agencies
with wire reports from";
