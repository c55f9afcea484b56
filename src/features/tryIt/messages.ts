// What the editor and the page of a call tell each other, plain JSON; what the page sends is checked before it is used.

import { readAction, readNumber, type KnownActions } from '../../ui/tables/tablesFromPage';
import { isArray, member } from '../../base/shape';
import type { ErrorAction, ErrorParts } from '../../model/errors';
import type { Afterwards, CallDraft, CallHeader, CallShape, DraftProblems, SavedTarget, Unsent } from './shape';
import { isTraceRequest, type TraceRequest, type TraceView } from './trace';

export type {
  Afterwards, BodyProblem, CallBody, CallDraft, CallHeader, CallParameter, CallShape, DraftProblems, KeyChoice, SavedTarget,
  Unsent,
} from './shape';
export type { ShownStep, ShownTrace, TraceRequest, TraceView } from './trace';

export type { FormEdit, FormState } from './form/formMessages';
export type { FormCell, FormField, FormInput, TypedKind } from './form/formShape';

/** The fields, and what comes of them. */
export interface CallContent {
  /** Another number where the fields were filled anew. */
  readonly filled: number;
  /** That of the last change of the page that stands in it. */
  readonly turn: number;
  readonly shape: CallShape;
  readonly draft: CallDraft;
  readonly problems: DraftProblems;
  /** The address that is called; what is missing stands in it as `{name}`. */
  readonly address: string;
}

/** Editor to the page: all of its state. */
export interface ToTryItPage {
  readonly type: 'call';
  /** Undefined where there is nothing to call. */
  readonly saved?: SavedTarget;
  /** What a reload has left is looked for, or is not known any more. */
  readonly left?: 'looking' | 'gone';
  readonly title: string;
  readonly busy?: 'reading' | 'sending';
  /** Why it takes long. */
  readonly wait?: string;
  readonly problem?: ErrorParts;
  /** Why what was to be sent was not. */
  readonly unsent?: Unsent;
  /** What can be done with the last answer. */
  readonly afterwards?: Afterwards;
  /** Undefined until it is read. */
  readonly content?: CallContent;
  /** Undefined where calls cannot be traced. */
  readonly trace?: TraceView;
}

/** The page to the editor. `turn` grows with each change. */
export type FromTryItPage =
  | { readonly type: 'ready' | 'refresh' | 'stop' | 'setKey' }
  | { readonly type: TraceRequest }
  /** `of` is what was on the page when it was typed: another may have been opened meanwhile. */
  | { readonly type: 'change' | 'send' | 'sendAnyway'; readonly turn: number; readonly draft: CallDraft; readonly of: SavedTarget }
  | { readonly type: 'take'; readonly offer: string }
  | { readonly type: 'action'; readonly action: ErrorAction };

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromTryItPage(message: unknown, actions: KnownActions): FromTryItPage | undefined {
  const type = member(message, 'type');
  if (isTraceRequest(type)) return { type };
  switch (type) {
    case 'ready':
    case 'refresh':
    case 'stop':
    case 'setKey':
      return { type };
    case 'change':
    case 'send':
    case 'sendAnyway': {
      const [turn, draft] = [readNumber(message, 'turn'), readDraft(member(message, 'draft'))];
      const of = readSavedTarget(member(message, 'of'));
      return turn === undefined || draft === undefined || of === undefined ? undefined : { type, turn, draft, of };
    }
    case 'take': {
      const offer = readText(message, 'offer', longestId);
      return offer === undefined ? undefined : { type, offer };
    }
    default:
      return readAction(message, actions);
  }
}

/** Longer ids, fields and bodies than these are on no page, in UTF-16 units, and no more of them. */
const longestId = 1_000;
const longestField = 100_000;
const longestBody = 64 * 1024 * 1024;
const most = 1_000;

function readDraft(value: unknown): CallDraft | undefined {
  const [base, body] = [readText(value, 'base', longestField), readText(value, 'body', longestBody)];
  const key = readText(value, 'key', longestId);
  const [values, headers, serviceKey] = [member(value, 'values'), member(value, 'headers'), member(value, 'serviceKey')];
  if (base === undefined || body === undefined || key === undefined || typeof serviceKey !== 'boolean') return undefined;
  if (!isArray(values) || !isArray(headers) || values.length > most || headers.length > most) return undefined;
  const texts = values.filter((each) => typeof each === 'string' && each.length <= longestField).map(String);
  const read = headers.flatMap((each): CallHeader[] => {
    const [name, text] = [readText(each, 'name', longestField), readText(each, 'value', longestField)];
    return name === undefined || text === undefined ? [] : [{ name, value: text }];
  });
  if (texts.length < values.length || read.length < headers.length) return undefined;
  return { base, values: texts, headers: read, body, key, serviceKey };
}

function readText(value: unknown, name: string, longest: number): string | undefined {
  const text = member(value, name);
  return typeof text === 'string' && text.length <= longest ? text : undefined;
}

/** The target that a page had saved, or undefined when it did not say. */
export function readSavedTarget(state: unknown): SavedTarget | undefined {
  const ids = member(state, 'ids');
  if (!isArray(ids) || ids.length > 10) return undefined;
  const read = ids.filter((id): id is string => typeof id === 'string' && id !== '' && id.length <= longestId);
  return read.length < ids.length ? undefined : { ids: read };
}
