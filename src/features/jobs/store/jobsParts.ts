// What the store of jobs needs, and what it tells of a change.

import type { Clock } from '../../../model/clock';
import type { Job } from '../../../model/job';
import type { JobFiles } from '../../../base/ports';
import type { Windows } from './windows';

/** What came of changing a job. */
export type JobUpdate =
  /** `endedHere`: the job ended by this change, and by no other before it, in whatever window. */
  | { readonly kind: 'saved'; readonly job: Job; readonly endedHere: boolean }
  | { readonly kind: 'unchanged'; readonly job: Job }
  /** It is over, removed, or its file cannot be read. */
  | { readonly kind: 'gone' }
  /** Somebody alive works on it. */
  | { readonly kind: 'claimed' };

/** What the store needs. */
export interface JobsParts {
  readonly files: JobFiles;
  readonly windows: Windows;
  readonly clock: Clock;
  /** Gets a line for each failure that is lived with. */
  readonly log: (line: string) => void;
}
