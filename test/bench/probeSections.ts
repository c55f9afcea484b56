// Draws whole sections of the sidebar from inside: the services tree down to the services, and API Management down to the APIs.

import * as vscode from 'vscode';
import { childrenOf, timed, treesOf, type Tree } from './probeTree';

/** What drawing a section took, in milliseconds, and how many lines it had of each kind. */
export interface Drawn {
  readonly tookMs: number;
  readonly lines: Readonly<Record<string, number>>;
}

/** What is at the end of the drawing: nothing below it is drawn. */
const leaves: ReadonlySet<string> = new Set(['service', 'entry']);
/** Of an instance of API Management this list alone is opened. */
const openList = 'apis';
const pauseMs = 5;

let sections: ReadonlyMap<string, Tree> = new Map();

/** Starts the extension. */
export async function startSections(extension: vscode.Extension<unknown>): Promise<void> {
  sections = await treesOf(extension);
}

/** Signs in to the directory that API Management has no session of, by the line that tells so. */
export async function signInToDirectory(): Promise<void> {
  const tree = sectionOf('apim');
  const problem = (await wholeList(tree, undefined)).find((node) => Object(node).kind === 'problem');
  if (problem === undefined) throw new Error('There is no line that tells that somebody is to sign in.');
  await vscode.commands.executeCommand('azuremlWebServices.apimSignIn', problem);
}

/** Draws a section as VS Code does where all of it is open: the lines below a line, then the item of each. */
export async function drawSection(view: string): Promise<Drawn> {
  const tree = sectionOf(view);
  const lines: Record<string, number> = {};
  const tookMs = await timed(() => draw(tree, undefined, lines));
  return { tookMs, lines };
}

function sectionOf(view: string): Tree {
  const tree = sections.get(view);
  if (tree === undefined) throw new Error(`The view ${view} was not registered.`);
  return tree;
}

async function draw(tree: Tree, node: unknown, lines: Record<string, number>): Promise<void> {
  const children = await wholeList(tree, node);
  await Promise.all(children.map(async (child) => tree.getTreeItem(child)));
  for (const child of children) {
    const { kind, list = openList } = Object(child);
    lines[kind] = (lines[kind] ?? 0) + 1;
    if (!leaves.has(kind) && list === openList) await draw(tree, child, lines);
  }
}

/** All of a list of instances, as where a person asks for the rest of it; of other lists what VS Code is given once it is there. */
async function wholeList(tree: Tree, node: unknown): Promise<readonly unknown[]> {
  for (;;) {
    const children = await childrenOf(tree, node);
    const more = children.find((child) => Object(child).kind === 'more');
    if (children.some((child) => Object(child).kind === 'loading')) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    else if (more === undefined || Object(node).kind === 'list') return children;
    else await vscode.commands.executeCommand('azuremlWebServices.apimLoadMore', more);
  }
}

/** Fetches answers one after another and reads their JSON, nothing else; in milliseconds. */
export async function measureFetches(urls: readonly string[], token: string): Promise<number> {
  return timed(async () => {
    for (const url of urls) JSON.parse(await (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).text());
  });
}
