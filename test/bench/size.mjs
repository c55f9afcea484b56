// How much activation reads, as seen in a real extension host, and how large the parts are that are loaded later.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { measuredId } from './stage.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */

/** What is loaded on first use, and by what. */
const later = {
  'main.js': 'first use',
  'transport.js': 'first call',
  'scoring.js': 'first call',
  'checking.js': 'first check of a connection',
  'addService.js': 'first added service',
  'jobs.js': 'first batch job',
  'blobs.js': 'first upload',
  'download.js': 'first result',
  'tables.js': 'first table',
  'tableWorker.js': 'first table, its thread',
  'writing.js': 'first copy as code',
  'sample.js': 'the sample service, a process of its own',
  'storage.js': 'its storage, another process',
  'media/answer/page.js': 'the answer page',
  'media/answer/style.css': 'the answer page',
  'media/job/page.js': 'the page of a batch job',
  'media/job/style.css': 'the page of a batch job',
  'media/file/page.js': "the page of a table's file",
  'media/file/style.css': "the page of a table's file",
};

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
    ...Object.entries(later).map(([file, when]) => /** @type {Figure} */ ({ name: `Loaded later: ${file} (${when})`, unit: 'bytes', ours: [statSync(join(dist, file)).size] })),
  ];
}
