// The page of a call while it is open: read, sent, stopped, refused, and what goes on with an answer.

import { beforeEach, describe, expect, it } from 'vitest';
import { Health } from '../../../../src/features/services/health';
import { Runs, type RunItem } from '../../../../src/features/scoring/runs';
import { TryItSession } from '../../../../src/features/tryIt/session';
import type { CallShape } from '../../../../src/features/tryIt/shape';
import type { CallTarget } from '../../../../src/features/tryIt/target';
import { Cancelled, InvalidInput, messageOf } from '../../../../src/model/errors';
import type { Exchange } from '../../../../src/model/exchange';
import type { Service } from '../../../../src/model/service';

const service: Service = { name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K' };
const shape: CallShape = {
  title: 'Execute', owner: 'O', where: 'W', sample: false, method: 'POST', bases: ['https://h'], template: '/{id}', keyHeaders: [], keys: [], key: '', notes: [],
  parameters: [{ name: 'id', place: 'path', required: true, value: '1', values: [] }], headers: [],
};
const exchange = (more: Partial<Exchange> = {}): Exchange => ({
  service, source: 'Execute', method: 'POST', url: 'https://h/1', requestHeaders: [], requestBody: '', requestBytes: 0, startedAt: 0, durationMs: 1, earlierAttempts: [], tables: [], notes: [],
  answer: { status: 200, statusText: 'OK', headers: [], body: new Uint8Array() }, ...more,
});

let calls: ((result: Exchange | Error) => void)[];
let target: CallTarget;
let session: TryItSession;
let told: unknown[];

beforeEach(() => {
  calls = [];
  told = [];
  const runs = new Runs((item, signal, onProgress) => item.own?.call(signal, onProgress) ?? Promise.reject(new Error('Nothing else is sent here.')), new Health(), () => 0, describeError);
  const item = (): RunItem => ({
    file: 'call:1', source: 'Execute', service, read: () => Promise.reject(new Error('It has no request.')),
    own: {
      call: (signal) => new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Cancelled()));
        calls.push((result) => (result instanceof Error ? reject(result) : resolve(result)));
      }),
      hidden: () => [], sample: false, again: () => Promise.resolve(item()),
    },
  });
  target = {
    saved: { ids: ['a'] }, title: 'before', read: () => Promise.resolve(shape), prepare: (_, draft, call) => {
      told.push([draft.values, call.url]);
      return Promise.resolve(item());
    },
    after: () => ({ sentence: 'Done.', offers: [{ id: 'next', label: 'Next' }] }), take: (offer) => Promise.resolve(void told.push(offer)),
  };
  session = new TryItSession({ runs, showAnswer: () => told.push('shown'), describe: describeError }, target);
});

function describeError(error: unknown): { readonly sentence: string } {
  return { sentence: messageOf(error) };
}
const soon = (): Promise<void> => new Promise((done) => setTimeout(done));

it('reads, sends what is given, and offers what goes on with the answer', async () => {
  expect(session.view()).toEqual({ type: 'call', saved: { ids: ['a'] }, title: 'before' });
  const reading = session.load();
  expect(session.view().busy).toBe('reading');
  await reading;
  expect(session.view()).toMatchObject({ title: 'Execute', content: { filled: 1, turn: 0, address: 'https://h/1', draft: { values: ['1'] } } });
  session.change({ base: 'https://h', values: ['a b'], headers: [], body: '', key: '', serviceKey: false }, 7);
  expect(session.view().content).toMatchObject({ turn: 7, address: 'https://h/a%20b', filled: 1 });
  const sending = session.send();
  await soon();
  expect(session.view().busy).toBe('sending');
  // One at a time.
  await session.send();
  calls[0]?.(exchange());
  await sending;
  expect(told).toEqual([[['a b'], 'https://h/a%20b'], 'shown']);
  expect(session.view()).toMatchObject({ afterwards: { sentence: 'Done.' } });
  expect(session.view().busy).toBeUndefined();
  await session.take('next');
  await session.take('another');
  expect(told.slice(2)).toEqual(['next']);
  session.restart();
  expect(session.view().content?.turn).toBe(0);
  await session.load();
  expect(session.view().content).toMatchObject({ filled: 1, draft: { values: ['a b'] } });
});

