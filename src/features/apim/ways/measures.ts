// The numbers of a comparison of two ways: the order of the calls, percentiles by nearest rank, and what is added. Pure.

/** Which way a call goes. */
export type Way = 'direct' | 'gateway';

/** Both, in the order in which they are shown. */
export const ways = ['direct', 'gateway'] as const;

/** One call that was made. */
export interface WayCall {
  readonly way: Way;
  /** Counts the calls of a way, from 0. The first one has made the connection. */
  readonly turn: number;
  readonly ms: number;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** Size of the answer's body, in bytes. */
  readonly bytes: number;
  /** What tells the answer's body from others; empty where there is none. */
  readonly digest: string;
  /** Why it was refused, in a sentence; undefined for an answer that says yes. */
  readonly refused: string | undefined;
}

/** The calls of a way in numbers. Times are those of calls that were answered with yes, without the first; in milliseconds. */
export interface WaySummary {
  readonly calls: number;
  readonly refused: number;
  readonly timed: number;
  readonly firstMs: number | undefined;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** The sizes of answers that were met, in bytes, ascending. */
  readonly sizes: readonly number[];
}

/** So many calls each way at most, and so many where nothing was chosen. */
export const mostTurns = 50;
export const usualTurns = 10;

/** Of fewer times a 95th percentile says nothing: it is the largest of them. */
export const fewestFor95 = 20;

/** Which way each of so many calls goes: in turns, each way first as often as the other, so that both are warm alike. */
export function wayOrder(turns: number): readonly Way[] {
  const inTurn = (turn: number): readonly Way[] => (turn % 2 === 0 ? ['direct', 'gateway'] : ['gateway', 'direct']);
  return Array.from({ length: turns }, (_, turn) => inTurn(turn)).flat();
}

/** The value that so much of the values (0 to 1) do not exceed, by nearest rank: one of them itself. Undefined where there are none. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** The calls whose times count. */
export function timedCalls(calls: readonly WayCall[], way: Way): readonly WayCall[] {
  return calls.filter((call) => call.way === way && call.turn > 0 && call.refused === undefined);
}

/** The calls of a way in numbers. */
export function summaryOf(calls: readonly WayCall[], way: Way): WaySummary {
  const own = calls.filter((call) => call.way === way);
  const times = timedCalls(calls, way).map(({ ms }) => ms);
  const answered = own.filter(({ refused }) => refused === undefined);
  return {
    calls: own.length, refused: own.length - answered.length, timed: times.length,
    firstMs: own.find(({ turn, refused }) => turn === 0 && refused === undefined)?.ms,
    p50: percentile(times, 0.5), p95: percentile(times, 0.95),
    least: times.length === 0 ? undefined : Math.min(...times), most: times.length === 0 ? undefined : Math.max(...times),
    sizes: [...new Set(answered.map(({ bytes }) => bytes))].sort((one, other) => one - other),
  };
}

/** What the gateway adds; undefined where one way has no times. */
export function added(direct: number | undefined, gateway: number | undefined): number | undefined {
  return direct === undefined || gateway === undefined ? undefined : gateway - direct;
}

/** How alike the answers that say yes are. `same`: of so many of the calls the body is that of the first answer. */
export interface Likeness {
  readonly answered: number;
  readonly same: number;
  /** True where each way gives one and the same body, and the two differ. */
  readonly byWay: boolean;
}

/** Compares the bodies of all answers that say yes with the first one. */
export function likenessOf(calls: readonly WayCall[]): Likeness {
  const answered = calls.filter(({ refused }) => refused === undefined);
  const [first] = answered;
  const digests = (way: Way): Set<string> => new Set(answered.filter((call) => call.way === way).map(({ digest }) => digest));
  const [direct, gateway] = [digests('direct'), digests('gateway')];
  const [one, other] = [[...direct], [...gateway]];
  return {
    answered: answered.length, same: answered.filter(({ digest }) => digest === first?.digest).length,
    byWay: one.length === 1 && other.length === 1 && one[0] !== other[0],
  };
}
