// The operations of a description. Such services write the query into the names of paths, which no standard allows.

import * as l10n from '@vscode/l10n';
import type { Node } from 'jsonc-parser';
import type { DescribedOperation } from '../../description';
import { decoded, type DescriptionDocument } from './document';

const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);

/** So many operations are read. */
const mostOperations = 500;

/** An operation with the place where it is described. */
export interface FoundOperation {
  readonly operation: DescribedOperation;
  readonly node: Node;
}

/** All operations, in the order in which they stand. */
export function readOperations(document: DescriptionDocument): readonly FoundOperation[] {
  const paths = document.member(document.root, 'paths');
  if (paths && paths.type !== 'object') document.note(paths, l10n.t('An object with a member for each path is expected here.'));
  const usual = isSecured(document, document.member(document.root, 'security'));
  const found: FoundOperation[] = [];
  for (const [written, item] of paths ? document.members(paths) : []) {
    const operations = document.resolve(item);
    if (operations && operations.type !== 'object')
      document.note(operations, l10n.t('An object with an operation for each method is expected here.'));
    const members = operations ? document.members(operations) : new Map<string, Node>();
    if (!document.budget.take('steps', members.size)) continue;
    for (const [method, node] of members) {
      if (!methods.has(method.toLowerCase())) continue;
      if (found.length >= mostOperations) return found;
      if (node.type === 'object') found.push({ operation: readOperation(document, { method, written, node, usual }), node });
      else document.note(node, l10n.t('An operation is expected here.'));
    }
  }
  return found;
}

/** The operation that scores: by its id or its path, else the only one that is posted to and is none of jobs. */
export function scoringOperation(operations: readonly FoundOperation[]): Node | undefined {
  const posted = operations.filter(({ operation: { method } }) => method === 'POST');
  const named = posted.find(({ operation: { id, path } }) => id?.toLowerCase() === 'execute' || /\/execute$/i.test(path)) ??
    posted.find(({ operation: { id, path } }) => id === 'RunMLService' || /\/score$/i.test(path));
  const others = posted.filter(({ operation: { path } }) => !/\/jobs(?:\/|$)/i.test(path));
  return (named ?? (others.length === 1 ? others[0] : undefined))?.node;
}

function readOperation(
  document: DescriptionDocument,
  { method, written, node, usual }: { readonly method: string; readonly written: string; readonly node: Node; readonly usual: boolean },
): DescribedOperation {
  const [path = '', ...rest] = written.split('?');
  const id = document.textOf(document.member(node, 'operationId'));
  const summary = document.textOf(document.member(node, 'summary')) ?? document.textOf(document.member(node, 'description'));
  const security = document.member(node, 'security');
  return {
    method: method.toUpperCase(),
    path,
    query: rest.join('?').split('&').filter((part) => part !== '').map((part) => {
      const [name = '', ...value] = part.split('=');
      return [decoded(name), decoded(value.join('='))] as const;
    }),
    ...(id === undefined ? {} : { id }),
    ...(summary === undefined ? {} : { summary }),
    secured: security ? isSecured(document, security) : usual,
  };
}

/** A list with something in it asks for a key, unless one of its choices is to go without. */
function isSecured(document: DescriptionDocument, security: Node | undefined): boolean {
  const choices = security?.children ?? [];
  return choices.length > 0 && choices.every((choice) => document.members(choice).size > 0);
}
