// What a job is made from, and what is needed to run it.

import type { Job, JobInput, JobOutput } from '../../model/job';
import type { Service } from '../../model/service';
import type { StorageAccess } from '../../model/storage';
import type { JobBody } from '../../protocols/batch';
import type { JobParameters } from './store/jobParameters';
import type { JobBlobCalls, JobCalls } from './calls';
import type { RunnerClaim } from './jobSteps';
import type { AgreedBody } from './submissionBody';

/** A job that is to be made. */
export interface JobDraft {
  readonly service: Service;
  readonly title: string;
  readonly inputs: readonly JobInput[];
  readonly outputs: readonly JobOutput[];
  /** Strict JSON of an object. */
  readonly parametersJson: string;
  readonly startsItself: boolean;
  /** True to hand the account's connection string to the service instead of tokens. */
  readonly connectionStrings: boolean;
  /** A body as it is to be submitted, and the URI of its file. */
  readonly body?: { readonly json: string; readonly file: string };
}

/** What the runner needs from outside. */
export interface RunnerParts {
  readonly newKey: () => string;
  readonly find: (key: string) => Job | undefined;
  /** Writes a job down; what it resolves to is on the disk. */
  readonly save: (job: Job) => Promise<void>;
  /** The right to take steps with a job, which one window has at a time; undefined while another has it. */
  readonly claim: (key: string) => Promise<RunnerClaim | undefined>;
  /** True while it is this window that has that right. */
  readonly isOwn: (key: string) => boolean;
  readonly access: (storage: string) => Promise<StorageAccess>;
  readonly parameters: Pick<JobParameters, 'of' | 'set' | 'forget'>;
  readonly service: (address: string) => Service | undefined;
  readonly calls: JobCalls;
  readonly blobs: JobBlobCalls;
  /**
   * A submission body anew from its file, for a job that was made from one. One that is not the one agreed to is asked about. Throws
   * Cancelled when the answer is no.
   */
  readonly readBody: (agreed: AgreedBody) => Promise<Pick<JobBody, 'json' | 'parametersJson'>>;
  readonly now: () => number;
}
