// Finds out what a request is aimed at, and refuses what is aimed past the sample.

import type { IncomingMessage } from 'node:http';
import type { Operation } from './faults';
import { badArgument, Problem } from './problem';

/** A call to an operation of a service. The ids are as the caller gave them. */
export interface OperationTarget {
  readonly kind: Operation;
  /** Host and port as the caller named them. */
  readonly host: string;
  /** The path without the operation. */
  readonly basePath: string;
  readonly workspace: string;
  readonly service: string;
  readonly query: URLSearchParams;
}

/** What a request is aimed at. */
export type Target = { readonly kind: 'faults' } | OperationTarget;

/** Reads host, path and method. Throws 403 for a host that is not this machine, 404 for an unknown path, 405 for another method. */
export function readTarget(request: IncomingMessage): Target {
  const host = request.headers.host ?? '';
  // A page of a foreign name that was made to point here (DNS rebinding) sends that name.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host)) {
    throw new Problem(403, 'Forbidden', 'HostNotAllowed', 'The sample service is only for this machine: call it at 127.0.0.1 or localhost.');
  }
  const url = request.url ?? '';
  if (!url.startsWith('/')) throw badArgument('RequestBodyInvalid', 'The request names a whole address where only a path belongs.');
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);

  if (path === '/faults') {
    allow(request, ['GET', 'POST', 'DELETE']);
    return { kind: 'faults' };
  }
  const [, basePath, workspace, service, operation] = /^((?:\/odata)?\/workspaces\/([^/]+)\/services\/([^/]+))\/(execute|swagger\.json)$/.exec(path) ?? [];
  if (basePath === undefined || workspace === undefined || service === undefined) {
    throw new Problem(404, 'NotFound', 'WebServiceNotFound', 'The sample service has nothing at this path. It knows execute and swagger.json of its service.');
  }
  const kind = operation === 'execute' ? 'execute' : 'swagger';
  allow(request, kind === 'execute' ? ['POST'] : ['GET']);
  return { kind, host, basePath, workspace, service, query: new URLSearchParams(at < 0 ? '' : url.slice(at + 1)) };
}

function allow(request: IncomingMessage, methods: readonly string[]): void {
  if (methods.includes(request.method ?? '')) return;
  const message = `The method ${request.method ?? ''} is not for this path. Use ${methods.join(', ')}.`;
  throw new Problem(405, 'MethodNotAllowed', 'MethodNotAllowed', message, { Allow: methods.join(', ') });
}
