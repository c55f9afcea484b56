// How a job stands in each step and status: look, words, what can be done, what is to be known.

import { describe, expect, it } from 'vitest';
import type { JobAction, JobLook } from '../../../../src/features/jobs/messages';
import type { Job, JobStatus, JobStep, StatusReading } from '../../../../src/model/job';
import { jobActions, jobLook, jobNotes, type JobContext } from '../../../../src/features/jobs/jobLook';

const now = 1_000_000;

function job(step: JobStep, parts: Partial<Job> = {}): Job {
  return {
    key: 'k', service: { name: 'S', address: 'https://h/p' }, title: 'a.csv', createdAt: 0, inputs: [], outputs: [], parameters: [], startsItself: true, connectionStrings: false,
    step, stepAt: 0, history: [], ...parts,
  };
}

const reading = (status: JobStatus | undefined, text: string = status ?? ''): StatusReading => ({ status, text, results: [] });
const pause = (kind: 'quota' | 'refused' | 'unreadable' | 'unknownStatus' | 'retryAfter' | 'offline', until?: number): NonNullable<JobContext['poll']> => ({ failures: 1, pause: { kind, ...(until === undefined ? {} : { until }) } });
const problem = { sentence: 'No.' };

type Row = readonly [name: string, job: Job, context: Partial<JobContext>, look: JobLook, state: string, actions: readonly JobAction[]];

const rows: readonly Row[] = [
  ['prepared', job('prepared'), {}, 'waiting', 'Not submitted', ['delete']],
  ['prepared, nobody at work', job('prepared'), { interrupted: true }, 'attention', 'Not submitted', ['carryOn', 'delete']],
  ['prepared, with a problem', job('prepared', { problem }), {}, 'attention', 'Not submitted', ['carryOn', 'delete']],
  ['uploading', job('uploading'), {}, 'running', 'Uploading', ['stopUpload']],
  ['uploading, with the problem of an earlier try', job('uploading', { problem }), {}, 'running', 'Uploading', ['stopUpload']],
  ['uploading, nobody at work', job('uploading'), { interrupted: true }, 'attention', 'Upload interrupted', ['carryOn', 'delete']],
  ['uploading, failed', job('uploading', { problem }), { interrupted: true }, 'attention', 'Upload failed', ['carryOn', 'delete']],
  ['uploaded', job('uploaded'), {}, 'waiting', 'Uploaded, not submitted', ['delete']],
  ['uploaded, nobody at work', job('uploaded', { bodyFile: 'file:///b.json' }), { interrupted: true }, 'attention', 'Uploaded, not submitted', ['carryOn', 'openBody', 'delete']],
  ['uploaded, waiting for a busy service', job('uploaded', { problem }), { interrupted: true, nextTryAt: now + 1 }, 'waiting', 'Uploaded, not submitted', ['stopWaiting']],
  ['submitted, waiting for a busy service', job('submitted', { id: 'j', problem }), { nextTryAt: now + 1 }, 'waiting', 'Submitted, not started', ['stopWaiting', 'copyId']],
  ['submitting', job('submitting'), {}, 'running', 'Submitting', []],
  ['submitting, nobody at work', job('submitting'), { interrupted: true }, 'attention', 'Not known', ['submitAnew', 'delete']],
  ['not known', job('notKnown'), {}, 'attention', 'Not known', ['submitAnew', 'delete']],
  ['submitted only', job('submitted', { id: 'j', startsItself: false }), {}, 'waiting', 'Submitted, not started', ['start', 'copyId', 'delete']],
  ['submitted, about to start', job('submitted', { id: 'j' }), {}, 'waiting', 'Submitted, not started', ['copyId', 'delete']],
  ['submitted, nobody at work', job('submitted', { id: 'j' }), { interrupted: true }, 'attention', 'Submitted, not started', ['start', 'copyId', 'delete']],
  ['starting', job('starting', { id: 'j' }), {}, 'running', 'Starting', ['copyId']],
  ['starting, nobody at work', job('starting', { id: 'j' }), { interrupted: true }, 'attention', 'Start interrupted', ['start', 'checkNow', 'copyId', 'cancel', 'delete']],
  ['started', job('started', { id: 'j' }), {}, 'running', 'Started', ['checkNow', 'copyId', 'cancel', 'delete']],
  ['queued', job('started', { status: reading('notStarted') }), {}, 'waiting', 'Queued', ['checkNow', 'copyStatus', 'cancel', 'delete']],
  ['running', job('started', { status: reading('running') }), {}, 'running', 'Running', ['checkNow', 'copyStatus', 'cancel', 'delete']],
  ['a status that nobody knows', job('started', { status: reading(undefined, 'Preparing') }), {}, 'attention', 'Preparing', ['checkNow', 'copyStatus', 'cancel', 'delete']],
  ['quota used up', job('started', { status: reading('running') }), { poll: pause('quota', now + 1) }, 'attention', 'Running, checks paused', ['checkNow', 'copyStatus', 'cancel', 'delete']],
  ['key refused', job('started', { status: reading('notStarted') }), { poll: pause('refused') }, 'attention', 'Queued, checks paused', ['checkNow', 'copyStatus', 'cancel', 'delete']],
  ['unreadable', job('started'), { poll: pause('unreadable') }, 'attention', 'Started, checks paused', ['checkNow', 'cancel', 'delete']],
  ['unknown status, given up', job('started', { status: reading(undefined, '9') }), { poll: pause('unknownStatus') }, 'attention', '9, checks paused', ['checkNow', 'copyStatus', 'cancel', 'delete']],
  ['busy', job('started', { status: reading('running') }), { poll: pause('retryAfter', now + 1) }, 'running', 'Running', ['checkNow', 'copyStatus', 'cancel', 'delete']],
  ['offline', job('started', { status: reading('running') }), { poll: pause('offline') }, 'running', 'Running', ['checkNow', 'copyStatus', 'cancel', 'delete']],
  ['over, not yet written down', job('started', { status: reading('finished') }), { poll: pause('quota') }, 'finished', 'Finished', ['checkNow', 'copyStatus', 'cancel', 'delete']],
  ['cancelling', job('cancelling', { status: reading('running') }), {}, 'running', 'Cancelling', ['checkNow', 'copyStatus', 'delete']],
  ['cancelling, asked for', job('cancelling', { status: reading('running') }), { interrupted: true }, 'running', 'Cancelling', ['checkNow', 'copyStatus', 'cancel', 'delete']],
  ['cancelling, key refused', job('cancelling'), { poll: pause('refused') }, 'attention', 'Cancelling, checks paused', ['checkNow', 'delete']],
  ['finished', job('ended', { status: { ...reading('finished'), results: [{ name: 'o', base: 'b', location: 'c/o.csv' }] } }), {}, 'finished', 'Finished', ['download', 'runAgain', 'copyStatus', 'delete']],
  ['finished without outputs', job('ended', { status: reading('finished') }), {}, 'finished', 'Finished', ['runAgain', 'copyStatus', 'delete']],
  ['failed', job('ended', { id: 'j', status: reading('failed') }), {}, 'failed', 'Failed', ['runAgain', 'copyId', 'copyStatus', 'delete']],
  ['cancelled', job('ended', { status: reading('cancelled') }), {}, 'cancelled', 'Cancelled', ['runAgain', 'copyStatus', 'delete']],
  ['cancelled and forgotten by the service', job('ended'), {}, 'cancelled', 'Cancelled', ['runAgain', 'delete']],
  ['a body that has failed', job('ended', { bodyFile: 'file:///b.json', status: reading('failed') }), {}, 'failed', 'Failed', ['copyStatus', 'openBody', 'delete']],
  ['gone', job('ended', { status: reading('running'), problem }), {}, 'attention', 'Gone from the service', ['runAgain', 'copyStatus', 'delete']],
];

