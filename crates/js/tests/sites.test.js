// Published sites over HTTP: the same answers, files fetched side by side and once, and what happens when they are damaged.

import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Corpus, SheafError, chunksOf, searched, serve, sheaf, site, written } from './support.js';

const QUERIES = ['fidan', 'prisoner exchange', '"foreign minister"', 'lavrov NEAR/5 fidan', 'turk* -ukraine', 'putin within <s/>'];

let files;
let one;

before(() => {
  files = site('files');
  one = site('one');
});
after(() => [files, one].forEach((path) => rmSync(join(path, '..'), { recursive: true })));

/** Serves a folder while `use` runs. */
async function serving(path, spoil, use) {
  const server = await serve(path, spoil);
  try {
    return await use(server);
  } finally {
    server.close();
  }
}

/** As `sheaf search --json` has it. */
async function check(corpus, query) {
  const { documents, total, hits } = await corpus.search(query, { limit: 100 });
  const expected = searched(query);
  assert.deepEqual(documents.map(({ id, score }) => ({ id, score })), expected.documents, query);
  assert.deepEqual([total, hits], [expected.total, expected.hits], query);
  return documents;
}

const rejection = (code, file, message = /./) => (error) => {
  assert.ok(error instanceof SheafError, error.stack);
  assert.equal(error.code, code, error.message);
  if (file) assert.ok(error.file.endsWith(file) && error.message.includes(file), `${error.file}: ${error.message}`);
  assert.match(error.message, message);
  return true;
};

test('a site in files answers as the command line does, and fetches no part of a file twice', async () => {
  await serving(files, undefined, async ({ url, asked }) => {
    const corpus = await Corpus.open(url);
    assert.equal(corpus.size, 5);
    assert.equal(asked.length, 2, 'the page and the root');
    const found = await Promise.all(QUERIES.map((query) => check(corpus, query)));
    assert.ok(found.flat().every(({ snippets }) => snippets.length > 0));
    const names = asked.map(([name, , range]) => `${name} ${range}`);
    assert.equal(new Set(names).size, names.length, names.join(' '));
  });
});

test('a site is found by its folder, its page, its root, and on disk', async () => {
  const root = readdirSync(join(files, 'index')).find((name) => name.startsWith('root-'));
  await serving(join(files, '..'), undefined, async ({ url }) => {
    for (const place of ['site', 'site/', 'site/#/documents?doc=a', 'site/index.html?x=1', `site/index/${root}`]) {
      await check(await Corpus.open(url + place), 'fidan');
    }
  });
  await check(await Corpus.open(pathToFileURL(files)), 'fidan');
});

test('a site of one file is indexed here', async () => {
  await serving(one, undefined, async ({ url }) => {
    let last;
    const corpus = await Corpus.open(url, { onProgress: (progress) => (last = progress) });
    assert.deepEqual(last, { phase: 'indexing', done: 5, total: 5 });
    await check(corpus, 'prisoner exchange');
  });
});

test('without waiting for texts, a round of files less is fetched', async () => {
  await serving(files, undefined, async ({ url, asked }) => {
    const corpus = await Corpus.open(url);
    const soon = await corpus.search('fidan', { complete: false });
    const before = asked.length;
    const whole = await corpus.search('fidan');
    assert.ok(asked.length > before);
    assert.deepEqual(soon.documents.map(({ snippets }) => snippets).flat(), []);
    const without = ({ documents }) => documents.map(({ id, score, title }) => ({ id, score, title }));
    assert.deepEqual(without(soon), without(whole));
  });
});

