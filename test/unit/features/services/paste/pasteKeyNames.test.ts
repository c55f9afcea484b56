// Which names and values of a text are a key and which only look like one: settings in all spellings, fillers, names that end like a key's.

import { describe, expect, it } from 'vitest';
import { readPaste } from '../../../../../src/features/services/paste/paste';

const ws = 'afbd553b9bac4c95be3d040998943a4f';
const svc = '26a3afce1767461ab6e73d5a206fbd62';
const base = `https://contoso.azure-api.net/ml/workspaces/${ws}/services/${svc}`;
const execute = `${base}/execute?api-version=2.0`;
const online = 'https://churn-ep.westeurope.inference.ml.azure.com/score';
const key = `${'kK9/+z'.repeat(14)}aZ==`;
const short = 'Qw3rTy7uIoPa5dFgH9jKlZx1cVbN2mQ4';
const gate = 'c0ffee'.repeat(5) + 'ab';
const header = 'Ocp-Apim-Subscription-Key';

function keysOf(text: string): string[] {
  return readPaste(text).keys.map(({ kind, name, value }) => `${kind} ${name}=${value}`);
}

describe('settings in all spellings', () => {
  it.each([
    `AML_API_KEY=${key}`, `AML_API_KEY = ${key}`, `AML_API_KEY="${key}"`, `AML_API_KEY = '${key}'`, `AML_API_KEY: ${key}`, `AML_API_KEY : ${key}`, `AML_API_KEY: "${key}"`, `AML_API_KEY=${key} # primary`,
    `AML_API_KEY="${key}" # primary`, `AML_API_KEY='${key}'  // primary`, `AML_API_KEY=${key} ; primary`, `export AML_API_KEY=${key}`, `export AML_API_KEY="${key}"`, `export AML_API_KEY='${key}'; # primary`,
    `set AML_API_KEY=${key}`, `set "AML_API_KEY=${key}"`, `SET AML_API_KEY=${key}`, `setx AML_API_KEY ${key}`, `setx AML_API_KEY "${key}"`, `setx AML_API_KEY "${key}" /M`, `$env:AML_API_KEY = "${key}"`, `$env:AML_API_KEY='${key}'`,
    `$env:AML_API_KEY = '${key}' # primary`, `- AML_API_KEY=${key}`, `- AML_API_KEY: ${key}`, `- "AML_API_KEY=${key}"`, `ENV AML_API_KEY=${key}`, `ENV AML_API_KEY ${key}`, `-e AML_API_KEY=${key}`, `AML_API_KEY=${key.replaceAll('=', '\\=')}`,
    `declare -x AML_API_KEY="${key}"`, `  AML_API_KEY = "${key}",`, `"AML_API_KEY": "${key}",`, `'AML_API_KEY' => '${key}',`, `let AML_API_KEY = "${key}";`, `#define AML_API_KEY "${key}"`, `AML_API_KEY\t${key}`, `| AML_API_KEY | ${key} |`,
  ])('%s', (line) => {
    const names = ['service AML_API_KEY=', 'service Authorization='];
    const [found = ''] = keysOf(`AML_URL=${execute}\n${line}\n`);
    expect(found).toBe(`${names[0] ?? ''}${key}`);
    expect(keysOf(`${line}\r\nAML_URL=${execute}\r\n`)).toEqual([found]);
  });
});

describe('names are those of the text', () => {
  it.each([
    [`import requests\nurl = '${execute}'\napi_key = '${key}'\nheaders = {'Authorization': ('Bearer ' + api_key)}`, [`service api_key=${key}`]],
    [`curl ${base} -H "Authorization: Bearer ${key}" -H "${header}: ${gate}"`, [`service Authorization=${key}`, `subscription ${header}=${gate}`]],
    [`Address: ${execute}\nPrimary key: ${key}`, [`service Primary key=${key}`]],
    [`Address: ${execute}\nOcp-Apim-Subscription-Key (primary): ${gate}`, [`subscription Ocp-Apim-Subscription-Key (primary)=${gate}`]],
    [`https://contoso.azure-api.net/models/score?subscription-key=${gate}`, [`subscription subscription-key=${gate}`]],
    [`using System;\nconst string apiKey = "${key}";\nclient.BaseAddress = new Uri("${execute}");\nclient.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);`, [`service apiKey=${key}`]],
    [`${execute}\n\n${key}`, [`service =${key}`]],
  ])('%s', (text, keys) => {
    expect(keysOf(text)).toEqual(keys);
  });
});

