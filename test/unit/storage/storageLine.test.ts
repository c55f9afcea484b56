// A connection string or a container's address is taken out of whatever stands around it: code, settings, documents; and whose token it is, is told.

import { describe, expect, it } from 'vitest';
import { accessText, readStorage, storageFacts } from '../../../src/storage/storageText';

const now = Date.UTC(2024, 0, 2);
const key = `${'aB3/'.repeat(21)}cQ==`;
const full = `DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=${key};EndpointSuffix=core.windows.net`;
const other = full.replace('=acc;', '=zzz;');
const token = 'sv=2021-08-06&sr=c&se=2034-01-03T00%3A00%3A00Z&sp=rwl&sig=SeCrEt%2Bvalue%3D';
const address = `https://acc.blob.core.windows.net/data?${token}`;

/** The reason of a refusal, or what was read. */
function read(text: string): unknown {
  const reading = readStorage(text, now);
  return reading.ok ? storageFacts(reading.access) : reading.reason;
}

describe('the connection string alone, and nothing around it, comes out of', () => {
  it.each([
    ['.env, quoted and ended by a semicolon', `AZURE_STORAGE_CONNECTION_STRING = "${full}";`],
    ['.env with a comment', `AZURE_STORAGE_CONNECTION_STRING='${full}' # of production`],
    ['.env without quotes', `AZURE_STORAGE_CONNECTION_STRING=${full}  # of production`],
    ['export', `export AZURE_STORAGE_CONNECTION_STRING="${full}"`],
    ['set', `set STORAGE=${full}`],
    ['set in quotes', `set "STORAGE=${full}"`],
    ['setx', `setx STORAGE "${full}" /M`],
    ['PowerShell', `$env:STORAGE = "${full}"`],
    ['an argument of PowerShell', `$ctx = New-AzStorageContext -ConnectionString "${full}"`],
    ['the Azure CLI', `az storage blob list --connection-string "${full}" -c data`],
    ['Docker Compose', `environment:\n  - STORAGE=${full}\n`],
    ['YAML', `storage:\n  connectionString: ${full}\n  retries: 3`],
    ['a list in YAML', `- name: STORAGE\n  value: "${full}"`],
    ['Java properties', `azure.storage.connection=${full.replaceAll('=', '\\=')}`],
    ['TOML', `connection = "${full}"`],
    ['C#', `string storageConnectionString = "${full}";`],
    ['a call in C#', `var account = CloudStorageAccount.Parse("${full}");`],
    ['string.Format', `const string N = "acc"; const string K = "${key}";\nvar c = string.Format("DefaultEndpointsProtocol=https;AccountName={0};AccountKey={1};EndpointSuffix=core.windows.net", N, K);`],
    ['Java, joined', `String c = "DefaultEndpointsProtocol=https;" + "AccountName=acc;" + "AccountKey=${key};" + "EndpointSuffix=core.windows.net";`],
    ['Python', `conn_str = "${full}"`],
    ['Python, side by side', `conn = ("DefaultEndpointsProtocol=https;AccountName=acc;"\n        "AccountKey=${key};EndpointSuffix=core.windows.net")`],
    ['an f-string', `name = "acc"\nkey = "${key}"\nc = f"DefaultEndpointsProtocol=https;AccountName={name};AccountKey={key};EndpointSuffix=core.windows.net"`],
    ['JavaScript', `const c = \`${full}\`;`],
    ['typographic quotes', `c = “${full}”`],
    ['web.config', `<add name="Storage" connectionString="${full}" />`],
    ['app.config', `<appSettings>\n<add key="Storage" value='${full}'/>\n</appSettings>`],
    ['an element', `<value>${full}</value>`],
    ['local.settings.json', JSON.stringify({ IsEncrypted: false, Values: { AzureWebJobsStorage: full, FUNCTIONS_WORKER_RUNTIME: 'node' } })],
    ['app settings', JSON.stringify([{ name: 'STORAGE', value: full, slotSetting: false }])],
    ['the body of a job', JSON.stringify({ Input: { ConnectionString: full, RelativeLocation: 'a/b.csv' } })],
    ['a part of a document', `"ConnectionStrings": {\n  "Storage": "${full}"\n},`],
    ['JSON in JSON', `{"setting":"{\\"ConnectionString\\":\\"${full}\\"}"}`],
    ['a notebook', JSON.stringify({ cells: [{ cell_type: 'code', source: ['import os\n', `c = "${full}"\n`] }] })],
    ['the portal’s page', `Storage account name\nacc\nkey1\nKey\n${key}\nConnection string\n${full}\n`],
    ['a mail', `Hi, the storage is ${full}. Best wishes`],
    ['a list of its two keys', JSON.stringify({ key1: full, key2: full.replace('aB3', 'xY4') })],
  ])('%s', (_name, text) => {
    expect(readStorage(text, now)).toEqual({
      ok: true, name: 'acc', notes: [], access: { kind: 'account', base: 'https://acc.blob.core.windows.net/', account: 'acc', key, connectionString: full },
    });
  });

  it.each([
    ['lines', `AccountName=acc\nAccountKey=${key}`],
    ['settings that hold name and key apart', `AZURE_STORAGE_ACCOUNT=acc\nAZURE_STORAGE_KEY="${key}"`],
    ['constants', `const string StorageAccountName = "acc";\nconst string StorageAccountKey = "${key}";`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual({ kind: 'account', account: 'acc', blobEndpoint: 'https://acc.blob.core.windows.net/' });
  });
});

describe('a container’s address comes out of', () => {
  it.each([
    ['.env', `SAS_URL="${address}"`], ['export', `export SAS_URL='${address}'`], ['Python', `sas = '${address}'`], ['JSON', JSON.stringify({ url: address })],
    ['XML', `<add key="Sas" value="${address.replaceAll('&', '&amp;')}" />`], ['a file system’s host', address.replace('.blob.', '.dfs.')],
    ['a connection string', `BlobEndpoint=https://acc.blob.core.windows.net/data;SharedAccessSignature=${token}`],
    ['one of a file system', `BlobEndpoint=https://acc.dfs.core.windows.net/data;SharedAccessSignature=?${token}`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual({ kind: 'container', account: 'acc', blobEndpoint: 'https://acc.blob.core.windows.net/', container: 'data' });
    const reading = readStorage(text, now);
    expect(reading.ok && reading.access.kind === 'container' ? reading.access.sas : reading).toBe(`?${token}`);
  });

  it('a file system’s host, and says so', () => {
    expect(readStorage(address.replace('.blob.', '.dfs.'), now)).toMatchObject({ notes: expect.arrayContaining([expect.stringContaining('(dfs)')]) });
  });
});

describe('hosts of the account’s other services', () => {
  it.each(['dfs', 'queue', 'table', 'file'])('%s in the place of blobs', (kind) => {
    const text = `AccountName=acc;AccountKey=${key};BlobEndpoint=https://acc.${kind}.core.windows.net/`;
    const blobs = text.replace(`.${kind}.`, '.blob.');
    expect(readStorage(text, now)).toMatchObject({
      ok: true, notes: [expect.stringContaining('another service')], access: { base: 'https://acc.blob.core.windows.net/', connectionString: blobs },
    });
  });

  it('beside which the blobs are in the same cloud', () => {
    const text = `AccountName=acc;AccountKey=${key};QueueEndpoint=https://acc.queue.core.chinacloudapi.cn/`;
    expect(readStorage(text, now)).toMatchObject({ ok: true, notes: [], access: { base: 'https://acc.blob.core.chinacloudapi.cn/' } });
    expect(read(`AccountName=acc;AccountKey=${key};EndpointSuffix=blob.core.windows.net`)).toMatchObject({ blobEndpoint: 'https://acc.blob.core.windows.net/' });
  });

  it.each(['queue', 'table', 'file', 'z6.web'])('%s with a token is refused', (kind) => {
    expect(read(address.replace('.blob.', `.${kind}.`))).toContain('queues, tables, files');
  });
});

describe('whose token it is', () => {
  const bare = 'AccountName=acc;BlobEndpoint=https://acc.blob.core.windows.net/;SharedAccessSignature=';
  it.each([
    ['one container', `${bare}?sv=2017-07-29&sr=c&sig=x%3D&sp=rwdl`, 'name of the container is missing'],
    ['one container, with the line around it', `SAS = "${bare}sv=2017-07-29&sr=c&sig=x%3D&sp=rwdl";`, 'name of the container is missing'],
    ['a whole account', `${bare}sv=2021-06-08&ss=bfqt&srt=sco&sp=rwdl&sig=x`, 'for a whole account'],
    ['one blob', `${bare}sv=2021-06-08&sr=b&sp=r&sig=x`, 'for one blob'],
    ['a table', `${bare}sv=2021-06-08&tn=t&sp=r&sig=x`, 'another kind of storage'],
    ['a share', `${bare}sv=2021-06-08&sr=s&sp=r&sig=x`, 'another kind of storage'],
  ])('%s', (_name, text, reason) => {
    expect(read(text)).toContain(reason);
    expect(read(text)).not.toContain('sig=');
  });
});

describe('what is refused', () => {
  it.each([
    ['two storages in code', `a = "${full}"\nb = "${other}"`, 'several storages'],
    ['two storages in a document', JSON.stringify({ a: full, b: other }), 'several storages'],
    ['variables without a value', 'c = f"DefaultEndpointsProtocol=https;AccountName={name};AccountKey={key}"', 'a variable in the place'],
    ['a name and a placeholder', 'AZURE_STORAGE_ACCOUNT=acc\nAZURE_STORAGE_KEY=<key>', 'gives no access'],
  ])('%s', (_name, text, reason) => {
    expect(read(text)).toContain(reason);
    expect(read(text)).not.toContain(key);
  });
});

it('what is kept of a paste is read as the same access', () => {
  for (const text of [`c = "${full}";`, `sas = '${address}'`, 'UseDevelopmentStorage=true']) {
    const first = readStorage(text, now);
    expect(first.ok && accessText(first.access)).not.toContain('c = ');
    expect(first.ok && readStorage(accessText(first.access), now)).toEqual(first);
  }
});

it.each(['a', '"', 'AccountName=', 'AccountName=a;', `"${full}" `, `'${address}'\n`, '<a ', '{"a":', '[', 'x = "', '\\"'])('a million characters of %j are read in time', (piece) => {
  expect(typeof readStorage(piece.repeat(Math.ceil(1_000_000 / piece.length)), now).ok).toBe('boolean');
});

describe('name and key apart, beside the place of the account', () => {
  const apart = `AZURE_STORAGE_ACCOUNT=acc\nAZURE_STORAGE_KEY="${key}"`;

  it.each([
    ['BLOB_ENDPOINT=https://acc.blob.core.chinacloudapi.cn/', 'https://acc.blob.core.chinacloudapi.cn/'],
    ['AZURE_STORAGE_BLOB_ENDPOINT=acc.blob.core.chinacloudapi.cn', 'https://acc.blob.core.chinacloudapi.cn/'],
    ['STORAGE_URL=https://acc.blob.core.usgovcloudapi.net/data', 'https://acc.blob.core.usgovcloudapi.net/'],
    ['QUEUES=https://acc.queue.core.usgovcloudapi.net/', 'https://acc.blob.core.usgovcloudapi.net/'],
    ['SECONDARY=https://acc-secondary.blob.core.usgovcloudapi.net/', 'https://acc.blob.core.usgovcloudapi.net/'],
    ['ENDPOINT_SUFFIX=core.chinacloudapi.cn', 'https://acc.blob.core.chinacloudapi.cn/'],
    ['STORAGE_SUFFIX=.blob.core.chinacloudapi.cn', 'https://acc.blob.core.chinacloudapi.cn/'],
    ['BLOB_ENDPOINT=https://blobs.example.com/acc', 'https://blobs.example.com/acc/'],
    ['BLOB_ENDPOINT=http://127.0.0.1:10000/acc', 'http://127.0.0.1:10000/acc/'],
    ['BLOB_ENDPOINT=https://acc.blob.core.windows.net/\nENDPOINT_SUFFIX=core.windows.net', 'https://acc.blob.core.windows.net/'],
  ])('%s', (place, blobEndpoint) => {
    for (const text of [`${apart}\n${place}`, `${place}\n${apart}`]) expect(read(text)).toEqual({ kind: 'account', account: 'acc', blobEndpoint });
  });

  it.each([
    ['BLOB_ENDPOINT=https://acc.blob.core.windows.net/\nENDPOINT_SUFFIX=core.chinacloudapi.cn', 'several storages'],
    ['BLOB_ENDPOINT=${PLACE}', 'BlobEndpoint'],
    ['BLOB_ENDPOINT=http://blobs.example.com/acc', 'http'],
  ])('%s is refused', (place, reason) => {
    expect(read(`${apart}\n${place}`)).toContain(reason);
  });
});
