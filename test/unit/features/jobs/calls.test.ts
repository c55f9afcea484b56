// Of a job with secret parameters without end the status is told soon, and without the words of its service.

import { expect, it } from 'vitest';
import { jobCalls } from '../../../../src/features/jobs/calls';
import type { Transport } from '../../../../src/model/wire';
import { someJob } from './store/jobTools';
import { service } from './runnerBench';
import { processorMs } from '../../processorTime';

const never = new AbortController().signal;
const secret = (index: number): string => `${index}-`.padEnd(80, 'aB3dE6gH9jK2');

it.each([[3, 'Login with •••••••• failed'], [20_000, 'What the service says is left out']])('of %i of them', async (count, expected) => {
  const parameters = Object.fromEntries(Array.from({ length: count }, (_, index) => [`password ${index}`, secret(index)]));
  const details = `Login with ${secret(count - 1)} failed. ${'word '.repeat(13_000)}`;
  const answer = { status: 200, statusText: '', headers: [], body: Buffer.from(JSON.stringify({ StatusCode: 2, Details: details })) };
  const wire: Transport = { send: () => Promise.resolve({ ok: true, answer }), open: () => Promise.reject(new Error('Nothing is opened here.')), close: () => Promise.resolve() };
  const none = () => Promise.reject(new Error('There is none.'));
  const calls = jobCalls({
    secrets: () => Promise.resolve({}), parameters: { of: () => Promise.resolve(JSON.stringify(parameters)) }, access: none, transport: () => Promise.resolve(wire),
    timeoutMs: () => 1000, now: () => 0, log: () => undefined, source: none,
  });
  const job = someJob('000000001-a', { id: 'j1', parameters: Object.keys(parameters).map((name) => ({ name, value: '' })) });
  const from = processorMs();
  const outcomes = [await calls.status(job, service, never), await calls.status(job, service, never), (await calls.results({ ...job, id: 'j1' }, service, never)).outcome];
  expect(processorMs() - from).toBeLessThan(4000);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reading: { status: 'failed', details: expect.stringContaining(expected) } });
  expect(JSON.stringify(outcomes)).not.toContain(secret(count - 1));
});
