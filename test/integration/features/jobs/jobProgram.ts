// A window without an editor: all that batch jobs are made of, wired as in the extension, told by messages what to do. Made to be killed.

import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AtomicFiles, isProcessAlive } from '../../../../src/base/atomicFiles';
import { createTransport } from '../../../../src/http/transport';
import { blobCalls } from '../../../../src/features/storage/blobCalls';
import { jobBlobCalls, jobCalls, type CallParts } from '../../../../src/features/jobs/calls';
import { ResultAccess } from '../../../../src/features/jobs/resultAccess';
import { JobRunner } from '../../../../src/features/jobs/runner';
import { jobActions, jobLook, type JobContext } from '../../../../src/features/jobs/jobLook';
import type { JobAction } from '../../../../src/features/jobs/messages';
import { systemClock, type Clock } from '../../../../src/model/clock';
import { LocalFailure, messageOf } from '../../../../src/model/errors';
import type { InputFile, Job, JobStep } from '../../../../src/model/job';
import { Emitter } from '../../../../src/model/lifetime';
import type { NetworkSettings } from '../../../../src/model/wire';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { JobParameters } from '../../../../src/features/jobs/store/jobParameters';
import { Jobs } from '../../../../src/features/jobs/store/jobs';
import { newJobKey } from '../../../../src/base/fileKeys';
import type { SecretBox } from '../../../../src/base/ports';
import { toService } from '../../../../src/protocols/newService';
import { Storages } from '../../../../src/storage/storages';
import { Tracker } from '../../../../src/features/jobs/store/tracker';
import { Windows } from '../../../../src/features/jobs/store/windows';

/** What a program is started with. */
export interface Setup {
  /** Holds the journal and, beside it, the secrets. */
  readonly folder: string;
  readonly address: string;
  readonly serviceKey: string;
  readonly connectionString: string;
  /** It kills itself as soon as a job with this step is on the disk. */
  readonly dieAfter?: JobStep | undefined;
}

/** What a program is told to do. */
export type Order =
  | { readonly do: 'run'; readonly file: string; readonly parameters: string; readonly connectionStrings?: boolean }
  | { readonly do: 'act'; readonly key: string; readonly action: JobAction }
  | { readonly do: 'list' }
  | { readonly do: 'download'; readonly key: string; readonly path: string }
  | { readonly do: 'jump'; readonly ms: number };

/** A job as the tree shows it. */
export interface Shown {
  readonly job: Job;
  readonly state: string;
  readonly interrupted: boolean;
  readonly actions: readonly JobAction[];
}

/** An answer to an order. */
export interface Reply {
  readonly number: number;
  readonly shown?: readonly Shown[];
  readonly key?: string;
  /** How often this program has asked for a status. */
  readonly asked?: number;
  readonly error?: string;
}

const signal = new AbortController().signal;

/** Secrets outlive the process, as they do in the editor: a file for each. */
class FileBox implements SecretBox {
  private readonly changed = new Emitter<{ readonly key: string }>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly folder: string) {}

  get(name: string): Promise<string | undefined> {
    return readFile(this.path(name), 'utf8').catch(() => undefined);
  }

  async store(name: string, value: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeFile(this.path(name), value);
  }

  delete(name: string): Promise<void> {
    return rm(this.path(name), { force: true });
  }

  private path(name: string): string {
    return join(this.folder, createHash('sha256').update(name).digest('hex'));
  }
}

async function describeFile(path: string): Promise<InputFile> {
  const { size, mtimeMs } = await stat(path);
  return { uri: pathToFileURL(path).href, name: basename(path), bytes: size, modifiedAt: Math.floor(mtimeMs) };
}

