// The panel while many files are sent: it is told of them once a frame, and what was let go comes from the history.

import { beforeEach, expect, it, vi } from 'vitest';
import type { FromPage, ToPage } from '../../../../../src/features/scoring/messages';
import { AnswerPanel, type AnswerPanelParts } from '../../../../../src/features/scoring/ui/answerPanel';
import { Runs, type RunItem } from '../../../../../src/features/scoring/runs';
import type { Exchange } from '../../../../../src/model/exchange';
import { Emitter } from '../../../../../src/model/lifetime';
import { Health } from '../../../../../src/features/services/health';
import { someActions } from '../../../ui/someActions';

const executed: string[] = [];
vi.mock('vscode', () => ({
  l10n: {},
  Uri: { joinPath: () => ({ toString: () => 'uri' }), parse: (text: string) => text },
  commands: { executeCommand: (...args: readonly unknown[]) => Promise.resolve(executed.push(args.join(' '))) },
}));

type StateMessage = Extract<ToPage, { type: 'state' }>;
const service: RunItem['service'] = {
  name: 'S', address: 'https://h/p', endpoint: { form: 'exact', origin: 'https://h', path: '/p', query: '' }, subscriptionKeyHeader: 'K',
};
const item = (source: string): RunItem => ({
  file: `file:///${source}`, source, service, read: () => Promise.resolve({ form: 'table', json: '{}' }),
});
const exchange = (source: string): Exchange => ({
  service, source, method: 'POST', url: 'https://h/p', requestHeaders: [], requestBody: `request ${source}`, requestBytes: 2, startedAt: 0, durationMs: 5, earlierAttempts: [], tables: [], notes: [],
  answer: { status: 200, statusText: 'OK', headers: [], body: Buffer.from(`answer ${source}`) },
});

let told: StateMessage[];
let past: Map<string, Exchange>;
let asked: string[];
/** What the page was told of the exchange that it shows, and what it has asked of the history. */
let kept: Extract<ToPage, { type: 'kept' }>[];
let pins: Map<string, boolean>;
let wished: string[];
let changed: Emitter<void>;
let questions: string[];
let hear: (message: FromPage) => void;
let close: () => void;
let runs: Runs;
let panel: AnswerPanel;

function isParts(value: unknown): value is AnswerPanelParts {
  return typeof value === 'object' && value !== null;
}

beforeEach(async () => {
  executed.length = 0;
  [told, asked, past, kept, pins, wished, questions, changed] = [[], [], new Map(), [], new Map(), [], [], new Emitter()];
  const keys = new WeakMap<Exchange, string>();
  const keyOf = (each: Exchange): string => keys.get(each) ?? each.source;
  // Two exchanges fit.
  runs = new Runs((sent) => new Promise(
    (resolve) => setTimeout(() => resolve(exchange(sent.source))),
  ), new Health(), () => 0, String as never, {
    mostHeldBytes: 50,
    onLetGo: (whole, light) => {
      keys.set(light, keyOf(whole));
      past.set(keyOf(whole), whole);
    },
  });
  const parts: unknown = {
    runs, keyOf, bodies: {}, hands: {}, extensionUri: {}, findService: () => undefined,
    reporter: { actions: someActions(), run: (work: () => Promise<void>) => work() },
    kept: {
      pinned: (key: string) => {
        questions.push(key);
        return Promise.resolve(pins.get(key));
      },
      onDidChange: changed.event,
      pin: (key: string, on: boolean) => Promise.resolve(wished.push(`pin ${key} ${String(on)}`)),
      compare: (key: string) => Promise.resolve(wished.push(`compare ${key}`)),
    },
    past: async (key: string) => {
      asked.push(key);
      // Longer than a frame.
      await new Promise((resolve) => setTimeout(resolve, 120));
      return past.get(key);
    },
  };
  expect.assert(isParts(parts));
  panel = new AnswerPanel(parts);
  const never = () => ({ dispose: () => undefined });
  const page: unknown = {
    visible: true, onDidChangeViewState: never, reveal: () => undefined,
    onDidDispose: (listener: () => void) => {
      close = listener;
      return never();
    },
    webview: {
      onDidReceiveMessage: (listener: typeof hear) => {
        hear = listener;
        return never();
      },
      asWebviewUri: () => 'uri',
      postMessage: (message: ToPage) => Promise.resolve(message.type === 'state' ? told.push(message) : message.type === 'kept' ? kept.push(message) : 0),
    },
  };
  expect.assert(isPage(page));
  await panel.adopt(page, undefined);
  panel.start();
});

