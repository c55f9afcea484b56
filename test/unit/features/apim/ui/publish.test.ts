// Publish to API Management as a person meets it: service, instance, choices, the page, and a window that comes after a killed one.

import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebviewPanel } from 'vscode';
import { isObject } from '../../../../../src/base/shape';
import { KeyStore } from '../../../../../src/features/services/keyStore';
import { ServiceStore } from '../../../../../src/features/services/serviceStore';
import { PublishFeature } from '../../../../../src/features/apim/ui/publishFeature';
import type { ToPublishPage } from '../../../../../src/features/apim/publish/messages';
import { Emitter } from '../../../../../src/model/lifetime';
import { endpointAt } from '../../../../../src/protocols/newService';
import { MemoryBox } from '../../../base/secretBox';
import { instance, serviceKey, someDefinition, usualArm } from '../definitions';
import { armFailure, type FakeArm } from '../fakeArm';

const editor = vi.hoisted(() => ({
  ran: [] as unknown[][],
  opened: [] as { path: string; query: string }[],
  notified: [] as string[],
  /** What the person types or picks next; undefined is Esc. */
  answers: [] as unknown[],
  picked: [] as readonly unknown[],
  /** Whether the person agrees to what is asked in a dialog. */
  agrees: true,
  provider: undefined as { provideTextDocumentContent(uri: unknown): string } | undefined,
}));
vi.mock('vscode', () => {
  const note = (message: string): Promise<undefined> => {
    editor.notified.push(message);
    return Promise.resolve(undefined);
  };
  return {
    Uri: class Uri {
      static from(parts: object): object {
        return parts;
      }
    },
    ViewColumn: { Beside: -2, One: 1 },
    ProgressLocation: { Notification: 15 },
    EventEmitter: class EventEmitter {},
    TreeItem: class TreeItem {},
    commands: { executeCommand: (...args: unknown[]) => Promise.resolve(void editor.ran.push(args)) },
    workspace: {
      registerTextDocumentContentProvider: (_scheme: string, provider: typeof editor.provider) => {
        editor.provider = provider;
        return { dispose: () => undefined };
      },
      openTextDocument: (uri: { path: string; query: string }) => Promise.resolve(void editor.opened.push(uri)),
    },
    window: {
      tabGroups: { all: [], activeTabGroup: { viewColumn: 1, tabs: [] } },
      showTextDocument: () => Promise.resolve(),
      showErrorMessage: note, showInformationMessage: note,
      showWarningMessage: (message: string, options: { modal?: boolean }, ...buttons: readonly unknown[]) => {
        editor.notified.push(message);
        return Promise.resolve(options.modal === true && editor.agrees ? buttons[0] : undefined);
      },
      showInputBox: () => Promise.resolve(editor.answers.shift()),
      showQuickPick: (items: readonly unknown[]) => {
        editor.picked = items;
        const wanted = editor.answers.shift();
        return Promise.resolve(typeof wanted === 'number' ? items[wanted] : undefined);
      },
      withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => unknown) =>
        work({ report: () => undefined }, { onCancellationRequested: () => ({ dispose: () => undefined }) }),
      createWebviewPanel: () => webview(),
    },
  };
});
const pages = vi.hoisted(() => ({ onMessage: (message: unknown): void => void message, gone: (): void => undefined, told: [] as unknown[] }));
vi.mock('../../../../../src/ui/initialisePanel', () => ({
  panelOptions: () => ({}),
  initialisePanel: (_panel: unknown, parts: { onMessage: typeof pages.onMessage; gone: () => void }) => Object.assign(pages, parts),
}));

function webview(): object {
  return {
    visible: true, title: '', reveal: () => undefined, dispose: () => undefined,
    webview: { postMessage: (message: unknown) => Promise.resolve(void pages.told.push(message)) },
  };
}

type Parts = ConstructorParameters<typeof PublishFeature>;
const isParts = (value: unknown): value is Parts => Array.isArray(value) && value.length === 4;
const isPanel = (value: unknown): value is WebviewPanel => isObject(value);
const isView = (value: unknown): value is ToPublishPage => isObject(value) && value['type'] === 'publishing';

/** What outlives a window. */
interface Machine {
  readonly folder: string;
  readonly box: MemoryBox;
  readonly arm: FakeArm;
  readonly services: ServiceStore;
  readonly keys: KeyStore;
  readonly address: string;
}

