// What a person pastes for storage, what is refused and why, and the addresses that are made of it; no reason holds a secret.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { developmentAccount } from '../../../src/model/developmentAccount';
import { checkBlobName, checkContainerName, placeUrl, referenceByAccount, referenceTo, resultUrl } from '../../../src/storage/blobAddress';
import { readStorage, storageOf } from '../../../src/storage/storageText';
import { momentText, tokenEnd } from '../../../src/storage/containerText';

const now = Date.UTC(2024, 0, 2);
const key = `${'aB3/'.repeat(21)}cQ==`;
const full = `DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=${key};EndpointSuffix=core.windows.net`;
const sas = '?sv=2021-08-06&sr=c&se=2024-01-03T00%3A00%3A00Z&sp=rwl&sig=SeCrEt%2Bvalue%3D';

describe('connection strings', () => {
  const account = { kind: 'account', base: 'https://acc.blob.core.windows.net/', account: 'acc', key };

  it.each([
    full, `${full};`, ` "${full}" \n`, `ConnectionString=${full}`, JSON.stringify({ connectionString: full }), `accountkey=${key};ACCOUNTNAME=acc`, `AccountName = acc ; AccountKey = ${key.slice(0, 40)}\n  ${key.slice(40)}`,
    `DefaultEndpointsProtocol=https;BlobEndpoint=https://acc.blob.core.windows.net;TableEndpoint=https://acc.table.core.windows.net/;AccountName=acc;AccountKey=${key};`,
  ])('%j', (text) => {
    expect(readStorage(text, now)).toMatchObject({ ok: true, name: 'acc', notes: [], access: account });
  });

  it('give the string itself for services that insist on one', () => {
    expect(readStorage(` ${full}\n`, now)).toMatchObject({ access: { connectionString: full } });
  });

  it('may be of another cloud, of a host of one\'s own, or of this computer', () => {
    expect(readStorage(`AccountName=acc;AccountKey=${key};EndpointSuffix=core.chinacloudapi.cn`, now)).toMatchObject({ access: { base: 'https://acc.blob.core.chinacloudapi.cn/' } });
    expect(readStorage(`AccountName=acc;AccountKey=${key};BlobEndpoint=https://data.example.com`, now)).toMatchObject({ name: 'acc', access: { base: 'https://data.example.com/' } });
    expect(readStorage(`AccountName=acc;AccountKey=${key};BlobEndpoint=http://127.0.0.1:10000/acc`, now)).toMatchObject({ access: { base: 'http://127.0.0.1:10000/acc/' } });
    expect(readStorage(`AccountName=acc;AccountKey=${key};BlobEndpoint=http://localhost:10000`, now)).toMatchObject({ access: { base: 'http://localhost:10000/acc/' } });
    const emulator = { kind: 'account', base: 'http://127.0.0.1:10000/devstoreaccount1/', account: developmentAccount.name, key: developmentAccount.key };
    const short = readStorage('UseDevelopmentStorage=true', now);
    expect(short).toMatchObject({ access: emulator });
    // What a service is given is the same storage.
    expect(short.ok && short.access.kind === 'account' && readStorage(short.access.connectionString, now)).toMatchObject({ access: emulator });
  });

  it.each([
    ['', 'Paste a connection string'], ['hello', 'gives no access'], ['a=b;c=d', 'gives no access'], [`AccountKey=${key}`, 'no AccountName'], ['AccountName=acc', 'no AccountKey'], [`${full};rest`, 'no name=value'],
    ['AccountName=acc;AccountKey=<Key>', 'not a key'], ['AccountName=mystorageaccount;AccountKey=mystorageaccountkey', 'not a key'], [`AccountName=acc;AccountKey=${key.slice(0, 50)}`, 'not a key'], [`AccountName=a/b;AccountKey=${key}`, 'not that of a storage account'],
    [`DefaultEndpointsProtocol=http;AccountName=acc;AccountKey=${key}`, 'https'], [`DefaultEndpointsProtocol=ftp;AccountName=acc;AccountKey=${key}`, 'https'], [`AccountName=acc;AccountKey=${key};BlobEndpoint=http://acc.example.com/`, 'on this computer'],
    [`AccountName=acc;AccountKey=${key};BlobEndpoint=nonsense`, 'BlobEndpoint'], [`AccountName=acc;AccountKey=${key};BlobEndpoint=https://u:p@h/`, 'more than an address'], [`AccountName=acc;AccountKey=${key};EndpointSuffix=a b`, 'EndpointSuffix'],
    [`BlobEndpoint=https://acc.blob.core.windows.net/;SharedAccessSignature=${sas.slice(1)}`, 'whole account'], ['UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://example.com', 'on this computer'],
  ])('%j is refused', (text, reason) => {
    expect(readStorage(text, now)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  it('with a token are taken when the endpoint names a container', () => {
    expect(readStorage(`BlobEndpoint=https://acc.blob.core.windows.net/data;SharedAccessSignature=${sas.slice(1)}`, now)).toMatchObject({ ok: true, access: { kind: 'container', container: 'data', sas } });
  });
});

describe('addresses of containers', () => {
  it('give access to the container, with the token as it was written', () => {
    expect(readStorage(`https://ACC.blob.core.windows.net/data${sas}`, now)).toEqual({ ok: true, name: 'acc/data', notes: ['The token ends on 2024-01-03 00:00 UTC; then the storage has to be added anew.'], access: { kind: 'container', base: 'https://acc.blob.core.windows.net/', container: 'data', sas } });
    expect(readStorage(`"https://acc.blob.core.windows.net/data/?restype=container&amp;comp=list&amp;${sas.slice(1).replaceAll('&', '&amp;')}"`, now)).toMatchObject({ access: { container: 'data', sas } });
    expect(readStorage(`http://127.0.0.1:10000/devstoreaccount1/data${sas}`, now)).toMatchObject({ name: 'devstoreaccount1/data', access: { base: 'http://127.0.0.1:10000/devstoreaccount1/', container: 'data' } });
  });

  it('come with notes on what the token does not allow', () => {
    const notes = (changed: string): string => {
      const reading = readStorage(`https://acc.blob.core.windows.net/data/folder${changed}`, now);
      return reading.ok ? reading.notes.join('\n') : reading.reason;
    };
    expect(notes(sas.replace('rwl', 'w'))).toMatch(/reading \(r\).*\n.*listing \(l\)/);
    expect(notes(sas.replace('rwl', 'rl'))).toMatch(/cannot be uploaded/);
    expect(notes(sas)).toMatch(/only the container was kept/);
    expect(notes(sas.replace('rwl', 'cr'))).not.toMatch(/uploaded/);
    expect(notes(`${sas}&st=2024-01-02T10:00:00Z&sip=10.0.0.1`)).toMatch(/begins to work on 2024-01-02 10:00 UTC.\nThe token works from certain/);
  });

  it.each([
    [`https://acc.blob.core.windows.net/data/b.csv${sas.replace('sr=c', 'sr=b')}`, 'for one blob'], [`https://acc.blob.core.windows.net/data${sas.replace('sr=c', 'sr=d')}`, 'part of a container'],
    ['https://acc.blob.core.windows.net/?sv=1&ss=b&srt=sco&sig=SeCrEt', 'whole account'], [`https://acc.blob.core.windows.net/${sas}`, 'names no container'], [`http://127.0.0.1:10000/devstoreaccount1${sas}`, 'names no container'],
    ['https://acc.blob.core.windows.net/data', 'no token'], [`https://acc.blob.core.windows.net/data${sas.replace('2024-01-03', '2024-01-01')}`, 'expired on 2024-01-01 00:00 UTC'], [`http://acc.blob.core.windows.net/data${sas}`, 'unprotected'],
    [`https://acc.blob.core.windows.net/Data${sas}`, 'lower-case'], [`https://u:pw@acc.blob.core.windows.net/data${sas}`, 'user name'], [sas, 'without the address'], [`https://:0x/data${sas}`, 'not written correctly'],
  ])('%s is refused', (text, reason) => {
    const reading = readStorage(text, now);
    expect(reading).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
    expect(JSON.stringify(reading)).not.toContain('SeCrEt');
  });

  it('an account\'s token is taken for the container that the address names', () => {
    expect(readStorage('https://acc.blob.core.windows.net/data?sv=1&ss=b&srt=sco&sp=rwl&sig=x', now)).toMatchObject({ ok: true, access: { container: 'data' } });
    expect(readStorage('https://acc.blob.core.windows.net/data?sv=1&ss=b&srt=sc&sp=rwl&sig=x', now)).toMatchObject({ ok: false });
  });
});

it('nothing that is damaged throws or gives a secret away', () => {
  fc.assert(fc.property(fc.constantFrom(full, `https://acc.blob.core.windows.net/data${sas}`), fc.nat(), fc.nat(), fc.constantFrom('', ';', '%', '=', '"', '://', '\n', 'x'), (text, from, length, put) => {
    const at = from % text.length;
    const reading = readStorage(text.slice(0, at) + put + text.slice(at + (length % 20)), now);
    const shown = reading.ok ? [reading.name, ...reading.notes].join() : reading.reason;
    expect(shown).not.toMatch(/aB3|SeCr|value%3D/);
  }), { numRuns: 1000 });
});

it('a storage is told by its base and container', () => {
  expect(storageOf({ kind: 'account', base: 'https://acc.blob.core.windows.net/', account: 'acc', key, connectionString: full })).toEqual({ id: 'https://acc.blob.core.windows.net/', name: 'acc', base: 'https://acc.blob.core.windows.net/', local: false });
  expect(storageOf({ kind: 'container', base: 'http://127.0.0.1:1/dev/', container: 'data', sas }, true)).toEqual({ id: 'http://127.0.0.1:1/dev/data', name: 'dev/data', base: 'http://127.0.0.1:1/dev/', container: 'data', local: true });
});

it('names are checked by the rules of storage', () => {
  expect(['abc', 'a-1', '$root', 'a'.repeat(63)].map(checkContainerName)).toEqual([undefined, undefined, undefined, undefined]);
  for (const name of ['ab', 'a'.repeat(64), 'Abc', 'a_b', '-abc', 'abc-', 'a--b', 'a.b', '']) expect(checkContainerName(name), name).toMatch(/container/);
  expect(['a.csv', 'x/y z/ü#?%.csv', '.hidden'].map(checkBlobName)).toEqual([undefined, undefined, undefined]);
  for (const name of ['', 'a'.repeat(1025), 'a\u0007', 'a\\b', '/a', 'a/', 'a//b', 'a/../b', 'a.', '\uD800', 'a/'.repeat(300) + 'b']) expect(checkBlobName(name), name).toMatch(/blob/);
});

describe('addresses of blobs', () => {
  const place = { base: 'https://acc.blob.core.windows.net/', container: 'data', name: 'x y/ü#?%41+&.csv' };

  it('have each part of the name percent-encoded, so that no name leads elsewhere', () => {
    expect(placeUrl(place)).toBe('https://acc.blob.core.windows.net/data/x%20y/%C3%BC%23%3F%2541%2B%26.csv');
    expect(decodeURIComponent(new URL(placeUrl(place)).pathname)).toBe(`/data/${place.name}`);
    expect(placeUrl({ ...place, container: '$root', name: 'a' })).toBe('https://acc.blob.core.windows.net/$root/a');
  });

  it('are written into references as they are', () => {
    expect(referenceTo(place, 'sig=x')).toEqual({ BaseLocation: place.base, RelativeLocation: `data/${place.name}`, SasBlobToken: '?sig=x' });
    expect(referenceByAccount(place, full)).toEqual({ ConnectionString: full, RelativeLocation: `data/${place.name}` });
  });

  it.each([
    [{ base: 'https://a/', location: 'c/b.csv', sas: '?sig=x' }, 'https://a/c/b.csv?sig=x'], [{ base: 'https://a', location: '/c/b.csv', sas: 'sig=x' }, 'https://a/c/b.csv?sig=x'], [{ base: 'http://127.0.0.1:1/dev', location: 'c/b', sas: '' }, 'http://127.0.0.1:1/dev/c/b'],
    [{ base: 'https://a/', location: 'c/a b%20c%zz#ü.csv', sas: '?sig=a%2Bb' }, 'https://a/c/a%20b%2520c%25zz%23%C3%BC.csv?sig=a%2Bb'],
    [{ base: 'http://a/', location: 'c/b', sas: '' }, undefined], [{ base: 'file:///etc', location: 'passwd', sas: '' }, undefined], [{ base: '', location: 'c/b', sas: '' }, undefined], [{ base: 'https://u:p@a/', location: 'c/b', sas: '' }, undefined],
    [{ base: 'https://a/', location: '', sas: '' }, undefined], [{ base: 'https://a/', location: 'c/../../b', sas: '' }, undefined], [{ base: 'https://a/', location: 'c/%2e%2E/b', sas: '' }, undefined], [{ base: 'https://a/', location: 'c/\uD800', sas: '' }, undefined], [{ base: 'https://a/', location: 'c/b', sas: '?a b' }, undefined],
  ])('of a result: %j', (reference, url) => {
    expect(resultUrl({ name: 'o', ...reference })).toBe(url);
  });

  it('of a result can be read as a part of an address, in which what is encoded stays', () => {
    const read = (location: string) => resultUrl({ name: 'o', base: 'https://a/', location, sas: '?sig=x' }, 'address');
    expect(read('c/a b%20c%zz#ü.csv')).toBe('https://a/c/a%20b%20c%25zz%23%C3%BC.csv?sig=x');
    expect(read('c/a%2Bb%.csv')).toBe('https://a/c/a%2Bb%25.csv?sig=x');
    expect(['c/%2e%2E/b', 'c/../b', 'c/..%2f..%2Fb%20', 'c/a%5C%2e%2e%5Cb', 'c/\uD800%20'].map(read)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});

it('a token tells its end', () => {
  expect(tokenEnd(sas)).toBe(Date.UTC(2024, 0, 3));
  expect([tokenEnd('?sig=x'), tokenEnd('?se=soon')]).toEqual([undefined, undefined]);
  expect(momentText(Date.UTC(2017, 2, 2, 10, 6, 12))).toBe('2017-03-02 10:06 UTC');
});

describe('tokens of a whole account at the address of a container', () => {
  const at = (token: string): string => `https://acc.blob.core.windows.net/data?sv=2021-06-08&${token}&sp=rwl&sig=SeCrEt`;

  it.each(['ss=q&srt=sco', 'ss=qtf&srt=sco', 'ss=f&srt=o', 'ss=&srt=o'])('%s opens no blobs', (token) => {
    expect(readStorage(at(token), 0)).toMatchObject({ ok: false, reason: expect.stringContaining('opens no blobs') });
    expect(readStorage(`BlobEndpoint=${at(token).replace('?', ';SharedAccessSignature=')}`, 0)).toMatchObject({ ok: false, reason: expect.stringContaining('opens no blobs') });
  });

  it.each(['ss=b&srt=sco', 'ss=bfqt&srt=o'])('%s opens more than the container, which is said', (token) => {
    expect(readStorage(at(token), 0)).toMatchObject({ ok: true, access: { container: 'data' }, notes: [expect.stringContaining('opens the whole storage account')] });
  });

  it('nothing of the kind is said of a token for the container', () => {
    expect(readStorage(at('sr=c'), 0)).toMatchObject({ ok: true, notes: [] });
  });
});
