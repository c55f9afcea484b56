// Single requests page by page: strange rows, lists without an end, rows that come while they are read, a window that does not grow.

import { beforeEach, expect, it } from 'vitest';
import { noCalls } from '../../../../../src/features/apim/usage/numbers';
import type { UsageRead } from '../../../../../src/features/apim/usage/read';
import { readByName } from '../../../../../src/features/apim/usage/reports';
import { readFirstRequests, readRequests } from '../../../../../src/features/apim/usage/requestPages';
import type { ArmPlace } from '../../../../../src/features/apim/publish/reading';
import type { ArmJson, ArmOptions } from '../../../../../src/model/arm';
import { instance } from '../definitions';

const noon = Date.UTC(2026, 10, 30, 12);
const read: UsageRead = {
  window: { fromMs: noon - 3_600_000, toMs: noon, open: true }, ids: {}, intervalMs: 900_000, slots: { fromMs: 0, stepMs: 900_000, numbers: [] },
  total: noCalls, told: 'calls', breakdowns: [], notes: [],
};
const row = (id: number): ArmJson => ({ timestamp: '2026-11-30T11:30:00Z', responseCode: 200, requestId: `r${id}` });
const ids = (from: number, to: number): readonly ArmJson[] => Array.from({ length: to - from }, (_, at) => row(from + at));

let asked: Readonly<Record<string, string>>[];
let page: (skip: number) => { readonly value: readonly unknown[]; readonly count?: number };

const isPlace = (value: unknown): value is ArmPlace => typeof value === 'object' && value !== null;

function place(): ArmPlace {
  const ask = (query: ArmOptions['query']): void => {
    asked.push(query ?? {});
    if (asked.length > 500) throw new Error('It is asked without an end.');
  };
  const arm = {
    get: async (_: string, { query }: ArmOptions) => {
      await Promise.resolve();
      ask(query);
      return { status: 200, body: page(Number(query?.['$skip'])) };
    },
    async *pages(_: string, { query }: ArmOptions): AsyncGenerator<readonly ArmJson[]> {
      for (;;) {
        await Promise.resolve();
        ask(query);
        yield [];
      }
    },
  };
  const made: unknown = { arm, instance, options: { signal: new AbortController().signal } };
  expect.assert(isPlace(made));
  return made;
}

beforeEach(() => {
  asked = [];
});

it.each([7, null, 'row', { nonsense: 1 }])('counts rows such as %j, and comes to its end', async (strange) => {
  page = () => ({ value: Array.from({ length: 1_000 }, () => strange), count: 1e9 });
  expect(await readFirstRequests(place(), read, 10_000)).toEqual({ rows: [], strange: 10_000, looked: 10_000, hasMore: true, count: 1e9 });
  expect(asked.map((query) => query['$skip'])).toEqual(Array.from({ length: 10 }, (_, at) => String(at * 1_000)));
});

it('goes on behind what it has looked at, of whatever kind that was', async () => {
  page = (skip) => ({ value: skip === 0 ? [7, ...ids(0, 999)] : ids(skip - 1, 1_009) });
  const requests = await readFirstRequests(place(), read, 10_000);
  expect([requests?.rows.length, requests?.strange, requests?.looked, requests?.hasMore]).toEqual([1_009, 1, 1_010, false]);
  expect(new Set(requests?.rows.map(({ id }) => id)).size).toBe(1_009);
});

it('does not ask for ever where pages hold a few rows', async () => {
  page = (skip) => ({ value: [row(skip)], count: 1e9 });
  expect(await readFirstRequests(place(), read, 10_000)).toMatchObject({ looked: 20, hasMore: true });
  expect((await readByName(place(), 'api', read.window, {})).isCut).toBe(true);
  expect(asked).toHaveLength(420);
});

it('has each row once, and all of them, where rows come meanwhile', async () => {
  let late = 0;
  page = (skip) => {
    // Three come before each page, in front of the others.
    const all = [...ids(9_000, 9_000 + late), ...ids(0, 2_500)];
    late += 3;
    return { value: all.slice(skip, skip + 1_000) };
  };
  const requests = await readFirstRequests(place(), read, 10_000);
  expect(requests?.rows.map(({ id }) => id)).toEqual(ids(0, 2_500).map(({ requestId }) => requestId));
  // Rows without an id cannot be told apart.
  page = () => ({ value: [{ ...row(1), requestId: '' }, { ...row(1), requestId: '' }] });
  expect((await readRequests(place(), read))?.rows).toHaveLength(2);
});

it('asks for a window that does not grow while a time that goes on is paged through', async () => {
  page = () => ({ value: ids(0, 1_000), count: 1_500 });
  const first = await readRequests(place(), read);
  await readRequests(place(), read, first);
  const filter = "timestamp ge datetime'2026-11-30T11:00:00' and timestamp le datetime'2026-11-30T12:05:00'";
  expect(asked.map(({ $filter, $skip }) => [$filter, $skip])).toEqual([[filter, '0'], [filter, '1000']]);
});
