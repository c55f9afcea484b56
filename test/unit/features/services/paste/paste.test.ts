// Addresses, mails, settings and documents that people paste, and what is said when something is missing.

import { describe, expect, it } from 'vitest';
import { endpointAddress } from '../../../../../src/protocols/studio/endpointAddress';
import { readPaste } from '../../../../../src/features/services/paste/paste';

const ws = 'afbd553b9bac4c95be3d040998943a4f';
const svc = '26a3afce1767461ab6e73d5a206fbd62';
const second = '4dfadc62adcc485eb0cf162397fb5682';
const host = 'https://ussouthcentral.scoring.example';
const base = `${host}/workspaces/${ws}/services/${svc}`;
const execute = `${base}/execute?api-version=2.0&details=true`;
const help = `https://studio.azureml.net/apihelp/workspaces/${ws}/webservices/${second}/endpoints/${svc}/score`;
const key = `${'kK9/+z'.repeat(14)}aZ==`;
const gate = 'c0ffee'.repeat(5) + 'ab';

/** What came out, the address as text; the lists of services and keys have tests of their own. */
function read(text: string): object {
  const { endpoint, ...rest } = readPaste(text);
  return { ...(endpoint === undefined ? {} : { address: endpointAddress(endpoint) }), ...rest, services: undefined, keys: undefined };
}

function good(more: object = {}): object {
  return { address: base, kind: 'text', problems: [], notes: [], ...more };
}

describe('an address', () => {
  it.each([
    execute, `  ${base}\n`, `<${execute}>.`, `"${base}/jobs",`, `(${base})`, `${base}.`, `${base}),`, `'${base}';`, `“${execute}”`, `${base}/jobs/{jobId}/start?api-version=2.0`,
    execute.replace('&', '&amp;'), execute.replace('services/', 'ser\u200Bvices/'), `[${base}](${base})`, `**${base}**`, `<https://ussouthcentral.scoring.example/workspaces/${ws}/\r\n services/${svc}/execute>`,
  ])('%j', (text) => {
    expect(read(text)).toEqual(good({ kind: 'address' }));
  });

  it('without scheme', () => {
    expect(read(execute.slice('https://'.length))).toEqual(good({ kind: 'address', notes: [expect.stringContaining('https://')] }));
  });

  it('that is exact, even at a host that is seldom a service', () => {
    expect(read('https://contoso.azure-api.net/models/fraud')).toEqual(good({ kind: 'address', address: 'https://contoso.azure-api.net/models/fraud' }));
    expect(read('https://github.com/contoso')).toEqual(good({ kind: 'address', address: 'https://github.com/contoso' }));
  });

  it('with a subscription key in it', () => {
    expect(read(`https://contoso.azure-api.net/score?v=1&subscription-key=${gate}`))
      .toEqual(good({ kind: 'address', address: 'https://contoso.azure-api.net/score?v=1', subscriptionKey: gate, notes: [expect.stringContaining('taken out')] }));
  });

  it.each([
    ['placeholder', base.replace('ussouthcentral', '<region>'), /placeholder, <region>/],
    ['plain http', base.replace('https', 'http'), /Use https/],
    ['user name', base.replace('//', '//anna:hush@'), /user name/],
    ['workspace only', `https://ussouthcentral.services.azureml.net/workspaces/${ws}`, /names no service/],
    ['host only', 'https://ussouthcentral.services.azureml.net', /ends after the host/],
  ])('that is refused: %s', (_name, text, reason) => {
    expect(read(text)).toEqual({ kind: 'address', problems: [expect.stringMatching(reason)], notes: [] });
  });
});

describe('a help page', () => {
  const missingHost = { kind: 'host', workspace: ws, service: svc };

  it('lacks the host', () => {
    expect(read(help)).toEqual({ kind: 'address', missingHost, problems: [expect.stringContaining('help page')], notes: [] });
  });

  it('keeps the key that stands beside it', () => {
    expect(read(`Help: ${help}\nKey: ${key}\nDocs: https://example.com/anything`)).toEqual({ kind: 'text', missingHost, serviceKey: key, problems: [expect.stringContaining('help page')], notes: [] });
  });

  it('is completed by a host in the text', () => {
    expect(read(`${help}\nIt runs on europewest.services.azureml.net`)).toEqual(good({ address: base.replace('ussouthcentral.scoring.example', 'europewest.services.azureml.net'), notes: [expect.stringContaining('Check the address'), expect.stringContaining('31 August 2024')] }));
  });

  it('gives way to the request address', () => {
    expect(read(`apiDocs: '${help}',\napiKey: '${key}',\napiEndpoint: '${execute}'`)).toEqual(good({ serviceKey: key }));
  });

  it('as copied text tells address and name', () => {
    expect(read(`Request Response API Documentation for RiskModel [Predictive Exp.]\n\nUpdated: 01/10/2017\n\nPOST\n\n${execute}\n\nHTTP/1.1\n\nAuthorization:Bearer abc123\n\nRequired. Pass the API Key here.`))
      .toEqual(good({ name: 'RiskModel [Predictive Exp.]', notes: [expect.stringContaining('placeholder')] }));
  });
});

