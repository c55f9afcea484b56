// Secrets are found by the names in front of them, in every spelling, and only their values go.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksSecret, maskTokens, secretValues } from '../../../src/redaction/tokenMask';

const dots = '••••••••';

describe('masking', () => {
  it.each([
    ['https://a.blob.core.windows.net/c/b.csv?sv=2015-02-21&sr=b&sig=aB%2Fc%3D&sp=r', `https://a.blob.core.windows.net/c/b.csv?sv=2015-02-21&sr=b&sig=${dots}&sp=r`],
    ['see ?sv=1&amp;sig=aBc123&amp;sp=r.', `see ?sv=1&amp;sig=${dots}&amp;sp=r.`],
    [String.raw`"u":"https://h/c?sv=1\u0026sig=aB\u002Bc=\u0026sp=r"`, String.raw`"u":"https://h/c?sv=1\u0026sig=${dots}\u0026sp=r"`],
    [String.raw`"u":"https:\/\/h\/c?sig=aB\/c+d=&sp=r"`, String.raw`"u":"https:\/\/h\/c?sig=${dots}&sp=r"`],
    ['url=https%3A%2F%2Fh%2Fc%3Fsv%3D1%26sig%3DaB%252Fc%26sp%3Dr', `url=https%3A%2F%2Fh%2Fc%3Fsv%3D1%26sig%3D${dots}%26sp%3Dr`],
    ['sig=first\nSIG=second', `sig=${dots}\nSIG=${dots}`],
    ['DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=ab+/cd==;EndpointSuffix=core.windows.net', `DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=${dots};EndpointSuffix=core.windows.net`],
    [String.raw`{"ConnectionString":"AccountName=acc;AccountKey=ab\u002Bcd\u003D\u003D"}`, String.raw`{"ConnectionString":"AccountName=acc;AccountKey=${dots}"}`],
    ['AccountKey%3Dab%2Bcd%3D%3D%3BEndpointSuffix%3Dx', `AccountKey%3D${dots}%3BEndpointSuffix%3Dx`],
    ['BlobEndpoint=https://a/;SharedAccessSignature=sv=1&ss=b&sig=abc%3D;X=1', `BlobEndpoint=https://a/;SharedAccessSignature=${dots};X=1`],
    ['{"BaseLocation":"https://a/","SasBlobToken":"?sv=1&sr=b&sig=x&sp=r"}', `{"BaseLocation":"https://a/","SasBlobToken":"${dots}"}`],
    [String.raw`prose {\"SasBlobToken\": \"?sv=1&sig=x\", \"x\": 1}`, String.raw`prose {\"SasBlobToken\": \"${dots}\", \"x\": 1}`],
    ['Server=tcp:s;User ID=u;Password=a b&c=d\'e;Encrypt=True', `Server=tcp:s;User ID=u;Password=${dots};Encrypt=True`],
    ['Server=s;Pwd=a&b,c', `Server=s;Pwd=${dots}`],
    ['https://h/x?user=u&password=p1&next=2', `https://h/x?user=u&password=${dots}&next=2`],
    ['{"password": "p w", "a": 1}', `{"password": "${dots}", "a": 1}`],
    ['ftp://user:p@ss@host/path', `ftp://user:${dots}@host/path`],
    ['sent Authorization: Bearer abcdef, refused', `sent Authorization: Bearer ${dots}, refused`],
    ['{"Authorization":"Basic dXNlcjpwdw==","a":1}', `{"Authorization":"Basic ${dots}","a":1}`],
    [String.raw`{\"authorization\": \"SharedKey weather:aB+/1=\"}`, String.raw`{\"authorization\": \"SharedKey ${dots}\"}`],
    ['the token was bearer 0123456789abcdef.', `the token was bearer ${dots}`],
  ])('%s', (text, masked) => {
    expect(maskTokens(text)).toBe(masked);
    expect(maskTokens(masked)).toBe(masked);
  });

  it.each([
    'The design=new mysig=1 assignment has a key column; sign=1, "SasBlobToken": null, "SasBlobToken":null',
    'https://h:8080/path?x=1 Error 1000: key not found',
    'AccountKey=<Key>;',
    'AccountName=…;AccountKey=…) or https://h/c?sv=…&sig=…, sig=…", SasBlobToken=… SharedAccessSignature=…; Password=…;B=1 pwd=… {"password":"…","sig": "…"} ?password=…&x=1 ftp://u:…@h',
    'Authorization: none. Use bearer authentication, or Bearer <key>: Bearer abc1',
  ])('leaves alone: %s', (text) => {
    expect(maskTokens(text)).toBe(text);
  });

  it.each(['AccountKey=…secret12;', 'AccountKey=ab…cd;', 'sig=abc…&x=1', 'SharedAccessSignature=…&sig=abc', 'Password=…hunter2;', '{"password":"…hunter2"}'])('hides what stands around an ellipsis: %s', (text) => {
    const masked = maskTokens(text);
    expect(masked).toContain(dots);
    expect(masked).not.toMatch(/secret12|ab…|…cd|abc|hunter2/);
    expect(maskTokens(masked)).toBe(masked);
  });

  it('lets nothing through of a key or token in any surroundings, and masking twice changes nothing', () => {
    const secret = fc.array(fc.constantFrom(...'ABCxyz0189+/'), { minLength: 20, maxLength: 60 }).map((letters) => `${letters.join('')}==`);
    const places: readonly ((value: string) => string)[] = [
      (value) => `?sv=1&sig=${encodeURIComponent(value)}&sp=r`, (value) => `AccountName=a;AccountKey=${value};B=c`, (value) => JSON.stringify(JSON.stringify({ SasBlobToken: `?sig=${encodeURIComponent(value)}` })),
      (value) => encodeURIComponent(`?a=b&sig=${encodeURIComponent(value)}`), (value) => JSON.stringify({ c: `AccountKey=${value}` }), (value) => `<a>sv=1&amp;sig=${encodeURIComponent(value)}</a>`,
    ];
    fc.assert(fc.property(fc.string(), secret, fc.constantFrom(...places), fc.string(), (before, value, place, after) => {
      const masked = maskTokens(`${before} ${place(value)} ${after}`);
      expect(masked).not.toContain(value.slice(0, 12));
      expect(masked).not.toContain(encodeURIComponent(value).slice(4, 24));
      expect(maskTokens(masked)).toBe(masked);
    }), { numRuns: 500 });
  });

  it('comes to an end with long texts that begin like secrets over and over', () => {
    // With time that grows as the square of the length this would not end within the test's limit.
    for (const piece of ['Authorization: Bearer ', 'bearer  ', 'bearer a', 'password', 'sig', 'a://', 'Password=x ', '&sig', 'AccountKey = ', 'SasBlobToken"']) {
      expect(maskTokens(piece.repeat(40_000)).startsWith(piece.slice(0, 3))).toBe(true);
    }
  });
});

