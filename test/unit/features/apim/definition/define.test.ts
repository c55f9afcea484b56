// The resources of an API: five operations, policies, product, key; and what no API can be made of.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerAddresses } from '../../../../../src/features/apim/definition/addresses';
import type { ApiDefinition } from '../../../../../src/features/apim/definition/definition';
import { member } from '../../../../../src/base/shape';
import { publishedAs } from '../../../../../src/protocols/studio/publishing';
import { anyChoices, anyDescription, choicesWith, classic, definitionWith, defined, odata, resourceManager, trees } from '../samples';

const kinds = ({ resources }: ApiDefinition): readonly string[] => resources.map(({ kind }) => kind);
const operations = ({ resources }: ApiDefinition): readonly unknown[] => resources.filter(({ kind }) => kind === 'operation').map(({ body }) => member(body, 'properties'));
const templates = (definition: ApiDefinition): readonly string[] => operations(definition).map((each) => `${String(member(each, 'method'))} ${String(member(each, 'urlTemplate'))}`);
const policies = ({ resources }: ApiDefinition): readonly (readonly [string, unknown])[] =>
  resources.filter(({ kind }) => /policy$/i.test(kind)).map(({ path, body }) => [path, member(member(body, 'properties'), 'value')]);

describe('operations', () => {
  it('are the five of the guide', () => {
    const definition = definitionWith();
    expect(templates(definition)).toEqual([
      'POST /workspaces/{workspace}/services/{service}/execute?api-version={apiversion}&details={details}',
      'POST /workspaces/{workspace}/services/{service}/jobs?api-version={apiversion}',
      'POST /workspaces/{workspace}/services/{service}/jobs/{jobid}/start?api-version={apiversion}',
      'GET /workspaces/{workspace}/services/{service}/jobs/{jobid}?api-version={apiversion}',
      'DELETE /workspaces/{workspace}/services/{service}/jobs/{jobid}?api-version={apiversion}',
    ]);
    expect(definition.resources.filter(({ kind }) => kind === 'operation').map(({ name, path }) => [name, path.split('/').at(-1)])).toEqual([
      ['RRS Execute', 'rrs-execute'], ['BES Submit', 'bes-submit'], ['BES Start', 'bes-start'], ['BES Status', 'bes-status'], ['BES Delete', 'bes-delete'],
    ]);
    const parameters = operations(definition).map((each) => member(each, 'templateParameters'));
    expect(parameters[2]).toEqual([
      expect.objectContaining({ name: 'workspace', required: true, defaultValue: '0123456789abcdef0123456789abcdef' }),
      expect.objectContaining({ name: 'service', defaultValue: 'fedcba9876543210fedcba9876543210' }),
      expect.objectContaining({ name: 'jobid' }),
      expect.objectContaining({ name: 'apiversion', values: ['2.0'] }),
    ]);
    for (const operation of operations(definition)) expect(member(operation, 'responses')).toEqual([expect.objectContaining({ statusCode: 200 })]);
  });

  it('lead to the address of the service without its own path', () => {
    const properties = member(definitionWith().resources.find(({ kind }) => kind === 'api')?.body, 'properties');
    expect(properties).toMatchObject({ serviceUrl: 'https://forest.example/models', path: 'tree-heights', protocols: ['https'], subscriptionRequired: true });
  });

  it('have their own path for services that stand below a subscription', () => {
    const [first] = templates(defined({ service: resourceManager, choices: choicesWith() }));
    expect(first).toBe('POST /subscriptions/{subscription}/services/{service}/execute?api-version={apiversion}&details={details}');
  });

  it('of a service that is linked by its OData form are those of its plain form', () => {
    const definition = defined({ service: odata, choices: choicesWith({ shortPaths: true }) });
    expect(policies(definition).map(([, value]) => String(value)).join()).not.toContain('odata');
    expect(member(member(definition.resources.find(({ kind }) => kind === 'api')?.body, 'properties'), 'serviceUrl')).toBe('https://forest.example');
  });

  it('with short paths know the ids, and callers do not', () => {
    const definition = definitionWith({ shortPaths: true, addsKey: false });
    expect(templates(definition)).toEqual(['POST /score', 'POST /jobs', 'POST /jobs/{jobid}/start', 'GET /jobs/{jobid}', 'DELETE /jobs/{jobid}']);
    const base = '/workspaces/0123456789abcdef0123456789abcdef/services/fedcba9876543210fedcba9876543210';
    const rewrites = policies(definition).filter(([path]) => path.includes('/operations/')).map(([, value]) => /template="([^"]*)"/.exec(String(value))?.[1]);
    expect(rewrites).toEqual([
      `${base}/execute?api-version=2.0&amp;details=true`, `${base}/jobs?api-version=2.0`, `${base}/jobs/{jobid}/start?api-version=2.0`,
      `${base}/jobs/{jobid}?api-version=2.0`, `${base}/jobs/{jobid}?api-version=2.0`,
    ]);
    expect(JSON.stringify(operations(definition))).not.toContain('0123456789abcdef0123456789abcdef/');
    expect(JSON.stringify(operations(definition).map((each) => member(each, 'templateParameters')))).not.toContain('0123456789abcdef');
  });

  it('have what the description tells in schemas and examples', () => {
    const definition = definitionWith({}, trees);
    const [execute] = operations(definition);
    expect(member(execute, 'request')).toMatchObject({
      representations: [{
        contentType: 'application/json', schemaId: 'components', typeName: 'RrsRequest',
        examples: { default: { value: { Inputs: { input1: { ColumnNames: ['Kind', 'Age'], Values: [['oak', 40]] } }, GlobalParameters: { Trials: 3 } } } },
      }],
    });
    const document = member(member(definition.resources.find(({ kind }) => kind === 'schema')?.body, 'properties'), 'document');
    expect(document).toMatchObject({
      components: {
        schemas: {
          Input1Row: { required: ['Age'], properties: { Kind: { type: 'string', nullable: true, enum: ['oak', 'fir', null] }, Age: { type: 'integer', format: 'int32' } } },
          GlobalParameters: { properties: { Trials: { type: 'integer', default: 3 } } },
          Output1Row: { properties: { 'Scored Height': { type: 'number', example: 12.5 } } },
        },
      },
    });
  });
});

