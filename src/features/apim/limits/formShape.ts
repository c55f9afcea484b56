// The fields of the form and what is wrong with them, as plain data that the page knows, too.

import type { ChoicesDraft } from '../choices/messages';
import type { ChoiceProblems } from '../definition/choices';

/** The fields as they stand: those on limits that the form of a publishing has, too. Numbers are texts, as they may be none. */
export type LimitsDraft = Pick<
  ChoicesDraft, 'limited' | 'calls' | 'seconds' | 'by' | 'quota' | 'quotaCalls' | 'quotaKilobytes' | 'quotaSpan'
>;

/** What is wrong with the fields, a sentence for each. */
export type LimitProblems = Pick<ChoiceProblems, 'rateCalls' | 'rateSeconds' | 'quotaCalls' | 'quotaKilobytes' | 'quotaSeconds'>;