describe('fillers', () => {
  const fillers = [
    '{subscription key}', '{subscriptionKey}', '{{apiKey}}', '{{ api key }}', '<your key>', '<API key here>', '<key>', '[your key]', '(your key)', 'YOUR_API_KEY', 'YOUR-KEY', 'YOUR SUBSCRIPTION KEY', 'your key goes here', 'Your API Key',
    '***', '********', '••••••••', 'xxxx', 'xxxxxxxxxxxxxxxx', 'XXXXXXXX-XXXX-XXXX', 'xxxxxxxxxxxx1234', '****1234', 'abc123', '123456', 'REPLACE_ME', 'REPLACE_WITH_YOUR_KEY', 'INSERT-KEY-HERE', 'paste-your-key-here', 'api-key-here', 'MY_API_KEY', 'my-api-key',
    'the-api-key', 'changeme', 'secret', 'password', 'TODO', 'none', 'null', 'undefined', 'redacted', '[REDACTED]', '<redacted>', '...', '…', 'Ab3d...z012', '$API_KEY', '${API_KEY}', '%API_KEY%', '__API_KEY__', '#{apiKey}#', '@Microsoft.KeyVault(SecretUri=x)',
    '!secret aml_key', 'process.env.KEY', 'DEIN_API_KEY', 'votre_cle_api_key', 'string', 'header', 'Content-Type', 'application/json', 'abc', 'short',
  ];
  it.each(fillers)('%s is no key', (filler) => {
    for (const text of [
      `curl -X POST "${execute}" -H "${header}: ${filler}"`,
      `curl -X POST "${execute}" -H "Authorization: Bearer ${filler}"`,
      `import requests\nheaders = {\n    '${header}': '${filler}',\n}\nrequests.post("${execute}", headers=headers)`,
      `import requests\napi_key = '${filler}'\nrequests.post("${execute}", headers={'Authorization': 'Bearer ' + api_key})`,
      JSON.stringify({ url: execute, headers: [{ key: header, value: filler }] }),
      JSON.stringify({ url: execute, apiKey: filler }),
      `POST ${execute} HTTP/1.1\n${header}: ${filler}\n\n{}`,
    ]) {
      const paste = readPaste(text);
      expect(paste.keys, text).toEqual([]);
      expect(paste.services[0]?.address, text).toBe(base);
      expect(paste.notes.join('\n'), text).toContain('placeholder');
    }
  });

  it('that stand for the subscription key only leave the other key', () => {
    const paste = readPaste(`curl "${execute}" -H "${header}: {subscription key}" -H "Authorization: Bearer ${key}"`);
    expect(paste).toMatchObject({ serviceKey: key, notes: [expect.stringContaining('Where the subscription key belongs')] });
  });

  it.each([key, short, gate, 'short-but-real', 'add-key-0123456789+/==', 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl', 'f3a1b2c4-0d5e-4f60-8718-293a4b5c6d7e', '0123456789abcdef0123456789abcdef'])('%s is a key', (value) => {
    expect(keysOf(`AML_URL=${execute}\nAML_API_KEY=${value}`)).toEqual([`service AML_API_KEY=${value}`]);
    expect(keysOf(`curl ${base} -H "${header}: ${value}"`)).toEqual([`subscription ${header}=${value}`]);
  });
});

describe('names that end like a key’s', () => {
  it.each([
    `"next_token": "${short}"`, `next_token=${short}`, `max_token = "1234567890123456"`, `pageToken: ${short}`, `continuationToken = "${short}"`, `csrf_token='${short}'`, `refresh_token = '${short}'`, `pad_token = "pad-token-0123456789"`,
    `"azureml-model-deployment": "blue-deployment-2"`, `-H "azureml-model-deployment: blue-deployment-1234"`, `key = "input1_column_name_2"`, `partition_key = "${short}"`, `sort_key: ${short}`, `foreign_key = '${short}'`, `public_key="${short}"`,
    `OPENAI_API_KEY=${short}`, `SENDGRID_API_KEY=${short}`, `AWS_ACCESS_KEY=${short}`, `STORAGE_KEY=${key}`, `AccountKey=${key}`, `token: my-deployment-of-churn-2`, `"key": "Content-Type-Of-Request1"`,
  ])('%s', (line) => {
    expect(keysOf(`AML_URL=${execute}\n${line}\n`)).toEqual([]);
    expect(keysOf(`AML_URL=${execute}\n${line}\nAML_API_KEY=${gate}\n`)).toEqual([`service AML_API_KEY=${gate}`]);
  });

  it('keys of several things leave it open which one is meant, unless one says so', () => {
    const two = `URL=${execute}\nCRM_API_KEY=${short}\nSHOP_API_KEY=${gate}`;
    expect(readPaste(two)).toMatchObject({ keys: [], notes: [expect.stringContaining('several keys')] });
    expect(keysOf(`${two}\nSCORING_API_KEY=${key}`)).toEqual([`service SCORING_API_KEY=${key}`]);
    expect(keysOf(`${two}\nAPI_KEY=${key}`)).toEqual([`service API_KEY=${key}`]);
  });
});

