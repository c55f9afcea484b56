// Documents that people paste: collections, recordings, settings and descriptions. A member's name is never its value, in whatever order the members stand.

import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../../src/features/services/paste/paste';

const ws = 'afbd553b9bac4c95be3d040998943a4f';
const svc = '26a3afce1767461ab6e73d5a206fbd62';
const base = `https://contoso.azure-api.net/ml/workspaces/${ws}/services/${svc}`;
const execute = `${base}/execute?api-version=2.0&details=true`;
const online = 'https://churn-ep.westeurope.inference.ml.azure.com/score';
const key = `${'kK9/+z'.repeat(14)}aZ==`;
const short = 'Qw3rTy7uIoPa5dFgH9jKlZx1cVbN2mQ4';
const gate = 'c0ffee'.repeat(5) + 'ab';
const header = 'Ocp-Apim-Subscription-Key';
const filler = expect.stringContaining('placeholder');

/** The addresses, the keys as `kind name=value`, and the notes without those on the form of the address. */
function read(document: unknown): { readonly services: string[]; readonly keys: string[]; readonly notes: string[]; readonly problems: string[] } {
  const paste = readPaste(typeof document === 'string' ? document : JSON.stringify(document, null, 2));
  return {
    services: paste.services.map((service) => service.address),
    keys: paste.keys.map(({ kind, name, value }) => `${kind} ${name}=${value}`),
    notes: paste.notes.filter((note) => !note.startsWith('The address does not show')),
    problems: paste.problems,
  };
}

const gateKey = `subscription ${header}=${gate}`;
const ownKey = `service Authorization=${key}`;

