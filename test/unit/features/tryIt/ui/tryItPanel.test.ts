// The panel of a call: what a reload has left is looked for, the same operation has one page, and what failed is done again, nothing else.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TryItSession } from '../../../../../src/features/tryIt/session';
import type { CallShape, FromTryItPage, ToTryItPage } from '../../../../../src/features/tryIt/messages';
import type { CallTarget } from '../../../../../src/features/tryIt/target';
import { TryItPanel, type TryItPanelParts } from '../../../../../src/features/tryIt/ui/tryItPanel';
import { InvalidInput, messageOf } from '../../../../../src/model/errors';
import type { ActionContext } from '../../../../../src/ui/errorActions';
import { someActions } from '../../../ui/someActions';

vi.mock('vscode', () => ({ l10n: {}, Uri: { joinPath: () => ({ toString: () => 'uri' }) } }));

const shape: CallShape = {
  title: 'Submit', owner: 'O', where: 'W', sample: false, method: 'POST', bases: ['https://h'], template: '/{id}', keyHeaders: [], keys: [], key: '', notes: [],
  parameters: [{ name: 'id', place: 'path', required: true, value: '1', values: [] }], headers: [],
};
const target = (id: string, more: Partial<CallTarget> = {}): CallTarget => ({
  saved: { ids: [id] }, title: id, read: () => Promise.resolve({ ...shape, title: id }), prepare: () => Promise.reject(new InvalidInput({ sentence: 'Nothing is sent.' })), ...more,
});
const isParts = (value: unknown): value is TryItPanelParts => typeof value === 'object' && value !== null;
const isPage = (value: unknown): value is Parameters<TryItPanel['adopt']>[0] => typeof value === 'object' && value !== null;

let told: ToTryItPage[];
let made: string[];
let found: (target: CallTarget | undefined | Error) => void;
let failures: [string, ActionContext][];
let hear: (message: FromTryItPage) => void;
let panel: TryItPanel;

beforeEach(() => {
  [told, made, failures] = [[], [], []];
  const parts: unknown = {
    extensionUri: {}, find: () => new Promise<CallTarget | undefined>((resolve, reject) => (found = (each) => (each instanceof Error ? reject(each) : resolve(each)))),
    session: (each: CallTarget) => {
      made.push(each.title);
      const describe = (error: unknown): { readonly sentence: string } => ({ sentence: messageOf(error) });
      return new TryItSession({ runs: { send: () => { throw new Error('Nothing is sent.'); } }, showAnswer: () => undefined, describe }, each);
    },
    reporter: {
      actions: someActions(), act: () => Promise.resolve(),
      run: (work: () => Promise<void>, context: ActionContext) => work().catch((error: unknown) => void failures.push([messageOf(error), context])),
    },
  };
  expect.assert(isParts(parts));
  panel = new TryItPanel(parts);
  const never = (): object => ({ dispose: () => undefined });
  const page: unknown = {
    visible: true, reveal: () => undefined, onDidDispose: never, dispose: () => undefined, onDidChangeViewState: never,
    webview: {
      asWebviewUri: () => 'uri', postMessage: (message: ToTryItPage) => Promise.resolve(told.push(message)), onDidReceiveMessage: (listener: typeof hear) => {
        hear = listener;
        return never();
      },
    },
  };
  expect.assert(isPage(page));
  panel.adopt(page, { ids: ['left'] });
});
afterEach(() => panel.dispose());

const last = (): ToTryItPage | undefined => told.at(-1);
const soon = (): Promise<void> => new Promise((done) => setTimeout(done));
async function say(message: FromTryItPage): Promise<void> {
  hear(message);
  await soon();
}

it('what a reload has left is looked for, and that is said', async () => {
  await say({ type: 'ready' });
  expect(last()).toEqual({ type: 'call', title: '', left: 'looking' });
  found(target('left'));
  await soon();
  expect(last()).toMatchObject({ title: 'left', content: { address: 'https://h/1' } });
});

it.each([[undefined, 0], [new InvalidInput({ sentence: 'Not now.' }), 1]])('what is not known any more is said to be: %s', async (answer, failed) => {
  await say({ type: 'ready' });
  found(answer);
  await soon();
  expect(last()).toEqual({ type: 'call', title: '', left: 'gone' });
  expect(failures).toHaveLength(failed);
  await panel.show(target('another'));
  expect(last()).toMatchObject({ title: 'another' });
});

it('who has opened another one meanwhile keeps it', async () => {
  await say({ type: 'ready' });
  await panel.show(target('another'));
  found(target('left'));
  await soon();
  expect(last()).toMatchObject({ title: 'another' });
  expect(made).toEqual(['another']);
});

it('an operation that is opened once more has one page, which is where it is now', async () => {
  const ended: string[] = [];
  await say({ type: 'ready' });
  await panel.show(target('a', { dispose: () => void ended.push('a') }));
  await say({ type: 'change', of: { ids: ['a'] }, turn: 1, draft: { base: 'https://h', values: ['mine'], headers: [], body: '', key: '', serviceKey: false } });
  await panel.show(target('a', { read: () => Promise.resolve({ ...shape, bases: ['https://h:2'] }), dispose: () => void ended.push('a2') }));
  expect(made).toEqual(['a']);
  expect(last()?.content).toMatchObject({ address: 'https://h:2/mine' });
  panel.dispose();
  expect(ended).toEqual(['a2']);
});

it('what was typed is found again by who comes back, and goes nowhere but where it was typed', async () => {
  const body = { contentType: 'application/json', json: true, comments: false, required: true, text: '{"example":1}' };
  const read = (): Promise<CallShape> => Promise.resolve({ ...shape, body });
  const draft = { base: 'https://h', values: ['1'], headers: [], body: '{"mine":1}', key: '', serviceKey: false };
  await say({ type: 'ready' });
  await panel.show(target('a', { read }));
  await panel.show(target('b', { read }));
  // It was typed a moment before the other one was opened.
  await say({ type: 'change', of: { ids: ['a'] }, turn: 1, draft });
  await say({ type: 'send', of: { ids: ['a'] }, turn: 2, draft });
  expect(last()?.content?.draft.body).toBe('{"example":1}');
  expect(last()).not.toHaveProperty('problem');
  await panel.show(target('a', { read }));
  expect(last()?.content?.draft.body).toBe('{"mine":1}');
});

it('what failed in a message is done again by itself: nothing is sent for it', async () => {
  let asked = 0;
  const set = (): Promise<void> => ((asked += 1) === 1 ? Promise.reject(new Error('No.')) : Promise.resolve());
  await say({ type: 'ready' });
  await panel.show(target('a', { setKey: set }));
  await say({ type: 'setKey' });
  expect(failures).toMatchObject([['No.', {}]]);
  await failures[0]?.[1].retry?.();
  expect(asked).toBe(2);
  expect(last()).not.toHaveProperty('problem');
});