test('what takes many files is answered from some documents first', async () => {
  const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];
  let state = 1;
  const word = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return words[(state >>> 16) % words.length];
  };
  const document = (_, number) => ({ id: `f${number}`, language: 'en', text: Array.from({ length: 240 }, word).join(' ') });
  const input = written(Array.from({ length: 2600 }, document));
  const out = join(input, '..', 'site');
  sheaf('build', input, '--out', out, '--layout', 'files', '--page', process.env.SHEAF_DIST);
  const question = { query: '"alpha beta gamma" "delta epsilon zeta"' };
  const request = { Results: { question, sort: { key: 'Relevance', is_descending: false }, limit: 10 } };
  await serving(out, undefined, async ({ url, asked }) => {
    const corpus = await Corpus.open(url);
    const first = [];
    const onFirst = ({ Results }) => first.push([Results, asked.length]);
    const { Results: whole } = await corpus.handle(request, { onFirst });
    assert.equal(first.length, 1);
    const [[answer, before]] = first;
    assert.deepEqual([answer.so_far, answer.of, whole.so_far, whole.of], [1024, 2600, null, 2600]);
    assert.ok(answer.matched > 0 && answer.matched < whole.matched && answer.rows.length === 10);
    assert.ok(before < asked.length, 'it came before the rest');
    const { total } = searched(question.query, out);
    assert.equal(whole.matched, total);
    await corpus.handle(request, { onFirst });
    assert.equal(first.length, 1, 'what is there is answered at once');
  });
  rmSync(join(input, '..'), { recursive: true });
});

test('texts are fetched by parts of files, also from hosts that know none, or give wrong ones', async () => {
  const filler = Array.from({ length: 26 }, (_, place) => String.fromCharCode(97 + place).repeat(300)).join(' ');
  const text = (number) => `Report ${number} opens at the ${number % 26 ? 'harbour' : 'border'}. ${filler}`;
  const input = written(Array.from({ length: 2600 }, (_, number) => ({ id: `r${number}`, language: 'en', text: text(number) })));
  const out = join(input, '..', 'site');
  sheaf('build', input, '--out', out, '--layout', 'files', '--page', process.env.SHEAF_DIST);
  const { documents, total } = searched('border', out);
  await serving(out, undefined, async ({ url }) => {
    const parts = [];
    const wholes = [];
    const host = (cut) => async (address, init) => {
      const range = /^bytes=(\d+)-(\d+)$/.exec(init.headers?.range ?? '');
      (range ? parts : wholes).push(address);
      const response = await fetch(address, init);
      return range ? cut(response, Number(range[1]), Number(range[2]) + 1) : response;
    };
    const part = async (response, start, end) => new Response((await response.arrayBuffer()).slice(start, end), { status: 206 });
    const hosts = [[part, false], [(response) => response, false], [(response, start, end) => part(response, start + 1, end + 1), true]];
    for (const [cut, isWrong] of hosts) {
      parts.length = 0;
      wholes.length = 0;
      const corpus = await Corpus.open(url, { fetch: host(cut) });
      const found = await corpus.search('border', { limit: 100 });
      assert.equal(found.total, total);
      assert.deepEqual(found.documents.map(({ id, score }) => ({ id, score })), documents);
      assert.ok(found.documents.every(({ snippets }) => snippets.some(({ text: own }) => own.includes('at the border'))));
      assert.ok(parts.length > 0, 'parts are asked for');
      assert.equal(parts.some((address) => wholes.includes(address)), isWrong, 'whole files only after wrong parts');
    }
  });
  const onDisk = await (await Corpus.open(pathToFileURL(out))).search('border', { limit: 100 });
  assert.deepEqual(onDisk.documents.map(({ id, score }) => ({ id, score })), documents);
  rmSync(join(input, '..'), { recursive: true });
});

test('files may be fetched by a function of the caller’s', async () => {
  await serving(files, undefined, async ({ url }) => {
    const asked = [];
    const own = (address, init) => {
      asked.push(address);
      return fetch(address, init);
    };
    await check(await Corpus.open(url, { fetch: own }), 'fidan');
    assert.ok(asked.length > 3);
  });
});

test('each damaged file is fetched once more, past the cache', async () => {
  const damaged = (own) => own.with(own.length >> 1, own[own.length >> 1] ^ 0x55);
  const spoil = (name, times, own) => (name.endsWith('.bin') && times === 1 ? damaged(new Uint8Array(own)) : undefined);
  await serving(files, spoil, async ({ url, asked }) => {
    await check(await Corpus.open(url), 'prisoner exchange');
    const bins = asked.filter(([name]) => name.endsWith('.bin'));
    assert.equal(bins.length, 2 * new Set(bins.map(([name]) => name)).size);
    bins.forEach(([name, cache], place) => {
      const isSecond = bins.findIndex(([first]) => first === name) < place;
      assert.equal(cache, isSecond ? 'no-cache' : '', name);
    });
  });
});

