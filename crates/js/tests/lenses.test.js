// Native equals wasm: every lens that counts, all columns, with the arithmetic of its first row, number for number.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { after, before, test } from 'node:test';
import { Corpus, seedDocuments, sheaf, written } from './support.js';

const NEWS = [{ field: 'source', values: ['News.Az'] }];

/** Lens, query, filters, settings. */
const LOOKS = [
  ['concordance', 'lavrov', [], [['sort', 'after1,before1,node'], ['width', '8']]],
  ['concordance', 'foreign minister', [], [['sort', 'position'], ['width', 'sentence'], ['sample', '7'], ['seed', '3'], ['batch', '2']]],
  ['concordance', 'talk*', [], [['group', 'before1']]],
  ['words', '', [], [['per', '1000000']]],
  ['words', 'putin', NEWS, [['by', 'stem'], ['stop', '1'], ['stopwords', '+said -the']]],
  ['words', '', [], [['n', '2-6']]],
  ['words', '', [], [['n', '3'], ['by', 'form'], ['fold', '0']]],
  ['collocates', 'lavrov', [], [['show', 'all']]],
  ['collocates', 'turk*', [], [['show', 'all'], ['inside', 'sentence'], ['convention', 'span'], ['sort', '-log_ratio']]],
  ['collocates', 'minister NEAR/3 russia*', NEWS, [['convention', 'none'], ['by', 'form'], ['before', '0']]],
  ['keyness', '', [], [['show', 'all'], ['direction', 'both']]],
  ['keyness', 'istanbul', [], [['show', 'all'], ['direction', 'both'], ['sort', '-log_odds_z'], ['by', 'stem']]],
  ['keyness', '', [{ field: 'date', values: ['2025-05'] }], [['against', 'source=News.Az'], ['direction', 'under']]],
  ['dispersion', 'ukraine', [], [['parts', '37']]],
  ['dispersion', 'ceasefire', [], [['show', 'documents']]],
  ['trends', 'lavrov', [], [['with', 'putin; erdogan OR fidan'], ['period', 'month'], ['per', '1000']]],
  ['trends', '', [], [['period', 'week']]],
  ['measures', '', [], []],
  ['measures', 'putin', NEWS, [['by', 'stem']]],
];

/** Lenses that read the texts. */
const READ = [
  ['entities', '', [], []],
  ['entities', 'istanbul', [], [['show', 'network']]],
  ['entities', '', [], [['show', 'countries']]],
  ['entities', '', [], [['entity', 'lavrov']]],
  ['quotes', '', [], []],
  ['timeline', '', [], []],
  ['events', '', [], []],
  ['dates', '', NEWS, []],
  ['compare', '', [], []],
  ['findings', 'person:lavrov', [], []],
  ['findings', '', [{ field: 'person', values: ['Recep Tayyip Erdogan'] }], []],
];

/** Query and filters; one has no hits, one no query. */
const PLAIN = [['lavrov', []], ['nowhere', []], ['', NEWS]];

let documents;
let corpus;

before(async () => {
  documents = written(seedDocuments());
  corpus = await Corpus.fromDocuments(seedDocuments());
});
after(() => rmSync(dirname(documents), { recursive: true }));

const native = (request) => JSON.parse(sheaf('ask', '--corpus', documents, JSON.stringify(request)));

const request = ([lens, query, filters, settings]) => ({
  lens,
  question: { query, filters },
  settings: [['columns', 'all'], ...settings],
  first: 0,
  limit: 100_000,
});

/** The answers, compared strictly: numbers by `Object.is`, so to the last bit and with the sign of a zero. */
async function same(request, what) {
  const found = await corpus.handle(request);
  assert.deepStrictEqual(found, native(request), what);
  return found;
}

/** All numbers of an answer. */
function numbers(value) {
  if (typeof value === 'number') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(numbers) : [];
}

for (const look of READ) {
  test(`${look[0]} ${JSON.stringify(look.slice(1))} reads the same natively and in wasm`, async () => {
    const { Lens } = await same({ Lens: request(look) });
    assert.ok(Lens.view.table.rows.length > 0, JSON.stringify(Lens.view.notes));
    assert.ok(numbers(Lens.view).every(Number.isFinite));
  });
}

for (const look of LOOKS) {
  test(`${look[0]} of “${look[1]}” is the same natively and in wasm: ${JSON.stringify(look[3])}`, async () => {
    const { Lens } = await same({ Lens: request(look) });
    const { rows } = Lens.view.table;
    assert.ok(rows.length > 0, JSON.stringify(Lens.view.notes));
    assert.ok(numbers(Lens.view).every(Number.isFinite));
    const fractions = numbers(Lens.view).filter((number) => !Number.isInteger(number));
    assert.ok(fractions.length > 0 || look[0] === 'concordance', 'it has numbers to compare');
    const { Arithmetic } = await same({ Arithmetic: { lens: request(look), key: rows[0].key } });
    assert.equal(Arithmetic !== null, ['collocates', 'keyness', 'dispersion'].includes(look[0]));
  });
}

test('what every lens says without settings is the same, too', async () => {
  for (const lens of new Set(LOOKS.map(([lens]) => lens))) {
    for (const [query, filters] of PLAIN) await same({ Lens: { ...request([lens, query, filters, []]), settings: [] } }, lens);
  }
});
