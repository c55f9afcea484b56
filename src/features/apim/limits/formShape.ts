// The fields of the form and what is wrong with them, as plain data that the page knows, too.

import type { ChoiceProblems } from '../definition/choices';

/** The fields as they stand: numbers are texts, as they may be none. */
export interface LimitsDraft {
  readonly limited: boolean;
  readonly calls: string;
  readonly seconds: string;
  /** `subscription` or `ip`. */
  readonly by: string;
  readonly quota: boolean;
  readonly quotaCalls: string;
  readonly quotaKilobytes: string;
  /** Seconds. */
  readonly quotaSpan: string;
}

/** What is wrong with the fields, a sentence for each. */
export type LimitProblems = Pick<ChoiceProblems, 'rateCalls' | 'rateSeconds' | 'quotaCalls' | 'quotaKilobytes' | 'quotaSeconds'>;
