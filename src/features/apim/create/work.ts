// The making, restoring or deleting of an instance as plain data, as it is written down: names, ids and states, never a secret.

import { filledText, isArray, member, tryParse } from '../../../base/shape';
import type { ErrorParts } from '../../../model/errors';
import type { Identity } from '../items';
import { firstTier, isTier, skuOf } from './tiers';

/** What is done. */
export type WorkKind = 'create' | 'restore' | 'delete';

/**
 * How far it is. `agreed`: the person has confirmed it, nothing was sent. `group` and `service` are written down before the write that
 * they name; `following`: the service has begun. `notBegun`: it was looked for after an end of VS Code, and never got there.
 */
export type WorkStep = 'agreed' | 'group' | 'service' | 'following' | 'done' | 'failed' | 'notBegun';

/** Where the instance is or will be. */
export interface WorkPlace {
  readonly endpointUrl: string;
  /** At the sample, whose endpoint is another one after a restart. */
  readonly sample: boolean;
  /** Of the sample: the workspace whose window runs it. */
  readonly home?: string | undefined;
  /** ARM id of the instance. */
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
}

/** One of them. */
export interface InstanceWork {
  readonly key: string;
  readonly kind: WorkKind;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly step: WorkStep;
  readonly place: WorkPlace;
  /** Whose token goes along. */
  readonly owner: Identity;
  /** Not known for what is restored. */
  readonly tier?: string | undefined;
  /** The resource group is made first, unless it is there. */
  readonly newGroup: boolean;
  readonly organisation: string;
  readonly email: string;
  /** Why it failed; the service's own words are its detail. */
  readonly problem?: ErrorParts | undefined;
}

/** True for what goes on no more. */
export function isOver({ step }: Pick<InstanceWork, 'step'>): boolean {
  return step === 'done' || step === 'failed' || step === 'notBegun';
}

/** The name of the tag that tells an instance that was made here from one that somebody else has made. Its value is the key. */
export const markTag = 'azuremlWebServicesCreation';

/** What is sent to make or restore an instance. */
export function bodyOf({ kind, key, place, tier, organisation, email }: InstanceWork): Readonly<Record<string, unknown>> {
  const publisher = { publisherEmail: email, publisherName: organisation };
  const sku = skuOf(tier !== undefined && isTier(tier) ? tier : firstTier);
  return kind === 'restore'
    // All but `restore` is ignored then, though it has to be there.
    ? { location: place.location, sku, properties: { ...publisher, restore: true } }
    : { location: place.location, sku, tags: { [markTag]: key }, properties: publisher };
}

/** True for an instance that this very work has made. What is restored is told by its name alone. */
export function isOwn({ kind, key }: InstanceWork, body: unknown): boolean {
  return kind !== 'create' || member(member(body, 'tags'), markTag) === key;
}

/** The text of its file. */
export function workText(work: InstanceWork): string {
  return `${JSON.stringify({ version: 1, ...work })}\n`;
}

const kinds: readonly WorkKind[] = ['create', 'restore', 'delete'];
const steps: readonly WorkStep[] = ['agreed', 'group', 'service', 'following', 'done', 'failed', 'notBegun'];

/** What a file holds, or undefined where it is none of ours. */
export function readWorkText(text: string): InstanceWork | undefined {
  const json = tryParse(text);
  const [at, place, owner] = [member(json, 'startedAt'), member(json, 'place'), member(json, 'owner')];
  const of = (from: unknown, name: string): string | undefined => filledText(member(from, name));
  const key = of(json, 'key');
  const [kind, step] = [kinds.find((each) => each === member(json, 'kind')), steps.find((each) => each === member(json, 'step'))];
  const [endpointUrl, id, subscriptionId, resourceGroup, name, location] =
    ['endpointUrl', 'id', 'subscriptionId', 'resourceGroup', 'name', 'location'].map((each) => of(place, each));
  if (member(json, 'version') !== 1 || !key || !kind || !step || typeof at !== 'number' || !Number.isFinite(at)) return undefined;
  if (!endpointUrl || !id || !subscriptionId || !resourceGroup || !name) return undefined;
  return {
    key, kind, step, startedAt: at,
    place: {
      endpointUrl, id, subscriptionId, resourceGroup, name, location: location ?? '', sample: member(place, 'sample') === true,
      home: of(place, 'home'),
    },
    owner: { accountId: of(owner, 'accountId'), tenantId: of(owner, 'tenantId') },
    tier: of(json, 'tier'), newGroup: member(json, 'newGroup') === true,
    organisation: of(json, 'organisation') ?? '', email: of(json, 'email') ?? '',
    problem: readProblem(member(json, 'problem')),
  };
}

function readProblem(value: unknown): ErrorParts | undefined {
  const sentence = filledText(member(value, 'sentence'));
  const actions = member(value, 'actions');
  return sentence === undefined ? undefined : {
    sentence, advice: filledText(member(value, 'advice')), detail: filledText(member(value, 'detail')),
    actions: isArray(actions) ? actions.flatMap((each) => filledText(each) ?? []) : [],
  };
}
