// Which service of the sidebar an operation calls.

import { describe, expect, it } from 'vitest';
import { calledService, filledPath, serviceAt, type SavedServices } from '../../../../../src/features/apim/tryIt/calledService';
import type { CallParameter } from '../../../../../src/features/tryIt';
import type { Service } from '../../../../../src/model/service';
import { endpointAt, toService } from '../../../../../src/protocols/newService';
import { factsOf } from '../../../../../src/protocols/registry';

const [one, other] = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210'];
const gateways = ['https://i.azure-api.net', 'https://api.contoso.com'];

function saved(...addresses: readonly string[]): SavedServices {
  const services = addresses.map((address): Service => {
    const read = endpointAt(address);
    expect.assert(read.ok, address);
    return toService({ name: address, endpoint: read.endpoint });
  });
  return { services: () => services, audienceOf: (service) => factsOf(service).base };
}

const parameters = (values: Readonly<Record<string, string>>): readonly CallParameter[] =>
  Object.entries(values).map(([name, value]) => ({ name, value, place: 'path', required: true, values: [] }));

const called = (services: SavedServices, path: string, template: string, values: Readonly<Record<string, string>> = {}): unknown => {
  const found = calledService(services, { bases: gateways.map((url) => `${url}${path}`), template, parameters: parameters(values) });
  return found && [found.service.address, found.base, found.isFirst];
};

describe('the service that an operation calls', () => {
  it('is that at its own address, at whichever gateway it was saved', () => {
    const services = saved('https://api.contoso.com/bank/score');
    expect(called(services, '/bank', '/score?v={v}')).toEqual(['https://api.contoso.com/bank/score', 'https://api.contoso.com/bank', true]);
    expect(called(services, '/bank', '/transfers/{id}/execute', { id: '7' })).toBeUndefined();
    expect(called(services, '/bank', '/scores')).toBeUndefined();
    expect(called(services, '/bank/score/x', '/y')).toEqual([expect.anything(), 'https://api.contoso.com/bank/score/x', true]);
  });

  it('is not that of an API whose path only begins alike', () => {
    const services = saved(`https://i.azure-api.net/score/v1/workspaces/${one}/services/${other}`);
    for (const path of ['', '/score', '/score/v']) expect(called(services, path, '/transfers/execute')).toBeUndefined();
    expect(called(services, '', '/{a}', { a: 'x' })).toBeUndefined();
  });

  it('is the one that stands on the page first; another one may be called with other values', () => {
    const [first, second] = [`https://i.azure-api.net/a/workspaces/${one}/services/${one}`, `https://i.azure-api.net/a/workspaces/${one}/services/${other}`];
    const services = saved(first, second);
    const template = '/workspaces/{workspace}/services/{service}/execute';
    expect(called(services, '/a', template, { workspace: one, service: other })).toEqual([second, 'https://i.azure-api.net/a', true]);
    expect(called(services, '/a', template, { workspace: '', service: '' })).toEqual([expect.anything(), 'https://i.azure-api.net/a', false]);
    expect(called(services, '/b', template, { workspace: '', service: '' })).toBeUndefined();
    expect(serviceAt(services, `${second}/execute?api-version=2.0`)?.address).toBe(second);
    expect(serviceAt(services, `${second.replace('i.azure', 'evil.azure')}/execute`)).toBeUndefined();
  });
});

it('a path is filled in only where each value is there and leads nowhere else', () => {
  expect(filledPath('/a/{X}?b={b}', parameters({ x: 'ü/' }), ['ü/'])).toBe('/a/%C3%BC%2F');
  for (const value of ['', '.', '..', '\ud800']) expect(filledPath('/a/{x}', parameters({ x: '' }), [value])).toBeUndefined();
  expect(filledPath('/a/{__proto__}', [], [])).toBeUndefined();
});
