// A service gets another address: what goes along, what is asked before, and that a failure takes nothing away. A key goes to no host unasked.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Health } from '../../../../../src/features/services/health';
import { KeyStore } from '../../../../../src/features/services/keyStore';
import { ServiceOfFile, serviceOfFileKey } from '../../../../../src/features/services/remembered';
import { ServiceStore } from '../../../../../src/features/services/serviceStore';
import { ServiceUses } from '../../../../../src/features/services/serviceUses';
import { editAddress } from '../../../../../src/features/services/ui/editAddress';
import { Emitter } from '../../../../../src/model/lifetime';
import type { Service } from '../../../../../src/model/service';

/** `typed` is what stands in the box at last; `presses` are the buttons of the dialogs in their order. */
const editor = vi.hoisted(() => ({ typed: '', presses: [] as string[], asked: [] as { question: string; detail: string; ways: string[] }[], said: [] as string[], fault: undefined as string | undefined }));
vi.mock('vscode', () => ({
  window: {
    showInputBox: ({ validateInput }: { validateInput: (text: string) => string | undefined }) => {
      editor.fault = validateInput(editor.typed);
      return Promise.resolve(editor.fault === undefined ? editor.typed : undefined);
    },
    showWarningMessage: (question: string, { detail }: { detail: string }, ...ways: { title: string }[]) => {
      editor.asked.push({ question, detail, ways: ways.map(({ title }) => title) });
      const press = editor.presses.shift();
      return Promise.resolve(ways.find(({ title }) => title === press));
    },
    setStatusBarMessage: (text: string) => editor.said.push(text),
  },
}));

const at = (host: string, workspace = 'a', service = '1'): string => `https://${host}/workspaces/${workspace.repeat(32)}/services/${service.repeat(32)}`;
const [before, after, sibling] = [at('old.example'), at('new.example'), at('old.example', 'a', '2')];
const key = 'the-key-of-the-old-address';

let setting: unknown;
let writes: () => void;
let secrets: Map<string, string>;
let stores: () => void;
let memory: Map<string, unknown>;
let moved: string[];
let use: { busy: boolean; kept: number; move: () => void };
let services: ServiceStore;
let keys: KeyStore;
let health: Health;
let serviceOfFile: ServiceOfFile;

beforeEach(async () => {
  Object.assign(editor, { typed: after, presses: [], asked: [], said: [], fault: undefined });
  setting = [{ name: 'Alpha', address: before, workspace: 'Office', subscriptionKeyHeader: 'X-Key' }, { name: 'Beta', address: sibling }];
  [writes, stores, secrets, memory, moved] = [() => undefined, () => undefined, new Map(), new Map(), []];
  use = { busy: false, kept: 0, move: () => undefined };
  services = new ServiceStore({
    read: () => setting,
    write: (value) => Promise.resolve().then(() => {
      writes();
      setting = JSON.parse(JSON.stringify(value));
    }),
    onDidChange: new Emitter<void>().event,
  });
  keys = new KeyStore({
    get: (name) => Promise.resolve(secrets.get(name)),
    store: (name, value) => Promise.resolve().then(() => {
      stores();
      secrets.set(name, value);
    }),
    delete: (name) => Promise.resolve().then(() => {
      stores();
      secrets.delete(name);
    }),
    onDidChange: new Emitter<{ readonly key: string }>().event,
  });
  health = new Health();
  serviceOfFile = new ServiceOfFile({ get: (name: string) => memory.get(name), update: (name: string, value: unknown) => Promise.resolve(void memory.set(name, value)) });
  await keys.set('serviceKey', found(before), key);
});

function found(address: string): Service {
  const service = services.find(address);
  expect.assert(service !== undefined);
  return service;
}

function edit(): Promise<void> {
  const uses = new ServiceUses();
  uses.register({
    busy: () => use.busy, kept: () => Promise.resolve(use.kept),
    move: (from, to, withWork) => Promise.resolve().then(() => {
      use.move();
      moved.push(`${from} ${to} ${String(withWork)}`);
    }),
  });
  return editAddress({ services, keys, health, serviceOfFile, uses }, found(before));
}

/** All that is kept, to be compared. */
const all = (): string => JSON.stringify([setting, [...secrets], [...memory]]);

