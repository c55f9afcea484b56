// What an endpoint tells: its addresses, its ids, the names of its secrets.

import type { Endpoint, SecretKind } from '../../model/service';

/** The canonical address: no operation and no query, except that an exact address keeps its path and query. */
export function endpointAddress(endpoint: Endpoint): string {
  switch (endpoint.form) {
    case 'classic':
      return `${endpoint.origin}${endpoint.prefix}${endpoint.odata ? '/odata' : ''}/workspaces/${endpoint.workspace}/services/${endpoint.service}`;
    case 'new':
      return `${endpoint.origin}${endpoint.prefix}/subscriptions/${endpoint.subscription}/services/${endpoint.service}`;
    case 'exact':
      return `${endpoint.origin}${endpoint.path}${endpoint.query === '' ? '' : `?${endpoint.query}`}`;
    default:
      return unknownForm(endpoint);
  }
}

/** Identity of the group that the service belongs to, as a URL: the plain and the OData form of a workspace are one group. */
export function workspaceAddress(endpoint: Endpoint): string {
  switch (endpoint.form) {
    case 'classic':
      return `${endpoint.origin}${endpoint.prefix}/workspaces/${endpoint.workspace}`;
    case 'new':
      return `${endpoint.origin}${endpoint.prefix}/subscriptions/${endpoint.subscription}`;
    case 'exact':
      return endpoint.origin;
    default:
      return unknownForm(endpoint);
  }
}

/** The id of the workspace or subscription; host and port for an exact address. */
export function workspaceId(endpoint: Endpoint): string {
  switch (endpoint.form) {
    case 'classic':
      return endpoint.workspace;
    case 'new':
      return endpoint.subscription;
    case 'exact':
      return endpoint.origin.replace(/^https?:\/\//, '');
    default:
      return unknownForm(endpoint);
  }
}

/** The id of the service; the last segment of the path for an exact address. */
export function serviceId(endpoint: Endpoint): string {
  return endpoint.form === 'exact' ? (endpoint.path.split('/').filter((segment) => segment !== '').at(-1) ?? '') : endpoint.service;
}

/**
 * The address under which a service's operations (`/execute`, `/jobs`, `/swagger.json`) live; undefined for an exact address, which has
 * none. A service linked by its OData form is called at its plain form, as published request addresses are.
 */
export function operationsAddress(endpoint: Endpoint): string | undefined {
  if (endpoint.form === 'exact') return undefined;
  return endpointAddress(endpoint.form === 'classic' ? { ...endpoint, odata: false } : endpoint);
}

/**
 * Where one request is posted to: `table` bodies have ColumnNames and Values, `rows` bodies are lists of objects. Exact addresses serve
 * both.
 */
export function scoreUrl(endpoint: Endpoint, bodyForm: 'table' | 'rows'): string {
  const base = operationsAddress(endpoint);
  if (base === undefined) return endpointAddress(endpoint);
  // A gateway may know the operation by `details` alone, which changes nothing in answers to row objects.
  const details = bodyForm === 'table' || isGateway(endpoint) ? ['details=true'] : [];
  return `${base}/execute?${['api-version=2.0', ...details, ...(bodyForm === 'table' ? [] : ['format=swagger'])].join('&')}`;
}

/** Where the service describes itself; an exact address has no such place. */
export function swaggerUrl(endpoint: Endpoint): string | undefined {
  const base = operationsAddress(endpoint);
  return base === undefined ? undefined : `${base}/swagger.json`;
}

/** A hint, no more, that an API gateway stands in front of the service. */
export function isGateway(endpoint: Endpoint): boolean {
  return (endpoint.form !== 'exact' && endpoint.prefix !== '') || /\.azure-api\.(?:net|us|cn)(?::\d+)?$/.test(endpoint.origin);
}

/**
 * False where a call without a key of the caller's may succeed: a gateway, and perhaps an exact address, can add the service's key on the
 * way.
 */
export function needsServiceKey(endpoint: Endpoint): boolean {
  return endpoint.form !== 'exact' && !isGateway(endpoint);
}

/** The name a secret is kept under. Endpoints that differ in anything have different names, so a key never follows a changed address. */
export function secretName(kind: SecretKind, endpoint: Endpoint): string {
  switch (endpoint.form) {
    case 'classic':
      return JSON.stringify([
        kind,
        endpoint.odata ? 'odata' : 'classic',
        endpoint.origin,
        endpoint.prefix,
        endpoint.workspace,
        endpoint.service,
      ]);
    case 'new':
      return JSON.stringify([kind, 'new', endpoint.origin, endpoint.prefix, endpoint.subscription, endpoint.service]);
    case 'exact':
      return JSON.stringify([kind, 'exact', endpoint.origin, endpoint.path, endpoint.query]);
    default:
      return unknownForm(endpoint);
  }
}

function unknownForm(endpoint: never): never {
  throw new Error(`Unknown form of endpoint: ${JSON.stringify(endpoint)}`);
}
