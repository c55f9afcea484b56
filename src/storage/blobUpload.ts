// Uploads a file to a blob, block by block: little memory, progress, and nothing to be seen in storage unless all of it is there.

import { randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { BlockBlobClient } from '@azure/storage-blob';
import { Cancelled, LocalFailure, messageOf, StorageFailed } from '../model/errors';
import type { BlobPlace, StorageAccess } from '../model/storage';
import { blobClient, readInfo } from './blobClients';
import { codeOf, explained, statusOf } from './blobErrors';
import type { BlobTools } from './blobHttp';

/** A file of this computer with the size that it is known to have, or bytes in memory. */
export type UploadSource =
  | { readonly path: string; readonly bytes: number }
  | { readonly data: Uint8Array };

export interface UploadOptions {
  /** False leaves a blob that is there already as it is: StorageFailed with the code `BlobAlreadyExists`. */
  readonly overwrite: boolean;
  /** Written with the blob, so that it can be told whose it is. Names and values in ASCII. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Told after each block how many bytes are in storage. */
  readonly onProgress: (bytesSent: number) => void;
}

const mebibyte = 1024 * 1024;
/** Storage's own limit of blocks in a blob. */
const mostBlocks = 50_000;
/** So many blocks are under way at once: each is in memory once. */
const atOnce = 5;

/** Size of the blocks for a file of that size, in bytes. */
export function blockBytesFor(bytes: number): number {
  const wanted = bytes > 512 * mebibyte ? 8 * mebibyte : 4 * mebibyte;
  return Math.max(wanted, Math.ceil(bytes / mostBlocks / mebibyte) * mebibyte);
}

/**
 * Uploads a file and tells what storage made of it. Throws StorageFailed; LocalFailure when the file cannot be read or changes meanwhile;
 * Cancelled when `signal` is raised. In none of these cases is there a blob that was not there before.
 */
export async function uploadBlob(
  access: StorageAccess,
  place: BlobPlace,
  source: UploadSource,
  options: UploadOptions,
  tools: BlobTools,
  signal: AbortSignal,
): Promise<{ readonly etag: string; readonly bytes: number }> {
  if (signal.aborted) throw new Cancelled();
  const content = 'path' in source ? await FileContent.open(source.path, source.bytes) : new MemoryContent(source.data);
  try {
    // One block that fails ends the others, so that none is under way when this is over.
    const all = new AbortController();
    const both = AbortSignal.any([signal, all.signal]);
    const client = blobClient(access, place, tools, both);
    return await explained(access, place, signal, async () => {
      if (!options.overwrite) await refuseExisting(client, both);
      try {
        const etag =
          content.bytes <= blockBytesFor(content.bytes)
            ? await putWhole(client, content, options, both)
            : await putBlocks(client, content, options, both, all);
        return { etag, bytes: content.bytes };
      } catch (error) {
        const etag =
          options.overwrite || codeOf(error) !== 'BlobAlreadyExists' ? undefined : await ownEtag(client, content.bytes, options, both);
        if (etag === undefined) throw error;
        return { etag, bytes: content.bytes };
      }
    });
  } finally {
    await content.close();
  }
}

/** What is uploaded, in pieces. */
interface Content {
  readonly bytes: number;
  /** Name for people and for the type of the content; empty for bytes in memory. */
  readonly name: string;
  /** `length` bytes from `offset`; `into` may be used for them. */
  read(into: Buffer, offset: number, length: number): Promise<Buffer>;
  /** Throws LocalFailure when what was read is not what is there now. */
  check(): Promise<void>;
  close(): Promise<void>;
}

class MemoryContent implements Content {
  readonly name = '';
  readonly bytes: number;

  constructor(private readonly data: Uint8Array) {
    this.bytes = data.byteLength;
  }

  read(_into: Buffer, offset: number, length: number): Promise<Buffer> {
    return Promise.resolve(Buffer.from(this.data.buffer, this.data.byteOffset + offset, length));
  }

  async check(): Promise<void> {}

  async close(): Promise<void> {}
}

class FileContent implements Content {
  readonly name: string;

  private constructor(private readonly handle: FileHandle, path: string, readonly bytes: number, private readonly modified: bigint) {
    this.name = basename(path);
  }

  static async open(path: string, bytes: number): Promise<FileContent> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, 'r');
      const { size, mtimeNs } = await handle.stat({ bigint: true });
      if (Number(size) !== bytes) throw changed(basename(path));
      return new FileContent(handle, path, bytes, mtimeNs);
    } catch (error) {
      await handle?.close();
      throw error instanceof LocalFailure ? error : unreadable(basename(path), error);
    }
  }

  async read(into: Buffer, offset: number, length: number): Promise<Buffer> {
    for (let filled = 0; filled < length; ) {
      const { bytesRead } = await this.handle.read(into, filled, length - filled, offset + filled).catch((error: unknown) => {
        throw unreadable(this.name, error);
      });
      if (bytesRead === 0) throw changed(this.name);
      filled += bytesRead;
    }
    return into.subarray(0, length);
  }

  async check(): Promise<void> {
    const { size, mtimeNs } = await this.handle.stat({ bigint: true });
    if (Number(size) !== this.bytes || mtimeNs !== this.modified) throw changed(this.name);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** Tells of a blob that is there before a large file is sent for nothing. */
async function refuseExisting(client: BlockBlobClient, signal: AbortSignal): Promise<void> {
  try {
    if (await readInfo(client, signal) === undefined) return;
  } catch (error) {
    // A token may permit to write and not to read; whether the blob is there shows at the end.
    if (statusOf(error) === 403) return;
    throw error;
  }
  throw new StorageFailed(
    {
      sentence: `There is a blob "${client.containerName}/${client.name}" already.`,
      advice: 'It was left as it is. Choose another name, or say that it may be overwritten.',
    },
    'BlobAlreadyExists',
  );
}

async function putWhole(client: BlockBlobClient, content: Content, options: UploadOptions, signal: AbortSignal): Promise<string> {
  const bytes = await content.read(Buffer.allocUnsafe(content.bytes), 0, content.bytes);
  await content.check();
  const { etag = '' } = await client.upload(bytes, bytes.byteLength, { ...settings(content, options), abortSignal: signal });
  options.onProgress(content.bytes);
  return etag;
}

async function putBlocks(
  client: BlockBlobClient,
  content: Content,
  options: UploadOptions,
  signal: AbortSignal,
  all: AbortController,
): Promise<string> {
  const blockBytes = blockBytesFor(content.bytes);
  const count = Math.ceil(content.bytes / blockBytes);
  // Two uploads to one name must not mix their blocks. All ids of a blob have to have one length.
  const run = randomBytes(12).toString('hex');
  const ids = Array.from({ length: count }, (_, index) => Buffer.from(`${run}-${String(index).padStart(6, '0')}`).toString('base64'));
  let next = 0;
  let sent = 0;
  const worker = async () => {
    const buffer = Buffer.allocUnsafeSlow(blockBytes);
    while (next < count) {
      const index = next++;
      const offset = index * blockBytes;
      const block = await content.read(buffer, offset, Math.min(blockBytes, content.bytes - offset));
      await client.stageBlock(ids[index] ?? '', block, block.byteLength, { abortSignal: signal });
      sent += block.byteLength;
      options.onProgress(sent);
    }
  };
  const failed: unknown[] = [];
  await Promise.all(
    Array.from({ length: Math.min(atOnce, count) }, () =>
      worker().catch((error: unknown) => {
        failed.push(error);
        all.abort();
      }),
    ),
  );
  if (failed.length > 0) throw failed[0];
  await content.check();
  const { etag = '' } = await client.commitBlockList(ids, { ...settings(content, options), abortSignal: signal });
  return etag;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.json': 'application/json',
};

function settings(content: Content, { overwrite, metadata }: UploadOptions) {
  return {
    metadata: { ...metadata },
    blobHTTPHeaders: { blobContentType: contentTypes[extname(content.name).toLowerCase()] ?? 'application/octet-stream' },
    ...(overwrite ? {} : { conditions: { ifNoneMatch: '*' } }),
  };
}

/** When the answer to a successful commit is lost, the next try finds the blob there: it is ours when size and metadata are. */
async function ownEtag(
  client: BlockBlobClient,
  bytes: number,
  { metadata }: UploadOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  const info = await readInfo(client, signal);
  const marks = Object.entries(metadata);
  const ours = info?.bytes === bytes && marks.length > 0 && marks.every(([name, value]) => info.metadata[name.toLowerCase()] === value);
  return ours ? info.etag : undefined;
}

function changed(name: string): LocalFailure {
  return new LocalFailure({
    sentence: `The file "${name}" changed while it was being uploaded.`,
    advice: 'Nothing was put into storage. Try again when the file is complete.',
    actions: ['retry'],
  });
}

function unreadable(name: string, error: unknown): LocalFailure {
  return new LocalFailure({ sentence: `The file "${name}" cannot be read.`, detail: messageOf(error) });
}
