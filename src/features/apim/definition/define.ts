// Makes the resources of an API out of a service and the choices of a person: same input, same resources, in the same order.

import * as l10n from '@vscode/l10n';
import type { ArmJson } from '../../../model/arm';
import { InvalidInput } from '../../../model/errors';
import type { Service } from '../../../model/service';
import type { PublishedBody, PublishedOperation, PublishedService } from '../../../protocols/published';
import { checkChoices } from './choices';
import type { ApiChoices, ApiDefinition, DefinitionResource, ProductChoice } from './definition';
import { apiPolicy, productPolicy, rewritePolicy } from './files/policies';

/** What a definition is made from. */
export interface DefineInput {
  readonly service: Pick<Service, 'name' | 'address'>;
  /** What the service's protocol tells: `publishedAs` of the registry. */
  readonly published: PublishedService;
  readonly choices: ApiChoices;
  /** Where callers reach the gateway, where that is known. */
  readonly gateway?: string | undefined;
}

/** The id of the one schema resource of an API; a definition's schemas have their names within it. */
export const schemaId = 'components';

const subscriptionKeyNames = { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' };

/** Throws InvalidInput where a choice is wrong. */
export function define({ service, published, choices, gateway }: DefineInput): ApiDefinition {
  const [wrong] = Object.values(checkChoices(choices));
  if (wrong !== undefined) throw new InvalidInput({ sentence: wrong });
  return {
    choices,
    service: { name: service.name, address: service.address },
    ...(gateway === undefined ? {} : { gateway }),
    resources: [
      ...namedValues(choices),
      apiResource(choices, published),
      schemaResource(choices, published),
      ...published.operations.map((operation) => operationResource(choices, operation)),
      ...apiPolicies(choices),
      ...operationPolicies(choices, published),
      ...products(choices, published),
    ],
  };
}

const segment = (id: string): string => encodeURIComponent(id);
const apiPath = ({ apiId }: ApiChoices): string => `/apis/${segment(apiId)}`;
const operationPath = (choices: ApiChoices, { id }: PublishedOperation): string => `${apiPath(choices)}/operations/${id}`;
const keyName = ({ apiId }: ApiChoices): string => `${apiId}-service-key`;
const keyPath = (choices: ApiChoices): string => `/namedValues/${segment(keyName(choices))}`;

function namedValues(choices: ApiChoices): readonly DefinitionResource[] {
  if (!choices.addsKey) return [];
  const displayName = keyName(choices);
  return [{
    kind: 'namedValue', path: keyPath(choices), name: displayName, body: { properties: { displayName, secret: true } },
    secret: 'serviceKey',
    dependsOn: [],
  }];
}

function apiResource(choices: ApiChoices, { about, backendUrl: serviceUrl }: PublishedService): DefinitionResource {
  const { displayName, path } = choices;
  const properties = {
    displayName,
    description: about,
    serviceUrl,
    path,
    // The sample and what runs on this computer speak http; an import takes it from the address in the same way.
    protocols: [serviceUrl.startsWith('http:') ? 'http' : 'https'],
    subscriptionRequired: true,
    subscriptionKeyParameterNames: subscriptionKeyNames,
  };
  return { kind: 'api', path: apiPath(choices), name: displayName, body: { properties }, dependsOn: [] };
}

function schemaResource(choices: ApiChoices, { schemas }: PublishedService): DefinitionResource {
  return {
    kind: 'schema',
    path: `${apiPath(choices)}/schemas/${schemaId}`,
    name: l10n.t('Schemas of {0}', choices.displayName),
    body: { properties: { contentType: 'application/vnd.oai.openapi.components+json', document: { components: { schemas } } } },
    dependsOn: [apiPath(choices)],
  };
}

function operationResource(choices: ApiChoices, operation: PublishedOperation): DefinitionResource {
  const { name, description, method, options, request, response } = operation;
  const { urlTemplate, parameters } = choices.shortPaths ? operation.short : operation.template;
  const asked = {
    ...(options.length === 0 ? {} : { queryParameters: options }),
    ...(request === undefined ? {} : bodyOf(request)),
  };
  const properties = {
    displayName: name,
    description,
    method,
    urlTemplate,
    templateParameters: parameters,
    ...(Object.keys(asked).length === 0 ? {} : { request: asked }),
    responses: [{ statusCode: 200, ...bodyOf(response) }],
  };
  return {
    kind: 'operation', path: operationPath(choices, operation), name, body: { properties },
    dependsOn: [`${apiPath(choices)}/schemas/${schemaId}`, apiPath(choices)],
  };
}

function bodyOf({ description, schema, example: value }: PublishedBody): ArmJson {
  if (schema === undefined) return { description };
  const examples = value === undefined ? {} : { examples: { default: { value } } };
  return { description, representations: [{ contentType: 'application/json', schemaId, typeName: schema, ...examples }] };
}

function policyBody(value: string): ArmJson {
  return { properties: { format: 'rawxml', value } };
}

function apiPolicies(choices: ApiChoices): readonly DefinitionResource[] {
  const { product, rateLimit, cors, addsKey, displayName } = choices;
  const value = apiPolicy({
    rateLimit: product.kind === 'none' ? rateLimit : undefined,
    origins: cors?.origins,
    keyName: addsKey ? keyName(choices) : undefined,
  });
  if (value === undefined) return [];
  return [{
    kind: 'apiPolicy', path: `${apiPath(choices)}/policies/policy`, name: l10n.t('Policy of {0}', displayName), body: policyBody(value),
    dependsOn: [...(addsKey ? [keyPath(choices)] : []), apiPath(choices)],
  }];
}

function operationPolicies(choices: ApiChoices, { operations }: PublishedService): readonly DefinitionResource[] {
  if (!choices.shortPaths) return [];
  return operations.map((operation): DefinitionResource => {
    const path = operationPath(choices, operation);
    return {
      kind: 'operationPolicy', path: `${path}/policies/policy`, name: l10n.t('Policy of {0}', operation.name),
      body: policyBody(rewritePolicy(operation.short.rewrite)),
      dependsOn: [path],
    };
  });
}

function products(choices: ApiChoices, published: PublishedService): readonly DefinitionResource[] {
  const { product, subscription } = choices;
  if (product.kind === 'none') return [];
  const path = `/products/${segment(product.id)}`;
  const own = product.kind === 'new' ? [path] : [];
  return [
    ...(product.kind === 'new' ? newProduct(choices, published, product) : sharedLimits(choices, product, path)),
    {
      kind: 'productApi',
      path: `${path}/apis/${segment(choices.apiId)}`,
      name: l10n.t('{0} in product {1}', choices.displayName, product.displayName),
      dependsOn: [...own, apiPath(choices)],
    },
    ...(subscription === undefined ? [] : [{
      kind: 'subscription' as const,
      path: `/subscriptions/${segment(subscription.id)}`,
      name: subscription.displayName,
      body: { properties: { scope: `/products/${product.id}`, displayName: subscription.displayName, state: 'active' } },
      dependsOn: own,
    }]),
  ];
}

type SomeProduct = Exclude<ProductChoice, { readonly kind: 'none' }>;

function newProduct(
  { rateLimit, quota }: ApiChoices,
  { about }: PublishedService,
  { id, displayName }: SomeProduct,
): readonly DefinitionResource[] {
  const path = `/products/${segment(id)}`;
  const properties = { displayName, description: about, subscriptionRequired: true, approvalRequired: false, state: 'published' };
  const value = productPolicy({ ...(rateLimit === undefined ? {} : { rateLimit }), ...(quota === undefined ? {} : { quota }) });
  return [
    { kind: 'product', path, name: displayName, body: { properties }, dependsOn: [] },
    ...(value === undefined ? [] : [{
      kind: 'productPolicy' as const, path: `${path}/policies/policy`, name: l10n.t('Policy of product {0}', displayName),
      body: policyBody(value),
      dependsOn: [path],
    }]),
  ];
}

/** A product that others use keeps its policy, but for these elements. */
function sharedLimits({ rateLimit, quota }: ApiChoices, { displayName }: SomeProduct, path: string): readonly DefinitionResource[] {
  if (rateLimit === undefined && quota === undefined) return [];
  return [{
    kind: 'productPolicy',
    path: `${path}/policies/policy`,
    name: l10n.t('Policy of product {0}', displayName),
    limits: { ...(rateLimit === undefined ? {} : { rateLimit }), ...(quota === undefined ? {} : { quota }) },
    dependsOn: [],
  }];
}
