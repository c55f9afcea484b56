// A suffix that another API has: who calls that one, and the ways out.

import type { ArmJson } from '../../../model/arm';
import { ArmFailed } from '../../../model/errors';
import type { ApiDefinition, DefinitionResource } from '../definition/definition';
import { scopeEnd, suffix } from './compare';
import type { PlanItem, PlanOffer } from './items';
import { full, listOf, nameOf, propertiesOf, type ArmPlace } from './reading';

/** Revisions of an API are numbered; so many are looked for. */
const mostRevisions = 200;

/** The API other than `ownId` that has this suffix. */
export async function apiAtPath(place: ArmPlace, path: string, ownId: string): Promise<ArmJson | undefined> {
  const own = withoutRevision(ownId).toLowerCase();
  for await (const page of place.arm.pages(full(place, '/apis'), place.options)) {
    const found = page.find((api) =>
      suffix(propertiesOf(api)['path'])?.toLowerCase() === path.toLowerCase() && withoutRevision(nameOf(api)).toLowerCase() !== own);
    if (found) return found;
  }
  return undefined;
}

/** The item of an API whose suffix another one has, with what can be done about it. */
export async function pathConflict(place: ArmPlace, item: PlanItem, path: string, taken: ArmJson): Promise<PlanItem> {
  const apiId = withoutRevision(nameOf(taken));
  const displayName = propertiesOf(taken)['displayName'];
  const name = typeof displayName === 'string' && displayName !== '' ? displayName : apiId;
  const callers = await callersOf(place, apiId);
  const offers: readonly PlanOffer[] = [
    { kind: 'update', apiId, name },
    ...(callers > 0 ? [{ kind: 'revision' as const, apiId, name }] : []),
  ];
  return { ...item, action: 'conflict', notes: [...item.notes, { code: 'pathTaken', path, api: name, callers }], offers };
}

/** How many products and subscriptions lead to an API. */
async function callersOf(place: ArmPlace, apiId: string): Promise<number> {
  const api = `/apis/${encodeURIComponent(apiId)}`;
  const products = await listOf(place, `${api}/products`).catch((error: unknown) => {
    // Its products are for counting only: an instance that does not list them stops nothing.
    if (error instanceof ArmFailed && error.reason === 'notFound') return [];
    throw error;
  });
  const subscriptions = await listOf(place, '/subscriptions');
  const scopes = subscriptions.map((each) => scopeEnd(String(propertiesOf(each)['scope'] ?? '')));
  return products.length + scopes.filter((scope) => scope === `/apis/${apiId.toLowerCase()}`).length;
}

/** The definition with the way out that was chosen. Throws ArmFailed, and Cancelled. */
export async function decided(place: ArmPlace, definition: ApiDefinition, { kind, apiId }: PlanOffer): Promise<ApiDefinition> {
  if (kind === 'update') return retarget(definition, apiId);
  for (let number = 2; number <= mostRevisions; number += 1) {
    const id = `${apiId};rev=${number}`;
    const there = await place.arm.find(full(place, `/apis/${encodeURIComponent(id)}`), place.options);
    if (!there) return retarget(definition, apiId, String(number));
  }
  throw new Error('The API has too many revisions.');
}

/** The same definition for another API, or for a new revision of it, which callers reach by its number until it is made the current one. */
export function retarget(definition: ApiDefinition, apiId: string, revision?: string): ApiDefinition {
  const own = definition.resources.find(({ kind }) => kind === 'api')?.path ?? `/apis/${definition.choices.apiId}`;
  const base = `/apis/${encodeURIComponent(apiId)}`;
  const target = revision === undefined ? base : `/apis/${encodeURIComponent(`${apiId};rev=${revision}`)}`;
  const moved = (path: string): string => {
    if (path === own || path.startsWith(`${own}/`)) return `${target}${path.slice(own.length)}`;
    // Links and keys are those of the API as a whole.
    return path.endsWith(own) && path.startsWith('/products/') ? `${path.slice(0, -own.length)}${base}` : path;
  };
  const change = (resource: DefinitionResource): DefinitionResource => ({
    ...resource,
    path: moved(resource.path),
    dependsOn: resource.dependsOn.map(moved),
    ...(resource.body ? { body: changedBody(resource, own, base, revision) } : {}),
  });
  return { ...definition, choices: { ...definition.choices, apiId }, resources: definition.resources.map(change) };
}

function changedBody({ kind, body = {} }: DefinitionResource, own: string, base: string, revision: string | undefined): ArmJson {
  const properties = propertiesOf(body);
  if (kind === 'api' && revision !== undefined) return { ...body, properties: { ...properties, apiRevision: revision } };
  if (kind === 'subscription' && properties['scope'] === own) return { ...body, properties: { ...properties, scope: base } };
  return body;
}

/** The id of an API without the number of its revision. */
export function withoutRevision(id: string): string {
  return id.replace(/;rev=\d{1,9}$/, '');
}
