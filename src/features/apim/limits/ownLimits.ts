// What of a policy the form can hold in its fields, and what it only shows: expressions, named values, conditions, several of a kind.

import type { Quota, RateLimit } from '../definition/definition';
import type { LimitElement, LimitValue, PolicyLimit } from '../policy/limits';
import { callerKeys } from '../policy/policyEdit';

/** Why limits are shown and not edited. */
export type WhyShown = 'expression' | 'namedValue' | 'several' | 'incomplete';

/** One kind of limit of a policy: there is none, one that fields can hold, or such as are only shown. */
export type LimitGroup<T> =
  | { readonly kind: 'none' }
  | { readonly kind: 'set'; readonly value: T; readonly limit: PolicyLimit }
  | { readonly kind: 'shown'; readonly limits: readonly PolicyLimit[]; readonly why: WhyShown };

/** The limits of a policy as the form takes them. */
export interface OwnLimits {
  readonly rate: LimitGroup<RateLimit>;
  readonly quota: LimitGroup<Quota>;
  /** What the form lists and leaves alone: limits on a condition, by another key, for a part of the APIs. */
  readonly others: readonly PolicyLimit[];
}

/** By whom a limit of the rate tells callers apart, where the form knows it. */
export function callersOf({ element, counterKey = '' }: PolicyLimit): RateLimit['by'] | undefined {
  if (element === 'rate-limit') return 'subscription';
  if (element !== 'rate-limit-by-key') return undefined;
  const key = counterKey.replaceAll(/\s/g, '');
  if (key === callerKeys.ip) return 'ip';
  return key === callerKeys.subscription ? 'subscription' : undefined;
}

/** Sorts the limits of a document that can be read to its end. */
export function ownLimits(limits: readonly PolicyLimit[]): OwnLimits {
  const plain = limits.filter(({ conditional, only }) => !conditional && only === undefined);
  const rates = plain.filter((limit) => callersOf(limit) !== undefined);
  const quotas = plain.filter(({ element }) => element === 'quota');
  return {
    rate: grouped(rates, rateOf), quota: grouped(quotas, quotaOf),
    others: limits.filter((limit) => !rates.includes(limit) && !quotas.includes(limit)),
  };
}

function grouped<T>(limits: readonly PolicyLimit[], read: (limit: PolicyLimit) => T | undefined): LimitGroup<T> {
  const [limit, ...more] = limits;
  if (!limit) return { kind: 'none' };
  if (more.length > 0) return { kind: 'shown', limits, why: 'several' };
  const value = read(limit);
  return value === undefined ? { kind: 'shown', limits, why: whyShown(limit) } : { kind: 'set', value, limit };
}

function rateOf(limit: PolicyLimit): RateLimit | undefined {
  const { calls, seconds } = limit;
  const by = callersOf(limit);
  return typeof calls === 'number' && typeof seconds === 'number' && by !== undefined ? { calls, seconds, by } : undefined;
}

function quotaOf({ calls, kilobytes, seconds }: PolicyLimit): Quota | undefined {
  if (typeof seconds !== 'number' || typeof calls === 'string' || typeof kilobytes === 'string') return undefined;
  if (calls === undefined && kilobytes === undefined) return undefined;
  return { ...(calls === undefined ? {} : { calls }), ...(kilobytes === undefined ? {} : { kilobytes }), seconds };
}

/** Why a limit is no number; undefined where all of its values are. */
export function whyNoNumber({ calls, kilobytes, seconds }: PolicyLimit): 'expression' | 'namedValue' | undefined {
  const texts = [calls, kilobytes, seconds].filter((value): value is Extract<LimitValue, string> => typeof value === 'string');
  if (texts.length === 0) return undefined;
  return texts.some((text) => text.startsWith('@')) ? 'expression' : texts.some((text) => text.includes('{{')) ? 'namedValue' : 'expression';
}

function whyShown(limit: PolicyLimit): WhyShown {
  return whyNoNumber(limit) ?? 'incomplete';
}

/** True for an element that limits how often something may be called. */
export function isRate(element: LimitElement): boolean {
  return element === 'rate-limit' || element === 'rate-limit-by-key';
}
