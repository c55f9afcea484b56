// What is there before anybody uses the section: ids. The rest is loaded once, by the first use.

import { beforeEach, expect, it, vi } from 'vitest';
import { contributeApim } from '../../../../../src/features/apim';
import { Emitter } from '../../../../../src/model/lifetime';
import { Commands } from '../../../../../src/ui/commands';
import { ErrorActions } from '../../../../../src/ui/errorActions';

const loaded = vi.hoisted(() => ({ count: 0, access: 0, sample: [] as unknown[], ran: [] as unknown[] }));
vi.mock('vscode', () => ({ commands: { executeCommand: (...args: unknown[]) => Promise.resolve(void loaded.ran.push(args)) } }));
vi.mock('../../../../../src/features/apim/ui/apimFeature', () => ({
  ApimFeature: class {
    readonly tree = { getChildren: () => Promise.resolve([]), getTreeItem: () => ({}) };
    readonly commands = new Map([['azuremlWebServices.apimRefresh', (argument: unknown) => void loaded.ran.push(argument)]]);
    constructor(private readonly parts: { readonly sample: () => unknown }) {
      loaded.count += 1;
    }
    sampleChanged(): void {
      loaded.sample.push(this.parts.sample());
    }
    dispose(): void {}
  },
}));

vi.mock('../../../../../src/features/apim/ui/apimAccess', () => {
  loaded.access += 1;
  return { accessCommands: () => new Map([['azuremlWebServices.apimSuspendSubscription', (argument: unknown) => void loaded.ran.push(['suspend', argument])]]) };
});

vi.mock('../../../../../src/features/apim/create/workFolder', () => ({ hasWorks: () => false, watchWorks: () => ({ dispose: () => undefined }) }));

type Parts = Parameters<typeof contributeApim>;
const isParts = (value: unknown): value is Parts => Array.isArray(value);
const sample = { endpoint: 'http://127.0.0.1:1', token: 't', subscriptionId: 's', resourceGroup: 'g', service: 'x' };
const fired: unknown[] = [];
const windows = new Emitter<void>();

function some(): { readonly api: ReturnType<typeof contributeApim>; readonly commands: Commands; readonly errorActions: ErrorActions } {
  const commands = new Commands({ run: async (work) => work() });
  const errorActions = new ErrorActions();
  const panels = { register: () => ({ dispose: () => undefined }) };
  const view = { treeChanged: { fire: (nodes: unknown) => fired.push(nodes) } };
  const context = { globalState: { get: () => undefined }, globalStorageUri: { fsPath: '/nowhere/at/all' } };
  const registering = (): { readonly dispose: () => undefined } => ({ dispose: () => undefined });
  const parts: unknown = [
    { commands, errorActions, panels, context }, view, { sample: { start: () => undefined } }, { descriptions: {} },
    { claim: () => Promise.resolve(undefined), onDidChangeWindows: windows.event }, { register: registering, registerWays: registering }, {}, {},
  ];
  expect.assert(isParts(parts));
  return { api: contributeApim(...parts), commands, errorActions };
}

beforeEach(() => {
  [loaded.count, loaded.sample, loaded.ran, fired.length] = [0, [], [], 0];
});

it("the sample's instance comes and goes without anything being loaded", async () => {
  const { api } = some();
  let told = 0;
  api.onDidChange(() => (told += 1));
  api.setSample(sample);
  api.setSample(undefined);
  api.instanceChanged({ endpointUrl: 'x', id: 'y' });
  await Promise.resolve();
  expect([loaded.count, told, fired]).toEqual([0, 2, [undefined, undefined]]);
});

it('the first use loads it, once, and it follows the sample from then on', async () => {
  const { api, commands } = some();
  api.setSample(sample);
  await Promise.all([api.tree.getChildren(), commands.run('azuremlWebServices.apimRefresh', ['line'])]);
  expect([loaded.count, loaded.ran]).toEqual([1, ['line']]);
  api.setSample(undefined);
  await vi.waitFor(() => expect(loaded.sample).toEqual([undefined]));
});

it('errors of Azure Resource Manager have their buttons', async () => {
  const { errorActions } = some();
  await errorActions.run('signIn', {});
  await errorActions.run('openPortal', {});
  expect(loaded.ran).toEqual([['azuremlWebServices.apimSignIn', 'again'], ['azuremlWebServices.apimOpenPortal']]);
});

it('what changes products and keys is loaded by the first such command, and the section is not', async () => {
  const { commands } = some();
  expect(loaded.access).toBe(0);
  await commands.run('azuremlWebServices.apimSuspendSubscription', ['line']);
  await commands.run('azuremlWebServices.apimSuspendSubscription', ['other']);
  expect([loaded.access, loaded.count, loaded.ran]).toEqual([1, 0, [['suspend', 'line'], ['suspend', 'other']]]);
});
