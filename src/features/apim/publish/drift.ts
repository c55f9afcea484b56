// What at an instance differs from a definition, as some time after it was published.

import type { Arm } from '../../../model/arm';
import type { ApiDefinition } from '../definition/definition';
import type { ApimInstance } from '../instance';
import { differences, type Difference } from './compare';
import type { ItemBody, PlanItem } from './items';
import { makePlan, operationsNotIn, resourceOf } from './plan';
import { wantedBody } from './planItem';
import type { ArmPlace } from './reading';
import { says } from './steps';

/** A resource that is not as it is defined. */
export interface Drift {
  readonly key: string;
  readonly kind: PlanItem['kind'];
  readonly name: string;
  /** `missing`: it is not there. `beside`: an operation that nobody has defined. */
  readonly state: 'missing' | 'differs' | 'beside';
  /** Members that differ; none for a policy, whose texts tell. */
  readonly members: readonly Difference[];
  readonly there?: ItemBody;
  readonly wanted?: ItemBody;
}

/**
 * Compares what is there with the definition: what was there before keeps its own beside what is wanted, and what this publishing has
 * `made` (keys) is all its own. Throws ArmFailed, and Cancelled when the signal is raised.
 */
export async function findDrift(
  arm: Arm, instance: ApimInstance, definition: ApiDefinition, signal: AbortSignal, made: ReadonlySet<string> = new Set(),
): Promise<readonly Drift[]> {
  const { items } = await makePlan(arm, instance, definition, signal);
  const drifts = items.flatMap((item): readonly Drift[] => {
    const { key, kind, name, before, after } = item;
    const whole = made.has(key) ? resourceOf(definition, key) : undefined;
    if (item.action === 'leave') return before && whole ? changedSince(item, before, wantedBody(whole)) : [];
    if (!before) return [{ key, kind, name, state: 'missing', members: [], ...(after ? { wanted: after } : {}) }];
    const members = membersOf(kind, before, after);
    return [{ key, kind, name, state: 'differs', members, there: before, ...(after ? { wanted: after } : {}) }];
  });
  return [...drifts, ...(await others({ arm, instance, options: { signal } }, items))];
}

function changedSince({ key, kind, name }: PlanItem, there: ItemBody, wanted: ItemBody): readonly Drift[] {
  return says(kind, there, wanted) ? [] : [{ key, kind, name, state: 'differs', members: membersOf(kind, there, wanted), there, wanted }];
}

function membersOf(kind: PlanItem['kind'], there: ItemBody, wanted: ItemBody | undefined): readonly Difference[] {
  return there.kind === 'json' && wanted?.kind === 'json' ? differences(kind, there.properties, wanted.properties) : [];
}

/** Whether the operations are all there: an import may succeed without them. */
export interface OperationsCheck {
  readonly missing: readonly string[];
  readonly others: readonly string[];
}

/** Lists the operations of an API and compares them with the definition. Throws as `findDrift` does. */
export async function checkOperations(
  arm: Arm, instance: ApimInstance, definition: ApiDefinition, signal: AbortSignal,
): Promise<OperationsCheck> {
  const drifts = await findDriftOfOperations({ arm, instance, options: { signal } }, definition);
  return {
    missing: drifts.filter(({ state }) => state === 'missing').map(({ name }) => name),
    others: drifts.filter(({ state }) => state === 'beside').map(({ name }) => name),
  };
}

async function findDriftOfOperations(place: ArmPlace, definition: ApiDefinition): Promise<readonly Drift[]> {
  const api = definition.resources.find(({ kind }) => kind === 'api');
  if (!api) return [];
  const operations = definition.resources.filter(({ kind }) => kind === 'operation');
  // Seen from an empty definition, each operation that is there is another one.
  const all = await operationsNotIn(place, api.path, []);
  const there = new Set(all.map(({ id }) => `${api.path}/operations/${encodeURIComponent(id)}`.toLowerCase()));
  const missing = operations.filter(({ path }) => !there.has(path.toLowerCase()));
  return [
    ...missing.map(({ path, kind, name }): Drift => ({ key: path, kind, name, state: 'missing', members: [] })),
    ...(await beside(place, api.path, operations)),
  ];
}

async function others(place: ArmPlace, items: readonly PlanItem[]): Promise<readonly Drift[]> {
  const api = items.find(({ kind }) => kind === 'api');
  return api?.before ? beside(place, api.path, items) : [];
}

async function beside(
  place: ArmPlace, apiPath: string, known: readonly Pick<PlanItem, 'kind' | 'path'>[],
): Promise<readonly Drift[]> {
  const operations = await operationsNotIn(place, apiPath, known);
  return operations.map(({ id, name }) => ({ key: `${apiPath}/operations/${id}`, kind: 'operation', name, state: 'beside', members: [] }));
}
