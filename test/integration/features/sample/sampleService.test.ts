// The sample's process: started once, stopped at any moment, never shown when it is not there.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Cancelled, SampleFailed } from '../../../../src/model/errors';
import { localStorageId } from '../../../../src/storage/storages';
import { eachAnew, folder, make, memory, readKeys, readyLine, sample, serves, shown, storages, toldApim, warned, write } from './sampleTools';

eachAnew();

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

it('does not come when stopping it was the last word', async () => {
  make(serves, false);
  const first = expect(sample.start()).rejects.toBeInstanceOf(Cancelled);
  sample.stop();
  const second = expect(sample.start()).rejects.toBeInstanceOf(Cancelled);
  sample.stop();
  readKeys.forEach((read) => read());
  await Promise.all([first, second]);
  expect(sample.workspace).toBeUndefined();
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

describe('API Management', () => {
  const arm = { endpoint: 'http://127.0.0.1:3/', subscriptionId: 's', resourceGroup: 'sample', service: 'sample-apim', more: 1 };
  const telling = (more: object): string => `
    const ready = { ...${readyLine}, ...${JSON.stringify(more)} };
    require('fs').writeFileSync(__filename + '.env', JSON.stringify([process.env.SAMPLE_ARM_TOKEN, process.argv.includes('--api-management')]));
    console.log(JSON.stringify(ready)); setInterval(() => {}, 1000);`;

  it('that the program tells of is told of with the token that it was started with, and goes with it', async () => {
    make(telling({ arm, gateway: 'http://127.0.0.1:4/' }));
    await sample.start();
    expect(toldApim).toEqual([{
      endpoint: 'http://127.0.0.1:3', token: 'a-key-of-this-test', subscriptionId: 's', resourceGroup: 'sample', service: 'sample-apim', gateway: 'http://127.0.0.1:4',
    }]);
    expect(readFileSync(join(folder, 'program.cjs.env'), 'utf8')).toBe('["a-key-of-this-test",true]');
    sample.stop();
    expect(toldApim.slice(1)).toEqual([undefined]);
  });

  it.each([
    {}, { arm: {} }, { arm: 7 }, { arm: { ...arm, service: undefined } }, { arm: { ...arm, endpoint: 'https://elsewhere.example' } }, { arm: { ...arm, endpoint: 'http://127.0.0.1.example' } },
  ])('is none where the program tells of none, or of one elsewhere: %j', async (more) => {
    make(telling(more));
    expect((await sample.start()).name).toBe('Sample');
    expect(toldApim).toEqual([undefined]);
  });
});
