//! Words whose company tells names apart, and well-known names that no package lists: written by hand.
//!
//! Folded forms parted by blanks; `_` joins the words of one entry.

/// Titles before a person's name.
pub(super) const TITLES: &str = "pm fm mr mrs ms miss mx dr doctor prof professor sir dame lord lady baron baroness count countess earl duke duchess \
prince princess king queen emperor empress sultan sheikh shaikh sheik emir amir imam ayatollah mullah maulana hojatoleslam pope cardinal archbishop \
bishop rev reverend father brother sister saint rabbi patriarch metropolitan president premier chancellor minister secretary ambassador envoy consul \
governor senator sen congressman congresswoman representative rep deputy mayor councillor commissioner chairman chairwoman chief director judge \
justice attorney general gen lieutenant lt colonel col major maj captain capt sergeant sgt corporal cpl private commander cmdr admiral adm marshal \
brigadier brig inspector constable officer pvt commodore comrade monsignor sultana mp md hon honourable honorable hadji haji hajji taoiseach \
spokesman spokeswoman spokesperson coach manager striker defender midfielder goalkeeper captain driver rider champion actor actress singer author \
writer analyst economist lawyer dealer trader director leader guerrilla dictator candidate superintendent undersecretary madam madame monsieur \
senora senor herr frau don dona signor mullah caliph tsar czar shah raja maharaja";

/// What a person does, or is to others.
pub(super) const ROLES: &str = "spokesman spokeswoman spokesperson minister president secretary chairman chairwoman chairperson chief head leader \
director manager coach captain player striker defender midfielder goalkeeper keeper batsman bowler pitcher catcher driver rider jockey cyclist swimmer \
sprinter golfer boxer wrestler skier champion winner runner actor actress singer author writer poet novelist composer painter artist director producer \
analyst economist lawyer attorney prosecutor judge dealer trader broker banker executive founder owner ambassador envoy diplomat negotiator mediator \
mayor governor senator lawmaker legislator deputy councillor commissioner general colonel major captain lieutenant sergeant officer commander soldier \
pilot astronaut scientist professor researcher historian journalist reporter editor columnist correspondent photographer activist campaigner dissident \
rebel guerrilla militant terrorist suspect killer victim witness doctor surgeon physician nurse teacher student engineer architect designer businessman \
businesswoman entrepreneur tycoon billionaire millionaire farmer worker priest bishop archbishop cardinal imam cleric rabbi pope king queen prince \
princess emperor heir politician statesman premier chancellor candidate nominee incumbent opponent rival counterpart colleague aide adviser advisor \
assistant treasurer fighter chef model dancer musician guitarist drummer bassist vocalist pianist violinist conductor philosopher mathematician \
physicist chemist biologist explorer inventor sculptor playwright filmmaker screenwriter comedian presenter host broadcaster publisher critic \
spy detective inspector prisoner inmate refugee immigrant resident citizen superstar star teammate compatriot seed qualifier debutant veteran rookie \
skipper umpire referee referees player linebacker quarterback shortstop pro ace undersecretary rapporteur administrator superintendent";

