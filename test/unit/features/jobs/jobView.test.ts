// What the page of a job is given: times, places, outputs that can be opened, and why a job failed.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Job, StatusReading } from '../../../../src/model/job';
import type { JobContext } from '../../../../src/features/jobs/jobLook';
import { jobView, resultHeads, serviceTime } from '../../../../src/features/jobs/jobView';

const made = Date.UTC(2026, 4, 12, 8);
const now = made + 100_000;
const context: JobContext = { now, interrupted: false };
const blob = { base: 'https://acc.blob.core.windows.net/', container: 'batch', name: 'in/a b.csv' };

function job(parts: Partial<Job> = {}): Job {
  return {
    key: 'k', service: { name: 'S', address: 'https://h/p' }, title: 'a.csv', createdAt: made, parameters: [{ name: 'p', value: '1' }], startsItself: true, connectionStrings: false,
    inputs: [{ port: 'input1', file: { uri: 'file:///a.csv', name: 'a.csv', bytes: 12, modifiedAt: 0 }, storage: 's', blob, overwrite: false }],
    outputs: [{ port: 'output1', storage: 's', blob: { ...blob, name: 'out.csv' } }],
    step: 'started', stepAt: made, id: 'j', uploadedAt: made + 1000, submittedAt: made + 2000, startedAt: made + 3000, history: [{ at: made, text: 'Made' }], ...parts,
  };
}

const reading = (parts: Partial<StatusReading> = {}): StatusReading => ({ status: 'running', text: 'Running', results: [], ...parts });
const iso = (time: number): string => new Date(time).toISOString();

describe('the time that a job takes', () => {
  const elapsed = (parts: Partial<Job>): number | undefined => jobView(job(parts), context).elapsedMs;

  it('counts from the service’s own start, or from ours', () => {
    expect(elapsed({ status: reading({ startTime: iso(now - 5000) }) })).toBe(5000);
    expect(elapsed({ status: reading() })).toBe(97_000);
    expect(elapsed({ status: reading({ startTime: '0001-01-01T00:00:00+00:00' }) })).toBe(97_000);
    expect(elapsed({ status: reading({ startTime: 'soon' }) })).toBe(97_000);
    expect(elapsed({ step: 'cancelling' })).toBe(97_000);
  });

  it('believes a clock that is a little ahead, and none that is far ahead', () => {
    expect(elapsed({ status: reading({ startTime: iso(now + 60_000) }) })).toBe(0);
    expect(elapsed({ status: reading({ startTime: iso(now + 3_600_000) }) })).toBe(97_000);
  });

  it('stands still when the job is over, by one clock', () => {
    const over = { step: 'ended', endedAt: made + 50_000 } as const;
    expect(elapsed({ ...over, status: reading({ status: 'finished', startTime: iso(made), endTime: iso(made + 7000) }) })).toBe(7000);
    expect(elapsed({ ...over, status: reading({ status: 'finished', startTime: iso(made + 7000), endTime: iso(made) }) })).toBe(47_000);
    expect(elapsed({ ...over, status: reading({ status: 'finished', startTime: iso(made) }) })).toBe(47_000);
    expect(jobView(job({ ...over, status: reading({ status: 'finished' }) }), context).running).toBe(false);
  });

  it('is not told before the start', () => {
    expect(elapsed({ step: 'submitted' })).toBeUndefined();
    expect(jobView(job({ step: 'submitted' }), context).running).toBe(false);
    expect(jobView(job(), context).running).toBe(true);
  });
});

it.each([['0001-01-01T00:00:00+00:00', undefined], ['2016-10-14T14:52:52.168Z', Date.UTC(2016, 9, 14, 14, 52, 52, 168)], ['', undefined], [undefined, undefined]])('the time %j is %j', (text, time) => {
  expect(serviceTime(text)).toBe(time);
});

describe('the next try of a busy service', () => {
  const waiting = jobView(job({ step: 'uploaded', problem: { sentence: 'Too many requests.', actions: ['retry', 'showLog'] } }), { ...context, nextTryAt: now + 3000 });

  it('is told with its reason, and needs no button that tries again', () => {
    expect(waiting.nextTryMs).toBe(3000);
    expect(waiting.notes).toEqual(['The next try comes by itself.']);
    expect(waiting.problem).toEqual({ sentence: 'Too many requests.', actions: ['showLog'] });
  });
});

describe('the next look', () => {
  it('is the next poll, or the end of a pause, and never in the past', () => {
    expect(jobView(job(), { ...context, poll: { failures: 0, nextAt: now + 3000 } }).nextLookMs).toBe(3000);
    expect(jobView(job(), { ...context, poll: { failures: 0, nextAt: now - 3000 } }).nextLookMs).toBe(0);
    expect(jobView(job(), { ...context, poll: { failures: 1, pause: { kind: 'quota', until: now + 9000 } } }).nextLookMs).toBe(9000);
    expect(jobView(job(), context)).not.toHaveProperty('nextLookMs');
    expect(jobView(job(), context)).not.toHaveProperty('nextTryMs');
    expect(jobView(job({ step: 'ended' }), { ...context, poll: { failures: 0, nextAt: now + 3000 } })).not.toHaveProperty('nextLookMs');
  });
});

