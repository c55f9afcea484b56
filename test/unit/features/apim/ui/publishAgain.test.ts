// What was published, met again: undoing asks first, and finished publishings are offered.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serviceKey } from '../definitions';
import { editor } from './publishEditor';
import { begin, machine, open, say } from './publishWindow';

vi.mock('vscode', async () => (await import('./publishEditor')).vscode);
vi.mock('../../../../../src/ui/initialisePanel', async () => (await import('./publishEditor')).initialisePanel);

beforeEach(begin);

describe('what was published', () => {
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
      { label: '$(new-file) Publish Anew…' },
      { label: '$(check) Published: AzureML Demo API', description: expect.stringMatching(/^in contoso, \d\d:\d\d$/) },
    ]);
    expect(await say({ type: 'ready' })).toMatchObject({ phase: 'done', key, canUndo: true });
    const files = join(computer.folder, 'publishings');
    const text = await readFile(join(files, `${key}.json`), 'utf8');
    const newer = Array.from({ length: 50 }, (_, index) => `9mx1eapqv-ucqqn66hm4${String(index).padStart(2, '0')}`);
    for (const each of newer) await writeFile(join(files, `${each}.json`), text.replace(key, each));
    await open(computer).publish(computer.address);
    expect((await readdir(files)).sort()).toEqual(newer.map((each) => `${each}.json`));
  });
});
