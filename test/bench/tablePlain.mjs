// What a plain program does with a file of a table: reads it, parses it with papaparse alone, and sorts a column that it has kept.

import { createReadStream } from 'node:fs';
import Papa from 'papaparse';

/**
 * In milliseconds, and bytes that the process has grown by.
 * @typedef {object} PlainFigures
 * @property {number} readMs Its bytes, and nothing done with them.
 * @property {number} parseMs One pass of papaparse, nothing kept.
 * @property {number} sortNumberMs A pass that keeps a column of numbers, and the sorting of it.
 * @property {number} sortTextMs The same with a column of texts.
 * @property {number} heldBytes With all rows held, as papaparse gives them.
 */

/** @typedef {(rows: readonly (readonly string[])[]) => void} Take */

/** @param {string} path @returns {Promise<PlainFigures>} */
async function measurePlain(path) {
  const readMs = await timed(async () => {
    for await (const piece of createReadStream(path)) void piece;
  });
  const parseMs = await timed(() => parse(path, () => undefined));
  const sortNumberMs = await timed(async () => {
    /** @type {number[]} */
    const values = [];
    await parse(path, (rows) => rows.forEach((row) => values.push(Number(row[7]))));
    sorted(values);
  });
  const sortTextMs = await timed(async () => {
    /** @type {string[]} */
    const values = [];
    await parse(path, (rows) => rows.forEach((row) => values.push(row[4] ?? '')));
    sorted(values);
  });
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  /** @type {(readonly string[])[]} */
  const held = [];
  await parse(path, (rows) => rows.forEach((row) => held.push(row)));
  // What is used after it was measured is held until then.
  const heldBytes = process.memoryUsage.rss() - before;
  if (held.length === 0) throw new Error('The file has no rows.');
  return { readMs, parseMs, sortNumberMs, sortTextMs, heldBytes };
}

/** @param {string} path @param {Take} take @returns {Promise<void>} */
function parse(path, take) {
  return new Promise((complete, error) => Papa.parse(createReadStream(path, 'utf8'), { chunk: ({ data }) => take(/** @type {string[][]} */ (data)), complete: () => complete(), error }));
}

/**
 * Numbers of the rows in the order of their values.
 * @template {string | number} T
 * @param {readonly T[]} values
 */
function sorted(values) {
  const compare = (/** @type {T | undefined} */ one, /** @type {T | undefined} */ other) => (one === undefined || other === undefined || one === other ? 0 : one < other ? -1 : 1);
  return Uint32Array.from(values.keys()).sort((one, other) => compare(values[one], values[other]) || one - other);
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

// Always a process of its own.
process.stdout.write(JSON.stringify(await measurePlain(JSON.parse(process.argv[2] ?? '{}').path)));
