// How a batch job stands: its look, its state in a few words, and what can be done with it. For the page, the tree and the status bar.

import type { JobAction, JobLook, UploadProgress } from './messages';
import { isFinal, type Job, type JobStatus } from '../../model/job';
import type { PollState } from './store/follow';

/** What belongs to a job at this moment and is not written down. */
export interface JobContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How asking for its status goes; known only in the window that asks. */
  readonly poll?: PollState | undefined;
  readonly upload?: UploadProgress | undefined;
  /** When a busy service is tried again for it in this window. */
  readonly nextTryAt?: number | undefined;
  /** True when the job was being worked on and nobody does so any more. */
  readonly interrupted: boolean;
}

/** How a job stands. `state` is fit for a line: `Running`, `Upload interrupted`. */
export interface Standing {
  readonly look: JobLook;
  readonly state: string;
}

/** How a job stands. */
export function jobLook(job: Job, context: JobContext): Standing {
  const { interrupted, nextTryAt } = context;
  const stuck = nextTryAt === undefined && (interrupted || job.problem !== undefined);
  switch (job.step) {
    case 'prepared':
      return { look: stuck ? 'attention' : 'waiting', state: 'Not submitted' };
    case 'uploading':
      if (!interrupted) return { look: 'running', state: 'Uploading' };
      return { look: 'attention', state: job.problem ? 'Upload failed' : 'Upload interrupted' };
    case 'uploaded':
      return { look: stuck ? 'attention' : 'waiting', state: 'Uploaded, not submitted' };
    case 'submitting':
      return interrupted ? notKnown : { look: 'running', state: 'Submitting' };
    case 'notKnown':
      return notKnown;
    case 'submitted':
      return { look: stuck && job.startsItself ? 'attention' : 'waiting', state: 'Submitted, not started' };
    case 'starting':
      return interrupted ? { look: 'attention', state: 'Start interrupted' } : { look: 'running', state: 'Starting' };
    case 'started':
      return watched(statusLook(job), job, context);
    case 'cancelling':
      // Nobody has to hold on to a job whose cancelling was asked for: it is not interrupted.
      return watched({ look: 'running', state: 'Cancelling' }, job, context);
    case 'ended':
      if (isFinal(job.status?.status)) return statusLook(job);
      // Without a problem it was being cancelled, and the service has forgotten it.
      return job.problem ? { look: 'attention', state: 'Gone from the service' } : looks.cancelled;
    default:
      return job.step satisfies never;
  }
}

const notKnown: Standing = { look: 'attention', state: 'Not known' };

const looks: Readonly<Record<JobStatus, Standing>> = {
  notStarted: { look: 'waiting', state: 'Queued' },
  running: { look: 'running', state: 'Running' },
  failed: { look: 'failed', state: 'Failed' },
  cancelled: { look: 'cancelled', state: 'Cancelled' },
  finished: { look: 'finished', state: 'Finished' },
};

function statusLook({ status }: Job): Standing {
  if (status === undefined) return { look: 'running', state: 'Started' };
  return status.status === undefined ? { look: 'attention', state: status.text } : looks[status.status];
}

/** A job is not asked for while this lasts, and only the person can change that, or a renewed quota. */
function needsAttention(context: JobContext): boolean {
  const kind = context.poll?.pause?.kind;
  return kind !== undefined && kind !== 'retryAfter' && kind !== 'offline';
}

function watched(standing: Standing, job: Job, context: JobContext): Standing {
  return needsAttention(context) && !isFinal(job.status?.status)
    ? { look: 'attention', state: `${standing.state}, checks paused` }
    : standing;
}

