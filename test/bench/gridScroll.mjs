// How smoothly the grid scrolls, beside a bare list of the same rows that knows no columns, no heads, no marking and no waiting.

import { launchBrowser } from '../host/browser.mjs';
import { startGridHost } from '../pages/support/gridHost.mjs';
import { quantile } from './table.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */

/** What `scrollFrames` gives, in milliseconds. @typedef {{ between: number[], busy: number[] }} Frames */

const rounds = 5;
const frames = 180;
const settleMs = 300;

/** Sixty of them make a second. */
const frameMs = 1000 / 60;

/** Pixels a frame: a wheel that is turned, and a scroll bar that is dragged past whole pages. */
const speeds = [{ name: 'by 4 rows a frame', step: 100 }, { name: 'by 80 rows a frame', step: 2000 }];

const sides = /** @type {const} */ ([{ make: 'make', element: '.grid' }, { make: 'makeBare', element: '.bare' }]);

/**
 * @param {number} rows
 * @param {number} columns
 * @returns {Promise<Figure[]>}
 */
export async function gridScroll(rows, columns) {
  const host = await startGridHost();
  const browser = await launchBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(host.address);
    const setup = JSON.stringify({ rows, columns: Array.from({ length: columns }, (_, index) => ({ name: `column ${index}`, kind: index % 2 === 0 ? 'number' : 'text' })) });
    /** @type {Map<string, Frames[]>} */
    const results = new Map();
    // The first round has the page's code compiled.
    for (let round = -1; round < rounds; round += 1) {
      for (const { name, step } of speeds) {
        for (const { make, element } of round % 2 === 0 ? sides : sides.toReversed()) {
          await page.evaluate(`${make}(${setup})`);
          await page.waitForTimeout(settleMs);
          /** @type {Frames} */
          const seen = await page.evaluate(`scrollFrames('${element}', ${step}, ${frames})`);
          if (round >= 0) results.set(`${make} ${name}`, [...(results.get(`${make} ${name}`) ?? []), seen]);
        }
      }
    }
    return speeds.flatMap(({ name }) => figures(`Scrolling ${rows.toLocaleString('en')} rows x ${columns} ${name}`, results.get(`make ${name}`) ?? [], results.get(`makeBare ${name}`) ?? []));
  } finally {
    await browser.close();
    await host.close();
  }
}

/**
 * @param {string} title
 * @param {readonly Frames[]} ours
 * @param {readonly Frames[]} bare
 * @returns {Figure[]}
 */
function figures(title, ours, bare) {
  /** @param {string} what @param {keyof Frames} part @param {number} share @returns {Figure} */
  const beside = (what, part, share) => ({
    name: `${title}: ${what}`,
    unit: 'ms',
    ours: ours.map((seen) => quantile(seen[part], share)),
    baseline: { name: 'a bare list of the same rows', values: bare.map((seen) => quantile(seen[part], share)) },
  });
  return [
    beside('from frame to frame, the middle', 'between', 0.5),
    { ...beside('from frame to frame, 95 of 100 at most', 'between', 0.95), goal: { ratio: 1.05 } },
    beside('from frame to frame, at most', 'between', 1),
    { ...beside('the page busy in a frame, 95 of 100 at most', 'busy', 0.95), goal: { most: frameMs } },
    beside('the page busy in a frame, at most', 'busy', 1),
  ];
}
