// Jobs of a service that is to be found at another address now: all come along, but those that somebody is at work on.

import { expect, it } from 'vitest';
import { Journal } from '../../../../../src/features/jobs/store/journal';
import { rehome } from '../../../../../src/features/jobs/store/rehome';
import { address, Computer, key, someJob } from './jobTools';

const to = address.replace('https://', 'https://other.');

it('brings open and ended jobs of that service along, and no others', async () => {
  const computer = new Computer();
  const [one, other] = [await computer.open(), await computer.open()];
  await Promise.all([one.jobs.start(), other.jobs.start()]);
  const elsewhere = { name: 'Another', address: address.replace('https://', 'https://another.') };
  await one.jobs.save(someJob(key(1), { step: 'started', id: '1' }));
  await one.jobs.save(someJob(key(2), { step: 'started', id: '2', service: elsewhere }));
  await one.jobs.save(someJob(key(3), { step: 'ended', id: '3' }));
  await one.jobs.save(someJob(key(4), { step: 'ended', id: '4', service: elsewhere }));
  await other.jobs.rescan();
  const claim = await other.jobs.claim(key(5));
  await other.jobs.save(someJob(key(5)));

  expect(await rehome(one.jobs, new Journal(computer.files), address, to)).toBe(1);
  await other.jobs.rescan();
  for (const { jobs } of [one, other]) {
    const addresses = await Promise.all([1, 2, 3, 4, 5].map(async (number) => (await jobs.find(key(number)))?.service.address));
    expect(addresses).toEqual([to, elsewhere.address, to, elsewhere.address, address]);
    expect((await jobs.past(to, 9)).jobs.map((job) => job.key)).toEqual([key(3)]);
    expect((await jobs.past(address, 9)).jobs).toEqual([]);
  }
  await claim?.release();
});

it('tells of ended jobs that came along, whether they were shown or not, and of nothing where there are none', async () => {
  const computer = new Computer();
  const { jobs } = await computer.open();
  await jobs.save(someJob(key(1), { step: 'ended', id: '1' }));
  await jobs.start();
  let told = 0;
  jobs.onDidChange(() => (told += 1));
  await rehome(jobs, new Journal(computer.files), address, to);
  expect(told).toBe(1);
  await rehome(jobs, new Journal(computer.files), address, to);
  expect(told).toBe(1);
});

it('takes along no permission to be given connection strings, which was given for the former address', async () => {
  const computer = new Computer();
  const { jobs } = await computer.open();
  await jobs.save(someJob(key(1), { step: 'notKnown', connectionStrings: true }));
  expect(await rehome(jobs, new Journal(computer.files), address, to)).toBe(0);
  expect(await jobs.find(key(1))).toMatchObject({ service: { address: to }, connectionStrings: false });
});
