// A used-up quota is respected by every window, also by one that was opened after it was found.

import { expect, it } from 'vitest';
import type { PollOutcome } from '../../../../../src/model/job';
import { Quotas } from '../../../../../src/features/jobs/store/quotas';
import { MemoryFiles } from './jobTools';

const quota: PollOutcome = { kind: 'quota', retryAfterMs: 60_000, problem: { sentence: 'The quota is used up.' } };
const fine: PollOutcome = { kind: 'status', reading: { status: 'running', text: 'Running', results: [] } };

it('is not asked before it is replenished, and then is', async () => {
  const files = new MemoryFiles();
  let now = 1_000;
  let calls = 0;
  const ask = (outcome: PollOutcome) => async (): Promise<PollOutcome> => {
    calls += 1;
    return outcome;
  };
  expect(await new Quotas(files, () => now, () => undefined).ask('host:1', ask(quota))).toEqual(quota);
  now += 20_000;
  const other = new Quotas(files, () => now, () => undefined);
  expect(await other.ask('host:1', ask(fine))).toMatchObject({ kind: 'quota', retryAfterMs: 40_000, problem: { sentence: 'The quota is used up.' } });
  expect(calls).toBe(1);
  expect(await other.ask('host:2', ask(fine))).toEqual(fine);
  now += 40_000;
  expect(await other.ask('host:1', ask(fine))).toEqual(fine);
  expect(calls).toBe(3);
  expect(await files.list('quotas')).toEqual([]);
});

it('is asked when what was written down makes no sense', async () => {
  const files = new MemoryFiles();
  await files.write('quotas/host_1.json', '{"until":"soon"}');
  expect(await new Quotas(files, () => 0, () => undefined).ask('host:1', async () => fine)).toEqual(fine);
});

it('is asked when the clock was set back by hours since, so that nobody waits for so much longer', async () => {
  const files = new MemoryFiles();
  let now = 50_000_000;
  await new Quotas(files, () => now, () => undefined).ask('host:1', async () => quota);
  now -= 30_000;
  expect(await new Quotas(files, () => now, () => undefined).ask('host:1', async () => fine)).toMatchObject({ kind: 'quota' });
  now -= 11 * 3_600_000;
  expect(await new Quotas(files, () => now, () => undefined).ask('host:1', async () => fine)).toEqual(fine);
});
