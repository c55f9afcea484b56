// What a large answer costs in a real window: the memory of the extension host and of the page, and how long each of them stands still.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StepFailed } from '../host/processes.mjs';
import { requestOf } from './bodies.mjs';
import { quantile } from './table.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

/** The sizes of the two answers, in bytes. */
export const smallBytes = 1000;
export const largeBytes = 50_000_000;

/** Each run has a window of its own. */
const runs = 3;
const shownLimitMs = 60_000;
const settleMs = 1000;
const tickMs = 10;
const sampleMs = 20;

/**
 * What was seen while one answer came, in milliseconds and bytes.
 * @typedef {object} Seen
 * @property {number} shownMs From the command until the answer was on the page.
 * @property {number} peakRss
 * @property {number} rss While the answer is shown.
 * @property {number} rssCollected The same after a garbage collection.
 * @property {number} held By JavaScript in the extension host after that, buffers and long texts included.
 * @property {number} pageHeap Held by JavaScript on the page and in its webviews, after a garbage collection.
 * @property {number[]} hostGapsMs
 * @property {number[]} pageGapsMs
 * @property {number[]} webviewGapsMs
 */

/**
 * @param {import('./window.mjs').Editor} editor
 * @param {(bytes: number) => string} addressOf The service that answers with this size; it stands in the settings.
 * @returns {Promise<Figure[]>}
 */
export async function memory(editor, addressOf) {
  const file = join(editor.workspace, 'request.json');
  writeFileSync(file, requestOf(smallBytes));
  /** @type {{ quiet: number, small: Seen, large: Seen, after: Seen }[]} */
  const results = [];
  for (let run = 0; run < runs; run += 1) {
    const window = await editor.open();
    try {
      await window.ask('settle');
      const quiet = rssOf(window.pid) ?? (await window.ask('memory')).rss;
      // Opens the panel and loads what is loaded at the first call.
      await window.ask('send', { address: addressOf(smallBytes), file });
      const webview = await answerPage(window.page, smallBytes);
      await sleep(settleMs);
      /** @param {number} bytes */
      const see = (bytes) => watch(window, webview, bytes, () => window.ask('send', { address: addressOf(bytes), file }));
      results.push({ quiet, small: await see(smallBytes), large: await see(largeBytes), after: await see(smallBytes) });
    } finally {
      await window.close();
    }
  }
  return figures(results);
}

/** @param {readonly { quiet: number, small: Seen, large: Seen, after: Seen }[]} results @returns {Figure[]} */
function figures(results) {
  const large = '50 MB answer';
  const small = '1 kB answer';
  /** @param {string} name @param {'ms' | 'bytes'} unit @param {(seen: Seen) => number} value @returns {Figure} */
  const beside = (name, unit, value) => ({
    name: `${large}: ${name}`,
    unit,
    ours: results.map((result) => value(result.large)),
    baseline: { name: small, values: results.map((result) => value(result.small)) },
  });
  /** @param {string} name @param {(seen: Seen) => number} value @returns {Figure} */
  const afterwards = (name, value) => ({
    name: `After a ${large} and then a ${small}: ${name}`,
    unit: 'bytes',
    ours: results.map((result) => value(result.after)),
    baseline: { name: `${small} before it`, values: results.map((result) => value(result.small)) },
  });
  /** @param {string} place @param {(seen: Seen) => number[]} gaps @returns {Figure[]} */
  const still = (place, gaps) => [
    beside(`longest gap of a 10 ms timer ${place}`, 'ms', (seen) => Math.max(...gaps(seen))),
    beside(`99 of 100 gaps ${place} at most`, 'ms', (seen) => quantile(gaps(seen), 0.99)),
  ];
  return [
    { name: `${small}: extension host, resident`, unit: 'bytes', ours: results.map(({ small: { rss } }) => rss), baseline: { name: 'the window before any call', values: results.map(({ quiet }) => quiet) } },
    beside('extension host, resident, at most', 'bytes', (seen) => seen.peakRss),
    beside('extension host, resident, while shown', 'bytes', (seen) => seen.rss),
    beside('extension host, resident, while shown, after a collection', 'bytes', (seen) => seen.rssCollected),
    beside('extension host, held by JavaScript while shown', 'bytes', (seen) => seen.held),
    beside('page, held by JavaScript while shown', 'bytes', (seen) => seen.pageHeap),
    afterwards('extension host, resident', (seen) => seen.rss),
    afterwards('extension host, resident, after a collection', (seen) => seen.rssCollected),
    afterwards('extension host, held by JavaScript', (seen) => seen.held),
    afterwards('page, held by JavaScript', (seen) => seen.pageHeap),
    beside('from the command to the answer on the page', 'ms', (seen) => seen.shownMs),
    ...still('in the extension host', (seen) => seen.hostGapsMs),
    ...still('on the page', (seen) => seen.pageGapsMs),
    ...still('in the webview', (seen) => seen.webviewGapsMs),
  ];
}

