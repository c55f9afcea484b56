// Instances under way in this window: what of the sample waits, what goes on in it, and how the status bar shows that.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isObject } from '../../../../../src/base/shape';
import { workText, type InstanceWork } from '../../../../../src/features/apim/create/work';
import type { SampleApim } from '../../../../../src/features/apim/sampleApim';
import { ApimCreate, type ApimCreateParts } from '../../../../../src/features/apim/ui/apimCreate';
import { savedName } from '../../../../../src/ui/savedNames';
import { FakeArm } from '../apimTools';
import { someWork } from '../create/createTools';

vi.mock('vscode', async () => ({
  ...(await import('../../../ui/vscodeItems')).vscodeItems, workspace: { getConfiguration: () => ({ inspect: () => undefined }) },
}));

const running: SampleApim = { endpoint: 'http://127.0.0.1:1', token: 't', subscriptionId: 's', resourceGroup: 'g', service: 'x' };
const isParts = (value: unknown): value is ApimCreateParts => isObject(value);
let folder = '';
let sample: SampleApim | undefined;
let elsewhere: ReadonlySet<string>;
let status: { readonly icon: string; readonly text: string } | undefined;
let redrawn: boolean[];
let create: ApimCreate | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'create-'));
  [sample, elsewhere, status, redrawn] = [undefined, new Set(), undefined, []];
});
afterEach(() => {
  create?.dispose();
  rmSync(folder, { recursive: true });
});

/** Writes down what is under way, and opens a window. */
async function open(...works: readonly InstanceWork[]): Promise<ApimCreate> {
  const saved = join(folder, savedName.instances);
  mkdirSync(saved);
  for (const work of works) writeFileSync(join(saved, `${work.key}.json`), workText(work));
  const nothing = { dispose: () => undefined };
  const arm = new FakeArm();
  const parts: unknown = {
    context: {
      globalStorageUri: { fsPath: folder }, storageUri: undefined, globalState: { get: () => true, update: () => Promise.resolve() },
      secrets: { get: () => Promise.resolve(undefined), store: () => Promise.resolve(), delete: () => Promise.resolve() },
    },
    log: { info: () => undefined, warn: () => undefined }, reporter: { describe: (error: unknown) => ({ sentence: String(error) }) },
    statusItems: { add: () => ({ ...nothing, hide: () => (status = undefined), show: (look: typeof status) => (status = look) }) },
    claim: (key: string) => Promise.resolve(
      elsewhere.has(key) ? undefined : { held: () => Promise.resolve(true), release: () => Promise.resolve() },
    ),
    isClaimedElsewhere: (key: string) => Promise.resolve(elsewhere.has(key)),
    sample: () => sample, startSample: () => Promise.resolve(), instancesChanged: () => undefined,
    redraw: (whole: boolean) => redrawn.push(whole),
    places: () => Promise.resolve({
      endpointUrl: () => 'https://management.azure.com', armFor: () => Promise.resolve(arm.arm), armOf: () => Promise.resolve(arm.arm),
    }),
  };
  expect.assert(isParts(parts));
  create = new ApimCreate(parts);
  await create.start();
  return create;
}

const keyOf = (name: string): string => `0mx1eapqv-${name.padEnd(12, '0')}`;
const at = (name: string, home?: string): InstanceWork =>
  someWork({
    key: keyOf(name), startedAt: Date.now(), place: { ...someWork().place, sample: true, home, endpointUrl: running.endpoint, name },
  });

it('what is in the sample of this window waits while that is stopped; what others follow or have does not', async () => {
  elsewhere = new Set([keyOf('followed')]);
  const opened = await open(at('mine'), at('followed'), at('others', 'another-workspace'));
  const waiting = (): unknown[] => opened.list().filter(({ waits }) => waits).map(({ work }) => work.place.name);
  expect([waiting(), opened.countInSample()]).toEqual([['mine'], 0]);
  expect(status).toMatchObject({ icon: 'loading~spin', text: 'followed: Being created · 1 second (and 2 more)' });
  sample = running;
  opened.wake();
  await vi.waitFor(() => expect(waiting()).toEqual([]));
  expect(opened.countInSample()).toBe(3);
});

it('the status bar turns for nothing that waits, and the section is drawn anew when the sample comes or goes', async () => {
  const opened = await open(at('mine'));
  expect(status).toMatchObject({ icon: 'watch', text: 'mine: Waits for the sample service, which is stopped' });
  redrawn = [];
  sample = running;
  opened.wake();
  await vi.waitFor(() => expect(status?.text).toContain('mine: Being created'));
  expect([status?.icon, redrawn.includes(true)]).toEqual(['loading~spin', true]);
});

it('what waited goes on in the sample of this window where that has another address now', async () => {
  const opened = await open(at('mine'), at('others', 'another-workspace'));
  sample = { ...running, endpoint: 'http://127.0.0.1:2' };
  opened.wake();
  await vi.waitFor(() => expect(opened.list().some(({ waits }) => waits)).toBe(false));
  expect(opened.countInSample()).toBe(1);
});
