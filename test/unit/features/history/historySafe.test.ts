// No key, access token or connection string reaches the history, wherever it stands.

import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../src/model/exchange';
import { safeExchange } from '../../../../src/features/history/historySafe';
import { historyOn, keep, MemoryFiles, someExchange } from './historyTools';
import { processorMs } from '../../processorTime';

const key = 'kE7+zQ9/abcDEF0123456789+/QmFzZTY0LW9mLWEta2V5LXRoYXQtaXMtbG9uZw==';
const subscription = '0123456789abcdef0123456789abcdef';
const signature = 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg%3D%3D';
const sas = `sv=2024-11-04&ss=b&sig=${signature}`;
const account = 'c2VjcmV0LWFjY291bnQta2V5LW9mLXRoZS1zdG9yYWdlLWFjY291bnQ9PT0=';
const connection = `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${account};EndpointSuffix=core.windows.net`;
const password = 'hunter2-and-more';

/** Everything that is on disk after an exchange was kept, as text. */
async function onDisk(parts: Partial<Exchange>): Promise<string> {
  const files = new MemoryFiles();
  await keep(historyOn(files).history, someExchange(parts), [key, subscription]);
  return [...[...files.texts.values()].map(({ text }) => text), ...[...files.bodies.values()].flatMap((body) => [Buffer.from(body).toString('utf8'), Buffer.from(body).toString('utf16le')])].join('\n');
}

const answer = (text: string, type = 'application/json'): Partial<Exchange> =>
  ({ answer: { status: 200, statusText: 'OK', headers: [{ name: 'Content-Type', value: type }], body: Buffer.from(text, type.includes('utf-16') ? 'utf16le' : 'utf8') } });

const places: readonly (readonly [string, (secret: string) => Partial<Exchange>])[] = [
  ['the request', (secret) => ({ requestBody: JSON.stringify({ Inputs: { a: [{ note: secret }] } }) })],
  ['the answer', (secret) => answer(JSON.stringify({ echo: `you sent ${secret}` }))],
  ['an answer in UTF-16', (secret) => answer(`<a b="${secret}"/>`, 'text/xml; charset=utf-16le')],
  ['an answer of text', (secret) => answer(`error near ${secret} in line 1`, 'text/plain')],
  ['a header of the answer', (secret) => ({ answer: { status: 302, statusText: 'Found', headers: [{ name: 'Location', value: `https://contoso.example/?${secret}` }], body: Buffer.from('') } })],
  ['a header of the request', (secret) => ({ requestHeaders: [{ name: 'X-Debug', value: secret }] })],
  ['the words of the status', (secret) => ({ answer: { status: 400, statusText: secret, headers: [], body: Buffer.from('') } })],
  ['the URL', (secret) => ({ url: `http://localhost/execute?x=1&${secret}` })],
  ['the name of the file', (secret) => ({ source: `${secret}.json` })],
  ['the name of the service', (secret) => ({ service: { name: secret, address: `http://localhost/?${secret}` } })],
  ['the name of an output', (secret) => ({ tables: [{ name: secret, columns: [], rows: [], totalRows: 0, notes: [] }] })],
  ['a problem', (secret) => ({ problem: { sentence: `No: ${secret}.`, detail: secret, advice: secret } })],
  ['a note', (secret) => ({ notes: [secret] })],
  ['an earlier try', (secret) => ({ earlierAttempts: [{ reason: secret, waitMs: 1 }] })],
];

describe.each(places)('a secret in %s', (_place, parts) => {
  it.each([['key', key, key], ['subscription key', subscription, subscription], ['SAS token', sas, signature], ['connection string', connection, account]])('is not kept: %s', async (_kind, spelled, secret) => {
    const text = await onDisk(parts(spelled));
    expect(text).not.toContain(secret);
    expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(text).toContain('••••••••');
  });
});

