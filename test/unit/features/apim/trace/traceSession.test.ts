// Traces against a service that is told what to answer: secrets that change, are short or stand in fragments, calls that overlap, and Stop.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TraceSession, type CallDone } from '../../../../../src/features/apim/trace/traceSession';
import { TraceTokens, type TraceClock } from '../../../../../src/features/apim/trace/traceTokens';
import type { Arm, ArmJson } from '../../../../../src/model/arm';
import { Cancelled, messageOf } from '../../../../../src/model/errors';
import { instance } from '../definitions';
import { armFailure } from '../fakeArm';

const isArm = (value: unknown): value is Arm => typeof value === 'object' && value !== null;

let policies: Record<string, string>;
let secret: string;
let trace: string;
let asked: string[];
let gate: ((path: string, signal: AbortSignal | undefined) => Promise<void>) | undefined;
let tokens: TraceTokens;
let session: TraceSession;

beforeEach(() => {
  [policies, secret, trace, asked, gate] = [{ '/apis/a': '<set-header><value>{{word}}</value></set-header>' }, 'first secret value', '', [], undefined];
  const clock: TraceClock = {
    now: () => 0, monotonic: () => 0, sleep: (_, signal) => new Promise((_done, failed) => signal.addEventListener('abort', () => failed(new Cancelled()))),
  };
  tokens = new TraceTokens(clock);
  const lists: Record<string, readonly ArmJson[]> = {
    '/namedValues': ['word', 'other'].map((name) => ({ id: `${instance.id}/namedValues/${name}`, name, properties: { displayName: name, secret: true } })),
    '/apis/a/products': [{ name: 'starter' }], '/backends': [{ properties: { credentials: { query: { k: ['{{word}}'] } } } }],
  };
  const arm: unknown = {
    pages: async function* (path: string) {
      await Promise.resolve();
      yield lists[path.slice(instance.id.length)] ?? [];
    },
    find: (path: string) => {
      const text = policies[path.slice(instance.id.length).replace('/policies/policy', '')];
      return Promise.resolve(text === undefined ? undefined : { status: 200, body: { properties: { value: text } } });
    },
    post: async (path: string, body: ArmJson | undefined, { signal }: { readonly signal?: AbortSignal }) => {
      asked.push(`${path.slice(instance.id.length)}${body?.['traceId'] === undefined ? '' : ` ${String(body['traceId'])}`}`);
      await gate?.(path, signal);
      if (path.endsWith('/listValue')) return { status: 200, body: { value: secret } };
      return { status: 200, body: { traceEntries: { inbound: [{ source: 'set-header', elapsed: '00:00:00.1', data: { message: trace } }] } } };
    },
  };
  expect.assert(isArm(arm));
  session = new TraceSession({
    arms: () => Promise.resolve(arm), tokens, clock, confirm: () => Promise.resolve(), describe: (error) => ({ sentence: messageOf(error) }),
  }, { instance, api: 'a', operation: 'o', title: () => 'A', keyNames: () => [] });
  switchOn();
});
afterEach(() => {
  session.dispose();
  tokens.dispose();
});

function switchOn(): void {
  tokens.hold({ instance, name: 'a' }, 'aid=a&p=tracing&ex=1&s=abcdefabcdefabcdef', 0);
}

const call = (id: string): CallDone => ({ method: 'GET', operation: 'o', status: 200, answerHeaders: [{ name: 'Apim-Trace-Id', value: id }], secrets: [], asked: true });
const told = (): string => JSON.stringify(session.view().trace?.sections);
const reads = (): number => asked.filter((path) => path.endsWith('/listValue')).length;

/** Waits like a service that does not answer until it is given up. */
function hangsOn(part: string, times: number): void {
  let left = times;
  gate = (path, signal) => new Promise((done, failed) => {
    if (!path.endsWith(part) || left === 0) return done();
    left -= 1;
    signal?.addEventListener('abort', () => setTimeout(() => failed(new Cancelled()), 2));
  });
}