/** A request as Postman writes it. */
function postman(request: object, more: object = {}): object {
  return {
    info: { name: 'score', _postman_id: '5c6b1c0e-1111-4a4b-8c8c-000000000001', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [{ name: 'folder', item: [{ name: 'rrs', request: { method: 'POST', ...request }, response: [] }] }],
    ...more,
  };
}

describe('header objects', () => {
  const pair = { key: header, value: gate };
  it.each<[string, readonly object[], readonly string[]]>([
    ['key, value', [pair], [gateKey]],
    ['value, key', [{ value: gate, key: header }], [gateKey]],
    ['type between', [{ key: header, type: 'text', value: gate }], [gateKey]],
    ['type first, value before key', [{ type: 'text', value: gate, description: 'the key', key: header }], [gateKey]],
    ['name, value', [{ name: header, value: gate }], [gateKey]],
    ['capitals', [{ Name: header, Value: gate }], [gateKey]],
    ['both keys', [{ name: 'Authorization', value: `Bearer ${key}` }, pair], [ownKey, gateKey]],
    ['a bearer without the word', [{ name: 'Authorization', value: key }], [ownKey]],
    ['another header beside it', [{ key: 'azureml-model-deployment', value: 'blue-deployment-2' }, { key: 'Authorization', value: `Bearer ${key}` }], [ownKey]],
    ['nothing but another header', [{ key: 'azureml-model-deployment', value: 'blue-deployment-2' }], []],
    ['one that is switched off', [{ key: header, value: 'a0ffee'.repeat(5), disabled: true }, pair], [gateKey]],
    ['only one that is switched off', [{ key: header, value: gate, enabled: false }], []],
    ['names alone', [{ name: 'Authorization', in: 'header' }, { name: header, in: 'header', required: true, type: 'string' }], []],
    ['an id beside it', [{ id: 'pair_1234567890abcdef', name: header, value: gate, description: '' }], [gateKey]],
  ])('%s', (_name, headers, keys) => {
    for (const document of [{ url: execute, headers }, postman({ header: headers, url: { raw: execute } }), { headers, method: 'POST', endpoint: execute }]) {
      expect(read(document)).toEqual({ services: [base], keys, notes: [], problems: [] });
    }
  });

  it.each([
    ['an object of headers', { url: execute, headers: { Authorization: `Bearer ${key}`, [header]: gate } }],
    ['a text of headers', { url: execute, headers: `Content-Type: application/json\nAuthorization: Bearer ${key}\n${header}: ${gate}\n` }],
    ['a list of texts', { url: execute, headers: ['Content-Type: application/json', `Authorization: Bearer ${key}`, `${header}: ${gate}`] }],
    ['a list of lists', { url: execute, headers: [['Content-Type', 'application/json'], ['Authorization', `Bearer ${key}`], [header, gate]] }],
  ])('%s', (_name, document) => {
    expect(read(document)).toEqual({ services: [base], keys: [ownKey, gateKey], notes: [], problems: [] });
  });

  it.each([
    ['{{auth}}', [filler]], ['<API Key>', [filler]], ['Bearer {{token}}', [filler]], ['Bearer <Your Api Key>', [filler]], ['[string]', [filler]], ['header', [filler]],
  ])('a value such as %j is none', (value, notes) => {
    expect(read({ url: execute, headers: [{ key: 'Authorization', value }] })).toEqual({ services: [base], keys: [], notes, problems: [] });
  });
});

describe('collections', () => {
  it.each<[string, object, readonly string[]]>([
    ['Postman, bearer', postman({ auth: { type: 'bearer', bearer: [{ key: 'token', value: short, type: 'string' }] }, url: { raw: online } }), [`service token=${short}`]],
    ['Postman, bearer of version 2.0', postman({ auth: { type: 'bearer', bearer: { token: short } }, url: online }), [`service token=${short}`]],
    ['Postman, bearer of the whole collection', postman({ url: online }, { auth: { type: 'bearer', bearer: [{ type: 'string', value: short, key: 'token' }] } }), [`service token=${short}`]],
    ['Postman, API key', postman({ auth: { type: 'apikey', apikey: [{ key: 'value', value: `Bearer ${short}` }, { key: 'in', value: 'header' }, { key: 'key', value: 'Authorization' }] }, url: { raw: online } }), [`service Authorization=${short}`]],
    ['Postman, a variable', postman({ auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{apiKey}}' }] }, url: { raw: online } }, { variable: [{ key: 'apiKey', value: short }] }), [`service apiKey=${short}`]],
    ['Postman, address in parts', postman({ header: [{ key: 'Authorization', value: `Bearer ${short}` }], url: { protocol: 'https', host: ['churn-ep', 'westeurope', 'inference', 'ml', 'azure', 'com'], path: ['score'] } }), [`service Authorization=${short}`]],
    ['Insomnia', { _type: 'export', resources: [
      { _type: 'environment', data: { base_url: 'https://churn-ep.westeurope.inference.ml.azure.com', token: short } },
      { _type: 'request', url: '{{ _.base_url }}/score', headers: [{ name: 'Content-Type', value: 'application/json' }], authentication: { type: 'bearer', token: '{{ _.token }}' } },
    ] }, [`service token=${short}`]],
    ['Bruno', { name: 'score', items: [{ type: 'http', request: { url: '{{host}}/score', method: 'POST', headers: [], auth: { mode: 'bearer', bearer: { token: '{{key}}' } } } }], environments: [{ name: 'prod', variables: [{ name: 'host', value: 'https://churn-ep.westeurope.inference.ml.azure.com', enabled: true, secret: false }, { name: 'key', value: short }] }] }, [`service key=${short}`]],
    ['Hoppscotch', { v: 2, requests: [{ endpoint: '<<base>>/score', method: 'POST', headers: [], auth: { authType: 'bearer', authActive: true, token: short } }], variables: [{ key: 'base', value: 'https://churn-ep.westeurope.inference.ml.azure.com' }] }, [`service token=${short}`]],
    ['Thunder Client', { requests: [{ url: online, method: 'POST', headers: [{ name: 'Content-Type', value: 'application/json' }], auth: { type: 'bearer', bearer: short } }] }, [`service bearer=${short}`]],
    ['HAR', { log: { version: '1.2', creator: { name: 'WebInspector' }, entries: [{ request: { method: 'POST', url: online, headers: [{ name: ':authority', value: 'churn-ep' }, { name: 'authorization', value: `Bearer ${short}` }], cookies: [], postData: { mimeType: 'application/json', text: '{"key":"0123456789abcdefXYZ"}' } }, response: { headers: [{ name: 'x-ms-request-id', value: gate }], content: { text: `{"apiKey":"${gate}"}` } } }] } }, [`service authorization=${short}`]],
    ['Logic Apps', { actions: { HTTP: { type: 'Http', inputs: { method: 'POST', uri: online, headers: { Authorization: `Bearer ${short}` }, body: { Inputs: {} } } } } }, [`service Authorization=${short}`]],
  ])('%s', (_name, document, keys) => {
    expect(read(document)).toEqual({ services: [online], keys, notes: [], problems: [] });
  });

  it('the answers and bodies in them hold no key', () => {
    const document = postman({ url: { raw: online }, body: { mode: 'raw', raw: `{"apiKey":"${short}"}` } });
    expect(read({ ...document, response: [{ body: `{"api_key":"${gate}"}`, header: [{ key: 'Authorization', value: `Bearer ${short}` }] }] }).keys).toEqual([]);
  });
});

describe('settings', () => {
  it.each<[string, object]>([
    ['App Service', [{ name: 'AZUREML_URL', value: execute, slotSetting: false }, { name: 'AZUREML_API_KEY', value: short, slotSetting: false }]],
    ['App Service, other orders', [{ slotSetting: false, value: execute, name: 'AZUREML_URL' }, { value: short, slotSetting: false, name: 'AZUREML_API_KEY' }]],
    ['Functions', { IsEncrypted: false, Values: { AZUREML_URL: execute, AZUREML_API_KEY: short } }],
    ['appsettings.json', { Logging: { LogLevel: { Default: 'Information' } }, AzureML: { Url: execute, AZUREML_API_KEY: short } }],
    ['the parameters of a template', { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#', contentVersion: '1.0.0.0', parameters: { url: { value: execute }, AZUREML_API_KEY: { value: short } } }],
    ['the defaults of a template', { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', parameters: { url: { type: 'string', defaultValue: execute }, AZUREML_API_KEY: { type: 'securestring', defaultValue: short } } }],
    ['the resources of a template', { resources: [{ type: 'Microsoft.Web/sites', properties: { siteConfig: { appSettings: [{ name: 'AZUREML_URL', value: execute }, { name: 'AZUREML_API_KEY', value: short }] } } }] }],
    ['a container', { containers: [{ image: 'contoso.azurecr.io/app:1', env: [{ name: 'AZUREML_URL', value: execute }, { name: 'AZUREML_API_KEY', value: short }] }] }],
    ['Docker', { Config: { Env: [`AZUREML_URL=${execute}`, `AZUREML_API_KEY=${short}`, 'PATH=/usr/bin'] } }],
    ['outputs of Terraform', { url: { sensitive: false, type: 'string', value: execute }, AZUREML_API_KEY: { sensitive: true, type: 'string', value: short } }],
    ['secure text', { typeProperties: { mlEndpoint: execute, AZUREML_API_KEY: { type: 'SecureString', value: short } } }],
    ['JSON in JSON', { settings: JSON.stringify({ url: execute, AZUREML_API_KEY: short }) }],
  ])('%s', (_name, document) => {
    expect(read(document)).toEqual({ services: [base], keys: [`service AZUREML_API_KEY=${short}`], notes: [], problems: [] });
    expect(read(JSON.stringify(document)).keys).toEqual([`service AZUREML_API_KEY=${short}`]);
  });

  it.each(["[parameters('apiKey')]", '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/key)', '__API_KEY__', '#{apiKey}#'])('%j stands for a key and is none', (value) => {
    expect(read([{ name: 'AZUREML_URL', value: execute }, { name: 'AZUREML_API_KEY', value }])).toEqual({ services: [base], keys: [], notes: [filler], problems: [] });
  });

  it('with comments and commas too many', () => {
    expect(read(`{\n  // the service\n  "url": "${execute}",\n  "api_key": "${short}", /* primary */\n}`)).toEqual({ services: [base], keys: [`service api_key=${short}`], notes: [], problems: [] });
  });
});

describe('the Azure CLI', () => {
  it('shows an endpoint: its scoring address is the service, its description is not', () => {
    const shown = { auth_mode: 'key', id: '/subscriptions/1/resourceGroups/g', name: 'churn-ep', openapi_uri: online.replace('/score', '/swagger.json'), scoring_uri: online, tags: {}, traffic: { blue: 100 } };
    expect(read(shown)).toEqual({ services: [online], keys: [], notes: [], problems: [] });
    expect(read({ ...shown, primaryKey: short, secondaryKey: gate })).toEqual({ services: [online], keys: [`service primaryKey=${short}`], notes: [], problems: [] });
  });
});

describe('what command lines and pages print', () => {
  const both = (name: string): object => ({ services: [base], keys: [`service ${name}=${short}`], notes: [], problems: [] });

  it.each<[string, string, string]>([
    ['a table of the Azure CLI', `Name         Value\n-----------  -----------\nAML_URL      ${execute}\nAML_API_KEY  ${short}\n`, 'AML_API_KEY'],
    ['YAML of the Azure CLI', `scoringUri: ${execute}\nprimaryKey: ${short}\nsecondaryKey: ${gate}\n`, 'primaryKey'],
    ['a command and its answer', `$ az rest --method get\n{\n  "url": "${execute}",\n  "primaryKey": "${short}"\n}\n`, 'primaryKey'],
    ['cells of a page', `<tr><td>Request URI</td><td>${execute.replaceAll('&', '&amp;')}</td></tr>\n<tr><td>Primary key</td><td>${short}</td></tr>`, 'Primary key'],
    ['properties of Java', `aml.url=${execute.replace('https:', 'https\\:')}\naml.api-key=${short}\n`, 'aml.api-key'],
    ['Docker Compose', `services:\n  app:\n    environment:\n      AML_URL: "${execute}"\n      AML_API_KEY: "${short}"\n`, 'AML_API_KEY'],
    ['a secret of Kubernetes', `apiVersion: v1\nkind: Secret\nstringData:\n  AML_URL: ${execute}\n  AML_API_KEY: ${short}\n`, 'AML_API_KEY'],
    ['TOML', `[aml]\nurl = "${execute}"\napi_key = "${short}" # production\n`, 'api_key'],
    ['Visual Basic', `Dim url As String = "${execute}"\nDim apiKey As String = "${short}"\nclient.DefaultRequestHeaders.Authorization = New AuthenticationHeaderValue("Bearer", apiKey)`, 'apiKey'],
    ['Dart', `final url = Uri.https('contoso.azure-api.net', '${new URL(base).pathname}/execute');\nfinal apiKey = '${short}';`, 'apiKey'],
    ['a notebook', JSON.stringify({ cells: [{ cell_type: 'markdown', source: ['See https://example.com/score'] }, { cell_type: 'code', source: [`url = '${execute}'\n`, `api_key = '${short}'\n`] }] }), 'api_key'],
    ['a request whose body has keys', `POST ${execute} HTTP/1.1\nAuthorization: Bearer ${short}\n\n{"Inputs": {"input1": [{"key": "Authorization", "value": "${gate}"}]}}`, 'Authorization'],
  ])('%s', (_name, text, name) => {
    expect(read(text)).toEqual(both(name));
  });

  it('a base address is no service where its path is joined from a list', () => {
    const text = `const api = ['https://contoso.azure-api.net/ml', 'workspaces', '${ws}', 'services', '${svc}'].join('/');\nconst apiKey = '${short}';`;
    expect(read(text)).toMatchObject({ services: [], problems: [expect.stringContaining('from pieces')] });
  });

  it('requests to two services: each has the key that stands with it', () => {
    const request = (url: string, secret: string): object => ({ request: { url, header: [{ key: 'Authorization', value: `Bearer ${secret}` }] } });
    const other = execute.replace(svc, ws);
    expect(read({ item: [request(execute, key), request(other, short)] })).toMatchObject({ services: [base, base.replace(svc, ws)], keys: [ownKey] });
    expect(read({ item: [{ request: { header: [{ key: 'Authorization', value: short }] } }, { request: { url: execute } }, { request: { url: other } }] })).toMatchObject({ keys: [] });
  });
});

describe('descriptions', () => {
  const security = { api_key: { type: 'apiKey', name: 'Authorization', in: 'header' }, gate: { in: 'header', type: 'apiKey', name: header } };
  const paths = {
    '/execute?api-version=2.0&format=swagger': { post: { parameters: [{ name: 'Authorization', in: 'header', default: 'Bearer', example: key }], security: [{ api_key: [] }], responses: { 200: { examples: { 'application/json': { apiKey: key } } } } } },
  };
  const { host, pathname } = new URL(base);

  it.each<[string, object]>([
    ['Swagger 2', { swagger: '2.0', info: { title: 'Churn' }, host, basePath: pathname, schemes: ['https'], paths, securityDefinitions: security }],
    ['Swagger 2 in another order', { securityDefinitions: security, paths, basePath: pathname, host, info: { title: 'Churn' }, swagger: '2.0' }],
    ['OpenAPI 3', { openapi: '3.0.1', info: { title: 'Churn' }, servers: [{ url: base }], paths, components: { securitySchemes: security } }],
    ['OpenAPI 3 with variables', { openapi: '3.0.1', info: { title: 'Churn' }, servers: [{ url: `https://{name}.azure-api.net${pathname}`, variables: { name: { default: 'contoso' } } }], paths, components: { securitySchemes: security } }],
    ['OpenAPI 3 of a gateway', { openapi: '3.0.1', info: { title: 'Churn' }, servers: [{ url: 'https://contoso.azure-api.net/ml' }], paths: { [`${pathname.slice(3)}/execute`]: { post: {} } }, components: { securitySchemes: security } }],
  ])('%s: the address and no key', (_name, document) => {
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2)]) {
      expect(read(text)).toEqual({ services: [base], keys: [], notes: [], problems: [] });
      expect(readPaste(text).name).toBe('Churn');
    }
  });

  it('a server whose variables have no value is none', () => {
    const { services, problems } = read({ openapi: '3.0.1', servers: [{ url: 'https://{host}/{path}/score' }], paths: {} });
    expect({ services, problems }).toEqual({ services: [], problems: [expect.stringContaining('does not define: host, path')] });
  });

  it('in YAML', () => {
    const text = `swagger: "2.0"\nhost: ${host}\nbasePath: ${pathname}\nsecurityDefinitions:\n  api_key:\n    type: apiKey\n    name: Authorization\n    in: header\n  gate:\n    type: apiKey\n    in: header\n    name: ${header}\nsecurity:\n  - api_key: []\n`;
    expect(read(text)).toEqual({ services: [base], keys: [], notes: [], problems: [] });
  });
});

describe('code and lines that are written like documents', () => {
  it.each<[string, string, readonly string[]]>([
    ['a JavaScript list', `const url = '${execute}';\nconst headers = [{ key: '${header}', value: '${gate}' }, { key: 'Authorization', value: 'Bearer ${key}' }];`, [ownKey, gateKey]],
    ['a JavaScript list, value first', `const url = '${execute}';\nconst headers = [{ value: '${gate}', type: 'text', key: '${header}' }];`, [gateKey]],
    ['C#', `var url = new Uri("${execute}");\nvar h = new[] { new Header { Name = "Authorization", Value = "Bearer ${key}" } };`, [ownKey]],
    ['a C# dictionary', `var url = "${execute}";\nvar h = new Dictionary<string, string> { { "Authorization", "Bearer ${key}" }, { "${header}", "${gate}" } };`, [ownKey, gateKey]],
    ['Python tuples', `import requests\nurl = "${execute}"\nheaders = [("Authorization", "Bearer ${key}"), ("${header}", "${gate}")]`, [ownKey, gateKey]],
    ['named arguments', `let u = "${execute}"\nlet h = Header(name: "${header}", value: "${gate}")`, [gateKey]],
    ['Bicep', `appSettings: [\n  {\n    name: 'AML_URL'\n    value: '${execute}'\n  }\n  {\n    name: 'AML_API_KEY'\n    value: '${short}'\n  }\n]`, [`service AML_API_KEY=${short}`]],
    ['Terraform', `env {\n  name  = "AML_URL"\n  value = "${execute}"\n}\nenv {\n  name  = "AML_API_KEY"\n  value = "${short}"\n}`, [`service AML_API_KEY=${short}`]],
    ['YAML', `env:\n- name: AML_URL\n  value: ${execute}\n- name: AML_API_KEY\n  value: ${short}\n`, [`service AML_API_KEY=${short}`]],
    ['YAML, value first', `env:\n- value: "${short}"\n  name: AML_API_KEY\nurl: ${execute}\n`, [`service AML_API_KEY=${short}`]],
    ['web.config', `<appSettings>\n  <add key="AmlUrl" value="${execute.replaceAll('&', '&amp;')}" />\n  <add key="AmlApiKey" value="${short}" />\n</appSettings>`, [`service AmlApiKey=${short}`]],
    ['XML, value first', `<add value="${short}" key="AmlApiKey" />\n<add value="${execute.replaceAll('&', '&amp;')}" key="AmlUrl" />`, [`service AmlApiKey=${short}`]],
    ['a policy of a gateway', `<set-backend-service base-url="${base}" />\n<set-header name="Authorization" exists-action="override">\n  <value>Bearer ${key}</value>\n</set-header>`, [ownKey]],
    ['a part of a description', `"url": "${execute}",\n"api_key": { "type": "apiKey", "name": "Authorization", "in": "header" },\n"description": "x"`, []],
    ['allowed headers', `url = "${execute}"\nallow_headers = ["Authorization", "Content-Type", "X-Requested-With"]\ncors("Authorization", "content-type")`, []],
  ])('%s', (_name, text, keys) => {
    const { services, keys: found } = read(text);
    expect({ services, keys: found }).toEqual({ services: [base], keys });
  });
});