/// Heads of the names of organisations.
pub(super) const ORGANISATION_HEADS: &str = "inc corp corporation co company companies ltd limited plc llc llp gmbh ag sa spa nv bv ab oy asa as kk bhd \
sdn pty group holdings holding partners associates industries enterprises international systems technologies technology communications telecom \
telecommunications electronics pharmaceuticals pharmaceutical motors airlines airways air aviation aerospace petroleum oil energy gas electric power \
steel mining mines resources chemicals chemical foods brewery breweries stores bank banks bancorp banking financial finance capital securities \
insurance assurance trust fund funds investments investment exchange bourse commission committee council ministry department dept agency bureau \
office authority administration board institute institution university college school academy faculty centre center foundation association society \
federation confederation union league alliance coalition party movement front army navy force forces guard guards police corps brigade brigades \
battalion regiment division squadron militia command parliament senate assembly congress duma knesset bundestag house chamber court tribunal cabinet \
government presidency secretariat embassy consulate mission organisation organization club fc cf ac sc afc united city rovers wanderers athletic \
hotspur albion county town villa forest rangers real sporting dynamo dinamo spartak lokomotiv torpedo olympique racing borussia bayern werder team news times post journal \
tribune herald telegraph guardian gazette daily newspaper magazine press radio television tv broadcasting network networks media entertainment studios pictures \
records publishing publications books church diocese hospital clinic museum library orchestra theatre theater laboratories laboratory labs services \
service consortium syndicate cooperative bros brothers sons works railways railway railroad lines shipping labour workers republicans democrats liberals \
conservatives socialists communists nationalists senators yankees sox cubs mets dodgers giants braves reds pirates cardinals phillies expos marlins \
astros padres rockies brewers twins tigers indians orioles royals athletics mariners angels blue_jays packers cowboys bears vikings lions bills dolphins patriots jets steelers browns \
bengals oilers colts jaguars broncos chiefs raiders chargers redskins eagles saints falcons panthers rams seahawks buccaneers bulls knicks lakers celtics spurs rockets jazz \
suns blazers hornets hawks magic heat nets pistons pacers bucks wolves warriors kings clippers canucks flames avalanche penguins flyers sabres \
bruins canadiens leafs islanders devils blackhawks stars blues coyotes ducks sharks lightning capitals whalers oilers newsroom newsdesk bulletin consultants \
software computer computers semiconductor instruments products manufacturing laboratories healthcare medical realty properties savings mutual bancshares utilities";

/// Heads of the names of places.
pub(super) const PLACE_HEADS: &str = "river rivers lake lakes mount mountain mountains mt hill hills valley island islands isle isles peninsula cape bay gulf sea \
ocean strait straits channel canal creek falls coast beach desert forest park square street road avenue boulevard lane drive highway bridge tunnel airport port harbour harbor \
station district province county state region republic kingdom territory territories city town village municipality prefecture governorate oblast \
canton parish borough suburb palace castle tower stadium arena ground building plaza temple mosque cathedral abbey basilica monastery cemetery hotel prison camp base \
dam reservoir glacier volcano plateau plain basin delta reef archipelago continent hemisphere north south east west northern southern eastern western central \
upper lower fort san santa saint st los las new";

/// Heads of the names of events, laws, works and other things.
pub(super) const OTHER_HEADS: &str = "cup open championship championships tournament trophy series games olympics olympic grand_prix prix marathon derby \
league_cup masters classic tour rally race bowl super_bowl war wars battle revolution uprising intifada crisis agreement accord accords treaty pact convention protocol charter \
declaration act law bill constitution amendment resolution code regulation directive directives plan programme program project operation initiative award awards prize medal order \
festival conference summit forum congress exhibition expo fair day week month era age century dynasty empire holocaust crusade prize index average \
album song film movie novel opera symphony show bible koran quran gospel book language airbus boeing mercedes class edition version";

/// Verbs whose subject is mostly a person.
pub(super) const SPEAKING: &str = "said says say saying told tells tell asked asks replied answered added adds explained declared announced stated states noted notes \
insisted argued claimed denied admitted confirmed warned urged called vowed pledged promised predicted suggested recalled complained joked wrote writes \
testified commented remarked stressed emphasised emphasized reiterated acknowledged believes believed thinks thought hopes hoped met meets visited visits arrived \
resigned died born married won wins scored shot beat beats defeated defeats led finished signed hit ran took played joined retired appointed elected \
sentenced arrested accused charged convicted killed stabbed fired lives lived graduated studied quoted quotes cited lashed praised criticised criticized slammed condemned flew \
travelled traveled attended telephoned phoned reported reports spoke speaks discussed held wants wanted knew felt smiled laughed nodded looked whispered cried shouted";

/// Words that places follow.
pub(super) const WHERE: &str = "in at near from to into toward towards through across outside inside around throughout within between via northern southern eastern \
western north south east west northeast northwest southeast southwest central downtown nearby off beyond above over visit visited visiting leave left arrived \
capital city town village port province region state district border neighbouring neighboring";

/// Days and months.
pub(super) const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mon tue tues wed \
thu thur thurs fri sat sun january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec \
gmt edt est bst cet utc am pm christmas easter ramadan today tomorrow yesterday";

