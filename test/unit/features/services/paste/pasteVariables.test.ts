// Addresses that a text holds in pieces: variables of every kind of file and language, and host and path apart. What stays open is named, and is no service.

import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../../src/features/services/paste/paste';
import { processorMs } from '../../../processorTime';

const ws = 'afbd553b9bac4c95be3d040998943a4f';
const svc = '26a3afce1767461ab6e73d5a206fbd62';
const host = 'ussouthcentral.scoring.example';
const path = `/workspaces/${ws}/services/${svc}`;
const base = `https://${host}${path}`;
const operation = `${path}/execute?api-version=2.0&details=true`;
const onlineHost = 'churn-ep.westeurope.inference.ml.azure.com';
const online = `https://${onlineHost}/score`;
const key = `${'kK9/+z'.repeat(14)}aZ==`;

/** The addresses and the keys as `name=value`; where there is no address, the reason. */
function read(text: string): unknown {
  const paste = readPaste(text);
  if (paste.services.length === 0) return paste.problems.join();
  return [...paste.services.map((service) => service.address), ...paste.keys.map(({ name, value }) => `${name}=${value}`)];
}

describe('request files', () => {
  const tail = '\nContent-Type: application/json\nAuthorization: Bearer {{apiKey}}\n\n{"Inputs":{}}\n';
  it.each([
    ['one variable', `@host = https://${host}\n@apiKey = ${key}\nPOST {{host}}${operation} HTTP/1.1${tail}`],
    ['several', `@baseUrl=https://${host}\n@ws=${ws}\n@svc = ${svc}\n@apiKey=${key}\n\n### Score\nPOST {{baseUrl}}/workspaces/{{ws}}/services/{{svc}}/execute?api-version=2.0${tail}`],
    ['nested', `@name = ${host}\n@base = https://{{name}}${path}\n@apiKey = ${key}\nPOST {{base}}/execute?api-version=2.0\n    &details=true${tail}`],
    ['nested, defined below its use', `@base = https://{{ name }}${path}\n@name = ${host}\n@apiKey = ${key}\nPOST {{ base }}/execute\n    ?api-version=2.0\n    &details=true${tail}`],
    ['the whole address', `@url = ${base}/execute?api-version=2.0\n@apiKey = ${key}\nPOST {{url}}${tail}`],
    ['a scheme in front', `@host = ${host}\n@apiKey = ${key}\nPOST https://{{host}}${operation}${tail}`],
    ['curl in a request file', `@host = ${host}\n@apiKey = ${key}\ncurl -X POST "https://{{host}}${operation}" -H "Authorization: Bearer {{apiKey}}"`],
    ['Bruno', `meta {\n  name: score\n}\n\npost {\n  url: {{base}}/execute?api-version=2.0\n  body: json\n  auth: bearer\n}\n\nauth:bearer {\n  token: {{apiKey}}\n}\n\nvars:pre-request {\n  base: ${base}\n  apiKey: ${key}\n}\n`],
    ['YAML of Insomnia', `collection:\n  - url: "{{ _.base }}/execute?api-version=2.0"\n    headers:\n      - name: Authorization\n        value: Bearer {{ _.apiKey }}\nenvironments:\n  data:\n    base: ${base}\n    apiKey: ${key}\n`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual([base, `apiKey=${key}`]);
    expect(read(text.replaceAll('\n', '\r\n'))).toEqual([base, `apiKey=${key}`]);
  });

  it.each([
    ['one', `@apiKey = ${key}\nPOST {{host}}${operation}${tail}`, 'does not define: host.'],
    ['several', `@apiKey = ${key}\nPOST {{host}}/workspaces/{{ws}}/services/{{svc}}/execute${tail}`, 'does not define: host, ws, svc.'],
    ['the whole address', `@apiKey = ${key}\nPOST {{url}}${tail}`, 'does not define: url.'],
    ['one that needs itself', `@base = {{base}}/x\n@apiKey = ${key}\nPOST {{base}}/score${tail}`, 'does not define: base.'],
    ['two that need each other', `@a = {{b}}\n@b = {{a}}\n@apiKey = ${key}\nPOST {{a}}/score${tail}`, 'does not define'],
    ['one of the environment', `@apiKey = ${key}\nPOST {{$dotenv HOST}}/score${tail}`, 'does not define: $dotenv HOST.'],
    ['beside a link', `# See https://example.com/docs\n@apiKey = ${key}\nPOST {{host}}/score${tail}`, 'does not define: host.'],
    ['beside a badge', `![build](https://img.example.com/badge/score.svg)\n@apiKey = ${key}\nPOST {{host}}/score${tail}`, 'does not define: host.'],
    ['beside storage', `@blob = https://acme.blob.core.windows.net/data/score\n@apiKey = ${key}\nPOST {{host}}/score${tail}`, 'does not define: host.'],
    ['several values', `@host = https://one.example.com\n@host = https://two.example.com\n@apiKey = ${key}\nPOST {{host}}/score${tail}`, 'defines in several ways: host.'],
  ])('what is open is named: %s', (_name, text, reason) => {
    expect(read(text)).toContain(reason);
    expect(read(text)).not.toContain(key);
  });
});

describe('collections', () => {
  const collection = (url: unknown, variable: readonly object[] = []): string => JSON.stringify({
    info: { name: 'score', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [{ request: { method: 'POST', header: [{ key: 'Authorization', value: 'Bearer {{apiKey}}' }], url } }],
    variable: [...variable, { key: 'apiKey', value: key }],
  });
  const whole = { raw: '{{baseUrl}}/workspaces/{{ws}}/services/{{svc}}/execute?api-version=2.0' };
  const ids = [{ key: 'ws', value: ws }, { key: 'svc', value: svc }];

  it.each<[string, string]>([
    ['raw', collection(whole, [{ key: 'baseUrl', value: `https://${host}` }, ...ids])],
    ['parts', collection({ host: ['{{baseUrl}}'], path: ['workspaces', '{{ws}}', 'services', '{{svc}}', 'execute'] }, [{ value: `https://${host}/`.slice(0, -1), key: 'baseUrl' }, ...ids])],
    ['nested', collection(whole, [{ key: 'baseUrl', value: 'https://{{name}}' }, { key: 'name', value: host }, ...ids])],
    ['path variables', collection({ raw: `https://${host}/workspaces/:ws/services/:svc/execute`, variable: ids })],
    ['an environment beside it', JSON.stringify([JSON.parse(collection(whole, ids)), { name: 'prod', values: [{ key: 'baseUrl', value: `https://${host}`, enabled: true }] }])],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual([base, `apiKey=${key}`]);
  });

  it.each<[string, string, string]>([
    ['the schema is no service', collection(whole), 'does not define: baseUrl, ws, svc.'],
    ['one part is open', collection(whole, [{ key: 'baseUrl', value: `https://${host}` }, { key: 'ws', value: ws }]), 'does not define: svc.'],
    ['a variable that is called as the member', collection({ raw: '{{url}}/jobs' }), 'does not define: url.'],
    ['a path variable', collection({ raw: `https://${host}/workspaces/:ws/services/:svc/execute`, variable: [{ key: 'ws', value: ws }] }), 'does not define: svc.'],
    ['two environments', JSON.stringify([JSON.parse(collection(whole, ids)), { values: [{ key: 'baseUrl', value: 'https://one.example.com' }] }, { values: [{ key: 'baseUrl', value: 'https://two.example.com' }] }]), 'defines in several ways: baseUrl.'],
  ])('%s', (_name, text, reason) => {
    expect(read(text)).toContain(reason);
  });
});

describe('shells', () => {
  const call = (url: string, secret: string): string => `curl -X POST "${url}" -H "Authorization: Bearer ${secret}" -d @body.json`;
  it.each([
    ['sh', `HOST=${host}\nAML_KEY=${key}\n${call(`https://$HOST${operation}`, '$AML_KEY')}`],
    ['sh, braces and export', `export BASE="https://${host}"\nexport WS=${ws} SVC2=x\nexport SVC='${svc}'\nexport AML_KEY="${key}"\n${call(`\${BASE}/workspaces/${ws}/services/\${SVC}/execute`, '${AML_KEY}')}`],
    ['sh, no quotes', `BASE=https://${host}\nAML_KEY=${key}\ncurl $BASE${operation.replace('&', '\\&')} -H "Authorization: Bearer $AML_KEY"`],
    ['sh, nested', `HOST=${host}\nBASE=https://$HOST${path}\nAML_KEY=${key}\n${call('$BASE/execute?api-version=2.0', '$AML_KEY')}`],
    ['cmd', `set BASE=https://${host}\r\nset AML_KEY=${key}\r\n${call(`%BASE%${operation}`, '%AML_KEY%')}`],
    ['cmd, over lines', `set AML_KEY=${key}\r\ncurl -X POST "${base}/execute?api-version=2.0"^\r\n -H "Authorization: Bearer %AML_KEY%"^\r\n -d "{}"`],
    ['PowerShell', `$env:BASE = "https://${host}"\n$env:AML_KEY = "${key}"\nInvoke-RestMethod -Uri "$env:BASE${operation}" -Headers @{ Authorization = "Bearer $env:AML_KEY" } -Method Post`],
    ['PowerShell, parts', `$hostName = '${host}'\n$AML_KEY = '${key}'\n$uri = "https://$($hostName)${path}/execute"\nInvoke-RestMethod -Uri $uri \`\n -Headers @{ Authorization = "Bearer $AML_KEY" }`],
    ['.env and a call', `AML_BASE=${base} # production\nAML_KEY='${key}'\ncurl -X POST $AML_BASE/execute -H "Authorization: Bearer $AML_KEY"`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual([base, `AML_KEY=${key}`]);
  });

  it('a request that was copied from a browser for cmd', () => {
    expect(read(`curl ^"${base}/execute?api-version=2.0^&details=true^" ^\r\n  -H ^"authorization: Bearer ${key}^" ^\r\n  --data-raw ^"^{^}^"`)).toEqual([base, `Authorization=${key}`]);
  });

  it.each([
    [call('$HOST/score', key), 'HOST'], [call('https://${HOST}/score', key), 'HOST'], [`curl $URL -H "Authorization: Bearer ${key}"`, 'URL'], [call('%BASE%/execute', key), 'BASE'],
    [`# https://example.com/guide\n${call('$BASE/execute', key)}`, 'BASE'],
  ])('what is open is named: %j', (text, name) => {
    expect(read(text)).toContain(`does not define: ${name}.`);
  });
});

describe('code', () => {
  it.each([
    ['Python, f-string', `import requests\nHOST = "${host}"\napi_key = "${key}"\nrequests.post(f"https://{HOST}${path}/execute", headers={"Authorization": f"Bearer {api_key}"})`],
    ['Python, dictionary', `import requests\nconfig = {"host": "https://${host}", "api_key": "${key}"}\nrequests.post(config["host"] + "${operation}", headers={"Authorization": "Bearer " + config["api_key"]})`],
    ['Python, dictionary in an f-string', `import requests\nconfig = {"host": "${host}", "api_key": "${key}"}\nrequests.post(f"https://{config['host']}${path}/execute", headers={"Authorization": f"Bearer {config['api_key']}"})`],
    ['JavaScript, template', `const host = "${host}";\nconst api_key = "${key}";\nfetch(\`https://\${host}${path}/execute\`, { headers: { Authorization: \`Bearer \${api_key}\` } });`],
    ['JavaScript, object', `const config = { host: "https://${host}", api_key: "${key}" };\nfetch(\`\${config.host}${operation}\`, { headers: { Authorization: "Bearer " + config.api_key } });`],
    ['C#, interpolated', `using System;\nvar host = "${host}";\nvar api_key = "${key}";\nvar url = $"https://{host}${path}/execute";\nclient.DefaultRequestHeaders.Add("Authorization", $"Bearer {api_key}");`],
    ['Ruby', `host = "https://${host}"\napi_key = "${key}"\nuri = URI("#{host}${operation}")\nrequest["Authorization"] = "Bearer #{api_key}"`],
    ['Swift', `let host = "https://${host}"\nlet api_key = "${key}"\nlet url = URL(string: "\\(host)${operation}")!\nrequest.setValue("Bearer \\(api_key)", forHTTPHeaderField: "Authorization")`],
    ['PHP', `<?php\n$host = "https://${host}";\n$api_key = "${key}";\n$url = "{$host}${operation}";\n$headers = ["Authorization: Bearer {$api_key}"];`],
    ['Go', `host := "https://${host}"\napi_key := "${key}"\nurl := fmt.Sprintf("%v${operation}", host)\nreq.Header.Set("Authorization", "Bearer "+api_key)`],
    ['Kotlin', `val host = "https://${host}"\nval api_key = "${key}"\nval url = URL("$host${operation}")\nconn.setRequestProperty("Authorization", "Bearer $api_key")`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual([base, `api_key=${key}`]);
  });

  it.each([
    ['Python', `import requests\napi_key = "${key}"\n# https://example.com/guide\nrequests.post(f"{BASE}/workspaces/{WS}/services/{SVC}/execute", headers={"Authorization": "Bearer " + api_key})`, 'BASE, WS, SVC.'],
    ['JavaScript', `const apiKey = "${key}";\nfetch(\`\${BASE}/score\`, { headers: { Authorization: "Bearer " + apiKey } });\n// https://example.com/guide`, 'BASE.'],
    ['the environment', `import os\nkey = "${key}"\nurl = os.environ.get("HOST") + "/score"\n# https://example.com/guide`, 'os.environ.get.'],
  ])('what is open is named: %s', (_name, text, names) => {
    expect(read(text)).toContain(`does not define: ${names}`);
  });
});

describe('host and path apart', () => {
  it.each([
    ['Node', `var host = '${host}'\nvar path = '${operation}'\nvar api_key = '${key}'\nvar options = { host: host, port: 443, path: path, method: 'POST', headers: { 'Authorization': 'Bearer ' + api_key } };`],
    ['Node, inline', `const api_key = "${key}";\nconst options = { method: 'POST', hostname: '${host}', path: '${operation}', headers: { Authorization: \`Bearer \${api_key}\` } };`],
    ['axios', `const api_key = "${key}";\nconst client = axios.create({ baseURL: "https://${host}", headers: { Authorization: "Bearer " + api_key } });\nclient.post("${operation}", body);`],
    ['URL of JavaScript', `const api_key = "${key}";\nfetch(new URL("${operation}", "https://${host}"), { headers: { Authorization: "Bearer " + api_key } });`],
    ['http.client', `import http.client\napi_key = "${key}"\nconn = http.client.HTTPSConnection("${host}")\nconn.request("POST", "${operation}", body, {"Authorization": "Bearer " + api_key})`],
    ['http.client with a port', `import http.client\napi_key = "${key}"\nconn = http.client.HTTPSConnection("${host}", 443)\nconn.request("POST", "${operation}", body, headers)`],
    ['Java', `String api_key = "${key}";\nHttpHost target = new HttpHost("${host}", 443, "https");\nHttpPost post = new HttpPost("${operation}");\npost.setHeader("Authorization", "Bearer " + api_key);`],
    ['URIBuilder', `String api_key = "${key}";\nURI uri = new URIBuilder().setScheme("https").setHost("${host}").setPath("${path}/execute").build();`],
    ['C#', `using System;\nconst string api_key = "${key}";\nclient.BaseAddress = new Uri("https://${host}/");\nvar response = await client.PostAsync("${operation.slice(1)}", content);`],
    ['UriBuilder', `using System;\nvar api_key = "${key}";\nvar uri = new UriBuilder { Scheme = "https", Host = "${host}", Path = "${path}/execute" }.Uri;`],
    ['Go', `api_key := "${key}"\nu := &url.URL{Scheme: "https", Host: "${host}", Path: "${path}/execute"}`],
    ['Ruby', `api_key = "${key}"\nhttp = Net::HTTP.new("${host}", 443)\nrequest = Net::HTTP::Post.new("${operation}")`],
    ['settings', `AML_HOST=${host}\nAML_PATH=${operation}\napi_key=${key}`],
    ['JSON', JSON.stringify({ host, path: operation, api_key: key })],
    ['an HTTP request', `POST ${operation} HTTP/1.1\nHost: ${host}\napi_key: ${key}`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual([base, `api_key=${key}`]);
  });

  it.each([
    ['Node', `const options = { method: "POST", hostname: "${onlineHost}", path: "/score", headers: { Authorization: "Bearer ${key}" } };`],
    ['http.client', `import http.client\nconn = http.client.HTTPSConnection("${onlineHost}")\nconn.request("POST", "/score", body, {"Authorization": "Bearer ${key}"})`],
    ['C#', `using System;\nclient.BaseAddress = new Uri("https://${onlineHost}");\nclient.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "${key}");\nawait client.PostAsync("/score", content);`],
    ['Java', `HttpHost target = new HttpHost("${onlineHost}", 443, "https");\nHttpPost post = new HttpPost("/score");\npost.setHeader("Authorization", "Bearer ${key}");`],
  ])('of an online endpoint: %s', (_name, text) => {
    expect(read(text)).toEqual([online, expect.stringContaining(key)]);
  });

  it('with a port on this computer', () => {
    expect(read(`const options = { hostname: 'localhost', port: 18080, path: '${operation}', method: 'POST' };`)).toEqual([`http://localhost:18080${path}`]);
  });

  it('several hosts leave it open which is meant', () => {
    expect(read(`host = "one.example.com"\nhostname = "two.example.com"\npath = "${operation}"\napi_key = "${key}"`)).toContain('not clear which of its hosts');
  });

  it('a database’s host and a file’s path are no service', () => {
    expect(read(`DB_HOST=db.example.com\nMODEL_PATH=/mnt/models/churn\nAPI_KEY=${key}`)).toContain('no address');
    expect(read(`DB_HOST=db.example.com\nAML_PATH=${operation}\nAPI_KEY=${key}`)).not.toContain('db.example.com');
  });
});

describe('a secret that was typed in braces is not named', () => {
  it.each([
    'sk_a1b2_c3d4_e5f6_g7h8', 'ghp_abcdefABCDEF0123456789abcdefABCDEF', 'abcd-1234-efgh-5678', 'Qx7Vb2Lm9Zt4Rk8W', 'key_abcdefghijklmnop12',
  ])('%s', (secret) => {
    for (const text of [`https://{{${secret}}}/score`, `POST https://{{${secret}}}.example.com/score`, `curl "https://\${${secret}}/score"`]) {
      const { problems } = readPaste(text);
      expect(problems).toHaveLength(1);
      expect(problems.join()).not.toContain(secret);
    }
  });

  it.each(['host', 'base_url_v2', 'ml-host', 'AML_HOST_1', 'predictionServiceBaseAddress'])('but %s is', (name) => {
    expect(readPaste(`POST https://{{${name}}}/score`).problems.join()).toContain(name);
  });
});

describe('variables that another part of the text defines', () => {
  const host = 'https://ml.example.com';
  const path = `/workspaces/${'a1'.repeat(16)}/services/${'b2'.repeat(16)}`;
  const key = `${'kA9/+z'.repeat(14)}aZ==`;
  const values = [{ key: 'baseUrl', value: host, enabled: true }, { key: 'apiKey', value: key, enabled: true }];
  const environment = { name: 'test', values, _postman_variable_scope: 'environment' };
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const header = [{ key: 'Authorization', value: 'Bearer {{apiKey}}' }];
  const collection = { info: { name: 'x', schema }, item: [{ name: 'A', request: { method: 'POST', header, url: { raw: `{{baseUrl}}${path}/execute` } } }] };
  const file = `POST {{baseUrl}}${path}/execute\nAuthorization: Bearer {{apiKey}}\n\n{"Inputs": {"a": [["b", "c"]]}}\n`;
  const settings = `@baseUrl = ${host}\n@apiKey = ${key}\n`;
  const parts: [string, string, string][] = [
    ['an environment and a collection', JSON.stringify(environment), JSON.stringify(collection)],
    ['on many lines', JSON.stringify(environment, null, 2), JSON.stringify(collection, null, 2)],
    ['an environment and requests', JSON.stringify(environment), file],
    ['several environments and requests', JSON.stringify([environment, {}]), file],
    ['a list of variables and requests', JSON.stringify(values, null, 1), file],
    ['definitions of a text and a collection', settings, JSON.stringify(collection)],
  ];

  it.each(parts)('%s, in either order', (_name, one, two) => {
    for (const text of [`${one}\n${two}`, `${two}\n${one}`, `${one}\n\n${two}`, `${two}\r\n\r\n${one}\r\n`]) {
      const { services, serviceKey, problems, notes } = readPaste(text);
      expect({ addresses: services.map(({ address }) => address), serviceKey, problems, notes })
        .toEqual({ addresses: [host + path], serviceKey: key, problems: [], notes: [] });
    }
  });

  it('sets by their names, above the requests', () => {
    expect(readPaste(`${JSON.stringify({ dev: { baseUrl: host, apiKey: key } }, null, 2)}\n\n${file}`)).toMatchObject({ serviceKey: key, problems: [] });
  });

  it('not where two environments differ', () => {
    const other = { ...environment, values: [{ key: 'baseUrl', value: 'https://other.example.com' }] };
    expect(readPaste(`${JSON.stringify(environment)}\n${JSON.stringify(other)}\n${file}`).problems.join()).toContain('in several ways: baseUrl');
  });

  it.each(['{\n', '[', '[{"a":1},\n', '{"key":"a","value":"b"}\n', '"\n{'])('a million characters of %j are parted in time', (piece) => {
    const start = processorMs();
    readPaste(`x\n${piece.repeat(1_000_000 / piece.length)}`);
    expect(processorMs() - start).toBeLessThan(10_000);
  });
});
