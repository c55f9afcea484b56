// A file that is there and cannot be read ends `npm run inspect` with a sentence, and with nothing of the program's own.

import type * as promises from 'node:fs/promises';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { main } from '../../../src/inspect/main';

const calls = vi.hoisted((): { stat: string | undefined; open: string | undefined; read: string | undefined } =>
  ({ stat: undefined, open: undefined, read: undefined }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof promises>();
  const failure = (code: string): Error => Object.assign(new Error(`${code}: no, '/home/somebody/policy.xml'`), { code });
  return {
    ...real,
    stat: (path: string) => (calls.stat === undefined ? real.stat(path) : Promise.reject(failure(calls.stat))),
    open: async (path: string) => {
      if (calls.open !== undefined) throw failure(calls.open);
      const { read: code } = calls;
      const handle = await real.open(path);
      if (code !== undefined) handle.read = () => Promise.reject(failure(code));
      return handle;
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), 'unreadable-'));
writeFileSync(join(folder, 'policy.xml'), '<policies />');
mkdirSync(join(folder, 'sub'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => Object.assign(calls, { stat: undefined, open: undefined, read: undefined }));

async function run(...args: string[]): Promise<readonly [code: number, out: string, err: string]> {
  let [out, err] = ['', ''];
  const code = await main(args, folder, { stdout: { write: (text) => (out += text) }, stderr: { write: (text) => (err += text) } });
  return [code, out, err];
}

it.each([
  ['open', 'EACCES', 'You may not read it (EACCES).'],
  ['open', 'EPERM', 'You may not read it (EPERM).'],
  ['read', 'EISDIR', 'The system says no (EISDIR).'],
  ['stat', 'EACCES', 'You may not read it (EACCES).'],
] as const)('where %s fails with %s', async (call, code, why) => {
  calls[call] = code;
  for (const args of [['policy', 'policy.xml'], ['policy', 'policy.xml', '--raw'], ['table', 'policy.xml']])
    expect(await run(...args)).toEqual([2, '', `"policy.xml" cannot be read. ${why}\n`]);
});

it('reads what may be read, and tells a folder and what is nowhere', async () => {
  expect(await run('policy', 'policy.xml', '--raw')).toEqual([0, '<policies />', '']);
  expect(await run('policy', 'sub')).toEqual([2, '', expect.stringMatching(/^"sub" is no file\.\n/)]);
  expect(await run('policy', 'policy.xml/inside')).toEqual([2, '', expect.stringMatching(/^There is no file "policy\.xml\/inside"\.\n/)]);
});