/// Words of grammar.
pub(super) const GRAMMAR: &str = "the a an and or but nor so yet if then than that this these those there here it its he she they we you i me him her them us my your his our \
their mine yours hers ours theirs himself herself itself themselves who whom whose which what when where why how in on at by for with without from to of off out up down over under into \
onto upon about against between among through during before after above below since until till while because although though unless as is are was were be been being am have has had \
having do does did doing will would shall should can could may might must not no yes all any both each every few more most other some such only own same too very just also now even still \
again once ever never always often perhaps however meanwhile moreover nevertheless nonetheless therefore thus according despite like unlike except per via one two three four five six \
seven eight nine ten first second third last next another many much several";

/// Small words inside names of people.
pub(super) const PARTICLES: &str = "van von der den de del della di da dos das du la le el al ul ud ad as ash bin ibn bint abu ben ter ten af av y e zu st do dal";

/// Words that join the parts of longer names.
pub(super) const JOINTS: &str = "of the and for de la on to in & du des del di der und et y e da do dos das al";

/// Words of sports.
pub(super) const SPORTS: &str = "beat beats defeated defeats bt def result results standings scores score scorers scorer scored match matches round rounds final finals semifinal semifinals \
quarterfinal quarterfinals quarter-final division league premier championship cup tournament seed seeded innings wicket wickets overs runs goals goal points played won drawn lost tabulate soccer football \
tennis cricket golf baseball basketball hockey rugby cycling athletics boxing swimming motor racing rallying motorcycling badminton squash volleyball handball skiing sumo snooker \
metres meters heat lap laps set sets halftime attendance men women singles doubles stage leading overall prix umpires handicap";

/// Words for kin.
pub(super) const KIN: &str = "wife husband son daughter brother sister mother father uncle aunt cousin nephew niece grandson granddaughter grandfather grandmother widow friend fiancee girlfriend \
boyfriend partner child children parents twin";

/// Words of business.
pub(super) const BUSINESS: &str = "shares share stock stocks profit profits loss net sales revenue revenues earnings quarter quarterly dividend bonds bond notes debt stake acquisition merger takeover bid \
unit subsidiary company firm maker producer bank group analyst analysts market exchange percent pct million billion dollars dlrs stg contract deal order agreement acquire acquired bought sold \
headquartered based newspaper agency daily weekly party ministry spokesman spokeswoman employees investors customers owned said announced launched";

