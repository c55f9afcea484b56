// Blobs whose names hold what means something in an address: uploaded, listed, referred to and fetched by those very names, against a real blob service.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { blobInfo, deleteBlob, listBlobs, signBlob } from '../../../src/storage/blobs';
import { ResultAccess } from '../../../src/features/jobs/resultAccess';
import type { JobCalls } from '../../../src/features/jobs/calls';
import { submissionBody } from '../../../src/features/jobs/submissionBody';
import { InvalidInput } from '../../../src/model/errors';
import type { Job } from '../../../src/model/job';
import type { BlobPlace } from '../../../src/model/storage';
import { parseEndpoint } from '../../../src/protocols/studio/endpoint';
import { readStatus } from '../../../src/protocols/studio/bes';
import { resultFileName, usualPattern } from '../../../src/base/fileNames';
import { checkBlobName, placeUrl, resultUrl } from '../../../src/storage/blobAddress';
import { resultFile } from '../../../src/protocols/studio/results';
import { toService } from '../../../src/protocols/newService';
import { never, useStorage } from './blobsSetting';
import { answerOf, send } from '../http/calls';

const { tools, storage, upload, container, file } = useStorage();
const folder = await mkdtemp(join(tmpdir(), 'names-'));
afterAll(() => rm(folder, { recursive: true }));

const names = [
  'res%20x.csv', 'res x.csv', '100%.csv', '%.csv', '%25.csv', '%2F%2f.csv', 'a%2Fb.csv', 'what?.csv', 'what?sig=no.csv', 'no#1.csv', 'a+b.csv', 'a&b=c;d,e@f:g!$(h)\'i~.csv', 'días/中文 😀.csv',
  'e\u0301.csv', '50% off/a+b #1?.csv', '[retry](command:x).csv', ' begins with a space.csv', 'ends with a space.csv ', '"quoted" <b>.csv', '{0}|^`.csv',
];

const endpoint = parseEndpoint('http://127.0.0.1:1/workspaces/w/services/s');
expect.assert(endpoint.ok);
const service = toService({ name: 'Weather', endpoint: endpoint.endpoint });

function jobWith(parts: Partial<Job>): Job & { readonly id: string } {
  return {
    key: 'k1', id: 'j1', service: { name: service.name, address: service.address }, title: 'days.csv', createdAt: 0, inputs: [], outputs: [], parameters: [],
    startsItself: true, connectionStrings: false, step: 'ended', stepAt: 0, history: [], ...parts,
  };
}

/** The way to results of a service that gives these locations. */
function accessTo(results: object): ResultAccess {
  const status = readStatus(JSON.stringify({ StatusCode: 'Finished', Results: results }));
  expect.assert(status !== undefined);
  const no = (): Promise<never> => Promise.reject(new Error('This is not asked for here.'));
  const calls: JobCalls = { submit: no, startsLater: () => true, start: no, status: no, delete: no, results: () => Promise.resolve({ outcome: { kind: 'status', reading: status.reading }, files: status.references.map(resultFile) }) };
  return new ResultAccess({ calls, service: () => service, access: () => Promise.reject(new InvalidInput({ sentence: 'No.' })), sign: no, transport: () => Promise.resolve(tools.transport), log: () => undefined });
}

async function fetched(results: object): Promise<string> {
  const path = join(folder, `${Math.random()}.csv`);
  await accessTo(results).download(jobWith({}), 'output1', path, { overwrite: false, onProgress: () => undefined }, never);
  return readFile(path, 'utf8');
}

const reference = (place: BlobPlace, location = `${place.container}/${place.name}`): object => ({
  output1: { ConnectionString: null, BaseLocation: place.base, RelativeLocation: location, SasBlobToken: signBlob(storage().access, place, 'r', { hours: 1, now: Date.now() }) },
});

