// What the editor and the page of a new instance tell each other, plain JSON; what comes from the page is checked before it is used.

import { isArray, isObject, member } from '../../../base/shape';
import type { ErrorAction, ErrorParts } from '../../../model/errors';
import { readNumber } from '../../../ui/tables/tablesFromPage';
import { createFields, type CreateDraft, type CreateField, type CreateProblems } from './draft';
import type { TierTable } from './tiers';

export type { CreateDraft, CreateField } from './draft';
export type { TierCell, TierTable } from './tiers';

/** One of those that a field offers. */
export interface Offered {
  readonly value: string;
  readonly label: string;
}

/** How it stands with what a field offers. */
export type OfferedList =
  | { readonly kind: 'none' | 'loading' }
  | { readonly kind: 'there'; readonly items: readonly Offered[] }
  | { readonly kind: 'problem'; readonly problem: ErrorParts };

/** What is known of the name that stands in its field. */
export type NameState =
  | { readonly kind: 'none' | 'checking' | 'free' }
  /** The service's own reason. */
  | { readonly kind: 'taken'; readonly message: string }
  /** A deleted instance holds it, which can be restored. */
  | { readonly kind: 'deleted'; readonly message: string }
  | { readonly kind: 'problem'; readonly problem: ErrorParts };

/** Editor to page: all of it, whenever anything changes. */
export interface ToCreatePage {
  readonly type: 'form';
  /** That of the last change that the editor has taken in: `draft` is the form as it is to be then. */
  readonly turn: number;
  readonly draft: CreateDraft;
  readonly problems: CreateProblems;
  readonly name: NameState;
  readonly subscriptions: OfferedList;
  readonly signedIn: boolean;
  readonly groups: OfferedList;
  readonly locations: OfferedList;
  /** False where API Management has to be registered in the subscription first. */
  readonly registered: boolean;
  /** True for the sample. */
  readonly free: boolean;
  readonly tiers: TierTable;
  /** Grows each time that the person wanted to go on and something is wrong: the first problem is to be looked at. */
  readonly wanted: number;
  /** True while it is confirmed and begun. */
  readonly busy: boolean;
}

/** Page to editor. `field` is the one that was changed. */
export type FromCreatePage =
  | { readonly type: 'ready' }
  | { readonly type: 'change'; readonly turn: number; readonly draft: CreateDraft; readonly field: CreateField }
  | { readonly type: 'submit'; readonly turn: number; readonly draft: CreateDraft }
  | { readonly type: 'restore' | 'register' | 'reload' | 'price' | 'signIn' }
  | { readonly type: 'action'; readonly action: ErrorAction };

/** What a page saves. */
export interface SavedCreate {
  readonly draft: CreateDraft;
  readonly touched: readonly CreateField[];
}

/** The page's request, or undefined when the message is none that the page can have sent. `isAction` knows the buttons. */
export function readFromCreatePage(message: unknown, actions: { has(id: unknown): id is ErrorAction }): FromCreatePage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
    case 'restore':
    case 'register':
    case 'reload':
    case 'price':
    case 'signIn':
      return { type };
    case 'action': {
      const action = member(message, 'action');
      return actions.has(action) ? { type, action } : undefined;
    }
    case 'change':
    case 'submit': {
      const [turn, draft, field] = [readNumber(message, 'turn'), readDraft(member(message, 'draft')), readField(member(message, 'field'))];
      if (turn === undefined || draft === undefined) return undefined;
      if (type === 'submit') return { type, turn, draft };
      return field === undefined ? undefined : { type, turn, draft, field };
    }
    default:
      return undefined;
  }
}

/** What a page that a reload has left was showing, or undefined when it did not say. */
export function readSavedCreate(state: unknown): SavedCreate | undefined {
  const draft = readDraft(member(state, 'draft'));
  const touched = member(state, 'touched');
  if (draft === undefined) return undefined;
  return { draft, touched: (isArray(touched) ? touched : []).flatMap((each) => readField(each) ?? []) };
}

/** Nobody types longer texts, in UTF-16 units. */
const longest = 2_000;

function readField(value: unknown): CreateField | undefined {
  return createFields.find((field) => field === value);
}

function readDraft(value: unknown): CreateDraft | undefined {
  const draft = Object.fromEntries(createFields.map((name) => [name, member(value, name)]));
  return isDraft(draft) ? draft : undefined;
}

function isDraft(value: unknown): value is CreateDraft {
  return isObject(value) && createFields.every((name) => {
    const text = value[name];
    return typeof text === 'string' && text.length <= longest;
  });
}