describe('what does not go well', () => {
  it('nothing is sent that is not sound, and nothing before it was read', async () => {
    await session.send();
    await session.load();
    session.change({ base: 'https://h', values: [''], headers: [], body: '', key: '', serviceKey: false }, 1);
    await session.send();
    // A page that knows of other fields is passed over.
    session.change({ base: 'https://h', values: ['1', '2'], headers: [], body: '', key: '', serviceKey: false }, 2);
    expect(session.view().content?.turn).toBe(1);
    expect(told).toEqual([]);
  });

  it('why nothing was sent is said until something is changed, and a body that is no JSON goes out when that is wanted', async () => {
    const body = { contentType: 'application/json', json: true, comments: true, required: true, text: '{}' };
    const bodies: (string | undefined)[] = [];
    const { prepare } = target;
    Object.assign(target, {
      read: () => Promise.resolve({ ...shape, body }),
      prepare: (...given: Parameters<CallTarget['prepare']>) => {
        bodies.push(given[2].body);
        return prepare(...given);
      },
    });
    await session.load();
    const draft = { base: 'https://h', values: ['1'], headers: [], body: '{ // x', key: '', serviceKey: false };
    session.change(draft, 1);
    await session.send();
    expect(session.view()).toMatchObject({ unsent: { sentence: 'Nothing was sent: the body is no JSON, line 1, column 7.', anyway: true } });
    session.change({ ...draft, values: [''] }, 2);
    expect(session.view()).not.toHaveProperty('unsent');
    await session.send(true);
    expect(session.view()).toMatchObject({ unsent: { anyway: false } });
    session.change(draft, 3);
    const sending = session.send(true);
    await soon();
    expect(session.view()).not.toHaveProperty('unsent');
    calls[0]?.(new InvalidInput({ sentence: 'No.' }));
    await sending;
    // Trying again is the same once more; another body is another question.
    const again = session.retry();
    await soon();
    calls[1]?.(exchange());
    await again;
    expect(bodies).toEqual(['{ // x', '{ // x']);
    session.change({ ...draft, body: '{' }, 4);
    await session.send();
    expect(session.view()).toMatchObject({ unsent: { anyway: true } });
    expect(bodies).toHaveLength(2);
  });

  it('an answer that says no offers nothing', async () => {
    await session.load();
    const sending = session.send();
    await soon();
    calls[0]?.(exchange({ problem: { sentence: 'No.' } }));
    await sending;
    expect(session.view()).not.toHaveProperty('afterwards');
    expect(session.view()).not.toHaveProperty('problem');
  });

  it('what keeps a call from being sent stands on the page, and is tried again', async () => {
    await session.load();
    const sending = session.send();
    await soon();
    calls[0]?.(new InvalidInput({ sentence: 'There is no key.' }));
    await sending;
    expect(session.view().problem).toEqual({ sentence: 'There is no key.' });
    const again = session.retry();
    await soon();
    expect(session.view()).not.toHaveProperty('problem');
    calls[1]?.(exchange());
    await again;
    Object.assign(target, { prepare: () => Promise.reject(new InvalidInput({ sentence: 'Not so.' })) });
    await session.send();
    expect(session.view().problem).toEqual({ sentence: 'Not so.' });
    Object.assign(target, { prepare: () => Promise.reject(new Cancelled()) });
    await session.send();
    expect(session.view()).not.toHaveProperty('problem');
  });

  it('is stopped, while it is read and while it is sent', async () => {
    Object.assign(target, { read: (signal: AbortSignal, onWait: (sentence: string) => void) => new Promise((_, reject) => {
      onWait('waits');
      signal.addEventListener('abort', () => reject(new Cancelled()));
    }) });
    const reading = session.load();
    expect(session.view()).toMatchObject({ busy: 'reading', wait: 'waits' });
    session.stop();
    await reading;
    expect(session.view()).toEqual({ type: 'call', saved: { ids: ['a'] }, title: 'before' });
    Object.assign(target, { read: () => Promise.resolve(shape) });
    await session.retry();
    const sending = session.send();
    await soon();
    session.stop();
    await sending;
    expect(session.view()).toMatchObject({ content: {} });
    expect(session.view()).not.toHaveProperty('afterwards');
  });

  it('where reading anew went wrong, trying again reads and sends nothing', async () => {
    await session.load();
    Object.assign(target, { read: () => Promise.reject(new InvalidInput({ sentence: 'ARM is busy.' })) });
    await session.load();
    expect(session.view()).toMatchObject({ problem: { sentence: 'ARM is busy.' }, content: {} });
    await session.retry();
    Object.assign(target, { read: () => Promise.resolve(shape) });
    await session.retry();
    expect(session.view()).not.toHaveProperty('problem');
    // What went wrong before it was read is not sent once more either.
    await session.retry();
    expect(told).toEqual([]);
  });

  it('is not sent where it was stopped while something was asked', async () => {
    let answer = (): void => undefined;
    const { prepare } = target;
    Object.assign(target, { prepare: async (...given: Parameters<CallTarget['prepare']>) => {
      await new Promise<void>((done) => (answer = done));
      return prepare(...given);
    } });
    await session.load();
    const sending = session.send();
    session.stop();
    answer();
    await sending;
    expect(calls).toHaveLength(0);
    expect(told).not.toContain('shown');
    expect(session.view()).not.toHaveProperty('problem');
    expect(session.view().busy).toBeUndefined();
  });

  it.each([['base', 'https://evil.example'], ['base', 'https://h.evil.example'], ['key', 'nonsense']])('a %s of another place is not sent to: %s', async (what, value) => {
    await session.load();
    session.change({ base: 'https://h', values: ['1'], headers: [], body: '', key: '', serviceKey: false, [what]: value }, 1);
    expect(session.view().content?.problems).toHaveProperty(what, expect.stringContaining('choose'));
    await session.send();
    expect(told).toEqual([]);
  });

  it('what could not be read is told, and read again', async () => {
    Object.assign(target, { read: () => Promise.reject(new InvalidInput({ sentence: 'It is gone.' })) });
    await session.load();
    expect(session.view()).toMatchObject({ problem: { sentence: 'It is gone.' } });
    Object.assign(target, { read: () => Promise.resolve(shape) });
    await session.retry();
    expect(session.view()).toMatchObject({ content: { shape } });
  });
});

