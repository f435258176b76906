//! Other names of cities, regions and organisations, and of people's first names: lists of our own.
//!
//! Only what is one thing in every text stands here: what an abbreviation means in one document alone, the document
//! says itself, in brackets.

/// A line for each thing: its names, parted by `,`. States that are no more stand here, so they have no code.
pub(super) const ALIASES: &str = "\
United Nations,UN,U.N.,United Nations Organization,United Nations Organisation,UNO
European Union,EU
European Community,European Communities,EC,European Economic Community,EEC
North Atlantic Treaty Organization,North Atlantic Treaty Organisation,NATO,Atlantic Alliance,North Atlantic Alliance
Organization for Security and Co-operation in Europe,Organization for Security and Cooperation in Europe,Organisation for Security and Cooperation in Europe,Organisation for Security and Co-operation in Europe,OSCE
International Monetary Fund,IMF
World Trade Organization,World Trade Organisation,WTO
World Health Organization,World Health Organisation,WHO
International Atomic Energy Agency,IAEA
International Court of Justice,ICJ,World Court
International Labour Organization,International Labour Organisation,International Labor Organization,ILO
Organization of the Petroleum Exporting Countries,Organisation of Petroleum Exporting Countries,Organization of Petroleum Exporting Countries,OPEC
Organisation for Economic Co-operation and Development,Organization for Economic Cooperation and Development,Organisation for Economic Cooperation and Development,Organization for Economic Co-operation and Development,OECD
Association of Southeast Asian Nations,Association of South-East Asian Nations,Association of South East Asian Nations,ASEAN
Organization of African Unity,Organisation of African Unity,OAU
Organization of American States,Organisation of American States,OAS
Shanghai Cooperation Organization,Shanghai Cooperation Organisation,Shanghai Co-operation Organisation,SCO
Collective Security Treaty Organization,Collective Security Treaty Organisation,CSTO
Commonwealth of Independent States,CIS
Organization of Turkic States,Organisation of Turkic States,OTS
Organisation of Islamic Cooperation,Organization of Islamic Cooperation,Organization of the Islamic Conference,Organisation of the Islamic Conference,OIC
Gulf Cooperation Council,Gulf Co-operation Council,GCC
League of Arab States,Arab League
African Union,AU
United Nations Children's Fund,UNICEF
United Nations Educational Scientific and Cultural Organization,United Nations Educational Scientific and Cultural Organisation,UNESCO
United Nations Security Council,UN Security Council,U.N. Security Council,Security Council
United Nations General Assembly,UN General Assembly,U.N. General Assembly
United Nations High Commissioner for Refugees,UNHCR
United Nations Development Programme,United Nations Development Program,UNDP
United Nations Environment Programme,UNEP
United Nations Relief and Works Agency,UNRWA
General Agreement on Tariffs and Trade,GATT
North American Free Trade Agreement,NAFTA
European Central Bank,ECB
European Bank for Reconstruction and Development,EBRD
International Bank for Reconstruction and Development,IBRD
Asian Development Bank,ADB
International Olympic Committee,IOC
Group of Seven,Group of 7,G7,G-7
Group of Eight,Group of 8,G8,G-8
Group of Twenty,Group of 20,G20,G-20
Central Intelligence Agency,CIA
Federal Bureau of Investigation,FBI
National Security Agency,NSA
National Aeronautics and Space Administration,NASA
Environmental Protection Agency,EPA
Securities and Exchange Commission,SEC
Food and Drug Administration,FDA
Internal Revenue Service,IRS
Federal Reserve,Federal Reserve Board,U.S. Federal Reserve,US Federal Reserve
British Broadcasting Corporation,British Broadcasting Corp,BBC
Palestine Liberation Organization,Palestine Liberation Organisation,PLO
Kurdistan Workers' Party,Kurdistan Workers Party,PKK
Justice and Development Party,AK Party,AKP
Islamic Revolutionary Guard Corps,IRGC,Revolutionary Guards,Iranian Revolutionary Guards
Islamic State,Islamic State of Iraq and Syria,Islamic State of Iraq and the Levant,ISIS,ISIL,Daesh
Al-Qaeda,Al-Qaida,al Qaeda
Hezbollah,Hizbullah,Hizbollah,Hizballah
African National Congress,ANC
Soviet Union,USSR,U.S.S.R.,Union of Soviet Socialist Republics
Yugoslavia,Federal Republic of Yugoslavia,Socialist Federal Republic of Yugoslavia
German Democratic Republic,GDR,East Germany
Czechoslovakia,Czechoslovak Socialist Republic
Kharkiv,Kharkov
Odesa,Odessa
Lviv,Lvov,Lwow
Dnipro,Dnepropetrovsk,Dnipropetrovsk
Zaporizhzhia,Zaporizhia,Zaporozhye,Zaporizhzhya
Luhansk,Lugansk
Mykolaiv,Nikolaev,Nikolayev
Donbas,Donbass
Chernobyl,Chornobyl
Mumbai,Bombay
Kolkata,Calcutta
Chennai,Madras
Bengaluru,Bangalore
Yangon,Rangoon
Guangzhou,Canton
Nanjing,Nanking
Tianjin,Tientsin
Chongqing,Chungking
Ho Chi Minh City,Saigon
Istanbul,Constantinople
Izmir,Smyrna
Gdansk,Danzig
Wroclaw,Breslau
Saint Petersburg,St. Petersburg,St Petersburg,Leningrad,Petrograd
Volgograd,Stalingrad
Yekaterinburg,Ekaterinburg,Sverdlovsk
Almaty,Alma-Ata,Alma Ata
Gothenburg,Goteborg,Göteborg
Munich,München
Cologne,Köln
Nuremberg,Nürnberg
Turin,Torino
Milan,Milano
Naples,Napoli
Florence,Firenze
Venice,Venezia
Seville,Sevilla
Zaragoza,Saragossa
Antwerp,Antwerpen
Ghent,Gent
Krakow,Cracow
Thessaloniki,Salonika,Salonica
Makkah,Mecca
Madinah,Medina
Jeddah,Jiddah
Aleppo,Halab
Idlib,Idleb
Mosul,Mossul
Busan,Pusan
Gaza,Gaza Strip
Western Sahara,Spanish Sahara
Nagorno-Karabakh,Nagorny Karabakh,Nagorno Karabakh,Karabakh,Artsakh
Transnistria,Transdniestria,Trans-Dniester,Pridnestrovie
New York City,NYC,City of New York
New York Stock Exchange,NYSE
Los Angeles,L.A.
District of Columbia,D.C.
";

