// Publishings as files: read back as they were, refused where they are none, with no secret in them.

import { describe, expect, it } from 'vitest';
import { PublishJournal } from '../../../../../src/features/apim/publish/journal';
import { publishingText, readPublishingText } from '../../../../../src/features/apim/publish/publishingShape';
import { apply } from '../../../../../src/features/apim/publish/apply';
import { undo } from '../../../../../src/features/apim/publish/undo';
import { LocalFailure } from '../../../../../src/model/errors';
import { isObject, type JsonObject } from '../../../../../src/base/shape';
import { someDefinition, starterPolicy, usualArm } from '../definitions';
import { MemoryBox } from '../../../base/secretBox';
import { Computer, publishKey, still } from './publishTools';

const productPolicy = '/products/starter/policies/policy';

async function text(): Promise<string> {
  const { publishing } = await new Computer().planned();
  return publishingText(publishing);
}

const changed = async (change: (publishing: Record<string, unknown>) => void): Promise<string> => {
  const file: { publishing: Record<string, unknown> } = JSON.parse(await text());
  change(file.publishing);
  return JSON.stringify(file);
};

describe('the file of a publishing', () => {
  it('gives back what was written, with what lies in the secret store', async () => {
    const computer = new Computer();
    const { publishing } = await computer.planned();
    expect((await computer.found()).publishing).toEqual(JSON.parse(JSON.stringify(publishing)));
    expect([...computer.secrets.keys()]).toEqual([`azuremlWebServices.publishing.${publishKey}.8.bodies`]);
    expect(computer.written.join('')).not.toContain('them');
    expect(computer.written.join('')).not.toContain(starterPolicy.slice(20, 60));
  });

  it('holds nothing that looks like a token, wherever others have put it', async () => {
    const arm = usualArm();
    const serviceUrl = 'https://storage.example/x?sv=2020&sig=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D';
    arm.set('/apis/azureml-demo', { displayName: 'Old', path: 'azureml-demo', serviceUrl });
    const computer = new Computer(arm);
    const steps = await computer.planned();
    expect(computer.written.join('')).not.toContain('AAAAAAAA');
    await apply(await computer.found(), still());
    const later = await computer.found();
    await undo(later, still());
    expect(arm.there('/apis/azureml-demo')).toMatchObject({ serviceUrl, displayName: 'Old' });
    expect(steps.publishing.steps[1]?.action).toBe('change');
  });

  it.each<readonly [string, (publishing: Record<string, unknown>) => void]>([
    ['without a key', (publishing) => delete publishing['key']],
    ['with steps that are none', (publishing) => void (publishing['steps'] = [{ kind: 'api' }])],
    ['with an unknown state', (publishing) => void (publishing['steps'] = [{ ...first(publishing), state: 'started' }])],
    ['with an unknown note', (publishing) => void (publishing['steps'] = [{ ...first(publishing), notes: [{ code: 'x' }] }])],
    ['with a warning that is none', (publishing) => void (publishing['warnings'] = [{ code: 'inherited', from: { kind: 'allApis' } }])],
    ['without an instance', (publishing) => void (publishing['instance'] = { id: 'x' })],
    ['with choices that are none', (publishing) => void (publishing['definition'] = { choices: {}, service: { name: '', address: '' }, resources: [] })],
  ])('%s is refused', async (_, change) => {
    expect(readPublishingText(await text())).toBeDefined();
    expect(readPublishingText(await changed(change))).toBeUndefined();
  });

  it.each(['', '{', '[]', '{"version":2,"publishing":{}}'])('%j is none', (file) => {
    expect(readPublishingText(file)).toBeUndefined();
  });
});

describe('the journal', () => {
  it('names a file that cannot be read, and goes on', async () => {
    const computer = new Computer();
    await computer.planned();
    computer.texts.set('0mx1eapqv-ucqqn66hm4pa.json', 'broken');
    computer.texts.set('other.txt', '');
    const journal = computer.journal();
    expect(await journal.keys()).toEqual([publishKey, '0mx1eapqv-ucqqn66hm4pa']);
    expect(await journal.read('0mx1eapqv-ucqqn66hm4pa')).toMatchObject({ kind: 'unreadable', name: '0mx1eapqv-ucqqn66hm4pa.json' });
    expect(await journal.read('../x')).toEqual({ kind: 'gone' });
    expect(await journal.read('0mx1eapqv-ucqqn66hm4pb')).toEqual({ kind: 'gone' });
  });

  it('tells what the disk says', async () => {
    const failing = { list: () => Promise.resolve([]), read: () => Promise.reject(new Error('No.')), write: () => Promise.resolve(), remove: () => Promise.resolve() };
    expect(await new PublishJournal(failing, new MemoryBox()).read(publishKey)).toMatchObject({ kind: 'unreadable', reason: 'The disk says: No..' });
  });

  it('writes nothing over what another window has written, before anything is done at the instance', async () => {
    const computer = new Computer();
    const [one, other] = [await computer.planned(), await computer.found()];
    await apply(other, still());
    const [texts, calls] = [new Map(computer.texts), computer.arm.calls.length];
    await expect(apply(one, still())).rejects.toThrow('Another window has gone on with this publishing');
    await expect(one.note({ ...one.step(productPolicy), chosen: false })).rejects.toThrow(LocalFailure);
    expect(computer.texts).toEqual(texts);
    expect(computer.arm.calls.slice(calls).filter((call) => /^(?:PUT|DELETE)/.test(call))).toEqual([]);
    // As it is read it can be gone on with.
    await undo(await computer.found(), still());
  });

  it('forgets a publishing with its secrets', async () => {
    const computer = new Computer();
    const { publishing } = await computer.planned();
    await computer.journal().setPoller(publishKey, 1, 'signed');
    await computer.journal().remove(publishing);
    expect([...computer.texts.keys(), ...computer.secrets.keys()]).toEqual([]);
  });

  it('keeps what it could not read from the secret store', async () => {
    const computer = new Computer();
    await computer.planned();
    const held = new Map(computer.secrets);
    computer.secrets.clear();
    const steps = await computer.found();
    await steps.note({ ...steps.step('/apis/azureml-demo'), chosen: false });
    computer.secrets.set([...held.keys()][0] ?? '', [...held.values()][0] ?? '');
    expect((await computer.found()).step(productPolicy).before).toEqual({ kind: 'policy', text: starterPolicy });
    expect(someDefinition().resources).toHaveLength(steps.publishing.steps.length);
  });
});

function first(publishing: Readonly<Record<string, unknown>>): JsonObject {
  const { steps } = publishing;
  const step: unknown = Array.isArray(steps) ? steps[0] : undefined;
  return isObject(step) ? step : {};
}
