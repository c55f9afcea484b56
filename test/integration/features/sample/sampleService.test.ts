// The sample's process: started once, stopped at any moment, never shown when it is not there.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/model/clock';
import { Cancelled, SampleFailed } from '../../../../src/model/errors';
import type { Workspace } from '../../../../src/model/service';
import { SampleService, type SampleParts } from '../../../../src/features/sample/sampleService';
import { KeyStore } from '../../../../src/features/services/keyStore';
import { ServiceStore } from '../../../../src/features/services/serviceStore';
import { localStorageId, Storages } from '../../../../src/storage/storages';

const readyLine = JSON.stringify({ baseUrl: 'http://127.0.0.1:1', workspace: 'a'.repeat(32), services: [{ name: 'S', id: 'b'.repeat(32) }], blobEndpoint: 'http://127.0.0.1:2/devstoreaccount1' });
const serves = `console.log(${JSON.stringify(readyLine)}); setInterval(() => {}, 1000);`;
const quiet = { onDidChange: () => ({ dispose: () => undefined }) };
let folder = '';
let shown: (string | undefined)[] = [];
let readKeys: (() => void)[] = [];
let sample: SampleService;
let storages: Storages;
let memory: Map<string, unknown>;
let followed: string[][] = [];
let warned: string[] = [];

function write(program: string): void {
  writeFileSync(join(folder, 'program.cjs'), program);
}

