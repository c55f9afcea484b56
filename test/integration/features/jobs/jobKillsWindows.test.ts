// Two windows on one folder: both see all jobs, one asks for them all, either goes on without the other, and nothing is done by both.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shows, startFixture, type Fixture, type Place } from './jobKillsTools';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.end());

const submitted = (place: Place): number => place.service.ids.length;

describe('two windows', () => {
  it('ask for each status once, and one goes on when the other is killed', async () => {
    const place = await fixture.place();
    const first = await place.open();
    const second = await place.open();
    await second.tell({ do: 'run', file: place.csv('days.csv', 5), parameters: '{"Run seconds":60}' });
    await first.tell({ do: 'run', file: place.csv('more.csv', 5), parameters: '{"Run seconds":60}' });
    for (const window of [first, second]) await shows(window, (shown) => shown.length === 2 && shown.every(({ state }) => state === 'Running'));

    // The one that was opened first is the one that asks, for both jobs.
    const [ofFirst, ofSecond] = [await first.asked(), await second.asked()];
    while ((await first.asked()) < ofFirst + 8) await sleep(100);
    expect(await second.asked()).toBe(ofSecond);

    await first.kill();
    while ((await second.asked()) === ofSecond) await sleep(100);
    for (const { job: { key } } of await second.list()) await second.tell({ do: 'act', key, action: 'cancel' });
    await shows(second, (shown) => shown.every(({ state }) => state === 'Cancelled'));
    await second.kill();
  });

  it('do not both carry a job on', async () => {
    const place = await fixture.place();
    const [first, second] = [await place.open(), await place.open()];
    place.storage.cut(/^PUT .*\/inputs\/.*csv/, 1000);
    const { key = '', error } = await first.tell({ do: 'run', file: place.csv('days.csv', 5), parameters: '{}' });
    expect(error).toBeDefined();
    for (const window of [first, second]) await shows(window, ([shown]) => shown?.job.step === 'prepared' && shown.actions[0] === 'carryOn');
    place.storage.cut(/./, 0);
    const replies = await Promise.all([first, second].map((window) => window.tell({ do: 'act', key, action: 'carryOn' })));
    expect(replies.map(({ error: why }) => why).sort()).toEqual(['Another window is at work on this job.', undefined]);
    await shows(second, ([shown]) => shown?.state === 'Finished');
    expect(submitted(place)).toBe(1);
  });

  it('do not do again what the other has just done, and not told yet', async () => {
    const place = await fixture.place();
    const [first, second] = [await place.open(), await place.open()];
    place.service.cut(/^POST .*\/jobs\?/, 1);
    const { key = '' } = await first.tell({ do: 'run', file: place.csv('days.csv', 5), parameters: '{"Run seconds":2}' });
    for (const window of [first, second]) await shows(window, ([shown]) => shown?.state === 'Not known');
    expect(await first.tell({ do: 'act', key, action: 'submitAnew' })).not.toHaveProperty('error');
    // The second window still shows the button: it looks at the folder now and then.
    const press = async (): Promise<string | undefined> => (await second.tell({ do: 'act', key, action: 'submitAnew' })).error;
    let error = await press();
    // The first one has not let go of the job yet.
    while (error === 'Another window is at work on this job.') error = await press();
    expect(submitted(place)).toBe(1);
    expect(error).toMatch(/submitted anew/);
    await shows(second, ([shown]) => shown?.state === 'Finished');
  });

  it('take over an upload of one that was killed', async () => {
    const place = await fixture.place();
    const [first, second] = [await place.open(), await place.open()];
    const reached = place.storage.hold('before', /^PUT .*\/inputs\/.*csv/);
    first.order({ do: 'run', file: place.csv('days.csv', 5), parameters: '{}' });
    await reached;
    const [{ job: { key } = { key: '' } } = {}] = await shows(second, ([shown]) => shown?.state === 'Uploading');
    expect((await second.tell({ do: 'act', key, action: 'carryOn' })).error).toBe('Another window is at work on this job.');
    await first.kill();
    await shows(second, ([shown]) => shown?.state === 'Upload interrupted');
    await second.tell({ do: 'act', key, action: 'carryOn' });
    await shows(second, ([shown]) => shown?.state === 'Finished');
    expect(submitted(place)).toBe(1);
    await place.endAndCheck(second);
  });
});
