// A job on its way through all that a service, a storage and a clock can do to it, in one window that is not killed.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { only, shows, startFixture, type Fixture, type Place, type Window } from './jobKillsTools';
import { counters, plan } from '../../sample/sampleClient';

let fixture: Fixture;
let place: Place;
let window: Window;
beforeAll(async () => {
  fixture = await startFixture();
  place = await fixture.place();
  window = await place.open();
});
afterAll(async () => {
  await place.endAndCheck(window);
  await fixture.end();
});

let runs = 0;

async function run(parameters = '{}'): Promise<{ readonly key: string; readonly error?: string }> {
  const { key = '', error } = await window.tell({ do: 'run', file: place.csv(`days${++runs}.csv`, 5), parameters });
  return { key, ...(error === undefined ? {} : { error }) };
}

function becomes(key: string, state: string): Promise<unknown> {
  return shows(window, (shown) => shown.some((each) => each.job.key === key && each.state === state));
}

async function act(key: string, action: 'carryOn' | 'submitAnew' | 'cancel' | 'checkNow' | 'start'): Promise<string | undefined> {
  return (await window.tell({ do: 'act', key, action })).error;
}

it('goes on after an upload that was cut once, and after one that did not get through', async () => {
  place.storage.cut(/^PUT .*\/inputs\/.*csv/, 1);
  const once = await run();
  place.storage.cut(/^PUT .*\/inputs\/.*csv/, 1000);
  const never = await run();
  expect(once.error).toBeUndefined();
  expect(never.error).toBeDefined();
  await becomes(never.key, 'Not submitted');
  place.storage.cut(/./, 0);
  expect(await act(never.key, 'carryOn')).toBeUndefined();
  for (const { key } of [once, never]) await becomes(key, 'Finished');
});

it('is submitted once where the service was busy, and not again by itself where nobody knows', async () => {
  const { submit } = (await counters(fixture.sample.baseUrl)).calls;
  await plan(fixture.sample.baseUrl, { throttle: { retryAfterSeconds: 1 }, operation: 'submit' }, { status: 500, operation: 'submit' }, { cut: 'middle', operation: 'submit' });
  const busy = await run();
  const [failed, cut] = [await run(), await run()];
  await becomes(busy.key, 'Uploaded, not submitted');
  for (const { key } of [failed, cut]) {
    await becomes(key, 'Not known');
    expect(await act(key, 'carryOn')).toBe('It is not known whether the service has taken this job.');
  }
  expect((await counters(fixture.sample.baseUrl)).calls.submit).toBe(submit + 3);
  expect(await act(busy.key, 'carryOn')).toBeUndefined();
  for (const { key } of [failed, cut]) expect(await act(key, 'submitAnew')).toBeUndefined();
  for (const { key } of [busy, failed, cut]) await becomes(key, 'Finished');
  expect((await counters(fixture.sample.baseUrl)).calls.submit).toBe(submit + 6);
});

it('is started in the end, whatever came of the first try', async () => {
  await plan(fixture.sample.baseUrl, { status: 500, operation: 'start' });
  const failed = await run();
  await plan(fixture.sample.baseUrl, { cut: 'middle', operation: 'start' });
  const cut = await run();
  // The status tells which of the two was carried out.
  expect(failed.error).toBeDefined();
  expect(cut.error).toBeUndefined();
  expect(await act(failed.key, 'start')).toBeUndefined();
  for (const { key } of [failed, cut]) await becomes(key, 'Finished');
});

it('is followed through errors, pages, waits, strange states and a clock that is set', async () => {
  const html = { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<!DOCTYPE html><title>Sign in</title>', operation: 'status' };
  await plan(fixture.sample.baseUrl, { status: 500, operation: 'status' }, html, { throttle: { retryAfterSeconds: 1 }, operation: 'status' }, { brokenJson: true, operation: 'status' });
  await fixture.sample.behave({ unknownStatus: 'Pondering' });
  const { key } = await run('{"Run seconds":1}');
  // Failures make the waits longer; a person who presses Check Now does not wait, but where the service has told how long.
  const pressing = setInterval(() => void act(key, 'checkNow'), 300);
  await becomes(key, 'Pondering').finally(() => clearInterval(pressing));
  await window.tell({ do: 'jump', ms: 400 * 86_400_000 });
  await fixture.sample.behave({ unknownStatus: null });
  await becomes(key, 'Finished');
  const { status } = (await counters(fixture.sample.baseUrl)).calls;
  // Back to the right time for the submission, whose tokens have to be good; then into the past.
  await window.tell({ do: 'jump', ms: -400 * 86_400_000 });
  const back = await run('{"Run seconds":1}');
  await window.tell({ do: 'jump', ms: -400 * 86_400_000 });
  await becomes(back.key, 'Finished');
  expect((await counters(fixture.sample.baseUrl)).calls.status - status).toBeLessThan(6);
  await window.tell({ do: 'jump', ms: 400 * 86_400_000 });
});

it('is over when the service does not know it any more', async () => {
  const { key } = await run('{"Run seconds":60}');
  const job = (await window.list()).find((shown) => shown.job.key === key)?.job;
  expect((await fixture.sample.cancel(job?.id ?? '')).status).toBeLessThan(300);
  expect((await fixture.sample.cancel(job?.id ?? '')).status).toBeLessThan(300);
  // The service has forgotten it: cancelling is answered with 404, and that is what was wanted.
  expect(await act(key, 'cancel')).toBeUndefined();
  await shows(window, (shown) => shown.some((each) => each.job.key === key && each.job.step === 'ended'));
});

it('leaves nothing to be done', async () => {
  await expect(only(window)).rejects.toThrow();
  const left = (await window.list()).filter(({ job }) => job.step !== 'ended');
  expect(left).toEqual([]);
});
