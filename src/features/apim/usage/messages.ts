// What the editor and the page of usage tell each other, plain JSON; what the page sends is checked before it is used.

import { readFromSharedPart, readNumber, type KnownActions } from '../../../ui/tables/tablesFromPage';
import { member } from '../../../base/shape';
import type { ErrorParts } from '../../../model/errors';
import type { FromSharedPart, ToTable } from '../../../ui/tables/messages';
import type { PolicyScope } from '../policy/policyScope';
import type { UsageNumbers } from './numbers';
import { readPeriod, type UsagePeriod } from './period';
import { idKinds, type Refusal, type UsageIdKind, type UsagePlace } from './usageShape';

export type { UsageNumbers } from './numbers';
export type { UsagePeriod } from './period';
export type { UsageIdKind } from './usageShape';

/** The tables of the page by their numbers. */
export const tableNumbers = { time: 0, api: 1, operation: 2, product: 3, subscription: 4, requests: 5 } as const;

/** One of them. */
export type UsageTable = keyof typeof tableNumbers;

/** The parts of the page: pictures, a table, or who is refused. */
export type UsagePart = 'charts' | 'throttled' | UsageTable;

/** One thing with its numbers, in a picture. */
export interface UsageBar {
  /** What narrows to it. */
  readonly key: string;
  readonly title: string;
  /** Beside the title, such as the API of an operation; empty where there is nothing to say. */
  readonly detail: string;
  readonly numbers: UsageNumbers;
}

/** The calls by API, operation, product or subscription, most calls first. */
export interface UsageBreakdown {
  readonly kind: UsageIdKind;
  /** The first of them. */
  readonly bars: readonly UsageBar[];
  /** How many there are, and how many of them nobody called. */
  readonly count: number;
  readonly unused: number;
  /** Says how many calls are of none of them; empty where all are of one. */
  readonly rest: string;
}

/**
 * What pictures show of a slot, as short as it can be written: there may be thousands. The last three are the mean, least and most
 * milliseconds of calls that were let through, where there are such.
 */
export type SlotNumbers =
  | readonly [succeeded: number, failed: number, blocked: number, other: number]
  | readonly [succeeded: number, failed: number, blocked: number, other: number, mean: number, least: number, most: number];

/** Slots of equal length, one after the other; null stands for one of which nothing was told. */
export interface ShownSlots {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly numbers: readonly (SlotNumbers | null)[];
}

/** What was read. */
export interface UsageContent {
  readonly kind: 'usage';
  readonly fromMs: number;
  readonly toMs: number;
  /** True where the first slot begins before `fromMs`, and counts calls from there on. */
  readonly beginsWithin: boolean;
  readonly slots: ShownSlots;
  readonly total: UsageNumbers;
  /** False where no report told of anything, not of zeros either. */
  readonly told: boolean;
  readonly breakdowns: readonly UsageBreakdown[];
  /** What a reader should know, in sentences. */
  readonly notes: readonly string[];
}