describe('a job', () => {
  it.each(rows)('%s', (_name, given, parts, look, state, actions) => {
    const context: JobContext = { now, interrupted: false, ...parts };
    expect(jobLook(given, context)).toEqual({ look, state });
    expect(jobActions(given, context)).toEqual(actions);
  });

  it('whose inputs were uploaded here can be cleaned up after, unless it still needs them', () => {
    const input = { storage: 's', blob: { base: 'b', container: 'c', name: 'n' }, overwrite: false };
    const file = { uri: 'file:///a.csv', name: 'a.csv', bytes: 1, modifiedAt: 0 };
    const with1 = (step: JobStep, parts: Partial<Job['inputs'][number]>): boolean => jobActions(job(step, { inputs: [{ ...input, ...parts }] }), { now, interrupted: true }).includes('cleanUp');
    expect(with1('ended', { file, uploadedAt: 1 })).toBe(true);
    expect(with1('uploading', { file, uploadedAt: 1 })).toBe(false);
    expect(with1('ended', { file })).toBe(false);
    expect(with1('ended', { uploadedAt: 1 })).toBe(false);
    expect(with1('started', { file, uploadedAt: 1 })).toBe(false);
  });
});

describe('notes', () => {
  const notes = (given: Job, parts: Partial<JobContext> = {}): string => jobNotes(given, { now, interrupted: false, ...parts }).join(' ');

  it('say nothing where all is well', () => {
    for (const step of ['prepared', 'uploading', 'uploaded', 'submitting', 'starting', 'started', 'cancelling'] as const) expect(notes(job(step))).toBe('');
    expect(notes(job('ended', { status: reading('failed') }))).toBe('');
  });

  it.each<[string, Job, Partial<JobContext>, RegExp]>([
    ['a lost submission', job('notKnown'), {}, /may hold a job that was never started: it does nothing and costs nothing.*Submit Anew.*Delete forgets/],
    ['a submission that nobody waits for', job('submitting'), { interrupted: true }, /may hold a job/],
    ['an upload that stopped', job('uploading'), { interrupted: true }, /stays there.*Carry On/],
    ['work that stopped', job('prepared'), { interrupted: true }, /Carry On/],
    ['a start that was cut off', job('starting'), { interrupted: true }, /once more does no harm/],
    ['a job that only was submitted', job('submitted'), {}, /does nothing before it is started/],
    ['a status that nobody knows', job('started', { status: reading(undefined, '9') }), {}, /does not know/],
    ['a quota that is renewed', job('started'), { poll: pause('quota', now + 1) }, /quota.*goes on.*next check comes by itself/],
    ['a quota without a time', job('started'), { poll: pause('quota') }, /quota.*Check Now/],
    ['a refused key', job('cancelling'), { poll: pause('refused') }, /key.*Check Now/],
    ['unreadable answers', job('started'), { poll: pause('unreadable') }, /could not be read.*Check Now/],
    ['giving up on a status', job('started', { status: reading(undefined, '9') }), { poll: pause('unknownStatus') }, /Check Now/],
    ['a busy service', job('started'), { poll: pause('retryAfter', now + 1) }, /busy.*by itself/],
    ['no network', job('started'), { poll: pause('offline') }, /not be reached.*by itself/],
    ['cancelling', job('cancelling'), { interrupted: true }, /when the service says so/],
    ['a job that is gone', job('ended', { problem }), {}, /no longer knows/],
  ])('tell of %s', (_name, given, parts, words) => {
    expect(notes(given, parts)).toMatch(words);
  });
});
