// What the upload of a large file takes beside the best that storage-blob does by itself, against the storage that runs with the sample service.

import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { bundleProgram, runProgram, startStorage } from './programs.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('./uploading').UploadWay} UploadWay */
/** @typedef {import('./uploading').UploadResult} UploadResult */
/** @typedef {import('./uploading').UploadFile} UploadFile */

const largeBytes = 250_000_000;
const smallBytes = 100_000;
const mebibyte = 1024 * 1024;

/** In each round every kind has its turn, in a process of its own and with storage of its own: what is in storage already makes it slower. */
const rounds = 4;

/** Nobody should read a file whole: that is only there to be seen beside. */
const roundsWhole = 2;

/** What storage-blob offers; the fastest is what is to be reached. */
const candidates = [
  { name: 'in one piece', kind: /** @type {const} */ ('uploadFile') },
  ...[[4, 5], [8, 5], [16, 4]].map(([size = 0, atOnce = 0]) => ({
    name: `${atOnce} blocks of ${size} MiB at once`, kind: /** @type {const} */ ('uploadFile'), blockBytes: size * mebibyte, atOnce,
  })),
];

/**
 * @param {string} dist The production build.
 * @param {string} folder
 * @returns {Promise<Figure[]>}
 */
export async function upload(dist, folder) {
  const program = await bundleProgram('uploading.ts', folder);
  const large = makeFile(join(folder, 'large.csv'), largeBytes);
  const small = makeFile(join(folder, 'small.csv'), smallBytes);
  /** @param {UploadWay} way @returns {Promise<UploadResult>} */
  const once = async (way) => {
    const storage = await startStorage(dist);
    try {
      return await runProgram(program, { dist, port: storage.port, large, small, way });
    } finally {
      await storage.stop();
    }
  };

  /** @type {{ name: string, way: UploadWay, tookMs: number }[]} */
  const tried = [];
  for (const { name, ...way } of candidates) tried.push({ name, way, tookMs: (await once(way)).tookMs });
  const [best] = tried.sort((one, other) => one.tookMs - other.tookMs);
  if (best === undefined) return [];

  /** @type {Record<'ours' | 'bare' | 'bareAgain' | 'whole', { way: UploadWay, results: UploadResult[] }>} */
  const kinds = {
    ours: { way: { kind: 'uploadBlob' }, results: [] },
    bare: { way: best.way, results: [] },
    whole: { way: { ...best.way, kind: 'uploadData' }, results: [] },
    bareAgain: { way: best.way, results: [] },
  };
  for (let round = 0; round < rounds; round += 1) {
    // Chance decides who comes after whom.
    const order = Object.values(kinds).filter((kind) => kind !== kinds.whole || round < roundsWhole).map((kind) => ({ kind, at: Math.random() })).sort((one, other) => one.at - other.at);
    for (const { kind: { way, results } } of order) results.push(await once(way));
  }
  /** @param {keyof typeof kinds} kind @param {keyof UploadResult} part */
  const values = (kind, part) => kinds[kind].results.map((result) => result[part]);
  /** @param {keyof UploadResult} part */
  const bare = (part) => ({ name: `bare uploadFile, ${best.name}`, values: values('bare', part) });
  /** @param {keyof UploadResult} part */
  const whole = (part) => ({ name: 'the file read whole (uploadData)', values: values('whole', part) });
  /** @param {keyof UploadResult} part */
  const oursBesideWhole = (part) => values('ours', part).slice(0, roundsWhole);
  const title = 'Upload of 250 MB';
  return [
    // 0.95 of the speed.
    { name: `${title}: time`, unit: 'ms', ours: values('ours', 'tookMs'), baseline: bare('tookMs'), goal: { ratio: 1 / 0.95 } },
    { name: `${title}: bare uploadFile again (the noise)`, unit: 'ms', ours: values('bareAgain', 'tookMs'), baseline: bare('tookMs') },
    { name: `${title}: time`, unit: 'ms', ours: oursBesideWhole('tookMs'), baseline: whole('tookMs') },
    { name: `${title}: growth of resident memory, at most`, unit: 'bytes', ours: values('ours', 'residentGrowth'), baseline: bare('residentGrowth'), goal: { most: 150_000_000 } },
    { name: `${title}: growth of heap and buffers, at most`, unit: 'bytes', ours: values('ours', 'heldGrowth'), baseline: bare('heldGrowth'), goal: { most: 150_000_000 } },
    { name: `${title}: growth of resident memory, at most`, unit: 'bytes', ours: oursBesideWhole('residentGrowth'), baseline: whole('residentGrowth') },
    { name: `${title}: growth of heap and buffers, at most`, unit: 'bytes', ours: oursBesideWhole('heldGrowth'), baseline: whole('heldGrowth') },
  ];
}

/**
 * Rows of numbers.
 * @param {string} path
 * @param {number} bytes
 * @returns {UploadFile}
 */
function makeFile(path, bytes) {
  const rows = Array.from({ length: 40_000 }, (_, index) => `${index},${18 + (index % 60)},${((index * 7919) % 10_007) / 10_007},north\n`).join('');
  const piece = Buffer.from(rows);
  const file = openSync(path, 'w');
  for (let left = bytes; left > 0; left -= piece.length) writeSync(file, piece, 0, Math.min(left, piece.length));
  closeSync(file);
  return { path, bytes };
}
