// What the editor and the page of choices tell each other, plain JSON; what the page sends or has saved is checked before it is used.

import { isObject, member } from '../../../base/shape';
import { readNumber } from '../../../ui/tables/tablesFromPage';
import type { ChoiceProblems } from '../definition/choices';

/** What the choices are for: files, or an instance. */
export type ChoicesPurpose = 'define' | 'publish';

/** The fields as they stand in the form: numbers are texts, as they may be none. Nothing in it is secret. */
export interface ChoicesDraft {
  readonly displayName: string;
  readonly apiId: string;
  readonly path: string;
  /** `none`, `new`, or `existing:` with the id of the product. */
  readonly product: string;
  readonly productName: string;
  readonly callers: boolean;
  readonly callersName: string;
  readonly limited: boolean;
  readonly calls: string;
  readonly seconds: string;
  /** `subscription` or `ip`. */
  readonly by: string;
  readonly quota: boolean;
  readonly quotaCalls: string;
  readonly quotaKilobytes: string;
  /** Seconds. */
  readonly quotaSpan: string;
  readonly cors: boolean;
  /** One on each line. */
  readonly origins: string;
  readonly shortPaths: boolean;
  readonly addsKey: boolean;
}

/** A product that can be chosen. */
export interface OfferedProduct {
  readonly id: string;
  readonly displayName: string;
}

/** The address of an operation as callers see it. */
export interface ShownAddress {
  readonly name: string;
  readonly method: string;
  readonly url: string;
}

/** What is wrong with a draft, and what would come of it. */
export interface ChoicesCheck {
  readonly problems: ChoiceProblems;
  readonly addresses: readonly ShownAddress[];
}

/** Whose choices they are: what a page keeps to be found again after a reload. */
export interface ChoicesPlace {
  readonly purpose: ChoicesPurpose;
  readonly address: string;
  /** The id of the instance, where there is one. */
  readonly instance?: string;
}

/** Editor to page. `gone`: the service, or what the choices were for, is no longer there. */
export type ToChoicesPage =
  | {
      readonly type: 'choices';
      readonly place: ChoicesPlace;
      readonly service: string;
      readonly instanceName?: string;
      readonly products: readonly OfferedProduct[];
      readonly draft: ChoicesDraft;
      readonly check: ChoicesCheck;
    }
  /**
   * `turn` is that of the change, `draft` the fields as they are to be: some follow others. `wanted` is true where the person wanted to go
   * on, and the first problem is to be looked at.
   */
  | {
      readonly type: 'checked';
      readonly turn: number;
      readonly draft: ChoicesDraft;
      readonly check: ChoicesCheck;
      readonly wanted: boolean;
    }
  /** True while what was chosen is carried out. */
  | { readonly type: 'busy'; readonly busy: boolean }
  | { readonly type: 'gone' };

/** Page to editor. `turn` grows with each change; `seen` is that of the last answer that was drawn, 0 where there was none. */
export type FromChoicesPage =
  | { readonly type: 'ready' }
  | { readonly type: 'change' | 'submit'; readonly turn: number; readonly seen: number; readonly draft: ChoicesDraft };

/** What a page saves. */
export interface SavedChoices {
  readonly place: ChoicesPlace;
  readonly draft: ChoicesDraft;
}

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromChoicesPage(message: unknown): FromChoicesPage | undefined {
  const type = member(message, 'type');
  if (type === 'ready') return { type };
  if (type !== 'change' && type !== 'submit') return undefined;
  const turn = readNumber(message, 'turn');
  const seen = readNumber(message, 'seen');
  const draft = readDraft(member(message, 'draft'));
  return turn === undefined || seen === undefined || draft === undefined ? undefined : { type, turn, seen, draft };
}

/** What a page that a reload has left was showing, or undefined when it did not say. */
export function readSavedChoices(state: unknown): SavedChoices | undefined {
  const place = member(state, 'place');
  const [purpose, address, instance] = ['purpose', 'address', 'instance'].map((name) => member(place, name));
  const draft = readDraft(member(state, 'draft'));
  if ((purpose !== 'define' && purpose !== 'publish') || typeof address !== 'string' || draft === undefined) return undefined;
  return { place: { purpose, address, ...(typeof instance === 'string' ? { instance } : {}) }, draft };
}

/** Nobody types longer texts, in UTF-16 units. */
const longest = 20_000;

const texts = [
  'displayName', 'apiId', 'path', 'product', 'productName', 'callersName', 'calls', 'seconds', 'by',
  'quotaCalls', 'quotaKilobytes', 'quotaSpan', 'origins',
] as const;
const flags = ['callers', 'limited', 'quota', 'cors', 'shortPaths', 'addsKey'] as const;

function readDraft(value: unknown): ChoicesDraft | undefined {
  const draft = Object.fromEntries([...texts, ...flags].map((name) => [name, member(value, name)]));
  return isDraft(draft) ? draft : undefined;
}

function isDraft(value: unknown): value is ChoicesDraft {
  return isObject(value) &&
    texts.every((name) => {
      const text = value[name];
      return typeof text === 'string' && text.length <= longest;
    }) &&
    flags.every((name) => typeof value[name] === 'boolean');
}
