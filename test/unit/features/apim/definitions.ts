// Definitions as publishing is tried on, and an instance for them.

import type { ApiChoices, ApiDefinition, DefinitionResource, ResourceKind } from '../../../../src/features/apim/definition/definition';
import type { ApimInstance } from '../../../../src/features/apim/instance';
import { FakeArm, instanceId } from './fakeArm';

export const instance: ApimInstance = {
  id: instanceId, endpointUrl: 'https://arm.example', sample: false, name: 'contoso', resourceGroup: 'group', subscriptionId: 's1',
  gatewayUrls: ['https://gateway.example'],
};

export const serviceKey = 'key-of-the-service-0123456789';

/** A policy that a new product or API has. */
export const apiPolicyText =
  '<policies>\n  <inbound>\n    <base />\n    <set-header name="Authorization" exists-action="override">\n' +
  '      <value>Bearer {{azureml-demo-key}}</value>\n    </set-header>\n  </inbound>\n  <backend>\n    <base />\n  </backend>\n' +
  '  <outbound>\n    <base />\n  </outbound>\n  <on-error>\n    <base />\n  </on-error>\n</policies>\n';

/** The policy of the product that is there. */
export const starterPolicy =
  '<policies>\r\n\t<inbound>\r\n\t\t<rate-limit calls="5" renewal-period="60" />\r\n\t\t<quota calls="100" renewal-period="604800" />\r\n' +
  '\t\t<base />\r\n\t\t<!-- who=@("them") -->\r\n\t</inbound>\r\n\t<backend>\r\n\t\t<base />\r\n\t</backend>\r\n</policies>';

const operations = [
  ['rrs-execute', 'RRS Execute', 'POST', '/workspaces/{workspace}/services/{service}/execute'],
  ['bes-submit', 'BES Submit', 'POST', '/workspaces/{workspace}/services/{service}/jobs'],
  ['bes-start', 'BES Start', 'POST', '/workspaces/{workspace}/services/{service}/jobs/{jobid}/start'],
  ['bes-status', 'BES Status', 'GET', '/workspaces/{workspace}/services/{service}/jobs/{jobid}'],
  ['bes-delete', 'BES Delete', 'DELETE', '/workspaces/{workspace}/services/{service}/jobs/{jobid}'],
] as const;

/** What is published: into the Starter product that is there, or into a new one. */
export function someDefinition(product: 'existing' | 'new' = 'existing', choices: Partial<ApiChoices> = {}): ApiDefinition {
  const productId = product === 'existing' ? 'starter' : 'demo-callers';
  const api = '/apis/azureml-demo';
  const at = `/products/${productId}`;
  const limits = { rateLimit: { calls: 20, seconds: 60, by: 'subscription' as const } };
  const resource = (
    kind: ResourceKind, path: string, name: string, properties: Readonly<Record<string, unknown>> | undefined, dependsOn: readonly string[],
    more: Partial<DefinitionResource> = {},
  ): DefinitionResource => ({ kind, path, name, ...(properties ? { body: { properties } } : {}), dependsOn, ...more });
  const ops = operations.map(([id, displayName, method, urlTemplate]) =>
    resource('operation', `${api}/operations/${id}`, displayName, { displayName, method, urlTemplate, responses: [{ statusCode: 200 }] }, [api]));
  const policy = apiPolicyText.replace(/ {4}<set-header[^]*<\/set-header>\n/, '    <rate-limit calls="20" renewal-period="60" />\n');
  return {
    choices: {
      apiId: 'azureml-demo', displayName: 'AzureML Demo API', path: 'azureml-demo',
      product: { kind: product, id: productId, displayName: product === 'existing' ? 'Starter' : 'Demo callers' },
      subscription: { id: 'team-a', displayName: 'Team A' }, ...limits, shortPaths: false, addsKey: true, ...choices,
    },
    service: { name: 'Weather', address: 'https://region.example/workspaces/w1/services/s1' },
    resources: [
      resource('namedValue', '/namedValues/azureml-demo-key', 'azureml-demo-key', { displayName: 'azureml-demo-key', secret: true }, [], { secret: 'serviceKey' }),
      resource('api', api, 'AzureML Demo API', {
        displayName: 'AzureML Demo API', path: 'azureml-demo', protocols: ['https'], serviceUrl: 'https://region.example', subscriptionRequired: true,
      }, []),
      ...ops,
      resource('apiPolicy', `${api}/policies/policy`, 'AzureML Demo API: policy', { format: 'rawxml', value: apiPolicyText }, [
        api, '/namedValues/azureml-demo-key', ...ops.map(({ path }) => path),
      ]),
      ...(product === 'new' ? [resource('product', at, 'Demo callers', { displayName: 'Demo callers', state: 'published' }, [])] : []),
      resource('productPolicy', `${at}/policies/policy`, 'Starter: policy', { format: 'rawxml', value: policy }, product === 'new' ? [at] : [],
        product === 'existing' ? { limits } : {}),
      resource('productApi', `${at}/apis/azureml-demo`, 'Starter / AzureML Demo API', undefined, [api, ...(product === 'new' ? [at] : [])]),
      resource('subscription', '/subscriptions/team-a', 'Team A', { displayName: 'Team A', scope: at, state: 'active' }, product === 'new' ? [at] : []),
    ],
  };
}

/** An instance with the Starter product and an API of somebody else. */
export function usualArm(): FakeArm {
  const arm = new FakeArm();
  arm.set('/products/starter', { displayName: 'Starter', state: 'published' });
  arm.set('/products/starter/policies/policy', { format: 'rawxml', value: starterPolicy });
  arm.set('/apis/echo', { displayName: 'Echo', path: 'echo' });
  arm.set('/subscriptions/master', { displayName: '', scope: `${instanceId}/`, state: 'active' });
  return arm;
}
