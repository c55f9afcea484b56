// Whether an account may change an instance, asked of Sample API Management by the real client.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createArm } from '../../../../src/arm/arm';
import { tokenCredential } from '../../../../src/arm/tokenCredential';
import { requireMayWrite } from '../../../../src/features/apim/publish/mayWrite';
import { systemClock } from '../../../../src/model/clock';
import { transport } from '../../http/calls';
import { startRunning, token, type Running } from '../../sample/apim/armClient';
import { instanceAt } from './publish/samplePublishing';

let running: Running;
beforeAll(async () => {
  running = await startRunning();
});
afterAll(() => running.apim.stop());

it('who may only read is told so, and everybody else goes on', async () => {
  const url = running.apim.place.endpoint;
  const endpoint = { url, credential: () => Promise.resolve(tokenCredential(url, token)) };
  const arm = createArm(endpoint, { transport: transport(), clock: systemClock, log: () => undefined });
  const ask = (): Promise<void> => requireMayWrite(arm, instanceAt({ endpoint: url, gateway: running.apim.gatewayUrl }), new AbortController().signal);
  await ask();
  await running.fault({ fault: 'reader' });
  await expect(ask()).rejects.toMatchObject({ reason: 'forbidden' });
  await running.fault({ fault: 'forbidden' });
  await ask();
});
