// What at an instance differs from a definition, as some time after it was published.

import type { Arm } from '../../../model/arm';
import type { ApiDefinition } from '../definition/definition';
import type { ApimInstance } from '../instance';
import { differences, type Difference } from './compare';
import type { ItemBody, PlanItem } from './items';
import { operationsNotIn, makePlan } from './plan';
import { isPolicy, type ArmPlace } from './reading';

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

/** Compares what is there with the definition. Throws ArmFailed, and Cancelled when the signal is raised. */
export async function findDrift(
  arm: Arm, instance: ApimInstance, definition: ApiDefinition, signal: AbortSignal,
): Promise<readonly Drift[]> {
  const { items } = await makePlan(arm, instance, definition, signal);
  const drifts = items.flatMap((item): readonly Drift[] => {
    const { key, kind, name, before, after } = item;
    if (item.action === 'leave') return [];
    if (!before) return [{ key, kind, name, state: 'missing', members: [], ...(after ? { wanted: after } : {}) }];
    const members =
      !isPolicy(kind) && before.kind === 'json' && after?.kind === 'json' ? differences(kind, before.properties, after.properties) : [];
    return [{ key, kind, name, state: 'differs', members, there: before, ...(after ? { wanted: after } : {}) }];
  });
  return [...drifts, ...(await others({ arm, instance, options: { signal } }, items))];
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
