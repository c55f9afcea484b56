// Where the policy of a scope is below its instance, and what a role needs to write it.

import { below } from '../../../arm/apimPaths';
import { percentDecoded } from '../../../base/percent';
import type { PolicyScope } from './policyScope';

/** The path below the instance of what has the policy; empty for all APIs. Throws InvalidInput for a name that no path can hold. */
export function scopePath(scope: PolicyScope): string {
  switch (scope.kind) {
    case 'allApis':
      return '';
    case 'api':
      return below('', '/apis', scope.api);
    case 'operation':
      return below('', '/apis', scope.api, 'operations', scope.operation);
    case 'product':
      return below('', '/products', scope.product);
    default:
      return scope satisfies never;
  }
}

/** The path of its policy below the instance. Throws InvalidInput. */
export function policyPath(scope: PolicyScope): string {
  return `${scopePath(scope)}/policies/policy`;
}

/** The scope of the path of a policy below its instance; undefined where it is that of no policy. */
export function readPolicyPath(path: string): PolicyScope | undefined {
  const [, kind, first, second, third, fourth, fifth, ...more] = path.split('/');
  if (more.length > 0) return undefined;
  const scope = scopeOf(kind, [first, second, third, fourth, fifth].map((part) => (part === undefined ? undefined : percentDecoded(part))));
  return scope !== undefined && isName(scope) ? scope : undefined;
}

function scopeOf(
  kind: string | undefined, [first, second, third, fourth, fifth]: readonly (string | undefined)[],
): PolicyScope | undefined {
  if (kind === 'policies' && first === 'policy' && second === undefined) return { kind: 'allApis' };
  if (first === undefined) return undefined;
  const isPolicy = second === 'policies' && third === 'policy' && fourth === undefined;
  if (kind === 'products') return isPolicy ? { kind: 'product', product: first } : undefined;
  if (kind !== 'apis') return undefined;
  if (isPolicy) return { kind: 'api', api: first };
  return second === 'operations' && third !== undefined && fourth === 'policies' && fifth === 'policy'
    ? { kind: 'operation', api: first, operation: third } : undefined;
}

/** Names that lead a level up, or nowhere, are none. */
function isName(scope: PolicyScope): boolean {
  return Object.values(scope).every((name) => name !== '' && name !== '.' && name !== '..' && !name.includes('/'));
}

/** What a role has to allow for its policy to be written. */
export function writeAction({ kind }: PolicyScope): string {
  const types = { allApis: '', api: '/apis', operation: '/apis/operations', product: '/products' };
  return `Microsoft.ApiManagement/service${types[kind]}/policies/write`;
}
