// Importing the OpenAPI document of a definition into Sample API Management and deploying its template make the same API.

import { afterEach, describe, expect, it } from 'vitest';
import { isObject, member, type JsonObject } from '../../../../src/base/shape';
import type { ApiDefinition } from '../../../../src/features/apim/definition/definition';
import { definitionFiles } from '../../../../src/features/apim/definition/definitionFiles';
import { choicesWith, definitionWith, trees } from '../../../unit/features/apim/samples';
import { putsOf } from '../../../unit/features/apim/templateEvaluator';
import { startRunning, type Running } from '../../sample/apim/armClient';

let runs: Running[] = [];
afterEach(async () => {
  for (const { apim } of runs) await apim.stop();
  runs = [];
});

async function instance(): Promise<Running> {
  const running = await startRunning();
  runs.push(running);
  return running;
}

const textOf = (definition: ApiDefinition, name: string): string => definitionFiles(definition).find((file) => file.name === name)?.text ?? '';
const api = '/apis/tree-heights';

function object(value: unknown): JsonObject {
  if (!isObject(value)) throw new Error(`No object: ${JSON.stringify(value)}`);
  return value;
}

/** Makes what the template of a definition makes. */
async function deploy({ put, call }: Running, definition: ApiDefinition): Promise<void> {
  const puts = putsOf(JSON.parse(textOf(definition, 'template.json')), { apimServiceName: 'sample-apim', ...(definition.choices.addsKey ? { serviceKey: 'made up' } : {}) });
  for (const { path, body } of puts) {
    if (body === undefined) expect([200, 201]).toContain((await call('PUT', path)).status);
    else await put(path, object(member(body, 'properties')));
  }
}

/** What callers meet of an API: it, its operations by their ids, its schemas; what only one way of making it says is left out. */
async function made({ call }: Running): Promise<unknown> {
  const properties = async (path: string): Promise<JsonObject> => object(member((await call('GET', path)).json, 'properties'));
  const names = async (path: string): Promise<readonly string[]> => {
    const list = member((await call('GET', path)).json, 'value');
    return Array.isArray(list) ? list.map((each) => String(member(each, 'name'))).sort() : [];
  };
  const { displayName, description, serviceUrl, path, protocols, subscriptionRequired } = await properties(api);
  const operations: Record<string, unknown> = {};
  for (const id of await names(`${api}/operations`)) operations[id] = same(await properties(`${api}/operations/${id}`));
  const schemas: Record<string, unknown> = {};
  for (const id of await names(`${api}/schemas`)) schemas[id] = (await properties(`${api}/schemas/${id}`)).document;
  return { displayName, description, serviceUrl, path, protocols, subscriptionRequired, operations, schemas };
}

/** Null, absent and empty are the same; so is the version's placeholder, which an import names as the argument itself is named. */
function same(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('{apiversion}', '{api-version}').replace(/^apiversion$/, 'api-version');
  if (Array.isArray(value)) return value.map(same);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, each]) => [name, same(each)] as const);
  return Object.fromEntries(members.filter(([, each]) => each !== null && !isEmpty(each)));
}

function isEmpty(value: unknown): boolean {
  return (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
}

describe('the same API', () => {
  it.each([[true, true], [true, false], [false, true], [false, false]])('comes of both files, with short paths: %s, described: %s', async (shortPaths, described) => {
    const definition = definitionWith({ shortPaths }, described ? trees : undefined);
    const [deployed, imported] = [await instance(), await instance()];
    await deploy(deployed, definition);
    await imported.put(api, { format: 'openapi+json', value: textOf(definition, 'openapi.json'), path: definition.choices.path });
    const wanted = await made(deployed);
    expect(await made(imported)).toEqual(wanted);
    expect(wanted).toMatchObject({ displayName: 'Tree Heights', path: 'tree-heights' });
    expect(Object.keys(object(member(wanted, 'operations')))).toEqual(['bes-delete', 'bes-start', 'bes-status', 'bes-submit', 'rrs-execute']);
  });

  it('is deployed with product, limits, policies, key and subscription, and once more with nothing else', async () => {
    const running = await instance();
    const definition = definitionWith({ quota: { calls: 1000, seconds: 0 }, cors: { origins: ['https://app.contoso.com'] }, shortPaths: true }, trees);
    await deploy(running, definition);
    const { call } = running;
    const policy = async (path: string): Promise<string> => String(member(member((await call('GET', `${path}/policies/policy?format=rawxml`)).json, 'properties'), 'value'));
    expect(await policy(api)).toContain('Bearer {{tree-heights-service-key}}');
    expect(await policy('/products/tree-heights')).toContain('<quota calls="1000" renewal-period="0" />');
    expect(await policy(`${api}/operations/rrs-execute`)).toContain('rewrite-uri');
    expect((await call('HEAD', '/products/tree-heights/apis/tree-heights')).status).toBe(204);
    expect(member(member((await call('GET', `/subscriptions/${choicesWith().subscription?.id ?? ''}`)).json, 'properties'), 'state')).toBe('active');
    expect((await call('GET', '/namedValues/tree-heights-service-key')).text).not.toContain('made up');
    await deploy(running, definition);
  });
});
