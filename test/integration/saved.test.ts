// What people have saved with an earlier version, opened by the stores of this one: services, keys, jobs in each state, claims, history, pages, the sample's folder.

import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChoice } from '../../media/answer/choice';
import { readSaved as readComparePage } from '../../media/compare/saved';
import { readSaved as readFilePage } from '../../media/file/saved';
import { readSaved as readJobPage } from '../../media/job/saved';
import { readSaved as readServicePage } from '../../media/service/context';
import { HistoryFiles } from '../../src/features/history/historyFiles';
import { AtomicFiles } from '../../src/base/atomicFiles';
import { jobsUnderWayKey, sampleRanKey } from '../../src/features/services/firstUse';
import { panel } from '../../src/ui/ids';
import { readSavedPair } from '../../src/features/history/messages';
import { readSavedPlace } from '../../src/features/tableFiles/messages';
import { readSavedKey } from '../../src/ui/savedKey';
import { readSavedAddress } from '../../src/features/code/messages';
import { sampleFolderKey } from '../../src/features/sample/sampleFolders';
import { sampleKeySecretName } from '../../src/features/sample/sampleService';
import { memoryKey, savedName } from '../../src/ui/savedNames';
import type { HistoryEntry } from '../../src/model/history';
import { openFolder } from '../../src/sample/folder/folder';
import { JobFiles } from '../../src/sample/jobs/jobFiles';
import { History } from '../../src/features/history/historyStore';
import { JobParameters } from '../../src/features/jobs/store/jobParameters';
import { Jobs } from '../../src/features/jobs/store/jobs';
import { KeyStore } from '../../src/features/services/keyStore';
import { Quotas } from '../../src/features/jobs/store/quotas';
import { ServiceOfFile } from '../../src/features/services/remembered';
import { ServiceStore } from '../../src/features/services/serviceStore';
import { Storages } from '../../src/storage/storages';
import { Windows } from '../../src/features/jobs/store/windows';
import { chance, HandClock } from '../unit/features/jobs/store/jobTools';
import { MemoryBox } from '../unit/base/secretBox';

