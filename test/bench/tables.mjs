// What tables cost: files of a thousand rows to a million in the engine and in a real window, and the scrolling of the grid.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gridScroll } from './gridScroll.mjs';
import { runProgram } from './programs.mjs';
import { fillTable } from './tableEngine.mjs';
import { tableWindow } from './tableWindow.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('./tableEngine.mjs').EngineFigures} EngineFigures */
/** @typedef {import('./tablePlain.mjs').PlainFigures} PlainFigures */

/** Each run of a size is a process of its own. */
const runs = 3;
const columns = 10;
/** @type {readonly [1000, 100_000, 1_000_000]} */
const sizes = [1000, 100_000, 1_000_000];
const [small, , large] = sizes;

/** The first rows come as soon from a large file as from a small one. */
const firstRowsGoal = { ratio: 2 };

/** @typedef {{ ours: EngineFigures[], plain: PlainFigures[] }} Results */

/**
 * @param {string} dist The production build.
 * @param {string} folder For everything that it writes.
 * @param {(work: (editor: import('./window.mjs').Editor) => Promise<Figure[]>) => Promise<Figure[]>} inEditor Starts a VS Code.
 * @returns {Promise<Figure[]>}
 */
export async function tables(dist, folder, inEditor) {
  const filesFolder = join(folder, 'files');
  mkdirSync(filesFolder);
  const files = sizes.map((rows) => ({ rows, path: join(filesFolder, `rows-${rows}.csv`) }));
  for (const { path, rows } of files) await fillTable(path, rows);
  return [...(await engine(dist, files)), ...(await gridScroll(large, columns)), ...(await inEditor((editor) => tableWindow(editor, files, firstRowsGoal)))];
}

/**
 * @param {string} dist
 * @param {readonly { rows: number, path: string }[]} files
 * @returns {Promise<Figure[]>}
 */
async function engine(dist, files) {
  /** @type {Map<number, Results>} */
  const bySize = new Map(files.map(({ rows }) => [rows, { ours: [], plain: [] }]));
  // The first run fills the system's cache.
  for (let run = -1; run < runs; run += 1) {
    for (const { rows, path } of run % 2 === 0 ? files : files.toReversed()) {
      /** @type {Record<'ours' | 'plain', () => Promise<unknown>>} */
      const sides = {
        ours: async () => keep(await runProgram('tableEngine.mjs', { dist, path }), (results, figures) => results.ours.push(figures)),
        plain: async () => keep(await runProgram('tablePlain.mjs', { path }), (results, figures) => results.plain.push(figures)),
      };
      /** @param {any} figures @param {(results: Results, figures: any) => void} put */
      const keep = (figures, put) => {
        const results = bySize.get(rows);
        if (run >= 0 && results !== undefined) put(results, figures);
      };
      for (const side of run % 2 === 0 ? [sides.ours, sides.plain] : [sides.plain, sides.ours]) await side();
    }
  }
  return files.flatMap(({ rows }) => figuresOf(rows, bySize.get(rows) ?? { ours: [], plain: [] }, bySize.get(small)?.ours ?? []));
}

/**
 * @param {number} rows
 * @param {Results} results
 * @param {readonly EngineFigures[]} least Of the smallest file.
 * @returns {Figure[]}
 */
function figuresOf(rows, { ours, plain }, least) {
  const title = `${rows.toLocaleString('en')} rows x ${columns}`;
  /** @param {string} what @param {keyof EngineFigures} part @param {Figure['baseline']} [baseline] @returns {Figure} */
  const time = (what, part, baseline) => ({ name: `${title}: ${what}`, unit: 'ms', ours: ours.map((each) => each[part]), ...(baseline ? { baseline } : {}) });
  /** @param {string} name @param {keyof PlainFigures} part */
  const beside = (name, part) => ({ name, values: plain.map((each) => each[part]) });
  /** @param {keyof EngineFigures} part */
  const ofSmall = (part) => ({ name: `of ${small.toLocaleString('en')} rows`, values: least.map((each) => each[part]) });
  const pass = beside('a pass of papaparse alone', 'parseMs');
  const memory = { name: 'growth of papaparse alone with all rows held', values: plain.map((each) => each.heldBytes) };
  const all = [
    rows === small ? time('first rows, from the start of the thread', 'firstRowsMs') : { ...time('first rows, from the start of the thread', 'firstRowsMs', ofSmall('firstRowsMs')), goal: firstRowsGoal },
    time('whole', 'wholeMs', pass),
    time('whole', 'wholeMs', beside('the bytes read, nothing else', 'readMs')),
    time('sorted by a number', 'sortNumberMs', beside('papaparse, the column kept and sorted', 'sortNumberMs')),
    time('the same the other way round', 'sortAgainMs'),
    time('sorted by a text, all different', 'sortTextMs', beside('papaparse, the column kept and sorted', 'sortTextMs')),
    time('filtered by a text in a column', 'filterMs', pass),
    time('a text searched for in all columns', 'searchMs', pass),
    time('all columns summed up', 'summaryMs', pass),
    time('100 rows from the middle of a sorted order', 'windowMs', rows === small ? undefined : ofSmall('windowMs')),
  ];
  if (rows !== large) return all;
  return [
    ...all,
    { name: `${title}: growth of the process, open`, unit: 'bytes', ours: ours.map((each) => each.openBytes), baseline: memory },
    { name: `${title}: growth of the process, at most`, unit: 'bytes', ours: ours.map((each) => each.mostBytes), baseline: memory },
    time('longest gap of a 2 ms timer beside three sorts', 'sortingGapMs', { name: 'beside nothing, for as long', values: ours.map((each) => each.idleGapMs) }),
  ];
}
