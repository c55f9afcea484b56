// Deleting only what is ours, and tokens for single blobs and containers, against a real blob service.

import { ContainerSASPermissions, generateBlobSASQueryParameters, StorageSharedKeyCredential } from '@azure/storage-blob';
import { describe, expect, it } from 'vitest';
import { blobInfo, checkAccess, deleteBlob, ensureContainer, listBlobs, listContainers, signBlob } from '../../../src/storage/blobs';
import { InvalidInput, StorageFailed } from '../../../src/model/errors';
import type { BlobPlace, StorageAccess } from '../../../src/model/storage';
import { placeUrl } from '../../../src/storage/blobAddress';
import type { Fate } from './blobsRelay';
import { large, never, thrownBy, useStorage } from './blobsSetting';
import { answerOf, send } from '../http/calls';

const { tools, lines, storage, upload, put, container, file, content, relayed } = useStorage();

describe('deleting', () => {
  it('takes only what is ours', async () => {
    const place = storage().place(await container(), 'x.csv');
    const remove = (value: string) => deleteBlob(storage().access, place, { name: 'Job', value }, tools, never);
    expect(await remove('k1')).toBe('gone');
    await put(place, 'x');
    expect(await remove('k2')).toBe('notOurs');
    expect(await blobInfo(storage().access, place, tools, never)).toBeDefined();
    expect(await remove('k1')).toBe('deleted');
    expect(await blobInfo(storage().access, place, tools, never)).toBeUndefined();
  });

  it('leaves what has been replaced meanwhile', async () => {
    const name = await container();
    await put(storage().place(name, 'x.csv'), 'ours');
    const { access, place } = await relayed(async (line): Promise<Fate> => {
      if (line.startsWith('DELETE')) await put(storage().place(name, 'x.csv'), 'theirs', { overwrite: true });
      return 'pass';
    });
    expect(await deleteBlob(access, place(name, 'x.csv'), { name: 'job', value: 'k1' }, tools, never)).toBe('notOurs');
    expect((await content(storage().place(name, 'x.csv'))).toString()).toBe('theirs');
  });
});

describe('tokens', () => {
  it('for one blob read or write that blob only', async () => {
    const name = await container();
    const [one, other] = [storage().place(name, 'días/a b+c.csv'), storage().place(name, 'other.csv')];
    await put(other, 'other');
    const status = async (place: BlobPlace, token: string, body?: Buffer) => (await answerOf(send(tools.transport, placeUrl(place) + token, body === undefined ? {} : { method: 'PUT', body, headers: [{ name: 'x-ms-blob-type', value: 'BlockBlob' }] }))).status;
    const now = Date.now();
    const [read, write, old] = [signBlob(storage().access, one, 'r', { hours: 1, now }), signBlob(storage().access, one, 'cw', { hours: 1, now }), signBlob(storage().access, one, 'r', { hours: 1, now: now - 2 * 3_600_000 })];
    expect(await status(one, write, Buffer.from('content'))).toBe(201);
    expect([await status(one, read), await status(other, read), await status(one, write), await status(one, read, Buffer.from('x')), await status(one, old)]).toEqual([200, 403, 403, 403, 403]);
    expect((await content(one)).toString()).toBe('content');
  });

  it('are for https, except on this computer', () => {
    const access: StorageAccess = { kind: 'account', account: 'weather', base: 'https://weather.blob.core.windows.net/', key: 'c2VjcmV0', connectionString: 'AccountKey=c2VjcmV0' };
    const token = new URLSearchParams(signBlob(access, { base: access.base, container: 'in', name: 'x.csv' }, 'r', { hours: 24, now: Date.UTC(2026, 0, 1) }));
    expect([token.get('spr'), token.get('st'), token.get('se'), token.get('sr'), token.get('sp')]).toEqual(['https', '2025-12-31T00:00:00Z', '2026-01-02T00:00:00Z', 'b', 'r']);
    expect(signBlob(storage().access, storage().place('in', 'x.csv'), 'r', { hours: 1, now: Date.now() })).not.toContain('spr=');
  });

  /** Access to one container by a token of these permissions. */
  function byToken(name: string, permissions: string, expiresOn = new Date(Date.now() + 3_600_000)): StorageAccess {
    const { account, key, base } = storage().access;
    const query = generateBlobSASQueryParameters({ containerName: name, permissions: ContainerSASPermissions.parse(permissions), expiresOn }, new StorageSharedKeyCredential(account, key));
    return { kind: 'container', base, container: name, sas: `?${query.toString()}` };
  }

  it('for one container serve for all that is done in it', async () => {
    const name = await container();
    const access = byToken(name, 'racwdl');
    const place = storage().place(name, 'x.csv');
    await checkAccess(access, tools, never);
    await ensureContainer(access, name, tools, never);
    await upload(place, await file(large), {}, access);
    expect(await listContainers(access, tools, never)).toEqual([name]);
    expect((await listBlobs(access, name, '', 10, tools, never)).blobs).toMatchObject([{ name: 'x.csv' }]);
    expect(signBlob(access, place, 'r', { hours: 1, now: Date.now() })).toBe(access.kind === 'container' ? access.sas : '');
    expect(await deleteBlob(access, place, { name: 'job', value: 'k1' }, tools, never)).toBe('deleted');
  });

  it('that permit to write only are enough for an upload', async () => {
    const name = await container();
    const access = byToken(name, 'cw');
    await checkAccess(access, tools, never);
    const place = storage().place(name, 'x.csv');
    await upload(place, await file('x'), {}, access);
    expect(await thrownBy(upload(place, await file('y'), { metadata: {} }, access))).toBeInstanceOf(StorageFailed);
    expect((await content(place)).toString()).toBe('x');
    expect(await thrownBy(listBlobs(access, name, '', 10, tools, never))).toMatchObject({ code: 'AuthorizationPermissionMismatch', message: expect.stringContaining('does not permit this') });
  });

  it('that have expired say so, and never go to another container', async () => {
    const name = await container();
    const expired = byToken(name, 'rl', new Date(Date.now() - 60_000));
    expect(await thrownBy(checkAccess(expired, tools, never))).toMatchObject({ code: 'AuthenticationFailed', message: expect.stringMatching(/^The token for 127\.0\.0\.1:\d+ expired on \d{4}-\d\d-\d\d at \d\d:\d\d \(UTC\)\.$/) });
    const before = lines.length;
    expect(await thrownBy(listBlobs(byToken(name, 'rl'), 'another', '', 10, tools, never))).toBeInstanceOf(InvalidInput);
    expect(await thrownBy(blobInfo(storage().access, { base: 'https://elsewhere.example.test/', container: name, name: 'x' }, tools, never))).toBeInstanceOf(InvalidInput);
    expect(lines).toHaveLength(before);
  });
});
