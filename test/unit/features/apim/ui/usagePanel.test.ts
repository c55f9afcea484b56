// The panel of usage: what a reload has left, tables that stay as they are looked at, the read of each minute, and the way to the limits.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UsagePanel, type UsagePanelParts } from '../../../../../src/features/apim/ui/usagePanel';
import { readFromUsagePage, type FromUsagePage, type ToUsagePage } from '../../../../../src/features/apim/usage/messages';
import type { UsagePeriod } from '../../../../../src/features/apim/usage/period';
import { UsageSession, type UsageTarget } from '../../../../../src/features/apim/usage/session';
import type { Arm, ArmJson, ArmOptions } from '../../../../../src/model/arm';
import { Cancelled, messageOf } from '../../../../../src/model/errors';
import { someActions } from '../../../ui/someActions';
import { opener } from '../../../ui/tables/testHost';
import { instance } from '../definitions';
import { armFailure } from '../fakeArm';

vi.mock('vscode', () => ({ l10n: {}, Uri: { joinPath: () => ({ toString: () => 'uri' }) } }));

const noon = Date.UTC(2026, 10, 30, 12);
const counts = (calls: number): ArmJson => ({
  callCountSuccess: calls, callCountBlocked: 0, callCountFailed: 0, callCountOther: 0, callCountTotal: calls, bandwidth: calls,
});

let told: ToUsagePage[];
let asked: string[];
let limited: unknown[];
let calls: number;
let broken: boolean;
let visible: boolean;
let moved: () => void;
let hear: (message: FromUsagePage) => void;
let panel: UsagePanel;
let running: Promise<unknown>[];

const isParts = (value: unknown): value is UsagePanelParts => typeof value === 'object' && value !== null;
const isPage = (value: unknown): value is Parameters<UsagePanel['adopt']>[0] => typeof value === 'object' && value !== null;
const isArm = (value: unknown): value is Arm => typeof value === 'object' && value !== null;

/** Reads stay under way until they are stopped. */
let hangs: boolean;

function stopped({ signal }: ArmOptions): Promise<never> {
  return new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Cancelled())));
}

async function* pages(path: string, options: ArmOptions): AsyncGenerator<readonly ArmJson[]> {
  await Promise.resolve();
  const report = path.slice(path.lastIndexOf('/') + 1);
  asked.push(`${report} ${options.query?.['$filter'] ?? ''}`);
  if (hangs) await stopped(options);
  if (broken) throw armFailure('forbidden', 403);
  if (report === 'byTime') yield [{ ...counts(calls), timestamp: '2026-11-30T10:00:00Z' }];
  else if (report === 'byApi') yield ['b', 'a', 'c'].map((id, at) => ({ ...counts(calls + at), apiId: `/apis/${id}`, name: id.toUpperCase() }));
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  [told, asked, limited, running, calls, broken, visible, hangs] = [[], [], [], [], 5, false, true, false];
  const arm: unknown = {
    pages,
    find: (path: string) => {
      asked.push(path.slice(path.indexOf('/service/')));
      return Promise.resolve(undefined);
    },
    get: (path: string) => (path.endsWith('/reports/byRequest') ? Promise.resolve({ status: 200, body: { value: [
      { timestamp: '2026-11-30T11:00:00Z', responseCode: 429, apiId: '/apis/a', subscriptionId: '/subscriptions/team', productId: '/products/p' },
    ] } }) : Promise.reject(armFailure('notFound', 404))),
  };
  expect.assert(isArm(arm));
  const parts: unknown = {
    extensionUri: {}, dialogs: {}, opener: () => Promise.resolve(opener),
    session: (target: UsageTarget, chosen: UsagePeriod | undefined) => new UsageSession(
      { arms: () => Promise.resolve(arm), now: () => noon, describe: (error) => ({ sentence: messageOf(error) }) }, target, chosen,
    ),
    find: ({ instance: id, ids }: { instance: string; ids: UsageTarget['ids'] }) => Promise.resolve(id === instance.id ? { instance, ids, titles: [] } : undefined),
    limitCalls: (node: unknown) => Promise.resolve(limited.push(node)),
    reporter: {
      actions: someActions(), describe: (error: unknown) => ({ sentence: String(error) }),
      run: (work: () => Promise<void>) => {
        running.push(Promise.resolve(work()));
        return running.at(-1);
      },
    },
  };
  expect.assert(isParts(parts));
  panel = new UsagePanel(parts);
  const never = (): object => ({ dispose: () => undefined });
  const page: unknown = {
    get visible() { return visible; },
    reveal: () => undefined, onDidDispose: never, dispose: () => undefined,
    onDidChangeViewState: (listener: () => void) => {
      moved = listener;
      return never();
    },
    webview: {
      asWebviewUri: () => 'uri', postMessage: (message: ToUsagePage) => Promise.resolve(told.push(message)),
      onDidReceiveMessage: (listener: typeof hear) => {
        hear = listener;
        return never();
      },
    },
  };
  expect.assert(isPage(page));
  panel.adopt(page, { instance: instance.id, ids: {} });
});
afterEach(() => {
  panel.dispose();
  vi.useRealTimers();
});

