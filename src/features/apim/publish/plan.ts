// Plans a publishing: reads what is there, as far as it matters, and says for each resource of the definition what is to be done.

import type { Arm } from '../../../model/arm';
import type { ApiDefinition, DefinitionResource } from '../definition/definition';
import type { ApimInstance } from '../instance';
import { withoutEnd } from '../../../base/ends';
import { suffix } from './compare';
import { sharedProduct } from './sharedProduct';
import { inheritedLimits } from './inherited';
import type { Plan, PlanItem, PlanWarning } from './items';
import { planItem } from './planItem';
import { lastSegment, listOf, nameOf, propertiesOf, readThere, type ArmPlace } from './reading';
import { apiAtPath, pathConflict } from './takenPath';

/**
 * Reads what is there and says what is to be done, in the order of the definition. Below what is not there nothing is read. Throws
 * ArmFailed, and Cancelled when the signal is raised.
 */
export async function makePlan(arm: Arm, instance: ApimInstance, definition: ApiDefinition, signal: AbortSignal): Promise<Plan> {
  const place: ArmPlace = { arm, instance, options: { signal } };
  const items: PlanItem[] = [];
  const parts = new Map<string, PlanItem>();
  for (const resource of definition.resources) {
    const item = await planned(place, resource, parts);
    items.push(item);
    parts.set(resource.path.toLowerCase(), item);
  }
  const behind = instance.gatewayUrls.some((url) => definition.service.address.startsWith(`${withoutEnd(url, '/')}/`));
  return {
    items,
    warnings: [
      ...(behind ? [{ code: 'behindGateway' as const }] : []),
      ...(await sharedProduct(place, items)),
      ...(await operationsBeside(place, items)),
      ...(await inheritedLimits(place, definition, items)),
    ],
  };
}

/** Plans one resource anew, as when it has changed meanwhile. */
export async function planAgain(place: ArmPlace, resource: DefinitionResource): Promise<PlanItem> {
  return planItem(resource, await readThere(place, resource));
}

async function planned(place: ArmPlace, resource: DefinitionResource, parts: ReadonlyMap<string, PlanItem>): Promise<PlanItem> {
  const above = parents(resource.path).flatMap((path) => parts.get(path) ?? []);
  // What is below something that is still to be made cannot be there.
  if (above.some(isAbsent)) return planItem(resource, undefined);
  const there = await readThere(place, resource);
  const item = planItem(resource, there);
  if (resource.kind !== 'api') return item;
  const wanted = item.after?.kind === 'json' ? suffix(item.after.properties['path']) : undefined;
  const path = there?.body.kind === 'json' ? suffix(there.body.properties['path']) : undefined;
  if (wanted === undefined || wanted === path) return item;
  const taken = await apiAtPath(place, wanted, lastSegment(resource.path));
  return taken ? pathConflict(place, item, wanted, taken) : item;
}

function isAbsent({ action, before }: PlanItem): boolean {
  return (action === 'make' || action === 'conflict') && before === undefined;
}

/** Paths of what a resource is part of. A link is part of its product, and of the API that it names. */
function parents(path: string): readonly string[] {
  const segments = path.toLowerCase().split('/');
  const above = segments.slice(3).flatMap((_, index) => (index % 2 === 0 ? [segments.slice(0, index + 3).join('/')] : []));
  return segments[1] === 'products' && segments[3] === 'apis' ? [...above, `/apis/${segments[4] ?? ''}`] : above;
}

async function operationsBeside(place: ArmPlace, items: readonly PlanItem[]): Promise<readonly PlanWarning[]> {
  const api = items.find(({ kind }) => kind === 'api');
  if (!api || api.before === undefined) return [];
  const names = (await operationsNotIn(place, api.path, items)).map(({ name }) => name);
  return names.length === 0 ? [] : [{ code: 'operationsBeside', names }];
}

/** An operation of the API that is not among those that are defined. */
export interface OtherOperation {
  readonly id: string;
  readonly name: string;
}

/** Operations of an API that are not among the items. */
export async function operationsNotIn(
  place: ArmPlace, apiPath: string, items: readonly Pick<PlanItem, 'kind' | 'path'>[],
): Promise<readonly OtherOperation[]> {
  const own = new Set(items.filter(({ kind }) => kind === 'operation').map(({ path }) => lastSegment(path).toLowerCase()));
  return (await listOf(place, `${apiPath}/operations`)).flatMap((operation) => {
    const id = nameOf(operation);
    if (own.has(id.toLowerCase())) return [];
    const name = propertiesOf(operation)['displayName'];
    return [{ id, name: typeof name === 'string' && name !== '' ? name : id }];
  });
}

/** The resource that an item was made of; a policy's text is that of the definition. */
export function resourceOf(definition: ApiDefinition, key: string): DefinitionResource | undefined {
  return definition.resources.find(({ path }) => path === key);
}

