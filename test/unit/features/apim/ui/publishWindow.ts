// A computer and its windows while something is published: what outlives a window, and what the page says and hears.

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { WebviewPanel } from 'vscode';
import { isObject } from '../../../../../src/base/shape';
import { KeyStore } from '../../../../../src/features/services/keyStore';
import { ServiceStore } from '../../../../../src/features/services/serviceStore';
import { PublishFeature } from '../../../../../src/features/apim/ui/publishFeature';
import type { ToPublishPage } from '../../../../../src/features/apim/publish/messages';
import { Emitter } from '../../../../../src/model/lifetime';
import { endpointAt } from '../../../../../src/protocols/newService';
import { MemoryBox } from '../../../base/secretBox';
import { instance, someDefinition, usualArm } from '../definitions';
import { type FakeArm } from '../fakeArm';
import { editor, pages, webview } from './publishEditor';

type Parts = ConstructorParameters<typeof PublishFeature>;
const isParts = (value: unknown): value is Parts => Array.isArray(value) && value.length === 4;
const isPanel = (value: unknown): value is WebviewPanel => isObject(value);
const isView = (value: unknown): value is ToPublishPage => isObject(value) && value['type'] === 'publishing';

/** What outlives a window. */
export interface Machine {
  readonly folder: string;
  readonly box: MemoryBox;
  readonly arm: FakeArm;
  readonly services: ServiceStore;
  readonly keys: KeyStore;
  readonly address: string;
}

/** A window, by what it has registered. */
export interface Window {
  readonly publish: (argument?: unknown) => Promise<void>;
  readonly adopt: (state: unknown) => Promise<void>;
  readonly errors: unknown[];
}

export async function machine(): Promise<Machine> {
  let setting: unknown = [];
  const services = new ServiceStore({
    read: () => setting, write: (value) => Promise.resolve(void (setting = value)), onDidChange: new Emitter<void>().event,
  });
  const read = endpointAt('https://region.example/workspaces/w1/services/s1');
  if (!read.ok) throw new Error(read.reason);
  const { address } = await services.add({ name: 'Weather', endpoint: read.endpoint });
  const box = new MemoryBox();
  return { folder: await mkdtemp(join(tmpdir(), 'publish-')), box, arm: usualArm(), services, keys: new KeyStore(box), address };
}

export function open({ folder, box, arm, services, keys }: Machine, product: 'existing' | 'new' = 'existing'): Window {
  const errors: unknown[] = [];
  const reporter = {
    actions: { has: () => false, pageLabels: () => ({}) },
    run: async (work: () => Promise<void>) => {
      try {
        await work();
      } catch (error) {
        errors.push(error);
      }
    },
    describe: (error: unknown) => ({ sentence: error instanceof Error ? error.message : '' }),
  };
  const parts: unknown = [
    { context: { globalStorageUri: { fsPath: folder }, extensionUri: {}, secrets: box }, reporter },
    { services, keys },
    {
      arms: () => Promise.resolve(arm), pickInstance: () => Promise.resolve(instance), askChoices: () => Promise.resolve(someDefinition(product)),
      openPortal: () => Promise.resolve(void editor.ran.push(['portal'])), instanceChanged: () => void editor.ran.push(['changed']),
    },
    () => true,
  ];
  expect.assert(isParts(parts));
  const feature = new PublishFeature(...parts);
  const panel: unknown = webview();
  expect.assert(isPanel(panel));
  return {
    publish: async (argument) => {
      try {
        await feature.publish(argument);
      } catch (error) {
        errors.push(error);
      }
    },
    adopt: (state) => Promise.resolve(feature.adopt(panel, state)),
    errors,
  };
}

/** Each step is written to a disk that others use as well. */
export const patience = { timeout: 8_000 };

/** The page says something, and what came of it is waited for. */
export async function say(message: unknown, until: (view: ToPublishPage) => boolean = () => true): Promise<ToPublishPage> {
  pages.onMessage(message);
  return vi.waitFor(() => {
    const last = pages.told.at(-1);
    if (!isView(last) || last.busy !== undefined || !until(last)) throw new Error('It is not there yet.');
    return last;
  }, patience);
}

/** Forgets what was asked and shown. */
export function begin(): void {
  for (const list of [editor.ran, editor.opened, editor.notified, editor.answers, pages.told]) list.length = 0;
  editor.agrees = true;
}