async function say(message: FromUsagePage): Promise<void> {
  // As it comes from a page.
  expect(readFromUsagePage(message, someActions())).toEqual(message);
  hear(message);
  await settle();
}

async function settle(): Promise<void> {
  for (let done = -1; done !== running.length;) {
    done = running.length;
    await Promise.all(running);
    await new Promise(setImmediate);
  }
}

const state = (): Extract<ToUsagePage, { type: 'usage' }> => {
  const last = told.findLast((each) => each.type === 'usage');
  expect.assert(last?.type === 'usage');
  return last;
};
const reads = (): number => asked.filter((each) => each.startsWith('byTime')).length;
const cells = (): unknown => {
  const last = told.findLast((each) => each.type === 'table');
  return last?.type === 'table' ? last.view.rows.map((row) => row.cells.slice(0, 3)) : undefined;
};

it('reads what a reload has left, once its page is there', async () => {
  expect(reads()).toBe(0);
  await say({ type: 'ready', zone: 'Europe/Berlin' });
  expect(state()).toMatchObject({ title: 'Usage of contoso', busy: false, content: { kind: 'usage', total: { calls: 5 } } });
  expect(asked).toHaveLength(5);
});

it('keeps a table as it is sorted while its numbers are read anew', async () => {
  await say({ type: 'ready', zone: 'Europe/Berlin' });
  await say({ type: 'part', part: 'api' });
  expect(cells()).toEqual([['C', 'c', '7'], ['A', 'a', '6'], ['B', 'b', '5']]);
  await say({ type: 'arrange', table: 1, query: { filters: [], sort: { column: 0, descending: false } } });
  // News of a table come at a walking pace.
  vi.advanceTimersByTime(1_000);
  await settle();
  expect(cells()).toEqual([['A', 'a', '6'], ['B', 'b', '5'], ['C', 'c', '7']]);
  calls = 10;
  await say({ type: 'refresh' });
  expect(cells()).toEqual([['A', 'a', '11'], ['B', 'b', '10'], ['C', 'c', '12']]);
  // A page that was hidden has lost them.
  told = [];
  await say({ type: 'ready', zone: 'Nowhere' });
  expect([state().part, cells()]).toEqual(['api', [['C', 'c', '12'], ['A', 'a', '11'], ['B', 'b', '10']]]);
  await say({ type: 'part', part: 'time' });
  const view = told.findLast((each) => each.type === 'table');
  expect(view?.type === 'table' && view.view.totalRows).toBe(96);
});

it('looks again each minute while it is in sight, and not after what came to nothing', async () => {
  await say({ type: 'ready', zone: '' });
  expect(reads()).toBe(1);
  vi.advanceTimersByTime(60_000);
  await settle();
  expect(reads()).toBe(2);
  visible = false;
  moved();
  vi.advanceTimersByTime(600_000);
  await settle();
  expect(reads()).toBe(2);
  visible = true;
  moved();
  await say({ type: 'ready', zone: '' });
  vi.advanceTimersByTime(0);
  await settle();
  expect(reads()).toBe(3);
  broken = true;
  vi.advanceTimersByTime(60_000);
  await settle();
  expect([reads(), state().problem?.sentence]).toEqual([4, 'It says forbidden.']);
  vi.advanceTimersByTime(600_000);
  await settle();
  expect(reads()).toBe(4);
  broken = false;
  await say({ type: 'refresh' });
  expect([reads(), state().problem]).toEqual([5, undefined]);
  // A time that is over tells nothing new.
  await say({ type: 'narrowTime', fromMs: noon - 3_600_000, toMs: noon });
  vi.advanceTimersByTime(600_000);
  await settle();
  expect(reads()).toBe(6);
});

