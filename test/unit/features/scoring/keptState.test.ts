// What the answer's page is told of the exchange that it shows: by the newest of several calls, and also where the history fails.

import { expect, it } from 'vitest';
import { KeptState } from '../../../../src/features/scoring/keptState';

it('tells nothing late of an exchange that is not shown any more', async () => {
  let shown: string | undefined = 'slow';
  const told: unknown[] = [];
  let answer: (pinned: boolean) => void = () => undefined;
  const state = new KeptState({
    kept: { pinned: (key) => (key === 'slow' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(true)) },
    shown: () => shown, send: (message) => told.push(message), log: () => undefined,
  });
  const slow = state.tellOther();
  shown = 'quick';
  await state.tellOther();
  answer(false);
  await slow;
  shown = undefined;
  await state.tellOther();
  expect(told).toEqual([{ type: 'kept', key: 'quick', pinned: true }]);
});

it('ends with the newest answer where they overtake each other', async () => {
  const told: unknown[] = [];
  const answers: ((pinned: boolean) => void)[] = [];
  const state = new KeptState({
    kept: { pinned: () => new Promise((resolve) => answers.push(resolve)) },
    shown: () => 'a', send: (message) => told.push(message), log: () => undefined,
  });
  const calls = [state.tell(), state.tell()];
  answers[1]?.(true);
  await calls[1];
  answers[0]?.(false);
  await calls[0];
  expect(told).toEqual([{ type: 'kept', key: 'a', pinned: true }]);
});

it('takes one of which the history fails to tell for one that is not there, and logs that once', async () => {
  const [told, logged]: [unknown[], string[]] = [[], []];
  const state = new KeptState({
    kept: { pinned: () => Promise.reject(new Error('EISDIR')) },
    shown: () => 'a', send: (message) => told.push(message), log: (line) => logged.push(line),
  });
  await state.tell();
  await state.tell();
  expect(told).toEqual([{ type: 'kept', key: 'a' }, { type: 'kept', key: 'a' }]);
  expect(logged).toEqual(['The history cannot tell of a: EISDIR']);
});
