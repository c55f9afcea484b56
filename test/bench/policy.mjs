// What parting a policy of one megabyte costs beside going through its bytes once.

import { createRequire } from 'node:module';
import { bundleProgram } from './programs.mjs';

/** @typedef {import('./table.mjs').Figure} Figure */

const size = 1024 * 1024;

/** What the documents are made of, by what they are called. */
const kinds = {
  'as people write them': '    <!-- Callers are told apart. -->\n' +
    '    <rate-limit-by-key calls="5" renewal-period="60" counter-key="@(context.Subscription.Id)" />\n' +
    '    <set-header name="x" exists-action="override">\n      <value>@((string)context.Variables["key"])</value>\n    </set-header>\n',
  'small elements': '    <set-header name="x"><value>1</value></set-header>\n',
  'long comments': `    <!-- ${'word '.repeat(2000)}-->\n`,
  'long expressions': `<value>@{\n${'  var a = list.Where(x => x.Name == "b").Count(); // as it is\n'.repeat(100)}}</value>\n`,
  'many attributes': `    <a ${Array.from({ length: 20 }, (_, index) => `attribute-${index}="value ${index}"`).join(' ')} />\n`,
};

const warmUps = 30;
const runs = 15;

/** @param {string} folder For what is built. @returns {Promise<Figure[]>} */
export async function policy(folder) {
  /** @type {typeof import('./policyScan')} */
  const { countPieces } = createRequire(import.meta.url)(await bundleProgram('policyScan.ts', folder));
  return Object.entries(kinds).map(([name, unit]) => {
    const text = `<policies>\n  <inbound>\n${unit.repeat(Math.ceil(size / unit.length))}  </inbound>\n</policies>`;
    const bytes = Buffer.from(text);
    /** @type {{ ours: number[], plain: number[] }} */
    const times = { ours: [], plain: [] };
    for (let run = 0; run < warmUps + runs; run += 1) {
      const [ours, plain] = [timed(() => countPieces(text)), timed(() => countTags(bytes))];
      if (run < warmUps) continue;
      times.ours.push(ours);
      times.plain.push(plain);
    }
    return {
      name: `Policy of 1 MB parted: ${name}`, unit: /** @type {const} */ ('ms'), ours: times.ours,
      baseline: { name: 'its bytes gone through once', values: times.plain }, goal: { ratio: 3 },
    };
  });
}

/** @param {() => number} work Gives a number of what it has found, which has to be some. */
function timed(work) {
  const from = performance.now();
  const found = work();
  const took = performance.now() - from;
  if (found === 0) throw new Error('Nothing was found in the document.');
  return took;
}

/** @param {Uint8Array} bytes */
function countTags(bytes) {
  let count = 0;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 0x3c) count += 1;
  return count;
}
