// Which limits are ahead of a comparison: those of its operation, API and all APIs, and of the product whose key its gateway's way has.

import { below } from '../../../arm/apimPaths';
import { entriesAt, orElse } from '../access/reads';
import { readLimits, type LimitsPlaceAt } from '../limits/there';
import type { PolicyScope } from '../policy/policyScope';
import { isOfProduct, ownerOfKey, readKeyChoices } from '../tryIt/keyChoices';
import { roleOf } from '../tryIt/roles';
import { ceilingsOf, type Ceilings } from './ceilings';

/** Whose key the gateway's way has: of a subscription, of nobody who is known, or there is none. */
export type Caller = { readonly kind: 'subscription'; readonly label: string } | { readonly kind: 'unknown' | 'none' };

/** What was found. */
export interface LimitsAhead {
  readonly ceilings: Ceilings;
  /** Undefined where it makes no difference: the API is in no product. */
  readonly caller: Caller | undefined;
}

/** Reads them; `key` is that of the gateway's way. Undefined where they may not be read. Throws ArmFailed, InvalidInput and Cancelled. */
export async function readLimitsAhead(place: LimitsPlaceAt, api: string, key: string | undefined): Promise<LimitsAhead | undefined> {
  const operations = await orElse(() => entriesAt(place, 'operation', below('', '/apis', api, 'operations')), undefined);
  const operation = operations?.find((each) => roleOf(each) === 'execute')?.name;
  const scope: PolicyScope = operation === undefined ? { kind: 'api', api } : { kind: 'operation', api, operation };
  const there = await orElse(() => readLimits(place, scope), undefined);
  if (!there) return undefined;
  const { inherited } = there;
  const isInProduct = inherited.some(({ from }) => from.kind === 'product');
  const choices = isInProduct && key !== undefined ? await readKeyChoices(place, api, true, undefined) : undefined;
  const owner = choices && key !== undefined ? await ownerOfKey(place, choices, key) : undefined;
  // The limits of a product count for the keys of that product alone.
  const counting = owner === undefined ? inherited : inherited.filter(({ from, product = '' }) =>
    from.kind !== 'product' || isOfProduct(owner.entry, product));
  const ceilings = ceilingsOf({ own: there.own, inherited: counting });
  return {
    // The operation that is called has a policy of its own, which nobody has read then.
    ceilings: operation === undefined ? { ...ceilings, unread: true } : ceilings,
    caller: owner
      ? { kind: 'subscription', label: owner.label } : isInProduct ? { kind: key === undefined ? 'none' : 'unknown' } : undefined,
  };
}
