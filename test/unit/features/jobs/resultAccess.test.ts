// Where results are fetched from: never from what only this computer can reach, unless the service itself runs here.

import { describe, expect, it } from 'vitest';
import type { JobCalls } from '../../../../src/features/jobs/calls';
import { ResultAccess } from '../../../../src/features/jobs/resultAccess';
import { InvalidInput, JobFailed } from '../../../../src/model/errors';
import type { Job } from '../../../../src/model/job';
import type { BlobReference } from '../../../../src/model/storage';
import type { Transport } from '../../../../src/model/wire';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { resultFile } from '../../../../src/protocols/studio/results';
import { toService } from '../../../../src/protocols/newService';

const never = new AbortController().signal;

/** A finished job of a service, whose output is said to be there; `asked` is what is called for it. */
function finished(serviceAddress: string, reference: Omit<BlobReference, 'name'>) {
  const reading = parseEndpoint(`${serviceAddress}/workspaces/w/services/s`);
  if (!reading.ok) throw new Error(reading.reason);
  const service = toService({ name: 'Weather', endpoint: reading.endpoint });
  const asked: string[] = [];
  const transport: Transport = {
    send: () => Promise.reject(new Error('Nothing is sent.')),
    open: (request) => {
      asked.push(request.url);
      return Promise.resolve({ ok: true, answer: { status: 200, statusText: 'OK', headers: [], body: (async function* () { yield Buffer.from('row\n'); })() } });
    },
    close: () => Promise.resolve(),
  };
  const no = (): Promise<never> => Promise.reject(new Error('This is not asked for.'));
  const calls: JobCalls = { submit: no, startsLater: () => true, start: no, status: no, delete: no, results: () => Promise.resolve({ outcome: { kind: 'status', reading: { status: 'finished', text: 'Finished', results: [] } }, files: [resultFile({ name: 'output1', ...reference })] }) };
  const access = new ResultAccess({ calls, service: () => service, access: () => Promise.reject(new InvalidInput({ sentence: 'No.' })), sign: no, transport: () => Promise.resolve(transport), log: () => undefined });
  const job: Job & { readonly id: string } = {
    key: 'k1', id: 'j1', service: { name: service.name, address: service.address }, title: 'days.csv', createdAt: 0, inputs: [], outputs: [], parameters: [],
    startsItself: true, connectionStrings: false, step: 'ended', stepAt: 0, history: [],
  };
  return { asked, open: () => access.parts(job, 'output1')(0, undefined, never), download: () => access.download(job, 'output1', '/nowhere/x.csv', { overwrite: true, onProgress: () => undefined }, never) };
}

const sas = '?sv=1&sig=x';
const own = [
  'http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]:631/', 'https://127.0.0.1/', 'https://localhost.:9/', 'https://x.localhost/', 'https://2130706433/', 'https://0.0.0.0/', 'https://169.254.169.254/',
  'https://[::ffff:127.0.0.1]/', 'https://[::ffff:a9fe:a9fe]/', 'https://[fe80::1]/', 'https://[::]/',
];

describe('a service that is elsewhere', () => {
  it.each(own)('cannot send a download to %s', async (base) => {
    const job = finished('https://ml.example.test', { base, location: 'box/a.csv', sas });
    for (const work of [job.open, job.download]) {
      const error: unknown = await work().then(() => undefined, (thrown: unknown) => thrown);
      expect.assert(error instanceof JobFailed);
      expect(error.message).toMatch(/^"Weather" gave an address for the output "output1" that leads back to this computer or its own network link \([^)]+\), so it is not called\.$/);
      expect(error.message).not.toContain('sig');
    }
    expect(job.asked).toEqual([]);
  });

  it('gives addresses of storage, in a network of a company too', async () => {
    for (const base of ['https://acc.blob.core.windows.net/', 'https://10.1.2.3/', 'https://storage.office.test:8443/']) {
      const job = finished('https://ml.example.test', { base, location: 'box/a.csv', sas });
      await job.open();
      expect(job.asked).toEqual([`${base}box/a.csv${sas}`]);
    }
  });
});

it.each(['http://127.0.0.1:5000', 'http://localhost:5000'])('a service on this computer (%s) keeps its results here', async (address) => {
  const job = finished(address, { base: 'http://127.0.0.1:10000/account/', location: 'box/a.csv', sas });
  await job.open();
  expect(job.asked).toEqual([`http://127.0.0.1:10000/account/box/a.csv${sas}`]);
});