/**
 * @param {import('./window.mjs').EditorWindow} window
 * @param {Frame} webview
 * @param {number} bytes Of the answer that comes.
 * @param {() => Promise<unknown>} send
 * @returns {Promise<Seen>}
 */
async function watch({ page, pid, ask }, webview, bytes, send) {
  let peakRss = 0;
  const sampler = setInterval(() => (peakRss = Math.max(peakRss, rssOf(pid) ?? 0)), sampleMs);
  await Promise.all([ask('ticks/start'), page.evaluate(startTicks, tickMs), webview.evaluate(startTicks, tickMs)]);
  const from = performance.now();
  const sent = send();
  await shown(webview, bytes);
  const shownMs = performance.now() - from;
  await sent;
  await sleep(settleMs);
  const [host, pageGapsMs, webviewGapsMs] = await Promise.all([ask('ticks/stop'), page.evaluate(stopTicks), webview.evaluate(stopTicks)]);
  clearInterval(sampler);
  const own = rssOf(pid);
  const inside = await ask('memory');
  return {
    shownMs,
    peakRss: Math.max(peakRss, host.peakRss),
    rss: own ?? inside.rss,
    rssCollected: inside.rss,
    held: inside.heapUsed + inside.external,
    pageHeap: await heapOf(page, webview),
    hostGapsMs: host.gapsMs,
    pageGapsMs,
    webviewGapsMs,
  };
}

/** Runs on a page. @param {number} everyMs */
function startTicks(everyMs) {
  const state = Object(globalThis);
  let last = performance.now();
  state.benchGapsMs = [];
  state.benchTimer = setInterval(() => {
    const now = performance.now();
    state.benchGapsMs.push(now - last);
    last = now;
  }, everyMs);
}

/** Runs on a page. @returns {number[]} */
function stopTicks() {
  const state = Object(globalThis);
  clearInterval(state.benchTimer);
  return state.benchGapsMs;
}

/**
 * The answer page's own frame, once it shows an answer of this size.
 * @param {Page} page
 * @param {number} bytes
 */
async function answerPage(page, bytes) {
  const deadlineMs = Date.now() + shownLimitMs;
  while (Date.now() < deadlineMs) {
    for (const frame of page.frames()) {
      // Frames come and go while a webview is made.
      if ((await frame.locator('#root > .stage').count().catch(() => 0)) > 0) {
        await shown(frame, bytes);
        return frame;
      }
    }
    await sleep(100);
  }
  throw new StepFailed('The answer page did not appear.');
}

/** @param {Frame} webview @param {number} bytes */
async function shown(webview, bytes) {
  await webview.locator(`[title="Body received: ${bytes.toLocaleString('en')} bytes"]`).waitFor({ timeout: shownLimitMs });
}

/**
 * Bytes of JavaScript that the page and its webviews hold, after what nobody holds is given back.
 * @param {Page} page
 * @param {Frame} webview
 */
export async function heapOf(page, webview) {
  const context = page.context();
  // A webview that shares the page's process is part of the page's heap and has no session of its own.
  const sessions = [await context.newCDPSession(page), await context.newCDPSession(webview).catch(() => undefined)];
  let total = 0;
  for (const session of sessions) {
    if (session === undefined) continue;
    await session.send('HeapProfiler.collectGarbage');
    await session.send('Performance.enable');
    const { metrics } = await session.send('Performance.getMetrics');
    total += metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
    await session.detach();
  }
  return total;
}

/**
 * The resident memory of a process in bytes, seen from outside: it is right also while the process stands still.
 * @param {number} pid
 * @returns {number | undefined} Undefined on Windows, which has no quick way to tell.
 */
export function rssOf(pid) {
  switch (process.platform) {
    case 'win32':
      return undefined;
    case 'linux':
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
    default:
      return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
  }
}
