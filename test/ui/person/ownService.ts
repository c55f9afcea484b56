// "My service": the packaged sample as a process of its own, with a key the test knows, and faults on demand.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { developmentAccount } from '../../../src/model/developmentAccount';
import { root } from '../../host/tools.mjs';

/** What the service has counted. */
export interface Counters {
  readonly calls: Readonly<Record<'execute' | 'swagger' | 'submit' | 'start' | 'status' | 'cancel', number>>;
  /** Calls whose connection was closed by the caller before they were answered. */
  readonly aborted: number;
}

/** A job as the service knows it. */
export interface SeenJob {
  readonly id: string;
  readonly status: string;
  /** How many calls there were to start it. */
  readonly starts: number;
  readonly removed: boolean;
}

/** A service that runs. */
export interface OwnService {
  readonly key: string;
  /** Its address, without operation and query. */
  readonly address: string;
  readonly workspaceId: string;
  readonly serviceId: string;
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Plans what it does wrong at the next calls; see the sample's help. */
  plan(...faults: readonly object[]): Promise<void>;
  counters(): Promise<Counters>;
  /** Forgets what is planned and treats jobs as usual, so that a test that failed midway leaves nothing to the next one. */
  asUsual(): Promise<void>;
  /** Changes how it treats batch jobs; see the sample's help. */
  behave(jobs: object): Promise<void>;
  /** All jobs that were ever submitted to it. */
  jobsSeen(): Promise<readonly SeenJob[]>;
  /** Of its blob storage. */
  readonly connectionString: string;
  /** Asks it directly, for what the right answer is. */
  score(text: string): Promise<string[]>;
  stop(): Promise<void>;
}

interface ReadyLine {
  readonly baseUrl: string;
  readonly workspace: string;
  readonly services: readonly { readonly id: string }[];
  readonly blobEndpoint: string;
}

/** Starts the service on a free port with this key. */
export async function startOwnService(key: string): Promise<OwnService> {
  const child = fork(join(root, 'dist', 'sample.js'), ['--port', '0'], { env: { SAMPLE_API_KEY: key }, execArgv: [], stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  const over = once(child, 'exit');
  const output = child.stdout;
  if (!output) throw new Error('The service has no output.');
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: output }).once('line', resolve);
    over.then(() => reject(new Error('The service did not start.')), reject);
  });
  const ready: ReadyLine = JSON.parse(line);
  const serviceId = ready.services[0]?.id ?? '';
  const address = `${ready.baseUrl}/workspaces/${ready.workspace}/services/${serviceId}`;
  const call = async (url: string, body?: object, method = body ? 'POST' : 'GET'): Promise<unknown> => {
    const response = await fetch(url, { method, headers: { Authorization: `Bearer ${key}` }, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  return {
    key, address, serviceId,
    workspaceId: ready.workspace,
    host: new URL(ready.baseUrl).host,
    plan: async (...faults) => void (await call(`${ready.baseUrl}/faults`, { faults })),
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${developmentAccount.name};AccountKey=${developmentAccount.key};BlobEndpoint=${ready.blobEndpoint}`,
    asUsual: async () => {
      for (const place of ['faults', 'behaviour']) await call(`${ready.baseUrl}/${place}`, undefined, 'DELETE');
    },
    behave: async (jobs) => void (await call(`${ready.baseUrl}/behaviour`, { jobs })),
    jobsSeen: async () => JSON.parse(JSON.stringify(await call(`${ready.baseUrl}/jobs-seen`))),
    counters: async () => JSON.parse(JSON.stringify(await call(`${ready.baseUrl}/faults`))),
    score: async (text) => {
      const answer: { Results: { output1: { value: { Values: string[][] } } } } = JSON.parse(JSON.stringify(await call(`${address}/execute?api-version=2.0&details=true`, requestOf(text))));
      return answer.Results.output1.value.Values[0] ?? [];
    },
    stop: async () => {
      child.kill();
      await over;
    },
  };
}

/** A request with a row for each text. */
export function requestOf(...texts: readonly string[]): object {
  return { Inputs: { input1: { ColumnNames: ['Col2'], Values: texts.map((text) => [text]) } }, GlobalParameters: {} };
}