describe('online endpoints', () => {
  const consume = '# Replace this with the primary/secondary key, AMLToken, or Microsoft Entra ID token for the endpoint\n';
  it.each([
    ['Python', `import urllib.request\nimport json\ndata = {"input_data": {"columns": ["key"], "index": [0], "data": [["a"]]}}\nbody = str.encode(json.dumps(data))\nurl = '${online}'\n${consume}api_key = '${short}'\nif not api_key:\n    raise Exception("A key should be provided to invoke the endpoint")\nheaders = {'Content-Type':'application/json', 'Accept': 'application/json', 'Authorization':('Bearer '+ api_key), 'azureml-model-deployment': 'blue-1234567890123' }\nreq = urllib.request.Request(url, body, headers)`, 'api_key'],
    ['cURL', `curl --request POST "${online}" --header "Authorization: Bearer ${short}" --header 'Content-Type: application/json' --header 'azureml-model-deployment: blue' --data @sample.json`, 'Authorization'],
    ['cURL over lines', `curl --location --request POST '${online}' \\\n  --header 'Content-Type: application/json' \\\n  --header 'Authorization: Bearer ${short}' \\\n  --data-raw '{"input_data": []}'`, 'Authorization'],
    ['C#', `using System.Net.Http;\nconst string apiKey = "${short}";\nclient.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);\nclient.BaseAddress = new Uri("${online}");\ncontent.Headers.Add("azureml-model-deployment", "blue");`, 'apiKey'],
    ['R', `library("RCurl")\napi_key = "${short}"\nauthz_hdr = paste('Bearer', api_key, sep=' ')\ncurlPerform(url = "${online}", httpheader=c('Content-Type' = "application/json", 'Authorization' = authz_hdr, 'azureml-model-deployment' = "blue"))`, 'api_key'],
    ['JavaScript', `const apiKey = "${short}";\nconst requestHeaders = new Headers({"Content-Type" : "application/json"});\nrequestHeaders.append("Authorization", "Bearer " + apiKey)\nrequestHeaders.append("azureml-model-deployment", "blue");\nfetch("${online}", { method: "POST", headers: requestHeaders })`, 'apiKey'],
  ])('%s', (_name, text, name) => {
    const paste = readPaste(text);
    expect(paste.services).toEqual([{ address: online, workspace: new URL(online).host, service: 'score', form: 'exact' }]);
    expect(paste.keys).toEqual([{ kind: 'service', name, value: short }]);
    expect({ problems: paste.problems, notes: paste.notes }).toEqual({ problems: [], notes: [] });
  });

  it('the sample as it is generated, without a key', () => {
    expect(readPaste(`import urllib.request\nurl = '${online}'\n${consume}api_key = ''\nif not api_key:\n    raise Exception("A key should be provided to invoke the endpoint")\nheaders = {'Authorization':('Bearer '+ api_key)}`))
      .toMatchObject({ keys: [], services: [{ address: online }], notes: [expect.stringContaining('placeholder')] });
  });
});

describe('a key is not offered to an address that the text does not tie it to', () => {
  it.each([
    ['a page', `See https://contoso.example.com/guide\nAPI key: ${key}`],
    ['a picture', `![logo](https://cdn.example.com/score/logo.svg)\nAPI key: ${key}`],
    ['a badge', `[![build](https://img.example.com/score)](https://ci.example.com/builds)\nAPI key: ${key}`],
    ['a schema', `{ "$schema": "https://schemas.example.com/predict/v1", "apiKey": "${key}" }`],
    ['a schema in YAML', `schema: https://schemas.example.com/predict/v1\napi_key: ${key}`],
    ['a namespace', `<config xmlns="https://schemas.example.com/score/v1"><add key="apiKey" value="${key}" /></config>`],
    ['storage', `BLOB_URL=https://acme.blob.core.windows.net/data\nAPI_KEY=${key}`],
    ['an endpoint of storage', `CONN=DefaultEndpointsProtocol=https;AccountName=acme;BlobEndpoint=https://storage.contoso.com/acme\nAPI_KEY=${key}`],
    ['documentation', `Documentation: https://contoso.example.com/models/churn\nAPI key: ${key}`],
    ['a sign-in', `TOKEN_URL=https://login.example.com/oauth2\nAPI_KEY=${key}`],
    ['telemetry', `INSIGHTS=InstrumentationKey=x;IngestionEndpoint=https://in.example.com/;LiveEndpoint=https://live.example.com/\nAPI_KEY=${key}`],
    ['an article', `Read about it at https://news.example.com/churn. API key: ${key}`],
    ['a download', `Get it from https://files.example.com/model\nAPI key: ${key}`],
    ['a link of a page', `<a href="https://contoso.example.com/about">us</a>\nAPI key: ${key}`],
    ['data that code reads', `import pandas\napi_key = "${key}"\nframe = pandas.read_csv("https://data.example.com/rows.csv")`],
    ['a repository', `repository: https://git.example.com/contoso/churn\napi_key: ${key}`],
  ])('%s', (_name, text) => {
    const paste = readPaste(text);
    expect(paste.endpoint === undefined ? [] : paste.keys).toEqual([]);
  });

  it.each([
    ['a label', `URL: https://ml.contoso.example.com/fraud\nAPI key: ${key}`], ['a call', `import requests\nrequests.post("https://ml.contoso.example.com/fraud", headers={"Authorization": "Bearer ${key}"})`],
    ['a long cURL', `curl -X POST -H "Content-Type: application/json" -H "x-request-of: ${'somebody '.repeat(20)}" -H "Authorization: Bearer ${key}" https://ml.contoso.example.com/fraud`],
    ['cURL', `curl https://ml.contoso.example.com/fraud -H "Authorization: Bearer ${key}"`], ['a request line', `POST https://ml.contoso.example.com/fraud HTTP/1.1\nAuthorization: Bearer ${key}`],
    ['a document', JSON.stringify({ url: 'https://ml.contoso.example.com/fraud', apiKey: key })], ['a variable', `endpoint = "https://ml.contoso.example.com/fraud"\nkey = "${key}"`],
  ])('%s ties it', (_name, text) => {
    expect(readPaste(text)).toMatchObject({ serviceKey: key, services: [{ address: 'https://ml.contoso.example.com/fraud' }] });
  });
});

