// Names, ids, services behind a gateway, keys that are compared, and when a person is asked again.

import { describe, expect, it } from 'vitest';
import { servicesWith } from '../../../../../src/features/apim/access/affected';
import { askedWrite, type AskedWrite } from '../../../../../src/features/apim/access/askedWrite';
import { isOfApis, serviceOfApi, servicesBehind } from '../../../../../src/features/apim/access/gatewayServices';
import { checkLength, checkName, checkNewProduct, freeId, longest } from '../../../../../src/features/apim/access/names';
import type { Entry } from '../../../../../src/features/apim/items';
import { ArmFailed, Cancelled } from '../../../../../src/model/errors';
import type { Service } from '../../../../../src/model/service';
import { FakeArm, someInstance } from '../apimTools';

describe('a name', () => {
  it.each([['', 'A name needs at least one character.'], [' \t ', 'A name needs at least one character.'], ['x'.repeat(101), 'At most 100 characters are possible here.'], ['x'.repeat(100), undefined], [' ok ', undefined]])('%j: %s', (text, reason) => {
    expect(checkName(text, longest.subscription)).toBe(reason);
  });

  it('of a product that is there already is told at once, however it is written', () => {
    const reasons = ['Starter', ' sTARTER ', 'Starters', ' '].map((text) => checkNewProduct(text, ['Unlimited', 'Starter'], 'contoso'));
    const taken = 'contoso has a product with this name already. Choose another name.';
    expect(reasons).toEqual([taken, taken, undefined, 'A name needs at least one character.']);
  });

  it('may be missing where it is only a description', () => {
    expect([checkLength('', longest.description), checkLength('x'.repeat(1001), longest.description)]).toEqual([undefined, 'At most 1,000 characters are possible here.']);
  });

  it('becomes an id that is free', async () => {
    const free = (name: string, ...taken: string[]): Promise<string> => freeId(name, 'key', (id) => Promise.resolve(taken.includes(id)));
    expect(await Promise.all([free('Team B!'), free('Team B!', 'team-b', 'team-b-2'), free('日本'), free('日本', 'key')])).toEqual(['team-b', 'team-b-3', 'key', 'key-2']);
  });
});

const service = (address: string): Service => ({ name: address, address, endpoint: { form: 'exact', origin: new URL(address).origin, path: '/', query: '' }, subscriptionKeyHeader: 'x' });
const instance = someInstance({ gatewayUrls: ['https://scores.azure-api.net', 'https://api.example/ml'] });
const api = (parts: Partial<Entry> = {}): Entry => ({ kind: 'api', id: 'a', name: 'weather', title: 'Weather', path: 'weather/v1', ...parts });

describe('a service behind a gateway', () => {
  const all = ['https://scores.azure-api.net/weather/v1/score', 'https://api.example/ml/x', 'https://api.example/mlx/x', 'https://scores.azure-api.net.evil.example/x', 'http://scores.azure-api.net/x'].map(service);

  it('is known by host and path, and by nothing that only begins alike', () => {
    expect(servicesBehind(instance, all).map(({ address }) => address)).toEqual(all.slice(0, 2).map(({ address }) => address));
  });

  it('is one of an API by the suffix of that, with a revision too', () => {
    const [mine, other] = all;
    expect.assert(mine && other);
    expect([isOfApis(instance, mine, [api()]), isOfApis(instance, other, [api()]), isOfApis(instance, service('https://scores.azure-api.net/weather/v1;rev=2/score'), [api()])]).toEqual([true, false, true]);
    expect([isOfApis(instance, service('https://scores.azure-api.net/weather/v10/score'), [api()]), isOfApis(instance, other, [api({ path: '' })])]).toEqual([false, true]);
  });

  it('is made of an API at the first of its operations with one fixed address', () => {
    const operation = (method: string, path: string): Entry => ({ kind: 'operation', id: 'o', name: 'o', title: 'O', method, path });
    const made = serviceOfApi(instance, api({ keyHeader: 'X-Key' }), [operation('GET', '/swagger.json'), operation('POST', '/jobs/{id}'), operation('post', '/score?v=1')]);
    expect.assert(made.ok);
    expect(made.service).toMatchObject({ name: 'Weather at scores', subscriptionKeyHeader: 'X-Key', endpoint: { origin: 'https://scores.azure-api.net', path: '/weather/v1/score' } });
    expect(serviceOfApi(instance, api(), [operation('GET', '/x'), operation('POST', '/{id}')])).toMatchObject({ ok: false, reason: expect.stringContaining('"Weather"') });
    expect(serviceOfApi(someInstance({ gatewayUrls: [] }), api(), [operation('POST', '/x')])).toMatchObject({ ok: false, reason: expect.stringContaining('no address of its gateway') });
  });
});