/** A window, by what it has registered. */
interface Window {
  readonly publish: (argument?: unknown) => Promise<void>;
  readonly adopt: (state: unknown) => Promise<void>;
  readonly errors: unknown[];
}

async function machine(): Promise<Machine> {
  let setting: unknown = [];
  const services = new ServiceStore({
    read: () => setting, write: (value) => Promise.resolve(void (setting = value)), onDidChange: new Emitter<void>().event,
  });
  const read = endpointAt('https://region.example/workspaces/w1/services/s1');
  if (!read.ok) throw new Error(read.reason);
  const { address } = await services.add({ name: 'Weather', endpoint: read.endpoint });
  const box = new MemoryBox();
  return { folder: await mkdtemp(join(tmpdir(), 'publish-')), box, arm: usualArm(), services, keys: new KeyStore(box), address };
}

function open({ folder, box, arm, services, keys }: Machine, product: 'existing' | 'new' = 'existing'): Window {
  const errors: unknown[] = [];
  const reporter = {
    actions: { has: () => false, pageLabels: () => ({}) },
    run: async (work: () => Promise<void>) => {
      try {
        await work();
      } catch (error) {
        errors.push(error);
      }
    },
    describe: (error: unknown) => ({ sentence: error instanceof Error ? error.message : '' }),
  };
  const parts: unknown = [
    { context: { globalStorageUri: { fsPath: folder }, extensionUri: {}, secrets: box }, reporter },
    { services, keys },
    {
      arms: () => Promise.resolve(arm), pickInstance: () => Promise.resolve(instance), askChoices: () => Promise.resolve(someDefinition(product)),
      openPortal: () => Promise.resolve(void editor.ran.push(['portal'])),
      changeChoices: ({ definition }: { definition: { choices: unknown } }) => Promise.resolve(void editor.ran.push(['choices', definition.choices])), instanceChanged: () => void editor.ran.push(['changed']),
    },
    () => true,
  ];
  expect.assert(isParts(parts));
  const feature = new PublishFeature(...parts);
  const panel: unknown = webview();
  expect.assert(isPanel(panel));
  return {
    publish: async (argument) => {
      try {
        await feature.publish(argument);
      } catch (error) {
        errors.push(error);
      }
    },
    adopt: (state) => Promise.resolve(feature.adopt(panel, state)),
    errors,
  };
}

/** Each step is written to a disk that others use as well. */
const patience = { timeout: 8_000 };

/** The page says something, and what came of it is waited for. */
async function say(message: unknown, until: (view: ToPublishPage) => boolean = () => true): Promise<ToPublishPage> {
  pages.onMessage(message);
  return vi.waitFor(() => {
    const last = pages.told.at(-1);
    if (!isView(last) || last.busy !== undefined || !until(last)) throw new Error('It is not there yet.');
    return last;
  }, patience);
}

beforeEach(() => {
  for (const list of [editor.ran, editor.opened, editor.notified, editor.answers, pages.told]) list.length = 0;
  editor.agrees = true;
});

