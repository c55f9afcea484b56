// Calls of operations that are traced, over real sockets: what goes along, what the page shows of the trace, and that no key is in it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodDay, key } from '../../../sample/sampleClient';
import { sent, startTryIt, type TryItPlace } from './tryItPlace';

const day = { name: 'good-day.json', text: goodDay, kind: 'request' } as const;
let place: TryItPlace;
beforeEach(async () => {
  place = await startTryIt();
});
afterEach(() => place.close());

describe('a call of an operation', () => {
  it('goes without a token until tracing is switched on', async () => {
    const session = await place.session('rrs-execute', day);
    expect(session.view().trace).toEqual({ state: 'off' });
    const exchange = await sent(place, session);
    expect(exchange.requestHeaders.map(({ name }) => name)).not.toContain('Apim-Debug-Authorization');
    expect(session.view().trace).toEqual({ state: 'off' });
  });

  it('is traced then, by the steps of its policies, and no key is in what is shown, kept or logged', async () => {
    const session = await place.session('rrs-execute', day);
    await session.trace('traceOn');
    expect(session.view().trace).toMatchObject({ state: 'on' });
    const exchange = await sent(place, session);
    expect(exchange.requestHeaders.find(({ name }) => name === 'Apim-Debug-Authorization')?.value).toMatch(/^•+$/);
    await expect.poll(() => session.view().trace?.trace?.title).toMatch(/^POST RRS Execute, 200, /);
    const steps = session.view().trace?.trace?.sections.flatMap((section) => section.steps) ?? [];
    expect(steps.find(({ source }) => source === 'set-header')?.changed).toEqual([expect.stringMatching(/^Header Authorization: (?:Bearer )?•+$/)]);
    const hidden = await place.kept[0]?.hidden();
    // What of the token is secret.
    const token = hidden?.find((each) => /^[\w-]{43}$/.test(each));
    expect.assert(token);
    expect(steps[0]?.changed[0]).toContain('/azureml-demo/workspaces/');
    expect(exchange.url).toContain('/azureml-demo/workspaces/');
    const told = JSON.stringify([session.view(), exchange, place.kept[0]?.exchange, place.log]);
    for (const secret of [key, place.subscriptionKey('team-a'), token]) expect(told).not.toContain(secret);
    await session.trace('traceOff');
    await sent(place, session);
    expect(session.view().trace).toMatchObject({ state: 'off', older: true });
  });

  it('of the same API is traced on another page of it as well', async () => {
    const one = await place.session('rrs-execute', day);
    await one.trace('traceOn');
    const other = await place.session('bes-status');
    expect(other.view().trace).toMatchObject({ state: 'on' });
    await other.trace('traceOff');
    expect(one.view().trace).toEqual({ state: 'off' });
  });
});
