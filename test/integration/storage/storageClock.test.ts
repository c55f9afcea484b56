// A computer whose clock is wrong by hours, and a storage whose clock is right: calls are dated and tokens are made by that one.

import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { blobInfo, ensureContainer, listBlobs, StorageClocks, uploadBlob, type BlobTools } from '../../../src/storage/blobs';
import { blobCalls } from '../../../src/features/storage/blobCalls';
import type { Transport, WireRequest } from '../../../src/model/wire';
import { placeUrl } from '../../../src/storage/blobAddress';
import { never, useStorage } from './blobsSetting';
import { answerOf, send } from '../http/calls';

const { tools, storage, container, file } = useStorage();
const hour = 3_600_000;
afterEach(() => void vi.useRealTimers());

/** Sets this computer's clock wrong; storage is another process, whose clock stays right. */
function wrongBy(hours: number): number {
  const real = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: real + hours * hour });
  return real;
}

const headerOf = ({ headers }: WireRequest, name: string): string | undefined => headers.find((header) => header.name.toLowerCase() === name)?.value;

/** Storage as strict as in Azure, which refuses what is dated more than a quarter of an hour off. */
function strict(real: number): { transport: Transport; dates: number[]; refused: number } {
  const seen = { dates: [] as number[], refused: 0 };
  const transport: Transport = {
    ...tools.transport,
    send: async (request, signal) => {
      const outcome = await tools.transport.send(request, signal);
      const date = Date.parse(headerOf(request, 'x-ms-date') ?? '');
      if (Number.isNaN(date) || !outcome.ok) return outcome;
      seen.dates.push(date);
      if (Math.abs(date - real) <= 15 * 60_000) return outcome;
      seen.refused += 1;
      const headers = [...outcome.answer.headers.filter(({ name }) => name.toLowerCase() !== 'x-ms-error-code'), { name: 'x-ms-error-code', value: 'AuthenticationFailed' }];
      return { ok: true, answer: { ...outcome.answer, status: 403, headers, body: Buffer.from('<Error><Code>AuthenticationFailed</Code></Error>') } };
    },
  };
  return Object.assign(seen, { transport });
}

describe.each([-30, -11, 11, 30])('a clock that is wrong by %d hours', (hours) => {
  it('does not keep the account\'s key from being accepted', async () => {
    const name = await container();
    const real = wrongBy(hours);
    const guarded = strict(real);
    const dated: BlobTools = { transport: guarded.transport, log: () => undefined, clocks: new StorageClocks() };
    const place = storage().place(name, 'días/a b+c%.csv');
    await ensureContainer(storage().access, name, dated, never);
    const source = await file('1,2\n'.repeat(3_000_000));
    await uploadBlob(storage().access, place, source, { overwrite: false, metadata: { job: 'k1' }, onProgress: () => undefined }, dated, never);
    expect(await blobInfo(storage().access, place, dated, never)).toMatchObject({ bytes: source.bytes, metadata: { job: 'k1' } });
    expect((await listBlobs(storage().access, name, 'días/', 10, dated, never)).blobs).toMatchObject([{ name: place.name }]);
    // The first answer tells the time; every call after it is dated by it.
    expect(guarded.refused).toBe(1);
    expect(guarded.dates.slice(1).every((date) => Math.abs(date - real) < 5 * 60_000)).toBe(true);
    expect(await readFile(source.path)).toHaveLength(source.bytes);
  });

  it('makes tokens that storage accepts, also where nothing was asked of it before', async () => {
    const name = await container();
    const place = storage().place(name, 'x.csv');
    await uploadBlob(storage().access, place, { data: Buffer.from('content') }, { overwrite: false, metadata: {}, onProgress: () => undefined }, tools, never);
    const real = wrongBy(hours);
    const lines: string[] = [];
    const calls = blobCalls({
      transport: () => Promise.resolve(tools.transport), log: (line) => void lines.push(line),
    });
    const token = await calls.sign(storage().access, place, 'r', 24);
    const [start, end] = ['st', 'se'].map((part) => Date.parse(new URLSearchParams(token).get(part) ?? ''));
    expect.assert(start !== undefined && end !== undefined);
    expect([Math.round((end - real) / hour), start < real - 12 * hour]).toEqual([24, true]);
    expect((await answerOf(send(tools.transport, placeUrl(place) + token))).status).toBe(200);
    // Storage is asked for the time once, by a call that has no secret in it.
    await calls.sign(storage().access, place, 'r', 24);
    expect(lines.map((line) => line.replace(/ \d+ \d+ ms$/, ''))).toEqual([`HEAD 127.0.0.1:${storage().port}/devstoreaccount1/`]);
  });
});

it('tokens hold while the clock of storage is set back or forth by hours after they were made', async () => {
  const place = storage().place(await container(), 'x.csv');
  const sign = (shiftedMs: number): Promise<string> => {
    const clocks = new StorageClocks();
    clocks.note(storage().access.base, new Date(Date.now() + shiftedMs).toUTCString());
    return import('../../../src/storage/blobs').then(async ({ signBlob, storageNow }) => signBlob(storage().access, place, 'r', { hours: 24, now: await storageNow(storage().access, { ...tools, clocks }) }));
  };
  await uploadBlob(storage().access, place, { data: Buffer.from('x') }, { overwrite: false, metadata: {}, onProgress: () => undefined }, tools, never);
  for (const jumped of [-11, 11]) expect((await answerOf(send(tools.transport, placeUrl(place) + await sign(-jumped * hour)))).status).toBe(200);
});