/// Organisations known by their names.
pub(super) const ORGANISATIONS: &str = "un nato eu ec imf wto who fao unesco unicef unhcr undp iaea opec oecd osce asean apec cis wfp icrc icc icj fifa uefa ioc nba nfl nhl mlb \
fbi cia nsa kgb fsb mi5 mi6 mossad pentagon kremlin white_house congress senate parliament knesset duma bundestag bundesbank bundesrat reuters reuter ap afp tass itar_tass interfax xinhua kyodo anadolu \
cnn bbc nbc abc cbs itv al_jazeera fox_news skynews sky_news ria_novosti irna sana wam upi dpa ansa efe pti antara yonhap bloomberg new_york_times washington_post wall_street_journal financial_times \
guardian_newspaper le_monde der_spiegel die_zeit pravda izvestia kommersant vedomosti haaretz united_nations european_union european_commission european_parliament european_central_bank security_council \
general_assembly world_bank international_monetary_fund world_trade_organization world_health_organization arab_league african_union red_cross red_crescent human_rights_watch amnesty_international \
greenpeace hamas hezbollah hizbollah hizbullah fatah plo taliban al_qaeda al_qaida al_nusra al_shabaab isis isil islamic_state is daesh pkk ypg pyd hdp akp chp mhp ira sinn_fein eta farc eln unita renamo mpla swapo anc \
inkatha zanu likud labour labour_party conservative_party tories republican_party democratic_party democrats republicans congress_party bjp ltte tamil_tigers khmer_rouge workers_party \
federal_reserve fed bank_of_england treasury state_department foreign_ministry defence_ministry defense_ministry interior_ministry finance_ministry supreme_court high_court constitutional_court \
house_of_representatives house_of_commons house_of_lords scotland_yard interpol europol boeing airbus lufthansa british_airways gm ford general_motors general_electric ibm microsoft apple google facebook \
twitter amazon intel motorola nokia siemens sony toyota honda nissan mitsubishi hitachi toshiba samsung hyundai daewoo volkswagen bmw daimler fiat renault peugeot volvo ericsson philips shell \
bp exxon chevron mobil texaco total gazprom lukoil rosneft aeroflot barclays hsbc citibank goldman_sachs morgan_stanley merrill_lynch lehman_brothers credit_suisse ubs deutsche_bank nasdaq nyse dow_jones \
standard_and_poor moody fitch arsenal chelsea liverpool everton tottenham tottenham_hotspur manchester_united man_united manchester_city leeds_united aston_villa newcastle_united west_ham \
west_ham_united nottingham_forest sheffield_wednesday sheffield_united blackburn_rovers queens_park_rangers crystal_palace celtic rangers hibernian hearts aberdeen dundee_united kilmarnock \
motherwell raith real_madrid barcelona atletico_madrid juventus ac_milan inter_milan internazionale lazio sampdoria fiorentina parma napoli atalanta udinese vicenza bayern_munich borussia_dortmund \
schalke werder_bremen bayer_leverkusen hansa_rostock hamburg_sv ajax psv psv_eindhoven feyenoord benfica porto sporting_lisbon anderlecht club_brugge paris_saint_germain psg auxerre monaco olympique_marseille \
galatasaray fenerbahce besiktas trabzonspor spartak_moscow dynamo_kiev cska_moscow red_star_belgrade partizan_belgrade boca_juniors river_plate flamengo fluminense santos corinthians palmeiras sao_paulo_fc \
yorkshire surrey middlesex essex kent sussex glamorgan leicestershire derbyshire nottinghamshire warwickshire worcestershire gloucestershire hampshire northamptonshire lancashire durham somerset \
ferrari mclaren benetton williams jordan_gp tyrrell minardi ligier arrows sauber ducati yamaha suzuki kawasaki gan telekom festina once rabobank lotto mapei us_postal wimbledon coventry \
sunderland middlesbrough derby leicester southampton blackburn leeds bolton barnsley wolverhampton ipswich norwich stoke huddersfield portsmouth oldham bradford grimsby tranmere reading swindon southend \
charlton birmingham port_vale burnley preston blackpool bury crewe millwall watford brentford gillingham luton peterborough shrewsbury wrexham rotherham walsall york plymouth chesterfield notts_county \
bristol_city bristol_rovers stockport wycombe bournemouth hull cardiff swansea exeter torquay doncaster scunthorpe lincoln darlington hartlepool rochdale scarborough carlisle mansfield northampton chester \
barnet leyton_orient fulham hereford cambridge_united colchester brighton wigan";

