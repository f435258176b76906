// Corpora made of documents: the same answers as the command line's, and what is wrong with documents.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { after, test } from 'node:test';
import { Corpus, SheafError, searched, seedDocuments, written } from './support.js';

const QUERIES = ['fidan', 'prisoner exchange', '"foreign minister"', 'lavrov NEAR/5 fidan', 'turk* -ukraine', 'title:talks', ''];

const seeds = written(seedDocuments());
after(() => rmSync(dirname(seeds), { recursive: true }));

/** Ids and scores, in order. */
const ranking = ({ documents }) => documents.map(({ id, score }) => ({ id, score }));

const rejection = (code, message) => (error) => {
  assert.ok(error instanceof SheafError, error.stack);
  assert.equal(error.code, code);
  assert.match(error.message, message);
  return true;
};

test('the seeds have the ids and scores that the command line finds', async () => {
  const corpus = await Corpus.fromDocuments(seedDocuments(), { title: 'Seeds' });
  assert.equal(corpus.title, 'Seeds');
  assert.equal(corpus.size, 5);
  assert.deepEqual(corpus.problems, []);
  for (const query of QUERIES) {
    const found = await corpus.search(query, { limit: 100 });
    const expected = searched(query, seeds);
    assert.deepEqual(ranking(found), expected.documents, query);
    assert.deepEqual([found.total, found.hits], [expected.total, expected.hits], query);
  }
  const strict = await corpus.search('Talk', { limit: 100, exactness: { case: true, forms: true } });
  assert.deepEqual(ranking(strict), searched('Talk', seeds, ['--case', '--forms']).documents);
});

test('filters, order and limit are those of the command line', async () => {
  const corpus = await Corpus.fromDocuments(seedDocuments());
  const found = await corpus.search('russia', { filters: { source: 'News.Az', date: '2025-02..' }, limit: 100 });
  const expected = searched('russia', seeds, ['--filter', 'source=News.Az', '--filter', 'date=2025-02..']);
  assert.deepEqual(ranking(found), expected.documents);
  assert.ok(found.total > 0 && found.total < 5);
  const dates = (await corpus.search('', { sort: '-date' })).documents.map(({ date }) => date);
  assert.deepEqual(dates, dates.toSorted().reverse());
  const first = await corpus.search('russia', { limit: 1 });
  assert.equal(first.documents.length, 1);
  assert.equal(first.total, searched('russia', seeds).total);
});

test('a corpus that is large for memory answers as a small one', async () => {
  const small = await Corpus.fromDocuments(seedDocuments());
  const copies = 1 + Math.ceil((16 << 20) / seedDocuments().reduce((sum, { text }) => sum + text.length, 0));
  function* documents() {
    for (let copy = 0; copy < copies; copy += 1) {
      for (const document of seedDocuments()) yield { ...document, id: `${document.id}-${copy}` };
    }
  }
  const phases = new Map();
  const onProgress = ({ phase, done, total }) => phases.set(phase, [done, total]);
  const large = await Corpus.fromDocuments(documents(), { onProgress });
  assert.deepEqual([...phases], [['reading', [5 * copies, undefined]], ['indexing', [5 * copies, 5 * copies]]]);
  assert.equal(large.size, 5 * copies);
  assert.deepEqual(large.problems, []);
  for (const query of QUERIES) {
    const [one, all] = await Promise.all([small, large].map((corpus) => corpus.search(query, { limit: 100 })));
    assert.deepEqual([all.total, all.hits], [one.total * copies, one.hits * copies], query);
    const passages = ({ documents: found }) => new Set(found.map(({ snippets }) => JSON.stringify(snippets)));
    for (const passage of passages(all)) assert.ok(passages(one).has(passage), `${query}: ${passage}`);
  }
  const lens = { lens: 'words', question: { query: '' }, settings: [], first: 0, limit: 5 };
  const keys = await Promise.all([small, large].map(async (corpus) => (await corpus.handle({ Lens: lens })).Lens.keys));
  assert.deepEqual(keys[1], keys[0]);
  large.close();
});

test('passages are slices of the text with hits marked', async () => {
  const text = 'Nothing here. The ministers met in Ankara. They talked about grain.';
  const corpus = await Corpus.fromDocuments([{ id: 'a', title: 'One', language: 'en', text }]);
  const [{ snippets, hits }] = (await corpus.search('talk')).documents;
  assert.equal(hits, 1);
  assert.ok(text.includes(snippets[0].text));
  assert.deepEqual(snippets[0].runs.filter((run) => run.mark).map((run) => run.text), ['talked']);
});

