// What the benchmarks run in Node: Sheaf's module, and peers from npm. Each call measures one thing in a process of its
// own, since memory of WebAssembly never shrinks; the last line that it prints is the outcome, as JSON.
//
//   node bench.mjs ours-memory|ours-files|peer OPTIONS.json

import { createServer } from 'node:http';
import { mkdirSync, readFileSync, rmSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Answers of each query that are timed, after one that is not; the middle one counts. */
const RUNS = 3;
const LIMIT = 10;
/** Rows that are in the window when an answer comes: their passages are brought first, the others when somebody scrolls. */
const IN_VIEW = [0, 3];
/** Queries before the memory of an index in files is looked at. */
const BEFORE_MEMORY = 50;

const [task, path] = process.argv.slice(2);
const options = JSON.parse(readFileSync(path, 'utf8'));
const queries = options.queries ? JSON.parse(readFileSync(options.queries, 'utf8')) : [];
// Ours

async function oursInMemory() {
  const { Corpus, memory } = await module();
  const documents = await documentsOf(options.documents);
  const { seconds, value: corpus } = await timed(() => Corpus.fromDocuments(documents));
  const peakBytes = memory();
  return { seconds, peakBytes, problems: corpus.problems.length, ...(await latency(corpus)) };
}

async function oursInFiles() {
  const { Corpus, memory } = await module();
  const server = await serve(options.index);
  const root = `${server.url}${options.root}`;
  const corpus = await Corpus.open(root);
  const step = Math.max(1, Math.floor(queries.length / BEFORE_MEMORY));
  for (const { requests } of queries.filter((_, place) => place % step === 0)) {
    for (const request of requests) await corpus.handle(asResults(request));
  }
  const memoryBytes = memory();
  const warm = await latency(corpus);
  corpus.close();
  const cold = [];
  for (const { kind, words, requests } of queries) cold.push({ kind, words, ...(await coldSearch(Corpus, server, root, requests)) });
  return { memoryBytes, rootBytes: statSync(join(options.index, options.root)).size, ...warm, cold };
}

/**
 * What a first search reads over HTTP, part by part: until the rows are there with titles and the exact total, and of that
 * until there are first ones; then what goes beside them (passages of those in view, spellings, counts of the facets); then the
 * passages of the other rows. In each, `idle` is the same for most questions and comes while somebody types; `texts` are what
 * passages are taken from; `lists` is the rest; `first` is all but `idle` until there are first rows.
 */
async function coldSearch(Corpus, server, root, requests) {
  let rounds = [];
  let underWay = 0;
  const counting = async (url, init) => {
    if (underWay === 0) rounds.push([]);
    rounds.at(-1).push(new URL(url).pathname.slice(1));
    underWay += 1;
    try {
      return await fetch(url, init);
    } finally {
      underWay -= 1;
    }
  };
  const corpus = await Corpus.open(root, { fetch: counting });
  const isIdle = (names) => names.every((name) => options.chunks[name][1]);
  const read = async (ask) => {
    server.asked.length = 0;
    rounds = [];
    let first;
    await ask(() => (first ??= [server.asked.length, rounds.length]));
    first ??= [server.asked.length, rounds.length];
    const idleRounds = rounds.filter(isIdle).length;
    const part = { idle_rounds: idleRounds, rounds: rounds.length - idleRounds, idle: 0, lists: 0, metadata: 0, texts: 0, first: 0 };
    part.first_rounds = rounds.slice(0, first[1]).filter((names) => !isIdle(names)).length;
    for (const [place, [name, length]] of server.asked.entries()) {
      const [kind] = options.chunks[name];
      const own = isIdle([name]) ? 'idle' : ['metadata', 'texts'].includes(kind) ? kind : 'lists';
      part[own] += length;
      if (own !== 'idle' && place < first[0]) part.first += length;
    }
    return part;
  };
  const rows = requests.filter((request) => request.Ranked);
  // The root is loaded with the page.
  const cold = {
    rows: await read(async (onFirst) => {
      for (const request of rows) await corpus.handle(asResults(request, IN_VIEW), { complete: false, onFirst });
    }),
    beside: await read(async () => {
      for (const request of requests) await corpus.handle(asResults(request, IN_VIEW));
    }),
    others: await read(async () => {
      for (const request of rows) await corpus.handle(asResults(request));
    }),
  };
  corpus.close();
  return cold;
}

function asResults(request, passages) {
  return request.Ranked ? { Results: { ...request.Ranked, passages } } : request;
}

async function latency(corpus) {
  const times = {};
  const totals = [];
  for (const { kind, requests } of queries) {
    const run = async () => {
      let total;
      for (const request of requests) {
        const response = await corpus.handle(request);
        total ??= response.Ranked?.total;
      }
      return total;
    };
    totals.push(await run());
    (times[kind] ??= []).push(await middle(run));
  }
  return { times, totals };
}

/** The module, and how much memory its engine holds. */
async function module() {
  let memory;
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...args) => {
    const result = await instantiate(...args);
    const { exports } = result.instance ?? result;
    memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
    return result;
  };
  const { Corpus } = await import(pathToFileURL(join(options.module, 'sheaf.js')).href);
  return { Corpus, memory: () => memory.buffer.byteLength };
}

