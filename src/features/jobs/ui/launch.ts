// Sets jobs going, shows how far their uploads are, and asks for what a service insists on.

import { Cancelled, JobFailed, messageOf } from '../../../model/errors';
import type { Job } from '../../../model/job';
import type { StorageAccess } from '../../../model/storage';
import { formatWait } from '../../../base/format';
import { sizeText } from '../../../base/size';
import type { ServiceStore } from '../../services';
import { askToConfirm } from '../../../ui/ask';
import type { JobRunner } from '../runner';
import type { JobWaits } from '../waits';
import { tellBriefly } from '../../../ui/notices';
import { plain, type PlainText } from '../../../ui/plain';
import { inMessage, type ReportProgress } from '../../../ui/progress';
import { callSettings } from '../../../ui/settings';
import { whileUnseen, type PageInSight } from '../../../ui/unseen';
import { placeOf } from '../../../ui/whereTold';
import type { UploadProgress } from '../messages';

/** What launching needs from outside. */
export interface LaunchParts {
  readonly services: ServiceStore;
  readonly runner: JobRunner;
  readonly find: (key: string) => Job | undefined;
  /** Changes a job as it is written down now. Throws InvalidInput while another window is at work on it. */
  readonly change: (key: string, change: (job: Job) => Job) => Promise<Job>;
  /** Whether a service, by its address, is given connection strings; the person has said so once. */
  readonly givesConnectionStrings: (address: string) => boolean;
  readonly giveConnectionStrings: (address: string) => Promise<void>;
  readonly access: (storage: string) => Promise<StorageAccess>;
  /** Shows what has stopped a job. What its buttons do again is this job, and not the command that has made it. */
  readonly tellFailure: (error: unknown, key: string) => void;
  /** Shows a job's page. */
  readonly show: (key: string) => void;
  readonly waits: JobWaits;
  /** A job's page, which tells of what goes on while it can be seen. */
  readonly pageOf: (key: string) => PageInSight;
}

/** From so many milliseconds on a message shows what is going on. */
const patienceMs = 1200;

/** How often seconds are counted, in milliseconds. */
const lookMs = 250;

/**
 * Carries jobs on, one after another, the first one's page in view; shows what stopped the first that failed, when all have been tried.
 * Throws Cancelled.
 */
export async function launch(parts: LaunchParts, keys: readonly string[], options: { readonly start?: boolean } = {}): Promise<void> {
  const [first] = keys;
  if (first !== undefined) parts.show(first);
  let failed: { readonly error: unknown; readonly key: string } | undefined;
  for (const key of keys) {
    try {
      await patiently(parts, key, options);
    } catch (error) {
      // Stopping one upload stops those that would follow.
      if (error instanceof Cancelled) throw error;
      failed ??= { error, key };
    }
  }
  if (failed) return parts.tellFailure(failed.error, failed.key);
  const last = parts.find(keys.at(-1) ?? '');
  // The page of one of several tells of that one only.
  const onPage = last !== undefined && keys.length === 1 && parts.pageOf(last.key).visible();
  if (last && placeOf('jobLaunched', onPage) === 'statusBar') tellBriefly(launchedText(keys.length, last));
}

function launchedText(jobs: number, { title, step }: Job): PlainText {
  if (jobs === 1) return step === 'submitted' ? plain`${title} is submitted.` : plain`${title} is submitted and started.`;
  return step === 'submitted' ? plain`${jobs} jobs are submitted.` : plain`${jobs} jobs are submitted and started.`;
}

/** Carries a job on, and once more after the wait that a busy service asks for, as often as the settings say. */
async function patiently(parts: LaunchParts, key: string, options: { readonly start?: boolean }): Promise<void> {
  for (let repeats = 0; ; repeats++) {
    try {
      return await carryOn(parts, key, options);
    } catch (error) {
      const { maxRepeats, maxWaitMs } = callSettings();
      const waitMs = error instanceof JobFailed ? error.busyForMs : undefined;
      if (waitMs === undefined || waitMs > maxWaitMs || repeats >= maxRepeats) throw error;
      await countDown(parts, key, messageOf(error), waitMs);
    }
  }
}

/**
 * Waits; while the job's page is out of sight, a message counts the seconds down. Throws Cancelled when its button is pressed, or that of
 * the page; the job can be carried on then.
 */
