// A page that holds nothing but a table, with a source of rows that takes its time; and a bare list of the same rows to measure it against.

import { build } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axeHeaders, axePath, axeScript, pageNonce } from './axe.mjs';

const root = join(import.meta.dirname, '..', '..', '..');

/** The page's own script. It runs in the browser only, so that it is text here. */
const script = `
import { drawGrid } from './media/viewer/grid/grid';
import { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from '@tanstack/virtual-core';

window.calls = [];
const tell = (name) => (...args) => window.calls.push([name, ...args.map((each) => each instanceof Element ? each.className : each ?? null)]);

/** What stands in a cell of the source; \`special\` holds exceptions by "row:column". */
const cellOf = (setup, row, column) => {
  const own = setup.special?.[row + ':' + column];
  if (own !== undefined) return own;
  return setup.columns[column].kind === 'number' ? String((row * 31 + column * 7) % 9973 / 8) : 'row ' + row + ' column ' + column;
};
const rowOf = (setup, place, columnFrom) => {
  const number = setup.backwards ? setup.rows - 1 - place : place;
  return { number, cells: setup.columns.slice(columnFrom, columnFrom + 64).map((_, index) => cellOf(setup, number, columnFrom + index)) };
};

window.make = (setup) => {
  window.setup = setup;
  window.calls.length = 0;
  window.ended?.abort();
  window.ended = new AbortController();
  let unanswered = setup.unanswered ?? 0;
  const first = setup.given === undefined ? [] : Array.from({ length: Math.min(setup.given, setup.rows) }, (_, row) => rowOf(setup, row, 0));
  window.grid = drawGrid({
    name: setup.name ?? 'output1', columns: setup.columns,
    sample: Array.from({ length: Math.min(20, setup.rows) }, (_, row) => rowOf(setup, row, 0)),
    layout: setup.layout ?? { widths: {}, pinned: [], hidden: [] }, whole: 'body', signal: window.ended.signal,
    onWant: (stamp, from, columnFrom) => {
      tell('want')(stamp, from, columnFrom);
      if (unanswered-- > 0) return;
      setTimeout(() => window.grid.put(stamp, from, columnFrom, Array.from({ length: Math.max(0, Math.min(100, setup.rows - from)) }, (_, index) => rowOf(setup, from + index, columnFrom))), setup.delayMs ?? 20);
    },
    onSort: tell('sort'), onColumnMenu: tell('columnMenu'), onMarkedMenu: tell('markedMenu'), onActive: tell('active'), onOpenCell: tell('open'),
    onMarked: tell('marked'), onCopy: tell('copy'), onLayout: tell('layout'), onScroll: tell('scroll'), announce: tell('announce'),
  });
  document.getElementById('root').replaceChildren(window.grid.element);
  window.grid.setOrder(setup.stamp ?? 1, setup.rows, setup.sort, setup.filtered ?? []);
  if (first.length > 0) window.grid.put(setup.stamp ?? 1, 0, 0, first);
};

/** The same rows as a list that knows no columns, no heads, no marking and no waiting. */
window.makeBare = (setup) => {
  window.ended?.abort();
  const scroller = document.createElement('div');
  scroller.className = 'bare';
  const tall = document.createElement('div');
  tall.className = 'bare-tall';
  scroller.append(tall);
  document.getElementById('root').replaceChildren(scroller);
  const drawn = new Map();
  const draw = (list) => {
    tall.style.height = list.getTotalSize() + 'px';
    const items = list.getVirtualItems();
    const kept = new Set(items.map((item) => item.index));
    for (const [index, element] of drawn) if (!kept.has(index)) { element.remove(); drawn.delete(index); }
    for (const item of items) {
      if (drawn.has(item.index)) continue;
      const row = document.createElement('div');
      row.className = 'bare-row';
      for (const cell of rowOf(setup, item.index, 0).cells) {
        const element = document.createElement('div');
        element.className = 'bare-cell';
        element.textContent = cell;
        row.append(element);
      }
      row.style.transform = 'translateY(' + item.start + 'px)';
      drawn.set(item.index, row);
      tall.append(row);
    }
  };
  const list = new Virtualizer({ count: setup.rows, getScrollElement: () => scroller, estimateSize: () => 25, overscan: 6, scrollToFn: elementScroll, observeElementRect, observeElementOffset, onChange: draw });
  list._didMount();
  list._willUpdate();
  draw(list);
};

/** Scrolls by \`step\` pixels a frame; answers with the time from each frame to the next, and how long the page was busy in each, in milliseconds. */
window.scrollFrames = (selector, step, frames) => new Promise((done) => {
  const scroller = document.querySelector(selector);
  const between = [];
  const busy = [];
  const { port1, port2 } = new MessageChannel();
  let began = 0;
  let last;
  port1.onmessage = () => busy.push(performance.now() - began);
  const frame = (time) => {
    began = performance.now();
    if (last !== undefined) between.push(time - last);
    last = time;
    if (between.length === frames) return done({ between, busy });
    scroller.scrollTop += step;
    // Comes after the page has been drawn.
    port2.postMessage(null);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});
window.ready = true;
`;