/** Makes a sample whose program does this. Its key is read when `readKeys` is called, unless it is read at once. */
function make(program: string, atOnce = true, more: Partial<SampleParts> = {}): void {
  write(program);
  const key = 'a-key-of-this-test';
  const get = (): Promise<string> => (atOnce ? Promise.resolve(key) : new Promise((resolve) => readKeys.push(() => resolve(key))));
  const box = { ...quiet, get, store: async () => undefined, delete: async () => undefined };
  const services = new ServiceStore({ ...quiet, read: () => undefined, write: async () => undefined });
  services.onDidChange(() => shown.push(services.workspaces().map((workspace: Workspace) => workspace.name)[0]));
  storages = new Storages(box, () => 0);
  sample = new SampleService({
    program: join(folder, 'program.cjs'), folder: join(folder, 'kept'), follow: async (from, to) => void followed.push([from, to]), secrets: box, services, keys: new KeyStore(box), storages, log: () => undefined,
    warn: (message) => void warned.push(message), isBesideAnother: false, clock: systemClock, whileWaiting: (work) => work(new AbortController().signal), ...more,
    memory: { get: (key) => memory.get(key), update: async (key, value) => void memory.set(key, value) },
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sample-'));
  shown = [];
  readKeys = [];
  memory = new Map();
  followed = [];
  warned = [];
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

describe('the folder', () => {
  /** Makes a sample whose program notes its arguments and then does this. */
  const noting = (then: string, limit: Partial<SampleParts> = {}): (() => string[][]) => {
    const asked = join(folder, 'asked');
    make(`const [,, ...words] = process.argv; require('fs').appendFileSync(${JSON.stringify(asked)}, JSON.stringify(words) + '\\n'); ${then}`, true, limit);
    return () => readFileSync(asked, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  };
  const own = (name: string): string[] => ['--folder', join(folder, 'kept', name)];

  it('is the one of last time, or the next that no other window has', async () => {
    const asked = noting(`if (words[1].endsWith('1')) process.exit(3); ${serves}`);
    await sample.start();
    expect(memory.get('sampleFolder')).toBe('2');
    sample.stop();
    await sample.start();
    expect(sample.keeps).toBe(true);
    expect(asked()).toEqual([own('1'), own('2'), own('2')]);
  });

  it('is none where none can be had: then all is in memory', async () => {
    const asked = noting(`if (words.length > 0) process.exit(3); ${serves}`);
    await sample.start();
    expect(sample.keeps).toBe(false);
    expect(asked()).toEqual([own('1'), own('2'), own('3'), own('4'), []]);
    expect(warned).toEqual([]);
  });

  it('is not asked for again and again where the disk does not take it', async () => {
    const asked = noting(`if (words.length > 0) process.exit(1); ${serves}`);
    await sample.start();
    expect(sample.keeps).toBe(false);
    expect(asked()).toEqual([own('1'), []]);
  });

  it('that cannot be used is told of', async () => {
    noting(`if (words.length > 0) process.exit(1); ${serves}`);
    await sample.start();
    expect(warned).toEqual([expect.stringContaining('none of its earlier jobs')]);
  });

  describe('that another extension host for the same workspace may have', () => {
    let passed = 0;
    let waits = 0;
    const beside: Partial<SampleParts> = {
      isBesideAnother: true,
      clock: { now: () => passed, sleep: async (ms) => void (passed += ms) },
      whileWaiting: async (work) => {
        waits += 1;
        await work(new AbortController().signal);
      },
    };
    beforeEach(() => {
      [passed, waits] = [0, 0];
      memory.set('sampleFolder', '2');
    });

    it('is waited for, as its page may be gone', async () => {
      const asked = noting(`if (require('fs').readFileSync(${JSON.stringify(join(folder, 'asked'))}, 'utf8').split('\\n').length < 5) process.exit(3); ${serves}`, beside);
      await sample.start();
      expect(asked()).toEqual([own('2'), own('2'), own('2'), own('2')]);
      expect([sample.keeps, waits, memory.get('sampleFolder')]).toEqual([true, 1, '2']);
    });

    it('is not waited for where it is free, nor for ever', async () => {
      noting(serves, beside);
      await sample.start();
      expect(waits).toBe(0);
      sample.stop();
      const asked = noting(`if (words[1].endsWith('2')) process.exit(3); ${serves}`, { ...beside, clock: { now: () => passed, sleep: async () => void (passed += 10_000) } });
      await sample.start();
      expect(asked().slice(1)).toEqual([own('2'), own('2'), own('2'), own('2'), own('1')]);
    });

    it('is not waited for any longer when a person says so, or stops the sample', async () => {
      const asked = noting(`if (words[1].endsWith('2')) process.exit(3); ${serves}`, { ...beside, whileWaiting: (work) => work(AbortSignal.abort()) });
      await sample.start();
      expect(asked()).toEqual([own('2'), own('1')]);
      sample.stop();
      memory.set('sampleFolder', '2');
      noting(`if (words[1].endsWith('2')) process.exit(3); ${serves}`, { ...beside, clock: { now: () => 0, sleep: async () => sample.stop() } });
      await expect(sample.start()).rejects.toBeInstanceOf(Cancelled);
      expect(sample.workspace).toBeUndefined();
    });
  });

  it('goes to the next window while the page of this one is gone', async () => {
    make(serves);
    await sample.onSight(true);
    expect(sample.workspace).toBeUndefined();
    await sample.start();
    await sample.onSight(false);
    expect(sample.workspace).toBeUndefined();
    await sample.onSight(true);
    expect(sample.workspace).toBeDefined();
    expect(shown).toEqual(['Sample', undefined, 'Sample']);
    sample.stop();
    await sample.onSight(true);
    expect(sample.workspace).toBeUndefined();
  });

  it('stays where all is in memory: nobody else could have it', async () => {
    noting(`if (words.length > 0) process.exit(3); ${serves}`);
    await sample.start();
    await sample.onSight(false);
    expect(sample.workspace).toBeDefined();
  });

  // So long a program may take to start on a computer that is busy.
  const limit = { longestStartMs: 2_500 };
  const hangs = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";

  it('is tried once more where the start takes too long, when the slow one has ended', async () => {
    const up = JSON.stringify(join(folder, 'up'));
    const first = `const fs = require('fs'); if (!fs.existsSync(${up})) { fs.writeFileSync(${up}, String(process.pid)); ${hangs} } else {`;
    const noOther = `try { process.kill(Number(fs.readFileSync(${up}, 'utf8')), 0); process.exit(3); } catch {}`;
    const asked = noting(`${first} ${noOther} ${serves} }`, limit);
    await sample.start();
    expect(asked()).toEqual([own('1'), own('1')]);
    expect([sample.keeps, memory.get('sampleFolder'), warned]).toEqual([true, '1', []]);
  }, 30_000);

  it('is left only when the second start takes too long as well, and that is told', async () => {
    const asked = noting(`if (words.length > 0) { ${hangs} } else { ${serves} }`, limit);
    await sample.start();
    expect(asked()).toEqual([own('1'), own('1'), []]);
    expect([sample.keeps, warned.length]).toEqual([false, 1]);
  }, 30_000);

  it('tells where its jobs were to be found before, and they follow', async () => {
    make(serves.replace('\\"workspace\\"', '\\"formerBaseUrls\\":[\\"http://127.0.0.1:7\\",\\"http://127.0.0.1:8\\"],\\"workspace\\"'));
    const { services } = await sample.start();
    const address = services[0]?.address ?? '';
    expect(followed).toEqual(['7', '8'].map((port) => [address.replace('127.0.0.1:1', `127.0.0.1:${port}`), address]));
  });
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

it('runs, and is shown as long as it does, though its folder could not be noted', async () => {
  make(serves);
  memory.set = () => {
    throw new Error('The disk is full.');
  };
  const workspace = await sample.start();
  expect(sample.workspace).toBe(workspace);
  sample.stop();
  expect(shown).toEqual(['Sample', undefined]);
});

it('says so when it ends by itself, and not when the person or the window ends it', async () => {
  make(`console.log(${JSON.stringify(readyLine)}); setTimeout(() => process.exit(1), 100);`);
  await sample.start();
  await expect.poll(() => warned).toEqual(['The sample service has ended by itself. Start it again: its jobs are kept, and go on.']);
  expect(sample.workspace).toBeUndefined();
  write(serves);
  await sample.start();
  sample.stop();
  await sample.start();
  sample.dispose();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(warned).toHaveLength(1);
});