describe('mails, settings, documents', () => {
  it.each([
    ['a mail', `Hi Anna,\n\nthat's the service: ${execute}. Don't share it.\nThe key is ${key}.\n\nBest`, { serviceKey: key }],
    ['a mail with a line that begins like code', `The key comes\nfrom the team:\n${base}\napi key: short-but-real`, { serviceKey: 'short-but-real' }],
    ['a quoted mail', `> The address is <${base}>\n> API key: ${key}`, { serviceKey: key }],
    ['a label above its value', `Request-Response\n${base}\n\nPrimary Key\n${key}\nSecondary Key\n${'S'.repeat(86)}==`, { serviceKey: key }],
    ['only a key below', `${base}\nAPI key:\n${key}\n`, { serviceKey: key }],
    ['a table', `Address\t${execute}\nPrimary key\t${key}\nSecondary key\t${'S'.repeat(86)}==`, { serviceKey: key }],
    ['.env', `# settings\nAML_URL=${execute}\nAML_API_KEY=${key}\nAPIM_SUBSCRIPTION_KEY="${gate}"`, { serviceKey: key, subscriptionKey: gate }],
    ['YAML', `url: ${execute}\napi_key: short-but-real\nsubscriptionId: ${ws}`, { serviceKey: 'short-but-real' }],
    ['JSON', JSON.stringify({ url: execute, apiKey: key, 'Ocp-Apim-Subscription-Key': gate }), { serviceKey: key, subscriptionKey: gate }],
    ['JSON with escaped slashes', `{"url":"${execute.replaceAll('/', '\\/').replace('&', '\\u0026')}","key":"${key.replaceAll('/', '\\/')}"}`, { serviceKey: key }],
    ['an endpoint of the management interface', JSON.stringify({ Name: 'default', HelpLocation: help, PrimaryKey: key, SecondaryKey: `${'S'.repeat(86)}==`, ApiLocation: base }, null, 2), { serviceKey: key }],
    ['an HTTP request', `POST /workspaces/${ws}/services/${svc}/execute?api-version=2.0 HTTP/1.1\r\nHost: ussouthcentral.scoring.example\r\nAuthorization: Bearer ${key}\r\n\r\n{}`, { serviceKey: key }],
    ['a Swagger document', JSON.stringify({ swagger: '2.0', info: { version: '2.0', title: 'Adult income' }, host: 'ussouthcentral.scoring.example:443', basePath: new URL(base).pathname }), { name: 'Adult income' }],
    ['HTML', `<p>Address: <a href="${execute.replace('&', '&amp;')}">${base}</a></p><p>Service name: Churn</p>`, {}],
    ['HTML breaks', `Service name: Churn<br>${base}<br>`, { name: 'Churn' }],
    ['a line broken in an id', `See ${base.slice(0, -10)}\n${base.slice(-10)}/execute for more`, {}],
    ['OData and request address', `OData: ${host}/odata/workspaces/${ws}/services/${svc}\nPOST ${execute}`, {}],
    ['typographic quotes', `address = “${base}”\napi_key = ‘${key}’`, { serviceKey: key }],
    ['a name', `Service name: Churn model\nURL: ${base}`, { name: 'Churn model' }],
    ['a subscription key in words', `URL: ${base}\nSubscription key: ${gate}\nSubscription id: ${ws}`, { subscriptionKey: gate }],
    ['links around it', `See https://docs.microsoft.com/azure and https://github.com/contoso/x.\nAddress: ${base}`, {}],
    ['a secondary key first', `${base}\nSecondary ${'S'.repeat(86)}==\nPrimary ${key}`, { serviceKey: key }],
    ['only a secondary key', `${base}\n"SecondaryKey": "${key}"`, { serviceKey: key }],
  ])('%s', (_name, text, more) => {
    expect(read(text)).toEqual(good(more));
  });

  it('puts together ids and host from settings', () => {
    const settings = `WORKSPACE_ID=${ws}\nSERVICE_ID=${svc}\nAPI_KEY=${key}`;
    expect(read(`${settings}\nHOST=ussouthcentral.scoring.example`)).toEqual(good({ serviceKey: key, notes: [expect.stringContaining('put together')] }));
    expect(read(settings)).toEqual({ kind: 'text', serviceKey: key, missingHost: { kind: 'host', workspace: ws, service: svc }, problems: [expect.stringContaining('not the host')], notes: [] });
  });

  it('takes the first of several services and says so', () => {
    const other = base.replace(svc, second);
    expect(read(`${base}/execute\n${other}\n${base}/jobs`)).toEqual(good({ notes: ['The text names 1 other service too. The first one was taken.'] }));
    expect(read(`${other}\n${base}\n${base.replace(ws, second)}`)).toMatchObject({ address: other, notes: [expect.stringContaining('2 other services')] });
  });

  it('prefers a known form to an exact address, and a likely service to a link', () => {
    expect(read(`https://contoso.azure-api.net/score or ${base}`)).toEqual(good());
    expect(read('Docs at https://example.com/guide, calls go to https://api.example.com/fraud/score')).toEqual(good({ address: 'https://api.example.com/fraud/score', notes: [expect.stringContaining('exactly as it is')] }));
  });

  it('goes on from a base address', () => {
    expect(read('base = "https://contoso.azure-api.net/models"\nrequests.post(base + "/score", json=data)')).toMatchObject({ address: 'https://contoso.azure-api.net/models/score' });
  });
});

describe('nothing to use', () => {
  it.each([
    ['', 'There is nothing to read'],
    ['hello there', 'holds no address'],
    [key, 'holds a key but no address'],
    ['See https://docs.microsoft.com/azure/machine-learning for more', 'holds no address'],
    [`Use https://<region>.services.azureml.net/workspaces/<workspace>/services/<id> please`, 'placeholder, <region>'],
  ])('%j', (text, problem) => {
    const { endpoint, problems } = readPaste(text);
    expect(endpoint).toBeUndefined();
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems.join()).not.toContain(key);
  });
});
