// Where the policy of a scope is below its instance, and what a role needs to write it.

import { below } from '../../../arm/apimPaths';
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

/** What a role has to allow for its policy to be written. */
export function writeAction({ kind }: PolicyScope): string {
  const types = { allApis: '', api: '/apis', operation: '/apis/operations', product: '/products' };
  return `Microsoft.ApiManagement/service${types[kind]}/policies/write`;
}