// Peers: each builds, says how large it is, and answers what it can. `search` gives the number of documents that it
// returns, or of all that it finds where it says that.

async function peer() {
  const documents = await documentsOf(options.documents);
  const { search, fresh, loaded, ...built } = await PEERS[options.name](documents);
  const times = {};
  const totals = [];
  const cold = [];
  for (const query of queries) {
    const run = search(query);
    if (run) await fresh?.();
    totals.push(run ? await run() : null);
    if (run && loaded) cold.push({ kind: query.kind, words: query.words, bytes: loaded() });
    if (run) (times[query.kind] ??= []).push(await middle(run));
  }
  return { ...built, rssBytes: process.memoryUsage().rss, times, totals, cold };
}

const PEERS = { minisearch, flexsearch, orama, pagefind };

async function minisearch(documents) {
  const { default: MiniSearch } = await npm('minisearch');
  const settings = { fields: ['title', 'text'], storeFields: ['date', ...fieldNames()] };
  const index = new MiniSearch(settings);
  const { seconds } = await timed(() => index.addAll(documents));
  const search = (query) => {
    if (['phrase', 'near'].includes(query.mode)) return undefined;
    const wanted = {
      combineWith: query.mode === 'or' ? 'OR' : 'AND',
      prefix: query.mode === 'prefix',
      fuzzy: query.mode === 'fuzzy' ? 1 : false,
      filter: query.filter ? (hit) => hit[query.filter[0]] === query.filter[1] : undefined,
    };
    const text = query.words.join(' ');
    return () => {
      const found = index.search(text, wanted);
      if (query.filter) facet(index.search(text, { ...wanted, filter: undefined }), query.filter[0]);
      if (query.is_by_date) found.sort((a, b) => (a.date < b.date ? 1 : -1));
      return found.length;
    };
  };
  return { seconds, ...serialised(() => [JSON.stringify(index)]), search };
}

async function flexsearch(documents) {
  const { Document } = await npm('flexsearch');
  const [field] = fieldNames();
  const settings = { document: { id: 'id', index: ['title', 'text'], tag: field ? [field] : undefined } };
  const index = new Document(settings);
  const { seconds } = await timed(() => documents.forEach((document) => index.add(document)));
  const search = (query) => {
    // Its context is no phrase, its prefixes take an index of all beginnings, and it sorts by relevance alone.
    if (query.mode !== 'and' || query.is_by_date) return undefined;
    const tag = query.filter && { [query.filter[0]]: query.filter[1] };
    const wanted = { limit: LIMIT, tag: tag || undefined, merge: true };
    return () => index.search(query.words.join(' '), wanted).length;
  };
  const parts = [];
  await index.export((_, data) => void (data && parts.push(data)));
  return { seconds, ...serialised(() => parts), search };
}

async function orama(documents) {
  const { create, insertMultiple, save, search: ask } = await npm('@orama/orama');
  const [field] = fieldNames();
  const schema = { title: 'string', text: 'string', date: 'string', ...(field && { [field]: 'enum' }) };
  const index = create({ schema, components: { tokenizer: { stemming: true, language: 'english' } } });
  const kept = documents.map((document) => Object.fromEntries(['id', ...Object.keys(schema)].map((key) => [key, document[key]])));
  const { seconds } = await timed(() => insertMultiple(index, kept, 1000));
  const search = (query) => {
    if (['phrase', 'near'].includes(query.mode)) return undefined;
    const wanted = {
      term: query.words.join(' '),
      properties: ['title', 'text'],
      limit: LIMIT,
      threshold: query.mode === 'or' ? 1 : 0,
      exact: false,
      ...(query.mode === 'fuzzy' && { tolerance: 1 }),
      ...(query.filter && { where: { [query.filter[0]]: { eq: query.filter[1] } }, facets: { [query.filter[0]]: {} } }),
      ...(query.is_by_date && { sortBy: { property: 'date', order: 'DESC' } }),
    };
    return async () => (await ask(index, wanted)).count;
  };
  return { seconds, ...serialised(() => Object.values(save(index)).map((part) => JSON.stringify(part) ?? '')), search };
}

