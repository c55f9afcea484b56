// Texts that call other addresses beside the service: their keys are never taken for the service's, and its own is still found.

import { describe, expect, it } from 'vitest';
import { endpointAddress } from '../../../../../src/protocols/studio/endpointAddress';
import { readPaste } from '../../../../../src/features/services/paste/paste';

const address = `https://ml.example.com/workspaces/${'a1'.repeat(16)}/services/${'b2'.repeat(16)}`;
const execute = `${address}/execute?api-version=2.0`;
const online = 'https://churn.westeurope.inference.ml.azure.com/score';
const own = `${'kA9/+z'.repeat(14)}aZ==`;
const foreign = `${'Bb7+/y'.repeat(14)}cX==`;
const github = 'ghp_abcdefABCDEF0123456789abcdefABCDEF';
const gate = 'c0ffee'.repeat(5) + 'cd';
const unclear = 'The text names several services, and it is not clear whose key it holds. Give the key on its own.';
const collection = { name: 'x', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' };

function read(text: string): object {
  const { endpoint, serviceKey, subscriptionKey, notes } = readPaste(text);
  return { address: endpoint === undefined ? undefined : endpointAddress(endpoint), serviceKey, subscriptionKey, notes };
}

function request(url: string, key?: string): object {
  const header = key === undefined ? [] : [{ key: 'Authorization', value: `Bearer ${key}` }];
  return { name: 'one', request: { method: 'POST', header, url: { raw: url } } };
}

function entry(url: string, key?: string): object {
  const headers = key === undefined ? [] : [{ name: 'Authorization', value: `Bearer ${key}` }];
  return { request: { method: 'POST', url, headers } };
}

function har(...entries: object[]): string {
  return JSON.stringify({ log: { entries } });
}

const curl = `curl -X POST '${execute}' -d @a.json`;
const curlGithub = `curl https://api.github.com/repos -H "Authorization: Bearer ${github}"`;
const hosts = '@hostA = https://ml.example.com\n@hostB = https://other.example.com\n';
const requestA = `POST {{hostA}}/workspaces/${'a1'.repeat(16)}/services/${'b2'.repeat(16)}/execute`;
const requestB = `POST {{hostB}}/login\nAuthorization: Bearer ${foreign}\n\n{}`;
const slack = `requests.post('https://hooks.slack.com/x', headers={'Authorization': 'Bearer ${foreign}'})`;
const python = `import requests\nurl = '${execute}'\nheaders = {'Authorization': 'Bearer ' + api_key}\nresponse = requests.post(url, headers=headers)`;

describe('the key of another request is left out, and the note says so', () => {
  it.each([
    ['two commands', `${curl} -H "Authorization: Bearer $KEY"\n${curlGithub}`],
    ['two commands, the other first', `${curlGithub}\n${curl} -H "Authorization: Bearer $KEY"`],
    ['two commands on a line', `${curl} && ${curlGithub}`],
    ['a log of a browser', har(entry('https://login.example.org/token', foreign), entry(execute))],
    ['a log of a browser, the other way', har(entry(execute), entry('https://login.example.org/token', foreign))],
    ['requests of a file', `${hosts}\n### A\n${requestA}\n\n{}\n\n### B\n${requestB}`],
    ['requests of a file, the other first', `${hosts}\n### B\n${requestB}\n\n### A\n${requestA}\n\n{}`],
    ['heads of requests', `POST ${new URL(execute).pathname} HTTP/1.1\nHost: ml.example.com\n\nGET /me HTTP/1.1\nHost: api.example.org\nAuthorization: Bearer ${foreign}`],
    ['a request that reads', `POST ${execute}\n\n{}\n\n###\nGET https://api.example.org/me\nAuthorization: Bearer ${foreign}`],
    ['a collection', JSON.stringify({
      info: collection,
      item: [
        request(`{{baseUrl}}${new URL(execute).pathname}`),
        request('https://hooks.slack.com/services/x', foreign),
      ],
      variable: [{ key: 'baseUrl', value: 'https://ml.example.com' }],
    })],
    ['Python', `${python}\n${slack}`],
    ['Python, the other first', `${slack}\n${python}`],
    ['Python with a name between', `${python}\ntoken = '${foreign}'\nrequests.post('https://hooks.slack.com/x', headers={'Authorization': 'Bearer ' + token})`],
    ['Python with a named address', `${python}\nhook = 'https://hooks.slack.com/x'\napi_key2 = '${foreign}'\nrequests.post(hook, headers={'Authorization': 'Bearer ' + api_key2})`],
    ['JavaScript', `const r = await fetch('${execute}', { method: 'POST' });\nawait fetch('https://hooks.slack.com/x', {\n  headers: { Authorization: 'Bearer ${foreign}' },\n});`],
    ['C#', `using System.Net.Http;\nvar client = new HttpClient();\nclient.BaseAddress = new Uri("${execute}");\nvar other = new HttpClient();\nother.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "${foreign}");\nawait other.PostAsync("https://hooks.slack.com/x", body);`],
    ['a subscription', `${curl}\ncurl https://api.bing.microsoft.com/v7.0/search -H "Ocp-Apim-Subscription-Key: ${gate}"`],
    ['settings', `AML_URL=${execute}\nACME_URL=https://acme.example.com/api\nACME_API_KEY=aaaaBBBBcccc1111dddd2222eeee`],
    ['settings, the other first', `ACME_URL=https://acme.example.com/api\nACME_API_KEY=aaaaBBBBcccc1111dddd2222eeee\nAML_URL=${execute}`],
    ['settings as JSON', JSON.stringify({ acme: { url: 'https://acme.example.com/api', apiKey: foreign }, aml: { url: execute } })],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual({ address, serviceKey: undefined, subscriptionKey: undefined, notes: [unclear] });
  });

  it('where the service is called exactly as it is', () => {
    const other = 'curl https://api.openai.com/v1/chat/completions -H "Authorization: Bearer sk-aaaaBBBBcccc1111dddd2222eeee3333"';
    for (const text of [`curl -X POST ${online} -d @a\n${other}`, `${other}\ncurl -X POST ${online} -d @a`]) {
      expect(read(text)).toEqual({ address: online, serviceKey: undefined, subscriptionKey: undefined, notes: [unclear] });
    }
  });
});

describe("the service's own key is found beside the other's", () => {
  const pairs: [string, string, string][] = [
    ['commands', `${curl} -H "Authorization: Bearer ${own}"`, curlGithub],
    ['requests of a file', `POST ${execute}\nAuthorization: Bearer ${own}\n\n{}\n\n###`, `GET https://api.example.org/me\nAuthorization: Bearer ${foreign}\n\n###`],
    ['Python', `api_key = '${own}'\n${python}`, slack],
    ['JavaScript', `await fetch('${execute}', {\n  headers: { Authorization: 'Bearer ${own}' },\n});`, `await fetch('https://hooks.slack.com/x', {\n  headers: { Authorization: 'Bearer ${foreign}' },\n});`],
    ['settings', `AML_URL=${execute}\nAML_API_KEY=${own}`, 'ACME_URL=https://acme.example.com/api\nACME_API_KEY=aaaaBBBBcccc1111dddd2222eeee'],
    ['settings and a command', `AML_URL=${execute}\nAML_API_KEY=${own}\n`, curlGithub],
  ];
  it.each(pairs)('%s', (_name, one, two) => {
    const expected = { address, serviceKey: own, subscriptionKey: undefined, notes: [] };
    expect(read(`${one}\n${two}`)).toEqual(expected);
    expect(read(`${two}\n${one}`)).toEqual(expected);
  });

  it('in documents', () => {
    const expected = { address, serviceKey: own, subscriptionKey: undefined, notes: [] };
    const entries = [entry(execute, own), entry('https://login.example.org/token', foreign)];
    const items = [request(execute, own), request('https://hooks.slack.com/services/x', foreign)];
    for (const list of [entries, entries.toReversed()]) expect(read(har(...list))).toEqual(expected);
    for (const item of [items, items.toReversed()]) expect(read(JSON.stringify({ info: collection, item }))).toEqual(expected);
  });

  it('where the answer of the service is sent on', () => {
    const text = `api_key = '${own}'\n${python}\nrequests.post('https://hooks.slack.com/x', json={'text': response.text})`;
    expect(read(text)).toEqual({ address, serviceKey: own, subscriptionKey: undefined, notes: [] });
  });
});