const style = `
@import './media/kit/base.css';
@import './media/viewer/grid/grid.css';
.bare { height: 100%; overflow: auto; font-family: var(--mono); font-size: var(--mono-size); line-height: 18px; }
.bare-tall { position: relative; }
.bare-row { position: absolute; top: 0; left: 0; display: flex; height: 25px; }
.bare-cell { flex: none; width: 110px; padding: 3px 8px; overflow: hidden; border-right: 1px solid var(--line); border-bottom: 1px solid var(--line); text-overflow: ellipsis; white-space: pre; }
`;

/**
 * @typedef {object} GridHost
 * @property {string} address Where the page is. `make(setup)` and `makeBare(setup)` of its window draw; `scrollFrames(selector, step, frames)` measures.
 * @property {() => Promise<void>} close
 */

/**
 * Builds and serves the page.
 * @param {(theme: string) => { readonly sheet: string, readonly bodyClass: string }} [look] The variables of a theme and the class of the body; the theme is named in the address.
 * @returns {Promise<GridHost>}
 */
export async function startGridHost(look = () => ({ sheet: '', bodyClass: '' })) {
  const folder = mkdtempSync(join(tmpdir(), 'grid-page-'));
  for (const [name, contents, loader] of /** @type {const} */ ([['page', script, 'js'], ['style', style, 'css']])) {
    await build({ stdin: { contents, resolveDir: root, loader }, outfile: join(folder, `${name}.${loader}`), bundle: true, platform: 'browser', target: 'chrome120', format: 'iife', logLevel: 'warning' });
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === axePath) return void response.writeHead(200, axeHeaders).end(axeScript);
    const { sheet, bodyClass } = look(url.searchParams.get('theme') ?? 'dark');
    const source = `http://${request.headers.host}`;
    const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Table</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source}; script-src 'nonce-${pageNonce}'; font-src ${source}">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/theme.css${url.search}"><link rel="stylesheet" href="/style.css"></head>
<body class="${bodyClass}"><main id="root"></main><script nonce="${pageNonce}">
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => window.violations.push('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
</script><script nonce="${pageNonce}" src="/page.js"></script></body></html>`;
    /** @type {Readonly<Record<string, () => readonly [string, string]>>} */
    const answers = {
      '/': () => ['text/html', page],
      '/theme.css': () => ['text/css', sheet],
      '/style.css': () => ['text/css', readFileSync(join(folder, 'style.css'), 'utf8')],
      '/page.js': () => ['text/javascript', readFileSync(join(folder, 'page.js'), 'utf8')],
    };
    const [type, text] = answers[url.pathname]?.() ?? [undefined, ''];
    response.writeHead(type === undefined ? 404 : 200, { 'content-type': `${type ?? 'text/plain'}; charset=utf-8` }).end(text);
  });
  await /** @type {Promise<void>} */ (new Promise((done) => server.listen(0, '127.0.0.1', done)));
  const address = server.address();
  return {
    address: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(folder, { recursive: true });
    },
  };
}
