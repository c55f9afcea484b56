// What `npm run bench` does: measures start, size, calls, memory, batch jobs, tables and trees, each beside a baseline of the same run, and
// prints one table. --only activation|size|rrs|memory|upload|polling|journal|tables|apim|policy|usage measures one of them. Figures are to be
// read: only what could not be measured makes it fail.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackages } from '../host/install.mjs';
import { endWith, readCommandLine } from '../host/options.mjs';
import { onAskedToEnd, step } from '../host/processes.mjs';
import { cacheFolder } from '../host/tools.mjs';
import { editors } from '../host/versions.mjs';
import { activation } from './activation.mjs';
import { apim } from './apim.mjs';
import { journal } from './journal.mjs';
import { largeBytes, memory, smallBytes } from './memory.mjs';
import { policy } from './policy.mjs';
import { polling } from './polling.mjs';
import { startAnswers } from './programs.mjs';
import { rrs } from './rrs.mjs';
import { size } from './size.mjs';
import { makeStage } from './stage.mjs';
import { table } from './table.mjs';
import { tables } from './tables.mjs';
import { upload } from './upload.mjs';
import { usage } from './usage.mjs';
import { startEditor } from './window.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('./stage.mjs').Stage} Stage */

/**
 * Each measurement: a line about what is done, and the work; `folder` is its own.
 * @type {Record<string, { title: string, work: (stage: Stage, folder: string) => Promise<Figure[]> }>}
 */
const measurements = {
  activation: { title: 'Measuring activation', work: (stage, folder) => inEditor(folder, stage, {}, activation) },
  size: { title: 'Measuring what activation reads', work: (stage, folder) => inEditor(folder, stage, {}, (editor) => size(editor, stage.dist)) },
  rrs: { title: 'Measuring calls', work: (stage) => rrs(stage.dist) },
  memory: { title: 'Measuring a large answer', work: largeAnswer },
  upload: { title: 'Measuring the upload of a large file', work: ({ dist }, folder) => upload(dist, folder) },
  polling: { title: 'Measuring the following of a thousand jobs', work: ({ dist }, folder) => polling(dist, folder) },
  journal: { title: 'Measuring the journal of jobs', work: (stage, folder) => journal(folder, (settings, work) => inEditor(folder, stage, settings, work)) },
  tables: { title: 'Measuring tables of up to a million rows', work: (stage, folder) => tables(stage.dist, folder, (work) => inEditor(folder, stage, {}, work)) },
  apim: {
    title: 'Measuring the section API Management',
    work: (stage, folder) => apim(folder, stage.extensionsDir, (extensionsDir, settings, work) =>
      inEditor(folder, { ...stage, extensionsDir }, settings, work)),
  },
  policy: { title: 'Measuring the reading of policies', work: (_, folder) => policy(folder) },
  usage: { title: 'Measuring the page of usage', work: (_, folder) => usage(folder) },
};

/**
 * @param {string} folder
 * @param {Stage} stage
 * @param {Record<string, unknown>} settings
 * @param {(editor: import('./window.mjs').Editor) => Promise<Figure[]>} work
 */
async function inEditor(folder, { extensionsDir }, settings, work) {
  const editor = await startEditor(folder, { extensionsDir, settings });
  try {
    return await work(editor);
  } finally {
    await editor.close();
  }
}

/** @param {Stage} stage @param {string} folder */
async function largeAnswer(stage, folder) {
  const server = await startAnswers([smallBytes, largeBytes]);
  /** @param {number} bytes */
  const addressOf = (bytes) => server.service(bytes).address;
  try {
    const services = [smallBytes, largeBytes].map((bytes) => ({ name: server.service(bytes).name, address: addressOf(bytes) }));
    return await inEditor(folder, stage, { 'azuremlWebServices.services': services }, (editor) => memory(editor, addressOf));
  } finally {
    server.stop();
  }
}

/** @returns {string[]} The names of what is to be measured. */
function readOptions() {
  const names = Object.keys(measurements);
  const usage = `Usage: npm run bench [-- OPTIONS]

Measures, and prints each figure beside its baseline of the same run.

  --only NAME  measures one of ${names.join(', ')}
  --help       prints this`;
  const values = readCommandLine(usage, { only: { type: 'string' } });
  if (values.only === undefined) return names;
  if (!names.includes(values.only)) endWith(`--only takes one of ${names.join(', ')}.`);
  return [values.only];
}

async function main() {
  onAskedToEnd();
  const names = readOptions();
  await ensurePackages();
  // The real path: on some systems the temporary folder is a link, and VS Code names files by their real path.
  const base = mkdtempSync(join(realpathSync(tmpdir()), 'bench-'));
  process.on('exit', () => rmSync(base, { recursive: true, force: true, maxRetries: 5 }));
  const stage = await makeStage(base);
  /** @type {Figure[]} */
  const figures = [];
  /** @type {string[]} */
  const failures = [];
  for (const name of names) {
    const measurement = measurements[name];
    if (measurement === undefined) continue;
    const folder = join(base, name);
    mkdirSync(folder);
    try {
      figures.push(...(await step(measurement.title, () => measurement.work(stage, folder))));
    } catch (error) {
      failures.push(`${name} could not be measured: ${error instanceof Error ? error.message : error}`);
    }
  }
  const where = `VS Code ${editors.newest.vscode} served to Chromium, ${platform()} ${arch()}, ${cpus().length} processors. The machine decides the times; the ratios count.`;
  const report = [...(figures.length === 0 ? [] : [table(figures)]), where, ...failures].join('\n\n');
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(join(cacheFolder, 'bench.md'), `${report}\n`);
  process.stdout.write(`\n${report}\n`, () => process.exit(failures.length === 0 ? 0 : 1));
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
