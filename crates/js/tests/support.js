// What the tests share: the module, the command line, and a static server that can be told to misbehave.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder of the built module. */
export const moduleFolder = process.env.SHEAF_JS;
export const { Corpus, SheafError } = await import(pathToFileURL(join(moduleFolder, 'sheaf.js')).href);

const seeds = new URL('../../../seeds/', import.meta.url).pathname;

/** Runs `sheaf`; what it prints. */
export function sheaf(...args) {
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 };
  return execFileSync(process.env.SHEAF_BIN, args, options);
}

/** What `sheaf search --json` finds, in the seeds or another corpus. */
export function searched(query, corpus = seeds, args = []) {
  return JSON.parse(sheaf('search', '--corpus', corpus, '--json', '--limit', '100', ...args, '--', query));
}

/** Documents as a file of JSON Lines; its path. */
export function written(documents) {
  const path = join(mkdtempSync(join(tmpdir(), 'sheaf-js-')), 'documents.jsonl');
  writeFileSync(path, documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
  return path;
}

/** The five texts, with what the manifest states of them. */
export function seedDocuments() {
  const request = { Documents: { question: {}, sort: { key: 'Relevance', is_descending: false }, limit: 100 } };
  const { Documents } = JSON.parse(sheaf('ask', '--corpus', seeds, JSON.stringify(request)));
  return Documents.rows.map(({ card }) => ({
    id: card.name,
    title: card.title_known === 'Stated' ? card.title.map((run) => run.text).join('') : undefined,
    date: card.date_iso,
    source: card.source,
    language: card.language,
    text: readFileSync(join(seeds, `${card.name}.txt`), 'utf8'),
  }));
}

/** The seeds as a site; its folder. */
export function site(layout) {
  const out = join(mkdtempSync(join(tmpdir(), 'sheaf-js-')), 'site');
  sheaf('build', seeds, '--out', out, '--layout', layout, '--page', process.env.SHEAF_DIST);
  return out;
}

/** The chunks of an index in files. */
export function chunksOf(path) {
  return readdirSync(join(path, 'index')).filter((name) => !name.startsWith('root-'));
}

/**
 * Serves a folder. `spoil(name, times asked, request)` may give a status or other bytes in place of a file's own.
 * `asked` has each name with the `cache-control` and the `range` it was asked with.
 */
export async function serve(folder, spoil = () => undefined) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = request.url.split('?')[0];
    const name = path.endsWith('/') ? `${path}index.html` : path;
    asked.push([name.slice(1), request.headers['cache-control'] ?? '', request.headers.range ?? '']);
    const times = asked.filter(([own]) => own === name.slice(1)).length;
    const own = await readFile(join(folder, name)).catch(() => 404);
    const given = spoil(name.slice(1), times, own) ?? own;
    response.writeHead(typeof given === 'number' ? given : 200).end(typeof given === 'number' ? '' : given);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  return { url, asked, close: () => server.close().closeAllConnections() };
}
