// Counters of calls: sliding windows of rate limits, fixed windows of quotas. Time is handed in, in milliseconds since 1970.

/** A rate limit that is spent: seconds until a call may pass. */
export interface Spent {
  readonly retryAfter: number;
}

/** Counters are looked through for old ones when there are so many. */
const sweepAt = 10_000;

interface RateCounter {
  /** Calls, oldest first; `before` is the weight of all before it. Those at the beginning may have left the period. */
  calls: { readonly at: number; readonly weight: number; readonly before: number }[];
  periodMs: number;
}

interface QuotaCounter {
  start: number;
  calls: number;
  bytes: number;
  /** 0 for ever. */
  periodMs: number;
}

/** A limit on calls or bytes within a period; 0 is a period that never ends. */
export interface Quota {
  readonly calls?: number;
  readonly bytes?: number;
  readonly periodMs: number;
  /** When periods are counted from; without it from the first call. */
  readonly firstStart?: number;
}

/** How a quota stands. `start` is in milliseconds since 1970; `periodMs` is 0 where it never begins anew. */
export interface QuotaState {
  readonly start: number;
  readonly periodMs: number;
  readonly calls: number;
  readonly bytes: number;
}

/** All counters of a gateway. They live as long as it does. */
export class Limits {
  private readonly rates = new Map<string, RateCounter>();
  private readonly quotas = new Map<string, QuotaCounter>();

  constructor(private readonly now: () => number) {}

  /** How many calls may still pass within the period, or that none may. */
  rateLeft(key: string, calls: number, periodMs: number): { readonly left: number } | Spent {
    const counted = this.rates.get(key)?.calls ?? [];
    const first = this.firstWithin(counted, periodMs);
    const used = weightFrom(counted, first);
    if (used < calls) return { left: calls - used };
    // The call passes when so many of the oldest have left the window that there is room for it.
    const from = counted[first]?.before ?? 0;
    const enough = firstWhere(counted, ({ before, weight }) => before + weight - from > used - calls);
    const last = first === counted.length ? undefined : counted[enough] ?? counted.at(-1);
    return { retryAfter: secondsUntil((last?.at ?? this.now()) + periodMs, this.now()) };
  }

  countRate(key: string, weight: number, periodMs: number): void {
    this.sweep();
    const counter = this.rates.get(key) ?? { calls: [], periodMs };
    counter.periodMs = Math.max(counter.periodMs, periodMs);
    const { calls } = counter;
    const first = this.firstWithin(calls, counter.periodMs);
    // Seldom, so that a call takes no longer where many were made before it.
    if (2 * first > calls.length) calls.splice(0, first);
    const last = calls.at(-1);
    // A clock that was set back puts no call before an earlier one.
    calls.push({ at: Math.max(this.now(), last?.at ?? 0), weight, before: last ? last.before + last.weight : 0 });
    this.rates.set(key, counter);
  }

  /** What of a quota is spent, and the seconds until it begins anew (undefined: never); undefined where a call may pass. */
  quotaSpent(key: string, quota: Quota): { readonly what: 'calls' | 'bytes'; readonly retryAfter: number | undefined } | undefined {
    const there = this.quotas.get(key);
    const { start, calls, bytes } = there && !this.isOver(there, quota) ? there : { start: this.startOf(quota), calls: 0, bytes: 0 };
    const noCalls = quota.calls !== undefined && calls >= quota.calls;
    if (!noCalls && (quota.bytes === undefined || bytes < quota.bytes)) return undefined;
    const retryAfter = quota.periodMs === 0 ? undefined : secondsUntil(start + quota.periodMs, this.now());
    return { what: noCalls ? 'calls' : 'bytes', retryAfter };
  }

  countQuota(key: string, quota: Quota, calls: number, bytes: number): void {
    this.sweep();
    const there = this.quotas.get(key);
    const { periodMs } = quota;
    const counter = there && !this.isOver(there, quota) ? there : { start: this.startOf(quota), calls: 0, bytes: 0, periodMs };
    counter.periodMs = periodMs;
    counter.calls += calls;
    counter.bytes += bytes;
    this.quotas.set(key, counter);
  }

  /** How a quota stands in its present period; undefined where nothing was counted. */
  quotaState(key: string): QuotaState | undefined {
    const found = this.quotas.get(key);
    return found && !this.isOver(found, found) ? found : undefined;
  }

  /** Sets what a quota has counted in its present period. */
  setQuota(key: string, { calls, bytes }: Pick<QuotaState, 'calls' | 'bytes'>): void {
    const found = this.quotas.get(key);
    if (found) [found.calls, found.bytes] = [calls, bytes];
  }

  private startOf({ firstStart, periodMs }: Quota): number {
    const now = this.now();
    return firstStart === undefined || periodMs === 0 ? now : firstStart + Math.floor((now - firstStart) / periodMs) * periodMs;
  }

  private isOver({ start }: QuotaCounter, { periodMs }: Pick<Quota, 'periodMs'>): boolean {
    return periodMs > 0 && start + periodMs <= this.now();
  }

  /** The place of the first call within the period; behind the last where there is none. */
  private firstWithin(calls: RateCounter['calls'], periodMs: number): number {
    const from = this.now() - periodMs;
    return firstWhere(calls, ({ at }) => at > from);
  }

  /** Keys may be addresses of callers, or anything else that a caller can choose. */
  private sweep(): void {
    if (this.rates.size + this.quotas.size < sweepAt) return;
    for (const [key, { calls, periodMs }] of this.rates) if (this.firstWithin(calls, periodMs) === calls.length) this.rates.delete(key);
    for (const [key, counter] of this.quotas) if (this.isOver(counter, counter)) this.quotas.delete(key);
  }
}

function weightFrom(calls: RateCounter['calls'], first: number): number {
  const [from, last] = [calls[first], calls.at(-1)];
  return from && last ? last.before + last.weight - from.before : 0;
}

/** The place of the first item of which something holds that holds of all behind it, too; behind the last where it holds of none. */
function firstWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function secondsUntil(then: number, now: number): number {
  return Math.max(1, Math.ceil((then - now) / 1000));
}

/** A time as quotas name it: `03:30:56`, or `5.03:23:11` with days. */
export function quotaTime(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  return `${days > 0 ? `${days}.` : ''}${two((seconds % 86_400) / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}