it('a service uses a key where it is the same, and none where no key is known', async () => {
  const services = ['https://a.example/', 'https://b.example/', 'https://c.example/'].map(service);
  const secrets = [{ subscriptionKey: 'one' }, { subscriptionKey: 'two', serviceKey: 'one' }, {}];
  const of = (each: Service): Promise<object> => Promise.resolve(secrets[services.indexOf(each)] ?? {});
  expect((await servicesWith(['one', undefined], services, of)).map(({ name }) => name)).toEqual(['https://a.example/']);
  expect(await servicesWith([undefined], services, of)).toEqual([]);
});

describe('a change that is asked about', () => {
  const stale = new ArmFailed({ sentence: 'stale' }, 'changed', 412);

  interface Told {
    readonly asked: boolean[];
    readonly etags: string[];
    reads: number;
    allowed: number;
  }

  function change(states: readonly string[], write: (told: Told) => void = () => undefined): { readonly told: Told; readonly parts: AskedWrite } {
    const told: Told = { asked: [], etags: [], reads: 0, allowed: 0 };
    const place = { arm: new FakeArm().arm, instance, options: { signal: new AbortController().signal } };
    return {
      told,
      parts: {
        during: (_, work) => work(place),
        mayWrite: () => Promise.resolve(void (told.allowed += 1)),
        read: () => {
          const state = states[Math.min(told.reads, states.length - 1)];
          told.reads += 1;
          return Promise.resolve({ etag: `e${told.reads}`, entry: { kind: 'subscription', id: 's', name: 's', title: 'S', state } });
        },
        matters: ({ entry }) => [entry.state],
        ask: (_, again) => Promise.resolve(void told.asked.push(again)),
        write: (_, { etag }) => {
          told.etags.push(etag);
          return Promise.resolve().then(() => write(told));
        },
      },
    };
  }

  it('is written with the ETag of what was read after the question', async () => {
    const { told, parts } = change(['active']);
    await askedWrite(parts);
    expect(told).toEqual({ asked: [false], etags: ['e2'], reads: 2, allowed: 1 });
  });

  it('is asked about again, as often as what matters is another', async () => {
    const { told, parts } = change(['active', 'suspended', 'cancelled', 'cancelled']);
    await askedWrite(parts);
    expect([told.asked, told.etags]).toEqual([[false, true, true], ['e4']]);
  });

  it('is tried again without a question where only something else is another, four times in all', async () => {
    const once = change(['active'], ({ etags }) => {
      if (etags.length === 1) throw stale;
    });
    await askedWrite(once.parts);
    expect([once.told.asked, once.told.etags]).toEqual([[false], ['e2', 'e3']]);
    const always = change(['active'], () => {
      throw stale;
    });
    await expect(askedWrite(always.parts)).rejects.toBe(stale);
    expect(always.told.etags).toHaveLength(4);
  });

  it('is not made where the person leaves, and no other error is passed over', async () => {
    const left = change(['active']);
    await expect(askedWrite({ ...left.parts, ask: () => Promise.reject(new Cancelled()) })).rejects.toThrow(Cancelled);
    expect(left.told.etags).toEqual([]);
    const refused = new ArmFailed({ sentence: 'no' }, 'forbidden', 403);
    await expect(askedWrite(change(['active'], () => {
      throw refused;
    }).parts)).rejects.toBe(refused);
  });
});
