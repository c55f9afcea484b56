// "Limit Calls…" in a window: from a line or from the palette to the form, what the page asks for, and a reload.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebviewPanel } from 'vscode';
import { isObject } from '../../../../../src/base/shape';
import type { ToLimitsPage } from '../../../../../src/features/apim/limits/messages';
import type { PolicyScope } from '../../../../../src/features/apim/policy/policyScope';
import { nodeOfScope } from '../../../../../src/features/apim/policyLines';
import { LimitsWork } from '../../../../../src/features/apim/ui/limitsWork';
import { messageOf } from '../../../../../src/model/errors';
import { instance as contoso, starterPolicy } from '../definitions';
import { FakeArm } from '../fakeArm';
import { editor, pages, vscode, webview } from './publishEditor';

vi.mock('vscode', async () => (await import('./publishEditor')).vscode);
vi.mock('../../../../../src/ui/initialisePanel', async () => (await import('./publishEditor')).initialisePanel);

const isParts = (value: unknown): value is ConstructorParameters<typeof LimitsWork>[0] => isObject(value);
const isPanel = (value: unknown): value is WebviewPanel => isObject(value);
const isView = (value: unknown): value is ToLimitsPage => isObject(value) && value['type'] === 'limits';

const instance = { ...contoso, sku: 'Developer' };
const starter: PolicyScope = { kind: 'product', product: 'starter' };
const path = '/products/starter/policies/policy';
let arm: FakeArm;
let written: unknown[];
let errors: unknown[];
let work: LimitsWork;

function open(): LimitsWork {
  const parts: unknown = {
    context: { extensionUri: {} }, arms: () => Promise.resolve(arm), pickInstance: () => Promise.resolve(instance),
    findInstance: (id: string) => Promise.resolve(id === instance.id ? instance : undefined), policyChanged: (...args: unknown[]) => void written.push(args),
    reporter: {
      actions: { has: (id: unknown) => id === 'retry', pageLabels: () => ({}) }, describe: (error: unknown) => ({ sentence: messageOf(error), actions: ['retry'] }),
      run: (run: () => Promise<void>) => run().catch((error: unknown) => void errors.push(error)),
      act: (_action: string, context: { retry?: () => Promise<void> }) => context.retry?.(),
    },
  };
  expect.assert(isParts(parts));
  return new LimitsWork(parts);
}

const view = (): ToLimitsPage => {
  const last = pages.told.findLast(isView);
  expect.assert(last);
  return last;
};
const say = async (message: object): Promise<void> => {
  pages.onMessage(message);
  await new Promise((done) => setTimeout(done));
  await vi.waitFor(() => expect(view().busy).toBeUndefined());
};
const draft = (): object => {
  const { content } = view();
  expect.assert(content?.kind === 'form');
  return content.draft;
};

beforeEach(() => {
  arm = new FakeArm();
  [written, errors, pages.told, editor.ran, editor.answers, editor.notified] = [[], [], [], [], [], []];
  arm.set('/apis/demo', { displayName: 'Demo API', path: 'demo' });
  arm.set('/apis/demo/operations/rrs', { displayName: 'RRS Execute', method: 'POST', urlTemplate: '/score' });
  arm.set('/products/starter', { displayName: 'Starter' });
  arm.set(path, { format: 'rawxml', value: starterPolicy });
  work = open();
});

describe('the command', () => {
  it('opens the form of a line', async () => {
    await work.limitCalls(nodeOfScope(instance, { kind: 'operation', api: 'demo', operation: 'rrs' }, 'RRS'));
    expect(view()).toMatchObject({ title: 'Limit Calls of Operation RRS Execute of Demo API', place: { instance: instance.id, scope: { kind: 'operation', api: 'demo', operation: 'rrs' } } });
    await work.limitCalls(nodeOfScope(instance, { kind: 'allApis' }, ''));
    expect(view()).toMatchObject({ title: 'Limit Calls of All APIs' });
  });

  it.each([
    [[0], { kind: 'allApis' }], [[1], starter], [[2, 0], { kind: 'api', api: 'demo' }], [[2, 1], { kind: 'operation', api: 'demo', operation: 'rrs' }],
  ] as const)('asks in the palette what is meant: %o', async (answers, scope) => {
    editor.answers.push(...answers);
    await work.limitCalls(undefined);
    expect(view().place).toEqual({ instance: instance.id, scope });
  });

  it('is left by Esc', async () => {
    await expect(work.limitCalls(undefined)).rejects.toThrow('Cancelled');
    expect(pages.told).toEqual([]);
  });
});

