// Blob storage against a real blob service: lists, uploads and what can come between.

import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blobInfo, checkAccess, ensureContainer, listBlobs, listContainers, signBlob } from '../../../src/storage/blobs';
import { Cancelled, LocalFailure } from '../../../src/model/errors';
import { placeUrl } from '../../../src/storage/blobAddress';
import type { Fate } from './blobsRelay';
import { large, never, thrownBy, useStorage } from './blobsSetting';
import { answerOf, send } from '../http/calls';

const { tools, lines, storage, upload, put, container, file, content, relayed } = useStorage();

describe('lists', () => {
  it('containers, and blobs level by level', async () => {
    const name = await container();
    for (const blob of ['a.csv', 'días/ü 1.csv', 'días/2/x.csv', 'z#?%.tsv']) await put(storage().place(name, blob), blob);
    expect(await listContainers(storage().access, tools, never)).toContain(name);
    const top = await listBlobs(storage().access, name, '', 100, tools, never);
    expect([top.folders, top.blobs.map((blob) => blob.name), top.more]).toEqual([['días/'], ['a.csv', 'z#?%.tsv'], false]);
    const below = await listBlobs(storage().access, name, 'días/', 100, tools, never);
    expect([below.folders, below.blobs.map((blob) => blob.name)]).toEqual([['días/2/'], ['días/ü 1.csv']]);
    expect(below.blobs[0]).toMatchObject({ bytes: 14 });
    expect(Math.abs(Date.now() - (below.blobs[0]?.modifiedAt ?? 0))).toBeLessThan(60_000);
    expect((await content(storage().place(name, 'z#?%.tsv'))).toString()).toBe('z#?%.tsv');
  });

  it('as many as are wanted, and tell of more', async () => {
    const name = await container();
    for (const blob of ['1', '2', '3']) await put(storage().place(name, blob), blob);
    expect(await listBlobs(storage().access, name, '', 2, tools, never)).toMatchObject({ blobs: [{ name: '1' }, { name: '2' }], more: true });
    expect(await listBlobs(storage().access, name, '', 3, tools, never)).toMatchObject({ blobs: [{ name: '1' }, { name: '2' }, { name: '3' }], more: false });
  });

  it('tell of a container that is not there', async () => {
    expect(await thrownBy(listBlobs(storage().access, 'nowhere', '', 10, tools, never))).toMatchObject({ name: 'StorageFailed', code: 'ContainerNotFound', message: `There is no container "nowhere" at 127.0.0.1:${storage().port}.` });
  });

  it('make a container once', async () => {
    const name = await container();
    await ensureContainer(storage().access, name, tools, never);
    await checkAccess(storage().access, tools, never);
  });
});

