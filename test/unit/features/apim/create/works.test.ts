// Following what is made: one window at a time, over reloads, with what hinders asking, ended once, forgotten when a person says so.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { markTag, type InstanceWork } from '../../../../../src/features/apim/create/work';
import { WorkJournal, workPollerName } from '../../../../../src/features/apim/create/workJournal';
import { InstanceWorks } from '../../../../../src/features/apim/create/works';
import { Cancelled } from '../../../../../src/model/errors';
import type { Arm, ArmAnswer } from '../../../../../src/model/arm';
import { armFailure } from '../fakeArm';
import { ScriptedArm, someWork, told } from './createTools';

let files: Map<string, string>;
let secrets: Map<string, string>;
let claims: Set<string>;
let arm: ScriptedArm;
let ended: InstanceWork[];
let noted: boolean[];
let logged: string[];
let slept: number;
let canAsk: boolean;
let armOf: (() => Promise<Arm>) | undefined;
let claimDelay: (() => Promise<void>) | undefined;

beforeEach(() => {
  [armOf, claimDelay] = [undefined, undefined];
  [files, secrets, claims, arm, ended, noted, logged, slept, canAsk] = [new Map(), new Map(), new Set(), new ScriptedArm(), [], [], [], 0, true];
});

const journal = (): WorkJournal => new WorkJournal({
  list: () => Promise.resolve([...files.keys()]), read: (path) => Promise.resolve(files.get(path)),
  write: (path, text) => Promise.resolve(void files.set(path, text)), remove: (path) => Promise.resolve(void files.delete(path)),
}, {
  get: (name) => Promise.resolve(secrets.get(name)), store: (name, value) => Promise.resolve(void secrets.set(name, value)), delete: (name) => Promise.resolve(void secrets.delete(name)),
}, (line) => logged.push(line));

function windowOf(): InstanceWorks {
  const works = new InstanceWorks({
    journal: journal(), canAsk: () => canAsk, waits: () => Promise.resolve(false), toolsOf: () => ({ arm: () => armOf?.() ?? Promise.resolve(arm.arm), describe: told }),
    claim: async (key) => {
      const delay = claimDelay;
      claimDelay = undefined;
      await delay?.();
      if (claims.has(key)) return undefined;
      claims.add(key);
      return ({ held: () => Promise.resolve(claims.has(key)), release: () => Promise.resolve(void claims.delete(key)) });
    },
    clock: {
      now: () => 0,
      sleep: async (_ms, signal) => {
        slept += 1;
        await new Promise((resolve) => setImmediate(resolve));
        if (signal.aborted) throw new Cancelled();
      },
    },
    onEnd: (work) => void ended.push(work), noted: (any) => void noted.push(any), log: (line) => void logged.push(line),
  });
  return works;
}

const at = (state: string, tags: object = { [markTag]: someWork().key }): (() => ArmAnswer) => () => ({ status: 200, body: { tags, properties: { provisioningState: state } } });
const until = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 5, timeout: 10_000 });
const overAs = (step: InstanceWork['step']): Promise<void> => until(() => expect(ended.map((each) => each.step)).toEqual([step]));

describe('what was left by a window that ended', () => {
  it.each([
    ['agreed', undefined, 'notBegun', []], ['group', undefined, 'notBegun', []],
    ['service', undefined, 'notBegun', ['GET new-one']], ['service', 'state', 'done', ['RESUME state', 'GET new-one']],
    ['following', 'state', 'done', ['RESUME state', 'GET new-one']], ['following', undefined, 'done', ['GET new-one']],
  ] as const)('at %s with the state %s becomes %s', async (step, state, end, calls) => {
    const work = someWork({ step });
    await journal().add(work);
    if (state !== undefined) secrets.set(workPollerName(work.key), state);
    if (end === 'done') arm.finds = [at('Succeeded')];
    const works = windowOf();
    await works.start();
    await overAs(end);
    expect([...new Set(arm.calls)]).toEqual(calls);
    expect([secrets.size, noted]).toEqual([0, end === 'done' ? [true, false] : [true]]);
    works.dispose();
  });

  it('is followed by one window, and by the other when that one is gone', async () => {
    await journal().add(someWork());
    arm.finds = [at('Activating')];
    const [one, other] = [windowOf(), windowOf()];
    await one.start();
    await other.start();
    await until(() => expect(arm.calls.length).toBeGreaterThan(3));
    expect([one.list()[0]?.wait?.reason, other.list()[0]?.wait]).toEqual(['running', undefined]);
    one.dispose();
    claims.clear();
    arm.finds = [at('Succeeded')];
    await overAs('done');
    await until(() => expect([one, other].map((each) => each.find(someWork().key)?.step)).toEqual(['following', undefined]));
    other.dispose();
  });

  it('waits where it cannot be asked for here, as without its sample', async () => {
    await journal().add(someWork());
    canAsk = false;
    const works = windowOf();
    await works.start();
    await until(() => expect(slept).toBeGreaterThan(3));
    expect([arm.calls, claims.size]).toEqual([[], 0]);
    canAsk = true;
    arm.finds = [at('Activating')];
    works.wake();
    await until(() => expect(arm.calls.length).toBeGreaterThan(0));
    canAsk = false;
    works.wake();
    await until(() => expect(claims.size).toBe(0));
    expect(ended).toEqual([]);
    works.dispose();
  });
});

