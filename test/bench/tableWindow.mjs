// Open as Table in a real window: how soon rows are there, what it holds, and how the editor beside does while a table is put in order.

import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { StepFailed } from '../host/processes.mjs';
import { heapOf, rssOf } from './memory.mjs';
import { median, quantile } from './table.mjs';
import { type, watchTyping } from './typing.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('./table.mjs').Goal} Goal */
/** @typedef {import('./window.mjs').EditorWindow} EditorWindow */
/** @typedef {import('playwright-core').Frame} Frame */
/** @typedef {{ readonly rows: number, readonly path: string }} TableFile */

/** Each run of a size is a window of its own. */
const runs = 3;
const limitMs = 60_000;
const settleMs = 1000;
const lookMs = 5;
const keys = 60;

/**
 * Runs on the page, which is text here: it knows what this program does not. A window brings back what the last one had open, so that only rows
 * of the file that was asked for count.
 * @param {string} name The file's, without its folder.
 */
const hasRowsOf = (name) =>
  `document.querySelector('.file-head .service')?.title === ${JSON.stringify(name)} && document.querySelector('.grid .row .cell:not(.waiting)') !== null`;
const arrangeOnPage = `async ({ what, words, limitMs }) => {
  const from = performance.now();
  const head = [...document.querySelectorAll('.grid .head')].find((each) => each.querySelector('.column-name')?.textContent === words);
  const box = document.querySelector('.search-text');
  if (what === 'sort') head.querySelector('.column-name').dispatchEvent(new MouseEvent('click', { bubbles: true }));
  else {
    box.value = words;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }
  const isArranged = () => (what === 'sort' ? head.getAttribute('aria-sort') === 'ascending' : / of .* rows/.test(document.querySelector('.output-size').textContent));
  while (!isArranged() || document.querySelector('.grid .cell.waiting') !== null) {
    if (performance.now() - from > limitMs) throw new Error('The ' + what + ' did not end.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - from;
}`;

/**
 * Milliseconds and bytes of one window.
 * @typedef {object} Seen
 * @property {number} quietRss Of the extension host, once a small table was shown and closed.
 * @property {number} firstRowsMs From the command until rows are on the page.
 * @property {number} wholeMs From the command until the page says how many there are.
 * @property {number} rss
 * @property {number} pageHeap
 * @property {number[]} sortMs From the click until the rows are shown in their order: by number, by text.
 * @property {number} searchMs From the text until the rows that hold it are shown.
 * @property {Beside} idle
 * @property {Beside} computing While a thread of no business of VS Code's kept a processor busy, and the table was at rest.
 * @property {Beside} busy While the table was sorted and searched.
 */

/** @typedef {{ keysMs: number[], gapsMs: number[] }} Beside */

/**
 * @param {import('./window.mjs').Editor} editor
 * @param {readonly TableFile[]} files From small to large.
 * @param {Goal} firstRowsGoal For all but the smallest.
 * @returns {Promise<Figure[]>}
 */
