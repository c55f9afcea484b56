// What the tests of blobs share: one storage for a file of tests, containers of their own, files, uploads.

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { ensureContainer, signBlob, uploadBlob, type UploadOptions, type UploadSource } from '../../../src/storage/blobs';
import { createTransport } from '../../../src/http/transport';
import type { BlobPlace, StorageAccess } from '../../../src/model/storage';
import { placeUrl } from '../../../src/storage/blobAddress';
import { accountAt, direct, startStorage, type RunningStorage } from './blobsAzurite';
import { startRelay, type Fate } from './blobsRelay';
import { answerOf, send, textOf } from '../http/calls';

/** A signal that is never raised. */
export const never = new AbortController().signal;

/** Starts storage before the tests of a file, and ends it after them. */
export function useStorage() {
  const transport = createTransport(direct);
  const lines: string[] = [];
  const tools = { transport, log: (line: string) => void lines.push(line) };
  let running: RunningStorage | undefined;
  let folder = '';
  let containers = 0;

  beforeAll(async () => {
    running = await startStorage();
    folder = await mkdtemp(join(tmpdir(), 'blobs-'));
  });
  afterAll(async () => {
    await transport.close();
    await running?.stop();
    await rm(folder, { recursive: true });
  });

  const storage = (): RunningStorage => {
    if (running === undefined) throw new Error('Storage is not running yet.');
    return running;
  };
  const upload = (place: BlobPlace, source: UploadSource, changes: Partial<UploadOptions> = {}, access: StorageAccess = storage().access, signal = never) =>
    uploadBlob(access, place, source, { overwrite: false, metadata: { job: 'k1' }, onProgress: () => undefined, ...changes }, tools, signal);

  return {
    tools,
    /** What was logged. */
    lines,
    storage,
    upload,
    put: (place: BlobPlace, text: string, changes: Partial<UploadOptions> = {}) => upload(place, { data: Buffer.from(text) }, changes),
    /** A container of this test's own. */
    container: async (): Promise<string> => {
      const name = `test-${containers++}`;
      await ensureContainer(storage().access, name, tools, never);
      return name;
    },
    /** A new file. */
    file: async (content: Buffer | string): Promise<{ path: string; bytes: number }> => {
      const path = join(folder, `${randomBytes(6).toString('hex')}.csv`);
      await writeFile(path, content);
      return { path, bytes: Buffer.byteLength(content) };
    },
    /** What a blob holds, read over a token for it. */
    content: async (place: BlobPlace): Promise<Buffer> => {
      const answer = await answerOf(send(transport, placeUrl(place) + signBlob(storage().access, place, 'r', { hours: 1, now: Date.now() })));
      if (answer.status !== 200) throw new Error(textOf(answer));
      return Buffer.from(answer.body);
    },
    /** The account behind a relay that decides on each request. */
    relayed: async (decide: (line: string) => Fate | Promise<Fate>) => {
      const relay = await startRelay(storage().port, decide);
      return { relay, ...accountAt(relay.port) };
    },
  };
}

/** What was thrown. */
export async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  return work.then(() => new Error('It succeeded.'), (error: unknown) => error);
}

/** More than three blocks. */
export const large = randomBytes(13 * 1024 * 1024 + 5);