describe('a secret', () => {
  it('in an argument of the query is not kept', async () => {
    for (const name of ['code', 'api_key', 'access_token', 'client_secret']) {
      const text = await onDisk({ url: `http://localhost/x?v=1&${name}=${password}` });
      expect(text).not.toContain(password);
      expect(text).toContain(`x?v=1&${name}=••••••••`);
    }
  });

  it('in the spelling of a URL or in base64 is not kept', async () => {
    expect(await onDisk(answer(`"${encodeURIComponent(key)}"`))).not.toContain(encodeURIComponent(key));
    const packed = Buffer.from(key).toString('base64');
    expect(await onDisk(answer(`"${packed}"`))).not.toContain(packed);
  });

  it('that is a global parameter is not kept, also where the answer repeats it', async () => {
    const requestBody = JSON.stringify({ Inputs: {}, GlobalParameters: { 'Database server password': password, rows: '10' } });
    const text = await onDisk({ requestBody, ...answer(JSON.stringify({ error: `login with ${password} failed` })) });
    expect(text).not.toContain(password);
    expect(text).toContain('"rows":"10"');
  });

  it('that is a short or nested global parameter is not kept, nor when the answer sends the parameters back', async () => {
    const parameters = '"globalParameters":{"SQL secret":"s3cr3","conf":{"Token":"1234"}},"GlobalParameters":{"pwd":5678,"rows":"10"}';
    const text = await onDisk({ requestBody: `{"Inputs":{},${parameters}}`, ...answer(`{"echo":{${parameters}}}`) });
    expect(text).not.toMatch(/s3cr3|"1234"|5678/);
    expect(text).toContain('"rows":"10"');
  });

  it('anywhere in a long text is not kept, and others run while it is looked through', async () => {
    const filler = '["0.123456789","a word"],'.repeat(15_000);
    // Also where the name of a value stands at the end of one slice, and the value at the beginning of the next.
    for (const length of [0, 1, 128 * 1024 - 2, 128 * 1024 - 1, 128 * 1024, 256 * 1024 - 3, filler.length]) {
      let pauses = 0;
      const body = Buffer.from(`${filler.slice(0, length)}&sig=${signature}${filler.slice(length)}`);
      const found = await safeExchange(someExchange({ answer: { status: 200, statusText: 'OK', headers: [], body } }), [key], () => Promise.resolve(void (pauses += 1)));
      expect(Buffer.from(found.answer?.body ?? []).includes(signature)).toBe(false);
      expect(pauses).toBeGreaterThan(0);
    }
  });

  it('in a cookie or in a header that is named after one is not kept', async () => {
    const headers = [{ name: 'Set-Cookie', value: 'session=abcdefgh' }, { name: 'x-functions-key', value: 'ijklmnop' }];
    const text = await onDisk({ answer: { status: 200, statusText: 'OK', headers, body: Buffer.from('') } });
    expect(text).not.toMatch(/abcdefgh|ijklmnop/);
  });
});

describe('columns that are called like secrets', () => {
  it.each(['{"sig": 0.05, "x": "1"}', '{"sig":null,"p_sig":"0.03"}', '{"Sig":true}', '{"AccountKey":77123}', '{"SharedAccessKey":1}', '{"SasBlobToken":5}', '{"a":"0.123456"}'])('are kept, and the JSON is whole: %s', async (row) => {
    const rows = Array.from({ length: 20_000 }, () => row).join(',');
    const [requestBody, answered] = [`{"Inputs":{"i":[${rows}]}}`, `{"Results":{"o":[${rows}],"k":"${key}","t":"password=","u":"x"}}`];
    const safe = await safeExchange(someExchange({ requestBody, ...answer(answered) }), [key, '123456'], () => Promise.resolve());
    expect(safe.requestBody === requestBody).toBe(true);
    expect(Buffer.from(safe.answer?.body ?? []).toString() === answered.replace(key, '••••••••')).toBe(true);
  });

  it('do not hold up others when the request has many long secrets', async () => {
    const secrets = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`password${index}`, `${index}`.padEnd(8000, 'aB3dE6gH9jK2')]));
    const from = processorMs();
    const safe = await safeExchange(someExchange({ requestBody: JSON.stringify({ Inputs: {}, GlobalParameters: secrets }) }), [key], () => Promise.resolve());
    expect(safe.requestBody).not.toContain('aB3dE6gH9jK2');
    // It took twenty seconds when each piece of each secret was looked for.
    expect(processorMs() - from).toBeLessThan(8000);
  });
});

describe('an exchange without secrets', () => {
  it('is kept byte for byte', async () => {
    const exchange = someExchange({ ...answer('{"a":1.10,"b":"Größe","bytes":"\u0000"}') });
    expect(await safeExchange(exchange, [key], () => Promise.resolve())).toEqual(exchange);
    const odd = someExchange({ answer: { status: 200, statusText: 'OK', headers: [], body: Uint8Array.of(0xff, 0xfe, 0x00, 0x80) } });
    expect((await safeExchange(odd, [key], () => Promise.resolve())).answer?.body).toEqual(Uint8Array.of(0xff, 0xfe, 0x00, 0x80));
  });
});