describe('the page', () => {
  it('saves, compares, leads to the policy, and is told what was written', async () => {
    await work.limitCalls(nodeOfScope(instance, starter, 'Starter'));
    await say({ type: 'change', turn: 1, draft: { ...draft(), calls: '20' } });
    await say({ type: 'diff' });
    expect(editor.ran.at(-1)).toMatchObject(['vscode.diff', { scheme: 'azureml-web-services-limits', path: '/Starter.xml' }, {}, 'Starter: as it is ↔ as it will be']);
    const shown = editor.provider?.provideTextDocumentContent(editor.ran.at(-1)?.[2]);
    expect(shown).toBe(starterPolicy.replaceAll('\r\n', '\n').replace('calls="5"', 'calls="20"'));
    expect(editor.provider?.provideTextDocumentContent({ query: 'old' })).toContain('earlier window');
    await say({ type: 'save', turn: 2, draft: { ...draft(), calls: '21' } });
    expect([arm.there(path)?.['value'], view().notice]).toEqual([starterPolicy.replace('calls="5"', 'calls="21"'), 'saved']);
    expect(written).toEqual([[instance, path]]);
    await say({ type: 'editPolicy' });
    expect(editor.ran.at(-1)).toMatchObject(['azuremlWebServices.apimEditPolicy', { kind: 'entry', entry: { kind: 'product', name: 'starter', title: 'Starter' } }]);
    expect([editor.notified, errors]).toEqual([[], []]);
  });

  it('compares what was to be saved with what somebody else has written, refreshes and discards', async () => {
    await work.limitCalls(nodeOfScope(instance, starter, 'Starter'));
    arm.set(path, { format: 'rawxml', value: starterPolicy.replace('calls="5"', 'calls="6"') });
    await say({ type: 'save', turn: 1, draft: { ...draft(), calls: '20' } });
    expect(view().notice).toBe('changed');
    await say({ type: 'compare' });
    expect(editor.provider?.provideTextDocumentContent(editor.ran.at(-1)?.[1])).toContain('calls="6"');
    await say({ type: 'discard' });
    expect(draft()).toMatchObject({ calls: '6' });
    arm.set(path, { format: 'rawxml', value: starterPolicy.replace('calls="5"', 'calls="7"') });
    await say({ type: 'refresh' });
    expect([draft(), view().notice]).toMatchObject([{ calls: '7' }, undefined]);
    await say({ type: 'stop' });
  });

  it('finds again what was typed for a scope, and tries again what went wrong', async () => {
    await work.limitCalls(nodeOfScope(instance, starter, 'Starter'));
    await say({ type: 'change', turn: 1, draft: { ...draft(), calls: '20' } });
    await work.limitCalls(nodeOfScope(instance, { kind: 'allApis' }, ''));
    await work.limitCalls(nodeOfScope(instance, starter, 'Starter'));
    expect(draft()).toMatchObject({ calls: '20' });
    arm.take('/products/starter');
    await say({ type: 'refresh' });
    expect(view().problem).toMatchObject({ sentence: 'It says notFound.' });
    arm.set('/products/starter', { displayName: 'Starter' });
    await say({ type: 'action', action: 'retry' });
    expect(view().problem).toBeUndefined();
  });

  it('tells in a message what became of a save that nobody sees', async () => {
    const panel = vi.spyOn(vscode.window, 'createWebviewPanel').mockReturnValue({ ...webview(), visible: false });
    work = open();
    await work.limitCalls(nodeOfScope(instance, starter, 'Starter'));
    await say({ type: 'save', turn: 1, draft: { ...draft(), calls: '20' } });
    arm.set(path, { format: 'rawxml', value: starterPolicy });
    await say({ type: 'save', turn: 2, draft: { ...draft(), calls: '22' } });
    arm.around = () => expect.fail('no');
    await say({ type: 'save', turn: 3, draft: { ...draft(), calls: '23' } });
    expect(editor.notified).toEqual([
      'Limit Calls of Product Starter: saved.', 'Limit Calls of Product Starter: somebody else has changed the policy, so nothing was saved.', 'no',
    ]);
    panel.mockRestore();
  });
});

describe('after a reload', () => {
  const adopt = async (state: unknown): Promise<void> => {
    const panel = webview();
    expect.assert(isPanel(panel));
    work.adopt(panel, state);
    await say({ type: 'ready' });
  };

  it('the form reads anew what it was about', async () => {
    await adopt({ instance: instance.id, scope: starter });
    expect(view()).toMatchObject({ title: 'Limit Calls of Product Starter', content: { kind: 'form', draft: { calls: '5' } } });
    // The page was hidden and is shown again.
    await say({ type: 'change', turn: 4, draft: { ...draft(), calls: '20' } });
    await say({ type: 'ready' });
    expect(view()).toMatchObject({ content: { turn: 0, draft: { calls: '20' } } });
  });

  it.each([[undefined], [{ instance: '/gone', scope: starter }], [{ instance: instance.id }]])('there is nothing to show of %o', async (state) => {
    await adopt(state);
    expect(view().place).toBeUndefined();
    await say({ type: 'refresh' });
    expect(arm.calls).toEqual([]);
    work.dispose();
  });
});
