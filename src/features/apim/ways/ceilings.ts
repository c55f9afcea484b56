// How many calls the limits of a gateway let through, and when to stop so that none of them is used up. Pure.

import type { Header } from '../../../model/wire';
import { limitsInForce, type LimitInForce } from '../limits/inForce';
import { isRate, whyNoNumber } from '../limits/ownLimits';
import type { LimitsThere } from '../limits/there';

/** A limit that can be counted: so many calls in so many seconds; 0 seconds are for ever. */
export interface Ceiling {
  readonly found: LimitInForce;
  readonly kind: 'rate' | 'quota';
  readonly calls: number;
  readonly seconds: number;
}

/** The limits that count for calls of an operation. */
export interface Ceilings {
  readonly counted: readonly Ceiling[];
  /** Those that cannot be counted from here, as by an expression or a condition, or only in part, as bandwidth. */
  readonly others: readonly LimitInForce[];
  /** True where a policy cannot be read, or it is not known whose policies count: there may be more. */
  readonly unread: boolean;
}

/** So much of each limit is left to others. */
export const keptFree = 1;

/** Reads the limits out of the policies of an operation and of all that is above it. */
export function ceilingsOf({ own, inherited }: Pick<LimitsThere, 'own' | 'inherited'>): Ceilings {
  const policies = limitsInForce(own?.text ?? '', inherited);
  const all = policies.flatMap(({ limits }) => limits);
  const counted = all.flatMap((found): readonly Ceiling[] => {
    const { limit } = found;
    if (!limit || whyNoNumber(limit) !== undefined || limit.conditional || limit.only !== undefined) return [];
    const { calls, seconds, element } = limit;
    if (typeof calls !== 'number' || typeof seconds !== 'number') return [];
    return [{ found, kind: isRate(element) ? 'rate' : 'quota', calls, seconds }];
  });
  const known = new Set(counted.flatMap(({ found }) => (found.limit?.kilobytes === undefined ? [found] : [])));
  return { counted, others: all.filter((found) => !known.has(found)), unread: policies.some(({ fault }) => fault !== undefined) };
}

/** Calls that were made before. */
export interface CallsMade {
  /** When, by the clock of `now`, in milliseconds. */
  readonly made: readonly number[];
  readonly now: number;
}

/** How many of the calls that were made count for a limit still. */
export function madeWithin({ seconds }: Pick<Ceiling, 'seconds'>, { made, now }: CallsMade): number {
  return seconds === 0 ? made.length : made.filter((at) => now - at < seconds * 1000).length;
}

/** How many more calls the limits let through, and the one that ends them first; all of them where none does. */
export function allowed(
  { counted }: Pick<Ceilings, 'counted'>, wanted: number, before: CallsMade,
): { readonly calls: number; readonly by?: Ceiling } {
  let found: { readonly calls: number; readonly by?: Ceiling } = { calls: wanted };
  for (const by of counted) {
    const calls = Math.max(0, by.calls - keptFree - madeWithin(by, before));
    if (calls < found.calls) found = { calls, by };
  }
  return found;
}

/** The limit that one more call would use up. */
export function usedUp({ counted }: Pick<Ceilings, 'counted'>, before: CallsMade): Ceiling | undefined {
  return counted.find((ceiling) => madeWithin(ceiling, before) >= ceiling.calls - keptFree);
}

/** How many calls are left, as headers of an answer tell; undefined where none does. The least of several. */
export function remainingIn(headers: readonly Header[]): number | undefined {
  const told = headers.filter(({ name, value }) => /remaining/i.test(name) && /^\d{1,12}$/.test(value.trim()));
  return told.length === 0 ? undefined : Math.min(...told.map(({ value }) => Number(value)));
}
