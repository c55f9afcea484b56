// The call to the backend: bodies go through in pieces, and it ends when the caller has left.

import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isLoopback } from '../../../base/loopback';
import { errorCode } from '../../../model/errorCode';
import { printable } from './address';
import { headersOf } from './callTrace';
import type { HeaderList } from './headerList';
import type { PolicyCall } from './policyCall';
import { internalError } from './refusal';

/** A backend's answer whose body has not been read. */
export interface BackendAnswer {
  readonly message: IncomingMessage;
  /** Ends the call to the backend, also in the middle of a body. */
  stop(): void;
}

/** So long an idle connection is kept, in milliseconds: less than Node's servers keep theirs, who would close it under a call. */
const idleMs = 4_000;

/** Calls backends; connections are kept for the next call. */
export class Backends {
  private readonly http = new HttpAgent({ keepAlive: true, timeout: idleMs });
  private readonly https = new HttpsAgent({ keepAlive: true, timeout: idleMs });

  /** Closes all connections. */
  stop(): void {
    this.http.destroy();
    this.https.destroy();
  }

  /**
   * Sends the request on as policies left it. Rejects with a 500 where the backend cannot be reached, or is one that is not called: by
   * http only this computer is.
   */
  call(call: PolicyCall, body: IncomingMessage, signal: AbortSignal): Promise<BackendAnswer> {
    const { requestId } = call.context;
    const target = targetOf(call);
    if (typeof target === 'string') return Promise.reject(internalError(requestId, target));
    const { secure, options } = target;
    call.trace?.note('backend', 'forward-request', {
      message: 'Request is being forwarded to the backend service. Timeout set to 300 seconds',
      request: { method: call.method, url: urlOf(target), headers: headersOf(call.headers) },
    });
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        const why = `The backend of the API ${printable(call.api.id)} cannot be called (${errorCode(error) ?? 'unknown cause'}).`;
        reject(internalError(requestId, why));
      };
      let outgoing: ClientRequest;
      try {
        outgoing = secure ? httpsRequest({ ...options, agent: this.https }) : httpRequest({ ...options, agent: this.http });
        setHeaders(outgoing, call.headers);
        frame(outgoing, body);
      } catch (error) {
        fail(error);
        return;
      }
      const stop = (): void => {
        outgoing.destroy();
      };
      signal.addEventListener('abort', stop, { once: true });
      outgoing.once('close', () => signal.removeEventListener('abort', stop));
      // An error after the answer has come is about the rest of the request's body, which the backend did not want.
      outgoing.on('error', fail);
      outgoing.once('response', (message) => {
        message.once('close', () => body.unpipe(outgoing));
        resolve({ message, stop });
      });
      if (signal.aborted) stop();
      else body.pipe(outgoing);
    });
  }
}

interface Target {
  readonly secure: boolean;
  readonly options: RequestOptions;
}

/** Where the call goes, or why it goes nowhere. A user or a password in the address is left out. */
function targetOf({ backend, path, query, method, api }: PolicyCall): Target | string {
  const base = parsed(backend);
  const whose = `The backend address of the API ${printable(api.id)}`;
  if (!base || (base.protocol !== 'https:' && base.protocol !== 'http:')) return `${whose} is none that can be called.`;
  const secure = base.protocol === 'https:';
  if (!secure && !isLoopback(base.hostname)) return `${whose} is http and not on this computer: use https.`;
  const before = base.pathname.endsWith('/') ? base.pathname.slice(0, -1) : base.pathname;
  const whole = printable(`${before}${path}`);
  const search = [base.search.slice(1), ...query.map(({ raw }) => raw)].filter((part) => part !== '').join('&');
  return {
    secure,
    options: {
      method,
      hostname: base.hostname.replace(/^\[|\]$/g, ''),
      ...(base.port === '' ? {} : { port: base.port }),
      path: `${whole === '' ? '/' : whole}${search === '' ? '' : `?${printable(search)}`}`,
    },
  };
}

function urlOf({ secure, options: { hostname, port, path } }: Target): string {
  const host = String(hostname).includes(':') ? `[${String(hostname)}]` : String(hostname);
  return `http${secure ? 's' : ''}://${host}${port === undefined ? '' : `:${String(port)}`}${String(path)}`;
}

/** The caller's Host is the gateway's; the backend gets its own, unless a policy has set one. */
function setHeaders(outgoing: ClientRequest, headers: HeaderList): void {
  for (const [name, values] of headers) outgoing.setHeader(name, values.length === 1 ? (values[0] ?? '') : [...values]);
}

/** Where the body ends is said as the caller said it: Node would leave it open for a DELETE in pieces. */
function frame(outgoing: ClientRequest, { headers, method }: IncomingMessage): void {
  if (headers['transfer-encoding'] !== undefined) {
    outgoing.removeHeader('Content-Length');
    outgoing.setHeader('Transfer-Encoding', 'chunked');
  } else if (headers['content-length'] !== undefined || ['POST', 'PUT', 'PATCH'].includes(method ?? '')) {
    outgoing.setHeader('Content-Length', headers['content-length'] ?? '0');
  }
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