/// Places that no package lists.
pub(super) const PLACES: &str = "us usa uk u.s u.k uae drc ussr britain england scotland wales northern_ireland ulster great_britain america soviet_union yugoslavia czechoslovakia burma zaire ivory_coast swaziland \
macedonia holland persia siberia chechnya dagestan ingushetia tatarstan crimea donbas donbass kurdistan kosovo bosnia herzegovina bosnia_herzegovina republika_srpska abkhazia south_ossetia \
nagorno_karabakh karabakh transnistria gaza gaza_strip west_bank golan golan_heights sinai galilee negev jerusalem palestine levant mesopotamia anatolia thrace aegean bosphorus bosporus dardanelles black_sea \
caspian caspian_sea red_sea dead_sea mediterranean mediterranean_sea adriatic baltic baltic_sea north_sea persian_gulf gulf_of_mexico suez_canal panama_canal strait_of_hormuz bering_strait indian_ocean \
atlantic_ocean pacific_ocean arctic_ocean atlantic pacific arctic antarctic middle_east far_east near_east north_africa east_africa west_africa sub_saharan_africa horn_of_africa southeast_asia central_asia south_asia \
latin_america central_america north_america south_america caribbean balkans caucasus scandinavia benelux iberia himalayas alps andes rockies pyrenees urals carpathians sahara sahel kashmir jammu punjab \
sindh baluchistan balochistan tibet xinjiang inner_mongolia manchuria hong_kong macau taiwan_strait okinawa hokkaido honshu kyushu java sumatra borneo sulawesi bali timor east_timor papua mindanao luzon tasmania \
new_south_wales queensland victoria bavaria saxony prussia hesse tyrol catalonia basque_country andalusia galicia brittany normandy provence alsace lorraine burgundy flanders wallonia tuscany lombardy sicily \
sardinia corsica crete cyprus rhodes transylvania moldavia silesia galicia pomerania darfur tigray ogaden biafra katanga kivu cabinda natal kwazulu transvaal new_england midwest wall_street downing_street \
capitol_hill hollywood manhattan brooklyn bronx queens harlem silicon_valley camp_david new_york new_york_city washington_dc washington_d_c los_angeles san_francisco las_vegas hawaii alaska alabama arizona arkansas \
california colorado connecticut delaware florida georgia idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada \
new_hampshire new_jersey new_mexico north_carolina north_dakota ohio oklahoma oregon pennsylvania rhode_island south_carolina south_dakota tennessee texas utah vermont virginia west_virginia wisconsin wyoming \
ontario quebec alberta manitoba saskatchewan nova_scotia new_brunswick newfoundland british_columbia yukon calif ala ariz ark colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb \
nev okla ore pa tenn tex vt va wash wis wyo raqqa idlib homs hama deir_ezzor deir_al_zor palmyra kobani manbij afrin tal_afar sinjar mosul erbil arbil kirkuk fallujah ramadi tikrit nineveh ninewa anbar najaf \
karbala basra benghazi misrata sirte tripoli sanaa aden hodeidah taiz grozny nazran makhachkala stepanakert khankendi shusha sukhumi tskhinvali sevastopol simferopol mariupol bakhmut kherson zaporizhzhia \
luhansk lugansk donetsk hebron nablus ramallah jenin bethlehem jericho tulkarm rafah khan_younis nazareth haifa sidon tyre bekaa srebrenica tuzla banja_luka mostar pristina vukovar knin bihac \
lausanne davos heathrow gatwick ankara istanbul antalya incirlik guantanamo guantanamo_bay europe asia africa oceania antarctica eurasia";

