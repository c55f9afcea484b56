// Pages of lists, and whom the token is sent to, for any shape of answers; without a network.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createArm } from '../../../src/arm/arm';
import { tokenCredential } from '../../../src/arm/tokenCredential';
import { ArmFailed } from '../../../src/model/errors';
import type { ArmJson } from '../../../src/model/arm';
import type { WireAnswer, WireOutcome, WireRequest } from '../../../src/model/wire';

const base = 'https://arm.example.test';
const options = { signal: new AbortController().signal };

/** A client whose calls are answered by `answer`. */
function armOf(answer: (request: WireRequest, index: number) => WireOutcome, url = base) {
  const sent: WireRequest[] = [];
  const transport = {
    send: (request: WireRequest) => {
      sent.push(request);
      return Promise.resolve(answer(request, sent.length - 1));
    },
  };
  const credential = () => Promise.resolve(tokenCredential(url, 'the-token-of-the-account'));
  const lines: string[] = [];
  const arm = createArm({ url, credential }, { transport, clock: { sleep: () => Promise.resolve() }, log: (line) => void lines.push(line) });
  return { arm, sent, lines };
}

function says(status: number, body: unknown, headers: WireAnswer['headers'] = []): WireOutcome {
  return { ok: true, answer: { status, statusText: '', headers, body: Buffer.from(body === undefined ? '' : JSON.stringify(body)) } };
}

async function all(pages: AsyncGenerator<readonly ArmJson[]>): Promise<ArmJson[]> {
  const items: ArmJson[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown);
  return error instanceof ArmFailed ? error.reason : String(error);
}

describe('pages', () => {
  it('give each item once and in order, however they are cut', async () => {
    const chunks = fc.array(fc.array(fc.record({ id: fc.integer() }), { maxLength: 4 }), { minLength: 1, maxLength: 8 });
    const ends = fc.constantFrom<object>({}, { nextLink: '' }, { nextLink: null }, { nextLink: '  ' }, { nextLink: 7 });
    const hosts = fc.constantFrom('https://arm.example.test:443', 'https://ARM.example.test', 'https://arm.example.test', '');
    await fc.assert(fc.asyncProperty(chunks, ends, hosts, fc.integer(), async (parts, end, host, count) => {
      const { arm, sent } = armOf((_request, index) =>
        says(200, { value: parts[index], count, ...(index === parts.length - 1 ? end : { nextLink: `${host}/list?$skip=${index + 1}` }) }));
      expect(await all(arm.pages('/list', options))).toEqual(parts.flat());
      expect(sent.length).toBe(parts.length);
    }));
  });

  it('ask for the next when it is wanted', async () => {
    const { arm, sent } = armOf((_request, index) => says(200, { value: [{ index }], nextLink: `${base}/list?page=${index + 1}` }));
    const pages = arm.pages('/list', { ...options, query: { $top: '1' } });
    expect(sent.length).toBe(0);
    expect([(await pages.next()).value, (await pages.next()).value, sent.length]).toEqual([[{ index: 0 }], [{ index: 1 }], 2]);
    await pages.return(undefined);
    expect(sent.map(({ url }) => url)).toEqual([`${base}/list?api-version=2021-04-01&%24top=1`, `${base}/list?page=1`]);
  });

  it.each([
    ['the same link again', (index: number) => ({ value: [], nextLink: `${base}/list?page=${Math.min(index, 1)}` }), 'other', 3],
    ['empty pages without an end', (index: number) => ({ value: [], nextLink: `${base}/list?page=${index}` }), 'other', 100],
    ['the first page again', () => ({ value: [], nextLink: `${base}/list?api-version=2021-04-01` }), 'other', 1],
    ['another host', () => ({ value: [], nextLink: 'https://evil.example.test/list' }), 'foreignHost', 1],
    ['http', () => ({ value: [], nextLink: 'http://arm.example.test/list' }), 'foreignHost', 1],
    ['another port', () => ({ value: [], nextLink: 'https://arm.example.test:8443/list' }), 'foreignHost', 1],
    ['a user name', () => ({ value: [], nextLink: 'https://a@arm.example.test/list' }), 'other', 1],
    ['a user name at another host', () => ({ value: [], nextLink: 'https://a@evil.example.test/list' }), 'foreignHost', 1],
    ['what is no page', () => ({ value: [], nextLink: 'data:,x' }), 'foreignHost', 1],
    ['no address', () => ({ value: [], nextLink: 'https://' }), 'other', 1],
    ['no list', () => ({ error: 1 }), 'other', 1],
    ['nothing', () => undefined, 'other', 1],
  ] as const)('end with an error at %s', async (_name, body, reason, calls) => {
    const { arm, sent } = armOf((_request, index) => says(200, body(index)));
    expect([await reasonOf(all(arm.pages('/list', options))), sent.length]).toEqual([reason, calls]);
  });
});

describe('the token', () => {
  it('is sent to no other host, in whatever case and header it is named', async () => {
    const cased = (text: string) => fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map((upper) => [...text].map((sign, index) => (upper[index] ? sign.toUpperCase() : sign)).join(''));
    const name = fc.oneof(cased('location'), cased('azure-asyncoperation'));
    const foreign = fc.webUrl({ withQueryParameters: true }).filter((url) => new URL(url).host !== new URL(base).host);
    const status = fc.constantFrom(200, 201, 202, 301, 302, 307, 308);
    await fc.assert(fc.asyncProperty(name, foreign, status, fc.constantFrom('put', 'delete', 'patch'), async (header, url, code, method) => {
      const { arm, sent, lines } = armOf((_request, index) => (index === 0 ? says(code, undefined, [{ name: header, value: url }]) : says(200, {})));
      const call = method === 'delete' ? arm.delete('/a', options) : arm[method]('/a', {}, options);
      const reason = await reasonOf(call);
      // A redirect by the header of a long operation is none.
      expect(reason).toBe(code >= 300 && header.toLowerCase() !== 'location' ? 'other' : 'foreignHost');
      expect(sent.map((request) => new URL(request.url).origin)).toEqual([base]);
      expect(lines.length).toBe(1);
    }));
  });

  it('is not sent where a path would make another host of the address', async () => {
    const { arm, sent } = armOf(() => says(200, {}), 'https://arm.example.test/');
    await arm.get('/@evil.example.test/x', options);
    expect(sent.map(({ url }) => new URL(url).host)).toEqual(['arm.example.test']);
  });
});

describe('a write', () => {
  it('is made again where nothing of it had gone out, and not where something had', async () => {
    const lost = (unsent: boolean): WireOutcome => ({ ok: false, failure: { kind: 'reset', host: 'h', message: 'm', ...(unsent ? { unsent } : {}) } });
    const first = armOf((_request, index) => (index === 0 ? lost(true) : says(200, { a: 1 })));
    expect(await first.arm.put('/a', {}, options)).toEqual({ status: 200, body: { a: 1 } });
    const second = armOf(() => lost(false));
    expect([await reasonOf(second.arm.put('/a', {}, options)), second.sent.length]).toEqual(['network', 1]);
  });

  it('keeps members that it does not know from reading to writing', async () => {
    await fc.assert(fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (json) => {
      const { arm, sent } = armOf(() => says(200, json));
      const { body } = await arm.get('/a', options);
      await arm.put('/a', { ...(body as ArmJson), changed: 1 }, options);
      expect(JSON.parse(Buffer.from(sent[1]?.body ?? []).toString('utf8'))).toEqual({ ...JSON.parse(JSON.stringify(json)) as object, changed: 1 });
    }));
  });
});
