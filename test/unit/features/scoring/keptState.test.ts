// What the answer's page is told of the exchange that it shows, when another one is shown while the history is asked.

import { expect, it } from 'vitest';
import { KeptState } from '../../../../src/features/scoring/keptState';

it('tells nothing late of an exchange that is not shown any more', async () => {
  let shown: string | undefined = 'slow';
  const told: unknown[] = [];
  let answer: (pinned: boolean) => void = () => undefined;
  const state = new KeptState({
    kept: { pinned: (key) => (key === 'slow' ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(true)) },
    shown: () => shown, send: (message) => told.push(message),
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
