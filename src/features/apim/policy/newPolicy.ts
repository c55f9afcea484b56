// The document that is usual for a policy that is not there yet.

import { productPolicy, usualPolicy } from '../definition/files/policies';
import type { Quota, RateLimit } from '../definition/definition';

/** The sections that a policy has, each with its `<base />`, and the limits in the inbound section; LF, two blanks for each level. */
export function newPolicyWith(limits: { readonly rateLimit?: RateLimit; readonly quota?: Quota }): string {
  return productPolicy(limits) ?? usualPolicy();
}
