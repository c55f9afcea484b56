// Whose calls are limited as paths of ARM and as lines of the section.

import { segment } from '../../../arm/apimPaths';
import type { ApimInstance } from '../instance';
import type { Entry, EntryKind } from '../items';
import type { ApimNode, EntryNode } from '../nodes';
import type { LimitScope } from './place';

/** The path below the instance of what has the policy; empty for all APIs. Throws InvalidInput for an id that addresses cannot hold. */
export function scopePath(scope: LimitScope): string {
  switch (scope.kind) {
    case 'allApis':
      return '';
    case 'api':
      return `/apis/${segment(scope.api)}`;
    case 'operation':
      return `/apis/${segment(scope.api)}/operations/${segment(scope.operation)}`;
    case 'product':
      return `/products/${segment(scope.product)}`;
    default:
      return scope satisfies never;
  }
}

/** The path of its policy below the instance. Throws InvalidInput. */
export function policyPath(scope: LimitScope): string {
  return `${scopePath(scope)}/policies/policy`;
}

/** What a role has to allow for its policy to be written. */
export function writeAction({ kind }: LimitScope): string {
  const paths = { allApis: '', api: '/apis', operation: '/apis/operations', product: '/products' };
  return `Microsoft.ApiManagement/service${paths[kind]}/policies/write`;
}

/** The scope that a line of the section stands for; undefined for one that has no policy. */
export function scopeOfNode(node: ApimNode | undefined): LimitScope | undefined {
  if (node?.kind === 'list') return node.list === 'apis' ? { kind: 'allApis' } : undefined;
  if (node?.kind !== 'entry') return undefined;
  const { entry: { kind, name }, parent } = node;
  if (kind === 'api') return { kind, api: name };
  if (kind === 'product') return { kind, product: name };
  return kind === 'operation' && parent?.kind === 'entry' ? { kind, api: parent.entry.name, operation: name } : undefined;
}

/** The line that a scope has, for commands that are called on lines. `title` is what people call it. */
export function nodeOfScope(instance: ApimInstance, scope: LimitScope, title: string): ApimNode {
  const entry = (kind: EntryKind, name: string, path: string, parent?: EntryNode, shown = title): EntryNode => {
    const of: Entry = { kind, id: `${instance.id}${path}`, name, title: shown };
    return { kind: 'entry', instance, entry: of, parent };
  };
  const path = scopePath(scope);
  switch (scope.kind) {
    case 'allApis':
      return { kind: 'list', list: 'apis', instance, parent: undefined };
    case 'api':
      return entry('api', scope.api, path);
    case 'product':
      return entry('product', scope.product, path);
    case 'operation': {
      const api = entry('api', scope.api, scopePath({ kind: 'api', api: scope.api }), undefined, scope.api);
      return entry('operation', scope.operation, path, api);
    }
    default:
      return scope satisfies never;
  }
}
