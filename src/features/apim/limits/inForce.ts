// Which limits count for the same callers, and which of them is the tightest: it allows the least per second over its period.

import { currentLimits, type OtherLimit } from '../policy/currentLimits';
import type { LocatedLimit } from '../policy/limits';
import type { PolicyFault } from '../policy/policyFault';
import { isRate, whyNoNumber } from './ownLimits';
import type { InheritedFrom, InheritedPolicy } from './there';

/**
 * What a limit is beside the others that count with it, by what each allows per second over its period: `wins` for all callers,
 * `ownCallers` for those with a key of its product,
 * `otherCallers` for those without such a key; `loses` to another; `alone` where there is nothing to compare it with.
 */
export type Verdict = 'wins' | 'ownCallers' | 'otherCallers' | 'loses' | 'alone';

/** Why a limit cannot be compared. */
export type NotCompared = Exclude<OtherLimit['why'], 'repeated'> | 'expression' | 'namedValue' | 'incomplete';

/** A limit that counts, beside the others. */
export interface LimitInForce {
  readonly from: InheritedFrom | { readonly kind: 'own' };
  /** Undefined for what limits in a way that is not known. */
  readonly limit: LocatedLimit | undefined;
  /** The tag as it stands, where all that is known is that it limits. */
  readonly tag: string;
  readonly verdict: Verdict | NotCompared;
}

/** A policy that counts, with its limits in the order in which they stand. */
export interface PolicyInForce {
  readonly from: LimitInForce['from'];
  /** Why it cannot be read: there may be more limits. */
  readonly fault: PolicyFault | undefined;
  readonly limits: readonly LimitInForce[];
}

type Dimension = 'rate' | 'calls' | 'kilobytes';

/** So much in so many seconds; 0 is for ever. */
interface Measure {
  readonly dimension: Dimension;
  readonly most: number;
  readonly seconds: number;
}

interface Found extends Pick<LimitInForce, 'limit' | 'tag'> {
  /** The product whose callers alone it counts for; undefined where it counts for all. */
  readonly product: number | undefined;
  readonly notCompared: NotCompared | undefined;
  readonly measures: readonly Measure[];
}

/** Compares the limits of a policy with those that count beside them. The first of the answer is the policy itself. */
export function limitsInForce(own: string, inherited: readonly InheritedPolicy[]): readonly PolicyInForce[] {
  const policies = [{ from: { kind: 'own' as const }, text: own }, ...inherited].map(({ from, text = '' }, index) => {
    const { fault, rateLimit, quota, others } = currentLimits(text);
    const product = from.kind === 'product' ? index : undefined;
    const found = [
      ...[rateLimit, quota].flatMap((limit) => (limit ? [foundAs(product, limit, undefined, '')] : [])),
      ...others.map(({ limit, why, text: tag }) => foundAs(product, limit, why === 'repeated' ? undefined : why, tag)),
    ];
    return { from, found, fault: text.trim() === '' ? undefined : fault };
  });
  const all = policies.flatMap(({ found }) => found);
  const products = policies.flatMap(({ from }, index) => (from.kind === 'product' ? [index] : []));
  return policies.map(({ from, found, fault }) => ({
    from, fault,
    limits: [...found].sort((a, b) => (a.limit?.start ?? Infinity) - (b.limit?.start ?? Infinity)).map((each) => ({
      from, limit: each.limit, tag: each.tag, verdict: each.notCompared ?? verdictOf(each, all, products),
    })),
  }));
}

function foundAs(product: number | undefined, limit: LocatedLimit | undefined, why: NotCompared | undefined, tag: string): Found {
  const measures = limit && why === undefined ? measuresOf(limit) : [];
  const notCompared = why ?? (limit && whyNoNumber(limit)) ?? (measures.length === 0 ? 'incomplete' : undefined);
  return { product, limit, tag, notCompared, measures: notCompared === undefined ? measures : [] };
}

function measuresOf({ element, calls, kilobytes, seconds }: LocatedLimit): readonly Measure[] {
  if (typeof seconds !== 'number') return [];
  const measure = (dimension: Dimension, most: unknown): readonly Measure[] =>
    (typeof most === 'number' ? [{ dimension, most, seconds }] : []);
  if (isRate(element)) return seconds === 0 ? [] : measure('rate', calls);
  return [...measure('calls', calls), ...measure('kilobytes', kilobytes)];
}

function verdictOf(found: Found, all: readonly Found[], products: readonly number[]): Verdict {
  // Callers come with a key of one product, or with one that passes over products.
  const callers = found.product === undefined ? [undefined, ...products] : [found.product];
  const verdicts = found.measures.map(({ dimension }) => {
    const places = callers.map((product) => placeAmong(found, dimension, all.filter((each) =>
      each.product === undefined || each.product === product)));
    if (places.every((place) => place === 'alone')) return 'alone';
    if (places.every((place) => place !== 'behind')) return found.product === undefined ? 'wins' : 'ownCallers';
    return places.some((place) => place !== 'behind') ? 'otherCallers' : 'loses';
  });
  const order: readonly Verdict[] = ['wins', 'ownCallers', 'otherCallers', 'loses', 'alone'];
  return order.find((each) => verdicts.some((verdict) => verdict === each)) ?? 'alone';
}

/** Whether another one that counts for the same callers is tighter. */
function placeAmong(found: Found, dimension: Dimension, others: readonly Found[]): 'alone' | 'first' | 'behind' {
  const own = found.measures.find((each) => each.dimension === dimension);
  const rest = others.filter((each) => each !== found).flatMap(({ measures }) => measures.filter((each) => each.dimension === dimension));
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
