// Tables of addresses as people type and paste them: what each is read as, and why others are refused.

import { describe, expect, it } from 'vitest';
import { checkAddress, parseEndpoint, withHost, type EndpointReading } from '../../../../src/protocols/studio/endpoint';
import { endpointAddress } from '../../../../src/protocols/studio/endpointAddress';

const ws = 'afbd553b9bac4c95be3d040998943a4f';
const svc = '26a3afce1767461ab6e73d5a206fbd62';
const other = '4dfadc62adcc485eb0cf162397fb5682';
const host = 'https://ussouthcentral.services.azureml.net';
const base = `${host}/workspaces/${ws}/services/${svc}`;

function address(reading: EndpointReading): string {
  return reading.ok ? endpointAddress(reading.endpoint) : reading.reason;
}

function reason(text: string): string {
  const reading = parseEndpoint(text);
  return reading.ok ? `accepted: ${endpointAddress(reading.endpoint)}` : reading.reason;
}

describe('classic addresses', () => {
  it.each([
    ['bare', base],
    ['execute', `${base}/execute?api-version=2.0&details=true`],
    ['execute with format', `${base}/execute?api-version=2.0&format=swagger`],
    ['trailing blank', `${base}/execute `],
    ['encoded trailing blank', `${base}/execute%20`],
    ['trailing slashes', `${base}//`],
    ['double slash', `${host}//workspaces/${ws}/services/${svc}`],
    ['jobs', `${base}/jobs?api-version=2.0`],
    ['one job', `${base}/jobs/0b7f2dbd5c1f4f59a2f1b8b4e1a1f0aa?api-version=2.0`],
    ['template of one job', `${base}/jobs/{jobId}/start?api-version={apiversion}`],
    ['score of the first version', `${base}/score`],
    ['help of the first version', `${base}/score/help`],
    ['swagger', `${base}/swagger.json`],
    ['apidocument', `${base}/apidocument`],
    ['default port', base.replace('.net/', '.net:443/')],
    ['host in upper case', base.replace('ussouthcentral.services.azureml.net', 'USSOUTHCENTRAL.Services.AzureML.net')],
    ['scheme in upper case', base.replace('https', 'HTTPS')],
    ['words in another case', base.replace('workspaces', 'Workspaces').replace('services/', 'SERVICES/')],
    ['double quotes', `"${base}"`],
    ['single quotes', `'${base}/execute'`],
    ['typographic quotes', `“${base}”`],
    ['angle brackets', `<${base}/jobs>`],
    ['quotes and brackets', ` "< ${base} >" `],
    ['no scheme', base.slice('https://'.length)],
    ['no scheme but slashes', base.slice('https:'.length)],
    ['fragment', `${base}/execute#section`],
    ['html entity', `${base}/execute?api-version=2.0&amp;details=true`],
    ['zero-width characters', base.replace('services/', 'ser\u200Bvices/\uFEFF')],
    ['needless encoding', base.replace('workspaces', '%77orkspaces')],
  ])('%s', (_name, text) => {
    expect(address(parseEndpoint(text))).toBe(base);
  });

  it('keeps ids as they came, upper case and dashes included', () => {
    const guid = '26A3AFCE-1767-461A-B6E7-3D5A206FBD62';
    expect(parseEndpoint(`${host}/workspaces/${ws.toUpperCase()}/services/${guid}/execute`)).toEqual({
      ok: true, notes: [], endpoint: { form: 'classic', origin: host, prefix: '', odata: false, workspace: ws.toUpperCase(), service: guid },
    });
  });

  it.each([
    ['https was put in front', base.slice('https://'.length), /https:\/\//],
    ['the first version of the interface', `${base}/score`, /version 2\.0/],
    ['a key in the query was left out', `${base}/execute?subscription-key=hush-hush`, /taken out/],
  ])('notes that %s, and only that', (_name, text, note) => {
    const reading = parseEndpoint(text);
    expect(reading.ok && reading.notes).toEqual([expect.stringMatching(note)]);
    expect(JSON.stringify(reading)).not.toContain('hush-hush');
  });
});

describe('other forms', () => {
  it.each([
    ['New', `${host}/subscriptions/${ws}/services/${svc}/execute?api-version=2.0&format=swagger`, { form: 'new', origin: host, prefix: '', subscription: ws, service: svc }],
    ['OData', `${host}/odata/workspaces/${ws}/services/${svc}`, { form: 'classic', origin: host, prefix: '', odata: true, workspace: ws, service: svc }],
    ['gateway', `https://contoso.azure-api.net/azureml-demo/workspaces/${ws}/services/${svc}/jobs?api-version=2.0`,
      { form: 'classic', origin: 'https://contoso.azure-api.net', prefix: '/azureml-demo', odata: false, workspace: ws, service: svc }],
    ['gateway with a long suffix and OData', `https://api.example.com:8443/a/b%20c/d/odata/workspaces/${ws}/services/${svc}`,
      { form: 'classic', origin: 'https://api.example.com:8443', prefix: '/a/b%20c/d', odata: true, workspace: ws, service: svc }],
    ['gateway in front of New', `https://api.example.com/ml/subscriptions/${ws}/services/${svc}`, { form: 'new', origin: 'https://api.example.com', prefix: '/ml', subscription: ws, service: svc }],
    ['gateway whose suffix is a word of the contract', `https://api.example.com/workspaces/workspaces/${ws}/services/${svc}`,
      { form: 'classic', origin: 'https://api.example.com', prefix: '/workspaces', odata: false, workspace: ws, service: svc }],
    ['short path', 'https://contoso.azure-api.net/models/score', { form: 'exact', origin: 'https://contoso.azure-api.net', path: '/models/score', query: '' }],
    ['short path with query', 'https://contoso.azure-api.net/models/score?api-version=1&x=%2F', { form: 'exact', origin: 'https://contoso.azure-api.net', path: '/models/score', query: 'api-version=1&x=%2F' }],
    ['short path with entities and a blank behind it', 'https://contoso.azure-api.net/score?a=1&amp;amp;b=2%20', { form: 'exact', origin: 'https://contoso.azure-api.net', path: '/score', query: 'a=1&b=2' }],
    ['short path with a last slash', 'https://contoso.azure-api.net/score/', { form: 'exact', origin: 'https://contoso.azure-api.net', path: '/score/', query: '' }],
    ['secrets in the query', 'https://contoso.azure-api.net/score?a=1&subscription-key=hush&b=2&code=hush&sig=hush', { form: 'exact', origin: 'https://contoso.azure-api.net', path: '/score', query: 'a=1&b=2' }],
    ['an encoded name of a secret', 'https://contoso.azure-api.net/score?Subscription%2DK%65y=hush', { form: 'exact', origin: 'https://contoso.azure-api.net', path: '/score', query: '' }],
    ['path that is not ASCII', 'https://bücher.example/modèle', { form: 'exact', origin: 'https://xn--bcher-kva.example', path: '/mod%C3%A8le', query: '' }],
    ['this computer', `http://localhost:8123/workspaces/${ws}/services/${svc}`, { form: 'classic', origin: 'http://localhost:8123', prefix: '', odata: false, workspace: ws, service: svc }],
    ['this computer by number', `http://127.8.9.10/workspaces/sample/services/adult-income`, { form: 'classic', origin: 'http://127.8.9.10', prefix: '', odata: false, workspace: 'sample', service: 'adult-income' }],
    ['this computer by IPv6', `http://[::1]:80/score`, { form: 'exact', origin: 'http://[::1]', path: '/score', query: '' }],
  ])('%s', (_name, text, endpoint) => {
    const reading = parseEndpoint(text);
    expect(reading).toMatchObject({ ok: true, endpoint });
    expect(JSON.stringify(reading)).not.toContain('hush');
  });
});

describe('refusals', () => {
  it.each([
    ['nothing', '  ', /Type or paste/],
    ['a word', 'hello', /not an address/],
    ['a bare host', 'https://ussouthcentral.services.azureml.net/', /ends after the host/],
    ['a host without scheme', 'ussouthcentral.services.azureml.net', /ends after the host/],
    ['http', base.replace('https', 'http'), /Use https/],
    ['http on a host that only looks local', 'http://127.0.0.1.example.com/score', /Use https/],
    ['another scheme', 'ftp://example.com/score', /Only addresses that begin with https/],
    ['a script', 'javascript:alert(1)', /Only addresses that begin with https/],
    ['a file', 'file:///etc/hosts', /Only addresses that begin with https/],
    ['one slash too few', 'https:/example.com/score', /Only addresses that begin with https/],
    ['user and password', base.replace('https://', 'https://anna:hush@'), /user name or password/],
    ['user and password without scheme', `anna:hush@example.com/workspaces/${ws}/services/${svc}`, /user name or password/],
    ['no service', `${host}/workspaces/${ws}`, /names no service/],
    ['no service id', `${host}/workspaces/${ws}/services/`, /id of the service/],
    ['a path of its own on a known host', `${host}/models/score`, /not that of a service/],
    ['an unknown operation', `${base}/delete-everything`, /no operation/],
    ['a second service behind the first', `${base}/workspaces/${ws}/services/${other}`, /no operation/],
    ['a step up', `${host}/workspaces/${ws}/services/../services/${svc}`, /could lead somewhere else/],
    ['an encoded step up', `https://example.com/a/%2E%2e/workspaces/${ws}/services/${svc}`, /could lead somewhere else/],
    ['a step with a parameter', `https://example.com/a/..;x/workspaces/${ws}/services/${svc}`, /could lead somewhere else/],
    ['an encoded slash', `${host}/workspaces/${ws}%2Fx/services/${svc}`, /could lead somewhere else/],
    ['a doubly encoded slash', `https://example.com/a%252F..%252Fb/workspaces/${ws}/services/${svc}`, /could lead somewhere else/],
    ['a backslash', `${host}/workspaces/${ws}\\x/services/${svc}`, /blank or a backslash/],
    ['a backslash in the host', 'https://example.com\\evil.example/score', /blank or a backslash/],
    ['an unfinished percent', 'https://example.com/100%/score', /could lead somewhere else/],
    ['odd characters in an id', `${host}/workspaces/${ws}/services/${svc}$x`, /characters that ids do not have/],
    ['a blank inside', `${host}/workspaces/ ${ws}/services/${svc}`, /blank or a backslash/],
    ['text behind it', `${base} is the address`, /blank or a backslash/],
    ['a broken port', 'https://example.com:99999/score', /host or the port/],
    ['a placeholder for the region', base.replace('ussouthcentral', '<region>'), /placeholder, <region>/],
    ['a placeholder for the workspace', `${host}/workspaces/{workspace_id}/services/${svc}`, /placeholder, <workspace_id>/],
    ['an encoded placeholder', `${host}/workspaces/%7Bworkspace%7D/services/${svc}`, /placeholder/],
    ['a filler', `${host}/workspaces/your-workspace-id/services/${svc}`, /placeholder, your-workspace-id/],
    ['the Azure resource', `https://management.azure.com/subscriptions/${ws}/resourceGroups/rg/providers/Microsoft.MachineLearning/webServices/x`, /Azure resource/],
    ['a page of the studio', 'https://studio.azureml.net/Home/ViewWorkspace', /manages services/],
    ['a service on the host that manages', `https://europewest.management.azureml.net/workspaces/${ws}/services/${svc}`, /manages services/],
    ['something too long once it is encoded', `https://example.com/${'é'.repeat(1000)}`, /too long/],
    ['something far too long', `${base}/execute?${'x'.repeat(5000)}`, /too long/],
  ])('%s', (_name, text, expected) => {
    expect(reason(text)).toMatch(expected);
    expect(checkAddress(text)).toBe(reason(text));
    expect(reason(text)).not.toContain('hush');
  });

  it('has no reason against a good address', () => {
    expect(checkAddress(base)).toBeUndefined();
  });
});

describe('help pages', () => {
  const help = `https://studio.azureml.net/apihelp/workspaces/${ws}/webservices/${other}/endpoints/${svc}`;
  const missing = { kind: 'host', workspace: ws, service: svc } as const;

  it.each([help, `${help}/score`, `${help}/jobs`, `${help}/update`, help.replace('studio.azureml.net/apihelp', 'europewest.management.azureml.net') + '/apidocument'])('%s lacks the host', (text) => {
    expect(parseEndpoint(text)).toEqual({ ok: false, missing, reason: expect.stringContaining('host that answers') });
  });

  it.each([`https://studio.azureml.net/apihelp/workspaces/${ws}/webservices/${other}`, `https://management.azureml.net/workspaces/${ws}/webservices/${other}/endpoints/default`])('%s does not hold the id', (text) => {
    const reading = parseEndpoint(text);
    expect(reading).toEqual({ ok: false, reason: expect.stringContaining('id of the endpoint') });
  });

  it.each([
    ['host', 'ussouthcentral.services.azureml.net', base],
    ['host with port and scheme', 'https://ussouthcentral.services.azureml.net:443/', base],
    ['region', 'europewest', base.replace('ussouthcentral', 'europewest')],
    ['base of a gateway', 'https://contoso.azure-api.net/azureml-demo/?x=1', `https://contoso.azure-api.net/azureml-demo/workspaces/${ws}/services/${svc}`],
    ['half of the address', `${host}/workspaces/${ws}`, base],
    ['whole address', `${base}/execute?api-version=2.0`, base],
    ['local address', 'http://127.0.0.1:8080', `http://127.0.0.1:8080/workspaces/${ws}/services/${svc}`],
  ])('are completed by a %s', (_name, typed, expected) => {
    expect(address(withHost(missing, typed))).toBe(expected);
  });

  it.each([
    ['nothing', ' ', /Type the host/],
    ['the page itself', 'https://studio.azureml.net', /manages services/],
    ['another service', `${host}/workspaces/${ws}/services/${other}`, /another service/],
    ['a New address', `${host}/subscriptions/${ws}/services/${svc}`, /another service/],
    ['plain http', 'http://example.com', /Use https/],
    ['a user name', 'https://anna:hush@example.com', /user name/],
  ])('are not completed by %s', (_name, typed, expected) => {
    expect(address(withHost(missing, typed))).toMatch(expected);
  });
});

describe('addresses of storage', () => {
  it.each(['https://acme.blob.core.windows.net/data/score', 'https://acme.dfs.core.windows.net/data', 'https://acme.queue.core.chinacloudapi.cn/q', 'https://acme.table.core.usgovcloudapi.net/t', 'acme.file.core.windows.net/share'])('%s is refused as no service', (text) => {
    expect(parseEndpoint(text)).toMatchObject({ ok: false, storage: true, reason: expect.stringContaining('storage account') });
  });

  it.each(['https://blob.example.com/score', 'https://acme.blob.example.com/score', 'https://core.windows.net.example.com/score'])('%s is none of them', (text) => {
    expect(parseEndpoint(text)).toMatchObject({ ok: true });
  });
});

it.each(['https://$(host)/score', 'https://a+b.example.com/score', "https://a'b.example.com/score", 'https:///execute(x)/score'])('%s has no host that can be called', (text) => {
  expect(parseEndpoint(text)).toMatchObject({ ok: false });
});