const fixtures = join(import.meta.dirname, '../data/saved');
const read = <T>(name: string): T => JSON.parse(readFileSync(join(fixtures, name), 'utf8'));
const address = 'http://127.0.0.1:18765/workspaces/a507428ca161295fac5c0a1e05681174/services/cc5624dde639e98004d92ca12a8fb962';
const sampleAddress = 'http://127.0.0.1:46721/workspaces/a507428ca161295fac5c0a1e05681174/services/cc5624dde639e98004d92ca12a8fb962';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saved-'));
  cpSync(fixtures, folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function services(): ServiceStore {
  const settings = read<Record<string, unknown>>('settings.json');
  return new ServiceStore({ read: () => settings['azuremlWebServices.services'], write: () => Promise.resolve(), onDidChange: () => ({ dispose: () => undefined }) });
}

function secrets(): MemoryBox {
  const box = new MemoryBox();
  for (const [name, value] of Object.entries(read<Record<string, string>>('secrets.json'))) box.texts.set(name, value);
  return box;
}

describe('settings and secrets', () => {
  it('services are there, each in its workspace', () => {
    const all = services();
    expect(all.problems()).toEqual([]);
    expect(all.workspaces().map(({ name, services: some }) => [name, some.map((each) => each.name)])).toEqual([
      ['At home', ['Feature hashing']],
      ['region.services.example/workspaces/0123456789abcdef0123456789abcdef', ['Car prices', 'Older address']],
      ['012345… · gateway.example', ['Behind a gateway']],
      ['region.services.example/subscriptions/0123456789abcdef0123456789abcdef', ['New web service']],
      ['gateway.example', ['At its own address']],
    ]);
    expect(all.find(address)?.name).toBe('Feature hashing');
  });

  it('each service has its keys and no others', async () => {
    const keys = new KeyStore(secrets());
    const all = services().workspaces().flatMap((workspace) => workspace.services);
    expect(Object.fromEntries(await Promise.all(all.map(async (service) => [service.name, await keys.of(service)])))).toEqual({
      'Feature hashing': { serviceKey: 'a-key-for-tests-only==' },
      'Car prices': { serviceKey: 'made-up-key-of-Car-prices' },
      'Older address': { serviceKey: 'made-up-key-of-Older-address' },
      'Behind a gateway': { serviceKey: 'made-up-key-of-Behind-a-gateway', subscriptionKey: 'made-up-subscription-key' },
      'New web service': { serviceKey: 'made-up-key-of-New-web-service' },
      'At its own address': { serviceKey: 'made-up-key-of-At-its-own-address' },
    });
    expect(all.find(({ name }) => name === 'Behind a gateway')?.subscriptionKeyHeader).toBe('X-Gateway-Key');
  });

  it("storages, parameters of a job, and the sample's key", async () => {
    const box = secrets();
    const storages = new Storages(box, () => 0);
    expect((await storages.list()).map(({ id, name }) => [id, name])).toEqual([
      ['https://example.blob.example/', 'example'], ['https://other.blob.example/inputs', 'other/inputs'],
    ]);
    expect(await storages.access('https://example.blob.example/')).toMatchObject({ kind: 'account', account: 'example' });
    expect(await new JobParameters(box).of('0mx1eapqv-ucqqn66hm4pz')).toBe('{"Run seconds":"1"}');
    expect(await box.get(sampleKeySecretName)).toBe('a-made-up-key-of-the-sample');
  });
});

describe("VS Code's memories", () => {
  it('of the folder', () => {
    const state = read<Record<string, unknown>>('workspaceState.json');
    const serviceOfFile = new ServiceOfFile({ get: (key) => state[key], update: () => Promise.resolve() });
    expect(serviceOfFile.get('file:///home/person/requests/day.json')).toBe(address);
    expect(serviceOfFile.get('file:///home/person/requests/days.csv')).toBe('sample');
    expect([state[sampleRanKey], state[sampleFolderKey]]).toEqual([true, '1']);
  });

  it('of all windows', () => {
    const state = read<Record<string, unknown>>('globalState.json');
    expect(state[jobsUnderWayKey]).toBe(true);
    expect(state[memoryKey.codeLanguage]).toBe('python');
    expect(state[memoryKey.givesConnectionStrings]).toEqual([address]);
    expect(state[memoryKey.storageOfService]).toEqual({ [address]: 'http://127.0.0.1:18766/devstoreaccount1/' });
  });
});

describe('jobs', () => {
  let clock: HandClock;
  let windows: Windows;
  let jobs: Jobs;
  let files: AtomicFiles;
  const logged: string[] = [];
  beforeAll(async () => {
    clock = new HandClock();
    files = new AtomicFiles(join(folder, 'globalStorage', savedName.jobs));
    windows = new Windows({ files, clock, host: 'here', pid: 1, isAlive: () => false, random: chance(), log: (line) => void logged.push(line) });
    await windows.start();
    jobs = new Jobs({ files, windows, clock, log: (line) => void logged.push(line) });
    await jobs.start();
  });
  afterAll(async () => {
    jobs.dispose();
    await windows.stop();
  });

  it('that are not over stand where they stood, whether a window died over them or not', () => {
    // The window of the upload may live, as far as anybody knows yet.
    expect(jobs.open().map((job) => [job.title, job.step, jobs.interrupted(job), job.id !== undefined]).sort()).toEqual([
      ['killed-cancelling.csv', 'cancelling', true, true],
      ['killed-prepared.csv', 'prepared', true, false],
      ['killed-started.csv', 'started', false, true],
      ['killed-starting.csv', 'starting', true, true],
      ['killed-submitted.csv', 'submitted', true, true],
      ['killed-submitting.csv', 'notKnown', false, false],
      ['killed-uploaded.csv', 'uploaded', true, false],
      ['killed-uploading.csv', 'uploading', false, false],
      ['not-known.csv', 'notKnown', false, false],
      ['running.csv', 'started', false, true],
    ]);
    expect([...jobs.problems(), ...logged]).toEqual([]);
  });

  it('that are over have ended as they did', async () => {
    const { jobs: past, more } = await jobs.past(address, 10);
    expect(more).toBe(false);
    expect(past.map(({ title, step, status, problem }) => [title, step, status?.status, problem !== undefined])).toEqual([
      ['gone.csv', 'ended', 'running', true], ['cancelled.csv', 'ended', 'cancelled', false],
      ['failed.csv', 'ended', 'failed', false], ['finished.csv', 'ended', 'finished', false],
    ]);
    expect(past.at(-1)?.status?.results).toMatchObject([{ name: 'output1', base: 'http://127.0.0.1:18766/devstoreaccount1/' }]);
    expect((await jobs.past(sampleAddress, 10)).jobs.map(({ title }) => title)).toEqual(['days.csv']);
    expect([...jobs.unseen()].sort()).toEqual(['0mx1eb5hg-1tg3lr24y345', '0mx1ebaor-den8ugeyb5kw']);
  });

  it('are claimed from windows that are gone, and from one that is silent once it has been so for long', async () => {
    const byTitle = (title: string): string => jobs.open().find((job) => job.title === title)?.key ?? '';
    const uploaded = await windows.claim(byTitle('killed-uploaded.csv'));
    expect(await uploaded?.held()).toBe(true);
    await uploaded?.release();
    expect(await windows.claim(byTitle('killed-uploading.csv'))).toBeUndefined();
    await expect.poll(async () => {
      await clock.pass(3000);
      const claim = await windows.claim(byTitle('killed-uploading.csv'));
      await claim?.release();
      return claim !== undefined;
    }).toBe(true);
  });

  it('a quota that was used up is kept to', async () => {
    const quotas = new Quotas(files, () => read<{ since: number }>('globalStorage/jobs/quotas/gateway.example.json').since + 1000, () => undefined);
    const outcome = await quotas.ask('gateway.example', () => Promise.reject(new Error('asked')));
    expect(outcome).toEqual({ kind: 'quota', retryAfterMs: 3_599_000, problem: { sentence: 'The quota of the gateway is used up.', actions: ['retry'] } });
  });
});

describe('the history', () => {
  const text = (body: Uint8Array | undefined): string => Buffer.from(body ?? []).toString();

  it('has its entries, what is pinned, and their bodies', async () => {
    const place = join(folder, 'workspaceStorage', savedName.history);
    const logged: string[] = [];
    const history = new History({
      files: new HistoryFiles(place), limitBytes: () => 1e9, now: () => 0, random: Math.random, pause: () => Promise.resolve(), log: (line) => void logged.push(line),
    });
    const entries = await history.list();
    const facts = ({ source, service, answer, problem, pinned, outputs }: HistoryEntry) => [source, service.name, answer?.status, problem !== undefined, pinned, outputs.map(({ rows }) => rows)];
    expect(entries.map(facts)).toEqual([
      ['day.json', 'Not there', undefined, true, false, []],
      ['wrong-column.json', 'Feature hashing', 400, true, false, []],
      ['rows.json', 'Feature hashing', 200, false, false, [1]],
      ['day.json', 'Feature hashing', 200, false, false, [3]],
      ['day.json', 'Feature hashing', 200, false, true, [3]],
    ]);
    for (const entry of entries) {
      const { request, answer } = await history.bodies(entry);
      const kept = (ending: string): string => gunzipSync(readFileSync(join(fixtures, 'workspaceStorage/history', `${entry.id}.${ending}.gz`))).toString();
      expect(text(request)).toBe(kept('request'));
      expect(text(answer)).toBe(entry.answer ? kept('answer') : '');
    }
    expect(entries[0]?.file).toBe('file:///home/person/requests/day.json');
    expect(logged).toEqual([]);
  });
});

describe('what pages have saved', () => {
  const panels = new Map(read<readonly { readonly type: string; readonly state: unknown }[]>('panels.json').map(({ type, state }) => [type, state]));

  it('there is one page of each kind', () => {
    // These came later.
    const later = [panel.choices, panel.publish, panel.limits, panel.instance, panel.tryIt, panel.test, panel.usage, panel.ways];
    expect([...panels.keys()].sort()).toEqual(Object.values(panel).filter((type) => !later.includes(type)).sort());
  });

  it.each([
    ['answer', panels.get(panel.answer), readChoice], ['compare', panels.get(panel.compare), readComparePage], ['file', panels.get(panel.file), readFilePage],
    ['job', panels.get(panel.job), readJobPage], ['service', panels.get(panel.service), readServicePage],
  ])('the page %s takes back all of it', (_, state, readPage: (state: unknown) => unknown) => {
    expect(state).toBeDefined();
    expect(readPage(state)).toEqual(state);
  });

  it('the editor knows what each was showing', () => {
    expect(readSavedKey(panels.get(panel.answer))).toBe('0mx1ebdv7-6mrnjwidijuw');
    expect(readSavedKey(panels.get(panel.job))).toBe('0mx1emlun-p4m63ig120vu');
    expect(readSavedPair(panels.get(panel.compare))).toEqual(['0mx1ebdv7-6mrnjwidijuw', '0mx1ebe21-0a2w6xtkqpwi']);
    expect(readSavedPlace(panels.get(panel.file))).toBe('/home/person/requests/days.csv');
    expect(readSavedAddress(panels.get(panel.service))).toBe(address);
  });
});

describe("the sample's folder", () => {
  it('tells its ports, its jobs, and where their blobs are', async () => {
    const { jobs, blobs, ports, release } = await openFolder(join(folder, 'globalStorage', savedName.sample, '1'));
    try {
      expect(ports).toEqual({ service: 46721, storage: 40715 });
      const logged: string[] = [];
      const [job, ...more] = new JobFiles(jobs, 'http://127.0.0.1:40715/devstoreaccount1', (line) => void logged.push(line)).read();
      expect([more, logged]).toEqual([[], []]);
      expect(job).toMatchObject({ id: '25b6362f1fc048c28874d185196204dd', status: 'finished', started: true });
      const list = readFileSync(join(blobs, 'blobs.json'), 'utf8');
      expect(list).toContain(job?.request.input.name);
      expect(list).toContain(job?.result.name);
    } finally {
      release();
    }
  });
});
