// The clock of a storage account, as its answers told it, while this computer's is wrong, is set, or sleeps.

import { expect, it } from 'vitest';
import { StorageClocks } from '../../../src/storage/storageClock';

const base = 'https://acc.blob.core.windows.net/';
const hour = 3_600_000;
const noon = Date.UTC(2026, 4, 12, 12);

function clocks() {
  const own = { now: noon, ticks: 5000 };
  const made = new StorageClocks({ now: () => own.now, ticks: () => own.ticks });
  const pass = (ms: number): void => {
    own.now += ms;
    own.ticks += ms;
  };
  return { own, made, pass };
}

it('is not known before an answer has told it, nor where its date is none', () => {
  const { made } = clocks();
  made.note(base, undefined);
  made.note(base, 'soon');
  expect([made.now(base), made.aheadMs(base)]).toEqual([undefined, 0]);
});

it('goes on from the last answer, each account by its own', () => {
  const { made, pass } = clocks();
  made.note(base, new Date(noon + 11 * hour).toUTCString());
  made.note('https://other.example/', new Date(noon - hour).toUTCString());
  pass(90_000);
  expect([made.now(base), made.aheadMs(base)]).toEqual([noon + 11 * hour + 90_000, 11 * hour]);
  expect([made.now('https://other.example/'), made.aheadMs('https://other.example/')]).toEqual([noon - hour + 90_000, -hour]);
});

it('is that of this computer where both are as good as the same', () => {
  const { made } = clocks();
  made.note(base, new Date(noon - 40_000).toUTCString());
  expect(made.aheadMs(base)).toBe(0);
});

it.each([11, -11])('is asked for anew when this computer\'s clock was set by %d hours, or it slept', (hours) => {
  const { own, made, pass } = clocks();
  made.note(base, new Date(noon).toUTCString());
  own.now += hours * hour;
  expect([made.now(base), made.aheadMs(base)]).toEqual([undefined, 0]);
  made.note(base, new Date(noon).toUTCString());
  pass(1000);
  expect([made.now(base), made.aheadMs(base)]).toEqual([noon + 1000, -hours * hour]);
});