describe('the keys', () => {
  it('go to another host only where the person says so, who is shown both hosts first', async () => {
    editor.presses = ['Take Keys Along'];
    await edit();
    const [asked] = editor.asked;
    expect(asked).toMatchObject({ question: 'Change the address of "Alpha"?', ways: ['Change Without Keys', 'Take Keys Along'] });
    expect(asked?.detail).toContain(`From: ${before}\nTo: ${after}`);
    expect(asked?.detail).toContain('at old.example. Taken along they go to another host with the next call: new.example.');
    expect(JSON.stringify(editor.asked)).not.toContain(key);
    expect([await keys.of(found(after)), secrets.size]).toEqual([{ serviceKey: key }, 1]);
  });

  it('are in no store any more where they are left behind, as the question says', async () => {
    editor.presses = ['Change Without Keys'];
    await edit();
    expect(editor.asked[0]?.detail).toContain('those of the former address are removed from the secret store');
    expect([await keys.of(found(after)), secrets.size]).toEqual([{}, 0]);
  });

  it('are asked about at the same host, too, and it is said that it is the same', async () => {
    editor.typed = at('old.example', 'b');
    editor.presses = ['Take Keys Along'];
    await edit();
    expect(editor.asked[0]?.detail).toContain('they go to the same host as before, old.example.');
    expect(await keys.of(found(editor.typed))).toEqual({ serviceKey: key });
  });

  it('that an earlier service has left at the new address are none of it', async () => {
    const [name = ''] = [...secrets.keys()];
    secrets.set(name.replace('old.example', 'new.example'), 'a-key-from-before');
    editor.presses = ['Change Without Keys'];
    await edit();
    expect(editor.asked[0]?.detail).toContain('Keys that an earlier service has left at the new address are removed.');
    expect(secrets.size).toBe(0);
  });

  it('that cannot be read stop it before anything is asked or changed', async () => {
    const state = all();
    vi.spyOn(keys, 'of').mockRejectedValue(new Error('No keyring.'));
    await expect(edit()).rejects.toThrow('No keyring.');
    expect([all(), editor.asked]).toEqual([state, []]);
  });
});

describe('what belongs to it', () => {
  it('name, header, place in the list and health of others stay; what was known of both addresses is forgotten', async () => {
    health.begin(before)({ kind: 'answering', text: 'Yes.' });
    health.begin(after)({ kind: 'unreachable', text: 'No.' });
    editor.presses = ['Change Without Keys'];
    await edit();
    expect(setting).toEqual([{ name: 'Alpha', address: after, subscriptionKeyHeader: 'X-Key' }, { name: 'Beta', address: sibling, workspace: 'Office' }]);
    expect([health.of(before), health.of(after)]).toEqual([{ kind: 'unknown' }, { kind: 'unknown' }]);
    expect(editor.said).toEqual(['Alpha has another address.']);
  });

  it('the name of its workspace goes along with the last service of it, and into a workspace that has one comes that', async () => {
    setting = [{ name: 'Alpha', address: before, workspace: 'Office' }, { name: 'Gamma', address: at('new.example', 'c') }];
    editor.presses = ['Change Without Keys'];
    await edit();
    expect(setting).toEqual([{ name: 'Alpha', address: after, workspace: 'Office' }, { name: 'Gamma', address: at('new.example', 'c') }]);
    setting = [{ name: 'Alpha', address: before, workspace: 'Office' }, { name: 'Gamma', address: at('new.example', 'a', '3'), workspace: 'Lab' }];
    await edit();
    expect(setting).toMatchObject([{ address: after, workspace: 'Lab' }, { workspace: 'Lab' }]);
  });

  it('files of this folder go to the new address, as the question says', async () => {
    await serviceOfFile.set(['file:///a', 'file:///b'], before);
    await serviceOfFile.set(['file:///c'], sibling);
    editor.presses = ['Change Without Keys'];
    await edit();
    expect(editor.asked[0]?.detail).toContain('2 files of this folder that are sent to it go to the new address from now on.');
    expect(memory.get(serviceOfFileKey)).toEqual({ 'file:///a': after, 'file:///b': after, 'file:///c': sibling });
  });

  it('files are asked about also where there are no keys; without either nothing is asked', async () => {
    await keys.forgetAll(found(before));
    await serviceOfFile.set(['file:///a'], before);
    await expect(edit()).rejects.toMatchObject({ name: 'Cancelled' });
    expect(editor.asked).toMatchObject([{ ways: ['Change'] }]);
    memory.clear();
    await edit();
    expect([editor.asked.length, services.find(after)?.name]).toEqual([1, 'Alpha']);
  });

  it.each([['Take Jobs Along', true], ['Leave Jobs Behind', false]])('its jobs are asked about: %s', async (press, along) => {
    use.kept = 3;
    editor.presses = ['Change Without Keys', press];
    await edit();
    expect(editor.asked[1]).toMatchObject({ question: 'Take the 3 batch jobs of "Alpha" along to the new address?', detail: expect.stringContaining('new.example is asked for their status') });
    expect(moved).toEqual([`${before} ${after} ${String(along)}`]);
  });
});

