// Publish to API Management as a person meets it: service, instance, choices, the page, and a window that comes after a killed one.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serviceKey, usualArm } from '../definitions';
import { armFailure } from '../fakeArm';
import { editor, pages } from './publishEditor';
import { begin, machine, open, patience, say } from './publishWindow';

vi.mock('vscode', async () => (await import('./publishEditor')).vscode);
vi.mock('../../../../../src/ui/initialisePanel', async () => (await import('./publishEditor')).initialisePanel);

beforeEach(begin);

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
