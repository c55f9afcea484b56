// Decides for one resource whether it is made, changed or left, by what is there.

import type { ArmJson } from '../../../model/arm';
import { isObject, member } from '../../../base/shape';
import type { DefinitionResource } from '../definition/definition';
import { setLimits, type WantedLimits } from '../policy/policyEdit';
import { limitsOf, type PolicyLimit } from '../policy/limits';
import { samePolicy } from '../policy/samePolicy';
import { differences, mergedWith, scopeEnd } from './compare';
import type { ItemBody, PlanItem, PlanNote } from './items';
import type { There } from './reading';

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
  const text = properties['value'];
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
  const wanted = wantedProperties(resource);
  const moves = kind === 'subscription' ? moveOf(there, wanted) : undefined;
  // Whoever calls with that key would be refused from then on.
  if (moves) return { action: 'conflict', before, notes: [moves] };
  const state = there['state'];
  const asleep = kind === 'subscription' && typeof state === 'string' && state !== 'active' && wanted['state'] !== 'active';
  const notes: readonly PlanNote[] = asleep ? [{ code: 'notActive', state }] : [];
  if (differences(kind, there, wanted).length === 0) return { action: 'leave', before, notes };
  return { action: 'change', before, after: { kind: 'json', properties: mergedWith(kind, there, wanted) }, notes };
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
  if (samePolicy(text, wantedText)) return { action: 'leave', before, notes: [] };
  // Where only limits differ, what the service has made of the document stays as it is, byte for byte.
  const edited = setLimits(text, wantedLimits(wantedText));
  if (samePolicy(edited.text, wantedText)) return { action: 'change', before, after: { kind: 'policy', text: edited.text }, notes: [] };
  return { action: 'change', before, after: wanted, notes: [{ code: 'policyReplaced' }] };
}

/** The limits of a document as far as they are plain numbers at their usual places. */
function wantedLimits(text: string): WantedLimits {
  const { limits } = limitsOf(text);
  const rate = limits.find(({ element }) => element === 'rate-limit' || element === 'rate-limit-by-key');
  const quota = limits.find(({ element }) => element === 'quota');
  const rateLimit = rate && rateOf(rate);
  return {
    ...(rateLimit ? { rateLimit } : {}),
    ...(quota ? { quota: { ...numbers(quota), seconds: numberOf(quota.seconds) } } : {}),
  };
}

function rateOf({ calls, seconds, counterKey }: PolicyLimit): WantedLimits['rateLimit'] {
  const by = counterKey?.includes('IpAddress') === true ? 'ip' : 'subscription';
  return { calls: numberOf(calls), seconds: numberOf(seconds), by };
}

function numbers({ calls, kilobytes }: PolicyLimit): { readonly calls?: number; readonly kilobytes?: number } {
  return {
    ...(typeof calls === 'number' ? { calls } : {}),
    ...(typeof kilobytes === 'number' ? { kilobytes } : {}),
  };
}

function numberOf(value: number | string | undefined): number {
  return typeof value === 'number' ? value : 0;
}
