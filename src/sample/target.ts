// Finds out what a request is aimed at, and refuses what is aimed past the sample.

import type { IncomingMessage } from 'node:http';
import type { Operation } from './faults';
import { isLocalHost } from './localHost';
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
  /** Id of a job as the caller gave it; empty for operations that are not about one. */
  readonly job: string;
  readonly query: URLSearchParams;
}

/** What steers the sample and tells of it, at the top of its address. */
export type Control = 'faults' | 'behaviour' | 'jobsSeen';

/** What a request is aimed at. */
export type Target = { readonly kind: Control } | OperationTarget;

const controls = new Map<string, readonly [control: Control, methods: readonly string[]]>([
  ['/faults', ['faults', ['GET', 'POST', 'DELETE']]],
  ['/behaviour', ['behaviour', ['GET', 'POST', 'DELETE']]],
  ['/jobs-seen', ['jobsSeen', ['GET']]],
]);

/** Reads host, path and method. Throws 403 for a host that is not this machine, 404 for an unknown path, 405 for another method. */
export function readTarget(request: IncomingMessage): Target {
  const host = request.headers.host ?? '';
  if (!isLocalHost(host)) {
    throw new Problem(
      403,
      'Forbidden',
      'HostNotAllowed',
      'The sample service is only for this machine: call it at 127.0.0.1 or localhost.',
    );
  }
  const url = request.url ?? '';
  if (!url.startsWith('/')) throw badArgument('RequestBodyInvalid', 'The request names a whole address where only a path belongs.');
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);

  const control = controls.get(path);
  if (control) {
    allow(request, control[1]);
    return { kind: control[0] };
  }
  const [, basePath, workspace, service, operation] = /^((?:\/odata)?\/workspaces\/([^/]+)\/services\/([^/]+))\/([^/].*)$/.exec(path) ?? [];
  const found = operation === undefined ? undefined : readOperation(request, operation);
  if (basePath === undefined || workspace === undefined || service === undefined || !found) {
    throw new Problem(
      404,
      'NotFound',
      'WebServiceNotFound',
      'The sample service has nothing at this path. It knows execute, jobs and swagger.json of its service.',
    );
  }
  return { ...found, host, basePath, workspace, service, query: new URLSearchParams(at < 0 ? '' : url.slice(at + 1)) };
}

function readOperation(request: IncomingMessage, operation: string): Pick<OperationTarget, 'kind' | 'job'> | undefined {
  const [, job, start] = /^jobs\/([^/]+)(\/start)?$/.exec(operation) ?? [];
  if (job !== undefined) {
    allow(request, start === undefined ? ['GET', 'DELETE'] : ['POST']);
    return { kind: start === undefined ? (request.method === 'GET' ? 'status' : 'cancel') : 'start', job };
  }
  switch (operation) {
    case 'execute':
    case 'jobs':
      allow(request, ['POST']);
      return { kind: operation === 'jobs' ? 'submit' : 'execute', job: '' };
    case 'swagger.json':
      allow(request, ['GET']);
      return { kind: 'swagger', job: '' };
    default:
      return undefined;
  }
}

function allow(request: IncomingMessage, methods: readonly string[]): void {
  if (methods.includes(request.method ?? '')) return;
  const message = `The method ${request.method ?? ''} is not for this path. Use ${methods.join(', ')}.`;
  throw new Problem(405, 'MethodNotAllowed', 'MethodNotAllowed', message, { Allow: methods.join(', ') });
}
