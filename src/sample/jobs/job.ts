// One batch job of the sample, and the status that is told of it.

import type { JobStatus } from '../../model/job';
import { readToken } from './blobs';
import type { JobBehaviour } from './behaviour';
import type { BlobAccess } from './reference';
import type { JobRequest } from './request';

/** A job. Times are in milliseconds since 1970. */
export interface SampleJob {
  readonly id: string;
  readonly request: JobRequest;
  /** Where it writes. */
  readonly output: BlobAccess;
  /** The same place, with what is there to make tokens for readers. */
  readonly result: BlobAccess;
  readonly submittedAt: number;
  readonly stop: AbortController;
  status: JobStatus;
  /** True from the start on. */
  started: boolean;
  /** When it was told to start. */
  startedAt: number | undefined;
  /** How often it was told to start, in vain or not. */
  starts: number;
  /** True when it was deleted after its end: it is no longer known to callers. */
  removed: boolean;
  ranFrom: number | undefined;
  endedAt: number | undefined;
  details: string | undefined;
}

const names: Readonly<Record<JobStatus, string>> = {
  notStarted: 'NotStarted',
  running: 'Running',
  failed: 'Failed',
  cancelled: 'Cancelled',
  finished: 'Finished',
};
const numbers: Readonly<Record<JobStatus, number>> = { notStarted: 0, running: 1, failed: 2, cancelled: 3, finished: 4 };

/** The state's name, as the contract has it. */
export function statusName(status: JobStatus): string {
  return names[status];
}

/** The answer to a question for the status; each has a new token for the result. */
export function statusDocument(job: SampleJob, outputName: string, behaviour: JobBehaviour): object {
  const results = job.status === 'finished' ? { [outputName]: resultReference(job.result, behaviour.sasSeconds) } : null;
  return {
    [behaviour.statusForm === 'keyWithBlank' ? 'Status Code' : 'StatusCode']:
      behaviour.unknownStatus ?? spelled(job.status, behaviour.statusForm),
    Results: results,
    Details: job.details ?? null,
    ...times(job, behaviour.times),
  };
}

function spelled(status: JobStatus, form: JobBehaviour['statusForm']): string | number {
  switch (form) {
    case 'number':
      return numbers[status];
    case 'digits':
      return String(numbers[status]);
    case 'spaced':
      return status === 'notStarted' ? 'Not started' : names[status];
    case 'canceledOneL':
      return status === 'cancelled' ? 'Canceled' : names[status];
    case 'name':
    case 'keyWithBlank':
      return names[status];
    default:
      return form satisfies never;
  }
}

function times({ submittedAt, ranFrom, endedAt }: SampleJob, form: JobBehaviour['times']): object {
  if (form === 'none') return {};
  const notYet = form === 'full' ? null : '0001-01-01T00:00:00+00:00';
  const text = (at: number | undefined): string | null => (at === undefined ? notYet : new Date(at).toISOString());
  return { CreatedAt: text(submittedAt), StartTime: text(ranFrom), EndTime: text(endedAt) };
}

function resultReference(place: BlobAccess, sasSeconds: number): object {
  // Where only a token was given, there is no key to make another with.
  const token = place.kind === 'account' ? readToken(place, sasSeconds) : place.sas;
  return {
    ConnectionString: null,
    RelativeLocation: `${place.container}/${place.name}`,
    BaseLocation: place.endpoint,
    SasBlobToken: token,
  };
}
