// How long the extension takes to start, beside extensions that do nothing, and which files its start reads.

import { copyId, copyWithMoreId, emptyId, emptyWithApiId, measuredId, warmUpId } from './stage.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */
/** @typedef {import('./probe').Activation} Activation */

/** Each window gives one sample of each extension. */
const windows = 9;

/** It has nothing to do where no filter is set: what the first one takes longer is the loading that activation has left for later. */
const firstCommand = 'azuremlWebServices.clearFilter';

/**
 * @param {import('./window.mjs').Editor} editor
 * @returns {Promise<Figure[]>}
 */
export async function activation(editor) {
  const ids = [measuredId, copyId, copyWithMoreId, emptyId, emptyWithApiId];
  /** @type {Map<string, Activation[]>} */
  const samples = new Map(ids.map((id) => [id, []]));
  /** @type {number[]} */
  const first = [];
  /** @type {number[]} */
  const again = [];
  // The first window fills the browser's cache and the system's.
  for (let run = -1; run < windows; run += 1) {
    const window = await editor.open();
    try {
      await window.ask('settle');
      await window.ask('activate', { id: warmUpId });
      for (const id of run % 2 === 0 ? ids : ids.toReversed()) {
        await window.ask('settle');
        const sample = await window.ask('activate', { id });
        if (run >= 0) samples.get(id)?.push(sample);
      }
      const [firstMs, againMs] = await window.ask('use', { command: firstCommand });
      if (run >= 0) {
        first.push(firstMs);
        again.push(againMs);
      }
    } finally {
      await window.close();
    }
  }
  /** @param {string} id @param {keyof Activation} part */
  const values = (id, part) => (samples.get(id) ?? []).map((sample) => sample[part]);
  const empty = { name: 'empty extension', values: values(emptyId, 'totalMs') };
  const emptyWithApi = { name: 'empty extension that imports vscode', values: values(emptyWithApiId, 'totalMs') };
  const ours = values(measuredId, 'totalMs');
  return [
    { name: 'Activation, as its caller waits for it', unit: 'ms', ours, baseline: empty, goal: { ratio: 1.5 } },
    { name: 'Activation, as its caller waits for it', unit: 'ms', ours, baseline: emptyWithApi },
    {
      name: 'Activation with sixty more commands that nobody uses', unit: 'ms', ours: values(copyWithMoreId, 'totalMs'),
      baseline: { name: 'the same extension without them', values: values(copyId, 'totalMs') }, goal: { ratio: 1.1 },
    },
    { name: 'Activation: loading the code', unit: 'ms', ours: values(measuredId, 'loadMs'), baseline: { ...emptyWithApi, values: values(emptyWithApiId, 'loadMs') } },
    { name: 'Activation: activate()', unit: 'ms', ours: values(measuredId, 'callMs'), baseline: { ...emptyWithApi, values: values(emptyWithApiId, 'callMs') } },
    { name: 'First command after activation, with the rest of the code', unit: 'ms', ours: first, baseline: { name: 'the same command again', values: again } },
  ];
}