async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise(setImmediate);
}

describe('secrets', () => {
  it('that are changed between two traces are hidden as they were and as they are', async () => {
    trace = 'It is first secret value.';
    await session.after(call('1'));
    expect(told()).toContain('It is ••••••••.');
    [secret, trace] = ['second secret value', 'It was first secret value and is second secret value.'];
    await session.after(call('2'));
    expect(told()).toContain('It was •••••••• and is ••••••••.');
    expect(reads()).toBe(2);
  });

  it('are forgotten when tracing ends', async () => {
    trace = 'It is first secret value.';
    await session.after(call('1'));
    session.switchOff();
    switchOn();
    secret = 'second secret value';
    await session.after(call('2'));
    expect(told()).toContain('It is first secret value.');
  });

  it.each(['abc', 'abcdefg'])('that are too short to be found, as %s, have all hidden that policies may have set', async (short) => {
    [secret, trace] = [short, `prefix${short}suffix`];
    await session.after(call('1'));
    expect(told()).not.toContain(short);
    expect(session.view().trace?.notes.join(' ')).toContain('too short to be found');
  });

  it.each([
    ['a fragment', { '/apis/a': '<include-fragment fragment-id="f" />', '/policyFragments/f': '<include-fragment fragment-id="g"/>', '/policyFragments/g': '<x>{{ Word }}</x>' }],
    ['a backend', { '/apis/a': '<set-backend-service backend-id="b" />' }], ['its operation', { '/apis/a/operations/o': '{{word}}' }],
    ['its product', { '/products/starter': '{{word}}' }], ['all APIs', { '': '{{word}}' }],
  ])('of %s are read', async (_, given: Record<string, string>) => {
    [policies, trace] = [given, 'It is first secret value.'];
    await session.after(call('1'));
    expect(told()).toContain('It is ••••••••.');
    expect([reads(), session.view().trace?.notes]).toEqual([1, []]);
  });

  it('that no policy of the call uses are not read', async () => {
    policies = { '/apis/a': '<base />', '/apis/other': '{{word}}' };
    await session.after(call('1'));
    expect([reads(), session.view().trace?.notes]).toEqual([0, []]);
  });

  it('of a fragment that is not there, or of a named value that is not in the list, are unknown', async () => {
    trace = 'Whatever it is';
    for (const text of ['<include-fragment fragment-id="gone" />', '{{gone}}']) {
      policies = { '/apis/a': text };
      await session.after(call(text));
      expect([told().includes('Whatever'), session.view().trace?.notes.length]).toEqual([false, 2]);
    }
  });
});

describe('reading', () => {
  it('goes on for the second of two calls that overlap', async () => {
    hangsOn('/listValue', 1);
    trace = 'Here.';
    const one = session.after(call('1'));
    await until(() => reads() === 1);
    const two = session.after(call('2'));
    await Promise.all([one, two]);
    expect([told().includes('Here.'), session.view().problem, session.view().busy]).toEqual([true, undefined, undefined]);
  });

  it.each(['/listTrace', '/listValue'])('that was stopped at %s has a button that reads again', async (part) => {
    hangsOn(part, 1);
    trace = 'Here.';
    const work = session.after(call('1'));
    await until(() => asked.some((path) => path.includes(part)));
    session.stop();
    await work;
    expect(session.view()).toMatchObject({ problem: { sentence: 'Reading the trace was stopped.', actions: ['retry'] } });
    await session.again();
    expect([told().includes('Here.'), session.view().problem]).toEqual([true, undefined]);
  });

  it('that goes wrong is told', async () => {
    gate = (path) => (path.endsWith('/listTrace') ? Promise.reject(armFailure('other', 500)) : Promise.resolve());
    await session.after(call('1'));
    expect(session.view().problem?.sentence).toBeDefined();
  });
});
