// Follows jobs for a while as the extension does, and tells what that cost and how late their ends were seen. A program of its own; it writes JSON.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as jobCalls from '../../src/protocols/studio/jobs';
import type * as transportMaker from '../../src/http/transport';
import { systemClock } from '../../src/model/clock';
import type { Job } from '../../src/model/job';
import { parseEndpoint } from '../../src/protocols/studio/endpoint';
import { credentialOf, factsOf } from '../../src/protocols/registry';
import { directPace, gatewayPace, nextPollMs } from '../../src/features/jobs/store/follow';
import { toService } from '../../src/protocols/newService';
import { Tracker } from '../../src/features/jobs/store/tracker';
import { fillJournal, openStore, startedJob } from './jobsOnDisk';

/** A host and its jobs: for each, after how many milliseconds it is over; null for one that runs on. */
export interface FollowedHost {
  readonly address: string;
  readonly ends: readonly (number | null)[];
}

export interface FollowInput {
  /** The production build. */
  readonly dist: string;
  /** A new folder for the journal. */
  readonly root: string;
  /** None: the process does nothing for that time. */
  readonly hosts: readonly FollowedHost[];
  readonly lastsMs: number;
}

export interface FollowResult {
  /** Of a timer of 10 ms: the gap that 99 of 100 do not exceed, and the longest, in milliseconds. */
  readonly gapMs: { readonly p99: number; readonly most: number };
  /** Processor time in milliseconds. */
  readonly processorMs: number;
  /** For each host, how long after their ends these were seen, in waits between two calls for the same job. One that was not seen is missing. */
  readonly lateness: readonly (readonly number[])[];
  /** Calls in a minute that the extension allows itself. */
  readonly limits: { readonly direct: number; readonly gateway: number };
}

const { dist, root, hosts, lastsMs }: FollowInput = JSON.parse(process.argv[2] ?? '');
const load = createRequire(join(dist, 'extension.js'));

/** Does nothing but watch the process for its time. */
async function watch(): Promise<Pick<FollowResult, 'gapMs' | 'processorMs'>> {
  const gaps = monitorEventLoopDelay({ resolution: 10 });
  const from = process.cpuUsage();
  gaps.enable();
  await sleep(lastsMs);
  gaps.disable();
  const { user, system } = process.cpuUsage(from);
  return { gapMs: { p99: gaps.percentile(99) / 1e6, most: gaps.max / 1e6 }, processorMs: (user + system) / 1000 };
}

function serviceAt(address: string): ReturnType<typeof toService> {
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(`${address} is no address of a service.`);
  return toService({ name: 'Bench', endpoint: reading.endpoint });
}

/** The wait between two calls for a job that runs for so long, while `open` jobs share its host. */
function waitMs(elapsedMs: number, open: number): number {
  return Math.max(nextPollMs({ elapsedMs, gateway: false, polls: 1, failures: 0 }, () => 0), (open * 60_000) / directPace.perMinute);
}

async function follow(): Promise<FollowResult> {
  const { createTransport }: typeof transportMaker = load('./transport.js');
  const { jobStatus }: typeof jobCalls = load('./jobs.js');
  const services = new Map(hosts.map(({ address }) => [address, serviceAt(address)]));
  const serviceOf = ({ service: { address } }: Job) => services.get(address) ?? serviceAt(address);
  const beganAt = Date.now();
  const jobs = hosts.flatMap(({ address, ends }) => ends.map((end, index) => startedJob(address, `${end ?? 'never'}-${index}`, beganAt)));
  await fillJournal(root, jobs);
  for (const { origin } of [...services.values()].map(({ endpoint }) => endpoint).slice(0, 1)) await fetch(`${origin}/begin?at=${beganAt}`, { method: 'POST' });

  const transport = createTransport({ proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} });
  const store = openStore(root);
  const tracker = new Tracker({
    jobs: store.jobs,
    poll: (job, signal) => jobStatus({ service: serviceOf(job), credential: () => Promise.resolve(credentialOf(serviceOf(job), { serviceKey: 'k'.repeat(88) })), timeoutMs: 30_000 }, job.id ?? '', { transport, now: Date.now, log: () => undefined }, signal),
    clock: systemClock,
    random: Math.random,
    asks: () => store.windows.isLeader,
    onDidChangeAsking: store.windows.onDidChange,
    hostOf: (job) => ({ host: new URL(job.service.address).host, gateway: factsOf(serviceOf(job)).gateway }),
    log: store.log,
  });
  const seenAt = new Map<string, number>();
  tracker.onDidEnd((job) => seenAt.set(`${job.service.address} ${job.id}`, Date.now()));
  await store.windows.start();
  await store.jobs.start();
  if (store.jobs.open().length !== jobs.length) throw new Error(`${store.jobs.open().length} of ${jobs.length} jobs are followed.`);
  tracker.start();
  const watched = await watch();
  tracker.dispose();
  await store.close();
  await transport.close();

  const lateness = hosts.map(({ address, ends }) => ends.flatMap((end, index) => {
    const at = seenAt.get(`${address} ${end}-${index}`);
    if (end === null || at === undefined) return [];
    const open = ends.filter((other) => other === null || other >= end).length;
    return (at - beganAt - end) / waitMs(end, open);
  }));
  return { ...watched, lateness, limits: { direct: directPace.perMinute, gateway: gatewayPace.perMinute } };
}

const idle = async (): Promise<FollowResult> => ({ ...(await watch()), lateness: [], limits: { direct: 0, gateway: 0 } });

void (hosts.length === 0 ? idle() : follow()).then((result) => process.stdout.write(JSON.stringify(result), () => process.exit()));