export async function tableWindow(editor, files, firstRowsGoal) {
  const warmUp = join(editor.workspace, 'warm-up.csv');
  const text = join(editor.workspace, 'beside.txt');
  writeFileSync(warmUp, 'a,b\n1,2\n3,4\n');
  /** @type {Map<TableFile, Seen[]>} */
  const results = new Map(files.map((file) => [file, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const file of run % 2 === 0 ? files : files.toReversed()) {
      writeFileSync(text, '');
      const window = await editor.open();
      try {
        results.get(file)?.push(await see(window, file, warmUp, text, run % 2 === 0));
        await window.ask('closeAll');
      } finally {
        await window.close();
      }
    }
  }
  const [least] = files;
  const small = (least && results.get(least)) ?? [];
  return files.flatMap((file) => figures(file.rows, results.get(file) ?? [], file === least ? undefined : { name: `of ${least?.rows.toLocaleString('en')} rows`, seen: small }, firstRowsGoal));
}

/**
 * @param {EditorWindow} window
 * @param {TableFile} file
 * @param {string} warmUp
 * @param {string} text
 * @param {boolean} idleFirst
 * @returns {Promise<Seen>}
 */
async function see(window, { path, rows }, warmUp, text, idleFirst) {
  const { page, ask } = window;
  await ask('settle');
  // What the last window left open comes back with this one.
  await ask('closeAll');
  // Loads what is loaded at the first table.
  const first = await open(window, warmUp);
  await shown(first, 2);
  await ask('closeAll');
  await ask('settle');
  const quietRss = rssOf(window.pid) ?? (await ask('memory')).rss;

  const from = performance.now();
  const webview = await open(window, path);
  const firstRowsMs = performance.now() - from;
  await shown(webview, rows);
  const wholeMs = performance.now() - from;
  await sleep(settleMs);
  const rss = rssOf(window.pid) ?? (await ask('memory')).rss;
  const pageHeap = await heapOf(page, webview);

  await ask('openText', { file: text });
  await watchTyping(page);
  await ask('settle');
  /** @type {number[]} */
  let arrangedMs = [];
  const besideIdle = () => beside(window, () => sleep(settleMs));
  const besideBusy = () => beside(window, async () => {
    arrangedMs = [await arrange(webview, 'sort', 'Score'), await arrange(webview, 'sort', 'Name'), await arrange(webview, 'search', 'yes')];
  });
  const early = idleFirst ? { idle: await besideIdle(), computing: await besideComputing(window) } : undefined;
  const busy = await besideBusy();
  const { idle, computing } = early ?? { computing: await besideComputing(window), idle: await besideIdle() };
  const [sortNumberMs = Number.NaN, sortTextMs = Number.NaN, searchMs = Number.NaN] = arrangedMs;
  return { quietRss, firstRowsMs, wholeMs, rss, pageHeap, sortMs: [sortNumberMs, sortTextMs], searchMs, idle, computing, busy };
}

/**
 * What typing and the extension host meet while something is done.
 * @param {EditorWindow} window
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Beside>}
 */
async function beside({ page, ask }, work) {
  await ask('ticks/start');
  const keysMs = await type(page, keys, work());
  const { gapsMs } = await ask('ticks/stop');
  return { keysMs, gapsMs };
}

/** @param {EditorWindow} window */
async function besideComputing(window) {
  const thread = new Worker('for (;;);', { eval: true });
  try {
    return await beside(window, () => sleep(settleMs));
  } finally {
    await thread.terminate();
  }
}

/**
 * Opens a file as a table, and gives the page's own frame as soon as rows are on it.
 * @param {EditorWindow} window
 * @param {string} file
 * @returns {Promise<Frame>}
 */
async function open({ page, ask }, file) {
  const hasRows = hasRowsOf(basename(file));
  const asked = ask('openTable', { file });
  const deadlineMs = Date.now() + limitMs;
  while (Date.now() < deadlineMs) {
    for (const frame of page.frames()) {
      // Frames come and go while a webview is made.
      if (await frame.evaluate(hasRows).catch(() => false)) {
        await asked;
        return frame;
      }
    }
    await sleep(lookMs);
  }
  throw new StepFailed('The table did not appear.');
}

/** @param {Frame} webview @param {number} rows */
async function shown(webview, rows) {
  const words = `${rows.toLocaleString('en')} rows × `;
  await webview.locator('.output-size').filter({ hasText: words }).filter({ hasNotText: 'so far' }).waitFor({ timeout: limitMs });
}

/**
 * Sorts by a column, as a click on its head does, or searches. The keyboard stays where it is.
 * @param {Frame} webview
 * @param {'sort' | 'search'} what
 * @param {string} words The column's name, or what is searched for.
 * @returns {Promise<number>} Milliseconds until it is shown.
 */
async function arrange(webview, what, words) {
  return webview.evaluate(`(${arrangeOnPage})(${JSON.stringify({ what, words, limitMs })})`);
}

/**
 * @param {number} rows
 * @param {readonly Seen[]} seen
 * @param {{ name: string, seen: readonly Seen[] } | undefined} least
 * @param {Goal} firstRowsGoal
 * @returns {Figure[]}
 */
function figures(rows, seen, least, firstRowsGoal) {
  const title = `In VS Code, ${rows.toLocaleString('en')} rows`;
  /** @param {string} what @param {Figure['unit']} unit @param {(each: Seen) => number} value @returns {Figure} */
  const figure = (what, unit, value) => ({
    name: `${title}: ${what}`, unit, ours: seen.map(value), ...(least ? { baseline: { name: least.name, values: least.seen.map(value) } } : {}),
  });
  /** @param {string} what @param {(each: Beside) => number} value @param {'idle' | 'computing'} other @returns {Figure} */
  const besides = (what, value, other) => ({
    name: `${title}: ${what} beside two sorts and a search`, unit: 'ms', ours: seen.map(({ busy }) => value(busy)),
    baseline: { name: other === 'idle' ? 'beside the table at rest' : 'the same, and a processor kept busy', values: seen.map((each) => value(each[other])) },
  });
  return [
    { ...figure('from the command to rows on the page', 'ms', (each) => each.firstRowsMs), ...(least ? { goal: firstRowsGoal } : {}) },
    figure('from the command to the whole file read', 'ms', (each) => each.wholeMs),
    figure('a click to the rows sorted by number, while keys are pressed', 'ms', (each) => each.sortMs[0] ?? Number.NaN),
    figure('the same by text', 'ms', (each) => each.sortMs[1] ?? Number.NaN),
    figure('a text to the rows that hold it, with the pause that typing has', 'ms', (each) => each.searchMs),
    figure('page, held by JavaScript', 'bytes', (each) => each.pageHeap),
    { name: `${title}: extension host, resident`, unit: 'bytes', ours: seen.map(({ rss }) => rss), baseline: { name: 'before, with no table', values: seen.map(({ quietRss }) => quietRss) } },
    ...(/** @type {const} */ (['idle', 'computing'])).flatMap((other) => [
      besides('longest gap of a 10 ms timer in the extension host', ({ gapsMs }) => Math.max(...gapsMs), other),
      besides('key to character, the middle,', ({ keysMs }) => median(keysMs), other),
      besides('key to character, 95 of 100 at most,', ({ keysMs }) => quantile(keysMs, 0.95), other),
    ]),
  ];
}
