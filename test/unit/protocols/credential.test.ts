// A key goes to the address that it was made for and nowhere else.

import { describe, expect, it } from 'vitest';
import { WrongAudience } from '../../../src/model/errors';
import type { Service } from '../../../src/model/service';
import type { OpenAnswer, Transport, WireRequest } from '../../../src/model/wire';
import { parseEndpoint } from '../../../src/protocols/studio/endpoint';
import { scoreUrl, swaggerUrl } from '../../../src/protocols/studio/endpointAddress';
import { jobUrl, startUrl, submitUrl } from '../../../src/protocols/studio/bes';
import { keyCredential } from '../../../src/protocols/credential';
import { withCredential } from '../../../src/protocols/credentialTransport';
import { credentialOf } from '../../../src/protocols/registry';
import { toService } from '../../../src/protocols/newService';

const secrets = { serviceKey: 'the-key-of-the-service', subscriptionKey: 'the-key-of-the-gateway' };
const made = keyCredential('https://ml.example.test/models/workspaces/w/services/s', 'X-Gate', secrets);

function serviceAt(address: string): Service {
  const reading = parseEndpoint(address);
  if (!reading.ok) throw new Error(reading.reason);
  return toService({ name: 'Weather', endpoint: reading.endpoint });
}

describe('a credential made of keys', () => {
  it('gives each key in its header, and tells which there are', () => {
    expect(made.headers('https://ml.example.test/models/workspaces/w/services/s/execute?api-version=2.0')).toEqual([
      { name: 'Authorization', value: 'Bearer the-key-of-the-service' }, { name: 'X-Gate', value: 'the-key-of-the-gateway' },
    ]);
    expect(made.headers(made.audience, ['subscriptionKey'])).toEqual([{ name: 'X-Gate', value: 'the-key-of-the-gateway' }]);
    expect([made.kinds, made.hidden]).toEqual([['serviceKey', 'subscriptionKey'], ['the-key-of-the-service', 'the-key-of-the-gateway']]);
  });

  it('gives none where there is no key', () => {
    const none = keyCredential(made.audience, 'X-Gate', {});
    expect([none.headers(made.audience), none.kinds, none.hidden]).toEqual([[], [], []]);
    expect(() => none.headers('https://other.test/')).toThrow(WrongAudience);
  });

  it.each([
    'https://other.test/models/workspaces/w/services/s/execute', 'http://ml.example.test/models/workspaces/w/services/s/execute',
    'https://ml.example.test:8443/models/workspaces/w/services/s/execute',
    'https://ml.example.test.evil.test/models/workspaces/w/services/s/execute',
    'https://ml.example.test@evil.test/models/workspaces/w/services/s', 'https://ml.example.test/models/workspaces/w/services/s2/execute',
    'https://ml.example.test/models/workspaces/w/services', 'https://ml.example.test/',
    'https://ml.example.test/models/workspaces/w/services/s/../t/execute',
    'https://ml.example.test/models/workspaces/w/services/s/%2e%2e/t', 'https://ml.example.test/MODELS/workspaces/w/services/s',
    'https://ml.example.test/?/models/workspaces/w/services/s',
  ])('is refused to %s with an error that holds no key', (url) => {
    const asked = (): unknown => made.headers(url);
    expect(asked).toThrow(WrongAudience);
    expect(asked).toThrow(/^A key that was made for ml\.example\.test is not sent to another address \([^)]+\)\.$/);
    expect(asked).not.toThrow(/the-key/);
    expect(() => made.headers(url, ['subscriptionKey'])).toThrow(WrongAudience);
  });

  it('of a whole host holds for all of its paths', () => {
    const whole = keyCredential('https://ml.example.test/', 'X-Gate', secrets);
    for (const path of ['', '/', '/score', '/swagger.json?x=1']) expect(whole.headers(`https://ml.example.test${path}`)).toHaveLength(2);
  });
});

describe('the credential of a service', () => {
  it.each([
    'https://h.test/workspaces/w/services/s', 'https://h.test/odata/workspaces/w/services/s',
    'https://h.test/subscriptions/b/services/s', 'https://team.azure-api.net/models/workspaces/w/services/s',
  ])('holds for all calls to %s', (address) => {
    const service = serviceAt(address);
    const credential = credentialOf(service, secrets);
    const { endpoint } = service;
    const urls = [scoreUrl(endpoint, 'rows'), swaggerUrl(endpoint), submitUrl(endpoint), startUrl(endpoint, 'j'), jobUrl(endpoint, 'j')];
    for (const url of urls) expect(credential.headers(url ?? '')).toHaveLength(2);
    const others = ['https://h.test/', `${new URL(address).origin}/workspaces/w/services/other/execute`];
    for (const url of others) expect(() => credential.headers(url)).toThrow(WrongAudience);
  });

  it('holds for an address that is called as it stands, with its query', () => {
    const service = serviceAt('https://h.test/score?name=x');
    expect(credentialOf(service, secrets).headers(scoreUrl(service.endpoint, 'table'))).toHaveLength(2);
  });

  it('is made for its own address only', () => {
    const other = serviceAt('https://h.test/workspaces/w/services/t');
    const credential = credentialOf(serviceAt('https://h.test/workspaces/w/services/s'), secrets);
    expect(() => credential.headers(scoreUrl(other.endpoint, 'table'))).toThrow(WrongAudience);
  });
});

describe('a download with a credential', () => {
  const headers = [{ name: 'Range', value: 'bytes=1-' }];
  const request: WireRequest = { method: 'GET', url: `${made.audience}/files/a.csv`, headers, timeoutMs: 1000 };
  const never = new AbortController().signal;

  function server(status: number, pieces: readonly string[]): Pick<Transport, 'open'> & { readonly asked: WireRequest[] } {
    const asked: WireRequest[] = [];
    const body = async function* (): AsyncGenerator<Uint8Array, void> {
      for (const piece of pieces) yield Buffer.from(piece);
    };
    const answer: OpenAnswer = { status, statusText: '', headers: [{ name: 'x-said', value: 'not the-key-of-the-service' }], body: body() };
    return { asked, open: (each) => Promise.resolve(asked.push(each)).then(() => ({ ok: true, answer })) };
  }

  async function textOf(outcome: Awaited<ReturnType<Transport['open']>>): Promise<string> {
    expect.assert(outcome.ok);
    const pieces: Uint8Array[] = [];
    for await (const piece of outcome.answer.body) pieces.push(piece);
    return `${outcome.answer.headers.map(({ value }) => value).join()} ${Buffer.concat(pieces).toString()}`;
  }

  it('sends its headers, and hands the file on as it is', async () => {
    const there = server(200, ['row ', 'the-key-of-the-service\n']);
    expect(await textOf(await withCredential(there, made).open(request, never))).toContain('row the-key-of-the-service\n');
    expect(there.asked[0]?.headers.map(({ name }) => name)).toEqual(['Range', 'Authorization', 'X-Gate']);
  });

  it('masks what a refusal repeats of a key', async () => {
    const said = await textOf(await withCredential(server(403, ['no: the-key-of-', 'the-service']), made).open(request, never));
    expect(said).toContain('no: ');
    expect(said).not.toContain('the-key-of-the-service');
  });

  it('goes to no other address', async () => {
    const there = server(200, []);
    await expect(withCredential(there, made).open({ ...request, url: 'https://storage.test/a.csv' }, never)).rejects.toThrow(WrongAudience);
    expect(there.asked).toEqual([]);
  });
});