describe('Publish to API Management', () => {
  it('leads to a page on which nothing is done before it is applied, and then to a service in the sidebar', async () => {
    const computer = await machine();
    const window = open(computer);
    editor.answers.push(serviceKey);
    await window.publish(computer.address);
    const review = await say({ type: 'ready' });
    expect(review).toMatchObject({ phase: 'review', left: 11, service: 'Weather', instance: 'contoso' });
    expect(computer.arm.calls.filter((call) => !/^(?:GET|LIST)/.test(call))).toEqual([]);
    const done = await say({ type: 'apply' }, ({ phase, outcome }) => phase === 'done' && outcome !== undefined);
    expect(done.outcome).toMatchObject({ send: true, jobs: true });
    expect(computer.arm.there('/namedValues/azureml-demo-key')?.['value']).toBe(serviceKey);
    expect(computer.services.find('https://gateway.example/azureml-demo/workspaces/w1/services/s1')).toBeDefined();
    pages.onMessage({ type: 'send' });
    pages.onMessage({ type: 'runJob' });
    pages.onMessage({ type: 'portal' });
    const through = 'https://gateway.example/azureml-demo/workspaces/w1/services/s1';
    await vi.waitFor(() => expect(editor.ran).toEqual([
      ['changed'], ['azuremlWebServices.sendToService', through], ['azuremlWebServices.runJob', through], ['portal'],
    ]));
    const files = join(computer.folder, 'publishings');
    const [name = ''] = await readdir(files);
    const text = await readFile(join(files, name), 'utf8');
    for (const secret of [serviceKey, 'primary-key', 'who=@']) expect(text).not.toContain(secret);
    expect(window.errors).toEqual([]);
  });

  it('takes the key that is set for the service, and asks for it only where none is', async () => {
    const computer = await machine();
    const own = computer.services.find(computer.address);
    if (own) await computer.keys.set('serviceKey', own, serviceKey);
    await open(computer).publish(computer.address);
    await say({ type: 'apply' }, ({ phase }) => phase === 'done');
    expect(computer.arm.there('/namedValues/azureml-demo-key')?.['value']).toBe(serviceKey);
  });

  it('is left with Esc at the question for the key, with nothing written', async () => {
    const computer = await machine();
    await open(computer).publish(computer.address);
    expect(await say({ type: 'apply' })).toMatchObject({ phase: 'review' });
    expect(computer.arm.calls.filter((call) => call.startsWith('PUT'))).toEqual([]);
  });

  it('asks for no instance where it was called on one', async () => {
    const computer = await machine();
    editor.answers.push(0);
    await open(computer).publish({ kind: 'instance', instance: { ...instance, name: 'mine' }, from: 'added', parent: undefined });
    expect(await say({ type: 'ready' })).toMatchObject({ phase: 'review', service: 'Weather', instance: 'mine' });
  });

  it('leads back to the form with what was chosen', async () => {
    const computer = await machine();
    await open(computer).publish(computer.address);
    pages.onMessage({ type: 'choices' });
    await vi.waitFor(() => expect(editor.ran).toEqual([['choices', someDefinition('existing').choices]]));
  });

  it('shows differences and texts as documents', async () => {
    const computer = await machine();
    await open(computer).publish(computer.address);
    pages.onMessage({ type: 'look', key: '/products/starter/policies/policy' });
    pages.onMessage({ type: 'look', key: '/apis/azureml-demo/operations/rrs-execute' });
    await vi.waitFor(() => expect(editor.opened).toHaveLength(1));
    const [, before, after, title] = editor.ran.find(([id]) => id === 'vscode.diff') ?? [];
    const texts = [before, after, editor.opened[0]].map((uri) => editor.provider?.provideTextDocumentContent(uri));
    expect(texts[0]).toContain('calls="5"');
    expect(texts[1]).toBe(texts[0]?.replace('calls="5"', 'calls="20"'));
    expect(texts[2]).toContain('"BES Delete"');
    expect([before, editor.opened[0]]).toEqual([
      expect.objectContaining({ scheme: 'azureml-web-services-publish', path: '/Starter_ policy.xml' }), expect.objectContaining({ path: '/RRS Execute.json' }),
    ]);
    expect(title).toBe('Starter: policy: as it is ↔ as it will be');
    expect(editor.provider?.provideTextDocumentContent({ query: 'other' })).toContain('earlier window');
  });

  it('goes on in the next window with what a killed one has left', async () => {
    const computer = await machine();
    const own = computer.services.find(computer.address);
    if (own) await computer.keys.set('serviceKey', own, serviceKey);
    await open(computer).publish(computer.address);
    computer.arm.around = ({ path, when }) => {
      if (path.endsWith('/bes-start') && when === 'after') throw armFailure('network');
    };
    const stopped = await say({ type: 'apply' }, ({ phase }) => phase === 'stopped');
    expect(stopped.problem).toMatchObject({ sentence: 'It says network.' });
    computer.arm.around = () => undefined;
    pages.told.length = 0;
    const next = open(computer);
    await next.adopt({ key: stopped.key });
    expect(await say({ type: 'ready' })).toMatchObject({ phase: 'stopped', key: stopped.key, left: 7 });
    await say({ type: 'apply' }, ({ phase }) => phase === 'done');
    expect(computer.arm.calls.filter((call) => call === 'PUT /apis/azureml-demo/operations/bes-start')).toHaveLength(1);
    await say({ type: 'undo' }, ({ phase }) => phase === 'undone');
    expect(computer.arm.all()).toEqual(usualArm().all());
  });

  it('offers to carry on with what is not finished, and forgets reviews that nobody has applied', async () => {
    const computer = await machine();
    const own = computer.services.find(computer.address);
    if (own) await computer.keys.set('serviceKey', own, serviceKey);
    const window = open(computer);
    await window.publish(computer.address);
    await window.publish(computer.address);
    expect(await readdir(join(computer.folder, 'publishings'))).toHaveLength(1);
    computer.arm.around = ({ path }) => {
      if (path.endsWith('/bes-start')) throw armFailure('locked', 409);
    };
    const { key } = await say({ type: 'apply' }, ({ phase }) => phase === 'stopped');
    computer.arm.around = () => undefined;
    editor.answers.push(0);
    const next = open(computer);
    await next.publish(computer.address);
    expect(editor.picked).toMatchObject([{ label: '$(debug-continue) Carry On with AzureML Demo API' }, { label: '$(new-file) Publish Anew…' }]);
    expect(await say({ type: 'ready' })).toMatchObject({ phase: 'stopped', key });
  });

  it('asks before it is undone, and what becomes of the service through the gateway', async () => {
    const computer = await machine();
    const own = computer.services.find(computer.address);
    if (own) await computer.keys.set('serviceKey', own, serviceKey);
    await open(computer).publish(computer.address);
    await say({ type: 'apply' }, ({ phase, outcome }) => phase === 'done' && outcome !== undefined);
    const before = computer.arm.all();
    editor.agrees = false;
    await say({ type: 'undo' });
    await vi.waitFor(() => expect(editor.notified).toEqual(['Undo publishing "AzureML Demo API" to contoso?']));
    expect(computer.arm.all()).toEqual(before);
    editor.agrees = true;
    await say({ type: 'undo' }, ({ phase }) => phase === 'undone');
    const through = 'https://gateway.example/azureml-demo/workspaces/w1/services/s1';
    await vi.waitFor(() => expect(editor.ran.at(-1)).toEqual(['azuremlWebServices.removeService', through]));
  });

  it('shows a finished one again, and forgets the oldest of many', async () => {
    const computer = await machine();
    const own = computer.services.find(computer.address);
    if (own) await computer.keys.set('serviceKey', own, serviceKey);
    await open(computer).publish(computer.address);
    const { key } = await say({ type: 'apply' }, ({ phase, outcome }) => phase === 'done' && outcome !== undefined);
    const next = open(computer);
    editor.answers.push(1);
    await next.publish(computer.address);
    expect(editor.picked).toMatchObject([
      { label: '$(new-file) Publish Anew…' }, { label: '$(check) Published: AzureML Demo API', description: expect.stringMatching(/^in contoso, \d\d:\d\d$/) },
    ]);
    expect(await say({ type: 'ready' })).toMatchObject({ phase: 'done', key, canUndo: true });
    const files = join(computer.folder, 'publishings');
    const text = await readFile(join(files, `${key}.json`), 'utf8');
    const newer = Array.from({ length: 50 }, (_, index) => `9mx1eapqv-ucqqn66hm4${String(index).padStart(2, '0')}`);
    for (const each of newer) await writeFile(join(files, `${each}.json`), text.replace(key, each));
    await open(computer).publish(computer.address);
    expect((await readdir(files)).sort()).toEqual(newer.map((each) => `${each}.json`));
  });

  it('says what became of it in a message where its page is not seen', async () => {
    const computer = await machine();
    const window = open(computer);
    editor.answers.push(serviceKey);
    await window.publish(computer.address);
    pages.onMessage({ type: 'apply' });
    pages.gone();
    await vi.waitFor(() => expect(editor.notified).toEqual(['Weather is published to contoso.']), patience);
    expect(computer.arm.there('/subscriptions/team-a')).toBeDefined();
    expect(window.errors).toEqual([]);
  });

  it('tells of a file that cannot be read, and shows an empty page', async () => {
    const computer = await machine();
    const window = open(computer);
    await window.publish(computer.address);
    const { key } = await say({ type: 'ready' });
    await writeFile(join(computer.folder, 'publishings', `${key}.json`), 'broken');
    const next = open(computer);
    await next.adopt({ key });
    expect(await say({ type: 'ready' }, (view) => view.key === '')).toMatchObject({ lines: [] });
    await vi.waitFor(() => expect(next.errors).toMatchObject([{ message: expect.stringContaining('It holds no publishing') }]));
  });
});