describe('nothing is changed', () => {
  it.each([[[]], [['Change Without Keys']]])('where a question is left (%j)', async (presses) => {
    use.kept = 1;
    editor.presses = [...presses];
    const state = all();
    await expect(edit()).rejects.toMatchObject({ name: 'Cancelled' });
    expect([all(), moved]).toEqual([state, []]);
  });

  it.each([
    ['ftp://new.example/x', /^Only addresses that begin with https/], ['https://new.example', /./], [sibling, /^A service with this address is there already, as "Beta"\.$/],
    [`${sibling}/execute?api-version=2.0`, /as "Beta"/], ['http://scoring.example.com/workspaces/w/services/s', /https/],
  ])('by %s, and it is said why', async (typed, fault) => {
    editor.typed = typed;
    const state = all();
    await expect(edit()).rejects.toMatchObject({ name: 'Cancelled' });
    expect(editor.fault).toMatch(fault);
    expect(all()).toBe(state);
  });

  it.each([before, `${before}/execute?api-version=2.0&details=true`])('by the address that it has: %s', async (typed) => {
    editor.typed = typed;
    const state = all();
    await edit();
    expect([all(), editor.asked, editor.said]).toEqual([state, [], ['The address of Alpha is the same as before.']]);
  });

  it('while something is being sent, also where that began during the questions', async () => {
    const state = all();
    use.busy = true;
    await expect(edit()).rejects.toThrow('Something is being sent to "Alpha".');
    use.busy = false;
    const done = health.begin(before);
    await expect(edit()).rejects.toThrow('Something is being sent');
    done(undefined);
    expect(editor.asked).toEqual([]);
    const sent = vi.spyOn(editor.presses, 'shift').mockImplementation(() => ((use.busy = true), 'Take Keys Along'));
    await expect(edit()).rejects.toThrow('Something is being sent');
    sent.mockRestore();
    expect(all()).toBe(state);
  });

  it('where the settings cannot be saved: the keys are where they were, and nowhere else', async () => {
    await serviceOfFile.set(['file:///a'], before);
    const state = all();
    writes = () => {
      throw new Error('Read-only.');
    };
    editor.presses = ['Take Keys Along'];
    await expect(edit()).rejects.toMatchObject({ name: 'LocalFailure', advice: 'Read-only.' });
    expect([all(), moved]).toEqual([state, []]);
  });

  it('where another service has come to the new address during the questions: its key stays its own', async () => {
    editor.presses = ['Take Keys Along'];
    let state = '';
    // Asked for after the keys.
    Object.defineProperty(use, 'kept', {
      get: () => {
        setting = [{ name: 'Alpha', address: before, workspace: 'Office' }, { name: 'Gamma', address: after }];
        secrets.set([...secrets.keys()].join().replace('old.example', 'new.example'), 'the-key-of-gamma');
        state = all();
        return 0;
      },
    });
    await expect(edit()).rejects.toThrow('A service with this address is there already, as "Gamma".');
    expect([all(), moved]).toEqual([state, []]);
    expect(secrets.size).toBe(2);
  });

  it('of the keys at the new address where the settings cannot be saved', async () => {
    await keys.set('serviceKey', { ...found(before), ...{ address: after, endpoint: { ...found(before).endpoint, origin: 'https://new.example' } } }, 'left there');
    const state = all();
    writes = () => {
      throw new Error('Read-only.');
    };
    editor.presses = ['Take Keys Along'];
    await expect(edit()).rejects.toMatchObject({ advice: 'Read-only.' });
    expect(JSON.parse(all())[1].sort()).toEqual(JSON.parse(state)[1].sort());
  });

  it('where the secret store does not keep the key', async () => {
    const state = all();
    stores = () => {
      throw new Error('Locked.');
    };
    editor.presses = ['Take Keys Along'];
    await expect(edit()).rejects.toThrow('Locked.');
    expect([all(), moved]).toEqual([state, []]);
  });

  it('where the service was removed meanwhile', async () => {
    const service = found(before);
    setting = [{ name: 'Beta', address: sibling }];
    await expect(services.changeAddress(service, service.endpoint)).rejects.toThrow('"Alpha" is no longer there.');
    await expect(services.changeAddress(service, found(sibling).endpoint)).rejects.toThrow('is there already, as "Beta"');
    expect(setting).toEqual([{ name: 'Beta', address: sibling }]);
  });
});

it('jobs that cannot come along are told of, and the rest is as it was asked for', async () => {
  use.kept = 1;
  use.move = () => {
    throw new Error('ENOSPC');
  };
  editor.presses = ['Take Keys Along', 'Take Jobs Along'];
  await expect(edit()).rejects.toMatchObject({ name: 'LocalFailure', message: '"Alpha" has another address, but not all that belongs to it came along.', advice: 'ENOSPC' });
  expect([await keys.of(found(after)), secrets.size]).toEqual([{ serviceKey: key }, 1]);
});
