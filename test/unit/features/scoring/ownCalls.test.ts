// Calls of another kind among the runs: made on a page, without a file, and without a word on how a service is.

import { expect, it } from 'vitest';
import { Health } from '../../../../src/features/services/health';
import { Runs, type RunItem } from '../../../../src/features/scoring/runs';
import { actedOn } from '../../../../src/features/scoring/view';
import type { Exchange } from '../../../../src/model/exchange';
import type { HealthState } from '../../../../src/model/health';
import type { Service } from '../../../../src/model/service';

const service: Service = { name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K' };
const refused: Exchange = {
  service, source: 'Item', method: 'GET', url: 'https://h/p', requestHeaders: [], requestBody: '', requestBytes: 0, startedAt: 0, durationMs: 5, earlierAttempts: [], tables: [], notes: [],
  answer: { status: 500, statusText: 'No', headers: [], body: new Uint8Array() }, problem: { sentence: 'No.' }, own: true,
};
const item = (more: Partial<RunItem> = {}): RunItem => ({ file: 'file:///a', source: 'a', service, read: () => Promise.resolve({ json: '{}' }), ...more });

it('say nothing of how a service is, and are no file that could be sent', async () => {
  const health = new Health();
  const states: HealthState[] = [];
  health.onDidChange(() => states.push(health.of(service.address)));
  const runs = new Runs(() => Promise.resolve(refused), health, () => 0, () => ({ sentence: 'It failed.' }));
  const again = (): Promise<RunItem> => Promise.resolve(item());
  const own = item({ file: 'call:1', own: { call: () => Promise.resolve(refused), hidden: () => [], sample: false, again } });
  const run = runs.send([own]);
  await run.over;
  expect(run.entries[0]?.state.kind).toBe('answered');
  expect(states).toEqual([]);
  expect(actedOn(run.entries[0])).toEqual({ service: undefined, call: 'call:1' });
  await runs.send([item()]).over;
  expect(states.at(-1)).toMatchObject({ kind: 'failing' });
  expect(actedOn(runs.entries[0])).toEqual({ service, file: 'file:///a' });
  expect(actedOn(undefined)).toEqual({});
});
