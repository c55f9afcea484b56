// Instances of Sample API Management made, deleted and had back by the real client, in either of the service's styles.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createArm } from '../../../src/arm/arm';
import { tokenCredential } from '../../../src/arm/tokenCredential';
import { systemClock } from '../../../src/model/clock';
import type { Arm } from '../../../src/model/arm';
import { instanceId } from '../../../src/sample/apim/place';
import { transport } from '../http/calls';
import { startRunning, token, type Running } from '../sample/apim/armClient';

let running: Running;
beforeAll(async () => {
  running = await startRunning({ creationMs: 50 });
});
afterAll(() => running.apim.stop());

function client(): Arm {
  const url = running.apim.place.endpoint;
  const endpoint = { url, credential: () => Promise.resolve(tokenCredential(url, token)) };
  return createArm(endpoint, { transport: transport(), clock: systemClock, log: () => undefined });
}

const options = { signal: new AbortController().signal };

it.each(['Developer', 'Consumption'])('%s', async (sku) => {
  const arm = client();
  const path = instanceId.replace(/[^/]+$/, `by-client-${sku}`);
  const properties = { publisherEmail: 'one@contoso.invalid', publisherName: 'Contoso' };
  const body = { location: 'westeurope', sku: { name: sku, capacity: sku === 'Consumption' ? 0 : 1 }, properties };
  const active = { properties: { provisioningState: 'Succeeded', gatewayUrl: expect.stringMatching(/^http:/) } };
  expect((await arm.put(path, body, options)).body).toMatchObject(active);
  await arm.delete(path, options);
  expect(await arm.find(path, options)).toBeUndefined();
  await expect(arm.put(path, body, options)).rejects.toMatchObject({ status: 409 });
  expect((await arm.put(path, { ...body, properties: { ...properties, restore: true } }, options)).body).toMatchObject(active);
});

it('a creation that fails', async () => {
  const arm = client();
  await running.fault({ fault: 'activationFails', count: 2 });
  for (const sku of ['Standard', 'Consumption']) {
    const path = instanceId.replace(/[^/]+$/, `fails-${sku}`);
    const properties = { publisherEmail: 'one@contoso.invalid', publisherName: 'Contoso' };
    const body = { location: 'eastus', sku: { name: sku, capacity: sku === 'Consumption' ? 0 : 1 }, properties };
    await expect(arm.put(path, body, options)).rejects.toMatchObject({ status: 400, code: 'ActivationFailed' });
  }
});
