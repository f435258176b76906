// Sheaf as an ES module. What every function takes and gives stands in sheaf.d.ts.
//
// This file waits and fetches; sheaf_bg.wasm answers. A corpus in files says which of them an answer needs: they are
// fetched side by side, handed over, and it is asked again.

import initialise, { Documents, Engine } from './sheaf_bg.js';

/** Ways to ask for a file: as usual, then past a cache that may hold a damaged one. */
const CACHES = ['default', 'reload'];
/** More rounds than any question takes. */
const MAX_ROUNDS = 1000;
const SORT_KEYS = ['relevance', 'date', 'title', 'length', 'source', 'language', 'hits'];

export class SheafError extends Error {
  constructor(code, message, { file, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SheafError';
    this.code = code;
    this.file = file;
  }
}

export class Corpus {
  #engine;
  #folder;
  #fetch;
  #problems;
  /** Files, or parts of them, on their way: questions that need the same wait for the same. */
  #coming = new Map();

  /** For `Corpus.fromDocuments` and `Corpus.open` alone. */
  constructor(engine, folder, fetch) {
    if (!(engine instanceof Engine)) {
      throw new SheafError('request', 'Make a corpus with Corpus.fromDocuments or Corpus.open.');
    }
    this.#engine = engine;
    this.#folder = folder;
    this.#fetch = fetch;
    this.#problems = engine.problems;
  }

  static async fromDocuments(documents, options = {}) {
    const { title = '', onProgress } = known(options, ['title', 'onProgress'], 'Corpus.fromDocuments');
    if (typeof documents === 'string' || !(documents?.[Symbol.asyncIterator] ?? documents?.[Symbol.iterator])) {
      throw new SheafError('documents', 'The documents are not iterable. Give an array or another iterable of objects.');
    }
    await ready();
    const gathered = new Documents(String(title));
    try {
      let done = 0;
      for await (const document of documents) {
        done += 1;
        take(gathered, document, done);
        onProgress?.({ phase: 'reading', done, total: documents.length });
      }
    } catch (error) {
      gathered.free();
      throw error;
    }
    return new Corpus(gathered.index(telling(onProgress)));
  }

  static async open(url, options = {}) {
    const { fetch = globalThis.fetch, onProgress } = known(options, ['fetch', 'onProgress'], 'Corpus.open');
    await ready();
    const use = async (bytes) => {
      if (!Engine.isRoot(bytes)) return Engine.fromCorpus(bytes, telling(onProgress));
      return Engine.fromRoot(await inflated(bytes.subarray(Engine.rootStart())));
    };
    const place = absolute(url);
    const open = async (caches) => {
      const file = await corpusFile(place, fetch, caches);
      return new Corpus(await insist(file, fetch, use), new URL('./', file), fetch);
    };
    try {
      return await open(CACHES);
    } catch (error) {
      // A page in a cache may name a file of the site as it was before.
      if (error?.code !== 'not-found' || error.file === place.href) throw error;
      return open(CACHES.slice(1));
    }
  }

  get title() {
    return this.#open().title;
  }

  get size() {
    return this.#open().size;
  }

  get problems() {
    return this.#problems;
  }

  async search(query, options = {}) {
    const names = ['limit', 'filters', 'sort', 'exactness', 'typing', 'complete', 'signal'];
    const { limit = 10, filters, sort, exactness, typing, complete, signal } = known(options, names, 'search');
    const question = {
      query: String(query ?? ''),
      is_typing: Boolean(typing),
      filters: filterList(filters),
      exactness: known(exactness ?? {}, ['case', 'accents', 'forms'], 'exactness'),
    };
    const body = { question, sort: sortOf(sort), limit: count(limit) };
    // The passages first: what they need comes in fewer rounds, and by then the scores lack little.
    const { Results } = await this.handle({ Results: body }, { complete, signal });
    const { Ranked } = await this.handle({ Ranked: body }, { signal });
    return found(Ranked, Results);
  }

