// Waits and durations are counted by a clock that only goes on: somebody may set the time of day, and then a wait would last for hours.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, sources } from './imports';

/** Where the time of day is reckoned with for a reason: nothing else tells a file's age, or outlives a restart, and a service may name a date. */
const allowed = [
  'src/base/atomicFiles.ts: if (Date.now() - (await stat(path)).mtimeMs > leftoverAgeMs) await unlink(path);',
  "src/sample/jobs/blobs.ts: startsOn: new Date(now - startsEarlierMs), expiresOn, protocol: SASProtocol.HttpsAndHttp,",
  'src/sample/jobs/elapsed.ts: return at === undefined ? 0 : Math.min(mostMs, Math.max(0, Date.now() - at));',
  'src/sample/jobs/jobFiles.ts: if (Date.now() - lstatSync(path).mtimeMs > keptMs) rmSync(path, { force: true, recursive: true });',
  'src/sample/perform.ts: const seconds = /^\\d+$/.test(retryAfter) ? Number(retryAfter) : Math.max(0, Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000));',
  'src/sample/storage/disk.ts: if (facts !== undefined && Date.now() - facts.mtimeMs > brokenKeptMs) rmSync(path, { force: true, recursive: true });',
];

const reckons = [/Date\.now\(\)\s*(?:[-<]|>)/, /(?:[-<+]|[^=]>)\s*Date\.now\(\)/, /(?:toldAt|began|until)\s*=\s*Date\.now\(\)/];

/** The lines after a line that stand in the same block. */
function restOfBlock(lines: readonly string[], from: number): readonly string[] {
  const depth = (line: string): number => line.search(/\S|$/);
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((line) => line !== '' && depth(line) < depth(lines[from] ?? ''));
  return end < 0 ? rest : rest.slice(0, end);
}

/** Lines of a text that reckon with the time of day, also by a name that their block gives to it. Times that are handed in are not seen. */
function reckoning(text: string): string[] {
  const lines = text.split('\n');
  const found = new Set(lines.filter((line) => reckons.some((form) => form.test(line))));
  for (const [at, line] of lines.entries()) {
    const name = /\b(?:const|let) (\w+) = Date\.now\(\)/.exec(line)?.[1];
    if (name === undefined) continue;
    const forms = [new RegExp(`\\b${name}\\s*(?:[-<]|>)`), new RegExp(`(?:[-<]|[^=]>)\\s*${name}\\b`)];
    for (const each of restOfBlock(lines, at)) if (forms.some((form) => form.test(each))) found.add(each);
  }
  return [...found].map((line) => line.trim());
}

it.each([
  ['const now = Date.now();', 'if (now - began > 5) stop();'],
  ['let then = Date.now();', 'return later < then;'],
])('a name for the time of day is followed to the end of its block: %s', (given, line) => {
  expect(reckoning(`{\n  ${given}\n\n  ${line}\n}\n  ${line}`)).toEqual([line]);
});

it('nothing reckons with the time of day', () => {
  const found = [...sources('src'), ...sources('media')].flatMap((file) => reckoning(readFileSync(join(root, file), 'utf8'))
    .map((line) => `${file}: ${line}`));
  expect(found.toSorted()).toEqual(allowed);
});
