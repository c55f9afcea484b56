// Which cloud the settings mean, and that a token goes nowhere by a slip of them.

import { expect, it } from 'vitest';
import { cloudOf, originOf, portalPage } from '../../../../src/features/apim/endpoints';

const none = { environment: undefined, customEnvironment: undefined, armEndpoint: undefined };

it.each([
  [none, 'https://management.azure.com', 'microsoft', 'https://portal.azure.com'],
  [{ ...none, environment: '' }, 'https://management.azure.com', 'microsoft', 'https://portal.azure.com'],
  [{ ...none, environment: 'ChinaCloud' }, 'https://management.chinacloudapi.cn', 'microsoft-sovereign-cloud', 'https://portal.azure.cn'],
  [{ ...none, environment: 'USGovernment' }, 'https://management.usgovcloudapi.net', 'microsoft-sovereign-cloud', 'https://portal.azure.us'],
  [
    { ...none, environment: 'custom', customEnvironment: { resourceManagerEndpointUrl: 'https://arm.stack.example/', portalUrl: 'https://portal.stack.example' } },
    'https://arm.stack.example', 'microsoft-sovereign-cloud', 'https://portal.stack.example',
  ],
  [{ ...none, environment: 'USGovernment', armEndpoint: 'https://ARM.example:443/' }, 'https://arm.example', 'microsoft-sovereign-cloud', undefined],
  [{ ...none, armEndpoint: ' http://127.0.0.1:8080 ' }, 'http://127.0.0.1:8080', 'microsoft', undefined],
])('%j means %s', (settings, endpointUrl, provider, portalUrl) => {
  expect(cloudOf(settings)).toEqual({ endpointUrl, provider, portalUrl, scope: `${endpointUrl}/.default` });
});

it.each([
  'http://management.azure.com', 'ftp://x', 'management.azure.com', 'https://user:word@arm.example', 'https://arm.example/path', 'https://arm.example?x=1',
  'https://arm.example#x', 'http://127.0.0.1.example.com', 'javascript:alert(1)', 'https://',
])('%s is no address that a token goes to, and the setting is named', (armEndpoint) => {
  expect(originOf(armEndpoint)).toBeUndefined();
  expect(() => cloudOf({ ...none, armEndpoint })).toThrow(/azuremlWebServices\.armEndpoint/);
});

it('a custom cloud without an address is told of', () => {
  expect(() => cloudOf({ ...none, environment: 'custom' })).toThrow(/microsoft-sovereign-cloud\.customEnvironment.*nothing/);
});

it('a page of the portal is made of an id in which nothing leads elsewhere', () => {
  expect(portalPage('https://portal.azure.com', '/subscriptions/a/x?y=#z/<b>')).toBe('https://portal.azure.com/#@/resource/subscriptions/a/x%3Fy%3D%23z/%3Cb%3E');
});
