// Which protocol a service speaks, and what is said where it cannot do something.

import { describe, expect, it } from 'vitest';
import { InvalidBody } from '../../../src/model/errors';
import { batchOf, factsOf, protocolOf, readJobBody, readRequest } from '../../../src/protocols/registry';
import { parseEndpoint } from '../../../src/protocols/studio/endpoint';
import { toService } from '../../../src/protocols/newService';

describe('the protocol of a service', () => {
  it.each([
    'https://h.test/workspaces/w/services/s', 'https://h.test/subscriptions/b/services/s',
    'https://team.azure-api.net/x/workspaces/w/services/s', 'https://team.azure-api.net/score?x=1',
    'http://127.0.0.1:80/odata/workspaces/w/services/s',
  ])('is found by its address alone: %s', (address) => {
    const protocol = protocolOf({ address });
    expect(protocol.id).toBe('studio');
    expect(protocol.recognises(address)).toBe(true);
  });

  it('recognises no address that cannot be saved', () => {
    const addresses = ['', 'http://elsewhere.test/score', 'ftp://h.test/x', 'https://management.azureml.net/workspaces/w'];
    for (const address of addresses) expect(protocolOf({ address }).recognises(address)).toBe(false);
  });
});

it('a request and a body are read for a service, and for none that is known yet', () => {
  const request = '{"Inputs":{"input1":[{"a":1.50}]}}';
  expect(readRequest(request, { address: 'https://h.test/score' })).toEqual({ form: 'rows', json: request });
  expect(readRequest(request)).toEqual({ form: 'rows', json: request });
  expect(() => readRequest('{"Inputs": 1}')).toThrow(InvalidBody);
  expect(readJobBody('{"GlobalParameters":{}}', 0, undefined)).toMatchObject({ json: '{"GlobalParameters":{}}', warnings: [] });
  expect(() => readJobBody('[]', 0, { name: 'S', address: 'https://h.test/score' })).toThrow(InvalidBody);
});

it('facts and jobs are those of the service', () => {
  const reading = parseEndpoint('https://team.azure-api.net/score');
  expect.assert(reading.ok);
  const service = toService({ name: 'Short', endpoint: reading.endpoint });
  const sentence = '"Short" has no batch jobs: its address shows nothing of the contract\'s paths.';
  expect(factsOf(service)).toMatchObject({ gateway: true, noJobs: { sentence } });
  expect(batchOf(service).start).toBeDefined();
});