test('iterables may be asynchronous, and progress is told', async () => {
  async function* documents() {
    yield { id: 1, text: 'one' };
    yield { name: 'two', text: ['two', 'pieces'], date: new Date(Date.UTC(2025, 1, 24)), tag: ['x', 'y'] };
  }
  const told = [];
  const corpus = await Corpus.fromDocuments(documents(), { onProgress: (progress) => told.push(progress) });
  assert.deepEqual(told.map(({ phase, done, total }) => [phase, done, total]), [
    ['reading', 1, undefined],
    ['reading', 2, undefined],
    ['indexing', 1, 2],
    ['indexing', 2, 2],
  ]);
  const { documents: found } = await corpus.search('pieces', { filters: { tag: 'y' } });
  assert.deepEqual(found.map(({ id, date }) => [id, date]), [['two', '2025-02-24']]);
});

test('what progress or the iterable throws is what the promise rejects with', async () => {
  const stop = new Error('enough');
  const onProgress = ({ phase }) => {
    if (phase === 'indexing') throw stop;
  };
  await assert.rejects(Corpus.fromDocuments([{ text: 'one' }], { onProgress }), stop);
  async function* broken() {
    yield { text: 'one' };
    throw stop;
  }
  await assert.rejects(Corpus.fromDocuments(broken()), stop);
});

test('what is wrong with a document is a problem with its number', async () => {
  const documents = [
    { id: 'a', text: 'good' },
    { id: 'b', title: 'no text' },
    { id: 'c', text: 42 },
    { id: 'a', text: 'the same id' },
    null,
    'only a text',
    { id: 'd', text: 'good', date: '03/04/2025' },
  ];
  const corpus = await Corpus.fromDocuments(documents);
  const problems = corpus.problems.map(({ place, message }) => `${place} ${message}`).sort();
  const expected = [
    /^documents:2 The object has no "text"/,
    /^documents:3 The text is a number; it was read as “42”/,
    /^documents:4 Another document is already called so; this one is now "a~2"/,
    /^documents:5 This is JSON but no object/,
    /^documents:6 This is JSON but no object/,
    /^documents:7 The date could be day\/month or month\/day/,
  ];
  assert.equal(problems.length, expected.length, problems.join('\n'));
  expected.forEach((pattern, place) => assert.match(problems[place], pattern));
  const { documents: found } = await corpus.search('');
  assert.deepEqual(found.map(({ id }) => id), ['a', 'c', 'a~2', 'd']);
});

test('documents that cannot be read at all are an error', async () => {
  const circular = { text: 'round' };
  circular.self = circular;
  await assert.rejects(Corpus.fromDocuments({ text: 'one' }), rejection('documents', /not iterable/));
  await assert.rejects(Corpus.fromDocuments('a text'), rejection('documents', /not iterable/));
  await assert.rejects(Corpus.fromDocuments(null), rejection('documents', /not iterable/));
  await assert.rejects(Corpus.fromDocuments([{ text: 'one' }, circular]), rejection('documents', /^Document 2 cannot/));
  await assert.rejects(Corpus.fromDocuments([], { titel: 'x' }), rejection('request', /no option “titel”/));
});

test('a bad query gives problems, a bad option an error', async () => {
  const corpus = await Corpus.fromDocuments([{ id: 'a', text: 'Ministers met.' }]);
  for (const query of ['met (', '"met', 'met /[/', ')(', 'nosuchfield:met', '*']) {
    const { problems } = await corpus.search(query);
    assert.ok(problems.length > 0, query);
  }
  assert.match((await corpus.search('met', { filters: { nothing: 'x' } })).problems[0], /no field “nothing”/);
  assert.deepEqual((await corpus.search('absent')).documents, []);
  await assert.rejects(corpus.search('met', { limits: 3 }), rejection('request', /no option “limits”.* limit,/));
  await assert.rejects(corpus.search('met', { limit: -1 }), rejection('request', /whole number/));
  await assert.rejects(corpus.search('met', { sort: 'size' }), rejection('request', /sorted by “size”/));
});

test('the core answers any request, and says what is none', async () => {
  const corpus = await Corpus.fromDocuments([{ id: 'a', title: 'One', text: 'Ministers met.' }], { title: 'T' });
  assert.equal((await corpus.handle('About')).About.title, 'T');
  const reader = { name: 'a', question: { query: 'met' }, hit: 0, extent: 1 };
  assert.equal((await corpus.handle({ Reader: reader })).Reader.hits, 1);
  const { Failed } = await corpus.handle({ Reader: { ...reader, name: 'b' } });
  assert.deepEqual(Failed, { UnknownDocument: { name: 'b' } });
  await assert.rejects(corpus.handle({ Nonsense: {} }), rejection('request', /unknown variant `Nonsense`/));
  await assert.rejects(corpus.handle(undefined), rejection('request', /no request/));
});

test('a corpus that was closed says so', async () => {
  const corpus = await Corpus.fromDocuments([{ text: 'one' }]);
  corpus.close();
  corpus.close();
  await assert.rejects(corpus.search('one'), rejection('closed', /was closed/));
  assert.throws(() => corpus.size, rejection('closed', /was closed/));
});
