// The room of the history on a real disk: what is damaged hides nothing, what was let go is found, and the disk is waited for.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withoutBodies } from '../../../../../src/features/scoring/heldAnswers';
import { HistoryFeature, type HistoryFeatureParts } from '../../../../../src/features/history/ui/historyFeature';
import type { Exchange } from '../../../../../src/model/exchange';
import { isObject } from '../../../../../src/base/shape';
import { someExchange } from '../../../../unit/features/history/historyTools';

vi.mock('vscode', () => ({ workspace: { getConfiguration: () => ({ get: () => undefined }) } }));

let folder: string;
let room: HistoryFeature;

function isParts(value: unknown): value is HistoryFeatureParts {
  return isObject(value);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-room-'));
  const parts: unknown = {
    context: { storageUri: { fsPath: folder } }, reporter: {}, log: { warn: () => undefined, error: () => undefined }, treeView: {},
    treeChanged: {}, opener: () => undefined, withTables: (exchange: Exchange) => Promise.resolve(exchange),
  };
  expect.assert(isParts(parts));
  room = new HistoryFeature(parts);
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const never = new AbortController().signal;

function keep(more: Partial<Exchange>, hidden: () => Promise<readonly string[]> = () => Promise.resolve([])): Exchange {
  const exchange = someExchange(more);
  room.keep(exchange, { file: 'file:///a.json', sample: false, hidden });
  return exchange;
}

it('the last request is the newest that can be read', async () => {
  const { service: { address } } = keep({ requestBody: '{"n":1}', startedAt: 1000 });
  const newer = keep({ requestBody: '{"n":2}', startedAt: 2000 });
  expect(await room.lastRequest(address)).toBe('{"n":2}');
  // A call of an operation is no request of the service.
  keep({ requestBody: '{"job":1}', startedAt: 3000, own: true });
  expect(await room.lastRequest(address)).toBe('{"n":2}');
  const path = join(folder, 'history', `${room.idOf(newer)}.request.gz`);
  rmSync(path);
  mkdirSync(path);
  expect(await room.lastRequest(address)).toBe('{"n":1}');
});

it('an exchange without its bodies leads to the whole one', async () => {
  const exchange = keep({});
  const light = withoutBodies(exchange);
  room.shareId(exchange, light);
  await room.entries();
  expect((await room.past(room.idOf(light)))?.requestBody).toBe(exchange.requestBody);
});

it('what is sent next waits for a disk that does not keep up, but not for ever, and not when it is called off', async () => {
  vi.useFakeTimers();
  const hangs = (): Promise<readonly string[]> => new Promise(() => undefined);
  const settled = async (signal = never): Promise<string[]> => {
    const told: string[] = [];
    void room.keepsUp(signal).then(() => told.push('goes on'));
    await vi.advanceTimersByTimeAsync(0);
    return told;
  };
  keep({}, hangs);
  expect(await settled()).toEqual(['goes on']);
  keep({ tables: [], requestBody: 'x'.repeat(40 * 1024 * 1024) }, hangs);
  const told = await settled();
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual(['goes on']);
  expect(await settled(AbortSignal.abort())).toEqual(['goes on']);
});
