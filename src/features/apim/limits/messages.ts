// What the editor and the form tell each other, plain JSON; what the page sends is checked before it is used.

import { readAction, readNumber, type KnownActions } from '../../../ui/tables/tablesFromPage';
import { isObject, member } from '../../../base/shape';
import type { ErrorAction, ErrorParts } from '../../../model/errors';
import type { DiffLine } from './diffLines';
import type { LimitProblems, LimitsDraft } from './formShape';
import type { LimitsPlace } from './place';

export type { LimitsDraft } from './formShape';
export type { DiffLine } from './diffLines';

/** Limits that are shown and not edited: each in a few words, and why. */
export interface ShownLimits {
  readonly limits: readonly string[];
  readonly why: string;
}

/** A policy that counts beside the form's own. `problem` where it cannot be read to its end. */
export interface BesideLine {
  readonly source: string;
  /** Empty where it has none. */
  readonly limits: readonly {
    readonly text: string;
    /** Which of several is the tightest, that is allows the least per second over its period; empty where there is nothing to say. */
    readonly verdict: string;
    readonly wins: boolean;
    /** Why it is not compared; empty where it is. */
    readonly note: string;
  }[];
  readonly problem?: string;
}

/** The form: a policy that can be read. */
export interface FormContent {
  readonly kind: 'form';
  /** Another number where the fields were filled anew. */
  readonly filled: number;
  /** That of the last change of the page that stands in it. */
  readonly turn: number;
  readonly draft: LimitsDraft;
  readonly problems: LimitProblems;
  /** By what callers can be told apart; empty where the rate cannot be limited. */
  readonly by: readonly ('subscription' | 'ip')[];
  readonly hasQuota: boolean;
  /** Why something is not offered, in sentences. */
  readonly why: readonly string[];
  /** In the place of the fields. */
  readonly shownRate?: ShownLimits;
  readonly shownQuota?: ShownLimits;
  /** What the verdict on the form's own limits is, as that on those beside; empty where there is nothing to say. */
  readonly rateVerdict: string;
  readonly quotaVerdict: string;
  /** Limits of the policy that the form leaves alone. */
  readonly others: BesideLine['limits'];
  /** What could not be done with the policy, in sentences. */
  readonly left: readonly string[];
  /** What polling a job costs, in sentences. */
  readonly warnings: readonly string[];
  readonly diff: readonly DiffLine[];
  /** True where lines of it are missing or cut: an editor has all of it. */
  readonly diffCut: boolean;
  /** The line of the new text that the service refused. */
  readonly wrongLine?: number;
  /** True where there is no policy yet. */
  readonly isNew: boolean;
  /** True where there is something to save. */
  readonly changes: boolean;
}

/** A policy that cannot be read safely. */
export interface TextContent {
  readonly kind: 'text';
  readonly reason: string;
  readonly text: string;
  /** True where something of it is missing: the editor has all of it. */
  readonly cut: boolean;
}

/** Editor to the page: all of its state. */
export interface ToLimitsPage {
  readonly type: 'limits';
  /** Undefined where there is nothing to show. */
  readonly place?: LimitsPlace;
  readonly title: string;
  readonly instance: string;
  readonly sample: boolean;
  readonly busy?: 'reading' | 'saving';
  /** Why a call waits. */
  readonly wait?: string;
  readonly problem?: ErrorParts;
  /**
   * What has become of a save. `replaced`: saved over a policy that was made elsewhere at that moment. `changed`: somebody else's change is
   * there, and what was to be saved can be compared with it.
   */
  readonly notice?: 'saved' | 'replaced' | 'changed';
  /** Undefined until it is read. */
  readonly content?: FormContent | TextContent;
  readonly beside: readonly BesideLine[];
  readonly besideNotes: readonly string[];
}

/** The page to the editor. `turn` grows with each change. `diff` opens the policy that results, `compare` what was to be saved. */
export type FromLimitsPage =
  | { readonly type: 'ready' | 'refresh' | 'discard' | 'stop' | 'diff' | 'compare' | 'editPolicy' }
  | { readonly type: 'change' | 'save'; readonly turn: number; readonly draft: LimitsDraft }
  | { readonly type: 'action'; readonly action: ErrorAction };

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromLimitsPage(message: unknown, actions: KnownActions): FromLimitsPage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
    case 'refresh':
    case 'discard':
    case 'stop':
    case 'diff':
    case 'compare':
    case 'editPolicy':
      return { type };
    case 'change':
    case 'save': {
      const [turn, draft] = [readNumber(message, 'turn'), readDraft(member(message, 'draft'))];
      return turn === undefined || draft === undefined ? undefined : { type, turn, draft };
    }
    default:
      return readAction(message, actions);
  }
}

/** Nobody types longer texts, in UTF-16 units. */
const longest = 1_000;

const texts = ['calls', 'seconds', 'by', 'quotaCalls', 'quotaKilobytes', 'quotaSpan'] as const;
const flags = ['limited', 'quota'] as const;

function readDraft(value: unknown): LimitsDraft | undefined {
  const draft = Object.fromEntries([...texts, ...flags].map((name) => [name, member(value, name)]));
  return isDraft(draft) ? draft : undefined;
}

function isDraft(value: unknown): value is LimitsDraft {
  return isObject(value) && flags.every((name) => typeof value[name] === 'boolean') && texts.every((name) => {
    const text = value[name];
    return typeof text === 'string' && text.length <= longest;
  });
}