describe('global parameters that look secret', () => {
  it.each([
    ['Storage account key', 'x'], ['apiKey', 'x'], ['DB_PASSWORD', '1234'], ['pwd2', 'x'], ['clientSecret', 'x'], ['SAS token', 'x'], ['Connection String', 'x'], ['sas', 'x'], ['STORAGEKEY', 'x'], ['MYKEY', 'x'], ['DB pass', 'x'], ['dbtokens', 'x'], ['usersecret', 'x'], ['Auth', 'x'], ['Bearer', 'x'], ['authorization_header', 'x'], ['AzureStorageConnectionString', ''],
    ['Where', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc=='], ['Where', 'https://a/c?sv=1&sig=abc'], ['x', 'aB3'.repeat(20)], ['x', `${'a'.repeat(43)}=`], ['x', 'Server=s;Pwd=p'], ['Header', 'Authorization: Bearer abcdef'], ['Header', 'Bearer abcdef'], ['x', 'basic dTpw'],
  ])('%s = %s', (name, value) => {
    expect(looksSecret(name, value)).toBe(true);
  });

  it.each([['Random seed', '12345'], ['Table', 'dbo.ScoredTable3'], ['monkeys', 'x'], ['Author', 'x'], ['Passage', 'x'], ['keyboard', 'x'], ['Level', 'basic'], ['Query', 'select [age] from dbo.censusdata'], ['Path', 'mycontainer/input/some/folder/with/quite/a/long/name'], ['Visas', '1']])('not %s = %s', (name, value) => {
    expect(looksSecret(name, value)).toBe(false);
  });
});

describe('what must not come back of global parameters', () => {
  it('is the values that look secret, whole and in their parts', () => {
    const values = secretValues({ 'seed': '12345', 'DB pass': 'hunter2-and-more', 'keys': { first: 'first-one', list: ['second-one', 77_777_777] }, 'Where': 'Server=s;Pwd=inner-word;Timeout=9', 'last': 'Server=s;Pwd=final-word' });
    expect(values).toEqual(expect.arrayContaining(['hunter2-and-more', 'first-one', 'second-one', '77777777', 'Server=s;Pwd=inner-word;Timeout=9', 'inner-word', 'final-word']));
    for (const harmless of ['12345', 'Server=s;Pwd=', ';Timeout=9', 's']) expect(values).not.toContain(harmless);
  });

  it.each([[undefined], [null], ['text'], [[]], [{}]])('is nothing in %j', (parameters) => {
    expect(secretValues(parameters)).toEqual([]);
  });
});