describe('the names that addresses of online endpoints are given by', () => {
  const online = 'https://churn.westeurope.inference.ml.azure.com/score';
  const secret = 'kA9z'.repeat(8);

  it.each([
    ...['ENDPOINT', 'AML_ENDPOINT', 'SCORING_ENDPOINT', 'SERVICE_ENDPOINT', 'endpoint'].map((name) => `${name}=${online}\nAPI_KEY=${secret}`),
    `export ENDPOINT="${online}"\nexport API_KEY="${secret}"`,
    `client = Client(endpoint="${online}", api_key="${secret}")`,
    `<add name="churn" endpoint="${online}" apiKey="${secret}"/>`,
    `scoring_endpoint="${online}"\nkey="${secret}"`,
  ])('%s', (text) => {
    const { services, serviceKey } = readPaste(text);
    expect({ addresses: services.map(({ address }) => address), serviceKey }).toEqual({ addresses: [online], serviceKey: secret });
  });

  it.each([
    ...['Blob', 'File', 'Queue', 'Table', 'Dfs', 'Ingestion', 'Live', 'BlobSecondary'].map((kind) => `CONN="${kind}Endpoint=https://in.example.com/score"`),
    'CONN=AccountName=a;TableEndpoint=https://in.example.com/score;AccountKey=b',
    'CONN=AccountEndpoint=https://in.example.com/score;AccountKey=b',
    'CONN="Endpoint=https://in.example.com/score;Id=a;Secret=b"',
    'CONN=endpoint=https://in.example.com/score;accesskey=b',
  ])('but not %s', (text) => {
    expect(readPaste(text).services).toEqual([]);
  });
});

describe('the name of the service is never a key', () => {
  const at = `https://ml.example.com/workspaces/${'a1'.repeat(16)}/services/${'b2'.repeat(16)}`;
  const lower = 'abcd1234efgh5678ijkl9012mnop3456';
  const long = `${'kA9/+z'.repeat(14)}aZ==`;

  it.each([
    [`Service name: Churn; key ${lower}`, 'Churn'],
    [`Service name: Churn, API key: ${long}`, 'Churn'],
    [`Service name: Churn | ${lower}`, 'Churn'],
    [`Service name: Churn of May API key ${lower}`, 'Churn of May'],
    [`Service name: Churn primary key: ${lower}`, 'Churn'],
    [`Service name: Churn ${lower}`, undefined],
    [`Service name: ${long}`, undefined],
    ['Service name: Churn hunter2x9\nAPI key: hunter2x9', undefined],
    ['Service name: Token classifier (v2)', 'Token classifier (v2)'],
    [`Request Response API Documentation for Churn ${long}`, undefined],
    ['Request Response API Documentation for Churn, monthly', 'Churn, monthly'],
  ])('%s', (text, name) => {
    expect(readPaste(`${at}\n${text}`).name).toBe(name);
  });

  it.each([[`Churn ${long}`, undefined], [`Churn (${lower})`, undefined], ['Churn, monthly', 'Churn, monthly']])('as the title %s', (title, name) => {
    const { host, pathname } = new URL(at);
    expect(readPaste(JSON.stringify({ swagger: '2.0', info: { title }, host, basePath: pathname, paths: {} })).name).toBe(name);
  });
});
