// What stands beside a job's state in lists: how long it runs, how far its upload is, what it waits for.

import type { Job } from '../../model/job';
import { formatWhen, formatWait } from '../../base/format';
import type { JobContext } from './jobLook';
import { elapsed } from './jobView';

/** A few words that change while a job goes on; empty when there is nothing to say. */
export function jobDetail(job: Job, context: JobContext): string {
  const { upload } = context;
  if (job.step === 'uploading')
    return upload && upload.totalBytes > 0 ? `${Math.floor((upload.doneBytes / upload.totalBytes) * 100)} %` : '';
  const elapsedMs = elapsed(job, context.now);
  const lasted = elapsedMs === undefined ? '' : elapsedMs < 1000 ? 'under a second' : formatWait(elapsedMs);
  if (job.step === 'ended') return formatWhen(job.endedAt ?? job.stepAt, context.now);
  return lasted;
}

/**
 * What a job waits for that nobody sees from its state; empty for one that waits for nothing. The tree has an icon for it, and no words.
 */
export function jobWait({ poll, nextTryAt, now }: JobContext): string {
  if (nextTryAt !== undefined) return `tries again in ${formatWait(Math.max(0, nextTryAt - now))}`;
  const pause = poll?.pause;
  if (pause?.until !== undefined && pause.until > now) return `asks again in ${formatWait(pause.until - now)}`;
  return pause?.kind === 'offline' ? 'offline' : '';
}

/** A job's state with all that stands beside it, where no page and no icon tells of it. */
export function wholeState({
  standing,
  detail,
  wait,
}: {
  readonly standing: { readonly state: string };
  readonly detail: string;
  readonly wait: string;
}): string {
  return [standing.state, detail, wait].filter((part) => part !== '').join(' · ');
}
