// An extension that measures from inside: it runs in the same extension host as the one that is measured, and does what the bench asks over a local port.

import fs from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { sep } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { loader } from './probeLoader';
import { drawSection, measureFetches, signInToDirectory, startSections } from './probeSections';
import { measureOpenJobs, measurePages } from './probeTree';

/** How one extension started, in milliseconds: all of it as its caller waits for it, the loading of its code, its activate() until that returned. */
export interface Activation {
  readonly totalMs: number;
  readonly loadMs: number;
  readonly callMs: number;
}

/** A file that was read, and how many bytes it has. */
export interface FileRead {
  readonly file: string;
  readonly bytes: number;
}

/** What a timer of 10 ms met: the times between its ticks, in milliseconds, and the largest resident memory it saw, in bytes. */
export interface Ticks {
  readonly gapsMs: readonly number[];
  readonly peakRss: number;
}

/** Memory of the extension host in bytes. `pid` is its process. */
export interface HostMemory {
  readonly pid: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}

const tickMs = 10;

/** A window is quiet when so many calls to its page in a row were quick; one that never is gets measured in the end all the same. */
const quiet = { calls: 20, eachMs: 20, pauseMs: 20, limitMs: 15_000 };

/** Late enough for what else a window does after its start. */
const filesSettleMs = 1000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** VS Code calls this after a window's start. BENCH_PROBE names the file that is told the port. */
export function activate(context: vscode.ExtensionContext): void {
  const server = createServer((request, response) => {
    answer(request).then(
      (result) => response.end(JSON.stringify({ result: result ?? null })),
      (error: unknown) => response.end(JSON.stringify({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const file = process.env['BENCH_PROBE'];
    if (file !== undefined && typeof address === 'object' && address !== null) fs.writeFileSync(file, JSON.stringify({ port: address.port, pid: process.pid }));
  });
  context.subscriptions.push({ dispose: () => server.close() });
}

async function answer(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  const argument: unknown = parts.length === 0 ? undefined : JSON.parse(Buffer.concat(parts).toString('utf8'));
  const text = (name: string): string => String(Object(argument)[name]);
  switch (request.url) {
    case '/settle':
      return settle();
    case '/activate':
      return measureActivation(text('id'));
    case '/use':
      return measureUse(text('command'));
    case '/reads':
      return readsOfActivation(text('id'));
    case '/send':
      return send(text('address'), text('file'));
    case '/openTable':
      return vscode.commands.executeCommand('azuremlWebServices.openTable', vscode.Uri.file(text('file')));
    case '/openText':
      return openBeside(text('file'));
    case '/closeAll':
      return closeAll();
    case '/tree/pages':
      return measurePages(extension(text('id')), Object(argument).addresses, Number(text('count')));
    case '/tree/open':
      return measureOpenJobs(text('address'), Number(text('count')));
    case '/run':
      return vscode.commands.executeCommand(text('command'));
    case '/sections/start':
      return startSections(extension(text('id')));
    case '/sections/signIn':
      return signInToDirectory();
    case '/sections/draw':
      return drawSection(text('view'));
    case '/sections/fetch':
      return measureFetches(Object(argument).urls, text('token'));
    case '/memory':
      return memory();
    case '/ticks/start':
      return startTicks();
    case '/ticks/stop':
      return stopTicks();
    case undefined:
    default:
      throw new Error(`The probe does not know ${request.url}.`);
  }
}

/** Waits until the window is quiet and gives false where it was not in time. */
async function settle(): Promise<boolean> {
  const endMs = performance.now() + quiet.limitMs;
  for (let quick = 0; performance.now() < endMs;) {
    const from = performance.now();
    await vscode.commands.executeCommand('setContext', 'bench.settled', true);
    quick = performance.now() - from < quiet.eachMs ? quick + 1 : 0;
    if (quick === quiet.calls) return true;
    await sleep(quiet.pauseMs);
  }
  return false;
}

function extension(id: string): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(id);
  if (found === undefined) throw new Error(`${id} is not installed.`);
  return found;
}

/** How long a command takes, in milliseconds, the first time and the time after it. */
async function measureUse(command: string): Promise<readonly number[]> {
  const lastedMs: number[] = [];
  while (lastedMs.length < 2) {
    await settle();
    const from = performance.now();
    await vscode.commands.executeCommand(command);
    lastedMs.push(performance.now() - from);
  }
  return lastedMs;
}

async function measureActivation(id: string): Promise<Activation> {
  const measured = extension(id);
  if (measured.isActive) throw new Error(`${id} was active before it was measured.`);
  const home = fs.realpathSync(measured.extensionPath) + sep;
  let loadMs = Number.NaN;
  let callMs = Number.NaN;
  const modules = loader();
  const original = modules._load;
  modules._load = function (this: unknown, request, ...rest) {
    const load = (): unknown => Reflect.apply(original, this, [request, ...rest]);
    if (!Number.isNaN(loadMs) || !request.startsWith(home)) return load();
    const from = performance.now();
    // Loading may load other files of the extension; only the outermost counts.
    loadMs = 0;
    const exported = Object(load());
    loadMs = performance.now() - from;
    const start = (context: unknown): unknown => {
      const before = performance.now();
      try {
        return exported.activate(context);
      } finally {
        callMs = performance.now() - before;
      }
    };
    return { ...exported, activate: start };
  };
  try {
    const from = performance.now();
    await measured.activate();
    const totalMs = performance.now() - from;
    if (Number.isNaN(callMs)) throw new Error(`The loading of ${id} was not seen.`);
    return { totalMs, loadMs, callMs };
  } finally {
    modules._load = original;
  }
}

/** Activates an extension and lists what is read from its folder until some time after: modules, and whatever else goes through `fs`. */
async function readsOfActivation(id: string): Promise<readonly FileRead[]> {
  const measured = extension(id);
  if (measured.isActive) throw new Error(`${id} was active before it was measured.`);
  const home = fs.realpathSync(measured.extensionPath) + sep;
  const files = new Set<string>();
  const note = (path: unknown): void => {
    const file = path instanceof URL ? path.pathname : String(path);
    if (file.startsWith(home)) files.add(file);
  };
  const before = new Set(Object.keys(require.cache));
  const restore = watchReads(note);
  try {
    await measured.activate();
    await sleep(filesSettleMs);
  } finally {
    restore();
  }
  for (const file of Object.keys(require.cache)) if (!before.has(file)) note(file);
  if (files.size === 0) throw new Error(`Nothing was seen to be read for ${id}.`);
  return [...files].map((file) => ({ file: file.slice(home.length).replaceAll(sep, '/'), bytes: fs.statSync(file).size }));
}

/** Tells of every file that this process opens or reads, until the returned function is called. */
function watchReads(note: (path: unknown) => void): () => void {
  const mutable: Record<string, unknown>[] = [Object(fs), Object(fs.promises)];
  const undo: (() => void)[] = [];
  for (const owner of mutable) {
    for (const name of ['readFileSync', 'openSync', 'readFile', 'open', 'createReadStream']) {
      const original = owner[name];
      if (typeof original !== 'function') continue;
      owner[name] = function (this: unknown, path: unknown, ...rest: unknown[]) {
        note(path);
        return Reflect.apply(original, this, [path, ...rest]);
      };
      undo.push(() => (owner[name] = original));
    }
  }
  return () => undo.forEach((each) => each());
}

/** Sends a file to a service as the person's command does, and gives the milliseconds until the command was over. */
async function send(address: string, file: string): Promise<number> {
  await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: vscode.ViewColumn.One });
  const from = performance.now();
  await vscode.commands.executeCommand('azuremlWebServices.sendToService', address, vscode.Uri.file(file));
  return performance.now() - from;
}

/** Opens a text in a group of its own, with the keyboard on it. */
async function openBeside(file: string): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(file), { viewColumn: vscode.ViewColumn.Beside });
}