/** What can be done with a job as it stands, most useful first. */
export function jobActions(job: Job, context: JobContext): readonly JobAction[] {
  const { interrupted } = context;
  const stuck = interrupted || job.problem !== undefined;
  const uploaded = job.inputs.some((input) => input.file && input.uploadedAt !== undefined);
  const told: readonly JobAction[] = [
    ...when(job.id !== undefined, 'copyId'),
    ...when(job.status !== undefined, 'copyStatus'),
    ...when(job.bodyFile !== undefined, 'openBody'),
  ];
  // Before its end the service may still read the input; Delete offers to remove it too.
  const clean = when(uploaded, 'cleanUp');
  if (context.nextTryAt !== undefined) return ['stopWaiting', ...told];
  switch (job.step) {
    case 'prepared':
    case 'uploaded':
      return stuck ? ['carryOn', ...told, 'delete'] : [...told, 'delete'];
    case 'uploading':
      return interrupted ? ['carryOn', ...told, 'delete'] : ['stopUpload', ...told];
    case 'submitting':
      return interrupted ? ['submitAnew', ...told, 'delete'] : told;
    case 'notKnown':
      return ['submitAnew', ...told, 'delete'];
    case 'submitted':
      return [...when(stuck || !job.startsItself, 'start'), ...told, 'delete'];
    case 'starting':
      return interrupted ? ['start', 'checkNow', ...told, 'cancel', 'delete'] : told;
    case 'started':
      return ['checkNow', ...told, 'cancel', 'delete'];
    case 'cancelling':
      return ['checkNow', ...told, ...when(interrupted, 'cancel'), 'delete'];
    case 'ended':
      return [
        ...when((job.status?.results.length ?? 0) > 0, 'download'),
        ...when(canRunAgain(job), 'runAgain'),
        ...told,
        ...clean,
        'delete',
      ];
    default:
      return job.step satisfies never;
  }
}

/** A body may hold keys and is not kept: such a job is submitted again from its file. Of one that is followed only, nothing is known. */
export function canRunAgain({ bodyFile, submittedElsewhere }: Pick<Job, 'bodyFile' | 'submittedElsewhere'>): boolean {
  return bodyFile === undefined && submittedElsewhere === undefined;
}

function when(condition: boolean, action: JobAction): readonly JobAction[] {
  return condition ? [action] : [];
}

/** What a reader should know beyond the state, in sentences. */
export function jobNotes(job: Job, context: JobContext): readonly string[] {
  const { interrupted } = context;
  if (context.nextTryAt !== undefined) return ['The next try comes by itself.'];
  switch (job.step) {
    case 'prepared':
    case 'uploaded':
      return interrupted ? [goOn] : [];
    case 'uploading':
      return interrupted ? [`What is in storage already stays there. ${goOn}`] : [];
    case 'submitting':
      return interrupted ? lost : [];
    case 'notKnown':
      return lost;
    case 'submitted':
      return ['The service holds the job, and does nothing before it is started.'];
    case 'starting':
      return interrupted
        ? ['Whether the service has started the job is not known. Starting it once more does no harm: a job runs once.']
        : [];
    case 'started':
      return [...unknownStatus(job), ...pauseNotes(context)];
    case 'cancelling':
      return interrupted
        ? ['The job counts as cancelled when the service says so, or no longer knows it.', ...pauseNotes(context)]
        : pauseNotes(context);
    case 'ended':
      return isFinal(job.status?.status) || !job.problem
        ? []
        : ['The service no longer knows this job, so how it ended cannot be told. What it has written may still be in storage.'];
    default:
      return job.step satisfies never;
  }
}

const goOn = 'Nobody is at work on this job. Carry On goes on where it stopped.';
const lost = [
  'The answer to the submission was lost. The service may hold a job that was never started: it does nothing and costs nothing.',
  'Submit Anew makes another job from the same inputs. Delete forgets this one here.',
];

function unknownStatus({ status }: Job): readonly string[] {
  return status && status.status === undefined
    ? ['The service tells a status that this extension does not know, so whether the job is over cannot be told.']
    : [];
}

function pauseNotes({ poll }: JobContext): readonly string[] {
  const pause = poll?.pause;
  if (!pause) return [];
  const again = pause.until === undefined ? 'Check Now asks again.' : 'The next check comes by itself.';
  switch (pause.kind) {
    case 'quota':
      return [`The quota at the gateway is used up, so the status is not asked for. The job itself goes on. ${again}`];
    case 'refused':
      return ['A key is missing or was refused, so the status is not asked for. The job itself goes on. Set the key, or choose Check Now.'];
    case 'unreadable':
      return ['Several answers in a row could not be read, so the status is not asked for. Check Now asks again.'];
    case 'unknownStatus':
      return ['The status is no longer asked for by itself. Check Now asks again.'];
    case 'retryAfter':
      return ['The service is busy. The next check comes by itself.'];
    case 'offline':
      return ['The service could not be reached. The next check comes by itself; the job goes on meanwhile.'];
    default:
      return pause.kind satisfies never;
  }
}
