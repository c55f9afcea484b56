// What is known of services, and when they are asked: without a disk and without a network.

import { beforeEach, describe, expect, it } from 'vitest';
import { Descriptions } from '../../../../src/features/description/descriptions';
import type { KeptDescription } from '../../../../src/features/description/descriptionStore';
import { Cancelled, LocalFailure } from '../../../../src/model/errors';
import type { Service } from '../../../../src/model/service';
import type { DescribeOutcome } from '../../../../src/protocols/description';
import { toService } from '../../../../src/protocols/newService';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { studio } from '../../../../src/protocols/studio/studio';

const idle = new AbortController().signal;

function serviceAt(address: string): Service {
  const reading = parseEndpoint(address);
  expect.assert(reading.ok);
  return toService({ name: 'Trees', endpoint: reading.endpoint });
}

const service = serviceAt('https://trees.example/workspaces/forest/services/heights');
const described = (title: string): DescribeOutcome => ({ kind: 'described', json: JSON.stringify({ swagger: '2.0', info: { title } }) });
const failed: DescribeOutcome = { kind: 'failed', problem: { sentence: 'Nobody answers.' } };
const none: DescribeOutcome = { kind: 'none', problem: { sentence: 'There is none.' } };

let disk: Map<string, KeptDescription | 'damaged'>;
let answers: (DescribeOutcome | Error)[];
let asked: string[];
let log: string[];
let damaged: string[];
let kept: boolean;
let diskFails: boolean;
let whileWriting: () => Promise<void>;

function make(): Descriptions {
  const faulty = async <T>(work: () => T): Promise<T> => {
    await Promise.resolve();
    if (diskFails) throw new Error('The disk is on fire.');
    return work();
  };
  return new Descriptions({
    store: {
      read: (address) => faulty(() => disk.get(address)),
      write: async (address, value) => {
        await whileWriting();
        await faulty(() => void disk.set(address, value));
      },
      remove: (address) => faulty(() => void disk.delete(address)),
    },
    describing: (each) => (each.name === 'Mute' ? undefined : studio.describing),
    fetch: async ({ address }) => {
      asked.push(address);
      await Promise.resolve();
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer ?? none;
    },
    keeps: () => kept,
    now: () => 1_700_000_000_000 + asked.length,
    log: (line) => log.push(line),
    damaged: ({ name }) => damaged.push(name),
  });
}

beforeEach(() => {
  [disk, answers, asked, log, damaged, kept, diskFails] = [new Map(), [], [], [], [], true, false];
  whileWriting = () => Promise.resolve();
});

const titleOf = (state: Awaited<ReturnType<Descriptions['get']>>): unknown => (state?.kind === 'known' ? state.description.title : state?.kind);

describe('a description', () => {
  it('is asked for once, kept, and found again by the next window', async () => {
    answers = [described('One')];
    const first = make();
    const changes: string[] = [];
    first.onDidChange((address) => changes.push(address));
    expect(await first.known(service)).toBeUndefined();
    expect(await first.get(service, idle)).toMatchObject({ kind: 'known', fetchedAt: 1_700_000_000_001, description: { title: 'One' } });
    expect(titleOf(await first.get(service, idle))).toBe('One');
    const second = make();
    expect(await second.known(service)).toMatchObject({ kind: 'known', fetchedAt: 1_700_000_000_001, description: { title: 'One' } });
    expect([asked.length, changes]).toEqual([1, [service.address]]);
  });

  it('is asked for once by several that wait for it', async () => {
    answers = [described('One')];
    const descriptions = make();
    const states = await Promise.all([1, 2, 3].map(() => descriptions.get(service, idle)));
    expect(states.map(titleOf)).toEqual(['One', 'One', 'One']);
    expect(asked).toHaveLength(1);
  });

  it('is asked for anew on demand, and takes the place of the one before', async () => {
    answers = [described('One'), described('Two')];
    const descriptions = make();
    await descriptions.get(service, idle);
    expect(titleOf(await descriptions.refresh(service, idle))).toBe('Two');
    expect(titleOf(await make().known(service))).toBe('Two');
  });

  it.each([['failed', failed], ['none', none]])('stays where the service does not tell it anew (%s), with the reason', async (_, outcome) => {
    answers = [described('One'), outcome];
    const descriptions = make();
    await descriptions.get(service, idle);
    expect(await descriptions.refresh(service, idle)).toMatchObject({ kind: 'known', description: { title: 'One' }, problem: { sentence: expect.any(String) } });
    expect(await descriptions.known(service)).not.toHaveProperty('problem');
  });

  it('of the sample is not kept on disk', async () => {
    kept = false;
    answers = [described('One'), described('Two')];
    await make().get(service, idle);
    expect(disk.size).toBe(0);
    expect(titleOf(await make().get(service, idle))).toBe('Two');
  });

  it('is forgotten with its service', async () => {
    answers = [described('One')];
    const descriptions = make();
    await descriptions.get(service, idle);
    await descriptions.forget(service.address);
    expect([disk.size, await descriptions.known(service)]).toEqual([0, undefined]);
  });

  it('stays forgotten when the answer to a question comes later', async () => {
    answers = [described('Late'), none];
    const descriptions = make();
    const asking = descriptions.refresh(service, idle);
    await expect.poll(() => asked).toHaveLength(1);
    await descriptions.forget(service.address);
    expect(titleOf(await asking)).toBe('Late');
    expect([disk.size, await descriptions.known(service)]).toEqual([0, undefined]);
  });

  it('stays forgotten when it is being written', async () => {
    answers = [described('Late')];
    const descriptions = make();
    whileWriting = () => descriptions.forget(service.address);
    await descriptions.refresh(service, idle);
    expect(disk.size).toBe(0);
  });

  it('no more than ten are held in memory, and all are on disk', async () => {
    const descriptions = make();
    for (let number = 0; number < 15; number += 1) {
      answers = [described(`Number ${number}`)];
      await descriptions.get(serviceAt(`https://trees.example/workspaces/forest/services/s${number}`), idle);
    }
    disk.delete('https://trees.example/workspaces/forest/services/s0');
    disk.delete('https://trees.example/workspaces/forest/services/s14');
    expect(await descriptions.known(serviceAt('https://trees.example/workspaces/forest/services/s0'))).toBeUndefined();
    expect(titleOf(await descriptions.known(serviceAt('https://trees.example/workspaces/forest/services/s14')))).toBe('Number 14');
    expect(asked).toHaveLength(15);
  });
});