describe('opened once more', () => {
  const moved: CallShape = { ...shape, bases: ['https://h:2'], body: { contentType: 'application/json', json: true, comments: true, required: false, text: '{"file":2}' } };
  const another = (more: Partial<CallTarget> = {}): CallTarget => ({ ...target, read: () => Promise.resolve(moved), ...more });

  it('is called where its target is now, with what was given, but for what was set', async () => {
    await session.load();
    // What was set has to stand in the fields first: where it cannot be read, nothing is sent.
    await session.open(another({ read: () => Promise.reject(new Cancelled()), set: { values: new Map([['id', 'J2']]) } }));
    await session.send();
    expect(told).toEqual([]);
    session.change({ base: 'https://h', values: ['J0'], headers: [], body: '', key: '', serviceKey: false }, 1);
    await session.open(another());
    expect(session.view().content).toMatchObject({ draft: { base: 'https://h:2', values: ['J0'], body: '{"file":2}' } });
    await session.open(another({ set: { values: new Map([['id', 'J2']]) } }));
    expect(session.view().content?.draft.values).toEqual(['J2']);
    // What was set is a beginning: it is not set again.
    session.change({ base: 'https://h:2', values: ['J3'], headers: [], body: '{"mine":1}', key: '', serviceKey: false }, 2);
    await session.load();
    expect(session.view().content?.draft).toMatchObject({ values: ['J3'], body: '{"mine":1}' });
    // The request that was in front already is not filled in over what was made of it; another one is.
    await session.open(another({ set: { values: new Map(), body: '{"file":2}' } }));
    expect(session.view().content?.draft.body).toBe('{"mine":1}');
    const third = { ...moved, ...(moved.body ? { body: { ...moved.body, text: '{"file":3}' } } : {}) };
    await session.open(another({ read: () => Promise.resolve(third), set: { values: new Map(), body: '{"file":3}' } }));
    expect(session.view().content?.draft).toMatchObject({ values: ['J3'], body: '{"file":3}' });
    const sending = session.send();
    await soon();
    calls[0]?.(exchange());
    await sending;
    expect(told[0]).toEqual([['J3'], 'https://h:2/J3']);
  });

  it('has what was set in its fields the first time, too', async () => {
    session = new TryItSession({ runs: { send: () => { throw new Error('Nothing is sent.'); } }, showAnswer: () => undefined, describe: describeError }, another({ set: { values: new Map([['id', 'J1']]) } }));
    await session.load();
    expect(session.view().content?.draft.values).toEqual(['J1']);
  });

  it('keeps what was offered at the same address alone, and ends what is left behind', async () => {
    const from: unknown[] = [];
    await session.load();
    const sending = session.send();
    await soon();
    // While it is sent it is read later.
    const opening = session.open(another({ take: () => Promise.resolve(void from.push('new')), succeed: () => true }));
    calls[0]?.(exchange());
    await Promise.all([sending, opening]);
    expect(session.view()).toMatchObject({ afterwards: { sentence: 'Done.' }, content: { draft: { base: 'https://h:2' } } });
    // It leads where the answer came from.
    await session.take('next');
    expect([told.at(-1), from]).toEqual(['next', []]);
    await session.open(another({ dispose: () => void from.push('ended') }));
    expect(session.view()).not.toHaveProperty('afterwards');
    session.dispose();
    expect(from).toEqual(['ended']);
  });

  it('while it is read, it is read at the new place', async () => {
    Object.assign(target, { read: (signal: AbortSignal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Cancelled()))) });
    const reading = session.load();
    await session.open(another());
    await reading;
    expect(session.view().content?.draft.base).toBe('https://h:2');
  });
});
