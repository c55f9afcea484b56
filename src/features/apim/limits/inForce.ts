// Which limits count for the same callers, and which of them stops a caller first.

import { limitsOf, type PolicyLimit } from '../policy/limits';
import { callersOf, isRate, whyNoNumber } from './ownLimits';
import type { InheritedFrom, InheritedPolicy } from './there';

/**
 * What a limit is beside the others that count with it: `wins` for all callers, `ownCallers` for those with a key of its product,
 * `otherCallers` for those without such a key; `loses` to another; `alone` where there is nothing to compare it with.
 */
export type Verdict = 'wins' | 'ownCallers' | 'otherCallers' | 'loses' | 'alone';

/** Why a limit cannot be compared. */
export type NotCompared = 'conditional' | 'expression' | 'namedValue' | 'otherKey' | 'part' | 'incomplete';

/** A limit that counts, beside the others. */
export interface LimitInForce {
  readonly from: InheritedFrom | { readonly kind: 'own' };
  readonly limit: PolicyLimit;
  readonly verdict: Verdict | NotCompared;
}

/** A policy that counts, with its limits. */
export interface PolicyInForce {
  readonly from: LimitInForce['from'];
  /** False for a document that cannot be read to its end. */
  readonly understood: boolean;
  readonly limits: readonly LimitInForce[];
}

type Dimension = 'rate' | 'calls' | 'kilobytes';

/** So much in so many seconds; 0 is for ever. */
interface Measure {
  readonly dimension: Dimension;
  readonly most: number;
  readonly seconds: number;
}

interface Measured {
  readonly limit: PolicyLimit;
  /** The product whose callers alone it counts for; undefined where it counts for all. */
  readonly product: number | undefined;
  readonly measures: readonly Measure[];
}

/** Compares the limits of a policy with those that count beside them. The first of the answer is the policy itself. */
export function limitsInForce(own: string, inherited: readonly InheritedPolicy[]): readonly PolicyInForce[] {
  const policies = [{ from: { kind: 'own' as const }, text: own }, ...inherited].map(({ from, text = '' }, index) => ({
    from, index, read: limitsOf(text),
  }));
  const all = policies.flatMap(({ from, index, read }) => read.limits.map((limit): Measured => ({
    limit, product: from.kind === 'product' ? index : undefined, measures: whyNotCompared(limit) === undefined ? measuresOf(limit) : [],
  })));
  const products = policies.flatMap(({ from, index }) => (from.kind === 'product' ? [index] : []));
  return policies.map(({ from, read }) => ({
    from, understood: read.understood,
    limits: read.limits.map((limit) => {
      const measured = all.find((each) => each.limit === limit);
      return { from, limit, verdict: whyNotCompared(limit) ?? (measured ? verdictOf(measured, all, products) : 'alone') };
    }),
  }));
}

/** Why it is not held against others; undefined where it is. */
function whyNotCompared(limit: PolicyLimit): NotCompared | undefined {
  if (limit.conditional) return 'conditional';
  if (limit.only !== undefined) return 'part';
  const noNumber = whyNoNumber(limit);
  if (noNumber !== undefined) return noNumber;
  if (limit.element === 'quota-by-key' || (isRate(limit.element) && callersOf(limit) === undefined)) return 'otherKey';
  return measuresOf(limit).length === 0 ? 'incomplete' : undefined;
}

function measuresOf({ element, calls, kilobytes, seconds }: PolicyLimit): readonly Measure[] {
  if (typeof seconds !== 'number') return [];
  const measure = (dimension: Dimension, most: unknown): readonly Measure[] => (typeof most === 'number' ? [{ dimension, most, seconds }] : []);
  if (isRate(element)) return seconds === 0 ? [] : measure('rate', calls);
  return [...measure('calls', calls), ...measure('kilobytes', kilobytes)];
}

function verdictOf(measured: Measured, all: readonly Measured[], products: readonly number[]): Verdict {
  // Callers come with a key of one product, or with one that passes over products.
  const callers = measured.product === undefined ? [undefined, ...products] : [measured.product];
  const verdicts = measured.measures.map(({ dimension }) => {
    const places = callers.map((product) => placeAmong(measured, dimension, all.filter((each) =>
      each.product === undefined || each.product === product)));
    if (places.every((place) => place === 'alone')) return 'alone';
    if (places.every((place) => place !== 'behind')) return measured.product === undefined ? 'wins' : 'ownCallers';
    return places.some((place) => place !== 'behind') ? 'otherCallers' : 'loses';
  });
  const order: readonly Verdict[] = ['wins', 'ownCallers', 'otherCallers', 'loses', 'alone'];
  return order.find((each) => verdicts.some((verdict) => verdict === each)) ?? 'alone';
}

/** Whether another one that counts for the same callers is tighter. */
function placeAmong(measured: Measured, dimension: Dimension, others: readonly Measured[]): 'alone' | 'first' | 'behind' {
  const own = measured.measures.find((each) => each.dimension === dimension);
  const rest = others.filter((each) => each !== measured).flatMap(({ measures }) => measures.filter((each) => each.dimension === dimension));
  if (!own || rest.length === 0) return 'alone';
  return rest.some((each) => compared(each, own) < 0) ? 'behind' : 'first';
}

/** Below zero where the one is tighter: less in a second, then less at once. What is never filled again is tighter than what is. */
function compared(one: Measure, other: Measure): number {
  if (one.seconds === 0 || other.seconds === 0) {
    return one.seconds === other.seconds ? one.most - other.most : one.seconds - other.seconds;
  }
  return one.most * other.seconds - other.most * one.seconds || one.most - other.most;
}
