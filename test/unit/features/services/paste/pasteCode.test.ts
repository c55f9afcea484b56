// Sample code in the style of the generated samples and of what people make of them: address and keys come out of it.

import { describe, expect, it } from 'vitest';
import { endpointAddress } from '../../../../../src/protocols/studio/endpointAddress';
import { readPaste } from '../../../../../src/features/services/paste/paste';

const ws = 'afbd553b9bac4c95be3d040998943a4f';
const svc = '26a3afce1767461ab6e73d5a206fbd62';
const host = 'https://ussouthcentral.scoring.example';
const base = `${host}/workspaces/${ws}/services/${svc}`;
const execute = `${base}/execute?api-version=2.0&details=true`;
const key = `${'kK9/+z'.repeat(14)}aZ==`;
const gate = 'c0ffee'.repeat(5) + 'ab';

/** What came out, the address as text; the lists of services and keys have tests of their own. */
function read(text: string): object {
  const { endpoint, notes, problems, ...rest } = readPaste(text);
  return { address: endpoint === undefined ? undefined : endpointAddress(endpoint), problems, notes, ...rest, services: undefined, keys: undefined };
}

function good(kind: string, more: object = { serviceKey: key }): object {
  return { address: base, problems: [], notes: [], kind, ...more };
}

describe('Python', () => {
  const body = `data =  {"Inputs": {"input1": {"ColumnNames": ["age", "sex"], "Values": [["0", "it's"], ["0", "value"]]}}, "GlobalParameters": {}}\nbody = str.encode(json.dumps(data))\n`;

  it.each([
    ['2, generated', `import urllib2\nimport json\n\n${body}
url = '${execute}'
api_key = '${key}' # Replace this with the web service's API key
headers = {'Content-Type':'application/json', 'Authorization':('Bearer '+ api_key)}
req = urllib2.Request(url, body, headers)
# req = urllib.request.Request(url, body, headers)`],
    ['3, generated', `import urllib.request\nimport json\n${body}\nurl = "${execute}"\napi_key = "${key}"\nheaders = {"Content-Type": "application/json", "Authorization": ("Bearer " + api_key)}\nreq = urllib.request.Request(url, body, headers)`],
    ['key below its use', `import requests\ndef call(data):\n    return requests.post(URL, json=data, headers={"Authorization": "Bearer {}".format(KEY)})\n\nKEY = "${key}"\nURL = "${base}/execute?api-version=2.0"`],
    ['all set below its use', `import requests\ndef call(data):\n    return requests.post(BASE + "/services/${svc}/execute", json=data, headers={"Authorization": "Bearer {}".format(KEY)})\n\nKEY = "${key}"\nBASE = "${host}/workspaces/${ws}"`],
    ['numbered format', `import requests\nk = "${key}"\nh = {"Authorization": "Bearer {0}".format(k)}\nrequests.post("${execute}", headers=h)`],
    ['percent format', `import requests\nk = "${key}"\nurl = "${host}/workspaces/%s/services/%s/execute?api-version=2.0" % ("${ws}", "${svc}")\nh = {"Authorization": "Bearer %s" % k}`],
    ['named format', `import requests\nurl = "{host}/workspaces/{w}/services/{s}/execute".format(host="${host}", w="${ws}", s="${svc}")\nh = {"Authorization": "Bearer ${key}"}`],
    ['f-string', `import requests\nHOST = '${host}'\nWS = '${ws}'\nSVC = '${svc}'\ntoken = '${key}'\nr = requests.post(f"{HOST}/workspaces/{WS}/services/{SVC}/execute?api-version=2.0", headers={'Authorization': f'Bearer {token}'})`],
    ['joined with +', `import requests\nbase = "${base}"\nkey = "${key}"\nr = requests.post(base + "/execute?api-version=2.0&details=" + flag, headers={"Authorization": "Bearer " + key})`],
    ['side by side in parentheses', `import json\nurl = ("${host}/workspaces/${ws}"\n       "/services/${svc}/execute?api-version=2.0")\napi_key = "${key}"`],
    ['typed attributes', `import json\nclass Client:\n    def __init__(self):\n        self.url: str = "${execute}"\n        self.api_key: str = "${key}"\n    def headers(self):\n        return {"Authorization": "Bearer " + self.api_key}`],
    ['set by index', `import http.client\nheaders = {}\nheaders["Authorization"] = "Bearer ${key}"\nconn.request("POST", "${execute}", body, headers)`],
    ['batch sample', `import urllib2\napi_key = "${key}"\nurl = "${base}/jobs"\nstorage_account_name = "mystorage"\nstorage_account_key = "${'S'.repeat(86)}=="\nreq = urllib2.Request(url + "?api-version=2.0", body, {"Authorization":("Bearer " + api_key)})\nurl2 = url + "/" + job_id + "/start?api-version=2.0"`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual(good('python'));
  });

  it.each(['abc123', '', '<your key>', '<API key here>', '{your key}', 'YOUR_API_KEY', 'xxxxxxxx', 'Replace with key'])('says that %j is a placeholder', (filler) => {
    expect(read(`import urllib2\nurl = '${execute}'\napi_key = '${filler}'\nheaders = {'Authorization':('Bearer '+ api_key)}`))
      .toEqual({ ...good('python', {}), notes: [expect.stringContaining('placeholder')] });
  });

  it.each(["os.environ['AML_KEY']", 'os.getenv("AML_KEY")', 'get_secret("aml")', 'config.key'])('does not take %s as a key', (from) => {
    expect(read(`import os\nurl = '${execute}'\napi_key = ${from}\nheaders = {'Authorization': 'Bearer ' + api_key}`))
      .toEqual({ ...good('python', {}), notes: [expect.stringContaining('placeholder')] });
  });
});

describe('two keys', () => {
  it('are told apart by the headers that carry them, whatever their variables are called', () => {
    const text = `import requests\nkey = "${gate}"\nother = "not-long"\nrequests.post("${execute}", headers={"Ocp-Apim-Subscription-Key": key, "Authorization": "Bearer " + other})`;
    expect(read(text)).toEqual(good('python', { serviceKey: 'not-long', subscriptionKey: gate }));
    expect(read(text.replace(', "Authorization": "Bearer " + other', ''))).toEqual(good('python', { subscriptionKey: gate }));
  });
});

describe('C#', () => {
  it.each([
    ['generated', `using System;\nusing System.Net.Http;\nusing (var client = new HttpClient())\n{\n    const string apiKey = "${key}"; // Replace this with the API key for the web service
    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue( "Bearer", apiKey);
    client.BaseAddress = new Uri("${execute}");\n    // WARNING: The 'await' statement below can deadlock\n}`],
    ['over several lines', `const string\n    apiKey =\n        "${key}";\nclient.BaseAddress =\n    new Uri(\n        "${host}/workspaces/${ws}/" +\n        "services/${svc}/execute?api-version=2.0");`],
    ['interpolated', `using System;\nstatic string Ws = "${ws}";\nstatic string Key = "${key}";\nvar url = $"${host}/workspaces/{Ws}/services/${svc}/execute?api-version=2.0";\nrequest.Headers.Add("Authorization", $"Bearer {Key}");`],
    ['String.Format', `using System;\nvar url = String.Format("${host}/workspaces/{0}/services/{1}/execute", "${ws}", "${svc}");\nclient.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer ${key}");`],
    ['batch sample', `const string BaseUrl = "${base}/jobs";\nconst string StorageAccountKey = "${'S'.repeat(86)}==";\nconst string apiKey = "${key}";\nvar response = await client.PostAsJsonAsync(BaseUrl + "?api-version=2.0", request);\nstring jobLocation = BaseUrl + "/" + jobId + "?api-version=2.0";`],
    ['storage key below its name', `using System;\nconst string StorageAccountKey =\n   "${'S'.repeat(86)}==";\nvar u = new Uri("${execute}");\nconst string apiKey = "${key}";`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual(good('csharp'));
  });

  it('does not take a storage key for a service key', () => {
    expect(read(`using System;\nconst string StorageAccountKey =\n   "${'S'.repeat(86)}==";\nvar u = new Uri("${execute}");`)).toEqual(good('csharp', {}));
  });
});

describe('R', () => {
  it.each([
    ['RCurl, generated', `library("RCurl")\nlibrary("rjson")\nh = basicTextGatherer()\nreq = list(Inputs = list("input1" = list("ColumnNames" = list("a"))))\nbody = enc2utf8(toJSON(req))
api_key = "${key}" # Replace this with the API key for the web service
authz_hdr = paste('Bearer', api_key, sep=' ')\nh$reset()
curlPerform(url = "${execute}",\n            httpheader=c('Content-Type' = "application/json", 'Authorization' = authz_hdr), postfields=body)`],
    ['httr', `library(httr)\napi_key <- "${key}"\nPOST("${execute}", add_headers(Authorization = paste0("Bearer ", api_key)), body = body)`],
    ['paste0 and sprintf', `library(httr)\nws <- "${ws}"\nurl <- paste0("${host}/workspaces/", ws, "/services/", "${svc}")\nr <- POST(paste0(url, "/execute?api-version=2.0"), add_headers(Authorization = sprintf("Bearer %s", "${key}")))`],
    ['the first version', `library("RCurl")\napi_key = "${key}"\ncurlPerform(url = "${execute}", httpheader=c('Authorization' = paste('Bearer', api_key, sep=' ')))`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual(good('r'));
  });
});

describe('cURL and shells', () => {
  const both = { serviceKey: key, subscriptionKey: gate };
  it.each([
    ['backslashes', `curl -X POST \\\n  '${execute}' \\\n  -H 'Authorization: Bearer ${key}' \\\n  -H 'Ocp-Apim-Subscription-Key: ${gate}' \\\n  -d '{"Inputs": {}}'`],
    ['carets', `curl.exe -X POST "${execute}" ^\r\n -H "Authorization: Bearer ${key}" ^\r\n -H "ocp-apim-subscription-key: ${gate}" ^\r\n -d "{\\"Inputs\\": {}}"`],
    ['backticks', `curl -X POST "${execute}" \`\n -H "Authorization: Bearer ${key}" \`\n -H "Ocp-Apim-Subscription-Key: ${gate}"`],
    ['no quotes', `$ curl ${base} -H Authorization:Bearer\\ x -H "Authorization: Bearer ${key}" -H Ocp-Apim-Subscription-Key:${gate}`],
    ['a body over several lines', `curl ${base}/jobs -d '{\n "Inputs": {"a": "it is"}\n}' -H "Authorization: Bearer ${key}" -H 'Ocp-Apim-Subscription-Key: ${gate}'`],
    ['shell variables', `API_KEY=${key}\nexport SUB="${gate}"\ncurl "${execute}" -H "Authorization: Bearer $API_KEY" -H "Ocp-Apim-Subscription-Key: \${SUB}"`],
    ['variables of cmd', `set K1=${key}\r\nset K2=${gate}\r\ncurl "${execute}" -H "Authorization: Bearer %K1%" -H "Ocp-Apim-Subscription-Key: %K2%"`],
    ['a key in the query', `curl "${execute}&subscription-key=${gate}" -H "Authorization: Bearer ${key}"`],
  ])('%s', (name, text) => {
    expect(read(text)).toEqual({ ...good('curl', both), notes: name.endsWith('query') ? [expect.stringContaining('taken out')] : [] });
  });

  it('keeps the name of another header for the subscription key', () => {
    expect(read(`curl ${base} -H "X-Contoso-Subscription-Token: ${gate}" -H "Authorization: Bearer ${key}"`)).toEqual(good('curl', { ...both, subscriptionKeyHeader: 'X-Contoso-Subscription-Token' }));
  });

  it('does not take the id of a subscription as its key', () => {
    expect(read(`curl ${base} -H "X-Subscription-Id: ${ws}" -H "Authorization: Bearer ${key}"`)).toEqual(good('curl'));
  });

  it('does not take a shell variable that is not set as a key', () => {
    expect(read(`curl ${base} -H "Authorization: Bearer $API_KEY"`)).toEqual({ ...good('curl', {}), notes: [expect.stringContaining('placeholder')] });
  });
});

describe('others', () => {
  it.each([
    ['PowerShell', `$base = "${base}"\n$key = "${key}"\n$headers = @{ "Authorization" = "Bearer $key"; "Content-Type" = "application/json" }\nInvoke-RestMethod -Uri "$base/execute?api-version=2.0" -Method Post -Headers $headers`],
    ['PowerShell, added', `$headers = New-Object "System.Collections.Generic.Dictionary[[String],[String]]"\n$headers.Add("Authorization", 'Bearer ' + '${key}')\nInvoke-WebRequest '${execute}'`],
    ['JavaScript', `const uri = '${execute}';\nconst apiKey = '${key}';\nfetch(uri, { headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + apiKey } });`],
    ['JavaScript templates', `const host = '${host}';\nconst apiKey = '${key}';\nfetch(\`\${host}/workspaces/${ws}/services/${svc}/execute\`, { headers: { Authorization: \`Bearer \${apiKey}\` } });`],
    ['Java', `HttpPost post = new HttpPost("${execute}");\npost.setHeader("Authorization", "Bearer " + apikey);\npublic static String apikey = "${key}";`],
    ['PHP', `<?php\n$url = '${base}' . '/execute?api-version=2.0';\n$api_key = '${key}';\n$headers = array('Authorization: Bearer ' . $api_key);`],
    ['VBA', `Const Url = "${base}"\nhttp.Open "POST", Url & "/execute?api-version=2.0", False\nhttp.setRequestHeader "Authorization", "Bearer " & "${key}"`],
    ['fenced in Markdown', `Call it like this:\n\`\`\`js\nfetch("${execute}", {headers: {"Authorization": "Bearer ${key}"}})\n\`\`\`\n`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual(good('text'));
  });
});