/// First names of many languages, as news in English write them.
pub(super) const FIRST_NAMES: &str = "mohammed mohammad mohamed mohamad muhammad muhammed mohd ahmed ahmad ahmet mehmet mustafa mustapha abdullah abdulla abdul abdel abdelaziz abdulrahman abdelrahman ali hassan \
hasan hussein hussain husayn huseyin omar umar osman othman uthman ibrahim ebrahim ismail yusuf youssef yousef yasser yasir saddam muammar moammar hosni anwar gamal nasser salman faisal fahd khalid khaled \
saud bandar turki tariq tareq walid waleed zayed rashid rashed mansour mansur hamad hamid hamed jaber jabir sabah nawaf tamim mahmoud mahmud mahmood ismael haniyeh marwan yahya bashar hafez maher rami rafik \
rafiq saad fouad fuad michel samir nabih hashim haider haidar nouri nuri ayad iyad jalal massoud masoud barham muqtada moqtada moktada qasem qassem hamza bilal jamal kamal kemal tayyip recep hakan mevlut \
binali devlet kemal fethullah turgut suleyman tansu necmettin bulent selahattin meral ekrem mansur benazir nawaz shahbaz pervez imran asif zulfikar zia ayub yahya atal narendra indira rajiv sonia rahul manmohan \
jawaharlal mahatma amit arvind subhas sheikh_hasina khaleda mujibur ranil mahinda gotabaya chandrika sirimavo aung suharto sukarno megawati susilo joko prabowo mahathir najib anwar lee goh lee_kuan ho vo nguyen \
le pham tran kim park jong moon yoon roh chun syngman il_sung jong_il jong_un shinzo junichiro yoshihiro fumio taro naoto yukio ryutaro keizo yasuhiro akihito hirohito naruhito xi hu jiang deng mao zhou li wang \
zhang liu chen yang zhao huang wu sun zhu gao lin he luo liang song zheng xie tang xu shen han feng yu dong xiao cheng cao yuan lien lien_chan teng_hui boris vladimir mikhail nikita leonid yuri dmitry dmitri sergei \
sergey yevgeny evgeny viktor victor alexei aleksei alexey alexander aleksandr alexandr andrei andrey igor ivan pavel pyotr nikolai nikolay vyacheslav gennady gennadi grigory anatoly valery valentin vitaly \
vasily oleg maxim maksim ruslan ramzan aslan dzhokhar shamil akhmad volodymyr petro yulia viktor leonid oleksandr mykola andriy serhiy alyaksandr nursultan islam emomali saparmurat gurbanguly heydar \
ilham nikol serzh robert levon mikheil eduard giorgi zviad bidzina slobodan radovan ratko zoran vojislav aleksandar franjo alija haris milo hashim ibrahim goran dragan milan stjepan ante janez lech aleksander \
jaroslaw donald andrzej tadeusz jan vaclav milos robert gyula viktor jozsef ferenc laszlo istvan ion nicolae traian emil petre zhelyu simeon boyko georgi konstantinos kostas costas andreas george yiannis alexis \
antonis angela helmut gerhard willy konrad olaf friedrich franz heinz klaus hans jurgen juergen karl wolfgang dieter rainer guido joschka francois jacques charles nicolas emmanuel lionel alain laurent dominique \
jean pierre marine silvio giulio romano matteo giuseppe mario giorgio bettino jose felipe mariano pedro adolfo antonio anibal fernando luiz inacio dilma jair carlos raul nestor cristina mauricio alberto juan evo \
hugo nicolas fidel ernesto che daniel augusto salvador ricardo michelle sebastian alvaro alberto ollanta rafael luis enrique vicente ernesto jorge nelson thabo jacob cyril robert morgan joshua kenneth julius daniel \
mwai uhuru raila jomo yoweri idi milton paul juvenal laurent mobutu joseph sani olusegun goodluck muhammadu ibrahim kofi jerry felix leopold abdoulaye gnassingbe blaise thomas omar haile meles mengistu isaias abiy \
binyamin benjamin bibi yitzhak shimon ariel ehud golda menachem moshe avigdor naftali yair tzipi david levi yasser arafat mahmoud ruhollah akbar hashemi mohammad ayatollah javad hassan mahmoud ebrahim qassem amir \
hossein reza mohsen saeed saeid behzad dariush farhad hamid karim kazem mehdi mahdi majid manouchehr mehran nader navid parviz rouhollah sadegh shahram ashraf hamid gulbuddin burhanuddin mullah hekmatyar abdur zalmay \
goran steffi monica arantxa conchita lindsay mary jana martina pete andre boris thomas jim michael stefan petr jiri pat mal tim todd cedric sergi carlos alberto alex felix marcelo mark wayne mats magnus niklas jason \
jordi jens damon gerhard heinz jacques mika rubens eddie olivier nigel ayrton alain miguel bjarne abraham laurent tony johan erik wilfried";

/// Surnames that no package lists.
pub(super) const SURNAMES: &str = "yeltsin clinton major kohl chirac netanyahu arafat lebed dole perot chernomyrdin maskhadov milosevic karadzic mladic tudjman izetbegovic mandela mugabe mobutu kabila suharto putin medvedev lavrov peskov \
shoigu zelensky zelenskyy poroshenko yanukovych lukashenko nazarbayev tokayev aliyev pashinyan sargsyan saakashvili shevardnadze ivanishvili erdogan davutoglu cavusoglu fidan gul demirtas kilicdaroglu imamoglu bahceli \
ozal ecevit demirel erbakan ciller yilmaz assad hariri nasrallah berri aoun jumblatt barzani talabani maliki abadi sadr sistani soleimani khamenei khomeini rafsanjani khatami ahmadinejad rouhani raisi zarif \
mubarak sisi morsi gaddafi gadhafi haftar saddam hussein bin_laden zawahiri baghdadi karzai ghani bhutto sharif musharraf zardari khan gandhi nehru modi singh vajpayee hasina zia rajapaksa sirisena suu_kyi thaksin \
shinawatra prayuth mahathir widodo marcos duterte aquino arroyo estrada ramos abe koizumi obuchi hashimoto kishida suga jinping jintao zemin xiaoping zedong enlai rongji jiabao keqiang trump obama biden bush reagan \
carter nixon kennedy johnson eisenhower truman roosevelt cheney rumsfeld powell rice albright christopher kerry tillerson pompeo blinken mattis bolton pence harris gingrich gore thatcher blair brown cameron may \
merkel scholz schroeder macron hollande sarkozy mitterrand berlusconi prodi renzi conte meloni draghi rajoy sanchez zapatero aznar gonzalez orban tusk duda kaczynski walesa havel meciar iliescu lula bolsonaro \
rousseff cardoso kirchner macri menem chavez maduro castro ortega uribe santos duque fujimori toledo humala morales pinochet bachelet pinera allende mbeki zuma ramaphosa kenyatta odinga museveni kagame obasanjo \
buhari abacha jonathan annan guterres ban waldheim boutros ghali butros rabin peres sharon barak olmert gantz lapid lieberman levy mordechai abbas haniyeh meshaal mashal sinwar hamdallah";