describe('where it cannot be asked for', () => {
  it('that is a failed description, with the reason that a person can read', async () => {
    answers = [new LocalFailure({ sentence: 'The secret store does not answer.', advice: 'Unlock it.', actions: ['retry'] })];
    expect(await make().get(service, idle))
      .toEqual({ kind: 'failed', problem: { sentence: 'The secret store does not answer.', detail: undefined, advice: 'Unlock it.', actions: ['retry'] } });
    answers = [described('One'), new Error('ENOTDIR')];
    const descriptions = make();
    await descriptions.get(service, idle);
    const problem = { sentence: 'The description of "Trees" could not be asked for.', advice: 'The log tells more.' };
    expect(await descriptions.refresh(service, idle)).toMatchObject({ kind: 'known', description: { title: 'One' }, problem });
    expect(log).toEqual(['A service could not be asked for its description: ENOTDIR']);
  });

  it('a person who stops it is told nothing', async () => {
    answers = [new Cancelled()];
    await expect(make().get(service, idle)).rejects.toThrow(Cancelled);
  });
});

describe('where there is none', () => {
  it('a service that has none is not asked again by itself', async () => {
    answers = [none, described('Now')];
    const descriptions = make();
    expect(await descriptions.get(service, idle)).toEqual(none);
    expect(await descriptions.get(service, idle)).toEqual(none);
    expect(asked).toHaveLength(1);
    expect(titleOf(await descriptions.refresh(service, idle))).toBe('Now');
    expect(titleOf(await descriptions.get(service, idle))).toBe('Now');
  });

  it('one that could not be reached is', async () => {
    answers = [failed, described('Now')];
    const descriptions = make();
    expect(await descriptions.get(service, idle)).toEqual(failed);
    expect(titleOf(await descriptions.get(service, idle))).toBe('Now');
  });

  it('a kind that tells nothing is never asked', async () => {
    const mute = { ...service, name: 'Mute' };
    const descriptions = make();
    expect([descriptions.has(mute), descriptions.has(service)]).toEqual([false, true]);
    expect([await descriptions.get(mute, idle), await descriptions.refresh(mute, idle), asked]).toEqual([undefined, undefined, []]);
  });

  it('cancelling ends the question, also of one that waits for its turn', async () => {
    answers = [new Cancelled(), described('Next')];
    const descriptions = make();
    const stopping = new AbortController();
    const first = descriptions.get(service, idle);
    const second = descriptions.get(service, stopping.signal);
    stopping.abort();
    await expect(first).rejects.toThrow(Cancelled);
    await expect(second).rejects.toThrow(Cancelled);
    expect(titleOf(await descriptions.get(service, idle))).toBe('Next');
  });
});

describe('a disk that fails', () => {
  it('a damaged file is told of, removed, and the service is asked', async () => {
    disk.set(service.address, 'damaged');
    answers = [described('Anew')];
    expect(titleOf(await make().get(service, idle))).toBe('Anew');
    expect(damaged).toEqual(['Trees']);
    expect(disk.get(service.address)).toMatchObject({ fetchedAt: 1_700_000_000_001 });
  });

  it('nothing can be kept, and all goes on', async () => {
    diskFails = true;
    answers = [described('One')];
    const descriptions = make();
    expect(titleOf(await descriptions.get(service, idle))).toBe('One');
    expect(titleOf(await descriptions.known(service))).toBe('One');
    await descriptions.forget(service.address);
    expect(damaged).toEqual(['Trees']);
    expect(log).toEqual(['read from', 'written to', 'removed from'].map((what) => `A description could not be ${what} the disk: The disk is on fire.`));
  });
});
