// How often a job's status is asked for, and what stops the asking: numbers and pure functions (contract sections 1.4, 3.3 and 4.3).

import type { ErrorParts } from '../../../model/errors';
import type { PollOutcome } from '../../../model/job';

/** How hard one host may be asked. A gateway lets few calls through in a week, and each counts. */
export interface Pace {
  /** Calls in one minute, at most. */
  readonly perMinute: number;
  /** Calls under way at once, at most. */
  readonly atOnce: number;
  /** The wait at the beginning of a job, in milliseconds. */
  readonly firstMs: number;
  /** The wait of a job that runs for long. */
  readonly longestMs: number;
  /** The wait of a job whose answers are no status, or none that is known. */
  readonly longestUnreadableMs: number;
  /** The wait of a host that is busy and does not tell for how long. */
  readonly longestBusyMs: number;
}

/** The service itself. */
export const directPace: Pace = {
  perMinute: 120,
  atOnce: 4,
  firstMs: 1000,
  longestMs: 30_000,
  longestUnreadableMs: 60_000,
  longestBusyMs: 60_000,
};

/** A service behind a gateway. */
export const gatewayPace: Pace = {
  perMinute: 4,
  atOnce: 1,
  firstMs: 15_000,
  longestMs: 5 * 60_000,
  longestUnreadableMs: 5 * 60_000,
  longestBusyMs: 10 * 60_000,
};

/** A status that the contract does not know is asked for so many times more, in case it passes. */
const mostUnknown = 10;

/** After so many answers that are no status, and will not be one by waiting, asking again is no use. */
const mostSenseless = 5;

const shortestToldMs = 1000;
const longestToldMs = 60 * 60_000;
/** A quota that does not tell when it is replenished. */
const untoldQuotaMs = 60 * 60_000;
const longestOfflineMs = 60_000;

/** Why a job's status is not asked for at the moment. */
export interface PollPause {
  readonly kind: 'quota' | 'refused' | 'unreadable' | 'unknownStatus' | 'retryAfter' | 'offline';
  /** When asking goes on by itself, in milliseconds since 1970; absent: when a person does something about it, or the network is back. */
  readonly until?: number;
  readonly problem?: ErrorParts;
}

/** How asking for a job's status goes; a view, which is not saved. */
export interface PollState {
  /** Milliseconds since 1970. */
  readonly nextAt?: number;
  /** When the last answer came, in milliseconds since 1970. */
  readonly lastAt?: number;
  /** Tries in a row that gave no status. */
  readonly failures: number;
  readonly pause?: PollPause;
  /** Why what was learned could not be written down. */
  readonly unsaved?: ErrorParts;
}

/** How asking for one job's status has gone so far. */
export interface Following {
  readonly polls: number;
  /** Statuses in a row that the contract does not know. */
  readonly unknown: number;
  /** Answers in a row that are no status. */
  readonly unreadable: number;
  /** Those of them that are no passing faults of the other side. */
  readonly senseless: number;
  /** Tries in a row that gave no status. */
  readonly failures: number;
  /** Set when asking has stopped until a person asks for it. */
  readonly stopped?: PollPause;
}

/** A job that was not asked for yet. */
export const newFollowing: Following = { polls: 0, unknown: 0, unreadable: 0, senseless: 0, failures: 0 };

/**
 * The wait before the next poll in milliseconds. `failures` counts answers in a row that did not help; `random` gives numbers from 0 to 1.
 */
export function nextPollMs(
  { elapsedMs, gateway, polls, failures }: { elapsedMs: number; gateway: boolean; polls: number; failures: number },
  random: () => number,
): number {
  const pace = gateway ? gatewayPace : directPace;
  const elapsed = Math.max(0, elapsedMs);
  // A job that was started long ago, say before this window, is asked for at once.
  if (polls === 0) return Math.max(0, pace.firstMs - elapsed);
  const regular = clamp(elapsed / 10, pace.firstMs, pace.longestMs);
  const wait = failures === 0 ? regular : Math.min(pace.longestUnreadableMs, regular * 2 ** Math.min(failures, 20));
  // A tenth by chance, so that jobs that were started together do not stay together. Never less than what was decided.
  return Math.round(wait * (1 + random() / 10));
}

/** How asking has gone with one answer more. */
export function afterAnswer(before: Following, outcome: PollOutcome): Following {
  const polls = before.polls + 1;
  switch (outcome.kind) {
    case 'status': {
      if (outcome.reading.status !== undefined) return { ...newFollowing, polls };
      const unknown = before.unknown + 1;
      return { ...newFollowing, polls, unknown, ...(unknown > mostUnknown ? { stopped: { kind: 'unknownStatus' } } : {}) };
    }
    case 'unreadable': {
      // A service that is down for a night still has the job in the morning: that is asked for without an end, ever more slowly.
      const senseless = before.senseless + (outcome.passing ? 0 : 1);
      const next = { ...before, polls, unreadable: before.unreadable + 1, senseless, failures: before.failures + 1 };
      return senseless >= mostSenseless ? { ...next, stopped: { kind: 'unreadable', problem: outcome.problem } } : next;
    }
    case 'gone':
      return { ...newFollowing, polls };
    case 'busy':
    case 'quota':
    case 'refused':
    case 'offline':
      return { ...before, polls, failures: before.failures + 1 };
    default:
      return outcome satisfies never;
  }
}

/** A wait that holds for a whole host. */
export interface HostWait {
  readonly kind: 'retryAfter' | 'quota' | 'offline';
  readonly waitMs: number;
  readonly problem: ErrorParts;
}

/** The wait that an answer means for all jobs of its host; undefined when it means none. `failures` counts those before it, in a row. */
export function hostWait(
  outcome: PollOutcome,
  { failures, gateway }: { failures: number; gateway: boolean },
  random: () => number,
): HostWait | undefined {
  const pace = gateway ? gatewayPace : directPace;
  const backoff = (longest: number): number =>
    Math.round(Math.min(longest, pace.firstMs * 2 ** Math.min(failures, 20)) * (1 - random() / 4));
  switch (outcome.kind) {
    case 'busy': {
      const told = outcome.retryAfterMs === undefined ? undefined : clamp(outcome.retryAfterMs, shortestToldMs, longestToldMs);
      return { kind: 'retryAfter', waitMs: told ?? backoff(pace.longestBusyMs), problem: outcome.problem };
    }
    case 'quota':
      return { kind: 'quota', waitMs: Math.max(shortestToldMs, outcome.retryAfterMs ?? untoldQuotaMs), problem: outcome.problem };
    case 'offline':
      return { kind: 'offline', waitMs: backoff(longestOfflineMs), problem: outcome.problem };
    case 'status':
    case 'gone':
    case 'refused':
    case 'unreadable':
      return undefined;
    default:
      return outcome satisfies never;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
