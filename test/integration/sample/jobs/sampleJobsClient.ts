// What the tests of batch jobs share: the built programs, calls to them, and storage-blob as a client of their storage.

import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobSASPermissions, BlobServiceClient, generateBlobSASQueryParameters, StorageSharedKeyCredential } from '@azure/storage-blob';
import { developmentAccount } from '../../../../src/model/developmentAccount';
import { buildSample } from '../sampleBuild';
import { base, call, key, until, type Reply } from '../sampleClient';

const credential = new StorageSharedKeyCredential(developmentAccount.name, developmentAccount.key);
const version = '?api-version=2.0';

export interface Reference {
  readonly ConnectionString: string | null;
  readonly RelativeLocation: string;
  readonly BaseLocation: string;
  readonly SasBlobToken: string;
}

export interface Status {
  readonly StatusCode: string | number;
  readonly Results: { readonly output1: Reference } | null;
  readonly Details: string | null;
  readonly CreatedAt: string;
  readonly StartTime: string;
  readonly EndTime: string;
}

/** The sample as a program, with its storage. */
export interface Programs {
  readonly child: ChildProcess;
  readonly baseUrl: string;
  readonly blobEndpoint: string;
  /** The line that it prints when it is ready, as JSON. */
  readonly ready: unknown;
  readonly connectionString: string;
  readonly blobs: BlobServiceClient;
  err(): string;
  /** Puts a file into the container `days` and returns its RelativeLocation. */
  upload(name: string, content: string | Buffer): Promise<string>;
  submit(body: object): Promise<Reply>;
  /** Submits and starts; returns the id. */
  start(body: object): Promise<string>;
  status(id: string): Promise<Status>;
  /** Asks until the job is over. */
  end(id: string): Promise<Status>;
  cancel(id: string): Promise<Reply>;
  behave(jobs: object): Promise<void>;
  /** A reference with a connection string. */
  byKey(location: string): object;
  /** A reference with a token for the one blob. */
  byToken(location: string, permissions: string): Omit<Reference, 'ConnectionString'>;
}

export interface Built {
  readonly folder: string;
  readonly program: string;
  remove(): void;
}

/** Builds both programs. */
export async function built(): Promise<Built> {
  const folder = mkdtempSync(join(tmpdir(), 'sample-jobs-'));
  return { folder, program: await buildSample(folder), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface StartOptions {
  readonly words?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts them and waits until they are ready. */
export async function startPrograms(program: string, { words = [], cwd, env = {} }: StartOptions = {}): Promise<Programs> {
  const child = fork(program, [...words], { env: { SAMPLE_API_KEY: key, ...env }, execArgv: [], silent: true, ...(cwd === undefined ? {} : { cwd }) });
  let [out, err] = ['', ''];
  child.stdout?.on('data', (data) => (out += String(data)));
  child.stderr?.on('data', (data) => (err += String(data)));
  await until(() => out.includes('\n') || child.exitCode !== null);
  if (!out.includes('\n')) throw new Error(err);
  const ready = JSON.parse(out);
  const { baseUrl, blobEndpoint } = ready;
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=${developmentAccount.name};AccountKey=${developmentAccount.key};BlobEndpoint=${blobEndpoint}`;
  const blobs = new BlobServiceClient(blobEndpoint, credential, { retryOptions: { maxTries: 1 } });
  const days = blobs.getContainerClient('days');
  await days.createIfNotExists();

  const submit = (body: object): Promise<Reply> => call(baseUrl, `${base}/jobs${version}`, { body: JSON.stringify(body) });
  const status = async (id: string): Promise<Status> => JSON.parse((await call(baseUrl, `${base}/jobs/${id}${version}`, { method: 'GET' })).text);
  return {
    child, baseUrl, blobEndpoint, ready, connectionString, blobs, submit, status,
    err: () => err,
    upload: async (name, content) => {
      await days.getBlockBlobClient(name).uploadData(Buffer.from(content));
      return `days/${name}`;
    },
    start: async (body) => {
      const submitted = await submit(body);
      if (submitted.status !== 200) throw new Error(submitted.text);
      const id: string = JSON.parse(submitted.text);
      const started = await startJob(baseUrl, id);
      if (started.status !== 200) throw new Error(started.text);
      return id;
    },
    end: async (id) => {
      let last = await status(id);
      await until(async () => ['Failed', 'Cancelled', 'Finished'].includes(String((last = await status(id)).StatusCode)));
      return last;
    },
    cancel: (id) => call(baseUrl, `${base}/jobs/${id}`, { method: 'DELETE' }),
    behave: async (jobs) => {
      const reply = await call(baseUrl, '/behaviour', { body: JSON.stringify({ jobs }) });
      if (reply.status !== 200) throw new Error(reply.text);
    },
    byKey: (location) => ({ ConnectionString: connectionString, RelativeLocation: location }),
    byToken: (location, permissions) => {
      const [containerName = '', ...rest] = location.split('/');
      const values = { containerName, blobName: rest.join('/'), permissions: BlobSASPermissions.parse(permissions), expiresOn: new Date(Date.now() + 600_000) };
      return { BaseLocation: `${blobEndpoint}/`, RelativeLocation: location, SasBlobToken: `?${generateBlobSASQueryParameters(values, credential).toString()}` };
    },
  };
}

export function startJob(baseUrl: string, id: string): Promise<Reply> {
  return call(baseUrl, `${base}/jobs/${id}/start${version}`);
}

/** Downloads a result as a caller does: a plain GET of the joined address. */
export async function download({ BaseLocation, RelativeLocation, SasBlobToken }: Reference): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${BaseLocation}${RelativeLocation}${SasBlobToken}`);
  return { status: response.status, text: await response.text() };
}

/** Ends the program and waits for it. */
export async function endPrograms({ child }: Programs): Promise<void> {
  child.kill();
  await until(() => child.exitCode !== null || child.signalCode !== null);
}

/** What a finished job tells of its output. */
export function resultOf({ Results, Details }: Status): Reference {
  if (!Results) throw new Error(Details ?? 'There are no results.');
  return Results.output1;
}