/** Closes all editors; saves them first, as a window would ask about those that are not. */
async function closeAll(): Promise<void> {
  await vscode.workspace.saveAll(false);
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

let collect: (() => void) | undefined;

/** Memory after all that nobody holds is given back. */
async function memory(): Promise<HostMemory> {
  setFlagsFromString('--expose-gc');
  collect ??= runInNewContext('gc');
  // What finalizers let go is free at the second time.
  for (let round = 0; round < 2; round += 1) {
    collect?.();
    await sleep(100);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { pid: process.pid, rss, heapUsed, external };
}

let ticking: { readonly timer: NodeJS.Timeout; readonly gapsMs: number[]; peakRss: number } | undefined;

function startTicks(): void {
  clearInterval(ticking?.timer);
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (ticking === undefined) return;
    ticking.gapsMs.push(now - last);
    ticking.peakRss = Math.max(ticking.peakRss, process.memoryUsage.rss());
    last = now;
  }, tickMs);
  ticking = { timer, gapsMs: [], peakRss: process.memoryUsage.rss() };
}

function stopTicks(): Ticks {
  if (ticking === undefined) throw new Error('No timer runs.');
  const { timer, gapsMs, peakRss } = ticking;
  clearInterval(timer);
  ticking = undefined;
  return { gapsMs, peakRss };
}