  async handle(request, options = {}) {
    const { complete = true, signal, onFirst } = known(options, ['complete', 'signal', 'onFirst'], 'handle');
    let isFirst = true;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      signal?.throwIfAborted();
      const { need, later, is_working: isWorking, meanwhile, response } = asked(() => this.#open().ask(request, Boolean(onFirst && isFirst)));
      if (isWorking) {
        // Others get their turn. It comes to an end by itself.
        round -= 1;
        await new Promise((resume) => setTimeout(resume));
        continue;
      }
      if (meanwhile && isFirst) {
        isFirst = false;
        onFirst?.(meanwhile);
      }
      const wanted = complete ? [...need, ...later] : need;
      if (wanted.length === 0) return response;
      // All of them end before one that failed is told: who asks again must not find those of before still failing.
      const brought = await Promise.allSettled(wanted.map((file) => this.#bring(file)));
      const lost = brought.find(({ status }) => status === 'rejected');
      if (lost) throw lost.reason;
    }
    throw new SheafError('damaged', 'The index asks for the same files again and again. Publish the site again.');
  }

  close() {
    this.#engine?.free();
    this.#engine = undefined;
  }

  #open() {
    if (!this.#engine) throw new SheafError('closed', 'This corpus was closed. Open it again to search in it.');
    return this.#engine;
  }

  #bring(file) {
    // What two questions want at once is fetched once.
    const keys = file.chunks.map(({ number }) => `${file.name} ${number}`);
    let coming = keys.every((key) => this.#coming.has(key)) && Promise.all(keys.map((key) => this.#coming.get(key)));
    if (!coming) {
      const supply = async (bytes, isPart) => {
        const from = isPart ? file.bytes[0] : 0;
        for (const { kind, number, bytes: own } of file.chunks) {
          const packed = own ? bytes.subarray(own[0] - from, own[1] - from) : bytes;
          const payload = file.is_deflated ? await inflated(this.#open().stream(kind, number, packed)) : packed;
          this.#open().supply(kind, number, payload);
        }
      };
      coming = insist(new URL(file.name, this.#folder), this.#fetch, supply, { part: file.bytes });
      const own = coming;
      keys.forEach((key) => this.#coming.set(key, own));
      const forget = () => keys.filter((key) => this.#coming.get(key) === own).forEach((key) => this.#coming.delete(key));
      coming.then(forget, forget);
    }
    return coming;
  }
}

let engine;

/** Loads the wasm, once; after a failure again. */
function ready() {
  engine ??= load().catch((cause) => {
    engine = undefined;
    throw new SheafError('wasm', 'sheaf_bg.wasm could not be loaded. It must lie beside sheaf.js.', { cause });
  });
  return engine;
}

async function load() {
  const url = new URL('sheaf_bg.wasm', import.meta.url);
  await initialise({ module_or_path: url.protocol === 'file:' ? await fromDisk(url) : url });
}

/** Of Node and its like, where `fetch` reads no files. */
async function fromDisk(url) {
  const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ 'node:fs/promises');
  return readFile(url);
}

function take(gathered, document, number) {
  let json;
  let text;
  try {
    const { text: own, ...others } = named(document) ?? {};
    // JSON would escape all of a text for it to be read back: that takes longer than reading it.
    const isApart = typeof own === 'string' && own.isWellFormed?.() && typeof document.toJSON !== 'function';
    if (isApart) text = encoded(own);
    json = JSON.stringify(isApart ? others : named(document)) ?? 'null';
  } catch (cause) {
    throw new SheafError('documents', `Document ${number} cannot be written as JSON: ${cause.message}`, { cause });
  }
  gathered.push(json, text);
  const type = typeof document?.text;
  if (type === 'number' || type === 'boolean') {
    gathered.problem(`The text is a ${type}; it was read as “${document.text}”. Give it as a string.`);
  }
}

const encoder = new TextEncoder();
/** Most characters of a text that is encoded where the one before was: fresh arrays would be as much garbage as text. */
const MOST_IN_ROOM = 1 << 16;
const room = new Uint8Array(3 * MOST_IN_ROOM);

/** A text in UTF-8, until the next is. */
function encoded(text) {
  if (text.length > MOST_IN_ROOM) return encoder.encode(text);
  return room.subarray(0, encoder.encodeInto(text, room).written);
}

/** A document by its `name` where it has no `id`. */
function named(document) {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document;
  if (document.id != null || document.name == null) return document;
  const { name, ...others } = document;
  return { ...others, id: name };
}

function telling(onProgress) {
  return (done, total) => {
    onProgress?.({ phase: 'indexing', done, total });
  };
}

function absolute(url) {
  try {
    return new URL(url, globalThis.document?.baseURI);
  } catch (cause) {
    throw new SheafError('request', `“${url}” is no absolute URL. Write it with https:// and its host.`, { cause });
  }
}

/** The file that a site loads first. Its name changes with the corpus: the page says it. */
async function corpusFile(url, fetch, caches) {
  if (url.pathname.endsWith('.bin')) return url;
  const page = new URL(url);
  page.hash = '';
  if (!/(\/|\.html?)$/i.test(page.pathname)) page.pathname += '/';
  if (page.protocol === 'file:' && page.pathname.endsWith('/')) page.pathname += 'index.html';
  const html = await insist(page, fetch, (bytes) => new TextDecoder().decode(bytes), { caches });
  const links = html.match(/<link\b[^>]*>/gi) ?? [];
  const link = links.find((tag) => /\bdata-role="corpus"/.test(tag));
  const href = link?.match(/\bhref="([^"]+)"/)?.[1];
  if (!href) {
    const message = `${page} is no page of Sheaf: it names no corpus. Give the address of a published site.`;
    throw new SheafError('no-corpus', message, { file: page.href });
  }
  return new URL(href, page);
}

/**
 * Fetches a file, or a part of it, and uses it; once more, past the cache and the whole file, where either fails: some
 * hosts have no parts, or wrong ones.
 */
async function insist(url, fetch, use, { caches = CACHES, part } = {}) {
  let failure;
  for (const cache of caches) {
    try {
      const [bytes, isPart] = await bytesOf(url, fetch, cache, failure ? undefined : part);
      return await use(bytes, isPart);
    } catch (error) {
      failure = fetched(error, url);
      if (!(failure instanceof SheafError) || failure.code === 'closed') break;
    }
  }
  throw failure;
}

/** The bytes of a file, or of a part of it, and which of the two. */
async function bytesOf(url, fetch, cache, part) {
  try {
    // A `fetch` of the caller's reads whatever it likes.
    if (url.protocol === 'file:' && fetch === globalThis.fetch) return [new Uint8Array(await fromDisk(url)), false];
    // Uncompressed: else it would be a part of the compressed file. Browsers say that by themselves.
    const headers = part && { range: `bytes=${part[0]}-${part[1] - 1}` };
    const response = await fetch(url.href, headers ? { cache, headers } : { cache });
    if (response.ok) return [new Uint8Array(await response.arrayBuffer()), Boolean(part) && response.status === 206];
    throw new Absent(`the server said ${response.status}`, { cause: { code: response.status } });
  } catch (cause) {
    throw cause instanceof Absent ? cause : new Absent(cause?.message ?? String(cause), { cause });
  }
}

class Absent extends Error {}

class Damaged extends Error {}

/** What went wrong with a file, for people; what the caller's own code threw stays as it is. */
function fetched(cause, url) {
  const file = url.href;
  const error = (code, message) => new SheafError(code, message, { file, cause });
  if (cause instanceof Absent && [404, 410, 'ENOENT'].includes(cause.cause?.code)) {
    return error('not-found', `${file} is not there. The site may have been published anew: open it again.`);
  }
  if (cause instanceof Absent) {
    return error('network', `${file} could not be fetched: ${cause.message}. Check the connection, then try again.`);
  }
  if (cause instanceof Damaged || cause?.name === 'damaged') {
    return error('damaged', `${file} is damaged, also past the cache. Publish the site again.`);
  }
  if (cause?.name === 'version') {
    return error('version', `${file} was written by another version of Sheaf. Publish it again, or update this module.`);
  }
  return cause;
}

async function inflated(bytes) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (cause) {
    throw new Damaged('it cannot be inflated', { cause });
  }
}

/** Errors of the wasm's own, whose name is their code. */
function asked(ask) {
  try {
    return ask();
  } catch (error) {
    if (error?.name !== 'request') throw error;
    throw new SheafError('request', `This is no request: ${error.message}.`, { cause: error });
  }
}

/** The options, if all are known: a misspelt one would be silently left out. */
function known(options, names, where) {
  const unknown = Object.keys(options ?? {}).find((name) => !names.includes(name));
  if (unknown === undefined) return options ?? {};
  throw new SheafError('request', `${where} has no option “${unknown}”. It has: ${names.join(', ')}.`);
}

function count(limit) {
  if (limit === Infinity) return 2 ** 32 - 1;
  if (Number.isInteger(limit) && limit >= 0 && limit < 2 ** 32) return limit;
  throw new SheafError('request', `The limit is ${limit}; give a whole number from 0, or Infinity.`);
}

function filterList(filters) {
  const entries = Object.entries(filters ?? {}).filter(([, values]) => values !== undefined);
  return entries.map(([field, values]) => ({ field, values: [values].flat().map(String) }));
}

function sortOf(sort = 'relevance') {
  const name = String(sort);
  const key = name.replace(/^-/, '');
  if (!SORT_KEYS.includes(key)) {
    throw new SheafError('request', `Nothing is sorted by “${name}”. Sort by: ${SORT_KEYS.join(', ')}, or -date and so on.`);
  }
  return { key: key[0].toUpperCase() + key.slice(1), is_descending: name.startsWith('-') };
}

/** The answer for people, made of the core's two. */
function found(ranked, results) {
  const scores = new Map(ranked.documents.map(({ id, score }) => [id, score]));
  const { echo } = results;
  return {
    total: results.matched,
    of: results.of,
    hits: results.hits,
    documents: results.rows.map((row) => documentOf(row, scores.get(row.card.name) ?? 0)),
    problems: ranked.problems,
    suggestions: echo.offers,
    understood: echo.sentence.map((run) => Object.values(run)[0]).join(''),
  };
}

function documentOf({ card, hits, snippets }, score) {
  return {
    id: card.name,
    title: textOf(card.title),
    titleRuns: card.title,
    date: card.date_iso || null,
    source: card.source || null,
    language: card.language || null,
    words: card.words,
    hits,
    score,
    snippets: snippets.map(({ runs, is_cut }) => ({ text: textOf(runs), runs, cutBefore: is_cut[0], cutAfter: is_cut[1] })),
  };
}

function textOf(runs) {
  return runs.map((run) => run.text).join('');
}
