// What the editor and a service's page tell each other, plain JSON; what the page sends is checked before it is used.

import { readAction, readNumber, type KnownActions } from '../../ui/tables/tablesFromPage';
import type { ErrorAction } from '../../model/errors';
import type { ServicePageParts } from '../../protocols/code';
import { member } from '../../base/shape';

/** Editor to a service's page. */
export interface ToServicePage extends ServicePageParts {
  readonly type: 'service';
  readonly name: string;
  readonly address: string;
  /** What the service tells of itself; absent for a service that is gone. */
  readonly described?: DescribedOnPage;
}

/** What a service tells of itself, in words; `notAsked` where it is asked only when a person says so. */
export interface DescribedOnPage {
  readonly state: 'known' | 'reading' | 'unknown' | 'notAsked';
  /** Where it is from, or why there is nothing. */
  readonly sentence: string;
  /** What the service calls itself. */
  readonly title?: string;
  /** What the service says that it does; may be long. */
  readonly about?: string;
  /** Buttons that may help. */
  readonly actions: readonly ErrorAction[];
  readonly tables: readonly DescribedTable[];
  /** Sentences, each with its place. */
  readonly notUnderstood: readonly string[];
}

/** An input, an output or the parameters. */
export interface DescribedTable {
  readonly title: string;
  /** True for what is open when the page is opened. */
  readonly open: boolean;
  readonly lines: readonly DescribedLine[];
  /** How many more there are, in a sentence. */
  readonly more?: string;
}

/** A column or a parameter. */
export interface DescribedLine {
  readonly name: string;
  readonly type: string;
  readonly notes: string;
  /** JSON text; empty where there is none. */
  readonly example: string;
}

/** A service's page to editor: `way`, `operation` and `code` are counted from 0. */
export type FromServicePage =
  | { readonly type: 'ready' | 'send' | 'test' | 'newRequest' | 'refreshDescription' | 'runJob' | 'copyAddress' }
  | { readonly type: 'action'; readonly action: ErrorAction }
  | { readonly type: 'copyUrl' | 'copyRequest'; readonly way: number; readonly operation: number }
  | { readonly type: 'copyCode' | 'openCode'; readonly way: number; readonly code: number };

/** The page's request, or undefined when the message is none that the page can have sent. */
export function readFromServicePage(message: unknown, actions: KnownActions): FromServicePage | undefined {
  const type = member(message, 'type');
  const way = readNumber(message, 'way');
  switch (type) {
    case 'ready':
    case 'send':
    case 'test':
    case 'newRequest':
    case 'refreshDescription':
    case 'runJob':
    case 'copyAddress':
      return { type };
    case 'copyUrl':
    case 'copyRequest': {
      const operation = readNumber(message, 'operation');
      return way === undefined || operation === undefined ? undefined : { type, way, operation };
    }
    case 'copyCode':
    case 'openCode': {
      const code = readNumber(message, 'code');
      return way === undefined || code === undefined ? undefined : { type, way, code };
    }
    default:
      return readAction(message, actions);
  }
}

/** The address of the service that a page which a reload has left was showing, or undefined when it did not say. */
export function readSavedAddress(state: unknown): string | undefined {
  const address = member(state, 'address');
  return typeof address === 'string' && address !== '' ? address : undefined;
}
