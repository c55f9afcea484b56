// Which ways of tests are remembered: those that are not the service itself, of the services that were chosen for last.

import { beforeEach, expect, it } from 'vitest';
import { KeptWays, testWaysKey } from '../../../../../src/features/tryIt/test/keptWays';

let stored: Map<string, unknown>;
let writes: number;
let kept: KeptWays;
beforeEach(() => {
  [stored, writes] = [new Map(), 0];
  kept = new KeptWays({
    get: (key) => stored.get(key),
    update: (key, value) => {
      writes += 1;
      return Promise.resolve(void stored.set(key, value));
    },
  });
});

it('they come back, change and go', async () => {
  await kept.set('sample', 'https://gateway/s');
  await kept.set('https://h/s', 'https://gateway/t');
  const found = ['sample', 'https://h/s', 'https://h/other'].map((service) => kept.get(service));
  expect(found).toEqual(['https://gateway/s', 'https://gateway/t', undefined]);
  await kept.set('sample', 'https://gateway/u');
  expect(stored.get(testWaysKey)).toEqual([
    { service: 'https://h/s', way: 'https://gateway/t' }, { service: 'sample', way: 'https://gateway/u' },
  ]);
  await kept.set('sample', undefined);
  await kept.set('sample', undefined);
  expect([kept.get('sample'), kept.get('https://h/s'), writes]).toEqual([undefined, 'https://gateway/t', 4]);
});

it('they follow a service, and a way, to another address', async () => {
  await kept.set('https://h/s', 'https://gateway/s');
  await kept.move('https://h/s', 'https://h/new');
  await kept.move('https://gateway/s', 'https://gateway/new');
  await kept.move('https://h/none', 'https://h/else');
  expect([stored.get(testWaysKey), writes]).toEqual([[{ service: 'https://h/new', way: 'https://gateway/new' }], 3]);
});

it('they are thirty at most', async () => {
  for (let at = 0; at < 31; at++) await kept.set(`s${at}`, 'w');
  expect([kept.get('s0'), kept.get('s1'), kept.get('s30')]).toEqual([undefined, 'w', 'w']);
});

it('those that are damaged are none', async () => {
  stored.set(testWaysKey, [{ service: 's' }, 5, { service: 's', way: 7 }, null]);
  expect(kept.get('s')).toBeUndefined();
  stored.set(testWaysKey, 'x');
  await kept.set('s', 'w');
  expect(kept.get('s')).toBe('w');
});
