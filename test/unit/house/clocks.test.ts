// Waits and durations are counted by a clock that only goes on: somebody may set the time of day, and then a wait would last for hours.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** Where the time of day is reckoned with for a reason: nothing else tells a file's age, or outlives a restart, and a service may name a date. */
const allowed = [
  'src/client/journalFiles.ts: if (Date.now() - (await stat(path)).mtimeMs > leftoverAgeMs) await unlink(path);',
  'src/sample/jobs/elapsed.ts: return at === undefined ? 0 : Math.min(mostMs, Math.max(0, Date.now() - at));',
  'src/sample/jobs/jobFiles.ts: if (Date.now() - lstatSync(path).mtimeMs > keptMs) rmSync(path, { force: true, recursive: true });',
  'src/sample/perform.ts: const seconds = /^\\d+$/.test(retryAfter) ? Number(retryAfter) : Math.max(0, Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000));',
  'src/sample/storage/disk.ts: if (facts !== undefined && Date.now() - facts.mtimeMs > brokenKeptMs) rmSync(path, { force: true, recursive: true });',
];

const reckons = [/Date\.now\(\)\s*(?:[-<]|>)/, /(?:[-<+]|[^=]>)\s*Date\.now\(\)/, /(?:toldAt|began|until)\s*=\s*Date\.now\(\)/];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

it('nothing reckons with the time of day', () => {
  const found = [...sources('src'), ...sources('media')].flatMap((file) => readFileSync(join(root, file), 'utf8').split('\n')
    .filter((line) => reckons.some((form) => form.test(line)))
    .map((line) => `${file.replaceAll('\\', '/')}: ${line.trim()}`));
  expect(found.toSorted()).toEqual(allowed);
});
