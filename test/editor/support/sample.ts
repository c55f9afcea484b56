// The sample service as a process of the test's own, with a key that the test knows, so that faults can be planned and calls counted.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { projectFile } from './editor';
import { afterwards } from './until';

/** A sample that runs until the test is over. */
export interface SampleProcess {
  readonly key: string;
  /** The service's address, without an operation. */
  readonly address: string;
  /** Plans what the next calls get; see the sample's --help. */
  plan(...faults: readonly object[]): Promise<void>;
  /** How many calls came to `execute`, and how many of them the client gave up. */
  counts(): Promise<{ calls: number; aborted: number }>;
}

interface Ready {
  readonly baseUrl: string;
  readonly workspace: string;
  readonly services: readonly { readonly id: string }[];
}

/** Starts the sample at a free port. */
export async function startSampleProcess(): Promise<SampleProcess> {
  const key = randomBytes(64).toString('base64');
  const child = spawn(process.execPath, [projectFile('dist', 'sample.js'), '--port', '0'], {
    env: { PATH: process.env['PATH'], SAMPLE_API_KEY: key, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  afterwards(() => {
    child.kill();
    return ended;
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The sample ended with ${code}.`)));
  });
  const ready: Ready = JSON.parse(line);
  const faults = async (method: string, body?: string): Promise<unknown> => {
    const response = await fetch(`${ready.baseUrl}/faults`, { method, headers: { Authorization: `Bearer ${key}` }, ...(body === undefined ? {} : { body }) });
    if (!response.ok) throw new Error(`The sample answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  return {
    key,
    address: `${ready.baseUrl}/workspaces/${ready.workspace}/services/${ready.services[0]?.id}`,
    plan: async (...planned) => void (await faults('POST', JSON.stringify({ faults: planned }))),
    counts: async () => {
      const { calls, aborted } = Object(await faults('GET'));
      return { calls: Number(calls.execute), aborted: Number(aborted) };
    },
  };
}
