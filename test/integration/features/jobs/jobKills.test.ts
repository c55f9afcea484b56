// Windows that are killed at each step of a job: what the next window shows of it, the one thing that it offers, and that nothing is done twice.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobStep } from '../../../../src/model/job';
import type { JobAction } from '../../../../src/features/jobs/messages';
import { only, shows, startFixture, type Fixture, type Moment, type Place } from './jobKillsTools';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.end());

/** Where a window is killed. */
type Where =
  | { readonly at: 'service' | 'storage'; readonly moment: Moment; readonly line: RegExp }
  /** As soon as this step is on the disk. */
  | { readonly after: JobStep };

interface Case {
  readonly name: string;
  readonly where: Where;
  /** What the next window shows. */
  readonly step: JobStep;
  readonly state: string;
  readonly interrupted: boolean;
  /** What is offered first; undefined where the job goes on by itself. */
  readonly action: JobAction | undefined;
  /** Jobs at the service in the end. */
  readonly submissions: number;
  /** Calls that started the job, refused ones included. */
  readonly starts: number;
}

const upload = /^PUT .*\/inputs\/.*days\.csv/;
const submit = /^POST .*\/jobs\?/;
const start = /^POST .*\/start\?/;
const status = /^GET .*\/jobs\/[^/]+\?/;
const uploadCut = { step: 'uploading', state: 'Upload interrupted', interrupted: true, action: 'carryOn', submissions: 1, starts: 1 } as const;
const uploaded = { step: 'uploaded', state: 'Uploaded, not submitted', interrupted: true, action: 'carryOn', submissions: 1, starts: 1 } as const;
const unknown = { step: 'notKnown', state: 'Not known', interrupted: false, action: 'submitAnew' } as const;
const startCut = { step: 'starting', state: 'Start interrupted', interrupted: true, action: 'start', submissions: 1 } as const;
const running = { step: 'started', interrupted: false, action: undefined, submissions: 1, starts: 1 } as const;

const cases: readonly Case[] = [
  { name: 'when the job was written down', where: { after: 'prepared' }, step: 'prepared', state: 'Not submitted', interrupted: true, action: 'carryOn', submissions: 1, starts: 1 },
  { name: 'before storage has the file', where: { at: 'storage', moment: 'before', line: upload }, ...uploadCut },
  { name: 'when storage has the file, and nobody knows', where: { at: 'storage', moment: 'after', line: upload }, ...uploadCut },
  { name: 'when the file is uploaded', where: { after: 'uploaded' }, ...uploaded },
  { name: 'while the place of the output is made', where: { at: 'storage', moment: 'before', line: /^PUT .*\/outputs\?restype/ }, ...uploaded },
  { name: 'just before the submission', where: { after: 'submitting' }, ...unknown, submissions: 1, starts: 1 },
  { name: 'before the service has the submission', where: { at: 'service', moment: 'before', line: submit }, ...unknown, submissions: 1, starts: 1 },
  { name: 'when the service has taken the job, and its id is lost', where: { at: 'service', moment: 'after', line: submit }, ...unknown, submissions: 2, starts: 1 },
  { name: 'in the middle of the answer to the submission', where: { at: 'service', moment: 'middle', line: submit }, ...unknown, submissions: 2, starts: 1 },
  { name: 'between submission and start', where: { after: 'submitted' }, step: 'submitted', state: 'Submitted, not started', interrupted: true, action: 'start', submissions: 1, starts: 1 },
  { name: 'before the service has the start', where: { at: 'service', moment: 'before', line: start }, ...startCut, starts: 1 },
  { name: 'when the service has started the job, and nobody knows', where: { at: 'service', moment: 'after', line: start }, ...startCut, starts: 2 },
  { name: 'when the job was started', where: { after: 'started' }, ...running, state: 'Started' },
  { name: 'while the status is asked for', where: { at: 'service', moment: 'before', line: status }, ...running, state: 'Started' },
  { name: 'when the job is over, and the answer did not come', where: { at: 'service', moment: 'after', line: status }, ...running, state: 'Started' },
];

/** Runs a job of 30 days in a window that is killed there. */
async function killed(place: Place, where: Where): Promise<void> {
  const window = await place.open('after' in where ? where.after : undefined);
  const reached = 'after' in where ? window.ended : place[where.at].hold(where.moment, where.line);
  window.order({ do: 'run', file: place.csv('days.csv', 30), parameters: '{"Run seconds":"0","Queue seconds":0.10}' });
  await reached;
  await window.kill();
}

