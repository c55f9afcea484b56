// The lines of the section that have a policy.

import type { ApimInstance } from './instance';
import type { Entry, EntryKind } from './items';
import type { ApimNode, EntryNode } from './nodes';
import type { PolicyScope } from './policy/policyScope';
import { scopePath } from './policy/scopePaths';

/** The scope that a line of the section stands for; undefined for one that has no policy. */
export function scopeOfNode(node: ApimNode | undefined): PolicyScope | undefined {
  if (node?.kind === 'list') return node.list === 'apis' ? { kind: 'allApis' } : undefined;
  if (node?.kind !== 'entry') return undefined;
  const { entry: { kind, name }, parent } = node;
  if (kind === 'api') return { kind, api: name };
  if (kind === 'product') return { kind, product: name };
  return kind === 'operation' && parent?.kind === 'entry' ? { kind, api: parent.entry.name, operation: name } : undefined;
}

/** What people call the product, the API, or the API and operation of such a line; nothing for all APIs. */
export function titlesOfNode(node: ApimNode | undefined): readonly string[] {
  if (node?.kind !== 'entry') return [];
  const { entry, parent } = node;
  return entry.kind === 'operation' && parent?.kind === 'entry' ? [parent.entry.title, entry.title] : [entry.title];
}

/** The line that a scope has, for commands that are called on lines. `title` is what people call it. */
export function nodeOfScope(instance: ApimInstance, scope: PolicyScope, title: string): ApimNode {
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
