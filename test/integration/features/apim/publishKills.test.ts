// Windows that are killed (kill -9) in the middle of publishing, at each write: the next one finishes, makes nothing twice, and can undo it.

import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultChoices } from '../../../../src/features/apim/definition/choices';
import { define } from '../../../../src/features/apim/definition/define';
import type { ApiDefinition, ProductChoice } from '../../../../src/features/apim/definition/definition';
import type { ApimInstance } from '../../../../src/features/apim/instance';
import type { Publishing } from '../../../../src/features/apim/publish/publishing';
import { toService } from '../../../../src/protocols/newService';
import { publishedAs } from '../../../../src/protocols/registry';
import { parseEndpoint } from '../../../../src/protocols/studio/endpoint';
import { instanceId } from '../../../../src/sample/apim/place';
import { startRunning, token, type Running } from '../../sample/apim/armClient';
import { startGate, type Gate, type Moment } from '../jobs/jobKillsTools';
import type { PublishOrder } from './publishProgram';

const serviceKey = 'the-key-of-the-service-0815/==';
let home: string;
let program: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'azureml-publishing-'));
  program = join(home, 'publish.js');
  await build({
    entryPoints: [join(import.meta.dirname, 'publishProgram.ts')], outfile: program, bundle: true, platform: 'node', target: 'node20', format: 'cjs',
    mainFields: ['module', 'main'], logLevel: 'warning',
  });
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

/** An instance with a gate in front, and a folder for what windows keep. */
interface Place {
  readonly running: Running;
  readonly gate: Gate;
  /** A window: gives the publishing when it is through, and rejects when it was killed. Then it may undo it. */
  window(work: PublishOrder['work']): { readonly done: Promise<Publishing>; undo(): Promise<void>; kill(): Promise<void> };
  /** What the instance holds, without tags and without what is made by chance. */
  holds(): Readonly<Record<string, unknown>>;
  /** Paths of the writes that the instance has answered, below it. */
  puts(): readonly string[];
  close(): Promise<void>;
}

async function makePlace(definition: ApiDefinition): Promise<Place> {
  const running = await startRunning();
  const gate = await startGate(running.apim.armPort);
  const folder = mkdtempSync(join(home, 'place-'));
  const instance: ApimInstance = {
    id: instanceId, endpointUrl: `http://127.0.0.1:${gate.port}`, sample: true, name: 'sample-apim', resourceGroup: 'sample', subscriptionId: 's', gatewayUrls: [],
  };
  return {
    running, gate,
    window: (work) => {
      const child = fork(program, [JSON.stringify({ work, folder, token, serviceKey, instance, definition } satisfies PublishOrder)], { silent: true, execArgv: [] });
      children.push(child);
      let err = '';
      child.stderr?.on('data', (data) => (err += String(data)));
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      const next = (): Promise<Publishing> => new Promise((resolve, reject) => {
        child.once('message', ({ publishing, error }: { publishing?: Publishing; error?: string }) => (publishing ? resolve(publishing) : reject(new Error(error))));
        void ended.then(() => reject(new Error(`It has ended. ${err}`)));
      });
      const done = next();
      done.catch(() => undefined);
      return {
        done,
        undo: async () => {
          const undone = next();
          child.send('undo');
          await undone;
          await ended;
        },
        kill: async () => {
          child.kill('SIGKILL');
          await ended;
        },
      };
    },
    holds: () => Object.fromEntries(running.apim.store.state().resources.map(({ path, properties }) => [path, sure(properties)])),
    puts: () => gate.passed.filter((line) => line.startsWith('PUT ')).map((line) => decodeURIComponent(line.slice(4).split('?')[0] ?? '').replace(instanceId, '')),
    close: async () => {
      for (const file of readdirSync(join(folder, 'publishings'))) expect(readFileSync(join(folder, 'publishings', file), 'utf8')).not.toContain(serviceKey);
      gate.close();
      await running.apim.stop();
    },
  };
}

const read = parseEndpoint('https://region.example/workspaces/w1/services/s1');
if (!read.ok) throw new Error('The address is none.');
const service = toService({ name: 'Weather', endpoint: read.endpoint });
const published = await publishedAs(service, undefined);

/** The whole of what can be published. */
function definitionFor(product: ProductChoice): ApiDefinition {
  const limits = { rateLimit: { calls: 20, seconds: 60, by: 'subscription' as const }, quota: { calls: 1000, seconds: 3600 } };
  const choices = { ...defaultChoices(service), ...limits, product, cors: { origins: ['https://app.example'] }, shortPaths: true };
  return define({ service, published, choices });
}

const byChance = new Set(['primaryKey', 'secondaryKey', 'createdDate', 'stateChangedDate', 'startDate']);
function sure(properties: object): object {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !byChance.has(name)));
}

const pattern = (path: string): RegExp => new RegExp(`^PUT [^?]*${path.replaceAll('/', '\\/')}\\?`);
const moments: readonly Moment[] = ['before', 'after', 'middle'];

/** Operations and their policies are written alike one after another: each is killed at one of the moments in turn, others at all. */
function momentsAt(path: string, index: number): readonly Moment[] {
  return path.includes('/operations/') ? moments.slice(index % 3, (index % 3) + 1) : moments;
}

describe.each<ProductChoice>([
  { kind: 'existing', id: 'starter', displayName: 'Starter' }, { kind: 'new', id: 'weather', displayName: 'Weather' },
])('into a product, %o', (product) => {
  const definition = definitionFor(product);
  const written = definition.resources.map(({ path }) => path);
  // Into a product that others use, one write is another: its policy is changed, and not made.
  const paths = product.kind === 'new' ? written : written.filter((path) => path.startsWith('/products/'));

  let empty: Readonly<Record<string, unknown>>;
  let expected: Readonly<Record<string, unknown>>;
  beforeAll(async () => {
    const whole = await makePlace(definition);
    empty = whole.holds();
    const window = whole.window('begin');
    const { steps } = await window.done;
    expect(steps.filter(({ action, state }) => action !== 'leave' && state !== 'done')).toEqual([]);
    expected = whole.holds();
    expect(whole.puts()).toHaveLength(written.length);
    await window.kill();
    await whole.close();
  });

  // Several at once, each with an instance and a folder of its own: they wait for one another's answers most of the time.
  it.concurrent.each(paths.map((path, index) => [path, momentsAt(path, index)] as const))('a window that is killed at the write of %s', async (path, all) => {
    for (const moment of all) {
      const place = await makePlace(definition);
      const reached = place.gate.hold(moment, pattern(path));
      const first = place.window('begin');
      await Promise.race([reached, first.done.then(() => Promise.reject(new Error(`${path} was not written.`)))]);
      await first.kill();
      const second = place.window('carryOn');
      const { steps: then } = await second.done;
      expect(then.filter(({ action, state }) => action !== 'leave' && state !== 'done').map(({ key, state, failure }) => [key, state, failure]), moment).toEqual([]);
      expect(place.holds(), moment).toEqual(expected);
      const puts = place.puts();
      expect(puts.filter((each, index) => puts.indexOf(each) !== index), moment).toEqual([]);
      await second.undo();
      expect(place.holds(), moment).toEqual(empty);
      await place.close();
    }
  });
});