/// A line for each first name of Europe: the ways in which it is written or shortened. As family names they differ.
pub(super) const FIRST_NAMES: &str = "\
aleksandr alexander alexandr oleksandr alexandre aleksander alex sasha
aleksei alexei alexey aleksey alexej oleksiy oleksii
anatoly anatoli anatoliy anatolii
andrew andy drew
andrei andrey andriy andrii andrej
anthony tony
arkady arkadi arkadiy
benjamin ben
charles charlie chuck
christopher chris
daniel dan danny
david dave
dmitry dmitri dmitriy dmitrii dimitri dimitry dmytro
donald don
edward ed eddie ted
elizabeth liz beth
evgeny yevgeny evgeni yevgeni evgeniy yevgeniy evgenii yevgenii yevhen eugene
fyodor fedor feodor
gennady gennadi gennadiy
georgy georgi georgii georgiy
gerald gerry
gregory greg
grigory grigori grigoriy hryhoriy
iosif josif yosif
james jim jimmy jamie
jeffrey jeff
jennifer jenny
joseph joe
katherine catherine kate kathryn kathy
kenneth ken
konstantin constantine kostyantyn
lawrence larry laurence
leonard len
leonid leonyd
margaret maggie
matthew matt
michael mike mick
mikhail mykhailo mihail michail
nicholas nick nicolas
nikolai nikolay nikolaj mykola
oleg oleh
patrick pat
pavel pavlo
peter pete
philip phil phillip
pyotr petr petro piotr
rebecca becky
richard dick rick rich
robert bob bobby rob
ronald ron
samuel sam
sergei sergey serhiy sergiy serhii sergej serguei
stephen steven steve
susan sue
thomas tom tommy
timothy tim
valery valeri valeriy valerii
vasily vasili vasiliy vasyl
victor viktor
vitaly vitali vitaliy vitalii
vladimir volodymyr wladimir
vyacheslav viacheslav
walter walt
william bill billy will
yuri yury yuriy yurii iurii
";

/// A line for each Arabic, Persian or Turkish name, first or last: the ways in which it is written in Latin letters.
pub(super) const EASTERN_NAMES: &str = "\
abdullah abdallah abdulla abdullahi
abdel abdul abd
ahmad ahmed ahmet
ali aly
faisal faysal feisal
farouk faruk farooq
hamid hameed
hasan hassan
hossein hussein husain hussain husayn hosein husein
ibrahim ebrahim
jamal gamal
karim kareem
khalid khaled
khalil khaleel
mahmoud mahmud mahmood
muhammad mohammed mohamed mohammad muhammed mohamad mohamud mohammod mohd
muammar moammar mouammar
mustafa mostafa moustafa mustapha
nasser nasir naser
omar umar omer
osama usama
rashid rasheed rachid
said saeed saeid sayeed
salman suleman
sharif shareef sherif
suleiman sulaiman soliman sulayman
tariq tarek tareq tarik
walid waleed
yousef yusuf youssef yousuf yosef yusef
zayed zayd zaid zaied
";
