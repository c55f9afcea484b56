// What other features do with services, and how the sample is started before the feature that runs it is there.

import { expect, it } from 'vitest';
import { SampleStart } from '../../../../src/features/services/sampleStart';
import { ServiceUses } from '../../../../src/features/services/serviceUses';
import type { Service } from '../../../../src/model/service';

it('work with a service is the sum of what all do with it, and all are told to stop', () => {
  const uses = new ServiceUses();
  const stopped: string[] = [];
  const jobs = uses.register({ open: (address) => (address === 'a' ? 2 : 0) });
  uses.register({ open: () => 1, stop: (address) => void stopped.push(address) });
  uses.register({});
  expect([uses.open('a'), uses.open('b')]).toEqual([3, 1]);
  uses.stop('a');
  expect(stopped).toEqual(['a']);
  jobs.dispose();
  expect(uses.open('a')).toBe(1);
});

it('all are asked what they do with a service, and told of its other address, whatever one of them throws', async () => {
  const uses = new ServiceUses();
  const told: string[] = [];
  expect([uses.busy('a'), await uses.kept('a')]).toEqual([false, 0]);
  uses.register({ busy: (address) => address === 'a', kept: () => Promise.resolve(2), move: () => Promise.reject(new Error('Full.')) });
  uses.register({ kept: () => Promise.resolve(3), move: (...all) => Promise.resolve(void told.push(all.join(' '))) });
  uses.register({});
  expect([uses.busy('a'), uses.busy('b'), await uses.kept('a')]).toEqual([true, false, 5]);
  await expect(uses.move('a', 'b', true)).rejects.toThrow('Full.');
  expect(told).toEqual(['a b true']);
});

const service: Service = { name: 'Sample', address: 'http://localhost', endpoint: { form: 'exact', origin: 'http://localhost', path: '/', query: '' }, subscriptionKeyHeader: 'K' };

it('the sample is started by whoever runs it, and by nobody before that', async () => {
  const sample = new SampleStart();
  await expect(sample.start()).rejects.toMatchObject({ name: 'SampleFailed', message: 'There is no sample service in this window.' });
  const running = sample.register(() => Promise.resolve(service));
  expect(await sample.start()).toBe(service);
  running.dispose();
  await expect(sample.start()).rejects.toThrow('no sample service');
});
