// Which services are two ways to the same one.

import { describe, expect, it } from 'vitest';
import { newPublishing } from '../../../../../src/features/apim/publish/publishing';
import { pairOf, placeOf, waysTo, type KnownWays } from '../../../../../src/features/apim/ways/pairs';
import type { Service } from '../../../../../src/model/service';
import { endpointAt, toService } from '../../../../../src/protocols/newService';
import { instance, someDefinition } from '../definitions';

function service(address: string, name = address): Service {
  const read = endpointAt(address);
  if (!read.ok) throw new Error(read.reason);
  return toService({ name, endpoint: read.endpoint });
}

const direct = service('https://region.example/workspaces/w1/services/s1', 'Weather');
const gateway = service('https://gateway.example/azureml-demo/workspaces/w1/services/s1', 'Weather at contoso');
const other = service('https://region.example/workspaces/w1/services/s2');

function published(state: 'done' | 'planned', definition = someDefinition()): KnownWays['publishings'] {
  const api = { key: 'api', kind: 'api', path: '/apis/azureml-demo', name: 'Demo', action: 'make', state, chosen: true, notes: [], dependsOn: [] } as const;
  return [{ instance, definition, steps: [api] }];
}

describe('a pair', () => {
  it('is a service and what it was published as, from either side', () => {
    const known = { services: [other, gateway, direct], publishings: published('done') };
    for (const each of [direct, gateway]) {
      expect(pairOf(each, known)).toEqual({ direct, gateway, place: { instance, api: 'azureml-demo' } });
      expect(waysTo(each, known)).toEqual([direct, gateway]);
    }
    expect([pairOf(other, known), waysTo(other, known)]).toEqual([undefined, []]);
    expect(placeOf(gateway, known)).toEqual({ instance, api: 'azureml-demo' });
  });

  it('is no service that was not published, or is not in the sidebar', () => {
    expect(placeOf(gateway, { publishings: published('planned') })).toBeUndefined();
    expect(pairOf(direct, { services: [direct], publishings: published('done') })).toBeUndefined();
  });

  it('is told by equal ids where nothing was published from here', () => {
    expect(pairOf(gateway, { services: [other, direct, gateway], publishings: [] })).toEqual({ direct, gateway });
    const upper = service('https://gateway.example/demo/workspaces/W1/services/S1');
    expect(pairOf(direct, { services: [direct, upper], publishings: [] })?.gateway).toBe(upper);
    const twin = service('https://other.example/workspaces/w1/services/s1');
    expect(pairOf(direct, { services: [direct, twin], publishings: [] })).toBeUndefined();
    const exact = service('https://gateway.example/short/score');
    expect(pairOf(exact, { services: [direct, exact], publishings: [] })).toBeUndefined();
  });

  it('of a new service and one with short paths is told by its publishing alone', () => {
    const definition = someDefinition('existing', { shortPaths: true });
    const resources = definition.resources.map((each) => (each.kind === 'operation' && each.name === 'RRS Execute'
      ? { ...each, body: { properties: { ...(each.body?.properties ?? {}), urlTemplate: '/score' } } } : each));
    const short = service('https://gateway.example/azureml-demo/score');
    const known = { services: [direct, short], publishings: published('done', { ...definition, resources }) };
    expect(pairOf(direct, known)?.gateway).toBe(short);
  });
});

it('a publishing that is new has made nothing', () => {
  const publishing = newPublishing('k', 0, instance, someDefinition(), { items: [], warnings: [] });
  expect(placeOf(gateway, { publishings: [publishing] })).toBeUndefined();
});
