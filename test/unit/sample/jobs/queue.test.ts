// Jobs wait for their turn by a clock that nobody sets.

import { afterEach, expect, it, vi } from 'vitest';
import { JobQueue } from '../../../../src/sample/jobs/queue';
import { readToken } from '../../../../src/sample/jobs/blobs';

afterEach(() => void vi.useRealTimers());

const hour = 3_600_000;

it('waits as long as it was told to, though the time of day is set back by hours meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const queue = new JobQueue();
  const ran = new Promise<string>((resolve) => queue.add('one', 30, async () => resolve('ran')));
  vi.setSystemTime(Date.now() - 11 * hour);
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('still waits'), 2000));
  expect(await Promise.race([ran, late])).toBe('ran');
});

it('tokens of results begin to work long before they are made, since clocks are set back too', () => {
  const token = readToken({ kind: 'account', endpoint: 'http://127.0.0.1:1/a/', account: 'a', key: 'c2VjcmV0', container: 'box', name: 'x.csv' }, 60);
  const [start, end] = ['st', 'se'].map((part) => Date.parse(new URLSearchParams(token).get(part) ?? '') - Date.now());
  expect(start).toBeLessThan(-12 * hour);
  expect(end).toBeGreaterThanOrEqual(59_000);
});

it.each([3_600_000, -3_600_000])('a clock that is set by %d ms neither holds a job up nor hurries it', async (jumpMs) => {
  vi.useFakeTimers();
  const queue = new JobQueue();
  let begun = 0;
  queue.add('a', 1000, () => Promise.resolve(void (begun += 1)));
  vi.setSystemTime(Date.now() + jumpMs);
  queue.add('b', 5000, () => Promise.resolve());
  await vi.advanceTimersByTimeAsync(900);
  expect(begun).toBe(0);
  await vi.advanceTimersByTimeAsync(200);
  expect(begun).toBe(1);
});
