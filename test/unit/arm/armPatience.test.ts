// Which calls are made again, and when.

import { describe, expect, it } from 'vitest';
import { againAfterAnswer, againAfterFailure, mostPatienceMs, retryAfterOf, type Tried } from '../../../src/arm/armPatience';
import type { NetworkFailureKind } from '../../../src/model/wire';

const fresh: Tried = { waits: 0, waitedMs: 0, faults: 0 };
const busy = JSON.stringify({ error: { code: 'PessimisticConcurrencyConflict', message: 'x' } });

describe('after an answer', () => {
  it('patience grows, is bounded, and never shorter than a second', () => {
    const waits = [0, 1, 2, 3, 4, 9].map((many) => againAfterAnswer({ status: 409, text: busy, retryAfterMs: undefined }, true, { ...fresh, waits: many })?.ms);
    expect(waits).toEqual([3_000, 5_000, 10_000, 20_000, 30_000, 30_000]);
    expect(againAfterAnswer({ status: 429, text: '', retryAfterMs: 0 }, true, fresh)).toEqual({ ms: 1_000, reason: 'throttled' });
    expect(againAfterAnswer({ status: 429, text: '', retryAfterMs: 300_000 }, true, fresh)?.ms).toBe(300_000);
    expect(againAfterAnswer({ status: 429, text: '', retryAfterMs: 1e12 }, true, fresh)).toBeUndefined();
    expect(againAfterAnswer({ status: 429, text: '', retryAfterMs: 1_000 }, true, { ...fresh, waitedMs: mostPatienceMs })).toBeUndefined();
  });

  it('faults are tried again for reads only', () => {
    for (const status of [408, 500, 502, 503, 504]) {
      expect(againAfterAnswer({ status, text: '', retryAfterMs: undefined }, false, fresh)).toEqual({ ms: 500 });
      expect(againAfterAnswer({ status, text: '', retryAfterMs: undefined }, true, fresh)).toBeUndefined();
    }
    expect(againAfterAnswer({ status: 500, text: '', retryAfterMs: undefined }, false, { ...fresh, faults: 3 })).toBeUndefined();
    expect(againAfterAnswer({ status: 503, text: '', retryAfterMs: 5_000 }, true, fresh)).toEqual({ ms: 5_000, reason: 'busy' });
    expect(againAfterAnswer({ status: 500, text: '', retryAfterMs: 5_000 }, true, fresh)).toBeUndefined();
  });

  it.each([200, 201, 204, 302, 400, 401, 403, 404, 409, 412, 422])('%s as such is none to repeat', (status) => {
    expect(againAfterAnswer({ status, text: '', retryAfterMs: 1_000 }, false, fresh)).toBeUndefined();
  });
});

describe('after no answer', () => {
  const again = (kind: NetworkFailureKind, write: boolean, answered: boolean, unsent?: true, faults = 0): boolean =>
    againAfterFailure({ kind, host: 'h', message: 'm', ...(unsent ? { unsent } : {}) }, write, answered, { ...fresh, faults }) !== undefined;

  it('a write is made again only where nothing of it went out', () => {
    expect([again('reset', true, true), again('reset', true, true, true), again('refused', true, true, true), again('refused', true, false, true)])
      .toEqual([false, true, true, false]);
  });

  it('a read is, where it may help', () => {
    const kinds = ['reset', 'dns', 'refused', 'unreachable', 'tls', 'proxy', 'timeout', 'cancelled', 'tooLarge', 'protocol', 'other'] as const;
    expect(kinds.filter((kind) => again(kind, false, true))).toEqual(['reset', 'dns', 'refused', 'unreachable']);
    expect(kinds.filter((kind) => again(kind, false, false))).toEqual(['reset']);
    expect(again('reset', false, true, undefined, 3)).toBe(false);
  });
});

it('Retry-After is read as seconds or as a date beside that of the answer', () => {
  expect(retryAfterOf('10', undefined)).toBe(10_000);
  expect(retryAfterOf(' 0 ', undefined)).toBe(0);
  const date = 'Mon, 30 Nov 2026 06:00:00 GMT';
  expect(retryAfterOf('Mon, 30 Nov 2026 06:00:07 GMT', date)).toBe(7_000);
  expect(retryAfterOf('Mon, 30 Nov 2026 05:00:00 GMT', date)).toBe(0);
  for (const value of [undefined, '', '-1', '1.5', 'soon', '9999999999', 'Mon, 30 Nov 2026 06:00:07 GMT']) expect(retryAfterOf(value, undefined)).toBeUndefined();
});