describe.concurrent('a window that is killed', () => {
  it.each(cases)('$name', async ({ where, step, state, interrupted, action, submissions, starts }) => {
    const place = await fixture.place();
    await killed(place, where);

    const next = await place.open();
    const [shown] = await shows(next, ([first]) => first?.job.step !== 'submitting');
    if (action === undefined) expect([step, 'ended']).toContain(shown?.job.step);
    else expect({ step: shown?.job.step, state: shown?.state, interrupted: shown?.interrupted, action: shown?.actions[0] }).toEqual({ step, state, interrupted, action });
    const key = shown?.job.key ?? '';
    if (action !== undefined) expect(await next.tell({ do: 'act', key, action })).not.toHaveProperty('error');

    const [end] = await shows(next, ([first]) => first?.job.step === 'ended');
    expect(end).toMatchObject({ state: 'Finished', job: { key } });
    const seen = (await fixture.jobsSeen()).filter(({ id }) => place.service.ids.includes(id));
    expect(seen).toHaveLength(submissions);
    // Each submission was written down before; the last one is the one that ran, once.
    expect(end?.job.history.filter(({ text }) => text === 'Submission begins').length).toBeGreaterThanOrEqual(submissions);
    expect(seen.filter((each) => each.starts > 0)).toMatchObject([{ id: end?.job.id, starts, status: 'Finished' }]);

    const [output] = end?.job.outputs ?? [];
    const result = await fixture.sample.blobs.getContainerClient(output?.blob.container ?? '').getBlobClient(output?.blob.name ?? '').downloadToBuffer();
    const rows = result.toString().trim().split(/\r?\n/);
    expect(rows).toHaveLength(31);
    expect(rows[30]).toMatch(/^day 29,,/);
    await place.endAndCheck(next);
  });

  it.each([['a token', false], ['a connection string', true]])('in the middle of a download leaves no result that is not whole, where the service had %s', async (_, connectionStrings) => {
    const place = await fixture.place();
    const first = await place.open();
    const { key = '' } = await first.tell({ do: 'run', file: place.csv('days.csv', 30), parameters: '{}', connectionStrings });
    await shows(first, ([shown]) => shown?.state === 'Finished');
    const path = join(place.folder, 'result.csv');
    const reached = place.storage.hold('middle', /^GET .*\/outputs\//);
    first.order({ do: 'download', key, path });
    await reached;
    await first.kill();
    expect(existsSync(path)).toBe(false);
    const next = await place.open();
    expect((await only(next)).state).toBe('Finished');
    expect(await next.tell({ do: 'download', key, path })).not.toHaveProperty('error');
    expect(readFileSync(path, 'utf8').trim().split(/\r?\n/)).toHaveLength(31);
    await place.endAndCheck(next);
  });

  it('between the blocks of a large file leaves nothing in storage, and begins again', async () => {
    const place = await fixture.place();
    const first = await place.open();
    const reached = place.storage.hold('after', /^PUT .*comp=block&/);
    first.order({ do: 'run', file: place.csv('days.csv', 300, 30_000), parameters: '{}' });
    await reached;
    await first.kill();
    const next = await place.open();
    const { job: { key, inputs: [input] }, state } = await only(next);
    expect(state).toBe('Upload interrupted');
    const blob = fixture.sample.blobs.getContainerClient('inputs').getBlobClient(input?.blob.name ?? '');
    expect(await blob.exists()).toBe(false);
    await next.tell({ do: 'act', key, action: 'carryOn' });
    expect((await blob.getProperties()).contentLength).toBe(input?.file?.bytes);
    await shows(next, ([shown]) => shown?.state === 'Finished');
    await place.endAndCheck(next);
  });

  it('while it cancels leaves a job that is followed to its end', async () => {
    const place = await fixture.place();
    const first = await place.open();
    const { key = '' } = await first.tell({ do: 'run', file: place.csv('days.csv', 3), parameters: '{"Run seconds":60}' });
    const reached = place.service.hold('after', /^DELETE /);
    first.order({ do: 'act', key, action: 'cancel' });
    await reached;
    await first.kill();
    const next = await place.open();
    expect((await only(next)).job.step).toMatch(/cancelling|ended/);
    const [end] = await shows(next, ([shown]) => shown?.job.step === 'ended');
    expect(end?.state).toBe('Cancelled');
    await place.endAndCheck(next);
  });
});

it('leaves no more half-written files than windows that were killed, and none that is read', async () => {
  const place = await fixture.place();
  for (const after of ['prepared', 'uploading', 'submitting'] as const) await killed(place, { after });
  const window = await place.open();
  expect((await window.list()).map(({ job }) => job.step).sort()).toEqual(['notKnown', 'prepared', 'uploading']);
  expect(readdirSync(join(place.folder, 'jobs'), { recursive: true }).filter((name) => String(name).endsWith('.tmp')).length).toBeLessThanOrEqual(3);
  expect(place.journal()).toHaveLength(3);
  await window.kill();
});
