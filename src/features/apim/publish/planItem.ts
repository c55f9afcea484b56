// Decides for one resource whether it is made, changed or left, by what is there.

import type { ArmJson } from '../../../model/arm';
import { isObject, member } from '../../../base/shape';
import type { DefinitionResource } from '../definition/definition';
import { productPolicy } from '../definition/files/policies';
import { mergePolicy } from '../policy/mergePolicy';
import { setLimits } from '../policy/policyEdit';
import { differences, mergedWith, scopeEnd } from './compare';
import type { ItemBody, PlanItem, PlanNote } from './items';
import { keyHeaderIn, type There } from './reading';

type Decision = Pick<PlanItem, 'action' | 'before' | 'after' | 'etag' | 'notes'>;

/** The item of a resource; `there` is undefined where there is nothing yet. */
export function planItem(resource: DefinitionResource, there: There | undefined): PlanItem {
  const { kind, path, name, dependsOn, secret } = resource;
  const revision = kind === 'api' ? wantedProperties(resource)['apiRevision'] : undefined;
  const decision = there ? decide(resource, there) : { action: 'make' as const, after: wantedBody(resource), notes: [] };
  const notes: readonly PlanNote[] = typeof revision === 'string' && !there ? [{ code: 'revision', revision }] : [];
  return {
    key: path, kind, name, path, dependsOn, ...decision, notes: [...decision.notes, ...notes], ...(secret === undefined ? {} : { secret }),
  };
}

/** What a resource is to hold where nothing is there. */
export function wantedBody(resource: DefinitionResource): ItemBody {
  const properties = wantedProperties(resource);
  if (resource.kind === 'productApi') return { kind: 'link' };
  const text = resource.limits ? productPolicy(resource.limits) : properties['value'];
  return resource.kind.endsWith('Policy') ? { kind: 'policy', text: typeof text === 'string' ? text : '' } : { kind: 'json', properties };
}

function wantedProperties({ body }: DefinitionResource): ArmJson {
  const properties = member(body, 'properties');
  return isObject(properties) ? properties : {};
}

function decide(resource: DefinitionResource, there: There): Decision {
  const { body } = there;
  const etag = there.etag === undefined ? {} : { etag: there.etag };
  switch (body.kind) {
    case 'link':
      return { action: 'leave', before: body, notes: [] };
    case 'policy':
      return { ...decidePolicy(resource, body.text), ...etag };
    case 'json':
      return { ...decideJson(resource, body.properties), ...etag };
    default:
      return body satisfies never;
  }
}

function decideJson(resource: DefinitionResource, there: ArmJson): Decision {
  const { kind } = resource;
  const before: ItemBody = { kind: 'json', properties: there };
  if (resource.secret !== undefined) {
    // Its value cannot be seen, so it is neither compared nor written over.
    return there['secret'] === true
      ? { action: 'leave', before, notes: [{ code: 'secretKept' }] }
      : { action: 'conflict', before, notes: [{ code: 'valueIsPlain' }] };
  }
  const wanted = kind === 'api' ? withNamesOf(there, wantedProperties(resource)) : wantedProperties(resource);
  const moves = kind === 'subscription' ? moveOf(there, wanted) : undefined;
  // Whoever calls with that key would be refused from then on.
  if (moves) return { action: 'conflict', before, notes: [moves] };
  const state = there['state'];
  const asleep = kind === 'subscription' && typeof state === 'string' && state !== 'active' && wanted['state'] !== 'active';
  const notes: readonly PlanNote[] = asleep ? [{ code: 'notActive', state }] : [];
  if (differences(kind, there, wanted).length === 0) return { action: 'leave', before, notes };
  return { action: 'change', before, after: { kind: 'json', properties: mergedWith(kind, there, wanted) }, notes };
}

/** Callers send their key under the names that the API has: nobody has chosen others. */
function withNamesOf(there: ArmJson, wanted: ArmJson): ArmJson {
  const name = 'subscriptionKeyParameterNames';
  return keyHeaderIn(there) === undefined ? wanted : Object.fromEntries(Object.entries(wanted).filter(([each]) => each !== name));
}

/** A key that is there for something else than what is wanted. */
function moveOf({ scope: there }: ArmJson, { scope: wanted }: ArmJson): PlanNote | undefined {
  if (typeof there !== 'string' || typeof wanted !== 'string') return undefined;
  const [from, to] = [scopeEnd(there), scopeEnd(wanted)];
  return from === to ? undefined : { code: 'scopeMoves', from, to };
}

function decidePolicy(resource: DefinitionResource, text: string): Decision {
  const before: ItemBody = { kind: 'policy', text };
  if (resource.limits) {
    const { text: after, left } = setLimits(text, resource.limits);
    const notes = left.map((each) => ({ code: 'limitLeft' as const, left: each }));
    if (after === text) return { action: 'leave', before, notes };
    return { action: 'change', before, after: { kind: 'policy', text: after }, notes };
  }
  const wanted = wantedBody(resource);
  const wantedText = wanted.kind === 'policy' ? wanted.text : '';
  // A policy with nothing in it is written as a whole.
  if (text.trim() === '') return { action: 'change', before, after: wanted, notes: [] };
  const { text: after, replaced, left, limitsLeft, complete } = mergePolicy(text, wantedText);
  const notes: readonly PlanNote[] = [
    ...replaced.map((element) => ({ code: 'partReplaced' as const, element })),
    ...left.map((part) => ({ code: 'partLeft' as const, ...part })),
    ...limitsLeft.map((limit) => ({ code: 'limitLeft' as const, left: limit })),
  ];
  if (after === text) return { action: complete ? 'leave' : 'conflict', before, notes };
  const told: readonly PlanNote[] = complete ? notes : [...notes, { code: 'policyPartly' }];
  return { action: 'change', before, after: { kind: 'policy', text: after }, notes: told };
}
