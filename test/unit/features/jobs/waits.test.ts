// Waiting with a job for a busy service: how long, until it is over, and until it is stopped.

import { expect, it } from 'vitest';
import { Cancelled } from '../../../../src/model/errors';
import { JobWaits } from '../../../../src/features/jobs/waits';

/** A clock whose sleeps end when that is told. */
function clock() {
  const ends: (() => void)[] = [];
  return {
    ends,
    now: () => 1000,
    sleep: (_: number, signal: AbortSignal) => new Promise<void>((resolve, reject) => {
      ends.push(resolve);
      signal.addEventListener('abort', () => reject(new Cancelled()));
    }),
  };
}

it('tells until when each job waits, and of each change', async () => {
  const time = clock();
  const waits = new JobWaits(time, () => 0);
  let changes = 0;
  waits.onDidChange(() => (changes += 1));
  const [one, two] = [waits.wait('one', 500), waits.wait('two', 900)];
  expect([waits.until('one'), waits.until('two'), waits.until('three'), changes]).toEqual([1500, 1900, undefined, 2]);
  time.ends[0]?.();
  await one;
  expect([waits.until('one'), waits.until('two'), changes]).toEqual([undefined, 1900, 3]);
  time.ends[1]?.();
  await two;
});

it('is stopped by itself, and with the window', async () => {
  const waits = new JobWaits(clock(), () => 0);
  const [one, two] = [waits.wait('one', 500), waits.wait('two', 900)];
  waits.stop('three');
  waits.stop('one');
  await expect(one).rejects.toThrow(Cancelled);
  expect([waits.until('one'), waits.until('two')]).toEqual([undefined, 1900]);
  waits.dispose();
  await expect(two).rejects.toThrow(Cancelled);
});

it('tells what is left of a wait, whatever the time of day is set to', async () => {
  let [day, ticks] = [1000, 50];
  const time = { ...clock(), now: () => day };
  const waits = new JobWaits(time, () => ticks);
  const one = waits.wait('one', 500);
  [day, ticks] = [40_000_000, 150];
  expect([waits.leftMs('one'), waits.until('one'), waits.leftMs('two')]).toEqual([400, 40_000_400, 0]);
  ticks = 900;
  expect(waits.leftMs('one')).toBe(0);
  time.ends[0]?.();
  await one;
});
