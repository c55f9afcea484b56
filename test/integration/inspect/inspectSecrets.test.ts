// `npm run inspect` on texts and answers that give access: what it prints of them holds no whole key, no token and no query of a result.

import { describe, expect, it } from 'vitest';
import { InspectFolder } from './inspectTools';

const folder = new InspectFolder();

const ids = 'workspaces/00112233445566778899aabbccddeeff/services/ffeeddccbbaa99887766554433221100';
const address = `https://ml.example.net/${ids}`;
const serviceKey = `${Buffer.alloc(64, 'a made-up key of a service ').toString('base64')}`;
const subscriptionKey = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
const accountKey = `${Buffer.alloc(64, 'another key, of an account').toString('base64')}`;
const signature = 'Zm9yIGEgdGVzdA%2Bonly%2F0123456789abcdefghijk%3D';

describe('paste', () => {
  it('prints a service, and of its keys the length and the end', async () => {
    const headers = `Authorization: Bearer ${serviceKey}\nOcp-Apim-Subscription-Key: ${subscriptionKey}\n`;
    const pasted = `POST ${address}/execute?api-version=2.0\n${headers}`;
    const { report, text } = await folder.inspect('paste', 'both.txt', pasted);
    expect(report).toMatchObject({
      services: [{ address, workspace: '00112233445566778899aabbccddeeff', service: 'ffeeddccbbaa99887766554433221100', kind: 'classic' }],
      keys: [{ kind: 'service', length: 88, tail: serviceKey.slice(-4) }, { kind: 'subscription', length: 32, tail: 'e1f0' }],
      notes: [],
    });
    for (const key of [serviceKey, subscriptionKey]) expect(text).not.toContain(key.slice(0, -4));
  });

  it('prints nothing of a short key', async () => {
    const { report, text } = await folder.inspect('paste', 'short.txt', `url: ${address}\napi_key: q7w8e9r0t1y2u3i\n`);
    expect(report).toMatchObject({ keys: [{ kind: 'service', length: 15, tail: '' }] });
    expect(text).not.toContain('2u3i');
  });

  it('prints no key that stood in the query of an address', async () => {
    const { report, text } = await folder.inspect('paste', 'query.txt', `https://api.example.net/score?model=a&code=${subscriptionKey}`);
    expect(report)
      .toMatchObject({ services: [{ address: 'https://api.example.net/score?model=a' }], keys: [{ length: 32, tail: 'e1f0' }] });
    expect(text).not.toContain(subscriptionKey);
  });

  it('prints no token of an address that the product takes for a service', async () => {
    const { text } = await folder.inspect('paste', 'token.txt', `https://api.example.net/box/blob.csv?sv=2020-01-01&sig=${signature}`);
    expect(text).not.toContain(signature.slice(0, 20));
  });

  it('says why there is no service', async () => {
    const { report, text } = await folder.inspect('paste', 'none.txt', `Authorization: Bearer ${serviceKey}`);
    expect(report)
      .toMatchObject({ services: [], keys: [{ length: 88 }], notes: [expect.stringContaining('no address of a service')] });
    expect(text).not.toContain(serviceKey.slice(0, 60));
  });

  it('reads a text in UTF-16, as an editor shows it', async () => {
    expect(await folder.report('paste', 'wide.txt', Buffer.from(`\uFEFF${address}`, 'utf16le'))).toMatchObject({ services: [{ address }] });
    expect(await folder.report('paste', 'swapped.txt', Buffer.from(`\uFEFF${address}`, 'utf16le').swap16()))
      .toMatchObject({ services: [{ address }] });
  });
});

describe('storage', () => {
  it('prints what a connection string is for', async () => {
    const pasted = `DefaultEndpointsProtocol=https;AccountName=madeup;AccountKey=${accountKey};EndpointSuffix=core.windows.net`;
    const { report, text } = await folder.inspect('storage', 'account.txt', pasted);
    expect(report)
      .toEqual({ kind: 'account', account: 'madeup', blobEndpoint: 'https://madeup.blob.core.windows.net/', container: null, notes: [] });
    expect(text).not.toContain(accountKey.slice(0, 20));
  });

  it('prints what the address of a container is for', async () => {
    const pasted = `https://madeup.blob.core.windows.net/jobs?sv=2020-01-01&sr=c&sp=rwl&se=2999-01-01T00:00:00Z&sig=${signature}`;
    const { report, text } = await folder.inspect('storage', 'container.txt', pasted);
    const notes = [expect.stringContaining('The token ends on 2999-01-01')];
    expect(report)
      .toEqual({ kind: 'container', account: 'madeup', blobEndpoint: 'https://madeup.blob.core.windows.net/', container: 'jobs', notes });
    expect(text).not.toContain(signature.slice(0, 20));
  });

  it('says why a text gives no access', async () => {
    const { report, text } = await folder.inspect('storage', 'refused.txt', `AccountKey=${accountKey}`);
    expect(report).toEqual({ error: expect.stringContaining('no AccountName') });
    expect(text).not.toContain(accountKey.slice(0, 20));
  });
});