describe('an upload', () => {
  it('of a small file is one call, and of a large one blocks', async () => {
    const { relay, access, place } = await relayed(() => 'pass');
    const name = await container();
    const small = await upload(place(name, 'small.csv'), await file('Col2\nrain'), {}, access);
    expect(relay.seen.filter((line) => line.startsWith('PUT'))).toEqual([`PUT /devstoreaccount1/${name}/small.csv`]);
    expect(await blobInfo(storage().access, storage().place(name, 'small.csv'), tools, never)).toMatchObject({ bytes: 9, etag: small.etag, metadata: { job: 'k1' } });

    const sent: number[] = [];
    const done = await upload(place(name, 'large.csv'), await file(large), { onProgress: (bytes) => sent.push(bytes) }, access);
    expect(done.bytes).toBe(large.length);
    expect(sent).toHaveLength(4);
    expect(sent).toEqual([...sent].sort((one, other) => one - other));
    expect(sent.at(-1)).toBe(large.length);
    expect((await content(storage().place(name, 'large.csv'))).equals(large)).toBe(true);
    expect(await blobInfo(storage().access, storage().place(name, 'large.csv'), tools, never)).toMatchObject({ bytes: large.length, etag: done.etag, metadata: { job: 'k1' } });
    const head = await answerOf(send(tools.transport, placeUrl(storage().place(name, 'large.csv')) + signBlob(storage().access, storage().place(name, 'large.csv'), 'r', { hours: 1, now: Date.now() }), { method: 'HEAD' }));
    expect(head.headers.find(({ name: header }) => header.toLowerCase() === 'content-type')?.value).toBe('text/csv');
  });

  it('of nothing makes an empty blob', async () => {
    const place = storage().place(await container(), 'empty.csv');
    await upload(place, await file(''));
    expect(await blobInfo(storage().access, place, tools, never)).toMatchObject({ bytes: 0 });
  });

  it('leaves what is there, unless told to overwrite it', async () => {
    const place = storage().place(await container(), 'taken.csv');
    await put(place, 'first', { metadata: { job: 'other' } });
    const before = lines.length;
    expect(await thrownBy(upload(place, await file(large)))).toMatchObject({ name: 'StorageFailed', code: 'BlobAlreadyExists', message: `There is a blob "${place.container}/taken.csv" already.` });
    expect(lines.slice(before).map((line) => line.split(' ')[0])).toEqual(['HEAD']);
    expect((await content(place)).toString()).toBe('first');
    await put(place, 'second', { overwrite: true });
    expect((await content(place)).toString()).toBe('second');
  });

  it('leaves what has come there meanwhile', async () => {
    const name = await container();
    const { access, place } = await relayed(async (line): Promise<Fate> => {
      if (line.includes('comp=blocklist')) await put(storage().place(name, 'race.csv'), 'theirs', { overwrite: true, metadata: { job: 'other' } });
      return 'pass';
    });
    expect(await thrownBy(upload(place(name, 'race.csv'), await file(large), {}, access))).toMatchObject({ code: 'BlobAlreadyExists' });
    expect((await content(storage().place(name, 'race.csv'))).toString()).toBe('theirs');
  });

  it.each([
    ['grows', (path: string) => appendFile(path, 'more')],
    ['shrinks', (path: string) => truncate(path, 1000)],
    ['is written anew', (path: string) => writeFile(path, Buffer.alloc(large.length))],
  ])('of a file that %s meanwhile commits nothing', async (_how, change) => {
    const name = await container();
    const source = await file(large);
    const { relay, access, place } = await relayed(async (line): Promise<Fate> => {
      if (line.includes('comp=block&')) await change(source.path);
      return 'pass';
    });
    expect(await thrownBy(upload(place(name, 'changing.csv'), source, {}, access))).toBeInstanceOf(LocalFailure);
    expect(relay.seen.some((line) => line.includes('comp=blocklist'))).toBe(false);
    expect(await blobInfo(storage().access, storage().place(name, 'changing.csv'), tools, never)).toBeUndefined();
  });

  it('of a file that is another or none sends nothing', async () => {
    const place = storage().place(await container(), 'x.csv');
    const before = lines.length;
    const { path } = await file('content');
    expect(await thrownBy(upload(place, { path, bytes: 8 }))).toMatchObject({ name: 'LocalFailure', message: expect.stringContaining('changed') });
    expect(await thrownBy(upload(place, { path: join(dirname(path), 'none.csv'), bytes: 8 }))).toMatchObject({ name: 'LocalFailure', message: 'The file "none.csv" cannot be read.' });
    expect(lines).toHaveLength(before);
  });

  it('that is cancelled commits nothing and closes its connections', async () => {
    const name = await container();
    const control = new AbortController();
    const { relay, access, place } = await relayed((line) => {
      if (line.includes('comp=block&')) control.abort();
      return 'pass';
    });
    expect(await thrownBy(upload(place(name, 'given-up.csv'), await file(large), {}, access, control.signal))).toBeInstanceOf(Cancelled);
    await Promise.all(relay.sockets.map((_socket, index) => relay.closed(index)));
    expect(relay.seen.some((line) => line.includes('comp=blocklist'))).toBe(false);
    expect(await blobInfo(storage().access, storage().place(name, 'given-up.csv'), tools, never)).toBeUndefined();
    expect(await thrownBy(upload(place(name, 'given-up.csv'), await file('x'), {}, access, control.signal))).toBeInstanceOf(Cancelled);
  });

  it('sends a block again whose connection was cut', async () => {
    const name = await container();
    const cut = new Set<string>();
    const { access, place } = await relayed((line) => {
      const block = /blockid=([^&]+)/.exec(line)?.[1];
      if (block === undefined || cut.has(block)) return 'pass';
      cut.add(block);
      return cut.size % 2 === 0 ? 'cut' : 'lost';
    });
    await upload(place(name, 'cut.csv'), await file(large), {}, access);
    expect(cut.size).toBe(4);
    expect((await content(storage().place(name, 'cut.csv'))).equals(large)).toBe(true);
  });

  it('of which one block fails for good ends the others and tells why', async () => {
    const name = await container();
    const { access, place } = await relayed((line) => (line.includes('comp=block&') ? 'cut' : 'pass'));
    expect(await thrownBy(upload(place(name, 'x.csv'), await file(large), {}, access))).toMatchObject({ name: 'StorageFailed', message: expect.stringContaining('was closed before the answer was complete') });
  });

  it('of which one block is refused does not wait for the others', async () => {
    const name = await container();
    let blocks = 0;
    const { access, place } = await relayed((line) => {
      if (!line.includes('comp=block&')) return 'pass';
      return ++blocks === 4 ? 'refused' : 'kept';
    });
    expect(await thrownBy(upload(place(name, 'x.csv'), await file(large), {}, access))).toMatchObject({ name: 'StorageFailed', code: 'AuthorizationFailure' });
  });

  it.each([['blocks', large], ['one call', Buffer.from('small')]])('in %s whose last answer is lost is known to have succeeded', async (_form, bytes) => {
    const name = await container();
    let lost = 0;
    const { access, place } = await relayed((line) => (line.startsWith('PUT') && !line.includes('comp=block&') && lost++ === 0 ? 'lost' : 'pass'));
    const done = await upload(place(name, 'lost.csv'), await file(bytes), {}, access);
    expect(lost).toBe(2);
    expect(await blobInfo(storage().access, storage().place(name, 'lost.csv'), tools, never)).toMatchObject({ etag: done.etag, bytes: bytes.length });
  });
});

it('logs lines without queries', async () => {
  const name = await container();
  const before = lines.length;
  const relay = await relayed(() => 'pass');
  await upload(relay.place(name, 'x.csv'), await file(large), {}, relay.access);
  expect(lines.slice(before).map((line) => line.replace(/\d+ ms$/, 'N ms'))).toEqual([
    `HEAD 127.0.0.1:${relay.relay.port}/devstoreaccount1/${name}/x.csv 404 N ms`,
    `PUT 127.0.0.1:${relay.relay.port}/devstoreaccount1/${name}/x.csv 201 N ms`,
  ]);
});
