// What is told of requests whose answers are out of sight, and that nothing is told of those that are seen.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorParts } from '../../../../../src/model/errors';
import type { Exchange } from '../../../../../src/model/exchange';
import { Emitter } from '../../../../../src/model/lifetime';
import type { Service } from '../../../../../src/model/service';
import { RunNotices } from '../../../../../src/features/scoring/ui/runNotices';
import type { Entry, EntryState } from '../../../../../src/features/scoring/runs';

const bar = vi.hoisted(() => new Array<string>());
vi.mock('vscode', () => ({ window: { setStatusBarMessage: (text: string) => bar.push(text) } }));

const service: Service = { name: 'Churn', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K' };
const sending: EntryState = { kind: 'sending', since: 0 };
const failed: EntryState = { kind: 'failed', problem: { sentence: 'The disk is full.' }, at: 0 };

function answered(problem?: ErrorParts): EntryState {
  const exchange: Exchange = {
    service, source: 'a.json', method: 'POST', url: 'u', requestHeaders: [], requestBody: '{}', requestBytes: 2, startedAt: 0, durationMs: 5, earlierAttempts: [], notes: [], tables: [], ...(problem ? { problem } : {}),
  };
  return { kind: 'answered', exchange };
}

interface Changing extends Entry {
  state: EntryState;
}

let entries: Changing[];
let messages: unknown[];
let changed: Emitter<void>;
let sight: Emitter<void>;
const page = { showsRun: false, onDidChangeSight: (listener: (value: unknown) => void) => sight.event(listener) };
beforeEach(() => {
  [entries, messages, changed, sight] = [[], [], new Emitter(), new Emitter()];
  page.showsRun = false;
  bar.length = 0;
  new RunNotices({
    runs: {
      get entries() {
        return entries;
      },
      get busy() {
        return entries.some(({ state }) => state.kind === 'sending');
      },
      onDidChange: changed.event,
    },
    page,
    reporter: { show: (error) => messages.push(error) },
  }).start();
});

/** The requests `a.json`, `b.json` and so on, as they stand now. */
function now(...states: EntryState[]): void {
  states.forEach((state, index) => {
    const source = `${'abc'[index] ?? ''}.json`;
    const entry = (entries[index] ??= { item: { file: `file:///${source}`, source, service, read: () => Promise.resolve({ form: 'table', json: '{}' }) }, state });
    entry.state = state;
  });
  changed.fire();
}

describe('a run that nobody sees', () => {
  it.each<[string, EntryState]>([['was refused', answered({ sentence: 'The key was refused.' })], ['could not be sent', { ...failed, problem: { sentence: 'The key was refused.' } }]])('and that %s is told of in a message, once', (_, end) => {
    now(sending);
    now(end);
    now(end);
    expect(messages).toEqual([expect.objectContaining({ message: 'The key was refused. (a.json, sent to Churn)', actions: ['showAnswer'] })]);
    expect(bar).toEqual([]);
  });

  it('and that was answered is told of in the status bar', () => {
    now(sending);
    now(answered());
    expect(bar).toEqual(['a.json was answered by Churn.']);
    expect(messages).toEqual([]);
  });

  it('is told of as a whole, when it is over', () => {
    now(failed, failed, sending);
    expect([messages, bar]).toEqual([[], []]);
    now(failed, failed, answered());
    expect(messages).toEqual([expect.objectContaining({ message: '2 of 3 requests have failed.' })]);
    expect(bar).toEqual([]);
  });

  it('is told of no more once its page is in sight', () => {
    now(failed, sending);
    page.showsRun = true;
    sight.fire();
    now(failed, failed);
    expect([messages, bar]).toEqual([[], []]);
  });

  it('and that was cancelled is the person\'s own request', () => {
    now(sending);
    now({ kind: 'cancelled' });
    expect([messages, bar]).toEqual([[], []]);
  });
});

describe('a run whose page is in sight', () => {
  it.each([answered(), answered({ sentence: 'No.' }), failed])('is told of nowhere else', (end) => {
    page.showsRun = true;
    now(sending);
    now(end);
    page.showsRun = false;
    sight.fire();
    now(end);
    expect([messages, bar]).toEqual([[], []]);
  });
});
