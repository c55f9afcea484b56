// What the editor and the page of a publishing tell each other, plain JSON; what the page sends is checked before it is used.

import { readAction, type KnownActions } from '../../../ui/tables/tablesFromPage';
import type { ErrorAction, ErrorParts } from '../../../model/errors';
import { member } from '../../../base/shape';

/** How a line stands, for its sign. */
export type LineSign = 'none' | 'going' | 'done' | 'failed' | 'conflict' | 'undone' | 'kept';

/** One line: a resource, or the operations of the API that are to be treated alike. */
export interface PublishLine {
  /** Names it in what the page sends. */
  readonly key: string;
  readonly action: 'make' | 'change' | 'leave' | 'conflict';
  readonly actionLabel: string;
  readonly kind: string;
  readonly name: string;
  /** What of it matters most; empty where its name says all. */
  readonly detail: string;
  readonly chosen: boolean;
  /** False where there is nothing to choose: what is left, done or under way. */
  readonly open: boolean;
  /** Why it cannot be chosen as it is; absent where it can. */
  readonly why?: string;
  readonly sign: LineSign;
  /** What the sign says, in words; empty where there is none. */
  readonly state: string;
  readonly notes: readonly string[];
  readonly look?: 'show' | 'diff';
  readonly offers: readonly { readonly kind: 'update' | 'revision'; readonly label: string }[];
}

/** A resource that is not as it was published. */
export interface DriftLine {
  readonly key: string;
  readonly state: string;
  readonly kind: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly diff: boolean;
}

/** What is under way. */
export type PublishBusy = 'applying' | 'undoing' | 'checking' | 'planning';

/** Editor to the page. */
export interface ToPublishPage {
  readonly type: 'publishing';
  /** Empty where there is none, or none any more. */
  readonly key: string;
  readonly service: string;
  readonly instance: string;
  /** True for the stand-in on this computer. */
  readonly sample: boolean;
  readonly phase: 'review' | 'stopped' | 'done' | 'undoing' | 'undone';
  readonly busy?: PublishBusy;
  /** How many steps are chosen and left, and how many are taken. */
  readonly left: number;
  readonly taken: number;
  readonly lines: readonly PublishLine[];
  /** Sentences. */
  readonly warnings: readonly string[];
  /** What went wrong; `line` is where, absent for all of it. */
  readonly problem?: ErrorParts & { readonly line?: string };
  /** What there is now that it is published: sentences, and whether requests and jobs can be sent through the gateway. */
  readonly outcome?: { readonly sentences: readonly string[]; readonly send: boolean; readonly jobs: boolean };
  /** What differs; an empty list where nothing does, absent where nobody has looked. */
  readonly drift?: readonly DriftLine[];
  /** True where something can be taken back. */
  readonly canUndo: boolean;
  readonly canOpenPortal: boolean;
}

/** The page to the editor. */
export type FromPublishPage =
  | { readonly type: 'ready' | 'apply' | 'stop' | 'undo' | 'drift' | 'planAgain' | 'choices' | 'portal' | 'send' | 'runJob' }
  | { readonly type: 'choose'; readonly key: string; readonly chosen: boolean }
  | { readonly type: 'look' | 'driftDiff'; readonly key: string }
  | { readonly type: 'offer'; readonly key: string; readonly kind: 'update' | 'revision' }
  | { readonly type: 'action'; readonly action: ErrorAction };

/** Longer than any path of a resource. */
const longestKey = 1000;

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromPublishPage(message: unknown, actions: KnownActions): FromPublishPage | undefined {
  const type = member(message, 'type');
  const key = readKey(message);
  switch (type) {
    case 'ready':
    case 'apply':
    case 'stop':
    case 'undo':
    case 'drift':
    case 'planAgain':
    case 'choices':
    case 'portal':
    case 'send':
    case 'runJob':
      return { type };
    case 'choose': {
      const chosen = member(message, 'chosen');
      return key === undefined || typeof chosen !== 'boolean' ? undefined : { type, key, chosen };
    }
    case 'look':
    case 'driftDiff':
      return key === undefined ? undefined : { type, key };
    case 'offer': {
      const kind = member(message, 'kind');
      return key === undefined || (kind !== 'update' && kind !== 'revision') ? undefined : { type, key, kind };
    }
    default:
      return readAction(message, actions);
  }
}

function readKey(message: unknown): string | undefined {
  const key = member(message, 'key');
  return typeof key === 'string' && key !== '' && key.length <= longestKey ? key : undefined;
}

/** The publishing that a page which a reload has left was showing, or undefined when it did not say. */
export function readSavedPublishing(state: unknown): string | undefined {
  const key = member(state, 'key');
  return typeof key === 'string' && key !== '' && key.length <= longestKey ? key : undefined;
}
