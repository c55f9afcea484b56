// The sample's process: started once, stopped at any moment, never shown when it is not there.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Cancelled, SampleFailed } from '../../../src/model/errors';
import type { Workspace } from '../../../src/model/service';
import { SampleService } from '../../../src/editor/sampleService';
import { Keys } from '../../../src/state/keys';
import { Services } from '../../../src/state/services';
import { localStorageId, Storages } from '../../../src/state/storages';

const readyLine = JSON.stringify({ baseUrl: 'http://127.0.0.1:1', workspace: 'a'.repeat(32), services: [{ name: 'S', id: 'b'.repeat(32) }], blobEndpoint: 'http://127.0.0.1:2/devstoreaccount1' });
const serves = `console.log(${JSON.stringify(readyLine)}); setInterval(() => {}, 1000);`;
const quiet = { onDidChange: () => ({ dispose: () => undefined }) };
let folder = '';
let shown: (string | undefined)[] = [];
let readKeys: (() => void)[] = [];
let sample: SampleService;
let storages: Storages;
let memory: Map<string, unknown>;

function write(program: string): void {
  writeFileSync(join(folder, 'program.cjs'), program);
}

/** Makes a sample whose program does this. Its key is read when `readKeys` is called, unless it is read at once. */
function make(program: string, atOnce = true): void {
  write(program);
  const key = 'a-key-of-this-test';
  const get = (): Promise<string> => (atOnce ? Promise.resolve(key) : new Promise((resolve) => readKeys.push(() => resolve(key))));
  const box = { ...quiet, get, store: async () => undefined, delete: async () => undefined };
  const services = new Services({ ...quiet, read: () => undefined, write: async () => undefined });
  services.onDidChange(() => shown.push(services.workspaces().map((workspace: Workspace) => workspace.name)[0]));
  storages = new Storages(box, () => 0);
  sample = new SampleService({
    program: join(folder, 'program.cjs'), secrets: box, services, keys: new Keys(box), storages, log: () => undefined,
    memory: { get: (key) => memory.get(key), update: async (key, value) => void memory.set(key, value) },
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sample-'));
  shown = [];
  readKeys = [];
  memory = new Map();
});
afterEach(() => {
  sample.dispose();
  rmSync(folder, { recursive: true });
});

it('is started once, and shown until it is stopped', async () => {
  make(serves);
  const [one, two] = await Promise.all([sample.start(), sample.start()]);
  expect(one).toBe(two);
  expect(await sample.start()).toBe(one);
  sample.stop();
  expect(sample.workspace).toBeUndefined();
  expect(shown).toEqual(['Sample', undefined]);
});

it('brings the local storage, which ends with it', async () => {
  make(serves);
  await sample.start();
  expect(await storages.access(localStorageId)).toMatchObject({ kind: 'account', base: 'http://127.0.0.1:2/devstoreaccount1/' });
  sample.stop();
  await expect(storages.access(localStorageId)).rejects.toThrow('The local storage does not run.');
});

it('listens at the ports that it had before, and at others when these are taken', async () => {
  const asked = join(folder, 'asked');
  make(`require('fs').appendFileSync(${JSON.stringify(asked)}, process.argv.slice(2).join(' ') + ';'); if (process.argv[3] === '7') process.exit(1); ${serves}`);
  await sample.start();
  expect(memory.get('samplePorts')).toEqual({ service: 1, storage: 2 });
  sample.stop();
  memory.set('samplePorts', { service: 7, storage: 8 });
  await sample.start();
  expect(readFileSync(asked, 'utf8')).toBe('--port 0 --blob-port 0;--port 7 --blob-port 8;--port 0 --blob-port 0;');
});

it('is not started when it is stopped before its key is read', async () => {
  make(serves, false);
  const starting = sample.start();
  sample.stop();
  readKeys.forEach((read) => read());
  await expect(starting).rejects.toBeInstanceOf(Cancelled);
  expect(shown).toEqual([]);
});

it('is not shown when it becomes ready after it was stopped, and comes when it is started again', async () => {
  // It says that it is ready when it is asked to end, as one does that was about to.
  make(`const fs = require('node:fs'); process.on('SIGTERM', () => { console.log(${JSON.stringify(readyLine)}); setTimeout(() => process.exit(0), 500); }); fs.writeFileSync(__filename + '.up', ''); setInterval(() => {}, 1000);`);
  const ended = expect(sample.start()).rejects.toBeInstanceOf(Cancelled);
  await expect.poll(() => existsSync(join(folder, 'program.cjs.up')), { timeout: 15_000 }).toBe(true);
  sample.stop();
  await ended;
  expect(sample.workspace).toBeUndefined();
  expect(shown).not.toContain('Sample');
  write(serves);
  expect((await sample.start()).name).toBe('Sample');
});

it('comes when it is stopped and started again while it starts', async () => {
  make(serves, false);
  const first = expect(sample.start()).rejects.toBeInstanceOf(Cancelled);
  sample.stop();
  const second = sample.start();
  readKeys[0]?.();
  await first;
  await expect.poll(() => readKeys.length).toBe(2);
  readKeys[1]?.();
  expect((await second).name).toBe('Sample');
});

it('tells of a failed start, also after it was stopped while nothing ran', async () => {
  make('console.error("no port"); process.exit(3);');
  sample.stop();
  await expect(sample.start()).rejects.toMatchObject({ name: 'SampleFailed', message: expect.stringContaining('code 3'), detail: 'no port' });
  await expect(sample.start()).rejects.toBeInstanceOf(SampleFailed);
});
