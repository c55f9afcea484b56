// A job that a busy service refused is carried on after the wait, whatever happens to the time of day.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { launch, type LaunchParts } from '../../../../../src/features/jobs/ui/launch';
import { JobWaits } from '../../../../../src/features/jobs/waits';
import { systemClock } from '../../../../../src/model/clock';
import { JobFailed } from '../../../../../src/model/errors';
import { isObject } from '../../../../../src/base/shape';

vi.mock('vscode', () => ({
  workspace: { getConfiguration: () => ({ get: () => undefined }) },
  window: {
    setStatusBarMessage: () => undefined,
    withProgress: (_options: unknown, work: (...args: readonly unknown[]) => Promise<unknown>) => work(
      { report: () => undefined }, { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) },
    ),
  },
  ProgressLocation: { Notification: 1 },
}));

function isParts(value: unknown): value is LaunchParts {
  return isObject(value);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([3_600_000, -3_600_000])('a clock that is set by %d ms changes nothing', async (jumpMs) => {
  let calls = 0;
  const parts: unknown = {
    find: () => ({ title: 'days.csv', step: 'started' }), show: () => undefined, tellFailure: () => undefined, waits: new JobWaits(systemClock),
    pageOf: () => ({ visible: () => false, onDidChange: () => ({ dispose: () => undefined }) }),
    runner: { carryOn: () => ((calls += 1) === 1 ? Promise.reject(new JobFailed({ sentence: 'Busy.' }, 5000)) : Promise.resolve({})) },
  };
  expect.assert(isParts(parts));
  const over = launch(parts, ['k']);
  await vi.advanceTimersByTimeAsync(1000);
  vi.setSystemTime(Date.now() + jumpMs);
  await vi.advanceTimersByTimeAsync(3500);
  expect(calls).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toBe(2);
  await over;
});
