// Which command does what with jobs.

import { InvalidInput } from '../../../model/errors';
import type { Job } from '../../../model/job';
import type { Service } from '../../../model/service';
import type { ServiceOfFile, ServiceStore } from '../../services';
import type { Memory } from '../../../base/ports';
import { isArray, isObject } from '../../../base/shape';
import { cancelJob, cleanUpBlobs, deleteJob } from './jobEnds';
import { carryOnJob, checkJob, copyJobId, copyJobStatus, jobFrom, startJob, stopUpload, submitJobAnew, type JobParts } from './jobCommands';
import { deleteFinishedJobs, deleteJobs, jobsSelected, type DeleteJobsParts } from './deleteJobs';
import { downloadResults, openResults, saveResult, type ResultCommandParts } from './results';
import { runJobAgain } from './runAgain';
import { runJob, type RunJobParts } from './runJob';
import { submitBody } from './submitBody';
import { askChoice } from '../../../ui/ask';
import { command } from '../../../ui/ids';
import { tellBriefly } from '../../../ui/notices';
import { serviceFrom } from '../../services';
import type { StorageParts } from '../../storage';
import { plain } from '../../../ui/plain';
import type { BodyFaults } from '../../../ui/requestFiles';
import { memoryKey } from '../../../ui/savedNames';
import { jobSettings } from '../../../ui/settings';
import { wholeState } from '../jobText';
import type { JobsFeature } from './jobsFeature';

/** What the commands need besides the feature. */
export interface JobCommandParts {
  readonly services: ServiceStore;
  readonly serviceOfFile: ServiceOfFile;
  readonly faults: BodyFaults;
  readonly startSample: () => Promise<Service>;
  readonly storage: StorageParts;
  /** For choices that hold for all windows of the person. */
  readonly memory: Memory;
  readonly showMoreJobs: (address: string) => void;
}

type Run = (...args: readonly unknown[]) => Promise<unknown> | void;

/** The commands by their ids. */
export function jobCommands(parts: JobCommandParts, feature: JobsFeature): ReadonlyMap<string, Run> {
  const { services, serviceOfFile, faults, startSample, memory } = parts;
  const { givesConnectionStrings: trusting, storageOfService } = memoryKey;
  const addresses = (): readonly unknown[] => {
    const kept = memory.get(trusting);
    return isArray(kept) ? kept : [];
  };
  const launching = {
    services,
    runner: feature.runner,
    find: (key: string) => feature.jobs.openJob(key),
    change: (key: string, change: (job: Job) => Job) => feature.upkeep.change(key, change),
    givesConnectionStrings: (address: string) => addresses().includes(address),
    giveConnectionStrings: async (address: string) => memory.update(trusting, [...addresses(), address]),
    access: (storage: string) => parts.storage.storages.access(storage),
    tellFailure: (error: unknown, key: string) => feature.tellFailure(error, key),
    show: (key: string) => void feature.show(key, { beside: true }),
    waits: feature.waits,
    pageOf: (key: string) => feature.pageOf(key),
  };
  const jobs: JobParts = {
    ...launching,
    calls: feature.calls,
    blobs: feature.blobs,
    parameters: feature.parameters,
    recent: () => feature.recent(),
    findAny: (key) => feature.jobs.find(key),
    forget: (key) => feature.jobs.remove(key),
    claim: (key) => feature.jobs.claim(key),
    open: () => feature.jobs.open(),
    checkNow: (key) => feature.upkeep.checkNow(key),
    stateText: (job) => wholeState(feature.node(job)),
  };
  const deleting: DeleteJobsParts = {
    ...jobs,
    past: async (address) => (await feature.jobs.past(address, Number.MAX_SAFE_INTEGER)).jobs,
    all: () => services.workspaces().flatMap((workspace) => workspace.services),
  };
  const results: ResultCommandParts = {
    ...jobs,
    results: feature.results,
    namePattern: () => jobSettings().resultFileName,
    showResult: (key, result) => void feature.show(key, { result }),
  };
  const running: RunJobParts = {
    ...launching,
    ...parts.storage,
    startSample,
    serviceOfFile,
    isSample: (service) => services.isSample(service),
    lastStorage: {
      get: (address) => {
        const kept = memory.get(storageOfService);
        const id = isObject(kept) ? kept[address] : undefined;
        return typeof id === 'string' ? id : undefined;
      },
      set: async (address, storage) => {
        const kept = memory.get(storageOfService);
        await memory.update(storageOfService, { ...(isObject(kept) ? kept : {}), [address]: storage });
      },
    },
  };
  return new Map<string, Run>([
    [command.runJob, (clicked, selected) => runJob(running, clicked, selected)],
    [command.submitBody, (clicked) => submitBody({ ...launching, faults, serviceOfFile, startSample }, clicked)],
    [command.openJob, async (argument) => feature.show((await jobFrom(jobs, argument, plain`Open Job`)).key)],
    [command.showJobs, async () => feature.show((await jobFrom(jobs, undefined, plain`Batch Jobs`)).key)],
    [command.startJob, (argument) => startJob(jobs, argument)],
    [command.carryOnJob, (argument) => carryOnJob(jobs, argument)],
    [command.stopUpload, (argument) => stopUpload(jobs, argument)],
    [command.cancelJob, (argument) => cancelJob(jobs, argument)],
    [command.deleteJob, (clicked, selected) => {
      const many = jobsSelected(clicked, selected);
      return many.length > 0 ? deleteJobs(deleting, many) : deleteJob(jobs, clicked);
    }],
    [command.deleteFinishedJobs, (argument) => deleteFinishedJobs(deleting, argument)],
    [command.runJobAgain, (argument) => runJobAgain(jobs, argument)],
    [command.submitJobAnew, (argument) => submitJobAnew(jobs, argument)],
    [command.checkJob, (argument) => checkJob(jobs, argument)],
    [command.openResults, (argument) => openResults(results, argument)],
    [command.downloadResults, (argument) => downloadResults(results, argument)],
    [command.copyJobId, (argument) => copyJobId(jobs, argument)],
    [command.copyJobStatus, (argument) => copyJobStatus(jobs, argument)],
    [command.cleanUpBlobs, (argument) => cleanUpBlobs(jobs, argument)],
    [command.withholdConnectionStrings, async (argument) => {
      const given = services.workspaces().flatMap((workspace) => workspace.services).filter(({ address }) => addresses().includes(address));
      if (given.length === 0)
        throw new InvalidInput({ sentence: 'No service is given connection strings.', advice: 'Services get tokens for single blobs.' });
      const service =
        given.find(({ address }) => address === serviceFrom(services, argument)?.address) ??
        (await askChoice(
          plain`Stop Giving Connection Strings`,
          plain`Choose a service`,
          given.map((each) => ({ label: plain(each.name), detail: plain(each.address), value: each })),
        ));
      await memory.update(trusting, addresses().filter((address) => address !== service.address));
      tellBriefly(plain`${service.name} gets tokens for single blobs from now on.`);
    }],
    [command.moreJobs, (address) => {
      if (typeof address === 'string') parts.showMoreJobs(address);
    }],
  ]);
}

/** Saves one result of a job; for the job's page. */
export function resultSaver(feature: () => JobsFeature): (job: Job, name: string, whole: string | undefined) => Promise<void> {
  const namePattern = (): string => jobSettings().resultFileName;
  return (job, name, whole) => saveResult({ results: feature().results, namePattern }, job, name, whole);
}