async function open({ folder, address, serviceKey, connectionString, dieAfter }: Setup): Promise<(order: Order) => Promise<Omit<Reply, 'number'>>> {
  const endpoint = parseEndpoint(address);
  if (!endpoint.ok) throw new Error(endpoint.reason);
  const service = toService({ name: 'Sample', endpoint: endpoint.endpoint });
  let jumped = 0;
  const clock: Clock = { now: () => Date.now() + jumped, sleep: systemClock.sleep };
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const settings: NetworkSettings = { proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} };
  const transport = createTransport(settings);
  const files = new AtomicFiles(join(folder, 'jobs'));
  const windows = new Windows({ files, clock, host: hostname(), pid: process.pid, isAlive: isProcessAlive, random: Math.random, log });
  const jobs = new Jobs({ files, windows, clock, log });
  const box = new FileBox(join(folder, 'secrets'));
  const storages = new Storages(box, clock.now);
  const parameters = new JobParameters(box);
  const callParts: CallParts = {
    secrets: () => Promise.resolve({ serviceKey }), transport: () => Promise.resolve(transport), timeoutMs: () => 30_000, now: clock.now, log, parameters, access: (storage) => storages.access(storage),
    source: async (file) => {
      const path = fileURLToPath(file.uri);
      const now = await describeFile(path);
      if (now.bytes !== file.bytes || now.modifiedAt !== file.modifiedAt) throw new LocalFailure({ sentence: 'The file has changed.' });
      return { path, bytes: now.bytes };
    },
  };
  const calls = jobCalls(callParts);
  const blobs = jobBlobCalls(blobCalls(callParts), callParts.source);
  let asked = 0;
  const poll = (job: Job, stop: AbortSignal): ReturnType<typeof calls.status> => {
    asked += 1;
    return calls.status(job, service, stop);
  };
  const tracker = new Tracker({ jobs, poll, clock, random: Math.random, asks: () => windows.isLeader, onDidChangeAsking: windows.onDidChange, hostOf: () => ({ host: new URL(address).host, gateway: false }), log });
  const find = (): typeof service => service;
  const results = new ResultAccess({ calls, service: find, access: (id) => storages.access(id), sign: blobs.sign, transport: () => Promise.resolve(transport), log });
  const save = async (job: Job): Promise<void> => {
    await jobs.save(job);
    if (job.step === dieAfter) process.kill(process.pid, 'SIGKILL');
  };
  const runner = new JobRunner({
    newKey: () => newJobKey(clock.now(), Math.random), find: (key) => jobs.openJob(
      key,
    ), save, claim: (key) => jobs.claim(key), isOwn: (key) => windows.isOwn(key), access: (id) => storages.access(id),
    parameters, service: find, calls, blobs, readBody: async ({ file }) => ({ json: await readFile(fileURLToPath(file), 'utf8'), parametersJson: '{}' }), now: clock.now,
  });
  const storage = await storages.add(connectionString);
  await windows.start();
  await jobs.start();
  tracker.start();

  const run = async (path: string, parametersJson: string, connectionStrings: boolean): Promise<Job> => {
    const file = await describeFile(path);
    const folderName = newJobKey(clock.now(), Math.random);
    const place = (container: string, name: string) => ({ storage: storage.id, blob: { base: storage.base, container, name: `${folderName}/${name}` } });
    return runner.create({
      service, title: file.name, startsItself: true, connectionStrings, parametersJson,
      inputs: [{ ...place('inputs', file.name), file, overwrite: false }], outputs: [{ port: 'output1', ...place('outputs', 'result.csv') }],
    });
  };
  const act = async (key: string, action: JobAction): Promise<void> => {
    if (action === 'carryOn') await runner.carryOn(key);
    else if (action === 'start') await runner.carryOn(key, { start: true });
    else if (action === 'submitAnew') await runner.submitAnew(key);
    else if (action === 'checkNow') tracker.pollNow(key);
    else if (action === 'cancel') {
      const job = jobs.openJob(key);
      if (job?.id === undefined) throw new Error('There is nothing to cancel.');
      await save({ ...job, step: 'cancelling', stepAt: clock.now() });
      const outcome = await calls.delete(service, job.id);
      if (outcome.kind === 'failed') throw new Error(outcome.problem.sentence);
      tracker.pollNow(key);
    } else throw new Error(`Nobody does ${action} here.`);
  };
  const show = (job: Job): Shown => {
    const context: JobContext = { now: clock.now(), poll: tracker.stateOf(job.key), upload: runner.upload(job.key), interrupted: jobs.interrupted(job) };
    return { job, state: jobLook(job, context).state, interrupted: context.interrupted, actions: jobActions(job, context) };
  };

  return async (order) => {
    switch (order.do) {
      case 'run': {
        const { key } = await run(order.file, order.parameters, order.connectionStrings ?? false);
        return runner.carryOn(key).then(() => ({ key }), (error: unknown) => ({ key, error: messageOf(error) }));
      }
      case 'act':
        await act(order.key, order.action);
        return { key: order.key };
      case 'list':
        return { shown: [...jobs.open(), ...(await jobs.past(address, 100)).jobs].map(show), asked };
      case 'download': {
        const job = await jobs.find(order.key);
        if (!job) throw new Error('There is no such job.');
        await results.download(job, 'output1', order.path, { overwrite: true, onProgress: () => undefined }, signal);
        return {};
      }
      case 'jump':
        jumped += order.ms;
        return {};
      default:
        return order satisfies never;
    }
  };
}

const opened = open(JSON.parse(process.argv[2] ?? '{}'));
opened.then(() => process.send?.({ number: 0 }), (error: unknown) => process.send?.({ number: 0, error: messageOf(error) }));
process.on('message', ({ number, order }: { readonly number: number; readonly order: Order }) => {
  void opened.then((carryOut) => carryOut(order)).then((reply) => process.send?.({ number, ...reply }), (error: unknown) => process.send?.({ number, error: messageOf(error) }));
});
process.on('disconnect', () => process.exit());