describe('status', () => {
  it('prints where results are, without what gives access to them', async () => {
    const BaseLocation = 'https://madeup.blob.core.windows.net/';
    const Results = {
      output2: { BaseLocation, RelativeLocation: 'jobs/out a.csv', SasBlobToken: `?sv=2020&sig=${signature}` },
      output1: { BaseLocation, RelativeLocation: `jobs/b.csv?pass=${subscriptionKey}`, SasBlobToken: '' },
    };
    const { report, text } = await folder.inspect('status', 'done.json', JSON.stringify({ StatusCode: 4, Results, Details: null }));
    expect(report).toEqual({ status: 'finished', results: [
      { name: 'output2', address: 'https://madeup.blob.core.windows.net/jobs/out%20a.csv' },
      { name: 'output1', address: 'https://madeup.blob.core.windows.net/jobs/b.csv' },
    ] });
    expect(text).not.toContain(signature.slice(0, 20));
    expect(text).not.toContain(subscriptionKey);
  });

  it('prints details, and a status that nobody knows as it came', async () => {
    const failed = { StatusCode: 'Failed', Details: `Module: Reader, with AccountKey=${accountKey} and the key ${serviceKey}.` };
    const { report, text } = await folder.inspect('status', 'failed.json', JSON.stringify(failed));
    expect(report).toMatchObject({ status: 'failed', results: [], details: expect.stringMatching(/^Module: Reader, with AccountKey=/) });
    expect(text).not.toContain(accountKey.slice(0, 20));
    expect(text).not.toContain(serviceKey.slice(0, 20));
    expect(await folder.report('status', 'odd.json', '{"StatusCode": "Paused"}')).toEqual({ status: 'Paused', results: [] });
  });

  it('says so when an answer is no status', async () => {
    expect(await folder.report('status', 'none.json', '"abc"'))
      .toMatchObject({ error: expect.stringContaining('not with the status of a job') });
  });
});

describe('error', () => {
  it('explains an answer of a service, without a key that stands in it', async () => {
    const details = [{ code: 'InputParseError', target: 'input1', message: 'Parsing failed.' }];
    const body = { error: { code: 'BadArgument', message: `No such thing as ${serviceKey}.`, details } };
    const { report, text } = await folder.inspect('error', 'bad.json', JSON.stringify(body), '--status', '400');
    expect(report)
      .toMatchObject({ code: 'BadArgument', detailCodes: ['InputParseError'], advice: expect.stringMatching(/\.$/), repeat: false });
    expect(report).not.toHaveProperty('requestId');
    expect(text).not.toContain(serviceKey.slice(0, 20));
  });

  it('says whether and when it would be tried again', async () => {
    const limited = { statusCode: 429, message: 'Rate limit is exceeded. Try again in 60 seconds.' };
    expect(await folder.report('error', 'limited.json', JSON.stringify(limited), '--status', '429'))
      .toMatchObject({ code: null, repeat: { times: 4, afterMs: 60_000, atMostMs: 60_000 } });
    expect(await folder.report('error', 'busy.txt', '', '--status', '503'))
      .toMatchObject({ repeat: { times: 4, afterMs: 500, atMostMs: 1000 } });
    const later = { statusCode: 429, message: 'Rate limit is exceeded. Try again in 3600 seconds.' };
    expect(await folder.report('error', 'later.json', JSON.stringify(later), '--status', '429')).toMatchObject({ repeat: false });
  });

  it('reads status and headers where the file has them', async () => {
    const head = 'HTTP/1.1 503 Service Unavailable\r\nx-ms-request-id: 1b2c3d\r\nRetry-After: 7\r\n\r\n';
    expect(await folder.report('error', 'whole.txt', `${head}{"error":{"code":"ServiceUnavailable"}}`)).toMatchObject({
      code: 'ServiceUnavailable', requestId: '1b2c3d', repeat: { afterMs: 7000, atMostMs: 7000 },
    });
    expect(await folder.report('error', 'whole.txt', `${head}{}`, '--status', '400')).toMatchObject({ repeat: false });
  });

  it('says so when the status is that of no error', async () => {
    expect(await folder.report('error', 'fine.json', '{"Results": {}}', '--status', '200'))
      .toEqual({ error: 'An answer with the status 200 is no error.' });
  });
});

describe('cells and names', () => {
  it('are printed without tokens and whole keys', async () => {
    const { text } = await folder.inspect('table', 'keys.csv', `name,"col sig=${signature}"\n${serviceKey},AccountKey=${accountKey}\n`);
    for (const secret of [serviceKey, accountKey, signature]) expect(text).not.toContain(secret.slice(0, 20));
    const answer = { Results: { output1: [{ a: `https://x.example.net/b?sv=1&sig=${signature}`, b: serviceKey }] } };
    expect((await folder.inspect('answer', 'keys.json', JSON.stringify(answer))).text)
      .not.toMatch(new RegExp(`${signature.slice(0, 20)}|${serviceKey.slice(0, 20)}`));
  });
});
