// What it costs to look at a file of a million rows: opening it, putting it in order, filtering it, and a window into it.

import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Milliseconds, and bytes of memory of the whole process.
 * @typedef {object} EngineFigures
 * @property {number} firstRowsMs From opening to the first rows.
 * @property {number} wholeMs From opening to all rows.
 * @property {number} sortNumberMs
 * @property {number} sortAgainMs The same column the other way round.
 * @property {number} sortTextMs A column in which all cells differ.
 * @property {number} windowMs A hundred rows from the middle of a sorted order.
 * @property {number} filterMs Rows in which a column contains a text.
 * @property {number} searchMs Rows in which a text stands anywhere.
 * @property {number} summaryMs All columns counted.
 * @property {number} openBytes What the process has grown by once the file is open.
 * @property {number} mostBytes What it has grown by at most.
 * @property {number} sortingGapMs The longest time between two ticks of a timer of 2 ms on the thread that asks, while the three sorts were made.
 * @property {number} idleGapMs The same while it had nothing to do for as long.
 */

const { signal } = new AbortController();

/**
 * Measures once. Run it in a process that has done nothing before.
 * @param {string} dist The production build.
 * @param {string} path A file that {@link fillTable} has made.
 * @returns {Promise<EngineFigures>}
 */
export async function measureTable(dist, path) {
  /** @type {typeof import('../../src/tables/tableOpener')} */
  const { tableOpener } = createRequire(import.meta.url)(join(dist, 'tableOpener.js'));
  const before = process.memoryUsage.rss();
  const memory = watch(() => process.memoryUsage.rss());
  const opener = tableOpener(join(dist, 'tableWorker.js'));
  const from = performance.now();
  const table = opener.openFile({ path, format: 'csv' });
  /** @param {() => boolean} holds */
  const until = (holds) => /** @type {Promise<void>} */ (new Promise((resolve) => {
    // A small file is whole with its first news.
    if (holds()) return resolve();
    const listening = table.onDidChange(() => {
      if (!holds()) return;
      listening.dispose();
      resolve();
    });
  }));
  await until(() => table.status.totalRows > 0);
  await table.rows(0, 100, 0, 64);
  const firstRowsMs = performance.now() - from;
  await until(() => table.status.reading === undefined);
  const wholeMs = performance.now() - from;
  const openBytes = process.memoryUsage.rss() - before;
  /** @param {import('../../src/model/view').TableQuery} query */
  const arrange = (query) => timed(() => table.arrange(query, signal, () => undefined));
  /** @param {number} column @param {boolean} descending */
  const sort = (column, descending) => arrange({ sort: { column, descending }, filters: [] });
  const fromSort = performance.now();
  const sorting = watchGaps();
  const sortNumberMs = await sort(7, false);
  const sortAgainMs = await sort(7, true);
  const windowMs = await timed(() => table.rows(Math.floor(table.order.matchedRows / 2), 100, 0, 64));
  const sortTextMs = await sort(4, false);
  const sortingGapMs = sorting();
  const lastedMs = performance.now() - fromSort;
  const filterMs = await arrange({ filters: [{ kind: 'contains', column: 3, text: 'OUT' }] });
  const searchMs = await arrange({ filters: [], search: 'yes' });
  const summaryMs = await timed(() => table.summarize(table.status.columns.map((_, column) => column), signal, () => undefined));
  const mostBytes = memory() - before;
  await opener.dispose();
  const idle = watchGaps();
  await new Promise((resolve) => setTimeout(resolve, lastedMs));
  const idleGapMs = idle();
  return { firstRowsMs, wholeMs, sortNumberMs, sortAgainMs, sortTextMs, windowMs, filterMs, searchMs, summaryMs, openBytes, mostBytes, sortingGapMs, idleGapMs };
}

/**
 * Writes a table of ten columns, always the same.
 * @param {string} path
 * @param {number} rows
 */
export async function fillTable(path, rows) {
  const out = createWriteStream(path);
  let seed = 1;
  const share = () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
  out.write('Id,Age,Income,Region,Name,Date,Flag,Score,Scored Labels,Scored Probabilities\n');
  for (let row = 0; row < rows;) {
    const lines = [];
    for (const end = Math.min(rows, row + 10_000); row < end; row++) {
      lines.push(`${row},${18 + (row % 60)},${(share() * 100_000).toFixed(2)},${['north', 'south', 'east', 'west'][row % 4]},name-${share().toString(36).slice(2, 9)}-${row},2020-01-${10 + (row % 19)},${row % 2},${(share() * 1000 - 500).toFixed(6)},${share() > 0.5 ? 'yes' : 'no'},${share().toFixed(15)}\n`);
    }
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** @returns {() => number} Ends it and gives the longest gap. */
function watchGaps() {
  let last = performance.now();
  return watch(() => {
    const now = performance.now();
    const gap = now - last;
    last = now;
    return gap;
  });
}

/**
 * Looks every 2 ms.
 * @param {() => number} look
 * @returns {() => number} Ends it and gives the largest that was seen.
 */
function watch(look) {
  let largest = 0;
  const timer = setInterval(() => (largest = Math.max(largest, look())), 2);
  return () => {
    clearInterval(timer);
    return Math.max(largest, look());
  };
}

// As a program of its own it measures once, as its argument says, and writes JSON.
if (process.argv[1] === import.meta.filename) {
  const { dist, path } = JSON.parse(process.argv[2] ?? '{}');
  process.stdout.write(JSON.stringify(await measureTable(dist, path)));
}
