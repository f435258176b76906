// Blocks of numbers are unpacked on vectors in wasm and nowhere else: here against their definition, bit by bit.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { moduleFolder } from './support.js';

const { default: initialise, unpackBlock } = await import(pathToFileURL(join(moduleFolder, 'sheaf_bg.js')).href);
await initialise({ module_or_path: readFileSync(join(moduleFolder, 'sheaf_bg.wasm')) });

const BLOCK = 128;

/** Numbers of so many bits, the same in every run (Marsaglia's xorshift), the extremes among them. */
function numbers(width, seed) {
  let state = seed * 2654435761 + width + 1;
  const most = 2 ** width - 1;
  return Array.from({ length: BLOCK }, (_, place) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return place % 9 === 0 ? most : place % 11 === 0 ? 0 : (state >>> 0) % (most + 1);
  });
}

/** Lane `l` holds the numbers `l, l+4, l+8 …`, bit after bit; word `w` of all lanes is 16 bytes in a row. */
function packed(values, width) {
  const bytes = new Uint8Array(2 + 16 * width);
  bytes[0] = width;
  values.forEach((value, place) => {
    for (let bit = 0; bit < width; bit += 1) {
      const at = Math.floor(place / 4) * width + bit;
      const byte = 16 * Math.floor(at / 32) + 4 * (place % 4) + Math.floor((at % 32) / 8);
      bytes[2 + byte] |= (Math.floor(value / 2 ** bit) % 2) << (at % 8);
    }
  });
  return bytes;
}

test('blocks of every width are what was packed', () => {
  for (let width = 0; width <= 32; width += 1) {
    for (let seed = 1; seed <= 20; seed += 1) {
      const values = numbers(width, seed);
      assert.deepEqual([...unpackBlock(packed(values, width), BLOCK)], values, `width ${width}`);
    }
  }
});

/** Seven bits for a place, the rest above them; in one row, each so wide. */
function patchesOf(entries, width) {
  const row = entries.reduce((all, [place, rest], at) => all | (BigInt(place + 128 * rest) << BigInt(at * width)), 0n);
  const bytes = Array.from({ length: Math.ceil((entries.length * width) / 8) }, (_, at) => Number((row >> BigInt(8 * at)) & 255n));
  return [width, ...bytes];
}

test('patches are put over a block', () => {
  for (const [entries, width] of [[[[77, 3]], 9], [[[3, 1], [77, 3], [127, 2]], 9], [[[0, 2 ** 27 - 1], [64, 5]], 34]]) {
    const values = numbers(5, 1);
    const bytes = packed(values, 5);
    bytes[1] = entries.length;
    const patched = new Uint8Array([...bytes, ...patchesOf(entries, width)]);
    entries.forEach(([place, rest]) => { values[place] += rest * 32; });
    assert.deepEqual([...unpackBlock(patched, BLOCK)], values);
  }
});

test('bytes that are no block are none', () => {
  const bytes = packed(numbers(7, 1), 7);
  assert.equal(unpackBlock(bytes.subarray(0, bytes.length - 1), BLOCK), undefined);
  assert.equal(unpackBlock(new Uint8Array([33, 0]), BLOCK), undefined);
  assert.equal(unpackBlock(bytes, 1000), undefined);
  bytes[1] = 1;
  for (const width of [0, 6, 40, 255]) {
    assert.equal(unpackBlock(new Uint8Array([...bytes, width, ...new Uint8Array(40)]), BLOCK), undefined, `${width}`);
  }
});
