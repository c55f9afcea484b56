// Takes lines from the trees of the extension that is measured, by calling what it has given to VS Code.

import fs from 'node:fs';
import { sep } from 'node:path';
import type * as vscode from 'vscode';
import { loader } from './probeLoader';

/** Milliseconds for one service and its first page of ended jobs, everything drawn: for the first time, and once more. */
export interface TreeTimes {
  readonly serviceMs: number;
  readonly pageMs: number;
  readonly againMs: number;
}

/** What an extension gives to VS Code for one of its views. */
export type Tree = vscode.TreeDataProvider<unknown>;

const startLimitMs = 10_000;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts an extension and gives the tree of services that it registers. */
async function treeOf(extension: vscode.Extension<unknown>): Promise<Tree> {
  const tree = (await treesOf(extension)).get('services');
  if (tree === undefined) throw new Error(`${extension.id} registered no tree.`);
  return tree;
}

/** Starts an extension and gives the trees that it registers, by the last words of their ids. */
export async function treesOf(extension: vscode.Extension<unknown>): Promise<ReadonlyMap<string, Tree>> {
  if (extension.isActive) throw new Error(`${extension.id} was active before it was measured.`);
  const home = fs.realpathSync(extension.extensionPath) + sep;
  const trees = new Map<string, Tree>();
  const modules = loader();
  const original = modules._load;
  modules._load = function (this: unknown, request, ...rest) {
    const api: unknown = Reflect.apply(original, this, [request, ...rest]);
    if (request !== 'vscode' || !String(Object(rest[0]).filename).startsWith(home)) return api;
    const { window } = Object(api);
    const createTreeView = (id: string, options: { readonly treeDataProvider: Tree }): unknown => {
      trees.set(id.split('.').at(-1) ?? '', options.treeDataProvider);
      return window.createTreeView(id, options);
    };
    return Object.create(Object(api), { window: { value: Object.create(window, { createTreeView: { value: createTreeView } }) } });
  };
  try {
    await extension.activate();
    // All are registered at once, some time after the start.
    for (const endMs = performance.now() + startLimitMs; trees.size === 0 && performance.now() < endMs;) await sleep(10);
  } finally {
    modules._load = original;
  }
  return trees;
}

/** What VS Code would show below a line. */
export async function childrenOf(tree: Tree, node?: unknown): Promise<readonly unknown[]> {
  return (await tree.getChildren(node)) ?? [];
}

/** Draws everything below a node, as VS Code does when all of it is open; gives the number of jobs. */
async function draw(tree: Tree, node: unknown): Promise<number> {
  let jobs = 0;
  for (const child of await childrenOf(tree, node)) {
    await tree.getTreeItem(child);
    jobs += Object(child).kind === 'job' ? 1 : await draw(tree, child);
  }
  return jobs;
}

async function drawPage(tree: Tree, service: unknown, count: number): Promise<void> {
  const jobs = await draw(tree, service);
  if (jobs !== count) throw new Error(`${jobs} jobs were drawn, not ${count}.`);
}

/** How long work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function serviceOf(tree: Tree, address: string): Promise<unknown> {
  const workspace = (await childrenOf(tree)).find((node) => JSON.stringify(node).includes(address));
  if (workspace === undefined) throw new Error(`${address} is not in the tree.`);
  return (await childrenOf(tree, workspace))[0];
}

let started: Tree | undefined;

/** Starts the extension and tells, for each service in this order, what it takes to show it and its first page, which has `count` jobs. Each is to be in a workspace of its own. */
export async function measurePages(extension: vscode.Extension<unknown>, addresses: readonly string[], count: number): Promise<readonly TreeTimes[]> {
  const tree = await treeOf(extension);
  started = tree;
  // Loads what is loaded on first use.
  await childrenOf(tree);
  const times: TreeTimes[] = [];
  for (const address of addresses) {
    let service: unknown;
    const serviceMs = await timed(async () => (service = await serviceOf(tree, address)));
    const pageMs = await timed(() => drawPage(tree, service, count));
    times.push({ serviceMs, pageMs, againMs: await timed(() => drawPage(tree, service, count)) });
  }
  return times;
}

/** Waits until the tree has noticed that a service has `count` jobs, and gives the milliseconds that drawing them takes. */
export async function measureOpenJobs(address: string, count: number): Promise<number> {
  const tree = started;
  if (tree === undefined) throw new Error('The tree was not started.');
  const service = await serviceOf(tree, address);
  for (const endMs = performance.now() + startLimitMs; (await draw(tree, service)) < count && performance.now() < endMs;) await sleep(200);
  return timed(() => drawPage(tree, service, count));
}
