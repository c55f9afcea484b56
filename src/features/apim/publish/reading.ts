// Reads a resource as it is, in the form in which it is compared and written.

import type { Arm, ArmAnswer, ArmJson, ArmOptions } from '../../../model/arm';
import { filledText, isObject, member } from '../../../base/shape';
import { ArmFailed } from '../../../model/errors';
import type { ApimInstance } from '../instance';
import type { ResourceKind } from '../definition/definition';
import { withoutSecrets } from './compare';
import type { ItemBody } from './items';

/** Where and how ARM is asked. */
export interface ArmPlace {
  readonly arm: Arm;
  readonly instance: Pick<ApimInstance, 'id'>;
  readonly options: ArmOptions;
}

/** What is there. */
export interface There {
  readonly body: ItemBody;
  readonly etag?: string;
}

/** True for policies of every scope. */
export function isPolicy(kind: ResourceKind): boolean {
  return kind === 'apiPolicy' || kind === 'operationPolicy' || kind === 'productPolicy';
}

/** Reads a resource, undefined where it is not there. Throws ArmFailed, and Cancelled. */
export async function readThere(
  place: ArmPlace, { kind, path }: { readonly kind: ResourceKind; readonly path: string },
): Promise<There | undefined> {
  if (kind === 'productApi') return (await isLinked(place, path)) ? { body: { kind: 'link' } } : undefined;
  if (isPolicy(kind)) return readPolicyAt(place, path);
  const answer = await place.arm.find(full(place, path), place.options);
  return answer && withEtag({ kind: 'json', properties: withoutSecrets(kind, propertiesOf(answer.body)) }, answer);
}

/** Reads a policy as rawxml, whichever form it was written in. */
export async function readPolicyAt(place: ArmPlace, path: string): Promise<There | undefined> {
  const { options } = place;
  const answer = await place.arm.find(full(place, path), { ...options, query: { ...options.query, format: 'rawxml' } });
  const text = member(propertiesOf(answer?.body), 'value');
  return answer && withEtag({ kind: 'policy', text: typeof text === 'string' ? text : '' }, answer);
}

/** The path of a resource of an instance. */
export function full({ instance }: Pick<ArmPlace, 'instance'>, path: string): string {
  return `${instance.id}${path}`;
}

/** `properties` of an answer. */
export function propertiesOf(body: unknown): ArmJson {
  const properties = member(body, 'properties');
  return isObject(properties) ? properties : {};
}

/** The header in which an API takes callers' keys, where its properties tell. */
export function keyHeaderIn(properties: ArmJson): string | undefined {
  return filledText(member(properties['subscriptionKeyParameterNames'], 'header'));
}

/** Last segment of a path, decoded where it can be. */
export function lastSegment(path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** True for the path of an API that names one of its revisions. */
export function isRevision(path: string): boolean {
  return /;rev=\d{1,9}$/.test(lastSegment(path));
}

/** All entries of a list. Throws ArmFailed (`notFound`) where that of which it is a list is not there. */
export async function listOf(place: ArmPlace, path: string): Promise<readonly ArmJson[]> {
  const all: ArmJson[] = [];
  for await (const page of place.arm.pages(full(place, path), place.options)) all.push(...page);
  return all;
}

/** The name of an entry of a list: the last segment of its id. */
export function nameOf(entry: ArmJson): string {
  const name = entry['name'];
  return typeof name === 'string' ? name : '';
}

/** A link has no GET of its own: the list of the product tells. */
async function isLinked(place: ArmPlace, path: string): Promise<boolean> {
  const wanted = lastSegment(path).toLowerCase();
  const list = path.slice(0, path.lastIndexOf('/'));
  const apis = await listOf(place, list).catch(async (error: unknown) => {
    if (!(error instanceof ArmFailed) || error.reason !== 'notFound') throw error;
    // A product that is gone has no APIs; where it is the instance that is not found, this throws.
    const product = list.slice(0, list.lastIndexOf('/'));
    if (await place.arm.find(full(place, product), place.options)) throw error;
    return [];
  });
  // The list may name the current revision with its number.
  return apis.some((api) => nameOf(api).toLowerCase().replace(/;rev=\d+$/, '') === wanted);
}

function withEtag(body: ItemBody, { etag }: ArmAnswer): There {
  return { body, ...(etag === undefined ? {} : { etag }) };
}