function isPage(value: unknown): value is Parameters<AnswerPanel['adopt']>[0] {
  return typeof value === 'object' && value !== null;
}

const bodyOf = ({ state }: StateMessage): string | undefined => (state.kind === 'answered' ? state.view.body?.text : undefined);

it('builds the list of files once a frame, and not for each change of each', async () => {
  const began = performance.now();
  await runs.send(Array.from({ length: 200 }, (_, index) => item(`f${index}`))).over;
  await panel.told;
  const frames = Math.ceil((performance.now() - began) / 50);
  const [last] = told.slice(-1);
  expect(last?.run.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 200 }, () => 'ok'));
  expect(last && bodyOf(last)).toBe('answer f199');
  // One at once, one each frame, one at last.
  expect(told.length).toBeLessThanOrEqual(frames + 2);
  expect(executed).toHaveLength(1);
});

it('shows what was let go as the history has it, read once however much else changes meanwhile', async () => {
  await runs.send(['a', 'b', 'c', 'd'].map(item)).over;
  const changing = setInterval(() => runs.cancel(), 5);
  runs.select(0);
  await new Promise((resolve) => setTimeout(resolve, 400));
  clearInterval(changing);
  await panel.told;
  const [last] = told.slice(-1);
  expect(last && bodyOf(last)).toBe('answer a');
  expect(last?.state.kind === 'answered' && last.state.view.key).toBe('a');
  expect(asked).toEqual(['a']);
});

it('says so where the history does not have it', async () => {
  await runs.send(['a', 'b', 'c', 'd'].map(item)).over;
  past.clear();
  runs.select(1);
  await panel.told;
  const [last] = told.slice(-1);
  expect(last?.state.kind === 'answered' && last.state.view.notes).toEqual(
    ['So many requests were sent that this answer is not held any more, and the history does not have it.'],
  );
});

it('tells of the exchange that is shown whether the history has it, once, and again when that has changed', async () => {
  await runs.send([item('a')]).over;
  await panel.told;
  runs.select(0);
  await panel.told;
  expect(kept).toEqual([{ type: 'kept', key: 'a' }]);
  pins.set('a', false);
  changed.fire();
  await vi.waitFor(() => expect(kept.at(-1)).toEqual({ type: 'kept', key: 'a', pinned: false }));
  // A page that is drawn anew knows nothing.
  hear({ type: 'ready' });
  await vi.waitFor(() => expect(kept).toHaveLength(3));
  pins.set('old', true);
  panel.showPast(exchange('old'), 'old');
  await panel.told;
  expect(kept.at(-1)).toEqual({ type: 'kept', key: 'old', pinned: true });
});

it.each([[false, true], [true, false]])('calls what it shows one from the history where that has had it: %s', async (unkept, past) => {
  panel.showPast(exchange('old'), 'old', unkept);
  await panel.told;
  const [last] = told.slice(-1);
  expect(last?.state.kind === 'answered' && last.state.view.past).toBe(past);
});

it('pins and compares what the page shows, also where it has not been told yet of what was chosen last', async () => {
  await runs.send(['a', 'b'].map(item)).over;
  runs.select(0);
  await panel.told;
  runs.select(1);
  const [last] = told.slice(-1);
  expect(last && bodyOf(last)).toBe('answer a');
  hear({ type: 'pin', key: 'a', on: true });
  hear({ type: 'compare', key: 'a' });
  await panel.told;
  expect(wished).toEqual(['pin a true', 'compare a']);
});

it('does not ask the history for a panel that is closed', async () => {
  await runs.send([item('a')]).over;
  await panel.told;
  close();
  changed.fire();
  expect(questions).toEqual(['a']);
});
