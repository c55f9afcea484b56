// How much activation reads, as seen in a real extension host, and how large the parts are that are loaded later.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { measuredId } from './stage.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */

/** What the start loads. */
const first = 'extension.js';

/** Programs of their own. */
const apart = new Set(['sample.js', 'storage.js', 'tableWorker.js']);

/**
 * What ships beside the start, as it is built today.
 * @param {string} dist
 */
function others(dist) {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(?:js|css)$/.test(file) && file !== first).sort();
}

/**
 * @param {import('./window.mjs').Editor} editor
 * @param {string} dist The production build.
 * @returns {Promise<Figure[]>}
 */
export async function size(editor, dist) {
  const window = await editor.open();
  /** @type {import('./probe').FileRead[]} */
  let reads;
  try {
    await window.ask('settle');
    reads = await window.ask('reads', { id: measuredId });
  } finally {
    await window.close();
  }
  const names = reads.map(({ file }) => file.replace('dist/', '')).join(' + ');
  const total = reads.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    { name: `Read at activation: ${names}`, unit: 'bytes', ours: [total], goal: { most: 100 * 1024 } },
    ...others(dist).map((file) => /** @type {Figure} */ ({
      name: `${apart.has(file) ? 'Run apart' : 'Loaded later'}: ${file}`, unit: 'bytes', ours: [statSync(join(dist, file)).size],
    })),
  ];
}
