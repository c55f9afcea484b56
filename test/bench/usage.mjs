// How soon a report of ninety days by a quarter of an hour stands on the page of usage, beside uPlot alone, which draws the same numbers on a
// canvas and knows no words, no keyboard, no list of names and no narrowing.

import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launchBrowser } from '../host/browser.mjs';
import { root } from '../host/tools.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */

/** The machine may have other work: what disturbs one round is of no weight among many. */
const rounds = 25;
const slots = 8_640;
const apis = 20;
const stepMs = 15 * 60_000;
const fromMs = Date.UTC(2026, 8, 1);

/** The page of usage, with a stand-in for the editor; each script ends by measuring from the news to the frame that shows them. */
const ours = `
window.acquireVsCodeApi = () => ({ postMessage: () => undefined, getState: () => null, setState: () => undefined });
`;

/** uPlot alone: calls as parts on top of each other, times as lines, and one line for each API. */
const plain = `
import uPlot from 'uplot';
const size = { width: 968, height: 132 };
const chart = (names, data, fill) => new uPlot({
  ...size, series: [{}, ...names.map((label, at) => ({ label, stroke: 'hsl(' + at * 40 + ' 60% 50%)', ...(fill ? { fill: 'hsl(' + at * 40 + ' 60% 50%)' } : {}) }))],
}, data, document.getElementById('root'));
window.drawReport = ({ x, outcomes, times, byApi }) => {
  const stacked = outcomes.map((_, at) => x.map((__, place) => outcomes.slice(0, at + 1).reduce((sum, each) => sum + each[place], 0))).reverse();
  chart(['Other', 'Blocked', 'Failed', 'Succeeded'], [x, ...stacked], true);
  chart(['Mean', 'Most', 'Least'], [x, ...times], false);
  if (byApi) chart(byApi.map((_, at) => 'API ' + at), [x, ...byApi], false);
};
`;

const afterPaint = `
window.afterPaint = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done(performance.now());
  requestAnimationFrame(() => port2.postMessage(null));
});
`;

/** What happened in each slot. */
function numbersAt(/** @type {number} */ at) {
  const wave = 1 + Math.sin(at / 30);
  const [succeeded, failed, blocked, other] = [Math.round(30 * wave), at % 10 === 0 ? 2 : 0, Math.round(9 * Math.max(0, wave - 1)), at % 17 === 0 ? 1 : 0];
  const calls = succeeded + failed + blocked + other;
  const time = { mean: 40 + 30 * wave, least: 5, most: 400 + 100 * wave };
  return { calls, succeeded, failed, blocked, other, bytes: calls * 900, cacheHits: 0, cacheMisses: 0, ...(calls > blocked ? { time, backend: time } : {}) };
}

/** As the editor writes a slot. @param {ReturnType<typeof numbersAt>} numbers */
function shownAt({ succeeded, failed, blocked, other, time }) {
  return [succeeded, failed, blocked, other, ...(time ? [time.mean, time.least, time.most] : [])];
}

function reports() {
  const numbers = Array.from({ length: slots }, (_, at) => numbersAt(at));
  const total = numbers.reduce((sum, each) => ({
    ...sum, calls: sum.calls + each.calls, succeeded: sum.succeeded + each.succeeded, failed: sum.failed + each.failed,
    blocked: sum.blocked + each.blocked, other: sum.other + each.other, bytes: sum.bytes + each.bytes,
  }));
  const bars = Array.from({ length: apis }, (_, at) => ({ key: `["api-${at}","","",""]`, title: `API number ${at}`, detail: '', numbers: numbersAt(at * 7) }));
  const toMs = fromMs + slots * stepMs;
  const state = {
    type: 'usage', place: { instance: '/i', ids: {} }, title: 'Usage of contoso-apim', instance: 'contoso-apim', sample: false,
    period: { kind: 'last', span: 'quarter' }, intervalMs: stepMs, chosenInterval: true, intervals: [stepMs], chips: [], part: 'charts', turn: 1, busy: false,
    tables: [{ part: 'time', table: 0 }, { part: 'api', table: 1 }, { part: 'requests', table: 5 }], readMs: toMs,
    content: {
      kind: 'usage', fromMs, toMs, beginsWithin: false, slots: { fromMs, stepMs, numbers: numbers.map(shownAt) }, total, told: true, notes: [],
      breakdowns: [{ kind: 'api', bars: bars.slice(0, 12), count: apis, unused: 0 }],
    },
  };
  const series = {
    x: numbers.map((_, at) => (fromMs + at * stepMs) / 1_000),
    outcomes: /** @type {const} */ (['succeeded', 'failed', 'blocked', 'other']).map((key) => numbers.map((each) => each[key])),
    times: /** @type {const} */ (['mean', 'most', 'least']).map((key) => numbers.map((each) => each.time?.[key] ?? null)),
  };
  const byApi = Array.from({ length: apis }, (_, api) => numbers.map(({ calls }, at) => Math.round((calls * ((at + api) % 5)) / 5)));
  return { state, series, byApi };
}

