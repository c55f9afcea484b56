// The policy that results from the form.

import { newPolicyWith } from '../policy/newPolicy';
import type { PolicyLeft } from '../policy/left';
import { setLimits } from '../policy/policyEdit';
import type { LimitsWanted } from './draft';
import type { OwnPolicy } from './there';

/** A policy as it would be. */
export interface ResultingPolicy {
  readonly text: string;
  /** What was wanted and is not done. */
  readonly left: readonly PolicyLeft[];
}

/** The policy with what is wanted; where nothing is, the text as it is, which is empty where there is none. */
export function resultingPolicy(own: OwnPolicy | undefined, wanted: LimitsWanted): ResultingPolicy {
  const text = own?.text ?? '';
  const { rateLimit, quota } = wanted;
  if (rateLimit === undefined && quota === undefined) return { text, left: [] };
  if (!isNew(text)) return setLimits(text, wanted, { exact: true });
  const made = newPolicyWith({
    ...(rateLimit === undefined || rateLimit === 'none' ? {} : { rateLimit }),
    ...(quota === undefined || quota === 'none' ? {} : { quota }),
  });
  return { text: made, left: [] };
}

/** True where there is no policy, or nothing in it. */
export function isNew(text: string): boolean {
  return text.trim() === '';
}
