// A sample whose program does what a test says, and what became of it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { systemClock } from '../../../../src/model/clock';
import type { Workspace } from '../../../../src/model/service';
import type { SampleApim } from '../../../../src/features/apim';
import type { SampleParts } from '../../../../src/features/sample/sampleParts';
import { sampleArmTokenSecretName, SampleService } from '../../../../src/features/sample/sampleService';
import { KeyStore } from '../../../../src/features/services/keyStore';
import { ServiceStore } from '../../../../src/features/services/serviceStore';
import { Storages } from '../../../../src/storage/storages';

/** The line of a program that is ready. */
export const readyLine = JSON.stringify({
  baseUrl: 'http://127.0.0.1:1', workspace: 'a'.repeat(32), services: [{ name: 'S', id: 'b'.repeat(32) }],
  blobEndpoint: 'http://127.0.0.1:2/devstoreaccount1',
});

/** A program that is ready and stays. */
export const serves = `console.log(${JSON.stringify(readyLine)}); setInterval(() => {}, 1000);`;

const quiet = { onDidChange: () => ({ dispose: () => undefined }) };

/** Everything of a test is in it. */
export let folder = '';
/** Names of the workspaces that were shown, in their order. */
export let shown: (string | undefined)[] = [];
/** Reads the keys that are waited for. */
export let readKeys: (() => void)[] = [];
/** What `make` has made. */
export let sample: SampleService;
/** Its storages. */
export let storages: Storages;
/** The workspace's memory. */
export let memory: Map<string, unknown>;
/** From where to where jobs followed. */
export let followed: string[][] = [];
/** Which folder the other windows were told of, one after the other. */
export let toldFolders: (string | undefined)[] = [];
/** Which API Management instances were told of, one after the other. */
export let toldApim: (SampleApim | undefined)[] = [];
/** What a person was warned of. */
export let warned: string[] = [];

/** Replaces the program. */
export function write(program: string): void {
  writeFileSync(join(folder, 'program.cjs'), program);
}

/** Makes a sample whose program does this. Its key is read when `readKeys` is called, unless it is read at once. */
export function make(program: string, atOnce = true, more: Partial<SampleParts> = {}): void {
  write(program);
  const key = 'a-key-of-this-test';
  // Whoever has the key has the token, too.
  const get = (name: string): Promise<string> => (atOnce || name === sampleArmTokenSecretName ? Promise.resolve(key) : new Promise((resolve) => readKeys.push(() => resolve(key))));
  const box = { ...quiet, get, store: async () => undefined, delete: async () => undefined };
  const services = new ServiceStore({ ...quiet, read: () => undefined, write: async () => undefined });
  services.onDidChange(() => shown.push(services.workspaces().map((workspace: Workspace) => workspace.name)[0]));
  storages = new Storages(box, () => 0);
  sample = new SampleService({
    program: join(folder, 'program.cjs'), folder: join(folder, 'kept'), follow: async (from, to) => void followed.push([from, to]),
    secrets: box, services, keys: new KeyStore(box), storages, log: () => undefined, warn: (message) => void warned.push(message),
    neighbours: async () => [], tellSampleFolder: (name) => void toldFolders.push(name), clock: systemClock,
    tellApim: (instance) => void toldApim.push(instance),
    whileWaiting: (work) => work(new AbortController().signal), ...more,
    memory: { get: (key) => memory.get(key), update: async (key, value) => void memory.set(key, value) },
  });
}

/** Begins each test of a file anew. Call it once, outside of tests. */
export function eachAnew(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sample-'));
    shown = [];
    readKeys = [];
    memory = new Map();
    followed = [];
    toldFolders = [];
    toldApim = [];
    warned = [];
  });
  afterEach(() => {
    sample.dispose();
    rmSync(folder, { recursive: true });
  });
}