/** What is narrowed to: each can be taken away. */
export interface UsageChip {
  readonly key: 'time' | UsageIdKind;
  /** Absent for a span of time, which the page writes. */
  readonly title?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** A caller that was refused, ready to be drawn. */
export interface ThrottledRow {
  /** What narrows to the subscription; absent where there was none. */
  readonly key?: string;
  readonly title: string;
  readonly blocked: number;
  readonly calls?: number;
  /** Absent where single requests are not kept. */
  readonly byStatus?: Readonly<Record<Refusal, number>>;
  readonly lastMs?: number;
  /** What may have refused it: products, APIs, operations and the policy of all APIs, with their limits in a few words. */
  readonly limits: readonly ThrottledLimit[];
  /** How much else it was refused for that was not looked at. */
  readonly notAsked: number;
}

/** What limits a caller. `key` opens its form. */
export interface ThrottledLimit {
  readonly key: string;
  readonly scope: PolicyScope;
  /** Empty for the policy of all APIs. */
  readonly title: string;
  /** Whether its policy was read: this may not be allowed, or it cannot be read safely. */
  readonly state: 'read' | 'unread' | 'notUnderstood';
  /** Empty where it has no limit of its own. */
  readonly limits: readonly string[];
}

/** Who is refused. */
export interface Throttled {
  readonly rows: readonly ThrottledRow[];
  readonly notes: readonly string[];
}

/** Editor to the page: all of its state, without the tables. */
export interface UsageState {
  readonly type: 'usage';
  /** Undefined where there is nothing to show. */
  readonly place?: UsagePlace;
  readonly title: string;
  readonly instance: string;
  readonly sample: boolean;
  readonly period: UsagePeriod;
  /** The interval that is meant, in milliseconds, and whether it was chosen by hand. */
  readonly intervalMs: number;
  readonly chosenInterval: boolean;
  readonly intervals: readonly number[];
  readonly chips: readonly UsageChip[];
  readonly part: UsagePart;
  /** The tables that there are, with their numbers. */
  readonly tables: readonly { readonly part: UsageTable; readonly table: number }[];
  /** Another number whenever the editor asks for a part of the page. */
  readonly turn: number;
  readonly busy: boolean;
  /** Why a call waits. */
  readonly wait?: string;
  readonly problem?: ErrorParts;
  /** When it was read, in milliseconds since 1970. */
  readonly readMs?: number;
  readonly content?: UsageContent | { readonly kind: 'none'; readonly sentence: string; readonly advice: string };
  readonly throttled?: Throttled;
  /** How many single requests are there, of how many where that is known. `kept` is false where the instance keeps none. */
  readonly requests?: { readonly kept: boolean; readonly rows: number; readonly count?: number; readonly more: boolean };
}

/** Editor to the page. */
export type ToUsagePage = UsageState | ToTable;

/** The page to the editor. `interval` 0 is the one that fits. */
export type FromUsagePage =
  | FromSharedPart
  | { readonly type: 'ready'; readonly zone: string }
  | { readonly type: 'refresh' | 'stop' | 'moreRequests' }
  | { readonly type: 'period'; readonly period: UsagePeriod }
  | { readonly type: 'interval'; readonly intervalMs: number }
  | { readonly type: 'part'; readonly part: UsagePart }
  | { readonly type: 'narrow'; readonly kind: UsageIdKind; readonly key: string }
  | { readonly type: 'narrowTime'; readonly fromMs: number; readonly toMs: number }
  | { readonly type: 'widen'; readonly key: UsageChip['key'] }
  | { readonly type: 'limit'; readonly key: string };

const longestKey = 3_000;

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromUsagePage(message: unknown, actions: KnownActions): FromUsagePage | undefined {
  const type = member(message, 'type');
  const key = textIn(message, 'key');
  switch (type) {
    case 'ready':
      return { type, zone: textIn(message, 'zone') ?? '' };
    case 'refresh':
    case 'stop':
    case 'moreRequests':
      return { type };
    case 'period': {
      const period = readPeriod(member(message, 'period'));
      return period && { type, period };
    }
    case 'interval': {
      const intervalMs = readNumber(message, 'intervalMs');
      return intervalMs === undefined ? undefined : { type, intervalMs };
    }
    case 'part': {
      const part = readPart(member(message, 'part'));
      return part && { type, part };
    }
    case 'narrow': {
      const kind = idKinds.find((each) => each === member(message, 'kind'));
      return kind === undefined || key === undefined ? undefined : { type, kind, key };
    }
    case 'narrowTime': {
      const period = readPeriod({ kind: 'between', fromMs: member(message, 'fromMs'), toMs: member(message, 'toMs') });
      return period?.kind === 'between' ? { type, fromMs: period.fromMs, toMs: period.toMs } : undefined;
    }
    case 'widen': {
      const widened = (['time', ...idKinds] as const).find((each) => each === key);
      return widened && { type, key: widened };
    }
    case 'limit':
      return key === undefined ? undefined : { type, key };
    default:
      return readFromSharedPart(message, actions);
  }
}

/** A part of the page by its name, or undefined. */
export function readPart(value: unknown): UsagePart | undefined {
  return parts.find((part) => part === value);
}

const parts: readonly UsagePart[] = ['charts', 'throttled', 'time', 'api', 'operation', 'product', 'subscription', 'requests'];

function textIn(message: unknown, name: string): string | undefined {
  const text = member(message, name);
  return typeof text === 'string' && text.length <= longestKey ? text : undefined;
}
