// Finds out what a call on the stand-in's ARM is about, and holds its api-version against the one of that part of ARM.

import { ArmProblem, badRequest } from './armProblem';
import { argument } from './query';

/** What a path leads to. `rest` are the decoded segments behind it. */
export type ArmRoute =
  | { readonly kind: 'tenants' | 'subscriptions' }
  | { readonly kind: 'subscription' | 'locations' | 'groups'; readonly subscription: string }
  | { readonly kind: 'group' | 'groupPermissions'; readonly subscription: string; readonly group: string }
  | { readonly kind: 'provider'; readonly subscription: string; readonly group?: string; readonly rest: readonly string[] }
  | { readonly kind: 'operation'; readonly subscription: string; readonly service: string; readonly token: string }
  | { readonly kind: 'instance' | 'permissions'; readonly subscription: string; readonly group: string; readonly service: string;
    readonly rest: readonly string[]; };

/** The newest version of API Management that is no preview. */
const apimVersions = ['2024-05-01'];
const coreVersions = ['2022-12-01'];
const groupVersions = ['2021-04-01', '2022-09-01', '2024-03-01', '2024-11-01'];
const providerVersions = ['2024-05-01', '2021-04-01', '2022-12-01', '2024-03-01', '2024-11-01'];
const permissionVersions = ['2022-04-01', '2018-07-01', '2015-07-01'];

const permissionsPath = 'providers/microsoft.authorization/permissions';

/** Reads a path. Throws ArmProblem where it leads to nothing. */
export function readRoute(path: string): ArmRoute {
  const parts = path.split('/').slice(1).map(decode);
  const is = (index: number, name: string): boolean => parts[index]?.toLowerCase() === name.toLowerCase();
  const [, subscription = ''] = parts;
  if (parts.length === 1 && is(0, 'tenants')) return { kind: 'tenants' };
  if (!is(0, 'subscriptions')) throw nothing(path);
  if (parts.length === 1) return { kind: 'subscriptions' };
  if (parts.length === 2) return { kind: 'subscription', subscription };
  if (parts.length === 3 && is(2, 'locations')) return { kind: 'locations', subscription };
  if (is(2, 'providers') && is(3, 'Microsoft.ApiManagement')) return { kind: 'provider', subscription, rest: parts.slice(4) };
  const group = parts[3];
  if (!is(2, 'resourceGroups')) throw nothing(path);
  if (group === undefined) return { kind: 'groups', subscription };
  if (parts.length === 4) return { kind: 'group', subscription, group };
  if (parts.slice(4).join('/').toLowerCase() === permissionsPath) return { kind: 'groupPermissions', subscription, group };
  if (!is(4, 'providers') || !is(5, 'Microsoft.ApiManagement') || !is(6, 'service')) throw nothing(path);
  const service = parts[7];
  if (service === undefined) return { kind: 'provider', subscription, group, rest: ['service'] };
  const rest = parts.slice(8);
  const [, token] = rest;
  if (is(8, 'operationresults') && token !== undefined && rest.length === 2) return { kind: 'operation', subscription, service, token };
  const isPermissions = rest.join('/').toLowerCase() === permissionsPath;
  return { kind: isPermissions ? 'permissions' : 'instance', subscription, group, service, rest };
}

/** Throws a 400 without an api-version, or with one of another part of ARM. */
export function checkVersion(route: ArmRoute, query: URLSearchParams): void {
  const given = argument(query, 'api-version');
  if (given === undefined || given === '')
    throw badRequest('MissingApiVersionParameter', 'The api-version query parameter (?api-version=) is required for all requests.');
  const known = versionsOf(route);
  if (!known.includes(given)) {
    const message = `The api-version '${given}' is invalid. The supported versions are '${known.join(',')}'.`;
    throw badRequest('InvalidApiVersionParameter', message);
  }
}

function versionsOf(route: ArmRoute): readonly string[] {
  switch (route.kind) {
    case 'tenants':
    case 'subscriptions':
    case 'subscription':
    case 'locations':
      return coreVersions;
    case 'groups':
    case 'group':
      return groupVersions;
    case 'provider':
      return ['', 'register', 'unregister'].includes(route.rest.join('/').toLowerCase()) ? providerVersions : apimVersions;
    case 'permissions':
    case 'groupPermissions':
      return permissionVersions;
    case 'instance':
    case 'operation':
      return apimVersions;
    default:
      return route satisfies never;
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest('InvalidRequestUri', 'The path has a percent sign that begins no code.');
  }
}

function nothing(path: string): ArmProblem {
  return new ArmProblem(404, 'NotFound', `The sample has nothing at '${path.slice(0, 200)}'.`, { shape: 'arm' });
}
