// How the sample treats batch jobs, where tests may choose: the spellings that services of this kind were seen to use, and times.

import { object, oneOf, readRoot, refuseOthers, whole, wrong, type Members } from '../members';

const statusForms = ['name', 'number', 'spaced', 'canceledOneL', 'digits', 'keyWithBlank'] as const;
const timeForms = ['year1', 'full', 'none'] as const;
const startStatuses = [200, 202, 204] as const;

/** What can be chosen. Each member is the usual thing unless told otherwise. */
export interface JobBehaviour {
  /** How a status answer spells the status: `Running`, 1, `Not started`, `Canceled`, `"1"`, or under the key `Status Code`. */
  readonly statusForm: (typeof statusForms)[number];
  /** Times of a status answer: what is not yet is the year 1, or null, or there are no times at all. */
  readonly times: (typeof timeForms)[number];
  /** How long the token of a result is good for, in seconds. */
  readonly sasSeconds: number;
  /** For jobs without the parameter of that name, in seconds. */
  readonly runSeconds: number;
  readonly queueSeconds: number;
  /** Refuses references with a token. */
  readonly connectionStringOnly: boolean;
  /** Status answers give this in place of the status. */
  readonly unknownStatus: string | null;
  /** HTTP status of a successful start. */
  readonly startStatus: (typeof startStatuses)[number];
}

/** What the sample does unless told otherwise. */
export const usualBehaviour: JobBehaviour = {
  statusForm: 'name',
  times: 'year1',
  // 24 hours and 5 minutes, as such services were seen to grant.
  sasSeconds: 86_700,
  runSeconds: 0,
  queueSeconds: 0,
  connectionStringOnly: false,
  unknownStatus: null,
  startStatus: 200,
};

/** The longest run or wait that can be asked for, in seconds. */
export const longestSeconds = 86_400;

/** Reads `{"jobs": {...}}`; what it does not name stays as it is. Throws a 400 that names the member that is wrong. */
export function readBehaviour(body: Buffer, current: JobBehaviour): JobBehaviour {
  const jobs = object(readRoot(body, ['jobs']).jobs, 'jobs');
  refuseOthers(jobs, 'jobs.', Object.keys(usualBehaviour));
  const { statusForm, times, sasSeconds, connectionStringOnly, unknownStatus, startStatus }: Members = { ...current, ...jobs };
  if (unknownStatus !== null && typeof unknownStatus !== 'string') throw wrong('jobs.unknownStatus', 'must be a text or null');
  return {
    statusForm: oneOf(statusForm, 'jobs.statusForm', statusForms),
    times: oneOf(times, 'jobs.times', timeForms),
    sasSeconds: whole(sasSeconds, 'jobs.sasSeconds', 1, 31_536_000),
    runSeconds: seconds(jobs.runSeconds ?? current.runSeconds, 'jobs.runSeconds'),
    queueSeconds: seconds(jobs.queueSeconds ?? current.queueSeconds, 'jobs.queueSeconds'),
    connectionStringOnly: oneOf(connectionStringOnly, 'jobs.connectionStringOnly', [true, false]),
    unknownStatus,
    startStatus: oneOf(startStatus, 'jobs.startStatus', startStatuses),
  };
}

function seconds(value: unknown, path: string): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= longestSeconds))
    throw wrong(path, `must be a number from 0 to ${longestSeconds}`);
  return value;
}
