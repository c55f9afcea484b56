// "Azure": the packaged sample run alone, whose API Management a test fills, asks what it was called for, and has do things wrong.

import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Locator, Page } from 'playwright-core';
import { root } from '../../host/tools.mjs';

/** A call on it. */
export interface ArmCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** An Azure with one instance of API Management. */
export interface Azure {
  /** Of its Azure Resource Manager, no trailing slash. */
  readonly endpoint: string;
  readonly host: string;
  /** The one that it takes. */
  readonly token: string;
  /** The address of the service beside it, and the key of that. */
  readonly service: { readonly address: string; readonly key: string };
  readonly subscriptionId: string;
  /** Resource id of the instance. */
  readonly instanceId: string;
  /** All calls on it but those of the test itself, from the last `forget` on. */
  calls(): Promise<readonly ArmCall[]>;
  forget(): Promise<void>;
  /** Plans what it does wrong at the next calls; see the sample's help. */
  fault(...faults: readonly object[]): Promise<void>;
  /** Forgets what is planned. */
  asUsual(): Promise<void>;
  /** Lets creations of instances take so long from now on, in seconds. */
  creation(seconds: number): Promise<void>;
  /** Makes something below the instance. */
  put(path: string, properties: object): Promise<void>;
  /** The names of all subscriptions of the instance. */
  subscriptions(): Promise<readonly string[]>;
  /** Both keys of a subscription of the instance. */
  keys(subscription: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

interface ReadyLine {
  readonly baseUrl: string;
  readonly workspace: string;
  readonly services: readonly { readonly id: string }[];
  readonly arm: { readonly endpoint: string; readonly subscriptionId: string; readonly resourceGroup: string; readonly service: string };
}

/** Starts it on free ports, with a token of its own. */
export async function startAzure(): Promise<Azure> {
  const token = `t0ken-of-arm.${randomBytes(24).toString('base64url')}`;
  const key = `s3rvice-"key".${randomBytes(24).toString('base64')}`;
  const env = { SAMPLE_ARM_TOKEN: token, SAMPLE_API_KEY: key };
  const program = join(root, 'dist', 'sample.js');
  const child = fork(program, ['--port', '0', '--api-management'], { env, execArgv: [], stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  const over = once(child, 'exit');
  const output = child.stdout;
  if (!output) throw new Error('The sample has no output.');
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: output }).once('line', resolve);
    over.then(() => reject(new Error('The sample did not start.')), reject);
  });
  const { baseUrl, workspace, services, arm: { endpoint, subscriptionId, resourceGroup, service } }: ReadyLine = JSON.parse(line);
  const instanceId = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ApiManagement/service/${service}`;
  // What the test itself asks for is no call of the extension's.
  let own = 0;
  const seen = new Map<string, number>();
  const call = async (path: string, method: string, body?: object): Promise<string> => {
    const response = await fetch(`${endpoint}${path}`, {
      method, headers: { Authorization: `Bearer ${token}` }, ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text;
  };
  const below = async (path: string, method: string, body?: object): Promise<string> => {
    own += 1;
    const key = `${method} ${instanceId}${path}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return call(`${instanceId}${path}?api-version=2024-05-01`, method, body);
  };
  return {
    endpoint, token, subscriptionId, instanceId,
    service: { address: `${baseUrl}/workspaces/${workspace}/services/${services[0]?.id ?? ''}`, key },
    host: new URL(endpoint).host,
    calls: async () => {
      const { calls }: { calls: readonly ArmCall[] } = JSON.parse(await call('/sample/calls', 'GET'));
      if (own === 0) return calls;
      const left = new Map(seen);
      return calls.filter(({ method, path }) => {
        const count = left.get(`${method} ${path}`) ?? 0;
        if (count > 0) left.set(`${method} ${path}`, count - 1);
        return count === 0;
      });
    },
    forget: async () => {
      await call('/sample/calls', 'DELETE');
      own = 0;
      seen.clear();
    },
    fault: async (...faults) => void (await call('/sample/faults', 'POST', { faults })),
    creation: async (seconds) => void (await call('/sample/creation', 'POST', { seconds })),
    asUsual: async () => void (await call('/sample/faults', 'DELETE')),
    put: async (path, properties) => void (await below(path, 'PUT', { properties })),
    subscriptions: async () => {
      const { value }: { value: readonly { readonly name: string }[] } = JSON.parse(await below('/subscriptions', 'GET'));
      return value.map(({ name }) => name);
    },
    keys: async (subscription) => {
      const keys: { primaryKey: string; secondaryKey: string } = JSON.parse(await below(`/subscriptions/${subscription}/listSecrets`, 'POST'));
      return [keys.primaryKey, keys.secondaryKey];
    },
    stop: async () => {
      child.kill();
      await over;
    },
  };
}

/** The title of a section of the sidebar, which opens and closes it. */
export function sectionTitle(page: Page, name: string): Locator {
  return page.locator(`.part.sidebar .pane-header[aria-label^="${name}"]`);
}

/** Opens the section "API Management", and closes the others, so that it has room. */
export async function openSection(page: Page): Promise<void> {
  for (const [name, wanted] of [['Services', 'false'], ['History', 'false'], ['API Management', 'true']] as const) {
    const title = sectionTitle(page, name);
    await title.waitFor();
    if ((await title.getAttribute('aria-expanded')) !== wanted) await title.click({ position: { x: 60, y: 10 } });
    await page.locator(`.part.sidebar .pane-header[aria-label^="${name}"][aria-expanded="${wanted}"]`).waitFor();
  }
}