describe('the steps', () => {
  const labels = (parts: Partial<Job>): string[] => jobView(job(parts), context).timeline.map(({ label, at }) => `${label}${at === undefined ? '…' : ` ${(at - made) / 1000}`}`);

  it('hold what was done and what is to come', () => {
    expect(labels({})).toEqual(['Created 0', 'Uploaded 1', 'Submitted 2', 'Started 3', 'Finished…']);
    expect(labels({ status: reading({ startTime: iso(made + 4000) }) })).toEqual(['Created 0', 'Uploaded 1', 'Submitted 2', 'Started 3', 'Began to run 4', 'Finished…']);
  });

  it.each<[Job['step'], string | undefined]>([
    ['prepared', undefined], ['uploading', 'Uploaded'], ['uploaded', undefined], ['submitting', 'Submitted'], ['notKnown', 'Submitted'], ['starting', 'Started'],
  ])('of a job that is %s: %s is under way', (step, label) => {
    const { key, service, title, createdAt, parameters, inputs, outputs, history, stepAt } = job();
    const { timeline } = jobView({ key, service, title, createdAt, parameters, inputs, outputs, history, stepAt, connectionStrings: false, startsItself: false, step }, context);
    expect(timeline.filter(({ underWay }) => underWay).map((each) => each.label)).toEqual(label === undefined ? [] : [label]);
  });

  it('that will not be taken are left out', () => {
    const { key, service, title, createdAt, parameters, outputs, history, stepAt } = job();
    const prepared: Job = { key, service, title, createdAt, parameters, outputs, history, stepAt, connectionStrings: false, inputs: [], startsItself: false, step: 'prepared' };
    expect(jobView(prepared, context).timeline.map(({ label }) => label)).toEqual(['Created', 'Submitted']);
    expect(labels({ step: 'ended', endedAt: made + 9000, status: reading({ status: 'cancelled' }) }).at(-1)).toBe('Cancelled 9');
    expect(jobView({ ...prepared, step: 'ended', endedAt: made + 9000, problem: { sentence: 'Gone.' } }, context).timeline.map(({ label }) => label)).toEqual(['Created', 'Gone from the service']);
  });
});

describe('inputs and outputs', () => {
  it('are told by name and whole address, never more', () => {
    const view = jobView(job({ inputs: [...job().inputs, { storage: 's', blob, overwrite: false }] }), context);
    expect(view.inputs).toEqual([
      { port: 'input1', source: 'a.csv', place: 'https://acc.blob.core.windows.net/batch/in/a b.csv', bytes: 12 },
      { source: 'a b.csv', place: 'https://acc.blob.core.windows.net/batch/in/a b.csv' },
    ]);
    expect(view.outputs).toEqual([{ name: 'output1', place: 'https://acc.blob.core.windows.net/batch/out.csv' }]);
  });

  it('can be opened by the number that the status gives them, also those that nobody asked for', () => {
    const status = reading({ status: 'finished', results: [{ name: 'model', base: 'https://x.blob/', location: '/c/m.ilearner' }, { name: 'output1', base: 'https://acc.blob', location: 'batch/out.csv' }] });
    const done = job({ step: 'ended', status });
    expect(jobView(done, context).outputs).toEqual([
      { name: 'output1', place: 'https://acc.blob.core.windows.net/batch/out.csv', result: 1 },
      { name: 'model', place: 'https://x.blob/c/m.ilearner', result: 0 },
    ]);
    expect(resultHeads(done)).toEqual([{ name: 'model', file: 'm.ilearner' }, { name: 'output1', file: 'out.csv' }]);
    expect(resultHeads(job())).toEqual([]);
  });
});

describe('a problem', () => {
  it('of a failed job is what the innermost exception says, with the whole beside it', () => {
    const details = readFileSync(join(import.meta.dirname, '../../../data/samples/bes-details-01-reader-rows.txt'), 'utf8');
    const view = jobView(job({ step: 'ended', status: reading({ status: 'failed', details }) }), context);
    expect(view.problem?.sentence).toContain('All rows must have same number of elements');
    expect(view.problem?.detail).toMatch(/^Module: Reader\n(.*\n)*Request ID: d605052f-63ea-4549-9ae0-fe8159fe02db$/);
    expect(view.details).toContain('SNR Task Id: 5ffad82b-3633-428e-b46f-0fadfe638aa6');
  });

  it('of a failed job without words is said all the same', () => {
    for (const details of [undefined, ' ']) {
      const view = jobView(job({ step: 'ended', status: reading({ status: 'failed', ...(details === undefined ? {} : { details }) }) }), context);
      expect(view.problem?.sentence).toBe('The job failed, and the service did not say why.');
    }
  });

  it('of the last step goes before that of the watching', () => {
    const poll = { failures: 1, pause: { kind: 'refused', problem: { sentence: 'The key was refused.' } } } as const;
    expect(jobView(job(), { ...context, poll }).problem?.sentence).toBe('The key was refused.');
    expect(jobView(job({ problem: { sentence: 'Not cancelled.' } }), { ...context, poll }).problem?.sentence).toBe('Not cancelled.');
    expect(jobView(job(), { ...context, poll: { failures: 0, unsaved: { sentence: 'The disk is full.' } } }).problem?.sentence).toBe('The disk is full.');
  });
});

it('an upload is told while there is one', () => {
  const upload = { file: 'a.csv', doneBytes: 1, totalBytes: 2 };
  expect(jobView(job({ step: 'uploading' }), { ...context, upload }).upload).toEqual(upload);
  expect(jobView(job({ step: 'uploaded' }), { ...context, upload })).not.toHaveProperty('upload');
});

it('a long history is cut at its beginning', () => {
  const history = Array.from({ length: 800 }, (_, at) => ({ at, text: String(at) }));
  const shown = jobView(job({ history }), context).history;
  expect([shown.length, shown.at(-1)?.text]).toEqual([500, '799']);
});
