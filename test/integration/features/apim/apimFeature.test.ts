// The section as a whole over real sockets: the sample's instance and Azure's, what is kept over a reload, and that no token is.

import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApimFeature, type ApimFeatureParts } from '../../../../src/features/apim/ui/apimFeature';
import type { SampleApim } from '../../../../src/features/apim/sampleApim';
import type { ApimNode } from '../../../../src/features/apim/nodes';
import { createTransport } from '../../../../src/http/transport';

const editor = vi.hoisted(() => ({ armEndpoint: '', token: 'AZURE-TOKEN', asked: 0, sessionsChanged: (): void => undefined, signedIn: true, offline: false, looked: 0 }));
vi.mock('vscode', async () => ({
  ...(await import('../../../unit/ui/vscodeItems')).vscodeItems,
  authentication: {
    getAccounts: () => {
      editor.looked += 1;
      return Promise.resolve(editor.signedIn ? [{ id: 'a', label: 'ann' }] : []);
    },
    getSession: () => {
      editor.asked += 1;
      return Promise.resolve(editor.signedIn && !editor.offline ? { accessToken: editor.token } : undefined);
    },
    onDidChangeSessions: (listener: (event: object) => void) => {
      editor.sessionsChanged = () => listener({ provider: { id: 'microsoft' } });
      return { dispose: () => undefined };
    },
  },
  workspace: {
    getConfiguration: () => ({ inspect: (name: string) => (name === 'armEndpoint' ? { globalValue: editor.armEndpoint } : undefined) }),
    onDidChangeConfiguration: () => ({ dispose: () => undefined }),
  },
  commands: { executeCommand: () => Promise.resolve() },
}));

const id = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/ml/providers/Microsoft.ApiManagement/service/scores';
const instance = { id, name: 'scores', sku: { name: 'Developer' }, properties: { provisioningState: 'Succeeded', gatewayUrl: 'https://scores.example' } };

let server: Server;
let origin: string;
let heard: string[];
let tokens: Set<string | undefined>;
let apis: object[];
let folder: string;
let sample: SampleApim | undefined;
let log: string[];
const features: ApimFeature[] = [];
const settings = { proxy: '', proxySupport: 'off' as const, noProxy: [], strictSsl: true, systemCertificates: false, environment: {} };
const transport = createTransport(settings);

function answer({ url = '', headers }: IncomingMessage): object | undefined {
  const path = url.split('?')[0] ?? '';
  heard.push(path);
  tokens.add(headers.authorization);
  if (path === '/tenants') return { value: [{ tenantId: 't', displayName: 'Contoso' }] };
  if (path === '/subscriptions') return { value: [{ subscriptionId: id.split('/')[2], displayName: 'Pay', state: 'Enabled' }] };
  if (path.endsWith('/service')) return { value: [instance] };
  const atSample = id.replace('scores', 'sample-apim');
  if (path === id) return instance;
  if (path === atSample) return { ...instance, id: atSample, name: 'sample-apim' };
  return path === `${id}/apis` || path === `${atSample}/apis` ? { value: apis, count: apis.length, nextLink: '' } : undefined;
}

