// What the journal of jobs costs: ten thousand past jobs, a thousand open ones, and the writing of one.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleProgram, runProgram } from './programs.mjs';
import { measuredId } from './stage.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('./journalWork').JournalTask} JournalTask */
/** @typedef {import('./journalWork').JournalTimes} JournalTimes */
/** @typedef {import('./probeTree').TreeTimes} TreeTimes */

/** Each is a process of its own, or a window. */
const runs = 5;
const windows = 3;

const past = { many: 10_000, few: 51 };
const openJobs = 1000;
const pageSize = 50;
const pageGoal = { most: 100 };

/** Each in a workspace of its own. Nobody calls them. */
const addresses = {
  many: `http://127.0.0.1:9/workspaces/${'a'.repeat(32)}/services/${'1'.repeat(32)}`,
  few: `http://127.0.0.1:9/workspaces/${'b'.repeat(32)}/services/${'2'.repeat(32)}`,
  open: `http://127.0.0.1:9/workspaces/${'c'.repeat(32)}/services/${'3'.repeat(32)}`,
};

/**
 * @param {string} folder
 * @param {(settings: Record<string, unknown>, work: (editor: import('./window.mjs').Editor) => Promise<Figure[]>) => Promise<Figure[]>} inEditor Starts a VS Code whose data are in that folder.
 * @returns {Promise<Figure[]>}
 */
export async function journal(folder, inEditor) {
  const program = await bundleProgram('journalWork.ts', folder);
  /** @param {JournalTask} task @returns {Promise<JournalTimes>} */
  const work = (task) => runProgram(program, task);
  // Where the extension keeps its own in that VS Code.
  const pastRoot = join(folder, 'data', 'data', 'User', 'globalStorage', measuredId, 'jobs');
  const fewRoot = join(folder, 'few');
  const openRoot = join(folder, 'open');
  await work({ do: 'fill', root: pastRoot, address: addresses.many, past: past.many, open: 0 });
  for (const root of [pastRoot, fewRoot]) await work({ do: 'fill', root, address: addresses.few, past: past.few, open: 0 });
  await work({ do: 'fill', root: openRoot, address: addresses.many, past: 0, open: openJobs });

  /** @type {Record<'many' | 'few' | 'start' | 'read' | 'write', { task: JournalTask, results: JournalTimes[] }>} */
  const kinds = {
    many: { task: { do: 'page', root: pastRoot, address: addresses.many }, results: [] },
    few: { task: { do: 'page', root: fewRoot, address: addresses.few }, results: [] },
    start: { task: { do: 'start', root: openRoot }, results: [] },
    read: { task: { do: 'read', root: openRoot }, results: [] },
    write: { task: { do: 'write', root: openRoot }, results: [] },
  };
  // The first run fills the system's cache.
  for (let run = -1; run < runs; run += 1) {
    const order = Object.values(kinds);
    for (const { task, results } of run % 2 === 0 ? order : order.toReversed()) {
      const times = await work(task);
      if (run >= 0) results.push(times);
    }
  }
  /** @param {keyof typeof kinds} kind @param {keyof JournalTimes} [part] */
  const values = (kind, part = 'tookMs') => kinds[kind].results.map((times) => times[part] ?? Number.NaN);
  const plain = { name: 'a plain file of the same text, made safe on the disk', values: values('write', 'plainMs') };
  /** @type {Figure[]} */
  const alone = [
    { name: 'First page of 10,000 past jobs, from the start of the store', unit: 'ms', ours: values('many'), baseline: { name: 'of 51 past jobs', values: values('few') }, goal: pageGoal },
    { name: 'Start of the store with 1,000 open jobs', unit: 'ms', ours: values('start'), baseline: { name: 'their files, read and parsed', values: values('read') } },
    { name: 'Writing one job (of 1,000 open ones)', unit: 'ms', ours: values('write', 'saveMs'), baseline: plain },
    { name: 'Changing one job, claimed for the moment', unit: 'ms', ours: values('write', 'updateMs'), baseline: plain },
  ];
  const services = Object.entries(addresses).map(([name, address]) => ({ name, address }));
  const open = {
    fill: () => work({ do: 'fill', root: pastRoot, address: addresses.open, past: 0, open: openJobs }),
    remove: () => rmSync(join(pastRoot, 'open'), { recursive: true }),
  };
  return [...alone, ...(await inEditor({ 'azuremlWebServices.services': services }, (editor) => inTree(editor, open)))];
}

/**
 * @param {import('./window.mjs').Editor} editor
 * @param {{ fill: () => Promise<unknown>, remove: () => void }} open Makes the open jobs in the journal of that VS Code, and takes them away.
 * @returns {Promise<Figure[]>}
 */
async function inTree(editor, open) {
  /** @type {{ many: TreeTimes, few: TreeTimes, openMs: number }[]} */
  const results = [];
  for (let run = 0; run < windows; run += 1) {
    const window = await editor.open();
    try {
      await window.ask('settle');
      const order = run % 2 === 0 ? [addresses.many, addresses.few] : [addresses.few, addresses.many];
      /** @type {TreeTimes[]} */
      const times = await window.ask('tree/pages', { id: measuredId, addresses: order, count: pageSize });
      const [many, few] = run % 2 === 0 ? times : times.toReversed();
      await open.fill();
      const openMs = await window.ask('tree/open', { address: addresses.open, count: openJobs });
      if (many !== undefined && few !== undefined) results.push({ many, few, openMs });
    } finally {
      await window.close();
    }
    open.remove();
  }
  /** @param {string} name @param {keyof TreeTimes} part @returns {Figure} */
  const beside = (name, part) => ({
    name: `In VS Code, 10,000 past jobs: ${name}`,
    unit: 'ms',
    ours: results.map(({ many }) => many[part]),
    baseline: { name: '51 past jobs', values: results.map(({ few }) => few[part]) },
  });
  return [
    { ...beside('first page of the tree', 'pageMs'), goal: pageGoal },
    beside('the same page again', 'againMs'),
    beside('the service in the tree', 'serviceMs'),
    { name: 'In VS Code, 1,000 open jobs: all of them drawn', unit: 'ms', ours: results.map(({ openMs }) => openMs), baseline: { name: 'the first page of 51 past jobs again', values: results.map(({ few }) => few.againMs) } },
  ];
}
