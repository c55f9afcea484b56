// What a command of the section "API Management" was called on.

import { isObject, member } from '../../../base/shape';
import type { ApimInstance } from '../instance';
import type { Identity } from '../items';
import type { ApimNode } from '../nodes';

const kinds: Readonly<Record<ApimNode['kind'], true>> = {
  directory: true, azureSubscription: true, group: true, instance: true, list: true, entry: true, loading: true, more: true, problem: true,
  empty: true, signIn: true,
};

/** The line that a command was called on; undefined where it was called on none. */
export function readNode(argument: unknown): ApimNode | undefined {
  return isNode(argument) ? argument : undefined;
}

function isNode(value: unknown): value is ApimNode {
  const kind = member(value, 'kind');
  // Lines of other sections have other kinds, or no parent.
  return isObject(value) && typeof kind === 'string' && Object.hasOwn(kinds, kind) && 'parent' in value;
}

/** The instance that a line is of. */
export function instanceMeant(argument: unknown): ApimInstance | undefined {
  for (let node = readNode(argument); node !== undefined; node = node.parent) if ('instance' in node) return node.instance;
  return undefined;
}

/** Whose token a line's list was asked for with; undefined where no line above tells. */
export function identityOf(start: ApimNode): Identity | undefined {
  for (let node: ApimNode | undefined = start; node !== undefined; node = node.parent) {
    if (node.kind === 'directory') return node.directory;
    if (node.kind === 'azureSubscription') return node.subscription;
  }
  return undefined;
}
