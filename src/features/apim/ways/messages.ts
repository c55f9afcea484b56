// What the editor and the page that compares both ways tell each other, plain JSON; what the page sends is checked before it is used.

import { member } from '../../../base/shape';
import type { ErrorAction, ErrorParts } from '../../../model/errors';
import { readAction, readNumber, type KnownActions } from '../../../ui/tables/tablesFromPage';
import { mostTurns, type Way } from './measures';

/** One of both ways, as people know it. */
export interface ShownWay {
  readonly name: string;
  readonly address: string;
}

/** What a page keeps to be found again after a reload: addresses alone. */
export interface SavedWays {
  readonly direct: string;
  readonly gateway: string;
}

/** Something that was found, and whether it is as one would like it. */
export interface ShownFact {
  readonly name: string;
  readonly text: string;
  readonly tone: 'good' | 'warn' | 'plain';
}

/** The calls of a way as dots. Times are in milliseconds. */
export interface ShownLane {
  readonly way: Way;
  readonly name: string;
  /** `counts` is false for what stands outside of the percentiles: the first call, and calls that were refused. */
  readonly dots: readonly { readonly ms: number; readonly words: string; readonly counts: boolean }[];
  readonly p50?: number;
  /** The 95th percentile, or the largest of few. */
  readonly high?: number;
}

/** A table in words. */
export interface ShownTable {
  readonly heads: readonly string[];
  /** The first cell of each row names it. */
  readonly rows: readonly (readonly string[])[];
}

/** A header of the answers. */
export interface ShownHeader {
  readonly name: string;
  readonly verdict: string;
  readonly tone: 'warn' | 'plain';
  readonly direct: string;
  readonly gateway: string;
}

/** What was measured. */
export interface ShownResult {
  readonly ending?: { readonly tone: 'good' | 'warn' | 'bad'; readonly text: string };
  /** What a reader is to know of all of it, in a sentence. */
  readonly warning?: string;
  readonly facts: readonly ShownFact[];
  readonly lanes: readonly ShownLane[];
  /** What the marks of `high` are called. */
  readonly high: string;
  /** The end of the scale, in milliseconds and in words. */
  readonly scale: { readonly ms: number; readonly words: string };
  readonly summary: ShownTable;
  /** How percentiles are reckoned, in a sentence. */
  readonly about: string;
  readonly headers: readonly ShownHeader[];
  /** How many headers are the same both ways, in a sentence. */
  readonly sameHeaders: string;
  readonly calls: ShownTable;
  /** Of which ways an answer can be opened. */
  readonly samples: readonly Way[];
}

/** Editor to the page: all of its state. */
export interface ToWaysPage {
  readonly type: 'ways';
  /** Undefined where there is nothing to compare. */
  readonly saved?: SavedWays;
  readonly title: string;
  readonly direct: ShownWay;
  readonly gateway: ShownWay;
  readonly busy?: 'reading' | 'running';
  /** Why a call on ARM waits. */
  readonly wait?: string;
  readonly progress?: { readonly done: number; readonly all: number };
  readonly problem?: ErrorParts;
  /** What is sent, in a sentence; empty until it is known. */
  readonly request: string;
  readonly turns: number;
  readonly most: number;
  /** What a run will do, in sentences. */
  readonly ahead: readonly { readonly tone: 'warn' | 'plain'; readonly text: string }[];
  readonly canRun: boolean;
  readonly result?: ShownResult;
}

/** The page to the editor. */
export type FromWaysPage =
  | { readonly type: 'ready' | 'refresh' | 'stop' | 'export' }
  | { readonly type: 'run' | 'turns'; readonly turns: number }
  | { readonly type: 'open'; readonly way: Way }
  | { readonly type: 'action'; readonly action: ErrorAction };

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromWaysPage(message: unknown, actions: KnownActions): FromWaysPage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
    case 'refresh':
    case 'stop':
    case 'export':
      return { type };
    case 'run':
    case 'turns': {
      const turns = readNumber(message, 'turns');
      return turns === undefined || !Number.isInteger(turns) || turns < 1 || turns > mostTurns ? undefined : { type, turns };
    }
    case 'open': {
      const way = member(message, 'way');
      return way === 'direct' || way === 'gateway' ? { type, way } : undefined;
    }
    default:
      return readAction(message, actions);
  }
}

/** Longer addresses are none. */
const longestAddress = 4_000;

/** The ways that a page had saved, or undefined when it did not say. */
export function readSavedWays(state: unknown): SavedWays | undefined {
  const [direct, gateway] = ['direct', 'gateway'].map((name) => member(state, name));
  const isAddress = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= longestAddress;
  return isAddress(direct) && isAddress(gateway) ? { direct, gateway } : undefined;
}