beforeEach(async () => {
  server = createServer((request, response) => {
    const body = answer(request);
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { error: { code: 'ResourceNotFound', message: 'not there' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  expect.assert(typeof address === 'object' && address !== null);
  origin = `http://127.0.0.1:${address.port}`;
  [editor.offline, editor.looked] = [false, 0];
  [editor.armEndpoint, editor.asked, editor.signedIn, heard, tokens, sample, log] = [origin, 0, true, [], new Set(), undefined, []];
  apis = [{ id: `${id}/apis/a`, name: 'a', properties: { displayName: 'A', path: 'a' } }];
  folder = mkdtempSync(join(tmpdir(), 'apim-feature-'));
});

afterEach(async () => {
  for (const feature of features.splice(0)) feature.dispose();
  await new Promise((resolve) => server.close(resolve));
  // What the last one still wrote.
  await new Promise((resolve) => setTimeout(resolve, 50));
  rmSync(folder, { recursive: true });
});

function isParts(value: unknown): value is ApimFeatureParts {
  return typeof value === 'object';
}

/** A window with the section in it. */
function open(): ApimFeature {
  const note = (line: string): void => void log.push(line);
  const never = () => ({ dispose: () => undefined });
  const parts: unknown = {
    context: { globalStorageUri: { fsPath: folder }, globalState: { get: () => undefined, update: () => Promise.resolve() } },
    log: { info: note, warn: note, error: note }, transport: () => Promise.resolve(transport),
    reporter: { describe: (error: Error) => ({ sentence: error.message }), run: (work: () => Promise<void>) => work() },
    view: { treeView: { onDidExpandElement: never, onDidCollapseElement: never }, treeChanged: { fire: () => undefined } },
    sample: () => sample, startSample: () => Promise.resolve(), changed: () => undefined, works: () => [],
  };
  expect.assert(isParts(parts));
  const feature = new ApimFeature(parts);
  features.push(feature);
  return feature;
}

/** The lines below one, when all of them are there. */
async function below({ tree }: Pick<ApimFeature, 'tree'>, node?: ApimNode): Promise<readonly ApimNode[]> {
  const nodes = await tree.getChildren(node);
  if (!nodes.some(({ kind }) => kind === 'loading')) return nodes;
  await new Promise((resolve) => setTimeout(resolve, 20));
  return below({ tree }, node);
}

async function labels(feature: ApimFeature, ...path: readonly string[]): Promise<unknown[]> {
  const { tree } = feature;
  let nodes = await below(feature);
  for (const name of path) {
    const found = nodes.find((node) => tree.getTreeItem(node).label === name);
    expect.assert(found !== undefined, `${name} is not there`);
    nodes = await below(feature, found);
  }
  return nodes.map((node) => tree.getTreeItem(node).label);
}

describe('Azure', () => {
  it('is not asked for anything, nor VS Code for an account, before the section is opened', async () => {
    open();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([heard, editor.asked, editor.looked]).toEqual([[], 0, 0]);
  });

  it('is asked once, and what it told is shown by the next window, which asks nobody', async () => {
    const first = open();
    expect(await labels(first, 'Pay', 'ml', 'scores', 'APIs')).toEqual(['A']);
    expect(heard).toEqual(['/tenants', '/subscriptions', expect.stringMatching(/\/service$/), id, `${id}/apis`]);
    expect([...tokens]).toEqual(['Bearer AZURE-TOKEN']);
    first.dispose();
    await expect.poll(() => existsSync(join(folder, 'apim.json'))).toBe(true);
    const kept = readFileSync(join(folder, 'apim.json'), 'utf8');
    expect(kept).toContain('"scores"');
    expect(kept + log.join()).not.toMatch(/TOKEN/);
    [heard.length, editor.asked, editor.looked] = [0, 0, 0];
    expect(await labels(open(), 'Pay', 'ml', 'scores', 'APIs')).toEqual(['A']);
    // Nobody but VS Code, once, whether those are still signed in who have seen this.
    expect([heard, editor.asked, editor.looked]).toEqual([[], 0, 1]);
  });

  it('told somebody who has signed out while no window was open: that is forgotten, on the disk too', async () => {
    const feature = open();
    await labels(feature, 'Pay', 'ml', 'scores', 'APIs');
    feature.dispose();
    const kept = (): string => (existsSync(join(folder, 'apim.json')) ? readFileSync(join(folder, 'apim.json'), 'utf8') : '');
    await expect.poll(kept).toContain('"scores"');
    editor.offline = true;
    const away = open();
    expect(await labels(away, 'Pay', 'ml', 'scores', 'APIs')).toEqual(['A']);
    editor.sessionsChanged();
    await new Promise((resolve) => setTimeout(resolve, 50));
    // Who is only offline has not signed out.
    expect(await labels(away, 'Pay', 'ml', 'scores', 'APIs')).toEqual(['A']);
    away.dispose();
    editor.signedIn = false;
    const later = open();
    await expect.poll(() => labels(later)).toEqual([]);
    later.dispose();
    await expect.poll(kept).not.toMatch(/scores|Pay|Contoso/);
    expect(heard).toHaveLength(5);
  });

  it('is asked anew where somebody signs out or in, and not where a token was only renewed', async () => {
    const feature = open();
    await labels(feature);
    heard.length = 0;
    editor.sessionsChanged();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await labels(feature);
    expect(heard).toEqual([]);
    editor.signedIn = false;
    editor.sessionsChanged();
    await expect.poll(() => labels(feature)).toEqual([]);
    feature.dispose();
    await expect.poll(() => (existsSync(join(folder, 'apim.json')) ? readFileSync(join(folder, 'apim.json'), 'utf8') : '')).not.toContain('Contoso');
  });
});

describe("the sample's instance", () => {
  beforeEach(() => {
    editor.signedIn = false;
    sample = { endpoint: origin, token: 'SAMPLE-TOKEN', subscriptionId: '11111111-2222-3333-4444-555555555555', resourceGroup: 'ml', service: 'sample-apim', gateway: 'http://127.0.0.1:1' };
  });

  it('is shown with no account, called with its own token, and kept nowhere', async () => {
    const feature = open();
    expect(await labels(feature)).toEqual(['Sample API Management', 'scores', 'Sign In to Azure…']);
    expect(await labels(feature, 'Sample API Management', 'APIs')).toEqual(['A']);
    expect([...tokens]).toEqual(['Bearer SAMPLE-TOKEN']);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(existsSync(join(folder, 'apim.json')) ? readFileSync(join(folder, 'apim.json'), 'utf8') : '').not.toMatch(/scores|sample-apim|TOKEN/);
    expect(log.join()).not.toMatch(/TOKEN/);
  });

  it('is asked anew after a change to it, and gone with the sample', async () => {
    const feature = open();
    await labels(feature, 'Sample API Management', 'APIs');
    apis.push({ id: `${id}/apis/b`, name: 'b', properties: { displayName: 'B', path: 'b' } });
    expect(await labels(feature, 'Sample API Management', 'APIs')).toEqual(['A']);
    feature.instanceChanged({ endpointUrl: origin, id: id.replace('scores', 'sample-apim') });
    expect(await labels(feature, 'Sample API Management', 'APIs')).toEqual(['A', 'B']);
    sample = undefined;
    feature.sampleChanged();
    expect(await labels(feature)).toEqual([]);
  });

  it('tells of a list that cannot be had', async () => {
    expect(await labels(open(), 'Sample API Management', 'Products')).toHaveLength(1);
  });
});
