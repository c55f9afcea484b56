// Reads what the form is about: the policy of the scope with its ETag, and the policies whose limits hold for its callers as well.

import { beginningOfText } from '../../../base/cutText';
import { filledText, type JsonObject } from '../../../base/shape';
import type { ApimInstance } from '../instance';
import { readInstance } from '../load/readers';
import type { PolicyScope } from '../policy/policyScope';
import { policyPath, scopePath } from '../policy/scopePaths';
import { full, listOf, nameOf, propertiesOf, readPolicyAt, type ArmPlace } from '../publish/reading';

/** A policy that is there. */
export interface OwnPolicy {
  /** The document (rawxml), as the service gave it. */
  readonly text: string;
  readonly etag?: string;
}

/** Whose policy it is that counts beside the scope's own. Names come from outside. */
export type InheritedFrom = { readonly kind: 'allApis' } | { readonly kind: 'api' | 'product'; readonly name: string };

/** A policy whose limits count beside those of the scope. */
export interface InheritedPolicy {
  readonly from: InheritedFrom;
  /** Undefined where there is none. */
  readonly text: string | undefined;
  /** Of a product: the last part of its id. */
  readonly product?: string;
}

/** What was read. */
export interface LimitsThere {
  /** What people call the thing; absent for all APIs. */
  readonly title?: string;
  /** Of an operation: what its API is called. */
  readonly api?: string;
  readonly tier?: string;
  /** Undefined where the scope has no policy yet. */
  readonly own: OwnPolicy | undefined;
  readonly inherited: readonly InheritedPolicy[];
  /** The APIs of a product. */
  readonly apis: readonly string[];
}

/** What is asked about. */
export interface LimitsPlaceAt extends ArmPlace {
  readonly instance: ApimInstance;
}

/** Names are cut at this length, in UTF-16 units. */
const longestName = 200;

/** Reads all of it. Throws ArmFailed (`notFound` where the API, operation or product is gone), InvalidInput, and Cancelled. */
export async function readLimits(place: LimitsPlaceAt, scope: PolicyScope): Promise<LimitsThere> {
  const [title, own, tier, inherited, apis] = await Promise.all([
    titleOf(place, scope), readOwn(place, scope), tierOf(place), readInherited(place, scope),
    scope.kind === 'product' ? apisOf(place, scope) : [],
  ]);
  const api = inherited.find(({ from }) => from.kind === 'api');
  return {
    ...(title === undefined ? {} : { title }), ...(scope.kind === 'operation' && api?.from.kind === 'api' ? { api: api.from.name } : {}),
    ...(tier === undefined ? {} : { tier }), own, inherited, apis,
  };
}

/** Reads the scope's own policy alone. Throws ArmFailed, InvalidInput, and Cancelled. */
export async function readOwn(place: ArmPlace, scope: PolicyScope): Promise<OwnPolicy | undefined> {
  const there = await readPolicyAt(place, policyPath(scope));
  return there?.body.kind === 'policy'
    ? { text: there.body.text, ...(there.etag === undefined ? {} : { etag: there.etag }) }
    : undefined;
}

async function titleOf(place: ArmPlace, scope: PolicyScope): Promise<string | undefined> {
  return scope.kind === 'allApis' ? undefined : titleAt(place, scopePath(scope));
}

async function titleAt(place: ArmPlace, path: string): Promise<string> {
  const { body } = await place.arm.get(full(place, path), place.options);
  const properties = propertiesOf(body);
  return shownName(properties, decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)));
}

/** Instances that were named by a person, and the sample's, are known without their tier. */
async function tierOf(place: LimitsPlaceAt): Promise<string | undefined> {
  const { instance } = place;
  if (instance.sku !== undefined) return instance.sku;
  const answer = await place.arm.find(instance.id, place.options);
  return readInstance(answer?.body, instance.endpointUrl, instance.sample)?.sku;
}

async function readInherited(place: ArmPlace, scope: PolicyScope): Promise<readonly InheritedPolicy[]> {
  const allApis = async (): Promise<InheritedPolicy> => ({ from: { kind: 'allApis' }, text: await textAt(place, { kind: 'allApis' }) });
  switch (scope.kind) {
    case 'allApis':
      return [];
    case 'product':
      return [await allApis()];
    case 'api': {
      const [all, products] = await Promise.all([allApis(), productsOf(place, scope.api)]);
      return [all, ...products];
    }
    case 'operation': {
      const api = async (): Promise<InheritedPolicy> => {
        const of: PolicyScope = { kind: 'api', api: scope.api };
        const [name, text] = await Promise.all([titleAt(place, scopePath(of)), textAt(place, of)]);
        return { from: { kind: 'api', name }, text };
      };
      const [all, own, products] = await Promise.all([allApis(), api(), productsOf(place, scope.api)]);
      return [all, own, ...products];
    }
    default:
      return scope satisfies never;
  }
}

async function textAt(place: ArmPlace, scope: PolicyScope): Promise<string | undefined> {
  return (await readOwn(place, scope))?.text;
}

/** The policies of the products that an API is in; a revision is in those of its API. */
async function productsOf(place: ArmPlace, api: string): Promise<readonly InheritedPolicy[]> {
  const path = scopePath({ kind: 'api', api: api.replace(/;rev=\d{1,9}$/, '') });
  const products = await listOf(place, `${path}/products`);
  return Promise.all(products.map(async (product) => {
    const id = nameOf(product);
    const text = id === '' ? undefined : await textAt(place, { kind: 'product', product: id });
    return { from: { kind: 'product' as const, name: shownName(propertiesOf(product), id) }, text, product: id };
  }));
}

async function apisOf(place: ArmPlace, scope: PolicyScope): Promise<readonly string[]> {
  return (await listOf(place, `${scopePath(scope)}/apis`)).map((api) => shownName(propertiesOf(api), nameOf(api)));
}

function shownName({ displayName }: JsonObject, otherwise: string): string {
  return beginningOfText(filledText(displayName) ?? otherwise, longestName);
}