describe('policies, products and keys', () => {
  it('are what was chosen: a new product with its limits, and the key of the service', () => {
    const definition = definitionWith({ quota: { calls: 1000, kilobytes: 5, seconds: 604_800 }, cors: { origins: ['https://app.contoso.com'] } });
    expect(kinds(definition)).toEqual([
      'namedValue', 'api', 'schema', ...Array.from({ length: 5 }, () => 'operation'), 'apiPolicy', 'product', 'productPolicy', 'productApi', 'subscription',
    ]);
    expect(Object.fromEntries(policies(definition))).toEqual({
      '/apis/tree-heights/policies/policy': `<policies>
  <inbound>
    <base />
    <cors allow-credentials="false">
      <allowed-origins>
        <origin>https://app.contoso.com</origin>
      </allowed-origins>
      <allowed-methods>
        <method>GET</method>
        <method>POST</method>
        <method>DELETE</method>
      </allowed-methods>
      <allowed-headers>
        <header>Content-Type</header>
        <header>Authorization</header>
        <header>Ocp-Apim-Subscription-Key</header>
      </allowed-headers>
    </cors>
    <set-header name="Authorization" exists-action="override">
      <value>Bearer {{tree-heights-service-key}}</value>
    </set-header>
  </inbound>
  <backend>
    <base />
  </backend>
  <outbound>
    <base />
  </outbound>
  <on-error>
    <base />
  </on-error>
</policies>`,
      '/products/tree-heights/policies/policy': expect.stringContaining(`    <base />
    <rate-limit calls="100" renewal-period="60" />
    <quota calls="1000" bandwidth="5" renewal-period="604800" />
  </inbound>`),
    });
    const byKind = new Map(definition.resources.map((resource) => [resource.kind, resource]));
    expect(byKind.get('namedValue')).toMatchObject({ secret: 'serviceKey', body: { properties: { displayName: 'tree-heights-service-key', secret: true } } });
    expect(byKind.get('subscription')).toMatchObject({ path: '/subscriptions/tree-heights-callers', body: { properties: { scope: '/products/tree-heights', state: 'active' } } });
    expect(byKind.get('productApi')).toMatchObject({ path: '/products/tree-heights/apis/tree-heights', dependsOn: ['/products/tree-heights', '/apis/tree-heights'] });
  });

  it('leave a product that is there, but for a wish for its limits', () => {
    const rateLimit = { calls: 20, seconds: 60, by: 'subscription' } as const;
    const definition = definitionWith({ product: { kind: 'existing', id: 'starter', displayName: 'Starter' }, rateLimit });
    expect(definition.resources.filter(({ kind }) => kind === 'product')).toEqual([]);
    expect(definition.resources.find(({ kind }) => kind === 'productPolicy')).toEqual({
      kind: 'productPolicy', path: '/products/starter/policies/policy', name: 'Policy of product Starter', limits: { rateLimit }, dependsOn: [],
    });
  });

  it('without a product limit the API itself, by address too', () => {
    const definition = defined({ choices: { apiId: 'a', displayName: 'A', path: '', product: { kind: 'none' }, rateLimit: { calls: 5, seconds: 10, by: 'ip' }, shortPaths: false, addsKey: false },
    });
    expect(kinds(definition)).toEqual(['api', 'schema', ...Array.from({ length: 5 }, () => 'operation'), 'apiPolicy']);
    expect(policies(definition)).toEqual([['/apis/a/policies/policy', expect.stringContaining('<rate-limit-by-key calls="5" renewal-period="10" counter-key="@(context.Request.IpAddress)" />')]]);
  });

  it('depend on what comes before them only, whatever was chosen', () => {
    fc.assert(fc.property(anyChoices, anyDescription, (choices, description) => {
      const { resources } = defined({ description, choices });
      resources.forEach(({ dependsOn }, index) => {
        const before = resources.slice(0, index).map(({ path }) => path);
        expect(dependsOn.filter((path) => !before.includes(path))).toEqual([]);
      });
      expect(new Set(resources.map(({ path }) => path)).size).toBe(resources.length);
      for (const [, value] of policies({ choices, service: classic, resources })) {
        if (value !== undefined) expect(String(value).match(/<base \/>/g)).toHaveLength(4);
      }
    }), { numRuns: 50 });
  });
});

describe('what cannot be defined', () => {
  it('is a wrong choice', () => {
    expect(() => definitionWith({ path: '/x' })).toThrow('The path neither begins nor ends with a slash.');
  });
});

describe('the addresses of callers', () => {
  const published = publishedAs(classic, undefined);

  it('are those of the gateway with the suffix', () => {
    expect(callerAddresses(published, { path: 'm', shortPaths: true, gateway: 'https://g.example' }).map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://g.example/m/score', 'POST https://g.example/m/jobs', 'POST https://g.example/m/jobs/{jobid}/start', 'GET https://g.example/m/jobs/{jobid}',
      'DELETE https://g.example/m/jobs/{jobid}',
    ]);
    expect(callerAddresses(published, { path: '', shortPaths: false })[0]?.url).toBe(
      'https://{gateway}/workspaces/{workspace}/services/{service}/execute?api-version={apiversion}&details={details}');
  });
});