/**
 * @param {string} folder For what is built.
 * @returns {Promise<Figure[]>}
 */
export async function usage(folder) {
  await build({
    entryPoints: { page: join(root, 'media/usage/page.ts'), style: join(root, 'media/usage/style.css') },
    outdir: folder, bundle: true, minify: true, platform: 'browser', target: 'chrome120', format: 'iife', logLevel: 'warning',
  });
  await build({
    stdin: { contents: plain, resolveDir: root, loader: 'js' }, outfile: join(folder, 'plain.js'), bundle: true, minify: true, platform: 'browser',
    target: 'chrome120', format: 'iife', logLevel: 'warning',
  });
  const plainStyle = readFileSync(join(createRequire(import.meta.url).resolve('uplot'), '..', 'uPlot.min.css'), 'utf8');
  /** @param {string} style @param {string} before @param {string} script */
  const html = (style, before, script) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Usage</title><style>${style}</style></head>
<body class="vscode-dark"><main id="root"></main><script>${before}${afterPaint}</script><script>${script}</script></body></html>`;
  const file = (/** @type {string} */ name) => readFileSync(join(folder, name), 'utf8');
  /** @type {Readonly<Record<string, string>>} */
  const pages = { '/ours': html(file('style.css'), ours, file('page.js')), '/plain': html(plainStyle, '', file('plain.js')) };
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page ?? '');
  });
  await /** @type {Promise<void>} */ (new Promise((done) => server.listen(0, '127.0.0.1', done)));
  const address = server.address();
  const base = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1000, height: 1000 }, locale: 'en-US' })).newPage();
    const { state, series, byApi } = reports();
    /** @type {Record<'page' | 'plain' | 'plainByApi', { path: string, data: unknown, draw: string }>} */
    const sides = {
      page: { path: '/ours', data: state, draw: 'window.postMessage(data, "*"); await new Promise((done) => window.addEventListener("message", done, { once: true }))' },
      plain: { path: '/plain', data: series, draw: 'window.drawReport(data)' },
      plainByApi: { path: '/plain', data: { ...series, byApi }, draw: 'window.drawReport(data)' },
    };
    /** @type {Record<keyof typeof sides, number[]>} */
    const times = { page: [], plain: [], plainByApi: [] };
    const order = /** @type {const} */ (['page', 'plain', 'plainByApi']);
    for (let round = -1; round < rounds; round += 1) {
      for (const side of round % 2 === 0 ? order : order.toReversed()) {
        const { path, data, draw } = sides[side];
        await page.goto(`${base}${path}`);
        // As one text: value by value takes longer than all that is measured.
        await page.evaluate(`window.data = JSON.parse(${JSON.stringify(JSON.stringify(data))}); 0`);
        await page.waitForTimeout(100);
        /** @type {number} */
        const took = await page.evaluate(`(async () => { const { data } = window; const from = performance.now(); ${draw}; return (await window.afterPaint()) - from; })()`);
        // The first round has the browser's caches filled.
        if (round >= 0) times[side].push(took);
      }
    }
    const name = `Usage of 90 days by 15 minutes (${slots.toLocaleString('en')} slots) x ${apis} APIs: to the first frame`;
    return [
      { name, unit: 'ms', ours: times.page, baseline: { name: `uPlot alone, the same 7 x ${slots.toLocaleString('en')} points`, values: times.plain }, goal: { ratio: 1.5 } },
      { name, unit: 'ms', ours: times.page, baseline: { name: `uPlot alone, and a line for each of ${apis} APIs`, values: times.plainByApi }, goal: { ratio: 1.5 } },
    ];
  } finally {
    await browser.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}