test('a file that stays damaged is an error that names it', async () => {
  for (const chunk of chunksOf(files)) {
    const spoil = (name) => (name.endsWith(chunk) ? new Uint8Array([0x78, 0x9c, 1, 2, 3]) : undefined);
    await serving(files, spoil, async ({ url, asked }) => {
      const corpus = await Corpus.open(url);
      const searches = QUERIES.map((query) => corpus.search(query));
      for (const search of await Promise.allSettled(searches)) {
        if (search.status === 'rejected') rejection('damaged', chunk, /Publish the site again/)(search.reason);
      }
      const times = asked.filter(([name]) => name.endsWith(chunk)).length;
      assert.ok(times === 0 || times % 2 === 0, `${chunk} was asked for ${times} times`);
    });
  }
});

test('a file that is missing, or a server that fails, is an error that names it', async () => {
  const postings = chunksOf(files);
  const failing = (status) => (name) => (postings.some((chunk) => name.endsWith(chunk)) ? status : undefined);
  await serving(files, failing(404), async ({ url }) => {
    const corpus = await Corpus.open(url);
    await assert.rejects(corpus.search('fidan'), rejection('not-found', '.bin', /open it again/));
  });
  await serving(files, failing(503), async ({ url }) => {
    const corpus = await Corpus.open(url);
    await assert.rejects(corpus.search('fidan'), rejection('network', undefined, /the server said 503/));
  });
});

test('a corpus mends itself when the server does', async () => {
  let isDown = true;
  const spoil = (name) => (isDown && /\/[0-9a-f]{16}\.bin$/.test(name) ? 503 : undefined);
  await serving(files, spoil, async ({ url }) => {
    const corpus = await Corpus.open(url);
    await assert.rejects(corpus.search('fidan'), rejection('network'));
    isDown = false;
    await check(corpus, 'fidan');
  });
});

test('a missing or damaged root is an error', async () => {
  const isRoot = (name) => name.startsWith('index/root-');
  await serving(files, (name) => (isRoot(name) ? 404 : undefined), async ({ url }) => {
    await assert.rejects(Corpus.open(url), rejection('not-found', '.bin'));
  });
  const cut = (name, _, own) => (isRoot(name) ? own.subarray(0, 40) : undefined);
  await serving(files, cut, async ({ url }) => {
    await assert.rejects(Corpus.open(url), rejection('damaged', '.bin'));
  });
  await serving(files, (name) => (isRoot(name) ? Buffer.from('<!doctype html>') : undefined), async ({ url }) => {
    await assert.rejects(Corpus.open(url), rejection('version', '.bin'));
  });
});

test('a page from a cache that names the root of before is read again', async () => {
  const spoil = (name, times, own) => {
    if (name === 'index.html' && times === 1) return Buffer.from(`${own}`.replace(/root-\w+/, 'root-before'));
  };
  await serving(files, spoil, async ({ url, asked }) => {
    await check(await Corpus.open(url), 'fidan');
    const pages = asked.filter(([name]) => name === 'index.html');
    assert.deepEqual(pages, [['index.html', '', ''], ['index.html', 'no-cache', '']]);
  });
});

test('a page that is none of Sheaf, or no page at all, is an error', async () => {
  const page = (name) => (name === 'index.html' ? Buffer.from('<link rel=stylesheet href=x.css>') : undefined);
  await serving(files, page, async ({ url }) => {
    await assert.rejects(Corpus.open(url), rejection('no-corpus', undefined, /no page of Sheaf/));
    await assert.rejects(Corpus.open(`${url}nowhere/`), rejection('not-found', 'nowhere/'));
  });
  await assert.rejects(Corpus.open('http://127.0.0.1:9/'), rejection('network'));
  await assert.rejects(Corpus.open('site/'), rejection('request', undefined, /no absolute URL/));
});

test('a search that is no longer wanted ends', async () => {
  await serving(files, undefined, async ({ url }) => {
    const corpus = await Corpus.open(url);
    const stop = new AbortController();
    const search = corpus.search('fidan', { signal: stop.signal });
    stop.abort();
    await assert.rejects(search, { name: 'AbortError' });
    await check(corpus, 'fidan');
  });
});
