// What of a policy the form can hold in its fields, and what it only shows: expressions, named values, several of a kind.

import type { Quota, RateLimit } from '../definition/definition';
import type { CurrentLimits, OtherLimit } from '../policy/currentLimits';
import type { LimitElement, PolicyLimit } from '../policy/limit';
import type { LocatedLimit } from '../policy/limits';

/** Why limits are shown and not edited. */
export type WhyShown = 'expression' | 'namedValue' | 'several' | 'incomplete';

/** One kind of limit of a policy: there is none, one that fields can hold, or such as are only shown. */
export type LimitGroup<T> =
  | { readonly kind: 'none' }
  | { readonly kind: 'set'; readonly value: T; readonly limit: LocatedLimit }
  | { readonly kind: 'shown'; readonly limits: readonly LocatedLimit[]; readonly why: WhyShown };

/** The limits of a policy as the form takes them. */
export interface OwnLimits {
  readonly rate: LimitGroup<RateLimit>;
  readonly quota: LimitGroup<Quota>;
  /** What the form lists and leaves alone. */
  readonly others: readonly OtherLimit[];
}

/** Sorts the limits of a document. */
export function ownLimits({ rateLimit, quota, others }: CurrentLimits): OwnLimits {
  const again = (isOne: (element: LimitElement) => boolean): readonly OtherLimit[] =>
    others.filter(({ why, limit }) => why === 'repeated' && limit !== undefined && isOne(limit.element));
  const [rates, quotas] = [again(isRate), again((element) => element === 'quota')];
  return {
    rate: grouped(rateLimit, rates, (limit) => {
      const { calls, seconds } = limit;
      return typeof calls === 'number' && typeof seconds === 'number' ? { calls, seconds, by: limit.by } : undefined;
    }),
    quota: grouped(quota, quotas, quotaOf),
    others: others.filter((each) => !rates.includes(each) && !quotas.includes(each)),
  };
}

function grouped<T, L extends LocatedLimit>(
  limit: L | undefined, more: readonly OtherLimit[], read: (limit: L) => T | undefined,
): LimitGroup<T> {
  if (!limit) return { kind: 'none' };
  if (more.length > 0) return { kind: 'shown', limits: [limit, ...more.flatMap((each) => each.limit ?? [])], why: 'several' };
  const value = read(limit);
  return value === undefined
    ? { kind: 'shown', limits: [limit], why: whyNoNumber(limit) ?? 'incomplete' }
    : { kind: 'set', value, limit };
}

function quotaOf({ calls, kilobytes, seconds }: LocatedLimit): Quota | undefined {
  if (typeof seconds !== 'number' || typeof calls === 'string' || typeof kilobytes === 'string') return undefined;
  if (calls === undefined && kilobytes === undefined) return undefined;
  return { ...(calls === undefined ? {} : { calls }), ...(kilobytes === undefined ? {} : { kilobytes }), seconds };
}

/** What a limit is reckoned from where it is no number; undefined where all of its values are numbers, or are missing. */
export function whyNoNumber({ attributes }: Pick<LocatedLimit, 'attributes'>): 'expression' | 'namedValue' | undefined {
  const kinds = attributes.filter(({ name }) => ['calls', 'bandwidth', 'renewal-period'].includes(name)).map(({ kind }) => kind);
  return (['expression', 'namedValue'] as const).find((kind) => kinds.includes(kind));
}

/** True for an element that limits how often something may be called. */
export function isRate(element: PolicyLimit['element']): boolean {
  return element === 'rate-limit' || element === 'rate-limit-by-key';
}
