// Paths and versions of Azure Resource Manager, and the ids that people paste.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apiVersionOf, below, instancePath, instancesPath, nameCheckPath, parseInstanceId, registerPath, registrationPath, segment, subscriptionsPath,
  tenantsPath,
} from '../../../src/arm/apimPaths';
import { InvalidInput } from '../../../src/model/errors';

const subscription = '11111111-2222-3333-4444-555555555555';
const id = `/subscriptions/${subscription}/resourceGroups/group/providers/Microsoft.ApiManagement/service/contoso`;

describe('paths', () => {
  it('are made of encoded segments', () => {
    expect(instancePath(subscription, 'group', 'contoso')).toBe(id);
    expect(instancesPath(subscription)).toBe(`/subscriptions/${subscription}/providers/Microsoft.ApiManagement/service`);
    expect(below(id, '/apis')).toBe(`${id}/apis`);
    expect(below(id, '/apis', 'a;rev=2', 'operations', 'x/../y')).toBe(`${id}/apis/a%3Brev%3D2/operations/x%2F..%2Fy`);
  });

  it.each(['', '.', '..'])('hold no segment %j', (name) => {
    expect(() => below(id, '/apis', name)).toThrow(InvalidInput);
  });

  it('stay one segment whatever the name', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1 }).filter((name) => name !== '.' && name !== '..'), (name) => {
      const url = new URL(`https://arm.example.test${id}/apis/${segment(name)}`);
      expect(url.pathname.split('/').length).toBe(id.split('/').length + 2);
      expect(url.search + url.hash).toBe('');
    }));
    expect(segment('\ud800')).toBe('%EF%BF%BD');
  });

  it.each([
    [subscriptionsPath, '2022-12-01'], [tenantsPath, '2022-12-01'], [`/subscriptions/${subscription}`, '2022-12-01'],
    [`/subscriptions/${subscription}/resourceGroups`, '2021-04-01'], [registerPath(subscription), '2021-04-01'],
    [`/subscriptions/${subscription}/resourceGroups/g/providers/Microsoft.ApiManagement/service/s/providers/Microsoft.Authorization/permissions`, '2022-04-01'],
    [registrationPath(subscription), '2021-04-01'], [`/subscriptions/${subscription}/providers`, '2021-04-01'],
    [nameCheckPath(subscription), '2024-05-01'], [instancesPath(subscription), '2024-05-01'], [id, '2024-05-01'],
    [`${id.toUpperCase()}/APIS/register`, '2024-05-01'],
  ])('%s is called with %s', (path, version) => {
    expect(apiVersionOf(path)).toBe(version);
  });
});

describe('a pasted id', () => {
  it.each([
    id, `  ${id}\n`, `"${id}"`, `${id}/`, `${id}/apis/x`, `${id}?api-version=2024-05-01`, `https://management.azure.com${id}?api-version=2024-05-01`,
    `https://portal.azure.com/#@contoso.onmicrosoft.com/resource${id}/overview`, `https://portal.azure.com/#view/x/id/${encodeURIComponent(id)}`,
    id.replace('resourceGroups', 'resourcegroups').replace('Microsoft.ApiManagement', 'microsoft.apimanagement'), `resourceId: ${id} (mine)`,
  ])('is read out of %j', (text) => {
    expect(parseInstanceId(text)).toEqual({ ok: true, instance: { subscriptionId: subscription, resourceGroup: 'group', name: 'contoso', id } });
  });

  it('may have a group with letters of any script', () => {
    const read = parseInstanceId(id.replace('group/', 'Gr%C3%BCn_(1).a/'));
    expect(read).toMatchObject({ ok: true, instance: { resourceGroup: 'Grün_(1).a', id: id.replace('group/', 'Gr%C3%BCn_(1).a/') } });
  });

  it.each([
    ['', 'Paste'], ['contoso', 'holds no resource id'], ['/subscriptions/', 'subscription'], [`/subscriptions/${subscription}`, 'names no resource group'],
    [`/subscriptions/${subscription}/resourceGroups/group`, 'no resource id of an API Management instance'],
    [id.replace('ApiManagement', 'Web'), 'no resource id of an API Management instance'], [id.replace('contoso', ''), 'ends before the name'],
    [id.replace('contoso', '1x'), 'cannot be the name of an instance'], [id.replace('group', '..'), 'cannot be the name of a resource group'],
    [id.replace('group', 'a%2Fb'), 'instance'], [id.replace(subscription, '..'), 'subscription'],
  ])('%j is refused with its reason', (text, reason) => {
    expect(parseInstanceId(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) as string });
  });

  it('is told apart without an error, whatever it is, and its id is read again as itself', () => {
    const parts = fc.constantFrom('/subscriptions/', subscription, '/resourceGroups/', 'g', '/providers/Microsoft.ApiManagement/service/', 'c', '%2F', '#', ' ', '%', '..');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(parts).map((all) => all.join(''))), (text) => {
      const read = parseInstanceId(text);
      if (read.ok) expect(parseInstanceId(read.instance.id)).toEqual(read);
      else expect(read.reason).not.toBe('');
    }));
  });
});