describe('what was done when its window ended', () => {
  it('is told by one other window, once, and forgotten', async () => {
    await journal().add(someWork({ step: 'done' }));
    canAsk = false;
    const [one, other] = [windowOf(), windowOf()];
    await Promise.all([one.start(), other.start()]);
    await overAs('done');
    other.wake();
    await until(() => expect([...one.list(), ...other.list()]).toEqual([]));
    expect([ended.length, files.size, arm.calls]).toEqual([1, 0, []]);
    one.dispose();
    other.dispose();
  });

  it('is told once even where its file cannot be removed', async () => {
    await journal().add(someWork({ step: 'done' }));
    const works = windowOf();
    files.delete = () => { throw new Error('EACCES'); };
    await works.start();
    await overAs('done');
    works.wake();
    await until(() => expect(claims.size).toBe(0));
    await works.start();
    expect([ended.length, works.list(), logged]).toEqual([1, [], ['new-one could not be forgotten: EACCES']]);
    works.dispose();
  });
});

describe('what is followed', () => {
  it('goes on through what only hinders asking, and says so meanwhile', async () => {
    await journal().add(someWork());
    secrets.set(workPollerName(someWork().key), 'state');
    arm.resumes = [() => Promise.reject(armFailure('network')), () => Promise.reject(armFailure('signIn', 401)), () => Promise.resolve()];
    arm.finds = [() => Promise.reject(armFailure('throttled', 429)), at('Succeeded')];
    const works = windowOf();
    const troubles = new Set<string>();
    works.onDidChange(() => troubles.add(works.list()[0]?.trouble?.sentence ?? ''));
    await works.start();
    await overAs('done');
    expect([...troubles].filter((each) => each !== '')).toEqual(['It says network.', 'It says signIn.', 'It says throttled.']);
    works.dispose();
  });

  it.each([
    ['its own words', () => Promise.reject(armFailure('invalid', 400, 'ActivationFailed')), at('Activating'), 'It says invalid.'],
    ['the state where the state of polling is lost', () => Promise.reject(armFailure('foreignHost')), at('Failed'), 'It says foreignHost.'],
    ['a state that nobody knows', () => Promise.resolve(), at('Stopped'), 'new-one has the state Stopped.'],
    ['that it is gone', () => Promise.resolve(), () => undefined, 'new-one is not there any more: somebody may have deleted it while it was being made.'],
    ['that it is another one', () => Promise.resolve(), at('Succeeded', {}), 'An instance named new-one is there already, and was not made by this.'],
  ])('fails with %s', async (_what, resume, find, sentence) => {
    await journal().add(someWork());
    secrets.set(workPollerName(someWork().key), 'state');
    arm.resumes = [resume];
    arm.finds = [find];
    const works = windowOf();
    await works.start();
    await overAs('failed');
    expect([ended[0]?.problem?.sentence, secrets.size]).toEqual([sentence, 0]);
    works.dispose();
  });

  it('stops when it is forgotten, in whatever window, and nobody is told of an end', async () => {
    await journal().add(someWork());
    arm.finds = [at('Activating')];
    const [one, other] = [windowOf(), windowOf()];
    await one.start();
    await other.start();
    await until(() => expect(arm.calls.length).toBeGreaterThan(1));
    await other.forget(someWork().key);
    await until(() => expect(claims.size).toBe(0));
    expect([files.size, ended, one.find('x')]).toEqual([0, [], undefined]);
    one.dispose();
    other.dispose();
  });
});