function countDown(parts: LaunchParts, key: string, reason: string, waitMs: number): Promise<void> {
  const title = plain(parts.find(key)?.title ?? 'Batch job');
  return whileUnseen(parts.waits.wait(key, waitMs), parts.pageOf(key), (until) =>
    underWay(
      title,
      () => parts.waits.stop(key),
      async (report) => {
        const show = (): void => report({ message: plain`${reason} Next try in ${formatWait(parts.waits.leftMs(key))}.` });
        show();
        const counting = setInterval(show, lookMs);
        try {
          await until;
        } finally {
          clearInterval(counting);
        }
      },
    ),
  );
}

/** Shows a message with a button that stops, for as long as `follow` takes. */
function underWay(title: PlainText, stop: () => void, follow: (report: ReportProgress) => Promise<void>): Promise<void> {
  return inMessage(title, async (signal, report) => {
    signal.addEventListener('abort', stop, { once: true });
    await follow(report);
  });
}

async function carryOn(parts: LaunchParts, key: string, options: { readonly start?: boolean }): Promise<void> {
  try {
    await withNotification(parts, key, parts.runner.carryOn(key, options));
  } catch (error) {
    const job = parts.find(key);
    if (!job || job.connectionStrings || !insistsOnConnectionString(error) || !(await hasTokensOfAccounts(parts, job))) throw error;
    if (!parts.givesConnectionStrings(job.service.address)) {
      await askToConfirm(
        plain`"${job.service.name}" asks for a connection string in place of a token. Give it the key of the whole storage account?`,
        plain`With the key the service can read and change all that is in the account, until the key is changed. It is asked once for this service; "Stop Giving Connection Strings" takes it back.`,
        plain`Give the Key`,
      );
      await parts.giveConnectionStrings(job.service.address);
    }
    await parts.change(key, (current) => ({ ...current, connectionStrings: true }));
    await withNotification(parts, key, parts.runner.carryOn(key, options));
  }
}

/** True for the refusals with which a service says that it takes nothing but a connection string. */
function insistsOnConnectionString(error: unknown): boolean {
  return error instanceof JobFailed && /InvalidBlobConnectionString|MissingInputBlobInformation/.test(error.detail ?? '');
}

/**
 * True for a job whose references hold tokens that were made with an account's key: only there a connection string can take their place.
 */
async function hasTokensOfAccounts(parts: LaunchParts, job: Job): Promise<boolean> {
  if (job.bodyFile !== undefined) return false;
  const kinds = await Promise.all([...job.inputs, ...job.outputs].map(async ({ storage }) => (await parts.access(storage)).kind));
  return kinds.includes('account');
}

/** Waits for the steps of a job; while its page is out of sight, a message with a cancel button tells how far they are. */
async function withNotification(parts: LaunchParts, key: string, work: Promise<unknown>): Promise<void> {
  const slow = await Promise.race([work.then(() => false), new Promise<boolean>((resolve) => setTimeout(() => resolve(true), patienceMs))]);
  if (!slow) return;
  const title = plain(parts.find(key)?.title ?? 'Batch job');
  await whileUnseen(work, parts.pageOf(key), (until) => underWay(title, () => parts.runner.stopUpload(key), async (report) => {
    let shown = 0;
    const show = (): void => {
      const upload = parts.runner.upload(key);
      if (!upload) return report({ message: plain`Submitting` });
      const percent = upload.totalBytes === 0 ? 0 : (upload.doneBytes / upload.totalBytes) * 100;
      report({ message: plain(uploadText(upload)), increment: percent - shown });
      shown = percent;
    };
    show();
    const following = parts.runner.onDidProgress((moved) => {
      if (moved === key) show();
    });
    try {
      await until;
    } finally {
      following.dispose();
    }
  }));
}

/** An upload in a few words: `Uploading 12.3 MB of 250 MB, 80 MB a second, 3 seconds left`. */
function uploadText({ doneBytes, totalBytes, bytesPerSecond, remainingMs }: UploadProgress): string {
  const speed = bytesPerSecond === undefined ? '' : `, ${sizeText(bytesPerSecond)} a second`;
  const left = remainingMs === undefined ? '' : `, ${formatWait(remainingMs)} left`;
  return `Uploading ${sizeText(doneBytes)} of ${sizeText(totalBytes)}${speed}${left}`;
}
