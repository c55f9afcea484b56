// What the editor and the page of a service's test tell each other, plain JSON; what the page sends is checked before it is used.

import { filledText, member } from '../../../base/shape';
import type { ErrorParts } from '../../../model/errors';
import type { TableView } from '../../../model/view';
import type { FromSharedPart, ToTable } from '../../../ui/tables/messages';
import { readFromSharedPart, readNumber, type KnownActions } from '../../../ui/tables/tablesFromPage';
import { readFormEdit, type FormEdit, type FormState } from '../form/formMessages';
import type { BodyProblem } from '../shape';

/** One of the ways to a service: it itself, or through a gateway. */
export interface TestWay {
  /** Its address. */
  readonly id: string;
  readonly label: string;
}

/** The answer, beneath the form. */
export interface TestAnswer {
  /** Tells it from all others. */
  readonly key: string;
  readonly status?: number;
  readonly statusText?: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly tables: readonly TableView[];
  /** The beginning of the body, where it is no table; empty where there is nothing to show. */
  readonly text: string;
  readonly problem?: ErrorParts;
  readonly notes: readonly string[];
}

/** The request while it is JSON. */
export interface JsonState {
  readonly text: string;
  readonly problem?: BodyProblem;
  /** Why it is no form, where somebody has asked for one. */
  readonly why?: string;
  /** False for services whose requests are no forms. */
  readonly hasForm: boolean;
}

/** Editor to the page: all of its state. */
export interface TestState {
  readonly type: 'test';
  /** What stands for the service where choices are kept; undefined where there is nothing to test. */
  readonly service?: string;
  readonly title: string;
  readonly workspace: string;
  readonly sample: boolean;
  /** Empty where there is one way only. */
  readonly ways: readonly TestWay[];
  /** The address that is called. */
  readonly way: string;
  readonly busy?: 'reading' | 'sending';
  /** Why it takes long. */
  readonly wait?: string;
  readonly problem?: ErrorParts;
  readonly notes: readonly string[];
  /** Another number where the fields, or the text, are to be drawn anew. */
  readonly filled: number;
  /** That of the last change of the text that stands in it. */
  readonly turn: number;
  /** One of the two once the service was read. */
  readonly form?: FormState;
  readonly json?: JsonState;
  readonly answer?: TestAnswer;
}

/** Editor to the page. */
export type ToTestPage = TestState | ToTable;

/** The page to the editor. `turn` grows with each change of the text. */
export type FromTestPage =
  | FromSharedPart
  | { readonly type: 'ready' | 'refresh' | 'stop' | 'send' | 'asJson' | 'asForm' | 'sample' | 'openFile' | 'openAnswer' }
  | { readonly type: 'edit'; readonly edit: FormEdit }
  | { readonly type: 'text'; readonly turn: number; readonly text: string }
  | { readonly type: 'way'; readonly way: string };

/** No text is longer, in UTF-16 units. */
const longest = 64 * 1024 * 1024;

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromTestPage(message: unknown, actions: KnownActions): FromTestPage | undefined {
  const type = member(message, 'type');
  switch (type) {
    case 'ready':
    case 'refresh':
    case 'stop':
    case 'send':
    case 'asJson':
    case 'asForm':
    case 'sample':
    case 'openFile':
    case 'openAnswer':
      return { type };
    case 'edit': {
      const edit = readFormEdit(member(message, 'edit'));
      return edit && { type, edit };
    }
    case 'text': {
      const [turn, text] = [readNumber(message, 'turn'), member(message, 'text')];
      return turn === undefined || typeof text !== 'string' || text.length > longest ? undefined : { type, turn, text };
    }
    case 'way': {
      const way = filledText(member(message, 'way'));
      return way === undefined ? undefined : { type, way };
    }
    default:
      return readFromSharedPart(message, actions);
  }
}

/** The service that a page had saved: what stands for it where choices are kept. */
export function readSavedTest(state: unknown): string | undefined {
  const service = filledText(member(state, 'service'));
  return service !== undefined && service.length <= 10_000 ? service : undefined;
}
