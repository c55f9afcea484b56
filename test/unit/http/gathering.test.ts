// Pieces of any size come out as they went in, and small ones share their memory.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Gathering } from '../../../src/http/gathering';

const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 10_000, max: 70_000 })), { maxLength: 60 });

it('joins what was added, in its order', () => {
  fc.assert(fc.property(sizes, (lengths) => {
    const pieces = lengths.map((length, index) => Buffer.alloc(length, index + 1));
    const gathered = new Gathering();
    for (const piece of pieces) gathered.add(piece);
    expect(gathered.bytes).toBe(lengths.reduce((sum, length) => sum + length, 0));
    expect(gathered.take().equals(Buffer.concat(pieces))).toBe(true);
    expect([gathered.bytes, gathered.shift()]).toEqual([0, undefined]);
  }));
});

it('hands out what is there while more is added', () => {
  fc.assert(fc.property(sizes, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (lengths, takes) => {
    const pieces = lengths.map((length, index) => Buffer.alloc(length, index + 1));
    const gathered = new Gathering();
    const out: Uint8Array[] = [];
    pieces.forEach((piece, index) => {
      gathered.add(piece);
      const taken = takes[index] ? gathered.shift() : undefined;
      if (taken) out.push(Buffer.from(taken));
    });
    for (let piece = gathered.shift(); piece; piece = gathered.shift()) out.push(piece);
    expect(Buffer.concat(out).equals(Buffer.concat(pieces))).toBe(true);
    expect(gathered.bytes).toBe(0);
  }));
});

it('keeps nothing of the memory that small pieces are views of', () => {
  const gathered = new Gathering();
  const network = Buffer.alloc(64 * 1024);
  for (let byte = 0; byte < 200_000; byte += 1) gathered.add(network.subarray(7, 8));
  const buffers = new Set<ArrayBufferLike>();
  let pieces = 0;
  for (let piece = gathered.shift(); piece; piece = gathered.shift()) {
    pieces += 1;
    buffers.add(piece.buffer);
  }
  expect(pieces).toBeLessThanOrEqual(5);
  expect(buffers.has(network.buffer)).toBe(false);
});

it('forgets all when it is cleared', () => {
  const gathered = new Gathering();
  gathered.add(Buffer.from('abc'));
  gathered.clear();
  gathered.add(Buffer.from('de'));
  expect(gathered.take().toString()).toBe('de');
});
