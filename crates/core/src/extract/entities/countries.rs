//! Countries and territories: code, names, demonyms, capitals.
//!
//! Names are those of the Unicode CLDR 48 (English, with its short and variant names) and of `i18n-iso-countries`;
//! demonyms began as those of `i18n-nationality`, capitals as those of `countries-list`, both read through and put
//! right; former and official names were added by hand. Licences: `docs/attribution.md`.

/// A line for each: `code|names|demonyms|capitals`. Alternatives are parted by `,`, places that are not the same by `;`.
pub(super) const COUNTRIES: &str = "\
AD|Andorra|Andorran|Andorra la Vella
AE|United Arab Emirates,UAE,Emirates|Emirati|Abu Dhabi
AF|Afghanistan,Islamic Republic of Afghanistan|Afghan|Kabul
AG|Antigua and Barbuda,Antigua|Antiguan|
AI|Anguilla||
AL|Albania|Albanian|Tirana
AM|Armenia,Republic of Armenia|Armenian|Yerevan
AO|Angola|Angolan|Luanda
AR|Argentina|Argentine,Argentinian|Buenos Aires
AS|American Samoa||
AT|Austria|Austrian|Vienna
AU|Australia|Australian|Canberra
AW|Aruba||Oranjestad
AX|Åland Islands||
AZ|Azerbaijan,Republic of Azerbaijan|Azerbaijani|Baku
BA|Bosnia and Herzegovina,Bosnia,Bosnia-Herzegovina,BiH|Bosnian|Sarajevo
BB|Barbados|Barbadian|Bridgetown
BD|Bangladesh|Bangladeshi|Dhaka,Dacca
BE|Belgium|Belgian|Brussels
BF|Burkina Faso,Upper Volta|Burkinabe,Burkinabé|Ouagadougou
BG|Bulgaria|Bulgarian|Sofia
BH|Bahrain|Bahraini|Manama
BI|Burundi|Burundian|Gitega;Bujumbura
BJ|Benin,Dahomey|Beninese|Porto-Novo
BL|Saint Barthélemy||
BM|Bermuda|Bermudian|
BN|Brunei,Brunei Darussalam|Bruneian|Bandar Seri Begawan
BO|Bolivia,Plurinational State of Bolivia|Bolivian|La Paz;Sucre
BQ|Caribbean Netherlands||
BR|Brazil|Brazilian|Brasilia
BS|Bahamas|Bahamian|Nassau
BT|Bhutan|Bhutanese|Thimphu
BW|Botswana|Botswanan,Batswana|Gaborone
BY|Belarus,Byelorussia,Republic of Belarus|Belarusian|Minsk
BZ|Belize|Belizean|Belmopan
CA|Canada|Canadian|Ottawa
CC|Cocos Islands||
CD|Democratic Republic of the Congo,Democratic Republic of Congo,DR Congo,DRC,Zaire|Congolese|Kinshasa
CF|Central African Republic|Central African|Bangui
CG|Republic of the Congo,Congo-Brazzaville,Congo Republic|Congolese|Brazzaville
CH|Switzerland|Swiss|Bern
CI|Côte d'Ivoire,Ivory Coast|Ivorian|Yamoussoukro;Abidjan
CK|Cook Islands||
CL|Chile|Chilean|Santiago
CM|Cameroon|Cameroonian|Yaoundé
CN|China,People's Republic of China,PRC,Mainland China|Chinese|Beijing,Peking,Pekin
CO|Colombia|Colombian|Bogotá
CR|Costa Rica|Costa Rican|San José
CU|Cuba|Cuban|Havana
CV|Cape Verde,Cabo Verde|Cape Verdean,Cabo Verdean|Praia
CW|Curaçao||
CX|Christmas Island||
CY|Cyprus|Cypriot|Nicosia
CZ|Czechia,Czech Republic|Czech|Prague
DE|Germany,Federal Republic of Germany|German,Germans|Berlin;Bonn
DJ|Djibouti|Djiboutian|
DK|Denmark|Danish,Dane,Danes|Copenhagen
DM|Dominica||Roseau
DO|Dominican Republic|Dominican|Santo Domingo
DZ|Algeria|Algerian|Algiers
EC|Ecuador|Ecuadorian,Ecuadorean|Quito
EE|Estonia|Estonian|Tallinn
EG|Egypt,Arab Republic of Egypt|Egyptian|Cairo
EH|Western Sahara|Sahrawi|El Aaiún
ER|Eritrea|Eritrean|Asmara
ES|Spain|Spanish,Spaniard,Spaniards|Madrid
ET|Ethiopia|Ethiopian|Addis Ababa
FI|Finland|Finnish,Finn,Finns|Helsinki
FJ|Fiji|Fijian|Suva
FK|Falkland Islands,Malvinas||
FM|Micronesia,Federated States of Micronesia|Micronesian|Palikir
FO|Faroe Islands||
FR|France,French Republic|French,Frenchman,Frenchwoman|Paris
GA|Gabon|Gabonese|Libreville
GB|United Kingdom,UK,Great Britain,Britain|British,Briton,Britons,Brit,Brits,English,Scottish,Welsh|London
GD|Grenada|Grenadian|
GE|Georgia|Georgian|Tbilisi
GF|French Guiana||
GG|Guernsey||
GH|Ghana|Ghanaian|Accra
GI|Gibraltar|Gibraltarian|
GL|Greenland|Greenlandic,Greenlander|Nuuk
GM|Gambia,Republic of The Gambia|Gambian|Banjul
GN|Guinea|Guinean|Conakry
GP|Guadeloupe||
GQ|Equatorial Guinea|Equatoguinean|Malabo
GR|Greece,Hellenic Republic,Hellas|Greek|Athens
GS|South Georgia and South Sandwich Islands,South Georgia and the South Sandwich Islands||
GT|Guatemala|Guatemalan|Guatemala City
GU|Guam||Hagåtña
GW|Guinea-Bissau|Bissau-Guinean|Bissau
GY|Guyana|Guyanese|
HK|Hong Kong|Hongkonger|
HN|Honduras|Honduran|Tegucigalpa
HR|Croatia|Croatian,Croat,Croats|Zagreb
HT|Haiti|Haitian|Port-au-Prince
HU|Hungary,Republic of Hungary|Hungarian|Budapest
ID|Indonesia|Indonesian|Jakarta
IE|Ireland,Republic of Ireland,Eire|Irish,Irishman|Dublin
IL|Israel|Israeli|Jerusalem;Tel Aviv
IM|Isle of Man|Manx|
IN|India,Republic of India|Indian|New Delhi,Delhi
IO|British Indian Ocean Territory||
IQ|Iraq|Iraqi|Baghdad
IR|Iran,Islamic Republic of Iran,Persia|Iranian|Tehran,Teheran
IS|Iceland|Icelandic,Icelander,Icelanders|Reykjavik
IT|Italy|Italian|Rome
JE|Jersey||
JM|Jamaica|Jamaican|Kingston
JO|Jordan|Jordanian|Amman
JP|Japan|Japanese|Tokyo
KE|Kenya|Kenyan|Nairobi
KG|Kyrgyzstan,Kyrgyz Republic,Kirghizia|Kyrgyz|Bishkek
KH|Cambodia,Kampuchea|Cambodian|Phnom Penh
KI|Kiribati||South Tarawa
KM|Comoros|Comorian|Moroni
KN|Saint Kitts and Nevis||Basseterre
KP|North Korea,Democratic People's Republic of Korea,DPRK|North Korean|Pyongyang
KR|South Korea,Republic of Korea,ROK|South Korean|Seoul
KW|Kuwait|Kuwaiti|Kuwait City
KY|Cayman Islands||
KZ|Kazakhstan,Republic of Kazakhstan|Kazakh,Kazakhstani|Astana,Nur-Sultan
LA|Laos,Lao People's Democratic Republic,Lao PDR|Laotian|Vientiane
LB|Lebanon|Lebanese|Beirut
LC|Saint Lucia|Saint Lucian|Castries
LI|Liechtenstein|Liechtensteiner|Vaduz
LK|Sri Lanka,Ceylon|Sri Lankan|Colombo
LR|Liberia|Liberian|Monrovia
LS|Lesotho|Basotho|Maseru
LT|Lithuania|Lithuanian|Vilnius
LU|Luxembourg|Luxembourgish,Luxembourger|
LV|Latvia|Latvian|Riga
LY|Libya,Libyan Arab Jamahiriya|Libyan|Tripoli
MA|Morocco|Moroccan|Rabat
MC|Monaco|Monegasque|
MD|Moldova,Republic of Moldova,Moldavia|Moldovan|Chisinau,Kishinev
ME|Montenegro|Montenegrin|Podgorica
MF|Saint Martin||
MG|Madagascar|Malagasy|Antananarivo
MH|Marshall Islands|Marshallese|Majuro
MK|North Macedonia,The Republic of North Macedonia,Macedonia,Former Yugoslav Republic of Macedonia,FYROM|Macedonian|Skopje
ML|Mali|Malian|Bamako
MM|Myanmar,Burma,Union of Myanmar|Burmese|Naypyidaw,Nay Pyi Taw
MN|Mongolia|Mongolian|Ulaanbaatar,Ulan Bator
MO|Macao,Macau||
MP|Northern Mariana Islands||Saipan
MQ|Martinique||
MR|Mauritania|Mauritanian|Nouakchott
MS|Montserrat||
MT|Malta|Maltese|Valletta
MU|Mauritius|Mauritian|Port Louis
MV|Maldives|Maldivian|Malé
MW|Malawi|Malawian|Lilongwe
MX|Mexico|Mexican|Mexico City
MY|Malaysia|Malaysian|Kuala Lumpur;Putrajaya
MZ|Mozambique|Mozambican|Maputo
NA|Namibia|Namibian|Windhoek
NC|New Caledonia||
NE|Niger|Nigerien|Niamey
NF|Norfolk Island||
NG|Nigeria|Nigerian|Abuja
NI|Nicaragua|Nicaraguan|Managua
NL|Netherlands,Holland,Kingdom of the Netherlands|Dutch,Dutchman|Amsterdam;The Hague
NO|Norway|Norwegian|Oslo
NP|Nepal|Nepali,Nepalese|Kathmandu,Katmandu
NR|Nauru|Nauruan|Yaren
NU|Niue||
NZ|New Zealand|New Zealander|Wellington
OM|Oman|Omani|Muscat
PA|Panama|Panamanian|Panama City
PE|Peru|Peruvian|Lima
PF|French Polynesia||
PG|Papua New Guinea|Papua New Guinean|Port Moresby
PH|Philippines|Filipino,Philippine|Manila
PK|Pakistan,Islamic Republic of Pakistan|Pakistani|Islamabad
PL|Poland|Polish,Pole,Poles|Warsaw
PM|Saint Pierre and Miquelon||
PN|Pitcairn Islands,Pitcairn||
PR|Puerto Rico|Puerto Rican|San Juan
PS|Palestinian Territories,Palestine,State of Palestine,Palestinian Territory,occupied Palestinian territory|Palestinian|Ramallah
PT|Portugal|Portuguese|Lisbon
PW|Palau|Palauan|Ngerulmud
PY|Paraguay|Paraguayan|Asunción
QA|Qatar|Qatari|Doha
RE|Réunion||
RO|Romania,Rumania|Romanian,Rumanian|Bucharest
RS|Serbia,Republic of Serbia|Serbian,Serb,Serbs|Belgrade
RU|Russia,Russian Federation|Russian|Moscow
RW|Rwanda|Rwandan|Kigali
SA|Saudi Arabia,Kingdom of Saudi Arabia,KSA|Saudi,Saudi Arabian|Riyadh
SB|Solomon Islands|Solomon Islander|Honiara
SC|Seychelles|Seychellois|
SD|Sudan,Republic of the Sudan|Sudanese|Khartoum
SE|Sweden|Swedish,Swede,Swedes|Stockholm
SG|Singapore|Singaporean|
SH|Saint Helena||
SI|Slovenia|Slovenian,Slovene,Slovenes|Ljubljana
SJ|Svalbard and Jan Mayen,Svalbard||
SK|Slovakia|Slovak,Slovakian|Bratislava
SL|Sierra Leone|Sierra Leonean|Freetown
SM|San Marino|Sammarinese|
SN|Senegal|Senegalese|Dakar
SO|Somalia|Somali|Mogadishu
SR|Suriname|Surinamese|Paramaribo
SS|South Sudan|South Sudanese|Juba
ST|São Tomé and Príncipe|Sao Tomean|São Tomé
SV|El Salvador|Salvadoran|San Salvador
SX|Sint Maarten||
SY|Syria,Syrian Arab Republic|Syrian|Damascus
SZ|Eswatini,Swaziland|Swazi|Mbabane;Lobamba
TC|Turks and Caicos Islands||
TD|Chad|Chadian|N'Djamena
TF|French Southern Territories||
TG|Togo|Togolese|Lomé
TH|Thailand|Thai|Bangkok
TJ|Tajikistan,Tadzhikistan|Tajik|Dushanbe
TK|Tokelau||
TL|Timor-Leste,East Timor|Timorese,East Timorese|Dili
TM|Turkmenistan|Turkmen|Ashgabat,Ashkhabad
TN|Tunisia|Tunisian|Tunis
TO|Tonga|Tongan|Nuku'alofa
TR|Türkiye,Turkey,Republic of Turkey,Republic of Türkiye|Turkish,Turk,Turks|Ankara
TT|Trinidad and Tobago,Trinidad|Trinidadian|Port of Spain
TV|Tuvalu|Tuvaluan|Funafuti
TW|Taiwan,Republic of China,Chinese Taipei|Taiwanese|Taipei
TZ|Tanzania,United Republic of Tanzania|Tanzanian|Dodoma;Dar es Salaam
UA|Ukraine|Ukrainian|Kyiv,Kiev
UG|Uganda|Ugandan|Kampala
US|United States,US,United States of America,USA,America|American|Washington D.C.,Washington DC,Washington
UY|Uruguay|Uruguayan|Montevideo
UZ|Uzbekistan,Republic of Uzbekistan|Uzbek|Tashkent
VA|Vatican City,Holy See,Vatican||
VC|Saint Vincent and Grenadines,Saint Vincent and the Grenadines|Vincentian|Kingstown
VE|Venezuela,Bolivarian Republic of Venezuela|Venezuelan|Caracas
VG|British Virgin Islands||
VI|U.S. Virgin Islands||
VN|Vietnam,Viet Nam,Socialist Republic of Vietnam|Vietnamese|Hanoi
VU|Vanuatu||Port Vila
WF|Wallis and Futuna||
WS|Samoa|Samoan|Apia
XK|Kosovo|Kosovar,Kosovan|Pristina,Prishtina
YE|Yemen|Yemeni,Yemenite|Sana'a,Sanaa
YT|Mayotte||
ZA|South Africa,Republic of South Africa,RSA|South African|Pretoria;Cape Town
ZM|Zambia|Zambian|Lusaka
ZW|Zimbabwe|Zimbabwean|Harare
";