async function pagefind(documents) {
  const { createIndex, close } = await npm('pagefind', 'lib/index.js');
  const [field] = fieldNames();
  const folder = join(options.work, 'pagefind');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { index } = await createIndex({});
  const { seconds } = await timed(async () => {
    for (const { id, title, text, date, ...others } of documents) {
      const filters = field && others[field] != null ? { [field]: [others[field]].flat().map(String) } : {};
      await index.addCustomRecord({
        url: `/${encodeURIComponent(id)}`, content: `${title ?? ''}. ${text}`, language: 'en',
        meta: { title: title ?? id }, filters, sort: date ? { date } : {},
      });
    }
    await index.writeFiles({ outputPath: folder });
  });
  await close();
  const server = await serve(folder);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const sizes = files.map((file) => [file.name, statSync(join(file.parentPath, file.name)).size]);
  const bytesOf = (wanted) => sizes.filter(([name]) => wanted(name)).reduce((sum, [, size]) => sum + size, 0);
  // Its script is for pages: it asks where it was loaded from, and for the language of the page.
  globalThis.window = globalThis;
  globalThis.location = new URL('http://page.invalid/');
  globalThis.document = { querySelector: () => ({ getAttribute: () => 'en' }), currentScript: null };
  let api;
  const fresh = async () => {
    api = await import(`${pathToFileURL(join(folder, 'pagefind.js')).href}?${Math.random()}`);
    server.asked.length = 0;
    await api.options({ basePath: server.url, baseUrl: '/', noWorker: true });
    await api.init();
  };
  const search = (query) => {
    if (['or', 'fuzzy', 'near'].includes(query.mode)) return undefined;
    const term = query.mode === 'phrase' ? `"${query.words.join(' ')}"` : query.words.join(' ');
    const wanted = {
      ...(query.filter && { filters: { [query.filter[0]]: query.filter[1] } }),
      ...(query.is_by_date && { sort: { date: 'desc' } }),
    };
    return async () => {
      if (query.filter) await api.filters();
      const { results } = await api.search(term, wanted);
      await Promise.all(results.slice(0, LIMIT).map((result) => result.data()));
      return results.length;
    };
  };
  // The wasm is its program, as ours is.
  const loaded = () => server.asked.reduce((sum, [name, size]) => sum + (name.startsWith('wasm.') ? 0 : size), 0);
  const isText = (name) => name.endsWith('.pf_fragment');
  const isIndex = (name) => /\.pf_(index|meta|filter)$/.test(name);
  return { seconds, gzipBytes: bytesOf(isIndex), textBytes: bytesOf(isText), files: files.length, fresh, loaded, search };
}

/** The parts of an index as text: too long for one string, they are weighed one by one. */
function serialised(parts) {
  try {
    const bytes = parts().map((part) => Buffer.from(String(part)));
    const sum = (lengths) => lengths.reduce((a, b) => a + b, 0);
    return { bytes: sum(bytes.map((part) => part.length)), gzipBytes: sum(bytes.map((part) => gzipSync(part).length)) };
  } catch (error) {
    return { bytes: null, gzipBytes: null, note: `cannot be serialised: ${error.message}` };
  }
}

function fieldNames() {
  return [...new Set(queries.flatMap(({ filter }) => (filter ? [filter[0]] : [])))];
}

function facet(found, field) {
  const counts = new Map();
  for (const hit of found) counts.set(hit[field], (counts.get(hit[field]) ?? 0) + 1);
  return counts;
}

/** A package of npm, from where the driver installed it. */
async function npm(name, file) {
  const folder = join(options.packages, 'node_modules', name);
  const { exports, module, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const entry = exports?.['.'] ?? exports;
  const own = file ?? [entry?.import?.default, entry?.import, module, main].find((path) => typeof path === 'string');
  return import(pathToFileURL(join(folder, own)).href);
}

// Tools

async function documentsOf(path) {
  const documents = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    documents.push(JSON.parse(line));
  }
  return documents;
}

async function timed(work) {
  const start = performance.now();
  const value = await work();
  return { seconds: (performance.now() - start) / 1e3, value };
}

async function middle(run) {
  const times = [];
  for (let turn = 0; turn < RUNS; turn += 1) times.push((await timed(run)).seconds * 1e3);
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

/** A static server. `asked` has each file with the length of what was sent of it. */
async function serve(folder) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(request.url.split('?')[0]).slice(1);
    let bytes = await readFile(join(folder, name)).catch(() => undefined);
    let status = bytes ? 200 : 404;
    const headers = { 'content-type': name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream' };
    const part = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (bytes && part) {
      const [start, end] = [Number(part[1]), Number(part[2])];
      headers['content-range'] = `bytes ${start}-${end}/${bytes.length}`;
      bytes = bytes.subarray(start, end + 1);
      status = 206;
    }
    asked.push([name, bytes?.length ?? 0]);
    response.writeHead(status, headers).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, asked };
}

const tasks = { 'ours-memory': oursInMemory, 'ours-files': oursInFiles, peer };
console.log(JSON.stringify(await tasks[task]()));
process.exit(0);
