// Tokens for traces: for one API and one address, until their end, whatever the time of day is set to.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { secretParts, TraceTokens, type TracedApi } from '../../../../../src/features/apim/trace/traceTokens';
import { Cancelled } from '../../../../../src/model/errors';
import { instance } from '../definitions';

const api: TracedApi = { instance, name: 'demo' };
const audience = 'https://gateway.example/demo';
let time: number;
let ends: (() => void) | undefined;
let tokens: TraceTokens;
const changed = vi.fn();

beforeEach(() => {
  time = 1_000;
  tokens = new TraceTokens({
    now: () => Date.UTC(2026, 10, 30, 14), monotonic: () => time,
    sleep: (ms, signal) => new Promise((resolve, reject) => {
      ends = () => ((time += ms), resolve());
      signal.addEventListener('abort', () => reject(new Cancelled()));
    }),
  });
  tokens.onDidChange(changed);
});
afterEach(() => tokens.dispose());

const headers = (url: string): unknown => tokens.credential(api, audience)?.headers(url);

describe('a token', () => {
  it('goes along with calls of its API, to its address, and is named to be hidden', () => {
    expect([tokens.state(api), tokens.credential(api, audience)]).toEqual([{ kind: 'off' }, undefined]);
    tokens.hold(api, 'token', 1_000);
    expect(headers(`${audience}/a?b=c`)).toEqual([{ name: 'Apim-Debug-Authorization', value: 'token' }]);
    expect(tokens.credential(api, audience)?.hidden).toEqual(['token']);
    expect(() => headers('https://gateway.example/other')).toThrow('is not sent to another address');
    expect(() => headers('https://elsewhere.example/demo')).toThrow();
    expect(tokens.credential({ ...api, name: 'other' }, audience)).toBeUndefined();
    expect(tokens.credential({ ...api, name: 'DEMO;rev=2' }, audience)).toBeDefined();
  });

  it('ends a little before its hour, counted from when it was asked for', async () => {
    time = 31_000;
    tokens.hold(api, 'token', 1_000);
    expect(tokens.state(api)).toEqual({ kind: 'on', leftMs: 3_555_000, untilMs: Date.UTC(2026, 10, 30, 14) + 3_555_000 });
    changed.mockClear();
    ends?.();
    await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
    expect(tokens.state(api)).toMatchObject({ kind: 'on', leftMs: 3_495_000 });
    time += 3_495_000;
    ends?.();
    await vi.waitFor(() => expect(changed.mock.calls.length).toBeGreaterThan(2));
    expect([tokens.state(api), tokens.credential(api, audience)]).toEqual([{ kind: 'runOut' }, undefined]);
    tokens.hold(api, 'other', time);
    expect(tokens.state(api).kind).toBe('on');
  });

  it('is over where the computer has slept through its end', () => {
    tokens.hold(api, 'token', 1_000);
    time += 3_600_000;
    expect([tokens.state(api), tokens.credential(api, audience)]).toEqual([{ kind: 'runOut' }, undefined]);
  });

  it('is forgotten where it is switched off, and told once', () => {
    tokens.hold(api, 'token', 1_000);
    changed.mockClear();
    tokens.drop(api);
    tokens.drop(api);
    expect([tokens.state(api), tokens.credential(api, audience), changed.mock.calls.length]).toEqual([{ kind: 'off' }, undefined, 1]);
  });
});

it.each([
  ['aid=demo&p=tracing&ex=2026-11-30&s=abcdefghijklmnop', ['abcdefghijklmnop']],
  ['aid=demo&p=tracing&ex=2026-11-30&sn=abcdefghijkl%2Bmnop%3D', ['abcdefghijkl%2Bmnop%3D', 'abcdefghijkl+mnop=']],
  ['aid=demo&p=tracing&s=short', ['aid=demo&p=tracing&s=short']],
  ['a-token-of-another-form', ['a-token-of-another-form']],
])('of a token its secret parts are hidden, and not the name of the API: %s', (token, parts) => {
  expect(secretParts(token)).toEqual(parts);
});