describe('names', () => {
  it('are uploaded and listed, each as it is', async () => {
    const box = await container();
    for (const name of names) {
      expect([name, checkBlobName(name)]).toEqual([name, undefined]);
      await upload(storage().place(box, name), await file(name), { metadata: { job: 'k1' } });
    }
    const listed: string[] = [];
    const walk = async (prefix: string): Promise<void> => {
      const { folders, blobs } = await listBlobs(storage().access, box, prefix, 100, tools, never);
      listed.push(...blobs.map(({ name }) => name));
      for (const each of folders) await walk(each);
    };
    await walk('');
    expect(listed.sort()).toEqual([...names].sort());
    for (const name of names) expect([name, (await blobInfo(storage().access, storage().place(box, name), tools, never))?.bytes]).toEqual([name, Buffer.byteLength(name)]);
    for (const name of names) expect([name, await deleteBlob(storage().access, storage().place(box, name), { name: 'job', value: 'k1' }, tools, never)]).toEqual([name, 'deleted']);
    expect(await listBlobs(storage().access, box, '', 100, tools, never)).toMatchObject({ folders: [], blobs: [] });
  });

  it.each(names)('%j is referred to as it is, and found by its reference, its address and as a result', async (name) => {
    const place = storage().place(await container(), name);
    await upload(place, await file(`of ${name}`));
    const job = jobWith({ inputs: [{ storage: 's', blob: place, overwrite: false }] });
    const body: unknown = JSON.parse(await submissionBody(job, {
      access: () => Promise.resolve(storage().access), parameters: { of: () => Promise.resolve('{}') },
      blobs: { ensureContainer: () => Promise.resolve(), sign: (access, blob, permissions, hours) => Promise.resolve(signBlob(access, blob, permissions, { hours, now: Date.now() })) },
    }));
    expect(body).toMatchObject({ Input: { BaseLocation: place.base, RelativeLocation: `${place.container}/${name}` } });
    const token = signBlob(storage().access, place, 'r', { hours: 1, now: Date.now() });
    const found = await answerOf(send(tools.transport, placeUrl(place) + token));
    expect(Buffer.from(found.body).toString()).toBe(`of ${name}`);
    expect(resultUrl({ name: 'o', base: place.base, location: `${place.container}/${name}`, sas: token })).toBe(placeUrl(place) + token);
    expect(await fetched(reference(place))).toBe(`of ${name}`);
    const parts: string[] = [];
    const opened = await accessTo(reference(place)).parts(jobWith({}), 'output1')(3, undefined, never);
    for await (const piece of opened.stream) parts.push(Buffer.from(piece).toString());
    expect(Buffer.byteLength(parts.join(''))).toBe(Buffer.byteLength(name));
    // The file that it is saved in has a name of its own making.
    expect(resultFileName(usualPattern, { job: name, id: 'j1', service: 's', output: 'output1', at: 0, extension: '.csv' })).not.toMatch(/[<>:"/\\|?*]/);
  });
});

describe('a result', () => {
  it('is the one whose name is written, where another would be found by what it means in an address', async () => {
    const box = await container();
    const [written, other] = [storage().place(box, 'res%20x.csv'), storage().place(box, 'res x.csv')];
    await upload(written, await file('written'));
    await upload(other, await file('other'));
    expect(await fetched(reference(written))).toBe('written');
    expect(await fetched(reference(other))).toBe('other');
  });

  it.each(['res%20x.csv', 'd%C3%ADas/a%2Bb%23.csv'])('is found too by a service that writes it as in an address: %s', async (location) => {
    const place = storage().place(await container(), decodeURIComponent(location));
    await upload(place, await file('found'));
    expect(await fetched(reference(place, `${place.container}/${location}`))).toBe('found');
  });

  it('that is nowhere is told of by the name that is written', async () => {
    const place = storage().place(await container(), 'none%20at.csv');
    await expect(fetched(reference(place))).rejects.toMatchObject({ message: expect.stringContaining('none%20at.csv') });
  });

  it('has its token told from a name with a question mark, wherever the token stands', async () => {
    const place = storage().place(await container(), 'what? 50%.csv');
    await upload(place, await file('asked'));
    const token = signBlob(storage().access, place, 'r', { hours: 1, now: Date.now() });
    expect(await fetched({ output1: { BaseLocation: place.base, RelativeLocation: `${place.container}/${place.name}${token}` } })).toBe('asked');
  });
});
