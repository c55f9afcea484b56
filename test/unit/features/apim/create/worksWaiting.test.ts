// What is made in the sample waits while that is stopped: it says so at once, asks nobody, and goes on once the sample runs.

import { expect, it, vi } from 'vitest';
import { markTag, type InstanceWork } from '../../../../../src/features/apim/create/work';
import { WorkJournal } from '../../../../../src/features/apim/create/workJournal';
import { InstanceWorks } from '../../../../../src/features/apim/create/works';
import { Cancelled } from '../../../../../src/model/errors';
import { armFailure } from '../fakeArm';
import { ScriptedArm, someWork, told } from './createTools';

const until = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 5, timeout: 10_000 });

it('waits while the sample is stopped, and is followed once it runs again', async () => {
  const files = new Map<string, string>();
  const arm = new ScriptedArm();
  const ended: InstanceWork['step'][] = [];
  const logged: string[] = [];
  let runs = true;
  let looks = 0;
  const journal = new WorkJournal({
    list: () => Promise.resolve([...files.keys()]), read: (path) => Promise.resolve(files.get(path)),
    write: (path, text) => Promise.resolve(void files.set(path, text)), remove: (path) => Promise.resolve(void files.delete(path)),
  }, { get: () => Promise.resolve(undefined), store: () => Promise.resolve(), delete: () => Promise.resolve() }, () => undefined);
  const works = new InstanceWorks({
    journal, canAsk: () => runs, toolsOf: () => ({ arm: () => Promise.resolve(arm.arm), describe: told }),
    waits: () => {
      looks += 1;
      return looks === 1 ? Promise.reject(new Error('EIO')) : Promise.resolve(!runs);
    },
    claim: () => Promise.resolve({ held: () => Promise.resolve(true), release: () => Promise.resolve() }),
    clock: {
      now: () => 0,
      sleep: async (_ms, signal) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (signal.aborted) throw new Cancelled();
      },
    },
    onEnd: ({ step }) => void ended.push(step), noted: () => undefined, log: (line) => void logged.push(line),
  });
  const seen: unknown[] = [];
  works.onDidChange(() => seen.push(works.list()[0]?.waits));
  await journal.add(someWork());
  const failed = someWork({ key: '0mx1eapqw-ucqqn66hm4pz', step: 'failed' });
  await journal.add(failed);
  // What hindered asking before is of no interest while it waits.
  arm.finds = [() => Promise.reject(armFailure('network'))];
  await works.start();
  await until(() => expect(works.list()[0]?.trouble).toBeDefined());
  expect(logged).toEqual(['Whether instances wait could not be found out: EIO']);
  runs = false;
  works.wake();
  await until(() => expect(works.list()).toEqual([{ work: someWork(), waits: true }, { work: failed }]));
  expect(seen).toContain(true);
  const asked = arm.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(arm.calls.length).toBe(asked);
  arm.finds = [() => ({ status: 200, body: { tags: { [markTag]: someWork().key }, properties: { provisioningState: 'Succeeded' } } })];
  runs = true;
  works.wake();
  await until(() => expect(ended).toEqual(['done']));
  expect(works.list().map(({ waits }) => waits)).toEqual([undefined]);
  works.dispose();
});
