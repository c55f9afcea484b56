// What the stand-in's ARM can be asked to do wrong, and which of it is still to come.

import { isObject, tryParse } from '../../base/shape';
import { badRequest } from './armProblem';

/** Names of faults, with the calls that each is for where it does not say itself. */
export const armFaults = {
  longPoll: 'starts', foreignLocation: 'starts',
  poll404: 'polls', pollError: 'polls',
  foreignNextLink: 'lists',
  conflict: 'writes', stale: 'writes',
  empty404: 'any', throttle: 'any', expired: 'any', slow: 'any', cut: 'any', error500: 'any', forbidden: 'any',
  activating: 'any', unregistered: 'any',
  reader: 'permissions',
  activationFails: 'creates',
} as const;

/** One of them. */
export type ArmFault = keyof typeof armFaults;

const names = new Map(Object.keys(armFaults).map((name) => [name, name]));

/** A fault that is planned. */
interface Planned {
  readonly fault: ArmFault;
  /** Part of the path, without case. */
  readonly match: string | undefined;
  readonly method: string | undefined;
  /** How long `slow` waits, in milliseconds. */
  readonly ms: number;
  left: number;
}

/** Holds what is planned; a call takes the first that is meant for it. */
export class ArmFaultQueue {
  private planned: Planned[] = [];

  /** Reads `{"fault": NAME, "match", "method", "count", "ms"}`, or a list of them as `{"faults": [...]}`. Throws a 400. */
  add(body: string): void {
    const given = tryParse(body);
    const list = isObject(given) && Array.isArray(given.faults) ? given.faults : [given];
    this.planned.push(...list.map(readFault));
  }

  /** Uses up one of these faults for a call. */
  take(wanted: readonly ArmFault[], method: string, path: string): Planned | undefined {
    const found = this.planned.find((each) => wanted.includes(each.fault)
      && (each.method === undefined || each.method === method)
      && (each.match === undefined || path.toLowerCase().includes(each.match)));
    if (!found) return undefined;
    found.left--;
    if (found.left === 0) this.planned = this.planned.filter((each) => each !== found);
    return found;
  }

  /** What is left. */
  pending(): readonly object[] {
    return this.planned.map(({ fault, match, method, ms, left }) => ({ fault, match, method, ms, count: left }));
  }

  /** Forgets all. */
  clear(): void {
    this.planned = [];
  }
}

function readFault(value: unknown): Planned {
  if (!isObject(value)) throw wrong('A fault must be an object.');
  const known = ['fault', 'match', 'method', 'count', 'ms'];
  const strange = Object.keys(value).find((name) => !known.includes(name));
  if (strange !== undefined) throw wrong(`'${strange}' is not known here. Known are: ${known.join(', ')}.`);
  const { fault, match, method, count = 1, ms = 1000 } = value;
  if (typeof fault !== 'string' || !isFault(fault)) throw wrong(`'fault' must be one of these: ${[...names.keys()].join(', ')}.`);
  if (match !== undefined && typeof match !== 'string') throw wrong("'match' must be a part of a path.");
  if (method !== undefined && typeof method !== 'string') throw wrong("'method' must be an HTTP method.");
  if (!isWhole(count, 1, 1_000_000)) throw wrong("'count' must be a whole number from 1 on.");
  if (!isWhole(ms, 0, 600_000)) throw wrong("'ms' must be a whole number up to 600000.");
  return { fault, match: match?.toLowerCase(), method: method?.toUpperCase(), left: count, ms };
}

function isFault(name: string): name is ArmFault {
  return names.has(name);
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function wrong(sentence: string): Error {
  return badRequest('BadFault', sentence);
}
