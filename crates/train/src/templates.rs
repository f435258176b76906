//! Lines of invented news to learn from: what the open sets have little of, tables of results, datelines, headlines in
//! capitals, business and agency news.
//!
//! Each block is a document. A slot is a letter in braces: `P` a person in full, `S` a surname, `I` initial and surname,
//! `F` a first name, `C` a country, `T` a town, `K` a club, `O` an organisation, `A` its initials, `N` a people, `E` an event,
//! `d` a small number, `n` a larger one, `D` a day, `M` a month, `R` a role, `w` an ordinary word, `J` a newspaper, `B` a band,
//! `W` a work, `U` a regiment, `V` a party or a group of fighters, `L` a society, `X` an aircraft; `{P1}` and `{P2}` are two different
//! ones. A line that begins with `^` is set in capitals. Written for this purpose; no sentence is from any set.

/// Documents: blocks of lines parted by a line of dashes.
pub(crate) const DOCUMENTS: &str = include_str!("news.txt");

/// Words for the slot `R`.
pub(crate) const ROLES: &str = "spokesman director professor general colonel writer physicist striker manager lawyer painter composer secretary chairman";

/// Events for the slot `E`, with a place where `@` stands.
pub(crate) const EVENTS: &str = "@_Open @_Cup @_Grand_Prix Tour_of_@ @_Masters @_Classic World_Cup @_Marathon @_Championship European_Championship @_Games @_Trophy @_Rally";

/// Newspapers for the slot `J`, with a made-up word where `@` stands.
pub(crate) const PAPERS: &str = "The_@_Times Al-@ @_Daily_News La_@ The_Daily_@ @_Post El_@ @_Telegraph Le_@ @ An-@";

/// Clubs for the slot `K`, with a town where `@` stands and a made-up word where `%` stands.
pub(crate) const CLUBS: &str = "@ @ @ @ @ @ @ @ @_United @_City @_Rovers FC_@ F.C._@ Dynamo_@ Spartak_@ Real_@ Racing_@ Sporting_@ Olympique_@ Borussia_@ A.S._@ %_@ %_@ @_% % % \
Torpedo_@ Lokomotiv_@ VfB_@ @_Town @_Wanderers @_Rangers Hapoel_@ Club_@ Atletico_@ AC_@ 1._FC_@ St_% %_% KV_% SK_% CSKA_@ Zenit_@ @_County";

/// Organisations for the slot `O`, with a town where `@` stands, a surname where `$`, a country where `#`, a people where `&`, a made-up word where `%`.
pub(crate) const ORGANISATIONS: &str = "%_Corp %_Inc %_Ltd %_Co %_AG %_Plc %_SA % % % %_% %_Group %_Holdings %_%_Inc %_Industries $_&and_$ $_Brothers $_Inc %_Bank Bank_of_# @_Bank &_Airlines \
Ministry_of_Defence Ministry_of_Finance Foreign_Ministry Finance_Ministry &_Red_Cross &_Army &_Parliament University_of_@ @_University National_%_Party &_Socialist_Party United_%_Front \
#_Football_Association &_Central_Bank Supreme_Court International_%_Committee %_Institute Institute_for_%_Studies %_Foundation $_Foundation &_Air_Force %_Oil_Corp %_Pharmaceuticals %_Technologies \
&_Broadcasting_Corporation @_Stock_Exchange @_City_Council @_Police %_Liberation_Army People_'s_%_Party House_of_Representatives Commission_for_% &_National_Congress %_Motors %_Electric_Co";

/// Bands for the slot `B`: made-up words and ordinary ones.
pub(crate) const BANDS: &str =
    "% The_%s %_% !_! The_! The_!_! !s $_Band The_$_Brothers %_Orchestra ! @ #_! %_and_the_!s";

/// Works for the slot `W`: ordinary words in capitals, where `!` stands.
pub(crate) const WORKS: &str = "! ! !_! !_! The_! The_!_! !_of_! !_in_the_! % %_! A_! !_and_! !_%";

/// Regiments for the slot `U`.
pub(crate) const REGIMENTS: &str = "Infantry_Regiment Fighter_Wing Armored_Division Field_Artillery Bombardment_Group Airborne_Brigade Tank_Battalion Rifle_Corps";

/// Parties and groups of fighters for the slot `V`.
pub(crate) const PARTIES: &str = "%_Party !_Party National_!_Party People_'s_!_Party %_Front !_League %a % ! United_!_Alliance al_-_% Al_-_% !_Movement Liberal_Party &_National_Party";

/// Societies for the slot `L`.
pub(crate) const SOCIETIES: &str = "Royal_!_Society &_Academy_of_! !_Association Society_for_! %_Institute League_of_! National_!_Union #_Council &_Mathematical_Society %_Club";

/// Aircraft and other machines for the slot `X`.
pub(crate) const MACHINES: &str = "P-47_! F-4_! C-130_! Su-27 MiG-21 B-52 %_109 ! Boeing_747 T-72";
