// Whose calls are looked at, as names: what a page keeps over a reload, and what a line of the tree stands for.

import { isObject, member } from '../../../base/shape';
import type { ApimNode } from '../nodes';
import { idKinds, type UsageIdKind, type UsageIds, type UsagePlace } from './usageShape';

/** Longer than any id. */
const longestId = 1_000;

/** The place that a page had saved, or undefined when it did not say. */
export function readSavedUsage(state: unknown): UsagePlace | undefined {
  const instance = idIn(state, 'instance');
  const saved = member(state, 'ids');
  if (instance === undefined || !isObject(saved)) return undefined;
  const ids: { -readonly [Kind in UsageIdKind]?: string } = {};
  for (const kind of idKinds) {
    const id = idIn(saved, kind);
    if (id !== undefined) ids[kind] = id;
  }
  return ids.operation !== undefined && ids.api === undefined ? undefined : { instance, ids };
}

function idIn(value: unknown, name: string): string | undefined {
  const id = member(value, name);
  return typeof id === 'string' && id !== '' && id.length <= longestId ? id : undefined;
}

/** What a line of the section stands for; undefined for one whose calls are in no report. */
export function idsOfNode(node: ApimNode | undefined): UsageIds | undefined {
  if (node?.kind === 'instance') return {};
  if (node?.kind !== 'entry') return undefined;
  const { entry: { kind, name }, parent } = node;
  if (kind === 'api') return { api: name };
  if (kind === 'product') return { product: name };
  if (kind === 'subscription') return { subscription: name };
  return kind === 'operation' && parent?.kind === 'entry' ? { api: parent.entry.name, operation: name } : undefined;
}

/** One narrowed by the other. */
export function withIds(ids: UsageIds, more: UsageIds): UsageIds {
  return { ...ids, ...more };
}

/** What tells these from others, whatever case they are written in. */
export function idsKey(ids: UsageIds): string {
  return JSON.stringify(idKinds.map((kind) => ids[kind]?.toLowerCase() ?? ''));
}
