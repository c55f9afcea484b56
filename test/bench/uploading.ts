// Uploads a large file, in one of several ways, and tells how long that took and how much memory it needed. A program of its own; it writes JSON.

import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContainerClient, newPipeline, StorageSharedKeyCredential } from '@azure/storage-blob';
import type * as blobCalls from '../../src/storage/blobs';
import type * as transportMaker from '../../src/http/transport';
import { developmentAccount } from '../../src/model/developmentAccount';
import type { StorageAccess } from '../../src/model/storage';

/** `uploadBlob` is what ships; the others are storage-blob's own. Without `blockBytes` it decides, and sends a file of this size in one piece. */
export interface UploadWay {
  readonly kind: 'uploadBlob' | 'uploadFile' | 'uploadData';
  readonly blockBytes?: number;
  readonly atOnce?: number;
}

export interface UploadInput {
  /** The production build. */
  readonly dist: string;
  /** Of the storage on this computer. */
  readonly port: number;
  readonly large: UploadFile;
  /** Goes first, so that nobody pays for what the first call of all pays for. */
  readonly small: UploadFile;
  readonly way: UploadWay;
}

export interface UploadFile {
  readonly path: string;
  readonly bytes: number;
}

/** Memory in bytes: by how much it was above what it had been before, at most, during the first upload. */
export interface UploadResult {
  /** The shorter of two uploads: what disturbs one seldom disturbs both. */
  readonly tookMs: number;
  readonly residentGrowth: number;
  readonly heldGrowth: number;
}

const sampleMs = 10;
const container = 'bench';

const { dist, port, large, small, way }: UploadInput = JSON.parse(process.argv[2] ?? '');
const { name: account, key } = developmentAccount;
const base = `http://127.0.0.1:${port}/${account}/`;

// No proxy stands between this computer and itself.
for (const name of Object.keys(process.env)) if (/^(https?|all)_proxy$/i.test(name)) delete process.env[name];

const client = new ContainerClient(`${base}${container}`, newPipeline(new StorageSharedKeyCredential(account, key)));

function uploader({ kind, blockBytes, atOnce }: UploadWay): (file: UploadFile, name: string) => Promise<unknown> {
  const options = { ...(blockBytes === undefined ? {} : { blockSize: blockBytes, maxSingleShotSize: blockBytes }), ...(atOnce === undefined ? {} : { concurrency: atOnce }) };
  switch (kind) {
    case 'uploadBlob':
      return shipped();
    case 'uploadFile':
      return ({ path }, name) => client.getBlockBlobClient(name).uploadFile(path, options);
    case 'uploadData':
      return async ({ path }, name) => client.getBlockBlobClient(name).uploadData(await readFile(path), options);
    default:
      return kind satisfies never;
  }
}

function shipped(): (file: UploadFile, name: string) => Promise<unknown> {
  const load = createRequire(join(dist, 'extension.js'));
  const { uploadBlob }: typeof blobCalls = load('./blobs.js');
  const { createTransport }: typeof transportMaker = load('./transport.js');
  const tools = { transport: createTransport({ proxy: '', proxySupport: 'off', noProxy: [], strictSsl: true, systemCertificates: false, environment: {} }), log: () => undefined };
  const access: StorageAccess = { kind: 'account', base, account, key, connectionString: '' };
  const { signal } = new AbortController();
  return (file, name) => uploadBlob(access, { base, container, name }, file, { overwrite: false, metadata: { job: 'bench' }, onProgress: () => undefined }, tools, signal);
}

/** What finalizers let go is free at the second time. */
function collect(): void {
  for (let round = 0; round < 2; round += 1) global.gc?.();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function measure(): Promise<UploadResult> {
  await client.createIfNotExists();
  const upload = uploader(way);
  await upload(small, 'small.csv');
  collect();
  const held = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = { resident: process.memoryUsage.rss(), held: held() };
  let most = before;
  const look = (): void => void (most = { resident: Math.max(most.resident, process.memoryUsage.rss()), held: Math.max(most.held, held()) });
  const sampler = setInterval(look, sampleMs);
  const first = await timed(() => upload(large, 'first.csv'));
  look();
  clearInterval(sampler);
  collect();
  const second = await timed(() => upload(large, 'second.csv'));
  for (const name of ['first.csv', 'second.csv']) {
    const { contentLength } = await client.getBlockBlobClient(name).getProperties();
    if (contentLength !== large.bytes) throw new Error(`${contentLength} of ${large.bytes} bytes are in storage.`);
  }
  const tookMs = Math.min(first, second);
  return { tookMs, residentGrowth: most.resident - before.resident, heldGrowth: most.held - before.held };
}

void measure().then((result) => process.stdout.write(JSON.stringify(result), () => process.exit()));