it('stops a read that nobody asked for, and looks again a minute later', async () => {
  await say({ type: 'ready', zone: '' });
  hangs = true;
  vi.advanceTimersByTime(60_000);
  await new Promise(setImmediate);
  expect([reads(), state().busy]).toEqual([2, true]);
  vi.advanceTimersByTime(30_000);
  await say({ type: 'stop' });
  vi.advanceTimersByTime(59_999);
  await new Promise(setImmediate);
  expect([reads(), state().busy, state().problem]).toEqual([2, false, undefined]);
  hangs = false;
  vi.advanceTimersByTime(1);
  await settle();
  expect([reads(), state().busy]).toEqual([3, false]);
  // What a person has asked for is stopped in the same way.
  hangs = true;
  hear({ type: 'period', period: { kind: 'last', span: 'week' } });
  await new Promise(setImmediate);
  vi.advanceTimersByTime(90_000);
  await say({ type: 'stop' });
  vi.advanceTimersByTime(59_999);
  await new Promise(setImmediate);
  expect([reads(), state().period]).toEqual([4, { kind: 'last', span: 'day' }]);
});

it('reads the part that is looked at last, also while another one is read', async () => {
  await say({ type: 'ready', zone: '' });
  hear({ type: 'part', part: 'throttled' });
  await say({ type: 'part', part: 'requests' });
  expect(state()).toMatchObject({ part: 'requests', busy: false, requests: { kept: true, rows: 1 }, throttled: { rows: [{ blocked: 1 }] } });
});

it('leads from who is refused to the form of the limit', async () => {
  await say({ type: 'ready', zone: '' });
  await say({ type: 'part', part: 'throttled' });
  expect(state().throttled?.rows).toMatchObject([{ title: 'team', blocked: 1, limits: [{ scope: { kind: 'product', product: 'p' } }, { scope: { kind: 'api', api: 'a' }, title: 'A' }] }]);
  for (const { key } of state().throttled?.rows[0]?.limits ?? []) await say({ type: 'limit', key });
  await say({ type: 'limit', key: 'nothing' });
  expect(limited).toMatchObject([{ kind: 'entry', entry: { kind: 'product', name: 'p' } }, { kind: 'entry', entry: { kind: 'api', name: 'a', title: 'A' } }]);
});

it('reads policies anew where a person asks for it, or has been to the form of a limit, and not each minute', async () => {
  await say({ type: 'ready', zone: '' });
  await say({ type: 'part', part: 'throttled' });
  const policies = (): number => asked.filter((each) => each.endsWith('/policies/policy')).length;
  expect(policies()).toBe(3);
  vi.advanceTimersByTime(60_000);
  await settle();
  expect([reads(), policies()]).toEqual([2, 3]);
  await say({ type: 'refresh' });
  expect(policies()).toBe(6);
  await say({ type: 'limit', key: state().throttled?.rows[0]?.limits[0]?.key ?? '' });
  vi.advanceTimersByTime(60_000);
  await settle();
  expect([reads(), policies()]).toEqual([4, 9]);
});

it('narrows, widens, and takes another time and interval', async () => {
  await say({ type: 'ready', zone: '' });
  await say({ type: 'narrow', kind: 'api', key: '["a","","",""]' });
  expect(asked.at(-1)).toContain("apiId eq '/apis/a'");
  await say({ type: 'period', period: { kind: 'last', span: 'week' } });
  await say({ type: 'interval', intervalMs: 1_800_000 });
  expect(state()).toMatchObject({ intervalMs: 1_800_000, chosenInterval: true, chips: [{ key: 'api', title: 'A' }] });
  await say({ type: 'widen', key: 'api' });
  expect(state().chips).toEqual([]);
});

it('keeps the time that a person chose for what is looked at next', async () => {
  await say({ type: 'ready', zone: '' });
  expect(state().period).toEqual({ kind: 'last', span: 'day' });
  await say({ type: 'period', period: { kind: 'last', span: 'week' } });
  await panel.show({ instance, ids: { api: 'a' }, titles: ['A'] });
  await settle();
  expect(state()).toMatchObject({ title: 'Usage of API A', period: { kind: 'last', span: 'week' } });
});
