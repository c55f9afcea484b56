// Batch jobs: run, followed, shown, and their results.

import * as vscode from 'vscode';
import { contextFlag } from '../../../ui/contextFlag';
import { command, contextKey, panel as panelId } from '../../../ui/ids';
import { jobCommands, resultSaver } from './jobsCommands';
import { JobsFeature } from './jobsFeature';
import { plain } from '../../../ui/plain';
import { DisposableStore, type Disposable, type Event } from '../../../model/lifetime';
import type { Platform } from '../../../ui/platform';
import type { TreeNode } from '../../../ui/treeSections';
import type { ServicesApi, ServicesView } from '../../services';
import type { StorageApi } from '../../storage';
import { isAtWork, moveJobs } from './moveJobs';
import { JobsSection } from './jobsSection';
import { newJobKey } from '../../../base/fileKeys';
import { systemClock } from '../../../model/clock';
import { followJob, type SubmittedJob } from '../followJob';
import type { Claim } from '../store/claims';
import type { Neighbour } from '../store/windows';

/** So many jobs that are over are looked through for one that is to be followed. */
const mostPast = 200;

/** What other features need of the jobs. */
export interface JobsApi {
  /** How many jobs of a service, by its address, are not over. */
  readonly openJobs: (address: string) => number;
  /**
   * Follows a job that was submitted by something else, and shows its page, once the journal has been read. Throws what `followJob` throws.
   */
  readonly follow: (submitted: SubmittedJob, signal: AbortSignal) => Promise<void>;
  /** Lets the jobs of a service follow it from one address to another, once the journal has been read. Throws what the disk throws. */
  readonly rehome: (from: string, to: string) => Promise<void>;
  /** Ends the jobs of services at these addresses, which are gone with all that they knew. */
  readonly endLost: (addresses: readonly string[]) => Promise<void>;
  /**
   * Claims work of other features that one of the windows does: undefined where a living one has it. Keys are as those of jobs. Throws
   * LocalFailure where the disk does not let it.
   */
  readonly claim: (key: string) => Promise<Claim | undefined>;
  /** True where another living window has claimed it. */
  readonly isClaimedElsewhere: (key: string) => Promise<boolean>;
  /** Raised when a window came, went or died. */
  readonly onDidChangeWindows: Event<unknown>;
  /** Raised with false when this window's page has not answered for a while, and with true when it answers again. */
  readonly onDidChangeSight: Event<boolean>;
  /** The other living windows for this workspace; rounds are of 3 s. */
  readonly neighbours: () => Promise<readonly Neighbour[]>;
  /** Lets them know which folder the sample of this window has; undefined: none. */
  readonly tellSampleFolder: (name: string | undefined) => void;
}

/** Adds batch jobs. */
export function contributeJobs(
  platform: Pick<
    Platform,
    | 'context'
    | 'log'
    | 'reporter'
    | 'commands'
    | 'panels'
    | 'treeSections'
    | 'errorActions'
    | 'statusItems'
    | 'newDay'
    | 'transport'
    | 'opener'
    | 'cache'
    | 'faults'
  >,
  { treeView }: Pick<ServicesView, 'treeView'>,
  { services, keys, serviceOfFile, uses, sample }: ServicesApi,
  storage: StorageApi,
): JobsApi & Disposable {
  const {
    context,
    log,
    reporter,
    commands,
    panels,
    treeSections,
    errorActions,
    statusItems,
    transport,
    opener,
    cache,
    faults,
  } = platform;
  const lifetime = new DisposableStore();
  const jobs: JobsFeature = lifetime.add(
    new JobsFeature(
      {
        context,
        reporter,
        log,
        services,
        keys,
        faults,
        treeView,
        statusItems,
        transport,
        opener,
        cache,
        storages: storage.storages,
        blobs: storage.blobs,
      },
      resultSaver(() => jobs),
    ),
  );
  const deleteJobs = async (nodes: readonly TreeNode[]): Promise<void> =>
    void (await vscode.commands.executeCommand(command.deleteJob, nodes[0], nodes));
  const section = lifetime.add(new JobsSection(jobs.tree, deleteJobs, platform.newDay));
  const openJobs = (address: string): number => jobs.jobs.open().filter((job) => job.service.address === address).length;

  lifetime.add(treeSections.register(section));
  lifetime.add(panels.register(panelId.job, (restored, state) => jobs.panel.adopt(restored, state)));
  lifetime.add(
    commands.registerAll(
      jobCommands(
        {
          services,
          serviceOfFile,
          faults,
          storage,
          startSample: sample.start,
          memory: context.globalState,
          showMoreJobs: (address) => section.showMore(address),
        },
        jobs,
      ),
    ),
  );
  lifetime.add(
    errorActions.register('openJob', {
      label: plain`Show Job`,
      messagesOnly: true,
      run: async ({ job }) => vscode.commands.executeCommand(command.openJob, job),
    }),
  );

  const tellKnown = contextFlag(contextKey.jobsKnown);
  // Once there was one it stays so: a job that is over or deleted was run all the same.
  const lookForAny = (): void => {
    if (jobs.jobs.open().length > 0) tellKnown(true);
  };
  lifetime.add(jobs.tree.onDidChange(lookForAny));

  section.start();
  const started = jobs.start();
  const rehome = async (from: string, to: string): Promise<number> => {
    await started;
    return jobs.rehome(from, to);
  };
  lifetime.add(uses.register({
    open: openJobs,
    busy: (address) => isAtWork(jobs, address),
    kept: async (address) => openJobs(address) + (await jobs.jobs.past(address, Number.MAX_SAFE_INTEGER)).jobs.length,
    move: (from, to, withJobs) => moveJobs(rehome, context.globalState, from, to, withJobs),
  }));
  return {
    openJobs,
    follow: async (submitted, signal) => {
      await started.catch(() => undefined);
      const now = (): number => systemClock.now();
      const { key } = await followJob({
        newKey: () => newJobKey(now(), Math.random), now, save: (job) => jobs.jobs.save(job), calls: jobs.calls,
        known: async (address) => [
          ...jobs.jobs.open().filter(({ service }) => service.address === address), ...(await jobs.jobs.past(address, mostPast)).jobs,
        ],
      }, submitted, signal);
      await jobs.show(key, { beside: true });
    },
    rehome: async (from, to) => void (await rehome(from, to)),
    endLost: (addresses) => jobs.upkeep.endLost(addresses),
    claim: async (key) => {
      await started.catch(() => undefined);
      return jobs.windows.claim(key);
    },
    isClaimedElsewhere: async (key) => {
      await started.catch(() => undefined);
      const { windows } = jobs;
      // Before the look as well: one that is released meanwhile may still be seen.
      if (windows.isOwn(key)) return false;
      await windows.lookAtClaims();
      return windows.isClaimed(key) && !windows.isOwn(key);
    },
    onDidChangeWindows: jobs.windows.onDidChange,
    onDidChangeSight: jobs.windows.onDidChangeSight,
    neighbours: async () => {
      await started.catch(() => undefined);
      return jobs.windows.neighbours();
    },
    tellSampleFolder: (name) => jobs.windows.tellSampleFolder(name),
    dispose: () => lifetime.dispose(),
  };
}