/// Peoples, and the adjectives of countries, that no package lists.
pub(super) const PEOPLES: &str = "muslim muslims christian christians jew jews jewish islamic islamist islamists catholic catholics protestant protestants orthodox sunni sunnis shia shiite shiites shi'ite \
shi'ites alawite alawites druze hindu hindus buddhist buddhists sikh sikhs kurd kurds kurdish arab arabs arabic arabian persian persians turk turks turkmen turkoman chechen chechens tatar tatars serb serbs croat croats bosniak bosniaks \
albanian albanians macedonian macedonians slovene slovenes czech czechs slovak slovaks pole poles dane danes swede swedes finn finns spaniard spaniards scot scots scottish welsh english englishman british briton britons \
irish irishman french frenchman frenchmen frenchwoman scotsman welshman dutch dutchman dutchmen german germans italian italians spanish portuguese greek greeks turkish russian russians ukrainian ukrainians belarusian belarussian \
polish hungarian hungarians romanian romanians bulgarian bulgarians serbian croatian bosnian american americans canadian canadians mexican mexicans brazilian brazilians argentine argentines argentinian chilean colombian venezuelan \
cuban cubans peruvian bolivian african africans asian asians european europeans latin latino latinos hispanic palestinian palestinians israeli israelis iranian iranians iraqi iraqis syrian syrians lebanese jordanian saudi saudis \
yemeni yemenis egyptian egyptians libyan libyans algerian tunisian moroccan sudanese ethiopian somali somalis kenyan ugandan rwandan hutu hutus tutsi tutsis congolese zairean nigerian ghanaian liberian zimbabwean zambian angolan \
namibian mozambican malawian burundian tamil tamils indian indians pakistani pakistanis bangladeshi afghan afghans uzbek kazakh tajik kyrgyz georgian georgians armenian armenians azerbaijani azeri azeris chinese japanese korean koreans \
north_korean south_korean south_african sri_lankan new_zealander saudi_arabian costa_rican puerto_rican el_salvadoran taiwanese vietnamese cambodian thai burmese malaysian indonesian filipino filipinos australian australians aboriginal maori communist communists \
socialist nazi nazis marxist leninist soviet soviets zionist norwegian norwegians swiss austrian austrians belgian belgians swedish danish finnish estonian latvian lithuanian icelandic yugoslav yugoslavs slovenian montenegrin kosovar \
moldovan cypriot cypriots maltese basque catalan breton flemish walloon bavarian sicilian siberian balkan baltic nordic scandinavian western mongolian tibetan uighur uyghur yazidi yezidi assyrian chaldean maronite coptic";

/// Other names: events, works, religions.
pub(super) const OTHERS: &str = "islam christianity judaism catholicism buddhism hinduism communism nazism republican democrat democratic tory world_cup european_cup cup_winners_cup uefa_cup davis_cup fa_cup ryder_cup \
fed_cup us_open french_open australian_open british_open world_series super_bowl grand_prix olympic_games olympics olympic paralympics world_war cold_war gulf_war world_war_ii world_war_i nobel_prize nobel oscar oscars emmy grammy english_language internet koran \
quran bible torah christmas ramadan hajj maastricht asian_games commonwealth_games european_championship champions_league";
