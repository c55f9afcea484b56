// The fields of the form: what stands there first, what is wrong with them, and what they ask for.

import { quotaProblems, rateProblems } from '../definition/choices';
import type { Quota, RateLimit } from '../definition/definition';
import { numberOf, quotaOf } from '../choices/draft';
import type { LimitProblems, LimitsDraft } from './formShape';
import type { OfferedLimits } from './offered';
import type { LimitGroup, OwnLimits } from './ownLimits';

/** What is to be done with the limits of a policy; what is absent is not touched. */
export interface LimitsWanted {
  readonly rateLimit?: RateLimit | 'none';
  readonly quota?: Quota | 'none';
}

/** What a limit begins with that is turned on. */
const firstRate = { calls: 100, seconds: 60 };
const firstQuota = { calls: 10_000, seconds: 604_800 };

/** The fields for what a policy has. */
export function draftOf({ rate, quota }: OwnLimits, { by }: OfferedLimits): LimitsDraft {
  const calls = rate.kind === 'set' ? rate.value : { ...firstRate, by: by[0] ?? 'subscription' };
  const most: Quota = quota.kind === 'set' ? quota.value : firstQuota;
  return {
    limited: rate.kind === 'set', calls: String(calls.calls), seconds: String(calls.seconds), by: calls.by,
    quota: quota.kind === 'set', quotaCalls: String(most.calls ?? ''), quotaKilobytes: String(most.kilobytes ?? ''),
    quotaSpan: String(most.seconds),
  };
}

/** The fields of a document that was read anew, with what the person had changed in those of the one before. */
export function withTyped(fresh: LimitsDraft, typed: LimitsDraft, before: LimitsDraft): LimitsDraft {
  const pick = <K extends keyof LimitsDraft>(name: K): LimitsDraft[K] => (typed[name] === before[name] ? fresh[name] : typed[name]);
  return {
    limited: pick('limited'), calls: pick('calls'), seconds: pick('seconds'), by: pick('by'), quota: pick('quota'),
    quotaCalls: pick('quotaCalls'), quotaKilobytes: pick('quotaKilobytes'), quotaSpan: pick('quotaSpan'),
  };
}

/** True where the fields hold the same. */
export function sameDraft(one: LimitsDraft, other: LimitsDraft): boolean {
  const values = new Map(Object.entries(other));
  return Object.entries(one).every(([name, value]) => values.get(name) === value);
}

/** What the fields ask for. Numbers that are none are NaN, for `draftProblems` to find. */
export function wantedOf(draft: LimitsDraft, own: OwnLimits, offered: OfferedLimits): LimitsWanted {
  const rate = change(own.rate, offered.by.length > 0 && draft.limited ? rateOf(draft) : undefined, sameRate);
  const quota = change(own.quota, offered.quota && draft.quota ? quotaOf(draft) : undefined, sameQuota);
  return { ...(rate === undefined ? {} : { rateLimit: rate }), ...(quota === undefined ? {} : { quota }) };
}

/** What is wrong with the fields that are shown. */
export function draftProblems(wanted: LimitsWanted): LimitProblems {
  const { rateLimit = 'none', quota = 'none' } = wanted;
  return {
    ...(rateLimit === 'none' ? {} : rateProblems(rateLimit)),
    ...(quota === 'none' ? {} : quotaProblems(quota)),
  };
}

function rateOf({ calls, seconds, by }: LimitsDraft): RateLimit {
  return { calls: numberOf(calls), seconds: numberOf(seconds), by: by === 'ip' ? 'ip' : 'subscription' };
}

/** Undefined where nothing is to be done. */
function change<T>(group: LimitGroup<T>, wanted: T | undefined, same: (one: T, other: T) => boolean): T | 'none' | undefined {
  switch (group.kind) {
    case 'shown':
      return undefined;
    case 'none':
      return wanted;
    case 'set':
      return wanted === undefined ? 'none' : same(group.value, wanted) ? undefined : wanted;
    default:
      return group satisfies never;
  }
}

function sameRate(one: RateLimit, other: RateLimit): boolean {
  return one.calls === other.calls && one.seconds === other.seconds && one.by === other.by;
}

function sameQuota(one: Quota, other: Quota): boolean {
  return one.calls === other.calls && one.kilobytes === other.kilobytes && one.seconds === other.seconds;
}
