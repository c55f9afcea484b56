// Policies as documents over real sockets: read, saved back, changed elsewhere, refused at their places, deleted.

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PolicyScope } from '../../../../src/features/apim/policy/policyScope';
import { policyPath } from '../../../../src/features/apim/policy/scopePaths';
import { readAddress } from '../../../../src/features/apim/policyDocument/address';
import { PolicyDocuments, type PolicyDocument } from '../../../../src/features/apim/policyDocument/documents';
import type { Arm } from '../../../../src/model/arm';
import { startRunning, token, type Running } from '../../sample/apim/armClient';
import { clientAt, instanceAt, still } from './publish/samplePublishing';

let running: Running;
let arm: Arm;
let close: () => void;
let documents: PolicyDocuments;
const options = { signal: still() };

beforeEach(async () => {
  running = await startRunning();
  const { endpoint } = running.apim.place;
  ({ arm, close } = clientAt({ endpoint, token }));
  const memory = new Map<string, unknown>();
  documents = new PolicyDocuments({
    arms: () => Promise.resolve(arm), instance: () => Promise.resolve(instanceAt({ endpoint, gateway: running.apim.gatewayUrl })),
    now: () => 1, elapsed: () => performance.now(),
    memory: { get: (key) => memory.get(key), update: (key, value) => Promise.resolve(void memory.set(key, value)) },
  });
});
afterEach(async () => {
  close();
  await running.apim.stop();
});

function documentOf(scope: PolicyScope): PolicyDocument {
  const { id } = instanceAt({ endpoint: running.apim.place.endpoint, gateway: running.apim.gatewayUrl });
  const address = readAddress({ path: `/azure-api-management/Sample/${scope.kind === 'operation' ? 'API/' : ''}Some.policy.xml`, query: `${id}${policyPath(scope)}` });
  expect.assert(address !== undefined);
  return { key: JSON.stringify(scope), address };
}

it('a policy of a product is read, saved, guarded, refused at its place, and deleted', async () => {
  const document = documentOf({ kind: 'product', product: 'starter' });
  const text = await documents.read(document, options);
  expect(text).toContain('<rate-limit calls="5" renewal-period="60" />');

  // An expression that is no XML goes through as it is.
  const header = `<set-header name="x"><value>@(context.Request.Body.As<string>() + "&")</value></set-header>`;
  const mine = text.replaceAll('\r\n', '\n').replaceAll('\t', '  ').replace('calls="5"', "calls='6'").replace('<base />', `<base />${header}`);
  await documents.write(document, mine, options);
  const there = running.apim.store.get('/products/starter/policies/policy')?.properties['value'];
  expect(there).toContain('\r\n\t\t<rate-limit calls="6"');
  expect(there).toContain(`@(context.Request.Body.As<string>() + "&")`);

  running.apim.store.put('/products/starter/policies/policy', { format: 'rawxml', value: text });
  await expect(documents.write(document, mine, options)).rejects.toMatchObject({ name: 'PolicyChanged' });
  const { etag } = await documents.look(document, options);
  expect(await documents.saveOver(document, etag, () => documents.write(document, mine, options).then(() => true))).toBe(true);

  const bad = mine.replace("calls='6'", "calls='many'").replace('</inbound>', '  <cors-of-others />{{nobody}}\n  </inbound>');
  const error = await documents.write(document, bad, options).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'PolicyRefused' });
  const lines = bad.split('\n');
  const faults = Object(error).faults as readonly { line: number; column: number; length: number }[];
  expect(faults.map(({ line, column, length }) => lines[line]?.slice(column, column + length))).toEqual(['rate-limit', 'cors-of-others', 'inbound']);

  // A name that is misspelt would leave its product without the limit.
  const misspelt = mine.replace('<rate-limit ', '<rate-limt ');
  const line = misspelt.split('\n').findIndex((each) => each.includes('<rate-limt '));
  await expect(documents.write(document, misspelt, options)).rejects.toMatchObject({
    name: 'PolicyRefused',
    faults: [{ placed: true, line, column: 5, length: 'rate-limt'.length, brief: "The element 'inbound' has invalid child element 'rate-limt'." }],
  });

  const broken = '<policies>\n  <inbound>\n</policies>';
  await expect(documents.write(document, broken, options)).rejects.toMatchObject({ name: 'PolicyRefused', faults: [{ placed: true, line: 2 }] });

  await documents.remove(document, (await documents.look(document, options)).etag, options);
  expect(running.apim.store.get('/products/starter/policies/policy')).toBe(undefined);
});

it('a policy that is not there is made where there is still none; one of an operation that is not there is refused in words', async () => {
  const document = documentOf({ kind: 'product', product: 'unlimited' });
  const text = await documents.read(document, options);
  expect(documents.isNew(document.key)).toBe(true);
  await documents.write(document, text, options);
  expect(running.apim.store.get('/products/unlimited/policies/policy')?.properties['value']).toBe(text);

  const other = documentOf({ kind: 'operation', api: 'none', operation: 'none' });
  await documents.read(other, options);
  await expect(documents.write(other, text, options)).rejects.toMatchObject({
    name: 'PolicyRefused', message: 'Sample rejected the policy of API / Some: Entity with specified identifier not found', faults: [{ placed: false }],
  });
});