describe('what is begun', () => {
  it('is written down before each write; of one that got no answer the instance tells', async () => {
    const steps: string[] = [];
    const work = someWork({ step: 'agreed', newGroup: true });
    const note = (): void => void steps.push(JSON.parse(files.get(`${work.key}.json`) ?? '{}').step);
    arm.finds = [() => undefined, () => undefined, at('Activating'), at('Succeeded')];
    arm.writes = [async () => note(), async () => {
      note();
      return Promise.reject(armFailure('network'));
    }];
    const works = windowOf();
    await works.begin(work);
    await overAs('done');
    expect([steps, arm.calls]).toEqual([['group', 'service'], ['GET new-one', 'GET ml', 'PUT ml', 'PUT new-one', 'GET new-one', 'GET new-one']]);
    works.dispose();
  });

  it('is claimed before it is noted, so that no look takes it for left behind', async () => {
    const other = windowOf();
    files.set = new Proxy(files.set, {
      apply: (set, self, [path, text]) => {
        other.wake();
        return Reflect.apply(set, self, [path, text]);
      },
    });
    arm.finds = [() => undefined, at('Succeeded')];
    claimDelay = () => other.start();
    const works = windowOf();
    await works.begin(someWork({ step: 'agreed' }));
    await overAs('done');
    expect(arm.calls.filter((each) => each.startsWith('PUT'))).toEqual(['PUT new-one']);
    works.dispose();
    other.dispose();
  });

  it('is not begun where another window is at it, and what that noted stays', async () => {
    await journal().add(someWork());
    claims.add(someWork().key);
    const works = windowOf();
    await expect(works.begin(someWork({ step: 'agreed' }))).rejects.toThrow('new-one is followed already, here or in another window. Nothing was begun.');
    expect([(await journal().read(someWork().key))?.step, arm.calls]).toEqual(['following', []]);
    works.dispose();
  });

  it('fails with the reason where the endpoint cannot even be called, or the step before the write cannot be noted', async () => {
    armOf = () => Promise.reject(new Error('The setting makes no sense.'));
    const works = windowOf();
    await works.begin(someWork({ step: 'agreed' }));
    await overAs('failed');
    expect([ended[0]?.problem?.sentence, arm.calls]).toEqual(['The setting makes no sense.', []]);
    [armOf, ended] = [undefined, []];
    const { set } = files;
    files.set = (path, text) => {
      if (text.includes('"step":"service"')) throw new Error('ENOSPC');
      return set.call(files, path, text);
    };
    await works.begin(someWork({ step: 'agreed' }));
    await overAs('failed');
    expect([ended[0]?.problem?.sentence, arm.calls]).toEqual(['ENOSPC', ['GET new-one']]);
    works.dispose();
  });

  it('and followed says what keeps it from being asked, and goes on when that is over', async () => {
    await journal().add(someWork());
    armOf = () => Promise.reject(new Error('The setting makes no sense.'));
    arm.finds = [at('Succeeded')];
    const works = windowOf();
    await works.start();
    await until(() => expect(slept).toBeGreaterThan(2));
    expect([works.list()[0]?.trouble?.sentence, logged]).toEqual(['The setting makes no sense.', ['new-one could not be followed: The setting makes no sense.']]);
    armOf = undefined;
    await overAs('done');
    works.dispose();
  });

  it('fails where it is refused, and is not followed', async () => {
    arm.writes = [() => Promise.reject(armFailure('forbidden', 403))];
    const works = windowOf();
    await works.begin(someWork({ step: 'agreed' }));
    await overAs('failed');
    expect(arm.calls).toEqual(['GET new-one', 'PUT new-one']);
    works.dispose();
  });

  it('a state of polling is kept as a secret while it goes on', async () => {
    let kept: unknown;
    arm.writes = [async ({ onPoller }) => {
      await onPoller?.('signed');
      kept = [[...secrets.values()], JSON.parse([...files.values()][0] ?? '{}').step, [...files.values()].some((text) => text.includes('signed'))];
      await onPoller?.(undefined);
    }];
    arm.finds = [() => undefined, at('Succeeded')];
    const works = windowOf();
    await works.begin(someWork({ step: 'agreed' }));
    await overAs('done');
    expect(kept).toEqual([['signed'], 'following', false]);
    works.dispose();
  });
});

it('a file that makes no sense is left where it is, and named in the log', async () => {
  files.set('0mx1eapqv-ucqqn66hm4pz.json', 'half a');
  files.set('other.txt', '');
  const works = windowOf();
  await works.start();
  expect([works.list(), files.size, logged]).toEqual([[], 2, ['What was noted of an instance cannot be read: 0mx1eapqv-ucqqn66hm4pz.json']]);
  works.dispose();
});
