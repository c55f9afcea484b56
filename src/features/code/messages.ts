// What the editor and a service's page tell each other, plain JSON; what the page sends is checked before it is used.

import { readAction, readNumber, type KnownActions } from '../../ui/tables/tablesFromPage';
import type { ErrorAction } from '../../model/errors';
import type { Header } from '../../model/wire';
import { member } from '../../base/shape';

/** One way to call a service, as its page shows it. */
export interface CodeView {
  readonly language: string;
  /** What has to be there to run it, in a sentence. */
  readonly needs: string;
  readonly code: string;
}

/** One operation of a service, as its page shows it. Holds no key: `headers` have placeholders. */
export interface OperationView {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly request?: string;
  /** Where the body of the request comes from, in a sentence. */
  readonly requestNote?: string;
  readonly response?: string;
  readonly notes: readonly string[];
}

/** Editor to a service's page. */
export interface ToServicePage {
  readonly type: 'service';
  readonly name: string;
  readonly address: string;
  readonly facts: readonly string[];
  /** Request-response and batch, where the service has both. */
  readonly ways: readonly { readonly name: string; readonly operations: readonly OperationView[]; readonly codes: readonly CodeView[] }[];
}

/** A service's page to editor: `way`, `operation` and `code` are counted from 0. */
export type FromServicePage =
  | { readonly type: 'ready' | 'send' | 'runJob' | 'copyAddress' }
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
